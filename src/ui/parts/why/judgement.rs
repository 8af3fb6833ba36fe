//! Why a pupil's subject has its status.

use flightpath_school::engine::Truth;
use flightpath_school::engine::status::{
    Belief, Cell, CellField, EventTerms, FloorOutcome, GradeEntry, Judgement, OnTargetBasis,
    RagOutcome, WhyUnknown,
};
use flightpath_school::model::Id;
use flightpath_school::model::scale::Position;
use flightpath_school::policy::{Policy, Rag};
use flightpath_school::view::standing::{Standing, key_stage_of};
use flightpath_school::view::what_if::changes_in_subject;
use flightpath_school::view::{Pupil, Subject};

use super::Reason;
use super::changes::judgement_sentences;
use super::names::{colour_name, grades_words};
use crate::i18n::t_string;
use crate::ui::say::Words;

fn field_name(i18n: Words, field: CellField) -> String {
    match field {
        CellField::Target => t_string!(i18n, why.field_target),
        CellField::Current => t_string!(i18n, why.field_current),
        CellField::Predicted => t_string!(i18n, why.field_predicted),
        CellField::Belief => t_string!(i18n, why.field_belief),
    }
    .to_owned()
}

/// Why something is not known.
pub fn unknown_words(i18n: Words, why: WhyUnknown) -> String {
    match why {
        WhyUnknown::NoTarget => t_string!(i18n, why.no_target).to_owned(),
        WhyUnknown::NoGrade => t_string!(i18n, why.no_grade).to_owned(),
        WhyUnknown::Conflict(field) => {
            t_string!(i18n, why.conflict, what = field_name(i18n, field)).to_string()
        }
        WhyUnknown::Unreadable(field) => {
            t_string!(i18n, why.unreadable, what = field_name(i18n, field)).to_string()
        }
        WhyUnknown::HorizonsDiffer => t_string!(i18n, why.horizons_differ).to_owned(),
        WhyUnknown::ScalesDiffer(field) => {
            t_string!(i18n, why.scales_differ, what = field_name(i18n, field)).to_string()
        }
        WhyUnknown::ScaleNotInPolicy => t_string!(i18n, why.scale_not_in_policy).to_owned(),
        WhyUnknown::NoFloorOnScale => t_string!(i18n, why.no_floor_on_scale).to_owned(),
        WhyUnknown::AcrossFloor => t_string!(i18n, why.across_floor).to_owned(),
        WhyUnknown::NoKeyStage => t_string!(i18n, why.no_key_stage).to_owned(),
    }
}

/// What the sentences about one subject of a pupil are made from.
#[derive(Clone, Copy)]
pub(super) struct Seen<'a> {
    i18n: Words,
    policy: &'a Policy,
    terms: EventTerms,
    pupil: &'a Pupil,
    pub(super) subject: &'a Subject,
    cell: &'a Cell,
    judgement: &'a Judgement,
}

