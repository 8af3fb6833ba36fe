//! The state of the entry grid: what is chosen, what was typed and could not be stored, and
//! storing what can.

use std::collections::BTreeMap;

use flightpath_school::journal::{Action, Draft, Shown};
use flightpath_school::model::{Field, Id, Value};
use leptos::prelude::*;

use super::say;
use super::sheet::{Sheet, Topic};
use super::typed::{self, Typed};
use crate::app::App;
use crate::ui::parts::typed_cells::{EachByItself, Refused, TypedCells};
use crate::ui::say::Words;

/// The grid's state.
#[derive(Clone, Copy)]
pub struct Grid {
    pub app: App,
    pub i18n: Words,
    /// What the grid is about.
    pub topic: Memo<Option<Topic>>,
    /// Its rows.
    pub sheet: Memo<Sheet>,
    /// Texts that could not be stored.
    pub refused: RwSignal<BTreeMap<(Id, Field), Refused>>,
    /// The rows that the grid shows, in the order in which it does.
    pub shown_rows: StoredValue<Vec<usize>>,
}

impl Grid {
    /// A grid with nothing chosen yet.
    pub fn new(app: App, i18n: Words, topic: Memo<Option<Topic>>, sheet: Memo<Sheet>) -> Grid {
        Grid {
            app,
            i18n,
            topic,
            sheet,
            refused: RwSignal::new(BTreeMap::new()),
            shown_rows: StoredValue::new(Vec::new()),
        }
    }

    /// Pupils without a grade here who have one of the same scale at the event before, with it.
    fn before(self) -> Vec<(Id, Value)> {
        self.topic
            .with_untracked(|topic| {
                let topic = topic.as_ref()?;
                let key = topic.event.answer_column(topic.subject.id)?;
                let code = topic.event.code_column(topic.subject.id);
                self.app.with(|core| {
                    let (school, policy) = (core.school(), core.policy()?);
                    // What was typed and waits for a better spelling is not written under.
                    let waits = |pupil: Id| {
                        self.refused
                            .with_untracked(|refused| refused.keys().any(|(id, _)| *id == pupil))
                    };
                    let found = topic.pupils.iter().filter(|pupil| !waits(pupil.id));
                    let found = found.filter_map(|pupil| {
                        let is_empty =
                            |key| matches!(school.shown_at(key, pupil.position), Shown::Nothing);
                        let value = school.shown_at(&topic.before, pupil.position).one()?;
                        let (scale, _) = value.as_grade()?;
                        let own = topic.scale(school, policy, pupil, Field::Current)?;
                        let fits = is_empty(&key) && is_empty(&code) && own.key() == scale;
                        fits.then(|| (pupil.id, value.clone()))
                    });
                    Some(found.collect())
                })
            })
            .unwrap_or_default()
    }

    /// How many grades of the event before could be taken over.
    pub fn to_copy(self) -> usize {
        self.before().len()
    }

    /// Takes them over, as one step.
    pub fn copy_before(self) {
        let key = self.topic.with_untracked(|topic| {
            let topic = topic.as_ref()?;
            topic.event.answer_column(topic.subject.id)
        });
        let Some(key) = key else { return };
        let mut draft = Draft::default();
        for (pupil, value) in self.before() {
            draft.write(key, pupil, value);
        }
        self.carry_out(None, &draft);
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

impl TypedCells for Grid {
    type At = (Id, Field);

    fn app(self) -> App {
        self.app
    }

    fn is_open(self) -> bool {
        self.app.can_change()
            && self.topic.with_untracked(|topic| {
                topic.as_ref().is_some_and(|topic| {
                    topic.event.state == flightpath_school::view::EventState::Open
                })
            })
    }

    fn completion(self, row: usize, column: usize, typed: &str) -> Option<String> {
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

    fn refused(self) -> RwSignal<BTreeMap<(Id, Field), Refused>> {
        self.refused
    }

    fn at(self, row: usize, column: usize) -> Option<(Id, Field)> {
        self.topic.with_untracked(|topic| {
            let topic = topic.as_ref()?;
            Some((topic.pupils.get(row)?.id, *topic.fields.get(column)?))
        })
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

    fn check(self, row: usize, column: usize, text: &str) -> Option<String> {
        self.unfit(row, column, text)
    }
}

impl EachByItself for Grid {
    fn read_into(
        self,
        draft: &mut Draft,
        row: usize,
        column: usize,
        text: &str,
    ) -> Option<Result<(), String>> {
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
        Some(match read {
            Ok(Typed::Value(value)) => {
                draft.write(key, id, value);
                if answers && self.has_code(row, column) {
                    draft.write(code_key, id, Value::Blank);
                }
                Ok(())
            }
            Ok(Typed::NoGrade(code)) => {
                draft.write(code_key, id, Value::text(code));
                if self.has_grade(row, column) {
                    draft.write(key, id, Value::Blank);
                }
                Ok(())
            }
            Err(bad) => Err(say::bad(self.i18n, text, &bad)),
        })
    }

    fn carry_out(self, _: Option<usize>, draft: &Draft) {
        let event = self.topic.with_untracked(|topic| {
            topic
                .as_ref()
                .map(|topic| format!("{}, {}", topic.event.name, topic.subject.name))
                .unwrap_or_default()
        });
        self.app.dispatch(Action::Enter { event }, draft);
    }
}
