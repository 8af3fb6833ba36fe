//! Filling the elements with what is to be seen.

use flightpath_grid::axis::{Span, scrolled_to};
use flightpath_grid::{Block, Place};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use crate::dom::{document, inside, pixels, set, set_or_not, whole};
use crate::frame::Marks;
use crate::source::{Align, Column, Look, Problem};
use crate::state::{CellSlot, RowSlot, State};

/// Rows and columns beyond the edge of what is seen, so that a scroll that the browser shows before the program hears of
/// it uncovers no blank.
const BEYOND: usize = 2;

impl State {
    /// Reads the lengths that the page's styles and its window decide.
    pub fn measure(&mut self) {
        let style = |name: &str, usual: usize| {
            let styles = web_sys::window()
                .and_then(|window| window.get_computed_style(&self.frame.grid).ok())
                .flatten();
            let value = styles.and_then(|style| style.get_property_value(name).ok());
            let number = value.and_then(|value| value.trim().trim_end_matches("px").parse().ok());
            number.map_or(usual, whole)
        };
        let lengths = &self.lengths;
        let mut new = *lengths;
        new.row = style("--row", 28).max(1);
        new.head = style("--sheet-head", 44);
        let has_foot = self.columns.iter().any(|column| !column.foot.is_empty());
        new.foot = if has_foot { new.row } else { 0 };
        new.width = whole(f64::from(self.frame.grid.client_width()));
        new.height = whole(f64::from(self.frame.grid.client_height()));
        self.lengths = new;
    }

    /// How much of the rows is seen at once, in CSS pixels.
    fn opening(&self) -> (usize, usize) {
        let lengths = &self.lengths;
        let width = lengths.width.saturating_sub(self.axis.frozen_total());
        let height = lengths.height.saturating_sub(lengths.head + lengths.foot);
        (width, height)
    }

    /// How many whole rows are seen at once.
    pub fn page(&self) -> usize {
        (self.opening().1 / self.lengths.row.max(1)).max(1)
    }

    /// Lays out the panes after columns, rows or lengths have changed, and fills every cell anew.
    pub fn lay_out(&mut self) {
        let rows = self.rows();
        self.frame
            .set_widths(self.axis.frozen_total(), self.axis.total());
        let lengths = self.lengths;
        pixels(&self.frame.head.whole, "height", lengths.head);
        pixels(&self.frame.body.whole, "height", rows.total());
        pixels(&self.frame.foot.whole, "height", lengths.foot);
        self.frame.foot.whole.set_hidden(lengths.foot == 0);
        let grid = &self.frame.grid;
        set(grid, "aria-rowcount", &(rows.count + 1).to_string());
        set(grid, "aria-colcount", &self.shown.len().to_string());
        self.make_rings();
        self.read_scroll();
        self.is_moving = true;
        self.paint(true);
        self.is_moving = false;
    }

    /// Reads how far the sheet is scrolled.
    pub fn read_scroll(&mut self) {
        self.lengths.left = whole(f64::from(self.frame.grid.scroll_left()));
        self.lengths.top = whole(f64::from(self.frame.grid.scroll_top()));
    }

    /// Makes as many elements as can be seen at once, and no more.
    fn make_rings(&mut self) {
        let (width, height) = self.opening();
        let rows = height.div_ceil(self.lengths.row.max(1)) + 1 + 2 * BEYOND;
        let rows = rows.min(self.order.len());
        // As many as the narrowest columns would fill.
        let free = self.shown.len() - self.axis.frozen();
        let columns = (0..free)
            .map(|first| {
                let from = self.axis.place(self.axis.frozen() + first).0;
                self.axis.seen(from, width).len()
            })
            .max()
            .map_or(0, |most| (most + 1 + 2 * BEYOND).min(free));
        let frozen = self.axis.frozen();
        let fits = self.slots.len() == rows
            && self.heads.len() == frozen + columns
            && self
                .slots
                .first()
                .is_none_or(|slot| slot.held_cells.len() == frozen);
        if fits {
            return;
        }
        for slot in self.slots.drain(..) {
            slot.held.remove();
            slot.free.remove();
        }
        for old in self.heads.drain(..).chain(self.feet.drain(..)) {
            old.node.remove();
        }
        for line in self.lines.drain(..) {
            line.remove();
        }
        let frame = &self.frame;
        for place in 0..frozen + columns {
            let held = place < frozen;
            let (head, foot) = if held {
                (&frame.head.held, &frame.foot.held)
            } else {
                (&frame.head.free, &frame.foot.free)
            };
            if let Some(cell) = head_cell(head, &format!("{}-h{place}", self.prefix)) {
                self.heads.push(cell);
            }
            if let Some(cell) = foot_cell(foot) {
                self.feet.push(cell);
            }
            if !held && let Some(line) = inside(&frame.body.free, "div", "sheet-line") {
                set(&line, "aria-hidden", "true");
                self.lines.push(line);
            }
        }
        let templates = (template(frozen, true), template(columns, false));
        let (Some(held), Some(free)) = templates else {
            return;
        };
        for row in 0..rows {
            let held = copy_of(&held, &frame.body.held);
            let free = copy_of(&free, &frame.body.free);
            if let (Some(held), Some(free)) = (held, free) {
                self.slots.push(RowSlot {
                    held_cells: cells_of(&held, &format!("{}-r{row}h", self.prefix)),
                    free_cells: cells_of(&free, &format!("{}-r{row}f", self.prefix)),
                    held,
                    free,
                    row: None,
                });
            }
        }
    }

