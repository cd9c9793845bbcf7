//! Proposals to decide: what, by whom, why, on what they rest; accepted or declined by a person.

use leptos::prelude::*;

use super::{Desk, own_of};
use crate::assist::Own;
use crate::assist::outcome::{Outcome, State, outcomes};
use crate::guide::{Act, proposals, write};
use crate::model::proposal::{Proposal, Proposed};
use crate::model::{Draft, EventId, Incident, Timestamp};
use crate::ui::browser;
use crate::ui::parts::each::each;
use crate::ui::parts::field::TextField;
use crate::ui::parts::form::EntryForm;
use crate::ui::parts::time::WallTime;
use crate::ui::room::here::{Form, Here, Offer, use_here};
use crate::ui::route::Route;
use crate::ui::session::Carried;

/// An entry that a proposal rests on.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Cited {
    at: Timestamp,
    words: String,
}

/// A proposal as a row.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Row {
    kind: &'static str,
    what: String,
    from: String,
    why: String,
    cited: Vec<Cited>,
    effect: &'static str,
}

fn cited(incident: &Incident, because: &[EventId]) -> Vec<Cited> {
    let cite = |event: &EventId| {
        Some(Cited {
            at: incident.entry(*event)?.when,
            words: proposals::cited(incident, *event)?,
        })
    };
    because.iter().filter_map(cite).collect()
}

fn row_of(incident: &Incident, proposed: &Proposed, shelf: &[(String, String)]) -> Row {
    let title = match &proposed.what {
        Proposal::Runbook(id) => shelf.iter().find(|(other, _)| other == id),
        _ => None,
    };
    let on_shelf = title.is_some();
    Row {
        kind: proposals::kind_lead(&proposed.what),
        what: title.map_or_else(
            || proposals::words(incident, &proposed.what),
            |(_, title)| title.clone(),
        ),
        from: proposals::from(&proposed.from),
        why: proposed.words.clone(),
        cited: cited(incident, &proposed.because),
        effect: proposals::effect(incident, &proposed.what, on_shelf),
    }
}

/// The runbooks on the shelf, by name and title.
fn shelf_of(here: Here) -> Vec<(String, String)> {
    let shelf = here.session.shelf();
    let named = shelf
        .iter()
        .map(|one| (one.runbook.id.clone(), one.runbook.title.clone()));
    named.collect()
}

/// What nobody has answered yet.
#[component]
pub fn ToDecide(desk: Desk) -> impl IntoView {
    let here = desk.here;
    let rows = move || {
        let shelf = shelf_of(here);
        here.ask(|incident| {
            let groups = proposals::groups(incident).into_iter();
            let open = groups.filter(|group| group.is_open());
            open.map(|group| {
                let proposed = group.proposed();
                let row = row_of(incident, proposed, &shelf);
                (row, group.first.id(), proposed.what.clone())
            })
            .collect::<Vec<_>>()
        })
        .unwrap_or_default()
    };
    let none = here.view(|incident| proposals::open(incident) == 0);
    view! {
        <section class="assist-part" aria-label="To decide">
            <h2>"To decide"</h2>
            {move || none.get().then(|| view! { <p class="faint small">"Nothing waits for you. An answer’s proposals stand here until somebody accepts or declines them."</p> })}
            <ul class="items sheet proposals">
                {each(rows, move |(row, event, what)| item(here, row, Offer::Held(event, what)))}
            </ul>
        </section>
    }
}

/// What Muster proposes itself.
#[component]
pub fn OwnProposals(desk: Desk) -> impl IntoView {
    let here = desk.here;
    let rows = move || {
        let own = desk.past.with(|past| own_of(here, past));
        let shelf = shelf_of(here);
        let rows = own.into_iter().filter_map(|own| {
            let row = here.ask(|incident| row_of(incident, &own.proposed, &shelf))?;
            Some((row, own))
        });
        rows.collect::<Vec<(Row, Own)>>()
    };
    view! {
        <section class="assist-part" aria-label="Without an assistant">
            <h2>"Without an assistant"</h2>
            <p class="faint small">"From rules, from runbooks that fit, from incidents like this one. They come into the log with your answer."</p>
            <ul class="items sheet proposals">
                {each(rows, move |(row, own)| item(here, row, Offer::Own(own)))}
            </ul>
        </section>
    }
}

