//! Why a target is proposed: the way to it, its inputs, and the ways that did not apply.

use flightpath_school::engine::targets::{
    ChancesTold, Proposal, ScoresUsed, StartUsed, TableRow, TargetSource, WhyNot,
};
use flightpath_school::engine::what_if::TargetChanges;
use flightpath_school::national::{Exact, NoBenchmark, Source};
use flightpath_school::policy::{Policy, Rounding, ScoreMeasure, TargetMethod};
use leptos::prelude::*;

use super::chances::{ChancesShown, Marked, chances_view, percent, source_words, start_words};
use super::policy_words;
use super::target_changes::target_changes;
use super::why::changes_view;
use crate::i18n::t_string;
use crate::ui::say::Words;

/// A proposal's reason in sentences, ready for the drawer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TargetWhy {
    /// What is proposed.
    pub answer: String,
    /// How it came about, a sentence each.
    pub how: Vec<String>,
    /// What it rests on: name and value.
    pub inputs: Vec<(String, String)>,
    /// What alone would change it.
    pub changes: Vec<String>,
    /// The ways that came first and did not apply.
    pub passed_over: Vec<String>,
    /// What pupils with the same start have reached nationally, or why that cannot be said.
    pub chances: Option<Result<ChancesShown, String>>,
}

/// The sentences for a proposal; without one, nothing could be proposed at all.
pub fn target_why(
    i18n: Words,
    policy: &Policy,
    proposal: Option<&Proposal>,
    changes: Option<&TargetChanges>,
    chances: Option<Result<ChancesTold, WhyNot>>,
    set: Option<&str>,
) -> TargetWhy {
    let proposed = proposal.and_then(|proposal| proposal.grade.as_ref());
    let proposed = proposed.map(|grade| grade.label.as_str());
    let mut why = TargetWhy {
        chances: chances.map(|chances| {
            chances
                .map(|chances| {
                    let marked = Marked {
                        proposed,
                        set,
                        typed: None,
                    };
                    ChancesShown::new(i18n, &chances, marked)
                })
                .map_err(|why| why_not(i18n, policy, why))
        }),
        changes: changes
            .map(|changes| target_changes(i18n, policy, changes))
            .unwrap_or_default(),
        ..TargetWhy::default()
    };
    let pack = policy.pack();
    match proposal {
        None => why.answer = t_string!(i18n, targets.w_no_proposal).to_owned(),
        Some(proposal) => {
            let reason = &proposal.reason;
            let chain = reason.chain.and_then(|chain| pack.targets.get(chain));
            let method = |place: usize| chain.and_then(|chain| chain.methods.get(place));
            let teacher = reason
                .passed_over
                .iter()
                .any(|(_, why)| *why == WhyNot::TeacherDecides);
            why.answer = match (&proposal.grade, chain) {
                (Some(grade), _) => {
                    t_string!(i18n, targets.w_proposed, grade = grade.label.clone()).to_string()
                }
                (None, None) => t_string!(i18n, targets.w_no_chain).to_owned(),
                (None, Some(_)) if teacher => t_string!(i18n, targets.w_teacher).to_owned(),
                (None, Some(_)) => t_string!(i18n, targets.w_nothing).to_owned(),
            };
            if let Some((place, source)) = &reason.decided {
                let label = proposal.grade.as_ref().map(|grade| grade.label.as_str());
                tell_source(i18n, &mut why, source, label.unwrap_or_default());
                if let Some(limited) = &reason.limited {
                    let words = t_string!(
                        i18n,
                        targets.w_limited,
                        found = limited.clone(),
                        grade = label.unwrap_or_default().to_owned()
                    );
                    why.how.push(words.to_string());
                }
                // The sentence about last year's grade says all of its method.
                let told = matches!(source, TargetSource::Uplift { .. });
                if let Some(method) = method(*place).filter(|_| !told) {
                    why.how.push(policy_words::method(i18n, pack, method));
                }
            }
            why.passed_over = reason
                .passed_over
                .iter()
                .filter(|(_, why)| *why != WhyNot::TeacherDecides)
                .map(|(place, why)| passed(i18n, policy, method(*place), *why))
                .collect();
        }
    }
    why.inputs.push((
        t_string!(i18n, targets.w_policy).to_owned(),
        t_string!(
            i18n,
            targets.w_policy_words,
            name = pack.name.clone(),
            version = pack.version.to_string()
        )
        .to_string(),
    ));
    why
}

