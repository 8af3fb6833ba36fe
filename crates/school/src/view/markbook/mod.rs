//! The markbook of a class: its pupils down, its assessments across.

mod brought;
mod edit;
mod feeding;
mod moderation;

use std::collections::BTreeMap;

pub use brought::Brought;
pub use edit::{
    AssessmentEdit, NotWritten, Place, add, change, last_order, remove, set_effort, set_evidence,
    set_method, set_note, write_mark, write_moderated,
};
pub use feeding::{Fed, Feed, Feeding, NotFed, Other, WhyNotFed, feed, write_feed};
pub use moderation::{ModerationRow, moderation, move_moderated, of_the_same};

use super::calendar::TrackingEvent;
use super::groups::{Class, Subject};
use super::interventions::{Intervention, interventions};
use super::plain;
use super::pupils::Pupil;
use super::standing::{Standing, grade_of};
use super::targets::{Target, target};
use crate::engine::status::{Cell, EventTerms, GradeEntry, RagOutcome, Setting, judge};
use crate::journal::{Reading, School, Shown};
use crate::markbook::assessment::USUAL_WEIGHT;
use crate::markbook::share::{counting, share};
use crate::markbook::summary::grade_of_mark;
use crate::markbook::{
    Assessment, AssessmentKind, Boundaries, Mark, MarkEntry, Mean, Measured, Method, RagShares,
    Sheet, Spread, Summary, WhyLeftOut, means, means_by_category, summary,
};
use crate::model::scale::ScaleSet;
use crate::model::{AcademicYear, ColumnKey, Field, Id, Table, Value};
use crate::policy::Policy;

/// What stands in the cells of one pupil and assessment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MarkCell {
    /// The mark, or what stands instead.
    pub entry: MarkEntry,
    /// Whether it was handed in late.
    pub late: bool,
    /// What the teacher notes beside it.
    pub note: String,
    /// Effort, apart from attainment: key of the scale and label.
    pub effort: Option<(String, String)>,
    /// The mark after moderation, whether or not it counts.
    pub moderated: MarkEntry,
    /// What the mark rests on.
    pub evidence: String,
    /// The fields of which two values wait for a choice.
    pub several: Vec<Field>,
}

/// How a pupil stood at the last event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastStanding {
    /// The current grade's label; empty where there is none to show.
    pub current: String,
    /// Its colour, with what that rests on.
    pub rag: RagOutcome,
}

/// A pupil's row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarkbookRow {
    /// The pupil, with SEN status and groups.
    pub pupil: Pupil,
    /// The target in the subject.
    pub target: Target,
    /// What is done for the pupil beyond teaching, in the subject or as a whole, and goes on.
    pub interventions: Vec<Intervention>,
    /// How the pupil stood at the last event; nothing where nothing is known of it there.
    pub last: Option<LastStanding>,
    /// A cell for each assessment, in their order.
    pub cells: Vec<MarkCell>,
    /// A cell for each assessment that was brought along, in their order.
    pub brought: Vec<MarkCell>,
}

/// The markbook of a class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Markbook {
    /// The academic year.
    pub year: AcademicYear,
    /// The class.
    pub class: Class,
    /// Its assessments in order.
    pub assessments: Vec<Assessment>,
    /// Assessments of other classes of the subject in which its pupils have entries, by date.
    pub brought: Vec<Brought>,
    /// The own assessments' weights' sum, in thousandths.
    pub weights: i64,
    /// How the marks come to one.
    pub method: Method,
    /// Its pupils, in the order in which they were given.
    pub rows: Vec<MarkbookRow>,
}

/// The assessments that a teacher puts under one term or category.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Category {
    /// Its name; empty for the assessments that are under none.
    pub name: String,
    /// How many assessments are under it.
    pub assessments: usize,
    /// Their weights' sum, in thousandths.
    pub weights: i64,
}

/// The assessments of a class, in order.
pub fn assessments(school: &School, year: AcademicYear, class: Id) -> Vec<Assessment> {
    of_classes(school, year, |of| of == class)
}

