//! On target and the colours at work, and the floors.

use flightpath_school::engine::status::Belief;
use flightpath_school::policy::Policy;
use flightpath_school::worked::{Case, Cases, answers, at_floors, forecasts, through_the_year};
use leptos::prelude::*;

use super::pieces::{Row, event_name, label, paragraph, subject_name, table, year_name};
use crate::i18n::t_string;
use crate::ui::parts::mark::{OnTarget, RagMark};
use crate::ui::parts::why::{colour_name, status_words};
use crate::ui::say::Words;
use crate::ui::screens::policy::year::allows;

/// The same subject through the year, by its forecast and by the teacher's answer.
pub(super) fn examples(i18n: Words, policy: &Policy) -> Vec<AnyView> {
    let mut views = Vec::new();
    if let Some(cases) = through_the_year(policy) {
        views.push(who(i18n, policy, &cases));
        views.push(year(i18n, policy, &cases));
    }
    if let Some(cases) = forecasts(policy) {
        let caption = |event: String, current: String| {
            t_string!(i18n, help.c_forecasts, event = event, current = current).to_string()
        };
        let name = |case: &Case| label(policy, case.cell.predicted.grade());
        let head = t_string!(i18n, help.col_forecast);
        views.extend(at_one_event(i18n, policy, &cases, head, caption, name));
    }
    if let Some(cases) = answers(policy) {
        let caption = |event: String, current: String| {
            t_string!(i18n, help.c_answers, event = event, current = current).to_string()
        };
        let name = |case: &Case| answer_words(i18n, case.cell.belief).to_owned();
        let head = t_string!(i18n, help.col_answer);
        views.extend(at_one_event(i18n, policy, &cases, head, caption, name));
    }
    views
}

/// What a teacher answers to *on target?*
pub(super) fn answer_words(i18n: Words, belief: Belief) -> &'static str {
    match belief {
        Belief::Yes => t_string!(i18n, why.yes),
        Belief::No => t_string!(i18n, why.no),
        Belief::Missing | Belief::Conflict => t_string!(i18n, why.input_none),
    }
}

fn who(i18n: Words, policy: &Policy, cases: &Cases) -> AnyView {
    let target = cases
        .cases
        .first()
        .and_then(|case| case.cell.target.grade());
    paragraph(
        t_string!(
            i18n,
            help.judged_example,
            subject = subject_name(i18n, cases.subject),
            year = year_name(i18n, cases.year),
            target = label(policy, target)
        )
        .to_string(),
    )
}

fn year(i18n: Words, policy: &Policy, cases: &Cases) -> AnyView {
    let pack = policy.pack();
    let current = cases
        .cases
        .first()
        .and_then(|case| case.cell.current.grade());
    let caption = t_string!(i18n, help.c_year, current = label(policy, current)).to_string();
    let heads = [
        t_string!(i18n, help.col_event),
        t_string!(i18n, policy.cal_allows),
        t_string!(i18n, help.col_status),
        t_string!(i18n, help.col_colour),
        t_string!(i18n, help.col_why),
    ];
    let rows = cases.cases.iter().map(|case| {
        let event = pack.calendar.get(case.event);
        let allowed = event.map(|event| allows(i18n, event));
        let mut cells = vec![allowed.into_any()];
        cells.extend(judged(i18n, policy, cases, case));
        Row {
            name: event_name(pack, case.event),
            cells,
        }
    });
    table(&caption, &heads, rows.collect())
}

fn at_one_event(
    i18n: Words,
    policy: &Policy,
    cases: &Cases,
    head: &'static str,
    caption: impl Fn(String, String) -> String,
    name: impl Fn(&Case) -> String,
) -> Option<AnyView> {
    let first = cases.cases.first()?;
    let caption = caption(
        event_name(policy.pack(), first.event),
        label(policy, first.cell.current.grade()),
    );
    let heads = [
        head,
        t_string!(i18n, help.col_status),
        t_string!(i18n, help.col_colour),
        t_string!(i18n, help.col_why),
    ];
    let rows = cases.cases.iter().map(|case| Row {
        name: name(case),
        cells: judged(i18n, policy, cases, case),
    });
    Some(table(&caption, &heads, rows.collect()))
}

/// Status, colour and why of a case.
fn judged(i18n: Words, policy: &Policy, cases: &Cases, case: &Case) -> Vec<AnyView> {
    let subject = cases.taught.id;
    let Some((_, outcome)) = cases.standing.cell(case.pupil.id, subject) else {
        return Vec::new();
    };
    let judgement = outcome.judgement;
    let rag = judgement.rag.colour();
    let why = status_words(i18n, policy, &cases.standing, &case.pupil, subject);
    vec![
        view! { <OnTarget truth=judgement.on_target /> }.into_any(),
        view! {
            <RagMark rag=rag />
            " "
            {rag.map(|rag| colour_name(i18n, rag))}
        }
        .into_any(),
        why.map(|why| why.join(" ")).into_any(),
    ]
}

/// Where each floor lies, a sentence each.
pub(super) fn floors(i18n: Words, policy: &Policy) -> Vec<String> {
    let line = |example: flightpath_school::worked::FloorExample| {
        t_string!(
            i18n,
            help.floor_example,
            subject = subject_name(i18n, example.subject),
            year = year_name(i18n, example.year),
            below = example.below,
            reached = example.reached
        )
        .to_string()
    };
    at_floors(policy).into_iter().map(line).collect()
}
