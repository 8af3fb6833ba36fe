//! The plan of an import, and carrying it out.

use std::collections::BTreeMap;
use std::rc::Rc;

use flightpath_exchange::mapping::{Mapping, Role};
use flightpath_exchange::plan::{Counts, PlanFrom, PlanOptions, Planner, Problem, Warning};
use flightpath_school::journal::Action;
use flightpath_school::model::scale::ScaleSet;
use flightpath_school::model::{ColumnKey, Dot, Field, Id, Value};
use flightpath_school::view;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{Applied, Desk, Opened, Planned, Wanted, next};
use crate::app::ask_to_keep;
use crate::app::core::{Core, USUAL_PACK};
use crate::platform::{clock, page, random};

/// How long the plan is made before the browser gets its turn.
const SLICE_MS: i64 = 16;
/// From when on it is said how far the plan is: sooner, the words would only flicker.
const WORTH_SAYING_MS: i64 = 400;

/// What a plan is made from, but for the school.
struct Given {
    file: Rc<Opened>,
    mapping: Mapping,
    scales: ScaleSet,
    options: PlanOptions,
}

impl Given {
    fn with<'a>(&'a self, core: &'a Core) -> PlanFrom<'a> {
        PlanFrom {
            table: &self.file.table,
            mapping: &self.mapping,
            school: core.school(),
            policy: core.policy(),
            scales: &self.scales,
            options: &self.options,
        }
    }
}

impl Desk {
    pub(super) fn plan_soon(&self) {
        let desk = *self;
        let ticket = self.next_ticket();
        self.planning.set(Some(0));
        spawn_local(async move {
            page::breathe().await;
            desk.app.all_read().await;
            let planned = desk.plan(ticket).await;
            page::breathe().await;
            // Another plan has been asked for, or none at all: the state is no longer this one's.
            if desk.holds_ticket(ticket) {
                desk.planned.set(planned.map(Rc::new));
                desk.planning.set(None);
                desk.apply_as_wanted();
            }
        });
    }

    pub(super) fn next_ticket(&self) -> u32 {
        next(self.ticket)
    }

    fn holds_ticket(&self, ticket: u32) -> bool {
        self.ticket.try_get_value() == Some(ticket)
    }

    fn given(&self) -> Option<Given> {
        let file = self.file.get_untracked()?;
        let today = clock::today();
        let source = if file.name.is_empty() {
            today.to_string()
        } else {
            format!("{}, {today}", file.name)
        };
        Some(Given {
            mapping: self.mapping.get_untracked(),
            scales: self
                .app
                .core
                .try_with_value(|core| self.scales_in(core))
                .unwrap_or_default(),
            options: PlanOptions {
                year: untrack(|| self.year()),
                source,
                answers: self.answers.get_untracked(),
                approval: self.approval.get_untracked(),
                on: today,
            },
            file,
        })
    }

    /// Makes the plan, with pauses in which the page hears and paints. Whatever changes the school
    /// or the meaning of the file meanwhile takes another ticket, which ends this plan.
    async fn plan(&self, ticket: u32) -> Option<Planned> {
        let given = self.holds_ticket(ticket).then(|| self.given())??;
        let began = clock::now();
        let mut slice = began;
        let mut planner = self
            .app
            .core
            .try_with_value(|core| Planner::new(&given.with(core)))?;
        loop {
            let mut enough = || clock::now().0 - slice.0 >= SLICE_MS;
            let more = self.app.core.try_with_value(|core| {
                planner.go_on(&given.with(core), &mut random::id, &mut enough)
            })?;
            if clock::now().0 - began.0 > WORTH_SAYING_MS {
                self.planning.set(Some(planner.rows()));
            }
            page::breathe().await;
            if !self.holds_ticket(ticket) {
                return None;
            }
            if !more {
                break;
            }
            slice = clock::now();
        }
        let finish = |core: &Core| planner.finish(&given.with(core));
        let plan = self.app.core.try_with_value(finish)?;
        let mut problems: BTreeMap<u32, Vec<Problem>> = BTreeMap::new();
        for problem in plan.problems(&given.file.table) {
            problems.entry(problem.row).or_default().push(problem);
        }
        let comes_back = plan
            .rows
            .iter()
            .any(|row| row.warnings.contains(&Warning::WasGone));
        let counts = plan.counts();
        Some(Planned {
            counts,
            changes: comes_back || counts.change_anything(),
            twins: twins(&given.mapping),
            problems,
            plan,
        })
    }

