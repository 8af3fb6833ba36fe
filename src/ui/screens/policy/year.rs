//! The calendar of a pack as a table with the dates of a year.

use flightpath_school::model::AcademicYear;
use flightpath_school::model::scale::Position;
use flightpath_school::policy::{CalendarEvent, EventField, MonthDay, PolicyPack};
use leptos::prelude::*;

use crate::i18n::t_string;
use crate::ui::parts::policy_words as words;
use crate::ui::say::Words;

/// The tracking events of the year.
pub fn calendar(i18n: Words, pack: &PolicyPack, year: AcademicYear) -> AnyView {
    let caption = t_string!(i18n, policy.calendar_caption, year = year.to_string()).to_string();
    let rows: Vec<_> = pack
        .calendar
        .iter()
        .map(|event| row(i18n, event, year))
        .collect();
    view! {
        <section class="section">
            <h3>{t_string!(i18n, policy.calendar)}</h3>
            <div class="table-frame" tabindex="0" role="region" aria-label=caption.clone()>
                <table>
                    <caption>{caption.clone()}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{t_string!(i18n, policy.cal_event)}</th>
                            <th scope="col">{t_string!(i18n, policy.cal_opens)}</th>
                            <th scope="col">{t_string!(i18n, policy.cal_due)}</th>
                            <th scope="col">{t_string!(i18n, policy.cal_allows)}</th>
                            <th scope="col">{t_string!(i18n, policy.cal_asks)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

fn row(i18n: Words, event: &CalendarEvent, year: AcademicYear) -> AnyView {
    let kind = match event.name.as_str() {
        "targets" => t_string!(i18n, policy.e_targets).to_owned(),
        "mid_term_appraisal" => t_string!(i18n, policy.e_mid_term).to_owned(),
        "end_of_term_report" => t_string!(i18n, policy.e_end_of_term).to_owned(),
        "end_of_year_report" => t_string!(i18n, policy.e_end_of_year_report).to_owned(),
        "end_of_year" => t_string!(i18n, policy.e_end_of_year).to_owned(),
        "tracking_event" => t_string!(i18n, policy.e_tracking).to_owned(),
        other => words::plain(other),
    };
    let name = t_string!(
        i18n,
        policy.e_named,
        name = words::plain(&event.key),
        kind = kind
    )
    .to_string();
    let allows = if event.allowance == Position::ZERO {
        t_string!(i18n, policy.cal_nothing).to_owned()
    } else {
        words::grades(i18n, event.allowance)
    };
    let mut asks = vec![field_list(i18n, &event.fields)];
    if !event.years.is_empty() {
        let only = t_string!(
            i18n,
            policy.cal_only,
            years = words::years(i18n, &event.years)
        );
        asks.push(only.to_string());
    }
    for exception in &event.exceptions {
        asks.push(
            t_string!(
                i18n,
                policy.cal_exception,
                years = words::years(i18n, &exception.years),
                fields = field_list(i18n, &exception.fields)
            )
            .to_string(),
        );
    }
    view! {
        <tr>
            <th scope="row">{name}</th>
            <td>{date(i18n, event.opens, year)}</td>
            <td>{date(i18n, event.deadline, year)}</td>
            <td>{allows}</td>
            <td class="wrap">{asks.join("; ")}</td>
        </tr>
    }
    .into_any()
}

fn field_list(i18n: Words, fields: &[EventField]) -> String {
    let names: Vec<String> = fields
        .iter()
        .map(|field| {
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
            .to_owned()
        })
        .collect();
    names.join(", ")
}

/// A day of the academic year: September to December lie in its autumn.
fn date(i18n: Words, day: MonthDay, year: AcademicYear) -> String {
    let calendar_year = if day.month >= 9 { year } else { year.next() }.0;
    let month = match day.month {
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
    };
    t_string!(
        i18n,
        policy.date,
        day = day.day.to_string(),
        month = month,
        year = calendar_year.to_string()
    )
    .to_string()
}
