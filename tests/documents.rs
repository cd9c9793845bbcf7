//! What the documents say of the repository is so: links lead somewhere, files that are named
//! exist, keys are the keys.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use muster::ui::command::Command;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(name: &str) -> String {
    fs::read_to_string(root().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn documents() -> Vec<String> {
    let mut names: Vec<String> = [
        "README.md",
        "ARCHITECTURE.md",
        "CHANGELOG.md",
        "docs/format.md",
    ]
    .map(str::to_owned)
    .to_vec();
    for entry in fs::read_dir(root().join("docs/adr")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        names.push(format!("docs/adr/{name}"));
    }
    names
}

/// What stands between two marks, wherever both stand in one line.
fn between<'a>(text: &'a str, open: &str, close: &str) -> Vec<&'a str> {
    let mut found = Vec::new();
    for mut rest in text.lines() {
        while let Some((_, after)) = rest.split_once(open) {
            let Some((inner, after)) = after.split_once(close) else {
                break;
            };
            found.push(inner);
            rest = after;
        }
    }
    found
}

/// As a forge makes it of a heading.
fn anchor(heading: &str) -> String {
    let kept = heading
        .chars()
        .filter(|c| c.is_alphanumeric() || " -_".contains(*c));
    kept.collect::<String>().to_lowercase().replace(' ', "-")
}

#[test]
fn links_lead_somewhere() {
    let mut broken = Vec::new();
    for document in documents() {
        let text = read(&document);
        for link in between(&text, "](", ")")
            .into_iter()
            .filter(|link| !link.contains("://"))
        {
            let (file, section) = link.split_once('#').unwrap_or((link, ""));
            let target = match file {
                "" => root().join(&document),
                file => root().join(&document).parent().unwrap().join(file),
            };
            let leads = match fs::read(&target) {
                _ if target.is_dir() => section.is_empty(),
                Err(_) => false,
                Ok(bytes) => {
                    let text = String::from_utf8_lossy(&bytes);
                    let mut headings = text.lines().filter(|line| line.starts_with('#'));
                    section.is_empty()
                        || headings
                            .any(|line| anchor(line.trim_start_matches('#').trim()) == section)
                }
            };
            if !leads {
                broken.push(format!("{document}: {link}"));
            }
        }
    }
    assert_eq!(broken, Vec::<String>::new());
}

fn files_below(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir()
            && !["target", "node_modules", "dist"].contains(&name.as_str())
            && !name.starts_with('.')
        {
            files_below(&path, found);
        }
        let from_root = path.strip_prefix(root()).unwrap();
        found.insert(from_root.to_string_lossy().replace('\\', "/"));
    }
}

#[test]
fn files_that_are_named_exist() {
    let mut files = BTreeSet::new();
    files_below(&root(), &mut files);
    let mut missing = Vec::new();
    for document in documents() {
        for name in between(&read(&document), "`", "`") {
            let is_file = [".rs", ".ts", ".css", ".mjs", ".toml", ".schema.json"]
                .iter()
                .any(|ending| name.ends_with(ending));
            let is_path = is_file || name.ends_with('/');
            let plain = name
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "/._-".contains(c));
            let named = name.trim_end_matches('/');
            let found = files
                .iter()
                .any(|file| file == named || file.ends_with(&format!("/{named}")));
            // What set-up and builds leave behind is not there yet.
            let made = ["dist/", ".tools/"].contains(&name);
            if is_path && plain && !made && !found && name.len() > 1 {
                missing.push(format!("{document}: {name}"));
            }
        }
    }
    assert_eq!(missing, Vec::<String>::new());
}

#[test]
fn the_readme_has_every_key() {
    let readme = read("README.md");
    let keys = between(&readme, "`", "`");
    for command in Command::ALL {
        let key = command.default_key().to_ascii_uppercase().to_string();
        assert!(keys.contains(&key.as_str()), "{}: {key}", command.title());
    }
}
