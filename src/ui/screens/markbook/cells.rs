//! The pupils down, the assessments across: what the markbook's cells show, and what can be done with them.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use flightpath_grid::hands::Kind;
use flightpath_grid::rows::SortKey;
use flightpath_school::markbook::summary::grade_of_mark;
use flightpath_school::markbook::{
    Assessment, Instead, Mark, Mean, Measured, Typed, WhyLeftOut, thousandths_text, written,
};
use flightpath_school::model::{Field, Id};
use flightpath_school::view::markbook::{LastStanding, MarkCell, rag_of};
use flightpath_sheet::{Align, Cause, Column, Edit, Look, Marked, Problem, Source};
use leptos::prelude::*;

use super::assessment::DETAILS;
use super::beside::show_beside;
use super::state::{Book, Shown, text_of, typed_of};
use super::words;
use crate::i18n::t_string;
use crate::platform::page;
use crate::ui::parts::drawer::Drawer;
use crate::ui::parts::focus::focus_soon;
use crate::ui::parts::interventions::{brief, show_interventions, since};
use crate::ui::parts::sheet::{Cells, Offer, mean_of, say, set_rag, sorted_by_text};
use crate::ui::parts::typed_cells::{TypedCells, write_all};
use crate::ui::route::Route;
use crate::ui::say::Words;
use crate::ui::screens::pupil::show_history;

/// What stands before the assessments, always in view.
const BEFORE: [Before; 6] = [
    Before::Pupil,
    Before::Groups,
    Before::Interventions,
    Before::Target,
    Before::Last,
    Before::Mean,
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Before {
    Pupil,
    Groups,
    Interventions,
    Target,
    Last,
    Mean,
}

/// The cells of a markbook.
pub struct BookCells {
    book: Book,
    /// The columns, made anew only for another state of the markbook.
    columns: RefCell<Option<Known>>,
}

/// Columns, and the state of the markbook that they are of.
struct Known {
    of: Arc<Shown>,
    columns: Rc<[Column]>,
}

impl BookCells {
    fn shown(&self) -> Option<Arc<Shown>> {
        self.book.shown.try_get_untracked().flatten()
    }

    /// Which assessment a column holds; nothing for those before them.
    fn assessment(column: usize) -> Option<usize> {
        column.checked_sub(BEFORE.len())
    }

    /// Whether marks can be typed into a column: what was brought along is changed where it was assessed.
    fn is_typed(&self, place: usize) -> bool {
        let own = self
            .shown()
            .is_some_and(|shown| place < shown.book.assessments.len());
        own && self.book.is_open()
    }

    fn look_before(&self, before: Before, shown: &Shown, row: usize, look: &mut Look) {
        let Some(held) = shown.book.rows.get(row) else {
            return;
        };
        let i18n = self.book.i18n;
        match before {
            Before::Pupil => look.text = held.pupil.name(),
            Before::Groups => look.text = words::groups(i18n, &held.pupil),
            Before::Interventions => {
                let each = held.interventions.iter();
                let each: Vec<String> = each
                    .map(|held| brief(i18n, held).unwrap_or_else(|| since(i18n, held)))
                    .collect();
                look.text = each.join("; ");
                let title = t_string!(i18n, markbook.interventions_here);
                title.clone_into(&mut look.title);
            }
            Before::Target => look.text = held.target.entry.text(),
            Before::Last => {
                if let Some(LastStanding { current, rag }) = &held.last {
                    look.text.clone_from(current);
                    set_rag(i18n, look, rag.colour());
                }
            }
            Before::Mean => {
                let mean = shown.means.get(row);
                if let Some((mean, value)) = mean.and_then(|mean| Some((mean, mean.value?))) {
                    look.text = words::one_decimal(value);
                    if let Some(grade) = &mean.grade {
                        look.text.push(' ');
                        look.text.push_str(grade);
                    }
                }
                t_string!(i18n, words.why).clone_into(&mut look.title);
            }
        }
    }

    fn look_mark(&self, place: usize, shown: &Shown, row: usize, look: &mut Look) {
        let held = shown.book.rows.get(row);
        let assessment = shown.book.assessment_at(place);
        let (Some(held), Some(assessment)) = (held, assessment) else {
            return;
        };
        let Some(cell) = shown.book.cell_at(row, place) else {
            return;
        };
        let i18n = self.book.i18n;
        look.note = !cell.note.is_empty();
        look.locked = !self.is_typed(place);
        if let Some(refused) = self.book.refused_at(row, place) {
            look.text = refused.typed;
            look.title = refused.why;
            look.problem = Problem::Error;
            return;
        }
        look.text = text_of(i18n, cell);
        if let Some((_, to)) = cell.moderated_from() {
            let (from, to) = (look.text.clone(), written(&Typed::Mark(to.clone())));
            look.text = format!("{from} → {to}");
            let title = t_string!(i18n, markbook.moderated_here, from = from, to = to);
            say(&mut look.title, &title.to_string());
        }
        if says_more(i18n, cell, look) {
            look.problem = Problem::Warning;
        }
        if let Some((mark, why)) = self.misfit(assessment, cell) {
            look.problem = Problem::Warning;
            say(&mut look.title, &words::misfit(i18n, assessment, mark, why));
        }
        let graded = cell
            .counting()
            .and_then(|mark| grade_of_mark(assessment, mark));
        if let Some((scale, grade)) = graded {
            let rag = self.book.app.with(|core| {
                let policy = core.policy()?;
                rag_of(policy, &held.target, &scale, &grade).colour()
            });
            set_rag(i18n, look, rag);
            say(
                &mut look.title,
                &t_string!(i18n, markbook.grade_here, grade = grade).to_string(),
            );
        }
    }

    /// The mark of a cell that does not count because it does not fit the assessment, with why.
    fn misfit<'a>(
        &self,
        assessment: &Assessment,
        cell: &'a MarkCell,
    ) -> Option<(&'a Mark, WhyLeftOut)> {
        let book = self.book;
        book.app
            .with(|core| cell.misfit(assessment, core.policy()?.scales()))
    }

    fn cell<T>(
        &self,
        row: usize,
        column: usize,
        read: impl FnOnce(&Shown, &MarkCell, usize) -> Option<T>,
    ) -> Option<T> {
        let shown = self.shown()?;
        let place = BookCells::assessment(column)?;
        let cell = shown.book.cell_at(row, place)?;
        read(&shown, cell, place)
    }
}

