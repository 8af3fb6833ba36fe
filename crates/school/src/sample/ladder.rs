//! Grades of a scale by how good they are, ready to be written.

use std::collections::HashMap;

use crate::journal::{Draft, Noted};
use crate::model::Value;
use crate::model::scale::{Position, Scale, ScaleSet};

/// The grades of one scale in order, the worst first.
#[derive(Debug, Clone)]
pub(super) struct Ladder {
    /// Place on the scale in whole grades, and the grade as the draft noted it.
    rungs: Vec<(f64, Noted)>,
    /// What an ordinary pupil's GCSE level corresponds to here.
    fit: Fit,
}

/// From the level at GCSE, on which pupils are made up, to a place on another scale.
#[derive(Debug, Clone, Copy)]
struct Fit {
    /// Where a GCSE level of 6 lies.
    at_six: f64,
    /// How many whole grades here go with one there.
    slope: f64,
    /// No target lies lower.
    lowest_target: f64,
}

/// The parts of a mark that decimal scales are given in.
const DECIMAL_STEPS: u16 = 10;

impl Ladder {
    fn new(scale: &Scale, draft: &mut Draft) -> Ladder {
        let mut rungs = Vec::new();
        let mut add = |place: Position, label: &str| {
            let noted = draft.note(Value::grade(scale.key(), label));
            rungs.push((place.as_grades(), noted));
        };
        for (place, label) in scale.positions().into_iter().zip(scale.labels()) {
            add(place, label);
        }
        let (lowest, highest) = scale.range();
        if scale.labels().next().is_none() {
            let tenth = Position::UNITS_PER_GRADE / i32::from(DECIMAL_STEPS);
            let mut place = lowest;
            while place <= highest {
                if let Some(grade) = scale.at_or_under(place) {
                    add(place, &scale.label(grade));
                }
                place = place + Position::from_units(tenth);
            }
        }
        let fit = match scale.key() {
            // Fewer and better pupils take A levels, and the scale is shorter.
            "a-level" => Fit {
                at_six: 3.7,
                slope: 0.7,
                lowest_target: 1.0,
            },
            "spanish-0-10" => Fit {
                at_six: 6.9,
                slope: 0.95,
                lowest_target: 5.0,
            },
            _ => Fit {
                at_six: 6.0,
                slope: 1.0,
                lowest_target: 2.0,
            },
        };
        Ladder { rungs, fit }
    }

    /// The place of a GCSE level on this scale, in whole grades.
    pub(super) fn place(&self, gcse_level: f64) -> f64 {
        self.fit.at_six + self.fit.slope * (gcse_level - 6.0)
    }

    /// The rung nearest to a place.
    pub(super) fn nearest(&self, place: f64) -> Option<usize> {
        let above = self.rungs.partition_point(|(at, _)| *at < place);
        let distance = |rung: usize| {
            self.rungs
                .get(rung)
                .map_or(f64::INFINITY, |(at, _)| (at - place).abs())
        };
        let below = above.saturating_sub(1);
        let nearer = if distance(below) <= distance(above) {
            below
        } else {
            above
        };
        self.rungs.get(nearer).map(|_| nearer)
    }

    /// The rung of a target at a place: on decimal scales a whole or a half mark.
    pub(super) fn target(&self, place: f64) -> Option<usize> {
        let place = place.max(self.fit.lowest_target);
        let coarse = if self.is_decimal() {
            (place * 2.0).round() / 2.0
        } else {
            place
        };
        self.nearest(coarse)
    }

    /// Where a rung lies, in whole grades.
    pub(super) fn at(&self, rung: usize) -> f64 {
        self.rungs.get(rung).map_or(0.0, |(at, _)| *at)
    }

    /// The grade of a rung.
    pub(super) fn noted(&self, rung: usize) -> Option<Noted> {
        self.rungs.get(rung).map(|(_, noted)| *noted)
    }

    /// The rung so many whole grades better, within the scale.
    pub(super) fn raised(&self, rung: usize, whole_grades: f64) -> Option<usize> {
        self.nearest(self.at(rung) + whole_grades)
    }

    /// The best rung not above a place; nothing where even the worst is.
    pub(super) fn at_or_under(&self, place: f64) -> Option<usize> {
        // Places are sums of thirds and tenths: a hair above a rung is on it.
        let above = self.rungs.partition_point(|(at, _)| *at <= place + 1e-6);
        above.checked_sub(1)
    }

    /// Whether marks lie closer than any grades do.
    pub(super) fn is_decimal(&self) -> bool {
        match self.rungs.as_slice() {
            [(first, _), (second, _), ..] => second - first < 0.3,
            _ => false,
        }
    }
}

/// The ladders of all scales that are used, by key.
pub(super) struct Ladders {
    scales: ScaleSet,
    ladders: HashMap<String, Ladder>,
}

impl Ladders {
    pub(super) fn new() -> Ladders {
        Ladders {
            scales: ScaleSet::shipped(),
            ladders: HashMap::new(),
        }
    }

    /// The scale itself; nothing where no such scale ships.
    pub(super) fn scale(&self, scale: &str) -> Option<&Scale> {
        self.scales.get(scale)
    }

    /// The ladder of a scale; nothing where no such scale ships.
    pub(super) fn of(&mut self, scale: &str, draft: &mut Draft) -> Option<Ladder> {
        if let Some(ladder) = self.ladders.get(scale) {
            return Some(ladder.clone());
        }
        let ladder = Ladder::new(self.scales.get(scale)?, draft);
        self.ladders.insert(scale.to_owned(), ladder.clone());
        Some(ladder)
    }
}
