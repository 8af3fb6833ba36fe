//! A sheet as its owner holds it.

use std::cell::RefCell;
use std::rc::Rc;

use flightpath_grid::{Columns, Hands, Layout, OnEnter, Window};
use web_sys::Element;

use crate::dom::set_or_not;
use crate::editor::Followed;
use crate::events::{Listening, listen};
use crate::frame::Frame;
use crate::source::{Cause, Column, Edit, Look, Plan, Source, Told};
use crate::state::{Lengths, State};

/// What the sheet and those who listen for it share.
pub struct Inner {
    pub state: RefCell<State>,
    /// Whom to tell what is not the sheet's to answer.
    pub tell: Box<dyn Fn(Told)>,
}

impl Inner {
    /// Changes the state; nothing where it is being changed already, which only an owner can bring about that calls the
    /// sheet from an answer.
    pub fn with<T: Default>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        match self.state.try_borrow_mut() {
            Ok(mut state) => change(&mut state),
            Err(_) => T::default(),
        }
    }

    /// Whose cells they are; asked to write only while the state is free.
    pub fn source(&self) -> Option<Rc<dyn Source>> {
        let state = self.state.try_borrow().ok()?;
        Some(Rc::clone(&state.source))
    }

    /// Has the owner write texts, and shows what came of it.
    pub fn write(&self, edits: Vec<Edit>, cause: Cause) {
        if edits.is_empty() {
            return;
        }
        if let Some(source) = self.source() {
            source.write(edits, cause);
        }
        self.with(|state| state.paint(true));
    }
}

/// A grid on screen; it is gone from the page when this is dropped.
pub struct Sheet {
    inner: Rc<Inner>,
    _listening: Listening,
}

impl Sheet {
    /// Puts a sheet into an element, which it fills and which must have a height. `prefix` begins the ids of its elements
    /// and is to be found once in the page; `label` is what the grid is called. `tell` hears what a person did that is not
    /// the sheet's to answer. Nothing where the browser makes no elements.
    pub fn inside_of(
        parent: &Element,
        prefix: &str,
        label: &str,
        source: Rc<dyn Source>,
        layout: Layout,
        tell: impl Fn(Told) + 'static,
    ) -> Option<Sheet> {
        let frame = Frame::inside_of(parent, prefix, label)?;
        let mut state = State {
            columns: source.columns(),
            source,
            layout,
            frame,
            prefix: prefix.to_owned(),
            frozen: 0,
            shown: Vec::new(),
            order: Vec::new(),
            rows_there: Vec::new(),
            axis: Columns::default(),
            hands: Hands::default(),
            lengths: Lengths::default(),
            aside: None,
            slots: Vec::new(),
            row_window: Window::default(),
            column_window: Window::default(),
            heads: Vec::new(),
            feet: Vec::new(),
            lines: Vec::new(),
            editing: None,
            typed_length: 0,
            told_active: None,
            spare: Look::default(),
        };
        state.rearrange();
        state.choose_first();
        let inner = Rc::new(Inner {
            state: RefCell::new(state),
            tell: Box::new(tell),
        });
        let listening = listen(&inner)?;
        Some(Sheet {
            inner,
            _listening: listening,
        })
    }

    /// The contents of cells may be others now. As long as the rows are about the same they stay where they are and as
    /// they were filtered, whatever is typed into them: nobody finds another pupil below her hands than a moment ago.
    /// Whether rows or columns are others, so that what was planned for some is not for those that stand there now.
    pub fn refresh(&self) -> bool {
        let (are_others, followed) = self.inner.with(|state| {
            let columns = state.source.columns();
            let each = |same: fn(&Column, &Column) -> bool| {
                let mut pairs = columns.iter().zip(state.columns.iter());
                columns.len() == state.columns.len() && pairs.all(|(new, old)| same(new, old))
            };
            let same_rows = state.row_keys() == state.rows_there;
            if !same_rows || !each(|new, old| new.key == old.key) {
                return (true, state.follow());
            }
            let same_room = each(Column::is_laid_out_as);
            state.columns = columns;
            if same_room {
                state.paint(true);
            } else {
                state.rearrange_columns();
            }
            (false, Followed::Stays)
        });
        self.settle(followed);
        are_others
    }

