use super::*;
use proptest::prelude::*;

const SMALL: &str = "# Small\n\nTrains: little\nLasts: 20 min\nRoles: scribe, Bridge owner\n\nTwo lines\nof words.\n\n## Situation\n\nTitle: It is slow\nService: Search, partly down\nAnswers: work_is_hard, few, can_wait\n\nSince noon.\n\n## Expected\n\n- classified within 5 min: it decides\n\n## For the facilitator\n\nIt is the disk.\n\n## At 4 min\n\nFrom: Monitoring\n\nNote: the disk is full.\n\nSay it twice.\n\nLook for: a note\nExpect: note within 3 min\nExpect: update the board\n";

#[test]
fn a_scenario_is_read_with_all_that_it_has() {
    let scenario = read(SMALL).unwrap();
    assert_eq!(
        (
            scenario.name.as_str(),
            scenario.title.as_str(),
            scenario.minutes
        ),
        ("small", "Small", 20)
    );
    assert_eq!(scenario.about, "Two lines of words.");
    assert_eq!(scenario.roles, [Role::Scribe, Role::named("Bridge owner")]);
    let situation = &scenario.situation;
    assert_eq!(situation.title, "It is slow");
    assert_eq!(
        situation.services,
        [("Search".to_owned(), Level::PartlyDown)]
    );
    assert_eq!(
        situation.answers,
        Some((Effect::WorkIsHard, Scope::Few, Urgency::CanWait))
    );
    assert_eq!(
        (situation.words.as_str(), scenario.facilitator.as_str()),
        ("Since noon.", "It is the disk.")
    );
    let [inject] = scenario.injects.as_slice() else {
        panic!("{:?}", scenario.injects)
    };
    assert_eq!(
        (inject.number, inject.minute, inject.from.as_str()),
        (1, 4, "Monitoring")
    );
    assert_eq!(inject.text, "Note: the disk is full.\n\nSay it twice.");
    assert_eq!(inject.look_for, "a note");
    let words: Vec<String> = inject.expected.iter().map(Expected::words).collect();
    assert_eq!(
        words,
        ["A note is written within 3 min", "An update to the board"]
    );
}

/// What is put in the place of something in the small scenario, and what is said of it, where.
#[test]
fn every_problem_names_its_line_and_what_to_do() {
    for (from, to, line, what) in [
        ("# Small", "Small", 1, "no title"),
        ("Two lines", "# Two", 7, "second title"),
        ("Lasts: 20 min", "Lasts: long", 4, "“Lasts: 60 min”"),
        ("## Situation", "## Situations", 10, "no section"),
        ("Title: It is slow", "", 10, "no title"),
        (
            "Search, partly down",
            "Search",
            13,
            "“Service: Checkout, down”",
        ),
        ("few, can_wait", "few", 14, "three answers"),
        ("- classified", "classified", 20, "list item"),
        (
            "- classified within 5 min",
            "- clasified",
            20,
            "nothing that a log shows",
        ),
        ("within 5 min: it", "within soon: it", 20, "“within 10 min”"),
        ("## At 4 min", "## At noon", 26, "“## At 4 min”"),
        ("## At 4 min", "## At 9999 min", 26, "a day at the most"),
        ("From: Monitoring", "", 26, "Nobody speaks"),
        (
            "Note: the disk is full.\n\nSay it twice.\n",
            "",
            26,
            "Nothing is said",
        ),
        (
            "Say it twice.\n",
            "From: Bo\n",
            32,
            "Somebody speaks here already",
        ),
        (
            "note within 3 min",
            "priority 9",
            35,
            "nothing that a log shows",
        ),
        (
            "## For the",
            "## At 9 min\n\nFrom: A\n\nB\n\n## For the",
            32,
            "order of their minutes",
        ),
    ] {
        assert!(SMALL.contains(from), "{from}");
        let text = SMALL.replacen(from, to, 1);
        let problems = read(&text).unwrap_err();
        assert!(
            problems
                .iter()
                .any(|one| one.line == line && one.what.contains(what)),
            "{to}: {problems:?}"
        );
    }
    let problems = read(&" ".repeat(LARGEST + 1)).unwrap_err();
    assert!(
        problems[0]
            .to_string()
            .starts_with("Line 1: The text has 200001 bytes")
    );
}

#[test]
fn words_go_on_in_the_next_line_and_fields_end_where_another_begins() {
    let text = "# Own\nTrains: one thing\nand another\n## Situation\nTitle: It is slow\nSince noon\nor before.\n- one\n- two\n## At 1 min\nFrom: Bo\nHello\nthere.\nLook for: a note\nwith a figure.\nExpect: note within 3 min: it\nhelps\nLook for: more";
    let scenario = read(text).unwrap();
    assert_eq!(scenario.trains, "one thing and another");
    assert_eq!(
        scenario.situation.words,
        "Since noon or before.\n- one\n- two"
    );
    let inject = &scenario.injects[0];
    assert_eq!(
        (inject.from.as_str(), inject.text.as_str()),
        ("Bo", "Hello there.")
    );
    assert_eq!(inject.look_for, "a note with a figure.\nmore");
    assert_eq!(inject.expected[0].why, "it helps");
}

#[test]
fn the_documentation_s_example_is_a_scenario() {
    let text = include_str!("../../../docs/drills.md");
    let example = text
        .split("```markdown\n")
        .nth(1)
        .and_then(|rest| rest.split("\n```").next());
    let scenario = read(example.unwrap()).unwrap();
    assert_eq!(scenario.injects.len(), 3);
    for word in crate::drill::expected::CHOICES.split(", ") {
        let word = word.split(" <").next().unwrap();
        assert!(
            text.contains(&format!("`{word}")),
            "docs/drills.md lacks {word}"
        );
    }
}

proptest! {
    /// Any text is a scenario or problems that name a line of it.
    #[test]
    fn any_text_is_a_scenario_or_problems(text in "(# |## |At |[0-9]{1,11} min|Expect: |From: |Service: |- |[a-z,:;é\u{202e}]|\n|\r){0,60}") {
        match read(&text) {
            Ok(scenario) => prop_assert!(!scenario.injects.is_empty() && scenario.minutes > 0),
            Err(problems) => {
                prop_assert!(!problems.is_empty());
                for problem in problems {
                    prop_assert!((1..=text.lines().count().max(1)).contains(&problem.line));
                }
            }
        }
    }
}
