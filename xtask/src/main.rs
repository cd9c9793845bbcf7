//! `cargo xtask`: sets up, builds, serves and tests Muster, installing what is missing on the way.

mod arrows;
mod budgets;
mod place;
mod run;
mod serve;
mod setup;
mod site;
mod suites;
mod tally;
mod versions;

use std::process::ExitCode;

use run::{Outcome, Trouble, trouble};
use suites::Suite;

const USAGE: &str = "\
cargo xtask serve            build the site and serve it on this machine
      [--port N]             on this port, else 4460; 0 takes any that is free
      [--prefix /PATH]       below this path
      [--dir FOLDER]         this folder, else dist
      [--no-build]           as it stands
cargo xtask test             every test
cargo xtask test SUITE       one of: fmt clippy arrows native browser build budgets journeys
      [-- ARGUMENTS]         for the test runner of native, browser and journeys
cargo xtask build            leave the site in dist
cargo xtask bench            print the figures
cargo xtask setup            only install what is missing";

fn main() -> ExitCode {
    let given: Vec<String> = std::env::args().skip(1).collect();
    match obey(&given) {
        Ok(code) => code,
        Err(Trouble(sentence)) => {
            eprintln!("✗ {sentence}");
            ExitCode::FAILURE
        }
    }
}

fn obey(given: &[String]) -> Outcome<ExitCode> {
    let words: Vec<&str> = given.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["setup"] => setup::everything()?,
        ["build"] => site::build()?,
        ["serve", options @ ..] => serve_site(options)?,
        ["test", rest @ ..] => return test(rest),
        ["bench", rest @ ..] => suites::bench(&after_dashes(rest)?)?,
        [] | ["help" | "--help" | "-h"] => println!("{USAGE}"),
        [other, ..] => return trouble(format!("There is no `{}`: cargo xtask help", other)),
    }
    Ok(ExitCode::SUCCESS)
}

fn serve_site(options: &[&str]) -> Outcome<()> {
    let options = serve::Options::read(options)?;
    if options.build {
        site::build()?;
    }
    serve::serve(&options)
}

fn test(rest: &[&str]) -> Outcome<ExitCode> {
    let (suites, more) = match rest {
        [] => (Suite::ALL.to_vec(), Vec::new()),
        [name, rest @ ..] => match Suite::named(name) {
            Some(suite) => (vec![suite], after_dashes(rest)?),
            None => return trouble(format!("There is no suite `{name}`: cargo xtask help")),
        },
    };
    let tally = suites::run(&suites, &more);
    Ok(if tally.failed == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn after_dashes(rest: &[&str]) -> Outcome<Vec<String>> {
    match rest {
        [] => Ok(Vec::new()),
        ["--", more @ ..] => Ok(more.iter().map(|word| (*word).to_owned()).collect()),
        [other, ..] => trouble(format!(
            "`{other}` is not understood here: cargo xtask help"
        )),
    }
}
