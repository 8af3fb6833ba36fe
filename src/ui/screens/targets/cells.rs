//! What the cells of the targets' grid show, and what can be done with them.

use std::rc::Rc;

use flightpath_grid::hands::Kind;
use flightpath_grid::rows::SortKey;
use flightpath_school::model::{ColumnKey, Field};
use flightpath_school::view::targets::TargetEntry;
use flightpath_sheet::{Align, Cause, Column, Edit, Look, Problem, Source};
use leptos::prelude::*;

use super::ask::{Pending, lacks_words, show_asks};
use super::beside::{Focus, show_chances, show_why};
use super::count;
use super::desk::{Col, Desk, What, Whose};
use super::details::show_details;
use super::sheet::{Row, Start};
use super::state::{by_words, cell_words, security_words};
use crate::i18n::t_string;
use crate::platform::page;
use crate::ui::parts::cell_words::counted;
use crate::ui::parts::drawer::Drawer;
use crate::ui::parts::practice_words;
use crate::ui::parts::sheet::{Cells, Offer, mean_of, row_key_of, say, sorted_by_text};
use crate::ui::parts::typed_cells::TypedCells;
use crate::ui::route::Route;
use crate::ui::say::Words;
use crate::ui::screens::pupil::show_history;

/// The pupil never scrolls away.
const FROZEN: usize = 1;

/// The cells of the grid.
struct TargetCells {
    desk: Desk,
    drawer: Drawer,
}

/// The title of a starting point's column.
fn start_title(i18n: Words, start: Start) -> String {
    let (first, second) = match start {
        Start::Reading => (
            t_string!(i18n, targets.col_ks2),
            t_string!(i18n, targets.col_reading),
        ),
        Start::Maths => (
            t_string!(i18n, targets.col_ks2),
            t_string!(i18n, targets.col_maths),
        ),
        Start::AverageGcse => (
            t_string!(i18n, targets.col_average),
            t_string!(i18n, targets.col_gcse),
        ),
        Start::EightPointAverage => (
            t_string!(i18n, targets.col_average),
            t_string!(i18n, targets.col_average_old),
        ),
        Start::CatGcse => (
            t_string!(i18n, targets.col_cat),
            t_string!(i18n, targets.col_gcse),
        ),
        Start::LastYear => (t_string!(i18n, targets.col_last), ""),
        Start::Estimate => (t_string!(i18n, targets.col_estimate), ""),
    };
    format!("{first} {second}").trim().to_owned()
}

/// The grade of a row that a column holds: its scale and label.
fn grade_in(row: &Row, column: Col) -> Option<(&str, &str)> {
    match column {
        Col::Start(start) if !start.is_number() => Some((row.scale.as_deref()?, row.start(start))),
        Col::Proposed => {
            let (scale, label) = row.proposed.as_ref()?;
            Some((scale, label))
        }
        Col::Target => match &row.target.entry {
            TargetEntry::Grade { scale, label } => Some((scale, label)),
            TargetEntry::Missing | TargetEntry::Several(_) => None,
        },
        _ => None,
    }
}

impl TargetCells {
    fn column_of(&self, index: usize, column: Col) -> Column {
        let i18n = self.desk.i18n;
        let of = |key: &str, title: &str, width, align| Column {
            key: key.to_owned(),
            title: title.to_owned(),
            width,
            align,
            ..Column::default()
        };
        match column {
            Col::Pupil => Column {
                foot: self.mean_title(),
                ..of(
                    "pupil",
                    t_string!(i18n, targets.col_pupil),
                    168,
                    Align::Start,
                )
            },
            Col::Form => of("form", t_string!(i18n, targets.col_form), 56, Align::Center),
            Col::Start(start) => {
                let (width, align) = if start.is_number() {
                    (104, Align::End)
                } else {
                    (88, Align::Center)
                };
                Column {
                    foot: self.mean(index),
                    ..of(start.key(), &start_title(i18n, start), width, align)
                }
            }
            Col::Proposed => of(
                "proposed",
                t_string!(i18n, targets.col_proposed),
                84,
                Align::Center,
            ),
            Col::Target => Column {
                unit: self.scales(),
                ..of(
                    "target",
                    t_string!(i18n, targets.col_target),
                    88,
                    Align::Center,
                )
            },
            Col::Reason => of(
                "reason",
                t_string!(i18n, targets.col_note),
                196,
                Align::Start,
            ),
            Col::State => of(
                "state",
                t_string!(i18n, targets.col_state),
                248,
                Align::Start,
            ),
            Col::Security => of(
                "security",
                t_string!(i18n, targets.col_security),
                112,
                Align::Start,
            ),
            Col::Approved => of(
                "approved",
                t_string!(i18n, targets.col_approved),
                240,
                Align::Start,
            ),
        }
    }

