//! Everything that must hold, suite by suite. A suite that fails does not stop the others.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use crate::run::{Outcome, Trouble, must, program, succeeds, trouble, typed, watch};
use crate::setup::{browser, node, tools, wasm};
use crate::tally::Tally;
use crate::versions::TARGET;
use crate::{arrows, budgets, place, site};

/// One group of tests.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Suite {
    Fmt,
    Clippy,
    Arrows,
    Native,
    Browser,
    Build,
    Budgets,
    Journeys,
}

impl Suite {
    /// In the order in which they run: what is quick and what others rest on first.
    pub const ALL: [Self; 8] = [
        Self::Fmt,
        Self::Clippy,
        Self::Arrows,
        Self::Native,
        Self::Browser,
        Self::Build,
        Self::Budgets,
        Self::Journeys,
    ];

    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Fmt => "fmt",
            Self::Clippy => "clippy",
            Self::Arrows => "arrows",
            Self::Native => "native",
            Self::Browser => "browser",
            Self::Build => "build",
            Self::Budgets => "budgets",
            Self::Journeys => "journeys",
        }
    }

    /// The suite of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|suite| suite.name() == name)
    }

    fn needs_site(self) -> bool {
        matches!(self, Self::Build | Self::Budgets | Self::Journeys)
    }

    fn run(self, more: &[String]) -> Outcome<Tally> {
        match self {
            Self::Fmt => fmt(),
            Self::Clippy => clippy(),
            Self::Arrows => arrows::check().map(|()| Tally::check(true)),
            Self::Native => native(more),
            Self::Browser => in_browser(more),
            // It was begun before the first suite, and stands.
            Self::Build => Ok(Tally::check(true)),
            Self::Budgets => budgets::check().map(|()| Tally::check(true)),
            Self::Journeys => journeys(more),
        }
    }
}

/// Runs suites and adds up. `more` goes to the test runner as it stands.
pub fn run(suites: &[Suite], more: &[String]) -> Tally {
    let mut report = Vec::new();
    // Begun at once and beside the rest: tools and linking leave a processor idle for much of
    // their time, and what a browser looks at has the machine for itself later.
    let mut building = suites
        .iter()
        .any(|suite| suite.needs_site())
        .then(|| std::thread::spawn(site::build));
    let mut built = false;
    for suite in suites.iter().copied() {
        println!("\n== {} ==", suite.name());
        let began = Instant::now();
        if suite.needs_site()
            && let Some(building) = building.take()
        {
            let ended = building
                .join()
                .unwrap_or_else(|_| trouble("The build broke off."));
            built = told(ended.map(|()| Tally::check(true))).failed == 0;
        }
        let tally = if suite.needs_site() && !built {
            told(trouble(format!("{}: there is no site.", suite.name())))
        } else {
            told(suite.run(more))
        };
        report.push((suite, tally, began.elapsed().as_secs_f64()));
    }
    summed_up(&report)
}

fn told(outcome: Outcome<Tally>) -> Tally {
    outcome.unwrap_or_else(|trouble| {
        println!("✗ {trouble}");
        Tally::check(false)
    })
}

fn summed_up(report: &[(Suite, Tally, f64)]) -> Tally {
    let mut total = Tally::default();
    println!();
    for (suite, tally, seconds) in report {
        println!("{:>9}: {tally} ({seconds:.0} s)", suite.name());
        total += *tally;
    }
    println!("{total}");
    total
}

fn fmt() -> Outcome<Tally> {
    wasm::native_lints()?;
    let mut cargo = program("cargo");
    cargo.args(["fmt", "--all", "--check"]);
    must(
        &mut cargo,
        "The code is not laid out as rustfmt would: cargo fmt --all",
    )?;
    Ok(Tally::check(true))
}

fn clippy() -> Outcome<Tally> {
    wasm::native_lints()?;
    let wasm = wasm::ready()?;
    wasm::lints(wasm)?;
    let mut native = program("cargo");
    native.args([
        "clippy",
        "--workspace",
        "--all-targets",
        "--",
        "-D",
        "warnings",
    ]);
    let mut browsers = wasm.program("cargo");
    browsers.args([
        "clippy",
        "--package",
        "muster",
        "--lib",
        "--bins",
        "--test",
        "*",
        "--target",
        TARGET,
    ]);
    browsers.args(["--", "-D", "warnings"]);
    // Both are run, so that both can be mended at once.
    let remarks: Vec<String> = [native, browsers]
        .iter_mut()
        .filter_map(|command| (!succeeds(command)).then(|| typed(command)))
        .collect();
    if remarks.is_empty() {
        return Ok(Tally::check(true));
    }
    trouble(format!("Clippy has remarks: {}", remarks.join(" && ")))
}

fn native(more: &[String]) -> Outcome<Tally> {
    let mut cargo = program("cargo");
    cargo
        .args(["test", "--workspace", "--no-fail-fast"])
        .args(more);
    let (well, printed) = watch(&mut cargo)?;
    Ok(Tally::of_cargo(&printed).ended(well))
}

