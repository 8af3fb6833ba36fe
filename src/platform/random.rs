//! Randomness, from the browser's generator for keys.

use flightpath_school::model::{Id, ReplicaId};

fn bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    // Every browser that runs the program has the generator; without it ids would still differ by
    // their time.
    let _ = getrandom::fill(&mut bytes);
    bytes
}

/// A fresh id.
pub fn id() -> Id {
    let ms = u64::try_from(super::clock::now().0).unwrap_or(0);
    Id::random(ms, bytes())
}

/// 128 bits that nobody can guess.
pub fn secret() -> Id {
    Id(u128::from_be_bytes(bytes()))
}

/// The id of this run of the program in this tab.
pub fn replica() -> ReplicaId {
    ReplicaId(secret())
}
