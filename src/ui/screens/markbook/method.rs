//! How the mean is worked out: what is dropped, as what marks count, what each assessment weighs under
//! which category; and the grades of the mean.

use std::collections::BTreeSet;

use flightpath_school::journal::{Action, Draft};
use flightpath_school::markbook::{Method, StandardTo, percent, thousandths_text};
use flightpath_school::model::Id;
use flightpath_school::model::scale::read_thousandths;
use flightpath_school::view::markbook::{AssessmentEdit, change};
use leptos::prelude::*;

use super::assessment::not_written;
use super::boundaries::BoundariesView;
use super::feed::FeedView;
use super::state::{Book, Whose};
use super::words;
use crate::i18n::t_string;
use crate::ui::parts::choice::Choice;
use crate::ui::parts::line::{CellLine, Line};

const PERCENT: &str = "percent";
const STANDARD: &str = "standard";

/// The most that can be dropped; no class has so many assessments.
const MOST_DROPPED: usize = 99;
/// The highest mean and deviation of standard scores, in thousandths.
const MOST_SCORE: i64 = 1_000_000;

/// The id of the list of categories in use, and of the terms.
const USUAL: &str = "markbook-categories";

/// A fold with everything that the mean rests on.
#[component]
pub fn MethodView(book: Book) -> impl IntoView {
    let i18n = book.i18n;
    // Made when it is opened: most days nobody asks.
    let open = RwSignal::new(false);
    view! {
        <details
            class="section"
            on:toggle:target=move |event| open.set(event.target().open())
        >
            <summary>{t_string!(i18n, markbook.method_title)}</summary>
            <Show when=move || open.get()>
                <Way book=book />
                <Weights book=book />
                <BoundariesView book=book whose=Whose::Mean />
                <FeedView book=book whose=Whose::Mean />
            </Show>
        </details>
    }
}

/// What is dropped, and as what marks count.
#[component]
fn Way(book: Book) -> impl IntoView {
    let Book { app, i18n, .. } = book;
    let method = Memo::new(move |_| book.with(|shown| shown.book.method.clone()));
    let problem = RwSignal::new(String::new());
    let drop = move |typed: String| match typed.trim().parse::<usize>() {
        Ok(dropping) if dropping <= MOST_DROPPED => {
            problem.set(String::new());
            book.set_method(|method| Method { dropping, ..method });
        }
        _ => problem.set(t_string!(i18n, markbook.method_bad_drop, typed = typed).to_string()),
    };
    let score = move |typed: String, set: fn(&mut StandardTo, i64)| {
        let number = read_thousandths(&typed).ok().flatten();
        match number.filter(|number| (1..=MOST_SCORE).contains(number)) {
            Some(number) => {
                problem.set(String::new());
                book.set_method(|mut method| {
                    if let Some(standard) = &mut method.standard {
                        set(standard, number);
                    }
                    method
                });
            }
            None => {
                problem.set(t_string!(i18n, markbook.method_bad_score, typed = typed).to_string());
            }
        }
    };
    let ways = Signal::derive(move || {
        vec![
            (
                PERCENT.to_owned(),
                t_string!(i18n, markbook.method_as_percent).to_owned(),
            ),
            (
                STANDARD.to_owned(),
                t_string!(i18n, markbook.method_as_standard).to_owned(),
            ),
        ]
    });
    let is_standard = Memo::new(move |_| method.with(|method| method.standard.is_some()));
    let count_as = move |way: String| {
        book.set_method(|method| Method {
            standard: (way == STANDARD).then(|| method.standard.unwrap_or_default()),
            ..method
        });
    };
    let of_standard = move |of: fn(StandardTo) -> i64| {
        Signal::derive(move || {
            let held = method.with(|method| method.standard.map(of));
            held.map(thousandths_text).unwrap_or_default()
        })
    };
    let sentences = move || method.with(|method| words::method(i18n, method));
    view! {
        <Show when=move || app.can_change()>
            <div class="toolbar">
                <Line
                    label=t_string!(i18n, markbook.method_drop)
                    text=Signal::derive(move || method.with(|method| method.dropping.to_string()))
                    keep=drop
                    inputmode="numeric"
                />
                <Choice
                    label=t_string!(i18n, markbook.method_counts)
                    options=ways
                    value=Signal::derive(move || {
                        if is_standard.get() { STANDARD } else { PERCENT }.to_owned()
                    })
                    on_change=count_as
                />
                <Show when=move || is_standard.get()>
                    <Line
                        label=t_string!(i18n, markbook.method_mean)
                        text=of_standard(|standard| standard.mean)
                        keep=move |typed| score(typed, |standard, mean| standard.mean = mean)
                        inputmode="decimal"
                    />
                    <Line
                        label=t_string!(i18n, markbook.method_deviation)
                        text=of_standard(|standard| standard.deviation)
                        keep=move |typed| {
                            score(typed, |standard, deviation| standard.deviation = deviation);
                        }
                        inputmode="decimal"
                    />
                </Show>
            </div>
        </Show>
        <p class="problem" role="alert">
            {problem}
        </p>
        <p class="hint" role="status">
            {move || sentences().join(" ")}
        </p>
    }
}

/// What a weight is of all, in words.
fn share_text(weight: i64, of: i64) -> String {
    percent(weight, of).map_or_else(
        || "–".to_owned(),
        |share| format!("{} %", words::one_decimal(share)),
    )
}

