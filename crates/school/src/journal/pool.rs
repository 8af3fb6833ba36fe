//! Dictionaries that make a cell two integers.
//!
//! A value, and a stamp (which step wrote it, having seen what), are each written once and
//! numbered. Conflicts, which are rare, stand whole in a list beside them, so that counting runs
//! over plain columns of integers.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::cell::{Cell, Context};
use crate::model::{Dot, Id, ReplicaId, Value};

/// A cell as numbers of a [`Pool`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Code {
    /// 0: never written; [`SEVERAL`]: `stamp` numbers a conflict; else a value, from 1.
    pub(super) value: u32,
    pub(super) stamp: u32,
}

/// The value code of a cell that holds several values.
pub(super) const SEVERAL: u32 = u32::MAX;

impl Code {
    /// A cell that nobody has written.
    pub const NEVER: Code = Code { value: 0, stamp: 0 };

    /// Whether nobody has written the cell.
    pub fn is_never(self) -> bool {
        self.value == 0
    }

    /// The number that equal values of one pool share; 0 for none, the highest for several.
    pub fn value_number(self) -> u32 {
        self.value
    }
}

/// A numbered list; what is added to it stands in it once.
#[derive(Debug, Clone)]
pub(super) struct Numbered<T> {
    items: Vec<T>,
    /// Numbers of the first items, as many as were counted so far: what is only read is not counted.
    numbers: HashMap<T, u32>,
    counted: usize,
}

impl<T> Default for Numbered<T> {
    fn default() -> Self {
        Numbered {
            items: Vec::new(),
            numbers: HashMap::new(),
            counted: 0,
        }
    }
}

impl<T: Clone + Eq + core::hash::Hash> Numbered<T> {
    pub(super) fn number(&mut self, item: &T) -> u32 {
        for (number, item) in self.items.iter().enumerate().skip(self.counted) {
            self.numbers.entry(item.clone()).or_insert(count(number));
        }
        self.counted = self.items.len();
        if let Some(number) = self.numbers.get(item) {
            return *number;
        }
        let number = count(self.counted);
        self.items.push(item.clone());
        self.numbers.insert(item.clone(), number);
        self.counted += 1;
        number
    }

    fn find(&self, item: &T) -> Option<u32> {
        let uncounted = self.items.iter().enumerate().skip(self.counted);
        let look = || {
            uncounted
                .filter(|(_, other)| *other == item)
                .map(|(at, _)| count(at))
        };
        self.numbers.get(item).copied().or_else(|| look().next())
    }

    pub(super) fn get(&self, number: u32) -> Option<&T> {
        usize::try_from(number)
            .ok()
            .and_then(|at| self.items.get(at))
    }
}

fn count(number: usize) -> u32 {
    // Four thousand million entries do not fit in the memory of a tab.
    u32::try_from(number).unwrap_or(SEVERAL - 1)
}

impl<T> From<Vec<T>> for Numbered<T> {
    fn from(items: Vec<T>) -> Self {
        Numbered {
            items,
            numbers: HashMap::new(),
            counted: 0,
        }
    }
}

/// Which step wrote, having seen which context: (replica, sequence, context), each by number.
type Stamp = (u32, u64, u32);
/// A cell of several values: the context, and (replica, sequence, value) of each.
type Several = (u32, Vec<(u32, u64, u32)>);

/// The dictionaries of a set of cells.
#[derive(Debug, Clone, Default)]
pub struct Pool {
    replicas: Numbered<Id>,
    contexts: Numbered<Vec<(u32, u64)>>,
    stamps: Numbered<Stamp>,
    values: Numbered<Value>,
    several: Numbered<Several>,
}

impl Pool {
    /// The value of a cell that holds just one.
    pub fn value(&self, code: Code) -> Option<&Value> {
        if code.value == SEVERAL {
            return None;
        }
        self.values.get(code.value.checked_sub(1)?)
    }

    /// The distinct values of a cell, in order.
    pub fn visible(&self, code: Code) -> Vec<&Value> {
        if code.value != SEVERAL {
            return self.value(code).into_iter().collect();
        }
        let mut visible: Vec<&Value> = self
            .several
            .get(code.stamp)
            .into_iter()
            .flat_map(|(_, values)| values)
            .filter_map(|(_, _, value)| self.values.get(*value))
            .collect();
        visible.sort();
        visible.dedup();
        visible
    }

    /// How many different values there are; their numbers run from 1 to this.
    pub fn value_count(&self) -> usize {
        self.values.items.len()
    }

    /// The value with a number from 1.
    pub fn value_numbered(&self, number: u32) -> Option<&Value> {
        self.values.get(number.checked_sub(1)?)
    }

