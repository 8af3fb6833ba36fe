//! The home in IndexedDB, in a real browser: the contract, and what only a browser can do.

#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod contract;
#[path = "browser/raw.rs"]
mod raw;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use contract::{Bench, bytes, whole};
use flightpath_store::{
    Files, FilesError, Fold, IndexedDbStore, Key, Loaded, LogEntry, Opened, OpfsFiles, Record,
    SCHEMA_VERSION, Shelf, Store, StoreErrorKind, StoreEvent, marker, persistence, tabs,
};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

struct BrowserBench(String);

impl BrowserBench {
    async fn new(name: &str) -> Self {
        IndexedDbStore::delete(name, |_| {}).await.unwrap();
        Self(name.to_owned())
    }

    fn other(&self) -> String {
        format!("{}, another", self.0)
    }
}

impl Bench for BrowserBench {
    type S = IndexedDbStore;

    async fn open(&self) -> IndexedDbStore {
        IndexedDbStore::open(&self.0, |_| {}).await.unwrap().0
    }

    async fn get_raw(&self, shelf: Shelf, key: Key) -> Option<Record> {
        raw::get(&self.0, shelf, &key).await
    }

    async fn put_raw(&self, shelf: Shelf, record: Record) {
        raw::put(&self.0, shelf, &record).await;
    }

    async fn remove_raw(&self, shelf: Shelf, key: Key) {
        raw::remove(&self.0, shelf, &key).await;
    }

    async fn open_other(&self) -> IndexedDbStore {
        let other = self.other();
        IndexedDbStore::delete(&other, |_| {}).await.unwrap();
        IndexedDbStore::open(&other, |_| {}).await.unwrap().0
    }

    async fn get_raw_other(&self, shelf: Shelf, key: Key) -> Option<Record> {
        raw::get(&self.other(), shelf, &key).await
    }
}

macro_rules! case {
    ($name:ident) => {
        #[wasm_bindgen_test]
        async fn $name() {
            contract::$name(BrowserBench::new(stringify!($name)).await).await;
        }
    };
}
for_each_contract_case!(case);

type Events = Rc<RefCell<Vec<StoreEvent>>>;

fn listener() -> (Events, impl Fn(StoreEvent) + 'static) {
    let events = Events::default();
    let told = Rc::clone(&events);
    (events, move |event| told.borrow_mut().push(event))
}

#[wasm_bindgen_test]
async fn a_new_database_is_told_from_one_that_was_there() {
    let name = "opened";
    IndexedDbStore::delete(name, |_| {}).await.unwrap();
    let (store, opened) = IndexedDbStore::open(name, |_| {}).await.unwrap();
    assert!(!opened.existed);
    assert_eq!(opened.upgraded_from, None);
    drop(store);
    assert!(IndexedDbStore::open(name, |_| {}).await.unwrap().1.existed);
}

#[wasm_bindgen_test]
async fn two_connections_append_at_once_and_nothing_is_lost() {
    let bench = BrowserBench::new("two_connections").await;
    let (first, second) = (bench.open().await, bench.open().await);
    let done = Rc::new(Cell::new(0));
    for (store, letter) in [(first, "a"), (second, "b")] {
        let done = Rc::clone(&done);
        wasm_bindgen_futures::spawn_local(async move {
            for number in 0..100 {
                store
                    .append(bytes(&format!("{letter}{number}")), None)
                    .await
                    .unwrap();
            }
            done.set(done.get() + 1);
        });
    }
    while done.get() < 2 {
        raw::pause(5).await;
    }
    let log = whole(&bench.open().await).await.log;
    assert_eq!(log.len(), 200);
    assert!(
        log.iter()
            .zip(1..)
            .all(|(entry, number)| entry.number == number)
    );
    for letter in ["a", "b"] {
        let own: Vec<_> = log
            .iter()
            .filter(|entry| entry.body.starts_with(letter.as_bytes()))
            .collect();
        assert!(
            own.iter()
                .zip(0..)
                .all(|(entry, number)| entry.body == bytes(&format!("{letter}{number}")))
        );
        assert_eq!(own.len(), 100);
    }
}

#[wasm_bindgen_test]
async fn a_newer_version_elsewhere_closes_this_connection_which_says_so() {
    let name = "version_change";
    IndexedDbStore::delete(name, |_| {}).await.unwrap();
    let (events, on_event) = listener();
    let (store, _) = IndexedDbStore::open(name, on_event).await.unwrap();
    store.append(bytes("kept"), None).await.unwrap();
    // Does not hang: the store lets go by itself.
    raw::open(name, Some(SCHEMA_VERSION + 1)).await.close();
    assert_eq!(*events.borrow(), [StoreEvent::NewerVersionWanted]);
    assert_eq!(
        store.append(bytes("late"), None).await.unwrap_err().kind,
        StoreErrorKind::Closed
    );
}

