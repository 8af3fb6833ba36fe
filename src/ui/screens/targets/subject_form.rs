//! Adding a subject: its name and its curriculum.

use flightpath_school::journal::{Action, Draft};
use flightpath_school::model::{ColumnKey, Field, Value, keys};
use leptos::prelude::*;

use crate::app::use_app;
use crate::i18n::{t_string, use_i18n};
use crate::ui::parts::choice::Choice;
use crate::ui::parts::policy_words;

#[component]
pub fn SubjectForm() -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    let name = RwSignal::new(String::new());
    let curriculum = RwSignal::new(String::new());
    let problem = RwSignal::new(String::new());
    let curricula = Signal::derive(move || {
        app.with(|core| {
            let keys = core.policy().map(|policy| policy.pack().curricula.clone());
            keys.unwrap_or_default()
                .into_iter()
                .map(|key| {
                    let name = policy_words::curriculum(i18n, &key);
                    (key, name)
                })
                .collect::<Vec<_>>()
        })
    });
    let shown_curriculum = Signal::derive(move || {
        let chosen = curriculum.get();
        let first = curricula.with(|all| all.first().map(|(key, _)| key.clone()));
        if chosen.is_empty() {
            first.unwrap_or_default()
        } else {
            chosen
        }
    });
    let add = move || {
        let entered = name.get_untracked().trim().to_owned();
        let id = keys::subject(&entered);
        if keys::slug(&entered).is_empty() {
            problem.set(t_string!(i18n, targets.subject_nameless).to_owned());
            return;
        }
        let there = app
            .lists()
            .with_untracked(|lists| lists.subject(id).is_some());
        if there {
            problem.set(t_string!(i18n, targets.subject_there, name = entered).to_string());
            return;
        }
        let gone = app.peek(|school| {
            let key = ColumnKey::lasting(Field::SubjectGone);
            school.one(&key, id).and_then(Value::as_flag) == Some(true)
        });
        let mut draft = Draft::default();
        let mut write = |field, value| draft.write(ColumnKey::lasting(field), id, value);
        write(Field::SubjectName, Value::text(&entered));
        write(
            Field::Curriculum,
            Value::text(&shown_curriculum.get_untracked()),
        );
        write(Field::SubjectForAll, Value::Flag(true));
        if gone {
            write(Field::SubjectGone, Value::Flag(false));
        }
        problem.set(String::new());
        app.dispatch(Action::EditClasses, &draft);
        let _ = name.try_set(String::new());
    };
    view! {
        <div class="toolbar">
            <label class="field">
                <span>{t_string!(i18n, targets.subject_name)}</span>
                <input
                    type="text"
                    prop:value=move || name.get()
                    aria-invalid=move || (!problem.with(String::is_empty)).then_some("true")
                    aria-describedby="subject-problem"
                    on:input:target=move |event| name.set(event.target().value())
                    on:keydown=move |event: web_sys::KeyboardEvent| {
                        if event.key() == "Enter" {
                            add();
                        }
                    }
                />
            </label>
            <Choice
                label=t_string!(i18n, targets.curriculum)
                options=curricula
                value=shown_curriculum
                on_change=move |key| curriculum.set(key)
            />
            <button on:click=move |_| add()>{t_string!(i18n, targets.add)}</button>
        </div>
        <p class="hint">{t_string!(i18n, targets.subject_for_all)}</p>
        <p class="problem" id="subject-problem" role="alert">
            {move || problem.get()}
        </p>
    }
}
