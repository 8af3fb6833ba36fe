//! Why a pupil stands where in a subject at an event, in the drawer.

use flightpath_school::model::Id;
use flightpath_school::view::Subject;
use leptos::prelude::*;

use super::{Reason, firing_reason, judgement_reason, reason_view};
use crate::app::App;
use crate::i18n::t_string;
use crate::ui::parts::drawer::Drawer;
use crate::ui::say::Words;

/// Opens the reasons in the drawer; they follow what is entered.
pub fn show_why_at(
    app: App,
    i18n: Words,
    drawer: Drawer,
    event: Id,
    subject: &Subject,
    (pupil, name): (Id, &str),
    opener: &str,
) {
    let title = t_string!(
        i18n,
        why.subject_title,
        subject = subject.name.clone(),
        pupil = name.to_owned()
    )
    .to_string();
    let subject = subject.id;
    drawer.show(title, Some(opener.to_owned()), move || {
        let reasons = reasons(app, i18n, event, subject, pupil);
        if reasons.is_empty() {
            return view! { <p>{t_string!(i18n, why.nothing_known)}</p> }.into_any();
        }
        reasons
            .into_iter()
            .map(|reason| reason_view(i18n, reason))
            .collect_view()
            .into_any()
    });
}

/// The subject's status with its reasons, then every rule that fires for the pupil.
fn reasons(app: App, i18n: Words, event: Id, subject: Id, pupil: Id) -> Vec<Reason> {
    let lists = app.lists().get();
    app.with(|core| {
        let (Some(pupil), Some(event)) = (
            lists.pupil(pupil),
            lists.events.iter().find(|held| held.id == event),
        ) else {
            return Vec::new();
        };
        let own = std::slice::from_ref(pupil);
        let standing = core.standing(event, &lists.subjects, own);
        let (Some(policy), Some(standing)) = (core.policy_for(event), standing) else {
            return Vec::new();
        };
        let mut reasons: Vec<Reason> = judgement_reason(i18n, &policy, &standing, pupil, subject)
            .into_iter()
            .collect();
        for firing in standing.reasons(&policy, pupil.id) {
            let of_this = firing
                .subject
                .and_then(|place| standing.subject(place))
                .is_none_or(|held| held.id == subject);
            if of_this && firing.truth.is_true() {
                reasons.push(firing_reason(i18n, &policy, &standing, pupil, &firing));
            }
        }
        reasons
    })
}
