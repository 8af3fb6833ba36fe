//! A markbook fills the current grades of an open event, so that nothing is typed twice.

use super::super::calendar::{EventState, TrackingEvent};
use super::super::groups::Subject;
use super::super::standing::written_scale;
use super::Markbook;
use crate::journal::{Draft, School, Shown};
use crate::markbook::share::share;
use crate::markbook::summary::grade_of_mark;
use crate::markbook::{Mark, Measured};
use crate::model::{ColumnKey, Field, Id, Value};
use crate::policy::Policy;

/// What the grades are taken from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Feeding {
    /// One assessment of the markbook, by its place: its grades, or its marks by its boundaries.
    Assessment(usize),
    /// The mean, by the boundaries of the method.
    Mean,
}

/// Why no grade can be taken from the markbook at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotFed {
    /// The event is not open.
    NotOpen,
    /// The event asks for no current grade.
    NotAsked,
    /// There is no such assessment.
    NoAssessment,
    /// Marks are entered, and there are no boundaries.
    NoBoundaries,
}

/// Why a pupil gets no grade.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WhyNotFed {
    /// There is no mark that counts.
    NoMark,
    /// The mark lies below every boundary.
    BelowBoundaries,
    /// The pupil is graded on another scale in the subject.
    ScalesDiffer {
        /// Key of the scale of the grade from the markbook.
        grade: String,
        /// Key of the scale of the pupil's subject.
        subject: String,
    },
    /// It is not known on which scale the pupil is graded.
    NoScale,
    /// The grade is none of its scale, or the mark does not fit the assessment.
    Unreadable,
}

/// A grade that can be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fed {
    /// Whose.
    pub pupil: Id,
    /// Key of its scale.
    pub scale: String,
    /// Its label.
    pub label: String,
}

/// A pupil of whom something else is known at the event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Other {
    /// The grade from the markbook.
    pub fed: Fed,
    /// Labels that stand there, several where nobody has chosen; or the code that says why there is no grade.
    pub now: Vec<String>,
}

/// What taking the grades would do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Feed {
    /// Pupils who have no grade yet and get one.
    pub new: Vec<Fed>,
    /// Pupils in whose cell the same grade stands already.
    pub same: Vec<Id>,
    /// Pupils who have another grade, or a code that says why there is none: replaced only when told so.
    pub others: Vec<Other>,
    /// Pupils who get none, and why.
    pub left_out: Vec<(Id, WhyNotFed)>,
}

/// What taking current grades of an event from a markbook would do; nothing is written yet.
///
/// # Errors
/// [`NotFed`], where none can be taken.
pub fn feed(
    school: &School,
    policy: &Policy,
    markbook: &Markbook,
    subject: &Subject,
    event: &TrackingEvent,
    from: &Feeding,
) -> Result<Feed, NotFed> {
    if event.state != EventState::Open {
        return Err(NotFed::NotOpen);
    }
    let asks = |field| event.asks().contains(&field);
    if !asks(Field::Current) && !asks(Field::Achieved) {
        return Err(NotFed::NotAsked);
    }
    let grades = grades(policy, markbook, from)?;
    let column = event.grade_column(subject.id);
    let mut found = Feed::default();
    for (row, grade) in markbook.rows.iter().zip(grades) {
        let pupil = &row.pupil;
        let fits = grade.and_then(|(scale, label)| {
            let own = written_scale(school, policy, markbook.year, subject, pupil)
                .ok_or(WhyNotFed::NoScale)?;
            if own.key() != scale {
                return Err(WhyNotFed::ScalesDiffer {
                    grade: scale,
                    subject: own.key().to_owned(),
                });
            }
            let parsed = own.parse(&label).map_err(|_| WhyNotFed::Unreadable)?;
            Ok(Fed {
                pupil: pupil.id,
                scale,
                label: own.label(parsed),
            })
        });
        let fed = match fits {
            Ok(fed) => fed,
            Err(why) => {
                found.left_out.push((pupil.id, why));
                continue;
            }
        };
        let value = Value::grade(&fed.scale, &fed.label);
        let label = |value: &Value| {
            let label = value.as_grade().map(|(_, label)| label);
            label.unwrap_or_default().to_owned()
        };
        match school.shown_at(&column, pupil.position) {
            Shown::Nothing => {
                let code = school.shown_at(&event.code_column(subject.id), pupil.position);
                let codes = match code {
                    Shown::Nothing => Vec::new(),
                    Shown::One(code) => vec![code],
                    Shown::Several(codes) => codes,
                };
                if codes.is_empty() {
                    found.new.push(fed);
                    continue;
                }
                let words = codes.into_iter().filter_map(Value::as_text);
                found.others.push(Other {
                    fed,
                    now: words.map(str::to_owned).collect(),
                });
            }
            Shown::One(now) if *now == value => found.same.push(pupil.id),
            Shown::One(now) => found.others.push(Other {
                fed,
                now: vec![label(now)],
            }),
            Shown::Several(values) => found.others.push(Other {
                fed,
                now: values.into_iter().map(label).collect(),
            }),
        }
    }
    Ok(found)
}

