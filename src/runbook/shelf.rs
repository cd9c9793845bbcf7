//! The runbooks that are offered: those that come with Muster, and the library's own in their stead
//! or beside them; and which of them fit an incident.

use std::collections::BTreeMap;

use super::markdown::{Runbook, read};
use crate::model::incident::Incident;
use crate::model::order;

/// The built-in runbooks, as they are in the repository.
const BUILT_IN: [&str; 16] = [
    include_str!("library/bad-deployment.md"),
    include_str!("library/database-failover.md"),
    include_str!("library/storage-full.md"),
    include_str!("library/certificate-expiry.md"),
    include_str!("library/dns-failure.md"),
    include_str!("library/network-partition.md"),
    include_str!("library/region-outage.md"),
    include_str!("library/third-party-outage.md"),
    include_str!("library/overload.md"),
    include_str!("library/ddos.md"),
    include_str!("library/ransomware.md"),
    include_str!("library/data-leak.md"),
    include_str!("library/stolen-credentials.md"),
    include_str!("library/payment-failure.md"),
    include_str!("library/queue-backlog.md"),
    include_str!("library/data-corruption.md"),
];

/// A runbook on the shelf.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Offered {
    /// As it reads.
    pub runbook: Runbook,
    /// Its text.
    pub text: String,
    /// Whether it is the library's own, and not the one that comes with Muster.
    pub own: bool,
}

/// The texts that come with Muster.
pub fn built_in() -> impl Iterator<Item = &'static str> {
    BUILT_IN.into_iter()
}

/// All that is offered, by title.
pub fn shelf(library: &Incident) -> Vec<Offered> {
    let mut shelf: BTreeMap<String, Offered> = BTreeMap::new();
    for text in built_in() {
        let runbook = read("", text);
        let offered = Offered {
            text: text.to_owned(),
            own: false,
            runbook,
        };
        shelf.insert(offered.runbook.id.clone(), offered);
    }
    for (id, register) in &library.library.runbooks {
        match register.current() {
            Some(Some(text)) => {
                let mut runbook = read(id, text);
                runbook.id.clone_from(id);
                let offered = Offered {
                    text: text.clone(),
                    own: true,
                    runbook,
                };
                shelf.insert(id.clone(), offered);
            }
            Some(None) => drop(shelf.remove(id)),
            None => {}
        }
    }
    let mut shelf: Vec<Offered> = shelf.into_values().collect();
    order::sort_by(&mut shelf, |a, b| a.runbook.title.cmp(&b.runbook.title));
    shelf
}

/// How well a runbook fits an incident: how many of its words its title has, and how many of its
/// services are hit.
pub fn fit(runbook: &Runbook, incident: &Incident) -> usize {
    let services: Vec<&str> = incident.services.keys().map(String::as_str).collect();
    fit_to(runbook, incident.title().unwrap_or_default(), &services)
}

fn fit_to(runbook: &Runbook, title: &str, hit: &[&str]) -> usize {
    let title = title.to_ascii_lowercase();
    let words = runbook
        .fits
        .iter()
        .filter(|words| has_words(&title, &words.to_ascii_lowercase()));
    let is_hit = |name: &&String| {
        let mut services = hit.iter();
        services.any(|service| service.trim().eq_ignore_ascii_case(name))
    };
    words.count() + 2 * runbook.services.iter().filter(is_hit).count()
}

/// The runbook that fits a title and the services that are hit best; none where none fits.
pub fn fitting<'a>(shelf: &'a [Offered], title: &str, hit: &[&str]) -> Option<&'a Runbook> {
    let fits = shelf
        .iter()
        .map(|offered| (fit_to(&offered.runbook, title, hit), &offered.runbook));
    let best = fits.filter(|(fit, _)| *fit > 0).max_by_key(|(fit, _)| *fit);
    best.map(|(_, runbook)| runbook)
}

