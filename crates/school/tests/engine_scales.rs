//! Scales: reading, writing, order and distance.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use flightpath_school::model::scale::{
    GradeProblemKind, Position, Scale, ScaleDefinition, ScaleProblem, ScaleSet,
};
use proptest::prelude::*;

const SHIPPED: [&str; 20] = [
    "gcse-9-1",
    "gcse-9-1-fine",
    "combined-science",
    "gcse-a-g",
    "baf",
    "a-level",
    "as-level",
    "spanish-0-10",
    "percent",
    "points-0-20",
    "atl",
    "cefr",
    "eyfs-goal",
    "primary-ta",
    "primary-science",
    "primary-fine",
    "btec-level-1-2",
    "vocational-level-3",
    "ks2-scaled",
    "nc-levels",
];

fn position(text: &str) -> Position {
    text.parse().unwrap()
}

#[test]
fn a_target_may_be_a_split_grade_where_its_scale_has_them() {
    let scales = ScaleSet::shipped();
    let labels = |key: &str| scales.get(key).unwrap().target_labels();
    let a_level = [
        "U", "E/U", "E", "D/E", "D", "C/D", "C", "B/C", "B", "A/B", "A", "A*/A", "A*",
    ];
    assert_eq!(labels("a-level"), a_level);
    let baf = scales.get("baf").unwrap();
    assert_eq!(labels("baf"), baf.all_labels());
    assert!(labels("spanish-0-10").is_empty());
}

#[test]
fn every_shipped_scale_loads() {
    let scales = ScaleSet::shipped();
    let keys: Vec<&str> = scales.iter().map(Scale::key).collect();
    assert_eq!(keys, SHIPPED);
}

#[test]
fn people_write_a_grade_in_many_ways() {
    let scales = ScaleSet::shipped();
    for (scale, written, label) in [
        ("baf", "Secure +", "S+"),
        ("baf", "secure plus", "S+"),
        ("baf", " s+ ", "S+"),
        ("baf", "S\u{2212}", "S-"),
        ("baf", "Extending \u{2013}", "E-"),
        ("baf", "foundation equals", "F="),
        ("baf", "secure", "S"),
        ("gcse-9-1-fine", "6", "6="),
        ("gcse-9-1-fine", "6 minus", "6-"),
        ("gcse-9-1", "u", "U"),
        ("combined-science", "98", "9-8"),
        ("combined-science", "5\u{2013}5", "5-5"),
        ("a-level", "a*", "A*"),
        ("a-level", "A star", "A*"),
        ("a-level", "c/b", "B/C"),
        ("spanish-0-10", "7,50", "7.5"),
        ("spanish-0-10", "notable", "NT"),
        ("spanish-0-10", "10", "10"),
        ("spanish-0-10", "6,75/10", "6.75"),
        ("percent", "85 %", "85"),
        ("points-0-20", "13/20", "13"),
        ("atl", "o", "Outstanding"),
        ("atl", "GOOD", "Good"),
        ("cefr", "b2", "B2"),
        ("btec-level-1-2", "Level 2 Distinction*", "L2D*"),
        ("btec-level-1-2", "m1", "L1M"),
        ("vocational-level-3", "distinction", "D"),
        ("ks2-scaled", "104", "104"),
        ("nc-levels", "Level 4B", "4b"),
        ("nc-levels", "5", "5b"),
    ] {
        let scale = scales.get(scale).unwrap();
        let grade = scale.parse(written).unwrap();
        assert_eq!(scale.label(grade), label, "{written}");
    }
}

#[test]
fn what_is_no_grade_says_why() {
    let scales = ScaleSet::shipped();
    let kind = |scale: &str, text: &str| scales.get(scale).unwrap().parse(text).unwrap_err().kind;
    assert_eq!(kind("gcse-9-1-fine", "7x"), GradeProblemKind::Unknown);
    assert_eq!(kind("gcse-9-1", "6="), GradeProblemKind::Unknown);
    assert_eq!(kind("gcse-9-1", "  "), GradeProblemKind::Empty);
    assert_eq!(kind("a-level", "A/C"), GradeProblemKind::NotNeighbours);
    assert_eq!(kind("gcse-a-g", "B/C"), GradeProblemKind::NotNeighbours);
    assert_eq!(
        kind("spanish-0-10", "10.5"),
        GradeProblemKind::OutOfRange {
            lowest: 0,
            highest: 10
        }
    );
    assert_eq!(
        kind("spanish-0-10", "7.125"),
        GradeProblemKind::TooManyDecimals { most: 2 }
    );
    assert_eq!(kind("spanish-0-10", "7,1,2"), GradeProblemKind::Unknown);
    assert_eq!(
        kind("points-0-20", "-1"),
        GradeProblemKind::OutOfRange {
            lowest: 0,
            highest: 20
        }
    );
}

