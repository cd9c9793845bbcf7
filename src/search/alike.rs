//! Past incidents that resemble a new one, and why.
//!
//! BM25F (Robertson & Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond",
//! Foundations and Trends in Information Retrieval 3(4), 2009, section 3.6): a word counts the more
//! the fewer incidents have it, in a title more than in an update, and less and less the more often
//! it is repeated. Services in common count beside the words. Exercises, samples and trials are
//! never among them, nor is the incident itself. Knows no screen and no clock.

use super::documents::FIELDS;
use super::index::{Held, Index};
use super::score;
use super::words::{self, Cut};
use crate::model::term::Nature;
use crate::model::{Incident, IncidentId, order};

/// How many different words of a question are looked at, from its beginning.
const MOST_WORDS: usize = 96;

/// What past incidents are to be like.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Question {
    /// What is broken, as far as it was typed.
    pub title: String,
    /// What else is known in words: summary, updates, symptoms; what matters most first.
    pub words: Vec<String>,
    /// The services that are hit, by name.
    pub services: Vec<String>,
    /// What must not be among the answers: the incident itself, and those joined with it.
    pub leave_out: Vec<IncidentId>,
}

impl Question {
    /// What an incident is to be compared by, as it stands now.
    pub fn of(id: IncidentId, incident: &Incident) -> Self {
        let summary = incident.summary.current().into_iter();
        let guesses = incident.hypotheses.iter().map(|said| &said.what.text);
        let updates = incident.updates.iter().map(|said| &said.what.text);
        let joined = incident.ids.union(&incident.same_as).copied();
        Self {
            title: incident.title().unwrap_or_default().to_owned(),
            words: summary.chain(guesses).chain(updates).cloned().collect(),
            services: incident.services.keys().cloned().collect(),
            leave_out: joined.chain([id]).collect(),
        }
    }
}

/// An incident that resembles another.
#[derive(Clone, PartialEq, Debug)]
pub struct Alike {
    /// Which one.
    pub incident: IncidentId,
    /// How much speaks for it: BM25F's score, of no unit.
    pub score: f32,
    /// How much of all that could speak for an incident speaks for this one, from 0 to 1.
    pub fit: f32,
    /// What speaks for it, the most telling first.
    pub shares: Vec<Share>,
}

/// What two incidents have in common, and what that says.
#[derive(Clone, PartialEq, Debug)]
pub struct Share {
    /// What.
    pub what: Common,
    /// How much of the score comes from it, from 0 to 1; all of them are 1 together.
    pub part: f32,
}

/// What two incidents can have in common.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Common {
    /// A word, as the question has it.
    Word(String),
    /// A service that was hit.
    Service(String),
}

/// How words are weighed.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Tuning {
    /// How soon more of the same word counts no more: BM25's k1.
    pub k1: f32,
    /// How far long incidents are held to say less by each word: BM25's b, from 0 to 1.
    pub b: f32,
    /// What a word counts in title, summary, service, other entries, people and id.
    pub fields: [f32; FIELDS],
    /// What a word of the question's own title counts, where others count 1.
    pub title: f32,
    /// What a service in common counts, where a word that is as rare counts at most 1.
    pub service: f32,
}

impl Default for Tuning {
    /// Set on the first half of 399 real incidents, and measured on the second: `tests/alike.rs`.
    fn default() -> Self {
        Self {
            k1: 1.2,
            b: 0.3,
            fields: [4.0, 2.0, 4.0, 1.0, 0.0, 0.0],
            title: 3.0,
            service: 1.0,
        }
    }
}

/// A word of the question.
struct Asked {
    word: String,
    weight: f32,
    /// How much it says, by how few incidents have it.
    rarity: f32,
}

/// How often an incident has each word of a question, by field.
type Counts = Vec<[u32; FIELDS]>;

/// Something in common, by its place in the question, and what it adds to the score.
struct Adds<'a> {
    what: &'a str,
    is_service: bool,
    score: f32,
}

impl Index {
    /// The incidents most like what is asked about, the most similar first, with what they have in
    /// common; at most so many.
    pub fn alike(&self, question: &Question, most: usize) -> Vec<Alike> {
        self.alike_by(question, most, &Tuning::default())
    }

    /// The same, with words weighed otherwise.
    pub fn alike_by(&self, question: &Question, most: usize, tuning: &Tuning) -> Vec<Alike> {
        let held: Vec<&Held> = self.comparable(question);
        let (mut asked, places) = self.asked(question, tuning);
        let counts: Vec<Counts> = held
            .iter()
            .map(|held| count(held, &places, asked.len()))
            .collect();
        for (place, asked) in asked.iter_mut().enumerate() {
            let has = |counts: &&Counts| counts[place] != [0; FIELDS];
            asked.rarity = score::rarity(held.len(), counts.iter().filter(has).count());
        }
        let services = services(question, &held, tuning);
        let comparing = Comparing {
            tuning,
            asked: &asked,
            services: &services,
            averages: averages(&held),
        };
        let mut alike: Vec<(f32, usize)> = Vec::new();
        for (place, held) in held.iter().enumerate() {
            let score: f32 = comparing
                .adds(held, &counts[place])
                .iter()
                .map(|adds| adds.score)
                .sum();
            if score > 0.0 {
                alike.push((score, place));
            }
        }
        order::sort_by(&mut alike, |(score, place), (other_score, other_place)| {
            let (one, other) = (held[*place], held[*other_place]);
            other_score
                .total_cmp(score)
                .then(other.latest.cmp(&one.latest))
                .then(one.id.cmp(&other.id))
        });
        alike.truncate(most);
        let told = alike.into_iter();
        told.map(|(score, place)| comparing.told(held[place], &counts[place], score))
            .collect()
    }

