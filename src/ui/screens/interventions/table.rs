//! The list as a table, on screen and as a file.

use flightpath_school::engine::Count;
use flightpath_school::model::{Id, YearGroup, keys};
use leptos::prelude::*;

use super::found::{self, Found};
use crate::app::{App, use_app};
use crate::i18n::{t_string, use_i18n};
use crate::ui::parts::cell_words::{counted, plural as count};
use crate::ui::parts::drawer::use_drawer;
use crate::ui::parts::table_out::export_table;
use crate::ui::parts::why::{owner_name, reason_view, scope_name, told_name};
use crate::ui::route::Route;
use crate::ui::say::Words;

/// Rows that are put on screen at once.
const PAGE: usize = 100;

/// Hands the person the rows as CSV, each with what made its rule fire.
pub fn export(app: App, i18n: Words, rows: &[Found]) {
    let Some(event) = app.event() else { return };
    let mut table = vec![
        [
            t_string!(i18n, interventions.pupil),
            t_string!(i18n, interventions.form),
            t_string!(i18n, interventions.year),
            t_string!(i18n, interventions.level),
            t_string!(i18n, interventions.subjects),
            t_string!(i18n, interventions.off_target),
            t_string!(i18n, interventions.below_floor),
            t_string!(i18n, interventions.for_whom),
            t_string!(i18n, interventions.intervention),
            t_string!(i18n, interventions.told),
            t_string!(i18n, interventions.reason),
        ]
        .map(str::to_owned)
        .to_vec(),
    ];
    for found in rows {
        table.push(vec![
            found.name.clone(),
            found.form.clone(),
            year_text(found.year),
            scope_name(i18n, found.scope),
            subjects_text(found),
            found.off_target.to_string(),
            floor_text(found),
            owner_name(i18n, found.owner),
            level_text(i18n, found),
            told_text(i18n, found),
            found::line(app, i18n, found, event.id),
        ]);
    }
    let name = format!(
        "{}-{}",
        t_string!(i18n, interventions.file),
        keys::slug(&event.name)
    );
    export_table(app, &name, table);
}

fn year_text(year: Option<YearGroup>) -> String {
    year.map(|year| year.to_string()).unwrap_or_default()
}

fn subjects_text(found: &Found) -> String {
    let names: Vec<&str> = found
        .subjects
        .iter()
        .map(|(_, name)| name.as_str())
        .collect();
    names.join(", ")
}

fn level_text(i18n: Words, found: &Found) -> String {
    found
        .level
        .map(|level| t_string!(i18n, why.level, level = level).to_string())
        .unwrap_or_default()
}

fn told_text(i18n: Words, found: &Found) -> String {
    let names: Vec<String> = found
        .told
        .iter()
        .map(|told| told_name(i18n, *told))
        .collect();
    names.join(", ")
}