/// The assessments of some classes, class by class. Others are not read: their boundaries take longest.
pub(in crate::view) fn of_classes(
    school: &School,
    year: AcademicYear,
    of: impl Fn(Id) -> bool,
) -> Vec<Assessment> {
    let columns = AssessmentColumns::of(school, year);
    let rows = school.rows(Table::Assessments).iter().enumerate();
    let mut found: Vec<Assessment> = rows
        .filter_map(|(position, id)| {
            let class = columns.class.one(position)?.as_reference()?;
            of(class).then(|| columns.read(position, *id, class))?
        })
        .collect();
    found.sort_by_key(|assessment| (assessment.class, assessment.order, assessment.id));
    found
}

/// The columns that assessments are read from.
struct AssessmentColumns<'a> {
    class: Reading<'a>,
    gone: Reading<'a>,
    title: Reading<'a>,
    date: Reading<'a>,
    kind: Reading<'a>,
    category: Reading<'a>,
    measure: Reading<'a>,
    boundaries: Reading<'a>,
    weight: Reading<'a>,
    private: Reading<'a>,
    order: Reading<'a>,
}

impl<'a> AssessmentColumns<'a> {
    fn of(school: &'a School, year: AcademicYear) -> AssessmentColumns<'a> {
        let read = |field| school.reading(&ColumnKey::yearly(field, year));
        AssessmentColumns {
            class: read(Field::AssessmentClass),
            gone: read(Field::AssessmentGone),
            title: read(Field::AssessmentTitle),
            date: read(Field::AssessmentDate),
            kind: read(Field::AssessmentKind),
            category: read(Field::AssessmentCategory),
            measure: read(Field::AssessmentMeasure),
            boundaries: read(Field::AssessmentBoundaries),
            weight: read(Field::AssessmentWeight),
            private: read(Field::AssessmentPrivate),
            order: read(Field::AssessmentOrder),
        }
    }

    fn read(&self, position: usize, id: Id, class: Id) -> Option<Assessment> {
        if self.gone.one(position).and_then(Value::as_flag) == Some(true) {
            return None;
        }
        fn text<'a>(column: Reading<'a>, position: usize) -> Option<&'a str> {
            column.one(position).and_then(Value::as_text)
        }
        let text = |column: Reading<'a>| text(column, position);
        let number = |column: Reading<'a>| column.one(position).and_then(Value::as_thousandths);
        let several = [
            (Field::AssessmentTitle, self.title),
            (Field::AssessmentDate, self.date),
            (Field::AssessmentKind, self.kind),
            (Field::AssessmentCategory, self.category),
            (Field::AssessmentMeasure, self.measure),
            (Field::AssessmentBoundaries, self.boundaries),
            (Field::AssessmentWeight, self.weight),
            (Field::AssessmentPrivate, self.private),
        ];
        let waits = several
            .into_iter()
            .filter(|(_, column)| matches!(column.shown(position), Shown::Several(_)));
        Some(Assessment {
            id,
            class,
            title: text(self.title).unwrap_or_default().to_owned(),
            date: self.date.one(position).and_then(Value::as_date),
            kind: text(self.kind)
                .and_then(AssessmentKind::named)
                .unwrap_or(AssessmentKind::ClassWork),
            category: text(self.category).unwrap_or_default().to_owned(),
            measured: text(self.measure).and_then(Measured::read),
            boundaries: text(self.boundaries).and_then(Boundaries::read),
            weight: match self.weight.shown(position) {
                Shown::Nothing => USUAL_WEIGHT,
                Shown::One(weight) => weight.as_thousandths().unwrap_or(USUAL_WEIGHT),
                // Until somebody chooses, it weighs nothing: whatever it came to would be a guess.
                Shown::Several(_) => 0,
            },
            // Where nobody has chosen yet, it stays for the teacher's own eyes.
            private: match self.private.shown(position) {
                Shown::Several(_) => true,
                shown => shown.one().and_then(Value::as_flag) == Some(true),
            },
            order: number(self.order).unwrap_or(0),
            several: waits.map(|(field, _)| field).collect(),
        })
    }
}

