//! Who fell behind last year, for the first day of this one.

use std::collections::BTreeMap;

use flightpath_school::model::Id;
use flightpath_school::view::last_year::{Behind, LastYear, last_year};
use flightpath_school::view::{Pupil, Subject};
use leptos::prelude::*;

use super::scene::{Picked, people};
use super::tabs::Tabs;
use super::toolbar::People;
use super::{NoPupils, count};
use crate::app::{App, use_app};
use crate::i18n::{t_string, use_i18n};
use crate::ui::parts::cell_words::counted;
use crate::ui::parts::choice::Choice;
use crate::ui::parts::policy_words::grades;
use crate::ui::parts::table_out::export_table;
use crate::ui::route::{Route, TargetsPart};
use crate::ui::say::Words;

/// So many subjects missed are many.
const MANY: usize = 3;

/// A row of the list, in words.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Line {
    pupil: Id,
    name: String,
    form: String,
    missed: usize,
    compared: usize,
    subjects: String,
}

fn line(i18n: Words, behind: &Behind, pupil: &Pupil, subjects: &BTreeMap<Id, String>) -> Line {
    let missed = behind.missed.iter().map(|missed| {
        let subject = subjects.get(&missed.subject).cloned().unwrap_or_default();
        t_string!(
            i18n,
            last_year.missed,
            subject = subject,
            target = missed.target.clone(),
            achieved = missed.achieved.clone(),
            below = grades(i18n, missed.below)
        )
        .to_string()
    });
    Line {
        pupil: pupil.id,
        name: pupil.name(),
        form: pupil.form.clone(),
        missed: behind.missed.len(),
        compared: behind.compared,
        subjects: missed.collect::<Vec<_>>().join("; "),
    }
}

/// Who achieved less than last year's target.
#[component]
pub fn UnderLastYear() -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    let picked = RwSignal::new(Picked::last());
    Effect::new(move |_| picked.with(Picked::keep));
    let subject = RwSignal::new(None::<Id>);
    let scene = Memo::new(move |_| {
        let picked = picked.get();
        app.lists()
            .with(|lists| app.read(|school| people(school, lists, &picked)))
    });
    let told = Memo::new(move |_| {
        let (year, mut subjects) = (app.year(), app.subjects());
        if let Some(one) = subject.get() {
            subjects.retain(|subject| subject.id == one);
        }
        scene
            .with(|scene| {
                app.with(|core| {
                    let policy = core.policy()?;
                    Some(last_year(
                        core.school(),
                        policy,
                        year,
                        &subjects,
                        &scene.pupils,
                    ))
                })
            })
            .unwrap_or_default()
    });
    let lines = Memo::new(move |_| {
        let named = |subject: Subject| (subject.id, subject.name);
        let subjects: BTreeMap<Id, String> = app.subjects().into_iter().map(named).collect();
        scene.with(|scene| {
            let pupils: BTreeMap<Id, &Pupil> =
                scene.pupils.iter().map(|pupil| (pupil.id, pupil)).collect();
            told.with(|told| {
                let behind = told.behind.iter();
                behind
                    .filter_map(|behind| {
                        let pupil = pupils.get(&behind.pupil)?;
                        Some(line(i18n, behind, pupil, &subjects))
                    })
                    .collect::<Vec<_>>()
            })
        })
    });
    let no_pupils = Memo::new(move |_| app.lists().with(|lists| lists.pupils.is_empty()));
    let answer = move || {
        if no_pupils.get() {
            t_string!(i18n, targets.no_pupils).to_owned()
        } else {
            told.with(|told| answer(i18n, told))
        }
    };
    let body = move || {
        if no_pupils.get() {
            view! { <NoPupils /> }.into_any()
        } else {
            view! { <Table lines=lines told=told /> }.into_any()
        }
    };
    view! {
        <div class="page">
            <header class="page-head">
                <h1 id="page-title" tabindex="-1">
                    {t_string!(i18n, targets.title)}
                </h1>
                <p class="answer">{answer}</p>
            </header>
            <Tabs here=Some(TargetsPart::LastYear) />
            <Show when=move || !no_pupils.get()>
                <div class="toolbar">
                    <OneSubject subject=subject />
                    <People picked=picked scene=scene />
                    <button
                        disabled=move || lines.with(Vec::is_empty)
                        on:click=move |_| lines.with_untracked(|lines| export(app, i18n, lines))
                    >
                        {t_string!(i18n, last_year.export)}
                    </button>
                </div>
            </Show>
            {body}
        </div>
    }
}

