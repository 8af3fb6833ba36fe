//! What typing into a target's cell does: the grade is read and stored at once, or waits for the
//! reason that it needs.

use flightpath_school::journal::{Action, Draft};
use flightpath_school::model::scale::Scale;
use flightpath_school::model::{Id, Value};
use flightpath_school::view::approvals::Approval;
use flightpath_school::view::targets::{self, Because, Change, Lacks, TargetEntry};
use flightpath_school::view::typed::typed_grade;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::ask::Pending;
use super::problem::problem_words;
use super::sheet::Row;
use super::table::Desk;
use crate::app::App;
use crate::i18n::t_string;
use crate::platform::{clock, page};
use crate::ui::say::Words;

/// What stands in the last column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// Nothing.
    Nothing,
    /// What is wrong with what was typed, or with what stands there.
    Problem(String),
    /// What the letters typed so far could become.
    Could(String),
    /// A reason is asked for, and names: what the reason's field says while it is empty, and all that is asked for.
    Ask(String, Lacks),
    /// Why the grade was set and who approved it, where that is known, and whether it is another one than proposed.
    Set {
        /// Whether it is another grade than the proposed one.
        differs: bool,
        /// The reason; empty where none was given.
        reason: String,
        /// Who approved the change that set it.
        approved: Vec<Approval>,
    },
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
pub fn focus_soon(id: String) {
    spawn_local(async move {
        page::breathe().await;
        page::focus(&id);
    });
}

/// Reads the scale that a row's target is given on.
pub fn with_scale<T: Default>(app: App, row: &Row, read: impl FnOnce(&Scale) -> T) -> T {
    let Some(key) = row.scale.as_deref() else {
        return T::default();
    };
    app.with(|core| {
        let scale = core.policy().and_then(|policy| policy.scales().get(key));
        scale.map(read).unwrap_or_default()
    })
}

impl Cell {
    /// What is known of the pupil now; nothing once the row is gone, which its field may learn last: taken away while
    /// it has the focus, it tells of what was typed.
    pub fn own(&self) -> Option<Row> {
        self.row.try_get_untracked().flatten()
    }

    /// The grade that waits here.
    pub fn pending(&self) -> Option<Pending> {
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
    pub fn go(&self, by: isize) {
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
        let Some(text) = self.typed.try_get_untracked().flatten() else {
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
            return;
        }
        match self.drafted(grade.as_ref(), "", &[]) {
            Ok(draft) => {
                self.forget();
                self.app.dispatch(Action::SetTargets, &draft);
                on();
            }
            Err(lacks) => {
                self.wait(Pending::new(grade, lacks));
                if by.is_some() {
                    focus_soon(reason_id(self.id));
                }
            }
        }
    }

    /// Lets a grade wait for what it needs.
    pub fn wait(&self, grade: Pending) {
        let key = (self.subject, self.id);
        self.desk.pending.update(|pending| {
            pending.insert(key, grade);
        });
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

    /// The change of the target as a draft; or what it still lacks.
    pub fn drafted(
        &self,
        grade: Option<&(String, String)>,
        reason: &str,
        approved: &[Approval],
    ) -> Result<Draft, Lacks> {
        let value = grade.map_or(Value::Blank, |(scale, label)| Value::grade(scale, label));
        let year = untrack(|| self.app.year());
        let mut draft = Draft::default();
        let done = self.desk.scene.with_untracked(|scene| {
            let subject = scene.subject.as_ref()?;
            let pupil = scene.pupils.iter().find(|pupil| pupil.id == self.id)?;
            untrack(|| {
                self.app.with(|core| {
                    let policy = core.policy()?;
                    let change = Change {
                        grade: value,
                        reason,
                        approved,
                        on: clock::today(),
                    };
                    let school = core.school();
                    Some(targets::change(
                        &mut draft, school, policy, year, subject, pupil, change,
                    ))
                })
            })
        });
        // Where the pupil is gone meanwhile the draft is empty and changes nothing.
        done.unwrap_or(Ok(())).map(|()| draft)
    }

    /// Asks for the reason of the grade that is set.
    pub fn ask_reason(&self) {
        let Some(row) = self.own() else { return };
        if let TargetEntry::Grade { scale, label } = &row.target.entry {
            let lacks = Lacks {
                reason: Some(Because::NotAsProposed),
                approval: Vec::new(),
            };
            self.wait(Pending::new(Some((scale.clone(), label.clone())), lacks));
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
        let waits = self
            .desk
            .pending
            .with(|pending| pending.get(&key).map(|pending| pending.asks.clone()));
        let typing = self.typed.with(Option::is_some);
        // What is wrong with an answer stands in its form.
        if (typing || waits.is_none())
            && let Some(problem) = self.problem.get()
        {
            return Note::Problem(problem);
        }
        if let Some(typed) = self.typed.get().filter(|typed| !typed.trim().is_empty()) {
            let could = with_scale(self.app, &row, |scale| scale.complete(&typed));
            return Note::Could(could.join("  "));
        }
        if let Some(asks) = waits {
            let ask = match (asks.reason, &row.proposed) {
                (Some(Because::Published), _) => {
                    t_string!(i18n, targets.reason_ask_published).to_owned()
                }
                (Some(Because::NotAsProposed), Some((_, label))) => {
                    t_string!(i18n, targets.reason_ask, proposed = label.clone()).to_string()
                }
                _ => t_string!(i18n, targets.reason_ask_set).to_owned(),
            };
            return Note::Ask(ask, asks);
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
        let known = !row.target.reason.is_empty() || !row.target.approved.is_empty();
        if row.differs || known {
            Note::Set {
                differs: row.differs,
                reason: row.target.reason,
                approved: row.target.approved,
            }
        } else {
            Note::Nothing
        }
    }
}
