//! A pupil's marks come to one, with which counted and why others did not.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::assessment::Assessment;
use super::boundaries::Boundaries;
use super::mark::{Mark, MarkEntry};
use super::number::rounded;
use super::share::{WhyLeftOut, counting, share};
use super::spread::Spread;
use crate::model::Id;
use crate::model::scale::ScaleSet;

/// The mean and standard deviation that standard scores are given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct StandardTo {
    /// In thousandths.
    pub mean: i64,
    /// In thousandths.
    pub deviation: i64,
}

impl Default for StandardTo {
    /// As standard age scores: 100 and 15.
    fn default() -> StandardTo {
        StandardTo {
            mean: 100_000,
            deviation: 15_000,
        }
    }
}

/// How the marks of a class come to one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Method {
    /// How many of a pupil's lowest are dropped; one always stays.
    #[serde(default)]
    pub dropping: usize,
    /// Standard scores instead of percentages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub standard: Option<StandardTo>,
    /// From which mean on there is which grade, in per cent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub boundaries: Option<Boundaries>,
}

impl Method {
    /// The text that a cell keeps.
    pub fn text(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Reads [`Method::text`]; nothing where a later release wrote it otherwise.
    pub fn read(text: &str) -> Option<Method> {
        serde_json::from_str(text).ok()
    }
}

/// A cell that counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// Which assessment.
    pub assessment: Id,
    /// What stands there.
    pub mark: Mark,
    /// Whether that is the moderated mark.
    pub moderated: bool,
    /// What it counts as, in thousandths: of a per cent, or of the standard score.
    pub counts_as: i64,
    /// Its weight, in thousandths.
    pub weight: i64,
}

/// A cell that does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LeftOut {
    /// Which assessment.
    pub assessment: Id,
    /// Why.
    pub why: WhyLeftOut,
}

/// What a pupil's marks come to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mean {
    /// In thousandths of a per cent, or of the standard score; nothing where no cell counts.
    pub value: Option<i64>,
    /// The grade by the method's boundaries; they are in per cent, so that standard scores have none.
    pub grade: Option<String>,
    /// The cells that count, in order of the assessments.
    pub counted: Vec<Counted>,
    /// The cells that would count and are dropped, lowest first.
    pub dropped: Vec<Counted>,
    /// The cells that do not count, in order of the assessments.
    pub left_out: Vec<LeftOut>,
    /// The weights of what counts, in thousandths.
    pub weights: i64,
}

impl Mean {
    /// How many assessments the pupil should have handed in and has not: left out, and to be said.
    pub fn not_handed_in(&self) -> usize {
        let missing = |cell: &&LeftOut| cell.why == WhyLeftOut::NotHandedIn;
        self.left_out.iter().filter(missing).count()
    }
}

/// Assessments of a class and its pupils' marks.
#[derive(Debug, Clone, Copy)]
pub struct Sheet<'a> {
    /// The assessments.
    pub assessments: &'a [Assessment],
    /// A row per pupil: mark and moderated mark for each assessment, in their order.
    pub rows: &'a [Vec<(MarkEntry, MarkEntry)>],
    /// The scales that grades are read on.
    pub scales: &'a ScaleSet,
}

impl Sheet<'_> {
    /// What the cells of an assessment that count come to, in thousandths of a per cent.
    fn shares(&self, place: usize) -> Vec<i64> {
        let Some(assessment) = self.assessments.get(place) else {
            return Vec::new();
        };
        let cells = self.rows.iter().filter_map(|row| row.get(place));
        cells
            .filter_map(|(entry, moderated)| {
                let (mark, _) = counting(entry, moderated).ok()?;
                share(assessment, mark, self.scales).ok()
            })
            .collect()
    }

    /// How the marks of each assessment spread, in thousandths of a per cent.
    pub fn spreads(&self) -> BTreeMap<Id, Spread> {
        let spread = |(place, assessment): (usize, &Assessment)| {
            Some((assessment.id, Spread::of(&self.shares(place))?))
        };
        let all = self.assessments.iter().enumerate();
        all.filter_map(spread).collect()
    }
}

/// The mean of every pupil, in order of the rows. Standard scores go by the spreads of the sheet, or by
/// those given for an assessment, such as that of all classes.
pub fn means(sheet: &Sheet<'_>, method: &Method, given: &BTreeMap<Id, Spread>) -> Vec<Mean> {
    means_of(sheet, method, given, |_| true)
}

