//! Checks the arrows between modules: who may know whom, and who may know the browser or a clock.
//!
//! Reads the sources as a compiler would find them, from `lib.rs` along each `mod`. What only tests
//! see may use anything.

mod source;
mod token;

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::{Path, PathBuf};

use self::source::{Condition, Declared};
use self::token::Token;
use crate::place;
use crate::run::{Outcome, trouble};

/// Each module, and all that it may know beside itself.
const ARROWS: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("classify", &["model"]),
    ("format", &["model"]),
    ("store", &["model"]),
    ("runbook", &["model"]),
    ("guide", &["model", "classify", "runbook"]),
    (
        "draft",
        &[
            "model", "classify", "format", "runbook", "guide", "measure", "assist",
        ],
    ),
    ("search", &["model", "guide"]),
    (
        "assist",
        &["model", "classify", "runbook", "guide", "search"],
    ),
    (
        "measure",
        &["model", "classify", "format", "runbook", "guide"],
    ),
    (
        "drill",
        &["model", "classify", "runbook", "guide", "measure"],
    ),
    (
        "ui",
        &[
            "model", "classify", "format", "store", "runbook", "guide", "draft", "measure",
            "search", "assist", "drill",
        ],
    ),
];

/// Crates of the browser, by how their names begin.
const BROWSER: &[&str] = &["web_sys", "js_sys", "leptos", "wasm_bindgen", "gloo_"];

/// The only place outside the screens that knows the browser.
const BROWSERS_STORE: &[&str] = &["store", "browser"];

/// Fails where an arrow points the wrong way.
pub fn check() -> Outcome<()> {
    let root = place::root();
    let problems = problems(&|path| std::fs::read_to_string(root.join(path)).ok());
    if problems.is_empty() {
        return Ok(());
    }
    for problem in &problems {
        println!("  {problem}");
    }
    trouble(format!(
        "{} arrows between modules point the wrong way; see ARROWS in xtask/src/arrows.rs.",
        problems.len()
    ))
}

/// One sentence for each arrow that points the wrong way. `read` gives a file's text, if it is there.
fn problems(read: &dyn Fn(&Path) -> Option<String>) -> BTreeSet<String> {
    let mut walk = Walk {
        read,
        problems: BTreeSet::new(),
    };
    let root = Path::new("src/lib.rs");
    let Some(text) = read(root) else {
        return BTreeSet::from(["src/lib.rs cannot be read.".to_owned()]);
    };
    for declared in source::read(&text).modules {
        let named = ARROWS.iter().find(|(name, _)| *name == declared.name);
        match named {
            Some((_, knows)) => walk.module(root, &declared, &Module::top(&declared.name, knows)),
            None if declared.condition.test => {}
            None => {
                let name = &declared.name;
                walk.problems.insert(format!(
                    "src/lib.rs: {name} has no row in ARROWS, so nobody knows what it may know."
                ));
            }
        }
    }
    walk.problems
}

/// A module on the way down.
struct Module {
    /// Its names from the root.
    names: Vec<String>,
    knows: &'static [&'static str],
    condition: Condition,
}

impl Module {
    fn top(name: &str, knows: &'static [&'static str]) -> Self {
        Self {
            names: vec![name.to_owned()],
            knows,
            condition: Condition::default(),
        }
    }

    fn within(&self, name: &str) -> Self {
        let mut names = self.names.clone();
        names.push(name.to_owned());
        Self {
            names,
            knows: self.knows,
            condition: self.condition,
        }
    }

    fn area(&self) -> &str {
        self.names.first().map_or("", String::as_str)
    }

    /// Whether it may know the browser, and a clock.
    fn is_browsers(&self) -> bool {
        self.names == BROWSERS_STORE || (self.area() == "ui" && self.condition.browser)
    }
}

struct Walk<'a> {
    read: &'a dyn Fn(&Path) -> Option<String>,
    problems: BTreeSet<String>,
}

impl Walk<'_> {
    fn module(&mut self, from: &Path, declared: &Declared, module: &Module) {
        let found = files(from, declared)
            .into_iter()
            .find_map(|file| (self.read)(&file).map(|text| (file, text)));
        let Some((file, text)) = found else {
            self.problems.insert(format!(
                "{}: the file of `mod {}` is not found.",
                from.display(),
                declared.name
            ));
            return;
        };
        let source = source::read(&text);
        let condition = module
            .condition
            .and(declared.condition)
            .and(source.condition);
        if condition.test {
            return;
        }
        let module = Module {
            names: module.names.clone(),
            knows: module.knows,
            condition,
        };
        self.arrows(&file, &source.tokens, &module);
        for declared in &source.modules {
            self.module(&file, declared, &module.within(&declared.name));
        }
    }

    fn arrows(&mut self, file: &Path, tokens: &[Token], module: &Module) {
        for index in 0..tokens.len() {
            let rest = tokens.get(index..).unwrap_or_default();
            let Some(first) = rest.first() else { return };
            let before = tokens.get(..index).unwrap_or_default();
            let mut wrong = wrong_modules(rest, before, module);
            if !module.is_browsers() {
                wrong.extend(wrong_words(rest));
            }
            for wrong in wrong {
                self.problems.insert(told(file, first.line, module, &wrong));
            }
        }
    }
}

