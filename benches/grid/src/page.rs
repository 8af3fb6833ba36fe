//! What `benches/grid.mjs` calls.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use flightpath_grid::Layout;
use flightpath_grid::hands::Kind;
use flightpath_grid::rows::SortKey;
use flightpath_sheet::{Align, Cause, Column, Edit, Look, Sheet, Source};
use wasm_bindgen::prelude::wasm_bindgen;

/// Columns that never scroll.
const FROZEN: usize = 2;

struct Made {
    rows: usize,
    columns: Rc<[Column]>,
    typed: RefCell<BTreeMap<(usize, usize), String>>,
}

impl Made {
    /// The same text as `benches/grid.mjs` makes for its rivals.
    fn text(&self, row: usize, column: usize) -> String {
        if let Some(text) = self.typed.borrow().get(&(row, column)) {
            return text.clone();
        }
        match column {
            0 => format!("Surname{row}, First{}", row % 97),
            1 => format!("{}{}", 7 + row % 7, ["A", "B", "C"][row % 3]),
            _ => ((row * 31 + column * 17) % 101).to_string(),
        }
    }
}

impl Source for Made {
    fn rows(&self) -> usize {
        self.rows
    }
    fn columns(&self) -> Rc<[Column]> {
        Rc::clone(&self.columns)
    }
    fn frozen(&self) -> usize {
        FROZEN
    }
    fn look(&self, row: usize, column: usize, look: &mut Look) {
        look.text = self.text(row, column);
    }
    fn kind(&self, _: usize, column: usize) -> Kind {
        if column < FROZEN {
            Kind::Read
        } else {
            Kind::Typed
        }
    }
    fn sort_key(&self, row: usize, column: usize) -> SortKey {
        SortKey::Word(self.text(row, column))
    }
    fn content(&self, row: usize, column: usize) -> String {
        self.text(row, column)
    }
    fn complete(&self, _: usize, _: usize, _: &str) -> Option<String> {
        None
    }
    fn check(&self, _: &Edit) -> Option<String> {
        None
    }
    fn write(&self, edits: Vec<Edit>, _: Cause) {
        let typed = edits
            .into_iter()
            .map(|edit| ((edit.row, edit.column), edit.text));
        self.typed.borrow_mut().extend(typed);
    }
}

thread_local! {
    static SHOWN: RefCell<Option<Sheet>> = const { RefCell::new(None) };
}

/// Shows so many rows and columns in the element with this id.
#[wasm_bindgen]
pub fn show(id: &str, rows: usize, columns: usize) {
    let columns: Rc<[Column]> = (0..columns)
        .map(|column| Column {
            key: format!("c{column}"),
            title: format!("Column {column}"),
            width: match column {
                0 => 180,
                1 => 60,
                _ => 80,
            },
            align: if column == 0 {
                Align::Start
            } else {
                Align::Center
            },
            ..Column::default()
        })
        .collect();
    let parent = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.get_element_by_id(id));
    let source = Rc::new(Made {
        rows,
        columns,
        typed: RefCell::default(),
    });
    let sheet = parent.and_then(|parent| {
        Sheet::inside_of(&parent, "sheet", "Marks", source, Layout::default(), |_| {})
    });
    SHOWN.with(|shown| *shown.borrow_mut() = sheet);
}
