//! Why a rule fires for a pupil.

use flightpath_school::engine::triggers::{Explanation, Fact, Firing};
use flightpath_school::model::scale::Grade;
use flightpath_school::policy::{Policy, Scope};
use flightpath_school::view::Pupil;
use flightpath_school::view::standing::Standing;
use flightpath_school::view::what_if::changes_of_rule;

use super::changes::rule_sentences;
use super::conditions::{condition_words, range_words};
use super::judgement::{Seen, policy_input, seen_of};
use super::names::{colour_name, grades_words, obligation_name, owner_name, told_name};
use super::{Part, Reason};
use crate::i18n::t_string;
use crate::ui::say::Words;

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
                    count = i32::try_from(subjects.len()).unwrap_or(i32::MAX),
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
/// with how it came out, what was known, the policy that asks, and what alone would change it. That last
/// is more work than all of the rest: to be made when somebody asks.
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
    let changes = changes_of_rule(policy, standing, pupil, firing);
    Reason {
        headline,
        sentences,
        // A single condition has been said already.
        parts: match &firing.explanation {
            Explanation::Fact { .. } => Vec::new(),
            whole => vec![teller.part(whole)],
        },
        inputs,
        changes: rule_sentences(i18n, policy, standing, pupil, firing, &changes),
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
