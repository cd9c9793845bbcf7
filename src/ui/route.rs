//! Addresses: which screen the fragment of the URL names, and the fragment of each screen.
//!
//! Parser and printer stand side by side; knows nothing of the browser.

use crate::draft::forms::FormId;
use crate::guide::words::{percent_decoded as decode, percent_encoded};
use crate::model::IncidentId;

/// A screen, with what it needs to be shown.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Route {
    /// All incidents.
    Board,
    /// Declaring, perhaps from an alert's link that fills in some of the form.
    Declare(Prefill),
    /// The room of one incident.
    Incident(IncidentId),
    /// The updates of one incident, to one audience or whoever must hear first; and the clocks.
    Updates(IncidentId, Option<String>),
    /// A regulator's form of one incident.
    Form(IncidentId, FormId),
    /// One incident replayed.
    Replay(IncidentId),
    /// The review of one incident, where it is held.
    Review(IncidentId),
    /// The review of one incident, as a document.
    ReviewDocument(IncidentId),
    /// What is open, for a big screen.
    Wall,
    /// What the drill of one incident came to.
    Drill(IncidentId),
    /// Scenarios to practise by, and what earlier drills came to.
    Drills,
    /// The brief for an assistant, and what was proposed in one incident.
    Assist(IncidentId),
    /// Improvements of all incidents.
    Improvements,
    /// Export and import.
    Share,
    /// This device: name, keys, storage.
    Settings,
    /// The six stages and the field's terms, in words.
    Guide,
    /// All runbooks, or one of them.
    Runbooks(Option<String>),
    /// Services and contacts.
    Organisation,
    /// How long things took, and what is asked for, as a query.
    Measures(String),
    /// An address that names nothing.
    Unknown(String),
}

/// What an alert's link says; it never declares by itself.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Prefill {
    /// What is broken.
    pub title: String,
    /// The service that is hit.
    pub service: String,
    /// When it was detected, as the link has it.
    pub detected: String,
    /// A few sentences.
    pub summary: String,
}

impl Route {
    /// The incident that a screen is about, where it is about one.
    pub fn incident(&self) -> Option<IncidentId> {
        match self {
            Self::Incident(id)
            | Self::Updates(id, _)
            | Self::Form(id, _)
            | Self::Replay(id)
            | Self::Review(id)
            | Self::ReviewDocument(id)
            | Self::Drill(id)
            | Self::Assist(id) => Some(*id),
            _ => None,
        }
    }

    /// The screen that a URL's fragment names, with or without its `#`.
    pub fn parse(fragment: &str) -> Self {
        let path = fragment.strip_prefix('#').unwrap_or(fragment);
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        match parts.as_slice() {
            [] => Self::Board,
            ["declare"] => Self::Declare(Prefill::parse(query)),
            ["wall"] => Self::Wall,
            ["share"] => Self::Share,
            ["settings"] => Self::Settings,
            ["guide"] => Self::Guide,
            ["organisation"] => Self::Organisation,
            ["drills"] => Self::Drills,
            ["improvements"] => Self::Improvements,
            ["measures"] => Self::Measures(query.to_owned()),
            ["runbooks"] => Self::Runbooks(None),
            ["runbooks", id] => Self::Runbooks(Some(decode(id))),
            ["incident", id] => id
                .parse()
                .map_or_else(|_| Self::Unknown(path.to_owned()), Self::Incident),
            ["incident", id, "replay"] => id
                .parse()
                .map_or_else(|_| Self::Unknown(path.to_owned()), Self::Replay),
            ["incident", id, "review"] => id
                .parse()
                .map_or_else(|_| Self::Unknown(path.to_owned()), Self::Review),
            ["incident", id, "review", "document"] => id
                .parse()
                .map_or_else(|_| Self::Unknown(path.to_owned()), Self::ReviewDocument),
            ["incident", id, "drill"] => id
                .parse()
                .map_or_else(|_| Self::Unknown(path.to_owned()), Self::Drill),
            ["incident", id, "assist"] => id
                .parse()
                .map_or_else(|_| Self::Unknown(path.to_owned()), Self::Assist),
            ["incident", id, "form", form] => id.parse().ok().zip(FormId::named(form)).map_or_else(
                || Self::Unknown(path.to_owned()),
                |(id, form)| Self::Form(id, form),
            ),
            ["incident", id, "updates", audience @ ..] if audience.len() < 2 => {
                let audience = audience.first().map(|name| decode(name));
                id.parse().map_or_else(
                    |_| Self::Unknown(path.to_owned()),
                    |id| Self::Updates(id, audience),
                )
            }
            _ => Self::Unknown(path.to_owned()),
        }
    }

