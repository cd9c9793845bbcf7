//! The few things that the screens ask of the browser: time, randomness, files, the clipboard.
//!
//! Where a browser withholds something, the answer says so; nothing here panics.

use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};

use crate::model::Timestamp;

/// The machine's wall clock, right or wrong.
pub fn now() -> Timestamp {
    // A double holds every millisecond of the years that can be written.
    #[allow(clippy::cast_possible_truncation)]
    Timestamp::clamped(js_sys::Date::now() as i64)
}

/// Minutes east of UTC at an instant, by the machine's zone.
pub fn utc_offset_minutes(at: Timestamp) -> i32 {
    #[allow(clippy::cast_precision_loss)]
    let date = js_sys::Date::new(&JsValue::from_f64(at.ms() as f64));
    #[allow(clippy::cast_possible_truncation)]
    let west = date.get_timezone_offset() as i32;
    -west
}

/// IANA name of the machine's zone; empty where the browser does not tell.
pub fn time_zone() -> String {
    let options = js_sys::Intl::DateTimeFormat::new(&js_sys::Array::new(), &js_sys::Object::new())
        .resolved_options();
    js_sys::Reflect::get(&options, &JsValue::from_str("timeZone"))
        .ok()
        .and_then(|zone| zone.as_string())
        .unwrap_or_default()
}

/// Eighty random bits for an id. Also exists on plain http.
pub fn random_bytes() -> [u8; 10] {
    let mut bytes = [0; 10];
    let drawn = window()
        .crypto()
        .is_ok_and(|crypto| crypto.get_random_values_with_u8_array(&mut bytes).is_ok());
    if !drawn {
        // Without a source of randomness, the clock and a weak one are better than the same id twice.
        for byte in &mut bytes {
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            let weak = (js_sys::Math::random() * 256.0) as u8;
            *byte = weak;
        }
    }
    bytes
}

/// Offers a text as a file to keep.
///
/// # Errors
/// What the browser said.
pub fn download(name: &str, mime: &str, text: &str) -> Result<(), JsValue> {
    let parts = js_sys::Array::of1(&JsValue::from_str(text));
    let options = web_sys::BlobPropertyBag::new();
    options.set_type(mime);
    let blob = web_sys::Blob::new_with_str_sequence_and_options(&parts, &options)?;
    let url = web_sys::Url::create_object_url_with_blob(&blob)?;
    let link: web_sys::HtmlAnchorElement = document().create_element("a")?.unchecked_into();
    link.set_href(&url);
    link.set_download(name);
    link.click();
    // The browser needs the address until it has begun to write.
    set_timeout(
        move || drop(web_sys::Url::revoke_object_url(&url)),
        std::time::Duration::from_secs(60),
    );
    Ok(())
}

/// Whether the browser lets a page put text onto the clipboard at all (not on plain http).
pub fn has_clipboard() -> bool {
    let navigator = window().navigator();
    js_sys::Reflect::get(&navigator, &JsValue::from_str("clipboard"))
        .is_ok_and(|clipboard| !clipboard.is_undefined())
}

/// Puts text onto the clipboard.
///
/// # Errors
/// What the browser said; always where [`has_clipboard`] is false.
pub async fn copy(text: &str) -> Result<(), JsValue> {
    if !has_clipboard() {
        return Err(JsValue::from_str("no clipboard on this page"));
    }
    let promise = window().navigator().clipboard().write_text(text);
    wasm_bindgen_futures::JsFuture::from(promise)
        .await
        .map(|_| ())
}

/// The fragment of the page's address.
pub fn fragment() -> String {
    window().location().hash().unwrap_or_default()
}

/// Goes to another address within the page.
pub fn go(href: &str) {
    // Only malformed addresses are refused, and all of ours are made by the router.
    drop(window().location().set_hash(href));
}

/// Puts the focus on the first element that the selector names, if there is one.
pub fn focus(selector: &str) {
    let found = document().query_selector(selector).ok().flatten();
    if let Some(element) = found.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok())
    {
        drop(element.focus());
    }
}

/// Like [`focus`], after what is being changed now has been painted.
pub fn focus_soon(selector: &'static str) {
    request_animation_frame(move || focus(selector));
}

/// Marks the moment when what was just changed has been painted, for whoever measures the page.
pub fn mark_painted(name: &'static str) {
    request_animation_frame(move || {
        let mark = move || {
            if let Some(performance) = window().performance() {
                drop(performance.mark(name));
            }
        };
        // The frame's own work is over when the next task runs.
        set_timeout(mark, std::time::Duration::ZERO);
    });
}

/// Tells the page's start script that the app has stopped, and why. It has a box for that, which
/// needs nothing of what has just failed.
pub fn tell_stopped(why: &str) {
    let init = web_sys::CustomEventInit::new();
    init.set_detail(&JsValue::from_str(why));
    if let Some(window) = web_sys::window()
        && let Ok(event) = web_sys::CustomEvent::new_with_event_init_dict("muster-stopped", &init)
    {
        drop(window.dispatch_event(&event));
    }
}