fn item(here: Here, row: Row, offer: Offer) -> impl IntoView {
    let Row {
        kind,
        what,
        from,
        why,
        cited,
        effect,
    } = row;
    let (accepted, declined, spoken) = (offer.clone(), offer, what.clone());
    let spoken_too = spoken.clone();
    let accept = move |_| accept(here, &accepted);
    let decline = move |_| here.open_form(Form::Decline(Box::new(declined.clone())));
    view! {
        <li>
            <div class="item-what">
                <p class="faint small">{kind}", by "<span dir="auto">{from}</span></p>
                <p class="pre" dir="auto">{what}</p>
                {(!why.is_empty()).then(|| view! { <p class="faint small pre" dir="auto">"Why: "{why}</p> })}
                <Cites here cited/>
                <p class="small">{effect}</p>
            </div>
            <span class="item-end">
                <button type="button" class="button small" on:click=accept>"Accept"<span class="sr">": "{spoken}</span></button>
                <button type="button" class="button plain small" on:click=decline>"Decline"<span class="sr">": "{spoken_too}</span></button>
            </span>
        </li>
    }
}

#[component]
fn Cites(here: Here, cited: Vec<Cited>) -> impl IntoView {
    (!cited.is_empty()).then(|| {
        let rows = cited.into_iter().map(|one| {
            view! { <li><a href=Route::Incident(here.id).href()><WallTime at=one.at/></a>" "<span dir="auto">{one.words}</span></li> }
        });
        view! { <ul class="cited small" aria-label="Rests on">{rows.collect_view()}</ul> }
    })
}

/// Writes down what a person would have written by hand, and that they accepted it: one action.
fn accept(here: Here, offer: &Offer) {
    let what = offer.what().clone();
    let runbook = match &what {
        Proposal::Runbook(id) => {
            let shelf = here.session.shelf();
            let found = shelf.iter().find(|one| one.runbook.id == *id);
            found.map(|one| one.runbook.attachment())
        }
        _ => None,
    };
    let followed = here.ask_now(|incident| write::proposals::followed(incident, &what, runbook));
    let followed = followed.flatten();
    let (held, proposed) = in_log(offer);
    let drafts = move |named: &dyn Fn(u32) -> EventId| {
        let first = u32::from(proposed.is_some());
        let proposal = held.unwrap_or_else(|| named(0));
        let becomes = followed.as_ref().map(|_| named(first));
        let accepted = write::proposals::accept(proposal, becomes);
        let all = proposed.into_iter().chain(followed);
        all.chain([accepted]).collect::<Vec<Draft>>()
    };
    here.session
        .act_naming(here.id, drafts, "Accepted a proposal");
    if let Proposal::Update(update) = what {
        if !update.text.is_empty() {
            here.session.carried().set(Some(Carried {
                incident: here.id,
                audience: update.audience.clone(),
                text: update.text,
            }));
        }
        browser::go(&Route::Updates(here.id, Some(update.audience)).href());
        return;
    }
    here.session.say("Accepted; one undo takes it back");
    keep_focus();
}

/// The proposal's event, or the draft of one where it has none yet.
fn in_log(offer: &Offer) -> (Option<EventId>, Option<Draft>) {
    match offer {
        Offer::Held(event, _) => (Some(*event), None),
        Offer::Own(own) => (None, Some(write::proposals::propose(own.proposed.clone()))),
    }
}

/// The next proposal has the focus, or the heading: nobody at the keys is sent to the top.
fn keep_focus() {
    request_animation_frame(|| {
        let active = document().active_element();
        let lost = active.is_none_or(|element| element.tag_name().eq_ignore_ascii_case("body"));
        if lost {
            browser::focus(".proposals button, .assist h1");
        }
    });
}

