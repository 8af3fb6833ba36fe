//! The second copy beside the home in memory: whatever one of the two loses, the other gives back.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod computer;
mod random_days;

use std::collections::BTreeMap;

use computer::{CHUNK, Computer, Image, now, steps};
use flightpath_store::{
    Difference, Files, FilesError, Fold, Key, Loaded, MemoryFiles, SNAPSHOTS_KEPT, Settled, Shelf,
    Store, read_rescue_file,
};

#[test]
fn a_first_start_finds_nothing_and_the_next_ones_no_difference() {
    let mut computer = Computer::new();
    assert_eq!(computer.settle(), Settled::Nothing);
    computer.edits(&["a", "b"]);
    assert_eq!(computer.start(), Difference::None);
    computer.edit("c");
    computer.fold(Some("day"));
    computer.edit("d");
    assert_eq!(computer.start(), Difference::None);
    computer.assert_nothing_is_lost();
}

#[test]
fn a_database_whose_end_was_cut_gets_it_back() {
    let mut computer = Computer::new();
    computer.edits(&["a", "b"]);
    let before = computer.image();
    computer.edits(&["c", "d"]);
    computer.put_back(&before);
    computer.witness = 4;
    assert_eq!(computer.start(), Difference::DatabaseBehind(2));
    computer.assert_nothing_is_lost();
    assert_eq!(computer.start(), Difference::None);
}

#[test]
fn a_database_that_fell_back_behind_a_fold_gets_back_what_followed() {
    let mut computer = Computer::new();
    computer.edits(&["a", "b"]);
    let before = computer.image();
    computer.edits(&["c", "d"]);
    computer.fold(Some("day"));
    computer.edit("e");
    computer.put_back(&before);
    computer.restart();
    let Settled::Level { difference, .. } = computer.settle() else {
        panic!("not level")
    };
    assert_eq!(difference, Difference::DatabaseBehind(3));
    computer.assert_nothing_is_lost();
    computer.edit("f");
    computer.fold(None);
    assert_eq!(computer.start(), Difference::None);
    computer.assert_nothing_is_lost();
}

#[test]
fn a_database_that_vanished_comes_back_with_its_history() {
    let mut computer = Computer::new();
    computer.edits(&["a", "b"]);
    computer.fold(Some("import"));
    computer.edits(&["c", "d"]);
    computer.disk.delete();
    assert_eq!(computer.start(), Difference::DatabaseGone);
    computer.assert_nothing_is_lost();
    assert_eq!(computer.start(), Difference::None);
}

#[test]
fn each_part_of_the_database_may_be_damaged() {
    let damages: [(Shelf, Key); 5] = [
        (Shelf::Meta, Key::Text("manifest".to_owned())),
        (Shelf::Meta, Key::Text("log-head".to_owned())),
        (Shelf::State, Key::Text(CHUNK.to_owned())),
        (Shelf::Log, Key::Number(4)),
        (Shelf::History, Key::Text("2026-11/000000000003".to_owned())),
    ];
    for (shelf, key) in damages {
        let mut computer = Computer::new();
        computer.edits(&["a", "b", "c"]);
        computer.fold(Some("day"));
        computer.edits(&["d", "e"]);
        computer.disk.remove_raw(shelf, &key);
        let difference = computer.start();
        assert!(
            matches!(difference, Difference::DatabaseDamaged(_)),
            "{key}: {difference:?}"
        );
        computer.assert_nothing_is_lost();
        assert_eq!(computer.start(), Difference::None);
        let aside = computer.files.all().into_keys();
        assert_eq!(
            aside.filter(|name| name.starts_with("set-aside-")).count(),
            1
        );
    }
}

#[test]
fn a_second_copy_that_is_gone_or_behind_is_made_anew() {
    let mut computer = Computer::new();
    computer.edits(&["a", "b"]);
    computer.fold(Some("day"));
    computer.edit("c");
    computer.files.set(BTreeMap::new());
    assert_eq!(computer.start(), Difference::NoCopy);
    // It cannot be reached for a while, in which more is folded.
    computer.files.fail(Some(FilesError::Full));
    computer.edit("d");
    computer.fold(Some("day"));
    computer.edit("e");
    computer.files.fail(None);
    assert_eq!(computer.start(), Difference::CopyBehind(2));
    assert_eq!(computer.start(), Difference::None);
    computer.disk.delete();
    assert_eq!(computer.start(), Difference::DatabaseGone);
    computer.assert_nothing_is_lost();
}

#[test]
fn two_histories_that_parted_are_joined() {
    let mut computer = Computer::new();
    computer.edits(&["a", "b"]);
    let before = computer.image();
    computer.edits(&["c", "d"]);
    computer.put_back(&before);
    // The second copy cannot be reached, so that the fall back goes unnoticed for a while.
    computer.restart();
    computer.files.fail(Some(FilesError::Unavailable));
    computer.edit("x");
    computer.files.fail(None);
    assert_eq!(computer.start(), Difference::Diverged(1));
    computer.saved = ["a", "b", "c", "d", "x"].map(str::to_owned).to_vec();
    computer.assert_nothing_is_lost();
    assert_eq!(computer.start(), Difference::None);
}

