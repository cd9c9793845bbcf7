//! A body of each kind of event, with every field that it can have.

use muster::model::Kind;
use serde_json::{Value, json};

pub const PERSON: &str = "0123456789abcdef";
pub const OTHER: &str = "zyxwvtsrqpnmkjhg";
pub const SOON: &str = "2026-11-24T03:44:07.000Z";

/// Each kind with every field that it can have.
pub fn bodies() -> Vec<(Kind, Value)> {
    let words = json!({"text": "38 % of cards time out"});
    let reason = json!({"reason": "It spreads"});
    let verdict = json!({"because": "The logs say so"});
    let news = json!({"task": "failover#promote", "text": "It is slow", "report_by": SOON});
    let task = json!({
        "key": "promote", "title": "Promote the replica", "section": "Fail over", "purpose": "restore", "minutes": 10,
        "at_most": 20, "role": "operations_lead", "after": ["freeze"], "text": "`pg_ctl promote`", "check": "It takes writes",
        "rollback": "There is none", "links": [{"label": "Console", "url": "https://db.example/{service}"}],
        "only": {"priorities": [1, 2], "services": ["Checkout"]}
    });
    vec![
        (
            Kind::Joined,
            json!({"person": PERSON, "name": "Ada", "zone": "Europe/Oslo"}),
        ),
        (
            Kind::PersonNamed,
            json!({"person": PERSON, "name": "Ada L."}),
        ),
        (
            Kind::Declared,
            json!({"nature": "real", "link": "https://status.example/1"}),
        ),
        (
            Kind::Described,
            json!({"title": "Cards fail", "summary": "Since noon"}),
        ),
        (
            Kind::PublicDescribed,
            json!({"what": "Cards fail", "whom": "Shops in Europe", "workaround": "Pay in cash"}),
        ),
        (Kind::ImpactConfirmed, json!({"customers": true})),
        (Kind::Observed, json!({"stamp": "detected"})),
        (
            Kind::Classified,
            json!({
                "scheme": "itil_3x3", "effect": "cannot_work", "scope": "many", "urgency": "getting_worse",
                "criteria": {"press": false, "several_teams": true}, "impact": 1, "priority": 1,
                "major": true, "why": "Because", "overruled": "The board asked"
            }),
        ),
        (Kind::Escalated, reason.clone()),
        (Kind::Downgraded, reason.clone()),
        (
            Kind::StageEntered,
            json!({"stage": "recovery", "open": ["workaround"], "reason": "No time"}),
        ),
        (
            Kind::RoleAssigned,
            json!({"role": "deputy", "person": PERSON}),
        ),
        (
            Kind::HandoverOffered,
            json!({"role": "deputy", "person": PERSON, "brief": "Two hypotheses are open."}),
        ),
        (Kind::RoleReleased, json!({"role": "night watch"})),
        (
            Kind::ResponderPaged,
            json!({"who": "Payments", "person": PERSON, "via": "phone", "then": ["Duty lead"]}),
        ),
        (Kind::ResponderAcknowledged, json!({})),
        (Kind::ResponderJoined, json!({"person": PERSON})),
        (Kind::ResponderLeft, json!({"person": PERSON})),
        (
            Kind::BridgeOpened,
            json!({"label": "Call", "url": "tel:+000000000"}),
        ),
        (
            Kind::ServiceAffected,
            json!({"service": "Checkout", "level": "partly_down"}),
        ),
        (Kind::ServiceRestored, json!({"service": "Checkout"})),
        (
            Kind::ServiceDefined,
            json!({
                "name": "Checkout", "owner": "Shop team", "depends_on": ["Cards"], "tier": 1, "public_name": "Online shop", "cost_per_minute": 100
            }),
        ),
        (Kind::ServiceRemoved, json!({"name": "Checkout"})),
        (
            Kind::ContactDefined,
            json!({"name": "Shop team", "reach": "+490000", "then": ["Duty lead"], "priorities": [1, 2]}),
        ),
        (Kind::ContactRemoved, json!({"name": "Shop team"})),
        (
            Kind::AudienceDefined,
            json!({
                "name": "merchants", "title": "Merchants", "outside": true, "channel": "mail", "address": "shops@example.org",
                "tone": "plain", "language": "de", "format": "markdown", "approver": "Head of sales",
                "cadence": [{"priority": 1, "phase": "monitoring", "minutes": 60}, {"priority": 2, "minutes": 0}],
                "templates": [{"phase": "resolved", "text": "Es ist vorbei."}, {"text": "{what}"}]
            }),
        ),
        (Kind::AudienceRemoved, json!({"name": "merchants"})),
        (
            Kind::RegimesChosen,
            json!({
                "regimes": ["dora"], "entity": {"lei": "00EXAMPLE00000000000"}, "zone": "Europe/Berlin",
                "holidays": ["2026-12-24"]
            }),
        ),
        (
            Kind::RunbookKept,
            json!({"runbook": "failover", "text": "# Fail over"}),
        ),
        (Kind::RunbookRemoved, json!({"runbook": "failover"})),
        (
            Kind::RunbookAttached,
            json!({
                "runbook": "failover", "title": "Fail over", "version": "2026-11-01", "about": "Mind the lag.",
                "tasks": [task.clone()],
                "rules": [{
                    "key": "rule-1", "text": "Mind the backups", "when": {"stage_entered": "recovery"},
                    "then": {"add_task": "Check the backups"}
                }]
            }),
        ),
        (Kind::TaskAdded, task.clone()),
        (
            Kind::TaskChanged,
            json!({"task": "failover#promote", "becomes": task}),
        ),
        (
            Kind::TaskMoved,
            json!({"task": "failover#promote", "behind": "failover#freeze"}),
        ),
        (
            Kind::TaskAssigned,
            json!({"task": "failover#promote", "person": PERSON, "report_by": SOON}),
        ),
        (Kind::TaskStarted, news.clone()),
        (Kind::TaskReported, news.clone()),
        (Kind::TaskBlocked, news.clone()),
        (Kind::TaskCompleted, news.clone()),
        (Kind::TaskSkipped, news.clone()),
        (Kind::TaskReopened, news),
        (
            Kind::ToolOpened,
            json!({"task": "failover#promote", "label": "Console", "url": "https://db.example/Checkout"}),
        ),
        (
            Kind::HandedOff,
            json!({"audience": "customers", "to": "clipboard", "text": "We know."}),
        ),
        (
            Kind::Proposed,
            json!({
                "from": {"assistant": "The bank's own"}, "because": [format!("{OTHER}/3")], "words": "It began with the deployment",
                "what": {"task": {"title": "Roll it back", "text": "By the pipeline", "purpose": "restore", "task": "failover#promote"}}
            }),
        ),
        (
            Kind::Accepted,
            json!({"becomes": format!("{OTHER}/4"), "helped": true}),
        ),
        (Kind::Declined, verdict.clone()),
        (
            Kind::UpdateApproved,
            json!({"audience": "customers", "text": "We know."}),
        ),
        (
            Kind::UpdateSent,
            json!({
                "audience": "customers", "channel": "status page", "text": "We know.",
                "phase": "investigating", "next_due": SOON, "services": ["Checkout"],
                "reference": "https://status.example/1", "corrects": format!("{OTHER}/3")
            }),
        ),
        (
            Kind::RegimeStamped,
            json!({"regime": "dora", "trigger": "aware"}),
        ),
        (
            Kind::RegimeAnswered,
            json!({"regime": "dora", "question": "clients_share", "answer": "12"}),
        ),
        (
            Kind::FormFilled,
            json!({"regime": "dora", "report": "initial", "field": "2.1", "text": "Cards fail"}),
        ),
        (
            Kind::Notified,
            json!({
                "regime": "dora", "report": "initial", "reference": "2026-77", "channel": "portal",
                "because": "The portal was down"
            }),
        ),
        (
            Kind::HypothesisRaised,
            json!({"text": "The change at noon", "service": "Checkout"}),
        ),
        (Kind::HypothesisAssigned, json!({"person": PERSON})),
        (
            Kind::EvidenceAdded,
            json!({"supports": true, "text": "The errors begin with it"}),
        ),
        (Kind::HypothesisConfirmed, verdict.clone()),
        (Kind::HypothesisRuledOut, verdict.clone()),
        (
            Kind::ChangeRecorded,
            json!({
                "text": "Timeouts halved", "change": "configuration", "service": "Checkout",
                "reference": "https://changes.example/77"
            }),
        ),
        (
            Kind::DecisionMade,
            json!({
                "text": "Route around it", "because": "It is cheaper", "options": ["Wait", "Route around it"],
                "service": "Checkout"
            }),
        ),
        (
            Kind::WorkaroundApplied,
            json!({
                "text": "The second provider", "service": "Checkout", "level": "degraded", "cost": "Two per cent more",
                "expires": SOON, "undo": "Set the route back"
            }),
        ),
        (Kind::WorkaroundRemoved, verdict.clone()),
        (
            Kind::ProblemRecorded,
            json!({"reference": "PRB-77", "text": "The limit is too low"}),
        ),
        (Kind::ProblemClosed, verdict.clone()),
        (Kind::FixApplied, words.clone()),
        (
            Kind::CheckPlanned,
            json!({"text": "Less than 1 % fail", "by": "threshold", "service": "Checkout", "minutes": 10}),
        ),
        (Kind::CheckBegun, json!({})),
        (Kind::CheckPassed, words.clone()),
        (Kind::CheckFailed, words.clone()),
        (Kind::WatchStarted, json!({"minutes": 30})),
        (
            Kind::DrillBegun,
            json!({"scenario": "failover", "title": "Fail over", "text": "# Fail over", "speed": 4}),
        ),
        (Kind::DrillPaced, json!({"speed": 0, "to_minute": 12})),
        (
            Kind::InjectDelivered,
            json!({"inject": 1, "minute": 4, "from": "Monitoring", "text": "It is slow"}),
        ),
        (
            Kind::PictureAdded,
            json!({
                "sha256": "00".repeat(32), "media_type": "image/webp", "width": 1600, "height": 900,
                "bytes": 182_000, "text": "The error rate rises at noon", "service": "Checkout"
            }),
        ),
        (Kind::InjectSkipped, json!({"inject": 2})),
        (Kind::DrillEnded, words.clone()),
        (Kind::BacklogDrained, words.clone()),
        (Kind::Note, words.clone()),
        (Kind::ReviewHeld, words),
        (
            Kind::FindingAdded,
            json!({"finding": "luck", "text": "It was Sunday"}),
        ),
        (Kind::WhyAnswered, json!({"text": "Nobody tests them"})),
        (
            Kind::EntryMarked,
            json!({"mark": "delay", "because": "The key was in another office"}),
        ),
        (Kind::EntryTagged, json!({"service": "Checkout"})),
        (
            Kind::RunbookImproved,
            json!({"runbook": "payments", "title": "Payments fail", "text": "Looks at the certificate first"}),
        ),
        (
            Kind::ActionAdded,
            json!({
                "action": "prevent", "text": "Test timeouts", "owner": PERSON, "due": SOON,
                "success": "The next drill finds none", "ticket": "OPS-7"
            }),
        ),
        (Kind::ActionUpdated, json!({"state": "done"})),
        (
            Kind::Closed,
            json!({"outcome": "Cards work", "open": ["review"], "reason": "Held on Monday"}),
        ),
        (Kind::Reopened, reason),
        (
            Kind::Linked,
            json!({"relation": "duplicate", "incident": OTHER}),
        ),
        (Kind::SameAs, json!({"incident": OTHER})),
        (
            Kind::Amended,
            json!({"body": {"text": "39 %"}, "because": "A slip"}),
        ),
        (Kind::Retracted, verdict.clone()),
        (Kind::Erased, verdict),
        (
            Kind::Waived,
            json!({"criterion": "bridge", "reason": "We sit together"}),
        ),
    ]
}
