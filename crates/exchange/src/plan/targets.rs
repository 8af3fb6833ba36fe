//! Where the cells of each column go, and what has to be asked before they can.

use flightpath_school::model::scale::{Scale, ScaleSet};
use flightpath_school::model::value::ValueKind;
use flightpath_school::model::{ColumnKey, Field, Measure};

use super::values::Reading;
use super::{PlanFrom, Question};
use crate::cells::{self, DateOrder, OrderOfColumn};
use crate::mapping::{BlankMeans, ColumnMapping, NameOrder, ResultKind, Role};

/// Where the cells of one column go.
#[derive(Debug, Clone, Copy)]
pub(super) enum Target<'a> {
    /// Nowhere.
    Nothing,
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

/// The targets of all columns, and the questions.
pub(super) fn targets<'a>(from: &PlanFrom<'a>) -> (Vec<Target<'a>>, Vec<Question>) {
    let mut asked = Asked::default();
    let targets = (0..from.table.width())
        .map(|index| match from.mapping.columns.get(index) {
            Some(column) => target(from, index, column, &mut asked),
            None => Target::Nothing,
        })
        .collect();
    (targets, asked.questions(from))
}

#[derive(Debug, Default)]
struct Asked {
    others: Vec<Question>,
    subject: Vec<usize>,
    event: Vec<usize>,
    scale: Vec<usize>,
}

impl Asked {
    fn questions(self, from: &PlanFrom<'_>) -> Vec<Question> {
        let mut questions = Vec::new();
        if !from.mapping.identifies_pupils() && from.mapping.number_rows.is_none() {
            questions.push(Question::NoIdentity);
        }
        let columns = [
            (
                self.subject,
                Question::NoSubject {
                    columns: Vec::new(),
                },
            ),
            (
                self.event,
                Question::NoEvent {
                    columns: Vec::new(),
                },
            ),
            (
                self.scale,
                Question::NoScale {
                    columns: Vec::new(),
                },
            ),
        ];
        for (found, mut question) in columns {
            if let Question::NoSubject { columns }
            | Question::NoEvent { columns }
            | Question::NoScale { columns } = &mut question
                && !found.is_empty()
            {
                *columns = found;
                questions.push(question);
            }
        }
        questions.extend(self.others);
        questions
    }
}

fn named(name: Option<&String>) -> Option<&str> {
    name.map(|name| name.trim()).filter(|name| !name.is_empty())
}

