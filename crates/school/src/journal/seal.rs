//! The chain of a replica's steps, which shows what was changed outside the program.
//!
//! Each step's *link* is the SHA-256 of the link of its replica's step before, of who did what, and of one *leaf*
//! for each row that it changed, and one for its words: the reason, and what an opened file told. A leaf is the
//! SHA-256 of a salt and of everything that the step wrote to the row. Without its salt a leaf tells nothing, not even
//! to somebody who tries every name; so the values of a person can be [taken out](Step::without_row) of a step, leaf
//! and link staying as they were, and the chain still holds.
//!
//! A chain tells that its own steps are those that were written, one after the other. That none is missing at its end,
//! and no whole replica, is for the store to tell, which numbers all steps.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::cell::Cell;
use super::pool::Code;
use super::step::Step;
use crate::model::{Dot, Id};

/// A SHA-256, its two halves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link(Id, Id);

impl Link {
    /// The link before the first step of a replica.
    pub const NONE: Link = Link(Id::ONLY, Id::ONLY);
}

/// What binds a step to its replica's step before. It is kept as one list of ids, see [`Seal::of_ids`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<Id>", into = "Vec<Id>")]
pub struct Seal {
    /// Link of the replica's step before; [`Link::NONE`] in its first.
    before: Link,
    link: Link,
    salts: Salts,
}

/// What the leaves are salted with.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Salts {
    /// Each salt is made of this secret and its row.
    Secret(Id),
    /// Something was taken out, and the secret with it.
    Left {
        /// Rows that are left, with their salts.
        salts: Vec<(Id, Id)>,
        /// Rows that were taken out, with their leaves.
        erased: Vec<(Id, Link)>,
    },
}

/// Ids that are no seal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not the seal of a step")]
pub struct NotASeal;

impl Seal {
    /// The step's link.
    pub fn link(&self) -> Link {
        self.link
    }

    /// Rows whose values were taken out.
    pub fn erased(&self) -> impl Iterator<Item = Id> {
        self.erased_leaves().iter().map(|(row, _)| *row)
    }

    fn erased_leaves(&self) -> &[(Id, Link)] {
        match &self.salts {
            Salts::Secret(_) => &[],
            Salts::Left { erased, .. } => erased,
        }
    }

    /// The salt of a row; one that fits nothing where it was taken out.
    fn salt(&self, row: Id) -> Id {
        match &self.salts {
            Salts::Secret(secret) => {
                let mut hash = Feed::default();
                hash.id(*secret);
                hash.id(row);
                hash.end().0
            }
            Salts::Left { salts, .. } => {
                let found = salts.iter().find(|(one, _)| *one == row);
                found.map_or(Id::ONLY, |(_, salt)| *salt)
            }
        }
    }

    /// Reads a seal from its ids: the link, the link before, and the secret; where something was taken out, instead of
    /// the secret a row and its salt for each row that is left, [`taken_out`] twice, and a row and its leaf for each
    /// that is not.
    fn of_ids(ids: &[Id]) -> Option<Seal> {
        let [a, b, c, d, rest @ ..] = ids else {
            return None;
        };
        let salts = match rest {
            [secret] => Salts::Secret(*secret),
            rest => {
                let mut pairs = rest.chunks_exact(2);
                let mut salts = Vec::new();
                loop {
                    match pairs.next()? {
                        [row, _] if *row == taken_out() => break,
                        [row, salt] => salts.push((*row, *salt)),
                        _ => return None,
                    }
                }
                let erased = rest.get(salts.len() * 2 + 2..)?.chunks(3);
                let erased = erased.map(|one| match one {
                    [row, first, second] => Some((*row, Link(*first, *second))),
                    _ => None,
                });
                Salts::Left {
                    salts,
                    erased: erased.collect::<Option<_>>()?,
                }
            }
        };
        Some(Seal {
            link: Link(*a, *b),
            before: Link(*c, *d),
            salts,
        })
    }
}

impl TryFrom<Vec<Id>> for Seal {
    type Error = NotASeal;

    fn try_from(ids: Vec<Id>) -> Result<Seal, NotASeal> {
        Seal::of_ids(&ids).ok_or(NotASeal)
    }
}

impl From<Seal> for Vec<Id> {
    fn from(seal: Seal) -> Vec<Id> {
        let Seal { link, before, .. } = seal;
        let mut ids = vec![link.0, link.1, before.0, before.1];
        match seal.salts {
            Salts::Secret(secret) => ids.push(secret),
            Salts::Left { salts, erased } => {
                salts
                    .into_iter()
                    .for_each(|(row, salt)| ids.extend([row, salt]));
                ids.extend([taken_out(); 2]);
                let erased = erased.into_iter();
                erased.for_each(|(row, leaf)| ids.extend([row, leaf.0, leaf.1]));
            }
        }
        ids
    }
}

/// The row that the leaf of a step's words stands under. No row of a school has it: ids are random or derived of keys.
fn words() -> Id {
    Id::derived("words of a step", &[])
}

/// What stands before the rows that were taken out.
fn taken_out() -> Id {
    Id::derived("taken out of a step", &[])
}

/// A hash in the making.
#[derive(Default)]
struct Feed(Sha256);

impl Feed {
    fn id(&mut self, id: Id) {
        self.0.update(id.0.to_be_bytes());
    }

    fn number(&mut self, number: u64) {
        self.0.update(number.to_be_bytes());
    }

    fn link(&mut self, link: Link) {
        self.id(link.0);
        self.id(link.1);
    }

    /// Bytes with their length before them, so that no two run together.
    fn bytes(&mut self, bytes: &[u8]) {
        self.number(bytes.len() as u64);
        self.0.update(bytes);
    }