    /// Keeps what was typed where it belongs, or tells that there is no such place any more.
    fn settle(&self, followed: Followed) {
        match followed {
            Followed::Stays => {}
            Followed::Hidden(edit) => self.inner.write(vec![edit], Cause::Typed),
            Followed::Gone(text) => (self.inner.tell)(Told::Gone(text)),
        }
    }

    /// Shows the sheet as a person wants it, its rows sorted and filtered anew.
    pub fn set_layout(&self, layout: Layout) {
        let followed = self.inner.with(|state| {
            state.layout = layout;
            let before = state.hands.active();
            let followed = state.follow();
            if before != state.hands.active() {
                state.reveal();
            }
            followed
        });
        self.settle(followed);
    }

    /// How the person wants it.
    pub fn layout(&self) -> Layout {
        self.inner.with(|state| state.layout.clone())
    }

    /// Says where Enter goes from now on.
    pub fn set_on_enter(&self, on_enter: OnEnter) {
        self.inner.with(|state| state.hands.on_enter = on_enter);
    }

    /// Names the element that says what keys do here.
    pub fn describe_by(&self, id: &str) {
        self.inner.with(|state| {
            let id = (!id.is_empty()).then_some(id);
            set_or_not(&state.frame.grid, "aria-describedby", id);
        });
    }

    /// The owner's row and column of the active cell; nothing where there are no cells, or a header is active.
    pub fn active(&self) -> Option<(usize, usize)> {
        self.inner.with(|state| {
            state.hands.chosen()?;
            state.at(state.hands.active())
        })
    }

    /// The owner's rows and columns that are shown, in the order in which they are.
    pub fn shown(&self) -> (Vec<usize>, Vec<usize>) {
        self.inner
            .with(|state| (state.order.clone(), state.shown.clone()))
    }

    /// The owner's rows and columns of the chosen cells.
    pub fn chosen(&self) -> (Vec<usize>, Vec<usize>) {
        self.inner.with(|state| match state.hands.chosen() {
            None => Default::default(),
            Some(block) => (
                state.order[block.rows()].to_vec(),
                state.shown[block.columns()].to_vec(),
            ),
        })
    }

    /// Where the active cell, or its header, stands in the window: left, top, right and bottom in CSS pixels.
    pub fn active_rect(&self) -> Option<[f64; 4]> {
        self.inner.with(|state| {
            let place = state.hands.active();
            let element = if state.hands.on_head() {
                state.head_element(place.column)
            } else {
                state.element(place)
            };
            let rect = element?.get_bounding_client_rect();
            Some([rect.left(), rect.top(), rect.right(), rect.bottom()])
        })
    }

    /// Writes what fits of a paste that was asked about.
    pub fn paste(&self, plan: Plan) {
        self.inner.with(|state| state.choose_pasted(&plan));
        self.inner.write(plan.edits, Cause::Pasted);
        self.focus();
    }

    /// Writes a text into the active cell and goes on to the next one, as if it had been typed.
    pub fn put(&self, text: &str) {
        let edit = self.inner.with(|state| {
            let edit = state.edit(state.hands.active(), text);
            state.go_on();
            edit
        });
        self.inner.write(edit.into_iter().collect(), Cause::Typed);
    }

    /// Chooses the first cell of the column with this name, and gives it the focus; whether there is such a column.
    pub fn go_to(&self, key: &str) -> bool {
        let is_there = self.inner.with(|state| state.go_to(key));
        if is_there {
            self.focus();
        }
        is_there
    }

    /// Gives the sheet the focus.
    pub fn focus(&self) {
        self.inner.with(|state| state.take_focus());
    }
}

impl Drop for Sheet {
    fn drop(&mut self) {
        // What is being typed is kept when the screen goes.
        let followed = self.inner.with(State::end_typing);
        self.settle(followed);
        self.inner.with(|state| state.frame.grid.remove());
    }
}
