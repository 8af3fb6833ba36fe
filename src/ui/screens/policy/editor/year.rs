//! The year: tracking events, and who does what when.

use flightpath_school::model::keys;
use flightpath_school::model::scale::Position;
use flightpath_school::policy::{
    Anchor, CalendarEvent, Duty, DutyKind, EventField, EventKind, FieldException, Horizon,
    MonthDay, Party, PolicyPack, ReportKind,
};
use leptos::prelude::*;

use super::desk::Desk;
use super::fields::{day, id_of, number, pick, tick, ticks};
use super::items::Items;
use super::lens::Lens;
use super::targets::{optional_day, parties};
use super::who::year_options;
use crate::i18n::t_string;
use crate::ui::parts::{policy_words, practice_words as words};

/// The section of tracking events.
pub fn calendar(desk: Desk) -> AnyView {
    let i18n = desk.i18n;
    let items = Items {
        place: "calendar".to_owned(),
        lens: Lens::new(|pack: &mut PolicyPack| &mut pack.calendar),
        one: t_string!(i18n, edit.one_event),
        new: |_, events| CalendarEvent {
            key: format!("event-{}", events.len() + 1),
            name: String::new(),
            kind: EventKind::TrackingEvent,
            opens: MonthDay { month: 9, day: 1 },
            deadline: MonthDay { month: 9, day: 30 },
            years: Vec::new(),
            fields: vec![EventField::Current],
            exceptions: Vec::new(),
            allowance: Position::ZERO,
            predicts: None,
            report: ReportKind::None,
            home: None,
            tutor_comment: false,
        },
        ordered: true,
    };
    view! {
        <p class="hint">{t_string!(i18n, edit.calendar_hint)}</p>
        {items.named(
            desk,
            |_, event| policy_words::event_name(event),
            move |_, lens, place| event(desk, &lens, place),
        )}
    }
    .into_any()
}

fn event(desk: Desk, lens: &Lens<CalendarEvent>, place: &str) -> AnyView {
    let i18n = desk.i18n;
    let at = |part: &str| format!("{place}.{part}");
    let kinds = EventKind::ALL
        .map(|kind| (kind, policy_words::event_kind(i18n, kind).to_owned()))
        .to_vec();
    let mut predicts = vec![(None, t_string!(i18n, edit.predicts_as_target).to_owned())];
    predicts.extend(
        [
            Horizon::EndOfYear,
            Horizon::EndOfKeyStage,
            Horizon::Examination,
        ]
        .map(|horizon| (Some(horizon), words::horizon(i18n, horizon).to_owned())),
    );
    let reports = vec![
        (
            ReportKind::None,
            t_string!(i18n, edit.report_none).to_owned(),
        ),
        (
            ReportKind::Short,
            t_string!(i18n, edit.report_short).to_owned(),
        ),
        (
            ReportKind::Full,
            t_string!(i18n, edit.report_full).to_owned(),
        ),
    ];
    // It stays open when a row inside it comes or goes.
    let has_more = desk.peek(lens).is_some_and(|event| {
        !event.exceptions.is_empty() || event.home.is_some() || !event.years.is_empty()
    });
    view! {
        <div class="fields">
            {event_name(desk, lens, &at("name"))}
            {pick(desk, t_string!(i18n, edit.kind), &at("kind"), kinds, lens.part(|e| &mut e.kind), false)}
            {day(desk, t_string!(i18n, edit.opens), &at("opens"), lens.part(|e| &mut e.opens))}
            {day(desk, t_string!(i18n, edit.deadline), &at("deadline"), lens.part(|e| &mut e.deadline))}
            {number(desk, t_string!(i18n, edit.allowance), &at("allowance"), lens.part(|e| &mut e.allowance))}
            {pick(desk, t_string!(i18n, edit.predicts), &at("predicts"), predicts, lens.part(|e| &mut e.predicts), false)}
            {pick(desk, t_string!(i18n, edit.report), &at("report"), reports, lens.part(|e| &mut e.report), false)}
        </div>
        {asks(desk, &at("fields"), lens.part(|e| &mut e.fields))}
        <details open=has_more>
            <summary>{t_string!(i18n, edit.event_more)}</summary>
            {ticks(
                desk,
                t_string!(i18n, edit.only_years),
                &at("years"),
                year_options(desk),
                lens.part(|e| &mut e.years),
            )}
            {tick(desk, t_string!(i18n, edit.tutor_comment), &at("tutor_comment"), lens.part(|e| &mut e.tutor_comment))}
            {optional_day(desk, t_string!(i18n, edit.home), &at("home"), &lens.part(|e| &mut e.home))}
            {exceptions(desk, &at("exceptions"), lens.part(|e| &mut e.exceptions))}
        </details>
    }
    .into_any()
}

