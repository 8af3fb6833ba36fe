//! The fixture of each schema version is what that version wrote: `tests/browser.rs` opens it.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::pin::pin;
use std::task::{Context, Poll, Waker};

use flightpath_store::{Fold, Loaded, MemoryDisk, MemoryStore, Store, read_rescue_file};

fn now<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("the home in memory waited"),
    }
}

/// What this version writes for the fixture's calls, as a rescue file.
fn written_today() -> serde_json::Value {
    let disk = MemoryDisk::new();
    let store = now(MemoryStore::open(&disk, |_| {})).unwrap().0;
    let steps = |numbers: std::ops::RangeInclusive<u32>| -> Vec<Vec<u8>> {
        numbers
            .map(|number| format!("{{\"step\":{number}}}").into_bytes())
            .collect()
    };
    now(store.append_all(steps(1..=3), Some(1_764_000_000_000))).unwrap();
    let fold = Fold {
        folded_through: 3,
        written_ms: Some(1_764_000_000_000),
        chunks_put: vec![
            (
                "2026/autumn/maths".to_owned(),
                b"{\"grade\":[5,4,7]}".to_vec(),
            ),
            (
                "2026/autumn/physics".to_owned(),
                b"{\"grade\":[6,6,2]}".to_vec(),
            ),
        ],
        meta_put: vec![(
            "school".to_owned(),
            b"{\"name\":\"Made-up School\"}".to_vec(),
        )],
        history_month: "2026-11".to_owned(),
        ..Fold::default()
    };
    now(store.fold(fold)).unwrap();
    now(store.append_all(steps(4..=5), Some(1_764_000_000_000))).unwrap();
    serde_json::from_slice(&now(store.raw_dump()).unwrap()).unwrap()
}

#[test]
fn this_version_still_writes_what_the_fixture_of_schema_9_holds() {
    let fixture = include_str!("fixtures/schema-9.json");
    let fixture: serde_json::Value = serde_json::from_str(fixture).unwrap();
    // A difference is a change of the layout: it needs a new schema version, a migration and a fixture of its own.
    assert_eq!(
        fixture,
        written_today(),
        "written today:\n{:#}",
        written_today()
    );
}

#[test]
fn each_fixture_reads_as_a_rescue_file() {
    for fixture in [
        include_str!("fixtures/schema-1.json"),
        include_str!("fixtures/schema-2.json"),
        include_str!("fixtures/schema-3.json"),
        include_str!("fixtures/schema-4.json"),
        include_str!("fixtures/schema-5.json"),
        include_str!("fixtures/schema-6.json"),
        include_str!("fixtures/schema-7.json"),
        include_str!("fixtures/schema-8.json"),
        include_str!("fixtures/schema-9.json"),
    ] {
        let rescued = read_rescue_file(fixture.as_bytes()).unwrap();
        let Loaded::Whole(contents) = rescued.loaded else {
            panic!("not whole")
        };
        assert_eq!(contents.log.len(), 2);
        assert_eq!(rescued.history.len(), 1);
    }
}
