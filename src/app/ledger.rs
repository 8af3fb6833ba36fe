//! The history: every step, and every value that a cell ever held.

use std::rc::Rc;

use flightpath_school::journal::{Action, StepInfo};
use flightpath_school::model::{ColumnKey, Dot, Id, Value};
use flightpath_school::view::TrackingEvent;
use flightpath_school::view::entry_time::{EntryTime, entry_times};
use leptos::prelude::*;

use super::loading::until;
use super::saving::History;
use super::{App, Core};

/// A step as the history lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryEntry {
    /// Who did what, when and why.
    pub info: StepInfo,
    /// What the step did that an undo or a redo is about; its own action for others, and nothing
    /// where that step is not known.
    pub original: Option<Action>,
    /// How many cells changed.
    pub cells: usize,
    /// The step by which it holds: itself, or the one that did it again; nothing while it is undone.
    pub holding: Option<Dot>,
}

/// What a step wrote to one cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The step.
    pub info: StepInfo,
    /// The opening of the file that brought it, where it came with one.
    pub came_with: Option<StepInfo>,
    /// Values before it; none where nobody had written.
    pub before: Vec<Value>,
    /// Values after it.
    pub after: Vec<Value>,
}

/// A cell that a step changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepCell {
    /// Its column.
    pub key: ColumnKey,
    /// Its row.
    pub row: Id,
    /// Values before the step; none where nobody had written.
    pub before: Vec<Value>,
    /// Values after it.
    pub after: Vec<Value>,
}

/// What undoing a step would come to now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UndoOutlook {
    /// Cells that would go back to what they were.
    pub back: usize,
    /// Cells that hold something newer and would stay as they are.
    pub left: usize,
}

impl App {
    /// The first cells that a step changed, so many at most.
    pub fn step_cells(&self, of: Dot, most: usize) -> Vec<StepCell> {
        self.with(|core| {
            let Some(step) = core.step(of) else {
                return Vec::new();
            };
            let values = |code| step.pool().visible(code).into_iter().cloned().collect();
            step.columns()
                .iter()
                .flat_map(|column| {
                    step.cells(column)
                        .map(|(row, before, after)| (column.key, row, before, after))
                })
                .take(most)
                .map(|(key, row, before, after)| StepCell {
                    key,
                    row,
                    before: values(before),
                    after: values(after),
                })
                .collect()
        })
    }

    /// What undoing a step would come to; nothing where the step is not known here.
    pub fn undo_outlook(&self, of: Dot) -> Option<UndoOutlook> {
        self.core
            .try_with_value(|core| {
                let step = core.step(of)?;
                // The step's own name stands in for the undo's: nothing of this one is kept.
                let undoing = core.school().undoing(&step, step.info.clone());
                let left = undoing.left.len();
                Some(UndoOutlook {
                    back: step.cell_count().saturating_sub(left),
                    left,
                })
            })
            .flatten()
    }

    /// Every step that is known here, the latest first.
    pub fn history(&self) -> Vec<HistoryEntry> {
        self.with(|core| {
            let holding = core.all_holding();
            core.steps()
                .iter()
                .rev()
                .map(|step| HistoryEntry {
                    original: core.original_action(step.info.dot).cloned(),
                    info: step.info.clone(),
                    cells: step.cell_count(),
                    holding: holding.get(&step.info.dot).copied(),
                })
                .collect()
        })
    }

    /// Every step that wrote a cell, the latest first.
    pub fn cell_history(&self, key: ColumnKey, row: Id) -> Vec<Written> {
        self.with(|core| {
            let mut written = Vec::new();
            for step in core.steps().iter().rev() {
                for column in step.columns().iter().filter(|column| column.key == key) {
                    for (_, before, after) in step.cells(column).filter(|(id, _, _)| *id == row) {
                        let values =
                            |code| step.pool().visible(code).into_iter().cloned().collect();
                        // A file tells who wrote what stands in its cells.
                        let dots = step.pool().dots(after);
                        let brought = step.brought.iter().find(|info| dots.contains(&info.dot));
                        written.push(Written {
                            info: brought.unwrap_or(&step.info).clone(),
                            came_with: brought.map(|_| step.info.clone()),
                            before: values(before),
                            after: values(after),
                        });
                    }
                }
            }
            written
        })
    }

    /// How long entering the grades of an event took, as far as its steps are known here.
    pub fn entry_times(&self, event: &TrackingEvent) -> Vec<EntryTime> {
        self.with(|core| {
            let steps = core.steps();
            entry_times(steps.iter().map(AsRef::as_ref), event)
        })
    }

    /// The author of what stands in a cell, where the step that wrote it is known here and no other value waits beside
    /// it; empty for one who gave no name.
    pub fn author_of(&self, key: ColumnKey, row: Id) -> Option<String> {
        self.with(|core| {
            let cell = core.school().cell(&key, row);
            let [(dot, _)] = cell.values() else {
                return None;
            };
            Some(core.step(*dot)?.info.author.clone())
        })
    }

    /// Reads the steps that are no longer in the log, once, so that they can be listed and undone. Where somebody is at
    /// it already, it waits for that.
    pub async fn read_history(self) {
        let begin = |core: &mut Core| core.pending.begin_history();
        let Some(store) = self.core.try_update_value(begin).flatten() else {
            let is_over = |core: &Core| core.pending.history() != History::BeingRead;
            until(|| self.core.try_with_value(is_over) != Some(false)).await;
            return;
        };
        let folded = self.history_of(store).await;
        let _ = self.core.try_update_value(|core| {
            core.pending.end_history(folded.is_some());
            core.remember(folded.into_iter().flatten().map(Rc::new));
        });
        self.refresh();
    }
}
