//! One method of a chain.

use std::sync::Arc;

use flightpath_school::policy::{
    GradeMeasure, MissingOne, Rounding, ScoreChoice, ScoreMeasure, TableKind, TargetMethod,
};
use leptos::prelude::*;

use super::desk::Desk;
use super::fields::{id_of, number, pick, pick_number};
use super::lens::Lens;
use super::targets::{ONE_GRADE, grade_measures, school_percents};
use crate::i18n::t_string;
use crate::ui::parts::policy_words;

/// The kinds of methods, in the order of the combo box.
const KINDS: [fn() -> TargetMethod; 8] = [
    || TargetMethod::ScoreLookup {
        table: String::new(),
        measure: ScoreChoice {
            english: ScoreMeasure::Reading,
            maths: ScoreMeasure::Maths,
            other: ScoreMeasure::MeanOfReadingAndMaths,
        },
        rounding: Rounding::HalfUp,
        missing_one: MissingOne::UseOther,
    },
    || TargetMethod::GradeLookup {
        table: String::new(),
        measure: GradeMeasure::CatPredictedGcse,
    },
    || TargetMethod::GradeAsTarget {
        measure: GradeMeasure::Benchmark("fft20".to_owned()),
    },
    || TargetMethod::SchoolBenchmark { percent: 20 },
    || TargetMethod::PupilBenchmark { percent: 25 },
    || TargetMethod::LastYearUplift {
        whole_grades: ONE_GRADE,
    },
    || TargetMethod::EightPointLookup {
        table: String::new(),
    },
    || TargetMethod::Teacher,
];

fn kind_of(method: &TargetMethod) -> usize {
    match method {
        TargetMethod::ScoreLookup { .. } => 0,
        TargetMethod::GradeLookup { .. } => 1,
        TargetMethod::GradeAsTarget { .. } => 2,
        TargetMethod::SchoolBenchmark { .. } => 3,
        TargetMethod::PupilBenchmark { .. } => 4,
        TargetMethod::LastYearUplift { .. } => 5,
        TargetMethod::EightPointLookup { .. } => 6,
        TargetMethod::Teacher => 7,
    }
}

/// Which method, and what it needs.
pub fn method(desk: Desk, lens: &Lens<TargetMethod>, place: &str) -> AnyView {
    let i18n = desk.i18n;
    let names = [
        t_string!(i18n, edit.k_score),
        t_string!(i18n, edit.k_grade),
        t_string!(i18n, edit.k_as_is),
        t_string!(i18n, edit.k_schools),
        t_string!(i18n, edit.k_pupils),
        t_string!(i18n, edit.k_uplift),
        t_string!(i18n, edit.k_eight_point),
        t_string!(i18n, edit.k_teacher),
    ];
    let names = names.map(str::to_owned).to_vec();
    let held = lens.clone();
    let kind = move || desk.get(&held).as_ref().map(kind_of);
    let at = format!("{place}.method");
    let (changed, focus) = (lens.clone(), id_of(&at));
    let change = move |number: usize| {
        let Some(new) = KINDS.get(number) else {
            return;
        };
        desk.reshape(&changed, focus.clone(), |method| *method = new());
    };
    view! {
        <div class="fields">
            {pick_number(desk, t_string!(i18n, edit.method), &at, names, Arc::new(kind), Box::new(change))}
            {desk.peek(lens).map(|method| needs(desk, lens, place, &method))}
        </div>
    }
    .into_any()
}

/// A lens to one field of one variant.
macro_rules! of {
    ($lens:expr, $variant:ident, $field:ident) => {
        $lens.maybe(|method| match method {
            TargetMethod::$variant { $field, .. } => Some($field),
            _ => None,
        })
    };
}

