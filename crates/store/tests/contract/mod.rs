//! What every home of the store must do. The same cases run on memory and in a real browser.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    missing_docs,
    dead_code
)]
#![allow(async_fn_in_trait)]

use flightpath_store::{
    Contents, Fold, Key, LoadProblem, Loaded, LogEntry, Parts, Record, Replacement, SCHEMA_VERSION,
    Shelf, Store, StoreErrorKind, read_linked,
};

/// A database that can be opened again and again, and damaged behind the store's back.
pub trait Bench {
    type S: Store;
    async fn open(&self) -> Self::S;
    async fn get_raw(&self, shelf: Shelf, key: Key) -> Option<Record>;
    async fn put_raw(&self, shelf: Shelf, record: Record);
    async fn remove_raw(&self, shelf: Shelf, key: Key);
    /// A second database beside it.
    async fn open_other(&self) -> Self::S;
    async fn get_raw_other(&self, shelf: Shelf, key: Key) -> Option<Record>;
}

/// Key of the history record of [`a_school`].
const FIRST_HISTORY: &str = "2026-11/000000000002";

/// Calls `$each!(case)` for every case of the contract.
#[macro_export]
macro_rules! for_each_contract_case {
    ($each:ident) => {
        $each!(an_empty_database_is_fresh);
        $each!(appended_steps_come_back_in_order);
        $each!(an_empty_batch_changes_nothing);
        $each!(a_fold_replaces_state_and_shortens_the_log);
        $each!(chunks_can_be_removed);
        $each!(bodies_may_be_any_bytes);
        $each!(a_fold_from_an_old_generation_is_refused_and_changes_nothing);
        $each!(a_fold_beyond_the_log_or_backwards_is_refused);
        $each!(history_is_append_only);
        $each!(history_holds_the_folded_entries_linked_to_what_follows);
        $each!(entries_put_in_place_of_others_are_noticed);
        $each!(a_replacement_takes_the_place_of_everything);
        $each!(the_stores_own_keys_are_refused);
        $each!(another_connection_reads_what_was_added);
        $each!(a_closed_connection_says_so);
        $each!(a_damaged_chunk_is_noticed);
        $each!(a_missing_chunk_is_noticed);
        $each!(a_leftover_chunk_is_noticed);
        $each!(parts_are_read_and_checked_apart);
        $each!(a_gap_in_the_log_is_noticed);
        $each!(a_lost_tail_of_the_log_is_noticed);
        $each!(a_changed_log_entry_is_noticed);
        $each!(a_lost_manifest_is_noticed);
        $each!(a_damaged_manifest_stops_appending_nothing_but_folding);
        $each!(a_lost_log_head_is_noticed_and_stops_appending);
        $each!(lost_history_is_noticed);
        $each!(a_changed_history_record_is_not_given);
        $each!(a_dump_holds_every_record);
    };
}

pub fn bytes(text: &str) -> Vec<u8> {
    text.as_bytes().to_vec()
}

fn pair(key: &str, body: &str) -> (String, Vec<u8>) {
    (key.to_owned(), bytes(body))
}

fn entry(number: u64, body: &str) -> LogEntry {
    LogEntry {
        number,
        body: bytes(body),
    }
}

pub async fn whole(store: &impl Store) -> Contents {
    match store.load().await.unwrap() {
        Loaded::Whole(contents) => contents,
        other => panic!("not whole: {other:?}"),
    }
}

async fn damaged(store: &impl Store) -> (Contents, Vec<LoadProblem>) {
    match store.load().await.unwrap() {
        Loaded::Damaged { salvage, problems } => (salvage, problems),
        other => panic!("not damaged: {other:?}"),
    }
}

/// Two chunks, a small value, one history record, and the steps 3 and 4 still in the log.
async fn a_school<B: Bench>(bench: &B) -> B::S {
    let store = bench.open().await;
    store
        .append_all(vec![bytes("one"), bytes("two")], None)
        .await
        .unwrap();
    let fold = Fold {
        expected_generation: 0,
        folded_through: 2,
        chunks_put: vec![
            pair("2026/autumn", "chunk A"),
            pair("2026/spring", "chunk B"),
        ],
        meta_put: vec![pair("school", "{}")],
        history_month: "2026-11".to_owned(),
        ..Fold::default()
    };
    store.fold(fold).await.unwrap();
    store.append(bytes("three"), None).await.unwrap();
    store.append(bytes("four"), None).await.unwrap();
    store
}

