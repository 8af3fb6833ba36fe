//! The second copy, as far as the start brings it: whether there is one, and the way to it. What keeps it is a part of
//! the program that is fetched after the list is on screen.

mod comparing;
mod earlier;
mod folder;
mod folding;
mod keeper;
mod reading;

use std::pin::Pin;
use std::rc::Rc;

use flightpath_school::journal::Step;
use flightpath_store::{Appended, IndexedDbStore};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_split::{SplitLoaderError, wasm_split};

use super::{App, Phase};
use crate::platform::page;

/// A part of the program could not be fetched: the connection is gone, or the files on the host
/// were replaced by those of another release.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Missing;

impl From<SplitLoaderError> for Missing {
    fn from(_: SplitLoaderError) -> Self {
        Missing
    }
}

/// Whether every change is kept twice.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Twice {
    /// The two copies are still being compared. Nothing is stored meanwhile.
    #[default]
    Comparing,
    /// It is.
    Kept,
    /// Only once.
    Not(Once),
}

/// Why there is no second copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Once {
    /// The browser offers no files here, as some do in a private window.
    NotOffered,
    /// The disk, or the browser's share of it, is full.
    Full,
    /// The part of the program that keeps it has not come.
    NotFetched,
    /// Anything else.
    Failed,
}

/// Why a snapshot is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// Much has changed at once.
    Import,
    /// It is the first of this day.
    Day,
    /// A person wants one.
    Asked,
}

/// Something that comes later.
pub type Soon<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;

/// What keeps the second copy.
pub trait Keeper {
    /// Appends what the database has just taken to the second copy. It is on the disk when this resolves, or
    /// [`App::twice`] says why not.
    fn append<'a>(&'a self, app: App, bodies: Vec<Vec<u8>>, appended: &'a Appended)
    -> Soon<'a, ()>;

    /// The one thing that this is, for the part of the program that knows it.
    fn itself(self: Rc<Self>) -> Rc<InFiles>;
}

/// Compares database and second copy, and mends the one that lacks something. What the phase is then; nothing where
/// it stays what it is.
#[wasm_split(
    keeping,
    wasm_split_path = ::leptos::wasm_split,
    preload(preload_keeping),
    fallible
)]
fn comparing(
    app: App,
    store: Rc<IndexedDbStore>,
    lacks: Lacks,
) -> Result<Soon<'static, Option<Phase>>, Missing> {
    Ok(Box::pin(comparing::compare(app, store, lacks)))
}

/// Folds the log into the state, and brings the second copy level.
#[wasm_split(keeping, wasm_split_path = ::leptos::wasm_split, fallible)]
fn folding(app: App, why: Option<Why>) -> Result<Soon<'static, ()>, Missing> {
    Ok(Box::pin(folding::fold(app, why)))
}

/// Reads the steps of the history; nothing where the database does not even say what there is.
#[wasm_split(keeping, wasm_split_path = ::leptos::wasm_split, fallible)]
fn reading(
    app: App,
    store: Rc<IndexedDbStore>,
) -> Result<Soon<'static, Option<Vec<Step>>>, Missing> {
    Ok(Box::pin(reading::read_history(app, store)))
}

/// Sets the school back to an earlier state; how many cells changed, and nothing where all is so already.
#[wasm_split(keeping, wasm_split_path = ::leptos::wasm_split, fallible)]
pub fn setting_back(app: App, to: Earlier) -> Result<Option<usize>, Missing> {
    Ok(app.set_back(&to))
}

/// Fetches this part ahead of its being needed.
pub async fn fetch_keeping() {
    let _ = preload_keeping().await;
}

pub use earlier::{Earlier, state_of};
pub use folder::{BackupFolder, FolderState};
pub use keeper::InFiles;

/// What is known of the database before it is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lacks {
    /// It is whole.
    Nothing,
    /// It is empty, and no school is known to have been here.
    School,
    /// It is empty, though a school was here.
    Vanished,
    /// It is damaged.
    Parts,
}

/// So long the comparing may hold up what waits to be stored.
const LONGEST_COMPARING_MS: i32 = 5_000;

impl App {
    /// Compares database and second copy.
    pub(super) async fn compare(self, store: Rc<IndexedDbStore>, lacks: Lacks) -> Option<Phase> {
        spawn_local(async move {
            page::rest(LONGEST_COMPARING_MS).await;
            self.compared_without(Once::NotFetched);
        });
        let phase = match comparing(self, store, lacks).await {
            Ok(comparing) => comparing.await,
            Err(Missing) => None,
        };
        // What was done meanwhile is not stored in a school that is not whole.
        if let Some(damaged @ Phase::Damaged { .. }) = &phase {
            self.phase.set(damaged.clone());
        }
        self.compared_without(Once::NotFetched);
        self.store_soon();
        phase
    }

    /// Goes on without a second copy where there is still none.
    fn compared_without(&self, once: Once) {
        if self.twice.get_untracked() == Twice::Comparing {
            self.twice.set(Twice::Not(once));
            self.store_soon();
        }
    }

    /// Folds the log into the state in the background.
    pub(super) async fn fold(self, why: Option<Why>) {
        if let Ok(folding) = folding(self, why).await {
            folding.await;
        }
    }

    /// The steps of the history; nothing where it could not be read this time.
    pub(super) async fn history_of(self, store: Rc<IndexedDbStore>) -> Option<Vec<Step>> {
        match reading(self, store).await {
            Ok(reading) => reading.await,
            Err(Missing) => None,
        }
    }
}
