//! One pupil's row: the target is typed like in a spreadsheet, another grade than the proposed one
//! waits for its reason.

use flightpath_school::journal::{Action, Draft};
use flightpath_school::model::scale::{GradeProblemKind, Scale};
use flightpath_school::model::{ColumnKey, Field, Id, Value};
use flightpath_school::view::standing::proposal;
use flightpath_school::view::targets::{self, TargetEntry, TargetState};
use flightpath_school::view::typed::{NotTyped, typed_grade};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::sheet::Row;
use super::table::Desk;
use crate::app::{App, use_app};
use crate::i18n::{t, t_string, use_i18n};
use crate::platform::clock::{DateParts, civil_text};
use crate::platform::page;
use crate::ui::parts::drawer::use_drawer;
use crate::ui::parts::target_why::{target_why, why_view};
use crate::ui::route::Route;
use crate::ui::say::Words;

/// A grade that waits for a reason: scale and label; nothing for a target to be taken away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pending {
    /// The grade.
    pub grade: Option<(String, String)>,
}

/// What stands in the last column.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Note {
    Nothing,
    Problem(String),
    /// What the letters typed so far could become.
    Could(String),
    /// A reason is asked for; what the field says while it is empty.
    Ask(String),
    Differs(String),
    Reason(String),
}

/// Everything that a row's parts share.
#[derive(Clone, Copy)]
struct Cell {
    app: App,
    i18n: Words,
    desk: Desk,
    subject: Id,
    id: Id,
    row: Memo<Option<Row>>,
    /// What is being typed; nothing while the stored grade stands there.
    typed: RwSignal<Option<String>>,
    problem: RwSignal<Option<String>>,
}

fn target_id(pupil: Id) -> String {
    format!("target-{pupil}")
}

fn reason_id(pupil: Id) -> String {
    format!("reason-{pupil}")
}

/// Moves the focus once the page shows what was changed.
fn focus_soon(id: String) {
    spawn_local(async move {
        page::breathe().await;
        page::focus(&id);
    });
}

fn with_scale<T: Default>(app: App, row: &Row, read: impl FnOnce(&Scale) -> T) -> T {
    let Some(key) = row.scale.as_deref() else {
        return T::default();
    };
    app.with(|core| {
        let scale = core.policy().and_then(|policy| policy.scales().get(key));
        scale.map(read).unwrap_or_default()
    })
}

impl Cell {
    fn own(&self) -> Option<Row> {
        self.row.get_untracked()
    }

    fn pending(&self) -> Option<Pending> {
        let key = (self.subject, self.id);
        self.desk
            .pending
            .with_untracked(|pending| pending.get(&key).cloned())
    }

    fn forget(&self) {
        let key = (self.subject, self.id);
        if self.pending().is_some() {
            self.desk.pending.update(|pending| {
                pending.remove(&key);
            });
        }
        self.typed.set(None);
        self.problem.set(None);
    }

    /// Goes to the target of another row; draws more rows where there are more.
    fn go(&self, by: isize) {
        let drawn = self.desk.drawn.get_untracked();
        let here = drawn.iter().position(|id| *id == self.id);
        let Some(there) = here.and_then(|here| here.checked_add_signed(by)) else {
            return;
        };
        let next = self
            .desk
            .sheet
            .with_untracked(|sheet| sheet.rows().get(there).map(|row| row.id));
        let Some(next) = next else { return };
        if there < drawn.len() {
            page::focus(&target_id(next));
        } else {
            self.desk.limit.update(|limit| *limit += drawn.len());
            focus_soon(target_id(next));
        }
    }

    /// Takes what was typed; goes on to another row where that is asked for.
    fn commit(&self, by: Option<isize>) {
        let on = || {
            if let Some(by) = by {
                self.go(by);
            }
        };
        let Some(row) = self.own() else { return };
        let Some(text) = self.typed.get_untracked() else {
            match (self.pending(), by) {
                (Some(_), Some(_)) => page::focus(&reason_id(self.id)),
                _ => on(),
            }
            return;
        };
        let grade = match text.trim() {
            "" => None,
            text => match self.read(&row, text) {
                Ok(grade) => Some(grade),
                Err(problem) => {
                    self.problem.set(Some(problem));
                    return;
                }
            },
        };
        let held = match &row.target.entry {
            TargetEntry::Grade { scale, label } => Some((scale.clone(), label.clone())),
            TargetEntry::Missing | TargetEntry::Several(_) => None,
        };
        self.typed.set(None);
        self.problem.set(None);
        if grade == held {
            self.forget();
            on();
        } else if row.needs_reason(grade.as_ref()) {
            let key = (self.subject, self.id);
            self.desk.pending.update(|pending| {
                pending.insert(key, Pending { grade });
            });
            if by.is_some() {
                focus_soon(reason_id(self.id));
            }
        } else {
            self.store(&row, grade, "");
            on();
        }
    }

