use proptest::prelude::*;

use super::picture::{Shape, svg, text_width};
use super::{Asked, Block, Document, State, chart, document, html, markdown, wording};
use crate::format::statuspage;
use crate::guide::{sample, write};
use crate::model::fact::{Relief, Words};
use crate::model::laws::{config, world};
use crate::model::organisation::{Organisation, Service};
use crate::model::term::{ActionKind, ActionState, EntryMark, FindingKind, Nature, Stamp};
use crate::model::testing::{incident as id, noon, writer};
use crate::model::{
    Cursor, Draft, EventId, Fact, Fold, Incident, Log, LogScope, Person, Span, Timestamp, chain,
};

const HOSTILE: &str = "<script>alert(1)</script> `code` | **bold** [x](javascript:1) &lt;\n# not a heading\n- no item\n1. no item\n\u{202e}turned";

fn folded(log: &Log) -> Incident {
    Fold::of(&[log], Cursor::Now).incident().clone()
}

fn priced() -> Organisation {
    Organisation {
        currency: "EUR".to_owned(),
        services: vec![Service {
            name: "Checkout".to_owned(),
            cost_per_minute: Some(300),
            ..Service::default()
        }],
        ..Organisation::default()
    }
}

/// The sample incident, half-way.
fn sample_log() -> Log {
    let now = noon();
    let people = sample::people([1, 2, 3].map(|n| Person::from_bytes([n; 10])));
    let mut log = Log::new(LogScope::Incident(id(1)));
    for (who, draft) in sample::lines(now, &people) {
        log.append(writer(u8::try_from(who).unwrap() + 1), draft, now);
    }
    for (who, draft) in sample::next_lines(&folded(&log), now) {
        log.append(writer(u8::try_from(who).unwrap() + 1), draft, now);
    }
    log
}

/// The sample with its end and a review.
fn reviewed_log(text: &str) -> Log {
    let mut log = sample_log();
    let say = |log: &mut Log, minutes: i64, draft: Draft| {
        let at = noon() + Span::minutes(minutes);
        log.append(writer(1), write::at(draft, Some(at)), at + Span::minutes(2))
            .id
    };
    let incident = folded(&log);
    say(
        &mut log,
        2,
        Fact::WorkaroundApplied(Relief {
            text: text.to_owned(),
            ..Relief::default()
        })
        .draft(),
    );
    say(&mut log, 4, write::state(&incident, Stamp::Mitigated, None));
    say(
        &mut log,
        12,
        Fact::FixApplied(words("The gateway’s timeouts are as they were before noon")).draft(),
    );
    let wrong = say(&mut log, 13, write::note(text));
    say(&mut log, 14, write::retract(wrong));
    for service in ["Checkout", "Card gateway"] {
        let restored = write::restore(&folded(&log), service);
        say(&mut log, 15, restored);
    }
    say(&mut log, 16, write::state(&incident, Stamp::Restored, None));
    say(&mut log, 20, write::state(&incident, Stamp::Resolved, None));
    let summary = crate::model::fact::Description {
        summary: Some(text.to_owned()),
        title: None,
    };
    say(&mut log, 2900, Fact::Described(summary).draft());
    for kind in [
        FindingKind::ContributingFactor,
        FindingKind::WentWell,
        FindingKind::WentBadly,
        FindingKind::Luck,
    ] {
        let finding = crate::model::fact::Finding {
            finding: kind,
            text: text.to_owned(),
        };
        say(&mut log, 2910, Fact::FindingAdded(finding).draft());
    }
    let action = crate::model::fact::Action {
        action: ActionKind::Prevent,
        text: text.to_owned(),
        owner: Some(Person::from_bytes([1; 10])),
        due: Some(noon() + Span::days(14)),
        success: "It fires in the next drill".to_owned(),
        ticket: "OPS-7".to_owned(),
    };
    say(&mut log, 2920, Fact::ActionAdded(action).draft());
    say(&mut log, 2930, Fact::ReviewHeld(words(text)).draft());
    let close = write::close(&folded(&log), "Cards are paid again", Vec::new(), "");
    say(&mut log, 2940, close);
    log
}

fn words(text: &str) -> Words {
    Words {
        text: text.to_owned(),
    }
}

const PLAIN: &str = "Cards were routed to the second provider, which answers";

fn made(log: &Log, now: Timestamp) -> Document {
    let found = chain::verify(log);
    let incident = folded(log);
    document(&Asked {
        incident: &incident,
        organisation: &priced(),
        checked: Some(&found),
        now,
        utc_offset_minutes: 60,
    })
}

