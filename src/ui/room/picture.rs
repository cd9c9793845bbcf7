//! A picture in the timeline: small, and large when asked for; or that it is not held here.

use leptos::prelude::*;

use super::here::use_here;
use crate::model::picture::Picture;
use crate::ui::parts::dialog::Dialog;
use crate::ui::shrink;

/// How far a picture is on its way to the screen.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Sight {
    Reading,
    Shown(String),
    NotHeld,
}

/// A picture that an entry speaks of.
#[component]
pub fn Thumbnail(picture: Picture) -> impl IntoView {
    let here = use_here();
    let sight = RwSignal::new(Sight::Reading);
    let address = StoredValue::new(None::<String>);
    on_cleanup(move || {
        if let Some(url) = address.try_update_value(Option::take).flatten() {
            shrink::revoke(&url);
        }
    });
    let words = picture.text.clone();
    Effect::new(move |_| {
        here.session.pictures().track();
        if matches!(sight.get_untracked(), Sight::Shown(_)) {
            return;
        }
        let picture = picture.clone();
        leptos::task::spawn_local(async move {
            let bytes = here.session.picture(&picture).await;
            let url = bytes.and_then(|bytes| shrink::address_of(&bytes, picture.media_type));
            let Some(url) = url else {
                sight.set(Sight::NotHeld);
                return;
            };
            // Nobody looks any more, or another reading was quicker.
            let is_wanted = sight
                .try_with_untracked(|sight| !matches!(sight, Sight::Shown(_)))
                .unwrap_or(false);
            if !is_wanted {
                shrink::revoke(&url);
                return;
            }
            address.set_value(Some(url.clone()));
            sight.set(Sight::Shown(url));
        });
    });
    move || {
        match sight.get() {
        Sight::Reading => view! { <span class="thumb-place"></span> }.into_any(),
        Sight::NotHeld => view! { <p class="small not-held">"This picture is not held here; ask for a file from whoever has it."</p> }.into_any(),
        Sight::Shown(url) => view! { <Shown url words=words.clone()/> }.into_any(),
    }
    }
}

#[component]
fn Shown(url: String, words: String) -> impl IntoView {
    let large = RwSignal::new(false);
    let close = Callback::new(move |()| large.set(false));
    let name = format!("Picture, larger: {words}");
    let (small, alt) = (url.clone(), words.clone());
    view! {
        <button type="button" class="thumb" aria-haspopup="dialog" aria-label=name on:click=move |_| large.set(true)>
            <img src=small alt=alt loading="lazy" decoding="async"/>
        </button>
        <Dialog open=large close title="Picture">
            <figure class="large-picture"><img src=url.clone() alt=words.clone()/><figcaption dir="auto">{words.clone()}</figcaption></figure>
        </Dialog>
    }
}
