//! Targets: what is set, how far it has come, and the writes that set it and move it on.

use super::groups::Subject;
use super::pupils::Pupil;
use super::standing::{grade_of, proposal};
use crate::engine::targets::Proposal;
use crate::journal::{Draft, School, Shown};
use crate::model::{AcademicYear, CivilDate, ColumnKey, Field, Value};
use crate::policy::Policy;

/// How far a target has come, first to last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TargetState {
    /// Set, and talked over with nobody yet.
    Proposed,
    /// Agreed with the pupil.
    Agreed,
    /// Checked by the head of department.
    Checked,
    /// Published to the parents.
    Published,
}

impl TargetState {
    /// All of them, first to last.
    pub const ALL: [TargetState; 4] = [
        TargetState::Proposed,
        TargetState::Agreed,
        TargetState::Checked,
        TargetState::Published,
    ];

    /// The name that files keep.
    pub fn name(self) -> &'static str {
        match self {
            TargetState::Proposed => "proposed",
            TargetState::Agreed => "agreed",
            TargetState::Checked => "checked",
            TargetState::Published => "published",
        }
    }

    /// The state of this name.
    pub fn named(name: &str) -> Option<TargetState> {
        TargetState::ALL
            .into_iter()
            .find(|state| state.name() == name)
    }

    /// The state before it; a target moves on one state at a time.
    pub fn before(self) -> Option<TargetState> {
        match self {
            TargetState::Proposed => None,
            TargetState::Agreed => Some(TargetState::Proposed),
            TargetState::Checked => Some(TargetState::Agreed),
            TargetState::Published => Some(TargetState::Checked),
        }
    }
}

/// What stands in the target's cell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum TargetEntry {
    /// Nothing.
    #[default]
    Missing,
    /// A grade: key of its scale and label.
    Grade {
        /// Key of the scale.
        scale: String,
        /// Label of the grade.
        label: String,
    },
    /// Labels that nobody has chosen between; empty words for a target that was taken away.
    Several(Vec<String>),
}

/// A pupil's target in one subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// What is set.
    pub entry: TargetEntry,
    /// How far it has come; means nothing while no target is set.
    pub state: TargetState,
    /// When it came to that state.
    pub since: Option<CivilDate>,
    /// Why another grade than the proposed one was set; empty where none is given.
    pub reason: String,
}

/// Reads a pupil's target, by the position of the pupil's row.
pub fn target(school: &School, year: AcademicYear, subject: &Subject, position: usize) -> Target {
    let shown = |field| {
        let key = ColumnKey::per_subject(field, year, subject.id);
        school.shown_at(&key, position)
    };
    let label = |value: &Value| {
        value
            .as_grade()
            .map_or_else(String::new, |(_, label)| label.to_owned())
    };
    let entry = match shown(Field::Target) {
        Shown::Nothing => TargetEntry::Missing,
        Shown::One(value) => match value.as_grade() {
            Some((scale, label)) => TargetEntry::Grade {
                scale: scale.to_owned(),
                label: label.to_owned(),
            },
            None => TargetEntry::Missing,
        },
        Shown::Several(values) => TargetEntry::Several(values.into_iter().map(label).collect()),
    };
    let text = |field| {
        let value = shown(field).one().and_then(Value::as_text);
        value.unwrap_or_default().to_owned()
    };
    Target {
        entry,
        state: TargetState::named(&text(Field::TargetState)).unwrap_or(TargetState::Proposed),
        since: shown(Field::TargetDate).one().and_then(Value::as_date),
        reason: text(Field::TargetReason),
    }
}

/// Whether a target is another grade than the proposed one. A target on a scale that the policy
/// does not have is another grade than any.
pub fn differs(policy: &Policy, entry: &TargetEntry, proposal: Option<&Proposal>) -> bool {
    let TargetEntry::Grade { scale, label } = entry else {
        return false;
    };
    let Some(proposed) = proposal.and_then(|proposal| proposal.grade.as_ref()) else {
        return false;
    };
    grade_of(policy, &Value::grade(scale, label)) != Some(proposed.grade)
}

/// Writes a target, or takes it away with a blank. What was agreed was another grade, so its way
/// begins anew. An empty reason takes an older one away.
pub fn set(
    draft: &mut Draft,
    year: AcademicYear,
    subject: &Subject,
    pupil: &Pupil,
    grade: Value,
    reason: &str,
) {
    let mut write = |field, value| {
        let key = ColumnKey::per_subject(field, year, subject.id);
        draft.write(key, pupil.id, value);
    };
    write(Field::Target, grade);
    write(Field::TargetReason, Value::text(reason.trim()));
    write(Field::TargetState, Value::Blank);
    write(Field::TargetDate, Value::Blank);
}

/// Sets the proposed grade where nothing is set yet and something is proposed. Says whether it
/// did.
pub fn accept(
    draft: &mut Draft,
    school: &School,
    policy: &Policy,
    year: AcademicYear,
    subject: &Subject,
    pupil: &Pupil,
) -> bool {
    if target(school, year, subject, pupil.position).entry != TargetEntry::Missing {
        return false;
    }
    let proposed =
        proposal(school, policy, year, subject, pupil).and_then(|proposal| proposal.grade);
    let Some(proposed) = proposed else {
        return false;
    };
    draft.write(
        ColumnKey::per_subject(Field::Target, year, subject.id),
        pupil.id,
        Value::grade(&proposed.scale, &proposed.label),
    );
    true
}

/// Moves a target on to a state from the one before it, on a date. Says whether it did: not where
/// no target is set, or where it stands anywhere else.
pub fn move_on(
    draft: &mut Draft,
    school: &School,
    year: AcademicYear,
    subject: &Subject,
    pupil: &Pupil,
    to: TargetState,
    on: CivilDate,
) -> bool {
    let target = target(school, year, subject, pupil.position);
    let set = matches!(target.entry, TargetEntry::Grade { .. });
    if !set || to.before() != Some(target.state) {
        return false;
    }
    let key = |field| ColumnKey::per_subject(field, year, subject.id);
    draft.write(key(Field::TargetState), pupil.id, Value::text(to.name()));
    draft.write(key(Field::TargetDate), pupil.id, Value::Date(on));
    true
}
