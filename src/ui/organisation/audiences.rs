//! Who is told, and how: channel, rhythm, whose leave, which text.

use leptos::prelude::*;

use super::{Row, field, named};
use crate::guide::{dues, library, words, write};
use crate::model::organisation::{AudienceRules, Markup, Rhythm, Template};
use crate::model::term::{Phase, Priority};
use crate::ui::derived::Derived;
use crate::ui::parts::field::{CheckField, SelectField, TextArea, TextField};
use crate::ui::parts::form::EntryForm;
use crate::ui::session::use_session;

/// `1: 20, 1 monitoring: 60` as rhythms, in minutes by priority and phase.
fn rhythms(text: &str) -> Result<Vec<Rhythm>, String> {
    let parts = text
        .split(',')
        .map(str::trim)
        .filter(|part| !part.is_empty());
    let rhythm = |part: &str| {
        let (when, minutes) = part.split_once(':')?;
        let (priority, phase) = match when.trim().split_once(' ') {
            Some((priority, phase)) => (priority, Some(phase_of(phase)?)),
            None => (when.trim(), None),
        };
        let priority = priority.trim_start_matches(['P', 'p']).parse().ok()?;
        Some(Rhythm {
            priority: Priority::new(priority)?,
            phase,
            minutes: minutes.trim().trim_end_matches("min").trim().parse().ok()?,
        })
    };
    parts
        .map(|part| {
            let unread = || {
                format!("“{part}” is not a priority and its minutes, as “1: 20” or “1 monitoring: 60” is.")
            };
            rhythm(part).ok_or_else(unread)
        })
        .collect()
}

/// A phase by its name in files or on the screen.
fn phase_of(text: &str) -> Option<Phase> {
    let text = text.trim().to_ascii_lowercase();
    let named =
        |phase: &&Phase| phase.name() == text || words::phase(**phase).to_ascii_lowercase() == text;
    Phase::ALL.iter().find(named).copied()
}

/// The texts of an audience while they are edited: one is shown, for the phase that is chosen.
#[derive(Clone, Copy)]
struct Texts {
    held: StoredValue<Vec<Template>>,
    /// The phase whose text is shown, by name; empty: whenever no other has one.
    phase: RwSignal<String>,
    shown: RwSignal<String>,
}

impl Texts {
    fn new() -> Self {
        let texts = Self {
            held: StoredValue::new(Vec::new()),
            phase: field(),
            shown: field(),
        };
        // Another phase has another text; the one before is kept as it was left.
        Effect::new(move |before: Option<Option<Phase>>| {
            let phase = Phase::named(&texts.phase.get());
            if let Some(before) = before.filter(|before| *before != phase) {
                texts.keep(before);
                texts.show(phase);
            }
            phase
        });
        texts
    }

    fn keep(self, phase: Option<Phase>) {
        let text = self.shown.with_untracked(|text| text.trim().to_owned());
        self.held.update_value(|held| {
            held.retain(|template| template.phase != phase);
            if !text.is_empty() {
                held.push(Template { phase, text });
            }
        });
    }

    fn show(self, phase: Option<Phase>) {
        self.shown.set(self.held.with_value(|held| {
            let of = held.iter().find(|template| template.phase == phase);
            of.map(|template| template.text.clone()).unwrap_or_default()
        }));
    }

    fn fill(self, templates: Vec<Template>) {
        self.held.set_value(templates);
        self.show(Phase::named(&self.phase.get_untracked()));
    }

    fn all(self) -> Vec<Template> {
        self.keep(Phase::named(&self.phase.get_untracked()));
        self.held.get_value()
    }
}

/// Which phases can have a text.
fn phases() -> Vec<(String, String)> {
    let any = (String::new(), "anything else".to_owned());
    let each = Phase::ALL.iter();
    let each = each.map(|phase| (phase.name().to_owned(), words::phase(*phase).to_owned()));
    std::iter::once(any).chain(each).collect()
}

