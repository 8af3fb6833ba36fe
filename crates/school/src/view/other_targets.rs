//! Targets that are no grades: personal and social skills, attendance, behaviour. A pupil may have several of one kind.

use std::collections::BTreeSet;

use super::facts::Facts;
use super::pupils::Pupil;
use crate::journal::{Draft, School, Shown};
use crate::model::{AcademicYear, CivilDate, ColumnKey, Field, Id, Table, Value};
use crate::policy::{OtherMeasure, OtherTarget};

/// How far such a target has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OtherState {
    /// Written down.
    Set,
    /// Agreed with the pupil.
    Agreed,
    /// Met.
    Met,
    /// Not met by its day.
    Missed,
}

impl OtherState {
    /// All of them, in the order in which they come about.
    pub const ALL: [OtherState; 4] = [
        OtherState::Set,
        OtherState::Agreed,
        OtherState::Met,
        OtherState::Missed,
    ];

    /// The name that files keep.
    pub fn name(self) -> &'static str {
        match self {
            OtherState::Set => "set",
            OtherState::Agreed => "agreed",
            OtherState::Met => "met",
            OtherState::Missed => "missed",
        }
    }

    /// The state of this name.
    pub fn named(name: &str) -> Option<OtherState> {
        OtherState::ALL
            .into_iter()
            .find(|state| state.name() == name)
    }
}

/// One target of one pupil. A cell of which two values wait for a choice reads as empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherTargetRow {
    /// Its row.
    pub id: Id,
    /// Whose it is.
    pub pupil: Id,
    /// Key of its kind in the policy.
    pub kind: String,
    /// What is to be reached.
    pub text: String,
    /// Where the pupil started, in thousandths of the kind's unit.
    pub baseline: Option<i64>,
    /// What is aimed at, in thousandths of the kind's unit.
    pub goal: Option<i64>,
    /// The day by which.
    pub date: Option<CivilDate>,
    /// How the pupil sees it.
    pub own: String,
    /// How the teacher sees it.
    pub teacher: String,
    /// How far it has come.
    pub state: OtherState,
    /// The fields of which two values wait for a choice.
    pub several: Vec<Field>,
}

impl OtherTargetRow {
    /// Whether it says what is to be reached.
    pub fn is_set(&self) -> bool {
        let waits = |field| self.several.contains(&field);
        !self.text.is_empty()
            || self.goal.is_some()
            || waits(Field::OtherText)
            || waits(Field::OtherGoal)
    }
}

/// The fields of a row that somebody fills in.
const FILLED: [Field; 7] = [
    Field::OtherText,
    Field::OtherBaseline,
    Field::OtherGoal,
    Field::OtherDate,
    Field::OtherSelf,
    Field::OtherTeacher,
    Field::OtherState,
];

/// Every such target of a year, in the order in which they were begun.
pub fn other_targets(school: &School, year: AcademicYear) -> Vec<OtherTargetRow> {
    // By their ids, which sort by time, so that every copy of the school has them in one order.
    let ids: BTreeSet<Id> = school.rows(Table::OtherTargets).iter().copied().collect();
    let rows = ids.into_iter();
    rows.filter_map(|id| row(school, year, id)).collect()
}

fn row(school: &School, year: AcademicYear, id: Id) -> Option<OtherTargetRow> {
    let facts = Facts::of(school, id);
    if facts.whole(Field::OtherYear) != Some(i64::from(year.0)) {
        return None;
    }
    Some(OtherTargetRow {
        id,
        pupil: facts.row_of(Field::OtherPupil)?,
        kind: facts.text(Field::OtherKind),
        text: facts.text(Field::OtherText),
        baseline: facts.thousandths(Field::OtherBaseline),
        goal: facts.thousandths(Field::OtherGoal),
        date: facts.date(Field::OtherDate),
        own: facts.text(Field::OtherSelf),
        teacher: facts.text(Field::OtherTeacher),
        state: OtherState::named(&facts.text(Field::OtherState)).unwrap_or(OtherState::Set),
        several: facts.several(&FILLED),
    })
}

/// The pupils who have no target of a kind.
pub fn without<'a>(
    kind: &'a OtherTarget,
    pupils: &'a [Pupil],
    rows: &[OtherTargetRow],
) -> impl Iterator<Item = &'a Pupil> + use<'a> {
    let have: BTreeSet<Id> = rows
        .iter()
        .filter(|row| row.kind == kind.key && row.is_set())
        .map(|row| row.pupil)
        .collect();
    pupils.iter().filter(move |pupil| !have.contains(&pupil.id))
}