    /// The number of a value, if a cell of this pool ever held it.
    pub fn number_of(&self, value: &Value) -> Option<u32> {
        self.values.find(value).map(|number| number + 1)
    }

    /// The steps that wrote the values that stand in a cell.
    pub fn dots(&self, code: Code) -> Vec<Dot> {
        if code.is_never() {
            return Vec::new();
        }
        let dot = |replica: u32, sequence: u64| {
            self.replicas.get(replica).map(|id| Dot {
                replica: ReplicaId(*id),
                sequence,
            })
        };
        if code.value == SEVERAL {
            return self
                .several
                .get(code.stamp)
                .into_iter()
                .flat_map(|(_, values)| values)
                .filter_map(|(replica, sequence, _)| dot(*replica, *sequence))
                .collect();
        }
        self.stamps
            .get(code.stamp)
            .and_then(|(replica, sequence, _)| dot(*replica, *sequence))
            .into_iter()
            .collect()
    }

    fn context_of(&self, number: u32) -> Context {
        Context::of(self.contexts.get(number).into_iter().flatten().filter_map(
            |(replica, sequence)| {
                self.replicas.get(*replica).map(|id| Dot {
                    replica: ReplicaId(*id),
                    sequence: *sequence,
                })
            },
        ))
    }

    /// The step that wrote a cell of one value; nothing for any other cell.
    pub(super) fn single_dot(&self, code: Code) -> Option<Dot> {
        if code.is_never() || code.value == SEVERAL {
            return None;
        }
        let (replica, sequence, _) = self.stamps.get(code.stamp)?;
        Some(Dot {
            replica: ReplicaId(*self.replicas.get(*replica)?),
            sequence: *sequence,
        })
    }

    /// What the writers of a cell of one value had seen.
    pub(super) fn single_context(&self, code: Code) -> Context {
        self.stamps
            .get(code.stamp)
            .map_or_else(Context::default, |(_, _, context)| {
                self.context_of(*context)
            })
    }

    /// The cell in full.
    pub fn cell(&self, code: Code) -> Cell {
        if code.is_never() {
            return Cell::default();
        }
        let dot = |replica: u32, sequence: u64| {
            self.replicas.get(replica).map(|id| Dot {
                replica: ReplicaId(*id),
                sequence,
            })
        };
        if code.value == SEVERAL {
            let Some((context, values)) = self.several.get(code.stamp) else {
                return Cell::default();
            };
            let values = values
                .iter()
                .filter_map(|(replica, sequence, value)| {
                    Some((dot(*replica, *sequence)?, self.values.get(*value)?.clone()))
                })
                .collect();
            return Cell::new(values, self.context_of(*context));
        }
        let Some((replica, sequence, context)) = self.stamps.get(code.stamp) else {
            return Cell::default();
        };
        match (dot(*replica, *sequence), self.value(code)) {
            (Some(dot), Some(value)) => {
                Cell::new(vec![(dot, value.clone())], self.context_of(*context))
            }
            _ => Cell::default(),
        }
    }

    /// Numbers a cell.
    pub fn code(&mut self, cell: &Cell) -> Code {
        match cell.values() {
            [] => Code::NEVER,
            [(dot, value)] => {
                let stamp = self.stamp(*dot, cell.context());
                self.single(stamp, value)
            }
            values => {
                let context = self.context(cell.context());
                let values = values
                    .iter()
                    .map(|(dot, value)| {
                        (
                            self.replicas.number(&dot.replica.0),
                            dot.sequence,
                            self.values.number(value),
                        )
                    })
                    .collect();
                Code {
                    value: SEVERAL,
                    stamp: self.several.number(&(context, values)),
                }
            }
        }
    }

    /// Numbers a step and what it had seen, its own step included.
    pub(super) fn stamp(&mut self, dot: Dot, context: &Context) -> u32 {
        let context = self.context(context);
        let replica = self.replicas.number(&dot.replica.0);
        self.stamps.number(&(replica, dot.sequence, context))
    }

    /// A cell of one value under a numbered stamp.
    pub(super) fn single(&mut self, stamp: u32, value: &Value) -> Code {
        Code {
            value: self.values.number(value) + 1,
            stamp,
        }
    }

    fn context(&mut self, context: &Context) -> u32 {
        let numbered = context
            .dots()
            .map(|dot| (self.replicas.number(&dot.replica.0), dot.sequence))
            .collect();
        self.contexts.number(&numbered)
    }
}

/// Carries codes of one pool over to another, remembering what it has seen.
pub struct Carrier<'a> {
    from: &'a Pool,
    values: Vec<Option<u32>>,
    stamps: Vec<Option<u32>>,
}

