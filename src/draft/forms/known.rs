//! What is known of a field without anybody filling it: by the log, the organisation, or the form.
//!
//! Only what somebody stated: no cause that was not confirmed, no time that was not stamped.

use super::{Filled, FormId, Giver, Sources, Value};
use crate::guide::{organisation, words};
use crate::model::incident::HypothesisState;
use crate::model::order;
use crate::model::term::{ActionState, FindingKind, Level, Stamp};
use crate::model::{EventId, Register, Span, Timestamp};

/// What is known of a field.
#[derive(Debug)]
pub(super) struct Known {
    /// Its value.
    pub filled: Filled,
    /// What is no answer yet.
    pub note: String,
}

impl Known {
    fn nothing() -> Self {
        Self::only(Filled::Missing)
    }

    fn only(filled: Filled) -> Self {
        Self {
            filled,
            note: String::new(),
        }
    }

    fn note(note: String) -> Self {
        Self {
            filled: Filled::Missing,
            note,
        }
    }

    fn given(value: Option<Value>, by: Giver) -> Self {
        Self::only(value.map_or(Filled::Missing, |value| Filled::Given { value, by }))
    }

    fn logged(value: Option<Value>, mut events: Vec<EventId>) -> Self {
        order::sort(&mut events);
        events.dedup();
        Self::only(value.map_or(Filled::Missing, |value| Filled::FromLog { value, events }))
    }

    /// Sentences, each with the events that say it.
    fn told(told: Told) -> Self {
        let text = told.parts.join(told.between);
        Self::logged(
            Some(Value::Text(text)).filter(|_| !told.parts.is_empty()),
            told.events,
        )
    }
}

/// A text that grows with the events that it is made of.
struct Told {
    parts: Vec<String>,
    between: &'static str,
    events: Vec<EventId>,
}

impl Told {
    fn new(between: &'static str) -> Self {
        Self {
            parts: Vec::new(),
            between,
            events: Vec::new(),
        }
    }

    fn add(&mut self, part: String, events: impl IntoIterator<Item = EventId>) {
        self.parts.push(part);
        self.events.extend(events);
    }
}

/// What is known of a field, by its number.
pub(super) fn known(number: &str, sources: &Sources<'_>) -> Known {
    match sources.form {
        FormId::Gdpr => sources.of_gdpr(number),
        _ => sources.of_dora(number),
    }
}