    fn read(&self, row: &Row, text: &str) -> Result<(String, String), String> {
        let i18n = self.i18n;
        let read = untrack(|| {
            with_scale(self.app, row, |scale| {
                Some(match typed_grade(scale, text) {
                    Ok(label) => Ok((scale.key().to_owned(), label)),
                    Err(not) => Err(problem_words(i18n, scale, text, not)),
                })
            })
        });
        read.unwrap_or_else(|| Err(t_string!(i18n, targets.no_scale).to_owned()))
    }

    fn store(&self, row: &Row, grade: Option<(String, String)>, reason: &str) {
        let held = match &row.target.entry {
            TargetEntry::Grade { scale, label } => Some((scale, label)),
            TargetEntry::Missing | TargetEntry::Several(_) => None,
        };
        let same = grade.is_some() && grade.as_ref().map(|(scale, label)| (scale, label)) == held;
        let value = match &grade {
            Some((scale, label)) => Value::grade(scale, label),
            None => Value::Blank,
        };
        let year = untrack(|| self.app.year());
        let mut draft = Draft::default();
        let written = self.desk.scene.with_untracked(|scene| {
            let subject = scene.subject.as_ref()?;
            let pupil = scene.pupils.iter().find(|pupil| pupil.id == self.id)?;
            if same {
                // Only the reason is new: the target keeps the way that it has come.
                let key = ColumnKey::per_subject(Field::TargetReason, year, subject.id);
                draft.write(key, pupil.id, Value::text(reason.trim()));
            } else {
                targets::set(&mut draft, year, subject, pupil, value, reason);
            }
            Some(())
        });
        if written.is_some() {
            self.app.dispatch(Action::SetTargets, &draft);
        }
    }

    /// Keeps the pending grade with its reason.
    fn keep(&self, reason: &str, by: Option<isize>) {
        let (Some(row), Some(pending)) = (self.own(), self.pending()) else {
            return;
        };
        if reason.trim().is_empty() {
            return;
        }
        // Forgotten first, so that the field, which tells of its change when it loses the focus,
        // finds nothing left to keep.
        self.forget();
        self.store(&row, pending.grade, reason);
        if let Some(by) = by {
            self.go(by);
        }
    }

    fn ask_reason(&self) {
        let Some(row) = self.own() else { return };
        if let TargetEntry::Grade { scale, label } = &row.target.entry {
            let grade = Some((scale.clone(), label.clone()));
            let key = (self.subject, self.id);
            self.desk.pending.update(|pending| {
                pending.insert(key, Pending { grade });
            });
            focus_soon(reason_id(self.id));
        }
    }

    fn note(&self) -> Note {
        let i18n = self.i18n;
        let Some(row) = self.row.get() else {
            return Note::Nothing;
        };
        if let Some(problem) = self.problem.get() {
            return Note::Problem(problem);
        }
        if let Some(typed) = self.typed.get().filter(|typed| !typed.trim().is_empty()) {
            let could = with_scale(self.app, &row, |scale| scale.complete(&typed));
            return Note::Could(could.join("  "));
        }
        let key = (self.subject, self.id);
        if self.desk.pending.with(|pending| pending.contains_key(&key)) {
            let published = row.is_set() && row.target.state == TargetState::Published;
            return Note::Ask(match &row.proposed {
                Some((_, label)) if !published => {
                    t_string!(i18n, targets.reason_ask, proposed = label.clone()).to_string()
                }
                _ => t_string!(i18n, targets.reason_ask_published).to_owned(),
            });
        }
        if let TargetEntry::Several(values) = &row.target.entry {
            let none = t_string!(i18n, targets.conflict_blank);
            let values: Vec<&str> = values
                .iter()
                .map(|value| if value.is_empty() { none } else { value })
                .collect();
            return Note::Problem(
                t_string!(i18n, targets.conflict, values = values.join(", ")).to_string(),
            );
        }
        if row.scale.is_none() {
            return Note::Problem(t_string!(i18n, targets.no_scale).to_owned());
        }
        if row.differs {
            return Note::Differs(row.target.reason);
        }
        if row.target.reason.is_empty() {
            Note::Nothing
        } else {
            Note::Reason(row.target.reason)
        }
    }
}

