//! Updates: who must hear, what to tell them, and what is due by when.
//!
//! Shows what `draft` and the guide say; a person edits, approves, hands over and confirms. Sends
//! nothing itself.

mod audiences;
mod desk;
mod sent;

use leptos::prelude::*;

use self::audiences::Audiences;
use self::desk::Desk;
use self::sent::Sent;
use super::acts::ActDialog;
use super::here::Here;
use super::status::Strip;
use super::{open_beside, where_held};
use crate::draft::audiences::{Seat, seats};
use crate::model::IncidentId;
use crate::model::organisation::Markup;
use crate::ui::derived::Derived;

/// What the parts of the screen share.
#[derive(Clone, Copy)]
pub struct Letters {
    here: Here,
    seats: Derived<Vec<Seat>>,
    chosen: Derived<Option<Seat>>,
}

impl Letters {
    /// Something of the audience that is chosen; the empty value while none is.
    fn of<T: Default>(self, ask: impl FnOnce(&Seat) -> T) -> T {
        self.chosen
            .with(|seat| seat.as_ref().map(ask).unwrap_or_default())
    }

    /// Its name in files.
    fn audience(self) -> String {
        self.of(|seat| seat.audience.clone())
    }

    /// Whether it is outside the organisation.
    fn is_outside(self) -> bool {
        self.of(|seat| seat.outside)
    }

    /// What it was told last.
    fn last(self) -> Option<String> {
        self.of(|seat| seat.last.as_ref().map(|(_, _, text)| text.clone()))
    }

    /// How it reads.
    fn format(self) -> Markup {
        self.of(|seat| seat.rules.format)
    }
}

/// The screen of an incident's updates, to one audience.
#[component]
pub fn UpdatesScreen(
    /// Which incident.
    id: IncidentId,
    /// To whom; the one whose word is due first, where the address names nobody.
    audience: Option<String>,
) -> impl IntoView {
    where_held(id, move || {
        view! { <Held id audience=audience.clone()/> }.into_any()
    })
}

#[component]
fn Held(id: IncidentId, audience: Option<String>) -> impl IntoView {
    let here = open_beside(id);
    let seats = Derived::new(move || {
        let organisation = here.session.organisation();
        here.advice
            .with(|advice| {
                let advice = advice.as_ref()?;
                here.ask(|incident| seats(incident, &organisation, advice))
            })
            .unwrap_or_default()
    });
    let chosen = Derived::new(move || {
        seats.with(|seats| {
            let named = |seat: &&Seat| Some(&seat.audience) == audience.as_ref();
            let due = || {
                let due = seats
                    .iter()
                    .filter_map(|seat| Some((seat.due.as_ref()?.at, seat)));
                due.min_by_key(|(at, _)| *at).map(|(_, seat)| seat)
            };
            seats
                .iter()
                .find(named)
                .or_else(due)
                .or_else(|| seats.first())
                .cloned()
        })
    });
    let letters = Letters {
        here,
        seats,
        chosen,
    };
    view! {
        <main class="updates">
            <Strip/>
            <div class="updates-body">
                <Audiences letters/>
                <div class="updates-middle"><Desk letters/><Sent letters/></div>
                <aside class="updates-clocks" aria-label="Clocks"><super::clocks::Clocks/></aside>
            </div>
            <ActDialog/>
        </main>
    }
}
