//! What the columns of a master file are read from, and a pupil's cells in them.

use super::{Held, Judged, MasterCell, MasterColumn};
use crate::journal::{Reading, School, Shown};
use crate::markbook::summary::grade_of_mark;
use crate::markbook::{Assessment, Mark, MarkEntry};
use crate::model::scale::{Grade, Position};
use crate::model::{AcademicYear, ColumnKey, Field, Id, Value};
use crate::policy::Policy;
use crate::view::markbook::{MarkCell, MarkColumns, rag_of};
use crate::view::pupils::Pupil;
use crate::view::standing::{Standing, grade_of};
use crate::view::targets::Target;

/// What the cells of a column are read from: each column is looked for once, and not for each pupil.
pub(super) enum Source<'a> {
    /// Where the target's grade stands.
    Target(Reading<'a>),
    /// Where a grade stands.
    Grades(Reading<'a>),
    /// Where the grade of an event stands, where it is said why there is none, and how the pupils stood.
    Event(Reading<'a>, Reading<'a>, &'a Standing),
    /// Marks.
    Marks(Marks<'a>),
}

impl<'a> Source<'a> {
    /// Nothing for an event that is not among those judged.
    pub(super) fn of(
        school: &'a School,
        year: AcademicYear,
        subject: Id,
        held: &Held,
        assessments: &'a [Assessment],
        judged: &'a [Judged<'a>],
    ) -> Option<Source<'a>> {
        let grades = |key| Source::Grades(school.reading(&key));
        Some(match held {
            Held::Achieved(earlier) => {
                grades(ColumnKey::per_subject(Field::Achieved, *earlier, subject))
            }
            Held::Target => {
                let key = ColumnKey::per_subject(Field::Target, year, subject);
                Source::Target(school.reading(&key))
            }
            Held::Event(id) => {
                let (event, standing) = judged.iter().find(|(event, _)| event.id == *id)?;
                let column = |key| school.reading(&key);
                let (grade, code) = (event.grade_column(subject), event.code_column(subject));
                Source::Event(column(grade), column(code), standing)
            }
            Held::Predicted(id) => {
                grades(ColumnKey::per_event(Field::Predicted, year, subject, *id))
            }
            Held::Assessment(ids) => {
                Source::Marks(Marks::of(school, year, subject, ids, assessments))
            }
        })
    }

    /// The grade of a pupil; nothing for a mark.
    fn grade(&self, policy: &Policy, position: usize) -> Option<Grade> {
        match self {
            Source::Target(grades) | Source::Grades(grades) | Source::Event(grades, ..) => {
                grade_of(policy, grades.one(position)?)
            }
            Source::Marks(_) => None,
        }
    }
}

/// The marks of one column: those of all its assessments, found by the pupil.
pub(super) struct Marks<'a> {
    columns: Vec<(&'a Assessment, MarkColumns<'a>)>,
    /// Pupils' rows in which a mark was ever written, each with the place of the assessment, in order.
    written: Vec<(usize, usize)>,
}

impl<'a> Marks<'a> {
    fn of(
        school: &'a School,
        year: AcademicYear,
        subject: Id,
        ids: &[Id],
        assessments: &'a [Assessment],
    ) -> Marks<'a> {
        let columns: Vec<_> = assessments
            .iter()
            .filter(|assessment| ids.contains(&assessment.id))
            .map(|assessment| {
                let columns = MarkColumns::of(school, year, subject, assessment.id);
                (assessment, columns)
            })
            .collect();
        let mut written: Vec<(usize, usize)> = Vec::new();
        for (place, (_, held)) in columns.iter().enumerate() {
            written.extend(held.marked().map(|position| (position, place)));
        }
        written.sort_unstable();
        Marks { columns, written }
    }

    /// The mark of the assessment of the pupil's own class; of another class where there is none, as of who has moved.
    fn of_pupil(&self, position: usize, class: Option<Id>) -> Option<(&'a Assessment, MarkCell)> {
        let from = self.written.partition_point(|(row, _)| *row < position);
        let mut held: Vec<(&Assessment, MarkCell)> = self
            .written
            .iter()
            .skip(from)
            .take_while(|(row, _)| *row == position)
            .filter_map(|(_, place)| self.columns.get(*place))
            .map(|(assessment, columns)| (*assessment, columns.cell(position)))
            .filter(|(_, cell)| cell.entry != MarkEntry::Blank)
            .collect();
        held.sort_by_key(|(assessment, _)| Some(assessment.class) != class);
        held.into_iter().next()
    }
}

/// One pupil, whose cells are read.
pub(super) struct Reader<'a> {
    pub policy: &'a Policy,
    pub subject: Id,
    pub pupil: &'a Pupil,
    pub class: Option<Id>,
    pub target: &'a Target,
}

