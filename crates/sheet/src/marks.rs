//! Marks over what is chosen: where the hands are, for those who see it and for those who hear it.

use flightpath_grid::axis::scrolled_to;
use flightpath_grid::{Block, Place};
use web_sys::HtmlElement;

use crate::dom::{length, pixels, set, set_or_not};
use crate::frame::Marks;
use crate::state::State;

impl State {
    /// Draws the chosen block and the active cell.
    pub fn paint_marks(&mut self) {
        let block = self.hands.chosen();
        let frozen = self.axis.frozen();
        let active = block.map(|_| Block::one(self.hands.active()));
        for (marks, held) in [
            (&self.frame.held_marks, true),
            (&self.frame.free_marks, false),
        ] {
            let part = |block: Option<Block>| block.and_then(|block| within(block, frozen, held));
            self.draw(
                marks,
                part(block.filter(|block| !block.is_one())),
                part(active),
            );
        }
        let corner = block.filter(|block| block.last().column >= frozen);
        let pulls = corner.is_some_and(|block| {
            use flightpath_grid::hands::{Field, Kind, Mode};
            self.hands.mode == Mode::Chosen && self.kind(block.first()) == Kind::Typed
        });
        self.frame.handle.set_hidden(!pulls);
        if let Some(block) = corner.filter(|_| pulls) {
            let (left, width) = self.axis.place(block.last().column);
            pixels(&self.frame.handle, "left", (left + width).saturating_sub(4));
            let bottom = (block.last().row + 1) * self.lengths.row;
            pixels(&self.frame.handle, "top", bottom.saturating_sub(4));
        }
        self.tell_active();
    }

    fn draw(&self, marks: &Marks, block: Option<Block>, active: Option<Block>) {
        for (mark, block) in [(&marks.block, block), (&marks.active, active)] {
            mark.set_hidden(block.is_none());
            if let Some(block) = block {
                let (left, _) = self.axis.place(block.first().column);
                let (last, width) = self.axis.place(block.last().column);
                pixels(mark, "left", left);
                pixels(mark, "width", last + width - left);
                pixels(mark, "top", block.first().row * self.lengths.row);
                pixels(mark, "height", block.height() * self.lengths.row);
            }
        }
    }

    /// The element of a place, where it has one now.
    pub fn element(&self, place: Place) -> Option<&HtmlElement> {
        let frozen = self.axis.frozen();
        let slot = self.slots.get(place.row % self.slots.len().max(1))?;
        if slot.row != Some(place.row) {
            return None;
        }
        let cell = match place.column.checked_sub(frozen) {
            None => slot.held_cells.get(place.column)?,
            Some(free) => slot.free_cells.get(free % slot.free_cells.len().max(1))?,
        };
        (cell.column == Some(place.column)).then_some(&cell.node)
    }

    /// The header's element of a column, where it has one now.
    pub fn head_element(&self, column: usize) -> Option<&HtmlElement> {
        self.heads
            .iter()
            .map(|head| &head.cell)
            .find(|cell| cell.column == Some(column))
            .map(|cell| &cell.node)
    }

    /// The id of a place's element, which it is given when it is first wanted: few cells ever are.
    fn id(&self, place: Place) -> Option<String> {
        let element = self.element(place)?;
        let mut id = element.id();
        if id.is_empty() {
            let row = place.row % self.slots.len().max(1);
            let frozen = self.axis.frozen();
            id = match place.column.checked_sub(frozen) {
                None => format!("{}-r{row}h{}", self.prefix, place.column),
                Some(free) => {
                    let ring = self.heads.len().saturating_sub(frozen).max(1);
                    format!("{}-r{row}f{}", self.prefix, free % ring)
                }
            };
            element.set_id(&id);
        }
        Some(id)
    }

    /// Names the active cell for those who hear the page.
    pub fn tell_active(&mut self) {
        let on_head = self.hands.on_head();
        // A block that grows beyond the window leaves the active cell behind; its corner is where one is then.
        let place = Some(self.hands.active())
            .filter(|active| on_head || self.element(*active).is_some())
            .unwrap_or_else(|| self.hands.tip());
        let active = if on_head {
            self.head_element(place.column)
        } else {
            self.element(place)
        };
        let active = active.cloned();
        let old = self.told_active.take();
        let (old, mut told) = old.map_or((None, String::new()), |(old, told)| (Some(old), told));
        if old != active || on_head {
            if let Some(old) = old {
                let _ = old.remove_attribute("aria-describedby");
                set_or_not(&old, "aria-selected", None);
                set_or_not(&old, "data-active", None);
            }
            told.clear();
            let id = match &active {
                Some(head) if on_head => Some(head.id()),
                _ => self.id(place),
            };
            set_or_not(&self.frame.grid, "aria-activedescendant", id.as_deref());
            if let Some(active) = &active {
                let (name, value) = if on_head {
                    ("data-active", "")
                } else {
                    ("aria-selected", "true")
                };
                set(active, name, value);
            }
        }
        self.told_active = active.map(|active| {
            // Its row and its column's header may have other elements after a scroll.
            if !on_head {
                let describes = self.describes(place);
                if describes != told {
                    set(&active, "aria-describedby", &describes);
                    told = describes;
                }
            }
            (active, told)
        });
    }

    /// The ids of what describes a cell: the header of its column and the first cell of its row.
    fn describes(&self, place: Place) -> String {
        let head = self.head_element(place.column).map(|head| head.id());
        let row = self.id(Place::new(place.row, 0));
        let ids: Vec<String> = head.into_iter().chain(row).collect();
        ids.join(" ")
    }

    /// How far the grid has to be scrolled across and down, at the least, to see where the hands are.
    fn revealing(&self) -> (usize, usize) {
        let tip = self.hands.tip();
        let (width, height) = self.opening();
        let left = if tip.column < self.axis.frozen() {
            self.lengths.left
        } else {
            let (left, own) = self.axis.place(tip.column);
            scrolled_to(self.lengths.left, width, left, own)
        };
        let top = if self.hands.on_head() {
            self.lengths.top
        } else {
            let row = self.lengths.row;
            scrolled_to(self.lengths.top, height, tip.row * row, row)
        };
        (left, top)
    }

    /// Whether one sees where the hands are.
    pub fn is_revealed(&mut self) -> bool {
        self.read_scroll();
        self.revealing() == (self.lengths.left, self.lengths.top)
    }

    /// Scrolls as little as is needed to see where the hands are.
    pub fn reveal(&mut self) {
        let before = (self.lengths.left, self.lengths.top);
        let (left, top) = self.revealing();
        if left != before.0 {
            self.frame.grid.set_scroll_left(length(left));
        }
        if top != before.1 {
            self.frame.grid.set_scroll_top(length(top));
        }
        self.read_scroll();
        if before != (self.lengths.left, self.lengths.top) {
            self.paint(false);
        }
    }
}

/// The part of a block that lies in a pane.
fn within(block: Block, frozen: usize, held: bool) -> Option<Block> {
    let (first, last) = (block.first(), block.last());
    if held {
        (first.column < frozen).then(|| {
            let column = last.column.min(frozen.saturating_sub(1));
            Block::between(first, Place::new(last.row, column))
        })
    } else {
        (last.column >= frozen).then(|| {
            let column = first.column.max(frozen);
            Block::between(Place::new(first.row, column), last)
        })
    }
}
