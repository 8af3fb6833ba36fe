//! The school with what is derived from it, and the steps that were done.

use std::cell::{OnceCell, Ref, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use flightpath_school::journal::block::{Block, part_of};
use flightpath_school::journal::{Action, Link, School, Seal, Step, StepInfo};
use flightpath_school::model::scale::{Scale, ScaleDefinition, ScaleSet};
use flightpath_school::model::{ColumnKey, Dot, Field, Id, Moment, ReplicaId, Table};
use flightpath_school::national::Figures;
use flightpath_school::policy::{Policy, PolicyPack};
use flightpath_school::view::standing::{Grades, Standing};
use flightpath_school::view::{
    Pupil, Subject, TrackingEvent, chosen_policy, loaded_figures, pinned_policy, policy_named,
};

use super::saving::{History, Pending};
use crate::platform::random;

/// The pack that holds until a school has chosen one.
pub(super) const USUAL_PACK: &str = "bilingual-secondary";

/// The school in memory and everything that goes with it.
pub struct Core {
    school: School,
    /// Made when it is first asked for, so that the start neither waits for it nor brings the code
    /// that makes it.
    policy: OnceCell<Option<Rc<Policy>>>,
    /// The policies by which closed events were judged, each once it was asked for.
    pinned: RefCell<Vec<(Id, Option<Rc<Policy>>)>>,
    /// The national figures, once they were fetched.
    figures: Option<&'static Figures>,
    grades: RefCell<Grades>,
    replica: ReplicaId,
    sequence: u64,
    /// Link of the last step of this replica.
    link: Link,
    steps: BTreeMap<Dot, Rc<Step>>,
    /// The steps in the order in which they came.
    order: Vec<Dot>,
    done: Vec<Dot>,
    undone: Vec<Dot>,
    /// What waits to be stored.
    pub(super) pending: Pending,
}

impl Core {
    /// An empty school.
    pub fn new() -> Core {
        Core {
            school: School::default(),
            policy: OnceCell::new(),
            pinned: RefCell::default(),
            figures: None,
            grades: RefCell::default(),
            replica: random::replica(),
            sequence: 0,
            link: Link::NONE,
            steps: BTreeMap::new(),
            order: Vec::new(),
            done: Vec::new(),
            undone: Vec::new(),
            pending: Pending::default(),
        }
    }

    /// The school.
    pub fn school(&self) -> &School {
        &self.school
    }

    /// The policy in force, with the school's own scales.
    pub fn policy(&self) -> Option<&Policy> {
        self.in_force().map(|policy| &**policy)
    }

    fn in_force(&self) -> Option<&Rc<Policy>> {
        let made = || {
            let pack = chosen_policy(&self.school).or_else(|| PolicyPack::by_key(USUAL_PACK));
            pack.and_then(|pack| self.policy_of(pack)).map(Rc::new)
        };
        self.policy.get_or_init(made).as_ref()
    }

    /// The policy that judges an event: the one that was in force when it was closed, else the one in force.
    pub fn policy_for(&self, event: &TrackingEvent) -> Option<Rc<Policy>> {
        let in_force = || self.in_force().cloned();
        let Some(id) = pinned_policy(event) else {
            return in_force();
        };
        let known = |pinned: &Vec<(Id, Option<Rc<Policy>>)>| {
            let found = pinned.iter().find(|(known, _)| *known == id);
            found.map(|(_, policy)| policy.clone())
        };
        if let Some(policy) = known(&self.pinned.borrow()) {
            return policy.or_else(in_force);
        }
        let pack = policy_named(&self.school, &event.pack);
        let policy = pack.and_then(|pack| self.policy_of(pack)).map(Rc::new);
        if let Ok(mut pinned) = self.pinned.try_borrow_mut() {
            pinned.push((id, policy.clone()));
        }
        policy.or_else(in_force)
    }

    /// A policy with the school's own scales and the figures at hand; nothing where its pack contradicts itself.
    pub fn policy_of(&self, pack: PolicyPack) -> Option<Policy> {
        let policy = Policy::new(pack, &self.own_scales()).ok()?;
        let own = loaded_figures(&self.school).into_iter();
        let own = own
            .filter(|loaded| loaded.in_use)
            .map(|loaded| loaded.outcomes);
        Some(policy.with_figures(self.figures.map(|shipped| shipped.with(own))))
    }

    /// The national figures, once they were fetched.
    pub fn figures(&self) -> Option<&'static Figures> {
        self.figures
    }

    pub(super) fn set_figures(&mut self, figures: &'static Figures) {
        self.figures = Some(figures);
        self.forget_policy();
    }

    /// Grades read once each, up to the last change.
    pub fn grades(&self) -> Ref<'_, Grades> {
        // While somebody reads them they are up to date: nothing changes the school then.
        if let Some(policy) = self.policy()
            && let Ok(mut grades) = self.grades.try_borrow_mut()
        {
            grades.keep_up(&self.school, policy);
        }
        self.grades.borrow()
    }

    /// Every subject of these pupils at an event, judged by [`Core::policy_for`] it; nothing where there is none.
    pub fn standing(
        &self,
        event: &TrackingEvent,
        subjects: &[Subject],
        pupils: &[Pupil],
    ) -> Option<Standing> {
        let policy = self.policy_for(event)?;
        let grades = self.grades();
        Some(Standing::of(
            &self.school,
            &policy,
            &grades,
            event,
            subjects,
            pupils,
        ))
    }

    /// The scales at hand: those that ship, the school's own, and those of its policy.
    pub fn scales(&self) -> ScaleSet {
        match self.policy() {
            Some(policy) => policy.scales().clone(),
            None => self.own_scales(),
        }
    }

    /// The scales at hand whatever the policy: those that ship, and the school's own.
    pub fn own_scales(&self) -> ScaleSet {
        scales_of(&self.school)
    }

    /// The name and author of the next step.
    pub(super) fn next_info(
        &mut self,
        author: String,
        at: Moment,
        action: Action,
        reason: Option<String>,
    ) -> StepInfo {
        self.sequence += 1;
        StepInfo {
            dot: Dot {
                replica: self.replica,
                sequence: self.sequence,
            },
            author,
            at,
            action,
            reason,
        }
    }

    /// Carries out a step that was made here, and puts it in the queue for the store.
    pub(super) fn carry_out(&mut self, step: Step) -> Option<Dot> {
        let dot = step.info.dot;
        let step = step.sealed(self.link, random::secret());
        let body = step.to_json().ok()?;
        self.link = step.seal().map_or(Link::NONE, Seal::link);
        if matches!(
            step.info.action,
            Action::Import { .. }
                | Action::SampleSchool
                | Action::OpenFile { .. }
                | Action::Restore { .. }
        ) {
            self.pending.want_snapshot();
        }
        self.take_in(step);
        self.pending.push(body);
        Some(dot)
    }

    /// Carries out a step that is not known yet, from here or from the store.
    pub(super) fn take_in(&mut self, step: Step) {
        let dot = step.info.dot;
        if self.steps.contains_key(&dot) {
            return;
        }
        let changed = self.school.apply(&step);
        let touches_policy = changed.cells.keys().any(|key| {
            key.field() == Field::Pack
                || [Table::Scales, Table::Figures, Table::Policies].contains(&key.field().table())
        });
        for key in changed.cells.keys() {
            self.pending.dirty(part_of(key));
        }
        stack(&mut self.done, &mut self.undone, &step);
        self.order.push(dot);
        self.steps.insert(dot, Rc::new(step));
        if touches_policy {
            self.forget_policy();
        }
    }

    /// Remembers steps of the history, oldest first, which the state holds already, so that they
    /// can be listed and undone.
    pub(super) fn remember(&mut self, folded: impl Iterator<Item = Rc<Step>>) {
        let here = std::mem::take(&mut self.order);
        let known = std::mem::take(&mut self.steps);
        let here = here.iter().filter_map(|dot| known.get(dot).cloned());
        // What another tab did between two steps of this one stands between them, though it came later.
        for step in folded.chain(here) {
            let dot = step.info.dot;
            if self.steps.insert(dot, step).is_none() {
                self.order.push(dot);
            }
        }
        // What came after the history was stacked without it.
        self.done.clear();
        self.undone.clear();
        for step in self.order.iter().filter_map(|dot| self.steps.get(dot)) {
            stack(&mut self.done, &mut self.undone, step);
        }
    }

    /// Starts anew from a stored state and the steps after it, keeping what waits to be stored.
    pub(super) fn replace(&mut self, school: School, steps: Vec<Step>) {
        self.school = school;
        self.forget_policy();
        for step in steps {
            self.take_in_or_join(step);
        }
    }

    /// Carries out a step from the store, also one that is known already: the school may have been read without it.
    pub(super) fn take_in_or_join(&mut self, step: Step) {
        if self.steps.contains_key(&step.info.dot) {
            self.reapply(&step);
        } else {
            self.take_in(step);
        }
    }

    /// Joins a stored part with what is here. Whether its numbers fit together: else nothing of it
    /// was taken.
    pub(super) fn join(&mut self, part: &Block) -> bool {
        let joined = part.join_into(&mut self.school).is_ok();
        self.forget_policy();
        joined
    }

    /// Joins a step that waits to be stored with a state that was read anew.
    pub(super) fn reapply(&mut self, step: &Step) {
        for key in self.school.apply(step).cells.keys() {
            self.pending.dirty(part_of(key));
        }
    }

    /// Joins everything that waits to be stored with a state that was read anew.
    pub(super) fn reapply_waiting(&mut self) {
        for step in self.pending.waiting() {
            self.reapply(&step);
        }
    }

    fn forget_policy(&mut self) {
        self.policy.take();
        self.pinned.take();
        self.grades.take();
    }

    /// Whether a step can be undone.
    pub fn can_undo(&self) -> bool {
        !self.done.is_empty()
    }

    /// Whether an undone step can be done again.
    pub fn can_redo(&self) -> bool {
        !self.undone.is_empty()
    }

    /// Whether there are steps that were not read yet, among which one may be done again.
    pub fn may_redo(&self) -> bool {
        self.can_redo() || self.pending.history() != History::Read
    }

    /// Undoes the last step that is not undone: what it was, and how many cells were left.
    pub(super) fn undo_last(&mut self, author: String, at: Moment) -> Option<(Action, usize)> {
        let last = self.done.last().copied()?;
        self.undo(last, author, at)
    }

    /// Undoes a step.
    pub(super) fn undo(&mut self, of: Dot, author: String, at: Moment) -> Option<(Action, usize)> {
        let step = Rc::clone(self.steps.get(&of)?);
        let action = step.info.action.clone();
        let info = self.next_info(author, at, Action::Undo { of }, None);
        let undoing = self.school.undoing(&step, info);
        match undoing.step {
            Some(undo) => {
                self.carry_out(undo)?;
            }
            // Everything has changed since: the step is as undone as it can be.
            None => self.done.retain(|done| *done != of),
        }
        Some((action, undoing.left.len()))
    }

    /// Does the last undone step again: what it was.
    pub(super) fn redo_last(&mut self, author: String, at: Moment) -> Option<Action> {
        let of = self.undone.pop()?;
        let undo = Rc::clone(self.steps.get(&of)?);
        let action = match &undo.info.action {
            Action::Undo { of } => self
                .steps
                .get(of)
                .map_or(Action::Settings, |step| step.info.action.clone()),
            other => other.clone(),
        };
        let info = self.next_info(author, at, Action::Redo { of }, None);
        let redo = self.school.undoing(&undo, info).step?;
        self.carry_out(redo)?;
        Some(action)
    }

    /// The steps in memory, oldest first by their author's clock.
    pub fn steps(&self) -> Vec<Rc<Step>> {
        let mut steps: Vec<Rc<Step>> = self.steps.values().cloned().collect();
        steps.sort_by_key(|step| (step.info.at, step.info.dot));
        steps
    }

    /// A step in memory.
    pub fn step(&self, dot: Dot) -> Option<Rc<Step>> {
        self.steps.get(&dot).cloned()
    }

    /// Whether any step is known here.
    pub fn has_steps(&self) -> bool {
        !self.steps.is_empty()
    }

    /// The step by which what a step did holds now: the step itself, or the redoing of it. Nothing
    /// while it is undone.
    pub fn holding(&self, of: Dot) -> Option<Dot> {
        let mut done = self.done.iter().rev().copied();
        done.find(|dot| self.origin(*dot) == of)
    }

    /// [`Core::holding`] of every step that holds.
    pub fn all_holding(&self) -> BTreeMap<Dot, Dot> {
        let done = self.done.iter().copied();
        done.map(|dot| (self.origin(dot), dot)).collect()
    }

    /// Whether the next redo does this step again.
    pub fn redoes(&self, of: Dot) -> bool {
        let undo = self.undone.last().and_then(|undo| self.steps.get(undo));
        matches!(
            undo.map(|undo| &undo.info.action),
            Some(Action::Undo { of: undone }) if self.origin(*undone) == of
        )
    }

    /// The step that an undo or a redo is about in the end, however often it was undone and done
    /// again; itself for others.
    fn origin(&self, dot: Dot) -> Dot {
        let mut origin = dot;
        // Not without end: stored steps may claim that one undoes itself.
        for _ in 0..self.steps.len() {
            let Some(Action::Undo { of } | Action::Redo { of }) = self.action(origin) else {
                break;
            };
            origin = *of;
        }
        origin
    }

    /// What the step did that an undo or a redo is about; nothing where that step is not known.
    pub fn original_action(&self, dot: Dot) -> Option<&Action> {
        self.action(self.origin(dot))
    }

    fn action(&self, dot: Dot) -> Option<&Action> {
        self.steps.get(&dot).map(|step| &step.info.action)
    }
}

/// Notes a step on the stacks of what can be undone and done again.
fn stack(done: &mut Vec<Dot>, undone: &mut Vec<Dot>, step: &Step) {
    let dot = step.info.dot;
    match &step.info.action {
        Action::Undo { of } => {
            done.retain(|done| done != of);
            undone.push(dot);
        }
        Action::Redo { of } => {
            undone.retain(|undone| undone != of);
            done.push(dot);
        }
        _ => {
            done.push(dot);
            undone.clear();
        }
    }
}

/// The scales that ship and those that the school added.
fn scales_of(school: &School) -> ScaleSet {
    let mut scales = ScaleSet::shipped();
    for row in school.rows(Table::Scales) {
        let definition = school
            .text(&ColumnKey::lasting(Field::ScaleDefinition), *row)
            .and_then(|json| serde_json::from_str::<ScaleDefinition>(json).ok());
        if let Some(scale) = definition.and_then(|definition| Scale::new(definition).ok()) {
            // A scale of the same key that differs is a conflict of the school; the first stays.
            let _ = scales.insert(scale);
        }
    }
    scales
}
