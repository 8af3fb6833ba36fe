//! Policies that a school keeps: chosen, merged, and pinned to what they judged.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use flightpath_school::journal::{Action, Draft, School, Step, StepInfo};
use flightpath_school::model::{ColumnKey, Dot, Field, Id, Moment, ReplicaId, Value};
use flightpath_school::policy::PolicyPack;
use flightpath_school::view::{
    TrackingEvent, choose_kept, chosen_policy, events, keep_policy, kept_policies, pin_policy,
    pinned_policy, policy_named, rival_policies,
};

fn done(school: &mut School, draft: &Draft, (replica, sequence): (u128, u64)) -> Step {
    let info = StepInfo {
        dot: Dot {
            replica: ReplicaId(Id(replica)),
            sequence,
        },
        author: String::new(),
        at: Moment(0),
        action: Action::Settings,
        reason: None,
    };
    let step = school.step(draft, info).unwrap();
    school.apply(&step);
    step
}

fn pack(version: u32, name: &str) -> PolicyPack {
    let mut pack = PolicyPack::by_key("banded-secondary").unwrap();
    pack.key = "own-banded".to_owned();
    pack.version = version;
    pack.name = name.to_owned();
    pack
}

/// Keeps a policy and goes by it.
fn go_by(school: &mut School, pack: &PolicyPack, dot: (u128, u64)) -> (Id, Step) {
    let mut draft = Draft::default();
    let id = keep_policy(&mut draft, school, pack).unwrap();
    choose_kept(&mut draft, id);
    (id, done(school, &draft, dot))
}

fn event(school: &mut School, state: &str, sequence: u64) -> TrackingEvent {
    let (id, mut draft) = (Id(7), Draft::default());
    let mut write = |field, value| draft.write(ColumnKey::lasting(field), id, value);
    write(Field::EventName, Value::text("Autumn"));
    write(Field::EventYear, Value::whole(2026));
    write(Field::EventState, Value::text(state));
    done(school, &draft, (1, sequence));
    events(school, flightpath_school::model::AcademicYear(2026)).remove(0)
}

#[test]
fn a_school_goes_by_the_version_that_it_chose() {
    let mut school = School::default();
    assert_eq!(chosen_policy(&school), None);
    let (first, second) = (pack(1, "Ours"), pack(2, "Ours"));
    let (id, _) = go_by(&mut school, &first, (1, 1));
    go_by(&mut school, &second, (1, 2));
    assert_eq!(chosen_policy(&school), Some(second.clone()));
    let kept = kept_policies(&school).into_iter().map(|kept| kept.pack);
    assert_eq!(kept.collect::<Vec<_>>(), [first.clone(), second]);
    // An earlier one is there to go back to; kept once, however often it is kept.
    let mut draft = Draft::default();
    assert_eq!(keep_policy(&mut draft, &school, &first).unwrap(), id);
    assert_eq!(draft.len(), 0);
    choose_kept(&mut draft, id);
    done(&mut school, &draft, (1, 3));
    assert_eq!(chosen_policy(&school), Some(first));
}

#[test]
fn two_policies_under_one_version_are_both_kept_and_the_choice_is_left_to_a_person() {
    let (mut one, mut other) = (School::default(), School::default());
    let (mine, yours) = (pack(1, "Ours"), pack(1, "Ours, later"));
    go_by(&mut one, &mine, (1, 1));
    let (_, sent) = go_by(&mut other, &yours, (2, 1));
    one.apply(&sent);
    assert_eq!(kept_policies(&one).len(), 2);
    assert_eq!(
        chosen_policy(&one),
        None,
        "two choices that nobody has chosen between"
    );
    let rivals: Vec<String> = (rival_policies(&one).into_iter())
        .map(|pack| pack.name)
        .collect();
    assert!(rivals.contains(&mine.name) && rivals.contains(&yours.name));
    // Choosing one settles it.
    go_by(&mut one, &mine, (1, 2));
    assert_eq!(chosen_policy(&one), Some(mine));
    assert_eq!(rival_policies(&one), []);
}

#[test]
fn a_closed_event_keeps_the_policy_that_judged_it() {
    let mut school = School::default();
    let first = pack(1, "Ours");
    go_by(&mut school, &first, (1, 1));
    let open = event(&mut school, "open", 2);
    assert_eq!(pinned_policy(&open), None);
    let mut draft = Draft::default();
    pin_policy(&mut draft, &school, &open, &first).unwrap();
    done(&mut school, &draft, (1, 3));
    let closed = event(&mut school, "closed", 4);
    let second = pack(2, "Ours");
    go_by(&mut school, &second, (1, 5));
    assert_eq!(chosen_policy(&school), Some(second));
    assert!(pinned_policy(&closed).is_some());
    assert_eq!(policy_named(&school, &closed.pack), Some(first));
    // While it is open again, the policy in force judges it.
    let reopened = event(&mut school, "open", 6);
    assert_eq!(pinned_policy(&reopened), None);
}

#[test]
fn a_policy_that_cannot_be_read_is_not_there() {
    let mut school = School::default();
    let (id, _) = go_by(&mut school, &pack(1, "Ours"), (1, 1));
    let mut draft = Draft::default();
    let document = ColumnKey::lasting(Field::PolicyDocument);
    draft.write(document, id, Value::text("{\"format\": 99}"));
    done(&mut school, &draft, (1, 2));
    assert_eq!(kept_policies(&school), []);
    assert_eq!(chosen_policy(&school), None);
}
