//! The first guess of a mapping, from headers and values.

use std::collections::{BTreeSet, HashMap};

use flightpath_school::journal::School;
use flightpath_school::model::scale::{Scale, ScaleKind, ScaleSet};
use flightpath_school::model::upn::{self, UpnCheck};
use flightpath_school::model::{ColumnKey, Field, Table as Rows, YearGroup, keys};

use super::{ColumnMapping, Mapping, NameOrder, ResultKind, Role, Sureness, Why, subjects, words};
use crate::cells::{self, DateOrder, OrderOfColumn};
use crate::table::Table;

/// How many values of a column are looked at.
const SAMPLE: usize = 500;
/// Parts in a hundred of the distinct values that must fit a role which values can deny.
const MOST_FIT: usize = 50;

/// What is known besides the file.
#[derive(Debug, Clone, Copy)]
pub struct GuessFrom<'a> {
    /// The school as it is.
    pub school: &'a School,
    /// Scales at hand.
    pub scales: &'a ScaleSet,
    /// Keys of the scales that the policy uses, first choice first; they win where several fit.
    pub preferred: &'a [String],
}

/// Distinct values of a column that are not blank.
fn distinct(table: &Table, column: usize) -> BTreeSet<&str> {
    let mut values = BTreeSet::new();
    for cell in table.column(column) {
        if !cells::is_blank(cell) {
            values.insert(cell);
        }
        if values.len() >= SAMPLE {
            break;
        }
    }
    values
}

/// How many in a hundred values pass a test; nothing where there are no values.
fn share(values: &BTreeSet<&str>, test: impl Fn(&str) -> bool) -> Option<usize> {
    let passed = values.iter().filter(|value| test(value)).count();
    (passed * 100).checked_div(values.len())
}

/// How well values fit a role, in a hundred; nothing where values cannot tell.
fn fit(role: &Role, values: &BTreeSet<&str>) -> Option<usize> {
    match role {
        Role::Upn => share(values, |text| {
            !matches!(upn::check(text), UpnCheck::Malformed)
        }),
        Role::BirthDate => share(values, |text| {
            DateOrder::ALL
                .iter()
                .any(|order| cells::date(text, *order, 2099).is_some())
        }),
        Role::Sex => share(values, |text| cells::sex(text).is_some()),
        Role::Sen => share(values, |text| cells::sen(text).is_some()),
        Role::YearGroup => share(values, |text| YearGroup::parse(text).is_some()),
        Role::Group(_) => share(values, |text| cells::flag(text).is_some()),
        Role::Attendance => share(values, |text| {
            cells::thousandths(text.trim_end_matches(['%', ' ']))
                .is_some_and(|value| (0..=100_000).contains(&value))
        }),
        Role::Prior(measure) if !measure.is_grade() => share(values, |text| {
            cells::thousandths(text).is_some() || measure.code(text).is_some()
        }),
        _ => None,
    }
}

/// The role that values alone speak for: numbers of pupils, and what stands in headerless lists.
fn from_values(values: &BTreeSet<&str>, has_headers: bool) -> Option<Role> {
    if values.len() < 2 {
        return None;
    }
    let nearly_all = |role: &Role| fit(role, values).is_some_and(|share| share >= 90);
    if nearly_all(&Role::Upn) {
        return Some(Role::Upn);
    }
    if has_headers {
        return None;
    }
    if nearly_all(&Role::BirthDate) {
        return Some(Role::BirthDate);
    }
    let says_year =
        |text: &str| YearGroup::parse(text).is_some() && text.to_lowercase().starts_with('y');
    if share(values, says_year).is_some_and(|share| share >= 90) {
        return Some(Role::YearGroup);
    }
    if share(values, |text| text.contains(", ")).is_some_and(|share| share >= 90) {
        return Some(Role::FullName(NameOrder::SurnameFirst));
    }
    values
        .iter()
        .all(|text| matches!(*text, "F" | "M" | "f" | "m"))
        .then_some(Role::Sex)
}

