//! The event and what is asked of it.

use std::hint::black_box;

use flightpath_school::engine::event::{
    CellOutcome, EventInputs, EventOutcome, PupilRow, SubjectSetting, evaluate, evaluate_pupil,
};
use flightpath_school::engine::status::{Belief, Cell, EventTerms, GradeEntry};
use flightpath_school::model::scale::{Grade, Position, Scale, ScaleSet};
use flightpath_school::policy::{KeyStage, Policy, PolicyPack};
use serde::Serialize;

/// Pupils of the event.
pub const PUPILS: usize = 2_000;
/// Subjects of each pupil.
pub const SUBJECTS: usize = 12;

const PACK: &str = "bilingual-secondary";
const EVENT: &str = "february";
const SEED: u64 = 20_260_209;
const YEARS: [i8; 7] = [7, 8, 9, 10, 11, 12, 13];
/// The last of the twelve subjects are taught in Spanish.
const SPANISH_SUBJECTS: usize = 3;
/// The floors of the pack, beside which the rival compares.
const FLOORS: [(&str, &str); 3] = [("gcse-9-1", "4"), ("a-level", "E"), ("spanish-0-10", "5")];
const GCSE: [&str; 9] = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];
const A_LEVEL: [&str; 7] = ["U", "E", "D", "C", "B", "A", "A*"];
const SPANISH: [&str; 11] = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10"];

/// The shipped pack or its scales no longer have what the event is made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotMade(&'static str);

impl std::fmt::Display for NotMade {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "the event cannot be made: {}", self.0)
    }
}

impl std::error::Error for NotMade {}

/// One cell as the rival gets it: every comparison that can be prepared is, so that only the rule
/// itself is left to it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct RivalFacts {
    /// The teacher says off target.
    off_target: bool,
    /// Whole grades of the current grade below the target; above negative.
    below: f64,
    /// Position of the current grade on its scale, in whole grades.
    current: f64,
    /// Position of the floor on the same scale.
    floor: f64,
    /// Whether the subject trigger fires, as our engine says.
    fires: bool,
}

/// The grades of a scale that the event draws from, from the lowest, and its floor.
struct Ladder {
    grades: Vec<Grade>,
    floor: Grade,
}

impl Ladder {
    fn of(scales: &ScaleSet, key: &str, labels: &[&str]) -> Result<Ladder, NotMade> {
        let scale = scales.get(key).ok_or(NotMade("a scale is missing"))?;
        let parse = |scale: &Scale, label: &str| {
            scale
                .parse(label)
                .map_err(|_| NotMade("a grade is missing"))
        };
        let (_, floor) = FLOORS
            .iter()
            .find(|(of, _)| *of == key)
            .ok_or(NotMade("a floor is missing"))?;
        Ok(Ladder {
            grades: labels
                .iter()
                .map(|label| parse(scale, label))
                .collect::<Result<_, _>>()?,
            floor: parse(scale, floor)?,
        })
    }

    /// The grade so many places up; the ends of the ladder hold.
    fn at(&self, place: i64) -> GradeEntry {
        let highest = self.grades.len().saturating_sub(1);
        let place = usize::try_from(place).unwrap_or(0).min(highest);
        self.grades.get(place).copied().into()
    }
}

/// Repeatable chance: SplitMix64 of Steele, Lea and Flood (OOPSLA 2014).
struct Chance(u64);

impl Chance {
    /// From 0 up to but not including `below`.
    fn below(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % below.max(1)
    }

    fn between(&mut self, lowest: i64, highest: i64) -> i64 {
        let span = u64::try_from(highest - lowest + 1).unwrap_or(1);
        lowest + i64::try_from(self.below(span)).unwrap_or(0)
    }
}

/// The event, with the memory for its answers.
pub struct Event {
    policy: Policy,
    subjects: Vec<SubjectSetting>,
    pupils: Vec<PupilRow>,
    cells: Vec<Cell>,
    floors: Vec<Grade>,
    out: EventOutcome,
    of_one: Vec<CellOutcome>,
    trigger: u8,
}

