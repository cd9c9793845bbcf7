//! Forms about tasks: add and change, give to somebody, say how it went.

use leptos::prelude::*;

use super::super::here::{Here, use_here};
use super::needed;
use super::people::{PersonChoice, WhoField};
use crate::guide::{TaskAct, words, write};
use crate::model::order;
use crate::model::task::{Purpose, Task, TaskId, TaskState};
use crate::model::term::Role;
use crate::runbook::plan::plan;
use crate::runbook::shelf::{self, Offered};
use crate::ui::palette::rank::{Findable, rank};
use crate::ui::parts::field::{CheckField, SelectField, TextArea, TextField, TimeField, read_time};
use crate::ui::parts::form::EntryForm;
use crate::ui::said_at::Lean;

/// A task as a form has it.
#[derive(Clone, Copy)]
struct TaskFields {
    title: RwSignal<String>,
    minutes: RwSignal<String>,
    at_most: RwSignal<String>,
    purpose: RwSignal<String>,
    role: RwSignal<String>,
    text: RwSignal<String>,
    check: RwSignal<String>,
    rollback: RwSignal<String>,
    /// The other tasks, and whether this one waits for each.
    after: StoredValue<Vec<(TaskId, String, RwSignal<bool>)>>,
}

const PURPOSES: [(Purpose, &str, &str); 5] = [
    (Purpose::Other, "other", "Something else"),
    (Purpose::Diagnose, "diagnose", "To find out what is wrong"),
    (Purpose::Restore, "restore", "To bring service back"),
    (Purpose::Verify, "verify", "To see that it is back"),
    (Purpose::Inform, "inform", "To tell somebody"),
];

fn field(text: impl ToString) -> RwSignal<String> {
    RwSignal::new(text.to_string())
}

fn number(count: Option<u32>) -> RwSignal<String> {
    field(count.map(|count| count.to_string()).unwrap_or_default())
}

/// Minutes as a person writes them: nothing, or a whole number.
fn minutes(value: RwSignal<String>) -> Result<Option<u32>, String> {
    let text = value.get_untracked();
    let text = text.trim().trim_end_matches("min").trim();
    if text.is_empty() {
        return Ok(None);
    }
    text.parse()
        .map(Some)
        .map_err(|_| format!("“{text}” is not a number of minutes."))
}

impl TaskFields {
    fn of(here: Here, task: &Task, own: Option<&TaskId>) -> Self {
        let after = others(here, own, &task.after)
            .into_iter()
            .map(|(id, title)| {
                let waits = RwSignal::new(task.after.contains(&id));
                (id, title, waits)
            });
        let purpose = PURPOSES
            .iter()
            .find(|(purpose, ..)| *purpose == task.purpose);
        Self {
            title: field(&task.title),
            minutes: number(task.minutes),
            at_most: number(task.at_most),
            purpose: field(purpose.map_or("other", |(_, name, _)| name)),
            role: field(task.role.as_ref().map_or("", Role::name)),
            text: field(&task.text),
            check: field(&task.check),
            rollback: field(&task.rollback),
            after: StoredValue::new(after.collect()),
        }
    }

    fn task(self, before: Task) -> Result<Task, String> {
        needed(&self.title.get_untracked(), "Say what is to be done.")?;
        let purpose = self.purpose.get_untracked();
        let purpose = PURPOSES.iter().find(|(_, name, _)| *name == purpose);
        let role = self.role.get_untracked();
        let text = |field: RwSignal<String>| field.get_untracked().trim().to_owned();
        let chosen = self.after.with_value(|after| {
            let chosen = after.iter().filter(|(.., waits)| waits.get_untracked());
            chosen.map(|(id, ..)| id.clone()).collect()
        });
        Ok(Task {
            title: text(self.title),
            minutes: minutes(self.minutes)?,
            at_most: minutes(self.at_most)?,
            purpose: purpose.map_or(Purpose::Other, |(purpose, ..)| *purpose),
            role: (!role.is_empty()).then(|| Role::named(&role)),
            text: self.text.get_untracked().trim_end().to_owned(),
            check: text(self.check),
            rollback: text(self.rollback),
            after: chosen,
            ..before
        })
    }
}

/// What a task could wait for: all others that are not over, in the order of the list.
fn others(here: Here, own: Option<&TaskId>, waited_for: &[TaskId]) -> Vec<(TaskId, String)> {
    let now = here.instant();
    let rows = here
        .ask_now(|incident| plan(incident, now).rows)
        .unwrap_or_default();
    let others = rows
        .into_iter()
        .filter(|row| Some(&row.id) != own && (!row.is_over() || waited_for.contains(&row.id)));
    others.map(|row| (row.id, row.task.title)).collect()
}

