//! How the pupils stand at an event: the stored columns given to the rule engine.

use std::collections::{BTreeMap, BTreeSet};

use super::calendar::TrackingEvent;
use super::groups::Subject;
use super::pupils::Pupil;
use super::what_if::setting_of;
use crate::engine::event::{
    CellOutcome, EventInputs, EventOutcome, PupilOutcome, PupilRow, SubjectSetting, evaluate,
};
use crate::engine::status::{Belief, Cell, EventTerms, GradeEntry, Horizon};
use crate::engine::targets::{
    ChancesTold, Proposal, ScoreEntry, TargetInputs, WhyNot, chances, propose,
};
use crate::engine::triggers::{Firing, explain, told};
use crate::journal::{School, Shown};
use crate::model::scale::{Grade, Scale, ScaleId};
use crate::model::{
    AcademicYear, ColumnKey, EightPointAverage, Field, Id, Measure, PrimarySubject, Value,
    YearGroup, keys,
};
use crate::national::Start;
use crate::policy::{KeyStage, Policy};

/// Reads a stored grade on the policy's scales.
pub fn grade_of(policy: &Policy, value: &Value) -> Option<Grade> {
    let (scale, label) = value.as_grade()?;
    policy.scales().get(scale)?.parse(label).ok()
}

/// Grades of a school read once each, by the number that equal values share.
#[derive(Debug, Clone, Default)]
pub struct Grades {
    entries: Vec<GradeEntry>,
}

impl Grades {
    /// Reads the grades that came since the last time.
    pub fn keep_up(&mut self, school: &School, policy: &Policy) {
        let known = self.entries.len();
        let count = school.pool().value_count();
        self.entries.extend((known..count).map(|at| {
            let number = u32::try_from(at + 1).unwrap_or(u32::MAX);
            match school.pool().value_numbered(number) {
                None | Some(Value::Blank) => GradeEntry::Missing,
                Some(value) => {
                    grade_of(policy, value).map_or(GradeEntry::Unreadable, GradeEntry::Grade)
                }
            }
        }));
    }

    fn entry(&self, school: &School, key: &ColumnKey, position: usize) -> GradeEntry {
        let number = school.code(key, position).value_number();
        match number.checked_sub(1) {
            None => GradeEntry::Missing,
            Some(at) => usize::try_from(at)
                .ok()
                .and_then(|at| self.entries.get(at))
                .copied()
                .unwrap_or(GradeEntry::Conflict),
        }
    }
}

/// The scale on which a pupil is graded in a subject: the school's choice for the subject, else
/// the policy's for its curriculum and the year group.
pub fn scale_of<'a>(
    policy: &'a Policy,
    subject: &Subject,
    year_group: Option<YearGroup>,
) -> Option<&'a Scale> {
    if !subject.scale.is_empty() {
        return policy.scales().get(&subject.scale);
    }
    let year = year_group?.number();
    let key = policy.pack().scale_for(
        &keys::slug(&subject.name),
        curriculum_of(policy, subject),
        year,
    )?;
    policy.scales().get(key)
}

/// The scale on which a pupil's grades in a subject are written: that of the target that they are
/// compared with, which an import may have brought on another scale than the policy's; without a
/// target, [`scale_of`].
pub fn written_scale<'a>(
    school: &School,
    policy: &'a Policy,
    year: AcademicYear,
    subject: &Subject,
    pupil: &Pupil,
) -> Option<&'a Scale> {
    let target = ColumnKey::per_subject(Field::Target, year, subject.id);
    let of_target = school
        .shown_at(&target, pupil.position)
        .one()
        .and_then(Value::as_grade)
        .and_then(|(key, _)| policy.scales().get(key));
    of_target.or_else(|| scale_of(policy, subject, pupil.year_group))
}

pub(super) fn curriculum_of<'a>(policy: &'a Policy, subject: &'a Subject) -> &'a str {
    if subject.curriculum.is_empty() {
        policy.pack().usual_curriculum()
    } else {
        &subject.curriculum
    }
}

