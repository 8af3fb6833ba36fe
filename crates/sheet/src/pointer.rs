//! What mouse and finger do.

use flightpath_grid::clip::fill;
use flightpath_grid::hands::{Field, Kind, Mode};
use flightpath_grid::keys::Way;
use flightpath_grid::{Block, Place};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, MouseEvent, PointerEvent};

use crate::dom::whole;
use crate::events::{Ears, keep, tell};
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
}

/// What lies under a pointer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Under {
    Head(usize),
    Cell(Place),
}

impl State {
    /// Where a pointer is, from the upper left corner of what is seen, in CSS pixels.
    fn inside(&self, event: &MouseEvent) -> (usize, usize) {
        let grid = &self.frame.grid;
        let rect = grid.get_bounding_client_rect();
        let x = f64::from(event.client_x() - grid.client_left()) - rect.left();
        let y = f64::from(event.client_y() - grid.client_top()) - rect.top();
        (whole(x), whole(y))
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

/// A pointer was pressed: it chooses, pulls to fill, or widens a column.
pub fn pointer_down(ears: &Ears, inner: &Inner, event: Event) {
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
    keep(inner, true);
    let drag = if is_within(&event, ".sheet-handle") {
        inner.with(|state| state.hands.chosen().map(Drag::Fill))
    } else if let Under::Head(column) = under {
        is_within(&event, ".sheet-grip").then(|| {
            let width = inner.with(|state| state.axis.place(column).1);
            Drag::Widen {
                column,
                from: pointer.client_x(),
                width,
            }
        })
    } else {
        Some(Drag::Choose)
    };
    ears.drag.set(drag);
    if drag.is_some() {
        inner.with(|state| {
            let _ = state.frame.grid.set_pointer_capture(pointer.pointer_id());
        });
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

/// It moved while it was pressed.
pub fn pointer_moved(ears: &Ears, inner: &Inner, event: Event) {
    let (Some(drag), Some(pointer)) = (ears.drag.get(), event.dyn_ref::<PointerEvent>()) else {
        return;
    };
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
pub fn pointer_up(ears: &Ears, inner: &Inner, _: Event) {
    match ears.drag.take() {
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
        Some(Drag::Widen { .. }) => tell(inner, Told::Resized),
        Some(Drag::Choose) | None => {}
    }
}

/// A click, or the touch of a finger.
pub fn clicked(_: &Ears, inner: &Inner, event: Event) {
    let Some(mouse) = event.dyn_ref::<PointerEvent>() else {
        return;
    };
    if is_within(&event, ".sheet-field, .sheet-grip, .sheet-handle") {
        return;
    }
    let touch = mouse.pointer_type() == "touch";
    let told = inner.with(|state| {
        let under = state.under(mouse)?;
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
                match state.kind(place) {
                    Kind::Button if !mouse.shift_key() => Some(Told::Press { row, column }),
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
