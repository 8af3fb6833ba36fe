//! A non-examined assessment in all classes that have it: original and moderated marks side by side.

use flightpath_school::journal::{Action, Draft};
use flightpath_school::markbook::{
    AssessmentKind, ClassDifference, Mark, MarkEntry, Moderated, Typed, by_class, thousandths_text,
    written,
};
use flightpath_school::model::Id;
use flightpath_school::model::scale::read_thousandths;
use flightpath_school::view::markbook::{
    ModerationRow, Place, moderation, move_moderated, of_the_same, write_moderated,
};
use leptos::prelude::*;

use super::state::{Book, text_of};
use super::words;
use crate::i18n::t_string;
use crate::ui::parts::cell_words::counted;
use crate::ui::parts::choice::Choice;
use crate::ui::parts::line::CellLine;
use crate::ui::parts::text_field::TextField;

/// The rows that are moderated together with an assessment; none for one that is examined.
fn rows_of(book: Book, id: Id) -> Vec<ModerationRow> {
    let like = book.with(|shown| {
        let held = shown.assessment(id).cloned();
        held.filter(|held| held.kind == AssessmentKind::NonExamined)
            .map(|held| (held, shown.book.class.subject))
    });
    let Some((like, subject)) = like else {
        return Vec::new();
    };
    let rows = book.app.lists().with(|lists| {
        book.app.with(|core| {
            let policy = core.policy()?;
            Some(moderation(
                core.school(),
                policy.scales(),
                lists.year,
                subject,
                &lists.classes,
                &lists.pupils,
            ))
        })
    });
    of_the_same(rows.unwrap_or_default(), &like)
}

/// What moderation made of a mark: in marks, or in per cent of the way up a scale; or that the moderated
/// mark does not count.
fn difference(book: Book, row: &ModerationRow) -> String {
    let signed = |number: i64, text: String| {
        if number > 0 {
            format!("+{text}")
        } else {
            text.replacen('-', "\u{2212}", 1)
        }
    };
    if row.cell.moderated_waits() {
        return t_string!(book.i18n, markbook.mod_waits).to_owned();
    }
    match (row.cell.entry.mark(), row.cell.moderated_counting()) {
        (Some(Mark::Number(before)), Some(Mark::Number(after))) => {
            let number = after.saturating_sub(*before);
            signed(number, thousandths_text(number))
        }
        _ => row.shares.difference().map_or_else(String::new, |number| {
            signed(number, format!("{} %", words::one_decimal(number)))
        }),
    }
}

/// The marks of all classes, and what moderation did to each.
#[component]
pub fn ModerationView(book: Book, id: Id) -> impl IntoView {
    let i18n = book.i18n;
    let rows = Memo::new(move |_| rows_of(book, id));
    let any = Memo::new(move |_| rows.with(|rows| !rows.is_empty()));
    let problem = RwSignal::new(String::new());
    let keys = Memo::new(move |_| {
        rows.with(|rows| {
            let each = rows.iter();
            each.map(|row| (row.assessment.id, row.pupil.id))
                .collect::<Vec<(Id, Id)>>()
        })
    });
    let hint = move || {
        let title = book.with(|shown| shown.assessment(id).map(|held| held.title.clone()));
        t_string!(i18n, markbook.mod_hint, title = title.unwrap_or_default()).to_string()
    };
    view! {
        <Show when=move || any.get()>
            <section class="section">
                <h2>{t_string!(i18n, markbook.mod_title)}</h2>
                <p class="hint">{hint}</p>
                <ByClass book=book rows=rows />
                <MoveClass book=book rows=rows problem=problem />
                <p class="problem" role="alert">
                    {problem}
                </p>
                <table>
                    <caption class="visually-hidden">{t_string!(i18n, markbook.mod_title)}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{t_string!(i18n, words.pupil)}</th>
                            <th scope="col">{t_string!(i18n, markbook.mod_class)}</th>
                            <th scope="col" class="num">
                                {t_string!(i18n, markbook.mod_original)}
                            </th>
                            <th scope="col" class="num">
                                {t_string!(i18n, markbook.mod_moderated)}
                            </th>
                            <th scope="col" class="num">
                                {t_string!(i18n, markbook.mod_difference)}
                            </th>
                        </tr>
                    </thead>
                    <tbody>
                        <For
                            each=move || keys.get()
                            key=|key| *key
                            children=move |key| {
                                view! { <Row book=book rows=rows key=key problem=problem /> }
                            }
                        />
                    </tbody>
                </table>
            </section>
        </Show>
    }
}

