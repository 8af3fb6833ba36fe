//! What two copies together know of one school: the longest history that fits, and what stands beside it.

use std::collections::{BTreeMap, BTreeSet};

use crate::chain::Linked;
use crate::load::{Contents, LogEntry};
use crate::record::body_hash;

/// Where a history has come to: the number of its last entry and that entry's link.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Reach {
    pub(super) number: u64,
    pub(super) link: String,
}

impl Reach {
    pub(super) fn new(number: u64, link: &str) -> Self {
        Self {
            number,
            link: link.to_owned(),
        }
    }

    pub(super) fn of_state(contents: &Contents) -> Self {
        Self::new(contents.manifest.folded_through, &contents.manifest.link)
    }
}

/// The log of a database with its links.
pub(super) fn linked_log(contents: &Contents) -> Vec<Linked> {
    let mut reach = Reach::of_state(contents);
    let mut linked = Vec::with_capacity(contents.log.len());
    for entry in &contents.log {
        let entry = Linked::after(&reach.link, entry.number, entry.body.clone());
        reach = Reach::new(entry.number, &entry.link);
        linked.push(entry);
    }
    linked
}

/// Entries of all sources, by number.
#[derive(Debug, Clone, Default)]
pub(crate) struct Entries {
    linked: BTreeMap<u64, Vec<Linked>>,
    /// Of a damaged log: what came before such an entry is not known, so neither is its link.
    loose: BTreeMap<u64, Vec<u8>>,
}

impl Entries {
    pub(crate) fn add(&mut self, entries: impl IntoIterator<Item = Linked>) {
        for entry in entries {
            let known = self.linked.entry(entry.number).or_default();
            if known.iter().all(|one| one.link != entry.link) {
                known.push(entry);
            }
        }
    }

    /// Whether this entry is among them.
    pub(super) fn holds(&self, entry: &Linked) -> bool {
        let known = self.linked.get(&entry.number);
        known.is_some_and(|known| known.iter().any(|one| one.link == entry.link))
    }

    pub(super) fn add_loose(&mut self, entries: &[LogEntry]) {
        for entry in entries {
            self.loose.insert(entry.number, entry.body.clone());
        }
    }

    /// The highest number of all.
    pub(super) fn last(&self) -> u64 {
        let linked = self.linked.last_key_value().map(|(number, _)| *number);
        let loose = self.loose.last_key_value().map(|(number, _)| *number);
        linked.max(loose).unwrap_or_default()
    }

    /// Bodies of all entries with a higher number, in their order, each once.
    pub(super) fn after(&self, from: u64) -> Vec<Vec<u8>> {
        let linked = self.linked.values().flatten();
        let linked = linked.map(|entry| (entry.number, &entry.body));
        let loose = self.loose.iter().map(|(number, body)| (*number, body));
        let mut after: Vec<(u64, &Vec<u8>)> = linked
            .chain(loose)
            .filter(|(number, _)| *number > from)
            .collect();
        after.sort();
        after.dedup();
        after.into_iter().map(|(_, body)| body.clone()).collect()
    }

    /// The entries that follow a place, one after the other; where there are several, those that lead furthest.
    pub(super) fn follow(&self, from: &Reach) -> Vec<Linked> {
        let mut path: Vec<Linked> = Vec::new();
        let mut at = from.clone();
        loop {
            let next = at.number + 1;
            let candidates = self.linked.get(&next).map_or(&[][..], Vec::as_slice);
            let mut fitting: Vec<&Linked> = candidates
                .iter()
                .filter(|one| one.before == at.link)
                .collect();
            if fitting.len() > 1 {
                // Rare, so that following each to its end costs nothing that matters.
                fitting.sort_by_cached_key(|one| self.follow(&Reach::new(next, &one.link)).len());
            }
            let entry = match (fitting.last(), self.loose.get(&next)) {
                (Some(entry), _) => (*entry).clone(),
                (None, Some(body)) => Linked::after(&at.link, next, body.clone()),
                (None, None) => return path,
            };
            at = Reach::new(next, &entry.link);
            path.push(entry);
        }
    }

    /// The entries that led to a place, as far back as they are known, the last one first.
    pub(super) fn led_to(&self, place: &Reach) -> Vec<&Linked> {
        let mut back = Vec::new();
        let mut link = place.link.as_str();
        for number in (1..=place.number).rev() {
            let known = self.linked.get(&number).map_or(&[][..], Vec::as_slice);
            let Some(entry) = known.iter().find(|one| one.link == link) else {
                break;
            };
            link = &entry.before;
            back.push(entry);
        }
        back
    }

