//! Drawn pupils at an event: every kind of grade on every kind of scale, and what stands where none does.

use std::sync::LazyLock;

use flightpath_school::engine::event::SubjectSetting;
use flightpath_school::engine::status::{Belief, Cell, EventTerms, GradeEntry, Horizon};
use flightpath_school::model::scale::{Grade, Position, ScaleSet};
use flightpath_school::policy::{KeyStage, Policy, PolicyPack};
use proptest::prelude::*;

pub static SCALES: LazyLock<ScaleSet> = LazyLock::new(ScaleSet::shipped);
pub static POLICIES: LazyLock<Vec<Policy>> = LazyLock::new(|| {
    let packs = PolicyPack::shipped().into_iter();
    packs
        .map(|pack| Policy::new(pack, &SCALES).unwrap())
        .collect()
});
static GRADES: LazyLock<Vec<Grade>> = LazyLock::new(|| {
    let of = |scale: &str, labels: &[&str]| -> Vec<Grade> {
        let scale = SCALES.get(scale).unwrap();
        labels
            .iter()
            .map(|label| scale.parse(label).unwrap())
            .collect()
    };
    let mut grades = of(
        "gcse-9-1",
        &["U", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
    );
    grades.extend(of("gcse-9-1-fine", &["U", "3+", "4-", "4", "5-", "7="]));
    grades.extend(of("baf", &["F-", "F", "S-", "S", "S+", "E=", "E"]));
    grades.extend(of("a-level", &["U", "E", "D", "B/C", "B", "A*"]));
    grades.extend(of("spanish-0-10", &["0", "4.9", "5", "NT", "7.5", "10"]));
    grades
});

fn entry() -> impl Strategy<Value = GradeEntry> {
    prop_oneof![
        8 => (0..GRADES.len()).prop_map(|at| GradeEntry::Grade(GRADES[at])),
        2 => Just(GradeEntry::Missing),
        1 => Just(GradeEntry::NoGradeCode),
        1 => Just(GradeEntry::Conflict),
        1 => Just(GradeEntry::Unreadable),
    ]
}

fn cell() -> impl Strategy<Value = Cell> {
    let belief = prop_oneof![
        Just(Belief::Missing),
        Just(Belief::Yes),
        Just(Belief::No),
        Just(Belief::Conflict)
    ];
    let horizon = prop_oneof![4 => Just(Horizon::EndOfYear), 1 => Just(Horizon::Examination)];
    (0_u16..5, entry(), entry(), entry(), horizon, belief).prop_map(
        |(subject, target, current, predicted, predicted_horizon, belief)| Cell {
            subject,
            target,
            target_horizon: Horizon::EndOfYear,
            current,
            predicted,
            predicted_horizon,
            belief,
        },
    )
}

type Pupil = (Option<KeyStage>, Vec<Cell>);

pub fn pupil() -> impl Strategy<Value = Pupil> {
    let key_stage = prop_oneof![
        Just(None),
        Just(Some(KeyStage::Ks2)),
        Just(Some(KeyStage::Ks3)),
        Just(Some(KeyStage::Ks4)),
        Just(Some(KeyStage::Ks5))
    ];
    (key_stage, proptest::collection::vec(cell(), 0..9))
}

pub fn terms() -> impl Strategy<Value = EventTerms> {
    (0_i32..7000, any::<bool>()).prop_map(|(units, asks_belief)| EventTerms {
        allowance: Position::from_units(units),
        asks_belief,
        event: None,
    })
}

/// Five subjects: the place 4 is left out, as after a subject was deleted.
pub fn subjects(policy: &Policy) -> [SubjectSetting; 4] {
    let setting = |key: &str| SubjectSetting {
        curriculum: policy.curriculum(key),
    };
    [
        setting("uk"),
        setting("spanish"),
        setting("uk"),
        setting("nowhere"),
    ]
}
