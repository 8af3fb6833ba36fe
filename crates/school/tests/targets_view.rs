//! Targets are set, accepted and moved on, and only where they should be.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use flightpath_school::journal::{Action, Draft, School, Step, StepInfo};
use flightpath_school::model::scale::{GradeProblemKind, ScaleSet};
use flightpath_school::model::{
    AcademicYear, CivilDate, ColumnKey, Dot, Field, Id, Measure, Moment, ReplicaId, Value, keys,
};
use flightpath_school::policy::{Party, Policy, PolicyPack};
use flightpath_school::view::approvals::Approval;
use flightpath_school::view::standing::{proposal, written_scale};
use flightpath_school::view::targets::{
    Because, Beside, Change, Lacks, Target, TargetEntry, TargetState, accept, approvers, change,
    decide, differs, move_on, review, review_day, target, write_beside,
};
use flightpath_school::view::typed::{NotTyped, typed_grade};
use flightpath_school::view::{Pupil, Subject, pupils, subjects, takers};

const YEAR: AcademicYear = AcademicYear(2026);

fn policy() -> Policy {
    shipped("banded-secondary")
}

fn shipped(key: &str) -> Policy {
    let pack = PolicyPack::by_key(key).unwrap();
    Policy::new(pack, &ScaleSet::shipped()).unwrap()
}

fn approvals(parties: &[Party]) -> Vec<Approval> {
    let named = |party: &Party| Approval {
        party: Some(*party),
        name: format!("{party:?}"),
    };
    parties.iter().map(named).collect()
}

/// The day on which targets are set: before that of the review.
const SET: CivilDate = CivilDate::UNIX_EPOCH;

/// Those whom the banded policy asks.
const BOTH: [Party; 2] = [Party::SubjectLeader, Party::DataLead];

/// Two pupils of Year 8 who take maths: one with a KS2 score, one without.
struct Small {
    school: School,
    steps: u64,
}

impl Small {
    fn new() -> Small {
        let mut small = Small {
            school: School::default(),
            steps: 0,
        };
        let mut draft = Draft::default();
        for (id, name) in [(Id(1), "Able"), (Id(2), "Baker")] {
            draft.write(ColumnKey::lasting(Field::Surname), id, Value::text(name));
            draft.write(
                ColumnKey::yearly(Field::YearGroup, YEAR),
                id,
                Value::whole(8),
            );
        }
        draft.write(
            ColumnKey::lasting(Field::Prior(Measure::Ks2Maths)),
            Id(1),
            Value::whole(104),
        );
        draft.write(
            ColumnKey::lasting(Field::SubjectName),
            keys::subject("Maths"),
            Value::text("Maths"),
        );
        small.carry_out(&draft);
        small
    }

    fn carry_out(&mut self, draft: &Draft) {
        self.steps += 1;
        let info = StepInfo {
            dot: Dot {
                replica: ReplicaId(Id(1)),
                sequence: self.steps,
            },
            author: String::new(),
            at: Moment(0),
            action: Action::SetTargets,
            reason: None,
        };
        let step = self.school.step(draft, info).expect("something changes");
        self.school.apply(&step);
    }

    fn maths(&self) -> Subject {
        subjects(&self.school).remove(0)
    }

    fn pupil(&self, place: usize) -> Pupil {
        pupils(&self.school, YEAR).remove(place)
    }

    fn target(&self, place: usize) -> Target {
        target(
            &self.school,
            YEAR,
            &self.maths(),
            self.pupil(place).position,
        )
    }

    fn accept_all(&mut self) -> usize {
        let (policy, maths) = (policy(), self.maths());
        let mut draft = Draft::default();
        let accepted = (0..2)
            .filter(|place| {
                let pupil = self.pupil(*place);
                accept(&mut draft, &self.school, &policy, YEAR, &maths, &pupil, SET)
            })
            .count();
        if accepted > 0 {
            self.carry_out(&draft);
        }
        accepted
    }

    fn move_on(&mut self, place: usize, to: TargetState, day: u8) -> bool {
        let mut draft = Draft::default();
        let on = CivilDate::new(2026, 10, day).unwrap();
        let (maths, pupil) = (self.maths(), self.pupil(place));
        let moved = move_on(&mut draft, &self.school, YEAR, &maths, &pupil, to, on);
        assert_eq!(moved, !draft.is_empty());
        if moved {
            self.carry_out(&draft);
        }
        moved
    }

