//! The master tracking file of a subject: what was achieved in earlier years, this year's target, and every assessment and
//! event of this year in the order of their dates, pupil by pupil (`domain.md` section 6).

mod cells;

use std::collections::{BTreeMap, BTreeSet};

use super::calendar::TrackingEvent;
use super::groups::{Class, Subject, takers};
use super::markbook::of_classes;
use super::plain::plain;
use super::pupils::Pupil;
use super::standing::Standing;
use super::targets::target;
use crate::journal::{School, Shown};
use crate::markbook::Assessment;
use crate::model::scale::Position;
use crate::model::{AcademicYear, CivilDate, ColumnKey, Field, Id, Table, Value};
use crate::policy::{Policy, Rag};
use cells::{Reader, Source};

/// What a column of the file holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Held {
    /// The grade achieved in an earlier year.
    Achieved(AcademicYear),
    /// This year's target.
    Target,
    /// The grade of an event that pupils work at, or the one achieved in the year.
    Event(Id),
    /// The forecast of an event.
    Predicted(Id),
    /// The mark of an assessment; the same assessment of several classes is one column.
    Assessment(Vec<Id>),
}

/// A column of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MasterColumn {
    /// What it holds.
    pub held: Held,
    /// Name of the event, title of the assessment; empty where the kind says it all.
    pub title: String,
    /// When it was.
    pub date: Option<CivilDate>,
}

/// What stands in one cell of the file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MasterCell {
    /// As it is written; values that wait for a choice one beside the other.
    pub text: String,
    /// The code that says why there is neither grade nor mark; empty where there is one, or where nobody has said.
    pub code: String,
    /// The mark that counts, in thousandths, where it is a number.
    pub mark: Option<i64>,
    /// The grade that the mark comes to; empty where there are no boundaries.
    pub grade: String,
    /// Where it stands: a grade on its scale, in whole grades, a mark in thousandths. Nothing for what is neither.
    pub rank: Option<i64>,
    /// Its colour beside the target.
    pub rag: Option<Rag>,
}

impl MasterCell {
    /// As it is shown: a mark says little by itself, so its grade stands beside it.
    pub fn shown(&self) -> String {
        if self.grade.is_empty() {
            self.text.clone()
        } else {
            format!("{} ({})", self.text, self.grade)
        }
    }
}

/// A pupil's row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MasterRow {
    /// The pupil.
    pub pupil: Pupil,
    /// The pupil's class; nothing for who is in none.
    pub class: Option<Id>,
    /// Name of the class.
    pub class_name: String,
    /// A cell for each column.
    pub cells: Vec<MasterCell>,
    /// The grades of earlier years and of this year's events, in order: positions on the scale of the last of them.
    pub way: Vec<Position>,
}

/// The master tracking file of a subject.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Master {
    /// Its columns: earlier years, target, then assessments and events by date.
    pub columns: Vec<MasterColumn>,
    /// Its rows, in the order in which the pupils were given.
    pub rows: Vec<MasterRow>,
}

/// An event and how its pupils stood there.
pub type Judged<'a> = (&'a TrackingEvent, Standing);

/// The master tracking file of a subject in a year. `pupils` are those that it shows, `classes` those of the year, `judged` its
/// events in order, each with the standing of these pupils. An assessment that can hold nothing for any of them has no
/// column, and what a teacher keeps for their own eyes is left out.
pub fn master(
    school: &School,
    policy: &Policy,
    year: AcademicYear,
    subject: &Subject,
    pupils: &[Pupil],
    classes: &[Class],
    judged: &[Judged<'_>],
) -> Master {
    let takers = takers(school, year, subject.id);
    let pupils: Vec<&Pupil> = pupils
        .iter()
        .filter(|pupil| takers.contains(pupil.position))
        .collect();
    let own: BTreeMap<Id, &Class> = classes
        .iter()
        .filter(|class| class.subject == subject.id)
        .map(|class| (class.id, class))
        .collect();
    let assessments = of_subject(school, year, subject.id);
    let columns = columns(school, year, subject.id, &pupils, &assessments, judged);
    let sources: Vec<Option<Source<'_>>> = columns
        .iter()
        .map(|column| Source::of(school, year, subject.id, &column.held, &assessments, judged))
        .collect();
    let in_class = school.reading(&ColumnKey::per_subject(Field::Class, year, subject.id));
    let rows = pupils
        .into_iter()
        .map(|pupil| {
            let target = target(school, year, subject, pupil.position);
            let class = in_class.one(pupil.position).and_then(Value::as_reference);
            let reader = Reader {
                policy,
                subject: subject.id,
                pupil,
                class,
                target: &target,
            };
            let cell = |source: &Option<Source<'_>>| {
                let cell = source.as_ref().map(|source| reader.cell(source));
                cell.unwrap_or_default()
            };
            let cells = sources.iter().map(cell).collect();
            let class_name = class
                .and_then(|class| own.get(&class))
                .map(|class| class.name.clone())
                .unwrap_or_default();
            MasterRow {
                pupil: pupil.clone(),
                class,
                class_name,
                cells,
                way: reader.way(&columns, &sources),
            }
        })
        .collect();
    Master { columns, rows }
}

