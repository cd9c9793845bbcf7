//! Worlds: people on machines who write, pass on parts of what they hold, and err in all the ways
//! that people, clocks and files do.
//!
//! A world is made from a [`Script`], a list of small steps, so that a failing one shrinks to the
//! few steps that matter.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::super::chain;
use super::super::communication::{
    Approval, FormEntry, ImpactConfirmation, Notice, PublicDescription, PublicWord, RegimeAnswer,
    RegimeStamp,
};
use super::super::drill::{DrillStart, Inject, Pacing, SkippedInject, Speed};
use super::super::event::{Body, Event};
use super::super::fact::*;
use super::super::fold::{Cursor, Fold};
use super::super::id::{Digest, EventId, IncidentId, LogScope, Person, Writer};
use super::super::incident::Incident;
use super::super::kind::Kind;
use super::super::log::{Added, Draft, Log};
use super::super::organisation::{AudienceRules, RegimeChoice};
use super::super::picture::{MediaType, Picture};
use super::super::proposal::{Acceptance, Origin, Proposal, Proposed};
use super::super::register::Register;
use super::super::task::{
    Attachment, Task, TaskAssignment, TaskChange, TaskId, TaskMove, TaskNews,
};
use super::super::term::*;
use super::super::time::{Span, Timestamp};

/// What happens in a world.
#[derive(Clone, Debug)]
pub struct Script {
    pub pages: usize,
    pub steps: Vec<Step>,
}

#[derive(Clone, Debug)]
pub enum Step {
    /// Somebody writes something down.
    Write {
        page: usize,
        other_scope: bool,
        what: What,
        target: Target,
        replaces: Replaces,
        dated: Dated,
    },
    /// One page gets from another the events whose bit is set; holes come about.
    Pass {
        from: usize,
        to: usize,
        which: u16,
        with_claims: bool,
    },
    /// Time goes by.
    Wait { minutes: i64 },
    /// A machine's clock is set.
    Clock { page: usize, clock: Clock },
    /// A person opens a new page on the same machine: a new writer with the same logs.
    Reopen { page: usize },
    /// A file with something that no honest page writes.
    Forge {
        page: usize,
        forgery: Forgery,
        pick: u16,
    },
}

/// What a machine's clock shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clock {
    Off(i64),
    Stuck(i64),
}

#[derive(Clone, Copy, Debug)]
pub enum What {
    Note,
    Title(u8),
    Summary(u8),
    Public(u8),
    CustomersHit(bool),
    Classify(u8),
    Escalate,
    Downgrade,
    Stage(u8),
    TakeRole(u8, u8),
    OfferRole(u8, u8),
    Call,
    Answer,
    Leave,
    Attach,
    Task(u8),
    News(u8, u8),
    LeaveRole(u8),
    Hit(u8, u8),
    Restore(u8),
    Stamp(u8),
    RegimeStamp(u8),
    RegimeAnswer(u8),
    Fill(u8),
    Notify(u8),
    Approve,
    Audience(u8),
    Regimes(u8),
    Update,
    Propose,
    Accept(bool),
    Decline,
    Suspect,
    Tester(u8),
    Evidence(bool),
    Confirm,
    RuleOut,
    Changed,
    WorkAround,
    RemoveWorkaround,
    Problem,
    ProblemClosed,
    PlanCheck,
    BeginCheck,
    Check(bool),
    Watch,
    Drill(u8),
    Drained,
    Find,
    Why,
    Mark(u8),
    Tag(u8),
    Improve,
    Picture,
    Action,
    ActionDone,
    Close,
    Reopen,
    SameAs,
    Declare,
    Name(u8),
    Waive,
    Respond,
    Retract,
    Amend(u8),
    Erase,
    UnknownKind,
    Malformed(u8),
    UnknownFields,
}

/// Which event is meant by `on` or `replaces`.
#[derive(Clone, Copy, Debug)]
pub enum Target {
    Held(u16),
    Last,
    Itself,
    Later,
    Stranger,
    Missing(u16),
}

#[derive(Clone, Debug)]
pub enum Replaces {
    /// What the screen showed as holding: what an honest page names.
    WhatHolds,
    Nothing,
    These(Vec<Target>),
}

#[derive(Clone, Copy, Debug)]
pub enum Dated {
    Unsaid,
    Off(i64),
    Year(i64),
}

#[derive(Clone, Copy, Debug)]
pub enum Forgery {
    /// The same id and tick with other content.
    Fork,
    /// The same id at another tick.
    ForkOfTick,
    /// A tick far beyond all others.
    FarTick,
    /// A tick as far ahead as may be.
    HighTick,
    /// The writer's next event has an earlier tick.
    BackTick,
    /// A writer's number far beyond those held.
    HighSeq,
    /// `seen` names what nobody has written.
    SeenLies,
    /// Unknown fields in the header.
    UnknownHeader,
    /// Made from a foreign item, of which there are versions.
    Foreign(u8),
    /// The event as a copy has it that lost the body.
    WithoutBody,
    /// An event of another incident.
    Transplanted,
}

pub const YEAR: i64 = 365 * 24 * 60;

/// Scripts of honest people: their clocks and what they say may be wrong, their files are not.
pub fn honest() -> impl Strategy<Value = Script> {
    scripts(0, true)
}

/// Honest scripts in which every clock is right.
pub fn punctual() -> impl Strategy<Value = Script> {
    honest().prop_map(|mut script| {
        script
            .steps
            .retain(|step| !matches!(step, Step::Clock { .. }));
        script
    })
}

