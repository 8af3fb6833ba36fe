//! Comparing database and second copy at a start, what is told of it, and the ways on where something is missing.

use std::rc::Rc;

use flightpath_school::model::{CivilDate, Moment};
use flightpath_store::{DATABASE_NAME, Difference, IndexedDbStore, Settled, Snapshot, marker};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::folding::fold;
use super::keeper::{keeper, now_ms, once_of, with_copy, without_copy};
use super::{Lacks, Twice, Why, folder};
use crate::app::loading::damaged;
use crate::app::{App, Phase};
use crate::platform::{clock, page};

/// When the start is over and nobody waits for anything.
const AFTER_THE_START_MS: i32 = 3_000;

/// Compares database and second copy while nobody writes, and tells what came of it.
pub(super) async fn compare(app: App, store: Rc<IndexedDbStore>, lacks: Lacks) -> Option<Phase> {
    let settled = match keeper(app) {
        Ok(keeper) => {
            let damaged = lacks == Lacks::Parts;
            let settled = keeper.while_nobody_writes(|| {
                let last = marker::last_noted();
                keeper.copy.settle(&*store, damaged, now_ms(), last)
            });
            settled.await.map_err(|error| once_of(&error))
        }
        Err(once) => Err(once),
    };
    let phase = match settled {
        Ok(Settled::Level {
            difference,
            database_changed,
        }) => {
            let anew = database_changed || lacks != Lacks::Nothing;
            let whole = !anew || app.read_anew(&store).await;
            with_copy(app);
            tell(app, difference);
            (lacks != Lacks::Nothing).then_some(if whole { Phase::Ready } else { damaged(1) })
        }
        Ok(Settled::Incomplete {
            salvage,
            missing,
            faults,
        }) if salvage.contents.manifest.generation > 0 || !salvage.contents.log.is_empty() => {
            app.take_contents(&salvage.contents);
            Some(Phase::Damaged {
                faults,
                left: Some(missing),
            })
        }
        // Nothing is left of what was here.
        Ok(Settled::Incomplete { .. }) => {
            with_copy(app);
            Some(Phase::Empty { vanished: true })
        }
        Ok(Settled::Nothing) => {
            with_copy(app);
            None
        }
        Err(once) => {
            without_copy(app, once);
            None
        }
    };
    spawn_local(snapshot_of_the_day(app));
    phase
}

/// Tells in what the two copies differed.
fn tell(app: App, difference: Difference) {
    let expected = marker::copy_noted();
    let worth_telling = match difference {
        Difference::None => false,
        // The first one, of a school that an earlier release has stored.
        Difference::NoCopy => expected,
        _ => true,
    };
    if worth_telling {
        app.found.set(Some(difference));
    }
    if !expected {
        marker::note_copy();
    }
}

/// Makes the day's first snapshot, when the start is over.
async fn snapshot_of_the_day(app: App) {
    page::rest(AFTER_THE_START_MS).await;
    let newest = app.snapshots().await.into_iter().next();
    let today = clock::today();
    let made = |snapshot: &Snapshot| {
        let made = i64::try_from(snapshot.head.made_ms).unwrap_or_default();
        CivilDate::at(Moment(made)) == Some(today)
    };
    let exists = app.phase.get_untracked() == Phase::Ready;
    if exists && !newest.as_ref().is_some_and(made) {
        fold(app, Some(Why::Day)).await;
    } else {
        folder::look(app).await;
    }
}

impl App {
    /// When the last change that is here was made, by its author's clock: of those not yet folded, else the folding.
    pub fn last_change(&self) -> Option<Moment> {
        self.core.try_with_value(|core| {
            let latest = core.steps().last().map(|step| step.info.at);
            latest.or_else(|| core.pending.folded_at())
        })?
    }

    /// Whether the second copy holds anything of a school.
    pub async fn second_copy_holds_anything(self) -> bool {
        match keeper(self) {
            Ok(keeper) => keeper.copy.holds_anything().await.unwrap_or(false),
            Err(_) => false,
        }
    }

    /// Takes the database away, which the browser cannot read, and loads the page again: it then begins from the
    /// second copy, or anew where there is none.
    /// Whether the browser could do it.
    pub async fn begin_without_database(self) -> bool {
        let deleted = IndexedDbStore::delete(DATABASE_NAME, |_| {}).await.is_ok();
        if deleted {
            page::reload();
        }
        deleted
    }

    /// Goes on with what could be saved of a school that neither copy holds whole; the page is loaded anew.
    pub async fn go_on_with_what_is_left(self) {
        let store = self.core.try_with_value(|core| core.pending.store());
        let (Some(Some(store)), Ok(keeper)) = (store, keeper(self)) else {
            return;
        };
        let going_on = || async {
            // Another tab may have gone on already, and done more since.
            let (copy, witness) = (&keeper.copy, marker::last_noted());
            match copy.settle(&*store, true, now_ms(), witness).await? {
                Settled::Incomplete { salvage, .. } => {
                    copy.go_on_with(&*store, *salvage, now_ms()).await?;
                    marker::forget_last();
                }
                Settled::Level { .. } | Settled::Nothing => {}
            }
            Ok(())
        };
        match keeper.while_nobody_writes(going_on).await {
            Ok(()) => page::reload(),
            Err(error) => self.twice.set(Twice::Not(once_of(&error))),
        }
    }
}
