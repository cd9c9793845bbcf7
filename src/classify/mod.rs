//! Severity schemes: from answers to a verdict, and the targets that follow from a priority.
//!
//! Pure rules with their sources. Knows nothing of logs or screens: answers come in, verdicts go
//! out.

/// A closed vocabulary with the names that files and logs have for it.
macro_rules! names {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
        pub enum $name {
            $($(#[$vdoc])* $variant,)*
        }

        impl $name {
            /// All of them, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The name in files.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $text,)*
                }
            }

            /// The one of this name.
            pub fn named(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.name() == name)
            }
        }
    };
}

pub mod calendar;
pub mod priority;
pub mod regime;
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
