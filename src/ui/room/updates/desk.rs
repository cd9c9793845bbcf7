//! The desk: what an audience is to be told. Drafted from the log, edited by a person, checked,
//! approved where the audience asks for it, handed over, and confirmed as sent.

use std::ops::Range;

use leptos::prelude::*;

use super::Letters;
use crate::draft::audiences::{Seat, approval};
use crate::draft::changes::{self, Change};
use crate::draft::check::Remark;
use crate::draft::markup;
use crate::draft::template::{Drafted, Sentence};
use crate::draft::update::{self, Known};
use crate::guide::{Act, brief, timeline, words, write};
use crate::model::organisation::Markup;
use crate::model::term::Nature;
use crate::model::{EventId, Incident, Timestamp};
use crate::ui::address::openable;
use crate::ui::browser;
use crate::ui::derived::Derived;
use crate::ui::parts::field::TextArea;
use crate::ui::parts::time::wall;
use crate::ui::room::acts::update::edited_for;
use crate::ui::room::here::{Form, Here, Outgoing};

/// The text as it is being written.
#[derive(Clone, Copy)]
struct Draft {
    letters: Letters,
    /// From the log, as it stands now.
    drafted: Derived<Drafted>,
    /// Whether it is a person's by now, and follows the log no more.
    held: RwSignal<bool>,
    /// What they made of it.
    own: RwSignal<String>,
}

impl Draft {
    fn new(letters: Letters) -> Self {
        let here = letters.here;
        let drafted = Derived::new(move || {
            let organisation = here.session.organisation();
            let now = here.session.clock().minute();
            let offset = browser::utc_offset_minutes(now);
            letters
                .chosen
                .with(|seat| {
                    let seat = seat.as_ref()?;
                    let next = super::super::acts::update::next_due(here, &seat.audience);
                    here.ask(|incident| {
                        update::update(incident, &organisation, &seat.audience, next, now, offset)
                    })
                })
                .unwrap_or_default()
        });
        let audience = untrack(|| letters.audience());
        let edited = here.session.unsent(here.id, &edited_for(&audience));
        Self {
            letters,
            drafted,
            held: RwSignal::new(!edited.is_empty()),
            own: RwSignal::new(edited),
        }
    }

    fn text(self) -> String {
        if self.held.get() {
            self.own.get()
        } else {
            self.drafted.with(Drafted::text)
        }
    }

    fn text_now(self) -> String {
        untrack(|| self.text())
    }

    /// The text stays as it is now, whatever the log and the clock say.
    fn hold(self) {
        self.own.set(self.text_now());
        self.held.set(true);
    }

    fn seat(self) -> Option<Seat> {
        self.letters.chosen.with_untracked(Clone::clone)
    }
}

#[component]
pub fn Desk(letters: Letters) -> impl IntoView {
    let draft = Draft::new(letters);
    let title = Derived::new(move || letters.of(|seat| seat.title.clone()));
    keep_edits(draft);
    take_carried(draft);
    view! {
        <section class="sheet draft" aria-label="Draft">
            <h1 tabindex="-1">"To: "{title.shown()}</h1>
            <Manner letters/>
            <Outsiders draft/>
            <Text draft/>
            <Remarks draft/>
            <Acts draft/>
        </section>
    }
}

/// Another audience has another text; what was made of each is there again for whoever comes back.
fn keep_edits(draft: Draft) {
    let (here, letters) = (draft.letters.here, draft.letters);
    let audience = Derived::new(move || letters.audience());
    Effect::new(move |before: Option<String>| {
        let audience = audience.get();
        if before.is_some_and(|before| before != audience) {
            let edited = here.session.unsent(here.id, &edited_for(&audience));
            draft.held.set(!edited.is_empty());
            draft.own.set(edited);
        }
        audience
    });
    Effect::new(move |_| {
        let text = draft.held.get().then(|| draft.own.get());
        let audience = audience.with_untracked(Clone::clone);
        let place = edited_for(&audience);
        here.session
            .keep_unsent(here.id, &place, text.unwrap_or_default());
    });
}

