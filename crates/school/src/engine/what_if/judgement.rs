//! Which one value of a pupil's subject would give another status or another colour.

use crate::engine::status::{
    Belief, Cell, CellField, EventTerms, FloorOutcome, GradeEntry, Judgement, OnTargetBasis,
    RagOutcome, Setting, WhyUnknown, judge,
};
use crate::engine::truth::Truth;
use crate::model::scale::Grade;
use crate::policy::{Policy, Rag};

/// A value that may stand in one field of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CellValue {
    /// The target.
    Target(Grade),
    /// The current grade.
    Current(Grade),
    /// The prediction.
    Predicted(Grade),
    /// The teacher's answer: on target or not.
    Answer(bool),
}

impl CellValue {
    /// The field that it stands in.
    pub fn field(self) -> CellField {
        match self {
            CellValue::Target(_) => CellField::Target,
            CellValue::Current(_) => CellField::Current,
            CellValue::Predicted(_) => CellField::Predicted,
            CellValue::Answer(_) => CellField::Belief,
        }
    }

    /// A cell with this value in the place of its own.
    #[must_use]
    pub fn put(self, mut cell: Cell) -> Cell {
        match self {
            CellValue::Target(grade) => cell.target = GradeEntry::Grade(grade),
            CellValue::Current(grade) => cell.current = GradeEntry::Grade(grade),
            CellValue::Predicted(grade) => cell.predicted = GradeEntry::Grade(grade),
            CellValue::Answer(true) => cell.belief = Belief::Yes,
            CellValue::Answer(false) => cell.belief = Belief::No,
        }
        cell
    }
}

/// Another value, and how the subject would then be judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CellChange {
    /// The value; none nearer to the one that stands there, on this side of it, makes a
    /// difference.
    pub to: CellValue,
    /// What the subject would then come to.
    pub judgement: Judgement,
}

/// What alone would change a judgement.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct JudgementChanges {
    /// Values with which *on target* would be answered differently.
    pub on_target: Vec<CellChange>,
    /// Values with which the colour would be another.
    pub colour: Vec<CellChange>,
}

/// Which one value would change whether a pupil is on target in a subject, and which the colour: of
/// the teacher's answer (where the event asks for it), the prediction, the current grade and the
/// target the nearest on each side.
///
/// A grade that is not there is not made up, unless the answer is unknown for want of it: then it
/// is looked for from the target (or whatever grade there is) outwards, and the first value is
/// named that gives each answer.
pub fn judgement_changes(
    policy: &Policy,
    terms: EventTerms,
    setting: Setting,
    cell: &Cell,
) -> JudgementChanges {
    let own = judge(policy, terms, setting, cell);
    let lacking = [lacking_for_status(&own), lacking_for_colour(&own)];
    let change = |to: CellValue| CellChange {
        to,
        judgement: judge(policy, terms, setting, &to.put(*cell)),
    };
    let changed = |answer: &dyn Fn(&Judgement) -> Option<Answer>| {
        let now = answer(&own);
        let mut changes: Vec<CellChange> = Vec::new();
        for values in ways(policy, terms, cell, &lacking) {
            let mut others = values.map(change).filter(|one| {
                let then = answer(&one.judgement);
                then.is_some() && then != now
            });
            if now.is_some() {
                changes.extend(others.next());
                continue;
            }
            for one in others {
                let is_new = |said: &CellChange| {
                    said.to.field() != one.to.field()
                        || answer(&said.judgement) != answer(&one.judgement)
                };
                if changes.iter().all(is_new) {
                    changes.push(one);
                }
            }
        }
        changes
    };
    JudgementChanges {
        on_target: changed(&|judgement| match judgement.on_target {
            Truth::Unknown => None,
            known => Some(Answer::OnTarget(known)),
        }),
        colour: changed(&|judgement| judgement.rag.colour().map(Answer::Colour)),
    }
}

/// An answer that is known.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Answer {
    OnTarget(Truth),
    Colour(Rag),
}

/// The field that *on target* is not known for want of.
pub(super) fn lacking_for_status(judgement: &Judgement) -> Option<CellField> {
    match judgement.on_target_basis {
        OnTargetBasis::Unknown(why) => lacking(why),
        _ => None,
    }
}

fn lacking_for_colour(judgement: &Judgement) -> Option<CellField> {
    match judgement.rag {
        RagOutcome::Unknown(why) => lacking(why),
        _ => None,
    }
}

/// The field that the floor is not known for want of.
pub(super) fn lacking_for_floor(judgement: &Judgement) -> Option<CellField> {
    match judgement.floor {
        FloorOutcome::Unknown(why) => lacking(why),
        _ => None,
    }
}

fn lacking(why: WhyUnknown) -> Option<CellField> {
    match why {
        WhyUnknown::NoTarget => Some(CellField::Target),
        WhyUnknown::NoGrade => Some(CellField::Current),
        WhyUnknown::Conflict(field)
        | WhyUnknown::Unreadable(field)
        | WhyUnknown::ScalesDiffer(field) => Some(field),
        WhyUnknown::HorizonsDiffer
        | WhyUnknown::ScaleNotInPolicy
        | WhyUnknown::NoFloorOnScale
        | WhyUnknown::AcrossFloor
        | WhyUnknown::NoKeyStage => None,
    }
}

pub(super) type Values<'a> = Box<dyn Iterator<Item = CellValue> + 'a>;

/// The other values that each field of a cell may have, a way up and a way down, each nearest
/// first; of the grades that are not there only the lacking ones.
pub(super) fn ways<'a>(
    policy: &'a Policy,
    terms: EventTerms,
    cell: &Cell,
    lacking: &[Option<CellField>],
) -> Vec<Values<'a>> {
    let mut ways: Vec<Values<'a>> = Vec::new();
    for (answer, held) in [(true, Belief::Yes), (false, Belief::No)] {
        if terms.asks_belief && cell.belief != held {
            ways.push(Box::new(core::iter::once(CellValue::Answer(answer))));
        }
    }
    let mut around = |from: Grade, first: Option<Grade>, value: fn(Grade) -> CellValue| {
        let scale = policy.scales().by_id(from.scale());
        let above = scale.into_iter().flat_map(move |scale| scale.above(from));
        let below = scale.into_iter().flat_map(move |scale| scale.below(from));
        ways.push(Box::new(first.into_iter().chain(above).map(value)));
        ways.push(Box::new(below.map(value)));
    };
    let entries = [cell.target, cell.predicted, cell.current];
    for (entry, value) in [
        (
            cell.predicted,
            CellValue::Predicted as fn(Grade) -> CellValue,
        ),
        (cell.current, CellValue::Current),
        (cell.target, CellValue::Target),
    ] {
        let is_lacking = |grade| lacking.contains(&Some(value(grade).field()));
        let nearby = entries.into_iter().find_map(GradeEntry::grade);
        match (entry.grade(), nearby) {
            (_, Some(nearby)) if is_lacking(nearby) => around(nearby, Some(nearby), value),
            (Some(grade), _) => around(grade, None, value),
            (None, _) => {}
        }
    }
    ways
}
