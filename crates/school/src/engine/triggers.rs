//! Rules: whether they fire, and why.

use crate::model::scale::{Grade, Position};
use crate::policy::{
    CompiledCondition, Condition, KeyStage, Outcome, Owner, Policy, PupilCondition, Rag, Scope,
    SubjectCondition, Told, TriggerRule,
};

use super::event::{CellOutcome, PupilOutcome};
use super::status::{Cell, FloorOutcome, GradeEntry, Judgement, OnTargetBasis, RagOutcome};
use super::truth::{Count, Truth};

/// What a condition about one subject reads.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Facts<'a> {
    pub(crate) judgement: &'a Judgement,
    pub(crate) current: GradeEntry,
}

pub(crate) fn subject_truth(condition: &SubjectCondition, facts: &Facts<'_>) -> Truth {
    match condition {
        SubjectCondition::OffTarget => facts.judgement.on_target.opposite(),
        SubjectCondition::BelowFloor => facts.judgement.floor.below(),
        SubjectCondition::CurrentBelowTarget(at_least) => facts
            .judgement
            .whole_grades_below
            .map_or(Truth::Unknown, |below| Truth::from(below >= *at_least)),
        SubjectCondition::CurrentAtMost(grades) => {
            compared(facts.current, grades, |lowest, highest, at| {
                three_valued(highest <= at.highest(), lowest > at.highest())
            })
        }
        SubjectCondition::CurrentUnder(grades) => {
            compared(facts.current, grades, |lowest, highest, at| {
                three_valued(highest < at.lowest(), lowest >= at.lowest())
            })
        }
        SubjectCondition::Rag(colour) => facts
            .judgement
            .rag
            .colour()
            .map_or(Truth::Unknown, |own| Truth::from(own == *colour)),
        SubjectCondition::All(parts) => parts
            .iter()
            .fold(Truth::True, |sum, part| sum.and(subject_truth(part, facts))),
        SubjectCondition::Any(parts) => parts
            .iter()
            .fold(Truth::False, |sum, part| sum.or(subject_truth(part, facts))),
    }
}

/// Holds the current grade against the grade given for its scale; false on a scale that has none.
fn compared(
    current: GradeEntry,
    grades: &[(crate::model::scale::ScaleId, Grade)],
    compare: impl Fn(Position, Position, Grade) -> Truth,
) -> Truth {
    let GradeEntry::Grade(current) = current else {
        return Truth::Unknown;
    };
    grades
        .iter()
        .find(|(scale, _)| *scale == current.scale())
        .map_or(Truth::False, |(_, at)| {
            compare(current.lowest(), current.highest(), *at)
        })
}

fn three_valued(yes: bool, no: bool) -> Truth {
    match (yes, no) {
        (true, _) => Truth::True,
        (false, true) => Truth::False,
        (false, false) => Truth::Unknown,
    }
}

pub(crate) fn count_truth(condition: &PupilCondition, counts: &[Count]) -> Truth {
    match condition {
        PupilCondition::Count {
            counted,
            at_least,
            at_most,
        } => counts
            .get(*counted)
            .map_or(Truth::Unknown, |count| count.within(*at_least, *at_most)),
        PupilCondition::All(parts) => parts
            .iter()
            .fold(Truth::True, |sum, part| sum.and(count_truth(part, counts))),
        PupilCondition::Any(parts) => parts
            .iter()
            .fold(Truth::False, |sum, part| sum.or(count_truth(part, counts))),
    }
}

/// A single condition with what it was asked of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fact {
    /// Off target, and what that rests on.
    OffTarget(OnTargetBasis),
    /// Below the floor.
    BelowFloor(FloorOutcome),
    /// How far the current grade lies below the target.
    CurrentBelowTarget {
        /// In whole grades; above negative.
        whole_grades_below: Option<Position>,
        /// What the rule asks.
        at_least: Position,
    },
    /// The current grade beside the one that the rule names for its scale.
    CurrentAtMost {
        /// The current grade.
        current: Option<Grade>,
        /// The rule's, where it names one for this scale.
        limit: Option<Grade>,
    },
    /// The same; the current grade has to be worse.
    CurrentUnder {
        /// The current grade.
        current: Option<Grade>,
        /// The rule's, where it names one for this scale.
        limit: Option<Grade>,
    },
    /// The colour.
    Rag {
        /// The subject's.
        found: RagOutcome,
        /// The rule's.
        asked: Rag,
    },
    /// A count over the pupil's subjects.
    Subjects {
        /// What was counted.
        counted: Condition,
        /// The subjects that count, by the place that their cells name.
        subjects: Vec<u16>,
        /// Subjects of which it is not known.
        unknown: u16,
        /// This many or more.
        at_least: u16,
        /// And not more than this.
        at_most: Option<u16>,
    },
}

