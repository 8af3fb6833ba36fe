//! A column of the markbook in a few numbers.

use super::assessment::{Assessment, Measured};
use super::mark::{Mark, MarkEntry};
use super::number::rounded;
use super::share::{WhyLeftOut, counting, share};
use super::spread::Spread;
use crate::model::scale::ScaleSet;
use crate::policy::Rag;

/// How many pupils stand where beside their targets.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RagShares {
    /// Above.
    pub green: usize,
    /// At.
    pub white: usize,
    /// Slightly below.
    pub amber: usize,
    /// Significantly below.
    pub red: usize,
    /// Not known: no target, no grade, or on different scales.
    pub unknown: usize,
}

impl RagShares {
    /// Counts colours.
    pub fn of(colours: impl IntoIterator<Item = Option<Rag>>) -> RagShares {
        let mut shares = RagShares::default();
        for colour in colours {
            *match colour {
                Some(Rag::Green) => &mut shares.green,
                Some(Rag::White) => &mut shares.white,
                Some(Rag::Amber) => &mut shares.amber,
                Some(Rag::Red) => &mut shares.red,
                None => &mut shares.unknown,
            } += 1;
        }
        shares
    }
}

/// A column in numbers. Its values are thousandths of a mark; where grades are entered, thousandths of
/// a per cent of the way up the scale.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// How many marks count.
    pub count: usize,
    /// Their mean and standard deviation.
    pub spread: Option<Spread>,
    /// The middle one; of an even number, the mean of the middle two.
    pub median: Option<i64>,
    /// The lowest.
    pub lowest: Option<i64>,
    /// The highest.
    pub highest: Option<i64>,
    /// How many have each grade, best first; empty where neither grades are entered nor there are
    /// boundaries. Marks below every boundary stand under an empty label, last.
    pub by_grade: Vec<(String, usize)>,
    /// How many lie in each tenth of the range, lowest first: below 10 per cent, from 10 to below 20,
    /// … from 90.
    pub by_tenth: [usize; 10],
    /// Absent pupils.
    pub absent: usize,
    /// Exempt pupils.
    pub exempt: usize,
    /// Pupils who have not handed in.
    pub not_handed_in: usize,
    /// Cells in which nothing stands.
    pub blank: usize,
    /// Cells in which two values wait for a choice, so that none counts.
    pub several: usize,
    /// Cells that hold what does not fit the assessment, such as a mark above a highest that was lowered.
    pub unreadable: usize,
    /// Marks that came late.
    pub late: usize,
}

/// The grade of a mark: itself where it is one, else by the boundaries that hold for the assessment.
/// Nothing where there are none, the mark lies below all of them, or it does not fit the assessment.
pub fn grade_of_mark(assessment: &Assessment, mark: &Mark) -> Option<(String, String)> {
    match (mark, &assessment.measured) {
        (Mark::Grade { scale, label }, Some(Measured::Grades { scale: own })) => {
            (scale == own).then(|| (scale.clone(), label.clone()))
        }
        (Mark::Number(mark), Some(Measured::Marks { most })) if (0..=*most).contains(mark) => {
            let boundaries = assessment.boundaries_in_force()?;
            let label = boundaries.grade(*mark)?;
            Some((boundaries.scale.clone(), label.to_owned()))
        }
        _ => None,
    }
}

/// Sums up a column: of each pupil the mark, the moderated mark, and whether it came late. Each pupil is
/// either among the marks that count or in one of the counts that say why not.
pub fn summary<'a>(
    assessment: &Assessment,
    cells: impl IntoIterator<Item = (&'a MarkEntry, &'a MarkEntry, bool)>,
    scales: &ScaleSet,
) -> Summary {
    let mut sum = Summary::default();
    let mut values = Vec::new();
    let mut grades = Vec::new();
    for (entry, moderated, late) in cells {
        sum.late += usize::from(late);
        let mark = match counting(entry, moderated) {
            Ok((mark, _)) => mark,
            Err(why) => {
                *match why {
                    WhyLeftOut::Blank => &mut sum.blank,
                    WhyLeftOut::Absent => &mut sum.absent,
                    WhyLeftOut::Exempt => &mut sum.exempt,
                    WhyLeftOut::NotHandedIn => &mut sum.not_handed_in,
                    WhyLeftOut::Several => &mut sum.several,
                    WhyLeftOut::NotMeasured
                    | WhyLeftOut::Unreadable
                    | WhyLeftOut::OutOfRange
                    | WhyLeftOut::NoWeight
                    | WhyLeftOut::NoSpread => &mut sum.unreadable,
                } += 1;
                continue;
            }
        };
        let Ok(share) = share(assessment, mark, scales) else {
            sum.unreadable += 1;
            continue;
        };
        let tenth = usize::try_from(share / 10_000).unwrap_or(0).min(9);
        if let Some(count) = sum.by_tenth.get_mut(tenth) {
            *count += 1;
        }
        values.push(match mark {
            Mark::Number(mark) => *mark,
            Mark::Grade { .. } => share,
        });
        grades.push(grade_of_mark(assessment, mark).map(|(_, label)| label));
    }
    values.sort_unstable();
    sum.count = values.len();
    sum.spread = Spread::of(&values);
    sum.lowest = values.first().copied();
    sum.highest = values.last().copied();
    sum.median = median(&values);
    sum.by_grade = by_grade(assessment, &grades, scales);
    sum
}

fn median(sorted: &[i64]) -> Option<i64> {
    let last = sorted.len().checked_sub(1)?;
    let lower = sorted.get(last / 2)?;
    let upper = sorted.get(sorted.len() / 2)?;
    rounded(i128::from(*lower) + i128::from(*upper), 2)
}

fn by_grade(
    assessment: &Assessment,
    grades: &[Option<String>],
    scales: &ScaleSet,
) -> Vec<(String, usize)> {
    let labels: Vec<String> = match &assessment.measured {
        Some(Measured::Grades { scale }) => scales.get(scale).map_or_else(Vec::new, |scale| {
            let mut labels = scale.all_labels();
            // Numbers of a decimal scale have no labels of their own: those that occur are counted.
            if labels.is_empty() {
                labels = grades.iter().flatten().cloned().collect();
                labels.sort_by_key(|label| scale.parse(label).map(|grade| grade.lowest()).ok());
                labels.dedup();
            }
            labels.reverse();
            labels
        }),
        Some(Measured::Marks { .. }) => match assessment.boundaries_in_force() {
            Some(boundaries) => {
                let labels = boundaries.from.iter();
                labels.map(|boundary| boundary.grade.clone()).collect()
            }
            None => return Vec::new(),
        },
        None => return Vec::new(),
    };
    let count = |label: Option<&String>| {
        let same = |grade: &&Option<String>| grade.as_ref() == label;
        grades.iter().filter(same).count()
    };
    let mut counts: Vec<(String, usize)> = labels
        .iter()
        .map(|label| (label.clone(), count(Some(label))))
        .collect();
    let below = count(None);
    if below > 0 {
        counts.push((String::new(), below));
    }
    counts
}
