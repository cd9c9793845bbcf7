//! Which regulators bind the organisation: chosen once.

use leptos::prelude::*;

use crate::classify::regime::{CHECKED, DoraKind, InForce, Nis2Kind, RegimeId};
use crate::guide::{regimes, write};
use crate::model::organisation::RegimeChoice;
use crate::ui::browser;
use crate::ui::derived::Derived;
use crate::ui::parts::field::{CheckField, SelectField, TextField};
use crate::ui::parts::form::EntryForm;
use crate::ui::session::use_session;

const YES_NO: [(&str, &str); 3] = [
    ("microenterprise", "It is a microenterprise (DORA)"),
    (
        "essential_or_important",
        "It is essential or important (NIS2)",
    ),
    ("serves_banks", "It serves banks and is none (US)"),
];

fn options<T: Copy>(all: &[T], name: impl Fn(T) -> &'static str) -> Vec<(String, String)> {
    let listed = all.iter().map(|one| {
        let name = name(*one);
        (name.to_owned(), name.replace('_', " "))
    });
    std::iter::once((String::new(), "not said".to_owned()))
        .chain(listed)
        .collect()
}

fn in_force(id: RegimeId) -> &'static str {
    match id.in_force_from() {
        InForce::NotYet => ", not in force when last checked",
        InForce::Long | InForce::From(_) => "",
    }
}

/// The regimes, what they need to know of the organisation, its zone and its own days off.
#[component]
pub fn Regimes() -> impl IntoView {
    let session = use_session();
    let held = Derived::new(move || {
        session.ask_organisation(|held| RegimeChoice {
            regimes: held.regimes.clone(),
            entity: held.entity.clone(),
            zone: held.zone.clone(),
            holidays: held.holidays.clone(),
        })
    });
    // The library may be read later than this is shown, and changed in another tab.
    move || view! { <Choice held=held.get()/> }
}

#[component]
fn Choice(held: RegimeChoice) -> impl IntoView {
    let session = use_session();
    let chosen: Vec<(RegimeId, RwSignal<bool>)> = RegimeId::ALL
        .iter()
        .map(|id| {
            let on = held.regimes.iter().any(|name| name == id.name());
            (*id, RwSignal::new(on))
        })
        .collect();
    let said = |key: &str| held.entity.get(key).cloned().unwrap_or_default();
    let yes_no = YES_NO.map(|(key, _)| RwSignal::new(said(key) == "yes"));
    let [dora, nis2, lei, zone, days] = [
        said("dora"),
        said("nis2"),
        said("lei"),
        held.zone.clone(),
        held.holidays.join(", "),
    ]
    .map(RwSignal::new);
    let other = held.entity.clone();
    let boxes = chosen.iter().map(|(id, on)| {
        let label = format!(
            "{}: {}{} ({})",
            id.title(),
            id.who(),
            in_force(*id),
            regimes::relied_on(id.provenance())
        );
        view! { <li><CheckField label value=*on/></li> }
    });
    let boxes = boxes.collect_view();
    let submit = move || {
        let zone = zone.get_untracked().trim().to_owned();
        if !zone.is_empty() && !browser::knows_zone(&zone) {
            return Err(format!(
                "“{zone}” is no zone that this browser knows; “Europe/Berlin” is one."
            ));
        }
        let holidays = super::list(&days.get_untracked());
        if let Some(day) = holidays
            .iter()
            .find(|day| !crate::model::organisation::is_day(day))
        {
            return Err(format!("“{day}” is not a day, as 2026-12-24 is."));
        }
        let mut entity = other.clone();
        for ((key, _), on) in YES_NO.iter().zip(yes_no) {
            entity.insert(
                (*key).to_owned(),
                if on.get_untracked() { "yes" } else { "no" }.to_owned(),
            );
        }
        for (key, value) in [("dora", dora), ("nis2", nis2), ("lei", lei)] {
            entity.insert(key.to_owned(), value.get_untracked().trim().to_owned());
        }
        entity.retain(|_, value| !value.is_empty() && value != "no");
        let regimes = chosen.iter().filter(|(_, on)| on.get_untracked());
        let choice = RegimeChoice {
            regimes: regimes.map(|(id, _)| id.name().to_owned()).collect(),
            entity,
            zone,
            holidays,
        };
        let draft = session.ask_untracked(|records| {
            write::organisation::choose_regimes(records.library(), choice)
        });
        session.act_in_library(vec![draft], "Chose the regimes that apply");
        session.say("Chosen");
        Ok(())
    };
    view! {
        <section class="organisation-part" aria-label="Regulators">
            <h2>"Regulators"</h2>
            <p class="faint small">{format!("Those that bind you have their clocks in every incident, from moments that a person confirms. Not legal advice; rules last checked {CHECKED}.")}</p>
            <div class="sheet share-box">
                <EntryForm button="These apply" submit>
                    <ul class="checks-list">{boxes}</ul>
                    <div class="two">
                        <SelectField label="To DORA it is" value=dora options=options(DoraKind::ALL, DoraKind::name)/>
                        <SelectField label="To NIS2 it is" value=nis2 options=options(Nis2Kind::ALL, Nis2Kind::name)/>
                    </div>
                    {YES_NO.iter().zip(yes_no).map(|((_, label), value)| view! { <CheckField label=*label value/> }).collect_view()}
                    <div class="two">
                        <TextField label="Its LEI" value=lei/>
                        <TextField label="Zone of its days" value=zone hint="Europe/Berlin; this machine's where empty."/>
                        <TextField label="Days off of its own" value=days hint="2026-12-24, with commas between. Known are TARGET, US federal, English, Indian and Australian ones."/>
                    </div>
                </EntryForm>
            </div>
        </section>
    }
}
