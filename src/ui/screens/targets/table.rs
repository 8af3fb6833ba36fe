//! The table of one subject: starting points, proposal, target, state and reason of each pupil.

use std::collections::BTreeMap;

use flightpath_school::model::Id;
use flightpath_school::model::scale::{Scale, ScaleKind};
use leptos::prelude::*;

use super::ask::Pending;
use super::bulk::review_line;
use super::row::TargetRow;
use super::scene::Scene;
use super::sheet::{Sheet, Start};
use super::subject_form::SubjectForm;
use super::{count, place};
use crate::app::{App, use_app};
use crate::i18n::{t_string, use_i18n};
use crate::ui::say::Words;

/// So many rows are drawn at a time.
const PORTION: usize = 150;

/// What the rows of the table share.
#[derive(Clone, Copy)]
pub struct Desk {
    /// The pupils of the choice.
    pub scene: Memo<Scene>,
    /// Their rows.
    pub sheet: Memo<Sheet>,
    /// The subject.
    pub subject: Memo<Option<Id>>,
    /// The pupils whose rows are drawn, in order.
    pub drawn: Memo<Vec<Id>>,
    /// The starting points that have a column.
    pub starts: Memo<Vec<Start>>,
    /// How many rows are drawn at most.
    pub limit: RwSignal<usize>,
    /// Grades that wait for a reason, by subject and pupil.
    pub pending: RwSignal<BTreeMap<(Id, Id), Pending>>,
    /// Whether the national chances are shown beside the cell that is typed in.
    pub chances: RwSignal<bool>,
}

fn answer(i18n: Words, scene: &Scene, sheet: &Sheet) -> String {
    let all = sheet.rows().len();
    let have = sheet.rows().iter().filter(|row| row.is_set()).count();
    let waits = sheet.rows().iter().filter(|row| row.waits()).count();
    let have = if have == all {
        t_string!(i18n, targets.all_have, count = count(all)).to_string()
    } else {
        let pupils = t_string!(i18n, words.pupils_n, count = count(all)).to_string();
        t_string!(i18n, targets.have, count = count(have), pupils = pupils).to_string()
    };
    t_string!(
        i18n,
        targets.answer,
        place = place(i18n, scene),
        have = have,
        waits = t_string!(i18n, targets.waits, count = count(waits)).to_string()
    )
    .to_string()
}

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

/// The head of a starting point's column, in two lines where one would be wide.
fn start_head(i18n: Words, start: Start) -> AnyView {
    let (above, below) = match start {
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
    let below = (!below.is_empty()).then(|| view! { <br />{below} });
    view! {
        <th scope="col" class=start.class()>
            {above}
            {below}
        </th>
    }
    .into_any()
}

impl Desk {
    /// The table of whatever is picked.
    pub fn new(app: App, scene: Memo<Scene>) -> Desk {
        let sheet = Memo::new(move |_| {
            let year = app.year();
            scene.with(|scene| {
                app.with(|core| match (&scene.subject, core.policy()) {
                    (Some(subject), Some(policy)) => {
                        Sheet::of(core.school(), policy, year, subject, &scene.pupils)
                    }
                    _ => Sheet::default(),
                })
            })
        });
        let limit = RwSignal::new(PORTION);
        let subject = Memo::new(move |_| {
            scene.with(|scene| scene.subject.as_ref().map(|subject| subject.id))
        });
        Effect::new(move |_| {
            subject.track();
            limit.set(PORTION);
        });
        let drawn = Memo::new(move |_| {
            let limit = limit.get();
            sheet.with(|sheet| sheet.rows().iter().take(limit).map(|row| row.id).collect())
        });
        Desk {
            scene,
            sheet,
            subject,
            drawn,
            starts: Memo::new(move |_| sheet.with(Sheet::starts)),
            limit,
            pending: RwSignal::new(BTreeMap::new()),
            chances: RwSignal::new(false),
        }
    }

    /// The first line of the screen.
    pub fn answer(&self, i18n: Words) -> String {
        let scene = self.scene;
        self.sheet
            .with(|sheet| scene.with(|scene| answer(i18n, scene, sheet)))
    }
}

/// One subject: what can be typed, and its table.
#[component]
pub fn OneSubject(desk: Desk) -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    let Desk {
        scene,
        sheet,
        subject,
        drawn,
        starts,
        limit,
        pending,
        ..
    } = desk;
    let all = Memo::new(move |_| sheet.with(|sheet| sheet.rows().len()));
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
    view! {
        <p class="hint">{nobody_takes}</p>
        <p class="hint">{move || review_line(i18n, app, desk)}</p>
        <p class="hint" id="grades-here">
            {hint}
        </p>
        <p class="problem" role="status">
            {waiting}
        </p>
        <div class="table-frame" tabindex="0" role="region" aria-label=caption>
            <table class="frozen targets">
                <caption>{caption}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t_string!(i18n, targets.col_pupil)}</th>
                        <th scope="col">{t_string!(i18n, targets.col_form)}</th>
                        {move || {
                            let starts = starts.get().into_iter();
                            starts.map(|start| start_head(i18n, start)).collect_view()
                        }}
                        <th scope="col" class="grade">
                            {t_string!(i18n, targets.col_proposed)}
                        </th>
                        <th scope="col" class="grade">
                            {t_string!(i18n, targets.col_target)}
                        </th>
                        <th scope="col">{t_string!(i18n, targets.col_state)}</th>
                        <th scope="col">{t_string!(i18n, targets.col_note)}</th>
                    </tr>
                </thead>
                <tbody>
                    <For
                        each=move || {
                            let subject = subject.get();
                            drawn
                                .get()
                                .into_iter()
                                .filter_map(move |id| Some((subject?, id)))
                                .collect::<Vec<_>>()
                        }
                        key=|key| *key
                        children=move |(subject, id)| {
                            view! { <TargetRow desk=desk subject=subject id=id /> }
                        }
                    />
                </tbody>
            </table>
        </div>
        <Show when=move || { drawn.with(Vec::len) < all.get() }>
            <p class="actions">
                <span class="hint">
                    {move || {
                        t_string!(
                            i18n,
                            targets.shown,
                            shown = drawn.with(Vec::len).to_string(),
                            all = all.get().to_string()
                        )
                            .to_string()
                    }}
                </span>
                <button on:click=move |_| limit.update(|limit| *limit += PORTION)>
                    {t_string!(i18n, targets.more)}
                </button>
            </p>
        </Show>
        <p class="hint">{t_string!(i18n, targets.acts_on)}</p>
        <details>
            <summary>{t_string!(i18n, targets.add_subject)}</summary>
            <SubjectForm />
        </details>
    }
}
