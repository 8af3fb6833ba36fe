//! The table that grades are typed into.

use flightpath_school::engine::Truth;
use flightpath_school::model::{Field, Id};
use leptos::prelude::*;

use super::say::{is_wordy, shown};
use super::sheet::Row;
use super::state::Grid;
use crate::app::App;
use crate::i18n::{t_string, use_i18n};
use crate::ui::parts::drawer::use_drawer;
use crate::ui::parts::mark::{OnTarget, RagMark};
use crate::ui::parts::typed_cells::{Refused, TypedCells, cell_id, refusals};
use crate::ui::parts::why::{Reason, firing_reason, judgement_reason, reason_view};
use crate::ui::route::Route;
use crate::ui::say::Words;
use crate::ui::screens::tracking::words::field_name;

/// Rows that are put on screen at once.
const PAGE: usize = 120;

/// The grid, with what could not be stored above it.
#[component]
pub fn GridView(
    grid: Grid,
    /// What the table shows.
    #[prop(into)]
    caption: Signal<String>,
    /// The event that the column *last* comes from.
    #[prop(into)]
    before: Signal<String>,
) -> impl IntoView {
    let i18n = use_i18n();
    let limit = RwSignal::new(PAGE);
    // The rows are built anew for another class or other columns, not for another grade.
    let frame = Memo::new(move |_| {
        grid.topic.with(|topic| {
            topic.as_ref().map(|topic| {
                let ids: Vec<Id> = topic.pupils.iter().map(|pupil| pupil.id).collect();
                (
                    topic.subject.id,
                    ids,
                    topic.fields.clone(),
                    topic.event.state,
                )
            })
        })
    });
    Effect::new(move |previous: Option<()>| {
        frame.track();
        if previous.is_some() {
            grid.hands.chosen.set((0, 0));
            grid.refused.update(std::collections::BTreeMap::clear);
            grid.hands.pasted.set(None);
            limit.set(PAGE);
        }
    });
    let unit = move |field: Field| {
        grid.topic.with(|topic| {
            let topic = topic.as_ref()?;
            grid.app.with(|core| {
                let policy = core.policy()?;
                let mut names: Vec<&str> = Vec::new();
                for pupil in &topic.pupils {
                    let scale = topic.scale(core.school(), policy, pupil, field)?;
                    if !names.contains(&scale.name()) {
                        names.push(scale.name());
                    }
                }
                Some(names.join(" / "))
            })
        })
    };
    let more = move || {
        let all = frame.with(|frame| frame.as_ref().map_or(0, |frame| frame.1.len()));
        all.saturating_sub(limit.get())
    };
    view! {
        {refusals(i18n, grid, move |at, refused| refused_where(grid, at, refused))}
        <div
            class="table-frame"
            tabindex="-1"
            role="region"
            aria-label=move || caption.get()
        >
            <table
                class="entry"
                role="grid"
                aria-label=move || caption.get()
                aria-describedby="entry-keys"
                on:keydown=move |event| grid.on_key(event)
                on:input=move |event| grid.on_input(event)
                on:focusin=move |event| grid.on_focus(event)
                on:focusout=move |event| grid.on_blur(event)
                on:mousedown=move |event| grid.on_mouse(event)
                on:paste=move |event| grid.on_paste(event)
            >
                <caption class="visually-hidden">{move || caption.get()}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t_string!(i18n, words.pupil)}</th>
                        <th scope="col">{t_string!(i18n, words.form)}</th>
                        <th scope="col">{t_string!(i18n, tracking.sen)}</th>
                        <th scope="col">{t_string!(i18n, words.target)}</th>
                        <th scope="col">{move || before.get()}</th>
                        {move || {
                            frame
                                .get()
                                .map(|(_, _, fields, _)| fields)
                                .unwrap_or_default()
                                .into_iter()
                                .map(|field| {
                                    view! {
                                        <th scope="col">
                                            {field_name(i18n, field)}
                                            <span class="unit">{move || unit(field)}</span>
                                        </th>
                                    }
                                })
                                .collect_view()
                        }}
                        <th scope="col">{t_string!(i18n, words.status)}</th>
                        <th scope="col">{t_string!(i18n, words.rag)}</th>
                        <th scope="col">{t_string!(i18n, words.why)}</th>
                    </tr>
                </thead>
                <tbody>
                    {move || {
                        frame
                            .get()
                            .map(|(_, ids, fields, _)| {
                                ids.into_iter()
                                    .take(limit.get())
                                    .enumerate()
                                    .map(|(row, id)| {
                                        view! {
                                            <RowView grid=grid row=row pupil=id fields=fields.clone() />
                                        }
                                    })
                                    .collect_view()
                            })
                    }}
                </tbody>
            </table>
        </div>
        <Show when=move || { more() > 0 }>
            <button on:click=move |_| limit.update(|limit| *limit += PAGE)>
                {move || {
                    t_string!(
                        i18n,
                        tracking.entry_more,
                        more = more().min(PAGE),
                        all = more() + limit.get()
                    )
                        .to_string()
                }}
            </button>
        </Show>
    }
}

