//! Columns, rows and values of the school in words, as histories and the pupil's page name them.

use flightpath_school::journal::School;
use flightpath_school::markbook::Measured;
use flightpath_school::model::{AcademicYear, ColumnKey, Field, Id, Measure, Table, Value};
use flightpath_school::view::approvals::read_approvals;

use super::no_grade::called;
use super::practice_words;
use crate::i18n::t_string;
use crate::platform::clock::{self, DateParts};
use crate::ui::say::Words;

/// The name of a field.
pub fn field(i18n: Words, field: Field) -> String {
    let name = match field {
        Field::SchoolName => t_string!(i18n, history.field_school_name),
        Field::CurrentYear => t_string!(i18n, history.field_current_year),
        Field::Pack => t_string!(i18n, history.field_pack),
        Field::MadeUp => t_string!(i18n, history.field_made_up),
        Field::Surname => t_string!(i18n, history.field_surname),
        Field::Forename => t_string!(i18n, history.field_forename),
        Field::Upn => t_string!(i18n, history.field_upn),
        Field::AdmissionNumber => t_string!(i18n, history.field_admission_number),
        Field::BirthDate => t_string!(i18n, history.field_birth_date),
        Field::Sex => t_string!(i18n, history.field_sex),
        Field::Ethnicity => t_string!(i18n, history.field_ethnicity),
        Field::HomeLanguage => t_string!(i18n, history.field_home_language),
        Field::PupilGone => t_string!(i18n, history.field_pupil_gone),
        Field::LeftAfter => t_string!(i18n, history.field_left_after),
        Field::YearGroup => t_string!(i18n, history.field_year_group),
        Field::Form => t_string!(i18n, history.field_form),
        Field::House => t_string!(i18n, history.field_house),
        Field::Sen => t_string!(i18n, history.field_sen),
        Field::PupilPremium => t_string!(i18n, history.field_pupil_premium),
        Field::Eal => t_string!(i18n, history.field_eal),
        Field::FreeMeals => t_string!(i18n, history.field_free_meals),
        Field::LookedAfter => t_string!(i18n, history.field_looked_after),
        Field::Attendance => t_string!(i18n, history.field_attendance),
        Field::Class => t_string!(i18n, history.field_class),
        Field::Target => t_string!(i18n, history.field_target),
        Field::TargetState => t_string!(i18n, history.field_target_state),
        Field::TargetDate => t_string!(i18n, history.field_target_date),
        Field::TargetReason => t_string!(i18n, history.field_target_reason),
        Field::Estimate => t_string!(i18n, history.field_estimate),
        Field::Achieved => t_string!(i18n, history.field_achieved),
        Field::Current => t_string!(i18n, history.field_current),
        Field::Predicted => t_string!(i18n, history.field_predicted),
        Field::OnTarget => t_string!(i18n, history.field_on_target),
        Field::AtlClass => t_string!(i18n, history.field_atl_class),
        Field::AtlHome => t_string!(i18n, history.field_atl_home),
        Field::SpokenEnglish => t_string!(i18n, history.field_spoken_english),
        Field::Comment => t_string!(i18n, history.field_comment),
        Field::Evidence => t_string!(i18n, history.field_evidence),
        Field::NoGrade => t_string!(i18n, history.field_no_grade),
        Field::SubjectName => t_string!(i18n, history.field_subject_name),
        Field::Curriculum => t_string!(i18n, history.field_curriculum),
        Field::SubjectScale => t_string!(i18n, history.field_subject_scale),
        Field::SubjectForAll => t_string!(i18n, history.field_subject_for_all),
        Field::SubjectGone => t_string!(i18n, history.field_subject_gone),
        Field::ClassName => t_string!(i18n, history.field_class_name),
        Field::ClassGone => t_string!(i18n, history.field_class_gone),
        Field::ClassSubject => t_string!(i18n, history.field_class_subject),
        Field::ClassYear => t_string!(i18n, history.field_class_year),
        Field::ClassTeacher => t_string!(i18n, history.field_class_teacher),
        Field::EventName => t_string!(i18n, history.field_event_name),
        Field::EventKey => t_string!(i18n, history.field_event_key),
        Field::EventYear => t_string!(i18n, history.field_event_year),
        Field::EventOpens => t_string!(i18n, history.field_event_opens),
        Field::EventDeadline => t_string!(i18n, history.field_event_deadline),
        Field::EventState => t_string!(i18n, history.field_event_state),
        Field::EventFields => t_string!(i18n, history.field_event_fields),
        Field::EventPack => t_string!(i18n, history.field_event_pack),
        Field::ScaleDefinition => t_string!(i18n, history.field_scale_definition),
        Field::FiguresDocument => t_string!(i18n, history.field_figures_document),
        Field::FiguresInUse => t_string!(i18n, history.field_figures_in_use),
        Field::TargetApproved => t_string!(i18n, history.field_target_approved),
        Field::TargetHidden => t_string!(i18n, history.field_target_hidden),
        Field::TargetReviewed => t_string!(i18n, history.field_target_reviewed),
        Field::TargetSelf => t_string!(i18n, history.field_target_self),
        Field::TargetNext => t_string!(i18n, history.field_target_next),
        Field::PolicyDocument => t_string!(i18n, history.field_policy_document),
        Field::OtherPupil => t_string!(i18n, history.field_other_pupil),
        Field::OtherYear => t_string!(i18n, history.field_other_year),
        Field::OtherKind => t_string!(i18n, history.field_other_kind),
        Field::OtherText => t_string!(i18n, history.field_other_text),
        Field::OtherBaseline => t_string!(i18n, history.field_other_baseline),
        Field::OtherGoal => t_string!(i18n, history.field_other_goal),
        Field::OtherDate => t_string!(i18n, history.field_other_date),
        Field::OtherSelf => t_string!(i18n, history.field_other_self),
        Field::OtherTeacher => t_string!(i18n, history.field_other_teacher),
        Field::OtherState => t_string!(i18n, history.field_other_state),
        Field::CohortYear => t_string!(i18n, history.field_cohort_year),
        Field::CohortWhom => t_string!(i18n, history.field_cohort_whom),
        Field::CohortMeasure => t_string!(i18n, history.field_cohort_measure),
        Field::CohortPercent => t_string!(i18n, history.field_cohort_percent),
        Field::CohortIndicative => t_string!(i18n, history.field_cohort_indicative),
        Field::CohortEstimate => t_string!(i18n, history.field_cohort_estimate),
        Field::CohortPublished => t_string!(i18n, history.field_cohort_published),
        Field::ClassMean => t_string!(i18n, history.field_class_mean),
        Field::AssessmentClass => t_string!(i18n, history.field_assessment_class),
        Field::AssessmentTitle => t_string!(i18n, history.field_assessment_title),
        Field::AssessmentDate => t_string!(i18n, history.field_assessment_date),
        Field::AssessmentKind => t_string!(i18n, history.field_assessment_kind),
        Field::AssessmentCategory => t_string!(i18n, history.field_assessment_category),
        Field::AssessmentMeasure => t_string!(i18n, history.field_assessment_measure),
        Field::AssessmentBoundaries => t_string!(i18n, history.field_assessment_boundaries),
        Field::AssessmentWeight => t_string!(i18n, history.field_assessment_weight),
        Field::AssessmentPrivate => t_string!(i18n, history.field_assessment_private),
        Field::AssessmentOrder => t_string!(i18n, history.field_assessment_order),
        Field::AssessmentGone => t_string!(i18n, history.field_assessment_gone),
        Field::Mark => t_string!(i18n, history.field_mark),
        Field::MarkLate => t_string!(i18n, history.field_mark_late),
        Field::MarkNote => t_string!(i18n, history.field_mark_note),
        Field::MarkEffort => t_string!(i18n, history.field_mark_effort),
        Field::MarkModerated => t_string!(i18n, history.field_mark_moderated),
        Field::MarkEvidence => t_string!(i18n, history.field_mark_evidence),
        Field::PhraseText => t_string!(i18n, history.field_phrase_text),
        Field::PhraseHeading => t_string!(i18n, history.field_phrase_heading),
        Field::PhraseSubject => t_string!(i18n, history.field_phrase_subject),
        Field::InterventionPupil => t_string!(i18n, history.field_intervention_pupil),
        Field::InterventionSubject => t_string!(i18n, history.field_intervention_subject),
        Field::InterventionBegun => t_string!(i18n, history.field_intervention_begun),
        Field::InterventionLevel => t_string!(i18n, history.field_intervention_level),
        Field::InterventionReason => t_string!(i18n, history.field_intervention_reason),
        Field::InterventionPlan => t_string!(i18n, history.field_intervention_plan),
        Field::InterventionFinished => t_string!(i18n, history.field_intervention_finished),
        Field::SourceMapping => t_string!(i18n, history.field_source_mapping),
        Field::Prior(of) => measure(i18n, of),
        Field::PriorSource(of) => {
            return t_string!(i18n, history.source_of, what = measure(i18n, of)).to_string();
        }
    };
    name.to_owned()
}

