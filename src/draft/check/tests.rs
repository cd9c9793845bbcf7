use super::*;
use proptest::prelude::*;

/// Everything is known and promised, so that only the words count.
fn calm() -> Context<'static> {
    Context {
        next_update_promised: true,
        estimate_known: true,
        is_full_outage: true,
        inside: true,
        ..Context::default()
    }
}

/// Each remark as `kind: words`.
fn told(text: &str, audience: &str, context: &Context<'_>) -> Vec<String> {
    let remarks = check(text, audience, context);
    let told = remarks.into_iter().map(|remark| {
        // A sentence of its own: the screen shows the words meant before it.
        let first = remark.says.chars().next().unwrap();
        assert!(first.is_ascii_uppercase() || first.is_ascii_digit());
        assert!(
            !remark
                .says
                .contains(&format!("“{}”", &text[remark.range.clone()]))
        );
        format!("{}: {}", remark.kind.name(), &text[remark.range])
    });
    told.collect()
}

#[test]
fn blame_is_told_from_what_only_sounds_like_it() {
    let names = ["Sample Lead", "Sample", "Will", "May"];
    let inside = Context {
        known_names: &names,
        ..calm()
    };
    let outside = Context {
        inside: false,
        ..inside
    };
    for (text, context, audience, expected) in [
        (
            "It was human error.",
            inside,
            "review",
            &["blame: human error"][..],
        ),
        (
            "It was HUMAN-ERROR",
            inside,
            "customers",
            &["blame: HUMAN-ERROR"],
        ),
        (
            "The team should have tested it.",
            inside,
            "review",
            &["blame: should have"],
        ),
        (
            "We should have tested it.",
            inside,
            "review",
            &["blame: should have"],
        ),
        ("We should have told you sooner.", inside, "customers", &[]),
        ("You should have received a mail.", inside, "customers", &[]),
        ("Orders should have arrived.", inside, "review", &[]),
        (
            "Sample should’ve asked.",
            inside,
            "review",
            &["blame: should’ve"],
        ),
        (
            "The operator failed to notice it.",
            inside,
            "review",
            &["blame: failed to notice"],
        ),
        ("Orders failed to load.", inside, "review", &[]),
        ("The server failed to respond.", inside, "review", &[]),
        ("The monitor failed to alert.", inside, "review", &[]),
        ("This review is blameless.", inside, "review", &[]),
        (
            "The fault is mended. A default was wrong.",
            inside,
            "review",
            &[],
        ),
        (
            "The team responsible for payments looks.",
            inside,
            "customers",
            &[],
        ),
        (
            "Careless, and at fault.",
            inside,
            "review",
            &["blame: Careless", "blame: at fault"],
        ),
        ("Sample Lead restarted it.", inside, "staff", &[]),
        (
            "Sample Lead restarted it.",
            outside,
            "customers",
            &["blame: Sample Lead"],
        ),
        (
            "It was Sample's change.",
            outside,
            "customers",
            &["blame: Sample's"],
        ),
        ("A sample order works.", outside, "customers", &[]),
        (
            "Will it last? It will. By 5 May it may.",
            outside,
            "customers",
            &[],
        ),
        (
            "We asked Will to look.",
            outside,
            "customers",
            &["blame: Will"],
        ),
        ("Samples fail.", outside, "customers", &[]),
    ] {
        assert_eq!(told(text, audience, &context), expected, "{text}");
    }
}

#[test]
fn guesses_are_told_unless_they_say_so() {
    for (text, audience, expected) in [
        (
            "We think it is the network.",
            "customers",
            &["speculation: We think"][..],
        ),
        ("We think through each change.", "customers", &[]),
        ("We believe in being open.", "customers", &[]),
        (
            "It is probably the network.",
            "staff",
            &["speculation: probably"],
        ),
        ("It is improbably slow.", "staff", &[]),
        (
            "Probably the network; this is not confirmed.",
            "regulators",
            &[],
        ),
        (
            "Probably the network. The rest is not confirmed.",
            "regulators",
            &["speculation: Probably"],
        ),
        ("It appears on the screen.", "customers", &[]),
        (
            "It appears to be fixed.",
            "customers",
            &["speculation: appears to be"],
        ),
        (
            "You may be asked to sign in again on 12 May.",
            "customers",
            &[],
        ),
        (
            "It is most likely a cable.",
            "customers",
            &["speculation: most likely"],
        ),
        ("Unlikely events happen.", "customers", &[]),
        ("You might be asked to sign in.", "customers", &[]),
        ("Some may have been charged twice.", "customers", &[]),
        ("It is probably the network.", "technical", &[]),
        ("we. think", "customers", &[]),
    ] {
        assert_eq!(told(text, audience, &calm()), expected, "{text}");
    }
}

