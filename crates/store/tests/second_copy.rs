//! The second copy beside the home in memory: whatever one of the two loses, the other gives back.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeMap;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use flightpath_store::{
    Contents, Difference, Files, FilesError, Fold, Key, Linked, Loaded, MemoryDisk, MemoryFiles,
    MemoryStore, Record, Replacement, SNAPSHOTS_KEPT, SecondCopy, Settled, Shelf, Store,
    read_linked, read_rescue_file,
};
use proptest::prelude::*;

fn now<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("the home in memory waited"),
    }
}

/// A computer with one school on it, used as the program uses it. The state of this school is the list of the steps
/// in it, so that every loss shows.
struct Computer {
    disk: MemoryDisk,
    files: MemoryFiles,
    store: MemoryStore,
    copy: SecondCopy<MemoryFiles>,
    /// This computer's clock.
    now_ms: u64,
    saved: Vec<String>,
    /// Number of the last step, as a third place remembers it; 0 where none does.
    witness: u64,
}

/// Everything in a database.
type Image = BTreeMap<(Shelf, Key), Record>;

const CHUNK: &str = "steps";

impl Computer {
    fn new() -> Self {
        let (disk, files) = (MemoryDisk::new(), MemoryFiles::new());
        let store = now(MemoryStore::open(&disk, |_| {})).unwrap().0;
        Self {
            copy: SecondCopy::new(files.clone()),
            disk,
            files,
            store,
            now_ms: 1,
            saved: Vec::new(),
            witness: 0,
        }
    }

    /// The program is ended and started again, without looking at anything.
    fn restart(&mut self) {
        self.now_ms += 1000;
        self.store = now(MemoryStore::open(&self.disk, |_| {})).unwrap().0;
        self.copy = SecondCopy::new(self.files.clone());
    }

    fn settle(&self) -> Settled {
        let damaged = matches!(now(self.store.load()).unwrap(), Loaded::Damaged { .. });
        now(self
            .copy
            .settle(&self.store, damaged, self.now_ms, self.witness))
        .unwrap()
    }

    /// What is left, and how many steps are missing, where that is not all.
    fn incomplete(&self) -> (Replacement, Option<u64>) {
        match self.settle() {
            Settled::Incomplete {
                salvage, missing, ..
            } => (*salvage, missing),
            other => panic!("{other:?}"),
        }
    }

    /// A start that finds this difference.
    fn start(&mut self) -> Difference {
        self.restart();
        match self.settle() {
            Settled::Level { difference, .. } => difference,
            other => panic!("{other:?}"),
        }
    }

    /// A start that finds all there is, or that there is nothing.
    fn start_or_nothing(&mut self) {
        self.restart();
        match self.settle() {
            Settled::Level { .. } => {}
            Settled::Nothing => assert!(self.saved.is_empty()),
            other @ Settled::Incomplete { .. } => panic!("{other:?}"),
        }
    }

    /// What a start does that can reach the second copy again.
    fn make_level(&mut self, is_level: bool) {
        if !is_level {
            self.restart();
            self.settle();
        }
    }

    fn edit(&mut self, step: &str) {
        let appended = now(self.store.append_all(vec![step.as_bytes().to_vec()], None)).unwrap();
        let entry = Linked {
            number: appended.last,
            before: appended.links[0].clone(),
            link: appended.links[1].clone(),
            body: step.as_bytes().to_vec(),
        };
        // Where the second copy does not take it, the program says so.
        let _ = now(self.copy.append(&[entry]));
        self.saved.push(step.to_owned());
    }

    fn edits(&mut self, steps: &[&str]) {
        for step in steps {
            self.edit(step);
        }
    }

