//! From which mark on there is which grade.

use std::borrow::Cow;
use std::collections::BTreeMap;

use flightpath_school::journal::{Action, Draft};
use flightpath_school::markbook::{
    Assessment, Boundaries, Boundary, BoundaryProblem, Measured, Method, WHOLE_PERCENT,
    thousandths_text,
};
use flightpath_school::model::scale::{Scale, read_thousandths};
use flightpath_school::view::markbook::{AssessmentEdit, change};
use flightpath_school::view::standing::written_scale;
use leptos::prelude::*;

use super::series::SeriesView;
use super::state::{Book, Whose, scale_options};
use crate::app::Core;
use crate::i18n::t_string;
use crate::ui::parts::choice::Choice;
use crate::ui::parts::text_field::TextField;
use crate::ui::say::Words;

const PERCENT: &str = "percent";
const MARKS: &str = "marks";

/// What is wrong with boundaries.
pub fn problem_words(i18n: Words, problem: &BoundaryProblem) -> String {
    match problem {
        BoundaryProblem::UnknownScale { .. } => {
            t_string!(i18n, markbook.bound_unknown_scale).to_owned()
        }
        BoundaryProblem::None => t_string!(i18n, markbook.bound_none).to_owned(),
        BoundaryProblem::UnknownGrade { grade } => {
            t_string!(i18n, markbook.bound_unknown_grade, grade = grade.clone()).to_string()
        }
        BoundaryProblem::Twice { grade } => {
            t_string!(i18n, markbook.bound_twice, grade = grade.clone()).to_string()
        }
        BoundaryProblem::NotDescending { grade, better } => t_string!(
            i18n,
            markbook.bound_not_descending,
            grade = grade.clone(),
            better = better.clone()
        )
        .to_string(),
        BoundaryProblem::OutOfRange { grade, from, most } => t_string!(
            i18n,
            markbook.bound_range,
            grade = grade.clone(),
            from = thousandths_text(*from),
            most = thousandths_text(*most)
        )
        .to_string(),
    }
}

/// The editor's state.
#[derive(Clone, Copy)]
pub struct Desk {
    pub book: Book,
    whose: Whose,
    /// The highest mark, or mean, in thousandths.
    pub most: i64,
    scale: RwSignal<String>,
    percent: RwSignal<bool>,
    /// What is typed for each grade.
    typed: RwSignal<BTreeMap<String, String>>,
    pub problem: RwSignal<String>,
}

impl Desk {
    /// Reads the scale that the boundaries are of, followed.
    pub fn with_scale<T>(self, read: impl FnOnce(&Scale) -> T) -> Option<T> {
        let key = self.scale.get();
        self.book.app.with(|core| {
            let scale = core.policy()?.scales().get(&key)?;
            Some(read(scale))
        })
    }

    /// Labels of the scale, best first.
    fn labels(self) -> Vec<String> {
        let mut labels = self.with_scale(Scale::all_labels).unwrap_or_default();
        labels.reverse();
        labels
    }

    fn show(self, boundaries: &Boundaries) {
        let from = if self.percent.get_untracked() {
            boundaries.percentages()
        } else {
            boundaries.from.clone()
        };
        let typed = from.into_iter();
        self.typed.set(
            typed
                .map(|boundary| (boundary.grade, thousandths_text(boundary.from)))
                .collect(),
        );
    }

    /// What is typed, as boundaries; or why not.
    fn boundaries(self) -> Result<Boundaries, String> {
        let i18n = self.book.i18n;
        let mut from = Vec::new();
        for (grade, text) in self.typed.get_untracked() {
            if text.trim().is_empty() {
                continue;
            }
            let Ok(Some(number)) = read_thousandths(&text) else {
                return Err(
                    t_string!(i18n, markbook.bound_unread, typed = text, grade = grade).to_string(),
                );
            };
            from.push(Boundary {
                grade,
                from: number,
            });
        }
        let percent = self.percent.get_untracked();
        untrack(|| {
            self.with_scale(|scale| {
                if percent {
                    Boundaries::of_percentages(scale, self.most, &from)
                } else {
                    Boundaries::new(scale, self.most, from)
                }
            })
        })
        .ok_or_else(|| t_string!(i18n, markbook.bound_unknown_scale).to_owned())
    }

