//! What a drill came to: each step beside its target, what was expected, what was forgotten.
//!
//! Measured in the drill's own time, with the wall's time beside it where the two differ. There is no
//! mark: whoever reads a figure reads its parts, and each part names the entries that it rests on.

use super::clock::Clock;
use super::deliver::scenario;
use super::expected::{Deed, Expected};
use super::scenario::{Scenario, ScriptedInject};
use crate::classify::targets::{self, Audience, Within};
use crate::guide::dues::FIRST_WORD;
use crate::guide::{stages, words};
use crate::measure::promises::{Record, promises, records};
use crate::model::incident::Said;
use crate::model::term::{Role, Stage, Stamp};
use crate::model::{Entry, EventId, Fact, Incident, Kind, Place, Span, Timestamp};

/// When a step was taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Reached {
    /// By which entry.
    pub by: EventId,
    /// When that was.
    pub at: Timestamp,
    /// In the drill's time, since it began.
    pub drill: Span,
    /// In the wall's time, since it began.
    pub wall: Span,
}

/// By when a step should have been taken, in the drill's time since it began.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Target {
    /// By then.
    pub by: Span,
    /// Whose figure it is, in a sentence.
    pub why: String,
}

/// What became of something that was to be done.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Verdict {
    /// By its time.
    InTime,
    /// So much later.
    Late(Span),
    /// Done, and no rule says by when.
    Done,
    /// Not done.
    Never,
    /// Not done, and its time had not come when the drill ended.
    NotYet,
    /// It does not apply, for this reason.
    NotAsked(&'static str),
}

impl Verdict {
    /// In words.
    pub fn words(&self) -> String {
        match self {
            Self::InTime => "in time".to_owned(),
            Self::Late(by) => format!("{} late", words::span(*by)),
            Self::Done => "done; no rule says by when".to_owned(),
            Self::Never => "never".to_owned(),
            Self::NotYet => "not by the end; its time had not come".to_owned(),
            Self::NotAsked(why) => (*why).to_owned(),
        }
    }

    /// Of something that was to be done `by` a time, of which so much had passed at the end.
    fn of(reached: Option<Reached>, by: Option<Span>, passed: Span) -> Self {
        match (reached, by) {
            (None, Some(by)) if passed <= by => Self::NotYet,
            (None, _) => Self::Never,
            (Some(_), None) => Self::Done,
            (Some(reached), Some(by)) if reached.drill <= by => Self::InTime,
            (Some(reached), Some(by)) => Self::Late(Span(reached.drill.0 - by.0)),
        }
    }
}

/// A step of the process.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Step {
    /// A stable name, by which drills are compared.
    pub name: &'static str,
    /// As a state of affairs.
    pub title: String,
    /// When it was taken.
    pub reached: Option<Reached>,
    /// By when it should have been.
    pub target: Option<Target>,
    /// What became of it.
    pub verdict: Verdict,
}

/// Something that the scenario expected.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Expectation {
    /// The inject from which on it was expected; none where it was from the beginning.
    pub inject: Option<u32>,
    /// What it asks for.
    pub deed: Deed,
    /// In words: "An update to executives within 10 min".
    pub title: String,
    /// Why, in the scenario's words.
    pub why: String,
    /// How long it took, from when it was expected.
    pub took: Option<Reached>,
    /// What became of it.
    pub verdict: Verdict,
}

/// An inject that was delivered, and whether anybody took it up.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Heard {
    /// Which one.
    pub inject: u32,
    /// Who spoke.
    pub from: String,
    /// Its minute.
    pub minute: u32,
    /// Its entry.
    pub entry: EventId,
    /// The entries that took it up: what was expected and came, and what was said on it. None where the
    /// scenario expects nothing and nobody said anything.
    pub answered: Option<Vec<EventId>>,
}

/// Something that was forgotten.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Forgotten {
    /// What.
    pub what: String,
    /// Why it matters.
    pub why: String,
    /// The entries that it rests on; none where there is nothing to rest on.
    pub rests_on: Vec<EventId>,
}

