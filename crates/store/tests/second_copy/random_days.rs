//! Random days with random harm to one copy or both, and with the power cut.

use flightpath_store::{Difference, FilesError, Settled};
use proptest::prelude::*;

use crate::computer::{Computer, Image, now, steps};

#[derive(Debug, Clone)]
enum Deed {
    Edit,
    Fold(bool),
    Start,
    /// The second copy fails from here on, or works again.
    Fail(bool),
}

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    let deed = prop_oneof![
        6 => Just(Deed::Edit),
        2 => any::<bool>().prop_map(Deed::Fold),
        2 => Just(Deed::Start),
        1 => any::<bool>().prop_map(Deed::Fail),
    ];
    prop::collection::vec(deed, 1..30)
}

#[derive(Debug, Clone)]
enum Harm {
    /// The database falls back to what it was before so many of the last deeds.
    FallBack(prop::sample::Index),
    Vanish,
    Remove(prop::sample::Index),
    Flip(prop::sample::Index, prop::sample::Index, u8),
    CopyGone,
    CopyRemove(prop::sample::Index),
    CopyFlip(prop::sample::Index, prop::sample::Index, u8),
    CopyCut(prop::sample::Index, prop::sample::Index),
}

impl Harm {
    fn is_to_the_copy(&self) -> bool {
        matches!(
            self,
            Self::CopyGone | Self::CopyRemove(_) | Self::CopyFlip(..) | Self::CopyCut(..)
        )
    }

    fn carry_out(&self, computer: &Computer, images: &[Image]) {
        let mut files = computer.files.all();
        let mut image = computer.image();
        let keys: Vec<_> = image.keys().cloned().collect();
        let names: Vec<_> = files.keys().cloned().collect();
        match self {
            Self::FallBack(to) => image = to.get(images).clone(),
            Self::Vanish => image.clear(),
            Self::Remove(which) if !keys.is_empty() => {
                image.remove(which.get(&keys));
            }
            Self::Flip(which, at, bit) if !keys.is_empty() => {
                let record = image.get_mut(which.get(&keys)).unwrap();
                if !record.body.is_empty() {
                    let at = at.index(record.body.len());
                    record.body[at] ^= 1 << bit;
                }
            }
            Self::CopyGone => files.clear(),
            Self::CopyRemove(which) if !names.is_empty() => {
                files.remove(which.get(&names));
            }
            Self::CopyFlip(which, at, bit) if !names.is_empty() => {
                let file = files.get_mut(which.get(&names)).unwrap();
                if !file.is_empty() {
                    let at = at.index(file.len());
                    file[at] ^= 1 << bit;
                }
            }
            Self::CopyCut(which, at) if !names.is_empty() => {
                let file = files.get_mut(which.get(&names)).unwrap();
                if !file.is_empty() {
                    file.truncate(at.index(file.len()));
                }
            }
            _ => {}
        }
        computer.put_back(&image);
        computer.files.set(files);
    }
}

fn harms_to_the_database() -> impl Strategy<Value = Harm> {
    let index = any::<prop::sample::Index>;
    prop_oneof![
        index().prop_map(Harm::Remove),
        (index(), index(), 0..8_u8).prop_map(|(which, at, bit)| Harm::Flip(which, at, bit)),
    ]
}

fn harms_to_the_copy() -> impl Strategy<Value = Harm> {
    let index = any::<prop::sample::Index>;
    prop_oneof![
        Just(Harm::CopyGone),
        index().prop_map(Harm::CopyRemove),
        (index(), index(), 0..8_u8).prop_map(|(which, at, bit)| Harm::CopyFlip(which, at, bit)),
        (index(), index()).prop_map(|(which, at)| Harm::CopyCut(which, at)),
    ]
}

fn harms() -> impl Strategy<Value = Harm> {
    prop_oneof![
        any::<prop::sample::Index>().prop_map(Harm::FallBack),
        Just(Harm::Vanish),
        harms_to_the_database(),
        harms_to_the_copy(),
    ]
}

/// Does the deeds; gives what the database was after each, and whether the second copy holds everything at the end.
fn live(computer: &mut Computer, deeds: &[Deed]) -> (Vec<Image>, bool) {
    let mut images = vec![computer.image()];
    let mut fails = false;
    let mut is_level = true;
    for deed in deeds {
        match deed {
            Deed::Edit => {
                computer.edit(&format!("step {}", computer.saved.len()));
                is_level &= !fails;
            }
            Deed::Fold(snapshot) => {
                computer.fold(snapshot.then_some("day"));
                is_level &= !fails;
            }
            Deed::Start => {
                computer.restart();
                if !fails {
                    computer.settle();
                    is_level = true;
                }
            }
            Deed::Fail(from_now) => {
                fails = *from_now;
                computer.files.fail(fails.then_some(FilesError::Full));
            }
        }
        images.push(computer.image());
    }
    computer.files.fail(None);
    (images, is_level)
}