/// Puts what the text of a cell does not say into its title; whether somebody must look at it.
fn says_more(i18n: Words, cell: &MarkCell, look: &mut Look) -> bool {
    let several = !cell.several.is_empty();
    if several {
        say(&mut look.title, t_string!(i18n, markbook.two_values_why));
    }
    if cell.late {
        say(&mut look.title, t_string!(i18n, markbook.late));
    }
    if !cell.note.is_empty() {
        let note = cell.note.clone();
        let note = t_string!(i18n, markbook.note, note = note).to_string();
        say(&mut look.title, &note);
    }
    several
}

#[allow(clippy::cast_precision_loss)]
fn of_thousandths(thousandths: i64) -> f64 {
    thousandths as f64 / 1000.0
}

impl Source for BookCells {
    fn rows(&self) -> usize {
        self.shown().map_or(0, |shown| shown.book.rows.len())
    }

    fn row_key(&self, row: usize) -> u128 {
        self.shown()
            .and_then(|shown| Some(shown.book.rows.get(row)?.pupil.id.0))
            .unwrap_or_default()
    }

    fn columns(&self) -> Rc<[Column]> {
        let Some(shown) = self.shown() else {
            return Rc::new([]);
        };
        let Ok(mut known) = self.columns.try_borrow_mut() else {
            return Rc::new([]);
        };
        if let Some(known) = known
            .as_ref()
            .filter(|known| Arc::ptr_eq(&known.of, &shown))
        {
            return Rc::clone(&known.columns);
        }
        let columns = columns_of(self.book, &shown);
        *known = Some(Known {
            of: shown,
            columns: Rc::clone(&columns),
        });
        columns
    }

    fn frozen(&self) -> usize {
        BEFORE.len()
    }

