//! Taking in another copy of the school, or a part of one.

use super::school::School;
use super::step::{Effect, Step, StepInfo};

impl School {
    /// The step that takes in every cell of `other`: the join of both, cell by cell. What the
    /// other copy does not contain is not deleted. Nothing where it holds nothing new.
    pub fn merging(&self, other: &School, info: StepInfo) -> Option<Step> {
        let cells = other
            .cells_in_order()
            .into_iter()
            .filter_map(|(key, row, there)| {
                let before = self.cell(&key, row);
                let after = before.merged(&there);
                (after != before).then_some((key, row, before, after))
            });
        Step::build(info, Effect::Join, cells)
    }
}
