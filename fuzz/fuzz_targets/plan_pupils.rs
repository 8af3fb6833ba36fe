//! No text makes guessing or planning panic, and every row has one outcome.
#![no_main]

use std::collections::BTreeMap;

use flightpath_exchange::mapping::{GuessFrom, NumberRows, guess};
use flightpath_exchange::plan::{Given, PlanFrom, PlanOptions, plan};
use flightpath_exchange::table::{ReadOptions, from_text};
use flightpath_school::journal::School;
use flightpath_school::model::scale::ScaleSet;
use flightpath_school::model::{AcademicYear, CivilDate, Id};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let Ok(table) = from_text(text, &ReadOptions::default()) else {
        return;
    };
    let school = School::default();
    let scales = ScaleSet::shipped();
    let mut mapping = guess(
        &table,
        &GuessFrom {
            school: &school,
            scales: &scales,
            preferred: &[],
        },
    );
    mapping.single_subject = Some("Maths".to_owned());
    mapping.default_event = Some("October".to_owned());
    mapping.add_missing_pupils = true;
    if !mapping.identifies_pupils() {
        mapping.number_rows = Some(NumberRows {
            admission_prefix: "n".to_owned(),
            surname: "Pupil ".to_owned(),
        });
    }
    let options = PlanOptions {
        year: AcademicYear(2026),
        source: "file".to_owned(),
        answers: BTreeMap::new(),
        approval: Given::default(),
        on: CivilDate::UNIX_EPOCH,
    };
    let mut last = 0;
    let plan = plan(
        &PlanFrom {
            table: &table,
            mapping: &mapping,
            school: &school,
            scales: &scales,
            policy: None,
            options: &options,
        },
        &mut || {
            last += 1;
            Id(last)
        },
    );
    assert_eq!(plan.rows.len(), table.len());
    let counts = plan.counts();
    assert_eq!(
        counts.rows,
        counts.new + counts.changed + counts.same + counts.refused + counts.ask
    );
    plan.problems(&table);
    plan.draft();
});
