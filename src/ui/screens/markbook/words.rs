//! Sentences of the markbook.

use flightpath_school::markbook::{
    Accepted, Assessment, AssessmentKind, Mean, NotRead, NotReadKind, WhyLeftOut, thousandths_text,
};
use flightpath_school::model::Id;
use flightpath_school::view::Pupil;

use crate::i18n::t_string;
use crate::ui::say::Words;

/// What stands in a cell with two values.
pub fn two_values(i18n: Words) -> String {
    t_string!(i18n, markbook.two_values).to_owned()
}

/// Why a text is no mark.
pub fn not_read(i18n: Words, bad: &NotRead) -> String {
    let typed = bad.entered.clone();
    let most = match &bad.accepted {
        Accepted::Marks { most } => thousandths_text(*most),
        _ => String::new(),
    };
    match (&bad.kind, &bad.accepted) {
        (NotReadKind::NotMeasured, _) | (_, Accepted::Nothing) => {
            t_string!(i18n, markbook.not_measured).to_owned()
        }
        (NotReadKind::OutOfRange, Accepted::Marks { .. }) => {
            t_string!(i18n, markbook.not_range, typed = typed, most = most).to_string()
        }
        (NotReadKind::TooManyDecimals, _) => {
            t_string!(i18n, markbook.not_decimals, typed = typed).to_string()
        }
        (NotReadKind::Several(grades), _) => t_string!(
            i18n,
            markbook.not_several,
            typed = typed,
            grades = grades.join(", ")
        )
        .to_string(),
        (_, Accepted::Marks { .. }) => {
            t_string!(i18n, markbook.not_marks, typed = typed, most = most).to_string()
        }
        (_, Accepted::Grades { labels, .. }) => t_string!(
            i18n,
            markbook.not_grade,
            typed = typed,
            grades = labels.join(", ")
        )
        .to_string(),
    }
}

/// The kind of an assessment.
pub fn kind(i18n: Words, kind: AssessmentKind) -> &'static str {
    match kind {
        AssessmentKind::ClassWork => t_string!(i18n, markbook.kind_class_work),
        AssessmentKind::HomeLearning => t_string!(i18n, markbook.kind_home_learning),
        AssessmentKind::KeyAssessment => t_string!(i18n, markbook.kind_key),
        AssessmentKind::Test => t_string!(i18n, markbook.kind_test),
        AssessmentKind::Mock => t_string!(i18n, markbook.kind_mock),
        AssessmentKind::NonExamined => t_string!(i18n, markbook.kind_nea),
    }
}

/// The groups that a pupil is in, short.
pub fn groups(i18n: Words, pupil: &Pupil) -> String {
    let sen = matches!(pupil.sen.as_str(), "K" | "E")
        .then(|| t_string!(i18n, markbook.group_sen, status = pupil.sen.clone()).to_string());
    let flags = [
        (pupil.pupil_premium, t_string!(i18n, markbook.group_pp)),
        (pupil.free_meals, t_string!(i18n, markbook.group_fsm)),
        (pupil.eal, t_string!(i18n, markbook.group_eal)),
        (pupil.looked_after, t_string!(i18n, markbook.group_lac)),
    ];
    let flags = flags
        .into_iter()
        .filter(|(flag, _)| *flag == Some(true))
        .map(|(_, name)| name.to_owned());
    sen.into_iter().chain(flags).collect::<Vec<_>>().join(" ")
}

/// A share or score with one decimal.
pub fn one_decimal(thousandths: i64) -> String {
    let tenths = (thousandths + 50).div_euclid(100);
    thousandths_text(tenths * 100)
}

/// What a mean rests on, cell by cell.
pub fn why_mean(i18n: Words, mean: &Mean, assessments: &[Assessment]) -> String {
    if mean.value.is_none() && mean.left_out.is_empty() {
        return t_string!(i18n, markbook.no_mean).to_owned();
    }
    let title = |id: Id| {
        let held = assessments.iter().find(|assessment| assessment.id == id);
        held.map(|held| held.title.clone()).unwrap_or_default()
    };
    let mut parts = Vec::new();
    let counted: Vec<String> = mean
        .counted
        .iter()
        .map(|cell| {
            t_string!(
                i18n,
                markbook.counted_one,
                title = title(cell.assessment),
                share = one_decimal(cell.counts_as),
                weight = thousandths_text(cell.weight)
            )
            .to_string()
        })
        .collect();
    parts.push(if counted.is_empty() {
        t_string!(i18n, markbook.no_mean).to_owned()
    } else {
        t_string!(i18n, markbook.why_mean, counted = counted.join("; ")).to_string()
    });
    if !mean.dropped.is_empty() {
        let titles: Vec<String> = mean
            .dropped
            .iter()
            .map(|cell| title(cell.assessment))
            .collect();
        parts.push(t_string!(i18n, markbook.why_dropped, titles = titles.join("; ")).to_string());
    }
    if !mean.left_out.is_empty() {
        let titles: Vec<String> = mean
            .left_out
            .iter()
            .map(|cell| left_out(i18n, cell.why, title(cell.assessment)))
            .collect();
        parts.push(t_string!(i18n, markbook.why_left_out, titles = titles.join("; ")).to_string());
    }
    parts.join(" ")
}

fn left_out(i18n: Words, why: WhyLeftOut, title: String) -> String {
    match why {
        WhyLeftOut::Blank => t_string!(i18n, markbook.left_blank, title = title).to_string(),
        WhyLeftOut::Absent => t_string!(i18n, markbook.left_absent, title = title).to_string(),
        WhyLeftOut::Exempt => t_string!(i18n, markbook.left_exempt, title = title).to_string(),
        WhyLeftOut::NotHandedIn => {
            t_string!(i18n, markbook.left_not_handed_in, title = title).to_string()
        }
        WhyLeftOut::Several => t_string!(i18n, markbook.left_several, title = title).to_string(),
        WhyLeftOut::NoWeight => t_string!(i18n, markbook.left_weight, title = title).to_string(),
        WhyLeftOut::NotMeasured
        | WhyLeftOut::Unreadable
        | WhyLeftOut::OutOfRange
        | WhyLeftOut::NoSpread => t_string!(i18n, markbook.left_other, title = title).to_string(),
    }
}
