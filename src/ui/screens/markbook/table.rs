//! The pupils down, the assessments across.

use flightpath_school::markbook::{Assessment, Measured, thousandths_text};
use flightpath_school::model::Id;
use flightpath_school::policy::Rag;
use flightpath_school::view::markbook::{LastStanding, MarkCell, rag_of};
use leptos::prelude::*;

use super::state::{Book, text_of};
use super::words;
use crate::i18n::t_string;
use crate::ui::parts::drawer::use_drawer;
use crate::ui::parts::mark::{RagMark, rag_key};
use crate::ui::parts::typed_cells::{Refused, TypedCells, cell_id};
use crate::ui::route::Route;
use flightpath_school::markbook::summary::grade_of_mark;
use flightpath_school::view::targets::TargetEntry;

/// What decides which cells there are; a mark that changes leaves them where they are.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Frame {
    pupils: Vec<(Id, String)>,
    assessments: Vec<Assessment>,
}

/// The table that marks are typed into.
#[component]
pub fn Table(book: Book, picked: RwSignal<Option<Id>>) -> impl IntoView {
    let i18n = book.i18n;
    let frame = Memo::new(move |_| {
        book.with(|shown| {
            let pupils = shown.book.rows.iter();
            Some(Frame {
                pupils: pupils.map(|row| (row.pupil.id, row.pupil.name())).collect(),
                assessments: shown.book.assessments.clone(),
            })
        })
    });
    let caption = Signal::derive(move || {
        let class = book.with(|shown| shown.book.class.name.clone());
        t_string!(i18n, markbook.caption, class = class).to_string()
    });
    let last = Memo::new(move |_| book.with(|shown| shown.last.clone()));
    let weights = Memo::new(move |_| {
        book.with(|shown| (shown.book.weights, shown.book.method.standard.is_some()))
    });
    let mean_unit = move || {
        let (sum, standard) = weights.get();
        let unit = if standard {
            t_string!(i18n, markbook.unit_standard)
        } else {
            t_string!(i18n, markbook.unit_percent)
        };
        let weights = t_string!(i18n, markbook.unit_weights, sum = thousandths_text(sum));
        format!("{unit}, {weights}")
    };
    view! {
        <div
            class="table-frame"
            tabindex="-1"
            role="region"
            aria-label=caption
        >
            <table
                class="entry"
                role="grid"
                aria-label=caption
                aria-describedby="markbook-keys"
                on:keydown=move |event| book.on_key(event)
                on:input=move |event| book.on_input(event)
                on:focusin=move |event| book.on_focus(event)
                on:focusout=move |event| book.on_blur(event)
                on:mousedown=move |event| book.on_mouse(event)
                on:paste=move |event| book.on_paste(event)
            >
                <caption class="visually-hidden">{caption}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t_string!(i18n, words.pupil)}</th>
                        <th scope="col">{t_string!(i18n, markbook.col_groups)}</th>
                        <th scope="col">{t_string!(i18n, markbook.col_target)}</th>
                        <th scope="col">
                            {t_string!(i18n, markbook.col_last)}
                            <span class="unit">{move || last.get()}</span>
                        </th>
                        <th scope="col">
                            {t_string!(i18n, markbook.col_mean)} <span class="unit">{mean_unit}</span>
                        </th>
                        {move || {
                            frame
                                .get()
                                .map(|frame| frame.assessments)
                                .unwrap_or_default()
                                .into_iter()
                                .map(|assessment| {
                                    view! { <Head book=book assessment=assessment picked=picked /> }
                                })
                                .collect_view()
                        }}
                    </tr>
                </thead>
                <tbody>
                    {move || {
                        frame
                            .get()
                            .map(|frame| {
                                let Frame { pupils, assessments } = frame;
                                pupils
                                    .into_iter()
                                    .enumerate()
                                    .map(|(row, (pupil, name))| {
                                        view! {
                                            <RowView
                                                book=book
                                                row=row
                                                pupil=pupil
                                                name=name
                                                assessments=assessments.clone()
                                            />
                                        }
                                    })
                                    .collect_view()
                            })
                    }}
                </tbody>
            </table>
        </div>
    }
}