/// Scripts in which anything may happen.
pub fn nasty() -> impl Strategy<Value = Script> {
    scripts(2, false)
}

fn scripts(forgeries: u32, honest: bool) -> impl Strategy<Value = Script> {
    let step = prop_oneof![
        12 => writes(honest),
        5 => (0..4_usize, 0..4_usize, which(), any::<bool>())
            .prop_map(|(from, to, which, with_claims)| Step::Pass { from, to, which, with_claims }),
        3 => prop_oneof![0..5_i64, 5..600_i64].prop_map(|minutes| Step::Wait { minutes }),
        2 => (0..4_usize, clock()).prop_map(|(page, clock)| Step::Clock { page, clock }),
        1 => (0..4_usize).prop_map(|page| Step::Reopen { page }),
        forgeries => (0..4_usize, forgery(), any::<u16>()).prop_map(|(page, forgery, pick)| Step::Forge { page, forgery, pick }),
    ];
    (1..=4_usize, prop::collection::vec(step, 1..20))
        .prop_map(|(pages, steps)| Script { pages, steps })
}

fn which() -> impl Strategy<Value = u16> {
    prop_oneof![3 => Just(u16::MAX), 2 => any::<u16>()]
}

fn clock() -> impl Strategy<Value = Clock> {
    prop_oneof![
        4 => (-600..600_i64).prop_map(Clock::Off),
        1 => Just(Clock::Off(0)),
        1 => (-3..3_i64).prop_map(|years| Clock::Off(years * YEAR)),
        1 => Just(Clock::Off(73 * YEAR)),
        1 => Just(Clock::Off(-56 * YEAR)),
        1 => Just(Clock::Stuck(0)),
        1 => Just(Clock::Stuck(Timestamp::MAX.ms())),
        1 => Just(Clock::Stuck(Timestamp::MIN.ms())),
    ]
}

fn writes(honest: bool) -> impl Strategy<Value = Step> {
    let replaces = if honest {
        Just(Replaces::WhatHolds).boxed()
    } else {
        prop_oneof![
            4 => Just(Replaces::WhatHolds),
            1 => Just(Replaces::Nothing),
            1 => prop::collection::vec(target(false), 1..3).prop_map(Replaces::These),
        ]
        .boxed()
    };
    let dated = prop_oneof![
        6 => Just(Dated::Unsaid),
        2 => (-300..60_i64).prop_map(Dated::Off),
        1 => prop_oneof![Just(Dated::Year(2099)), Just(Dated::Year(1970)), Just(Dated::Year(1))],
    ];
    (
        0..4_usize,
        prop::bool::weighted(0.15),
        what(),
        target(honest),
        replaces,
        dated,
    )
        .prop_map(
            |(page, other_scope, what, target, replaces, dated)| Step::Write {
                page,
                other_scope,
                what,
                target,
                replaces,
                dated,
            },
        )
}

fn target(honest: bool) -> BoxedStrategy<Target> {
    let held = prop_oneof![any::<u16>().prop_map(Target::Held), Just(Target::Last)];
    if honest {
        return held.boxed();
    }
    prop_oneof![
        8 => held,
        1 => Just(Target::Itself),
        1 => Just(Target::Later),
        1 => Just(Target::Stranger),
        1 => any::<u16>().prop_map(Target::Missing),
    ]
    .boxed()
}

fn what() -> impl Strategy<Value = What> {
    let words = prop_oneof![
        Just(What::Note),
        (0..3_u8).prop_map(What::Title),
        (0..3_u8).prop_map(What::Summary),
        (0..4_u8).prop_map(What::Public),
        any::<bool>().prop_map(What::CustomersHit),
        (0..4_u8).prop_map(What::Classify),
        Just(What::Escalate),
        Just(What::Downgrade),
        (0..6_u8).prop_map(What::Stage),
        (0..2_u8, 0..4_u8).prop_map(|(role, person)| What::TakeRole(role, person)),
        (0..2_u8, 0..4_u8).prop_map(|(role, person)| What::OfferRole(role, person)),
        (0..2_u8).prop_map(What::LeaveRole),
        (0..2_u8, 0..3_u8).prop_map(|(service, level)| What::Hit(service, level)),
        (0..2_u8).prop_map(What::Restore),
        (0..3_u8).prop_map(What::Stamp),
        (0..4_u8).prop_map(What::RegimeStamp),
        (0..4_u8).prop_map(What::RegimeAnswer),
        (0..4_u8).prop_map(What::Fill),
    ];
    let others = prop_oneof![
        Just(What::Update),
        Just(What::Approve),
        (0..2_u8).prop_map(What::Notify),
        (0..4_u8).prop_map(What::Audience),
        (0..2_u8).prop_map(What::Regimes),
        investigation(),
        recovery(),
        review(),
        Just(What::Action),
        Just(What::ActionDone),
        Just(What::Close),
        Just(What::Reopen),
        Just(What::SameAs),
        Just(What::Declare),
        (0..4_u8).prop_map(What::Name),
        Just(What::Waive),
        Just(What::Respond),
        Just(What::Call),
        Just(What::Answer),
        Just(What::Leave),
        Just(What::Attach),
        (0..4_u8).prop_map(What::Task),
        ((0..4_u8), (0..9_u8)).prop_map(|(task, news)| What::News(task, news)),
        Just(What::UnknownKind),
        any::<u8>().prop_map(What::Malformed),
        Just(What::UnknownFields),
    ];
    let back = prop_oneof![3 => Just(What::Retract), 2 => (0..4_u8).prop_map(What::Amend), 1 => Just(What::Erase)];
    prop_oneof![5 => words, 3 => others, 3 => back]
}

