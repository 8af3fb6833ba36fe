//! Sentences for what the rule engine gives as data: why a pupil is on or off target, and why a
//! rule fires.

use flightpath_school::engine::Truth;
use flightpath_school::engine::status::{
    Belief, Cell, CellField, EventTerms, FloorOutcome, GradeEntry, Judgement, OnTargetBasis,
    RagOutcome, WhyUnknown,
};
use flightpath_school::engine::triggers::{Explanation, Fact, Firing};
use flightpath_school::model::Id;
use flightpath_school::model::scale::{Grade, Position};
use flightpath_school::policy::{
    Condition, Obligation, Owner, Policy, Rag, ScaleGrade, Scope, Told,
};
use flightpath_school::view::standing::{Standing, key_stage_of};
use flightpath_school::view::{Pupil, Subject};
use leptos::prelude::*;

use crate::i18n::t_string;
use crate::ui::say::Words;

/// An answer to *why?*, for the drawer or for a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reason {
    /// The answer in a few words.
    pub headline: String,
    /// What it rests on, most important first.
    pub sentences: Vec<String>,
    /// The conditions of a rule, each with how it came out.
    pub parts: Vec<Part>,
    /// What was known, by name.
    pub inputs: Vec<(String, String)>,
}

/// One condition of a rule and how it came out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// How it came out.
    pub truth: Truth,
    /// What was asked and found.
    pub text: String,
    /// The conditions that it is made of.
    pub parts: Vec<Part>,
}

fn count(number: impl TryInto<i32>) -> i32 {
    number.try_into().unwrap_or(i32::MAX)
}

/// The name of a colour.
pub fn colour_name(i18n: Words, rag: Rag) -> String {
    match rag {
        Rag::Green => t_string!(i18n, why.green),
        Rag::White => t_string!(i18n, why.white),
        Rag::Amber => t_string!(i18n, why.amber),
        Rag::Red => t_string!(i18n, why.red),
    }
    .to_owned()
}

/// The name of the level of the school at which a rule works.
pub fn scope_name(i18n: Words, scope: Scope) -> String {
    match scope {
        Scope::Subject => t_string!(i18n, why.scope_subject),
        Scope::KeyStage => t_string!(i18n, why.scope_key_stage),
        Scope::Tutor => t_string!(i18n, why.scope_tutor),
        Scope::Head => t_string!(i18n, why.scope_head),
    }
    .to_owned()
}

/// Whose a pupil is.
pub fn owner_name(i18n: Words, owner: Owner) -> String {
    match owner {
        Owner::SubjectLeader => t_string!(i18n, why.owner_subject_leader),
        Owner::Coordinator => t_string!(i18n, why.owner_coordinator),
        Owner::Tutor => t_string!(i18n, why.owner_tutor),
        Owner::HeadOfHouse => t_string!(i18n, why.owner_head_of_house),
        Owner::Head => t_string!(i18n, why.owner_head),
    }
    .to_owned()
}

/// Somebody who is told.
pub fn told_name(i18n: Words, told: Told) -> String {
    match told {
        Told::Parents => t_string!(i18n, why.told_parents),
        Told::Tutor => t_string!(i18n, why.told_tutor),
        Told::Coordinator => t_string!(i18n, why.told_coordinator),
        Told::Head => t_string!(i18n, why.told_head),
    }
    .to_owned()
}

/// What a level of intervention obliges somebody to do.
pub fn obligation_name(i18n: Words, obligation: Obligation) -> String {
    match obligation {
        Obligation::TalkWithPupil => t_string!(i18n, why.obliges_talk_with_pupil),
        Obligation::ExtraWork => t_string!(i18n, why.obliges_extra_work),
        Obligation::TellParents => t_string!(i18n, why.obliges_tell_parents),
        Obligation::OneToOneOrWithdrawal => {
            t_string!(i18n, why.obliges_one_to_one_or_withdrawal)
        }
        Obligation::ConsentOfHead => t_string!(i18n, why.obliges_consent_of_head),
        Obligation::ConsentOfParents => t_string!(i18n, why.obliges_consent_of_parents),
        Obligation::InviteParents => t_string!(i18n, why.obliges_invite_parents),
        Obligation::InvolveSen => t_string!(i18n, why.obliges_involve_sen),
        Obligation::TellCoordinator => t_string!(i18n, why.obliges_tell_coordinator),
        Obligation::TellHead => t_string!(i18n, why.obliges_tell_head),
    }
    .to_owned()
}

