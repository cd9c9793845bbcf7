use super::*;

const LIB: &str = "pub mod classify; pub mod guide; pub mod model; pub mod store; pub mod ui;";

/// Checks a crate of `(file below src, text)`, areas without a file being empty.
fn check(files: &[(&str, &str)], expected: &[&str]) {
    let read = |path: &Path| {
        let name = path.strip_prefix("src").ok()?.to_str()?;
        let given = files
            .iter()
            .find(|(file, _)| *file == name)
            .map(|(_, text)| (*text).to_owned());
        let area = name
            .strip_suffix("/mod.rs")
            .is_some_and(|area| ARROWS.iter().any(|(known, _)| *known == area));
        let usual = if name == "lib.rs" {
            Some(LIB)
        } else {
            area.then_some("")
        };
        given.or_else(|| usual.map(str::to_owned))
    };
    let found: Vec<String> = problems(&read).into_iter().collect();
    assert_eq!(found, expected);
}

#[test]
fn arrows_that_point_the_right_way() {
    check(
        &[
            (
                "guide/mod.rs",
                "use crate::{classify::Priority, model}; use crate::guide::x;",
            ),
            ("ui/mod.rs", "use crate::guide; use crate::store::Vault;"),
            (
                "model/mod.rs",
                "//! Not for [`crate::guide`].\nconst A: &str = \"crate::ui\";",
            ),
        ],
        &[],
    );
}

#[test]
fn arrows_that_point_the_wrong_way() {
    check(
        &[(
            "model/mod.rs",
            "use crate::guide::Step;\nfn x() { crate::ui::mount() }",
        )],
        &[
            "src/model/mod.rs:1: model must not know guide; it knows no other module.",
            "src/model/mod.rs:2: model must not know ui; it knows no other module.",
        ],
    );
    check(
        &[(
            "store/mod.rs",
            "use crate::{model::{guide, Event}, guide::{self}};",
        )],
        &["src/store/mod.rs:1: store must not know guide; it knows model."],
    );
    check(
        &[("guide/mod.rs", "use crate::*;")],
        &[
            "src/guide/mod.rs:1: guide must not know everything (`crate::*`); it knows model, classify, runbook.",
        ],
    );
}

#[test]
fn arrows_through_super() {
    check(
        &[
            ("model/mod.rs", "mod log; use super::ui;"),
            (
                "model/log.rs",
                "use super::guide::x; use super::super::{store, model}; use self::super::super::ui::x;",
            ),
        ],
        &[
            "src/model/log.rs:1: model::log must not know store; it knows no other module.",
            "src/model/log.rs:1: model::log must not know ui; it knows no other module.",
            "src/model/mod.rs:1: model must not know ui; it knows no other module.",
        ],
    );
}

#[test]
fn tests_may_use_anything() {
    check(
        &[
            (
                "model/mod.rs",
                "#[cfg(test)] mod testing; #[cfg(test)] mod tests { use crate::ui; } mod log;",
            ),
            ("model/testing.rs", "mod deeper; use crate::guide;"),
            ("model/log.rs", "#![cfg(test)]\nuse crate::guide;"),
        ],
        &[],
    );
}

#[test]
fn only_the_screens_and_the_browsers_store_know_the_browser() {
    let wasm = "#[cfg(target_arch = \"wasm32\")]";
    let ui =
        format!("{wasm} mod app; pub mod route; #[path = \"app/address.rs\"] pub mod address;");
    let store = format!("{wasm} pub mod browser; {wasm} mod other;");
    check(
        &[
            ("ui/mod.rs", &ui),
            ("ui/app.rs", "mod list; use leptos::prelude::*;"),
            (
                "ui/app/list.rs",
                "use web_sys::Window; fn x() { Utc::now() }",
            ),
            ("ui/app/address.rs", "use js_sys::Date;"),
            ("ui/route.rs", "fn x() { leptos::logging::log!() }"),
            ("store/mod.rs", &store),
            ("store/browser.rs", "use wasm_bindgen_futures::spawn_local;"),
            ("store/other.rs", "use gloo_storage::LocalStorage;"),
        ],
        &[
            "src/store/other.rs:1: store::other must not know the browser (`gloo_storage`); it knows model.",
            "src/ui/app/address.rs:1: ui::address must not know the browser (`js_sys`); \
             it knows model, classify, format, store, runbook, guide, draft, measure, search, assist, drill.",
            "src/ui/route.rs:1: ui::route must not know the browser (`leptos`); \
             it knows model, classify, format, store, runbook, guide, draft, measure, search, assist, drill.",
        ],
    );
}

#[test]
fn nothing_pure_reads_a_clock() {
    check(
        &[(
            "model/mod.rs",
            "use std::time::{Duration, SystemTime};\nuse chrono::Utc;\nfn x() { Utc::now(); Local::now() }",
        )],
        &[
            "src/model/mod.rs:1: model must not know a clock (`SystemTime`); it knows no other module.",
            "src/model/mod.rs:3: model must not know a clock (`Local`); it knows no other module.",
            "src/model/mod.rs:3: model must not know a clock (`Utc`); it knows no other module.",
        ],
    );
}

#[test]
fn a_module_without_a_row_is_told() {
    check(
        &[("lib.rs", "pub mod model; pub mod weather;")],
        &["src/lib.rs: weather has no row in ARROWS, so nobody knows what it may know."],
    );
    check(
        &[("model/mod.rs", "mod gone;")],
        &["src/model/mod.rs: the file of `mod gone` is not found."],
    );
}
