//! Targets of whole cohorts, and what the pupils' own targets add up to beside them.

use std::collections::BTreeSet;

use super::cohorts::Cohort;
use super::facts::Facts;
use super::groups::{Class, Subject};
use super::pupils::Pupil;
use super::standing::grade_of;
use crate::journal::{Draft, School, Shown};
use crate::model::{AcademicYear, CivilDate, ColumnKey, Field, Id, Table, Value};
use crate::policy::Policy;

/// The grade that is to be reached: key of its scale and label, as a cell keeps it, `gcse-9-1:5`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Mark {
    /// Key of the scale.
    pub scale: String,
    /// Label of the grade.
    pub label: String,
}

impl Mark {
    /// The text that a cell keeps.
    pub fn text(&self) -> String {
        format!("{}:{}", self.scale, self.label)
    }

    /// Reads [`Mark::text`].
    pub fn read(text: &str) -> Option<Mark> {
        let (scale, label) = text.split_once(':')?;
        Some(Mark {
            scale: scale.to_owned(),
            label: label.to_owned(),
        })
    }
}

/// One of the figures of a cohort's target, in thousandths of a per cent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Figure {
    /// What the school aims at.
    Target,
    /// The local authority's indicative figure.
    Indicative,
    /// An imported estimate.
    Estimate,
}

impl Figure {
    /// All of them.
    pub const ALL: [Figure; 3] = [Figure::Target, Figure::Indicative, Figure::Estimate];

    fn field(self) -> Field {
        match self {
            Figure::Target => Field::CohortPercent,
            Figure::Indicative => Field::CohortIndicative,
            Figure::Estimate => Field::CohortEstimate,
        }
    }
}

/// A cohort's target. A figure of which two values wait for a choice reads as none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CohortTarget {
    /// Its row.
    pub id: Id,
    /// Whose it is.
    pub whom: Cohort,
    /// The grade to be reached.
    pub mark: Mark,
    /// What the school aims at.
    pub target: Option<i64>,
    /// The local authority's indicative figure.
    pub indicative: Option<i64>,
    /// An imported estimate.
    pub estimate: Option<i64>,
    /// When it was published.
    pub published: Option<CivilDate>,
}

impl CohortTarget {
    /// One of its figures.
    pub fn figure(&self, figure: Figure) -> Option<i64> {
        match figure {
            Figure::Target => self.target,
            Figure::Indicative => self.indicative,
            Figure::Estimate => self.estimate,
        }
    }
}

/// The targets of cohorts of a year, by cohort and grade. What a later program wrote and this one cannot read is not
/// there.
pub fn cohort_targets(school: &School, year: AcademicYear) -> Vec<CohortTarget> {
    let rows = school.rows(Table::CohortTargets).iter();
    let mut targets: Vec<CohortTarget> = rows.filter_map(|id| row(school, year, *id)).collect();
    targets.sort_by(|one, other| {
        let key = |target: &CohortTarget| (target.whom, target.mark.clone(), target.id);
        key(one).cmp(&key(other))
    });
    targets
}

fn row(school: &School, year: AcademicYear, id: Id) -> Option<CohortTarget> {
    let facts = Facts::of(school, id);
    let number = |figure: Figure| facts.thousandths(figure.field());
    if facts.whole(Field::CohortYear) != Some(i64::from(year.0)) {
        return None;
    }
    Some(CohortTarget {
        id,
        whom: facts.text(Field::CohortWhom).parse().ok()?,
        mark: Mark::read(&facts.text(Field::CohortMeasure))?,
        target: number(Figure::Target),
        indicative: number(Figure::Indicative),
        estimate: number(Figure::Estimate),
        published: facts.date(Field::CohortPublished),
    })
}

/// Begins a cohort's target. Two people who set one for the same cohort and grade set the same one.
pub fn begin(draft: &mut Draft, year: AcademicYear, whom: &Cohort, mark: &Mark) -> Id {
    let (whom, measure) = (whom.to_string(), mark.text());
    let id = Id::derived("cohort-target", &[&year.0.to_string(), &whom, &measure]);
    let mut write = |field, value| draft.write(ColumnKey::lasting(field), id, value);
    write(Field::CohortYear, Value::whole(i64::from(year.0)));
    write(Field::CohortWhom, Value::text(&whom));
    write(Field::CohortMeasure, Value::text(&measure));
    id
}

/// The most that a figure can be.
pub const WHOLE: i64 = 100_000;

/// A figure that is no share of a cohort.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoShare;

