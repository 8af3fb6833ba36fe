//! The engine of the markbook: numbers worked out by hand, and what holds for all.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeMap;

use flightpath_school::markbook::share::counting;
use flightpath_school::markbook::summary::grade_of_mark;
use flightpath_school::markbook::{
    Accepted, Assessment, AssessmentKind, Boundaries, Boundary, BoundaryProblem, Instead, LeftOut,
    Mark, MarkEntry, Mean, Measured, Method, Moderated, NotReadKind, RagShares, Sheet, Spread,
    StandardTo, Typed, WhyLeftOut, by_class, means, means_by_category, percent, read, summary,
    written,
};
use flightpath_school::model::Id;
use flightpath_school::model::Value;
use flightpath_school::model::scale::{Scale, ScaleSet};
use flightpath_school::policy::Rag;
use proptest::prelude::*;

fn scales() -> ScaleSet {
    ScaleSet::shipped()
}

fn gcse() -> Scale {
    scales().get("gcse-9-1").unwrap().clone()
}

fn out_of(id: u128, most: i64, weight: i64) -> Assessment {
    Assessment {
        id: Id(id),
        class: Id(1),
        title: format!("Test {id}"),
        date: None,
        kind: AssessmentKind::Test,
        category: String::new(),
        measured: Some(Measured::Marks { most: most * 1000 }),
        boundaries: None,
        weight,
        private: false,
        order: i64::try_from(id).unwrap() * 1000,
        several: Vec::new(),
    }
}

fn number(mark: i64) -> MarkEntry {
    MarkEntry::Mark(Mark::Number(mark * 1000))
}

fn grade(label: &str) -> Mark {
    Mark::Grade {
        scale: "gcse-9-1".to_owned(),
        label: label.to_owned(),
    }
}

fn row(entries: impl IntoIterator<Item = MarkEntry>) -> Vec<(MarkEntry, MarkEntry)> {
    let entries = entries.into_iter();
    entries.map(|entry| (entry, MarkEntry::Blank)).collect()
}

fn only(assessments: &[Assessment], entries: Vec<MarkEntry>, method: &Method) -> Mean {
    let rows = [row(entries)];
    let scales = scales();
    let sheet = Sheet {
        assessments,
        rows: &rows,
        scales: &scales,
    };
    means(&sheet, method, &BTreeMap::new()).remove(0)
}

fn boundaries(of: &[(&str, i64)], most: i64) -> Boundaries {
    let from = of.iter().map(|(grade, from)| Boundary {
        grade: (*grade).to_owned(),
        from: from * 1000,
    });
    Boundaries::new(&gcse(), most * 1000, from.collect())
}

const OF_40: [(&str, i64); 5] = [("9", 36), ("7", 28), ("5", 20), ("4", 16), ("1", 4)];

#[test]
fn what_is_typed_for_marks() {
    let measured = Measured::Marks { most: 40_000 };
    let typed = |text| read(text, Some(&measured), None);
    let mark = |thousandths| Mark::Number(thousandths);
    for (text, expected) in [
        ("14", Typed::Mark(mark(14_000))),
        (" 14.5 ", Typed::Mark(mark(14_500))),
        ("14,25", Typed::Mark(mark(14_250))),
        ("0", Typed::Mark(mark(0))),
        ("40", Typed::Mark(mark(40_000))),
        ("38/40", Typed::Mark(mark(38_000))),
        ("38 / 40", Typed::Mark(mark(38_000))),
        ("abs", Typed::Instead(Instead::Absent)),
        ("A", Typed::Instead(Instead::Absent)),
        ("Ausente", Typed::Instead(Instead::Absent)),
        ("ex", Typed::Instead(Instead::Exempt)),
        ("NHI", Typed::Instead(Instead::NotHandedIn)),
        ("not handed in", Typed::Instead(Instead::NotHandedIn)),
        ("late", Typed::Late(None)),
        ("late 14", Typed::Late(Some(mark(14_000)))),
        ("Late: 14.5", Typed::Late(Some(mark(14_500)))),
        ("14 late", Typed::Late(Some(mark(14_000)))),
        ("14L", Typed::Late(Some(mark(14_000)))),
        ("l 14", Typed::Late(Some(mark(14_000)))),
        ("", Typed::Cleared),
        ("   ", Typed::Cleared),
    ] {
        assert_eq!(typed(text), Ok(expected), "{text}");
    }
    for (text, kind) in [
        ("41", NotReadKind::OutOfRange),
        ("-1", NotReadKind::OutOfRange),
        ("late 41", NotReadKind::OutOfRange),
        ("14.1234", NotReadKind::TooManyDecimals),
        ("38/50", NotReadKind::NoMark),
        ("1 4", NotReadKind::NoMark),
        ("later", NotReadKind::NoMark),
        ("good", NotReadKind::NoMark),
        ("late é", NotReadKind::NoMark),
        ("ß", NotReadKind::NoMark),
    ] {
        let problem = typed(text).unwrap_err();
        assert_eq!(problem.kind, kind, "{text}");
        assert_eq!(problem.accepted, Accepted::Marks { most: 40_000 });
        assert_eq!(problem.entered, text);
    }
}

