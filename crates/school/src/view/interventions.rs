//! Interventions: what is done for a pupil beyond teaching, in one subject or as a whole, from the day on which it
//! begins until somebody ends it.

use super::facts::Facts;
use crate::journal::{Draft, School, Shown};
use crate::model::{AcademicYear, CivilDate, ColumnKey, Field, Id, Table, Value};

/// How much an intervention obliges to: 1 a talk with the pupil, 2 extra work and parents told, 3 help one to one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Level(u8);

impl Level {
    /// All levels.
    pub const ALL: [Level; 3] = [Level(1), Level(2), Level(3)];

    /// The level of a number, if there is such a level.
    pub fn new(number: i64) -> Option<Level> {
        let mut all = Level::ALL.into_iter();
        all.find(|level| i64::from(level.0) == number)
    }

    /// Its number.
    pub fn number(self) -> u8 {
        self.0
    }
}

/// One intervention. A cell of which two values wait for a choice reads as empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Intervention {
    /// Its row.
    pub id: Id,
    /// Whom it is for.
    pub pupil: Id,
    /// The subject that it is in; nothing where it is for the pupil as a whole.
    pub subject: Option<Id>,
    /// The day on which it began.
    pub begun: CivilDate,
    /// Its level.
    pub level: Option<Level>,
    /// Why it is needed.
    pub reason: String,
    /// What is done.
    pub plan: String,
    /// The day on which it ended; nothing while it goes on.
    pub finished: Option<CivilDate>,
    /// The fields of which two values wait for a choice.
    pub several: Vec<Field>,
}

impl Intervention {
    /// Whether it goes on. While two people disagree about its end it does.
    pub fn is_open(&self) -> bool {
        self.finished.is_none()
    }

    /// Whether it is to be seen beside a pupil in a subject: what is for the pupil as a whole is seen in every one.
    pub fn concerns(&self, pupil: Id, subject: Id) -> bool {
        self.pupil == pupil && self.subject.is_none_or(|own| own == subject)
    }

    /// Whether it belongs to an academic year: it began by then and had not ended before.
    fn is_of(&self, year: AcademicYear) -> bool {
        let last = self.finished.map(AcademicYear::of);
        AcademicYear::of(self.begun) <= year && last.is_none_or(|last| last >= year)
    }
}

/// The fields of a row that somebody fills in.
const FILLED: [Field; 5] = [
    Field::InterventionBegun,
    Field::InterventionLevel,
    Field::InterventionReason,
    Field::InterventionPlan,
    Field::InterventionFinished,
];

/// The interventions of a year, those that go on first, then the latest first.
pub fn interventions(school: &School, year: AcademicYear) -> Vec<Intervention> {
    let rows = school.rows(Table::Interventions).iter();
    let rows = rows.filter_map(|id| intervention(school, *id));
    let mut found: Vec<Intervention> = rows.filter(|held| held.is_of(year)).collect();
    found.sort_by_key(|held| {
        let latest = core::cmp::Reverse((held.finished, held.begun, held.id));
        (!held.is_open(), latest)
    });
    found
}

/// One intervention.
pub fn intervention(school: &School, id: Id) -> Option<Intervention> {
    let facts = Facts::of(school, id);
    let several = facts.several(&FILLED);
    Some(Intervention {
        id,
        pupil: facts.row_of(Field::InterventionPupil)?,
        subject: facts.row_of(Field::InterventionSubject),
        begun: facts.date(Field::InterventionBegun).or_else(|| {
            // Two days on which it may have begun do not make it unseen: the earlier one counts until one is chosen.
            let key = ColumnKey::lasting(Field::InterventionBegun);
            match school.shown(&key, id) {
                Shown::Several(values) => values.into_iter().filter_map(Value::as_date).min(),
                _ => None,
            }
        })?,
        level: facts.whole(Field::InterventionLevel).and_then(Level::new),
        reason: facts.text(Field::InterventionReason),
        plan: facts.text(Field::InterventionPlan),
        finished: facts.date(Field::InterventionFinished),
        several,
    })
}

/// What somebody fills in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InterventionEdit {
    /// The day on which it began.
    Begun(CivilDate),
    /// Its level.
    Level(Option<Level>),
    /// Why it is needed.
    Reason(String),
    /// What is done.
    Plan(String),
    /// The day on which it ended; nothing where it goes on after all.
    Finished(Option<CivilDate>),
}

/// Begins an intervention in a row of its own.
pub fn begin(draft: &mut Draft, id: Id, pupil: Id, subject: Option<Id>, day: CivilDate) {
    let mut write = |field, value| draft.write(ColumnKey::lasting(field), id, value);
    write(Field::InterventionPupil, Value::Reference(pupil));
    if let Some(subject) = subject {
        write(Field::InterventionSubject, Value::Reference(subject));
    }
    write(Field::InterventionBegun, Value::Date(day));
}

/// It ended before it began.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EndsBeforeItBegins;

/// Fills something in.
///
/// # Errors
/// [`EndsBeforeItBegins`]; nothing is written then.
pub fn fill_in(
    draft: &mut Draft,
    held: &Intervention,
    edit: &InterventionEdit,
) -> Result<(), EndsBeforeItBegins> {
    let words = |text: &String| Value::text(text.trim());
    let (begun, finished) = match edit {
        InterventionEdit::Begun(day) => (*day, held.finished),
        InterventionEdit::Finished(day) => (held.begun, *day),
        _ => (held.begun, None),
    };
    if finished.is_some_and(|finished| finished < begun) {
        return Err(EndsBeforeItBegins);
    }
    let (field, value) = match edit {
        InterventionEdit::Begun(day) => (Field::InterventionBegun, Value::Date(*day)),
        InterventionEdit::Level(level) => {
            let number = level.map(|level| Value::whole(i64::from(level.number())));
            (Field::InterventionLevel, number.unwrap_or(Value::Blank))
        }
        InterventionEdit::Reason(text) => (Field::InterventionReason, words(text)),
        InterventionEdit::Plan(text) => (Field::InterventionPlan, words(text)),
        InterventionEdit::Finished(day) => (
            Field::InterventionFinished,
            day.map_or(Value::Blank, Value::Date),
        ),
    };
    draft.write(ColumnKey::lasting(field), held.id, value);
    Ok(())
}

/// Takes an intervention away that was begun by mistake. What it said stays in the history.
pub fn take_away(draft: &mut Draft, school: &School, id: Id) {
    let rest = [Field::InterventionPupil, Field::InterventionSubject];
    for field in FILLED.into_iter().chain(rest) {
        let key = ColumnKey::lasting(field);
        if school.shown(&key, id) != Shown::Nothing {
            draft.write(key, id, Value::Blank);
        }
    }
}
