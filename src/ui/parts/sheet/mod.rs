//! The grid of `flightpath-sheet` in a screen: with the words, menus and notes that it has none of itself.
//!
//! A screen says what its cells are (`Source`) and gives the sheet a place; sorting, filtering, choosing columns, asking
//! before a paste that does not fit, the figures of what is chosen and the choices for a finger are the same everywhere.

mod asks;
mod columns;
mod enter;
mod figures;
mod file;
mod picker;
mod popup;

use std::rc::Rc;

use flightpath_grid::rows::SortKey;
use flightpath_school::model::Id;
use flightpath_school::policy::Rag;
use flightpath_school::view::plain;
use flightpath_sheet::{Look, Plan, Sheet, Source, Told};
use leptos::html;
use leptos::prelude::*;

use crate::app::{Notice, use_app};
use crate::i18n::{t_string, use_i18n};
use crate::platform::prefs;
use crate::ui::parts::mark::{rag_key, rag_name};
use crate::ui::parts::table_out::ExportActions;
use crate::ui::say::Words;
use asks::Asks;
use columns::ColumnsMenu;
use enter::EnterGoes;
use figures::Figures;
pub use figures::mean_of;
use file::file_of;
use picker::Picker;
use popup::{Popup, PopupView};

/// Something that can be done with a cell or a column: its name, and the doing.
pub type Offer = (String, Rc<dyn Fn()>);

/// A screen's cells, and what can be done with them beyond typing.
#[derive(Clone)]
pub struct Cells {
    /// The cells.
    pub source: Rc<dyn Source>,
    /// Follows whatever the cells are made of.
    pub follow: Rc<dyn Fn()>,
    /// What can be done with a column, by the owner's number.
    pub of_column: Rc<dyn Fn(usize) -> Vec<Offer>>,
    /// What can be done with a cell, by the owner's row and column.
    pub of_cell: Rc<dyn Fn(usize, usize) -> Vec<Offer>>,
    /// What can be done with all rows of which a cell is chosen, by the owner's numbers.
    pub of_rows: Rc<dyn Fn(Vec<usize>) -> Vec<Offer>>,
    /// What a cell does that does something.
    pub press: Rc<dyn Fn(usize, usize)>,
    /// The contents that a cell can have, where they are few.
    pub choices: Rc<dyn Fn(usize, usize) -> Vec<String>>,
    /// Hears which cell keys speak to, whenever that is another one.
    pub moved: Rc<dyn Fn(usize, usize)>,
}

impl Cells {
    /// Cells with which nothing can be done beyond typing.
    pub fn of(source: Rc<dyn Source>, follow: impl Fn() + 'static) -> Cells {
        Cells {
            source,
            follow: Rc::new(follow),
            of_column: Rc::new(|_| Vec::new()),
            of_cell: Rc::new(|_, _| Vec::new()),
            of_rows: Rc::new(|_| Vec::new()),
            press: Rc::new(|_, _| ()),
            choices: Rc::new(|_, _| Vec::new()),
            moved: Rc::new(|_, _| ()),
        }
    }
}

/// The key of a row that is about a pupil and something else beside, as a subject: the same pupil's row with another of
/// them is about something else.
pub fn row_key_of(pupil: Id, beside: &[Id]) -> u128 {
    let parts = beside.iter().zip(1u32..);
    parts.fold(pupil.0, |key, (id, place)| {
        key ^ id.0.rotate_left(43 * place)
    })
}

/// Adds a sentence to what is said of a cell.
pub fn say(said: &mut String, more: &str) {
    if !said.is_empty() {
        said.push_str(". ");
    }
    said.push_str(more);
}

/// Gives a cell its RAG mark, and says its name; nothing where there is no colour.
pub fn set_rag(i18n: Words, look: &mut Look, rag: Option<Rag>) {
    if rag.is_some() {
        look.rag = Some(rag_key(rag));
        say(&mut look.title, rag_name(i18n, rag));
    }
}

/// What a cell is sorted by that is neither a number nor a grade: its text.
pub fn sorted_by_text(cells: &dyn Source, row: usize, column: usize) -> SortKey {
    let mut look = Look::default();
    cells.look(row, column, &mut look);
    if look.text.is_empty() {
        SortKey::Empty
    } else {
        SortKey::Word(plain(&look.text))
    }
}

/// The sheet on screen, as its parts hold it.
#[derive(Clone, Copy)]
pub struct Held {
    sheet: StoredValue<Option<Sheet>, LocalStorage>,
    cells: StoredValue<Cells, LocalStorage>,
    /// Under which name the person's layout is kept.
    key: StoredValue<String>,
    /// Raised when other cells are chosen, or they hold something else.
    moved: RwSignal<u32>,
    /// Raised when the columns may be others, or laid out otherwise.
    laid_out: RwSignal<u32>,
    popup: RwSignal<Option<Popup>>,
    asks: RwSignal<Option<Plan>, LocalStorage>,
    touched: RwSignal<Option<(usize, usize)>>,
}

impl Held {
    /// Does something with the sheet, if it is on screen.
    pub fn with<T: Default>(self, act: impl FnOnce(&Sheet) -> T) -> T {
        self.sheet
            .try_with_value(|sheet| sheet.as_ref().map(act))
            .flatten()
            .unwrap_or_default()
    }

    fn cells(self) -> Option<Cells> {
        self.cells.try_get_value()
    }

