//! The September list: who fell behind last year, pupil by pupil, so that somebody looks after them from the first day.

use core::cmp::Reverse;

use super::groups::Subject;
use super::pupils::Pupil;
use super::standing::{curriculum_of, grade_of};
use crate::journal::{Reading, School, Shown};
use crate::model::scale::{Grade, Position};
use crate::model::{AcademicYear, ColumnKey, Field, Id, Value, keys};
use crate::policy::{Horizon, KeyStage, Policy};

/// A subject in which last year's target was missed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missed {
    /// The subject.
    pub subject: Id,
    /// The target.
    pub target: String,
    /// What was achieved.
    pub achieved: String,
    /// How far below the target that is, in whole grades.
    pub below: Position,
}

/// A pupil who missed targets last year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Behind {
    /// The pupil.
    pub pupil: Id,
    /// Where, the furthest below first.
    pub missed: Vec<Missed>,
    /// In how many subjects a target and a result could be compared.
    pub compared: usize,
}

/// What last year came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LastYear {
    /// Who fell behind, those in most subjects first, then by name.
    pub behind: Vec<Behind>,
    /// Targets that could be compared with a result.
    pub compared: usize,
    /// Targets without a result to compare them with: there is none, it is on another scale, or two values wait for a
    /// choice.
    pub unknown: usize,
    /// Targets that are for a later year.
    pub later: usize,
}

/// Who of these pupils achieved less in the year before than was their target there.
pub fn last_year(
    school: &School,
    policy: &Policy,
    year: AcademicYear,
    subjects: &[Subject],
    pupils: &[Pupil],
) -> LastYear {
    let before = year.previous();
    let groups = school.reading(&ColumnKey::yearly(Field::YearGroup, before));
    let columns: Vec<Columns<'_>> = subjects
        .iter()
        .map(|subject| {
            let read = |field| school.reading(&ColumnKey::per_subject(field, before, subject.id));
            Columns {
                subject,
                target: read(Field::Target),
                achieved: read(Field::Achieved),
            }
        })
        .collect();
    let mut found = LastYear::default();
    for pupil in pupils {
        let group = groups.one(pupil.position).and_then(Value::as_whole);
        let group = group.and_then(|group| i8::try_from(group).ok());
        let mut behind = Behind {
            pupil: pupil.id,
            missed: Vec::new(),
            compared: 0,
        };
        for columns in &columns {
            match compare(policy, columns, group, pupil.position) {
                Compared::NoTarget => {}
                Compared::Later => found.later += 1,
                Compared::Unknown => found.unknown += 1,
                Compared::Met => behind.compared += 1,
                Compared::Missed(missed) => {
                    behind.compared += 1;
                    behind.missed.push(missed);
                }
            }
        }
        found.compared += behind.compared;
        if !behind.missed.is_empty() {
            behind.missed.sort_by_key(|missed| Reverse(missed.below));
            found.behind.push(behind);
        }
    }
    // Pupils come by name, and stay so within one number.
    found
        .behind
        .sort_by_key(|behind| Reverse(behind.missed.len()));
    found
}

struct Columns<'a> {
    subject: &'a Subject,
    target: Reading<'a>,
    achieved: Reading<'a>,
}

enum Compared {
    NoTarget,
    Later,
    Unknown,
    Met,
    Missed(Missed),
}

fn compare(policy: &Policy, columns: &Columns<'_>, group: Option<i8>, position: usize) -> Compared {
    let target = match columns.target.shown(position) {
        Shown::Nothing => return Compared::NoTarget,
        Shown::One(value) => grade_of(policy, value),
        Shown::Several(_) => None,
    };
    if !group.is_none_or(|group| is_for(policy, columns.subject, group)) {
        return Compared::Later;
    }
    let achieved = columns.achieved.one(position);
    let achieved = achieved.and_then(|value| grade_of(policy, value));
    let (Some(target), Some(achieved)) = (target, achieved) else {
        return Compared::Unknown;
    };
    match achieved.whole_grades_from(target) {
        Err(_) => Compared::Unknown,
        Ok(distance) if distance >= Position::ZERO => Compared::Met,
        Ok(distance) => {
            let label = |grade: Grade| policy.scales().label(grade);
            Compared::Missed(Missed {
                subject: columns.subject.id,
                target: label(target),
                achieved: label(achieved),
                below: -distance,
            })
        }
    }
}

/// Whether a target of this year group is for the end of its year.
fn is_for(policy: &Policy, subject: &Subject, group: i8) -> bool {
    let key = keys::slug(&subject.name);
    let chain = policy
        .pack()
        .chain_for(&key, curriculum_of(policy, subject), group);
    let stage = KeyStage::of_year(group);
    let ends = stage != KeyStage::of_year(group.saturating_add(1));
    match chain.map(|chain| chain.horizon).unwrap_or_default() {
        Horizon::EndOfYear => true,
        Horizon::EndOfKeyStage => ends,
        // Key stages 1 and 3 end without an examination.
        Horizon::Examination => {
            ends && matches!(stage, Some(KeyStage::Ks2 | KeyStage::Ks4 | KeyStage::Ks5))
        }
    }
}
