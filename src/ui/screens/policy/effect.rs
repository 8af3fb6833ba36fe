//! What another policy would change for the school's own pupils, before it is saved.

use flightpath_school::journal::School;
use flightpath_school::model::{AcademicYear, ColumnKey, Field};
use flightpath_school::policy::{Policy, PolicyPack};
use flightpath_school::view::standing::{Standing, grade_of, proposal, scale_of};
use flightpath_school::view::{Pupil, Subject, takers};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::app::{App, use_app};
use crate::i18n::{t_string, use_i18n};
use crate::platform::page;
use crate::ui::parts::cell_words::{counted, plural as count};

/// How proposals would change.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Proposals {
    all: usize,
    changed: usize,
    gained: usize,
    lost: usize,
    /// Targets that are set, on a scale that the new policy does not use there.
    off_scale: usize,
}

/// How many pupils need someone at an event.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Triggered {
    event: String,
    before: usize,
    after: usize,
    moved: usize,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
enum Progress {
    #[default]
    Nothing,
    Working {
        done: usize,
        all: usize,
    },
    Done(Proposals, Option<Triggered>),
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
            self.changed += usize::from(before != after);
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
    let triggered = event.and_then(|event| {
        untrack(|| {
            app.with(|core| {
                let (school, grades) = (core.school(), &core.grades());
                let needing = |policy: &Policy| {
                    Standing::of(
                        school,
                        policy,
                        grades,
                        &event,
                        &lists.subjects,
                        &lists.pupils,
                    )
                    .needing(policy)
                };
                let before = needing(core.policy()?);
                let after = needing(&new);
                Some(Triggered {
                    event: event.name.clone(),
                    before: before.len(),
                    after: after.len(),
                    moved: before.symmetric_difference(&after).count(),
                })
            })
        })
    });
    let _ = progress.try_set(Progress::Done(proposals, triggered));
}

/// What saving the shown policy would change.
#[component]
pub fn EffectView(shown: Memo<Option<PolicyPack>>, new: Memo<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    let progress = RwSignal::new(Progress::Nothing);
    let asked = StoredValue::new(0_u32);
    let no_pupils = Memo::new(move |_| app.lists().with(|lists| lists.pupils.is_empty()));
    let same = Memo::new(move |_| {
        let shown = shown.with(|pack| pack.as_ref().map(|pack| pack.key.clone()));
        let held = app.with(|core| core.policy().map(|policy| policy.pack().key.clone()));
        shown == held
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
            (_, _, Progress::Done(proposals, triggered)) => {
                done(i18n, proposals, triggered.as_ref())
            }
        }
    };
    view! {
        <section class="section pack" aria-labelledby="effect">
            <h2 id="effect">{t_string!(i18n, policy.effect_of_saving)}</h2>
            {body}
        </section>
    }
}

fn done(
    i18n: crate::ui::say::Words,
    proposals: Proposals,
    triggered: Option<&Triggered>,
) -> AnyView {
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
    let are = |number| t_string!(i18n, policy.are_n, count = count(number)).to_string();
    let of_triggers = match triggered {
        None => t_string!(i18n, policy.effect_no_event).to_owned(),
        Some(triggered) => {
            let counts = t_string!(
                i18n,
                policy.effect_event,
                event = triggered.event.clone(),
                before = are(triggered.before),
                after = triggered.after.to_string()
            )
            .to_string();
            let moved = t_string!(
                i18n,
                policy.effect_moved,
                count = count(triggered.moved),
                n = counted(triggered.moved)
            )
            .to_string();
            format!("{counts} {moved}")
        }
    };
    view! {
        <ul>
            <li>{of_proposals.join(" ")}</li>
            <li>{of_targets}</li>
            <li>{of_triggers}</li>
        </ul>
        <p class="hint">{t_string!(i18n, policy.effect_targets_stay)}</p>
    }
    .into_any()
}
