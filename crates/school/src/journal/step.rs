//! A step: one action of a person, with everything it changed before and after.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::cell::Cell;
use super::pool::{Code, Pool};
use super::school::School;
use crate::model::{ColumnKey, Dot, Id, Moment, Value};

/// What a person did, for the history; the sentence is made elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "did")]
pub enum Action {
    /// Imported a file or a paste.
    Import {
        /// Name of the file; empty for a paste.
        file: String,
        /// Rows that made new pupils.
        new: usize,
        /// Rows that changed pupils.
        changed: usize,
    },
    /// Made up the sample school.
    SampleSchool,
    /// Opened a Flightpath file.
    OpenFile {
        /// Name of the file.
        file: String,
    },
    /// Chose a policy.
    ChoosePolicy {
        /// Key of the pack.
        pack: String,
    },
    /// Changed the school's settings.
    Settings,
    /// Set targets.
    SetTargets,
    /// Moved targets on: agreed, checked or published.
    TargetState {
        /// The new state.
        state: String,
    },
    /// Opened, closed or changed a tracking event.
    Event {
        /// Name of the event.
        event: String,
        /// Its new state: planned, open, closed.
        state: String,
    },
    /// Entered results of a tracking event.
    Enter {
        /// Name of the event.
        event: String,
    },
    /// Changed what is known of pupils.
    EditPupils,
    /// Changed subjects or classes.
    EditClasses,
    /// Chose between values of a conflict.
    Decide,
    /// Undid a step.
    Undo {
        /// The step that was undone.
        of: Dot,
    },
    /// Did an undone step again.
    Redo {
        /// The undo that was undone.
        of: Dot,
    },
}

/// How a step takes effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Effect {
    /// What it wrote joins what is there, in any order.
    Join,
    /// Cells that still are as before it are set back to what they were, contexts and all: the
    /// undoing of a merge, after which the file can be merged again.
    SetBack,
}

/// Who did what, when and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepInfo {
    /// Replica and number of the step.
    pub dot: Dot,
    /// The name that the author gave; nobody has checked it.
    pub author: String,
    /// The author's clock.
    pub at: Moment,
    /// What was done.
    pub action: Action,
    /// The reason given, if one was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// Values to write, before they become a step. A later write to the same cell replaces the
/// earlier one.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    writes: BTreeMap<(ColumnKey, Id), Vec<Value>>,
}

impl Draft {
    /// Writes one value. A value of a kind that the field does not hold is not taken.
    pub fn write(&mut self, key: ColumnKey, row: Id, value: Value) {
        if key.field().accepts(&value) && key.is_whole() {
            self.writes.insert((key, row), vec![value]);
        }
    }

    /// Writes several values at once: opens a conflict again.
    pub(super) fn write_all(&mut self, key: ColumnKey, row: Id, values: Vec<Value>) {
        self.writes.insert((key, row), values);
    }

    /// Adds all writes of another draft, which replace those of this one.
    pub fn extend(&mut self, other: Draft) {
        self.writes.extend(other.writes);
    }

    /// How many cells are written.
    pub fn len(&self) -> usize {
        self.writes.len()
    }

    /// Whether nothing is written.
    pub fn is_empty(&self) -> bool {
        self.writes.is_empty()
    }

    /// What would be written to a cell, if it is written.
    pub fn value(&self, key: &ColumnKey, row: Id) -> Option<&Value> {
        self.writes
            .get(&(*key, row))
            .and_then(|values| values.first())
    }

    /// The cells that are written.
    pub fn cells(&self) -> impl Iterator<Item = (&ColumnKey, Id, &[Value])> {
        self.writes
            .iter()
            .map(|((key, row), values)| (key, *row, values.as_slice()))
    }
}

/// The cells of one column that a step changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepColumn {
    /// Which column.
    pub key: ColumnKey,
    #[serde(with = "super::block::cells")]
    cells: Vec<(Id, Code, Code)>,
}

impl StepColumn {
    /// Row, cell before and cell after, as codes of the step's pool.
    pub fn cells(&self) -> impl Iterator<Item = (Id, Code, Code)> {
        self.cells.iter().copied()
    }
}

/// One action of a person.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Step {
    /// Who did what, when and why.
    pub info: StepInfo,
    effect: Effect,
    pool: Pool,
    columns: Vec<StepColumn>,
    /// Steps of others that the opened file told of: who wrote the values that came with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub brought: Vec<StepInfo>,
}

impl Step {
    /// How the step takes effect.
    pub fn effect(&self) -> Effect {
        self.effect
    }

    /// The dictionaries of its cells.
    pub fn pool(&self) -> &Pool {
        &self.pool
    }

    /// The columns that it changed.
    pub fn columns(&self) -> &[StepColumn] {
        &self.columns
    }

    /// How many cells it changed.
    pub fn cell_count(&self) -> usize {
        self.columns.iter().map(|column| column.cells.len()).sum()
    }

    /// Reads a step from the form in which it is stored.
    ///
    /// # Errors
    /// Where the text is no step, or a number in it points at nothing.
    pub fn from_json(json: &[u8]) -> Result<Step, serde_json::Error> {
        let step: Step = serde_json::from_slice(json)?;
        let sound = step
            .columns
            .iter()
            .flat_map(StepColumn::cells)
            .all(|(_, before, after)| step.pool.holds(before) && step.pool.holds(after));
        if sound {
            Ok(step)
        } else {
            Err(serde::de::Error::custom(
                "a cell of the step points outside its dictionary",
            ))
        }
    }

    /// The form in which the step is stored.
    ///
    /// # Errors
    /// None that a step can cause; the writer's own.
    pub fn to_json(&self) -> Result<Vec<u8>, serde_json::Error> {
        serde_json::to_vec(self)
    }

    pub(super) fn build(
        info: StepInfo,
        effect: Effect,
        cells: impl IntoIterator<Item = (ColumnKey, Id, Cell, Cell)>,
    ) -> Option<Step> {
        let mut pool = Pool::default();
        let mut columns: BTreeMap<ColumnKey, Vec<(Id, Code, Code)>> = BTreeMap::new();
        for (key, row, before, after) in cells {
            let codes = (row, pool.code(&before), pool.code(&after));
            columns.entry(key).or_default().push(codes);
        }
        let columns: Vec<StepColumn> = columns
            .into_iter()
            .map(|(key, cells)| StepColumn { key, cells })
            .collect();
        if columns.is_empty() {
            return None;
        }
        Some(Step {
            info,
            effect,
            pool,
            columns,
            brought: Vec::new(),
        })
    }
}

impl School {
    /// Makes a step of a draft: only writes that change what a person sees. Nothing where no
    /// write does.
    pub fn step(&self, draft: &Draft, info: StepInfo) -> Option<Step> {
        let dot = info.dot;
        let cells = draft.writes.iter().filter_map(|((key, row), values)| {
            let before = self.cell(key, *row);
            let mut wanted: Vec<&Value> = values.iter().collect();
            wanted.sort();
            wanted.dedup();
            let visible = before.visible();
            let blank_over_nothing =
                visible.is_empty() && wanted.iter().all(|value| value.is_blank());
            if visible == wanted || blank_over_nothing {
                return None;
            }
            let after = before.written(dot, values.iter().cloned());
            Some((*key, *row, before, after))
        });
        Step::build(info, Effect::Join, cells)
    }
}