pub async fn an_empty_database_is_fresh<B: Bench>(bench: B) {
    assert_eq!(bench.open().await.load().await.unwrap(), Loaded::Fresh);
}

pub async fn appended_steps_come_back_in_order<B: Bench>(bench: B) {
    let store = bench.open().await;
    assert_eq!(store.append(bytes("a"), None).await.unwrap(), 1);
    assert_eq!(
        store
            .append_all(vec![bytes("b"), bytes("c")], None)
            .await
            .unwrap()
            .last,
        3
    );
    drop(store);
    let contents = whole(&bench.open().await).await;
    assert_eq!(contents.log, [entry(1, "a"), entry(2, "b"), entry(3, "c")]);
    assert_eq!(contents.manifest.generation, 0);
}

pub async fn an_empty_batch_changes_nothing<B: Bench>(bench: B) {
    let store = bench.open().await;
    assert_eq!(store.append_all(Vec::new(), None).await.unwrap().last, 0);
    assert_eq!(store.load().await.unwrap(), Loaded::Fresh);
}

pub async fn a_fold_replaces_state_and_shortens_the_log<B: Bench>(bench: B) {
    drop(a_school(&bench).await);
    let store = bench.open().await;
    let contents = whole(&store).await;
    assert_eq!(contents.manifest.generation, 1);
    assert_eq!(contents.manifest.folded_through, 2);
    assert_eq!(contents.manifest.history_count, 1);
    assert_eq!(
        contents.chunks,
        [
            pair("2026/autumn", "chunk A"),
            pair("2026/spring", "chunk B")
        ]
    );
    assert_eq!(contents.meta, [pair("school", "{}")]);
    assert_eq!(contents.log, [entry(3, "three"), entry(4, "four")]);
    // Two, not one: entry 3 folds, entry 4 stays, the untouched chunk stays as well.
    let fold = Fold {
        expected_generation: 1,
        folded_through: 3,
        chunks_put: vec![pair("2026/spring", "chunk B, three")],
        ..Fold::default()
    };
    let manifest = store.fold(fold).await.unwrap();
    let contents = whole(&bench.open().await).await;
    assert_eq!(contents.manifest, manifest);
    assert_eq!(
        contents.chunks,
        [
            pair("2026/autumn", "chunk A"),
            pair("2026/spring", "chunk B, three")
        ]
    );
    assert_eq!(contents.log, [entry(4, "four")]);
    // Numbers go on after everything is folded.
    store
        .fold(Fold {
            expected_generation: 2,
            folded_through: 4,
            ..Fold::default()
        })
        .await
        .unwrap();
    assert_eq!(store.append(bytes("five"), None).await.unwrap(), 5);
    assert_eq!(whole(&store).await.log, [entry(5, "five")]);
}

pub async fn chunks_can_be_removed<B: Bench>(bench: B) {
    let store = a_school(&bench).await;
    let fold = Fold {
        expected_generation: 1,
        folded_through: 2,
        chunks_removed: vec!["2026/autumn".to_owned(), "never there".to_owned()],
        ..Fold::default()
    };
    store.fold(fold).await.unwrap();
    assert_eq!(whole(&store).await.chunks, [pair("2026/spring", "chunk B")]);
}

pub async fn bodies_may_be_any_bytes<B: Bench>(bench: B) {
    let store = bench.open().await;
    let all: Vec<u8> = (0..=255).cycle().take(70_000).collect();
    store
        .append_all(vec![all.clone(), Vec::new()], None)
        .await
        .unwrap();
    let log = whole(&bench.open().await).await.log;
    assert_eq!(
        log.iter()
            .map(|entry| entry.body.clone())
            .collect::<Vec<_>>(),
        [all, Vec::new()]
    );
}

