//! The plan, made row after row: [`Planner`] is what is known so far, [`Rows`] plans one more.

use std::collections::HashMap;

use flightpath_school::model::scale::ScaleSet;
use flightpath_school::model::upn::{self, UpnCheck};
use flightpath_school::model::{ColumnKey, Field, Id, Value, YearGroup, keys};

use super::identity::{self, Keys, Match, People};
use super::targets::{self, DateOrders, Target};
use super::things::Things;
use super::values;
use super::{
    Answer, CellOutcome, Guarded, Note, Plan, PlanFrom, PlannedRow, Question, RowOutcome,
    RowReason, Warning,
};
use crate::cells;
use crate::csv_out::looks_like_formula;
use crate::mapping::{self, NameOrder, ResultKind, Role};
use crate::table::RowRef;

/// Makes the plan of an import at one go. `fresh` gives an id that nothing has yet, for each new
/// pupil.
pub fn plan(from: &PlanFrom<'_>, fresh: &mut dyn FnMut() -> Id) -> Plan {
    let mut planner = Planner::new(from);
    planner.go_on(from, fresh, &mut || false);
    planner.finish(from)
}

/// A plan on its way, made some rows at a time, so that whoever shows it can do other things in
/// between. All its calls are to be given the same file, mapping, school and choices.
#[derive(Debug)]
pub struct Planner {
    dates: DateOrders,
    questions: Vec<Question>,
    pub(super) columns: Columns,
    people: People,
    pub(super) things: Things,
    /// What rows of the file said so far, with the number of the row.
    pub(super) said: HashMap<Id, Vec<(ColumnKey, Value, u32)>>,
    /// Whole rows, with their number.
    earlier: HashMap<String, u32>,
    rows: Vec<PlannedRow>,
    pub(super) others: Vec<(ColumnKey, Id, Value)>,
    pub(super) guarded: Guarded,
}

impl Planner {
    /// A plan without a row yet.
    pub fn new(from: &PlanFrom<'_>) -> Planner {
        let dates = DateOrders::of(from);
        Planner {
            questions: targets::questions(from, &targets::targets(from, &dates), &dates),
            dates,
            columns: Columns::of(from),
            people: People::of(from.school),
            things: Things::of(from.school, from.options.year),
            said: HashMap::new(),
            earlier: HashMap::new(),
            rows: Vec::with_capacity(from.table.len()),
            others: Vec::new(),
            guarded: Guarded::default(),
        }
    }

    /// Plans row after row until it is enough, which is asked before each; whether there are more.
    /// `fresh` gives an id that nothing has yet, for each new pupil.
    pub fn go_on(
        &mut self,
        from: &PlanFrom<'_>,
        fresh: &mut dyn FnMut() -> Id,
        enough: &mut dyn FnMut() -> bool,
    ) -> bool {
        let targets = targets::targets(from, &self.dates);
        for row in from.table.rows().skip(self.rows.len()) {
            if enough() {
                break;
            }
            let mut rows = Rows {
                from: *from,
                so_far: self,
                fresh,
            };
            let planned = rows.row(row, &targets);
            self.rows.push(planned);
        }
        self.rows.len() < from.table.len()
    }

    /// How many rows are planned.
    pub fn rows(&self) -> usize {
        self.rows.len()
    }

    /// The plan of the rows that were planned.
    pub fn finish(self, from: &PlanFrom<'_>) -> Plan {
        let mut others = self.things.writes();
        others.extend(self.others);
        others.extend(made_scales(from));
        others.extend(from.mapping.to_remember(from.table, from.school));
        Plan {
            rows: self.rows,
            questions: self.questions,
            new_subjects: self.things.new_subjects,
            new_events: self.things.new_events,
            new_classes: self.things.new_classes,
            guarded: self.guarded,
            others,
        }
    }
}

/// Definitions of the scales in use that are neither shipped nor stored.
fn made_scales(from: &PlanFrom<'_>) -> Vec<(ColumnKey, Id, Value)> {
    let shipped = ScaleSet::shipped();
    let key = ColumnKey::lasting(Field::ScaleDefinition);
    let mut made = Vec::new();
    for column in &from.mapping.columns {
        let scale = column.scale.as_deref().and_then(|key| from.scales.get(key));
        let Some(scale) = scale.filter(|scale| shipped.get(scale.key()).is_none()) else {
            continue;
        };
        let row = keys::scale(scale.key());
        let known = made.iter().any(|(_, held, _)| *held == row);
        if known || from.school.text(&key, row).is_some() {
            continue;
        }
        if let Ok(text) = serde_json::to_string(scale.definition()) {
            made.push((key, row, Value::text(&text)));
        }
    }
    made
}

