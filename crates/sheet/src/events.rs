//! What keys and clipboard do, and who listens for what.

use std::cell::Cell;
use std::rc::{Rc, Weak};

use flightpath_grid::clip::fill;
use flightpath_grid::hands::{Deed, Field, Kind, Mode};
use flightpath_grid::keys::Way;
use flightpath_grid::{Block, Key, Modifiers, Place};
use js_sys::Function;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{
    ClipboardEvent, Event, EventTarget, FocusOptions, InputEvent, KeyboardEvent, Node,
    ResizeObserver,
};

use crate::clipboard::{copy, texts_of};
use crate::moving;
use crate::pointer::{
    Drag, Under, clicked, clicked_twice, menu, pointer_down, pointer_moved, pointer_up,
};
use crate::sheet::Inner;
use crate::source::{Cause, Look, Problem, Told};
use crate::state::State;

/// How long a scroll has rested before rows are put into order.
const REST_MS: i32 = 200;

/// Whether the sheet is being scrolled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Resting {
    /// It is not.
    Rests,
    /// A timer waits, and nothing was heard since it began.
    Waits,
    /// It waits, and was scrolled since it began.
    Goes,
}

/// Those who listen; they stop when this is dropped.
pub struct Listening {
    listeners: Vec<Listener>,
    observer: Option<ResizeObserver>,
    _resized: Closure<dyn FnMut()>,
}

struct Listener {
    target: EventTarget,
    name: &'static str,
    heard: Closure<dyn FnMut(Event)>,
}

impl Drop for Listening {
    fn drop(&mut self) {
        if let Some(observer) = &self.observer {
            observer.disconnect();
        }
        for listener in &self.listeners {
            let heard: &Function = listener.heard.as_ref().unchecked_ref();
            let _ = listener
                .target
                .remove_event_listener_with_callback(listener.name, heard);
        }
    }
}

/// A sheet that hears events.
#[derive(Clone)]
pub struct Ears {
    pub inner: Weak<Inner>,
    /// What the pressed pointer does.
    pub drag: Rc<Cell<Option<Drag>>>,
    /// Whether the click that may be heard next ends the drag of a header.
    pub dragged: Rc<Cell<bool>>,
    /// Whether a timer scrolls for a column that is held at an edge.
    pub scrolls: Rc<Cell<bool>>,
    /// What lay under the mouse when it was pressed: the page may be laid out anew before the click is told.
    pub pressed: Rc<Cell<Option<Under>>>,
    /// Whether a timer waits for a scroll to rest.
    resting: Rc<Cell<Resting>>,
}

/// Listens for everything.
pub fn listen(inner: &Rc<Inner>) -> Option<Listening> {
    let ears = Ears {
        inner: Rc::downgrade(inner),
        drag: Rc::new(Cell::new(None)),
        dragged: Rc::new(Cell::new(false)),
        scrolls: Rc::new(Cell::new(false)),
        pressed: Rc::new(Cell::new(None)),
        resting: Rc::new(Cell::new(Resting::Rests)),
    };
    let state = inner.state.try_borrow().ok()?;
    let grid: &EventTarget = &state.frame.grid;
    let field: &EventTarget = &state.frame.field;
    let mut listeners = Vec::new();
    let mut on = |target: &EventTarget, name: &'static str, act: fn(&Ears, &Inner, Event)| {
        let ears = ears.clone();
        let heard = Closure::<dyn FnMut(Event)>::new(move |event: Event| {
            if let Some(inner) = ears.inner.upgrade() {
                act(&ears, &inner, event);
            }
        });
        let _ = target
            .add_event_listener_with_callback(name, heard.as_ref().unchecked_ref::<Function>());
        listeners.push(Listener {
            target: target.clone(),
            name,
            heard,
        });
    };
    on(grid, "scroll", scrolled);
    on(grid, "keydown", pressed);
    on(grid, "pointerdown", pointer_down);
    on(grid, "pointermove", pointer_moved);
    on(grid, "pointerup", pointer_up);
    on(grid, "pointercancel", pointer_up);
    on(grid, "click", clicked);
    on(grid, "dblclick", clicked_twice);
    on(grid, "contextmenu", menu);
    on(grid, "copy", copied);
    on(grid, "cut", cut);
    on(grid, "paste", pasted);
    on(field, "beforeinput", before_typed);
    on(field, "input", |_, inner, event| {
        let is_composing = event
            .dyn_ref::<InputEvent>()
            .is_some_and(InputEvent::is_composing);
        inner.with(|state| state.typed(is_composing));
    });
    on(field, "blur", left);
    let weak = ears.inner.clone();
    let resized = Closure::<dyn FnMut()>::new(move || {
        if let Some(inner) = weak.upgrade() {
            inner.with(|state| {
                let was_seen = state.is_revealed();
                let before = state.lengths;
                state.measure();
                if before != state.lengths {
                    // Something opened beside it: where the hands are is not pushed out of sight by that.
                    state.hold_what_fits(was_seen);
                }
            });
        }
    });
    let observer = ResizeObserver::new(resized.as_ref().unchecked_ref::<Function>()).ok();
    if let Some(observer) = &observer {
        observer.observe(&state.frame.grid);
    }
    Some(Listening {
        listeners,
        observer,
        _resized: resized,
    })
}

