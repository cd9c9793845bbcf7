//! How long it takes to find something in 500 incidents of 100 events each.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::panic)]

use std::time::{Duration, Instant};

use muster::model::{EventId, IncidentId, Timestamp, Writer};
use muster::search::{About, Document, Field, Index, Most, Question};

const INCIDENTS: u32 = 500;
const EVENTS: u32 = 100;
const WORDS: u32 = 30_000;

/// Numbers that are the same every time (Knuth's MMIX).
struct Numbers(u64);

impl Numbers {
    fn next(&mut self, below: u32) -> u32 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % u64::from(below)) as u32
    }

    /// A word's rank as in a language: each ten times as far down as likely.
    fn rank(&mut self) -> u32 {
        let even = f64::from(self.next(1 << 20)) / f64::from(1 << 20);
        f64::from(WORDS).powf(even) as u32
    }
}

/// The word of a rank: syllables by its digits.
fn word(rank: u32) -> String {
    const SYLLABLES: [&str; 20] = [
        "pay", "ment", "ser", "ver", "fail", "ing", "data", "base", "net", "work", "que", "ue",
        "time", "out", "check", "lo", "gin", "card", "er", "ror",
    ];
    let mut rest = rank;
    let mut word = String::new();
    while word.is_empty() || rest > 0 {
        word.push_str(SYLLABLES[(rest % 20) as usize]);
        rest /= 20;
    }
    word
}

fn text(numbers: &mut Numbers) -> String {
    let mut text = String::new();
    for _ in 0..6 + numbers.next(14) {
        text.push_str(&word(numbers.rank()));
        text.push(' ');
    }
    match numbers.next(4) {
        0 => text.push_str(&format!("INC-{}", numbers.next(9000))),
        1 => text.push_str(&format!("db-{}.eu-west.example.com", numbers.next(90))),
        _ => text.push('.'),
    }
    text
}

fn incident(number: u32) -> IncidentId {
    let mut bytes = [7; 10];
    bytes[..4].copy_from_slice(&number.to_be_bytes());
    IncidentId::from_bytes(bytes)
}

fn document(seq: u32, numbers: &mut Numbers) -> Document {
    let field = match seq {
        1 => Field::Title,
        2 => Field::Summary,
        3 | 4 => Field::Service,
        _ => Field::Text,
    };
    Document {
        event: Some(EventId {
            writer: Writer::from_bytes([1; 10]),
            seq,
        }),
        field,
        when: Timestamp::clamped(i64::from(seq) * 60_000),
        text: text(numbers),
    }
}

/// The shortest, the middle and the longest of twenty-five times; returns the middle.
fn timed(what: &str, mut run: impl FnMut() -> usize) -> Duration {
    let mut times: Vec<Duration> = Vec::new();
    let mut found = 0;
    for _ in 0..25 {
        let begun = Instant::now();
        found = run();
        times.push(begun.elapsed());
    }
    times.sort();
    println!(
        "{what:44} {found:6} found, {:9.1?} to {:9.1?} to {:9.1?}",
        times[0], times[12], times[24]
    );
    times[12]
}

#[test]
#[ignore = "a measurement; worth something in release only"]
fn fifty_thousand_events_are_searched_at_once() {
    let mut numbers = Numbers(1);
    let incidents: Vec<Vec<Document>> = (0..INCIDENTS)
        .map(|_| {
            (1..=EVENTS)
                .map(|seq| document(seq, &mut numbers))
                .collect()
        })
        .collect();
    let mut index = Index::new(str::to_lowercase);
    let begun = Instant::now();
    let mut longest = Duration::ZERO;
    for (number, documents) in (0..).zip(&incidents) {
        let begun = Instant::now();
        index.replace(incident(number), About::default(), documents);
        longest = longest.max(begun.elapsed());
    }
    println!(
        "built in {:.1?}, an incident at most {longest:.1?}",
        begun.elapsed()
    );
    println!("{} entries, {} words", index.entries(), index.words());
    let mut seq = EVENTS;
    timed("one event more", || {
        seq += 1;
        index.add(incident(250), &document(seq, &mut numbers));
        1
    });
    timed("one incident again", || {
        index.replace(incident(250), About::default(), &incidents[250]);
        1
    });
    let most = Most {
        incidents: 50,
        entries: 3,
    };
    let mut slowest = Duration::ZERO;
    let words: Vec<String> = [40, 700, 5_000, 29_000].map(word).to_vec();
    let mut wrong = words[3].clone();
    wrong.remove(2);
    for typed in [
        "p".to_owned(),
        "pa".to_owned(),
        "payment".to_owned(),
        "pyament serverr".to_owned(),
        "inc-47".to_owned(),
        "db-12.eu-west.example.com".to_owned(),
        words.join(" "),
        wrong,
        format!("{} {}", words[0], words[1]),
        "\"payment server".to_owned(),
        "the payment of the server with networking timeouts and loginerror failing".to_owned(),
        "xyzzyplugh".to_owned(),
        String::new(),
    ] {
        let time = timed(&typed, || index.find(&typed, &|_| true, most).total);
        slowest = slowest.max(time);
    }
    let question = Question {
        title: text(&mut numbers),
        words: (0..4).map(|_| text(&mut numbers)).collect(),
        ..Question::default()
    };
    timed("alike", || index.alike(&question, 5).len());
    println!("slowest question: {slowest:.1?}");
    assert!(slowest < Duration::from_millis(100));
}