/// Whether a text has these words, at the beginning of one of its own.
fn has_words(text: &str, words: &str) -> bool {
    let starts = text.match_indices(words).map(|(at, _)| at);
    let mut before = starts.map(|at| text.get(..at).and_then(|before| before.chars().next_back()));
    !words.is_empty() && before.any(|before| before.is_none_or(|c| !c.is_alphanumeric()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::guide::write;
    use crate::model::task::{Purpose, TaskState};
    use crate::model::testing::{incident, noon, writer};
    use crate::model::{Cursor, Draft, Fold, Log, LogScope, Span};
    use crate::runbook::plan::{Restoration, plan};

    fn fold(drafts: impl IntoIterator<Item = Draft>) -> Fold {
        let mut log = Log::new(LogScope::Incident(incident(1)));
        for draft in drafts {
            log.append(writer(1), draft, noon());
        }
        Fold::of(&[&log], Cursor::Now)
    }

    #[test]
    fn every_built_in_runbook_is_whole() {
        let shelf = shelf(&Incident::default());
        assert_eq!(shelf.len(), BUILT_IN.len(), "each has an id of its own");
        for Offered { runbook, .. } in &shelf {
            let name = &runbook.id;
            assert!(
                !runbook.title.is_empty() && !runbook.fits.is_empty(),
                "{name}"
            );
            assert!(
                runbook.version.len() == 10 && runbook.reviewed.len() == 10,
                "{name}"
            );
            assert!(
                runbook.rests_on.len() >= 2,
                "{name}: {:?}",
                runbook.rests_on
            );
            assert!(runbook.about.contains("## Stop conditions"), "{name}");
            assert!(
                (8..=18).contains(&runbook.tasks.len()),
                "{name}: {}",
                runbook.tasks.len()
            );
            assert_eq!(runbook.tasks[0].section, "First five minutes", "{name}");
            let has = |purpose: Purpose| {
                runbook
                    .tasks
                    .iter()
                    .filter(|task| task.purpose == purpose)
                    .count()
            };
            assert!(
                has(Purpose::Diagnose) >= 1 && has(Purpose::Restore) >= 1,
                "{name}"
            );
            assert!(
                has(Purpose::Verify) >= 2 && has(Purpose::Inform) >= 1,
                "{name}"
            );
            assert!(
                runbook
                    .tasks
                    .iter()
                    .any(|task| task.title.starts_with("Decide")),
                "{name}"
            );
            assert!(
                runbook.tasks.iter().any(|task| !task.rollback.is_empty()),
                "{name}"
            );
            for task in &runbook.tasks {
                assert!(
                    task.minutes.is_some(),
                    "{name}: {} has no estimate",
                    task.title
                );
                assert!(task.title.len() <= 80, "{name}: {}", task.title);
            }
        }
    }

    /// Each is attached, run task by task in the order in which they become ready, to its end.
    #[test]
    fn every_built_in_runbook_runs_to_its_end() {
        for Offered { runbook, .. } in shelf(&Incident::default()) {
            let mut log = Log::new(LogScope::Incident(incident(1)));
            let mut now = noon();
            log.append(writer(1), write::tasks::attach(runbook.attachment()), now);
            for _ in 0..runbook.tasks.len() {
                let fold = Fold::of(&[&log], Cursor::Now);
                let plan = plan(fold.incident(), now);
                assert_eq!(plan.faults, [], "{}", runbook.id);
                let ready = plan.rows.iter().find(|row| row.is_ready());
                let row = ready.unwrap_or_else(|| panic!("{}: nothing is ready", runbook.id));
                let id = row.id.clone();
                let begun = write::tasks::stand(fold.incident(), &id, TaskState::Running, "");
                log.append(writer(1), begun, now);
                now = now + Span::minutes(row.task.minutes.unwrap().into());
                let fold = Fold::of(&[&log], Cursor::Now);
                let done = write::tasks::stand(fold.incident(), &id, TaskState::Done, "");
                log.append(writer(1), done, now);
            }
            let fold = Fold::of(&[&log], Cursor::Now);
            let plan = plan(fold.incident(), now);
            assert!(
                matches!(plan.restoration, Restoration::Over(_)),
                "{}",
                runbook.id
            );
            assert!(plan.rows.iter().all(|row| row.is_over()));
        }
    }

    #[test]
    fn the_library_stands_before_what_comes_with_muster() {
        let none = Incident::default();
        let kept = fold([
            write::tasks::keep_runbook(
                &none,
                "ddos",
                "# Ours\n\n## First\n\n- Call the provider\n",
            ),
            write::tasks::keep_runbook(&none, "coffee", "# Coffee\n"),
            write::tasks::remove_runbook(&none, "overload"),
        ]);
        let shelf = shelf(kept.incident());
        let find = |id: &str| shelf.iter().find(|offered| offered.runbook.id == id);
        assert_eq!(
            find("ddos").map(|offered| (offered.runbook.title.as_str(), offered.own)),
            Some(("Ours", true))
        );
        assert!(find("coffee").is_some() && find("overload").is_none());
        assert_eq!(find("dns-failure").map(|offered| offered.own), Some(false));
    }

    #[test]
    fn runbooks_are_found_by_what_is_broken() {
        for (title, id) in [
            ("Checkout fails since the last deployment", "bad-deployment"),
            (
                "TLS certificate of the API has expired",
                "certificate-expiry",
            ),
            (
                "Card payments fail at checkout in Europe",
                "payment-failure",
            ),
            ("Ransomware on the file servers", "ransomware"),
            ("Names do not resolve: DNS", "dns-failure"),
            ("Disk full on the primary", "storage-full"),
        ] {
            let named = fold([write::title(&Incident::default(), title)]);
            let shelf = shelf(&Incident::default());
            let best = shelf
                .iter()
                .max_by_key(|offered| fit(&offered.runbook, named.incident()));
            assert_eq!(
                best.map(|offered| offered.runbook.id.as_str()),
                Some(id),
                "{title}"
            );
        }
    }

    #[test]
    fn words_fit_where_a_word_begins() {
        assert!(has_words("the disk is full", "disk"));
        assert!(has_words("disks are full", "disk"));
        assert!(!has_words("undisked", "disk"));
        assert!(!has_words("anything", ""));
    }
}
