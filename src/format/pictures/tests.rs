//! Files with pictures: what was written is read, and whatever else stands there is named and left out.

use proptest::prelude::*;

use super::*;
use crate::format::file::{self, Reading};
use crate::model::fact::Verdict;
use crate::model::picture::MediaType;
use crate::model::testing::{log, noon, writer};
use crate::model::{Draft, Event, EventId, Fact};

fn png(seed: u8, bytes: usize) -> Vec<u8> {
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    png.extend((0..bytes).map(|at| seed.wrapping_add(at as u8)));
    png
}

fn picture_of(bytes: &[u8], media_type: MediaType) -> Draft {
    Fact::PictureAdded(Picture {
        sha256: Digest::of(&[bytes]),
        media_type,
        width: 4,
        height: 3,
        bytes: bytes.len() as u32,
        text: "The error rate".to_owned(),
        service: String::new(),
    })
    .draft()
}

fn add(log: &mut Log, n: u8, bytes: &[u8]) -> Event {
    log.append(writer(n), picture_of(bytes, MediaType::Png), noon())
}

fn erase(log: &mut Log, event: EventId) {
    let mut draft = Fact::Erased(Verdict::default()).draft();
    draft.on = Some(event);
    log.append(writer(1), draft, noon());
}

fn held(all: &[&[u8]]) -> Pictures {
    let all = all.iter();
    all.map(|bytes| (Digest::of(&[bytes]), bytes.to_vec()))
        .collect()
}

fn read(file: &str) -> Reading {
    file::read(file.as_bytes()).unwrap()
}

fn whys(reading: &Reading) -> Vec<&str> {
    let problems = reading.problems.iter();
    problems.map(|problem| problem.what.as_str()).collect()
}

#[test]
fn pictures_are_read_back_as_they_were_written() {
    let (one, other) = (png(1, 40), png(2, 700));
    let mut log = log(3);
    add(&mut log, 1, &one);
    add(&mut log, 2, &other);
    let pictures = held(&[&other, &one]);
    let file = file::write_with(&[&log], &pictures);
    let reading = read(&file);
    assert_eq!(whys(&reading), Vec::<&str>::new());
    assert_eq!(reading.pictures, pictures);
    let logs: Vec<&Log> = reading.logs.iter().collect();
    assert_eq!(file::write_with(&logs, &reading.pictures), file);
    assert!(file.ends_with("\"\n}}\n"), "{}", &file[file.len() - 40..]);
}

#[test]
fn a_file_without_pictures_is_as_it_was() {
    let mut log = log(3);
    let bare = file::write(&[&log]);
    let unrelated = held(&[&png(1, 40)]);
    assert_eq!(file::write_with(&[&log], &unrelated), bare);
    assert!(bare.ends_with("\n]}\n]}\n"));
    add(&mut log, 1, &png(2, 4));
    let missing = file::write_with(&[&log], &unrelated);
    assert!(!missing.contains("\"pictures\""));
    assert_eq!(read(&missing).pictures, Pictures::new());
}

#[test]
fn what_was_erased_is_not_in_the_file_and_what_was_taken_back_is() {
    let bytes = png(3, 90);
    let mut log = log(2);
    let first = add(&mut log, 1, &bytes).id;
    let pictures = held(&[&bytes]);
    let mut draft = Fact::Retracted(Verdict::default()).draft();
    draft.on = Some(first);
    log.append(writer(1), draft, noon());
    assert_eq!(
        read(&file::write_with(&[&log], &pictures)).pictures.len(),
        1
    );
    let again = add(&mut log, 2, &bytes).id;
    erase(&mut log, first);
    assert_eq!(
        read(&file::write_with(&[&log], &pictures)).pictures.len(),
        1,
        "another event speaks of the same bytes"
    );
    erase(&mut log, again);
    let file = file::write_with(&[&log], &pictures);
    assert!(!file.contains("\"pictures\""));
    assert!(!file.contains(&Digest::of(&[&bytes]).to_string()));
}

#[test]
fn files_of_two_people_bring_each_their_own_pictures() {
    let (one, other) = (png(1, 40), png(2, 50));
    let base = log(3);
    let (mut mine, mut theirs) = (base.clone(), base);
    add(&mut mine, 1, &one);
    add(&mut theirs, 2, &other);
    let mut both = read(&file::write_with(&[&mine], &held(&[&one])));
    let second = read(&file::write_with(&[&theirs], &held(&[&other])));
    both.logs[0].merge(&second.logs[0]);
    both.pictures.extend(second.pictures);
    let logs: Vec<&Log> = both.logs.iter().collect();
    let file = file::write_with(&logs, &both.pictures);
    assert_eq!(read(&file).pictures, held(&[&one, &other]));
}

/// A file whose section is this text.
fn with_section(log: &Log, section: &str) -> String {
    let bare = file::write(&[log]);
    let end = bare.len() - "}\n".len();
    format!("{},\"pictures\":{section}}}\n", &bare[..end])
}

