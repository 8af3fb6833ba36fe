//! Who needs someone: pupils for whom a rule of the policy fires, each with its reasons.

mod found;

use flightpath_school::model::{Id, YearGroup};
use flightpath_school::policy::Scope;
use leptos::prelude::*;

use crate::app::{App, use_app};
use crate::i18n::{t, t_string, use_i18n};
use crate::ui::parts::choice::Choice;
use crate::ui::parts::drawer::use_drawer;
use crate::ui::parts::table_out::export_table;
use crate::ui::parts::why::{owner_name, reason_view, scope_name, told_name};
use crate::ui::route::Route;
use crate::ui::say::Words;
use found::{Findings, Found, findings};

/// Rows that are put on screen at once.
const PAGE: usize = 100;

/// The levels in the order in which a person meets them.
const SCOPES: [Scope; 4] = [Scope::Subject, Scope::Tutor, Scope::KeyStage, Scope::Head];

fn count(number: usize) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

fn scope_key(scope: Scope) -> &'static str {
    match scope {
        Scope::Subject => "subject",
        Scope::Tutor => "tutor",
        Scope::KeyStage => "key-stage",
        Scope::Head => "head",
    }
}

/// The level that a role looks at first.
fn scope_of_role(role: &str) -> &'static str {
    match role {
        "teacher" | "head-of-department" => "subject",
        "tutor" => "tutor",
        "coordinator" => "key-stage",
        "head" => "head",
        _ => "",
    }
}

/// What the person narrowed the list to; empty for everything.
#[derive(Clone, Copy)]
struct Filters {
    scope: RwSignal<String>,
    subject: RwSignal<String>,
    year: RwSignal<String>,
    search: RwSignal<String>,
}

impl Filters {
    fn lets_pass(self, found: &Found) -> bool {
        let scope = self.scope.get();
        let subject = self.subject.get();
        let year = self.year.get();
        let search = self.search.get().trim().to_lowercase();
        (scope.is_empty() || scope == scope_key(found.scope))
            && (subject.is_empty()
                || found
                    .subjects
                    .iter()
                    .any(|(id, _)| id.to_string() == subject))
            && (year.is_empty() || found.year.map(|year| year.number().to_string()) == Some(year))
            && (search.is_empty()
                || found.name.to_lowercase().contains(&search)
                || found.form.to_lowercase().contains(&search))
    }
}

/// Who needs someone.
#[component]
pub fn Interventions() -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    let event = Memo::new(move |_| app.event());
    let all = Memo::new(move |_| {
        let Some(event) = event.get() else {
            return Findings::default();
        };
        app.lists()
            .with(|lists| app.with(|core| findings(core, lists, &event)))
    });
    let filters = Filters {
        scope: RwSignal::new(String::new()),
        subject: RwSignal::new(String::new()),
        year: RwSignal::new(String::new()),
        search: RwSignal::new(String::new()),
    };
    let role = Memo::new(move |_| app.prefs.with(|prefs| prefs.role.clone()));
    Effect::new(move |_| {
        filters
            .scope
            .set(role.with(|role| scope_of_role(role).to_owned()))
    });
    let rows = Memo::new(move |_| {
        all.with(|all| {
            all.found
                .iter()
                .filter(|found| filters.lets_pass(found))
                .cloned()
                .collect::<Vec<_>>()
        })
    });
    let event_name = move || {
        event.with(|event| {
            event
                .as_ref()
                .map(|event| event.name.clone())
                .unwrap_or_default()
        })
    };
    let answer = move || {
        if event.with(Option::is_none) {
            return t_string!(i18n, interventions.no_event).to_owned();
        }
        all.with(|all| answer(i18n, all, event_name()))
    };
    view! {
        <div class="page">
            <header class="page-head">
                <h1 id="page-title" tabindex="-1">
                    {t!(i18n, interventions.title)}
                </h1>
                <p class="answer">{answer}</p>
            </header>
            <Show
                when=move || event.with(Option::is_some)
                fallback=move || {
                    view! {
                        <div class="empty">
                            <p>{t!(i18n, interventions.no_event_hint)}</p>
                            <p class="actions">
                                <a class="button primary" href=Route::Events.href()>
                                    {t!(i18n, interventions.to_events)}
                                </a>
                            </p>
                        </div>
                    }
                }
            >
                <FilterBar filters=filters all=all rows=rows />
                <List rows=rows />
                <p class="hint">
                    {move || {
                        let undecided = all.with(|all| all.undecided);
                        (undecided > 0)
                            .then(|| {
                                t_string!(
                                    i18n,
                                    interventions.undecided,
                                    count = count(undecided)
                                )
                                    .to_string()
                            })
                    }}
                </p>
            </Show>
        </div>
    }
}

