//! What holds of every event and every table.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod drawn;

use flightpath_school::engine::event::{
    CellOutcome, EventInputs, EventOutcome, PupilRow, evaluate, evaluate_pupil,
};
use flightpath_school::engine::status::{Cell, EventTerms};
use flightpath_school::engine::targets::{ScoreEntry, TargetInputs, propose, propose_grade};
use flightpath_school::engine::triggers::explain;
use flightpath_school::engine::{Count, Truth};
use flightpath_school::model::scale::{Grade, Position};
use flightpath_school::policy::{KeyStage, Scope, SubjectRole};
use proptest::prelude::*;

use drawn::{POLICIES, SCALES, pupil, subjects, terms};

proptest! {
    #[test]
    fn one_pupil_alone_gets_the_answers_of_the_whole_event(
        pack in 0_usize..2,
        terms in terms(),
        pupils in proptest::collection::vec(pupil(), 0..8),
        other in proptest::collection::vec(pupil(), 0..8),
    ) {
        let policy = &POLICIES[pack];
        let subjects = subjects(policy);
        let mut out = EventOutcome::default();
        // Filled by another event first: nothing of it may show through.
        for pupils in [&other, &pupils] {
            let rows: Vec<PupilRow> = pupils
                .iter()
                .map(|(key_stage, cells)| PupilRow {
                    key_stage: *key_stage,
                    terms,
                    cells: u32::try_from(cells.len()).unwrap(),
                })
                .collect();
            let cells: Vec<Cell> = pupils.iter().flat_map(|(_, cells)| cells).copied().collect();
            let inputs = EventInputs { subjects: &subjects, pupils: &rows, cells: &cells };
            evaluate(policy, &inputs, &mut out);
            prop_assert_eq!(out.cells.len(), cells.len());
            let mut alone = Vec::new();
            for (place, (key_stage, cells)) in pupils.iter().enumerate() {
                let outcome =
                    evaluate_pupil(policy, &subjects, *key_stage, terms, cells, &mut alone);
                prop_assert_eq!(out.pupil(&rows, place), Some((&outcome, alone.as_slice())));
            }
        }
    }

    #[test]
    fn the_order_of_subjects_does_not_matter(
        pack in 0_usize..2, terms in terms(), pupil in pupil(), turn in 0_usize..9,
    ) {
        let policy = &POLICIES[pack];
        let subjects = subjects(policy);
        let (key_stage, cells) = pupil;
        let mut turned = cells.clone();
        if !turned.is_empty() {
            let by = turn % turned.len();
            turned.rotate_left(by);
            turned.reverse();
        }
        let (mut first, mut second) = (Vec::new(), Vec::new());
        let one = evaluate_pupil(policy, &subjects, key_stage, terms, &cells, &mut first);
        let two = evaluate_pupil(policy, &subjects, key_stage, terms, &turned, &mut second);
        prop_assert_eq!(one, two);
        for (cell, outcome) in cells.iter().zip(&first) {
            prop_assert!(turned.iter().zip(&second).any(|pair| pair == (cell, outcome)));
        }
    }

    #[test]
    fn reasons_say_what_the_fast_way_says(
        pack in 0_usize..2, terms in terms(), pupil in pupil(),
    ) {
        let policy = &POLICIES[pack];
        let subjects = subjects(policy);
        let (key_stage, cells) = pupil;
        let mut outcomes: Vec<CellOutcome> = Vec::new();
        let whole = evaluate_pupil(policy, &subjects, key_stage, terms, &cells, &mut outcomes);
        let firings = explain(policy, key_stage, &cells, &outcomes);
        let rules = |truth: Truth, of_pupil: bool| -> Vec<u8> {
            firings
                .iter()
                .filter(|firing| {
                    firing.truth == truth && (firing.scope != Scope::Subject) == of_pupil
                })
                .map(|firing| firing.rule)
                .collect()
        };
        prop_assert_eq!(rules(Truth::True, true), whole.rules.fired.iter().collect::<Vec<_>>());
        prop_assert_eq!(rules(Truth::Unknown, true), whole.rules.undecided.iter().collect::<Vec<_>>());
        let fast = |undecided: bool| -> Vec<u8> {
            outcomes
                .iter()
                .flat_map(|outcome| {
                    let rules = outcome.rules;
                    if undecided { rules.undecided.iter() } else { rules.fired.iter() }
                        .collect::<Vec<_>>()
                })
                .collect()
        };
        prop_assert_eq!(rules(Truth::True, false), fast(false));
        prop_assert_eq!(rules(Truth::Unknown, false), fast(true));
        for firing in &firings {
            prop_assert_eq!(
                firing.explanation.decisive().is_empty(),
                firing.truth != Truth::True
            );
        }
    }

    #[test]
    fn a_higher_score_never_gives_a_lower_target(
        year in 7_i8..=9, reading in 80_u8..=120, maths in 80_u8..=120, more in 0_u8..=40,
        role in prop_oneof![Just(SubjectRole::English), Just(SubjectRole::Maths), Just(SubjectRole::Other)],
    ) {
        let policy = &POLICIES[0];
        let inputs = |reading, maths| TargetInputs {
            year_group: year,
            subject: "any",
            role,
            curriculum: "uk",
            scale: SCALES.get("baf").unwrap().id(),
            ks2_reading: ScoreEntry::Scaled(reading),
            ks2_maths: ScoreEntry::Scaled(maths),
            cat_predicted_gcse: None,
            benchmarks: &[],
            eyfs_outcome: None,
            key_stage_1: None,
            last_year: None,
        average_gcse: None,
        average_gcse_eight_point: None,
        subject_name: "",
        };
        let target = |reading, maths| propose_grade(policy, &inputs(reading, maths)).unwrap();
        let own = target(reading, maths);
        let better = |grade: Grade| grade.whole_grades_from(own).unwrap() >= Position::ZERO;
        prop_assert!(better(target((reading + more).min(120), maths)));
        prop_assert!(better(target(reading, (maths + more).min(120))));
        let proposal = propose(policy, &inputs(reading, maths));
        prop_assert_eq!(proposal.grade.map(|grade| grade.grade), Some(own));
    }

    #[test]
    fn a_better_predicted_grade_never_gives_a_lower_target(first in 1_usize..28, second in 1_usize..28) {
        let policy = &POLICIES[0];
        let fine = SCALES.get("gcse-9-1-fine").unwrap();
        let target = |rank: usize| {
            let label = fine.labels().nth(rank).unwrap();
            let inputs = TargetInputs {
                year_group: 7,
                subject: "any",
                role: SubjectRole::Other,
                curriculum: "uk",
                scale: SCALES.get("baf").unwrap().id(),
                ks2_reading: ScoreEntry::Missing,
                ks2_maths: ScoreEntry::Code,
                cat_predicted_gcse: fine.parse(label).ok(),
                benchmarks: &[],
            eyfs_outcome: None,
            key_stage_1: None,
                last_year: None,
        average_gcse: None,
        average_gcse_eight_point: None,
        subject_name: "",
            };
            propose_grade(policy, &inputs).unwrap()
        };
        let apart = target(first.max(second)).whole_grades_from(target(first.min(second))).unwrap();
        prop_assert!(apart >= Position::ZERO);
    }

    #[test]
    fn what_is_known_later_never_takes_a_certain_answer_back(
        known in proptest::collection::vec(any::<bool>(), 0..8),
        open in proptest::collection::vec(any::<bool>(), 0..8),
        at_least in 1_u16..9,
    ) {
        // Without an upper bound a count that is certain with some subjects unknown stays so,
        // whatever they turn out to be.
        let mut early = Count::default();
        let mut late = Count::default();
        for truth in &known {
            early.add(Truth::from(*truth));
            late.add(Truth::from(*truth));
        }
        for truth in &open {
            early.add(Truth::Unknown);
            late.add(Truth::from(*truth));
        }
        let (before, after) = (early.within(at_least, None), late.within(at_least, None));
        prop_assert!(after != Truth::Unknown);
        prop_assert!(before == Truth::Unknown || before == after);
    }
}

#[test]
fn a_pupil_who_claims_more_cells_than_there_are_gets_those_that_there_are() {
    let policy = &POLICIES[1];
    let rows = [PupilRow {
        key_stage: Some(KeyStage::Ks3),
        terms: EventTerms::default(),
        cells: 9,
    }; 2];
    let cells = [Cell::default(); 3];
    let mut out = EventOutcome::default();
    let inputs = EventInputs {
        subjects: &[],
        pupils: &rows,
        cells: &cells,
    };
    evaluate(policy, &inputs, &mut out);
    assert_eq!(out.pupils.len(), 2);
    assert_eq!(out.pupils[0].off_target, Count { yes: 0, unknown: 3 });
    assert_eq!(out.pupils[1].off_target, Count::default());
    assert_eq!(out.pupil(&rows, 0), None);
}
