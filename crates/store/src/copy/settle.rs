//! Comparing database and second copy at a start: the longer history wins, and the other is mended from it.

use super::compare::{Reach, linked_log};
use super::rebuild::{Sources, history_end};
use super::{CopyError, Files, Found, SecondCopy, history_key, snapshot};
use crate::chain::read_linked;
use crate::load::{Contents, Loaded, Parts};
use crate::plan::Replacement;
use crate::port::Store;

/// Note of a snapshot that was made at a start.
const MENDED: &str = "mended";

/// In what database and second copy differed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Difference {
    /// In nothing.
    None,
    /// There was no second copy. It has been made.
    NoCopy,
    /// The second copy lacked the last entries, so many. It has them now.
    CopyBehind(u64),
    /// A part of the second copy was damaged. It was made anew.
    CopyDamaged,
    /// The database lacked the last entries, so many, without showing it. It has them again.
    DatabaseBehind(u64),
    /// The database was gone, or lacked so much that it was made anew. All of it is there again.
    DatabaseGone,
    /// The database was damaged; so many faults. All of it is there again.
    DatabaseDamaged(usize),
    /// Each held entries that the other lacked. Those that one of them lacked, so many, were added.
    Diverged(u64),
}

/// What [`SecondCopy::settle`] came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Settled {
    /// Both hold the same now.
    Level {
        /// In what they differed.
        difference: Difference,
        /// Whether the database has changed, so that it has to be read anew.
        database_changed: bool,
    },
    /// Nothing is there, in neither of them.
    Nothing,
    /// Not even together do they hold all that was acknowledged. Nothing was changed.
    Incomplete {
        /// The most that they hold together.
        salvage: Box<Replacement>,
        /// How many acknowledged entries are in neither; nothing where parts of the state are missing, of which
        /// nobody can say that.
        missing: Option<u64>,
        /// How many faults were found in the database.
        faults: usize,
    },
}

impl Settled {
    fn level(difference: Difference, database_changed: bool) -> Self {
        Self::Level {
            difference,
            database_changed,
        }
    }
}

impl<F: Files> SecondCopy<F> {
    /// Compares the database with the files, and mends whichever lacks something. `known_damaged`: reading it has shown
    /// damage already. `now_ms` names a file in which a damaged database is put aside. `witness` is the number of the
    /// last entry that somebody else remembers, 0 where nobody does: what both lost without a trace then shows.
    ///
    /// # Errors
    /// When the files or the database refuse.
    pub async fn settle(
        &self,
        database: &impl Store,
        known_damaged: bool,
        now_ms: u64,
        witness: u64,
    ) -> Result<Settled, CopyError> {
        // Its name is there long before it is needed.
        self.own_log().await?;
        let found = self.find().await?;
        let reach = found.reach();
        if !known_damaged {
            // What is compared needs no chunk.
            match database.load_parts(&Parts::Just(Vec::new())).await? {
                Loaded::Fresh if found.is_empty() && witness == 0 => return Ok(Settled::Nothing),
                Loaded::Whole(contents) if last_of(&contents).max(reach.number) >= witness => {
                    if let Some(settled) = self
                        .quickly(database, &contents, (&found, &reach), (now_ms, witness))
                        .await?
                    {
                        return Ok(settled);
                    }
                }
                _ => {}
            }
        }
        let loaded = database.load().await?;
        self.rebuild(database, loaded, found, (now_ms, witness))
            .await
    }

    /// What takes no more than the newest snapshot's head and the logs: nothing where it takes more.
    async fn quickly(
        &self,
        database: &impl Store,
        contents: &Contents,
        (found, reach): (&Found, &Reach),
        (now_ms, witness): (u64, u64),
    ) -> Result<Option<Settled>, CopyError> {
        let log = linked_log(contents);
        let state = Reach::of_state(contents);
        let head = log
            .last()
            .map_or_else(|| state.clone(), |last| Reach::new(last.number, &last.link));
        let held = *reach == state
            || log
                .iter()
                .any(|one| one.number == reach.number && one.link == reach.link);
        let difference = if found.is_empty() && found.spoilt.is_empty() {
            Difference::NoCopy
        } else if *reach == head && found.spoilt.is_empty() {
            if found.history.len() as u64 != contents.manifest.history_count {
                self.copy_history(database, found).await?;
            }
            self.empty_logs(found, now_ms).await?;
            return Ok(Some(Settled::level(Difference::None, false)));
        } else if *reach == head || found.is_empty() {
            Difference::CopyDamaged
        } else if held || self.was_held(database, reach).await? {
            Difference::CopyBehind(head.number - reach.number)
        } else {
            let ahead = found.entries.follow(&head);
            if ahead.last().map(|last| &last.link) != Some(&reach.link) {
                return Ok(None);
            }
            let missing = ahead.len() as u64;
            let bodies = ahead.into_iter().map(|entry| entry.body).collect();
            database.append_all(bodies, None).await?;
            self.forget_history(found, state.number).await?;
            let settled = Settled::level(Difference::DatabaseBehind(missing), true);
            return Ok(Some(settled));
        };
        self.copy_history(database, found).await?;
        // Where the database is not whole, its own history has to be compared with the files.
        let Loaded::Whole(all) = database.load().await? else {
            return Ok(None);
        };
        self.level(&all, (MENDED, now_ms), found).await?;
        // What nobody was told is saved, as when the browser was ended between the two, is no difference to tell of.
        let none_saved = witness > 0 && reach.number >= witness;
        let difference = match difference {
            Difference::CopyBehind(_) if none_saved => Difference::None,
            other => other,
        };
        Ok(Some(Settled::level(difference, false)))
    }

