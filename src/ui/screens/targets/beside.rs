//! What is asked of a pupil's target, in the drawer beside it: why that grade is proposed, and what pupils with the same
//! start reached, with the grade that is being typed marked.

use flightpath_school::engine::targets::ChancesTold;
use flightpath_school::model::Id;
use flightpath_school::policy::Policy;
use flightpath_school::view::standing::{national_chances, proposal};
use flightpath_school::view::typed::typed_grade;
use flightpath_school::view::what_if::proposal_changes;
use flightpath_school::view::{Pupil, Subject};
use leptos::prelude::*;

use super::desk::Desk;
use super::sheet::Row;
use crate::app::Core;
use crate::i18n::t_string;
use crate::ui::parts::chances::{ChancesShown, Marked, chances_view};
use crate::ui::parts::drawer::Drawer;
use crate::ui::parts::target_why::{target_why, why_not, why_view};

/// Asks something of a pupil of the choice.
fn ask<T>(
    desk: Desk,
    pupil: Id,
    ask: impl FnOnce(&Core, &Policy, &Subject, &Pupil) -> Option<T>,
) -> Option<T> {
    desk.scene.with_untracked(|scene| {
        let subject = scene.subject.as_ref()?;
        let pupil = scene.pupils.iter().find(|held| held.id == pupil)?;
        untrack(|| {
            desk.app
                .with(|core| ask(core, core.policy()?, subject, pupil))
        })
    })
}

/// Opens the drawer with why this grade is proposed.
pub fn show_why(desk: Desk, drawer: Drawer, pupil: Id) {
    let i18n = desk.i18n;
    let year = untrack(|| desk.app.year());
    let set = desk
        .sheet
        .with_untracked(|sheet| sheet.row(pupil).map(|row| row.label().to_owned()));
    let told = ask(desk, pupil, |core, policy, subject, pupil| {
        let school = core.school();
        let found = proposal(school, policy, year, subject, pupil);
        let changes = proposal_changes(school, policy, year, subject, pupil);
        let chances = national_chances(school, policy, year, subject, pupil);
        let title = t_string!(
            i18n,
            targets.why_title,
            name = pupil.name(),
            subject = subject.name.clone()
        );
        let why = target_why(
            i18n,
            policy,
            found.as_ref(),
            changes.as_ref(),
            chances,
            set.as_deref(),
        );
        Some((title.to_string(), why))
    });
    if let Some((title, why)) = told {
        drawer.show(title, Some(super::GRID.to_owned()), move || {
            why_view(i18n, &why)
        });
    }
}

/// Where the focus is while the chances are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Focus {
    /// It stays in the grid.
    Stays,
    /// It goes to them.
    Goes,
}

/// Shows the chances of a pupil.
pub fn show_chances(desk: Desk, drawer: Drawer, id: Id, focus: Focus) {
    let i18n = desk.i18n;
    let year = untrack(|| desk.app.year());
    let found = ask(desk, id, |core, policy, subject, pupil| {
        let title = t_string!(
            i18n,
            targets.chances_title,
            name = pupil.name(),
            subject = subject.name.clone()
        );
        let chances = national_chances(core.school(), policy, year, subject, pupil);
        let chances = chances.map(|chances| chances.map_err(|why| why_not(i18n, policy, why)));
        Some((title.to_string(), chances))
    });
    let Some((title, chances)) = found else {
        return;
    };
    let body = move || {
        let chances = chances.clone();
        (move || match &chances {
            Some(Ok(chances)) => marked(desk, id, chances),
            Some(Err(why)) => {
                let words = t_string!(i18n, targets.c_none, why = why.clone()).to_string();
                view! { <p class="hint">{words}</p> }.into_any()
            }
            None => view! { <p class="hint">{t_string!(i18n, targets.no_scale)}</p> }.into_any(),
        })
        .into_any()
    };
    match focus {
        Focus::Stays => drawer.show_beside(title, body),
        Focus::Goes => drawer.show(title, Some(super::GRID.to_owned()), body),
    }
}

fn marked(desk: Desk, id: Id, chances: &ChancesTold) -> AnyView {
    // The drawer may outlive the screen by a moment.
    let row = desk
        .sheet
        .try_with(|sheet| sheet.row(id).cloned())
        .flatten();
    let typing = desk.typing.try_get().flatten();
    let typed = typing
        .filter(|(typed, _)| *typed == id)
        .and_then(|(_, text)| {
            let scale = row.as_ref()?.scale.as_deref();
            desk.with_scale(scale, |scale| typed_grade(scale, &text).ok())
        });
    let proposed = row.as_ref().and_then(|row| row.proposed.as_ref());
    let shown = ChancesShown::new(
        desk.i18n,
        chances,
        Marked {
            proposed: proposed.map(|(_, label)| label.as_str()),
            set: row.as_ref().filter(|row| row.is_set()).map(Row::label),
            typed: typed.as_deref(),
        },
    );
    chances_view(desk.i18n, &shown)
}
