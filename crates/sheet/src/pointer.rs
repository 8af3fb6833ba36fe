//! What mouse and finger do.

use flightpath_grid::clip::fill;
use flightpath_grid::hands::{Field, Kind, Mode};
use flightpath_grid::keys::Way;
use flightpath_grid::{Block, Place};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, MouseEvent, PointerEvent};

use crate::dom::whole;
use crate::events::{Ears, keep, tell};
use crate::moving;
use crate::sheet::Inner;
use crate::source::{Cause, Told};
use crate::state::State;

/// What a pressed pointer does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Drag {
    /// It chooses cells.
    Choose,
    /// It pulls the edge of a block.
    Fill(Block),
    /// It makes a column wider: the column as it is seen, where the pointer began, and the width then.
    Widen {
        column: usize,
        from: i32,
        width: usize,
    },
    /// It moves a column: the column as it is seen, where the pointer began and where it is in the window, and whether it
    /// has gone far enough to be more than a press.
    Move {
        column: usize,
        from: i32,
        at: i32,
        goes: bool,
    },
}

/// How far a pressed pointer goes before it moves a column, in CSS pixels.
const FAR_ENOUGH: u32 = 5;

/// What lies under a pointer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Under {
    /// The header of a column, as it is seen.
    Head(usize),
    /// A cell.
    Cell(Place),
}

impl State {
    /// Where a pointer is, from the upper left corner of what is seen, in CSS pixels.
    fn inside(&self, event: &MouseEvent) -> (usize, usize) {
        let grid = &self.frame.grid;
        let rect = grid.get_bounding_client_rect();
        let y = f64::from(event.client_y() - grid.client_top()) - rect.top();
        (self.across(event.client_x()), whole(y))
    }

    /// How far from the left of what is seen something in the window is, in CSS pixels.
    pub fn across(&self, client_x: i32) -> usize {
        let grid = &self.frame.grid;
        let rect = grid.get_bounding_client_rect();
        whole(f64::from(client_x - grid.client_left()) - rect.left())
    }

    fn under(&mut self, event: &MouseEvent) -> Option<Under> {
        // What was scrolled a moment ago is told only with the next frame.
        self.read_scroll();
        let (x, y) = self.inside(event);
        let size = self.size();
        if size.columns == 0 {
            return None;
        }
        let held = self.axis.frozen_total();
        let column = if x < held {
            self.axis.at(x, true)
        } else {
            self.axis.at(x - held + self.lengths.left, false)
        };
        if y < self.lengths.head {
            return Some(Under::Head(column));
        }
        (size.rows > 0).then(|| {
            let row = self.rows().at(y - self.lengths.head + self.lengths.top);
            Under::Cell(Place::new(row, column))
        })
    }
}

fn is_within(event: &Event, selector: &str) -> bool {
    event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok())
        .and_then(|element| element.closest(selector).ok().flatten())
        .is_some()
}

/// A pointer was pressed: it chooses, pulls to fill, widens or moves a column.
pub fn pointer_down(ears: &Ears, inner: &Inner, event: Event) {
    ears.dragged.set(false);
    let Some(pointer) = event.dyn_ref::<PointerEvent>() else {
        return;
    };
    // A finger scrolls; what it touches is told by the click that follows.
    if pointer.button() != 0
        || pointer.pointer_type() == "touch"
        || is_within(&event, ".sheet-field")
    {
        return;
    }
    let Some(under) = inner.with(|state| state.under(pointer)) else {
        return;
    };
    // The page's own bars lie beyond the opening.
    let on_bar = inner.with(|state| {
        let (x, y) = state.inside(pointer);
        x >= state.lengths.width || y >= state.lengths.height
    });
    if on_bar {
        return;
    }
    event.prevent_default();
    ears.pressed.set(Some(under));
    keep(inner, true);
    let drag = if is_within(&event, ".sheet-handle") {
        inner.with(|state| state.hands.chosen().map(Drag::Fill))
    } else if let Under::Head(column) = under {
        let from = pointer.client_x();
        if is_within(&event, ".sheet-grip") {
            let width = inner.with(|state| state.axis.place(column).1);
            Some(Drag::Widen {
                column,
                from,
                width,
            })
        } else {
            let is_free = inner.with(|state| column >= state.axis.frozen());
            is_free.then_some(Drag::Move {
                column,
                from,
                at: from,
                goes: false,
            })
        }
    } else {
        Some(Drag::Choose)
    };
    ears.drag.set(drag);
    // A pressed header is captured only when it goes: else the press would not be the header's own.
    if drag.is_some_and(|drag| !matches!(drag, Drag::Move { .. })) {
        capture(inner, pointer);
    }
    if let (Some(Drag::Choose), Under::Cell(place)) = (drag, under) {
        inner.with(|state| {
            if pointer.shift_key() {
                state.hands.extend(place);
            } else {
                state.hands.choose(place);
            }
            state.show_hands();
        });
        tell(inner, Told::Moved);
    }
}

/// What the pointer does is heard wherever it goes.
fn capture(inner: &Inner, pointer: &PointerEvent) {
    inner.with(|state| {
        let _ = state.frame.grid.set_pointer_capture(pointer.pointer_id());
    });
}

