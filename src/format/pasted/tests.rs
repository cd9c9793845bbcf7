use proptest::prelude::*;

use super::*;

fn at(text: &str) -> Timestamp {
    Timestamp::parse_rfc3339(text).unwrap()
}

/// Berlin's clock around the autumn of 2026: summer time ends on 25 October at 01:00 UTC.
fn berlin(at: Timestamp) -> i32 {
    if at < self::at("2026-10-25T01:00:00Z") && at > self::at("2026-03-29T01:00:00Z") {
        120
    } else {
        60
    }
}

fn read_at(text: &str, now: &str) -> Reading {
    let clock = Clock {
        now: at(now),
        offset: &berlin,
        day_first: true,
    };
    read(text, &clock)
}

const NOW: &str = "2026-11-24T03:00:00Z";

#[test]
fn a_line_has_the_time_that_it_begins_with() {
    for (line, when, words) in [
        (
            "2026-11-24T02:13:05Z payments time out",
            "2026-11-24T02:13:05Z",
            "payments time out",
        ),
        (
            "2026-11-24T02:13:05.123456+01:00 x",
            "2026-11-24T01:13:05.123Z",
            "x",
        ),
        (
            "2026-11-24 02:13:05,5 ERROR pool is empty",
            "2026-11-24T01:13:05.500Z",
            "ERROR pool is empty",
        ),
        ("[2026-11-24 02:13:05 UTC] x", "2026-11-24T02:13:05Z", "x"),
        (
            "2026/11/24 02:13:05 [error] 31#31: *7 upstream timed out",
            "2026-11-24T01:13:05Z",
            "[error] 31#31: *7 upstream timed out",
        ),
        (
            "Nov 24 02:13:05 gw-1 haproxy[312]: Server is DOWN",
            "2026-11-24T01:13:05Z",
            "gw-1 haproxy[312]: Server is DOWN",
        ),
        ("Nov  4 02:13:05 gw-1 x", "2026-11-04T01:13:05Z", "gw-1 x"),
        // No year: the last such day that has come, in that day's own offset.
        ("Dec 24 02:13:05 gw-1 x", "2025-12-24T01:13:05Z", "gw-1 x"),
        ("Jul 24 02:13:05 gw-1 x", "2026-07-24T00:13:05Z", "gw-1 x"),
        (
            "<34>Nov 24 02:13:05 gw-1 x",
            "2026-11-24T01:13:05Z",
            "gw-1 x",
        ),
        (
            "<165>1 2026-11-24T02:13:05.003Z gw-1 x",
            "2026-11-24T02:13:05.003Z",
            "gw-1 x",
        ),
        (
            "Tue Nov 24 02:13:05 UTC 2026 x",
            "2026-11-24T02:13:05Z",
            "x",
        ),
        (
            "Nov 24 2026 02:13:05: %LINK-3-UPDOWN",
            "2026-11-24T01:13:05Z",
            "%LINK-3-UPDOWN",
        ),
        (
            "[24/Nov/2026:02:13:05 +0100] \"GET / HTTP/1.1\" 502",
            "2026-11-24T01:13:05Z",
            "\"GET / HTTP/1.1\" 502",
        ),
        ("1795486385 x", "2026-11-24T02:13:05Z", "x"),
        ("1795486385.25 x", "2026-11-24T02:13:05.250Z", "x"),
        ("1795486385123 x", "2026-11-24T02:13:05.123Z", "x"),
        (
            "02:13 Ada: it is the gateway",
            "2026-11-24T01:13:00Z",
            "Ada: it is the gateway",
        ),
        ("02:13:05 - x", "2026-11-24T01:13:05Z", "x"),
        ("[2:13 AM] Ada: x", "2026-11-24T01:13:00Z", "Ada: x"),
        (
            "[24.11.26, 02:13:05] Ada: x",
            "2026-11-24T01:13:05Z",
            "Ada: x",
        ),
        (
            "24.11.2026, 02:13 - Ada: x",
            "2026-11-24T01:13:00Z",
            "Ada: x",
        ),
        (
            "11/24/26, 2:13 AM - Ada: x",
            "2026-11-24T01:13:00Z",
            "Ada: x",
        ),
        ("> 23:58 x", "2026-11-23T22:58:00Z", "x"),
        ("12:05 AM x", "2026-11-23T23:05:00Z", "x"),
        (
            "02:13 UTC payments down",
            "2026-11-24T02:13:00Z",
            "payments down",
        ),
        ("02:13+02:00 x", "2026-11-24T00:13:00Z", "x"),
        (
            "02:13 -10 nodes lost",
            "2026-11-24T01:13:00Z",
            "10 nodes lost",
        ),
        (
            "Nov 24 02:13:05 UTC gw-1 x",
            "2026-11-24T02:13:05Z",
            "gw-1 x",
        ),
        ("[02:13:05 INFO] x", "2026-11-24T01:13:05Z", "INFO x"),
        ("14:13 am Gateway", "2026-11-23T13:13:00Z", "am Gateway"),
    ] {
        let reading = read_at(line, NOW);
        let found: Vec<(Timestamp, &str)> = reading
            .lines
            .iter()
            .map(|line| (line.at, line.words.as_str()))
            .collect();
        assert_eq!(found, [(at(when), words)], "{line}");
    }
}

