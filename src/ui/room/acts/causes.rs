//! Forms about what it might be, what was changed and decided, and how people work meanwhile.

use leptos::prelude::*;

use super::super::here::use_here;
use super::people::{PersonChoice, WhoField};
use super::services::known_services;
use super::{needed, words_of};
use crate::guide::{words, write};
use crate::model::EventId;
use crate::model::fact::{Change, Decision, Relief};
use crate::model::term::{ChangeKind, Level, Stamp};
use crate::ui::parts::field::{CheckField, SelectField, TextArea, TextField, TimeField, read_time};
use crate::ui::parts::form::EntryForm;
use crate::ui::said_at::Lean;

fn line() -> RwSignal<String> {
    RwSignal::new(String::new())
}

/// The service that something is about, where it is about one.
#[component]
pub fn OfService(
    /// Where the answer goes.
    value: RwSignal<String>,
) -> impl IntoView {
    view! { <TextField label="Service" value suggestions=known_services() hint="May be left empty."/> }
}

#[component]
pub fn Hypothesis() -> impl IntoView {
    let here = use_here();
    let (text, service) = (line(), line());
    let submit = move || {
        needed(&text.get_untracked(), "Say what it might be.")?;
        let draft = write::causes::hypothesis(&text.get_untracked(), &service.get_untracked());
        here.act(vec![draft], "Raised a hypothesis");
        here.close_form();
        Ok(())
    };
    view! {
        <EntryForm button="Write it down" submit>
            <TextField label="It might be …" value=text hint="One that a test can rule out. What changed shortly before it began?" first=true/>
            <OfService value=service/>
        </EntryForm>
    }
}

#[component]
pub fn AssignHypothesis(event: EventId) -> impl IntoView {
    let here = use_here();
    let said = words_of(here, event);
    let who = WhoField::me(here);
    let submit = move || {
        let (mut drafts, Some(person)) = who.drafts(here) else {
            return Err("Say who tests it, or tick “That is me”.".to_owned());
        };
        drafts.push(write::causes::assign_hypothesis(event, person));
        here.act(drafts, "Said who tests it");
        here.close_form();
        Ok(())
    };
    view! {
        <EntryForm button="They test it" submit>
            <p dir="auto"><b>{said}</b></p>
            <PersonChoice label="Who" who first=true/>
        </EntryForm>
    }
}

#[component]
pub fn AddEvidence(event: EventId) -> impl IntoView {
    let here = use_here();
    let said = words_of(here, event);
    let text = line();
    let speaks = RwSignal::new("for".to_owned());
    let submit = move || {
        needed(&text.get_untracked(), "Say what was seen.")?;
        let supports = speaks.with_untracked(|speaks| speaks == "for");
        let draft = write::causes::evidence(event, supports, &text.get_untracked());
        here.act(vec![draft], "Said what was seen");
        here.close_form();
        Ok(())
    };
    let options = vec![
        ("for".to_owned(), "For it".to_owned()),
        ("against".to_owned(), "Against it".to_owned()),
    ];
    view! {
        <EntryForm button="Write it down" submit>
            <p dir="auto"><b>{said}</b></p>
            <TextField label="What was seen" value=text first=true/>
            <SelectField label="It speaks" value=speaks options/>
        </EntryForm>
    }
}

#[component]
pub fn Decide(event: EventId) -> impl IntoView {
    let here = use_here();
    let said = words_of(here, event);
    let because = line();
    let holds = RwSignal::new("confirmed".to_owned());
    let submit = move || {
        let confirmed = holds.with_untracked(|holds| holds == "confirmed");
        let what = if confirmed {
            "Confirmed a cause"
        } else {
            "Ruled a cause out"
        };
        here.act(
            vec![write::decide_hypothesis(
                event,
                confirmed,
                &because.get_untracked(),
            )],
            what,
        );
        here.close_form();
        Ok(())
    };
    let options = vec![
        ("confirmed".to_owned(), "It is confirmed".to_owned()),
        ("ruled_out".to_owned(), "It is ruled out".to_owned()),
    ];
    view! {
        <EntryForm button="Write it down" submit>
            <p dir="auto"><b>{said}</b></p>
            <SelectField label="Does it hold?" value=holds options first=true/>
            <TextField label="Because" value=because hint="What was seen."/>
        </EntryForm>
    }
}

#[component]
pub fn RecordChange() -> impl IntoView {
    let here = use_here();
    let (text, service, reference, when) = (line(), line(), line(), line());
    let kind = RwSignal::new(ChangeKind::Deployment.name().to_owned());
    let submit = move || {
        needed(&text.get_untracked(), "Say what was changed.")?;
        let at = read_time(when, Lean::Past)?;
        let change = Change {
            text: text.get_untracked(),
            change: ChangeKind::named(&kind.get_untracked()).unwrap_or(ChangeKind::Other),
            service: service.get_untracked(),
            reference: reference.get_untracked(),
        };
        here.act(
            vec![write::causes::change(&change, at)],
            "Recorded a change",
        );
        here.close_form();
        Ok(())
    };
    let options = ChangeKind::ALL
        .iter()
        .map(|kind| (kind.name().to_owned(), words::change(*kind).to_owned()))
        .collect();
    view! {
        <EntryForm button="It was changed" submit>
            <TextField label="What was changed" value=text hint="By us or by others: it is laid beside the impact’s start." first=true/>
            <TimeField label="When" value=when/>
            <SelectField label="What sort of change" value=kind options/>
            <OfService value=service/>
            <TextField label="Where it can be found" value=reference hint="A number or an address."/>
        </EntryForm>
    }
}

