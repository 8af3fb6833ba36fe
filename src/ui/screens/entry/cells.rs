//! What the entry grid's cells show, and what can be done with them.

use std::cell::RefCell;
use std::rc::Rc;

use flightpath_grid::hands::Kind;
use flightpath_grid::rows::SortKey;
use flightpath_school::engine::Truth;
use flightpath_school::model::{Field, Id};
use flightpath_school::policy::Rag;
use flightpath_sheet::{Align, Cause, Column, Edit, Look, Problem, Source};
use leptos::prelude::*;

use super::phrases::show_phrases;
use super::say::{is_wordy, shown};
use super::sheet::{Row, Topic};
use super::state::Grid;
use crate::i18n::t_string;
use crate::platform::page;
use crate::ui::parts::drawer::Drawer;
use crate::ui::parts::mark::on_target_name;
use crate::ui::parts::no_grade::codes;
use crate::ui::parts::sheet::{Cells, Offer, row_key_of, set_rag, sorted_by_text};
use crate::ui::parts::typed_cells::{TypedCells, write_all};
use crate::ui::parts::why::show_why_at;
use crate::ui::route::Route;
use crate::ui::screens::pupil::show_history;
use crate::ui::screens::tracking::words::field_name;

/// Columns before those that are typed into: pupil, form, SEN, target, last.
const BEFORE: usize = 5;

/// The cells of the entry grid: for as long as its fields are the same.
pub struct EntryCells {
    grid: Grid,
    fields: Vec<Field>,
    /// The event that the column *last* comes from.
    before: Signal<String>,
    columns: RefCell<Option<Headed>>,
}

/// Columns, and the pupils whose scales stand in their heads.
type Headed = (Vec<Id>, Rc<[Column]>);

impl EntryCells {
    fn with<T: Default>(&self, row: usize, read: impl FnOnce(&Row) -> T) -> T {
        let read = |sheet: &super::sheet::Sheet| sheet.rows.get(row).map(read);
        self.grid
            .sheet
            .try_with_untracked(read)
            .flatten()
            .unwrap_or_default()
    }

    fn pupils(&self) -> Vec<Id> {
        let ids = |topic: &Topic| topic.pupils.iter().map(|pupil| pupil.id).collect();
        let topic = |topic: &Option<Topic>| topic.as_ref().map(ids);
        let pupils = self.grid.topic.try_with_untracked(topic);
        pupils.flatten().unwrap_or_default()
    }

    fn field(&self, column: usize) -> Option<(usize, Field)> {
        let place = column.checked_sub(BEFORE)?;
        Some((place, *self.fields.get(place)?))
    }

    fn is_status(&self, column: usize) -> bool {
        column == BEFORE + self.fields.len()
    }

    fn status(&self, row: usize) -> (Truth, Option<Rag>) {
        self.with(row, |row| row.status)
            .unwrap_or((Truth::Unknown, None))
    }

    fn make_columns(&self) -> Rc<[Column]> {
        let i18n = self.grid.i18n;
        let of = |key: &str, title: String, unit: String, width: u16, align: Align| Column {
            key: key.to_owned(),
            title,
            unit,
            width,
            align,
            foot: String::new(),
        };
        let plain = |key: &str, title: &str, width, align| {
            of(key, title.to_owned(), String::new(), width, align)
        };
        let mut columns = vec![
            plain("pupil", t_string!(i18n, words.pupil), 184, Align::Start),
            plain("form", t_string!(i18n, words.form), 56, Align::Center),
            plain("sen", t_string!(i18n, tracking.sen), 52, Align::Center),
            plain("target", t_string!(i18n, words.target), 72, Align::Center),
            plain("last", &self.before.get_untracked(), 96, Align::Center),
        ];
        for field in &self.fields {
            let (width, align) = match field {
                field if is_wordy(*field) => (240, Align::Start),
                Field::AtlClass | Field::AtlHome => (140, Align::Center),
                _ => (112, Align::Center),
            };
            let title = field_name(i18n, *field).to_string();
            let key = format!("{field:?}");
            columns.push(of(&key, title, self.unit(*field), width, align));
        }
        columns.push(plain(
            "status",
            t_string!(i18n, words.status),
            116,
            Align::Start,
        ));
        columns.push(plain("why", t_string!(i18n, words.why), 64, Align::Center));
        columns.into()
    }

