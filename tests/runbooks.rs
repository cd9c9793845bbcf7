//! Real runbooks of a public project, read from the shared data beside the repository: each comes in
//! as something that one would run, with no sentence lost.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::BTreeMap;
use std::path::PathBuf;

use muster::model::{Cursor, Fold, Log, LogScope, Timestamp, Writer};
use muster::runbook::markdown::{Runbook, read};
use muster::runbook::plan::plan;

fn folder() -> PathBuf {
    let shared = std::env::var_os("MUSTER_SHARED").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared"),
        PathBuf::from,
    );
    shared.join("data/runbooks")
}

/// Name and text of each.
fn real() -> Vec<(String, String)> {
    let folder = folder();
    let files =
        std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut texts: Vec<(String, String)> = files
        .map(|file| file.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == "md"))
        .map(|path| {
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            (name, std::fs::read_to_string(&path).unwrap())
        })
        .collect();
    texts.sort();
    texts
}

/// All that a person sees of a runbook.
fn shown(runbook: &Runbook) -> String {
    let mut parts = vec![runbook.title.clone(), runbook.about.clone()];
    for task in &runbook.tasks {
        parts.extend(
            [
                &task.section,
                &task.title,
                &task.text,
                &task.check,
                &task.rollback,
            ]
            .map(Clone::clone),
        );
        parts.extend(
            task.links
                .iter()
                .map(|link| format!("{} {}", link.label, link.url)),
        );
    }
    parts.join("\n")
}

fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    let words = text.split(|c: char| !c.is_alphanumeric());
    words.filter(|word| !word.is_empty()).map(str::to_lowercase)
}

/// What stands below the front matter, without headings that nothing stands below.
fn body(text: &str) -> String {
    let body = text
        .strip_prefix("---\n")
        .map_or(text, |rest| rest.split_once("\n---\n").unwrap().1);
    let lines: Vec<&str> = body.lines().collect();
    let is_heading = |line: &str| line.starts_with('#');
    let empty = |at: usize| {
        let next = lines[at + 1..].iter().find(|line| !line.trim().is_empty());
        is_heading(lines[at]) && next.is_none_or(|next| is_heading(next))
    };
    let kept = (0..lines.len()).filter(|at| !empty(*at)).map(|at| {
        let line = lines[at].trim_start();
        // The numbers of a list are marks.
        let unnumbered = line.trim_start_matches(|c: char| c.is_ascii_digit());
        unnumbered.strip_prefix(". ").unwrap_or(line)
    });
    kept.collect::<Vec<_>>().join("\n")
}

#[test]
fn no_sentence_of_a_real_runbook_is_lost() {
    let real = real();
    assert_eq!(real.len(), 36);
    for (name, text) in &real {
        let runbook = read(name, text);
        let mut held: BTreeMap<String, i64> = BTreeMap::new();
        for word in words(&shown(&runbook)) {
            *held.entry(word).or_default() += 1;
        }
        let lost: Vec<String> = words(&body(text))
            .filter(|word| {
                let left = held.entry(word.clone()).or_default();
                *left -= 1;
                *left < 0
            })
            .collect();
        assert!(lost.is_empty(), "{name}: {lost:?}\n{runbook:#?}");
    }
}

#[test]
fn a_real_runbook_is_something_one_would_run() {
    let mut without = Vec::new();
    let mut tasks = 0;
    for (name, text) in real() {
        let runbook = read(&name, &text);
        tasks += runbook.tasks.len();
        if runbook.tasks.is_empty() {
            without.push(name.clone());
        }
        let mut log = Log::new(LogScope::Library);
        let now = Timestamp::parse_canonical("2026-11-24T12:00:00.000Z").unwrap();
        let attach = muster::guide::write::tasks::attach(runbook.attachment());
        log.append(Writer::from_bytes([1; 10]), attach, now);
        let fold = Fold::of(&[&log], Cursor::Now);
        let plan = plan(fold.incident(), now);
        assert_eq!(plan.rows.len(), runbook.tasks.len(), "{name}");
        assert_eq!(plan.faults, [], "{name}");
        for task in &runbook.tasks {
            assert!(
                !task.title.is_empty() && task.title.len() <= 120,
                "{name}: {task:?}"
            );
        }
    }
    // Those have nothing under Diagnosis and Mitigation.
    assert!(without.len() <= 4, "{without:?}");
    assert!(tasks > 150, "{tasks}");
}
