//! The end of the school year: who moves up, repeats or leaves, and the step that begins the next.

mod begun;
mod each;
mod groups;
mod open;

use std::collections::BTreeMap;

use flightpath_school::journal::{Action, Draft};
use flightpath_school::model::{AcademicYear, CivilDate, Id, YearGroup};
use flightpath_school::policy::MonthDay;
use flightpath_school::view::roll_over::{Decided, Going, RollOver, last_year_group, roll_over};
use leptos::prelude::*;

use crate::app::{App, Notice, use_app};
use crate::i18n::{t_string, use_i18n};
use crate::platform::clock;
use crate::ui::parts::cell_words::{self, counted, plural};
use crate::ui::parts::focus::focus_soon;
use crate::ui::route::Route;
use crate::ui::say::Words;

use begun::Begun;
use each::Each;
use groups::Groups;
use open::Open;

/// What the page works with.
#[derive(Clone, Copy)]
struct Desk {
    app: App,
    i18n: Words,
    /// The last year group of the school, where the person chose one.
    last: RwSignal<Option<YearGroup>>,
    /// Pupils with whom it is otherwise.
    marked: RwSignal<BTreeMap<Id, Going>>,
    /// What would be done.
    plan: Memo<Option<RollOver>>,
}

impl Desk {
    fn new(app: App, i18n: Words) -> Desk {
        let last = RwSignal::new(None);
        let marked = RwSignal::new(BTreeMap::new());
        let plan = Memo::new(move |_| {
            let from = own_year(app)?;
            let last = last_here(app, last, from)?;
            let decided = Decided {
                last,
                marked: marked.get(),
            };
            app.read(|school| Some(roll_over(school, from, &decided)))
        });
        Desk {
            app,
            i18n,
            last,
            marked,
            plan,
        }
    }

    /// The plan's two years, as they are written.
    fn years(self) -> (String, String) {
        self.plan.with(|plan| {
            plan.as_ref()
                .map(|plan| (plan.from.to_string(), plan.to().to_string()))
                .unwrap_or_default()
        })
    }

    /// The last year group of the school: as chosen, else as its pupils and its policy have it.
    fn last_here(self) -> Option<YearGroup> {
        last_here(self.app, self.last, own_year(self.app)?)
    }

    /// Reads the plan, where there is one.
    fn with<T: Default>(self, read: impl FnOnce(&RollOver) -> T) -> T {
        self.plan
            .with(|plan| plan.as_ref().map(read))
            .unwrap_or_default()
    }

    fn begin(self) {
        let app = self.app;
        let Some((year, draft)) = untrack(|| {
            self.plan.with(|plan| {
                let plan = plan.as_ref()?;
                let draft: Draft = app.peek(|school| plan.draft(school));
                Some((plan.to(), draft))
            })
        }) else {
            return;
        };
        let action = Action::RollOver { year };
        if app.dispatch(action.clone(), &draft).is_some() {
            self.marked.set(BTreeMap::new());
            self.last.set(None);
            app.choose_year(year);
            let cells = draft.len();
            app.notice.set(Some(Notice::Done { action, cells }));
        }
        // The title is another one once the year has begun.
        focus_soon("page-title");
    }
}

fn own_year(app: App) -> Option<AcademicYear> {
    app.lists().with(|lists| lists.setting.year)
}

fn last_here(
    app: App,
    chosen: RwSignal<Option<YearGroup>>,
    from: AcademicYear,
) -> Option<YearGroup> {
    chosen.get().or_else(|| {
        app.with(|core| {
            let years = core.policy().map(|policy| policy.pack().years.clone());
            last_year_group(core.school(), from, &years.unwrap_or_default())
        })
    })
}

/// The first day on which a year can be near its end: examinations have begun.
fn near_the_end(from: AcademicYear) -> Option<CivilDate> {
    MonthDay { month: 5, day: 1 }.date_in(from)
}