    /// The mean of a starting point in points; empty where it is none of numbers.
    fn mean(&self, column: usize) -> String {
        mean_of(self, column, 0..self.rows())
    }

    /// What names the last line, where there is one.
    fn mean_title(&self) -> String {
        let columns = self.desk.columns.try_get_untracked().unwrap_or_default();
        let has_mean = |column: &Col| matches!(column, Col::Start(start) if start.is_number());
        if columns.iter().any(has_mean) {
            t_string!(self.desk.i18n, grid.mean_below).to_owned()
        } else {
            String::new()
        }
    }

    /// The scales of the targets.
    fn scales(&self) -> String {
        let keys = self
            .desk
            .sheet
            .try_with_untracked(super::sheet::Sheet::scales)
            .unwrap_or_default();
        let name = |key: &String| {
            self.desk
                .with_scale(Some(key), |scale| scale.name().to_owned())
        };
        keys.iter().map(name).collect::<Vec<_>>().join(" / ")
    }

    fn look_target(&self, row: &Row, pending: Option<&Pending>, look: &mut Look) {
        let i18n = self.desk.i18n;
        if let Some(pending) = pending {
            look.text = pending.label().to_owned();
            look.problem = Problem::Error;
            look.title = lacks_words(i18n, &pending.lacks());
            return;
        }
        look.text = row.target.entry.text();
        if let TargetEntry::Several(values) = &row.target.entry {
            let none = t_string!(i18n, targets.conflict_blank);
            let values: Vec<&str> = values
                .iter()
                .map(|value| if value.is_empty() { none } else { value })
                .collect();
            look.problem = Problem::Warning;
            look.title = t_string!(i18n, targets.conflict, values = values.join(", ")).to_string();
        } else if row.scale.is_none() {
            t_string!(i18n, targets.no_scale).clone_into(&mut look.title);
        } else if row.differs {
            look.note = true;
            t_string!(i18n, targets.another).clone_into(&mut look.title);
        }
    }

    fn look_reason(&self, row: &Row, pending: Option<&Pending>, look: &mut Look) {
        let i18n = self.desk.i18n;
        if let Some(pending) = pending {
            look.text.clone_from(&pending.reason);
            if pending.reason.is_empty() {
                look.problem = Problem::Missing;
                look.title = pending.question(i18n);
            } else {
                look.problem = Problem::Error;
                look.title = lacks_words(i18n, &pending.lacks());
            }
            return;
        }
        look.text.clone_from(&row.target.reason);
        if row.differs && look.text.is_empty() {
            look.problem = Problem::Missing;
            look.title =
                t_string!(i18n, targets.give_reason_for, name = row.name.clone()).to_string();
        }
    }
}

impl Source for TargetCells {
    fn rows(&self) -> usize {
        let rows = |sheet: &super::sheet::Sheet| sheet.rows().len();
        self.desk.sheet.try_with_untracked(rows).unwrap_or(0)
    }

    fn row_key(&self, row: usize) -> u128 {
        let whose = self.desk.whose(row);
        whose.map_or(0, |(subject, pupil)| row_key_of(pupil, &[subject]))
    }

    fn columns(&self) -> Rc<[Column]> {
        let columns = self.desk.columns.try_get_untracked().unwrap_or_default();
        let columns = columns.into_iter();
        let columns = columns.enumerate();
        columns
            .map(|(index, column)| self.column_of(index, column))
            .collect()
    }

    fn frozen(&self) -> usize {
        FROZEN
    }