/// The assessments of all classes of a subject, given up or not. What a teacher keeps for their own eyes is left out.
fn of_subject(school: &School, year: AcademicYear, subject: Id) -> Vec<Assessment> {
    let subjects = school.reading(&ColumnKey::lasting(Field::ClassSubject));
    let is_of = |position| subjects.one(position).and_then(Value::as_reference) == Some(subject);
    let classes = school.rows(Table::Classes).iter().enumerate();
    let classes: BTreeSet<Id> = classes
        .filter(|(position, _)| is_of(*position))
        .map(|(_, class)| *class)
        .collect();
    let mut found = of_classes(school, year, |class| classes.contains(&class));
    found.retain(|assessment| !assessment.private);
    found
}

/// The assessments that can hold something for the pupils: those of their classes, and those in which one of them has an
/// entry, as who was moved has in the class before.
fn of_pupils(
    school: &School,
    year: AcademicYear,
    subject: Id,
    pupils: &[&Pupil],
    assessments: &[Assessment],
) -> BTreeSet<Id> {
    let in_class = school.reading(&ColumnKey::per_subject(Field::Class, year, subject));
    let theirs: BTreeSet<Id> = pupils
        .iter()
        .filter_map(|pupil| in_class.one(pupil.position)?.as_reference())
        .collect();
    let mut is_shown = vec![false; school.rows(Table::Pupils).len()];
    for pupil in pupils {
        if let Some(shown) = is_shown.get_mut(pupil.position) {
            *shown = true;
        }
    }
    let has_entry = |assessment: Id| {
        let key = ColumnKey::per_assessment(Field::Mark, year, subject, assessment);
        let marks = school.reading(&key);
        marks.rows().any(|position| {
            is_shown.get(position) == Some(&true) && marks.shown(position) != Shown::Nothing
        })
    };
    let can_hold = |held: &&Assessment| theirs.contains(&held.class) || has_entry(held.id);
    let held = assessments.iter().filter(can_hold);
    held.map(|held| held.id).collect()
}

/// Earlier years in which anybody achieved a grade, the target, then what has a date, by date; what has none comes last.
fn columns(
    school: &School,
    year: AcademicYear,
    subject: Id,
    pupils: &[&Pupil],
    assessments: &[Assessment],
    judged: &[Judged<'_>],
) -> Vec<MasterColumn> {
    let is_used = |key: &ColumnKey| {
        let mut pupils = pupils.iter();
        pupils.any(|pupil| !matches!(school.shown_at(key, pupil.position), Shown::Nothing))
    };
    let mut earlier: Vec<AcademicYear> = school
        .columns()
        .filter(|(key, _)| key.field() == Field::Achieved && key.subject() == Some(subject))
        .filter_map(|(key, _)| key.year())
        .filter(|held| *held < year)
        .filter(|held| is_used(&ColumnKey::per_subject(Field::Achieved, *held, subject)))
        .collect();
    earlier.sort_unstable();
    earlier.dedup();
    let plainly = |held| MasterColumn {
        held,
        title: String::new(),
        date: None,
    };
    let mut columns: Vec<MasterColumn> = earlier
        .into_iter()
        .map(|year| plainly(Held::Achieved(year)))
        .collect();
    columns.push(plainly(Held::Target));
    let mut dated: Vec<MasterColumn> = Vec::new();
    for (event, _) in judged {
        let asks = |field| event.asks().contains(&field);
        let of = |held| MasterColumn {
            held,
            title: event.name.clone(),
            date: event.opens,
        };
        if asks(Field::Current) || asks(Field::Achieved) {
            dated.push(of(Held::Event(event.id)));
        }
        if asks(Field::Predicted) {
            dated.push(of(Held::Predicted(event.id)));
        }
    }
    let mut same: BTreeMap<(String, Option<CivilDate>), usize> = BTreeMap::new();
    for assessment in assessments {
        let key = (plain(&assessment.title), assessment.date);
        match same.get(&key).and_then(|place| dated.get_mut(*place)) {
            Some(MasterColumn {
                held: Held::Assessment(ids),
                ..
            }) => ids.push(assessment.id),
            _ => {
                same.insert(key, dated.len());
                dated.push(MasterColumn {
                    held: Held::Assessment(vec![assessment.id]),
                    title: assessment.title.clone(),
                    date: assessment.date,
                });
            }
        }
    }
    // A column names all its assessments, whoever is shown: it is the same one then, and stays where a person has put it.
    let theirs = of_pupils(school, year, subject, pupils, assessments);
    dated.retain(|column| match &column.held {
        Held::Assessment(ids) => ids.iter().any(|id| theirs.contains(id)),
        _ => true,
    });
    // The sort keeps what has one date as it came: an event's grade before its forecast.
    dated.sort_by_key(|column| (column.date.is_none(), column.date));
    columns.extend(dated);
    columns
}

/// The steps of a way as heights from 0 to 7, the lowest and the highest of it apart as far as that: nothing where there
/// are fewer than two.
pub fn heights(way: &[Position]) -> Vec<u8> {
    let (Some(lowest), Some(highest)) = (way.iter().min(), way.iter().max()) else {
        return Vec::new();
    };
    if way.len() < 2 {
        return Vec::new();
    }
    let span = i64::from((*highest - *lowest).units());
    way.iter()
        .map(|place| {
            let above = i64::from((*place - *lowest).units());
            // A way that stays level is drawn in the middle.
            let height = if span == 0 { 3 } else { above * 7 / span };
            u8::try_from(height).unwrap_or(7)
        })
        .collect()
}