/// Why a proposal is declined; may stay unsaid.
#[component]
pub fn Decline(
    /// Which one.
    offer: Offer,
) -> impl IntoView {
    let here = use_here();
    let because = RwSignal::new(String::new());
    let said = here.ask_now(|incident| proposals::words(incident, offer.what()));
    let said = said.unwrap_or_default();
    let submit = move || {
        let because = because.get_untracked();
        let (held, proposed) = in_log(&offer);
        let also = match &offer {
            Offer::Own(own) => own.decline.clone(),
            Offer::Held(..) => None,
        };
        let drafts = move |named: &dyn Fn(u32) -> EventId| {
            let proposal = held.unwrap_or_else(|| named(0));
            let declined = write::proposals::decline(proposal, &because);
            // The guide asks for it no more either.
            let waived = also.and_then(|act| match act {
                Act::Waive(criterion) => Some(write::waive(&criterion, &because)),
                _ => None,
            });
            let all = proposed.into_iter().chain(waived);
            all.chain([declined]).collect::<Vec<Draft>>()
        };
        here.session
            .act_naming(here.id, drafts, "Declined a proposal");
        here.close_form();
        keep_focus();
        Ok(())
    };
    view! {
        <EntryForm button="Decline" submit>
            <p class="pre" dir="auto">{said}</p>
            <TextField label="Why" value=because hint="May stay empty. The next brief says that it was declined." first=true/>
        </EntryForm>
    }
}

/// What was answered, and what came of it.
#[component]
pub fn Decided(desk: Desk) -> impl IntoView {
    let here = desk.here;
    let rows = move || {
        let all = here.ask(outcomes).unwrap_or_default();
        let decided = all.into_iter().filter(|one| one.state != State::Open);
        decided.collect::<Vec<Outcome>>()
    };
    let any = here.view(|incident| {
        let groups = proposals::groups(incident);
        groups.iter().any(|group| !group.is_open())
    });
    view! {
        {move || any.get().then(|| view! { <h2>"Decided"</h2> })}
        <ul class="items sheet proposals decided">
            {each(rows, move |outcome| decided_row(here, outcome))}
        </ul>
    }
}

fn decided_row(here: Here, outcome: Outcome) -> impl IntoView {
    let accepted = matches!(outcome.state, State::Accepted | State::Both);
    let unjudged = accepted && outcome.helped.is_empty();
    let helped = (!outcome.helped.is_empty()).then(|| format!("Helped: {}.", outcome.helped));
    let answers = outcome.answers;
    let spoken = outcome.what.clone();
    let button = move |word: &'static str, helped: bool| {
        let (answers, spoken) = (answers.clone(), spoken.clone());
        let judge = move |_| {
            let draft = here.ask_now(|incident| {
                let mut entries = answers.iter().filter_map(|event| incident.entry(*event));
                entries.find_map(|entry| write::proposals::judge(entry, helped))
            });
            if let Some(draft) = draft.flatten() {
                here.act(vec![draft], "Said whether a proposal helped");
            }
            keep_focus();
        };
        view! { <button type="button" class="button plain small" on:click=judge>{word}<span class="sr">": "{spoken}</span></button> }
    };
    view! {
        <li>
            <div class="item-what">
                <p class="faint small">{outcome.kind}", by "<span dir="auto">{outcome.from}</span></p>
                <p class="pre" dir="auto">{outcome.what}</p>
                <p class="small" dir="auto">{outcome.answered}{(!outcome.became.is_empty()).then(|| format!("; {}", outcome.became))}"."</p>
                {outcome.twice.then(|| view! { <p class="problem">"It is written twice, since two people accepted it apart from each other: take one back in the timeline."</p> })}
                {helped.map(|helped| view! { <p class="small" dir="auto">{helped}</p> })}
            </div>
            {unjudged.then(|| view! { <span class="item-end">{button("It helped", true)}{button("It did not help", false)}</span> })}
        </li>
    }
}
