//! What typing into a target's cell does: the grade is read and stored at once, or waits for the
//! reason that it needs.

use flightpath_school::journal::{Action, Draft};
use flightpath_school::model::scale::{GradeProblemKind, Scale};
use flightpath_school::model::{ColumnKey, Field, Id, Value};
use flightpath_school::view::targets::{self, TargetEntry, TargetState};
use flightpath_school::view::typed::{NotTyped, typed_grade};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::sheet::Row;
use super::table::Desk;
use crate::app::App;
use crate::i18n::t_string;
use crate::platform::page;
use crate::ui::say::Words;

/// A grade that waits for a reason: scale and label; nothing for a target to be taken away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pending {
    /// The grade.
    pub grade: Option<(String, String)>,
}

/// What stands in the last column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// Nothing.
    Nothing,
    /// What is wrong with what was typed, or with what stands there.
    Problem(String),
    /// What the letters typed so far could become.
    Could(String),
    /// A reason is asked for; what the field says while it is empty.
    Ask(String),
    /// Another grade than the proposed one, and its reason if one was given.
    Differs(String),
    /// A reason for a grade that is the proposed one by now.
    Reason(String),
}

/// Everything that a row's parts share.
#[derive(Clone, Copy)]
pub struct Cell {
    /// The program.
    pub app: App,
    /// What sentences are made in.
    pub i18n: Words,
    /// What all rows share.
    pub desk: Desk,
    /// The subject.
    pub subject: Id,
    /// The pupil.
    pub id: Id,
    /// What is known of the pupil.
    pub row: Memo<Option<Row>>,
    /// What is being typed; nothing while the stored grade stands there.
    pub typed: RwSignal<Option<String>>,
    /// What is wrong with what was typed.
    pub problem: RwSignal<Option<String>>,
}

/// The id of a pupil's target field.
pub fn target_id(pupil: Id) -> String {
    format!("target-{pupil}")
}

/// The id of a pupil's reason field.
pub fn reason_id(pupil: Id) -> String {
    format!("reason-{pupil}")
}

/// Moves the focus once the page shows what was changed.
fn focus_soon(id: String) {
    spawn_local(async move {
        page::breathe().await;
        page::focus(&id);
    });
}

fn with_scale<T: Default>(app: App, row: &Row, read: impl FnOnce(&Scale) -> T) -> T {
    let Some(key) = row.scale.as_deref() else {
        return T::default();
    };
    app.with(|core| {
        let scale = core.policy().and_then(|policy| policy.scales().get(key));
        scale.map(read).unwrap_or_default()
    })
}

impl Cell {
    fn own(&self) -> Option<Row> {
        self.row.get_untracked()
    }

    fn pending(&self) -> Option<Pending> {
        let key = (self.subject, self.id);
        self.desk
            .pending
            .with_untracked(|pending| pending.get(&key).cloned())
    }

    /// Leaves what was typed, and a grade that waits for its reason.
    pub fn forget(&self) {
        let key = (self.subject, self.id);
        if self.pending().is_some() {
            self.desk.pending.update(|pending| {
                pending.remove(&key);
            });
        }
        self.typed.set(None);
        self.problem.set(None);
    }

    /// Goes to the target of another row; draws more rows where there are more.
    fn go(&self, by: isize) {
        let drawn = self.desk.drawn.get_untracked();
        let here = drawn.iter().position(|id| *id == self.id);
        let Some(there) = here.and_then(|here| here.checked_add_signed(by)) else {
            return;
        };
        let next = self
            .desk
            .sheet
            .with_untracked(|sheet| sheet.rows().get(there).map(|row| row.id));
        let Some(next) = next else { return };
        if there < drawn.len() {
            page::focus(&target_id(next));
        } else {
            self.desk.limit.update(|limit| *limit += drawn.len());
            focus_soon(target_id(next));
        }
    }

    /// Takes what was typed; goes on to another row where that is asked for.
    pub fn commit(&self, by: Option<isize>) {
        let on = || {
            if let Some(by) = by {
                self.go(by);
            }
        };
        let Some(row) = self.own() else { return };
        let Some(text) = self.typed.get_untracked() else {
            match (self.pending(), by) {
                (Some(_), Some(_)) => page::focus(&reason_id(self.id)),
                _ => on(),
            }
            return;
        };
        let grade = match text.trim() {
            "" => None,
            text => match self.read(&row, text) {
                Ok(grade) => Some(grade),
                Err(problem) => {
                    self.problem.set(Some(problem));
                    return;
                }
            },
        };
        let held = match &row.target.entry {
            TargetEntry::Grade { scale, label } => Some((scale.clone(), label.clone())),
            TargetEntry::Missing | TargetEntry::Several(_) => None,
        };
        self.typed.set(None);
        self.problem.set(None);
        if grade == held {
            self.forget();
            on();
        } else if row.needs_reason(grade.as_ref()) {
            let key = (self.subject, self.id);
            self.desk.pending.update(|pending| {
                pending.insert(key, Pending { grade });
            });
            if by.is_some() {
                focus_soon(reason_id(self.id));
            }
        } else {
            self.store(&row, grade, "");
            on();
        }
    }

    fn read(&self, row: &Row, text: &str) -> Result<(String, String), String> {
        let i18n = self.i18n;
        let read = untrack(|| {
            with_scale(self.app, row, |scale| {
                Some(match typed_grade(scale, text) {
                    Ok(label) => Ok((scale.key().to_owned(), label)),
                    Err(not) => Err(problem_words(i18n, scale, text, not)),
                })
            })
        });
        read.unwrap_or_else(|| Err(t_string!(i18n, targets.no_scale).to_owned()))
    }