#[test]
fn distances_are_exact() {
    let scales = ScaleSet::shipped();
    for (scale, grade, against, steps, whole) in [
        ("gcse-9-1-fine", "5+", "7=", Some(-5), "-5/3"),
        ("gcse-9-1-fine", "U", "2=", Some(-5), "-2"),
        ("gcse-9-1", "U", "2", Some(-2), "-2"),
        ("spanish-0-10", "5.1", "7", None, "-1.9"),
        ("combined-science", "5-4", "5-5", Some(-1), "-0.5"),
        ("baf", "S+", "S", Some(0), "0"),
        ("baf", "E-", "S", Some(1), "1/3"),
        ("baf", "F+", "S", Some(-1), "-1/3"),
        ("a-level", "C", "B/C", Some(0), "0"),
        ("a-level", "A", "B/C", Some(1), "1"),
        ("a-level", "D", "B/C", Some(-1), "-1"),
        ("spanish-0-10", "SU", "NT", None, "-1.01"),
        ("btec-level-1-2", "L1D", "L2P", Some(-1), "-1"),
        ("btec-level-1-2", "L2D*", "U", Some(7), "7"),
        ("ks2-scaled", "97", "100", None, "-0.3"),
        ("nc-levels", "W", "1c", Some(-1), "-2/3"),
        ("nc-levels", "5a", "6c", Some(-1), "-1/3"),
    ] {
        let scale = scales.get(scale).unwrap();
        let (grade, against) = (scale.parse(grade).unwrap(), scale.parse(against).unwrap());
        assert_eq!(scales.fine_steps(grade, against), Ok(steps));
        assert_eq!(scales.whole_grades(grade, against), Ok(position(whole)));
    }
}

#[test]
fn comparing_two_scales_names_both() {
    let scales = ScaleSet::shipped();
    let six = scales.get("gcse-9-1").unwrap().parse("6").unwrap();
    let fine = scales.get("gcse-9-1-fine").unwrap().parse("6").unwrap();
    let error = scales.fine_steps(six, fine).unwrap_err();
    assert_eq!(
        (error.grade.as_str(), error.against.as_str()),
        ("gcse-9-1", "gcse-9-1-fine")
    );
    assert_eq!(scales.whole_grades(six, fine), Err(error));
}

#[test]
fn first_letters_are_enough() {
    let scales = ScaleSet::shipped();
    let complete = |scale: &str, text: &str| scales.get(scale).unwrap().complete(text);
    assert_eq!(complete("atl", "ou"), ["Outstanding"]);
    assert_eq!(complete("atl", "i"), ["Inconsistent"]);
    assert_eq!(complete("gcse-9-1-fine", "6"), ["6=", "6-", "6+"]);
    assert_eq!(complete("baf", "s"), ["S", "S-", "S=", "S+"]);
    assert_eq!(complete("baf", "ext"), ["E-", "E=", "E+", "E"]);
    assert_eq!(complete("cefr", "b"), ["B1", "B2"]);
    assert_eq!(complete("spanish-0-10", "so"), ["SB"]);
    assert!(complete("atl", "").is_empty());
    assert!(complete("atl", "z").is_empty());
}

#[test]
fn a_scale_made_on_the_spot_has_a_key_of_its_content() {
    let made = |name: &str| Scale::made_decimal(name, 0, 20, 0).unwrap();
    assert_eq!(made("Notas 0–20").key(), "made-notas-0-20-0-20-0");
    assert_eq!(made("Portuguese").id(), made(" portuguese ").id());
    let scale = made("Portuguese");
    let (low, high) = (scale.parse("11").unwrap(), scale.parse("15").unwrap());
    assert_eq!(low.whole_grades_from(high), Ok(position("-2")));
    assert_eq!(
        scale.parse("11.5").unwrap_err().kind,
        GradeProblemKind::TooManyDecimals { most: 0 }
    );
    assert_eq!(
        Scale::made_decimal("x", 5, 5, 0).unwrap_err(),
        ScaleProblem::BadRange {
            lowest: 5,
            highest: 5
        }
    );
    assert_eq!(
        Scale::made_decimal("x", 0, 1000, 3).unwrap_err(),
        ScaleProblem::TooManyDecimals { most: 1 }
    );
    let mut set = ScaleSet::shipped();
    set.insert(scale.clone()).unwrap();
    set.insert(scale.clone()).unwrap();
    assert_eq!(set.iter().count(), SHIPPED.len() + 1);
    let text = serde_json::to_string(scale.definition()).unwrap();
    let again: ScaleDefinition = serde_json::from_str(&text).unwrap();
    assert_eq!(Scale::new(again).unwrap(), scale);
}