    /// Whether a plan is on screen that could be carried out. It may be in the making anew, for the
    /// school has changed or a field was just left for the button: that must not swallow the press.
    pub fn can_apply(&self) -> bool {
        !self.is_wanted() && self.could_do().is_some()
    }

    /// Whether the import is being carried out, or will be when its plan is made.
    pub fn is_wanted(&self) -> bool {
        matches!(self.wanted.get(), Wanted::Yes(_))
    }

    /// What the plan on screen would do, where it can be carried out.
    fn could_do(&self) -> Option<Counts> {
        self.planned.with(|planned| {
            let planned = planned.as_ref()?;
            (planned.is_ready() && planned.changes).then_some(planned.counts)
        })
    }

    /// Carries the plan out as one step; while it is being made anew, then.
    pub fn apply(&self) {
        if let Some(counts) = untrack(|| self.could_do().filter(|_| !self.is_wanted())) {
            self.wanted.set(Wanted::Yes(counts));
            self.apply_as_wanted();
        }
    }

    /// Carries the plan out where somebody waits for that and it still does what they saw.
    fn apply_as_wanted(&self) {
        let wanted = self.wanted.get_untracked();
        if untrack(|| self.planning.with(Option::is_some)) {
            return;
        }
        match (wanted, untrack(|| self.could_do())) {
            (Wanted::Yes(seen), Some(does)) if seen == does => self.carry_out(),
            (Wanted::Yes(_), _) => self.wanted.set(Wanted::Differs),
            (Wanted::No | Wanted::Differs, _) => self.wanted.set(Wanted::No),
        }
    }

    fn carry_out(&self) {
        let Some(planned) = self.planned.get_untracked() else {
            return;
        };
        let (desk, app) = (*self, self.app);
        spawn_local(async move {
            page::breathe().await;
            let mut draft = planned.plan.draft();
            let setting = app.peek(view::setting);
            if setting.year.is_none() {
                let year = untrack(|| desk.year());
                draft.write(
                    ColumnKey::lasting(Field::CurrentYear),
                    Id::ONLY,
                    Value::whole(i64::from(year.0)),
                );
            }
            if setting.pack.is_empty() {
                draft.write(
                    ColumnKey::lasting(Field::Pack),
                    Id::ONLY,
                    Value::text(USUAL_PACK),
                );
            }
            let counts = planned.counts;
            let action = Action::Import {
                file: desk.name.get_untracked(),
                new: counts.new_pupils,
                changed: counts.changed_pupils,
            };
            let first = untrack(|| desk.is_first());
            if let Some(step) = app.dispatch(action, &draft) {
                desk.applied.set(Some(Applied { step, counts }));
                app.prefs.update(|prefs| prefs.told_of_private = true);
                if first {
                    spawn_local(desk.ask_to_keep());
                }
            }
            desk.wanted.set(Wanted::No);
        });
    }

    /// Asks the browser to keep what is here now, and remembers for this once that it did not promise to.
    async fn ask_to_keep(self) {
        let refused = ask_to_keep().await.promised != Some(true);
        let _ = self.not_kept.try_set(refused);
    }

    /// Whether the import that was carried out still holds: it was not undone.
    pub fn holds(&self) -> bool {
        self.holding().is_some()
    }

    /// The step by which the import holds.
    fn holding(&self) -> Option<Dot> {
        let applied = self.applied.get()?;
        self.app.with(|core| core.holding(applied.step))
    }

    /// Undoes the import that was carried out.
    pub fn undo(&self) {
        if let Some(step) = untrack(|| self.holding()) {
            self.app.undo_step(step);
        }
    }

    /// Whether redoing does the import again, and nothing else first.
    pub fn can_redo(&self) -> bool {
        let applied = self.applied.get();
        applied.is_some_and(|applied| self.app.with(|core| core.redoes(applied.step)))
    }
}

/// Columns that mean the same as an earlier one.
fn twins(mapping: &Mapping) -> Vec<(usize, usize)> {
    let mut twins = Vec::new();
    for (later, column) in mapping.columns.iter().enumerate() {
        let earlier = mapping.column_of(&column.role);
        if let Some(earlier) = earlier.filter(|earlier| *earlier < later)
            && column.role != Role::Ignore
        {
            twins.push((earlier, later));
        }
    }
    twins
}