fn needs(desk: Desk, lens: &Lens<TargetMethod>, place: &str, method: &TargetMethod) -> AnyView {
    let i18n = desk.i18n;
    let at = |part: &str| format!("{place}.{part}");
    let tables = |lens, kind| table_of(desk, &at("table"), lens, kind);
    match method {
        TargetMethod::ScoreLookup { .. } => view! {
            {tables(of!(lens, ScoreLookup, table), TableKind::Scores)}
            {score_choice(desk, place, &of!(lens, ScoreLookup, measure))}
            {pick(
                desk,
                t_string!(i18n, edit.rounding),
                &at("rounding"),
                vec![
                    (Rounding::HalfUp, t_string!(i18n, edit.half_up).to_owned()),
                    (Rounding::HalfDown, t_string!(i18n, edit.half_down).to_owned()),
                ],
                of!(lens, ScoreLookup, rounding),
                false,
            )}
            {pick(
                desk,
                t_string!(i18n, edit.missing_one),
                &at("missing_one"),
                vec![
                    (MissingOne::UseOther, t_string!(i18n, edit.use_other).to_owned()),
                    (MissingOne::NextMethod, t_string!(i18n, edit.next_method).to_owned()),
                ],
                of!(lens, ScoreLookup, missing_one),
                false,
            )}
        }
        .into_any(),
        TargetMethod::GradeLookup { .. } => view! {
            {tables(of!(lens, GradeLookup, table), TableKind::Grades)}
            {pick(
                desk,
                t_string!(i18n, edit.which_grade),
                &at("measure"),
                grade_measures(desk),
                of!(lens, GradeLookup, measure),
                false,
            )}
        }
        .into_any(),
        TargetMethod::EightPointLookup { .. } => tables(
            of!(lens, EightPointLookup, table),
            TableKind::EightPointAverages,
        ),
        TargetMethod::GradeAsTarget { .. } => pick(
            desk,
            t_string!(i18n, edit.which_grade),
            &at("measure"),
            grade_measures(desk),
            of!(lens, GradeAsTarget, measure),
            false,
        ),
        TargetMethod::SchoolBenchmark { .. } => pick(
            desk,
            t_string!(i18n, edit.top_schools),
            &at("percent"),
            school_percents(),
            of!(lens, SchoolBenchmark, percent),
            false,
        ),
        TargetMethod::PupilBenchmark { .. } => number(
            desk,
            t_string!(i18n, edit.top_pupils),
            &at("percent"),
            of!(lens, PupilBenchmark, percent),
        ),
        TargetMethod::LastYearUplift { .. } => number(
            desk,
            t_string!(i18n, edit.uplift),
            &at("whole_grades"),
            of!(lens, LastYearUplift, whole_grades),
        ),
        TargetMethod::Teacher => ().into_any(),
    }
}

fn table_of(desk: Desk, place: &str, lens: Lens<String>, kind: TableKind) -> AnyView {
    let i18n = desk.i18n;
    let tables = desk.pack().tables;
    let options = tables
        .into_iter()
        .filter(|table| table.rows.kind() == kind)
        .map(|table| {
            let words = policy_words::table_name(i18n, &table);
            (table.key, words)
        })
        .collect();
    pick(
        desk,
        t_string!(i18n, edit.table),
        place,
        options,
        lens,
        false,
    )
}

fn score_choice(desk: Desk, place: &str, lens: &Lens<ScoreChoice>) -> AnyView {
    let i18n = desk.i18n;
    let measures = [
        ScoreMeasure::Reading,
        ScoreMeasure::Maths,
        ScoreMeasure::MeanOfReadingAndMaths,
    ];
    let options = measures
        .map(|measure| {
            (
                measure,
                policy_words::score_measure(i18n, measure).to_owned(),
            )
        })
        .to_vec();
    let one = |label, part: &str, lens: Lens<ScoreMeasure>| {
        pick(
            desk,
            label,
            &format!("{place}.scores.{part}"),
            options.clone(),
            lens,
            false,
        )
    };
    view! {
        {one(t_string!(i18n, edit.english_reads), "english", lens.part(|s| &mut s.english))}
        {one(t_string!(i18n, edit.maths_reads), "maths", lens.part(|s| &mut s.maths))}
        {one(t_string!(i18n, edit.others_read), "other", lens.part(|s| &mut s.other))}
    }
    .into_any()
}