    /// Tries a change under a policy; carries it out where it has all that it needs.
    fn change(
        &mut self,
        policy: &Policy,
        place: usize,
        grade: Value,
        reason: &str,
        approved: &[Party],
    ) -> Result<(), Lacks> {
        let mut draft = Draft::default();
        let (maths, pupil) = (self.maths(), self.pupil(place));
        let wanted = Change {
            grade,
            reason,
            approved: &approvals(approved),
            on: SET,
        };
        let done = change(
            &mut draft,
            &self.school,
            policy,
            YEAR,
            &maths,
            &pupil,
            wanted,
        );
        assert_eq!(done.is_err(), draft.is_empty(), "all or nothing");
        if done.is_ok() {
            self.carry_out(&draft);
        }
        done
    }

    fn review(&mut self, on: CivilDate) -> bool {
        let mut draft = Draft::default();
        let (maths, pupil) = (self.maths(), self.pupil(0));
        let done = review(&mut draft, &self.school, YEAR, &maths, &pupil, on);
        if done {
            self.carry_out(&draft);
        }
        done
    }

    fn beside(&mut self, beside: &Beside) {
        let mut draft = Draft::default();
        let (maths, pupil) = (self.maths(), self.pupil(0));
        write_beside(&mut draft, YEAR, &maths, &pupil, beside);
        self.carry_out(&draft);
    }

    fn set(&mut self, place: usize, grade: Value, reason: &str) {
        let done = self.change(&policy(), place, grade, reason, &BOTH);
        assert_eq!(done, Ok(()));
    }
}

fn grade(label: &str) -> TargetEntry {
    TargetEntry::Grade {
        scale: "baf".to_owned(),
        label: label.to_owned(),
    }
}

#[test]
fn accepting_sets_what_is_proposed_and_nothing_else() {
    let mut small = Small::new();
    assert_eq!(small.target(0).entry, TargetEntry::Missing);
    // Maths 104 lies in 103 to 106: S+. The other pupil has no score, so the teacher decides.
    assert_eq!(small.accept_all(), 1);
    assert_eq!(small.target(0).entry, grade("S+"));
    assert_eq!(small.target(0).state, TargetState::Proposed);
    assert_eq!(small.target(1).entry, TargetEntry::Missing);
}

#[test]
fn accepting_leaves_a_target_that_a_teacher_set() {
    let mut small = Small::new();
    small.set(0, Value::grade("baf", "E="), " quick with numbers ");
    assert_eq!(small.accept_all(), 0);
    assert_eq!(small.target(0).entry, grade("E="));
    assert_eq!(small.target(0).reason, "quick with numbers");
}

#[test]
fn a_target_moves_on_one_state_at_a_time_with_its_date() {
    let mut small = Small::new();
    assert!(!small.move_on(0, TargetState::Agreed, 1), "nothing is set");
    small.accept_all();
    assert!(!small.move_on(0, TargetState::Published, 2));
    assert!(!small.move_on(0, TargetState::Checked, 2));
    for (to, day) in [
        (TargetState::Agreed, 3),
        (TargetState::Checked, 4),
        (TargetState::Published, 5),
    ] {
        assert!(small.move_on(0, to, day));
        assert!(!small.move_on(0, to, day), "it is there already");
        let target = small.target(0);
        assert_eq!(
            (target.state, target.since),
            (to, CivilDate::new(2026, 10, day))
        );
    }
}

#[test]
fn another_grade_begins_its_way_anew_and_a_blank_takes_the_target_away() {
    let mut small = Small::new();
    small.accept_all();
    assert!(small.move_on(0, TargetState::Agreed, 3));
    small.set(0, Value::grade("baf", "S="), "long ill");
    let target = small.target(0);
    assert_eq!(
        (target.state, target.since),
        (TargetState::Proposed, Some(SET))
    );
    small.set(0, Value::grade("baf", "S+"), "well again");
    assert_eq!(small.target(0).reason, "well again");
    small.set(0, Value::Blank, "left the subject");
    assert_eq!(small.target(0).entry, TargetEntry::Missing);
    assert_eq!(small.target(0).since, None);
}

