//! What another policy would change for the school's own pupils, before it is saved.

use std::collections::BTreeSet;

use flightpath_school::journal::School;
use flightpath_school::model::{AcademicYear, ColumnKey, Field, Id};
use flightpath_school::policy::{Policy, PolicyPack};
use flightpath_school::view::standing::{Standing, grade_of, proposal, scale_of};
use flightpath_school::view::{Pupil, Subject, TrackingEvent, takers};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::app::{App, Core, Lists, use_app};
use crate::i18n::{t_string, use_i18n};
use crate::platform::page;
use crate::ui::parts::cell_words::{counted, plural as count};
use crate::ui::route::Route;
use crate::ui::say::Words;

/// How proposals would change.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Proposals {
    all: usize,
    changed: usize,
    gained: usize,
    lost: usize,
    /// Targets that are set, on a scale that the new policy does not use there.
    off_scale: usize,
    /// Whose proposals would change.
    whose: BTreeSet<Id>,
}

/// What would change at an event.
#[derive(Debug, Clone, PartialEq, Eq)]
struct AtEvent {
    event: String,
    /// Pupils who need someone, today and by the other policy.
    before: usize,
    after: usize,
    /// Those who would come or go.
    moved: BTreeSet<Id>,
    /// Subjects of pupils that would have another colour.
    coloured: usize,
    /// Whose they are.
    coloured_whose: BTreeSet<Id>,
}

