//! Words for the parts of a policy: year groups, measures, methods, amounts.

use flightpath_school::model::scale::{Position, ScaleSet};
use flightpath_school::policy::{
    CalendarEvent, Clamp, EventField, EventKind, GradeMeasure, KeyStage, LookupTable, MissingOne,
    PolicyPack, Rounding, RowEnd, ScoreMeasure, Selector, SubjectRole, TargetMethod,
};

use crate::i18n::t_string;
use crate::ui::say::Words;

/// `a, b and c`.
pub fn joined(i18n: Words, items: &[String]) -> String {
    listed(items, t_string!(i18n, policy.and))
}

/// `a, b or c`.
pub fn either(i18n: Words, items: &[String]) -> String {
    listed(items, t_string!(i18n, policy.or))
}

fn listed(items: &[String], last: &str) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., end] => format!("{} {last} {end}", first.join(", ")),
    }
}

/// `Year 9`, `Years 7 to 9`, `Years 11 and 13`.
pub fn years(i18n: Words, years: &[i8]) -> String {
    let mut runs: Vec<(i8, i8)> = Vec::new();
    for year in years {
        match runs.last_mut() {
            Some((_, end)) if end.checked_add(1) == Some(*year) => *end = *year,
            _ => runs.push((*year, *year)),
        }
    }
    let number = |year: i8| match year {
        -2 => "N1".to_owned(),
        -1 => "N2".to_owned(),
        0 => "R".to_owned(),
        other => other.to_string(),
    };
    match runs.as_slice() {
        [] => t_string!(i18n, policy.all_years).to_owned(),
        [(0, 0)] => t_string!(i18n, policy.reception).to_owned(),
        [(from, to)] if from == to => {
            t_string!(i18n, policy.year_one, n = number(*from)).to_string()
        }
        runs => {
            let names: Vec<String> = runs
                .iter()
                .flat_map(|(from, to)| match to - from {
                    0 => vec![number(*from)],
                    1 => vec![number(*from), number(*to)],
                    _ => vec![
                        t_string!(
                            i18n,
                            policy.years_to,
                            from = number(*from),
                            to = number(*to)
                        )
                        .to_string(),
                    ],
                })
                .collect();
            t_string!(i18n, policy.years_many, list = joined(i18n, &names)).to_string()
        }
    }
}

/// `KS3 and KS4`.
pub fn key_stages(i18n: Words, stages: &[KeyStage]) -> String {
    let names: Vec<String> = stages
        .iter()
        .map(|stage| {
            match stage {
                KeyStage::Eyfs => "EYFS",
                KeyStage::Ks1 => "KS1",
                KeyStage::Ks2 => "KS2",
                KeyStage::Ks3 => "KS3",
                KeyStage::Ks4 => "KS4",
                KeyStage::Ks5 => "KS5",
            }
            .to_owned()
        })
        .collect();
    joined(i18n, &names)
}

/// A curriculum by its key.
pub fn curriculum(i18n: Words, key: &str) -> String {
    match key {
        "uk" => t_string!(i18n, policy.curriculum_uk).to_owned(),
        "spanish" => t_string!(i18n, policy.curriculum_spanish).to_owned(),
        other => plain(other),
    }
}

/// A key of the pack as words: `combined-science` is `Combined science`; two letters are short for something (`pe`).
pub fn plain(key: &str) -> String {
    if key.len() <= 2 {
        return key.to_uppercase();
    }
    let spaced = key.replace(['-', '_'], " ");
    let mut letters = spaced.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => spaced,
    }
}

/// Whom a part of the policy is about; one that is about everyone stands either alone or after
/// others, whose rest it takes.
pub fn who(i18n: Words, when: &Selector, alone: bool) -> String {
    let mut parts = Vec::new();
    if !when.years.is_empty() {
        parts.push(years(i18n, &when.years));
    }
    if !when.curricula.is_empty() {
        let names: Vec<String> = when
            .curricula
            .iter()
            .map(|key| curriculum(i18n, key))
            .collect();
        parts.push(t_string!(i18n, policy.in_curriculum, names = joined(i18n, &names)).to_string());
    }
    if !when.subjects.is_empty() {
        let names: Vec<String> = when.subjects.iter().map(|key| plain(key)).collect();
        parts.push(joined(i18n, &names));
    }
    if !when.roles.is_empty() {
        let names: Vec<String> = when
            .roles
            .iter()
            .map(|subject| role(i18n, *subject).to_owned())
            .collect();
        parts.push(joined(i18n, &names));
    }
    match (parts.is_empty(), alone) {
        (true, true) => t_string!(i18n, policy.everyone).to_owned(),
        (true, false) => t_string!(i18n, policy.everyone_else).to_owned(),
        (false, _) => parts.join(", "),
    }
}

