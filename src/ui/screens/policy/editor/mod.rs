//! Editing a policy: a section at a time, each thing with the control that fits it.

mod basics;
mod conditions;
mod desk;
mod fields;
mod items;
mod judging;
mod lens;
mod methods;
mod practice;
mod scales;
mod tables;
mod targets;
mod triggers;
mod unread;
mod who;
mod year;

use flightpath_school::policy::PolicyPack;
use leptos::prelude::*;
use leptos::task::spawn_local;

pub use desk::Desk;
pub use unread::{UnreadText, UnreadTexts};

use super::problems::problem_list;
use crate::app::use_app;
use crate::i18n::{t_string, use_i18n};
use crate::platform::page;
use crate::ui::say::Words;

/// A section of the editor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    Basics,
    Scales,
    Tables,
    Targets,
    People,
    Calendar,
    Judging,
    Triggers,
    Levels,
    Duties,
    Wording,
}

impl Section {
    const ALL: [Section; 11] = [
        Section::Basics,
        Section::Scales,
        Section::Tables,
        Section::Targets,
        Section::People,
        Section::Calendar,
        Section::Judging,
        Section::Triggers,
        Section::Levels,
        Section::Duties,
        Section::Wording,
    ];

    /// The section in which a place of the document is edited.
    pub fn of(place: &str) -> Section {
        let first = place.split(['.', '[']).next().unwrap_or_default();
        match first {
            "scales" | "own_scales" => Section::Scales,
            "tables" => Section::Tables,
            "targets" => Section::Targets,
            "target_life" | "other_targets" | "cohort_targets" => Section::People,
            "calendar" => Section::Calendar,
            "status" => Section::Judging,
            "triggers" => Section::Triggers,
            "levels" => Section::Levels,
            "duties" => Section::Duties,
            "end_of_year" | "groups" | "wording" => Section::Wording,
            _ => Section::Basics,
        }
    }

    /// Its name.
    pub fn name(self, i18n: Words) -> &'static str {
        match self {
            Section::Basics => t_string!(i18n, edit.s_basics),
            Section::Scales => t_string!(i18n, edit.s_scales),
            Section::Tables => t_string!(i18n, edit.s_tables),
            Section::Targets => t_string!(i18n, edit.s_targets),
            Section::People => t_string!(i18n, edit.s_people),
            Section::Calendar => t_string!(i18n, edit.s_calendar),
            Section::Judging => t_string!(i18n, edit.s_judging),
            Section::Triggers => t_string!(i18n, edit.s_triggers),
            Section::Levels => t_string!(i18n, edit.s_levels),
            Section::Duties => t_string!(i18n, edit.s_duties),
            Section::Wording => t_string!(i18n, edit.s_wording),
        }
    }

    fn view(self, desk: Desk) -> AnyView {
        match self {
            Section::Basics => basics::basics(desk),
            Section::Scales => scales::scales(desk),
            Section::Tables => tables::tables(desk),
            Section::Targets => targets::chains(desk),
            Section::People => targets::life(desk),
            Section::Calendar => year::calendar(desk),
            Section::Judging => reshaped(desk, judging::judging),
            Section::Triggers => triggers::triggers(desk),
            Section::Levels => triggers::levels(desk),
            Section::Duties => year::duties(desk),
            Section::Wording => practice::practice(desk),
        }
    }
}

/// A section of which more than the rows of lists depends on what is chosen.
fn reshaped(desk: Desk, section: fn(Desk) -> AnyView) -> AnyView {
    (move || {
        desk.track_shape();
        section(desk)
    })
    .into_any()
}

/// Goes to where something can be mended.
pub fn go_to(section: RwSignal<Section>, place: &str) {
    section.set(Section::of(place));
    let exact = fields::id_of(place);
    // A control may stand in the row of the place, or the row of the list.
    let row = place
        .rfind(['.', '['])
        .map(|end| fields::id_of(place.get(..end).unwrap_or(place)));
    spawn_local(async move {
        page::breathe().await;
        page::focus("editor-section");
        if let Some(row) = row {
            page::focus(&row);
        }
        page::focus(&exact);
    });
}

/// The editor of a draft.
#[component]
pub fn Editor(draft: RwSignal<PolicyPack>, unread: UnreadTexts) -> impl IntoView {
    let i18n = use_i18n();
    let section = RwSignal::new(Section::Basics);
    let desk = Desk::new(i18n, use_app(), draft, unread, section);
    let wrong_in = move |own: Section| {
        let problems = desk.problems().get();
        let unread = desk.unread_texts();
        let places = problems.iter().map(|one| &one.place);
        let places = places.chain(unread.iter().map(|one| &one.place));
        places.filter(|place| Section::of(place) == own).count()
    };
    let tabs: Vec<_> = Section::ALL
        .into_iter()
        .map(|own| {
            let current = move || {
                if section.get() == own {
                    "true"
                } else {
                    "false"
                }
            };
            let mark = move || {
                let count = wrong_in(own);
                (count > 0).then(|| {
                    view! { <span class="chip" data-kind="refused">{count.to_string()}</span> }
                })
            };
            view! {
                <li>
                    <button
                        type="button"
                        class="quiet"
                        aria-current=current
                        on:click=move |_| section.set(own)
                    >
                        {own.name(i18n)}
                        " "
                        {mark}
                    </button>
                </li>
            }
        })
        .collect();
    view! {
        <section class="section editor" aria-labelledby="editor-title">
            <h2 id="editor-title">{t_string!(i18n, edit.title)}</h2>
            {problem_list(desk, section)}
            <div class="editor-body">
                <nav aria-label=t_string!(i18n, edit.sections)>
                    <ul>{tabs}</ul>
                </nav>
                <div class="editor-section">
                    <h3 id="editor-section" tabindex="-1">
                        {move || section.get().name(i18n)}
                    </h3>
                    {move || section.get().view(desk)}
                </div>
            </div>
        </section>
    }
}