/// A text that was accepted elsewhere comes in the draft's place, for a person to edit.
fn take_carried(draft: Draft) {
    let here = draft.letters.here;
    let carried = here.session.carried();
    Effect::new(move |_| {
        let audience = draft.letters.audience();
        let mine = carried.with(|text| {
            let mine = text.as_ref();
            mine.filter(|text| text.incident == here.id && text.audience == audience)
                .map(|text| text.text.clone())
        });
        if let Some(text) = mine {
            carried.set(None);
            draft.own.set(text);
            draft.held.set(true);
        }
    });
}

/// In which tone and language the host wants it.
#[component]
fn Manner(letters: Letters) -> impl IntoView {
    let said = Derived::new(move || {
        letters.chosen.with(|seat| {
            let rules = seat.as_ref().map(|seat| &seat.rules);
            let tone = rules.map(|rules| rules.tone.clone()).filter(|tone| !tone.is_empty());
            let foreign = rules.filter(|rules| !rules.language().starts_with("en"));
            let language = foreign.map(|rules| {
                if rules.templates.is_empty() {
                    format!("They read “{}”: Muster's own texts are English, so write it anew, or give them a text of their own.", rules.language())
                } else {
                    format!("Their language: {}.", rules.language())
                }
            });
            let tone = tone.map(|tone| format!("Tone: {tone}."));
            [tone, language].into_iter().flatten().collect::<Vec<_>>().join(" ")
        })
    });
    move || {
        (!said.with(String::is_empty))
            .then(|| view! { <p class="faint small" dir="auto">{said.get()}</p> })
    }
}

/// What must be so before outsiders hear: that they are hit, and words that are theirs to read.
#[component]
fn Outsiders(draft: Draft) -> impl IntoView {
    let here = draft.letters.here;
    let outside = Derived::new(move || draft.letters.is_outside());
    let hit = here.view(|incident| incident.customers_hit());
    let said = Derived::new(move || {
        let audience = draft.letters.audience();
        here.ask(|incident| update::leave(incident, &audience))
            .unwrap_or_default()
    });
    let confirm = move |hit: bool| {
        here.act_on(
            if hit {
                "Confirmed that customers are hit"
            } else {
                "Said that customers are not hit"
            },
            |incident| write::communication::confirm_customers(incident, hit),
        );
    };
    move || {
        outside.get().then(|| {
            view! {
                <div class="held">
                    <p>{move || said.get()}</p>
                    <p class="row">
                        {(hit.get() != Some(true)).then(|| view! { <button type="button" class="button" on:click=move |_| confirm(true)>"Customers are hit"</button> })}
                        {(hit.get() != Some(false)).then(|| view! { <button type="button" class="button plain" on:click=move |_| confirm(false)>"They are not"</button> })}
                        <button type="button" class="button" on:click=move |_| here.open_form(Form::Act(Act::DescribePublicly))>"Words for outsiders"</button>
                    </p>
                </div>
            }
        })
    }
}

#[component]
fn Text(draft: Draft) -> impl IntoView {
    // Whoever comes back to what they wrote is at the heading, as on every screen.
    let is_back = StoredValue::new(draft.held.get_untracked());
    let edit = move |_| draft.hold();
    let again = move |_| {
        is_back.set_value(false);
        draft.held.set(false);
    };
    move || {
        if draft.held.get() {
            view! {
                <TextArea label="Text" value=draft.own rows=8 first=!is_back.get_value()/>
                <Changes draft/>
                <p><button type="button" class="button plain small" on:click=again>"Draft it again from the log"</button></p>
            }
            .into_any()
        } else {
            view! {
                <Sentences draft/>
                <p><button type="button" class="button" on:click=edit>"Edit"</button></p>
            }
            .into_any()
        }
    }
}

/// What of an edited text its reader has not read yet, and what they read and no longer do.
#[component]
fn Changes(draft: Draft) -> impl IntoView {
    let changed = Derived::new(move || {
        let last = draft.letters.last()?;
        let text = draft.own.get();
        let changed = changes::changed(&last, &text);
        let said = |text: &str, range: Range<usize>| {
            let said = text.get(range).unwrap_or_default();
            said.trim().to_owned()
        };
        let new = changed.after.into_iter();
        let new = new.filter(|(_, change)| *change == Change::New);
        let new: Vec<String> = new.map(|(range, _)| said(&text, range)).collect();
        let gone = changed.removed.into_iter();
        let gone: Vec<String> = gone.map(|range| said(&last, range)).collect();
        Some((new, gone))
    });
    let list = |title: &'static str, class: &'static str, lines: Vec<String>| {
        (!lines.is_empty()).then(|| {
            let rows = lines
                .into_iter()
                .map(|line| view! { <p class=class dir="auto">{line}</p> });
            view! { <h3 class="small">{title}</h3>{rows.collect_view()} }
        })
    };
    move || {
        changed.get().map(|(new, gone)| {
            let nothing = new.is_empty() && gone.is_empty();
            view! {
                <div class="text changes">
                    {list("New since their last update", "new", new)}
                    {list("No longer said", "gone", gone)}
                    {nothing.then(|| view! { <p class="faint small">"It says what their last update said."</p> })}
                </div>
            }
        })
    }
}

