use super::*;
use proptest::prelude::*;

fn split(text: &str) -> Vec<&str> {
    sentences(text)
        .into_iter()
        .map(|range| text[range].trim())
        .collect()
}

#[test]
fn sentences_end_where_a_reader_would_say_so() {
    for (text, expected) in [
        ("", &[][..]),
        ("   ", &[""]),
        ("One", &["One"]),
        ("One. Two! Three? Four", &["One.", "Two!", "Three?", "Four"]),
        (
            "It began at 02:13. We look.",
            &["It began at 02:13.", "We look."],
        ),
        (
            "Since 02:13. 40 orders wait.",
            &["Since 02:13.", "40 orders wait."],
        ),
        (
            "About 3.5 % fail. See on.",
            &["About 3.5 % fail.", "See on."],
        ),
        (
            "See https://a.example/x.y?z=1!a. Then wait.",
            &["See https://a.example/x.y?z=1!a.", "Then wait."],
        ),
        (
            "Mail root@host.example. Thanks.",
            &["Mail root@host.example.", "Thanks."],
        ),
        (
            "Some, e.g. Checkout, fail. More.",
            &["Some, e.g. Checkout, fail.", "More."],
        ),
        ("Dr. Who vs. Mr. X. End.", &["Dr. Who vs. Mr. X.", "End."]),
        (
            "On 24 Nov. 2026 it fell. On 24 Nov. It rose.",
            &["On 24 Nov. 2026 it fell.", "On 24 Nov.", "It rose."],
        ),
        (
            "We said no. It stays. See No. 5.",
            &["We said no.", "It stays.", "See No. 5."],
        ),
        ("At 3 p.m. we stop. Now.", &["At 3 p.m. we stop.", "Now."]),
        (
            "Orders etc. are late. So.",
            &["Orders etc. are late.", "So."],
        ),
        ("Orders etc. Then more.", &["Orders etc.", "Then more."]),
        (
            "He said \"Done.\" We go on.",
            &["He said \"Done.\"", "We go on."],
        ),
        (
            "Wait... what? Really?! Yes.",
            &["Wait... what?", "Really?!", "Yes."],
        ),
        (
            "Line one\nLine two\r\n\r\nLine four",
            &["Line one", "Line two", "Line four"],
        ),
        ("\n\n One. \n", &["One."]),
        ("1. Do this. 2. Do that.", &["1. Do this.", "2. Do that."]),
        (
            "Zone A. Then B. So do I.",
            &["Zone A.", "Then B.", "So do I."],
        ),
        (
            "復旧しました。確認中です。",
            &["復旧しました。", "確認中です。"],
        ),
        (
            "Version 1.2.3. is out. Ok.",
            &["Version 1.2.3. is out.", "Ok."],
        ),
    ] {
        assert_eq!(split(text), expected, "{text:?}");
    }
}

/// The later text with `+` before what is new, and `-` before what is gone.
fn diff(before: &str, after: &str) -> Vec<String> {
    let changed = changed(before, after);
    let mark = |change| if change == Change::New { '+' } else { ' ' };
    let after = changed
        .after
        .iter()
        .map(|(range, change)| format!("{}{}", mark(*change), after[range.clone()].trim()));
    let removed = changed.removed.iter();
    after
        .chain(removed.map(|range| format!("-{}", before[range.clone()].trim())))
        .collect()
}

#[test]
fn what_is_new_and_what_is_gone() {
    for (before, after, expected) in [
        ("", "", &[][..]),
        ("", "A.", &["+A."]),
        ("A.", "", &["-A."]),
        ("A. B.", "B. A.", &[" B.", " A."]),
        ("A  b.\nC.", "A b. C.", &[" A b.", " C."]),
        (
            "About 40 % fail. We look.",
            "About 20 % fail. We look.",
            &["+About 20 % fail.", " We look.", "-About 40 % fail."],
        ),
        ("A. A. B.", "A. B. B.", &[" A.", " B.", "+B.", "-A."]),
        ("a.", "A.", &["+A.", "-a."]),
        ("A.", "  ", &[" ", "-A."]),
    ] {
        assert_eq!(diff(before, after), expected, "{before:?} -> {after:?}");
    }
    assert!(changed("A. B.", "B. A.").is_nothing());
    assert!(!changed("A. B.", "A.").is_nothing());
    assert!(!changed("A.", "A. B.").is_nothing());
}

#[test]
fn long_texts_take_no_time() {
    let text = |word: &str| format!("{word} one. ").repeat(20_000);
    let started = std::time::Instant::now();
    let changed = changed(&text("Old"), &text("New"));
    assert_eq!(
        (changed.after.len(), changed.removed.len()),
        (20_000, 20_000)
    );
    assert!(started.elapsed() < std::time::Duration::from_secs(5));
}

fn texts() -> impl Strategy<Value = String> {
    let pieces = prop_oneof![
        Just(". "),
        Just("."),
        Just("! "),
        Just("?"),
        Just("\n"),
        Just(" "),
        Just("\u{a0}"),
        Just("02:13"),
        Just("3.5 "),
        Just("e.g. "),
        Just("No. "),
        Just("A"),
        Just("b"),
        Just("“"),
        Just("”"),
        Just("é"),
        Just("…"),
        Just("。"),
        Just("\r"),
    ];
    prop_oneof![
        proptest::collection::vec(pieces, 0..24).prop_map(|pieces| pieces.concat()),
        any::<String>(),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn sentences_are_the_whole_text(text in texts()) {
        let ranges = sentences(&text);
        let joined: String = ranges.iter().map(|range| &text[range.clone()]).collect();
        prop_assert_eq!(&joined, &text);
        prop_assert!(ranges.iter().all(|range| !range.is_empty()));
        // Only a text of nothing but space is a sentence of nothing but space.
        let blank = ranges.iter().any(|range| text[range.clone()].trim().is_empty());
        prop_assert_eq!(blank, !text.is_empty() && text.trim().is_empty());
    }

    #[test]
    fn nothing_is_new_in_the_same_text(text in texts()) {
        prop_assert!(changed(&text, &text).is_nothing());
    }

    #[test]
    fn every_sentence_is_told_once(before in texts(), after in texts()) {
        let told = changed(&before, &after);
        let ranges: Vec<_> = told.after.iter().map(|(range, _)| range.clone()).collect();
        prop_assert_eq!(ranges, sentences(&after));
        // What stayed and what is gone is what was there.
        let blank = |text: &str, range: &Range<usize>| text[range.clone()].trim().is_empty();
        let same = told.after.iter().filter(|(range, change)| *change == Change::Same && !blank(&after, range)).count();
        let earlier = sentences(&before).iter().filter(|range| !blank(&before, range)).count();
        prop_assert_eq!(same + told.removed.len(), earlier);
        // The other way round, what is gone is new and what is new is gone.
        let back = changed(&after, &before);
        let new = |told: &Changed| told.after.iter().filter(|(_, change)| *change == Change::New).count();
        prop_assert_eq!(new(&told), back.removed.len());
        prop_assert_eq!(new(&back), told.removed.len());
    }
}
