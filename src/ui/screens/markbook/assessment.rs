//! Adding an assessment, and changing or taking away one.

use flightpath_school::journal::{Action, Draft};
use flightpath_school::markbook::{Assessment, AssessmentKind, Measured, thousandths_text};
use flightpath_school::model::scale::read_thousandths;
use flightpath_school::model::{CivilDate, Id};
use flightpath_school::view::markbook::{
    AssessmentEdit, NotWritten, add, change, last_order, remove,
};
use leptos::prelude::*;

use super::state::{Book, scale_options};
use super::{GRID, words};
use crate::app::App;
use crate::i18n::t_string;
use crate::platform::{clock, page, random};
use crate::ui::parts::cell_words::{counted, plural};
use crate::ui::parts::choice::Choice;
use crate::ui::parts::text_field::TextField;
use crate::ui::say::Words;

/// The id of the title of what can be changed of an assessment.
pub const DETAILS: &str = "assessment-details";
/// What stands for marks among the scales of the combo box.
const MARKS: &str = "";

/// What the form holds, as it is typed.
#[derive(Clone, Copy)]
struct Form {
    title: RwSignal<String>,
    date: RwSignal<String>,
    kind: RwSignal<AssessmentKind>,
    /// Key of a scale; empty for marks.
    scale: RwSignal<String>,
    most: RwSignal<String>,
    weight: RwSignal<String>,
    category: RwSignal<String>,
    private: RwSignal<bool>,
    problem: RwSignal<String>,
}

impl Form {
    fn of(held: Option<&Assessment>) -> Form {
        let most = match held.and_then(|held| held.measured.as_ref()) {
            Some(Measured::Marks { most }) => thousandths_text(*most),
            _ => String::new(),
        };
        let scale = match held.and_then(|held| held.measured.as_ref()) {
            Some(Measured::Grades { scale }) => scale.clone(),
            _ => MARKS.to_owned(),
        };
        let text = |of: fn(&Assessment) -> String| held.map(of).unwrap_or_default();
        let date = match held {
            Some(held) => held.date,
            None => Some(clock::today()),
        };
        Form {
            title: RwSignal::new(text(|held| held.title.clone())),
            date: RwSignal::new(date.map(|date| date.to_string()).unwrap_or_default()),
            kind: RwSignal::new(held.map_or(AssessmentKind::Test, |held| held.kind)),
            scale: RwSignal::new(scale),
            most: RwSignal::new(most),
            weight: RwSignal::new(
                held.map_or_else(|| "1".to_owned(), |held| thousandths_text(held.weight)),
            ),
            category: RwSignal::new(text(|held| held.category.clone())),
            private: RwSignal::new(held.is_some_and(|held| held.private)),
            problem: RwSignal::new(String::new()),
        }
    }

    /// What was typed, as changes of that assessment; a number that cannot be read is one that is refused.
    fn edits(self, book: Book, of: Option<Id>) -> Vec<AssessmentEdit> {
        let number = |text: RwSignal<String>| {
            let text = text.get_untracked();
            read_thousandths(&text).ok().flatten().unwrap_or(-1)
        };
        let scale = self.scale.get_untracked();
        let measured = if scale == MARKS {
            Measured::Marks {
                most: number(self.most),
            }
        } else {
            Measured::Grades { scale }
        };
        let category = self.category.get_untracked();
        vec![
            AssessmentEdit::Title(self.title.get_untracked()),
            AssessmentEdit::Date(CivilDate::from_iso(&self.date.get_untracked())),
            AssessmentEdit::Kind(self.kind.get_untracked()),
            AssessmentEdit::Category(book.category_as_written(&category, of)),
            AssessmentEdit::Measured(measured),
            AssessmentEdit::Weight(number(self.weight)),
            AssessmentEdit::Private(self.private.get_untracked()),
        ]
    }
}

/// Why a change of an assessment is not stored.
pub fn not_written(i18n: Words, why: &NotWritten) -> String {
    match why {
        NotWritten::NoTitle => t_string!(i18n, markbook.problem_title).to_owned(),
        NotWritten::BadMost { most } => {
            t_string!(i18n, markbook.problem_most, most = thousandths_text(*most)).to_string()
        }
        NotWritten::BadWeight { most } => t_string!(
            i18n,
            markbook.problem_weight,
            most = thousandths_text(*most)
        )
        .to_string(),
        NotWritten::Boundaries(_) => t_string!(i18n, markbook.problem_boundaries).to_owned(),
    }
}

fn scales(app: App, i18n: Words) -> Vec<(String, String)> {
    let marks = (
        MARKS.to_owned(),
        t_string!(i18n, markbook.entered_marks).to_owned(),
    );
    core::iter::once(marks)
        .chain(scale_options(app, |_| true))
        .collect()
}

