//! Words for how a school goes about its targets: people, duties, groups, what reports say.

use flightpath_school::policy::{
    Anchor, CalendarEvent, Duty, DutyKind, GroupKind, Horizon, MonthDay, OtherMeasure, OtherTarget,
    OtherTargetKind, Party, PolicyPack, ReportKind, WordingPlace,
};

use flightpath_school::view::approvals::Approval;

use super::policy_words;
use crate::i18n::t_string;
use crate::ui::say::Words;

/// Someone with a part in the process.
pub fn party(i18n: Words, party: Party) -> &'static str {
    match party {
        Party::Teacher => t_string!(i18n, pack.party_teacher),
        Party::Tutor => t_string!(i18n, pack.party_tutor),
        Party::SubjectLeader => t_string!(i18n, pack.party_subject_leader),
        Party::Coordinator => t_string!(i18n, pack.party_coordinator),
        Party::HeadOfHouse => t_string!(i18n, pack.party_head_of_house),
        Party::DataLead => t_string!(i18n, pack.party_data_lead),
        Party::SenCoordinator => t_string!(i18n, pack.party_sen_coordinator),
        Party::Head => t_string!(i18n, pack.party_head),
        Party::Governors => t_string!(i18n, pack.party_governors),
        Party::Pupil => t_string!(i18n, pack.party_pupil),
        Party::Parents => t_string!(i18n, pack.party_parents),
    }
}

/// `Ann Lee (subject leader), Bo Ray (head)`.
pub fn approvals(i18n: Words, approvals: &[Approval]) -> String {
    let one = |approval: &Approval| match approval.party {
        Some(as_whom) => format!("{} ({})", approval.name, party(i18n, as_whom)),
        None => approval.name.clone(),
    };
    approvals.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// `31 December`.
pub fn day(i18n: Words, day: MonthDay) -> String {
    t_string!(
        i18n,
        pack.day,
        day = day.day.to_string(),
        month = policy_words::month(i18n, day.month)
    )
    .to_string()
}

/// `the end of the key stage`.
pub fn horizon(i18n: Words, horizon: Horizon) -> &'static str {
    match horizon {
        Horizon::EndOfYear => t_string!(i18n, pack.h_year),
        Horizon::EndOfKeyStage => t_string!(i18n, pack.h_stage),
        Horizon::Examination => t_string!(i18n, pack.h_exam),
    }
}

/// What targets of a chain are for, as a sentence.
pub fn horizon_sentence(i18n: Words, horizon: Horizon) -> &'static str {
    match horizon {
        Horizon::EndOfYear => t_string!(i18n, pack.horizon_year),
        Horizon::EndOfKeyStage => t_string!(i18n, pack.horizon_stage),
        Horizon::Examination => t_string!(i18n, pack.horizon_exam),
    }
}

/// What a target that is no grade is about.
pub fn other_kind(i18n: Words, kind: OtherTargetKind) -> &'static str {
    match kind {
        OtherTargetKind::PersonalAndSocial => t_string!(i18n, pack.other_personal),
        OtherTargetKind::Attendance => t_string!(i18n, pack.other_attendance),
        OtherTargetKind::Behaviour => t_string!(i18n, pack.other_behaviour),
        OtherTargetKind::Other => t_string!(i18n, pack.other_other),
    }
}

/// The name of such a target: the school's own, else its kind's.
pub fn other_name(i18n: Words, other: &OtherTarget) -> String {
    if other.name.is_empty() {
        other_kind(i18n, other.kind).to_owned()
    } else {
        other.name.clone()
    }
}

/// In what it is measured.
pub fn other_measure(i18n: Words, measure: OtherMeasure) -> &'static str {
    match measure {
        OtherMeasure::Words => t_string!(i18n, pack.measured_words),
        OtherMeasure::Percent => t_string!(i18n, pack.measured_percent),
        OtherMeasure::Count => t_string!(i18n, pack.measured_count),
    }
}

/// What somebody does.
pub fn duty_kind(i18n: Words, kind: DutyKind) -> &'static str {
    match kind {
        DutyKind::ReviewLastYear => t_string!(i18n, pack.d_review_last_year),
        DutyKind::AssessOnEntry => t_string!(i18n, pack.d_assess_on_entry),
        DutyKind::SetTargets => t_string!(i18n, pack.d_set_targets),
        DutyKind::WelcomeMeeting => t_string!(i18n, pack.d_welcome_meeting),
        DutyKind::FormalAssessment => t_string!(i18n, pack.d_formal_assessment),
        DutyKind::Analyse => t_string!(i18n, pack.d_analyse),
        DutyKind::LeadersMeet => t_string!(i18n, pack.d_leaders_meet),
        DutyKind::TeamsMeet => t_string!(i18n, pack.d_teams_meet),
        DutyKind::TellTutors => t_string!(i18n, pack.d_tell_tutors),
        DutyKind::ReadMasterFile => t_string!(i18n, pack.d_read_master_file),
        DutyKind::ProgressMeeting => t_string!(i18n, pack.d_progress_meeting),
        DutyKind::ReviewSenTargets => t_string!(i18n, pack.d_review_sen_targets),
        DutyKind::TellParents => t_string!(i18n, pack.d_tell_parents),
        DutyKind::EvaluateOutcomes => t_string!(i18n, pack.d_evaluate_outcomes),
        DutyKind::PublishTargets => t_string!(i18n, pack.d_publish_targets),
    }
}