#[test]
fn what_is_typed_for_grades() {
    let set = scales();
    let a_level = set.get("a-level").unwrap();
    let fine = set.get("gcse-9-1-fine").unwrap();
    let typed = |scale: &Scale, text: &str| {
        let measured = Measured::Grades {
            scale: scale.key().to_owned(),
        };
        read(text, Some(&measured), Some(scale))
    };
    let of = |scale: &Scale, label: &str| Mark::Grade {
        scale: scale.key().to_owned(),
        label: label.to_owned(),
    };
    // A grade goes before a word.
    assert_eq!(typed(a_level, "a"), Ok(Typed::Mark(of(a_level, "A"))));
    assert_eq!(typed(a_level, "abs"), Ok(Typed::Instead(Instead::Absent)));
    // But a word is never nought, though lists write X for U.
    for scale in [a_level, fine] {
        assert_eq!(typed(scale, "x"), Ok(Typed::Instead(Instead::Exempt)));
        assert_eq!(typed(scale, "u"), Ok(Typed::Mark(of(scale, "U"))));
    }
    assert_eq!(
        typed(a_level, "late B"),
        Ok(Typed::Late(Some(of(a_level, "B"))))
    );
    assert_eq!(typed(fine, "6"), Ok(Typed::Mark(of(fine, "6="))));
    assert_eq!(typed(fine, "6 plus"), Ok(Typed::Mark(of(fine, "6+"))));
    let problem = typed(fine, "Z").unwrap_err();
    assert!(
        matches!(problem.kind, NotReadKind::NoGrade(_)),
        "{problem:?}"
    );
    let Accepted::Grades { scale, labels } = problem.accepted else {
        panic!("grades are accepted")
    };
    assert_eq!((scale.as_str(), labels.len()), ("gcse-9-1-fine", 28));
    // Without a scale, or anything said, only words and nothing are taken.
    let measured = Measured::Grades {
        scale: "gone".to_owned(),
    };
    for measured in [Some(&measured), None] {
        assert_eq!(
            read("abs", measured, None),
            Ok(Typed::Instead(Instead::Absent))
        );
        assert_eq!(
            read("5", measured, None).unwrap_err().kind,
            NotReadKind::NotMeasured
        );
    }
}

#[test]
fn boundaries_give_grades() {
    let of_40 = boundaries(&OF_40, 40);
    assert_eq!(of_40.problems(Some(&gcse())), []);
    for (mark, expected) in [
        (40_000, Some("9")),
        (36_000, Some("9")),
        (35_999, Some("7")),
        (20_000, Some("5")),
        (4000, Some("1")),
        (3999, None),
        (0, None),
    ] {
        assert_eq!(of_40.grade(mark), expected, "{mark}");
    }
    assert_eq!(Boundaries::read(&of_40.text()), Some(of_40));
    assert_eq!(Boundaries::read("{}"), None);
}

