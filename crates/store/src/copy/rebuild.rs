//! One school out of all that is left of it: pure, so that a rescue file can be read in the same way.

use std::collections::BTreeSet;

use super::compare::{Entries, Reach, linked_log};
use crate::chain::{Linked, read_linked};
use crate::load::{Contents, LoadProblem, Loaded, LogEntry};
use crate::plan::Replacement;

/// Everything that is left.
pub(crate) struct Sources<'a> {
    /// The database.
    pub(crate) loaded: &'a Loaded,
    /// The snapshots that are whole, the newest first.
    pub(crate) snapshots: Vec<Contents>,
    /// Entries of the logs of the second copy.
    pub(crate) entries: Entries,
    /// History records of both.
    pub(crate) history: Vec<(String, Vec<u8>)>,
    /// Number of the last entry that somebody remembers.
    pub(crate) witness: u64,
}

/// What they come to.
pub(crate) struct Rebuilt {
    /// The whole database to be; without [`Rebuilt::missing`] it is all of it.
    pub(crate) replacement: Replacement,
    /// That something is missing, and how many entries, where that can be told.
    pub(crate) missing: Option<Option<u64>>,
    /// Entries that stood beside the longest history and were added to it.
    pub(crate) added: u64,
    /// Faults of the database.
    pub(crate) faults: usize,
}

impl Sources<'_> {
    /// Puts everything together, from the state that leads furthest.
    pub(crate) fn rebuild(mut self) -> Rebuilt {
        for (_, body) in &self.history {
            self.entries.add(read_linked(body).entries);
        }
        let mut states = Vec::new();
        let (last_in_database, faults) = match self.loaded {
            Loaded::Fresh => (0, 0),
            Loaded::Whole(contents) => {
                let log = linked_log(contents);
                let last = log.last().map(|entry| entry.number);
                self.entries.add(log);
                states.push(contents.clone());
                (last.unwrap_or(contents.manifest.folded_through), 0)
            }
            Loaded::Damaged { salvage, problems } => {
                self.entries.add_loose(&salvage.log);
                if problems.iter().all(LoadProblem::leaves_the_state) {
                    states.push(salvage.clone());
                }
                (last_acknowledged(salvage, problems), problems.len())
            }
        };
        let last_known = self.entries.last().max(last_in_database).max(self.witness);
        let generation = self
            .snapshots
            .iter()
            .map(|one| one.manifest.generation)
            .chain(generation_of(self.loaded))
            .max()
            .unwrap_or_default();
        states.extend(self.snapshots.iter().cloned());
        let (base, path) = furthest(states, &self.entries);
        let reach = Reach::of_state(&base);
        let last = path.last().map_or(reach.number, |last| last.number);
        let beside = self.entries.beside(&reach, &path);
        let added = beside.len() as u64;
        let mut missing = None;
        let mut rebuilt = None;
        if last < last_known {
            rebuilt = self.patched();
            missing = Some(match &rebuilt {
                None => Some((last_known - last).saturating_sub(added)),
                Some(_) => None,
            });
        }
        let bodies = path.into_iter().map(|entry| entry.body).chain(beside);
        let mut contents = rebuilt.unwrap_or_else(|| with_log(base, bodies));
        contents.manifest.generation = generation;
        // What the database will hold as entries is folded anew, under the names of these.
        let folded_through = contents.manifest.folded_through;
        let folded = |key: &str| history_end(key).is_some_and(|last| last <= folded_through);
        let mut history = self.history;
        history.retain(|(key, _)| folded(key));
        let led = self.entries.led_to(&Reach::of_state(&contents));
        fill_gaps(&mut history, &led);
        Rebuilt {
            replacement: Replacement { contents, history },
            missing,
            added,
            faults,
        }
    }

    /// Where parts of a damaged database's state are lost for good: those that are whole, older ones from snapshots in
    /// place of the others, and every entry that is known to be younger than the oldest of these. Nothing where the
    /// database has no state to begin from.
    fn patched(&self) -> Option<Contents> {
        let Loaded::Damaged { salvage, problems } = self.loaded else {
            return None;
        };
        if salvage.manifest.generation == 0 || problems.iter().all(LoadProblem::leaves_the_state) {
            return None;
        }
        let mut contents = salvage.clone();
        let mut from = contents.manifest.folded_through;
        let lacks = |contents: &Contents, key: &str| {
            let listed = contents.manifest.chunks.iter().any(|one| one.key == key);
            listed && contents.chunks.iter().all(|(own, _)| own != key)
        };
        for older in &self.snapshots {
            for (key, body) in &older.chunks {
                if lacks(&contents, key) {
                    contents.chunks.push((key.clone(), body.clone()));
                    from = from.min(older.manifest.folded_through);
                }
            }
        }
        let listed = &contents.manifest.chunks;
        if listed.iter().any(|one| lacks(&contents, &one.key)) {
            from = 0;
        }
        contents.chunks.sort();
        let bodies = self.entries.after(from);
        Some(with_log(contents, bodies.into_iter()))
    }
}

/// A state with these entries after it.
fn with_log(mut contents: Contents, bodies: impl Iterator<Item = Vec<u8>>) -> Contents {
    let numbers = contents.manifest.folded_through + 1..;
    let entries = bodies.zip(numbers);
    contents.log = entries
        .map(|(body, number)| LogEntry { number, body })
        .collect();
    contents
}

/// Makes records of the entries that led to a state and are in no record of the history, for each stretch of them one.
fn fill_gaps(history: &mut Vec<(String, Vec<u8>)>, led: &[&Linked]) {
    let known: BTreeSet<u64> = history
        .iter()
        .flat_map(|(_, body)| read_linked(body).entries)
        .map(|entry| entry.number)
        .collect();
    let lost = led.iter().rev().filter(|one| !known.contains(&one.number));
    // Nobody knows when they were folded; of their keys only the numbers are put in order.
    let month = history.iter().filter_map(|(key, _)| key.split_once('/'));
    let month = month.map(|(month, _)| month.to_owned()).max();
    let month = month.unwrap_or_else(|| "1970-01".to_owned());
    let mut stretches: Vec<(u64, Vec<u8>)> = Vec::new();
    for entry in lost {
        match stretches.last_mut() {
            Some((last, body)) if *last + 1 == entry.number => {
                *last = entry.number;
                body.extend(entry.to_text());
            }
            _ => stretches.push((entry.number, entry.to_text())),
        }
    }
    for (last, body) in stretches {
        history.push((format!("{month}/{last:012}"), body));
    }
}

/// Of these states, and of none at all, the one from which the entries lead furthest, and those entries.
fn furthest(states: Vec<Contents>, entries: &Entries) -> (Contents, Vec<Linked>) {
    let mut best = (Contents::default(), entries.follow(&Reach::default()));
    let reach_of = |base: &Contents, path: &[Linked]| {
        path.last()
            .map_or(base.manifest.folded_through, |last| last.number)
    };
    for state in states {
        let path = entries.follow(&Reach::of_state(&state));
        // Of two that lead as far, the one that holds more already: less has to be done again.
        let better = (reach_of(&state, &path), state.manifest.folded_through)
            > (reach_of(&best.0, &best.1), best.0.manifest.folded_through);
        if better {
            best = (state, path);
        }
    }
    best
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
pub(super) fn history_end(key: &str) -> Option<u64> {
    key.rsplit('/').next()?.parse().ok()
}
