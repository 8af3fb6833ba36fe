//! One target that is no grade: typed like in a spreadsheet, kept field by field.

use flightpath_exchange::cells::thousandths;
use flightpath_school::model::{CivilDate, Field, Id, Value};
use flightpath_school::policy::{OtherMeasure, OtherTarget};
use flightpath_school::view::other_targets::{
    NotTaken, OtherEdit, OtherState, OtherTargetRow, reaches,
};
use leptos::prelude::*;

use super::board::{Board, Line};
use super::state_name;
use crate::app::use_app;
use crate::i18n::{t_string, use_i18n};
use crate::platform::page;
use crate::ui::parts::cell_words::{number, values_of};
use crate::ui::parts::focus::focus_soon;
use crate::ui::parts::practice_words::other_name;
use crate::ui::route::Route;
use crate::ui::say::Words;

/// A field that is typed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Typed {
    Text,
    Baseline,
    Goal,
    Date,
    Own,
    Teacher,
}

impl Typed {
    fn id(self, row: Id) -> String {
        format!("other-{self:?}-{row}")
    }

    fn held(self, target: &OtherTargetRow) -> String {
        let number = |held: Option<i64>| held.map(number).unwrap_or_default();
        match self {
            Typed::Text => target.text.clone(),
            Typed::Baseline => number(target.baseline),
            Typed::Goal => number(target.goal),
            Typed::Date => target.date.map(|date| date.to_string()).unwrap_or_default(),
            Typed::Own => target.own.clone(),
            Typed::Teacher => target.teacher.clone(),
        }
    }

    /// What was typed as an edit; nothing for a number that is none.
    fn edit(self, text: &str) -> Option<OtherEdit> {
        let text = text.trim();
        let number = || {
            let plain = text.trim_end_matches('%').trim_end();
            match plain {
                "" => Some(None),
                plain => thousandths(plain).map(Some),
            }
        };
        Some(match self {
            Typed::Text => OtherEdit::Text(text.to_owned()),
            Typed::Baseline => OtherEdit::Baseline(number()?),
            Typed::Goal => OtherEdit::Goal(number()?),
            Typed::Date => OtherEdit::Date(CivilDate::from_iso(text)),
            Typed::Own => OtherEdit::Own(text.to_owned()),
            Typed::Teacher => OtherEdit::Teacher(text.to_owned()),
        })
    }
}

/// The words for a field of a pupil: `Goal: attendance of Able, Ann`.
fn label(i18n: Words, typed: Typed, kind: &OtherTarget, name: String) -> String {
    let column = match typed {
        Typed::Text => t_string!(i18n, other_targets.col_text),
        Typed::Baseline => t_string!(i18n, other_targets.col_baseline),
        Typed::Goal => t_string!(i18n, other_targets.col_goal),
        Typed::Date => t_string!(i18n, other_targets.col_date),
        Typed::Own => t_string!(i18n, other_targets.col_own),
        Typed::Teacher => t_string!(i18n, other_targets.col_teacher),
    };
    of(i18n, column, kind, name)
}

fn of(i18n: Words, column: &str, kind: &OtherTarget, name: String) -> String {
    let column = column.to_owned();
    let kind = other_name(i18n, kind);
    t_string!(
        i18n,
        other_targets.field_of,
        column = column,
        kind = kind,
        name = name
    )
    .to_string()
}

fn not_taken(i18n: Words, why: Option<NotTaken>) -> String {
    match why {
        Some(NotTaken::OutOfRange { lowest, highest }) => t_string!(
            i18n,
            other_targets.out_of_range,
            lowest = number(lowest),
            highest = number(highest)
        )
        .to_string(),
        Some(NotTaken::NotMeasured) | None => t_string!(i18n, other_targets.no_number).to_owned(),
    }
}