/// The rows, a page at a time.
#[component]
pub fn List(rows: Memo<Vec<Found>>) -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    let limit = RwSignal::new(PAGE);
    Effect::new(move |_| {
        rows.track();
        limit.set(PAGE);
    });
    // Levels of intervention are a matter of some policies only.
    let has_levels =
        Memo::new(move |_| rows.with(|rows| rows.iter().any(|found| found.level.is_some())));
    let caption = move || {
        let event = app.event().map(|event| event.name).unwrap_or_default();
        t_string!(i18n, interventions.caption, event = event).to_string()
    };
    let more = move || rows.with(Vec::len).saturating_sub(limit.get());
    view! {
        <p role="status" class="hint" aria-label=t_string!(i18n, interventions.title)>
            {move || {
                let shown = rows.with(Vec::len);
                t_string!(i18n, interventions.shown, count = count(shown), n = counted(shown))
                    .to_string()
            }}
        </p>
        <Show when=move || rows.with(|rows| !rows.is_empty())>
            <div class="table-frame" tabindex="0" role="region" aria-label=caption>
                <table class="frozen">
                    <caption class="visually-hidden">{caption}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{t_string!(i18n, interventions.pupil)}</th>
                            <th scope="col">{t_string!(i18n, interventions.form)}</th>
                            <th scope="col">{t_string!(i18n, interventions.level)}</th>
                            <th scope="col">{t_string!(i18n, words.why)}</th>
                            <th scope="col" class="num">
                                {t_string!(i18n, interventions.off_target)}
                            </th>
                            <th scope="col" class="num">
                                {t_string!(i18n, interventions.below_floor)}
                            </th>
                            <th scope="col">{t_string!(i18n, interventions.subjects)}</th>
                            <th scope="col">{t_string!(i18n, interventions.for_whom)}</th>
                            <Show when=move || has_levels.get()>
                                <th scope="col">{t_string!(i18n, interventions.intervention)}</th>
                            </Show>
                            <th scope="col">{t_string!(i18n, interventions.told)}</th>
                        </tr>
                    </thead>
                    <tbody>
                        {move || {
                            rows.with(|rows| {
                                rows.iter()
                                    .take(limit.get())
                                    .enumerate()
                                    .map(|(row, found)| {
                                        view! {
                                            <FoundRow row=row found=found.clone() has_levels=has_levels />
                                        }
                                    })
                                    .collect_view()
                            })
                        }}
                    </tbody>
                </table>
            </div>
        </Show>
        <Show when=move || { more() > 0 }>
            <button on:click=move |_| limit.update(|limit| *limit += PAGE)>
                {move || {
                    t_string!(
                        i18n,
                        interventions.more,
                        more = more().min(PAGE),
                        all = counted(rows.with(Vec::len))
                    )
                        .to_string()
                }}
            </button>
        </Show>
    }
}

#[component]
fn FoundRow(row: usize, found: Found, has_levels: Memo<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let level = scope_name(i18n, found.scope);
    let id = format!("why-{row}");
    let label = t_string!(
        i18n,
        interventions.why_label,
        pupil = found.name.clone(),
        level = level.clone()
    )
    .to_string();
    let subjects = subjects_text(&found);
    let intervention = level_text(i18n, &found);
    let told = told_text(i18n, &found);
    view! {
        <tr>
            <th scope="row">
                <a href=Route::Pupil(found.pupil).href()>{found.name.clone()}</a>
            </th>
            <td>{found.form.clone()}</td>
            <td>{level}</td>
            <td>
                <WhyButton id=id label=label found=found.clone() />
            </td>
            <td class="num">{found.off_target.to_string()}</td>
            <td class="num">{floor_text(&found)}</td>
            <td class="wrap">{subjects}</td>
            <td>{owner_name(i18n, found.owner)}</td>
            {has_levels.get_untracked().then(|| view! { <td>{intervention}</td> })}
            <td class="wrap" data-narrow="">
                {told}
            </td>
        </tr>
    }
}

#[component]
fn WhyButton(id: String, label: String, found: Found) -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    let drawer = use_drawer();
    let opener = id.clone();
    let open = move |_| {
        let Some(event) = app.event().map(|event| event.id) else {
            return;
        };
        let title = t_string!(i18n, why.title, pupil = found.name.clone()).to_string();
        let found = found.clone();
        drawer.show(title, Some(opener.clone()), move || {
            panel(app, i18n, &found, event)
        });
    };
    view! {
        <button class="why" id=id aria-label=label on:click=open>
            {t_string!(i18n, words.why)}
        </button>
    }
}

fn panel(app: App, i18n: Words, found: &Found, event: Id) -> AnyView {
    let reasons = found::reasons(app, i18n, found, event);
    if reasons.is_empty() {
        return view! { <p>{t_string!(i18n, why.no_rule_fires)}</p> }.into_any();
    }
    reasons
        .into_iter()
        .map(|reason| reason_view(i18n, reason))
        .collect_view()
        .into_any()
}

/// In how many subjects the pupil is below the floor; a question mark where none is known to be, and
/// some are not known.
fn floor_text(found: &Found) -> String {
    match found.below_floor {
        Count { yes: 0, unknown } if unknown > 0 => "?".to_owned(),
        Count { yes, .. } => yes.to_string(),
    }
}
