//! From one school year to the next: nobody is lost, nobody is twice, and what is there already stays.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod small;

use std::collections::BTreeMap;

use flightpath_school::journal::{Draft, School, Shown};
use flightpath_school::model::{AcademicYear, ColumnKey, Field, Id, Value, YearGroup};
use flightpath_school::view::roll_over::{
    CARRIED, Decided, Going, RollOver, last_year_group, roll_over,
};
use flightpath_school::view::standing::proposal;
use flightpath_school::view::{pupils, setting};
use proptest::prelude::*;
use small::{Small, YEAR, info, shipped};

const NEXT: AcademicYear = AcademicYear(2027);

fn group(number: i64) -> YearGroup {
    YearGroup::new(number).unwrap()
}

fn usual() -> Decided {
    Decided {
        last: group(13),
        marked: BTreeMap::new(),
    }
}

fn yearly(field: Field, year: AcademicYear) -> ColumnKey {
    ColumnKey::yearly(field, year)
}

fn plan(small: &Small, decided: &Decided) -> RollOver {
    roll_over(&small.school, YEAR, decided)
}

fn carry_out(small: &mut Small, decided: &Decided) {
    let draft = plan(small, decided).draft(&small.school);
    small.carry_out(&draft);
}

fn group_in(school: &School, year: AcademicYear, pupil: u128) -> Option<i64> {
    school
        .one(&yearly(Field::YearGroup, year), Id(pupil))
        .and_then(Value::as_whole)
}

/// A school that works in [`YEAR`], with Able in Year 7, Baker in Year 9 and Cole in Year 13.
fn three() -> Small {
    let mut small = Small::default();
    let year = Value::whole(i64::from(YEAR.0));
    small.write(ColumnKey::lasting(Field::CurrentYear), Id::ONLY, year);
    for (id, name, year, form) in [
        (1, "Able", 7, "7A"),
        (2, "Baker", 9, "Oak"),
        (3, "Cole", 13, "13C"),
    ] {
        small.pupil(id, name, year);
        small.write(yearly(Field::Form, YEAR), Id(id), Value::text(form));
        small.write(yearly(Field::Sen, YEAR), Id(id), Value::text("K"));
        small.write(yearly(Field::House, YEAR), Id(id), Value::text("Holm"));
        small.write(yearly(Field::Eal, YEAR), Id(id), Value::Flag(false));
        let percent = Value::whole(95);
        small.write(yearly(Field::Attendance, YEAR), Id(id), percent);
    }
    small
}

#[test]
fn pupils_move_up_with_their_form_and_groups_and_leavers_are_kept() {
    let mut small = three();
    let mut kept = small.school.visible_in_order();
    let told = plan(&small, &usual());
    assert_eq!(told.going(Going::Up).count(), 2);
    assert_eq!(told.going(Going::Leaves).count(), 1);
    assert_eq!(
        told.carried,
        [(Field::House, 2), (Field::Sen, 2), (Field::Eal, 2)]
    );
    carry_out(&mut small, &usual());

    let school = &small.school;
    let now: Vec<_> = pupils(school, NEXT)
        .into_iter()
        .map(|pupil| (pupil.year_group, pupil.form.clone(), pupil.had_left(NEXT)))
        .collect();
    assert_eq!(
        now,
        [
            (Some(group(8)), "8A".to_owned(), false),
            (Some(group(10)), "Oak".to_owned(), false),
            (None, String::new(), true),
        ]
    );
    assert_eq!(school.text(&yearly(Field::Sen, NEXT), Id(1)), Some("K"));
    assert_eq!(school.one(&yearly(Field::Attendance, NEXT), Id(1)), None);
    assert_eq!(setting(school).year, Some(NEXT));
    // Everything of the year that ended is as it was, the leaver's too.
    kept.retain(|(key, _, _)| key.field() != Field::CurrentYear);
    let after = school.visible_in_order();
    assert!(kept.iter().all(|cell| after.contains(cell)));
}

