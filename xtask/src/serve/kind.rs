//! What kind of file a browser is told it gets, and how long it may keep it.

use std::path::Path;

/// The content type, by the file's ending.
pub fn of(file: &Path) -> &'static str {
    match file
        .extension()
        .and_then(|ending| ending.to_str())
        .unwrap_or_default()
    {
        "css" => "text/css; charset=utf-8",
        "html" => "text/html; charset=utf-8",
        "ico" => "image/x-icon",
        "jpg" | "jpeg" => "image/jpeg",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" | "map" => "application/json",
        "md" | "txt" => "text/plain; charset=utf-8",
        "png" => "image/png",
        "svg" => "image/svg+xml",
        "wasm" => "application/wasm",
        "webmanifest" => "application/manifest+json",
        "webp" => "image/webp",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    }
}

/// A name with a hash in it never means anything else; all other files are asked for anew.
pub fn keeping(file: &Path) -> &'static str {
    let name = file
        .file_stem()
        .and_then(|name| name.to_str())
        .unwrap_or_default();
    if name.split(['-', '_']).any(is_hash) {
        "public, max-age=31536000, immutable"
    } else {
        "no-store"
    }
}

/// `site` writes 16 digits; Trunk, for whoever builds with it, at most so many.
fn is_hash(part: &str) -> bool {
    (12..=16).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_hexdigit())
}