/// The name of a measure of prior attainment.
pub fn measure(i18n: Words, measure: Measure) -> &'static str {
    match measure {
        Measure::Ks2Reading => t_string!(i18n, history.measure_ks2_reading),
        Measure::Ks2Maths => t_string!(i18n, history.measure_ks2_maths),
        Measure::Ks2Gps => t_string!(i18n, history.measure_ks2_gps),
        Measure::CatVerbal => t_string!(i18n, history.measure_cat_verbal),
        Measure::CatQuantitative => t_string!(i18n, history.measure_cat_quantitative),
        Measure::CatNonVerbal => t_string!(i18n, history.measure_cat_non_verbal),
        Measure::CatSpatial => t_string!(i18n, history.measure_cat_spatial),
        Measure::CatMean => t_string!(i18n, history.measure_cat_mean),
        Measure::CatPredictedGcse => t_string!(i18n, history.measure_cat_predicted_gcse),
        Measure::AverageGcse => t_string!(i18n, history.measure_average_gcse),
        Measure::AverageGcseEightPoint => t_string!(i18n, history.measure_average_gcse_8_point),
        Measure::EyfsReading => t_string!(i18n, history.measure_eyfs_reading),
        Measure::EyfsWriting => t_string!(i18n, history.measure_eyfs_writing),
        Measure::EyfsMaths => t_string!(i18n, history.measure_eyfs_maths),
        Measure::Phonics => t_string!(i18n, history.measure_phonics),
        Measure::Ks1ReadingScore => t_string!(i18n, history.measure_ks1_reading_score),
        Measure::Ks1MathsScore => t_string!(i18n, history.measure_ks1_maths_score),
        Measure::Ks1Reading => t_string!(i18n, history.measure_ks1_reading),
        Measure::Ks1Writing => t_string!(i18n, history.measure_ks1_writing),
        Measure::Ks1Maths => t_string!(i18n, history.measure_ks1_maths),
        Measure::Multiplication => t_string!(i18n, history.measure_multiplication),
        Measure::Ks2ReadingTa => t_string!(i18n, history.measure_ks2_reading_ta),
        Measure::Ks2WritingTa => t_string!(i18n, history.measure_ks2_writing_ta),
        Measure::Ks2MathsTa => t_string!(i18n, history.measure_ks2_maths_ta),
        Measure::Ks2ScienceTa => t_string!(i18n, history.measure_ks2_science_ta),
    }
}

