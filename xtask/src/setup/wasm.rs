//! A compiler for the browser: rustup's target, or Debian's compiler where rustup has no way out.
//!
//! Ready means that a compiled and linked page came out, not that a file lies somewhere: a standard
//! library of another compiler's version is found that way too.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;

use super::apt;
use crate::place;
use crate::run::{Outcome, Trouble, ask, must, program, step, succeeds, trouble};
use crate::versions::{DEBIAN_COMPILER, DEBIAN_TOOLCHAIN, TARGET};

/// Which compiler builds for the browser.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Wasm {
    /// The same as for native work.
    Rustup,
    /// Debian's, linked into rustup.
    Debian,
}

impl Wasm {
    /// A program that works with this compiler, our own tools first on its PATH.
    pub fn program(self, name: impl AsRef<Path>) -> Command {
        let mut command = program(name);
        if self == Self::Debian {
            command.env("RUSTUP_TOOLCHAIN", DEBIAN_TOOLCHAIN);
        }
        let path = std::env::var_os("PATH").unwrap_or_default();
        let folders =
            std::iter::once(place::tools().join("bin")).chain(std::env::split_paths(&path));
        if let Ok(path) = std::env::join_paths(folders) {
            command.env("PATH", path);
        }
        command
    }
}

/// One at a time, or two would fetch the same.
static LOOKING: Mutex<()> = Mutex::new(());

/// The compiler for the browser, fetched or made where it is missing.
pub fn ready() -> Outcome<Wasm> {
    let _looking = LOOKING.lock();
    for wasm in [Wasm::Rustup, Wasm::Debian] {
        if compiles(wasm) {
            return Ok(wasm);
        }
    }
    if fetched() {
        return Ok(Wasm::Rustup);
    }
    if !apt::usable() {
        return trouble(format!(
            "Rust cannot build for the browser yet: rustup target add {TARGET}"
        ));
    }
    from_debian()?;
    Ok(Wasm::Debian)
}

/// Clippy and rustfmt for native work.
pub fn native_lints() -> Outcome<()> {
    let found = |name| ask(program("cargo").args([name, "--version"])).is_some();
    if found("clippy") && found("fmt") {
        return Ok(());
    }
    let mut add = program("rustup");
    add.args(["component", "add", "clippy", "rustfmt"]);
    step("Fetching clippy and rustfmt", || {
        must(
            &mut add,
            "Clippy and rustfmt are missing: rustup component add clippy rustfmt",
        )
    })
}

/// Clippy for the browser's half.
pub fn lints(wasm: Wasm) -> Outcome<()> {
    if ask(wasm.program("cargo").args(["clippy", "--version"])).is_some() {
        return Ok(());
    }
    match wasm {
        Wasm::Rustup => native_lints(),
        Wasm::Debian => apt::install(&["rust-web-clippy"]),
    }
}

/// Whether an empty page compiles and links.
fn compiles(wasm: Wasm) -> bool {
    let folder = place::scratch();
    let source = folder.join("probe.rs");
    if fs::create_dir_all(&folder)
        .and_then(|()| fs::write(&source, ""))
        .is_err()
    {
        return false;
    }
    let mut rustc = wasm.program("rustc");
    rustc.args(["--target", TARGET, "--crate-type", "cdylib", "-o"]);
    rustc.arg(folder.join("probe.wasm")).arg(source);
    ask(&mut rustc).is_some()
}

fn fetched() -> bool {
    let mut add = program("rustup");
    add.args(["target", "add", TARGET])
        .env("RUST_BACKTRACE", "0");
    let saying = format!("Fetching Rust's standard library for {TARGET}");
    step(&saying, || must(&mut add, "rustup could not fetch it.")).is_ok() && compiles(Wasm::Rustup)
}