/// Why a text is not stored, with pupil and column.
fn refused_where(grid: Grid, (id, field): (Id, Field), refused: &Refused) -> String {
    let i18n = grid.i18n;
    let name = grid.sheet.with(|sheet| {
        let mut rows = sheet.rows.iter();
        let own = rows.find(|row| row.pupil == Some(id));
        own.map(|row| row.name.clone()).unwrap_or_default()
    });
    t_string!(
        i18n,
        tracking.bad_where,
        pupil = name,
        field = field_name(i18n, field),
        why = refused.why.clone()
    )
    .to_string()
}

#[component]
fn RowView(grid: Grid, row: usize, pupil: Id, fields: Vec<Field>) -> impl IntoView {
    let shown_row = Memo::new(move |_| {
        grid.sheet
            .with(|sheet| sheet.rows.get(row).cloned().unwrap_or_default())
    });
    let why_column = fields.len();
    let text = move |of: fn(&Row) -> &String| move || shown_row.with(|row| of(row).clone());
    let status = Memo::new(move |_| shown_row.with(|row| row.status));
    view! {
        <tr>
            <th scope="row">
                <a href=Route::Pupil(pupil).href() tabindex="-1">
                    {text(|row| &row.name)}
                </a>
            </th>
            <td>{text(|row| &row.form)}</td>
            <td>{text(|row| &row.sen)}</td>
            <td class="grade">{text(|row| &row.target)}</td>
            <td class="grade quiet">{text(|row| &row.last)}</td>
            {fields
                .into_iter()
                .enumerate()
                .map(|(column, field)| {
                    view! {
                        <CellView
                            grid=grid
                            row=row
                            column=column
                            pupil=pupil
                            field=field
                            shown_row=shown_row
                        />
                    }
                })
                .collect_view()}
            <td class="state">
                {move || {
                    let truth = status.get().map_or(Truth::Unknown, |(truth, _)| truth);
                    view! { <OnTarget truth=truth /> }
                }}
            </td>
            <td class="mark">
                {move || view! { <RagMark rag=status.get().and_then(|(_, rag)| rag) /> }}
            </td>
            <td class="mark">
                <WhyButton grid=grid row=row column=why_column pupil=pupil shown_row=shown_row />
            </td>
        </tr>
    }
}

