//! What files look like: Muster's own JSON, and the forms of other tools, read or written.
//!
//! Pure: bytes and plain values in, text and logs out. Any bytes give a clear error or a correct
//! reading.

pub mod csv;
pub mod file;
pub mod ics;
pub mod one_file;
pub mod pasted;
pub mod pictures;
pub mod recognise;
pub mod statuspage;
pub mod summary;
pub mod zip;

pub use file::{FileError, Problem, Reader, Reading};
pub use recognise::{Form, recognise};
pub use summary::{Summary, Summing};
