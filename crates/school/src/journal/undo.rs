//! The step that undoes a step.

use super::pool::Code;
use super::school::School;
use super::step::{Action, Draft, Effect, Step, StepInfo};
use std::collections::BTreeSet;

use crate::model::{AcademicYear, ColumnKey, Field, Id, Value};

/// A pupil's target in a subject and year.
type TargetOf = (Option<AcademicYear>, Option<Id>, Id);

/// Which target a cell is of, where its grade is the target's or says how that came about.
fn target_of(key: &ColumnKey, row: Id) -> Option<TargetOf> {
    let field = key.field();
    let is_one = field == Field::Target || Field::BESIDE_TARGET.contains(&field);
    is_one.then(|| (key.year(), key.subject(), row))
}

/// What undoing a step comes to.
#[derive(Debug, Clone, Default)]
pub struct Undoing {
    /// The step to apply, unless nothing is left to undo.
    pub step: Option<Step>,
    /// Cells that hold something newer than the step wrote, and are left as they are.
    pub left: Vec<(ColumnKey, Id)>,
}

impl School {
    /// The inverse of a step: former values as a new write, only where cells still hold what the
    /// step wrote. Undoing a merge sets the former cells back with their contexts.
    ///
    /// A target comes back whole or not at all: a former grade must not stand beside what was agreed or approved of a
    /// later one.
    pub fn undoing(&self, undone: &Step, info: StepInfo) -> Undoing {
        let was_merge = matches!(undone.info.action, Action::OpenFile { .. });
        let mut draft = Draft::default();
        let mut set_back = Vec::new();
        let mut left = Vec::new();
        let moved_on = self.moved_on(undone, was_merge);
        for column in undone.columns() {
            for (row, before, after) in undone.cells(column) {
                let code = self
                    .position(column.key.field().table(), row)
                    .map_or(Code::NEVER, |position| self.code(&column.key, position));
                let kept_whole =
                    target_of(&column.key, row).is_some_and(|of| moved_on.contains(&of));
                if kept_whole || !self.is_untouched(undone, (code, after), was_merge) {
                    left.push((column.key, row));
                    continue;
                }
                if before.is_never() && !was_merge {
                    draft.write(column.key, row, Value::Blank);
                    continue;
                }
                let here = self.pool().cell(code);
                let before = undone.pool().cell(before);
                if was_merge {
                    set_back.push((column.key, row, here, before));
                    continue;
                }
                let mut values: Vec<Value> = before.visible().into_iter().cloned().collect();
                if values.is_empty() {
                    values.push(Value::Blank);
                }
                draft.write_all(column.key, row, values);
            }
        }
        let step = if was_merge {
            Step::build(info, Effect::SetBack, set_back)
        } else {
            self.step(&draft, info)
        };
        Undoing { step, left }
    }

    /// Whether a cell holds what a step wrote. What was written later and undone again stands there under another
    /// step's name, but it is what this step wrote. A merge is set back to the letter.
    fn is_untouched(&self, undone: &Step, (here, after): (Code, Code), was_merge: bool) -> bool {
        if was_merge {
            self.pool().cell(here).values() == undone.pool().cell(after).values()
        } else {
            self.pool().visible(here) == undone.pool().visible(after)
        }
    }

    /// The targets of which a step wrote the grade, and something came later to one of their cells.
    fn moved_on(&self, undone: &Step, was_merge: bool) -> BTreeSet<TargetOf> {
        let of_targets = || {
            let columns = undone.columns().iter();
            columns.flat_map(|column| {
                let cells = undone.cells(column);
                cells.filter_map(|(row, _, after)| {
                    Some((target_of(&column.key, row)?, column.key, row, after))
                })
            })
        };
        let grades: BTreeSet<TargetOf> = of_targets()
            .filter(|(_, key, ..)| key.field() == Field::Target)
            .map(|(of, ..)| of)
            .collect();
        let mut moved_on = BTreeSet::new();
        let mut written = BTreeSet::new();
        for (of, key, row, after) in of_targets() {
            let position = self.position(key.field().table(), row);
            let here = position.map_or(Code::NEVER, |position| self.code(&key, position));
            if !self.is_untouched(undone, (here, after), was_merge) {
                moved_on.insert(of);
            }
            written.insert((key, row));
        }
        // Where the step wrote nothing, and its author has written since: agreed, say, what it had set.
        for of in &grades {
            let (year, subject, row) = *of;
            let later = Field::BESIDE_TARGET.into_iter().any(|field| {
                let key = ColumnKey::of(field, year, subject, None);
                key.is_some_and(|key| {
                    !written.contains(&(key, row)) && self.came_after(undone, &key, row)
                })
            });
            if later {
                moved_on.insert(*of);
            }
        }
        moved_on.retain(|of| grades.contains(of));
        moved_on
    }

    /// Whether a cell holds something that the author of a step wrote after it.
    fn came_after(&self, step: &Step, key: &ColumnKey, row: Id) -> bool {
        let own = step.info.dot;
        let cell = self.cell(key, row);
        let mut values = cell.values().iter();
        values.any(|(dot, value)| {
            !value.is_blank() && dot.replica == own.replica && dot.sequence > own.sequence
        })
    }
}
