//! What an import would do, row by row and cell by cell, before it does anything.

mod approval;
mod build;
mod cellwise;
mod identity;
mod problems;
mod targets;
mod things;
mod values;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use flightpath_school::journal::{Draft, School};
use flightpath_school::model::scale::ScaleSet;
use flightpath_school::model::{AcademicYear, CivilDate, ColumnKey, Id, Value};
use flightpath_school::policy::{Party, Policy};

pub use approval::{Given, Guarded};
pub use build::{Planner, plan};
pub use problems::{Problem, ProblemKind, RefusedHeadings};

use crate::mapping::Mapping;
use crate::table::Table;

/// What a plan is made from.
#[derive(Debug, Clone, Copy)]
pub struct PlanFrom<'a> {
    /// The file.
    pub table: &'a Table,
    /// What its columns mean.
    pub mapping: &'a Mapping,
    /// The school as it is.
    pub school: &'a School,
    /// Scales at hand; one that is neither shipped nor stored yet is stored with the import.
    pub scales: &'a ScaleSet,
    /// The policy by which changes of targets may need approval; nothing where the school has none.
    pub policy: Option<&'a Policy>,
    /// What the user chose for this import.
    pub options: &'a PlanOptions,
}

/// What the user chose for one import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanOptions {
    /// The academic year that yearly columns and results are of.
    pub year: AcademicYear,
    /// Where prior attainment comes from, file and date, as it is to be kept; may be empty.
    pub source: String,
    /// Answers about rows whose pupil is not certain, by the number of the row.
    pub answers: BTreeMap<u32, Answer>,
    /// What has been given for changes of targets that the policy guards.
    pub approval: Given,
    /// The day of the import, on which targets are set.
    pub on: CivilDate,
}

/// An answer about whom a row means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Answer {
    /// This pupil or earlier row.
    Same(Candidate),
    /// A pupil who is not in the school yet.
    New,
    /// Nobody: the row is left out.
    LeaveOut,
}

/// Somebody whom a row may mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Candidate {
    /// A pupil of the school.
    Pupil(Id),
    /// The new pupil of an earlier row of the file, by its number.
    Row(u32),
}

/// Why it has to be asked whom a row means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AskWhy {
    /// The admission number is that of a pupil with another UPN.
    OtherUpn,
    /// Name and date of birth are those of a pupil with another admission number.
    OtherAdmissionNumber,
    /// Only the name agrees, and no number tells the two apart.
    NameAlone,
    /// Several pupils agree with the row.
    SeveralFit,
}

/// A key that identifies pupils.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum IdentityKey {
    /// Unique pupil number.
    Upn,
    /// Admission number.
    AdmissionNumber,
    /// Name.
    Name,
    /// Date of birth.
    BirthDate,
}

/// Why a row is refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RowReason {
    /// The row has not as many fields as the header.
    WrongLength {
        /// Fields of the row.
        fields: usize,
        /// Fields of the header.
        expected: usize,
    },
    /// A new pupil without a name.
    NoName,
    /// Not a UPN.
    BadUpn {
        /// Column of the file, from 0.
        column: usize,
        /// What stands there.
        value: String,
    },
    /// An earlier row has the same key, and says otherwise who the pupil is.
    PupilInEarlierRow {
        /// Number of the earlier row.
        row: u32,
        /// The key that both rows have.
        same: IdentityKey,
        /// What differs.
        differs: IdentityKey,
    },
    /// No year group from Nursery to Year 14.
    BadYearGroup {
        /// Column of the file, from 0.
        column: usize,
        /// What stands there.
        value: String,
    },
    /// Nothing in the row says whose it is.
    NoIdentity,
    /// The pupil is not in the school, and the file says too little to add pupils.
    NotInSchool,
    /// A row of results without a subject.
    NoSubject,
    /// A row of results whose kind is not known.
    UnknownKind {
        /// Column of the file, from 0.
        column: usize,
        /// What stands there.
        value: String,
    },
    /// The user left the row out.
    LeftOut,
}

