//! How policies work, and which there are.

use flightpath_school::policy::PolicyPack;
use leptos::prelude::*;

use super::pack_of;
use crate::app::{Phase, use_app};
use crate::i18n::{t_string, use_i18n};
use crate::ui::route::{Route, Walked};
use crate::ui::say::Words;

fn sentence(i18n: Words, walked: Walked) -> &'static str {
    match walked {
        Walked::Bilingual => t_string!(i18n, help.s_bilingual),
        Walked::Banded => t_string!(i18n, help.s_banded),
        Walked::Personal => t_string!(i18n, help.s_personal),
        Walked::Primary => t_string!(i18n, help.s_primary),
        Walked::General => t_string!(i18n, help.s_general),
    }
}

/// What a policy is made of, a sentence or two each.
fn machinery(i18n: Words) -> AnyView {
    let parts = [
        (
            t_string!(i18n, help.t_targets),
            t_string!(i18n, help.x_targets),
        ),
        (
            t_string!(i18n, help.t_on_target),
            t_string!(i18n, help.x_on_target),
        ),
        (
            t_string!(i18n, help.t_colours),
            t_string!(i18n, help.x_colours),
        ),
        (
            t_string!(i18n, help.t_floors),
            t_string!(i18n, help.x_floors),
        ),
        (t_string!(i18n, help.t_rules), t_string!(i18n, help.x_rules)),
        (
            t_string!(i18n, help.t_levels),
            t_string!(i18n, help.x_levels),
        ),
        (
            t_string!(i18n, help.t_versions),
            t_string!(i18n, help.x_versions),
        ),
        (
            t_string!(i18n, help.t_unknown),
            t_string!(i18n, help.x_unknown),
        ),
    ];
    let parts: Vec<_> = (parts.into_iter())
        .map(|(name, sentence)| view! { <dt>{name}</dt><dd>{sentence}</dd> })
        .collect();
    view! { <dl class="facts">{parts}</dl> }.into_any()
}

#[component]
pub fn Help() -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    let has_school = app.phase.get_untracked() == Phase::Ready;
    let in_force = app
        .with(|core| core.policy().map(|policy| policy.pack().clone()))
        .filter(|_| has_school);
    let ships = |pack: &PolicyPack| Walked::of(&pack.key).is_some();
    let own = in_force.as_ref().filter(|pack| !ships(pack));
    let own = own.map(|pack| {
        let words = t_string!(i18n, help.own_policy, name = pack.name.clone()).to_string();
        view! { <p>{words}</p> }
    });
    let policies: Vec<_> = Walked::ALL
        .into_iter()
        .filter_map(|walked| {
            let pack = pack_of(walked)?;
            let holds = in_force.as_ref().is_some_and(|held| held.key == pack.key);
            Some(view! {
                <li>
                    <a href=Route::HelpOn(walked).href()>{pack.name}</a>
                    {holds
                        .then(|| {
                            view! {
                                " "
                                <span class="chip" data-kind="done">
                                    {t_string!(i18n, policy.in_force)}
                                </span>
                            }
                        })}
                    <p>{sentence(i18n, walked)}</p>
                </li>
            })
        })
        .collect();
    view! {
        <div class="page">
            <header class="page-head">
                <h1 id="page-title" tabindex="-1">
                    {t_string!(i18n, help.title)}
                </h1>
                <p class="answer">{t_string!(i18n, help.answer)}</p>
            </header>
            <section class="section help" aria-labelledby="policies">
                <h2 id="policies">{t_string!(i18n, help.policies)}</h2>
                <p>{t_string!(i18n, help.policies_lead)}</p>
                {own}
                <ul>{policies}</ul>
            </section>
            <section class="section help" aria-labelledby="machinery">
                <h2 id="machinery">{t_string!(i18n, help.machinery)}</h2>
                {machinery(i18n)}
            </section>
        </div>
    }
}
