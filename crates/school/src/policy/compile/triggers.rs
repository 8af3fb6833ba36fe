//! Rules, sorted by what they are about, with what they count counted once.

use super::checker::Checker;
use crate::model::scale::{Grade, Position, ScaleId};
use crate::policy::condition::Condition;
use crate::policy::pack::PolicyPack;
use crate::policy::problem::PackProblemKind;
use crate::policy::selector::KeyStage;
use crate::policy::status_rules::{Rag, ScaleGrade};
use crate::policy::trigger_rules::{Scope, TriggerRule};

/// The most rules that a pack may have.
pub const MAX_RULES: usize = 64;

/// A condition about one subject, with its grades read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SubjectCondition {
    /// Off target.
    OffTarget,
    /// Below the floor.
    BelowFloor,
    /// Current so far below target.
    CurrentBelowTarget(Position),
    /// Current at most one of these.
    CurrentAtMost(Vec<(ScaleId, Grade)>),
    /// Current under one of these.
    CurrentUnder(Vec<(ScaleId, Grade)>),
    /// This colour.
    Rag(Rag),
    /// Every part.
    All(Vec<SubjectCondition>),
    /// At least one part.
    Any(Vec<SubjectCondition>),
}

/// A condition about a pupil.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PupilCondition {
    /// A count within bounds.
    Count {
        /// Which count, by its place among the policy's.
        counted: usize,
        /// This many or more.
        at_least: u16,
        /// And not more than this.
        at_most: Option<u16>,
    },
    /// Every part.
    All(Vec<PupilCondition>),
    /// At least one part.
    Any(Vec<PupilCondition>),
}

/// A rule's condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CompiledCondition {
    /// Asked of every subject.
    Subject(SubjectCondition),
    /// Asked of the pupil.
    Pupil(PupilCondition),
}

/// A rule with its condition resolved. Its number is its place in the pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompiledRule {
    /// What it asks.
    pub condition: CompiledCondition,
}

/// What has to be evaluated for the pupils of one key stage, by number.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KeyStagePlan {
    /// Rules asked of every subject.
    pub(crate) subject_rules: Vec<u8>,
    /// Rules asked of the pupil.
    pub(crate) pupil_rules: Vec<u8>,
    /// Conditions counted over the pupil's subjects.
    pub(crate) counted: Vec<usize>,
}

#[derive(Default)]
pub(super) struct Triggers {
    pub(super) rules: Vec<CompiledRule>,
    pub(super) counted: Vec<SubjectCondition>,
    pub(super) plans: Vec<KeyStagePlan>,
}

pub(super) fn compile(pack: &PolicyPack, check: &mut Checker<'_>) -> Triggers {
    let mut triggers = Triggers {
        plans: vec![KeyStagePlan::default(); KeyStage::ALL.len()],
        ..Triggers::default()
    };
    if pack.triggers.len() > MAX_RULES {
        let kind = PackProblemKind::TooManyRules { most: MAX_RULES };
        check.add("triggers".to_owned(), kind);
        return triggers;
    }
    for (at, rule) in pack.triggers.iter().enumerate() {
        let place = format!("triggers[{at}]");
        check_rule(pack, check, &place, rule);
        let when = format!("{place}.when");
        let condition = if rule.scope == Scope::Subject {
            subject(check, &when, &rule.when).map(CompiledCondition::Subject)
        } else {
            pupil(check, &when, &rule.when, &mut triggers.counted).map(CompiledCondition::Pupil)
        };
        let Some(condition) = condition else {
            continue;
        };
        if rule.on {
            for key_stage in &rule.key_stages {
                if let Some(plan) = triggers.plans.get_mut(key_stage.index()) {
                    let number = u8::try_from(at).unwrap_or(u8::MAX);
                    plan_rule(plan, number, &condition);
                }
            }
        }
        triggers.rules.push(CompiledRule { condition });
    }
    triggers
}

fn plan_rule(plan: &mut KeyStagePlan, number: u8, condition: &CompiledCondition) {
    match condition {
        CompiledCondition::Subject(_) => plan.subject_rules.push(number),
        CompiledCondition::Pupil(condition) => {
            plan.pupil_rules.push(number);
            plan_counts(plan, condition);
        }
    }
}

fn plan_counts(plan: &mut KeyStagePlan, condition: &PupilCondition) {
    match condition {
        PupilCondition::Count { counted, .. } => {
            if !plan.counted.contains(counted) {
                plan.counted.push(*counted);
            }
        }
        PupilCondition::All(parts) | PupilCondition::Any(parts) => {
            for part in parts {
                plan_counts(plan, part);
            }
        }
    }
}

fn check_rule(pack: &PolicyPack, check: &mut Checker<'_>, place: &str, rule: &TriggerRule) {
    if let Some(level) = rule.outcome.level
        && !pack.levels.iter().any(|held| held.level == level)
    {
        check.add(format!("{place}.outcome"), PackProblemKind::BadLevel(level));
    }
    let reached = rule.key_stages.iter().any(|key_stage| {
        pack.years
            .iter()
            .any(|year| KeyStage::of_year(*year) == Some(*key_stage))
    });
    if !reached {
        check.add(format!("{place}.key_stages"), PackProblemKind::NeverFires);
    } else if !can_hold(pack, &rule.key_stages, &rule.when) {
        check.add(format!("{place}.when"), PackProblemKind::NeverFires);
    }
}