#[component]
fn Fields(fields: TaskFields) -> impl IntoView {
    let purposes = PURPOSES
        .map(|(_, name, title)| (name.to_owned(), title.to_owned()))
        .to_vec();
    let roles = [(String::new(), "Nobody's in particular".to_owned())]
        .into_iter()
        .chain(
            Role::KNOWN
                .iter()
                .map(|role| (role.name().to_owned(), words::role(role))),
        )
        .collect();
    let after = fields.after.get_value();
    let waits = (!after.is_empty()).then(|| {
        let boxes = after.into_iter().map(|(_, title, waits)| view! { <CheckField label=title value=waits/> });
        view! { <details class="more-fields"><summary>"Waits for"</summary><fieldset class="waits"><legend>"Waits for"</legend>{boxes.collect_view()}</fieldset></details> }
    });
    view! {
        <TextField label="What is to be done" value=fields.title hint="In a line, with a verb: “Roll back the release”." first=true/>
        <div class="two">
            <TextField label="Takes, in minutes" value=fields.minutes/>
            <TextField label="At the most" value=fields.at_most/>
        </div>
        <div class="two">
            <SelectField label="What it is for" value=fields.purpose options=purposes/>
            <SelectField label="Whose it is" value=fields.role options=roles/>
        </div>
        {waits}
        <details class="more-fields"><summary>"How, how one sees it, and the way back"</summary>
            <TextArea label="How it is done" value=fields.text/>
            <TextField label="Done when" value=fields.check/>
            <TextField label="To take it back" value=fields.rollback/>
        </details>
    }
}

#[component]
pub fn AddTask() -> impl IntoView {
    let here = use_here();
    let fields = TaskFields::of(here, &Task::default(), None);
    let submit = move || {
        let task = fields.task(Task::default())?;
        here.act(vec![write::tasks::add(task)], "Added a task");
        here.close_form();
        Ok(())
    };
    view! { <EntryForm button="Add it" submit><Fields fields/></EntryForm> }
}

#[component]
pub fn ChangeTask(id: TaskId) -> impl IntoView {
    let here = use_here();
    let before = held(here, &id);
    let fields = TaskFields::of(here, &before, Some(&id));
    let submit = move || {
        let becomes = fields.task(before.clone())?;
        here.act_on("Changed a task", |incident| {
            write::tasks::change(incident, &id, becomes)
        });
        here.close_form();
        Ok(())
    };
    view! { <EntryForm button="Keep it so" submit><Fields fields/></EntryForm> }
}

fn held(here: Here, id: &TaskId) -> Task {
    let task = here.ask_now(|incident| incident.tasks.get(id)?.task().cloned());
    task.flatten().unwrap_or_default()
}

/// Which task a form is about.
#[component]
fn About(task: Task) -> impl IntoView {
    view! { <p dir="auto">"“"{task.title}"”"</p> }
}

#[component]
pub fn AssignTask(id: TaskId) -> impl IntoView {
    let here = use_here();
    let task = held(here, &id);
    let who = WhoField::nobody();
    let (report, begins) = (field(""), RwSignal::new(false));
    let submit = move || {
        let report_by = read_time(report, Lean::Future)?;
        let (mut drafts, person) = who.drafts(here);
        let person = person.ok_or("Say who, or tick “That is me”.")?;
        let begins = begins.get_untracked();
        drafts.extend(
            here.ask_now(|incident| write::tasks::assign(incident, &id, Some(person), report_by)),
        );
        if begins {
            drafts.extend(
                here.ask_now(|incident| write::tasks::stand(incident, &id, TaskState::Running, "")),
            );
        }
        here.act(drafts, "Gave a task to somebody");
        here.close_form();
        Ok(())
    };
    view! {
        <EntryForm button="They do it" submit>
            <About task/>
            <PersonChoice label="Who does it" who first=true/>
            <TimeField label="Reports back" value=report blank="no time: the guide asks when the estimate is over" lean=Lean::Future/>
            <CheckField label="They begin now" value=begins/>
        </EntryForm>
    }
}

/// What a form about news of a task asks, and what its button says.
fn asked(act: TaskAct) -> (&'static str, &'static str) {
    match act {
        TaskAct::Complete => ("What came of it", "It is done"),
        TaskAct::Block => ("What stands in the way", "It is blocked"),
        TaskAct::Skip => ("Why it is left out", "Leave it out"),
        TaskAct::Reopen => ("Why it is to be done again", "Do it again"),
        _ => ("How it goes", "Write it down"),
    }
}