#[component]
fn CellView(
    grid: Grid,
    row: usize,
    column: usize,
    pupil: Id,
    field: Field,
    shown_row: Memo<Row>,
) -> impl IntoView {
    let i18n = use_i18n();
    let held =
        Memo::new(move |_| shown_row.with(|row| row.held.get(column).cloned().unwrap_or_default()));
    let refused = Memo::new(move |_| {
        grid.refused
            .with(|refused| refused.get(&(pupil, field)).cloned())
    });
    let is_open = grid.is_open();
    let label = move || {
        t_string!(
            i18n,
            tracking.cell_label,
            field = field_name(i18n, field),
            pupil = shown_row.with(|row| row.name.clone())
        )
        .to_string()
    };
    let problem = move || {
        if refused.with(Option::is_some) {
            Some("error")
        } else if held.with(|held| held.conflict) {
            Some("warning")
        } else {
            None
        }
    };
    let why = move || {
        refused.get().map(|refused| refused.why).or_else(|| {
            held.with(|held| held.conflict)
                .then(|| t_string!(i18n, tracking.two_values).to_owned())
        })
    };
    let content = move || {
        refused.get().map_or_else(
            || held.with(|held| shown(i18n, held)),
            |refused| refused.typed,
        )
    };
    let tabindex = move || grid.tabindex(row, column);
    view! {
        <td
            role="gridcell"
            class=if is_wordy(field) { "text" } else { "" }
            aria-readonly=(!is_open).then_some("true")
            data-missing=move || held.with(|held| held.missing).then_some("")
            data-problem=problem
        >
            <input
                class="cell"
                type="text"
                id=cell_id(row, column)
                aria-label=label
                aria-invalid=move || refused.with(Option::is_some).then_some("true")
                title=why
                tabindex=tabindex
                autocomplete="off"
                spellcheck=if is_wordy(field) { "true" } else { "false" }
                readonly=!is_open
                prop:value=content
            />
        </td>
    }
}

#[component]
fn WhyButton(
    grid: Grid,
    row: usize,
    column: usize,
    pupil: Id,
    shown_row: Memo<Row>,
) -> impl IntoView {
    let i18n = use_i18n();
    let drawer = use_drawer();
    let app = grid.app;
    let name = move || shown_row.with(|row| row.name.clone());
    let tabindex = move || grid.tabindex(row, column);
    let open = move |_| {
        let Some((event, subject, subject_name)) = grid.topic.with_untracked(|topic| {
            topic
                .as_ref()
                .map(|topic| (topic.event.id, topic.subject.id, topic.subject.name.clone()))
        }) else {
            return;
        };
        let title = t_string!(
            i18n,
            why.subject_title,
            subject = subject_name,
            pupil = shown_row.with_untracked(|row| row.name.clone())
        )
        .to_string();
        drawer.show(title, Some(cell_id(row, column)), move || {
            let reasons = reasons(app, i18n, event, subject, pupil);
            if reasons.is_empty() {
                return view! { <p>{t_string!(i18n, why.nothing_known)}</p> }.into_any();
            }
            reasons
                .into_iter()
                .map(|reason| reason_view(i18n, reason))
                .collect_view()
                .into_any()
        });
    };
    view! {
        <button
            class="why"
            id=cell_id(row, column)
            tabindex=tabindex
            aria-label=move || t_string!(i18n, tracking.why_label, pupil = name()).to_string()
            on:click=open
        >
            {t_string!(i18n, words.why)}
        </button>
    }
}

/// The subject's status with its reasons, then every rule that fires for the pupil.
fn reasons(app: App, i18n: Words, event: Id, subject: Id, pupil: Id) -> Vec<Reason> {
    let lists = app.lists().get();
    app.with(|core| {
        let (Some(pupil), Some(event)) = (
            lists.pupil(pupil),
            lists.events.iter().find(|held| held.id == event),
        ) else {
            return Vec::new();
        };
        let own = std::slice::from_ref(pupil);
        let standing = core.standing(event, &lists.subjects, own);
        let (Some(policy), Some(standing)) = (core.policy_for(event), standing) else {
            return Vec::new();
        };
        let mut reasons: Vec<Reason> = judgement_reason(i18n, &policy, &standing, pupil, subject)
            .into_iter()
            .collect();
        for firing in standing.reasons(&policy, pupil.id) {
            let of_this = firing
                .subject
                .and_then(|place| standing.subject(place))
                .is_none_or(|held| held.id == subject);
            if of_this && firing.truth.is_true() {
                reasons.push(firing_reason(i18n, &policy, &standing, pupil, &firing));
            }
        }
        reasons
    })
}
