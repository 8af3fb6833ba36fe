//! Who fell behind last year: by pupil and number of subjects, and only where a target and a result can be compared.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod small;

use flightpath_school::model::scale::Position;
use flightpath_school::model::{Field, Id};
use flightpath_school::view::last_year::{LastYear, last_year};
use small::{Small, YEAR, shipped};

const FINE: &str = "gcse-9-1-fine";

/// Three pupils, two subjects; the policy's targets are for the end of the year.
struct Two {
    small: Small,
    art: Id,
    maths: Id,
}

impl Two {
    fn new() -> Two {
        let mut small = Small::default();
        for (id, name) in [(1, "Able"), (2, "Baker"), (3, "Cole")] {
            small.pupil(id, name, 9);
        }
        let (art, maths) = (small.subject("Art"), small.subject("Maths"));
        Two { small, art, maths }
    }

    fn result(&mut self, pupil: u128, subject: Id, target: &str, achieved: &str) {
        let before = YEAR.previous();
        self.small
            .grade(Field::Target, before, subject, pupil, FINE, target);
        if !achieved.is_empty() {
            self.small
                .grade(Field::Achieved, before, subject, pupil, FINE, achieved);
        }
    }

    fn told(&self, policy: &str) -> LastYear {
        let policy = shipped(policy);
        let (subjects, pupils) = (self.small.subjects(), self.small.pupils());
        last_year(&self.small.school, &policy, YEAR, &subjects, &pupils)
    }
}

const BILINGUAL: &str = "bilingual-secondary";

#[test]
fn those_behind_in_most_subjects_come_first_and_then_by_name() {
    let mut two = Two::new();
    for (pupil, art, maths) in [(1, "5=", "6="), (2, "4=", "5-"), (3, "4=", "6+")] {
        two.result(pupil, two.art, "5=", art);
        two.result(pupil, two.maths, "6=", maths);
    }
    let told = two.told(BILINGUAL);
    let found: Vec<_> = told
        .behind
        .iter()
        .map(|behind| (behind.pupil, behind.missed.len(), behind.compared))
        .collect();
    assert_eq!(found, [(Id(2), 2, 2), (Id(3), 1, 2)]);
    let baker = &told.behind.first().unwrap().missed;
    // Maths 5- is 1⅓ below 6=, further than art's whole grade.
    let first = baker.first().unwrap();
    assert_eq!(first.subject, two.maths);
    assert_eq!(
        (first.target.as_str(), first.achieved.as_str()),
        ("6=", "5-")
    );
    assert_eq!(first.below, "4/3".parse::<Position>().unwrap());
    assert_eq!((told.compared, told.unknown, told.later), (6, 0, 0));
}

#[test]
fn what_cannot_be_compared_is_counted_and_nobodys_fault() {
    let mut two = Two::new();
    two.result(1, two.art, "5=", "");
    two.small.grade(
        Field::Target,
        YEAR.previous(),
        two.maths,
        1,
        "gcse-9-1",
        "6",
    );
    two.small
        .grade(Field::Achieved, YEAR.previous(), two.maths, 1, FINE, "1=");
    // A result without a target is no miss either.
    two.small
        .grade(Field::Achieved, YEAR.previous(), two.maths, 2, FINE, "1=");
    let told = two.told(BILINGUAL);
    assert!(told.behind.is_empty());
    assert_eq!((told.compared, told.unknown, told.later), (0, 2, 0));
}

#[test]
fn a_target_for_the_examination_is_not_missed_years_before() {
    let mut two = Two::new();
    for (id, name, now) in [(4, "Dunn", 11), (5, "Ely", 12)] {
        two.small.pupil(id, name, now);
        two.result(id, two.art, "5=", "4=");
    }
    let told = two.told("general-secondary");
    let behind: Vec<Id> = told.behind.iter().map(|behind| behind.pupil).collect();
    assert_eq!(
        behind,
        [Id(5)],
        "Year 11 sat the examination, Year 10 did not"
    );
    assert_eq!((told.compared, told.later), (1, 1));
}

#[test]
fn this_years_targets_and_results_say_nothing_about_last_year() {
    let mut two = Two::new();
    two.small.grade(Field::Target, YEAR, two.art, 1, FINE, "5=");
    two.small
        .grade(Field::Achieved, YEAR, two.art, 1, FINE, "4=");
    assert_eq!(two.told(BILINGUAL), LastYear::default());
}
