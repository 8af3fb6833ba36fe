//! Targets: what is set, how far it has come, and the writes that set it and move it on.

use super::approvals::{Approval, approvals_text, read_approvals};
use super::groups::Subject;
use super::pupils::Pupil;
use super::standing::{grade_of, proposal};
use crate::engine::targets::Proposal;
use crate::journal::{Draft, School, Shown};
use crate::model::{AcademicYear, CivilDate, ColumnKey, Field, Id, Value};
use crate::policy::{ApprovalFrom, Party, Policy};

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

impl TargetEntry {
    /// As it is written: labels that nobody has chosen between one beside the other.
    pub fn text(&self) -> String {
        match self {
            TargetEntry::Missing => String::new(),
            TargetEntry::Grade { label, .. } => label.clone(),
            TargetEntry::Several(labels) => labels.join(" / "),
        }
    }
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
    /// Who approved the change that set it.
    pub approved: Vec<Approval>,
    /// Whether it stays off what the pupil and the parents see.
    pub hidden: bool,
    /// When it was last looked at again.
    pub reviewed: Option<CivilDate>,
    /// How the pupil sees the way to it.
    pub own: String,
    /// What the pupil does next to reach it.
    pub next: String,
}

impl Target {
    /// Whether a grade is set; two that wait for a choice are none.
    pub fn is_set(&self) -> bool {
        matches!(self.entry, TargetEntry::Grade { .. })
    }

    /// Whether it waits to be looked at again this year: nobody has since the year began, and it was neither set nor
    /// has it come a state further since the day of the review.
    pub fn awaits_review(&self, policy: &Policy, year: AcademicYear) -> bool {
        let Some(due) = review_day(policy, year) else {
            return false;
        };
        let looked_at = self
            .reviewed
            .is_some_and(|reviewed| AcademicYear::of(reviewed) >= year);
        let moved_on = self.since.is_some_and(|since| since >= due);
        self.is_set() && !looked_at && !moved_on
    }

    /// Whether it can move on to a state: it stands in the one before, and a hidden one is not published.
    pub fn can_move_to(&self, to: TargetState) -> bool {
        let hidden = self.hidden && to == TargetState::Published;
        self.is_set() && to.before() == Some(self.state) && !hidden
    }

    /// Whether the parents know it.
    pub fn is_published(&self) -> bool {
        self.is_set() && self.state == TargetState::Published
    }
}

/// Reads a pupil's target, by the position of the pupil's row.
pub fn target(school: &School, year: AcademicYear, subject: &Subject, position: usize) -> Target {
    target_in(school, year, subject.id, position)
}

/// The same, by the id of the subject.
pub fn target_in(school: &School, year: AcademicYear, subject: Id, position: usize) -> Target {
    let shown = |field| {
        let key = ColumnKey::per_subject(field, year, subject);
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
        approved: read_approvals(&text(Field::TargetApproved)),
        hidden: shown(Field::TargetHidden).one().and_then(Value::as_flag) == Some(true),
        reviewed: shown(Field::TargetReviewed).one().and_then(Value::as_date),
        own: text(Field::TargetSelf),
        next: text(Field::TargetNext),
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

/// Why a change of a target needs a reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Because {
    /// It is another grade than the proposed one.
    NotAsProposed,
    /// It was set already, and the policy guards what is set.
    Set,
    /// The parents know the one that stands.
    Published,
}

/// What a change of a target has to come with and has not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lacks {
    /// A reason, and why it is needed.
    pub reason: Option<Because>,
    /// The names of these, who have to approve it.
    pub approval: Vec<Party>,
}

impl Lacks {
    /// Whether the change has all that it needs.
    pub fn is_nothing(&self) -> bool {
        self.reason.is_none() && self.approval.is_empty()
    }
}

/// A target as somebody wants it to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change<'a> {
    /// The grade; a blank takes the target away.
    pub grade: Value,
    /// Why; empty where none is given.
    pub reason: &'a str,
    /// Who approved it.
    pub approved: &'a [Approval],
    /// The day on which it is set.
    pub on: CivilDate,
}

