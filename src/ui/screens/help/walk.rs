//! One policy from its first number to its last, in the order in which a school year meets them.

use flightpath_school::model::AcademicYear;
use flightpath_school::policy::{EventField, Policy, PolicyPack, TargetMethod};
use leptos::prelude::*;

use super::pieces::{list, paragraph, section};
use super::{judged, ours, pack_of, rules, targets};
use crate::app::{Phase, use_app};
use crate::i18n::{t_string, use_i18n};
use crate::ui::route::{Route, Walked};
use crate::ui::say::Words;
use crate::ui::screens::policy::{practice, says, year};

/// The page on one policy.
#[component]
pub fn Walk(walked: Walked) -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    let made = pack_of(walked).and_then(|pack| app.with(|core| core.policy_of(pack)));
    let has_school = app.phase.get_untracked() == Phase::Ready;
    let body = made.map(|policy| {
        let pack = policy.pack();
        let title = t_string!(i18n, help.title_of, name = pack.name.clone()).to_string();
        let version = pack.version.to_string();
        let answer = t_string!(i18n, help.answer_of, version = version).to_string();
        view! {
            <header class="page-head">
                <p class="trail">
                    <a href=Route::Help.href()>{t_string!(i18n, help.back)}</a>
                </p>
                <h1 id="page-title" tabindex="-1">
                    {title}
                </h1>
                <p class="answer">{answer}</p>
            </header>
            {whole(i18n, walked, &policy, app.year())}
            {next(i18n, has_school)}
        }
    });
    view! { <div class="page">{body}</div> }
}

/// Every section in order.
fn whole(i18n: Words, walked: Walked, policy: &Policy, year: AcademicYear) -> Vec<AnyView> {
    let pack = policy.pack();
    vec![
        who(i18n, walked, policy),
        known(i18n, pack),
        section(
            "targets",
            t_string!(i18n, help.targets),
            vec![
                paragraph(t_string!(i18n, help.targets_lead)),
                ours::targets(i18n, walked),
                targets::chains(i18n, policy),
            ],
        ),
        life(i18n, pack),
        calendar(i18n, walked, pack, year),
        status(i18n, walked, policy),
        floors(i18n, policy),
        triggers(i18n, walked, policy),
        levels(i18n, pack),
        end(i18n, pack),
        groups(i18n, pack),
    ]
}

fn who(i18n: Words, walked: Walked, policy: &Policy) -> AnyView {
    let pack = policy.pack();
    let intro = match walked {
        Walked::Bilingual => t_string!(i18n, help.who_bilingual),
        Walked::Banded => t_string!(i18n, help.who_banded),
        Walked::Personal => t_string!(i18n, help.who_personal),
        Walked::Primary => t_string!(i18n, help.who_primary),
        Walked::General => t_string!(i18n, help.who_general),
    };
    let scales = says::scale_lines(i18n, pack, policy.scales());
    section(
        "who",
        t_string!(i18n, help.who),
        vec![
            paragraph(intro),
            paragraph(says::for_whom(i18n, pack)),
            list(t_string!(i18n, help.scales), scales).into_any(),
        ],
    )
}

fn known(i18n: Words, pack: &PolicyPack) -> AnyView {
    let measures = practice::measures(i18n, pack);
    let ways = pack.targets.iter().flat_map(|chain| &chain.methods);
    let goes_on = ways
        .into_iter()
        .any(|way| matches!(way, TargetMethod::LastYearUplift { .. }));
    let goes_on = goes_on.then(|| paragraph(t_string!(i18n, help.known_last_year)));
    section(
        "known",
        t_string!(i18n, help.known_title),
        vec![
            list(t_string!(i18n, help.known_lead), measures).into_any(),
            goes_on.into_any(),
        ],
    )
}

fn life(i18n: Words, pack: &PolicyPack) -> AnyView {
    let sentences = practice::life(i18n, &pack.target_life);
    let others = practice::others(i18n, pack);
    let cohorts = practice::cohorts(i18n, pack);
    section(
        "life",
        t_string!(i18n, help.life),
        vec![
            paragraph(sentences.join(" ")),
            list(t_string!(i18n, help.others), others).into_any(),
            list(t_string!(i18n, help.cohorts), cohorts).into_any(),
        ],
    )
}

