//! Tables and chains of methods.

use super::checker::Checker;
use crate::model::EightPointAverage;
use crate::model::scale::{Grade, Position, Scale, ScaleId};
use crate::policy::pack::PolicyPack;
use crate::policy::problem::PackProblemKind;
use crate::policy::selector::Selector;
use crate::policy::target_rules::{
    AverageRow, GradeMeasure, GradeRow, MissingOne, Rounding, SCHOOL_PERCENTS, ScoreChoice,
    ScoreRow, TableKind, TableRows, TargetChain, TargetMethod,
};

/// A table with its grades read.
#[derive(Debug, Clone)]
pub struct CompiledTable {
    /// Scale of its targets.
    pub scale: ScaleId,
    /// Its rows, lowest first.
    pub rows: CompiledRows,
}

/// Rows with their grades read: lowest, highest, target.
#[derive(Debug, Clone)]
pub enum CompiledRows {
    /// By scaled score.
    Scores(Vec<(u8, u8, Grade)>),
    /// By grade of a scale.
    Grades {
        /// The scale that it reads.
        scale: ScaleId,
        /// The rows by position on it.
        rows: Vec<(Position, Position, Grade)>,
    },
    /// By average on the old scale of eight points: from where on, target.
    EightPointAverages(Vec<(EightPointAverage, Grade)>),
}

/// A chain with its methods resolved.
#[derive(Debug, Clone)]
pub struct CompiledChain {
    /// For whom.
    pub when: Selector,
    /// Lowest and highest target.
    pub clamp: Option<(Grade, Grade)>,
    /// In order.
    pub methods: Vec<CompiledMethod>,
}

/// A method with its table found and its grades read. Tables by their place in the pack.
#[derive(Debug, Clone)]
pub enum CompiledMethod {
    /// A KS2 scaled score in a table.
    ScoreLookup {
        /// Place of the table.
        table: usize,
        /// Which score for which subject.
        measure: ScoreChoice,
        /// How a mean is rounded.
        rounding: Rounding,
        /// What to do when one score of a mean is missing.
        missing_one: MissingOne,
    },
    /// A grade in a table.
    GradeLookup {
        /// Place of the table.
        table: usize,
        /// Which grade.
        measure: GradeMeasure,
    },
    /// Average GCSE points on the old scale of eight points in a table.
    EightPointLookup {
        /// Place of the table.
        table: usize,
    },
    /// A grade as it is.
    GradeAsTarget {
        /// Which grade.
        measure: GradeMeasure,
    },
    /// What the top of the pupils with the same start have reached.
    PupilBenchmark {
        /// In per cent.
        percent: u8,
    },
    /// What pupils with the same start would reach in the schools at the top.
    SchoolBenchmark {
        /// In per cent.
        percent: u8,
    },
    /// Last year's grade and more.
    LastYearUplift {
        /// How much more.
        whole_grades: Position,
    },
    /// The teacher decides.
    Teacher,
}

pub(super) fn tables(pack: &PolicyPack, check: &mut Checker<'_>) -> Vec<CompiledTable> {
    let mut compiled = Vec::new();
    for (at, table) in pack.tables.iter().enumerate() {
        let place = format!("tables[{at}]");
        let Some(scale) = check.scale(&place, &table.scale) else {
            continue;
        };
        let rows = match &table.rows {
            TableRows::Scores(rows) => Some(CompiledRows::Scores(score_rows(
                check,
                &format!("{place}.scores"),
                scale,
                rows,
            ))),
            TableRows::Grades { scale: key, rows } => {
                let place = format!("{place}.grades");
                check.scale(&place, key).map(|read| CompiledRows::Grades {
                    scale: read.id(),
                    rows: grade_rows(check, &place, scale, read, rows),
                })
            }
            TableRows::EightPointAverages(rows) => Some(CompiledRows::EightPointAverages(
                average_rows(check, &format!("{place}.eight_point_averages"), scale, rows),
            )),
        };
        if let Some(rows) = rows {
            compiled.push(CompiledTable {
                scale: scale.id(),
                rows,
            });
        }
    }
    compiled
}