/// What a change to this grade needs, whatever has been given for it.
pub fn needs(
    policy: &Policy,
    target: &Target,
    proposal: Option<&Proposal>,
    grade: &Value,
) -> Lacks {
    let wanted = entry_of(grade);
    if target.is_set() && wanted == target.entry {
        // The grade stands already: all that can be new is why.
        return Lacks {
            reason: Some(Because::NotAsProposed),
            approval: Vec::new(),
        };
    }
    let life = &policy.pack().target_life;
    // Which of two that wait for a choice the parents know, nobody can tell: to choose may change it.
    let published = target.entry != TargetEntry::Missing && target.state == TargetState::Published;
    let guarded = match life.approval_from {
        ApprovalFrom::Set => stands(target, &wanted),
        ApprovalFrom::Published => published,
    };
    let reason = if published {
        Some(Because::Published)
    } else if guarded {
        Some(Because::Set)
    } else if differs(policy, &wanted, proposal) {
        Some(Because::NotAsProposed)
    } else {
        None
    };
    Lacks {
        reason,
        approval: if guarded {
            life.approved_by.clone()
        } else {
            Vec::new()
        },
    }
}

/// Who has to approve a change to this grade; nobody where the policy lets it pass, or it is no change.
pub fn approvers(policy: &Policy, target: &Target, grade: &Value) -> Vec<Party> {
    needs(policy, target, None, grade).approval
}

/// Those whose names have not been given.
pub fn unnamed(parties: &[Party], given: &[Approval]) -> Vec<Party> {
    let named = |party: &Party| {
        let of = |given: &Approval| given.party == Some(*party) && !given.name.trim().is_empty();
        given.iter().any(of)
    };
    let parties = parties.iter().copied();
    parties.filter(|party| !named(party)).collect()
}

/// What goes into a target's cells when its grade changes. What was agreed was another grade, so its way begins anew;
/// an older reason and an older approval stay in the history alone.
pub fn changed(change: &Change<'_>) -> [(Field, Value); 5] {
    let date = match change.grade {
        Value::Blank => Value::Blank,
        _ => Value::Date(change.on),
    };
    let approved = approvals_text(change.approved);
    [
        (Field::TargetReason, Value::text(change.reason.trim())),
        (Field::TargetApproved, Value::text(&approved)),
        (Field::TargetState, Value::Blank),
        (Field::TargetDate, date),
        (Field::Target, change.grade.clone()),
    ]
}

/// Whether something is set that another grade would change. To choose one of two values that wait
/// for a choice changes neither.
fn stands(target: &Target, wanted: &TargetEntry) -> bool {
    match (&target.entry, wanted) {
        (TargetEntry::Missing, _) => false,
        (TargetEntry::Several(labels), TargetEntry::Grade { label, .. }) => !labels.contains(label),
        (TargetEntry::Several(_) | TargetEntry::Grade { .. }, _) => true,
    }
}

fn entry_of(grade: &Value) -> TargetEntry {
    match grade.as_grade() {
        Some((scale, label)) => TargetEntry::Grade {
            scale: scale.to_owned(),
            label: label.to_owned(),
        },
        None => TargetEntry::Missing,
    }
}

/// Changes a target, where the change has all that the policy asks for: see [`changed`]. The grade that stands already takes a new reason and keeps its way.
///
/// # Errors
/// What the change [`Lacks`]; nothing is written then.
pub fn change(
    draft: &mut Draft,
    school: &School,
    policy: &Policy,
    year: AcademicYear,
    subject: &Subject,
    pupil: &Pupil,
    change: Change<'_>,
) -> Result<(), Lacks> {
    let held = target(school, year, subject, pupil.position);
    let proposal = proposal(school, policy, year, subject, pupil);
    let reason = change.reason.trim();
    let mut lacks = needs(policy, &held, proposal.as_ref(), &change.grade);
    if !reason.is_empty() {
        lacks.reason = None;
    }
    lacks.approval = unnamed(&lacks.approval, change.approved);
    if !lacks.is_nothing() {
        return Err(lacks);
    }
    let mut write = |field, value| {
        let key = ColumnKey::per_subject(field, year, subject.id);
        draft.write(key, pupil.id, value);
    };
    if held.is_set() && entry_of(&change.grade) == held.entry {
        write(Field::TargetReason, Value::text(reason));
        return Ok(());
    }
    for (field, value) in changed(&change) {
        write(field, value);
    }
    Ok(())
}

