//! The worked examples: from a start with its zone to what is due.

use super::*;

const BERLIN: &str = "Europe/Berlin";
const LONDON: &str = "Europe/London";
const NEW_YORK: &str = "America/New_York";
const SYDNEY: &str = "Australia/Sydney";

const BANK: Entity = Entity {
    dora: DoraKind::CreditInstitution,
    microenterprise: false,
    essential_or_important: false,
    nis2: None,
    serves_banks: false,
};
const INSURER: Entity = Entity {
    dora: DoraKind::Other,
    ..BANK
};

#[test]
fn dora_on_a_rest_day() {
    let facts = "aware 2026-11-20T15:10+01:00;classified_major 2026-11-20T22:30+01:00";
    let rest = [
        "intermediate waits for initial",
        "final waits for intermediate",
    ];
    let initial =
        "initial 2026-11-21T02:30+01:00 law 2026-11-23T12:00+01:00 not 2026-11-21T15:10+01:00";
    check(
        RegimeId::Dora,
        BERLIN,
        INSURER,
        facts,
        &[initial, rest[0], rest[1]],
    );
    let initial =
        "initial 2026-11-21T02:30+01:00 law 2026-11-21T03:00+01:00 not 2026-11-21T15:10+01:00";
    for dora in DoraKind::ALL
        .iter()
        .filter(|kind| **kind != DoraKind::Other)
    {
        let entity = Entity {
            dora: *dora,
            ..BANK
        };
        check(
            RegimeId::Dora,
            BERLIN,
            entity,
            facts,
            &[initial, rest[0], rest[1]],
        );
    }
    let essential = Entity {
        essential_or_important: true,
        ..INSURER
    };
    check(
        RegimeId::Dora,
        BERLIN,
        essential,
        facts,
        &[initial, rest[0], rest[1]],
    );
    let sent = format!("{facts};sent initial 2026-11-21T02:00+01:00");
    let initial = format!("{initial} sent");
    let expected = [
        initial.as_str(),
        "intermediate 2026-11-24T02:00+01:00",
        rest[1],
    ];
    check(RegimeId::Dora, BERLIN, BANK, &sent, &expected);
}

#[test]
fn dora_cap_clocks_put_back_and_late() {
    for (facts, initial) in [
        (
            "aware 2026-11-24T08:00+01:00;classified_major 2026-11-25T06:00+01:00",
            "initial 2026-11-25T08:00+01:00 not 2026-11-25T10:00+01:00",
        ),
        (
            "aware 2026-10-24T12:00+02:00;classified_major 2026-10-25T02:30+02:00",
            "initial 2026-10-25T05:30+01:00 law 2026-10-25T06:00+01:00 not 2026-10-25T11:00+01:00",
        ),
        (
            "aware 2026-11-24T08:00+01:00;classified_major 2026-11-25T14:00+01:00",
            "initial 2026-11-25T18:00+01:00 not 2026-11-25T08:00+01:00",
        ),
        // At the cap itself it still holds.
        (
            "aware 2026-11-24T08:00+01:00;classified_major 2026-11-25T08:00+01:00",
            "initial 2026-11-25T08:00+01:00 not 2026-11-25T12:00+01:00",
        ),
        (
            "classified_major 2026-11-25T14:00+01:00",
            "initial 2026-11-25T18:00+01:00",
        ),
        (
            "aware 2026-11-24T08:00+01:00",
            "initial waits for classified_major not 2026-11-25T08:00+01:00",
        ),
    ] {
        let expected = [
            initial,
            "intermediate waits for initial",
            "final waits for intermediate",
        ];
        check(RegimeId::Dora, BERLIN, BANK, facts, &expected);
    }
}

#[test]
fn dora_at_the_end_of_a_month() {
    let facts = "classified_major 2027-01-28T06:00+01:00;sent initial 2027-01-28T09:00+01:00;sent intermediate 2027-01-31T10:00+01:00";
    for (entity, intermediate) in [
        (
            BANK,
            "intermediate 2027-01-31T09:00+01:00 possible 2027-02-02T00:00+01:00 sent",
        ),
        (
            INSURER,
            "intermediate 2027-01-31T09:00+01:00 law 2027-02-01T12:00+01:00 possible 2027-02-02T00:00+01:00 sent",
        ),
    ] {
        let expected = [
            "initial 2027-01-28T10:00+01:00 sent",
            intermediate,
            "updated waits for recovered",
            "final 2027-02-28T10:00+01:00 law 2027-03-01T12:00+01:00",
        ];
        check(RegimeId::Dora, BERLIN, entity, facts, &expected);
    }
}

