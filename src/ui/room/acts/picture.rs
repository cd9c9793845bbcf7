//! A picture is added: looked at first, made small, and said what it shows.

use leptos::html;
use leptos::prelude::*;

use super::super::here::use_here;
use super::causes::OfService;
use super::needed;
use crate::guide::words;
use crate::model::EventId;
use crate::ui::browser;
use crate::ui::parts::field::TextField;
use crate::ui::parts::form::EntryForm;
use crate::ui::session::pictures::Said;
use crate::ui::share::listed;
use crate::ui::shrink::{self, Small};

#[component]
pub fn AddPicture(of: Option<EventId>) -> impl IntoView {
    let here = use_here();
    let line = || RwSignal::new(String::new());
    let (text, service) = (line(), line());
    let small = RwSignal::new(None::<Small>);
    let (problem, working) = (RwSignal::new(None::<String>), RwSignal::new(false));
    let look = move |file: web_sys::File| {
        problem.set(None);
        working.set(true);
        leptos::task::spawn_local(async move {
            let read = shrink::shrink(&file).await;
            // The form may be closed by now.
            let why = read.as_ref().err().cloned();
            working.set(false);
            small.set(read.ok());
            problem.set(why);
        });
    };
    let given = here.session.given_picture();
    let choice = if given.is_some() {
        "Another picture"
    } else {
        "Picture"
    };
    if let Some(file) = given {
        look(file);
    }
    let submit = move || {
        let Some(chosen) = small.get_untracked() else {
            return Err("Choose a picture.".to_owned());
        };
        needed(
            &text.get_untracked(),
            "Say what it shows: not everybody sees it.",
        )?;
        if working.get_untracked() {
            return Ok(());
        }
        let said = Said {
            text: text.get_untracked(),
            service: service.get_untracked(),
            of,
        };
        working.set(true);
        problem.set(None);
        leptos::task::spawn_local(async move {
            match here.session.add_picture(here.id, chosen, said).await {
                // Whoever has closed the form meanwhile may have opened another.
                Ok(()) if working.try_get_untracked().is_some() => here.close_form(),
                Ok(()) => {}
                Err(why) => {
                    if problem.try_set(Some(why.clone())).is_some() {
                        here.session.say(&why);
                    }
                    working.set(false);
                }
            }
        });
        Ok(())
    };
    view! {
        <EntryForm button="Add it" submit>
            <Choose label=choice look/>
            <Preview small working/>
            <TextField label="What it shows" value=text hint="For those who do not see it, and for the record: “the error rate rises at 02:13”." first=true/>
            <OfService value=service/>
            <p class="problem" role="alert">{problem}</p>
        </EntryForm>
    }
}

#[component]
fn Choose(label: &'static str, look: impl Fn(web_sys::File) + 'static) -> impl IntoView {
    let input = NodeRef::<html::Input>::new();
    let chosen = move |_| {
        let file = input.get_untracked().map(|input| listed(input.files()));
        if let Some(file) = file.unwrap_or_default().into_iter().next() {
            look(file);
        }
    };
    view! {
        <label class="file"><span>{label}</span><input node_ref=input type="file" accept="image/*" on:change=chosen/></label>
    }
}

/// The picture as it will be kept, how large it is, and how much room is left.
#[component]
fn Preview(small: RwSignal<Option<Small>>, working: RwSignal<bool>) -> impl IntoView {
    let address = StoredValue::new(None::<String>);
    let revoke = move || {
        if let Some(old) = address.try_update_value(Option::take).flatten() {
            shrink::revoke(&old);
        }
    };
    on_cleanup(revoke);
    let left = RwSignal::new(None::<u64>);
    leptos::task::spawn_local(async move {
        left.set(browser::room_left().await);
    });
    let shown = move || {
        revoke();
        small.with(|small| {
            let small = small.as_ref()?;
            let url = shrink::address_of(&small.bytes, small.media_type)?;
            address.set_value(Some(url.clone()));
            let size = format!(
                "{} × {} pixels, {}; the file has {}.",
                small.width,
                small.height,
                words::bytes(small.bytes.len() as u64),
                words::bytes(small.was)
            );
            Some(view! { <img class="preview" src=url alt="The picture as it will be kept"/><p class="small">{size}</p> })
        })
    };
    let room = move || {
        let left = left.get();
        left.map(|left| {
            format!(
                "This browser has {} left for this site. ",
                words::bytes(left)
            )
        })
    };
    view! {
        <div aria-live="polite">
            {move || working.get().then(|| view! { <p class="small">"In a moment"</p> })}
            {shown}
        </div>
        <p class="faint small">{room}"Muster makes it small and leaves out what the file says of place and camera. It goes along with the incident’s file, never with updates or the status page."</p>
    }
}
