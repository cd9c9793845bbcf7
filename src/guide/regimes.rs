//! Regulators' clocks for an incident: which run, what is asked of a person, what is due.
//!
//! The rules are `classify::regime`'s; here what the log says is handed to them. A regime counts only
//! where the organisation has chosen it, and no clock starts before a person has confirmed its moment.

use crate::classify::Provenance;
use crate::classify::calendar::{Calendar, Date, Holidays, Zone};
use crate::classify::regime::{
    Clock, DoraKind, Entity, Known, Nis2Kind, Prefill, Question, RegimeId, Report, Start, State,
    Trigger, Verdict, clocks,
};
use crate::guide::dues::urgency;
use crate::guide::organisation;
use crate::guide::step::{Act, Contradiction, Due, Step, Zones, step};
use crate::guide::words;
use crate::model::clocks::TOLERANCE;
use crate::model::communication::RegimeRecord;
use crate::model::order;
use crate::model::organisation::Organisation;
use crate::model::term::{Level, Nature, Priority, Stamp};
use crate::model::{EventId, Incident, Span, Timestamp};

/// A regulator's deadline is soon an hour before: a form takes a while.
const SOON: Span = Span::hours(1);

/// The regimes that the organisation has chosen, in Muster's order.
pub fn chosen(organisation: &Organisation) -> Vec<RegimeId> {
    let named = |id: &RegimeId| organisation.regimes.iter().any(|name| name == id.name());
    RegimeId::ALL.iter().copied().filter(named).collect()
}

/// What the rules need to know of the organisation.
pub fn entity(organisation: &Organisation) -> Entity {
    let said = |key: &str| organisation.entity.get(key).map_or("", String::as_str);
    Entity {
        dora: DoraKind::named(said("dora")).unwrap_or_default(),
        microenterprise: said("microenterprise") == "yes",
        essential_or_important: said("essential_or_important") == "yes",
        nis2: Nis2Kind::named(said("nis2")),
        serves_banks: said("serves_banks") == "yes",
    }
}

/// The days off that rules count with: those that are known, and the organisation's own.
pub fn holidays(organisation: &Organisation) -> Holidays {
    let days = organisation.holidays.iter().filter_map(|day| date(day));
    let own = days.flat_map(|day| Calendar::ALL.iter().map(move |calendar| (*calendar, day)));
    Holidays::with(own.collect())
}

fn date(text: &str) -> Option<Date> {
    let mut parts = text.splitn(3, '-');
    let year = parts.next()?.parse().ok()?;
    let month = parts.next()?.parse().ok()?;
    Date::new(year, month, parts.next()?.parse().ok()?)
}

/// What the log says under a regime. Names that this version does not know are left alone.
pub fn known(id: RegimeId, record: Option<&RegimeRecord>) -> Known {
    let mut known = Known::default();
    let Some(record) = record else {
        return known;
    };
    for (name, register) in &record.stamps {
        let set = register.current_setting();
        if let Some((trigger, (setting, ()))) = Trigger::named(name).zip(set) {
            known.stamp(trigger, setting.when);
        }
    }
    for said in &record.notices {
        if let Some(report) = Report::named(&said.what.report) {
            known.send(report, said.when);
        }
    }
    for question in id.questions() {
        let answer = record.answer(question.key);
        let answer = answer.and_then(|text| question.read(text).ok());
        // An answer of another kind is none.
        let _ = known.answers.set(question, answer);
    }
    known
}

/// A zone by its name, as the machine knows it.
struct Named<'a> {
    zones: Zones,
    name: &'a str,
}

impl Zone for Named<'_> {
    fn offset_minutes(&self, at: Timestamp) -> i32 {
        (self.zones.0)(self.name, at)
    }
}

/// All clocks of one regime.
pub fn clocks_of(
    id: RegimeId,
    incident: &Incident,
    organisation: &Organisation,
    zones: Zones,
) -> Vec<Clock> {
    let known = known(id, incident.regimes.get(id.name()));
    let name = id.zone().unwrap_or(&organisation.zone);
    let zone = Named { zones, name };
    clocks(
        id,
        &known,
        &entity(organisation),
        &zone,
        &holidays(organisation),
    )
}

/// All clocks of the regimes that apply.
pub fn all(incident: &Incident, organisation: &Organisation, zones: Zones) -> Vec<Clock> {
    let ids = chosen(organisation).into_iter();
    ids.flat_map(|id| clocks_of(id, incident, organisation, zones))
        .collect()
}

/// Whether the incident must be reported under a regime, as far as its answers tell.
pub fn verdict(id: RegimeId, incident: &Incident, organisation: &Organisation) -> Option<Verdict> {
    let known = known(id, incident.regimes.get(id.name()));
    id.test(&known.answers, &entity(organisation))
}

