//! One cell and how two copies of it merge.

use std::collections::BTreeMap;

use crate::model::{Dot, ReplicaId, Value};

/// The steps that a cell's writers had seen: per replica the highest step number.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Context(BTreeMap<ReplicaId, u64>);

impl Context {
    /// A context that has seen each of the given steps (and, of their replicas, all before).
    pub fn of(dots: impl IntoIterator<Item = Dot>) -> Context {
        let mut context = Context::default();
        for dot in dots {
            context.see(dot);
        }
        context
    }

    /// Adds a step to what was seen.
    pub fn see(&mut self, dot: Dot) {
        let seen = self.0.entry(dot.replica).or_insert(0);
        *seen = (*seen).max(dot.sequence);
    }

    /// Whether the step was seen.
    pub fn has_seen(&self, dot: Dot) -> bool {
        self.0
            .get(&dot.replica)
            .is_some_and(|seen| *seen >= dot.sequence)
    }

    /// Everything that either has seen.
    #[must_use]
    pub fn joined(&self, other: &Context) -> Context {
        let mut joined = self.clone();
        for dot in other.dots() {
            joined.see(dot);
        }
        joined
    }

    /// The highest step seen of each replica, in order of replicas.
    pub fn dots(&self) -> impl Iterator<Item = Dot> {
        self.0.iter().map(|(replica, sequence)| Dot {
            replica: *replica,
            sequence: *sequence,
        })
    }
}

/// A cell in full: every value that no other has replaced, and what its writers had seen.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cell {
    /// Values with the steps that wrote them, sorted, without repetition.
    values: Vec<(Dot, Value)>,
    context: Context,
}

impl Cell {
    /// A cell from its parts; each value's own step counts as seen.
    pub fn new(mut values: Vec<(Dot, Value)>, mut context: Context) -> Cell {
        values.sort();
        values.dedup();
        for (dot, _) in &values {
            context.see(*dot);
        }
        Cell { values, context }
    }

    /// The values with the steps that wrote them.
    pub fn values(&self) -> &[(Dot, Value)] {
        &self.values
    }

    /// What the cell's writers had seen.
    pub fn context(&self) -> &Context {
        &self.context
    }

    /// The cell after a write that has seen this one: the new values replace all old ones.
    #[must_use]
    pub fn written(&self, dot: Dot, values: impl IntoIterator<Item = Value>) -> Cell {
        Cell::new(
            values.into_iter().map(|value| (dot, value)).collect(),
            self.context.joined(&Context::of([dot])),
        )
    }

    /// The join of two copies of one cell: commutative, associative and idempotent.
    ///
    /// A value stays if the other copy holds it too or has not seen it; one that the other copy
    /// has seen and no longer holds was replaced there.
    #[must_use]
    pub fn merged(&self, other: &Cell) -> Cell {
        let survives = |value: &&(Dot, Value), there: &Cell| {
            there.values.contains(value) || !there.context.has_seen(value.0)
        };
        let values = self
            .values
            .iter()
            .filter(|value| survives(value, other))
            .chain(other.values.iter().filter(|value| survives(value, self)))
            .cloned()
            .collect();
        Cell::new(values, self.context.joined(&other.context))
    }

    /// The distinct values that a person sees, blanks among them; more than one is a conflict.
    pub fn visible(&self) -> Vec<&Value> {
        let mut visible: Vec<&Value> = self.values.iter().map(|(_, value)| value).collect();
        visible.sort();
        visible.dedup();
        visible
    }
}
