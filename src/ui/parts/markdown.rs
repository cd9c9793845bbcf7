//! Instructions as they were written: paragraphs and lists as lines, code in blocks of its own.
//!
//! Code can be selected whole. Nothing becomes markup or a link that the text did not get from here.

use leptos::prelude::*;

use crate::runbook::pieces::{Piece, pieces};

/// A text with its code in blocks.
pub fn text(text: &str) -> impl IntoView + use<> {
    let pieces = pieces(text).into_iter().map(|piece| match piece {
        Piece::Heading(words) => view! { <p dir="auto"><b>{words}</b></p> }.into_any(),
        Piece::Words(words) => view! { <p class="long" dir="auto">{words}</p> }.into_any(),
        Piece::Code(code) => {
            view! { <pre class="code" tabindex="0"><code>{code}</code></pre> }.into_any()
        }
    });
    pieces.collect_view()
}