impl Seen<'_> {
    fn label(&self, entry: GradeEntry) -> String {
        label(self.i18n, self.policy, entry)
    }

    pub(super) fn on_target(&self, basis: OnTargetBasis) -> String {
        let i18n = self.i18n;
        let reached = self.judgement.on_target.is_true();
        let target = self.label(self.cell.target);
        match basis {
            OnTargetBasis::Belief if reached => t_string!(i18n, why.belief_yes).to_owned(),
            OnTargetBasis::Belief => t_string!(i18n, why.belief_no).to_owned(),
            OnTargetBasis::Predicted => {
                let predicted = self.label(self.cell.predicted);
                if reached {
                    t_string!(
                        i18n,
                        why.predicted_reaches,
                        predicted = predicted,
                        target = target
                    )
                    .to_string()
                } else {
                    t_string!(
                        i18n,
                        why.predicted_misses,
                        predicted = predicted,
                        target = target
                    )
                    .to_string()
                }
            }
            OnTargetBasis::CurrentAgainstExpected => {
                let current = self.label(self.cell.current);
                let allowance = grades_words(i18n, self.terms.allowance);
                let sentence = if reached {
                    t_string!(
                        i18n,
                        why.current_reaches,
                        current = current,
                        target = target,
                        allowance = allowance
                    )
                    .to_string()
                } else {
                    t_string!(
                        i18n,
                        why.current_misses,
                        current = current,
                        target = target,
                        allowance = allowance
                    )
                    .to_string()
                };
                let tolerance = self.policy.pack().status.tolerance;
                if tolerance == Position::ZERO {
                    return sentence;
                }
                let more = t_string!(
                    i18n,
                    why.tolerance,
                    tolerance = grades_words(i18n, tolerance)
                )
                .to_string();
                format!("{sentence} {more}")
            }
            OnTargetBasis::Unknown(why) => unknown_words(i18n, why),
        }
    }

    fn distance(&self, rag: Rag) -> String {
        let i18n = self.i18n;
        match (self.judgement.fine_steps, rag) {
            (Some(steps), _) if steps < 0 => {
                t_string!(i18n, why.steps_below, count = -i32::from(steps)).to_string()
            }
            (Some(steps), _) => {
                t_string!(i18n, why.steps_above, count = i32::from(steps)).to_string()
            }
            (None, Rag::Green) => t_string!(i18n, why.lies_above).to_owned(),
            (None, Rag::White) => t_string!(i18n, why.lies_at).to_owned(),
            (None, Rag::Amber) => t_string!(i18n, why.lies_below).to_owned(),
            (None, Rag::Red) => t_string!(i18n, why.lies_far_below).to_owned(),
        }
    }

    pub(super) fn rag(&self, outcome: RagOutcome) -> String {
        let i18n = self.i18n;
        match outcome {
            RagOutcome::Predicted(rag) => t_string!(
                i18n,
                why.rag_of_predicted,
                colour = colour_name(i18n, rag),
                distance = self.distance(rag)
            )
            .to_string(),
            RagOutcome::CurrentAgainstExpected(rag) => t_string!(
                i18n,
                why.rag_of_current,
                colour = colour_name(i18n, rag),
                distance = self.distance(rag)
            )
            .to_string(),
            RagOutcome::Unknown(why) => {
                t_string!(i18n, why.rag_unknown, why = unknown_words(i18n, why)).to_string()
            }
        }
    }

    /// The lowest grade of the current grade's scale that is not below the floor.
    fn floor_grade(&self) -> String {
        let pack = self.policy.pack();
        let curriculum = if self.subject.curriculum.is_empty() {
            pack.usual_curriculum()
        } else {
            &self.subject.curriculum
        };
        let scale = self
            .cell
            .current
            .grade()
            .and_then(|grade| self.policy.scales().by_id(grade.scale()));
        let (Some(scale), Some(key_stage)) = (scale, key_stage_of(self.pupil)) else {
            return String::new();
        };
        pack.status
            .floors
            .iter()
            .filter(|floor| floor.curriculum == curriculum && floor.key_stages.contains(&key_stage))
            .flat_map(|floor| &floor.grades)
            .find(|grade| grade.scale == scale.key())
            .map(|grade| grade.grade.clone())
            .unwrap_or_default()
    }

    pub(super) fn floor(&self, outcome: FloorOutcome) -> String {
        let i18n = self.i18n;
        let current = self.label(self.cell.current);
        match outcome {
            FloorOutcome::Below => t_string!(
                i18n,
                why.floor_below,
                current = current,
                floor = self.floor_grade()
            )
            .to_string(),
            FloorOutcome::AtOrAbove => t_string!(
                i18n,
                why.floor_reached,
                current = current,
                floor = self.floor_grade()
            )
            .to_string(),
            FloorOutcome::NoFloor => t_string!(i18n, why.floor_none).to_owned(),
            FloorOutcome::Unknown(why) => {
                t_string!(i18n, why.floor_unknown, why = unknown_words(i18n, why)).to_string()
            }
        }
    }

    pub(super) fn below_target(&self, below: Option<Position>) -> String {
        let i18n = self.i18n;
        match below {
            None => t_string!(i18n, why.below_unknown).to_owned(),
            Some(below) if below <= Position::ZERO => t_string!(i18n, why.not_below).to_owned(),
            Some(below) => {
                t_string!(i18n, why.below_by, grades = grades_words(i18n, below)).to_string()
            }
        }
    }

    pub(super) fn inputs(&self) -> Vec<(String, String)> {
        let i18n = self.i18n;
        let belief = match self.cell.belief {
            Belief::Missing => t_string!(i18n, why.input_none),
            Belief::Conflict => t_string!(i18n, why.input_conflict),
            Belief::Yes => t_string!(i18n, why.yes),
            Belief::No => t_string!(i18n, why.no),
        };
        let mut inputs = vec![
            (
                t_string!(i18n, why.input_target).to_owned(),
                self.label(self.cell.target),
            ),
            (
                t_string!(i18n, why.input_current).to_owned(),
                self.label(self.cell.current),
            ),
            (
                t_string!(i18n, why.input_predicted).to_owned(),
                self.label(self.cell.predicted),
            ),
        ];
        if self.terms.asks_belief {
            inputs.push((
                t_string!(i18n, why.input_belief).to_owned(),
                belief.to_owned(),
            ));
        }
        inputs.push((
            t_string!(i18n, why.input_allowance).to_owned(),
            grades_words(i18n, self.terms.allowance),
        ));
        inputs.push(policy_input(i18n, self.policy));
        inputs
    }
}

