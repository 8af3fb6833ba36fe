//! What the file's cells show, and what can be asked of them.

use std::rc::Rc;
use std::sync::Arc;

use flightpath_grid::hands::Kind;
use flightpath_grid::rows::SortKey;
use flightpath_school::markbook::thousandths_text;
use flightpath_school::model::{ColumnKey, Field, Id};
use flightpath_school::view::Subject;
use flightpath_school::view::master::{Held, Master, MasterColumn, MasterRow, heights};
use flightpath_sheet::{Align, Cause, Column, Edit, Look, Marked, Source};
use leptos::prelude::*;

use super::File;
use crate::app::App;
use crate::i18n::t_string;
use crate::platform::page;
use crate::ui::parts::drawer::Drawer;
use crate::ui::parts::no_grade::called;
use crate::ui::parts::sheet::{Cells, Offer, set_rag, sorted_by_text};
use crate::ui::parts::why::show_why_at;
use crate::ui::route::Route;
use crate::ui::say::Words;
use crate::ui::screens::pupil::show_history;
use crate::ui::screens::tracking::words::date as date_words;

/// Pupil, class and SEN stand before what the file holds, the way behind it.
const BEFORE: usize = 3;
/// The heights of a way: an eighth of a line to a whole one.
const BARS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// The cells of the file.
struct FileCells {
    i18n: Words,
    file: Memo<Option<Arc<File>>>,
}

impl FileCells {
    fn file(&self) -> Option<Arc<File>> {
        self.file.try_get_untracked().flatten()
    }

    fn with<T>(
        &self,
        row: usize,
        read: impl FnOnce(&Master, &MasterRow) -> Option<T>,
    ) -> Option<T> {
        let file = self.file()?;
        read(&file.master, file.master.rows.get(row)?)
    }
}

/// A way as a row of bars.
fn bars(row: &MasterRow) -> String {
    heights(&row.way)
        .into_iter()
        .filter_map(|height| BARS.get(usize::from(height)))
        .collect()
}

/// Title and unit of a column.
fn named(i18n: Words, column: &MasterColumn) -> (String, String) {
    let date = column.date.map(date_words).unwrap_or_default();
    match &column.held {
        Held::Achieved(year) => (
            t_string!(i18n, master.achieved).to_owned(),
            year.to_string(),
        ),
        Held::Target => (t_string!(i18n, words.target).to_owned(), String::new()),
        Held::Predicted(_) => {
            let title = t_string!(i18n, master.predicted);
            (column.title.clone(), title.to_owned())
        }
        Held::Event(_) | Held::Assessment(_) => (column.title.clone(), date),
    }
}

/// What a person's layout calls a column.
fn key(column: &MasterColumn) -> String {
    match &column.held {
        Held::Achieved(year) => format!("achieved/{year}"),
        Held::Target => "target".to_owned(),
        Held::Event(id) => format!("event/{id}"),
        Held::Predicted(id) => format!("predicted/{id}"),
        Held::Assessment(ids) => {
            let first = ids.first().map(ToString::to_string);
            format!("assessment/{}", first.unwrap_or_default())
        }
    }
}

impl Source for FileCells {
    fn rows(&self) -> usize {
        self.file().map_or(0, |file| file.master.rows.len())
    }

    fn row_key(&self, row: usize) -> u128 {
        self.with(row, |_, held| Some(held.pupil.id.0))
            .unwrap_or_default()
    }

    fn columns(&self) -> Rc<[Column]> {
        let i18n = self.i18n;
        let Some(file) = self.file() else {
            return Rc::new([]);
        };
        let of = |key: &str, title: &str, width, align| Column {
            key: key.to_owned(),
            title: title.to_owned(),
            width,
            align,
            ..Column::default()
        };
        let mut columns = vec![
            of("pupil", t_string!(i18n, words.pupil), 184, Align::Start),
            of("class", t_string!(i18n, words.class), 84, Align::Start),
            of("sen", t_string!(i18n, tracking.sen), 52, Align::Center),
        ];
        columns.extend(file.master.columns.iter().map(|column| {
            let (title, unit) = named(i18n, column);
            Column {
                unit,
                ..of(&key(column), &title, 112, Align::Center)
            }
        }));
        columns.push(of("way", t_string!(i18n, master.way), 84, Align::Start));
        columns.into()
    }

    fn frozen(&self) -> usize {
        BEFORE
    }

    fn look(&self, row: usize, column: usize, look: &mut Look) {
        let i18n = self.i18n;
        self.with(row, |master, held| {
            match column {
                0 => look.text = held.pupil.name(),
                1 => look.text.clone_from(&held.class_name),
                2 => look.text = held.pupil.sen_support().to_owned(),
                _ => match held.cells.get(column - BEFORE) {
                    Some(cell) => {
                        look.text = if cell.code.is_empty() {
                            cell.shown()
                        } else {
                            called(i18n, &cell.code)
                        };
                        set_rag(i18n, look, cell.rag);
                    }
                    None => {
                        look.text = bars(held);
                        let grades: Vec<&str> = master
                            .columns
                            .iter()
                            .zip(&held.cells)
                            .filter(|(column, cell)| {
                                let graded =
                                    matches!(column.held, Held::Achieved(_) | Held::Event(_));
                                graded && !cell.text.is_empty()
                            })
                            .map(|(_, cell)| cell.text.as_str())
                            .collect();
                        if !look.text.is_empty() {
                            let grades = grades.join(", ");
                            look.title =
                                t_string!(i18n, master.way_title, grades = grades).to_string();
                        }
                    }
                },
            }
            Some(())
        });
    }

