//! One class: its name, its teachers, its pupils.

use flightpath_school::journal::{Action, Draft, School};
use flightpath_school::model::{AcademicYear, Id};
use flightpath_school::view::class_changes::{ClassProblem, Classes, members};
use flightpath_school::view::{Class, Pupil};
use leptos::prelude::*;

use super::add::AddPupils;
use super::change::{Details, GiveUp, Merge};
use super::members::Members;
use super::problem_words;
use crate::app::{App, use_app};
use crate::i18n::{t_string, use_i18n};
use crate::ui::parts::cell_words::{counted, plural as count};
use crate::ui::parts::gone::NoClass;
use crate::ui::route::Route;
use crate::ui::say::Words;

/// A pupil as the page of a class lists them.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Member {
    pub id: Id,
    pub name: String,
    pub form: String,
    pub year: String,
}

impl Member {
    pub fn of(pupil: &Pupil) -> Member {
        Member {
            id: pupil.id,
            name: pupil.name(),
            form: pupil.form.clone(),
            year: pupil
                .year_group
                .map(|year| year.to_string())
                .unwrap_or_default(),
        }
    }
}

/// What the page of a class works with.
#[derive(Clone, Copy)]
pub(super) struct Here {
    pub app: App,
    pub i18n: Words,
    /// The class.
    pub class: Memo<Option<Class>>,
    /// Its pupils, by name.
    pub members: Memo<Vec<Member>>,
    /// What is wrong with the last thing that was tried.
    pub problem: RwSignal<String>,
}

impl Here {
    /// Name of the class.
    pub fn name(self) -> String {
        self.class
            .with(|class| class.as_ref().map(|class| class.name.clone()))
            .unwrap_or_default()
    }

    /// Name of what it learns.
    pub fn subject_name(self) -> String {
        let subject = self
            .class
            .with(|class| class.as_ref().map(|class| class.subject));
        self.app.lists().with(|lists| {
            subject
                .and_then(|subject| lists.subject(subject))
                .map(|subject| subject.name.clone())
                .unwrap_or_default()
        })
    }

    /// The other classes of its subject, by name.
    pub fn others(self) -> Vec<(Id, String)> {
        self.class.with(|class| {
            let Some(class) = class else {
                return Vec::new();
            };
            self.app.lists().with(|lists| {
                let others = lists
                    .classes
                    .iter()
                    .filter(|other| other.subject == class.subject && other.id != class.id);
                others.map(|other| (other.id, other.name.clone())).collect()
            })
        })
    }

    /// Carries a change out as a step, or says why not; whether it was carried out.
    pub fn carry_out(
        self,
        change: impl FnOnce(Classes<'_>, Id) -> Result<Draft, ClassProblem>,
    ) -> bool {
        let Some(id) = self
            .class
            .with_untracked(|class| class.as_ref().map(|class| class.id))
        else {
            return false;
        };
        let year = self.app.lists().with_untracked(|lists| lists.year);
        let draft = self
            .app
            .peek(|school: &School| Some(change(Classes::of(school, year), id)));
        match draft {
            Some(Ok(draft)) => {
                self.problem.set(String::new());
                self.app.dispatch(Action::EditClasses, &draft);
                true
            }
            Some(Err(why)) => {
                self.problem.set(problem_words(self.i18n, why));
                false
            }
            None => false,
        }
    }
}

fn members_of(app: App, year: AcademicYear, class: &Class) -> Vec<Member> {
    app.lists().with(|lists| {
        let ids = app.read(|school| members(school, year, class));
        let own = lists.pupils.iter().filter(|pupil| ids.contains(&pupil.id));
        own.map(Member::of).collect()
    })
}

/// The class with this id, for changing it.
#[component]
pub fn ClassPupils(id: Id) -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    let class = Memo::new(move |_| {
        app.lists()
            .with(|lists| lists.classes.iter().find(|class| class.id == id).cloned())
    });
    let members = Memo::new(move |_| {
        class.with(|class| {
            class
                .as_ref()
                .map(|class| members_of(app, app.year(), class))
                .unwrap_or_default()
        })
    });
    let here = Here {
        app,
        i18n,
        class,
        members,
        problem: RwSignal::new(String::new()),
    };
    let found = Memo::new(move |_| class.with(Option::is_some));
    let answer = move || {
        let pupils = members.with(Vec::len);
        let mut answer = t_string!(
            i18n,
            classes.class_answer,
            count = count(pupils),
            n = counted(pupils),
            subject = here.subject_name()
        )
        .to_string();
        let teachers = class
            .with(|class| class.as_ref().map(|class| class.teacher.clone()))
            .filter(|teachers| !teachers.is_empty());
        if let Some(teachers) = teachers {
            answer.push(' ');
            answer.push_str(&t_string!(i18n, classes.taught_by, teachers = teachers).to_string());
        }
        answer
    };
    let empty = Memo::new(move |_| members.with(Vec::is_empty));
    view! {
        <Show when=move || found.get() fallback=NoClass>
            <div class="page">
                <header class="page-head">
                    <p class="trail">
                        <a href=Route::Classes.href()>{t_string!(i18n, classes.title)}</a>
                    </p>
                    <h1 id="page-title" tabindex="-1">
                        {move || here.name()}
                    </h1>
                    <p class="answer" aria-live="polite">
                        {answer}
                    </p>
                </header>
                <p>
                    <a href=Route::Class(id).href()>{t_string!(i18n, classes.markbook_link)}</a>
                </p>
                <p class="problem" role="alert">
                    {move || here.problem.get()}
                </p>
                <Members here=here />
                <Show when=move || app.can_change()>
                    <AddPupils here=here />
                    <Details here=here />
                    <Merge here=here />
                    <Show when=move || empty.get()>
                        <GiveUp here=here />
                    </Show>
                </Show>
            </div>
        </Show>
    }
}