/// The key stage of a pupil.
pub fn key_stage_of(pupil: &Pupil) -> Option<KeyStage> {
    KeyStage::of_year(pupil.year_group?.number())
}

/// What a pupil's subjects came to at one event.
#[derive(Debug, Clone)]
pub struct Standing {
    subjects: Vec<Subject>,
    places: BTreeMap<Id, usize>,
    rows: Vec<PupilRow>,
    starts: Vec<usize>,
    cells: Vec<Cell>,
    outcome: EventOutcome,
}

/// One pupil's part of a [`Standing`].
#[derive(Debug, Clone, Copy)]
pub struct PupilStanding<'a> {
    /// Counts and rules over all subjects.
    pub whole: &'a PupilOutcome,
    /// What was known, subject by subject; [`Standing::subject`] names a cell's subject.
    pub cells: &'a [Cell],
    /// What it came to, in the same order.
    pub outcomes: &'a [CellOutcome],
}

impl Standing {
    /// Judges every subject of the given pupils at an event.
    pub fn of(
        school: &School,
        policy: &Policy,
        grades: &Grades,
        event: &TrackingEvent,
        subjects: &[Subject],
        pupils: &[Pupil],
    ) -> Standing {
        let columns: Vec<[ColumnKey; 4]> = subjects
            .iter()
            .map(|subject| {
                [
                    ColumnKey::per_subject(Field::Target, event.year, subject.id),
                    event.grade_column(subject.id),
                    ColumnKey::per_event(Field::Predicted, event.year, subject.id, event.id),
                    ColumnKey::per_event(Field::OnTarget, event.year, subject.id, event.id),
                ]
            })
            .collect();
        let calendar = policy.pack().event(&event.key);
        let asks_belief = event.asks().contains(&Field::OnTarget);
        let predicts = calendar.and_then(|entry| entry.predicts);
        let mut standing = Standing::empty(subjects, pupils.len());
        for pupil in pupils {
            let before = standing.cells.len();
            for (subject, [target, current, predicted, on_target]) in (0_u16..).zip(&columns) {
                let cell = Cell {
                    subject,
                    target: grades.entry(school, target, pupil.position),
                    current: grades.entry(school, current, pupil.position),
                    predicted: grades.entry(school, predicted, pupil.position),
                    belief: belief(school, on_target, pupil.position),
                    // Compared only where the event says what its predictions are for.
                    target_horizon: predicts.map_or_else(Horizon::default, |_| {
                        horizon(policy, subjects.get(usize::from(subject)), pupil)
                    }),
                    predicted_horizon: predicts.unwrap_or_default(),
                };
                let nothing = cell.target == GradeEntry::Missing
                    && cell.current == GradeEntry::Missing
                    && cell.predicted == GradeEntry::Missing
                    && cell.belief == Belief::Missing;
                if !nothing {
                    standing.cells.push(cell);
                }
            }
            let terms = EventTerms {
                asks_belief,
                ..pupil.year_group.map_or_else(EventTerms::default, |year| {
                    EventTerms::of(policy.pack(), &event.key, year.number())
                })
            };
            standing.ends(pupil, terms, before);
        }
        standing.judged(policy)
    }

    /// Judges what nobody has entered, such as an example's: each pupil with what bears on the
    /// judgements and with cells, which name their subjects by place.
    pub fn of_cells(
        policy: &Policy,
        subjects: &[Subject],
        pupils: &[(&Pupil, EventTerms, &[Cell])],
    ) -> Standing {
        let mut standing = Standing::empty(subjects, pupils.len());
        for (pupil, terms, cells) in pupils {
            let before = standing.cells.len();
            standing.cells.extend_from_slice(cells);
            standing.ends(pupil, *terms, before);
        }
        standing.judged(policy)
    }

    fn empty(subjects: &[Subject], pupils: usize) -> Standing {
        Standing {
            subjects: subjects.to_vec(),
            places: BTreeMap::new(),
            rows: Vec::with_capacity(pupils),
            starts: Vec::with_capacity(pupils),
            cells: Vec::new(),
            outcome: EventOutcome::default(),
        }
    }