#[test]
fn a_target_differs_from_its_proposal_by_grade_and_by_scale() {
    let small = Small::new();
    let (policy, maths) = (policy(), small.maths());
    let proposed = proposal(&small.school, &policy, YEAR, &maths, &small.pupil(0));
    let none = proposal(&small.school, &policy, YEAR, &maths, &small.pupil(1));
    let off = |entry: &TargetEntry| differs(&policy, entry, proposed.as_ref());
    assert!(!off(&TargetEntry::Missing));
    assert!(!off(&grade("S+")));
    assert!(off(&grade("S=")));
    let elsewhere = TargetEntry::Grade {
        scale: "gcse-9-1".to_owned(),
        label: "5".to_owned(),
    };
    assert!(off(&elsewhere));
    // Where nothing is proposed, no grade is another one.
    assert!(!differs(&policy, &grade("S="), none.as_ref()));
}

#[test]
fn states_are_read_as_they_are_written() {
    for state in TargetState::ALL {
        assert_eq!(TargetState::named(state.name()), Some(state));
    }
    assert_eq!(TargetState::named("signed"), None);
}

#[test]
fn grades_are_typed_in_full_or_by_their_first_letters() {
    let scales = ScaleSet::shipped();
    let baf = scales.get("baf").unwrap();
    assert_eq!(typed_grade(baf, "s +").as_deref(), Ok("S+"));
    assert_eq!(typed_grade(baf, "S").as_deref(), Ok("S"), "a whole band");
    let atl = scales.get("atl").unwrap();
    assert_eq!(typed_grade(atl, "out").as_deref(), Ok("Outstanding"));
    let fine = scales.get("gcse-9-1-fine").unwrap();
    assert_eq!(typed_grade(fine, "6").as_deref(), Ok("6="));
    assert_eq!(
        typed_grade(fine, "z"),
        Err(NotTyped::Problem(GradeProblemKind::Unknown))
    );
    let combined = scales.get("combined-science").unwrap();
    assert_eq!(
        typed_grade(combined, "4-"),
        Err(NotTyped::Several(vec!["4-3".to_owned(), "4-4".to_owned()]))
    );
    let spanish = scales.get("spanish-0-10").unwrap();
    assert!(matches!(
        typed_grade(spanish, "11"),
        Err(NotTyped::Problem(GradeProblemKind::OutOfRange { .. }))
    ));
    assert_eq!(
        typed_grade(spanish, " "),
        Err(NotTyped::Problem(GradeProblemKind::Empty))
    );
}

#[test]
fn a_subject_for_all_is_everybodys_until_it_has_a_class() {
    let mut small = Small::new();
    let maths = small.maths().id;
    let taking = |small: &Small| takers(&small.school, YEAR, maths).positions().count();
    assert_eq!(taking(&small), 0);
    let mut draft = Draft::default();
    draft.write(
        ColumnKey::lasting(Field::SubjectForAll),
        maths,
        Value::Flag(true),
    );
    small.carry_out(&draft);
    assert_eq!(taking(&small), 2);
    // The first target that is set sends nobody off the list.
    assert_eq!(small.accept_all(), 1);
    assert_eq!(taking(&small), 2);
    let mut draft = Draft::default();
    let class = ColumnKey::per_subject(Field::Class, YEAR, maths);
    draft.write(
        class,
        Id(1),
        Value::Reference(keys::class(YEAR, maths, "8A")),
    );
    small.carry_out(&draft);
    assert_eq!(taking(&small), 1);
}

#[test]
fn grades_are_written_on_the_scale_of_the_target_that_they_are_compared_with() {
    let mut small = Small::new();
    let policy = policy();
    let key = |small: &Small| {
        let scale = written_scale(
            &small.school,
            &policy,
            YEAR,
            &small.maths(),
            &small.pupil(0),
        );
        scale.unwrap().key().to_owned()
    };
    let usual = key(&small);
    assert_ne!(usual, "gcse-9-1-fine");
    let mut draft = Draft::default();
    let target = ColumnKey::per_subject(Field::Target, YEAR, small.maths().id);
    draft.write(target, Id(1), Value::grade("gcse-9-1-fine", "5="));
    small.carry_out(&draft);
    assert_eq!(key(&small), "gcse-9-1-fine");
}

