//! Writes of the markbook: assessments, marks and what stands beside them.

use super::assessments;
use crate::journal::{Draft, School, Shown};
use crate::markbook::assessment::MOST_MARKS;
use crate::markbook::{
    AssessmentKind, Boundaries, BoundaryProblem, Instead, Measured, Method, Typed,
};
use crate::model::scale::Scale;
use crate::model::{AcademicYear, CivilDate, ColumnKey, Field, Id, Value};

/// Where an assessment's marks stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The academic year.
    pub year: AcademicYear,
    /// The class's subject.
    pub subject: Id,
    /// The assessment.
    pub assessment: Id,
}

impl Place {
    /// The column of a field of the assessment.
    pub fn column(self, field: Field) -> ColumnKey {
        ColumnKey::per_assessment(field, self.year, self.subject, self.assessment)
    }
}

/// What somebody changes of an assessment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AssessmentEdit {
    /// What it was.
    Title(String),
    /// When it was.
    Date(Option<CivilDate>),
    /// Its kind.
    Kind(AssessmentKind),
    /// The term or category that it is put under.
    Category(String),
    /// What is entered.
    Measured(Measured),
    /// How much it weighs, in thousandths, from nought.
    Weight(i64),
    /// Whether it is for the teacher's own eyes.
    Private(bool),
    /// Its place among the assessments of the class.
    Order(i64),
    /// Its grade boundaries, for the highest mark that is named there.
    Boundaries(Option<Boundaries>),
}

/// Why a change is not written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotWritten {
    /// A title is needed.
    NoTitle,
    /// The highest mark is nought, below it, or beyond what is kept: at most so many, in thousandths.
    BadMost {
        /// The highest that there can be.
        most: i64,
    },
    /// A weight below nought or beyond what is kept, in thousandths.
    BadWeight {
        /// The highest that there can be.
        most: i64,
    },
    /// The boundaries do not hold.
    Boundaries(Vec<BoundaryProblem>),
}

/// The place after the last of a class.
pub fn last_order(school: &School, year: AcademicYear, class: Id) -> i64 {
    let orders = assessments(school, year, class);
    let last = orders.iter().map(|assessment| assessment.order).max();
    last.map_or(0, |last| last.saturating_add(1000))
}

/// Adds an assessment to a class in a row of its own, in its place among the others.
///
/// # Errors
/// [`NotWritten`], where one of the edits does not hold; nothing is written then.
pub fn add(
    draft: &mut Draft,
    year: AcademicYear,
    class: Id,
    id: Id,
    edits: &[AssessmentEdit],
) -> Result<(), NotWritten> {
    let mut own = Draft::default();
    own.write(
        ColumnKey::yearly(Field::AssessmentClass, year),
        id,
        Value::Reference(class),
    );
    for edit in edits {
        change(&mut own, year, id, edit, None)?;
    }
    draft.extend(own);
    Ok(())
}

/// The heaviest that an assessment can be, in thousandths.
const MOST_WEIGHT: i64 = 1_000_000;

/// Changes an assessment. `scale` is that of the boundaries, where these are changed.
///
/// # Errors
/// [`NotWritten`]; nothing is written then.
pub fn change(
    draft: &mut Draft,
    year: AcademicYear,
    id: Id,
    edit: &AssessmentEdit,
    scale: Option<&Scale>,
) -> Result<(), NotWritten> {
    let (field, value) = match edit {
        AssessmentEdit::Title(title) if title.trim().is_empty() => {
            return Err(NotWritten::NoTitle);
        }
        AssessmentEdit::Title(title) => (Field::AssessmentTitle, Value::text(title.trim())),
        AssessmentEdit::Date(date) => (
            Field::AssessmentDate,
            date.map_or(Value::Blank, Value::Date),
        ),
        AssessmentEdit::Kind(kind) => (Field::AssessmentKind, Value::text(kind.name())),
        AssessmentEdit::Category(category) => {
            (Field::AssessmentCategory, Value::text(category.trim()))
        }
        AssessmentEdit::Measured(Measured::Marks { most }) if !(1..=MOST_MARKS).contains(most) => {
            return Err(NotWritten::BadMost { most: MOST_MARKS });
        }
        AssessmentEdit::Measured(measured) => {
            (Field::AssessmentMeasure, Value::text(&measured.text()))
        }
        AssessmentEdit::Weight(weight) if !(0..=MOST_WEIGHT).contains(weight) => {
            return Err(NotWritten::BadWeight { most: MOST_WEIGHT });
        }
        AssessmentEdit::Weight(weight) => (Field::AssessmentWeight, Value::Number(*weight)),
        AssessmentEdit::Private(private) => (Field::AssessmentPrivate, Value::Flag(*private)),
        AssessmentEdit::Order(order) => (Field::AssessmentOrder, Value::Number(*order)),
        AssessmentEdit::Boundaries(None) => (Field::AssessmentBoundaries, Value::Blank),
        AssessmentEdit::Boundaries(Some(boundaries)) => {
            let problems = boundaries.problems(scale);
            if !problems.is_empty() {
                return Err(NotWritten::Boundaries(problems));
            }
            (Field::AssessmentBoundaries, Value::text(&boundaries.text()))
        }
    };
    draft.write(ColumnKey::yearly(field, year), id, value);
    Ok(())
}