/// Keeps what is being typed.
pub fn keep(inner: &Inner, focus: bool) {
    let edit = inner.with(|state| {
        let edit = state.close_field(true);
        if focus {
            state.take_focus();
        }
        state.paint_marks();
        edit
    });
    inner.write(edit.into_iter().collect(), Cause::Typed);
}

/// The field was left: for something else in the page, not for another window, after which it has the focus again.
fn left(_: &Ears, inner: &Inner, event: Event) {
    let field = event
        .target()
        .and_then(|field| field.dyn_into::<Node>().ok());
    let document = field.as_ref().and_then(Node::owner_document);
    let has_focus = document.and_then(|document| document.active_element());
    let stays = has_focus.is_some_and(|has_focus| {
        let has_focus: &Node = &has_focus;
        field
            .as_ref()
            .is_some_and(|field| field.is_same_node(Some(has_focus)))
    });
    if !stays {
        keep(inner, false);
    }
}

/// The browser takes back what was typed, for which it has one memory for all cells: it does not reach beyond this one.
fn before_typed(_: &Ears, inner: &Inner, event: Event) {
    let kind = event.dyn_ref::<InputEvent>().map(InputEvent::input_type);
    let takes_back = kind.is_some_and(|kind| kind.starts_with("history"));
    if takes_back && inner.with(|state| state.is_untouched()) {
        event.prevent_default();
    }
}

/// Tells the owner what is not the sheet's to answer.
pub fn tell(inner: &Inner, told: Told) {
    (inner.tell)(told);
}

fn scrolled(ears: &Ears, inner: &Inner, _: Event) {
    inner.with(|state| {
        state.read_scroll();
        state.paint(false);
    });
    let resting = if ears.resting.get() == Resting::Rests {
        wait_for_rest(ears);
        Resting::Waits
    } else {
        Resting::Goes
    };
    ears.resting.set(resting);
}

/// Puts rows into order when no scroll has been heard for a while. A timer that has begun runs to its end, as to stop it
/// and begin another at each of sixty scrolls a second takes longer than to look once more.
fn wait_for_rest(ears: &Ears) {
    let ears = ears.clone();
    after(REST_MS, move || {
        let Some(inner) = ears.inner.upgrade() else {
            return;
        };
        if ears.resting.replace(Resting::Rests) == Resting::Goes {
            ears.resting.set(Resting::Waits);
            wait_for_rest(&ears);
        } else {
            inner.with(|state| state.put_in_order());
        }
    });
}

/// Does something after so many milliseconds.
pub fn after(wait_ms: i32, act: impl FnOnce() + 'static) {
    let Some(window) = web_sys::window() else {
        return;
    };
    let act = Closure::once_into_js(act);
    let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(
        act.unchecked_ref::<Function>(),
        wait_ms,
    );
}

fn pressed(ears: &Ears, inner: &Inner, event: Event) {
    let Some(event) = event.dyn_ref::<KeyboardEvent>() else {
        return;
    };
    if event.is_composing() {
        return;
    }
    let held = Modifiers {
        shift: event.shift_key(),
        control: event.ctrl_key() || event.meta_key(),
        alt: event.alt_key(),
    };
    let Some(key) = Key::named(&event.key(), held) else {
        return;
    };
    if key == Key::Escape && moving::is_given_up(ears, inner) {
        event.prevent_default();
        event.stop_propagation();
        return;
    }
    let (deed, edit) = inner.with(|state| {
        let before = state.hands.mode;
        let mut hands = state.hands;
        let deed = hands.press(key, held, state.page(), state);
        state.hands = hands;
        let edit = match deed {
            Deed::Moved if before != Mode::Chosen => state.close_field(true),
            _ => None,
        };
        if deed == Deed::Forget {
            state.close_field(false);
        }
        (Some(deed), edit)
    });
    if key == Key::Escape && deed == Some(Deed::Leave) {
        forget(inner, event);
    }
    let Some(deed) = deed.filter(|deed| *deed != Deed::Leave) else {
        return;
    };
    if deed != Deed::Type {
        event.prevent_default();
    }
    // Else Escape would close a drawer, and undo be heard twice.
    event.stop_propagation();
    // A key that is held would take back one step after the other before anybody sees it.
    if event.repeat() && matches!(deed, Deed::Undo | Deed::Redo | Deed::Press) {
        return;
    }
    inner.write(edit.into_iter().collect(), Cause::Typed);
    carry_out(inner, deed);
}

