//! A drawing of plain values as SVG on the page.

use leptos::prelude::*;

use crate::draft::review::picture::{Picture, Shape, Table};

/// Half the width of a point's mark, in the drawing's units.
const POINT: i32 = 4;

/// The drawing; whoever does not see it hears what it shows.
pub fn drawing(picture: Picture) -> AnyView {
    let view_box = format!("0 0 {} {}", picture.width, picture.height);
    let label = format!("{}. {}", picture.title, picture.about);
    let shapes: Vec<AnyView> = picture.shapes.into_iter().map(shape).collect();
    view! { <svg class="picture" role="img" aria-label=label viewBox=view_box>{shapes}</svg> }
        .into_any()
}

fn shape(shape: Shape) -> AnyView {
    match shape {
        Shape::Bar {
            x,
            y,
            width,
            height,
            class,
            title,
        } => view! { <rect class=class x=text(x) y=text(y) width=text(width) height=text(height)>{titled(title)}</rect> }
        .into_any(),
        Shape::Line {
            x1,
            y1,
            x2,
            y2,
            class,
        } => view! { <line class=class x1=text(x1) y1=text(y1) x2=text(x2) y2=text(y2)></line> }
            .into_any(),
        Shape::Point { x, y, class, title } => {
            // A diamond is told from a bar without its colour.
            let (left, right) = (x - POINT, x + POINT);
            let points = format!("{left},{y} {x},{} {right},{y} {x},{}", y - POINT, y + POINT);
            view! { <polygon class=class points=points>{titled(title)}</polygon> }.into_any()
        }
        Shape::Text {
            x,
            y,
            anchor,
            class,
            text: words,
        } => view! { <text class=class x=text(x) y=text(y) text-anchor=anchor.name()>{words}</text> }
            .into_any(),
    }
}

fn text(length: i32) -> String {
    length.to_string()
}

fn titled(title: String) -> Option<AnyView> {
    (!title.is_empty()).then(|| view! { <title>{title}</title> }.into_any())
}

/// The same as the drawing, to be read.
pub fn table(table: Table) -> AnyView {
    let head = table.header.iter();
    let head: Vec<AnyView> = head
        .map(|name| view! { <th scope="col">{name.clone()}</th> }.into_any())
        .collect();
    let rows = table.rows.into_iter().map(|cells| {
        // Where there is no room for columns, each cell has its own name.
        let cells = cells.into_iter().zip(&table.header);
        let cells: Vec<AnyView> = cells
            .map(|(cell, name)| {
                view! { <td dir="auto" data-head=name.clone()>{cell}</td> }.into_any()
            })
            .collect();
        view! { <tr>{cells}</tr> }.into_any()
    });
    let rows: Vec<AnyView> = rows.collect();
    view! { <table class="stacks"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table> }
        .into_any()
}
