//! Proposed targets, with the way to each.

mod benchmark;
mod reason;

use crate::model::EightPointAverage;
use crate::model::scale::{Grade, Position, ScaleId};
use crate::national::{SchoolBenchmark, Start};
use crate::policy::{
    CompiledMethod, CompiledRows, CompiledTable, GradeMeasure, MissingOne, Policy, Rounding,
    ScoreMeasure, SubjectRole,
};

pub use benchmark::chances;
pub use reason::{
    ChancesTold, Proposal, ProposedGrade, ScoresUsed, StartUsed, TableRow, TargetReason,
    TargetSource, WhyNot,
};

/// What stands where a KS2 scaled score should.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ScoreEntry {
    /// Nothing.
    #[default]
    Missing,
    /// A code instead of a score (absent, below the standard, …).
    Code,
    /// Two values that nobody has chosen between.
    Conflict,
    /// A scaled score, 80 to 120.
    Scaled(u8),
}

/// What is known of a pupil when a target for one subject is wanted.
#[derive(Debug, Clone, Copy)]
pub struct TargetInputs<'a> {
    /// Year group, −2 (Nursery 1) to 14.
    pub year_group: i8,
    /// Key of the subject.
    pub subject: &'a str,
    /// The subject's name as the school writes it, by which national figures are found.
    pub subject_name: &'a str,
    /// What the subject is to prior attainment, from [`PolicyPack::role_of`](crate::policy::PolicyPack::role_of).
    pub role: SubjectRole,
    /// Key of the subject's curriculum.
    pub curriculum: &'a str,
    /// The scale that the subject is graded on.
    pub scale: ScaleId,
    /// KS2 reading.
    pub ks2_reading: ScoreEntry,
    /// KS2 maths.
    pub ks2_maths: ScoreEntry,
    /// Average GCSE points per entry, 0 to 9.
    pub average_gcse: Option<Start>,
    /// Average GCSE points on the old scale of eight points, of who sat GCSEs graded A*–G.
    pub average_gcse_eight_point: Option<EightPointAverage>,
    /// The GCSE grade that CAT4 predicts.
    pub cat_predicted_gcse: Option<Grade>,
    /// Imported estimates for this subject: source (`fft20`, `alps`) and grade.
    pub benchmarks: &'a [(&'a str, Grade)],
    /// Outcome of the early years foundation stage in what this subject is: reading, writing or maths.
    pub eyfs_outcome: Option<Grade>,
    /// Teacher assessment at the end of key stage 1 in the same.
    pub key_stage_1: Option<Grade>,
    /// The grade of the end of last year in this subject.
    pub last_year: Option<Grade>,
}

/// What a method found, before any text is made of it.
#[derive(Debug, Clone, Copy)]
struct Found {
    grade: Grade,
    way: Way,
    /// What it was before the policy's limits.
    limited: Option<Grade>,
}

impl Found {
    fn new(grade: Grade, way: Way) -> Found {
        Found {
            grade,
            way,
            limited: None,
        }
    }

    /// Within the lowest and highest target of a chain.
    fn within(self, clamp: Option<(Grade, Grade)>) -> Found {
        let of_scale = |(lowest, _): &(Grade, Grade)| lowest.scale() == self.grade.scale();
        let grade = match clamp.filter(of_scale) {
            Some((lowest, _)) if self.grade.highest() < lowest.lowest() => lowest,
            Some((_, highest)) if self.grade.lowest() > highest.highest() => highest,
            _ => return self,
        };
        Found {
            grade,
            way: self.way,
            limited: Some(self.grade),
        }
    }
}

#[derive(Debug, Clone, Copy)]
enum Way {
    Score {
        table: usize,
        row: usize,
        score: u8,
        used: ScoresUsed,
    },
    Grade {
        table: usize,
        row: usize,
        read: Grade,
    },
    EightPoint {
        table: usize,
        row: usize,
        average: EightPointAverage,
    },
    AsItIs,
    Pupils {
        percent: u8,
        start: StartUsed,
    },
    Schools {
        percent: u8,
        start: StartUsed,
        benchmark: SchoolBenchmark,
    },
    Uplift {
        last_year: Grade,
        whole_grades: Position,
    },
}

