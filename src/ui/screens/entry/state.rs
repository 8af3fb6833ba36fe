//! The state of the entry grid: what is chosen, what was typed and could not be stored, and
//! storing what can.

use std::collections::BTreeMap;

use flightpath_school::journal::{Action, Draft};
use flightpath_school::model::{Field, Id, Value};
use leptos::prelude::*;

use super::say;
use super::sheet::{Sheet, Topic};
use super::typed::{self, Typed};
use crate::app::App;
use crate::ui::say::Words;

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

/// A text that could not be stored and stays in its cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// What was typed.
    pub typed: String,
    /// Why it is not stored.
    pub why: String,
}

/// What a paste came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pasted {
    /// Values were spread over the cells.
    Spread {
        /// Values taken.
        taken: usize,
        /// Values that are no grades.
        refused: usize,
        /// Values beyond the last row or column.
        outside: usize,
    },
    /// Cells of several lines, which cannot be told from several rows.
    SeveralLines,
}

/// The grid's state.
#[derive(Clone, Copy)]
pub struct Grid {
    pub app: App,
    pub i18n: Words,
    /// What the grid is about.
    pub topic: Memo<Option<Topic>>,
    /// Its rows.
    pub sheet: Memo<Sheet>,
    /// Row and column of the cell that Tab comes to; the column after the last is *why?*
    pub chosen: RwSignal<(usize, usize)>,
    /// What keys mean in it.
    pub mode: StoredValue<Mode>,
    /// How much the person typed, without what was completed.
    pub typed_length: StoredValue<usize>,
    /// Texts that could not be stored.
    pub refused: RwSignal<BTreeMap<(Id, Field), Refused>>,
    /// What the last paste came to.
    pub pasted: RwSignal<Option<Pasted>>,
}

impl Grid {
    /// A grid with nothing chosen yet.
    pub fn new(app: App, i18n: Words, topic: Memo<Option<Topic>>, sheet: Memo<Sheet>) -> Grid {
        Grid {
            app,
            i18n,
            topic,
            sheet,
            chosen: RwSignal::new((0, 0)),
            mode: StoredValue::new(Mode::Chosen),
            typed_length: StoredValue::new(0),
            refused: RwSignal::new(BTreeMap::new()),
            pasted: RwSignal::new(None),
        }
    }

    /// How many rows and columns can be typed into.
    pub fn size(self) -> (usize, usize) {
        self.topic.with_untracked(|topic| {
            topic
                .as_ref()
                .map_or((0, 0), |topic| (topic.pupils.len(), topic.fields.len()))
        })
    }

    /// Whether grades can be entered now.
    pub fn is_open(self) -> bool {
        self.app.can_change()
            && self.topic.with_untracked(|topic| {
                topic.as_ref().is_some_and(|topic| {
                    topic.event.state == flightpath_school::view::EventState::Open
                })
            })
    }

    fn at(self, row: usize, column: usize) -> Option<(Id, Field)> {
        self.topic.with_untracked(|topic| {
            let topic = topic.as_ref()?;
            Some((topic.pupils.get(row)?.id, *topic.fields.get(column)?))
        })
    }

    /// What a cell shows, or what was typed into it and could not be stored.
    pub fn shown(self, row: usize, column: usize) -> String {
        let refused = self.at(row, column).and_then(|at| {
            self.refused
                .with_untracked(|refused| refused.get(&at).map(|refused| refused.typed.clone()))
        });
        refused.unwrap_or_else(|| self.stored(row, column))
    }

    fn stored(self, row: usize, column: usize) -> String {
        self.sheet.with_untracked(|sheet| {
            sheet
                .rows
                .get(row)
                .and_then(|row| row.held.get(column))
                .map(|held| say::shown(self.i18n, held))
                .unwrap_or_default()
        })
    }

    /// The one grade that what is being typed can become.
    pub fn completion(self, row: usize, column: usize, typed: &str) -> Option<String> {
        self.topic.with_untracked(|topic| {
            let topic = topic.as_ref()?;
            let pupil = topic.pupils.get(row)?;
            let field = *topic.fields.get(column)?;
            self.app.with(|core| {
                let scale = topic.scale(core.school(), core.policy()?, pupil, field);
                typed::completion(field, scale, typed)
            })
        })
    }

    /// Forgets what could not be stored in a cell.
    pub fn forget(self, row: usize, column: usize) {
        if let Some(at) = self.at(row, column)
            && self
                .refused
                .with_untracked(|refused| refused.contains_key(&at))
        {
            self.refused.update(|refused| {
                refused.remove(&at);
            });
        }
    }

    /// Stores what was typed into a cell, or marks it.
    pub fn enter(self, row: usize, column: usize, text: &str) {
        if !self.is_open() || text.trim() == self.shown(row, column) {
            return;
        }
        self.pasted.set(None);
        let mut draft = Draft::default();
        self.write(&mut draft, row, column, text);
        self.carry_out(&draft);
    }

    /// Stores a block of texts from a cell on, as one step.
    pub fn spread(self, row: usize, column: usize, block: &[Vec<&str>]) {
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
        self.pasted.set(Some(Pasted::Spread {
            taken,
            refused,
            outside,
        }));
        self.carry_out(&draft);
    }

    fn carry_out(self, draft: &Draft) {
        let event = self.topic.with_untracked(|topic| {
            topic
                .as_ref()
                .map(|topic| format!("{}, {}", topic.event.name, topic.subject.name))
                .unwrap_or_default()
        });
        self.app.dispatch(Action::Enter { event }, draft);
    }

    /// Adds one text to a draft: whether it can be stored; nothing where there is no such cell.
    fn write(self, draft: &mut Draft, row: usize, column: usize, text: &str) -> Option<bool> {
        let (id, field) = self.at(row, column)?;
        let read = self.topic.with_untracked(|topic| {
            let topic = topic.as_ref()?;
            let pupil = topic.pupils.get(row)?;
            let read = self.app.with(|core| {
                let scale = core
                    .policy()
                    .and_then(|policy| topic.scale(core.school(), policy, pupil, field));
                Some(typed::read(field, scale, topic.answers(field), text))
            })?;
            Some((
                read,
                topic.column(field),
                topic.event.code_column(topic.subject.id),
                topic.answers(field),
            ))
        });
        let (read, key, code_key, answers) = read?;
        match read {
            Ok(Typed::Value(value)) => {
                self.forget(row, column);
                draft.write(key, id, value);
                if answers && self.has_code(row, column) {
                    draft.write(code_key, id, Value::Blank);
                }
                Some(true)
            }
            Ok(Typed::NoGrade(code)) => {
                self.forget(row, column);
                draft.write(code_key, id, Value::text(code));
                if self.has_grade(row, column) {
                    draft.write(key, id, Value::Blank);
                }
                Some(true)
            }
            Err(bad) => {
                let why = say::bad(self.i18n, text, &bad);
                self.refused.update(|refused| {
                    refused.insert(
                        (id, field),
                        Refused {
                            typed: text.trim().to_owned(),
                            why,
                        },
                    );
                });
                Some(false)
            }
        }
    }

    fn has_code(self, row: usize, column: usize) -> bool {
        self.sheet.with_untracked(|sheet| {
            sheet
                .rows
                .get(row)
                .and_then(|row| row.held.get(column))
                .is_some_and(|held| held.code.is_some())
        })
    }

    fn has_grade(self, row: usize, column: usize) -> bool {
        self.sheet.with_untracked(|sheet| {
            sheet
                .rows
                .get(row)
                .and_then(|row| row.held.get(column))
                .is_some_and(|held| !held.text.is_empty())
        })
    }
}