/// It moved while it was pressed.
pub fn pointer_moved(ears: &Ears, inner: &Inner, event: Event) {
    let (Some(drag), Some(pointer)) = (ears.drag.get(), event.dyn_ref::<PointerEvent>()) else {
        return;
    };
    if let Drag::Move {
        column, from, goes, ..
    } = drag
    {
        // It was let go where the grid does not hear it.
        if pointer.buttons() & 1 == 0 {
            ears.drag.set(None);
            return;
        }
        let at = pointer.client_x();
        if goes || at.abs_diff(from) >= FAR_ENOUGH {
            if !goes {
                capture(inner, pointer);
            }
            ears.drag.set(Some(Drag::Move {
                column,
                from,
                at,
                goes: true,
            }));
            moving::goes(ears, inner, at);
        }
        return;
    }
    let under = inner.with(|state| state.under(pointer));
    match (drag, under) {
        (Drag::Choose, Some(Under::Cell(place))) => {
            let moved = inner.with(|state| {
                let moved = state.hands.tip() != place;
                if moved {
                    state.hands.extend(place);
                    state.show_hands();
                }
                moved
            });
            if moved {
                tell(inner, Told::Moved);
            }
        }
        (Drag::Fill(block), Some(Under::Cell(place))) => inner.with(|state| {
            let whole = block
                .dragged_to(place)
                .map_or(block, |more| Block::between(block.first(), more.last()));
            state.hands.choose(block.first());
            state.hands.extend(whole.last());
            state.show_hands();
        }),
        (
            Drag::Widen {
                column,
                from,
                width,
            },
            _,
        ) => {
            let width = i32::try_from(width).unwrap_or(i32::MAX);
            let width = width.saturating_add(pointer.client_x() - from);
            let width = u16::try_from(width.max(0)).unwrap_or(u16::MAX);
            inner.with(|state| {
                let key = state
                    .shown
                    .get(column)
                    .and_then(|own| state.columns.get(*own));
                if let Some(key) = key.map(|about| about.key.clone()) {
                    state.layout.set_width(&key, width);
                    state.arrange_columns();
                    state.lay_out();
                }
            });
        }
        _ => {}
    }
}

/// It was let go.
pub fn pointer_up(ears: &Ears, inner: &Inner, event: Event) {
    match ears.drag.take() {
        Some(Drag::Move {
            column,
            at,
            goes: true,
            ..
        }) => {
            ears.dragged.set(true);
            let given_up = event.type_() == "pointercancel";
            moving::ends(inner, (!given_up).then_some((column, at)));
        }
        Some(Drag::Fill(from)) if event.type_() == "pointercancel" => {
            moving::unfilled(inner, from);
        }
        Some(Drag::Fill(from)) => {
            let edits = inner
                .with(|state| {
                    let into = from.dragged_to(state.hands.tip())?;
                    let way = if into.first().row > from.last().row {
                        Way::Down
                    } else {
                        Way::Right
                    };
                    Some(state.filled(fill(from, into, way)))
                })
                .unwrap_or_default();
            inner.write(edits, Cause::Filled);
            tell(inner, Told::Moved);
        }
        Some(Drag::Widen { .. }) => {
            ears.dragged.set(true);
            tell(inner, Told::LaidOut);
        }
        Some(Drag::Choose | Drag::Move { .. }) | None => {}
    }
}

/// A click, or the touch of a finger.
pub fn clicked(ears: &Ears, inner: &Inner, event: Event) {
    // It ends a drag of a header, and asks for nothing.
    if ears.dragged.take() {
        return;
    }
    let Some(mouse) = event.dyn_ref::<PointerEvent>() else {
        return;
    };
    if is_within(&event, ".sheet-field, .sheet-grip, .sheet-handle") {
        return;
    }
    let touch = mouse.pointer_type() == "touch";
    let pressed = ears.pressed.take().filter(|_| !touch);
    let told = inner.with(|state| {
        let under = pressed.or_else(|| state.under(mouse))?;
        match under {
            Under::Head(place) => {
                state.hands.choose_head(place);
                state.show_hands();
                let column = *state.shown.get(place)?;
                Some(Told::Head { column })
            }
            Under::Cell(place) => {
                if touch {
                    state.hands.choose(place);
                    state.show_hands();
                }
                let (row, column) = state.at(place)?;
                // Whoever has chosen several has pressed none of them.
                let is_one = state.hands.chosen().is_some_and(|block| block.is_one());
                match state.kind(place) {
                    Kind::Button if is_one && !mouse.shift_key() => {
                        Some(Told::Press { row, column })
                    }
                    Kind::Typed if touch => Some(Told::Touched { row, column }),
                    _ => None,
                }
            }
        }
    });
    if let Some(told) = told {
        tell(inner, told);
    }
}

/// Twice: the cell is edited.
pub fn clicked_twice(_: &Ears, inner: &Inner, event: Event) {
    let Some(mouse) = event.dyn_ref::<MouseEvent>() else {
        return;
    };
    if is_within(&event, ".sheet-field, .sheet-head") {
        return;
    }
    inner.with(|state| {
        if let Some(Under::Cell(place)) = state.under(mouse)
            && state.kind(place) == Kind::Typed
        {
            state.hands.choose(place);
            state.hands.mode = Mode::Editing;
            state.show_hands();
            state.open_field(true);
        }
    });
}

/// What can be done is asked for with the other button.
pub fn menu(_: &Ears, inner: &Inner, event: Event) {
    let Some(mouse) = event.dyn_ref::<MouseEvent>() else {
        return;
    };
    if is_within(&event, ".sheet-field") {
        return;
    }
    let told = inner.with(|state| {
        let told = match state.under(mouse)? {
            Under::Head(place) => {
                state.hands.choose_head(place);
                Told::Head {
                    column: *state.shown.get(place)?,
                }
            }
            Under::Cell(place) => {
                if !state.hands.chosen().is_some_and(|block| block.holds(place)) {
                    state.hands.choose(place);
                }
                let (row, column) = state.at(place)?;
                Told::Menu { row, column }
            }
        };
        state.show_hands();
        Some(told)
    });
    if let Some(told) = told {
        event.prevent_default();
        tell(inner, told);
    }
}