pub async fn a_fold_from_an_old_generation_is_refused_and_changes_nothing<B: Bench>(bench: B) {
    let store = a_school(&bench).await;
    let before = whole(&store).await;
    let fold = Fold {
        expected_generation: 0,
        folded_through: 4,
        chunks_put: vec![pair("2026/autumn", "from an older state")],
        history_month: "2026-11".to_owned(),
        ..Fold::default()
    };
    let error = store.fold(fold).await.unwrap_err();
    assert_eq!(
        error.kind,
        StoreErrorKind::GenerationMoved {
            expected: 0,
            found: 1
        }
    );
    assert_eq!(whole(&bench.open().await).await, before);
    assert_eq!(store.history_keys().await.unwrap(), [FIRST_HISTORY]);
}

pub async fn a_fold_beyond_the_log_or_backwards_is_refused<B: Bench>(bench: B) {
    let store = a_school(&bench).await;
    for asked in [1, 5] {
        let fold = Fold {
            expected_generation: 1,
            folded_through: asked,
            ..Fold::default()
        };
        let error = store.fold(fold).await.unwrap_err();
        assert_eq!(
            error.kind,
            StoreErrorKind::FoldOutOfRange {
                asked,
                folded_through: 2,
                last: 4
            }
        );
    }
}

pub async fn history_is_append_only<B: Bench>(bench: B) {
    let store = a_school(&bench).await;
    let before = whole(&store).await;
    let first = bench
        .get_raw(Shelf::History, text(FIRST_HISTORY))
        .await
        .unwrap();
    let taken = text("2026-11/000000000003");
    let in_the_way = Record {
        key: taken.clone(),
        ..first
    };
    bench.put_raw(Shelf::History, in_the_way).await;
    let fold = Fold {
        expected_generation: 1,
        folded_through: 3,
        chunks_put: vec![pair("2026/autumn", "changed")],
        history_month: "2026-11".to_owned(),
        ..Fold::default()
    };
    assert_eq!(
        store.fold(fold).await.unwrap_err().kind,
        StoreErrorKind::KeyTaken
    );
    bench.remove_raw(Shelf::History, taken).await;
    assert_eq!(whole(&store).await, before);
    assert_eq!(store.history("2026-12/000001").await.unwrap(), None);
}

pub async fn history_holds_the_folded_entries_linked_to_what_follows<B: Bench>(bench: B) {
    let store = a_school(&bench).await;
    let record = store.history(FIRST_HISTORY).await.unwrap().unwrap();
    let read = read_linked(&record);
    assert!(read.whole);
    let bodies: Vec<_> = read.entries.iter().map(|one| one.body.clone()).collect();
    assert_eq!(bodies, [bytes("one"), bytes("two")]);
    assert_eq!(read.entries[0].before, "");
    assert_eq!(read.entries[1].before, read.entries[0].link);
    assert_eq!(whole(&store).await.manifest.link, read.entries[1].link);
    // The next entries go on from there, whoever appends them.
    let appended = bench
        .open()
        .await
        .append_all(vec![bytes("five")], None)
        .await
        .unwrap();
    assert_eq!((appended.last, appended.links.len()), (5, 2));
    store
        .fold(Fold {
            expected_generation: 1,
            folded_through: 5,
            ..Fold::default()
        })
        .await
        .unwrap();
    assert_eq!(whole(&store).await.manifest.link, appended.links[1]);
    let record = store.history("/000000000005").await.unwrap().unwrap();
    let last = read_linked(&record).entries;
    assert_eq!(last.len(), 3);
    assert_eq!(last[0].before, read.entries[1].link);
    assert_eq!(last[2].link, appended.links[1]);
}

pub async fn entries_put_in_place_of_others_are_noticed<B: Bench>(bench: B) {
    let store = a_school(&bench).await;
    // Sealed as it should be, as somebody would who knows how: the head was written after another entry.
    let other = bench.open_other().await;
    for body in ["one", "two", "3", "four"] {
        other.append(bytes(body), None).await.unwrap();
    }
    let forged = bench.get_raw_other(Shelf::Log, Key::Number(3)).await;
    bench.put_raw(Shelf::Log, forged.unwrap()).await;
    let (salvage, problems) = damaged(&store).await;
    assert_eq!(problems, [LoadProblem::ChainBroken]);
    assert_eq!(salvage.log, [entry(3, "3"), entry(4, "four")]);
}

