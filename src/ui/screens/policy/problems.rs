//! What is wrong with a policy, in words: where, why, and what mends it.

use flightpath_school::policy::{PackProblem, PackProblemKind, PolicyPack};
use leptos::prelude::*;

use super::editor::{Desk, Section, UnreadText, go_to};
use crate::i18n::t_string;
use crate::ui::parts::policy_words as words;
use crate::ui::say::Words;

/// A problem and its mend, for the control that it is about.
pub fn problem_line(desk: Desk, problem: &PackProblem) -> String {
    let scale = |key: &str| words::scale(&desk.scales(), key);
    let i18n = desk.i18n;
    match &problem.kind {
        PackProblemKind::UnknownScale(key) if key.is_empty() => {
            t_string!(i18n, edit.p_no_scale_chosen).to_owned()
        }
        PackProblemKind::UnknownScale(key) => {
            t_string!(i18n, edit.p_unknown_scale, key = key.clone()).to_string()
        }
        PackProblemKind::UnknownGrade { scale: key, grade } if grade.is_empty() => {
            t_string!(i18n, edit.p_no_grade_chosen, scale = scale(key)).to_string()
        }
        PackProblemKind::UnknownGrade { scale: key, grade } => t_string!(
            i18n,
            edit.p_unknown_grade,
            scale = scale(key),
            grade = grade.clone()
        )
        .to_string(),
        PackProblemKind::UnknownTable(_) => t_string!(i18n, edit.p_unknown_table).to_owned(),
        PackProblemKind::WrongTable(_) => t_string!(i18n, edit.p_wrong_table).to_owned(),
        PackProblemKind::UnknownCurriculum(key) => {
            let name = words::curriculum(i18n, key);
            t_string!(i18n, edit.p_unknown_curriculum, name = name).to_string()
        }
        PackProblemKind::RepeatedKey(key) => {
            t_string!(i18n, edit.p_repeated, name = words::plain(key)).to_string()
        }
        PackProblemKind::Backwards => t_string!(i18n, edit.p_backwards).to_owned(),
        PackProblemKind::Overlap => t_string!(i18n, edit.p_overlap).to_owned(),
        PackProblemKind::Gap => t_string!(i18n, edit.p_gap).to_owned(),
        PackProblemKind::NotFromLowest => t_string!(i18n, edit.p_not_from_lowest).to_owned(),
        PackProblemKind::BadAverage(average) => {
            t_string!(i18n, edit.p_bad_average, average = average.to_string()).to_string()
        }
        PackProblemKind::Empty => empty(i18n, &problem.place).to_owned(),
        PackProblemKind::BadYear(year) => {
            t_string!(i18n, edit.p_bad_year, year = year.to_string()).to_string()
        }
        PackProblemKind::NoChain {
            year, curriculum, ..
        } => t_string!(
            i18n,
            edit.p_no_chain,
            year = words::years(i18n, &[*year]),
            curriculum = words::curriculum(i18n, curriculum)
        )
        .to_string(),
        PackProblemKind::NoScale { year, curriculum } => t_string!(
            i18n,
            edit.p_no_scale,
            year = words::years(i18n, &[*year]),
            curriculum = words::curriculum(i18n, curriculum)
        )
        .to_string(),
        PackProblemKind::Thresholds => t_string!(i18n, edit.p_thresholds).to_owned(),
        PackProblemKind::NoThresholds(key) => {
            t_string!(i18n, edit.p_no_thresholds, scale = scale(key)).to_string()
        }
        PackProblemKind::NoFineSteps(key) => {
            t_string!(i18n, edit.p_no_fine_steps, scale = scale(key)).to_string()
        }
        PackProblemKind::TwoFloors { scale: key, .. } => {
            t_string!(i18n, edit.p_two_floors, scale = scale(key)).to_string()
        }
        PackProblemKind::WrongScope => t_string!(i18n, edit.p_wrong_scope).to_owned(),
        PackProblemKind::NeverFires if problem.place.ends_with("key_stages") => {
            t_string!(i18n, edit.p_no_key_stage).to_owned()
        }
        PackProblemKind::NeverFires => t_string!(i18n, edit.p_never_fires).to_owned(),
        PackProblemKind::TooManyRules { most } => {
            t_string!(i18n, edit.p_too_many_rules, most = most.to_string()).to_string()
        }
        PackProblemKind::BadDay => t_string!(i18n, edit.p_bad_day).to_owned(),
        PackProblemKind::BadLevel(level) => {
            t_string!(i18n, edit.p_bad_level, level = level.to_string()).to_string()
        }
        PackProblemKind::BadPercent(percent) => {
            t_string!(i18n, edit.p_bad_percent, percent = percent.to_string()).to_string()
        }
        PackProblemKind::Negative => t_string!(i18n, edit.p_negative).to_owned(),
        PackProblemKind::Unreachable => t_string!(i18n, edit.p_unreachable).to_owned(),
        PackProblemKind::OutsideClamp {
            grade,
            lowest,
            highest,
        } => t_string!(
            i18n,
            edit.p_outside_limits,
            grade = grade.clone(),
            lowest = lowest.clone(),
            highest = highest.clone()
        )
        .to_string(),
        PackProblemKind::OtherScale { scale: key, needed } => t_string!(
            i18n,
            edit.p_other_scale,
            scale = scale(key),
            needed = scale(needed)
        )
        .to_string(),
        PackProblemKind::BadScale(_) => t_string!(i18n, edit.p_bad_scale).to_owned(),
        PackProblemKind::DeadlineFirst => t_string!(i18n, edit.p_deadline_first).to_owned(),
        PackProblemKind::UnknownMeasure(name) => {
            t_string!(i18n, edit.p_unknown_measure, name = name.clone()).to_string()
        }
        PackProblemKind::UnknownEvent(_) => t_string!(i18n, edit.p_unknown_event).to_owned(),
    }
}

