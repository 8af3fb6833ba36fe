//! Names of events, states and of what events ask for.

use flightpath_school::model::{CivilDate, Field};
use flightpath_school::policy::{CalendarEvent, EventKind};
use flightpath_school::view::EventState;

use crate::i18n::t_string;
use crate::platform::clock::{self, DateParts};
use crate::ui::say::Words;

/// The name of a state.
pub fn state_name(i18n: Words, state: EventState) -> &'static str {
    match state {
        EventState::Planned => t_string!(i18n, tracking.planned),
        EventState::Open => t_string!(i18n, tracking.open),
        EventState::Closed => t_string!(i18n, tracking.closed),
    }
}

/// The name of something that an event asks for.
pub fn field_name(i18n: Words, field: Field) -> String {
    match field {
        Field::Target => t_string!(i18n, tracking.field_target).to_owned(),
        Field::Current => t_string!(i18n, tracking.field_current).to_owned(),
        Field::Predicted => t_string!(i18n, tracking.field_predicted).to_owned(),
        Field::Achieved => t_string!(i18n, tracking.field_achieved).to_owned(),
        Field::OnTarget => t_string!(i18n, tracking.field_on_target).to_owned(),
        Field::AtlClass => t_string!(i18n, tracking.field_atl_class).to_owned(),
        Field::AtlHome => t_string!(i18n, tracking.field_atl_home).to_owned(),
        Field::SpokenEnglish => t_string!(i18n, tracking.field_spoken_english).to_owned(),
        Field::Comment => t_string!(i18n, tracking.field_comment).to_owned(),
        Field::Evidence => t_string!(i18n, tracking.field_evidence).to_owned(),
        other => other.to_string(),
    }
}

/// What a school calls an event of the policy's calendar.
pub fn calendar_name(i18n: Words, event: &CalendarEvent) -> String {
    let month = match event.key.as_str() {
        "september" => t_string!(i18n, tracking.month_september),
        "october" => t_string!(i18n, tracking.month_october),
        "december" => t_string!(i18n, tracking.month_december),
        "february" => t_string!(i18n, tracking.month_february),
        "spring" => t_string!(i18n, tracking.month_spring),
        "june" => t_string!(i18n, tracking.month_june),
        "autumn" => t_string!(i18n, tracking.month_autumn),
        "summer" => t_string!(i18n, tracking.month_summer),
        other => other,
    }
    .to_owned();
    match event.kind {
        _ if !event.name.is_empty() => event.name.clone(),
        EventKind::Targets => t_string!(i18n, tracking.name_targets, month = month).to_string(),
        EventKind::EndOfTermReport => {
            t_string!(i18n, tracking.name_report, month = month).to_string()
        }
        EventKind::EndOfYear | EventKind::EndOfYearReport => {
            t_string!(i18n, tracking.name_end_of_year).to_owned()
        }
        EventKind::MidTermAppraisal | EventKind::TrackingEvent => month,
    }
}

/// A date as people write it: `3 Oct 2026`.
pub fn date(day: CivilDate) -> String {
    clock::civil_text(day, "en-GB", DateParts::Whole)
}