#[wasm_bindgen_test]
async fn a_database_from_the_future_is_refused_and_left_as_it_is() {
    let bench = BrowserBench::new("future").await;
    bench
        .open()
        .await
        .append(bytes("precious"), None)
        .await
        .unwrap();
    let future = SCHEMA_VERSION + 1;
    raw::open(&bench.0, Some(future)).await.close();
    let error = IndexedDbStore::open(&bench.0, |_| {})
        .await
        .err()
        .expect("a refusal");
    assert_eq!(
        error.kind,
        StoreErrorKind::NewerDatabase {
            found: future.into()
        }
    );
    let record = bench
        .get_raw(Shelf::Log, Key::Number(1))
        .await
        .expect("the step is still there");
    assert_eq!(record.body, bytes("precious"));
    let database = raw::open(&bench.0, None).await;
    assert_eq!(raw::version(&database), future);
}

#[wasm_bindgen_test]
async fn a_database_without_our_object_stores_is_refused() {
    let name = "foreign";
    IndexedDbStore::delete(name, |_| {}).await.unwrap();
    raw::open(name, Some(1)).await.close();
    let error = IndexedDbStore::open(name, |_| {})
        .await
        .err()
        .expect("a refusal");
    assert_eq!(error.kind, StoreErrorKind::Damaged);
}

#[wasm_bindgen_test]
async fn a_tab_that_does_not_let_go_is_reported() {
    let name = "blocked";
    IndexedDbStore::delete(name, |_| {}).await.unwrap();
    let stubborn = raw::open(name, Some(1)).await;
    let (events, on_event) = listener();
    let finished = Rc::new(Cell::new(false));
    let flag = Rc::clone(&finished);
    wasm_bindgen_futures::spawn_local(async move {
        IndexedDbStore::delete(name, on_event).await.unwrap();
        flag.set(true);
    });
    while events.borrow().is_empty() {
        raw::pause(5).await;
    }
    assert_eq!(*events.borrow(), [StoreEvent::Blocked]);
    assert!(!finished.get());
    stubborn.close();
    while !finished.get() {
        raw::pause(5).await;
    }
}

#[wasm_bindgen_test]
async fn a_database_of_schema_1_opens_whole() {
    let opened = opens_whole("schema_1", include_str!("fixtures/schema-1.json")).await;
    assert_eq!(opened.upgraded_from, Some(1));
}

#[wasm_bindgen_test]
async fn a_database_of_schema_2_opens_whole() {
    let opened = opens_whole("schema_2", include_str!("fixtures/schema-2.json")).await;
    assert_eq!(opened.upgraded_from, Some(2));
}

#[wasm_bindgen_test]
async fn a_database_of_schema_3_opens_whole() {
    let opened = opens_whole("schema_3", include_str!("fixtures/schema-3.json")).await;
    assert_eq!(opened.upgraded_from, Some(3));
}

#[wasm_bindgen_test]
async fn a_database_of_schema_4_opens_whole() {
    let opened = opens_whole("schema_4", include_str!("fixtures/schema-4.json")).await;
    assert_eq!(opened.upgraded_from, Some(4));
}

#[wasm_bindgen_test]
async fn a_database_of_schema_5_opens_whole() {
    let opened = opens_whole("schema_5", include_str!("fixtures/schema-5.json")).await;
    assert_eq!(opened.upgraded_from, Some(5));
}

#[wasm_bindgen_test]
async fn a_database_of_schema_6_opens_whole() {
    let opened = opens_whole("schema_6", include_str!("fixtures/schema-6.json")).await;
    assert_eq!(opened.upgraded_from, Some(6));
}

#[wasm_bindgen_test]
async fn a_database_of_schema_7_opens_whole() {
    let opened = opens_whole("schema_7", include_str!("fixtures/schema-7.json")).await;
    assert_eq!(opened.upgraded_from, Some(7));
}

#[wasm_bindgen_test]
async fn a_database_of_schema_8_opens_whole() {
    let opened = opens_whole("schema_8", include_str!("fixtures/schema-8.json")).await;
    assert_eq!(opened.upgraded_from, Some(8));
}

#[wasm_bindgen_test]
async fn a_database_of_schema_9_opens_whole() {
    let opened = opens_whole("schema_9", include_str!("fixtures/schema-9.json")).await;
    assert_eq!(opened.upgraded_from, None);
}

