//! What keeps the second copy: started once, and told of every entry.

use std::rc::Rc;

use flightpath_store::{
    Appended, CopyError, FilesError, IndexedDbStore, Linked, OpfsFiles, SecondCopy, StoreErrorKind,
};
use leptos::prelude::*;

use super::{Keeper, Once, Soon, Twice, Why};
use crate::app::App;
use crate::platform::{clock, worker};

/// So often a second copy that failed is tried again.
const TRY_AGAIN_MS: i64 = 30_000;

/// The second copy in the files of this browser.
pub struct InFiles {
    pub(super) copy: SecondCopy<OpfsFiles>,
}

impl InFiles {
    /// Starts the worker that reads and writes the files. `replica` is this tab's name among them.
    fn start(replica: &str) -> Result<InFiles, Once> {
        let address = worker::script_address(OpfsFiles::SCRIPT).ok_or(Once::NotOffered)?;
        let files = OpfsFiles::start(&address).map_err(|error| once(&error))?;
        Ok(InFiles {
            copy: SecondCopy::new(files, replica),
        })
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
        store: &'a IndexedDbStore,
        bodies: Vec<Vec<u8>>,
        appended: &'a Appended,
    ) -> Soon<'a, ()> {
        Box::pin(async move {
            let now = clock::now().0;
            let outcome = match app.twice.get_untracked() {
                Twice::Kept => {
                    let appended = self.copy.append(&linked(bodies, appended)).await;
                    appended.map_err(|error| once(&error))
                }
                // As a whole: an entry that is missing makes the ones after it useless.
                Twice::Not(_) if now > app.copy_failed_ms.get_value() + TRY_AGAIN_MS => {
                    self.keep_up(store, Some(Why::Day)).await
                }
                _ => return,
            };
            match outcome {
                Ok(()) => app.twice.set(Twice::Kept),
                Err(once) => {
                    app.copy_failed_ms.set_value(now);
                    app.twice.set(Twice::Not(once));
                }
            }
        })
    }

    fn itself(self: Rc<Self>) -> Rc<InFiles> {
        self
    }
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

/// What keeps the second copy: started the first time.
pub(super) fn keeper(app: App) -> Result<Rc<InFiles>, Once> {
    let known = app.copy.get_value();
    if let Some(keeper) = known {
        return Ok(keeper.itself());
    }
    let name = app.core.try_with_value(|core| core.replica_name());
    let keeper = Rc::new(InFiles::start(&name.unwrap_or_default())?);
    let known: Rc<dyn Keeper> = Rc::<InFiles>::clone(&keeper);
    app.copy.set_value(Some(known));
    Ok(keeper)
}