/// The controls of the form.
#[component]
fn Fields(book: Book, form: Form) -> impl IntoView {
    let Book { app, i18n, .. } = book;
    let kinds = Signal::derive(move || {
        AssessmentKind::ALL
            .map(|kind| (kind.name().to_owned(), words::kind(i18n, kind).to_owned()))
            .to_vec()
    });
    view! {
        <div class="toolbar">
            <TextField label=t_string!(i18n, markbook.title) text=form.title />
            <TextField label=t_string!(i18n, markbook.date) text=form.date kind="date" />
            <Choice
                label=t_string!(i18n, markbook.kind)
                options=kinds
                value=Signal::derive(move || form.kind.get().name().to_owned())
                on_change=move |kind| {
                    if let Some(kind) = AssessmentKind::named(&kind) {
                        form.kind.set(kind);
                    }
                }
            />
            <Choice
                label=t_string!(i18n, markbook.entered)
                options=Signal::derive(move || scales(app, i18n))
                value=form.scale
                on_change=move |scale| form.scale.set(scale)
            />
            <Show when=move || form.scale.with(|scale| scale == MARKS)>
                <TextField label=t_string!(i18n, markbook.most) text=form.most inputmode="decimal" />
            </Show>
            <TextField label=t_string!(i18n, markbook.weight_label) text=form.weight inputmode="decimal" />
            <TextField label=t_string!(i18n, markbook.category) text=form.category />
            <label class="tick">
                <input
                    type="checkbox"
                    prop:checked=move || form.private.get()
                    on:change:target=move |event| form.private.set(event.target().checked())
                />
                {t_string!(i18n, markbook.private_label)}
            </label>
        </div>
        <p class="problem" role="alert">
            {move || form.problem.get()}
        </p>
    }
}

/// Adding an assessment to the class.
#[component]
pub fn NewAssessment(book: Book, class: Id) -> impl IntoView {
    let Book { app, i18n, .. } = book;
    let form = Form::of(None);
    let store = move || {
        let year = app.lists().with_untracked(|lists| lists.year);
        let mut edits = form.edits(book, None);
        let order = app.peek(|school| last_order(school, year, class));
        edits.push(AssessmentEdit::Order(order));
        let mut draft = Draft::default();
        let id = random::id();
        match add(&mut draft, year, class, id, &edits) {
            Ok(()) => {
                book.added.set(Some(id.to_string()));
                form.problem.set(String::new());
                let title = form.title.get_untracked().trim().to_owned();
                app.dispatch(
                    Action::Assessment {
                        title,
                        state: "added".to_owned(),
                    },
                    &draft,
                );
                let _ = form.title.try_set(String::new());
            }
            Err(why) => form.problem.set(not_written(i18n, &why)),
        }
    };
    view! {
        <Show when=move || app.can_change()>
            <details class="section">
                <summary>{t_string!(i18n, markbook.new_title)}</summary>
                <form on:submit=move |event| {
                    event.prevent_default();
                    store();
                }>
                    <Fields book=book form=form />
                    <button type="submit">{t_string!(i18n, markbook.add)}</button>
                </form>
            </details>
        </Show>
    }
}

/// Changing an assessment, or taking it away.
#[component]
pub fn Change(book: Book, id: Id, picked: RwSignal<Option<Id>>) -> impl IntoView {
    let Book { app, i18n, .. } = book;
    let held = book.assessment(id);
    let heading = held.as_ref().map(|held| held.title.clone());
    let form = Form::of(held.as_ref());
    let step = move |draft: &Draft, state: &str| {
        let title = form.title.get_untracked().trim().to_owned();
        let state = state.to_owned();
        app.dispatch(Action::Assessment { title, state }, draft);
    };
    let save = move || {
        let year = app.lists().with_untracked(|lists| lists.year);
        let mut draft = Draft::default();
        let written = form
            .edits(book, Some(id))
            .iter()
            .try_for_each(|edit| change(&mut draft, year, id, edit, None));
        match written {
            Ok(()) => {
                form.problem.set(String::new());
                step(&draft, "changed");
            }
            Err(why) => form.problem.set(not_written(i18n, &why)),
        }
    };
    // Beside the form, as long as it is so: whoever changed what is entered sees what that did.
    let misfits = Memo::new(move |_| {
        book.with(|shown| {
            let mut all = shown.book.assessments.iter();
            let place = all.position(|held| held.id == id)?;
            let sum = app.with(|core| shown.book.summary(core.policy()?, place))?;
            Some(sum.unreadable)
        })
        .unwrap_or_default()
    });
    let misfit = move || {
        let n = misfits.get();
        t_string!(i18n, markbook.misfits, count = plural(n), n = counted(n)).to_string()
    };
    let close = move || {
        picked.set(None);
        page::focus(GRID);
    };
    let take_away = move |_| {
        let year = app.lists().with_untracked(|lists| lists.year);
        let mut draft = Draft::default();
        remove(&mut draft, year, id);
        step(&draft, "removed");
        close();
    };
    view! {
        <section class="section" aria-label=heading.clone()>
            <h2 id=DETAILS tabindex="-1" class="opened">
                {heading.clone()}
            </h2>
            <p class="hint" role="status">
                {misfit}
            </p>
            <Show when=move || app.can_change()>
                <form on:submit=move |event| {
                    event.prevent_default();
                    save();
                }>
                    <Fields book=book form=form />
                    <p class="page-actions">
                        <button type="submit">{t_string!(i18n, markbook.save)}</button>
                        <button type="button" on:click=take_away title=t_string!(
                            i18n,
                            markbook.remove_hint
                        )>{t_string!(i18n, markbook.remove)}</button>
                        <button type="button" on:click=move |_| close()>
                            {t_string!(i18n, markbook.close)}
                        </button>
                    </p>
                </form>
            </Show>
        </section>
    }
}
