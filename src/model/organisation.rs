//! What a host or the library says of the organisation: its services, whom to call, where to meet, who
//! is told how, which regimes apply.
//!
//! Plain values, as `muster.json` and the library's log have them. What follows for an incident is
//! for the guide.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::term::{Phase, Priority};
use super::time::Timestamp;

/// A service of the organisation.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Service {
    /// What it is called.
    pub name: String,
    /// Who looks after it: somebody who can be called, by name.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub owner: String,
    /// The services that it cannot do without.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub depends_on: Vec<String>,
    /// How much the business lives on it; 1 is the most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tier: Option<u8>,
    /// What outsiders call it; empty where they are not to know of it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub public_name: String,
    /// What a minute without it costs, in whole units of the organisation's currency.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost_per_minute: Option<u32>,
}

/// A person or team that can be called.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Contact {
    /// What they are called.
    pub name: String,
    /// Their number, mail or https address.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reach: String,
    /// Who is called next, in turn, where they do not answer.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub then: Vec<String>,
    /// The priorities at which they are called at all events.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub priorities: Vec<Priority>,
}

/// Where a response meets.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Place {
    /// What it is: call, chat, document.
    pub label: String,
    /// Its address.
    pub url: String,
}

/// A rule of the organisation's own, as it is stated: `runbook::rules` reads it.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct StatedRule {
    /// In the organisation's words.
    pub text: String,
    /// When it fires: `stage recovery`.
    pub when: String,
    /// What follows: `Add task: Check the backups`.
    pub then: String,
}

/// Who is told of an incident, and how.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct AudienceRules {
    /// Its name in files; a name of the field's own (`customers`) puts these rules in the place of
    /// what is built in.
    pub name: String,
    /// What it is called on the screen; empty: its name.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// Whether it is outside the organisation, and reads only what is meant for outsiders. Never
    /// guessed: it must be said.
    pub outside: bool,
    /// How it is told: status page, mail, chat, phone, portal.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub channel: String,
    /// Where: a mail address, a number, or an https address.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub address: String,
    /// In which tone, in a few words for whoever writes.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub tone: String,
    /// In which language (BCP 47); empty: English.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub language: String,
    /// How it is read.
    #[serde(default, skip_serializing_if = "Markup::is_plain")]
    pub format: Markup,
    /// Who must let a text go out, as a person's or a role's name; empty: nobody has to.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub approver: String,
    /// How often it hears.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cadence: Vec<Rhythm>,
    /// What its updates look like.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub templates: Vec<Template>,
}

/// How a text is read where it arrives.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Markup {
    /// Letter by letter.
    #[default]
    Plain,
    /// As Markdown: a chat, most status pages.
    Markdown,
}

impl Markup {
    fn is_plain(&self) -> bool {
        *self == Self::Plain
    }
}

/// How often an audience hears of an incident.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Rhythm {
    /// At which priority.
    pub priority: Priority,
    /// While updates say this of it; none: whenever no other rhythm does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phase: Option<Phase>,
    /// Minutes from one update to the next; 0: it hears of changes only.
    pub minutes: u32,
}

/// What an update looks like before a person edits it.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Template {
    /// For updates that say this of the incident; none: whenever no other template does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phase: Option<Phase>,
    /// The text, with fields in braces.
    pub text: String,
}

impl AudienceRules {
    /// What it is called on the screen.
    pub fn title(&self) -> &str {
        if self.title.is_empty() {
            &self.name
        } else {
            &self.title
        }
    }

    /// In which language its texts are.
    pub fn language(&self) -> &str {
        if self.language.is_empty() {
            "en"
        } else {
            &self.language
        }
    }

    /// How often it hears at this priority in this phase, as far as these rules say.
    pub fn rhythm(&self, priority: Priority, phase: Phase) -> Option<&Rhythm> {
        let of = |wanted: Option<Phase>| {
            let mut cadence = self.cadence.iter();
            cadence.find(|rhythm| rhythm.priority == priority && rhythm.phase == wanted)
        };
        of(Some(phase)).or_else(|| of(None))
    }

    /// The template for this phase, where there is one.
    pub fn template(&self, phase: Phase) -> Option<&str> {
        let of = |wanted: Option<Phase>| {
            let mut templates = self.templates.iter();
            templates.find(|template| template.phase == wanted)
        };
        let template = of(Some(phase)).or_else(|| of(None))?;
        Some(&template.text)
    }
}

/// Which regimes apply to the organisation, and what they need to know of it.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct RegimeChoice {
    /// Their names; none of them applies where this is empty.
    pub regimes: Vec<String>,
    /// What forms and rules ask of the organisation, by name: its LEI, its kind, its authority.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub entity: BTreeMap<String, String>,
    /// The zone in which its days begin and end, by its IANA name.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub zone: String,
    /// Days off of its own, besides the calendar's: `2026-12-24`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub holidays: Vec<String>,
}

