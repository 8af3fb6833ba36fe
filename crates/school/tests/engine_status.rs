//! Status, flight path and targets beyond the golden cases.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod policies;

use flightpath_school::engine::Truth;
use flightpath_school::engine::flight::{straight_line, with_allowance};
use flightpath_school::engine::status::{
    Belief, Cell, CellField, EventTerms, FloorOutcome, GradeEntry, Horizon, Judgement,
    OnTargetBasis, RagOutcome, Setting, WhyUnknown, judge,
};
use flightpath_school::model::scale::{Position, ScaleSet};
use flightpath_school::policy::{CorridorRow, FlightPath, KeyStage, Policy, PolicyPack, Rag};
use policies::{grade, policy};

fn given(scale: &str, label: &str) -> GradeEntry {
    GradeEntry::Grade(grade(scale, label))
}

fn judged(terms: EventTerms, cell: Cell) -> Judgement {
    let policy = policy("bilingual-secondary");
    let setting = Setting {
        key_stage: Some(KeyStage::Ks4),
        curriculum: policy.curriculum("uk"),
    };
    judge(&policy, terms, setting, &cell)
}

fn position(text: &str) -> Position {
    text.parse().unwrap()
}

const ASKED: EventTerms = EventTerms {
    allowance: Position::ZERO,
    asks_belief: true,
    event: None,
};

#[test]
fn the_teachers_answer_comes_first_where_it_is_asked_for() {
    let cell = Cell {
        target: given("gcse-9-1", "7"),
        current: given("gcse-9-1", "4"),
        predicted: given("gcse-9-1", "7"),
        belief: Belief::No,
        ..Cell::default()
    };
    let asked = judged(ASKED, cell);
    assert_eq!(
        (asked.on_target, asked.on_target_basis),
        (Truth::False, OnTargetBasis::Belief)
    );
    let not_asked = judged(EventTerms::default(), cell);
    assert_eq!(not_asked.on_target, Truth::True);
    assert_eq!(not_asked.on_target_basis, OnTargetBasis::Predicted);
    let without_grades = Cell {
        target: given("gcse-9-1", "7"),
        belief: Belief::No,
        ..Cell::default()
    };
    assert_eq!(judged(ASKED, without_grades).on_target, Truth::False);
}

#[test]
fn a_current_grade_is_held_against_what_the_event_expects() {
    let at = |allowance: &str, current: &str| {
        let terms = EventTerms {
            allowance: position(allowance),
            ..EventTerms::default()
        };
        let cell = Cell {
            target: given("gcse-9-1", "7"),
            current: given("gcse-9-1", current),
            ..Cell::default()
        };
        let judgement = judged(terms, cell);
        (judgement.on_target, judgement.rag, judgement.fine_steps)
    };
    let current = RagOutcome::CurrentAgainstExpected;
    assert_eq!(at("2", "5"), (Truth::True, current(Rag::White), Some(0)));
    assert_eq!(at("2", "6"), (Truth::True, current(Rag::Green), Some(1)));
    // 7 less 1½ is 5½: the grade that is good enough is 6.
    assert_eq!(at("1.5", "6"), (Truth::True, current(Rag::White), Some(0)));
    assert_eq!(
        at("1.5", "5"),
        (Truth::False, current(Rag::Amber), Some(-1))
    );
    assert_eq!(at("0", "5"), (Truth::False, current(Rag::Red), Some(-2)));
}

#[test]
fn a_corridor_takes_the_place_of_the_allowance_where_it_has_a_row() {
    let scales = ScaleSet::shipped();
    let mut pack = PolicyPack::by_key("bilingual-secondary").unwrap();
    pack.status.flight_path = FlightPath::Corridor;
    pack.status.corridor = vec![CorridorRow {
        event: "october".to_owned(),
        scale: "gcse-9-1".to_owned(),
        from: "6".to_owned(),
        to: "8".to_owned(),
        lowest: "4".to_owned(),
        highest: "5".to_owned(),
    }];
    let policy = Policy::new(pack, &scales).unwrap();
    let at = |event: &str, target: &str, current: &str| {
        let terms = EventTerms {
            asks_belief: false,
            ..EventTerms::of(policy.pack(), event, 11)
        };
        let cell = Cell {
            target: given("gcse-9-1", target),
            current: given("gcse-9-1", current),
            ..Cell::default()
        };
        let judgement = judge(&policy, terms, Setting::default(), &cell);
        (judgement.on_target, judgement.rag.colour().unwrap())
    };
    assert_eq!(at("october", "7", "4"), (Truth::True, Rag::White));
    assert_eq!(at("october", "7", "5"), (Truth::True, Rag::White));
    assert_eq!(at("october", "7", "6"), (Truth::True, Rag::Green));
    assert_eq!(at("october", "7", "3"), (Truth::False, Rag::Amber));
    assert_eq!(at("october", "8", "2"), (Truth::False, Rag::Red));
    // No row for this target, none for this event: two grades and one grade below are allowed.
    assert_eq!(at("october", "5", "3"), (Truth::True, Rag::White));
    assert_eq!(at("february", "7", "5"), (Truth::False, Rag::Amber));
}