/// How a condition came out, part by part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Explanation {
    /// A single condition.
    Fact {
        /// How it came out.
        truth: Truth,
        /// What it is.
        fact: Fact,
    },
    /// Every part has to be true.
    All {
        /// How it came out.
        truth: Truth,
        /// The parts.
        parts: Vec<Explanation>,
    },
    /// One part has to be true.
    Any {
        /// How it came out.
        truth: Truth,
        /// The parts.
        parts: Vec<Explanation>,
    },
}

impl Explanation {
    /// How the condition came out.
    pub fn truth(&self) -> Truth {
        match self {
            Explanation::Fact { truth, .. }
            | Explanation::All { truth, .. }
            | Explanation::Any { truth, .. } => *truth,
        }
    }

    /// The single conditions that made it so: of *any* the first true part's, of *all* every
    /// part's. Empty unless the condition is true.
    pub fn decisive(&self) -> Vec<&Fact> {
        match self {
            _ if !self.truth().is_true() => Vec::new(),
            Explanation::Fact { fact, .. } => vec![fact],
            Explanation::All { parts, .. } => {
                parts.iter().flat_map(Explanation::decisive).collect()
            }
            Explanation::Any { parts, .. } => parts
                .iter()
                .find(|part| part.truth().is_true())
                .map(Explanation::decisive)
                .unwrap_or_default(),
        }
    }
}

/// A rule that fires, or of which it cannot be told, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Firing {
    /// Number of the rule: its place in the pack.
    pub rule: u8,
    /// Key of the rule.
    pub key: String,
    /// Its scope.
    pub scope: Scope,
    /// The subject's place, for a rule of scope *subject*.
    pub subject: Option<u16>,
    /// What follows if it fires.
    pub outcome: Outcome,
    /// True, or unknown.
    pub truth: Truth,
    /// Why.
    pub explanation: Explanation,
}

/// Every rule that fires for a pupil or may yet fire, each with its reasons: subject by subject,
/// then the pupil's own.
///
/// `cells` and `outcomes` are what [`evaluate_pupil`](super::event::evaluate_pupil) took and gave.
pub fn explain(
    policy: &Policy,
    key_stage: Option<KeyStage>,
    cells: &[Cell],
    outcomes: &[CellOutcome],
) -> Vec<Firing> {
    let Some(key_stage) = key_stage else {
        return Vec::new();
    };
    let asked = |scope_is_subject: bool| {
        policy
            .pack()
            .triggers
            .iter()
            .enumerate()
            .filter(move |(_, rule)| {
                rule.on
                    && rule.key_stages.contains(&key_stage)
                    && (rule.scope == Scope::Subject) == scope_is_subject
            })
    };
    let mut firings = Vec::new();
    for (cell, outcome) in cells.iter().zip(outcomes) {
        for (number, rule) in asked(true) {
            let Some(CompiledCondition::Subject(condition)) =
                policy.rules().get(number).map(|rule| &rule.condition)
            else {
                continue;
            };
            let facts = Facts {
                judgement: &outcome.judgement,
                current: cell.current,
            };
            let explanation = explain_subject(condition, &facts);
            push(&mut firings, number, rule, Some(cell.subject), explanation);
        }
    }
    for (number, rule) in asked(false) {
        let Some(CompiledCondition::Pupil(condition)) =
            policy.rules().get(number).map(|rule| &rule.condition)
        else {
            continue;
        };
        if let Some(explanation) = explain_pupil(policy, &rule.when, condition, cells, outcomes) {
            push(&mut firings, number, rule, None, explanation);
        }
    }
    firings
}

fn push(
    firings: &mut Vec<Firing>,
    number: usize,
    rule: &TriggerRule,
    subject: Option<u16>,
    explanation: Explanation,
) {
    let truth = explanation.truth();
    if truth == Truth::False {
        return;
    }
    firings.push(Firing {
        rule: u8::try_from(number).unwrap_or(u8::MAX),
        key: rule.key.clone(),
        scope: rule.scope,
        subject,
        outcome: rule.outcome.clone(),
        truth,
        explanation,
    });
}

