//! What the chosen cells come to.

use flightpath_grid::rows::SortKey;
use flightpath_grid::tally::Tally;
use flightpath_sheet::{Look, Sheet, Source};
use leptos::prelude::*;

use super::Held;
use crate::i18n::{t_string, use_i18n};
use crate::ui::say::Words;

/// Different contents that are counted one by one.
const COUNTED: usize = 12;

/// How many cells are chosen, with their mean and median, or how many hold which grade, and their colours.
#[component]
pub fn Figures(held: Held) -> impl IntoView {
    let i18n = use_i18n();
    let text = Memo::new(move |_| {
        held.moved.track();
        said(i18n, held).unwrap_or_default()
    });
    view! {
        <p class="sheet-figures" role="status" aria-label=t_string!(i18n, grid.figures)>
            {text}
        </p>
    }
}

fn said(i18n: Words, held: Held) -> Option<String> {
    let (rows, columns) = held.with(Sheet::chosen);
    if rows.len() * columns.len() < 2 {
        return None;
    }
    let source = held.cells()?.source;
    let mut look = Look::default();
    let mut numbers = Vec::new();
    let mut contents: Vec<(SortKey, String, usize)> = Vec::new();
    let mut colours: Vec<(&str, usize)> = ["G", "W", "A", "R"].map(|letter| (letter, 0)).to_vec();
    for row in rows {
        for column in &columns {
            look.clear();
            source.look(row, *column, &mut look);
            if let Some((_, letter)) = look.rag
                && let Some(held) = colours.iter_mut().find(|(held, _)| *held == letter)
            {
                held.1 += 1;
            }
            if look.text.is_empty() {
                continue;
            }
            let number = source.number(row, *column);
            numbers.push(number);
            if number.is_none() {
                match contents.iter_mut().find(|(_, text, _)| *text == look.text) {
                    Some(held) => held.2 += 1,
                    None => {
                        contents.push((source.sort_key(row, *column), look.text.clone(), 1));
                    }
                }
            }
        }
    }
    let tally = Tally::of(numbers);
    let mut parts = vec![t_string!(i18n, grid.filled, filled = tally.filled).to_string()];
    if let (Some(mean), Some(median)) = (tally.mean, tally.median) {
        let (mean, median) = (one_decimal(mean), one_decimal(median));
        parts.push(t_string!(i18n, grid.mean, mean = mean, median = median).to_string());
    }
    if contents.len() <= COUNTED && tally.filled > tally.numbers {
        let keys: Vec<SortKey> = contents.iter().map(|held| held.0.clone()).collect();
        let order = flightpath_grid::rows::sorted((0..contents.len()).collect(), &keys, true);
        let counted: Vec<String> = order
            .into_iter()
            .filter_map(|place| contents.get(place))
            .map(|(_, text, times)| format!("{text}: {times}"))
            .collect();
        parts.push(counted.join(", "));
    }
    if colours.iter().any(|(_, times)| *times > 0) {
        let shares: Vec<String> = colours
            .into_iter()
            .map(|(letter, times)| format!("{letter} {times}"))
            .collect();
        parts.push(shares.join(" "));
    }
    Some(parts.join("; "))
}

/// The mean of a column's numbers in some rows; empty where there are none.
pub fn mean_of(source: &dyn Source, column: usize, rows: impl Iterator<Item = usize>) -> String {
    let tally = Tally::of(rows.map(|row| source.number(row, column)));
    tally.mean.map(one_decimal).unwrap_or_default()
}

/// A number with one decimal at most.
fn one_decimal(number: f64) -> String {
    let text = format!("{number:.1}");
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}
