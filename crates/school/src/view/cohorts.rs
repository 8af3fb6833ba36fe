//! Which pupils and subjects a cohort's target is about, as a cell keeps it.

use core::fmt;
use core::str::FromStr;

use super::pupils::Pupil;
use super::standing::key_stage_of;
use crate::model::{Id, YearGroup};
use crate::policy::{GroupKind, KeyStage};

/// A cohort: all of its parts hold at once, and what is not named narrows nothing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cohort {
    /// A whole key stage.
    pub key_stage: Option<KeyStage>,
    /// A year group.
    pub year_group: Option<YearGroup>,
    /// A subject.
    pub subject: Option<Id>,
    /// A class, whose subject counts alone.
    pub class: Option<Id>,
    /// A group that a pupil is in or is not.
    pub group: Option<Group>,
}

/// A group that a pupil is in or is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// Pupil premium.
    PupilPremium,
    /// Free school meals.
    FreeMeals,
    /// Special needs, at whatever level.
    Sen,
    /// English as an additional language.
    Eal,
    /// Looked after.
    LookedAfter,
}

const GROUPS: [(Group, &str); 5] = [
    (Group::PupilPremium, "pupil-premium"),
    (Group::FreeMeals, "free-meals"),
    (Group::Sen, "sen"),
    (Group::Eal, "eal"),
    (Group::LookedAfter, "looked-after"),
];

const STAGES: [(KeyStage, &str); 6] = [
    (KeyStage::Eyfs, "eyfs"),
    (KeyStage::Ks1, "ks1"),
    (KeyStage::Ks2, "ks2"),
    (KeyStage::Ks3, "ks3"),
    (KeyStage::Ks4, "ks4"),
    (KeyStage::Ks5, "ks5"),
];

impl Group {
    /// All of them.
    pub const ALL: [Group; 5] = [
        Group::PupilPremium,
        Group::FreeMeals,
        Group::Sen,
        Group::Eal,
        Group::LookedAfter,
    ];

    /// The group of the policy's list that this is; ethnicity, gender and prior attainment have more than two sides.
    pub fn of(kind: GroupKind) -> Option<Group> {
        match kind {
            GroupKind::PupilPremium => Some(Group::PupilPremium),
            GroupKind::FreeMeals => Some(Group::FreeMeals),
            GroupKind::Sen => Some(Group::Sen),
            GroupKind::Eal => Some(Group::Eal),
            GroupKind::LookedAfter => Some(Group::LookedAfter),
            GroupKind::Ethnicity | GroupKind::Gender | GroupKind::PriorAttainment => None,
        }
    }

    /// Its kind in the policy's list.
    pub fn kind(self) -> GroupKind {
        match self {
            Group::PupilPremium => GroupKind::PupilPremium,
            Group::FreeMeals => GroupKind::FreeMeals,
            Group::Sen => GroupKind::Sen,
            Group::Eal => GroupKind::Eal,
            Group::LookedAfter => GroupKind::LookedAfter,
        }
    }

    /// The name that cells keep.
    pub fn name(self) -> &'static str {
        let named = GROUPS.iter().find(|(group, _)| *group == self);
        named.map_or("", |(_, name)| name)
    }

    /// The group of this name.
    pub fn named(name: &str) -> Option<Group> {
        let named = GROUPS.iter().find(|(_, known)| *known == name);
        named.map(|(group, _)| *group)
    }

    /// Whether a pupil is in it; one of whom it is not known is not.
    pub fn holds(self, pupil: &Pupil) -> bool {
        match self {
            Group::PupilPremium => pupil.pupil_premium == Some(true),
            Group::FreeMeals => pupil.free_meals == Some(true),
            Group::Sen => matches!(pupil.sen.as_str(), "K" | "E"),
            Group::Eal => pupil.eal == Some(true),
            Group::LookedAfter => pupil.looked_after == Some(true),
        }
    }
}

impl Cohort {
    /// Whether it names anything.
    pub fn is_named(&self) -> bool {
        *self != Cohort::default()
    }

    /// Whether a pupil is in it, as far as key stage, year group and group go; who is in its class is for the school's
    /// columns to tell.
    pub fn holds(&self, pupil: &Pupil) -> bool {
        let stage = self.key_stage.is_none() || key_stage_of(pupil) == self.key_stage;
        let year = self.year_group.is_none() || pupil.year_group == self.year_group;
        stage && year && self.group.is_none_or(|group| group.holds(pupil))
    }
}

impl fmt::Display for Cohort {
    /// Its parts, such as `year:11 group:pupil-premium`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let stage = self.key_stage.and_then(|stage| {
            let named = STAGES.iter().find(|(each, _)| *each == stage);
            named.map(|(_, name)| format!("key-stage:{name}"))
        });
        let parts = [
            stage,
            self.year_group
                .map(|year| format!("year:{}", year.number())),
            self.subject.map(|id| format!("subject:{id}")),
            self.class.map(|id| format!("class:{id}")),
            self.group.map(|group| format!("group:{}", group.name())),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        f.write_str(&parts.join(" "))
    }
}

/// A text that names no cohort.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no cohort")]
pub struct NoCohort;

impl FromStr for Cohort {
    type Err = NoCohort;

    fn from_str(text: &str) -> Result<Cohort, NoCohort> {
        let mut cohort = Cohort::default();
        for part in text.split_whitespace() {
            let (kind, name) = part.split_once(':').ok_or(NoCohort)?;
            match kind {
                "key-stage" => {
                    let named = STAGES.iter().find(|(_, known)| *known == name);
                    cohort.key_stage = Some(named.ok_or(NoCohort)?.0);
                }
                "year" => {
                    let number = name.parse().map_err(|_| NoCohort)?;
                    cohort.year_group = Some(YearGroup::new(number).ok_or(NoCohort)?);
                }
                "subject" => cohort.subject = Some(name.parse().map_err(|_| NoCohort)?),
                "class" => cohort.class = Some(name.parse().map_err(|_| NoCohort)?),
                "group" => cohort.group = Some(Group::named(name).ok_or(NoCohort)?),
                // A part that a later program knows would be left out of the count.
                _ => return Err(NoCohort),
            }
        }
        cohort.is_named().then_some(cohort).ok_or(NoCohort)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn cohorts_are_read_as_they_are_written() {
        for text in [
            "year:11",
            "year:-2",
            "key-stage:ks4",
            "group:pupil-premium",
            "class:0123456789abcdef0123456789abcdef",
            "year:6 subject:0123456789abcdef0123456789abcdef group:sen",
        ] {
            let cohort: Cohort = text.parse().unwrap();
            assert_eq!(cohort.to_string(), text);
        }
        for text in [
            "",
            "year:20",
            "key-stage:ks9",
            "group:tall",
            "house:red",
            "11",
        ] {
            assert_eq!(text.parse::<Cohort>(), Err(NoCohort), "{text}");
        }
    }

    #[test]
    fn groups_with_two_sides_are_the_policys() {
        for (group, name) in GROUPS {
            assert_eq!(Group::of(group.kind()), Some(group));
            assert_eq!(Group::named(name), Some(group));
        }
        assert_eq!(Group::of(GroupKind::Gender), None);
    }
}
