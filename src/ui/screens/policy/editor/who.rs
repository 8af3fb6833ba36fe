//! Whom a part of the policy is about.

use flightpath_school::policy::{Selector, SubjectRole};
use leptos::prelude::*;

use super::desk::Desk;
use super::fields::{names, ticks};
use super::lens::Lens;
use crate::i18n::t_string;
use crate::ui::parts::policy_words;

/// Year groups of the policy to choose from.
pub fn year_options(desk: Desk) -> Vec<(i8, String)> {
    let years = desk.pack().years;
    years
        .into_iter()
        .map(|year| (year, policy_words::years(desk.i18n, &[year])))
        .collect()
}

/// A selector: nothing ticked and nothing written means everyone.
pub fn who(desk: Desk, place: &str, lens: &Lens<Selector>) -> AnyView {
    let i18n = desk.i18n;
    let curricula = desk.pack().curricula;
    let several = curricula.len() > 1;
    let curricula = curricula
        .into_iter()
        .map(|key| (key.clone(), policy_words::curriculum(i18n, &key)))
        .collect();
    let roles = SubjectRole::ALL
        .map(|role| (role, policy_words::role(i18n, role).to_owned()))
        .to_vec();
    let at = |part: &str| format!("{place}.{part}");
    view! {
        <details class="who">
            <summary>{whom(desk, lens)}</summary>
            {ticks(
                desk,
                t_string!(i18n, edit.only_years),
                &at("years"),
                year_options(desk),
                lens.part(|when| &mut when.years),
            )}
            {several
                .then(|| {
                    ticks(
                        desk,
                        t_string!(i18n, edit.only_curricula),
                        &at("curricula"),
                        curricula,
                        lens.part(|when| &mut when.curricula),
                    )
                })}
            {ticks(
                desk,
                t_string!(i18n, edit.only_roles),
                &at("roles"),
                roles,
                lens.part(|when| &mut when.roles),
            )}
            {names(
                desk,
                t_string!(i18n, edit.only_subjects),
                &at("subjects"),
                lens.part(|when| &mut when.subjects),
            )}
        </details>
    }
    .into_any()
}

fn whom(desk: Desk, lens: &Lens<Selector>) -> AnyView {
    let lens = lens.clone();
    (move || {
        let when = desk.get(&lens).unwrap_or_default();
        let words = policy_words::who(desk.i18n, &when, true);
        t_string!(desk.i18n, edit.for_whom, who = words).to_string()
    })
    .into_any()
}
