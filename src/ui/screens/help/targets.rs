//! Where a target comes from: every way of every chain in order, each with its table and at work.

use flightpath_school::engine::targets::TargetSource;
use flightpath_school::model::scale::ScaleSet;
use flightpath_school::policy::{LookupTable, Policy, PolicyPack, TargetMethod};
use flightpath_school::worked::{Known, TargetExample, TargetRow, target_examples};
use leptos::prelude::*;

use super::pieces::{Row, subject_name, table, year_name};
use crate::i18n::t_string;
use crate::ui::parts::chances::{source_words, start_words};
use crate::ui::parts::policy_words as words;
use crate::ui::parts::practice_words::horizon_sentence;
use crate::ui::parts::target_why::target_why;
use crate::ui::say::Words;
use crate::ui::screens::policy::says;

/// The chains, each with its ways.
pub(super) fn chains(i18n: Words, policy: &Policy) -> AnyView {
    let pack = policy.pack();
    let alone = pack.targets.len() == 1;
    let examples = target_examples(policy);
    // A table that two ways read is shown where it is read first.
    let mut shown = Vec::new();
    let mut chains = Vec::new();
    for (place, chain) in pack.targets.iter().enumerate() {
        let who = words::who(i18n, &chain.when, alone);
        let mut ways = Vec::new();
        for (at, method) in chain.methods.iter().enumerate() {
            let read = table_of(pack, method).filter(|table| !shown.contains(&table.key));
            shown.extend(read.map(|table| table.key.clone()));
            let mut found = examples.iter();
            let example = found.find(|one| (one.chain, one.method) == (place, at));
            ways.push(view! {
                <li>
                    <p>{words::method(i18n, pack, method)}</p>
                    {read.map(|table| looked_up(i18n, table, policy.scales()))}
                    {example.map(|example| at_work(i18n, policy, &who, at, method, example))}
                </li>
            });
        }
        let limits = chain.clamp.as_ref().map(|clamp| words::limits(i18n, clamp));
        chains.push(view! {
            <h3>{who}</h3>
            <p>{horizon_sentence(i18n, chain.horizon)}" "{limits}</p>
            <ol class="ways">{ways}</ol>
        });
    }
    chains.into_any()
}

/// The table that a way reads.
fn table_of<'a>(pack: &'a PolicyPack, method: &TargetMethod) -> Option<&'a LookupTable> {
    let key = method.table()?;
    pack.tables.iter().find(|table| table.key == key)
}

fn looked_up(i18n: Words, table: &LookupTable, scales: &ScaleSet) -> AnyView {
    view! { <div class="cards">{says::table_view(i18n, table, scales)}</div> }.into_any()
}

fn at_work(
    i18n: Words,
    policy: &Policy,
    who: &str,
    at: usize,
    method: &TargetMethod,
    example: &TargetExample,
) -> AnyView {
    let caption = t_string!(
        i18n,
        help.way_at_work,
        n = (at + 1).to_string(),
        who = who.to_owned(),
        year = year_name(i18n, example.year)
    )
    .to_string();
    let heads = [
        t_string!(i18n, help.col_subject),
        t_string!(i18n, help.col_known),
        t_string!(i18n, help.col_proposed),
        t_string!(i18n, help.col_why),
    ];
    let rows = example.rows.iter().map(|row| {
        let known = row
            .known
            .iter()
            .map(|known| known_words(i18n, policy, known));
        let known: Vec<String> = known.collect();
        let proposed = row.proposal.grade.as_ref().map(|grade| grade.label.clone());
        let proposed = proposed.unwrap_or_else(|| t_string!(i18n, help.none).to_owned());
        Row {
            name: subject_name(i18n, row.subject).to_owned(),
            cells: vec![
                view! { <span class="known">{known.join("; ")}</span> }.into_any(),
                view! { <strong>{proposed}</strong> }.into_any(),
                why(i18n, policy, method, row).into_any(),
            ],
        }
    });
    table(&caption, &heads, rows.collect())
}

/// The sentences that *why?* gives, without the one that stands above the table already.
fn why(i18n: Words, policy: &Policy, method: &TargetMethod, row: &TargetRow) -> String {
    let told = target_why(i18n, policy, Some(&row.proposal), None, None, None);
    let above = words::method(i18n, policy.pack(), method);
    let mut how: Vec<String> = told.how;
    how.retain(|sentence| *sentence != above);
    let source = row.proposal.reason.decided.as_ref();
    match source.map(|(_, source)| source) {
        // Where figures come from is to be named wherever one shows.
        Some(TargetSource::Schools { source, .. }) => how.push(source_words(i18n, source)),
        Some(TargetSource::Pupils { chances, .. }) => {
            how.push(source_words(i18n, &chances.source));
        }
        Some(TargetSource::AsItIs { .. }) => {
            how.push(t_string!(i18n, help.as_it_is).to_owned());
        }
        Some(_) => {}
        None => how.extend(told.passed_over.into_iter().next_back()),
    }
    how.join(" ")
}

fn known_words(i18n: Words, policy: &Policy, known: &Known) -> String {
    let named = |name: String, value: String| {
        t_string!(i18n, help.known_value, name = name, value = value).to_string()
    };
    match known {
        Known::Reading(score) => {
            let name = t_string!(i18n, targets.w_reading).to_owned();
            named(name, score.to_string())
        }
        Known::Maths(score) => {
            let name = t_string!(i18n, targets.w_maths).to_owned();
            named(name, score.to_string())
        }
        Known::AverageGcse(average) => {
            let name = t_string!(i18n, targets.w_average).to_owned();
            named(name, start_words(*average))
        }
        Known::EightPointAverage(average) => {
            let name = t_string!(i18n, targets.w_average_eight_point).to_owned();
            named(name, average.to_string())
        }
        Known::Grade { measure, label } => {
            named(words::grade_measure(i18n, measure), label.clone())
        }
        Known::LastYear(label) => named(
            t_string!(i18n, targets.w_last_year).to_owned(),
            label.clone(),
        ),
        Known::Scale(key) => {
            let scale = words::scale(policy.scales(), key);
            t_string!(i18n, help.known_scale, scale = scale).to_string()
        }
    }
}
