//! What the chain of a replica's steps promises: what was changed shows, and a person's values can be taken out.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use flightpath_school::journal::seal::altered;
use flightpath_school::journal::{Action, Draft, Link, School, Seal, Step, StepInfo};
use flightpath_school::model::{ColumnKey, Dot, Field, Id, Moment, ReplicaId, Value};
use proptest::prelude::*;

const NAMES: [&str; 4] = ["Achterberg", "Baptiste", "Carbonell", "Dlamini"];

/// Steps of two replicas, each of which renames some of five pupils; each a link of its replica's chain.
fn history(writes: &[(bool, Vec<(u8, u8)>)]) -> Vec<Step> {
    let mut school = School::default();
    let mut steps: Vec<Step> = Vec::new();
    for ((other, names), number) in writes.iter().zip(1_u64..) {
        let replica = ReplicaId(Id(u128::from(*other) + 1));
        let mut draft = Draft::default();
        for (pupil, name) in names {
            // Each name is written once, so that every step changes something.
            let name = NAMES[usize::from(*name) % NAMES.len()];
            let name = format!("{name} {pupil} {number}");
            draft.write(
                ColumnKey::lasting(Field::Surname),
                Id(100 + u128::from(*pupil)),
                Value::text(&name),
            );
        }
        let before = steps
            .iter()
            .rev()
            .find(|step| step.info.dot.replica == replica);
        let info = StepInfo {
            dot: Dot {
                replica,
                sequence: number,
            },
            author: "M. Achebe".to_owned(),
            at: Moment(1_000),
            action: Action::EditPupils,
            reason: names
                .len()
                .is_multiple_of(2)
                .then(|| "As the parents wish".to_owned()),
        };
        let before = before.and_then(Step::seal).map_or(Link::NONE, Seal::link);
        let step = school.step(&draft, info).unwrap();
        let step = step.sealed(before, Id(0xFEED_0000 + u128::from(number)));
        school.apply(&step);
        steps.push(step);
    }
    steps
}

fn writes() -> impl Strategy<Value = Vec<(bool, Vec<(u8, u8)>)>> {
    let names = prop::collection::vec((0..5_u8, any::<u8>()), 1..5);
    prop::collection::vec((any::<bool>(), names), 2..8)
}

fn dots(steps: &[&Step]) -> Vec<Dot> {
    steps.iter().map(|step| step.info.dot).collect()
}

fn read_back(step: &Step, change: impl Fn(&str) -> String) -> Step {
    let json = String::from_utf8(step.to_json().unwrap()).unwrap();
    Step::from_json(change(&json).as_bytes()).unwrap()
}

fn links(steps: &[Step]) -> Vec<Option<Link>> {
    steps
        .iter()
        .map(|step| step.seal().map(Seal::link))
        .collect()
}

