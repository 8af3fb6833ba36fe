//! All subjects at once: how far each has come, and the proposals of a whole school accepted in
//! one step. A subject at a time, so that the page stays quick and the work can be stopped.

use flightpath_school::journal::{Action, Draft};
use flightpath_school::model::Id;
use flightpath_school::view::targets::{TargetState, accept};
use flightpath_school::view::{Pupil, Subject, takers};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::bulk::carry_out;
use super::scene::{Group, Picked, Scene, Which};
use super::sheet::Sheet;
use super::subject_form::SubjectForm;
use super::{count, place};
use crate::app::{App, use_app};
use crate::i18n::{t_string, use_i18n};
use crate::platform::{clock, page};
use crate::ui::route::Route;
use crate::ui::say::Words;

/// What one subject has come to.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Tally {
    id: Id,
    name: String,
    pupils: usize,
    set: usize,
    waits: usize,
    /// Targets that are agreed, checked, published.
    states: [usize; 3],
}

/// What is going on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Work {
    #[default]
    Nothing,
    Counting(usize, usize),
    Accepting(usize, usize),
}

fn taking(app: App, subject: &Subject, pupils: &[Pupil]) -> Vec<Pupil> {
    let year = untrack(|| app.year());
    let takers = app.peek(|school| takers(school, year, subject.id));
    pupils
        .iter()
        .filter(|pupil| takers.contains(pupil.position))
        .cloned()
        .collect()
}

fn tally(app: App, subject: &Subject, pupils: &[Pupil]) -> Tally {
    let pupils = taking(app, subject, pupils);
    let year = untrack(|| app.year());
    let sheet = untrack(|| {
        app.with(|core| {
            let policy = core.policy()?;
            Some(Sheet::of(core.school(), policy, year, subject, &pupils))
        })
    })
    .unwrap_or_default();
    let rows = sheet.rows();
    let in_state = |state| {
        let is = |row: &&super::sheet::Row| row.is_set() && row.target.state == state;
        rows.iter().filter(is).count()
    };
    Tally {
        id: subject.id,
        name: subject.name.clone(),
        pupils: pupils.len(),
        set: rows.iter().filter(|row| row.is_set()).count(),
        waits: rows.iter().filter(|row| row.waits()).count(),
        states: [
            TargetState::Agreed,
            TargetState::Checked,
            TargetState::Published,
        ]
        .map(in_state),
    }
}

/// How far all subjects have come, and what is being done with them.
#[derive(Clone, Copy)]
pub struct Whole {
    app: App,
    scene: Memo<Scene>,
    tallies: RwSignal<Vec<Tally>>,
    work: RwSignal<Work>,
    /// Raised with each piece of work, so that an older one stops.
    asked: StoredValue<u32>,
    /// Whether somebody waits for the proposals to be accepted.
    wanted: StoredValue<bool>,
}

impl Whole {
    /// Counts, while all subjects are picked, and again after each change.
    pub fn new(app: App, scene: Memo<Scene>) -> Whole {
        let whole = Whole {
            app,
            scene,
            tallies: RwSignal::new(Vec::new()),
            work: RwSignal::new(Work::Nothing),
            asked: StoredValue::new(0),
            wanted: StoredValue::new(false),
        };
        Effect::new(move |_| {
            app.track();
            let scene = scene.get();
            let number = whole.ask();
            if scene.subject.is_some() {
                whole.wanted.set_value(false);
            } else if whole.wanted.get_value() {
                // What is proposed may be something else now: that is what is accepted.
                spawn_local(whole.accept_all(number));
            } else {
                let subjects = app.subjects();
                spawn_local(whole.count_all(subjects, scene.pupils, number));
            }
        });
        on_cleanup(move || {
            let _ = whole.ask();
        });
        whole
    }

    fn ask(&self) -> Option<u32> {
        self.asked.try_update_value(|asked| {
            *asked = asked.wrapping_add(1);
            *asked
        })
    }

    fn still(&self, number: Option<u32>) -> bool {
        number.is_some() && self.asked.try_get_value() == number
    }

    async fn count_all(self, subjects: Vec<Subject>, pupils: Vec<Pupil>, number: Option<u32>) {
        let all = subjects.len();
        let mut found = Vec::with_capacity(all);
        for (done, subject) in subjects.iter().enumerate() {
            let _ = self.work.try_set(Work::Counting(done, all));
            page::breathe().await;
            if !self.still(number) {
                return;
            }
            found.push(tally(self.app, subject, &pupils));
        }
        let _ = self.tallies.try_set(found);
        let _ = self.work.try_set(Work::Nothing);
    }

    /// Sets every proposal of every subject, in one step.
    async fn accept_all(self, number: Option<u32>) {
        let app = self.app;
        let pupils = self.scene.with_untracked(|scene| scene.pupils.clone());
        let subjects = app.lists().with_untracked(|lists| lists.subjects.clone());
        let year = untrack(|| app.year());
        let today = clock::today();
        let mut draft = Draft::default();
        for (done, subject) in subjects.iter().enumerate() {
            let _ = self.work.try_set(Work::Accepting(done, subjects.len()));
            page::breathe().await;
            if !self.still(number) {
                return;
            }
            let pupils = taking(app, subject, &pupils);
            untrack(|| {
                app.with(|core| {
                    if let Some(policy) = core.policy() {
                        for pupil in &pupils {
                            let school = core.school();
                            accept(&mut draft, school, policy, year, subject, pupil, today);
                        }
                    }
                });
            });
        }
        let _ = self.wanted.try_set_value(false);
        let _ = self.work.try_set(Work::Nothing);
        carry_out(app, Action::SetTargets, &draft);
    }