/// The name of an event, by which duties and corridors know it too.
fn event_name(desk: Desk, lens: &Lens<CalendarEvent>, place: &str) -> AnyView {
    let (shown, held) = (lens.clone(), lens.clone());
    let id = id_of(place);
    view! {
        <div class="field">
            <label for=id.clone()>{t_string!(desk.i18n, edit.event_name)}</label>
            <input
                id=id
                type="text"
                prop:value=move || {
                    desk.get(&shown).map_or_else(String::new, |event| policy_words::event_name(&event))
                }
                on:change:target=move |changed| {
                    let name = changed.target().value().trim().to_owned();
                    desk.set(&held, |event| rename(event, &name));
                }
            />
        </div>
    }
    .into_any()
}

/// An event that was never named before gets a key of its name; another keeps its key, by which stored events and
/// files know it.
fn rename(event: &mut CalendarEvent, name: &str) {
    if event.key.starts_with("event-") && !keys::slug(name).is_empty() {
        event.key = keys::slug(name);
    }
    event.name = if policy_words::plain(&event.key) == name {
        String::new()
    } else {
        name.to_owned()
    };
}

fn asks(desk: Desk, place: &str, lens: Lens<Vec<EventField>>) -> AnyView {
    let i18n = desk.i18n;
    let fields = EventField::ALL
        .map(|field| (field, policy_words::event_field(i18n, field).to_owned()))
        .to_vec();
    ticks(desk, t_string!(i18n, edit.asks), place, fields, lens)
}

fn exceptions(desk: Desk, place: &str, lens: Lens<Vec<FieldException>>) -> AnyView {
    let items = Items {
        place: place.to_owned(),
        lens,
        one: t_string!(desk.i18n, edit.one_exception),
        new: |_, _| FieldException {
            years: Vec::new(),
            fields: vec![EventField::Current],
        },
        ordered: false,
    };
    items.view(desk, move |_, lens, place| {
        view! {
            {ticks(
                desk,
                t_string!(desk.i18n, edit.years),
                &format!("{place}.years"),
                year_options(desk),
                lens.part(|exception| &mut exception.years),
            )}
            {asks(desk, &format!("{place}.fields"), lens.part(|exception| &mut exception.fields))}
        }
        .into_any()
    })
}

/// The section of duties.
pub fn duties(desk: Desk) -> AnyView {
    let i18n = desk.i18n;
    let kinds = DutyKind::ALL
        .map(|kind| (kind, words::duty_kind(i18n, kind).to_owned()))
        .to_vec();
    let anchors = vec![
        (
            Anchor::YearStart,
            t_string!(i18n, edit.from_year_start).to_owned(),
        ),
        (
            Anchor::EventOpens,
            t_string!(i18n, edit.from_opens).to_owned(),
        ),
        (
            Anchor::EventDeadline,
            t_string!(i18n, edit.from_deadline).to_owned(),
        ),
        (Anchor::Month, t_string!(i18n, pack.each_month).to_owned()),
        (Anchor::Term, t_string!(i18n, pack.each_term).to_owned()),
    ];
    let mut events = vec![(None, t_string!(i18n, edit.every_event).to_owned())];
    events.extend(
        (desk.pack().calendar.iter())
            .map(|event| (Some(event.key.clone()), policy_words::event_name(event))),
    );
    let items = Items {
        place: "duties".to_owned(),
        lens: Lens::new(|pack: &mut PolicyPack| &mut pack.duties),
        one: t_string!(i18n, edit.one_duty),
        new: |_, _| Duty {
            what: DutyKind::SetTargets,
            who: Party::Teacher,
            from: Anchor::YearStart,
            weeks: 0,
            event: None,
        },
        ordered: false,
    };
    let called = |desk: Desk, duty: &Duty| words::duty_kind(desk.i18n, duty.what).to_owned();
    items.named(desk, called, move |_, lens, place| {
        let at = |part: &str| format!("{place}.{part}");
        view! {
            <div class="fields">
                {pick(desk, t_string!(i18n, edit.what), &at("what"), kinds.clone(), lens.part(|d| &mut d.what), false)}
                {pick(desk, t_string!(i18n, edit.who), &at("who"), parties(desk), lens.part(|d| &mut d.who), false)}
                {number(desk, t_string!(i18n, edit.weeks), &at("weeks"), lens.part(|d| &mut d.weeks))}
                {pick(desk, t_string!(i18n, edit.after), &at("from"), anchors.clone(), lens.part(|d| &mut d.from), false)}
                {pick(desk, t_string!(i18n, edit.event), &at("event"), events.clone(), lens.part(|d| &mut d.event), false)}
            </div>
        }
        .into_any()
    })
}
