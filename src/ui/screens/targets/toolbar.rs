//! The combo boxes that say whose targets are looked at.

use flightpath_school::model::YearGroup;
use leptos::prelude::*;

use super::scene::{Group, Picked, Scene, Which};
use crate::app::use_app;
use crate::i18n::{t_string, use_i18n};
use crate::ui::parts::choice::Choice;

/// What stands for all subjects in the combo box.
const ALL: &str = "all";

/// Subject, year group and class, and whether the national chances stand beside the choice.
#[component]
pub fn Toolbar(
    picked: RwSignal<Picked>,
    scene: Memo<Scene>,
    chances: RwSignal<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    let subjects = Signal::derive(move || {
        let all = (
            ALL.to_owned(),
            t_string!(i18n, targets.all_subjects).to_owned(),
        );
        app.lists().with(|lists| {
            let each = lists
                .subjects
                .iter()
                .map(|subject| (subject.id.to_string(), subject.name.clone()));
            core::iter::once(all).chain(each).collect::<Vec<_>>()
        })
    });
    let subject = Signal::derive(move || {
        scene.with(|scene| {
            scene
                .subject
                .as_ref()
                .map_or_else(|| ALL.to_owned(), |subject| subject.id.to_string())
        })
    });
    view! {
        <div class="toolbar">
            <Choice
                label=t_string!(i18n, words.subject)
                options=subjects
                value=subject
                on_change=move |key| {
                    picked
                        .update(|picked| {
                            picked.subject = if key == ALL {
                                Which::All
                            } else {
                                key.parse().map_or(Which::First, Which::One)
                            };
                            picked.group = Group::All;
                        });
                }
            />
            <People picked=picked scene=scene />
            <Show when=move || scene.with(|scene| scene.subject.is_some())>
                <label class="tick">
                    <input
                        type="checkbox"
                        prop:checked=move || chances.get()
                        on:change:target=move |event| chances.set(event.target().checked())
                    />
                    {t_string!(i18n, targets.chances_beside)}
                </label>
            </Show>
        </div>
    }
}

/// Year group and class.
#[component]
pub fn People(picked: RwSignal<Picked>, scene: Memo<Scene>) -> impl IntoView {
    let i18n = use_i18n();
    let years = Signal::derive(move || {
        let all = (String::new(), t_string!(i18n, targets.all_years).to_owned());
        scene.with(|scene| {
            let each = scene.year_groups.iter().map(|year| {
                let name = t_string!(i18n, words.year_n, n = year.to_string()).to_string();
                (year.number().to_string(), name)
            });
            core::iter::once(all).chain(each).collect::<Vec<_>>()
        })
    });
    let year = Signal::derive(move || {
        scene.with(|scene| {
            scene
                .year_group
                .map(|year| year.number().to_string())
                .unwrap_or_default()
        })
    });
    let groups = Signal::derive(move || {
        let all = (
            String::new(),
            t_string!(i18n, targets.all_classes).to_owned(),
        );
        scene.with(|scene| {
            let each = scene.groups.iter().map(|(group, name)| {
                let name = match group {
                    Group::Form(form) => {
                        t_string!(i18n, targets.form_named, name = form.clone()).to_string()
                    }
                    Group::Class(_) | Group::All => name.clone(),
                };
                (group.key(), name)
            });
            core::iter::once(all).chain(each).collect::<Vec<_>>()
        })
    });
    let group = Signal::derive(move || scene.with(|scene| scene.group.key()));
    view! {
        <Choice
            label=t_string!(i18n, words.year_group)
            options=years
            value=year
            on_change=move |key| {
                picked
                    .update(|picked| {
                        picked.year_group = key.parse().ok().and_then(YearGroup::new);
                        picked.group = Group::All;
                    });
            }
        />
        <Choice
            label=t_string!(i18n, words.class)
            options=groups
            value=group
            on_change=move |key| picked.update(|picked| picked.group = Group::of_key(&key))
        />
    }
}