/// Fails where tags are not closed in the order in which they were opened.
fn well_formed(html: &str) -> Result<(), String> {
    const VOID: [&str; 3] = ["meta", "br", "!DOCTYPE"];
    let mut open: Vec<&str> = Vec::new();
    let mut rest = html;
    while let Some((_, after)) = rest.split_once('<') {
        let (tag, after) = after.split_once('>').ok_or("a tag without an end")?;
        rest = after;
        let name = tag.split([' ', '/']).find(|name| !name.is_empty());
        let name = name.ok_or("a tag without a name")?;
        if let Some(closed) = tag.strip_prefix('/') {
            let last = open.pop();
            if last != Some(closed) {
                return Err(format!("{closed} closes {last:?}"));
            }
        } else if !tag.ends_with('/') && !VOID.contains(&name) {
            open.push(name);
        }
    }
    if open.is_empty() {
        Ok(())
    } else {
        Err(format!("open: {open:?}"))
    }
}

fn known(incident: &Incident, event: EventId) -> bool {
    incident.entry(event).is_some()
}

/// All that holds of any review.
fn holds(incident: &Incident, asked: &Asked<'_>) -> Result<(), String> {
    let document = document(asked);
    if let Some(stranger) = document
        .named()
        .into_iter()
        .find(|id| !known(incident, *id))
    {
        return Err(format!("{stranger} is no event"));
    }
    if let Some(empty) = document
        .sections
        .iter()
        .find(|section| section.blocks.is_empty())
    {
        return Err(format!("{} is empty", empty.id));
    }
    for table in document.sections.iter().flat_map(|section| &section.blocks) {
        if let Block::Table(table) = table {
            let wide = table.header.len();
            if table.rows.iter().any(|row| row.cells.len() != wide) {
                return Err(format!("{} has a row of another length", table.caption));
            }
        }
        if let Block::Chart { picture, .. } = table {
            apart(&picture.shapes)?;
            inside(picture)?;
        }
    }
    let page = html::html(&document);
    well_formed(&page)?;
    if page.contains("<script") || page.contains(" style=") {
        return Err("something could run".to_owned());
    }
    if page != html::html(&super::document(asked)) {
        return Err("other bytes".to_owned());
    }
    let _ = markdown::markdown(&document);
    Ok(())
}

/// No two texts of a picture lie upon each other.
fn apart(shapes: &[Shape]) -> Result<(), String> {
    let mut boxes: Vec<(i32, i32, i32, &str)> = Vec::new();
    for shape in shapes {
        if let Shape::Text {
            x, y, anchor, text, ..
        } = shape
        {
            let width = text_width(text);
            let left = match anchor.name() {
                "start" => *x,
                "middle" => x - width / 2,
                _ => x - width,
            };
            let upon = boxes.iter().find(|(other, right, base, _)| {
                (base - y).abs() < 10 && *other < left + width && left < *right
            });
            if let Some((.., other)) = upon {
                return Err(format!("“{text}” lies upon “{other}”"));
            }
            boxes.push((left, left + width, *y, text));
        }
    }
    Ok(())
}

fn inside(picture: &super::picture::Picture) -> Result<(), String> {
    for shape in &picture.shapes {
        let (x, y) = match shape {
            Shape::Bar {
                x,
                y,
                width,
                height,
                ..
            } => (x + width, y + height),
            Shape::Line { x2, y2, .. } => (*x2, *y2),
            Shape::Point { x, y, .. } | Shape::Text { x, y, .. } => (*x, *y),
        };
        if !(0..=picture.width).contains(&x) || !(0..=picture.height).contains(&y) {
            return Err(format!("{shape:?} is outside"));
        }
    }
    Ok(())
}

fn check(log: &Log) {
    let incident = folded(log);
    let asked = Asked {
        incident: &incident,
        organisation: &priced(),
        checked: None,
        now: noon() + Span::days(9),
        utc_offset_minutes: -330,
    };
    holds(&incident, &asked).unwrap();
}

#[test]
fn the_sample_half_way_and_reviewed_are_sound() {
    check(&sample_log());
    check(&reviewed_log(PLAIN));
    check(&reviewed_log(HOSTILE));
    check(&Log::new(LogScope::Incident(id(1))));
}

#[test]
fn the_sample_s_review_reads_as_it_should() {
    let document = made(&reviewed_log(PLAIN), noon());
    expect_test::expect_file!["expected/sample.md"].assert_eq(&markdown::markdown(&document));
}

