//! What keys, mouse and clipboard do in a table that is typed into, whatever its cells hold.

use std::collections::BTreeMap;

use flightpath_school::journal::Draft;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use crate::app::{App, Notice};
use crate::i18n::{t_string, use_i18n};
use crate::platform::page;
use crate::ui::parts::cell_words::plural as count;
use crate::ui::say::Words;

/// Refused texts that are told in full.
const TOLD: usize = 3;

/// What keys mean in the chosen cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// The cell is chosen: arrows move, typing overwrites.
    Chosen,
    /// Something is being typed over: arrows keep it and move.
    Typing,
    /// The content is edited: arrows left and right move in the text.
    Editing,
}

/// What a paste came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pasted {
    /// Values were spread over the cells.
    Spread {
        /// Values taken.
        taken: usize,
        /// Values that no cell takes.
        refused: usize,
        /// Values beyond the last row or column.
        outside: usize,
    },
    /// Cells of several lines, which cannot be told from several rows.
    SeveralLines,
}

/// A text that could not be stored and stays in its cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// What was typed.
    pub typed: String,
    /// Why it is not stored.
    pub why: String,
}

/// Where the hands are in a table.
#[derive(Clone, Copy)]
pub struct Hands {
    /// Row and column of the cell that Tab comes to; the column after the last may hold a button.
    pub chosen: RwSignal<(usize, usize)>,
    /// What keys mean in it.
    pub mode: StoredValue<Mode>,
    /// How much the person typed, without what was completed.
    pub typed_length: StoredValue<usize>,
    /// What the last paste came to.
    pub pasted: RwSignal<Option<Pasted>>,
}

impl Hands {
    /// At the first cell.
    pub fn new() -> Hands {
        Hands {
            chosen: RwSignal::new((0, 0)),
            mode: StoredValue::new(Mode::Chosen),
            typed_length: StoredValue::new(0),
            pasted: RwSignal::new(None),
        }
    }
}

/// The id of a cell's input or button.
pub fn cell_id(row: usize, column: usize) -> String {
    format!("cell-{row}-{column}")
}

fn place_of(event: &web_sys::Event) -> Option<(usize, usize)> {
    let id = event.target()?.dyn_into::<web_sys::Element>().ok()?.id();
    let (row, column) = id.strip_prefix("cell-")?.split_once('-')?;
    Some((row.parse().ok()?, column.parse().ok()?))
}

fn input_of(event: &web_sys::Event) -> Option<HtmlInputElement> {
    event.target()?.dyn_into().ok()
}

fn length(text: &str) -> u32 {
    u32::try_from(text.encode_utf16().count()).unwrap_or(u32::MAX)
}