    /// The cells from `before` on are this pupil's.
    fn ends(&mut self, pupil: &Pupil, terms: EventTerms, before: usize) {
        self.places.insert(pupil.id, self.rows.len());
        self.rows.push(PupilRow {
            key_stage: key_stage_of(pupil),
            terms,
            cells: u32::try_from(self.cells.len() - before).unwrap_or(0),
        });
        self.starts.push(before);
    }

    fn judged(mut self, policy: &Policy) -> Standing {
        let settings: Vec<SubjectSetting> = (self.subjects.iter())
            .map(|subject| setting_of(policy, subject))
            .collect();
        evaluate(
            policy,
            &EventInputs {
                subjects: &settings,
                pupils: &self.rows,
                cells: &self.cells,
            },
            &mut self.outcome,
        );
        self
    }

    /// A pupil's part.
    pub fn pupil(&self, id: Id) -> Option<PupilStanding<'_>> {
        let place = *self.places.get(&id)?;
        let start = *self.starts.get(place)?;
        let count = usize::try_from(self.rows.get(place)?.cells).ok()?;
        Some(PupilStanding {
            whole: self.outcome.pupils.get(place)?,
            cells: self.cells.get(start..start + count)?,
            outcomes: self.outcome.cells.get(start..start + count)?,
        })
    }

    /// The pupils who need someone: a rule fires for them, over all subjects or in one, or somebody
    /// is to be told.
    pub fn needing(&self, policy: &Policy) -> BTreeSet<Id> {
        let needs = |own: &PupilStanding<'_>| {
            !own.whole.rules.fired.is_empty()
                || !told(policy, own.whole).is_empty()
                || own
                    .outcomes
                    .iter()
                    .any(|outcome| !outcome.rules.fired.is_empty())
        };
        self.places
            .keys()
            .copied()
            .filter(|id| self.pupil(*id).is_some_and(|own| needs(&own)))
            .collect()
    }

    /// One subject of a pupil.
    pub fn cell(&self, pupil: Id, subject: Id) -> Option<(&Cell, &CellOutcome)> {
        let standing = self.pupil(pupil)?;
        standing
            .cells
            .iter()
            .zip(standing.outcomes)
            .find(|(cell, _)| self.subject(cell.subject).map(|s| s.id) == Some(subject))
    }

    /// What of the event bears on a pupil's judgements.
    pub fn terms(&self, pupil: Id) -> Option<EventTerms> {
        let place = *self.places.get(&pupil)?;
        self.rows.get(place).map(|row| row.terms)
    }

    /// The subject that a cell names by its place.
    pub fn subject(&self, place: u16) -> Option<&Subject> {
        self.subjects.get(usize::from(place))
    }

    /// Why each rule that fires for a pupil fires.
    pub fn reasons(&self, policy: &Policy, pupil: Id) -> Vec<Firing> {
        let (Some(place), Some(standing)) = (self.places.get(&pupil), self.pupil(pupil)) else {
            return Vec::new();
        };
        let key_stage = self.rows.get(*place).and_then(|row| row.key_stage);
        explain(policy, key_stage, standing.cells, standing.outcomes)
    }
}

/// The day that a pupil's target in a subject is for.
fn horizon(policy: &Policy, subject: Option<&Subject>, pupil: &Pupil) -> Horizon {
    let chain = subject.zip(pupil.year_group).and_then(|(subject, year)| {
        let key = keys::slug(&subject.name);
        let pack = policy.pack();
        pack.chain_for(&key, curriculum_of(policy, subject), year.number())
    });
    chain.map_or_else(Horizon::default, |chain| chain.horizon)
}

fn belief(school: &School, key: &ColumnKey, position: usize) -> Belief {
    match school.shown_at(key, position) {
        Shown::Nothing => Belief::Missing,
        Shown::One(Value::Flag(true)) => Belief::Yes,
        Shown::One(Value::Flag(false)) => Belief::No,
        Shown::One(_) | Shown::Several(_) => Belief::Conflict,
    }
}