    /// The rows and free columns that have elements now.
    fn spans(&self) -> (Span, Span) {
        let (width, height) = self.opening();
        let rows = self.rows().seen(self.lengths.top, height);
        let rows = around(rows, self.slots.len(), self.order.len(), 0);
        let columns = self.axis.seen(self.lengths.left, width);
        let frozen = self.axis.frozen();
        let ring = self.heads.len().saturating_sub(frozen);
        let columns = around(columns, ring, self.shown.len(), frozen);
        (rows, columns)
    }

    /// Fills what has come into sight; every cell where its content may be another.
    pub fn paint(&mut self, anew: bool) {
        let (rows, columns) = self.spans();
        let ring = self.slots.len();
        let frozen = self.axis.frozen();
        let free_ring = self.heads.len().saturating_sub(frozen);
        self.paint_heads(columns, anew);
        let mut slots = std::mem::take(&mut self.slots);
        let mut look = std::mem::take(&mut self.spare);
        for row in rows.from..rows.to {
            let Some(slot) = slots.get_mut(row % ring.max(1)) else {
                continue;
            };
            let moved = slot.row != Some(row);
            if moved {
                if slot.row.is_none() {
                    slot.held.set_hidden(false);
                    slot.free.set_hidden(false);
                }
                slot.row = Some(row);
                let top = row * self.lengths.row;
                let index = (row + 2).to_string();
                for part in [&slot.held, &slot.free] {
                    pixels(part, "top", top);
                    set(part, "aria-rowindex", &index);
                }
            }
            let Some(own_row) = self.order.get(row).copied() else {
                continue;
            };
            for column in 0..frozen {
                if let Some(cell) = slot.held_cells.get_mut(column) {
                    self.paint_cell(cell, own_row, column, moved || anew, &mut look);
                }
            }
            for column in columns.from..columns.to {
                let place = (column - frozen) % free_ring.max(1);
                if let Some(cell) = slot.free_cells.get_mut(place) {
                    self.paint_cell(cell, own_row, column, moved || anew, &mut look);
                }
            }
        }
        for slot in &mut slots {
            // Rows that a filter has taken away, at the end of what there is.
            if slot.row.is_some_and(|row| !rows.holds(row)) {
                slot.row = None;
                slot.held.set_hidden(true);
                slot.free.set_hidden(true);
            }
        }
        self.slots = slots;
        self.spare = look;
        if anew {
            self.paint_marks();
        } else {
            self.tell_active();
        }
    }

    fn paint_heads(&mut self, columns: Span, anew: bool) {
        let frozen = self.axis.frozen();
        let ring = self.heads.len().saturating_sub(frozen).max(1);
        let mut heads = std::mem::take(&mut self.heads);
        let mut feet = std::mem::take(&mut self.feet);
        for column in (0..frozen).chain(columns.from..columns.to) {
            let place = if column < frozen {
                column
            } else {
                frozen + (column - frozen) % ring
            };
            let (Some(head), Some(foot)) = (heads.get_mut(place), feet.get_mut(place)) else {
                continue;
            };
            if head.column == Some(column) && !anew {
                continue;
            }
            let Some(own) = self.shown.get(column) else {
                continue;
            };
            let Some(about) = self.columns.get(*own) else {
                continue;
            };
            let (left, width) = self.axis.place(column);
            place_across(head, column, left, width, anew);
            place_across(foot, column, left, width, anew);
            head.text.set_data(&about.title);
            if let Some(unit) = head.node.query_selector(".unit").ok().flatten() {
                unit.set_text_content(Some(&about.unit));
            }
            let sort = self.layout.sort.as_ref();
            let sort = sort.filter(|sort| sort.column == about.key);
            set_or_not(
                &head.node,
                "aria-sort",
                sort.map(|sort| {
                    if sort.descending {
                        "descending"
                    } else {
                        "ascending"
                    }
                }),
            );
            let filtered = self.layout.filters.contains_key(&about.key);
            set_or_not(&head.node, "data-filtered", filtered.then_some(""));
            foot.text.set_data(&about.foot);
            foot.node.set_class_name(class_of(about));
            head.node.set_class_name(class_of(about));
            if let Some(line) = place
                .checked_sub(frozen)
                .and_then(|place| self.lines.get(place))
            {
                pixels(line, "left", (left + width).saturating_sub(1));
            }
        }
        for (head, foot) in heads.iter().zip(&feet) {
            let seen = head
                .column
                .is_some_and(|column| column < frozen || columns.holds(column));
            head.node.set_hidden(!seen);
            foot.node.set_hidden(!seen);
        }
        self.heads = heads;
        self.feet = feet;
    }

