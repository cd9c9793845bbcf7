//! Weighs what a first visit downloads, as a server that compresses with brotli would send it.
//!
//! The files are those that `index.html` names, itself, and the worker that keeps them: nothing else
//! is asked for at first.

use std::path::PathBuf;

use crate::run::{Outcome, Trouble, ask, program, trouble};
use crate::setup::node;
use crate::{place, site};

/// What we aim for, in kB.
const AIM: f64 = 250.0;
/// Above this the build fails, in kB: what was reached (about 1,118, of which the built-in runbooks
/// are 35, what regulators ask and their forms about 80, drills, the assistant's brief, reviews and
/// pictures about 190, opening without a host about 8) and a little, so that growth is noticed while
/// the aim is not met.
const LIMIT: f64 = 1130.0;

/// Prints one file's length per line, each in brotli's highest quality.
const WEIGH: &str = "const { readFileSync } = require('node:fs'), { brotliCompressSync } = require('node:zlib'); \
    for (const file of process.argv.slice(1)) console.log(brotliCompressSync(readFileSync(file)).length);";

/// Fails where the site has become too heavy.
pub fn check() -> Outcome<()> {
    node::version()?;
    let files = site::first_visit(&place::dist())?;
    let weights = weigh(&files)?;
    for (file, bytes) in files.iter().zip(&weights) {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        println!("  {:>6.1} kB  {name}", kilobytes(*bytes));
    }
    let total = kilobytes(weights.iter().sum());
    println!(
        "  {total:>6.1} kB with brotli for a first visit; the aim is {AIM} kB, the limit {LIMIT} kB."
    );
    if total > LIMIT {
        return trouble(format!(
            "A first visit downloads {total:.1} kB, more than {LIMIT} kB."
        ));
    }
    names_no_machine(&files)
}

/// What is served is made of the sources alone: another machine makes the same of them.
fn names_no_machine(files: &[PathBuf]) -> Outcome<()> {
    let mut places = vec![place::root().join("src")];
    places.extend(place::sources());
    let places: Vec<String> = places
        .iter()
        .map(|place| place.display().to_string())
        .collect();
    for file in files {
        let content = std::fs::read(file)
            .map_err(|error| Trouble(format!("{} cannot be read ({error}).", file.display())))?;
        let content = String::from_utf8_lossy(&content);
        if let Some(place) = places.iter().find(|place| content.contains(*place)) {
            return trouble(format!(
                "{} names a place of this machine: {place}",
                file.display()
            ));
        }
    }
    Ok(())
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a size of files, not of the universe"
)]
fn kilobytes(bytes: u64) -> f64 {
    bytes as f64 / 1000.0
}

fn weigh(files: &[PathBuf]) -> Outcome<Vec<u64>> {
    let printed = ask(program("node").args(["-e", WEIGH, "--"]).args(files)).unwrap_or_default();
    let weights: Vec<u64> = printed
        .lines()
        .filter_map(|line| line.trim().parse().ok())
        .collect();
    if weights.len() == files.len() {
        return Ok(weights);
    }
    trouble("Node could not weigh the files in dist: cargo xtask build")
}
