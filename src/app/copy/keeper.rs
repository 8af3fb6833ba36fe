//! What keeps the second copy, and what only it needs: comparing, folding, reading the history, setting back.

use std::rc::Rc;

use flightpath_school::journal::block::{Block, part_of};
use flightpath_school::journal::{Action, Step, StepInfo, stored};
use flightpath_school::model::{CivilDate, Dot, Id, Moment, ReplicaId};
use flightpath_store::{
    Appended, CopyError, DATABASE_NAME, Difference, FilesError, Fold, IndexedDbStore, Linked,
    OpfsFiles, SecondCopy, Settled, Snapshot, Store, StoreErrorKind, marker, read_linked, tabs,
};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::folder;
use super::{Earlier, Keeper, Lacks, Once, Soon, Twice, Why};
use crate::app::saving::WRITER;
use crate::app::{App, HistoryFault, Phase};
use crate::platform::{clock, page, worker};

/// So often a second copy that failed is tried again.
const TRY_AGAIN_MS: i64 = 30_000;
/// When the start is over and nobody waits for anything.
const AFTER_THE_START_MS: i32 = 3_000;

/// The second copy in the files of this browser.
pub struct InFiles {
    copy: SecondCopy<OpfsFiles>,
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

    async fn keep_up(&self, store: &IndexedDbStore, why: Option<Why>) -> Result<(), Once> {
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

fn once_of(error: &CopyError) -> Once {
    match error {
        CopyError::Files(error) => once(error),
        CopyError::Store(error) if error.kind == StoreErrorKind::QuotaExceeded => Once::Full,
        CopyError::Store(_) => Once::Failed,
    }
}

fn now_ms() -> u64 {
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
fn keeper(app: App) -> Result<Rc<InFiles>, Once> {
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

/// Compares database and second copy while nobody writes, and tells what came of it.
pub(super) async fn compare(app: App, store: Rc<IndexedDbStore>, lacks: Lacks) -> Option<Phase> {
    let settled = match keeper(app) {
        Ok(keeper) => {
            let damaged = lacks == Lacks::Parts;
            let (settled, _) = tabs::with_lock(WRITER, || {
                let last = marker::last_noted();
                keeper.copy.settle(&*store, damaged, now_ms(), last)
            })
            .await;
            settled.map_err(|error| once_of(&error))
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
            app.twice.set(Twice::Kept);
            tell(app, difference);
            (lacks != Lacks::Nothing).then_some(if whole {
                Phase::Ready
            } else {
                Phase::Damaged {
                    faults: 1,
                    left: None,
                }
            })
        }
        Ok(Settled::Incomplete {
            salvage,
            missing,
            faults,
        }) if salvage.contents.manifest.generation > 0 || !salvage.contents.log.is_empty() => {
            app.take_contents(&salvage.contents);
            app.salvage.set_value(Some(*salvage));
            Some(Phase::Damaged {
                faults,
                left: Some(missing),
            })
        }
        // Nothing is left of what was here.
        Ok(Settled::Incomplete { .. }) => {
            app.twice.set(Twice::Kept);
            Some(Phase::Empty { vanished: true })
        }
        Ok(Settled::Nothing) => {
            app.twice.set(Twice::Kept);
            None
        }
        Err(once) => {
            app.twice.set(Twice::Not(once));
            None
        }
    };
    spawn_local(snapshot_of_the_day(app));
    phase
}

/// Tells in what the two copies differed.
fn tell(app: App, difference: Difference) {
    let expected = app.prefs.with_untracked(|prefs| prefs.kept_twice);
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
        app.prefs.update(|prefs| prefs.kept_twice = true);
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
    }
}

/// Folds the log into the state: parts that changed are written anew, the steps go to the history. Then the second
/// copy is brought level, with a snapshot where there is a reason for one.
pub(super) async fn fold(app: App, why: Option<Why>) {
    page::breathe().await;
    let Some(lock) = tabs::TabLock::try_acquire(WRITER).await else {
        return;
    };
    app.catch_up().await;
    let today = clock::today();
    let prepared = app.core.try_with_value(|core| {
        let store = core.pending.store()?;
        let mut fold = Fold {
            history_month: format!("{:04}-{:02}", today.year(), today.month()),
            written_ms: Some(now_ms()),
            ..core.pending.fold_from()
        };
        for part in core.pending.dirty_parts() {
            let block = Block::of(core.school(), |key| part_of(key) == *part);
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
        app.twice.set(Twice::Not(once));
    }
    drop(lock);
    if why.is_some() {
        folder::back_up(app).await;
    }
}

/// Reads the steps of the history, mending from the second copy what is damaged.
pub(super) async fn read_history(app: App, store: Rc<IndexedDbStore>) -> Vec<Step> {
    let keys = store.history_keys().await.unwrap_or_default();
    let mut bodies = Vec::with_capacity(keys.len());
    let mut mended = false;
    let mut unreadable = 0;
    for key in keys {
        let mut body = store.history(&key).await;
        if body.is_err() && !mended {
            mended = true;
            if let Ok(keeper) = keeper(app) {
                let _ = keeper.copy.mend_history(&*store).await;
                body = store.history(&key).await;
            }
        }
        match body {
            Ok(body) => bodies.extend(body),
            Err(_) => unreadable += 1,
        }
    }
    let mut steps = Vec::new();
    let mut link: Option<(u64, String)> = None;
    let mut broken = false;
    // In the order of their numbers, whatever month a wrong clock put them into.
    let mut linked: Vec<Linked> = Vec::new();
    for body in bodies {
        // Releases before the entries were linked wrote the steps as one list.
        if body.first() == Some(&b'[') {
            steps.append(&mut serde_json::from_slice(&body).unwrap_or_default());
        } else {
            linked.append(&mut read_linked(&body).entries);
        }
    }
    linked.sort_by_key(|entry| entry.number);
    for entry in linked {
        broken |=
            link.is_some_and(|(number, link)| entry.number != number + 1 || entry.before != link);
        steps.extend(Step::from_json(&entry.body));
        link = Some((entry.number, entry.link));
    }
    let fault = match (unreadable, broken) {
        (0, false) => None,
        (0, true) => Some(HistoryFault::Changed),
        (records, _) => Some(HistoryFault::Unreadable(records)),
    };
    app.history_fault.set(fault);
    steps
}

impl App {
    /// The snapshots that there are, the newest first; of those that hold the same state the first that was made.
    pub async fn snapshots(self) -> Vec<Snapshot> {
        let found = match keeper(self) {
            Ok(keeper) => keeper.copy.snapshots().await.unwrap_or_default(),
            Err(_) => Vec::new(),
        };
        let mut states: Vec<Snapshot> = Vec::with_capacity(found.len());
        for snapshot in found {
            let holds = |one: &Snapshot| one.head.manifest.folded_through;
            match states.last_mut() {
                Some(last) if holds(last) == holds(&snapshot) => *last = snapshot,
                _ => states.push(snapshot),
            }
        }
        states
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
    pub async fn begin_without_database(self) {
        if IndexedDbStore::delete(DATABASE_NAME, |_| {}).await.is_ok() {
            page::reload();
        }
    }

    /// When the last change that is here was made, by its author's clock: of those not yet folded, else the folding.
    pub fn last_change(&self) -> Option<Moment> {
        self.core.try_with_value(|core| {
            let latest = core.steps().last().map(|step| step.info.at);
            latest.or_else(|| core.pending.folded_at())
        })?
    }

    /// Makes a snapshot now.
    pub async fn snapshot_now(self) {
        fold(self, Some(Why::Asked)).await;
    }

    /// The state in a snapshot; nothing where it is damaged or cannot be had.
    pub async fn earlier(self, snapshot: &Snapshot) -> Option<Earlier> {
        let keeper = keeper(self).ok()?;
        let contents = keeper.copy.snapshot(&snapshot.name).await.ok()??;
        Some(Earlier::of_snapshot(snapshot, contents))
    }

    /// Goes on with what could be saved of a school that neither copy holds whole; the page is loaded anew.
    pub async fn go_on_with_what_is_left(self) {
        let salvage = self.salvage.try_update_value(Option::take).flatten();
        let store = self.core.try_with_value(|core| core.pending.store());
        let (Some(salvage), Some(Some(store)), Ok(keeper)) = (salvage, store, keeper(self)) else {
            return;
        };
        let (done, _) = tabs::with_lock(WRITER, || {
            keeper.copy.go_on_with(&*store, salvage, now_ms())
        })
        .await;
        match done {
            Ok(()) => {
                marker::note_last(0);
                page::reload();
            }
            Err(error) => self.twice.set(Twice::Not(once_of(&error))),
        }
    }

    /// How many cells setting the school back would change; nothing where the state does not fit together.
    pub fn outlook_back(&self, to: &Earlier) -> Option<usize> {
        let earlier = to.school()?;
        self.core.try_with_value(|core| {
            // A name that no step will have: nothing of this one is kept.
            let info = StepInfo {
                dot: Dot {
                    replica: ReplicaId(Id(0)),
                    sequence: 1,
                },
                author: String::new(),
                at: to.made,
                action: Action::Settings,
                reason: None,
            };
            let step = core.school().restoring(&earlier, info);
            step.map_or(0, |step| step.cell_count())
        })
    }

    /// Sets the whole school back to an earlier state, as one step that can be undone; how many cells changed, and
    /// nothing where all is so already.
    pub fn set_back(&self, to: &Earlier) -> Option<usize> {
        if !self.can_change() {
            return None;
        }
        let earlier = to.school()?;
        let author = self.author();
        let cells = self.core.try_update_value(|core| {
            let action = Action::Restore {
                file: to.file.clone(),
                made: to.made,
            };
            let info = core.next_info(author, clock::now(), action, None);
            let step = core.school().restoring(&earlier, info)?;
            let cells = step.cell_count();
            core.carry_out(step)?;
            Some(cells)
        })??;
        self.changed();
        Some(cells)
    }
}