    fn fold(&self, note: Option<&str>) {
        let contents = match now(self.store.load()).unwrap() {
            Loaded::Whole(contents) => contents,
            Loaded::Fresh => return,
            other => panic!("{other:?}"),
        };
        let fold = Fold {
            expected_generation: contents.manifest.generation,
            folded_through: contents
                .log
                .last()
                .map_or(contents.manifest.folded_through, |entry| entry.number),
            chunks_put: vec![(CHUNK.to_owned(), steps(&contents).join(",").into_bytes())],
            history_month: "2026-11".to_owned(),
            ..Fold::default()
        };
        now(self.store.fold(fold)).unwrap();
        let _ = now(self.copy.keep_up(&self.store, note, self.now_ms));
    }

    fn here(&self) -> Vec<String> {
        match now(self.store.load()).unwrap() {
            Loaded::Whole(contents) => steps(&contents),
            Loaded::Fresh => Vec::new(),
            other => panic!("{other:?}"),
        }
    }

    fn assert_nothing_is_lost(&self) {
        assert_eq!(self.here(), self.saved);
        // And nothing of the history, which is looked through when it is read.
        let _ = now(self.copy.mend_history(&self.store));
        let mut all = Vec::new();
        for key in now(self.store.history_keys()).unwrap() {
            let body = now(self.store.history(&key)).unwrap().unwrap();
            all.extend(read_linked(&body).entries);
        }
        let Loaded::Whole(contents) = now(self.store.load()).unwrap() else {
            panic!("not whole")
        };
        assert_eq!(all.len() as u64, contents.manifest.folded_through);
        assert!(all.windows(2).all(|pair| pair[0].link == pair[1].before));
    }

    /// Everything in the database, to be put back later: what a cut file or an old copy of the profile comes to.
    fn image(&self) -> Image {
        let mut image = BTreeMap::new();
        for shelf in Shelf::ALL {
            for key in self.disk.keys_raw(shelf) {
                let record = self.disk.get_raw(shelf, &key).unwrap();
                image.insert((shelf, key), record);
            }
        }
        image
    }

    fn put_back(&self, image: &Image) {
        for shelf in Shelf::ALL {
            for key in self.disk.keys_raw(shelf) {
                self.disk.remove_raw(shelf, &key);
            }
        }
        for ((shelf, _), record) in image {
            self.disk.put_raw(*shelf, record.clone());
        }
    }
}

fn steps(contents: &Contents) -> Vec<String> {
    let mut steps: Vec<String> = contents
        .chunks
        .iter()
        .flat_map(|(_, body)| std::str::from_utf8(body).unwrap().split(','))
        .filter(|step| !step.is_empty())
        .map(str::to_owned)
        .collect();
    for entry in &contents.log {
        let step = String::from_utf8(entry.body.clone()).unwrap();
        // As in the program, a step that the state holds already changes nothing.
        if !steps.contains(&step) {
            steps.push(step);
        }
    }
    steps
}

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

#[derive(Debug, Clone)]
enum Deed {
    Edit,
    Fold(bool),
    Start,
    /// The second copy fails from here on, or works again.
    Fail(bool),
}

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    let deed = prop_oneof![
        6 => Just(Deed::Edit),
        2 => any::<bool>().prop_map(Deed::Fold),
        2 => Just(Deed::Start),
        1 => any::<bool>().prop_map(Deed::Fail),
    ];
    prop::collection::vec(deed, 1..30)
}

#[derive(Debug, Clone)]
enum Harm {
    /// The database falls back to what it was before so many of the last deeds.
    FallBack(prop::sample::Index),
    Vanish,
    Remove(prop::sample::Index),
    Flip(prop::sample::Index, prop::sample::Index, u8),
    CopyGone,
    CopyRemove(prop::sample::Index),
    CopyFlip(prop::sample::Index, prop::sample::Index, u8),
    CopyCut(prop::sample::Index, prop::sample::Index),
}

impl Harm {
    fn is_to_the_copy(&self) -> bool {
        matches!(
            self,
            Self::CopyGone | Self::CopyRemove(_) | Self::CopyFlip(..) | Self::CopyCut(..)
        )
    }

