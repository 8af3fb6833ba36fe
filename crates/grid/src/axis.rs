//! How wide things are, and which of them are to be seen. Lengths are whole CSS pixels.

/// Rows or columns from one on, without the last.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Span {
    /// The first.
    pub from: usize,
    /// The one after the last.
    pub to: usize,
}

impl Span {
    /// How many there are.
    pub fn len(self) -> usize {
        self.to.saturating_sub(self.from)
    }

    /// Whether there is none.
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// Whether it holds this one.
    pub fn holds(self, place: usize) -> bool {
        (self.from..self.to).contains(&place)
    }
}

/// Rows: all of the same height.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rows {
    /// How many there are.
    pub count: usize,
    /// How high each is; at least 1.
    pub height: usize,
}

impl Rows {
    /// How high all of them are.
    pub fn total(self) -> usize {
        self.count * self.height
    }

    /// Where a row begins.
    pub fn top(self, row: usize) -> usize {
        row * self.height
    }

    /// The row at a distance from the first one's begin; the last one beyond it.
    pub fn at(self, distance: usize) -> usize {
        (distance / self.height.max(1)).min(self.count.saturating_sub(1))
    }

    /// The rows that are to be seen through an opening.
    pub fn seen(self, from: usize, opening: usize) -> Span {
        if self.count == 0 {
            return Span::default();
        }
        let last = from + opening.saturating_sub(1);
        Span {
            from: self.at(from),
            to: self.at(last) + 1,
        }
    }
}

/// Columns: the first few never scroll away, each has a width of its own.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Columns {
    /// Where each begins, and at last where they end. Those that scroll begin anew at 0.
    edges: Vec<usize>,
    frozen_edges: Vec<usize>,
}

impl Columns {
    /// Columns of these widths, of which the first `frozen` do not scroll.
    pub fn new(widths: &[usize], frozen: usize) -> Columns {
        let (held, free) = widths.split_at(frozen.min(widths.len()));
        Columns {
            edges: edges(free),
            frozen_edges: edges(held),
        }
    }

    /// How many of the columns that are not to scroll can be held where all columns have only so much room: all of them,
    /// unless they would leave less than a third of it to the others; then as many as leave so much, and always the first.
    pub fn held(widths: &[usize], frozen: usize, room: usize) -> usize {
        let most = room - room / 3;
        let fitting = edges(widths.get(..frozen).unwrap_or(widths))
            .into_iter()
            .skip(1)
            .take_while(|end| *end <= most)
            .count();
        if room == 0 {
            frozen
        } else {
            fitting.max(frozen.min(1))
        }
    }

    /// How many do not scroll.
    pub fn frozen(&self) -> usize {
        self.frozen_edges.len().saturating_sub(1)
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.frozen() + self.edges.len().saturating_sub(1)
    }

    /// How wide those are that do not scroll.
    pub fn frozen_total(&self) -> usize {
        self.frozen_edges.last().copied().unwrap_or(0)
    }

    /// How wide those are that do.
    pub fn total(&self) -> usize {
        self.edges.last().copied().unwrap_or(0)
    }

    /// Where a column begins, among those that scroll or those that do not, and how wide it is.
    pub fn place(&self, column: usize) -> (usize, usize) {
        let frozen = self.frozen();
        let (edges, own) = if column < frozen {
            (&self.frozen_edges, column)
        } else {
            (&self.edges, column - frozen)
        };
        match (edges.get(own), edges.get(own + 1)) {
            (Some(from), Some(to)) => (*from, to - from),
            _ => (edges.last().copied().unwrap_or(0), 0),
        }
    }

    /// The columns that scroll and are to be seen through an opening.
    pub fn seen(&self, from: usize, opening: usize) -> Span {
        let frozen = self.frozen();
        let free = self.count() - frozen;
        let until = from + opening;
        // The edges rise: the first is that of the last column that begins no later.
        let first = self.edges.partition_point(|edge| *edge <= from);
        let after = self.edges.partition_point(|edge| *edge < until);
        let first = first.saturating_sub(1).min(free);
        Span {
            from: frozen + first,
            to: frozen + after.min(free).max(first),
        }
    }

    /// The column at a distance from the first one's begin, frozen or scrolled; the nearest beyond the ends.
    pub fn at(&self, distance: usize, is_frozen: bool) -> usize {
        let frozen = self.frozen();
        let (edges, before) = if is_frozen {
            (&self.frozen_edges, 0)
        } else {
            (&self.edges, frozen)
        };
        let own = edges.partition_point(|edge| *edge <= distance);
        let own = own.saturating_sub(1).min(edges.len().saturating_sub(2));
        before + own
    }

    /// The gap between columns that scroll which is nearest to a distance from the first one's begin, as the place of the
    /// column after it: at the middle of a column it is the one after that column.
    pub fn gap(&self, distance: usize) -> usize {
        let middles = self.edges.windows(2);
        let before = middles.take_while(|edge| edge[0] + edge[1] <= 2 * distance);
        self.frozen() + before.count()
    }
}