fn tell_source(i18n: Words, why: &mut TargetWhy, source: &TargetSource, label: &str) {
    match source {
        TargetSource::Score { score, used, row } => {
            tell_scores(i18n, why, *used, *score);
            why.how.push(
                t_string!(
                    i18n,
                    targets.w_score,
                    score = score.to_string(),
                    range = policy_words::row_range(i18n, &row.from, &row.to),
                    grade = row.grade.clone()
                )
                .to_string(),
            );
            tell_row(i18n, why, row);
        }
        TargetSource::Grade {
            measure,
            label: read,
            row,
        } => {
            let measure = policy_words::grade_measure(i18n, measure);
            why.inputs.push((measure, read.clone()));
            why.how.push(
                t_string!(
                    i18n,
                    targets.w_grade,
                    label = read.clone(),
                    range = policy_words::row_range(i18n, &row.from, &row.to),
                    grade = row.grade.clone()
                )
                .to_string(),
            );
            tell_row(i18n, why, row);
        }
        TargetSource::EightPoint { average, row } => {
            let name = t_string!(i18n, targets.w_average_eight_point).to_owned();
            why.inputs.push((name, average.to_string()));
            why.how.push(
                t_string!(
                    i18n,
                    targets.w_eight_point,
                    average = average.to_string(),
                    range = policy_words::row_range(i18n, &row.from, &row.to),
                    grade = row.grade.clone()
                )
                .to_string(),
            );
            tell_row(i18n, why, row);
        }
        TargetSource::AsItIs { measure } => {
            let measure = policy_words::grade_measure(i18n, measure);
            why.inputs.push((measure, label.to_owned()));
        }
        TargetSource::Pupils {
            start,
            chances,
            place,
            ..
        } => {
            tell_start(i18n, why, *start);
            let share = |place| percent(chances.reaching(place), chances.results());
            why.how.push(if place + 1 < chances.grades.len() {
                t_string!(
                    i18n,
                    targets.w_pupils,
                    reached = share(*place),
                    grade = label.to_owned(),
                    next = share(place + 1)
                )
                .to_string()
            } else {
                t_string!(
                    i18n,
                    targets.w_pupils_best,
                    reached = share(*place),
                    grade = label.to_owned()
                )
                .to_string()
            });
            tell_figures(i18n, why, &chances.source);
        }
        TargetSource::Schools {
            percent,
            start,
            benchmark,
            source,
        } => {
            tell_start(i18n, why, *start);
            let hundredths = |number: Exact| format!("{:.2}", number.as_number());
            why.how.push(
                t_string!(
                    i18n,
                    targets.w_schools,
                    expected = hundredths(benchmark.expected),
                    percent = percent.to_string(),
                    uplift = hundredths(benchmark.uplift),
                    value = hundredths(benchmark.value()),
                    grade = label.to_owned()
                )
                .to_string(),
            );
            if matches!(start, StartUsed::AverageGcse(_)) {
                why.how
                    .push(t_string!(i18n, targets.w_schools_letters).to_owned());
            }
            why.how
                .push(t_string!(i18n, targets.w_schools_left_out).to_owned());
            tell_figures(i18n, why, source);
        }
        TargetSource::Uplift {
            last_year,
            whole_grades,
        } => {
            why.inputs.push((
                t_string!(i18n, targets.w_last_year).to_owned(),
                last_year.clone(),
            ));
            why.how.push(
                t_string!(
                    i18n,
                    targets.w_uplift,
                    label = last_year.clone(),
                    more = policy_words::grades(i18n, *whole_grades)
                )
                .to_string(),
            );
        }
    }
}

