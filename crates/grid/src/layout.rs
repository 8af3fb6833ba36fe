//! How a person wants a grid: which columns, in which order, how wide, and which rows.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

/// The narrowest that a column can be made, in CSS pixels.
pub const NARROWEST: u16 = 40;
/// The widest.
pub const WIDEST: u16 = 800;

/// What the rows are sorted by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sort {
    /// Key of the column.
    pub column: String,
    /// Whether the largest goes first.
    pub descending: bool,
}

/// How a person wants a grid. Columns are named by their keys: one that is gone is passed over, a new one is shown
/// where its owner puts it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Layout {
    /// Columns that were moved: each stands before the one that it names, the last of all before nothing.
    pub order: Vec<String>,
    /// Columns that are not shown.
    pub hidden: BTreeSet<String>,
    /// Widths that were changed, in CSS pixels.
    pub widths: BTreeMap<String, u16>,
    /// What the rows are sorted by.
    pub sort: Option<Sort>,
    /// What the text of a column must hold for a row to be shown.
    pub filters: BTreeMap<String, String>,
}

impl Layout {
    /// The columns to show, as places in `keys`: first those that never scroll, in their own order, then the others.
    pub fn shown(&self, keys: &[&str], frozen: usize) -> Vec<usize> {
        let frozen = frozen.min(keys.len());
        let held = 0..frozen;
        let mut free: Vec<usize> = (frozen..keys.len()).collect();
        // Those that a person has put in order stand in it, from where the first of them stood; all others stay.
        let ranked = |place: &usize| self.order.iter().position(|key| key == keys[*place]);
        let slots: Vec<usize> = (0..free.len())
            .filter(|slot| ranked(&free[*slot]).is_some())
            .collect();
        let mut known: Vec<usize> = slots.iter().map(|slot| free[*slot]).collect();
        known.sort_by_key(|place| ranked(place));
        for (slot, place) in slots.into_iter().zip(known) {
            free[slot] = place;
        }
        held.chain(free)
            .filter(|place| *place < frozen || !self.hidden.contains(keys[*place]))
            .collect()
    }

    /// How wide a column is, where its owner would have it so wide.
    pub fn width(&self, key: &str, usual: u16) -> u16 {
        self.widths.get(key).copied().unwrap_or(usual)
    }

    /// Makes a column as wide as it may be.
    pub fn set_width(&mut self, key: &str, width: u16) {
        self.widths
            .insert(key.to_owned(), width.clamp(NARROWEST, WIDEST));
    }

    /// Moves a column one place among those shown; whether there was a place.
    pub fn shift(&mut self, keys: &[&str], frozen: usize, key: &str, right: bool) -> bool {
        let shown = self.shown(keys, frozen);
        let Some(now) = shown.iter().position(|place| keys[*place] == key) else {
            return false;
        };
        let gap = if right {
            Some(now + 2)
        } else {
            now.checked_sub(1)
        };
        gap.is_some_and(|gap| gap <= shown.len() && self.put(keys, frozen, key, gap))
    }

    /// Moves a column into a gap: before the column at this place among those shown, or after them all. Those that never
    /// scroll stay, and nothing goes between them; whether anything moved.
    pub fn put(&mut self, keys: &[&str], frozen: usize, key: &str, gap: usize) -> bool {
        let frozen = frozen.min(keys.len());
        let shown = self.shown(keys, frozen);
        let mut free: Vec<&str> = shown[frozen..].iter().map(|place| keys[*place]).collect();
        let Some(now) = free.iter().position(|held| *held == key) else {
            return false;
        };
        let gap = gap.saturating_sub(frozen).min(free.len());
        let to = if gap > now { gap - 1 } else { gap };
        if to == now {
            return false;
        }
        let moved = free.remove(now);
        free.insert(to, moved);
        self.order = free.into_iter().map(str::to_owned).collect();
        true
    }

    /// Sorts by a column, or as the rows came.
    pub fn sort_by(&mut self, sort: Option<(&str, bool)>) {
        self.sort = sort.map(|(column, descending)| Sort {
            column: column.to_owned(),
            descending,
        });
    }

