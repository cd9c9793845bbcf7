//! Forms about what outsiders and authorities are told.

use leptos::prelude::*;

use super::super::here::{Here, use_here};
use super::needed;
use super::update::{copy, draft, next_due};
use crate::classify::regime::{Kind, Question, RegimeId, Report, Trigger};
use crate::guide::{dues, regimes, write};
use crate::model::communication::{Notice, PublicDescription, PublicWord};
use crate::model::fact::Update;
use crate::ui::parts::field::{CheckField, SelectField, TextArea, TextField, TimeField, read_time};
use crate::ui::parts::form::EntryForm;
use crate::ui::said_at::Lean;

/// Words that outsiders may read; of those left empty nothing is said.
#[component]
pub fn DescribePublicly() -> impl IntoView {
    let here = use_here();
    let said = |word: PublicWord| {
        here.ask_now(|incident| incident.public.said(word).map(str::to_owned))
            .flatten()
            .unwrap_or_default()
    };
    let before = PublicWord::ALL.map(said);
    let [what, whom, workaround] = before.clone().map(RwSignal::new);
    let submit = move || {
        let typed = [what, whom, workaround].map(|field| field.get_untracked().trim().to_owned());
        let changed = |place: usize| {
            let (new, old) = (typed.get(place)?, before.get(place)?);
            (new != old).then(|| new.clone())
        };
        let description = PublicDescription {
            what: changed(0),
            whom: changed(1),
            workaround: changed(2),
        };
        if description == PublicDescription::default() {
            return Err("Nothing is different from before.".to_owned());
        }
        here.act_on("Wrote words for outsiders", |incident| {
            write::communication::describe(incident, description)
        });
        here.close_form();
        Ok(())
    };
    view! {
        <EntryForm button="They may read this" submit>
            <p class="faint small">"Only these words, and times that were stated, go into texts for outsiders. No cause, no names."</p>
            <TextField label="What they notice" value=what first=true hint="“card payments that fail at checkout”: it goes on after “We are looking into”."/>
            <TextField label="Who is hit" value=whom hint="“some customers in Europe”"/>
            <TextField label="What they can do meanwhile" value=workaround hint="“pay by bank transfer”"/>
        </EntryForm>
    }
}

/// The first word: two texts that are ready, one of them held back until customers are known to be
/// hit.
#[component]
pub fn FirstWord() -> impl IntoView {
    let here = use_here();
    let executives = RwSignal::new(draft(here, "executives"));
    let customers = RwSignal::new(draft(here, "customers"));
    let confirmed = here.ask_now(|incident| incident.customers_hit()).flatten();
    let hit = RwSignal::new(confirmed == Some(true));
    let submit =
        move || {
            needed(
                &executives.get_untracked(),
                "Write what the executives should know.",
            )?;
            let mut drafts = Vec::new();
            if hit.get_untracked() {
                needed(
                    &customers.get_untracked(),
                    "Write what customers should know.",
                )?;
                if confirmed != Some(true) {
                    drafts.extend(here.ask_now(|incident| {
                        write::communication::confirm_customers(incident, true)
                    }));
                }
                drafts.push(sent(here, "customers", &customers.get_untracked()));
            }
            drafts.push(sent(here, "executives", &executives.get_untracked()));
            here.act(drafts, "Gave a first word");
            here.close_form();
            Ok(())
        };
    let copy_both = move |_| {
        if hit.get_untracked() {
            copy(here, "customers".to_owned(), customers.get_untracked());
        } else {
            copy(here, "executives".to_owned(), executives.get_untracked());
        }
    };
    view! {
        <EntryForm button="It was sent" submit more=move || view! { <button type="button" class="button" on:click=copy_both>{move || if hit.get() { "Copy the word to customers" } else { "Copy the word to executives" }}</button> }>
            <p class="faint small">"Ready to be sent where your people read; then say that it was."</p>
            <TextArea label="To executives" value=executives rows=3 first=true/>
            <CheckField label="Customers are hit, I have seen it" value=hit/>
            {move || if hit.get() {
                view! { <TextArea label="To customers" value=customers rows=3/> }.into_any()
            } else {
                view! { <p class="faint small held" dir="auto">"Held back: "{customers.get()}</p> }.into_any()
            }}
        </EntryForm>
    }
}

fn sent(here: Here, audience: &str, text: &str) -> crate::model::Draft {
    let phase = here.ask_now(dues::phase);
    write::update(Update {
        audience: audience.to_owned(),
        text: text.trim().to_owned(),
        phase,
        next_due: next_due(here, audience),
        ..Update::default()
    })
}

/// A moment from which a regulator's clock runs.
#[component]
pub fn StampRegime(regime: RegimeId, trigger: Trigger) -> impl IntoView {
    let here = use_here();
    let when = RwSignal::new(String::new());
    let submit = move || {
        let at = read_time(when, Lean::Past)?;
        here.act_on(
            &format!("{}: {}", regime.title(), trigger.title()),
            |incident| write::communication::stamp(incident, regime.name(), trigger.name(), at),
        );
        here.close_form();
        Ok(())
    };
    view! {
        <EntryForm button="Then it was" submit>
            <p><b>{regime.title()}</b>" "<span class="faint">{regime.who()}</span></p>
            <p>{trigger.question()}</p>
            <TimeField label="When" value=when first=true/>
            <p class="faint small">{format!("{} ({}). Not legal advice; rules last checked {}.", regime.source(), regimes::relied_on(regime.provenance()), regime.checked())}</p>
        </EntryForm>
    }
}

