//! On target, RAG, distance and floor of one pupil's subject at one event.

use crate::model::scale::{Grade, Position, Ranks, rank_gap};
use crate::policy::{
    CompiledBand, CompiledFloor, CompiledScale, CurriculumIndex, EventField, KeyStage, Policy,
    PolicyPack, Rag, RagUnit,
};

use super::truth::Truth;
pub use crate::policy::Horizon;

/// What stands in a cell that should hold a grade.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum GradeEntry {
    /// Nothing.
    #[default]
    Missing,
    /// A code that says why there is no grade.
    NoGradeCode,
    /// Two values that nobody has chosen between.
    Conflict,
    /// A text that is no grade of the subject's scale.
    Unreadable,
    /// A grade.
    Grade(Grade),
}

impl GradeEntry {
    /// The grade, where there is one.
    pub fn grade(self) -> Option<Grade> {
        match self {
            GradeEntry::Grade(grade) => Some(grade),
            _ => None,
        }
    }
}

impl From<Option<Grade>> for GradeEntry {
    fn from(grade: Option<Grade>) -> GradeEntry {
        grade.map_or(GradeEntry::Missing, GradeEntry::Grade)
    }
}

/// The teacher's answer to *on target?*
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Belief {
    /// Not given.
    #[default]
    Missing,
    /// Two answers that nobody has chosen between.
    Conflict,
    /// On target.
    Yes,
    /// Off target.
    No,
}

/// What is known of one pupil's subject at one event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Cell {
    /// Place of the subject among the event's subjects.
    pub subject: u16,
    /// The target.
    pub target: GradeEntry,
    /// What the target is for.
    pub target_horizon: Horizon,
    /// The grade that the pupil works at (or has achieved, at the last event).
    pub current: GradeEntry,
    /// The grade forecast.
    pub predicted: GradeEntry,
    /// What the prediction is for.
    pub predicted_horizon: Horizon,
    /// The teacher's answer.
    pub belief: Belief,
}

/// What of an event bears on judgements.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct EventTerms {
    /// How many whole grades below the target a current grade may lie.
    pub allowance: Position,
    /// Whether the event asks teachers *on target?*
    pub asks_belief: bool,
    /// The event's place in the calendar, where it is one of the calendar's.
    pub event: Option<u8>,
}

impl EventTerms {
    /// The terms of an event of the pack's calendar, for a year group; the usual ones where the calendar has no such
    /// event.
    pub fn of(pack: &PolicyPack, event: &str, year: i8) -> EventTerms {
        let place = pack.calendar.iter().position(|entry| entry.key == event);
        let entry = place.and_then(|place| pack.calendar.get(place));
        let Some(event) = entry else {
            return EventTerms::default();
        };
        EventTerms {
            event: place.and_then(|place| u8::try_from(place).ok()),
            allowance: event.allowance,
            asks_belief: event.fields_for(year).contains(&EventField::OnTarget),
        }
    }
}

/// Where a pupil's subject stands in the school.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Setting {
    /// The pupil's key stage.
    pub key_stage: Option<KeyStage>,
    /// The subject's curriculum, where the policy knows it.
    pub curriculum: Option<CurriculumIndex>,
}

/// Which cell a reason is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CellField {
    /// The target.
    Target,
    /// The current grade.
    Current,
    /// The prediction.
    Predicted,
    /// The teacher's answer.
    Belief,
}

/// Why something cannot be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum WhyUnknown {
    /// There is no target.
    NoTarget,
    /// There is neither a prediction nor a current grade (nor an answer).
    NoGrade,
    /// Two values wait for a choice.
    Conflict(CellField),
    /// The text is no grade of its scale.
    Unreadable(CellField),
    /// The target and the prediction are for different days.
    HorizonsDiffer,
    /// The grade is on another scale than the target.
    ScalesDiffer(CellField),
    /// The policy was made ready without this scale.
    ScaleNotInPolicy,
    /// The policy has a floor there, but not on this scale.
    NoFloorOnScale,
    /// The grade is a range that the floor lies in.
    AcrossFloor,
    /// The pupil's key stage is not known.
    NoKeyStage,
}

