use expect_test::expect;
use icalendar::parser::{Component, read_calendar, unfold};
use proptest::prelude::*;

use super::*;

fn at(text: &str) -> Timestamp {
    Timestamp::parse_rfc3339(text).unwrap()
}

fn entry() -> Entry {
    Entry {
        uid: "0123456789abcdef-update@muster".to_owned(),
        sequence: 3,
        at: at("2026-11-24T03:44:07.900Z"),
        lasts: Span::default(),
        title: "Update to customers due".to_owned(),
        description: String::new(),
        url: None,
        alarms: Vec::new(),
        cancelled: false,
        stamp: at("2026-11-24T03:14:07Z"),
    }
}

fn calendar(events: Vec<Entry>) -> Calendar {
    Calendar {
        name: "Muster".to_owned(),
        events,
    }
}

fn value<'a>(component: &'a Component<'_>, name: &str) -> Option<&'a str> {
    let mut found = component.properties.iter().filter(|one| one.name == name);
    let first = found.next().map(|property| property.val.as_str());
    assert!(found.next().is_none(), "{name} stands twice");
    first
}

/// A text as it must come back: lines end in one way, and control characters are gone.
fn plain(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let ended = text.chars().map(|c| match c {
        '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => '\n',
        c => c,
    });
    let kept = ended.filter(|&c| c == '\n' || c == '\t' || !c.is_control());
    kept.collect()
}