/// Name of a class of the year.
fn class_name(book: Book, class: Id) -> String {
    book.app.lists().with(|lists| {
        let held = lists.classes.iter().find(|held| held.id == class);
        held.map(|held| held.name.clone()).unwrap_or_default()
    })
}

/// A pupil's row.
#[component]
fn Row(
    book: Book,
    rows: Memo<Vec<ModerationRow>>,
    key: (Id, Id),
    problem: RwSignal<String>,
) -> impl IntoView {
    let Book { app, i18n, .. } = book;
    let row = Memo::new(move |_| {
        rows.with(|rows| {
            let mut all = rows.iter();
            all.find(|row| (row.assessment.id, row.pupil.id) == key)
                .cloned()
        })
    });
    let read = move |of: fn(Book, &ModerationRow) -> String| {
        Signal::derive(move || {
            row.with(|row| row.as_ref().map(|row| of(book, row)))
                .unwrap_or_default()
        })
    };
    let name = read(|_, row| row.pupil.name());
    let moderated = read(|book, row| match &row.cell.moderated {
        MarkEntry::Mark(mark) => written(&Typed::Mark(mark.clone())),
        MarkEntry::Several(_) => words::two_values(book.i18n),
        _ => String::new(),
    });
    let keep = move |typed: String| {
        let (Some(row), Some(place)) = (row.get_untracked(), book.place(key.0)) else {
            return;
        };
        let say = |why: String| {
            let pupil = row.pupil.name();
            problem.set(t_string!(i18n, markbook.mod_bad, pupil = pupil, why = why).to_string());
        };
        let typed = match book.read(&row.assessment, &typed) {
            Ok(typed) => typed,
            Err(bad) => return say(words::not_read(i18n, &bad)),
        };
        let mut draft = Draft::default();
        let mut fits = false;
        app.peek(|school| {
            fits = write_moderated(&mut draft, school, place, key.1, &typed);
        });
        if !fits {
            return say(t_string!(i18n, markbook.moderated_mark).to_owned());
        }
        problem.set(String::new());
        store(book, row.assessment.title, &draft);
    };
    view! {
        <tr>
            <th scope="row">{name}</th>
            <td>{read(|book, row| class_name(book, row.class))}</td>
            <td class="num">{read(|book, row| text_of(book.i18n, &row.cell))}</td>
            <td class="num">
                <CellLine
                    name=Signal::derive(move || {
                        t_string!(i18n, markbook.mod_mark_of, pupil = name.get()).to_string()
                    })
                    text=moderated
                    size="6"
                    keep=keep
                    read_only=Signal::derive(move || !app.can_change())
                />
            </td>
            <td class="num">{read(difference)}</td>
        </tr>
    }
}

/// Stores moderated marks as a step, where any changed.
fn store(book: Book, title: String, draft: &Draft) {
    if !draft.is_empty() {
        book.app.dispatch(Action::Marks { title }, draft);
    }
}