    fn paint_cell(
        &self,
        cell: &mut CellSlot,
        own_row: usize,
        column: usize,
        anew: bool,
        look: &mut Look,
    ) {
        let moved = cell.column != Some(column);
        if !moved && !anew {
            return;
        }
        let Some(own) = self.shown.get(column).copied() else {
            return;
        };
        if moved || self.is_moving {
            let (left, width) = self.axis.place(column);
            place_across(cell, column, left, width, true);
            if let Some(about) = self.columns.get(own) {
                cell.node.set_class_name(class_of(about));
            }
        }
        look.clear();
        self.source.look(own_row, own, look);
        show(cell, look);
    }

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
            .find(|head| head.column == Some(column))
            .map(|head| &head.node)
    }

    /// Names the active cell for those who hear the page.
    fn tell_active(&mut self) {
        let place = self.hands.active();
        let active = if self.hands.on_head() {
            self.head_element(place.column)
        } else {
            self.element(place)
        };
        let active = active.cloned();
        if self.told_active == active && !self.hands.on_head() {
            if let Some(active) = &active {
                self.describe(active, place);
            }
            return;
        }
        if let Some(old) = self.told_active.take() {
            let _ = old.remove_attribute("aria-describedby");
            set_or_not(&old, "aria-selected", None);
            set_or_not(&old, "data-active", None);
        }
        let id = active.as_ref().map(|active| active.id());
        set_or_not(&self.frame.grid, "aria-activedescendant", id.as_deref());
        if let Some(active) = &active {
            if self.hands.on_head() {
                set(active, "data-active", "");
            } else {
                set(active, "aria-selected", "true");
                self.describe(active, place);
            }
        }
        self.told_active = active;
    }

    fn describe(&self, active: &HtmlElement, place: Place) {
        let row = self.element(Place::new(place.row, 0));
        let ids: Vec<String> = [self.head_element(place.column), row]
            .into_iter()
            .flatten()
            .map(|element| element.id())
            .collect();
        set(active, "aria-describedby", &ids.join(" "));
    }

    /// Scrolls as little as is needed to see where the hands are.
    pub fn reveal(&mut self) {
        let tip = self.hands.tip();
        let (width, height) = self.opening();
        if tip.column >= self.axis.frozen() {
            let (left, own) = self.axis.place(tip.column);
            let to = scrolled_to(self.lengths.left, width, left, own);
            if to != self.lengths.left {
                self.frame.grid.set_scroll_left(length(to));
            }
        }
        if !self.hands.on_head() {
            let row = self.lengths.row;
            let to = scrolled_to(self.lengths.top, height, tip.row * row, row);
            if to != self.lengths.top {
                self.frame.grid.set_scroll_top(length(to));
            }
        }
        let before = (self.lengths.left, self.lengths.top);
        self.read_scroll();
        if before != (self.lengths.left, self.lengths.top) {
            self.paint(false);
        }
    }

    /// Puts rows into the order in which they are seen, for those who read them one after the other.
    pub fn put_in_order(&mut self) {
        let mut seen: Vec<(usize, &RowSlot)> = self
            .slots
            .iter()
            .filter_map(|slot| slot.row.map(|row| (row, slot)))
            .collect();
        seen.sort_by_key(|(row, _)| *row);
        // The marks, lines and the field stay after the rows.
        for (_, slot) in seen {
            for (pane, part, marks) in [
                (&self.frame.body.held, &slot.held, &self.frame.held_marks),
                (&self.frame.body.free, &slot.free, &self.frame.free_marks),
            ] {
                let _ = pane.insert_before(part, Some(&marks.block));
            }
        }
    }
}

fn length(pixels: usize) -> i32 {
    i32::try_from(pixels).unwrap_or(i32::MAX)
}