#[test]
fn dora_after_recovery() {
    let start = "classified_major 2026-11-23T06:00+01:00;sent initial 2026-11-23T09:00+01:00;sent intermediate 2026-11-25T10:30+01:00";
    let first = [
        "initial 2026-11-23T10:00+01:00 sent",
        "intermediate 2026-11-26T09:00+01:00 sent",
    ];
    let last = "final 2026-12-25T10:30+01:00 law 2026-12-28T12:00+01:00";
    for recovered in ["2026-11-25T09:00+01:00", "2026-11-25T10:30+01:00"] {
        let facts = format!("{start};recovered {recovered}");
        check(
            RegimeId::Dora,
            BERLIN,
            BANK,
            &facts,
            &[first[0], first[1], last],
        );
    }
    let facts = format!("{start};recovered 2026-11-26T09:00+01:00");
    let expected = [first[0], first[1], "updated without delay", last];
    check(RegimeId::Dora, BERLIN, BANK, &facts, &expected);
    let facts = format!("{facts};sent updated 2026-11-27T10:00+01:00");
    // The 27th of December is a Sunday.
    let expected = [
        first[0],
        first[1],
        "updated without delay sent",
        "final 2026-12-27T10:00+01:00 law 2026-12-28T12:00+01:00",
    ];
    check(RegimeId::Dora, BERLIN, BANK, &facts, &expected);
}

#[test]
fn nis2_and_eidas_when_clocks_are_put_forward() {
    let aware = "aware 2026-03-28T20:00+01:00";
    let eidas = "notification 2026-03-29T21:00+02:00";
    check(RegimeId::Eidas, BERLIN, BANK, aware, &[eidas]);
    let warning = "warning 2026-03-29T21:00+02:00";
    let notification = "notification 2026-03-31T21:00+02:00";
    let expected = [warning, notification, "final waits for notification"];
    check(RegimeId::Nis2, BERLIN, BANK, aware, &expected);
    let trust = Entity {
        nis2: Some(Nis2Kind::Trust),
        ..BANK
    };
    let expected = [warning, eidas, "final waits for notification"];
    check(RegimeId::Nis2, BERLIN, trust, aware, &expected);
    let facts = format!("{aware};sent notification 2026-03-31T12:00+02:00");
    let notification = "notification 2026-03-31T21:00+02:00 sent";
    let month = "2026-04-30T12:00+02:00 law 2026-05-01T00:00+02:00";
    let last = format!("final {month}");
    check(
        RegimeId::Nis2,
        BERLIN,
        BANK,
        &facts,
        &[warning, notification, &last],
    );
    // Handled before: nothing changes. Still going on: a progress report, then a month.
    let handled = format!("{facts};resolved 2026-04-30T12:00+02:00");
    check(
        RegimeId::Nis2,
        BERLIN,
        BANK,
        &handled,
        &[warning, notification, &last],
    );
    let progress = format!("progress {month}");
    let handled = format!("{facts};resolved 2026-05-04T12:00+02:00");
    let after = "final 2026-06-04T12:00+02:00 law 2026-06-05T00:00+02:00";
    check(
        RegimeId::Nis2,
        BERLIN,
        BANK,
        &handled,
        &[warning, notification, &progress, after],
    );
    let goes_on = format!("{facts};sent progress 2026-04-30T09:00+02:00");
    let progress = format!("{progress} sent");
    let waits = "final waits for resolved";
    check(
        RegimeId::Nis2,
        BERLIN,
        BANK,
        &goes_on,
        &[warning, notification, &progress, waits],
    );
}

#[test]
fn gdpr_at_easter() {
    let strict = "notification 2026-04-05T17:20+02:00 law 2026-04-05T18:00+02:00 possible 2026-04-09T00:00+02:00";
    let aware = "aware 2026-04-02T17:20+02:00";
    check(RegimeId::Gdpr, BERLIN, BANK, aware, &[strict]);
    let high = format!("{aware};is gdpr_high_risk yes;is gdpr_processor yes");
    let expected = [strict, "people without delay", "clients without delay"];
    check(RegimeId::Gdpr, BERLIN, BANK, &high, &expected);
    check(
        RegimeId::Gdpr,
        BERLIN,
        BANK,
        &format!("{aware};is gdpr_risk no"),
        &[],
    );
    let both = format!("{aware};is gdpr_risk no;is gdpr_high_risk yes");
    check(RegimeId::Gdpr, BERLIN, BANK, &both, &expected[..2]);
}