/// A pupil's row.
#[component]
pub fn OtherRow(board: Board, kind: OtherTarget, id: Id) -> impl IntoView {
    let i18n = use_i18n();
    let line = Memo::new(move |_| board.line(id));
    let problem = RwSignal::new(None::<String>);
    let row = Row {
        i18n,
        board,
        id,
        line,
        problem,
    };
    let measured = kind.measured_in != OtherMeasure::Words;
    let about_now = move || line.with(|line| line.as_ref().and_then(|line| line.now));
    let goal = move || {
        line.with(|line| {
            let target = line.as_ref()?.target.as_ref()?;
            target.goal
        })
    };
    let reached = move || {
        reaches(about_now(), goal()).map(|reached| {
            if reached {
                t_string!(i18n, other_targets.reached)
            } else {
                t_string!(i18n, other_targets.below)
            }
        })
    };
    let numbers = measured.then(|| {
        view! {
            <td class="num">
                <span>{move || about_now().map(number)}</span>
                " "
                <span class="quiet-text">{reached}</span>
            </td>
            <td class="num">{row.field(Typed::Baseline, &kind)}</td>
            <td class="num">{row.field(Typed::Goal, &kind)}</td>
        }
    });
    let name = row.name();
    let form = line.with_untracked(|line| line.as_ref().map(|line| line.form.clone()));
    let pupil = line.with_untracked(|line| line.as_ref().map(|line| line.pupil));
    let link = pupil.map(|pupil| Route::Pupil(pupil).href());
    let there = Memo::new(move |_| {
        line.with(|line| line.as_ref().is_some_and(|line| line.target.is_some()))
    });
    let text = row.field(Typed::Text, &kind);
    let date = row.field(Typed::Date, &kind);
    let rest = move || {
        if there.get() {
            view! {
                <td>{row.state(&kind)}</td>
                <td>{row.field(Typed::Own, &kind)}</td>
                <td>{row.field(Typed::Teacher, &kind)}</td>
                <td>{row.buttons(&kind)}</td>
            }
            .into_any()
        } else {
            view! {
                <td class="quiet">{t_string!(i18n, other_targets.none)}</td>
                <td></td>
                <td></td>
                <td></td>
            }
            .into_any()
        }
    };
    view! {
        <tr data-empty=move || (!there.get()).then_some("")>
            <th scope="row">
                <a href=link>{name}</a>
            </th>
            <td>{form}</td>
            <td class="words">
                {text} <span class="problem" role="alert">
                    {move || problem.get().or_else(|| row.several())}
                </span>
            </td>
            {numbers}
            // There before the rest is, so that the tabulator comes to it from what was typed first.
            <td>{date}</td>
            {rest}
        </tr>
    }
}

/// What the parts of a row share.
#[derive(Clone, Copy)]
struct Row {
    i18n: Words,
    board: Board,
    id: Id,
    line: Memo<Option<Line>>,
    problem: RwSignal<Option<String>>,
}

impl Row {
    fn name(&self) -> String {
        let name = self
            .line
            .with_untracked(|line| line.as_ref().map(|line| line.name.clone()));
        name.unwrap_or_default()
    }

    /// Two values that wait for a choice, in words.
    fn several(&self) -> Option<String> {
        let app = use_app();
        let i18n = self.i18n;
        let field = self.line.with(|line| {
            let target = line.as_ref()?.target.as_ref()?;
            target.several.first().copied()
        })?;
        let key = flightpath_school::model::ColumnKey::lasting(field);
        let values = app.read(|school| match school.shown(&key, self.id) {
            flightpath_school::journal::Shown::Several(values) => {
                let values: Vec<Value> = values.into_iter().cloned().collect();
                values_of(i18n, school, &key, &values)
            }
            _ => String::new(),
        });
        let field = crate::ui::parts::cell_words::field(i18n, field);
        Some(t_string!(i18n, other_targets.several, field = field, values = values).to_string())
    }

    /// Takes what was typed.
    fn take(&self, typed: Typed, text: &str) -> bool {
        let Some(line) = self.line.try_get_untracked().flatten() else {
            return true;
        };
        let held = line.target.as_ref().map(|target| typed.held(target));
        let waits = line
            .target
            .as_ref()
            .is_some_and(|target| target.several.iter().any(|field| *field == field_of(typed)));
        if !waits && held.unwrap_or_default() == text.trim() {
            let _ = self.problem.try_set(None);
            return true;
        }
        let taken = match typed.edit(text) {
            Some(edit) => self.board.fill_in(&line, &edit).map_err(Some),
            None => Err(None),
        };
        let problem = taken.err().map(|why| not_taken(self.i18n, why));
        let fine = problem.is_none();
        let _ = self.problem.try_set(problem);
        fine
    }

    /// Goes to the same field of another row.
    fn go(&self, typed: Typed, by: isize) {
        let drawn = untrack(|| self.board.drawn());
        let here = drawn.iter().position(|id| *id == self.id);
        let next = here.and_then(|here| here.checked_add_signed(by));
        if let Some(next) = next.and_then(|next| drawn.get(next)) {
            page::focus(&typed.id(*next));
        }
    }

