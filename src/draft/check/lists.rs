//! The words that are asked about. Muster's own lists, short on purpose: a word that is right more
//! often than wrong is not on them.

use super::text::Word;

/// Words that follow each other; one that ends in `*` stands for all that begin like it.
pub(super) struct Phrase {
    words: &'static str,
    /// Not after one of these.
    not_after: &'static [&'static str],
    /// Not before one of these.
    not_before: &'static [&'static str],
}

const fn say(words: &'static str) -> Phrase {
    Phrase {
        words,
        not_after: &[],
        not_before: &[],
    }
}

const fn before(words: &'static str, not_before: &'static [&'static str]) -> Phrase {
    Phrase {
        words,
        not_after: &[],
        not_before,
    }
}

const fn after(words: &'static str, not_after: &'static [&'static str]) -> Phrase {
    Phrase {
        words,
        not_after,
        not_before: &[],
    }
}

/// Where a phrase that starts at the word `start` ends, if it does.
pub(super) fn end(words: &[Word<'_>], start: usize, phrase: &Phrase) -> Option<usize> {
    let mut end = start;
    for part in phrase.words.split(' ') {
        let word = words.get(end)?;
        let same = match part.strip_suffix('*') {
            Some(beginning) => word.begins(beginning),
            None => word.is(part),
        };
        if !same || (end > start && !word.joined) {
            return None;
        }
        end += 1;
    }
    let is_any = |word: &Word<'_>, list: &[&str]| list.iter().any(|known| word.is(known));
    let first_joined = words.get(start).is_some_and(|word| word.joined);
    let before = start.checked_sub(1).filter(|_| first_joined);
    let before = before.and_then(|place| words.get(place));
    let next = words.get(end).filter(|word| word.joined);
    let lifted = before.is_some_and(|word| is_any(word, phrase.not_after))
        || next.is_some_and(|word| is_any(word, phrase.not_before));
    (!lifted).then_some(end)
}

/// Blame in so many words.
pub(super) const BLAME: &[Phrase] = &[
    say("human error"),
    say("operator error"),
    say("user error"),
    say("pilot error"),
    say("careless*"),
    say("negligen*"),
    say("incompeten*"),
    say("sloppy"),
    say("sloppiness"),
    say("stupid*"),
    say("reckless*"),
    say("lazy"),
    say("culprit*"),
    say("guilty"),
    say("blame"),
    say("blamed"),
    say("blames"),
    say("blaming"),
    say("at fault"),
    say("fault of the"),
    say("own fault"),
    say("his fault"),
    say("her fault"),
    say("their fault"),
    say("your fault"),
    say("mistake by"),
    say("mistake of"),
    say("made a mistake"),
    say("made an error"),
    say("forgot to"),
    say("neglected to"),
    say("did not bother"),
    say("didn't bother"),
    say("failed to act"),
    say("failed to check"),
    say("failed to communicate"),
    say("failed to escalate"),
    say("failed to follow"),
    say("failed to inform"),
    say("failed to monitor"),
    say("failed to notice"),
    say("failed to realise"),
    say("failed to realize"),
    say("failed to tell"),
    say("failed to test"),
    say("failed to understand"),
    say("responsible for the error"),
    say("responsible for the failure"),
    say("responsible for the incident"),
    say("responsible for the outage"),
    say("responsible for this"),
];

/// Judging by what was known later; only of somebody.
pub(super) const HINDSIGHT: &[Phrase] = &[
    say("should have"),
    say("should've"),
    say("should not have"),
    say("shouldn't have"),
    say("could have"),
    say("could've"),
    say("ought to have"),
];

/// Who is judged so.
pub(super) const SOMEONE: &[&str] = &[
    "admin",
    "administrator",
    "agent",
    "colleague",
    "contractor",
    "deployer",
    "developer",
    "developers",
    "engineer",
    "engineers",
    "he",
    "manager",
    "nobody",
    "operator",
    "operators",
    "person",
    "she",
    "somebody",
    "someone",
    "staff",
    "supplier",
    "team",
    "teams",
    "technician",
    "they",
    "vendor",
    "who",
    "whoever",
];

/// Guesses.
pub(super) const SPECULATION: &[Phrase] = &[
    before(
        "we think",
        &["about", "ahead", "of", "through", "before", "twice"],
    ),
    before(
        "i think",
        &["about", "ahead", "of", "through", "before", "twice"],
    ),
    before("we believe", &["in"]),
    before("i believe", &["in"]),
    say("we assume"),
    say("i assume"),
    say("we guess"),
    say("our guess"),
    say("best guess"),
    say("we suspect"),
    say("we suppose"),
    say("our suspicion"),
    say("probably"),
    say("presumably"),
    say("supposedly"),
    say("apparently"),
    say("maybe"),
    say("perhaps"),
    say("possibly"),
    say("most likely"),
    say("very likely"),
    say("likely caused"),
    say("likely due"),
    say("likely a"),
    say("likely an"),
    say("likely the"),
    say("is likely"),
    say("seems to be"),
    say("seem to be"),
    say("seems like"),
    say("appears to be"),
    say("appear to be"),
    say("looks like"),
    say("may be caused"),
    say("may have been caused"),
    say("may have caused"),
    say("might be caused"),
    say("might be due"),
    say("might have been caused"),
    say("might have caused"),
    say("may be due"),
    say("could be a"),
    say("could be an"),
    say("could be caused"),
    say("could be due"),
    say("could be the"),
];

/// What marks a guess as one.
pub(super) const NOT_SURE: &[Phrase] = &[
    say("not confirmed"),
    say("not yet confirmed"),
    say("unconfirmed"),
    say("not been confirmed"),
    say("not yet been confirmed"),
    say("not verified"),
    say("not yet verified"),
    say("not yet known"),
    say("none confirmed"),
];

/// Words of those who fix.
pub(super) const JARGON: &[Phrase] = &[
    say("4xx"),
    say("5xx"),
    say("500s"),
    say("502s"),
    say("503s"),
    say("504s"),
    say("http 500"),
    say("http 502"),
    say("http 503"),
    say("http 504"),
    say("backend*"),
    say("back end"),
    say("bgp"),
    say("cache"),
    say("caches"),
    say("canary"),
    say("cluster*"),
    say("cpu"),
    say("cron*"),
    say("daemon*"),
    say("ddos"),
    say("deadlock*"),
    say("deploy*"),
    say("dns"),
    say("downstream"),
    say("upstream"),
    say("failover*"),
    say("fail over"),
    say("failed over"),
    say("firewall*"),
    say("firmware"),
    say("garbage collection"),
    say("gateway timeout*"),
    say("heap"),
    say("hotfix*"),
    say("hypervisor*"),
    say("ingress"),
    say("k8s"),
    say("kernel*"),
    say("kubernetes"),
    say("latency"),
    say("latencies"),
    say("load balancer*"),
    say("memory leak*"),
    say("microservice*"),
    say("middleware"),
    say("mttr"),
    say("mutex*"),
    say("namespace*"),
    say("node"),
    say("nodes"),
    say("oom"),
    say("orchestrat*"),
    say("p50"),
    say("p95"),
    say("p99"),
    say("packet loss"),
    say("pod"),
    say("pods"),
    say("postmortem*"),
    say("proxy"),
    say("proxies"),
    say("queue depth"),
    say("race condition*"),
    say("rate limit*"),
    say("replica"),
    say("replicas"),
    say("rollback*"),
    say("roll back"),
    say("rolled back"),
    say("rolling back"),
    say("root cause analysis"),
    say("runbook*"),
    say("schema"),
    say("segfault*"),
    say("shard*"),
    say("slo"),
    say("sre"),
    say("stack trace*"),
    say("subnet*"),
    say("tcp"),
    say("telemetry"),
    say("throughput"),
    say("timeouts"),
    say("time outs"),
    say("tls"),
    say("triage*"),
    say("vm"),
    say("vms"),
    say("vpc"),
    say("war room"),
];

/// What no one can promise.
pub(super) const NEVER_AGAIN: &[Phrase] = &[
    say("never happen again"),
    say("not happen again"),
    say("won't happen again"),
    say("cannot happen again"),
    say("can't happen again"),
    say("never again"),
];

/// Promises of an end.
pub(super) const PROMISE: &[Phrase] = &[
    say("will be back"),
    say("will be fixed"),
    say("will be resolved"),
    say("will be restored"),
    say("will be solved"),
    say("will be up again"),
    say("will be available again"),
    say("will work again"),
    say("we will fix"),
    say("we'll fix"),
    say("we will resolve"),
    say("we will restore"),
    say("fixed soon"),
    say("resolved soon"),
    say("restored soon"),
    say("back soon"),
    before("shortly", &["after", "afterwards", "before", "thereafter"]),
    before("very soon", &["as"]),
    say("any minute"),
    say("any moment"),
    say("momentarily"),
    say("in no time"),
    say("guarantee*"),
    say("we promise"),
    say("rest assured"),
    after("eta", &["no", "without"]),
];

/// Promises, where a time follows.
pub(super) const BACK_BY: &[Phrase] = &[
    say("back by"),
    say("back in"),
    say("back at"),
    say("back within"),
    say("fixed by"),
    say("fixed in"),
    say("fixed within"),
    say("resolved by"),
    say("resolved in"),
    say("resolved within"),
    say("restored by"),
    say("restored in"),
    say("restored within"),
    say("fix by"),
    say("fix within"),
];

/// What a time may begin with, besides a figure.
pub(super) const TIMES: &[&str] = &[
    "end",
    "evening",
    "friday",
    "hours",
    "lunchtime",
    "midday",
    "midnight",
    "minutes",
    "monday",
    "morning",
    "noon",
    "saturday",
    "sunday",
    "thursday",
    "today",
    "tomorrow",
    "tonight",
    "tuesday",
    "wednesday",
];

/// The next word is announced.
pub(super) const NEXT_UPDATE: &[Phrase] = &[
    say("next update*"),
    say("next word"),
    say("next message"),
    say("next news"),
    say("next post"),
    say("will update"),
    say("we'll update"),
    say("update you"),
    say("update again"),
    say("further update*"),
    say("another update"),
    say("more updates"),
    say("update by"),
    say("update at"),
    say("update in"),
    say("update within"),
    say("updates every"),
    say("update every"),
    say("updates follow"),
    say("write again"),
    say("post again"),
    say("report again"),
    say("hear from us"),
];

/// No next word is needed.
pub(super) const LAST_UPDATE: &[Phrase] = &[
    say("last update"),
    say("final update"),
    say("no further update*"),
    say("no more updates"),
    say("is resolved"),
    say("are resolved"),
    say("was resolved"),
    say("now resolved"),
    say("been resolved"),
    say("fully restored"),
    say("fully recovered"),
];

/// Words for when all is down.
pub(super) const OUTAGE: &[Phrase] = &[
    after(
        "outage",
        &["partial", "no", "an", "the", "this", "suspected"],
    ),
    after("an outage", &["not", "isn't"]),
    say("the outage"),
    say("this outage"),
    after("outages", &["partial", "no", "past", "earlier", "future"]),
    say("blackout"),
    say("completely down"),
    say("totally down"),
    say("total failure"),
    say("complete failure"),
    say("everything is down"),
    say("all services are down"),
    say("all systems are down"),
];

/// Statements that nothing happened.
pub(super) const NO_IMPACT: &[Phrase] = &[
    say("no impact"),
    say("no customer impact"),
    say("no user impact"),
    say("no business impact"),
    say("no effect on"),
    say("no data loss"),
    say("no data was lost"),
    say("no data were lost"),
    say("no data has been lost"),
    say("no data is lost"),
    say("no data was exposed"),
    say("no data was stolen"),
    say("no data was accessed"),
    say("no personal data"),
    say("no security impact"),
    say("no risk"),
    say("not affected"),
    say("not impacted"),
    say("unaffected"),
    say("no customers are affected"),
    say("no customers were affected"),
    say("no customer was affected"),
    say("no users are affected"),
    say("no users were affected"),
    say("no one is affected"),
    say("no one was affected"),
    say("nobody is affected"),
    say("nobody was affected"),
    say("nothing was lost"),
    say("data is safe"),
    say("data are safe"),
    say("money is safe"),
    say("completely safe"),
    say("fully secure"),
    say("not at risk"),
];