#[test]
fn boundaries_are_shifted_all_alike_or_not_at_all() {
    let mut given = OF_40.to_vec();
    given.push(("U", 0));
    let of_40 = boundaries(&given, 40);
    let down = of_40.shifted(-2000).unwrap();
    let marks: Vec<i64> = down.from.iter().map(|each| each.from / 1000).collect();
    // U begins at nought, whatever the paper was like.
    assert_eq!(marks, [34, 26, 18, 14, 2, 0]);
    assert_eq!(down.shifted(2000).unwrap(), of_40);
    assert_eq!(
        of_40.shifted(5000),
        Err(BoundaryProblem::OutOfRange {
            grade: "9".to_owned(),
            from: 41_000,
            most: 40_000
        })
    );
    assert_eq!(
        of_40.shifted(-4000),
        Err(BoundaryProblem::OutOfRange {
            grade: "1".to_owned(),
            from: 0,
            most: 40_000
        })
    );
}

#[test]
fn boundaries_from_percentages_and_from_an_exam_series() {
    let marks = |boundaries: &Boundaries| -> Vec<i64> {
        boundaries.from.iter().map(|each| each.from).collect()
    };
    // 62.5 % of 40 is 25; 51 % is 20.4, and the first whole mark that is as much is 21.
    let percentages = [("5", 51_000), ("7", 62_500)].map(|(grade, from)| Boundary {
        grade: grade.to_owned(),
        from,
    });
    let of_40 = Boundaries::of_percentages(&gcse(), 40_000, &percentages);
    assert_eq!(marks(&of_40), [25_000, 21_000]);
    assert_eq!(of_40.percentages()[0].from, 62_500);
    assert_eq!(of_40.percentages()[1].from, 52_500);
    // A series out of 240 for a paper out of 80: 187 → 62⅓ → 62, 158 → 52⅔ → 53, 130.5 → 43.5 → 44.
    let series = boundaries(&[("7", 187), ("5", 158)], 240);
    let mut series = series;
    series.from.push(Boundary {
        grade: "4".to_owned(),
        from: 130_500,
    });
    let scaled = series.scaled(80_000, "June 2024");
    assert_eq!(marks(&scaled), [62_000, 53_000, 44_000]);
    assert_eq!(
        (scaled.series.as_str(), scaled.out_of),
        ("June 2024", 80_000)
    );
    assert_eq!(scaled.problems(Some(&gcse())), []);
}

#[test]
fn what_is_wrong_with_boundaries_is_told() {
    let said = |of: &[(&str, i64)]| boundaries(of, 40).problems(Some(&gcse()));
    let mut all = vec![
        said(&[]),
        said(&[("9", 41), ("7", 28)]),
        said(&[("9", 30), ("7", 30)]),
        said(&[("9", 20), ("7", 30)]),
        said(&[("9", 30), ("9", 20)]),
        said(&[("10", 30), ("7", 20)]),
        said(&[("7", 20), ("4", -1)]),
    ];
    all.push(boundaries(&OF_40, 40).problems(None));
    all.push(boundaries(&OF_40, 40).problems(scales().get("a-level")));
    insta::assert_debug_snapshot!(all);
}

#[test]
fn a_weighted_mean_by_hand() {
    // 30/40 = 75 % × 2, 18/20 = 90 % × 1, 12/30 = 40 % × 1: 280 / 4 = 70 %.
    let assessments = [
        out_of(1, 40, 2000),
        out_of(2, 20, 1000),
        out_of(3, 30, 1000),
    ];
    let marks = || vec![number(30), number(18), number(12)];
    let mean = only(&assessments, marks(), &Method::default());
    assert_eq!((mean.value, mean.weights), (Some(70_000), 4000));
    assert_eq!(mean.grade, None);
    // The lowest dropped: (150 + 90) / 3 = 80 %.
    let method = Method {
        dropping: 1,
        boundaries: Some(boundaries(&[("9", 85), ("8", 80), ("4", 40)], 100)),
        ..Method::default()
    };
    let mean = only(&assessments, marks(), &method);
    assert_eq!((mean.value, mean.weights), (Some(80_000), 3000));
    assert_eq!(mean.grade.as_deref(), Some("8"));
    assert_eq!(mean.dropped[0].assessment, Id(3));
    // One always stays.
    let method = Method {
        dropping: 9,
        ..Method::default()
    };
    let mean = only(&assessments, marks(), &method);
    assert_eq!((mean.value, mean.dropped.len()), (Some(90_000), 2));
}