/// Why a cell is refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CellReason {
    /// Outside the range, in the measure's own unit.
    OutOfRange {
        /// Lowest value allowed.
        lowest: i64,
        /// Highest value allowed.
        highest: i64,
    },
    /// Not a number, and no code that may stand for one.
    NotANumber,
    /// No such day, or not a date.
    NotADate,
    /// No grade of the scale.
    NotAGrade {
        /// Key of the scale.
        scale: String,
    },
    /// Neither yes nor no.
    NotAFlag,
    /// Not a sex.
    NotASex,
    /// Not an SEN status.
    NotASenStatus,
    /// Longer than is kept.
    TooLong {
        /// Most characters.
        most: usize,
    },
    /// An earlier row of the file says otherwise for the same pupil.
    OtherInEarlierRow {
        /// Number of the earlier row.
        row: u32,
    },
    /// The policy has a change of this target approved, and what that needs has not been given.
    NeedsApproval {
        /// Whose names are lacking; none where only the reason is.
        by: Vec<Party>,
    },
    /// The row names no class for its teacher.
    NoClass,
    /// The row names no tracking event for its result.
    NoEvent,
}

/// What becomes of a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CellOutcome {
    /// Nothing was known; this will be.
    New(Value),
    /// Something else was known.
    Changed {
        /// What was known.
        from: Value,
        /// What will be known.
        to: Value,
    },
    /// Known already.
    Same,
    /// Blank in the file, so that what is known stays.
    KeptBecauseBlank,
    /// People have written several values that had not seen each other; an import chooses none.
    InConflict {
        /// What stands there.
        among: Vec<Value>,
        /// What the file says.
        file: Value,
    },
    /// Left out, because.
    Refused {
        /// What stands in the file.
        value: String,
        /// Why.
        reason: CellReason,
    },
}

/// A cell of the file and what becomes of it. Blank cells over nothing known are not listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedCell {
    /// Column of the file, from 0.
    pub column: usize,
    /// Where the value goes.
    pub key: ColumnKey,
    /// The row of `key`'s table that the value goes to: the pupil, or a class for its teacher.
    pub row: Id,
    /// What becomes of it.
    pub outcome: CellOutcome,
}

/// What becomes of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowOutcome {
    /// A new pupil.
    New,
    /// A pupil of the school of whom something new is known.
    Changed,
    /// Nothing that was not known.
    Same,
    /// The same as an earlier row, field by field.
    SameAsRow(u32),
    /// Left out, because.
    Refused(RowReason),
    /// Left out until the user says whom it means.
    Ask {
        /// Why.
        why: AskWhy,
        /// Whom it may mean.
        candidates: Vec<Candidate>,
    },
}

/// Something taken as it is, which may be wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Warning {
    /// The check letter of the UPN is wrong.
    UpnCheckLetter {
        /// What it should be.
        expected: char,
    },
    /// Taken as a new pupil, though another one with another UPN has this name and date of birth.
    SameNameAndBirthDate {
        /// The other one.
        other: Candidate,
    },
    /// Another pupil has this admission number.
    AdmissionNumberAlsoOf {
        /// The other one.
        other: Candidate,
    },
    /// A new pupil without a year group.
    NoYearGroup,
    /// The pupil had been taken off the list, or had left, and comes back.
    WasGone,
}

/// Something worth seeing that changes nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Note {
    /// Looks like a formula: kept as text, and neutralised in exports.
    LooksLikeFormula {
        /// Column of the file, from 0.
        column: usize,
    },
    /// A line break inside a field.
    LineBreak {
        /// Column of the file, from 0.
        column: usize,
    },
}

/// A row of the file and what becomes of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedRow {
    /// Number among the rows of data, from 1.
    pub number: u32,
    /// Line of the file, from 1.
    pub line: u32,
    /// The pupil, unless the row is refused or asked about.
    pub pupil: Option<Id>,
    /// What becomes of the row.
    pub outcome: RowOutcome,
    /// What becomes of its cells.
    pub cells: Vec<PlannedCell>,
    /// What may be wrong.
    pub warnings: Vec<Warning>,
    /// What is worth seeing.
    pub notes: Vec<Note>,
}

/// Something that the user has to say about a file before it can be imported well.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Question {
    /// The dates of this column read in two ways; set [`crate::mapping::ColumnMapping::dates`].
    AmbiguousDates {
        /// Column, from 0.
        column: usize,
        /// A date that reads in two ways.
        example: String,
    },
    /// Blank cells of a group: set [`crate::mapping::ColumnMapping::blank`]. Until then they mean
    /// that nothing is known.
    BlankOfGroup {
        /// Column, from 0.
        column: usize,
        /// How many cells are blank.
        blanks: usize,
    },
    /// No column identifies the pupils; set [`Mapping::number_rows`] or a column's role.
    NoIdentity,
    /// Results without a subject; set [`Mapping::single_subject`] or a column's role.
    NoSubject {
        /// Columns, from 0.
        columns: Vec<usize>,
    },
    /// Results without a tracking event; set [`Mapping::default_event`] or a column's role.
    NoEvent {
        /// Columns, from 0.
        columns: Vec<usize>,
    },
    /// Grades without a scale; set [`crate::mapping::ColumnMapping::scale`].
    NoScale {
        /// Columns, from 0.
        columns: Vec<usize>,
    },
}