    /// Takes away history records of what the database holds as entries: it will be folded anew, under their names.
    async fn forget_history(&self, found: &Found, folded_through: u64) -> Result<(), CopyError> {
        for name in &found.history {
            if history_end(&history_key(name)).is_none_or(|last| last > folded_through) {
                self.files.remove(name).await?;
            }
        }
        Ok(())
    }

    /// Whether a place lies in the database's own history.
    async fn was_held(&self, database: &impl Store, reach: &Reach) -> Result<bool, CopyError> {
        for key in database.history_keys().await? {
            if history_end(&key).is_some_and(|last| last >= reach.number)
                && let Ok(Some(body)) = database.history(&key).await
            {
                let entries = read_linked(&body).entries;
                if let Some(entry) = entries.iter().find(|one| one.number == reach.number) {
                    return Ok(entry.link == reach.link);
                }
            }
        }
        Ok(false)
    }

    /// Puts together what both hold, from the state that leads furthest.
    async fn rebuild(
        &self,
        database: &impl Store,
        loaded: Loaded,
        found: Found,
        (now_ms, witness): (u64, u64),
    ) -> Result<Settled, CopyError> {
        let mut history = self.history(&found).await?;
        for key in database.history_keys().await.unwrap_or_default() {
            if history.iter().all(|(known, _)| *known != key)
                && let Ok(Some(body)) = database.history(&key).await
            {
                history.push((key, body));
            }
        }
        let mut snapshots = Vec::new();
        for one in &found.snapshots {
            let file = self.files.read(&one.name, usize::MAX).await?;
            snapshots.extend(snapshot::read(&file));
        }
        let newest = found.snapshots.first();
        let rebuilt = Sources {
            loaded: &loaded,
            snapshots,
            entries: found.entries.clone(),
            history,
            witness: witness.max(newest.map_or(0, |one| one.head.manifest.folded_through)),
        }
        .rebuild();
        if let Some(missing) = rebuilt.missing {
            return Ok(Settled::Incomplete {
                salvage: Box::new(rebuilt.replacement),
                missing,
                faults: rebuilt.faults,
            });
        }
        if rebuilt.faults > 0 {
            // Not without having kept what it still holds: but a disk that is full must not keep the school away.
            let _ = self.set_aside(database, now_ms).await;
        }
        let is_renumbered = rebuilt.added > 0;
        self.put_in_place(
            database,
            rebuilt.replacement,
            (&found, is_renumbered),
            now_ms,
        )
        .await?;
        let difference = match loaded {
            Loaded::Damaged { .. } => Difference::DatabaseDamaged(rebuilt.faults),
            Loaded::Whole(_) if rebuilt.added > 0 => Difference::Diverged(rebuilt.added),
            Loaded::Whole(_) | Loaded::Fresh => Difference::DatabaseGone,
        };
        Ok(Settled::level(difference, true))
    }

    /// Goes on with what [`Settled::Incomplete`] could save, after the damaged database was put aside.
    ///
    /// # Errors
    /// When the files or the database refuse; nothing has changed in the database then.
    pub async fn go_on_with(
        &self,
        database: &impl Store,
        salvage: Replacement,
        now_ms: u64,
    ) -> Result<(), CopyError> {
        self.set_aside(database, now_ms).await?;
        let found = self.find().await?;
        self.put_in_place(database, salvage, (&found, true), now_ms)
            .await
    }

    async fn put_in_place(
        &self,
        database: &impl Store,
        replacement: Replacement,
        (found, is_renumbered): (&Found, bool),
        now_ms: u64,
    ) -> Result<(), CopyError> {
        let folded_through = replacement.contents.manifest.folded_through;
        database.replace(replacement).await?;
        self.forget_history(found, folded_through).await?;
        for one in &found.snapshots {
            let file = self.files.read(&one.name, usize::MAX).await?;
            if snapshot::read(&file).is_none() {
                self.files.remove(&one.name).await?;
            }
        }
        if is_renumbered {
            // Entries that were given other numbers must not stand beside what they were.
            self.empty(found.logs.iter()).await?;
        }
        let found = self.find().await?;
        if let Loaded::Whole(contents) = database.load().await? {
            self.copy_history(database, &found).await?;
            self.level(&contents, (MENDED, now_ms), &found).await?;
        }
        Ok(())
    }
}

/// Number of the last entry that a database holds.
fn last_of(contents: &Contents) -> u64 {
    contents
        .log
        .last()
        .map_or(contents.manifest.folded_through, |entry| entry.number)
}