/// The assessments with their categories and weights, and what the weights come to.
#[component]
fn Weights(book: Book) -> impl IntoView {
    let i18n = book.i18n;
    let problem = RwSignal::new(String::new());
    let ids = Memo::new(move |_| {
        book.with(|shown| {
            let all = shown.book.assessments.iter();
            all.map(|assessment| assessment.id).collect::<Vec<Id>>()
        })
    });
    let any = Memo::new(move |_| ids.with(|ids| !ids.is_empty()));
    let sum = Memo::new(move |_| book.with(|shown| shown.book.weights));
    let usual = move || {
        let mut names: BTreeSet<String> = book.with(|shown| {
            let all = shown.book.assessments.iter();
            all.map(|assessment| assessment.category.clone()).collect()
        });
        names.remove("");
        let terms = [
            t_string!(i18n, markbook.term_autumn),
            t_string!(i18n, markbook.term_spring),
            t_string!(i18n, markbook.term_summer),
        ];
        names.extend(terms.map(str::to_owned));
        let each = names.into_iter();
        each.map(|name| view! { <option value=name></option> })
            .collect_view()
    };
    let categories = move || {
        let (all, sum) = book.with(|shown| (shown.book.categories(), shown.book.weights));
        let each = all.iter().map(|held| {
            t_string!(
                i18n,
                markbook.method_category,
                category = words::category(i18n, &held.name),
                weights = thousandths_text(held.weights),
                share = share_text(held.weights, sum)
            )
            .to_string()
        });
        let each = each.collect::<Vec<_>>().join("; ");
        t_string!(i18n, markbook.method_categories, each = each).to_string()
    };
    view! {
        <Show
            when=move || any.get()
            fallback=move || view! { <p>{t_string!(i18n, markbook.method_none)}</p> }
        >
            <datalist id=USUAL>{usual}</datalist>
            <table>
                <caption>{t_string!(i18n, markbook.method_table)}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t_string!(i18n, markbook.method_assessment)}</th>
                        <th scope="col">{t_string!(i18n, markbook.category)}</th>
                        <th scope="col" class="num">
                            {t_string!(i18n, markbook.weight_label)}
                        </th>
                        <th scope="col" class="num">
                            {t_string!(i18n, markbook.method_share)}
                        </th>
                    </tr>
                </thead>
                <tbody>
                    <For
                        each=move || ids.get()
                        key=|id| *id
                        children=move |id| view! { <Weight book=book id=id sum=sum problem=problem /> }
                    />
                </tbody>
                <tfoot>
                    <tr>
                        <th scope="row">{t_string!(i18n, markbook.method_sum)}</th>
                        <td></td>
                        <td class="num">{move || thousandths_text(sum.get())}</td>
                        <td class="num">{move || share_text(sum.get(), sum.get())}</td>
                    </tr>
                </tfoot>
            </table>
            <p class="problem" role="alert">
                {problem}
            </p>
            <p class="hint" role="status">
                {categories}
            </p>
        </Show>
    }
}

/// The row of an assessment.
#[component]
fn Weight(book: Book, id: Id, sum: Memo<i64>, problem: RwSignal<String>) -> impl IntoView {
    let Book { app, i18n, .. } = book;
    let held = Memo::new(move |_| {
        book.with(|shown| {
            let held = shown.assessment(id)?;
            Some((held.title.clone(), held.category.clone(), held.weight))
        })
        .unwrap_or_default()
    });
    let title = move || held.with(|(title, ..)| title.clone());
    let keep = move |edit: AssessmentEdit| {
        let year = app.lists().with_untracked(|lists| lists.year);
        let mut draft = Draft::default();
        match change(&mut draft, year, id, &edit, None) {
            Ok(()) => {
                problem.set(String::new());
                let (title, state) = (untrack(title), "changed".to_owned());
                app.dispatch(Action::Assessment { title, state }, &draft);
            }
            Err(why) => problem.set(not_written(i18n, &why)),
        }
    };
    let keep_weight = move |typed: String| {
        // A text that is no number is refused as a weight below nought is.
        let weight = read_thousandths(&typed).ok().flatten().unwrap_or(-1);
        keep(AssessmentEdit::Weight(weight));
    };
    let read_only = Signal::derive(move || !app.can_change());
    view! {
        <tr>
            <th scope="row">{title}</th>
            <td>
                <CellLine
                    name=Signal::derive(move || {
                        t_string!(i18n, markbook.method_category_of, title = title()).to_string()
                    })
                    text=Signal::derive(move || held.with(|(_, category, _)| category.clone()))
                    size="18"
                    keep=move |typed| {
                        keep(AssessmentEdit::Category(book.category_as_written(&typed, Some(id))))
                    }
                    list=USUAL
                    read_only=read_only
                />
            </td>
            <td class="num">
                <CellLine
                    name=Signal::derive(move || {
                        t_string!(i18n, markbook.method_weight_of, title = title()).to_string()
                    })
                    text=Signal::derive(move || held.with(|(.., weight)| thousandths_text(*weight)))
                    size="6"
                    keep=keep_weight
                    inputmode="decimal"
                    read_only=read_only
                />
            </td>
            <td class="num">{move || share_text(held.with(|(.., weight)| *weight), sum.get())}</td>
        </tr>
    }
}
