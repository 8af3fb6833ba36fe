//! Another name, other teachers; merging a class into another, and giving one up.

use leptos::prelude::*;

use super::class::Here;
use crate::i18n::t_string;
use crate::platform::page;
use crate::ui::parts::choice::Choice;
use crate::ui::parts::text_field::TextField;
use crate::ui::route::Route;

/// Name and teachers.
#[component]
pub(super) fn Details(here: Here) -> impl IntoView {
    let Here { i18n, class, .. } = here;
    let held = Memo::new(move |_| {
        class.with(|class| {
            let class = class.as_ref();
            class.map(|class| (class.name.clone(), class.teacher.clone()))
        })
    });
    let name = RwSignal::new(String::new());
    let teachers = RwSignal::new(String::new());
    Effect::new(move |_| {
        if let Some((held_name, held_teachers)) = held.get() {
            name.set(held_name);
            teachers.set(held_teachers);
        }
    });
    let save = move || {
        here.carry_out(|classes, own| {
            classes.change(own, &name.get_untracked(), &teachers.get_untracked())
        });
    };
    view! {
        <details class="section">
            <summary>{t_string!(i18n, classes.details_title)}</summary>
            <form on:submit=move |event| {
                event.prevent_default();
                save();
            }>
                <div class="toolbar">
                    <TextField label=t_string!(i18n, classes.name) text=name />
                    <TextField label=t_string!(i18n, classes.teachers) text=teachers described_by="teachers-hint" />
                    <button type="submit">{t_string!(i18n, classes.save)}</button>
                </div>
                <p class="hint" id="teachers-hint">
                    {t_string!(i18n, classes.teachers_hint)}
                </p>
            </form>
        </details>
    }
}

/// Merging the class into another one of its subject.
#[component]
pub(super) fn Merge(here: Here) -> impl IntoView {
    let Here { i18n, .. } = here;
    let wanted = RwSignal::new(String::new());
    let others = Memo::new(move |_| here.others());
    let options = Signal::derive(move || {
        others.with(|others| {
            let each = others.iter();
            each.map(|(id, name)| (id.to_string(), name.clone()))
                .collect::<Vec<_>>()
        })
    });
    let into = Memo::new(move |_| {
        let wanted = wanted.get();
        others.with(|others| {
            let held = others.iter().find(|(id, _)| id.to_string() == wanted);
            held.or(others.first()).map(|(id, _)| *id)
        })
    });
    let merge = move |_| {
        let Some(into) = into.get_untracked() else {
            return;
        };
        if here.carry_out(|classes, own| classes.merge(own, into)) {
            page::go(&Route::ClassPupils(into).fragment());
        }
    };
    view! {
        <details class="section">
            <summary>{t_string!(i18n, classes.merge_title)}</summary>
            <Show
                when=move || into.get().is_some()
                fallback=move || {
                    view! {
                        <p>
                            {t_string!(
                                i18n,
                                classes.merge_none,
                                subject = here.subject_name()
                            )
                                .to_string()}
                        </p>
                    }
                }
            >
                <p class="hint">{t_string!(i18n, classes.merge_hint)}</p>
                <div class="toolbar">
                    <Choice
                        label=t_string!(i18n, classes.merge_into)
                        options=options
                        value=Signal::derive(move || {
                            into.get().map(|id| id.to_string()).unwrap_or_default()
                        })
                        on_change=move |key| wanted.set(key)
                    />
                    <button on:click=merge>{t_string!(i18n, classes.merge)}</button>
                </div>
            </Show>
        </details>
    }
}

/// Giving up a class in which nobody is.
#[component]
pub(super) fn GiveUp(here: Here) -> impl IntoView {
    let Here { i18n, .. } = here;
    let give_up = move |_| {
        if here.carry_out(|classes, own| classes.give_up(own)) {
            page::go(&Route::Classes.fragment());
        }
    };
    view! {
        <section class="section">
            <p class="hint">{t_string!(i18n, classes.give_up_hint)}</p>
            <button on:click=give_up>{t_string!(i18n, classes.give_up)}</button>
        </section>
    }
}
