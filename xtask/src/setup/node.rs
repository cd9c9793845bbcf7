//! What the journeys run on: Node, and the packages of their lock.

use std::fs;

use crate::place;
use crate::run::{Outcome, ask, must, program, step, trouble};
use crate::versions::NODE;

/// Node and the journeys' packages are there.
pub fn ready() -> Outcome<()> {
    version()?;
    let folder = place::journeys();
    let lock = fs::read(folder.join("package-lock.json")).unwrap_or_default();
    let stamp = folder.join("node_modules").join(".muster-lock");
    if fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    let mut npm = program("npm");
    npm.args(["ci", "--loglevel=error"]).current_dir(&folder);
    // The browser is looked for elsewhere.
    npm.env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    step("Installing what the journeys need", || {
        must(
            &mut npm,
            "The journeys' packages could not be installed: npm ci --prefix tests/journeys",
        )
    })?;
    // Without the stamp the next run installs once more: no harm.
    let _ = fs::write(stamp, lock);
    Ok(())
}

/// Node is there, and new enough.
pub fn version() -> Outcome<()> {
    let told = ask(program("node").arg("--version"));
    match told.as_deref().and_then(major) {
        Some(major) if major >= NODE => Ok(()),
        Some(major) => trouble(format!(
            "Node {major} is too old for the tests: nvm install {NODE}, or https://nodejs.org"
        )),
        None => trouble(format!(
            "Node is missing, and the tests need it: nvm install {NODE}, or https://nodejs.org"
        )),
    }
}

fn major(told: &str) -> Option<u32> {
    told.strip_prefix('v')?.split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_is_read() {
        assert_eq!(major("v20.20.2"), Some(20));
        assert_eq!(major("nonsense"), None);
    }
}