/// Writes a figure in thousandths of a per cent, or takes it away. Another target than the published one is published
/// no more.
///
/// # Errors
/// [`NoShare`], where it is not from 0 to 100 per cent; nothing is written then.
pub fn fill_in(
    draft: &mut Draft,
    id: Id,
    figure: Figure,
    thousandths: Option<i64>,
) -> Result<(), NoShare> {
    if thousandths.is_some_and(|share| !(0..=WHOLE).contains(&share)) {
        return Err(NoShare);
    }
    let value = thousandths.map_or(Value::Blank, Value::Number);
    draft.write(ColumnKey::lasting(figure.field()), id, value);
    if figure == Figure::Target {
        draft.write(ColumnKey::lasting(Field::CohortPublished), id, Value::Blank);
    }
    Ok(())
}

/// Publishes a target that is set and not yet published. Says whether it did.
pub fn publish(draft: &mut Draft, target: &CohortTarget, on: CivilDate) -> bool {
    let can = target.target.is_some() && target.published.is_none();
    if can {
        let key = ColumnKey::lasting(Field::CohortPublished);
        draft.write(key, target.id, Value::Date(on));
    }
    can
}

/// Takes a cohort's target away. What it said stays in the history.
pub fn take_away(draft: &mut Draft, school: &School, id: Id) {
    let fields = [
        Field::CohortYear,
        Field::CohortWhom,
        Field::CohortMeasure,
        Field::CohortPercent,
        Field::CohortIndicative,
        Field::CohortEstimate,
        Field::CohortPublished,
    ];
    for field in fields {
        let key = ColumnKey::lasting(field);
        if school.shown(&key, id) != Shown::Nothing {
            draft.write(key, id, Value::Blank);
        }
    }
}

/// What the grades of a cohort's pupils add up to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Aggregate {
    /// Grades that reach the mark.
    pub reaching: usize,
    /// Grades on the mark's scale.
    pub counted: usize,
    /// Grades on another scale, unreadable, or two that wait for a choice: they count neither way.
    pub left_out: usize,
    /// Pupils of whom a grade was counted.
    pub pupils: usize,
}

impl Aggregate {
    /// The share that reaches the mark, in thousandths of a per cent, halves up; nothing where none was counted.
    pub fn share(&self) -> Option<i64> {
        let (reaching, counted) = (
            i64::try_from(self.reaching).ok()?,
            i64::try_from(self.counted).ok()?,
        );
        (reaching * 2 * WHOLE + counted).checked_div(counted * 2)
    }
}

/// What is added up, and over which lists of the school.
#[derive(Debug, Clone, Copy)]
pub struct Over<'a> {
    /// The academic year.
    pub year: AcademicYear,
    /// The subjects.
    pub subjects: &'a [Subject],
    /// The classes of the year.
    pub classes: &'a [Class],
    /// The pupils of the year.
    pub pupils: &'a [Pupil],
}

/// Adds up the grades that a cohort's pupils have in a field of each subject: targets, estimates, what was achieved.
/// A band or a split grade reaches a mark with its lowest grade.
pub fn aggregate(
    school: &School,
    policy: &Policy,
    over: Over<'_>,
    whom: &Cohort,
    mark: &Mark,
    field: Field,
) -> Aggregate {
    let mut sum = Aggregate::default();
    let Some(wanted) = grade_of(policy, &Value::grade(&mark.scale, &mark.label)) else {
        return sum;
    };
    let class = whom.class.map(|id| {
        let class = over.classes.iter().find(|class| class.id == id);
        (id, class.map(|class| class.subject))
    });
    let mut counted = BTreeSet::new();
    for subject in over.subjects {
        let is_wanted = whom.subject.is_none_or(|id| id == subject.id)
            && class.is_none_or(|(_, of)| of == Some(subject.id));
        if !is_wanted {
            continue;
        }
        let read = |field| school.reading(&ColumnKey::per_subject(field, over.year, subject.id));
        let (grades, classes) = (read(field), read(Field::Class));
        for pupil in over.pupils.iter().filter(|pupil| whom.holds(pupil)) {
            let own = classes.one(pupil.position).and_then(Value::as_reference);
            if class.is_some_and(|(id, _)| own != Some(id)) {
                continue;
            }
            let shown = grades.shown(pupil.position);
            if shown == Shown::Nothing {
                continue;
            }
            match shown.one().and_then(|value| grade_of(policy, value)) {
                Some(grade) if grade.scale() == wanted.scale() => {
                    sum.counted += 1;
                    sum.reaching += usize::from(grade.lowest() >= wanted.lowest());
                    counted.insert(pupil.id);
                }
                _ => sum.left_out += 1,
            }
        }
    }
    sum.pupils = counted.len();
    sum
}