/// Takes an assessment away. Its marks stay where they are, so that undoing brings them back.
pub fn remove(draft: &mut Draft, year: AcademicYear, id: Id) {
    let key = ColumnKey::yearly(Field::AssessmentGone, year);
    draft.write(key, id, Value::Flag(true));
}

/// Writes what was typed into a pupil's cell. Nothing is written that stands there already.
pub fn write_mark(draft: &mut Draft, school: &School, place: Place, pupil: Id, typed: &Typed) {
    let (mark, late) = match typed {
        Typed::Cleared => (Value::Blank, false),
        Typed::Mark(mark) => (mark.value(), false),
        Typed::Late(mark) => (
            mark.as_ref().map_or(Value::Blank, |mark| mark.value()),
            true,
        ),
        Typed::Instead(instead) => (Instead::value(*instead), false),
    };
    let late = if late {
        Value::Flag(true)
    } else {
        Value::Blank
    };
    write(draft, school, place.column(Field::Mark), pupil, mark);
    write(draft, school, place.column(Field::MarkLate), pupil, late);
}

/// Writes the mark after moderation. Only a mark or an empty cell can stand there: says whether it did.
pub fn write_moderated(
    draft: &mut Draft,
    school: &School,
    place: Place,
    pupil: Id,
    typed: &Typed,
) -> bool {
    let mark = match typed {
        Typed::Cleared => Value::Blank,
        Typed::Mark(mark) => mark.value(),
        Typed::Late(_) | Typed::Instead(_) => return false,
    };
    write(
        draft,
        school,
        place.column(Field::MarkModerated),
        pupil,
        mark,
    );
    true
}

/// Notes something beside a mark.
pub fn set_note(draft: &mut Draft, school: &School, place: Place, pupil: Id, note: &str) {
    let key = place.column(Field::MarkNote);
    write(draft, school, key, pupil, Value::text(note.trim()));
}

/// Says what a mark rests on: words, or a link.
pub fn set_evidence(draft: &mut Draft, school: &School, place: Place, pupil: Id, evidence: &str) {
    let key = place.column(Field::MarkEvidence);
    write(draft, school, key, pupil, Value::text(evidence.trim()));
}

/// Sets the effort, a grade of the given scale; nothing takes it away. Says whether it is one.
pub fn set_effort(
    draft: &mut Draft,
    school: &School,
    place: Place,
    pupil: Id,
    effort: Option<(&Scale, &str)>,
) -> bool {
    let value = match effort {
        None => Value::Blank,
        Some((scale, label)) => match scale.parse(label) {
            Ok(grade) => Value::grade(scale.key(), &scale.label(grade)),
            Err(_) => return false,
        },
    };
    write(draft, school, place.column(Field::MarkEffort), pupil, value);
    true
}

/// Sets how the marks of a class come to one.
pub fn set_method(draft: &mut Draft, class: Id, method: &Method) {
    let key = ColumnKey::lasting(Field::ClassMean);
    draft.write(key, class, Value::text(&method.text()));
}

fn write(draft: &mut Draft, school: &School, key: ColumnKey, row: Id, value: Value) {
    let same = match school.shown(&key, row) {
        Shown::Nothing => value.is_blank(),
        Shown::One(now) => *now == value,
        Shown::Several(_) => false,
    };
    if !same {
        draft.write(key, row, value);
    }
}
