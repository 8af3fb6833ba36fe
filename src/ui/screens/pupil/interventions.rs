//! What is done for the pupil beyond teaching, and what has ended.

use flightpath_school::model::Id;
use flightpath_school::view::interventions::interventions;
use leptos::prelude::*;

use crate::app::use_app;
use crate::i18n::{t_string, use_i18n};
use crate::ui::parts::drawer::use_drawer;
use crate::ui::parts::interventions::{brief, place_name, show_interventions, since};

/// The id of the button that opens them.
const CHANGE: &str = "pupil-interventions";

/// The pupil's interventions of the year, and the way to change them.
#[component]
pub fn InterventionsList(pupil: Id, who: String) -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    let drawer = use_drawer();
    let own = Memo::new(move |_| {
        let year = app.year();
        let mut all = app.read(|school| interventions(school, year));
        all.retain(|held| held.pupil == pupil);
        all
    });
    let list = move || {
        let own = own.get();
        if own.is_empty() {
            return view! { <p>{t_string!(i18n, interventions.none_yet)}</p> }.into_any();
        }
        let each = own.into_iter().map(|held| {
            let place = place_name(app, i18n, held.subject);
            let days = since(i18n, &held);
            let what = brief(i18n, &held)
                .unwrap_or_else(|| t_string!(i18n, interventions.no_plan_yet).to_owned());
            view! {
                <div>
                    <dt>{format!("{place}, {days}")}</dt>
                    <dd>{what}</dd>
                </div>
            }
        });
        view! { <dl class="facts across">{each.collect_view()}</dl> }.into_any()
    };
    view! {
        <section class="section">
            <h2>{t_string!(i18n, interventions.pupil_section)}</h2>
            {list}
            <button
                id=CHANGE
                on:click=move |_| show_interventions(i18n, drawer, pupil, &who, None, CHANGE)
            >
                {t_string!(i18n, interventions.change_pupil)}
            </button>
        </section>
    }
}
