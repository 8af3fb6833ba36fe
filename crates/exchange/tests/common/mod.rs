//! What the tests of importing share.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeMap;
use std::path::Path;

use flightpath_exchange::mapping::{GuessFrom, Mapping, guess};
use flightpath_exchange::plan::{Given, Plan, PlanFrom, PlanOptions, plan};
use flightpath_exchange::table::{ReadError, ReadOptions, Table, from_bytes};
use flightpath_exchange::text::Encoding;
use flightpath_school::journal::{Action, Draft, School, StepInfo};
use flightpath_school::model::scale::ScaleSet;
use flightpath_school::model::{AcademicYear, CivilDate, Dot, Id, Moment, ReplicaId};
use flightpath_school::policy::Policy;

pub const YEAR: AcademicYear = AcademicYear(2026);

/// Bytes of a file of real dirt.
pub fn data(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/data")
        .join(name);
    std::fs::read(path).unwrap()
}

/// What the browser's `TextDecoder` does, byte order marks and all.
pub fn decode(encoding: Encoding, bytes: &[u8]) -> Option<String> {
    let decoder = encoding_rs::Encoding::for_label(encoding.label().as_bytes())?;
    let (text, wrong) = decoder.decode_with_bom_removal(bytes);
    (!wrong || encoding != Encoding::Utf8).then(|| text.into_owned())
}

pub fn read(bytes: &[u8]) -> Result<Table, ReadError> {
    from_bytes(bytes, &ReadOptions::default(), decode)
}

/// A school into which files are imported one after another.
pub struct Office {
    pub policy: Option<Policy>,
    pub school: School,
    pub scales: ScaleSet,
    pub steps: u64,
    pub ids: u128,
}

impl Default for Office {
    fn default() -> Self {
        Office {
            policy: None,
            school: School::default(),
            scales: ScaleSet::shipped(),
            steps: 0,
            ids: 0,
        }
    }
}

pub fn options() -> PlanOptions {
    PlanOptions {
        year: YEAR,
        source: "a file, 2026-11-22".to_owned(),
        answers: BTreeMap::new(),
        approval: Given::default(),
        on: CivilDate::new(2026, 11, 22).unwrap(),
    }
}

impl Office {
    pub fn guess(&self, table: &Table) -> Mapping {
        guess(
            table,
            &GuessFrom {
                school: &self.school,
                scales: &self.scales,
                preferred: &["gcse-9-1-fine".to_owned()],
            },
        )
    }

    pub fn plan(&mut self, table: &Table, mapping: &Mapping) -> Plan {
        self.plan_with(table, mapping, &options())
    }

    pub fn plan_with(&mut self, table: &Table, mapping: &Mapping, options: &PlanOptions) -> Plan {
        let ids = &mut self.ids;
        plan(
            &PlanFrom {
                table,
                mapping,
                school: &self.school,
                scales: &self.scales,
                policy: self.policy.as_ref(),
                options,
            },
            &mut || {
                *ids += 1;
                Id(*ids)
            },
        )
    }

    pub fn apply(&mut self, plan: &Plan) {
        self.carry_out(&plan.draft());
    }

    /// Carries a draft out as one step.
    pub fn carry_out(&mut self, draft: &Draft) {
        self.steps += 1;
        let info = StepInfo {
            dot: Dot {
                replica: ReplicaId(Id(1)),
                sequence: self.steps,
            },
            author: "M. Vidal".to_owned(),
            at: Moment(0),
            action: Action::EditPupils,
            reason: None,
        };
        if let Some(step) = self.school.step(draft, info) {
            self.school.apply(&step);
        }
    }

    /// Reads a text, guesses, plans and applies.
    pub fn import(&mut self, text: &str) -> Plan {
        let table = read(text.as_bytes()).unwrap();
        let mapping = self.guess(&table);
        let plan = self.plan(&table, &mapping);
        self.apply(&plan);
        plan
    }
}
