//! Every row of `golden/targets.csv`: the banded secondary's tables.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use flightpath_school::engine::targets::{
    ScoreEntry, TargetInputs, TargetSource, propose, propose_grade,
};
use flightpath_school::model::scale::ScaleSet;
use flightpath_school::policy::{Policy, PolicyPack};
use serde::Deserialize;

#[derive(Debug, Deserialize)]
struct Row {
    policy: String,
    year_group: i8,
    subject: String,
    ks2_reading: Option<u8>,
    ks2_maths: Option<u8>,
    cat_predicted_gcse: Option<String>,
    target: String,
}

#[test]
fn every_row_gives_its_target() {
    let scales = ScaleSet::shipped();
    let pack = PolicyPack::by_key("banded-secondary").unwrap();
    let policy = Policy::new(pack.clone(), &scales).unwrap();
    let fine = scales.get("gcse-9-1-fine").unwrap();
    let mut rows = 0;
    let mut reader = csv::Reader::from_reader(include_str!("golden/targets.csv").as_bytes());
    for row in reader.deserialize() {
        let row: Row = row.unwrap();
        rows += 1;
        let subject = row.subject.to_lowercase();
        let key = pack.scale_for(&subject, "uk", row.year_group).unwrap();
        let score = |value: Option<u8>| value.map_or(ScoreEntry::Missing, ScoreEntry::Scaled);
        let inputs = TargetInputs {
            year_group: row.year_group,
            subject: &subject,
            role: pack.role_of(&subject),
            curriculum: "uk",
            scale: scales.get(key).unwrap().id(),
            ks2_reading: score(row.ks2_reading),
            ks2_maths: score(row.ks2_maths),
            cat_predicted_gcse: row
                .cat_predicted_gcse
                .as_deref()
                .map(|label| fine.parse(label).unwrap()),
            benchmarks: &[],
            eyfs_outcome: None,
            key_stage_1: None,
            last_year: None,
            average_gcse: None,
            average_gcse_eight_point: None,
            subject_name: "",
        };
        let proposal = propose(&policy, &inputs);
        let label = proposal.grade.as_ref().map(|grade| grade.label.as_str());
        assert_eq!(label.unwrap_or("next method"), row.target, "{row:?}");
        assert_eq!(
            propose_grade(&policy, &inputs),
            proposal.grade.map(|grade| grade.grade)
        );
        let table = match &proposal.reason.decided {
            Some((_, TargetSource::Score { row, .. } | TargetSource::Grade { row, .. })) => {
                row.year.as_str()
            }
            None => continue,
            other => panic!("{other:?}"),
        };
        let named = match row.policy.as_str() {
            "banded secondary (KS2 table 2019)" => "2019/20",
            "banded secondary (CAT table 2020)" => "2020/21",
            "banded secondary (Year 9 boundaries 2021)" => "2021/22",
            other => panic!("{other}"),
        };
        assert_eq!(table, named, "{row:?}");
    }
    assert_eq!(rows, 77);
}