fn investigation() -> impl Strategy<Value = What> {
    prop_oneof![
        2 => Just(What::Suspect),
        1 => (0..4_u8).prop_map(What::Tester),
        1 => any::<bool>().prop_map(What::Evidence),
        1 => Just(What::Propose),
        1 => any::<bool>().prop_map(What::Accept),
        1 => Just(What::Decline),
        1 => Just(What::Confirm),
        1 => Just(What::RuleOut),
        1 => Just(What::Changed),
    ]
}

fn recovery() -> impl Strategy<Value = What> {
    prop_oneof![
        2 => Just(What::WorkAround),
        1 => Just(What::RemoveWorkaround),
        1 => Just(What::Problem),
        1 => Just(What::ProblemClosed),
        2 => Just(What::PlanCheck),
        1 => Just(What::BeginCheck),
        2 => any::<bool>().prop_map(What::Check),
        1 => Just(What::Watch),
        2 => any::<u8>().prop_map(What::Drill),
        1 => Just(What::Drained),
    ]
}

fn review() -> impl Strategy<Value = What> {
    prop_oneof![
        2 => Just(What::Find),
        3 => Just(What::Why),
        2 => (0..2_u8).prop_map(What::Mark),
        2 => (0..2_u8).prop_map(What::Tag),
        1 => Just(What::Improve),
        1 => Just(What::Picture),
    ]
}

fn forgery() -> impl Strategy<Value = Forgery> {
    prop_oneof![
        Just(Forgery::Fork),
        Just(Forgery::ForkOfTick),
        Just(Forgery::FarTick),
        Just(Forgery::HighTick),
        Just(Forgery::BackTick),
        Just(Forgery::HighSeq),
        Just(Forgery::SeenLies),
        Just(Forgery::UnknownHeader),
        (0..6_u8).prop_map(Forgery::Foreign),
        Just(Forgery::WithoutBody),
        Just(Forgery::Transplanted),
    ]
}

/// An open page: its logs of both scopes, and who writes there.
#[derive(Clone)]
pub struct Page {
    pub person: Person,
    pub logs: [Log; 2],
    pub writers: [Writer; 2],
    introduced: [bool; 2],
    clock: Clock,
    /// Every event in the order in which it came to this page, with its scope.
    pub history: Vec<(usize, Event)>,
    /// What the page held of the first scope, by when.
    pub held: Vec<(Timestamp, BTreeSet<EventId>)>,
}

/// What came of a script.
pub struct World {
    pub pages: Vec<Page>,
    /// Every event as first written, by scope.
    pub written: [Vec<Event>; 2],
    pub now: Timestamp,
    writers: u64,
}

/// Noon of some day on which Muster exists.
pub fn noon() -> Timestamp {
    Timestamp::clamped(1_795_521_600_000)
}

pub fn person(n: usize) -> Person {
    Person::from_digest(Digest::of(&[b"person", &[n as u8]]))
}

pub fn scope(n: usize) -> LogScope {
    LogScope::Incident(IncidentId::from_digest(Digest::of(&[b"scope", &[n as u8]])))
}

pub fn empty() -> Log {
    Log::new(scope(0))
}

pub fn writer(n: u64) -> Writer {
    Writer::from_digest(Digest::of(&[b"writer", &n.to_be_bytes()]))
}

pub fn note(text: &str) -> Draft {
    Fact::Note(Words {
        text: text.to_owned(),
    })
    .draft()
}

pub fn title(text: &str, replaces: Vec<EventId>) -> Draft {
    Draft {
        replaces,
        ..Fact::Described(Description {
            title: Some(text.to_owned()),
            summary: None,
        })
        .draft()
    }
}

pub fn hit(level: Level) -> Draft {
    Fact::ServiceAffected(Affected {
        service: "mail".to_owned(),
        level,
    })
    .draft()
}

pub fn about(kind: Kind, on: EventId) -> Draft {
    Draft {
        kind,
        body: "{}".into(),
        at: None,
        on: Some(on),
        replaces: Vec::new(),
    }
}

pub fn at(draft: Draft, at: Timestamp) -> Draft {
    Draft {
        at: Some(at),
        ..draft
    }
}

pub fn after(minutes: i64) -> Timestamp {
    noon() + Span::minutes(minutes)
}

pub fn incident_of(log: &Log) -> Incident {
    Fold::of(&[log], Cursor::Now).incident().clone()
}

/// A log of these events, added in this order.
pub fn log_of<'a>(scope: LogScope, events: impl IntoIterator<Item = &'a Event>) -> Log {
    let mut log = Log::new(scope);
    for event in events {
        log.add(event.clone());
    }
    log
}

/// The union of two logs.
pub fn merged(a: &Log, b: &Log) -> Log {
    let mut both = a.clone();
    both.merge(b);
    both
}

/// A log as it is exported.
pub fn bytes(log: &Log) -> String {
    crate::format::file::write(&[log])
}

/// The same items in an order that the seed decides.
pub fn shuffled<T: Clone>(items: &[T], seed: u64) -> Vec<T> {
    let mut items = items.to_vec();
    let mut state = seed | 1;
    for place in (1..items.len()).rev() {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        items.swap(place, (state % (place as u64 + 1)) as usize);
    }
    items
}