#[test]
fn uk_gdpr() {
    let facts = "aware 2026-03-28T23:30Z";
    check(
        RegimeId::UkGdpr,
        LONDON,
        BANK,
        facts,
        &["notification 2026-04-01T00:30+01:00"],
    );
}

#[test]
fn cra() {
    let aware = "aware 2026-10-02T18:00+02:00";
    let warning = "warning 2026-10-03T18:00+02:00";
    // Friday to Monday: by the disputed reading a second working day belongs to it.
    let notification = "notification 2026-10-05T18:00+02:00 possible 2026-10-07T00:00+02:00";
    let fix = "final_on_fix waits for fix_available";
    let expected = [warning, notification, fix, "final waits for notification"];
    check(RegimeId::Cra, BERLIN, BANK, aware, &expected);
    let both = format!("{aware};is cra_what both");
    check(RegimeId::Cra, BERLIN, BANK, &both, &expected);
    let sent_notification = format!("{notification} sent");
    for (sent, last) in [
        (
            "2026-10-05T10:00+02:00",
            "final 2026-11-05T10:00+01:00 law 2026-11-06T00:00+01:00",
        ),
        (
            "2026-10-31T10:00+01:00",
            "final 2026-11-30T10:00+01:00 law 2026-12-01T00:00+01:00",
        ),
    ] {
        let facts = format!("{aware};is cra_what incident;sent notification {sent}");
        check(
            RegimeId::Cra,
            BERLIN,
            BANK,
            &facts,
            &[warning, &sent_notification, last],
        );
    }
    let facts = format!("{aware};is cra_what vulnerability;fix_available 2026-12-12T09:00+01:00");
    let fixed = "final_on_fix 2026-12-26T09:00+01:00 law 2026-12-29T00:00+01:00";
    check(
        RegimeId::Cra,
        BERLIN,
        BANK,
        &facts,
        &[warning, notification, fixed],
    );
}

#[test]
fn sec() {
    let amendment = "amendment waits for information_available";
    for (facts, initial) in [
        (
            "materiality_determined 2026-11-23T10:00-05:00",
            "initial 2026-11-30T10:00-05:00 law 2026-12-01T00:00-05:00",
        ),
        (
            "materiality_determined 2027-01-16T10:00-05:00",
            "initial 2027-01-22T10:00-05:00 law 2027-01-23T00:00-05:00",
        ),
        (
            "materiality_determined 2026-11-23T10:00-05:00;is sec_delay_days 30",
            "initial 2026-11-30T10:00-05:00 law 2026-12-01T00:00-05:00 possible 2026-12-31T00:00-05:00",
        ),
        (
            "materiality_determined 2026-11-23T10:00-05:00;is sec_delay_days 120",
            "initial 2026-11-30T10:00-05:00 law 2026-12-01T00:00-05:00 possible 2027-03-31T00:00-04:00",
        ),
        (
            "materiality_determined 2036-02-04T10:00-05:00",
            "initial 2036-02-08T10:00-05:00 law 2036-02-09T00:00-05:00 beyond data",
        ),
    ] {
        check(RegimeId::Sec, NEW_YORK, BANK, facts, &[initial, amendment]);
    }
    let facts = "information_available 2026-11-23T10:00-05:00";
    let expected = [
        "initial waits for materiality_determined",
        "amendment 2026-11-30T10:00-05:00 law 2026-12-01T00:00-05:00",
    ];
    check(RegimeId::Sec, NEW_YORK, BANK, facts, &expected);
}

#[test]
fn nydfs_and_circia() {
    let paid = [
        "payment waits for payment_made",
        "payment_reasons waits for payment_made",
    ];
    let hours = "notification 2026-11-03T09:00-05:00";
    let facts = "determined 2026-10-31T10:00-04:00";
    check(
        RegimeId::Nydfs,
        NEW_YORK,
        BANK,
        facts,
        &[hours, paid[0], paid[1]],
    );
    let facts = "reasonable_belief 2026-10-31T10:00-04:00";
    check(RegimeId::Circia, NEW_YORK, BANK, facts, &[hours, paid[0]]);
    let facts = "payment_made 2026-12-01T09:00-05:00";
    let payment = "payment 2026-12-02T09:00-05:00";
    let reasons = "payment_reasons 2026-12-31T09:00-05:00 law 2027-01-01T00:00-05:00";
    let expected = ["notification waits for determined", payment, reasons];
    check(RegimeId::Nydfs, NEW_YORK, BANK, facts, &expected);
    let expected = ["notification waits for reasonable_belief", payment];
    check(RegimeId::Circia, NEW_YORK, BANK, facts, &expected);
}