#[test]
fn what_does_not_count_is_said_and_never_nought() {
    let mut assessments: Vec<Assessment> = (1..=9).map(|id| out_of(id, 40, 1000)).collect();
    assessments[6].weight = 0;
    assessments[7].measured = None;
    let entries = vec![
        number(30),
        MarkEntry::Blank,
        MarkEntry::Instead(Instead::Absent),
        MarkEntry::Instead(Instead::Exempt),
        MarkEntry::Instead(Instead::NotHandedIn),
        MarkEntry::Several(vec![Value::Number(1000), Value::Code("absent".into())]),
        number(10),
        number(10),
        MarkEntry::Mark(grade("5")),
    ];
    let mean = only(&assessments, entries, &Method::default());
    assert_eq!(mean.value, Some(75_000));
    assert_eq!(mean.not_handed_in(), 1);
    insta::assert_debug_snapshot!(mean);
}

#[test]
fn a_mark_above_a_lowered_highest_is_left_out() {
    let mean = only(&[out_of(1, 30, 1000)], vec![number(31)], &Method::default());
    let left = LeftOut {
        assessment: Id(1),
        why: WhyLeftOut::OutOfRange,
    };
    assert_eq!((mean.value, mean.left_out), (None, vec![left]));
}

#[test]
fn grades_count_by_their_place_on_the_scale() {
    // U to 9: 6 is two thirds of the way up. A mark of 50 % beside it: 58.333 %.
    let mut graded = out_of(1, 40, 1000);
    graded.measured = Some(Measured::Grades {
        scale: "gcse-9-1".to_owned(),
    });
    let assessments = [graded, out_of(2, 40, 1000)];
    let entries = vec![MarkEntry::Mark(grade("6")), number(20)];
    let mean = only(&assessments, entries, &Method::default());
    assert_eq!(mean.counted[0].counts_as, 66_667);
    assert_eq!(mean.value, Some(58_334));
}

#[test]
fn the_moderated_mark_counts_where_there_is_one() {
    let assessments = [out_of(1, 40, 1000)];
    let scales = scales();
    let rows = [
        vec![(number(30), number(24))],
        vec![(number(30), MarkEntry::Blank)],
        vec![(number(30), MarkEntry::Several(Vec::new()))],
    ];
    let sheet = Sheet {
        assessments: &assessments,
        rows: &rows,
        scales: &scales,
    };
    let found = means(&sheet, &Method::default(), &BTreeMap::new());
    let values: Vec<Option<i64>> = found.iter().map(|mean| mean.value).collect();
    assert_eq!(values, [Some(60_000), Some(75_000), None]);
    assert!(found[0].counted[0].moderated && !found[1].counted[0].moderated);
}

#[test]
fn standard_scores_by_hand() {
    // Out of 10: 2 4 4 4 5 5 7 9, mean 5, deviation 2. The 9 is 2 deviations up: 130; the 2 is 1.5 down: 77.5.
    let assessments = [out_of(1, 10, 1000)];
    let scales = scales();
    let rows: Vec<_> = [2, 4, 4, 4, 5, 5, 7, 9]
        .map(|mark| row([number(mark)]))
        .into();
    let sheet = Sheet {
        assessments: &assessments,
        rows: &rows,
        scales: &scales,
    };
    let method = Method {
        standard: Some(StandardTo::default()),
        boundaries: Some(boundaries(&[("9", 85)], 100)),
        ..Method::default()
    };
    let found = means(&sheet, &method, &BTreeMap::new());
    assert_eq!(found[7].value, Some(130_000));
    assert_eq!(found[0].value, Some(77_500));
    // Boundaries are in per cent, which a standard score is not.
    assert_eq!(found[7].grade, None);
    // Against the whole year, whose mean is 60 % and deviation 10 %, 90 % is 3 deviations up.
    let year = BTreeMap::from([(
        Id(1),
        Spread {
            mean: 60_000,
            deviation: 10_000,
        },
    )]);
    assert_eq!(means(&sheet, &method, &year)[7].value, Some(145_000));
    // Where all have the same, no standard score can be told.
    let rows = [row([number(7)]), row([number(7)])];
    let sheet = Sheet {
        rows: &rows,
        ..sheet
    };
    let found = &means(&sheet, &method, &BTreeMap::new())[0];
    assert_eq!(found.value, None);
    assert_eq!(found.left_out[0].why, WhyLeftOut::NoSpread);
}