impl Script {
    pub fn play(&self) -> World {
        let mut world = World {
            pages: Vec::new(),
            written: [Vec::new(), Vec::new()],
            now: noon(),
            writers: 0,
        };
        for n in 0..self.pages {
            let writers = [world.new_writer(), world.new_writer()];
            world.pages.push(Page {
                person: person(n),
                logs: [Log::new(scope(0)), Log::new(scope(1))],
                writers,
                introduced: [false; 2],
                clock: Clock::Off(0),
                history: Vec::new(),
                held: Vec::new(),
            });
        }
        for step in &self.steps {
            world.take(step);
            // Until the next step.
            let then = world.now - Span(1);
            for page in &mut world.pages {
                page.held.push((
                    then,
                    page.logs[0].events().map(|(place, _)| place.id()).collect(),
                ));
            }
        }
        world
    }
}

impl World {
    /// Everything that any page holds of the first scope.
    pub fn everything(&self) -> Log {
        self.everything_of(0)
    }

    pub fn everything_of(&self, scope: usize) -> Log {
        let mut all = Log::new(self.pages[0].logs[scope].scope());
        self.pages
            .iter()
            .for_each(|page| drop(all.merge(&page.logs[scope])));
        all
    }

    fn new_writer(&mut self) -> Writer {
        self.writers += 1;
        writer(self.writers)
    }

    fn take(&mut self, step: &Step) {
        let count = self.pages.len();
        match step {
            Step::Wait { minutes } => self.now = self.now + Span::minutes(*minutes),
            Step::Clock { page, clock } => self.pages[page % count].clock = *clock,
            Step::Reopen { page } => {
                let writers = [self.new_writer(), self.new_writer()];
                let page = &mut self.pages[page % count];
                page.writers = writers;
                page.introduced = [false; 2];
            }
            Step::Pass {
                from,
                to,
                which,
                with_claims,
            } => self.pass(from % count, to % count, *which, *with_claims),
            Step::Write {
                page,
                other_scope,
                what,
                target,
                replaces,
                dated,
            } => {
                let event_of =
                    |page: &Page, scope: usize| page.draft(scope, *what, *target, replaces, *dated);
                self.write(page % count, usize::from(*other_scope), event_of);
            }
            Step::Forge {
                page,
                forgery,
                pick,
            } => self.forge(page % count, *forgery, *pick),
        }
        // A few seconds go by with everything that is done.
        self.now = self.now + Span(7_000);
    }

    fn pass(&mut self, from: usize, to: usize, which: u16, with_claims: bool) {
        if from == to {
            return;
        }
        for scope in 0..2 {
            let sent: Vec<Event> = self.pages[from].logs[scope]
                .events()
                .enumerate()
                .filter(|(place, _)| which >> (place % 16) & 1 == 1)
                .map(|(_, (_, event))| event.clone())
                .collect();
            let claims = chain::heads(&self.pages[from].logs[scope]);
            let page = &mut self.pages[to];
            for event in sent {
                page.take_in(scope, event);
            }
            if with_claims {
                claims
                    .into_iter()
                    .for_each(|claim| page.logs[scope].add_claim(claim));
            }
        }
    }

    fn write(&mut self, page: usize, scope: usize, draft: impl Fn(&Page, usize) -> Draft) {
        let now = self.now;
        let page = &mut self.pages[page];
        let noted = match page.clock {
            Clock::Off(minutes) => now + Span::minutes(minutes),
            Clock::Stuck(ms) => Timestamp::clamped(ms),
        };
        let mut drafts = Vec::new();
        if !page.introduced[scope] {
            page.introduced[scope] = true;
            let name = format!("Person {}", page.person);
            drafts.push(
                Fact::Joined(Introduction {
                    person: page.person,
                    name,
                    zone: String::new(),
                })
                .draft(),
            );
        }
        for draft in drafts {
            let event = page.logs[scope].append(page.writers[scope], draft, noted);
            page.history.push((scope, event.clone()));
            self.written[scope].push(event);
        }
        let draft = draft(page, scope);
        let event = page.logs[scope].append(page.writers[scope], draft, noted);
        page.history.push((scope, event.clone()));
        self.written[scope].push(event);
    }