#[test]
fn us_banks() {
    let facts = "determined 2027-03-13T20:00-05:00";
    let hours = "notification 2027-03-15T09:00-04:00";
    check(RegimeId::UsBanks, NEW_YORK, BANK, facts, &[hours]);
    let provider = Entity {
        serves_banks: true,
        ..BANK
    };
    check(
        RegimeId::UsBanks,
        NEW_YORK,
        provider,
        facts,
        &["clients without delay"],
    );
    let shorter = format!("{facts};is us_banks_four_hours no");
    check(RegimeId::UsBanks, NEW_YORK, provider, &shorter, &[]);
}

#[test]
fn hipaa_and_ftc() {
    let discovered = "discovered 2026-12-15T11:00-05:00";
    let sixty = "2027-02-13T11:00-05:00 law 2027-02-14T00:00-05:00";
    let (people, media, authority) = (
        format!("people {sixty}"),
        format!("media {sixty}"),
        format!("notification {sixty}"),
    );
    check(
        RegimeId::Hipaa,
        NEW_YORK,
        BANK,
        discovered,
        &[&people, &media, &authority],
    );
    let exactly = format!("{discovered};is hipaa_people 500");
    check(
        RegimeId::Hipaa,
        NEW_YORK,
        BANK,
        &exactly,
        &[&people, &authority],
    );
    let spread = format!("{discovered};is hipaa_people 9000;is hipaa_one_state no");
    check(
        RegimeId::Hipaa,
        NEW_YORK,
        BANK,
        &spread,
        &[&people, &authority],
    );
    let small = format!("{discovered};is hipaa_people 499");
    let year = "notification 2027-03-01T11:00-05:00 law 2027-03-02T00:00-05:00";
    check(RegimeId::Hipaa, NEW_YORK, BANK, &small, &[&people, year]);
    let small = "discovered 2027-06-01T11:00-04:00;is hipaa_people 20";
    let expected = [
        "people 2027-07-31T11:00-04:00 law 2027-08-01T00:00-04:00",
        "notification 2028-02-29T11:00-05:00 law 2028-03-01T00:00-05:00",
    ];
    check(RegimeId::Hipaa, NEW_YORK, BANK, small, &expected);
    let thirty = "notification 2027-01-14T11:00-05:00 law 2027-01-15T00:00-05:00";
    check(RegimeId::Ftc, NEW_YORK, BANK, discovered, &[thirty]);
    for (consumers, expected) in [("500", &[thirty][..]), ("499", &[])] {
        let facts = format!("{discovered};is ftc_consumers {consumers}");
        check(RegimeId::Ftc, NEW_YORK, BANK, &facts, expected);
    }
}

#[test]
fn fcc() {
    let expected = [
        "notification 2026-11-24T12:00-05:00",
        "initial 2026-11-27T10:00-05:00 law 2026-11-28T00:00-05:00",
        "final 2026-12-24T10:00-05:00 law 2026-12-25T00:00-05:00",
    ];
    check(
        RegimeId::Fcc,
        NEW_YORK,
        BANK,
        "discovered 2026-11-24T10:00-05:00",
        &expected,
    );
}

#[test]
fn uk_nis() {
    let facts = "aware 2026-10-23T09:00+01:00";
    check(
        RegimeId::UkNis,
        LONDON,
        BANK,
        facts,
        &["notification 2026-10-26T08:00+00:00"],
    );
}

#[test]
fn uk_fca() {
    let expected = ["initial 2027-03-28T23:00+01:00", "final waits for resolved"];
    check(
        RegimeId::UkFca,
        LONDON,
        BANK,
        "threshold_met 2027-03-27T22:00Z",
        &expected,
    );
    let expected = [
        "initial waits for threshold_met",
        "final 2027-05-06T15:00+01:00 law 2027-05-07T00:00+01:00",
    ];
    check(
        RegimeId::UkFca,
        LONDON,
        BANK,
        "resolved 2027-03-22T15:00Z",
        &expected,
    );
}

