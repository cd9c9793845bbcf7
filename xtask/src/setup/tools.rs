//! wasm-bindgen of exactly our version: as found on the PATH, or in `.tools/`.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::Mutex;

use crate::place;
use crate::run::{Outcome, ask, must, program, step, typed};
use crate::versions::WASM_BINDGEN;

const PACKAGE: &str = "wasm-bindgen-cli";
const PROGRAMS: [&str; 2] = ["wasm-bindgen", "wasm-bindgen-test-runner"];

/// Those of its parts that read and write the whole program; the rest only calls them.
const OPTIMISED: [&str; 4] = [
    "walrus",
    "wasmparser",
    "wasm-encoder",
    "wasm-bindgen-cli-support",
];

/// One at a time, or both would install the same.
static INSTALLING: Mutex<()> = Mutex::new(());

/// It is there, installed where it is missing.
pub fn ready() -> Outcome<()> {
    let _installing = INSTALLING.lock();
    if PROGRAMS.iter().all(|name| found(name, WASM_BINDGEN)) {
        return Ok(());
    }
    install()?;
    let _ = fs::remove_dir_all(build_folder());
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

fn install() -> Outcome<()> {
    let mut cargo = install_command(Path::new(".tools"));
    let mend = format!(
        "{PACKAGE} {WASM_BINDGEN} could not be installed: {}",
        typed(&cargo)
    );
    let saying = format!("Installing {PACKAGE} {WASM_BINDGEN} into .tools (about three minutes)");
    step(&saying, || must(&mut cargo, mend))
}

fn install_command(into: &Path) -> Command {
    let mut cargo = program("cargo");
    cargo.args(["install", "--quiet", PACKAGE, "--version", WASM_BINDGEN]);
    // It fetches nothing for us. Its own lock names a version that the registry does not have.
    cargo.arg("--no-default-features");
    // Optimising all of it takes three times as long, and saves a second a build.
    cargo.arg("--debug").arg("--root").arg(into);
    for part in OPTIMISED {
        let setting = format!("profile.dev.package.{part}.opt-level=1");
        cargo.args(["--config", &setting]);
    }
    cargo.env("CARGO_PROFILE_DEV_DEBUG", "0");
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
        assert!(is_version("wasm-bindgen 0.2.130", "0.2.130"));
        assert!(!is_version("wasm-bindgen 0.2.13", "0.2.130"));
        assert!(!is_version("wasm-bindgen", "0.2.130"));
    }
}
