//! Texts with fields: `We are looking into {what}.`
//!
//! A sentence one of whose fields is not known is left out, so a draft never says what nobody wrote
//! down. Each sentence names the events that its fields came from. Knows nothing of incidents: what
//! a field holds comes in.

use super::changes::sentences;
use crate::model::{EventId, order};

/// What a field holds, and the events that it came from.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Filled {
    /// In words that fit into a sentence.
    pub text: String,
    /// From these events.
    pub from: Vec<EventId>,
}

/// What is known of a field.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Field {
    /// It holds this.
    Known(Filled),
    /// Nobody has said it yet: its sentence is left out.
    NotYet,
    /// There is no such field for this audience.
    NoSuch,
}

/// A sentence of a draft.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Sentence {
    /// As it reads.
    pub text: String,
    /// The events that it rests on, in their order, each once.
    pub from: Vec<EventId>,
}

/// A text that was drafted.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Drafted {
    /// Its lines, each of sentences.
    pub lines: Vec<Vec<Sentence>>,
    /// Fields that the template asks for and that this audience does not have.
    pub unknown: Vec<String>,
}

impl Drafted {
    /// The text alone.
    pub fn text(&self) -> String {
        let lines = self.lines.iter().map(|line| {
            let sentences = line.iter().map(|sentence| sentence.text.as_str());
            sentences.collect::<Vec<_>>().join(" ")
        });
        lines.collect::<Vec<_>>().join("\n").trim().to_owned()
    }

    /// All its sentences.
    pub fn sentences(&self) -> impl Iterator<Item = &Sentence> {
        self.lines.iter().flatten()
    }
}

/// Fills a template in. `otherwise` are the events that a sentence without fields rests on.
pub fn fill(template: &str, field: &dyn Fn(&str) -> Field, otherwise: &[EventId]) -> Drafted {
    let mut drafted = Drafted::default();
    for line in template.lines() {
        let asked = sentences(line).len();
        let filled: Vec<Sentence> = sentences(line)
            .into_iter()
            .filter_map(|range| line.get(range))
            .filter_map(|sentence| filled(sentence.trim(), field, otherwise, &mut drafted.unknown))
            .collect();
        // An empty line is meant; one of which nothing is known is not.
        if !filled.is_empty() || asked == 0 {
            drafted.lines.push(filled);
        }
    }
    drafted
}

fn filled(
    sentence: &str,
    field: &dyn Fn(&str) -> Field,
    otherwise: &[EventId],
    unknown: &mut Vec<String>,
) -> Option<Sentence> {
    let mut text = String::new();
    let mut from: Vec<EventId> = Vec::new();
    let (mut rest, mut fields) = (sentence, 0);
    while let Some((before, name, after)) = next_field(rest) {
        text.push_str(before);
        rest = after;
        fields += 1;
        match field(name) {
            Field::Known(known) => {
                // The sentence ends with its own mark.
                text.push_str(known.text.trim().trim_end_matches('.'));
                from.extend(known.from);
            }
            Field::NotYet => return None,
            Field::NoSuch => {
                unknown.push(name.to_owned());
                return None;
            }
        }
    }
    text.push_str(rest);
    if fields == 0 {
        from.extend_from_slice(otherwise);
    }
    order::sort(&mut from);
    from.dedup();
    (!text.trim().is_empty()).then_some(Sentence { text, from })
}

/// What stands before the next field, its name, and what stands behind it.
fn next_field(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once('{')?;
    let (name, after) = rest.split_once('}')?;
    Some((before, name.trim(), after))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::testing::writer;

    fn event(seq: u32) -> EventId {
        EventId {
            writer: writer(1),
            seq,
        }
    }

    fn known(text: &str, n: u32) -> Field {
        Field::Known(Filled {
            text: text.to_owned(),
            from: vec![event(n)],
        })
    }

    fn field(name: &str) -> Field {
        match name {
            "what" => known("card payments fail.", 1),
            "whom" => known("customers in Europe", 2),
            "next" => known("03:47. Or later", 3),
            "later" => Field::NotYet,
            _ => Field::NoSuch,
        }
    }

    #[test]
    fn a_sentence_is_filled_or_left_out() {
        let otherwise = [event(9)];
        for (template, text, unknown) in [
            ("", "", &[][..]),
            ("We know: {what}.", "We know: card payments fail.", &[]),
            (
                "We know: {what}. It is back {later}.",
                "We know: card payments fail.",
                &[],
            ),
            (
                "It is back {later}.\nNext word by {next}.",
                "Next word by 03:47. Or later.",
                &[],
            ),
            (
                "Hello.\n\n{ whom }, {whom}!",
                "Hello.\n\ncustomers in Europe, customers in Europe!",
                &[],
            ),
            ("{secret} {what}. Bye.", "Bye.", &["secret"]),
            ("An open { brace.", "An open { brace.", &[]),
        ] {
            let drafted = fill(template, &field, &otherwise);
            assert_eq!(drafted.text(), text, "{template}");
            assert_eq!(drafted.unknown, unknown, "{template}");
        }
    }

    #[test]
    fn a_sentence_names_its_events() {
        let otherwise = [event(9)];
        let drafted = fill("Hello. {whom}: {what}, {whom}.", &field, &otherwise);
        let from: Vec<Vec<EventId>> = drafted
            .sentences()
            .map(|sentence| sentence.from.clone())
            .collect();
        assert_eq!(from, [vec![event(9)], vec![event(1), event(2)]]);
    }
}