impl Event {
    /// Makes the event up.
    ///
    /// # Errors
    /// [`NotMade`], when the shipped pack or its scales have changed under it.
    pub fn made_up() -> Result<Event, NotMade> {
        let scales = ScaleSet::shipped();
        let pack = PolicyPack::by_key(PACK).ok_or(NotMade("the pack is missing"))?;
        let policy =
            Policy::new(pack, &scales).map_err(|_| NotMade("the pack does not compile"))?;
        if policy.pack().event(EVENT).is_none() {
            return Err(NotMade("the pack has no such event"));
        }
        let trigger = policy
            .pack()
            .triggers
            .iter()
            .position(|rule| rule.key == "subject")
            .and_then(|place| u8::try_from(place).ok())
            .ok_or(NotMade("the pack has no subject trigger"))?;
        let subjects: Vec<SubjectSetting> = (0..SUBJECTS)
            .map(|subject| SubjectSetting {
                curriculum: policy.curriculum(if is_spanish(subject) { "spanish" } else { "uk" }),
            })
            .collect();
        let gcse = Ladder::of(&scales, "gcse-9-1", &GCSE)?;
        let a_level = Ladder::of(&scales, "a-level", &A_LEVEL)?;
        let spanish = Ladder::of(&scales, "spanish-0-10", &SPANISH)?;
        let mut chance = Chance(SEED);
        let mut pupils = Vec::with_capacity(PUPILS);
        let mut cells = Vec::with_capacity(PUPILS * SUBJECTS);
        let mut floors = Vec::with_capacity(PUPILS * SUBJECTS);
        for year in YEARS.iter().cycle().take(PUPILS) {
            let key_stage = KeyStage::of_year(*year);
            pupils.push(PupilRow {
                key_stage,
                terms: EventTerms::of(policy.pack(), EVENT, *year),
                cells: u32::try_from(SUBJECTS).unwrap_or(u32::MAX),
            });
            for subject in 0..SUBJECTS {
                let ladder = match (is_spanish(subject), key_stage) {
                    (true, _) => &spanish,
                    (false, Some(KeyStage::Ks5)) => &a_level,
                    (false, _) => &gcse,
                };
                let target = chance.between(3, 8);
                // Most are within a grade of their target; the teacher mostly says what that means.
                let below = [0, 0, 0, 0, 1, 1, 1, 2, 3, -1]
                    .get(usize::try_from(chance.below(10)).unwrap_or(0))
                    .copied()
                    .unwrap_or(0);
                let off = below >= 2 || chance.below(10) == 0;
                cells.push(Cell {
                    subject: u16::try_from(subject).unwrap_or(u16::MAX),
                    target: ladder.at(target),
                    current: ladder.at(target - below),
                    belief: if off { Belief::No } else { Belief::Yes },
                    ..Cell::default()
                });
                floors.push(ladder.floor);
            }
        }
        Ok(Event {
            policy,
            subjects,
            pupils,
            cells,
            floors,
            out: EventOutcome::default(),
            of_one: Vec::new(),
            trigger,
        })
    }

    /// Judges every cell and asks every rule, reasons off.
    pub fn whole(&mut self) {
        let inputs = EventInputs {
            subjects: black_box(&self.subjects),
            pupils: black_box(&self.pupils),
            cells: black_box(&self.cells),
        };
        evaluate(&self.policy, &inputs, &mut self.out);
        black_box(&self.out);
    }

    /// Judges each pupil alone, as after a keystroke in one cell: the same work as
    /// [`whole`](Event::whole), in as many calls as there are pupils.
    pub fn one_by_one(&mut self) {
        for (pupil, cells) in self.pupils.iter().zip(self.cells.chunks(SUBJECTS)) {
            let outcome = evaluate_pupil(
                black_box(&self.policy),
                &self.subjects,
                pupil.key_stage,
                pupil.terms,
                black_box(cells),
                &mut self.of_one,
            );
            black_box((&outcome, &self.of_one));
        }
    }

    /// In how many cells the subject trigger fires, by the last answers.
    pub fn fired(&self) -> usize {
        self.out
            .cells
            .iter()
            .filter(|cell| cell.rules.fired.contains(self.trigger))
            .count()
    }

    /// How many rules fire for how many pupils beyond their subjects, by the last answers: the
    /// proof that these rules were asked too.
    pub fn pupil_rules_fired(&self) -> usize {
        let fired = self.out.pupils.iter().map(|pupil| pupil.rules.fired);
        fired.map(|rules| rules.iter().count()).sum()
    }

    /// The same cells for the rival, with our answers beside them.
    pub fn for_rival(&mut self) -> Vec<RivalFacts> {
        self.whole();
        let answers = self.out.cells.iter();
        let cells = self.cells.iter().zip(&self.floors).zip(answers);
        cells
            .filter_map(|((cell, floor), answer)| {
                let (target, current) = (cell.target.grade()?, cell.current.grade()?);
                let below = Position::ZERO - current.whole_grades_from(target).ok()?;
                Some(RivalFacts {
                    off_target: cell.belief == Belief::No,
                    below: below.as_grades(),
                    current: current.highest().as_grades(),
                    floor: floor.lowest().as_grades(),
                    fires: answer.rules.fired.contains(self.trigger),
                })
            })
            .collect()
    }
}

fn is_spanish(subject: usize) -> bool {
    subject + SPANISH_SUBJECTS >= SUBJECTS
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn every_cell_goes_to_the_rival_and_rules_of_every_scope_fire() {
        let mut event = Event::made_up().unwrap();
        let facts = event.for_rival();
        assert_eq!(facts.len(), PUPILS * SUBJECTS);
        let by_hand = |facts: &RivalFacts| {
            facts.off_target && facts.below >= 2.0 || facts.current < facts.floor
        };
        assert!(facts.iter().all(|facts| by_hand(facts) == facts.fires));
        let fired = event.fired();
        assert!(fired > 1_000 && fired < facts.len() / 2, "{fired}");
        assert!(event.pupil_rules_fired() > 1_000);
    }
}
