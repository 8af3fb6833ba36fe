//! The elements that are always there.
//!
//! ```text
//! grid                     has the focus, and scrolls both ways
//!   space                  as large as all cells together
//!     head                 sticks to the top:    held part sticks to the left, free part
//!     body                 held pane sticks to the left: rows' first cells; free pane: rows, marks, the field
//!     foot                 sticks to the bottom: held part, free part
//! ```

use web_sys::{Element, HtmlElement, HtmlTextAreaElement};

use crate::dom::{inside, pixels, set};
use wasm_bindgen::JsCast;

/// A part that runs across both panes.
#[derive(Debug, Clone)]
pub struct Band {
    /// The whole.
    pub whole: HtmlElement,
    /// What does not scroll sideways.
    pub held: HtmlElement,
    /// What does.
    pub free: HtmlElement,
}

/// What is drawn over the cells of one pane.
#[derive(Debug, Clone)]
pub struct Marks {
    /// The chosen block.
    pub block: HtmlElement,
    /// The active cell.
    pub active: HtmlElement,
}

/// The elements that are always there.
#[derive(Debug, Clone)]
pub struct Frame {
    /// The grid itself, which has the focus and scrolls.
    pub grid: HtmlElement,
    /// As large as all cells together.
    pub space: HtmlElement,
    /// The header.
    pub head: Band,
    /// The rows.
    pub body: Band,
    /// The last line.
    pub foot: Band,
    /// Marks over the pane that does not scroll sideways.
    pub held_marks: Marks,
    /// Marks over the other.
    pub free_marks: Marks,
    /// Lines between the columns.
    pub lines: HtmlElement,
    /// Where a column that is being moved would land.
    pub landing: HtmlElement,
    /// Where a finger or a mouse pulls to fill.
    pub handle: HtmlElement,
    /// The row and cell that the field is in: a grid holds nothing else.
    pub typing: HtmlElement,
    /// The field that one types into.
    pub field: HtmlTextAreaElement,
}

impl Frame {
    /// Puts the elements into a parent. `prefix` begins the ids of its elements.
    pub fn inside_of(parent: &Element, prefix: &str, label: &str) -> Option<Frame> {
        let grid = inside(parent, "div", "sheet-grid")?;
        set(&grid, "role", "grid");
        set(&grid, "tabindex", "0");
        set(&grid, "id", prefix);
        set(&grid, "aria-label", label);
        set(&grid, "aria-multiselectable", "true");
        let space = inside(&grid, "div", "sheet-space")?;
        set(&space, "role", "presentation");
        let head = band(&space, "sheet-head")?;
        set(&head.whole, "role", "rowgroup");
        for part in [&head.held, &head.free] {
            set(part, "role", "row");
            set(part, "aria-rowindex", "1");
        }
        let body = band(&space, "sheet-body")?;
        set(&body.whole, "role", "rowgroup");
        let foot = band(&space, "sheet-foot")?;
        set(&foot.whole, "aria-hidden", "true");
        let held_marks = marks(&body.held)?;
        let free_marks = marks(&body.free)?;
        let lines = inside(&body.free, "div", "sheet-lines")?;
        set(&lines, "aria-hidden", "true");
        let landing = inside(&head.free, "div", "sheet-landing")?;
        set(&landing, "aria-hidden", "true");
        landing.set_hidden(true);
        let handle = inside(&body.free, "div", "sheet-handle")?;
        set(&handle, "aria-hidden", "true");
        let typing = inside(&body.free, "div", "sheet-typing")?;
        set(&typing, "role", "row");
        typing.set_hidden(true);
        let typed_cell = inside(&typing, "div", "sheet-typing")?;
        set(&typed_cell, "role", "gridcell");
        // A field of one line would take the line breaks out of a comment that is only looked at.
        let field: HtmlTextAreaElement = inside(&typed_cell, "textarea", "sheet-field")?
            .dyn_into()
            .ok()?;
        field.set_rows(1);
        set(&field, "autocomplete", "off");
        set(&field, "spellcheck", "false");
        set(&field, "tabindex", "-1");
        Some(Frame {
            grid,
            space,
            head,
            body,
            foot,
            held_marks,
            free_marks,
            lines,
            landing,
            handle,
            typing,
            field,
        })
    }

    /// Gives both panes their widths, in CSS pixels.
    pub fn set_widths(&self, held: usize, free: usize) {
        pixels(&self.space, "width", held + free);
        for band in [&self.head, &self.body, &self.foot] {
            pixels(&band.held, "width", held);
            pixels(&band.free, "left", held);
            pixels(&band.free, "width", free);
        }
    }
}

fn band(space: &Element, class: &str) -> Option<Band> {
    let whole = inside(space, "div", class)?;
    let held = inside(&whole, "div", "sheet-held")?;
    let free = inside(&whole, "div", "sheet-free")?;
    set(&held, "role", "presentation");
    set(&free, "role", "presentation");
    Some(Band { whole, held, free })
}

fn marks(pane: &Element) -> Option<Marks> {
    let block = inside(pane, "div", "sheet-block")?;
    let active = inside(pane, "div", "sheet-active")?;
    for mark in [&block, &active] {
        set(mark, "aria-hidden", "true");
        mark.set_hidden(true);
    }
    Some(Marks { block, active })
}