#[test]
fn jargon_is_for_those_who_fix() {
    for (text, audience, expected) in [
        (
            "The load balancer dropped nodes.",
            "customers",
            &["jargon: load balancer", "jargon: nodes"][..],
        ),
        (
            "The load-balancer dropped it.",
            "executives",
            &["jargon: load-balancer"],
        ),
        ("The load balancer dropped nodes.", "technical", &[]),
        ("The load balancer dropped nodes.", "partners", &[]),
        ("Latency is high, in review.", "review", &[]),
        (
            "Mail root@node.example or see https://cache.example/pod/dns.",
            "customers",
            &[],
        ),
        ("See cache.example.", "customers", &[]),
        ("It was the cache.", "customers", &["jargon: cache"]),
        ("Notes, podium and employment are fine.", "customers", &[]),
        ("We redeployed it.", "customers", &[]),
        ("We deployed it.", "customers", &["jargon: deployed"]),
        ("Set MAX_CPU in /etc/dns/cache.", "support", &[]),
        ("Payments and/or refunds fail.", "customers", &[]),
    ] {
        assert_eq!(told(text, audience, &calm()), expected, "{text}");
    }
}

#[test]
fn promises_need_an_estimate() {
    let unknown = Context {
        estimate_known: false,
        ..calm()
    };
    let times = ["14:00".to_owned()];
    let timed = Context {
        known_times: &times,
        ..unknown
    };
    for (text, context, audience, expected) in [
        (
            "Service will be back by 14:00.",
            timed,
            "customers",
            &["promise_without_basis: will be back"][..],
        ),
        (
            "Fixed by 14:00.",
            timed,
            "customers",
            &["promise_without_basis: Fixed by 14:00"],
        ),
        (
            "Resolved by tomorrow.",
            timed,
            "customers",
            &["promise_without_basis: Resolved by tomorrow"],
        ),
        ("It was fixed by a restart.", timed, "customers", &[]),
        ("Next update by 14:00.", timed, "customers", &[]),
        (
            "We will tell you as soon as we know.",
            timed,
            "customers",
            &[],
        ),
        (
            "It comes back shortly.",
            timed,
            "customers",
            &["promise_without_basis: shortly"],
        ),
        ("It comes back shortly.", calm(), "customers", &[]),
        (
            "This will never happen again.",
            calm(),
            "customers",
            &["promise_without_basis: never happen again"],
        ),
        (
            "We guarantee nothing.",
            timed,
            "executives",
            &["promise_without_basis: guarantee"],
        ),
        ("The alarm will be fixed.", timed, "review", &[]),
        ("We keep beta users up to date.", timed, "customers", &[]),
        ("It began shortly after 14:00.", timed, "customers", &[]),
        ("There is no ETA yet.", timed, "customers", &[]),
        (
            "ETA 14:00.",
            timed,
            "customers",
            &["promise_without_basis: ETA"],
        ),
    ] {
        assert_eq!(told(text, audience, &context), expected, "{text}");
    }
}

#[test]
fn the_next_update_is_announced_or_not_needed() {
    let silent = Context {
        next_update_promised: false,
        ..calm()
    };
    for (text, audience, expected) in [
        ("We look.", "customers", &["no_next_update: "][..]),
        ("", "staff", &["no_next_update: "]),
        ("We look. The next update comes soon.", "customers", &[]),
        ("We'll update you when we know.", "customers", &[]),
        ("This is resolved.", "customers", &[]),
        ("We look.", "regulators", &[]),
        ("We look.", "review", &[]),
    ] {
        assert_eq!(told(text, audience, &silent), expected, "{text}");
    }
}

#[test]
fn outage_means_that_all_is_down() {
    let partly = Context {
        is_full_outage: false,
        ..calm()
    };
    for (text, audience, expected) in [
        (
            "There is an outage.",
            "customers",
            &["outage_word: an outage"][..],
        ),
        ("A partial outage.", "customers", &[]),
        ("This is not an outage.", "customers", &[]),
        (
            "The outage goes on.",
            "customers",
            &["outage_word: The outage"],
        ),
        (
            "Outage of Checkout.",
            "executives",
            &["outage_word: Outage"],
        ),
        (
            "Everything is down.",
            "staff",
            &["outage_word: Everything is down"],
        ),
        ("The outage went on.", "review", &[]),
    ] {
        assert_eq!(told(text, audience, &partly), expected, "{text}");
    }
    assert_eq!(told("There is an outage.", "customers", &calm()), [""; 0]);
}

#[test]
fn no_impact_is_for_the_log_to_show() {
    let texts = ["Checked all books: no data was lost"];
    let proven = Context {
        known_texts: &texts,
        ..calm()
    };
    for (text, context, expected) in [
        (
            "No data was lost.",
            calm(),
            &["unproven_no_impact: No data was lost"][..],
        ),
        ("No data was lost.", proven, &[]),
        (
            "Refunds are not affected.",
            proven,
            &["unproven_no_impact: not affected"],
        ),
        ("There is no sign that data was lost.", calm(), &[]),
        ("No. Impact is high.", calm(), &[]),
        ("We do not know yet who is affected.", calm(), &[]),
    ] {
        assert_eq!(told(text, "customers", &context), expected, "{text}");
    }
}

