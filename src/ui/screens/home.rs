//! Home: what waits.

use flightpath_school::model::{ColumnKey, Field, Id};
use flightpath_school::view::completeness::{Taken, Tally};
use flightpath_school::view::takers;
use leptos::prelude::*;
use leptos::reactive::spawn_local_scoped;

use crate::app::{App, use_app};
use crate::i18n::{t_string, use_i18n};
use crate::ui::fetched;
use crate::ui::parts::cell_words::{counted, plural as count};
use crate::ui::route::Route;
use crate::ui::say::Words;
use crate::ui::shell::export;

/// What waits, in numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Waiting {
    pupils: usize,
    event: Option<(Id, String)>,
    targets: usize,
    targets_missing: usize,
}

/// What of it takes the policy to tell.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Judged {
    /// Pupils who need someone at the event.
    need_someone: usize,
    /// Grades that the event asks for, and how many of them it has.
    grades: Tally,
}

/// What the policy tells of the event, followed through every change.
pub fn judged(app: App) -> Memo<Judged> {
    Memo::new(move |_| {
        let lists = app.lists().get();
        let event = app.event();
        app.with(|core| {
            let Some(event) = event else {
                return Judged::default();
            };
            let (school, policy) = (core.school(), core.policy());
            let standing = core.standing(&event, &lists.subjects, &lists.pupils);
            let taken = Taken::of(school, event.year, &lists.subjects, &lists.pupils);
            Judged {
                need_someone: standing
                    .zip(core.policy_for(&event))
                    .map_or(0, |(standing, policy)| standing.needing(&policy).len()),
                grades: taken.tally(school, policy, &event),
            }
        })
    })
}

#[component]
pub fn Home() -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    let waiting = Memo::new(move |_| {
        let lists = app.lists().get();
        let event = app.event();
        app.with(|core| {
            let school = core.school();
            let year = lists.year;
            let mut waiting = Waiting {
                pupils: lists.pupils.len(),
                ..Waiting::default()
            };
            for subject in &lists.subjects {
                let target = ColumnKey::per_subject(Field::Target, year, subject.id);
                let takers = takers(school, year, subject.id);
                for pupil in &lists.pupils {
                    if takers.contains(pupil.position) {
                        let set = school.shown_at(&target, pupil.position).one().is_some();
                        waiting.targets += 1;
                        waiting.targets_missing += usize::from(!set);
                    }
                }
            }
            waiting.event = event.map(|event| (event.id, event.name));
            waiting
        })
    });
    // Judging a whole event is a part of the program of its own; Home is there before it.
    let judged = RwSignal::new(None::<Memo<Judged>>);
    spawn_local_scoped(async move {
        if let Ok(counted) = fetched::judged(app).await {
            let _ = judged.try_set(Some(counted));
        }
    });
    let judged = Signal::derive(move || judged.get().map(|judged| judged.get()));
    let name = move || app.setting().name;
    view! {
           <div class="page">
               <header class="page-head">
                   <h1 id="page-title" tabindex="-1">
                       {t_string!(i18n, home.title)}
                   </h1>
                   <p class="answer">
                       {move || {
                           let count = counted(waiting.with(|waiting| waiting.pupils));
                           let year = app.year().to_string();
                           match name() {
                               name if name.is_empty() => {
                                   t_string!(i18n, home.answer_unnamed, count = count, year = year)
                                       .to_string()
                               }
                               name => {
                                   t_string!(i18n, home.answer, name = name, count = count, year = year)
                                       .to_string()
                               }
                           }
                       }}
                   </p>
               </header>
               <section class="section" aria-labelledby="waits">
                   <h2 id="waits">{t_string!(i18n, home.waits)}</h2>
                   <div class="cards">
                       {move || {
                           let waiting = waiting.get();
                           if waiting.pupils == 0 {
                               return view! {
                                   <div class="card empty">
                                       <p>{t_string!(i18n, home.no_pupils)}</p>
                                       <a class="button primary" href=Route::Import.href()>
                                           {t_string!(i18n, home.offer_import)}
                                       </a>
                                   </div>
                               }
                                   .into_any();
                           }
                           view! {
                               <EventCard event=waiting.event.clone() judged=judged />
                               <div class="card">
                                   <p>
                                       {if waiting.targets == 0 {
                                           t_string!(i18n, home.nobody_takes).to_owned()
                                       } else {
                                           t_string!(
                                               i18n,
                                               home.targets_missing,
                                               count = count(waiting.targets_missing),
                                               n = counted(waiting.targets_missing)
                                           )
                                               .to_string()
                                       }}
                                   </p>
                                   <a class="button" href=Route::Targets.href()>
                                       {t_string!(i18n, home.set_targets)}
                                   </a>
                               </div>
                               <div class="card">
                                   <p role="status">
                                       {move || match judged.get() {
                                           Some(Judged { need_someone, .. }) => {
                                               t_string!(i18n, home.someone, count = count(need_someone),
    n = counted(need_someone))
                                                   .to_string()
                                           }
                                           None => t_string!(i18n, home.someone_soon).to_owned(),
                                       }}
                                   </p>
                                   <a class="button" href=Route::Interventions.href()>
                                       {t_string!(i18n, home.see_who)}
                                   </a>
                               </div>
                           }
                               .into_any()
                       }}
                       <div class="card">
                           <p>{move || backup_words(i18n, app)}</p>
                           <p class="hint">{t_string!(i18n, home.backup_hint)}</p>
                           <Show when=move || app.folder_asks.get()>
                               <p role="status">
                                   {t_string!(i18n, home.folder_asks)} " "
                                   <a href=Route::Settings.href()>
                                       {t_string!(i18n, shell.settings)}
                                   </a>
                               </p>
                           </Show>
                           <button on:click=move |_| export(app)>{t_string!(i18n, shell.export_now)}</button>
                       </div>
                   </div>
               </section>
               {fetched::shown_later(fetched::coming())}
           </div>
       }
}

