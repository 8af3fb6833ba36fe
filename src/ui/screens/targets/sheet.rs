//! What the table shows of each pupil.

use std::collections::HashMap;

use flightpath_school::journal::{School, Shown};
use flightpath_school::model::scale::Security;
use flightpath_school::model::{AcademicYear, ColumnKey, Field, Id, Measure, Value};
use flightpath_school::policy::Policy;
use flightpath_school::view::standing::{proposal, written_scale};
use flightpath_school::view::targets::{Target, TargetEntry, TargetState, differs, target};
use flightpath_school::view::{Pupil, Subject};

use crate::ui::parts::cell_words::number;

/// What a target starts from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start {
    /// KS2 reading.
    Reading,
    /// KS2 maths.
    Maths,
    /// Average GCSE points.
    AverageGcse,
    /// Average GCSE points on the old scale of eight points.
    EightPointAverage,
    /// GCSE grade predicted from CAT4.
    CatGcse,
    /// Last year's grade.
    LastYear,
    /// The imported estimate.
    Estimate,
}

impl Start {
    /// All of them, in the order of the columns.
    pub const ALL: [Start; 7] = [
        Start::Reading,
        Start::Maths,
        Start::AverageGcse,
        Start::EightPointAverage,
        Start::CatGcse,
        Start::LastYear,
        Start::Estimate,
    ];

    /// Whether it is a number of points, not a grade.
    pub fn is_number(self) -> bool {
        match self {
            Start::Reading | Start::Maths | Start::AverageGcse | Start::EightPointAverage => true,
            Start::CatGcse | Start::LastYear | Start::Estimate => false,
        }
    }

    /// The name of its column in a person's layout.
    pub fn key(self) -> &'static str {
        match self {
            Start::Reading => "ks2-reading",
            Start::Maths => "ks2-maths",
            Start::AverageGcse => "average",
            Start::EightPointAverage => "eight-point",
            Start::CatGcse => "cat",
            Start::LastYear => "last-year",
            Start::Estimate => "estimate",
        }
    }

    fn place(self) -> usize {
        Start::ALL
            .iter()
            .position(|start| *start == self)
            .unwrap_or(0)
    }
}

/// One pupil's row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The pupil.
    pub id: Id,
    /// Surname, forename.
    pub name: String,
    /// Form.
    pub form: String,
    /// Starting points, see [`Start::ALL`].
    pub starts: [String; Start::ALL.len()],
    /// The proposed grade: scale and label.
    pub proposed: Option<(String, String)>,
    /// What is set.
    pub target: Target,
    /// Whether it is another grade than the proposed one.
    pub differs: bool,
    /// Key of the scale that a target is given on.
    pub scale: Option<String>,
    /// How safe a fine grade is that is set.
    pub security: Option<Security>,
    /// Whether it waits for the year's review.
    pub awaits_review: bool,
}

impl Row {
    /// One of its starting points; empty where there is none.
    pub fn start(&self, start: Start) -> &str {
        self.starts.get(start.place()).map_or("", String::as_str)
    }

    /// The grade that is set, as its label.
    pub fn label(&self) -> &str {
        match &self.target.entry {
            TargetEntry::Grade { label, .. } => label,
            TargetEntry::Missing | TargetEntry::Several(_) => "",
        }
    }

    /// Whether a target is set.
    pub fn is_set(&self) -> bool {
        self.target.is_set()
    }

    /// Whether the proposal could take the place of what stands there; not where two values wait for a choice.
    pub fn can_take_proposal(&self) -> bool {
        self.waits() || (self.differs && self.is_set())
    }

    /// Whether a proposal waits for a pupil without a target.
    pub fn waits(&self) -> bool {
        self.target.entry == TargetEntry::Missing && self.proposed.is_some()
    }
}

/// All rows, found by pupil.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sheet {
    rows: Vec<Row>,
    places: HashMap<Id, usize>,
}

impl Sheet {
    /// The rows of these pupils.
    pub fn of(
        school: &School,
        policy: &Policy,
        year: AcademicYear,
        subject: &Subject,
        pupils: &[Pupil],
    ) -> Sheet {
        let rows: Vec<Row> = pupils
            .iter()
            .map(|pupil| row(school, policy, year, subject, pupil))
            .collect();
        let places = rows
            .iter()
            .enumerate()
            .map(|(place, row)| (row.id, place))
            .collect();
        Sheet { rows, places }
    }

    /// The rows in order.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// The starting points that any pupil here has.
    pub fn starts(&self) -> Vec<Start> {
        let known = |start: &Start| self.rows.iter().any(|row| !row.start(*start).is_empty());
        Start::ALL.into_iter().filter(known).collect()
    }

    /// One pupil's row.
    pub fn row(&self, id: Id) -> Option<&Row> {
        self.rows.get(*self.places.get(&id)?)
    }

    /// How many targets can move on to this state.
    pub fn can_move_to(&self, to: TargetState) -> usize {
        let can = |row: &&Row| row.target.can_move_to(to);
        self.rows.iter().filter(can).count()
    }

    /// How many targets wait for the year's review.
    pub fn awaiting_review(&self) -> usize {
        self.rows.iter().filter(|row| row.awaits_review).count()
    }

    /// Keys of the scales that are in use here.
    pub fn scales(&self) -> Vec<String> {
        let mut scales: Vec<String> = self
            .rows
            .iter()
            .filter_map(|row| row.scale.clone())
            .collect();
        scales.sort_unstable();
        scales.dedup();
        scales
    }
}

fn row(
    school: &School,
    policy: &Policy,
    year: AcademicYear,
    subject: &Subject,
    pupil: &Pupil,
) -> Row {
    let prior = |measure| ColumnKey::lasting(Field::Prior(measure));
    let starts = [
        prior(Measure::Ks2Reading),
        prior(Measure::Ks2Maths),
        prior(Measure::AverageGcse),
        prior(Measure::AverageGcseEightPoint),
        prior(Measure::CatPredictedGcse),
        ColumnKey::per_subject(Field::Achieved, year.previous(), subject.id),
        ColumnKey::per_subject(Field::Estimate, year, subject.id),
    ]
    .map(|key| words(&school.shown_at(&key, pupil.position)));
    let proposal = proposal(school, policy, year, subject, pupil);
    let target = target(school, year, subject, pupil.position);
    let differs = differs(policy, &target.entry, proposal.as_ref());
    let security = match &target.entry {
        TargetEntry::Grade { scale, label } => {
            let scale = policy.scales().get(scale);
            scale.and_then(|scale| scale.security(scale.parse(label).ok()?))
        }
        TargetEntry::Missing | TargetEntry::Several(_) => None,
    };
    Row {
        security,
        awaits_review: target.awaits_review(policy, year),
        id: pupil.id,
        name: pupil.name(),
        form: pupil.form.clone(),
        starts,
        proposed: proposal
            .and_then(|proposal| proposal.grade)
            .map(|grade| (grade.scale, grade.label)),
        target,
        differs,
        scale: written_scale(school, policy, year, subject, pupil)
            .map(|scale| scale.key().to_owned()),
    }
}

fn words(shown: &Shown<'_>) -> String {
    let one = |value: &Value| match value {
        Value::Grade(_, label) => label.to_string(),
        Value::Number(thousandths) => number(*thousandths),
        Value::Text(text) | Value::Code(text) => text.to_string(),
        _ => String::new(),
    };
    match shown {
        Shown::Nothing => String::new(),
        Shown::One(value) => one(value),
        Shown::Several(values) => {
            let values: Vec<String> = values.iter().map(|value| one(value)).collect();
            values.join(" / ")
        }
    }
}