#[test]
fn what_only_looks_like_a_time_is_none() {
    for line in [
        "3 of 5 nodes are down",
        "10:30th percentile",
        "25:61 x",
        "2026-13-01 02:13 x",
        "Nov 31 02:13:05 x",
        "1.2.3.4 is blocked",
        "Sunday is quiet",
        "12345678901 x",
        "4915123456 rang twice",
        "02:13.5 s it took",
        "",
    ] {
        let reading = read_at(line, NOW);
        assert_eq!(reading.lines, [], "{line}");
    }
}

#[test]
fn clock_times_go_over_midnight_and_lines_below_belong_to_the_line() {
    let chat = "23:58 Ada: it is slow\nvery slow\n\n00:04 Bo: I look\n02:13 Ada: it is down";
    let reading = read_at(chat, NOW);
    let found: Vec<(String, &str)> = reading
        .lines
        .iter()
        .map(|line| (line.at.to_string(), line.words.as_str()))
        .collect();
    let expected = [
        (
            "2026-11-23T22:58:00.000Z".to_owned(),
            "Ada: it is slow\nvery slow",
        ),
        ("2026-11-23T23:04:00.000Z".to_owned(), "Bo: I look"),
        ("2026-11-24T01:13:00.000Z".to_owned(), "Ada: it is down"),
    ];
    assert_eq!(found, expected);
    // The same with the newest on top.
    let turned = "02:13 Ada: it is down\n00:04 Bo: I look\n23:58 Ada: it is slow\nvery slow";
    let again = read_at(turned, NOW);
    let times = |reading: &Reading| reading.lines.iter().map(|line| line.at).collect::<Vec<_>>();
    assert_eq!(times(&again), times(&reading));
}

#[test]
fn clock_times_go_with_the_whole_time_before_them() {
    for (text, expected) in [
        (
            "2026-11-20 02:13 x\n02:15 restarted",
            ["2026-11-20T01:13:00Z", "2026-11-20T01:15:00Z"],
        ),
        (
            "2026-11-20 23:58 x\n00:04 y",
            ["2026-11-20T22:58:00Z", "2026-11-20T23:04:00Z"],
        ),
        // Lines of a log are a little out of order; that is no other day.
        (
            "02:13:05 x\n02:13:04 y",
            ["2026-11-24T01:13:04Z", "2026-11-24T01:13:05Z"],
        ),
        (
            "2026-11-20 02:13:05 x\n02:13:04 y",
            ["2026-11-20T01:13:04Z", "2026-11-20T01:13:05Z"],
        ),
        (
            "02:13 x\n2026-11-20 02:15 y",
            ["2026-11-20T01:13:00Z", "2026-11-20T01:15:00Z"],
        ),
    ] {
        let reading = read_at(text, NOW);
        let found: Vec<Timestamp> = reading.lines.iter().map(|line| line.at).collect();
        assert_eq!(found, expected.map(at), "{text}");
    }
}