fn lacks(reason: Option<Because>, approval: &[Party]) -> Result<(), Lacks> {
    Err(Lacks {
        reason,
        approval: approval.to_vec(),
    })
}

#[test]
fn where_the_policy_guards_what_is_set_any_change_needs_a_reason_and_both_names() {
    let mut small = Small::new();
    let banded = policy();
    let lower = || Value::grade("baf", "S=");
    small.accept_all();
    assert_eq!(
        small.change(&banded, 0, lower(), "", &[]),
        lacks(Some(Because::Set), &BOTH)
    );
    assert_eq!(
        small.change(&banded, 0, lower(), "long ill", &[Party::DataLead]),
        lacks(None, &[Party::SubjectLeader])
    );
    assert_eq!(
        small.change(&banded, 0, lower(), " ", &BOTH),
        lacks(Some(Because::Set), &[])
    );
    assert_eq!(
        small.target(0).entry,
        grade("S+"),
        "nothing was written so far"
    );
    assert_eq!(small.change(&banded, 0, lower(), "long ill", &BOTH), Ok(()));
    let target = small.target(0);
    assert_eq!(target.entry, grade("S="));
    assert_eq!(target.reason, "long ill");
    assert_eq!(target.approved, approvals(&BOTH));
    // To take it away is a change as well.
    assert_eq!(
        small.change(&banded, 0, Value::Blank, "left", &[]),
        lacks(None, &BOTH)
    );
    // Nothing was set for the other pupil, and nothing is proposed.
    assert_eq!(small.change(&banded, 1, lower(), "", &[]), Ok(()));
}

#[test]
fn where_the_policy_guards_what_is_published_a_change_before_needs_only_its_reason() {
    let mut small = Small::new();
    let general = shipped("general-secondary");
    small.accept_all();
    let to = |label| Value::grade("baf", label);
    assert_eq!(small.change(&general, 0, to("S="), "", &[]), Ok(()));
    for (state, day) in [
        (TargetState::Agreed, 1),
        (TargetState::Checked, 2),
        (TargetState::Published, 3),
    ] {
        assert!(small.move_on(0, state, day));
    }
    assert_eq!(
        small.change(&general, 0, to("S+"), "", &[]),
        lacks(Some(Because::Published), &[Party::SubjectLeader])
    );
    let approved = [Party::SubjectLeader];
    assert_eq!(
        small.change(&general, 0, to("S+"), "moved a set up", &approved),
        Ok(())
    );
    // The new one has its way before it.
    assert_eq!(small.target(0).state, TargetState::Proposed);
    assert_eq!(small.change(&general, 0, to("S="), "", &[]), Ok(()));
    assert_eq!(small.target(0).approved, []);
}

#[test]
fn another_reason_for_the_same_grade_leaves_its_way() {
    let mut small = Small::new();
    small.accept_all();
    assert!(small.move_on(0, TargetState::Agreed, 3));
    let same = || Value::grade("baf", "S+");
    assert_eq!(
        small.change(&policy(), 0, same(), " ", &[]),
        lacks(Some(Because::NotAsProposed), &[])
    );
    assert_eq!(
        small.change(&policy(), 0, same(), "talked over again", &[]),
        Ok(())
    );
    let target = small.target(0);
    assert_eq!(target.state, TargetState::Agreed);
    assert_eq!(target.reason, "talked over again");
}

fn day(year: i32, month: u8, day: u8) -> CivilDate {
    CivilDate::new(year, month, day).unwrap()
}