/// The audiences, and the form for one.
#[component]
pub fn Audiences() -> impl IntoView {
    let session = use_session();
    let held = Derived::new(move || {
        session.ask_organisation(|organisation| organisation.audiences.clone())
    });
    let [name, channel, address, approver, cadence, tone, language] = [
        field(),
        field(),
        field(),
        field(),
        field(),
        field(),
        field(),
    ];
    let texts = Texts::new();
    let (outside, marked) = (RwSignal::new(false), RwSignal::new(false));
    // What the form does not show is kept as it was.
    let before = StoredValue::new(AudienceRules::default());
    let fill = move |rules: &AudienceRules| {
        name.set(rules.name.clone());
        channel.set(rules.channel.clone());
        address.set(rules.address.clone());
        approver.set(rules.approver.clone());
        cadence.set(library::cadence(&rules.cadence));
        tone.set(rules.tone.clone());
        language.set(rules.language.clone());
        texts.fill(rules.templates.clone());
        marked.set(rules.format == Markup::Markdown);
        outside.set(rules.outside);
        before.set_value(rules.clone());
    };
    let submit = move || {
        let trimmed = |field: RwSignal<String>| field.get_untracked().trim().to_owned();
        let rules = AudienceRules {
            name: named(&name.get_untracked())?,
            outside: outside.get_untracked(),
            channel: trimmed(channel),
            address: trimmed(address),
            approver: trimmed(approver),
            tone: trimmed(tone),
            language: trimmed(language),
            format: if marked.get_untracked() {
                Markup::Markdown
            } else {
                Markup::Plain
            },
            cadence: rhythms(&cadence.get_untracked())?,
            templates: texts.all(),
            ..before.get_value()
        };
        let draft = session.ask_untracked(|records| {
            write::organisation::define_audience(records.library(), rules)
        });
        session.act_in_library(vec![draft], "Kept an audience");
        fill(&AudienceRules::default());
        Ok(())
    };
    let rows = move || {
        let rows = held.get().into_iter().map(|rules| {
            let about = library::audience(&rules);
            let title = dues::audience_title(&session.organisation(), &rules.name);
            let (changed, removed) = (rules.clone(), rules.name);
            let remove = move |()| {
                let draft = session.ask_untracked(|records| {
                    write::organisation::remove_audience(records.library(), &removed)
                });
                session.act_in_library(vec![draft], "Removed an audience");
            };
            view! { <Row name=title about change=move |()| fill(&changed) remove/> }
        });
        rows.collect_view()
    };
    view! {
        <section class="organisation-part" aria-label="Audiences">
            <h2>"Audiences"</h2>
            <p class="faint small">"Executives, customers, staff, support, technical teams, partners and regulators are there already; what is written here under their names (executives, customers, staff, support, technical, partners, regulators) holds instead."</p>
            <ul class="items sheet">{rows}</ul>
            <div class="sheet share-box">
                <EntryForm button="Keep the audience" submit>
                    <TextField label="Audience" value=name/>
                    <CheckField label="They are outside the organisation" value=outside/>
                    <div class="two">
                        <TextField label="By" value=channel suggestions=["mail", "status page", "chat", "phone", "portal"].map(str::to_owned).to_vec()/>
                        <TextField label="Address" value=address hint="A mail or https address: it opens with the text."/>
                        <TextField label="Minutes by priority" value=cadence hint="1: 20, 2: 60; by phase: 1 monitoring: 60"/>
                        <TextField label="Approved by" value=approver hint="A person or role; empty where nobody has to."/>
                        <TextField label="Tone" value=tone/>
                        <TextField label="Language" value=language hint="en where empty. Muster's own texts are English: another language needs a text of its own."/>
                    </div>
                    <CheckField label="They read Markdown" value=marked/>
                    <SelectField label="For which phase" value=texts.phase options=phases()/>
                    <TextArea label="Text of its own" value=texts.shown rows=4 hint="With fields in braces: {what}, {whom}, {workaround}, {began}, {restored}, {next}; inside also {title}, {summary}, {services}, {cause}, {doing}, {estimate}, {leader}, {cost}. A sentence of which nothing is known is left out. Markdown's marks are taken off for those who read plain text."/>
                </EntryForm>
            </div>
        </section>
    }
}
