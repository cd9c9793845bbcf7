//! Keeps the focus from being lost: where what had it goes, what stands in its place takes it.
//!
//! Watches the page and knows nothing of what it shows. A row that is made anew, a notice that goes,
//! a dialog whose button is no longer there would each send a person at the keys to the top.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlElement, Node};

/// What Tab reaches.
const REACHABLE: &str =
    "a[href], button, input, select, textarea, summary, [tabindex='0'], h1[tabindex]";
/// How many places are remembered, to go back to.
const REMEMBERED: usize = 8;

/// Where the focus was: the element, what it is called, and the way down to it.
struct Place {
    element: HtmlElement,
    name: String,
    /// Each box around it up to the screen, and which of the box's children led to it.
    way: Vec<(Element, u32)>,
}

impl Place {
    fn of(element: HtmlElement) -> Self {
        let mut way = Vec::new();
        let mut child: Element = element.clone().into();
        while let Some(parent) = child.parent_element() {
            if parent.tag_name().eq_ignore_ascii_case("body") || parent.id() == "main" {
                break;
            }
            way.push((parent.clone(), place_among(&parent, &child)));
            child = parent;
        }
        let name = name_of(&element);
        Self { element, name, way }
    }

    fn holds(&self) -> bool {
        is_shown(&self.element)
    }

    /// What stands where it was, or nearest to that.
    fn stand_in(&self) -> Option<HtmlElement> {
        let boxes = self.way.iter().filter(|(parent, _)| parent.is_connected());
        let mut boxes = boxes.filter(|(parent, _)| !parent.tag_name().eq_ignore_ascii_case("main"));
        boxes.find_map(|(parent, index)| nearest(parent, *index, &self.name))
    }
}

fn place_among(parent: &Element, child: &Element) -> u32 {
    let children = parent.children();
    (0..children.length())
        .find(|index| children.item(*index).as_ref() == Some(child))
        .unwrap_or(0)
}

/// The same button in the row that took the place, else the next in the box, else the one before.
fn nearest(parent: &Element, index: u32, name: &str) -> Option<HtmlElement> {
    let all = reachable(parent);
    let row = parent.children().item(index);
    let at_or_after = |element: &HtmlElement| {
        row.as_ref().is_some_and(|row| {
            row.contains(Some(element))
                || row.compare_document_position(element) & Node::DOCUMENT_POSITION_FOLLOWING != 0
        })
    };
    let split = all.iter().position(at_or_after).unwrap_or(all.len());
    let (before, after) = all.split_at(split);
    let same = after.iter().find(|element| {
        row.as_ref().is_some_and(|row| row.contains(Some(element))) && name_of(element) == name
    });
    same.or_else(|| after.first())
        .or_else(|| before.last())
        .cloned()
}

fn reachable(parent: &Element) -> Vec<HtmlElement> {
    let Ok(found) = parent.query_selector_all(REACHABLE) else {
        return Vec::new();
    };
    (0..found.length())
        .filter_map(|index| found.item(index)?.dyn_into::<HtmlElement>().ok())
        .filter(is_shown)
        .collect()
}

fn is_shown(element: &HtmlElement) -> bool {
    element.is_connected() && element.offset_width() > 0 && element.offset_height() > 0
}

fn name_of(element: &HtmlElement) -> String {
    element
        .get_attribute("aria-label")
        .or_else(|| element.text_content())
        .unwrap_or_default()
}

/// The places where the focus was.
#[derive(Default)]
struct Places {
    /// On the screen, newest first.
    screen: VecDeque<Place>,
    /// In the dialog that is or was open above it.
    dialog: Option<Place>,
}

impl Places {
    fn note(&mut self, element: HtmlElement) {
        let in_dialog = element.closest("dialog").ok().flatten().is_some();
        let place = Place::of(element);
        if in_dialog {
            self.dialog = Some(place);
        } else {
            self.dialog = None;
            self.screen.retain(|other| other.element != place.element);
            self.screen.push_front(place);
            self.screen.truncate(REMEMBERED);
        }
    }

    /// Who takes the focus, if it was lost. A person who clicked beside everything lost nothing.
    fn heir(&self) -> Option<HtmlElement> {
        let active = document().active_element();
        let nowhere = active.is_none_or(|element| element.tag_name().eq_ignore_ascii_case("body"));
        if !nowhere {
            return None;
        }
        if first("dialog[open]").is_some() {
            let place = self.dialog.as_ref().filter(|place| !place.holds())?;
            return place.stand_in();
        }
        let newest = self.screen.front().filter(|place| !place.holds())?;
        let earlier = || self.screen.iter().find(|place| place.holds());
        newest
            .stand_in()
            .or_else(|| earlier().map(|place| place.element.clone()))
            .or_else(|| first("h1"))
    }
}

fn first(selector: &str) -> Option<HtmlElement> {
    let found = document().query_selector(selector).ok().flatten();
    found.and_then(|element| element.dyn_into().ok())
}

/// Keeps the focus for as long as the page lives.
pub fn keep() {
    let places = Rc::new(RefCell::new(Places::default()));
    let noted = Rc::clone(&places);
    drop(window_event_listener(ev::focusin, move |event| {
        let target = event.target().and_then(|target| target.dyn_into().ok());
        if let (Some(element), Ok(mut places)) = (target, noted.try_borrow_mut()) {
            places.note(element);
        }
    }));
    let asked = Rc::new(Cell::new(false));
    let changed = Closure::<dyn Fn()>::new(move || {
        if asked.replace(true) {
            return;
        }
        let (asked, places) = (Rc::clone(&asked), Rc::clone(&places));
        // The screen's own choice of where the focus goes is made in the first frame.
        request_animation_frame(move || {
            request_animation_frame(move || {
                asked.set(false);
                // Taking the focus notes a place, so nothing may be borrowed by then.
                let heir = places.try_borrow().ok().and_then(|places| places.heir());
                if let Some(heir) = heir {
                    drop(heir.focus());
                }
            });
        });
    });
    watch(changed);
}

fn watch(changed: Closure<dyn Fn()>) {
    let Some(body) = document().body() else {
        return;
    };
    let observer = web_sys::MutationObserver::new(changed.as_ref().unchecked_ref());
    let what = web_sys::MutationObserverInit::new();
    what.set_child_list(true);
    what.set_subtree(true);
    let attributes = ["class", "hidden", "open", "disabled", "data-part"];
    let attributes: js_sys::Array = attributes.into_iter().map(JsValue::from_str).collect();
    what.set_attribute_filter(&attributes);
    // A browser without observers loses the focus at times, and nothing else.
    if let Ok(observer) = observer {
        drop(observer.observe_with_options(&body, &what));
    }
    // It lives as long as the page.
    changed.forget();
}
