//! Setting a target for another cohort: whom it is about, and the grade to be reached.

use flightpath_school::journal::{Action, Draft};
use flightpath_school::model::{Id, YearGroup, keys};
use flightpath_school::policy::KeyStage;
use flightpath_school::view::cohort_targets::{Figure, Mark, begin};
use flightpath_school::view::cohorts::{Cohort, Group};
use flightpath_school::view::typed::typed_grade;
use leptos::prelude::*;

use super::figure_id;
use crate::app::{App, use_app};
use crate::i18n::{t_string, use_i18n};
use crate::ui::parts::choice::{Choice, Option2};
use crate::ui::parts::focus::focus_soon;
use crate::ui::parts::policy_words::key_stages;
use crate::ui::parts::practice_words;
use crate::ui::say::Words;
use crate::ui::screens::targets::problem::problem_words;

/// What a part of a cohort is called where it narrows nothing.
fn any(words: &str) -> Option2 {
    (String::new(), words.to_owned())
}

/// The year groups that the policy sets such targets for, each as a part of a cohort; all of the school's where it
/// does not say.
fn who(i18n: Words, app: App) -> Vec<Option2> {
    let stages = app.with(|core| {
        let cohorts = core.policy()?.pack().cohort_targets.as_ref();
        cohorts.map(|cohorts| cohorts.key_stages.clone())
    });
    let stages = stages.unwrap_or_else(|| KeyStage::ALL.to_vec());
    app.lists().with(|lists| {
        let has = |year: &YearGroup| {
            let mut pupils = lists.pupils.iter();
            pupils.any(|pupil| pupil.year_group == Some(*year))
        };
        let years: Vec<YearGroup> = YearGroup::all().filter(has).collect();
        let mut options = vec![any(t_string!(i18n, targets.all_years))];
        for stage in stages {
            let of_it = |year: &&YearGroup| KeyStage::of_year(year.number()) == Some(stage);
            let theirs: Vec<&YearGroup> = years.iter().filter(of_it).collect();
            if theirs.len() > 1 {
                let cohort = Cohort {
                    key_stage: Some(stage),
                    ..Cohort::default()
                };
                options.push((cohort.to_string(), key_stages(i18n, &[stage])));
            }
            options.extend(theirs.into_iter().map(|year| {
                let cohort = Cohort {
                    year_group: Some(*year),
                    ..Cohort::default()
                };
                let name = t_string!(i18n, words.year_n, n = year.to_string()).to_string();
                (cohort.to_string(), name)
            }));
        }
        options
    })
}

/// The scale on which the policy has such a cohort's subject graded.
fn usual_scale(app: App, cohort: &Cohort, subject: Option<Id>) -> Option<String> {
    let name = app.lists().with(|lists| {
        let subject = lists.subject(subject?)?;
        Some(keys::slug(&subject.name))
    });
    app.with(|core| {
        let pack = core.policy()?.pack();
        let of_stage = |year: &&i8| KeyStage::of_year(**year) == cohort.key_stage;
        let year = match (cohort.year_group, cohort.key_stage) {
            (Some(year), _) => Some(year.number()),
            (None, Some(_)) => pack.years.iter().find(of_stage).copied(),
            (None, None) => pack.years.first().copied(),
        };
        let curriculum = pack.usual_curriculum();
        let scale = pack.scale_for(&name.unwrap_or_default(), curriculum, year?);
        scale.map(str::to_owned)
    })
}

