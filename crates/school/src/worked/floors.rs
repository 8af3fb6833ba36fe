//! Which grade lies below a floor, and which no longer does.

use super::made_up::{MadeUpSubject, stepped};
use super::scene::Scene;
use crate::engine::status::{Cell, EventTerms, FloorOutcome, GradeEntry, Setting, judge};
use crate::model::scale::Grade;
use crate::policy::{KeyStage, Policy};

/// The two grades between which a floor lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FloorExample {
    /// Place of the floor in the pack.
    pub floor: usize,
    /// The year group that it was worked out for.
    pub year: i8,
    /// The subject.
    pub subject: MadeUpSubject,
    /// The best grade below it.
    pub below: String,
    /// The worst one that is not.
    pub reached: String,
}

/// For each floor, on each scale that its key stages use.
pub fn at_floors(policy: &Policy) -> Vec<FloorExample> {
    let pack = policy.pack();
    let mut found: Vec<FloorExample> = Vec::new();
    for (place, floor) in pack.status.floors.iter().enumerate() {
        for year in &pack.years {
            let stage = KeyStage::of_year(*year).filter(|stage| floor.key_stages.contains(stage));
            let (Some(stage), Some(scene)) = (stage, Scene::of(policy, *year, &floor.curriculum))
            else {
                continue;
            };
            let setting = Setting {
                key_stage: Some(stage),
                curriculum: policy.curriculum(scene.curriculum),
            };
            let Some((below, reached)) = between(&scene, setting) else {
                continue;
            };
            let known = |held: &FloorExample| held.floor == place && held.below == below;
            if !found.iter().any(known) {
                found.push(FloorExample {
                    floor: place,
                    year: *year,
                    subject: scene.subject,
                    below,
                    reached,
                });
            }
        }
    }
    found
}

fn between(scene: &Scene<'_>, setting: Setting) -> Option<(String, String)> {
    let outcome = |grade: Grade| {
        let cell = Cell {
            current: GradeEntry::Grade(grade),
            ..Cell::default()
        };
        judge(scene.policy, EventTerms::default(), setting, &cell).floor
    };
    let mut reached = scene.grades.target;
    while let Some(under) = stepped(scene.scale, reached, -1) {
        if outcome(under) == FloorOutcome::Below && outcome(reached) == FloorOutcome::AtOrAbove {
            return Some((scene.scale.label(under), scene.scale.label(reached)));
        }
        reached = under;
    }
    None
}