/// Columns that say whom a row means and what it is about.
#[derive(Debug, Clone, Copy)]
pub(super) struct Columns {
    upn: Option<usize>,
    admission: Option<usize>,
    surname: Option<usize>,
    forename: Option<usize>,
    whole_name: Option<(usize, NameOrder)>,
    birth: Option<usize>,
    year_group: Option<usize>,
    pub subject: Option<usize>,
    pub event: Option<usize>,
    kind: Option<usize>,
}

impl Columns {
    fn of(from: &PlanFrom<'_>) -> Columns {
        let column_of = |role| from.mapping.column_of(&role);
        let whole_name = from.mapping.columns.iter().enumerate();
        Columns {
            upn: column_of(Role::Upn),
            admission: column_of(Role::AdmissionNumber),
            surname: column_of(Role::Surname),
            forename: column_of(Role::Forename),
            whole_name: whole_name
                .filter(|_| {
                    let parts = |role: &Role| matches!(role, Role::Surname | Role::Forename);
                    !from.mapping.has(parts)
                })
                .filter_map(|(index, column)| match column.role {
                    Role::FullName(order) => Some((index, order)),
                    _ => None,
                })
                .next(),
            birth: column_of(Role::BirthDate),
            year_group: column_of(Role::YearGroup),
            subject: column_of(Role::SubjectName),
            event: column_of(Role::EventName),
            kind: column_of(Role::KindName),
        }
    }
}

/// A cell of a row, empty where it is blank or there is no such column.
pub(super) fn cell<'a>(row: &RowRef<'a>, column: Option<usize>) -> &'a str {
    column
        .map(|column| row.cell(column))
        .filter(|text| !cells::is_blank(text))
        .unwrap_or("")
}

/// Surname and forename of a whole name.
pub(super) fn split_name(text: &str, order: NameOrder) -> (&str, &str) {
    let (first, second) = match order {
        NameOrder::SurnameFirst => text.split_once(',').unwrap_or((text, "")),
        NameOrder::ForenameFirst => match text.split_once(char::is_whitespace) {
            Some((forename, surname)) => (surname, forename),
            None => ("", text),
        },
    };
    (first.trim(), second.trim())
}

/// Who a row says it is about, when nothing in that is wrong.
struct Identity {
    keys: Keys,
    surname: String,
    warnings: Vec<Warning>,
}

/// Whose row it is.
struct Whose {
    id: Id,
    is_new: bool,
    warnings: Vec<Warning>,
}

/// Plans rows one after another.
pub(super) struct Rows<'a, 's> {
    pub from: PlanFrom<'a>,
    pub so_far: &'s mut Planner,
    fresh: &'s mut dyn FnMut() -> Id,
}

