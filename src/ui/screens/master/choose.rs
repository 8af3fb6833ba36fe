//! Which subject, year group, class and group of pupils the file shows.

use flightpath_school::model::{Id, YearGroup};
use flightpath_school::view::cohorts::{Cohort, Group};
use flightpath_school::view::takers;
use leptos::prelude::*;

use crate::app::{App, use_app};
use crate::i18n::{t_string, use_i18n};
use crate::ui::parts::choice::Choice;
use crate::ui::parts::practice_words;

/// What is chosen.
#[derive(Clone, Copy)]
pub struct Choices {
    app: App,
    wanted: RwSignal<Option<Id>>,
    /// The subject; nothing where the school has none.
    pub subject: Memo<Option<Id>>,
    year: RwSignal<Option<YearGroup>>,
    class: RwSignal<Option<Id>>,
    group: RwSignal<Option<Group>>,
}

impl Choices {
    /// The first subject, with everybody who takes it.
    pub fn new(app: App) -> Choices {
        let wanted = RwSignal::new(None::<Id>);
        let subject = Memo::new(move |_| {
            let wanted = wanted.get();
            app.lists().with(|lists| {
                wanted
                    .and_then(|id| lists.subject(id))
                    .or_else(|| lists.subjects.first())
                    .map(|subject| subject.id)
            })
        });
        Choices {
            app,
            wanted,
            subject,
            year: RwSignal::new(None),
            class: RwSignal::new(None),
            group: RwSignal::new(None),
        }
    }

    /// Which pupils are wanted.
    pub fn cohort(self) -> Cohort {
        Cohort {
            year_group: self.year.get(),
            class: self.class.get(),
            group: self.group.get(),
            ..Cohort::default()
        }
    }

    fn years(self) -> Vec<YearGroup> {
        let Some(subject) = self.subject.get() else {
            return Vec::new();
        };
        self.app.lists().with(|lists| {
            let takers = self
                .app
                .with(|core| takers(core.school(), lists.year, subject));
            let own = lists
                .pupils
                .iter()
                .filter(|pupil| takers.contains(pupil.position));
            let mut years: Vec<YearGroup> = own.filter_map(|pupil| pupil.year_group).collect();
            years.sort_unstable();
            years.dedup();
            years
        })
    }

    fn classes(self) -> Vec<(String, String)> {
        let subject = self.subject.get();
        self.app.lists().with(|lists| {
            let own = lists
                .classes
                .iter()
                .filter(|class| Some(class.subject) == subject);
            own.map(|class| (class.id.to_string(), class.name.clone()))
                .collect()
        })
    }
}

/// The combo boxes.
#[component]
pub fn ChoiceBar(choices: Choices) -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    let subjects = Signal::derive(move || {
        app.lists().with(|lists| {
            let named = lists.subjects.iter();
            named
                .map(|subject| (subject.id.to_string(), subject.name.clone()))
                .collect::<Vec<_>>()
        })
    });
    let with_all = |all: &'static str, mut others: Vec<(String, String)>| {
        others.insert(0, (String::new(), all.to_owned()));
        others
    };
    let years = Signal::derive(move || {
        let years = choices.years().into_iter().map(|year| {
            let name = t_string!(i18n, words.year_n, n = year.to_string()).to_string();
            (year.number().to_string(), name)
        });
        with_all(t_string!(i18n, master.all_years), years.collect())
    });
    let classes =
        Signal::derive(move || with_all(t_string!(i18n, master.all_classes), choices.classes()));
    let groups = Signal::derive(move || {
        let named = Group::ALL.map(|group| {
            let name = practice_words::group(i18n, group.kind()).to_owned();
            (group.name().to_owned(), name)
        });
        with_all(t_string!(i18n, master.all_groups), named.to_vec())
    });
    let group_key = move || {
        let chosen = choices.group.get();
        chosen
            .map(|group| group.name().to_owned())
            .unwrap_or_default()
    };
    view! {
        <div class="toolbar">
            <Choice
                label=t_string!(i18n, words.subject)
                options=subjects
                value=Signal::derive(move || {
                    choices.subject.get().map(|id| id.to_string()).unwrap_or_default()
                })
                on_change=move |subject| {
                    choices.class.set(None);
                    choices.year.set(None);
                    choices.wanted.set(subject.parse().ok());
                }
            />
            <Choice
                label=t_string!(i18n, words.year_group)
                options=years
                value=Signal::derive(move || {
                    choices.year.get().map(|year| year.number().to_string()).unwrap_or_default()
                })
                on_change=move |year| {
                    choices.year.set(year.parse().ok().and_then(YearGroup::new));
                }
            />
            <Choice
                label=t_string!(i18n, words.class)
                options=classes
                value=Signal::derive(move || {
                    choices.class.get().map(|id| id.to_string()).unwrap_or_default()
                })
                on_change=move |class| choices.class.set(class.parse().ok())
            />
            <Choice
                label=t_string!(i18n, master.group)
                options=groups
                value=Signal::derive(group_key)
                on_change=move |key| choices.group.set(Group::named(&key))
            />
        </div>
    }
}