/// The head of an assessment's column; it opens what can be changed of it.
#[component]
fn Head(book: Book, assessment: Assessment, picked: RwSignal<Option<Id>>) -> impl IntoView {
    let i18n = book.i18n;
    let id = assessment.id;
    let measured = match &assessment.measured {
        Some(Measured::Marks { most }) => {
            t_string!(i18n, markbook.out_of, most = thousandths_text(*most)).to_string()
        }
        Some(Measured::Grades { scale }) => book.app.with(|core| {
            let held = core.policy().and_then(|policy| policy.scales().get(scale));
            held.map_or_else(|| scale.clone(), |scale| scale.name().to_owned())
        }),
        None => String::new(),
    };
    let weight = t_string!(
        i18n,
        markbook.weight,
        weight = thousandths_text(assessment.weight)
    );
    let mut unit = vec![measured, weight.to_string()];
    if assessment.private {
        unit.push(t_string!(i18n, markbook.private).to_owned());
    }
    let label = t_string!(
        i18n,
        markbook.change_named,
        title = assessment.title.clone()
    )
    .to_string();
    view! {
        <th scope="col">
            <button
                class="quiet head"
                aria-label=label.clone()
                title=label
                aria-expanded=move || if picked.get() == Some(id) { "true" } else { "false" }
                on:click=move |_| {
                    picked.update(|picked| *picked = (*picked != Some(id)).then_some(id));
                }
            >
                {assessment.title}
            </button>
            <span class="unit">{unit.join(", ")}</span>
        </th>
    }
}

fn target_text(entry: &TargetEntry) -> String {
    match entry {
        TargetEntry::Missing => String::new(),
        TargetEntry::Grade { label, .. } => label.clone(),
        TargetEntry::Several(labels) => labels.join(" / "),
    }
}

#[component]
fn RowView(
    book: Book,
    row: usize,
    pupil: Id,
    name: String,
    assessments: Vec<Assessment>,
) -> impl IntoView {
    let i18n = book.i18n;
    let drawer = use_drawer();
    let about = Memo::new(move |_| {
        book.with(|shown| {
            let held = shown.book.rows.get(row);
            held.map(|held| {
                (
                    words::groups(i18n, &held.pupil),
                    target_text(&held.target.entry),
                    held.last.clone(),
                )
            })
        })
    });
    let mean = Memo::new(move |_| book.with(|shown| shown.means.get(row).cloned()));
    let last = move || {
        about.with(|about| {
            let LastStanding { current, rag } = about.as_ref()?.2.clone()?;
            Some(view! {
                {current}
                " "
                <RagMark rag=rag.colour() />
            })
        })
    };
    let mean_text = move || {
        mean.with(|mean| {
            let mean = mean.as_ref()?;
            let mut text = words::one_decimal(mean.value?);
            if let Some(grade) = &mean.grade {
                text.push(' ');
                text.push_str(grade);
            }
            Some(text)
        })
        .unwrap_or_default()
    };
    let who = name.clone();
    let why = move |_| {
        let sentence = mean.with_untracked(|mean| {
            let mean = mean.as_ref()?;
            Some(book.with(|shown| words::why_mean(i18n, mean, &shown.book.assessments)))
        });
        if let Some(sentence) = sentence {
            let title = format!("{who}: {}", t_string!(i18n, markbook.col_mean));
            drawer.show(title, None, move || {
                view! { <p>{sentence.clone()}</p> }.into_any()
            });
        }
    };
    let why_label = format!(
        "{} {}, {name}",
        t_string!(i18n, words.why),
        t_string!(i18n, markbook.col_mean)
    );
    let shown_name = name.clone();
    view! {
        <tr>
            <th scope="row">
                <a href=Route::Pupil(pupil).href() tabindex="-1">
                    {shown_name}
                </a>
            </th>
            <td>{move || about.with(|about| about.as_ref().map(|about| about.0.clone()))}</td>
            <td class="grade">
                {move || about.with(|about| about.as_ref().map(|about| about.1.clone()))}
            </td>
            <td class="grade">{last}</td>
            <td class="num">
                {mean_text} " "
                <button class="quiet why" tabindex="-1" aria-label=why_label on:click=why>
                    {t_string!(i18n, words.why)}
                </button>
            </td>
            {assessments
                .into_iter()
                .enumerate()
                .map(|(column, assessment)| {
                    view! {
                        <CellView
                            book=book
                            row=row
                            column=column
                            pupil=pupil
                            name=name.clone()
                            assessment=assessment
                        />
                    }
                })
                .collect_view()}
        </tr>
    }
}

