//! Muster in one file: page, style, glue and program together, for a USB stick or a mail.
//!
//! Browsers refuse modules and `fetch` to a page that was opened from disk, so nothing is asked for:
//! all of it lies in the page. The policy names what lies there by its hash.

use std::io::Write;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use flate2::{Compression, GzBuilder};
use sha2::{Digest, Sha256};

use super::page::Page;
use crate::run::{Outcome, Trouble, trouble};

/// Its name beside `index.html`.
pub const NAME: &str = "muster.html";
/// The page's icon.
pub const ICON: &str = "public/icon.svg";

/// What is put into the page.
pub struct Parts<'a> {
    pub styles: &'a str,
    pub glue: &'a str,
    /// `start.js`, which knows both ways to start.
    pub start: &'a str,
    pub program: &'a [u8],
    pub icon: &'a [u8],
}

/// The whole file.
///
/// What the organisation says (`muster.json`) has an empty place in it, which the app fills where a
/// copy is saved.
pub fn written(page: &Page, parts: &Parts) -> Outcome<String> {
    // In a block of its own: both have names that the other knows nothing of.
    let script = format!("{}\n{{\n{}}}\n", parts.glue, parts.start);
    for (what, text) in [("The glue", &*script), ("A style sheet", parts.styles)] {
        if ends_its_element(text) {
            return trouble(format!(
                "{what} cannot stand within a page: it has a tag in it."
            ));
        }
    }
    let style = format!("<style>{}</style>", parts.styles);
    let packed = STANDARD.encode(packed(parts.program)?);
    let tags = format!(
        "<script type=\"application/json\" id=\"organisation\">{{}}</script>\n    \
         <script type=\"text/plain\" id=\"program\">{packed}</script>\n    \
         <script type=\"module\">{script}</script>"
    );
    let html = page.with(&style, &tags);
    let html = replaced(&html, "href=\"", ICON, &icon(parts.icon))?;
    let html = with_words(&html)?;
    with_policy(&html, &hash(&script), &hash(parts.styles))
}

/// As `sha256-…`, by which a policy knows a script, and a browser a file.
pub fn hash(content: impl AsRef<[u8]>) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(content)))
}

/// The same bytes on every machine and every day.
fn packed(bytes: &[u8]) -> Outcome<Vec<u8>> {
    let mut writer = GzBuilder::new()
        .mtime(0)
        .operating_system(255)
        .write(Vec::new(), Compression::best());
    let written = writer.write_all(bytes).and_then(|()| writer.finish());
    written.map_err(|error| Trouble(format!("The program cannot be packed ({error}).")))
}

fn ends_its_element(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    ["</script", "</style", "<!--"]
        .iter()
        .any(|tag| text.contains(tag))
}

fn icon(svg: &[u8]) -> String {
    format!("data:image/svg+xml;base64,{}", STANDARD.encode(svg))
}

/// Replaces the one place where `what` stands after `before`.
fn replaced(html: &str, before: &str, what: &str, with: &str) -> Outcome<String> {
    let place = format!("{before}{what}");
    if html.matches(&place).count() != 1 {
        return trouble(format!("index.html should have {place} once."));
    }
    Ok(html.replace(&place, &format!("{before}{with}")))
}

/// Between two marks, each once in the page.
fn between<'a>(html: &'a str, from: &str, to: &str) -> Outcome<(&'a str, &'a str, &'a str)> {
    let parts = html.split_once(from).and_then(|(before, rest)| {
        let (within, after) = rest.split_once(to)?;
        Some((before, within, after))
    });
    parts.ok_or_else(|| Trouble(format!("index.html has no {from}…{to}.")))
}

/// What a page from disk says where it does not start is another thing.
fn with_words(html: &str) -> Outcome<String> {
    let (from, to) = ("<p id=\"not-started\">", "</p>");
    let (before, _, after) = between(html, from, to)?;
    let words = "Muster is starting. If this line stays, JavaScript is off here, or the browser is older than 2023.";
    Ok(format!("{before}{from}{words}{to}{after}"))
}