/// What somebody fills in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OtherEdit {
    /// What is to be reached.
    Text(String),
    /// Where the pupil started, in thousandths.
    Baseline(Option<i64>),
    /// What is aimed at, in thousandths.
    Goal(Option<i64>),
    /// The day by which.
    Date(Option<CivilDate>),
    /// How the pupil sees it.
    Own(String),
    /// How the teacher sees it.
    Teacher(String),
    /// How far it has come.
    State(OtherState),
}

/// Why a number is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotTaken {
    /// The kind is told in words alone.
    NotMeasured,
    /// It lies outside of what there is of the unit.
    OutOfRange {
        /// The smallest, in thousandths.
        lowest: i64,
        /// The largest, in thousandths.
        highest: i64,
    },
}

/// No school counts further.
const MOST: i64 = 1_000_000_000;

/// Whether a kind takes a number, in thousandths of its unit.
///
/// # Errors
/// [`NotTaken`], with the range where the number lies outside of it.
pub fn takes(kind: &OtherTarget, thousandths: i64) -> Result<(), NotTaken> {
    let highest = match kind.measured_in {
        OtherMeasure::Words => return Err(NotTaken::NotMeasured),
        OtherMeasure::Percent => 100_000,
        OtherMeasure::Count => MOST,
    };
    if (0..=highest).contains(&thousandths) {
        Ok(())
    } else {
        Err(NotTaken::OutOfRange { lowest: 0, highest })
    }
}

/// Begins a target of a pupil in a row of its own.
pub fn begin(draft: &mut Draft, year: AcademicYear, kind: &OtherTarget, pupil: Id, id: Id) {
    let mut write = |field, value| draft.write(ColumnKey::lasting(field), id, value);
    write(Field::OtherPupil, Value::Reference(pupil));
    write(Field::OtherYear, Value::whole(i64::from(year.0)));
    write(Field::OtherKind, Value::text(&kind.key));
}

/// Fills something in.
///
/// # Errors
/// [`NotTaken`], where it is a number that the kind does not take; nothing is written then.
pub fn fill_in(
    draft: &mut Draft,
    kind: &OtherTarget,
    id: Id,
    edit: &OtherEdit,
) -> Result<(), NotTaken> {
    let words = |text: &String| Value::text(text.trim());
    let number = |thousandths: &Option<i64>| match thousandths {
        Some(thousandths) => takes(kind, *thousandths).map(|()| Value::Number(*thousandths)),
        None => Ok(Value::Blank),
    };
    let (field, value) = match edit {
        OtherEdit::Text(text) => (Field::OtherText, words(text)),
        OtherEdit::Baseline(baseline) => (Field::OtherBaseline, number(baseline)?),
        OtherEdit::Goal(goal) => (Field::OtherGoal, number(goal)?),
        OtherEdit::Date(date) => (Field::OtherDate, date.map_or(Value::Blank, Value::Date)),
        OtherEdit::Own(text) => (Field::OtherSelf, words(text)),
        OtherEdit::Teacher(text) => (Field::OtherTeacher, words(text)),
        OtherEdit::State(state) => (Field::OtherState, Value::text(state.name())),
    };
    draft.write(ColumnKey::lasting(field), id, value);
    Ok(())
}

/// Agrees a target that is set and has come no further. Says whether it did.
pub fn agree(draft: &mut Draft, row: &OtherTargetRow) -> bool {
    let can = row.is_set() && row.state == OtherState::Set;
    if can {
        let agreed = Value::text(OtherState::Agreed.name());
        draft.write(ColumnKey::lasting(Field::OtherState), row.id, agreed);
    }
    can
}

/// Takes a target away: its row is nobody's any more. What it said stays in the history.
pub fn take_away(draft: &mut Draft, school: &School, id: Id) {
    let rest = [Field::OtherPupil, Field::OtherYear, Field::OtherKind];
    for field in FILLED.into_iter().chain(rest) {
        let key = ColumnKey::lasting(field);
        if school.shown(&key, id) != Shown::Nothing {
            draft.write(key, id, Value::Blank);
        }
    }
}

/// Whether a goal is reached by what the pupil has come to; nothing where either is not known.
pub fn reaches(now: Option<i64>, goal: Option<i64>) -> Option<bool> {
    Some(now? >= goal?)
}
