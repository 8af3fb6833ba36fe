//! The field that one types into: one for the whole sheet, laid over the active cell.

use flightpath_grid::Mode;

use crate::dom::pixels;
use crate::source::Edit;
use crate::state::State;

impl State {
    /// Opens the field over the active cell, with the cell's content or empty.
    pub fn open_field(&mut self, with_content: bool) {
        let place = self.hands.active();
        let Some((row, column)) = self.at(place) else {
            self.hands.mode = Mode::Chosen;
            return;
        };
        let field = &self.frame.field;
        let (left, width) = self.axis.place(place.column);
        pixels(field, "left", left);
        pixels(field, "width", width);
        pixels(field, "top", place.row * self.lengths.row);
        let content = if with_content {
            self.source.content(row, column)
        } else {
            String::new()
        };
        field.set_value(&content);
        if let Some(head) = self.columns.get(column) {
            let mut name = self.text(flightpath_grid::Place::new(place.row, 0));
            name.push_str(", ");
            name.push_str(&head.title);
            crate::dom::set(field, "aria-label", &name);
        }
        self.frame.typing.set_hidden(false);
        self.frame.handle.set_hidden(true);
        let _ = field.focus();
        let end = length_of(&content);
        let _ = field.set_selection_range(end, end);
        self.editing = Some((row, column));
        self.typed_length = content.chars().count();
    }

    /// Closes the field; gives what was typed, where the cell is to hold it and does not hold it already.
    pub fn close_field(&mut self, keep: bool) -> Option<Edit> {
        let (row, column) = self.editing.take()?;
        let text = self.frame.field.value();
        self.hands.mode = Mode::Chosen;
        self.frame.typing.set_hidden(true);
        self.source.typing(row, column, None);
        (keep && text.trim() != self.source.content(row, column)).then_some(Edit {
            row,
            column,
            text,
        })
    }

    /// Something was typed: the rest of the only content that begins so is filled in and selected.
    pub fn typed(&mut self) {
        let Some((row, column)) = self.editing else {
            return;
        };
        let field = &self.frame.field;
        let text = field.value();
        self.source.typing(row, column, Some(&text));
        let typed = text.chars().count();
        let grew = typed > self.typed_length;
        self.typed_length = typed;
        if !grew || self.hands.mode != Mode::Typing {
            return;
        }
        if let Some(whole) = self.source.complete(row, column, &text) {
            field.set_value(&whole);
            let _ = field.set_selection_range(length_of(&text), length_of(&whole));
        }
    }
}

/// How long a text is as the browser counts.
fn length_of(text: &str) -> u32 {
    u32::try_from(text.encode_utf16().count()).unwrap_or(u32::MAX)
}