/// What a subject is to prior attainment.
pub fn role(i18n: Words, role: SubjectRole) -> &'static str {
    match role {
        SubjectRole::English => t_string!(i18n, policy.role_english),
        SubjectRole::Maths => t_string!(i18n, policy.role_maths),
        SubjectRole::Other => t_string!(i18n, policy.role_other),
    }
}

/// A scale's name; its key where it is not at hand.
pub fn scale(scales: &ScaleSet, key: &str) -> String {
    scales
        .get(key)
        .map_or_else(|| key.to_owned(), |scale| scale.name().to_owned())
}

/// `half a grade`, `1 grade`, `1.5 grades`: the size alone.
pub fn grades(i18n: Words, amount: Position) -> String {
    let size = if amount < Position::ZERO {
        -amount
    } else {
        amount
    };
    if size == Position::from_whole_grades(1) {
        t_string!(i18n, policy.one_grade).to_owned()
    } else if size.units() * 2 == Position::UNITS_PER_GRADE {
        t_string!(i18n, policy.half_grade).to_owned()
    } else {
        t_string!(i18n, policy.grades_n, n = size.to_string()).to_string()
    }
}

/// Which score a subject reads.
pub fn score_measure(i18n: Words, measure: ScoreMeasure) -> &'static str {
    match measure {
        ScoreMeasure::Reading => t_string!(i18n, policy.reading),
        ScoreMeasure::Maths => t_string!(i18n, policy.maths),
        ScoreMeasure::MeanOfReadingAndMaths => t_string!(i18n, policy.mean),
    }
}

/// Which grade is looked up or taken over.
pub fn grade_measure(i18n: Words, measure: &GradeMeasure) -> String {
    match measure {
        GradeMeasure::CatPredictedGcse => t_string!(i18n, policy.cat_gcse).to_owned(),
        GradeMeasure::EyfsOutcome => t_string!(i18n, policy.eyfs_outcome).to_owned(),
        GradeMeasure::KeyStage1 => t_string!(i18n, policy.key_stage_1).to_owned(),
        GradeMeasure::Benchmark(source) => match source.as_str() {
            "fft20" => t_string!(i18n, policy.benchmark_fft).to_owned(),
            "alps" => t_string!(i18n, policy.benchmark_alps).to_owned(),
            "fft50" => t_string!(i18n, policy.benchmark_fft50).to_owned(),
            "local-authority" => t_string!(i18n, policy.benchmark_authority).to_owned(),
            "tracker" => t_string!(i18n, policy.benchmark_tracker).to_owned(),
            other => t_string!(i18n, policy.benchmark, source = other.to_owned()).to_string(),
        },
    }
}

/// A method in a word or two, for a list of those that did not apply.
pub fn method_name(i18n: Words, method: &TargetMethod) -> String {
    match method {
        TargetMethod::ScoreLookup { .. } => t_string!(i18n, policy.s_score).to_owned(),
        TargetMethod::GradeLookup { measure, .. } | TargetMethod::GradeAsTarget { measure } => {
            grade_measure(i18n, measure)
        }
        TargetMethod::EightPointLookup { .. } => t_string!(i18n, policy.s_eight_point).to_owned(),
        TargetMethod::PupilBenchmark { percent } => {
            t_string!(i18n, policy.s_pupils, percent = percent.to_string()).to_string()
        }
        TargetMethod::SchoolBenchmark { percent } => {
            t_string!(i18n, policy.s_schools, percent = percent.to_string()).to_string()
        }
        TargetMethod::LastYearUplift { .. } => t_string!(i18n, policy.s_uplift).to_owned(),
        TargetMethod::Teacher => t_string!(i18n, policy.s_teacher).to_owned(),
    }
}

/// A method in full.
pub fn method(i18n: Words, pack: &PolicyPack, method: &TargetMethod) -> String {
    match method {
        TargetMethod::ScoreLookup {
            table,
            measure,
            rounding,
            missing_one,
        } => {
            let sentences = [
                t_string!(
                    i18n,
                    policy.m_score,
                    table = table_named(i18n, pack, table),
                    english = score_measure(i18n, measure.english),
                    maths = score_measure(i18n, measure.maths),
                    other = score_measure(i18n, measure.other)
                )
                .to_string(),
                match rounding {
                    Rounding::HalfUp => t_string!(i18n, policy.m_round_up),
                    Rounding::HalfDown => t_string!(i18n, policy.m_round_down),
                }
                .to_owned(),
                match missing_one {
                    MissingOne::UseOther => t_string!(i18n, policy.m_missing_other),
                    MissingOne::NextMethod => t_string!(i18n, policy.m_missing_next),
                }
                .to_owned(),
            ];
            sentences.join(" ")
        }
        TargetMethod::GradeLookup { table, measure } => t_string!(
            i18n,
            policy.m_grade,
            measure = grade_measure(i18n, measure),
            table = table_named(i18n, pack, table)
        )
        .to_string(),
        TargetMethod::EightPointLookup { table } => t_string!(
            i18n,
            policy.m_eight_point,
            table = table_named(i18n, pack, table)
        )
        .to_string(),
        TargetMethod::GradeAsTarget { measure } => {
            t_string!(i18n, policy.m_as_is, measure = grade_measure(i18n, measure)).to_string()
        }
        TargetMethod::PupilBenchmark { percent } => {
            t_string!(i18n, policy.m_pupils, percent = percent.to_string()).to_string()
        }
        TargetMethod::SchoolBenchmark { percent } => {
            t_string!(i18n, policy.m_schools, percent = percent.to_string()).to_string()
        }
        TargetMethod::LastYearUplift { whole_grades } => {
            t_string!(i18n, policy.m_uplift, more = grades(i18n, *whole_grades)).to_string()
        }
        TargetMethod::Teacher => t_string!(i18n, policy.m_teacher).to_owned(),
    }
}