/// The form.
#[component]
pub fn CohortForm() -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    let text = || RwSignal::new(String::new());
    let (whom, subject, class, group) = (text(), text(), text(), text());
    let (scale, grade, problem) = (text(), text(), text());
    let people = Signal::derive(move || who(i18n, app));
    let subjects = Signal::derive(move || {
        let mut options = vec![any(t_string!(i18n, targets.all_subjects))];
        app.lists().with(|lists| {
            let each = lists.subjects.iter();
            options.extend(each.map(|subject| (subject.id.to_string(), subject.name.clone())));
        });
        options
    });
    let classes = Signal::derive(move || {
        let mut options = vec![any(t_string!(i18n, targets.all_classes))];
        let subject = subject.get();
        app.lists().with(|lists| {
            // Those of one subject: a school has hundreds.
            let theirs = lists
                .classes
                .iter()
                .filter(|class| class.subject.to_string() == subject);
            options.extend(theirs.map(|class| (class.id.to_string(), class.name.clone())));
        });
        options
    });
    let groups = Signal::derive(move || {
        let mut options = vec![any(t_string!(i18n, cohort_targets.everyone))];
        let kinds = app.with(|core| Some(core.policy()?.pack().groups.kinds.clone()));
        let known = kinds.unwrap_or_default().into_iter().filter_map(Group::of);
        options.extend(known.map(|group| {
            let name = practice_words::group(i18n, group.kind()).to_owned();
            (group.name().to_owned(), name)
        }));
        options
    });
    let scales = Signal::derive(move || {
        app.with(|core| {
            let mut options: Vec<Option2> = Vec::new();
            if let Some(policy) = core.policy() {
                for default in &policy.pack().scales {
                    let is_new = options.iter().all(|(key, _)| *key != default.scale);
                    if let Some(scale) = policy.scales().get(&default.scale).filter(|_| is_new) {
                        options.push((default.scale.clone(), scale.name().to_owned()));
                    }
                }
            }
            options
        })
    });
    let scale_shown = Signal::derive(move || {
        let chosen = scale.get();
        if !chosen.is_empty() {
            return chosen;
        }
        let cohort: Cohort = whom.with(|whom| whom.parse()).unwrap_or_default();
        let subject = subject.with(|subject| subject.parse().ok());
        usual_scale(app, &cohort, subject).unwrap_or_default()
    });
    let add = move || {
        let cohort = Cohort {
            subject: subject.get_untracked().parse().ok(),
            class: class.get_untracked().parse().ok(),
            group: Group::named(&group.get_untracked()),
            ..whom.get_untracked().parse().unwrap_or_default()
        };
        if !cohort.is_named() {
            problem.set(t_string!(i18n, cohort_targets.nobody_named).to_owned());
            return;
        }
        let (key, typed) = (scale_shown.get_untracked(), grade.get_untracked());
        let read = untrack(|| {
            app.with(|core| {
                let scale = core.policy()?.scales().get(&key)?;
                let words = |not| problem_words(i18n, scale, &typed, not);
                Some(typed_grade(scale, &typed).map_err(words))
            })
        });
        let label = match read {
            Some(Ok(label)) => label,
            Some(Err(words)) => return problem.set(words),
            None => return problem.set(t_string!(i18n, targets.no_scale).to_owned()),
        };
        let mut draft = Draft::default();
        let year = untrack(|| app.year());
        let id = begin(&mut draft, year, &cohort, &Mark { scale: key, label });
        problem.set(String::new());
        app.dispatch(Action::CohortTargets, &draft);
        let _ = grade.try_set(String::new());
        focus_soon(figure_id(Figure::Target, id));
    };
    view! {
        <div class="toolbar">
            <Choice
                label=t_string!(i18n, cohort_targets.whom)
                options=people
                value=whom
                on_change=move |key| whom.set(key)
            />
            <Choice
                label=t_string!(i18n, words.subject)
                options=subjects
                value=subject
                on_change=move |key| {
                    subject.set(key);
                    class.set(String::new());
                }
            />
            <Choice
                label=t_string!(i18n, words.class)
                options=classes
                value=class
                on_change=move |key| class.set(key)
            />
            <Choice
                label=t_string!(i18n, cohort_targets.group)
                options=groups
                value=group
                on_change=move |key| group.set(key)
            />
            <Choice
                label=t_string!(i18n, cohort_targets.scale)
                options=scales
                value=scale_shown
                on_change=move |key| scale.set(key)
            />
            <label class="field">
                <span>{t_string!(i18n, cohort_targets.grade)}</span>
                <input
                    type="text"
                    size="5"
                    autocomplete="off"
                    prop:value=move || grade.get()
                    aria-invalid=move || (!problem.with(String::is_empty)).then_some("true")
                    aria-describedby="cohort-problem"
                    on:input:target=move |event| grade.set(event.target().value())
                    on:keydown=move |event: web_sys::KeyboardEvent| {
                        if event.key() == "Enter" {
                            add();
                        }
                    }
                />
            </label>
            <button on:click=move |_| add()>{t_string!(i18n, targets.add)}</button>
        </div>
        <p class="problem" id="cohort-problem" role="alert">
            {move || problem.get()}
        </p>
    }
}