#[test]
fn what_neither_holds_is_told_and_the_rest_can_be_gone_on_with() {
    let mut computer = Computer::new();
    computer.edits(&["a", "b", "c", "d"]);
    computer.disk.remove_raw(Shelf::Log, &Key::Number(2));
    let mut files = computer.files.all();
    let log = files.get_mut("log-00").unwrap();
    let at = log.windows(3).position(|text| text == b"\nb\n").unwrap();
    log[at + 1] = b'B';
    computer.files.set(files);
    computer.restart();
    let (salvage, missing) = computer.incomplete();
    assert_eq!(missing, Some(1));
    // Nothing was changed before somebody said so.
    assert!(matches!(
        now(computer.store.load()).unwrap(),
        Loaded::Damaged { .. }
    ));
    now(computer.copy.go_on_with(&computer.store, salvage, 7)).unwrap();
    assert_eq!(computer.here(), ["a", "c", "d"]);
    assert_eq!(computer.start(), Difference::None);
    computer.edit("e");
    computer.fold(Some("day"));
    assert_eq!(computer.start(), Difference::None);
}

#[test]
fn a_step_that_nobody_was_told_is_saved_is_no_difference_to_tell_of() {
    for (witness, difference) in [(2, Difference::None), (3, Difference::CopyBehind(1))] {
        let mut computer = Computer::new();
        computer.edits(&["a", "b"]);
        // The browser is ended after the database has the step, and before the second copy does.
        let files = computer.files.all();
        computer.edit("c");
        computer.files.set(files);
        computer.witness = witness;
        assert_eq!(computer.start(), difference);
        computer.assert_nothing_is_lost();
        assert_eq!(computer.start(), Difference::None);
    }
}

#[test]
fn a_third_place_notices_what_both_lost_without_a_trace() {
    let mut computer = Computer::new();
    computer.edits(&["a", "b"]);
    let (image, files) = (computer.image(), computer.files.all());
    computer.edits(&["c", "d"]);
    computer.put_back(&image);
    computer.files.set(files);
    computer.restart();
    computer.witness = 4;
    let (salvage, missing) = computer.incomplete();
    assert_eq!(missing, Some(2));
    assert_eq!(steps(&salvage.contents), ["a", "b"]);
    // All of it gone: nothing is left, and that is told as well.
    computer.put_back(&Image::new());
    computer.files.set(BTreeMap::new());
    let settled = computer.settle();
    let gone = matches!(
        settled,
        Settled::Incomplete {
            missing: Some(4),
            ..
        }
    );
    assert!(gone, "{settled:?}");
}

#[test]
fn a_part_of_the_state_that_both_lost_takes_nothing_else_with_it() {
    let mut computer = Computer::new();
    computer.edits(&["a", "b"]);
    computer.fold(Some("day"));
    computer.edit("c");
    computer.fold(None);
    computer.edit("d");
    // The second chunk stands for what the other parts of a school are.
    let fold = Fold {
        expected_generation: 2,
        folded_through: 3,
        chunks_put: vec![("others".to_owned(), b"x,y".to_vec())],
        ..Fold::default()
    };
    now(computer.store.fold(fold)).unwrap();
    computer
        .disk
        .remove_raw(Shelf::State, &Key::Text(CHUNK.to_owned()));
    computer.disk.remove_raw(
        Shelf::History,
        &Key::Text("2026-11/000000000003".to_owned()),
    );
    let mut files = computer.files.all();
    files.retain(|name, _| name.starts_with("snapshot-") || name.starts_with("set-aside"));
    computer.files.set(files);
    computer.restart();
    let (salvage, missing) = computer.incomplete();
    assert_eq!(missing, None);
    // The part as the snapshot has it, the others as they were, and the last step.
    assert_eq!(steps(&salvage.contents), ["x", "y", "a", "b", "d"]);
    now(computer.copy.go_on_with(&computer.store, salvage, 7)).unwrap();
    assert_eq!(computer.here(), ["x", "y", "a", "b", "d"]);
    assert_eq!(computer.start(), Difference::None);
}

/// What the rescue page writes: the database as it is, and the files.
fn rescue_file(computer: &Computer) -> Vec<u8> {
    let dump = now(computer.store.raw_dump()).unwrap();
    let mut file: serde_json::Value = serde_json::from_slice(&dump).unwrap();
    let hexadecimal = |bytes: &[u8]| -> String {
        use std::fmt::Write;
        bytes.iter().fold(String::new(), |mut text, byte| {
            write!(text, "{byte:02x}").unwrap();
            text
        })
    };
    let copy = computer
        .files
        .all()
        .into_iter()
        .map(|(name, body)| serde_json::json!({"name": name, "body_hex": hexadecimal(&body)}));
    file["copy"] = copy.collect();
    serde_json::to_vec(&file).unwrap()
}

