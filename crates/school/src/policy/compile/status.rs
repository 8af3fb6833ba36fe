//! Thresholds and floors, scale by scale.

use super::checker::Checker;
use crate::model::scale::{Grade, Position, Scale, ScaleId};
use crate::policy::pack::PolicyPack;
use crate::policy::problem::PackProblemKind;
use crate::policy::selector::KeyStage;
use crate::policy::status_rules::{CorridorRow, FlightPath, RagThresholds, RagUnit};

/// The floor of a curriculum at a key stage on one scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CompiledFloor {
    /// The policy sets none there.
    None,
    /// The policy sets one there, but not on this scale.
    NotOnThisScale,
    /// The lowest grade that is not below it.
    At(Grade),
}

/// What the engine needs of a scale.
#[derive(Debug, Clone)]
pub struct CompiledScale {
    pub(crate) id: ScaleId,
    /// By rank; empty on a decimal scale.
    pub(crate) positions: Vec<Position>,
    pub(crate) unit: RagUnit,
    /// In fine steps or in the units of [`Position`].
    pub(crate) green_from: i32,
    pub(crate) amber_to: i32,
    pub(crate) red_to: i32,
    /// By curriculum and within it by key stage.
    floors: Vec<CompiledFloor>,
    corridor: Vec<CompiledBand>,
}

/// Where pupils with some targets are expected at one event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CompiledBand {
    /// Place of the event in the calendar.
    event: usize,
    from: Grade,
    to: Grade,
    /// The lowest grade that is expected.
    pub lowest: Grade,
    /// The highest grade that is expected.
    pub highest: Grade,
}

impl CompiledScale {
    /// Where a pupil with this target is expected at the event at a place of the calendar, by the corridor.
    pub(crate) fn band(&self, event: usize, target: Grade) -> Option<&CompiledBand> {
        let within = |band: &&CompiledBand| {
            target.lowest() >= band.from.lowest() && target.lowest() <= band.to.highest()
        };
        self.corridor
            .iter()
            .filter(|band| band.event == event)
            .find(within)
    }

    pub(crate) fn floor(&self, curriculum: u8, key_stage: KeyStage) -> CompiledFloor {
        let place = usize::from(curriculum) * KeyStage::ALL.len() + key_stage.index();
        self.floors
            .get(place)
            .copied()
            .unwrap_or(CompiledFloor::None)
    }
}

pub(super) fn scales(pack: &PolicyPack, check: &mut Checker<'_>) -> Vec<CompiledScale> {
    check_rules(pack, check);
    let mut compiled = Vec::new();
    for scale in check.all_scales().iter() {
        let has_steps = scale.labels().next().is_some();
        let own = pack.status.rag.iter().find(|entry| {
            if entry.scales.is_empty() {
                (entry.unit == RagUnit::FineSteps) == has_steps
            } else {
                entry.scales.iter().any(|key| key == scale.key())
            }
        });
        let Some(own) = own else {
            let kind = PackProblemKind::NoThresholds(scale.key().to_owned());
            check.add("status.rag".to_owned(), kind);
            continue;
        };
        let number = |threshold: Position| match own.unit {
            RagUnit::FineSteps => threshold.units() / Position::UNITS_PER_GRADE,
            RagUnit::WholeGrades => threshold.units(),
        };
        compiled.push(CompiledScale {
            id: scale.id(),
            positions: scale.positions(),
            unit: own.unit,
            green_from: number(own.green_from),
            amber_to: number(own.amber_to),
            red_to: number(own.red_to),
            floors: floors_of(pack, scale),
            corridor: corridor_of(pack, scale),
        });
    }
    compiled
}

fn floors_of(pack: &PolicyPack, scale: &Scale) -> Vec<CompiledFloor> {
    let mut floors = Vec::new();
    for curriculum in &pack.curricula {
        for key_stage in KeyStage::ALL {
            let set = pack.status.floors.iter().filter(|floor| {
                floor.curriculum == *curriculum && floor.key_stages.contains(&key_stage)
            });
            let mut found = CompiledFloor::None;
            for floor in set {
                let own = floor.grades.iter().find(|grade| grade.scale == scale.key());
                match own.and_then(|own| scale.parse(&own.grade).ok()) {
                    Some(grade) => found = CompiledFloor::At(grade),
                    None if found == CompiledFloor::None => found = CompiledFloor::NotOnThisScale,
                    None => {}
                }
            }
            floors.push(found);
        }
    }
    floors
}