#[test]
fn a_person_says_who_repeats_leaves_early_or_stays_on() {
    let mut small = three();
    let decided = Decided {
        marked: BTreeMap::from([
            (Id(1), Going::Repeats),
            (Id(2), Going::Leaves),
            (Id(3), Going::Up),
        ]),
        ..usual()
    };
    carry_out(&mut small, &decided);
    let school = &small.school;
    assert_eq!(group_in(school, NEXT, 1), Some(7));
    assert_eq!(school.text(&yearly(Field::Form, NEXT), Id(1)), Some("7A"));
    assert_eq!(group_in(school, NEXT, 2), None);
    assert_eq!(group_in(school, NEXT, 3), Some(14));
    assert_eq!(school.text(&yearly(Field::Form, NEXT), Id(3)), Some("14C"));

    // Asked again without what was marked: the leaver has left, and who is there is there.
    let again = plan(&small, &usual());
    assert!(
        again.draft(school).is_empty() || school.step(&again.draft(school), info(2, 1)).is_none()
    );
    assert_eq!(again.settled().count(), 2);

    // Thought better of.
    let back = Decided {
        marked: BTreeMap::from([(Id(2), Going::Up)]),
        ..usual()
    };
    carry_out(&mut small, &back);
    assert_eq!(group_in(&small.school, NEXT, 2), Some(10));
    let left = ColumnKey::lasting(Field::LeftAfter);
    assert_eq!(small.school.one(&left, Id(2)), None);
}

#[test]
fn late_joiners_and_a_list_that_is_here_already_stay_as_they_are() {
    let mut small = three();
    // Able is on the new list, in another form and without support; Dunn comes new.
    small.write(yearly(Field::YearGroup, NEXT), Id(1), Value::whole(8));
    small.write(yearly(Field::Form, NEXT), Id(1), Value::text("8K"));
    small.write(yearly(Field::Sen, NEXT), Id(1), Value::text("N"));
    small.write(
        ColumnKey::lasting(Field::Surname),
        Id(4),
        Value::text("Dunn"),
    );
    small.write(yearly(Field::YearGroup, NEXT), Id(4), Value::whole(7));
    let told = plan(&small, &usual());
    assert_eq!(told.joiners, [Id(4)]);
    assert!(told.unplaced.is_empty());
    let settled: Vec<_> = told.settled().map(|line| line.pupil.id).collect();
    assert_eq!(settled, [Id(1)]);
    let before = small.school.visible_in_order();
    carry_out(&mut small, &usual());
    let school = &small.school;
    let after = school.visible_in_order();
    let of_next = |(key, _, _): &&(ColumnKey, Id, Vec<Value>)| key.year() == Some(NEXT);
    assert!(
        before
            .iter()
            .filter(of_next)
            .all(|cell| after.contains(cell))
    );
    // What the new list does not say goes along all the same.
    assert_eq!(
        school.text(&yearly(Field::House, NEXT), Id(1)),
        Some("Holm")
    );
}

#[test]
fn whom_nobody_can_place_is_named_and_left_alone() {
    let mut small = three();
    small.write(
        ColumnKey::lasting(Field::Surname),
        Id(4),
        Value::text("Dunn"),
    );
    // Two people gave Baker another year group.
    let key = yearly(Field::YearGroup, YEAR);
    let step = |school: &School, replica, number| {
        let mut draft = Draft::default();
        draft.write(key, Id(2), Value::whole(number));
        school.step(&draft, info(replica, 1)).unwrap()
    };
    let both = [step(&small.school, 7, 8), step(&small.school, 8, 10)];
    for step in &both {
        small.school.apply(step);
    }
    let told = plan(&small, &usual());
    let named: Vec<_> = told.unplaced.iter().map(|pupil| pupil.id).collect();
    assert_eq!(named, [Id(2), Id(4)]);
    carry_out(&mut small, &usual());
    assert_eq!(group_in(&small.school, NEXT, 2), None);
    let left = ColumnKey::lasting(Field::LeftAfter);
    assert_eq!(small.school.one(&left, Id(2)), None);
}

