//! Narrowing the list: by level, subject, year group and name.

use flightpath_school::model::YearGroup;
use flightpath_school::policy::Scope;
use flightpath_school::view::plain;
use leptos::prelude::*;

use super::found::{Findings, Found};
use super::table::export;
use crate::app::use_app;
use crate::i18n::{t_string, use_i18n};
use crate::ui::parts::choice::Choice;

/// The levels in the order in which a person meets them.
pub const SCOPES: [Scope; 4] = [Scope::Subject, Scope::Tutor, Scope::KeyStage, Scope::Head];

fn scope_key(scope: Scope) -> &'static str {
    match scope {
        Scope::Subject => "subject",
        Scope::Tutor => "tutor",
        Scope::KeyStage => "key-stage",
        Scope::Head => "head",
    }
}

/// The level that a role looks at first.
pub fn scope_of_role(role: &str) -> &'static str {
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
pub struct Filters {
    /// The level.
    pub scope: RwSignal<String>,
    subject: RwSignal<String>,
    year: RwSignal<String>,
    search: RwSignal<String>,
}

impl Filters {
    /// Everything.
    pub fn new() -> Filters {
        let all = || RwSignal::new(String::new());
        Filters {
            scope: all(),
            subject: all(),
            year: all(),
            search: all(),
        }
    }

    /// Whether a row is shown.
    pub fn lets_pass(self, found: &Found) -> bool {
        let scope = self.scope.get();
        let subject = self.subject.get();
        let year = self.year.get();
        let search = plain(self.search.get().trim());
        (scope.is_empty() || scope == scope_key(found.scope))
            && (subject.is_empty()
                || found
                    .subjects
                    .iter()
                    .any(|(id, _)| id.to_string() == subject))
            && (year.is_empty() || found.year.map(|year| year.number().to_string()) == Some(year))
            && (search.is_empty()
                || plain(&found.name).contains(&search)
                || plain(&found.form).contains(&search))
    }
}

/// The controls above the list.
#[component]
pub fn FilterBar(filters: Filters, all: Memo<Findings>, rows: Memo<Vec<Found>>) -> impl IntoView {
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
                <span>{t_string!(i18n, interventions.search)}</span>
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
                {t_string!(i18n, interventions.export)}
            </button>
        </div>
    }
}
