//! The page: which files `index.html` asks for in Trunk's words, and what stands in their stead.

use std::path::{Path, PathBuf};

use crate::run::{Outcome, Trouble, trouble};

const MARK: &str = "<link data-trunk";

/// Something that the page asks for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Asset {
    /// A folder, as it is.
    Folder(PathBuf),
    /// A file, as it is.
    File(PathBuf),
    /// A style sheet; all are put into one, in their order.
    Style(PathBuf),
    /// The program itself.
    Program,
}

/// The page in pieces: text, and what it asks for between.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Page {
    before: Vec<(String, Asset)>,
    rest: String,
}

impl Page {
    /// Reads it.
    pub fn read(html: &str) -> Outcome<Self> {
        let mut before = Vec::new();
        let mut rest = html;
        while let Some((text, tag)) = rest.split_once(MARK) {
            let Some((attributes, after)) = tag.split_once('>') else {
                return trouble("index.html: a link is not closed.");
            };
            before.push((text.to_owned(), asset(attributes)?));
            rest = after;
        }
        Ok(Self {
            before,
            rest: rest.to_owned(),
        })
    }

    /// What it asks for, in order.
    pub fn assets(&self) -> impl Iterator<Item = &Asset> {
        self.before.iter().map(|(_, asset)| asset)
    }

    /// As people get it, with one style sheet and the tag that starts the program.
    pub fn with(&self, style: &str, script: &str) -> String {
        let mut html = String::new();
        let mut styled = false;
        for (text, asset) in &self.before {
            let tag = match asset {
                Asset::Style(_) if !styled => {
                    styled = true;
                    style
                }
                Asset::Program => script,
                _ => "",
            };
            // A line on which nothing is left goes.
            html.push_str(if tag.is_empty() {
                text.trim_end()
            } else {
                text
            });
            html.push_str(tag);
        }
        html + &self.rest
    }
}

fn asset(attributes: &str) -> Outcome<Asset> {
    let path = || value(attributes, "href").map(|path| Path::new(path).to_owned());
    let found = match value(attributes, "rel") {
        Some("copy-dir") => path().map(Asset::Folder),
        Some("copy-file") => path().map(Asset::File),
        Some("css") => path().map(Asset::Style),
        Some("rust") => Some(Asset::Program),
        _ => None,
    };
    found.ok_or_else(|| {
        Trouble(format!(
            "index.html: {MARK}{attributes}> is not known here."
        ))
    })
}

/// The value of an attribute.
fn value<'a>(attributes: &'a str, name: &str) -> Option<&'a str> {
    let (_, after) = attributes.split_once(&format!(" {name}=\""))?;
    after.split_once('"').map(|(value, _)| value)
}

/// The files of ours that a page names, other pages left out: what a visit asks for.
pub fn named(html: &str) -> impl Iterator<Item = &str> {
    // Whatever stands in quotes and could be one.
    let quoted = html.split('"').skip(1).step_by(2);
    quoted
        .map(|text| text.trim_start_matches("./"))
        .filter(|text| !text.is_empty() && !text.contains("..") && !text.ends_with(".html"))
}

/// A link to a style sheet.
pub fn style_link(file: &str) -> String {
    format!("<link rel=\"stylesheet\" href=\"./{file}\" />")
}

/// The tag that starts the program, as `Trunk.toml` has it.
pub fn pattern_script(settings: &str) -> Outcome<String> {
    let line = settings
        .lines()
        .find_map(|line| line.strip_prefix("pattern_script = '"));
    match line.and_then(|line| line.trim_end().strip_suffix('\'')) {
        Some(pattern) => Ok(pattern.to_owned()),
        None => trouble("Trunk.toml has no line pattern_script = '…'."),
    }
}

/// That tag, with its files.
pub fn script(pattern: &str, glue: &str, wasm: &str) -> String {
    pattern
        .replace("{base}", "./")
        .replace("{js}", glue)
        .replace("{wasm}", wasm)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HTML: &str = r#"<head>
  <link rel="icon" href="icon.svg" />
  <link data-trunk rel="copy-dir" href="public" />
  <link data-trunk rel="css" href="style/a.css" />
  <link data-trunk rel="css" href="style/b.css" />
  <link data-trunk rel="rust" data-bin="x" />
</head>"#;

    #[test]
    fn the_page_is_read_and_put_together() -> Outcome<()> {
        let page = Page::read(HTML)?;
        let assets: Vec<&Asset> = page.assets().collect();
        let style = |name: &str| Asset::Style(PathBuf::from(name));
        assert_eq!(
            assets,
            [
                &Asset::Folder(PathBuf::from("public")),
                &style("style/a.css"),
                &style("style/b.css"),
                &Asset::Program
            ]
        );
        let expected = r#"<head>
  <link rel="icon" href="icon.svg" />
  <STYLE>
  <SCRIPT>
</head>"#;
        assert_eq!(page.with("<STYLE>", "<SCRIPT>"), expected);
        Ok(())
    }

    #[test]
    fn the_page_names_its_files() {
        let html = r#"<link href="./a.css"><script src="b.js" data-wasm="./c.wasm"></script><a href="../d">"#;
        assert_eq!(named(html).collect::<Vec<_>>(), ["a.css", "b.js", "c.wasm"]);
        let other = r#"<a href="muster.html">"#;
        assert_eq!(named(other).count(), 0);
    }

    #[test]
    fn what_is_not_known_is_told() {
        for (html, why) in [
            ("<link data-trunk rel=\"scss\" href=\"x\">", "scss"),
            ("<link data-trunk rel=\"css\">", "is not known"),
            ("<link data-trunk rel=\"css\" href=\"x\"", "not closed"),
        ] {
            let told = Page::read(html).err().map(|trouble| trouble.to_string());
            assert!(
                told.as_ref().is_some_and(|told| told.contains(why)),
                "{told:?}"
            );
        }
    }

    #[test]
    fn the_real_page_and_settings_are_read() -> Outcome<()> {
        let page = Page::read(include_str!("../../../index.html"))?;
        assert_eq!(
            page.assets()
                .filter(|asset| **asset == Asset::Program)
                .count(),
            1
        );
        let pattern = pattern_script(include_str!("../../../Trunk.toml"))?;
        let tag = script(&pattern, "a.js", "b.wasm");
        assert!(
            tag.contains("data-js=\"./a.js\" data-wasm=\"./b.wasm\""),
            "{tag}"
        );
        assert!(!tag.contains('{'), "{tag}");
        Ok(())
    }
}
