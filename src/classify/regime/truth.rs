//! Yes, no, or open, with the reasons for a yes and with what could still decide.
//!
//! As long as every answer pushes one way only and stands in one place only, what these give is
//! exact: decided as soon as the known answers decide it, and every question that is named could
//! still turn it. A rule that uses an answer twice has to mind that itself.

use super::question::{Answers, Question};

/// Three-valued, with its reasons.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Truth {
    /// It holds, because of these.
    Yes(Vec<&'static str>),
    /// It does not.
    No,
    /// These could still decide.
    Open(Vec<&'static Question>),
}

impl Truth {
    /// Whether some completion of the open answers makes it hold.
    pub(super) fn can_hold(&self) -> bool {
        *self != Self::No
    }

    /// Whether some completion makes it fail.
    pub(super) fn can_fail(&self) -> bool {
        !matches!(self, Self::Yes(_))
    }
}

/// The answer to a question is yes.
pub(super) fn yes(answers: &Answers, question: &'static Question, reason: &'static str) -> Truth {
    match answers.yes(question) {
        Some(true) => Truth::Yes(vec![reason]),
        Some(false) => Truth::No,
        None => Truth::Open(vec![question]),
    }
}

/// A number is more than a limit; the limit itself is not.
pub(super) fn above(
    answers: &Answers,
    question: &'static Question,
    limit: u64,
    reason: &'static str,
) -> Truth {
    match answers.number(question) {
        Some(number) if number > limit => Truth::Yes(vec![reason]),
        Some(_) => Truth::No,
        None => Truth::Open(vec![question]),
    }
}

/// At least so many of these hold.
pub(super) fn at_least(needed: usize, parts: Vec<Truth>) -> Truth {
    let mut reasons = Vec::new();
    let mut missing = Vec::new();
    let (mut hold, mut open) = (0, 0);
    for part in parts {
        match part {
            Truth::Yes(mut more) => {
                hold += 1;
                reasons.append(&mut more);
            }
            Truth::No => {}
            Truth::Open(mut more) => {
                open += 1;
                missing.append(&mut more);
            }
        }
    }
    if hold >= needed {
        Truth::Yes(reasons)
    } else if hold + open < needed {
        Truth::No
    } else {
        Truth::Open(missing)
    }
}

/// One of these holds.
pub(super) fn any(parts: Vec<Truth>) -> Truth {
    at_least(1, parts)
}

/// All of these hold.
pub(super) fn all(parts: Vec<Truth>) -> Truth {
    at_least(parts.len(), parts)
}

/// What a regime's own test says about an incident.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Verdict {
    /// It is one: DORA's "major", NIS2's "significant".
    Met {
        /// What makes it one.
        because: Vec<&'static str>,
    },
    /// It is none.
    NotMet {
        /// Why not, in a sentence.
        because: &'static str,
    },
    /// The answers do not decide it.
    Undecided {
        /// Each of these could still turn it; no other could.
        missing: Vec<&'static Question>,
    },
}

impl Truth {
    /// As a verdict, with the reason for a no.
    pub(super) fn verdict(self, why_not: &'static str) -> Verdict {
        match self {
            Self::Yes(because) => Verdict::Met { because },
            Self::No => Verdict::NotMet { because: why_not },
            Self::Open(missing) => Verdict::Undecided { missing },
        }
    }
}