fn tell_start(i18n: Words, why: &mut TargetWhy, start: StartUsed) {
    let mut input = |name: &str, value: String| why.inputs.push((name.to_owned(), value));
    match start {
        StartUsed::Ks2 { reading, maths } => {
            input(t_string!(i18n, targets.w_reading), reading.to_string());
            input(t_string!(i18n, targets.w_maths), maths.to_string());
            input(t_string!(i18n, targets.w_ks2), start_words(start.start()));
        }
        StartUsed::AverageGcse(average) => {
            input(t_string!(i18n, targets.w_average), start_words(average));
        }
    }
}

fn tell_figures(i18n: Words, why: &mut TargetWhy, source: &Source) {
    let name = t_string!(i18n, targets.w_source).to_owned();
    why.inputs.push((name, source_words(i18n, source)));
}

fn tell_scores(i18n: Words, why: &mut TargetWhy, used: ScoresUsed, score: u8) {
    let mut input = |name: &str, value: u8| why.inputs.push((name.to_owned(), value.to_string()));
    let (reading_name, maths_name) = (
        t_string!(i18n, targets.w_reading),
        t_string!(i18n, targets.w_maths),
    );
    match used {
        ScoresUsed::Reading(reading) => input(reading_name, reading),
        ScoresUsed::Maths(maths) => input(maths_name, maths),
        ScoresUsed::ReadingForMean(reading) => {
            input(reading_name, reading);
            why.how
                .push(t_string!(i18n, targets.w_reading_alone).to_owned());
        }
        ScoresUsed::MathsForMean(maths) => {
            input(maths_name, maths);
            why.how
                .push(t_string!(i18n, targets.w_maths_alone).to_owned());
        }
        ScoresUsed::Mean {
            reading,
            maths,
            rounded,
        } => {
            input(reading_name, reading);
            input(maths_name, maths);
            let half = (u16::from(reading) + u16::from(maths)) / 2;
            let mean = format!("{half}.5");
            let (reading, maths, score) =
                (reading.to_string(), maths.to_string(), score.to_string());
            why.how.push(match rounded {
                None => t_string!(
                    i18n,
                    targets.w_mean,
                    reading = reading,
                    maths = maths,
                    score = score
                )
                .to_string(),
                Some(Rounding::HalfUp) => t_string!(
                    i18n,
                    targets.w_rounded_up,
                    reading = reading,
                    maths = maths,
                    mean = mean,
                    score = score
                )
                .to_string(),
                Some(Rounding::HalfDown) => t_string!(
                    i18n,
                    targets.w_rounded_down,
                    reading = reading,
                    maths = maths,
                    mean = mean,
                    score = score
                )
                .to_string(),
            });
        }
    }
}

fn tell_row(i18n: Words, why: &mut TargetWhy, row: &TableRow) {
    why.inputs.push((
        t_string!(i18n, targets.w_row).to_owned(),
        t_string!(
            i18n,
            targets.w_row_words,
            range = policy_words::row_range(i18n, &row.from, &row.to),
            grade = row.grade.clone()
        )
        .to_string(),
    ));
    why.inputs.push((
        t_string!(i18n, targets.w_table).to_owned(),
        t_string!(
            i18n,
            targets.w_table_words,
            source = row.source.clone(),
            year = row.year.clone()
        )
        .to_string(),
    ));
}

fn passed(i18n: Words, policy: &Policy, method: Option<&TargetMethod>, why: WhyNot) -> String {
    let name = method
        .map(|method| policy_words::method_name(i18n, method))
        .unwrap_or_default();
    t_string!(
        i18n,
        targets.w_passed,
        method = name,
        why = why_not(i18n, policy, why)
    )
    .to_string()
}

