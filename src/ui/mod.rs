//! The screens: show what the questions answer, and append events. Nothing is decided here.
//!
//! `route` and `command` are plain and build everywhere; the rest is the browser's.

#[path = "room/address.rs"]
pub mod address;
pub mod command;
pub mod letters;
pub mod route;
#[path = "room/said_at.rs"]
pub mod said_at;

#[cfg(target_arch = "wasm32")]
mod app;
#[cfg(target_arch = "wasm32")]
mod board;
#[cfg(target_arch = "wasm32")]
mod browser;
#[cfg(target_arch = "wasm32")]
mod clock;
#[cfg(target_arch = "wasm32")]
mod declare;
#[cfg(target_arch = "wasm32")]
mod derived;
#[cfg(target_arch = "wasm32")]
mod drills;
#[cfg(target_arch = "wasm32")]
mod focus;
#[cfg(target_arch = "wasm32")]
mod guide_screen;
#[cfg(target_arch = "wasm32")]
mod improvements;
#[cfg(target_arch = "wasm32")]
mod kept;
#[cfg(target_arch = "wasm32")]
mod measures;
#[cfg(target_arch = "wasm32")]
mod organisation;
#[cfg(target_arch = "wasm32")]
mod palette;
#[cfg(target_arch = "wasm32")]
mod parts;
#[cfg(target_arch = "wasm32")]
mod room;
#[cfg(target_arch = "wasm32")]
mod runbooks;
#[cfg(target_arch = "wasm32")]
mod session;
#[cfg(target_arch = "wasm32")]
mod settings;
#[cfg(target_arch = "wasm32")]
mod share;
#[cfg(target_arch = "wasm32")]
mod shrink;
#[cfg(target_arch = "wasm32")]
mod troubles;
#[cfg(target_arch = "wasm32")]
mod wall;

#[cfg(target_arch = "wasm32")]
pub use app::mount;
