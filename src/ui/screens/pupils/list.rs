//! The list of pupils as the person left it, which lasts as long as the tab.

use std::collections::HashMap;
use std::sync::Arc;

use flightpath_school::engine::Count;
use flightpath_school::journal::{Reading, School, Shown};
use flightpath_school::model::{ColumnKey, Field, Id, Measure};
use flightpath_school::view::Pupil;
use leptos::prelude::*;

use super::rows::{Figure, Filter, Row, Sort};
use crate::app::{App, Phase};
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

/// In how many of their subjects pupils are off target at the current event; nobody who has no
/// subject there.
pub type OffTargets = Arc<HashMap<Id, Count>>;

/// [`OffTargets`], followed through every change.
pub fn off_targets(app: App) -> Memo<OffTargets> {
    Memo::new(move |_| {
        if app.phase.get() == Phase::Loading {
            // What the event brought is not here yet.
            return OffTargets::default();
        }
        let lists = app.lists().get();
        let event = app.event();
        app.with(|core| {
            let standing =
                event.and_then(|event| core.standing(&event, &lists.subjects, &lists.pupils));
            let Some(standing) = standing else {
                return OffTargets::default();
            };
            let count = |pupil: &Pupil| {
                let own = standing.pupil(pupil.id)?;
                (!own.cells.is_empty()).then_some((pupil.id, own.whole.off_target))
            };
            Arc::new(lists.pupils.iter().filter_map(count).collect())
        })
    })
}

/// A row for each pupil of the year, by name.
pub fn rows(i18n: Words, app: App, off_targets: Option<OffTargets>) -> Arc<Vec<Row>> {
    app.lists().with(|lists| {
        app.read(|school| {
            let prior = |measure| school.reading(&ColumnKey::lasting(Field::Prior(measure)));
            let reading = prior(Measure::Ks2Reading);
            let maths = prior(Measure::Ks2Maths);
            let cat_mean = prior(Measure::CatMean);
            let attendance = school.reading(&ColumnKey::yearly(Field::Attendance, lists.year));
            let classes: Vec<Reading<'_>> = lists
                .subjects
                .iter()
                .map(|subject| ColumnKey::per_subject(Field::Class, lists.year, subject.id))
                .filter(|key| school.column(key).is_some())
                .map(|key| school.reading(&key))
                .collect();
            let row = |pupil: &Pupil| {
                let at = pupil.position;
                let figure = |column: Reading<'_>| figure(i18n, school, column.shown(at));
                Row {
                    reading: figure(reading),
                    maths: figure(maths),
                    cat_mean: figure(cat_mean),
                    attendance: one_decimal(figure(attendance)),
                    off_target: off_targets
                        .as_ref()
                        .and_then(|counts| counts.get(&pupil.id).copied()),
                    classes: classes
                        .iter()
                        .filter_map(|class| class.one(at)?.as_reference())
                        .collect(),
                    pupil: pupil.clone(),
                }
            };
            Arc::new(lists.pupils.iter().map(row).collect())
        })
    })
}

/// A column of percentages, of which some have a decimal, lines up when all have.
fn one_decimal(figure: Figure) -> Figure {
    let whole = figure.thousandths.is_some_and(|number| number % 1000 == 0);
    Figure {
        text: if whole {
            figure.text + ".0"
        } else {
            figure.text
        },
        ..figure
    }
}

fn figure(i18n: Words, school: &School, shown: Shown<'_>) -> Figure {
    match shown {
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