async fn opens_whole(name: &str, fixture: &str) -> Opened {
    IndexedDbStore::delete(name, |_| {}).await.unwrap();
    raw::make_from_rescue_file(name, fixture).await;
    let (store, opened) = IndexedDbStore::open(name, |_| {}).await.unwrap();
    assert!(opened.existed);
    let contents = whole(&store).await;
    assert_eq!(contents.manifest.generation, 1);
    assert_eq!(
        contents.meta,
        [("school".to_owned(), bytes("{\"name\":\"Made-up School\"}"))]
    );
    assert_eq!(
        contents.chunks.first().unwrap(),
        &("2026/autumn/maths".to_owned(), bytes("{\"grade\":[5,4,7]}"))
    );
    assert_eq!(contents.chunks.len(), 2);
    let step = |number: u64| LogEntry {
        number,
        body: format!("{{\"step\":{number}}}").into_bytes(),
    };
    assert_eq!(contents.log, [step(4), step(5)]);
    let keys = store.history_keys().await.unwrap();
    assert_eq!(keys.len(), 1);
    assert!(store.history(&keys[0]).await.unwrap().is_some());
    assert_eq!(store.append(bytes("on it goes"), None).await.unwrap(), 6);
    // The entries of an earlier release are linked from then on.
    whole(&store).await;
    let fold = Fold {
        expected_generation: 1,
        folded_through: 5,
        history_month: "2026-12".to_owned(),
        ..Fold::default()
    };
    let manifest = store.fold(fold).await.unwrap();
    assert_eq!(manifest.link.len(), 64);
    assert_eq!(whole(&store).await.log.len(), 1);
    opened
}

#[wasm_bindgen_test]
async fn a_record_of_another_shape_is_named_and_the_rest_is_given() {
    let bench = BrowserBench::new("shape").await;
    let store = bench.open().await;
    store
        .append_all(vec![bytes("a"), bytes("b")], None)
        .await
        .unwrap();
    raw::put_json(
        &bench.0,
        Shelf::Log,
        "{\"key\":1,\"version\":1,\"body\":\"not bytes\"}",
    )
    .await;
    let Loaded::Damaged { salvage, problems } = store.load().await.unwrap() else {
        panic!("shown as whole")
    };
    assert_eq!(
        salvage.log,
        [LogEntry {
            number: 2,
            body: bytes("b")
        }]
    );
    let named = flightpath_store::LoadProblem::RecordUnreadable {
        shelf: Shelf::Log,
        key: "1".to_owned(),
    };
    assert!(problems.contains(&named));
}

/// Leaves for the store what `boot.js` would: a promise of what was read.
fn leave(name: &str, read: &str) {
    let left = format!("window.flightpathRead = {{name: '{name}', parts: ['a'], read: {read}}}");
    js_sys::Function::new_no_args(&left)
        .call0(&wasm_bindgen::JsValue::UNDEFINED)
        .unwrap();
}

#[wasm_bindgen_test]
async fn what_was_read_ahead_is_checked_like_the_rest_and_given_once() {
    // No manifest and no log, but a history: records are missing, whoever read them.
    let lost = format!(
        "Promise.resolve({{schema: {SCHEMA_VERSION}, meta: [], state: [], log: [], history: 1, hashes: []}})"
    );
    leave("ahead", &lost);
    let (parts, loaded) = IndexedDbStore::read_ahead("ahead").await.unwrap();
    assert_eq!(parts, ["a"]);
    assert!(matches!(loaded, Loaded::Damaged { .. }));
    assert_eq!(IndexedDbStore::read_ahead("ahead").await, None);
    // Another database, another schema, a failed or senseless reading: not given.
    for (name, read) in [
        ("other", lost.as_str()),
        (
            "ahead",
            "Promise.resolve({schema: 99, meta: [], state: [], log: [], history: 1, hashes: []})",
        ),
        ("ahead", "Promise.reject(new Error('no'))"),
        ("ahead", "7"),
    ] {
        leave(name, read);
        assert_eq!(IndexedDbStore::read_ahead("ahead").await, None);
    }
}

#[wasm_bindgen_test]
async fn a_lock_is_held_by_one_at_a_time() {
    let order = Rc::new(RefCell::new(Vec::new()));
    let lock = tabs::TabLock::acquire("writer").await;
    assert_eq!(lock.state(), tabs::LockState::Held);
    assert!(tabs::TabLock::try_acquire("writer").await.is_none());
    let told = Rc::clone(&order);
    wasm_bindgen_futures::spawn_local(async move {
        let ((), state) =
            tabs::with_lock("writer", || async { told.borrow_mut().push("second") }).await;
        assert_eq!(state, tabs::LockState::Held);
    });
    raw::pause(30).await;
    order.borrow_mut().push("first lets go");
    drop(lock);
    while order.borrow().len() < 2 {
        raw::pause(5).await;
    }
    assert_eq!(*order.borrow(), ["first lets go", "second"]);
    // Nobody has it now; a waiter that was given up does not keep it.
    assert!(tabs::TabLock::try_acquire("writer").await.is_some());
}

