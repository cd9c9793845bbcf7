//! A drawing as plain values, for a screen to draw itself or to be printed as SVG.
//!
//! Lengths are user units, from the left and from the top. Looks are class names only: what a class
//! looks like is the style sheet's. Knows nothing of incidents.

use crate::draft::status_page::text::{escaped, line};

/// Units of height that a text takes, at the size that style sheets give it.
pub const TEXT: i32 = 11;

/// Where a text stands from its point.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Anchor {
    /// It begins there.
    Start,
    /// It is centred there.
    Middle,
    /// It ends there.
    End,
}

impl Anchor {
    /// SVG's `text-anchor`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Middle => "middle",
            Self::End => "end",
        }
    }
}

/// Something that is drawn.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Shape {
    /// A filled rectangle.
    Bar {
        /// Its left edge.
        x: i32,
        /// Its upper edge.
        y: i32,
        /// How wide; at least 1.
        width: i32,
        /// How high.
        height: i32,
        /// Names of its looks.
        class: &'static str,
        /// What it says when pointed at.
        title: String,
    },
    /// A straight line.
    Line {
        /// One end, from the left.
        x1: i32,
        /// One end, from the top.
        y1: i32,
        /// The other end, from the left.
        x2: i32,
        /// The other end, from the top.
        y2: i32,
        /// Names of its looks.
        class: &'static str,
    },
    /// A mark at an instant.
    Point {
        /// Its centre, from the left.
        x: i32,
        /// Its centre, from the top.
        y: i32,
        /// Names of its looks.
        class: &'static str,
        /// What it says when pointed at.
        title: String,
    },
    /// Words in one line.
    Text {
        /// Its point, from the left.
        x: i32,
        /// Its base line, from the top.
        y: i32,
        /// Where it stands from its point.
        anchor: Anchor,
        /// Names of its looks.
        class: &'static str,
        /// The words.
        text: String,
    },
}

/// The same as a picture's, to be read.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Table {
    /// What each column has.
    pub header: Vec<String>,
    /// One row a thing; each as long as the header.
    pub rows: Vec<Vec<String>>,
}

/// A drawing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Picture {
    /// How wide.
    pub width: i32,
    /// How high.
    pub height: i32,
    /// What it is.
    pub title: String,
    /// What it shows, for whoever does not see it.
    pub about: String,
    /// What is drawn, from back to front.
    pub shapes: Vec<Shape>,
    /// All that it shows, and what there was no room for.
    pub table: Table,
}

/// Half the width of a point's mark.
const POINT: i32 = 4;

/// Units that a text takes in width, a little more than it will: letters differ, and fonts too.
pub fn text_width(text: &str) -> i32 {
    let tenths = text.chars().map(|c| match c {
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ' ' | '\'' | '|' | '1' => 40,
        'm' | 'w' | 'M' | 'W' | '@' | '…' => 100,
        _ if c.is_ascii_uppercase() => 78,
        '\0'..='\u{7ff}' => 65,
        _ => 120,
    });
    let sum: i32 = tenths.fold(0, i32::saturating_add);
    sum / 10
}

/// As much of the beginning of a text as there is room for; empty where that says nothing.
pub fn fitted(text: &str, room: i32) -> String {
    /// Fewer letters than these tell nobody anything.
    const FEWEST: usize = 5;
    if text_width(text) <= room {
        return text.to_owned();
    }
    let mut kept = String::new();
    for c in text.chars() {
        kept.push(c);
        if text_width(&kept) + text_width("…") > room {
            kept.pop();
            break;
        }
    }
    let kept = kept.trim_end();
    if kept.chars().count() < FEWEST {
        return String::new();
    }
    [kept, "…"].concat()
}

/// The picture as an SVG element; `name` begins the ids in it, and must be no other's on the page.
pub fn svg(picture: &Picture, name: &str) -> String {
    let mut out = format!(
        "<svg class=\"picture\" viewBox=\"0 0 {} {}\" role=\"img\" aria-labelledby=\"{name}-title {name}-about\" xmlns=\"http://www.w3.org/2000/svg\">\n<title id=\"{name}-title\">{}</title>\n<desc id=\"{name}-about\">{}</desc>\n",
        picture.width,
        picture.height,
        line(&picture.title),
        line(&picture.about),
    );
    for shape in &picture.shapes {
        push_shape(&mut out, shape);
    }
    out.push_str("</svg>\n");
    out
}

fn push_shape(out: &mut String, shape: &Shape) {
    match shape {
        Shape::Bar {
            x,
            y,
            width,
            height,
            class,
            title,
        } => {
            open(out, "rect", class);
            numbers(
                out,
                &[("x", *x), ("y", *y), ("width", *width), ("height", *height)],
            );
            titled(out, "rect", title);
        }
        Shape::Line {
            x1,
            y1,
            x2,
            y2,
            class,
        } => {
            open(out, "line", class);
            numbers(out, &[("x1", *x1), ("y1", *y1), ("x2", *x2), ("y2", *y2)]);
            out.push_str("/>\n");
        }
        Shape::Point { x, y, class, title } => {
            // A diamond is told from a bar without its colour.
            open(out, "polygon", class);
            out.push_str(&format!(
                " points=\"{},{y} {x},{} {},{y} {x},{}\"",
                x - POINT,
                y - POINT,
                x + POINT,
                y + POINT
            ));
            titled(out, "polygon", title);
        }
        Shape::Text {
            x,
            y,
            anchor,
            class,
            text,
        } => {
            open(out, "text", class);
            numbers(out, &[("x", *x), ("y", *y)]);
            out.push_str(" text-anchor=\"");
            out.push_str(anchor.name());
            out.push_str("\">");
            out.push_str(&line(text));
            out.push_str("</text>\n");
        }
    }
}

fn open(out: &mut String, element: &str, class: &str) {
    out.push('<');
    out.push_str(element);
    out.push_str(" class=\"");
    out.push_str(&escaped(class));
    out.push('"');
}

fn numbers(out: &mut String, numbers: &[(&str, i32)]) {
    for (name, number) in numbers {
        out.push(' ');
        out.push_str(name);
        out.push_str("=\"");
        out.push_str(&number.to_string());
        out.push('"');
    }
}

fn titled(out: &mut String, element: &str, title: &str) {
    let title = line(title);
    if title.is_empty() {
        out.push_str("/>\n");
        return;
    }
    for part in ["><title>", &title, "</title></", element, ">\n"] {
        out.push_str(part);
    }
}