#[test]
fn categories_come_to_one_each() {
    let mut assessments = [
        out_of(1, 10, 1000),
        out_of(2, 10, 3000),
        out_of(3, 10, 1000),
    ];
    for (assessment, category) in assessments.iter_mut().zip(["Autumn", "Spring", "Autumn"]) {
        assessment.category = category.to_owned();
    }
    let rows = [row([number(4), number(9), number(6)])];
    let scales = scales();
    let sheet = Sheet {
        assessments: &assessments,
        rows: &rows,
        scales: &scales,
    };
    let found = means_by_category(&sheet, &Method::default(), &BTreeMap::new());
    let values: Vec<(&str, Option<i64>)> = found
        .iter()
        .map(|(name, means)| (name.as_str(), means[0].value))
        .collect();
    assert_eq!(values, [("Autumn", Some(50_000)), ("Spring", Some(90_000))]);
}

#[test]
fn the_reasons_of_a_mean_are_told() {
    let assessments = [
        out_of(1, 40, 2000),
        out_of(2, 20, 1000),
        out_of(3, 30, 1000),
    ];
    let entries = vec![number(30), MarkEntry::Instead(Instead::Absent), number(12)];
    let method = Method {
        dropping: 1,
        boundaries: Some(boundaries(&[("9", 85), ("7", 70)], 100)),
        ..Method::default()
    };
    insta::assert_debug_snapshot!(only(&assessments, entries, &method));
}

#[test]
fn a_column_in_numbers() {
    let mut assessment = out_of(1, 40, 1000);
    assessment.boundaries = Some(boundaries(&OF_40, 40));
    let cells = [
        (number(36), false),
        (number(28), true),
        (number(20), false),
        (number(3), false),
        (MarkEntry::Blank, false),
        (MarkEntry::Instead(Instead::Absent), false),
        (MarkEntry::Instead(Instead::Absent), false),
        (MarkEntry::Instead(Instead::NotHandedIn), false),
        (MarkEntry::Mark(grade("5")), false),
    ];
    let none = MarkEntry::Blank;
    let column = cells.iter().map(|(entry, late)| (entry, &none, *late));
    let sum = summary(&assessment, column, &scales());
    // 3, 20, 28, 36: mean 21.75, median 24; deviation √(2489/4 − 21.75²) = √149.1875 = 12.214.
    assert_eq!((sum.count, sum.median), (4, Some(24_000)));
    assert_eq!(
        sum.spread,
        Some(Spread {
            mean: 21_750,
            deviation: 12_214
        })
    );
    assert_eq!((sum.lowest, sum.highest), (Some(3000), Some(36_000)));
    assert_eq!((sum.absent, sum.exempt, sum.not_handed_in), (2, 0, 1));
    assert_eq!((sum.blank, sum.late, sum.unreadable), (1, 1, 1));
    // 7.5, 50, 70 and 90 per cent.
    assert_eq!(sum.by_tenth, [1, 0, 0, 0, 0, 1, 0, 1, 0, 1]);
    let by_grade: Vec<(&str, usize)> = sum
        .by_grade
        .iter()
        .map(|(label, count)| (label.as_str(), *count))
        .collect();
    let expected = [("9", 1), ("7", 1), ("5", 1), ("4", 0), ("1", 0), ("", 1)];
    assert_eq!(by_grade, expected);
}

