//! Classes are made, split, merged and given up; who moves keeps what is known, and undo puts them back.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod small;

use flightpath_school::model::{ColumnKey, Field, Id, Value, keys};
use flightpath_school::view::class_changes::{
    ClassProblem, Classes, members, members_by_class, teachers, without_class,
};
use flightpath_school::view::{Class, classes};
use proptest::prelude::*;
use small::{Small, YEAR};

fn school() -> (Small, Id) {
    let mut small = Small::default();
    for (id, name) in [(1, "Able"), (2, "Baker"), (3, "Cook"), (4, "Dunn")] {
        small.pupil(id, name, 8);
    }
    let subject = small.subject("Maths");
    (small, subject)
}

fn make(small: &mut Small, subject: Id, name: &str, taught_by: &str, pupils: &[u128]) -> Id {
    let pupils: Vec<Id> = pupils.iter().copied().map(Id).collect();
    let (draft, id) = Classes::of(&small.school, YEAR)
        .make(subject, name, taught_by, &pupils)
        .unwrap();
    small.carry_out(&draft);
    id
}

fn class(small: &Small, id: Id) -> Class {
    let found = classes(&small.school, YEAR)
        .into_iter()
        .find(|class| class.id == id);
    found.expect("the class is there")
}

fn who(small: &Small, id: Id) -> Vec<u128> {
    members(&small.school, YEAR, &class(small, id))
        .iter()
        .map(|id| id.0)
        .collect()
}

#[test]
fn a_class_is_made_with_its_pupils_and_teachers() {
    let (mut small, subject) = school();
    let id = make(
        &mut small,
        subject,
        " 8A/Ma1 ",
        "Ms Hall; Mr Ito, ms hall",
        &[1, 2],
    );
    let made = class(&small, id);
    assert_eq!(
        (made.name.as_str(), made.teacher.as_str()),
        ("8A/Ma1", "Ms Hall, Mr Ito")
    );
    assert_eq!(who(&small, id), [1, 2]);
    assert_eq!(
        id,
        keys::class(YEAR, subject, "8A/Ma1"),
        "whoever makes it makes the same one"
    );
}

#[test]
fn a_name_is_asked_for_and_only_once_in_a_subject() {
    let (mut small, subject) = school();
    let art = small.subject("Art");
    make(&mut small, subject, "8A", "", &[]);
    let at = Classes::of(&small.school, YEAR);
    assert_eq!(
        at.make(subject, " — ", "", &[]).unwrap_err(),
        ClassProblem::NoName
    );
    assert_eq!(
        at.make(subject, "8a", "", &[]).unwrap_err(),
        ClassProblem::NameTaken
    );
    assert_eq!(
        at.make(Id(99), "8B", "", &[]).unwrap_err(),
        ClassProblem::NoSubject
    );
    assert!(
        at.make(art, "8A", "", &[]).is_ok(),
        "another subject's class may be called so"
    );
}

#[test]
fn a_class_that_took_another_name_leaves_its_old_one_to_a_new_class() {
    let (mut small, subject) = school();
    let first = make(&mut small, subject, "8A", "", &[1]);
    let draft = Classes::of(&small.school, YEAR)
        .change(first, "8X", "Mr Ito")
        .unwrap();
    small.carry_out(&draft);
    let second = make(&mut small, subject, "8A", "", &[2]);
    assert_ne!(first, second);
    assert_eq!(class(&small, first).name, "8X");
    assert_eq!(
        (who(&small, first), who(&small, second)),
        (vec![1], vec![2])
    );
}

#[test]
fn some_of_a_class_become_one_of_their_own() {
    let (mut small, subject) = school();
    let old = make(&mut small, subject, "8A", "Ms Hall", &[1, 2, 3]);
    let at = Classes::of(&small.school, YEAR);
    assert_eq!(
        at.split(old, "8B", "", &[]).unwrap_err(),
        ClassProblem::NoPupils
    );
    let (draft, new) = at.split(old, "8B", "", &[Id(3)]).unwrap();
    small.carry_out(&draft);
    assert_eq!((who(&small, old), who(&small, new)), (vec![1, 2], vec![3]));
    assert_eq!(class(&small, new).teacher, "Ms Hall");
}

