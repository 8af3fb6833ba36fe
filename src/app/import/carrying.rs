//! The plan of an import, and carrying it out.

use std::collections::BTreeMap;
use std::rc::Rc;

use flightpath_exchange::mapping::{Mapping, Role};
use flightpath_exchange::plan::{PlanFrom, PlanOptions, Problem, Warning, plan};
use flightpath_school::journal::Action;
use flightpath_school::model::{ColumnKey, Dot, Field, Id, Value};
use flightpath_school::view;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{Applied, Desk, Planned};
use crate::app::core::USUAL_PACK;
use crate::platform::{clock, page, random};

impl Desk {
    pub(super) fn plan_soon(&self) {
        let desk = *self;
        self.planning.set(true);
        let ticket = self
            .ticket
            .try_update_value(|ticket| {
                *ticket = ticket.wrapping_add(1);
                *ticket
            })
            .unwrap_or(0);
        spawn_local(async move {
            page::breathe().await;
            if desk.ticket.try_get_value() == Some(ticket) {
                desk.planned.set(desk.plan().map(Rc::new));
                desk.planning.set(false);
            }
        });
    }

    fn plan(&self) -> Option<Planned> {
        let file = self.file.get_untracked()?;
        let mapping = self.mapping.get_untracked();
        let today = clock::today();
        let source = if file.name.is_empty() {
            today.to_string()
        } else {
            format!("{}, {today}", file.name)
        };
        let options = PlanOptions {
            year: untrack(|| self.year()),
            source,
            answers: self.answers.get_untracked(),
        };
        let plan = self.app.core.try_with_value(|core| {
            plan(
                &PlanFrom {
                    table: &file.table,
                    mapping: &mapping,
                    school: core.school(),
                    scales: &self.scales_in(core),
                    options: &options,
                },
                &mut random::id,
            )
        })?;
        let mut problems: BTreeMap<u32, Vec<Problem>> = BTreeMap::new();
        for problem in plan.problems(&file.table) {
            problems.entry(problem.row).or_default().push(problem);
        }
        let comes_back = plan
            .rows
            .iter()
            .any(|row| row.warnings.contains(&Warning::WasGone));
        Some(Planned {
            counts: plan.counts(),
            changes: comes_back || plan.changes_anything(),
            twins: twins(&mapping),
            problems,
            plan,
        })
    }

    /// Whether the plan can be carried out now.
    pub fn can_apply(&self) -> bool {
        !self.planning.get()
            && !self.applying.get()
            && self.planned.with(|planned| {
                planned
                    .as_ref()
                    .is_some_and(|planned| planned.is_ready() && planned.changes)
            })
    }

    /// Carries the plan out as one step.
    pub fn apply(&self) {
        let Some(planned) = self.planned.get_untracked() else {
            return;
        };
        if !untrack(|| self.can_apply()) {
            return;
        }
        let (desk, app) = (*self, self.app);
        self.applying.set(true);
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
            if let Some(step) = app.dispatch(action, &draft) {
                desk.applied.set(Some(Applied { step, counts }));
                app.prefs.update(|prefs| prefs.told_of_private = true);
            }
            desk.applying.set(false);
        });
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