/// A number of whole grades in words.
pub fn grades_words(i18n: Words, grades: Position) -> String {
    if grades == Position::from_whole_grades(1) {
        t_string!(i18n, why.grade_one).to_owned()
    } else {
        t_string!(i18n, why.grades_n, n = grades.to_string()).to_string()
    }
}

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
struct Seen<'a> {
    i18n: Words,
    policy: &'a Policy,
    terms: EventTerms,
    pupil: &'a Pupil,
    subject: &'a Subject,
    cell: &'a Cell,
    judgement: &'a Judgement,
}

impl Seen<'_> {
    fn label(&self, entry: GradeEntry) -> String {
        label(self.i18n, self.policy, entry)
    }

    fn on_target(&self, basis: OnTargetBasis) -> String {
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

    fn rag(&self, outcome: RagOutcome) -> String {
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

    fn floor(&self, outcome: FloorOutcome) -> String {
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

    fn below_target(&self, below: Option<Position>) -> String {
        let i18n = self.i18n;
        match below {
            None => t_string!(i18n, why.below_unknown).to_owned(),
            Some(below) if below <= Position::ZERO => t_string!(i18n, why.not_below).to_owned(),
            Some(below) => {
                t_string!(i18n, why.below_by, grades = grades_words(i18n, below)).to_string()
            }
        }
    }

    fn inputs(&self) -> Vec<(String, String)> {
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

fn policy_input(i18n: Words, policy: &Policy) -> (String, String) {
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
fn seen_of<'a>(
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
    Some(Reason {
        headline: headline.to_owned(),
        sentences,
        parts: Vec::new(),
        inputs: told.inputs(),
    })
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

fn range_words(i18n: Words, what: String, at_least: u16, at_most: Option<u16>) -> String {
    match at_most {
        None => t_string!(
            i18n,
            why.ask_in_least,
            count = i32::from(at_least),
            what = what
        )
        .to_string(),
        Some(most) if most == at_least => t_string!(
            i18n,
            why.ask_in_exactly,
            count = i32::from(at_least),
            what = what
        )
        .to_string(),
        Some(most) => t_string!(
            i18n,
            why.ask_in_range,
            what = what,
            least = at_least,
            most = most
        )
        .to_string(),
    }
}

fn limits_words(grades: &[ScaleGrade]) -> String {
    let mut labels: Vec<&str> = Vec::new();
    for grade in grades {
        if !labels.contains(&grade.grade.as_str()) {
            labels.push(&grade.grade);
        }
    }
    labels.join(", ")
}

/// What a condition asks, in words.
pub fn condition_words(i18n: Words, condition: &Condition) -> String {
    let joined = |parts: &[Condition], or: bool| {
        let mut words = parts.iter().map(|part| condition_words(i18n, part));
        let first = words.next().unwrap_or_default();
        words.fold(first, |one, other| {
            if or {
                t_string!(i18n, why.ask_or, one = one, other = other).to_string()
            } else {
                t_string!(i18n, why.ask_and, one = one, other = other).to_string()
            }
        })
    };
    match condition {
        Condition::OffTarget => t_string!(i18n, why.ask_off_target).to_owned(),
        Condition::BelowFloor => t_string!(i18n, why.ask_below_floor).to_owned(),
        Condition::CurrentBelowTarget { at_least } => t_string!(
            i18n,
            why.ask_below_target,
            grades = grades_words(i18n, *at_least)
        )
        .to_string(),
        Condition::CurrentAtMost { grades } => {
            t_string!(i18n, why.ask_at_most, limit = limits_words(grades)).to_string()
        }
        Condition::CurrentUnder { grades } => {
            t_string!(i18n, why.ask_under, limit = limits_words(grades)).to_string()
        }
        Condition::Rag(rag) => colour_name(i18n, *rag),
        Condition::Subjects {
            r#where,
            at_least,
            at_most,
        } => range_words(i18n, condition_words(i18n, r#where), *at_least, *at_most),
        Condition::All(parts) => joined(parts, false),
        Condition::Any(parts) => joined(parts, true),
    }
}

/// What the facts of a firing are told with.
struct Teller<'a> {
    i18n: Words,
    policy: &'a Policy,
    standing: &'a Standing,
    /// The subject that the rule is about, for a rule of scope *subject*.
    told: Option<Seen<'a>>,
}

impl Teller<'_> {
    fn limited(&self, asked: String, current: Option<Grade>, limit: Option<Grade>) -> String {
        let i18n = self.i18n;
        let found = match (current, limit) {
            (None, _) => t_string!(i18n, why.current_missing).to_owned(),
            (Some(_), None) => t_string!(i18n, why.ask_no_limit).to_owned(),
            (Some(current), Some(_)) => t_string!(
                i18n,
                why.current_is,
                grade = self.policy.scales().label(current)
            )
            .to_string(),
        };
        format!("{asked}. {found}")
    }

    fn fact(&self, fact: &Fact) -> String {
        let i18n = self.i18n;
        let of_subject =
            |say: &dyn Fn(&Seen<'_>) -> String| self.told.as_ref().map(say).unwrap_or_default();
        let limit_label = |limit: Option<Grade>| {
            limit
                .map(|limit| self.policy.scales().label(limit))
                .unwrap_or_default()
        };
        match fact {
            Fact::OffTarget(basis) => format!(
                "{}. {}",
                t_string!(i18n, why.ask_off_target),
                of_subject(&|told| told.on_target(*basis))
            ),
            Fact::BelowFloor(outcome) => format!(
                "{}. {}",
                t_string!(i18n, why.ask_below_floor),
                of_subject(&|told| told.floor(*outcome))
            ),
            Fact::CurrentBelowTarget {
                whole_grades_below,
                at_least,
            } => format!(
                "{}. {}",
                t_string!(
                    i18n,
                    why.ask_below_target,
                    grades = grades_words(i18n, *at_least)
                ),
                of_subject(&|told| told.below_target(*whole_grades_below))
            ),
            Fact::CurrentAtMost { current, limit } => self.limited(
                t_string!(i18n, why.ask_at_most, limit = limit_label(*limit)).to_string(),
                *current,
                *limit,
            ),
            Fact::CurrentUnder { current, limit } => self.limited(
                t_string!(i18n, why.ask_under, limit = limit_label(*limit)).to_string(),
                *current,
                *limit,
            ),
            Fact::Rag { found, asked } => format!(
                "{}. {}",
                colour_name(i18n, *asked),
                of_subject(&|told| told.rag(*found))
            ),
            Fact::Subjects {
                counted,
                subjects,
                unknown,
                at_least,
                at_most,
            } => {
                let names: Vec<&str> = subjects
                    .iter()
                    .filter_map(|place| self.standing.subject(*place))
                    .map(|subject| subject.name.as_str())
                    .collect();
                let asked = range_words(i18n, condition_words(i18n, counted), *at_least, *at_most);
                let found = t_string!(
                    i18n,
                    why.found_subjects,
                    count = count(subjects.len()),
                    names = names.join(", ")
                );
                let mut text = format!("{asked}. {found}");
                if *unknown > 0 {
                    let more =
                        t_string!(i18n, why.found_unknown, count = i32::from(*unknown)).to_string();
                    text.push(' ');
                    text.push_str(&more);
                }
                text
            }
        }
    }

    fn part(&self, explanation: &Explanation) -> Part {
        let (text, parts) = match explanation {
            Explanation::Fact { fact, .. } => (self.fact(fact), Vec::new()),
            Explanation::All { parts, .. } => (
                t_string!(self.i18n, why.all_of).to_owned(),
                parts.iter().map(|part| self.part(part)).collect(),
            ),
            Explanation::Any { parts, .. } => (
                t_string!(self.i18n, why.any_of).to_owned(),
                parts.iter().map(|part| self.part(part)).collect(),
            ),
        };
        Part {
            truth: explanation.truth(),
            text,
            parts,
        }
    }
}

/// Why a rule fires for a pupil, or may yet fire: what made it so, what follows, every condition
/// with how it came out, what was known, and the policy that asks.
pub fn firing_reason(
    i18n: Words,
    policy: &Policy,
    standing: &Standing,
    pupil: &Pupil,
    firing: &Firing,
) -> Reason {
    let told = firing
        .subject
        .and_then(|place| seen_of(i18n, policy, standing, pupil, place));
    let teller = Teller {
        i18n,
        policy,
        standing,
        told,
    };
    let headline = match firing.scope {
        Scope::Subject => t_string!(
            i18n,
            why.fires_subject,
            subject = told
                .map(|told| told.subject.name.clone())
                .unwrap_or_default()
        )
        .to_string(),
        Scope::KeyStage => t_string!(i18n, why.fires_key_stage).to_owned(),
        Scope::Tutor => t_string!(i18n, why.fires_tutor).to_owned(),
        Scope::Head => t_string!(i18n, why.fires_head).to_owned(),
    };
    let mut sentences: Vec<String> = if firing.truth.is_true() {
        firing
            .explanation
            .decisive()
            .into_iter()
            .map(|fact| teller.fact(fact))
            .collect()
    } else {
        vec![t_string!(i18n, why.may_fire).to_owned()]
    };
    let outcome = &firing.outcome;
    sentences.push(t_string!(i18n, why.owner, owner = owner_name(i18n, outcome.owner)).to_string());
    if let Some(level) = outcome.level {
        let what: Vec<String> = policy
            .pack()
            .levels
            .iter()
            .filter(|held| held.level == level)
            .flat_map(|held| &held.obliges)
            .map(|obligation| obligation_name(i18n, *obligation))
            .collect();
        sentences.push(
            t_string!(
                i18n,
                why.level_obliges,
                level = level,
                what = what.join(", ")
            )
            .to_string(),
        );
    }
    if !outcome.told.is_empty() {
        let who: Vec<String> = outcome
            .told
            .iter()
            .map(|told| told_name(i18n, *told))
            .collect();
        sentences.push(t_string!(i18n, why.told, who = who.join(", ")).to_string());
    }
    let mut inputs = told.map_or_else(|| vec![policy_input(i18n, policy)], |told| told.inputs());
    inputs.push((
        t_string!(i18n, why.input_rule).to_owned(),
        firing.key.clone(),
    ));
    Reason {
        headline,
        sentences,
        // A single condition has been said already.
        parts: match &firing.explanation {
            Explanation::Fact { .. } => Vec::new(),
            whole => vec![teller.part(whole)],
        },
        inputs,
    }
}

/// What made a rule fire, in one line: for tables and files.
pub fn firing_line(
    i18n: Words,
    policy: &Policy,
    standing: &Standing,
    pupil: &Pupil,
    firing: &Firing,
) -> String {
    let told = firing
        .subject
        .and_then(|place| seen_of(i18n, policy, standing, pupil, place));
    let teller = Teller {
        i18n,
        policy,
        standing,
        told,
    };
    let facts: Vec<String> = firing
        .explanation
        .decisive()
        .into_iter()
        .map(|fact| teller.fact(fact))
        .collect();
    facts.join(" ")
}

/// A reason as the drawer shows it.
pub fn reason_view(i18n: Words, reason: Reason) -> AnyView {
    let Reason {
        headline,
        sentences,
        parts,
        inputs,
    } = reason;
    view! {
        <section class="reason">
            <p>{headline}</p>
            {sentences.into_iter().map(|sentence| view! { <p>{sentence}</p> }).collect_view()}
            {(!parts.is_empty())
                .then(|| view! { <ul class="reason-parts">{part_views(i18n, parts)}</ul> })}
            {(!inputs.is_empty())
                .then(|| {
                    view! {
                        <dl class="reason-inputs">
                            {inputs
                                .into_iter()
                                .map(|(name, value)| {
                                    view! {
                                        <dt>{name}</dt>
                                        <dd>{value}</dd>
                                    }
                                })
                                .collect_view()}
                        </dl>
                    }
                })}
        </section>
    }
    .into_any()
}

fn part_views(i18n: Words, parts: Vec<Part>) -> Vec<AnyView> {
    parts
        .into_iter()
        .map(|part| {
            let (key, word) = match part.truth {
                Truth::True => ("yes", t_string!(i18n, why.yes)),
                Truth::False => ("no", t_string!(i18n, why.no)),
                Truth::Unknown => ("unknown", t_string!(i18n, why.unknown)),
            };
            let inner = part.parts;
            view! {
                <li>
                    <span class="status" data-on=key>
                        {word}
                    </span>
                    " "
                    {part.text}
                    {(!inner.is_empty()).then(|| view! { <ul>{part_views(i18n, inner)}</ul> })}
                </li>
            }
            .into_any()
        })
        .collect()
}
