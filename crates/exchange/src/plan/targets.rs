//! Where the cells of each column go, and what has to be asked before they can.

use std::collections::BTreeMap;

use flightpath_school::model::scale::{Scale, ScaleSet};
use flightpath_school::model::value::ValueKind;
use flightpath_school::model::{ColumnKey, Field};

use super::values::Reading;
use super::{PlanFrom, Question};
use crate::cells::{self, DateOrder, OrderOfColumn};
use crate::mapping::{BlankMeans, ColumnMapping, NameOrder, ResultKind, Role};

/// Where the cells of one column go.
#[derive(Debug, Clone, Copy)]
pub(super) enum Target<'a> {
    /// Nowhere.
    Nothing,
    /// Nowhere until the user has said more.
    Wanting(Wants),
    /// A column of pupils.
    Pupil {
        key: ColumnKey,
        reading: Reading<'a>,
        /// Whether blank says no.
        blank_is_no: bool,
    },
    FullName(NameOrder),
    /// A result; subject and event may stand in the row.
    Result {
        kind: ResultKind,
        reading: Reading<'a>,
        subject: Option<&'a str>,
        event: Option<&'a str>,
    },
    /// A result whose kind stands in the row.
    NamedKind {
        scale: &'a Scale,
    },
    Class {
        subject: Option<&'a str>,
    },
    Teacher {
        subject: Option<&'a str>,
    },
}

impl Target<'_> {
    /// Whether anything becomes of the cells.
    pub fn takes(&self) -> bool {
        !matches!(self, Target::Nothing | Target::Wanting(_))
    }
}

/// How cells of a result's kind are read.
pub(super) fn reading_of(kind: ResultKind, scale: Option<&Scale>) -> Option<Reading<'_>> {
    match kind.field().kind() {
        ValueKind::Grade => scale.map(Reading::Grade),
        ValueKind::Flag => Some(Reading::Flag),
        _ if kind == ResultKind::Comment => Some(Reading::Comment),
        _ => Some(Reading::Text),
    }
}

/// The scale of a result whose kind stands in its row: grades and attitudes share the column.
pub(super) fn scale_of_kind<'a>(
    kind: ResultKind,
    scale: &'a Scale,
    scales: &'a ScaleSet,
) -> &'a Scale {
    let own = match kind {
        ResultKind::AtlClass | ResultKind::AtlHome => scales.get("atl"),
        ResultKind::SpokenEnglish => scales.get("cefr"),
        _ => None,
    };
    own.unwrap_or(scale)
}

/// What is not known yet of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Wants {
    subject: bool,
    event: bool,
    scale: bool,
}

/// In which order the dates of each column of dates are read, and whether that had to be supposed.
#[derive(Debug, Default)]
pub(super) struct DateOrders(BTreeMap<usize, (DateOrder, Option<Question>)>);

impl DateOrders {
    /// Looks through the columns of dates.
    pub fn of(from: &PlanFrom<'_>) -> DateOrders {
        let columns = from.mapping.columns.iter().enumerate();
        let dates = columns.filter(|(_, column)| column.role == Role::BirthDate);
        DateOrders(
            dates
                .map(|(index, column)| (index, order_of(from, index, column)))
                .collect(),
        )
    }

    /// The order of a column.
    pub fn order(&self, column: usize) -> DateOrder {
        self.0
            .get(&column)
            .map_or(DateOrder::DayMonthYear, |(order, _)| *order)
    }
}

fn order_of(
    from: &PlanFrom<'_>,
    column: usize,
    mapping: &ColumnMapping,
) -> (DateOrder, Option<Question>) {
    if let Some(order) = mapping.dates {
        return (order, None);
    }
    match cells::order_of(from.table.column(column)) {
        OrderOfColumn::Certain(order) => (order, None),
        OrderOfColumn::NoDates => (DateOrder::DayMonthYear, None),
        OrderOfColumn::TwoWays { example } => (
            DateOrder::DayMonthYear,
            Some(Question::AmbiguousDates { column, example }),
        ),
    }
}

/// The targets of all columns. No cell is looked at.
pub(super) fn targets<'a>(from: &PlanFrom<'a>, dates: &DateOrders) -> Vec<Target<'a>> {
    (0..from.table.width())
        .map(|index| match from.mapping.columns.get(index) {
            Some(column) => target(from, index, column, dates),
            None => Target::Nothing,
        })
        .collect()
}