impl Reader<'_> {
    /// What stands in the pupil's cell of a column.
    pub(super) fn cell(&self, source: &Source<'_>) -> MasterCell {
        let rank = || {
            let grade = source.grade(self.policy, self.pupil.position)?;
            Some(i64::from(grade.lowest().units()))
        };
        match source {
            Source::Marks(marks) => marks
                .of_pupil(self.pupil.position, self.class)
                .map_or_else(MasterCell::default, |(assessment, cell)| {
                    self.mark(assessment, &cell)
                }),
            Source::Target(_) => MasterCell {
                text: self.target.entry.text(),
                rank: rank(),
                ..MasterCell::default()
            },
            Source::Grades(grades) => MasterCell {
                text: written(&grades.shown(self.pupil.position)),
                rank: rank(),
                ..MasterCell::default()
            },
            Source::Event(grades, codes, standing) => {
                let text = written(&grades.shown(self.pupil.position));
                if text.is_empty() {
                    return MasterCell {
                        code: written(&codes.shown(self.pupil.position)),
                        ..MasterCell::default()
                    };
                }
                let outcome = standing.cell(self.pupil.id, self.subject);
                MasterCell {
                    text,
                    rank: rank(),
                    rag: outcome.and_then(|(_, outcome)| outcome.judgement.rag.colour()),
                    ..MasterCell::default()
                }
            }
        }
    }

    fn mark(&self, assessment: &Assessment, cell: &MarkCell) -> MasterCell {
        let (text, code) = match &cell.entry {
            MarkEntry::Blank => Default::default(),
            MarkEntry::Several(values) => {
                let values: Vec<String> = values.iter().map(value_text).collect();
                (values.join(" / "), String::new())
            }
            MarkEntry::Mark(mark) => (mark_text(cell.counting().unwrap_or(mark)), String::new()),
            MarkEntry::Instead(instead) => (String::new(), instead.name().to_owned()),
            MarkEntry::Unknown(code) => (String::new(), code.clone()),
        };
        let grade = cell
            .counting()
            .and_then(|mark| grade_of_mark(assessment, mark));
        let rank = match cell.counting() {
            Some(Mark::Number(thousandths)) => Some(*thousandths),
            Some(Mark::Grade { scale, label }) => self.rank_of(scale, label),
            None => None,
        };
        let rag = grade
            .as_ref()
            .and_then(|(scale, label)| rag_of(self.policy, self.target, scale, label).colour());
        let mark = match cell.counting() {
            Some(Mark::Number(thousandths)) => Some(*thousandths),
            _ => None,
        };
        // A mark that is a grade needs no other beside it.
        let grade = grade.filter(|_| mark.is_some());
        MasterCell {
            text,
            code,
            mark,
            grade: grade
                .map(|(_, label)| label.to_string())
                .unwrap_or_default(),
            rank,
            rag,
        }
    }

    fn rank_of(&self, scale: &str, label: &str) -> Option<i64> {
        let grade = self.policy.scales().get(scale)?.parse(label).ok()?;
        Some(i64::from(grade.lowest().units()))
    }

    /// Grades of earlier years and of events, as far as they are of one scale with the last of them.
    pub(super) fn way(
        &self,
        columns: &[MasterColumn],
        sources: &[Option<Source<'_>>],
    ) -> Vec<Position> {
        let grades: Vec<Grade> = columns
            .iter()
            .zip(sources)
            .filter(|(column, _)| matches!(column.held, Held::Achieved(_) | Held::Event(_)))
            .filter_map(|(_, source)| source.as_ref()?.grade(self.policy, self.pupil.position))
            .collect();
        let Some(last) = grades.last().copied() else {
            return Vec::new();
        };
        grades
            .into_iter()
            .filter(|grade| grade.scale() == last.scale())
            .map(|grade| grade.lowest())
            .collect()
    }
}

fn mark_text(mark: &Mark) -> String {
    match mark {
        Mark::Number(thousandths) => crate::markbook::thousandths_text(*thousandths),
        Mark::Grade { label, .. } => label.clone(),
    }
}

fn written(shown: &Shown<'_>) -> String {
    match shown {
        Shown::Nothing => String::new(),
        Shown::One(value) => value_text(value),
        Shown::Several(values) => {
            let values: Vec<String> = values.iter().map(|value| value_text(value)).collect();
            values.join(" / ")
        }
    }
}

fn value_text(value: &Value) -> String {
    match value {
        Value::Grade(_, label) => label.to_string(),
        Value::Number(thousandths) => crate::markbook::thousandths_text(*thousandths),
        Value::Text(text) | Value::Code(text) => text.to_string(),
        _ => String::new(),
    }
}
