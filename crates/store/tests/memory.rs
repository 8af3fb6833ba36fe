//! The home in memory: the contract, injected failures, and a model of any sequence of calls.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod contract;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use contract::{Bench, bytes, whole};
use flightpath_store::{
    Fold, Key, LoadProblem, Loaded, LogEntry, MemoryDisk, MemoryStore, Record, SCHEMA_VERSION,
    Shelf, Store, StoreErrorKind, StoreEvent, read_linked, read_rescue_file,
};
use proptest::prelude::*;

/// Memory never waits, so one poll is enough.
fn now<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("the home in memory waited"),
    }
}

struct MemoryBench(MemoryDisk, MemoryDisk);

impl Bench for MemoryBench {
    type S = MemoryStore;

    async fn open(&self) -> MemoryStore {
        MemoryStore::open(&self.0, |_| {}).await.unwrap().0
    }

    async fn get_raw(&self, shelf: Shelf, key: Key) -> Option<Record> {
        self.0.get_raw(shelf, &key)
    }

    async fn put_raw(&self, shelf: Shelf, record: Record) {
        self.0.put_raw(shelf, record);
    }

    async fn remove_raw(&self, shelf: Shelf, key: Key) {
        self.0.remove_raw(shelf, &key);
    }

    async fn open_other(&self) -> MemoryStore {
        open(&self.1)
    }

    async fn get_raw_other(&self, shelf: Shelf, key: Key) -> Option<Record> {
        self.1.get_raw(shelf, &key)
    }
}

macro_rules! case {
    ($name:ident) => {
        #[test]
        fn $name() {
            now(contract::$name(MemoryBench(
                MemoryDisk::new(),
                MemoryDisk::new(),
            )));
        }
    };
}
for_each_contract_case!(case);

fn open(disk: &MemoryDisk) -> MemoryStore {
    now(MemoryStore::open(disk, |_| {})).unwrap().0
}

#[test]
fn a_full_disk_damages_nothing_and_takes_steps_again_when_there_is_room() {
    let disk = MemoryDisk::new();
    let store = open(&disk);
    now(store.append(bytes("kept"), None)).unwrap();
    let before = now(whole(&store));
    disk.set_quota_bytes(Some(200));
    assert_eq!(
        now(store.append(vec![b'x'; 1000], None)).unwrap_err().kind,
        StoreErrorKind::QuotaExceeded
    );
    let fold = Fold {
        folded_through: 1,
        chunks_put: vec![("a".to_owned(), vec![0; 1000])],
        ..Fold::default()
    };
    assert_eq!(
        now(store.fold(fold)).unwrap_err().kind,
        StoreErrorKind::QuotaExceeded
    );
    assert_eq!(now(whole(&store)), before);
    assert!(now(store.raw_dump()).is_ok());
    disk.set_quota_bytes(None);
    assert_eq!(now(store.append(bytes("again"), None)).unwrap(), 2);
}

#[test]
fn an_aborted_transaction_keeps_nothing_of_a_batch() {
    let disk = MemoryDisk::new();
    let store = open(&disk);
    disk.fail_next_commit(StoreErrorKind::Aborted);
    let error = now(store.append_all(vec![bytes("a"), bytes("b")], None)).unwrap_err();
    assert_eq!(error.kind, StoreErrorKind::Aborted);
    assert_eq!(now(store.load()).unwrap(), Loaded::Fresh);
}

#[test]
fn one_unreadable_record_does_not_hide_the_others() {
    let disk = MemoryDisk::new();
    let store = open(&disk);
    now(store.append_all(vec![bytes("a"), bytes("b"), bytes("c")], None)).unwrap();
    disk.make_unreadable(Shelf::Log, &Key::Number(2));
    let Loaded::Damaged { salvage, problems } = now(store.load()).unwrap() else {
        panic!("shown as whole")
    };
    assert_eq!(
        salvage
            .log
            .iter()
            .map(|entry| entry.number)
            .collect::<Vec<_>>(),
        [1, 3]
    );
    assert!(problems.contains(&LoadProblem::RecordUnreadable {
        shelf: Shelf::Log,
        key: "2".to_owned()
    }));
    let dump: serde_json::Value = serde_json::from_slice(&now(store.raw_dump()).unwrap()).unwrap();
    assert_eq!(
        dump["unreadable"],
        serde_json::json!([{"store": "log", "key": "2"}])
    );
    assert_eq!(dump["log"].as_array().unwrap().len(), 2);
}