#[test]
fn a_moderated_mark_counts_only_in_place_of_a_mark() {
    let several = |values: &[Value]| MarkEntry::Several(values.to_vec());
    let (ten, twelve) = (Value::Number(10_000), Value::Number(12_000));
    let waiting = several(&[ten.clone(), twelve]);
    let undecided = several(&[ten, Instead::Absent.value()]);
    let later = MarkEntry::Unknown("later".to_owned());
    let instead = |of| MarkEntry::Instead(of);
    let moderated = Mark::Number(30_000);
    let after = MarkEntry::Mark(moderated.clone());
    for entry in [&number(20), &waiting] {
        assert_eq!(counting(entry, &after), Ok((&moderated, true)));
    }
    for (entry, why) in [
        (MarkEntry::Blank, WhyLeftOut::Blank),
        (instead(Instead::Absent), WhyLeftOut::Absent),
        (instead(Instead::Exempt), WhyLeftOut::Exempt),
        (instead(Instead::NotHandedIn), WhyLeftOut::NotHandedIn),
        (undecided, WhyLeftOut::Several),
        (later, WhyLeftOut::Unreadable),
    ] {
        assert_eq!(counting(&entry, &after), Err(why), "{entry:?}");
    }
    let own = Mark::Number(20_000);
    let entry = number(20);
    assert_eq!(counting(&entry, &MarkEntry::Blank), Ok((&own, false)));
    assert_eq!(counting(&entry, &waiting), Err(WhyLeftOut::Several));
}

#[test]
fn boundaries_for_another_highest_mark_hold_in_proportion() {
    let mut assessment = out_of(1, 40, 1000);
    assessment.boundaries = Some(boundaries(&OF_40, 40));
    assessment.boundaries.as_mut().unwrap().series = "June 2024".to_owned();
    let graded = |assessment: &Assessment, mark| {
        let grade = grade_of_mark(assessment, &Mark::Number(mark));
        grade.map(|(_, label)| label)
    };
    assert_eq!(graded(&assessment, 36_000).as_deref(), Some("9"));
    assessment.measured = Some(Measured::Marks { most: 50_000 });
    // 36, 28, 20, 16 and 4 of 40 are 45, 35, 25, 20 and 5 of 50.
    assert_eq!(graded(&assessment, 45_000).as_deref(), Some("9"));
    assert_eq!(graded(&assessment, 44_999).as_deref(), Some("7"));
    assert_eq!(graded(&assessment, 4000), None);
    let held = assessment.boundaries_in_force().unwrap();
    let kept = assessment.boundaries.as_ref().unwrap();
    assert_eq!(*held, kept.scaled(50_000, "June 2024"));
    let cells = [number(46), number(36), number(3)];
    let none = MarkEntry::Blank;
    let column = cells.iter().map(|entry| (entry, &none, false));
    let counts = summary(&assessment, column, &scales()).by_grade;
    let counts: Vec<usize> = counts.into_iter().map(|(_, count)| count).collect();
    assert_eq!(counts, [1, 1, 0, 0, 0, 1]);
    // 36 and 35 of 40 are 2.7 and 2.625 of 3, so that two grades begin at 3: the better one holds.
    assessment.measured = Some(Measured::Marks { most: 3000 });
    assessment.boundaries = Some(boundaries(&[("9", 36), ("8", 35)], 40));
    assert_eq!(graded(&assessment, 3000).as_deref(), Some("9"));
    assessment.measured = None;
    assert_eq!(assessment.boundaries_in_force(), None);
}

#[test]
fn a_mark_that_does_not_fit_the_assessment_has_no_grade() {
    let mut assessment = out_of(1, 40, 1000);
    assessment.boundaries = Some(boundaries(&OF_40, 40));
    let nine = ("gcse-9-1".to_owned(), "9".to_owned());
    let highest = Mark::Number(40_000);
    assert_eq!(grade_of_mark(&assessment, &highest), Some(nine));
    for mark in [Mark::Number(45_000), Mark::Number(-1), grade("9")] {
        assert_eq!(grade_of_mark(&assessment, &mark), None, "{mark:?}");
    }
}

#[test]
fn colours_are_counted() {
    let colours = [Some(Rag::Green), Some(Rag::Red), Some(Rag::Red), None];
    let shares = RagShares::of(colours);
    assert_eq!((shares.green, shares.red, shares.unknown), (1, 2, 1));
}

