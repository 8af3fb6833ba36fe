//! Changes of targets, as the policy wants them: with a reason and the names of those who approved them.

use flightpath_school::model::{ColumnKey, Field, Id, Value};
use flightpath_school::policy::Party;
use flightpath_school::view::approvals::Approval;
use flightpath_school::view::targets::{Change, approvers, changed, target_in, unnamed};

use super::build::Rows;
use super::{CellOutcome, CellReason};

/// What the user gives for all guarded changes of one import.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Given {
    /// Why the targets change; empty where nothing is said.
    pub reason: String,
    /// Who approved it.
    pub approved: Vec<Approval>,
}

/// Changes of targets for which the policy asks for approval.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Guarded {
    /// How many.
    pub changes: usize,
    /// Whose names are asked for.
    pub parties: Vec<Party>,
}

impl Rows<'_, '_> {
    /// What becomes of a cell whose value would change: a target's where the policy guards it needs what has been
    /// given for the import, and is left out without.
    pub(super) fn guarded(
        &mut self,
        outcome: CellOutcome,
        key: &ColumnKey,
        row: Id,
        text: &str,
    ) -> CellOutcome {
        let (CellOutcome::Changed { to, .. }, Field::Target) = (&outcome, key.field()) else {
            return outcome;
        };
        let place = self.from.school.position(key.field().table(), row);
        let (Some(year), Some(subject), Some(place)) = (key.year(), key.subject(), place) else {
            return outcome;
        };
        let target = target_in(self.from.school, year, subject, place);
        let policy = self.from.policy;
        let parties = policy.map_or_else(Vec::new, |policy| approvers(policy, &target, to));
        let given = &self.from.options.approval;
        let guards = !parties.is_empty();
        if guards {
            let guarded = &mut self.so_far.guarded;
            guarded.changes += 1;
            for party in &parties {
                if !guarded.parties.contains(party) {
                    guarded.parties.push(*party);
                }
            }
            let by = unnamed(&parties, &given.approved);
            if !by.is_empty() || given.reason.trim().is_empty() {
                return CellOutcome::Refused {
                    value: text.to_owned(),
                    reason: CellReason::NeedsApproval { by },
                };
            }
        }
        let none = Given::default();
        let given = if guards { given } else { &none };
        let change = Change {
            grade: to.clone(),
            reason: &given.reason,
            approved: &given.approved,
            on: self.from.options.on,
        };
        let beside = changed(&change).into_iter();
        let beside = beside.filter(|(field, _)| *field != Field::Target);
        let beside = beside.map(|(field, value): (Field, Value)| {
            (ColumnKey::per_subject(field, year, subject), row, value)
        });
        self.so_far.others.extend(beside);
        outcome
    }
}
