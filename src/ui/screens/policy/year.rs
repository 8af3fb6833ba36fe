//! The calendar of a pack as a table with the dates of a year.

use flightpath_school::model::AcademicYear;
use flightpath_school::model::scale::Position;
use flightpath_school::policy::{CalendarEvent, EventField, MonthDay, PolicyPack};
use leptos::prelude::*;

use crate::i18n::t_string;
use crate::ui::parts::{policy_words as words, practice_words};
use crate::ui::say::Words;

/// The tracking events of the year.
pub fn calendar(i18n: Words, pack: &PolicyPack, year: AcademicYear) -> AnyView {
    view! {
        <section class="section">
            <h3>{t_string!(i18n, policy.calendar)}</h3>
            {table(i18n, pack, year)}
        </section>
    }
    .into_any()
}

/// The same without a heading.
pub fn table(i18n: Words, pack: &PolicyPack, year: AcademicYear) -> AnyView {
    let caption = t_string!(i18n, policy.calendar_caption, year = year.to_string()).to_string();
    let rows: Vec<_> = pack
        .calendar
        .iter()
        .map(|event| row(i18n, event, year))
        .collect();
    view! {
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
    }
    .into_any()
}

/// Name, opening, deadline, what may lie below target, and what is asked for.
fn cells(i18n: Words, event: &CalendarEvent, year: AcademicYear) -> [String; 5] {
    let name = t_string!(
        i18n,
        policy.e_named,
        name = words::event_name(event),
        kind = words::event_kind(i18n, event.kind)
    )
    .to_string();
    let mut asks = vec![field_list(i18n, &event.fields)];
    if !event.years.is_empty() {
        let only = t_string!(
            i18n,
            policy.cal_only,
            years = words::years(i18n, &event.years)
        );
        asks.push(only.to_string());
    }
    asks.extend(practice_words::event_notes(i18n, event));
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
    [
        name,
        date(i18n, event.opens, year),
        date(i18n, event.deadline, year),
        allows(i18n, event),
        asks.join("; "),
    ]
}

/// What may lie below the target at an event.
pub fn allows(i18n: Words, event: &CalendarEvent) -> String {
    if event.allowance == Position::ZERO {
        t_string!(i18n, policy.cal_nothing).to_owned()
    } else {
        words::grades(i18n, event.allowance)
    }
}

fn row(i18n: Words, event: &CalendarEvent, year: AcademicYear) -> AnyView {
    let [name, opens, deadline, allows, asks] = cells(i18n, event, year);
    view! {
        <tr>
            <th scope="row">{name}</th>
            <td>{opens}</td>
            <td>{deadline}</td>
            <td>{allows}</td>
            <td class="wrap">{asks}</td>
        </tr>
    }
    .into_any()
}

/// A line for each event.
pub fn lines(i18n: Words, pack: &PolicyPack, year: AcademicYear) -> Vec<String> {
    let line = |event: &CalendarEvent| {
        let [name, opens, deadline, allows, asks] = cells(i18n, event, year);
        format!("{name}, {opens} – {deadline}; {allows}; {asks}")
    };
    pack.calendar.iter().map(line).collect()
}

fn field_list(i18n: Words, fields: &[EventField]) -> String {
    let names: Vec<&str> = fields
        .iter()
        .map(|field| words::event_field(i18n, *field))
        .collect();
    names.join(", ")
}

/// A day of the academic year: September to December lie in its autumn.
fn date(i18n: Words, day: MonthDay, year: AcademicYear) -> String {
    let calendar_year = year.calendar_year(day.month);
    let month = words::month(i18n, day.month);
    t_string!(
        i18n,
        policy.date,
        day = day.day.to_string(),
        month = month,
        year = calendar_year.to_string()
    )
    .to_string()
}
