//! Targets of whole cohorts beside what the pupils' own targets add up to.

mod form;
mod row;

use flightpath_school::model::Id;
use flightpath_school::view::cohort_targets::{Figure, cohort_targets};
use leptos::prelude::*;

use super::tabs::Tabs;
use super::{NoPupils, count};
use crate::app::{App, use_app};
use crate::i18n::{t_string, use_i18n};
use crate::ui::parts::practice_words::day;
use crate::ui::route::TargetsPart;
use crate::ui::say::Words;
use form::CohortForm;
use row::{CohortRow, Line, line};

/// The id of the field of a figure.
fn figure_id(figure: Figure, row: Id) -> String {
    format!("cohort-{figure:?}-{row}")
}

/// Targets of whole cohorts.
#[component]
pub fn CohortTargets() -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    let lines = Memo::new(move |_| {
        let year = app.year();
        let targets = app.read(|school| cohort_targets(school, year));
        let lines = targets.into_iter().map(|target| line(i18n, app, target));
        lines.collect::<Vec<Line>>()
    });
    let no_pupils = Memo::new(move |_| app.lists().with(|lists| lists.pupils.is_empty()));
    let answer = move || {
        if no_pupils.get() {
            return t_string!(i18n, targets.no_pupils).to_owned();
        }
        lines.with(|lines| answer(i18n, lines))
    };
    let body = move || {
        if no_pupils.get() {
            view! { <NoPupils /> }.into_any()
        } else {
            view! {
                <Table lines=lines />
                <section class="section" aria-labelledby="add-cohort">
                    <h2 id="add-cohort">{t_string!(i18n, cohort_targets.add)}</h2>
                    <CohortForm />
                </section>
            }
            .into_any()
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
            <Tabs here=Some(TargetsPart::Cohorts) />
            <p class="hint">{move || publication(i18n, app)}</p>
            {body}
        </div>
    }
}

fn answer(i18n: Words, lines: &[Line]) -> String {
    let published = lines
        .iter()
        .filter(|line| line.target.published.is_some())
        .count();
    let all = t_string!(i18n, cohort_targets.answer, count = count(lines.len())).to_string();
    if lines.is_empty() {
        return all;
    }
    let published = t_string!(i18n, cohort_targets.published_n, count = count(published));
    format!("{all} {published}")
}

/// By when they are to be published, where the policy says so.
fn publication(i18n: Words, app: App) -> Option<String> {
    let by = app.with(|core| core.policy()?.pack().cohort_targets.as_ref()?.published)?;
    Some(t_string!(i18n, cohort_targets.publication, day = day(i18n, by)).to_string())
}

#[component]
fn Table(lines: Memo<Vec<Line>>) -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    let caption =
        move || t_string!(i18n, cohort_targets.caption, year = app.year().to_string()).to_string();
    let ids = Memo::new(move |_| {
        lines.with(|lines| lines.iter().map(|line| line.target.id).collect::<Vec<_>>())
    });
    let of = move |id: Id| {
        Memo::new(move |_| {
            lines.with(|lines| lines.iter().find(|line| line.target.id == id).cloned())
        })
    };
    view! {
        <Show when=move || ids.with(|ids| !ids.is_empty())>
            <div class="table-frame" tabindex="0" role="region" aria-label=caption>
                <table class="frozen cohorts">
                    <caption>{caption}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{t_string!(i18n, cohort_targets.col_whom)}</th>
                            <th scope="col">{t_string!(i18n, cohort_targets.col_mark)}</th>
                            <th scope="col" class="num">
                                {t_string!(i18n, cohort_targets.col_pupils)}
                            </th>
                            <th scope="col" class="num">
                                {t_string!(i18n, cohort_targets.col_target)}
                            </th>
                            <th scope="col" class="num">
                                {t_string!(i18n, cohort_targets.col_indicative)}
                            </th>
                            <th scope="col" class="num">
                                {t_string!(i18n, cohort_targets.col_estimate)}
                            </th>
                            <th scope="col" class="num">
                                {t_string!(i18n, cohort_targets.col_achieved)}
                            </th>
                            <th scope="col">{t_string!(i18n, cohort_targets.col_published)}</th>
                            <th scope="col">
                                <span class="visually-hidden">
                                    {t_string!(i18n, other_targets.col_more)}
                                </span>
                            </th>
                        </tr>
                    </thead>
                    <tbody>
                        <For
                            each=move || ids.get()
                            key=|id| *id
                            children=move |id| {
                                view! { <CohortRow line=of(id) id=id /> }
                            }
                        />
                    </tbody>
                </table>
            </div>
            <p class="hint">{t_string!(i18n, cohort_targets.counting)}</p>
        </Show>
    }
}
