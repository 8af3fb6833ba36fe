//! On target, colours, floors and the flight path.

use flightpath_school::model::scale::Position;
use flightpath_school::policy::{
    CorridorRow, FlightPath, Floor, PolicyPack, RagThresholds, RagUnit, ScaleGrade, StatusRules,
};
use leptos::prelude::*;

use super::desk::Desk;
use super::fields::{faults, grade, number, pick, ticks};
use super::items::Items;
use super::lens::Lens;
use super::scales::scale_options;
use super::targets::key_stages;
use crate::i18n::t_string;
use crate::ui::parts::policy_words;

fn status() -> Lens<StatusRules> {
    Lens::new(|pack: &mut PolicyPack| &mut pack.status)
}

/// The section of judging.
pub fn judging(desk: Desk) -> AnyView {
    let i18n = desk.i18n;
    let paths = vec![
        (
            FlightPath::Allowance,
            t_string!(i18n, edit.path_allowance).to_owned(),
        ),
        (
            FlightPath::StraightLine,
            t_string!(i18n, edit.path_straight).to_owned(),
        ),
        (
            FlightPath::Corridor,
            t_string!(i18n, edit.path_corridor).to_owned(),
        ),
    ];
    let is_corridor =
        desk.peek(&status()).map(|status| status.flight_path) == Some(FlightPath::Corridor);
    view! {
        <p class="hint">{t_string!(i18n, policy.on_target)}</p>
        <div class="fields">
            {pick(
                desk,
                t_string!(i18n, edit.flight_path),
                "status.flight_path",
                paths,
                status().part(|status| &mut status.flight_path),
                true,
            )}
            {number(
                desk,
                t_string!(i18n, edit.tolerance),
                "status.tolerance",
                status().part(|status| &mut status.tolerance),
            )}
        </div>
        {is_corridor.then(|| corridor(desk))}
        <h4>{t_string!(i18n, edit.colours)}</h4>
        <p class="hint">{t_string!(i18n, edit.colours_hint)}</p>
        {colours(desk)}
        <h4>{t_string!(i18n, policy.floors)}</h4>
        <p class="hint">{t_string!(i18n, edit.floors_hint)}</p>
        {floors(desk)}
    }
    .into_any()
}

fn corridor(desk: Desk) -> AnyView {
    let i18n = desk.i18n;
    let events: Vec<(String, String)> = desk
        .pack()
        .calendar
        .iter()
        .map(|event| (event.key.clone(), policy_words::event_name(event)))
        .collect();
    let items = Items {
        place: "status.corridor".to_owned(),
        lens: status().part(|status| &mut status.corridor),
        one: t_string!(i18n, edit.one_corridor),
        new: |pack, rows| {
            // The next one is mostly for the same scale.
            let (event, scale) = match rows.last() {
                Some(row) => (row.event.clone(), row.scale.clone()),
                None => (
                    pack.calendar
                        .first()
                        .map_or_else(String::new, |event| event.key.clone()),
                    pack.scales
                        .first()
                        .map_or_else(String::new, |entry| entry.scale.clone()),
                ),
            };
            CorridorRow {
                event,
                scale,
                from: String::new(),
                to: String::new(),
                lowest: String::new(),
                highest: String::new(),
            }
        },
        ordered: false,
    };
    let rows = items.view(desk, move |_, lens, place| {
        let at = |part: &str| format!("{place}.{part}");
        let scale = desk.peek(&lens).map(|row| row.scale).unwrap_or_default();
        let one = |label, part: &str, lens| grade(desk, label, &at(part), &scale, lens);
        view! {
            <div class="fields">
                {pick(desk, t_string!(i18n, edit.event), &at("event"), events.clone(), lens.part(|r| &mut r.event), false)}
                {pick(desk, t_string!(i18n, edit.scale), &at("scale"), scale_options(desk), lens.part(|r| &mut r.scale), true)}
                {one(t_string!(i18n, edit.targets_from), "from", lens.part(|r| &mut r.from))}
                {one(t_string!(i18n, edit.targets_to), "to", lens.part(|r| &mut r.to))}
                {one(t_string!(i18n, edit.expected_from), "lowest", lens.part(|r| &mut r.lowest))}
                {one(t_string!(i18n, edit.expected_to), "highest", lens.part(|r| &mut r.highest))}
            </div>
        }
        .into_any()
    });
    view! {
        <h4>{t_string!(i18n, pack.corridor_caption)}</h4>
        {rows}
    }
    .into_any()
}