/// Proposes a target, with its reasons.
pub fn propose(policy: &Policy, inputs: &TargetInputs<'_>) -> Proposal {
    let mut passed_over = Vec::new();
    let chain = chain_for(policy, inputs);
    let found = chain.and_then(|chain| {
        decide(policy, inputs, chain, &mut |method, why| {
            passed_over.push((method, why));
        })
    });
    let pack = policy.pack();
    Proposal {
        grade: found.as_ref().and_then(|(_, found)| {
            let scale = policy.scales().by_id(found.grade.scale())?;
            Some(ProposedGrade {
                scale: scale.key().to_owned(),
                label: scale.label(found.grade),
                grade: found.grade,
            })
        }),
        reason: TargetReason {
            policy: pack.key.clone(),
            version: pack.version,
            chain,
            passed_over,
            limited: found
                .and_then(|(_, found)| found.limited)
                .map(|grade| policy.scales().label(grade)),
            decided: chain.zip(found).and_then(|(chain, (method, found))| {
                Some((method, source(policy, inputs, chain, method, found.way)?))
            }),
        },
    }
}

/// Proposes a target without making its reasons: the same grade as [`propose`].
pub fn propose_grade(policy: &Policy, inputs: &TargetInputs<'_>) -> Option<Grade> {
    let chain = chain_for(policy, inputs)?;
    decide(policy, inputs, chain, &mut |_, _| {}).map(|(_, found)| found.grade)
}

fn chain_for(policy: &Policy, inputs: &TargetInputs<'_>) -> Option<usize> {
    policy.chains().iter().position(|chain| {
        chain.when.selects(
            inputs.year_group,
            inputs.curriculum,
            inputs.subject,
            inputs.role,
        )
    })
}

fn decide(
    policy: &Policy,
    inputs: &TargetInputs<'_>,
    chain: usize,
    pass_over: &mut impl FnMut(usize, WhyNot),
) -> Option<(usize, Found)> {
    let chain = policy.chains().get(chain)?;
    for (place, method) in chain.methods.iter().enumerate() {
        let found = apply(policy, inputs, method).and_then(|found| {
            let found = found.within(chain.clamp);
            if found.grade.scale() == inputs.scale {
                Ok(found)
            } else {
                Err(WhyNot::TargetOnOtherScale(found.grade))
            }
        });
        match found {
            Ok(found) => return Some((place, found)),
            // What comes after this method may be a lower target: better none than one that changes when they come.
            Err(why @ WhyNot::FiguresNotHere) => {
                pass_over(place, why);
                return None;
            }
            Err(why) => pass_over(place, why),
        }
    }
    None
}

