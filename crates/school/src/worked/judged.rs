//! How the same subject is judged: through the year, by its forecast, by the teacher's answer.

use super::case::Cases;
use super::made_up::stepped;
use super::scene::Scene;
use crate::engine::status::{Belief, Cell, GradeEntry};
use crate::policy::{EventField, Policy, Rag};

/// The same grade at every event of the year that asks for one: what was enough in autumn is not in summer.
pub fn through_the_year(policy: &Policy) -> Option<Cases> {
    let scene = Scene::usual(policy)?;
    let current = GradeEntry::Grade(scene.grades.current);
    let cell = |event| Cell {
        current,
        ..scene.cell(event)
    };
    let events = scene.asking(&[EventField::Current, EventField::Achieved]);
    let cells: Vec<_> = events
        .into_iter()
        .map(|(place, event)| (place, cell(event)))
        .collect();
    (!cells.is_empty()).then(|| Cases::of(&scene, cells))
}

/// Forecasts from one step above the target down to the first red one, at the first event that asks for a forecast;
/// beside them the current grade, which they outweigh.
pub fn forecasts(policy: &Policy) -> Option<Cases> {
    /// As far down as anybody reads.
    const STEPS: [i16; 6] = [1, 0, -1, -2, -3, -4];
    let scene = Scene::usual(policy)?;
    let (place, event) = *scene.asking(&[EventField::Predicted]).first()?;
    let mut cells = Vec::new();
    for steps in STEPS {
        let Some(forecast) = stepped(scene.scale, scene.grades.target, steps) else {
            continue;
        };
        let cell = Cell {
            current: GradeEntry::Grade(scene.grades.current),
            predicted: GradeEntry::Grade(forecast),
            ..scene.cell(event)
        };
        cells.push((place, cell));
        let (outcomes, _) = scene.outcome(event, &[cell]);
        let colour = outcomes
            .first()
            .and_then(|outcome| outcome.judgement.rag.colour());
        if colour == Some(Rag::Red) {
            break;
        }
    }
    Some(Cases::of(&scene, cells))
}

/// Yes and no to *on target?* over the same grade, at the first event that asks for it.
pub fn answers(policy: &Policy) -> Option<Cases> {
    let scene = Scene::usual(policy)?;
    let (place, event) = *scene.asking(&[EventField::OnTarget]).first()?;
    let cell = |belief| Cell {
        belief,
        current: GradeEntry::Grade(scene.grades.current),
        ..scene.cell(event)
    };
    let cells = [Belief::Yes, Belief::No].map(|belief| (place, cell(belief)));
    Some(Cases::of(&scene, cells.to_vec()))
}