/// Debian's compiler, linked into rustup, with a standard library built from Debian's sources.
fn from_debian() -> Outcome<()> {
    println!("  rustup has no way to its servers: Debian's own compiler steps in.");
    apt::install(DEBIAN_COMPILER)?;
    apt::install(&[&linker()?])?;
    let link = ["toolchain", "link", DEBIAN_TOOLCHAIN, "/usr"];
    must(
        program("rustup").args(link),
        format!(
            "Debian's compiler could not be linked: rustup {}",
            link.join(" ")
        ),
    )?;
    if !compiles(Wasm::Debian) {
        step(
            "Building Rust's standard library for the browser (about a minute)",
            standard_library,
        )?;
    }
    if compiles(Wasm::Debian) {
        return Ok(());
    }
    trouble(format!(
        "Debian's compiler does not build for the browser: rustup target add {TARGET}"
    ))
}

/// The package of the linker that Debian's compiler calls.
fn linker() -> Outcome<String> {
    let link = fs::read_link("/usr/bin/rust-lld").ok();
    let name = link
        .as_deref()
        .and_then(Path::file_name)
        .map(|name| name.to_string_lossy().into_owned());
    name.ok_or_else(|| {
        Trouble("Debian's linker is not there: apt-get install rust-web-llvm".to_owned())
    })
}

fn standard_library() -> Outcome<()> {
    let folder = place::scratch().join("std");
    let built = build_std(&folder)?;
    let place = Path::new("/usr/lib/rustlib").join(TARGET).join("lib");
    replace_libraries(&built, &place).map_err(|error| {
        Trouble(format!(
            "The standard library could not be put in its place ({error}): cargo xtask setup"
        ))
    })?;
    // Cargo does not notice that the library beneath has changed.
    let _ = fs::remove_dir_all(place::target().join(TARGET));
    let _ = fs::remove_dir_all(&folder);
    Ok(())
}

/// Builds the standard library as part of an empty crate: where its libraries lie then.
fn build_std(folder: &Path) -> Outcome<PathBuf> {
    let manifest = "[package]\nname = \"emptylib\"\nedition = \"2021\"\n\n[workspace]\n";
    fs::create_dir_all(folder.join("src"))
        .and_then(|()| fs::write(folder.join("Cargo.toml"), manifest))
        .and_then(|()| fs::write(folder.join("src/lib.rs"), ""))
        .map_err(|error| Trouble(format!("{} cannot be written ({error}).", folder.display())))?;
    let mut cargo = Wasm::Debian.program("cargo");
    cargo.current_dir(folder).env("RUSTC_BOOTSTRAP", "1");
    // Without bitcode in it, nothing that is optimised as a whole can use it.
    cargo
        .env("RUSTFLAGS", "-Cembed-bitcode=yes")
        .env_remove("CARGO_ENCODED_RUSTFLAGS");
    cargo.env("CARGO_TARGET_DIR", folder.join("target"));
    cargo.args(["build", "--quiet", "--release", "--target", TARGET]);
    cargo.arg("-Zbuild-std=std,panic_abort,panic_unwind,proc_macro,test");
    if succeeds(&mut cargo) {
        return Ok(folder.join("target").join(TARGET).join("release/deps"));
    }
    trouble("Rust's standard library could not be built for the browser: cargo xtask setup")
}

fn replace_libraries(built: &Path, place: &Path) -> io::Result<()> {
    fs::create_dir_all(place)?;
    for old in libraries(place)? {
        fs::remove_file(old)?;
    }
    for new in libraries(built)? {
        let Some(name) = new.file_name() else {
            continue;
        };
        if !name.to_string_lossy().contains("emptylib") {
            fs::copy(&new, place.join(name))?;
        }
    }
    Ok(())
}

fn libraries(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let files = fs::read_dir(folder)?.collect::<io::Result<Vec<_>>>()?;
    let paths = files.into_iter().map(|file| file.path());
    Ok(paths
        .filter(|path| path.extension().is_some_and(|ending| ending == "rlib"))
        .collect())
}