    fn carry_out(&self, computer: &Computer, images: &[Image]) {
        let mut files = computer.files.all();
        let mut image = computer.image();
        let keys: Vec<_> = image.keys().cloned().collect();
        let names: Vec<_> = files.keys().cloned().collect();
        match self {
            Self::FallBack(to) => image = to.get(images).clone(),
            Self::Vanish => image.clear(),
            Self::Remove(which) if !keys.is_empty() => {
                image.remove(which.get(&keys));
            }
            Self::Flip(which, at, bit) if !keys.is_empty() => {
                let record = image.get_mut(which.get(&keys)).unwrap();
                if !record.body.is_empty() {
                    let at = at.index(record.body.len());
                    record.body[at] ^= 1 << bit;
                }
            }
            Self::CopyGone => files.clear(),
            Self::CopyRemove(which) if !names.is_empty() => {
                files.remove(which.get(&names));
            }
            Self::CopyFlip(which, at, bit) if !names.is_empty() => {
                let file = files.get_mut(which.get(&names)).unwrap();
                if !file.is_empty() {
                    let at = at.index(file.len());
                    file[at] ^= 1 << bit;
                }
            }
            Self::CopyCut(which, at) if !names.is_empty() => {
                let file = files.get_mut(which.get(&names)).unwrap();
                if !file.is_empty() {
                    file.truncate(at.index(file.len()));
                }
            }
            _ => {}
        }
        computer.put_back(&image);
        computer.files.set(files);
    }
}

fn harms_to_the_database() -> impl Strategy<Value = Harm> {
    let index = any::<prop::sample::Index>;
    prop_oneof![
        index().prop_map(Harm::Remove),
        (index(), index(), 0..8_u8).prop_map(|(which, at, bit)| Harm::Flip(which, at, bit)),
    ]
}

fn harms_to_the_copy() -> impl Strategy<Value = Harm> {
    let index = any::<prop::sample::Index>;
    prop_oneof![
        Just(Harm::CopyGone),
        index().prop_map(Harm::CopyRemove),
        (index(), index(), 0..8_u8).prop_map(|(which, at, bit)| Harm::CopyFlip(which, at, bit)),
        (index(), index()).prop_map(|(which, at)| Harm::CopyCut(which, at)),
    ]
}

fn harms() -> impl Strategy<Value = Harm> {
    prop_oneof![
        any::<prop::sample::Index>().prop_map(Harm::FallBack),
        Just(Harm::Vanish),
        harms_to_the_database(),
        harms_to_the_copy(),
    ]
}

