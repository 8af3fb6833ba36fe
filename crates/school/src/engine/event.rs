//! All judgements and rules of one event: of the whole school, or of one pupil.

use crate::policy::{CompiledCondition, KeyStage, Policy};

use super::status::{Cell, EventTerms, Judgement, Setting, judge};
use super::triggers::{Facts, count_truth, subject_truth};
use super::truth::{Count, Truth};

/// Rules by number, as a set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct RuleBits(u64);

impl RuleBits {
    /// Whether the rule is in the set.
    pub fn contains(self, rule: u8) -> bool {
        rule < 64 && self.0 & (1 << rule) != 0
    }

    /// Whether the set is empty.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The rules in the set, in the order of the pack.
    pub fn iter(self) -> impl Iterator<Item = u8> {
        (0..64).filter(move |rule| self.contains(*rule))
    }

    fn insert(&mut self, rule: u8) {
        if rule < 64 {
            self.0 |= 1 << rule;
        }
    }
}

/// Which rules fire, and of which it cannot be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Fired {
    /// True.
    pub fired: RuleBits,
    /// Unknown.
    pub undecided: RuleBits,
}

impl Fired {
    fn note(&mut self, rule: u8, truth: Truth) {
        match truth {
            Truth::True => self.fired.insert(rule),
            Truth::Unknown => self.undecided.insert(rule),
            Truth::False => {}
        }
    }
}

/// One subject's answers for one pupil.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CellOutcome {
    /// Its status.
    pub judgement: Judgement,
    /// Rules of scope *subject*.
    pub rules: Fired,
}

/// A pupil's answers over all subjects.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PupilOutcome {
    /// Subjects off target.
    pub off_target: Count,
    /// Subjects below the floor.
    pub below_floor: Count,
    /// Rules of every scope but *subject*.
    pub rules: Fired,
}

/// One pupil's row of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PupilRow {
    /// The pupil's key stage; none where the year group is not known.
    pub key_stage: Option<KeyStage>,
    /// What of the event bears on this pupil's judgements.
    pub terms: EventTerms,
    /// How many of the cells are this pupil's, after those of the pupils before.
    pub cells: u32,
}

/// A subject as the engine needs it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SubjectSetting {
    /// Its curriculum, from [`Policy::curriculum`].
    pub curriculum: Option<crate::policy::CurriculumIndex>,
}

/// An event of a whole school: pupils, and their cells one pupil after the other.
#[derive(Debug, Clone, Copy)]
pub struct EventInputs<'a> {
    /// The subjects that cells name by their place here.
    pub subjects: &'a [SubjectSetting],
    /// The pupils.
    pub pupils: &'a [PupilRow],
    /// The cells, grouped by pupil in the order of `pupils`.
    pub cells: &'a [Cell],
}

/// The answers for an event, to be used again for the next one without new memory.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EventOutcome {
    /// One for each cell.
    pub cells: Vec<CellOutcome>,
    /// One for each pupil.
    pub pupils: Vec<PupilOutcome>,
    counts: Vec<Count>,
}

impl EventOutcome {
    /// The answers of the pupil at a place, with those of the subjects, given the same pupils as
    /// when they were made.
    pub fn pupil<'a>(
        &'a self,
        pupils: &[PupilRow],
        place: usize,
    ) -> Option<(&'a PupilOutcome, &'a [CellOutcome])> {
        let before: usize = pupils
            .get(..place)?
            .iter()
            .map(|pupil| pupil.cells as usize)
            .sum();
        let own = pupils.get(place)?.cells as usize;
        let cells = self.cells.get(before..before.saturating_add(own))?;
        Some((self.pupils.get(place)?, cells))
    }
}

/// Evaluates a whole event into `out`, whose memory is used again.
///
/// Cells beyond those that the pupils claim get no answer; a pupil who claims more than there are
/// gets those that there are.
pub fn evaluate(policy: &Policy, inputs: &EventInputs<'_>, out: &mut EventOutcome) {
    out.cells.clear();
    out.cells.resize(inputs.cells.len(), CellOutcome::default());
    out.pupils.clear();
    out.pupils.reserve(inputs.pupils.len());
    out.counts.resize(policy.counted().len(), Count::default());
    let mut cells = inputs.cells;
    let mut outcomes = out.cells.as_mut_slice();
    for pupil in inputs.pupils {
        let own = (pupil.cells as usize).min(cells.len());
        let (of_pupil, rest) = cells.split_at(own);
        let (into, rest_into) = outcomes.split_at_mut(own);
        out.pupils.push(pupil_outcome(
            policy,
            inputs.subjects,
            pupil,
            of_pupil,
            into,
            &mut out.counts,
        ));
        cells = rest;
        outcomes = rest_into;
    }
}

/// Evaluates one pupil, as after a keystroke: the same answers as [`evaluate`] gives.
pub fn evaluate_pupil(
    policy: &Policy,
    subjects: &[SubjectSetting],
    key_stage: Option<KeyStage>,
    terms: EventTerms,
    cells: &[Cell],
    out: &mut Vec<CellOutcome>,
) -> PupilOutcome {
    out.clear();
    out.resize(cells.len(), CellOutcome::default());
    let mut counts = vec![Count::default(); policy.counted().len()];
    let pupil = PupilRow {
        key_stage,
        terms,
        cells: u32::try_from(cells.len()).unwrap_or(u32::MAX),
    };
    pupil_outcome(policy, subjects, &pupil, cells, out, &mut counts)
}

fn pupil_outcome(
    policy: &Policy,
    subjects: &[SubjectSetting],
    pupil: &PupilRow,
    cells: &[Cell],
    outcomes: &mut [CellOutcome],
    counts: &mut [Count],
) -> PupilOutcome {
    let plan = pupil.key_stage.and_then(|key_stage| policy.plan(key_stage));
    let mut whole = PupilOutcome::default();
    counts.fill(Count::default());
    for (cell, outcome) in cells.iter().zip(outcomes.iter_mut()) {
        let subject = subjects.get(usize::from(cell.subject));
        let setting = Setting {
            key_stage: pupil.key_stage,
            curriculum: subject.and_then(|subject| subject.curriculum),
        };
        outcome.judgement = judge(policy, pupil.terms, setting, cell);
        whole.off_target.add(outcome.judgement.on_target.opposite());
        whole.below_floor.add(outcome.judgement.floor.below());
        let Some(plan) = plan else {
            continue;
        };
        let facts = Facts {
            judgement: &outcome.judgement,
            current: cell.current,
        };
        for rule in &plan.subject_rules {
            if let Some(CompiledCondition::Subject(condition)) = policy
                .rules()
                .get(usize::from(*rule))
                .map(|rule| &rule.condition)
            {
                outcome.rules.note(*rule, subject_truth(condition, &facts));
            }
        }
        for counted in &plan.counted {
            if let (Some(condition), Some(count)) =
                (policy.counted().get(*counted), counts.get_mut(*counted))
            {
                count.add(subject_truth(condition, &facts));
            }
        }
    }
    let Some(plan) = plan else {
        return whole;
    };
    for rule in &plan.pupil_rules {
        if let Some(CompiledCondition::Pupil(condition)) = policy
            .rules()
            .get(usize::from(*rule))
            .map(|rule| &rule.condition)
        {
            whole.rules.note(*rule, count_truth(condition, counts));
        }
    }
    whole
}
