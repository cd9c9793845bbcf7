//! Starts Muster in the browser.

fn main() {
    #[cfg(target_arch = "wasm32")]
    muster::ui::mount();
    #[cfg(not(target_arch = "wasm32"))]
    println!("Muster runs in a browser: cargo xtask serve");
}