/// A sentence on the page: whether it is new since the last update, and where it comes from.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
struct Shown {
    text: String,
    new: bool,
    from: Vec<(String, String)>,
}

/// Whether the update before did not say this.
fn is_new(last: &str, sentence: &str) -> bool {
    let changed = changes::changed(last, sentence);
    changed
        .after
        .iter()
        .any(|(_, change)| *change == Change::New)
}

fn shown(incident: &Incident, sentence: &Sentence, new: bool, now: Timestamp) -> Shown {
    let cite = |id: &EventId| {
        let entry = incident.entry(*id)?;
        let line = timeline::line(incident, entry);
        let words = [line.lead, line.text];
        Some((wall(entry.when, now), words.join(" ").trim().to_owned()))
    };
    Shown {
        text: sentence.text.clone(),
        new,
        from: sentence.from.iter().filter_map(cite).collect(),
    }
}

#[component]
fn Sentences(draft: Draft) -> impl IntoView {
    let here = draft.letters.here;
    let lines = Derived::new(move || {
        let now = here.session.clock().minute();
        let last = draft.letters.last();
        draft.drafted.with(|drafted| {
            here.ask(|incident| {
                let sentences = drafted.sentences().map(|sentence| {
                    let new = last
                        .as_ref()
                        .is_some_and(|last| is_new(last, &sentence.text));
                    shown(incident, sentence, new, now)
                });
                sentences.collect::<Vec<_>>()
            })
            .unwrap_or_default()
        })
    });
    let unknown = Derived::new(move || draft.drafted.with(|drafted| drafted.unknown.clone()));
    let rows = move || {
        let rows = lines.get().into_iter().map(|line| {
            let cites = line.from.into_iter().map(|(at, words)| view! { <span class="cite" title=words>{at}</span>" " });
            view! {
                <p class:new=line.new>
                    <span dir="auto">{line.text}{line.new.then(|| view! { <span class="sr">" (new)"</span> })}</span>
                    <span class="cites">{cites.collect_view()}</span>
                </p>
            }
        });
        rows.collect_view()
    };
    let asked = move || {
        let unknown = unknown.get();
        (!unknown.is_empty()).then(|| view! { <p class="problem">{format!("The template asks for {{{}}}, which this audience does not get.", unknown.join("}, {"))}</p> })
    };
    view! { <div class="text">{rows}</div>{asked} }
}

/// A text as its reader sees it.
fn as_read(format: Markup, text: &str) -> String {
    match format {
        Markup::Plain => text.to_owned(),
        Markup::Markdown => markup::plain(text),
    }
}

/// What a reader would stumble over.
#[component]
fn Remarks(draft: Draft) -> impl IntoView {
    let here = draft.letters.here;
    let known = Derived::new(move || {
        let next = super::super::acts::update::next_due(here, &draft.letters.audience());
        let now = here.session.clock().minute();
        let offset = browser::utc_offset_minutes(now);
        here.ask(|incident| Known::of(incident, next, now, offset))
            .unwrap_or_default()
    });
    let remarks = Derived::new(move || {
        let text = draft.text();
        let (audience, outside) = (draft.letters.audience(), draft.letters.is_outside());
        let text = as_read(draft.letters.format(), &text);
        let remarks = known.with(|known| update::remarks(known, &text, &audience, outside));
        let words = |remark: &Remark| {
            text.get(remark.range.clone())
                .unwrap_or_default()
                .to_owned()
        };
        let rows = remarks.into_iter();
        rows.map(|remark| (words(&remark), remark.says))
            .collect::<Vec<_>>()
    });
    move || {
        let remarks = remarks.get();
        (!remarks.is_empty()).then(|| {
            let rows = remarks.into_iter().map(|(words, says)| {
                view! { <li>{(!words.is_empty()).then(|| view! { <q dir="auto">{words}</q>" " })}{says}</li> }
            });
            view! { <div class="warn"><b>"Check"</b><ul>{rows.collect_view()}</ul></div> }
        })
    }
}

