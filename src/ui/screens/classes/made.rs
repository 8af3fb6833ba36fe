//! Making a class.

use flightpath_school::journal::Action;
use flightpath_school::model::Id;
use flightpath_school::view::class_changes::Classes;
use leptos::prelude::*;

use super::problem_words;
use crate::app::use_app;
use crate::i18n::{t_string, use_i18n};
use crate::platform::page;
use crate::ui::parts::choice::Choice;
use crate::ui::parts::text_field::TextField;
use crate::ui::route::Route;

/// A form for a class without pupils; they are added on its own page, which it leads to.
#[component]
pub fn MakeClass(
    /// The subject that is looked at, which a new class most likely learns.
    first: RwSignal<Option<Id>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    let chosen = RwSignal::new(None::<Id>);
    let name = RwSignal::new(String::new());
    let teachers = RwSignal::new(String::new());
    let problem = RwSignal::new(String::new());
    let subjects = Signal::derive(move || {
        app.lists().with(|lists| {
            let each = lists.subjects.iter();
            each.map(|subject| (subject.id.to_string(), subject.name.clone()))
                .collect::<Vec<_>>()
        })
    });
    let subject = Signal::derive(move || {
        chosen.get().or(first.get()).or_else(|| {
            app.lists()
                .with(|lists| lists.subjects.first().map(|subject| subject.id))
        })
    });
    let is_wrong = Signal::derive(move || problem.with(|problem| !problem.is_empty()));
    let make = move || {
        let Some(subject) = subject.get_untracked() else {
            problem.set(t_string!(i18n, classes.problem_no_subject).to_owned());
            return;
        };
        let year = app.lists().with_untracked(|lists| lists.year);
        let made = app.peek(|school| {
            Some(Classes::of(school, year).make(
                subject,
                &name.get_untracked(),
                &teachers.get_untracked(),
                &[],
            ))
        });
        match made {
            Some(Ok((draft, id))) => {
                app.dispatch(Action::EditClasses, &draft);
                page::go(&Route::ClassPupils(id).fragment());
            }
            Some(Err(why)) => problem.set(problem_words(i18n, why)),
            None => {}
        }
    };
    view! {
        <Show when=move || app.can_change()>
            <details class="section">
                <summary>{t_string!(i18n, classes.make_title)}</summary>
                <form on:submit=move |event| {
                    event.prevent_default();
                    make();
                }>
                    <div class="toolbar">
                        <Choice
                            label=t_string!(i18n, words.subject)
                            options=subjects
                            value=Signal::derive(move || {
                                subject.get().map(|id| id.to_string()).unwrap_or_default()
                            })
                            on_change=move |key| chosen.set(key.parse().ok())
                        />
                        <TextField label=t_string!(i18n, classes.name) text=name described_by="make-class-problem" is_wrong=is_wrong />
                        <TextField label=t_string!(i18n, classes.teachers) text=teachers described_by="make-class-hint" />
                        <button type="submit">{t_string!(i18n, classes.make)}</button>
                    </div>
                    <p class="hint" id="make-class-hint">
                        {t_string!(i18n, classes.teachers_hint)}
                    </p>
                    <p class="problem" id="make-class-problem" role="alert">
                        {move || problem.get()}
                    </p>
                </form>
            </details>
        </Show>
    }
}