/// What a drill came to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Score {
    /// The scenario's name.
    pub scenario: String,
    /// What it is called.
    pub title: String,
    /// When the drill began.
    pub begun: Timestamp,
    /// Whether it is over; a score before that is a glance.
    pub over: bool,
    /// How long it went on, in the drill's time.
    pub lasted: Span,
    /// The same in the wall's time.
    pub on_the_wall: Span,
    /// Whether both times are the same all through.
    pub plain: bool,
    /// Stages and steps.
    pub steps: Vec<Step>,
    /// What the scenario expected.
    pub expectations: Vec<Expectation>,
    /// What was said, and whether it was taken up.
    pub heard: Vec<Heard>,
    /// Updates that were announced, and came or not: to all first.
    pub promises: Vec<Record>,
    /// What was forgotten.
    pub forgotten: Vec<Forgotten>,
}

impl Score {
    /// How many of the scenario's expectations were met in time, and of how many whose time had come.
    pub fn met(&self) -> (usize, usize) {
        let judged = self.expectations.iter();
        let judged = judged.filter(|one| one.verdict != Verdict::NotYet);
        let met = judged.clone();
        let met = met.filter(|one| matches!(one.verdict, Verdict::InTime | Verdict::Done));
        (met.count(), judged.count())
    }
}

impl Score {
    /// In a sentence, each figure with what it is of.
    pub fn summary(&self) -> String {
        let (met, of) = self.met();
        let lasted = if self.plain {
            words::span(self.lasted)
        } else {
            format!(
                "{} of the drill, {} on the wall",
                words::span(self.lasted),
                words::span(self.on_the_wall)
            )
        };
        let met = match of {
            0 => "nothing expected that was due".to_owned(),
            _ => format!("{met} of {of} expected things in time"),
        };
        let forgotten = match self.forgotten.len() {
            0 => "nothing forgotten".to_owned(),
            some => format!("{some} forgotten"),
        };
        format!("{lasted}: {met}, {forgotten}.")
    }

    /// What became of the updates that were announced, to all together.
    pub fn kept(&self) -> String {
        match self.promises.first() {
            Some(record) if record.judged() + record.waiting > 0 => {
                let waiting = match record.waiting {
                    0 => String::new(),
                    some => format!(", {some} not due by the end"),
                };
                format!(
                    "Of the updates that were announced for a time, {} came in time, {} late, {} never{waiting}.",
                    record.in_time, record.late, record.missed
                )
            }
            _ => "No update was announced for a time, so there was none to keep.".to_owned(),
        }
    }
}

/// What a drill came to by its end, or has come to by `now`. The incident is to be folded as of then: what
/// was written down later is no part of the drill. None where no scenario that can be read is played.
pub fn score(incident: &Incident, now: Timestamp) -> Option<Score> {
    let start = incident.drill.start()?;
    let scenario = scenario(incident)?;
    let clock = Clock::of(incident)?;
    let until = clock.ended().unwrap_or(now);
    let view = View {
        incident,
        scenario: &scenario,
        clock: &clock,
        start: start.place,
        until,
    };
    let expectations = view.expectations();
    let heard = view.heard(&expectations);
    let kept: Vec<_> = promises(incident);
    let promises = records(kept.iter(), until);
    let forgotten = view.forgotten(&expectations, &heard, &promises);
    Some(Score {
        scenario: start.what.scenario.clone(),
        title: start.what.title.clone(),
        begun: clock.begun(),
        over: clock.ended().is_some(),
        lasted: clock.lived(until),
        on_the_wall: clock.on_the_wall(until),
        plain: clock.is_plain(),
        steps: view.steps(),
        expectations,
        heard,
        promises,
        forgotten,
    })
}

struct View<'a> {
    incident: &'a Incident,
    scenario: &'a Scenario,
    clock: &'a Clock,
    /// Where the drill begins in the log.
    start: Place,
    /// When it ended, or now.
    until: Timestamp,
}

const NOT_MAJOR: &str = "not asked of a standard incident";
const NO_PRIORITY: &str = "not asked before the priority is known";