    /// The incidents that a question may be answered with.
    fn comparable(&self, question: &Question) -> Vec<&Held> {
        let left_out = |id: &IncidentId| question.leave_out.contains(id);
        self.held
            .iter()
            .filter(|held| matches!(held.about.nature, Nature::Real | Nature::Retrospective))
            .filter(|held| !left_out(&held.id) && !held.about.ids.iter().any(left_out))
            .collect()
    }

    // Plurals are words of their own: taken as one with their singular, on the first half of the real
    // incidents 91 % instead of 93 % of the first answers shared a component (one is called Pages).
    /// The words of a question that say something, and for each term one more than the place of the
    /// word that it is.
    fn asked(&self, question: &Question, tuning: &Tuning) -> (Vec<Asked>, Vec<u32>) {
        let mut asked: Vec<Asked> = Vec::new();
        let mut places = vec![0; self.terms.len()];
        let mut form = String::new();
        let others = question.words.iter().map(|text| (text, 1.0));
        for (text, weight) in std::iter::once((&question.title, tuning.title)).chain(others) {
            for token in words::tokens(text) {
                let word = text.get(token.from..token.to).unwrap_or_default();
                words::fold(word, self.small, &mut form);
                if asked.len() == MOST_WORDS || token.cut == Cut::Last || words::is_stop(&form) {
                    continue;
                }
                if let Some(number) = self.terms.number(&form)
                    && places[number as usize] == 0
                {
                    let word = word.to_owned();
                    asked.push(Asked {
                        word,
                        weight,
                        rarity: 0.0,
                    });
                    places[number as usize] = asked.len() as u32;
                }
            }
        }
        (asked, places)
    }
}

fn count(held: &Held, places: &[u32], words: usize) -> Counts {
    let mut counts = vec![[0; FIELDS]; words];
    for (place, entry) in held.entries.iter().enumerate() {
        for token in held.tokens(place) {
            let word = places.get(*token as usize).copied().unwrap_or(0) as usize;
            if let Some(counts) = counts.get_mut(word.wrapping_sub(1)) {
                counts[entry.field as usize] += 1;
            }
        }
    }
    counts
}

/// How many words each field has on average, and at least one.
fn averages(held: &[&Held]) -> [f32; FIELDS] {
    let mut all = [0.0; FIELDS];
    for held in held {
        for (all, length) in all.iter_mut().zip(held.lengths) {
            *all += length as f32;
        }
    }
    let count = held.len().max(1) as f32;
    all.map(|all| (all / count).max(1.0))
}

/// The services of a question, each with what it adds where it was hit as well.
fn services<'a>(question: &'a Question, held: &[&Held], tuning: &Tuning) -> Vec<(&'a String, f32)> {
    let hit = |service: &String| {
        let hit = held
            .iter()
            .filter(|held| held.about.services.contains(service));
        tuning.service * score::rarity(held.len(), hit.count())
    };
    question
        .services
        .iter()
        .map(|service| (service, hit(service)))
        .collect()
}

/// A question, ready to be laid beside incidents.
struct Comparing<'a> {
    tuning: &'a Tuning,
    asked: &'a [Asked],
    services: &'a [(&'a String, f32)],
    averages: [f32; FIELDS],
}

impl Comparing<'_> {
    /// What an incident has in common with the question, in the question's order.
    fn adds(&self, held: &Held, counts: &Counts) -> Vec<Adds<'_>> {
        let words = self.asked.iter().zip(counts).map(|(asked, counts)| Adds {
            what: &asked.word,
            is_service: false,
            score: asked.weight * asked.rarity * self.saturated(held, counts),
        });
        let common = self.services.iter();
        let common = common.filter(|(service, _)| held.about.services.contains(service));
        let services = common.map(|(service, score)| Adds {
            what: service,
            is_service: true,
            score: *score,
        });
        words
            .chain(services)
            .filter(|adds| adds.score > 0.0)
            .collect()
    }

    /// How far a word is used: from 0 towards 1.
    fn saturated(&self, held: &Held, counts: &[u32; FIELDS]) -> f32 {
        let mut times = 0.0;
        for (field, count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
            let length = held.lengths[field] as f32 / self.averages[field];
            let norm = 1.0 - self.tuning.b + self.tuning.b * length;
            times += self.tuning.fields[field] * *count as f32 / norm;
        }
        times / (self.tuning.k1 + times)
    }

    /// The most that an incident could have in common with the question.
    fn most(&self) -> f32 {
        let words = self.asked.iter().map(|asked| asked.weight * asked.rarity);
        let services = self.services.iter().map(|(_, score)| score);
        words.chain(services.copied()).sum()
    }

    fn told(&self, held: &Held, counts: &Counts, score: f32) -> Alike {
        let mut adds = self.adds(held, counts);
        order::sort_by(&mut adds, |a, b| b.score.total_cmp(&a.score));
        let share = |adds: &Adds<'_>| {
            let what = adds.what.to_owned();
            Share {
                what: if adds.is_service {
                    Common::Service(what)
                } else {
                    Common::Word(what)
                },
                part: adds.score / score,
            }
        };
        Alike {
            incident: held.id,
            score,
            fit: (score / self.most()).min(1.0),
            shares: adds.iter().map(share).collect(),
        }
    }
}
