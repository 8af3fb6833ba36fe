//! The master tracking file of a subject: earlier years, target, and everything of this year in order.

mod cells;
mod choose;

use std::collections::BTreeSet;
use std::sync::Arc;

use flightpath_school::model::Id;
use flightpath_school::view::class_changes::members;
use flightpath_school::view::cohorts::Cohort;
use flightpath_school::view::master::{Held, Master, master};
use flightpath_school::view::{Pupil, Subject};
use leptos::prelude::*;

use crate::app::{App, use_app};
use crate::i18n::{t_string, use_i18n};
use crate::ui::parts::cell_words::{counted, plural as count};
use crate::ui::parts::drawer::use_drawer;
use crate::ui::parts::sheet::SheetView;
use choose::{ChoiceBar, Choices};

/// The id of the grid.
const GRID: &str = "master-grid";

/// What the file shows, and whose it is.
#[derive(Debug, Clone, PartialEq)]
pub struct File {
    subject: Subject,
    master: Master,
}

/// The file of the pupils of a cohort. Who is not shown gives it no column.
fn file_of(app: App, subject: Id, cohort: &Cohort) -> Option<File> {
    app.lists().with(|lists| {
        let subject = lists.subject(subject)?.clone();
        let class = cohort.class.map(|wanted| {
            let class = lists.classes.iter().find(|class| class.id == wanted);
            class.map_or_else(Vec::new, |class| {
                app.with(|core| members(core.school(), lists.year, class))
            })
        });
        let is_wanted = |pupil: &&Pupil| {
            let in_class = class.as_ref().is_none_or(|held| held.contains(&pupil.id));
            in_class && cohort.holds(pupil)
        };
        let pupils: Vec<Pupil> = lists.pupils.iter().filter(is_wanted).cloned().collect();
        app.with(|core| {
            let policy = core.policy()?;
            let own = std::slice::from_ref(&subject);
            let judged: Vec<_> = lists
                .events
                .iter()
                .filter_map(|event| Some((event, core.standing(event, own, &pupils)?)))
                .collect();
            let master = master(
                core.school(),
                policy,
                lists.year,
                &subject,
                &pupils,
                &lists.classes,
                &judged,
            );
            Some(File {
                subject: subject.clone(),
                master,
            })
        })
    })
}

/// The master tracking file.
#[component]
pub fn MasterScreen() -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    let drawer = use_drawer();
    let choices = Choices::new(app);
    let here = Memo::new(move |_| app.markbook_here(app.year()));
    let file = Memo::new(move |_| {
        let subject = choices.subject.get()?;
        file_of(app, subject, &choices.cohort()).map(Arc::new)
    });
    let subject_name = move || {
        file.with(|file| file.as_ref().map(|file| file.subject.name.clone()))
            .unwrap_or_default()
    };
    let answer = move || {
        let (pupils, columns) = file.with(|file| {
            file.as_ref().map_or((0, 0), |file| {
                // An event may ask for a forecast alone.
                let columns = file.master.columns.iter();
                let own = columns.filter_map(|column| match &column.held {
                    Held::Event(event) | Held::Predicted(event) => Some(*event),
                    Held::Assessment(ids) => ids.first().copied(),
                    Held::Achieved(_) | Held::Target => None,
                });
                (file.master.rows.len(), own.collect::<BTreeSet<Id>>().len())
            })
        });
        t_string!(
            i18n,
            master.answer,
            subject = subject_name(),
            pupils = t_string!(
                i18n,
                master.pupils,
                count = count(pupils),
                n = counted(pupils)
            )
            .to_string(),
            columns = t_string!(
                i18n,
                master.columns,
                count = count(columns),
                n = counted(columns)
            )
            .to_string()
        )
        .to_string()
    };
    // Another subject has other columns, and a grid of its own.
    let shown = Memo::new(move |_| file.with(|file| file.as_ref().map(|file| file.subject.id)));
    view! {
        <div class="page">
            <header class="page-head">
                <h1 id="page-title" tabindex="-1">
                    {t_string!(i18n, master.title)}
                </h1>
                <p class="answer" aria-live="polite">
                    {answer}
                </p>
            </header>
            <Show
                when=move || shown.get().is_some()
                fallback=move || {
                    view! { <p class="empty">{t_string!(i18n, master.no_subjects)}</p> }
                }
            >
                <ChoiceBar choices=choices />
                <Show when=move || !here.get()>
                    <p role="status">{t_string!(i18n, master.reading)}</p>
                </Show>
                {move || {
                    shown
                        .get()
                        .map(|subject| {
                            let caption = t_string!(
                                i18n,
                                master.caption,
                                subject = untrack(subject_name)
                            )
                                .to_string();
                            view! {
                                <SheetView
                                    cells=cells::cells(app, i18n, file, drawer)
                                    label=caption
                                    id=GRID
                                    layout_key=format!("master/{subject}")
                                    described_by="master-keys"
                                    exports=true
                                />
                            }
                        })
                }}
                <p class="hint" id="master-keys">
                    {t_string!(i18n, master.keys)}
                </p>
            </Show>
        </div>
    }
}