impl View<'_> {
    /// The first entry, by when it happened, that people wrote in the drill and that is such a one.
    fn first(&self, is: impl Fn(&Entry) -> bool) -> Option<Reached> {
        let mut entries = self.incident.timeline.iter();
        let found = entries
            .find(|entry| entry.stands() && entry.place > self.start && is(entry))
            .map(|entry| (entry.id(), entry.when));
        found.map(|(by, at)| self.reached(by, at, self.clock.begun()))
    }

    fn reached(&self, by: EventId, at: Timestamp, since: Timestamp) -> Reached {
        let from = since.max(self.clock.begun());
        Reached {
            by,
            at,
            drill: Span((self.clock.lived(at).0 - self.clock.lived(from).0).max(0)),
            wall: Span((self.clock.on_the_wall(at).0 - self.clock.on_the_wall(from).0).max(0)),
        }
    }

    fn deed(&self, deed: &Deed) -> Option<Reached> {
        self.first(|entry| deed.is_done_by(entry))
    }

    fn steps(&self) -> Vec<Step> {
        // It begins in the first stage, and the review comes after it.
        let stages = Stage::ALL.iter().skip(1);
        let mut steps: Vec<Step> = stages
            .filter(|stage| **stage != Stage::Review)
            .map(|stage| {
                let reached = self.deed(&Deed::Stage(*stage));
                self.step(
                    stage.name(),
                    format!("Stage “{}”", words::stage(*stage)),
                    reached,
                    None,
                )
            })
            .collect();
        steps.extend(self.first_steps());
        steps.extend(self.later_steps());
        steps
    }

    fn step(
        &self,
        name: &'static str,
        title: impl Into<String>,
        reached: Option<Reached>,
        target: Option<Target>,
    ) -> Step {
        let verdict = Verdict::of(
            reached,
            target.as_ref().map(|target| target.by),
            self.lasted(),
        );
        Step {
            name,
            title: title.into(),
            reached,
            target,
            verdict,
        }
    }

    /// How much of the drill's time there was.
    fn lasted(&self) -> Span {
        self.clock.lived(self.until)
    }

    fn first_steps(&self) -> Vec<Step> {
        let classified = self.deed(&Deed::Classified);
        let leads = |entry: &Entry| matches!(&entry.fact, Fact::RoleAssigned(said) if said.role == Role::MajorIncidentManager);
        let took_on = |entry: &Entry| {
            matches!(&entry.fact, Fact::Observed(said) if said.stamp == Stamp::Acknowledged)
                || leads(entry)
        };
        let mut first = self.step("classified", "The priority is known", classified, None);
        if classified.is_none() && self.scenario.situation.answers.is_some() {
            first.verdict = Verdict::NotAsked("known from the beginning");
        }
        vec![
            first,
            self.step(
                "taken_on",
                "Somebody has taken it on",
                self.first(took_on),
                self.within("Taken on", targets::acknowledge),
            ),
            self.of_major("led", "One person leads", self.first(leads), None),
            self.of_major(
                "called",
                "Those who can help are called",
                self.deed(&Deed::Called),
                None,
            ),
            self.of_major(
                "bridged",
                "Everybody knows where to meet",
                self.deed(&Deed::Bridge),
                None,
            ),
            self.told(Audience::Executives, "executives_told"),
            self.told(Audience::Customers, "customers_told"),
        ]
    }

    fn later_steps(&self) -> Vec<Step> {
        let relieved =
            |entry: &Entry| matches!(entry.kind, Kind::WorkaroundApplied | Kind::FixApplied);
        let restore = self.within("Service back", targets::restore);
        vec![
            self.of_major(
                "hypothesis",
                "A possible cause is named",
                self.deed(&Deed::Hypothesis),
                None,
            ),
            self.step(
                "relieved",
                "A workaround or a fix is in place",
                self.first(relieved),
                None,
            ),
            self.step(
                "restored",
                "Service is said to be back",
                self.deed(&Deed::Restored),
                restore,
            ),
            self.of_major(
                "checked",
                "A check of recovery passes",
                self.deed(&Deed::CheckPassed),
                None,
            ),
        ]
    }

    /// A target of the priority that held last, from the beginning; none where that is in working days.
    fn within(&self, what: &str, of: fn(crate::model::term::Priority) -> Within) -> Option<Target> {
        let priority = self.incident.priority()?;
        let within = of(priority);
        let Within::Span(by) = within else {
            return None;
        };
        let why = format!(
            "{what} within {} at {priority} (Muster's own default)",
            within.words()
        );
        Some(Target { by, why })
    }

    fn of_major(
        &self,
        name: &'static str,
        title: &str,
        reached: Option<Reached>,
        target: Option<Target>,
    ) -> Step {
        let mut step = self.step(name, title, reached, target);
        if reached.is_none() && !self.incident.is_major() {
            let known = self.incident.priority().is_some();
            step.verdict = Verdict::NotAsked(if known { NOT_MAJOR } else { NO_PRIORITY });
        }
        step
    }

    fn told(&self, audience: Audience, name: &'static str) -> Step {
        let reached = self.deed(&Deed::Told(audience.name().to_owned()));
        let title = format!("{} have a first word", audience.title());
        let becomes_major = |entry: &&Entry| {
            entry.stands()
                && match &entry.fact {
                    Fact::Classified(said) => said.major,
                    Fact::Escalated(_) => true,
                    _ => false,
                }
        };
        let since = self.incident.timeline.iter().find(becomes_major);
        let target = since
            .filter(|_| self.incident.is_major())
            .map(|entry| Target {
                by: Span(self.clock.lived(entry.when).0 + FIRST_WORD.0),
                why: format!(
                    "A first word within {} of a major incident (Muster's own default)",
                    words::span(FIRST_WORD)
                ),
            });
        self.of_major(name, &title, reached, target)
    }

    fn expectations(&self) -> Vec<Expectation> {
        let begun = self.clock.begun();
        let scenario = self.scenario;
        let mut all: Vec<Expectation> = scenario
            .expected
            .iter()
            .map(|expected| self.expectation(None, expected, begun))
            .collect();
        for inject in &scenario.injects {
            let Some(said) = self.delivered(inject) else {
                continue;
            };
            let from_it = inject.expected.iter();
            all.extend(
                from_it.map(|expected| self.expectation(Some(inject.number), expected, said.when)),
            );
        }
        all
    }

    fn delivered(&self, inject: &ScriptedInject) -> Option<&Said<crate::model::drill::Inject>> {
        let mut delivered = self.incident.drill.delivered.iter();
        delivered.find(|said| said.what.inject == inject.number)
    }

    fn expectation(
        &self,
        inject: Option<u32>,
        expected: &Expected,
        from: Timestamp,
    ) -> Expectation {
        let found = expected.deed.found(self.incident, self.start, from);
        let took = found.map(|(by, at)| self.reached(by, at, from));
        let passed = Span(self.lasted().0 - self.clock.lived(from).0);
        Expectation {
            inject,
            deed: expected.deed.clone(),
            title: expected.words(),
            why: expected.why.clone(),
            took,
            verdict: Verdict::of(took, expected.limit(), passed),
        }
    }

    fn heard(&self, expectations: &[Expectation]) -> Vec<Heard> {
        let injects = self.scenario.injects.iter();
        let heard = injects.filter_map(|inject| {
            let said = self.delivered(inject)?;
            let met = expectations
                .iter()
                .filter(|one| one.inject == Some(inject.number));
            let met = met.filter_map(|one| one.took.map(|took| took.by));
            let entries = self.incident.timeline.iter();
            let on_it = entries.filter(|entry| entry.stands() && entry.on == Some(said.id()));
            let answers: Vec<EventId> = met.chain(on_it.map(Entry::id)).collect();
            let is_asked = !inject.expected.is_empty() || !answers.is_empty();
            Some(Heard {
                inject: inject.number,
                from: inject.from.clone(),
                minute: inject.minute,
                entry: said.id(),
                answered: is_asked.then_some(answers),
            })
        });
        heard.collect()
    }

    fn forgotten(
        &self,
        expectations: &[Expectation],
        heard: &[Heard],
        promises: &[Record],
    ) -> Vec<Forgotten> {
        let mut all = self.open_criteria();
        all.extend(self.empty_roles());
        let unheard = heard.iter().filter(|said| is_unheard(said, expectations));
        all.extend(unheard.map(unheard_words));
        let missed = expectations.iter();
        let missed = missed.filter(|one| one.verdict == Verdict::Never);
        all.extend(
            missed
                .filter(|one| !self.is_told(one, heard, expectations))
                .map(|one| missing(one, heard)),
        );
        if let Some(record) = promises.first().filter(|record| record.missed > 0) {
            all.push(Forgotten {
                what: words::count(
                    record.missed,
                    "announced update never came",
                    "announced updates never came",
                ),
                why: "Whoever was told a time waits for it.".to_owned(),
                rests_on: Vec::new(),
            });
        }
        all
    }

    /// Whether what was missed is on the list already: as an inject that nobody took up, a role that nobody
    /// had, or a priority that nobody knows.
    fn is_told(&self, missed: &Expectation, heard: &[Heard], expectations: &[Expectation]) -> bool {
        let of = heard.iter().find(|said| Some(said.inject) == missed.inject);
        of.is_some_and(|said| is_unheard(said, expectations))
            || match &missed.deed {
                Deed::Role(role) => self.scenario.roles.contains(role),
                Deed::Classified | Deed::Priority(_) => self.incident.priority().is_none(),
                _ => false,
            }
    }

    /// Exit criteria of the guide that are open, but for the review's, which comes after the drill.
    fn open_criteria(&self) -> Vec<Forgotten> {
        let stages = Stage::ALL.iter().filter(|stage| **stage != Stage::Review);
        let open = stages.flat_map(|stage| {
            let criteria = stages::criteria(self.incident, *stage);
            let open = criteria
                .into_iter()
                .filter(|one| one.met == crate::guide::Met::Open);
            open.map(|one| Forgotten {
                what: format!("{}: {}", words::stage(*stage), one.title),
                why: one.why,
                rests_on: Vec::new(),
            })
        });
        open.collect()
    }

    fn empty_roles(&self) -> Vec<Forgotten> {
        let roles = self.scenario.roles.iter();
        let empty = roles.filter(|role| self.deed(&Deed::Role((*role).clone())).is_none());
        let as_forgotten = empty.map(|role| Forgotten {
            what: format!("Nobody was {}", words::role_within(role)),
            why: "The scenario asks for this role.".to_owned(),
            rests_on: Vec::new(),
        });
        as_forgotten.collect()
    }
}

fn missing(missed: &Expectation, heard: &[Heard]) -> Forgotten {
    let of = heard.iter().find(|said| Some(said.inject) == missed.inject);
    let why = match missed.why.as_str() {
        "" => "The scenario expected it.".to_owned(),
        why => format!("The scenario: {why}."),
    };
    Forgotten {
        what: format!("{}: it never came", missed.title),
        why,
        rests_on: of.map(|said| said.entry).into_iter().collect(),
    }
}

/// Whether nobody took up an inject that something was due on: where the time of all that it asked for had
/// not come, nothing was forgotten.
fn is_unheard(said: &Heard, expectations: &[Expectation]) -> bool {
    let mut of_it = expectations.iter();
    said.answered.as_ref().is_some_and(Vec::is_empty)
        && of_it.any(|one| one.inject == Some(said.inject) && one.verdict == Verdict::Never)
}

fn unheard_words(said: &Heard) -> Forgotten {
    Forgotten {
        what: format!("Nobody took up what came at minute {}: {}", said.minute, said.from),
        why: "Of what the scenario expected from then on, nothing is in the log, and nobody wrote anything on it.".to_owned(),
        rests_on: vec![said.entry],
    }
}

#[cfg(test)]
pub(in crate::drill) mod tests;
