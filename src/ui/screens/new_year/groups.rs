//! What becomes of each year group, in numbers.

use std::collections::BTreeMap;

use flightpath_school::model::YearGroup;
use flightpath_school::view::roll_over::{Going, RollOver};
use leptos::prelude::*;

use super::Desk;
use crate::i18n::t_string;
use crate::ui::parts::cell_words::{counted, plural};
use crate::ui::parts::choice::Choice;
use crate::ui::say::Words;

/// How many pupils of a year group go which way.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Counts {
    up: usize,
    repeat: usize,
    leave: usize,
    settled: usize,
}

fn by_group(plan: &RollOver) -> BTreeMap<YearGroup, Counts> {
    let mut groups: BTreeMap<YearGroup, Counts> = BTreeMap::new();
    for line in &plan.lines {
        let counts = groups.entry(line.from).or_default();
        let count = match line.going {
            _ if line.is_settled() => &mut counts.settled,
            Going::Up => &mut counts.up,
            Going::Repeats => &mut counts.repeat,
            Going::Leaves => &mut counts.leave,
        };
        *count += 1;
    }
    groups
}

fn sentence(i18n: Words, plan: &RollOver) -> String {
    let to = plan.to().to_string();
    let count = |going| plan.going(going).count();
    let (up, repeats, leaves) = (
        count(Going::Up),
        count(Going::Repeats),
        count(Going::Leaves),
    );
    let up = t_string!(i18n, new_year.moves_up, count = plural(up), n = counted(up)).to_string();
    let repeats = t_string!(
        i18n,
        new_year.repeats_n,
        count = plural(repeats),
        n = counted(repeats)
    )
    .to_string();
    let leaves = t_string!(
        i18n,
        new_year.leaves_n,
        count = plural(leaves),
        n = counted(leaves)
    )
    .to_string();
    let (settled, joiners) = (plan.settled().count(), plan.joiners.len());
    let settled = t_string!(
        i18n,
        new_year.settled,
        count = plural(settled),
        n = counted(settled),
        to = to.clone()
    )
    .to_string();
    let joiners = t_string!(
        i18n,
        new_year.joiners,
        count = plural(joiners),
        n = counted(joiners),
        to = to.clone()
    )
    .to_string();
    let counts = t_string!(
        i18n,
        new_year.counts,
        to = to,
        up = up,
        repeats = repeats,
        leaves = leaves
    )
    .to_string();
    [counts, settled, joiners]
        .into_iter()
        .filter(|words| !words.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// The year groups with what becomes of them.
#[component]
pub(super) fn Groups(desk: Desk) -> impl IntoView {
    let Desk { i18n, .. } = desk;
    let options = Signal::derive(move || {
        let groups: Vec<YearGroup> = desk.with(|plan| by_group(plan).into_keys().collect());
        let chosen = desk.last_here();
        let mut all: Vec<YearGroup> = YearGroup::all()
            .filter(|group| groups.contains(group) || Some(*group) == chosen)
            .collect();
        all.dedup();
        all.into_iter()
            .map(|group| (group.number().to_string(), group.to_string()))
            .collect::<Vec<_>>()
    });
    let value = Signal::derive(move || {
        let last = desk.last_here();
        last.map(|group| group.number().to_string())
            .unwrap_or_default()
    });
    let caption = move || {
        let (from, _) = desk.years();
        t_string!(i18n, new_year.groups_caption, from = from).to_string()
    };
    let settled = move || {
        let (_, to) = desk.years();
        t_string!(i18n, new_year.col_settled, to = to).to_string()
    };
    let rows = move || {
        let groups = desk.with(by_group);
        groups
            .into_iter()
            .map(|(group, counts)| {
                let all = counts.up + counts.repeat + counts.leave + counts.settled;
                let cells = [all, counts.up, counts.repeat, counts.leave, counts.settled];
                let cells = cells.map(|cell| {
                    let shown = (cell > 0).then(|| counted(cell));
                    view! { <td class="num">{shown}</td> }
                });
                view! {
                    <tr>
                        <th scope="row">{group.to_string()}</th>
                        {cells.collect_view()}
                    </tr>
                }
            })
            .collect_view()
    };
    view! {
        <section class="section">
            <h2>{t_string!(i18n, new_year.groups)}</h2>
            <p role="status">{move || desk.with(|plan| sentence(i18n, plan))}</p>
            <div class="toolbar">
                <Choice
                    label=t_string!(i18n, new_year.last)
                    options=options
                    value=value
                    on_change=move |key| {
                        desk.last.set(key.parse().ok().and_then(YearGroup::new));
                    }
                />
            </div>
            <div class="table-frame" tabindex="0" role="region" aria-label=caption>
                <table>
                    <caption>{caption}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{t_string!(i18n, new_year.col_group)}</th>
                            <th scope="col" class="num">
                                {t_string!(i18n, new_year.col_pupils)}
                            </th>
                            <th scope="col" class="num">
                                {t_string!(i18n, new_year.col_up)}
                            </th>
                            <th scope="col" class="num">
                                {t_string!(i18n, new_year.col_repeat)}
                            </th>
                            <th scope="col" class="num">
                                {t_string!(i18n, new_year.col_leave)}
                            </th>
                            <th scope="col" class="num">
                                {settled}
                            </th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <p class="hint">{t_string!(i18n, new_year.kept)}</p>
        </section>
    }
}