/// The site's policy for a page that asks for nothing: what lies in it is known by its hash.
fn with_policy(html: &str, script: &str, style: &str) -> Outcome<String> {
    let (from, to) = ("content=\"", "\"");
    let mark = "http-equiv=\"Content-Security-Policy\"";
    let (head, meta) = html
        .split_once(mark)
        .ok_or_else(|| Trouble("index.html has no policy.".to_owned()))?;
    let (before, policy, after) = between(meta, from, to)?;
    let directives: Vec<String> = policy
        .split(';')
        .filter_map(|directive| directive_for(directive.trim(), script, style))
        .collect();
    if !directives
        .iter()
        .any(|directive| directive.contains(script))
    {
        return trouble("The page's policy has no script-src.");
    }
    let policy = directives.join("; ");
    Ok(format!("{head}{mark}{before}{from}{policy}{to}{after}"))
}

/// A directive where there is no site to ask; none for those that would only name the site.
fn directive_for(directive: &str, script: &str, style: &str) -> Option<String> {
    let own = match directive.split(' ').next()? {
        "script-src" => format!("'{script}'"),
        "style-src" => format!("'{style}'"),
        _ => String::new(),
    };
    let words = directive.split_whitespace();
    let words: Vec<&str> = words
        .map(|word| if word == "'self'" { own.as_str() } else { word })
        .filter(|word| !word.is_empty())
        .collect();
    (words.len() > 1 || words.first() == Some(&"upgrade-insecure-requests"))
        .then(|| words.join(" "))
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use flate2::read::GzDecoder;

    use super::*;

    fn parts(glue: &'static str) -> Parts<'static> {
        Parts {
            styles: "p { margin: 0 }",
            glue,
            start: "start();\n",
            program: b"\0asm program",
            icon: b"<svg/>",
        }
    }

    fn real() -> Outcome<Page> {
        Page::read(include_str!("../../../index.html"))
    }

    #[test]
    fn all_lies_in_the_page_and_the_policy_knows_it_by_its_hash() -> Outcome<()> {
        let html = written(&real()?, &parts("function start() {}"))?;
        let (_, script, _) = between(&html, "<script type=\"module\">", "</script>")?;
        assert_eq!(script, "function start() {}\n{\nstart();\n}\n");
        let (_, style, _) = between(&html, "<style>", "</style>")?;
        assert_eq!(style, "p { margin: 0 }");
        let (_, policy, _) = between(&html, "content=\"", "\"")?;
        let expected = [
            "default-src 'none'".to_owned(),
            format!("script-src '{}' 'wasm-unsafe-eval'", hash(script)),
            format!("style-src '{}'", hash(style)),
            "img-src data: blob:".to_owned(),
            "base-uri 'none'".to_owned(),
            "form-action 'none'".to_owned(),
            "require-trusted-types-for 'script'".to_owned(),
            "trusted-types default".to_owned(),
        ];
        assert_eq!(policy.split("; ").collect::<Vec<_>>(), expected);
        assert!(
            !html.contains("href=\"public") && !html.contains("src=\""),
            "{html}"
        );
        Ok(())
    }

    #[test]
    fn the_program_comes_out_as_it_went_in() -> Outcome<()> {
        let html = written(&real()?, &parts("function start() {}"))?;
        let (_, text, _) = between(&html, "id=\"program\">", "</script>")?;
        let bytes = STANDARD.decode(text).unwrap_or_default();
        let mut program = Vec::new();
        let read = GzDecoder::new(bytes.as_slice()).read_to_end(&mut program);
        assert!(read.is_ok());
        assert_eq!(program, b"\0asm program");
        Ok(())
    }

    #[test]
    fn a_script_that_would_end_early_is_refused() -> Outcome<()> {
        for glue in ["'</script>'", "'</SCRIPT'", "'<!--'"] {
            assert!(written(&real()?, &parts(glue)).is_err(), "{glue}");
        }
        Ok(())
    }

    #[test]
    fn a_hash_is_what_browsers_reckon() {
        // The empty text's, from the standard's own test vectors.
        let empty = "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
        assert_eq!(hash(""), empty);
    }
}