fn target<'a>(
    from: &PlanFrom<'a>,
    index: usize,
    column: &'a ColumnMapping,
    asked: &mut Asked,
) -> Target<'a> {
    let mapping = from.mapping;
    let blank = || from.table.column(index).all(cells::is_blank);
    let mut subject_of = |own: Option<&'a String>| -> Result<Option<&'a str>, ()> {
        let subject = named(own).or(named(mapping.single_subject.as_ref()));
        let in_row = mapping.column_of(&Role::SubjectName).is_some();
        // The row's own subject comes before that of the whole file.
        let subject = if in_row { named(own) } else { subject };
        if subject.is_none() && !in_row {
            if !blank() {
                asked.subject.push(index);
            }
            return Err(());
        }
        Ok(subject)
    };
    let scale = column.scale.as_deref().and_then(|key| from.scales.get(key));
    match &column.role {
        Role::Ignore | Role::SubjectName | Role::EventName | Role::KindName => Target::Nothing,
        // Surname or forename in columns of their own are better than a whole name.
        Role::FullName(_) if mapping.has(|role| matches!(role, Role::Surname | Role::Forename)) => {
            Target::Nothing
        }
        Role::FullName(order) => Target::FullName(*order),
        Role::Class { subject } => match subject_of(subject.as_ref()) {
            Ok(subject) => Target::Class { subject },
            Err(()) => Target::Nothing,
        },
        Role::Teacher { subject } => match subject_of(subject.as_ref()) {
            Ok(subject) => Target::Teacher { subject },
            Err(()) => Target::Nothing,
        },
        Role::Result {
            subject,
            kind,
            event,
        } => {
            let subject = subject_of(subject.as_ref());
            let event_in_row = mapping.column_of(&Role::EventName).is_some();
            let event = named(event.as_ref()).or(if event_in_row {
                None
            } else {
                named(mapping.default_event.as_ref())
            });
            let event_known = !kind.has_event() || event.is_some() || event_in_row;
            if !event_known && !blank() {
                asked.event.push(index);
            }
            let reading = reading_of(*kind, scale);
            if reading.is_none() && !blank() {
                asked.scale.push(index);
            }
            match (subject, reading) {
                (Ok(subject), Some(reading)) if event_known => Target::Result {
                    kind: *kind,
                    reading,
                    subject,
                    event,
                },
                _ => Target::Nothing,
            }
        }
        Role::ResultOfNamedKind => match (subject_of(None), scale) {
            (Ok(_), Some(scale)) if mapping.column_of(&Role::KindName).is_some() => {
                Target::NamedKind { scale }
            }
            (Ok(_), None) if !blank() => {
                asked.scale.push(index);
                Target::Nothing
            }
            _ => Target::Nothing,
        },
        role => match (role.field(), reading(from, index, column, scale, asked)) {
            (Some(field), Some(reading)) => {
                match ColumnKey::of(field, Some(from.options.year), None, None) {
                    Some(key) => Target::Pupil {
                        key,
                        reading,
                        blank_is_no: matches!(role, Role::Group(_))
                            && column.blank == Some(BlankMeans::No),
                    },
                    None => Target::Nothing,
                }
            }
            _ => Target::Nothing,
        },
    }
}

/// How the cells of a column of pupils are read.
fn reading<'a>(
    from: &PlanFrom<'a>,
    index: usize,
    column: &'a ColumnMapping,
    scale: Option<&'a Scale>,
    asked: &mut Asked,
) -> Option<Reading<'a>> {
    let blanks = || {
        from.table
            .column(index)
            .filter(|text| cells::is_blank(text))
            .count()
    };
    Some(match &column.role {
        Role::Upn => Reading::Upn,
        Role::AdmissionNumber => Reading::AdmissionNumber,
        Role::BirthDate => {
            let order = match (column.dates, cells::order_of(from.table.column(index))) {
                (Some(order), _) => order,
                (None, OrderOfColumn::Certain(order)) => order,
                (None, OrderOfColumn::TwoWays { example }) => {
                    asked.others.push(Question::AmbiguousDates {
                        column: index,
                        example,
                    });
                    DateOrder::DayMonthYear
                }
                (None, OrderOfColumn::NoDates) => DateOrder::DayMonthYear,
            };
            Reading::Date {
                order,
                latest_year: from.options.year.0.saturating_add(1),
            }
        }
        Role::Sex => Reading::Sex,
        Role::Sen => Reading::Sen,
        Role::YearGroup => Reading::YearGroup,
        Role::Group(_) => {
            let blanks = blanks();
            if column.blank.is_none() && blanks > 0 {
                asked.others.push(Question::BlankOfGroup {
                    column: index,
                    blanks,
                });
            }
            Reading::Flag
        }
        Role::Attendance => Reading::Percent,
        Role::Prior(Measure::CatPredictedGcse) => match scale {
            Some(scale) => Reading::Grade(scale),
            None => {
                if blanks() < from.table.len() {
                    asked.scale.push(index);
                }
                return None;
            }
        },
        Role::Prior(measure) => Reading::Score(*measure),
        _ => Reading::Text,
    })
}

/// Where the source of a measure is kept.
pub(super) fn source_key(key: &ColumnKey) -> Option<ColumnKey> {
    match key.field() {
        Field::Prior(measure) => Some(ColumnKey::lasting(Field::PriorSource(measure))),
        _ => None,
    }
}
