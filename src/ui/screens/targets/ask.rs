//! What a change of a target needs besides the grade: its reason, and the names of those who approved it.

use flightpath_school::journal::Action;
use flightpath_school::policy::Party;
use flightpath_school::view::approvals::Approval;
use flightpath_school::view::targets::Lacks;
use flightpath_school::view::typed::typed_grade;
use leptos::prelude::*;

use super::cell::{Cell, focus_soon, reason_id, target_id, with_scale};
use crate::i18n::t_string;
use crate::platform::page;
use crate::ui::parts::policy_words::joined;
use crate::ui::parts::practice_words::party as party_words;

/// A grade that waits for what its change needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pending {
    /// Scale and label; nothing for a target to be taken away.
    pub grade: Option<(String, String)>,
    /// All that is asked for.
    pub asks: Lacks,
    reason: String,
    approved: Vec<Approval>,
}

impl Pending {
    /// A grade for which nothing has been given yet.
    pub fn new(grade: Option<(String, String)>, asks: Lacks) -> Pending {
        Pending {
            grade,
            asks,
            reason: String::new(),
            approved: Vec::new(),
        }
    }
}

/// One of the things that are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Reason,
    Name(Party),
}

impl Cell {
    /// Takes an answer. Once all is given the grade is kept; until then, whoever wants to go on is led to
    /// what is missing.
    fn answer(&self, part: Part, text: &str, by: Option<isize>) {
        let (Some(row), Some(mut pending)) = (self.own(), self.pending()) else {
            return;
        };
        let text = text.trim();
        match part {
            Part::Reason => {
                // Somebody who types quickly means the next pupil's grade.
                let is_grade = untrack(|| {
                    with_scale(self.app, &row, |scale| typed_grade(scale, text).is_ok())
                });
                if is_grade {
                    let words =
                        t_string!(self.i18n, targets.reason_is_grade, typed = text.to_owned());
                    self.problem.set(Some(words.to_string()));
                    focus_soon(reason_id(self.id));
                    return;
                }
                text.clone_into(&mut pending.reason);
            }
            Part::Name(party) => {
                pending.approved.retain(|given| given.party != Some(party));
                pending.approved.push(Approval {
                    party: Some(party),
                    name: text.to_owned(),
                });
            }
        }
        match self.drafted(pending.grade.as_ref(), &pending.reason, &pending.approved) {
            Ok(draft) => {
                // Forgotten first, so that the field, which tells of its change when it loses the focus,
                // finds nothing left to keep.
                self.forget();
                self.app.dispatch(Action::SetTargets, &draft);
                if let Some(by) = by {
                    self.go(by);
                }
            }
            Err(lacks) => {
                let asks = pending.asks.clone();
                self.wait(pending);
                if by.is_some() {
                    self.tell_lacking(part, &asks, &lacks);
                }
            }
        }
    }

    fn tell_lacking(&self, answered: Part, asks: &Lacks, lacks: &Lacks) {
        let i18n = self.i18n;
        let next = match (lacks.reason, lacks.approval.first()) {
            (Some(_), _) => Part::Reason,
            (None, Some(party)) => Part::Name(*party),
            (None, None) => return,
        };
        let place = |part| match part {
            Part::Reason => 0,
            Part::Name(party) => {
                1 + asks
                    .approval
                    .iter()
                    .take_while(|asked| **asked != party)
                    .count()
            }
        };
        // Who goes on to the next field has made no mistake.
        if place(next) <= place(answered) {
            let mut missing = Vec::new();
            if lacks.reason.is_some() {
                missing.push(t_string!(i18n, targets.lacks_reason).to_owned());
            }
            let names = lacks.approval.iter().map(|party| {
                let party = party_words(i18n, *party);
                t_string!(i18n, targets.lacks_name, party = party).to_string()
            });
            missing.extend(names);
            let words = t_string!(i18n, targets.lacks, missing = joined(i18n, &missing));
            self.problem.set(Some(words.to_string()));
        }
        page::focus(&self.part_id(next));
    }

    /// What has been given so far.
    fn given(&self, part: Part) -> String {
        let pending = self.pending();
        let given = pending.map(|pending| match part {
            Part::Reason => pending.reason,
            Part::Name(party) => {
                let mut given = pending.approved.into_iter();
                let found = given.find(|given| given.party == Some(party));
                found.map(|given| given.name).unwrap_or_default()
            }
        });
        given.unwrap_or_default()
    }

    fn part_id(&self, part: Part) -> String {
        match part {
            Part::Reason => reason_id(self.id),
            Part::Name(party) => format!("approved-{party:?}-{}", self.id),
        }
    }
}

/// The fields for what is asked for, one below the other.
#[component]
pub fn AskForm(cell: Cell, ask: String, asks: Lacks, name: String) -> impl IntoView {
    let i18n = cell.i18n;
    let alone = asks.approval.is_empty();
    let reason_label = t_string!(i18n, targets.reason_of, name = name.clone()).to_string();
    let reason_asked = ask.clone();
    // Where the reason is all, what is wrong with it stands in its own field.
    let placeholder = move || {
        let problem = alone.then(|| cell.problem.get()).flatten();
        problem.unwrap_or_else(|| reason_asked.clone())
    };
    let problem = move || (!alone).then(|| cell.problem.get()).flatten();
    let names: Vec<_> = asks
        .approval
        .iter()
        .map(|party| {
            let words = party_words(i18n, *party);
            let label = t_string!(i18n, targets.approved_by, party = words).to_string();
            let of = t_string!(
                i18n,
                targets.approved_of,
                label = label.clone(),
                name = name.clone()
            )
            .to_string();
            view! {
                <label class="asked">
                    <span>{label}</span>
                    {answer_field(cell, Part::Name(*party), of, String::new)}
                </label>
            }
        })
        .collect();
    let reason = answer_field(cell, Part::Reason, reason_label, placeholder);
    view! {
        {if alone {
            reason
        } else {
            view! {
                <div class="asks">
                    <label class="asked">
                        <span>{t_string!(i18n, targets.asked_reason)}</span>
                        {reason}
                    </label>
                    {names}
                    <span class="problem" role="alert">
                        {problem}
                    </span>
                </div>
            }
                .into_any()
        }}
    }
}

fn answer_field(
    cell: Cell,
    part: Part,
    label: String,
    placeholder: impl Fn() -> String + Send + Sync + 'static,
) -> AnyView {
    let i18n = cell.i18n;
    view! {
        <input
            id=cell.part_id(part)
            size="26"
            autocomplete="off"
            aria-label=label
            placeholder=placeholder
            prop:value=cell.given(part)
            title=t_string!(i18n, targets.reason_hint)
            on:input=move |_| cell.problem.set(None)
            on:keydown:target=move |event| match event.key().as_str() {
                "Enter" => {
                    event.prevent_default();
                    cell.answer(part, &event.target().value(), Some(1));
                }
                "Escape" => {
                    cell.forget();
                    page::focus(&target_id(cell.id));
                }
                _ => {}
            }
            on:change:target=move |event| cell.answer(part, &event.target().value(), None)
        />
    }
    .into_any()
}
