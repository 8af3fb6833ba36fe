//! The targets of one subject: what can be typed, what waits, and the grid.

use flightpath_school::model::Id;
use flightpath_school::model::scale::{Scale, ScaleKind};
use leptos::prelude::*;

use super::ask::{Pending, show_asks};
use super::bulk::review_line;
use super::cells::cells;
use super::desk::{Desk, What, Whose};
use super::sheet::Sheet;
use super::subject_form::SubjectForm;
use super::{count, place};
use crate::app::use_app;
use crate::i18n::{t_string, use_i18n};
use crate::ui::parts::drawer::use_drawer;
use crate::ui::parts::sheet::SheetView;
use crate::ui::parts::typed_cells::{Refused, refusals};
use crate::ui::say::Words;

fn grades_here(i18n: Words, scales: &[Scale]) -> String {
    match scales {
        [] => String::new(),
        [scale] => match &scale.definition().kind {
            ScaleKind::Graded(_) => {
                let labels: Vec<&str> = scale.labels().collect();
                t_string!(i18n, targets.grades_here, grades = labels.join(" ")).to_string()
            }
            ScaleKind::Decimal(decimal) => t_string!(
                i18n,
                targets.marks_here,
                lowest = decimal.lowest.to_string(),
                highest = decimal.highest.to_string()
            )
            .to_string(),
        },
        several => {
            let names: Vec<&str> = several.iter().map(Scale::name).collect();
            t_string!(i18n, targets.scales_mixed, scales = names.join("; ")).to_string()
        }
    }
}

/// What waits for a reason, and the way to give them.
#[component]
fn Waiting(desk: Desk) -> impl IntoView {
    let i18n = use_i18n();
    let drawer = use_drawer();
    let pending = desk.pending;
    let waiting = move || {
        let (waiting, approval) = pending.with(|pending| {
            let approval = |pending: &Pending| !pending.asks.approval.is_empty();
            (pending.len(), pending.values().any(approval))
        });
        if approval {
            t_string!(i18n, targets.waiting_approval, count = count(waiting)).to_string()
        } else {
            t_string!(i18n, targets.waiting, count = count(waiting)).to_string()
        }
    };
    let stays = move || {
        let said = desk.reason_stays.get();
        said.then(|| t_string!(i18n, targets.reason_stays))
    };
    let any = Memo::new(move |_| pending.with(|pending| !pending.is_empty()));
    view! {
        <p class="problem" role="alert">
            {stays}
        </p>
        <div class="waiting">
            <p class="problem" role="status">
                {waiting}
            </p>
            <Show when=move || any.get()>
                <button on:click=move |_| show_asks(
                    desk,
                    drawer,
                    None,
                )>{t_string!(i18n, targets.give_reasons)}</button>
            </Show>
        </div>
    }
}

/// Why a text is not stored, with pupil and column.
fn refused_where(desk: Desk, (whose, what): (Whose, What), refused: &Refused) -> String {
    let i18n = desk.i18n;
    let (_, pupil) = desk.names(whose);
    let field = match what {
        What::Grade => t_string!(i18n, targets.col_target),
        What::Reason => t_string!(i18n, targets.col_note),
    };
    let why = refused.why.clone();
    t_string!(
        i18n,
        tracking.bad_where,
        pupil = pupil,
        field = field,
        why = why
    )
    .to_string()
}

/// One subject.
#[component]
pub fn OneSubject(desk: Desk) -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    let drawer = use_drawer();
    let Desk { scene, sheet, .. } = desk;
    let scales = Memo::new(move |_| sheet.with(Sheet::scales));
    let hint = move || {
        let keys = scales.get();
        let scales: Vec<Scale> = app.with(|core| {
            let set = core.scales();
            keys.iter()
                .filter_map(|key| set.get(key).cloned())
                .collect()
        });
        grades_here(i18n, &scales)
    };
    let caption = move || {
        t_string!(
            i18n,
            targets.caption,
            place = scene.with(|scene| place(i18n, scene)),
            year = app.year().to_string()
        )
        .to_string()
    };
    let nobody_takes = move || {
        scene.with(|scene| {
            (!scene.is_taken).then(|| {
                let subject = scene.subject.as_ref().map(|subject| subject.name.clone());
                let subject = subject.unwrap_or_default();
                t_string!(i18n, targets.nobody_takes, subject = subject).to_string()
            })
        })
    };
    // The grid is made anew for another subject or other pupils, not for another grade.
    let frame = Memo::new(move |_| {
        scene.with(|scene| {
            let ids: Vec<Id> = scene.pupils.iter().map(|pupil| pupil.id).collect();
            let subject = scene.subject.as_ref().map(|subject| subject.id)?;
            (!ids.is_empty()).then_some((subject, ids))
        })
    });
    view! {
        <p class="hint">{nobody_takes}</p>
        <p class="hint">{move || review_line(i18n, app, desk)}</p>
        <p class="hint" id="grades-here">
            {hint}
        </p>
        <Waiting desk=desk />
        {refusals(i18n, desk, move |at, refused| refused_where(desk, at, refused))}
        {move || {
            frame
                .with(Option::is_some)
                .then(|| {
                    view! {
                        <SheetView
                            cells=cells(desk, drawer)
                            label=untrack(caption)
                            id=super::GRID
                            layout_key="targets".to_owned()
                            described_by="targets-keys"
                            exports=true
                        />
                    }
                })
        }}
        <p class="hint" id="targets-keys">
            {t_string!(i18n, targets.keys)}
        </p>
        <p class="hint">{t_string!(i18n, targets.acts_on)}</p>
        <details>
            <summary>{t_string!(i18n, targets.add_subject)}</summary>
            <SubjectForm />
        </details>
    }
}
