//! The way that a target has come, with days and names, read off what its cells have held.

use super::targets::TargetState;
use crate::model::{CivilDate, Dot, Moment, Value};

/// What a step wrote to one of the target's cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrote {
    /// The step.
    pub dot: Dot,
    /// Who; empty where nobody gave a name.
    pub author: String,
    /// When, by the author's clock.
    pub at: Moment,
    /// What stood there afterwards; nothing where two values did.
    pub value: Option<Value>,
}

/// What the target's cells have held, each the latest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Held {
    /// The grade.
    pub target: Vec<Wrote>,
    /// The state.
    pub state: Vec<Wrote>,
    /// The date of the state.
    pub date: Vec<Wrote>,
}

/// A state that the target came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stage {
    /// Which.
    pub state: TargetState,
    /// The day that was given for it.
    pub on: Option<CivilDate>,
    /// When it was noted, by the author's clock.
    pub at: Moment,
    /// Who noted it; empty where nobody gave a name.
    pub author: String,
}

/// The states that the target which stands has come to, first to last. What was gone back from, and the way of an
/// earlier target, are for the history alone.
pub fn life(held: &Held) -> Vec<Stage> {
    let Some(set) = held.target.first() else {
        return Vec::new();
    };
    if set.value.as_ref().and_then(Value::as_grade).is_none() {
        return Vec::new();
    }
    let mut stages: Vec<Stage> = Vec::new();
    for wrote in &held.state {
        let text = wrote.value.as_ref().and_then(Value::as_text);
        // Before this the cell belonged to another target.
        let Some(state) = text.and_then(TargetState::named) else {
            break;
        };
        let date = held.date.iter().find(|date| date.dot == wrote.dot);
        let stage = Stage {
            state,
            on: date.and_then(|date| date.value.as_ref()?.as_date()),
            at: wrote.at,
            author: wrote.author.clone(),
        };
        match stages.last().map(|later| later.state) {
            // It came there twice: who brought it there first did it.
            Some(later) if state == later => {
                stages.pop();
                stages.push(stage);
            }
            // It had come further and was taken back.
            Some(later) if state > later => {}
            _ => stages.push(stage),
        }
    }
    // A file may bring a target that has come further already: the date that came with it is that state's.
    let came_further = held.state.iter().any(|state| {
        let text = state.value.as_ref().and_then(Value::as_text);
        state.dot == set.dot && text.is_some()
    });
    let date = held.date.iter().find(|date| date.dot == set.dot);
    let date = date.filter(|_| !came_further);
    stages.push(Stage {
        state: TargetState::Proposed,
        on: date.and_then(|date| date.value.as_ref()?.as_date()),
        at: set.at,
        author: set.author.clone(),
    });
    stages.reverse();
    stages
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::model::{Id, ReplicaId};

    fn wrote(step: u64, author: &str, value: Value) -> Wrote {
        Wrote {
            dot: Dot {
                replica: ReplicaId(Id(1)),
                sequence: step,
            },
            author: author.to_owned(),
            at: Moment(i64::try_from(step).unwrap()),
            value: Some(value),
        }
    }

    fn day(day: u8) -> Value {
        Value::Date(CivilDate::new(2026, 9, day).unwrap())
    }

    /// Set by A in step 1, then each state by its author in the steps from 2 on.
    fn held(states: &[(&str, &str)]) -> Held {
        let mut held = Held {
            target: vec![wrote(1, "A", Value::grade("baf", "S="))],
            date: vec![wrote(1, "A", day(1))],
            ..Held::default()
        };
        for ((state, author), step) in states.iter().zip(2_u8..) {
            let on = if state.is_empty() {
                Value::Blank
            } else {
                day(step)
            };
            let step = u64::from(step);
            held.state
                .insert(0, wrote(step, author, Value::text(state)));
            held.date.insert(0, wrote(step, author, on));
        }
        held
    }

    fn told(states: &[(&str, &str)]) -> Vec<(TargetState, String, Option<u8>)> {
        let stages = life(&held(states)).into_iter();
        stages
            .map(|stage| (stage.state, stage.author, stage.on.map(CivilDate::day)))
            .collect()
    }

    #[test]
    fn each_state_has_its_day_and_its_author() {
        assert_eq!(
            told(&[("agreed", "B"), ("checked", "C"), ("published", "D")]),
            [
                (TargetState::Proposed, "A".to_owned(), Some(1)),
                (TargetState::Agreed, "B".to_owned(), Some(2)),
                (TargetState::Checked, "C".to_owned(), Some(3)),
                (TargetState::Published, "D".to_owned(), Some(4)),
            ]
        );
    }

    #[test]
    fn what_was_taken_back_is_not_told() {
        // Checked by C, undone by D: it stands agreed, as B did it.
        let told = told(&[("agreed", "B"), ("checked", "C"), ("agreed", "D")]);
        let agreed = (TargetState::Agreed, "B".to_owned(), Some(2));
        assert_eq!(
            told,
            [(TargetState::Proposed, "A".to_owned(), Some(1)), agreed]
        );
    }

    #[test]
    fn the_way_of_an_earlier_target_is_not_told() {
        let told = told(&[("agreed", "B"), ("", "C"), ("agreed", "D")]);
        let agreed = (TargetState::Agreed, "D".to_owned(), Some(4));
        assert_eq!(
            told,
            [(TargetState::Proposed, "A".to_owned(), Some(1)), agreed]
        );
    }

    #[test]
    fn the_date_that_a_file_brings_is_that_of_the_state_which_it_brings() {
        let brought = Held {
            target: vec![wrote(1, "A", Value::grade("baf", "S="))],
            state: vec![wrote(1, "A", Value::text("agreed"))],
            date: vec![wrote(1, "A", day(9))],
        };
        let days: Vec<_> = life(&brought)
            .into_iter()
            .map(|stage| (stage.state, stage.on.map(CivilDate::day)))
            .collect();
        let expected = [
            (TargetState::Proposed, None),
            (TargetState::Agreed, Some(9)),
        ];
        assert_eq!(days, expected);
    }

    #[test]
    fn without_a_target_there_is_no_way() {
        assert_eq!(life(&Held::default()), []);
        let taken_away = Held {
            target: vec![wrote(2, "A", Value::Blank)],
            ..held(&[("agreed", "B")])
        };
        assert_eq!(life(&taken_away), []);
    }
}