#[test]
fn what_is_asked_later_of_a_closed_incident_is_the_same() {
    let log = reviewed_log(PLAIN);
    let (now, later) = (noon() + Span::days(3), noon() + Span::days(300));
    let [now, later] = [now, later].map(|at| html::html(&made(&log, at)));
    assert_eq!(now, later);
}

#[test]
fn the_state_is_what_the_log_says() {
    assert_eq!(made(&sample_log(), noon()).state, State::Draft);
    assert_eq!(made(&reviewed_log(PLAIN), noon()).state, State::Reviewed);
    let mut log = sample_log();
    let finding = crate::model::fact::Finding {
        finding: FindingKind::Luck,
        text: "It was noon".to_owned(),
    };
    log.append(writer(1), Fact::FindingAdded(finding).draft(), noon());
    assert_eq!(made(&log, noon()).state, State::InReview);
}

#[test]
fn hostile_words_are_only_words() {
    let document = made(&reviewed_log(HOSTILE), noon());
    let page = html::html(&document);
    assert!(page.contains("&lt;script&gt;") && !page.contains("<script"));
    assert!(!page.contains('\u{202e}'));
    let text = markdown::markdown(&document);
    assert!(!text.contains('\u{202e}'));
    assert!(!text.replace("\\<", "").contains('<') && text.contains("\\<script\\>"));
    for line in text.lines().map(str::trim_start) {
        assert!(
            !line.starts_with("# not")
                && !line.starts_with("- no item")
                && !line.starts_with("1. no"),
            "{line}"
        );
        assert!(!line.replace("\\`", "").contains('`'), "{line}");
        assert!(!line.replace("\\|", "").contains('|'), "{line}");
    }
}

#[test]
fn a_long_incident_stays_readable() {
    for days in [0, 1, 3, 40, 400, 20_000] {
        let mut log = Log::new(LogScope::Incident(id(1)));
        log.append(writer(1), write::declare(Nature::Real), noon());
        let none = Incident::default();
        for (stamp, at) in [
            (Stamp::ImpactStarted, Span(0)),
            (Stamp::Restored, Span(Span::days(days).0 + 60_000)),
        ] {
            let draft = write::at(write::state(&none, stamp, None), Some(noon() + at));
            log.append(writer(1), draft, noon() + at);
        }
        let frame = chart::Frame {
            now: noon() + Span::days(30_000),
            utc_offset_minutes: 330,
            width: chart::WIDTH,
        };
        let picture = chart::timeline(&folded(&log), &frame);
        apart(&picture.shapes).unwrap();
        inside(&picture).unwrap();
        let ticks = picture.shapes.iter();
        let ticks = ticks
            .filter(|shape| matches!(shape, Shape::Line { class: "grid", .. }))
            .count();
        assert!((2..=11).contains(&ticks), "{days} days: {ticks}");
        well_formed(&svg(&picture, "c")).unwrap();
    }
}

#[test]
fn muster_s_own_words_draw_no_remark() {
    let empty = made(&Log::new(LogScope::Incident(id(1))), noon());
    let text = markdown::markdown(&empty);
    let context = crate::draft::check::Context {
        inside: true,
        ..Default::default()
    };
    let mut found = crate::draft::check::check(&text, crate::draft::check::REVIEW, &context);
    found.retain(|remark| remark.kind != crate::draft::check::RemarkKind::NotInTheLog);
    assert_eq!(found, vec![]);
}

#[test]
fn blame_in_a_finding_is_told() {
    let incident = folded(&reviewed_log("A careless change by the engineer"));
    let found = wording::remarks(&incident);
    assert!(found.len() >= 5, "{found:?}");
    assert_eq!(wording::remarks(&folded(&reviewed_log(PLAIN))), vec![]);
}

#[test]
fn real_incidents_come_out_sound() {
    let shared = std::env::var_os("MUSTER_SHARED").map_or_else(
        || std::path::PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared"),
        std::path::PathBuf::from,
    );
    let page =
        std::fs::read_to_string(shared.join("data/statuspage-incidents-2022-2024.json")).unwrap();
    for log in &statuspage::read(&page).unwrap().logs {
        check(log);
    }
}