    /// The scales of the pupils' grades.
    fn unit(&self, field: Field) -> String {
        let grid = self.grid;
        grid.topic
            .with_untracked(|topic| {
                let topic = topic.as_ref()?;
                grid.app.with(|core| {
                    let policy = core.policy()?;
                    let mut names: Vec<&str> = Vec::new();
                    for pupil in &topic.pupils {
                        let scale = topic.scale(core.school(), policy, pupil, field)?;
                        if !names.contains(&scale.name()) {
                            names.push(scale.name());
                        }
                    }
                    Some(names.join(" / "))
                })
            })
            .unwrap_or_default()
    }

    /// Where a grade stands on its scale.
    fn rank(&self, row: usize, field: Field, text: &str) -> Option<f64> {
        self.grid.topic.with_untracked(|topic| {
            let topic = topic.as_ref()?;
            let pupil = topic.pupils.get(row)?;
            self.grid.app.with(|core| {
                let scale = topic.scale(core.school(), core.policy()?, pupil, field)?;
                Some(scale.parse(text).ok()?.lowest().as_grades())
            })
        })
    }
}

impl Source for EntryCells {
    fn rows(&self) -> usize {
        let count = |sheet: &super::sheet::Sheet| sheet.rows.len();
        self.grid.sheet.try_with_untracked(count).unwrap_or(0)
    }

    fn row_key(&self, row: usize) -> u128 {
        self.grid
            .topic
            .try_with_untracked(|topic| {
                let topic = topic.as_ref()?;
                let pupil = topic.pupils.get(row)?.id;
                Some(row_key_of(pupil, &[topic.subject.id, topic.event.id]))
            })
            .flatten()
            .unwrap_or_default()
    }

    fn columns(&self) -> Rc<[Column]> {
        let Ok(mut known) = self.columns.try_borrow_mut() else {
            return Rc::new([]);
        };
        let pupils = self.pupils();
        match &*known {
            Some((headed, columns)) if *headed == pupils => Rc::clone(columns),
            _ => {
                let columns = self.make_columns();
                *known = Some((pupils, Rc::clone(&columns)));
                columns
            }
        }
    }

    fn frozen(&self) -> usize {
        BEFORE
    }

    fn look(&self, row: usize, column: usize, look: &mut Look) {
        let i18n = self.grid.i18n;
        if let Some((place, _)) = self.field(column) {
            look.locked = !self.grid.is_open();
            if let Some(refused) = self.grid.refused_at(row, place) {
                look.text = refused.typed;
                look.title = refused.why;
                look.problem = Problem::Error;
                return;
            }
            let held = self.with(row, |row| row.held.get(place).cloned().unwrap_or_default());
            look.text = shown(i18n, &held);
            if held.conflict {
                look.problem = Problem::Warning;
                t_string!(i18n, tracking.two_values).clone_into(&mut look.title);
            } else if held.unusual {
                look.problem = Problem::Warning;
                let before = self.with(row, |row| row.last.clone());
                look.title = t_string!(i18n, tracking.unusual_here, before = before).to_string();
            } else if held.missing {
                look.problem = Problem::Missing;
                t_string!(i18n, tracking.missing_here).clone_into(&mut look.title);
            }
            return;
        }
        match column {
            0 => look.text = self.with(row, |row| row.name.clone()),
            1 => look.text = self.with(row, |row| row.form.clone()),
            2 => look.text = self.with(row, |row| row.sen.clone()),
            3 => look.text = self.with(row, |row| row.target.clone()),
            4 => look.text = self.with(row, |row| row.last.clone()),
            _ if self.is_status(column) => {
                let (truth, rag) = self.status(row);
                on_target_name(i18n, truth).clone_into(&mut look.text);
                set_rag(i18n, look, rag);
            }
            _ => t_string!(i18n, words.why).clone_into(&mut look.text),
        }
    }

    fn kind(&self, _: usize, column: usize) -> Kind {
        match self.field(column) {
            Some(_) if self.grid.is_open() => Kind::Typed,
            Some(_) => Kind::Read,
            None if column == 0 || column > BEFORE + self.fields.len() => Kind::Button,
            None => Kind::Read,
        }
    }

    fn sort_key(&self, row: usize, column: usize) -> SortKey {
        let field = match column {
            // Both are grades of the subject.
            3 | 4 => Some(Field::Current),
            _ => self.field(column).map(|(_, field)| field),
        };
        let mut look = Look::default();
        self.look(row, column, &mut look);
        let rank = field.and_then(|field| self.rank(row, field, &look.text));
        rank.map_or_else(|| sorted_by_text(self, row, column), SortKey::Number)
    }