/// Why a way or the chances cannot be told.
pub fn why_not(i18n: Words, policy: &Policy, why: WhyNot) -> String {
    let label = |grade| policy.scales().label(grade);
    match why {
        WhyNot::NoScore(ScoreMeasure::Reading) => t_string!(i18n, targets.n_no_reading).to_owned(),
        WhyNot::NoScore(ScoreMeasure::Maths) => t_string!(i18n, targets.n_no_maths).to_owned(),
        WhyNot::NoScore(ScoreMeasure::MeanOfReadingAndMaths) => {
            t_string!(i18n, targets.n_no_scores).to_owned()
        }
        WhyNot::ScoreIsCode(ScoreMeasure::Maths) => {
            t_string!(i18n, targets.n_code_maths).to_owned()
        }
        WhyNot::ScoreIsCode(_) => t_string!(i18n, targets.n_code_reading).to_owned(),
        WhyNot::ScoreInConflict(ScoreMeasure::Reading) => {
            t_string!(i18n, targets.n_conflict_reading).to_owned()
        }
        WhyNot::ScoreInConflict(ScoreMeasure::Maths) => {
            t_string!(i18n, targets.n_conflict_maths).to_owned()
        }
        WhyNot::ScoreInConflict(_) => t_string!(i18n, targets.n_conflict).to_owned(),
        WhyNot::ScoreInNoRow { score } => {
            t_string!(i18n, targets.n_score_no_row, score = score.to_string()).to_string()
        }
        WhyNot::FiguresNotHere => t_string!(i18n, targets.n_figures).to_owned(),
        WhyNot::NoFiguresForScale => t_string!(i18n, targets.n_no_figures_scale).to_owned(),
        WhyNot::NoAverageGcse => t_string!(i18n, targets.n_no_average).to_owned(),
        WhyNot::NoEightPointAverage => t_string!(i18n, targets.n_no_eight_point).to_owned(),
        WhyNot::NoBenchmark(why) => match why {
            NoBenchmark::UnknownSubject => t_string!(i18n, targets.n_unknown_subject).to_owned(),
            NoBenchmark::NoValueAdded => t_string!(i18n, targets.n_no_value_added).to_owned(),
            NoBenchmark::NoBand => t_string!(i18n, targets.n_no_band).to_owned(),
            NoBenchmark::TooFew { results } => {
                t_string!(i18n, targets.n_too_few, results = results.to_string()).to_string()
            }
            NoBenchmark::NoUplift => t_string!(i18n, targets.n_no_uplift).to_owned(),
        },
        WhyNot::NoGrade => t_string!(i18n, targets.n_no_grade).to_owned(),
        WhyNot::GradeInNoRow(grade) => {
            t_string!(i18n, targets.n_grade_no_row, grade = label(grade)).to_string()
        }
        WhyNot::TableReadsOtherScale(grade) => {
            t_string!(i18n, targets.n_table_scale, grade = label(grade)).to_string()
        }
        WhyNot::TargetOnOtherScale(grade) => {
            t_string!(i18n, targets.n_target_scale, grade = label(grade)).to_string()
        }
        WhyNot::TeacherDecides => t_string!(i18n, targets.n_teacher).to_owned(),
    }
}

/// The sentences as the drawer shows them.
pub fn why_view(i18n: Words, why: &TargetWhy) -> AnyView {
    let how: Vec<_> = why
        .how
        .iter()
        .map(|sentence| view! { <p>{sentence.clone()}</p> })
        .collect();
    let inputs: Vec<_> = why
        .inputs
        .iter()
        .map(|(name, value)| view! { <dt>{name.clone()}</dt><dd>{value.clone()}</dd> })
        .collect();
    let passed: Vec<_> = why
        .passed_over
        .iter()
        .map(|sentence| view! { <li>{sentence.clone()}</li> })
        .collect();
    let any_passed = !passed.is_empty();
    let chances = why.chances.as_ref().map(|chances| match chances {
        Ok(shown) => chances_view(i18n, shown),
        Err(why) => {
            let words = t_string!(i18n, targets.c_none, why = why.clone()).to_string();
            view! { <p class="hint">{words}</p> }.into_any()
        }
    });
    view! {
        <div class="reason">
            <p>{why.answer.clone()}</p>
            {how}
            <dl class="reason-inputs">{inputs}</dl>
            {changes_view(i18n, &why.changes)}
            {any_passed
                .then(|| {
                    view! {
                        <h3>{t_string!(i18n, targets.w_passed_over)}</h3>
                        <ol>{passed}</ol>
                    }
                })}
            {chances}
        </div>
    }
    .into_any()
}
