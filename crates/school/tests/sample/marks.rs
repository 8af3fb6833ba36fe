//! Whether the marks of the sample school hang together as those of real pupils do.

use std::collections::{BTreeMap, BTreeSet};

use flightpath_school::journal::School;
use flightpath_school::model::scale::ScaleSet;
use flightpath_school::model::{AcademicYear, ColumnKey, Field, Id, Measure, Table, Value};
use flightpath_school::policy::{Policy, PolicyPack};
use flightpath_school::view;
use flightpath_school::view::standing::{grade_of, proposal};

use super::{YEAR, entries, grade_place, mean, result, school, within};

pub fn correlation(pairs: &[(f64, f64)]) -> f64 {
    let (xs, ys): (Vec<f64>, Vec<f64>) = pairs.iter().copied().unzip();
    let (x, y) = (mean(&xs), mean(&ys));
    let sum = |f: &dyn Fn(&(f64, f64)) -> f64| pairs.iter().map(f).sum::<f64>();
    sum(&|p| (p.0 - x) * (p.1 - y))
        / (sum(&|p| (p.0 - x) * (p.0 - x)) * sum(&|p| (p.1 - y) * (p.1 - y))).sqrt()
}

/// Average grade of a field in a year by pupil, over nine-to-one grades.
fn average_targets(school: &School, year: AcademicYear, field: Field) -> BTreeMap<Id, f64> {
    let scales = ScaleSet::shipped();
    let mut grades: BTreeMap<Id, Vec<f64>> = BTreeMap::new();
    for (pupil, subject) in entries(school, year) {
        let key = ColumnKey::per_subject(field, year, subject.id);
        if let Some(value) = school.one(&key, pupil.id) {
            let (scale, place) = grade_place(&scales, value);
            if scale == "gcse-9-1" {
                grades.entry(pupil.id).or_default().push(place);
            }
        }
    }
    grades.iter().map(|(id, list)| (*id, mean(list))).collect()
}

#[test]
fn marks_of_one_pupil_hang_together() {
    let prior = |measure, id| {
        school()
            .one(&ColumnKey::lasting(Field::Prior(measure)), id)
            .and_then(Value::as_thousandths)
            .map(|score| score as f64 / 1000.0)
    };
    let rows = school().rows(Table::Pupils);
    let pairs = |a, b| -> Vec<(f64, f64)> {
        rows.iter()
            .filter_map(|id| Some((prior(a, *id)?, prior(b, *id)?)))
            .collect()
    };
    let reading_maths = pairs(Measure::Ks2Reading, Measure::Ks2Maths);
    let reading: Vec<f64> = reading_maths.iter().map(|pair| pair.0).collect();
    within(
        "KS2 known",
        reading.len() as f64 / rows.len() as f64,
        0.6,
        0.85,
    );
    within("KS2 reading", mean(&reading), 104.0, 109.0);
    within("reading, maths", correlation(&reading_maths), 0.5, 0.85);
    let cat = pairs(Measure::CatMean, Measure::Ks2Maths);
    within("CAT, KS2 maths", correlation(&cat), 0.6, 0.92);

    let targets = average_targets(school(), YEAR, Field::Target);
    let with = |measure| -> Vec<(f64, f64)> {
        targets
            .iter()
            .filter_map(|(id, target)| Some((prior(measure, *id)?, *target)))
            .collect()
    };
    within(
        "CAT, target",
        correlation(&with(Measure::CatMean)),
        0.65,
        0.95,
    );
    let list: Vec<f64> = targets.values().copied().collect();
    within("mean target", mean(&list), 5.8, 7.2);

    let before = YEAR.previous();
    let achieved = average_targets(school(), before, Field::Achieved);
    let carried: Vec<(f64, f64)> = targets
        .iter()
        .filter_map(|(id, target)| Some((*achieved.get(id)?, *target)))
        .collect();
    within("achieved, next target", correlation(&carried), 0.85, 0.99);
    let rise: Vec<f64> = carried.iter().map(|(then, now)| now - then).collect();
    within("rise of targets", mean(&rise), 0.1, 1.0);
    let attendance: Vec<(f64, f64)> = achieved
        .iter()
        .filter_map(|(id, grade)| {
            let pupil = view::pupils::pupil(school(), before, *id)?;
            Some((pupil.attendance? as f64, *grade))
        })
        .collect();
    within("attendance, achieved", correlation(&attendance), 0.2, 0.7);
}