/// The columns that an assessment's cells are read from.
pub(super) struct MarkColumns<'a> {
    mark: Reading<'a>,
    late: Reading<'a>,
    note: Reading<'a>,
    effort: Reading<'a>,
    moderated: Reading<'a>,
    evidence: Reading<'a>,
}

impl<'a> MarkColumns<'a> {
    pub(super) fn of(school: &'a School, year: AcademicYear, subject: Id, assessment: Id) -> Self {
        let read =
            |field| school.reading(&ColumnKey::per_assessment(field, year, subject, assessment));
        MarkColumns {
            mark: read(Field::Mark),
            late: read(Field::MarkLate),
            note: read(Field::MarkNote),
            effort: read(Field::MarkEffort),
            moderated: read(Field::MarkModerated),
            evidence: read(Field::MarkEvidence),
        }
    }

    /// The rows of pupils in which a mark was ever written.
    pub(super) fn marked(&self) -> impl Iterator<Item = usize> + use<'a> {
        self.mark.rows()
    }

    pub(super) fn cell(&self, position: usize) -> MarkCell {
        let text = |column: Reading<'a>| {
            let value = column.one(position).and_then(Value::as_text);
            value.unwrap_or_default().to_owned()
        };
        let effort = self.effort.one(position).and_then(Value::as_grade);
        let several = [
            (Field::Mark, self.mark),
            (Field::MarkLate, self.late),
            (Field::MarkNote, self.note),
            (Field::MarkEffort, self.effort),
            (Field::MarkModerated, self.moderated),
            (Field::MarkEvidence, self.evidence),
        ];
        MarkCell {
            entry: MarkEntry::of(&self.mark.shown(position)),
            late: self.late.one(position).and_then(Value::as_flag) == Some(true),
            note: text(self.note),
            effort: effort.map(|(scale, label)| (scale.to_owned(), label.to_owned())),
            moderated: MarkEntry::of(&self.moderated.shown(position)),
            evidence: text(self.evidence),
            several: several
                .into_iter()
                .filter(|(_, column)| matches!(column.shown(position), Shown::Several(_)))
                .map(|(field, _)| field)
                .collect(),
        }
    }
}

/// The pupils of a class among those of the year, in their order.
pub fn pupils_of<'a>(
    school: &School,
    year: AcademicYear,
    class: &Class,
    pupils: &'a [Pupil],
) -> Vec<&'a Pupil> {
    let classes = school.reading(&ColumnKey::per_subject(Field::Class, year, class.subject));
    let is_in = |pupil: &&Pupil| {
        let own = classes.one(pupil.position).and_then(Value::as_reference);
        own == Some(class.id)
    };
    pupils.iter().filter(is_in).collect()
}

/// One cell, read anew after a change.
pub fn mark_cell(school: &School, place: Place, position: usize) -> MarkCell {
    MarkColumns::of(school, place.year, place.subject, place.assessment).cell(position)
}

