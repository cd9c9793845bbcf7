//! The record itself: whether it is whole, and the seal by which two copies are compared.

use std::time::Duration;

use leptos::prelude::*;

use super::here::{Here, use_here};
use crate::guide::record::{self, Remark};
use crate::guide::words::count;
use crate::ui::derived::Derived;
use crate::ui::parts::each::each;

/// What the room shows first has the page to itself this long.
const PATIENCE: Duration = Duration::from_millis(500);

/// What checking the record found, kept up as events come in from elsewhere.
#[derive(Clone, Copy)]
pub struct Checked(RwSignal<Option<Vec<Remark>>>);

impl Checked {
    /// Checks once the page has painted, and again when something has come in.
    pub fn start(here: Here) -> Self {
        let checked = RwSignal::new(None);
        let turn = StoredValue::new(0_u32);
        Effect::new(move |_| {
            here.session.came_in().track();
            if !here.session.is_open() {
                return;
            }
            let this = turn.get_value() + 1;
            turn.set_value(this);
            let check = async move {
                let wanted = move || turn.try_get_value() == Some(this);
                let Some(findings) = here.session.check(here.id, wanted).await else {
                    return;
                };
                let remarks = here.ask_now(|incident| record::remarks(incident, &findings));
                if wanted() {
                    checked.set(remarks);
                }
            };
            set_timeout(move || leptos::task::spawn_local(check), PATIENCE);
        });
        Self(checked)
    }
}

/// What does not fit, or is missing; nothing where the record is whole.
#[component]
pub fn Remarks(checked: Checked) -> impl IntoView {
    let remarks = move || checked.0.get().unwrap_or_default();
    view! {
        <div class="remarks">
            {each(remarks, |remark: Remark| view! {
                <p class="tag" class:late=remark.alarming class:soon=!remark.alarming>{remark.text}</p>
            })}
        </div>
    }
}

/// How much is held, and its seal.
#[component]
pub fn SealLine(checked: Checked) -> impl IntoView {
    let here = use_here();
    let seal = Derived::new(move || {
        checked.0.with(Option::is_some).then(|| {
            let seals = here.session.seals(here.id);
            let short: Vec<String> = seals.iter().map(crate::model::Digest::short).collect();
            short.join(" ")
        })
    });
    let held = here.view(|incident| incident.timeline.len());
    view! {
        <p class="seal faint small">
            {move || count(held.get(), "entry", "entries")}
            {move || seal.get().map(|seal| view! { ", checked. Seal "<b class="num">{seal}</b>": whoever reads out the same one holds the same record." })}
        </p>
    }
}
