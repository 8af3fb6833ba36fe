//! What a change of a target needs besides the grade: its reason, and the names of those who approved it. A reason is
//! typed in the grid; here stand the fields for all of it, in the drawer.

use flightpath_school::journal::Draft;
use flightpath_school::policy::Party;
use flightpath_school::view::approvals::Approval;
use flightpath_school::view::targets::{Because, Lacks};
use leptos::prelude::*;

use super::desk::{Desk, Whose};
use super::typed::Grade;
use crate::i18n::t_string;
use crate::platform::page;
use crate::ui::parts::drawer::{Drawer, use_drawer};
use crate::ui::parts::focus::focus_soon;
use crate::ui::parts::policy_words::joined;
use crate::ui::parts::practice_words::party as party_words;
use crate::ui::say::Words;

/// A grade that waits for what its change needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pending {
    /// The grade.
    pub grade: Grade,
    /// The grade that is proposed in its place.
    pub proposed: Option<String>,
    /// All that is asked for.
    pub asks: Lacks,
    /// The reason, as far as it was given.
    pub reason: String,
    /// The names, as far as they were given.
    pub approved: Vec<Approval>,
}

impl Pending {
    /// A grade for which nothing has been given yet.
    pub fn new(grade: Grade, asks: Lacks) -> Pending {
        Pending {
            grade,
            proposed: None,
            asks,
            reason: String::new(),
            approved: Vec::new(),
        }
    }

    /// The grade as it is written; empty for none.
    pub fn label(&self) -> &str {
        self.grade.as_ref().map_or("", |(_, label)| label)
    }

    /// Why a reason is asked for, as a question.
    pub fn question(&self, i18n: Words) -> String {
        match (self.asks.reason, &self.proposed) {
            (Some(Because::Published), _) => {
                t_string!(i18n, targets.reason_ask_published).to_owned()
            }
            (Some(Because::NotAsProposed), Some(label)) => {
                t_string!(i18n, targets.reason_ask, proposed = label.clone()).to_string()
            }
            _ => t_string!(i18n, targets.reason_ask_set).to_owned(),
        }
    }

    /// What has not been given of what is asked for.
    pub fn lacks(&self) -> Lacks {
        Lacks {
            reason: self.asks.reason.filter(|_| self.reason.is_empty()),
            approval: flightpath_school::view::targets::unnamed(
                &self.asks.approval,
                &self.approved,
            ),
        }
    }

    /// What is asked for, in the order of its fields.
    fn parts(&self) -> Vec<Part> {
        let names = self.asks.approval.iter().copied().map(Part::Name);
        core::iter::once(Part::Reason).chain(names).collect()
    }

    /// What has been given.
    fn given(&self, part: Part) -> String {
        match part {
            Part::Reason => self.reason.clone(),
            Part::Name(party) => {
                let mut given = self.approved.iter();
                let found = given.find(|given| given.party == Some(party));
                found.map(|given| given.name.clone()).unwrap_or_default()
            }
        }
    }
}

/// What is still needed, in words.
pub fn lacks_words(i18n: Words, lacks: &Lacks) -> String {
    let mut missing = Vec::new();
    if lacks.reason.is_some() {
        missing.push(t_string!(i18n, targets.lacks_reason).to_owned());
    }
    let names = lacks.approval.iter().map(|party| {
        let party = party_words(i18n, *party);
        t_string!(i18n, targets.lacks_name, party = party).to_string()
    });
    missing.extend(names);
    t_string!(i18n, targets.lacks, missing = joined(i18n, &missing)).to_string()
}

/// One of the things that are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Reason,
    Name(Party),
}

fn part_id((subject, pupil): Whose, part: Part) -> String {
    match part {
        Part::Reason => format!("reason-{subject}-{pupil}"),
        Part::Name(party) => format!("approved-{party:?}-{subject}-{pupil}"),
    }
}

/// The first field of the form in which anything is missing.
fn first_field(desk: Desk, only: Option<Whose>) -> Option<String> {
    desk.pending.with_untracked(|pending| {
        let mut wanted = pending
            .iter()
            .filter(|(whose, _)| only.is_none_or(|only| only == **whose));
        wanted.next().map(|(whose, pending)| {
            let lacks = pending.lacks();
            let part = match (lacks.reason, lacks.approval.first()) {
                (None, Some(party)) => Part::Name(*party),
                _ => Part::Reason,
            };
            part_id(*whose, part)
        })
    })
}

/// Opens the fields for one target that waits, or for all of them.
pub fn show_asks(desk: Desk, drawer: Drawer, only: Option<Whose>) {
    let i18n = desk.i18n;
    let title = t_string!(i18n, targets.asks_title).to_owned();
    drawer.show(title, Some(super::GRID.to_owned()), move || {
        view! { <Asks desk=desk only=only /> }.into_any()
    });
    if let Some(first) = first_field(desk, only) {
        focus_soon(first);
    }
}

#[component]
fn Asks(desk: Desk, only: Option<Whose>) -> impl IntoView {
    let i18n = desk.i18n;
    let waiting = Memo::new(move |_| {
        // The drawer may outlive the screen by a moment.
        let waiting = desk.pending.try_with(|pending| {
            let all = pending.keys().copied();
            all.filter(|whose| only.is_none_or(|only| only == *whose))
                .collect::<Vec<_>>()
        });
        waiting.unwrap_or_default()
    });
    view! {
        <For
            each=move || waiting.get()
            key=|whose| *whose
            children=move |whose| view! { <AskForm desk=desk whose=whose only=only /> }
        />
        <Show when=move || waiting.with(Vec::is_empty)>
            <p>{t_string!(i18n, targets.asks_none)}</p>
        </Show>
    }
}

