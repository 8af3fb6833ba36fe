//! Which rows are seen, and in which order.

use std::cmp::Ordering;

/// What a cell is sorted by: numbers and ranks first, then words, then what is empty, whichever way round.
#[derive(Debug, Clone, PartialEq)]
pub enum SortKey {
    /// A number, or the rank of a grade on its scale.
    Number(f64),
    /// A word, in the form that words are compared in.
    Word(String),
    /// Nothing stands there.
    Empty,
}

impl SortKey {
    fn compare(&self, other: &SortKey, descending: bool) -> Ordering {
        let turned = |order: Ordering| if descending { order.reverse() } else { order };
        match (self, other) {
            (SortKey::Number(a), SortKey::Number(b)) => turned(a.total_cmp(b)),
            (SortKey::Word(a), SortKey::Word(b)) => turned(a.cmp(b)),
            (SortKey::Empty, SortKey::Empty) => Ordering::Equal,
            // What is empty comes last either way, or it would hide what is looked for.
            (SortKey::Empty, _) => Ordering::Greater,
            (_, SortKey::Empty) => Ordering::Less,
            (SortKey::Number(_), SortKey::Word(_)) => turned(Ordering::Less),
            (SortKey::Word(_), SortKey::Number(_)) => turned(Ordering::Greater),
        }
    }
}

/// The rows that are kept, in order of their keys; of equal ones, as they came.
pub fn sorted(kept: Vec<usize>, keys: &[SortKey], descending: bool) -> Vec<usize> {
    let mut rows = kept;
    let key = |row: &usize| keys.get(*row).unwrap_or(&SortKey::Empty);
    rows.sort_by(|a, b| key(a).compare(key(b), descending));
    rows
}

/// Whether a text is found in another, whatever its case.
pub fn matches(text: &str, wanted: &str) -> bool {
    let wanted = wanted.trim().to_lowercase();
    wanted.is_empty() || text.to_lowercase().contains(&wanted)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_empty_comes_last_either_way() {
        let keys = [
            SortKey::Empty,
            SortKey::Number(2.0),
            SortKey::Word("absent".to_owned()),
            SortKey::Number(1.0),
        ];
        let all = || (0..keys.len()).collect::<Vec<_>>();
        assert_eq!(sorted(all(), &keys, false), [3, 1, 2, 0]);
        assert_eq!(sorted(all(), &keys, true), [2, 1, 3, 0]);
        assert!(matches("Smith, Ann", " ANN") && !matches("Smith", "ann"));
    }

    proptest! {
        #[test]
        fn every_row_stays_and_equal_ones_as_they_came(
            keys in proptest::collection::vec(0_u8..4, 0..40),
            descending in any::<bool>(),
        ) {
            let keyed: Vec<SortKey> = keys.iter().map(|key| SortKey::Number(f64::from(*key))).collect();
            let order = sorted((0..keys.len()).collect(), &keyed, descending);
            let mut back = order.clone();
            back.sort_unstable();
            prop_assert_eq!(back, (0..keys.len()).collect::<Vec<_>>());
            for pair in order.windows(2) {
                let (a, b) = (keys[pair[0]], keys[pair[1]]);
                let ordered = if descending { a >= b } else { a <= b };
                prop_assert!(ordered);
                prop_assert!(a != b || pair[0] < pair[1]);
            }
        }
    }
}
