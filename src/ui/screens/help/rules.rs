//! The rules at work: in one subject grade by grade, over all subjects one by one.

use flightpath_school::engine::status::Belief;
use flightpath_school::policy::{Policy, TriggerRule};
use flightpath_school::worked::{Case, Cases, Ladder, in_one_subject, ladders};
use leptos::prelude::*;

use super::judged::answer_words;
use super::pieces::{Row, event_name, label, paragraph, subject_name, table, year_name};
use crate::i18n::t_string;
use crate::ui::parts::policy_words as words;
use crate::ui::parts::why::{colour_name, firing_line, scope_name};
use crate::ui::say::Words;
use crate::ui::screens::policy::says;

/// Rules about one subject, then those over all.
pub(super) fn examples(i18n: Words, policy: &Policy) -> Vec<AnyView> {
    let mut views = Vec::new();
    let subjects = in_one_subject(policy);
    if !subjects.is_empty() {
        let heading = t_string!(i18n, help.rules_subject);
        views.push(view! { <h3>{heading}</h3> }.into_any());
        views.extend(
            subjects
                .iter()
                .map(|cases| one_subject(i18n, policy, cases)),
        );
    }
    let climbed = ladders(policy);
    if !climbed.is_empty() {
        let heading = t_string!(i18n, help.rules_all);
        views.push(view! { <h3>{heading}</h3> }.into_any());
        for ladder in &climbed {
            views.push(paragraph(whose(i18n, policy, ladder)));
            views.push(all_subjects(i18n, policy, ladder));
        }
    }
    views
}

fn one_subject(i18n: Words, policy: &Policy, cases: &Cases) -> AnyView {
    let first = cases.cases.first();
    let caption = t_string!(
        i18n,
        help.c_subject,
        subject = subject_name(i18n, cases.subject),
        year = year_name(i18n, cases.year),
        event = first
            .map(|case| event_name(policy.pack(), case.event))
            .unwrap_or_default(),
        target = label(policy, first.and_then(|case| case.cell.target.grade()))
    )
    .to_string();
    let is_forecast = first.is_some_and(|case| case.cell.predicted.grade().is_some());
    let is_answered = first.is_some_and(|case| case.cell.belief != Belief::Missing);
    let mut heads = vec![if is_forecast {
        t_string!(i18n, help.col_grade_both)
    } else {
        t_string!(i18n, help.col_grade)
    }];
    if is_answered {
        heads.push(t_string!(i18n, help.col_answer));
    }
    heads.push(t_string!(i18n, help.col_follows));
    let row = |case: &Case| {
        let mut cells = Vec::new();
        if is_answered {
            cells.push(answer_words(i18n, case.cell.belief).into_any());
        }
        cells.push(fired(i18n, policy, cases, case).into_any());
        Row {
            name: label(policy, case.cell.current.grade()),
            cells,
        }
    };
    table(&caption, &heads, cases.cases.iter().map(row).collect())
}

/// What follows from the rules that fire, and why they do.
fn fired(i18n: Words, policy: &Policy, cases: &Cases, case: &Case) -> String {
    let standing = &cases.standing;
    let firings = standing.reasons(policy, case.pupil.id);
    let told: Vec<String> = firings
        .iter()
        .filter(|firing| firing.subject.is_some() && firing.truth.is_true())
        .filter_map(|firing| {
            let rule = policy.pack().triggers.get(usize::from(firing.rule))?;
            let why = firing_line(i18n, policy, standing, &case.pupil, firing);
            Some(format!("{} {why}", says::follows(i18n, rule)))
        })
        .collect();
    if told.is_empty() {
        return t_string!(i18n, help.nobody).to_owned();
    }
    told.join(" ")
}

/// Of whom a ladder is.
fn whose(i18n: Words, policy: &Policy, ladder: &Ladder) -> String {
    let cell = &ladder.cell;
    let target = label(policy, cell.target.grade());
    let grade = label(policy, cell.predicted.grade().or(cell.current.grade()));
    let colour = ladder.judgement.rag.colour();
    let colour = colour.map(|rag| colour_name(i18n, rag).to_lowercase());
    let colour = colour.unwrap_or_default();
    let what = if cell.belief != Belief::Missing {
        t_string!(i18n, help.ladder_answered, grade = grade, target = target).to_string()
    } else if cell.predicted.grade().is_some() {
        t_string!(
            i18n,
            help.ladder_forecast,
            grade = grade,
            target = target,
            colour = colour
        )
        .to_string()
    } else {
        t_string!(
            i18n,
            help.ladder_grade,
            grade = grade,
            target = target,
            colour = colour
        )
        .to_string()
    };
    t_string!(
        i18n,
        help.ladder_lead,
        year = year_name(i18n, ladder.year),
        event = event_name(policy.pack(), ladder.event),
        what = what
    )
    .to_string()
}

fn all_subjects(i18n: Words, policy: &Policy, ladder: &Ladder) -> AnyView {
    let stages = words::key_stages(i18n, &ladder.key_stages);
    let caption = t_string!(i18n, help.c_ladder, stages = stages).to_string();
    let heads = [
        t_string!(i18n, help.col_subjects),
        t_string!(i18n, help.col_follows),
    ];
    let line = |rule: &TriggerRule| {
        let (scope, what) = (scope_name(i18n, rule.scope), says::follows(i18n, rule));
        t_string!(i18n, help.follows, scope = scope, what = what).to_string()
    };
    let rows = ladder.rows.iter().enumerate().map(|(subjects, rules)| {
        let rules = rules.iter();
        let rules = rules.filter_map(|place| policy.pack().triggers.get(*place));
        let lines: Vec<_> = rules.map(|rule| view! { <li>{line(rule)}</li> }).collect();
        let cell = if lines.is_empty() {
            t_string!(i18n, help.nobody).into_any()
        } else {
            view! { <ul class="plain">{lines}</ul> }.into_any()
        };
        Row {
            name: subjects.to_string(),
            cells: vec![cell],
        }
    });
    table(&caption, &heads, rows.collect())
}
