//! Where grades are missing, class by class, with the way there.

use flightpath_school::model::{ColumnKey, Field, Id, Value, YearGroup};
use flightpath_school::view::TrackingEvent;
use flightpath_school::view::completeness::Taken;
use leptos::prelude::*;

use super::choose::{Choices, Group};
use crate::app::{App, use_app};
use crate::i18n::{t_string, use_i18n};
use crate::platform::page;

/// A class that has grades missing.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Gap {
    subject: Id,
    subject_name: String,
    class: Id,
    class_name: String,
    teacher: String,
    year: Option<YearGroup>,
    missing: usize,
    all: usize,
}

fn gaps(app: App, event: &TrackingEvent) -> Vec<Gap> {
    let lists = app.lists().get();
    app.with(|core| {
        let school = core.school();
        let taken = Taken::of(school, lists.year, &lists.subjects, &lists.pupils);
        let mut gaps: Vec<Gap> = taken
            .by_class(school, core.policy(), event)
            .into_iter()
            .filter(|(_, tally)| tally.missing() > 0)
            .filter_map(|((subject, class), tally)| {
                let class = lists.classes.iter().find(|held| Some(held.id) == class)?;
                let key = ColumnKey::per_subject(Field::Class, event.year, subject);
                let year = lists
                    .pupils
                    .iter()
                    .find(|pupil| {
                        school
                            .shown_at(&key, pupil.position)
                            .one()
                            .and_then(Value::as_reference)
                            == Some(class.id)
                    })
                    .and_then(|pupil| pupil.year_group);
                Some(Gap {
                    subject,
                    subject_name: lists
                        .subject(subject)
                        .map(|subject| subject.name.clone())
                        .unwrap_or_default(),
                    class: class.id,
                    class_name: class.name.clone(),
                    teacher: class.teacher.clone(),
                    year,
                    missing: tally.missing(),
                    all: tally.all,
                })
            })
            .collect();
        gaps.sort_by(|one, other| {
            other
                .missing
                .cmp(&one.missing)
                .then_with(|| one.class_name.cmp(&other.class_name))
        });
        gaps
    })
}

/// Classes with missing grades, most missing first; counted only while it is unfolded.
#[component]
pub fn MissingByClass(event: Memo<Option<TrackingEvent>>, choices: Choices) -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    let unfolded = RwSignal::new(false);
    let gaps = Memo::new(move |_| {
        if !unfolded.get() {
            return Vec::new();
        }
        event.with(|event| {
            event
                .as_ref()
                .map(|event| gaps(app, event))
                .unwrap_or_default()
        })
    });
    view! {
        <details
            class="section"
            on:toggle:target=move |event| unfolded.set(event.target().open())
        >
            <summary>{t_string!(i18n, tracking.missing_title)}</summary>
            <Show
                when=move || gaps.with(|gaps| !gaps.is_empty())
                fallback=move || {
                    view! { <p>{t_string!(i18n, tracking.missing_n, count = 0).to_string()}</p> }
                }
            >
                <div
                    class="table-frame"
                    tabindex="0"
                    role="region"
                    aria-label=t_string!(i18n, tracking.missing_caption)
                >
                    <table>
                        <caption class="visually-hidden">
                            {t_string!(i18n, tracking.missing_caption)}
                        </caption>
                        <thead>
                            <tr>
                                <th scope="col">{t_string!(i18n, tracking.class_head)}</th>
                                <th scope="col">{t_string!(i18n, words.subject)}</th>
                                <th scope="col">{t_string!(i18n, tracking.teacher)}</th>
                                <th scope="col" class="num">
                                    {t_string!(i18n, tracking.grades_missing)}
                                </th>
                                <th scope="col" class="num">
                                    {t_string!(i18n, tracking.pupils_head)}
                                </th>
                                <th scope="col">{t_string!(i18n, tracking.go_to)}</th>
                            </tr>
                        </thead>
                        <tbody>
                            {move || {
                                gaps.get()
                                    .into_iter()
                                    .map(|gap| view! { <GapRow gap=gap choices=choices /> })
                                    .collect_view()
                            }}
                        </tbody>
                    </table>
                </div>
            </Show>
        </details>
    }
}

#[component]
fn GapRow(gap: Gap, choices: Choices) -> impl IntoView {
    let i18n = use_i18n();
    let label = t_string!(i18n, tracking.go_to_named, class = gap.class_name.clone()).to_string();
    let (subject, year, class) = (gap.subject, gap.year, gap.class);
    view! {
        <tr>
            <th scope="row">{gap.class_name}</th>
            <td>{gap.subject_name}</td>
            <td>{gap.teacher}</td>
            <td class="num">{gap.missing.to_string()}</td>
            <td class="num">{gap.all.to_string()}</td>
            <td>
                <button
                    aria-label=label
                    on:click=move |_| {
                        choices.choose_class(subject, year, &Group::Class(class));
                        page::focus("page-title");
                    }
                >
                    {t_string!(i18n, tracking.go_to)}
                </button>
            </td>
        </tr>
    }
}