/// The name of a column: its field with subject and event, and its year where that is not the one
/// looked at.
pub fn column(i18n: Words, school: &School, key: &ColumnKey, looked_at: AcademicYear) -> String {
    let what = field(i18n, key.field());
    let named = |field, id| {
        let name = school.text(&ColumnKey::lasting(field), id);
        name.unwrap_or(t_string!(i18n, history.row_unknown))
            .to_owned()
    };
    let subject = key.subject().map(|id| named(Field::SubjectName, id));
    let event = key.event().map(|id| named(Field::EventName, id));
    let title = |id| row(i18n, school, Table::Assessments, id);
    let event = event.or_else(|| key.assessment().map(title));
    let name = match (subject, event) {
        (Some(subject), Some(event)) => t_string!(
            i18n,
            history.at_event,
            subject = subject,
            event = event,
            what = what
        )
        .to_string(),
        (Some(subject), None) => {
            t_string!(i18n, history.in_subject, subject = subject, what = what).to_string()
        }
        _ => what,
    };
    match key.year() {
        Some(year) if year != looked_at => {
            t_string!(i18n, history.in_year, what = name, year = year.to_string()).to_string()
        }
        _ => name,
    }
}

/// The name of a row.
pub fn row(i18n: Words, school: &School, table: Table, id: Id) -> String {
    let text = |field| {
        school
            .text(&ColumnKey::lasting(field), id)
            .map(str::to_owned)
    };
    let name = match table {
        Table::School => return t_string!(i18n, history.row_school).to_owned(),
        Table::Scales => return t_string!(i18n, history.row_scale).to_owned(),
        Table::Figures => return t_string!(i18n, history.row_figures).to_owned(),
        Table::Policies => return t_string!(i18n, history.row_policy).to_owned(),
        Table::OtherTargets => return t_string!(i18n, history.row_other_target).to_owned(),
        Table::CohortTargets => return t_string!(i18n, history.row_cohort_target).to_owned(),
        Table::Phrases => return t_string!(i18n, history.row_phrase).to_owned(),
        Table::Interventions => return t_string!(i18n, history.row_intervention).to_owned(),
        Table::Sources => return t_string!(i18n, history.row_source).to_owned(),
        Table::Pupils => match (text(Field::Surname), text(Field::Forename)) {
            (Some(surname), Some(forename)) => Some(format!("{surname}, {forename}")),
            (surname, forename) => surname
                .or(forename)
                .or_else(|| text(Field::AdmissionNumber)),
        },
        Table::Subjects => text(Field::SubjectName),
        Table::Classes => text(Field::ClassName),
        Table::Events => text(Field::EventName),
        // Its title stands in the columns of its year, which only its row knows.
        Table::Assessments => {
            let titles = school
                .columns()
                .filter(|(key, _)| key.field() == Field::AssessmentTitle);
            let mut titles = titles.filter_map(|(key, _)| school.text(key, id));
            let title = titles
                .next()
                .unwrap_or(t_string!(i18n, history.row_assessment));
            return title.to_owned();
        }
    };
    name.unwrap_or_else(|| t_string!(i18n, history.row_unknown).to_owned())
}