/// Does the deeds; gives what the database was after each, and whether the second copy holds everything at the end.
fn live(computer: &mut Computer, deeds: &[Deed]) -> (Vec<Image>, bool) {
    let mut images = vec![computer.image()];
    let mut fails = false;
    let mut is_level = true;
    for deed in deeds {
        match deed {
            Deed::Edit => {
                computer.edit(&format!("step {}", computer.saved.len()));
                is_level &= !fails;
            }
            Deed::Fold(snapshot) => {
                computer.fold(snapshot.then_some("day"));
                is_level &= !fails;
            }
            Deed::Start => {
                computer.restart();
                if !fails {
                    computer.settle();
                    is_level = true;
                }
            }
            Deed::Fail(from_now) => {
                fails = *from_now;
                computer.files.fail(fails.then_some(FilesError::Full));
            }
        }
        images.push(computer.image());
    }
    computer.files.fail(None);
    (images, is_level)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    /// One of the two is harmed: nothing is lost, and afterwards there is no difference.
    #[test]
    fn what_one_of_the_two_loses_the_other_gives_back(deeds in deeds(), harm in harms()) {
        let mut computer = Computer::new();
        computer.edit("first");
        let (images, is_level) = live(&mut computer, &deeds);
        if !harm.is_to_the_copy() {
            computer.make_level(is_level);
        }
        harm.carry_out(&computer, &images);
        computer.restart();
        let settled = computer.settle();
        let level = matches!(settled, Settled::Level { .. });
        prop_assert!(level, "{settled:?}");
        computer.assert_nothing_is_lost();
        computer.restart();
        let again = computer.settle();
        let level = matches!(again, Settled::Level { difference: Difference::None, .. });
        prop_assert!(level, "again {again:?}");
        // It goes on from there.
        computer.edit("after");
        computer.fold(Some("day"));
        computer.assert_nothing_is_lost();
    }

    /// Both are harmed: what is shown as whole is all of it, else it says how much is missing, and one can go on.
    #[test]
    // (Nothing can tell where the second copy is gone and the database fell back: that looks like an earlier day.)
    fn what_both_lose_is_told(
        deeds in deeds(),
        first in harms_to_the_copy(),
        second in harms_to_the_database(),
    ) {
        let mut computer = Computer::new();
        let (images, is_level) = live(&mut computer, &deeds);
        computer.make_level(is_level);
        first.carry_out(&computer, &images);
        second.carry_out(&computer, &images);
        computer.restart();
        match computer.settle() {
            // Of the history what both lost is told when it is read.
            Settled::Level { .. } => prop_assert_eq!(computer.here(), computer.saved),
            Settled::Nothing => prop_assert!(computer.saved.is_empty()),
            Settled::Incomplete { salvage, missing, .. } => {
                let left = steps(&salvage.contents).len() as u64;
                prop_assert!(left < computer.saved.len() as u64);
                prop_assert!(missing != Some(0));
                now(computer.copy.go_on_with(&computer.store, *salvage, 1)).unwrap();
                prop_assert_eq!(computer.here().len() as u64, left);
                computer.restart();
                let again = computer.settle();
                let level = matches!(again, Settled::Level { difference: Difference::None, .. });
                prop_assert!(level, "again {again:?}");
                computer.edit("after");
                computer.fold(Some("day"));
                computer.restart();
                computer.settle();
                prop_assert_eq!(computer.here().len() as u64, left + 1);
            }
        }
    }
}

#[derive(Debug, Clone)]
enum PowerDeed {
    Edit,
    Fold(bool),
    Start,
    /// Minutes pass.
    Wait,
    /// The power is cut; with the database, as where the browser finds its end torn and gives all of it up.
    Cut(bool),
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    /// The power is cut whenever it likes, and the database goes with it: what the files were given is enough, though
    /// the names of new ones were not on the disk yet.
    #[test]
    fn a_power_cut_costs_nothing(deeds in prop::collection::vec(
        prop_oneof![
            6 => Just(PowerDeed::Edit),
            2 => any::<bool>().prop_map(PowerDeed::Fold),
            1 => Just(PowerDeed::Start),
            1 => Just(PowerDeed::Wait),
            2 => any::<bool>().prop_map(PowerDeed::Cut),
        ],
        1..40,
    )) {
        let mut computer = Computer::new();
        computer.settle();
        computer.files.names_reach_the_disk();
        for deed in deeds {
            computer.now_ms += 1000;
            match deed {
                PowerDeed::Edit => computer.edit(&format!("step {}", computer.saved.len())),
                PowerDeed::Fold(snapshot) => computer.fold(snapshot.then_some("day")),
                PowerDeed::Start => {
                    computer.start_or_nothing();
                }
                PowerDeed::Wait => {
                    computer.now_ms += 200_000;
                    computer.files.names_reach_the_disk();
                }
                PowerDeed::Cut(with_the_database) => {
                    computer.files.cut_power();
                    if with_the_database {
                        computer.disk.delete();
                    }
                    computer.start_or_nothing();
                    if !computer.saved.is_empty() {
                        computer.assert_nothing_is_lost();
                    }
                }
            }
            computer.witness = computer.saved.len() as u64;
        }
    }
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