/// `2 weeks after a deadline`.
pub fn duty_time(i18n: Words, from: Anchor, weeks: i8) -> String {
    let size = weeks.unsigned_abs();
    let many = if size == 1 {
        t_string!(i18n, pack.weeks_one).to_owned()
    } else {
        t_string!(i18n, pack.weeks_many, n = size.to_string()).to_string()
    };
    match (from, weeks) {
        (Anchor::YearStart, 0) => t_string!(i18n, pack.at_year_start).to_owned(),
        (Anchor::YearStart, 1..) => {
            t_string!(i18n, pack.after_year_start, weeks = many).to_string()
        }
        (Anchor::YearStart, _) => t_string!(i18n, pack.before_year_start, weeks = many).to_string(),
        (Anchor::EventOpens, 0) => t_string!(i18n, pack.at_opens).to_owned(),
        (Anchor::EventOpens, 1..) => t_string!(i18n, pack.after_opens, weeks = many).to_string(),
        (Anchor::EventOpens, _) => t_string!(i18n, pack.before_opens, weeks = many).to_string(),
        (Anchor::EventDeadline, 0) => t_string!(i18n, pack.at_deadline).to_owned(),
        (Anchor::EventDeadline, 1..) => {
            t_string!(i18n, pack.after_deadline, weeks = many).to_string()
        }
        (Anchor::EventDeadline, _) => {
            t_string!(i18n, pack.before_deadline, weeks = many).to_string()
        }
        (Anchor::Month, _) => t_string!(i18n, pack.each_month).to_owned(),
        (Anchor::Term, _) => t_string!(i18n, pack.each_term).to_owned(),
    }
}

/// A duty as a sentence.
pub fn duty(i18n: Words, pack: &PolicyPack, duty: &Duty) -> String {
    let when = duty_time(i18n, duty.from, duty.weeks);
    let (what, who) = (duty_kind(i18n, duty.what), party(i18n, duty.who));
    let event = duty.event.as_deref().and_then(|key| pack.event(key));
    match event {
        Some(event) => t_string!(
            i18n,
            pack.duty_of_event,
            when = when,
            event = policy_words::event_name(event),
            what = what,
            who = who
        )
        .to_string(),
        None => t_string!(i18n, pack.duty_line, when = when, what = what, who = who).to_string(),
    }
}

/// A group of pupils.
pub fn group(i18n: Words, group: GroupKind) -> &'static str {
    match group {
        GroupKind::PupilPremium => t_string!(i18n, pack.g_pupil_premium),
        GroupKind::FreeMeals => t_string!(i18n, pack.g_free_meals),
        GroupKind::Sen => t_string!(i18n, pack.g_sen),
        GroupKind::Eal => t_string!(i18n, pack.g_eal),
        GroupKind::LookedAfter => t_string!(i18n, pack.g_looked_after),
        GroupKind::Ethnicity => t_string!(i18n, pack.g_ethnicity),
        GroupKind::Gender => t_string!(i18n, pack.g_gender),
        GroupKind::PriorAttainment => t_string!(i18n, pack.g_prior_attainment),
    }
}

/// Where a wording stands.
pub fn wording_place(i18n: Words, place: WordingPlace) -> &'static str {
    match place {
        WordingPlace::TargetLetter => t_string!(i18n, pack.w_target_letter),
        WordingPlace::TargetMet => t_string!(i18n, pack.w_target_met),
        WordingPlace::MissedWithEffort => t_string!(i18n, pack.w_missed_with_effort),
        WordingPlace::MissedWithoutEffort => t_string!(i18n, pack.w_missed_without_effort),
        WordingPlace::TutorComment => t_string!(i18n, pack.w_tutor_comment),
    }
}

/// What goes home after an event, and what its predictions are for.
pub fn event_notes(i18n: Words, event: &CalendarEvent) -> Vec<String> {
    let mut notes = Vec::new();
    let report = match event.report {
        ReportKind::None => None,
        ReportKind::Short => Some(t_string!(i18n, pack.report_short).to_owned()),
        ReportKind::Full => Some(t_string!(i18n, pack.report_full).to_owned()),
    };
    if let Some(mut report) = report {
        if let Some(home) = event.home {
            let on = t_string!(i18n, pack.report_on, day = day(i18n, home));
            report = format!("{report} {on}");
        }
        if event.tutor_comment {
            report = format!("{report} {}", t_string!(i18n, pack.tutor_comment));
        }
        notes.push(report);
    }
    if let Some(predicts) = event.predicts {
        notes.push(t_string!(i18n, pack.predicts, what = horizon(i18n, predicts)).to_string());
    }
    notes
}
