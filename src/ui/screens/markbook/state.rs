//! The state of a markbook on screen, and storing what is typed into it.

use std::collections::BTreeMap;
use std::sync::Arc;

use flightpath_school::journal::{Action, Draft};
use flightpath_school::markbook::{
    Assessment, Instead, Mark, MarkEntry, Mean, Measured, Method, NotRead, Typed, read, written,
};
use flightpath_school::model::Id;
use flightpath_school::model::scale::Scale;
use flightpath_school::view::markbook::{
    MarkCell, Markbook, MarkbookRow, Place, last_with_grades, markbook, pupils_of, set_method,
    write_mark,
};
use flightpath_school::view::plain;
use leptos::prelude::*;

use super::words;
use crate::app::{App, Core};
use crate::ui::parts::typed_cells::{EachByItself, Refused, TypedCells};
use crate::ui::say::Words;

/// A markbook with what its marks come to.
#[derive(Debug, Clone, PartialEq)]
pub struct Shown {
    pub book: Markbook,
    /// A mean for each row.
    pub means: Vec<Mean>,
    /// Name of the last event at which anyone of the class has a grade in the subject.
    pub last: Option<String>,
}

impl Shown {
    /// An assessment of the class.
    pub fn assessment(&self, id: Id) -> Option<&Assessment> {
        let mut all = self.book.assessments.iter();
        all.find(|assessment| assessment.id == id)
    }

    fn row_of(&self, pupil: Id) -> Option<&MarkbookRow> {
        self.book.rows.iter().find(|row| row.pupil.id == pupil)
    }

    /// Whether a pupil is of the class.
    pub fn has_pupil(&self, id: Id) -> bool {
        self.row_of(id).is_some()
    }

    /// Name of a pupil of the class; empty for anybody else.
    pub fn pupil_name(&self, id: Id) -> String {
        self.row_of(id)
            .map(|row| row.pupil.name())
            .unwrap_or_default()
    }
}

/// Whose boundaries and grades something is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// One assessment's.
    Assessment(Id),
    /// Those of the mean.
    Mean,
}

/// The markbook of a class on screen.
#[derive(Clone, Copy)]
pub struct Book {
    pub app: App,
    pub i18n: Words,
    /// What it holds; nothing where there is no such class.
    pub shown: Memo<Option<Arc<Shown>>>,
    /// Texts that could not be stored, by pupil and assessment.
    pub refused: RwSignal<BTreeMap<(Id, Id), Refused>>,
    /// The column of an assessment that has just been added.
    pub added: RwSignal<Option<String>>,
}

fn look_up(app: App, core: &Core, id: Id) -> Option<Shown> {
    app.lists().with(|lists| {
        let class = lists.classes.iter().find(|class| class.id == id)?;
        let subject = lists.subject(class.subject)?;
        let school = core.school();
        let pupils: Vec<_> = pupils_of(school, lists.year, class, &lists.pupils)
            .into_iter()
            .cloned()
            .collect();
        let last = last_with_grades(school, &lists.events, subject.id, &pupils);
        let standing =
            last.and_then(|event| core.standing(event, std::slice::from_ref(subject), &pupils));
        let book = markbook(
            school,
            lists.year,
            class,
            subject,
            &pupils,
            last.zip(standing.as_ref()),
        );
        let means = match core.policy() {
            Some(policy) => book.means(policy, &BTreeMap::new()),
            None => Vec::new(),
        };
        Some(Shown {
            book,
            means,
            last: last.map(|event| event.name.clone()),
        })
    })
}

/// The school's scales for a combo box.
pub fn scale_options(app: App, wanted: impl Fn(&Scale) -> bool) -> Vec<(String, String)> {
    app.with(|core| {
        let scales = core.policy()?.scales().iter().filter(|scale| wanted(scale));
        let named = scales.map(|scale| (scale.key().to_owned(), scale.name().to_owned()));
        Some(named.collect())
    })
    .unwrap_or_default()
}

/// What a cell holds, as it is typed: the original mark, where there is a moderated one as well.
pub fn text_of(i18n: Words, cell: &MarkCell) -> String {
    match &cell.entry {
        MarkEntry::Blank => typed_of(cell, None),
        MarkEntry::Mark(mark) => typed_of(cell, Some(mark)),
        MarkEntry::Instead(instead) => written(&Typed::Instead(*instead)),
        MarkEntry::Unknown(code) => code.clone(),
        MarkEntry::Several(_) => words::two_values(i18n),
    }
}

/// A mark of a cell as it is typed: that which was entered, or the one that counts.
pub fn typed_of(cell: &MarkCell, mark: Option<&Mark>) -> String {
    match (cell.late, mark.cloned()) {
        (true, mark) => written(&Typed::Late(mark)),
        (false, Some(mark)) => written(&Typed::Mark(mark)),
        (false, None) => String::new(),
    }
}

impl Book {
    /// The markbook of the class with this id.
    pub fn new(app: App, i18n: Words, id: Id) -> Book {
        Book {
            app,
            i18n,
            shown: Memo::new(move |_| app.with(|core| look_up(app, core, id)).map(Arc::new)),
            refused: RwSignal::new(BTreeMap::new()),
            added: RwSignal::new(None),
        }
    }

