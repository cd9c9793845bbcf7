//! The field's terms, each in a sentence or two that a newcomer understands.

/// A term that the screens use.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Term {
    /// As it is written on the screen.
    pub name: &'static str,
    /// What it means.
    pub meaning: &'static str,
}

/// All terms, in alphabetical order.
pub const TERMS: &[Term] = &[
    Term {
        name: "Acknowledge",
        meaning: "A person takes the incident on: from then on somebody is at it. The time until then is measured.",
    },
    Term {
        name: "Blameless review",
        meaning: "People did what made sense to them with what they knew. The review asks what made it sensible, and changes that.",
    },
    Term {
        name: "Bridge",
        meaning: "The call, chat or document where everybody who works on the incident meets.",
    },
    Term {
        name: "Detected",
        meaning: "When somebody or something first noticed. Often later than when the impact started.",
    },
    Term {
        name: "Effect",
        meaning: "What people cannot do because of it. With the scope it gives the impact.",
    },
    Term {
        name: "Erase",
        meaning: "Drops an entry's words for good in every copy that hears of it. For a pasted password, or a person's right. The line itself stays.",
    },
    Term {
        name: "Fix",
        meaning: "What was done about the fault itself. That it was done does not yet mean that service is back.",
    },
    Term {
        name: "Hypothesis",
        meaning: "A guess at the cause that somebody tests. Ruled out is as good a result as confirmed.",
    },
    Term {
        name: "Impact",
        meaning: "How much harm is done: effect and scope together. 1 is high, 3 is low.",
    },
    Term {
        name: "Major incident",
        meaning: "One so grave that it gets its own process: a named leader, updates at set times, shorter targets, and a review. Every priority 1 is.",
    },
    Term {
        name: "Major incident manager",
        meaning: "Leads: decides, hands out work, keeps the record, and fixes nothing. Also called incident commander.",
    },
    Term {
        name: "Mitigated",
        meaning: "The effect is smaller than it was, by a workaround or otherwise. Service need not be fully back.",
    },
    Term {
        name: "Priority",
        meaning: "How soon it must be dealt with: impact and urgency together. P1 is critical, P5 can be planned.",
    },
    Term {
        name: "Recovery check",
        meaning: "A look at what people get: a number that holds, an order that goes through. A fix that was applied is not service that is restored.",
    },
    Term {
        name: "Resolved",
        meaning: "The fault itself is mended. Service may have been back long before, by a workaround.",
    },
    Term {
        name: "Restored",
        meaning: "People can work again as usual. This comes before the cause is looked for.",
    },
    Term {
        name: "Scope",
        meaning: "How many people are hit. With the effect it gives the impact.",
    },
    Term {
        name: "Seal",
        meaning: "A short code over everything that was written down so far. Who holds one can see later whether a copy was changed.",
    },
    Term {
        name: "Stamp",
        meaning: "A moment that times are measured by: impact started, detected, acknowledged, mitigated, restored, resolved. Each can be stated later and corrected.",
    },
    Term {
        name: "Standard incident",
        meaning: "One that is not major. It takes the light path: classify, restore, close.",
    },
    Term {
        name: "Urgency",
        meaning: "How soon it gets worse if nobody acts.",
    },
    Term {
        name: "Workaround",
        meaning: "A way to work although the fault is still there. In a major incident it comes before the cause.",
    },
];

/// What a term means; none for a word that is not explained.
pub fn meaning(name: &str) -> Option<&'static str> {
    TERMS
        .iter()
        .find(|term| term.name.eq_ignore_ascii_case(name))
        .map(|term| term.meaning)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_are_sorted_and_said_once() {
        assert!(TERMS.windows(2).all(|pair| pair[0].name < pair[1].name));
        assert!(meaning("workaround").is_some());
    }
}