#[test]
fn a_definition_that_contradicts_itself_is_refused() {
    let load = |text: &str| Scale::new(serde_json::from_str(text).unwrap()).unwrap_err();
    assert_eq!(
        load(
            r#"{"key":"k","name":"n","kind":"graded","grades":[{"label":"A","position":1},{"label":"a","position":2}]}"#
        ),
        ScaleProblem::Ambiguous("a".to_owned())
    );
    assert_eq!(
        load(
            r#"{"key":"k","name":"n","kind":"graded","grades":[{"label":"A","position":1},{"label":"B","position":1}]}"#
        ),
        ScaleProblem::NotAscending("B".to_owned())
    );
    assert_eq!(
        load(
            r#"{"key":"k","name":"n","kind":"graded","grades":[{"label":"A","position":1}],"bands":[{"label":"Z","from":"A","to":"Q"}]}"#
        ),
        ScaleProblem::BadBand("Z".to_owned())
    );
    assert_eq!(
        load(r#"{"key":"k","name":"n","kind":"graded","grades":[]}"#),
        ScaleProblem::NoGrades
    );
    assert_eq!(
        load(r#"{"key":" ","name":"n","kind":"graded","grades":[]}"#),
        ScaleProblem::NoKey
    );
}

#[test]
fn positions_are_written_as_people_read_them() {
    for text in [
        "0", "2", "-2", "0.5", "-1.5", "5/3", "-2/3", "0.125", "7.501",
    ] {
        assert_eq!(position(text).to_string(), text);
    }
    assert_eq!(position("10/4").to_string(), "2.5");
    for text in [
        "",
        "-",
        "1/0",
        "1/7",
        "0.1234",
        "1,5",
        "1e3",
        "+2",
        "99999999999",
    ] {
        assert!(text.parse::<Position>().is_err(), "{text}");
    }
}

/// Labels of a scale: its grades, or marks of a decimal one, as far up its range as `thousandths` say.
fn labels(scale: &Scale, thousandths: &[i32]) -> Vec<String> {
    let own: Vec<String> = scale.labels().map(str::to_owned).collect();
    if !own.is_empty() {
        return own;
    }
    let (bottom, top) = scale.range();
    let span = (top - bottom).units();
    let place = |share: &i32| bottom + Position::from_units(span / 1000 * share);
    thousandths
        .iter()
        .map(|share| scale.label(scale.at_or_under(place(share)).unwrap()))
        .collect()
}

proptest! {
    #[test]
    fn a_label_reads_as_itself_and_grades_are_in_one_order(
        which in 0..SHIPPED.len(),
        thousandths in proptest::collection::vec(0..=1000, 2..12),
    ) {
        let scales = ScaleSet::shipped();
        let scale = scales.get(SHIPPED[which]).unwrap();
        let grades: Vec<_> = labels(scale, &thousandths)
            .iter()
            .map(|label| scale.parse(label).unwrap())
            .collect();
        for grade in &grades {
            let label = scale.label(*grade);
            prop_assert_eq!(scale.parse(&label), Ok(*grade));
            prop_assert_eq!(scale.parse(&label.to_lowercase()), Ok(*grade));
            prop_assert_eq!(scale.at_or_under(grade.lowest()), Some(*grade));
        }
        for first in &grades {
            for second in &grades {
                let there = first.whole_grades_from(*second).unwrap();
                let back = second.whole_grades_from(*first).unwrap();
                prop_assert_eq!(there, -back);
                prop_assert_eq!(there == Position::ZERO, first == second);
                for third in &grades {
                    if there >= Position::ZERO && second.whole_grades_from(*third).unwrap() >= Position::ZERO {
                        prop_assert!(first.whole_grades_from(*third).unwrap() >= Position::ZERO);
                    }
                }
                if let Some(steps) = first.fine_steps_from(*second).unwrap() {
                    prop_assert_eq!(i32::from(steps).signum(), there.units().signum());
                }
            }
        }
    }

    #[test]
    fn no_text_makes_a_scale_panic(which in 0..SHIPPED.len(), text in "\\PC{0,12}") {
        let scales = ScaleSet::shipped();
        let scale = scales.get(SHIPPED[which]).unwrap();
        if let Ok(grade) = scale.parse(&text) {
            let label = scale.label(grade);
            prop_assert_eq!(scale.parse(&label), Ok(grade));
            prop_assert!(scale.complete(&text).contains(&label));
        }
    }

    #[test]
    fn any_decimal_scale_reads_its_own_marks(
        lowest in -50_i32..50, range in 1_i32..2000, decimals in 0_u8..4, share in 0.0_f64..=1.0,
    ) {
        let Ok(scale) = Scale::made_decimal("any", lowest, lowest + range, decimals) else {
            return Ok(());
        };
        let (bottom, top) = scale.range();
        let span = f64::from((top - bottom).units());
        let place = bottom + Position::from_units((span * share) as i32);
        let grade = scale.at_or_under(place).unwrap();
        prop_assert!(grade.lowest() <= place);
        let label = scale.label(grade);
        prop_assert_eq!(scale.parse(&label), Ok(grade));
    }
}
