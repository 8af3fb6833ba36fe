//! What keys, mouse and clipboard do in a grid of cells, and which of its cells are to be seen: without a browser, so
//! that it can be tried by itself. `flightpath-sheet` puts it on screen.
//!
//! A *place* is where a cell is seen: rows after sorting and filtering, columns after hiding and moving. What a row or
//! a column is to its owner is an index of its own; [`rows`] and [`layout`] lead from one to the other.

pub mod axis;
pub mod clip;
pub mod hands;
pub mod keys;
pub mod layout;
pub mod place;
pub mod rows;
pub mod tally;
pub mod window;

pub use axis::{Columns, Rows, Span};
pub use hands::{Deed, Hands, Mode, OnEnter};
pub use keys::{Key, Modifiers};
pub use layout::{Layout, Sort};
pub use place::{Block, Place, Size};
pub use window::{Bounds, Window};