    fn json(&mut self, json: &impl Serialize) {
        // Nothing that a step is made of fails to be written.
        self.bytes(&serde_json::to_vec(json).unwrap_or_default());
    }

    fn dot(&mut self, dot: Dot) {
        self.id(dot.replica.0);
        self.number(dot.sequence);
    }

    fn cell(&mut self, cell: &Cell) {
        self.number(cell.values().len() as u64);
        for (dot, value) in cell.values() {
            self.dot(*dot);
            self.json(value);
        }
        self.number(cell.context().dots().count() as u64);
        for dot in cell.context().dots() {
            self.dot(dot);
        }
    }

    fn end(self) -> Link {
        let half = |bytes: &[u8]| {
            let add = |value, byte: &u8| value << 8 | u128::from(*byte);
            Id(bytes.iter().fold(0, add))
        };
        let digest = self.0.finalize();
        let (first, second) = digest.split_at(16);
        Link(half(first), half(second))
    }
}

impl Step {
    /// The step bound to its replica's step before, with a secret that nobody can guess: 128 random bits.
    #[must_use]
    pub fn sealed(mut self, before: Link, secret: Id) -> Step {
        let mut seal = Seal {
            before,
            link: Link::NONE,
            salts: Salts::Secret(secret),
        };
        seal.link = self.link_under(&seal);
        self.seal = Some(seal);
        self
    }

    /// What binds the step; nothing in one of a release before steps were bound.
    pub fn seal(&self) -> Option<&Seal> {
        self.seal.as_ref()
    }

    /// Whether the step is what was sealed.
    pub fn fits_seal(&self) -> bool {
        let seal = self.seal.as_ref();
        seal.is_none_or(|seal| self.link_under(seal) == seal.link)
    }

    fn link_under(&self, seal: &Seal) -> Link {
        let mut hash = Feed::default();
        hash.link(seal.before);
        hash.dot(self.info.dot);
        hash.bytes(self.info.author.as_bytes());
        hash.number(self.info.at.0.cast_unsigned());
        hash.json(&self.info.action);
        hash.json(&self.effect());
        for (row, leaf) in self.leaves(seal) {
            hash.id(row);
            hash.link(leaf);
        }
        hash.end()
    }

    /// The leaf of each row that the step changed, in the order of their numbers, and of its words.
    fn leaves(&self, seal: &Seal) -> Vec<(Id, Link)> {
        let salted = |row: Id| {
            let mut hash = Feed::default();
            hash.id(seal.salt(row));
            (row, hash)
        };
        let mut rows: Vec<(Id, Feed)> = self.rows().map(salted).collect();
        // An import writes few different cells to many rows: each is hashed once.
        let mut cells: HashMap<Code, Link> = HashMap::new();
        let mut cell = |code: Code| {
            *cells.entry(code).or_insert_with(|| {
                let mut hash = Feed::default();
                hash.cell(&self.pool().cell(code));
                hash.end()
            })
        };
        for column in self.columns() {
            let mut key = Feed::default();
            key.bytes(column.key.to_string().as_bytes());
            let key = key.end();
            for (number, before, after) in column.numbered_cells() {
                let row = usize::try_from(*number)
                    .ok()
                    .and_then(|at| rows.get_mut(at));
                let Some((_, hash)) = row else { continue };
                for part in [key, cell(*before), cell(*after)] {
                    hash.link(part);
                }
            }
        }
        let (row, mut hash) = salted(words());
        hash.json(&self.info.reason);
        hash.json(&self.brought);
        rows.push((row, hash));
        let erased = seal.erased_leaves();
        let leaf = |(row, hash): (Id, Feed)| {
            let erased = erased.iter().find(|(one, _)| *one == row);
            (row, erased.map_or_else(|| hash.end(), |(_, leaf)| *leaf))
        };
        rows.into_iter().map(leaf).collect()
    }

    /// The step without what it wrote to a row, before and after. Its chain holds as before, and nothing that is left
    /// tells what was taken out.
    #[must_use]
    pub fn without_row(&self, row: Id) -> Step {
        if self.rows().all(|one| one != row) {
            return self.clone();
        }
        let mut left = self.without_cells(row);
        left.seal = self.seal.as_ref().map(|seal| {
            let (mut salts, mut erased) = (Vec::new(), Vec::new());
            for (one, leaf) in self.leaves(seal) {
                if one == row || seal.erased().any(|gone| gone == one) {
                    erased.push((one, leaf));
                } else {
                    salts.push((one, seal.salt(one)));
                }
            }
            Seal {
                salts: Salts::Left { salts, erased },
                ..seal.clone()
            }
        });
        left
    }
}

/// The steps that are not what their replicas wrote, or do not follow the step before them, of a whole history in any
/// order; in the order of their names. Steps of releases before steps were bound may come first.
pub fn altered<'a>(steps: impl IntoIterator<Item = &'a Step>) -> Vec<Dot> {
    let by_dot: BTreeMap<Dot, &Step> = steps
        .into_iter()
        .map(|step| (step.info.dot, step))
        .collect();
    let mut before: Option<&Step> = None;
    let mut altered = Vec::new();
    for (dot, step) in by_dot {
        let bound = before.filter(|before| before.info.dot.replica == dot.replica);
        let expected = bound.and_then(Step::seal).map(Seal::link);
        let follows = match step.seal() {
            Some(seal) => seal.before == expected.unwrap_or(Link::NONE) && step.fits_seal(),
            None => expected.is_none(),
        };
        if !follows {
            altered.push(dot);
        }
        before = Some(step);
    }
    altered
}