/// What the log already says to a question, as an answer for a person to confirm.
pub fn prefilled(
    question: &Question,
    incident: &Incident,
    organisation: &Organisation,
    now: Timestamp,
) -> Option<String> {
    let minutes = |from: Timestamp, to: Timestamp| (to - from).whole_minutes().max(0);
    match question.prefill? {
        Prefill::DurationMinutes => {
            let began = incident.stamp(Stamp::ImpactStarted)?;
            let ended = incident.ended_at().unwrap_or(now);
            Some(minutes(began, ended).to_string())
        }
        Prefill::DowntimeMinutes => {
            let down = downtime(incident, now);
            (down > 0).then(|| down.to_string())
        }
        Prefill::Costs if organisation.currency == "EUR" => {
            let cost = organisation::cost(organisation, incident, now)?;
            (cost > 0).then(|| cost.to_string())
        }
        // Nobody has counted people or looked into the papers yet.
        Prefill::Costs | Prefill::PeopleAffected | Prefill::Press => None,
    }
}

/// For how many minutes any service was down, each minute counted once.
fn downtime(incident: &Incident, now: Timestamp) -> i64 {
    let services = organisation::history(incident).into_iter();
    let mut down: Vec<(Timestamp, Timestamp)> = services
        .flat_map(|(_, hits)| hits)
        .filter(|hit| hit.level == Level::Down)
        .map(|hit| (hit.from, hit.to.unwrap_or(now)))
        .collect();
    order::sort(&mut down);
    let mut total = Span(0);
    let mut until = Timestamp::MIN;
    for (from, to) in down {
        let from = from.max(until);
        if to > from {
            total = Span(total.0 + (to - from).0);
            until = to;
        }
    }
    total.whole_minutes()
}

/// How far a rule of law can be relied on, in a few words.
pub fn relied_on(provenance: Provenance) -> &'static str {
    match provenance {
        Provenance::Checked => "checked",
        Provenance::HouseDefault => "Muster's own default",
        // There is no common practice of law: what was not read is remembered.
        Provenance::Practice => "from memory, not checked",
    }
}

/// The name of a clock, in dues and waivers.
pub fn name(clock: &Clock) -> String {
    format!("{}_{}", clock.regime.name(), clock.report.name())
}

/// Deadlines that run. Drills and tests have none: nobody is to be told of them.
pub fn dues(
    incident: &Incident,
    organisation: &Organisation,
    zones: Zones,
    now: Timestamp,
) -> Vec<Due> {
    if !is_for_real(incident) {
        return Vec::new();
    }
    let clocks = all(incident, organisation, zones).into_iter();
    clocks
        .filter(|clock| !incident.waived.contains_key(&name(clock)))
        .filter_map(|clock| due(&clock, now))
        .collect()
}

fn due(clock: &Clock, now: Timestamp) -> Option<Due> {
    let due = clock.due.filter(|_| clock.stopped.is_none())?;
    let beyond = if due.beyond_data {
        " Holidays of that year are not known here: look them up."
    } else {
        ""
    };
    let at = match clock.state(now) {
        State::Extended { .. } => due.last(),
        _ => due.strict,
    };
    Some(Due {
        name: name(clock),
        title: format!(
            "{}: {}",
            clock.regime.title(),
            words::lower_first(clock.report.title())
        ),
        at,
        urgency: urgency(at, now, SOON),
        why: format!(
            "{} {} ({}).{beyond}",
            clock.about,
            clock.article,
            relied_on(clock.provenance)
        ),
        act: Act::Notify(clock.regime, clock.report),
    })
}

fn is_for_real(incident: &Incident) -> bool {
    matches!(incident.nature(), Nature::Real | Nature::Retrospective)
}

/// Whether the incident is grave enough for an authority to be thought of.
fn matters(incident: &Incident) -> bool {
    let grave = |priority: Priority| priority.number() <= 2;
    incident.is_major() || incident.priority().is_none_or(grave)
}

/// Moments that cannot come before another of the same regime.
const ORDER: [(Trigger, Trigger); 4] = [
    (Trigger::Aware, Trigger::ClassifiedMajor),
    (Trigger::Aware, Trigger::Recovered),
    (Trigger::Aware, Trigger::Resolved),
    (
        Trigger::MaterialityDetermined,
        Trigger::InformationAvailable,
    ),
];

