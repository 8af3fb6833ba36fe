//! Name, year groups, curricula, and what is known when pupils arrive.

use flightpath_school::model::{Measure, YearGroup};
use flightpath_school::policy::PolicyPack;
use leptos::prelude::*;

use super::desk::Desk;
use super::fields::{names, text, ticks};
use super::lens::Lens;
use crate::i18n::t_string;
use crate::ui::parts::{cell_words, policy_words};

/// Year groups above the sixth form have no key stage.
const LAST_YEAR: i8 = 13;

/// The first section.
pub fn basics(desk: Desk) -> AnyView {
    let i18n = desk.i18n;
    let years = YearGroup::all()
        .map(YearGroup::number)
        .filter(|year| *year <= LAST_YEAR)
        .map(|year| (year, policy_words::years(i18n, &[year])))
        .collect();
    let measures = Measure::ALL
        .map(|measure| {
            (
                measure.name().to_owned(),
                cell_words::measure(i18n, measure).to_owned(),
            )
        })
        .to_vec();
    let roles = Lens::new(|pack: &mut PolicyPack| &mut pack.subject_roles);
    view! {
        {text(desk, t_string!(i18n, edit.name), "name", Lens::new(|pack| &mut pack.name))}
        {ticks(
            desk,
            t_string!(i18n, edit.years),
            "years",
            years,
            Lens::new(|pack| &mut pack.years),
        )}
        {names(
            desk,
            t_string!(i18n, edit.curricula),
            "curricula",
            Lens::new(|pack| &mut pack.curricula),
        )}
        {names(
            desk,
            t_string!(i18n, edit.english_subjects),
            "subject_roles.english",
            roles.part(|roles| &mut roles.english),
        )}
        {names(
            desk,
            t_string!(i18n, edit.maths_subjects),
            "subject_roles.maths",
            roles.part(|roles| &mut roles.maths),
        )}
        {ticks(
            desk,
            t_string!(i18n, edit.measures),
            "measures",
            measures,
            Lens::new(|pack| &mut pack.measures),
        )}
    }
    .into_any()
}