#[test]
fn what_is_not_said_is_asked_for_once() {
    for (text, zone, day) in [
        ("02:13 UTC x", false, false),
        ("Nov 24 02:13:05 UTC x", false, false),
        ("2026-11-24T02:13:05Z x", false, false),
        ("2026-11-24 02:13:05 x", true, false),
        ("1795486385 x", false, false),
        ("02:13 x", true, false),
        ("03/04/2026 02:13 x", true, true),
        ("03/03/2026 02:13 x", true, false),
        ("13/04/2026 02:13 x", true, false),
    ] {
        let reading = read_at(text, NOW);
        assert_eq!((reading.asks_zone, reading.asks_day), (zone, day), "{text}");
    }
    let with = |day_first| {
        let clock = Clock {
            now: at(NOW),
            offset: &|_| 0,
            day_first,
        };
        let found = read("03/04/2026 02:13 x", &clock);
        found.lines.first().map(|line| line.at.to_string())
    };
    assert_eq!(with(true).as_deref(), Some("2026-04-03T02:13:00.000Z"));
    assert_eq!(with(false).as_deref(), Some("2026-03-04T02:13:00.000Z"));
}

#[test]
fn what_is_left_out_is_told() {
    let reading = read_at("Chat of the night\n02:13\n02:14 x", NOW);
    assert_eq!((reading.without, reading.wordless), (1, 1));
    let many = "02:13 x\n".repeat(MOST_LINES + 3);
    assert_eq!(read_at(&many, NOW).beyond, 3);
    let long = format!("02:13 {}", "ä".repeat(LONGEST));
    let reading = read_at(&long, NOW);
    assert!(
        reading
            .lines
            .iter()
            .all(|line| line.words.ends_with("(cut)"))
    );
    assert!(looks_like("02:13 x\n02:14 y") && !looks_like("02:13 x\ny"));
}

#[test]
fn the_same_line_is_the_same_event_and_another_is_not() {
    let line = |words: &str, when: &str| Pasted {
        line: 1,
        at: at(when),
        words: words.to_owned(),
    };
    let event = |line: &Pasted| super::event(line, &Lines::Notes);
    let one = event(&line("x", NOW));
    assert_eq!(
        one,
        event(&Pasted {
            line: 7,
            ..line("x", NOW)
        })
    );
    assert_ne!(one.id, event(&line("y", NOW)).id);
    assert_ne!(one.id, event(&line("x", "2026-11-24T03:00:01Z")).id);
    assert_ne!(one.source, event(&line("y", NOW)).source);
    assert_eq!(one.at, Some(at(NOW)));
    let change = |service: &str| {
        let lines = Lines::Changes(ChangeKind::Deployment, service.to_owned());
        super::event(&line("x", NOW), &lines)
    };
    let ids = [one.id, change("").id, change("Checkout").id];
    assert!(ids[0] != ids[1] && ids[1] != ids[2]);
}

proptest! {
    #![proptest_config(crate::model::laws::config())]

    #[test]
    fn any_text_gives_a_reading(text in any::<String>()) {
        let reading = read_at(&text, NOW);
        prop_assert!(reading.lines.len() <= text.lines().count());
        for line in &reading.lines {
            prop_assert!(!line.words.trim().is_empty());
        }
    }

    #[test]
    fn lines_made_of_times_and_words_come_back(
        written in prop::collection::vec((0_i64..4_000_000, "[a-z]{1,12}"), 1..20), form in 0_u8..4,
    ) {
        // Seconds before now, so that no line lies in the future.
        let lines: Vec<(Timestamp, &str)> = written
            .iter()
            .map(|(back, words)| (Timestamp::clamped((at(NOW).ms() - back * 1_000) / 1_000 * 1_000), words.as_str()))
            .collect();
        let text: Vec<String> = lines
            .iter()
            .map(|(when, words)| {
                let iso = when.to_string();
                match form {
                    0 => format!("{iso} {words}"),
                    1 => format!("[{}] {words}", iso.replace('T', " ").replace(".000Z", " UTC")),
                    2 => format!("{} {words}", when.ms() / 1_000),
                    _ => format!("<13>1 {iso} {words}"),
                }
            })
            .collect();
        let reading = read_at(&text.join("\n"), NOW);
        let mut expected = lines;
        expected.sort_by_key(|(when, _)| *when);
        let found: Vec<(Timestamp, &str)> = reading.lines.iter().map(|line| (line.at, line.words.as_str())).collect();
        prop_assert_eq!(found, expected);
        prop_assert!(!reading.asks_zone);
    }
}