type Graded = Result<(String, String), WhyNotFed>;

/// The grade of each pupil: key of its scale and label.
fn grades(policy: &Policy, markbook: &Markbook, from: &Feeding) -> Result<Vec<Graded>, NotFed> {
    match from {
        Feeding::Assessment(place) => {
            let assessment = markbook.assessments.get(*place);
            let assessment = assessment.ok_or(NotFed::NoAssessment)?;
            let has_grades = match &assessment.measured {
                Some(Measured::Grades { .. }) => true,
                Some(Measured::Marks { .. }) => assessment.boundaries_in_force().is_some(),
                None => false,
            };
            if !has_grades {
                return Err(NotFed::NoBoundaries);
            }
            let grade = |mark: Option<&Mark>| {
                let mark = mark.ok_or(WhyNotFed::NoMark)?;
                share(assessment, mark, policy.scales()).map_err(|_| WhyNotFed::Unreadable)?;
                grade_of_mark(assessment, mark).ok_or(WhyNotFed::BelowBoundaries)
            };
            let cells = markbook.rows.iter().map(|row| row.cells.get(*place));
            Ok(cells
                .map(|cell| grade(cell.and_then(|cell| cell.counting())))
                .collect())
        }
        Feeding::Mean => {
            let method = &markbook.method;
            let Some(boundaries) = method
                .boundaries
                .as_ref()
                .filter(|_| method.standard.is_none())
            else {
                return Err(NotFed::NoBoundaries);
            };
            let means = markbook.means(policy, &std::collections::BTreeMap::new());
            let grade = |mean: crate::markbook::Mean| {
                mean.value.ok_or(WhyNotFed::NoMark)?;
                let label = mean.grade.ok_or(WhyNotFed::BelowBoundaries)?;
                Ok((boundaries.scale.clone(), label))
            };
            Ok(means.into_iter().map(grade).collect())
        }
    }
}

/// Writes the grades, with what they rest on. Those of whom something else is known are written
/// only where `replacing` names them; a code that said why there was no grade goes then.
pub fn write_feed(
    draft: &mut Draft,
    school: &School,
    event: &TrackingEvent,
    subject: Id,
    found: &Feed,
    replacing: impl Fn(Id) -> bool,
    evidence: &str,
) {
    let replaced = found.others.iter().map(|other| &other.fed);
    let replaced = replaced.filter(|fed| replacing(fed.pupil));
    let evidence_column = ColumnKey::per_event(Field::Evidence, event.year, subject, event.id);
    let code_column = event.code_column(subject);
    for fed in found.new.iter().chain(replaced) {
        let grade = Value::grade(&fed.scale, &fed.label);
        draft.write(event.grade_column(subject), fed.pupil, grade);
        draft.write(evidence_column, fed.pupil, Value::text(evidence.trim()));
        if school.shown(&code_column, fed.pupil) != Shown::Nothing {
            draft.write(code_column, fed.pupil, Value::Blank);
        }
    }
}