#[test]
fn length_is_measured_by_who_reads() {
    let text = "word ".repeat(130);
    let kinds = |audience: &str| -> Vec<RemarkKind> {
        let remarks = check(&text, audience, &calm());
        remarks.into_iter().map(|remark| remark.kind).collect()
    };
    assert_eq!(kinds("customers"), [RemarkKind::TooLong]);
    assert_eq!(kinds("executives"), []);
    assert_eq!(kinds("regulators"), []);
    assert_eq!(kinds("review"), []);
    let remark = check(&text, "customers", &calm()).remove(0);
    assert_eq!(remark.range, 600..text.len());
}

#[test]
fn figures_are_those_of_the_log() {
    let times = ["24 Nov, 02:13".to_owned(), "03:30".to_owned()];
    let texts = [
        "38 to 42 % of authorisations time out",
        "1,200 orders wait, 3 of 5 cards pass",
        "At 2:45 pm latency was 2.50 s",
    ];
    let context = Context {
        known_times: &times,
        known_texts: &texts,
        ..calm()
    };
    for (text, expected) in [
        ("38% fail, or 42 percent.", &[][..]),
        ("About 40 % fail.", &["40 %"]),
        ("42 orders fail.", &["42"]),
        ("Between 38–42 % fail.", &[]),
        ("Between 30 and 42 % fail.", &["30"]),
        ("1200 orders wait. 1 200?", &["1", "200"]),
        ("It began at 02:13, 2:13 am; next by 03:30.", &[]),
        ("It began at 02:14.", &["02:14"]),
        ("At 14:45 and 2.45 pm.", &["2.45"]),
        ("It took 2.5s.", &[]),
        ("On 24 November 2026, Nov 24, 2026-11-24 and 24th.", &[]),
        ("We march 17 times.", &["17"]),
        (
            "P1, INC-17, v1.2.3, 10.0.0.1, 24/7, IPv6, #9, 5xx, x_7.",
            &[],
        ),
        ("Call +49 30 1234 567 or 7@a.example.", &[]),
        ("See https://a.example/42.", &[]),
        ("A 30-minute wait.", &["30"]),
        ("1. First. \n2) Second.", &[]),
        ("3 of 5 cards.", &[]),
        ("0.5 and .5 and 0", &["0.5", "0"]),
        ("25:61 or 1:2:3:4", &[]),
    ] {
        let told = told(text, "technical", &context);
        let expected: Vec<String> = expected
            .iter()
            .map(|figure| format!("not_in_the_log: {figure}"))
            .collect();
        assert_eq!(told, expected, "{text}");
    }
}

#[test]
fn remarks_come_in_the_order_of_the_words() {
    let context = Context {
        known_names: &["Sample"],
        ..Context::default()
    };
    let text = "We think Sample’s outage will be fixed by 14:00; no impact.";
    expect_test::expect![[r#"
        [
            "speculation: We think",
            "blame: Sample’s",
            "outage_word: outage",
            "promise_without_basis: will be fixed",
            "not_in_the_log: 14:00",
            "unproven_no_impact: no impact",
            "no_next_update: ",
        ]
    "#]]
    .assert_debug_eq(&told(text, "customers", &context));
}

#[test]
fn kinds_have_names_of_their_own() {
    for kind in RemarkKind::ALL {
        assert_eq!(RemarkKind::named(kind.name()), Some(kind));
        assert!(!kind.title().is_empty());
    }
    assert_eq!(RemarkKind::named("praise"), None);
}

fn texts() -> impl Strategy<Value = String> {
    let pieces = prop_oneof![
        Just("We think "),
        Just("outage"),
        Just(" "),
        Just("no impact"),
        Just("’s "),
        Just("é"),
        Just(". "),
        Just("\n"),
        Just("40"),
        Just(" %"),
        Just(","),
        Just(":"),
        Just("00"),
        Just("."),
        Just("pm"),
        Just("@"),
        Just("+"),
        Just("-"),
        Just("May "),
        Just("Will"),
        Just("fixed by "),
        Just("should have "),
        Just("team "),
        Just("、"),
        Just("٣"),
        Just("/"),
    ];
    prop_oneof![
        proptest::collection::vec(pieces, 0..30).prop_map(|pieces| pieces.concat()),
        any::<String>(),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn any_text_is_checked(text in texts(), known in texts(), audience in 0_usize..8) {
        let audience = Audience::ALL.get(audience).map_or(REVIEW, |audience| audience.name());
        let (names, times, entries) = (["Will", "", "May é"], [known.clone()], [known.as_str()]);
        let context = Context {
            known_names: &names,
            known_times: &times,
            known_texts: &entries,
            ..Context::default()
        };
        let remarks = check(&text, audience, &context);
        for remark in &remarks {
            prop_assert!(text.get(remark.range.clone()).is_some(), "{remark:?}");
        }
        prop_assert!(remarks.windows(2).all(|pair| pair[0].range.start <= pair[1].range.start));
        // What the log says word for word is in the log.
        let entries = [text.as_str()];
        let context = Context { known_texts: &entries, ..context };
        let kinds = [RemarkKind::NotInTheLog, RemarkKind::UnprovenNoImpact];
        let proven = check(&text, audience, &context);
        prop_assert!(!proven.iter().any(|remark| kinds.contains(&remark.kind)), "{proven:?}");
    }
}