    /// Changes how the person wants the sheet, keeps that, and shows it.
    pub fn lay_out(self, change: impl FnOnce(&mut flightpath_grid::Layout)) {
        let mut layout = self.with(Sheet::layout);
        change(&mut layout);
        self.with(|sheet| sheet.set_layout(layout));
        self.keep();
    }

    /// Keeps how the person has the sheet. What a paste that is asked about would go into may stand elsewhere now.
    fn keep(self) {
        if self.asks.with_untracked(Option::is_some) {
            self.asks.update(|asks| {
                if let Some(plan) = asks {
                    plan.stay();
                }
            });
        }
        if let Some(key) = self.key.try_get_value() {
            prefs::keep_layout(&key, &self.with(Sheet::layout));
        }
        self.changed();
    }

    /// What the cells hold, or how they are laid out, may be otherwise.
    fn changed(self) {
        self.moved.update(|times| *times += 1);
        self.laid_out.update(|times| *times += 1);
    }
}

/// A sheet in a place of its own height.
#[component]
pub fn SheetView(
    /// The cells.
    cells: Cells,
    /// What the grid is called.
    label: String,
    /// Begins the ids of its elements.
    id: &'static str,
    /// Under which name the person's layout is kept: never a pupil's.
    layout_key: String,
    /// The id of the element that says what keys do.
    #[prop(optional)]
    described_by: &'static str,
    /// The name of a column that is gone to as soon as it is there.
    #[prop(optional)]
    new_column: Option<RwSignal<Option<String>>>,
    /// Told which rows are shown, by the owner's numbers, in the order in which they are.
    #[prop(optional)]
    shown_rows: Option<StoredValue<Vec<usize>>>,
    /// Whether what it shows can be taken away as a file of its own name.
    #[prop(optional)]
    exports: bool,
) -> impl IntoView {
    let app = use_app();
    let i18n = use_i18n();
    let place = NodeRef::<html::Div>::new();
    let held = Held {
        sheet: StoredValue::new_local(None),
        cells: StoredValue::new_local(cells.clone()),
        key: StoredValue::new(layout_key.clone()),
        moved: RwSignal::new(0),
        laid_out: RwSignal::new(0),
        popup: RwSignal::new(None),
        asks: RwSignal::new_local(None),
        touched: RwSignal::new(None),
    };
    let rows = RwSignal::new(cells.source.rows());
    let source = Rc::clone(&cells.source);
    let tell = move |told: Told| match told {
        Told::Moved => {
            held.touched.set(None);
            held.moved.update(|times| *times += 1);
            if let (Some(cells), Some((row, column))) = (held.cells(), held.with(Sheet::active)) {
                (cells.moved)(row, column);
            }
        }
        Told::Undo => app.undo_soon(),
        Told::Redo => app.redo_soon(),
        Told::Press { row, column } => {
            if let Some(cells) = held.cells() {
                (cells.press)(row, column);
            }
        }
        Told::Head { column } => held.popup.set(Popup::over(held, None, column)),
        Told::Menu { row, column } => held.popup.set(Popup::over(held, Some(row), column)),
        Told::Touched { row, column } => held.touched.set(Some((row, column))),
        Told::Asks(plan) => held.asks.set(Some(plan)),
        Told::LaidOut => held.keep(),
        Told::Gone(typed) => app.notice.set(Some(Notice::NoPlace(typed))),
    };
    let named = label.clone();
    let name = StoredValue::new(label);
    Effect::new(move |_| {
        let Some(place) = place.get() else { return };
        if held.with(|_| true) {
            return;
        }
        let layout = prefs::layout(&layout_key);
        let sheet = Sheet::inside_of(&place, id, &named, Rc::clone(&source), layout, tell);
        if let Some(sheet) = &sheet {
            sheet.describe_by(described_by);
            sheet.set_on_enter(prefs::on_enter());
        }
        let _ = held.sheet.try_set_value(sheet);
    });
    let follow = Rc::clone(&cells.follow);
    let source = Rc::clone(&cells.source);
    Effect::new(move |_| {
        follow();
        // What was asked about was for the rows that stood there.
        if untrack(|| held.with(Sheet::refresh)) && held.asks.with_untracked(Option::is_some) {
            held.asks.set(None);
            app.notice.set(Some(Notice::NotPasted));
        }
        rows.set(untrack(|| source.rows()));
        held.changed();
        let Some(new_column) = new_column else { return };
        let key = new_column.try_get_untracked().flatten();
        if key.is_some_and(|key| untrack(|| held.with(|sheet| sheet.go_to(&key)))) {
            new_column.set(None);
        }
    });
    if let Some(shown_rows) = shown_rows {
        Effect::new(move |_| {
            held.laid_out.track();
            shown_rows.set_value(held.with(Sheet::shown).0);
        });
    }
    on_cleanup(move || {
        let _ = held.sheet.try_set_value(None);
    });
    view! {
        <div class="sheet-around">
            <div class="sheet-tools">
                <ColumnsMenu held=held id=id />
                <EnterGoes held=held />
                <Figures held=held />
            </div>
            <Asks held=held />
            <div
                class="sheet-place"
                node_ref=place
                style=("--rows", move || rows.get().to_string())
            ></div>
            <Picker held=held />
            <Show when=move || rows.get() == 0>
                <p class="hint">{t_string!(i18n, grid.no_rows)}</p>
            </Show>
            <PopupView held=held />
            {exports
                .then(|| {
                    view! {
                        <ExportActions table=move || {
                            file_of(i18n, held, &name.read_value())
                        } />
                    }
                })}
        </div>
    }
}
