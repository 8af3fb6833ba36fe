//! The field that one types into: one for the whole sheet, laid over the active cell.

use flightpath_grid::{Mode, Place};

use crate::dom::{pixels, set, set_or_not};
use crate::source::{Align, Edit, Look, Problem};
use crate::state::{About, State};

/// A cell that is typed into: what it is about, and where that stood when it was looked for last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Typing {
    about: About,
    row: usize,
    column: usize,
    /// What the field held when it was opened.
    opened: String,
}

/// What became of the cell that is typed into when rows or columns have come to be others.
#[derive(Debug, Default)]
pub enum Followed {
    /// Nothing is typed, or the field has gone with its cell.
    #[default]
    Stays,
    /// The cell is not seen any more, and is to hold this.
    Hidden(Edit),
    /// There is no such cell any more: this was typed.
    Gone(String),
}

impl State {
    /// Opens the field over the active cell, with the cell's content or empty.
    pub fn open_field(&mut self, with_content: bool) {
        let place = self.hands.active();
        let found = self.at(place);
        let (Some((row, column)), Some(about)) = (found, self.about_cell(place)) else {
            self.hands.mode = Mode::Chosen;
            return;
        };
        let content = if with_content {
            self.source.content(row, column)
        } else {
            String::new()
        };
        let field = &self.frame.field;
        field.set_value(&content);
        self.place_field(place);
        self.frame.typing.set_hidden(false);
        self.frame.handle.set_hidden(true);
        let _ = field.focus();
        let end = length_of(&content);
        let _ = field.set_selection_range(end, end);
        self.typed_length = content.chars().count();
        self.editing = Some(Typing {
            about,
            row,
            column,
            opened: content,
        });
    }

    /// Lays the field over a cell, and names it after that.
    fn place_field(&self, place: Place) {
        let field = &self.frame.field;
        let (left, width) = self.axis.place(place.column);
        pixels(field, "left", left);
        pixels(field, "width", width);
        pixels(field, "top", place.row * self.lengths.row);
        if let Some(head) = self.about(place.column) {
            let mut name = self.text(Place::new(place.row, 0));
            name.push_str(", ");
            name.push_str(&head.title);
            set(field, "aria-label", &name);
            let is_wordy = (head.align == Align::Start).then_some("");
            set_or_not(field, "data-wordy", is_wordy);
        }
    }

    /// Whether the field holds what it held when it was opened.
    pub fn is_untouched(&self) -> bool {
        let typing = self.editing.as_ref();
        typing.is_some_and(|typing| self.frame.field.value() == typing.opened)
    }

    /// Where the owner has the cell now that is typed into.
    fn typed_at(&self) -> Option<(usize, usize)> {
        let Typing {
            about, row, column, ..
        } = self.editing.as_ref()?;
        let is_there = self.source.row_key(*row) == about.row
            && (self.source.columns().get(*column)).is_some_and(|held| held.key == about.column);
        if is_there && *row < self.source.rows() {
            return Some((*row, *column));
        }
        self.owners(about)
    }

    /// Closes the field; gives what was typed, where the cell is to hold it and does not hold it already. Where
    /// something is wrong with that, the same may be meant anew: it may fit by now.
    pub fn close_field(&mut self, keep: bool) -> Option<Edit> {
        let at = self.typed_at();
        self.editing.take()?;
        let text = self.frame.field.value();
        let typed_over = self.hands.mode == Mode::Typing;
        self.hands.mode = Mode::Chosen;
        self.frame.typing.set_hidden(true);
        let (row, column) = at?;
        self.source.typing(row, column, None);
        let is_meant = || {
            text.trim() != self.source.content(row, column)
                || match self.problem(row, column) {
                    Problem::Error => true,
                    Problem::Warning => typed_over,
                    Problem::None | Problem::Missing => false,
                }
        };
        (keep && is_meant()).then(|| Edit {
            row,
            column,
            text: text.clone(),
        })
    }

    fn problem(&self, row: usize, column: usize) -> Problem {
        let mut look = Look::default();
        self.source.look(row, column, &mut look);
        look.problem
    }

    /// Closes the field when nobody will type into it any more; what was typed is kept, whoever stands where now.
    pub fn end_typing(&mut self) -> Followed {
        if self.editing.is_some() && self.typed_at().is_none() {
            let text = self.frame.field.value();
            self.close_field(false);
            return if text.trim().is_empty() {
                Followed::Stays
            } else {
                Followed::Gone(text)
            };
        }
        self.close_field(true)
            .map_or(Followed::Stays, Followed::Hidden)
    }

    /// Has the field follow its cell to where that stands now.
    pub fn follow_typed(&mut self) -> Followed {
        let Some((row, column)) = self.typed_at() else {
            return self.end_typing();
        };
        let Some(place) = self.place_of(row, column) else {
            return self.end_typing();
        };
        if let Some(typing) = &mut self.editing {
            (typing.row, typing.column) = (row, column);
        }
        let mode = self.hands.mode;
        self.hands.choose(place);
        self.hands.mode = mode;
        self.place_field(place);
        Followed::Stays
    }

    /// Something was typed: the rest of the only content that begins so is filled in and selected.
    ///
    /// Not in the middle of a composition, as of Chinese or of an accent, of which the browser says so.
    pub fn typed(&mut self, is_composing: bool) {
        // With each key: it is looked for anew only when rows or columns have changed.
        let Some(Typing { row, column, .. }) = self.editing else {
            return;
        };
        let field = &self.frame.field;
        let text = field.value();
        self.source.typing(row, column, Some(&text));
        let typed = text.chars().count();
        let grew = typed > self.typed_length;
        self.typed_length = typed;
        if !grew || is_composing || self.hands.mode != Mode::Typing {
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
