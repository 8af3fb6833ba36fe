//! Which of many rows or columns have elements while they are scrolled past.

use crate::axis::Span;

/// The rows or columns that have elements. It follows what is seen in strides: it stands still until what is seen comes
/// near its edge, and then moves as far ahead as it can, because to fill three columns at once costs the browser little more
/// than to fill one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Window {
    held: Span,
    seen: Span,
}

/// How large a [`Window`] is, and where it can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// The first that it can hold.
    pub first: usize,
    /// The one after the last.
    pub end: usize,
    /// How many it holds, if there are so many.
    pub size: usize,
    /// How many it holds at least beyond what is seen, on the side that is scrolled towards: what is scrolled is shown a
    /// moment before the program hears of it.
    pub ahead: usize,
}

impl Window {
    /// What it holds when this is seen, which is not more than its size.
    pub fn follow(&mut self, seen: Span, bounds: Bounds) -> Span {
        let Bounds {
            first,
            end,
            size,
            ahead,
        } = bounds;
        let size = size.min(end.saturating_sub(first));
        let backwards = seen.from < self.seen.from;
        self.seen = seen;
        let mut least = seen;
        if backwards {
            least.from = least.from.saturating_sub(ahead).max(first);
        } else {
            least.to = (least.to + ahead).min(end);
        }
        let held = self.held;
        let fits = held.len() == size && held.from >= first && held.to <= end;
        if !fits || least.from < held.from || least.to > held.to {
            let from = if backwards {
                seen.to.saturating_sub(size)
            } else {
                seen.from
            };
            let from = from.min(end.saturating_sub(size)).max(first);
            self.held = Span {
                from,
                to: from + size,
            };
        }
        self.held
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const BOUNDS: Bounds = Bounds {
        first: 2,
        end: 100,
        size: 10,
        ahead: 1,
    };

    fn span(from: usize, to: usize) -> Span {
        Span { from, to }
    }

    #[test]
    fn it_moves_in_strides() {
        let mut window = Window::default();
        assert_eq!(window.follow(span(2, 8), BOUNDS), span(2, 12));
        assert_eq!(window.follow(span(5, 11), BOUNDS), span(2, 12));
        // One more would be seen next, and has to be there.
        assert_eq!(window.follow(span(6, 12), BOUNDS), span(6, 16));
        assert_eq!(window.follow(span(9, 15), BOUNDS), span(6, 16));
        // The other way.
        assert_eq!(window.follow(span(7, 13), BOUNDS), span(6, 16));
        assert_eq!(window.follow(span(6, 12), BOUNDS), span(2, 12));
    }

    #[test]
    fn it_stays_while_nothing_moves() {
        let mut window = Window::default();
        let held = window.follow(span(40, 46), BOUNDS);
        assert_eq!(window.follow(span(40, 46), BOUNDS), held);
    }

    #[test]
    fn it_stops_at_both_ends() {
        let mut window = Window::default();
        assert_eq!(window.follow(span(94, 100), BOUNDS), span(90, 100));
        assert_eq!(window.follow(span(2, 8), BOUNDS), span(2, 12));
        let few = Bounds { end: 7, ..BOUNDS };
        assert_eq!(window.follow(span(2, 7), few), span(2, 7));
        let none = Bounds { end: 2, ..BOUNDS };
        assert!(window.follow(span(2, 2), none).is_empty());
    }

    proptest! {
        #[test]
        fn what_is_seen_has_elements_wherever_one_scrolls(
            first in 0_usize..4,
            count in 0_usize..200,
            opening in 1_usize..30,
            spare in 0_usize..8,
            ahead in 0_usize..4,
            steps in proptest::collection::vec(0_usize..200, 1..40),
        ) {
            let bounds = Bounds { first, end: first + count, size: opening + spare, ahead };
            let mut window = Window::default();
            let mut before = 0;
            for step in steps {
                let from = first + step.min(count.saturating_sub(1));
                let seen = span(from, (from + opening).min(bounds.end));
                let held = window.follow(seen, bounds);
                prop_assert_eq!(held.len(), bounds.size.min(count));
                prop_assert!(held.from >= first && held.to <= bounds.end);
                prop_assert!(seen.from >= held.from && seen.to <= held.to);
                if ahead <= spare && from > before {
                    prop_assert!(held.to >= (seen.to + ahead).min(bounds.end));
                }
                if ahead <= spare && from < before {
                    prop_assert!(held.from <= seen.from.saturating_sub(ahead).max(first));
                }
                before = from;
            }
        }
    }
}