impl AtEvent {
    fn of(core: &Core, lists: &Lists, event: &TrackingEvent, new: &Policy) -> Option<AtEvent> {
        let (school, grades) = (core.school(), &core.grades());
        let of = |policy: &Policy| {
            Standing::of(
                school,
                policy,
                grades,
                event,
                &lists.subjects,
                &lists.pupils,
            )
        };
        let old = core.policy()?;
        let (today, then) = (of(old), of(new));
        let (before, after) = (today.needing(old), then.needing(new));
        let mut at_event = AtEvent {
            event: event.name.clone(),
            before: before.len(),
            after: after.len(),
            moved: before.symmetric_difference(&after).copied().collect(),
            coloured: 0,
            coloured_whose: BTreeSet::new(),
        };
        for pupil in &lists.pupils {
            let (Some(today), Some(then)) = (today.pupil(pupil.id), then.pupil(pupil.id)) else {
                continue;
            };
            // The same cells in the same order: they come from what is stored, whatever the policy.
            let changed = today
                .outcomes
                .iter()
                .zip(then.outcomes)
                .filter(|(today, then)| {
                    today.judgement.rag.colour() != then.judgement.rag.colour()
                });
            let changed = changed.count();
            at_event.coloured += changed;
            if changed > 0 {
                at_event.coloured_whose.insert(pupil.id);
            }
        }
        Some(at_event)
    }
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
enum Progress {
    #[default]
    Nothing,
    Working {
        done: usize,
        all: usize,
    },
    Done(Box<(Proposals, Option<AtEvent>)>),
}

impl Proposals {
    fn add_subject(
        &mut self,
        school: &School,
        (old, new): (&Policy, &Policy),
        year: AcademicYear,
        subject: &Subject,
        pupils: &[Pupil],
    ) {
        let takers = takers(school, year, subject.id);
        let target = ColumnKey::per_subject(Field::Target, year, subject.id);
        for pupil in pupils
            .iter()
            .filter(|pupil| takers.contains(pupil.position))
        {
            let label = |policy| {
                proposal(school, policy, year, subject, pupil)
                    .and_then(|proposal| proposal.grade)
                    .map(|grade| (grade.scale, grade.label))
            };
            let (before, after) = (label(old), label(new));
            self.all += usize::from(before.is_some() || after.is_some());
            if before != after {
                self.changed += 1;
                self.whose.insert(pupil.id);
            }
            self.gained += usize::from(before.is_none() && after.is_some());
            self.lost += usize::from(before.is_some() && after.is_none());
            let set = school
                .shown_at(&target, pupil.position)
                .one()
                .and_then(|value| grade_of(new, value));
            let scale = scale_of(new, subject, pupil.year_group).map(|scale| scale.id());
            self.off_scale += usize::from(set.is_some_and(|set| Some(set.scale()) != scale));
        }
    }
}

/// Compares the policy in force with another one, a subject at a time so that the page stays
/// quick; stops as soon as it is no longer asked for.
async fn compare(
    app: App,
    pack: PolicyPack,
    progress: RwSignal<Progress>,
    still_asked: impl Fn() -> bool,
) {
    let lists = untrack(|| app.lists().get());
    let event = untrack(|| app.event());
    let new = untrack(|| app.with(|core| core.policy_of(pack)));
    let Some(new) = new else {
        let _ = progress.try_set(Progress::Nothing);
        return;
    };
    page::rest(STILL_MS).await;
    let mut proposals = Proposals::default();
    for (done, subject) in lists.subjects.iter().enumerate() {
        let all = lists.subjects.len();
        let _ = progress.try_set(Progress::Working { done, all });
        page::breathe().await;
        if !still_asked() {
            return;
        }
        untrack(|| {
            app.with(|core| {
                if let Some(old) = core.policy() {
                    let policies = (old, &new);
                    proposals.add_subject(
                        core.school(),
                        policies,
                        lists.year,
                        subject,
                        &lists.pupils,
                    );
                }
            });
        });
    }
    page::breathe().await;
    if !still_asked() {
        return;
    }
    let at_event = event
        .and_then(|event| untrack(|| app.with(|core| AtEvent::of(core, &lists, &event, &new))));
    let _ = progress.try_set(Progress::Done(Box::new((proposals, at_event))));
}

/// How long nothing is to change before the comparison begins.
const STILL_MS: i32 = 300;

/// What saving the shown policy would change.
#[component]
pub fn EffectView(shown: Memo<Option<PolicyPack>>, new: Memo<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    let progress = RwSignal::new(Progress::Nothing);
    let asked = StoredValue::new(0_u32);
    let no_pupils = Memo::new(move |_| app.lists().with(|lists| lists.pupils.is_empty()));
    let same = Memo::new(move |_| {
        shown.with(|shown| app.with(|core| core.policy().map(Policy::pack) == shown.as_ref()))
    });
    Effect::new(move |_| {
        app.track();
        let _ = app.event();
        let number = asked.try_update_value(|asked| {
            *asked = asked.wrapping_add(1);
            *asked
        });
        progress.set(Progress::Nothing);
        if same.get() || no_pupils.get() {
            return;
        }
        if let Some(pack) = shown.get() {
            let still_asked = move || asked.try_get_value() == number;
            spawn_local(compare(app, pack, progress, still_asked));
        }
    });
    on_cleanup(move || {
        let _ = asked.try_set_value(0);
    });
    let body = move || {
        if no_pupils.get() {
            return view! { <p>{t_string!(i18n, policy.effect_no_pupils)}</p> }.into_any();
        }
        match (same.get(), new.get(), progress.get()) {
            (true, true, _) => view! { <p>{t_string!(i18n, policy.effect_same)}</p> }.into_any(),
            (true, false, _) => view! { <p>{t_string!(i18n, policy.effect_none)}</p> }.into_any(),
            (_, _, Progress::Nothing) => ().into_any(),
            (_, _, Progress::Working { done, all }) => {
                let words = t_string!(
                    i18n,
                    policy.effect_working,
                    done = (done + 1).to_string(),
                    all = all.to_string()
                )
                .to_string();
                view! {
                    <div class="progress">
                        <p>{words.clone()}</p>
                        <progress
                            max=all.to_string()
                            value=done.to_string()
                            aria-label=words
                        ></progress>
                    </div>
                }
                .into_any()
            }
            (_, _, Progress::Done(found)) => done(i18n, app, &found.0, found.1.as_ref()),
        }
    };
    view! {
        <section class="section pack" aria-labelledby="effect">
            <h2 id="effect">{t_string!(i18n, policy.effect_of_saving)}</h2>
            {body}
        </section>
    }
}

fn done(i18n: Words, app: App, proposals: &Proposals, at_event: Option<&AtEvent>) -> AnyView {
    let mut of_proposals = vec![
        t_string!(
            i18n,
            policy.effect_proposals,
            count = count(proposals.changed),
            n = counted(proposals.changed),
            all = counted(proposals.all)
        )
        .to_string(),
        t_string!(
            i18n,
            policy.effect_gained,
            count = count(proposals.gained),
            n = counted(proposals.gained)
        )
        .to_string(),
        t_string!(
            i18n,
            policy.effect_lost,
            count = count(proposals.lost),
            n = counted(proposals.lost)
        )
        .to_string(),
    ];
    of_proposals.retain(|sentence| !sentence.is_empty());
    let of_targets = t_string!(
        i18n,
        policy.effect_scale,
        count = count(proposals.off_scale),
        n = counted(proposals.off_scale)
    )
    .to_string();
    let (of_colours, of_triggers) = match at_event {
        None => (
            None,
            view! { <li>{t_string!(i18n, policy.effect_no_event)}</li> }.into_any(),
        ),
        Some(at_event) => {
            let colours = t_string!(
                i18n,
                policy.effect_colours,
                count = count(at_event.coloured),
                n = counted(at_event.coloured),
                event = at_event.event.clone()
            )
            .to_string();
            let colours = view! {
                <li>{colours}" "{whose(i18n, app, &at_event.coloured_whose)}</li>
            };
            (Some(colours), triggers(i18n, app, at_event))
        }
    };
    view! {
        <ul class="effects">
            <li>{of_proposals.join(" ")}" "{whose(i18n, app, &proposals.whose)}</li>
            <li>{of_targets}</li>
            {of_colours}
            {of_triggers}
        </ul>
        <p class="hint">{t_string!(i18n, policy.effect_targets_stay)}</p>
    }
    .into_any()
}

fn triggers(i18n: Words, app: App, at_event: &AtEvent) -> AnyView {
    let are = |number| t_string!(i18n, policy.are_n, count = count(number)).to_string();
    let counts = t_string!(
        i18n,
        policy.effect_event,
        event = at_event.event.clone(),
        before = are(at_event.before),
        after = at_event.after.to_string()
    )
    .to_string();
    let moved = t_string!(
        i18n,
        policy.effect_moved,
        count = count(at_event.moved.len()),
        n = counted(at_event.moved.len())
    )
    .to_string();
    view! { <li>{format!("{counts} {moved}")}" "{whose(i18n, app, &at_event.moved)}</li> }
        .into_any()
}

/// So many names are written out.
const MOST_NAMES: usize = 40;

/// The pupils by name, behind a word that opens them.
fn whose(i18n: Words, app: App, pupils: &BTreeSet<Id>) -> Option<AnyView> {
    if pupils.is_empty() {
        return None;
    }
    let lists = untrack(|| app.lists().get());
    let named = lists
        .pupils
        .iter()
        .filter(|pupil| pupils.contains(&pupil.id));
    let links: Vec<_> = named
        .take(MOST_NAMES)
        .map(|pupil| {
            let route = Route::Pupil(pupil.id).href();
            let name = format!("{} {}", pupil.name(), pupil.form);
            view! { <li><a href=route>{name.trim().to_owned()}</a></li> }
        })
        .collect();
    let more = pupils.len().saturating_sub(MOST_NAMES);
    let more = (more > 0).then(|| {
        let words = t_string!(i18n, policy.and_more, n = counted(more)).to_string();
        view! { <li>{words}</li> }
    });
    Some(
        view! {
            <details class="whose">
                <summary>{t_string!(i18n, policy.whose)}</summary>
                <ul>{links} {more}</ul>
            </details>
        }
        .into_any(),
    )
}