    /// The address of the screen, to be put into a link.
    pub fn href(&self) -> String {
        match self {
            Self::Board => "#/".to_owned(),
            Self::Declare(prefill) => format!("#/declare{}", prefill.query()),
            Self::Incident(id) => format!("#/incident/{id}"),
            Self::Replay(id) => format!("#/incident/{id}/replay"),
            Self::Review(id) => format!("#/incident/{id}/review"),
            Self::ReviewDocument(id) => format!("#/incident/{id}/review/document"),
            Self::Wall => "#/wall".to_owned(),
            Self::Drill(id) => format!("#/incident/{id}/drill"),
            Self::Drills => "#/drills".to_owned(),
            Self::Assist(id) => format!("#/incident/{id}/assist"),
            Self::Improvements => "#/improvements".to_owned(),
            Self::Form(id, form) => format!("#/incident/{id}/form/{}", form.name()),
            Self::Updates(id, None) => format!("#/incident/{id}/updates"),
            Self::Updates(id, Some(audience)) => {
                format!("#/incident/{id}/updates/{}", percent_encoded(audience))
            }
            Self::Share => "#/share".to_owned(),
            Self::Settings => "#/settings".to_owned(),
            Self::Guide => "#/guide".to_owned(),
            Self::Organisation => "#/organisation".to_owned(),
            Self::Measures(query) if query.is_empty() => "#/measures".to_owned(),
            Self::Measures(query) => format!("#/measures?{query}"),
            Self::Runbooks(None) => "#/runbooks".to_owned(),
            Self::Runbooks(Some(id)) => format!("#/runbooks/{}", percent_encoded(id)),
            Self::Unknown(path) => format!("#{path}"),
        }
    }
}

impl Prefill {
    fn parse(query: &str) -> Self {
        let mut prefill = Self::default();
        for pair in query.split('&') {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let slot = match name {
                "title" => &mut prefill.title,
                "service" => &mut prefill.service,
                "detected" => &mut prefill.detected,
                "summary" => &mut prefill.summary,
                _ => continue,
            };
            *slot = decode(value).trim().chars().take(2000).collect();
        }
        prefill
    }

    fn query(&self) -> String {
        let fields = [
            ("title", &self.title),
            ("service", &self.service),
            ("detected", &self.detected),
            ("summary", &self.summary),
        ];
        let given = fields.iter().filter(|(_, value)| !value.is_empty());
        let pairs: Vec<String> = given
            .map(|(name, value)| format!("{name}={}", percent_encoded(value)))
            .collect();
        if pairs.is_empty() {
            String::new()
        } else {
            format!("?{}", pairs.join("&"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn addresses_name_screens() {
        let id = "0123456789abcdef";
        for (fragment, route) in [
            ("", Route::Board),
            ("#/", Route::Board),
            ("#/declare", Route::Declare(Prefill::default())),
            ("#/share", Route::Share),
            ("#/settings", Route::Settings),
            ("#/guide", Route::Guide),
            ("#/drills", Route::Drills),
            (
                "#/incident/0123456789abcdef/drill",
                Route::Drill(id.parse().unwrap()),
            ),
            (
                "#/incident/0123456789abcdef",
                Route::Incident(id.parse().unwrap()),
            ),
            (
                "#/incident/0123456789abcdef/form/dora_initial",
                Route::Form(id.parse().unwrap(), FormId::DoraInitial),
            ),
            (
                "#/incident/0123456789abcdef/assist",
                Route::Assist(id.parse().unwrap()),
            ),
            (
                "#/incident/0123456789abcdef/form/x",
                Route::Unknown("/incident/0123456789abcdef/form/x".into()),
            ),
            (
                "#/incident/0123456789abcdef/updates",
                Route::Updates(id.parse().unwrap(), None),
            ),
            (
                "#/incident/0123456789abcdef/updates/the%20board",
                Route::Updates(id.parse().unwrap(), Some("the board".into())),
            ),
            (
                "#/incident/0123456789abcdef/updates/a/b",
                Route::Unknown("/incident/0123456789abcdef/updates/a/b".into()),
            ),
            (
                "#/incident/nonsense",
                Route::Unknown("/incident/nonsense".into()),
            ),
            ("#/x", Route::Unknown("/x".into())),
        ] {
            assert_eq!(Route::parse(fragment), route, "{fragment}");
        }
    }

    #[test]
    fn an_alert_fills_the_form_in() {
        let route = Route::parse(
            "#/declare?title=Card%20payments+fail&service=checkout&detected=2026-11-24T02:13:00Z&x=1&title",
        );
        let Route::Declare(prefill) = route else {
            panic!("{route:?}")
        };
        assert_eq!(prefill.service, "checkout");
        assert_eq!(prefill.title, "", "a name without value empties it");
        assert_eq!(decode("100%"), "100%");
        assert_eq!(decode("%zz%4"), "%zz%4");
    }

    proptest! {
        #[test]
        fn printing_and_parsing_agree(title in "\\PC{0,30}", service in "\\PC{0,30}") {
            let prefill = Prefill { title: title.trim().into(), service: service.trim().into(), ..Prefill::default() };
            let route = Route::Declare(prefill);
            prop_assert_eq!(Route::parse(&route.href()), route);
        }

        #[test]
        fn any_fragment_is_some_screen(fragment in "\\PC*") {
            let _ = Route::parse(&fragment);
        }
    }
}
