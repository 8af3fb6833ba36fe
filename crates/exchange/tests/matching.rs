//! Whom a row means, what a blank does, and what has to be asked.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::{Office, YEAR, options, read};
use flightpath_exchange::cells::DateOrder;
use flightpath_exchange::mapping::{BlankMeans, ResultKind, Role, Sureness, Why};
use flightpath_exchange::plan::{
    Answer, AskWhy, Candidate, CellOutcome, CellReason, IdentityKey, Question, RowOutcome,
    RowReason, Warning,
};
use flightpath_school::journal::{Action, Draft, StepInfo};
use flightpath_school::model::{
    ColumnKey, Dot, Field, Id, Moment, ReplicaId, Table as Rows, Value, keys,
};

const LIST: &str = "UPN,Adno,Surname,Forename,DOB,Year,PP\n\
    M823400121001,1,Hall,Ann,13/01/2012,9,Y\n\
    W823400222002,2,Khan,Ben,14/01/2012,9,N\n";

fn with_list() -> (Office, Vec<Id>) {
    let mut office = Office::default();
    let plan = office.import(LIST);
    let ids = plan.rows.iter().map(|row| row.pupil.unwrap()).collect();
    (office, ids)
}

#[test]
fn blank_cells_erase_nothing() {
    let (mut office, ids) = with_list();
    let plan = office.import("UPN,Adno,Surname,Forename,DOB,Year,PP\nM823400121001,,,,,10,-\n");
    assert_eq!(plan.rows[0].outcome, RowOutcome::Changed);
    let kept = plan.rows[0]
        .cells
        .iter()
        .filter(|cell| cell.outcome == CellOutcome::KeptBecauseBlank)
        .count();
    assert_eq!(kept, 5);
    let key = ColumnKey::yearly(Field::PupilPremium, YEAR);
    assert_eq!(office.school.one(&key, ids[0]), Some(&Value::Flag(true)));
    let key = ColumnKey::yearly(Field::YearGroup, YEAR);
    assert_eq!(office.school.one(&key, ids[0]), Some(&Value::whole(10)));
}