    fn forge(&mut self, page: usize, forgery: Forgery, pick: u16) {
        let stranger = self.new_writer();
        let now = self.now;
        let page = &mut self.pages[page];
        let Some(mut event) = page
            .picked(0, pick)
            .and_then(|id| page.logs[0].get(id).cloned())
        else {
            return;
        };
        let other_body = format!(r#"{{"text":"forged {pick}","title":"Forged"}}"#);
        match forgery {
            Forgery::Fork => event.body = Body::Held(other_body.into()),
            Forgery::ForkOfTick => {
                event.tick += 1 + u64::from(pick % 3);
                event.at = Some(now);
            }
            Forgery::FarTick => {
                event.id = EventId {
                    writer: stranger,
                    seq: 1,
                };
                event.tick = page.logs[0].tick() + 1_000_001 + u64::from(pick);
            }
            Forgery::HighTick => {
                event.id = EventId {
                    writer: stranger,
                    seq: 1,
                };
                event.tick = page.logs[0].tick() + 1_000_000 - u64::from(pick % 2);
            }
            Forgery::BackTick => {
                let last = page.logs[0]
                    .by_writer(event.id.writer)
                    .next_back()
                    .map_or(0, |(place, _)| place.seq);
                event.id.seq = last.saturating_add(1);
                event.tick = 1 + event.tick / 2;
            }
            Forgery::HighSeq => {
                event.id.seq = if pick.is_multiple_of(2) {
                    u32::MAX
                } else {
                    event.id.seq.saturating_add(3)
                }
            }
            Forgery::SeenLies => {
                event.id = EventId {
                    writer: stranger,
                    seq: 1,
                };
                event.tick = page.logs[0].tick() + 1;
                let mut seen: Vec<(Writer, u32)> = page.logs[0]
                    .writers()
                    .map(|writer| (writer, u32::from(pick)))
                    .collect();
                seen.push((stranger, 9));
                seen.sort_unstable();
                event.seen = seen.into();
            }
            Forgery::UnknownHeader => {
                event.id = EventId {
                    writer: stranger,
                    seq: 1,
                };
                event.tick = page.logs[0].tick() + 1;
                event.extra = Box::new([
                    ("mood".into(), r#"{"a":[1,null],"b":"ö"}"#.into()),
                    ("zzz".into(), "true".into()),
                ]);
            }
            Forgery::Foreign(version) => {
                let text = format!("foreign {version}");
                event.id = EventId {
                    writer: Writer::from_digest(Digest::of(&[text.as_bytes()])),
                    seq: 1,
                };
                event.source = Some(format!("page#{}", version % 2).into());
                event.tick = 1;
                event.noted = noon() + Span::minutes(i64::from(version) * 200 - 400);
                event.seen = Box::default();
                event.seal = None;
                event.extra = Box::default();
                event.on = None;
                event.replaces = Box::default();
                event.at = None;
                event.kind = Kind::ServiceAffected;
                let level = Level::ALL[usize::from(version) % Level::ALL.len()].name();
                event.body =
                    Body::Held(format!(r#"{{"level":"{level}","service":"mail"}}"#).into());
            }
            Forgery::WithoutBody => event.body = Body::Erased(event.body.digest()),
            Forgery::Transplanted => {
                let Some(id) = page.picked(1, pick) else {
                    return;
                };
                let Some(other) = page.logs[1].get(id) else {
                    return;
                };
                event = other.clone();
            }
        }
        if !matches!(forgery, Forgery::WithoutBody) {
            self.written[0].push(event.clone());
        }
        page.take_in(0, event);
    }
}

impl Page {
    fn take_in(&mut self, scope: usize, event: Event) {
        if self.logs[scope].add(event.clone()) != Added::Known {
            self.history.push((scope, event));
        }
    }

    fn picked(&self, scope: usize, pick: u16) -> Option<EventId> {
        let count = self.logs[scope].len();
        let place = usize::from(pick).checked_rem(count)?;
        self.logs[scope]
            .events()
            .nth(place)
            .map(|(place, _)| place.id())
    }

    fn id_of(&self, scope: usize, target: Target) -> Option<EventId> {
        let writer = self.writers[scope];
        let next = self.logs[scope]
            .by_writer(writer)
            .next_back()
            .map_or(1, |(place, _)| place.seq.saturating_add(1));
        match target {
            Target::Held(pick) => self.picked(scope, pick),
            Target::Last => self.logs[scope]
                .events()
                .next_back()
                .map(|(place, _)| place.id()),
            Target::Itself => Some(EventId { writer, seq: next }),
            Target::Later => Some(EventId {
                writer,
                seq: next.saturating_add(2),
            }),
            Target::Stranger => Some(EventId {
                writer: super::world::writer(u64::MAX),
                seq: 2,
            }),
            Target::Missing(pick) => self.picked(scope, pick).map(|id| EventId {
                seq: id.seq.saturating_add(u32::from(pick % 9)),
                ..id
            }),
        }
    }

    fn draft(
        &self,
        scope: usize,
        what: What,
        target: Target,
        replaces: &Replaces,
        dated: Dated,
    ) -> Draft {
        let incident = incident_of(&self.logs[scope]);
        let on = self.id_of(scope, target);
        let mut draft = body_of(what, &incident, on, self);
        draft.replaces = match replaces {
            Replaces::WhatHolds => what_holds(&incident, what, on),
            Replaces::Nothing => Vec::new(),
            Replaces::These(targets) => targets
                .iter()
                .filter_map(|target| self.id_of(scope, *target))
                .collect(),
        };
        draft.at = match dated {
            Dated::Unsaid => None,
            Dated::Off(minutes) => {
                let last = self.logs[scope]
                    .events()
                    .next_back()
                    .map_or(noon(), |(_, event)| event.noted);
                Some(last + Span::minutes(minutes))
            }
            Dated::Year(year) => Some(noon() + Span::minutes((year - 2026) * YEAR)),
        };
        draft
    }
}

fn pick<T: Copy>(all: &[T], n: u8) -> T {
    all[usize::from(n) % all.len()]
}

pub fn role(n: u8) -> Role {
    Role::KNOWN[usize::from(n) % Role::KNOWN.len()].clone()
}

pub fn service(n: u8) -> String {
    ["mail", "shop"][usize::from(n) % 2].to_owned()
}

pub fn regime(n: u8) -> String {
    ["dora", "gdpr"][usize::from(n) % 2].to_owned()
}

/// One of the words that outsiders may read, or all of them.
fn public(n: u8) -> PublicDescription {
    let text = format!("Public {n}");
    match PublicWord::ALL.get(usize::from(n)) {
        Some(word) => PublicDescription::of(*word, text),
        None => PublicDescription {
            what: Some(text.clone()),
            whom: Some(text.clone()),
            workaround: Some(text),
        },
    }
}

fn body_of(what: What, incident: &Incident, on: Option<EventId>, page: &Page) -> Draft {
    let words = |text: &str| Words {
        text: text.to_owned(),
    };
    let reason = Reason {
        reason: "why".to_owned(),
    };
    let plain = |kind: Kind, body: &str| Draft {
        kind,
        body: body.into(),
        at: None,
        on,
        replaces: Vec::new(),
    };
    let fact = match what {
        What::Note => Fact::Note(words("seen")),
        What::Title(n) => Fact::Described(Description {
            title: Some(format!("Title {n}")),
            summary: None,
        }),
        What::Summary(n) => Fact::Described(Description {
            title: (n == 0).then(|| "Both".to_owned()),
            summary: Some(format!("Summary {n}")),
        }),
        What::Public(n) => Fact::PublicDescribed(public(n)),
        What::CustomersHit(customers) => Fact::ImpactConfirmed(ImpactConfirmation { customers }),
        What::RegimeStamp(n) => Fact::RegimeStamped(RegimeStamp {
            regime: regime(n),
            trigger: "aware".to_owned(),
        }),
        What::RegimeAnswer(n) => Fact::RegimeAnswered(RegimeAnswer {
            regime: regime(n),
            question: "clients".to_owned(),
            answer: n.to_string(),
        }),
        What::Fill(n) => Fact::FormFilled(FormEntry {
            regime: regime(n),
            report: "initial".to_owned(),
            field: "2.1".to_owned(),
            text: format!("Text {n}"),
        }),
        What::Notify(n) => Fact::Notified(Notice {
            regime: regime(n),
            report: "initial".to_owned(),
            ..Notice::default()
        }),
        What::Approve => Fact::UpdateApproved(Approval {
            audience: "all".to_owned(),
            text: "We know.".to_owned(),
        }),
        What::Audience(n) if n < 2 => Fact::AudienceDefined(AudienceRules {
            name: "all".to_owned(),
            outside: n == 0,
            ..AudienceRules::default()
        }),
        What::Audience(_) => Fact::AudienceRemoved(RemovedName {
            name: "all".to_owned(),
        }),
        What::Regimes(n) => Fact::RegimesChosen(RegimeChoice {
            regimes: vec![regime(n)],
            ..RegimeChoice::default()
        }),
        What::Classify(n) => Fact::Classified(Classification {
            scheme: "itil_3x3".to_owned(),
            priority: Priority::new(1 + n),
            major: n == 0,
            ..Classification::default()
        }),
        What::Escalate => Fact::Escalated(reason),
        What::Downgrade => Fact::Downgraded(reason),
        What::Stage(n) => Fact::StageEntered(StageEntry {
            stage: pick(Stage::ALL, n),
            open: Vec::new(),
            reason: String::new(),
        }),
        What::TakeRole(n, who) => Fact::RoleAssigned(Assignment {
            role: role(n),
            person: person(usize::from(who)),
        }),
        What::Call | What::Answer => {
            let call = Fact::ResponderPaged(super::super::fact::Page {
                who: "Database".to_owned(),
                person: None,
                via: String::new(),
                then: vec!["Duty lead".to_owned()],
            });
            let answer = Fact::ResponderAcknowledged(Acknowledgement {});
            let fact = if matches!(what, What::Call) {
                call
            } else {
                answer
            };
            return Draft { on, ..fact.draft() };
        }
        What::Attach => Fact::RunbookAttached(attachment()),
        What::Task(n) => Fact::TaskAdded(Task {
            title: format!("task {n}"),
            after: vec![task_id(incident, n)],
            ..Task::default()
        }),
        What::News(n, news) => task_fact(task_id(incident, n), news),
        What::Leave => Fact::ResponderLeft(Responder { person: person(0) }),
        What::OfferRole(n, who) => {
            let handover = Fact::HandoverOffered(Handover {
                role: role(n),
                person: person(usize::from(who)),
                brief: "All of it.".to_owned(),
            });
            return Draft {
                on,
                ..handover.draft()
            };
        }
        What::LeaveRole(n) => Fact::RoleReleased(Release { role: role(n) }),
        What::Hit(n, level) => Fact::ServiceAffected(Affected {
            service: service(n),
            level: pick(Level::ALL, level),
        }),
        What::Restore(n) => Fact::ServiceRestored(Restored {
            service: service(n),
        }),
        What::Stamp(n) => Fact::Observed(Observation {
            stamp: pick(Stamp::ALL, n),
        }),
        What::Update => Fact::UpdateSent(Update {
            audience: "all".to_owned(),
            text: "We know.".to_owned(),
            corrects: on,
            ..Update::default()
        }),
        What::Suspect => Fact::HypothesisRaised(Suspicion {
            text: "the cache".to_owned(),
            service: service(0),
        }),
        What::Tester(who) => {
            let tester = Responder {
                person: person(usize::from(who)),
            };
            return Draft {
                on,
                ..Fact::HypothesisAssigned(tester).draft()
            };
        }
        What::Evidence(supports) => {
            let evidence = Evidence {
                supports,
                text: "the logs".to_owned(),
            };
            return Draft {
                on,
                ..Fact::EvidenceAdded(evidence).draft()
            };
        }
        What::Changed => Fact::ChangeRecorded(Change {
            text: "a new cache".to_owned(),
            change: pick(ChangeKind::ALL, 1),
            service: String::new(),
            reference: String::new(),
        }),
        What::Propose => Fact::Proposed(Proposed {
            from: Origin::Assistant(String::new()),
            what: Proposal::Question(words("since when")),
            because: on.into_iter().collect(),
            words: "nobody has said".to_owned(),
        }),
        What::Accept(helped) => {
            let acceptance = Acceptance {
                becomes: on,
                helped: Some(helped),
            };
            return Draft {
                on,
                ..Fact::Accepted(acceptance).draft()
            };
        }
        What::Decline => {
            return Draft {
                on,
                ..Fact::Declined(Verdict::default()).draft()
            };
        }
        What::Confirm => {
            return Draft {
                on,
                ..Fact::HypothesisConfirmed(Verdict::default()).draft()
            };
        }
        What::RuleOut => {
            return Draft {
                on,
                ..Fact::HypothesisRuledOut(Verdict::default()).draft()
            };
        }
        What::WorkAround => Fact::WorkaroundApplied(Relief {
            text: "restart".to_owned(),
            level: Some(Level::Degraded),
            ..Relief::default()
        }),
        What::Problem => {
            let problem = Problem {
                text: "it leaks".to_owned(),
                ..Problem::default()
            };
            return Draft {
                on,
                ..Fact::ProblemRecorded(problem).draft()
            };
        }
        What::ProblemClosed => {
            return Draft {
                on,
                ..Fact::ProblemClosed(Verdict::default()).draft()
            };
        }
        What::PlanCheck => Fact::CheckPlanned(CheckPlan {
            text: "mail goes out".to_owned(),
            by: pick(CheckBy::ALL, 0),
            service: String::new(),
            minutes: Some(10),
        }),
        What::BeginCheck => {
            return Draft {
                on,
                ..Fact::CheckBegun(Acknowledgement {}).draft()
            };
        }
        What::Watch => Fact::WatchStarted(Watch { minutes: 30 }),
        What::Drill(n) => drill(n),
        What::Drained => Fact::BacklogDrained(words("all mail is out")),
        What::RemoveWorkaround => {
            return Draft {
                on,
                ..Fact::WorkaroundRemoved(Verdict::default()).draft()
            };
        }
        What::Check(passed) => {
            let result = words("mail goes out");
            let fact = if passed {
                Fact::CheckPassed(result)
            } else {
                Fact::CheckFailed(result)
            };
            return Draft { on, ..fact.draft() };
        }
        What::Find => Fact::FindingAdded(Finding {
            finding: pick(FindingKind::ALL, 2),
            text: "it took long".to_owned(),
        }),
        What::Why => {
            return Draft {
                on,
                ..Fact::WhyAnswered(words("nobody knew")).draft()
            };
        }
        What::Mark(n) => {
            let marking = Marking {
                mark: pick(EntryMark::ALL, n),
                because: String::new(),
            };
            return Draft {
                on,
                ..Fact::EntryMarked(marking).draft()
            };
        }
        What::Tag(n) => {
            let tag = ServiceTag {
                service: service(n),
            };
            return Draft {
                on,
                ..Fact::EntryTagged(tag).draft()
            };
        }
        What::Picture => {
            let picture = Picture {
                sha256: Digest::of(&[b"a graph"]),
                media_type: MediaType::Webp,
                width: 1600,
                height: 900,
                bytes: 7,
                text: "it rises".to_owned(),
                service: String::new(),
            };
            return Draft {
                on,
                ..Fact::PictureAdded(picture).draft()
            };
        }
        What::Improve => Fact::RunbookImproved(RunbookImprovement {
            runbook: "cards".to_owned(),
            title: "Cards".to_owned(),
            text: "Looks at the date first".to_owned(),
        }),
        What::Action => Fact::ActionAdded(Action {
            action: pick(ActionKind::ALL, 0),
            text: "watch it".to_owned(),
            owner: None,
            due: None,
            success: String::new(),
            ticket: String::new(),
        }),
        What::ActionDone => {
            let update = ActionUpdate {
                state: pick(ActionState::ALL, 1),
            };
            return Draft {
                on,
                ..Fact::ActionUpdated(update).draft()
            };
        }
        What::Close => Fact::Closed(Closure::default()),
        What::Reopen => Fact::Reopened(reason),
        What::SameAs => Fact::SameAs(SameAs {
            incident: page.logs[1].scope().incident().unwrap(),
        }),
        What::Declare => Fact::Declared(Declaration {
            nature: Nature::Real,
            link: None,
        }),
        What::Name(n) => Fact::PersonNamed(Naming {
            person: person(usize::from(n)),
            name: format!("Name {n}"),
        }),
        What::Waive => Fact::Waived(Waiver {
            criterion: "bridge".to_owned(),
            reason: String::new(),
        }),
        What::Respond => Fact::ResponderJoined(Responder {
            person: page.person,
        }),
        What::Retract => return plain(Kind::Retracted, "{}"),
        What::Erase => return plain(Kind::Erased, "{}"),
        What::Amend(n) => return amendment(n, incident, on),
        What::UnknownKind => {
            return plain(
                Kind::named("moon_observed"),
                r#"{"deep":{"list":[1,"two",null]},"text":"?"}"#,
            );
        }
        What::Malformed(n) => {
            return plain(
                pick_kind(n),
                r#"{"level":7,"person":"nobody","stage":null,"text":[]}"#,
            );
        }
        What::UnknownFields => {
            return plain(
                Kind::Described,
                r#"{"colour":"red","title":"With more","zzz":{"a":1}}"#,
            );
        }
    };
    fact.draft()
}

fn pick_kind(n: u8) -> Kind {
    Kind::KNOWN[usize::from(n) % Kind::KNOWN.len()].clone()
}

fn amendment(n: u8, incident: &Incident, on: Option<EventId>) -> Draft {
    let kind = on
        .and_then(|id| incident.entry(id))
        .map(|entry| entry.kind.clone());
    let body = match (n, kind) {
        (0, _) => "{}".to_owned(),
        (1, _) => r#"{"body":{"level":"broken"}}"#.to_owned(),
        (_, Some(Kind::Described)) => format!(r#"{{"body":{{"title":"Amended {n}"}}}}"#),
        (_, Some(Kind::RoleAssigned)) => {
            format!(
                r#"{{"body":{{"person":"{}","role":"deputy"}}}}"#,
                person(usize::from(n))
            )
        }
        _ => format!(r#"{{"because":"a slip","body":{{"text":"amended {n}"}}}}"#),
    };
    Draft {
        kind: Kind::Amended,
        body: body.into(),
        at: None,
        on,
        replaces: Vec::new(),
    }
}

/// What an honest page names in `replaces`: all that holds of the value which it sets.
pub fn what_holds(incident: &Incident, what: What, on: Option<EventId>) -> Vec<EventId> {
    fn of<T>(register: Option<&Register<T>>) -> Vec<EventId> {
        register.map(Register::to_replace).unwrap_or_default()
    }
    match what {
        What::Title(_) | What::UnknownFields => of(Some(&incident.title)),
        What::Summary(0) => [of(Some(&incident.summary)), of(Some(&incident.title))].concat(),
        What::Summary(_) => of(Some(&incident.summary)),
        What::Public(n) => {
            let said = public(n);
            let words = PublicWord::ALL.into_iter();
            words
                .filter(|word| said.word(*word).is_some())
                .flat_map(|word| incident.public.register(word).to_replace())
                .collect()
        }
        What::CustomersHit(_) => of(Some(&incident.customers_hit)),
        What::RegimeStamp(n) => of(incident
            .regimes
            .get(&regime(n))
            .and_then(|record| record.stamps.get("aware"))),
        What::RegimeAnswer(n) => of(incident
            .regimes
            .get(&regime(n))
            .and_then(|record| record.answers.get("clients"))),
        What::Fill(n) => of(incident
            .regimes
            .get(&regime(n))
            .and_then(|record| record.entries("initial", "2.1"))),
        What::Audience(_) => of(incident.library.audiences.get("all")),
        What::Regimes(_) => of(Some(&incident.library.regimes)),
        What::Classify(_) => [
            of(Some(&incident.classification)),
            of(Some(&incident.major)),
        ]
        .concat(),
        What::Escalate | What::Downgrade => of(Some(&incident.major)),
        What::Stage(_) => of(Some(&incident.stage)),
        What::TakeRole(n, _) | What::LeaveRole(n) => of(incident.roles.get(&role(n))),
        What::Hit(n, _) | What::Restore(n) => of(incident.services.get(&service(n))),
        What::Stamp(n) => of(incident.stamps.get(&pick(Stamp::ALL, n))),
        What::Close | What::Reopen => of(Some(&incident.closing)),
        What::News(n, news) => {
            let record = incident.tasks.get(&task_id(incident, n));
            match news {
                1 => Vec::new(),
                6 => of(record.map(|record| &record.moved)),
                7 => of(record.map(|record| &record.owner)),
                8 => of(record.map(|record| &record.definition)),
                _ => of(record.map(|record| &record.state)),
            }
        }
        What::Amend(_) => on
            .and_then(|id| incident.entry(id))
            .map(|entry| entry.amendments.clone())
            .unwrap_or_default(),
        _ => Vec::new(),
    }
}

/// A runbook of two tasks.
fn attachment() -> Attachment {
    let task = |key: &str, after: &[&str]| Task {
        key: key.to_owned(),
        title: key.to_owned(),
        after: after.iter().map(|key| TaskId::from(*key)).collect(),
        ..Task::default()
    };
    Attachment {
        runbook: "failover".to_owned(),
        title: "Fail over".to_owned(),
        tasks: vec![task("freeze", &[]), task("promote", &["freeze"])],
        ..Attachment::default()
    }
}

/// One of the tasks that are held, or one of a runbook that may not be.
fn task_id(incident: &Incident, n: u8) -> TaskId {
    let held = incident.tasks.keys().nth(usize::from(n));
    held.cloned()
        .unwrap_or_else(|| TaskId::in_runbook("failover", "promote"))
}

fn task_fact(task: TaskId, news: u8) -> Fact {
    let said = TaskNews {
        task: task.clone(),
        text: String::new(),
        report_by: None,
    };
    match news {
        0 => Fact::TaskStarted(said),
        1 => Fact::TaskReported(said),
        2 => Fact::TaskBlocked(said),
        3 => Fact::TaskCompleted(said),
        4 => Fact::TaskSkipped(said),
        5 => Fact::TaskReopened(said),
        6 => Fact::TaskMoved(TaskMove { task, behind: None }),
        7 => Fact::TaskAssigned(TaskAssignment {
            task,
            person: Some(person(0)),
            report_by: None,
        }),
        _ => Fact::TaskChanged(TaskChange {
            task,
            becomes: Task {
                title: "another".to_owned(),
                ..Task::default()
            },
        }),
    }
}

fn drill(n: u8) -> Fact {
    match n % 5 {
        0 => Fact::DrillBegun(DrillStart {
            scenario: "failover".into(),
            title: "Fail over".into(),
            text: "# Fail over".into(),
            speed: Speed::NORMAL,
        }),
        1 => Fact::DrillPaced(Pacing {
            speed: Speed::new(u16::from(n / 5)),
            to_minute: u32::from(n / 50),
        }),
        2 => Fact::InjectDelivered(Inject {
            inject: u32::from(n / 5),
            minute: 4,
            from: "Monitoring".into(),
            text: "It is slow".into(),
        }),
        3 => Fact::InjectSkipped(SkippedInject {
            inject: u32::from(n / 5),
        }),
        _ => Fact::DrillEnded(Words {
            text: "enough".into(),
        }),
    }
}
