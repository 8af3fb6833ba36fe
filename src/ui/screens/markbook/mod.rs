//! The markbook of a class: pupils down, assessments across, and what the marks come to.

mod assessment;
mod beside;
mod boundaries;
mod cells;
mod feed;
mod method;
mod moderation;
mod series;
mod state;
mod summary;
mod words;

use flightpath_school::model::Id;
use leptos::prelude::*;

use crate::app::use_app;
use crate::i18n::{t_string, use_i18n};
use crate::ui::parts::cell_words::{counted, plural as count};
use crate::ui::parts::drawer::use_drawer;
use crate::ui::parts::gone::NoClass;
use crate::ui::parts::sheet::SheetView;
use crate::ui::parts::typed_cells::{Refused, leave_behind, refusals, tell_what_is_left_behind};
use crate::ui::route::Route;
use assessment::{Change, NewAssessment};
use boundaries::BoundariesView;
use feed::FeedView;
use method::MethodView;
use moderation::ModerationView;
use state::{Book, Whose};
use summary::SummaryView;

/// The id of the grid.
const GRID: &str = "markbook-grid";

/// The markbook of the class with this id.
#[component]
pub fn MarkbookScreen(id: Id) -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    let book = Book::new(app, i18n, id);
    let drawer = use_drawer();
    let caption = move || {
        let class = book.with(|shown| shown.book.class.name.clone());
        t_string!(i18n, markbook.caption, class = class).to_string()
    };
    // The assessment whose details are open.
    let picked = RwSignal::new(None::<Id>);
    tell_what_is_left_behind(book);
    let found = Memo::new(move |_| book.shown.with(Option::is_some));
    let here = Memo::new(move |_| app.markbook_here(app.year()));
    let name = move || book.with(|shown| shown.book.class.name.clone());
    let subject = Memo::new(move |_| {
        let subject = book.with(|shown| Some(shown.book.class.subject));
        app.lists().with(|lists| {
            let held = subject.and_then(|subject| lists.subject(subject));
            held.map(|subject| subject.name.clone()).unwrap_or_default()
        })
    });
    Effect::new(move |_| {
        book.with(|shown| {
            leave_behind(book, |(pupil, assessment)| {
                shown.has_pupil(*pupil) && shown.assessment(*assessment).is_some()
            });
        });
    });
    let answer = move || {
        let (pupils, assessments, missing) = book.with(|shown| {
            let book = &shown.book;
            (book.rows.len(), book.assessments.len(), book.missing())
        });
        t_string!(
            i18n,
            markbook.answer_whole,
            subject = subject.get(),
            pupils = t_string!(
                i18n,
                markbook.answer,
                count = count(pupils),
                n = counted(pupils)
            )
            .to_string(),
            assessments = t_string!(
                i18n,
                markbook.answer_assessments,
                count = count(assessments),
                n = counted(assessments)
            )
            .to_string(),
            missing = t_string!(
                i18n,
                markbook.answer_missing,
                count = count(missing),
                n = counted(missing)
            )
            .to_string()
        )
        .to_string()
    };
    view! {
        <Show when=move || found.get() fallback=NoClass>
            <div class="page">
                <header class="page-head">
                    <p class="trail">
                        <a href=Route::Classes.href()>{t_string!(i18n, classes.title)}</a>
                        " · "
                        <a href=Route::ClassPupils(id).href()>
                            {t_string!(i18n, markbook.pupils_link)}
                        </a>
                    </p>
                    <h1 id="page-title" tabindex="-1">
                        {name}
                    </h1>
                    <p class="answer" aria-live="polite">
                        {answer}
                    </p>
                </header>
                <Show
                    when=move || here.get()
                    fallback=move || {
                        view! { <p role="status">{t_string!(i18n, markbook.reading)}</p> }
                    }
                >
                    <NewAssessment book=book class=id />
                    {refusals(i18n, book, move |at, refused| refused_where(book, at, refused))}
                    <SheetView
                        cells=cells::cells(book, picked, drawer)
                        label=untrack(caption)
                        id=GRID
                        layout_key=format!("class/{id}")
                        described_by="markbook-keys"
                        new_column=book.added
                        exports=true
                    />
                    <p class="hint" id="markbook-keys">
                        {t_string!(i18n, markbook.keys)}
                    </p>
                    <MethodView book=book />
                    {move || {
                        picked
                            .get()
                            .map(|assessment| {
                                view! {
                                    <Change book=book id=assessment picked=picked />
                                    <BoundariesView book=book whose=Whose::Assessment(assessment) />
                                    <FeedView book=book whose=Whose::Assessment(assessment) />
                                    <ModerationView book=book id=assessment />
                                    <SummaryView book=book id=assessment />
                                }
                            })
                    }}
                </Show>
            </div>
        </Show>
    }
}

/// Why a text is not stored, with pupil and assessment.
fn refused_where(book: Book, (pupil, assessment): (Id, Id), refused: &Refused) -> String {
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
