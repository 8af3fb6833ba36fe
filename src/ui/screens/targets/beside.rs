//! The national chances beside the cell in which a target is chosen, with the grade that is being typed marked.

use flightpath_school::engine::targets::ChancesTold;
use flightpath_school::view::standing::national_chances;
use flightpath_school::view::typed::typed_grade;
use leptos::prelude::*;

use super::cell::{Cell, with_scale};
use super::sheet::Row;
use crate::i18n::t_string;
use crate::ui::parts::chances::{ChancesShown, Marked, chances_view};
use crate::ui::parts::drawer::Drawer;
use crate::ui::parts::target_why::why_not;

/// Shows the chances of the cell's pupil beside it, where that is wanted; the focus stays in the cell.
pub fn show_chances(cell: Cell, drawer: Drawer) {
    if !cell.desk.chances.get_untracked() {
        return;
    }
    let i18n = cell.i18n;
    let year = untrack(|| cell.app.year());
    let found = cell.desk.scene.with_untracked(|scene| {
        let subject = scene.subject.as_ref()?;
        let pupil = scene.pupils.iter().find(|pupil| pupil.id == cell.id)?;
        let title = t_string!(
            i18n,
            targets.chances_title,
            name = pupil.name(),
            subject = subject.name.clone()
        )
        .to_string();
        let chances = untrack(|| {
            cell.app.with(|core| {
                let policy = core.policy()?;
                let chances = national_chances(core.school(), policy, year, subject, pupil)?;
                Some(chances.map_err(|why| why_not(i18n, policy, why)))
            })
        });
        Some((title, chances))
    });
    let Some((title, chances)) = found else {
        return;
    };
    drawer.show_beside(title, move || {
        let chances = chances.clone();
        (move || match &chances {
            Some(Ok(chances)) => marked(cell, chances),
            Some(Err(why)) => {
                let words = t_string!(i18n, targets.c_none, why = why.clone()).to_string();
                view! { <p class="hint">{words}</p> }.into_any()
            }
            None => view! { <p class="hint">{t_string!(i18n, targets.no_scale)}</p> }.into_any(),
        })
        .into_any()
    });
}

fn marked(cell: Cell, chances: &ChancesTold) -> AnyView {
    // The drawer may outlive the row by a moment.
    let row = cell.row.try_get().flatten();
    let typed = cell.typed.try_get().flatten();
    let typed = typed.zip(row.as_ref()).and_then(|(typed, row)| {
        with_scale(cell.app, row, |scale| typed_grade(scale, &typed).ok())
    });
    let proposed = row.as_ref().and_then(|row| row.proposed.as_ref());
    let shown = ChancesShown::new(
        cell.i18n,
        chances,
        Marked {
            proposed: proposed.map(|(_, label)| label.as_str()),
            set: row.as_ref().filter(|row| row.is_set()).map(Row::label),
            typed: typed.as_deref(),
        },
    );
    chances_view(cell.i18n, &shown)
}