fn answer(i18n: Words, all: &Findings, event: String) -> String {
    if all.pupils == 0 {
        return t_string!(i18n, interventions.nobody, event = event).to_string();
    }
    let scopes: Vec<String> = SCOPES
        .into_iter()
        .map(|scope| (scope, all.pupils_at(scope)))
        .filter(|(_, number)| *number > 0)
        .map(|(scope, n)| match scope {
            Scope::Subject => t_string!(i18n, interventions.at_subject, n = n).to_string(),
            Scope::Tutor => t_string!(i18n, interventions.at_tutor, n = n).to_string(),
            Scope::KeyStage => t_string!(i18n, interventions.at_key_stage, n = n).to_string(),
            Scope::Head => t_string!(i18n, interventions.at_head, n = n).to_string(),
        })
        .collect();
    t_string!(
        i18n,
        interventions.answer,
        people = t_string!(i18n, interventions.people, count = count(all.pupils)).to_string(),
        event = event,
        scopes = scopes.join(", ")
    )
    .to_string()
}

fn export(app: App, i18n: Words, rows: &[Found]) {
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
            found.below_floor.to_string(),
            owner_name(i18n, found.owner),
            level_text(i18n, found),
            told_text(i18n, found),
            found::line(app, i18n, found, event.id),
        ]);
    }
    let name = format!(
        "{}-{}",
        t_string!(i18n, interventions.file),
        flightpath_school::model::keys::slug(&event.name)
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

#[component]
fn FilterBar(filters: Filters, all: Memo<Findings>, rows: Memo<Vec<Found>>) -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    let scopes = Signal::derive(move || {
        let mut options = vec![(
            String::new(),
            t_string!(i18n, interventions.level_all).to_owned(),
        )];
        for scope in SCOPES {
            let name = match scope {
                Scope::Subject => t_string!(i18n, interventions.level_subject),
                Scope::Tutor => t_string!(i18n, interventions.level_tutor),
                Scope::KeyStage => t_string!(i18n, interventions.level_key_stage),
                Scope::Head => t_string!(i18n, interventions.level_head),
            };
            options.push((scope_key(scope).to_owned(), name.to_owned()));
        }
        options
    });
    let subjects = Signal::derive(move || {
        let mut options = vec![(
            String::new(),
            t_string!(i18n, interventions.all_subjects).to_owned(),
        )];
        app.lists().with(|lists| {
            options.extend(
                lists
                    .subjects
                    .iter()
                    .map(|subject| (subject.id.to_string(), subject.name.clone())),
            );
        });
        options
    });
    let years = Signal::derive(move || {
        let mut years: Vec<YearGroup> =
            all.with(|all| all.found.iter().filter_map(|found| found.year).collect());
        years.sort_unstable();
        years.dedup();
        let mut options = vec![(
            String::new(),
            t_string!(i18n, interventions.all_years).to_owned(),
        )];
        options.extend(years.into_iter().map(|year| {
            let name = t_string!(i18n, words.year_n, n = year.to_string()).to_string();
            (year.number().to_string(), name)
        }));
        options
    });
    view! {
        <div class="toolbar">
            <Choice
                label=t_string!(i18n, interventions.level_choice)
                options=scopes
                value=filters.scope
                on_change=move |scope| filters.scope.set(scope)
            />
            <Choice
                label=t_string!(i18n, words.subject)
                options=subjects
                value=filters.subject
                on_change=move |subject| filters.subject.set(subject)
            />
            <Choice
                label=t_string!(i18n, words.year_group)
                options=years
                value=filters.year
                on_change=move |year| filters.year.set(year)
            />
            <label class="field">
                <span>{t!(i18n, interventions.search)}</span>
                <input
                    type="search"
                    prop:value=move || filters.search.get()
                    on:input:target=move |event| filters.search.set(event.target().value())
                />
            </label>
            <button
                disabled=move || rows.with(Vec::is_empty)
                on:click=move |_| rows.with_untracked(|rows| export(app, i18n, rows))
            >
                {t!(i18n, interventions.export)}
            </button>
        </div>
    }
}