fn empty(i18n: Words, place: &str) -> &'static str {
    match place {
        "name" => t_string!(i18n, edit.p_no_name),
        "years" => t_string!(i18n, edit.p_no_years),
        "curricula" => t_string!(i18n, edit.p_no_curricula),
        "calendar" => t_string!(i18n, edit.p_no_events),
        place if place.ends_with("fields") => t_string!(i18n, edit.p_asks_nothing),
        place if place.starts_with("targets") => t_string!(i18n, edit.p_no_methods),
        place if place.starts_with("tables") => t_string!(i18n, edit.p_no_rows),
        _ => t_string!(i18n, edit.p_empty),
    }
}

/// A place of the document in words: *Targets, chain 2, method 1*.
fn place_words(i18n: Words, pack: &PolicyPack, place: &str) -> String {
    let mut words_of = vec![Section::of(place).name(i18n).to_owned()];
    for part in place.split('.') {
        let (name, number) = match part.split_once('[') {
            Some((name, rest)) => (name, rest.trim_end_matches(']').parse::<usize>().ok()),
            None => (part, None),
        };
        let Some(number) = number else {
            continue;
        };
        let one = match name {
            "calendar" => {
                let event = pack.calendar.get(number).map(words::event_name);
                words_of.extend(event);
                continue;
            }
            "tables" => t_string!(i18n, edit.one_table),
            "targets" => t_string!(i18n, edit.one_chain),
            "methods" => t_string!(i18n, edit.one_method),
            "scores" | "rows" | "eight_point_averages" => t_string!(i18n, edit.one_row),
            "triggers" => t_string!(i18n, edit.one_rule),
            "any" | "all" => t_string!(i18n, edit.one_condition),
            "floors" => t_string!(i18n, edit.one_floor),
            "scales" => t_string!(i18n, edit.one_scale_of),
            "own_scales" => t_string!(i18n, edit.one_scale),
            _ => "",
        };
        words_of.push(format!("{one} {}", number + 1).trim().to_owned());
    }
    words_of.join(", ")
}

/// Everything that is wrong, each with a way to where it can be mended.
pub fn problem_list(desk: Desk, section: RwSignal<Section>) -> AnyView {
    let i18n = desk.i18n;
    let list = move || {
        let problems = desk.problems().get();
        let unread = desk.unread_texts();
        if problems.is_empty() && unread.is_empty() {
            return view! { <p class="sound">{t_string!(i18n, edit.sound)}</p> }.into_any();
        }
        let line = |place: String, what: String| {
            let where_it_is = desk.with(|pack| place_words(i18n, pack, &place));
            view! {
                <li>
                    <button type="button" class="quiet" on:click=move |_| go_to(section, &place)>
                        {where_it_is}
                    </button>
                    ": "
                    {what}
                </li>
            }
        };
        let unread_line = |one: UnreadText| {
            let (label, text) = (one.label, one.text);
            let what = t_string!(i18n, edit.unread_in, label = label, text = text).to_string();
            line(one.place, what)
        };
        let count = problems.len() + unread.len();
        let mut lines: Vec<_> = problems
            .iter()
            .map(|problem| line(problem.place.clone(), problem_line(desk, problem)))
            .collect();
        lines.extend(unread.into_iter().map(unread_line));
        view! {
            <div class="wrongs">
                <p>
                    {t_string!(i18n, edit.wrong, n = count.to_string()).to_string()}
                </p>
                <ul>{lines}</ul>
            </div>
        }
        .into_any()
    };
    view! { <div aria-live="polite">{list}</div> }.into_any()
}