    fn look(&self, row: usize, column: usize, look: &mut Look) {
        let Some(shown) = self.shown() else { return };
        match BookCells::assessment(column) {
            Some(place) => self.look_mark(place, &shown, row, look),
            None => {
                if let Some(before) = BEFORE.get(column) {
                    self.look_before(*before, &shown, row, look);
                }
            }
        }
    }

    fn kind(&self, _: usize, column: usize) -> Kind {
        match BEFORE.get(column) {
            Some(Before::Pupil | Before::Interventions | Before::Mean) => Kind::Button,
            Some(_) => Kind::Read,
            None if BookCells::assessment(column).is_some_and(|place| self.is_typed(place)) => {
                Kind::Typed
            }
            None => Kind::Read,
        }
    }

    fn sort_key(&self, row: usize, column: usize) -> SortKey {
        let rank = self.cell(row, column, |shown, cell, place| {
            let mark = cell.counting()?;
            match (&shown.book.assessment_at(place)?.measured, mark) {
                (_, Mark::Number(thousandths)) => Some(of_thousandths(*thousandths)),
                (Some(Measured::Grades { scale }), Mark::Grade { label, .. }) => {
                    self.book.app.with(|core| {
                        let scale = core.policy()?.scales().get(scale)?;
                        let grade = scale.parse(label).ok()?;
                        Some(grade.lowest().as_grades())
                    })
                }
                _ => None,
            }
        });
        if let Some(rank) = rank {
            return SortKey::Number(rank);
        }
        if BEFORE.get(column) == Some(&Before::Mean) {
            let value = self.shown().and_then(|shown| shown.means.get(row)?.value);
            return value.map_or(SortKey::Empty, |value| {
                SortKey::Number(of_thousandths(value))
            });
        }
        sorted_by_text(self, row, column)
    }

    fn number(&self, row: usize, column: usize) -> Option<f64> {
        self.cell(row, column, |shown, cell, place| {
            // What does not count in the mean of the class counts in no other.
            let assessment = shown.book.assessment_at(place)?;
            match cell.counting()? {
                _ if self.misfit(assessment, cell).is_some() => None,
                Mark::Number(thousandths) => Some(of_thousandths(*thousandths)),
                Mark::Grade { .. } => None,
            }
        })
    }

    fn foot_of(&self, column: usize, rows: &[usize]) -> String {
        if BookCells::assessment(column).is_none() {
            return t_string!(self.book.i18n, grid.mean_shown).to_owned();
        }
        mean_of(self, column, rows.iter().copied())
    }

    fn mark(&self, row: usize, column: usize) -> Option<Marked> {
        self.cell(row, column, |shown, cell, place| {
            let assessment = shown.book.assessment_at(place)?;
            let mark = cell.counting()?;
            let is_grade = matches!(mark, Mark::Grade { .. });
            let graded = grade_of_mark(assessment, mark).filter(|_| !is_grade);
            Some(Marked {
                text: typed_of(cell, Some(mark)),
                grade: graded.map(|(_, grade)| grade).unwrap_or_default(),
                is_grade,
            })
        })
    }

    fn is_private(&self, column: usize) -> bool {
        let private = |shown: Arc<Shown>| {
            let assessment = shown.book.assessment_at(BookCells::assessment(column)?)?;
            Some(assessment.private)
        };
        self.shown().and_then(private).unwrap_or(false)
    }

    fn content(&self, row: usize, column: usize) -> String {
        BookCells::assessment(column)
            .map(|place| self.book.shown(row, place))
            .unwrap_or_default()
    }

    fn complete(&self, row: usize, column: usize, typed: &str) -> Option<String> {
        self.book
            .completion(row, BookCells::assessment(column)?, typed)
    }

    fn check(&self, edit: &Edit) -> Option<String> {
        let place = BookCells::assessment(edit.column)?;
        self.book.check(edit.row, place, &edit.text)
    }

    fn write(&self, edits: Vec<Edit>, _: Cause) {
        let edits = edits
            .into_iter()
            .filter_map(|edit| Some((edit.row, BookCells::assessment(edit.column)?, edit.text)));
        write_all(self.book, edits.collect());
    }

    fn forget(&self, row: usize, column: usize) {
        let place = BookCells::assessment(column);
        if let Some(at) = place.and_then(|place| self.book.at(row, place)) {
            self.book.forget(at);
        }
    }
}