    fn look(&self, row: usize, column: usize, look: &mut Look) {
        let (desk, i18n) = (self.desk, self.desk.i18n);
        let (Some(held), Some(whose)) = (desk.column(column), desk.whose(row)) else {
            return;
        };
        if held.what().is_some() {
            look.locked = self.kind(row, column) != Kind::Typed;
            if let Some(refused) = desk.refused_at(row, column) {
                look.text = refused.typed;
                look.title = refused.why;
                look.problem = Problem::Error;
                return;
            }
        }
        let pending = match held {
            Col::Target | Col::Reason | Col::State => desk.pending_of(whose),
            _ => None,
        };
        desk.row(row, |row| match held {
            Col::Pupil => look.text.clone_from(&row.name),
            Col::Form => look.text.clone_from(&row.form),
            Col::Start(start) => row.start(start).clone_into(&mut look.text),
            Col::Proposed => {
                match &row.proposed {
                    Some((_, label)) => look.text.clone_from(label),
                    None => t_string!(i18n, targets.teacher).clone_into(&mut look.text),
                }
                t_string!(i18n, words.why).clone_into(&mut look.title);
            }
            Col::Target => self.look_target(row, pending.as_ref(), look),
            Col::Reason => self.look_reason(row, pending.as_ref(), look),
            Col::State => {
                look.text = cell_words(i18n, row, pending.as_ref());
                if let Some(by) = by_words(desk, whose, row) {
                    say(&mut look.title, &by);
                }
                say(&mut look.title, t_string!(i18n, targets.details));
            }
            Col::Security => {
                let security = row.security.as_ref();
                look.text = security
                    .map(|security| security_words(i18n, security))
                    .unwrap_or_default();
            }
            Col::Approved => look.text = practice_words::approvals(i18n, &row.target.approved),
        });
    }

    fn kind(&self, row: usize, column: usize) -> Kind {
        let has_scale = || {
            self.desk
                .row(row, |row| row.scale.is_some())
                .unwrap_or_default()
        };
        match self.desk.column(column) {
            Some(Col::Pupil | Col::Proposed | Col::State) => Kind::Button,
            Some(Col::Target | Col::Reason) if self.desk.is_open() && has_scale() => Kind::Typed,
            _ => Kind::Read,
        }
    }

    fn sort_key(&self, row: usize, column: usize) -> SortKey {
        let Some(held) = self.desk.column(column) else {
            return SortKey::Empty;
        };
        let rank = self.desk.row(row, |row| match held {
            Col::State => {
                let states = flightpath_school::view::targets::TargetState::ALL;
                let place = states.iter().position(|state| *state == row.target.state);
                let place = place.filter(|_| row.is_set()).map_or(0, |place| place + 1);
                u8::try_from(place).ok().map(f64::from)
            }
            Col::Start(start) if start.is_number() => row.start(start).parse().ok(),
            held => {
                let (scale, label) = grade_in(row, held)?;
                self.desk.with_scale(Some(scale), |scale| {
                    Some(scale.parse(label).ok()?.lowest().as_grades())
                })
            }
        });
        rank.flatten()
            .map_or_else(|| sorted_by_text(self, row, column), SortKey::Number)
    }

    fn number(&self, row: usize, column: usize) -> Option<f64> {
        match self.desk.column(column)? {
            Col::Start(start) if start.is_number() => {
                self.desk.row(row, |row| row.start(start).parse().ok())?
            }
            _ => None,
        }
    }

    fn foot_of(&self, column: usize, rows: &[usize]) -> String {
        if column < FROZEN {
            return t_string!(self.desk.i18n, grid.mean_shown).to_owned();
        }
        mean_of(self, column, rows.iter().copied())
    }

    fn content(&self, row: usize, column: usize) -> String {
        self.desk.shown(row, column)
    }

    fn complete(&self, row: usize, column: usize, typed: &str) -> Option<String> {
        self.desk.completion(row, column, typed)
    }

    fn typing(&self, row: usize, column: usize, text: Option<&str>) {
        let (desk, is_target) = (self.desk, self.desk.column(column) == Some(Col::Target));
        let Some((_, pupil)) = desk.whose(row).filter(|_| is_target) else {
            return;
        };
        // A field that goes with the screen tells of its end when nobody hears it any longer.
        let begins = desk.typing.try_with_untracked(Option::is_none);
        let _ = desk
            .typing
            .try_set(text.map(|text| (pupil, text.to_owned())));
        if begins == Some(true) && text.is_some() {
            beside(desk, self.drawer, row, column);
        }
    }

    fn check(&self, edit: &Edit) -> Option<String> {
        self.desk.check(edit.row, edit.column, &edit.text)
    }

    fn forget(&self, row: usize, column: usize) {
        self.desk.leave(row, column);
    }

    fn write(&self, edits: Vec<Edit>, _: Cause) {
        let edits = edits.into_iter();
        let texts = edits.map(|edit| (edit.row, edit.column, edit.text));
        self.desk.take(texts.collect());
    }
}

