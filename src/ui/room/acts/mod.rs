//! The dialog in which an act is filled in: one small form for each.
//!
//! A form asks, drafts through `guide::write`, appends, and closes. It decides nothing.

mod causes;
mod classify;
mod communication;
mod correct;
mod pasted;
mod people;
mod picture;
mod recovery;
mod review;
mod services;
mod settle;
mod stage;
pub mod tasks;
pub mod update;
mod words;

use leptos::prelude::*;

use super::here::{Form, Outgoing, use_here};
use crate::guide::{Act, TaskAct, timeline, words as spoken};
use crate::model::term::Role;
use crate::model::{EventId, Incident};
use crate::ui::parts::dialog::Dialog;

/// The room's one dialog; shows the form that is open.
#[component]
pub fn ActDialog() -> impl IntoView {
    let here = use_here();
    let open = Signal::derive(move || here.form.with(Option::is_some));
    let close = Callback::new(move |()| {
        if here.form.with_untracked(Option::is_some) {
            here.close_form();
        }
        super::here::keep_focus();
    });
    let title = Signal::derive(move || {
        here.form
            .with(|form| form.as_ref().map(heading).unwrap_or_default())
    });
    view! {
        <Dialog open close title keeps=true>
            {move || here.form.get().map(form)}
        </Dialog>
    }
}

fn heading(form: &Form) -> String {
    match form {
        Form::Act(act) => act_heading(act),
        Form::Release(role) => format!("{}: release", spoken::role(role)),
        Form::JoinResponse => "Somebody joined".to_owned(),
        Form::CorrectWords(_) => "Correct the words".to_owned(),
        Form::CorrectTime(_) => "Correct the time".to_owned(),
        Form::Workaround(_) => "A workaround is in place".to_owned(),
        Form::Pasted(_) => "Lines from a chat or a log".to_owned(),
        Form::Decline(_) => "Decline a proposal".to_owned(),
        Form::Erase(_) => "Erase for good".to_owned(),
        Form::Sent(_) => "Update".to_owned(),
    }
}

fn act_heading(act: &Act) -> String {
    match act {
        Act::WriteTitle => "What is broken, for whom",
        Act::WriteSummary => "A few sentences",
        Act::Classify => "How bad is it",
        Act::AnswerCriteria => "Is it a major incident",
        Act::Escalate => "Make it a major incident",
        Act::Downgrade => "Make it a standard incident",
        Act::State(stamp) => return spoken::stamp(*stamp).to_owned(),
        Act::AssignRole(Role::Own(name)) if name.is_empty() => "Give a role",
        Act::AssignRole(role) => return spoken::role(role),
        Act::HandOver(role) => return format!("{}: hand over", spoken::role(role)),
        Act::ConfirmHandover(role) => return format!("{}: take over", spoken::role(role)),
        Act::PageResponder | Act::CallContact(_) => "Who was called",
        Act::CallNext(_) => "Call the next",
        Act::Answer(_) | Act::Leave(_) => "",
        Act::OpenBridge => "Where everybody meets",
        Act::AffectService => "A service is hit",
        Act::RestoreService(_) => "It works again",
        Act::SendUpdate(_) => "Write an update",
        Act::FirstWord => "The first word",
        Act::CorrectUpdate(_) => "Correct an update",
        Act::DescribePublicly => "Words for outsiders",
        Act::StampRegime(..) => "When was it",
        Act::AnswerRegime(_) => "Must it be reported",
        Act::Notify(..) => "A report was sent",
        Act::RaiseHypothesis => "It might be",
        Act::AssignHypothesis(_) => "Who tests it",
        Act::AddEvidence(_) => "Evidence",
        Act::DecideHypothesis(_) => "Does it hold",
        Act::RecordChange => "Something was changed",
        Act::MakeDecision => "A decision",
        Act::ApplyWorkaround => "A workaround is in place",
        Act::RemoveWorkaround(_) => "The workaround was removed",
        Act::RecordProblem(_) => "A problem record",
        Act::CloseProblem(_) => "A problem record is closed",
        Act::ApplyFix => "A fix is in place",
        Act::PlanCheck => "How recovery will be checked",
        Act::JudgeCheck(_) => "What came of a check",
        Act::StartWatch => "Watch recovery",
        Act::DrainBacklog => "The backlog is drained",
        Act::SuspectChange(_) | Act::BeginCheck(_) | Act::StandDown => "",
        Act::CheckRecovery => "Does recovery hold",
        Act::EnterStage(stage) => return format!("Go to “{}”", spoken::stage(*stage)),
        Act::HoldReview => "The review was held",
        Act::AddFinding => "What the review found",
        Act::PasteLines => "Lines from a chat or a log",
        Act::AddPicture(_) => "Add a picture",
        Act::AnswerWhy(_) => "Why?",
        Act::MarkEntry(_) => "Mark an entry",
        Act::TagEntry(_) => "About a service",
        Act::ImproveRunbook(_) => "Improve a runbook",
        Act::AddAction => "What changes",
        Act::UpdateAction(_) => "Where it stands",
        Act::AcceptTask(_) => "",
        Act::AddTask => "Add a task",
        Act::AttachRunbook => "Follow a runbook",
        Act::Task(_, act) => match act {
            TaskAct::Assign => "Who does it",
            TaskAct::Report => "News of a task",
            TaskAct::Complete => "A task is done",
            TaskAct::Block => "A task is blocked",
            TaskAct::Skip => "Leave a task out",
            TaskAct::Reopen => "Do a task again",
            TaskAct::Change => "Change a task",
            TaskAct::Start | TaskAct::Earlier | TaskAct::Later => "",
        },
        Act::Close => "Close the incident",
        Act::Reopen => "Open it again",
        Act::Link(_) => "Another incident",
        Act::Join => "The same outage, declared twice",
        Act::SettleConflict(_) => "Choose one",
        Act::Export => "Export",
        Act::WriteNote => "What just happened",
        Act::Waive(_) => "Does not apply here",
    }
    .to_owned()
}