/// A number in thousandths as people write it.
pub fn number(thousandths: i64) -> String {
    let sign = if thousandths < 0 { "\u{2212}" } else { "" };
    let size = thousandths.unsigned_abs();
    let (whole, rest) = (size / 1000, size % 1000);
    if rest == 0 {
        return format!("{sign}{whole}");
    }
    let decimals = format!("{rest:03}");
    format!("{sign}{whole}.{}", decimals.trim_end_matches('0'))
}

/// A whole number with a comma between thousands.
pub fn counted(number: usize) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// A number of the store as a count.
pub fn count_of(number: u64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

/// A count for a plural form.
pub fn plural(number: usize) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

/// A value in words; of a grade its label alone.
pub fn value(i18n: Words, school: &School, value: &Value) -> String {
    match value {
        Value::Blank => t_string!(i18n, pupils.nothing).to_owned(),
        Value::Text(text) | Value::Code(text) | Value::Grade(_, text) => text.to_string(),
        Value::Number(thousandths) => number(*thousandths),
        Value::Date(date) => {
            clock::civil_text(*date, t_string!(i18n, history.language), DateParts::Whole)
        }
        Value::Flag(true) => t_string!(i18n, words.yes).to_owned(),
        Value::Flag(false) => t_string!(i18n, words.no).to_owned(),
        Value::Reference(id) => [Field::ClassName, Field::SubjectName]
            .into_iter()
            .find_map(|field| school.text(&ColumnKey::lasting(field), *id))
            .map_or_else(|| row(i18n, school, Table::Pupils, *id), str::to_owned),
    }
}

/// A value of a column in words: years and year groups are more than numbers.
pub fn value_of(i18n: Words, school: &School, key: &ColumnKey, held: &Value) -> String {
    match (key.field(), held.as_whole()) {
        (
            Field::CurrentYear | Field::LeftAfter | Field::ClassYear | Field::EventYear,
            Some(year),
        ) => u16::try_from(year).map_or_else(
            |_| value(i18n, school, held),
            |year| AcademicYear(year).to_string(),
        ),
        (Field::TargetApproved, _) if !held.is_blank() => {
            let approvals = read_approvals(held.as_text().unwrap_or_default());
            practice_words::approvals(i18n, &approvals)
        }
        (Field::AssessmentMeasure, _) if !held.is_blank() => {
            match held.as_text().and_then(Measured::read) {
                Some(Measured::Marks { most }) => {
                    t_string!(i18n, history.marks, most = number(most)).to_string()
                }
                Some(Measured::Grades { scale }) => scale,
                None => value(i18n, school, held),
            }
        }
        // Keys of the markbook, as words.
        (Field::AssessmentKind, _) => value(i18n, school, held).replace('-', " "),
        (Field::Prior(measure), _) => match held {
            Value::Code(code) => {
                let words = code_words(i18n, measure, code);
                let code = code.to_string();
                words.map_or(code.clone(), |words| format!("{code} ({words})"))
            }
            _ => value(i18n, school, held),
        },
        (Field::Mark | Field::MarkModerated | Field::NoGrade, _) => match held {
            Value::Code(code) | Value::Text(code) => called(i18n, code),
            _ => value(i18n, school, held),
        },
        // Nobody reads the document itself.
        (
            Field::FiguresDocument
            | Field::ScaleDefinition
            | Field::AssessmentBoundaries
            | Field::ClassMean,
            _,
        ) if !held.is_blank() => t_string!(i18n, history.a_document).to_owned(),
        _ => value(i18n, school, held),
    }
}

/// What a code in place of a score or of a teacher assessment says.
fn code_words(i18n: Words, measure: Measure, code: &str) -> Option<&'static str> {
    let assessed = measure.is_grade();
    Some(match code {
        "A" if assessed => t_string!(i18n, history.code_a_assessed),
        "A" => t_string!(i18n, history.code_a),
        "B" if assessed => t_string!(i18n, history.code_b_assessed),
        "B" => t_string!(i18n, history.code_b),
        "D" => t_string!(i18n, history.code_d),
        "F" => t_string!(i18n, history.code_f),
        "H" => t_string!(i18n, history.code_h),
        "J" => t_string!(i18n, history.code_j),
        "L" => t_string!(i18n, history.code_l),
        "M" => t_string!(i18n, history.code_m),
        "N" if assessed => t_string!(i18n, history.code_n_assessed),
        "N" => t_string!(i18n, history.code_n),
        "P" => t_string!(i18n, history.code_p),
        "Q" => t_string!(i18n, history.code_q),
        "T" => t_string!(i18n, history.code_t),
        "U" => t_string!(i18n, history.code_u),
        "AS" => t_string!(i18n, history.code_as),
        "NS" => t_string!(i18n, history.code_ns),
        _ => return None,
    })
}

/// Several values of one cell, as a person reads them.
pub fn values_of(i18n: Words, school: &School, key: &ColumnKey, values: &[Value]) -> String {
    if values.is_empty() {
        return t_string!(i18n, pupils.nothing).to_owned();
    }
    let words: Vec<String> = values
        .iter()
        .map(|held| value_of(i18n, school, key, held))
        .collect();
    words.join(" / ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_people_write_them() {
        assert_eq!(number(97_000), "97");
        assert_eq!(number(94_250), "94.25");
        assert_eq!(number(-500), "\u{2212}0.5");
        assert_eq!(counted(0), "0");
        assert_eq!(counted(999), "999");
        assert_eq!(counted(1103), "1,103");
        assert_eq!(counted(1_234_567), "1,234,567");
    }
}
