//! A step: one action of a person, with everything it changed before and after.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

use super::cell::{Cell, Context};
use super::pool::{Carrier, Code, Numbered, Pool};
use super::school::School;
use super::seal::Seal;
use crate::model::{AcademicYear, ColumnKey, Dot, Id, Moment, Value};

/// What a person did, for the history; the sentence is made elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "did", try_from = "FlatAction")]
pub enum Action {
    /// Imported a file or a paste.
    Import {
        /// Name of the file; empty for a paste.
        file: String,
        /// New pupils.
        new: usize,
        /// Pupils about whom something changed.
        changed: usize,
    },
    /// Made up the sample school.
    SampleSchool,
    /// Opened a Flightpath file.
    OpenFile {
        /// Name of the file.
        file: String,
    },
    /// Set everything back to an earlier state.
    Restore {
        /// Name of the backup; empty for a snapshot that the program made itself.
        file: String,
        /// When that was made, by the clock of the computer that made it.
        made: Moment,
    },
    /// Chose a policy.
    ChoosePolicy {
        /// Key of the pack.
        pack: String,
    },
    /// Wrote a policy: a new one, or a new version.
    EditPolicy {
        /// Name of the pack.
        pack: String,
    },
    /// Loaded national figures.
    LoadFigures {
        /// Name of the file.
        file: String,
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
    /// Set or assessed targets that are no grades.
    OtherTargets,
    /// Set targets of whole cohorts.
    CohortTargets,
    /// Added, changed or took away an assessment of a class.
    Assessment {
        /// Its title.
        title: String,
        /// What was done: added, changed, removed, boundaries.
        state: String,
    },
    /// Entered marks.
    Marks {
        /// Title of the assessment; empty where there are several.
        title: String,
    },
    /// Changed how the marks of a class come to one.
    ClassMean,
    /// Took current grades of a tracking event from a markbook.
    FeedEvent {
        /// Title of the assessment; empty where the mean over several was taken.
        title: String,
        /// Name of the event.
        event: String,
    },
    /// Opened, closed or changed a tracking event.
    Event {
        /// Name of the event.
        event: String,
        /// Its new state: planned, open, closed.
        state: String,
    },
    /// Judged a closed event anew, by the policy in force.
    JudgeAgain {
        /// Name of the event.
        event: String,
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
    /// Added phrases to the comment bank, changed or took some away.
    Phrases,
    /// Began, changed or ended interventions.
    Interventions,
    /// Began a new school year: pupils moved up, repeat or left.
    RollOver {
        /// The year that began.
        year: AcademicYear,
    },
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

/// An action as one object, which is how it is read: serde's own way of reading an object that is
/// one of several kinds would weigh a tenth of the program.
#[derive(Deserialize)]
struct FlatAction {
    did: ActionName,
    file: Option<String>,
    new: Option<usize>,
    changed: Option<usize>,
    pack: Option<String>,
    title: Option<String>,
    event: Option<String>,
    state: Option<String>,
    of: Option<Dot>,
    made: Option<Moment>,
    year: Option<AcademicYear>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum ActionName {
    Import,
    SampleSchool,
    OpenFile,
    Restore,
    ChoosePolicy,
    EditPolicy,
    LoadFigures,
    Settings,
    SetTargets,
    TargetState,
    OtherTargets,
    CohortTargets,
    Assessment,
    Marks,
    ClassMean,
    FeedEvent,
    Event,
    JudgeAgain,
    Enter,
    EditPupils,
    EditClasses,
    Phrases,
    Interventions,
    RollOver,
    Decide,
    Undo,
    Redo,
}

impl TryFrom<FlatAction> for Action {
    type Error = &'static str;

    fn try_from(flat: FlatAction) -> Result<Self, Self::Error> {
        let file = flat.file.ok_or("an action without `file`");
        let event = flat.event.ok_or("an action without `event`");
        let state = flat.state.ok_or("an action without `state`");
        let of = flat.of.ok_or("an action without `of`");
        let pack = flat.pack.ok_or("an action without `pack`");
        let title = flat.title.ok_or("an action without `title`");
        Ok(match flat.did {
            ActionName::Import => Action::Import {
                file: file?,
                new: flat.new.ok_or("an import without `new`")?,
                changed: flat.changed.ok_or("an import without `changed`")?,
            },
            ActionName::SampleSchool => Action::SampleSchool,
            ActionName::OpenFile => Action::OpenFile { file: file? },
            ActionName::Restore => Action::Restore {
                file: file?,
                made: flat.made.ok_or("a restoring without `made`")?,
            },
            ActionName::ChoosePolicy => Action::ChoosePolicy { pack: pack? },
            ActionName::EditPolicy => Action::EditPolicy { pack: pack? },
            ActionName::LoadFigures => Action::LoadFigures { file: file? },
            ActionName::Settings => Action::Settings,
            ActionName::SetTargets => Action::SetTargets,
            ActionName::TargetState => Action::TargetState { state: state? },
            ActionName::OtherTargets => Action::OtherTargets,
            ActionName::CohortTargets => Action::CohortTargets,
            ActionName::Assessment => Action::Assessment {
                title: title?,
                state: state?,
            },
            ActionName::Marks => Action::Marks { title: title? },
            ActionName::ClassMean => Action::ClassMean,
            ActionName::FeedEvent => Action::FeedEvent {
                title: title?,
                event: event?,
            },
            ActionName::Event => Action::Event {
                event: event?,
                state: state?,
            },
            ActionName::JudgeAgain => Action::JudgeAgain { event: event? },
            ActionName::Enter => Action::Enter { event: event? },
            ActionName::EditPupils => Action::EditPupils,
            ActionName::EditClasses => Action::EditClasses,
            ActionName::Phrases => Action::Phrases,
            ActionName::Interventions => Action::Interventions,
            ActionName::RollOver => Action::RollOver {
                year: flat.year.ok_or("a roll-over without `year`")?,
            },
            ActionName::Decide => Action::Decide,
            ActionName::Undo => Action::Undo { of: of? },
            ActionName::Redo => Action::Redo { of: of? },
        })
    }
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
    values: Numbered<Value>,
    columns: BTreeMap<ColumnKey, BTreeMap<Id, Written>>,
}

/// What a draft writes to a cell.
#[derive(Debug, Clone)]
enum Written {
    /// One value, by its number in the draft.
    One(u32),
    Several(Box<[Value]>),
}

/// A value that a draft has taken note of, for writing it to many cells; it means nothing to
/// another draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Noted(u32);

impl Draft {
    /// Writes one value. A value of a kind that the field does not hold is not taken.
    pub fn write(&mut self, key: ColumnKey, row: Id, value: Value) {
        if key.field().accepts(&value) && key.is_whole() {
            let number = self.values.number(&value);
            let column = self.columns.entry(key).or_default();
            column.insert(row, Written::One(number));
        }
    }

    /// Takes note of a value, to write it with [`write_column`](Draft::write_column).
    pub fn note(&mut self, value: Value) -> Noted {
        Noted(self.values.number(&value))
    }

    /// The value that was noted; nothing where another draft noted it.
    pub fn noted(&self, noted: Noted) -> Option<&Value> {
        self.values.get(noted.0)
    }

    /// Writes many cells of one column at once, which is several times as fast as one by one. A
    /// value that this draft has not noted, or of a kind that the field does not hold, is not
    /// taken.
    pub fn write_column(&mut self, key: ColumnKey, cells: impl IntoIterator<Item = (Id, Noted)>) {
        if !key.is_whole() {
            return;
        }
        let values = &self.values;
        let fits = |noted: Noted| {
            values
                .get(noted.0)
                .is_some_and(|value| key.field().accepts(value))
        };
        let written: BTreeMap<Id, Written> = cells
            .into_iter()
            .filter(|(_, noted)| fits(*noted))
            .map(|(row, noted)| (row, Written::One(noted.0)))
            .collect();
        if !written.is_empty() {
            self.columns.entry(key).or_default().extend(written);
        }
    }

    /// Writes several values at once: opens a conflict again.
    pub(super) fn write_all(&mut self, key: ColumnKey, row: Id, values: Vec<Value>) {
        let column = self.columns.entry(key).or_default();
        column.insert(row, Written::Several(values.into()));
    }

    /// Adds all writes of another draft, which replace those of this one.
    pub fn extend(&mut self, other: Draft) {
        for (key, cells) in other.columns {
            let column = self.columns.entry(key).or_default();
            for (row, written) in cells {
                let written = match written {
                    Written::One(number) => match other.values.get(number) {
                        Some(value) => Written::One(self.values.number(value)),
                        None => continue,
                    },
                    several => several,
                };
                column.insert(row, written);
            }
        }
    }

    /// How many cells are written.
    pub fn len(&self) -> usize {
        self.columns.values().map(BTreeMap::len).sum()
    }

    /// Whether nothing is written.
    pub fn is_empty(&self) -> bool {
        self.columns.is_empty()
    }

    /// What would be written to a cell, if it is written.
    pub fn value(&self, key: &ColumnKey, row: Id) -> Option<&Value> {
        let written = self.columns.get(key)?.get(&row)?;
        self.written(written).first()
    }

    /// The cells that are written, in order of column and row.
    pub fn cells(&self) -> impl Iterator<Item = (&ColumnKey, Id, &[Value])> {
        self.written_cells()
            .map(|(key, row, written)| (key, row, self.written(written)))
    }

    fn written_cells(&self) -> impl Iterator<Item = (&ColumnKey, Id, &Written)> {
        self.columns.iter().flat_map(|(key, column)| {
            column
                .iter()
                .map(move |(row, written)| (key, *row, written))
        })
    }

    fn written<'a>(&'a self, written: &'a Written) -> &'a [Value] {
        match written {
            Written::One(number) => self.values.get(*number).map_or(&[], core::slice::from_ref),
            Written::Several(values) => values,
        }
    }
}

/// The cells of one column that a step changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepColumn {
    /// Which column.
    pub key: ColumnKey,
    /// Number of the row in the step's list, cell before and cell after.
    #[serde(with = "super::block::step_cells")]
    cells: Vec<(u32, Code, Code)>,
}

impl StepColumn {
    /// Number of the row, cell before and cell after.
    pub(super) fn numbered_cells(&self) -> &[(u32, Code, Code)] {
        &self.cells
    }
}

/// One action of a person.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Step {
    /// Who did what, when and why.
    pub info: StepInfo,
    effect: Effect,
    pool: Pool,
    rows: Vec<Id>,
    columns: Vec<StepColumn>,
    /// Steps of others that the opened file told of: who wrote the values that came with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub brought: Vec<StepInfo>,
    /// What binds it to the step before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) seal: Option<Seal>,
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

    /// Row, cell before and cell after, as codes of the step's pool.
    pub fn cells(&self, column: &StepColumn) -> impl Iterator<Item = (Id, Code, Code)> {
        column.cells.iter().filter_map(|(row, before, after)| {
            let row = self.rows.get(usize::try_from(*row).ok()?)?;
            Some((*row, *before, *after))
        })
    }

    /// The rows that it changed, in the order of their numbers.
    pub(super) fn rows(&self) -> impl Iterator<Item = Id> {
        self.rows.iter().copied()
    }

    /// The step without the cells of a row, and without their values. The row keeps its number.
    pub(super) fn without_cells(&self, row: Id) -> Step {
        let mut pool = Pool::default();
        let mut columns = self.columns.clone();
        for column in &mut columns {
            column.cells.retain(|(number, _, _)| {
                usize::try_from(*number).is_ok_and(|number| self.rows.get(number) != Some(&row))
            });
            for (_, before, after) in &mut column.cells {
                *before = pool.code(&self.pool.cell(*before));
                *after = pool.code(&self.pool.cell(*after));
            }
        }
        columns.retain(|column| !column.cells.is_empty());
        Step {
            pool,
            columns,
            ..self.clone()
        }
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
        let sound =
            step.columns
                .iter()
                .flat_map(|column| &column.cells)
                .all(|(row, before, after)| {
                    usize::try_from(*row).is_ok_and(|row| row < step.rows.len())
                        && step.pool.holds(*before)
                        && step.pool.holds(*after)
                });
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
        let mut builder = Builder::default();
        for (key, row, before, after) in cells {
            let (before, after) = (builder.pool.code(&before), builder.pool.code(&after));
            builder.push(key, row, before, after);
        }
        builder.finish(info, effect)
    }
}

/// A step in the making: rows are numbered as they come.
#[derive(Default)]
struct Builder {
    pool: Pool,
    rows: Vec<Id>,
    numbers: HashMap<Id, u32>,
    columns: BTreeMap<ColumnKey, Vec<(u32, Code, Code)>>,
}

impl Builder {
    fn push(&mut self, key: ColumnKey, row: Id, before: Code, after: Code) {
        let rows = &mut self.rows;
        let number = *self.numbers.entry(row).or_insert_with(|| {
            rows.push(row);
            u32::try_from(rows.len() - 1).unwrap_or(u32::MAX)
        });
        self.columns
            .entry(key)
            .or_default()
            .push((number, before, after));
    }

    fn finish(self, info: StepInfo, effect: Effect) -> Option<Step> {
        if self.columns.is_empty() {
            return None;
        }
        Some(Step {
            info,
            effect,
            pool: self.pool,
            rows: self.rows,
            columns: self
                .columns
                .into_iter()
                .map(|(key, cells)| StepColumn { key, cells })
                .collect(),
            brought: Vec::new(),
            seal: None,
        })
    }
}

impl School {
    /// Makes a step of a draft: only writes that change what a person sees. Nothing where no
    /// write does.
    pub fn step(&self, draft: &Draft, info: StepInfo) -> Option<Step> {
        let dot = info.dot;
        let mut builder = Builder::default();
        // Most cells of an import are new: they share one stamp and need no merging.
        let fresh = builder.pool.stamp(dot, &Context::of([dot]));
        let mut codes: Vec<Option<Code>> = Vec::new();
        let mut carrier = Carrier::new(self.pool());
        let mut over: HashMap<u32, u32> = HashMap::new();
        for (key, row, written) in draft.written_cells() {
            let here = self
                .position(key.field().table(), row)
                .map_or(Code::NEVER, |position| self.code(key, position));
            let values = draft.written(written);
            if here.is_never()
                && let (Written::One(number), [value]) = (written, values)
            {
                if !value.is_blank() {
                    let at = usize::try_from(*number).unwrap_or(0);
                    if at >= codes.len() {
                        codes.resize(at + 1, None);
                    }
                    let code = match codes.get(at).copied().flatten() {
                        Some(code) => code,
                        None => builder.pool.single(fresh, value),
                    };
                    if let Some(place) = codes.get_mut(at) {
                        *place = Some(code);
                    }
                    builder.push(*key, row, Code::NEVER, code);
                }
                continue;
            }
            // A cell of one value that gets another: what it was is carried over, and writers that
            // had seen the same share one stamp.
            if let (Some(now), [value]) = (self.pool().value(here), values) {
                if now != value {
                    let before = carrier.carry(here, &mut builder.pool);
                    let stamp = *over.entry(here.stamp).or_insert_with(|| {
                        let seen = self.pool().single_context(here);
                        builder.pool.stamp(dot, &seen.joined(&Context::of([dot])))
                    });
                    let after = builder.pool.single(stamp, value);
                    builder.push(*key, row, before, after);
                }
                continue;
            }
            let mut wanted: Vec<&Value> = values.iter().collect();
            wanted.sort();
            wanted.dedup();
            if self.pool().visible(here) == wanted {
                continue;
            }
            let before = self.pool().cell(here);
            let after = before.written(dot, values.iter().cloned());
            let (before, after) = (builder.pool.code(&before), builder.pool.code(&after));
            builder.push(*key, row, before, after);
        }
        builder.finish(info, Effect::Join)
    }
}