#[test]
fn cert_in() {
    let expected = ["notification 2026-11-25T03:30+05:30"];
    check(
        RegimeId::CertIn,
        "Asia/Kolkata",
        BANK,
        "aware 2026-11-24T21:30+05:30",
        &expected,
    );
}

#[test]
fn apra() {
    let facts = "aware 2026-10-02T18:00+10:00;weakness_found 2026-12-17T10:00+11:00";
    let expected = [
        "notification 2026-10-05T19:00+11:00",
        "weakness 2027-01-05T10:00+11:00 law 2027-01-06T00:00+11:00",
    ];
    check(RegimeId::Apra234, SYDNEY, BANK, facts, &expected);
    let facts = "outside_tolerance 2026-10-03T20:00+10:00;aware 2026-10-02T18:00+10:00";
    let expected = [
        "notification 2026-10-05T19:00+11:00",
        "tolerance 2026-10-04T21:00+11:00",
    ];
    check(RegimeId::Apra230, SYDNEY, BANK, facts, &expected);
}

#[test]
fn soci() {
    let aware = "aware 2026-10-03T22:00+10:00";
    let payment = "payment waits for payment_made";
    let significant = "notification 2026-10-04T11:00+11:00";
    check(RegimeId::Soci, SYDNEY, BANK, aware, &[significant, payment]);
    let facts = format!("{aware};is soci_impact relevant");
    let relevant = "notification 2026-10-06T23:00+11:00";
    check(RegimeId::Soci, SYDNEY, BANK, &facts, &[relevant, payment]);
    let facts = format!("{aware};sent oral 2026-10-04T10:30+11:00");
    let expected = [
        "notification 2026-10-04T11:00+11:00 sent",
        "written 2026-10-07T22:30+11:00",
        payment,
    ];
    check(RegimeId::Soci, SYDNEY, BANK, &facts, &expected);
    let facts = "payment_made 2026-10-03T22:00+10:00";
    let expected = [
        "notification waits for aware",
        "payment 2026-10-06T23:00+11:00",
    ];
    check(RegimeId::Soci, SYDNEY, BANK, facts, &expected);
}

#[test]
fn mas() {
    let expected = [
        "notification 2026-08-09T03:15+08:00",
        "cause 2026-08-23T02:15+08:00 law 2026-08-24T00:00+08:00",
    ];
    check(
        RegimeId::Mas,
        "Asia/Singapore",
        BANK,
        "discovered 2026-08-09T02:15+08:00",
        &expected,
    );
}

#[test]
fn hong_kong() {
    let aware = "aware 2026-11-24T20:00+08:00";
    let written = "written 2026-12-08T20:00+08:00 law 2026-12-09T00:00+08:00";
    for (facts, first) in [
        (aware.to_owned(), "notification 2026-11-25T08:00+08:00"),
        (
            format!("{aware};is hong_kong_core_function yes"),
            "notification 2026-11-25T08:00+08:00",
        ),
        (
            format!("{aware};is hong_kong_core_function no"),
            "notification 2026-11-26T20:00+08:00",
        ),
    ] {
        check(
            RegimeId::HongKong,
            "Asia/Hong_Kong",
            BANK,
            &facts,
            &[first, written],
        );
    }
}

#[test]
fn a_hosts_own_days_off_count() {
    let known = known(RegimeId::Dora, "classified_major 2026-10-02T22:00+02:00");
    let unity = crate::classify::calendar::tests::day("2026-10-05");
    let zone = place(BERLIN);
    let noon = |extra| {
        let clocks = clocks(
            RegimeId::Dora,
            &known,
            &INSURER,
            zone,
            &Holidays::with(extra),
        );
        line(&clocks[0], zone)
    };
    assert_eq!(
        noon(Vec::new()),
        "initial 2026-10-03T02:00+02:00 law 2026-10-05T12:00+02:00"
    );
    let extra = vec![(Calendar::EuTarget, unity)];
    assert_eq!(
        noon(extra),
        "initial 2026-10-03T02:00+02:00 law 2026-10-06T12:00+02:00"
    );
    let elsewhere = vec![(Calendar::UsFederal, unity)];
    assert_eq!(noon(elsewhere), noon(Vec::new()));
}
