//! Folding the log into the state, and what follows from it: copies, snapshots, backups.

use flightpath_school::journal::block::{Block, keys_by_part};
use flightpath_school::journal::stored;
use flightpath_store::{Fold, Store, tabs};
use leptos::prelude::*;

use super::keeper::{keeper, now_ms, without_copy};
use super::{Twice, Why, folder};
use crate::app::App;
use crate::app::saving::WRITER;
use crate::platform::{clock, page};

/// Folds the log into the state: parts that changed are written anew, the steps go to the history. Then the second
/// copy is brought level, with a snapshot where there is a reason for one.
pub(super) async fn fold(app: App, why: Option<Why>) {
    page::breathe().await;
    app.all_read().await;
    app.compared().await;
    // Where there is no reason but the log's length, the next change is soon enough.
    let lock = match why {
        Some(_) => Some(tabs::TabLock::acquire(WRITER).await),
        None => tabs::TabLock::try_acquire(WRITER).await,
    };
    let Some(lock) = lock else { return };
    app.catch_up().await;
    let today = clock::today();
    let prepared = app.core.try_with_value(|core| {
        let store = core.pending.store()?;
        let mut fold = Fold {
            history_month: format!("{:04}-{:02}", today.year(), today.month()),
            written_ms: Some(now_ms()),
            ..core.pending.fold_from()
        };
        let columns = keys_by_part(core.school());
        for part in core.pending.dirty_parts() {
            let keys = columns.get(part).map_or(&[][..], Vec::as_slice);
            let block = Block::of_keys(core.school(), keys);
            fold.chunks_put
                .push((part.clone(), stored::write(&block).ok()?));
        }
        Some((
            store,
            fold,
            core.pending.snapshot_due(),
            core.pending.is_folded(),
        ))
    });
    let Some(Some((store, fold, due, is_folded))) = prepared else {
        return;
    };
    if !is_folded {
        let Ok(manifest) = store.fold(fold).await else {
            return;
        };
        let _ = app
            .core
            .try_update_value(|core| core.pending.folded(&manifest));
    }
    let why = why.or_else(|| due.then_some(Why::Import));
    if app.twice.get_untracked() == Twice::Kept
        && let Ok(keeper) = keeper(app)
        && let Err(once) = keeper.keep_up(&store, why).await
    {
        without_copy(app, once);
    }
    drop(lock);
    if why.is_some() {
        folder::back_up(app).await;
    }
}
