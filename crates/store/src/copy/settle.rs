//! Comparing database and second copy at a start: the longer history wins, and the other is mended from it.

use super::compare::{Entries, Reach, linked_log};
use super::{CopyError, Files, Found, SecondCopy, history_key, snapshot};
use crate::chain::{Linked, read_linked};
use crate::load::{Contents, LoadProblem, Loaded, LogEntry, Parts};
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
    /// damage already. `now_ms` names a file in which a damaged database is put aside.
    ///
    /// # Errors
    /// When the files or the database refuse.
    pub async fn settle(
        &self,
        database: &impl Store,
        known_damaged: bool,
        now_ms: u64,
    ) -> Result<Settled, CopyError> {
        let found = self.find().await?;
        if !known_damaged {
            // What is compared needs no chunk.
            match database.load_parts(&Parts::Just(Vec::new())).await? {
                Loaded::Fresh if found.is_empty() => return Ok(Settled::Nothing),
                Loaded::Whole(contents) => {
                    if let Some(settled) = self.quickly(database, &contents, &found, now_ms).await?
                    {
                        return Ok(settled);
                    }
                }
                Loaded::Fresh | Loaded::Damaged { .. } => {}
            }
        }
        let loaded = database.load().await?;
        self.rebuild(database, loaded, found, now_ms).await
    }

    /// What takes no more than the newest snapshot's head and the logs: nothing where it takes more.
    async fn quickly(
        &self,
        database: &impl Store,
        contents: &Contents,
        found: &Found,
        now_ms: u64,
    ) -> Result<Option<Settled>, CopyError> {
        let log = linked_log(contents);
        let state = Reach::of_state(contents);
        let head = log
            .last()
            .map_or_else(|| state.clone(), |last| Reach::new(last.number, &last.link));
        let reach = found.reach();
        let held = |reach: &Reach| {
            *reach == state
                || log
                    .iter()
                    .any(|one| one.number == reach.number && one.link == reach.link)
        };
        let difference = if found.is_empty() && found.spoilt.is_empty() {
            Difference::NoCopy
        } else if reach == head && found.spoilt.is_empty() {
            if found.history.len() as u64 != contents.manifest.history_count {
                self.copy_history(database, found).await?;
            }
            return Ok(Some(Settled::level(Difference::None, false)));
        } else if reach == head || found.is_empty() {
            Difference::CopyDamaged
        } else if held(&reach) || self.was_held(database, &reach).await? {
            Difference::CopyBehind(head.number - reach.number)
        } else {
            let ahead = found.entries.follow(&head);
            if ahead.last().map(|last| &last.link) != Some(&reach.link) {
                return Ok(None);
            }
            let missing = ahead.len() as u64;
            let bodies = ahead.into_iter().map(|entry| entry.body).collect();
            database.append_all(bodies, None).await?;
            let settled = Settled::level(Difference::DatabaseBehind(missing), true);
            return Ok(Some(settled));
        };
        self.copy_history(database, found).await?;
        // Where the database is not whole, its own history has to be compared with the files.
        let Loaded::Whole(all) = database.load().await? else {
            return Ok(None);
        };
        self.level(&all, (MENDED, now_ms), found).await?;
        Ok(Some(Settled::level(difference, false)))
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
        now_ms: u64,
    ) -> Result<Settled, CopyError> {
        let mut history = self.history(&found).await?;
        for key in database.history_keys().await.unwrap_or_default() {
            if history.iter().all(|(known, _)| *known != key)
                && let Ok(Some(body)) = database.history(&key).await
            {
                history.push((key, body));
            }
        }
        let mut entries = found.entries.clone();
        for (_, body) in &history {
            entries.add(read_linked(body).entries);
        }
        let (bases, last_in_database, faults) = match &loaded {
            Loaded::Fresh => (Vec::new(), 0, 0),
            Loaded::Whole(contents) => {
                let log = linked_log(contents);
                let last = log.last().map(|entry| entry.number);
                entries.add(log);
                let last = last.unwrap_or(contents.manifest.folded_through);
                (vec![contents.clone()], last, 0)
            }
            Loaded::Damaged { salvage, problems } => {
                entries.add_loose(&salvage.log);
                let state = problems
                    .iter()
                    .all(LoadProblem::leaves_the_state)
                    .then(|| salvage.clone());
                let last = last_acknowledged(salvage, problems);
                (state.into_iter().collect(), last, problems.len())
            }
        };
        let last_known = entries.last().max(last_in_database).max(
            found
                .snapshots
                .first()
                .map_or(0, |one| one.head.manifest.folded_through),
        );
        let (base, path) = self.furthest(bases, &found, &entries).await?;
        let reach = Reach::of_state(&base);
        let last = path.last().map_or(reach.number, |last| last.number);
        let beside = entries.beside(&reach, &path);
        let added = beside.len() as u64;
        let generation = found
            .snapshots
            .iter()
            .map(|one| one.head.manifest.generation)
            .chain(generation_of(&loaded))
            .max()
            .unwrap_or_default();
        let replacement = replacement(base, path, beside, generation, history);
        if last < last_known {
            let salvage = self.patched(&loaded, &found, &entries).await?;
            let missing = match &salvage {
                None => Some((last_known - last).saturating_sub(added)),
                Some(_) => None,
            };
            let salvage = salvage.unwrap_or(replacement);
            return Ok(Settled::Incomplete {
                salvage: Box::new(salvage),
                missing,
                faults,
            });
        }
        if faults > 0 {
            // Not without having kept what it still holds: but a disk that is full must not keep the school away.
            let _ = self.set_aside(database, now_ms).await;
        }
        self.put_in_place(database, replacement, &found, now_ms)
            .await?;
        let difference = match loaded {
            Loaded::Damaged { .. } => Difference::DatabaseDamaged(faults),
            Loaded::Whole(_) if added > 0 => Difference::Diverged(added),
            Loaded::Whole(_) | Loaded::Fresh => Difference::DatabaseGone,
        };
        Ok(Settled::level(difference, true))
    }

    /// Where parts of a damaged database's state are lost for good: those that are whole, older ones from snapshots in
    /// place of the others, and every entry that is known to be younger than the oldest of these. Nothing where the
    /// database has no state to begin from.
    async fn patched(
        &self,
        loaded: &Loaded,
        found: &Found,
        entries: &Entries,
    ) -> Result<Option<Replacement>, CopyError> {
        let Loaded::Damaged { salvage, problems } = loaded else {
            return Ok(None);
        };
        if salvage.manifest.generation == 0 || problems.iter().all(LoadProblem::leaves_the_state) {
            return Ok(None);
        }
        let mut contents = salvage.clone();
        let mut from = contents.manifest.folded_through;
        let lacks = |contents: &Contents, key: &str| {
            let listed = contents.manifest.chunks.iter().any(|one| one.key == key);
            listed && contents.chunks.iter().all(|(own, _)| own != key)
        };
        for one in &found.snapshots {
            let file = self.files.read(&one.name, usize::MAX).await?;
            let Some(older) = snapshot::read(&file) else {
                continue;
            };
            for (key, body) in older.chunks {
                if lacks(&contents, &key) {
                    contents.chunks.push((key, body));
                    from = from.min(older.manifest.folded_through);
                }
            }
        }
        if contents
            .manifest
            .chunks
            .iter()
            .any(|one| lacks(&contents, &one.key))
        {
            from = 0;
        }
        contents.chunks.sort();
        let mut number = contents.manifest.folded_through;
        contents.log = entries
            .after(from)
            .into_iter()
            .map(|body| {
                number += 1;
                LogEntry { number, body }
            })
            .collect();
        Ok(Some(Replacement {
            contents,
            history: Vec::new(),
        }))
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
        self.put_in_place(database, salvage, &found, now_ms).await
    }

    async fn put_in_place(
        &self,
        database: &impl Store,
        replacement: Replacement,
        found: &Found,
        now_ms: u64,
    ) -> Result<(), CopyError> {
        let folded_through = replacement.contents.manifest.folded_through;
        database.replace(replacement).await?;
        // What the database now holds as entries will be folded anew, under the names of these.
        for name in &found.history {
            if history_end(&history_key(name)).is_none_or(|last| last > folded_through) {
                self.files.remove(name).await?;
            }
        }
        for one in &found.snapshots {
            let file = self.files.read(&one.name, usize::MAX).await?;
            if snapshot::read(&file).is_none() {
                self.files.remove(&one.name).await?;
            }
        }
        let found = self.find().await?;
        if let Loaded::Whole(contents) = database.load().await? {
            self.copy_history(database, &found).await?;
            self.level(&contents, (MENDED, now_ms), &found).await?;
        }
        Ok(())
    }

    /// Of the states at hand the one from which the entries lead furthest, and those entries.
    async fn furthest(
        &self,
        bases: Vec<Contents>,
        found: &Found,
        entries: &Entries,
    ) -> Result<(Contents, Vec<Linked>), CopyError> {
        let mut best = (Contents::default(), entries.follow(&Reach::default()));
        let reach_of = |base: &Contents, path: &[Linked]| {
            path.last()
                .map_or(base.manifest.folded_through, |last| last.number)
        };
        let mut consider = |base: Contents| {
            let path = entries.follow(&Reach::of_state(&base));
            // Of two that lead as far, the one that holds more already: less has to be done again.
            let better = (reach_of(&base, &path), base.manifest.folded_through)
                > (reach_of(&best.0, &best.1), best.0.manifest.folded_through);
            if better {
                best = (base, path);
            }
        };
        for base in bases {
            consider(base);
        }
        for one in &found.snapshots {
            let file = self.files.read(&one.name, usize::MAX).await?;
            if let Some(contents) = snapshot::read(&file) {
                consider(contents);
            }
        }
        Ok(best)
    }
}