#[component]
fn EventCard(event: Option<(Id, String)>, judged: Signal<Option<Judged>>) -> impl IntoView {
    let i18n = use_i18n();
    match event {
        Some((id, name)) => view! {
                   <div class="card">
                       <h3>{name}</h3>
                       <p role="status">
                           {move || match judged.get() {
                               Some(Judged { grades, .. }) if grades.all == 0 => {
                                   t_string!(i18n, words.nobody_asked).to_owned()
                               }
                               Some(Judged { grades, .. }) => {
                                   let missing = grades.missing();
                                   t_string!(i18n, home.missing, count = count(missing),
        n = counted(missing))
                                       .to_string()
                               }
                               None => t_string!(i18n, home.missing_soon).to_owned(),
                           }}
                       </p>
                       <a class="button primary" href=Route::Event(id).href()>
                           {t_string!(i18n, home.enter)}
                       </a>
                   </div>
               }
        .into_any(),
        None => view! {
            <div class="card">
                <p>{t_string!(i18n, home.no_event)}</p>
                <a class="button" href=Route::Events.href()>
                    {t_string!(i18n, home.open_one)}
                </a>
            </div>
        }
        .into_any(),
    }
}

/// So many days without a file outside the browser are too many.
const OLD_BACKUP_DAYS: i64 = 7;

/// How old the last file outside the browser is.
pub fn backup_words(i18n: Words, app: App) -> String {
    let Some(days) = app.days_since_taken_out() else {
        return t_string!(i18n, home.backup_never).to_owned();
    };
    let taken_out = t_string!(
        i18n,
        home.backup_days,
        count = count(usize::try_from(days).unwrap_or(usize::MAX))
    )
    .to_string();
    if days < OLD_BACKUP_DAYS {
        taken_out
    } else {
        format!("{taken_out} {}", t_string!(i18n, home.backup_old))
    }
}