/// What the user has to say before the cells can go to their targets.
pub(super) fn questions(
    from: &PlanFrom<'_>,
    targets: &[Target<'_>],
    dates: &DateOrders,
) -> Vec<Question> {
    let wanting = |wants: fn(&Wants) -> bool| -> Vec<usize> {
        let columns = targets.iter().enumerate();
        columns
            .filter(|(index, target)| {
                matches!(target, Target::Wanting(what) if wants(what)) && !is_blank(from, *index)
            })
            .map(|(index, _)| index)
            .collect()
    };
    let mut questions = Vec::new();
    if !from.mapping.identifies_pupils() && from.mapping.number_rows.is_none() {
        questions.push(Question::NoIdentity);
    }
    let columns = wanting(|wants| wants.subject);
    if !columns.is_empty() {
        questions.push(Question::NoSubject { columns });
    }
    let columns = wanting(|wants| wants.event);
    if !columns.is_empty() {
        questions.push(Question::NoEvent { columns });
    }
    let columns = wanting(|wants| wants.scale);
    if !columns.is_empty() {
        questions.push(Question::NoScale { columns });
    }
    for (index, column) in from.mapping.columns.iter().enumerate() {
        if let Some((_, Some(question))) = dates.0.get(&index) {
            questions.push(question.clone());
        }
        if matches!(column.role, Role::Group(_)) && column.blank.is_none() {
            let cells = from.table.column(index);
            let blanks = cells.filter(|text| cells::is_blank(text)).count();
            if blanks > 0 {
                questions.push(Question::BlankOfGroup {
                    column: index,
                    blanks,
                });
            }
        }
    }
    questions
}

fn is_blank(from: &PlanFrom<'_>, column: usize) -> bool {
    from.table.column(column).all(cells::is_blank)
}

fn named(name: Option<&String>) -> Option<&str> {
    name.map(|name| name.trim()).filter(|name| !name.is_empty())
}

/// The subject of a column: nothing where neither it nor the row names one, and nothing inside
/// where the row does.
fn subject_of<'a>(from: &PlanFrom<'a>, own: Option<&'a String>) -> Option<Option<&'a str>> {
    if from.mapping.column_of(&Role::SubjectName).is_some() {
        // The row's own subject comes before that of the whole file.
        return Some(named(own));
    }
    let subject = named(own).or(named(from.mapping.single_subject.as_ref()));
    subject.map(Some)
}

const NO_SUBJECT: Target<'static> = Target::Wanting(Wants {
    subject: true,
    event: false,
    scale: false,
});
const NO_SCALE: Target<'static> = Target::Wanting(Wants {
    subject: false,
    event: false,
    scale: true,
});

fn target<'a>(
    from: &PlanFrom<'a>,
    index: usize,
    column: &'a ColumnMapping,
    dates: &DateOrders,
) -> Target<'a> {
    let mapping = from.mapping;
    let scale = column.scale.as_deref().and_then(|key| from.scales.get(key));
    match &column.role {
        Role::Ignore | Role::SubjectName | Role::EventName | Role::KindName => Target::Nothing,
        // Surname or forename in columns of their own are better than a whole name.
        Role::FullName(_) if mapping.has(|role| matches!(role, Role::Surname | Role::Forename)) => {
            Target::Nothing
        }
        Role::FullName(order) => Target::FullName(*order),
        Role::Class { subject } => match subject_of(from, subject.as_ref()) {
            Some(subject) => Target::Class { subject },
            None => NO_SUBJECT,
        },
        Role::Teacher { subject } => match subject_of(from, subject.as_ref()) {
            Some(subject) => Target::Teacher { subject },
            None => NO_SUBJECT,
        },
        Role::Result {
            subject,
            kind,
            event,
        } => {
            let event_in_row = mapping.column_of(&Role::EventName).is_some();
            let event = named(event.as_ref()).or(if event_in_row {
                None
            } else {
                named(mapping.default_event.as_ref())
            });
            let event_known = !kind.has_event() || event.is_some() || event_in_row;
            match (subject_of(from, subject.as_ref()), reading_of(*kind, scale)) {
                (Some(subject), Some(reading)) if event_known => Target::Result {
                    kind: *kind,
                    reading,
                    subject,
                    event,
                },
                (subject, reading) => Target::Wanting(Wants {
                    subject: subject.is_none(),
                    event: !event_known,
                    scale: reading.is_none(),
                }),
            }
        }
        Role::ResultOfNamedKind => match (subject_of(from, None), scale) {
            (None, _) => NO_SUBJECT,
            (_, None) => NO_SCALE,
            (Some(_), Some(_)) if mapping.column_of(&Role::KindName).is_none() => Target::Nothing,
            (Some(_), Some(scale)) => Target::NamedKind { scale },
        },
        Role::Prior(measure) if measure.is_grade() && scale.is_none() => NO_SCALE,
        role => {
            let key = role
                .field()
                .and_then(|field| ColumnKey::of(field, Some(from.options.year), None, None));
            match key {
                Some(key) => Target::Pupil {
                    key,
                    reading: reading(from, role, scale, dates.order(index)),
                    blank_is_no: matches!(role, Role::Group(_))
                        && column.blank == Some(BlankMeans::No),
                },
                None => Target::Nothing,
            }
        }
    }
}

/// How the cells of a column of pupils are read.
fn reading<'a>(
    from: &PlanFrom<'a>,
    role: &Role,
    scale: Option<&'a Scale>,
    order: DateOrder,
) -> Reading<'a> {
    match (role, scale) {
        (Role::Upn, _) => Reading::Upn,
        (Role::AdmissionNumber, _) => Reading::AdmissionNumber,
        (Role::BirthDate, _) => Reading::Date {
            order,
            latest_year: from.options.year.0.saturating_add(1),
        },
        (Role::Sex, _) => Reading::Sex,
        (Role::Sen, _) => Reading::Sen,
        (Role::YearGroup, _) => Reading::YearGroup,
        (Role::Group(_), _) => Reading::Flag,
        (Role::Attendance, _) => Reading::Percent,
        (Role::Prior(measure), Some(scale)) if measure.is_grade() => {
            Reading::Assessed(scale, *measure)
        }
        (Role::Prior(measure), _) => Reading::Score(*measure),
        _ => Reading::Text,
    }
}

/// Where the source of a measure is kept.
pub(super) fn source_key(key: &ColumnKey) -> Option<ColumnKey> {
    match key.field() {
        Field::Prior(measure) => Some(ColumnKey::lasting(Field::PriorSource(measure))),
        _ => None,
    }
}
