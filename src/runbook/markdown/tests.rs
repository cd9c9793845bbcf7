//! What texts become, piece by piece, and that none of their words is lost.

use proptest::prelude::*;

use super::*;
use crate::model::laws;

const EXAMPLE: &str = "---
title: Fail over the database
id: database-failover
version: 2026-11-01
reviewed: 2026-10-30
rests on: A book, chapter 3; A manual
fits: database, primary
services: Orders, Billing
weight: 20
---

# DatabaseDown

Follow this when the primary is gone.

## Stop conditions

- The replica lags by more than a minute.
- Somebody else is at it:
  ask them first.

## Diagnosis

1. **Look at the primary.** It may only be slow.
   - Takes: 2 to 5 min
   - Role: operations lead
   - Done when: you know whether it answers
2. Ask the replica how far it is, see [the manual](https://db.example/lag)
   ```sh
   select 1;

   select 2;
   ```
   - a sub-step
   - Takes: soon

## Mitigation

### The quick way

- [ ] Promote the replica
  - To take it back: there is no way
    back
  - Only: priority 1, 2; service Orders
- [x] Tell customers. They wait for a word. And another.
  - After: nothing
  - For: information

### The slow way

Restore from the backup. Then wait.

```
restore
```

Choose one of:
- this
- that

## Verify

1. **Check orders**: place one.
   - After: Promote the replica; The third
   - Key: check
2. Check orders
";

fn tasks() -> Vec<Task> {
    read("file", EXAMPLE).tasks
}

fn names(ids: &[TaskId]) -> Vec<&str> {
    ids.iter().map(TaskId::as_str).collect()
}

#[test]
fn the_front_matter_and_what_one_must_know_are_read() {
    let runbook = read("file", EXAMPLE);
    assert_eq!(
        (
            runbook.id.as_str(),
            runbook.title.as_str(),
            runbook.version.as_str(),
            runbook.reviewed.as_str()
        ),
        (
            "database-failover",
            "Fail over the database",
            "2026-11-01",
            "2026-10-30"
        )
    );
    assert_eq!(runbook.rests_on, ["A book, chapter 3", "A manual"]);
    assert_eq!(runbook.fits, ["database", "primary"]);
    assert_eq!(runbook.services, ["Orders", "Billing"]);
    assert_eq!(
        runbook.about,
        "DatabaseDown\n\nFollow this when the primary is gone.\n\n## Stop conditions\n\n- The replica lags by more than a minute.\n- Somebody else is at it:\n  ask them first."
    );
}

#[test]
fn items_and_paragraphs_are_tasks_with_what_they_wait_for() {
    let rows: Vec<(String, String, Vec<String>)> = tasks()
        .iter()
        .map(|task| {
            let after = names(&task.after).into_iter().map(str::to_owned).collect();
            (task.key.clone(), task.section.clone(), after)
        })
        .collect();
    let expected = [
        ("look-at-the-primary", "Diagnosis", &[][..]),
        (
            "ask-the-replica-how-far-it-is-see-the-manual",
            "Diagnosis",
            &["look-at-the-primary"],
        ),
        (
            "promote-the-replica",
            "Mitigation: The quick way",
            &["ask-the-replica-how-far-it-is-see-the-manual"],
        ),
        ("tell-customers", "Mitigation: The quick way", &[]),
        (
            "restore-from-the-backup",
            "Mitigation: The slow way",
            &["ask-the-replica-how-far-it-is-see-the-manual"],
        ),
        (
            "choose-one-of",
            "Mitigation: The slow way",
            &["ask-the-replica-how-far-it-is-see-the-manual"],
        ),
        ("check", "Verify", &["promote-the-replica", "the-third"]),
        ("check-orders", "Verify", &["check"]),
    ];
    let expected: Vec<_> = expected
        .iter()
        .map(|(key, section, after)| {
            let after = after.iter().map(|key| (*key).to_owned()).collect();
            ((*key).to_owned(), (*section).to_owned(), after)
        })
        .collect();
    assert_eq!(rows, expected);
}

#[test]
fn fields_are_taken_out_and_everything_else_stays() {
    let tasks = tasks();
    let [look, ask, promote, tell, restore, choose, check, _] = tasks.as_slice() else {
        panic!("{} tasks", tasks.len());
    };
    assert_eq!(
        (look.title.as_str(), look.text.as_str()),
        ("Look at the primary", "It may only be slow.")
    );
    assert_eq!(
        (look.minutes, look.at_most, &look.role),
        (Some(2), Some(5), &Some(Role::OperationsLead))
    );
    assert_eq!(
        (look.check.as_str(), look.purpose),
        ("you know whether it answers", Purpose::Diagnose)
    );
    // A field that cannot be read stays in the text.
    assert!(
        ask.text
            .ends_with("```sh\nselect 1;\n\nselect 2;\n```\n- a sub-step\n- Takes: soon"),
        "{}",
        ask.text
    );
    assert_eq!(
        ask.links,
        [TaskLink {
            label: "the manual".to_owned(),
            url: "https://db.example/lag".to_owned()
        }]
    );
    assert_eq!(promote.rollback, "there is no way back");
    assert_eq!(promote.only.priorities, [Priority::P1, Priority::P2]);
    assert_eq!(promote.only.services, ["Orders"]);
    assert_eq!(
        (promote.purpose, promote.text.as_str()),
        (Purpose::Restore, "")
    );
    assert_eq!(
        (tell.title.as_str(), tell.text.as_str()),
        ("Tell customers", "They wait for a word. And another.")
    );
    assert_eq!(tell.purpose, Purpose::Inform);
    assert_eq!(restore.text, "Then wait.\n\n```\nrestore\n```");
    assert_eq!(
        (choose.title.as_str(), choose.text.as_str()),
        ("Choose one of", "- this\n- that")
    );
    assert_eq!(
        (check.title.as_str(), check.text.as_str(), check.purpose),
        ("Check orders", "place one.", Purpose::Verify)
    );
}

#[test]
fn lengths_of_time_are_read_as_people_write_them() {
    for (text, expected) in [
        ("5 min", Some((5, None))),
        ("5 to 15 min", Some((5, Some(15)))),
        ("5-15 min", Some((5, Some(15)))),
        ("1 to 2 h", Some((60, Some(120)))),
        ("15 to 5 min", Some((15, None))),
        ("5", None),
        ("min", None),
        ("99999999999 min", None),
        ("4294967295 h", None),
    ] {
        assert_eq!(takes(text), expected, "{text}");
    }
}

#[test]
fn texts_of_no_form_are_runbooks_too() {
    for (text, title, tasks) in [
        ("", "name", 0),
        ("just words", "name", 0),
        ("# A title", "A title", 0),
        ("## Steps\n\n* one\n* two\n", "name", 2),
        ("## Steps\n\n1) one\n\n2) two\n\nand a paragraph", "name", 3),
        ("---\ntitle: never closed\n\n## Steps\n- one", "name", 1),
        ("## Steps\n```\nno end", "name", 1),
        ("## Steps\n---\n***\n- - -\n", "name", 1),
        ("## Steps\n- **one.** a\n* *two*\n", "name", 2),
        ("\u{feff}---\ntitle: With a mark\n---\n", "With a mark", 0),
    ] {
        let runbook = read("name", text);
        assert_eq!(
            (runbook.title.as_str(), runbook.tasks.len()),
            (title, tasks),
            "{text:?}: {runbook:?}"
        );
    }
}

#[test]
fn long_leads_are_cut_at_a_word_and_kept_whole_below() {
    let lead = "word ".repeat(40);
    let runbook = read("name", &format!("## Steps\n\n- {lead}\n"));
    let task = &runbook.tasks[0];
    assert!(task.title.len() <= TITLE && task.title.ends_with("word"));
    assert_eq!(task.text, lead.trim());
}

/// The words of a text, without marks.
fn words(text: &str) -> Vec<String> {
    let plain = text.replace("**", "").replace("__", "");
    let words = plain.split(|c: char| !c.is_alphanumeric());
    words
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// All that a person sees of a runbook.
fn shown(runbook: &Runbook) -> String {
    let mut shown = format!("{}\n{}", runbook.title, runbook.about);
    for task in &runbook.tasks {
        for part in [
            &task.section,
            &task.title,
            &task.text,
            &task.check,
            &task.rollback,
        ] {
            shown.push('\n');
            shown.push_str(part);
        }
        for link in &task.links {
            shown.push_str(&format!("\n{} {}", link.label, link.url));
        }
    }
    shown
}

fn lost(text: &str) -> Vec<String> {
    let mut held = std::collections::BTreeMap::<String, i64>::new();
    for word in words(&shown(&read("name", text))) {
        *held.entry(word).or_default() += 1;
    }
    let mut lost = Vec::new();
    // The numbers of a list are marks, no words.
    let unmarked = text
        .lines()
        .map(|line| marked(line).map_or(line, |(_, rest)| rest));
    for word in unmarked.flat_map(words) {
        let left = held.entry(word.clone()).or_default();
        *left -= 1;
        if *left < 0 {
            lost.push(word);
        }
    }
    lost
}

fn line() -> impl Strategy<Value = String> {
    let mark = prop_oneof![
        Just(""),
        Just("## "),
        Just("### "),
        Just("- "),
        Just("1. "),
        Just("  - "),
        Just("   "),
        Just("```"),
        Just("    "),
        Just("* [ ] "),
        Just("**"),
        Just("> "),
        Just("~~~"),
        Just("- Takes: "),
        Just("  "),
    ];
    let words = prop_oneof![
        Just(String::new()),
        "[a-z]{1,6}( [a-z]{1,6}){0,4}[.:]?".prop_map(String::from),
        "[a-z]{1,5}\\. \\[[a-z]{1,4}\\]\\(https://[a-z]{1,4}\\) [a-z]{1,5}".prop_map(String::from),
        "[a-z ]{100,160}".prop_map(String::from),
        "\\PC{0,30}".prop_map(String::from),
    ];
    (mark, words).prop_map(|(mark, words)| format!("{mark}{words}"))
}

proptest! {
    #![proptest_config(laws::config())]

    #[test]
    fn no_text_breaks_the_reader_and_keys_are_told_apart(lines in proptest::collection::vec(line(), 0..30)) {
        let runbook = read("name", &lines.join("\n"));
        let keys: std::collections::BTreeSet<&str> = runbook.tasks.iter().map(|task| task.key.as_str()).collect();
        prop_assert_eq!(keys.len(), runbook.tasks.len());
        prop_assert!(runbook.tasks.iter().all(|task| !task.key.is_empty()));
    }

    #[test]
    fn no_word_of_a_text_is_lost(lines in proptest::collection::vec(line(), 0..30)) {
        // A heading without anything below it says nothing; a title is one of what it says.
        let text = format!("intro\n{}\n\nlast words", lines.join("\n"));
        let headings: Vec<String> = lines.iter().filter(|line| line.starts_with('#')).flat_map(|line| words(line)).collect();
        // A word that was bold in half is shown in two parts: all its letters are there, one after the other.
        let letters: String = shown(&read("name", &text)).to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect();
        let written = text.to_lowercase();
        let halved = |word: &String| !written.contains(word.as_str()) && letters.contains(word.as_str());
        let lost: Vec<String> = lost(&text).into_iter().filter(|word| !headings.contains(word) && !halved(word)).collect();
        prop_assert!(lost.is_empty(), "{:?} of {:?}", lost, text);
    }
}
