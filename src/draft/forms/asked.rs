//! When a field must be filled, by what other fields hold.

use super::{Field, Required, Value};
use crate::model::{Span, Timestamp};

/// When a field must be filled.
pub(super) enum Asked {
    /// In every case.
    Always,
    /// In no case.
    Optional,
    /// Under a condition: in words, to stand after "if", and how it is told.
    If(&'static str, Test),
}

/// How a condition is told.
pub(super) enum Test {
    /// By a person.
    Person,
    /// The field of this number has one of these chosen.
    Chosen(&'static str, &'static [&'static str]),
    /// The field of this number holds anything.
    Filled(&'static str),
    /// The field of this number says yes.
    Yes(&'static str),
    /// More than this has gone by since the time in the field of this number.
    Past(&'static str, Span),
}

/// Whether a field must be filled.
pub(super) fn required(asked: &Asked, fields: &[Field], now: Timestamp) -> Required {
    match asked {
        Asked::Always => Required::Always,
        Asked::Optional => Required::Optional,
        Asked::If(condition, test) => Required::If {
            condition,
            holds: holds(test, fields, now),
        },
    }
}

fn holds(test: &Test, fields: &[Field], now: Timestamp) -> Option<bool> {
    let value = |number: &str| {
        let field = fields.iter().find(|field| field.number == number)?;
        field.filled.value()
    };
    match test {
        Test::Person => None,
        Test::Chosen(number, options) => match value(number)? {
            Value::Chosen(chosen) => Some(chosen.iter().any(|option| options.contains(option))),
            _ => None,
        },
        // What is not filled may only not be filled yet.
        Test::Filled(number) => value(number).map(|_| true),
        Test::Yes(number) => match value(number)? {
            Value::YesNo(yes) => Some(*yes),
            _ => None,
        },
        Test::Past(number, span) => match value(number)? {
            Value::Date(since) => Some(now - *since > *span),
            _ => None,
        },
    }
}
