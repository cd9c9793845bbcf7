//! Muster's own texts for each audience, in English; a host's templates stand in their stead.
//!
//! Fields stand in braces, and a sentence of which nothing is known is left out.

use crate::classify::targets::Audience;

/// How far it is, as far as a text tells it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum State {
    /// What is wrong is not known.
    Investigating,
    /// What is wrong is known, and being mended.
    Identified,
    /// People can work again, by a detour.
    Mitigated,
    /// Service is back, and watched.
    Restored,
    /// It is over.
    Resolved,
}

impl State {
    /// All of them, in order.
    pub const ALL: [Self; 5] = [
        Self::Investigating,
        Self::Identified,
        Self::Mitigated,
        Self::Restored,
        Self::Resolved,
    ];
}

/// The template for an audience. What is said to outsiders has only words that were written for them.
pub fn template(audience: Option<Audience>, outside: bool, state: State) -> &'static str {
    if outside {
        return for_outsiders(state);
    }
    let [going_on, back, over] = match audience {
        Some(Audience::Executives) => [EXECUTIVES, EXECUTIVES_BACK, EXECUTIVES_OVER],
        Some(Audience::Support) => [SUPPORT, SUPPORT_BACK, SUPPORT_OVER],
        Some(Audience::Technical) => [TECHNICAL, TECHNICAL_BACK, TECHNICAL_OVER],
        _ => [STAFF, STAFF_BACK, STAFF_OVER],
    };
    match state {
        State::Investigating | State::Identified | State::Mitigated => going_on,
        State::Restored => back,
        State::Resolved => over,
    }
}

fn for_outsiders(state: State) -> &'static str {
    match state {
        State::Investigating => {
            "We are looking into {what}. It affects {whom}. Meanwhile: {workaround}. It began at {began}. The next update comes by {next}."
        }
        State::Identified => {
            "We know what is behind {what}, and are working on it. It affects {whom}. Meanwhile: {workaround}. It began at {began}. The next update comes by {next}."
        }
        State::Mitigated => {
            "We are still working on {what}. It affects {whom}. Meanwhile: {workaround}. It began at {began}. The next update comes by {next}."
        }
        State::Restored => {
            "Service has been back since {restored}, and we are watching that it stays so. This was about {what}. It affected {whom}. The next update comes by {next}."
        }
        State::Resolved => {
            "This is over: {what}. Service has been back since {restored}. It affected {whom}. We apologise for the trouble."
        }
    }
}

const EXECUTIVES: &str = "{standing}: {title}. {summary}. It began at {began} and has lasted {lasted}. Hit: {services}. It affects {whom}. Until now it has cost about {cost}.
{condition}. Workaround: {workaround}. Cause: {cause}. Being done: {doing}. {leader} leads.
Service back: {estimate}. Decided: {decision}. The next update comes by {next}.";

const EXECUTIVES_BACK: &str = "{standing}: {title}. {summary}. It began at {began} and lasted {lasted}. It affected {whom}. It cost about {cost}.
{condition}. Still hit: {services}. Workaround still in place: {workaround}. Cause: {cause}. Being done: {doing}. {leader} leads.
Decided: {decision}. The next update comes by {next}.";

const EXECUTIVES_OVER: &str = "{standing}: {title}. {summary}. It began at {began} and lasted {lasted}. It affected {whom}. It cost about {cost}.
{condition}. Cause: {cause}. Decided: {decision}. {leader} led.";

const STAFF: &str = "{standing}: {title}. It began at {began}. Hit: {services}. {condition}.
Meanwhile: {workaround}. {leader} leads. The next update comes by {next}.";

const STAFF_BACK: &str =
    "{standing}: {title}. It began at {began} and lasted {lasted}. {condition}. Still hit: {services}.
{leader} leads. The next update comes by {next}.";

const STAFF_OVER: &str =
    "{standing}: {title}. It began at {began} and lasted {lasted}. {condition}. {leader} led.";

const SUPPORT: &str =
    "{title}. It began at {began}. Hit: {services}. It affects {whom}. {condition}.
Say to those who ask: “{told}”. Meanwhile: {workaround}. The next update comes by {next}.";

const SUPPORT_BACK: &str = "{title}. It began at {began} and lasted {lasted}. It affected {whom}. {condition}. Still hit: {services}.
Say to those who ask: “{told}”. The next update comes by {next}.";

const SUPPORT_OVER: &str =
    "{standing}: {title}. It began at {began} and lasted {lasted}. It affected {whom}. {condition}.
Say to those who ask: “{told}”.";

const TECHNICAL: &str =
    "{standing}: {title}. It began at {began}. Hit: {services}. {condition}. Cause: {cause}.
Being tested: {tested}. Being done: {doing}. Blocked: {blocked}. Decided: {decision}.
Service back: {estimate}. {leader} leads. The next update comes by {next}.";

const TECHNICAL_BACK: &str = "{standing}: {title}. It began at {began} and lasted {lasted}. {condition}. Still hit: {services}. Cause: {cause}.
Being tested: {tested}. Being done: {doing}. Blocked: {blocked}. Decided: {decision}.
{leader} leads. The next update comes by {next}.";

const TECHNICAL_OVER: &str =
    "{standing}: {title}. It began at {began} and lasted {lasted}. {condition}. Cause: {cause}.
Decided: {decision}. {leader} led.";

#[cfg(test)]
mod tests {
    use super::*;

    /// Only what was written for outsiders, and times that a person stated.
    #[test]
    fn outsiders_texts_ask_for_nothing_that_was_not_written_for_them() {
        const THEIRS: [&str; 6] = ["what", "whom", "workaround", "began", "restored", "next"];
        for state in State::ALL {
            let text = template(Some(Audience::Customers), true, state);
            let fields = text
                .split('{')
                .skip(1)
                .filter_map(|part| part.split_once('}'));
            for (field, _) in fields {
                assert!(THEIRS.contains(&field), "{state:?}: {field}");
            }
        }
    }
}