/// The lowest and highest target of a chain.
pub fn limits(i18n: Words, clamp: &Clamp) -> String {
    t_string!(
        i18n,
        policy.m_clamp,
        lowest = clamp.lowest.clone(),
        highest = clamp.highest.clone()
    )
    .to_string()
}

/// Where a row of a table ends, for its column.
pub fn row_end(i18n: Words, end: &RowEnd) -> String {
    match end {
        RowEnd::At(end) => end.clone(),
        RowEnd::Under(next) => t_string!(i18n, policy.row_under, next = next.clone()).to_string(),
        RowEnd::Open => t_string!(i18n, policy.row_open).to_owned(),
    }
}

/// What a row of a table covers: `97 to 104`, `6.1 to under 6.4`, `7.5 and more`.
pub fn row_range(i18n: Words, from: &str, end: &RowEnd) -> String {
    let from = from.to_owned();
    match end {
        RowEnd::At(_) | RowEnd::Under(_) => {
            t_string!(i18n, policy.row_range, from = from, to = row_end(i18n, end)).to_string()
        }
        RowEnd::Open => t_string!(i18n, policy.row_range_open, from = from).to_string(),
    }
}

/// A table by where it comes from and its year.
pub fn table_name(i18n: Words, table: &LookupTable) -> String {
    t_string!(
        i18n,
        policy.table_named,
        source = table.source.clone(),
        year = table.year.clone()
    )
    .to_string()
}

fn table_named(i18n: Words, pack: &PolicyPack, key: &str) -> String {
    let table = pack.tables.iter().find(|table| table.key == key);
    table.map_or_else(|| key.to_owned(), |table| table_name(i18n, table))
}

/// What kind of event it is.
pub fn event_kind(i18n: Words, kind: EventKind) -> &'static str {
    match kind {
        EventKind::Targets => t_string!(i18n, policy.e_targets),
        EventKind::MidTermAppraisal => t_string!(i18n, policy.e_mid_term),
        EventKind::EndOfTermReport => t_string!(i18n, policy.e_end_of_term),
        EventKind::EndOfYearReport => t_string!(i18n, policy.e_end_of_year_report),
        EventKind::EndOfYear => t_string!(i18n, policy.e_end_of_year),
        EventKind::TrackingEvent => t_string!(i18n, policy.e_tracking),
    }
}

/// The name of an event of the calendar: the school's own, else its key.
pub fn event_name(event: &CalendarEvent) -> String {
    if event.name.is_empty() {
        plain(&event.key)
    } else {
        event.name.clone()
    }
}

/// What an event asks for.
pub fn event_field(i18n: Words, field: EventField) -> &'static str {
    match field {
        EventField::Target => t_string!(i18n, policy.f_target),
        EventField::Current => t_string!(i18n, policy.f_current),
        EventField::Predicted => t_string!(i18n, policy.f_predicted),
        EventField::Achieved => t_string!(i18n, policy.f_achieved),
        EventField::OnTarget => t_string!(i18n, policy.f_on_target),
        EventField::AtlClass => t_string!(i18n, policy.f_atl_class),
        EventField::AtlHome => t_string!(i18n, policy.f_atl_home),
        EventField::SpokenEnglish => t_string!(i18n, policy.f_spoken_english),
        EventField::Comment => t_string!(i18n, policy.f_comment),
        EventField::Evidence => t_string!(i18n, policy.f_evidence),
    }
}

/// A month by its number.
pub fn month(i18n: Words, number: u8) -> &'static str {
    match number {
        1 => t_string!(i18n, policy.months_1),
        2 => t_string!(i18n, policy.months_2),
        3 => t_string!(i18n, policy.months_3),
        4 => t_string!(i18n, policy.months_4),
        5 => t_string!(i18n, policy.months_5),
        6 => t_string!(i18n, policy.months_6),
        7 => t_string!(i18n, policy.months_7),
        8 => t_string!(i18n, policy.months_8),
        9 => t_string!(i18n, policy.months_9),
        10 => t_string!(i18n, policy.months_10),
        11 => t_string!(i18n, policy.months_11),
        _ => t_string!(i18n, policy.months_12),
    }
}