    /// Stores boundaries as a step, or says what is wrong with them.
    pub fn store(self, boundaries: Option<Boundaries>) {
        let Book { app, i18n, .. } = self.book;
        let wrong = boundaries.as_ref().and_then(|boundaries| {
            let problems = untrack(|| self.with_scale(|scale| boundaries.problems(Some(scale))))
                .unwrap_or_default();
            problems.first().map(|problem| problem_words(i18n, problem))
        });
        if let Some(wrong) = wrong {
            self.problem.set(wrong);
            return;
        }
        let Whose::Assessment(id) = self.whose else {
            self.problem.set(String::new());
            self.book.set_method(|method| Method {
                boundaries,
                ..method
            });
            return;
        };
        let title = self.book.assessment(id).map(|held| held.title);
        let title = title.unwrap_or_default();
        let year = app.lists().with_untracked(|lists| lists.year);
        let mut draft = Draft::default();
        let edit = AssessmentEdit::Boundaries(boundaries);
        let written =
            untrack(|| self.with_scale(|scale| change(&mut draft, year, id, &edit, Some(scale))));
        if matches!(written, Some(Ok(()))) {
            self.problem.set(String::new());
            let state = "boundaries".to_owned();
            app.dispatch(Action::Assessment { title, state }, &draft);
        }
    }
}

/// The boundaries of an assessment in which marks are entered, or of a mean in per cent.
#[component]
pub fn BoundariesView(book: Book, whose: Whose) -> impl IntoView {
    // Built anew for other boundaries or another highest mark, as after undo.
    let shape = Memo::new(move |_| {
        book.with(|shown| {
            let Whose::Assessment(id) = whose else {
                let method = &shown.book.method;
                let in_percent = method.standard.is_none();
                return in_percent.then(|| (WHOLE_PERCENT, method.boundaries.clone(), None));
            };
            let held = shown.assessment(id)?;
            let Some(Measured::Marks { most }) = held.measured else {
                return None;
            };
            let set_for = held.boundaries.as_ref().map(|set| set.out_of);
            let other = set_for.filter(|set_for| *set_for != most);
            let in_force = held.boundaries_in_force().map(Cow::into_owned);
            Some((most, in_force, other))
        })
    });
    move || {
        shape.get().map(|(most, boundaries, set_for)| {
            view! {
                <Editor book=book whose=whose most=most boundaries=boundaries set_for=set_for />
            }
        })
    }
}

/// Key of the scale that boundaries begin with: the one that the class's subject is graded on, else 9–1.
fn usual_scale(book: Book) -> Option<String> {
    let taught = book.with(|shown| {
        let pupil = shown.book.rows.first()?.pupil.clone();
        Some((shown.book.year, shown.book.class.subject, pupil))
    });
    let own = taught.and_then(|(year, subject, pupil)| {
        let lists = book.app.lists();
        let subject = lists.with(|lists| lists.subject(subject).cloned())?;
        book.app.with(|core| {
            let scale = written_scale(core.school(), core.policy()?, year, &subject, &pupil)?;
            // A scale of numbers has no grades to set boundaries for.
            (!scale.all_labels().is_empty()).then(|| scale.key().to_owned())
        })
    });
    own.or_else(|| {
        let usual = |core: &Core| Some(core.policy()?.scales().get("gcse-9-1")?.key().to_owned());
        book.app.with(usual)
    })
}