/// What moderation did to each class.
#[component]
fn ByClass(book: Book, rows: Memo<Vec<ModerationRow>>) -> impl IntoView {
    let i18n = book.i18n;
    let classes = Memo::new(move |_| {
        let shares: Vec<Moderated> = rows.with(|rows| rows.iter().map(|row| row.shares).collect());
        by_class(&shares)
    });
    let line = move |held: ClassDifference| {
        let mean = held.mean_difference.map_or_else(
            || "–".to_owned(),
            |mean| format!("{} %", words::one_decimal(mean)),
        );
        view! {
            <tr>
                <th scope="row">{class_name(book, held.class)}</th>
                <td class="num">{counted(held.marked)}</td>
                <td class="num">{counted(held.moderated)}</td>
                <td class="num">{counted(held.raised)}</td>
                <td class="num">{counted(held.lowered)}</td>
                <td class="num">{mean}</td>
            </tr>
        }
    };
    view! {
        <table>
            <caption>{t_string!(i18n, markbook.mod_by_class)}</caption>
            <thead>
                <tr>
                    <th scope="col">{t_string!(i18n, markbook.mod_class)}</th>
                    <th scope="col" class="num">
                        {t_string!(i18n, markbook.mod_marked)}
                    </th>
                    <th scope="col" class="num">
                        {t_string!(i18n, markbook.mod_of_them)}
                    </th>
                    <th scope="col" class="num">
                        {t_string!(i18n, markbook.mod_raised)}
                    </th>
                    <th scope="col" class="num">
                        {t_string!(i18n, markbook.mod_lowered)}
                    </th>
                    <th scope="col" class="num">
                        {t_string!(i18n, markbook.mod_mean)}
                    </th>
                </tr>
            </thead>
            <tbody>{move || classes.get().into_iter().map(line).collect_view()}</tbody>
        </table>
    }
}

/// Moving all marks of a class together.
#[component]
fn MoveClass(
    book: Book,
    rows: Memo<Vec<ModerationRow>>,
    problem: RwSignal<String>,
) -> impl IntoView {
    let Book { app, i18n, .. } = book;
    let wanted = RwSignal::new(String::new());
    let by = RwSignal::new(String::new());
    let classes = Memo::new(move |_| {
        let mut ids: Vec<Id> = rows.with(|rows| rows.iter().map(|row| row.class).collect());
        ids.dedup();
        ids
    });
    let options = Signal::derive(move || {
        let each = classes.get().into_iter();
        each.map(|class| (class.to_string(), class_name(book, class)))
            .collect::<Vec<_>>()
    });
    let chosen = Memo::new(move |_| {
        let wanted = wanted.get();
        classes.with(|classes| {
            let held = classes.iter().find(|class| class.to_string() == wanted);
            held.or(classes.first()).copied()
        })
    });
    let shift = move |_| {
        let typed = by.get_untracked();
        // A minus sign as it is printed means what a hyphen does.
        let number = read_thousandths(&typed.replace('\u{2212}', "-"));
        let Some(number) = number.ok().flatten() else {
            problem.set(t_string!(i18n, markbook.mod_not_number, typed = typed).to_string());
            return;
        };
        let held = rows.get_untracked();
        let first = held.first().map(|row| row.assessment.clone());
        let Some((class, first)) = chosen.get_untracked().zip(first) else {
            return;
        };
        let Some(Place { year, subject, .. }) = book.place(first.id) else {
            return;
        };
        let mut draft = Draft::default();
        app.peek(|school| {
            move_moderated(&mut draft, school, (year, subject), &held, class, number);
        });
        problem.set(String::new());
        store(book, first.title, &draft);
    };
    view! {
        <Show when=move || app.can_change()>
            <div class="toolbar">
                <Choice
                    label=t_string!(i18n, markbook.mod_move_class)
                    options=options
                    value=Signal::derive(move || {
                        chosen.get().map(|class| class.to_string()).unwrap_or_default()
                    })
                    on_change=move |class| wanted.set(class)
                />
                <TextField label=t_string!(i18n, markbook.mod_move_by) text=by />
                <button on:click=shift>{t_string!(i18n, markbook.mod_move)}</button>
            </div>
            <p class="hint">{t_string!(i18n, markbook.mod_move_hint)}</p>
        </Show>
    }
}