#[test]
fn a_newer_program_elsewhere_closes_this_connection_and_is_never_opened() {
    let disk = MemoryDisk::new();
    let events = Rc::new(RefCell::new(Vec::new()));
    let seen = Rc::clone(&events);
    let (store, opened) = now(MemoryStore::open(&disk, move |event| {
        seen.borrow_mut().push(event)
    }))
    .unwrap();
    assert!(!opened.existed);
    now(store.append(bytes("a"), None)).unwrap();
    disk.upgrade_elsewhere(SCHEMA_VERSION + 1);
    assert_eq!(*events.borrow(), [StoreEvent::NewerVersionWanted]);
    assert_eq!(
        now(store.append(bytes("b"), None)).unwrap_err().kind,
        StoreErrorKind::Closed
    );
    let error = now(MemoryStore::open(&disk, |_| {})).err().unwrap();
    let found = u64::from(SCHEMA_VERSION + 1);
    assert_eq!(error.kind, StoreErrorKind::NewerDatabase { found });
    assert!(disk.get_raw(Shelf::Log, &Key::Number(1)).is_some());
}

#[test]
fn a_rescue_file_reads_back_what_the_database_holds() {
    let disk = MemoryDisk::new();
    let store = open(&disk);
    now(store.append_all(vec![bytes("a"), vec![0xFF, 0x0A], bytes("c")], Some(5))).unwrap();
    let fold = Fold {
        folded_through: 1,
        chunks_put: vec![("chunk".to_owned(), vec![0xC3, 0x28])],
        history_month: "2026-11".to_owned(),
        ..Fold::default()
    };
    now(store.fold(fold)).unwrap();
    let file = now(store.raw_dump()).unwrap();
    let rescued = read_rescue_file(&file).unwrap();
    assert_eq!(rescued.loaded, now(store.load()).unwrap());
    let (key, body) = rescued.history.first().unwrap();
    assert_eq!(key, "2026-11/000000000001");
    assert_eq!(read_linked(body).entries[0].body, bytes("a"));
    // Cut anywhere, it is no rescue file; a changed digit inside a body is damage.
    for length in 0..file.len() {
        assert_eq!(
            read_rescue_file(&file[..length]).unwrap_err().kind,
            StoreErrorKind::NotARescueFile
        );
    }
    let text = String::from_utf8(file).unwrap();
    let changed = text.replace("\"c328\"", "\"c329\"");
    assert_ne!(changed, text);
    assert!(matches!(
        read_rescue_file(changed.as_bytes()).unwrap().loaded,
        Loaded::Damaged { .. }
    ));
    let of = |schema: u32| format!("\"schema\":{schema}");
    let newer = text.replace(&of(SCHEMA_VERSION), &of(SCHEMA_VERSION + 1));
    let found = u64::from(SCHEMA_VERSION + 1);
    let kind = StoreErrorKind::NewerDatabase { found };
    assert_eq!(read_rescue_file(newer.as_bytes()).unwrap_err().kind, kind);
}

#[derive(Debug, Clone)]
enum Call {
    Append(Vec<Vec<u8>>),
    Fold {
        through_permille: u64,
        put: BTreeMap<u8, Vec<u8>>,
        removed: u8,
        stale: bool,
    },
    Reload,
    FailNext,
}

fn calls() -> impl Strategy<Value = Vec<Call>> {
    let body = prop::collection::vec(any::<u8>(), 0..20);
    let call = prop_oneof![
        4 => prop::collection::vec(body.clone(), 0..4).prop_map(Call::Append),
        3 => (0..=1000_u64, prop::collection::btree_map(0..6_u8, body, 0..4), 6..9_u8, any::<bool>())
            .prop_map(|(through_permille, put, removed, stale)| Call::Fold {
                through_permille, put, removed: removed - 6, stale: stale && through_permille % 3 == 0,
            }),
        2 => Just(Call::Reload),
        1 => Just(Call::FailNext),
    ];
    prop::collection::vec(call, 0..40)
}

#[derive(Default)]
struct Model {
    generation: u64,
    folded_through: u64,
    last: u64,
    log: Vec<LogEntry>,
    chunks: BTreeMap<String, Vec<u8>>,
    history: Vec<String>,
}

