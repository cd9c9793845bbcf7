//! The few things that the screens ask of the browser: time, randomness, files, the clipboard.
//!
//! Where a browser withholds something, the answer says so; nothing here panics.

use std::cell::RefCell;
use std::collections::BTreeMap;

use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::model::Timestamp;

/// The machine's wall clock, right or wrong.
pub fn now() -> Timestamp {
    // A double holds every millisecond of the years that can be written.
    #[allow(clippy::cast_possible_truncation)]
    Timestamp::clamped(js_sys::Date::now() as i64)
}

/// Milliseconds since the page was opened; never goes back. 0 where the browser does not tell.
pub fn uptime() -> f64 {
    window().performance().map_or(0.0, |clock| clock.now())
}

/// Minutes east of UTC at an instant, by the machine's zone.
pub fn utc_offset_minutes(at: Timestamp) -> i32 {
    #[allow(clippy::cast_precision_loss)]
    let date = js_sys::Date::new(&JsValue::from_f64(at.ms() as f64));
    #[allow(clippy::cast_possible_truncation)]
    let west = date.get_timezone_offset() as i32;
    -west
}

thread_local! {
    /// Formatters by zone: making one costs more than asking it. None for a zone that is not known.
    static FORMATTERS: RefCell<BTreeMap<String, Option<js_sys::Intl::DateTimeFormat>>> = const { RefCell::new(BTreeMap::new()) };
}

/// Minutes east of UTC at an instant, in the zone of this IANA name; in the machine's own where the
/// name is empty or the browser does not know it.
pub fn offset_in(zone: &str, at: Timestamp) -> i32 {
    let named = (!zone.is_empty()).then(|| {
        FORMATTERS.with_borrow_mut(|held| {
            let held = held
                .entry(zone.to_owned())
                .or_insert_with(|| formatter(zone));
            held.as_ref().and_then(|formatter| offset_by(formatter, at))
        })
    });
    named.flatten().unwrap_or_else(|| utc_offset_minutes(at))
}

/// Whether the browser knows a zone of this name.
pub fn knows_zone(zone: &str) -> bool {
    formatter(zone).is_some()
}

/// Through Reflect: a name that is none throws.
fn formatter(zone: &str) -> Option<js_sys::Intl::DateTimeFormat> {
    let options = js_sys::Object::new();
    for (name, value) in [("timeZone", zone), ("timeZoneName", "longOffset")] {
        js_sys::Reflect::set(&options, &name.into(), &value.into()).ok()?;
    }
    let intl = js_sys::Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
    let class = js_sys::Reflect::get(&intl, &"DateTimeFormat".into()).ok()?;
    let class: js_sys::Function = class.dyn_into().ok()?;
    let arguments = js_sys::Array::of2(&"en-US".into(), &options);
    let made = js_sys::Reflect::construct(&class, &arguments).ok()?;
    made.dyn_into().ok()
}

/// From `GMT+05:30` among the parts of the formatted date.
fn offset_by(formatter: &js_sys::Intl::DateTimeFormat, at: Timestamp) -> Option<i32> {
    #[allow(clippy::cast_precision_loss)]
    let date = js_sys::Date::new(&JsValue::from_f64(at.ms() as f64));
    let parts = formatter.format_to_parts(&date);
    let text = |part: &JsValue, name: &str| {
        let value = js_sys::Reflect::get(part, &name.into()).ok()?;
        value.as_string()
    };
    let mut parts = parts.iter();
    let part = parts.find(|part| text(part, "type").as_deref() == Some("timeZoneName"))?;
    let offset = text(&part, "value")?;
    let offset = offset.strip_prefix("GMT")?;
    let Some(rest) = offset.strip_prefix(['+', '-', '\u{2212}']) else {
        return Some(0);
    };
    let (hours, minutes) = rest.split_once(':').unwrap_or((rest, "0"));
    let minutes =
        hours.parse::<i32>().ok()? * 60 + minutes.get(..2).unwrap_or("0").parse::<i32>().ok()?;
    Some(if offset.starts_with('+') {
        minutes
    } else {
        -minutes
    })
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
    offer(name, mime, &JsValue::from_str(text))
}

/// Offers bytes as a file.
///
/// # Errors
/// What the browser said.
pub fn download_bytes(name: &str, mime: &str, bytes: &[u8]) -> Result<(), JsValue> {
    offer(name, mime, &js_sys::Uint8Array::from(bytes))
}