#[test]
fn whatever_else_stands_there_is_named_and_the_rest_goes_on() {
    let (good, other, svg) = (png(1, 40), png(2, 50), b"<svg onload='alert(1)'/>".to_vec());
    let large = png(3, LARGEST);
    let mut log = log(3);
    for bytes in [&good, &other, &svg, &large] {
        add(&mut log, 1, bytes);
    }
    let text = |bytes: &[u8]| format!("\"{}\"", STANDARD.encode(bytes));
    let (of_good, of_other) = (Digest::of(&[&good]), Digest::of(&[&other]));
    let of_svg = Digest::of(&[&svg]);
    let of_large = Digest::of(&[&large]);
    let stranger = png(9, 9);
    let cases = [
        (
            format!("\"{of_other}\":{}", text(&good)),
            "not those that were added",
        ),
        (format!("\"{of_other}\":\"????\""), "no base 64"),
        (format!("\"{of_other}\":\"iVBORw0K\\n\""), "no base 64"),
        (format!("\"{of_other}\":{{\"a\":[1]}}"), "no base 64"),
        (format!("\"{of_other}\":null"), "no base 64"),
        (format!("\"{of_svg}\":{}", text(&svg)), "no image/png"),
        (format!("\"{of_large}\":{}", text(&large)), "up to 1000 kB"),
        (
            format!("\"{}\":{}", Digest::of(&[&stranger]), text(&stranger)),
            "no event of the file",
        ),
        (format!("\"../../etc\":{}", text(&other)), "no SHA-256"),
        ("\"__proto__\":{}".to_owned(), "no SHA-256"),
    ];
    for (bad, why) in cases {
        let section = format!("{{{bad},\"{of_good}\":{}}}", text(&good));
        let reading = read(&with_section(&log, &section));
        assert_eq!(reading.pictures, held(&[&good]), "{bad:.90}");
        assert_eq!(reading.logs[0].len(), log.len());
        assert_eq!(whys(&reading).len(), 1, "{bad:.90}");
        assert!(whys(&reading)[0].contains(why), "{:?}", reading.problems);
        assert!(
            reading.problems[0].place.contains("picture "),
            "{:?}",
            reading.problems
        );
    }
    for section in ["[]", "7", "\"x\"", "true"] {
        let reading = read(&with_section(&log, section));
        assert_eq!((reading.pictures.len(), reading.problems.len()), (0, 1));
        assert_eq!(reading.logs[0].len(), log.len());
    }
    assert_eq!(read(&with_section(&log, "null")).problems, []);
}

#[test]
fn one_file_holds_only_so_many() {
    let mut log = log(1);
    let all: Vec<Vec<u8>> = (0..30).map(|n| png(n, LARGEST - 8)).collect();
    all.iter().for_each(|bytes| drop(add(&mut log, 1, bytes)));
    let pictures = held(&all.iter().map(Vec::as_slice).collect::<Vec<_>>());
    assert_eq!(
        read(&file::write_with(&[&log], &pictures)).pictures.len(),
        25
    );
    let fields = pictures.iter();
    let fields = fields.map(|(of, bytes)| format!("\"{of}\":\"{}\"", STANDARD.encode(bytes)));
    let section = format!("{{{}}}", fields.collect::<Vec<_>>().join(","));
    let reading = read(&with_section(&log, &section));
    assert_eq!((reading.pictures.len(), reading.problems.len()), (25, 5));
    assert!(whys(&reading)[0].contains("25 MB"), "{:?}", whys(&reading));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Whatever becomes of a file's bytes, no picture comes out of it that its events do not speak of.
    #[test]
    fn a_mutated_section_gives_pictures_or_problems(at in 0_usize..6000, byte: u8, cut: bool, in_section: bool) {
        let (one, other) = (png(1, 300), png(2, 200));
        let mut log = log(4);
        add(&mut log, 1, &one);
        add(&mut log, 2, &other);
        let file = file::write_with(&[&log], &held(&[&one, &other]));
        let section = file.find("\"pictures\"").unwrap();
        let mut bytes = file.into_bytes();
        let at = if in_section { section + at % (bytes.len() - section) } else { at % bytes.len() };
        if cut { bytes.truncate(at) } else { bytes[at] = byte }
        if let Ok(reading) = file::read(&bytes) {
            for (digest, bytes) in &reading.pictures {
                prop_assert_eq!(Digest::of(&[bytes]), *digest);
                prop_assert!(*bytes == one || *bytes == other);
            }
        }
    }

    #[test]
    fn any_section_is_answered(section in "[\\[\\]{}\",:a-f0-9=+/ ]{0,200}") {
        let mut log = log(2);
        add(&mut log, 1, &png(1, 30));
        if let Ok(reading) = file::read(with_section(&log, &section).as_bytes()) {
            prop_assert_eq!(reading.pictures.len(), 0);
            prop_assert_eq!(reading.logs[0].len(), log.len());
        }
    }
}