proptest! {
    #[test]
    fn what_nobody_touched_holds_in_any_order(writes in writes()) {
        let mut steps: Vec<Step> = history(&writes).iter().map(|step| read_back(step, str::to_owned)).collect();
        prop_assert_eq!(altered(&steps), Vec::new());
        steps.reverse();
        prop_assert_eq!(altered(&steps), Vec::new());
    }

    #[test]
    fn a_changed_value_author_time_or_reason_shows(writes in writes(), at in any::<prop::sample::Index>(), what in 0..4_u8) {
        let mut steps = history(&writes);
        let at = at.index(steps.len());
        let (from, to) = match what {
            0 => ("M. Achebe", "Somebody"),
            // Not the digits alone, which may stand in a link as well.
            1 => (r#""at":1000"#, r#""at":1001"#),
            2 if steps[at].info.reason.is_some() => ("As the parents wish", "As I wish"),
            _ => (NAMES[0], "Achterbergh"),
        };
        let json = String::from_utf8(steps[at].to_json().unwrap()).unwrap();
        prop_assume!(json.contains(from));
        steps[at] = read_back(&steps[at], |json| json.replace(from, to));
        prop_assert_eq!(altered(&steps), dots(&[&steps[at]]));
    }

    /// A step that is gone shows in the one after it.
    #[test]
    fn a_missing_step_shows(writes in writes(), at in any::<prop::sample::Index>()) {
        let mut steps = history(&writes);
        let gone = steps.remove(at.index(steps.len()));
        let next = steps.iter().find(|step| {
            step.info.dot.replica == gone.info.dot.replica && step.info.dot > gone.info.dot
        });
        let expected: Vec<Dot> = next.map(|step| step.info.dot).into_iter().collect();
        prop_assert_eq!(altered(&steps), expected);
    }

    /// Two steps that change places, a step that lost its seal: neither passes.
    #[test]
    fn an_unbound_step_shows(writes in writes(), at in any::<prop::sample::Index>()) {
        let mut steps = history(&writes);
        let at = at.index(steps.len());
        let dot = steps[at].info.dot;
        let was_bound = steps.iter().any(|step| step.info.dot.replica == dot.replica && step.info.dot < dot);
        let follows = steps.iter().find(|step| step.info.dot.replica == dot.replica && step.info.dot > dot);
        let follows = follows.map(|step| step.info.dot);
        let mut json: serde_json::Value = serde_json::from_slice(&steps[at].to_json().unwrap()).unwrap();
        json.as_object_mut().unwrap().remove("seal").unwrap();
        steps[at] = Step::from_json(json.to_string().as_bytes()).unwrap();
        let expected: Vec<Dot> = was_bound.then_some(dot).into_iter().chain(follows).collect();
        prop_assert_eq!(altered(&steps), expected);
    }

    /// Everything of a pupil is taken out of all steps: the chains hold, link by link, and neither a name nor the secret
    /// that would let one try names is left.
    #[test]
    fn a_pupil_can_be_taken_out(writes in writes(), pupil in 0..5_u8) {
        let before = history(&writes);
        let row = Id(100 + u128::from(pupil));
        let steps: Vec<Step> = before.iter().map(|step| step.without_row(row)).collect();
        prop_assert_eq!(links(&steps), links(&before));
        prop_assert_eq!(altered(&steps), Vec::new());
        for ((step, was), (_, names)) in steps.iter().zip(&before).zip(&writes) {
            let json = String::from_utf8(step.to_json().unwrap()).unwrap();
            let hers = names.iter().any(|(one, _)| *one == pupil);
            prop_assert_eq!(step.seal().unwrap().erased().any(|one| one == row), hers);
            let secret = Id(0xFEED_0000 + u128::from(step.info.dot.sequence)).to_string();
            prop_assert_eq!(json.contains(&secret), !hers, "{}", json);
            for column in was.columns() {
                for (one, before, after) in was.cells(column).filter(|(one, _, _)| *one == row) {
                    for value in was.pool().visible(before).into_iter().chain(was.pool().visible(after)) {
                        let Value::Text(name) = value else { continue };
                        prop_assert!(!json.contains(&**name), "{one}: {name} in {json}");
                    }
                }
            }
        }
        // And another one afterwards.
        let steps: Vec<Step> = steps.iter().map(|step| step.without_row(Id(100)).without_row(Id(101))).collect();
        prop_assert_eq!(links(&steps), links(&before));
        prop_assert_eq!(altered(&steps), Vec::new());
        let again: Vec<Step> = steps.iter().map(|step| read_back(step, str::to_owned)).collect();
        prop_assert_eq!(altered(&again), Vec::new());
    }
}

/// What is left after one pupil was taken out still shows when it is changed.
#[test]
fn a_change_beside_what_was_taken_out_shows() {
    let steps = history(&[(false, vec![(0, 0), (1, 1)])]);
    let without = steps[0].without_row(Id(100));
    assert!(altered([&without]).is_empty());
    let changed = read_back(&without, |json| json.replace("Baptiste", "Bautista"));
    assert_eq!(altered([&changed]), dots(&[&changed]));
}
