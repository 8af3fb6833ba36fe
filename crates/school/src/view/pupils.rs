//! Pupils as a list shows them.

use super::order::in_order;
use super::plain::plain;
use crate::journal::{Reading, School};
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
    /// The last academic year in which the pupil was here, of who has left.
    pub left_after: Option<AcademicYear>,
}

impl Pupil {
    /// The SEN status where there is one: nothing for who has none, or of whom it is not known.
    pub fn sen_support(&self) -> &str {
        match self.sen.as_str() {
            "N" => "",
            sen => sen,
        }
    }

    /// Whether the pupil had left before a year began. Who is in a year group there came back.
    pub fn had_left(&self, year: AcademicYear) -> bool {
        self.year_group.is_none() && self.left_after.is_some_and(|last| last < year)
    }

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

/// The columns that say who is on the list.
struct ListColumns<'a> {
    gone: Reading<'a>,
    surname: Reading<'a>,
    forename: Reading<'a>,
    upn: Reading<'a>,
    admission_number: Reading<'a>,
}

impl<'a> ListColumns<'a> {
    fn of(school: &'a School) -> ListColumns<'a> {
        let lasting = |field| school.reading(&ColumnKey::lasting(field));
        ListColumns {
            gone: lasting(Field::PupilGone),
            surname: lasting(Field::Surname),
            forename: lasting(Field::Forename),
            upn: lasting(Field::Upn),
            admission_number: lasting(Field::AdmissionNumber),
        }
    }

    /// Whether a row of the pupils' table is a pupil to show: someone who has a name or a number and
    /// was not taken off the list.
    fn hold(&self, position: usize) -> bool {
        let gone = self.gone.one(position).and_then(Value::as_flag) == Some(true);
        let named = [self.surname, self.forename, self.upn, self.admission_number]
            .into_iter()
            .any(|column| column.one(position).is_some());
        named && !gone
    }
}

/// The columns that pupils are read from, looked up once for all of them.
struct PupilColumns<'a> {
    list: ListColumns<'a>,
    birth_date: Reading<'a>,
    sex: Reading<'a>,
    year_group: Reading<'a>,
    form: Reading<'a>,
    sen: Reading<'a>,
    pupil_premium: Reading<'a>,
    eal: Reading<'a>,
    free_meals: Reading<'a>,
    looked_after: Reading<'a>,
    attendance: Reading<'a>,
    left_after: Reading<'a>,
}

impl<'a> PupilColumns<'a> {
    /// Those that hold for a year are of this year.
    fn of(school: &'a School, year: AcademicYear) -> PupilColumns<'a> {
        let lasting = |field| school.reading(&ColumnKey::lasting(field));
        let yearly = |field| school.reading(&ColumnKey::yearly(field, year));
        PupilColumns {
            list: ListColumns::of(school),
            birth_date: lasting(Field::BirthDate),
            sex: lasting(Field::Sex),
            year_group: yearly(Field::YearGroup),
            form: yearly(Field::Form),
            sen: yearly(Field::Sen),
            pupil_premium: yearly(Field::PupilPremium),
            eal: yearly(Field::Eal),
            free_meals: yearly(Field::FreeMeals),
            looked_after: yearly(Field::LookedAfter),
            attendance: yearly(Field::Attendance),
            left_after: lasting(Field::LeftAfter),
        }
    }

    fn pupil(&self, position: usize, id: Id) -> Pupil {
        let text = |column: Reading<'_>| {
            column
                .one(position)
                .and_then(Value::as_text)
                .unwrap_or_default()
                .to_owned()
        };
        let flag = |column: Reading<'_>| column.one(position).and_then(Value::as_flag);
        Pupil {
            id,
            position,
            surname: text(self.list.surname),
            forename: text(self.list.forename),
            upn: text(self.list.upn),
            admission_number: text(self.list.admission_number),
            birth_date: self.birth_date.one(position).and_then(Value::as_date),
            sex: text(self.sex),
            year_group: self
                .year_group
                .one(position)
                .and_then(Value::as_whole)
                .and_then(YearGroup::new),
            form: text(self.form),
            sen: text(self.sen),
            pupil_premium: flag(self.pupil_premium),
            eal: flag(self.eal),
            free_meals: flag(self.free_meals),
            looked_after: flag(self.looked_after),
            attendance: self
                .attendance
                .one(position)
                .and_then(Value::as_thousandths),
            left_after: self
                .left_after
                .one(position)
                .and_then(Value::as_whole)
                .and_then(|year| u16::try_from(year).ok())
                .map(AcademicYear),
        }
    }
}

/// All pupils on the list, by surname and forename.
pub fn pupils(school: &School, year: AcademicYear) -> Vec<Pupil> {
    let columns = PupilColumns::of(school, year);
    let pupils: Vec<Pupil> = school
        .rows(Table::Pupils)
        .iter()
        .enumerate()
        .filter(|(position, _)| columns.list.hold(*position))
        .map(|(position, id)| columns.pupil(position, *id))
        .collect();
    // The separator is below every letter, so that a surname goes before a longer one.
    in_order(pupils, |pupil| {
        let name = format!("{}\0{}", pupil.surname, pupil.forename);
        (plain(&name), pupil.id)
    })
}

/// How many pupils are on the list.
pub fn count(school: &School) -> usize {
    let list = ListColumns::of(school);
    let rows = 0..school.rows(Table::Pupils).len();
    rows.filter(|position| list.hold(*position)).count()
}

/// One pupil, if on the list.
pub fn pupil(school: &School, year: AcademicYear, id: Id) -> Option<Pupil> {
    let position = school.position(Table::Pupils, id)?;
    let columns = PupilColumns::of(school, year);
    columns
        .list
        .hold(position)
        .then(|| columns.pupil(position, id))
}
