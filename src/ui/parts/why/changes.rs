//! What alone would change a judgement or a rule, in sentences.

use flightpath_school::engine::Truth;
use flightpath_school::engine::status::{Cell, CellField, GradeEntry, Judgement};
use flightpath_school::engine::triggers::Firing;
use flightpath_school::engine::what_if::{
    CellChange, CellValue, JudgementChanges, RuleChange, Turn,
};
use flightpath_school::model::scale::Grade;
use flightpath_school::policy::{Policy, Rag, Scope};
use flightpath_school::view::Pupil;
use flightpath_school::view::standing::Standing;
use leptos::prelude::*;

use super::names::owner_name;
use crate::i18n::t_string;
use crate::ui::parts::policy_words::either;
use crate::ui::say::Words;

/// The most sentences that are shown.
const MOST_SENTENCES: usize = 5;

/// The most subjects that are named in one sentence.
const MOST_SUBJECTS: usize = 4;

/// The sentences under their heading; nothing where there are none.
pub fn changes_view(i18n: Words, changes: &[String]) -> Option<AnyView> {
    let sentences: Vec<_> = changes
        .iter()
        .map(|sentence| view! { <li>{sentence.clone()}</li> })
        .collect();
    (!sentences.is_empty()).then(|| {
        view! {
            <h3>{t_string!(i18n, why.changes)}</h3>
            <ul>{sentences}</ul>
        }
        .into_any()
    })
}

/// What would change the status of a subject, then what would change its colour. Of the target
/// only the former is said: a colour tells how far the grade is from it, whichever of them moves.
/// Where there is no colour yet, only those are named that come with a status.
pub(super) fn judgement_sentences(
    i18n: Words,
    policy: &Policy,
    cell: &Cell,
    judgement: &Judgement,
    changes: &JudgementChanges,
) -> Vec<String> {
    let colour_of = |change: &CellChange| Some(colour_words(i18n, change.judgement.rag.colour()?));
    let with = |change: &CellChange| with_words(i18n, policy, cell, change.to);
    let would_be =
        |with: String, what: String| t_string!(i18n, why.would_be, with = with, what = what);
    let status = changes.on_target.iter().filter_map(|change| {
        let status = match change.judgement.on_target {
            Truth::True => t_string!(i18n, why.be_on_target),
            Truth::False => t_string!(i18n, why.be_off_target),
            Truth::Unknown => return None,
        };
        let both = changes.colour.iter().find(|other| other.to == change.to);
        let what = match both.and_then(colour_of) {
            Some(colour) => {
                t_string!(i18n, why.would_be_both, status = status, colour = colour).to_string()
            }
            None => status.to_owned(),
        };
        Some(would_be(with(change), what).to_string())
    });
    let is_said = |change: &CellChange| changes.on_target.iter().any(|said| said.to == change.to);
    let has_colour = judgement.rag.colour().is_some();
    let colours = changes.colour.iter().filter(|_| has_colour);
    let colours = colours
        .filter(|change| change.to.field() != CellField::Target && !is_said(change))
        .filter_map(|change| {
            Some(would_be(with(change), colour_of(change)?.to_owned()).to_string())
        });
    status.chain(colours).take(MOST_SENTENCES).collect()
}

/// What of one subject would make a rule come out differently, or tell how it comes out; that no
/// single one would, where that is so.
pub(super) fn rule_sentences(
    i18n: Words,
    policy: &Policy,
    standing: &Standing,
    pupil: &Pupil,
    firing: &Firing,
    changes: &[RuleChange],
) -> Vec<String> {
    let scope = firing.scope;
    if changes.is_empty() {
        let none = match (scope, firing.truth) {
            (Scope::Subject, Truth::Unknown) => t_string!(i18n, why.no_value_tells),
            (Scope::Subject, _) => t_string!(i18n, why.no_value_changes),
            (_, Truth::Unknown) => t_string!(i18n, why.no_subject_tells),
            _ => t_string!(i18n, why.no_subject_changes),
        };
        return vec![none.to_owned()];
    }
    let mut groups: Vec<(&RuleChange, Vec<String>)> = Vec::new();
    for change in changes {
        let Some(subject) = standing.subject(change.subject) else {
            continue;
        };
        let same = groups.iter_mut().find(|(first, _)| {
            // The values of single subjects are told one by one.
            scope != Scope::Subject
                && first.turn != Turn::Grade
                && (first.turn, first.truth, &first.instead)
                    == (change.turn, change.truth, &change.instead)
        });
        match same {
            Some((_, names)) if names.contains(&subject.name) => {}
            Some((_, names)) => names.push(subject.name.clone()),
            None => groups.push((change, vec![subject.name.clone()])),
        }
    }
    let own = standing.pupil(pupil.id);
    let sentence = |(change, names): &(&RuleChange, Vec<String>)| {
        let mut cells = own?.cells.iter();
        let cell = cells.find(|cell| cell.subject == change.subject)?;
        let value = || with_words(i18n, policy, cell, change.change.to);
        let with = match (scope, change.turn) {
            (Scope::Subject, _) => value(),
            (_, Turn::Grade) => {
                let subject = either(i18n, names);
                t_string!(i18n, why.in_subject, with = value(), subject = subject).to_string()
            }
            (_, turn) => turn_words(i18n, turn, names),
        };
        Some(outcome_words(i18n, policy, change, with))
    };
    groups
        .iter()
        .filter_map(sentence)
        .take(MOST_SENTENCES)
        .collect()
}