#[test]
fn two_classes_become_one_with_the_teachers_of_both() {
    let (mut small, subject) = school();
    let art = small.subject("Art");
    let other = make(&mut small, art, "8A", "", &[1]);
    let a = make(&mut small, subject, "8A", "Ms Hall", &[1, 2]);
    let b = make(&mut small, subject, "8B", "Mr Ito, Ms Hall", &[3]);
    let at = Classes::of(&small.school, YEAR);
    assert_eq!(at.merge(a, other).unwrap_err(), ClassProblem::OtherSubject);
    assert_eq!(at.merge(a, a).unwrap_err(), ClassProblem::NoClass);
    let draft = at.merge(b, a).unwrap();
    small.carry_out(&draft);
    assert_eq!(who(&small, a), [1, 2, 3]);
    assert_eq!(class(&small, a).teacher, "Ms Hall, Mr Ito");
    assert!(
        classes(&small.school, YEAR)
            .iter()
            .all(|class| class.id != b)
    );
    assert_eq!(
        who(&small, other),
        [1],
        "another subject's class is left alone"
    );
}

#[test]
fn only_an_empty_class_is_given_up_and_its_name_brings_it_back() {
    let (mut small, subject) = school();
    let id = make(&mut small, subject, "8A", "Ms Hall", &[1]);
    let at = Classes::of(&small.school, YEAR);
    assert_eq!(at.give_up(id).unwrap_err(), ClassProblem::NotEmpty(1));
    let draft = at.take_out(id, &[Id(1)]).unwrap();
    small.carry_out(&draft);
    let draft = Classes::of(&small.school, YEAR).give_up(id).unwrap();
    small.carry_out(&draft);
    assert!(classes(&small.school, YEAR).is_empty());
    assert_eq!(make(&mut small, subject, "8A", "", &[2]), id);
    assert_eq!(who(&small, id), [2]);
}

#[test]
fn who_takes_the_subject_without_a_class_is_named() {
    let (mut small, subject) = school();
    let target = ColumnKey::per_subject(Field::Target, YEAR, subject);
    small.write(target, Id(4), Value::grade("gcse-9-1", "5"));
    assert!(
        without_class(&small.school, YEAR, subject).is_empty(),
        "no class, nobody missing from one"
    );
    let id = make(&mut small, subject, "8A", "", &[1]);
    assert_eq!(without_class(&small.school, YEAR, subject), [Id(4)]);
    let draft = Classes::of(&small.school, YEAR)
        .move_to(id, &[Id(4)])
        .unwrap();
    small.carry_out(&draft);
    assert!(without_class(&small.school, YEAR, subject).is_empty());
}

#[test]
fn names_of_teachers_are_told_apart() {
    assert_eq!(
        teachers(" Ms Hall ,, Mr Ito; MS HALL "),
        ["Ms Hall", "Mr Ito"]
    );
    assert!(teachers(" ; ,").is_empty());
}

proptest! {
    /// However pupils are moved about, each is in one class of the subject at most, and nobody is lost by a merge.
    #[test]
    fn nobody_is_in_two_classes_and_nobody_is_lost(moves in prop::collection::vec((1_u128..=4, 0_usize..3), 1..12)) {
        let (mut small, subject) = school();
        let ids: Vec<Id> = ["A", "B", "C"].iter().map(|name| make(&mut small, subject, name, "", &[])).collect();
        let mut moved = std::collections::BTreeSet::new();
        for (pupil, to) in moves {
            if who(&small, ids[to]).contains(&pupil) {
                continue;
            }
            let draft = Classes::of(&small.school, YEAR).move_to(ids[to], &[Id(pupil)]).unwrap();
            small.carry_out(&draft);
            moved.insert(pupil);
        }
        let mut all: Vec<u128> = ids.iter().flat_map(|id| who(&small, *id)).collect();
        all.sort_unstable();
        prop_assert_eq!(all, moved.iter().copied().collect::<Vec<_>>());
        let at_once = members_by_class(&small.school, YEAR);
        for id in &ids {
            let own: Vec<u128> = at_once.get(id).into_iter().flatten().map(|id| id.0).collect();
            prop_assert_eq!(own, who(&small, *id));
        }
        for from in [2, 1] {
            let draft = Classes::of(&small.school, YEAR).merge(ids[from], ids[0]).unwrap();
            small.carry_out(&draft);
        }
        prop_assert_eq!(who(&small, ids[0]), moved.into_iter().collect::<Vec<_>>());
    }
}