fn form(form: Form) -> AnyView {
    match form {
        Form::Act(act) => act_form(act),
        Form::Release(role) => view! { <people::Release role/> }.into_any(),
        Form::JoinResponse => view! { <people::JoinResponse/> }.into_any(),
        Form::CorrectWords(event) => view! { <correct::Words event/> }.into_any(),
        Form::CorrectTime(event) => view! { <correct::Time event/> }.into_any(),
        Form::Workaround(given) => view! { <causes::Workaround given/> }.into_any(),
        Form::Pasted(given) => view! { <pasted::Pasted given/> }.into_any(),
        Form::Decline(offer) => view! { <super::assist::Decline offer=*offer/> }.into_any(),
        Form::Erase(event) => view! { <correct::Erase event/> }.into_any(),
        Form::Sent(outgoing) => sent(*outgoing),
    }
}

fn sent(outgoing: Outgoing) -> AnyView {
    let Outgoing {
        audience,
        text,
        corrects,
    } = outgoing;
    match corrects {
        Some(corrects) => view! { <update::SendUpdate audience text corrects/> }.into_any(),
        None => view! { <update::SendUpdate audience text/> }.into_any(),
    }
}

fn act_form(act: Act) -> AnyView {
    match act {
        Act::WriteTitle => view! { <words::Title/> }.into_any(),
        Act::WriteSummary => view! { <words::Summary/> }.into_any(),
        Act::Classify => view! { <classify::Classify/> }.into_any(),
        Act::AnswerCriteria => view! { <classify::Criteria/> }.into_any(),
        Act::Escalate => view! { <classify::Escalate/> }.into_any(),
        Act::Downgrade => view! { <classify::Downgrade/> }.into_any(),
        Act::State(stamp) => view! { <stage::State stamp/> }.into_any(),
        Act::AssignRole(role) => view! { <people::Assign role/> }.into_any(),
        Act::HandOver(role) => view! { <people::HandOver role/> }.into_any(),
        Act::ConfirmHandover(role) => view! { <people::ConfirmHandover role/> }.into_any(),
        Act::PageResponder => view! { <people::PageResponder/> }.into_any(),
        Act::CallContact(contact) => view! { <people::PageResponder contact/> }.into_any(),
        Act::CallNext(call) => view! { <people::PageResponder unanswered=call/> }.into_any(),
        Act::OpenBridge => view! { <people::OpenBridge/> }.into_any(),
        Act::AffectService => view! { <services::Affect/> }.into_any(),
        Act::RestoreService(service) => view! { <services::Restore service/> }.into_any(),
        Act::SendUpdate(audience) => view! { <update::SendUpdate audience/> }.into_any(),
        Act::FirstWord => view! { <communication::FirstWord/> }.into_any(),
        Act::DescribePublicly => view! { <communication::DescribePublicly/> }.into_any(),
        Act::StampRegime(regime, trigger) => {
            view! { <communication::StampRegime regime trigger/> }.into_any()
        }
        Act::AnswerRegime(regime) => view! { <communication::AnswerRegime regime/> }.into_any(),
        Act::Notify(regime, report) => view! { <communication::Notify regime report/> }.into_any(),
        Act::RaiseHypothesis => view! { <causes::Hypothesis/> }.into_any(),
        Act::AssignHypothesis(event) => view! { <causes::AssignHypothesis event/> }.into_any(),
        Act::AddEvidence(event) => view! { <causes::AddEvidence event/> }.into_any(),
        Act::DecideHypothesis(event) => view! { <causes::Decide event/> }.into_any(),
        Act::RecordChange => view! { <causes::RecordChange/> }.into_any(),
        Act::MakeDecision => view! { <causes::Decision/> }.into_any(),
        Act::ApplyWorkaround => view! { <causes::Workaround/> }.into_any(),
        Act::RemoveWorkaround(event) => view! { <causes::RemoveWorkaround event/> }.into_any(),
        Act::RecordProblem(workaround) => view! { <causes::RecordProblem workaround/> }.into_any(),
        Act::CloseProblem(event) => view! { <causes::CloseProblem event/> }.into_any(),
        Act::ApplyFix => view! { <causes::Fix/> }.into_any(),
        Act::CheckRecovery => view! { <recovery::Check/> }.into_any(),
        Act::PlanCheck => view! { <recovery::PlanCheck/> }.into_any(),
        Act::JudgeCheck(event) => view! { <recovery::JudgeCheck event/> }.into_any(),
        Act::StartWatch => view! { <recovery::StartWatch/> }.into_any(),
        Act::DrainBacklog => view! { <recovery::DrainBacklog/> }.into_any(),
        Act::EnterStage(stage) => view! { <stage::Enter stage/> }.into_any(),
        Act::HoldReview => view! { <words::Review/> }.into_any(),
        Act::AddFinding => view! { <words::Finding/> }.into_any(),
        Act::AddPicture(of) => view! { <picture::AddPicture of/> }.into_any(),
        Act::PasteLines => view! { <pasted::Pasted given=String::new()/> }.into_any(),
        Act::AnswerWhy(event) => view! { <review::Why event/> }.into_any(),
        Act::MarkEntry(event) => view! { <review::Mark event/> }.into_any(),
        Act::TagEntry(event) => view! { <services::Tag event/> }.into_any(),
        Act::ImproveRunbook(id) => view! { <review::ImproveRunbook id/> }.into_any(),
        Act::AddAction => view! { <words::Action/> }.into_any(),
        Act::UpdateAction(event) => view! { <words::UpdateAction event/> }.into_any(),
        Act::AddTask => view! { <tasks::AddTask/> }.into_any(),
        Act::AttachRunbook => view! { <tasks::AttachRunbook/> }.into_any(),
        Act::Task(id, TaskAct::Assign) => view! { <tasks::AssignTask id/> }.into_any(),
        Act::Task(id, TaskAct::Change) => view! { <tasks::ChangeTask id/> }.into_any(),
        Act::Task(id, act) => view! { <tasks::TaskNews id act/> }.into_any(),
        Act::Close => view! { <stage::Close/> }.into_any(),
        Act::Reopen => view! { <stage::Reopen/> }.into_any(),
        Act::Link(relation) => view! { <settle::Link relation/> }.into_any(),
        Act::Join => view! { <settle::Join/> }.into_any(),
        Act::SettleConflict(conflict) => view! { <settle::Settle conflict/> }.into_any(),
        Act::Waive(criterion) => view! { <stage::Waive criterion/> }.into_any(),
        // These are done without a form.
        Act::CorrectUpdate(_)
        | Act::AcceptTask(_)
        | Act::SuspectChange(_)
        | Act::BeginCheck(_)
        | Act::StandDown
        | Act::Export
        | Act::WriteNote
        | Act::Answer(_)
        | Act::Leave(_) => ().into_any(),
    }
}

/// What is wrong with an empty field.
fn needed(text: &str, what: &str) -> Result<(), String> {
    if text.trim().is_empty() {
        Err(what.to_owned())
    } else {
        Ok(())
    }
}

/// All of an entry's line, for what can be said of any entry.
fn line_of(incident: &Incident, event: EventId) -> String {
    let entry = incident.entry(event);
    entry.map_or_else(String::new, |entry| timeline::line(incident, entry).said())
}

/// An entry's words, where it is held.
fn words_of(here: super::here::Here, event: EventId) -> String {
    here.ask_now(|incident| {
        let entry = incident.entry(event)?;
        crate::guide::write::text_of(&entry.fact).map(str::to_owned)
    })
    .flatten()
    .unwrap_or_default()
}