/// All of it.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Organisation {
    /// What it is called.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// What costs are counted in: `EUR`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub currency: String,
    /// Its services.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub services: Vec<Service>,
    /// Whom to call.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contacts: Vec<Contact>,
    /// Who is told, and how.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub audiences: Vec<AudienceRules>,
    /// The regimes that apply to it, by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub regimes: Vec<String>,
    /// What forms and rules ask of it; see [`RegimeChoice::entity`].
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub entity: BTreeMap<String, String>,
    /// The zone in which its days begin and end; see [`RegimeChoice::zone`].
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub zone: String,
    /// Days off of its own; see [`RegimeChoice::holidays`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub holidays: Vec<String>,
    /// Where its responses meet.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bridges: Vec<Place>,
    /// Roles of its own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<String>,
    /// Schemes of addresses that tasks may open, besides `https`, `tel`, `sms` and `mailto`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub schemes: Vec<String>,
    /// What is done or proposed in every incident when something happens.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<StatedRule>,
}

/// What no host may allow: addresses of these schemes run or read what they should not.
const NEVER: [&str; 6] = ["javascript", "data", "vbscript", "file", "blob", "about"];

impl Organisation {
    /// Reads a `muster.json`.
    ///
    /// # Errors
    /// What is wrong with it and where, in a sentence.
    pub fn read(text: &str) -> Result<Self, String> {
        let read: Self = serde_json::from_str(text.trim_start_matches('\u{feff}'))
            .map_err(|error| format!("muster.json cannot be read: {error}."))?;
        let allowed = |scheme: &String| {
            let plain = scheme
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
            plain && !NEVER.iter().any(|never| scheme.eq_ignore_ascii_case(never))
        };
        if let Some(scheme) = read.schemes.iter().find(|scheme| !allowed(scheme)) {
            return Err(format!(
                "muster.json allows addresses of the kind “{scheme}”, which is not safe to open."
            ));
        }
        match read.holidays.iter().find(|day| !is_day(day)) {
            Some(day) => Err(format!(
                "muster.json has a holiday “{day}”, which is not a day like 2026-12-24."
            )),
            None => Ok(read),
        }
    }

    /// The service of this name.
    pub fn service(&self, name: &str) -> Option<&Service> {
        let name = name.trim();
        self.services
            .iter()
            .find(|service| service.name.eq_ignore_ascii_case(name))
    }

    /// Whoever is called so.
    pub fn contact(&self, name: &str) -> Option<&Contact> {
        let name = name.trim();
        self.contacts
            .iter()
            .find(|contact| contact.name.eq_ignore_ascii_case(name))
    }

    /// The audience of this name.
    pub fn audience(&self, name: &str) -> Option<&AudienceRules> {
        let name = name.trim();
        self.audiences
            .iter()
            .find(|audience| audience.name.eq_ignore_ascii_case(name))
    }

    /// With what the library says in the stead of the host's, by name; none removes.
    pub fn with<'a>(
        mut self,
        services: impl Iterator<Item = (&'a String, &'a Option<Service>)>,
        contacts: impl Iterator<Item = (&'a String, &'a Option<Contact>)>,
    ) -> Self {
        for (name, service) in services {
            self.services.retain(|held| held.name != *name);
            self.services.extend(service.clone());
        }
        for (name, contact) in contacts {
            self.contacts.retain(|held| held.name != *name);
            self.contacts.extend(contact.clone());
        }
        super::order::sort_by(&mut self.services, |a, b| a.name.cmp(&b.name));
        super::order::sort_by(&mut self.contacts, |a, b| a.name.cmp(&b.name));
        self
    }

    /// The same for audiences; those of the host stay in its order, before the library's own.
    pub fn with_audiences<'a>(
        mut self,
        audiences: impl Iterator<Item = (&'a String, &'a Option<AudienceRules>)>,
    ) -> Self {
        for (name, rules) in audiences {
            let held = self.audiences.iter().position(|held| held.name == *name);
            match (held.and_then(|at| self.audiences.get_mut(at)), rules) {
                (Some(held), Some(rules)) => held.clone_from(rules),
                (None, Some(rules)) => self.audiences.push(rules.clone()),
                (_, None) => self.audiences.retain(|held| held.name != *name),
            }
        }
        self
    }

    /// With the regimes that were chosen in the library, and all that goes with them, in the stead of
    /// the host's.
    pub fn with_regimes(mut self, choice: Option<&RegimeChoice>) -> Self {
        if let Some(choice) = choice.cloned() {
            self.regimes = choice.regimes;
            self.entity = choice.entity;
            self.zone = choice.zone;
            self.holidays = choice.holidays;
        }
        self
    }
}