fn replacement(
    base: Contents,
    path: Vec<Linked>,
    beside: Vec<Vec<u8>>,
    generation: u64,
    history: Vec<(String, Vec<u8>)>,
) -> Replacement {
    let mut contents = base;
    let mut number = contents.manifest.folded_through;
    let bodies = path.into_iter().map(|entry| entry.body).chain(beside);
    contents.log = bodies
        .map(|body| {
            number += 1;
            LogEntry { number, body }
        })
        .collect();
    contents.manifest.generation = generation;
    let folded_through = contents.manifest.folded_through;
    let folded = |key: &str| history_end(key).is_some_and(|last| last <= folded_through);
    let history = history.into_iter().filter(|(key, _)| folded(key)).collect();
    Replacement { contents, history }
}

fn generation_of(loaded: &Loaded) -> Option<u64> {
    match loaded {
        Loaded::Fresh => None,
        Loaded::Whole(contents) => Some(contents.manifest.generation),
        Loaded::Damaged { salvage, .. } => Some(salvage.manifest.generation),
    }
}

/// Number of the last entry that a damaged database is known to have held.
fn last_acknowledged(salvage: &Contents, problems: &[LoadProblem]) -> u64 {
    let of_problem = |problem: &LoadProblem| match problem {
        LoadProblem::LogTailMissing {
            last_acknowledged, ..
        } => *last_acknowledged,
        LoadProblem::LogBeyondHead { number } | LoadProblem::LogDamaged { number } => *number,
        _ => 0,
    };
    let log = salvage.log.last().map_or(0, |entry| entry.number);
    let problems = problems.iter().map(of_problem).max().unwrap_or_default();
    log.max(problems).max(salvage.manifest.folded_through)
}

/// Number of the last entry in a history record, which its key ends with.
fn history_end(key: &str) -> Option<u64> {
    key.rsplit('/').next()?.parse().ok()
}
