//! Proposals that need no assistant: from rules, from the shelf of runbooks, from incidents like this
//! one. Worked out from what is held; they become events only when a person answers.
//!
//! Says why, and on which entries each rests. Leaves out what was proposed or done already.

#[cfg(test)]
mod tests;

use super::brief::{Similar, names_in};
use super::redact::Known;
use crate::guide::{Act, Step, words};
use crate::model::fact::Suspicion;
use crate::model::incident::Incident;
use crate::model::proposal::{
    Origin, Proposal, Proposed, ProposedTask, ProposedUpdate, SimilarCase,
};
use crate::model::task::Purpose;
use crate::model::{EventId, IncidentId};
use crate::runbook::shelf::{self, Offered};
use crate::search::{Alike, Common, Worked, worked};

/// Less than this part of all that could speak for an incident is no likeness. Muster's own.
pub const LEAST: f32 = 0.2;
/// How many words in common are named.
const NAMED: usize = 5;
/// How many runbooks are proposed at once.
const RUNBOOKS: usize = 2;
/// How many things that helped are taken from one past incident.
const HELPED: usize = 4;
/// How long a task's title is at the most, in characters.
const TITLE: usize = 120;

/// A proposal that Muster makes itself.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Own {
    /// What, why, and on what it rests.
    pub proposed: Proposed,
    /// Where it comes from, as a heading's word: "Incident like this one".
    pub kind: &'static str,
    /// What says no to it in the guide too, where the guide asks for it.
    pub decline: Option<Act>,
}

/// A past incident that is like this one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Past {
    /// Which one.
    pub id: IncidentId,
    /// What was broken.
    pub title: String,
    /// What both have in common, in words.
    pub common: String,
    /// The services that both hit.
    pub services: Vec<String>,
    /// What worked then.
    pub worked: Worked,
    /// The names that its log knows, which those words may have.
    pub names: Vec<Known>,
}

impl Past {
    /// A past incident, and what speaks for it.
    pub fn of(alike: &Alike, incident: &Incident) -> Self {
        let services = alike.shares.iter().filter_map(|share| match &share.what {
            Common::Service(name) => Some(name.clone()),
            Common::Word(_) => None,
        });
        Self {
            id: alike.incident,
            title: crate::guide::brief::title(incident),
            common: common(alike),
            services: services.collect(),
            worked: worked(incident),
            names: names_in(incident),
        }
    }

    /// As a brief tells it.
    pub fn similar(&self) -> Similar {
        let worked = &self.worked;
        let lines = |what: &'static str, texts: Vec<&String>| {
            let texts = texts.into_iter();
            texts
                .map(|text| format!("{what}: {text}"))
                .collect::<Vec<_>>()
        };
        let texts = |helps: &'_ [crate::search::Help]| -> Vec<String> {
            helps.iter().map(|help| help.text.clone()).collect()
        };
        let (workarounds, fixes, causes) = (
            texts(&worked.workarounds),
            texts(&worked.fixes),
            texts(&worked.causes),
        );
        let runbooks = worked.runbooks.iter().map(|one| &one.title).collect();
        let mut helped = lines("a workaround", workarounds.iter().collect());
        helped.extend(lines("a runbook", runbooks));
        helped.extend(lines("a fix", fixes.iter().collect()));
        helped.extend(lines("the cause", causes.iter().collect()));
        Similar {
            id: Some(self.id),
            title: self.title.clone(),
            common: self.common.clone(),
            helped,
            names: self.names.clone(),
        }
    }
}

/// What two incidents have in common, in words.
pub fn common(alike: &Alike) -> String {
    let shares = alike.shares.iter().take(NAMED);
    let named: Vec<String> = shares
        .map(|share| match &share.what {
            Common::Word(word) => format!("“{word}”"),
            Common::Service(name) => format!("service {name}"),
        })
        .collect();
    named.join(", ")
}

/// All of them: of rules, of runbooks, of incidents alike. `steps` is what rules propose.
pub fn own(incident: &Incident, steps: &[Step], shelf: &[Offered], past: &[Past]) -> Vec<Own> {
    let mut all: Vec<Own> = Vec::new();
    let of_rules = steps.iter().filter_map(of_rule);
    let of_past = past.iter().flat_map(|past| of_past(incident, past, shelf));
    let found = of_rules.chain(of_shelf(incident, shelf)).chain(of_past);
    for one in found {
        let what = &one.proposed.what;
        let mut told = incident.proposals.iter();
        let told = told.any(|said| said.what.proposed.what == *what);
        let twice = all.iter().any(|other| other.proposed.what == *what);
        if !told && !twice && !is_done(incident, what) {
            all.push(one);
        }
    }
    all
}

/// Whether what is proposed is so already, by other hands.
fn is_done(incident: &Incident, what: &Proposal) -> bool {
    match what {
        Proposal::Hypothesis(suspicion) => {
            let mut raised = incident.hypotheses.iter();
            raised.any(|said| said.what.text == suspicion.text)
        }
        Proposal::Runbook(id) => {
            let mut followed = incident.runbooks.iter();
            followed.any(|said| said.what.runbook == *id)
        }
        Proposal::Similar(case) => {
            let mut links = incident.links.iter();
            links.any(|said| Some(said.what.incident) == case.incident)
        }
        _ => false,
    }
}

