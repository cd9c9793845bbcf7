//! Gets what is missing, and nothing else: each part looks first and does nothing where it finds.
//!
//! An ordinary machine gets a rustup target, tools in `.tools/` and packages in `node_modules/`.
//! Debian's packages are a root's last resort, on a machine where nothing else can be had.

pub mod apt;
pub mod browser;
pub mod node;
pub mod tools;
pub mod wasm;

use crate::run::Outcome;

/// Everything that building, serving and testing need.
pub fn everything() -> Outcome<()> {
    wasm::native_lints()?;
    let wasm = wasm::ready()?;
    wasm::lints(wasm)?;
    tools::ready()?;
    node::ready()?;
    browser::ready()?;
    browser::driver()?;
    println!("Everything is there.");
    Ok(())
}
