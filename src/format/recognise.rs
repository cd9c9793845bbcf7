//! Which form a file has, told from its first fields.
//!
//! Looks only at the outermost object; reads nothing of what is in it.

use std::collections::BTreeMap;

use serde::de::IgnoredAny;

use super::file::FileError;

/// A form that Muster reads.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Form {
    /// Muster's own JSON.
    Muster,
    /// Statuspage's `incidents.json`, version 2.
    Statuspage,
    /// What both stores of a browser held, as a page gives it out that has stopped.
    Stored,
}

/// The largest file that is read, in bytes. Fifty thousand events have about ten million.
pub const LARGEST_FILE: usize = 100_000_000;

/// The text of a file, if it is text.
///
/// # Errors
/// Too large, or not UTF-8; says where.
pub fn text(bytes: &[u8]) -> Result<&str, FileError> {
    if bytes.len() > LARGEST_FILE {
        return Err(FileError::TooLarge { bytes: bytes.len() });
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match bytes {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => return Err(FileError::Utf16),
        _ => {}
    }
    let text = std::str::from_utf8(bytes).map_err(|error| FileError::NotUtf8 {
        offset: error.valid_up_to(),
    })?;
    if text.trim().is_empty() {
        return Err(FileError::Empty);
    }
    Ok(text)
}

/// Which form a text has.
///
/// # Errors
/// Not JSON (with line and column), or none of the forms that are read.
pub fn recognise(text: &str) -> Result<Form, FileError> {
    let fields: BTreeMap<String, IgnoredAny> =
        serde_json::from_str(text).map_err(|error| FileError::json(&error))?;
    if fields.contains_key("format") && fields.contains_key("logs") {
        Ok(Form::Muster)
    } else if fields.contains_key("page") && fields.contains_key("incidents") {
        Ok(Form::Statuspage)
    } else if fields.contains_key("local") && fields.contains_key("journal") {
        Ok(Form::Stored)
    } else {
        Err(FileError::Unknown {
            fields: fields
                .into_keys()
                .take(5)
                .map(|name| name.chars().take(30).collect())
                .collect(),
        })
    }
}