fn told(file: &Path, line: usize, module: &Module, wrong: &str) -> String {
    let mut problem = format!(
        "{}:{line}: {} must not know {wrong}",
        file.display(),
        module.names.join("::")
    );
    match module.knows {
        [] => problem.push_str("; it knows no other module."),
        knows => {
            let _ = write!(problem, "; it knows {}.", knows.join(", "));
        }
    }
    problem
}

/// Where a declared module's file may lie, from the file that declares it.
fn files(from: &Path, declared: &Declared) -> Vec<PathBuf> {
    let folder = from.parent().unwrap_or(Path::new(""));
    if let Some(path) = &declared.path {
        return vec![folder.join(path)];
    }
    let owns_folder = matches!(
        from.file_stem().and_then(|stem| stem.to_str()),
        Some("mod" | "lib" | "main")
    );
    let inside = if owns_folder {
        folder.to_path_buf()
    } else {
        from.with_extension("")
    };
    vec![
        inside.join(format!("{}.rs", declared.name)),
        inside.join(&declared.name).join("mod.rs"),
    ]
}

/// Modules named from the root (`crate::…`, or `super::` all the way up) that this one must not know.
fn wrong_modules(rest: &[Token], before: &[Token], module: &Module) -> Vec<String> {
    let Some(names) = from_root(rest, before, module.names.len()) else {
        return Vec::new();
    };
    let is_area = |name: &str| ARROWS.iter().any(|(area, _)| *area == name);
    let allowed = |name: &str| name == module.area() || module.knows.contains(&name);
    let wrong = names
        .into_iter()
        .filter(|name| *name == "*" || (is_area(name) && !allowed(name)));
    wrong
        .map(|name| {
            if name == "*" {
                "everything (`crate::*`)".to_owned()
            } else {
                name.to_owned()
            }
        })
        .collect()
}

/// The names right below the root, where a path that begins here leads there.
fn from_root<'a>(rest: &'a [Token], before: &[Token], depth: usize) -> Option<Vec<&'a str>> {
    // `self::super` climbs as `super` does; a `super` after another one is counted already.
    let continues = matches!(before, [.., up, one, two] if up.word() != Some("self") && one.is(':') && two.is(':'));
    match rest.first()?.word()? {
        "crate" => below(rest.get(1..)?),
        "super" if !continues => {
            let mut rest = rest;
            for _ in 1..depth {
                rest = after_colons(rest.get(1..)?)?;
                rest.first().filter(|token| token.word() == Some("super"))?;
            }
            below(rest.get(1..)?)
        }
        _ => None,
    }
}

fn after_colons(rest: &[Token]) -> Option<&[Token]> {
    match rest {
        [one, two, rest @ ..] if one.is(':') && two.is(':') => Some(rest),
        _ => None,
    }
}

/// `::name`, or each first name of `::{a::b, c}`.
fn below(rest: &[Token]) -> Option<Vec<&str>> {
    let rest = after_colons(rest)?;
    let first = rest.first()?;
    if first.is('*') {
        return Some(vec!["*"]);
    }
    if !first.is('{') {
        return first.word().map(|word| vec![word]);
    }
    let mut names = Vec::new();
    let mut depth = 0_usize;
    let mut begins = false;
    for token in rest {
        if token.is('{') {
            depth += 1;
            begins = depth == 1;
        } else if token.is('}') {
            depth = depth.checked_sub(1)?;
            if depth == 0 {
                break;
            }
        } else if depth == 1 && token.is(',') {
            begins = true;
        } else if begins {
            names.extend(token.word());
            begins = false;
        }
    }
    Some(names)
}

/// The browser or a clock, named by what begins here.
fn wrong_words(rest: &[Token]) -> Option<String> {
    let word = rest.first()?.word()?;
    if BROWSER.iter().any(|begins| word.starts_with(begins)) {
        return Some(format!("the browser (`{word}`)"));
    }
    let reads_clock =
        matches!(word, "Instant" | "Utc" | "Local") && below(rest.get(1..)?) == Some(vec!["now"]);
    (reads_clock || word == "SystemTime").then(|| format!("a clock (`{word}`)"))
}

#[cfg(test)]
mod tests;
