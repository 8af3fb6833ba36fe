//! Places of cells, and blocks of them.

use std::ops::RangeInclusive;

/// How many rows and columns are seen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Size {
    /// Rows, without the header.
    pub rows: usize,
    /// Columns.
    pub columns: usize,
}

/// Where a cell is seen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The row, from 0.
    pub row: usize,
    /// The column, from 0.
    pub column: usize,
}

impl Place {
    /// A place.
    pub fn new(row: usize, column: usize) -> Place {
        Place { row, column }
    }

    /// The nearest place that there is; the first one where there is none.
    pub fn within(self, size: Size) -> Place {
        Place {
            row: self.row.min(size.rows.saturating_sub(1)),
            column: self.column.min(size.columns.saturating_sub(1)),
        }
    }
}

/// A rectangle of cells; it holds at least one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Block {
    first: Place,
    last: Place,
}

impl Block {
    /// One cell.
    pub fn one(place: Place) -> Block {
        Block {
            first: place,
            last: place,
        }
    }

    /// The rectangle with these two corners, whichever they are.
    pub fn between(a: Place, b: Place) -> Block {
        Block {
            first: Place::new(a.row.min(b.row), a.column.min(b.column)),
            last: Place::new(a.row.max(b.row), a.column.max(b.column)),
        }
    }

    /// Its upper left cell.
    pub fn first(self) -> Place {
        self.first
    }

    /// Its lower right cell.
    pub fn last(self) -> Place {
        self.last
    }

    /// Its rows.
    pub fn rows(self) -> RangeInclusive<usize> {
        self.first.row..=self.last.row
    }

    /// Its columns.
    pub fn columns(self) -> RangeInclusive<usize> {
        self.first.column..=self.last.column
    }

    /// How many rows it has.
    pub fn height(self) -> usize {
        self.last.row - self.first.row + 1
    }

    /// How many columns it has.
    pub fn width(self) -> usize {
        self.last.column - self.first.column + 1
    }

    /// Whether it is a single cell.
    pub fn is_one(self) -> bool {
        self.first == self.last
    }

    /// Whether it holds a place.
    pub fn holds(self, place: Place) -> bool {
        self.rows().contains(&place.row) && self.columns().contains(&place.column)
    }

    /// Its places, row by row.
    pub fn places(self) -> impl Iterator<Item = Place> {
        self.rows()
            .flat_map(move |row| self.columns().map(move |column| Place::new(row, column)))
    }

    /// As much of it as there is; nothing where none of it is there any more.
    pub fn within(self, size: Size) -> Option<Block> {
        (self.first.row < size.rows && self.first.column < size.columns).then(|| Block {
            first: self.first,
            last: self.last.within(size),
        })
    }

    /// What a drag of its lower right corner to a place adds to it: downwards or to the right, whichever is further
    /// away; nothing where the place lies inside or before it.
    pub fn dragged_to(self, to: Place) -> Option<Block> {
        let down = to.row.saturating_sub(self.last.row);
        let right = to.column.saturating_sub(self.last.column);
        if down == 0 && right == 0 {
            None
        } else if down >= right {
            Some(Block {
                first: Place::new(self.last.row + 1, self.first.column),
                last: Place::new(to.row, self.last.column),
            })
        } else {
            Some(Block {
                first: Place::new(self.first.row, self.last.column + 1),
                last: Place::new(self.last.row, to.column),
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_is_the_same_from_every_corner() {
        let block = Block::between(Place::new(4, 1), Place::new(2, 3));
        assert_eq!(block, Block::between(Place::new(2, 1), Place::new(4, 3)));
        assert_eq!((block.height(), block.width()), (3, 3));
        assert_eq!(block.places().count(), 9);
        assert!(block.holds(Place::new(3, 2)) && !block.holds(Place::new(3, 4)));
    }

    #[test]
    fn a_drag_adds_rows_or_columns_and_never_both() {
        let block = Block::between(Place::new(0, 0), Place::new(1, 1));
        let down = block.dragged_to(Place::new(4, 1));
        assert_eq!(
            down,
            Some(Block::between(Place::new(2, 0), Place::new(4, 1)))
        );
        let right = block.dragged_to(Place::new(2, 5));
        assert_eq!(
            right,
            Some(Block::between(Place::new(0, 2), Place::new(1, 5)))
        );
        assert_eq!(block.dragged_to(Place::new(1, 0)), None);
    }

    #[test]
    fn what_is_gone_of_a_block_is_left_out() {
        let block = Block::between(Place::new(1, 1), Place::new(9, 9));
        let size = Size {
            rows: 3,
            columns: 20,
        };
        assert_eq!(
            block.within(size),
            Some(Block::between(Place::new(1, 1), Place::new(2, 9)))
        );
        assert_eq!(block.within(Size::default()), None);
    }
}