/// What one target waits for.
#[derive(Clone, Copy)]
struct Form {
    desk: Desk,
    drawer: Drawer,
    whose: Whose,
    only: Option<Whose>,
    problem: RwSignal<Option<String>>,
}

impl Form {
    /// Takes an answer. Once all is given the grade is kept; until then, whoever wants to go on is led to what is missing.
    fn answer(self, part: Part, text: &str, goes_on: bool) {
        let Form { desk, whose, .. } = self;
        let Some(mut pending) = desk.pending_of(whose) else {
            return;
        };
        let text = text.trim();
        match part {
            Part::Reason => {
                let scale = pending.grade.as_ref().map(|(scale, _)| scale.as_str());
                match desk.read_reason(scale, text) {
                    Ok(reason) => pending.reason = reason,
                    Err(why) => {
                        self.problem.set(Some(why));
                        focus_soon(part_id(whose, part));
                        return;
                    }
                }
            }
            Part::Name(party) => {
                pending.approved.retain(|given| given.party != Some(party));
                pending.approved.push(Approval {
                    party: Some(party),
                    name: text.to_owned(),
                });
            }
        }
        let parts = pending.parts();
        let mut draft = Draft::default();
        // Where nothing is lacking any longer it stops waiting first, so that the field, which tells of its change when it
        // loses the focus, finds nothing left to keep.
        match desk.settle(&mut draft, whose, pending) {
            Ok(()) => {
                desk.store(&draft);
                if goes_on {
                    self.go_on();
                }
            }
            Err(lacks) if goes_on => self.tell_lacking(part, &parts, &lacks),
            Err(_) => {}
        }
    }

    /// Goes to the next target that waits, or back to the grid.
    fn go_on(self) {
        match first_field(self.desk, self.only) {
            Some(next) => focus_soon(next),
            None => self.drawer.close(),
        }
    }

    fn tell_lacking(self, answered: Part, parts: &[Part], lacks: &Lacks) {
        let next = match (lacks.reason, lacks.approval.first()) {
            (Some(_), _) => Part::Reason,
            (None, Some(party)) => Part::Name(*party),
            (None, None) => return,
        };
        let place = |part| parts.iter().position(|held| *held == part);
        // Who goes on to the next field has made no mistake.
        if place(next) <= place(answered) {
            self.problem.set(Some(lacks_words(self.desk.i18n, lacks)));
        }
        page::focus(&part_id(self.whose, next));
    }
}

/// The fields for what is asked for, one below the other.
#[component]
fn AskForm(desk: Desk, whose: Whose, only: Option<Whose>) -> impl IntoView {
    let i18n = desk.i18n;
    let form = Form {
        desk,
        drawer: use_drawer(),
        whose,
        only,
        problem: RwSignal::new(None),
    };
    let Some(pending) = desk.pending_of(whose) else {
        return ().into_any();
    };
    let (subject, name) = desk.names(whose);
    let title = t_string!(
        i18n,
        targets.details_title,
        name = name.clone(),
        subject = subject
    )
    .to_string();
    let wanted = match pending.label() {
        "" => t_string!(i18n, targets.wanted_none).to_owned(),
        label => t_string!(i18n, targets.wanted, grade = label.to_owned()).to_string(),
    };
    let fields: Vec<_> = pending
        .parts()
        .into_iter()
        .map(|part| {
            let (label, of) = match part {
                Part::Reason => (
                    t_string!(i18n, targets.asked_reason).to_owned(),
                    t_string!(i18n, targets.reason_of, name = name.clone()).to_string(),
                ),
                Part::Name(party) => {
                    let words = party_words(i18n, party);
                    let label = t_string!(i18n, targets.approved_by, party = words).to_string();
                    let of = t_string!(
                        i18n,
                        targets.approved_of,
                        label = label.clone(),
                        name = name.clone()
                    )
                    .to_string();
                    (label, of)
                }
            };
            let ask = match part {
                Part::Reason => pending.question(i18n),
                Part::Name(_) => String::new(),
            };
            view! {
                <label class="field">
                    <span>{label}</span>
                    {answer_field(form, part, of, ask)}
                </label>
            }
        })
        .collect();
    view! {
        <fieldset class="asks">
            <legend>{title}</legend>
            <p>{wanted}</p>
            {fields}
            <span class="problem" role="alert">
                {form.problem}
            </span>
            <p>
                <button on:click=move |_| {
                    desk.stop_waiting(whose);
                    form.go_on();
                }>{t_string!(i18n, targets.leave)}</button>
            </p>
        </fieldset>
    }
    .into_any()
}

fn answer_field(form: Form, part: Part, label: String, placeholder: String) -> AnyView {
    let Form { desk, whose, .. } = form;
    let given = Memo::new(move |_| {
        let given = desk.pending.try_with(|pending| {
            let own = pending.get(&whose);
            own.map(|pending| pending.given(part))
        });
        given.flatten().unwrap_or_default()
    });
    view! {
        <input
            id=part_id(whose, part)
            autocomplete="off"
            aria-label=label
            placeholder=placeholder
            prop:value=given
            title=t_string!(desk.i18n, targets.reason_hint)
            on:input=move |_| form.problem.set(None)
            on:keydown:target=move |event| {
                if event.key() == "Enter" {
                    event.prevent_default();
                    form.answer(part, &event.target().value(), true);
                }
            }
            on:change:target=move |event| form.answer(part, &event.target().value(), false)
        />
    }
    .into_any()
}