fn apply(
    policy: &Policy,
    inputs: &TargetInputs<'_>,
    method: &CompiledMethod,
) -> Result<Found, WhyNot> {
    match method {
        CompiledMethod::ScoreLookup {
            table,
            measure,
            rounding,
            missing_one,
        } => {
            let (score, used) = score_of(inputs, measure.of(inputs.role), *rounding, *missing_one)?;
            let (row, grade) = score_row(policy.tables().get(*table), score)
                .ok_or(WhyNot::ScoreInNoRow { score })?;
            let way = Way::Score {
                table: *table,
                row,
                score,
                used,
            };
            Ok(Found::new(grade, way))
        }
        CompiledMethod::GradeLookup { table, measure } => {
            let read = grade_of(inputs, measure).ok_or(WhyNot::NoGrade)?;
            let (row, grade) = grade_row(policy.tables().get(*table), read)?;
            let way = Way::Grade {
                table: *table,
                row,
                read,
            };
            Ok(Found::new(grade, way))
        }
        CompiledMethod::EightPointLookup { table } => {
            let average = inputs.average_gcse_eight_point;
            let average = average.ok_or(WhyNot::NoEightPointAverage)?;
            let (row, grade) = average_row(policy.tables().get(*table), average)
                .ok_or(WhyNot::NoEightPointAverage)?;
            let way = Way::EightPoint {
                table: *table,
                row,
                average,
            };
            Ok(Found::new(grade, way))
        }
        CompiledMethod::GradeAsTarget { measure } => {
            let grade = grade_of(inputs, measure).ok_or(WhyNot::NoGrade)?;
            Ok(Found::new(grade, Way::AsItIs))
        }
        CompiledMethod::PupilBenchmark { percent } => {
            let (grade, start) = benchmark::of_pupils(policy, inputs, *percent)?;
            let way = Way::Pupils {
                percent: *percent,
                start,
            };
            Ok(Found::new(grade, way))
        }
        CompiledMethod::SchoolBenchmark { percent } => {
            let (grade, start, benchmark) = benchmark::of_schools(policy, inputs, *percent)?;
            let way = Way::Schools {
                percent: *percent,
                start,
                benchmark,
            };
            Ok(Found::new(grade, way))
        }
        CompiledMethod::LastYearUplift { whole_grades } => {
            let last_year = inputs.last_year.ok_or(WhyNot::NoGrade)?;
            let scale = policy.scales().by_id(last_year.scale());
            let grade = scale
                .and_then(|scale| scale.at_or_under(last_year.lowest() + *whole_grades))
                .ok_or(WhyNot::TargetOnOtherScale(last_year))?;
            let way = Way::Uplift {
                last_year,
                whole_grades: *whole_grades,
            };
            Ok(Found::new(grade, way))
        }
        CompiledMethod::Teacher => Err(WhyNot::TeacherDecides),
    }
}

fn score_of(
    inputs: &TargetInputs<'_>,
    measure: ScoreMeasure,
    rounding: Rounding,
    missing_one: MissingOne,
) -> Result<(u8, ScoresUsed), WhyNot> {
    let reading = score(inputs.ks2_reading, ScoreMeasure::Reading);
    let maths = score(inputs.ks2_maths, ScoreMeasure::Maths);
    match measure {
        ScoreMeasure::Reading => reading.map(|score| (score, ScoresUsed::Reading(score))),
        ScoreMeasure::Maths => maths.map(|score| (score, ScoresUsed::Maths(score))),
        ScoreMeasure::MeanOfReadingAndMaths => match (reading, maths) {
            (Ok(reading), Ok(maths)) => {
                let sum = u16::from(reading) + u16::from(maths);
                let half = sum % 2 == 1;
                let up = u16::from(half && rounding == Rounding::HalfUp);
                let used = ScoresUsed::Mean {
                    reading,
                    maths,
                    rounded: half.then_some(rounding),
                };
                Ok((u8::try_from(sum / 2 + up).unwrap_or(u8::MAX), used))
            }
            // A value in conflict is there: it has to be settled, not replaced.
            (Err(why @ WhyNot::ScoreInConflict(_)), _)
            | (_, Err(why @ WhyNot::ScoreInConflict(_))) => Err(why),
            (Ok(reading), Err(_)) if missing_one == MissingOne::UseOther => {
                Ok((reading, ScoresUsed::ReadingForMean(reading)))
            }
            (Err(_), Ok(maths)) if missing_one == MissingOne::UseOther => {
                Ok((maths, ScoresUsed::MathsForMean(maths)))
            }
            (Err(why), Ok(_)) | (Ok(_), Err(why)) => Err(why),
            (Err(_), Err(_)) => Err(WhyNot::NoScore(ScoreMeasure::MeanOfReadingAndMaths)),
        },
    }
}

fn score(entry: ScoreEntry, measure: ScoreMeasure) -> Result<u8, WhyNot> {
    match entry {
        ScoreEntry::Scaled(score) => Ok(score),
        ScoreEntry::Missing => Err(WhyNot::NoScore(measure)),
        ScoreEntry::Code => Err(WhyNot::ScoreIsCode(measure)),
        ScoreEntry::Conflict => Err(WhyNot::ScoreInConflict(measure)),
    }
}

