//! A browser for the tests, and the driver that in-browser tests start it by.
//!
//! First what is there; then Playwright's own, where this machine can fetch things; then Debian's.

use std::env;
use std::path::{Path, PathBuf};

use super::{apt, node, wasm};
use crate::place;
use crate::run::{Outcome, ask, program, step, trouble};
use crate::versions::DEBIAN_BROWSER;

/// The one without windows comes first: it draws the same and takes two thirds of the time.
const NAMES: [&str; 5] = [
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
];
const MAC: &str = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";

/// Which browser the tests drive.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Browser {
    /// This program.
    At(PathBuf),
    /// The one that Playwright keeps for itself.
    Playwrights,
}

/// A browser, fetched where there is none.
pub fn ready() -> Outcome<Browser> {
    if let Some(browser) = installed() {
        return Ok(browser);
    }
    // Where rustup has its ways out, Playwright has too, and the system stays as it is.
    if wasm::ready()? == wasm::Wasm::Rustup && fetched() {
        return Ok(Browser::Playwrights);
    }
    if apt::usable() {
        apt::install(DEBIAN_BROWSER)?;
    }
    match installed() {
        Some(browser) => Ok(browser),
        None => trouble(
            "No browser was found to test in: cd tests/journeys && npx playwright install chromium",
        ),
    }
}

/// The driver for in-browser tests.
pub fn driver() -> Outcome<PathBuf> {
    if let Some(driver) = installed_driver() {
        return Ok(driver);
    }
    if apt::usable() {
        apt::install(DEBIAN_BROWSER)?;
    }
    match installed_driver() {
        Some(driver) => Ok(driver),
        None => trouble(
            "In-browser tests need chromedriver on the PATH, of the browser's version: \
             apt-get install chromium-driver, brew install chromedriver, \
             or https://googlechromelabs.github.io/chrome-for-testing",
        ),
    }
}

fn installed() -> Option<Browser> {
    let given = env::var_os("MUSTER_BROWSER").map(PathBuf::from);
    let usual = || NAMES.into_iter().find_map(place::on_path);
    let mac = || Some(PathBuf::from(MAC)).filter(|path| path.is_file());
    given
        .or_else(usual)
        .or_else(mac)
        .map(Browser::At)
        .or_else(playwrights)
}

fn installed_driver() -> Option<PathBuf> {
    let given = env::var_os("CHROMEDRIVER").map(PathBuf::from);
    given.or_else(|| place::on_path("chromedriver"))
}

fn playwrights() -> Option<Browser> {
    let question = "console.log(require('@playwright/test').chromium.executablePath())";
    let path = ask(program("node")
        .args(["-e", question])
        .current_dir(place::journeys()))?;
    // It may be there and lack libraries of the system's.
    let starts = || ask(program(Path::new(&path)).arg("--version")).is_some();
    (Path::new(&path).is_file() && starts()).then_some(Browser::Playwrights)
}

fn fetched() -> bool {
    let mut npx = program("npx");
    npx.args(["playwright", "install", "chromium"])
        .current_dir(place::journeys());
    let fetched = step("Fetching Playwright's browser", || {
        node::ready()?;
        // Of a failure it prints pages, once for each place that it tried.
        match ask(&mut npx) {
            Some(_) => Ok(()),
            None => trouble("Playwright could not fetch it."),
        }
    });
    fetched.is_ok() && playwrights().is_some()
}
