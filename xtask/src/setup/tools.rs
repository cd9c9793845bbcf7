//! Trunk and wasm-bindgen, each of exactly our version: as found on the PATH, or in `.tools/`.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::place;
use crate::run::{Outcome, ask, must, program, step, typed};
use crate::versions::{TRUNK, WASM_BINDGEN};

struct Tool {
    package: &'static str,
    version: &'static str,
    programs: &'static [&'static str],
    options: &'static [&'static str],
    /// How far it is optimised when it is compiled.
    opt_level: &'static str,
}

const TOOLS: [Tool; 2] = [
    Tool {
        package: "trunk",
        version: TRUNK,
        programs: &["trunk"],
        options: &["--locked", "--no-default-features"],
        // It only calls others.
        opt_level: "0",
    },
    Tool {
        package: "wasm-bindgen-cli",
        version: WASM_BINDGEN,
        programs: &["wasm-bindgen", "wasm-bindgen-test-runner"],
        // Its own lock names a version that the registry does not have.
        options: &[],
        // It reads and writes the whole program.
        opt_level: "1",
    },
];

/// Both tools are there, installed where they are missing.
pub fn ready() -> Outcome<()> {
    let mut installed = false;
    for tool in &TOOLS {
        if !tool.programs.iter().all(|name| found(name, tool.version)) {
            install(tool)?;
            installed = true;
        }
    }
    if installed {
        let _ = fs::remove_dir_all(build_folder());
    }
    Ok(())
}

/// The one that will be started: our own if there is one, for it comes first on the PATH.
fn found(name: &str, version: &str) -> bool {
    let own = place::tools().join("bin").join(name);
    let path = if own.is_file() { own } else { name.into() };
    ask(program(&path).arg("--version")).is_some_and(|text| is_version(&text, version))
}

fn is_version(told: &str, version: &str) -> bool {
    told.split_whitespace().nth(1) == Some(version)
}

fn install(tool: &Tool) -> Outcome<()> {
    let mut cargo = install_command(tool, Path::new(".tools"));
    let mend = format!(
        "{} {} could not be installed: {}",
        tool.package,
        tool.version,
        typed(&cargo)
    );
    let saying = format!(
        "Installing {} {} into .tools (about four minutes)",
        tool.package, tool.version
    );
    step(&saying, || must(&mut cargo, mend))
}

fn install_command(tool: &Tool, into: &Path) -> Command {
    let mut cargo = program("cargo");
    cargo
        .args([
            "install",
            "--quiet",
            tool.package,
            "--version",
            tool.version,
        ])
        .args(tool.options);
    // Optimising in full takes three times as long, and saves a second a build.
    cargo.arg("--debug").arg("--root").arg(into);
    cargo
        .env("CARGO_PROFILE_DEV_OPT_LEVEL", tool.opt_level)
        .env("CARGO_PROFILE_DEV_DEBUG", "0");
    cargo.env("CARGO_TARGET_DIR", build_folder());
    cargo
}

fn build_folder() -> std::path::PathBuf {
    place::scratch().join("tools")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_exact_version_will_do() {
        assert!(is_version("trunk 0.21.14", "0.21.14"));
        assert!(!is_version("trunk 0.21.1", "0.21.14"));
        assert!(!is_version("trunk", "0.21.14"));
    }
}