pub async fn a_replacement_takes_the_place_of_everything<B: Bench>(bench: B) {
    let store = a_school(&bench).await;
    let before = whole(&store).await;
    let history = store.history(FIRST_HISTORY).await.unwrap().unwrap();
    change_body(&bench, Shelf::State, text("2026/autumn"), "chunk Z").await;
    let replacement = |contents| Replacement {
        contents,
        history: vec![(FIRST_HISTORY.to_owned(), history.clone())],
    };
    let mut gap = before.clone();
    gap.log.remove(0);
    let refused = store.replace(replacement(gap)).await.unwrap_err();
    assert_eq!(refused.kind, StoreErrorKind::Damaged);
    let manifest = store.replace(replacement(before.clone())).await.unwrap();
    assert_eq!(manifest.generation, before.manifest.generation + 1);
    let after = whole(&bench.open().await).await;
    assert_eq!(after, Contents { manifest, ..before });
    assert_eq!(store.history_keys().await.unwrap(), [FIRST_HISTORY]);
    assert_eq!(store.append(bytes("five"), None).await.unwrap(), 5);
}

pub async fn the_stores_own_keys_are_refused<B: Bench>(bench: B) {
    let store = bench.open().await;
    for key in ["manifest", "log-head"] {
        let fold = Fold {
            meta_put: vec![pair(key, "{}")],
            ..Fold::default()
        };
        assert_eq!(
            store.fold(fold).await.unwrap_err().kind,
            StoreErrorKind::ReservedKey
        );
    }
    let twice = Fold {
        chunks_put: vec![pair("a", "1"), pair("a", "2")],
        ..Fold::default()
    };
    assert_eq!(
        store.fold(twice).await.unwrap_err().kind,
        StoreErrorKind::KeyTaken
    );
    assert_eq!(store.load().await.unwrap(), Loaded::Fresh);
}

pub async fn another_connection_reads_what_was_added<B: Bench>(bench: B) {
    let first = a_school(&bench).await;
    let second = bench.open().await;
    assert_eq!(second.append(bytes("five"), None).await.unwrap(), 5);
    assert_eq!(first.append(bytes("six"), None).await.unwrap(), 6);
    assert_eq!(
        first.log_after(4).await.unwrap(),
        [entry(5, "five"), entry(6, "six")]
    );
    assert_eq!(first.log_after(6).await.unwrap(), []);
    let folded = StoreErrorKind::LogFolded { folded_through: 2 };
    assert_eq!(first.log_after(1).await.unwrap_err().kind, folded);
    second
        .fold(Fold {
            expected_generation: 1,
            folded_through: 5,
            ..Fold::default()
        })
        .await
        .unwrap();
    let moved = first
        .fold(Fold {
            expected_generation: 1,
            folded_through: 6,
            ..Fold::default()
        })
        .await;
    assert_eq!(
        moved.unwrap_err().kind,
        StoreErrorKind::GenerationMoved {
            expected: 1,
            found: 2
        }
    );
    assert_eq!(whole(&first).await.log, [entry(6, "six")]);
}

pub async fn a_closed_connection_says_so<B: Bench>(bench: B) {
    let store = a_school(&bench).await;
    store.close();
    assert_eq!(
        store.append(bytes("late"), None).await.unwrap_err().kind,
        StoreErrorKind::Closed
    );
    assert_eq!(store.load().await.unwrap_err().kind, StoreErrorKind::Closed);
    assert_eq!(whole(&bench.open().await).await.log.len(), 2);
}

async fn change_body(bench: &impl Bench, shelf: Shelf, key: Key, body: &str) {
    let record = bench
        .get_raw(shelf, key)
        .await
        .expect("the record to be damaged");
    bench
        .put_raw(
            shelf,
            Record {
                body: bytes(body),
                ..record
            },
        )
        .await;
}

fn text(key: &str) -> Key {
    Key::Text(key.to_owned())
}

