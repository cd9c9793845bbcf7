//! Muster in one file: puts what an organisation says into its place in the page.
//!
//! The file itself is made when the site is built; it knows nothing of an organisation then.

use serde::de::IgnoredAny;
use thiserror::Error;

/// The place begins and ends like this, once in the file.
const BEGINS: &str = "<script type=\"application/json\" id=\"organisation\">";
const ENDS: &str = "</script>";

/// Why the file cannot be made.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
pub enum OneFileError {
    /// It is not the file that the build made, or not all of it: something between answered in the
    /// host's stead, or cut it off.
    #[error(
        "What came is not Muster in one file, or not all of it. Ask for it again from a network that you trust."
    )]
    NoPlace,
    /// Nothing but JSON may stand there.
    #[error("muster.json is not JSON: mend it first, or import another in Settings.")]
    NotJson,
}

/// The page, with this `muster.json` in it.
///
/// # Errors
/// Where the page has no place for it, or it is not JSON.
pub fn with_organisation(page: &str, organisation: &str) -> Result<String, OneFileError> {
    // One that was cut off on its way would be refused by its own policy.
    if !page.trim_end().ends_with("</html>") {
        return Err(OneFileError::NoPlace);
    }
    let (before, rest) = page.split_once(BEGINS).ok_or(OneFileError::NoPlace)?;
    let (_, after) = rest.split_once(ENDS).ok_or(OneFileError::NoPlace)?;
    if serde_json::from_str::<IgnoredAny>(organisation).is_err() {
        return Err(OneFileError::NotJson);
    }
    // In JSON it can only stand within a text, and there it may be written so: no tag ends early.
    let safe = organisation.replace('<', "\\u003c");
    Ok([before, BEGINS, &safe, ENDS, after].concat())
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    const PAGE: &str = "<head><script type=\"application/json\" id=\"organisation\">{}</script>\n<script type=\"module\">start()</script></html>\n";

    fn said(page: &str) -> Option<Value> {
        let (_, rest) = page.split_once(BEGINS)?;
        let (text, _) = rest.split_once(ENDS)?;
        serde_json::from_str(text).ok()
    }

    #[test]
    fn what_was_said_is_read_as_it_was_said() -> Result<(), OneFileError> {
        for organisation in [
            "{}",
            r#"{"organisation": "Example Ltd"}"#,
            r#"{"organisation": "</script><script>alert(1)</script>"}"#,
            r#"{"organisation": "<!-- <script"}"#,
            r#"{"organisation": "\u003c already, \\< and 💥"}"#,
        ] {
            let page = with_organisation(PAGE, organisation)?;
            assert_eq!(said(&page), serde_json::from_str(organisation).ok());
            assert_eq!(page.matches("<script").count(), 2, "{page}");
            assert!(!page.contains("<!--"), "{page}");
            // Saved from a copy that has one already.
            assert_eq!(with_organisation(&page, "{}")?, PAGE);
        }
        Ok(())
    }

    #[test]
    fn what_is_not_json_never_gets_into_a_page() {
        for organisation in ["", "{", "</script>", "{} <script>"] {
            let refused = with_organisation(PAGE, organisation);
            assert_eq!(refused, Err(OneFileError::NotJson), "{organisation}");
        }
    }

    #[test]
    fn another_page_is_refused() {
        let cut = PAGE.get(..PAGE.len() - 9).unwrap_or_default();
        for page in ["", "<h1>Log in to the network</h1></html>", BEGINS, cut] {
            assert_eq!(with_organisation(page, "{}"), Err(OneFileError::NoPlace));
        }
    }
}
