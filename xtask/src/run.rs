//! Runs other programs, says what takes long, and turns failures into one sentence.

use std::fmt;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use crate::place;
use crate::versions::DEBIAN_TOOLCHAIN;

/// One sentence: what went wrong, and the command that mends it where there is one.
#[derive(Debug)]
pub struct Trouble(pub String);

impl fmt::Display for Trouble {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// What was wanted, or why it is not there.
pub type Outcome<T> = Result<T, Trouble>;

/// A failure in a sentence.
pub fn trouble<T>(sentence: impl Into<String>) -> Outcome<T> {
    Err(Trouble(sentence.into()))
}

/// A program started in the repository, with the compiler that native work uses.
pub fn program(name: impl AsRef<Path>) -> Command {
    let mut command = Command::new(name.as_ref());
    command.current_dir(place::root());
    // What cargo tells us about ourselves is not true of what we start.
    for name in [
        "CARGO",
        "CARGO_MANIFEST_DIR",
        "CARGO_PKG_NAME",
        "LD_LIBRARY_PATH",
    ] {
        command.env_remove(name);
    }
    if std::env::var_os("RUSTUP_TOOLCHAIN").is_some_and(|name| name == DEBIAN_TOOLCHAIN) {
        command.env_remove("RUSTUP_TOOLCHAIN");
    }
    command
}

/// The command as one would type it.
pub fn typed(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words
        .map(|word| word.to_string_lossy())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Runs silently: what it printed, if it ended well.
pub fn ask(command: &mut Command) -> Option<String> {
    let output = command
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    let ended_well = output.status.success();
    ended_well.then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Runs in sight: whether it ended well.
pub fn succeeds(command: &mut Command) -> bool {
    command
        .stdin(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// Runs in sight; a failure is told as `otherwise`.
pub fn must(command: &mut Command, otherwise: impl Into<String>) -> Outcome<()> {
    if succeeds(command) {
        Ok(())
    } else {
        trouble(otherwise)
    }
}

/// Runs in sight, and keeps what it prints as well.
pub fn watch(command: &mut Command) -> Outcome<(bool, String)> {
    let told = typed(command);
    let started = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn();
    let mut child =
        started.map_err(|error| Trouble(format!("`{told}` did not start: {error}.")))?;
    let mut printed = String::new();
    if let Some(output) = child.stdout.take() {
        let mut reader = BufReader::new(output);
        let mut line = Vec::new();
        while reader
            .read_until(b'\n', &mut line)
            .is_ok_and(|length| length > 0)
        {
            let text = String::from_utf8_lossy(&line);
            print!("{text}");
            let _ = std::io::stdout().flush();
            printed.push_str(&text);
            line.clear();
        }
    }
    let status = child
        .wait()
        .map_err(|error| Trouble(format!("`{told}` got lost: {error}.")))?;
    Ok((status.success(), printed))
}

/// Says what is about to take a while, and how long it took.
pub fn step<T>(saying: &str, work: impl FnOnce() -> Outcome<T>) -> Outcome<T> {
    println!("→ {saying}");
    let began = Instant::now();
    let outcome = work();
    let ending = if outcome.is_ok() { "done" } else { "failed" };
    println!(
        "  {ending} after {}",
        duration(began.elapsed().as_secs_f64())
    );
    outcome
}

fn duration(seconds: f64) -> String {
    if seconds < 60.0 {
        return format!("{seconds:.1} s");
    }
    let minutes = (seconds / 60.0).floor();
    format!("{minutes} min {:.0} s", seconds - minutes * 60.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_time_is_told_in_minutes() {
        assert_eq!(duration(3.25), "3.2 s");
        assert_eq!(duration(125.0), "2 min 5 s");
    }

    #[test]
    fn a_program_that_is_not_there_is_told() {
        assert!(ask(&mut program("no-such-program-here")).is_none());
        assert!(watch(&mut program("no-such-program-here")).is_err());
    }

    #[test]
    fn what_is_printed_is_kept() -> Outcome<()> {
        let (ended_well, printed) =
            watch(program("sh").args(["-c", "echo one; echo two; exit 3"]))?;
        assert!(!ended_well);
        assert_eq!(printed, "one\ntwo\n");
        Ok(())
    }
}
