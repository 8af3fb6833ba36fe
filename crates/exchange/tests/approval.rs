//! An import does not go around what the policy asks of a change of a target.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::{Office, YEAR, options, read};
use flightpath_exchange::plan::{CellOutcome, CellReason, Given, Plan, PlanOptions};
use flightpath_school::journal::Draft;
use flightpath_school::model::scale::ScaleSet;
use flightpath_school::model::{CivilDate, ColumnKey, Field, Id, Table, Value, keys};
use flightpath_school::policy::{Party, Policy, PolicyPack};
use flightpath_school::view::approvals::Approval;
use flightpath_school::view::targets::{Target, TargetEntry, TargetState, target_in};

const BOTH: [Party; 2] = [Party::SubjectLeader, Party::DataLead];

/// A school under a policy, with one pupil whose target in maths has been agreed.
fn office(policy: &str) -> Office {
    let pack = PolicyPack::by_key(policy).unwrap();
    let mut office = Office {
        policy: Some(Policy::new(pack, &ScaleSet::shipped()).unwrap()),
        ..Office::default()
    };
    office.import("UPN,Surname,Forename,Year,Maths Target\nA823456789001,Ahmed,Amina,8,S=\n");
    assert_eq!(target(&office).entry, entry("S="));
    let mut draft = Draft::default();
    let key = |field| ColumnKey::per_subject(field, YEAR, keys::subject("Maths"));
    draft.write(
        key(Field::TargetState),
        pupil(&office),
        Value::text("agreed"),
    );
    draft.write(
        key(Field::TargetReason),
        pupil(&office),
        Value::text("as last year"),
    );
    office.carry_out(&draft);
    office
}

fn pupil(office: &Office) -> Id {
    office.school.rows(Table::Pupils)[0]
}

fn target(office: &Office) -> Target {
    target_in(&office.school, YEAR, keys::subject("Maths"), 0)
}

fn entry(label: &str) -> TargetEntry {
    TargetEntry::Grade {
        scale: "baf".to_owned(),
        label: label.to_owned(),
    }
}

fn planned(office: &mut Office, given: Given, file: &str) -> Plan {
    let table = read(file.as_bytes()).unwrap();
    let mapping = office.guess(&table);
    let options = PlanOptions {
        approval: given,
        ..options()
    };
    office.plan_with(&table, &mapping, &options)
}

fn refused(plan: &Plan) -> Vec<CellReason> {
    let cells = plan.rows.iter().flat_map(|row| &row.cells);
    cells
        .filter_map(|cell| match &cell.outcome {
            CellOutcome::Refused { reason, .. } => Some(reason.clone()),
            _ => None,
        })
        .collect()
}

fn given(reason: &str, parties: &[Party]) -> Given {
    let approved = parties.iter().map(|party| Approval {
        party: Some(*party),
        name: format!("{party:?}"),
    });
    Given {
        reason: reason.to_owned(),
        approved: approved.collect(),
    }
}

const CHANGES: &str = "UPN,Form,Maths Target\nA823456789001,8A,E=\n";

#[test]
fn a_guarded_change_is_left_out_alone_and_the_plan_says_what_it_needs() {
    let mut office = office("banded-secondary");
    for (given, by) in [
        (Given::default(), BOTH.to_vec()),
        (given("set tests", &BOTH[..1]), BOTH[1..].to_vec()),
        (given(" ", &BOTH), Vec::new()),
    ] {
        let plan = planned(&mut office, given, CHANGES);
        assert_eq!(refused(&plan), [CellReason::NeedsApproval { by }]);
        assert_eq!(
            (plan.guarded.changes, &plan.guarded.parties[..]),
            (1, &BOTH[..])
        );
        // The rest of the row is taken in.
        assert_eq!(plan.counts().cells_new, 1);
    }
    let before = target(&office);
    let plan = planned(&mut office, Given::default(), CHANGES);
    office.apply(&plan);
    assert_eq!(target(&office), before);
}

#[test]
fn with_reason_and_names_it_is_taken_in_and_both_are_kept() {
    let mut office = office("banded-secondary");
    let given = given("set tests", &BOTH);
    let plan = planned(&mut office, given.clone(), CHANGES);
    assert_eq!(refused(&plan), []);
    office.apply(&plan);
    let target = target(&office);
    assert_eq!(target.entry, entry("E="));
    assert_eq!(target.reason, "set tests");
    assert_eq!(target.approved, given.approved);
    assert_eq!(target.state, TargetState::Proposed);
    assert_eq!(target.since, CivilDate::new(2026, 11, 22));
}

#[test]
fn a_change_that_no_policy_guards_leaves_no_agreement_to_another_grade() {
    let mut office = office("general-secondary");
    let plan = planned(&mut office, Given::default(), CHANGES);
    assert_eq!(refused(&plan), []);
    assert_eq!(plan.guarded.changes, 0);
    office.apply(&plan);
    let target = target(&office);
    assert_eq!(target.entry, entry("E="));
    assert_eq!(target.state, TargetState::Proposed);
    assert_eq!(target.reason, "");
}

#[test]
fn what_is_set_for_the_first_time_or_stands_already_needs_nothing() {
    let mut office = office("banded-secondary");
    let file = "UPN,Maths Target,English Target\nA823456789001,S=,E-\n";
    let plan = planned(&mut office, Given::default(), file);
    assert_eq!(refused(&plan), []);
    office.apply(&plan);
    assert_eq!(
        target(&office).state,
        TargetState::Agreed,
        "it stands as it was"
    );
}
