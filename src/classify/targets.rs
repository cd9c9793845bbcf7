//! Times that follow from a priority: when to have acknowledged, restored, said something.
//!
//! All are Muster's own defaults, but where a source is named. Business days are Monday to Friday
//! in the zone whose offset comes in; public holidays are not known here.

use crate::classify::Provenance;
use crate::model::term::{Phase, Priority};
use crate::model::{Span, Timestamp};

/// Where these figures come from.
pub const FROM: Provenance = Provenance::HouseDefault;

/// A length of time until something is due.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Within {
    /// This long, around the clock.
    Span(Span),
    /// This many working days, to the same time of day.
    BusinessDays(u8),
}

impl Within {
    /// The instant that lies so far after another.
    pub fn after(self, start: Timestamp, utc_offset_minutes: i32) -> Timestamp {
        match self {
            Self::Span(span) => start + span,
            Self::BusinessDays(days) => business_days(start, days, utc_offset_minutes),
        }
    }

    /// In words: "15 min", "4 h", "3 business days".
    pub fn words(self) -> String {
        match self {
            Self::Span(span) if span.whole_minutes() < 60 => {
                format!("{} min", span.whole_minutes())
            }
            Self::Span(span) if span.whole_minutes() < 48 * 60 => {
                format!("{} h", span.whole_minutes() / 60)
            }
            Self::Span(span) => format!("{} days", span.whole_minutes() / 1440),
            Self::BusinessDays(1) => "1 business day".to_owned(),
            Self::BusinessDays(days) => format!("{days} business days"),
        }
    }
}

fn business_days(start: Timestamp, days: u8, utc_offset_minutes: i32) -> Timestamp {
    let offset = Span::minutes(i64::from(utc_offset_minutes));
    let mut at = start;
    let mut left = days;
    while left > 0 {
        at = at + Span::days(1);
        // 1970-01-01 was a Thursday; 0 is Monday.
        let weekday = ((at + offset).ms().div_euclid(86_400_000) + 3).rem_euclid(7);
        left -= u8::from(weekday < 5);
    }
    at
}

/// Within what an incident should be taken on.
pub fn acknowledge(priority: Priority) -> Within {
    match priority.number() {
        1 => Within::Span(Span::minutes(15)),
        2 => Within::Span(Span::minutes(30)),
        3 => Within::Span(Span::hours(4)),
        4 => Within::BusinessDays(1),
        _ => Within::BusinessDays(2),
    }
}

/// Within what somebody who was called should have answered, before the next is called. Muster's
/// own default: pagers' usual five minutes where it is gravest.
pub fn answer(priority: Priority) -> Span {
    match priority.number() {
        1 => Span::minutes(5),
        2 => Span::minutes(10),
        _ => Span::minutes(30),
    }
}

/// Within what service should be back.
pub fn restore(priority: Priority) -> Within {
    match priority.number() {
        1 => Within::Span(Span::hours(4)),
        2 => Within::Span(Span::hours(8)),
        3 => Within::BusinessDays(3),
        4 => Within::BusinessDays(5),
        _ => Within::BusinessDays(10),
    }
}

/// Within what the review should be held after service is back; none where no review is needed.
/// Priority 1 within 3 days as in PagerDuty's process (checked).
pub fn review(priority: Priority) -> Within {
    match priority.number() {
        1 => Within::Span(Span::days(3)),
        _ => Within::BusinessDays(5),
    }
}

/// Those who must hear of an incident. Names in files are the lower-case words.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Audience {
    /// Those who decide.
    Executives,
    /// Those who pay.
    Customers,
    /// Everybody inside.
    Staff,
    /// Those who answer customers.
    Support,
    /// Those who fix.
    Technical,
    /// Those whose systems hang on ours.
    Partners,
    /// Authorities.
    Regulators,
}

impl Audience {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Executives,
        Self::Customers,
        Self::Staff,
        Self::Support,
        Self::Technical,
        Self::Partners,
        Self::Regulators,
    ];

    /// The name in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Executives => "executives",
            Self::Customers => "customers",
            Self::Staff => "staff",
            Self::Support => "support",
            Self::Technical => "technical",
            Self::Partners => "partners",
            Self::Regulators => "regulators",
        }
    }

    /// The name on the screen.
    pub fn title(self) -> &'static str {
        match self {
            Self::Executives => "Executives",
            Self::Customers => "Customers",
            Self::Staff => "Staff",
            Self::Support => "Support",
            Self::Technical => "Technical teams",
            Self::Partners => "Partners",
            Self::Regulators => "Regulators",
        }
    }

    /// The one of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|audience| audience.name() == name)
    }

    /// What an update to them must contain.
    pub fn needs(self) -> &'static str {
        match self {
            Self::Executives => {
                "Business impact, risk, a decision needed, how sure the estimate is."
            }
            Self::Customers => "What they see, who is hit, a workaround, when the next word comes.",
            Self::Staff => "What to use instead.",
            Self::Support => "A script, whom it hits, answers that are known.",
            Self::Technical => "Condition, actions, needs.",
            Self::Partners => "What happens at the interface, and what they must do.",
            Self::Regulators => "Facts, and what is not known yet, marked as such.",
        }
    }
}

/// How often an audience hears of a major incident, or of one of priority 1 or 2; none where it
/// hears only of changes. Slower while a fix is being watched.
pub fn cadence(audience: Audience, priority: Priority, phase: Phase) -> Option<Span> {
    let minutes = match (audience, priority.number()) {
        (Audience::Executives | Audience::Customers, 1) => 30,
        (Audience::Executives | Audience::Customers, 2) => 60,
        _ => return None,
    };
    match phase {
        Phase::Investigating | Phase::Identified => Some(Span::minutes(minutes)),
        Phase::Monitoring => Some(Span::minutes(minutes * 2)),
        Phase::Resolved | Phase::Postmortem => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        Timestamp::parse_rfc3339(text).unwrap()
    }

    #[test]
    fn working_days_leave_the_weekend_out() {
        for (start, days, due) in [
            ("2026-11-23T10:00:00Z", 1, "2026-11-24T10:00:00Z"),
            ("2026-11-27T10:00:00Z", 1, "2026-11-30T10:00:00Z"),
            ("2026-11-28T10:00:00Z", 1, "2026-11-30T10:00:00Z"),
            ("2026-11-27T10:00:00Z", 10, "2026-12-11T10:00:00Z"),
        ] {
            assert_eq!(
                Within::BusinessDays(days).after(at(start), 0),
                at(due),
                "{start} + {days}"
            );
        }
        // Friday 23:30 in UTC is Saturday two hours further east.
        assert_eq!(
            Within::BusinessDays(1).after(at("2026-11-26T23:30:00Z"), 120),
            at("2026-11-29T23:30:00Z")
        );
    }

    #[test]
    fn targets_grow_with_the_priority() {
        for pair in Priority::ALL.windows(2) {
            let start = at("2026-11-23T10:00:00Z");
            assert!(acknowledge(pair[0]).after(start, 0) < acknowledge(pair[1]).after(start, 0));
            assert!(restore(pair[0]).after(start, 0) < restore(pair[1]).after(start, 0));
        }
        assert_eq!(acknowledge(Priority::P1).words(), "15 min");
        assert_eq!(restore(Priority::P3).words(), "3 business days");
    }
}