#[component]
fn List(rows: Memo<Vec<Found>>) -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    let limit = RwSignal::new(PAGE);
    Effect::new(move |_| {
        rows.track();
        limit.set(PAGE);
    });
    let caption = move || {
        let event = app.event().map(|event| event.name).unwrap_or_default();
        t_string!(i18n, interventions.caption, event = event).to_string()
    };
    let more = move || rows.with(Vec::len).saturating_sub(limit.get());
    view! {
        <p role="status" class="hint" aria-label=t_string!(i18n, interventions.title)>
            {move || {
                t_string!(i18n, interventions.shown, count = count(rows.with(Vec::len)))
                    .to_string()
            }}
        </p>
        <Show when=move || rows.with(|rows| !rows.is_empty())>
            <div class="table-frame" tabindex="0" role="region" aria-label=caption>
                <table class="frozen">
                    <caption class="visually-hidden">{caption}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{t!(i18n, interventions.pupil)}</th>
                            <th scope="col">{t!(i18n, interventions.form)}</th>
                            <th scope="col">{t!(i18n, interventions.level)}</th>
                            <th scope="col">{t!(i18n, words.why)}</th>
                            <th scope="col" class="num">
                                {t!(i18n, interventions.off_target)}
                            </th>
                            <th scope="col" class="num">
                                {t!(i18n, interventions.below_floor)}
                            </th>
                            <th scope="col">{t!(i18n, interventions.subjects)}</th>
                            <th scope="col">{t!(i18n, interventions.for_whom)}</th>
                            <th scope="col">{t!(i18n, interventions.intervention)}</th>
                            <th scope="col">{t!(i18n, interventions.told)}</th>
                        </tr>
                    </thead>
                    <tbody>
                        {move || {
                            rows.with(|rows| {
                                rows.iter()
                                    .take(limit.get())
                                    .enumerate()
                                    .map(|(row, found)| {
                                        view! { <FoundRow row=row found=found.clone() /> }
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
                        all = rows.with(Vec::len)
                    )
                        .to_string()
                }}
            </button>
        </Show>
    }
}

#[component]
fn FoundRow(row: usize, found: Found) -> impl IntoView {
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
            <td class="num">{found.below_floor.to_string()}</td>
            <td class="wrap">{subjects}</td>
            <td>{owner_name(i18n, found.owner)}</td>
            <td>{intervention}</td>
            <td>{told}</td>
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
            {t!(i18n, words.why)}
        </button>
    }
}

fn panel(app: App, i18n: Words, found: &Found, event: Id) -> AnyView {
    let reasons = found::reasons(app, i18n, found, event);
    if reasons.is_empty() {
        return view! { <p>{t!(i18n, why.no_rule_fires)}</p> }.into_any();
    }
    reasons
        .into_iter()
        .map(|reason| reason_view(i18n, reason))
        .collect_view()
        .into_any()
}