    /// Bodies of entries that are not part of the history that led to `base` and goes on with `path`. What lies so
    /// far back that this cannot be told is taken for a part of it.
    pub(super) fn beside(&self, base: &Reach, path: &[Linked]) -> Vec<Vec<u8>> {
        let led = self.led_to(base);
        let known_from = led.last().map_or(base.number + 1, |first| first.number);
        let within: BTreeSet<String> = led
            .into_iter()
            .chain(path)
            .map(|entry| body_hash(&entry.body))
            .collect();
        let linked = self.linked.values().flatten();
        let linked = linked.map(|entry| (entry.number, &entry.body));
        let loose = self.loose.iter().map(|(number, body)| (*number, body));
        let mut seen = BTreeSet::new();
        let mut beside: Vec<(u64, Vec<u8>)> = Vec::new();
        for (number, body) in linked.chain(loose) {
            let hash = body_hash(body);
            if number >= known_from && !within.contains(&hash) && seen.insert(hash) {
                beside.push((number, body.clone()));
            }
        }
        beside.sort_by_key(|(number, _)| *number);
        beside.into_iter().map(|(_, body)| body).collect()
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    /// Entries that follow each other from a place.
    fn chain(from: &Reach, bodies: &[&str]) -> Vec<Linked> {
        let mut at = from.clone();
        let mut entries = Vec::new();
        for body in bodies {
            let entry = Linked::after(&at.link, at.number + 1, body.as_bytes().to_vec());
            at = Reach::new(entry.number, &entry.link);
            entries.push(entry);
        }
        entries
    }

    fn bodies(entries: &[Linked]) -> Vec<&str> {
        entries
            .iter()
            .filter_map(|one| std::str::from_utf8(&one.body).ok())
            .collect()
    }

    #[test]
    fn two_sources_with_gaps_make_one_history() {
        let all = chain(&Reach::default(), &["a", "b", "c", "d"]);
        let mut entries = Entries::default();
        entries.add([all[0].clone(), all[2].clone()]);
        entries.add([all[1].clone(), all[3].clone(), all[2].clone()]);
        assert_eq!(
            bodies(&entries.follow(&Reach::default())),
            ["a", "b", "c", "d"]
        );
        assert!(entries.beside(&Reach::default(), &all).is_empty());
        assert_eq!(entries.last(), 4);
    }

    #[test]
    fn of_two_histories_the_longer_is_followed_and_the_other_stands_beside() {
        let start = chain(&Reach::default(), &["a"]);
        let fork = Reach::new(1, &start[0].link);
        let (short, long) = (chain(&fork, &["x"]), chain(&fork, &["b", "c"]));
        let mut entries = Entries::default();
        entries.add(start);
        entries.add(short);
        entries.add(long);
        let path = entries.follow(&Reach::default());
        assert_eq!(bodies(&path), ["a", "b", "c"]);
        assert_eq!(entries.beside(&Reach::default(), &path), [b"x".to_vec()]);
        // From beyond the fork, with what led there known.
        let base = Reach::new(3, &path[2].link);
        assert_eq!(entries.beside(&base, &[]), [b"x".to_vec()]);
    }

    #[test]
    fn what_lies_further_back_than_is_known_is_a_part() {
        let all = chain(&Reach::default(), &["a", "b", "c", "d"]);
        let mut entries = Entries::default();
        entries.add([all[0].clone(), all[3].clone()]);
        let base = Reach::new(2, &all[1].link);
        assert!(entries.beside(&base, &[]).iter().all(|body| body != b"a"));
        assert_eq!(entries.beside(&base, &[]), [b"d".to_vec()]);
    }

    #[test]
    fn an_entry_whose_link_is_lost_still_follows() {
        let all = chain(&Reach::default(), &["a", "b", "c"]);
        let mut entries = Entries::default();
        entries.add([all[0].clone(), all[2].clone()]);
        entries.add_loose(&[LogEntry {
            number: 2,
            body: b"b".to_vec(),
        }]);
        assert_eq!(bodies(&entries.follow(&Reach::default())), ["a", "b", "c"]);
    }
}