/// What a regime asks, all at once; what nobody knows stays open.
#[component]
pub fn AnswerRegime(regime: RegimeId) -> impl IntoView {
    let here = use_here();
    let (organisation, now) = (here.session.organisation(), here.instant());
    let answered = |question: &'static Question| {
        here.ask_now(|incident| {
            let record = incident.regimes.get(regime.name())?;
            record.answer(question.key).map(str::to_owned)
        })
        .flatten()
        .unwrap_or_default()
    };
    let offered = |question: &'static Question| {
        here.ask_now(|incident| regimes::prefilled(question, incident, &organisation, now))
            .flatten()
            .unwrap_or_default()
    };
    let asked: Vec<(&'static Question, String, RwSignal<String>)> = regime
        .questions()
        .iter()
        .map(|question| {
            let before = answered(question);
            let shown = if before.is_empty() {
                offered(question)
            } else {
                before.clone()
            };
            (*question, before, RwSignal::new(shown))
        })
        .collect();
    let fields = asked
        .iter()
        .map(|(question, _, value)| field(question, *value))
        .collect_view();
    let submit = move || {
        let mut changed = Vec::new();
        for (question, before, value) in &asked {
            let text = value.get_untracked().trim().to_owned();
            if text == *before {
                continue;
            }
            if !text.is_empty() {
                question
                    .read(&text)
                    .map_err(|error| format!("“{text}”: {error}."))?;
            }
            changed.push((question.key, text));
        }
        if changed.is_empty() {
            return Err("Nothing is different from before.".to_owned());
        }
        let drafts = here.ask_now(|incident| {
            let drafts = changed.iter().map(|(key, text)| {
                write::communication::answer(incident, regime.name(), key, text)
            });
            drafts.collect::<Vec<_>>()
        });
        here.act(
            drafts.unwrap_or_default(),
            &format!("{}: answered", regime.title()),
        );
        here.close_form();
        Ok(())
    };
    view! {
        <EntryForm button="So it is" submit>
            <p class="faint small">"What nobody knows yet stays open; it is asked for only where it could change the verdict. Estimates count until somebody knows better. What the log says already is filled in: correct it where it is wrong."</p>
            {fields}
        </EntryForm>
    }
}

fn field(question: &'static Question, value: RwSignal<String>) -> AnyView {
    let option = |name: &str, title: &str| (name.to_owned(), title.to_owned());
    let mut options = vec![option("", "not known yet")];
    match question.kind {
        Kind::YesNo => options.extend([option("yes", "Yes"), option("no", "No")]),
        Kind::Choice(choices) => {
            options.extend(
                choices
                    .iter()
                    .map(|choice| option(choice.name, choice.title)),
            );
        }
        Kind::Number(unit) => {
            let unit = unit.title();
            let label = if unit.is_empty() {
                question.text.to_owned()
            } else {
                format!("{} ({unit})", question.text)
            };
            return view! { <TextField label value/> }.into_any();
        }
    }
    view! { <SelectField label=question.text value options/> }.into_any()
}

/// A report went to an authority: that stops its clock.
#[component]
pub fn Notify(regime: RegimeId, report: Report) -> impl IntoView {
    let here = use_here();
    let (when, reference) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let (channel, because) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let late = move || {
        let now = here.instant();
        here.advice.with(|advice| {
            let name = format!("{}_{}", regime.name(), report.name());
            let mut dues = advice.iter().flat_map(|advice| &advice.dues);
            dues.find(|due| due.name == name)
                .is_some_and(|due| due.at < now)
        })
    };
    let submit = move || {
        let at = read_time(when, Lean::Past)?;
        if late() {
            needed(
                &because.get_untracked(),
                "It is late: say why, the authority will ask.",
            )?;
        }
        let notice = Notice {
            regime: regime.name().to_owned(),
            report: report.name().to_owned(),
            reference: reference.get_untracked().trim().to_owned(),
            channel: channel.get_untracked().trim().to_owned(),
            because: because.get_untracked().trim().to_owned(),
        };
        let what = format!("{}: {} sent", regime.title(), report.title());
        here.act(vec![write::communication::notify(notice, at)], &what);
        here.close_form();
        Ok(())
    };
    view! {
        <EntryForm button="It was sent" submit>
            <p><b>{regime.title()}": "{report.title()}</b>" "<span class="faint">"to "{regime.authority()}</span></p>
            <TimeField label="Sent at" value=when first=true/>
            <div class="two"><TextField label="Reference" value=reference/><TextField label="By" value=channel/></div>
            <TextField label="Why it is late, where it is" value=because/>
            <p class="faint small">{report.stops_by()}</p>
        </EntryForm>
    }
}
