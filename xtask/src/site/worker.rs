//! The worker that keeps the site for when there is no network: which files, by their hash.
//!
//! A browser takes a set of files whole or not at all: one that is not what was built, because a
//! host was between two versions, breaks off the taking, and the set before goes on.

use super::one_file::hash;
use crate::run::{Outcome, trouble};

/// The worker's name: beside the page, for it may answer for what lies below itself alone.
pub const NAME: &str = "worker.js";

const FILES: &str = "const files = [];";
const BUILD: &str = "const build = \"\";";

/// A file, and by what it is known.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Kept {
    address: String,
    hash: String,
}

impl Kept {
    /// A file of the site. The page goes by the folder's address, as people open it.
    pub fn of(name: &str, content: &[u8]) -> Self {
        let address = match name {
            "index.html" => "./".to_owned(),
            name => name.replace('\\', "/"),
        };
        Self {
            address,
            hash: hash(content),
        }
    }
}

/// The worker with its files.
pub fn written(source: &str, files: &[Kept]) -> Outcome<String> {
    if source.matches(FILES).count() != 1 || source.matches(BUILD).count() != 1 {
        return trouble(format!("{NAME} should have {FILES} and {BUILD} once."));
    }
    let list: Vec<String> = files
        .iter()
        .map(|file| format!("  [{:?}, {:?}],\n", file.address, file.hash))
        .collect();
    let list = list.concat();
    // Another worker is another build, too: two of them never share what one keeps.
    let build = hash(format!("{source}{list}"));
    Ok(source
        .replace(BUILD, &format!("const build = {build:?};"))
        .replace(FILES, &format!("const files = [\n{list}];")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_file_is_another_build() -> Outcome<()> {
        let source = include_str!("../../../worker.js");
        let of = |style: &[u8]| {
            let files = [Kept::of("index.html", b"page"), Kept::of("a.css", style)];
            written(source, &files)
        };
        let (one, same, other) = (of(b"p {}")?, of(b"p {}")?, of(b"q {}")?);
        assert_eq!(one, same);
        assert_ne!(one, other);
        let build = |text: &str| {
            text.lines()
                .find(|line| line.starts_with("const build"))
                .map(str::to_owned)
        };
        assert_ne!(build(&one), build(&other));
        assert!(one.contains("  [\"./\", \"sha256-"), "{one}");
        assert!(one.contains("  [\"a.css\", \"sha256-"), "{one}");
        Ok(())
    }

    #[test]
    fn a_worker_without_its_places_is_refused() {
        assert!(written("const files = [];", &[]).is_err());
    }
}