fn problem_words(i18n: Words, scale: &Scale, entered: &str, not: NotTyped) -> String {
    let entered = entered.to_owned();
    match not {
        NotTyped::Several(could) => t_string!(
            i18n,
            targets.bad_many,
            entered = entered,
            grades = could.join(", ")
        )
        .to_string(),
        NotTyped::Problem(GradeProblemKind::OutOfRange { lowest, highest }) => t_string!(
            i18n,
            targets.bad_mark,
            entered = entered,
            lowest = lowest.to_string(),
            highest = highest.to_string()
        )
        .to_string(),
        NotTyped::Problem(GradeProblemKind::TooManyDecimals { .. }) => {
            t_string!(i18n, targets.bad_decimals, entered = entered).to_string()
        }
        NotTyped::Problem(GradeProblemKind::NotNeighbours) => {
            t_string!(i18n, targets.bad_split, entered = entered).to_string()
        }
        NotTyped::Problem(GradeProblemKind::Unknown | GradeProblemKind::Empty) => {
            let labels: Vec<&str> = scale.labels().collect();
            if labels.is_empty() {
                t_string!(i18n, targets.bad_number, entered = entered).to_string()
            } else {
                t_string!(
                    i18n,
                    targets.bad_grade,
                    entered = entered,
                    grades = labels.join(" ")
                )
                .to_string()
            }
        }
    }
}

/// A state with the day on which it was reached.
fn state_words(i18n: Words, row: &Row) -> String {
    if !row.is_set() {
        return t_string!(i18n, targets.no_target).to_owned();
    }
    let state = match row.target.state {
        TargetState::Proposed => t_string!(i18n, targets.state_proposed),
        TargetState::Agreed => t_string!(i18n, targets.state_agreed),
        TargetState::Checked => t_string!(i18n, targets.state_checked),
        TargetState::Published => t_string!(i18n, targets.state_published),
    };
    match row.target.since {
        Some(date) => t_string!(
            i18n,
            targets.state_on,
            state = state,
            day = date.day(),
            month = civil_text(date, "en-GB", DateParts::Month)
        )
        .to_string(),
        None => state.to_owned(),
    }
}

#[component]
pub fn TargetRow(desk: Desk, subject: Id, id: Id) -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    let row = Memo::new(move |_| desk.sheet.with(|sheet| sheet.row(id).cloned()));
    let cell = Cell {
        app,
        i18n,
        desk,
        subject,
        id,
        row,
        typed: RwSignal::new(None),
        problem: RwSignal::new(None),
    };
    let name = move || row.with(|row| row.as_ref().map(|row| row.name.clone()).unwrap_or_default());
    let value = move || {
        if let Some(typed) = cell.typed.get() {
            return typed;
        }
        let waiting = desk
            .pending
            .with(|pending| pending.get(&(subject, id)).cloned());
        match waiting {
            Some(pending) => pending.grade.map(|(_, label)| label).unwrap_or_default(),
            None => row.with(|row| {
                let label = row.as_ref().map(Row::label);
                label.unwrap_or_default().to_owned()
            }),
        }
    };
    let on_key = move |event: web_sys::KeyboardEvent| match event.key().as_str() {
        "Enter" => {
            event.prevent_default();
            cell.commit(Some(if event.shift_key() { -1 } else { 1 }));
        }
        "ArrowDown" => {
            event.prevent_default();
            cell.commit(Some(1));
        }
        "ArrowUp" => {
            event.prevent_default();
            cell.commit(Some(-1));
        }
        "Escape" => cell.forget(),
        _ => {}
    };
    view! {
        <tr>
            <th scope="row">
                <a href=Route::Pupil(id).href()>{name}</a>
            </th>
            <Starts row=row />
            <td class="grade">
                <Proposed cell=cell />
            </td>
            <td class="grade">
                <input
                    id=target_id(id)
                    size="4"
                    autocomplete="off"
                    spellcheck="false"
                    aria-label=move || t_string!(i18n, targets.target_of, name = name()).to_string()
                    aria-describedby=format!("note-{id}")
                    aria-invalid=move || cell.problem.with(Option::is_some).then_some("true")
                    disabled=move || {
                        row.with(|row| row.as_ref().is_none_or(|row| row.scale.is_none()))
                    }
                    prop:value=value
                    on:focus:target=|event| event.target().select()
                    on:input:target=move |event| {
                        cell.problem.set(None);
                        cell.typed.set(Some(event.target().value()));
                    }
                    on:keydown=on_key
                    on:change=move |_| cell.commit(None)
                />
            </td>
            <td>
                {move || {
                    row.with(|row| row.as_ref().map(|row| state_words(i18n, row)))
                }}
            </td>
            <td id=format!("note-{id}")>
                <NoteView cell=cell />
            </td>
        </tr>
    }
}

