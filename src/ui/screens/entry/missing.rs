//! What is missing of an event, by class or by teacher, with the way there.

use flightpath_school::model::{Id, YearGroup};
use flightpath_school::view::TrackingEvent;
use flightpath_school::view::completeness::{ClassTally, Taken, Tally, by_teacher};
use leptos::prelude::*;

use super::choose::{Choices, Group};
use crate::app::{App, use_app};
use crate::i18n::{t_string, use_i18n};
use crate::platform::page;
use crate::ui::parts::cell_words::counted;
use crate::ui::parts::chances::percent;
use crate::ui::parts::choice::Choice;
use crate::ui::parts::focus::focus_soon;
use crate::ui::say::Words;

const BY_CLASS: &str = "class";
const BY_TEACHER: &str = "teacher";
/// The id of the line that says whose classes are shown.
const WHOSE: &str = "missing-whose";

/// What the table shows.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Shown {
    /// All classes.
    Classes,
    /// The classes of a teacher; those without a teacher's name where it is empty.
    ClassesOf(String),
    /// Teachers.
    Teachers,
}

/// A row with something missing.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Gap {
    /// What leads the row: the class's name or the teacher's; empty for those in no class, or without a teacher's name.
    name: String,
    tally: Tally,
    kind: Kind,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Kind {
    Class {
        subject: Id,
        subject_name: String,
        group: Group,
        teacher: String,
        year: Option<YearGroup>,
    },
    /// With how many classes.
    Teacher(usize),
}

fn gaps(app: App, event: &TrackingEvent, shown: &Shown) -> Vec<Gap> {
    let lists = app.lists().get();
    let tallies = app.with(|core| {
        let school = core.school();
        let taken = Taken::of(school, lists.year, &lists.subjects, &lists.pupils);
        taken.by_class(school, core.policy(), event)
    });
    let of_class = |held: ClassTally| {
        let class = lists.classes.iter().find(|of| Some(of.id) == held.class);
        let first = lists
            .pupils
            .iter()
            .find(|pupil| Some(pupil.position) == held.first_missing);
        Gap {
            name: class.map(|class| class.name.clone()).unwrap_or_default(),
            tally: held.tally,
            kind: Kind::Class {
                subject: held.subject,
                subject_name: lists
                    .subject(held.subject)
                    .map(|subject| subject.name.clone())
                    .unwrap_or_default(),
                group: class.map_or(Group::All, |class| Group::Class(class.id)),
                teacher: class.map(|class| class.teacher.clone()).unwrap_or_default(),
                year: first.and_then(|pupil| pupil.year_group),
            },
        }
    };
    let of_teachers = || by_teacher(&tallies, &lists.classes).into_iter();
    let mut gaps: Vec<Gap> = match shown {
        Shown::Classes => tallies.iter().copied().map(of_class).collect(),
        Shown::ClassesOf(teacher) => of_teachers()
            .filter(|held| held.teacher == *teacher)
            .flat_map(|held| held.classes)
            .map(of_class)
            .collect(),
        Shown::Teachers => of_teachers()
            .map(|held| Gap {
                name: held.teacher,
                tally: held.tally,
                kind: Kind::Teacher(
                    held.classes
                        .iter()
                        .filter(|class| class.class.is_some())
                        .count(),
                ),
            })
            .collect(),
    };
    gaps.retain(|gap| gap.tally.missing() > 0);
    // Teachers come in order.
    if *shown != Shown::Teachers {
        gaps.sort_by(|one, other| {
            let missing = other.tally.missing().cmp(&one.tally.missing());
            missing.then_with(|| one.name.cmp(&other.name))
        });
    }
    gaps
}

/// Classes or teachers with missing grades, most missing first; counted only while it is unfolded.
#[component]
pub fn WhatIsMissing(event: Memo<Option<TrackingEvent>>, choices: Choices) -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    let unfolded = RwSignal::new(false);
    let shown = RwSignal::new(Shown::Classes);
    let gaps = Memo::new(move |_| {
        if !unfolded.get() {
            return Vec::new();
        }
        let shown = shown.get();
        event.with(|event| {
            event
                .as_ref()
                .map(|event| gaps(app, event, &shown))
                .unwrap_or_default()
        })
    });
    let by_teacher = Memo::new(move |_| shown.with(|shown| *shown == Shown::Teachers));
    let whose = Memo::new(move |_| {
        shown.with(|shown| match shown {
            Shown::ClassesOf(teacher) => Some(teacher.clone()),
            Shown::Classes | Shown::Teachers => None,
        })
    });
    let ways = vec![
        (
            BY_CLASS.to_owned(),
            t_string!(i18n, tracking.by_class).to_owned(),
        ),
        (
            BY_TEACHER.to_owned(),
            t_string!(i18n, tracking.by_teacher).to_owned(),
        ),
    ];
    let way = move || {
        let way = if by_teacher.get() {
            BY_TEACHER
        } else {
            BY_CLASS
        };
        way.to_owned()
    };
    let choose = move |way: String| {
        shown.set(if way == BY_TEACHER {
            Shown::Teachers
        } else {
            Shown::Classes
        });
    };
    view! {
        <details
            class="section"
            on:toggle:target=move |event| unfolded.set(event.target().open())
        >
            <summary>{t_string!(i18n, tracking.missing_title)}</summary>
            <div class="toolbar">
                <Choice
                    label=t_string!(i18n, tracking.missing_by)
                    options=ways
                    value=Signal::derive(way)
                    on_change=choose
                />
            </div>
            {move || {
                whose
                    .get()
                    .map(|teacher| {
                        view! {
                            <p id=WHOSE tabindex="-1">
                                {classes_of(i18n, &teacher)} " "
                                <button on:click=move |_| {
                                    shown.set(Shown::Teachers);
                                }>{t_string!(i18n, tracking.all_teachers)}</button>
                            </p>
                        }
                    })
            }}
            <Show when=move || by_teacher.get()>
                <p class="hint">{t_string!(i18n, tracking.shared_classes)}</p>
            </Show>
            <Show
                when=move || gaps.with(|gaps| !gaps.is_empty())
                fallback=move || {
                    view! { <p>{t_string!(i18n, tracking.missing_n, count = 0, n = counted(0)).to_string()}</p> }
                }
            >
                <Gaps gaps=gaps by_teacher=by_teacher shown=shown choices=choices />
            </Show>
        </details>
    }
}