/// The markbook of a class. `pupils` are those of the year, in the order that is wanted; `last` is how
/// the school stood at the last event, judged by the policy that holds for it.
pub fn markbook(
    school: &School,
    year: AcademicYear,
    class: &Class,
    subject: &Subject,
    pupils: &[Pupil],
    last: Option<(&TrackingEvent, &Standing)>,
) -> Markbook {
    let assessments = assessments(school, year, class.id);
    let own_pupils = pupils_of(school, year, class, pupils);
    let brought = brought::brought(school, year, class, &own_pupils);
    let columns_of =
        |assessment: &Assessment| MarkColumns::of(school, year, class.subject, assessment.id);
    let columns: Vec<MarkColumns<'_>> = assessments.iter().map(columns_of).collect();
    let brought_columns: Vec<MarkColumns<'_>> = (brought.iter())
        .map(|held| columns_of(&held.assessment))
        .collect();
    let mut going_on = interventions(school, year);
    going_on.retain(Intervention::is_open);
    let rows = own_pupils.into_iter().map(|pupil| {
        let standing = last.and_then(|(event, standing)| {
            let (_, outcome) = standing.cell(pupil.id, class.subject)?;
            let key = event.grade_column(class.subject);
            let grade = school.shown_at(&key, pupil.position).one();
            let label = grade.and_then(Value::as_grade).map(|(_, label)| label);
            Some(LastStanding {
                current: label.unwrap_or_default().to_owned(),
                rag: outcome.judgement.rag,
            })
        });
        MarkbookRow {
            pupil: pupil.clone(),
            target: target(school, year, subject, pupil.position),
            interventions: (going_on.iter())
                .filter(|held| held.concerns(pupil.id, class.subject))
                .cloned()
                .collect(),
            last: standing,
            cells: (columns.iter())
                .map(|column| column.cell(pupil.position))
                .collect(),
            brought: (brought_columns.iter())
                .map(|column| column.cell(pupil.position))
                .collect(),
        }
    });
    Markbook {
        year,
        class: class.clone(),
        weights: assessments.iter().map(|assessment| assessment.weight).sum(),
        method: method(school, class.id),
        rows: rows.collect(),
        assessments,
        brought,
    }
}

/// The last event of a list at which any of the pupils has a grade in the subject.
pub fn last_with_grades<'a>(
    school: &School,
    events: &'a [TrackingEvent],
    subject: Id,
    pupils: &[Pupil],
) -> Option<&'a TrackingEvent> {
    events.iter().rev().find(|event| {
        let grades = school.reading(&event.grade_column(subject));
        let has_one = |pupil: &Pupil| grades.shown(pupil.position) != Shown::Nothing;
        pupils.iter().any(has_one)
    })
}

/// How the marks of a class come to one; the usual way where nothing is said or two ways wait for a
/// choice.
pub fn method(school: &School, class: Id) -> Method {
    let text = school.text(&ColumnKey::lasting(Field::ClassMean), class);
    text.and_then(Method::read).unwrap_or_default()
}

impl Markbook {
    /// Marks and moderated marks, as the engine takes them: of the own assessments, then of those brought along.
    fn entries(&self) -> Vec<Vec<brought::Entries>> {
        let of_row = |row: &MarkbookRow| {
            let cells = row.cells.iter().chain(&row.brought);
            cells.map(MarkCell::entries).collect()
        };
        self.rows.iter().map(of_row).collect()
    }

    /// What each pupil's marks come to, in order of the rows; those brought along count as they did in the class before.
    /// `given` are spreads to take for standard scores in place of the classes' own.
    pub fn means(&self, policy: &Policy, given: &BTreeMap<Id, Spread>) -> Vec<Mean> {
        let all = self.come_to_one(policy, given, means);
        self.without_blanks_elsewhere(all)
    }

    /// The same for each category.
    pub fn means_by_category(
        &self,
        policy: &Policy,
        given: &BTreeMap<Id, Spread>,
    ) -> Vec<(String, Vec<Mean>)> {
        self.come_to_one(policy, given, means_by_category)
            .into_iter()
            .map(|(category, means)| (category, self.without_blanks_elsewhere(means)))
            .collect()
    }