fn turn_words(i18n: Words, turn: Turn, names: &[String]) -> String {
    let subjects = if names.len() > MOST_SUBJECTS {
        t_string!(i18n, why.any_of_n, count = names.len().to_string()).to_string()
    } else {
        either(i18n, names)
    };
    match turn {
        Turn::OnTarget(true) => {
            t_string!(i18n, why.were_on_target, subjects = subjects).to_string()
        }
        Turn::OnTarget(false) => {
            t_string!(i18n, why.were_off_target, subjects = subjects).to_string()
        }
        Turn::BelowFloor(true) => {
            t_string!(i18n, why.were_below_floor, subjects = subjects).to_string()
        }
        Turn::BelowFloor(false) => {
            t_string!(i18n, why.were_not_below_floor, subjects = subjects).to_string()
        }
        Turn::Colour(rag) => {
            let colour = colour_words(i18n, rag);
            t_string!(
                i18n,
                why.were_coloured,
                subjects = subjects,
                colour = colour
            )
            .to_string()
        }
        Turn::Grade => subjects,
    }
}

/// How a rule would come out, and which other one would fire in its place.
fn outcome_words(i18n: Words, policy: &Policy, change: &RuleChange, with: String) -> String {
    if change.truth.is_true() {
        return t_string!(i18n, why.would_fire, with = with).to_string();
    }
    let mut instead = change.instead.iter();
    let other = instead.find_map(|rule| policy.pack().triggers.get(usize::from(*rule)));
    let Some(outcome) = other.map(|rule| &rule.outcome) else {
        return t_string!(i18n, why.would_not_fire, with = with).to_string();
    };
    let owner = owner_name(i18n, outcome.owner);
    let other = match outcome.level {
        Some(level) => t_string!(i18n, why.other_level, level = level, owner = owner).to_string(),
        None => t_string!(i18n, why.other_owner, owner = owner).to_string(),
    };
    t_string!(i18n, why.would_fire_instead, with = with, other = other).to_string()
}

/// A value in the place of the one that a cell holds.
fn with_words(i18n: Words, policy: &Policy, cell: &Cell, to: CellValue) -> String {
    let label = |grade: Grade| policy.scales().label(grade);
    let (with, held) = match to {
        CellValue::Answer(true) => return t_string!(i18n, why.with_yes).to_owned(),
        CellValue::Answer(false) => return t_string!(i18n, why.with_no).to_owned(),
        CellValue::Target(grade) => (
            t_string!(i18n, why.with_target, to = label(grade)).to_string(),
            cell.target,
        ),
        CellValue::Current(grade) => (
            t_string!(i18n, why.with_current, to = label(grade)).to_string(),
            cell.current,
        ),
        CellValue::Predicted(grade) => (
            t_string!(i18n, why.with_predicted, to = label(grade)).to_string(),
            cell.predicted,
        ),
    };
    match held {
        GradeEntry::Grade(from) => {
            t_string!(i18n, why.with_instead, with = with, from = label(from)).to_string()
        }
        _ => with,
    }
}

fn colour_words(i18n: Words, rag: Rag) -> &'static str {
    match rag {
        Rag::Green => t_string!(i18n, why.be_green),
        Rag::White => t_string!(i18n, why.be_white),
        Rag::Amber => t_string!(i18n, why.be_amber),
        Rag::Red => t_string!(i18n, why.be_red),
    }
}