impl<'a> Rows<'a, '_> {
    fn row(&mut self, row: RowRef<'a>, targets: &[Target<'a>]) -> PlannedRow {
        let mut planned = PlannedRow {
            number: row.number(),
            line: row.line(),
            pupil: None,
            outcome: RowOutcome::Same,
            cells: Vec::with_capacity(targets.iter().filter(|target| target.takes()).count()),
            warnings: Vec::new(),
            notes: notes(&row, targets),
        };
        let whole: String = row.fields().flat_map(|field| [field, "\u{1F}"]).collect();
        let numbered = self.from.mapping.number_rows.is_some();
        if let Some(earlier) = self.so_far.earlier.get(&whole).filter(|_| !numbered) {
            planned.outcome = RowOutcome::SameAsRow(*earlier);
            return planned;
        }
        let identity = match self.identity(&row) {
            Ok(identity) => identity,
            Err(reason) => {
                planned.outcome = RowOutcome::Refused(reason);
                return planned;
            }
        };
        if self.so_far.columns.subject.is_some()
            && cell(&row, self.so_far.columns.subject).is_empty()
        {
            planned.outcome = RowOutcome::Refused(RowReason::NoSubject);
            return planned;
        }
        let kind = match self.kind(&row) {
            Ok(kind) => kind,
            Err(reason) => {
                planned.outcome = RowOutcome::Refused(reason);
                return planned;
            }
        };
        let whose = match self.whose(&row, &identity) {
            Ok(whose) => whose,
            Err(outcome) => {
                planned.outcome = outcome;
                return planned;
            }
        };
        self.so_far.earlier.insert(whole, row.number());
        planned.pupil = Some(whose.id);
        planned.warnings = identity.warnings;
        planned.warnings.extend(whose.warnings);
        if let Some(numbering) = self.from.mapping.number_rows.as_ref() {
            let number = self.row_number(&row);
            let surname = format!("{}{number}", numbering.surname);
            let admission = format!("{}{number}", numbering.admission_prefix);
            for (field, named, text) in [
                (
                    Field::AdmissionNumber,
                    self.so_far.columns.admission.is_some(),
                    admission,
                ),
                (Field::Surname, !identity.surname.is_empty(), surname),
            ] {
                let key = ColumnKey::lasting(field);
                if !named && self.from.school.one(&key, whose.id).is_none() {
                    self.so_far.others.push((key, whose.id, Value::text(&text)));
                }
            }
        }
        // A teacher goes to the class, which another column of the row may name.
        for teachers in [false, true] {
            for (index, target) in targets.iter().enumerate() {
                if matches!(target, Target::Teacher { .. }) == teachers {
                    self.cell(&mut planned, &row, index, *target, whose.id, kind);
                }
            }
        }
        planned.cells.sort_by_key(|cell| cell.column);
        let writes = planned.cells.iter().any(|cell| {
            matches!(
                cell.outcome,
                CellOutcome::New(_) | CellOutcome::Changed { .. }
            )
        });
        planned.outcome = match (whose.is_new, writes) {
            (true, _) => RowOutcome::New,
            (false, true) => RowOutcome::Changed,
            (false, false) => RowOutcome::Same,
        };
        planned
    }

    /// The number of a row, with as many digits as that of the last one.
    fn row_number(&self, row: &RowRef<'_>) -> String {
        let digits = self.from.table.len().to_string().len();
        format!("{:0digits$}", row.number())
    }

    /// Whom the row says it is about.
    fn identity(&self, row: &RowRef<'_>) -> Result<Identity, RowReason> {
        let expected = self.from.table.width();
        let extra = (expected..row.len()).any(|column| !row.cell(column).is_empty());
        // Some systems end every row with a delimiter too many, which loses nothing.
        if row.len() < expected || extra {
            return Err(RowReason::WrongLength {
                fields: row.len(),
                expected,
            });
        }
        let mut warnings = Vec::new();
        let upn = cell(row, self.so_far.columns.upn).to_uppercase();
        if let Some(column) = self.so_far.columns.upn.filter(|_| !upn.is_empty()) {
            match upn::check(&upn) {
                UpnCheck::Valid => {}
                UpnCheck::WrongCheckLetter { expected } => {
                    warnings.push(Warning::UpnCheckLetter { expected });
                }
                UpnCheck::Malformed => {
                    return Err(RowReason::BadUpn { column, value: upn });
                }
            }
        }
        let year_group = cell(row, self.so_far.columns.year_group);
        if let Some(column) = self.so_far.columns.year_group
            && !year_group.is_empty()
            && YearGroup::parse(year_group).is_none()
        {
            return Err(RowReason::BadYearGroup {
                column,
                value: year_group.to_owned(),
            });
        }
        let whole_name = self
            .so_far
            .columns
            .whole_name
            .map(|(column, order)| split_name(cell(row, Some(column)), order));
        let (surname, forename) = whole_name.unwrap_or((
            cell(row, self.so_far.columns.surname),
            cell(row, self.so_far.columns.forename),
        ));
        let (surname, forename) = (values::tidy(surname), values::tidy(forename));
        let admission = match (
            &self.from.mapping.number_rows,
            self.so_far.columns.admission,
        ) {
            (Some(numbering), None) => {
                format!("{}{}", numbering.admission_prefix, self.row_number(row))
            }
            _ => cell(row, self.so_far.columns.admission).to_owned(),
        };
        let keys = Keys {
            upn,
            admission: identity::admission_key(&admission),
            name: identity::name_key(&surname, &forename),
            birth: self.birth(row),
        };
        if keys.upn.is_empty() && keys.admission.is_empty() && keys.name.is_empty() {
            let named =
                self.so_far.columns.surname.is_some() || self.so_far.columns.whole_name.is_some();
            return Err(if named {
                RowReason::NoName
            } else {
                RowReason::NoIdentity
            });
        }
        Ok(Identity {
            keys,
            surname,
            warnings,
        })
    }

    fn birth(&self, row: &RowRef<'_>) -> Option<flightpath_school::model::CivilDate> {
        let column = self.so_far.columns.birth?;
        let order = self.so_far.dates.order(column);
        let latest = self.from.options.year.0.saturating_add(1);
        cells::date(row.cell(column), order, latest)
    }

    /// The kind of result that the row names, where kinds stand in rows.
    fn kind(&self, row: &RowRef<'_>) -> Result<Option<ResultKind>, RowReason> {
        let Some(column) = self.so_far.columns.kind else {
            return Ok(None);
        };
        match mapping::result_kind(row.cell(column)) {
            Some(kind) => Ok(Some(kind)),
            None => Err(RowReason::UnknownKind {
                column,
                value: row.cell(column).to_owned(),
            }),
        }
    }

    /// The pupil whom the row means, a new one if need be.
    fn whose(&mut self, row: &RowRef<'_>, identity: &Identity) -> Result<Whose, RowOutcome> {
        let keys = &identity.keys;
        let refused = |reason| Err(RowOutcome::Refused(reason));
        let answer = self.from.options.answers.get(&row.number()).copied();
        let mut warnings = Vec::new();
        let known = match (self.so_far.people.find(keys), answer) {
            (_, Some(Answer::LeaveOut)) => return refused(RowReason::LeftOut),
            (
                Match::Known {
                    place,
                    by,
                    also_admission,
                },
                _,
            ) => {
                if let Some((earlier, differs)) = self.so_far.people.contradiction(place, keys) {
                    return refused(RowReason::PupilInEarlierRow {
                        row: earlier,
                        same: by,
                        differs,
                    });
                }
                let also = also_admission.map(|other| Warning::AdmissionNumberAlsoOf { other });
                warnings.extend(also);
                Some(place)
            }
            (Match::Nobody { twin }, _) => {
                warnings.extend(twin.map(|other| Warning::SameNameAndBirthDate { other }));
                None
            }
            (Match::Ask { .. }, Some(Answer::New)) => None,
            (Match::Ask { why, candidates }, Some(Answer::Same(candidate))) => {
                match self.so_far.people.place_of(candidate) {
                    Some(place) => Some(place),
                    None => return Err(RowOutcome::Ask { why, candidates }),
                }
            }
            (Match::Ask { why, candidates }, None) => {
                return Err(RowOutcome::Ask { why, candidates });
            }
        };
        if let Some(place) = known
            && let Some(id) = self.so_far.people.id(place)
        {
            let gone = ColumnKey::lasting(Field::PupilGone);
            if self.from.mapping.adds_pupils()
                && self.from.school.one(&gone, id) == Some(&Value::Flag(true))
            {
                warnings.push(Warning::WasGone);
                self.so_far.others.push((gone, id, Value::Flag(false)));
            }
            let left = ColumnKey::lasting(Field::LeftAfter);
            let last = self.from.school.one(&left, id).and_then(Value::as_whole);
            if self.from.mapping.adds_pupils()
                && last.is_some_and(|last| last < i64::from(self.from.options.year.0))
            {
                if !warnings.contains(&Warning::WasGone) {
                    warnings.push(Warning::WasGone);
                }
                self.so_far.others.push((left, id, Value::Blank));
            }
            self.so_far.people.saw(place, row.number(), keys.clone());
            return Ok(Whose {
                id,
                is_new: false,
                warnings,
            });
        }
        if !self.from.mapping.adds_pupils() {
            return refused(RowReason::NotInSchool);
        }
        if keys.name.is_empty() && self.from.mapping.number_rows.is_none() {
            return refused(RowReason::NoName);
        }
        let has_year_column = self.so_far.columns.year_group.is_some();
        if has_year_column && cell(row, self.so_far.columns.year_group).is_empty() {
            warnings.push(Warning::NoYearGroup);
        }
        let id = (self.fresh)();
        self.so_far.people.add_row(row.number(), id, keys.clone());
        Ok(Whose {
            id,
            is_new: true,
            warnings,
        })
    }
}

/// What is worth seeing about the fields of a row that are taken over.
fn notes(row: &RowRef<'_>, targets: &[Target<'_>]) -> Vec<Note> {
    let mut notes = Vec::new();
    for (column, target) in targets.iter().enumerate() {
        if !target.takes() {
            continue;
        }
        let text = row.cell(column);
        if looks_like_formula(text) && !cells::is_blank(text) {
            notes.push(Note::LooksLikeFormula { column });
        }
        if text.contains(['\n', '\r']) {
            notes.push(Note::LineBreak { column });
        }
    }
    notes
}