/// All subjects or one.
#[component]
fn OneSubject(subject: RwSignal<Option<Id>>) -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    let options = Signal::derive(move || {
        let all = t_string!(i18n, targets.all_subjects).to_owned();
        let named = |subject: Subject| (subject.id.to_string(), subject.name);
        let each = app.subjects().into_iter().map(named);
        core::iter::once((String::new(), all))
            .chain(each)
            .collect::<Vec<_>>()
    });
    let value = Signal::derive(move || subject.get().map(|id| id.to_string()).unwrap_or_default());
    view! {
        <Choice
            label=t_string!(i18n, words.subject)
            options=options
            value=value
            on_change=move |key| subject.set(key.parse().ok())
        />
    }
}

fn answer(i18n: Words, told: &LastYear) -> String {
    if told.compared == 0 {
        return t_string!(i18n, last_year.nothing).to_owned();
    }
    let behind = told.behind.len();
    let many = |behind: &&Behind| behind.missed.len() >= MANY;
    let many = told.behind.iter().filter(many).count();
    let line = t_string!(
        i18n,
        last_year.answer,
        count = count(behind),
        n = counted(behind)
    );
    if many == 0 {
        return line.to_string();
    }
    let many = t_string!(i18n, last_year.many, count = count(many), n = counted(many));
    format!("{line} {many}")
}

/// What could not be compared.
fn rest(i18n: Words, told: &LastYear) -> String {
    let (unknown, later) = (told.unknown, told.later);
    let unknown = (unknown > 0).then(|| {
        t_string!(
            i18n,
            last_year.unknown,
            count = count(unknown),
            n = counted(unknown)
        )
        .to_string()
    });
    let later = (later > 0).then(|| {
        t_string!(
            i18n,
            last_year.later,
            count = count(later),
            n = counted(later)
        )
        .to_string()
    });
    [unknown, later]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" ")
}

fn heads(i18n: Words) -> [&'static str; 5] {
    [
        t_string!(i18n, targets.col_pupil),
        t_string!(i18n, targets.col_form),
        t_string!(i18n, last_year.col_missed),
        t_string!(i18n, last_year.col_compared),
        t_string!(i18n, last_year.col_subjects),
    ]
}

fn export(app: App, i18n: Words, lines: &[Line]) {
    let rows = lines.iter().map(|line| {
        vec![
            line.name.clone(),
            line.form.clone(),
            line.missed.to_string(),
            line.compared.to_string(),
            line.subjects.clone(),
        ]
    });
    let heads = core::iter::once(heads(i18n).map(str::to_owned).to_vec());
    export_table(app, t_string!(i18n, last_year.file), heads.chain(rows));
}

#[component]
fn Table(lines: Memo<Vec<Line>>, told: Memo<LastYear>) -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    let caption = move || {
        let year = app.year().previous().to_string();
        t_string!(i18n, last_year.caption, year = year).to_string()
    };
    let [pupil, form, missed, compared, subjects] = heads(i18n);
    view! {
        <p class="hint">{move || told.with(|told| rest(i18n, told))}</p>
        <Show when=move || lines.with(|lines| !lines.is_empty())>
            <div class="table-frame" tabindex="0" role="region" aria-label=caption>
                <table class="frozen">
                    <caption>{caption}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{pupil}</th>
                            <th scope="col">{form}</th>
                            <th scope="col" class="num">
                                {missed}
                            </th>
                            <th scope="col" class="num">
                                {compared}
                            </th>
                            <th scope="col">{subjects}</th>
                        </tr>
                    </thead>
                    <tbody>
                        <For
                            each=move || lines.get()
                            key=Clone::clone
                            children=move |line| {
                                view! {
                                    <tr>
                                        <th scope="row">
                                            <a href=Route::Pupil(line.pupil).href()>{line.name}</a>
                                        </th>
                                        <td>{line.form}</td>
                                        <td class="num">{line.missed}</td>
                                        <td class="num">{line.compared}</td>
                                        <td class="wrap">{line.subjects}</td>
                                    </tr>
                                }
                            }
                        />
                    </tbody>
                </table>
            </div>
        </Show>
    }
}
