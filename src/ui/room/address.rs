//! Which addresses from a log may become links.
//!
//! A log may come from anybody: an address of any other scheme is shown as text.

const SCHEMES: [&str; 5] = ["https", "http", "tel", "mailto", "sms"];

/// The address, where it may be opened by a click.
pub fn openable(address: &str) -> Option<&str> {
    let address = address.trim();
    let (scheme, rest) = address.split_once(':')?;
    let known = SCHEMES
        .iter()
        .any(|known| scheme.eq_ignore_ascii_case(known));
    let whole = !rest.trim_matches('/').is_empty()
        && !address.contains(|c: char| c.is_control() || c.is_whitespace());
    (known && whole).then_some(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_harmless_schemes_become_links() {
        for address in [
            "https://meet.example/a",
            "HTTP://a",
            " tel:+4912345 ",
            "mailto:a@b.example",
            "sms:+49",
        ] {
            assert_eq!(openable(address), Some(address.trim()), "{address}");
        }
        for address in [
            "",
            "room 4",
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "java\nscript:alert(1)",
            "data:text/html,x",
            "vbscript:x",
            "file:///etc/passwd",
            "blob:https://a",
            "https:",
            "https://",
            "//example.org",
            "https://a b",
            "\u{1}https://a",
        ] {
            assert_eq!(openable(address), None, "{address}");
        }
    }
}