fn colours(desk: Desk) -> AnyView {
    let i18n = desk.i18n;
    let units = vec![
        (
            RagUnit::FineSteps,
            t_string!(i18n, edit.fine_steps).to_owned(),
        ),
        (
            RagUnit::WholeGrades,
            t_string!(i18n, edit.whole_grades).to_owned(),
        ),
    ];
    let items = Items {
        place: "status.rag".to_owned(),
        lens: status().part(|status| &mut status.rag),
        one: t_string!(i18n, edit.one_colours),
        new: |_, _| RagThresholds {
            scales: Vec::new(),
            unit: RagUnit::FineSteps,
            green_from: Position::from_whole_grades(1),
            amber_to: Position::from_whole_grades(-1),
            red_to: Position::from_whole_grades(-2),
        },
        ordered: true,
    };
    let called = |desk: Desk, colours: &RagThresholds| {
        let scales = desk.scales();
        let names = colours.scales.iter();
        let names: Vec<String> = names.map(|key| policy_words::scale(&scales, key)).collect();
        policy_words::joined(desk.i18n, &names)
    };
    items.named(desk, called, move |_, lens, place| {
        let at = |part: &str| format!("{place}.{part}");
        view! {
            <div class="fields">
                {pick(desk, t_string!(i18n, edit.unit), &at("unit"), units.clone(), lens.part(|r| &mut r.unit), false)}
                {number(desk, t_string!(i18n, edit.green_from), &at("green_from"), lens.part(|r| &mut r.green_from))}
                {number(desk, t_string!(i18n, edit.amber_to), &at("amber_to"), lens.part(|r| &mut r.amber_to))}
                {number(desk, t_string!(i18n, edit.red_to), &at("red_to"), lens.part(|r| &mut r.red_to))}
            </div>
            <details>
                <summary>{for_scales(desk, &lens)}</summary>
                {ticks(desk, t_string!(i18n, edit.scales), &at("scales"), scale_options(desk), lens.part(|r| &mut r.scales))}
            </details>
        }
        .into_any()
    })
}

/// Which scales an entry is for.
fn for_scales(desk: Desk, lens: &Lens<RagThresholds>) -> AnyView {
    let lens = lens.clone();
    (move || {
        let i18n = desk.i18n;
        let keys = desk
            .get(&lens)
            .map(|entry| entry.scales)
            .unwrap_or_default();
        if keys.is_empty() {
            return t_string!(i18n, edit.for_other_scales).to_owned();
        }
        let scales = desk.scales();
        let names: Vec<String> = keys
            .iter()
            .map(|key| policy_words::scale(&scales, key))
            .collect();
        let names = policy_words::joined(i18n, &names);
        t_string!(i18n, edit.for_scales, names = names).to_string()
    })
    .into_any()
}

fn floors(desk: Desk) -> AnyView {
    let i18n = desk.i18n;
    let curricula: Vec<(String, String)> = desk
        .pack()
        .curricula
        .into_iter()
        .map(|key| (key.clone(), policy_words::curriculum(i18n, &key)))
        .collect();
    let items = Items {
        place: "status.floors".to_owned(),
        lens: status().part(|status| &mut status.floors),
        one: t_string!(i18n, edit.one_floor),
        new: |pack, _| Floor {
            curriculum: pack.usual_curriculum().to_owned(),
            key_stages: Vec::new(),
            grades: Vec::new(),
        },
        ordered: false,
    };
    let called = |desk: Desk, floor: &Floor| policy_words::curriculum(desk.i18n, &floor.curriculum);
    items.named(desk, called, move |_, lens, place| {
        let at = |part: &str| format!("{place}.{part}");
        view! {
            {pick(
                desk,
                t_string!(i18n, edit.curriculum),
                &at("curriculum"),
                curricula.clone(),
                lens.part(|floor| &mut floor.curriculum),
                false,
            )}
            {ticks(
                desk,
                t_string!(i18n, edit.key_stages),
                &at("key_stages"),
                key_stages(desk),
                lens.part(|floor| &mut floor.key_stages),
            )}
            {grades(desk, &at("grades"), lens.part(|floor| &mut floor.grades))}
        }
        .into_any()
    })
}

/// A grade on each of several scales.
pub fn grades(desk: Desk, place: &str, lens: Lens<Vec<ScaleGrade>>) -> AnyView {
    let i18n = desk.i18n;
    let items = Items {
        place: place.to_owned(),
        lens,
        one: t_string!(i18n, edit.one_grade),
        new: |pack, _| ScaleGrade {
            scale: pack
                .scales
                .first()
                .map_or_else(String::new, |entry| entry.scale.clone()),
            grade: String::new(),
        },
        ordered: false,
    };
    let rows = items.view(desk, move |_, lens, place| {
        let at = |part: &str| format!("{place}.{part}");
        let scale = desk.peek(&lens).map(|one| one.scale).unwrap_or_default();
        view! {
            <div class="fields">
                {pick(desk, t_string!(i18n, edit.scale), &at("scale"), scale_options(desk), lens.part(|g| &mut g.scale), true)}
                {grade(desk, t_string!(i18n, edit.grade), &at("grade"), &scale, lens.part(|g| &mut g.grade))}
            </div>
        }
        .into_any()
    });
    view! {
        {rows}
        {faults(desk, place)}
    }
    .into_any()
}