    /// Shows only the rows whose text in a column holds this; all of them where it is empty.
    pub fn filter(&mut self, key: &str, wanted: &str) {
        if wanted.trim().is_empty() {
            self.filters.remove(key);
        } else {
            self.filters.insert(key.to_owned(), wanted.to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const KEYS: [&str; 5] = ["name", "a", "b", "c", "d"];

    #[test]
    fn a_column_moves_past_its_neighbour_and_not_into_the_frozen_ones() {
        let mut layout = Layout::default();
        assert!(layout.shift(&KEYS, 1, "b", false));
        assert_eq!(layout.shown(&KEYS, 1), [0, 2, 1, 3, 4]);
        assert!(!layout.shift(&KEYS, 1, "b", false));
        layout.hidden.insert("a".to_owned());
        assert!(layout.shift(&KEYS, 1, "b", true));
        assert_eq!(layout.shown(&KEYS, 1), [0, 3, 2, 4]);
        layout.hidden.clear();
        assert_eq!(layout.shown(&KEYS, 1).len(), 5);
        layout.set_width("a", 1);
        assert_eq!(
            (layout.width("a", 90), layout.width("b", 90)),
            (NARROWEST, 90)
        );
    }

    #[test]
    fn a_column_is_put_into_a_gap_and_its_own_two_change_nothing() {
        let put = |key, gap| {
            let mut layout = Layout::default();
            let moved = layout.put(&KEYS, 1, key, gap);
            (moved, layout.shown(&KEYS, 1))
        };
        assert_eq!(put("a", 4), (true, vec![0, 2, 3, 1, 4]));
        assert_eq!(put("d", 2), (true, vec![0, 1, 4, 2, 3]));
        assert_eq!(put("b", 5), (true, vec![0, 1, 3, 4, 2]));
        assert_eq!(put("b", 99), (true, vec![0, 1, 3, 4, 2]));
        for gap in [2, 3] {
            assert_eq!(put("b", gap), (false, vec![0, 1, 2, 3, 4]));
        }
        assert_eq!(put("d", 0), (true, vec![0, 4, 1, 2, 3]));
        assert_eq!(put("name", 3), (false, vec![0, 1, 2, 3, 4]));
        assert_eq!(put("gone", 3), (false, vec![0, 1, 2, 3, 4]));
    }

    #[test]
    fn a_new_column_stands_where_its_owner_puts_it() {
        let layout = Layout {
            order: ["c", "a", "gone"].map(str::to_owned).to_vec(),
            ..Layout::default()
        };
        assert_eq!(layout.shown(&KEYS, 1), [0, 3, 2, 1, 4]);
    }

    proptest! {
        #[test]
        fn a_column_that_is_put_somewhere_stands_there_and_the_others_as_they_did(
            hidden in proptest::collection::btree_set(0_usize..5, 0..3),
            frozen in 0_usize..4,
            moves in proptest::collection::vec((0_usize..5, 0_usize..7), 1..6),
        ) {
            let mut layout = Layout {
                hidden: hidden.iter().map(|place| KEYS[*place].to_owned()).collect(),
                ..Layout::default()
            };
            for (column, gap) in moves {
                let before = layout.shown(&KEYS, frozen);
                let moved = layout.put(&KEYS, frozen, KEYS[column], gap);
                let after = layout.shown(&KEYS, frozen);
                prop_assert_eq!(moved, before != after);
                prop_assert_eq!(&before[..frozen], &after[..frozen]);
                let without = |list: &[usize]| -> Vec<usize> {
                    list.iter().copied().filter(|held| *held != column).collect()
                };
                prop_assert_eq!(without(&before), without(&after));
                if moved {
                    let gap = gap.clamp(frozen, before.len());
                    prop_assert_eq!(without(&after[..gap]), without(&before[..gap]));
                }
            }
        }

        #[test]
        fn every_column_that_is_not_hidden_is_shown_once(
            order in proptest::collection::vec(0_usize..5, 0..8),
            hidden in proptest::collection::btree_set(0_usize..5, 0..4),
            frozen in 0_usize..6,
        ) {
            let named = |place: &usize| KEYS[*place].to_owned();
            let layout = Layout {
                order: order.iter().map(named).collect(),
                hidden: hidden.iter().map(named).collect(),
                ..Layout::default()
            };
            let mut shown = layout.shown(&KEYS, frozen);
            let count = shown.len();
            shown.sort_unstable();
            shown.dedup();
            prop_assert_eq!(shown.len(), count);
            let wanted: Vec<usize> = (0..5).filter(|place| *place < frozen || !hidden.contains(place)).collect();
            prop_assert_eq!(shown, wanted);
        }
    }
}
