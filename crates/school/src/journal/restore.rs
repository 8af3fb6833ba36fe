//! Setting a school back to an earlier state of it.

use super::school::{School, Shown};
use super::step::{Draft, Step, StepInfo};
use crate::model::Value;

impl School {
    /// The step after which a person sees what `earlier` shows: a write like any other, which can be undone and goes
    /// on in files. Nothing where they see that already.
    pub fn restoring(&self, earlier: &School, info: StepInfo) -> Option<Step> {
        let mut draft = Draft::default();
        for (key, row, _) in self.visible_in_order() {
            if matches!(earlier.shown(&key, row), Shown::Nothing) {
                draft.write_all(key, row, vec![Value::Blank]);
            }
        }
        for (key, row, values) in earlier.visible_in_order() {
            draft.write_all(key, row, values);
        }
        self.step(&draft, info)
    }
}
