//! What alone would have to be different for another answer, of what the school holds.

use super::groups::Subject;
use super::pupils::Pupil;
use super::standing::{Standing, curriculum_of, key_stage_of, with_inputs};
use crate::engine::event::SubjectSetting;
use crate::engine::status::Setting;
use crate::engine::triggers::Firing;
use crate::engine::what_if::{
    JudgementChanges, PupilInputs, RuleChange, TargetChanges, judgement_changes, rule_changes,
    target_changes,
};
use crate::journal::School;
use crate::model::{AcademicYear, Id};
use crate::policy::Policy;

/// Which one input would give another proposed target. Nothing where the pupil has no year group,
/// or the policy no scale for the subject.
pub fn proposal_changes(
    school: &School,
    policy: &Policy,
    year: AcademicYear,
    subject: &Subject,
    pupil: &Pupil,
) -> Option<TargetChanges> {
    with_inputs(school, policy, year, subject, pupil, |inputs| {
        target_changes(policy, inputs)
    })
}

/// Which one value would change the judgement of a pupil's subject. Nothing where nothing is known
/// of it at the event.
pub fn changes_in_subject(
    policy: &Policy,
    standing: &Standing,
    pupil: &Pupil,
    subject: Id,
) -> Option<JudgementChanges> {
    let (cell, _) = standing.cell(pupil.id, subject)?;
    let terms = standing.terms(pupil.id)?;
    let setting = Setting {
        key_stage: key_stage_of(pupil),
        curriculum: setting_of(policy, standing.subject(cell.subject)?).curriculum,
    };
    Some(judgement_changes(policy, terms, setting, cell))
}

/// Which single subject would make a rule come out differently for a pupil; empty where none would.
pub fn changes_of_rule(
    policy: &Policy,
    standing: &Standing,
    pupil: &Pupil,
    firing: &Firing,
) -> Vec<RuleChange> {
    let (Some(own), Some(terms)) = (standing.pupil(pupil.id), standing.terms(pupil.id)) else {
        return Vec::new();
    };
    let subjects = (0..u16::MAX).map_while(|place| standing.subject(place));
    let subjects: Vec<SubjectSetting> = subjects
        .map(|subject| setting_of(policy, subject))
        .collect();
    let inputs = PupilInputs {
        subjects: &subjects,
        key_stage: key_stage_of(pupil),
        terms,
        cells: own.cells,
    };
    rule_changes(policy, &inputs, firing.rule, firing.subject)
}

/// A subject as the engine needs it.
pub(super) fn setting_of(policy: &Policy, subject: &Subject) -> SubjectSetting {
    SubjectSetting {
        curriculum: policy.curriculum(curriculum_of(policy, subject)),
    }
}