/// A start later both copies are level, and nothing is told of.
fn level_again(computer: &mut Computer) -> Result<(), TestCaseError> {
    computer.restart();
    let again = computer.settle();
    let level = matches!(
        again,
        Settled::Level {
            difference: Difference::None,
            ..
        }
    );
    prop_assert!(level, "again {again:?}");
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    /// One of the two is harmed: nothing is lost, and afterwards there is no difference.
    #[test]
    fn what_one_of_the_two_loses_the_other_gives_back(deeds in deeds(), harm in harms()) {
        let mut computer = Computer::new();
        computer.edit("first");
        let (images, is_level) = live(&mut computer, &deeds);
        if !harm.is_to_the_copy() {
            computer.make_level(is_level);
        }
        harm.carry_out(&computer, &images);
        computer.restart();
        let settled = computer.settle();
        let level = matches!(settled, Settled::Level { .. });
        prop_assert!(level, "{settled:?}");
        computer.assert_nothing_is_lost();
        level_again(&mut computer)?;
        // It goes on from there.
        computer.edit("after");
        computer.fold(Some("day"));
        computer.assert_nothing_is_lost();
    }

    /// Both are harmed: what is shown as whole is all of it, else it says how much is missing, and one can go on.
    #[test]
    // (Nothing can tell where the second copy is gone and the database fell back: that looks like an earlier day.)
    fn what_both_lose_is_told(
        deeds in deeds(),
        first in harms_to_the_copy(),
        second in harms_to_the_database(),
    ) {
        let mut computer = Computer::new();
        let (images, is_level) = live(&mut computer, &deeds);
        computer.make_level(is_level);
        first.carry_out(&computer, &images);
        second.carry_out(&computer, &images);
        computer.restart();
        match computer.settle() {
            // Of the history what both lost is told when it is read.
            Settled::Level { .. } => prop_assert_eq!(computer.here(), computer.saved),
            Settled::Nothing => prop_assert!(computer.saved.is_empty()),
            Settled::Incomplete { salvage, missing, .. } => {
                let left = steps(&salvage.contents).len() as u64;
                prop_assert!(left < computer.saved.len() as u64);
                prop_assert!(missing != Some(0));
                now(computer.copy.go_on_with(&computer.store, *salvage, 1)).unwrap();
                prop_assert_eq!(computer.here().len() as u64, left);
                level_again(&mut computer)?;
                computer.edit("after");
                computer.fold(Some("day"));
                computer.restart();
                computer.settle();
                prop_assert_eq!(computer.here().len() as u64, left + 1);
            }
        }
    }
}

#[derive(Debug, Clone)]
enum PowerDeed {
    Edit,
    Fold(bool),
    Start,
    /// Minutes pass.
    Wait,
    /// The power is cut; with the database, as where the browser finds its end torn and gives all of it up.
    Cut(bool),
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    /// The power is cut whenever it likes, and the database goes with it: what the files were given is enough, though
    /// the names of new ones were not on the disk yet.
    #[test]
    fn a_power_cut_costs_nothing(deeds in prop::collection::vec(
        prop_oneof![
            6 => Just(PowerDeed::Edit),
            2 => any::<bool>().prop_map(PowerDeed::Fold),
            1 => Just(PowerDeed::Start),
            1 => Just(PowerDeed::Wait),
            2 => any::<bool>().prop_map(PowerDeed::Cut),
        ],
        1..40,
    )) {
        let mut computer = Computer::new();
        computer.settle();
        computer.files.names_reach_the_disk();
        for deed in deeds {
            computer.now_ms += 1000;
            match deed {
                PowerDeed::Edit => computer.edit(&format!("step {}", computer.saved.len())),
                PowerDeed::Fold(snapshot) => computer.fold(snapshot.then_some("day")),
                PowerDeed::Start => {
                    computer.start_or_nothing();
                }
                PowerDeed::Wait => {
                    computer.now_ms += 200_000;
                    computer.files.names_reach_the_disk();
                }
                PowerDeed::Cut(with_the_database) => {
                    computer.files.cut_power();
                    if with_the_database {
                        computer.disk.delete();
                    }
                    computer.start_or_nothing();
                    if !computer.saved.is_empty() {
                        computer.assert_nothing_is_lost();
                    }
                }
            }
            computer.witness = computer.saved.len() as u64;
        }
    }
}
