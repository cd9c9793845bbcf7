//! Who is told, and how: channel, rhythm, whose leave, which text.

use leptos::prelude::*;

use super::{Row, field, named};
use crate::guide::{dues, write};
use crate::model::organisation::{AudienceRules, Rhythm, Template};
use crate::model::term::Priority;
use crate::ui::derived::Derived;
use crate::ui::parts::field::{CheckField, TextArea, TextField};
use crate::ui::parts::form::EntryForm;
use crate::ui::session::use_session;

/// `1: 20, 2: 60` as rhythms, in minutes by priority.
fn rhythms(text: &str) -> Result<Vec<Rhythm>, String> {
    let parts = text
        .split(',')
        .map(str::trim)
        .filter(|part| !part.is_empty());
    let rhythm = |part: &str| {
        let (priority, minutes) = part.split_once(':')?;
        let priority = priority
            .trim()
            .trim_start_matches(['P', 'p'])
            .parse()
            .ok()?;
        Some(Rhythm {
            priority: Priority::new(priority)?,
            phase: None,
            minutes: minutes.trim().trim_end_matches("min").trim().parse().ok()?,
        })
    };
    parts
        .map(|part| {
            let unread = || format!("“{part}” is not a priority and its minutes, as “1: 20” is.");
            rhythm(part).ok_or_else(unread)
        })
        .collect()
}

fn as_text(cadence: &[Rhythm]) -> String {
    let plain = cadence.iter().filter(|rhythm| rhythm.phase.is_none());
    let parts: Vec<String> = plain
        .map(|rhythm| format!("{}: {}", rhythm.priority.number(), rhythm.minutes))
        .collect();
    parts.join(", ")
}

fn about(rules: &AudienceRules) -> String {
    let parts = [
        Some(if rules.outside { "outside" } else { "inside" }.to_owned()),
        (!rules.channel.is_empty()).then(|| format!("by {}", rules.channel)),
        (!rules.cadence.is_empty())
            .then(|| format!("minutes by priority {}", as_text(&rules.cadence))),
        (!rules.approver.is_empty()).then(|| format!("approved by {}", rules.approver)),
        (!rules.templates.is_empty()).then(|| "with a text of its own".to_owned()),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// The audiences, and the form for one.
#[component]
pub fn Audiences() -> impl IntoView {
    let session = use_session();
    let held = Derived::new(move || {
        session.ask_organisation(|organisation| organisation.audiences.clone())
    });
    let [
        name,
        channel,
        address,
        approver,
        cadence,
        template,
        tone,
        language,
    ] = [
        field(),
        field(),
        field(),
        field(),
        field(),
        field(),
        field(),
        field(),
    ];
    let outside = RwSignal::new(false);
    // What the form does not show is kept as it was.
    let before = StoredValue::new(AudienceRules::default());
    let fill = move |rules: &AudienceRules| {
        name.set(rules.name.clone());
        channel.set(rules.channel.clone());
        address.set(rules.address.clone());
        approver.set(rules.approver.clone());
        cadence.set(as_text(&rules.cadence));
        tone.set(rules.tone.clone());
        language.set(rules.language.clone());
        let any = rules
            .templates
            .iter()
            .find(|template| template.phase.is_none());
        template.set(
            any.map(|template| template.text.clone())
                .unwrap_or_default(),
        );
        outside.set(rules.outside);
        before.set_value(rules.clone());
    };
    let submit = move || {
        let trimmed = |field: RwSignal<String>| field.get_untracked().trim().to_owned();
        let mut rules = AudienceRules {
            name: named(&name.get_untracked())?,
            outside: outside.get_untracked(),
            channel: trimmed(channel),
            address: trimmed(address),
            approver: trimmed(approver),
            tone: trimmed(tone),
            language: trimmed(language),
            ..before.get_value()
        };
        rules.cadence.retain(|rhythm| rhythm.phase.is_some());
        rules.cadence.extend(rhythms(&cadence.get_untracked())?);
        rules.templates.retain(|template| template.phase.is_some());
        let text = trimmed(template);
        if !text.is_empty() {
            rules.templates.push(Template { phase: None, text });
        }
        let draft = session.ask_untracked(|records| {
            write::organisation::define_audience(records.library(), rules)
        });
        session.act_in_library(vec![draft], "Kept an audience");
        fill(&AudienceRules::default());
        Ok(())
    };
    let rows = move || {
        let rows = held.get().into_iter().map(|rules| {
            let about = about(&rules);
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
                        <TextField label="Minutes by priority" value=cadence hint="1: 20, 2: 60"/>
                        <TextField label="Approved by" value=approver hint="A person or role; empty where nobody has to."/>
                        <TextField label="Tone" value=tone/>
                        <TextField label="Language" value=language hint="en where empty. Muster's own texts are English: another language needs a text of its own."/>
                    </div>
                    <TextArea label="Text of its own" value=template rows=4 hint="With fields in braces: {what}, {whom}, {workaround}, {began}, {restored}, {next}; inside also {title}, {summary}, {services}, {cause}, {doing}, {estimate}, {leader}, {cost}. A sentence of which nothing is known is left out."/>
                </EntryForm>
            </div>
        </section>
    }
}