    fn field(&self, typed: Typed, kind: &OtherTarget) -> AnyView {
        let row = *self;
        let line = self.line;
        // A memo, so that a change of another field does not write over what is being typed in this one.
        let value = Memo::new(move |_| {
            line.with(|line| {
                let target = line.as_ref()?.target.as_ref()?;
                Some(typed.held(target))
            })
            .unwrap_or_default()
        });
        let (input, size) = match typed {
            Typed::Text if kind.measured_in == OtherMeasure::Words => ("text", "30"),
            Typed::Text => ("text", "18"),
            Typed::Baseline | Typed::Goal => ("text", "4"),
            Typed::Date => ("date", "10"),
            Typed::Own | Typed::Teacher => ("text", "16"),
        };
        let is_number = matches!(typed, Typed::Baseline | Typed::Goal);
        let wrong = move || (is_number && row.problem.with(Option::is_some)).then_some("true");
        view! {
            <input
                id=typed.id(self.id)
                type=input
                size=size
                autocomplete="off"
                inputmode=is_number.then_some("decimal")
                aria-label=label(self.i18n, typed, kind, self.name())
                aria-invalid=wrong
                prop:value=move || value.get()
                on:keydown:target=move |event| {
                    let by = match event.key().as_str() {
                        "Enter" if event.shift_key() => -1,
                        "Enter" => 1,
                        _ => return,
                    };
                    event.prevent_default();
                    if row.take(typed, &event.target().value()) {
                        row.go(typed, by);
                    }
                }
                // A date tells of a change with each of its parts, so what counts is what stands there at
                // the end.
                on:blur:target=move |event| {
                    row.take(typed, &event.target().value());
                }
            />
        }
        .into_any()
    }

    fn state(&self, kind: &OtherTarget) -> AnyView {
        let (i18n, row) = (self.i18n, *self);
        let line = self.line;
        let held = move || {
            line.with(|line| {
                let target = line.as_ref()?.target.as_ref()?;
                Some(target.state)
            })
            .unwrap_or(OtherState::Set)
        };
        let label = of(
            i18n,
            t_string!(i18n, other_targets.col_state),
            kind,
            self.name(),
        );
        let options: Vec<_> = OtherState::ALL
            .into_iter()
            .map(|state| {
                view! {
                    <option value=state.name() selected=move || held() == state>
                        {state_name(i18n, state)}
                    </option>
                }
            })
            .collect();
        view! {
            <select
                aria-label=label
                prop:value=move || held().name()
                on:change:target=move |event| {
                    let line = row.line.try_get_untracked().flatten();
                    let state = OtherState::named(&event.target().value());
                    if let (Some(line), Some(state)) = (line, state) {
                        // A state is no number, which alone could be refused.
                        let _ = row.board.fill_in(&line, &OtherEdit::State(state));
                    }
                }
            >
                {options}
            </select>
        }
        .into_any()
    }

    fn buttons(&self, kind: &OtherTarget) -> AnyView {
        let (i18n, row) = (self.i18n, *self);
        let kind = other_name(i18n, kind);
        let another = t_string!(
            i18n,
            other_targets.another_for,
            kind = kind.clone(),
            name = self.name()
        )
        .to_string();
        let away = t_string!(
            i18n,
            other_targets.take_away_of,
            kind = kind,
            name = self.name()
        )
        .to_string();
        let add = move |_| {
            let pupil = row.line.with_untracked(|line| Some(line.as_ref()?.pupil));
            if let Some(id) = pupil.and_then(|pupil| row.board.add(pupil)) {
                focus_soon(Typed::Text.id(id));
            }
        };
        let take = move |_| {
            if let Some(line) = row.line.get_untracked() {
                row.board.take_away(&line);
                // Its row is gone or another one; the keyboard goes on above the table.
                page::focus("page-title");
            }
        };
        view! {
            <button class="why" aria-label=another on:click=add>
                {t_string!(i18n, other_targets.another)}
            </button>
            " "
            <button class="why" aria-label=away on:click=take>
                {t_string!(i18n, other_targets.take_away)}
            </button>
        }
        .into_any()
    }
}

fn field_of(typed: Typed) -> Field {
    match typed {
        Typed::Text => Field::OtherText,
        Typed::Baseline => Field::OtherBaseline,
        Typed::Goal => Field::OtherGoal,
        Typed::Date => Field::OtherDate,
        Typed::Own => Field::OtherSelf,
        Typed::Teacher => Field::OtherTeacher,
    }
}
