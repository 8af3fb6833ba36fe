//! Markbooks of the current year: what each class was and will be assessed in, and the marks so far.

use std::collections::BTreeMap;

use super::classes::Entry;
use super::curriculum::{Department, Taught};
use super::people::Person;
use super::random::{Purpose, Stream};
use crate::journal::{Draft, Noted};
use crate::markbook::{
    AssessmentKind, Boundaries, Boundary, Instead, Measured, Method, WHOLE_PERCENT,
};
use crate::model::scale::{Position, Scale};
use crate::model::{AcademicYear, CivilDate, ColumnKey, Field, Id, Value};
use crate::policy::MonthDay;

/// Which classes are assessed so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Whom {
    All,
    /// All but every third class.
    Most,
    /// Every third class, for the teacher's own eyes.
    OwnNotes,
    /// The last year of a key stage with examinations.
    Leavers,
    /// All other year groups.
    NotLeavers,
    /// Leavers in subjects with practical work.
    Practical,
}

struct Planned {
    title: &'static str,
    kind: AssessmentKind,
    month: u8,
    day: u8,
    most: i64,
    /// In thousandths.
    weight: i64,
    whom: Whom,
}

const fn planned(
    title: &'static str,
    kind: AssessmentKind,
    (month, day): (u8, u8),
    most: i64,
    weight: i64,
    whom: Whom,
) -> Planned {
    Planned {
        title,
        kind,
        month,
        day,
        most,
        weight,
        whom,
    }
}

const PLANNED: [Planned; 12] = {
    use AssessmentKind::{ClassWork, HomeLearning, KeyAssessment, Mock, NonExamined, Test};
    [
        planned("Baseline test", Test, (9, 15), 30, 500, Whom::All),
        planned(
            "Home learning 1",
            HomeLearning,
            (10, 2),
            20,
            500,
            Whom::Most,
        ),
        planned(
            "Half-term 1 assessment",
            KeyAssessment,
            (10, 16),
            50,
            2000,
            Whom::All,
        ),
        planned(
            "Class work folder",
            ClassWork,
            (11, 6),
            20,
            1000,
            Whom::Most,
        ),
        planned("Talk in class", ClassWork, (11, 9), 10, 0, Whom::OwnNotes),
        planned(
            "Practical work",
            NonExamined,
            (11, 10),
            60,
            2000,
            Whom::Practical,
        ),
        planned("Unit test 1", Test, (11, 18), 40, 1000, Whom::All),
        planned(
            "Half-term 2 assessment",
            KeyAssessment,
            (12, 11),
            60,
            2000,
            Whom::All,
        ),
        planned("Mock examination", Mock, (1, 15), 80, 3000, Whom::Leavers),
        planned(
            "Home learning 2",
            HomeLearning,
            (1, 22),
            20,
            500,
            Whom::NotLeavers,
        ),
        planned(
            "Half-term 4 assessment",
            KeyAssessment,
            (3, 12),
            60,
            2000,
            Whom::All,
        ),
        planned("End-of-year test", Test, (6, 4), 80, 3000, Whom::NotLeavers),
    ]
};

/// So many days after an assessment it is marked, and after as many again moderated.
const MARKING_DAYS: i32 = 5;

/// Per cent at which the lowest grade above the worst begins, and the best.
const LOWEST_SHARE: f64 = 15.0;
const HIGHEST_SHARE: f64 = 88.0;

/// A scale on which classes are given marks, with what all of them share.
pub(super) struct Grading {
    key: String,
    /// How the marks of a decimal scale are written; nothing of a graded one.
    decimal: Option<Scale>,
    /// Places of the lowest grade above the worst, and of the best.
    between: (f64, f64),
    /// Boundaries by the highest mark.
    boundaries: Vec<(i64, Noted)>,
    /// How marks come to one.
    method: Option<Noted>,
}

impl Grading {
    pub(super) fn new(scale: &Scale, draft: &mut Draft) -> Grading {
        let places: Vec<f64> = scale.positions().iter().map(|at| at.as_grades()).collect();
        let mut grading = Grading {
            key: scale.key().to_owned(),
            decimal: places.is_empty().then(|| scale.clone()),
            between: match (places.get(1), places.last()) {
                (Some(first), Some(last)) => (*first, *last),
                _ => (0.0, 1.0),
            },
            boundaries: Vec::new(),
            method: None,
        };
        if grading.decimal.is_some() {
            return grading;
        }
        let shares = grading.shares(scale);
        for planned in &PLANNED {
            if !grading
                .boundaries
                .iter()
                .any(|(most, _)| *most == planned.most)
            {
                let of = Boundaries::of_percentages(scale, planned.most * 1000, &shares);
                let noted = draft.note(Value::text(&of.text()));
                grading.boundaries.push((planned.most, noted));
            }
        }
        let method = Method {
            boundaries: Some(Boundaries::new(scale, WHOLE_PERCENT, shares)),
            ..Method::default()
        };
        grading.method = Some(draft.note(Value::text(&method.text())));
        grading
    }