#[component]
pub fn TaskNews(id: TaskId, act: TaskAct) -> impl IntoView {
    let here = use_here();
    let task = held(here, &id);
    let (label, button) = asked(act);
    let (text, when) = (field(""), field(""));
    let reports = act == TaskAct::Report;
    let check = match (act, task.check.as_str()) {
        (TaskAct::Complete, check) if !check.is_empty() => format!("Done when: {check}"),
        _ => String::new(),
    };
    let submit = move || {
        let words = text.get_untracked();
        if matches!(act, TaskAct::Block | TaskAct::Skip) {
            needed(&words, "Say why, in a few words.")?;
        }
        let lean = if reports { Lean::Future } else { Lean::Past };
        let at = read_time(when, lean)?;
        here.act_on(
            &format!("{button}: “{}”", held(here, &id).title),
            |incident| {
                let state = match act {
                    TaskAct::Complete => TaskState::Done,
                    TaskAct::Block => TaskState::Blocked,
                    TaskAct::Skip => TaskState::Skipped,
                    TaskAct::Reopen => TaskState::Open,
                    _ => return write::tasks::report(&id, &words, at),
                };
                write::at(write::tasks::stand(incident, &id, state, &words), at)
            },
        );
        here.close_form();
        Ok(())
    };
    let time = if reports {
        view! { <TimeField label="News again" value=when blank="no time" lean=Lean::Future/> }
            .into_any()
    } else {
        view! { <TimeField label="When" value=when/> }.into_any()
    };
    view! {
        <EntryForm button submit>
            <About task/>
            <TextField label value=text hint=check first=true/>
            {time}
        </EntryForm>
    }
}

/// Follows a runbook of the shelf at once; says so where it is not there any more.
pub fn follow(here: Here, id: &str) {
    let shelf = here.session.shelf();
    let offered = shelf.iter().find(|offered| offered.runbook.id == id);
    match offered {
        Some(Offered { runbook, .. }) => here.act(
            vec![write::tasks::attach(runbook.attachment_for(""))],
            &format!("Followed “{}”", runbook.title),
        ),
        None => here
            .session
            .say("That runbook is not on the shelf any more"),
    }
}

#[component]
pub fn AttachRunbook() -> impl IntoView {
    let here = use_here();
    let shelf = here.session.shelf();
    let shelf = here
        .ask_now(|incident| {
            let mut shelf: Vec<(usize, Offered)> = shelf
                .iter()
                .map(|offered| (shelf::fit(&offered.runbook, incident), offered.clone()))
                .collect();
            order::sort_by_key(&mut shelf, |(fit, _)| std::cmp::Reverse(*fit));
            shelf
        })
        .unwrap_or_default();
    let shelf = StoredValue::new(shelf);
    let typed = field("");
    let part = field("");
    let found = move || {
        let typed = typed.get();
        shelf.with_value(|shelf| {
            let entries = shelf.iter().map(|(_, offered)| Findable {
                text: &offered.runbook.title,
                also: offered.runbook.id.as_str(),
            });
            rank(&typed, entries)
                .into_iter()
                .map(|fit| fit.index)
                .collect::<Vec<usize>>()
        })
    };
    let attach = move |index: usize| {
        let runbook =
            shelf.with_value(|shelf| shelf.get(index).map(|(_, offered)| offered.runbook.clone()));
        let Some(runbook) = runbook else { return };
        let part = part.get_untracked();
        let attachment = runbook.attachment_for(&part);
        here.act(
            vec![write::tasks::attach(attachment)],
            &format!("Followed “{}”", runbook.title),
        );
        here.close_form();
    };
    let submit = move || {
        let first = untrack(found).first().copied();
        attach(first.ok_or("No runbook has these words in its title.")?);
        Ok(())
    };
    let rows = move || {
        let found = found();
        shelf.with_value(|shelf| {
            let found = found.iter().filter_map(|index| Some((*index, shelf.get(*index)?)));
            found
                .map(|(index, (fit, offered))| {
                    let runbook = &offered.runbook;
                    let hint = match (*fit > 0, offered.own) {
                        (true, _) => " · fits what is broken",
                        (_, true) => " · your own",
                        _ => "",
                    };
                    let tasks = words::count(runbook.tasks.len(), "task", "tasks");
                    view! {
                        <li><button type="button" class="button choose" on:click=move |_| attach(index)>
                            <span dir="auto">{runbook.title.clone()}</span><span class="faint small">{tasks}{hint}</span>
                        </button></li>
                    }
                })
                .collect_view()
        })
    };
    view! {
        <EntryForm button="Follow the first" submit>
            <TextField label="Which one" value=typed hint="Those that fit what is broken stand first. Enter takes the first in the list." first=true/>
            <ul class="choose-list">{rows}</ul>
            <TextField label="For which part, where it runs more than once" value=part/>
        </EntryForm>
    }
}
