//! One assessment in numbers.

use flightpath_school::markbook::thousandths_text;
use flightpath_school::model::Id;
use leptos::prelude::*;

use super::state::Book;
use super::words::one_decimal;
use crate::i18n::t_string;
use crate::ui::parts::cell_words::counted;

/// Count, mean, spread, what is missing, grades and colours of an assessment.
#[component]
pub fn SummaryView(book: Book, id: Id) -> impl IntoView {
    let Book { app, i18n, .. } = book;
    let lines = Memo::new(move |_| {
        book.with(|shown| {
            let place = shown
                .book
                .assessments
                .iter()
                .position(|assessment| assessment.id == id)?;
            let (sum, rag) = app.with(|core| {
                let policy = core.policy()?;
                Some((
                    shown.book.summary(policy, place)?,
                    shown.book.rag_shares(policy, place),
                ))
            })?;
            let mark = |mark: Option<i64>| mark.map(thousandths_text);
            let some = |count: usize| (count > 0).then(|| counted(count));
            let grades: Vec<String> = sum
                .by_grade
                .iter()
                .map(|(grade, n)| {
                    let grade = if grade.is_empty() {
                        t_string!(i18n, markbook.sum_below).to_owned()
                    } else {
                        grade.clone()
                    };
                    t_string!(i18n, markbook.sum_grade, grade = grade, n = counted(*n)).to_string()
                })
                .collect();
            let rag = t_string!(
                i18n,
                markbook.sum_rag_line,
                green = counted(rag.green),
                white = counted(rag.white),
                amber = counted(rag.amber),
                red = counted(rag.red),
                unknown = counted(rag.unknown)
            )
            .to_string();
            let lines = [
                (
                    t_string!(i18n, markbook.sum_count),
                    Some(counted(sum.count)),
                ),
                (
                    t_string!(i18n, markbook.sum_mean),
                    sum.spread.map(|spread| one_decimal(spread.mean)),
                ),
                (t_string!(i18n, markbook.sum_median), mark(sum.median)),
                (t_string!(i18n, markbook.sum_lowest), mark(sum.lowest)),
                (t_string!(i18n, markbook.sum_highest), mark(sum.highest)),
                (
                    t_string!(i18n, markbook.sum_deviation),
                    sum.spread.map(|spread| one_decimal(spread.deviation)),
                ),
                (t_string!(i18n, markbook.sum_missing), some(sum.blank)),
                (t_string!(i18n, markbook.sum_absent), some(sum.absent)),
                (t_string!(i18n, markbook.sum_exempt), some(sum.exempt)),
                (
                    t_string!(i18n, markbook.sum_not_handed_in),
                    some(sum.not_handed_in),
                ),
                (t_string!(i18n, markbook.sum_several), some(sum.several)),
                (t_string!(i18n, markbook.sum_misfit), some(sum.unreadable)),
                (t_string!(i18n, markbook.sum_late), some(sum.late)),
                (
                    t_string!(i18n, markbook.sum_grades),
                    (!grades.is_empty()).then(|| grades.join(", ")),
                ),
                (
                    t_string!(i18n, markbook.sum_rag),
                    (!grades.is_empty()).then_some(rag),
                ),
            ];
            let lines = lines.into_iter();
            let held = lines.filter_map(|(name, value)| Some((name, value?)));
            Some(held.collect::<Vec<_>>())
        })
        .unwrap_or_default()
    });
    view! {
        <section class="section">
            <h2>{t_string!(i18n, markbook.summary_title)}</h2>
            <dl class="facts">
                {move || {
                    lines
                        .get()
                        .into_iter()
                        .map(|(name, value)| {
                            view! {
                                <dt>{name}</dt>
                                <dd>{value}</dd>
                            }
                        })
                        .collect_view()
                }}
            </dl>
        </section>
    }
}