#[test]
fn an_entry_is_written_line_by_line() {
    let full = Entry {
        lasts: Span::minutes(15),
        title: "Notify; the authority, by 04:00".to_owned(),
        description: "What is known:\r\n\\ nothing\nYet, at least.".to_owned(),
        url: Some("https://muster.example/#/incident/0123456789abcdef?a b\"ä".to_owned()),
        alarms: vec![
            Span::hours(25),
            Span::minutes(30),
            Span(0),
            Span::minutes(-5),
        ],
        ..entry()
    };
    let text = calendar(vec![full]).text().unwrap();
    expect![[r#"
        BEGIN:VCALENDAR
        VERSION:2.0
        PRODID:-//Muster//Muster//EN
        CALSCALE:GREGORIAN
        METHOD:PUBLISH
        NAME:Muster
        X-WR-CALNAME:Muster
        BEGIN:VEVENT
        UID:0123456789abcdef-update@muster
        SEQUENCE:3
        DTSTAMP:20261124T031407Z
        LAST-MODIFIED:20261124T031407Z
        DTSTART:20261124T034407Z
        DTEND:20261124T035907Z
        SUMMARY:Notify\; the authority\, by 04:00
        DESCRIPTION:What is known:\n\\ nothing\nYet\, at least.
        URL:https://muster.example/#/incident/0123456789abcdef?a%20b%22%C3%A4
        STATUS:CONFIRMED
        TRANSP:TRANSPARENT
        BEGIN:VALARM
        ACTION:DISPLAY
        TRIGGER:-P1DT1H
        DESCRIPTION:Notify\; the authority\, by 04:00
        END:VALARM
        BEGIN:VALARM
        ACTION:DISPLAY
        TRIGGER:-PT30M
        DESCRIPTION:Notify\; the authority\, by 04:00
        END:VALARM
        BEGIN:VALARM
        ACTION:DISPLAY
        TRIGGER:PT0S
        DESCRIPTION:Notify\; the authority\, by 04:00
        END:VALARM
        BEGIN:VALARM
        ACTION:DISPLAY
        TRIGGER:PT5M
        DESCRIPTION:Notify\; the authority\, by 04:00
        END:VALARM
        END:VEVENT
        END:VCALENDAR
    "#]]
    .assert_eq(&text.replace("\r\n", "\n"));
}

#[test]
fn what_is_over_is_cancelled_under_the_same_name_and_reminds_nobody() {
    let due = Entry {
        alarms: vec![Span::minutes(10)],
        ..entry()
    };
    let done = Entry {
        cancelled: true,
        sequence: 4,
        stamp: at("2026-11-24T03:40:00Z"),
        ..due.clone()
    };
    let [before, after] = [due, done].map(|entry| unfold(&calendar(vec![entry]).text().unwrap()));
    let [before, after] = [&before, &after].map(|text| read_calendar(text).unwrap());
    let [before, after] = [&before, &after].map(|read| read.components.first().unwrap());
    assert_eq!(value(before, "UID"), value(after, "UID"));
    for (name, was, is) in [
        ("SEQUENCE", "3", "4"),
        ("STATUS", "CONFIRMED", "CANCELLED"),
        ("LAST-MODIFIED", "20261124T031407Z", "20261124T034000Z"),
    ] {
        assert_eq!(
            (value(before, name), value(after, name)),
            (Some(was), Some(is))
        );
    }
    assert_eq!((before.components.len(), after.components.len()), (1, 0));
}

#[test]
fn a_calendar_of_nothing_is_none() {
    assert_eq!(calendar(Vec::new()).text(), None);
}

#[test]
fn how_long_before_is_written_as_the_grammar_has_it() {
    for (seconds, text) in [
        (0, "PT0S"),
        (1, "-PT1S"),
        (90, "-PT1M30S"),
        (3600, "-PT1H"),
        (3601, "-PT1H0M1S"),
        (86_400, "-P1D"),
        (90_000, "-P1DT1H"),
        (86_460, "-P1DT1M"),
        (-60, "PT1M"),
    ] {
        assert_eq!(trigger(Span(seconds * 1000)), text, "{seconds}");
    }
    assert_eq!(trigger(Span(i64::MIN)).get(..1), Some("P"));
}

/// Texts that try to end a line, a property or the calendar.
fn nasty() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[\\\\;,:\"\r\n\t a-c\u{85}\u{2028}\u{b}äß漢🧯\u{202e}\u{301}]{0,200}",
        "(BEGIN:VEVENT|END:VCALENDAR|\r\n|\r\n |\\\\n|\\\\|X){0,20}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, ..ProptestConfig::default() })]

    #[test]
    fn any_text_comes_back_from_another_reader(
        texts in [nasty(), nasty(), nasty(), nasty()],
        url in prop::option::of(nasty()),
        ms in Timestamp::MIN.ms()..=Timestamp::MAX.ms(),
        lasts in any::<i64>(),
        alarms in prop::collection::vec(any::<i64>().prop_map(Span), 0..3),
    ) {
        let [name, uid, title, description] = texts;
        let written = Entry {
            uid: format!("u{uid}"),
            title,
            description,
            url,
            at: Timestamp::clamped(ms),
            lasts: Span(lasts),
            alarms,
            ..entry()
        };
        let text = Calendar { name: name.clone(), events: vec![written.clone(), entry()] }
            .text()
            .unwrap();

        prop_assert!(text.ends_with("END:VCALENDAR\r\n"));
        for line in text.split("\r\n") {
            prop_assert!(line.len() <= 75, "{} octets: {line:?}", line.len());
            prop_assert!(!line.chars().any(|c| c != '\t' && c.is_control()), "{line:?}");
        }

        let unfolded = unfold(&text);
        let read = read_calendar(&unfolded).map_err(TestCaseError::fail)?;
        let named = read.properties.iter().find(|property| property.name == "X-WR-CALNAME");
        prop_assert_eq!(named.map(|name| name.val.as_str().to_owned()), Some(plain(&name)));
        prop_assert_eq!(read.components.len(), 2);
        let event = &read.components[0];
        prop_assert_eq!(value(event, "UID").unwrap(), plain(&written.uid));
        prop_assert_eq!(value(event, "SUMMARY").unwrap(), plain(&written.title));
        let described = value(event, "DESCRIPTION").unwrap_or_default();
        prop_assert_eq!(described, plain(&written.description));
        prop_assert_eq!(event.components.len(), written.alarms.len());
        prop_assert_eq!(value(&read.components[1], "SUMMARY").unwrap(), entry().title);
    }
}