fn corridor_of(pack: &PolicyPack, scale: &Scale) -> Vec<CompiledBand> {
    if pack.status.flight_path != FlightPath::Corridor {
        return Vec::new();
    }
    let rows = pack.status.corridor.iter();
    rows.filter(|row| row.scale == scale.key())
        .filter_map(|row| {
            let grade = |label: &str| scale.parse(label).ok();
            Some(CompiledBand {
                event: pack
                    .calendar
                    .iter()
                    .position(|event| event.key == row.event)?,
                from: grade(&row.from)?,
                to: grade(&row.to)?,
                lowest: grade(&row.lowest)?,
                highest: grade(&row.highest)?,
            })
        })
        .collect()
}

/// Each row has an event, known grades in order, and no target that an earlier row of its event has.
fn check_corridor(pack: &PolicyPack, check: &mut Checker<'_>) {
    let status = &pack.status;
    if status.flight_path == FlightPath::Corridor && status.corridor.is_empty() {
        check.add("status.corridor".to_owned(), PackProblemKind::Empty);
    }
    let mut seen: Vec<(&CorridorRow, Grade, Grade)> = Vec::new();
    for (at, row) in status.corridor.iter().enumerate() {
        let place = format!("status.corridor[{at}]");
        if pack.event(&row.event).is_none() {
            let kind = PackProblemKind::UnknownEvent(row.event.clone());
            check.add(place.clone(), kind);
        }
        let Some(scale) = check.scale(&place, &row.scale) else {
            continue;
        };
        let [from, to, lowest, highest] = [&row.from, &row.to, &row.lowest, &row.highest]
            .map(|label| check.grade(&place, scale, label));
        let (Some(from), Some(to), Some(lowest), Some(highest)) = (from, to, lowest, highest)
        else {
            continue;
        };
        if to.highest() < from.lowest() || highest.highest() < lowest.lowest() {
            check.add(place.clone(), PackProblemKind::Backwards);
        }
        let overlaps = seen.iter().any(|(other, lower, upper)| {
            other.event == row.event
                && other.scale == row.scale
                && from.lowest() <= upper.highest()
                && lower.lowest() <= to.highest()
        });
        if overlaps {
            check.add(place, PackProblemKind::Overlap);
        }
        seen.push((row, from, to));
    }
}

fn check_rules(pack: &PolicyPack, check: &mut Checker<'_>) {
    let status = &pack.status;
    if status.tolerance < Position::ZERO {
        check.add("status.tolerance".to_owned(), PackProblemKind::Negative);
    }
    for (at, entry) in status.rag.iter().enumerate() {
        let place = format!("status.rag[{at}]");
        if !in_order(entry) {
            check.add(place.clone(), PackProblemKind::Thresholds);
        }
        for key in &entry.scales {
            let scale = check.scale(&place, key);
            let stepless = scale.is_some_and(|scale| scale.labels().next().is_none());
            if stepless && entry.unit == RagUnit::FineSteps {
                check.add(place.clone(), PackProblemKind::NoFineSteps(key.clone()));
            }
        }
    }
    check_corridor(pack, check);
    let mut seen = Vec::new();
    for (at, floor) in status.floors.iter().enumerate() {
        let place = format!("status.floors[{at}]");
        check.curricula(pack, &place, core::slice::from_ref(&floor.curriculum));
        if floor.key_stages.is_empty() || floor.grades.is_empty() {
            check.add(place.clone(), PackProblemKind::Empty);
        }
        for grade in &floor.grades {
            if let Some(scale) = check.scale(&place, &grade.scale) {
                check.grade(&place, scale, &grade.grade);
            }
            for key_stage in &floor.key_stages {
                let entry = (&floor.curriculum, *key_stage, &grade.scale);
                if seen.contains(&entry) {
                    let kind = PackProblemKind::TwoFloors {
                        curriculum: floor.curriculum.clone(),
                        key_stage: *key_stage,
                        scale: grade.scale.clone(),
                    };
                    check.add(place.clone(), kind);
                }
                seen.push(entry);
            }
        }
    }
}

/// Green above nought, amber below it, red below amber; fine steps in whole numbers.
fn in_order(entry: &RagThresholds) -> bool {
    let numbers = [entry.green_from, entry.amber_to, entry.red_to];
    let whole = |number: &Position| number.units() % Position::UNITS_PER_GRADE == 0;
    entry.green_from > Position::ZERO
        && entry.amber_to < Position::ZERO
        && entry.red_to < entry.amber_to
        && (entry.unit == RagUnit::WholeGrades || numbers.iter().all(whole))
}