#[test]
fn what_cannot_be_told_says_why() {
    let target = given("gcse-9-1", "7");
    let six = given("gcse-9-1", "6");
    let unknown = |cell: Cell| {
        let judgement = judged(ASKED, cell);
        assert_eq!(judgement.on_target, Truth::Unknown);
        let OnTargetBasis::Unknown(why) = judgement.on_target_basis else {
            panic!("{judgement:?}");
        };
        assert_eq!(judgement.rag.colour(), None);
        why
    };
    let cell = Cell {
        target,
        ..Cell::default()
    };
    assert_eq!(unknown(cell), WhyUnknown::NoGrade);
    assert_eq!(
        unknown(Cell {
            current: GradeEntry::NoGradeCode,
            ..cell
        }),
        WhyUnknown::NoGrade
    );
    assert_eq!(
        unknown(Cell {
            current: six,
            belief: Belief::Yes,
            ..Cell::default()
        }),
        WhyUnknown::NoTarget
    );
    assert_eq!(
        unknown(Cell {
            target: GradeEntry::Conflict,
            current: six,
            ..cell
        }),
        WhyUnknown::Conflict(CellField::Target)
    );
    assert_eq!(
        unknown(Cell {
            predicted: GradeEntry::Conflict,
            current: six,
            ..cell
        }),
        WhyUnknown::Conflict(CellField::Predicted)
    );
    assert_eq!(
        unknown(Cell {
            predicted: GradeEntry::Unreadable,
            current: six,
            ..cell
        }),
        WhyUnknown::Unreadable(CellField::Predicted)
    );
    assert_eq!(
        unknown(Cell {
            predicted: six,
            predicted_horizon: Horizon::Examination,
            ..cell
        }),
        WhyUnknown::HorizonsDiffer
    );
    assert_eq!(
        unknown(Cell {
            current: given("gcse-9-1-fine", "6"),
            ..cell
        }),
        WhyUnknown::ScalesDiffer(CellField::Current)
    );
    let conflict = judged(
        ASKED,
        Cell {
            belief: Belief::Conflict,
            current: six,
            ..cell
        },
    );
    assert_eq!(
        conflict.on_target_basis,
        OnTargetBasis::Unknown(WhyUnknown::Conflict(CellField::Belief))
    );
}

#[test]
fn floors_belong_to_curriculum_key_stage_and_scale() {
    let policy = policy("bilingual-secondary");
    let floor = |curriculum: &str, key_stage, scale: &str, current: &str| {
        let setting = Setting {
            key_stage,
            curriculum: policy.curriculum(curriculum),
        };
        let cell = Cell {
            current: given(scale, current),
            ..Cell::default()
        };
        judge(&policy, ASKED, setting, &cell).floor
    };
    let (ks4, ks5) = (Some(KeyStage::Ks4), Some(KeyStage::Ks5));
    assert_eq!(
        floor("uk", ks4, "gcse-9-1-fine", "4-"),
        FloorOutcome::AtOrAbove
    );
    assert_eq!(floor("uk", ks4, "gcse-9-1-fine", "3+"), FloorOutcome::Below);
    assert_eq!(
        floor("uk", ks4, "combined-science", "4-3"),
        FloorOutcome::Below
    );
    assert_eq!(floor("uk", ks5, "a-level", "E"), FloorOutcome::AtOrAbove);
    assert_eq!(
        floor("uk", ks5, "a-level", "E/U"),
        FloorOutcome::Unknown(WhyUnknown::AcrossFloor)
    );
    assert_eq!(
        floor("spanish", ks4, "spanish-0-10", "IN"),
        FloorOutcome::Below
    );
    assert_eq!(
        floor("spanish", ks4, "spanish-0-10", "4.99"),
        FloorOutcome::Below
    );
    assert_eq!(
        floor("uk", ks4, "baf", "F-"),
        FloorOutcome::Unknown(WhyUnknown::NoFloorOnScale)
    );
    assert_eq!(
        floor("uk", Some(KeyStage::Ks2), "gcse-9-1", "1"),
        FloorOutcome::NoFloor
    );
    assert_eq!(
        floor("uk", None, "gcse-9-1", "1"),
        FloorOutcome::Unknown(WhyUnknown::NoKeyStage)
    );
    assert_eq!(floor("french", ks4, "gcse-9-1", "1"), FloorOutcome::NoFloor);
}

#[test]
fn a_path_leads_from_the_start_to_the_target() {
    let scales = ScaleSet::shipped();
    let scale = scales.get("gcse-9-1-fine").unwrap();
    let (start, target) = (grade("gcse-9-1-fine", "4="), grade("gcse-9-1-fine", "6="));
    let at = |day| {
        let expected = straight_line(scale, start, target, 100, 400, day).unwrap();
        (expected.position.to_string(), expected.label)
    };
    assert_eq!(at(50), ("4".to_owned(), "4=".to_owned()));
    assert_eq!(at(250), ("5".to_owned(), "5=".to_owned()));
    assert_eq!(at(325), ("5.5".to_owned(), "5+".to_owned()));
    assert_eq!(at(500), ("6".to_owned(), "6=".to_owned()));
    let expected = with_allowance(scale, target, position("1.5")).unwrap();
    assert_eq!(
        (expected.position, expected.label.as_str()),
        (position("4.5"), "4+")
    );
    let under = with_allowance(scale, grade("gcse-9-1-fine", "1="), position("2")).unwrap();
    assert_eq!(under.label, "U");
    assert_eq!(
        with_allowance(scale, grade("baf", "S"), Position::ZERO),
        None
    );
}
