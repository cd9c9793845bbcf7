//! What was proposed, by assistants, rules and past incidents: what was followed, and whether it helped.

use super::document::{Section, View, own, resting, row, table};
use crate::assist::outcomes;

/// The section; none where nothing was proposed.
pub(super) fn proposals(view: &View<'_>) -> Option<Section> {
    let rows = outcomes(view.incident).into_iter().map(|outcome| {
        let became = if outcome.became.is_empty() {
            outcome.answered
        } else {
            format!("{}; {}", outcome.answered, outcome.became)
        };
        let helped = if outcome.helped.is_empty() {
            "nobody has said".to_owned()
        } else {
            outcome.helped
        };
        row(vec![
            resting(
                format!("{}: {}", outcome.kind, outcome.what),
                outcome.events,
            ),
            own(outcome.from),
            resting(became, outcome.answers),
            own(helped),
        ])
    });
    let rows: Vec<_> = rows.collect();
    let header = ["Proposal", "By", "What became of it", "Whether it helped"];
    (!rows.is_empty()).then(|| Section {
        id: "proposals",
        title: "Proposals",
        blocks: vec![table("", &header, rows, "")],
    })
}

#[cfg(test)]
mod tests {
    use super::super::{Asked, document, markdown};
    use crate::guide::write;
    use crate::model::fact::{Suspicion, Words};
    use crate::model::organisation::Organisation;
    use crate::model::proposal::{Origin, Proposal, Proposed};
    use crate::model::term::Nature;
    use crate::model::testing::{incident, noon, writer};
    use crate::model::{Cursor, Draft, Fold, Log, LogScope};

    fn printed(log: &Log) -> String {
        let fold = Fold::of(&[log], Cursor::Now);
        let asked = Asked {
            incident: fold.incident(),
            organisation: &Organisation::default(),
            checked: None,
            now: noon(),
            utc_offset_minutes: 0,
        };
        markdown::markdown(&document(&asked))
    }

    #[test]
    fn proposals_are_listed_with_what_became_of_them_and_only_where_there_are_any() {
        let mut log = Log::new(LogScope::Incident(incident(1)));
        let mut write = |draft: Draft| log.append(writer(1), draft, noon()).id;
        write(write::declare(Nature::Real));
        let proposed = |what| {
            write::proposals::propose(Proposed {
                from: Origin::Assistant(String::new()),
                what,
                because: Vec::new(),
                words: String::new(),
            })
        };
        let hypothesis = Proposal::Hypothesis(Suspicion {
            text: "The pool is full".to_owned(),
            service: String::new(),
        });
        let question = Proposal::Question(Words {
            text: "Since when?".to_owned(),
        });
        let (first, second) = (write(proposed(hypothesis)), write(proposed(question)));
        let raised = write(write::hypothesis("The pool is full"));
        write(write::proposals::accept(first, Some(raised)));
        write(write::decide_hypothesis(raised, true, "Seen"));
        write(write::proposals::decline(second, "No time"));
        let text = printed(&log);
        let (_, section) = text.split_once("## Proposals").unwrap();
        for said in [
            "The pool is full",
            "an assistant",
            "accepted by somebody; confirmed",
            "yes: it proved right",
            "declined by somebody: No time",
            "nobody has said",
        ] {
            assert!(section.contains(said), "{said} in {section}");
        }
        let mut none = Log::new(LogScope::Incident(incident(1)));
        none.append(writer(1), write::declare(Nature::Real), noon());
        assert!(!printed(&none).contains("## Proposals"));
    }
}