    fn come_to_one<T>(
        &self,
        policy: &Policy,
        given: &BTreeMap<Id, Spread>,
        by: impl FnOnce(&Sheet<'_>, &Method, &BTreeMap<Id, Spread>) -> T,
    ) -> T {
        let sheet = Sheet {
            assessments: &self.counting_assessments(),
            rows: &self.entries(),
            scales: policy.scales(),
        };
        by(&sheet, &self.method, &self.spreads(policy, given))
    }

    /// The categories in the order in which they first stand, each with what it weighs.
    pub fn categories(&self) -> Vec<Category> {
        let mut found: Vec<Category> = Vec::new();
        for assessment in &self.assessments {
            let own = found
                .iter()
                .position(|held| held.name == assessment.category);
            match own.and_then(|place| found.get_mut(place)) {
                Some(held) => {
                    held.assessments += 1;
                    held.weights = held.weights.saturating_add(assessment.weight);
                }
                None => found.push(Category {
                    name: assessment.category.clone(),
                    assessments: 1,
                    weights: assessment.weight,
                }),
            }
        }
        found
    }

    /// A category as another assessment has it already, where only capitals or marks on letters are otherwise: nobody
    /// means two by that. `of` is the assessment that it is typed for, so that its own can be put right.
    pub fn category_as_written(&self, typed: &str, of: Option<Id>) -> String {
        let typed = typed.trim();
        let others = self.assessments.iter().filter(|held| Some(held.id) != of);
        let mut others = others.map(|held| &held.category);
        let same = others.find(|held| plain(held) == plain(typed));
        same.map_or(typed, String::as_str).to_owned()
    }

    /// An assessment's column in numbers.
    pub fn summary(&self, policy: &Policy, place: usize) -> Option<Summary> {
        let assessment = self.assessments.get(place)?;
        let cells = self.rows.iter().filter_map(|row| row.cells.get(place));
        let cells = cells.map(|cell| (&cell.entry, &cell.moderated, cell.late));
        Some(summary(assessment, cells, policy.scales()))
    }

    /// How many pupils' grades of an assessment lie where beside their targets.
    pub fn rag_shares(&self, policy: &Policy, place: usize) -> RagShares {
        let assessment = self.assessments.get(place);
        RagShares::of(self.rows.iter().map(|row| {
            let mark = row.cells.get(place)?.counting()?;
            let (scale, label) = grade_of_mark(assessment?, mark)?;
            rag_of(policy, &row.target, &scale, &label).colour()
        }))
    }
}

impl MarkCell {
    /// The mark that counts, by [`counting`]; nothing where none does.
    pub fn counting(&self) -> Option<&Mark> {
        let (mark, _) = counting(&self.entry, &self.moderated).ok()?;
        Some(mark)
    }

    /// The moderated mark, where it counts.
    pub fn moderated_counting(&self) -> Option<&Mark> {
        let (mark, moderated) = counting(&self.entry, &self.moderated).ok()?;
        moderated.then_some(mark)
    }

    /// The mark that would count and does not fit what is entered for the assessment, with why: a highest
    /// mark was lowered, or a scale was chosen instead.
    pub fn misfit(
        &self,
        assessment: &Assessment,
        scales: &ScaleSet,
    ) -> Option<(&Mark, WhyLeftOut)> {
        let mark = self.counting()?;
        let why = share(assessment, mark, scales).err()?;
        Some((mark, why))
    }

    /// Whether there is a moderated mark that does not count, as of an absent pupil.
    pub fn moderated_waits(&self) -> bool {
        self.moderated.mark().is_some() && self.moderated_counting().is_none()
    }

    /// The original mark and the moderated one, where that counts and is another; of an original over
    /// which two people differ, nothing.
    pub fn moderated_from(&self) -> Option<(Option<&Mark>, &Mark)> {
        let (from, to) = (self.entry.mark(), self.moderated_counting()?);
        (from != Some(to)).then_some((from, to))
    }
}

/// The colour of a grade beside a target, whatever the time of year.
pub fn rag_of(policy: &Policy, target: &Target, scale: &str, label: &str) -> RagOutcome {
    use super::targets::TargetEntry;
    let read = |scale: &str, label: &str| {
        let grade = grade_of(policy, &Value::grade(scale, label));
        grade.map_or(GradeEntry::Unreadable, GradeEntry::Grade)
    };
    let cell = Cell {
        target: match &target.entry {
            TargetEntry::Missing => GradeEntry::Missing,
            TargetEntry::Grade { scale, label } => read(scale, label),
            TargetEntry::Several(_) => GradeEntry::Conflict,
        },
        current: read(scale, label),
        ..Cell::default()
    };
    judge(policy, EventTerms::default(), Setting::default(), &cell).rag
}