/// The same for the assessments of each category, in the order in which the categories first stand.
pub fn means_by_category(
    sheet: &Sheet<'_>,
    method: &Method,
    given: &BTreeMap<Id, Spread>,
) -> Vec<(String, Vec<Mean>)> {
    let mut in_order: Vec<&Assessment> = sheet.assessments.iter().collect();
    in_order.sort_by_key(|assessment| (assessment.order, assessment.id));
    let mut seen = BTreeSet::new();
    let categories = in_order.into_iter().map(|assessment| &assessment.category);
    categories
        .filter(|category| seen.insert((*category).clone()))
        .map(|category| {
            let of = |assessment: &Assessment| assessment.category == *category;
            (category.clone(), means_of(sheet, method, given, of))
        })
        .collect()
}

fn means_of(
    sheet: &Sheet<'_>,
    method: &Method,
    given: &BTreeMap<Id, Spread>,
    of: impl Fn(&Assessment) -> bool,
) -> Vec<Mean> {
    let mut spreads = BTreeMap::new();
    if method.standard.is_some() {
        spreads = sheet.spreads();
        spreads.extend(given.iter().map(|(id, spread)| (*id, *spread)));
    }
    let mut places: Vec<(usize, &Assessment)> = sheet.assessments.iter().enumerate().collect();
    places.retain(|(_, assessment)| of(assessment));
    places.sort_by_key(|(_, assessment)| (assessment.order, assessment.id));
    let blank = (MarkEntry::Blank, MarkEntry::Blank);
    let of_row = |row: &Vec<(MarkEntry, MarkEntry)>| {
        let mut mean = Mean::default();
        for (place, assessment) in &places {
            let (entry, moderated) = row.get(*place).unwrap_or(&blank);
            let cell = counted(assessment, entry, moderated, sheet.scales, method, &spreads);
            match cell {
                Ok(counted) => mean.counted.push(counted),
                Err(why) => mean.left_out.push(LeftOut {
                    assessment: assessment.id,
                    why,
                }),
            }
        }
        come_to_one(mean, method)
    };
    sheet.rows.iter().map(of_row).collect()
}

fn counted(
    assessment: &Assessment,
    entry: &MarkEntry,
    moderated: &MarkEntry,
    scales: &ScaleSet,
    method: &Method,
    spreads: &BTreeMap<Id, Spread>,
) -> Result<Counted, WhyLeftOut> {
    let (mark, moderated) = counting(entry, moderated)?;
    let share = share(assessment, mark, scales)?;
    if assessment.weight <= 0 {
        return Err(WhyLeftOut::NoWeight);
    }
    let counts_as = match method.standard {
        None => share,
        Some(StandardTo { mean, deviation }) => spreads
            .get(&assessment.id)
            .and_then(|spread| spread.moved(share, Spread { mean, deviation }))
            .ok_or(WhyLeftOut::NoSpread)?,
    };
    Ok(Counted {
        assessment: assessment.id,
        mark: mark.clone(),
        moderated,
        counts_as,
        weight: assessment.weight,
    })
}

/// Drops the lowest and takes the weighted mean of the rest. Of equal ones the heaviest goes first.
fn come_to_one(mut mean: Mean, method: &Method) -> Mean {
    let mut lowest: Vec<Counted> = mean.counted.clone();
    lowest.sort_by_key(|cell| {
        let lightness = core::cmp::Reverse(cell.weight);
        (cell.counts_as, lightness, cell.assessment)
    });
    lowest.truncate(method.dropping.min(mean.counted.len().saturating_sub(1)));
    let gone: BTreeSet<Id> = lowest.iter().map(|cell| cell.assessment).collect();
    mean.counted.retain(|cell| !gone.contains(&cell.assessment));
    mean.dropped = lowest;
    mean.weights = mean.counted.iter().map(|cell| cell.weight).sum();
    let sum: i128 = mean
        .counted
        .iter()
        .map(|cell| i128::from(cell.counts_as) * i128::from(cell.weight))
        .sum();
    mean.value = rounded(sum, i128::from(mean.weights));
    mean.grade = match (mean.value, &method.boundaries, method.standard) {
        (Some(value), Some(boundaries), None) => boundaries.grade(value).map(str::to_owned),
        _ => None,
    };
    mean
}