fn columns_of(book: Book, shown: &Shown) -> Rc<[Column]> {
    let i18n = book.i18n;
    let mean_unit = if shown.book.method.standard.is_some() {
        t_string!(i18n, markbook.unit_standard)
    } else {
        t_string!(i18n, markbook.unit_percent)
    };
    let weights = thousandths_text(shown.book.weights);
    let weights = t_string!(i18n, markbook.unit_weights, sum = weights);
    let feet = book
        .app
        .with(|core| {
            let policy = core.policy()?;
            let count = shown.book.assessments.len();
            let feet = (0..count).map(|place| {
                let mean = shown.book.summary(policy, place)?.spread?.mean;
                Some(words::one_decimal(mean))
            });
            Some(feet.collect::<Vec<_>>())
        })
        .unwrap_or_default();
    let has_mean = feet.iter().any(Option::is_some);
    let before = BEFORE.iter().map(|before| {
        let (key, title, unit, width, align) = match before {
            Before::Pupil => (
                "pupil",
                t_string!(i18n, words.pupil),
                String::new(),
                176,
                Align::Start,
            ),
            Before::Groups => (
                "groups",
                t_string!(i18n, markbook.col_groups),
                String::new(),
                104,
                Align::Start,
            ),
            Before::Interventions => (
                "interventions",
                t_string!(i18n, markbook.col_interventions),
                String::new(),
                124,
                Align::Start,
            ),
            Before::Target => (
                "target",
                t_string!(i18n, markbook.col_target),
                String::new(),
                64,
                Align::Center,
            ),
            Before::Last => (
                "last",
                t_string!(i18n, markbook.col_last),
                shown.last.clone().unwrap_or_default(),
                88,
                Align::Center,
            ),
            Before::Mean => (
                "mean",
                t_string!(i18n, markbook.col_mean),
                format!("{mean_unit}, {weights}"),
                124,
                Align::End,
            ),
        };
        Column {
            key: key.to_owned(),
            title: title.to_owned(),
            unit,
            width,
            align,
            foot: match before {
                Before::Pupil if has_mean => t_string!(i18n, grid.mean_below).to_owned(),
                _ => String::new(),
            },
        }
    });
    let brought = shown.book.brought.iter().map(|held| &held.assessment);
    let all = shown.book.assessments.iter().chain(brought).enumerate();
    let all = all.map(|(place, assessment)| {
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
        let weight = thousandths_text(assessment.weight);
        let from = shown.book.brought_at(place).map(|held| {
            let class = held.from.clone();
            t_string!(i18n, markbook.brought, class = class).to_string()
        });
        let weighs = t_string!(i18n, markbook.weight, weight = weight).to_string();
        let mut unit: Vec<String> = from.into_iter().chain([measured, weighs]).collect();
        if assessment.private {
            unit.push(t_string!(i18n, markbook.private).to_owned());
        }
        Column {
            key: assessment.id.to_string(),
            title: assessment.title.clone(),
            unit: unit.join(", "),
            width: 120,
            align: Align::Center,
            foot: feet.get(place).cloned().flatten().unwrap_or_default(),
        }
    });
    before.chain(all).collect()
}

