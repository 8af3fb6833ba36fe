//! Who needs someone: pupils for whom a rule of the policy fires, each with its reasons.

mod filters;
mod found;
mod going_on;
mod table;

use flightpath_school::policy::Scope;
use leptos::prelude::*;

use crate::app::use_app;
use crate::i18n::{t_string, use_i18n};
use crate::ui::parts::cell_words::{counted, plural as count};
use crate::ui::route::Route;
use crate::ui::say::Words;
use filters::{FilterBar, Filters, SCOPES, scope_of_role};
use found::{Findings, findings};
use going_on::GoingOn;
use table::List;

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
    let filters = Filters::new();
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
                       {t_string!(i18n, interventions.title)}
                   </h1>
                   <p class="answer">{answer}</p>
               </header>
               <GoingOn />
               <Show
                   when=move || event.with(Option::is_some)
                   fallback=move || {
                       view! {
                           <div class="empty">
                               <p>{t_string!(i18n, interventions.no_event_hint)}</p>
                               <p class="actions">
                                   <a class="button primary" href=Route::Events.href()>
                                       {t_string!(i18n, interventions.to_events)}
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
                                       count = count(undecided),
    n = counted(undecided)
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
        people = t_string!(
            i18n,
            interventions.people,
            count = count(all.pupils),
            n = counted(all.pupils)
        )
        .to_string(),
        event = event,
        scopes = scopes.join(", ")
    )
    .to_string()
}