fn score(school: &School, measure: Measure, position: usize) -> ScoreEntry {
    match school.shown_at(&ColumnKey::lasting(Field::Prior(measure)), position) {
        Shown::Nothing => ScoreEntry::Missing,
        Shown::One(value) => match (value, value.as_whole()) {
            (_, Some(score)) => u8::try_from(score).map_or(ScoreEntry::Code, ScoreEntry::Scaled),
            _ => ScoreEntry::Code,
        },
        Shown::Several(_) => ScoreEntry::Conflict,
    }
}

/// Average points in thousandths; nothing where two values wait for a choice.
fn points(school: &School, measure: Measure, position: usize) -> Option<i64> {
    let key = ColumnKey::lasting(Field::Prior(measure));
    school.shown_at(&key, position).one()?.as_thousandths()
}

/// What the policy proposes as a pupil's target in a subject, with its reasons. Nothing where the
/// pupil has no year group, or the policy no scale for the subject.
pub fn proposal(
    school: &School,
    policy: &Policy,
    year: AcademicYear,
    subject: &Subject,
    pupil: &Pupil,
) -> Option<Proposal> {
    with_inputs(school, policy, year, subject, pupil, |inputs| {
        propose(policy, inputs)
    })
}

/// What pupils with the same start have reached nationally in a subject, or why that cannot be
/// said. Nothing where nothing could be proposed either.
pub fn national_chances(
    school: &School,
    policy: &Policy,
    year: AcademicYear,
    subject: &Subject,
    pupil: &Pupil,
) -> Option<Result<ChancesTold, WhyNot>> {
    with_inputs(school, policy, year, subject, pupil, |inputs| {
        chances(policy, inputs).map(|(found, outcomes)| ChancesTold::new(&found, outcomes))
    })
}

pub(super) fn with_inputs<T>(
    school: &School,
    policy: &Policy,
    year: AcademicYear,
    subject: &Subject,
    pupil: &Pupil,
    answer: impl FnOnce(&TargetInputs<'_>) -> T,
) -> Option<T> {
    let key = keys::slug(&subject.name);
    let one = |column: ColumnKey| {
        school
            .shown_at(&column, pupil.position)
            .one()
            .and_then(|value| grade_of(policy, value))
    };
    let scale: ScaleId = scale_of(policy, subject, pupil.year_group)?.id();
    let estimate = one(ColumnKey::per_subject(Field::Estimate, year, subject.id));
    // An imported estimate answers whichever source the chain asks for: the file that it came
    // from names the source, the school decides which files it imports.
    let benchmarks: Vec<(&str, Grade)> = estimate
        .into_iter()
        .flat_map(|grade| policy.estimates().map(move |source| (source, grade)))
        .collect();
    let continues = PrimarySubject::of(&key, policy.pack().role_of(&key));
    let primary = |measure: fn(PrimarySubject) -> Measure| {
        one(ColumnKey::lasting(Field::Prior(measure(continues?))))
    };
    let inputs = TargetInputs {
        year_group: pupil.year_group?.number(),
        role: policy.pack().role_of(&key),
        subject: &key,
        subject_name: &subject.name,
        curriculum: curriculum_of(policy, subject),
        scale,
        ks2_reading: score(school, Measure::Ks2Reading, pupil.position),
        ks2_maths: score(school, Measure::Ks2Maths, pupil.position),
        average_gcse: points(school, Measure::AverageGcse, pupil.position)
            .map(|thousandths| Start::from_ten_thousandths(thousandths * 10)),
        average_gcse_eight_point: points(school, Measure::AverageGcseEightPoint, pupil.position)
            .and_then(EightPointAverage::from_thousandths),
        eyfs_outcome: primary(Measure::eyfs),
        key_stage_1: primary(Measure::key_stage_1),
        cat_predicted_gcse: one(ColumnKey::lasting(Field::Prior(Measure::CatPredictedGcse))),
        benchmarks: &benchmarks,
        last_year: one(ColumnKey::per_subject(
            Field::Achieved,
            year.previous(),
            subject.id,
        )),
    };
    Some(answer(&inputs))
}