#[test]
fn a_target_waits_for_the_years_review_until_somebody_looks_at_it() {
    let mut small = Small::new();
    // The bilingual policy reviews on 8 September.
    let bilingual = shipped("bilingual-secondary");
    assert_eq!(review_day(&bilingual, YEAR), Some(day(2026, 9, 8)));
    let waits = |small: &Small| small.target(0).awaits_review(&bilingual, YEAR);
    assert!(!waits(&small), "nothing is set");
    assert!(!small.review(day(2026, 9, 10)));
    small.accept_all();
    assert!(waits(&small));
    // What was noted last year says nothing about this one.
    assert!(small.review(day(2026, 7, 1)));
    assert!(waits(&small));
    assert!(small.review(day(2026, 9, 3)));
    assert!(!waits(&small));
    assert!(!small.review(day(2026, 9, 3)), "that is noted already");

    let mut agreed = Small::new();
    agreed.accept_all();
    assert!(agreed.move_on(0, TargetState::Agreed, 3));
    assert!(!waits(&agreed), "agreed after the day of the review");
    let mut pack = PolicyPack::by_key("bilingual-secondary").unwrap();
    pack.target_life.reviewed = None;
    let never = Policy::new(pack, &ScaleSet::shipped()).unwrap();
    small.accept_all();
    assert!(!small.target(0).awaits_review(&never, YEAR));
}

#[test]
fn a_review_in_spring_is_in_the_second_half_of_the_year() {
    let mut pack = PolicyPack::by_key("bilingual-secondary").unwrap();
    let spring = flightpath_school::policy::MonthDay { month: 2, day: 1 };
    pack.target_life.reviewed = Some(spring);
    let policy = Policy::new(pack, &ScaleSet::shipped()).unwrap();
    assert_eq!(review_day(&policy, YEAR), Some(day(2027, 2, 1)));
}

#[test]
fn a_hidden_target_is_not_published() {
    let mut small = Small::new();
    small.accept_all();
    small.beside(&Beside::Hidden(true));
    assert!(small.target(0).hidden);
    assert!(small.move_on(0, TargetState::Agreed, 3));
    assert!(small.move_on(0, TargetState::Checked, 4));
    assert!(!small.move_on(0, TargetState::Published, 5));
    small.beside(&Beside::Hidden(false));
    assert!(small.move_on(0, TargetState::Published, 5));
}

#[test]
fn the_pupils_view_and_the_next_step_stay_beside_the_target() {
    let mut small = Small::new();
    small.accept_all();
    assert!(small.move_on(0, TargetState::Agreed, 3));
    small.beside(&Beside::Own(" fractions are hard ".to_owned()));
    small.beside(&Beside::Next("ten minutes of tables a day".to_owned()));
    let target = small.target(0);
    assert_eq!(target.own, "fractions are hard");
    assert_eq!(target.next, "ten minutes of tables a day");
    assert_eq!(target.state, TargetState::Agreed);
    small.beside(&Beside::Own(String::new()));
    assert_eq!(small.target(0).own, "");
}

impl Small {
    /// Undoes the step that was carried out so many steps ago; what was left as it is.
    fn undo(&mut self, step: &Step) -> usize {
        self.steps += 1;
        let info = StepInfo {
            dot: Dot {
                replica: ReplicaId(Id(1)),
                sequence: self.steps,
            },
            action: Action::Undo { of: step.info.dot },
            ..step.info.clone()
        };
        let undoing = self.school.undoing(step, info);
        if let Some(step) = undoing.step {
            self.school.apply(&step);
        }
        undoing.left.len()
    }

    /// The step that a change makes, carried out.
    fn changing(&mut self, grade: Value, reason: &str) -> Step {
        let mut draft = Draft::default();
        let (maths, pupil) = (self.maths(), self.pupil(0));
        let wanted = Change {
            grade,
            reason,
            approved: &approvals(&BOTH),
            on: CivilDate::new(2026, 11, 2).unwrap(),
        };
        let done = change(
            &mut draft,
            &self.school,
            &policy(),
            YEAR,
            &maths,
            &pupil,
            wanted,
        );
        assert_eq!(done, Ok(()));
        let step = self.step_of(1, &draft);
        self.school.apply(&step);
        step
    }

    fn step_of(&mut self, replica: u128, draft: &Draft) -> Step {
        self.steps += 1;
        let info = StepInfo {
            dot: Dot {
                replica: ReplicaId(Id(replica)),
                sequence: self.steps,
            },
            author: String::new(),
            at: Moment(0),
            action: Action::SetTargets,
            reason: None,
        };
        self.school.step(draft, info).expect("something changes")
    }
}