proptest! {
    /// Whatever was acknowledged comes back, whatever was refused left no trace.
    #[test]
    fn any_sequence_of_calls_gives_what_was_acknowledged(calls in calls()) {
        let disk = MemoryDisk::new();
        let mut store = open(&disk);
        let mut model = Model::default();
        let mut fails_next = false;
        for call in calls {
            match call {
                Call::Append(bodies) => {
                    let fails = fails_next && !bodies.is_empty();
                    let answer = now(store.append_all(bodies.clone(), None));
                    if fails {
                        prop_assert_eq!(answer.unwrap_err().kind, StoreErrorKind::QuotaExceeded);
                        fails_next = false;
                        continue;
                    }
                    for body in bodies {
                        model.last += 1;
                        model.log.push(LogEntry { number: model.last, body });
                    }
                    prop_assert_eq!(answer.unwrap().last, model.last);
                }
                Call::Fold { through_permille, put, removed, stale } => {
                    let open_entries = model.last - model.folded_through;
                    let folded_through = model.folded_through + open_entries * through_permille / 1000;
                    let removed: Vec<String> =
                        if put.contains_key(&removed) { Vec::new() } else { vec![removed.to_string()] };
                    let chunks_put: Vec<_> =
                        put.into_iter().map(|(key, body)| (key.to_string(), body)).collect();
                    let fold = Fold {
                        expected_generation: model.generation + u64::from(stale),
                        folded_through,
                        chunks_put: chunks_put.clone(),
                        chunks_removed: removed.clone(),
                        meta_put: Vec::new(),
                        written_ms: None,
                        history_month: "2026-11".to_owned(),
                    };
                    let answer = now(store.fold(fold));
                    if stale {
                        let moved = matches!(answer.unwrap_err().kind, StoreErrorKind::GenerationMoved { .. });
                        prop_assert!(moved);
                        continue;
                    }
                    if fails_next {
                        prop_assert_eq!(answer.unwrap_err().kind, StoreErrorKind::QuotaExceeded);
                        fails_next = false;
                        continue;
                    }
                    model.generation += 1;
                    prop_assert_eq!(answer.unwrap().generation, model.generation);
                    let folds_any = folded_through > model.folded_through;
                    model.folded_through = folded_through;
                    model.log.retain(|entry| entry.number > folded_through);
                    for key in removed {
                        model.chunks.remove(&key);
                    }
                    model.chunks.extend(chunks_put);
                    let last = format!("2026-11/{folded_through:012}");
                    model.history.extend(folds_any.then_some(last));
                }
                Call::Reload => store = open(&disk),
                Call::FailNext => {
                    disk.fail_next_commit(StoreErrorKind::QuotaExceeded);
                    fails_next = true;
                }
            }
            match now(store.load()).unwrap() {
                Loaded::Fresh => prop_assert!(model.last == 0 && model.generation == 0),
                Loaded::Whole(contents) => {
                    prop_assert_eq!(contents.manifest.generation, model.generation);
                    prop_assert_eq!(&contents.log, &model.log);
                    prop_assert_eq!(contents.chunks.into_iter().collect::<BTreeMap<_, _>>(), model.chunks.clone());
                    prop_assert_eq!(now(store.history_keys()).unwrap(), model.history.clone());
                }
                Loaded::Damaged { problems, .. } => prop_assert!(false, "{:?}", problems),
            }
        }
    }

    /// One changed, lost or swapped record anywhere in what opening needs is never shown as whole.
    #[test]
    fn no_single_damage_is_shown_as_whole(
        shelf in prop::sample::select(vec![Shelf::Meta, Shelf::State, Shelf::Log]),
        which in any::<prop::sample::Index>(),
        how in 0..3_u8,
        at in any::<prop::sample::Index>(),
        bit in 0..8_u8,
    ) {
        let disk = MemoryDisk::new();
        let store = open(&disk);
        now(store.append_all((0..5).map(|n| format!("step {n}").into_bytes()).collect(), None)).unwrap();
        let chunks_put = (0..4).map(|n| (format!("chunk {n}"), format!("body {n}").into_bytes())).collect();
        let meta_put = vec![("school".to_owned(), bytes("{}"))];
        now(store.fold(Fold { folded_through: 2, chunks_put, meta_put, ..Fold::default() })).unwrap();
        let keys: Vec<Key> = match shelf {
            Shelf::Meta => ["manifest", "log-head", "school"].iter().map(|key| Key::Text((*key).to_owned())).collect(),
            Shelf::State => (0..4).map(|n| Key::Text(format!("chunk {n}"))).collect(),
            _ => (3..=5).map(Key::Number).collect(),
        };
        let key = which.get(&keys);
        let mut record = disk.get_raw(shelf, key).unwrap();
        match how {
            0 => disk.remove_raw(shelf, key),
            1 => {
                let at = at.index(record.body.len());
                record.body[at] ^= 1 << bit;
                disk.put_raw(shelf, record);
            }
            _ => {
                let shorter = at.index(record.body.len());
                record.body.truncate(shorter);
                disk.put_raw(shelf, record);
            }
        }
        let noticed = matches!(now(store.load()).unwrap(), Loaded::Damaged { .. });
        prop_assert!(noticed);
    }
}