/// The markbook's cells for a sheet.
pub fn cells(book: Book, picked: RwSignal<Option<Id>>, drawer: Drawer) -> Cells {
    let i18n = book.i18n;
    let at = move |row: usize, column: usize| {
        book.peek(|shown| {
            let pupil = shown.book.rows.get(row)?;
            let place = BookCells::assessment(column)?;
            let assessment = shown.book.assessment_at(place)?.clone();
            let own = shown.book.brought_at(place).is_none();
            Some((pupil.pupil.id, pupil.pupil.name(), assessment, own))
        })
    };
    let why = move |row: usize| {
        let said = book.peek(|shown| {
            let mean = shown.means.get(row)?;
            let name = shown.book.rows.get(row)?.pupil.name();
            let by_category = untrack(|| {
                book.app.with(|core| {
                    let policy = core.policy()?;
                    let all = shown.book.means_by_category(policy, &BTreeMap::new());
                    let of_row = |(category, means): (String, Vec<Mean>)| {
                        (category, means.get(row).and_then(|mean| mean.value))
                    };
                    // A category that only others brought along is none of this pupil's.
                    let own = shown.book.categories();
                    let is_theirs = |(category, value): &(String, Option<i64>)| {
                        value.is_some() || own.iter().any(|held| held.name == *category)
                    };
                    let all = all.into_iter().map(of_row).filter(is_theirs);
                    Some(all.collect::<Vec<_>>())
                })
            });
            let by_category = by_category.unwrap_or_default();
            let said = words::why_mean_whole(i18n, &shown.book, mean, &by_category);
            Some((name, said))
        });
        if let Some((name, sentences)) = said {
            let title = format!("{name}: {}", t_string!(i18n, markbook.col_mean));
            drawer.show(title, Some(super::GRID.to_owned()), move || {
                let each = sentences.clone().into_iter();
                each.map(|sentence| view! { <p>{sentence}</p> })
                    .collect_view()
                    .into_any()
            });
        }
    };
    let source = Rc::new(BookCells {
        book,
        columns: RefCell::new(None),
    });
    Cells {
        of_column: Rc::new(move |column| {
            let id = book.peek(|shown| {
                let place = BookCells::assessment(column)?;
                Some(shown.book.assessments.get(place)?.id)
            });
            let details = id.map(|id| -> Offer {
                let name = t_string!(i18n, markbook.details).to_owned();
                let open = move || {
                    picked.set(Some(id));
                    // It opens below the grid, which may be beyond the window.
                    focus_soon(DETAILS);
                };
                (name, Rc::new(open))
            });
            details.into_iter().collect()
        }),
        of_cell: Rc::new(move |row, column| {
            let Some((pupil, name, assessment, own)) = at(row, column) else {
                return Vec::new();
            };
            let title = assessment.title.clone();
            let place = book.place(assessment.id);
            let (who, what) = (name.clone(), title.clone());
            let history: Rc<dyn Fn()> = Rc::new(move || {
                if let Some(place) = place {
                    let (key, opener) = (place.column(Field::Mark), super::GRID.to_owned());
                    show_history(i18n, drawer, key, pupil, what.clone(), &who, opener);
                }
            });
            let beside: Rc<dyn Fn()> = Rc::new(move || {
                show_beside(book, drawer, pupil, &name, assessment.id, &title);
            });
            let beside = own.then(|| (t_string!(i18n, markbook.beside).to_owned(), beside));
            let history = (t_string!(i18n, markbook.history).to_owned(), history);
            beside.into_iter().chain([history]).collect()
        }),
        press: Rc::new(move |row, column| match BEFORE.get(column) {
            Some(Before::Mean) => why(row),
            Some(Before::Interventions) => {
                let whose = book.peek(|shown| {
                    let pupil = &shown.book.rows.get(row)?.pupil;
                    Some((pupil.id, pupil.name(), shown.book.class.subject))
                });
                if let Some((pupil, name, subject)) = whose {
                    show_interventions(i18n, drawer, pupil, &name, Some(subject), super::GRID);
                }
            }
            Some(Before::Pupil) => {
                let pupil = book.peek(|shown| Some(shown.book.rows.get(row)?.pupil.id));
                if let Some(pupil) = pupil {
                    page::go(&Route::Pupil(pupil).fragment());
                }
            }
            _ => {}
        }),
        choices: Rc::new(move |_, column| {
            let scale = book.peek(|shown| {
                let place = BookCells::assessment(column)?;
                match &shown.book.assessments.get(place)?.measured {
                    Some(Measured::Grades { scale }) => Some(scale.clone()),
                    _ => None,
                }
            });
            let labels = scale.and_then(|scale| {
                book.app
                    .with(|core| Some(core.policy()?.scales().get(&scale)?.all_labels()))
            });
            let instead = Instead::ALL.map(|instead| written(&Typed::Instead(instead)));
            let labels = labels.unwrap_or_default();
            labels.into_iter().rev().chain(instead).collect()
        }),
        ..Cells::of(source, move || {
            book.shown.track();
            book.refused.track();
            book.app.can_change();
        })
    }
}