    /// Has all proposals accepted; a count that is under way makes room.
    fn accept(&self) {
        if !self.wanted.get_value() {
            self.wanted.set_value(true);
            spawn_local(self.accept_all(self.ask()));
        }
    }

    fn cancel(&self) {
        let _ = self.ask();
        self.wanted.set_value(false);
        self.work.set(Work::Nothing);
    }

    fn sum(&self, of: fn(&Tally) -> usize) -> usize {
        self.tallies
            .with(|tallies| tallies.iter().map(of).sum::<usize>())
    }

    /// The first line of the screen.
    pub fn answer(&self, i18n: Words) -> String {
        let place = self.scene.with(|scene| place(i18n, scene));
        if self.tallies.with(Vec::is_empty) {
            return place;
        }
        let waits = self.sum(|tally| tally.waits);
        t_string!(
            i18n,
            targets.all_answer,
            place = place,
            have = self.sum(|tally| tally.set).to_string(),
            all = self.sum(|tally| tally.pupils).to_string(),
            waits = t_string!(i18n, targets.waits, count = count(waits)).to_string()
        )
        .to_string()
    }
}

/// *Accept all proposals*, for the whole school.
#[component]
pub fn Actions(whole: Whole) -> impl IntoView {
    let i18n = use_i18n();
    // A count anew, for the school has changed, must not swallow a press.
    let accepting = move || matches!(whole.work.get(), Work::Accepting(..));
    let can = move || !accepting() && whole.sum(|tally| tally.waits) > 0;
    view! {
        <button
            class="primary"
            disabled=move || !can()
            on:click=move |_| whole.accept()
        >
            {t_string!(i18n, targets.accept_all)}
        </button>
    }
}

/// The table of all subjects.
#[component]
pub fn AllSubjects(picked: RwSignal<Picked>, whole: Whole) -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    let Whole { tallies, work, .. } = whole;
    let progress = move || {
        let (words, done, all) = match work.get() {
            Work::Nothing => return None,
            Work::Counting(done, all) => (
                t_string!(
                    i18n,
                    targets.counting,
                    done = (done + 1).to_string(),
                    all = all.to_string()
                )
                .to_string(),
                done,
                all,
            ),
            Work::Accepting(done, all) => (
                t_string!(
                    i18n,
                    targets.accepting,
                    done = (done + 1).to_string(),
                    all = all.to_string()
                )
                .to_string(),
                done,
                all,
            ),
        };
        Some(view! {
            <div class="progress">
                <p>{words.clone()}</p>
                <progress max=all.to_string() value=done.to_string() aria-label=words></progress>
                <button on:click=move |_| whole.cancel()>{t_string!(i18n, targets.cancel)}</button>
            </div>
        })
    };
    let caption =
        move || t_string!(i18n, targets.all_caption, year = app.year().to_string()).to_string();
    view! {
        {progress}
        <div class="table-frame" tabindex="0" role="region" aria-label=caption>
            <table>
                <caption>{caption}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t_string!(i18n, targets.col_subject)}</th>
                        <th scope="col" class="num">
                            {t_string!(i18n, targets.col_pupils)}
                        </th>
                        <th scope="col" class="num">
                            {t_string!(i18n, targets.col_have)}
                        </th>
                        <th scope="col" class="num">
                            {t_string!(i18n, targets.col_wait)}
                        </th>
                        <th scope="col" class="num">
                            {t_string!(i18n, targets.col_agreed)}
                        </th>
                        <th scope="col" class="num">
                            {t_string!(i18n, targets.col_checked)}
                        </th>
                        <th scope="col" class="num">
                            {t_string!(i18n, targets.col_published)}
                        </th>
                    </tr>
                </thead>
                <tbody>
                    {move || {
                        tallies
                            .get()
                            .into_iter()
                            .filter(|tally| tally.pupils > 0)
                            .map(|tally| {
                                let id = tally.id;
                                let [agreed, checked, published] = tally.states;
                                view! {
                                    <tr>
                                        <th scope="row">
                                            <a
                                                href=Route::Targets.href()
                                                on:click=move |event| {
                                                    event.prevent_default();
                                                    picked
                                                        .update(|picked| {
                                                            picked.subject = Which::One(id);
                                                            picked.group = Group::All;
                                                        });
                                                    page::focus("page-title");
                                                }
                                            >
                                                {tally.name}
                                            </a>
                                        </th>
                                        <td class="num">{tally.pupils}</td>
                                        <td class="num">{tally.set}</td>
                                        <td class="num">{tally.waits}</td>
                                        <td class="num">{agreed}</td>
                                        <td class="num">{checked}</td>
                                        <td class="num">{published}</td>
                                    </tr>
                                }
                            })
                            .collect_view()
                    }}
                </tbody>
            </table>
        </div>
        <details>
            <summary>{t_string!(i18n, targets.add_subject)}</summary>
            <SubjectForm />
        </details>
    }
}