/// Form and starting points.
#[component]
fn Starts(row: Memo<Option<Row>>) -> impl IntoView {
    let shown = Memo::new(move |_| {
        row.with(|row| {
            row.as_ref()
                .map(|row| (row.form.clone(), row.starts.clone()))
        })
    });
    move || {
        shown
            .get()
            .map(|(form, [reading, maths, cat, last, estimate])| {
                view! {
                    <td>{form}</td>
                    <td class="num">{reading}</td>
                    <td class="num">{maths}</td>
                    <td class="grade">{cat}</td>
                    <td class="grade">{last}</td>
                    <td class="grade">{estimate}</td>
                }
            })
    }
}

/// The proposed grade and its *why?*.
#[component]
fn Proposed(cell: Cell) -> impl IntoView {
    let i18n = cell.i18n;
    let drawer = use_drawer();
    let why_id = format!("why-{}", cell.id);
    let opener = why_id.clone();
    let show = move |_| {
        let year = untrack(|| cell.app.year());
        let told = cell.desk.scene.with_untracked(|scene| {
            let subject = scene.subject.as_ref()?;
            let pupil = scene.pupils.iter().find(|pupil| pupil.id == cell.id)?;
            let why = untrack(|| {
                cell.app.with(|core| {
                    let policy = core.policy()?;
                    let found = proposal(core.school(), policy, year, subject, pupil);
                    Some(target_why(i18n, policy, found.as_ref()))
                })
            })?;
            let title = t_string!(
                i18n,
                targets.why_title,
                name = pupil.name(),
                subject = subject.name.clone()
            )
            .to_string();
            Some((title, why))
        });
        if let Some((title, why)) = told {
            drawer.show(title, Some(opener.clone()), move || why_view(i18n, &why));
        }
    };
    let label = move || {
        cell.row.with(|row| {
            let proposed = row.as_ref().and_then(|row| row.proposed.as_ref());
            proposed.map_or_else(
                || t_string!(i18n, targets.teacher).to_owned(),
                |(_, label)| label.clone(),
            )
        })
    };
    let name = move || {
        let name = cell
            .row
            .with(|row| row.as_ref().map(|row| row.name.clone()));
        t_string!(i18n, targets.why_of, name = name.unwrap_or_default()).to_string()
    };
    view! {
        <span>{label}</span>
        " "
        <button class="why" id=why_id aria-label=name on:click=show>
            {t!(i18n, words.why)}
        </button>
    }
}

/// The last column: a problem, a completion, the reason or the field for it.
#[component]
fn NoteView(cell: Cell) -> impl IntoView {
    let i18n = cell.i18n;
    let note = Memo::new(move |_| cell.note());
    let name = move || {
        let name = cell
            .row
            .with_untracked(|row| row.as_ref().map(|row| row.name.clone()));
        name.unwrap_or_default()
    };
    move || match note.get() {
        Note::Nothing => ().into_any(),
        Note::Problem(words) => view! { <span class="problem">{words}</span> }.into_any(),
        Note::Could(words) => view! { <span class="quiet-text">{words}</span> }.into_any(),
        Note::Reason(words) => view! { <span>{words}</span> }.into_any(),
        Note::Differs(reason) => {
            let bare = reason.is_empty();
            let give = t_string!(i18n, targets.give_reason_for, name = name()).to_string();
            view! {
                <span class="chip" data-kind="due">
                    {t!(i18n, targets.another)}
                </span>
                " "
                {reason}
                {bare
                    .then(|| {
                        view! {
                            <button class="why" aria-label=give on:click=move |_| cell.ask_reason()>
                                {t!(i18n, targets.give_reason)}
                            </button>
                        }
                    })}
            }
            .into_any()
        }
        Note::Ask(ask) => {
            let label = t_string!(i18n, targets.reason_of, name = name()).to_string();
            view! {
                <input
                    id=reason_id(cell.id)
                    size="30"
                    autocomplete="off"
                    aria-label=label
                    placeholder=ask
                    title=t_string!(i18n, targets.reason_hint)
                    on:keydown:target=move |event| match event.key().as_str() {
                        "Enter" => {
                            event.prevent_default();
                            cell.keep(&event.target().value(), Some(1));
                        }
                        "Escape" => {
                            cell.forget();
                            page::focus(&target_id(cell.id));
                        }
                        _ => {}
                    }
                    on:change:target=move |event| cell.keep(&event.target().value(), None)
                />
            }
            .into_any()
        }
    }
}
