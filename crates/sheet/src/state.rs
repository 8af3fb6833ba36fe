//! What a sheet knows: its owner's rows and columns as a person wants them, the hands, and the elements.

use std::rc::Rc;

use flightpath_grid::hands::{Field, Kind};
use flightpath_grid::rows::{SortKey, matches, sorted};
use flightpath_grid::{Block, Columns, Hands, Layout, Place, Rows, Size, Window};
use web_sys::{HtmlElement, Text};

use crate::dom::length;
use crate::editor::{Followed, Typing};
use crate::frame::Frame;
use crate::source::{Column, Edit, Look, Source};

/// An element of a cell, and what it shows.
#[derive(Debug)]
pub struct CellSlot {
    pub node: HtmlElement,
    pub text: Text,
    /// The column whose cell it is now.
    pub column: Option<usize>,
    /// How far in it stands and how wide it is, in CSS pixels.
    pub across: (usize, usize),
    /// Its class.
    pub class: &'static str,
    /// What it shows.
    pub look: Look,
}

/// An element of the header.
#[derive(Debug)]
pub struct HeadSlot {
    /// With the title as its text.
    pub cell: CellSlot,
    /// What the values are of.
    pub unit: Text,
}

/// The elements of a row in both panes, and which row they show.
#[derive(Debug)]
pub struct RowSlot {
    pub held: HtmlElement,
    pub free: HtmlElement,
    pub held_cells: Vec<CellSlot>,
    pub free_cells: Vec<CellSlot>,
    /// The row whose cells they are now.
    pub row: Option<usize>,
}

/// Lengths in CSS pixels.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Lengths {
    /// How high a row is.
    pub row: usize,
    /// How high the header is.
    pub head: usize,
    /// How high the last line is; nothing where there is none.
    pub foot: usize,
    /// How wide the opening is.
    pub width: usize,
    /// How high the opening is, header and last line included.
    pub height: usize,
    /// How far it is scrolled to the right.
    pub left: usize,
    /// How far it is scrolled down.
    pub top: usize,
}

/// What a cell is about: the same wherever its row and its column come to stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    /// The row's key.
    pub row: u128,
    /// The column's.
    pub column: String,
}

/// Where a sheet stood before it had room for fewer held columns, and where that has brought it: how far it is scrolled to
/// the right, in CSS pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Aside {
    was: usize,
    is: usize,
}

/// What a sheet knows.
pub struct State {
    pub source: Rc<dyn Source>,
    pub layout: Layout,
    pub frame: Frame,
    pub prefix: String,
    pub columns: Rc<[Column]>,
    pub frozen: usize,
    /// The columns that are seen, as the owner counts them.
    pub shown: Vec<usize>,
    /// The rows that are seen, as the owner counts them.
    pub order: Vec<usize>,
    /// What the owner's rows were about when it was asked last, whether they are seen or not.
    pub rows_there: Vec<u128>,
    pub axis: Columns,
    pub hands: Hands,
    pub lengths: Lengths,
    /// What less room has pushed aside.
    pub aside: Option<Aside>,
    /// The ring of rows.
    pub slots: Vec<RowSlot>,
    /// The rows and the free columns that have elements.
    pub row_window: Window,
    pub column_window: Window,
    /// The header's cells, held and free.
    pub heads: Vec<HeadSlot>,
    /// The last line's; none where no column has anything there.
    pub feet: Vec<CellSlot>,
    /// Lines between the columns.
    pub lines: Vec<HtmlElement>,
    /// The cell that is typed into.
    pub editing: Option<Typing>,
    /// How much the person typed, without what was completed.
    pub typed_length: usize,
    /// The active cell's element as it was told last, and what describes it.
    pub told_active: Option<(HtmlElement, String)>,
    /// A cell's look, kept for its memory.
    pub spare: Look,
}

impl State {
    /// How many cells are seen or can be scrolled to.
    pub fn size(&self) -> Size {
        Size {
            rows: self.order.len(),
            columns: self.shown.len(),
        }
    }

    /// The rows as lengths.
    pub fn rows(&self) -> Rows {
        Rows {
            count: self.order.len(),
            height: self.lengths.row.max(1),
        }
    }

    /// The owner's row and column at a place.
    pub fn at(&self, place: Place) -> Option<(usize, usize)> {
        Some((*self.order.get(place.row)?, *self.shown.get(place.column)?))
    }

    /// Where a cell of the owner's is seen.
    pub fn place_of(&self, row: usize, column: usize) -> Option<Place> {
        let row = self.order.iter().position(|own| *own == row)?;
        let column = self.shown.iter().position(|own| *own == column)?;
        Some(Place::new(row, column))
    }

    /// What the cell at a place is about, as the owner was asked last.
    pub fn about_cell(&self, place: Place) -> Option<About> {
        let (row, column) = self.at(place)?;
        Some(About {
            row: *self.rows_there.get(row)?,
            column: self.columns.get(column)?.key.clone(),
        })
    }

    /// The owner's row and column of what a cell was about, as they are now.
    pub fn owners(&self, about: &About) -> Option<(usize, usize)> {
        let row = (0..self.source.rows()).find(|row| self.source.row_key(*row) == about.row)?;
        let columns = self.source.columns();
        let column = columns.iter().position(|held| held.key == about.column)?;
        Some((row, column))
    }

    /// What the chosen rows and columns are about.
    fn about_chosen(&self) -> (Vec<Option<u128>>, Vec<Option<&str>>) {
        let block = self.hands.chosen();
        let rows = block.into_iter().flat_map(Block::rows).map(|row| {
            let row = *self.order.get(row)?;
            self.rows_there.get(row).copied()
        });
        let columns = block.into_iter().flat_map(Block::columns).map(|column| {
            let column = self.columns.get(*self.shown.get(column)?)?;
            Some(column.key.as_str())
        });
        (rows.collect(), columns.collect())
    }