/// Moments of a regime that contradict each other, or lie in the future.
pub fn contradictions(incident: &Incident, now: Timestamp) -> Vec<Contradiction> {
    let mut found = Vec::new();
    for (name, record) in &incident.regimes {
        let Some(id) = RegimeId::named(name) else {
            continue;
        };
        let moment = |trigger: Trigger| {
            let (setting, ()) = record.stamps.get(trigger.name())?.current_setting()?;
            Some((setting.when, setting.id()))
        };
        let mut tell = |trigger: Trigger, events: Vec<EventId>, how: String| {
            found.push(Contradiction {
                what: format!("{}: “{}” lies {how}.", id.title(), trigger.title()),
                events,
                act: Act::StampRegime(id, trigger),
            });
        };
        for (earlier, later) in ORDER {
            let (Some((before, first)), Some((after, second))) = (moment(earlier), moment(later))
            else {
                continue;
            };
            if after < before {
                let by = words::span(before - after);
                let title = words::lower_first(earlier.title());
                tell(later, vec![second, first], format!("{by} before “{title}”"));
            }
        }
        for trigger in id.triggers() {
            if let Some((at, event)) = moment(*trigger)
                && at > now + TOLERANCE
            {
                let by = words::span(at - now);
                tell(*trigger, vec![event], format!("{by} in the future"));
            }
        }
    }
    found
}

/// One question for each regime whose first clock waits for a person's word.
pub fn steps(incident: &Incident, organisation: &Organisation, zones: Zones) -> Vec<Step> {
    if !is_for_real(incident) || !matters(incident) {
        return Vec::new();
    }
    let ids = chosen(organisation).into_iter();
    ids.filter_map(|id| ask(id, &clocks_of(id, incident, organisation, zones), incident))
        .collect()
}

