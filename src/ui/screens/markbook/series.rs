//! The boundaries that an examination board published for a series, taken for an assessment.

use flightpath_school::markbook::{Boundaries, BoundaryProblem, read_series};
use flightpath_school::model::scale::read_thousandths;
use leptos::prelude::*;

use super::boundaries::{Desk, problem_words};
use crate::i18n::t_string;
use crate::ui::parts::text_field::TextField;

/// A fold in which a published list is pasted, with the name of its series.
#[component]
pub fn SeriesView(desk: Desk) -> impl IntoView {
    let i18n = desk.book.i18n;
    let name = RwSignal::new(String::new());
    let most = RwSignal::new(String::new());
    let list = RwSignal::new(String::new());
    let boundaries = move || -> Result<Boundaries, String> {
        let series = name.get_untracked().trim().to_owned();
        if series.is_empty() {
            return Err(t_string!(i18n, markbook.series_nameless).to_owned());
        }
        let out_of = read_thousandths(&most.get_untracked()).ok().flatten();
        let out_of = out_of
            .filter(|out_of| *out_of > 0)
            .ok_or_else(|| t_string!(i18n, markbook.series_bad_most).to_owned())?;
        let read = untrack(|| {
            desk.with_scale(|scale| {
                let from = read_series(&list.get_untracked(), scale).map_err(|line| {
                    t_string!(i18n, markbook.series_bad_line, line = line).to_string()
                })?;
                let published = Boundaries::new(scale, out_of, from);
                match published.problems(Some(scale)).first() {
                    Some(problem) => Err(problem_words(i18n, problem)),
                    None => Ok(published.scaled(desk.most, &series)),
                }
            })
        });
        read.unwrap_or_else(|| {
            let scale = String::new();
            Err(problem_words(
                i18n,
                &BoundaryProblem::UnknownScale { scale },
            ))
        })
    };
    let take = move || match boundaries() {
        Ok(boundaries) => desk.store(Some(boundaries)),
        Err(why) => desk.problem.set(why),
    };
    view! {
        <details>
            <summary>{t_string!(i18n, markbook.series_title)}</summary>
            <form on:submit=move |event| {
                event.prevent_default();
                take();
            }>
                <div class="toolbar">
                    <TextField label=t_string!(i18n, markbook.series_name) text=name />
                    <TextField
                        label=t_string!(i18n, markbook.series_most)
                        text=most
                        inputmode="decimal"
                    />
                </div>
                <label class="field">
                    <span>{t_string!(i18n, markbook.series_list)}</span>
                    <textarea
                        rows="6"
                        prop:value=list
                        on:input:target=move |event| list.set(event.target().value())
                    ></textarea>
                </label>
                <p>
                    <button type="submit">{t_string!(i18n, markbook.series_do)}</button>
                </p>
            </form>
        </details>
    }
}
