//! The year's classes: who teaches them, who is in them, and who is in none.

mod add;
mod change;
mod class;
mod made;
mod members;

use std::collections::BTreeMap;

use flightpath_school::journal::School;
use flightpath_school::model::{AcademicYear, Id, YearGroup};
use flightpath_school::view::class_changes::{ClassProblem, members_by_class, without_class};
use flightpath_school::view::{Pupil, plain};
use leptos::prelude::*;

use crate::app::{App, use_app};
use crate::i18n::{t_string, use_i18n};
use crate::ui::parts::cell_words::{counted, plural as count};
use crate::ui::parts::choice::Choice;
use crate::ui::route::Route;
use crate::ui::say::Words;

pub use class::ClassPupils;
use made::MakeClass;

/// What is wrong with a change of classes, in words.
fn problem_words(i18n: Words, problem: ClassProblem) -> String {
    match problem {
        ClassProblem::NoName => t_string!(i18n, classes.problem_no_name).to_owned(),
        ClassProblem::NameTaken => t_string!(i18n, classes.problem_name_taken).to_owned(),
        ClassProblem::NoSubject => t_string!(i18n, classes.problem_no_subject).to_owned(),
        ClassProblem::NoClass => t_string!(i18n, classes.problem_no_class).to_owned(),
        ClassProblem::NoPupils => t_string!(i18n, classes.problem_no_pupils).to_owned(),
        ClassProblem::OtherSubject => t_string!(i18n, classes.problem_other_subject).to_owned(),
        ClassProblem::NotEmpty(here) => t_string!(
            i18n,
            classes.problem_not_empty,
            count = count(here),
            n = counted(here)
        )
        .to_string(),
    }
}

/// A class as the list shows it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Line {
    id: Id,
    name: String,
    subject: Id,
    subject_name: String,
    teachers: String,
    pupils: usize,
    /// Year group of the youngest pupil.
    youngest: Option<YearGroup>,
    years: String,
}

/// A subject with pupils who are in none of its classes.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Loose {
    subject: String,
    pupils: Vec<(Id, String)>,
}

fn lines(app: App, i18n: Words) -> Vec<Line> {
    app.lists().with(|lists| {
        let pupils: BTreeMap<Id, &Pupil> =
            lists.pupils.iter().map(|pupil| (pupil.id, pupil)).collect();
        app.read(|school| {
            let members = members_by_class(school, lists.year);
            let line = |class: &flightpath_school::view::Class| {
                let ids = members.get(&class.id).map_or(&[][..], Vec::as_slice);
                let own: Vec<&Pupil> = ids
                    .iter()
                    .filter_map(|id| pupils.get(id).copied())
                    .collect();
                let mut years: Vec<_> = own.iter().filter_map(|pupil| pupil.year_group).collect();
                years.sort_unstable();
                years.dedup();
                let youngest = years.first().copied();
                let years: Vec<String> = years.iter().map(ToString::to_string).collect();
                let subject = lists.subject(class.subject);
                Line {
                    id: class.id,
                    name: class.name.clone(),
                    subject: class.subject,
                    subject_name: subject.map_or_else(String::new, |subject| subject.name.clone()),
                    teachers: if class.teacher.is_empty() {
                        t_string!(i18n, classes.nobody_teaches).to_owned()
                    } else {
                        class.teacher.clone()
                    },
                    pupils: own.len(),
                    youngest,
                    years: years.join(", "),
                }
            };
            let mut lines: Vec<Line> = lists.classes.iter().map(line).collect();
            lines.sort_by_cached_key(|line| {
                (plain(&line.subject_name), line.youngest, plain(&line.name))
            });
            lines
        })
    })
}

fn loose(app: App) -> Vec<Loose> {
    app.lists().with(|lists| {
        let pupils: BTreeMap<Id, &Pupil> =
            lists.pupils.iter().map(|pupil| (pupil.id, pupil)).collect();
        let named = |school: &School, year: AcademicYear, subject: Id| -> Vec<(Id, String)> {
            without_class(school, year, subject)
                .into_iter()
                .filter_map(|id| Some((id, pupils.get(&id)?.name())))
                .collect()
        };
        app.read(|school| {
            let subjects = lists.subjects.iter().map(|subject| Loose {
                subject: subject.name.clone(),
                pupils: named(school, lists.year, subject.id),
            });
            subjects.filter(|loose| !loose.pupils.is_empty()).collect()
        })
    })
}

