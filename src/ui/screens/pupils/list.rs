//! The list of pupils as the person left it, which lasts as long as the tab.

use std::sync::Arc;

use flightpath_school::journal::{School, Shown};
use flightpath_school::model::{ColumnKey, Field, Id, Measure};
use flightpath_school::view::standing::Standing;
use leptos::prelude::*;

use super::rows::{Figure, Filter, Row, Sort};
use crate::app::App;
use crate::ui::parts::cell_words;
use crate::ui::say::Words;

/// Filters, order and the pupils that they show, a handle that every screen gets by context.
#[derive(Clone, Copy)]
pub struct PupilsList {
    /// Which pupils are shown.
    pub filter: RwSignal<Filter>,
    /// In which order.
    pub sort: RwSignal<Sort>,
    /// The pupils that were last shown, in order; the pupil's page goes through them.
    pub order: RwSignal<Vec<Id>>,
}

impl PupilsList {
    /// Everybody, by name.
    pub fn new() -> PupilsList {
        PupilsList {
            filter: RwSignal::new(Filter::default()),
            sort: RwSignal::new(Sort::default()),
            order: RwSignal::new(Vec::new()),
        }
    }
}

/// The list of pupils, from any component.
pub fn use_pupils_list() -> PupilsList {
    expect_context::<PupilsList>()
}

/// A row for each pupil of the year, by name.
pub fn rows(i18n: Words, app: App) -> Arc<Vec<Row>> {
    let lists = app.lists().get();
    let event = app.event();
    app.with(|core| {
        let school = core.school();
        let standing = event.as_ref().zip(core.policy()).map(|(event, policy)| {
            Standing::of(
                school,
                policy,
                &core.grades(),
                event,
                &lists.subjects,
                &lists.pupils,
            )
        });
        let class_columns: Vec<ColumnKey> = lists
            .subjects
            .iter()
            .map(|subject| ColumnKey::per_subject(Field::Class, lists.year, subject.id))
            .filter(|key| school.column(key).is_some())
            .collect();
        let rows = lists
            .pupils
            .iter()
            .map(|pupil| {
                let prior = |measure| {
                    let key = ColumnKey::lasting(Field::Prior(measure));
                    figure(i18n, school, &key, pupil.position)
                };
                let attendance = ColumnKey::yearly(Field::Attendance, lists.year);
                Row {
                    reading: prior(Measure::Ks2Reading),
                    maths: prior(Measure::Ks2Maths),
                    cat_mean: prior(Measure::CatMean),
                    attendance: figure(i18n, school, &attendance, pupil.position),
                    off_target: standing
                        .as_ref()
                        .and_then(|standing| standing.pupil(pupil.id))
                        .filter(|standing| !standing.cells.is_empty())
                        .map(|standing| standing.whole.off_target),
                    classes: class_columns
                        .iter()
                        .filter_map(|key| {
                            school.shown_at(key, pupil.position).one()?.as_reference()
                        })
                        .collect(),
                    pupil: pupil.clone(),
                }
            })
            .collect();
        Arc::new(rows)
    })
}

fn figure(i18n: Words, school: &School, key: &ColumnKey, position: usize) -> Figure {
    match school.shown_at(key, position) {
        Shown::Nothing => Figure::default(),
        Shown::One(value) => Figure {
            text: cell_words::value(i18n, school, value),
            thousandths: value.as_thousandths(),
        },
        Shown::Several(values) => {
            let words: Vec<String> = values
                .into_iter()
                .map(|value| cell_words::value(i18n, school, value))
                .collect();
            Figure {
                text: words.join(" / "),
                thousandths: None,
            }
        }
    }
}