/// What *on target* rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OnTargetBasis {
    /// The teacher's answer.
    Belief,
    /// The prediction beside the target.
    Predicted,
    /// The current grade beside the target less the event's allowance and the policy's tolerance.
    CurrentAgainstExpected,
    /// Nothing: it is not known.
    Unknown(WhyUnknown),
}

/// The colour and what it rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RagOutcome {
    /// The prediction beside the target.
    Predicted(Rag),
    /// The current grade beside the target less the event's allowance.
    CurrentAgainstExpected(Rag),
    /// Not known.
    Unknown(WhyUnknown),
}

impl RagOutcome {
    /// The colour, where there is one.
    pub fn colour(self) -> Option<Rag> {
        match self {
            RagOutcome::Predicted(rag) | RagOutcome::CurrentAgainstExpected(rag) => Some(rag),
            RagOutcome::Unknown(_) => None,
        }
    }
}

/// Below the floor or not, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FloorOutcome {
    /// Below it.
    Below,
    /// At or above it.
    AtOrAbove,
    /// The policy sets none for this curriculum and key stage.
    NoFloor,
    /// Not known.
    Unknown(WhyUnknown),
}

impl FloorOutcome {
    /// Whether the current grade is below the floor.
    pub fn below(self) -> Truth {
        match self {
            FloorOutcome::Below => Truth::True,
            FloorOutcome::AtOrAbove | FloorOutcome::NoFloor => Truth::False,
            FloorOutcome::Unknown(_) => Truth::Unknown,
        }
    }
}

/// The status of one pupil's subject at one event, with its reasons.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Judgement {
    /// Whether the pupil is on target.
    pub on_target: Truth,
    /// What that rests on.
    pub on_target_basis: OnTargetBasis,
    /// The colour, with what it rests on.
    pub rag: RagOutcome,
    /// Distance that the colour rests on, in fine steps: above positive. `None` where unknown or
    /// the scale has no steps.
    pub fine_steps: Option<i16>,
    /// How far the current grade lies below the target, in whole grades: above negative.
    pub whole_grades_below: Option<Position>,
    /// Below the floor or not.
    pub floor: FloorOutcome,
}

impl Default for Judgement {
    fn default() -> Judgement {
        Judgement {
            on_target: Truth::Unknown,
            on_target_basis: OnTargetBasis::Unknown(WhyUnknown::NoTarget),
            rag: RagOutcome::Unknown(WhyUnknown::NoTarget),
            fine_steps: None,
            whole_grades_below: None,
            floor: FloorOutcome::Unknown(WhyUnknown::NoGrade),
        }
    }
}

/// Judges one pupil's subject at one event (domain: on target, RAG, floor).
///
/// A teacher's answer needs a target, but no grade. A prediction that waits for a choice or is
/// for another day leaves the status unknown: the current grade does not stand in for it.
pub fn judge(policy: &Policy, terms: EventTerms, setting: Setting, cell: &Cell) -> Judgement {
    let (on_target, on_target_basis) = on_target(policy, terms, cell);
    let (rag, fine_steps) = rag(policy, terms, cell);
    let whole_grades_below = match (cell.current, cell.target) {
        (GradeEntry::Grade(current), GradeEntry::Grade(target)) => {
            current.whole_grades_from(target).ok().map(|above| -above)
        }
        _ => None,
    };
    Judgement {
        on_target,
        on_target_basis,
        rag,
        fine_steps,
        whole_grades_below,
        floor: floor(policy, setting, cell.current),
    }
}

/// Which grade is held against the target.
enum Measured {
    Predicted(Grade, Grade),
    Current(Grade, Grade),
}