    fn store(&self, row: &Row, grade: Option<(String, String)>, reason: &str) {
        let held = match &row.target.entry {
            TargetEntry::Grade { scale, label } => Some((scale, label)),
            TargetEntry::Missing | TargetEntry::Several(_) => None,
        };
        let same = grade.is_some() && grade.as_ref().map(|(scale, label)| (scale, label)) == held;
        let value = match &grade {
            Some((scale, label)) => Value::grade(scale, label),
            None => Value::Blank,
        };
        let year = untrack(|| self.app.year());
        let mut draft = Draft::default();
        let written = self.desk.scene.with_untracked(|scene| {
            let subject = scene.subject.as_ref()?;
            let pupil = scene.pupils.iter().find(|pupil| pupil.id == self.id)?;
            if same {
                // Only the reason is new: the target keeps the way that it has come.
                let key = ColumnKey::per_subject(Field::TargetReason, year, subject.id);
                draft.write(key, pupil.id, Value::text(reason.trim()));
            } else {
                targets::set(&mut draft, year, subject, pupil, value, reason);
            }
            Some(())
        });
        if written.is_some() {
            self.app.dispatch(Action::SetTargets, &draft);
        }
    }

    /// Keeps the pending grade with its reason.
    pub fn keep(&self, reason: &str, by: Option<isize>) {
        let (Some(row), Some(pending)) = (self.own(), self.pending()) else {
            return;
        };
        if reason.trim().is_empty() {
            return;
        }
        // Somebody who types quickly means the next pupil's grade.
        let is_grade = untrack(|| {
            with_scale(self.app, &row, |scale| {
                typed_grade(scale, reason.trim()).is_ok()
            })
        });
        if is_grade {
            let words = t_string!(
                self.i18n,
                targets.reason_is_grade,
                typed = reason.trim().to_owned()
            );
            self.problem.set(Some(words.to_string()));
            focus_soon(reason_id(self.id));
            return;
        }
        // Forgotten first, so that the field, which tells of its change when it loses the focus,
        // finds nothing left to keep.
        self.forget();
        self.store(&row, pending.grade, reason);
        if let Some(by) = by {
            self.go(by);
        }
    }

    /// Asks for the reason of the grade that is set.
    pub fn ask_reason(&self) {
        let Some(row) = self.own() else { return };
        if let TargetEntry::Grade { scale, label } = &row.target.entry {
            let grade = Some((scale.clone(), label.clone()));
            let key = (self.subject, self.id);
            self.desk.pending.update(|pending| {
                pending.insert(key, Pending { grade });
            });
            focus_soon(reason_id(self.id));
        }
    }

    /// What stands in the last column.
    pub fn note(&self) -> Note {
        let i18n = self.i18n;
        let Some(row) = self.row.get() else {
            return Note::Nothing;
        };
        let key = (self.subject, self.id);
        let waits = self.desk.pending.with(|pending| pending.contains_key(&key));
        let problem = self.problem.get();
        if let Some(problem) = problem {
            // What is wrong with the reason stands beside its field.
            return if waits && self.typed.with(Option::is_none) {
                Note::Ask(problem)
            } else {
                Note::Problem(problem)
            };
        }
        if let Some(typed) = self.typed.get().filter(|typed| !typed.trim().is_empty()) {
            let could = with_scale(self.app, &row, |scale| scale.complete(&typed));
            return Note::Could(could.join("  "));
        }
        if waits {
            let published = row.is_set() && row.target.state == TargetState::Published;
            return Note::Ask(match &row.proposed {
                Some((_, label)) if !published => {
                    t_string!(i18n, targets.reason_ask, proposed = label.clone()).to_string()
                }
                _ => t_string!(i18n, targets.reason_ask_published).to_owned(),
            });
        }
        if let TargetEntry::Several(values) = &row.target.entry {
            let none = t_string!(i18n, targets.conflict_blank);
            let values: Vec<&str> = values
                .iter()
                .map(|value| if value.is_empty() { none } else { value })
                .collect();
            return Note::Problem(
                t_string!(i18n, targets.conflict, values = values.join(", ")).to_string(),
            );
        }
        if row.scale.is_none() {
            return Note::Problem(t_string!(i18n, targets.no_scale).to_owned());
        }
        if row.differs {
            return Note::Differs(row.target.reason);
        }
        if row.target.reason.is_empty() {
            Note::Nothing
        } else {
            Note::Reason(row.target.reason)
        }
    }
}

fn problem_words(i18n: Words, scale: &Scale, entered: &str, not: NotTyped) -> String {
    let entered = entered.to_owned();
    match not {
        NotTyped::Several(could) => t_string!(
            i18n,
            targets.bad_many,
            entered = entered,
            grades = could.join(", ")
        )
        .to_string(),
        NotTyped::Problem(GradeProblemKind::OutOfRange { lowest, highest }) => t_string!(
            i18n,
            targets.bad_mark,
            entered = entered,
            lowest = lowest.to_string(),
            highest = highest.to_string()
        )
        .to_string(),
        NotTyped::Problem(GradeProblemKind::TooManyDecimals { .. }) => {
            t_string!(i18n, targets.bad_decimals, entered = entered).to_string()
        }
        NotTyped::Problem(GradeProblemKind::NotNeighbours) => {
            t_string!(i18n, targets.bad_split, entered = entered).to_string()
        }
        NotTyped::Problem(GradeProblemKind::Unknown | GradeProblemKind::Empty) => {
            let labels: Vec<&str> = scale.labels().collect();
            if labels.is_empty() {
                t_string!(i18n, targets.bad_number, entered = entered).to_string()
            } else {
                t_string!(
                    i18n,
                    targets.bad_grade,
                    entered = entered,
                    grades = labels.join(" ")
                )
                .to_string()
            }
        }
    }
}
