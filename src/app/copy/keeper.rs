//! What keeps the second copy: started once, and told of every entry.

use std::cell::Cell;
use std::rc::Rc;

use flightpath_store::{
    Appended, CopyError, FilesError, IndexedDbStore, Linked, OpfsFiles, SecondCopy, StoreErrorKind,
    tabs,
};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{Keeper, Once, Soon, Twice, Why};
use crate::app::App;
use crate::app::saving::WRITER;
use crate::platform::{clock, page, worker};

/// After so long a second copy that failed is tried again, then after twice as long, and so on.
const TRY_AGAIN_MS: i32 = 5_000;
/// But at least as often as this.
const TRY_AGAIN_AT_LEAST_MS: i32 = 300_000;

/// The second copy in the files of this browser.
pub struct InFiles {
    pub(super) copy: SecondCopy<OpfsFiles>,
    behind: Rc<Behind>,
}

/// How the copy stands to the database; it outlives a worker that broke down.
#[derive(Default)]
struct Behind {
    /// Whether the database was given something that the copy was not.
    lacks: Cell<bool>,
    /// Whether a copy that failed is tried again already.
    tries: Cell<bool>,
}

impl InFiles {
    /// Starts the worker that reads and writes the files.
    fn start(behind: Rc<Behind>) -> Result<InFiles, Once> {
        let address = worker::script_address(OpfsFiles::SCRIPT).ok_or(Once::NotOffered)?;
        let files = OpfsFiles::start(&address).map_err(|error| once(&error))?;
        Ok(InFiles {
            copy: SecondCopy::new(files),
            behind,
        })
    }

    /// Does what makes the copy level with the database.
    pub(super) async fn while_nobody_writes<W: Future>(
        &self,
        work: impl FnOnce() -> W,
    ) -> W::Output {
        let (outcome, _) = tabs::with_lock(WRITER, || {
            self.behind.lacks.set(false);
            work()
        })
        .await;
        outcome
    }

    pub(super) async fn keep_up(
        &self,
        store: &IndexedDbStore,
        why: Option<Why>,
    ) -> Result<(), Once> {
        let note = why.map(|why| match why {
            Why::Import => "import",
            Why::Day => "day",
            Why::Asked => "asked",
        });
        let kept = self.copy.keep_up(store, note, now_ms()).await;
        kept.map_err(|error| once_of(&error))
    }
}

fn once(error: &FilesError) -> Once {
    match error {
        FilesError::Unavailable => Once::NotOffered,
        FilesError::Full => Once::Full,
        _ => Once::Failed,
    }
}

pub(super) fn once_of(error: &CopyError) -> Once {
    match error {
        CopyError::Files(error) => once(error),
        CopyError::Store(error) if error.kind == StoreErrorKind::QuotaExceeded => Once::Full,
        CopyError::Store(_) => Once::Failed,
    }
}

pub(super) fn now_ms() -> u64 {
    u64::try_from(clock::now().0).unwrap_or_default()
}

impl Keeper for InFiles {
    fn append<'a>(
        &'a self,
        app: App,
        bodies: Vec<Vec<u8>>,
        appended: &'a Appended,
    ) -> Soon<'a, ()> {
        Box::pin(async move {
            if app.twice.get_untracked() != Twice::Kept {
                // An entry that is missing makes the ones after it useless: all of it is copied when it is tried again.
                self.behind.lacks.set(true);
            } else if let Err(error) = self.copy.append(&linked(bodies, appended)).await {
                without_copy(app, once(&error));
            }
        })
    }

    fn itself(self: Rc<Self>) -> Rc<InFiles> {
        self
    }
}

/// Says that everything is kept twice, unless something was stored in between without the copy.
pub(super) fn with_copy(app: App) {
    match keeper(app) {
        Ok(keeper) if !keeper.behind.lacks.get() => app.twice.set(Twice::Kept),
        Ok(_) => without_copy(app, Once::Failed),
        Err(once) => without_copy(app, once),
    }
}

/// Says that there is no second copy for now, and tries again by itself until there is.
pub(super) fn without_copy(app: App, once: Once) {
    app.twice.set(Twice::Not(once));
    let Ok(known) = keeper(app) else { return };
    let behind = Rc::clone(&known.behind);
    behind.lacks.set(true);
    if once == Once::NotOffered || behind.tries.replace(true) {
        return;
    }
    spawn_local(async move {
        let mut pause_ms = TRY_AGAIN_MS;
        loop {
            page::rest(pause_ms).await;
            if app.twice.get_untracked() == Twice::Kept {
                break;
            }
            pause_ms = (2 * pause_ms).min(TRY_AGAIN_AT_LEAST_MS);
            let store = app.core.try_with_value(|core| core.pending.store());
            if let (Some(Some(store)), Ok(keeper)) = (store, keeper(app)) {
                let again = || keeper.keep_up(&store, Some(Why::Day));
                match keeper.while_nobody_writes(again).await {
                    Ok(()) => with_copy(app),
                    Err(once) => app.twice.set(Twice::Not(once)),
                }
            }
        }
        behind.tries.set(false);
    });
}

/// Entries with their places in the chain, as the database gave them.
fn linked(bodies: Vec<Vec<u8>>, appended: &Appended) -> Vec<Linked> {
    let first = appended.last + 1 - bodies.len() as u64;
    let links = appended.links.windows(2);
    bodies
        .into_iter()
        .zip(links)
        .zip(first..)
        .filter_map(|((body, links), number)| match links {
            [before, link] => Some(Linked {
                number,
                before: before.clone(),
                link: link.clone(),
                body,
            }),
            _ => None,
        })
        .collect()
}

/// What keeps the second copy: started the first time, and again where its worker broke down.
pub(super) fn keeper(app: App) -> Result<Rc<InFiles>, Once> {
    let known = app.copy.get_value().map(Keeper::itself);
    let behind = match known {
        Some(keeper) if !keeper.copy.files().has_ended() => return Ok(keeper),
        Some(keeper) => Rc::clone(&keeper.behind),
        None => Rc::default(),
    };
    let keeper = Rc::new(InFiles::start(behind)?);
    let known: Rc<dyn Keeper> = Rc::<InFiles>::clone(&keeper);
    app.copy.set_value(Some(known));
    Ok(keeper)
}