impl Question {
    /// Whether the import has to wait for the answer.
    pub fn must_be_answered(&self) -> bool {
        !matches!(self, Question::BlankOfGroup { .. })
    }
}

/// How many of everything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Rows of data.
    pub rows: usize,
    /// Rows that make new pupils.
    pub new: usize,
    /// Rows that change pupils of the school, or add to what is known of them.
    pub changed: usize,
    /// Pupils whom it makes; a file may have several rows of one.
    pub new_pupils: usize,
    /// Pupils of the school about whom it changes or adds something.
    pub changed_pupils: usize,
    /// Rows that say nothing new.
    pub same: usize,
    /// Rows refused.
    pub refused: usize,
    /// Rows to be asked about.
    pub ask: usize,
    /// Rows with a cell about which people disagree.
    pub in_conflict: usize,
    /// Cells that were empty and get a value.
    pub cells_new: usize,
    /// Cells whose value changes.
    pub cells_changed: usize,
    /// Cells refused in rows that are not.
    pub cells_refused: usize,
    /// Warnings.
    pub warnings: usize,
    /// Notes.
    pub notes: usize,
}

impl Counts {
    /// Whether an import would write anything about pupils.
    pub fn change_anything(&self) -> bool {
        self.cells_new + self.cells_changed > 0
    }
}

/// What an import would do.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// Every row of data, in the order of the file.
    pub rows: Vec<PlannedRow>,
    /// What the user has to say first.
    pub questions: Vec<Question>,
    /// Subjects that the school does not have yet, with their names.
    pub new_subjects: BTreeMap<Id, String>,
    /// Tracking events that the school does not have yet, with their names.
    pub new_events: BTreeMap<Id, String>,
    /// Classes that the school does not have yet, with their names.
    pub new_classes: BTreeMap<Id, String>,
    /// Changes of targets that the policy guards, whether what they need has been given or not.
    pub guarded: Guarded,
    /// Everything else that is written: names of new subjects, sources, the remembered mapping.
    others: Vec<(ColumnKey, Id, Value)>,
}

impl Plan {
    /// Whether nothing has to be answered first; rows to be asked about are left out if applied.
    pub fn is_ready(&self) -> bool {
        !self.questions.iter().any(Question::must_be_answered)
    }

    /// How many of everything.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts {
            rows: self.rows.len(),
            ..Counts::default()
        };
        let (mut made, mut changed) = (BTreeSet::new(), BTreeSet::new());
        for row in &self.rows {
            match &row.outcome {
                RowOutcome::New => {
                    counts.new += 1;
                    made.extend(row.pupil);
                }
                RowOutcome::Changed => {
                    counts.changed += 1;
                    changed.extend(row.pupil);
                }
                RowOutcome::Same | RowOutcome::SameAsRow(_) => counts.same += 1,
                RowOutcome::Refused(_) => counts.refused += 1,
                RowOutcome::Ask { .. } => counts.ask += 1,
            }
            counts.warnings += row.warnings.len();
            counts.notes += row.notes.len();
            let mut in_conflict = false;
            for cell in &row.cells {
                match &cell.outcome {
                    CellOutcome::New(_) => counts.cells_new += 1,
                    CellOutcome::Changed { .. } => counts.cells_changed += 1,
                    CellOutcome::Refused { .. } => counts.cells_refused += 1,
                    CellOutcome::InConflict { .. } => in_conflict = true,
                    CellOutcome::Same | CellOutcome::KeptBecauseBlank => {}
                }
            }
            counts.in_conflict += usize::from(in_conflict);
        }
        counts.new_pupils = made.len();
        counts.changed_pupils = changed.difference(&made).count();
        counts
    }

    /// Everything that the import writes, for one step.
    pub fn draft(&self) -> Draft {
        let mut draft = Draft::default();
        for (key, row, value) in &self.others {
            draft.write(*key, *row, value.clone());
        }
        for cell in self.rows.iter().flat_map(|row| &row.cells) {
            if let CellOutcome::New(value) | CellOutcome::Changed { to: value, .. } = &cell.outcome
            {
                draft.write(cell.key, cell.row, value.clone());
            }
        }
        draft
    }
}