/// What is seen with as much on both sides as the ring holds.
fn around(seen: Span, ring: usize, count: usize, least: usize) -> Span {
    let spare = ring.saturating_sub(seen.len());
    let from = seen.from.saturating_sub(spare / 2).max(least);
    let to = (from + ring).min(count);
    Span {
        from: to.saturating_sub(ring).max(least),
        to,
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

fn class_of(column: &Column) -> &'static str {
    match column.align {
        Align::Start => "c s",
        Align::Center => "c",
        Align::End => "c e",
    }
}

/// Puts a cell to the place of its column; whether it was another's.
fn place_across(cell: &mut CellSlot, column: usize, left: usize, width: usize, anew: bool) -> bool {
    if cell.column == Some(column) && !anew {
        return false;
    }
    cell.column = Some(column);
    pixels(&cell.node, "margin-left", left);
    pixels(&cell.node, "width", width);
    set(&cell.node, "aria-colindex", &(column + 1).to_string());
    true
}

/// Changes what a cell shows into another look, where they differ.
fn show(cell: &mut CellSlot, look: &Look) {
    let now = &mut cell.look;
    if now.text != look.text {
        cell.text.set_data(&look.text);
        now.text.clone_from(&look.text);
    }
    if now.rag != look.rag {
        set_or_not(&cell.node, "data-rag", look.rag.map(|rag| rag.0));
        set_or_not(&cell.node, "data-letter", look.rag.map(|rag| rag.1));
        now.rag = look.rag;
    }
    if now.problem != look.problem {
        let problem = match look.problem {
            Problem::None => None,
            Problem::Error => Some("error"),
            Problem::Warning => Some("warning"),
            Problem::Missing => Some("missing"),
        };
        set_or_not(&cell.node, "data-problem", problem);
        let invalid = (look.problem == Problem::Error).then_some("true");
        set_or_not(&cell.node, "aria-invalid", invalid);
        now.problem = look.problem;
    }
    if now.note != look.note {
        set_or_not(&cell.node, "data-note", look.note.then_some(""));
        now.note = look.note;
    }
    if now.locked != look.locked {
        set_or_not(&cell.node, "aria-readonly", look.locked.then_some("true"));
        now.locked = look.locked;
    }
    if now.title != look.title {
        let title = (!look.title.is_empty()).then_some(look.title.as_str());
        set_or_not(&cell.node, "title", title);
        now.title.clone_from(&look.title);
    }
}

/// A row of so many empty cells, to be copied.
fn template(cells: usize, held: bool) -> Option<Element> {
    let document = document()?;
    let row = document.create_element("div").ok()?;
    row.set_class_name("r");
    set(&row, "role", "row");
    for place in 0..cells {
        let cell = inside(&row, "div", "c")?;
        let role = if held && place == 0 {
            "rowheader"
        } else {
            "gridcell"
        };
        set(&cell, "role", role);
        cell.append_child(&document.create_text_node("")).ok()?;
    }
    Some(row)
}

fn copy_of(template: &Element, pane: &HtmlElement) -> Option<HtmlElement> {
    let copy: HtmlElement = template.clone_node_with_deep(true).ok()?.dyn_into().ok()?;
    // Marks, lines and the field stay on top.
    pane.insert_before(&copy, pane.first_child().as_ref())
        .ok()?;
    copy.set_hidden(true);
    Some(copy)
}

fn cells_of(row: &HtmlElement, prefix: &str) -> Vec<CellSlot> {
    let mut cells = Vec::new();
    let mut next = row.first_child();
    while let Some(node) = next {
        next = node.next_sibling();
        let text = node.first_child().and_then(|text| text.dyn_into().ok());
        if let (Ok(node), Some(text)) = (node.dyn_into::<HtmlElement>(), text) {
            node.set_id(&format!("{prefix}{}", cells.len()));
            cells.push(slot(node, text));
        }
    }
    cells
}

fn slot(node: HtmlElement, text: web_sys::Text) -> CellSlot {
    CellSlot {
        node,
        text,
        column: None,
        look: Look::default(),
    }
}

fn head_cell(parent: &HtmlElement, id: &str) -> Option<CellSlot> {
    let node = inside(parent, "div", "c")?;
    set(&node, "role", "columnheader");
    set(&node, "id", id);
    set(&node, "aria-haspopup", "menu");
    let title = inside(&node, "span", "title")?;
    let text = document()?.create_text_node("");
    title.append_child(&text).ok()?;
    inside(&node, "span", "unit")?;
    let grip = inside(&node, "span", "sheet-grip")?;
    set(&grip, "aria-hidden", "true");
    Some(slot(node, text))
}

fn foot_cell(parent: &HtmlElement) -> Option<CellSlot> {
    let node = inside(parent, "div", "c")?;
    let text = document()?.create_text_node("");
    node.append_child(&text).ok()?;
    Some(slot(node, text))
}