fn calendar(i18n: Words, walked: Walked, pack: &PolicyPack, academic: AcademicYear) -> AnyView {
    let duties = practice::duties(i18n, pack);
    section(
        "year",
        t_string!(i18n, help.year),
        vec![
            paragraph(t_string!(i18n, help.year_lead)),
            year::table(i18n, pack, academic),
            ours::year(i18n, walked),
            list(t_string!(i18n, help.duties), duties).into_any(),
        ],
    )
}

fn status(i18n: Words, walked: Walked, policy: &Policy) -> AnyView {
    let pack = policy.pack();
    let path = says::path_lines(i18n, pack).join(" ");
    let mut body = vec![
        paragraph(t_string!(i18n, policy.on_target)),
        paragraph(path),
        says::corridor(i18n, pack).into_any(),
        says::colours(i18n, pack, policy.scales()),
        ours::colours(i18n, walked),
    ];
    body.extend(judged::examples(i18n, policy));
    section("judged", t_string!(i18n, help.judged), body)
}

fn floors(i18n: Words, policy: &Policy) -> AnyView {
    let lines = says::floor_lines(i18n, policy.pack(), policy.scales());
    let body = if lines.is_empty() {
        vec![paragraph(t_string!(i18n, help.floors_none))]
    } else {
        let examples = judged::floors(i18n, policy).into_iter();
        let mut body = vec![list(t_string!(i18n, help.floors_lead), lines).into_any()];
        body.extend(examples.map(paragraph));
        body
    };
    section("floors", t_string!(i18n, help.floors), body)
}

fn triggers(i18n: Words, walked: Walked, policy: &Policy) -> AnyView {
    let mut body = vec![
        paragraph(t_string!(i18n, help.rules_lead)),
        says::rules(i18n, policy.pack()),
        ours::rules(i18n, walked),
    ];
    body.extend(rules::examples(i18n, policy));
    section("rules", t_string!(i18n, help.rules), body)
}

fn levels(i18n: Words, pack: &PolicyPack) -> AnyView {
    let lines = says::level_lines(i18n, pack);
    let body = if lines.is_empty() {
        paragraph(t_string!(i18n, help.levels_none))
    } else {
        list(t_string!(i18n, help.levels_lead), lines).into_any()
    };
    section("levels", t_string!(i18n, help.levels), vec![body])
}

fn end(i18n: Words, pack: &PolicyPack) -> AnyView {
    let mut body = Vec::new();
    let last = pack.calendar.last();
    if last.is_some_and(|event| event.fields.contains(&EventField::Achieved)) {
        body.push(paragraph(t_string!(i18n, help.end_achieved)));
    }
    let lines = practice::end_of_year(i18n, pack);
    if lines.is_empty() {
        body.push(paragraph(t_string!(i18n, help.end_none)));
    } else {
        body.extend(lines.into_iter().map(paragraph));
        body.push(ours::end(i18n));
    }
    section("end", t_string!(i18n, help.end), body)
}

fn groups(i18n: Words, pack: &PolicyPack) -> AnyView {
    let lines = practice::groups(i18n, pack);
    let wording = practice::wording(i18n, pack);
    section(
        "groups",
        t_string!(i18n, help.groups),
        vec![
            paragraph(lines.join(" ")),
            ours::groups(i18n),
            list(t_string!(i18n, help.wording), wording).into_any(),
        ],
    )
}

/// Where what was read can be seen at work; without a school there is the policy alone.
fn next(i18n: Words, has_school: bool) -> AnyView {
    let ways = [
        (Route::Policy, t_string!(i18n, help.then_policy)),
        (Route::Targets, t_string!(i18n, help.then_targets)),
        (
            Route::Interventions,
            t_string!(i18n, help.then_interventions),
        ),
    ];
    let ways: Vec<_> = ways
        .into_iter()
        .filter(|(route, _)| has_school || *route == Route::Policy)
        .map(|(route, name)| view! { <li><a href=route.href()>{name}</a></li> })
        .collect();
    let ways = view! { <ul>{ways}</ul> }.into_any();
    section("then", t_string!(i18n, help.then), vec![ways])
}
