//! How services, contacts, audiences and the regimes that apply are written down in the library.

use super::replacing;
use crate::guide::library::Item;
use crate::model::fact::RemovedName;
use crate::model::organisation::{AudienceRules, Contact, RegimeChoice, Service};
use crate::model::{Draft, EventId, Fact, Incident, Register};

/// A service is so from now on.
pub fn define_service(library: &Incident, service: Service) -> Draft {
    let held = library.library.services.get(&service.name);
    replacing(Fact::ServiceDefined(service).draft(), held)
}

/// There is no such service any more.
pub fn remove_service(library: &Incident, name: &str) -> Draft {
    let removed = RemovedName {
        name: name.to_owned(),
    };
    let held = library.library.services.get(name);
    replacing(Fact::ServiceRemoved(removed).draft(), held)
}

/// A person or team is called so, and like this.
pub fn define_contact(library: &Incident, contact: Contact) -> Draft {
    let held = library.library.contacts.get(&contact.name);
    replacing(Fact::ContactDefined(contact).draft(), held)
}

/// Nobody is called so any more.
pub fn remove_contact(library: &Incident, name: &str) -> Draft {
    let removed = RemovedName {
        name: name.to_owned(),
    };
    let held = library.library.contacts.get(name);
    replacing(Fact::ContactRemoved(removed).draft(), held)
}

/// An audience is told so from now on.
pub fn define_audience(library: &Incident, rules: AudienceRules) -> Draft {
    let held = library.library.audiences.get(&rules.name);
    replacing(Fact::AudienceDefined(rules).draft(), held)
}

/// There is no such audience any more.
pub fn remove_audience(library: &Incident, name: &str) -> Draft {
    let removed = RemovedName {
        name: name.to_owned(),
    };
    let held = library.library.audiences.get(name);
    replacing(Fact::AudienceRemoved(removed).draft(), held)
}

/// What two people changed apart is as this event has it.
pub fn settle(library: &Incident, item: &Item, choice: EventId) -> Option<Draft> {
    fn chosen<T: Clone>(register: &Register<T>, choice: EventId) -> Option<T> {
        let mut standing = register.standing();
        let (_, value) = standing.find(|(setting, _)| setting.id() == choice)?;
        Some(value.clone())
    }
    let held = &library.library;
    match item {
        Item::Runbook(id) => {
            let text = chosen(held.runbooks.get(id)?, choice)?;
            Some(text.map_or_else(
                || super::tasks::remove_runbook(library, id),
                |text| super::tasks::keep_runbook(library, id, &text),
            ))
        }
        Item::Service(name) => {
            let service = chosen(held.services.get(name)?, choice)?;
            Some(service.map_or_else(
                || remove_service(library, name),
                |service| define_service(library, service),
            ))
        }
        Item::Contact(name) => {
            let contact = chosen(held.contacts.get(name)?, choice)?;
            Some(contact.map_or_else(
                || remove_contact(library, name),
                |contact| define_contact(library, contact),
            ))
        }
        Item::Audience(name) => {
            let rules = chosen(held.audiences.get(name)?, choice)?;
            Some(rules.map_or_else(
                || remove_audience(library, name),
                |rules| define_audience(library, rules),
            ))
        }
        Item::Regimes => Some(choose_regimes(library, chosen(&held.regimes, choice)?)),
    }
}

/// These regimes apply, with what they need to know of the organisation.
pub fn choose_regimes(library: &Incident, choice: RegimeChoice) -> Draft {
    let held = &library.library.regimes;
    replacing(Fact::RegimesChosen(choice).draft(), Some(held))
}
