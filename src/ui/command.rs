//! What the keyboard and the palette can do anywhere, and by which key.
//!
//! Knows nothing of the browser: a key comes in by its name.

use std::collections::BTreeMap;

/// Something that can be done from anywhere, or from the room.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
pub enum Command {
    /// Opens the palette.
    Palette,
    /// Shows the keys.
    Keys,
    /// Goes to the declaration.
    Declare,
    /// Goes to the board.
    Board,
    /// Goes to export and import.
    Share,
    /// Goes to the measures.
    Measures,
    /// Goes to the runbooks.
    Runbooks,
    /// Goes to the drills.
    Drills,
    /// Goes to the services and contacts.
    Organisation,
    /// Goes to the settings.
    Settings,
    /// Goes to the words on stages and terms.
    Guide,
    /// Goes to the search on the board.
    Search,
    /// Takes back the last action.
    Undo,
    /// In the room: to the line for whatever just happened.
    Note,
    /// In the room: does the next step.
    NextStep,
    /// In the room: gives the first word to executives and customers.
    FirstWord,
    /// In the room: writes an update to an audience.
    Update,
    /// In the room: goes to the updates, by audience, and the clocks.
    Updates,
    /// In the room: goes to the review.
    Review,
    /// In the room: takes in lines copied from a chat or a log.
    Paste,
    /// In the room: goes to the brief for an assistant, and to what was proposed.
    Assist,
    /// In the room: classifies again.
    Classify,
    /// In the room: gives a role to somebody.
    Assign,
    /// In the room: adds a task.
    AddTask,
    /// In the room: follows a runbook.
    AttachRunbook,
    /// In the room: goes to the next stage.
    NextStage,
    /// In the room: gives a copy of the incident away.
    Export,
    /// Shows UTC beside local time, or hides it.
    Utc,
}

impl Command {
    /// All of them, in the order in which they are listed.
    pub const ALL: [Self; 28] = [
        Self::Palette,
        Self::Keys,
        Self::Declare,
        Self::Board,
        Self::Search,
        Self::Share,
        Self::Measures,
        Self::Runbooks,
        Self::Drills,
        Self::Organisation,
        Self::Settings,
        Self::Guide,
        Self::Undo,
        Self::Note,
        Self::NextStep,
        Self::FirstWord,
        Self::Update,
        Self::Updates,
        Self::Review,
        Self::Paste,
        Self::Assist,
        Self::Classify,
        Self::Assign,
        Self::AddTask,
        Self::AttachRunbook,
        Self::NextStage,
        Self::Export,
        Self::Utc,
    ];

