//! The interventions that go on, over all pupils and subjects.

use flightpath_school::model::Id;
use flightpath_school::view::interventions::{Intervention, interventions};
use leptos::prelude::*;

use crate::app::use_app;
use crate::i18n::{t_string, use_i18n};
use crate::platform::clock::{DateParts, civil_text};
use crate::ui::parts::cell_words::{counted, plural};
use crate::ui::parts::drawer::use_drawer;
use crate::ui::parts::interventions::{place_name, show_interventions};
use crate::ui::route::Route;

/// One that goes on, with whom it is for.
#[derive(Clone, PartialEq)]
struct Shown {
    held: Intervention,
    name: String,
    form: String,
}

/// The interventions that go on; how many, and the list once it is unfolded.
#[component]
pub fn GoingOn() -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    let unfolded = RwSignal::new(false);
    let rows = Memo::new(move |_| {
        let year = app.year();
        let all = app.read(|school| interventions(school, year));
        app.lists().with(|lists| {
            let open = all.into_iter().filter(Intervention::is_open);
            // Who left is in no list any more.
            open.filter_map(|held| {
                let pupil = lists.pupil(held.pupil)?;
                Some(Shown {
                    name: pupil.name(),
                    form: pupil.form.clone(),
                    held,
                })
            })
            .collect::<Vec<_>>()
        })
    });
    let summary = Signal::derive(move || {
        let all = rows.with(Vec::len);
        t_string!(
            i18n,
            interventions.go_on,
            count = plural(all),
            n = counted(all)
        )
        .to_string()
    });
    view! {
        <details on:toggle:target=move |event| unfolded.set(event.target().open())>
            <summary>{summary}</summary>
            <Show when=move || unfolded.get()>
                <Show
                    when=move || rows.with(|rows| !rows.is_empty())
                    fallback=move || view! { <p>{t_string!(i18n, interventions.go_on_none)}</p> }
                >
                    <List rows=rows caption=summary />
                </Show>
            </Show>
        </details>
    }
}

#[component]
fn List(rows: Memo<Vec<Shown>>, caption: Signal<String>) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <div class="table-frame" tabindex="0" role="region" aria-label=caption>
            <table class="frozen">
                <caption class="visually-hidden">{caption}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t_string!(i18n, interventions.pupil)}</th>
                        <th scope="col">{t_string!(i18n, interventions.form)}</th>
                        <th scope="col">{t_string!(i18n, interventions.place)}</th>
                        <th scope="col" class="num">
                            {t_string!(i18n, interventions.level)}
                        </th>
                        <th scope="col">{t_string!(i18n, interventions.plan)}</th>
                        <th scope="col">{t_string!(i18n, interventions.begun)}</th>
                        <th scope="col">{t_string!(i18n, interventions.change)}</th>
                    </tr>
                </thead>
                <tbody>
                    {move || {
                        let rows = rows.get().into_iter();
                        rows.map(|row| view! { <Row row=row /> }).collect_view()
                    }}
                </tbody>
            </table>
        </div>
    }
}

#[component]
fn Row(row: Shown) -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    let drawer = use_drawer();
    let Shown { held, name, form } = row;
    let place = place_name(app, i18n, held.subject);
    let level = held.level.map(|level| level.number());
    let begun = civil_text(held.begun, "en-GB", DateParts::Whole);
    let id = change_id(held.id);
    let label = t_string!(
        i18n,
        interventions.change_of,
        pupil = name.clone(),
        place = place.clone()
    )
    .to_string();
    let (pupil, subject, opener, who) = (held.pupil, held.subject, id.clone(), name.clone());
    view! {
        <tr>
            <th scope="row">
                <a href=Route::Pupil(pupil).href()>{name}</a>
            </th>
            <td>{form}</td>
            <td>{place}</td>
            <td class="num">{level}</td>
            <td class="wrap">{held.plan.clone()}</td>
            <td>{begun}</td>
            <td>
                <button
                    id=id
                    aria-label=label
                    on:click=move |_| {
                        show_interventions(i18n, drawer, pupil, &who, subject, &opener);
                    }
                >
                    {t_string!(i18n, interventions.change)}
                </button>
            </td>
        </tr>
    }
}

fn change_id(of: Id) -> String {
    format!("change-{of}")
}