pub async fn a_damaged_chunk_is_noticed<B: Bench>(bench: B) {
    let store = a_school(&bench).await;
    // Same length, one letter changed: only the hash can tell.
    change_body(&bench, Shelf::State, text("2026/autumn"), "chunk Z").await;
    let (salvage, problems) = damaged(&store).await;
    let key = "2026/autumn".to_owned();
    assert_eq!(
        problems,
        [LoadProblem::ChunkDamaged {
            key,
            expected_length: 7,
            found_length: 7
        }]
    );
    assert_eq!(salvage.chunks, [pair("2026/spring", "chunk B")]);
    assert_eq!(salvage.log.len(), 2);
}

pub async fn a_missing_chunk_is_noticed<B: Bench>(bench: B) {
    let store = a_school(&bench).await;
    bench.remove_raw(Shelf::State, text("2026/spring")).await;
    let (salvage, problems) = damaged(&store).await;
    assert_eq!(
        problems,
        [LoadProblem::ChunkMissing {
            key: "2026/spring".to_owned()
        }]
    );
    assert_eq!(salvage.chunks, [pair("2026/autumn", "chunk A")]);
}

pub async fn parts_are_read_and_checked_apart<B: Bench>(bench: B) {
    let store = a_school(&bench).await;
    let keys = vec!["2026/spring".to_owned(), "2027/none".to_owned()];
    let just = Parts::Just(keys.clone());
    let without = Parts::Without(keys);
    let Loaded::Whole(first) = store.load_parts(&just).await.unwrap() else {
        panic!("not whole")
    };
    assert_eq!(first.chunks, [pair("2026/spring", "chunk B")]);
    assert_eq!(first.log, [entry(3, "three"), entry(4, "four")]);
    assert_eq!(first.manifest, whole(&store).await.manifest);
    // What is not asked for may be damaged or gone, and is told when it is.
    bench.remove_raw(Shelf::State, text("2026/autumn")).await;
    assert_eq!(store.load_parts(&just).await.unwrap(), Loaded::Whole(first));
    let Loaded::Damaged { problems, .. } = store.load_parts(&without).await.unwrap() else {
        panic!("shown as whole")
    };
    assert_eq!(
        problems,
        [LoadProblem::ChunkMissing {
            key: "2026/autumn".to_owned()
        }]
    );
}

pub async fn a_leftover_chunk_is_noticed<B: Bench>(bench: B) {
    let store = a_school(&bench).await;
    let record = bench
        .get_raw(Shelf::State, text("2026/autumn"))
        .await
        .unwrap();
    bench
        .put_raw(
            Shelf::State,
            Record {
                key: text("2019/summer"),
                ..record
            },
        )
        .await;
    let (salvage, problems) = damaged(&store).await;
    assert_eq!(
        problems,
        [LoadProblem::ChunkUnlisted {
            key: "2019/summer".to_owned()
        }]
    );
    assert_eq!(salvage.chunks.len(), 2);
}

pub async fn a_gap_in_the_log_is_noticed<B: Bench>(bench: B) {
    let store = a_school(&bench).await;
    bench.remove_raw(Shelf::Log, Key::Number(3)).await;
    let (salvage, problems) = damaged(&store).await;
    assert_eq!(
        problems,
        [LoadProblem::LogGap {
            first_missing: 3,
            last_missing: 3
        }]
    );
    assert_eq!(salvage.log, [entry(4, "four")]);
    assert_eq!(
        store.log_after(2).await.unwrap_err().kind,
        StoreErrorKind::Damaged
    );
}

pub async fn a_lost_tail_of_the_log_is_noticed<B: Bench>(bench: B) {
    let store = a_school(&bench).await;
    bench.remove_raw(Shelf::Log, Key::Number(4)).await;
    let (salvage, problems) = damaged(&store).await;
    assert_eq!(
        problems,
        [LoadProblem::LogTailMissing {
            first_missing: 4,
            last_acknowledged: 4
        }]
    );
    assert_eq!(salvage.log, [entry(3, "three")]);
}

