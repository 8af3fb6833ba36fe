//! The packs that ship, made ready, and grades on the scales that ship.

use flightpath_school::model::scale::{Grade, ScaleSet};
use flightpath_school::policy::{Policy, PolicyPack};

pub fn policy(key: &str) -> Policy {
    Policy::new(PolicyPack::by_key(key).unwrap(), &ScaleSet::shipped()).unwrap()
}

pub fn grade(scale: &str, label: &str) -> Grade {
    ScaleSet::shipped()
        .get(scale)
        .unwrap()
        .parse(label)
        .unwrap()
}