fn label(i18n: Words, policy: &Policy, entry: GradeEntry) -> String {
    match entry {
        GradeEntry::Missing | GradeEntry::NoGradeCode => t_string!(i18n, why.input_none).to_owned(),
        GradeEntry::Conflict => t_string!(i18n, why.input_conflict).to_owned(),
        GradeEntry::Unreadable => t_string!(i18n, why.input_unreadable).to_owned(),
        GradeEntry::Grade(grade) => policy.scales().label(grade),
    }
}

/// The policy with its version.
pub(super) fn policy_input(i18n: Words, policy: &Policy) -> (String, String) {
    let pack = policy.pack();
    (
        t_string!(i18n, why.input_policy).to_owned(),
        t_string!(
            i18n,
            why.policy_version,
            name = pack.name.clone(),
            version = pack.version
        )
        .to_string(),
    )
}

/// What the sentences about a pupil's subject are made from, where anything is known of it.
pub(super) fn seen_of<'a>(
    i18n: Words,
    policy: &'a Policy,
    standing: &'a Standing,
    pupil: &'a Pupil,
    place: u16,
) -> Option<Seen<'a>> {
    let own = standing.pupil(pupil.id)?;
    let (cell, outcome) = own
        .cells
        .iter()
        .zip(own.outcomes)
        .find(|(cell, _)| cell.subject == place)?;
    Some(Seen {
        i18n,
        policy,
        terms: standing.terms(pupil.id)?,
        pupil,
        subject: standing.subject(place)?,
        cell,
        judgement: &outcome.judgement,
    })
}

/// Why a pupil's subject has its status; nothing where nothing is known of it at the event.
pub fn judgement_reason(
    i18n: Words,
    policy: &Policy,
    standing: &Standing,
    pupil: &Pupil,
    subject: Id,
) -> Option<Reason> {
    let (cell, _) = standing.cell(pupil.id, subject)?;
    let told = seen_of(i18n, policy, standing, pupil, cell.subject)?;
    let judgement = told.judgement;
    let headline = match judgement.on_target {
        Truth::True => t_string!(i18n, why.on_target),
        Truth::False => t_string!(i18n, why.off_target),
        Truth::Unknown => t_string!(i18n, why.not_known),
    };
    let mut sentences = vec![told.on_target(judgement.on_target_basis)];
    let rag_repeats = matches!(
        (judgement.on_target_basis, judgement.rag),
        (OnTargetBasis::Unknown(one), RagOutcome::Unknown(other)) if one == other
    );
    if !rag_repeats {
        sentences.push(told.rag(judgement.rag));
    }
    if judgement.whole_grades_below.is_some() {
        sentences.push(told.below_target(judgement.whole_grades_below));
    }
    if !matches!(
        judgement.floor,
        FloorOutcome::NoFloor | FloorOutcome::Unknown(WhyUnknown::NoGrade)
    ) {
        sentences.push(told.floor(judgement.floor));
    }
    let changes = changes_in_subject(policy, standing, pupil, subject);
    Some(Reason {
        headline: headline.to_owned(),
        sentences,
        parts: Vec::new(),
        inputs: told.inputs(),
        changes: changes
            .map(|changes| judgement_sentences(i18n, policy, cell, judgement, &changes))
            .unwrap_or_default(),
    })
}

/// Why a pupil is on or off target in a subject, and why it has its colour; nothing where nothing is known of it.
pub fn status_words(
    i18n: Words,
    policy: &Policy,
    standing: &Standing,
    pupil: &Pupil,
    subject: Id,
) -> Option<[String; 2]> {
    let (cell, _) = standing.cell(pupil.id, subject)?;
    let seen = seen_of(i18n, policy, standing, pupil, cell.subject)?;
    let judgement = seen.judgement;
    Some([
        seen.on_target(judgement.on_target_basis),
        seen.rag(judgement.rag),
    ])
}

/// The status of some subjects of a pupil in one line each.
pub fn subjects_reason(
    i18n: Words,
    policy: &Policy,
    standing: &Standing,
    pupil: &Pupil,
    subjects: impl IntoIterator<Item = Id>,
) -> Reason {
    let line = |subject: Id| {
        let (cell, _) = standing.cell(pupil.id, subject)?;
        let seen = seen_of(i18n, policy, standing, pupil, cell.subject)?;
        let mut why = seen.on_target(seen.judgement.on_target_basis);
        let below = [
            seen.judgement
                .whole_grades_below
                .filter(|below| *below > Position::ZERO)
                .map(|below| seen.below_target(Some(below))),
            (seen.judgement.floor == FloorOutcome::Below).then(|| seen.floor(FloorOutcome::Below)),
        ];
        for more in below.into_iter().flatten() {
            why.push(' ');
            why.push_str(&more);
        }
        Some(
            t_string!(
                i18n,
                why.subject_line,
                subject = seen.subject.name.clone(),
                why = why
            )
            .to_string(),
        )
    };
    Reason {
        headline: t_string!(i18n, why.subjects_title).to_owned(),
        sentences: subjects.into_iter().filter_map(line).collect(),
        ..Reason::default()
    }
}