fn score_rows(
    check: &mut Checker<'_>,
    place: &str,
    scale: &Scale,
    rows: &[ScoreRow],
) -> Vec<(u8, u8, Grade)> {
    if rows.is_empty() {
        check.add(place.to_owned(), PackProblemKind::Empty);
    }
    let mut compiled = Vec::new();
    let mut end: Option<u8> = None;
    for (at, row) in rows.iter().enumerate() {
        let place = format!("{place}[{at}]");
        if row.to < row.from {
            check.add(place.clone(), PackProblemKind::Backwards);
        }
        match end {
            Some(end) if row.from <= end => check.add(place.clone(), PackProblemKind::Overlap),
            Some(end) if row.from.saturating_sub(end) > 1 => {
                check.add(place.clone(), PackProblemKind::Gap)
            }
            _ => {}
        }
        end = Some(row.to);
        if let Some(grade) = check.grade(&place, scale, &row.grade) {
            compiled.push((row.from, row.to, grade));
        }
    }
    compiled
}

fn grade_rows(
    check: &mut Checker<'_>,
    place: &str,
    scale: &Scale,
    read: &Scale,
    rows: &[GradeRow],
) -> Vec<(Position, Position, Grade)> {
    if rows.is_empty() {
        check.add(place.to_owned(), PackProblemKind::Empty);
    }
    let mut compiled = Vec::new();
    let mut end: Option<Grade> = None;
    for (at, row) in rows.iter().enumerate() {
        let place = format!("{place}.rows[{at}]");
        let from = check.grade(&place, read, &row.from);
        let to = check.grade(&place, read, &row.to);
        let target = check.grade(&place, scale, &row.grade);
        let (Some(from), Some(to)) = (from, to) else {
            continue;
        };
        if to.highest() < from.lowest() {
            check.add(place.clone(), PackProblemKind::Backwards);
        }
        if let Some(end) = end {
            if from.lowest() <= end.highest() {
                check.add(place.clone(), PackProblemKind::Overlap);
            } else if let (Some(own), Some(below)) = (from.ranks(), end.ranks())
                && own.lowest.saturating_sub(below.highest) > 1
            {
                check.add(place.clone(), PackProblemKind::Gap);
            }
        }
        end = Some(to);
        if let Some(target) = target {
            compiled.push((from.lowest(), to.highest(), target));
        }
    }
    compiled
}

/// Each row ends where the next begins, so that nothing can lie between two.
fn average_rows(
    check: &mut Checker<'_>,
    place: &str,
    scale: &Scale,
    rows: &[AverageRow],
) -> Vec<(EightPointAverage, Grade)> {
    if rows.is_empty() {
        check.add(place.to_owned(), PackProblemKind::Empty);
    }
    let mut compiled = Vec::new();
    let mut below: Option<EightPointAverage> = None;
    for (at, row) in rows.iter().enumerate() {
        let place = format!("{place}[{at}]");
        if !row.from.is_possible() {
            check.add(place.clone(), PackProblemKind::BadAverage(row.from));
        }
        match below {
            Some(below) if row.from <= below => check.add(place.clone(), PackProblemKind::Overlap),
            None if row.from > EightPointAverage::LOWEST => {
                check.add(place.clone(), PackProblemKind::NotFromLowest);
            }
            _ => {}
        }
        below = Some(row.from);
        if let Some(grade) = check.grade(&place, scale, &row.grade) {
            compiled.push((row.from, grade));
        }
    }
    compiled
}

pub(super) fn chains(pack: &PolicyPack, check: &mut Checker<'_>) -> Vec<CompiledChain> {
    let mut compiled = Vec::new();
    for (at, chain) in pack.targets.iter().enumerate() {
        let place = format!("targets[{at}]");
        check.curricula(pack, &format!("{place}.when"), &chain.when.curricula);
        if chain.methods.is_empty() {
            check.add(place.clone(), PackProblemKind::Empty);
        }
        let mut methods = Vec::new();
        let mut ended = false;
        for (at, method) in chain.methods.iter().enumerate() {
            let place = format!("{place}.methods[{at}]");
            if ended {
                check.add(place.clone(), PackProblemKind::Unreachable);
            }
            ended = *method == TargetMethod::Teacher;
            methods.extend(compile_method(pack, check, &place, method));
        }
        compiled.push(CompiledChain {
            when: chain.when.clone(),
            clamp: limits(pack, check, &place, chain),
            methods,
        });
    }
    compiled
}

