//! One pupil: where the pupil stands in every subject, why, and who set what.

mod dossier;
mod flight;
mod interventions;
mod sections;
mod subjects;
mod values;

use flightpath_school::model::Id;
use leptos::prelude::*;

use crate::app::use_app;
use crate::i18n::{t_string, use_i18n};
use crate::ui::parts::cell_words::{counted, plural};
use crate::ui::parts::gone::GonePage;
use crate::ui::route::Route;
use crate::ui::say::Words;
use crate::ui::screens::pupils::use_pupils_list;

use dossier::Dossier;
use interventions::InterventionsList;
use sections::{Facts, Flights, Priors, Who};
use subjects::SubjectsTable;
pub use values::show_history;

#[component]
pub fn PupilScreen(id: Id) -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    let page = Memo::new(move |_| dossier::dossier(i18n, app, id));
    move || match page.get() {
        None => view! {
            <GonePage
                title=t_string!(i18n, pupils.gone_title)
                why=t_string!(i18n, pupils.gone)
                back=Route::Pupils
                back_name=t_string!(i18n, pupils.back)
            />
        }
        .into_any(),
        Some(page) => view! { <Page page=page /> }.into_any(),
    }
}

#[component]
fn Page(page: Dossier) -> impl IntoView {
    let i18n = use_i18n();
    let id = page.pupil.id;
    let name = page.pupil.name();
    let answer = answer(i18n, &page);
    let Dossier {
        facts,
        priors,
        firings,
        event,
        events,
        subjects,
        ..
    } = page;
    let flights = subjects
        .iter()
        .filter_map(|subject| subject.flight.clone())
        .collect::<Vec<_>>();
    view! {
        <div class="page">
            <header class="page-head">
                <nav class="trail" aria-label=t_string!(i18n, pupils.title)>
                    <a href=Route::Pupils.href()>{t_string!(i18n, pupils.back)}</a>
                </nav>
                <h1 id="page-title" tabindex="-1">
                    {name.clone()}
                </h1>
                <p class="answer">{answer}</p>
                <Neighbours id=id />
            </header>
            <Facts facts=facts row=id who=name.clone() />
            <SubjectsTable
                events=events
                subjects=subjects
                event=event.clone()
                row=id
                who=name.clone()
            />
            <Who pupil=id firings=firings event=event />
            <InterventionsList pupil=id who=name.clone() />
            <Flights flights=flights />
            <Priors priors=priors row=id who=name />
        </div>
    }
}

fn answer(i18n: Words, page: &Dossier) -> String {
    let year = page.pupil.year_group.map(|year| year.to_string());
    let form = page.pupil.form.clone();
    let place = match (year, form.is_empty()) {
        (Some(year), false) => {
            t_string!(i18n, pupils.answer_year_form, year = year, form = form).to_string()
        }
        (Some(year), true) => t_string!(i18n, pupils.answer_year, year = year).to_string(),
        (None, _) => String::new(),
    };
    let Some(((off, of), event)) = page.off_target.zip(page.event.clone()) else {
        return t_string!(i18n, pupils.answer_no_event, place = place).to_string();
    };
    let mut counts = t_string!(
        i18n,
        pupils.off_count,
        count = plural(usize::from(off.yes)),
        of = of
    )
    .to_string();
    if off.unknown > 0 {
        let unknown = plural(usize::from(off.unknown));
        let unknown = t_string!(i18n, pupils.unknown_count, count = unknown).to_string();
        counts = format!("{counts}, {unknown}");
    }
    t_string!(
        i18n,
        pupils.answer_event,
        place = place,
        event = event,
        counts = counts
    )
    .to_string()
}

/// The pupils before and after in the list that the person came from, else among all.
#[component]
fn Neighbours(id: Id) -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    let order = use_pupils_list().order;
    let around = Memo::new(move |_| {
        let from_list = order.with(|order| order.contains(&id).then(|| order.clone()));
        app.lists().with(|lists| {
            let all =
                from_list.unwrap_or_else(|| lists.pupils.iter().map(|pupil| pupil.id).collect());
            let at = all.iter().position(|each| *each == id)?;
            let name = |place: Option<usize>| {
                let id = *all.get(place?)?;
                Some((id, lists.pupil(id)?.name()))
            };
            Some((
                name(at.checked_sub(1)),
                at + 1,
                all.len(),
                name(at.checked_add(1)),
            ))
        })
    });
    let link = move |to: (Id, String), back: bool| {
        let (id, name) = to;
        let label = if back {
            t_string!(i18n, pupils.previous, name = name).to_string()
        } else {
            t_string!(i18n, pupils.next, name = name).to_string()
        };
        let short = if back {
            t_string!(i18n, pupils.previous_short)
        } else {
            t_string!(i18n, pupils.next_short)
        };
        view! {
            <a class="button" href=Route::Pupil(id).href() aria-label=label.clone() title=label>
                {short}
            </a>
        }
    };
    move || {
        around.get().map(|(before, at, all, after)| {
            view! {
                <nav class="page-actions" aria-label=t_string!(i18n, pupils.neighbours)>
                    {before.map(|to| link(to, true))}
                    <span class="quiet-text">
                        {t_string!(i18n, pupils.place, at = counted(at), all = counted(all))
                            .to_string()}
                    </span>
                    {after.map(|to| link(to, false))}
                </nav>
            }
        })
    }
}