    fn content(&self, row: usize, column: usize) -> String {
        self.field(column)
            .map(|(place, _)| self.grid.shown(row, place))
            .unwrap_or_default()
    }

    fn complete(&self, row: usize, column: usize, typed: &str) -> Option<String> {
        self.grid.completion(row, self.field(column)?.0, typed)
    }

    fn check(&self, edit: &Edit) -> Option<String> {
        let (place, _) = self.field(edit.column)?;
        self.grid.check(edit.row, place, &edit.text)
    }

    fn forget(&self, row: usize, column: usize) {
        let at = self
            .field(column)
            .and_then(|(place, _)| self.grid.at(row, place));
        if let Some(at) = at {
            self.grid.forget(at);
        }
    }

    fn write(&self, edits: Vec<Edit>, _: Cause) {
        let edits = edits
            .into_iter()
            .filter_map(|edit| Some((edit.row, self.field(edit.column)?.0, edit.text)));
        write_all(self.grid, edits.collect());
    }
}

/// The grid's cells for a sheet.
pub fn cells(grid: Grid, fields: Vec<Field>, before: Signal<String>, drawer: Drawer) -> Cells {
    let i18n = grid.i18n;
    let pupil_at = move |row: usize| -> Option<(Id, String)> {
        grid.sheet.with_untracked(|sheet| {
            let row = sheet.rows.get(row)?;
            Some((row.pupil?, row.name.clone()))
        })
    };
    let why_column = BEFORE + fields.len() + 1;
    let source = Rc::new(EntryCells {
        grid,
        fields: fields.clone(),
        before,
        columns: RefCell::new(None),
    });
    let choices = Rc::clone(&source);
    Cells {
        of_cell: Rc::new(move |row, column| {
            let place = column.checked_sub(BEFORE);
            let field = place.and_then(|place| fields.get(place).copied());
            let (Some((pupil, who)), Some(field)) = (pupil_at(row), field) else {
                return Vec::new();
            };
            let key = grid
                .topic
                .with_untracked(|topic| topic.as_ref().map(|topic| topic.column(field)));
            let what = field_name(i18n, field).to_string();
            let history: Rc<dyn Fn()> = Rc::new(move || {
                if let Some(key) = key {
                    let opener = super::GRID.to_owned();
                    show_history(i18n, drawer, key, pupil, what.clone(), &who, opener);
                }
            });
            let phrases = (field == Field::Comment && grid.is_open()).then(|| -> Offer {
                let name = t_string!(i18n, phrases.offer).to_owned();
                (name, Rc::new(move || show_phrases(grid, drawer, row)))
            });
            let history: Offer = (t_string!(i18n, tracking.history_here).to_owned(), history);
            phrases.into_iter().chain([history]).collect()
        }),
        press: Rc::new(move |row, column| {
            let Some((pupil, name)) = pupil_at(row) else {
                return;
            };
            if column == why_column {
                show_why(grid, drawer, pupil, &name);
            } else if column == 0 {
                page::go(&Route::Pupil(pupil).fragment());
            }
        }),
        choices: Rc::new(move |row, column| {
            let Some((_, field)) = choices.field(column) else {
                return Vec::new();
            };
            grid.topic
                .with_untracked(|topic| {
                    let topic = topic.as_ref()?;
                    let pupil = topic.pupils.get(row)?;
                    grid.app.with(|core| {
                        let scale = topic.scale(core.school(), core.policy()?, pupil, field)?;
                        let mut labels: Vec<String> = scale.all_labels();
                        labels.reverse();
                        if topic.answers(field) {
                            labels.extend(codes(i18n).map(|(_, name)| name.to_owned()));
                        }
                        Some(labels)
                    })
                })
                .unwrap_or_default()
        }),
        ..Cells::of(source, move || {
            grid.sheet.track();
            grid.refused.track();
            grid.app.can_change();
        })
    }
}

fn show_why(grid: Grid, drawer: Drawer, pupil: Id, name: &str) {
    let about = grid.topic.with_untracked(|topic| {
        let topic = topic.as_ref()?;
        Some((topic.event.id, topic.subject.clone()))
    });
    if let Some((event, subject)) = about {
        let whose = (pupil, name);
        show_why_at(
            grid.app,
            grid.i18n,
            drawer,
            event,
            &subject,
            whose,
            super::GRID,
        );
    }
}