fn explain_subject(condition: &SubjectCondition, facts: &Facts<'_>) -> Explanation {
    let truth = subject_truth(condition, facts);
    let current = facts.current.grade();
    let limit = |grades: &[(crate::model::scale::ScaleId, Grade)]| {
        let own = current?.scale();
        grades
            .iter()
            .find(|(scale, _)| *scale == own)
            .map(|(_, grade)| *grade)
    };
    let fact = match condition {
        SubjectCondition::All(parts) => {
            let parts = parts.iter().map(|part| explain_subject(part, facts));
            return Explanation::All {
                truth,
                parts: parts.collect(),
            };
        }
        SubjectCondition::Any(parts) => {
            let parts = parts.iter().map(|part| explain_subject(part, facts));
            return Explanation::Any {
                truth,
                parts: parts.collect(),
            };
        }
        SubjectCondition::OffTarget => Fact::OffTarget(facts.judgement.on_target_basis),
        SubjectCondition::BelowFloor => Fact::BelowFloor(facts.judgement.floor),
        SubjectCondition::CurrentBelowTarget(at_least) => Fact::CurrentBelowTarget {
            whole_grades_below: facts.judgement.whole_grades_below,
            at_least: *at_least,
        },
        SubjectCondition::CurrentAtMost(grades) => Fact::CurrentAtMost {
            current,
            limit: limit(grades),
        },
        SubjectCondition::CurrentUnder(grades) => Fact::CurrentUnder {
            current,
            limit: limit(grades),
        },
        SubjectCondition::Rag(asked) => Fact::Rag {
            found: facts.judgement.rag,
            asked: *asked,
        },
    };
    Explanation::Fact { truth, fact }
}

/// The pack's condition and the compiled one have the same shape; they are walked together.
fn explain_pupil(
    policy: &Policy,
    source: &Condition,
    condition: &PupilCondition,
    cells: &[Cell],
    outcomes: &[CellOutcome],
) -> Option<Explanation> {
    let children = |sources: &[Condition], parts: &[PupilCondition]| -> Vec<Explanation> {
        sources
            .iter()
            .zip(parts)
            .filter_map(|(source, part)| explain_pupil(policy, source, part, cells, outcomes))
            .collect()
    };
    match (source, condition) {
        (Condition::All(sources), PupilCondition::All(parts)) => {
            let parts = children(sources, parts);
            let truth = parts
                .iter()
                .fold(Truth::True, |sum, part| sum.and(part.truth()));
            Some(Explanation::All { truth, parts })
        }
        (Condition::Any(sources), PupilCondition::Any(parts)) => {
            let parts = children(sources, parts);
            let truth = parts
                .iter()
                .fold(Truth::False, |sum, part| sum.or(part.truth()));
            Some(Explanation::Any { truth, parts })
        }
        (
            Condition::Subjects { r#where, .. },
            PupilCondition::Count {
                counted,
                at_least,
                at_most,
            },
        ) => {
            let what = policy.counted().get(*counted)?;
            let mut count = Count::default();
            let mut subjects = Vec::new();
            for (cell, outcome) in cells.iter().zip(outcomes) {
                let facts = Facts {
                    judgement: &outcome.judgement,
                    current: cell.current,
                };
                let truth = subject_truth(what, &facts);
                count.add(truth);
                if truth.is_true() {
                    subjects.push(cell.subject);
                }
            }
            Some(Explanation::Fact {
                truth: count.within(*at_least, *at_most),
                fact: Fact::Subjects {
                    counted: (**r#where).clone(),
                    subjects,
                    unknown: count.unknown,
                    at_least: *at_least,
                    at_most: *at_most,
                },
            })
        }
        _ => None,
    }
}

/// What the form tutor has to do with a pupil.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TutorPart {
    /// Nothing.
    None,
    /// Intervention at this level.
    Level(u8),
    /// The pupil is the coordinator's (or another's) now.
    Owner(Owner),
}

/// The tutor's part in a pupil, from the first rule of scope *tutor* that fires.
pub fn tutor_part(policy: &Policy, outcome: &PupilOutcome) -> TutorPart {
    fired(policy, outcome, Scope::Tutor)
        .next()
        .map_or(TutorPart::None, |rule| match rule.outcome.level {
            Some(level) => TutorPart::Level(level),
            None => TutorPart::Owner(rule.outcome.owner),
        })
}

/// Whether a rule of scope *key stage* fires.
pub fn key_stage_triggered(policy: &Policy, outcome: &PupilOutcome) -> bool {
    fired(policy, outcome, Scope::KeyStage).next().is_some()
}

/// Everyone whom the rules that fire for the pupil tell, each once.
pub fn told(policy: &Policy, outcome: &PupilOutcome) -> Vec<Told> {
    let mut told = Vec::new();
    for rule in outcome.rules.fired.iter() {
        let rule = policy.pack().triggers.get(usize::from(rule));
        for person in rule.iter().flat_map(|rule| &rule.outcome.told) {
            if !told.contains(person) {
                told.push(*person);
            }
        }
    }
    told
}

fn fired<'a>(
    policy: &'a Policy,
    outcome: &'a PupilOutcome,
    scope: Scope,
) -> impl Iterator<Item = &'a TriggerRule> {
    outcome
        .rules
        .fired
        .iter()
        .filter_map(|rule| policy.pack().triggers.get(usize::from(rule)))
        .filter(move |rule| rule.scope == scope)
}