fn guess_column(
    table: &Table,
    column: usize,
    values: &BTreeSet<&str>,
    is_subject: &impl Fn(&str) -> bool,
) -> (ColumnMapping, u8) {
    let header = table.headers.get(column).map_or("", String::as_str);
    let mut mapping = ColumnMapping::default();
    let mut rank = 0;
    match words::read(header, is_subject) {
        Some((role, header_rank)) => {
            rank = header_rank;
            let (why, sure) = match fit(&role, values) {
                None if matches!(&role, Role::Result { .. }) && header_rank > 0 => {
                    (Why::Header, Sureness::Doubtful)
                }
                None => (Why::Header, Sureness::Likely),
                Some(90..) => (Why::HeaderAndValues, Sureness::Certain),
                Some(MOST_FIT..) => (Why::HeaderAndValues, Sureness::Likely),
                Some(_) => (Why::ValuesDoNotFit, Sureness::Doubtful),
            };
            if why != Why::ValuesDoNotFit {
                mapping.role = role;
            }
            mapping.why = why;
            mapping.sure = sure;
        }
        None => {
            if let Some(role) = from_values(values, table.header_line.is_some()) {
                mapping.role = role;
                mapping.why = Why::Values;
                mapping.sure = Sureness::Likely;
            }
        }
    }
    match &mut mapping.role {
        Role::FullName(order) => {
            let commas = share(values, |text| text.contains(','));
            if commas.is_some_and(|share| share < MOST_FIT) {
                *order = NameOrder::ForenameFirst;
            }
        }
        Role::BirthDate => {
            mapping.dates = match cells::order_of(table.column(column)) {
                OrderOfColumn::Certain(order) => Some(order),
                OrderOfColumn::TwoWays { .. } | OrderOfColumn::NoDates => None,
            };
        }
        _ => {}
    }
    (mapping, rank)
}

/// Leaves each role to one column: that with the better header, then the surer, then the first.
fn settle(columns: &mut [(ColumnMapping, u8)]) {
    let mut order: Vec<usize> = (0..columns.len()).collect();
    order.sort_by_key(|index| {
        columns
            .get(*index)
            .map(|(column, rank)| (*rank, core::cmp::Reverse(column.sure), *index))
    });
    let mut taken: HashMap<String, usize> = HashMap::new();
    for index in order {
        let Some((column, _)) = columns.get_mut(index) else {
            continue;
        };
        if !column.role.is_unique() {
            continue;
        }
        // Roles are told apart as they are remembered, so that new ones need nothing here; the
        // order of names makes no second kind of whole name.
        let key = match &column.role {
            Role::FullName(_) => "full-name".to_owned(),
            role => serde_json::to_string(role).unwrap_or_default(),
        };
        match taken.get(&key) {
            Some(holder) => {
                *column = taken_by(*holder);
            }
            None => {
                taken.insert(key, index);
            }
        }
    }
}

/// Scales that only belong to results of some kinds, so that a bare E or G is not taken for one.
fn suits(kind: Option<ResultKind>, key: &str) -> bool {
    let atl = matches!(kind, Some(ResultKind::AtlClass | ResultKind::AtlHome));
    let spoken = kind == Some(ResultKind::SpokenEnglish);
    match key {
        "atl" => atl,
        "cefr" => spoken,
        _ => true,
    }
}

/// Whether marks come into the upper half of a scale of marks: what ends at 19 is out of 20, not
/// out of 100, and 11 of 20 must not become 11 per cent.
fn reaches_up(values: &BTreeSet<&str>, scale: &Scale) -> bool {
    let ScaleKind::Decimal(marks) = &scale.definition().kind else {
        return true;
    };
    let highest = values
        .iter()
        .filter_map(|text| cells::thousandths(text))
        .max();
    highest.is_some_and(|highest| highest * 2 > i64::from(marks.highest) * 1000)
}

/// The scale that most distinct values of a column of this role fit; nothing where no value fits any. Where
/// several fit alike, the scale of the result's kind wins, then the policy's, then the first.
pub fn guess_scale(
    table: &Table,
    column: usize,
    role: &Role,
    from: &GuessFrom<'_>,
) -> Option<String> {
    best_scale(&distinct(table, column), role, from)
}

/// The values that are grades: a code in place of one says nothing of its scale.
fn graded<'a>(values: &BTreeSet<&'a str>, role: &Role) -> BTreeSet<&'a str> {
    let is_code = |text: &str| matches!(role, Role::Prior(measure) if measure.code(text).is_some());
    let all = values.iter().copied();
    all.filter(|text| !is_code(text)).collect()
}

fn best_scale(values: &BTreeSet<&str>, role: &Role, from: &GuessFrom<'_>) -> Option<String> {
    let values = &graded(values, role);
    let kind = match role {
        Role::Result { kind, .. } => Some(*kind),
        _ => None,
    };
    let own = match kind {
        Some(ResultKind::AtlClass | ResultKind::AtlHome) => "atl",
        Some(ResultKind::SpokenEnglish) => "cefr",
        _ => "",
    };
    let mut best: Option<(usize, usize, &str)> = None;
    let fitting = |scale: &&Scale| suits(kind, scale.key()) && reaches_up(values, scale);
    for scale in from.scales.iter().filter(fitting) {
        let share = share(values, |text| scale.parse(text).is_ok()).unwrap_or(0);
        let preferred = from.preferred.iter().position(|key| key == scale.key());
        let rank = if scale.key() == own {
            usize::MAX
        } else {
            preferred.map_or(0, |place| from.preferred.len() - place)
        };
        let better = best.is_none_or(|(most, most_rank, _)| (share, rank) > (most, most_rank));
        if share > 0 && better {
            best = Some((share, rank, scale.key()));
        }
    }
    best.map(|(_, _, key)| key.to_owned())
}