/// Escape gives up what was typed into the active cell and is not stored.
fn forget(inner: &Inner, event: &KeyboardEvent) {
    let wrong = inner.with(|state| {
        let place = state.hands.active();
        let (row, column) = state.at(place)?;
        let mut look = Look::default();
        state.source.look(row, column, &mut look);
        (look.problem == Problem::Error).then_some((row, column))
    });
    if let (Some((row, column)), Some(source)) = (wrong, inner.source()) {
        source.forget(row, column);
        inner.with(|state| state.paint(true));
        event.prevent_default();
        event.stop_propagation();
    }
}

fn carry_out(inner: &Inner, deed: Deed) {
    match deed {
        Deed::Leave => {}
        Deed::Moved | Deed::Forget => {
            inner.with(State::show_hands);
            tell(inner, Told::Moved);
        }
        Deed::Type | Deed::Edit => inner.with(|state| {
            state.reveal();
            state.open_field(deed == Deed::Edit);
        }),
        Deed::Clear => {
            let edits = inner.with(|state| state.cleared());
            inner.write(edits, Cause::Cleared);
        }
        Deed::Fill(way) => {
            let edits = inner
                .with(|state| {
                    let block = state.hands.chosen()?;
                    let first = block.first();
                    let from = match way {
                        Way::Down | Way::Up => {
                            Block::between(first, Place::new(first.row, block.last().column))
                        }
                        Way::Left | Way::Right => {
                            Block::between(first, Place::new(block.last().row, first.column))
                        }
                    };
                    let into = from.dragged_to(block.last())?;
                    Some(state.filled(fill(from, into, way)))
                })
                .unwrap_or_default();
            inner.write(edits, Cause::Filled);
        }
        Deed::Undo => tell(inner, Told::Undo),
        Deed::Redo => tell(inner, Told::Redo),
        Deed::Press | Deed::Menu => {
            if let Some((row, column)) = inner.with(|state| state.at(state.hands.active())) {
                tell(
                    inner,
                    if deed == Deed::Press {
                        Told::Press { row, column }
                    } else {
                        Told::Menu { row, column }
                    },
                );
            }
        }
        Deed::Head => {
            let column = inner.with(|state| {
                let place = state.hands.active();
                state.shown.get(place.column).copied()
            });
            if let Some(column) = column {
                tell(inner, Told::Head { column });
            }
        }
    }
}

impl State {
    /// Shows where the hands are, and scrolls there.
    pub fn show_hands(&mut self) {
        self.take_focus();
        self.reveal();
        self.paint_marks();
    }

    /// Gives the grid the focus, unless something is typed in it.
    pub fn take_focus(&self) {
        if self.editing.is_none() {
            let options = FocusOptions::new();
            options.set_prevent_scroll(true);
            let _ = self.frame.grid.focus_with_options(&options);
        }
    }

    /// Chooses the first cell that can be typed into, or the first of all.
    pub fn choose_first(&mut self) {
        let column = (0..self.shown.len())
            .find(|column| self.kind(Place::new(0, *column)) == Kind::Typed)
            .unwrap_or(0);
        self.hands.choose(Place::new(0, column));
    }

    /// Chooses the first cell of the column with this name, and shows it; whether there is such a column.
    pub fn go_to(&mut self, key: &str) -> bool {
        let mut shown = self.shown.iter();
        let column =
            shown.position(|held| self.columns.get(*held).is_some_and(|held| held.key == key));
        let Some(column) = column else { return false };
        self.hands.choose(Place::new(0, column));
        self.reveal();
        self.paint_marks();
        true
    }

    /// Goes on as Enter does.
    pub fn go_on(&mut self) {
        let mut hands = self.hands;
        hands.press(Key::Enter, Modifiers::default(), 1, self);
        self.hands = hands;
        self.reveal();
        self.paint_marks();
    }
}

/// A clipboard event that is the grid's and not its field's.
fn clip(inner: &Inner, event: &Event) -> Option<ClipboardEvent> {
    let own = inner.with(|state| state.editing.is_none());
    own.then(|| event.dyn_ref::<ClipboardEvent>().cloned())
        .flatten()
}

fn copied(_: &Ears, inner: &Inner, event: Event) {
    if let Some(event) = clip(inner, &event) {
        inner.with(|state| {
            if let Some(block) = state.hands.chosen() {
                copy(state, block, &event);
            }
        });
    }
}

fn cut(ears: &Ears, inner: &Inner, event: Event) {
    copied(ears, inner, event.clone());
    if clip(inner, &event).is_some() {
        carry_out(inner, Deed::Clear);
    }
}

fn pasted(_: &Ears, inner: &Inner, event: Event) {
    let Some(event) = clip(inner, &event) else {
        return;
    };
    event.prevent_default();
    let texts = texts_of(&event);
    let plan = inner.with(|state| state.plan(&texts));
    // Until it is answered nothing has been done, and what was chosen is still chosen.
    if plan.is_whole() {
        inner.with(|state| state.choose_pasted(&plan));
        inner.write(plan.edits, Cause::Pasted);
        tell(inner, Told::Moved);
    } else {
        tell(inner, Told::Asks(plan));
    }
}