fn edges(widths: &[usize]) -> Vec<usize> {
    let mut sum = 0;
    let mut edges = vec![0];
    edges.extend(widths.iter().map(|width| {
        sum += width;
        sum
    }));
    edges
}

/// How far to scroll so that a length is seen whole: the nearest such distance, where it is not seen already.
pub fn scrolled_to(now: usize, opening: usize, from: usize, length: usize) -> usize {
    if from < now || length >= opening {
        from
    } else if from + length > now + opening {
        from + length - opening
    } else {
        now
    }
}

/// How near to an edge what is dragged scrolls, in CSS pixels.
const PULLS: usize = 24;

/// Which way to scroll while something is dragged at a place of an opening from one place to another: -1 towards the
/// beginning, 1 towards the end, 0 where it is not at an edge.
pub fn pulled(at: usize, from: usize, to: usize) -> i32 {
    match (at < from + PULLS, at + PULLS > to) {
        (true, false) => -1,
        (false, true) => 1,
        // In an opening so narrow neither is meant.
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn rows_through_an_opening() {
        let rows = Rows {
            count: 10,
            height: 28,
        };
        assert_eq!(rows.seen(0, 56), Span { from: 0, to: 2 });
        assert_eq!(rows.seen(1, 56), Span { from: 0, to: 3 });
        assert_eq!(rows.seen(270, 500), Span { from: 9, to: 10 });
        let none = Rows { count: 0, ..rows };
        assert!(none.seen(0, 100).is_empty());
    }

    #[test]
    fn columns_that_are_held_leave_room_for_those_that_scroll() {
        let widths = [176, 104, 136, 64, 96, 104, 80, 80];
        let held = |room| Columns::held(&widths, 6, room);
        assert_eq!(held(1118), 6, "680 of 1118");
        assert_eq!(held(1020), 6, "680 of 1020 is two thirds");
        assert_eq!(held(1018), 5);
        assert_eq!(held(680), 3);
        assert_eq!(held(100), 1, "whose row it is can always be seen");
        assert_eq!(held(0), 6, "nobody has measured yet");
        assert_eq!(Columns::held(&widths, 0, 500), 0);
        assert_eq!(Columns::held(&[10], 6, 500), 1);
    }

    #[test]
    fn the_frozen_columns_are_measured_by_themselves() {
        let columns = Columns::new(&[200, 50, 60, 70], 2);
        assert_eq!(columns.place(1), (200, 50));
        assert_eq!(columns.place(2), (0, 60));
        assert_eq!(columns.place(3), (60, 70));
        assert_eq!(columns.place(9), (130, 0));
        assert_eq!((columns.frozen_total(), columns.total()), (250, 130));
        assert_eq!(columns.seen(0, 60), Span { from: 2, to: 3 });
        assert_eq!(columns.seen(60, 10), Span { from: 3, to: 4 });
        assert_eq!(columns.at(0, true), 0);
        assert_eq!(columns.at(999, false), 3);
        assert!(Columns::new(&[], 0).seen(0, 100).is_empty());
    }

    #[test]
    fn a_gap_is_the_nearest_one_and_never_among_the_frozen_columns() {
        let columns = Columns::new(&[200, 50, 60, 71], 2);
        let gaps = [0, 29, 30, 60, 95, 96, 131, 9999].map(|distance| columns.gap(distance));
        assert_eq!(gaps, [2, 2, 3, 3, 3, 4, 4, 4]);
        assert_eq!(Columns::new(&[200], 1).gap(50), 1);
        assert_eq!(Columns::new(&[], 0).gap(50), 0);
    }

    #[test]
    fn what_is_dragged_scrolls_at_the_edges_of_the_opening() {
        let pulls = [0, 100, 123, 124, 376, 377, 400, 900].map(|at| pulled(at, 100, 400));
        assert_eq!(pulls, [-1, -1, -1, 0, 0, 1, 1, 1]);
        assert_eq!(pulled(20, 0, 40), 0);
    }

    #[test]
    fn no_further_than_needed() {
        assert_eq!(scrolled_to(100, 50, 110, 20), 100);
        assert_eq!(scrolled_to(100, 50, 90, 20), 90);
        assert_eq!(scrolled_to(100, 50, 140, 20), 110);
        assert_eq!(scrolled_to(100, 50, 120, 80), 120);
    }

    proptest! {
        #[test]
        fn every_column_through_the_opening_is_seen_and_no_other(
            widths in proptest::collection::vec(1_usize..120, 1..60),
            frozen in 0_usize..4,
            from in 0_usize..3000,
            opening in 1_usize..1500,
        ) {
            let columns = Columns::new(&widths, frozen);
            let seen = columns.seen(from, opening);
            for column in columns.frozen()..columns.count() {
                let (left, width) = columns.place(column);
                let inside = left < from + opening && left + width > from;
                if inside {
                    prop_assert!(seen.holds(column), "{column} of {seen:?}");
                }
            }
            prop_assert!(seen.to <= columns.count());
        }
    }
}