    fn kind(&self, _: usize, column: usize) -> Kind {
        if column == 0 {
            Kind::Button
        } else {
            Kind::Read
        }
    }

    fn sort_key(&self, row: usize, column: usize) -> SortKey {
        let rank = self.with(row, |_, held| {
            held.cells.get(column.checked_sub(BEFORE)?)?.rank
        });
        if let Some(rank) = rank {
            // Thousandths and positions are far smaller than what a double counts exactly.
            #[allow(clippy::cast_precision_loss)]
            return SortKey::Number(rank as f64);
        }
        sorted_by_text(self, row, column)
    }

    fn mark(&self, row: usize, column: usize) -> Option<Marked> {
        self.with(row, |_, held| {
            let cell = held.cells.get(column.checked_sub(BEFORE)?)?;
            Some(Marked {
                text: thousandths_text(cell.mark?),
                grade: cell.grade.clone(),
                is_grade: false,
            })
        })
    }

    fn content(&self, _: usize, _: usize) -> String {
        String::new()
    }

    fn complete(&self, _: usize, _: usize, _: &str) -> Option<String> {
        None
    }

    fn check(&self, _: &Edit) -> Option<String> {
        None
    }

    // Nothing is typed here.
    fn write(&self, _: Vec<Edit>, _: Cause) {}
}

/// A cell of the file: whose it is and what it holds.
struct At {
    subject: Subject,
    pupil: Id,
    name: String,
    /// Its column in words.
    title: String,
    held: Held,
    position: usize,
}

impl At {
    /// Where its value is kept: of an assessment of several classes, in the pupil's own.
    fn key(&self, app: App) -> Option<ColumnKey> {
        let (year, subject) = (untrack(|| app.year()), self.subject.id);
        Some(match &self.held {
            Held::Achieved(year) => ColumnKey::per_subject(Field::Achieved, *year, subject),
            Held::Target => ColumnKey::per_subject(Field::Target, year, subject),
            Held::Event(event) => app.lists().with_untracked(|lists| {
                let mut events = lists.events.iter();
                let event = events.find(|held| held.id == *event)?;
                event.answer_column(subject)
            })?,
            Held::Predicted(event) => ColumnKey::per_event(Field::Predicted, year, subject, *event),
            Held::Assessment(ids) => {
                let keys = ids
                    .iter()
                    .map(|id| ColumnKey::per_assessment(Field::Mark, year, subject, *id));
                let written = |key: &ColumnKey| {
                    let position = self.position;
                    app.peek(|school| !school.code(key, position).is_never())
                };
                keys.into_iter().find(written)?
            }
        })
    }
}

fn at(file: Memo<Option<Arc<File>>>, row: usize, column: usize) -> Option<At> {
    file.with_untracked(|file| {
        let file = file.as_ref()?;
        let place = column.checked_sub(BEFORE)?;
        let own = file.master.columns.get(place)?;
        let pupil = &file.master.rows.get(row)?.pupil;
        Some(At {
            subject: file.subject.clone(),
            pupil: pupil.id,
            name: pupil.name(),
            title: own.title.clone(),
            held: own.held.clone(),
            position: pupil.position,
        })
    })
}

/// The file's cells for a sheet.
pub fn cells(app: App, i18n: Words, file: Memo<Option<Arc<File>>>, drawer: Drawer) -> Cells {
    Cells {
        of_cell: Rc::new(move |row, column| {
            let Some(at) = at(file, row, column) else {
                return Vec::new();
            };
            let why = match at.held {
                Held::Event(event) => Some(event),
                _ => None,
            };
            let (subject, pupil, name) = (at.subject.clone(), at.pupil, at.name.clone());
            let why = why.map(|event| -> Offer {
                let act = move || {
                    let whose = (pupil, name.as_str());
                    show_why_at(app, i18n, drawer, event, &subject, whose, super::GRID);
                };
                (t_string!(i18n, words.why).to_owned(), Rc::new(act))
            });
            let history = at.key(app).map(|key| -> Offer {
                let act = move || {
                    let opener = super::GRID.to_owned();
                    show_history(
                        i18n,
                        drawer,
                        key,
                        at.pupil,
                        at.title.clone(),
                        &at.name,
                        opener,
                    );
                };
                let name = t_string!(i18n, tracking.history_here);
                (name.to_owned(), Rc::new(act))
            });
            why.into_iter().chain(history).collect()
        }),
        press: Rc::new(move |row, column| {
            let pupil = file.with_untracked(|file| {
                let rows = &file.as_ref()?.master.rows;
                Some(rows.get(row)?.pupil.id)
            });
            if let (Some(pupil), 0) = (pupil, column) {
                page::go(&Route::Pupil(pupil).fragment());
            }
        }),
        ..Cells::of(Rc::new(FileCells { i18n, file }), move || file.track())
    }
}