/// A table that is typed into; its cells are inputs or buttons with the ids of [`cell_id`]. What a text means and
/// where it is kept is its own.
pub trait TypedCells: Copy + Send + Sync + 'static {
    /// Which cell, whatever row and column it stands in.
    type At: Ord + Copy + Send + Sync + 'static;

    /// Where the hands are.
    fn hands(self) -> Hands;
    /// The program's state.
    fn app(self) -> App;
    /// How many rows and columns can be typed into.
    fn size(self) -> (usize, usize);
    /// Whether a column of buttons follows the last one.
    fn has_buttons(self) -> bool;
    /// Whether anything can be typed now.
    fn is_open(self) -> bool;
    /// Which cell stands there; nothing beyond the last row or column.
    fn at(self, row: usize, column: usize) -> Option<Self::At>;
    /// Texts that could not be stored.
    fn refused(self) -> RwSignal<BTreeMap<Self::At, Refused>>;
    /// What is stored in a cell, as it is shown.
    fn stored(self, row: usize, column: usize) -> String;
    /// Adds one text to a draft, or marks its cell: whether it can be stored; nothing where there is no such cell.
    fn write(self, draft: &mut Draft, row: usize, column: usize, text: &str) -> Option<bool>;
    /// Carries out what was written into so many columns from one on, as one step.
    fn carry_out(self, column: usize, columns: usize, draft: &Draft);
    /// The one content that what is being typed can become.
    fn completion(self, row: usize, column: usize, typed: &str) -> Option<String>;

    /// What a cell shows, or what was typed into it and could not be stored.
    fn shown(self, row: usize, column: usize) -> String {
        let refused = self.at(row, column).and_then(|at| {
            let typed = |all: &BTreeMap<Self::At, Refused>| Some(all.get(&at)?.typed.clone());
            self.refused().with_untracked(typed)
        });
        refused.unwrap_or_else(|| self.stored(row, column))
    }

    /// Marks a cell with what was typed and cannot be stored there.
    fn refuse(self, at: Self::At, typed: &str, why: String) {
        let typed = typed.trim().to_owned();
        self.refused().update(|all| {
            all.insert(at, Refused { typed, why });
        });
    }

    /// Forgets what could not be stored in a cell.
    fn forget(self, row: usize, column: usize) {
        if let Some(at) = self.at(row, column)
            && self.refused().with_untracked(|all| all.contains_key(&at))
        {
            self.refused().update(|all| {
                all.remove(&at);
            });
        }
    }

    /// Stores what was typed into a cell, or marks it.
    fn enter(self, row: usize, column: usize, text: &str) {
        if !self.is_open() || text.trim() == self.shown(row, column) {
            return;
        }
        self.hands().pasted.set(None);
        let mut draft = Draft::default();
        self.write(&mut draft, row, column, text);
        self.carry_out(column, 1, &draft);
    }

    /// Stores a block of texts from a cell on, as one step.
    fn spread(self, row: usize, column: usize, block: &[Vec<&str>]) {
        if !self.is_open() {
            return;
        }
        let mut draft = Draft::default();
        let (mut taken, mut refused, mut outside) = (0, 0, 0);
        for (down, line) in block.iter().enumerate() {
            for (along, text) in line.iter().enumerate() {
                match self.write(&mut draft, row + down, column + along, text) {
                    Some(true) => taken += 1,
                    Some(false) => refused += 1,
                    None => outside += 1,
                }
            }
        }
        self.hands().pasted.set(Some(Pasted::Spread {
            taken,
            refused,
            outside,
        }));
        let columns = block.iter().map(Vec::len).max().unwrap_or(0);
        self.carry_out(column, columns, &draft);
    }

    /// Whether the tabulator comes to a cell: to the chosen one alone.
    fn tabindex(self, row: usize, column: usize) -> &'static str {
        if self.hands().chosen.get() == (row, column) {
            "0"
        } else {
            "-1"
        }
    }

    /// The last column that has cells to come to.
    fn last_column(self) -> usize {
        let fields = self.size().1;
        if self.has_buttons() {
            fields
        } else {
            fields.saturating_sub(1)
        }
    }

    /// Keeps what stands in the input of a cell, and shows it as it is kept.
    fn keep(self, row: usize, column: usize, input: Option<&HtmlInputElement>) {
        let Some(input) = input else { return };
        // A grid that is taken away with the focus inside says so when its state is gone already.
        let Some(mode) = self.hands().mode.try_get_value() else {
            return;
        };
        if mode != Mode::Chosen {
            self.enter(row, column, &input.value());
        }
        self.hands().mode.set_value(Mode::Chosen);
        input.set_value(&self.shown(row, column));
    }

    fn go(self, row: usize, column: usize) {
        page::focus(&cell_id(row, column));
    }

    /// A key was pressed.
    fn on_key(self, event: web_sys::KeyboardEvent) {
        let Some((row, column)) = place_of(&event) else {
            return;
        };
        let input = input_of(&event);
        let mode = self.hands().mode.get_value();
        let key = event.key();
        let control = event.ctrl_key() || event.meta_key();
        if control || event.alt_key() {
            self.on_command(&event, &key, control, mode);
            return;
        }
        let rows = self.size().0;
        let last = self.last_column();
        let down = (row + 1).min(rows.saturating_sub(1));
        let up = row.saturating_sub(1);
        let to = match key.as_str() {
            "Enter" if input.is_none() => return,
            "Enter" if event.shift_key() => (up, column),
            "Enter" | "ArrowDown" => (down, column),
            "ArrowUp" => (up, column),
            "Tab" if event.shift_key() && column == 0 => return,
            "Tab" if event.shift_key() => (row, column - 1),
            "Tab" if column >= last => return,
            "Tab" => (row, column + 1),
            "ArrowLeft" | "ArrowRight" | "Home" | "End" if mode == Mode::Editing => return,
            "ArrowLeft" => (row, column.saturating_sub(1)),
            "ArrowRight" => (row, (column + 1).min(last)),
            "Home" => (row, 0),
            "End" => (row, last),
            "F2" => {
                event.prevent_default();
                if let Some(input) = input.filter(|_| self.is_open()) {
                    self.hands().mode.set_value(Mode::Editing);
                    let end = length(&input.value());
                    let _ = input.set_selection_range(end, end);
                }
                return;
            }
            "Escape" => {
                if let Some(input) = input {
                    self.leave(&event, row, column, &input);
                }
                return;
            }
            "Delete" if mode == Mode::Chosen => {
                event.prevent_default();
                if let Some(input) = input.filter(|_| self.is_open()) {
                    self.hands().mode.set_value(Mode::Typing);
                    input.set_value("");
                    self.keep(row, column, Some(&input));
                }
                return;
            }
            _ => return,
        };
        event.prevent_default();
        self.keep(row, column, input.as_ref());
        if to == (row, column) {
            if let Some(input) = input {
                input.select();
            }
        } else {
            self.go(to.0, to.1);
        }
    }

    /// Undo and redo belong to the school while nothing is being typed; the corners of the grid.
    fn on_command(self, event: &web_sys::KeyboardEvent, key: &str, control: bool, mode: Mode) {
        if !control || mode != Mode::Chosen {
            return;
        }
        let rows = self.size().0;
        match (key.to_lowercase().as_str(), event.shift_key()) {
            ("z" | "y", _) if event.repeat() => {}
            ("z", false) => self.app().undo_soon(),
            ("z", true) | ("y", false) => self.app().redo_soon(),
            ("home", _) => self.go(0, 0),
            ("end", _) => self.go(rows.saturating_sub(1), self.last_column()),
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    }

    /// Leaves a cell without change; what could not be stored there is forgotten.
    fn leave(
        self,
        event: &web_sys::KeyboardEvent,
        row: usize,
        column: usize,
        input: &HtmlInputElement,
    ) {
        let before = self.shown(row, column);
        self.forget(row, column);
        let now = self.shown(row, column);
        if self.hands().mode.get_value() != Mode::Chosen || before != now {
            // Else Escape closes the drawer.
            event.stop_propagation();
        }
        self.hands().mode.set_value(Mode::Chosen);
        self.hands().typed_length.set_value(0);
        input.set_value(&now);
        input.select();
    }

    /// Something was typed: the rest of the only grade that begins so is filled in and selected.
    fn on_input(self, event: web_sys::Event) {
        let (Some((row, column)), Some(input)) = (place_of(&event), input_of(&event)) else {
            return;
        };
        if self.hands().mode.get_value() == Mode::Chosen {
            self.hands().mode.set_value(Mode::Typing);
        }
        let text = input.value();
        let typed = text.chars().count();
        let grew = typed > self.hands().typed_length.get_value();
        self.hands().typed_length.set_value(typed);
        if !grew || self.hands().mode.get_value() != Mode::Typing {
            return;
        }
        if let Some(whole) = self.completion(row, column, &text) {
            input.set_value(&whole);
            let _ = input.set_selection_range(length(&text), length(&whole));
        }
    }

    /// A cell got the focus.
    fn on_focus(self, event: web_sys::FocusEvent) {
        let Some(place) = place_of(&event) else {
            return;
        };
        self.hands().mode.set_value(Mode::Chosen);
        self.hands().typed_length.set_value(0);
        self.hands().chosen.set(place);
        if let Some(input) = input_of(&event) {
            input.select();
        }
    }

    /// A cell lost the focus: what was typed is kept.
    fn on_blur(self, event: web_sys::FocusEvent) {
        if let Some((row, column)) = place_of(&event) {
            self.keep(row, column, input_of(&event).as_ref());
        }
    }

    /// The first click chooses a cell, the second edits it.
    fn on_mouse(self, event: web_sys::MouseEvent) {
        let Some(input) = input_of(&event) else {
            return;
        };
        let focused = web_sys::window()
            .and_then(|window| window.document())
            .and_then(|document| document.active_element())
            .is_some_and(|active| active.is_same_node(Some(&input)));
        if focused {
            if self.is_open() && self.hands().mode.get_value() == Mode::Chosen {
                self.hands().mode.set_value(Mode::Editing);
            }
        } else {
            event.prevent_default();
            let _ = input.focus();
        }
    }

    /// A block from a spreadsheet is spread over the cells; a single text goes into its cell.
    fn on_paste(self, event: web_sys::ClipboardEvent) {
        let Some((row, column)) = place_of(&event) else {
            return;
        };
        let text = event
            .clipboard_data()
            .and_then(|data| data.get_data("text/plain").ok())
            .unwrap_or_default();
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        let text = text.strip_suffix('\n').unwrap_or(&text);
        if !text.contains(['\n', '\t']) {
            return;
        }
        event.prevent_default();
        let input = input_of(&event);
        if text.lines().any(|line| line.matches('"').count() % 2 == 1) {
            self.hands().pasted.set(Some(Pasted::SeveralLines));
            return;
        }
        let block: Vec<Vec<&str>> = text
            .split('\n')
            .map(|line| line.split('\t').collect())
            .collect();
        self.hands().mode.set_value(Mode::Chosen);
        self.spread(row, column, &block);
        if let Some(input) = input {
            input.set_value(&self.shown(row, column));
            input.select();
        }
    }
}

