//! Adding phrases to the bank and taking some out.

use flightpath_school::journal::{Action, Draft};
use flightpath_school::model::Id;
use flightpath_school::view::phrases::{NotKept, Phrase, add, take_away};
use leptos::prelude::*;

use super::Grid;
use crate::i18n::t_string;
use crate::ui::parts::choice::Choice;
use crate::ui::parts::text_field::TextField;
use crate::ui::say::Words;

/// What comes with the program: heading and phrase, in the person's language.
fn starters(i18n: Words) -> Vec<(String, String)> {
    let lines = t_string!(i18n, phrases.starters).lines();
    let pairs = lines.filter_map(|line| line.split_once('|'));
    pairs
        .map(|(heading, text)| (heading.to_owned(), text.to_owned()))
        .collect()
}

/// Why a phrase is not kept.
fn not_kept(i18n: Words, phrase: &str, why: NotKept) -> String {
    let phrase = phrase.trim().to_owned();
    match why {
        NotKept::Empty => t_string!(i18n, phrases.bad_empty).to_owned(),
        NotKept::Unknown(names) => t_string!(
            i18n,
            phrases.bad_unknown,
            phrase = phrase,
            names = names.join(", ")
        )
        .to_string(),
        NotKept::Known => t_string!(i18n, phrases.bad_known, phrase = phrase).to_string(),
    }
}

/// The bank, to change it.
#[component]
pub fn Bank(
    grid: Grid,
    /// What it holds.
    bank: Memo<Vec<Phrase>>,
    /// The subject that is looked at.
    subject: Memo<Option<Id>>,
) -> impl IntoView {
    let (app, i18n) = (grid.app, grid.i18n);
    let heading = RwSignal::new(String::new());
    let text = RwSignal::new(String::new());
    let whose = RwSignal::new(String::new());
    let problem = RwSignal::new(String::new());
    let empty = Memo::new(move |_| bank.with(Vec::is_empty));
    let subjects = Signal::derive(move || {
        let every = (
            String::new(),
            t_string!(i18n, phrases.every_subject).to_owned(),
        );
        let own = subject.get().and_then(|id| {
            app.lists()
                .with(|lists| Some((id.to_string(), lists.subject(id)?.name.clone())))
        });
        std::iter::once(every).chain(own).collect::<Vec<_>>()
    });
    // All of what is written, or none of it.
    let keep = move |each: &[(String, String)], subject: Option<Id>| {
        let mut draft = Draft::default();
        let held = bank.get_untracked();
        for (heading, text) in each {
            if let Err(why) = add(&mut draft, &held, heading, text, subject) {
                problem.set(not_kept(i18n, text, why));
                return false;
            }
        }
        problem.set(String::new());
        app.dispatch(Action::Phrases, &draft).is_some()
    };
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let written = text.get_untracked();
        let lines = written.lines().filter(|line| !line.trim().is_empty());
        let mut each: Vec<(String, String)> = lines
            .map(|line| (heading.get_untracked(), line.to_owned()))
            .collect();
        if each.is_empty() {
            each.push((String::new(), String::new()));
        }
        // What is no subject's id is the choice of every subject.
        if keep(&each, whose.get_untracked().parse().ok()) {
            text.set(String::new());
        }
    };
    let begin = move |_| {
        keep(&starters(i18n), None);
    };
    let many = starters(i18n).len();
    view! {
        <Show when=move || empty.get()>
            <p>{t_string!(i18n, phrases.bank_empty)}</p>
            <p>
                <button class="primary" on:click=begin disabled=move || !app.can_change()>
                    {t_string!(i18n, phrases.begin_with, n = many).to_string()}
                </button>
            </p>
        </Show>
        <details>
            <summary>{t_string!(i18n, phrases.bank)}</summary>
            <form class="stack" on:submit=submit>
                <TextField label=t_string!(i18n, phrases.heading) text=heading />
                <label class="field">
                    <span>{t_string!(i18n, phrases.text)}</span>
                    <textarea
                        rows="4"
                        aria-describedby="phrase-places"
                        prop:value=move || text.get()
                        on:input:target=move |event| text.set(event.target().value())
                    ></textarea>
                </label>
                <p class="hint" id="phrase-places">
                    {t_string!(i18n, phrases.places)}
                </p>
                <Choice
                    label=t_string!(i18n, phrases.for_subject)
                    options=subjects
                    value=whose
                    on_change=move |chosen| whose.set(chosen)
                />
                <p class="problem" role="alert">
                    {problem}
                </p>
                <p>
                    <button type="submit" disabled=move || !app.can_change()>
                        {t_string!(i18n, phrases.add)}
                    </button>
                </p>
            </form>
            <ul class="phrases">
                <For
                    each=move || bank.get()
                    key=|phrase| phrase.id
                    children=move |phrase| {
                        let id = phrase.id;
                        let label = t_string!(
                            i18n,
                            phrases.take_out_of,
                            phrase = phrase.text.clone()
                        )
                            .to_string();
                        let out = move |_| {
                            let mut draft = Draft::default();
                            take_away(&mut draft, id);
                            app.dispatch(Action::Phrases, &draft);
                        };
                        view! {
                            <li>
                                {phrase.text.clone()} " "
                                <button class="quiet" aria-label=label on:click=out>
                                    {t_string!(i18n, phrases.take_out)}
                                </button>
                            </li>
                        }
                    }
                />
            </ul>
        </details>
    }
}
