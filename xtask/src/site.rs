//! Builds the site into `dist/`, as people will get it.

use crate::place;
use crate::run::{Outcome, must, step};
use crate::setup::{tools, wasm};
use crate::versions::TARGET;

/// Builds the release site; seconds where nothing has changed.
pub fn build() -> Outcome<()> {
    let wasm = wasm::ready()?;
    tools::ready()?;
    step(
        "Building the site into dist (three minutes from nothing)",
        || {
            // Trunk goes offline below, and takes cargo with it.
            let mut fetch = wasm.program("cargo");
            fetch.args(["fetch", "--quiet", "--target", TARGET]);
            must(&mut fetch, "The crates could not be fetched: cargo fetch")?;
            let mut trunk = wasm.program("trunk");
            // Trunk would fetch tools of its own choice, and takes NO_COLOR=1 for a mistake.
            trunk
                .args(["build", "--release", "--offline"])
                .env_remove("NO_COLOR");
            trunk.arg("--dist").arg(place::dist());
            must(
                &mut trunk,
                "The site could not be built; what stands above says why: cargo xtask build",
            )
        },
    )
}
