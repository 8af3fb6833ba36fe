//! What becomes of what is typed for targets: it is stored, or waits for the reason that it needs, or stays in its cell
//! with what is wrong with it.

use std::collections::BTreeMap;

use flightpath_school::journal::{Action, Draft};
use flightpath_school::model::Value;
use flightpath_school::view::approvals::Approval;
use flightpath_school::view::targets::{self, Change, Lacks, TargetEntry};
use flightpath_school::view::typed::typed_grade;
use leptos::prelude::*;

use super::ask::Pending;
use super::desk::{Desk, What, Whose};
use super::problem::problem_words;
use super::sheet::Row;
use crate::i18n::t_string;
use crate::platform::clock;
use crate::ui::parts::typed_cells::TypedCells;

/// A grade: key of its scale and label; nothing for a target to be taken away.
pub type Grade = Option<(String, String)>;

/// What was typed into the cells of one row.
#[derive(Debug, Clone, Default)]
struct Typed {
    grade: Option<String>,
    reason: Option<String>,
}

fn stands(row: &Row) -> Grade {
    match &row.target.entry {
        TargetEntry::Grade { scale, label } => Some((scale.clone(), label.clone())),
        TargetEntry::Missing | TargetEntry::Several(_) => None,
    }
}

impl Desk {
    /// Takes what was typed into cells. What needs nothing more is stored as one step, with the reasons that came with it.
    pub fn take(self, edits: Vec<(usize, usize, String)>) {
        if !self.is_open() {
            return;
        }
        let mut rows: BTreeMap<usize, Typed> = BTreeMap::new();
        for (row, column, text) in edits {
            let what = self.column(column).and_then(|column| column.what());
            let typed = rows.entry(row).or_default();
            match what {
                Some(What::Grade) => typed.grade = Some(text),
                Some(What::Reason) => typed.reason = Some(text),
                None => {}
            }
        }
        self.reason_stays.set(false);
        let mut draft = Draft::default();
        for (row, typed) in rows {
            self.take_row(&mut draft, row, typed);
        }
        self.store(&draft);
    }

    /// Stores a draft as a step, where it changes anything.
    pub fn store(self, draft: &Draft) {
        if !draft.is_empty() {
            self.app.dispatch(Action::SetTargets, draft);
        }
    }

    /// Wants the proposed grade for each of these rows that has another one or none, as one step.
    pub fn take_proposals(self, rows: &[usize]) {
        if !self.is_open() {
            return;
        }
        let mut draft = Draft::default();
        for row in rows {
            let held = self.row(*row, Clone::clone).filter(Row::can_take_proposal);
            if let (Some(whose), Some(held)) = (self.whose(*row), held) {
                self.forget((whose, What::Grade));
                let proposed = held.proposed.clone();
                self.take_grade(&mut draft, whose, &held, proposed, String::new());
            }
        }
        self.store(&draft);
    }

    fn take_row(self, draft: &mut Draft, row: usize, typed: Typed) {
        let (Some(whose), Some(held)) = (self.whose(row), self.row(row, Clone::clone)) else {
            return;
        };
        let scale = held.scale.as_deref();
        // A reason that came before there was anything to give one for.
        let early = || {
            let early = self
                .refused
                .with_untracked(|all| all.get(&(whose, What::Reason)).cloned());
            early.map(|refused| refused.typed)
        };
        let reason = typed
            .reason
            .or_else(|| typed.grade.as_ref().and_then(|_| early()));
        let reason = reason.and_then(|text| match self.read_reason(scale, &text) {
            Ok(reason) => {
                self.forget((whose, What::Reason));
                Some(reason)
            }
            Err(why) => {
                self.refuse((whose, What::Reason), &text, why);
                None
            }
        });
        match typed.grade {
            None => {
                if let Some(reason) = reason {
                    self.take_reason(draft, whose, &held, reason);
                }
            }
            Some(text) => match self.read_grade(scale, &text) {
                Ok(grade) => {
                    self.forget((whose, What::Grade));
                    let reason = reason.unwrap_or_default();
                    self.take_grade(draft, whose, &held, grade, reason);
                }
                Err(why) => {
                    self.refuse((whose, What::Grade), &text, why);
                    if let Some(reason) = reason.filter(|reason| !reason.is_empty()) {
                        let why = t_string!(self.i18n, targets.reason_alone).to_owned();
                        self.refuse((whose, What::Reason), &reason, why);
                    }
                }
            },
        }
    }