#[test]
fn lower_keys_match_only_where_higher_ones_are_absent() {
    let (mut office, ids) = with_list();
    let text = "UPN,Adno,Surname,Forename,DOB,Form\n\
        ,0002,Khan,Benjamin,14/01/2012,9A\n\
        ,,HALL,ann,13/01/2012,9B\n\
        L823400724002,1,Hall,Ann,13/01/2012,9C\n\
        ,7,Khan,Ben,14/01/2012,9D\n\
        ,,Hall,Ann,,9E\n";
    let plan = office.import(text);
    let pupils: Vec<Option<Id>> = plan.rows.iter().map(|row| row.pupil).collect();
    assert_eq!(pupils, [Some(ids[1]), Some(ids[0]), None, None, None]);
    let asked: Vec<AskWhy> = plan.rows[2..]
        .iter()
        .map(|row| match &row.outcome {
            RowOutcome::Ask { why, candidates } => {
                assert_eq!(candidates.len(), 1);
                *why
            }
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(
        asked,
        [
            AskWhy::OtherUpn,
            AskWhy::OtherAdmissionNumber,
            AskWhy::NameAlone
        ]
    );
    assert_eq!(office.school.rows(Rows::Pupils).len(), 2);
}

#[test]
fn the_answer_decides_whom_a_row_means() {
    let (mut office, ids) = with_list();
    let table =
        read(b"Surname,Forename,Year,Form\nHall,Ann,9,9A\nHall,Ann,9,9B\nKhan,Ben,9,9C\n").unwrap();
    let mapping = office.guess(&table);
    let mut options = options();
    options
        .answers
        .insert(1, Answer::Same(Candidate::Pupil(ids[0])));
    options.answers.insert(2, Answer::New);
    options.answers.insert(3, Answer::LeaveOut);
    let plan = office.plan_with(&table, &mapping, &options);
    assert_eq!(plan.rows[0].pupil, Some(ids[0]));
    assert_eq!(plan.rows[1].outcome, RowOutcome::New);
    assert_eq!(
        plan.rows[2].outcome,
        RowOutcome::Refused(RowReason::LeftOut)
    );
}

#[test]
fn rows_of_one_file_are_compared_with_each_other() {
    let mut office = Office::default();
    let plan = office.import(
        "UPN,Surname,Forename,Year,Form\n\
         M823400121001,Hall,Ann,9,9A\n\
         M823400121001,Hall,Ann,9,9A\n\
         M823400121001,Hall,Ann,9,9B\n\
         M823400121001,Khan,Ben,9,9A\n",
    );
    assert_eq!(plan.rows[1].outcome, RowOutcome::SameAsRow(1));
    assert_eq!(plan.rows[2].outcome, RowOutcome::Same);
    assert!(plan.rows[2].cells.iter().any(|cell| matches!(
        &cell.outcome,
        CellOutcome::Refused {
            reason: CellReason::OtherInEarlierRow { row: 1 },
            ..
        }
    )));
    assert_eq!(
        plan.rows[3].outcome,
        RowOutcome::Refused(RowReason::PupilInEarlierRow {
            row: 1,
            same: IdentityKey::Upn,
            differs: IdentityKey::Name
        })
    );
}

#[test]
fn rows_that_identify_nobody_or_badly_are_refused() {
    let mut office = Office::default();
    let plan = office.import(
        "UPN,Surname,Forename,Year\n\
         1234,Hall,Ann,9\n\
         M823400121001,Hall,Ann,9,extra\n\
         M823400121001,Hall,Ann,9,\n\
         ,,,9\n\
         ,Low,Cy,\n",
    );
    let outcomes: Vec<&RowOutcome> = plan.rows.iter().map(|row| &row.outcome).collect();
    assert!(matches!(
        outcomes[0],
        RowOutcome::Refused(RowReason::BadUpn { column: 0, .. })
    ));
    assert_eq!(
        outcomes[1],
        &RowOutcome::Refused(RowReason::WrongLength {
            fields: 5,
            expected: 4
        })
    );
    assert_eq!(outcomes[2], &RowOutcome::New);
    assert_eq!(outcomes[3], &RowOutcome::Refused(RowReason::NoName));
    assert_eq!(outcomes[4], &RowOutcome::New);
    assert_eq!(plan.rows[4].warnings, [Warning::NoYearGroup]);
}

#[test]
fn dates_that_read_two_ways_are_asked_about_once() {
    let mut office = Office::default();
    let table = read(b"Surname,DOB,Year\nHall,01/02/2012,9\nKhan,03/04/2012,9\n").unwrap();
    let mut mapping = office.guess(&table);
    let plan = office.plan(&table, &mapping);
    assert_eq!(
        plan.questions,
        [Question::AmbiguousDates {
            column: 1,
            example: "01/02/2012".to_owned()
        }]
    );
    assert!(!plan.is_ready());
    mapping.columns[1].dates = Some(DateOrder::MonthDayYear);
    let plan = office.plan(&table, &mapping);
    assert!(plan.is_ready());
    let date = plan.rows[0]
        .cells
        .iter()
        .find(|cell| cell.column == 1)
        .unwrap();
    let CellOutcome::New(value) = &date.outcome else {
        panic!()
    };
    assert_eq!(value.as_date().unwrap().to_string(), "2012-01-02");
}

#[test]
fn what_blank_means_is_asked_per_group() {
    let (mut office, ids) = with_list();
    let table = read(b"UPN,PP\nM823400121001,\nW823400222002,Y\n").unwrap();
    let mut mapping = office.guess(&table);
    let plan = office.plan(&table, &mapping);
    assert_eq!(
        plan.questions,
        [Question::BlankOfGroup {
            column: 1,
            blanks: 1
        }]
    );
    assert_eq!(plan.rows[0].outcome, RowOutcome::Same);
    mapping.columns[1].blank = Some(BlankMeans::No);
    let plan = office.plan(&table, &mapping);
    assert_eq!(plan.questions, []);
    let key = ColumnKey::yearly(Field::PupilPremium, YEAR);
    let cell = plan.rows[0]
        .cells
        .iter()
        .find(|cell| cell.key == key)
        .unwrap();
    assert_eq!(cell.row, ids[0]);
    assert_eq!(
        cell.outcome,
        CellOutcome::Changed {
            from: Value::Flag(true),
            to: Value::Flag(false)
        }
    );
}

#[test]
fn long_results_have_one_row_each() {
    let (mut office, ids) = with_list();
    let text = "UPN;Subject;Class;Teacher;Assessment;Kind;Grade\n\
        M823400121001;Maths;9/Ma1;Mr Low;October;Predicted;6+\n\
        M823400121001;Maths;9/Ma1;Mr Low;October;AtL;Good\n\
        M823400121001;French;9/Fr1;Ms Roy;October;Target;7=\n\
        W823400222002;Maths;9/Ma1;Mr Low;October;Predicted;7x\n\
        W823400222002;;9/Ma1;Mr Low;October;Predicted;7\n\
        W823400222002;Maths;9/Ma1;Mr Low;October;Banana;7\n";
    let table = read(text.as_bytes()).unwrap();
    let mapping = office.guess(&table);
    let plan = office.plan(&table, &mapping);
    assert!(plan.is_ready(), "{:?}", plan.questions);
    assert_eq!(
        plan.rows[4].outcome,
        RowOutcome::Refused(RowReason::NoSubject)
    );
    assert!(matches!(
        plan.rows[5].outcome,
        RowOutcome::Refused(RowReason::UnknownKind { column: 5, .. })
    ));
    assert_eq!(plan.counts().cells_refused, 1);
    // Four rows change two pupils.
    assert_eq!(plan.counts().changed, 4);
    assert_eq!(plan.counts().changed_pupils, 2);
    assert_eq!(
        (
            plan.new_subjects.len(),
            plan.new_classes.len(),
            plan.new_events.len()
        ),
        (2, 2, 1)
    );
    office.apply(&plan);
    let maths = keys::subject("Maths");
    let october = keys::event(YEAR, "October");
    let class = keys::class(YEAR, maths, "9/Ma1");
    let one = |key: ColumnKey, row| office.school.one(&key, row).cloned();
    assert_eq!(
        one(
            ColumnKey::per_event(Field::Predicted, YEAR, maths, october),
            ids[0]
        ),
        Some(Value::grade("gcse-9-1-fine", "6+"))
    );
    assert_eq!(
        one(
            ColumnKey::per_event(Field::AtlClass, YEAR, maths, october),
            ids[0]
        ),
        Some(Value::grade("atl", "Good"))
    );
    assert_eq!(
        one(ColumnKey::per_subject(Field::Class, YEAR, maths), ids[1]),
        Some(Value::Reference(class))
    );
    assert_eq!(
        one(ColumnKey::lasting(Field::ClassTeacher), class),
        Some(Value::text("Mr Low"))
    );
    assert_eq!(
        one(ColumnKey::lasting(Field::ClassSubject), class),
        Some(Value::Reference(maths))
    );
}

#[test]
fn a_value_that_people_disagree_about_is_left_to_them() {
    let (mut office, ids) = with_list();
    let key = ColumnKey::yearly(Field::Form, YEAR);
    // Two replicas write without having seen each other.
    let nothing = flightpath_school::journal::School::default();
    for (replica, form) in [(7, "9A"), (8, "9B")] {
        let mut draft = Draft::default();
        draft.write(key, ids[0], Value::text(form));
        let info = StepInfo {
            dot: Dot {
                replica: ReplicaId(Id(replica)),
                sequence: 1,
            },
            author: String::new(),
            at: Moment(0),
            action: Action::EditPupils,
            reason: None,
        };
        let step = nothing.step(&draft, info).unwrap();
        office.school.apply(&step);
    }
    let plan = office.import("UPN,Form\nM823400121001,9A\n");
    assert!(
        matches!(&plan.rows[0].cells[1].outcome, CellOutcome::InConflict { among, .. } if among.len() == 2)
    );
    assert_eq!(plan.counts().in_conflict, 1);
}

#[test]
fn a_pupil_taken_off_the_list_comes_back() {
    let (mut office, ids) = with_list();
    let gone = ColumnKey::lasting(Field::PupilGone);
    let mut draft = Draft::default();
    draft.write(gone, ids[0], Value::Flag(true));
    office.carry_out(&draft);
    let plan = office.import(LIST);
    assert_eq!(plan.rows[0].warnings, [Warning::WasGone]);
    assert_eq!(office.school.one(&gone, ids[0]), Some(&Value::Flag(false)));
}

#[test]
fn a_pupil_who_left_comes_back_with_the_list_of_a_later_year() {
    let (mut office, ids) = with_list();
    let left = ColumnKey::lasting(Field::LeftAfter);
    let mut draft = Draft::default();
    draft.write(left, ids[0], Value::whole(i64::from(YEAR.previous().0)));
    draft.write(left, ids[1], Value::whole(i64::from(YEAR.0)));
    office.carry_out(&draft);
    let plan = office.import(LIST);
    assert_eq!(plan.rows[0].warnings, [Warning::WasGone]);
    assert_eq!(office.school.one(&left, ids[0]), None);
    // The list of the last year here says nothing about the next.
    assert_eq!(plan.rows[1].warnings, []);
    assert!(office.school.one(&left, ids[1]).is_some());
}

#[test]
fn the_marks_of_our_own_csv_are_taken_off() {
    let mut office = Office::default();
    let plan = office.import("Surname,Year\n'=HYPERLINK(1),9\nO'Neill,9\n'tis,9\n");
    let names: Vec<&str> = plan
        .rows
        .iter()
        .filter_map(|row| {
            let key = ColumnKey::lasting(Field::Surname);
            office.school.text(&key, row.pupil?)
        })
        .collect();
    assert_eq!(names, ["=HYPERLINK(1)", "O'Neill", "'tis"]);
}

#[test]
fn one_column_has_each_role_and_says_why() {
    let office = Office::default();
    let table = read(
        b"Legal Surname,Surname,Name,Forename,Sex,Gender,SEN\nHall,Hull,x,Ann,F,purple,lots\n",
    )
    .unwrap();
    let mapping = office.guess(&table);
    let roles: Vec<&Role> = mapping.columns.iter().map(|column| &column.role).collect();
    let ignore = &Role::Ignore;
    assert_eq!(
        roles,
        [
            ignore,
            &Role::Surname,
            ignore,
            &Role::Forename,
            &Role::Sex,
            ignore,
            ignore
        ]
    );
    assert_eq!(mapping.columns[0].why, Why::RoleTaken(1));
    assert_eq!(mapping.columns[6].why, Why::ValuesDoNotFit);
    assert_eq!(mapping.columns[4].sure, Sureness::Certain);
}

#[test]
fn a_paste_without_headers_can_be_mapped() {
    let (mut office, ids) = with_list();
    let table = read("M823400121001\t6+\nW823400222002\t5-\n".as_bytes()).unwrap();
    assert_eq!(table.header_line, None);
    let mut mapping = office.guess(&table);
    assert_eq!(mapping.columns[0].role, Role::Upn);
    mapping.columns[1].role = Role::Result {
        subject: Some("Maths".to_owned()),
        kind: ResultKind::Predicted,
        event: None,
    };
    mapping.columns[1].scale = Some("gcse-9-1-fine".to_owned());
    let plan = office.plan(&table, &mapping);
    assert_eq!(plan.questions, [Question::NoEvent { columns: vec![1] }]);
    mapping.default_event = Some("October".to_owned());
    let plan = office.plan(&table, &mapping);
    assert!(plan.is_ready());
    assert_eq!(plan.rows[1].pupil, Some(ids[1]));
    assert_eq!(plan.counts().cells_new, 2);
}

#[test]
fn a_date_means_the_same_for_whom_a_row_is_and_for_what_it_says() {
    let (mut office, ids) = with_list();
    let table =
        read(b"Surname,Forename,DOB,Form\nHall,Ann,01/13/2012,9A\nKhan,Ben,01/14/2012,9B\n")
            .unwrap();
    let mut mapping = office.guess(&table);
    // As where the user says by hand which column holds the dates of birth.
    mapping.columns[2].dates = None;
    let plan = office.plan(&table, &mapping);
    let pupils: Vec<Option<Id>> = plan.rows.iter().map(|row| row.pupil).collect();
    assert_eq!(pupils, [Some(ids[0]), Some(ids[1])]);
    assert!(
        plan.rows
            .iter()
            .all(|row| row.outcome == RowOutcome::Changed)
    );
}

#[test]
fn a_class_that_was_given_up_comes_back_with_a_list_that_names_it() {
    let (mut office, ids) = with_list();
    let list = "UPN,Surname,Forename,Year,Maths class\nM823400121001,Hall,Ann,9,9A/Ma\n";
    office.import(list);
    let subject = keys::subject("Maths");
    let class = keys::class(YEAR, subject, "9A/Ma");
    let of_pupil = ColumnKey::per_subject(Field::Class, YEAR, subject);
    assert_eq!(
        office.school.one(&of_pupil, ids[0]),
        Some(&Value::Reference(class))
    );
    let gone = ColumnKey::lasting(Field::ClassGone);
    let mut draft = Draft::default();
    draft.write(of_pupil, ids[0], Value::Blank);
    draft.write(gone, class, Value::Flag(true));
    office.carry_out(&draft);
    office.import(list);
    assert_eq!(
        office.school.one(&of_pupil, ids[0]),
        Some(&Value::Reference(class))
    );
    assert_eq!(office.school.one(&gone, class), Some(&Value::Flag(false)));
}