/// What a rule proposes, where it is a task or a word to an audience. Roles stay with the guide: only
/// a person can be named.
fn of_rule(step: &Step) -> Option<Own> {
    let what = match &step.act {
        Act::AcceptTask(change) => Proposal::Task(ProposedTask {
            title: change.becomes.title.clone(),
            text: String::new(),
            purpose: change.becomes.purpose,
            task: Some(change.task.clone()),
        }),
        Act::SendUpdate(audience) => Proposal::Update(ProposedUpdate {
            audience: audience.clone(),
            text: String::new(),
        }),
        _ => return None,
    };
    Some(Own {
        proposed: Proposed {
            from: Origin::Rule(step.name.clone()),
            what,
            because: step.because_of.clone(),
            words: step.why.clone(),
        },
        kind: "Rule",
        decline: step.decline.clone(),
    })
}

/// The event that says what is broken, and those that say of these services how they are.
fn rests_on(incident: &Incident, services: &[String]) -> Vec<EventId> {
    let title = incident.title.current_setting();
    let title = title.map(|(setting, _)| setting.id());
    let hit = services.iter().filter_map(|service| {
        let (setting, _) = incident.services.get(service)?.latest()?;
        Some(setting.id())
    });
    let mut all: Vec<EventId> = title.into_iter().chain(hit).collect();
    all.dedup();
    all
}

fn of_shelf(incident: &Incident, shelf: &[Offered]) -> Vec<Own> {
    let mut fits: Vec<(usize, &Offered)> = shelf
        .iter()
        .map(|offered| (shelf::fit(&offered.runbook, incident), offered))
        .filter(|(fit, _)| *fit > 0)
        .collect();
    crate::model::order::sort_by(&mut fits, |(a, one), (b, other)| {
        b.cmp(a).then_with(|| one.runbook.id.cmp(&other.runbook.id))
    });
    let own = fits.into_iter().take(RUNBOOKS).map(|(_, offered)| {
        let runbook = &offered.runbook;
        let hit = runbook
            .services
            .iter()
            .filter(|name| incident.services.contains_key(*name));
        let hit: Vec<String> = hit.cloned().collect();
        let why = if hit.is_empty() {
            "Its words are in the incident’s title.".to_owned()
        } else {
            format!("It is for {}, which is hit.", hit.join(", "))
        };
        Own {
            proposed: Proposed {
                from: Origin::Runbook(runbook.id.clone()),
                what: Proposal::Runbook(runbook.id.clone()),
                because: rests_on(incident, &hit),
                words: why,
            },
            kind: "Runbook",
            decline: None,
        }
    });
    own.collect()
}

/// What helped in a past incident, as proposals for this one: what it was as a hypothesis, what eased
/// or mended it as a task to try, its runbook to follow.
fn of_past(incident: &Incident, past: &Past, shelf: &[Offered]) -> Vec<Own> {
    let why = |what: &str| {
        format!(
            "{what} in “{}”, which has in common with this one: {}.",
            words::shortened(&past.title, 80),
            past.common
        )
    };
    let because = rests_on(incident, &past.services);
    let own = |what: Proposal, words: String| Own {
        proposed: Proposed {
            from: Origin::Alike(past.id),
            what,
            because: because.clone(),
            words,
        },
        kind: "Incident like this one",
        decline: None,
    };
    let try_it = |text: &str| {
        let title = format!("Try what helped then: {}", text.trim());
        let short = words::shortened(&title, TITLE);
        let text = if short == title { "" } else { text.trim() };
        Proposal::Task(ProposedTask {
            title: short,
            text: text.to_owned(),
            purpose: Purpose::Restore,
            task: None,
        })
    };
    let worked = &past.worked;
    let mut all = Vec::new();
    for help in &worked.workarounds {
        all.push(own(try_it(&help.text), why("It eased the outage")));
    }
    for followed in &worked.runbooks {
        let on_shelf = shelf.iter().any(|one| one.runbook.id == followed.runbook);
        if on_shelf {
            let what = Proposal::Runbook(followed.runbook.clone());
            all.push(own(what, why("It was followed")));
        }
    }
    for help in &worked.fixes {
        all.push(own(try_it(&help.text), why("It mended the fault")));
    }
    for help in &worked.causes {
        let suspicion = Suspicion {
            text: help.text.trim().to_owned(),
            service: String::new(),
        };
        let what = Proposal::Hypothesis(suspicion);
        all.push(own(what, why("It was the cause")));
    }
    all.truncate(HELPED);
    if !all.is_empty() {
        let case = SimilarCase {
            incident: Some(past.id),
            text: words::shortened(&past.title, 160),
        };
        all.push(own(Proposal::Similar(case), why("Something helped")));
    }
    all
}
