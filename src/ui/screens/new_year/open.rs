//! What the year that ends leaves open: answers of its events, targets in words, pupils whom nobody can place.

use flightpath_school::model::Id;
use flightpath_school::view::completeness::Taken;
use flightpath_school::view::other_targets::{OtherState, other_targets};
use flightpath_school::view::{EventState, events, pupils, subjects};
use leptos::prelude::*;

use super::{Desk, own_year};
use crate::i18n::t_string;
use crate::ui::parts::cell_words::{counted, plural};
use crate::ui::route::{Route, TargetsPart};
use crate::ui::say::Words;
use crate::ui::screens::tracking::words::state_name;

/// Names that are written out at most.
const NAMED: usize = 8;

/// What is not done.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Unfinished {
    /// Events with how many answers each lacks.
    events: Vec<(Id, String, EventState, usize)>,
    /// Whether the year has any event.
    has_events: bool,
    /// Targets in words that are neither met nor missed.
    targets: usize,
}

fn unfinished(desk: Desk) -> Unfinished {
    let Some(from) = own_year(desk.app) else {
        return Unfinished::default();
    };
    desk.app.with(|core| {
        let school = core.school();
        let mut here = pupils(school, from);
        here.retain(|pupil| pupil.year_group.is_some());
        let taken = Taken::of(school, from, &subjects(school), &here);
        let all = events(school, from);
        let is_open = |state| matches!(state, OtherState::Set | OtherState::Agreed);
        Unfinished {
            has_events: !all.is_empty(),
            events: all
                .into_iter()
                .filter_map(|event| {
                    let missing = taken.tally(school, core.policy(), &event).missing();
                    (missing > 0).then_some((event.id, event.name, event.state, missing))
                })
                .collect(),
            targets: other_targets(school, from)
                .into_iter()
                .filter(|target| target.is_set() && is_open(target.state))
                .count(),
        }
    })
}

fn lines(i18n: Words, open: &Unfinished, from: String) -> Vec<(Route, String)> {
    let events = open.events.iter().map(|(id, name, state, missing)| {
        let state = state_name(i18n, *state);
        let words = t_string!(
            i18n,
            new_year.open_event,
            count = plural(*missing),
            n = counted(*missing),
            event = name.clone(),
            state = state
        )
        .to_string();
        (Route::Event(*id), words)
    });
    let none = (!open.has_events).then(|| {
        let words = t_string!(i18n, new_year.no_events, from = from).to_string();
        (Route::Events, words)
    });
    let targets = (open.targets > 0).then(|| {
        let words = t_string!(
            i18n,
            new_year.open_targets,
            count = plural(open.targets),
            n = counted(open.targets)
        )
        .to_string();
        (Route::TargetsOf(TargetsPart::Other), words)
    });
    events.chain(none).chain(targets).collect()
}

/// What stays open, with the way to each.
#[component]
pub(super) fn Open(desk: Desk) -> impl IntoView {
    let Desk { i18n, .. } = desk;
    let open = Memo::new(move |_| unfinished(desk));
    let list = move || {
        let (from, to) = desk.years();
        let lines = open.with(|open| lines(i18n, open, from.clone()));
        if lines.is_empty() {
            let words = t_string!(i18n, new_year.open_none, from = from).to_string();
            return view! { <p>{words}</p> }.into_any();
        }
        let hint = t_string!(i18n, new_year.open_hint, from = from, to = to).to_string();
        let lines = lines.into_iter().map(|(route, words)| {
            view! {
                <li>
                    <a href=route.href()>{words}</a>
                </li>
            }
        });
        view! {
            <ul>{lines.collect_view()}</ul>
            <p class="hint">{hint}</p>
        }
        .into_any()
    };
    let title = move || {
        let (from, _) = desk.years();
        t_string!(i18n, new_year.open, from = from).to_string()
    };
    view! {
        <section class="section">
            <h2>{title}</h2>
            {list}
            <Unplaced desk=desk />
        </section>
    }
}

/// Whom nobody can place.
#[component]
fn Unplaced(desk: Desk) -> impl IntoView {
    let Desk { i18n, .. } = desk;
    move || {
        let pupils = desk.with(|plan| plan.unplaced.clone());
        let all = pupils.len();
        let words = t_string!(
            i18n,
            new_year.unplaced,
            count = plural(all),
            n = counted(all)
        )
        .to_string();
        let names = pupils.into_iter().take(NAMED).map(|pupil| {
            view! {
                <li>
                    <a href=Route::Pupil(pupil.id).href()>{pupil.name()}</a>
                </li>
            }
        });
        let more = (all > NAMED).then(|| {
            let more = counted(all - NAMED);
            let words = t_string!(i18n, new_year.and_more, n = more).to_string();
            view! { <li>{words}</li> }
        });
        (all > 0).then(|| {
            view! {
                <div class="banner" data-kind="warning">
                    <p>{words}</p>
                    <ul>{names.collect_view()} {more}</ul>
                </div>
            }
        })
    }
}
