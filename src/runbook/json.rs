//! A runbook as JSON: its text, and for other programs what Muster reads from it.
//!
//! The text alone is taken in again, so what a round trip gives is what went out.

use serde::{Deserialize, Serialize};

use super::markdown::Runbook;
use crate::model::task::Attachment;

/// The version of the form that is written.
const FORM: u32 = 1;

#[derive(Serialize)]
struct Given<'a> {
    muster_runbook: u32,
    text: &'a str,
    reads: Attachment,
}

#[derive(Deserialize)]
struct Taken {
    text: String,
}

/// The JSON of a runbook: the same bytes for the same text.
pub fn write(runbook: &Runbook, text: &str) -> String {
    let given = Given {
        muster_runbook: FORM,
        text,
        reads: runbook.attachment(),
    };
    serde_json::to_string_pretty(&given).unwrap_or_default()
}

/// The text of a runbook's JSON.
///
/// # Errors
/// Where it cannot be read, in a sentence.
pub fn read(json: &str) -> Result<String, String> {
    let taken: Result<Taken, _> = serde_json::from_str(json.trim_start_matches('\u{feff}'));
    taken.map(|taken| taken.text).map_err(|error| {
        format!("It is not the JSON of a runbook, which has its Markdown as “text”: {error}.")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runbook::{markdown, shelf};

    #[test]
    fn what_goes_out_comes_in_again() {
        for text in shelf::built_in().chain(["", "\u{feff}# x\r\n\n- a\n", "\"}\n\u{0}"]) {
            let runbook = markdown::read("name", text);
            assert_eq!(read(&write(&runbook, text)).as_deref(), Ok(text));
        }
    }

    #[test]
    fn other_programs_read_the_tasks() {
        let text = "# Turn it off\n\n## Steps\n\n- **Pull the plug.** Gently.\n";
        let json: serde_json::Value =
            serde_json::from_str(&write(&markdown::read("", text), text)).unwrap();
        assert_eq!(json["muster_runbook"], 1);
        assert_eq!(json["reads"]["tasks"][0]["title"], "Pull the plug");
    }

    #[test]
    fn what_is_none_is_refused_with_the_place() {
        for (json, why) in [
            ("", "line 1 column 0"),
            ("{}", "missing field `text`"),
            ("{\"text\": 1}", "line 1 column 10"),
        ] {
            let error = read(json).unwrap_err();
            assert!(error.contains(why), "{json}: {error}");
        }
    }
}
