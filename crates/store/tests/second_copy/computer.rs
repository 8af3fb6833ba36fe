//! A computer with one school on it, to be used and harmed.

use std::collections::BTreeMap;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use flightpath_store::{
    Contents, Difference, Fold, Key, Linked, Loaded, MemoryDisk, MemoryFiles, MemoryStore, Record,
    Replacement, SecondCopy, Settled, Shelf, Store, read_linked,
};

pub fn now<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("the home in memory waited"),
    }
}

/// A computer with one school on it, used as the program uses it. The state of this school is the list of the steps
/// in it, so that every loss shows.
pub struct Computer {
    pub disk: MemoryDisk,
    pub files: MemoryFiles,
    pub store: MemoryStore,
    pub copy: SecondCopy<MemoryFiles>,
    /// This computer's clock.
    pub now_ms: u64,
    pub saved: Vec<String>,
    /// Number of the last step, as a third place remembers it; 0 where none does.
    pub witness: u64,
}

/// Everything in a database.
pub type Image = BTreeMap<(Shelf, Key), Record>;

pub const CHUNK: &str = "steps";

impl Computer {
    pub fn new() -> Self {
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
    pub fn restart(&mut self) {
        self.now_ms += 1000;
        self.store = now(MemoryStore::open(&self.disk, |_| {})).unwrap().0;
        self.copy = SecondCopy::new(self.files.clone());
    }

    pub fn settle(&self) -> Settled {
        let damaged = matches!(now(self.store.load()).unwrap(), Loaded::Damaged { .. });
        now(self
            .copy
            .settle(&self.store, damaged, self.now_ms, self.witness))
        .unwrap()
    }

    /// What is left, and how many steps are missing, where that is not all.
    pub fn incomplete(&self) -> (Replacement, Option<u64>) {
        match self.settle() {
            Settled::Incomplete {
                salvage, missing, ..
            } => (*salvage, missing),
            other => panic!("{other:?}"),
        }
    }

    /// A start that finds this difference.
    pub fn start(&mut self) -> Difference {
        self.restart();
        match self.settle() {
            Settled::Level { difference, .. } => difference,
            other => panic!("{other:?}"),
        }
    }

    /// A start that finds all there is, or that there is nothing.
    pub fn start_or_nothing(&mut self) {
        self.restart();
        match self.settle() {
            Settled::Level { .. } => {}
            Settled::Nothing => assert!(self.saved.is_empty()),
            other @ Settled::Incomplete { .. } => panic!("{other:?}"),
        }
    }

    /// What a start does that can reach the second copy again.
    pub fn make_level(&mut self, is_level: bool) {
        if !is_level {
            self.restart();
            self.settle();
        }
    }

    pub fn edit(&mut self, step: &str) {
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

    pub fn edits(&mut self, steps: &[&str]) {
        for step in steps {
            self.edit(step);
        }
    }

    pub fn fold(&self, note: Option<&str>) {
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

    pub fn here(&self) -> Vec<String> {
        match now(self.store.load()).unwrap() {
            Loaded::Whole(contents) => steps(&contents),
            Loaded::Fresh => Vec::new(),
            other => panic!("{other:?}"),
        }
    }

    pub fn assert_nothing_is_lost(&self) {
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
    pub fn image(&self) -> Image {
        let mut image = BTreeMap::new();
        for shelf in Shelf::ALL {
            for key in self.disk.keys_raw(shelf) {
                let record = self.disk.get_raw(shelf, &key).unwrap();
                image.insert((shelf, key), record);
            }
        }
        image
    }

    pub fn put_back(&self, image: &Image) {
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

pub fn steps(contents: &Contents) -> Vec<String> {
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