/// Writes the reviews of the sample and of a real incident into the folder in `MUSTER_REVIEW`.
#[test]
fn reviews_are_written_to_a_folder() {
    let Some(folder) = std::env::var_os("MUSTER_REVIEW") else {
        return;
    };
    let folder = std::path::PathBuf::from(folder);
    let write = |name: &str, log: &Log| {
        let document = made(log, noon() + Span::days(9));
        std::fs::write(
            folder.join(name).with_extension("html"),
            html::html(&document),
        )
        .unwrap();
        std::fs::write(
            folder.join(name).with_extension("md"),
            markdown::markdown(&document),
        )
        .unwrap();
    };
    write("sample", &reviewed_log(PLAIN));
    write("half-way", &sample_log());
    let page = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../shared/data/statuspage-incidents-2022-2024.json"
    );
    let logs = statuspage::read(&std::fs::read_to_string(page).unwrap())
        .unwrap()
        .logs;
    let longest = logs.iter().max_by_key(|log| log.events().count()).unwrap();
    write("real", longest);
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn any_incident_gives_a_sound_review(script in world::nasty(), offset in -900..900_i32, minutes in -3000..9000_i64) {
        let incident = folded(&script.play().everything());
        let asked = Asked {
            incident: &incident,
            organisation: &priced(),
            checked: None,
            now: world::after(minutes),
            utc_offset_minutes: offset,
        };
        let result = holds(&incident, &asked);
        prop_assert!(result.is_ok(), "{result:?}");
    }
}

#[test]
fn two_reviews_made_apart_become_one_in_either_order() {
    let mut shared = sample_log();
    let finding = shared.append(
        writer(1),
        write::finding(FindingKind::WentBadly, "An hour to fail over"),
        noon(),
    );
    let action = shared.append(
        writer(1),
        write::action(ActionKind::Process, "Write it down", None, None),
        noon(),
    );
    // Each on a copy of their own, about the same things, at the same time.
    let reviewed = |who: u8, mark: EntryMark, state: ActionState| {
        let mut log = shared.clone();
        let mut add = |draft: Draft| log.append(writer(who), draft, noon() + Span::minutes(1)).id;
        let why = add(write::review::why(
            finding.id,
            &format!("First why of {who}"),
        ));
        add(write::review::why(why, &format!("Second why of {who}")));
        add(write::review::mark(
            finding.id,
            mark,
            &format!("Mark of {who}"),
        ));
        add(write::update_action(action.id, state));
        add(write::finding(FindingKind::Luck, &format!("Luck of {who}")));
        add(write::review::runbook_improved(
            "cards",
            "Cards",
            &format!("Better by {who}"),
        ));
        add(write::review(&format!("Held by {who}")));
        log
    };
    let one = reviewed(8, EntryMark::TurningPoint, ActionState::Done);
    let other = reviewed(9, EntryMark::Delay, ActionState::Dropped);
    let merged = |first: &Log, second: &Log| {
        let mut log = first.clone();
        log.merge(second);
        // A second time changes nothing.
        log.merge(second);
        log
    };
    let (here, there) = (merged(&one, &other), merged(&other, &one));
    let page = |log: &Log| markdown::markdown(&made(log, noon()));
    assert_eq!(page(&here), page(&there));
    for who in [8, 9] {
        for words in [
            "First why of",
            "Second why of",
            "Mark of",
            "Luck of",
            "Better by",
            "Held by",
        ] {
            assert!(
                page(&here).contains(&format!("{words} {who}")),
                "{words} {who}"
            );
        }
    }
    let incident = folded(&here);
    assert!(page(&here).contains("Marked in the review"));
    // Both branches stand under the one finding, each answer below its own.
    let whys = crate::guide::review::whys(&incident, finding.id);
    let depths: Vec<usize> = whys.iter().map(|why| why.depth).collect();
    assert_eq!(depths, [1, 2, 1, 2]);
    assert_eq!(incident.marks.len(), 1);
    let stands = incident.actions.iter().find(|said| said.id() == action.id);
    assert_eq!(
        stands.map(|said| said.what.state),
        Some(ActionState::Dropped)
    );
}

#[test]
fn only_what_was_no_real_incident_says_so() {
    for (nature, says) in [
        (Nature::Real, None),
        (Nature::Retrospective, None),
        (Nature::Drill, Some("Drill")),
        (Nature::Test, Some("Test")),
        (Nature::Sample, Some("Sample")),
    ] {
        let mut log = Log::new(LogScope::Incident(id(1)));
        log.append(writer(1), write::declare(nature), noon());
        assert_eq!(made(&log, noon()).nature, says, "{nature:?}");
    }
}
