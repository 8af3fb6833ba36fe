//! The end of the year, groups, and how reports say it.

use flightpath_school::policy::{EndOfYear, GroupKind, Groups, PolicyPack, Wording, WordingPlace};
use leptos::prelude::*;

use super::desk::Desk;
use super::fields::{area, grade, number, pick, tick_part, ticks};
use super::items::Items;
use super::lens::Lens;
use crate::i18n::t_string;
use crate::ui::parts::practice_words as words;

/// Key of the scale of attitude to learning.
const ATL: &str = "atl";

/// The section.
pub fn practice(desk: Desk) -> AnyView {
    let i18n = desk.i18n;
    let groups = Lens::new(|pack: &mut PolicyPack| &mut pack.groups);
    let kinds = GroupKind::ALL
        .map(|kind| (kind, words::group(i18n, kind).to_owned()))
        .to_vec();
    view! {
        <h4>{t_string!(i18n, pack.end_of_year)}</h4>
        {end_of_year(desk)}
        <h4>{t_string!(i18n, pack.groups)}</h4>
        {ticks(
            desk,
            t_string!(i18n, edit.groups),
            "groups.kinds",
            kinds,
            groups.part(|groups: &mut Groups| &mut groups.kinds),
        )}
        {number(
            desk,
            t_string!(i18n, edit.smallest),
            "groups.smallest",
            groups.part(|groups| &mut groups.smallest),
        )}
        <h4>{t_string!(i18n, pack.wording)}</h4>
        {wording(desk)}
    }
    .into_any()
}

fn end_of_year(desk: Desk) -> AnyView {
    let i18n = desk.i18n;
    let lens = Lens::new(|pack: &mut PolicyPack| &mut pack.end_of_year);
    let shown = lens.clone();
    let there = move || {
        desk.track_shape();
        desk.peek(&shown).flatten().map(|end| {
            let held = shown.inside();
            view! {
                <div class="fields">
                    {grade(
                        desk,
                        t_string!(i18n, edit.low_effort),
                        "end_of_year.low_effort",
                        &end.scale,
                        held.part(|end| &mut end.low_effort),
                    )}
                    {grade(
                        desk,
                        t_string!(i18n, edit.high_effort),
                        "end_of_year.high_effort",
                        &end.scale,
                        held.part(|end| &mut end.high_effort),
                    )}
                </div>
            }
            .into_any()
        })
    };
    view! {
        {tick_part(
            desk,
            t_string!(i18n, edit.has_end_of_year),
            "end_of_year",
            lens,
            || EndOfYear {
                scale: ATL.to_owned(),
                low_effort: "Inconsistent".to_owned(),
                high_effort: "Good".to_owned(),
            },
        )}
        {there}
    }
    .into_any()
}

fn wording(desk: Desk) -> AnyView {
    let i18n = desk.i18n;
    let places = WordingPlace::ALL
        .map(|place| (place, words::wording_place(i18n, place).to_owned()))
        .to_vec();
    let items = Items {
        place: "wording".to_owned(),
        lens: Lens::new(|pack: &mut PolicyPack| &mut pack.wording),
        one: t_string!(i18n, edit.one_wording),
        new: |_, _| Wording {
            place: WordingPlace::TargetLetter,
            text: String::new(),
        },
        ordered: false,
    };
    let called = |desk: Desk, one: &Wording| words::wording_place(desk.i18n, one.place).to_owned();
    items.named(desk, called, move |_, lens, place| {
        view! {
            {pick(
                desk,
                t_string!(i18n, edit.stands_in),
                &format!("{place}.place"),
                places.clone(),
                lens.part(|wording| &mut wording.place),
                false,
            )}
            {area(desk, t_string!(i18n, edit.words), &format!("{place}.text"), lens.part(|w| &mut w.text))}
        }
        .into_any()
    })
}