fn ask(id: RegimeId, clocks: &[Clock], incident: &Incident) -> Option<Step> {
    use crate::classify::regime::Anchor;
    let name = format!("regime_{}", id.name());
    if incident.waived.contains_key(&name) || clocks.iter().any(|clock| clock.starts.at().is_some())
    {
        return None;
    }
    let clock = clocks.first()?;
    let Start::NotStarted {
        waiting_for,
        question,
    } = clock.starts
    else {
        return None;
    };
    let Anchor::Trigger(trigger) = waiting_for else {
        return None;
    };
    let why = format!(
        "{} binds {}. No clock runs before a person confirms its moment; the priority does not say it ({}, {}).",
        id.title(),
        id.who(),
        id.source(),
        relied_on(id.provenance())
    );
    let mut step = step(
        &name,
        format!("{}: {question}", id.title()),
        why,
        "Answer",
        Act::StampRegime(id, trigger),
    );
    step.decline = Some(Act::Waive(name));
    Some(step)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classify::regime::Anchor;
    use crate::guide::write;
    use crate::guide::write::communication;
    use crate::model::communication::Notice;
    use crate::model::fact::Classification;
    use crate::model::testing::{incident, noon, writer};
    use crate::model::{Cursor, Draft, Fold, Log, LogScope};

    fn bank() -> Organisation {
        let says = r#"{"currency": "EUR", "regimes": ["dora", "gdpr", "tomorrow's"], "holidays": ["2026-11-26"],
            "services": [{"name": "Cards", "cost_per_minute": 100}]}"#;
        Organisation::read(says).unwrap()
    }

    struct Room(Log);

    impl Room {
        fn new(nature: Nature) -> Self {
            let mut room = Self(Log::new(LogScope::Incident(incident(1))));
            room.at(0, |_| write::declare(nature));
            room
        }

        fn fold(&self) -> Fold {
            Fold::of(&[&self.0], Cursor::Now)
        }

        fn at(&mut self, minute: i64, draft: impl FnOnce(&Incident) -> Draft) {
            let draft = draft(self.fold().incident());
            self.0
                .append(writer(1), draft, noon() + Span::minutes(minute));
        }
    }

    fn dues_at(room: &Room, minute: i64) -> Vec<(String, i64)> {
        let now = noon() + Span::minutes(minute);
        let dues = dues(room.fold().incident(), &bank(), Zones::default(), now);
        dues.into_iter()
            .map(|due| (due.name, (due.at - noon()).whole_minutes()))
            .collect()
    }

    #[test]
    fn only_what_the_organisation_chose_and_this_version_knows_counts() {
        assert_eq!(chosen(&bank()), [RegimeId::Dora, RegimeId::Gdpr]);
        assert_eq!(chosen(&Organisation::default()), []);
    }

    #[test]
    fn no_clock_runs_before_a_person_confirms_its_moment_whatever_the_priority() {
        let mut room = Room::new(Nature::Real);
        room.at(1, |incident| {
            let gravest = Classification {
                priority: Some(Priority::P1),
                ..Classification::default()
            };
            write::classify(incident, gravest)
        });
        assert_eq!(dues_at(&room, 5), []);
        let asked = steps(room.fold().incident(), &bank(), Zones::default());
        let names: Vec<&str> = asked.iter().map(|step| step.name.as_str()).collect();
        assert_eq!(names, ["regime_dora", "regime_gdpr"]);
        assert_eq!(
            asked.first().map(|step| step.act.clone()),
            Some(Act::StampRegime(RegimeId::Dora, Trigger::ClassifiedMajor))
        );
        room.at(10, |incident| {
            communication::stamp(incident, "dora", "classified_major", None)
        });
        assert_eq!(dues_at(&room, 11), [("dora_initial".to_owned(), 10 + 240)]);
        let asked = steps(room.fold().incident(), &bank(), Zones::default());
        assert_eq!(asked.len(), 1, "DORA is answered");
    }

    #[test]
    fn a_report_that_was_sent_stops_its_clock_and_starts_the_next() {
        let mut room = Room::new(Nature::Real);
        room.at(0, |incident| {
            communication::stamp(incident, "dora", "classified_major", None)
        });
        room.at(60, |_| {
            let notice = Notice {
                regime: "dora".to_owned(),
                report: "initial".to_owned(),
                ..Notice::default()
            };
            communication::notify(notice, None)
        });
        assert_eq!(
            dues_at(&room, 61),
            [("dora_intermediate".to_owned(), 60 + 72 * 60)]
        );
        let clocks = clocks_of(
            RegimeId::Dora,
            room.fold().incident(),
            &bank(),
            Zones::default(),
        );
        let state = clocks.first().map(|clock| clock.state(noon()));
        assert_eq!(state, Some(State::Sent { late: None }));
        let from = clocks.get(1).map(|clock| clock.starts);
        let anchor = Anchor::Report(Report::Initial);
        let at = noon() + Span::minutes(60);
        assert_eq!(from, Some(Start::From { anchor, at }));
    }

    #[test]
    fn moments_that_contradict_each_other_are_told() {
        let mut room = Room::new(Nature::Real);
        let stamp = |trigger: &'static str, minute: i64| {
            move |incident: &Incident| {
                let at = noon() + Span::minutes(minute);
                communication::stamp(incident, "dora", trigger, Some(at))
            }
        };
        room.at(60, stamp("aware", 30));
        room.at(60, stamp("classified_major", 40));
        let told = |room: &Room| {
            let now = noon() + Span::minutes(60);
            let found = contradictions(room.fold().incident(), now).into_iter();
            found.map(|one| one.what).collect::<Vec<_>>()
        };
        assert_eq!(told(&room), Vec::<String>::new());
        room.at(60, stamp("classified_major", 10));
        room.at(60, stamp("recovered", 600));
        assert_eq!(
            told(&room),
            [
                "DORA: “Classified as major” lies 20 min before “became aware”.",
                "DORA: “Regular activities recovered” lies 9 h 00 in the future.",
            ]
        );
    }

    #[test]
    fn nobody_is_told_of_an_exercise() {
        let mut room = Room::new(Nature::Drill);
        room.at(0, |incident| {
            communication::stamp(incident, "gdpr", "aware", None)
        });
        assert_eq!(dues_at(&room, 1), []);
        assert!(steps(room.fold().incident(), &bank(), Zones::default()).is_empty());
    }

    #[test]
    fn what_the_log_knows_is_offered_as_an_answer() {
        let mut room = Room::new(Nature::Real);
        room.at(0, |incident| {
            write::state(incident, Stamp::ImpactStarted, Some(noon()))
        });
        room.at(0, |incident| write::affect(incident, "Cards", Level::Down));
        room.at(30, |incident| {
            write::affect(incident, "Accounts", Level::Down)
        });
        room.at(50, |incident| write::restore(incident, "Cards"));
        let now = noon() + Span::minutes(90);
        let said = |key: &str| {
            let question = RegimeId::Dora.question(key).unwrap();
            prefilled(question, room.fold().incident(), &bank(), now)
        };
        assert_eq!(said("dora_duration_minutes").as_deref(), Some("90"));
        assert_eq!(
            said("dora_downtime_minutes").as_deref(),
            Some("90"),
            "counted once"
        );
        assert_eq!(said("dora_costs_eur").as_deref(), Some("5000"));
        assert_eq!(said("dora_clients"), None);
        assert_eq!(said("dora_media"), None);
    }

    #[test]
    fn days_off_of_the_organisation_count_for_every_calendar() {
        let held = holidays(&bank());
        let day = Date::new(2026, 11, 26).unwrap();
        assert!(
            Calendar::ALL
                .iter()
                .all(|calendar| held.is_holiday(*calendar, day))
        );
        assert_eq!(date("2026-02-30"), None);
        assert_eq!(date("tomorrow"), None);
    }
}