/// Whether a condition can come true at some key stage at all: without a floor nothing is below it.
fn can_hold(pack: &PolicyPack, key_stages: &[KeyStage], condition: &Condition) -> bool {
    let within = |part: &Condition| can_hold(pack, key_stages, part);
    match condition {
        Condition::BelowFloor => (pack.status.floors.iter()).any(|floor| {
            floor
                .key_stages
                .iter()
                .any(|stage| key_stages.contains(stage))
        }),
        Condition::Subjects { r#where, .. } => within(r#where),
        Condition::All(parts) => parts.iter().all(within),
        // One without parts is refused for that.
        Condition::Any(parts) => parts.is_empty() || parts.iter().any(within),
        _ => true,
    }
}

fn subject(
    check: &mut Checker<'_>,
    place: &str,
    condition: &Condition,
) -> Option<SubjectCondition> {
    match condition {
        Condition::OffTarget => Some(SubjectCondition::OffTarget),
        Condition::BelowFloor => Some(SubjectCondition::BelowFloor),
        Condition::Rag(rag) => Some(SubjectCondition::Rag(*rag)),
        Condition::CurrentBelowTarget { at_least } => {
            if *at_least <= Position::ZERO {
                check.add(place.to_owned(), PackProblemKind::Negative);
            }
            Some(SubjectCondition::CurrentBelowTarget(*at_least))
        }
        Condition::CurrentAtMost { grades } => {
            Some(SubjectCondition::CurrentAtMost(read(check, place, grades)))
        }
        Condition::CurrentUnder { grades } => {
            Some(SubjectCondition::CurrentUnder(read(check, place, grades)))
        }
        Condition::All(parts) => {
            let parts = children(check, place, parts, "all", subject)?;
            Some(SubjectCondition::All(parts))
        }
        Condition::Any(parts) => {
            let parts = children(check, place, parts, "any", subject)?;
            Some(SubjectCondition::Any(parts))
        }
        Condition::Subjects { .. } => {
            check.add(place.to_owned(), PackProblemKind::WrongScope);
            None
        }
    }
}

fn pupil(
    check: &mut Checker<'_>,
    place: &str,
    condition: &Condition,
    counted: &mut Vec<SubjectCondition>,
) -> Option<PupilCondition> {
    match condition {
        Condition::Subjects {
            r#where,
            at_least,
            at_most,
        } => {
            if *at_least == 0 {
                // It would fire for every pupil, even one of whom nothing is known.
                check.add(place.to_owned(), PackProblemKind::Empty);
            }
            if at_most.is_some_and(|most| most < *at_least) {
                check.add(place.to_owned(), PackProblemKind::NeverFires);
            }
            let what = subject(check, &format!("{place}.subjects.where"), r#where)?;
            let place = counted.iter().position(|held| *held == what);
            let place = place.unwrap_or_else(|| {
                counted.push(what);
                counted.len() - 1
            });
            Some(PupilCondition::Count {
                counted: place,
                at_least: *at_least,
                at_most: *at_most,
            })
        }
        Condition::All(parts) => {
            let parts = children(check, place, parts, "all", |check, place, part| {
                pupil(check, place, part, counted)
            })?;
            Some(PupilCondition::All(parts))
        }
        Condition::Any(parts) => {
            let parts = children(check, place, parts, "any", |check, place, part| {
                pupil(check, place, part, counted)
            })?;
            Some(PupilCondition::Any(parts))
        }
        _ => {
            check.add(place.to_owned(), PackProblemKind::WrongScope);
            None
        }
    }
}

fn children<T>(
    check: &mut Checker<'_>,
    place: &str,
    parts: &[Condition],
    name: &str,
    mut compile: impl FnMut(&mut Checker<'_>, &str, &Condition) -> Option<T>,
) -> Option<Vec<T>> {
    if parts.is_empty() {
        check.add(place.to_owned(), PackProblemKind::Empty);
    }
    let compiled: Vec<T> = parts
        .iter()
        .enumerate()
        .filter_map(|(at, part)| compile(check, &format!("{place}.{name}[{at}]"), part))
        .collect();
    (compiled.len() == parts.len()).then_some(compiled)
}

fn read(check: &mut Checker<'_>, place: &str, grades: &[ScaleGrade]) -> Vec<(ScaleId, Grade)> {
    if grades.is_empty() {
        check.add(place.to_owned(), PackProblemKind::Empty);
    }
    let mut found = Vec::new();
    for entry in grades {
        if let Some(scale) = check.scale(place, &entry.scale)
            && let Some(grade) = check.grade(place, scale, &entry.grade)
        {
            found.push((scale.id(), grade));
        }
    }
    found
}
