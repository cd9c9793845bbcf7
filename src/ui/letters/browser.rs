//! The browser's own tables of letters.

/// The text in small letters.
pub fn all_small(text: &str) -> String {
    js_sys::JsString::from(text).to_lower_case().into()
}

/// The text in capitals.
pub fn all_capital(text: &str) -> String {
    js_sys::JsString::from(text).to_upper_case().into()
}