#[test]
fn moderation_by_class() {
    let row = |class, pupil, original, moderated| Moderated {
        class: Id(class),
        pupil: Id(pupil),
        original,
        moderated,
    };
    // Class 1: 80 → 74, 60 → 62, 50 left: mean difference −2, largest −6. Class 2 was left alone.
    let rows = [
        row(1, 1, Some(80_000), Some(74_000)),
        row(2, 9, Some(70_000), None),
        row(1, 2, Some(60_000), Some(62_000)),
        row(1, 3, Some(50_000), None),
        row(1, 4, None, None),
    ];
    let found = by_class(&rows);
    assert_eq!((found[0].class, found[1].class), (Id(1), Id(2)));
    assert_eq!((found[0].marked, found[0].moderated), (3, 2));
    assert_eq!((found[0].raised, found[0].lowered), (1, 1));
    assert_eq!(found[0].mean_difference, Some(-2000));
    assert_eq!(found[0].largest, Some(-6000));
    assert_eq!(found[0].counting.unwrap().mean, 62_000);
    assert_eq!((found[1].moderated, found[1].mean_difference), (0, None));
}

#[test]
fn percentages_round_halves_up() {
    assert_eq!(percent(1000, 3000), Some(33_333));
    assert_eq!(percent(2000, 3000), Some(66_667));
    assert_eq!(percent(1, 0), None);
}

fn entry() -> impl Strategy<Value = MarkEntry> {
    prop_oneof![
        4 => (0..=40_i64).prop_map(number),
        1 => Just(MarkEntry::Blank),
        1 => Just(MarkEntry::Instead(Instead::Absent)),
        1 => Just(MarkEntry::Instead(Instead::NotHandedIn)),
        1 => Just(MarkEntry::Several(Vec::new())),
    ]
}

/// Weights of some assessments out of 40, and rows of marks for them.
fn sheets() -> impl Strategy<Value = (Vec<i64>, Vec<Vec<MarkEntry>>)> {
    (1..6_usize).prop_flat_map(|count| {
        (
            prop::collection::vec(0..5000_i64, count),
            prop::collection::vec(prop::collection::vec(entry(), count), 1..6),
        )
    })
}

fn all_means(assessments: &[Assessment], rows: &[Vec<MarkEntry>], method: &Method) -> Vec<Mean> {
    let rows: Vec<_> = rows.iter().map(|entries| row(entries.clone())).collect();
    let scales = scales();
    let sheet = Sheet {
        assessments,
        rows: &rows,
        scales: &scales,
    };
    means(&sheet, method, &BTreeMap::new())
}

fn weighing(weights: &[i64]) -> Vec<Assessment> {
    let numbered = (1_u128..).zip(weights);
    numbered
        .map(|(id, weight)| out_of(id, 40, *weight))
        .collect()
}