    /// Per cent of the highest mark at a place on a graded scale.
    fn share(&self, place: f64) -> f64 {
        let (first, last) = self.between;
        LOWEST_SHARE + (HIGHEST_SHARE - LOWEST_SHARE) * (place - first) / (last - first).max(0.1)
    }

    /// From which per cent on there is which grade; the worst from nought.
    fn shares(&self, scale: &Scale) -> Vec<Boundary> {
        let graded = scale.labels().zip(scale.positions()).enumerate();
        graded
            .map(|(rank, (label, place))| {
                // A hair below a whole number is meant to be it.
                let whole = (self.share(place.as_grades()) + 1e-6).floor() as i64;
                Boundary {
                    grade: label.to_owned(),
                    from: if rank == 0 { 0 } else { whole * 1000 },
                }
            })
            .collect()
    }

    /// What is entered for an assessment.
    fn measured(&self, most: i64) -> Measured {
        match &self.decimal {
            Some(_) => Measured::Grades {
                scale: self.key.clone(),
            },
            None => Measured::Marks { most: most * 1000 },
        }
    }

    /// What a pupil who works at a place gets, with luck: in marks a little past the middle of a grade.
    fn mark(&self, most: i64, place: f64, luck: f64) -> Value {
        let Some(scale) = &self.decimal else {
            let share = self.share(place + 0.5) + 5.0 * luck;
            let marks = (share / 100.0 * most as f64).round() as i64;
            return Value::whole(marks.clamp(0, most));
        };
        let (lowest, highest) = scale.range();
        let tenths = ((place + 0.45 * luck) * 10.0).round() as i32;
        let place = Position::from_units(tenths * (Position::UNITS_PER_GRADE / 10));
        let grade = scale.at_or_under(place.clamp(lowest, highest));
        let label = grade.map(|grade| scale.label(grade)).unwrap_or_default();
        Value::grade(&self.key, &label)
    }
}

/// A pupil's class in one subject, with what its marks are given on.
pub(super) struct Group<'a> {
    pub taught: &'a Taught,
    pub year_group: u8,
    pub grading: &'a Grading,
    /// How hard the pupil works.
    pub effort: Option<Noted>,
}

/// The markbooks of one subject, filled before they are written at once.
pub(super) struct Books {
    seed: u64,
    year: AcademicYear,
    today: CivilDate,
    subject: Id,
    rows: BTreeMap<Field, Vec<(Id, Noted)>>,
    marks: BTreeMap<(Id, Field), Vec<(Id, Noted)>>,
    methods: Vec<(Id, Noted)>,
    /// The assessments of each class: place in the plan, and row.
    classes: BTreeMap<Id, Vec<(usize, Id)>>,
}

impl Books {
    pub(super) fn new(seed: u64, year: AcademicYear, today: CivilDate, subject: Id) -> Books {
        Books {
            seed,
            year,
            today,
            subject,
            rows: BTreeMap::new(),
            marks: BTreeMap::new(),
            methods: Vec::new(),
            classes: BTreeMap::new(),
        }
    }

    /// Gives a pupil of a class marks: `place_at` says where on the scale the pupil works when so much
    /// of the year is over.
    pub(super) fn add(
        &mut self,
        draft: &mut Draft,
        person: &Person,
        entry: &Entry,
        group: &Group<'_>,
        place_at: impl Fn(f64) -> f64,
    ) {
        if !self.classes.contains_key(&entry.class_id) {
            let own = self.plan(draft, entry, group);
            self.classes.insert(entry.class_id, own);
        }
        let own = self.classes.get(&entry.class_id).cloned();
        for (number, id) in own.into_iter().flatten() {
            let Some((planned, date)) = PLANNED.get(number).zip(self.date(number)) else {
                continue;
            };
            let days = self.today.day_number() - date.day_number();
            let about = [entry.class, number];
            let slow = Stream::of(self.seed, Purpose::Assessment, &about).below(4);
            let marked_after = MARKING_DAYS + i32::try_from(slow).unwrap_or(0);
            if days < marked_after {
                continue;
            }
            let about = [entry.class, number, person.number];
            let mut chance = Stream::of(self.seed, Purpose::Assessment, &about);
            let place = place_at(f64::from(days_into_year(self.year, date)) / 280.0);
            let moderated = days >= 2 * marked_after;
            let marked = Marked { id, planned };
            self.mark(draft, &mut chance, person, group, &marked, place, moderated);
        }
    }

    fn date(&self, number: usize) -> Option<CivilDate> {
        let planned = PLANNED.get(number)?;
        let day = MonthDay {
            month: planned.month,
            day: planned.day,
        };
        day.date_in(self.year)
    }

