//! Sentences of the markbook.

use flightpath_school::markbook::{
    Accepted, Assessment, AssessmentKind, Mark, Mean, Measured, Method, NotRead, NotReadKind,
    StandardTo, Typed, WhyLeftOut, thousandths_text, written,
};
use flightpath_school::model::Id;
use flightpath_school::view::Pupil;
use flightpath_school::view::markbook::Markbook;

use crate::i18n::t_string;
use crate::ui::parts::cell_words::{counted, plural};
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

/// Why a mark that was stored does not fit what is entered for its assessment now.
pub fn misfit(i18n: Words, assessment: &Assessment, mark: &Mark, why: WhyLeftOut) -> String {
    let typed = written(&Typed::Mark(mark.clone()));
    match (why, &assessment.measured) {
        (WhyLeftOut::NotMeasured, _) => t_string!(i18n, markbook.not_measured).to_owned(),
        (WhyLeftOut::OutOfRange, Some(Measured::Marks { most })) => {
            let most = thousandths_text(*most);
            t_string!(i18n, markbook.misfit_range, typed = typed, most = most).to_string()
        }
        _ => t_string!(i18n, markbook.misfit, typed = typed).to_string(),
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
    let sex = (!pupil.sex.is_empty()).then(|| pupil.sex.clone());
    let all = sex.into_iter().chain(sen).chain(flags);
    all.collect::<Vec<_>>().join(" ")
}

/// A share or score with one decimal.
pub fn one_decimal(thousandths: i64) -> String {
    let tenths = (thousandths + 50).div_euclid(100);
    thousandths_text(tenths * 100)
}

/// What a mean rests on, cell by cell.
fn why_mean(i18n: Words, mean: &Mean, book: &Markbook) -> String {
    if mean.value.is_none() && mean.left_out.is_empty() {
        return t_string!(i18n, markbook.no_mean).to_owned();
    }
    let title = |id: Id| {
        if let Some(held) = book.brought.iter().find(|held| held.assessment.id == id) {
            let (title, class) = (held.assessment.title.clone(), held.from.clone());
            return t_string!(i18n, markbook.brought_title, title = title, class = class)
                .to_string();
        }
        let held = book.assessments.iter().find(|held| held.id == id);
        held.map(|held| held.title.clone()).unwrap_or_default()
    };
    let mut parts = Vec::new();
    let counted: Vec<String> = mean
        .counted
        .iter()
        .map(|cell| {
            let mut title = title(cell.assessment);
            if cell.moderated {
                title = t_string!(i18n, markbook.counted_moderated, title = title).to_string();
            }
            t_string!(
                i18n,
                markbook.counted_one,
                title = title,
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

/// The way in which the marks of a class come to one, in sentences.
pub fn method(i18n: Words, method: &Method) -> Vec<String> {
    let n = method.dropping;
    let dropping = t_string!(
        i18n,
        markbook.method_dropping,
        count = plural(n),
        n = counted(n)
    );
    let counts_as = match method.standard {
        None => t_string!(i18n, markbook.method_percent).to_owned(),
        Some(StandardTo { mean, deviation }) => t_string!(
            i18n,
            markbook.method_standard,
            mean = thousandths_text(mean),
            deviation = thousandths_text(deviation)
        )
        .to_string(),
    };
    vec![counts_as, dropping.to_string()]
}

/// The name of a category.
pub fn category(i18n: Words, name: &str) -> String {
    if name.is_empty() {
        t_string!(i18n, markbook.category_none).to_owned()
    } else {
        name.to_owned()
    }
}

/// Why the mean of a row is what it is: what counted, by which method, and what each category alone comes to.
pub fn why_mean_whole(
    i18n: Words,
    book: &Markbook,
    mean: &Mean,
    by_category: &[(String, Option<i64>)],
) -> Vec<String> {
    let mut said = vec![why_mean(i18n, mean, book)];
    if mean.value.is_some() {
        let sum = thousandths_text(mean.weights);
        said.push(t_string!(i18n, markbook.why_weights, sum = sum).to_string());
    }
    said.extend(method(i18n, &book.method));
    if by_category.len() > 1 {
        let each = by_category.iter().map(|(name, value)| {
            let value = value.map_or_else(|| "–".to_owned(), one_decimal);
            format!("{} {value}", category(i18n, name))
        });
        let each = each.collect::<Vec<_>>().join("; ");
        said.push(t_string!(i18n, markbook.why_categories, each = each).to_string());
    }
    said
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
        WhyLeftOut::NoSpread => t_string!(i18n, markbook.left_spread, title = title).to_string(),
        WhyLeftOut::NotMeasured | WhyLeftOut::Unreadable | WhyLeftOut::OutOfRange => {
            t_string!(i18n, markbook.left_other, title = title).to_string()
        }
    }
}