/// Tests in `tests/`; the library's own too where one of them asks for a browser, for those that do
/// not may need crates that a browser has no use for.
fn in_browser(more: &[String]) -> Outcome<Tally> {
    let mut cargo = browsers_tests()?;
    cargo.args(["--test", "*", "--no-fail-fast"]);
    if mentions(&place::root().join("src"), "wasm_bindgen_test") {
        cargo.arg("--lib");
    }
    cargo.args(more);
    let (well, printed) = watch(&mut cargo)?;
    Ok(Tally::of_cargo(&printed).ended(well))
}

/// `cargo test` with a browser to run in.
fn browsers_tests() -> Outcome<Command> {
    let wasm = wasm::ready()?;
    tools::ready()?;
    let driver = browser::driver()?;
    let mut cargo = wasm.program("cargo");
    cargo.args(["test", "--package", "muster", "--target", TARGET]);
    cargo.args(unoptimised_crates());
    cargo.env(
        "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER",
        "wasm-bindgen-test-runner",
    );
    cargo.env("CHROMEDRIVER", driver);
    cargo.env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", capabilities()?);
    cargo.env("WASM_BINDGEN_TEST_TIMEOUT", "300");
    Ok(cargo)
}

/// What a browser's tests are built of runs once or twice: optimising it takes longer than it saves,
/// but for what reading a log is measured by.
fn unoptimised_crates() -> Vec<String> {
    let level = |package: &str, level: u8| {
        let setting = format!("profile.test.package.{package}.opt-level={level}");
        ["--config".to_owned(), setting]
    };
    let measured = ["serde", "serde_core", "serde_json", "sha2"];
    let optimised = measured.into_iter().flat_map(|package| level(package, 3));
    level("\"*\"", 0).into_iter().chain(optimised).collect()
}

fn mentions(folder: &Path, word: &str) -> bool {
    let files = fs::read_dir(folder).into_iter().flatten().flatten();
    files.map(|file| file.path()).any(|path| {
        let text = || fs::read_to_string(&path).unwrap_or_default();
        if path.is_dir() {
            mentions(&path, word)
        } else {
            text().contains(word)
        }
    })
}

/// How the driver starts the browser: in a container there is no sandbox to be had.
fn capabilities() -> Outcome<std::path::PathBuf> {
    let binary = match browser::ready()? {
        browser::Browser::At(path) => format!("\"binary\": {:?}, ", path.display().to_string()),
        browser::Browser::Playwrights => String::new(),
    };
    let arguments =
        r#"["no-sandbox", "disable-gpu", "disable-quic", "no-first-run", "disable-dev-shm-usage"]"#;
    let text = format!("{{ \"goog:chromeOptions\": {{ {binary}\"args\": {arguments} }} }}\n");
    let file = place::scratch().join("webdriver.json");
    let written = fs::create_dir_all(place::scratch()).and_then(|()| fs::write(&file, text));
    written.map_err(|error| Trouble(format!("{} cannot be written ({error}).", file.display())))?;
    Ok(file)
}

fn journeys(more: &[String]) -> Outcome<Tally> {
    // The whole run tries again what trips; one who looks for a fault sees it at the first time.
    let tries = if more.is_empty() { "1" } else { "0" };
    let mut runner = playwright("journeys")?;
    let (well, printed) = watch(runner.env("MUSTER_RETRIES", tries).args(more))?;
    Ok(Tally::of_playwright(&printed).ended(well))
}

/// Builds the site and runs the benchmarks on it; they print their figures themselves.
pub fn bench(more: &[String]) -> Outcome<()> {
    site::build()?;
    // Too heavy is told and is no reason to keep the other figures back.
    if let Err(Trouble(heavy)) = budgets::check() {
        println!("✗ {heavy}");
    }
    let mut reading = browsers_tests()?;
    reading.args(["--test", "reading", "--release", "--", "--nocapture"]);
    must(
        &mut reading,
        "Reading could not be measured: cargo xtask bench",
    )?;
    must(
        playwright("bench")?
            .args(["--workers=1", "--pass-with-no-tests"])
            .args(more),
        "A benchmark failed: cargo xtask bench",
    )
}

fn playwright(project: &str) -> Outcome<Command> {
    node::ready()?;
    let browser = browser::ready()?;
    let mut npx = program("npx");
    npx.args(["playwright", "test", "--project", project])
        .current_dir(place::journeys());
    npx.env("FORCE_COLOR", "0").env_remove("NO_COLOR");
    if std::env::var_os("MUSTER_PORT").is_none() {
        npx.env("MUSTER_PORT", free_port()?.to_string());
    }
    if let browser::Browser::At(path) = browser {
        npx.env("MUSTER_BROWSER", path);
    }
    if let Ok(xtask) = std::env::current_exe() {
        npx.env("MUSTER_XTASK", xtask);
    }
    Ok(npx)
}

fn free_port() -> Outcome<u16> {
    let address =
        std::net::TcpListener::bind(("127.0.0.1", 0)).and_then(|listener| listener.local_addr());
    address
        .map(|address| address.port())
        .map_err(|error| Trouble(format!("No port is free on this machine ({error}).")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_suite_has_its_name() {
        for suite in Suite::ALL {
            assert_eq!(Suite::named(suite.name()), Some(suite));
        }
        assert_eq!(Suite::named("nonsense"), None);
    }
}
