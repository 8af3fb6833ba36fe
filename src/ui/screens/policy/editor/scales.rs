//! Scales: the policy's own, and which subject is graded on which.

use flightpath_school::model::keys;
use flightpath_school::model::scale::{
    GradeDefinition, GradedScale, Position, ScaleDefinition, ScaleKind,
};
use flightpath_school::policy::{PolicyPack, ScaleDefault, Selector};
use leptos::prelude::*;

use super::desk::Desk;
use super::fields::{faults, id_of, pick};
use super::items::Items;
use super::lens::Lens;
use super::who::who;
use crate::i18n::t_string;
use crate::ui::parts::policy_words;

/// The scales at hand to choose from, by key.
pub fn scale_options(desk: Desk) -> Vec<(String, String)> {
    let scales = desk.scales();
    scales
        .iter()
        .map(|scale| (scale.key().to_owned(), scale.name().to_owned()))
        .collect()
}

/// The section of scales.
pub fn scales(desk: Desk) -> AnyView {
    let i18n = desk.i18n;
    let defaults = Items {
        place: "scales".to_owned(),
        lens: Lens::new(|pack: &mut PolicyPack| &mut pack.scales),
        one: t_string!(i18n, edit.one_scale_of),
        new: |_, _| ScaleDefault {
            when: Selector::default(),
            scale: "gcse-9-1".to_owned(),
        },
        ordered: true,
    };
    let own = Items {
        place: "own_scales".to_owned(),
        lens: Lens::new(|pack: &mut PolicyPack| &mut pack.own_scales),
        one: t_string!(i18n, edit.one_scale),
        new: |_, scales| ScaleDefinition {
            key: format!("own-{}", scales.len() + 1),
            name: String::new(),
            kind: ScaleKind::Graded(GradedScale {
                grades: Vec::new(),
                bands: Vec::new(),
                split: false,
            }),
        },
        ordered: false,
    };
    view! {
        <h4>{t_string!(i18n, edit.scale_of_subjects)}</h4>
        <p class="hint">{t_string!(i18n, edit.first_counts)}</p>
        {defaults
            .named(
                desk,
                |desk, entry| policy_words::scale(&desk.scales(), &entry.scale),
                move |_, lens, place| {
                    view! {
                        {pick(
                            desk,
                            t_string!(i18n, edit.scale),
                            &format!("{place}.scale"),
                            scale_options(desk),
                            lens.part(|entry| &mut entry.scale),
                            true,
                        )}
                        {who(desk, &format!("{place}.when"), &lens.part(|entry| &mut entry.when))}
                    }
                        .into_any()
                },
            )}
        <h4>{t_string!(i18n, edit.own_scales)}</h4>
        <p class="hint">{t_string!(i18n, edit.own_scales_hint)}</p>
        {own.named(
            desk,
            |_, scale| scale.name.clone(),
            move |_, lens, place| own_scale(desk, &lens, place),
        )}
    }
    .into_any()
}

/// A scale of the policy's own: its name and its grades, a step of one grade each.
fn own_scale(desk: Desk, lens: &Lens<ScaleDefinition>, place: &str) -> AnyView {
    let i18n = desk.i18n;
    let (shown, named) = (lens.clone(), lens.clone());
    let (grades, graded) = (lens.clone(), lens.clone());
    let labels = move || {
        let definition = desk.get(&grades);
        match definition.map(|definition| definition.kind) {
            Some(ScaleKind::Graded(graded)) => {
                let labels: Vec<String> = graded.grades.into_iter().map(|g| g.label).collect();
                labels.join(", ")
            }
            _ => String::new(),
        }
    };
    let name_id = id_of(&format!("{place}.name"));
    let grades_id = id_of(&format!("{place}.grades"));
    let (after_name, after_grades) = (name_id.clone(), grades_id.clone());
    view! {
        <div class="field">
            <label for=name_id.clone()>{t_string!(i18n, edit.scale_name)}</label>
            <input
                id=name_id
                type="text"
                prop:value=move || desk.get(&shown).map_or_else(String::new, |scale| scale.name)
                on:change:target=move |event| {
                    let name = event.target().value().trim().to_owned();
                    desk.reshape(
                        &named,
                        after_name.clone(),
                        |scale| {
                            scale.key = format!("own-{}", keys::slug(&name));
                            scale.name = name;
                        },
                    );
                }
            />
        </div>
        <div class="field">
            <label for=grades_id.clone()>{t_string!(i18n, edit.scale_grades)}</label>
            <input
                id=grades_id
                type="text"
                class="wide"
                prop:value=labels
                on:change:target=move |event| {
                    let typed = event.target().value();
                    desk.reshape(
                        &graded,
                        after_grades.clone(),
                        |scale| scale.kind = ScaleKind::Graded(of_labels(&typed)),
                    );
                }
            />
        </div>
        {faults(desk, &format!("{place}.kind"))}
    }
    .into_any()
}

fn of_labels(typed: &str) -> GradedScale {
    let labels = typed
        .split(',')
        .map(str::trim)
        .filter(|label| !label.is_empty());
    let grades = labels.zip(0_i16..).map(|(label, place)| GradeDefinition {
        label: label.to_owned(),
        position: Position::from_whole_grades(place),
        accepts: Vec::new(),
    });
    GradedScale {
        grades: grades.collect(),
        bands: Vec::new(),
        split: false,
    }
}
