//! Filling the elements with what is to be seen.

use flightpath_grid::Bounds;
use flightpath_grid::axis::Span;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, Node, Text};

use crate::dom::{document, inside, number_column, number_row, pixels, set, set_or_not, whole};
use crate::frame::Marks;
use crate::source::{Align, Column, Look, Problem};
use crate::state::{CellSlot, HeadSlot, RowSlot, State};

/// Rows that are there beyond the edge towards which is scrolled, and how many more there can be: so many are filled at
/// once.
const ROWS_AHEAD: usize = 2;
const ROWS_AT_ONCE: usize = 3;
/// The same of columns, which are wider than rows are high, and each of as many cells as there are rows.
const COLUMNS_AHEAD: usize = 1;
const COLUMNS_AT_ONCE: usize = 2;

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
    pub fn opening(&self) -> (usize, usize) {
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
        // Before anything is changed: afterwards the browser would have to lay out all of it to answer.
        self.read_scroll();
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
        self.paint(true);
    }

    /// Reads how far the sheet is scrolled.
    pub fn read_scroll(&mut self) {
        self.lengths.left = whole(f64::from(self.frame.grid.scroll_left()));
        self.lengths.top = whole(f64::from(self.frame.grid.scroll_top()));
    }

    /// Makes as many elements as can be seen at once, and no more.
    fn make_rings(&mut self) {
        let (width, height) = self.opening();
        let rows = height.div_ceil(self.lengths.row.max(1)) + 1 + ROWS_AHEAD + ROWS_AT_ONCE;
        let rows = rows.min(self.order.len());
        // As many as the narrowest columns would fill.
        let free = self.shown.len() - self.axis.frozen();
        let columns = (0..free)
            .map(|first| {
                let from = self.axis.place(self.axis.frozen() + first).0;
                self.axis.seen(from, width).len()
            })
            .max()
            .map_or(0, |most| {
                (most + 1 + COLUMNS_AHEAD + COLUMNS_AT_ONCE).min(free)
            });
        let frozen = self.axis.frozen();
        let feet = if self.lengths.foot > 0 {
            frozen + columns
        } else {
            0
        };
        let fits = self.slots.len() == rows
            && self.heads.len() == frozen + columns
            && self.feet.len() == feet
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
        let heads = self.heads.drain(..).map(|head| head.cell);
        for old in heads.chain(self.feet.drain(..)) {
            old.node.remove();
        }
        for line in self.lines.drain(..) {
            line.remove();
        }
        let frame = &self.frame;
        let head_template = head_template();
        for place in 0..frozen + columns {
            let held = place < frozen;
            let (head, foot) = if held {
                (&frame.head.held, &frame.foot.held)
            } else {
                (&frame.head.free, &frame.foot.free)
            };
            if let Some(template) = &head_template
                && let Some(cell) = head_cell(template, head, &format!("{}-h{place}", self.prefix))
            {
                self.heads.push(cell);
            }
            if place < feet
                && let Some(cell) = foot_cell(foot)
            {
                self.feet.push(cell);
            }
            if !held && let Some(line) = inside(&frame.lines, "div", "sheet-line") {
                self.lines.push(line);
            }
        }
        self.make_rows(rows, columns);
    }

    /// Makes the ring of rows: one whose cells stand where they are to stand, and copies of it, which the browser makes
    /// many times quicker than each cell could be told its place.
    fn make_rows(&mut self, rows: usize, columns: usize) {
        let frozen = self.axis.frozen();
        let templates = (template(frozen, true), template(columns, false));
        let (Some(held), Some(free)) = templates else {
            return;
        };
        let (mut held_cells, mut free_cells) = (cells_of(&held), cells_of(&free));
        for column in 0..frozen {
            if let Some(cell) = held_cells.get_mut(column) {
                self.place_across(cell, column);
            }
        }
        let span = self.column_span();
        for column in span.from..span.to {
            if let Some(cell) = free_cells.get_mut((column - frozen) % columns.max(1)) {
                self.place_across(cell, column);
            }
        }
        for _ in 0..rows {
            let parts = (
                copy_of(&held, &self.frame.body.held, &self.frame.held_marks),
                copy_of(&free, &self.frame.body.free, &self.frame.free_marks),
            );
            if let (Some(held), Some(free)) = parts {
                self.slots.push(RowSlot {
                    held_cells: copies_of(&held, &held_cells),
                    free_cells: copies_of(&free, &free_cells),
                    held,
                    free,
                    row: None,
                });
            }
        }
    }

    /// The rows that have elements now.
    fn row_span(&mut self) -> Span {
        let seen = self.rows().seen(self.lengths.top, self.opening().1);
        let bounds = Bounds {
            first: 0,
            end: self.order.len(),
            size: self.slots.len(),
            ahead: ROWS_AHEAD,
        };
        self.row_window.follow(seen, bounds)
    }

    /// The free columns that have elements now.
    fn column_span(&mut self) -> Span {
        let seen = self.axis.seen(self.lengths.left, self.opening().0);
        let frozen = self.axis.frozen();
        let bounds = Bounds {
            first: frozen,
            end: self.shown.len(),
            size: self.heads.len().saturating_sub(frozen),
            ahead: COLUMNS_AHEAD,
        };
        self.column_window.follow(seen, bounds)
    }

    /// Fills what has come into sight; every cell where its content may be another.
    pub fn paint(&mut self, anew: bool) {
        let (rows, columns) = (self.row_span(), self.column_span());
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
                slot.row = Some(row);
                let top = row * self.lengths.row;
                for part in [&slot.held, &slot.free] {
                    pixels(part, "top", top);
                    number_row(part, row + 2);
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
            let Some(head) = heads.get_mut(place) else {
                continue;
            };
            if head.cell.column == Some(column) && !anew {
                continue;
            }
            let Some(about) = self.about(column) else {
                continue;
            };
            self.place_across(&mut head.cell, column);
            head.cell.text.set_data(&about.title);
            head.unit.set_data(&about.unit);
            let sort = self.layout.sort.as_ref();
            let sort = sort.filter(|sort| sort.column == about.key);
            set_or_not(
                &head.cell.node,
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
            set_or_not(&head.cell.node, "data-filtered", filtered.then_some(""));
            if let Some(foot) = feet.get_mut(place) {
                self.place_across(foot, column);
                let all = about.foot.is_empty() || self.order.len() == self.rows_there.len();
                match self.shown.get(column).filter(|_| !all) {
                    Some(own) => foot.text.set_data(&self.source.foot_of(*own, &self.order)),
                    None => foot.text.set_data(&about.foot),
                }
            }
            if let Some(line) = place
                .checked_sub(frozen)
                .and_then(|place| self.lines.get(place))
            {
                let (left, width) = self.axis.place(column);
                pixels(line, "left", (left + width).saturating_sub(1));
            }
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
        self.place_across(cell, column);
        look.clear();
        self.source.look(own_row, own, look);
        show(cell, look);
    }

    /// What is known of a column by its place.
    pub fn about(&self, column: usize) -> Option<&Column> {
        self.columns.get(*self.shown.get(column)?)
    }

    /// Puts a cell to the place of a column; what holds already is not told the browser again.
    fn place_across(&self, cell: &mut CellSlot, column: usize) {
        let across = self.axis.place(column);
        if cell.across.0 != across.0 {
            pixels(&cell.node, "margin-left", across.0);
        }
        if cell.across.1 != across.1 {
            pixels(&cell.node, "width", across.1);
        }
        cell.across = across;
        if cell.column != Some(column) {
            number_column(&cell.node, column + 1);
            cell.column = Some(column);
        }
        let class = self.about(column).map_or(cell.class, class_of);
        if cell.class != class {
            cell.node.set_class_name(class);
            cell.class = class;
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
        // From the last one up, so that only those are moved that scrolled in since; the marks and the field stay after
        // the rows.
        for (pane, marks, is_held) in [
            (&self.frame.body.held, &self.frame.held_marks, true),
            (&self.frame.body.free, &self.frame.free_marks, false),
        ] {
            let mut next: &Node = &marks.block;
            for (_, slot) in seen.iter().rev() {
                let part = if is_held { &slot.held } else { &slot.free };
                if part.next_sibling().as_ref() != Some(next) {
                    let _ = pane.insert_before(part, Some(next));
                }
                next = part;
            }
        }
    }
}

fn class_of(column: &Column) -> &'static str {
    match column.align {
        Align::Start => "c s",
        Align::Center => "c",
        Align::End => "c e",
    }
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

/// A copy of a row after those that the pane has; its marks and the field stay on top.
fn copy_of(template: &Element, pane: &HtmlElement, marks: &Marks) -> Option<HtmlElement> {
    let copy: HtmlElement = template.clone_node_with_deep(true).ok()?.dyn_into().ok()?;
    pane.insert_before(&copy, Some(&marks.block)).ok()?;
    Some(copy)
}

/// The cells of a row that was made from a template.
fn cells_of(row: &Element) -> Vec<CellSlot> {
    let mut cells = Vec::new();
    let mut next = row.first_child();
    while let Some(node) = next {
        next = node.next_sibling();
        if let Some(text) = node.first_child() {
            // What they are is known, as they are copied from what was made here; to ask the browser takes longer than
            // all else that is done with them.
            cells.push(slot(node.unchecked_into(), text.unchecked_into()));
        }
    }
    cells
}

/// The cells of a copy, which stand where those of its template stand.
fn copies_of(row: &Element, cells: &[CellSlot]) -> Vec<CellSlot> {
    let mut copies = cells_of(row);
    for (copy, cell) in copies.iter_mut().zip(cells) {
        copy.column = cell.column;
        copy.across = cell.across;
        copy.class = cell.class;
    }
    copies
}

fn slot(node: HtmlElement, text: Text) -> CellSlot {
    CellSlot {
        node,
        text,
        column: None,
        across: (0, 0),
        class: "c",
        look: Look::default(),
    }
}

/// A header's cell, to be copied.
fn head_template() -> Option<Element> {
    let document = document()?;
    let cell = document.create_element("div").ok()?;
    cell.set_class_name("c");
    set(&cell, "role", "columnheader");
    set(&cell, "aria-haspopup", "menu");
    for class in ["title", "unit"] {
        let part = inside(&cell, "span", class)?;
        part.append_child(&document.create_text_node("")).ok()?;
    }
    let grip = inside(&cell, "span", "sheet-grip")?;
    set(&grip, "aria-hidden", "true");
    Some(cell)
}

fn head_cell(template: &Element, parent: &HtmlElement, id: &str) -> Option<HeadSlot> {
    let node: HtmlElement = template.clone_node_with_deep(true).ok()?.dyn_into().ok()?;
    node.set_id(id);
    parent.append_child(&node).ok()?;
    let title = node.first_child()?;
    let unit = title.next_sibling()?.first_child()?.dyn_into().ok()?;
    let text = title.first_child()?.dyn_into().ok()?;
    let cell = slot(node, text);
    Some(HeadSlot { cell, unit })
}

fn foot_cell(parent: &HtmlElement) -> Option<CellSlot> {
    let node = inside(parent, "div", "c")?;
    let text = document()?.create_text_node("");
    node.append_child(&text).ok()?;
    Some(slot(node, text))
}