proptest! {
    #[test]
    fn a_summary_has_each_pupil_in_one_place(
        cells in prop::collection::vec((entry(), entry()), 0..30), most in 20..=40_i64,
    ) {
        let column = cells.iter().map(|(entry, moderated)| (entry, moderated, false));
        let sum = summary(&out_of(1, most, 1000), column, &scales());
        let instead = sum.absent + sum.exempt + sum.not_handed_in;
        let all = sum.count + sum.blank + instead + sum.several + sum.unreadable;
        prop_assert_eq!(all, cells.len());
    }

    #[test]
    fn a_missing_cell_never_counts((weights, rows) in sheets(), dropping in 0..4_usize) {
        let assessments = weighing(&weights);
        let method = Method { dropping, ..Method::default() };
        for (mean, entries) in all_means(&assessments, &rows, &method).iter().zip(&rows) {
            let has_mark = |id: Id| {
                let place = usize::try_from(id.0).unwrap() - 1;
                matches!(entries[place], MarkEntry::Mark(_)) && weights[place] > 0
            };
            prop_assert!(mean.counted.iter().chain(&mean.dropped).all(|cell| has_mark(cell.assessment)));
            prop_assert!(mean.left_out.iter().all(|cell| !has_mark(cell.assessment)));
            let count = mean.counted.len() + mean.dropped.len();
            prop_assert_eq!(count + mean.left_out.len(), entries.len());
            prop_assert_eq!(mean.dropped.len(), dropping.min(count.saturating_sub(1)));
            prop_assert_eq!(mean.value.is_some(), count > 0);
            // It lies among what counts, and what is dropped lies at or below.
            if let Some(value) = mean.value {
                let lowest = mean.counted.iter().map(|cell| cell.counts_as).min().unwrap();
                let highest = mean.counted.iter().map(|cell| cell.counts_as).max().unwrap();
                prop_assert!((lowest..=highest).contains(&value));
                prop_assert!(mean.dropped.iter().all(|cell| cell.counts_as <= lowest));
            }
        }
    }

    #[test]
    fn the_order_of_assessments_and_pupils_does_not_matter(
        (weights, rows) in sheets(), dropping in 0..3_usize, standard in any::<bool>(),
    ) {
        let assessments = weighing(&weights);
        let method = Method {
            dropping,
            standard: standard.then(StandardTo::default),
            ..Method::default()
        };
        let mut forward = all_means(&assessments, &rows, &method);
        let turned: Vec<Assessment> = assessments.iter().rev().cloned().collect();
        let turn = |entries: &Vec<MarkEntry>| -> Vec<MarkEntry> {
            entries.iter().rev().cloned().collect()
        };
        let turned_rows: Vec<Vec<MarkEntry>> = rows.iter().rev().map(turn).collect();
        let backward = all_means(&turned, &turned_rows, &method);
        forward.reverse();
        prop_assert_eq!(forward, backward);
    }

    #[test]
    fn shifting_there_and_back_changes_nothing(
        marks in prop::collection::btree_set(0..=80_i64, 1..9), by in -30..=30_i64,
    ) {
        let labels = ["9", "8", "7", "6", "5", "4", "3", "2"];
        let of: Vec<(&str, i64)> = labels.into_iter().zip(marks.into_iter().rev()).collect();
        let before = boundaries(&of, 80);
        if let Ok(shifted) = before.shifted(by * 1000) {
            prop_assert_eq!(shifted.shifted(-by * 1000).unwrap(), before);
            let moved = of.iter().filter(|(_, from)| *from != 0);
            for (label, from) in moved {
                prop_assert_eq!(shifted.grade((from + by) * 1000), Some(*label));
            }
        }
    }

    #[test]
    fn what_is_shown_is_read_as_the_same(
        most in 1..=10_000_000_i64, share in 0..=1000_i64, which in 0..6_u8, label in any::<prop::sample::Index>(),
    ) {
        let mark = Mark::Number(most * share / 1000);
        let typed = |mark: Mark| match which {
            0 => Typed::Cleared,
            1 => Typed::Late(None),
            2 => Typed::Late(Some(mark)),
            3 => Typed::Instead(Instead::ALL[label.index(3)]),
            _ => Typed::Mark(mark),
        };
        let measured = Measured::Marks { most };
        let of_marks = typed(mark);
        prop_assert_eq!(read(&written(&of_marks), Some(&measured), None), Ok(of_marks));
        for scale in scales().iter() {
            let labels = scale.all_labels();
            if labels.is_empty() {
                continue;
            }
            let measured = Measured::Grades { scale: scale.key().to_owned() };
            let label = labels[label.index(labels.len())].clone();
            let of_grades = typed(Mark::Grade { scale: scale.key().to_owned(), label });
            prop_assert_eq!(read(&written(&of_grades), Some(&measured), Some(scale)), Ok(of_grades));
        }
    }

    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,12}") {
        let gcse = gcse();
        let grades = Measured::Grades { scale: "gcse-9-1".to_owned() };
        let _ = read(&text, Some(&grades), Some(&gcse));
        match read(&text, Some(&Measured::Marks { most: 40_000 }), None) {
            Ok(Typed::Mark(Mark::Number(mark)) | Typed::Late(Some(Mark::Number(mark)))) => {
                prop_assert!((0..=40_000).contains(&mark));
            }
            Ok(typed) => prop_assert!(!matches!(typed, Typed::Mark(_))),
            Err(problem) => prop_assert_eq!(problem.entered, text.trim()),
        }
    }
}