fn target_of(cell: &Cell) -> Result<Grade, WhyUnknown> {
    match cell.target {
        GradeEntry::Grade(target) => Ok(target),
        GradeEntry::Missing | GradeEntry::NoGradeCode => Err(WhyUnknown::NoTarget),
        GradeEntry::Conflict => Err(WhyUnknown::Conflict(CellField::Target)),
        GradeEntry::Unreadable => Err(WhyUnknown::Unreadable(CellField::Target)),
    }
}

/// The prediction if there is one, else the current grade, beside the target.
fn measured(cell: &Cell, target: Grade) -> Result<Measured, WhyUnknown> {
    match given(cell.predicted, CellField::Predicted)? {
        Some(_) if cell.predicted_horizon != cell.target_horizon => Err(WhyUnknown::HorizonsDiffer),
        Some(predicted) if predicted.scale() != target.scale() => {
            Err(WhyUnknown::ScalesDiffer(CellField::Predicted))
        }
        Some(predicted) => Ok(Measured::Predicted(predicted, target)),
        None => match given(cell.current, CellField::Current)? {
            None => Err(WhyUnknown::NoGrade),
            Some(current) if current.scale() != target.scale() => {
                Err(WhyUnknown::ScalesDiffer(CellField::Current))
            }
            Some(current) => Ok(Measured::Current(current, target)),
        },
    }
}

fn given(entry: GradeEntry, field: CellField) -> Result<Option<Grade>, WhyUnknown> {
    match entry {
        GradeEntry::Missing | GradeEntry::NoGradeCode => Ok(None),
        GradeEntry::Conflict => Err(WhyUnknown::Conflict(field)),
        GradeEntry::Unreadable => Err(WhyUnknown::Unreadable(field)),
        GradeEntry::Grade(grade) => Ok(Some(grade)),
    }
}

fn on_target(policy: &Policy, terms: EventTerms, cell: &Cell) -> (Truth, OnTargetBasis) {
    let unknown = |why| (Truth::Unknown, OnTargetBasis::Unknown(why));
    let target = match target_of(cell) {
        Ok(target) => target,
        Err(why) => return unknown(why),
    };
    if terms.asks_belief {
        match cell.belief {
            Belief::Yes => return (Truth::True, OnTargetBasis::Belief),
            Belief::No => return (Truth::False, OnTargetBasis::Belief),
            Belief::Conflict => return unknown(WhyUnknown::Conflict(CellField::Belief)),
            Belief::Missing => {}
        }
    }
    match measured(cell, target) {
        Err(why) => unknown(why),
        Ok(Measured::Predicted(predicted, target)) => (
            Truth::from(predicted.highest() >= target.lowest()),
            OnTargetBasis::Predicted,
        ),
        Ok(Measured::Current(current, target)) => {
            let tolerance = policy.pack().status.tolerance;
            let expected = match band(policy, terms, target) {
                Some(band) => band.lowest.lowest(),
                None => target.lowest() - terms.allowance,
            };
            let enough = expected - tolerance;
            (
                Truth::from(current.highest() >= enough),
                OnTargetBasis::CurrentAgainstExpected,
            )
        }
    }
}

/// Where the corridor expects the current grade of a pupil with this target, if the policy has one there.
fn band(policy: &Policy, terms: EventTerms, target: Grade) -> Option<&CompiledBand> {
    let scale = policy.compiled_scale(policy.scale_place(target.scale())?)?;
    scale.band(usize::from(terms.event?), target)
}

