//! Every version that the set-up asks for, in one place.
//!
//! Crates are pinned by `Cargo.lock`, what the journeys need by `tests/journeys/package-lock.json`.
//! Debian's packages have no version here: its archive holds one of each.

/// Must be what `Cargo.toml` has for `wasm-bindgen`.
pub const WASM_BINDGEN: &str = "0.2.130";

/// The oldest Node that the journeys run on.
pub const NODE: u32 = 20;

/// What the app is compiled for.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// Debian's own compiler, under this name in rustup: only where rustup cannot fetch the target.
pub const DEBIAN_TOOLCHAIN: &str = "debian-web";

/// That compiler and its sources. Its linker is named by `/usr/bin/rust-lld`.
pub const DEBIAN_COMPILER: &[&str] = &[
    "rustc-web",
    "cargo-web",
    "rust-web-src",
    "rust-web-llvm",
    "rust-web-clippy",
];

/// A browser, the same without windows, its driver, and a font to draw with.
pub const DEBIAN_BROWSER: &[&str] = &[
    "chromium",
    "chromium-headless-shell",
    "chromium-driver",
    "fonts-dejavu-core",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_crate_and_its_tool_are_one_version() {
        let manifest = include_str!("../../Cargo.toml");
        assert!(manifest.contains(&format!("wasm-bindgen = \"={WASM_BINDGEN}\"")));
    }
}