/// Whether a text is a day of the calendar: `2026-12-24`.
pub fn is_day(text: &str) -> bool {
    Timestamp::parse_canonical(&format!("{text}T00:00:00.000Z")).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_or_refused_with_the_place() {
        let read = Organisation::read(
            r#"{"name": "Shop", "services": [{"name": "Checkout", "tier": 1, "depends_on": ["Cards"]}], "schemes": ["slack"], "later": 1}"#,
        )
        .unwrap();
        assert_eq!(
            read.service(" checkout ").map(|service| service.tier),
            Some(Some(1))
        );
        assert_eq!(Organisation::read("{}").unwrap(), Organisation::default());
        for (text, why) in [
            ("", "line 1 column 0"),
            (r#"{"services": [{"owner": "x"}]}"#, "missing field `name`"),
            (r#"{"services": "x"}"#, "invalid type"),
            (
                r#"{"contacts": [{"name": "x", "priorities": [9]}]}"#,
                "9 is not between 1 and 5",
            ),
            (r#"{"schemes": ["JavaScript"]}"#, "not safe to open"),
            (r#"{"schemes": ["a b"]}"#, "not safe to open"),
            (
                r#"{"audiences": [{"name": "x"}]}"#,
                "missing field `outside`",
            ),
            (
                r#"{"audiences": [{"name": "x", "outside": true, "cadence": [{"priority": 1, "minutes": -5}]}]}"#,
                "invalid value",
            ),
            (r#"{"entity": {"lei": 7}}"#, "invalid type"),
            (
                r#"{"holidays": ["2026-12-24", "2026-02-29"]}"#,
                "“2026-02-29”",
            ),
            (r#"{"holidays": ["24 December"]}"#, "“24 December”"),
        ] {
            let error = Organisation::read(text).unwrap_err();
            assert!(error.contains(why), "{text}: {error}");
        }
    }

    #[test]
    fn the_example_in_the_documentation_is_read() {
        let text = include_str!("../../docs/organisation.md");
        let (_, rest) = text.split_once("```json\n").unwrap();
        let (example, fields) = rest.split_once("```").unwrap();
        let read = Organisation::read(example).unwrap();
        let said: serde_json::Value = serde_json::from_str(example).unwrap();
        let written = serde_json::to_value(&read).unwrap();
        assert_eq!(written, said);
        // Every field is shown there, and those that need a word have one.
        let names: Vec<&String> = said.as_object().unwrap().keys().collect();
        for name in names.into_iter().filter(|name| *name != "name") {
            assert!(fields.contains(&format!("`{name}`")), "{name}");
        }
    }

    #[test]
    fn the_phase_s_own_rhythm_and_template_go_before_the_others() {
        let read = Organisation::read(
            r#"{"audiences": [{
                "name": "customers", "outside": true,
                "cadence": [
                    {"priority": 1, "minutes": 20}, {"priority": 1, "phase": "monitoring", "minutes": 0},
                    {"priority": 2, "phase": "identified", "minutes": 90}
                ],
                "templates": [{"text": "any"}, {"phase": "resolved", "text": "over"}]
            }, {"name": "board", "title": "The board", "outside": false, "language": "de"}]}"#,
        )
        .unwrap();
        let customers = read.audience("Customers").unwrap();
        for (priority, phase, minutes) in [
            (Priority::P1, Phase::Investigating, Some(20)),
            (Priority::P1, Phase::Monitoring, Some(0)),
            (Priority::P2, Phase::Identified, Some(90)),
            (Priority::P2, Phase::Monitoring, None),
            (Priority::P3, Phase::Investigating, None),
        ] {
            let rhythm = customers.rhythm(priority, phase);
            assert_eq!(rhythm.map(|rhythm| rhythm.minutes), minutes);
        }
        assert_eq!(customers.template(Phase::Resolved), Some("over"));
        assert_eq!(customers.template(Phase::Identified), Some("any"));
        assert_eq!(
            (customers.title(), customers.language()),
            ("customers", "en")
        );
        let board = read.audience("board").unwrap();
        assert_eq!((board.title(), board.language()), ("The board", "de"));
        assert_eq!(board.template(Phase::Resolved), None);
    }

    #[test]
    fn the_library_stands_before_the_host() {
        let host = Organisation::read(
            r#"{"services": [{"name": "A"}, {"name": "B"}], "contacts": [{"name": "C"}]}"#,
        )
        .unwrap();
        let changed = Service {
            name: "B".to_owned(),
            tier: Some(2),
            ..Service::default()
        };
        let (a, b, c) = ("A".to_owned(), "B".to_owned(), "C".to_owned());
        let (gone, changed, no_contact) = (None, Some(changed), None);
        let held = host.with(
            [(&a, &gone), (&b, &changed)].into_iter(),
            [(&c, &no_contact)].into_iter(),
        );
        assert_eq!(held.services.len(), 1);
        assert_eq!(held.service("b").and_then(|service| service.tier), Some(2));
        assert_eq!(held.contacts, []);
    }
}