/// Guesses what the columns of a file mean.
pub fn guess(table: &Table, from: &GuessFrom<'_>) -> Mapping {
    let name = ColumnKey::lasting(Field::SubjectName);
    let known: BTreeSet<String> = from
        .school
        .rows(Rows::Subjects)
        .iter()
        .filter_map(|subject| from.school.text(&name, *subject))
        .map(keys::slug)
        .collect();
    let is_subject = |text: &str| {
        let slug = keys::slug(text);
        known.contains(&slug) || subjects::is_common(&slug)
    };
    let values: Vec<BTreeSet<&str>> = (0..table.width())
        .map(|column| distinct(table, column))
        .collect();
    let mut columns: Vec<(ColumnMapping, u8)> = values
        .iter()
        .enumerate()
        .map(|(column, values)| guess_column(table, column, values, &is_subject))
        .collect();
    settle(&mut columns);
    let mut mapping = Mapping {
        columns: columns.into_iter().map(|(column, _)| column).collect(),
        ..Mapping::default()
    };
    settle_names(&mut mapping);
    read_lone_grades(&mut mapping);
    guess_scales(&values, &mut mapping, from);
    mapping.default_event = one_event(&mapping);
    mapping
}

/// Surname and forename are better than a whole name beside them; beside a surname alone, a
/// column called "name" holds forenames.
fn settle_names(mapping: &mut Mapping) {
    let surname = mapping.column_of(&Role::Surname);
    let forename = mapping.column_of(&Role::Forename);
    let has_whole_name = mapping.has(|role| matches!(role, Role::FullName(_)));
    for (index, column) in mapping.columns.iter_mut().enumerate() {
        let whole_name = matches!(column.role, Role::FullName(_));
        match (surname, forename) {
            (Some(holder), Some(_)) if whole_name => *column = taken_by(holder),
            (Some(_), None) if whole_name => {
                column.role = Role::Forename;
                column.sure = Sureness::Doubtful;
            }
            (None, Some(forename)) if has_whole_name && index == forename => {
                *column = ColumnMapping::default();
            }
            _ => {}
        }
    }
}

fn taken_by(holder: usize) -> ColumnMapping {
    ColumnMapping {
        why: Why::RoleTaken(holder),
        ..ColumnMapping::default()
    }
}

/// A column of grades is of the kind that each row names; without such a column, of current ones.
fn read_lone_grades(mapping: &mut Mapping) {
    let names_kind = mapping.has(|role| *role == Role::KindName);
    let has_results = mapping.has(|role| matches!(role, Role::Result { .. }));
    if !mapping.has(|role| *role == Role::ResultOfNamedKind) {
        // A column called "type" says nothing where no column of grades goes by it.
        for column in &mut mapping.columns {
            if column.role == Role::KindName {
                *column = ColumnMapping::default();
            }
        }
        return;
    }
    if names_kind {
        return;
    }
    for column in &mut mapping.columns {
        if column.role == Role::ResultOfNamedKind {
            if has_results {
                *column = ColumnMapping::default();
            } else {
                column.role = Role::Result {
                    subject: None,
                    kind: ResultKind::Current,
                    event: None,
                };
                column.sure = Sureness::Doubtful;
            }
        }
    }
}

fn guess_scales(values: &[BTreeSet<&str>], mapping: &mut Mapping, from: &GuessFrom<'_>) {
    for (column, values) in mapping.columns.iter_mut().zip(values) {
        if !column.role.needs_scale() {
            continue;
        }
        column.scale = best_scale(values, &column.role, from);
        let scale = column.scale.as_deref().and_then(|key| from.scales.get(key));
        let fits = scale.and_then(|scale| {
            share(&graded(values, &column.role), |text| {
                scale.parse(text).is_ok()
            })
        });
        if fits.is_some_and(|share| share >= 90) && column.sure == Sureness::Likely {
            column.why = Why::HeaderAndValues;
            column.sure = Sureness::Certain;
        }
    }
}

/// The only event that the headers name.
fn one_event(mapping: &Mapping) -> Option<String> {
    let named: BTreeSet<&str> = mapping
        .columns
        .iter()
        .filter_map(|column| match &column.role {
            Role::Result { event, .. } => event.as_deref(),
            _ => None,
        })
        .collect();
    match named.into_iter().collect::<Vec<_>>().as_slice() {
        [only] => Some((*only).to_owned()),
        _ => None,
    }
}