#[component]
pub fn Decision() -> impl IntoView {
    let here = use_here();
    let (text, because, options, service) = (line(), line(), line(), line());
    let submit = move || {
        needed(&text.get_untracked(), "Say what was decided.")?;
        let decision = Decision {
            text: text.get_untracked(),
            because: because.get_untracked(),
            options: options.with_untracked(|options| options.lines().map(str::to_owned).collect()),
            service: service.get_untracked(),
        };
        here.act(vec![write::causes::decision(&decision)], "Wrote a decision");
        here.close_form();
        Ok(())
    };
    view! {
        <EntryForm button="Write it down" submit>
            <TextField label="Decided" value=text first=true/>
            <TextField label="Because" value=because hint="What was known then; the review asks for this first."/>
            <TextArea label="Choices that there were" value=options hint="One a line." rows=2/>
            <OfService value=service/>
        </EntryForm>
    }
}

#[component]
pub fn Workaround(
    /// What an incident like this one was helped by.
    #[prop(optional)]
    given: String,
) -> impl IntoView {
    let here = use_here();
    let text = RwSignal::new(given);
    let [when, service, level, cost, expires, undo] = [(); 6].map(|()| line());
    let mitigated = RwSignal::new(
        here.ask_now(|incident| incident.stamp(Stamp::Mitigated).is_none())
            .unwrap_or(true),
    );
    let submit = move || {
        needed(&text.get_untracked(), "Say what people can do now.")?;
        let at = read_time(when, Lean::Past)?;
        let level = Level::named(&level.get_untracked());
        if level.is_some() {
            needed(&service.get_untracked(), "Say which service is so with it.")?;
        }
        let relief = Relief {
            text: text.get_untracked(),
            service: service.get_untracked(),
            level,
            cost: cost.get_untracked(),
            expires: read_time(expires, Lean::Future)?,
            undo: undo.get_untracked(),
        };
        let drafts = here.ask_now(|incident| {
            write::causes::apply_workaround(incident, &relief, mitigated.get_untracked(), at)
        });
        here.act(drafts.unwrap_or_default(), "A workaround is in place");
        here.close_form();
        Ok(())
    };
    let levels = Level::ALL
        .iter()
        .map(|level| (level.name().to_owned(), words::level(*level).to_owned()));
    let options = std::iter::once((String::new(), "not said".to_owned()))
        .chain(levels)
        .collect();
    view! {
        <EntryForm button="It is in place" submit>
            <TextField label="What was done, so that people can work" value=text first=true/>
            <TimeField label="When" value=when/>
            <OfService value=service/>
            <SelectField label="With it, the service is" value=level options/>
            <CheckField label="The effect is smaller now (mitigated)" value=mitigated/>
            <TextField label="What it costs" value=cost hint="Money, work, risk."/>
            <TimeField label="Until when it lasts" value=expires blank="no end" lean=Lean::Future/>
            <TextField label="How it is undone" value=undo/>
        </EntryForm>
    }
}

#[component]
pub fn RemoveWorkaround(event: EventId) -> impl IntoView {
    let here = use_here();
    let said = words_of(here, event);
    let because = line();
    let submit = move || {
        here.act(
            vec![write::remove_workaround(event, &because.get_untracked())],
            "Removed the workaround",
        );
        here.close_form();
        Ok(())
    };
    view! {
        <EntryForm button="It was removed" submit>
            <p dir="auto"><b>{said}</b></p>
            <p class="faint small">"Where it is still needed, say anew that it is in place, with another end."</p>
            <TextField label="Because" value=because first=true/>
        </EntryForm>
    }
}

#[component]
pub fn RecordProblem(workaround: Option<EventId>) -> impl IntoView {
    let here = use_here();
    let said = workaround.map(|event| words_of(here, event));
    let (text, reference) = (line(), line());
    let submit = move || {
        needed(&text.get_untracked(), "Say what is still to be mended.")?;
        let (reference, text) = (reference.get_untracked(), text.get_untracked());
        let draft = write::causes::problem(workaround, &reference, &text);
        here.act(vec![draft], "Recorded a problem");
        here.close_form();
        Ok(())
    };
    view! {
        <EntryForm button="Record it" submit>
            {said.map(|said| view! { <p dir="auto"><b>{said}</b>" stays in place because of it."</p> })}
            <TextField label="What is still to be mended" value=text first=true/>
            <TextField label="Problem record" value=reference hint="Its number or address, where there is one."/>
        </EntryForm>
    }
}

#[component]
pub fn CloseProblem(event: EventId) -> impl IntoView {
    let here = use_here();
    let said = words_of(here, event);
    let because = line();
    let submit = move || {
        let draft = write::causes::close_problem(event, &because.get_untracked());
        here.act(vec![draft], "Closed a problem record");
        here.close_form();
        Ok(())
    };
    view! {
        <EntryForm button="It is closed" submit>
            <p dir="auto"><b>{said}</b></p>
            <TextField label="Because" value=because first=true/>
        </EntryForm>
    }
}

#[component]
pub fn Fix() -> impl IntoView {
    let here = use_here();
    let (text, when) = (line(), line());
    let submit = move || {
        needed(&text.get_untracked(), "Say what was done about the fault.")?;
        let at = read_time(when, Lean::Past)?;
        here.act(
            vec![write::at(write::fix(&text.get_untracked()), at)],
            "A fix is in place",
        );
        here.close_form();
        Ok(())
    };
    view! {
        <EntryForm button="It is in place" submit>
            <TextField label="What was done about the fault itself" value=text hint="A fix that was applied is not service that is restored; that is its own stamp." first=true/>
            <TimeField label="When" value=when/>
        </EntryForm>
    }
}