    /// The assessments of a class, written as it is met.
    fn plan(&mut self, draft: &mut Draft, entry: &Entry, group: &Group<'_>) -> Vec<(usize, Id)> {
        let is_leaving = matches!(group.year_group, 11 | 13);
        let practical = matches!(
            group.taught.department,
            Department::Art
                | Department::Music
                | Department::Drama
                | Department::Computing
                | Department::Sport
                | Department::Technology
        );
        let mut own = Vec::new();
        for (number, planned) in PLANNED.iter().enumerate() {
            let is_for = match planned.whom {
                Whom::All => true,
                Whom::Most => !entry.class.is_multiple_of(3),
                Whom::OwnNotes => entry.class.is_multiple_of(3),
                Whom::Leavers => is_leaving,
                Whom::NotLeavers => !is_leaving,
                Whom::Practical => is_leaving && practical,
            };
            let Some(date) = self.date(number).filter(|_| is_for) else {
                continue;
            };
            let class = entry.class_id.to_string();
            let id = Id::derived("sample-assessment", &[&class, &number.to_string()]);
            let term = match planned.month {
                9..=12 => "Autumn",
                1..=3 => "Spring",
                _ => "Summer",
            };
            let measured = group.grading.measured(planned.most);
            let order = i64::try_from(number).unwrap_or(0);
            let mut put = |field, value: Value| {
                let noted = draft.note(value);
                self.rows.entry(field).or_default().push((id, noted));
            };
            put(Field::AssessmentClass, Value::Reference(entry.class_id));
            put(Field::AssessmentTitle, Value::text(planned.title));
            put(Field::AssessmentDate, Value::Date(date));
            put(Field::AssessmentKind, Value::text(planned.kind.name()));
            put(Field::AssessmentCategory, Value::text(term));
            put(Field::AssessmentMeasure, Value::text(&measured.text()));
            put(Field::AssessmentWeight, Value::Number(planned.weight));
            put(Field::AssessmentOrder, Value::whole(order));
            if planned.whom == Whom::OwnNotes {
                put(Field::AssessmentPrivate, Value::Flag(true));
            }
            let is_graded = !matches!(
                planned.kind,
                AssessmentKind::HomeLearning | AssessmentKind::ClassWork
            );
            let mut of = group.grading.boundaries.iter();
            let of = of.find(|(most, _)| is_graded && *most == planned.most);
            if let Some((_, noted)) = of {
                let cells = self.rows.entry(Field::AssessmentBoundaries).or_default();
                cells.push((id, *noted));
            }
            own.push((number, id));
        }
        if let Some(method) = group.grading.method {
            self.methods.push((entry.class_id, method));
        }
        own
    }

    #[expect(clippy::too_many_arguments, reason = "each says one thing of the cell")]
    fn mark(
        &mut self,
        draft: &mut Draft,
        chance: &mut Stream,
        person: &Person,
        group: &Group<'_>,
        marked: &Marked<'_>,
        place: f64,
        moderated: bool,
    ) {
        let planned = marked.planned;
        let at_home = matches!(
            planned.kind,
            AssessmentKind::HomeLearning | AssessmentKind::NonExamined
        );
        let luck = chance.unit();
        let away = (100.0 - person.attendance_then(0)) / 100.0;
        let careless = (0.05 - 0.03 * person.effort).max(0.004);
        let mut put = |field, noted| {
            let cells = self.marks.entry((marked.id, field)).or_default();
            cells.push((person.id, noted));
        };
        let instead = if luck < 0.6 * away && !at_home {
            Some(Instead::Absent)
        } else if luck < careless && at_home {
            Some(Instead::NotHandedIn)
        } else if luck > 0.998 {
            Some(Instead::Exempt)
        } else {
            None
        };
        if let Some(instead) = instead {
            put(Field::Mark, draft.note(instead.value()));
            if instead == Instead::Absent && chance.chance(0.3) {
                put(
                    Field::MarkNote,
                    draft.note(Value::text("sits it when back")),
                );
            }
            return;
        }
        let noise = chance.normal();
        put(
            Field::Mark,
            draft.note(group.grading.mark(planned.most, place, noise)),
        );
        let shows_effort = planned.kind == AssessmentKind::ClassWork && planned.weight > 0;
        if let Some(effort) = group.effort.filter(|_| shows_effort) {
            put(Field::MarkEffort, effort);
        }
        if at_home && chance.chance(2.0 * careless) {
            put(Field::MarkLate, draft.note(Value::Flag(true)));
        }
        // One mark in five is looked at by another teacher, and a few change.
        if planned.kind == AssessmentKind::NonExamined && moderated && chance.chance(0.2) {
            let other = noise - 0.3 + 0.3 * chance.normal();
            put(
                Field::MarkModerated,
                draft.note(group.grading.mark(planned.most, place, other)),
            );
        }
    }

    /// Writes all of it.
    pub(super) fn write(self, draft: &mut Draft) {
        for (field, cells) in self.rows {
            draft.write_column(ColumnKey::yearly(field, self.year), cells);
        }
        for ((assessment, field), cells) in self.marks {
            let key = ColumnKey::per_assessment(field, self.year, self.subject, assessment);
            draft.write_column(key, cells);
        }
        draft.write_column(ColumnKey::lasting(Field::ClassMean), self.methods);
    }
}

struct Marked<'a> {
    id: Id,
    planned: &'a Planned,
}

fn days_into_year(year: AcademicYear, date: CivilDate) -> i32 {
    let begins = CivilDate::new(i32::from(year.0), 9, 1);
    begins.map_or(0, |begins| date.day_number() - begins.day_number())
}