fn offer(name: &str, mime: &str, part: &JsValue) -> Result<(), JsValue> {
    let parts = js_sys::Array::of1(part);
    let options = web_sys::BlobPropertyBag::new();
    options.set_type(mime);
    let blob = web_sys::Blob::new_with_blob_sequence_and_options(&parts, &options)?;
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

/// The text of one of the site's own files; none where it is not there or cannot be had.
pub async fn fetched(name: &str) -> Option<String> {
    let response = JsFuture::from(window().fetch_with_str(name)).await.ok()?;
    let response: web_sys::Response = response.dyn_into().ok()?;
    if !response.ok() {
        return None;
    }
    let text = JsFuture::from(response.text().ok()?).await.ok()?;
    text.as_string()
}

/// What the host says of the organisation, as text: the `muster.json` beside the page, or what lies in
/// the page where that is one file; none where neither is there.
pub async fn organisation() -> Option<String> {
    match document().get_element_by_id("organisation") {
        Some(inside) => inside.text_content(),
        None => fetched("muster.json").await,
    }
}

/// A notification where the person allowed it, and a short sound. What the browser withholds is left
/// out: the page says it too.
pub fn ring(text: &str) {
    if has_notifications() {
        drop(web_sys::Notification::new(text));
    }
    drop(beep());
}

/// Whether the browser has notifications at all; not on plain http.
pub fn has_notifications() -> bool {
    js_sys::Reflect::has(&js_sys::global(), &"Notification".into()).unwrap_or(false)
}

/// Asks the person whether this page may notify them.
pub fn ask_to_notify() {
    if has_notifications() {
        drop(web_sys::Notification::request_permission());
    }
}

/// Two short tones.
fn beep() -> Result<(), JsValue> {
    let audio = web_sys::AudioContext::new()?;
    for start in [0.0, 0.25] {
        let tone = audio.create_oscillator()?;
        tone.frequency().set_value(880.0);
        tone.connect_with_audio_node(&audio.destination())?;
        tone.start_with_when(audio.current_time() + start)?;
        tone.stop_with_when(audio.current_time() + start + 0.15)?;
    }
    Ok(())
}

/// Opens an address outside the page: a mail program, or another tab that knows nothing of this one.
pub fn open_outside(address: &str) {
    let Ok(link) = document().create_element("a") else {
        return;
    };
    let link: web_sys::HtmlAnchorElement = link.unchecked_into();
    link.set_href(address);
    if address.starts_with("https:") {
        link.set_target("_blank");
        link.set_rel("noopener noreferrer");
    }
    link.click();
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

/// How many bytes this site may still store, as far as the browser tells; not on plain http.
pub async fn room_left() -> Option<u64> {
    let navigator = window().navigator();
    let storage = js_sys::Reflect::get(&navigator, &JsValue::from_str("storage")).ok()?;
    let storage: web_sys::StorageManager = storage.dyn_into().ok()?;
    let estimate = JsFuture::from(storage.estimate().ok()?).await.ok()?;
    let number = |name: &str| {
        let number = js_sys::Reflect::get(&estimate, &JsValue::from_str(name)).ok()?;
        number.as_f64()
    };
    let left = number("quota")? - number("usage")?;
    // Far below what a double holds exactly.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let left = left.max(0.0) as u64;
    Some(left)
}

/// The fragment of the page's address.
pub fn fragment() -> String {
    window().location().hash().unwrap_or_default()
}

/// Opens the browser's own way to print, and to save as PDF.
pub fn print() {
    // Only a page without a window cannot.
    drop(window().print());
}

/// The page takes the whole screen, where the browser lets it.
pub fn fill_screen() {
    if let Some(root) = document().document_element() {
        // A browser that refuses says so itself.
        drop(root.request_fullscreen());
    }
}

/// How wide the page is now, in CSS pixels.
pub fn width() -> i32 {
    let width = window().inner_width().ok();
    let width = width.and_then(|width| width.as_f64()).unwrap_or(1_000.0);
    // A window's width is far within these.
    #[allow(clippy::cast_possible_truncation)]
    let width = width.clamp(0.0, 10_000.0) as i32;
    width
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

/// A word that the page's start script has for the app, as it stands now; empty for none.
pub fn start_says(name: &str) -> String {
    let root = document().document_element();
    let word = root.and_then(|root| root.get_attribute(&format!("data-{name}")));
    word.unwrap_or_default()
}

/// Asks the start script to open the page again, by a newer Muster where one has come.
pub fn renew() {
    if let Ok(event) = web_sys::Event::new("muster-renew") {
        drop(window().dispatch_event(&event));
    }
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
