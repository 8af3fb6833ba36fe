//! A grid of cells on screen, of which only those that are seen are elements: what [`flightpath_grid`] decides, carried
//! out in a page. It knows nothing of what its cells hold, and has no words of its own: both are its [`Source`]'s.
//!
//! # How it is quick
//! Rows and cells are a ring: what scrolls out of sight is filled anew where something comes into sight, and nothing is
//! made or taken away. It is filled in strides, a few rows or columns at once, as each time costs the browser nearly as
//! much as what is filled. Cells stand in the flow of their row, so that they are no layers, and rows are copies of one
//! whose cells stand already. The columns that never scroll stand in a pane of their own, so that two elements stick and
//! not one a row. Lines, the chosen block and the active cell are drawn by a few elements over the cells; a cell itself is
//! its text. `benches/grid.mjs` measures all this beside other grids.
//!
//! # How it is read aloud
//! The grid has the focus and names the active cell (`aria-activedescendant`), which is described by the header of its
//! column and the first cell of its row. Each pane has rows of its own, with the same numbers. When scrolling rests, they
//! are put into the order in which they are seen.

mod clipboard;
mod dom;
mod editor;
mod events;
mod frame;
mod marks;
mod moving;
mod paint;
mod pointer;
mod sheet;
mod source;
mod state;

pub use sheet::Sheet;
pub use source::{Align, Cause, Column, Edit, Look, Marked, Plan, Problem, Source, Told};
