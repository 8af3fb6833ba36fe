//! Every rule that fires at an event, pupil by pupil.

use flightpath_school::engine::Count;
use flightpath_school::engine::triggers::Firing;
use flightpath_school::model::{Id, YearGroup};
use flightpath_school::policy::{Owner, Scope, Told};
use flightpath_school::view::standing::Standing;
use flightpath_school::view::{Pupil, TrackingEvent};
use leptos::prelude::Get;

use crate::app::{App, Core, Lists};
use crate::ui::parts::why::{Reason, firing_line, firing_reason, subjects_reason};
use crate::ui::say::Words;

/// One rule that fires for one pupil.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Whose.
    pub pupil: Id,
    /// Surname and forename.
    pub name: String,
    /// Form.
    pub form: String,
    /// Year group.
    pub year: Option<YearGroup>,
    /// At which level of the school the rule works.
    pub scope: Scope,
    /// Number of the rule in the pack.
    pub rule: u8,
    /// The subject, for a rule about one subject.
    pub subject: Option<Id>,
    /// Subjects: the rule's own, else all that are off target; with their ids for filtering.
    pub subjects: Vec<(Id, String)>,
    /// In how many subjects the pupil is off target.
    pub off_target: u16,
    /// In how many the pupil is below the floor.
    pub below_floor: Count,
    /// Whose the pupil is now.
    pub owner: Owner,
    /// The level of intervention that the rule names.
    pub level: Option<u8>,
    /// Who is told.
    pub told: Vec<Told>,
}

/// Everything that was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Findings {
    /// One entry for each rule that fires for a pupil; most subjects off target first.
    pub found: Vec<Found>,
    /// How many pupils.
    pub pupils: usize,
    /// Pupils for whom no rule fires and at least one cannot be told.
    pub undecided: usize,
}

impl Findings {
    /// How many pupils a rule of this scope finds.
    pub fn pupils_at(&self, scope: Scope) -> usize {
        let mut ids: Vec<Id> = self
            .found
            .iter()
            .filter(|found| found.scope == scope)
            .map(|found| found.pupil)
            .collect();
        ids.sort_unstable();
        ids.dedup();
        ids.len()
    }
}

/// Judges the whole year at an event.
pub fn findings(core: &Core, lists: &Lists, event: &TrackingEvent) -> Findings {
    let standing = core.standing(event, &lists.subjects, &lists.pupils);
    let (Some(standing), Some(policy)) = (standing, core.policy_for(event)) else {
        return Findings::default();
    };
    let mut findings = Findings::default();
    for pupil in &lists.pupils {
        let Some(own) = standing.pupil(pupil.id) else {
            continue;
        };
        let fired = !own.whole.rules.fired.is_empty()
            || own.outcomes.iter().any(|cell| !cell.rules.fired.is_empty());
        if !fired {
            let undecided = !own.whole.rules.undecided.is_empty()
                || own
                    .outcomes
                    .iter()
                    .any(|cell| !cell.rules.undecided.is_empty());
            findings.undecided += usize::from(undecided);
            continue;
        }
        findings.pupils += 1;
        let subject = |place| {
            standing
                .subject(place)
                .map(|subject| (subject.id, subject.name.clone()))
        };
        let off_target: Vec<(Id, String)> = own
            .cells
            .iter()
            .zip(own.outcomes)
            .filter(|(_, outcome)| outcome.judgement.on_target.opposite().is_true())
            .filter_map(|(cell, _)| subject(cell.subject))
            .collect();
        let mut add = |rule: u8, of: Option<(Id, String)>| {
            let Some(trigger) = policy.pack().triggers.get(usize::from(rule)) else {
                return;
            };
            findings.found.push(Found {
                pupil: pupil.id,
                name: pupil.name(),
                form: pupil.form.clone(),
                year: pupil.year_group,
                scope: trigger.scope,
                rule,
                subject: of.as_ref().map(|(id, _)| *id),
                subjects: of.map_or_else(|| off_target.clone(), |one| vec![one]),
                off_target: own.whole.off_target.yes,
                below_floor: own.whole.below_floor,
                owner: trigger.outcome.owner,
                level: trigger.outcome.level,
                told: trigger.outcome.told.clone(),
            });
        };
        for rule in own.whole.rules.fired.iter() {
            add(rule, None);
        }
        for (cell, outcome) in own.cells.iter().zip(own.outcomes) {
            for rule in outcome.rules.fired.iter() {
                add(rule, subject(cell.subject));
            }
        }
    }
    // Sorting keeps the order of names among equals.
    findings
        .found
        .sort_by_key(|found| std::cmp::Reverse((found.off_target, found.below_floor.yes)));
    findings
}

fn with_firing<T>(
    app: App,
    found: &Found,
    event: Id,
    tell: impl FnOnce(&flightpath_school::policy::Policy, &Standing, &Pupil, &Firing) -> T,
) -> Option<T> {
    let lists = app.lists().get();
    app.with(|core| {
        let pupil = lists.pupil(found.pupil)?;
        let event = lists.events.iter().find(|held| held.id == event)?;
        let policy = core.policy_for(event)?;
        let standing = core.standing(event, &lists.subjects, std::slice::from_ref(pupil))?;
        let firing = standing
            .reasons(&policy, pupil.id)
            .into_iter()
            .find(|firing| {
                let subject = firing
                    .subject
                    .and_then(|place| standing.subject(place))
                    .map(|subject| subject.id);
                firing.rule == found.rule && subject == found.subject && firing.truth.is_true()
            })?;
        Some(tell(&policy, &standing, pupil, &firing))
    })
}

/// Why a rule fires, in full: the rule, then the status of every subject that it counts. Empty
/// once it fires no more.
pub fn reasons(app: App, i18n: Words, found: &Found, event: Id) -> Vec<Reason> {
    with_firing(app, found, event, |policy, standing, pupil, firing| {
        let mut reasons = vec![firing_reason(i18n, policy, standing, pupil, firing)];
        if found.subject.is_none() && !found.subjects.is_empty() {
            let subjects = found.subjects.iter().map(|(id, _)| *id);
            reasons.push(subjects_reason(i18n, policy, standing, pupil, subjects));
        }
        reasons
    })
    .unwrap_or_default()
}

/// What made a rule fire, in one line.
pub fn line(app: App, i18n: Words, found: &Found, event: Id) -> String {
    with_firing(app, found, event, |policy, standing, pupil, firing| {
        firing_line(i18n, policy, standing, pupil, firing)
    })
    .unwrap_or_default()
}