/// Changes the boundaries that hold; `set_for` is the highest mark that they were set for, where it is
/// another one now.
#[component]
fn Editor(
    book: Book,
    whose: Whose,
    most: i64,
    boundaries: Option<Boundaries>,
    set_for: Option<i64>,
) -> impl IntoView {
    let Book { app, i18n, .. } = book;
    let usual = || usual_scale(book).unwrap_or_default();
    let scale = boundaries
        .as_ref()
        .map_or_else(|| untrack(usual), |held| held.scale.clone());
    let is_mean = whose == Whose::Mean;
    let desk = Desk {
        book,
        whose,
        most,
        scale: RwSignal::new(scale),
        percent: RwSignal::new(false),
        typed: RwSignal::new(BTreeMap::new()),
        problem: RwSignal::new(String::new()),
    };
    let series = boundaries
        .as_ref()
        .map(|held| held.series.clone())
        .filter(|series| !series.is_empty());
    let has_some = boundaries.is_some();
    if let Some(held) = boundaries {
        desk.show(&held);
    }
    let scales = Signal::derive(move || scale_options(app, |scale| !scale.all_labels().is_empty()));
    let ways = Signal::derive(move || {
        vec![
            (
                MARKS.to_owned(),
                t_string!(i18n, markbook.bounds_marks).to_owned(),
            ),
            (
                PERCENT.to_owned(),
                t_string!(i18n, markbook.bounds_percent).to_owned(),
            ),
        ]
    });
    let from_title = move || {
        if is_mean || desk.percent.get() {
            t_string!(i18n, markbook.bounds_from_percent)
        } else {
            t_string!(i18n, markbook.bounds_from)
        }
    };
    let choose_way = move |way: String| {
        let now = desk.boundaries();
        desk.percent.set(way == PERCENT);
        if let Ok(now) = now {
            desk.show(&now);
        }
    };
    let save = move || match desk.boundaries() {
        Ok(boundaries) => desk.store(Some(boundaries)),
        Err(why) => desk.problem.set(why),
    };
    let rows = move || {
        desk.labels()
            .into_iter()
            .map(|label| {
                let grade = label.clone();
                let name = if is_mean {
                    t_string!(i18n, markbook.bounds_of_mean, grade = grade).to_string()
                } else {
                    t_string!(i18n, markbook.bounds_of, grade = grade).to_string()
                };
                let (shown, key) = (label.clone(), label.clone());
                view! {
                    <tr>
                        <th scope="row" class="grade">
                            {label}
                        </th>
                        <td class="num">
                            <input
                                type="text"
                                inputmode="decimal"
                                size="6"
                                aria-label=name
                                prop:value=move || {
                                    desk.typed
                                        .with(|typed| typed.get(&shown).cloned())
                                        .unwrap_or_default()
                                }
                                on:input:target=move |event| {
                                    let text = event.target().value();
                                    desk.typed
                                        .update(|typed| {
                                            typed.insert(key.clone(), text);
                                        });
                                }
                            />
                        </td>
                    </tr>
                }
            })
            .collect_view()
    };
    view! {
        <section class="section">
            <h2>
                {if is_mean {
                    t_string!(i18n, markbook.bounds_title_mean)
                } else {
                    t_string!(i18n, markbook.bounds_title)
                }}
            </h2>
            {series
                .map(|series| {
                    let text = t_string!(i18n, markbook.bounds_series, title = series).to_string();
                    view! { <p class="hint">{text}</p> }
                })}
            {set_for
                .map(|set_for| {
                    let most = thousandths_text(set_for);
                    let text = t_string!(i18n, markbook.bounds_in_proportion, most = most)
                        .to_string();
                    view! { <p class="hint">{text}</p> }
                })}
            <Show when=move || app.can_change()>
                <form on:submit=move |event| {
                    event.prevent_default();
                    save();
                }>
                    <div class="toolbar">
                        <Choice
                            label=t_string!(i18n, markbook.bounds_scale)
                            options=scales
                            value=desk.scale
                            on_change=move |key| desk.scale.set(key)
                        />
                        {(!is_mean)
                            .then(|| {
                                view! {
                                    <Choice
                                        label=t_string!(i18n, markbook.bounds_as)
                                        options=ways
                                        value=Signal::derive(move || {
                                            if desk.percent.get() { PERCENT } else { MARKS }.to_owned()
                                        })
                                        on_change=choose_way
                                    />
                                }
                            })}
                    </div>
                    <table>
                        <thead>
                            <tr>
                                <th scope="col">{t_string!(i18n, markbook.bounds_grade)}</th>
                                <th scope="col" class="num">
                                    {from_title}
                                </th>
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                    <p class="hint">{t_string!(i18n, markbook.bounds_hint)}</p>
                    <p class="problem" role="alert">
                        {move || desk.problem.get()}
                    </p>
                    <p class="page-actions">
                        <button type="submit">{t_string!(i18n, markbook.bounds_save)}</button>
                        {has_some
                            .then(|| {
                                view! {
                                    <button type="button" on:click=move |_| desk.store(None)>
                                        {t_string!(i18n, markbook.bounds_none)}
                                    </button>
                                }
                            })}
                    </p>
                </form>
                <Others desk=desk />
                <SeriesView desk=desk />
            </Show>
        </section>
    }
}