pub(super) fn grade_of(inputs: &TargetInputs<'_>, measure: &GradeMeasure) -> Option<Grade> {
    match measure {
        GradeMeasure::CatPredictedGcse => inputs.cat_predicted_gcse,
        GradeMeasure::EyfsOutcome => inputs.eyfs_outcome,
        GradeMeasure::KeyStage1 => inputs.key_stage_1,
        GradeMeasure::Benchmark(source) => inputs
            .benchmarks
            .iter()
            .find(|(held, _)| held == source)
            .map(|(_, grade)| *grade),
    }
}

fn score_row(table: Option<&CompiledTable>, score: u8) -> Option<(usize, Grade)> {
    let CompiledRows::Scores(rows) = &table?.rows else {
        return None;
    };
    rows.iter()
        .enumerate()
        .find(|(_, (from, to, _))| (*from..=*to).contains(&score))
        .map(|(row, (_, _, grade))| (row, *grade))
}

fn grade_row(table: Option<&CompiledTable>, read: Grade) -> Result<(usize, Grade), WhyNot> {
    let Some(CompiledRows::Grades { scale, rows }) = table.map(|table| &table.rows) else {
        return Err(WhyNot::GradeInNoRow(read));
    };
    if read.scale() != *scale {
        return Err(WhyNot::TableReadsOtherScale(read));
    }
    rows.iter()
        .enumerate()
        .find(|(_, (from, to, _))| read.lowest() >= *from && read.highest() <= *to)
        .map(|(row, (_, _, grade))| (row, *grade))
        .ok_or(WhyNot::GradeInNoRow(read))
}

/// The last row that begins at the average or below it.
fn average_row(
    table: Option<&CompiledTable>,
    average: EightPointAverage,
) -> Option<(usize, Grade)> {
    let CompiledRows::EightPointAverages(rows) = &table?.rows else {
        return None;
    };
    let mut reached = rows.iter().enumerate().rev();
    let row = reached.find(|(_, (from, _))| average >= *from);
    row.map(|(row, (_, grade))| (row, *grade))
}

fn source(
    policy: &Policy,
    inputs: &TargetInputs<'_>,
    chain: usize,
    method: usize,
    way: Way,
) -> Option<TargetSource> {
    let measure = || match policy.chains().get(chain)?.methods.get(method)? {
        CompiledMethod::GradeLookup { measure, .. } | CompiledMethod::GradeAsTarget { measure } => {
            Some(measure.clone())
        }
        _ => None,
    };
    Some(match way {
        Way::Score {
            table,
            row,
            score,
            used,
        } => TargetSource::Score {
            score,
            used,
            row: table_row(policy, table, row)?,
        },
        Way::Grade { table, row, read } => TargetSource::Grade {
            measure: measure()?,
            label: policy.scales().label(read),
            row: table_row(policy, table, row)?,
        },
        Way::EightPoint {
            table,
            row,
            average,
        } => TargetSource::EightPoint {
            average,
            row: table_row(policy, table, row)?,
        },
        Way::AsItIs => TargetSource::AsItIs {
            measure: measure()?,
        },
        Way::Pupils { percent, start } => {
            let (chances, outcomes) = chances(policy, inputs).ok()?;
            TargetSource::Pupils {
                percent,
                start,
                place: chances.top(percent),
                chances: ChancesTold::new(&chances, outcomes),
            }
        }
        Way::Schools {
            percent,
            start,
            benchmark,
        } => TargetSource::Schools {
            percent,
            start,
            benchmark,
            source: chances(policy, inputs).ok()?.1.source_of_expected().clone(),
        },
        Way::Uplift {
            last_year,
            whole_grades,
        } => TargetSource::Uplift {
            last_year: policy.scales().label(last_year),
            whole_grades,
        },
    })
}

fn table_row(policy: &Policy, table: usize, row: usize) -> Option<TableRow> {
    let table = policy.pack().tables.get(table)?;
    let (from, to, grade) = table.rows.row(row)?;
    Some(TableRow {
        table: table.key.clone(),
        year: table.year.clone(),
        source: table.source.clone(),
        row,
        from,
        to,
        grade: grade.to_owned(),
    })
}