fn compile_method(
    pack: &PolicyPack,
    check: &mut Checker<'_>,
    place: &str,
    method: &TargetMethod,
) -> Option<CompiledMethod> {
    match method {
        TargetMethod::ScoreLookup {
            table,
            measure,
            rounding,
            missing_one,
        } => {
            let table = find_table(pack, check, place, table, TableKind::Scores)?;
            Some(CompiledMethod::ScoreLookup {
                table,
                measure: measure.clone(),
                rounding: *rounding,
                missing_one: *missing_one,
            })
        }
        TargetMethod::GradeLookup { table, measure } => {
            let table = find_table(pack, check, place, table, TableKind::Grades)?;
            Some(CompiledMethod::GradeLookup {
                table,
                measure: measure.clone(),
            })
        }
        TargetMethod::EightPointLookup { table } => {
            let table = find_table(pack, check, place, table, TableKind::EightPointAverages)?;
            Some(CompiledMethod::EightPointLookup { table })
        }
        TargetMethod::GradeAsTarget { measure } => Some(CompiledMethod::GradeAsTarget {
            measure: measure.clone(),
        }),
        TargetMethod::PupilBenchmark { percent } => {
            if !(1..=99).contains(percent) {
                check.add(place.to_owned(), PackProblemKind::BadPercent(*percent));
            }
            Some(CompiledMethod::PupilBenchmark { percent: *percent })
        }
        TargetMethod::SchoolBenchmark { percent } => {
            if !SCHOOL_PERCENTS.contains(percent) {
                check.add(place.to_owned(), PackProblemKind::BadPercent(*percent));
            }
            Some(CompiledMethod::SchoolBenchmark { percent: *percent })
        }
        TargetMethod::LastYearUplift { whole_grades } => {
            if *whole_grades < Position::ZERO {
                check.add(place.to_owned(), PackProblemKind::Negative);
            }
            Some(CompiledMethod::LastYearUplift {
                whole_grades: *whole_grades,
            })
        }
        TargetMethod::Teacher => Some(CompiledMethod::Teacher),
    }
}

fn find_table(
    pack: &PolicyPack,
    check: &mut Checker<'_>,
    place: &str,
    key: &str,
    kind: TableKind,
) -> Option<usize> {
    let at = pack.tables.iter().position(|table| table.key == key);
    let Some((at, table)) = at.and_then(|at| Some((at, pack.tables.get(at)?))) else {
        let kind = PackProblemKind::UnknownTable(key.to_owned());
        check.add(place.to_owned(), kind);
        return None;
    };
    if table.rows.kind() != kind {
        let kind = PackProblemKind::WrongTable(key.to_owned());
        check.add(place.to_owned(), kind);
        return None;
    }
    Some(at)
}

/// The limits of a chain. A table of its methods that goes beyond them is refused: one of the two is a mistake.
fn limits(
    pack: &PolicyPack,
    check: &mut Checker<'_>,
    place: &str,
    chain: &TargetChain,
) -> Option<(Grade, Grade)> {
    let clamp = chain.clamp.as_ref()?;
    let at = format!("{place}.clamp");
    let scale = check.scale(&at, &clamp.scale)?;
    let lowest = check.grade(&at, scale, &clamp.lowest)?;
    let highest = check.grade(&at, scale, &clamp.highest)?;
    if highest.highest() < lowest.lowest() {
        check.add(at, PackProblemKind::Backwards);
        return None;
    }
    for (number, method) in chain.methods.iter().enumerate() {
        let Some(table) = method.table() else {
            continue;
        };
        let table = pack.tables.iter().find(|held| held.key == table);
        let Some(table) = table.filter(|table| table.scale == clamp.scale) else {
            continue;
        };
        for label in table.rows.targets() {
            let outside = scale.parse(label).is_ok_and(|grade| {
                grade.highest() < lowest.lowest() || grade.lowest() > highest.highest()
            });
            if outside {
                let kind = PackProblemKind::OutsideClamp {
                    grade: label.to_owned(),
                    lowest: clamp.lowest.clone(),
                    highest: clamp.highest.clone(),
                };
                check.add(format!("{place}.methods[{number}]"), kind);
            }
        }
    }
    Some((lowest, highest))
}
