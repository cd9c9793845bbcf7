//! Calling people: how each is reached, who has not answered, and who comes next.
//!
//! Muster calls nobody itself: it hands the person a link with the words filled in, and keeps the
//! time.

use crate::classify::targets;
use crate::guide::brief;
use crate::guide::step::Act;
use crate::guide::words;
use crate::model::incident::Called;
use crate::model::term::Priority;
use crate::model::{Incident, Said, Timestamp};

/// A way to reach somebody, as a link that the person's own device opens.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Way {
    /// What it does: "Call".
    pub label: &'static str,
    /// The link, with the words filled in.
    pub address: String,
}

/// The links that a number or an address gives; none where it is neither.
pub fn ways(reach: &str, words: &str) -> Vec<Way> {
    let reach = reach.trim();
    let way = |label, address| Way { label, address };
    if reach.starts_with("https://") {
        return vec![way("Open the chat", reach.to_owned())];
    }
    if let Some((user, host)) = reach.split_once('@')
        && !user.is_empty()
        && !host.is_empty()
        && !reach.contains(char::is_whitespace)
    {
        let (to, words) = (escaped(reach), escaped(words));
        let address = format!("mailto:{to}?subject={words}&body={words}");
        return vec![way("Write a mail", address)];
    }
    let number: String = reach
        .chars()
        .filter(|c| !matches!(c, ' ' | '-' | '/' | '(' | ')' | '.'))
        .collect();
    let digits = number.strip_prefix('+').unwrap_or(&number);
    if digits.len() >= 3 && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return vec![
            way("Call", format!("tel:{number}")),
            way(
                "Send a text",
                format!("sms:{number}?body={}", escaped(words)),
            ),
        ];
    }
    Vec::new()
}

/// Percent-encoded, but for the sign within a mail address.
fn escaped(text: &str) -> String {
    words::percent_encoded(text).replace("%40", "@")
}

/// What is said to somebody who is called.
pub fn invitation(incident: &Incident) -> String {
    let title = brief::title(incident);
    let title = title.trim_end_matches('.');
    let what = match incident.priority() {
        Some(priority) if incident.is_major() => format!("Major incident ({priority}): {title}."),
        Some(priority) => format!("{priority}: {title}."),
        None => format!("{title}."),
    };
    let where_to = incident.bridges.last();
    match where_to {
        Some(said) => format!("{what} We meet here: {}", said.what.url),
        None => what,
    }
}

/// Whether whoever was called has answered, or is there by now.
pub fn has_answered(incident: &Incident, said: &Said<Called>) -> bool {
    let is_meant = |name: &str, person| {
        said.what.page.person == Some(person) || name.eq_ignore_ascii_case(&said.what.page.who)
    };
    let mut people = incident.people.iter();
    said.what.answered.is_some()
        || people.any(|(person, record)| {
            let there = record
                .responding_since
                .is_some_and(|since| since >= said.when);
            there && is_meant(&record.name, *person)
        })
}

/// Who comes next where nobody answers: the first on the path who was not called yet, and the rest.
pub fn next_on_path(incident: &Incident, said: &Said<Called>) -> Option<(String, Vec<String>)> {
    let called = |who: &String| {
        let mut pages = incident.pages.iter();
        pages.any(|page| page.what.page.who.eq_ignore_ascii_case(who))
    };
    let mut path = said.what.page.then.iter().skip_while(|who| called(who));
    Some((path.next()?.clone(), path.cloned().collect()))
}

/// A call that waits for an answer: who it was, until when, why, and what is to be done then.
pub struct Waiting {
    /// The call, for keys.
    pub name: String,
    /// Who was called.
    pub who: String,
    /// When an answer should have come.
    pub until: Timestamp,
    /// Why, in a sentence.
    pub why: String,
    /// Calls the next.
    pub act: Act,
}