fn rag(policy: &Policy, terms: EventTerms, cell: &Cell) -> (RagOutcome, Option<i16>) {
    let measured = target_of(cell).and_then(|target| measured(cell, target));
    let (grade, target, allowance) = match &measured {
        Err(why) => return (RagOutcome::Unknown(*why), None),
        Ok(Measured::Predicted(grade, target)) => (*grade, *target, Position::ZERO),
        Ok(Measured::Current(grade, target)) => (*grade, *target, terms.allowance),
    };
    let scale = policy
        .scale_place(target.scale())
        .and_then(|place| policy.compiled_scale(place));
    let Some(scale) = scale else {
        return (RagOutcome::Unknown(WhyUnknown::ScaleNotInPolicy), None);
    };
    let band = match &measured {
        Ok(Measured::Current(..)) => band(policy, terms, target),
        _ => None,
    };
    let aim = match band {
        Some(band) => {
            (band.lowest.ranks().zip(band.highest.ranks())).map(|(lowest, highest)| Ranks {
                lowest: lowest.lowest,
                highest: highest.highest,
            })
        }
        None => target.ranks().map(|ranks| lowered(scale, ranks, allowance)),
    };
    let fine_steps = grade.ranks().zip(aim).map(|(own, aim)| rank_gap(own, aim));
    let distance = match (scale.unit, fine_steps) {
        (RagUnit::FineSteps, Some(steps)) => i32::from(steps),
        _ => {
            let (lowest, highest) = match band {
                Some(band) => (band.lowest.lowest(), band.highest.highest()),
                None => (target.lowest() - allowance, target.highest() - allowance),
            };
            if grade.highest() < lowest {
                (grade.highest() - lowest).units()
            } else if grade.lowest() > highest {
                (grade.lowest() - highest).units()
            } else {
                0
            }
        }
    };
    let colour = colour(scale, distance);
    let outcome = match measured {
        Ok(Measured::Current(..)) => RagOutcome::CurrentAgainstExpected(colour),
        _ => RagOutcome::Predicted(colour),
    };
    (outcome, fine_steps)
}

/// The colour of a distance in the unit of the scale's thresholds.
fn colour(scale: &CompiledScale, distance: i32) -> Rag {
    if distance >= scale.green_from {
        Rag::Green
    } else if distance <= scale.red_to {
        Rag::Red
    } else if distance <= scale.amber_to {
        Rag::Amber
    } else {
        Rag::White
    }
}

/// The ranks of the grades that are good enough for a target less an allowance: the worst grade
/// that does not lie under it, at each edge.
fn lowered(scale: &CompiledScale, target: Ranks, allowance: Position) -> Ranks {
    if allowance == Position::ZERO {
        return target;
    }
    let edge = |rank: u8| {
        let Some(place) = scale.positions.get(usize::from(rank)) else {
            return rank;
        };
        let enough = *place - allowance;
        let first = scale.positions.partition_point(|place| *place < enough);
        u8::try_from(first).unwrap_or(rank).min(rank)
    };
    Ranks {
        lowest: edge(target.lowest),
        highest: edge(target.highest),
    }
}

fn floor(policy: &Policy, setting: Setting, current: GradeEntry) -> FloorOutcome {
    let current = match given(current, CellField::Current) {
        Ok(Some(current)) => current,
        Ok(None) => return FloorOutcome::Unknown(WhyUnknown::NoGrade),
        Err(why) => return FloorOutcome::Unknown(why),
    };
    let Some(curriculum) = setting.curriculum else {
        return FloorOutcome::NoFloor;
    };
    let Some(key_stage) = setting.key_stage else {
        return FloorOutcome::Unknown(WhyUnknown::NoKeyStage);
    };
    let scale = policy
        .scale_place(current.scale())
        .and_then(|place| policy.compiled_scale(place));
    let Some(scale) = scale else {
        return FloorOutcome::Unknown(WhyUnknown::ScaleNotInPolicy);
    };
    match scale.floor(curriculum.0, key_stage) {
        CompiledFloor::None => FloorOutcome::NoFloor,
        CompiledFloor::NotOnThisScale => FloorOutcome::Unknown(WhyUnknown::NoFloorOnScale),
        CompiledFloor::At(floor) if current.highest() < floor.lowest() => FloorOutcome::Below,
        CompiledFloor::At(floor) if current.lowest() >= floor.lowest() => FloorOutcome::AtOrAbove,
        CompiledFloor::At(_) => FloorOutcome::Unknown(WhyUnknown::AcrossFloor),
    }
}