    /// A stable name, for the settings.
    pub fn name(self) -> &'static str {
        match self {
            Self::Palette => "palette",
            Self::Keys => "keys",
            Self::Declare => "declare",
            Self::Board => "board",
            Self::Share => "share",
            Self::Measures => "measures",
            Self::Runbooks => "runbooks",
            Self::Drills => "drills",
            Self::Organisation => "organisation",
            Self::Settings => "settings",
            Self::Guide => "guide",
            Self::Search => "search",
            Self::Undo => "undo",
            Self::Note => "note",
            Self::NextStep => "next_step",
            Self::FirstWord => "first_word",
            Self::Update => "update",
            Self::Updates => "updates",
            Self::Review => "review",
            Self::Paste => "paste",
            Self::Assist => "assist",
            Self::Classify => "classify",
            Self::Assign => "assign",
            Self::AddTask => "add_task",
            Self::AttachRunbook => "attach_runbook",
            Self::NextStage => "next_stage",
            Self::Export => "export",
            Self::Utc => "utc",
        }
    }

    /// What it does, as the palette says it.
    pub fn title(self) -> &'static str {
        match self {
            Self::Palette => "Find or do anything",
            Self::Keys => "Show the keys",
            Self::Declare => "Declare an incident",
            Self::Board => "Go to the board",
            Self::Share => "Share: export and import",
            Self::Measures => "Measures: times, downtime, cost",
            Self::Runbooks => "Runbooks: read, write, import",
            Self::Drills => "Drills: practise an incident",
            Self::Organisation => "Services and contacts",
            Self::Settings => "Settings",
            Self::Guide => "The six stages and the terms",
            Self::Search => "Search the incidents",
            Self::Undo => "Undo the last action",
            Self::Note => "Write what just happened",
            Self::NextStep => "Do the next step",
            Self::FirstWord => "Give the first word",
            Self::Update => "Write an update",
            Self::Updates => "Audiences and clocks",
            Self::Review => "Review: findings, whys, the document",
            Self::Paste => "Paste lines from a chat or a log",
            Self::Assist => "Ask an assistant: brief and proposals",
            Self::Classify => "Classify again",
            Self::Assign => "Name who leads, or hand command over",
            Self::AddTask => "Add a task",
            Self::AttachRunbook => "Follow a runbook",
            Self::NextStage => "Go to the next stage",
            Self::Export => "Export this incident",
            Self::Utc => "Show or hide UTC",
        }
    }

    /// The single key that does it unless the person chose another.
    pub fn default_key(self) -> char {
        match self {
            Self::Palette => 'k',
            Self::Keys => '?',
            Self::Declare => 'd',
            Self::Board => 'b',
            Self::Share => 's',
            Self::Measures => 'y',
            Self::Runbooks => 'l',
            Self::Drills => 'x',
            Self::Organisation => 'o',
            Self::Settings => ',',
            Self::Guide => 'h',
            Self::Search => '/',
            Self::Undo => 'z',
            Self::Note => 'n',
            Self::NextStep => 'g',
            Self::FirstWord => 'f',
            Self::Update => 'u',
            Self::Updates => 'm',
            Self::Review => 'v',
            Self::Paste => 'p',
            Self::Assist => 'q',
            Self::Classify => 'c',
            Self::Assign => 'a',
            Self::AddTask => 'w',
            Self::AttachRunbook => 'r',
            Self::NextStage => '.',
            Self::Export => 'e',
            Self::Utc => 't',
        }
    }

    /// Whether it only makes sense in a room.
    pub fn needs_room(self) -> bool {
        matches!(
            self,
            Self::Note
                | Self::NextStep
                | Self::FirstWord
                | Self::Update
                | Self::Updates
                | Self::Review
                | Self::Paste
                | Self::Assist
                | Self::Classify
                | Self::Assign
                | Self::AddTask
                | Self::AttachRunbook
                | Self::NextStage
                | Self::Export
        )
    }
}

/// Which single key does what, and whether single keys do anything at all (WCAG 2.2, 2.1.4).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Keys {
    /// Whether single keys are on.
    pub on: bool,
    /// Where the person chose another key than the default.
    pub chosen: BTreeMap<String, char>,
}

impl Default for Keys {
    fn default() -> Self {
        Self {
            on: true,
            chosen: BTreeMap::new(),
        }
    }
}

impl Keys {
    /// The key of a command.
    pub fn key(&self, command: Command) -> char {
        self.chosen
            .get(command.name())
            .copied()
            .unwrap_or_else(|| command.default_key())
    }

    /// The command of a key that was pressed alone.
    pub fn command(&self, key: &str) -> Option<Command> {
        let mut chars = key.chars();
        let (Some(key), None) = (chars.next(), chars.next()) else {
            return None;
        };
        let key = key.to_ascii_lowercase();
        if !self.on {
            return None;
        }
        Command::ALL
            .into_iter()
            .find(|command| self.key(*command) == key)
    }

    /// Gives a command another key. Refused where that key does something else already.
    ///
    /// # Errors
    /// The command that has the key.
    pub fn choose(&mut self, command: Command, key: char) -> Result<(), Command> {
        let key = key.to_ascii_lowercase();
        let taken = Command::ALL
            .into_iter()
            .find(|other| *other != command && self.key(*other) == key);
        match taken {
            Some(other) => Err(other),
            None => {
                self.chosen.insert(command.name().to_owned(), key);
                Ok(())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_has_a_key_of_its_own() {
        let keys = Keys::default();
        for command in Command::ALL {
            assert_eq!(keys.command(&keys.key(command).to_string()), Some(command));
        }
        assert_eq!(keys.command("Enter"), None);
        assert_eq!(Keys { on: false, ..keys }.command("d"), None);
    }

    #[test]
    fn a_key_is_given_once() {
        let mut keys = Keys::default();
        assert_eq!(keys.choose(Command::Declare, 'b'), Err(Command::Board));
        assert_eq!(keys.choose(Command::Declare, 'j'), Ok(()));
        assert_eq!(keys.command("j"), Some(Command::Declare));
        assert_eq!(keys.command("d"), None);
    }
}
