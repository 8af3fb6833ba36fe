//! When rules fire: in one subject, grade by grade; over all of them, subject by subject.

use super::case::Cases;
use super::made_up::stepped;
use super::scene::Scene;
use crate::engine::status::{Belief, Cell, Judgement};
use crate::model::scale::Grade;
use crate::policy::{CalendarEvent, EventField, KeyStage, Policy, Scope};

/// As far under the target as is looked for a grade at which a rule fires.
const DEEPEST: i16 = 12;

/// The most subjects of an example.
const MOST_SUBJECTS: usize = 5;

const GRADES: [EventField; 2] = [EventField::Current, EventField::Predicted];

/// The target and every grade under it, best first.
fn downwards(scene: &Scene<'_>) -> impl Iterator<Item = Grade> {
    let (scale, target) = (scene.scale, scene.grades.target);
    (0..=DEEPEST).map_while(move |steps| stepped(scale, target, -steps))
}

/// What a teacher may answer at an event.
fn beliefs(scene: &Scene<'_>, event: &CalendarEvent) -> &'static [Belief] {
    if scene.asks(event, EventField::OnTarget) {
        &[Belief::No, Belief::Yes]
    } else {
        &[Belief::Missing]
    }
}

/// For each scale of the key stages, and each answer of the teacher: the last grade at which no rule about one subject
/// fires, and the first at which one does.
pub fn in_one_subject(policy: &Policy) -> Vec<Cases> {
    let rules = policy.pack().triggers.iter();
    let rules: Vec<_> = rules
        .filter(|rule| rule.on && rule.scope == Scope::Subject)
        .collect();
    let mut scales = Vec::new();
    let mut all = Vec::new();
    for stage in KeyStage::ALL {
        let asked = rules.iter().any(|rule| rule.key_stages.contains(&stage));
        let Some(scene) = Scene::in_key_stage(policy, stage).filter(|_| asked) else {
            continue;
        };
        let Some((place, event)) = scene.asking(&GRADES).first().copied() else {
            continue;
        };
        if scales.contains(&scene.scale.id()) {
            continue;
        }
        scales.push(scene.scale.id());
        let mut cells = Vec::new();
        for belief in beliefs(&scene, event) {
            let mut before = None;
            for grade in downwards(&scene) {
                let cell = scene.answered(event, grade, *belief);
                let (outcomes, _) = scene.outcome(event, &[cell]);
                if outcomes
                    .iter()
                    .all(|outcome| outcome.rules.fired.is_empty())
                {
                    before = Some((place, cell));
                    continue;
                }
                cells.extend(before);
                cells.push((place, cell));
                break;
            }
        }
        if !cells.is_empty() {
            all.push(Cases::of(&scene, cells));
        }
    }
    all
}

/// Which rules over all subjects fire for a pupil with no, one, two … subjects as far under their targets as it takes.
#[derive(Debug, Clone)]
pub struct Ladder {
    /// The key stages at which it is the same.
    pub key_stages: Vec<KeyStage>,
    /// The year group that it was worked out for.
    pub year: i8,
    /// Place of the event in the calendar.
    pub event: usize,
    /// What is known of each of these subjects.
    pub cell: Cell,
    /// What that comes to.
    pub judgement: Judgement,
    /// Places of the rules that fire, by the number of such subjects, from none on.
    pub rows: Vec<Vec<usize>>,
}

/// A ladder for every key stage, those that are the same in one.
pub fn ladders(policy: &Policy) -> Vec<Ladder> {
    let mut all: Vec<Ladder> = Vec::new();
    for stage in KeyStage::ALL {
        let Some(ladder) = ladder(policy, stage) else {
            continue;
        };
        match all.iter_mut().find(|held| held.rows == ladder.rows) {
            Some(held) => held.key_stages.push(stage),
            None => all.push(ladder),
        }
    }
    all
}

/// With the mildest grade at which any rule over all subjects fires.
fn ladder(policy: &Policy, stage: KeyStage) -> Option<Ladder> {
    let scene = Scene::in_key_stage(policy, stage)?;
    let (place, event) = *scene.asking(&GRADES).first()?;
    let fired = |cell: Cell, subjects: usize| -> Vec<usize> {
        // The others are on target, so that nothing stays unknown.
        let well = scene.answered(event, scene.grades.target, Belief::Yes);
        let cells: Vec<Cell> = (0..MOST_SUBJECTS)
            .zip(0_u16..)
            .map(|(at, subject)| Cell {
                subject,
                ..if at < subjects { cell } else { well }
            })
            .collect();
        let (_, whole) = scene.outcome(event, &cells);
        whole.rules.fired.iter().map(usize::from).collect()
    };
    let cell = downwards(&scene)
        .skip(1)
        .map(|grade| scene.answered(event, grade, Belief::No))
        .find(|cell| !fired(*cell, MOST_SUBJECTS).is_empty())?;
    let (outcomes, _) = scene.outcome(event, &[cell]);
    Some(Ladder {
        key_stages: vec![stage],
        year: scene.year,
        event: place,
        cell,
        judgement: outcomes.first()?.judgement,
        rows: (0..=MOST_SUBJECTS)
            .map(|subjects| fired(cell, subjects))
            .collect(),
    })
}