#[test]
fn some_pupils_fall_behind_and_most_do_not() {
    let scales = ScaleSet::shipped();
    let year = YEAR.previous();
    let entries = entries(school(), year);
    let pupils: BTreeSet<Id> = entries.iter().map(|entry| entry.0.id).collect();
    let mut gaps = Vec::new();
    for event in view::events(school(), year) {
        if !event.asks().contains(&Field::Current) {
            continue;
        }
        let mut off: BTreeMap<Id, usize> = BTreeMap::new();
        let mut below_floor: BTreeMap<Id, usize> = BTreeMap::new();
        let mut gap = Vec::new();
        for entry in &entries {
            if result(school(), Field::OnTarget, &event, entry) == Some(&Value::Flag(false)) {
                *off.entry(entry.0.id).or_default() += 1;
            }
            let target = ColumnKey::per_subject(Field::Target, year, entry.1.id);
            let target = school().one(&target, entry.0.id).unwrap();
            let Some(current) = result(school(), Field::Current, &event, entry) else {
                continue;
            };
            let (scale, place) = grade_place(&scales, current);
            gap.push(place - grade_place(&scales, target).1);
            let floor = match scale.as_str() {
                "spanish-0-10" => 5.0,
                "a-level" => 1.0,
                _ => 4.0,
            };
            if place < floor {
                *below_floor.entry(entry.0.id).or_default() += 1;
            }
        }
        let share = |count: usize| count as f64 / pupils.len() as f64;
        let many = |counts: &BTreeMap<Id, usize>, least: usize| {
            share(counts.values().filter(|count| **count >= least).count())
        };
        let name = &event.key;
        within(&format!("{name}: off target"), share(off.len()), 0.15, 0.25);
        within(&format!("{name}: in 4 or more"), many(&off, 4), 0.02, 0.065);
        within(
            &format!("{name}: below floor"),
            many(&below_floor, 1),
            0.05,
            0.4,
        );
        within(
            &format!("{name}: floor in 3"),
            many(&below_floor, 3),
            0.01,
            0.18,
        );
        gaps.push(mean(&gap));
    }
    eprintln!("current less target: {gaps:?}");
    assert!(gaps.is_sorted(), "the year rises towards the target");
    let (first, last) = (gaps[0], gaps[gaps.len() - 1]);
    assert!(first < -0.4 && first > -1.5 && last > -0.5 && last < 0.3);
}

/// Of the targets for which the policy proposes a grade, nearly all are as proposed, and every
/// other one has its reason.
#[test]
fn targets_are_what_the_policy_proposes_or_say_why_not() {
    let school = school();
    let pack = PolicyPack::by_key(&view::setting(school).pack).unwrap();
    let policy = Policy::new(pack, &ScaleSet::shipped()).unwrap();
    let (mut as_proposed, mut other) = (0, 0);
    for (pupil, subject) in entries(school, YEAR) {
        let key = |field| ColumnKey::per_subject(field, YEAR, subject.id);
        let Some(target) = school.one(&key(Field::Target), pupil.id) else {
            continue;
        };
        let proposal = proposal(school, &policy, YEAR, &subject, &pupil);
        let Some(proposed) = proposal.and_then(|proposal| proposal.grade) else {
            continue;
        };
        if grade_of(&policy, target) == Some(proposed.grade) {
            as_proposed += 1;
        } else {
            other += 1;
            assert!(
                school.one(&key(Field::TargetReason), pupil.id).is_some(),
                "{} {} {target:?} instead of {}",
                pupil.surname,
                subject.name,
                proposed.label
            );
        }
    }
    let share = f64::from(as_proposed) / f64::from(as_proposed + other);
    within("targets as proposed", share, 0.88, 0.98);
}
