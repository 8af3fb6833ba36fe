//! Pupils as a list shows them.

use super::order::in_order;
use crate::journal::School;
use crate::model::{AcademicYear, CivilDate, ColumnKey, Field, Id, Table, Value, YearGroup};

/// A pupil in one academic year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pupil {
    /// Identity.
    pub id: Id,
    /// Position of the pupil's row in every column.
    pub position: usize,
    /// Surname.
    pub surname: String,
    /// Preferred forename.
    pub forename: String,
    /// Unique pupil number.
    pub upn: String,
    /// The school's own number.
    pub admission_number: String,
    /// Date of birth.
    pub birth_date: Option<CivilDate>,
    /// Sex as the school's system has it.
    pub sex: String,
    /// Year group.
    pub year_group: Option<YearGroup>,
    /// Form.
    pub form: String,
    /// SEN status: N, K, E or empty.
    pub sen: String,
    /// Pupil premium.
    pub pupil_premium: Option<bool>,
    /// English as an additional language.
    pub eal: Option<bool>,
    /// Free school meals now or in the last six years.
    pub free_meals: Option<bool>,
    /// Looked after.
    pub looked_after: Option<bool>,
    /// Attendance in thousandths of a percent.
    pub attendance: Option<i64>,
}

impl Pupil {
    /// `Surname, Forename`, as lists sort it.
    pub fn name(&self) -> String {
        match (self.surname.is_empty(), self.forename.is_empty()) {
            (false, false) => format!("{}, {}", self.surname, self.forename),
            (false, true) => self.surname.clone(),
            (true, false) => self.forename.clone(),
            (true, true) => self.admission_number.clone(),
        }
    }
}

/// Whether a row of the pupils' table is a pupil to show: someone who has a name or a number and
/// was not taken off the list.
pub fn is_listed(school: &School, position: usize) -> bool {
    let one = |field| {
        school
            .shown_at(&ColumnKey::lasting(field), position)
            .one()
            .is_some()
    };
    let gone = school
        .shown_at(&ColumnKey::lasting(Field::PupilGone), position)
        .one()
        .and_then(Value::as_flag)
        == Some(true);
    let named = [
        Field::Surname,
        Field::Forename,
        Field::Upn,
        Field::AdmissionNumber,
    ]
    .into_iter()
    .any(one);
    named && !gone
}

/// All pupils on the list, by surname and forename.
pub fn pupils(school: &School, year: AcademicYear) -> Vec<Pupil> {
    let pupils: Vec<Pupil> = school
        .rows(Table::Pupils)
        .iter()
        .enumerate()
        .filter(|(position, _)| is_listed(school, *position))
        .map(|(position, id)| at(school, year, position, *id))
        .collect();
    // The separator is below every letter, so that a surname goes before a longer one.
    in_order(pupils, |pupil| {
        let name = format!("{}\0{}", pupil.surname, pupil.forename);
        (name.to_lowercase(), pupil.id)
    })
}

/// One pupil, if on the list.
pub fn pupil(school: &School, year: AcademicYear, id: Id) -> Option<Pupil> {
    let position = school.position(Table::Pupils, id)?;
    is_listed(school, position).then(|| at(school, year, position, id))
}

fn at(school: &School, year: AcademicYear, position: usize, id: Id) -> Pupil {
    let one = |key: ColumnKey| school.shown_at(&key, position).one();
    let text = |key: ColumnKey| {
        one(key)
            .and_then(Value::as_text)
            .unwrap_or_default()
            .to_owned()
    };
    let lasting = ColumnKey::lasting;
    let yearly = |field| ColumnKey::yearly(field, year);
    let flag = |field| one(yearly(field)).and_then(Value::as_flag);
    Pupil {
        id,
        position,
        surname: text(lasting(Field::Surname)),
        forename: text(lasting(Field::Forename)),
        upn: text(lasting(Field::Upn)),
        admission_number: text(lasting(Field::AdmissionNumber)),
        birth_date: one(lasting(Field::BirthDate)).and_then(Value::as_date),
        sex: text(lasting(Field::Sex)),
        year_group: one(yearly(Field::YearGroup))
            .and_then(Value::as_whole)
            .and_then(YearGroup::new),
        form: text(yearly(Field::Form)),
        sen: text(yearly(Field::Sen)),
        pupil_premium: flag(Field::PupilPremium),
        eal: flag(Field::Eal),
        free_meals: flag(Field::FreeMeals),
        looked_after: flag(Field::LookedAfter),
        attendance: one(yearly(Field::Attendance)).and_then(Value::as_thousandths),
    }
}
