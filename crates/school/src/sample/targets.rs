//! Targets of a year, how far each has come, and what was reached at its end.

use std::collections::HashMap;

use super::ladder::Ladder;
use super::people::Person;
use super::random::Stream;
use crate::model::CivilDate;
use crate::policy::{PolicyPack, TargetMethod};

/// What pupils achieved in the year before.
#[derive(Debug, Default)]
pub(super) struct Reached {
    /// The year group in which it was reached and the place on the subject's scale in whole
    /// grades, by pupil's number and subject.
    places: HashMap<(usize, usize), (u8, f64)>,
    /// Sum of GCSE points and number of GCSEs, by pupil's number.
    gcse_points: HashMap<usize, (f64, u32)>,
}

impl Reached {
    /// Takes note of a grade achieved.
    pub(super) fn note(
        &mut self,
        person: &Person,
        subject: usize,
        year_group: u8,
        place: f64,
        is_gcse: bool,
    ) {
        self.places
            .insert((person.number, subject), (year_group, place));
        if is_gcse && year_group == 11 {
            let (sum, count) = self.gcse_points.entry(person.number).or_default();
            *sum += place;
            *count += 1;
        }
    }

    /// Average GCSE points of one who took GCSEs here in the previous year.
    pub(super) fn average_gcse(&self, person: &Person) -> Option<f64> {
        let (sum, count) = self.gcse_points.get(&person.number)?;
        (person.year_group == 12 && *count > 0).then(|| sum / f64::from(*count))
    }

    /// What was achieved in the subject in the year before, on a scale that is still in use.
    pub(super) fn before(
        &self,
        person: &Person,
        subject: usize,
        year_group: u8,
        ladder: &Ladder,
    ) -> Option<f64> {
        let (then, place) = self.places.get(&(person.number, subject))?;
        // The Spanish marks are the same in all years; GCSE grades end where A levels begin.
        let same_scale = ladder.is_decimal() || (*then < 12) == (year_group < 12);
        (*then < year_group && same_scale).then_some(*place)
    }
}

/// The level that a pupil would reach in an ordinary year, in GCSE grades; at A level it stands
/// for the pupil's place among all.
pub(super) fn level(person: &Person, talent: f64, years_ago: u8) -> f64 {
    let year_group = f64::from(person.year_group_then(years_ago));
    let growth = if year_group < 12.0 {
        0.08 * (year_group - 9.0)
    } else {
        0.1 * (year_group - 12.0)
    };
    let away = (person.attendance_then(years_ago) - 95.0).clamp(-14.0, 4.0);
    5.85 + growth + 0.95 * person.ability + talent + 0.2 * person.effort + 0.03 * away
}

/// A target as it was set.
#[derive(Debug, Clone, Copy)]
pub(super) struct Aim {
    /// Its rung.
    pub rung: usize,
    /// Whether the policy proposes another grade, which asks for a reason.
    pub is_own: bool,
}

/// The target: nearly always what the policy proposes, now and then a grade beside it; where
/// nothing is proposed, what the pupil should reach with effort.
pub(super) fn aim(
    chance: &mut Stream,
    ladder: &Ladder,
    level: f64,
    proposed: Option<usize>,
) -> Option<Aim> {
    let aimed = ladder.target(ladder.place(level + 0.4 + 0.2 * chance.normal()))?;
    let beside = chance.chance(0.07);
    let Some(proposed) = proposed else {
        return Some(Aim {
            rung: aimed,
            is_own: false,
        });
    };
    let rung = if beside {
        let towards = if aimed < proposed { -1.0 } else { 1.0 };
        ladder.raised(proposed, towards)?
    } else {
        proposed
    };
    Some(Aim {
        rung,
        is_own: rung != proposed,
    })
}

/// How much more than last year's grade a pack proposes in a curriculum, in whole grades.
pub(super) fn uplift(pack: &PolicyPack, curriculum: &str) -> Option<f64> {
    pack.targets
        .iter()
        .filter(|chain| {
            let curricula = &chain.when.curricula;
            curricula.is_empty() || curricula.iter().any(|name| name == curriculum)
        })
        .flat_map(|chain| &chain.methods)
        .find_map(|method| match method {
            TargetMethod::LastYearUplift { whole_grades } => Some(whole_grades.as_grades()),
            _ => None,
        })
}

/// How far the targets of a class have come.
#[derive(Debug, Clone, Copy)]
pub(super) struct Progress {
    pub state: &'static str,
    pub on: Option<CivilDate>,
}

/// How far the targets of a class have come: all published in a year that is over; while the
/// September event is open only agreed; then most checked and published.
pub(super) fn progress(
    chance: &mut Stream,
    is_past_year: bool,
    is_open: bool,
    (opens, today): (Option<CivilDate>, CivilDate),
) -> Progress {
    let days = i32::try_from(chance.below(20)).unwrap_or(0);
    let how_far = chance.unit();
    let (state, later) = if is_past_year {
        ("published", 18)
    } else if is_open {
        ("agreed", 0)
    } else if how_far < 0.62 {
        ("published", 18)
    } else if how_far < 0.82 {
        ("checked", 9)
    } else {
        ("agreed", 0)
    };
    let on = opens
        .and_then(|opens| opens.plus_days(days + later))
        .map(|date| date.min(today));
    Progress { state, on }
}
