//! Every row of `golden/rag.csv`, under each shipped pack.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use flightpath_school::engine::status::{Cell, EventTerms, GradeEntry, Setting, judge};
use flightpath_school::model::scale::ScaleSet;
use flightpath_school::policy::{Policy, PolicyPack, Rag};
use serde::Deserialize;

#[derive(Debug, Deserialize)]
struct Row {
    scale: String,
    target: Option<String>,
    predicted: Option<String>,
    fine_steps: Option<i16>,
    rag: String,
}

#[test]
fn every_row_gives_its_colour_and_steps() {
    let scales = ScaleSet::shipped();
    for pack in PolicyPack::shipped() {
        let policy = Policy::new(pack, &scales).unwrap();
        let mut rows = 0;
        let mut reader = csv::Reader::from_reader(include_str!("golden/rag.csv").as_bytes());
        for row in reader.deserialize() {
            let row: Row = row.unwrap();
            rows += 1;
            let scale = scales
                .get(match row.scale.as_str() {
                    "GCSE 9-1 fine" => "gcse-9-1-fine",
                    "GCSE 9-1" => "gcse-9-1",
                    "BAF" => "baf",
                    "A level" => "a-level",
                    "Spanish 0-10" => "spanish-0-10",
                    other => panic!("{other}"),
                })
                .unwrap();
            let entry = |label: &Option<String>| {
                GradeEntry::from(label.as_deref().map(|label| scale.parse(label).unwrap()))
            };
            let cell = Cell {
                target: entry(&row.target),
                predicted: entry(&row.predicted),
                ..Cell::default()
            };
            let judgement = judge(&policy, EventTerms::default(), Setting::default(), &cell);
            let colour = match judgement.rag.colour() {
                Some(Rag::Green) => "green",
                Some(Rag::White) => "white",
                Some(Rag::Amber) => "amber",
                Some(Rag::Red) => "red",
                None => "unknown",
            };
            assert_eq!(colour, row.rag, "{row:?}");
            assert_eq!(judgement.fine_steps, row.fine_steps, "{row:?}");
        }
        assert_eq!(rows, 34);
    }
}