/// Moving all boundaries, and taking those of another assessment.
#[component]
fn Others(desk: Desk) -> impl IntoView {
    let Desk { book, .. } = desk;
    let i18n = book.i18n;
    let by = RwSignal::new("1".to_owned());
    let from = RwSignal::new(String::new());
    let others = Memo::new(move |_| {
        book.with(|shown| {
            let all = shown.book.assessments.iter();
            let with = all.filter(|other| {
                desk.whose != Whose::Assessment(other.id) && other.boundaries.is_some()
            });
            with.cloned().collect::<Vec<Assessment>>()
        })
    });
    let options = Signal::derive(move || {
        others.with(|others| {
            let each = others.iter();
            each.map(|other| (other.id.to_string(), other.title.clone()))
                .collect::<Vec<_>>()
        })
    });
    let chosen = Memo::new(move |_| {
        let wanted = from.get();
        others.with(|others| {
            let held = others.iter().find(|other| other.id.to_string() == wanted);
            held.or(others.first()).cloned()
        })
    });
    let shift = move |_| {
        let number = read_thousandths(&by.get_untracked()).ok().flatten();
        let Ok(now) = desk.boundaries() else { return };
        match number.map(|number| now.shifted(number)) {
            Some(Ok(moved)) => desk.store(Some(moved)),
            Some(Err(why)) => desk.problem.set(problem_words(i18n, &why)),
            None => {}
        }
    };
    let take = move |_| {
        let Some(other) = chosen.get_untracked() else {
            return;
        };
        if let Some(held) = other.boundaries {
            desk.scale.set(held.scale.clone());
            desk.store(Some(held.scaled(desk.most, &other.title)));
        }
    };
    view! {
        <div class="toolbar">
            <TextField
                label=if desk.whose == Whose::Mean {
                    t_string!(i18n, markbook.bounds_shift_percent)
                } else {
                    t_string!(i18n, markbook.bounds_shift)
                }
                text=by
                inputmode="numeric"
            />
            <button on:click=shift>{t_string!(i18n, markbook.bounds_shift_do)}</button>
            <Show when=move || chosen.with(Option::is_some)>
                <Choice
                    label=t_string!(i18n, markbook.bounds_copy)
                    options=options
                    value=Signal::derive(move || {
                        chosen
                            .with(|chosen| {
                                chosen.as_ref().map(|other| other.id.to_string())
                            })
                            .unwrap_or_default()
                    })
                    on_change=move |key| from.set(key)
                />
                <button on:click=take>{t_string!(i18n, markbook.bounds_copy_do)}</button>
            </Show>
        </div>
    }
}
