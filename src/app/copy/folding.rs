//! Folding the log into the state, and what follows from it: copies, snapshots, backups.

use flightpath_school::journal::School;
use flightpath_school::journal::block::{Block, keys_by_part};
use flightpath_school::journal::stored::{self, NotABlock};
use flightpath_store::{Fold, IndexedDbStore, Store, StoreErrorKind, tabs};
use leptos::prelude::*;

use super::keeper::{keeper, now_ms, without_copy};
use super::{Twice, Why, folder};
use crate::app::App;
use crate::app::core::Core;
use crate::app::saving::{ToFold, WRITER};
use crate::platform::{clock, page};

/// Folds the log into the state: parts that changed are written anew, the steps go to the history. Then the second
/// copy is brought level, with a snapshot where there is a reason for one.
pub(super) async fn fold(app: App, why: Option<Why>) {
    page::breathe().await;
    app.all_read().await;
    app.compared().await;
    let due = |core: &Core| core.pending.snapshot_due();
    // Where there is no reason but the log's length, another tab that is at it does, and so does the next change.
    let lock = match why.is_some() || app.core.try_with_value(due) == Some(true) {
        true => Some(tabs::TabLock::acquire(WRITER).await),
        false => tabs::TabLock::try_acquire(WRITER).await,
    };
    let Some(lock) = lock else { return };
    app.catch_up().await;
    // What this program cannot read it does not write anew either.
    if !app.can_change() {
        return;
    }
    let store = |core: &Core| core.pending.store();
    let Some(Some(store)) = app.core.try_with_value(store) else {
        return;
    };
    let folded = match fold_once(app, &store).await {
        // Another tab has folded what this one knew already, so that catching up did not tell.
        Err(Some(StoreErrorKind::GenerationMoved { .. })) => {
            if !app.read_anew(&store).await {
                return;
            }
            fold_once(app, &store).await
        }
        folded => folded,
    };
    let Ok(snapshot_due) = folded else { return };
    let why = why.or_else(|| snapshot_due.then_some(Why::Import));
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
    // What was done meanwhile may be a reason of its own.
    app.fold_if_due().await;
}

/// Folds what there is to fold, if anything. Whether a snapshot was due; else why nothing was folded, and all of it waits
/// for another time.
async fn fold_once(app: App, store: &IndexedDbStore) -> Result<bool, Option<StoreErrorKind>> {
    let Some((taken, fold)) = app.core.try_update_value(take) else {
        return Err(None);
    };
    let outcome = match fold {
        Ok(None) => return Ok(taken.snapshot_due),
        Ok(Some(fold)) => store.fold(fold).await.map_err(|error| Some(error.kind)),
        Err(NotABlock) => Err(None),
    };
    let snapshot_due = taken.snapshot_due;
    let _ = app.core.try_update_value(|core| match &outcome {
        Ok(manifest) => core.pending.folded(manifest),
        Err(_) => core.pending.not_folded(taken),
    });
    outcome.map(|_| snapshot_due)
}

/// Takes out what is to be folded, and makes the fold of it; none where everything is folded already.
fn take(core: &mut Core) -> (ToFold, Result<Option<Fold>, NotABlock>) {
    let is_folded = core.pending.is_folded();
    let taken = core.pending.take_for_folding();
    let fold = if is_folded {
        Ok(None)
    } else {
        fold_of(&taken, core.school()).map(Some)
    };
    (taken, fold)
}

fn fold_of(taken: &ToFold, school: &School) -> Result<Fold, NotABlock> {
    let today = clock::today();
    let columns = keys_by_part(school);
    let chunk = |part: &String| {
        let keys = columns.get(part).map_or(&[][..], Vec::as_slice);
        Ok((part.clone(), stored::write(&Block::of_keys(school, keys))?))
    };
    Ok(Fold {
        history_month: format!("{:04}-{:02}", today.year(), today.month()),
        written_ms: Some(now_ms()),
        chunks_put: taken.parts.iter().map(chunk).collect::<Result<_, _>>()?,
        ..taken.fold()
    })
}