#[component]
fn Gaps(
    gaps: Memo<Vec<Gap>>,
    by_teacher: Memo<bool>,
    shown: RwSignal<Shown>,
    choices: Choices,
) -> impl IntoView {
    let i18n = use_i18n();
    let caption = move || {
        if by_teacher.get() {
            t_string!(i18n, tracking.missing_caption_teacher)
        } else {
            t_string!(i18n, tracking.missing_caption)
        }
    };
    let leading = move || {
        let titles = if by_teacher.get() {
            vec![t_string!(i18n, tracking.teacher)]
        } else {
            vec![
                t_string!(i18n, tracking.class_head),
                t_string!(i18n, words.subject),
                t_string!(i18n, tracking.teacher),
            ]
        };
        titles
            .into_iter()
            .map(|title| view! { <th scope="col">{title}</th> })
            .collect_view()
    };
    let numbers = move || {
        let own = by_teacher
            .get()
            .then(|| t_string!(i18n, tracking.classes_head));
        let all = [
            t_string!(i18n, tracking.grades_in),
            t_string!(i18n, tracking.grades_asked),
            t_string!(i18n, tracking.grades_missing),
            t_string!(i18n, tracking.share_in),
        ];
        own.into_iter()
            .chain(all)
            .map(|title| {
                view! {
                    <th scope="col" class="num">
                        {title}
                    </th>
                }
            })
            .collect_view()
    };
    view! {
        <div class="table-frame" tabindex="0" role="region" aria-label=caption>
            <table>
                <caption class="visually-hidden">{caption}</caption>
                <thead>
                    <tr>
                        {leading} {numbers} <th scope="col">{t_string!(i18n, tracking.go_to)}</th>
                    </tr>
                </thead>
                <tbody>
                    {move || {
                        gaps.get()
                            .into_iter()
                            .map(|gap| row(i18n, gap, shown, choices))
                            .collect_view()
                    }}
                </tbody>
            </table>
        </div>
    }
}

fn row(i18n: Words, gap: Gap, shown: RwSignal<Shown>, choices: Choices) -> AnyView {
    let Gap { name, tally, kind } = gap;
    let share = {
        let whole = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        percent(whole(tally.here), whole(tally.all))
    };
    let numbers = view! {
        <td class="num">{counted(tally.here)}</td>
        <td class="num">{counted(tally.all)}</td>
        <td class="num">{counted(tally.missing())}</td>
        <td class="num">{share}</td>
    };
    match kind {
        Kind::Class {
            subject,
            subject_name,
            group,
            teacher,
            year,
        } => {
            let named = if name.is_empty() {
                subject_name.clone()
            } else {
                name.clone()
            };
            let label = t_string!(i18n, tracking.go_to_named, class = named).to_string();
            let name = if name.is_empty() {
                t_string!(i18n, tracking.no_class).to_owned()
            } else {
                name
            };
            let go = move |_| {
                choices.choose_class(subject, year, &group);
                page::focus("page-title");
            };
            view! {
                <tr>
                    <th scope="row">{name}</th>
                    <td>{subject_name}</td>
                    <td>{teacher}</td>
                    {numbers}
                    <td>
                        <button aria-label=label on:click=go>
                            {t_string!(i18n, tracking.go_to)}
                        </button>
                    </td>
                </tr>
            }
            .into_any()
        }
        Kind::Teacher(classes) => {
            let label = classes_of(i18n, &name);
            let title = if name.is_empty() {
                t_string!(i18n, tracking.no_teacher).to_owned()
            } else {
                name.clone()
            };
            let go = move |_| {
                shown.set(Shown::ClassesOf(name.clone()));
                // The button is gone with its row.
                focus_soon(WHOSE);
            };
            view! {
                <tr>
                    <th scope="row">{title}</th>
                    <td class="num">{counted(classes)}</td>
                    {numbers}
                    <td>
                        <button aria-label=label on:click=go>
                            {t_string!(i18n, tracking.classes_head)}
                        </button>
                    </td>
                </tr>
            }
            .into_any()
        }
    }
}

fn classes_of(i18n: Words, teacher: &str) -> String {
    if teacher.is_empty() {
        t_string!(i18n, tracking.classes_of_nobody).to_owned()
    } else {
        t_string!(i18n, tracking.classes_of, teacher = teacher.to_owned()).to_string()
    }
}