#[test]
fn a_rescue_file_holds_what_the_two_copies_hold_together() {
    let mut computer = Computer::new();
    computer.edits(&["a", "b"]);
    computer.fold(Some("day"));
    computer.edits(&["c", "d"]);
    computer
        .disk
        .remove_raw(Shelf::State, &Key::Text(CHUNK.to_owned()));
    computer.disk.remove_raw(Shelf::Log, &Key::Number(4));
    let rescued = read_rescue_file(&rescue_file(&computer)).unwrap();
    let Loaded::Whole(contents) = rescued.loaded else {
        panic!("not whole")
    };
    assert_eq!(steps(&contents), ["a", "b", "c", "d"]);
    assert_eq!(rescued.history.len(), 1);
    assert_eq!(rescued.missing, Some(0));
    // Without the files it is as damaged as the database.
    let dump = now(computer.store.raw_dump()).unwrap();
    let rescued = read_rescue_file(&dump).unwrap();
    assert!(matches!(rescued.loaded, Loaded::Damaged { .. }));
    assert_eq!(rescued.missing, None);
}

#[test]
fn a_rescue_file_tells_what_both_copies_have_lost() {
    let mut computer = Computer::new();
    computer.edits(&["a", "b"]);
    computer.fold(Some("day"));
    computer.edits(&["c"]);
    let mut file: serde_json::Value = serde_json::from_slice(&rescue_file(&computer)).unwrap();
    for (last, missing) in [(3, 0), (5, 2)] {
        file["last"] = last.into();
        let rescued = read_rescue_file(&serde_json::to_vec(&file).unwrap()).unwrap();
        assert_eq!(rescued.missing, Some(missing));
        let contents = match rescued.loaded {
            Loaded::Whole(contents) if missing == 0 => contents,
            Loaded::Damaged { salvage, .. } if missing > 0 => salvage,
            other => panic!("{other:?}"),
        };
        assert_eq!(steps(&contents), ["a", "b", "c"]);
    }
    // Nor is that lost sight of where the file holds no second copy.
    file["copy"] = serde_json::json!([]);
    let rescued = read_rescue_file(&serde_json::to_vec(&file).unwrap()).unwrap();
    assert_eq!(rescued.missing, Some(2));
}

#[test]
fn ten_snapshots_are_kept_and_can_be_read() {
    let mut computer = Computer::new();
    for number in 0..15 {
        computer.edit(&format!("step {number}"));
        computer.fold(Some("day"));
    }
    let snapshots = now(computer.copy.snapshots()).unwrap();
    assert_eq!(snapshots.len(), SNAPSHOTS_KEPT);
    assert_eq!(snapshots[0].head.manifest.folded_through, 15);
    assert_eq!(snapshots[0].head.note, "day");
    let oldest = now(computer.copy.snapshot(&snapshots[9].name)).unwrap();
    assert_eq!(steps(&oldest.unwrap()).len(), 6);
    // The newest is damaged, and the database gone: an older one and what followed it.
    let mut files = computer.files.all();
    let newest = files.get_mut(&snapshots[0].name).unwrap();
    let last = newest.len() - 1;
    newest[last] ^= 1;
    computer.files.set(files);
    assert!(
        now(computer.copy.snapshot(&snapshots[0].name))
            .unwrap()
            .is_none()
    );
    computer.disk.delete();
    assert_eq!(computer.start(), Difference::DatabaseGone);
    computer.assert_nothing_is_lost();
}

#[test]
fn a_snapshot_that_is_whole_is_not_written_again() {
    let mut computer = Computer::new();
    computer.edit("step 1");
    computer.fold(Some("import"));
    let made = computer.files.all();
    let newest = now(computer.copy.snapshots()).unwrap().remove(0);
    let again = || now(computer.copy.keep_up(&computer.store, Some("asked"), 5_000)).unwrap();
    again();
    assert_eq!(computer.files.all()[&newest.name], made[&newest.name]);
    // A damaged one is.
    let mut files = computer.files.all();
    files.get_mut(&newest.name).unwrap().pop();
    computer.files.set(files);
    again();
    let whole = now(computer.copy.snapshot(&newest.name)).unwrap();
    assert_eq!(steps(&whole.unwrap()), ["step 1"]);
}

#[test]
fn the_files_in_memory_do_what_a_folder_does() {
    let files = MemoryFiles::new();
    now(files.append("a", b"one".to_vec())).unwrap();
    now(files.append("a", b"two".to_vec())).unwrap();
    assert_eq!(now(files.read("a", 4)).unwrap(), b"onet");
    now(files.write("a", b"three".to_vec())).unwrap();
    assert_eq!(now(files.read("a", usize::MAX)).unwrap(), b"three");
    assert_eq!(now(files.read("b", 1)), Err(FilesError::Missing));
    now(files.remove("a")).unwrap();
    now(files.remove("a")).unwrap();
    assert!(now(files.names()).unwrap().is_empty());
}