/// All classes of the year.
#[component]
pub fn Classes() -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    let subject = RwSignal::new(None::<Id>);
    let all = Memo::new(move |_| lines(app, i18n));
    let loose = Memo::new(move |_| loose(app));
    let answer = move || {
        let classes = all.with(Vec::len);
        let year = app.year().to_string();
        let mut answer = t_string!(
            i18n,
            classes.answer,
            count = count(classes),
            n = counted(classes),
            year = year
        )
        .to_string();
        let pupils = loose.with(|loose| {
            let mut ids: Vec<Id> = loose
                .iter()
                .flat_map(|loose| loose.pupils.iter().map(|(id, _)| *id))
                .collect();
            ids.sort_unstable();
            ids.dedup();
            ids.len()
        });
        if pupils > 0 {
            answer.push(' ');
            answer.push_str(
                &t_string!(
                    i18n,
                    classes.loose,
                    count = count(pupils),
                    n = counted(pupils)
                )
                .to_string(),
            );
        }
        answer
    };
    let subjects = Signal::derive(move || {
        let every = (
            String::new(),
            t_string!(i18n, classes.all_subjects).to_owned(),
        );
        let with_classes = all.with(|all| {
            let mut named: Vec<(String, String)> = all
                .iter()
                .map(|line| (line.subject.to_string(), line.subject_name.clone()))
                .collect();
            named.dedup();
            named
        });
        core::iter::once(every)
            .chain(with_classes)
            .collect::<Vec<_>>()
    });
    let shown = Memo::new(move |_| {
        let subject = subject.get();
        all.with(|all| {
            let own = all
                .iter()
                .filter(|line| subject.is_none_or(|subject| subject == line.subject));
            own.cloned().collect::<Vec<_>>()
        })
    });
    let any = Memo::new(move |_| all.with(|all| !all.is_empty()));
    view! {
        <div class="page">
            <header class="page-head">
                <h1 id="page-title" tabindex="-1">
                    {t_string!(i18n, classes.title)}
                </h1>
                <p class="answer" aria-live="polite">
                    {answer}
                </p>
            </header>
            <MakeClass first=subject />
            <Show
                when=move || any.get()
                fallback=move || {
                    view! {
                        <div class="empty">
                            <p>{t_string!(i18n, classes.empty)}</p>
                            <p class="actions">
                                <a class="button primary" href=Route::Import.href()>
                                    {t_string!(i18n, home.offer_import)}
                                </a>
                            </p>
                        </div>
                    }
                }
            >
                <div class="toolbar">
                    <Choice
                        label=t_string!(i18n, words.subject)
                        options=subjects
                        value=Signal::derive(move || {
                            subject.get().map(|id| id.to_string()).unwrap_or_default()
                        })
                        on_change=move |key| subject.set(key.parse().ok())
                    />
                </div>
                <Table shown=shown />
            </Show>
            <InNone loose=loose />
        </div>
    }
}

#[component]
fn Table(shown: Memo<Vec<Line>>) -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    let caption =
        move || t_string!(i18n, classes.caption, year = app.year().to_string()).to_string();
    view! {
        <div class="table-frame" tabindex="0" role="region" aria-label=caption>
            <table>
                <caption class="visually-hidden">{caption}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t_string!(i18n, words.class)}</th>
                        <th scope="col">{t_string!(i18n, words.subject)}</th>
                        <th scope="col">{t_string!(i18n, classes.col_teachers)}</th>
                        <th scope="col">{t_string!(i18n, classes.col_years)}</th>
                        <th scope="col" class="num">
                            {t_string!(i18n, classes.col_pupils)}
                        </th>
                    </tr>
                </thead>
                <tbody>
                    <For each=move || shown.get() key=Line::clone let:line>
                        <tr>
                            <th scope="row">
                                <a href=Route::Class(line.id).href()>{line.name}</a>
                            </th>
                            <td>{line.subject_name}</td>
                            <td>{line.teachers}</td>
                            <td>{line.years}</td>
                            <td class="num">{counted(line.pupils)}</td>
                        </tr>
                    </For>
                </tbody>
            </table>
        </div>
    }
}

#[component]
fn InNone(loose: Memo<Vec<Loose>>) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Show when=move || loose.with(|loose| !loose.is_empty())>
            <details class="section">
                <summary>{t_string!(i18n, classes.loose_title)}</summary>
                <p class="hint">{t_string!(i18n, classes.loose_hint)}</p>
                <ul>
                    {move || {
                        loose
                            .get()
                            .into_iter()
                            .map(|loose| {
                                let names: Vec<String> = loose
                                    .pupils
                                    .into_iter()
                                    .map(|(_, name)| name)
                                    .collect();
                                let line = t_string!(
                                    i18n,
                                    classes.loose_subject,
                                    subject = loose.subject,
                                    names = names.join("; ")
                                )
                                    .to_string();
                                view! { <li>{line}</li> }
                            })
                            .collect_view()
                    }}
                </ul>
            </details>
        </Show>
    }
}