#[test]
fn the_grade_achieved_is_where_next_years_target_starts() {
    let mut small = three();
    let maths = small.subject("Maths");
    let whole = "gcse-9-1";
    small.grade(Field::Achieved, YEAR, maths, 1, whole, "4");
    // The year before says something else, and so does another pupil.
    small.grade(Field::Achieved, YEAR.previous(), maths, 1, whole, "2");
    small.grade(Field::Achieved, YEAR, maths, 2, whole, "6");
    let decided = Decided {
        marked: BTreeMap::from([(Id(2), Going::Repeats)]),
        ..usual()
    };
    carry_out(&mut small, &decided);
    let (policy, subject) = (shipped("bilingual-secondary"), small.subjects().remove(0));
    let proposed = |place: usize| {
        let pupil = pupils(&small.school, NEXT).remove(place);
        let proposal = proposal(&small.school, &policy, NEXT, &subject, &pupil)?;
        Some(proposal.grade?.label)
    };
    // A grade above what was achieved, as the policy says.
    assert_eq!(proposed(0).as_deref(), Some("5"));
    assert_eq!(
        proposed(1).as_deref(),
        Some("7"),
        "who repeats starts there too"
    );
    assert_eq!(proposed(2), None, "who has left starts nowhere");
}

#[test]
fn the_last_year_group_is_the_end_of_the_oldest_pupils_key_stage() {
    let all: Vec<i8> = (7..=13).collect();
    for (oldest, policy, last) in [
        (13, all.as_slice(), 13),
        (12, &all, 13),
        (11, &all, 11),
        (10, &all, 11),
        (6, &[1, 2, 3, 4, 5, 6], 6),
        (2, &[1, 2, 3, 4, 5, 6], 2),
        // Pupils beyond those that the policy is for.
        (13, &[7, 8, 9, 10, 11], 13),
        (14, &all, 13),
        (9, &[5, 6, 7, 8], 9),
    ] {
        let mut small = Small::default();
        small.pupil(1, "Able", 1);
        small.pupil(2, "Baker", oldest);
        let found = last_year_group(&small.school, YEAR, policy);
        assert_eq!(found, Some(group(last)), "{oldest}");
    }
    assert_eq!(last_year_group(&School::default(), YEAR, &all), None);
}

#[test]
fn two_people_who_begin_the_year_disagree_about_nothing() {
    let small = three();
    let draft = plan(&small, &usual()).draft(&small.school);
    let step = |replica| small.school.step(&draft, info(replica, 1)).unwrap();
    let (one, other) = (step(7), step(8));
    let merged = |steps: [&_; 2]| {
        let mut school = small.school.clone();
        for step in steps {
            school.apply(step);
        }
        school
    };
    let school = merged([&one, &other]);
    assert_eq!(
        school.visible_in_order(),
        merged([&other, &one]).visible_in_order()
    );
    assert!(
        school
            .visible_in_order()
            .iter()
            .all(|(_, _, values)| values.len() == 1)
    );
    assert_eq!(setting(&school).year, Some(NEXT));
}

/// A pupil as drawn: year group and form now, what the next year holds, what a person marked.
type Drawn = (
    Option<i64>,
    &'static str,
    Option<i64>,
    Option<&'static str>,
    Option<Going>,
    bool,
);

fn drawn() -> impl Strategy<Value = Vec<Drawn>> {
    let pupil = (
        prop_oneof![9 => (7_i64..=14).prop_map(Some), 1 => Just(None)],
        prop_oneof![Just("7A"), Just("10B"), Just("Oak"), Just("")],
        prop_oneof![4 => Just(None), 1 => (7_i64..=14).prop_map(Some)],
        prop_oneof![3 => Just(None), 1 => Just(Some("9Z"))],
        prop_oneof![
            4 => Just(None),
            1 => Just(Some(Going::Up)),
            1 => Just(Some(Going::Repeats)),
            1 => Just(Some(Going::Leaves))
        ],
        any::<bool>(),
    );
    proptest::collection::vec(pupil, 1..12)
}