    /// Shows rows or columns that are others now, or stand elsewhere. The hands, and what is being typed, stay with what
    /// they were about; of several cells that were chosen only the active one, where others have come among them.
    pub fn follow(&mut self) -> Followed {
        let active = self.about_cell(self.hands.active());
        let (rows, columns) = self.about_chosen();
        let columns: Vec<_> = columns
            .into_iter()
            .map(|key| key.map(str::to_owned))
            .collect();
        self.rearrange();
        if self.editing.is_some() {
            let followed = self.follow_typed();
            self.paint_marks();
            return followed;
        }
        let is = self.hands.active();
        let place = active
            .and_then(|about| self.owners(&about))
            .map_or(is, |(row, column)| {
                let place = |shown: &[usize], own| shown.iter().position(|held| *held == own);
                Place::new(
                    place(&self.order, row).unwrap_or(is.row),
                    place(&self.shown, column).unwrap_or(is.column),
                )
            });
        let (rows_now, columns_now) = self.about_chosen();
        let same = rows == rows_now && columns.iter().map(Option::as_deref).eq(columns_now);
        if place != is || !same {
            let on_head = self.hands.on_head();
            self.hands.choose(place);
            if on_head {
                self.hands.choose_head(place.column);
            }
            self.paint_marks();
        }
        Followed::Stays
    }

    /// A cell's text as it is shown.
    pub fn text(&self, place: Place) -> String {
        let mut look = Look::default();
        if let Some((row, column)) = self.at(place) {
            self.source.look(row, column, &mut look);
        }
        look.text
    }

    /// A text for a place, if it is one that can be typed into.
    pub fn edit(&self, place: Place, text: &str) -> Option<Edit> {
        let (row, column) = self.at(place)?;
        (self.source.kind(row, column) == Kind::Typed).then(|| Edit {
            row,
            column,
            text: text.to_owned(),
        })
    }

    /// Asks anew which rows and columns there are, and shows them.
    pub fn rearrange(&mut self) {
        self.columns = self.source.columns();
        self.arrange_rows();
        self.rearrange_columns();
    }

    /// Shows the columns anew; the rows stay as they are.
    pub fn rearrange_columns(&mut self) {
        self.measure();
        self.arrange_columns();
        self.hands.resize(self.size());
        self.lay_out();
    }

    /// Lays everything out for other lengths, in which more or fewer columns may be held. Those that scroll stay where
    /// they are seen; `keep_hands` has also the active cell stay in sight. What that pushes aside comes back with the
    /// room, unless the sheet was scrolled meanwhile.
    pub fn hold_what_fits(&mut self, keep_hands: bool) {
        let before = self.axis.frozen_total();
        let was = self.lengths.left;
        self.arrange_columns();
        self.lay_out();
        let now = self.axis.frozen_total();
        if before != now {
            let grid = &self.frame.grid;
            let most = usize::try_from(grid.scroll_width() - grid.client_width()).unwrap_or(0);
            let left = match self.aside.take() {
                // More room may leave less to scroll.
                Some(aside) if before < now && aside.is.min(most) == self.lengths.left => aside.was,
                _ => (self.lengths.left + before).saturating_sub(now),
            };
            self.frame.grid.set_scroll_left(length(left));
            self.read_scroll();
            self.paint(false);
        }
        if keep_hands {
            self.reveal();
        }
        if now < before {
            let is = self.lengths.left;
            self.aside = Some(Aside { was, is });
        }
    }

    /// Puts the columns in order, as wide as a person has them.
    pub fn arrange_columns(&mut self) {
        self.frozen = self.source.frozen().min(self.columns.len());
        let keys: Vec<&str> = self
            .columns
            .iter()
            .map(|column| column.key.as_str())
            .collect();
        self.shown = self.layout.shown(&keys, self.frozen);
        let widths: Vec<usize> = self
            .shown
            .iter()
            .filter_map(|column| self.columns.get(*column))
            .map(|column| usize::from(self.layout.width(&column.key, column.width)))
            .collect();
        let held = Columns::held(&widths, self.frozen, self.lengths.width);
        self.axis = Columns::new(&widths, held);
    }

    /// What each of the owner's rows is about.
    pub fn row_keys(&self) -> Vec<u128> {
        let rows = 0..self.source.rows();
        rows.map(|row| self.source.row_key(row)).collect()
    }

    /// Asks the owner which rows there are, and puts those that are wanted in order.
    fn arrange_rows(&mut self) {
        let columns = &self.columns;
        let place_of = |key: &str| columns.iter().position(|held| held.key == key);
        self.rows_there = self.row_keys();
        let mut order: Vec<usize> = (0..self.rows_there.len()).collect();
        for (key, wanted) in &self.layout.filters {
            if let Some(column) = place_of(key) {
                let mut look = Look::default();
                order.retain(|row| {
                    look.clear();
                    self.source.look(*row, column, &mut look);
                    matches(&look.text, wanted)
                });
            }
        }
        if let Some(sort) = &self.layout.sort
            && let Some(column) = place_of(&sort.column)
        {
            let keyed: Vec<SortKey> = (0..self.rows_there.len())
                .map(|row| self.source.sort_key(row, column))
                .collect();
            order = sorted(order, &keyed, sort.descending);
        }
        self.order = order;
    }
}

impl Field for State {
    fn kind(&self, place: Place) -> Kind {
        self.at(place)
            .map(|(row, column)| self.source.kind(row, column))
            .unwrap_or_default()
    }

    fn is_filled(&self, place: Place) -> bool {
        !self.text(place).is_empty()
    }
}
