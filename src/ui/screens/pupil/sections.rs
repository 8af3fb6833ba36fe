//! The parts of the pupil's page besides the subjects' table.

use flightpath_school::model::Id;
use leptos::prelude::*;

use super::dossier::{CellShown, FiringRow, Prior, rule_reason};
use super::values::ValueButton;
use crate::app::{App, use_app};
use crate::i18n::{t_string, use_i18n};
use crate::ui::parts::drawer::use_drawer;
use crate::ui::parts::plot::{Flight, FlightFigures, FlightPlot};
use crate::ui::parts::why::reason_view;
use crate::ui::say::Words;

/// Groups and identity.
#[component]
pub fn Facts(facts: Vec<CellShown>, row: Id, who: String) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <section aria-label=t_string!(i18n, pupils.facts)>
            <dl class="facts across">
                {facts
                    .into_iter()
                    .map(|fact| {
                        view! {
                            <div>
                                <dt>{fact.what.clone()}</dt>
                                <dd>
                                    <ValueButton cell=fact row=row who=who.clone() />
                                </dd>
                            </div>
                        }
                    })
                    .collect_view()}
            </dl>
        </section>
    }
}

/// Who is to act, and why.
#[component]
pub fn Who(pupil: Id, firings: Vec<FiringRow>, event: Option<String>) -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    let drawer = use_drawer();
    event.map(|event| {
        if firings.is_empty() {
            let none = t_string!(i18n, pupils.who_none, event = event).to_string();
            return view! {
                <section class="section">
                    <h2>{t_string!(i18n, pupils.who)}</h2>
                    <p>{none}</p>
                </section>
            }
            .into_any();
        }
        let caption = t_string!(i18n, pupils.who_caption, event = event).to_string();
        let label = caption.clone();
        view! {
            <section class="section">
                <h2>{t_string!(i18n, pupils.who)}</h2>
                <div class="table-frame" tabindex="0" role="region" aria-label=label>
                    <table>
                        <caption>{caption}</caption>
                        <thead>
                            <tr>
                                <th scope="col">{t_string!(i18n, pupils.who_level)}</th>
                                <th scope="col">{t_string!(i18n, pupils.who_why)}</th>
                                <th scope="col">{t_string!(i18n, pupils.who_told)}</th>
                                <th scope="col">{t_string!(i18n, pupils.head_why)}</th>
                            </tr>
                        </thead>
                        <tbody>
                            {firings
                                .into_iter()
                                .enumerate()
                                .map(|(place, firing)| {
                                    let id = format!("why-rule-{place}");
                                    let opener = id.clone();
                                    let label = format!(
                                        "{}: {}",
                                        firing.level,
                                        t_string!(i18n, words.why),
                                    );
                                    let title = label.clone();
                                    let (rule, subject) = (firing.rule, firing.subject);
                                    view! {
                                        <tr>
                                            <th scope="row">
                                                {firing.level}
                                                {(!firing.fires)
                                                    .then(|| {
                                                        view! {
                                                            " "
                                                            <span class="chip">{t_string!(i18n, pupils.may_fire)}</span>
                                                        }
                                                    })}
                                            </th>
                                            <td class="wrap">{firing.line}</td>
                                            <td>{firing.told}</td>
                                            <td>
                                                <button
                                                    class="why"
                                                    id=id
                                                    aria-label=label
                                                    on:click=move |_| {
                                                        drawer
                                                            .show(
                                                                title.clone(),
                                                                Some(opener.clone()),
                                                                move || rule_panel(i18n, app, pupil, rule, subject),
                                                            );
                                                    }
                                                >
                                                    {t_string!(i18n, words.why)}
                                                </button>
                                            </td>
                                        </tr>
                                    }
                                })
                                .collect_view()}
                        </tbody>
                    </table>
                </div>
            </section>
        }
        .into_any()
    })
}

/// A rule's reason, read while it is open: the answer follows what is entered.
fn rule_panel(i18n: Words, app: App, pupil: Id, rule: u8, subject: Option<u16>) -> AnyView {
    let reason = move || match rule_reason(i18n, app, pupil, rule, subject) {
        Some(reason) => reason_view(i18n, reason),
        None => view! { <p>{t_string!(i18n, why.no_rule_fires)}</p> }.into_any(),
    };
    view! { {reason} }.into_any()
}

/// A plot for each subject, or the same figures as tables.
#[component]
pub fn Flights(flights: Vec<Flight>) -> impl IntoView {
    let i18n = use_i18n();
    let figures = RwSignal::new(false);
    let none = flights.is_empty();
    let flights = StoredValue::new(flights);
    let each = move || {
        let as_figures = figures.get();
        flights.with_value(|flights| {
            flights
                .iter()
                .cloned()
                .map(|flight| {
                    view! {
                        <figure>
                            <figcaption>
                                <strong>{flight.subject.clone()}</strong>
                            </figcaption>
                            {if as_figures {
                                view! { <FlightFigures flight=flight /> }.into_any()
                            } else {
                                view! { <FlightPlot flight=flight /> }.into_any()
                            }}
                        </figure>
                    }
                })
                .collect_view()
        })
    };
    view! {
        <section class="section">
            <h2>{t_string!(i18n, pupils.flights)}</h2>
            {if none {
                view! { <p>{t_string!(i18n, pupils.flights_none)}</p> }.into_any()
            } else {
                view! {
                    <div class="toolbar">
                        <p class="hint">{t_string!(i18n, pupils.flights_hint)}</p>
                        <button
                            class="end"
                            aria-pressed=move || figures.get().to_string()
                            on:click=move |_| figures.update(|figures| *figures = !*figures)
                        >
                            {t_string!(i18n, pupils.figures_on)}
                        </button>
                    </div>
                    <div class="plots">{each}</div>
                }
                    .into_any()
            }}
        </section>
    }
}

/// Prior attainment with its sources.
#[component]
pub fn Priors(priors: Vec<Prior>, row: Id, who: String) -> impl IntoView {
    let i18n = use_i18n();
    if priors.is_empty() {
        return view! {
            <section class="section">
                <h2>{t_string!(i18n, pupils.prior)}</h2>
                <p>{t_string!(i18n, pupils.prior_none)}</p>
            </section>
        }
        .into_any();
    }
    view! {
        <section class="section">
            <h2>{t_string!(i18n, pupils.prior)}</h2>
            <div
                class="table-frame fitted"
                tabindex="0"
                role="region"
                aria-label=t_string!(i18n, pupils.prior_caption)
            >
                <table>
                    <caption>{t_string!(i18n, pupils.prior_caption)}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{t_string!(i18n, pupils.prior_measure)}</th>
                            <th scope="col" class="num">
                                {t_string!(i18n, pupils.prior_value)}
                            </th>
                            <th scope="col">{t_string!(i18n, pupils.prior_source)}</th>
                        </tr>
                    </thead>
                    <tbody>
                        {priors
                            .into_iter()
                            .map(|prior| {
                                view! {
                                    <tr>
                                        <th scope="row">{prior.value.what.clone()}</th>
                                        <td class="num">
                                            <ValueButton cell=prior.value row=row who=who.clone() />
                                        </td>
                                        <td>
                                            <ValueButton cell=prior.source row=row who=who.clone() />
                                        </td>
                                    </tr>
                                }
                            })
                            .collect_view()}
                    </tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}