/// A mark, with its grade and colour beside the target where there are boundaries.
#[component]
fn CellView(
    book: Book,
    row: usize,
    column: usize,
    pupil: Id,
    name: String,
    assessment: Assessment,
) -> impl IntoView {
    let i18n = book.i18n;
    let id = assessment.id;
    let label = t_string!(
        i18n,
        markbook.cell_label,
        title = assessment.title.clone(),
        pupil = name
    )
    .to_string();
    let cell = Memo::new(move |_| {
        book.with(|shown| {
            let cell = shown.book.rows.get(row)?.cells.get(column)?;
            Some(cell.clone())
        })
        .unwrap_or_default()
    });
    let refused = Memo::new(move |_| book.refused.with(|all| all.get(&(pupil, id)).cloned()));
    let graded = Memo::new(move |_| -> Option<(String, Option<Rag>)> {
        let (scale, grade) =
            cell.with(|cell: &MarkCell| grade_of_mark(&assessment, cell.counting()?))?;
        let target = book.with(|shown| {
            let row = shown.book.rows.get(row)?;
            Some(row.target.clone())
        })?;
        let rag = book.app.with(|core| {
            let policy = core.policy()?;
            rag_of(policy, &target, &scale, &grade).colour()
        });
        Some((grade, rag))
    });
    let several = move || cell.with(|cell| !cell.several.is_empty());
    let problem = move || {
        if refused.with(Option::is_some) {
            Some("error")
        } else if several() {
            Some("warning")
        } else {
            None
        }
    };
    let title = move || {
        if let Some(refused) = refused.get() {
            return Some(refused.why);
        }
        let mut parts = Vec::new();
        if several() {
            parts.push(t_string!(i18n, markbook.two_values_why).to_owned());
        }
        if cell.with(|cell| cell.late) {
            parts.push(t_string!(i18n, markbook.late).to_owned());
        }
        let note = cell.with(|cell| cell.note.clone());
        if !note.is_empty() {
            parts.push(t_string!(i18n, markbook.note, note = note).to_string());
        }
        if let Some((grade, _)) = graded.get() {
            parts.push(t_string!(i18n, markbook.grade_here, grade = grade).to_string());
        }
        (!parts.is_empty()).then(|| parts.join(". "))
    };
    let content = move || {
        refused.get().map_or_else(
            || cell.with(|cell| text_of(i18n, cell)),
            |refused| refused.typed,
        )
    };
    let rag = move || {
        let colour = graded.get().and_then(|(_, rag)| rag)?;
        Some(rag_key(Some(colour)))
    };
    let tabindex = move || book.tabindex(row, column);
    let open = book.is_open();
    view! {
        <td
            role="gridcell"
            aria-readonly=(!open).then_some("true")
            data-problem=problem
            data-rag=move || rag().map(|rag| rag.0)
            data-letter=move || rag().map(|rag| rag.1)
            data-note=move || cell.with(|cell| !cell.note.is_empty()).then_some("")
        >
            <input
                class="cell"
                type="text"
                id=cell_id(row, column)
                aria-label=label
                aria-invalid=move || refused.with(Option::is_some).then_some("true")
                title=title
                tabindex=tabindex
                autocomplete="off"
                spellcheck="false"
                readonly=!open
                prop:value=content
            />
        </td>
    }
}

/// Why a text is not stored, with pupil and assessment.
pub fn refused_where(book: Book, (pupil, assessment): (Id, Id), refused: &Refused) -> String {
    let (name, title) = book.with(|shown| {
        let title = shown.assessment(assessment).map(|held| held.title.clone());
        (shown.pupil_name(pupil), title.unwrap_or_default())
    });
    t_string!(
        book.i18n,
        markbook.bad_where,
        pupil = name,
        title = title,
        why = refused.why.clone()
    )
    .to_string()
}
