//! The first words of a drill: an incident that is one, the situation, and the scenario itself.

use super::scenario::Scenario;
use crate::classify::priority::{self, Answers};
use crate::guide::write;
use crate::model::drill::{DrillStart, Speed};
use crate::model::term::{Nature, Stamp};
use crate::model::{Draft, Incident, Span};

/// What is written down when a drill begins. The beginning itself comes last: what stands before it is the
/// situation, and nobody's doing.
pub fn drafts(scenario: &Scenario, text: &str, speed: Speed) -> Vec<Draft> {
    let new = Incident::default();
    let situation = &scenario.situation;
    let mut drafts = vec![
        write::declare(Nature::Drill),
        write::title(&new, &situation.title),
    ];
    if !situation.words.is_empty() {
        drafts.push(write::summary(&new, &situation.words));
    }
    for (name, level) in &situation.services {
        drafts.push(write::affect(&new, name, *level));
    }
    if let Some((effect, scope, urgency)) = situation.answers {
        let answers = Answers {
            effect: Some(effect),
            scope: Some(scope),
            urgency: Some(urgency),
            ..Answers::default()
        };
        let classification = priority::classification(&answers, Span(0), None);
        drafts.push(write::classify(&new, classification));
    }
    drafts.push(write::state(&new, Stamp::Detected, None));
    drafts.push(write::drill::begin(DrillStart {
        scenario: scenario.name.clone(),
        title: scenario.title.clone(),
        text: text.to_owned(),
        speed,
    }));
    drafts
}