#[wasm_bindgen_test]
async fn tabs_hear_each_other_and_not_themselves() {
    let heard = Rc::new(RefCell::new(Vec::new()));
    let told = Rc::clone(&heard);
    let first = tabs::TabChannel::open("news", move |bytes| told.borrow_mut().push(bytes)).unwrap();
    let second = tabs::TabChannel::open("news", |_| {}).unwrap();
    first.post(b"own").unwrap();
    second.post(b"{\"number\":7}").unwrap();
    while heard.borrow().is_empty() {
        raw::pause(5).await;
    }
    assert_eq!(*heard.borrow(), [bytes("{\"number\":7}")]);
}

#[wasm_bindgen_test]
async fn the_browser_tells_how_much_room_there_is() {
    assert!(persistence::estimate().await.unwrap().quota_bytes.unwrap() > 0.0);
    assert!(persistence::persisted().await.is_some());
}

#[wasm_bindgen_test]
fn the_marker_outlives_a_lost_database() {
    marker::clear_marker().unwrap();
    assert_eq!(marker::marker(), marker::Marker::Absent);
    marker::set_marker(&["2026-pupils".to_owned()]).unwrap();
    assert_eq!(marker::marker(), marker::Marker::SchoolExisted);
    marker::clear_marker().unwrap();
}

/// A worker that hangs must not keep the school, and all tabs with it, from being saved.
#[wasm_bindgen_test]
async fn a_worker_that_does_not_answer_is_given_up() {
    let address = raw::script_address("onmessage = () => {};");
    let files = OpfsFiles::start_with_patience(&address, 50).unwrap();
    assert!(!files.has_ended());
    let refused = Err(FilesError::Refused("Worker".to_owned()));
    assert_eq!(files.names().await, refused);
    assert!(files.has_ended());
    assert_eq!(
        files.append("log-00", vec![1]).await,
        Err(FilesError::Refused("Worker".to_owned()))
    );
}

/// The files of this browser, through a worker of their own.
fn files() -> OpfsFiles {
    OpfsFiles::start(&raw::script_address(OpfsFiles::SCRIPT)).unwrap()
}

#[wasm_bindgen_test]
async fn files_of_the_browser_do_what_a_folder_does() {
    let files = files();
    for name in files.names().await.unwrap() {
        files.remove(&name).await.unwrap();
    }
    files.append("a", bytes("one")).await.unwrap();
    files.append("a", bytes("two")).await.unwrap();
    assert_eq!(files.read("a", 4).await.unwrap(), bytes("onet"));
    // A file that is held can be written over, and goes on from there.
    files.write("a", bytes("new")).await.unwrap();
    files.append("a", bytes(" end")).await.unwrap();
    assert_eq!(files.read("a", usize::MAX).await.unwrap(), bytes("new end"));
    files.write("b", vec![7; 3_000_000]).await.unwrap();
    files.write("b", bytes("short")).await.unwrap();
    assert_eq!(files.read("b", usize::MAX).await.unwrap(), bytes("short"));
    assert_eq!(files.read("c", 1).await, Err(FilesError::Missing));
    assert_eq!(files.names().await.unwrap(), ["a", "b"]);
    files.remove("b").await.unwrap();
    files.remove("b").await.unwrap();
    assert_eq!(files.names().await.unwrap(), ["a"]);
}

#[wasm_bindgen_test]
async fn a_file_that_another_tab_appends_to_is_held_and_can_be_read() {
    let (first, second) = (files(), files());
    first.append("held", bytes("one")).await.unwrap();
    assert_eq!(second.read("held", 9).await.unwrap(), bytes("one"));
    assert_eq!(
        second.append("held", bytes("two")).await,
        Err(FilesError::Held)
    );
    assert_eq!(second.remove("held").await, Err(FilesError::Held));
    first.append("held", bytes("two")).await.unwrap();
    assert_eq!(second.read("held", 9).await.unwrap(), bytes("onetwo"));
    drop(first);
    // Let go of when its tab ends.
    while second.remove("held").await == Err(FilesError::Held) {
        raw::pause(5).await;
    }
    assert_eq!(second.read("held", 1).await, Err(FilesError::Missing));
}