/// Calls that wait for an answer. Once the next was called, the one before waits no longer.
pub fn waiting(incident: &Incident, priority: Priority) -> Vec<Waiting> {
    let within = targets::answer(priority);
    let superseded = |said: &Said<Called>| {
        let mut later = incident.pages.iter();
        later.any(|other| other.what.instead_of == Some(said.id()))
    };
    let open = incident
        .pages
        .iter()
        .filter(|said| !said.foreign && !has_answered(incident, said) && !superseded(said));
    let waits = open.map(|said| {
        let who = said.what.page.who.clone();
        let next = next_on_path(incident, said).map_or_else(
            || "Call somebody else, or the level above".to_owned(),
            |(next, _)| format!("Next on the path: {next}"),
        );
        Waiting {
            name: format!("answer_{}", said.id()),
            until: said.when + within,
            why: format!(
                "{who} was called and has not answered; after {} minutes somebody else is (Muster's own default). {next}.",
                within.whole_minutes()
            ),
            who,
            act: Act::CallNext(said.id()),
        }
    });
    waits.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::guide::write::{self, Call};
    use crate::model::testing::{incident as id, noon, writer};
    use crate::model::{Cursor, Draft, Fold, Log, LogScope, Person, Span};

    fn addresses(reach: &str) -> Vec<String> {
        let ways = ways(reach, "P1: Größe & Co");
        ways.into_iter().map(|way| way.address).collect()
    }

    #[test]
    fn a_number_or_address_gives_links_with_the_words_filled_in() {
        let words = "P1%3A%20Gr%C3%B6%C3%9Fe%20%26%20Co";
        assert_eq!(
            addresses("+49 (30) 123-45"),
            [
                "tel:+493012345".to_owned(),
                format!("sms:+493012345?body={words}")
            ]
        );
        assert_eq!(
            addresses("a.b@c.example"),
            [format!("mailto:a.b@c.example?subject={words}&body={words}")]
        );
        assert_eq!(
            addresses("https://chat.example/ops"),
            ["https://chat.example/ops"]
        );
        for nothing in [
            "",
            "the night desk",
            "12",
            "javascript:alert(1)",
            "@x",
            "a b@c",
            "http://a",
        ] {
            assert_eq!(addresses(nothing), [""; 0], "{nothing}");
        }
        // Nothing typed into an address becomes another field of the mail.
        assert_eq!(
            ways("a@b?bcc=c@d", "")[0].address,
            "mailto:a@b%3Fbcc%3Dc@d?subject=&body="
        );
    }

    struct Room(Log);

    impl Room {
        fn new() -> Self {
            Self(Log::new(LogScope::Incident(id(1))))
        }

        fn write(&mut self, draft: Draft) -> crate::model::EventId {
            self.0.append(writer(1), draft, noon()).id
        }

        fn waiting(&self) -> Vec<String> {
            let fold = Fold::of(&[&self.0], Cursor::Now);
            let waiting = waiting(fold.incident(), Priority::P1);
            waiting.into_iter().map(|call| call.who).collect()
        }

        fn next(&self, n: usize) -> Option<(String, Vec<String>)> {
            let fold = Fold::of(&[&self.0], Cursor::Now);
            next_on_path(fold.incident(), &fold.incident().pages[n])
        }
    }

    fn call(who: &str, then: &[&str]) -> Call {
        Call {
            who: who.to_owned(),
            then: then.iter().map(|who| (*who).to_owned()).collect(),
            ..Call::default()
        }
    }

    #[test]
    fn a_call_waits_until_it_is_answered_or_the_next_is_called() {
        let mut room = Room::new();
        let first = room.write(write::page(&call("Database", &["Duty lead", "CTO"])));
        let second = room.write(write::page(&call("Network", &[])));
        assert_eq!(room.waiting(), ["Database", "Network"]);
        room.write(write::answer(second));
        assert_eq!(room.waiting(), ["Database"]);
        assert_eq!(
            room.next(0),
            Some(("Duty lead".to_owned(), vec!["CTO".to_owned()]))
        );
        let next = Call {
            instead_of: Some(first),
            ..call("Duty lead", &["CTO"])
        };
        room.write(write::page(&next));
        assert_eq!(room.waiting(), ["Duty lead"]);
        assert_eq!(
            room.next(0),
            Some(("CTO".to_owned(), vec![])),
            "whoever was called is passed over"
        );
        // Whoever is there has answered.
        let person = Person::from_bytes([7; 10]);
        room.write(write::name_person(person, "duty lead"));
        room.write(write::join_response(person));
        assert_eq!(room.waiting(), [""; 0]);
        room.write(write::leave_response(person));
        assert_eq!(
            room.waiting(),
            ["Duty lead"],
            "and who has left is missing again"
        );
    }

    #[test]
    fn an_answer_is_due_sooner_the_graver_it_is() {
        let mut room = Room::new();
        room.write(write::page(&call("Database", &[])));
        let fold = Fold::of(&[&room.0], Cursor::Now);
        let due = |priority| waiting(fold.incident(), priority)[0].until - noon();
        assert_eq!(due(Priority::P1), Span::minutes(5));
        assert!(due(Priority::P1) < due(Priority::P2) && due(Priority::P2) < due(Priority::P3));
    }
}
