//! A column is dragged by its header to another place.

use flightpath_grid::Block;
use flightpath_grid::axis::pulled;

use crate::dom::{pixels, set_or_not};
use crate::events::{Ears, after, tell};
use crate::pointer::Drag;
use crate::sheet::Inner;
use crate::source::Told;
use crate::state::State;

/// How often a column that is held at an edge scrolls the others, and by how much: milliseconds, and CSS pixels.
const EACH_MS: i32 = 40;
const STEP: i32 = 20;

/// How thick the line is that shows where the column would land, in CSS pixels.
const THICK: usize = 3;

/// The pointer is here now, in the window; what is beyond an edge comes into sight.
pub fn goes(ears: &Ears, inner: &Inner, at: i32) {
    let pull = inner.with(|state| {
        state.show_landing(Some(at));
        state.pull(at)
    });
    if pull != 0 && !ears.scrolls.replace(true) {
        scroll_on(ears);
    }
}

/// Scrolls as long as the column is held at an edge.
fn scroll_on(ears: &Ears) {
    let ears = ears.clone();
    after(EACH_MS, move || {
        let held = match ears.drag.get() {
            Some(Drag::Move { at, goes: true, .. }) => Some(at),
            _ => None,
        };
        let goes_on = ears.inner.upgrade().zip(held).is_some_and(|(inner, at)| {
            inner.with(|state| {
                let pull = state.pull(at);
                let grid = &state.frame.grid;
                grid.set_scroll_left(grid.scroll_left() + pull * STEP);
                state.show_landing(Some(at));
                pull != 0
            })
        });
        ears.scrolls.set(goes_on);
        if goes_on {
            scroll_on(&ears);
        }
    });
}

/// It was let go: a column, and where the pointer is in the window; or given up.
pub fn ends(inner: &Inner, moved: Option<(usize, i32)>) {
    let is_moved = inner.with(|state| {
        state.show_landing(None);
        moved.is_some_and(|(column, at)| {
            let gap = state.gap(at);
            state.put_column(column, gap)
        })
    });
    if is_moved {
        tell(inner, Told::LaidOut);
        tell(inner, Told::Moved);
    }
}

/// Gives up the move of a column, or the filling from cells, if there is one; whether there was.
pub fn is_given_up(ears: &Ears, inner: &Inner) -> bool {
    match ears.drag.get() {
        Some(Drag::Move { goes: true, .. }) => ends(inner, None),
        Some(Drag::Fill(from)) => unfilled(inner, from),
        _ => return false,
    }
    ears.drag.set(None);
    ears.dragged.set(true);
    true
}

/// Chooses again what was to be filled from.
pub fn unfilled(inner: &Inner, from: Block) {
    inner.with(|state| {
        state.hands.choose_block(from);
        state.show_hands();
    });
}

impl State {
    /// Which way a column scrolls that is held here.
    fn pull(&self, at: i32) -> i32 {
        pulled(
            self.across(at),
            self.axis.frozen_total(),
            self.lengths.width,
        )
    }

    /// The gap that is meant by a place in the window: that of what is seen.
    fn gap(&mut self, at: i32) -> usize {
        self.read_scroll();
        let across = self.across(at).min(self.lengths.width);
        let free = across.saturating_sub(self.axis.frozen_total());
        self.axis.gap(free + self.lengths.left)
    }

    /// Shows where a column that is held here would land; nothing where none is held.
    fn show_landing(&mut self, at: Option<i32>) {
        let gap = at.map(|at| self.gap(at));
        let frame = &self.frame;
        frame.landing.set_hidden(gap.is_none());
        set_or_not(&frame.grid, "data-moving", gap.map(|_| ""));
        if let Some(gap) = gap {
            let (edge, _) = self.axis.place(gap);
            // Half on either side, and inside where there is no other side.
            let left = edge.saturating_sub(THICK / 2);
            let left = left.min(self.axis.total().saturating_sub(THICK));
            pixels(&frame.landing, "left", left);
            pixels(&frame.landing, "height", self.lengths.height);
        }
    }

    /// Puts a column into a gap, and chooses its header; whether it moved.
    fn put_column(&mut self, column: usize, gap: usize) -> bool {
        let Some(own) = self.shown.get(column).copied() else {
            return false;
        };
        let columns = self.columns.clone();
        let keys: Vec<&str> = columns.iter().map(|column| column.key.as_str()).collect();
        let moved = keys
            .get(own)
            .is_some_and(|key| self.layout.put(&keys, self.frozen, key, gap));
        if moved {
            self.rearrange_columns();
            let mut shown = self.shown.iter();
            if let Some(place) = shown.position(|held| *held == own) {
                self.hands.choose_head(place);
                self.show_hands();
            }
        }
        moved
    }
}