impl<'a> Carrier<'a> {
    /// A carrier out of a pool; use it with one other pool only.
    pub fn new(from: &'a Pool) -> Carrier<'a> {
        Carrier {
            from,
            values: vec![None; from.values.items.len()],
            stamps: vec![None; from.stamps.items.len()],
        }
    }

    /// The pool that codes are carried out of.
    pub fn from(&self) -> &'a Pool {
        self.from
    }

    /// The code that the same cell has in the other pool.
    pub fn carry(&mut self, code: Code, to: &mut Pool) -> Code {
        if code.is_never() {
            return Code::NEVER;
        }
        if code.value == SEVERAL {
            return to.code(&self.from.cell(code));
        }
        let slot = |number: u32| usize::try_from(number).ok();
        let Some(value_slot) =
            slot(code.value - 1).and_then(|at| Some((at, *self.values.get(at)?)))
        else {
            return Code::NEVER;
        };
        let Some(stamp_slot) = slot(code.stamp).and_then(|at| Some((at, *self.stamps.get(at)?)))
        else {
            return Code::NEVER;
        };
        let stamp = match stamp_slot {
            (_, Some(stamp)) => stamp,
            (at, None) => {
                let cell = self.from.cell(code);
                let Some((dot, _)) = cell.values().first() else {
                    return Code::NEVER;
                };
                let stamp = to.stamp(*dot, cell.context());
                if let Some(place) = self.stamps.get_mut(at) {
                    *place = Some(stamp);
                }
                stamp
            }
        };
        let value = match value_slot {
            (_, Some(value)) => value,
            (at, None) => {
                let Some(value) = self.from.value(code) else {
                    return Code::NEVER;
                };
                let number = to.values.number(value) + 1;
                if let Some(place) = self.values.get_mut(at) {
                    *place = Some(number);
                }
                number
            }
        };
        Code { value, stamp }
    }
}

/// A pool as files keep it.
#[derive(Serialize, Deserialize)]
struct PoolForm {
    replicas: Vec<Id>,
    contexts: Vec<Vec<(u32, u64)>>,
    stamps: Vec<Stamp>,
    values: Vec<Value>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    several: Vec<Several>,
}

impl Serialize for Pool {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if !serializer.is_human_readable() {
            let lists = (
                &self.replicas.items,
                &self.contexts.items,
                &self.stamps.items,
                &self.values.items,
                &self.several.items,
            );
            return lists.serialize(serializer);
        }
        #[derive(Serialize)]
        struct Form<'a> {
            replicas: &'a [Id],
            contexts: &'a [Vec<(u32, u64)>],
            stamps: &'a [Stamp],
            values: &'a [Value],
            #[serde(skip_serializing_if = "<[Several]>::is_empty")]
            several: &'a [Several],
        }
        Form {
            replicas: &self.replicas.items,
            contexts: &self.contexts.items,
            stamps: &self.stamps.items,
            values: &self.values.items,
            several: &self.several.items,
        }
        .serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Pool {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let form = if deserializer.is_human_readable() {
            PoolForm::deserialize(deserializer)?
        } else {
            let (replicas, contexts, stamps, values, several) =
                Deserialize::deserialize(deserializer)?;
            PoolForm {
                replicas,
                contexts,
                stamps,
                values,
                several,
            }
        };
        Pool::checked(form).map_err(serde::de::Error::custom)
    }
}

impl Pool {
    /// A pool whose numbers all point at something. An entry that stands twice does no harm: what is
    /// carried out of the pool comes to stand once.
    fn checked(form: PoolForm) -> Result<Pool, &'static str> {
        let within = |number: u32, length: usize| {
            usize::try_from(number).is_ok_and(|number| number < length)
        };
        let replica = |number: u32| within(number, form.replicas.len());
        let context = |number: u32| within(number, form.contexts.len());
        let value = |number: u32| within(number, form.values.len());
        let sound = form.contexts.iter().flatten().all(|(r, _)| replica(*r))
            && form
                .stamps
                .iter()
                .all(|(r, _, c)| replica(*r) && context(*c))
            && form.several.iter().all(|(c, values)| {
                context(*c) && values.iter().all(|(r, _, v)| replica(*r) && value(*v))
            });
        if !sound {
            return Err("a number points outside its dictionary");
        }
        Ok(Pool {
            replicas: form.replicas.into(),
            contexts: form.contexts.into(),
            stamps: form.stamps.into(),
            values: form.values.into(),
            several: form.several.into(),
        })
    }

    /// Whether a code means something in this pool.
    pub(super) fn holds(&self, code: Code) -> bool {
        match code.value {
            0 => true,
            SEVERAL => self.several.get(code.stamp).is_some(),
            value => self.values.get(value - 1).is_some() && self.stamps.get(code.stamp).is_some(),
        }
    }
}