    fn take_grade(self, draft: &mut Draft, whose: Whose, held: &Row, grade: Grade, reason: String) {
        if grade == stands(held) && reason.is_empty() {
            self.stop_waiting(whose);
            return;
        }
        let before = self.pending_of(whose);
        match self.change(draft, whose, &grade, &reason, &[]) {
            Ok(()) => self.stop_waiting(whose),
            Err(lacks) => {
                let bare = self.change(&mut Draft::default(), whose, &grade, "", &[]);
                let mut pending = Pending::new(grade, bare.err().unwrap_or(lacks));
                pending.proposed = held.proposed.as_ref().map(|(_, label)| label.clone());
                // Names were given for another grade; why it is another one holds for this one too.
                pending.reason = match before {
                    Some(before) if reason.is_empty() => before.reason,
                    _ => reason,
                };
                let _ = self.settle(draft, whose, pending);
            }
        }
    }

    fn take_reason(self, draft: &mut Draft, whose: Whose, held: &Row, reason: String) {
        if let Some(mut pending) = self.pending_of(whose) {
            pending.reason = reason;
            let _ = self.settle(draft, whose, pending);
        } else if reason == held.target.reason {
            // It stands there.
        } else if !held.is_set() {
            let why = t_string!(self.i18n, targets.reason_alone).to_owned();
            self.refuse((whose, What::Reason), &reason, why);
        } else if reason.is_empty() {
            self.reason_stays.set(true);
        } else {
            let mut pending = Pending::new(stands(held), Lacks::default());
            pending.reason = reason;
            let _ = self.settle(draft, whose, pending);
        }
    }

    /// Adds a grade with all that was given for it to a draft; or lets it wait, and says for what.
    ///
    /// # Errors
    /// What it still lacks.
    pub fn settle(self, draft: &mut Draft, whose: Whose, pending: Pending) -> Result<(), Lacks> {
        let done = self.change(
            draft,
            whose,
            &pending.grade,
            &pending.reason,
            &pending.approved,
        );
        if done.is_ok() {
            self.stop_waiting(whose);
        } else {
            self.pending.update(|all| {
                all.insert(whose, pending);
            });
        }
        done
    }

    /// The change of a target as a draft; or what it still lacks.
    fn change(
        self,
        draft: &mut Draft,
        (subject, pupil): Whose,
        grade: &Grade,
        reason: &str,
        approved: &[Approval],
    ) -> Result<(), Lacks> {
        let grade = match grade {
            Some((scale, label)) => Value::grade(scale, label),
            None => Value::Blank,
        };
        let year = untrack(|| self.app.year());
        let change = Change {
            grade,
            reason,
            approved,
            on: clock::today(),
        };
        let done = self.app.lists().with_untracked(|lists| {
            let (subject, pupil) = (lists.subject(subject)?, lists.pupil(pupil)?);
            untrack(|| {
                self.app.with(|core| {
                    let (school, policy) = (core.school(), core.policy()?);
                    Some(targets::change(
                        draft, school, policy, year, subject, pupil, change,
                    ))
                })
            })
        });
        // A pupil who is gone meanwhile has no target, and the draft stays as it is.
        done.unwrap_or(Ok(()))
    }

    /// Reads a grade on a scale.
    ///
    /// # Errors
    /// What is wrong with it, in words.
    pub fn read_grade(self, scale: Option<&str>, text: &str) -> Result<Grade, String> {
        let i18n = self.i18n;
        let text = text.trim();
        if text.is_empty() {
            return Ok(None);
        }
        let read = self.with_scale(scale, |scale| {
            Some(match typed_grade(scale, text) {
                Ok(label) => Ok(Some((scale.key().to_owned(), label))),
                Err(not) => Err(problem_words(i18n, scale, text, not)),
            })
        });
        read.unwrap_or_else(|| Err(t_string!(i18n, targets.no_scale).to_owned()))
    }

    /// Reads a reason.
    ///
    /// # Errors
    /// That it is a grade: somebody who types quickly means another cell.
    pub fn read_reason(self, scale: Option<&str>, text: &str) -> Result<String, String> {
        let text = text.trim();
        let is_grade = self.with_scale(scale, |scale| typed_grade(scale, text).is_ok());
        if is_grade && !text.is_empty() {
            let words = t_string!(self.i18n, targets.reason_is_grade, typed = text.to_owned());
            return Err(words.to_string());
        }
        Ok(text.to_owned())
    }
}
