//! The rule builder: what a rule asks, part by part.

use std::sync::Arc;

use flightpath_school::model::scale::Position;
use flightpath_school::policy::{Condition, Rag};
use leptos::prelude::*;

use super::desk::Desk;
use super::fields::{faults, id_of, number, number_or_none, pick, pick_number};
use super::items::Items;
use super::judging::grades;
use super::lens::Lens;
use super::triggers::off_target_in;
use crate::i18n::t_string;

/// What can be asked of one subject.
const OF_SUBJECT: [fn() -> Condition; 8] = [
    || Condition::OffTarget,
    || Condition::BelowFloor,
    || Condition::CurrentBelowTarget {
        at_least: Position::from_whole_grades(2),
    },
    || Condition::Rag(Rag::Red),
    || Condition::CurrentAtMost { grades: Vec::new() },
    || Condition::CurrentUnder { grades: Vec::new() },
    || Condition::All(vec![Condition::OffTarget]),
    || Condition::Any(vec![Condition::OffTarget]),
];

/// What can be asked of a pupil.
const OF_PUPIL: [fn() -> Condition; 3] = [
    || off_target_in(1),
    || Condition::All(vec![off_target_in(1)]),
    || Condition::Any(vec![off_target_in(1)]),
];

fn number_of(condition: &Condition, is_pupil: bool) -> usize {
    match (condition, is_pupil) {
        (Condition::OffTarget | Condition::Subjects { .. }, _) => 0,
        (Condition::BelowFloor, _) | (Condition::All(_), true) => 1,
        (Condition::CurrentBelowTarget { .. }, _) | (Condition::Any(_), true) => 2,
        (Condition::Rag(_), _) => 3,
        (Condition::CurrentAtMost { .. }, _) => 4,
        (Condition::CurrentUnder { .. }, _) => 5,
        (Condition::All(_), false) => 6,
        (Condition::Any(_), false) => 7,
    }
}

/// One condition with what it is made of. `is_pupil`: it is about a pupil, not about one subject.
pub fn condition(desk: Desk, lens: Lens<Condition>, place: &str, is_pupil: bool) -> AnyView {
    let i18n = desk.i18n;
    let names = if is_pupil {
        vec![
            t_string!(i18n, edit.c_subjects),
            t_string!(i18n, edit.c_all),
            t_string!(i18n, edit.c_any),
        ]
    } else {
        vec![
            t_string!(i18n, edit.c_off_target),
            t_string!(i18n, edit.c_below_floor),
            t_string!(i18n, edit.c_below_target),
            t_string!(i18n, edit.c_colour),
            t_string!(i18n, edit.c_at_most),
            t_string!(i18n, edit.c_under),
            t_string!(i18n, edit.c_all),
            t_string!(i18n, edit.c_any),
        ]
    };
    let names = names.into_iter().map(str::to_owned).collect();
    let held = lens.clone();
    let chosen = move || {
        desk.get(&held)
            .map(|condition| number_of(&condition, is_pupil))
    };
    let at = format!("{place}.kind");
    let (changed, focus) = (lens.clone(), id_of(&at));
    let take = move |number: usize| {
        let kinds: &[fn() -> Condition] = if is_pupil { &OF_PUPIL } else { &OF_SUBJECT };
        if let Some(new) = kinds.get(number) {
            desk.reshape(&changed, focus.clone(), |condition| *condition = new());
        }
    };
    let asked = desk
        .peek(&lens)
        .map(|asked| parts(desk, &lens, place, &asked, is_pupil));
    view! {
        <div class="condition">
            {pick_number(desk, t_string!(i18n, edit.condition), &at, names, Arc::new(chosen), Box::new(take))} {asked}
            {faults(desk, place)}
        </div>
    }
    .into_any()
}

fn parts(
    desk: Desk,
    lens: &Lens<Condition>,
    place: &str,
    asked: &Condition,
    is_pupil: bool,
) -> AnyView {
    let i18n = desk.i18n;
    let at = |part: &str| format!("{place}.{part}");
    match asked {
        Condition::OffTarget | Condition::BelowFloor => ().into_any(),
        Condition::CurrentBelowTarget { .. } => {
            let amount = lens.maybe(|condition| match condition {
                Condition::CurrentBelowTarget { at_least } => Some(at_least),
                _ => None,
            });
            number(
                desk,
                t_string!(i18n, edit.grades_or_more),
                &at("at_least"),
                amount,
            )
        }
        Condition::Rag(_) => {
            let colour = lens.maybe(|condition| match condition {
                Condition::Rag(rag) => Some(rag),
                _ => None,
            });
            let colours = vec![
                (Rag::Red, t_string!(i18n, policy.rag_red).to_owned()),
                (Rag::Amber, t_string!(i18n, policy.rag_amber).to_owned()),
                (Rag::White, t_string!(i18n, policy.rag_white).to_owned()),
                (Rag::Green, t_string!(i18n, policy.rag_green).to_owned()),
            ];
            pick(
                desk,
                t_string!(i18n, edit.colour),
                &at("rag"),
                colours,
                colour,
                false,
            )
        }
        Condition::CurrentAtMost { .. } | Condition::CurrentUnder { .. } => {
            let list = lens.maybe(|condition| match condition {
                Condition::CurrentAtMost { grades } | Condition::CurrentUnder { grades } => {
                    Some(grades)
                }
                _ => None,
            });
            grades(desk, &at("grades"), list)
        }
        Condition::Subjects { .. } => subjects(desk, lens, place),
        Condition::All(_) => several(desk, lens, &at("all"), is_pupil),
        Condition::Any(_) => several(desk, lens, &at("any"), is_pupil),
    }
}

fn subjects(desk: Desk, lens: &Lens<Condition>, place: &str) -> AnyView {
    let i18n = desk.i18n;
    let at = |part: &str| format!("{place}.{part}");
    let at_least = lens.maybe(|condition| match condition {
        Condition::Subjects { at_least, .. } => Some(at_least),
        _ => None,
    });
    let at_most = lens.maybe(|condition| match condition {
        Condition::Subjects { at_most, .. } => Some(at_most),
        _ => None,
    });
    let asked = lens.maybe(|condition| match condition {
        Condition::Subjects { r#where, .. } => Some(&mut **r#where),
        _ => None,
    });
    view! {
        <div class="fields">
            {number(desk, t_string!(i18n, edit.subjects_or_more), &at("at_least"), at_least)}
            {number_or_none(desk, t_string!(i18n, edit.subjects_at_most), &at("at_most"), at_most)}
        </div>
        {condition(desk, asked, &at("subjects.where"), false)}
    }
    .into_any()
}

fn several(desk: Desk, lens: &Lens<Condition>, place: &str, is_pupil: bool) -> AnyView {
    let list = lens.maybe(|condition| match condition {
        Condition::All(parts) | Condition::Any(parts) => Some(parts),
        _ => None,
    });
    let items = Items {
        place: place.to_owned(),
        lens: list,
        one: t_string!(desk.i18n, edit.one_condition),
        new: if is_pupil {
            |_, _| off_target_in(1)
        } else {
            |_, _| Condition::OffTarget
        },
        ordered: false,
    };
    items.view(desk, move |_, lens, place| {
        condition(desk, lens, place, is_pupil)
    })
}
