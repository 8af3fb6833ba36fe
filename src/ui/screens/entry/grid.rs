//! The grid that grades are typed into, with what could not be stored above it.

use flightpath_school::model::{Field, Id};
use leptos::prelude::*;

use super::cells::cells;
use super::state::Grid;
use crate::i18n::{t_string, use_i18n};
use crate::ui::parts::drawer::use_drawer;
use crate::ui::parts::sheet::SheetView;
use crate::ui::parts::typed_cells::{Refused, leave_behind, refusals};
use crate::ui::screens::tracking::words::field_name;

/// The grid, with what could not be stored above it.
#[component]
pub fn GridView(
    grid: Grid,
    /// What the grid shows.
    #[prop(into)]
    caption: Signal<String>,
    /// The event that the column *last* comes from.
    #[prop(into)]
    before: Signal<String>,
) -> impl IntoView {
    let i18n = use_i18n();
    let drawer = use_drawer();
    // The grid is made anew for another class or other columns; not for another grade, nor when the event closes, nor
    // when somebody comes or goes.
    let frame = Memo::new(move |_| {
        let class = caption.get();
        grid.topic.with(|topic| {
            let topic = topic.as_ref()?;
            Some((
                topic.subject.id,
                topic.event.id,
                class,
                topic.fields.clone(),
            ))
        })
    });
    Effect::new(move |made: Option<_>| {
        let frame = frame.get();
        let same = made.is_none_or(|made| made == frame);
        grid.topic.with(|topic| {
            let is_here = |pupil: Id| {
                let mut pupils = topic.iter().flat_map(|topic| &topic.pupils);
                pupils.any(|one| one.id == pupil)
            };
            leave_behind(grid, |(pupil, _)| same && is_here(*pupil));
        });
        frame
    });
    view! {
        {refusals(i18n, grid, move |at, refused| refused_where(grid, at, refused))}
        {move || {
            frame
                .get()
                .map(|(.., fields)| {
                    view! {
                        <SheetView
                            cells=cells(grid, fields, before, drawer)
                            label=caption.get_untracked()
                            id=super::GRID
                            layout_key="entry".to_owned()
                            described_by="entry-keys"
                            shown_rows=grid.shown_rows
                            exports=true
                        />
                    }
                })
        }}
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