#[test]
fn undo_brings_the_former_grade_back_with_its_way_its_reason_and_its_approval() {
    let mut small = Small::new();
    small.set(0, Value::grade("baf", "S="), "long ill");
    small.set(0, Value::grade("baf", "S-"), "longer ill");
    assert!(small.move_on(0, TargetState::Agreed, 3));
    let before = small.target(0);
    let step = small.changing(Value::grade("baf", "E="), "well again");
    assert_ne!(small.target(0), before);
    assert_eq!(small.undo(&step), 0);
    assert_eq!(small.target(0), before);
    assert_eq!(before.approved, approvals(&BOTH));
}

#[test]
fn undo_leaves_a_target_whole_that_has_moved_on_since() {
    for day in [2, 9] {
        let mut small = Small::new();
        small.set(0, Value::grade("baf", "S="), "long ill");
        let step = small.changing(Value::grade("baf", "E="), "well again");
        // On the day of the change or later.
        let mut draft = Draft::default();
        let on = CivilDate::new(2026, 11, day).unwrap();
        let (maths, pupil) = (small.maths(), small.pupil(0));
        let agreed = TargetState::Agreed;
        assert!(move_on(
            &mut draft,
            &small.school,
            YEAR,
            &maths,
            &pupil,
            agreed,
            on
        ));
        small.carry_out(&draft);
        let agreed = small.target(0);
        assert!(small.undo(&step) > 0);
        assert_eq!(small.target(0), agreed, "what was agreed is this grade");
    }
}

#[test]
fn a_choice_between_two_targets_takes_what_came_with_the_chosen_one() {
    let mut small = Small::new();
    small.accept_all();
    let (maths, pupil) = (small.maths(), small.pupil(0));
    let common = small.school.clone();
    let mut changed = |replica: u128, label: &str, reason: &str, day: u8| {
        let mut draft = Draft::default();
        let wanted = Change {
            grade: Value::grade("baf", label),
            reason,
            approved: &approvals(&BOTH),
            on: CivilDate::new(2026, 11, day).unwrap(),
        };
        change(&mut draft, &common, &policy(), YEAR, &maths, &pupil, wanted).unwrap();
        let step = small.step_of(replica, &draft);
        let mut copy = common.clone();
        copy.apply(&step);
        copy
    };
    let ours = changed(1, "S=", "long ill", 2);
    let theirs = changed(2, "E=", "moved a set up", 3);
    small.school = ours;
    let merging = StepInfo {
        dot: Dot {
            replica: ReplicaId(Id(1)),
            sequence: small.steps + 1,
        },
        author: String::new(),
        at: Moment(0),
        action: Action::SetTargets,
        reason: None,
    };
    let step = small.school.merging(&theirs, merging).unwrap();
    small.steps += 1;
    small.school.apply(&step);
    assert!(matches!(small.target(0).entry, TargetEntry::Several(_)));
    let mut draft = Draft::default();
    let chosen = Value::grade("baf", "E=");
    decide(&mut draft, &small.school, YEAR, maths.id, pupil.id, &chosen);
    small.carry_out(&draft);
    let target = small.target(0);
    assert_eq!(target.entry, grade("E="));
    assert_eq!(target.reason, "moved a set up");
    assert_eq!(target.since, CivilDate::new(2026, 11, 3));
}

#[test]
fn to_choose_between_two_targets_of_which_the_parents_know_one_needs_approval() {
    let published = Target {
        entry: TargetEntry::Several(vec!["S=".to_owned(), "S+".to_owned()]),
        state: TargetState::Published,
        ..Small::new().target(0)
    };
    let grade = Value::grade("baf", "S+");
    let general = shipped("general-secondary");
    assert_eq!(
        approvers(&general, &published, &grade),
        [Party::SubjectLeader]
    );
    let unpublished = Target {
        state: TargetState::Checked,
        ..published
    };
    assert_eq!(approvers(&general, &unpublished, &grade), []);
    // Each of the two was approved when it was set.
    assert_eq!(approvers(&policy(), &unpublished, &grade), []);
    let third = Value::grade("baf", "E=");
    assert_eq!(approvers(&policy(), &unpublished, &third), BOTH);
}