pub async fn a_changed_log_entry_is_noticed<B: Bench>(bench: B) {
    let store = a_school(&bench).await;
    change_body(&bench, Shelf::Log, Key::Number(3), "thres").await;
    let (salvage, problems) = damaged(&store).await;
    assert_eq!(problems, [LoadProblem::LogDamaged { number: 3 }]);
    assert_eq!(salvage.log, [entry(4, "four")]);
}

pub async fn a_lost_manifest_is_noticed<B: Bench>(bench: B) {
    let store = a_school(&bench).await;
    bench.remove_raw(Shelf::Meta, text("manifest")).await;
    let (salvage, problems) = damaged(&store).await;
    assert_eq!(problems, [LoadProblem::ManifestMissing]);
    assert_eq!(salvage.chunks.len(), 2);
    let fold = Fold {
        expected_generation: 0,
        folded_through: 4,
        ..Fold::default()
    };
    assert_eq!(
        store.fold(fold).await.unwrap_err().kind,
        StoreErrorKind::Damaged
    );
}

pub async fn a_damaged_manifest_stops_appending_nothing_but_folding<B: Bench>(bench: B) {
    let store = a_school(&bench).await;
    change_body(&bench, Shelf::Meta, text("manifest"), "{}").await;
    assert_eq!(damaged(&store).await.1, [LoadProblem::ManifestDamaged]);
    let fold = Fold {
        expected_generation: 1,
        folded_through: 4,
        ..Fold::default()
    };
    assert_eq!(
        store.fold(fold).await.unwrap_err().kind,
        StoreErrorKind::Damaged
    );
    // Work that is being typed at this moment still finds its way to the disk.
    assert_eq!(store.append(bytes("five"), None).await.unwrap(), 5);
}

pub async fn a_lost_log_head_is_noticed_and_stops_appending<B: Bench>(bench: B) {
    let store = a_school(&bench).await;
    bench.remove_raw(Shelf::Meta, text("log-head")).await;
    assert_eq!(damaged(&store).await.1, [LoadProblem::LogHeadMissing]);
    assert_eq!(
        store.append(bytes("five"), None).await.unwrap_err().kind,
        StoreErrorKind::Damaged
    );
}

pub async fn lost_history_is_noticed<B: Bench>(bench: B) {
    let store = a_school(&bench).await;
    bench.remove_raw(Shelf::History, text(FIRST_HISTORY)).await;
    assert_eq!(
        damaged(&store).await.1,
        [LoadProblem::HistoryCount {
            expected: 1,
            found: 0
        }]
    );
}

pub async fn a_changed_history_record_is_not_given<B: Bench>(bench: B) {
    let store = a_school(&bench).await;
    change_body(&bench, Shelf::History, text(FIRST_HISTORY), "one owt").await;
    assert_eq!(
        store.history(FIRST_HISTORY).await.unwrap_err().kind,
        StoreErrorKind::Damaged
    );
}

pub async fn a_dump_holds_every_record<B: Bench>(bench: B) {
    let store = a_school(&bench).await;
    store.append(vec![0xFF, 0x00], None).await.unwrap();
    let dump: serde_json::Value = serde_json::from_slice(&store.raw_dump().await.unwrap()).unwrap();
    assert_eq!(dump["flightpath-rescue"], 1);
    assert_eq!(dump["schema"], SCHEMA_VERSION);
    let keys = |shelf: &str| -> Vec<String> {
        dump[shelf]
            .as_array()
            .unwrap()
            .iter()
            .map(|record| record["key"].to_string())
            .collect()
    };
    assert_eq!(keys("meta"), ["\"log-head\"", "\"manifest\"", "\"school\""]);
    assert_eq!(keys("state"), ["\"2026/autumn\"", "\"2026/spring\""]);
    assert_eq!(keys("log"), ["3", "4", "5"]);
    assert_eq!(keys("history"), [format!("\"{FIRST_HISTORY}\"")]);
    assert_eq!(dump["state"][0]["body"], "chunk A");
    assert_eq!(dump["log"][0]["body"], "three");
    assert_eq!(dump["log"][0]["previous"], 2);
    assert_eq!(dump["log"][2]["body_hex"], "ff00");
    assert_eq!(dump["unreadable"], serde_json::json!([]));
}
