//! Targets of cohorts, and the pupils' own targets added up beside them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod small;

use flightpath_school::journal::Draft;
use flightpath_school::model::{CivilDate, ColumnKey, Field, Id, Value, keys};
use flightpath_school::view::classes;
use flightpath_school::view::cohort_targets::{
    Aggregate, CohortTarget, Figure, Mark, NoShare, Over, aggregate, begin, cohort_targets,
    fill_in, publish, take_away,
};
use small::{Small, YEAR, shipped};

const SCALE: &str = "gcse-9-1";

fn mark(label: &str) -> Mark {
    Mark {
        scale: SCALE.to_owned(),
        label: label.to_owned(),
    }
}

/// Four pupils, two of Year 11; art and maths, of which maths has a class of two.
fn school() -> Small {
    let mut small = Small::default();
    for (id, name, group) in [
        (1, "Able", 11),
        (2, "Baker", 11),
        (3, "Cole", 10),
        (4, "Dunn", 9),
    ] {
        small.pupil(id, name, group);
    }
    let (art, maths) = (small.subject("Art"), small.subject("Maths"));
    for (pupil, subject, target) in [
        (1, art, "6"),
        (1, maths, "4"),
        (2, art, "5"),
        (2, maths, "7"),
        (3, maths, "5"),
        (4, art, "9"),
    ] {
        small.grade(Field::Target, YEAR, subject, pupil, SCALE, target);
    }
    let class = keys::class(YEAR, maths, "Ma1");
    let mut draft = Draft::default();
    let mut write = |field, value| draft.write(ColumnKey::lasting(field), class, value);
    write(Field::ClassName, Value::text("Ma1"));
    write(Field::ClassSubject, Value::Reference(maths));
    write(Field::ClassYear, Value::whole(i64::from(YEAR.0)));
    for pupil in [1, 3] {
        let key = ColumnKey::per_subject(Field::Class, YEAR, maths);
        draft.write(key, Id(pupil), Value::Reference(class));
    }
    let premium = ColumnKey::yearly(Field::PupilPremium, YEAR);
    draft.write(premium, Id(2), Value::Flag(true));
    small.carry_out(&draft);
    small
}

fn sum(small: &Small, whom: &str, label: &str) -> Aggregate {
    let policy = shipped("bilingual-secondary");
    let (subjects, pupils) = (small.subjects(), small.pupils());
    let over = Over {
        year: YEAR,
        subjects: &subjects,
        classes: &classes(&small.school, YEAR),
        pupils: &pupils,
    };
    let whom = whom.parse().unwrap();
    aggregate(
        &small.school,
        &policy,
        over,
        &whom,
        &mark(label),
        Field::Target,
    )
}

fn counts(sum: Aggregate) -> (usize, usize, usize) {
    (sum.reaching, sum.counted, sum.pupils)
}

#[test]
fn targets_add_up_for_a_year_a_key_stage_a_subject_a_class_and_a_group() {
    let small = school();
    let (art, maths) = (keys::subject("Art"), keys::subject("Maths"));
    let class = keys::class(YEAR, maths, "Ma1");
    assert_eq!(counts(sum(&small, "year:11", "5")), (3, 4, 2));
    assert_eq!(counts(sum(&small, "key-stage:ks4", "5")), (4, 5, 3));
    assert_eq!(
        counts(sum(&small, &format!("subject:{art}"), "6")),
        (2, 3, 3)
    );
    assert_eq!(
        counts(sum(&small, &format!("class:{class}"), "5")),
        (1, 2, 2)
    );
    assert_eq!(counts(sum(&small, "group:pupil-premium", "6")), (1, 2, 1));
    let both = format!("year:11 subject:{maths}");
    assert_eq!(counts(sum(&small, &both, "5")), (1, 2, 2));
    assert_eq!(sum(&small, &both, "5").share(), Some(50_000));
    assert_eq!(sum(&small, "year:7", "5").share(), None);
}

#[test]
fn shares_are_rounded_to_a_thousandth_halves_up() {
    let third = Aggregate {
        reaching: 2,
        counted: 3,
        ..Aggregate::default()
    };
    assert_eq!(third.share(), Some(66_667));
}

#[test]
fn another_scale_counts_neither_way_and_a_band_counts_from_its_lowest_grade() {
    let mut small = school();
    let art = keys::subject("Art");
    small.grade(Field::Target, YEAR, art, 1, "baf", "S");
    let told = sum(&small, "year:11", "5");
    assert_eq!((told.counted, told.left_out), (3, 1));
    let policy = shipped("bilingual-secondary");
    let (subjects, pupils) = (small.subjects(), small.pupils());
    let over = Over {
        year: YEAR,
        subjects: &subjects,
        classes: &[],
        pupils: &pupils,
    };
    let reaching = |label: &str| {
        let secure = Mark {
            scale: "baf".to_owned(),
            label: label.to_owned(),
        };
        let whom = "year:11".parse().unwrap();
        aggregate(&small.school, &policy, over, &whom, &secure, Field::Target).reaching
    };
    assert_eq!((reaching("S-"), reaching("S=")), (1, 0));
}

fn only(small: &Small) -> CohortTarget {
    let mut targets = cohort_targets(&small.school, YEAR);
    assert_eq!(targets.len(), 1);
    targets.remove(0)
}

#[test]
fn a_cohorts_target_is_set_published_and_taken_away() {
    let mut small = school();
    let whom = "year:11".parse().unwrap();
    let mut draft = Draft::default();
    let id = begin(&mut draft, YEAR, &whom, &mark("5"));
    let out = fill_in(&mut draft, id, Figure::Target, Some(100_001));
    assert_eq!(out, Err(NoShare));
    for (figure, share) in [
        (Figure::Target, 62_000),
        (Figure::Indicative, 60_500),
        (Figure::Estimate, 58_000),
    ] {
        fill_in(&mut draft, id, figure, Some(share)).unwrap();
    }
    small.carry_out(&draft);
    let target = only(&small);
    assert_eq!((target.whom, &target.mark), (whom, &mark("5")));
    let shares = Figure::ALL.map(|figure| target.figure(figure));
    assert_eq!(shares, [Some(62_000), Some(60_500), Some(58_000)]);

    let day = CivilDate::new(2026, 12, 31).unwrap();
    let mut draft = Draft::default();
    assert!(publish(&mut draft, &target, day));
    small.carry_out(&draft);
    assert_eq!(only(&small).published, Some(day));
    assert!(!publish(&mut Draft::default(), &only(&small), day));

    // The one who sets it again finds it; another figure than the published one is not published.
    let mut draft = Draft::default();
    assert_eq!(begin(&mut draft, YEAR, &whom, &mark("5")), id);
    fill_in(&mut draft, id, Figure::Target, Some(65_000)).unwrap();
    small.carry_out(&draft);
    assert_eq!(only(&small).published, None);

    let mut draft = Draft::default();
    take_away(&mut draft, &small.school, id);
    small.carry_out(&draft);
    assert!(cohort_targets(&small.school, YEAR).is_empty());
}

#[test]
fn nothing_is_published_before_it_is_set() {
    let mut small = school();
    let mut draft = Draft::default();
    begin(
        &mut draft,
        YEAR,
        &"key-stage:ks4".parse().unwrap(),
        &mark("5"),
    );
    small.carry_out(&draft);
    let day = CivilDate::new(2026, 12, 31).unwrap();
    assert!(!publish(&mut Draft::default(), &only(&small), day));
}