    /// Reads something of the markbook, followed.
    pub fn with<T: Default>(self, read: impl FnOnce(&Shown) -> T) -> T {
        self.shown
            .with(|shown| shown.as_deref().map(read))
            .unwrap_or_default()
    }

    /// A category that was typed for an assessment, as others have it already.
    pub fn category_as_written(self, typed: &str, of: Option<Id>) -> String {
        let written = self.peek(|shown| Some(shown.book.category_as_written(typed, of)));
        written.unwrap_or_else(|| typed.to_owned())
    }

    /// Reads something of the markbook, without following it.
    pub fn peek<T>(self, read: impl FnOnce(&Shown) -> Option<T>) -> Option<T> {
        self.shown
            .try_with_untracked(|shown| shown.as_deref().and_then(read))
            .flatten()
    }

    /// An assessment, without following it.
    pub fn assessment(self, id: Id) -> Option<Assessment> {
        self.peek(|shown| shown.assessment(id).cloned())
    }

    /// Changes the way in which the marks come to one, as a step.
    pub fn set_method(self, to: impl FnOnce(Method) -> Method) {
        let held = self.peek(|shown| Some((shown.book.class.id, shown.book.method.clone())));
        let Some((class, now)) = held else { return };
        let new = to(now.clone());
        if new == now {
            return;
        }
        let mut draft = Draft::default();
        set_method(&mut draft, class, &new);
        self.app.dispatch(Action::ClassMean, &draft);
    }

    fn cell(self, row: usize, column: usize) -> Option<(Id, Assessment)> {
        self.peek(|shown| {
            let pupil = shown.book.rows.get(row)?.pupil.id;
            Some((pupil, shown.book.assessments.get(column)?.clone()))
        })
    }

    /// Where the marks of an assessment stand.
    pub fn place(self, assessment: Id) -> Option<Place> {
        self.peek(|shown| {
            Some(Place {
                year: shown.book.year,
                subject: shown.book.class.subject,
                assessment,
            })
        })
    }

    /// Reads what is typed for an assessment.
    pub fn read(self, assessment: &Assessment, text: &str) -> Result<Typed, NotRead> {
        let measured = assessment.measured.as_ref();
        self.app
            .with(|core| {
                let scale = match measured {
                    Some(Measured::Grades { scale }) => {
                        core.policy().and_then(|policy| policy.scales().get(scale))
                    }
                    _ => None,
                };
                Some(read(text, measured, scale))
            })
            .unwrap_or_else(|| read(text, None, None))
    }
}

impl TypedCells for Book {
    type At = (Id, Id);

    fn app(self) -> App {
        self.app
    }

    fn is_open(self) -> bool {
        let here = self
            .peek(|shown| Some(shown.book.year))
            .is_some_and(|year| untrack(|| self.app.markbook_here(year)));
        here && self.app.can_change()
    }

    fn completion(self, row: usize, column: usize, typed: &str) -> Option<String> {
        let (_, assessment) = self.cell(row, column)?;
        let wanted = plain(typed);
        let labels = match assessment.measured.as_ref()? {
            Measured::Grades { scale } => self.app.with(|core| {
                let scale = core.policy()?.scales().get(scale)?;
                Some(scale.all_labels())
            })?,
            Measured::Marks { .. } => Vec::new(),
        };
        let mut fitting = labels
            .into_iter()
            .chain(Instead::ALL.map(|instead| written(&Typed::Instead(instead))))
            .filter(|label| plain(label).starts_with(&wanted));
        let only = fitting.next()?;
        // Of several nobody knows which is meant.
        fitting.next().is_none().then_some(only)
    }

    fn refused(self) -> RwSignal<BTreeMap<(Id, Id), Refused>> {
        self.refused
    }

    fn at(self, row: usize, column: usize) -> Option<(Id, Id)> {
        let (pupil, assessment) = self.cell(row, column)?;
        Some((pupil, assessment.id))
    }

    fn stored(self, row: usize, column: usize) -> String {
        self.peek(|shown| {
            let cell = shown.book.cell_at(row, column)?;
            Some(text_of(self.i18n, cell))
        })
        .unwrap_or_default()
    }

    fn check(self, row: usize, column: usize, text: &str) -> Option<String> {
        self.unfit(row, column, text)
    }
}

impl EachByItself for Book {
    fn read_into(
        self,
        draft: &mut Draft,
        row: usize,
        column: usize,
        text: &str,
    ) -> Option<Result<(), String>> {
        let (pupil, assessment) = self.cell(row, column)?;
        let place = self.place(assessment.id)?;
        Some(match self.read(&assessment, text) {
            Ok(typed) => {
                self.app
                    .peek(|school| write_mark(draft, school, place, pupil, &typed));
                Ok(())
            }
            Err(bad) => Err(words::not_read(self.i18n, &bad)),
        })
    }

    fn carry_out(self, column: Option<usize>, draft: &Draft) {
        let title = self.peek(|shown| {
            let one = shown.book.assessments.get(column?);
            one.map(|assessment| assessment.title.clone())
        });
        let title = title.unwrap_or_default();
        self.app.dispatch(Action::Marks { title }, draft);
    }
}
