//! The step that undoes a step.

use super::pool::Code;
use super::school::School;
use super::step::{Action, Draft, Effect, Step, StepInfo};
use crate::model::{ColumnKey, Id, Value};

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
    pub fn undoing(&self, undone: &Step, info: StepInfo) -> Undoing {
        let was_merge = matches!(undone.info.action, Action::OpenFile { .. });
        let mut draft = Draft::default();
        let mut set_back = Vec::new();
        let mut left = Vec::new();
        for column in undone.columns() {
            for (row, before, after) in undone.cells(column) {
                let code = self
                    .position(column.key.field().table(), row)
                    .map_or(Code::NEVER, |position| self.code(&column.key, position));
                // What was written later and undone again stands there under another step's name,
                // but it is what this step wrote. A merge is set back to the letter.
                let untouched = if was_merge {
                    self.pool().cell(code).values() == undone.pool().cell(after).values()
                } else {
                    self.pool().visible(code) == undone.pool().visible(after)
                };
                if !untouched {
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
}
