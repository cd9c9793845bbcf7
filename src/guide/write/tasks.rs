//! How tasks are written down: added, changed, put elsewhere, given to somebody, begun, done.

use super::replacing;
use crate::model::task::{
    Attachment, KeptRunbook, RemovedRunbook, Task, TaskAssignment, TaskChange, TaskId, TaskMove,
    TaskNews, TaskRecord, TaskState, ToolOpening,
};
use crate::model::{Draft, Fact, Incident, Person, Register, Timestamp};

/// A register of a task that may not be there.
fn of<'a, T>(
    incident: &'a Incident,
    task: &TaskId,
    register: impl Fn(&'a TaskRecord) -> &'a Register<T>,
) -> Option<&'a Register<T>> {
    incident.tasks.get(task).map(register)
}

/// A runbook of the library has this text from now on.
pub fn keep_runbook(library: &Incident, runbook: &str, text: &str) -> Draft {
    let kept = KeptRunbook {
        runbook: runbook.to_owned(),
        text: text.to_owned(),
    };
    replacing(
        Fact::RunbookKept(kept).draft(),
        library.library.runbooks.get(runbook),
    )
}

/// A runbook of the library is not offered any more.
pub fn remove_runbook(library: &Incident, runbook: &str) -> Draft {
    let removed = RemovedRunbook {
        runbook: runbook.to_owned(),
    };
    replacing(
        Fact::RunbookRemoved(removed).draft(),
        library.library.runbooks.get(runbook),
    )
}

/// A runbook is followed from now on.
pub fn attach(attachment: Attachment) -> Draft {
    Fact::RunbookAttached(attachment).draft()
}

/// There is a task more.
pub fn add(task: Task) -> Draft {
    Fact::TaskAdded(task).draft()
}

/// A task becomes another.
pub fn change(incident: &Incident, task: &TaskId, becomes: Task) -> Draft {
    let change = TaskChange {
        task: task.clone(),
        becomes,
    };
    let held = of(incident, task, |record| &record.definition);
    replacing(Fact::TaskChanged(change).draft(), held)
}

/// The task that a rule proposes is there, by a person's word.
pub fn accept(change: TaskChange) -> Draft {
    Fact::TaskChanged(change).draft()
}

/// A task stands behind another one, or first.
pub fn put_behind(incident: &Incident, task: &TaskId, behind: Option<TaskId>) -> Draft {
    let moved = TaskMove {
        task: task.clone(),
        behind,
    };
    let held = of(incident, task, |record| &record.moved);
    replacing(Fact::TaskMoved(moved).draft(), held)
}

/// A person does it and reports back by then; or nobody does.
pub fn assign(
    incident: &Incident,
    task: &TaskId,
    person: Option<Person>,
    report_by: Option<Timestamp>,
) -> Draft {
    let assignment = TaskAssignment {
        task: task.clone(),
        person,
        report_by,
    };
    let held = of(incident, task, |record| &record.owner);
    replacing(Fact::TaskAssigned(assignment).draft(), held)
}

/// A task's link into a tool was opened.
pub fn open_tool(task: &TaskId, label: &str, url: &str) -> Draft {
    let opening = ToolOpening {
        task: task.clone(),
        label: label.to_owned(),
        url: url.to_owned(),
    };
    Fact::ToolOpened(opening).draft()
}

fn news(task: &TaskId, text: &str) -> TaskNews {
    TaskNews {
        task: task.clone(),
        text: text.trim().to_owned(),
        report_by: None,
    }
}

/// How it goes, and when there is news again.
pub fn report(task: &TaskId, text: &str, report_by: Option<Timestamp>) -> Draft {
    let news = TaskNews {
        report_by,
        ..news(task, text)
    };
    Fact::TaskReported(news).draft()
}

/// How far it is from now on, with a result or a reason.
pub fn stand(incident: &Incident, task: &TaskId, state: TaskState, text: &str) -> Draft {
    let news = news(task, text);
    let fact = match state {
        TaskState::Open => Fact::TaskReopened(news),
        TaskState::Blocked => Fact::TaskBlocked(news),
        TaskState::Running => Fact::TaskStarted(news),
        TaskState::Skipped => Fact::TaskSkipped(news),
        TaskState::Done => Fact::TaskCompleted(news),
    };
    let held = of(incident, task, |record| &record.state);
    replacing(fact.draft(), held)
}

#[cfg(test)]
mod tests;