impl Sources<'_> {
    fn of_dora(&self, number: &str) -> Known {
        match number {
            "1.1" => Known::given(Some(Value::Chosen(vec![self.form.report()])), Giver::Form),
            "1.2" => self.organisation_name(),
            "1.15" => {
                let read = super::read::read(super::Kind::Currency, &self.organisation.currency, 0);
                Known::given(read.ok(), Giver::Organisation)
            }
            "2.1" => self.reference(),
            "2.2" => self.stamp(Stamp::Detected),
            "2.3" => self.internal_priority(),
            "2.4" => Known::told(self.description(true)),
            "3.2" => self.stamp(Stamp::ImpactStarted),
            "3.3" => self.stamp(Stamp::Restored),
            "3.15" => self.duration(),
            "3.16" => self.downtime(),
            "3.22" => Known::note(self.critical_services()),
            "3.27" => Known::told(self.services()),
            "3.31" => Known::note(self.told_regulators()),
            "3.33" => {
                let workarounds = self.incident.workarounds.iter().map(|said| said.id());
                let events: Vec<EventId> = workarounds.collect();
                Known::logged((!events.is_empty()).then_some(Value::YesNo(true)), events)
            }
            "3.34" => Known::told(self.workarounds()),
            "4.5" => self.cause(),
            "4.6" => Known::told(self.resolution()),
            "4.7" => self.cause_addressed(),
            "4.8" => self.stamp(Stamp::Resolved),
            "4.13" => Known::note(self.cost()),
            _ => Known::nothing(),
        }
    }

    fn of_gdpr(&self, number: &str) -> Known {
        match number {
            "1" => self.organisation_name(),
            "4" => {
                let detected = self.incident.stamp(Stamp::Detected);
                Known::note(detected.map_or_else(String::new, |at| {
                    format!(
                        "The incident was detected {}. That may be before it was known that personal data is concerned.",
                        self.moment(at)
                    )
                }))
            }
            "5" => self.stamp(Stamp::ImpactStarted),
            "7" => Known::told(self.description(false)),
            "14" => {
                let mut told = self.workarounds();
                let later = self.resolution();
                told.parts.extend(later.parts);
                told.events.extend(later.events);
                Known::told(told)
            }
            _ => Known::nothing(),
        }
    }

    /// `2026-11-24 03:14 (UTC+01:00)`.
    fn moment(&self, at: Timestamp) -> String {
        let offset = self.utc_offset_minutes;
        let local = (at + Span::minutes(i64::from(offset))).to_string();
        let day = local.get(..10).unwrap_or_default();
        let clock = local.get(11..16).unwrap_or_default();
        if offset == 0 {
            return format!("{day} {clock} (UTC)");
        }
        let sign = if offset < 0 { '-' } else { '+' };
        let (hours, minutes) = (offset.abs() / 60, offset.abs() % 60);
        format!("{day} {clock} (UTC{sign}{hours:02}:{minutes:02})")
    }

    fn organisation_name(&self) -> Known {
        let name = self.organisation.name.trim();
        let name = (!name.is_empty()).then(|| Value::Text(name.to_owned()));
        Known::given(name, Giver::Organisation)
    }

    fn reference(&self) -> Known {
        let declared = self.incident.declared.iter().map(|said| said.id());
        let id = self.incident.id.map(|id| Value::Text(id.to_string()));
        Known::logged(id, declared.collect())
    }

    fn stamp(&self, stamp: Stamp) -> Known {
        let register = self.incident.stamps.get(&stamp);
        match register.and_then(Register::current_setting) {
            Some((setting, ())) => {
                Known::logged(Some(Value::Date(setting.when)), vec![setting.id()])
            }
            None => Known::nothing(),
        }
    }

    fn internal_priority(&self) -> Known {
        let first = self.incident.classification.first();
        Known::note(first.map_or_else(String::new, |(setting, _)| {
            format!(
                "An internal priority was given {}. It does not say that the incident is major under DORA.",
                self.moment(setting.when)
            )
        }))
    }

    /// Title, summary, services, times, cause or what is tested, workaround, priority; the last only
    /// for those who supervise how incidents are handled. Nothing without a title or summary.
    fn description(&self, with_priority: bool) -> Told {
        let mut told = Told::new(" ");
        for register in [&self.incident.title, &self.incident.summary] {
            if let Some((setting, text)) = register.current_setting() {
                let sentence = sentence(text);
                if !sentence.is_empty() {
                    told.add(sentence, [setting.id()]);
                }
            }
        }
        if told.parts.is_empty() {
            return told;
        }
        let services = self.services();
        if !services.parts.is_empty() {
            let list = services.parts.join(services.between);
            told.add(format!("Services affected: {list}."), services.events);
        }
        for (stamp, what) in [
            (Stamp::ImpactStarted, "Impact began"),
            (Stamp::Restored, "Service was restored"),
        ] {
            let register = self.incident.stamps.get(&stamp);
            if let Some((setting, ())) = register.and_then(Register::current_setting) {
                let at = self.moment(setting.when);
                told.add(format!("{what} {at}."), [setting.id()]);
            }
        }
        self.add_causes(&mut told);
        let in_place = self.incident.workarounds.iter();
        let in_place = in_place.filter(|said| said.what.removed_by.is_none());
        for said in in_place {
            let text = bare(&said.what.text);
            told.add(format!("A workaround is in place: {text}."), [said.id()]);
        }
        if let Some((setting, held)) = self.incident.classification.current_setting()
            && let Some(priority) = held.priority.filter(|_| with_priority)
        {
            let number = priority.number();
            let text =
                format!("Internal severity: priority {number} on a scale from 1 (gravest) to 5.");
            told.add(text, [setting.id()]);
        }
        told
    }

    fn add_causes(&self, told: &mut Told) {
        let of = |state: HypothesisState| {
            let all = self.incident.hypotheses.iter();
            all.filter(move |said| said.what.state == state)
        };
        let confirmed = list(of(HypothesisState::Confirmed).map(|said| said.what.text.as_str()));
        if !confirmed.is_empty() {
            let events = of(HypothesisState::Confirmed).map(|said| said.id());
            told.add(format!("Cause, confirmed: {confirmed}."), events);
            return;
        }
        let open = list(of(HypothesisState::Open).map(|said| said.what.text.as_str()));
        if !open.is_empty() {
            let events = of(HypothesisState::Open).map(|said| said.id());
            let text = format!("Possible causes that are being tested, none confirmed: {open}.");
            told.add(text, events);
        }
    }

    /// Each service that was hit, with the worst that it was.
    fn services(&self) -> Told {
        let mut told = Told::new(", ");
        for (name, register) in &self.incident.services {
            let hit = register.standing();
            let hit = hit.filter_map(|(setting, level)| Some((setting.id(), (*level)?)));
            let (events, levels): (Vec<EventId>, Vec<Level>) = hit.unzip();
            if let Some(worst) = levels.into_iter().max() {
                told.add(format!("{} ({})", bare(name), words::level(worst)), events);
            }
        }
        told
    }

    fn critical_services(&self) -> String {
        let hit = self.incident.services.keys();
        let critical = hit.filter(|name| {
            let known = self.organisation.service(name);
            known.is_some_and(|service| service.tier == Some(1))
        });
        let names = list(critical.map(String::as_str));
        if names.is_empty() {
            return names;
        }
        format!(
            "Hit, and of the first tier in the organisation's own list: {names}. Whether the law counts them as critical, a person must say."
        )
    }

    fn told_regulators(&self) -> String {
        let updates = self.incident.updates.iter();
        let sent = updates.filter(|said| said.what.audience == "regulators");
        let times: Vec<String> = sent.map(|said| self.moment(said.when)).collect();
        if times.is_empty() {
            return String::new();
        }
        format!("Updates to regulators were sent {}.", times.join(", "))
    }

    /// From impact, or else detection, until resolved.
    fn duration(&self) -> Known {
        let setting = |stamp: Stamp| {
            let register = self.incident.stamps.get(&stamp);
            let (setting, ()) = register.and_then(Register::current_setting)?;
            Some((setting.when, setting.id()))
        };
        let start = setting(Stamp::ImpactStarted).or_else(|| setting(Stamp::Detected));
        let Some((start, first)) = start else {
            return Known::nothing();
        };
        match setting(Stamp::Resolved) {
            Some((end, last)) if end >= start => {
                Known::logged(Some(Value::Length(end - start)), vec![first, last])
            }
            Some(_) => Known::note(
                "It is stamped as resolved before it began: correct one of the two times."
                    .to_owned(),
            ),
            None => Known::note(so_far(self.now - start)),
        }
    }

    /// The time in which any service was down or partly down, overlaps counted once.
    fn downtime(&self) -> Known {
        let mut spells: Vec<(Timestamp, Option<Timestamp>)> = Vec::new();
        let mut events = Vec::new();
        for register in self.incident.services.values() {
            self.add_spells(register, &mut spells, &mut events);
        }
        if spells.is_empty() {
            return Known::nothing();
        }
        order::sort_by_key(&mut spells, |(from, _)| *from);
        let is_over = spells.iter().all(|(_, to)| to.is_some());
        let mut total = 0;
        let mut counted_to: Option<Timestamp> = None;
        for (from, to) in spells {
            let to = to.unwrap_or(self.now).max(from);
            let from = counted_to.map_or(from, |counted| counted.max(from));
            total += (to - from).0.max(0);
            counted_to = Some(counted_to.map_or(to, |counted| counted.max(to)));
        }
        if is_over {
            Known::logged(Some(Value::Length(Span(total))), events)
        } else {
            Known::note(so_far(Span(total)))
        }
    }

    /// The spells in which one service was down, each until it was not, or service was restored.
    fn add_spells(
        &self,
        register: &Register<Option<Level>>,
        spells: &mut Vec<(Timestamp, Option<Timestamp>)>,
        events: &mut Vec<EventId>,
    ) {
        let mut levels: Vec<_> = register.standing().collect();
        order::sort_by_key(&mut levels, |(setting, _)| (setting.when, setting.place));
        let down = |level: &Option<Level>| matches!(level, Some(Level::Down | Level::PartlyDown));
        let restored = self.incident.stamps.get(&Stamp::Restored);
        let restored = restored.and_then(Register::current_setting);
        for (place, (setting, level)) in levels.iter().enumerate() {
            if !down(level) {
                continue;
            }
            let next = levels.get(place + 1);
            let next = next.map(|(setting, _)| (setting.when, setting.id()));
            let all_back = restored.map(|(setting, ())| (setting.when, setting.id()));
            let end = next.or_else(|| all_back.filter(|(when, _)| *when >= setting.when));
            spells.push((setting.when, end.map(|(when, _)| when)));
            events.push(setting.id());
            events.extend(end.map(|(_, event)| event));
        }
    }

    fn workarounds(&self) -> Told {
        let mut told = Told::new("\n");
        for said in &self.incident.workarounds {
            let at = self.moment(said.when);
            let mut text = format!("Workaround, {at}: {}.", bare(&said.what.text));
            let removed = said.what.removed_by;
            if let Some(entry) = removed.and_then(|event| self.incident.entry(event)) {
                text.push_str(&format!(" Taken away {}.", self.moment(entry.when)));
            }
            told.add(text, [said.id()].into_iter().chain(removed));
        }
        told
    }

    /// Only what was confirmed.
    fn cause(&self) -> Known {
        let mut told = Told::new("\n");
        let hypotheses = self.incident.hypotheses.iter();
        for said in hypotheses.filter(|said| said.what.state == HypothesisState::Confirmed) {
            let mut text = sentence(&said.what.text);
            let because = bare(&said.what.because);
            if !because.is_empty() {
                text.push_str(&format!(" Confirmed by: {because}."));
            }
            told.add(text, [said.id()].into_iter().chain(said.what.decided_by));
        }
        let mut known = Known::told(told);
        let hypotheses = self.incident.hypotheses.iter();
        let open = hypotheses.filter(|said| said.what.state == HypothesisState::Open);
        let open = list(open.map(|said| said.what.text.as_str()));
        if !open.is_empty() {
            known.note = format!("Still being tested: {open}.");
        }
        known
    }

    /// Fixes, improvements that were not dropped, and what the review found.
    fn resolution(&self) -> Told {
        let mut told = Told::new("\n");
        for said in &self.incident.fixes {
            let at = self.moment(said.when);
            told.add(format!("Fix, {at}: {}.", bare(&said.what)), [said.id()]);
        }
        for said in &self.incident.actions {
            let state = match said.what.state {
                ActionState::Dropped => continue,
                ActionState::Done => "done".to_owned(),
                ActionState::Open | ActionState::InProgress => said.what.action.due.map_or_else(
                    || "planned, no date yet".to_owned(),
                    |due| format!("planned, due {}", self.moment(due)),
                ),
            };
            let text = format!("Measure ({state}): {}.", bare(&said.what.action.text));
            told.add(text, [said.id()].into_iter().chain(said.what.updated_by));
        }
        for said in &self.incident.findings {
            let what = match said.what.finding {
                FindingKind::ContributingFactor => "Contributing factor",
                FindingKind::WentWell => "Learnt, went well",
                FindingKind::WentBadly => "Learnt, went badly",
                FindingKind::Luck => "Learnt, by luck",
            };
            told.add(format!("{what}: {}.", bare(&said.what.text)), [said.id()]);
        }
        told
    }

    /// The last fix, once a cause was confirmed that it can have met.
    fn cause_addressed(&self) -> Known {
        let mut hypotheses = self.incident.hypotheses.iter();
        let confirmed = hypotheses.any(|said| said.what.state == HypothesisState::Confirmed);
        let fixes = self.incident.fixes.iter();
        match fixes.max_by_key(|said| (said.when, said.place)) {
            Some(fix) if confirmed => Known::logged(Some(Value::Date(fix.when)), vec![fix.id()]),
            Some(fix) => Known::note(format!(
                "The last fix was applied {}; no cause is confirmed.",
                self.moment(fix.when)
            )),
            None => Known::nothing(),
        }
    }

    fn cost(&self) -> String {
        let until = self.incident.ended_at().unwrap_or(self.now);
        let cost = organisation::cost(self.organisation, self.incident, until);
        cost.map_or_else(String::new, |cost| {
            let currency = self.organisation.currency.trim();
            format!(
                "By the organisation's own cost of each service a minute: about {cost} {currency}, without anything else that it cost."
            )
        })
    }
}

fn so_far(span: Span) -> String {
    format!(
        "Not over yet: {} so far. Give an estimate of the whole.",
        super::export::length(span)
    )
}

/// A person's words without the full stop at their end.
fn bare(text: &str) -> &str {
    text.trim().trim_end_matches('.')
}

/// A person's words as a sentence.
fn sentence(text: &str) -> String {
    let text = text.trim();
    let ends = text.is_empty() || text.ends_with(['.', '!', '?']);
    format!("{text}{}", if ends { "" } else { "." })
}

fn list<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    let texts: Vec<&str> = texts.map(bare).collect();
    texts.join("; ")
}
