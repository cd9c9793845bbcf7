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
/// What names a row for good, so that it is found again wherever it was put.
const ROW: &str = "data-task";
/// How many places are remembered, to go back to.
const REMEMBERED: usize = 8;
/// In which frame what is lost is given on: the screen's own choice is made in the first.
const MENDED: u32 = 2;

/// Where the focus was: the element, what it is called, and the way down to it.
struct Place {
    element: HtmlElement,
    name: String,
    /// The row that it was in, where that has a name of its own.
    row: Option<String>,
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
        let row = way.iter().find_map(|(parent, _)| parent.get_attribute(ROW));
        Self {
            element,
            name,
            row,
            way,
        }
    }

    fn holds(&self) -> bool {
        can_have_it(&self.element)
    }

    /// What stands where it was, or nearest to that.
    fn stand_in(&self) -> Option<HtmlElement> {
        self.in_same_row().or_else(|| {
            let boxes = self.way.iter().enumerate();
            let mut boxes = boxes.filter(|(_, (parent, _))| {
                parent.is_connected() && !parent.tag_name().eq_ignore_ascii_case("main")
            });
            boxes.find_map(|(steps, (parent, index))| {
                nearest(parent, *index, &self.down(steps), &self.name)
            })
        })
    }

    /// The way down from so many steps above the element.
    fn down(&self, steps: usize) -> Vec<u32> {
        let below = self.way.iter().take(steps).rev();
        below.map(|(_, index)| *index).collect()
    }

    /// A row that was made anew may stand elsewhere: it is the same one by its name.
    fn in_same_row(&self) -> Option<HtmlElement> {
        let row = self.row.as_ref()?;
        let steps = self
            .way
            .iter()
            .position(|(parent, _)| parent.has_attribute(ROW))?;
        let row: Element = first(&format!("[{ROW}=\"{row}\"]"))?.into();
        let list = row.parent_element()?;
        let index = place_among(&list, &row);
        nearest(&list, index, &self.down(steps + 1), &self.name)
    }
}

fn place_among(parent: &Element, child: &Element) -> u32 {
    let children = parent.children();
    (0..children.length())
        .find(|index| children.item(*index).as_ref() == Some(child))
        .unwrap_or(0)
}

/// In the row that took the place the same button, else what stands at the same spot; in a list the
/// same spot of a row below; else the next in the box, else the one before.
fn nearest(parent: &Element, index: u32, down: &[u32], name: &str) -> Option<HtmlElement> {
    let row = parent.children().item(index);
    let row = row.as_ref();
    let same = || {
        let mut all = inside(parent, row?).into_iter();
        all.find(|element| name_of(element) == name)
    };
    let spot = || same_spot(row?, down);
    let below = || rows_below(parent, index).find_map(|row| same_spot(&row, down));
    same()
        .or_else(spot)
        .or_else(below)
        .or_else(|| beside(parent, row))
}

/// What can be reached where the way down leads, or around there.
fn same_spot(row: &Element, down: &[u32]) -> Option<HtmlElement> {
    let (index, rest) = down.split_first()?;
    let spot = row.children().item(*index)?;
    same_spot(&spot, rest).or_else(|| inside(row, &spot).into_iter().next())
}

/// The further rows of a list; what stands below in any other box is something else.
fn rows_below(parent: &Element, index: u32) -> impl Iterator<Item = Element> {
    let rows = parent.children();
    let is_list = matches!(parent.tag_name().as_str(), "OL" | "UL" | "TBODY");
    let end = if is_list { rows.length() } else { 0 };
    (index.saturating_add(1)..end).filter_map(move |index| rows.item(index))
}

/// The next in the box from a row on, else the one before.
fn beside(parent: &Element, row: Option<&Element>) -> Option<HtmlElement> {
    let all = reachable(parent);
    let at_or_after = |element: &HtmlElement| {
        row.is_some_and(|row| {
            row.contains(Some(element))
                || row.compare_document_position(element) & Node::DOCUMENT_POSITION_FOLLOWING != 0
        })
    };
    let split = all.iter().position(at_or_after).unwrap_or(all.len());
    let (before, after) = all.split_at(split);
    after.first().or_else(|| before.last()).cloned()
}

/// What can be reached of a part of a box, the part itself too.
fn inside(parent: &Element, part: &Element) -> Vec<HtmlElement> {
    let mut all = reachable(parent);
    all.retain(|element| part.contains(Some(element)));
    all
}

fn reachable(parent: &Element) -> Vec<HtmlElement> {
    let Ok(found) = parent.query_selector_all(REACHABLE) else {
        return Vec::new();
    };
    (0..found.length())
        .filter_map(|index| found.item(index)?.dyn_into::<HtmlElement>().ok())
        .filter(can_have_it)
        .collect()
}

/// Whether it is on the page, seen, and not switched off.
fn can_have_it(element: &HtmlElement) -> bool {
    element.is_connected()
        && element.offset_width() > 0
        && element.offset_height() > 0
        && !element.matches(":disabled").unwrap_or(false)
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
        if !is_nowhere() {
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

fn is_nowhere() -> bool {
    let active = document().active_element();
    active.is_none_or(|element| element.tag_name().eq_ignore_ascii_case("body"))
}

fn first(selector: &str) -> Option<HtmlElement> {
    let found = document().query_selector(selector).ok().flatten();
    found.and_then(|element| element.dyn_into().ok())
}

/// Gives the focus to an element where the page lies, for what stood there was in sight; what is out
/// of sight comes into it.
fn give(element: &HtmlElement) {
    let options = web_sys::FocusOptions::new();
    options.set_prevent_scroll(true);
    drop(element.focus_with_options(&options));
    let at = element.get_bounding_client_rect();
    let height = window().inner_height().ok();
    let height = height.and_then(|height| height.as_f64()).unwrap_or(0.0);
    if at.bottom() <= 0.0 || at.top() >= height {
        element.scroll_into_view();
    }
}

/// Does something so many frames from now.
fn in_frames(frames: u32, act: Box<dyn FnOnce()>) {
    match frames.checked_sub(1) {
        Some(left) => request_animation_frame(move || in_frames(left, act)),
        None => act(),
    }
}

/// Gives the focus to what the selector names, should it be nowhere once what was lost has been
/// given on.
pub fn otherwise(selector: &'static str) {
    let give_on = move || {
        if let Some(element) = first(selector).filter(|_| is_nowhere()) {
            give(&element);
        }
    };
    in_frames(MENDED + 1, Box::new(give_on));
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
        let mend = move || {
            asked.set(false);
            // Taking the focus notes a place, so nothing may be borrowed by then.
            let heir = places.try_borrow().ok().and_then(|places| places.heir());
            if let Some(heir) = heir {
                give(&heir);
            }
        };
        in_frames(MENDED, Box::new(mend));
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
