//! Cells that texts are typed into, whatever they hold: storing what can be stored, and keeping what cannot where it was
//! typed, with the reason.

use std::collections::BTreeMap;

use flightpath_school::journal::Draft;
use leptos::prelude::*;

use crate::app::{App, Notice};
use crate::i18n::t_string;
use crate::ui::parts::cell_words::plural as count;
use crate::ui::say::Words;

/// Refused texts that are told in full.
const TOLD: usize = 3;

/// A text that could not be stored and stays in its cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// What was typed.
    pub typed: String,
    /// Why it is not stored.
    pub why: String,
}

/// Cells in rows and columns. What a text means and where it is kept is their own.
pub trait TypedCells: Copy + Send + Sync + 'static {
    /// Which cell, whatever row and column it stands in.
    type At: Ord + Copy + Send + Sync + 'static;

    /// The program's state.
    fn app(self) -> App;
    /// Whether anything can be typed now.
    fn is_open(self) -> bool;
    /// Which cell stands there; nothing beyond the last row or column.
    fn at(self, row: usize, column: usize) -> Option<Self::At>;
    /// Texts that could not be stored.
    fn refused(self) -> RwSignal<BTreeMap<Self::At, Refused>>;
    /// What is stored in a cell, as it is shown.
    fn stored(self, row: usize, column: usize) -> String;
    /// Why a cell does not take a text.
    fn check(self, row: usize, column: usize, text: &str) -> Option<String>;
    /// The one content that what is being typed can become.
    fn completion(self, row: usize, column: usize, typed: &str) -> Option<String>;

    /// What was typed into a cell and could not be stored.
    fn refused_at(self, row: usize, column: usize) -> Option<Refused> {
        let at = self.at(row, column)?;
        self.refused()
            .try_with_untracked(|all| all.get(&at).cloned())
            .flatten()
    }

    /// What a cell shows, or what was typed into it and could not be stored.
    fn shown(self, row: usize, column: usize) -> String {
        let refused = self.refused_at(row, column);
        refused.map_or_else(|| self.stored(row, column), |refused| refused.typed)
    }

    /// How many texts can be read and are not stored, because they still lack something.
    fn waiting(self) -> usize {
        0
    }

    /// Keeps a text that cannot be stored in its cell, with the reason.
    fn refuse(self, at: Self::At, text: &str, why: String) {
        let typed = text.trim().to_owned();
        self.refused().update(|all| {
            all.insert(at, Refused { typed, why });
        });
    }

    /// Forgets what could not be stored in a cell.
    fn forget(self, at: Self::At) {
        if self.refused().with_untracked(|all| all.contains_key(&at)) {
            self.refused().update(|all| {
                all.remove(&at);
            });
        }
    }
}

/// Cells of which each is stored by itself.
pub trait EachByItself: TypedCells {
    /// Adds one text to a draft, or says why it cannot be stored; nothing where there is no such cell.
    fn read_into(
        self,
        draft: &mut Draft,
        row: usize,
        column: usize,
        text: &str,
    ) -> Option<Result<(), String>>;
    /// Carries out what was written, as one step; the column where it is all in one.
    fn carry_out(self, column: Option<usize>, draft: &Draft);

    /// Why a text cannot be stored in a cell.
    fn unfit(self, row: usize, column: usize, text: &str) -> Option<String> {
        let mut unused = Draft::default();
        self.read_into(&mut unused, row, column, text)?.err()
    }
}

/// Stores texts of rows and columns as one step, and marks those that cannot be stored.
pub fn write_all(cells: impl EachByItself, edits: Vec<(usize, usize, String)>) {
    if !cells.is_open() {
        // It was closed while somebody typed.
        cells
            .app()
            .notice
            .set(Some(Notice::LeftBehind(edits.len())));
        return;
    }
    let mut draft = Draft::default();
    let mut columns: Vec<usize> = Vec::new();
    for (row, column, text) in edits {
        let Some(at) = cells.at(row, column) else {
            continue;
        };
        match cells.read_into(&mut draft, row, column, &text) {
            None => {}
            Some(Ok(())) => {
                cells.forget(at);
                if !columns.contains(&column) {
                    columns.push(column);
                }
            }
            Some(Err(why)) => cells.refuse(at, &text, why),
        }
    }
    if !draft.is_empty() {
        let only = match columns.as_slice() {
            [only] => Some(*only),
            _ => None,
        };
        cells.carry_out(only, &draft);
    }
}

/// Says, when the screen goes, how many texts that could not be stored go with it.
pub fn tell_what_is_left_behind(cells: impl TypedCells) {
    let (app, refused) = (cells.app(), cells.refused());
    on_cleanup(move || {
        let entries = refused.try_with_untracked(BTreeMap::len).unwrap_or(0) + cells.waiting();
        if entries > 0 {
            app.notice.set(Some(Notice::LeftBehind(entries)));
        }
    });
}

/// Lets go of texts that could not be stored and whose cell is not there any more, and says how many they are.
pub fn leave_behind<Cells: TypedCells>(cells: Cells, is_there: impl Fn(&Cells::At) -> bool) {
    let refused = cells.refused();
    let gone = refused.with_untracked(|all| all.keys().filter(|at| !is_there(at)).count());
    if gone > 0 {
        refused.update(|all| all.retain(|at, _| is_there(at)));
        cells.app().notice.set(Some(Notice::LeftBehind(gone)));
    }
}

/// What was typed and could not be stored, each in a sentence.
pub fn refusals<Cells: TypedCells>(
    i18n: Words,
    cells: Cells,
    sentence: impl Fn(Cells::At, &Refused) -> String + Send + Sync + 'static,
) -> AnyView {
    let sentences = move || {
        cells.refused().with(|refused| {
            let told = refused.iter().take(TOLD);
            let mut told: Vec<String> = told.map(|(at, refused)| sentence(*at, refused)).collect();
            if refused.len() > TOLD {
                let more = count(refused.len() - TOLD);
                told.push(t_string!(i18n, tracking.bad_more, count = more).to_string());
            }
            told
        })
    };
    view! {
        <div role="alert" class="refusals">
            {move || {
                sentences()
                    .into_iter()
                    .map(|sentence| view! { <p class="problem">{sentence}</p> })
                    .collect_view()
            }}
        </div>
    }
    .into_any()
}
