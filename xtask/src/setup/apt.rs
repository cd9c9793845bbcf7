//! Debian's packages, where we are root on Debian.

use std::fs;
use std::sync::Mutex;

use crate::place;
use crate::run::{Outcome, ask, must, program, step};

/// Whether packages can be installed here: Debian, apt, and root.
pub fn usable() -> bool {
    is_debian() && place::on_path("apt-get").is_some() && is_root()
}

fn is_debian() -> bool {
    fs::read_to_string("/etc/os-release")
        .is_ok_and(|text| text.lines().any(|line| line == "ID=debian"))
}

fn is_root() -> bool {
    ask(program("id").arg("-u")).is_some_and(|id| id == "0")
}

/// One at a time: apt refuses a second.
static INSTALLING: Mutex<()> = Mutex::new(());

/// Installs packages.
pub fn install(packages: &[&str]) -> Outcome<()> {
    let _installing = INSTALLING.lock();
    let names = packages.join(" ");
    let mend = format!("apt-get update && apt-get install --no-install-recommends {names}");
    step(&format!("Installing Debian's {names}"), || {
        let _ = ask(apt_get().arg("update"));
        let mut install = apt_get();
        install
            .args(["-qq", "install", "--yes", "--no-install-recommends"])
            .args(packages);
        // Pages of unpacking say nothing to anyone.
        install.stdout(std::process::Stdio::null());
        must(
            &mut install,
            format!("Debian's packages could not be installed: {mend}"),
        )
    })
}

fn apt_get() -> std::process::Command {
    let mut command = program("apt-get");
    command.env("DEBIAN_FRONTEND", "noninteractive");
    command
}