/// Says, when the screen goes, how many texts that could not be stored go with it.
pub fn tell_what_is_left_behind(cells: impl TypedCells) {
    let (app, refused) = (cells.app(), cells.refused());
    on_cleanup(move || {
        let entries = refused.try_with_untracked(BTreeMap::len).unwrap_or(0);
        if entries > 0 {
            app.notice.set(Some(Notice::LeftBehind(entries)));
        }
    });
}

/// What was typed and could not be stored, each in a sentence, and what a paste came to.
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
        <PasteNote hands=cells.hands() />
    }
    .into_any()
}

/// Says what a paste came to.
#[component]
fn PasteNote(hands: Hands) -> impl IntoView {
    let i18n = use_i18n();
    let pasted = move || {
        hands.pasted.get().map(|pasted| match pasted {
            Pasted::SeveralLines => t_string!(i18n, tracking.paste_quotes).to_owned(),
            Pasted::Spread {
                taken,
                refused,
                outside,
            } => {
                let mut text = t_string!(i18n, tracking.pasted, count = count(taken)).to_string();
                for more in [
                    (refused > 0).then(|| {
                        t_string!(i18n, tracking.pasted_bad, count = count(refused)).to_string()
                    }),
                    (outside > 0).then(|| {
                        t_string!(i18n, tracking.pasted_outside, count = count(outside)).to_string()
                    }),
                ]
                .into_iter()
                .flatten()
                {
                    text.push(' ');
                    text.push_str(&more);
                }
                text
            }
        })
    };
    view! {
        <p role="status" class="hint" aria-label=t_string!(i18n, tracking.title)>
            {pasted}
        </p>
    }
}