fn school_of(drawn: &[Drawn]) -> (Small, Decided) {
    let mut small = Small::default();
    let mut decided = usual();
    let mut draft = Draft::default();
    let year = Value::whole(i64::from(YEAR.0));
    draft.write(ColumnKey::lasting(Field::CurrentYear), Id::ONLY, year);
    for (number, (now, form, next, next_form, marked, supported)) in (1..).zip(drawn) {
        let id = Id(number);
        let name = Value::text(&format!("P{number:02}"));
        draft.write(ColumnKey::lasting(Field::Surname), id, name);
        draft.write(
            yearly(Field::PupilPremium, YEAR),
            id,
            Value::Flag(*supported),
        );
        draft.write(yearly(Field::Form, YEAR), id, Value::text(form));
        if let Some(now) = now {
            draft.write(yearly(Field::YearGroup, YEAR), id, Value::whole(*now));
        }
        if let Some(next) = next {
            draft.write(yearly(Field::YearGroup, NEXT), id, Value::whole(*next));
        }
        if let Some(form) = next_form {
            draft.write(yearly(Field::Form, NEXT), id, Value::text(form));
        }
        if let Some(marked) = marked {
            decided.marked.insert(id, *marked);
        }
    }
    small.carry_out(&draft);
    (small, decided)
}

proptest! {
    #[test]
    fn nobody_is_lost_or_twice_and_a_second_time_changes_nothing(drawn in drawn()) {
        let (mut small, decided) = school_of(&drawn);
        let before = small.school.visible_in_order();
        let told = plan(&small, &decided);
        // Everybody is in exactly one list.
        let mut named: Vec<Id> = told.lines.iter().map(|line| line.pupil.id).collect();
        named.extend(told.unplaced.iter().map(|pupil| pupil.id));
        named.extend(&told.joiners);
        named.sort();
        let all: Vec<Id> = (1..).map(Id).take(drawn.len()).collect();
        prop_assert_eq!(named, all);

        carry_out(&mut small, &decided);
        let after = small.school.visible_in_order();
        // What was known is known still, of this year and the next; only the school's own year goes on.
        for cell in before.iter().filter(|(key, _, _)| key.field() != Field::CurrentYear) {
            prop_assert!(after.contains(cell), "{:?}", cell);
        }
        // Only what the plan is about was written.
        for (key, _, values) in after.iter().filter(|cell| !before.contains(cell)) {
            let of_next = [Field::YearGroup, Field::Form].contains(&key.field())
                || CARRIED.contains(&key.field());
            prop_assert!(
                (of_next && key.year() == Some(NEXT))
                    || [Field::LeftAfter, Field::CurrentYear].contains(&key.field())
            );
            prop_assert_eq!(values.len(), 1);
        }
        for line in &told.lines {
            let at = line.pupil.position;
            let key = yearly(Field::YearGroup, NEXT);
            let shown = small.school.shown_at(&key, at);
            let in_next = shown.one().and_then(Value::as_whole).and_then(YearGroup::new);
            prop_assert_eq!(in_next, line.to());
            let left = ColumnKey::lasting(Field::LeftAfter);
            let has_left = !matches!(small.school.shown_at(&left, at), Shown::Nothing);
            // In a year group or gone, and never both.
            prop_assert_eq!(has_left, in_next.is_none());
        }
        let again = plan(&small, &decided).draft(&small.school);
        prop_assert!(small.school.step(&again, info(9, 1)).is_none());
        let unmarked = plan(&small, &usual()).draft(&small.school);
        prop_assert!(small.school.step(&unmarked, info(9, 1)).is_none());
    }
}
