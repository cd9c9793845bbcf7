//! What files look like: Muster's own JSON, and the forms of other tools.
//!
//! Pure: bytes and logs in, text and logs out. Any bytes give a clear error or a correct reading.

pub mod file;
pub mod recognise;
pub mod statuspage;

pub use file::{FileError, Problem, Reader, Reading};
pub use recognise::{Form, recognise};
