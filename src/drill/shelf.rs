//! The scenarios on offer: those that come with Muster, and those whose drills are held here.
//!
//! A scenario of one's own is kept by the drills that played it: their logs carry it to the letter.

use super::scenario::{Scenario, read};

const BUILT_IN: [&str; 2] = [
    include_str!("scenarios/payments.md"),
    include_str!("scenarios/sign-in.md"),
];

/// A scenario with its text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Offered {
    /// As read.
    pub scenario: Scenario,
    /// As written.
    pub text: String,
}

/// Those that come with Muster, in order, and behind them those of the drills held here whose texts are
/// given: each once, a later text in the place of an earlier one.
pub fn shelf<'a>(played: impl Iterator<Item = &'a str>) -> Vec<Offered> {
    let mut shelf: Vec<Offered> = BUILT_IN.into_iter().filter_map(offered).collect();
    for text in played.filter(|text| !BUILT_IN.contains(text)) {
        let Some(own) = offered(text) else { continue };
        let mut known = shelf.iter().skip(BUILT_IN.len());
        match known.position(|other| other.scenario.name == own.scenario.name) {
            Some(place) => {
                if let Some(held) = shelf.get_mut(place + BUILT_IN.len()) {
                    *held = own;
                }
            }
            None => shelf.push(own),
        }
    }
    shelf
}

fn offered(text: &str) -> Option<Offered> {
    let scenario = read(text).ok()?;
    Some(Offered {
        scenario,
        text: text.to_owned(),
    })
}

#[cfg(test)]
mod tests;
