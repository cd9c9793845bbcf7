//! Severity schemes: from answers to a verdict, and the targets that follow from a priority.
//!
//! Pure rules with their sources. Knows nothing of logs or screens: answers come in, verdicts go
//! out.

pub mod priority;
pub mod targets;
pub mod terms;

/// How far a rule can be relied on, told apart on the screen too.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Provenance {
    /// Read in a source and checked.
    Checked,
    /// Common practice, not checked against a source.
    Practice,
    /// Muster's own default; the host may see it differently.
    HouseDefault,
}

impl Provenance {
    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Checked => "checked against its source",
            Self::Practice => "common practice",
            Self::HouseDefault => "Muster's own default",
        }
    }
}