/// Puts the text into a mail, or onto the clipboard with the chat opened; that is handing it over.
fn open_elsewhere(here: Here, draft: Draft) {
    let Some(seat) = draft.seat() else { return };
    let text = super::super::acts::update::marked(here, &draft.text_now());
    let address = seat.rules.address.trim();
    if openable(address).is_some() && address.starts_with("https:") {
        super::super::acts::update::copy(here, seat.audience.clone(), text);
        browser::open_outside(address);
        return;
    }
    let to = if address.contains('@') { address } else { "" };
    let (nature, subject) = here
        .ask_now(|incident| (incident.nature(), brief::title(incident)))
        .unwrap_or((Nature::Real, String::new()));
    let subject = words::marked_title(nature, subject_for(&seat, subject));
    let href = format!(
        "mailto:{}?subject={}&body={}",
        words::percent_encoded(to).replace("%40", "@"),
        words::percent_encoded(&subject),
        // A mail shows marks as they stand.
        words::percent_encoded(&as_read(seat.rules.format, &text))
    );
    browser::open_outside(&href);
    here.act(
        vec![write::hand_off(&seat.audience, "mail", &text)],
        "Put a text into a mail",
    );
}

/// The title is inside knowledge: outsiders' mails have none of it.
fn subject_for(seat: &Seat, title: String) -> String {
    if seat.outside {
        "Update".to_owned()
    } else {
        title
    }
}

#[component]
fn Acts(draft: Draft) -> impl IntoView {
    let here = draft.letters.here;
    let held = Derived::new(move || {
        let organisation = here.session.organisation();
        let audience = draft.letters.audience();
        here.ask(|incident| update::is_held_back(incident, &organisation, &audience))
            .unwrap_or(true)
    });
    let approver = Derived::new(move || draft.letters.of(|seat| seat.rules.approver.clone()));
    let approved = Derived::new(move || {
        let text = draft.text();
        let now = here.session.clock().minute();
        let audience = draft.letters.audience();
        here.ask(|incident| approval(incident, &audience, &text, |at| wall(at, now)))
            .flatten()
    });
    let waits =
        move || held.get() || (!approver.with(String::is_empty) && approved.with(Option::is_none));
    let approve = move |_| {
        let Some(seat) = draft.seat() else { return };
        // What was approved is what goes out: the next minute must not write another time into it.
        draft.hold();
        let text = draft.text_now();
        here.act(
            vec![write::communication::approve(&seat.audience, &text)],
            "Approved a text",
        );
    };
    let copy = move |_| {
        let Some(seat) = draft.seat() else { return };
        super::super::acts::update::copy(here, seat.audience, draft.text_now());
    };
    let open = move |_| open_elsewhere(here, draft);
    let sent = move |_| {
        let Some(seat) = draft.seat() else { return };
        here.open_form(Form::Sent(Box::new(Outgoing {
            audience: seat.audience,
            text: draft.text_now(),
            corrects: None,
        })));
    };
    let by_hand = Derived::new(move || draft.letters.of(|seat| seat.rules.address.clone()));
    view! {
        <div class="acts">
            {move || (!approver.with(String::is_empty)).then(|| match approved.get() {
                Some(said) => view! { <p class="tag good">{said}</p> }.into_any(),
                None => view! { <button type="button" class="button" disabled=move || held.get() on:click=approve>{format!("Approve (asked of {})", words::spelled(&approver.get()))}</button> }.into_any(),
            })}
            <button type="button" class="button main" disabled=waits on:click=copy>"Copy"</button>
            <button type="button" class="button" disabled=waits on:click=open>{move || if by_hand.with(|address| address.starts_with("https")) { "Copy and open the chat" } else { "Open in mail" }}</button>
            <button type="button" class="button" disabled=move || held.get() on:click=sent>"It was sent"</button>
        </div>
        <p class="faint small">"Copying or opening is not sending: only when you say that it was sent does the clock stop."</p>
    }
}
