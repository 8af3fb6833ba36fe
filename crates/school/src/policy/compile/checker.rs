//! Collects problems while names are resolved.

use crate::model::scale::{Grade, Scale, ScaleSet};
use crate::policy::pack::PolicyPack;
use crate::policy::problem::{PackProblem, PackProblemKind};

pub(super) struct Checker<'a> {
    scales: &'a ScaleSet,
    problems: Vec<PackProblem>,
}

impl<'a> Checker<'a> {
    pub(super) fn new(scales: &'a ScaleSet) -> Checker<'a> {
        Checker {
            scales,
            problems: Vec::new(),
        }
    }

    pub(super) fn into_problems(self) -> Vec<PackProblem> {
        self.problems
    }

    pub(super) fn add(&mut self, place: String, kind: PackProblemKind) {
        self.problems.push(PackProblem { place, kind });
    }

    pub(super) fn all_scales(&self) -> &'a ScaleSet {
        self.scales
    }

    pub(super) fn scale(&mut self, place: &str, key: &str) -> Option<&'a Scale> {
        let found = self.scales.get(key);
        if found.is_none() {
            self.add(
                place.to_owned(),
                PackProblemKind::UnknownScale(key.to_owned()),
            );
        }
        found
    }

    pub(super) fn grade(&mut self, place: &str, scale: &Scale, label: &str) -> Option<Grade> {
        let found = scale.parse(label).ok();
        if found.is_none() {
            let kind = PackProblemKind::UnknownGrade {
                scale: scale.key().to_owned(),
                grade: label.to_owned(),
            };
            self.add(place.to_owned(), kind);
        }
        found
    }

    pub(super) fn curricula(&mut self, pack: &PolicyPack, place: &str, keys: &[String]) {
        for key in keys {
            if !pack.curricula.contains(key) {
                self.add(
                    place.to_owned(),
                    PackProblemKind::UnknownCurriculum(key.clone()),
                );
            }
        }
    }
}
