//! What pupils with the same start have reached nationally, beside a target.

use flightpath_school::engine::targets::ChancesTold;
use flightpath_school::national::{Qualification, Source, Start};
use leptos::prelude::*;

use super::cell_words::{count_of, counted, number};
use crate::i18n::t_string;
use crate::ui::say::Words;

/// A grade with the share of pupils that reached it, ready for the table.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Line {
    grade: String,
    count: u32,
    /// Of all, in per cent.
    this: String,
    or_better: String,
    marks: Marks,
}

/// What a grade is to the pupil.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Marks {
    proposed: bool,
    set: bool,
    typed: bool,
}

impl Marks {
    fn words(self, i18n: Words) -> Option<String> {
        let held = match (self.proposed, self.set) {
            (true, true) => Some(t_string!(i18n, targets.c_both)),
            (true, false) => Some(t_string!(i18n, targets.c_proposed)),
            (false, true) => Some(t_string!(i18n, targets.c_set)),
            (false, false) => None,
        };
        let typed = self.typed.then(|| t_string!(i18n, targets.c_typed));
        let words: Vec<&str> = [typed, held].into_iter().flatten().collect();
        (!words.is_empty()).then(|| words.join(" · "))
    }
}

/// The grades that are marked in a distribution, as their labels.
#[derive(Debug, Clone, Copy, Default)]
pub struct Marked<'a> {
    /// What is proposed.
    pub proposed: Option<&'a str>,
    /// What is set.
    pub set: Option<&'a str>,
    /// What is being typed.
    pub typed: Option<&'a str>,
}

/// The distribution as the drawer shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChancesShown {
    lines: Vec<Line>,
    caption: String,
    source: String,
}

impl ChancesShown {
    /// The distribution, with what the grades are to the pupil marked: of a fine grade its whole one.
    pub fn new(i18n: Words, chances: &ChancesTold, marked: Marked<'_>) -> ChancesShown {
        let results = chances.results();
        let whole = |label: &str| label.trim_end_matches(['-', '=', '+', '−']).to_owned();
        let proposed = marked.proposed.map(whole);
        let set = marked.set.map(whole);
        let typed = marked.typed.map(whole);
        // Best first, as results are read.
        let places = chances.grades.iter().enumerate().rev();
        let lines = places.map(|(place, (grade, count))| {
            let is = |label: &Option<String>| label.as_ref() == Some(grade);
            Line {
                grade: grade.clone(),
                count: *count,
                this: percent(*count, results),
                or_better: percent(chances.reaching(place), results),
                marks: Marks {
                    proposed: is(&proposed),
                    set: is(&set),
                    typed: is(&typed),
                },
            }
        });
        ChancesShown {
            lines: lines.collect(),
            caption: caption(i18n, chances),
            source: source_words(i18n, &chances.source),
        }
    }
}

fn caption(i18n: Words, chances: &ChancesTold) -> String {
    let count = counted(count_of(u64::from(chances.results())));
    let (from, to) = (start_words(chances.from), start_words(chances.to));
    match chances.qualification {
        Qualification::Gcse | Qualification::CombinedScience => t_string!(
            i18n,
            targets.c_caption_ks2,
            count = count,
            from = from,
            to = to
        )
        .to_string(),
        Qualification::ALevel | Qualification::AsLevel => t_string!(
            i18n,
            targets.c_caption_gcse,
            count = count,
            from = from,
            to = to
        )
        .to_string(),
    }
}

/// A start as people write it: 104.5, 6.1.
pub fn start_words(start: Start) -> String {
    number(start.ten_thousandths() / 10)
}

/// Where figures come from, in one line.
pub fn source_words(i18n: Words, source: &Source) -> String {
    t_string!(
        i18n,
        targets.c_source,
        publisher = source.publisher.clone(),
        title = source.title.clone(),
        year = source.year.to_string(),
        licence = source.licence.clone()
    )
    .to_string()
}

/// A share in per cent, rounded, halves up; what is more than nothing never reads as nothing.
pub fn percent(count: u32, all: u32) -> String {
    let (count, all) = (u64::from(count), u64::from(all));
    match (count * 200 + all).checked_div(all * 2) {
        None => String::new(),
        Some(0) if count > 0 => "<1 %".to_owned(),
        Some(100) if count < all => ">99 %".to_owned(),
        Some(percent) => format!("{percent} %"),
    }
}

/// The distribution as a table with bars.
pub fn chances_view(i18n: Words, shown: &ChancesShown) -> AnyView {
    let most = shown.lines.iter().map(|line| line.count).max().unwrap_or(1);
    let rows: Vec<_> = shown
        .lines
        .iter()
        .map(|line| {
            let words = line.marks.words(i18n);
            let is_marked = words.is_some().then_some("yes");
            view! {
                <tr data-marked=is_marked>
                    <th scope="row" class="grade">
                        {line.grade.clone()}
                    </th>
                    <td class="num">{line.this.clone()}</td>
                    <td class="chance-bar">
                        <svg
                            aria-hidden="true"
                            viewBox=format!("0 0 {most} 1")
                            preserveAspectRatio="none"
                        >
                            <rect width=line.count.to_string() height="1"></rect>
                        </svg>
                        {words}
                    </td>
                    <td class="num">{line.or_better.clone()}</td>
                </tr>
            }
        })
        .collect();
    view! {
        <section class="chances" aria-labelledby="chances">
            <h3 id="chances">{t_string!(i18n, targets.c_title)}</h3>
            <table class="plain">
                <caption>{shown.caption.clone()}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t_string!(i18n, targets.c_grade)}</th>
                        <th scope="col" class="num" colspan="2">
                            {t_string!(i18n, targets.c_this)}
                        </th>
                        <th scope="col" class="num">
                            {t_string!(i18n, targets.c_or_better)}
                        </th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
            <p class="hint">{shown.source.clone()} " " {t_string!(i18n, targets.c_left_out)}</p>
        </section>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::percent;

    #[test]
    fn shares_are_rounded_and_never_vanish() {
        assert_eq!(percent(1, 8), "13 %");
        assert_eq!(percent(1, 300), "<1 %");
        assert_eq!(percent(299, 300), ">99 %");
        assert_eq!(percent(0, 300), "0 %");
        assert_eq!(percent(300, 300), "100 %");
        assert_eq!(percent(0, 0), "");
    }
}
