//! How services, contacts, audiences and the regimes that apply are written down in the library.

use super::replacing;
use crate::model::fact::RemovedName;
use crate::model::organisation::{AudienceRules, Contact, RegimeChoice, Service};
use crate::model::{Draft, Fact, Incident};

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

/// These regimes apply, with what they need to know of the organisation.
pub fn choose_regimes(library: &Incident, choice: RegimeChoice) -> Draft {
    let held = &library.library.regimes;
    replacing(Fact::RegimesChosen(choice).draft(), Some(held))
}