/// The end of the school year.
#[component]
pub fn NewYear() -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    let desk = Desk::new(app, i18n);
    let begun = RwSignal::new(None::<AcademicYear>);
    // Links from here lead into the year that ends.
    if let Some(own) = untrack(|| own_year(app)) {
        app.choose_year(own);
    }
    let has_begun = Memo::new(move |_| begun.get().filter(|year| own_year(app) == Some(*year)));
    let is_there = Memo::new(move |_| desk.plan.with(Option::is_some));
    view! {
        <div class="page">
            {move || match (has_begun.get(), is_there.get()) {
                (Some(year), _) => view! { <Begun year=year /> }.into_any(),
                (None, true) => view! { <Plan desk=desk begun=begun /> }.into_any(),
                (None, false) => view! { <Nobody /> }.into_any(),
            }}
        </div>
    }
}

#[component]
fn Nobody() -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    let from = untrack(|| app.year()).to_string();
    view! {
        <header class="page-head">
            <h1 id="page-title" tabindex="-1">
                {t_string!(i18n, new_year.title)}
            </h1>
            <p class="answer">{t_string!(i18n, new_year.nobody, from = from).to_string()}</p>
            <p class="page-actions">
                <a class="button" href=Route::Import.href()>
                    {t_string!(i18n, new_year.to_import)}
                </a>
            </p>
        </header>
    }
}

#[component]
fn Plan(desk: Desk, begun: RwSignal<Option<AcademicYear>>) -> impl IntoView {
    let Desk { i18n, .. } = desk;
    let answer = move || {
        let (from, to) = desk.years();
        t_string!(i18n, new_year.answer, from = from, to = to).to_string()
    };
    let early = move || {
        let is_early =
            desk.with(|plan| near_the_end(plan.from).is_some_and(|day| clock::today() < day));
        let (from, to) = desk.years();
        is_early.then(|| {
            let words = t_string!(i18n, new_year.early, from = from, to = to).to_string();
            view! {
                <p class="banner" data-kind="warning">
                    {words}
                </p>
            }
        })
    };
    let name = move || {
        let (_, to) = desk.years();
        t_string!(i18n, new_year.begin, to = to).to_string()
    };
    let begin = move |_| {
        begun.set(untrack(|| {
            desk.plan.with(|plan| plan.as_ref().map(RollOver::to))
        }));
        desk.begin();
    };
    view! {
        <header class="page-head">
            <nav class="trail" aria-label=t_string!(i18n, shell.settings)>
                <a href=Route::Settings.href()>{t_string!(i18n, shell.settings)}</a>
            </nav>
            <h1 id="page-title" tabindex="-1">
                {t_string!(i18n, new_year.title)}
            </h1>
            <p class="answer">{answer}</p>
        </header>
        {early}
        <Groups desk=desk />
        <Each desk=desk />
        <Along desk=desk />
        <Open desk=desk />
        <p class="actions">
            <button class="primary" on:click=begin>
                {name}
            </button>
        </p>
    }
}

/// What goes along, and what stays with its year.
#[component]
fn Along(desk: Desk) -> impl IntoView {
    let Desk { i18n, .. } = desk;
    let facts = move || {
        let carried = desk.with(|plan| plan.carried.clone());
        carried
            .into_iter()
            .map(|(field, pupils)| {
                let words = t_string!(
                    i18n,
                    new_year.along_fact,
                    count = plural(pupils),
                    n = counted(pupils),
                    what = cell_words::field(i18n, field)
                )
                .to_string();
                view! { <li>{words}</li> }
            })
            .collect_view()
    };
    let achieved = move || {
        let (_, to) = desk.years();
        t_string!(i18n, new_year.along_achieved, to = to).to_string()
    };
    let stays = move || {
        let (from, _) = desk.years();
        t_string!(i18n, new_year.along_not, from = from).to_string()
    };
    view! {
        <section class="section">
            <h2>{t_string!(i18n, new_year.along)}</h2>
            <ul>
                <li>{t_string!(i18n, new_year.along_form)}</li>
                {facts}
                <li>{achieved}</li>
            </ul>
            <p class="hint">{stays}</p>
        </section>
    }
}