/// Shows the chances beside a cell in which a target is chosen, where that is wanted.
fn beside(desk: Desk, drawer: Drawer, row: usize, column: usize) {
    let is_target = desk.column(column) == Some(Col::Target);
    if let Some((_, pupil)) = desk
        .whose(row)
        .filter(|_| is_target && desk.chances.get_untracked())
    {
        show_chances(desk, drawer, pupil, Focus::Stays);
    }
}

/// What can be done with one target.
fn offers(desk: Desk, drawer: Drawer, whose: Whose, column: Col) -> Vec<Offer> {
    let i18n = desk.i18n;
    let (subject, pupil) = whose;
    let (_, name) = desk.names(whose);
    let mut offers: Vec<Offer> = Vec::new();
    let mut offer = |words: String, act: Rc<dyn Fn()>| offers.push((words, act));
    if desk.pending_of(whose).is_some() {
        let words = t_string!(i18n, targets.give_reason_for, name = name.clone()).to_string();
        offer(words, Rc::new(move || show_asks(desk, drawer, Some(whose))));
        let words = t_string!(i18n, targets.leave).to_owned();
        offer(words, Rc::new(move || desk.stop_waiting(whose)));
    }
    let words = t_string!(i18n, targets.why_of, name = name.clone()).to_string();
    offer(words, Rc::new(move || show_why(desk, drawer, pupil)));
    let words = t_string!(i18n, targets.more_of, name = name.clone()).to_string();
    offer(words, Rc::new(move || show_details(desk, drawer, pupil)));
    let words = t_string!(i18n, targets.chances_here).to_owned();
    offer(
        words,
        Rc::new(move || show_chances(desk, drawer, pupil, Focus::Goes)),
    );
    let (field, what) = match column.what() {
        Some(What::Reason) => (Field::TargetReason, t_string!(i18n, targets.col_note)),
        _ => (Field::Target, t_string!(i18n, targets.col_target)),
    };
    let history = move || {
        let key = ColumnKey::per_subject(field, untrack(|| desk.app.year()), subject);
        let opener = super::GRID.to_owned();
        show_history(i18n, drawer, key, pupil, what.to_owned(), &name, opener);
    };
    offer(
        t_string!(i18n, tracking.history_here).to_owned(),
        Rc::new(history),
    );
    offers
}

/// What can be done with all rows of which a cell is chosen: the proposed grades are taken.
fn offers_of_rows(desk: Desk, mut rows: Vec<usize>) -> Vec<Offer> {
    rows.retain(|row| desk.row(*row, Row::can_take_proposal) == Some(true));
    if rows.is_empty() || !desk.is_open() {
        return Vec::new();
    }
    let words = t_string!(
        desk.i18n,
        targets.take_proposals,
        count = count(rows.len()),
        n = counted(rows.len())
    );
    vec![(
        words.to_string(),
        Rc::new(move || desk.take_proposals(&rows)),
    )]
}

/// The grid's cells for a sheet.
pub fn cells(desk: Desk, drawer: Drawer) -> Cells {
    Cells {
        of_cell: Rc::new(move |row, column| {
            let (Some(whose), Some(column)) = (desk.whose(row), desk.column(column)) else {
                return Vec::new();
            };
            offers(desk, drawer, whose, column)
        }),
        of_rows: Rc::new(move |rows| offers_of_rows(desk, rows)),
        press: Rc::new(move |row, column| {
            let Some((_, pupil)) = desk.whose(row) else {
                return;
            };
            match desk.column(column) {
                Some(Col::Pupil) => page::go(&Route::Pupil(pupil).fragment()),
                Some(Col::Proposed) => show_why(desk, drawer, pupil),
                Some(Col::State) => show_details(desk, drawer, pupil),
                _ => {}
            }
        }),
        choices: Rc::new(move |row, column| {
            if desk.column(column) != Some(Col::Target) {
                return Vec::new();
            }
            let mut labels =
                desk.with_scale_of(row, flightpath_school::model::scale::Scale::all_labels);
            labels.reverse();
            labels
        }),
        moved: Rc::new(move |row, column| beside(desk, drawer, row, column)),
        ..Cells::of(Rc::new(TargetCells { desk, drawer }), move || {
            desk.sheet.track();
            desk.columns.track();
            desk.pending.track();
            desk.refused.track();
        })
    }
}