/// Chooses one of the grades that wait for a choice. What else stands in the target's cells goes with the grade that it
/// was written with; what was written with the other one stays in the history alone. The choice itself asks for no
/// approval where [`approvers`] names nobody: it changes neither grade.
pub fn decide(
    draft: &mut Draft,
    school: &School,
    year: AcademicYear,
    subject: Id,
    pupil: Id,
    grade: &Value,
) {
    let key = |field| ColumnKey::per_subject(field, year, subject);
    let target = school.cell(&key(Field::Target), pupil);
    let chosen = target.values().iter().find(|(_, value)| value == grade);
    draft.write(key(Field::Target), pupil, grade.clone());
    for field in Field::BESIDE_TARGET {
        let key = key(field);
        let beside = school.cell(&key, pupil);
        if beside.visible().len() < 2 {
            continue;
        }
        let own = chosen.and_then(|(dot, _)| {
            let mut written = beside.values().iter();
            written.find(|(with, _)| with == dot)
        });
        let value = own.map_or(Value::Blank, |(_, value)| value.clone());
        draft.write(key, pupil, value);
    }
}

/// Sets the proposed grade on a date, where nothing is set yet and something is proposed. Says
/// whether it did.
pub fn accept(
    draft: &mut Draft,
    school: &School,
    policy: &Policy,
    year: AcademicYear,
    subject: &Subject,
    pupil: &Pupil,
    on: CivilDate,
) -> bool {
    if target(school, year, subject, pupil.position).entry != TargetEntry::Missing {
        return false;
    }
    let proposed =
        proposal(school, policy, year, subject, pupil).and_then(|proposal| proposal.grade);
    let Some(proposed) = proposed else {
        return false;
    };
    let mut write = |field, value| {
        let key = ColumnKey::per_subject(field, year, subject.id);
        draft.write(key, pupil.id, value);
    };
    write(
        Field::Target,
        Value::grade(&proposed.scale, &proposed.label),
    );
    write(Field::TargetDate, Value::Date(on));
    true
}

/// Moves a target on to a state from the one before it, on a date. Says whether it did: see
/// [`Target::can_move_to`].
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
    if !target.can_move_to(to) {
        return false;
    }
    let key = |field| ColumnKey::per_subject(field, year, subject.id);
    draft.write(key(Field::TargetState), pupil.id, Value::text(to.name()));
    draft.write(key(Field::TargetDate), pupil.id, Value::Date(on));
    true
}

/// The day of a year by which the policy has all targets looked at again.
pub fn review_day(policy: &Policy, year: AcademicYear) -> Option<CivilDate> {
    policy.pack().target_life.reviewed?.date_in(year)
}

/// Notes that a target was looked at again on a date and left as it is. Says whether it did: not where none is set,
/// or where that was noted already.
pub fn review(
    draft: &mut Draft,
    school: &School,
    year: AcademicYear,
    subject: &Subject,
    pupil: &Pupil,
    on: CivilDate,
) -> bool {
    let target = target(school, year, subject, pupil.position);
    let done = target.is_set() && target.reviewed != Some(on);
    if done {
        let key = ColumnKey::per_subject(Field::TargetReviewed, year, subject.id);
        draft.write(key, pupil.id, Value::Date(on));
    }
    done
}

/// What goes with a target and leaves its way as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Beside {
    /// Whether it stays off what the pupil and the parents see.
    Hidden(bool),
    /// How the pupil sees the way to it.
    Own(String),
    /// What the pupil does next to reach it.
    Next(String),
}

/// Writes what goes with a target.
pub fn write_beside(
    draft: &mut Draft,
    year: AcademicYear,
    subject: &Subject,
    pupil: &Pupil,
    beside: &Beside,
) {
    let (field, value) = match beside {
        Beside::Hidden(true) => (Field::TargetHidden, Value::Flag(true)),
        // Shown is what a target is where nobody says anything.
        Beside::Hidden(false) => (Field::TargetHidden, Value::Blank),
        Beside::Own(text) => (Field::TargetSelf, Value::text(text.trim())),
        Beside::Next(text) => (Field::TargetNext, Value::text(text.trim())),
    };
    let key = ColumnKey::per_subject(field, year, subject.id);
    draft.write(key, pupil.id, value);
}
