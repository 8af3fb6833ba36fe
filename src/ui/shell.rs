//! The frame around every screen: top bar, rail, banners, notices.

use flightpath_school::model::AcademicYear;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;

use super::dialogs::Dialogs;
use super::fetched::{self, shown, shown_or};
use super::parts::choice::Choice;
use super::parts::drawer::{DrawerView, use_drawer};
use super::route::Route;
use super::screens;
use super::{say, use_route};
use crate::app::{App, Notice, Phase, Saved, Shut, Twice, Unsaved, use_app};
use crate::i18n::{t_string, use_i18n};
use crate::platform::keys::{Shortcut, is_typing, shortcut};
use crate::platform::page;
use crate::ui::parts::cell_words::{counted, plural};

/// The whole program on screen.
#[component]
pub fn Shell() -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    let dialogs = Dialogs::new();
    provide_context(dialogs);
    let drawer = use_drawer();
    let here = use_route();
    Effect::new(move |_| {
        drawer.close();
        let name = match here.get() {
            Route::Home => t_string!(i18n, shell.home),
            Route::Pupils | Route::Pupil(_) => t_string!(i18n, shell.pupils),
            Route::Classes | Route::Class(_) | Route::ClassPupils(_) => {
                t_string!(i18n, shell.classes)
            }
            Route::Targets | Route::TargetsOf(_) => t_string!(i18n, shell.targets),
            Route::Events | Route::Event(_) => t_string!(i18n, shell.tracking),
            Route::Master => t_string!(i18n, shell.master),
            Route::Interventions => t_string!(i18n, shell.interventions),
            Route::Exchange | Route::Import => t_string!(i18n, shell.exchange),
            Route::Policy => t_string!(i18n, shell.policy),
            Route::History => t_string!(i18n, shell.history),
            Route::Settings | Route::NewYear => t_string!(i18n, shell.settings),
            Route::Help | Route::HelpOn(_) => t_string!(i18n, shell.help),
            Route::Unknown => t_string!(i18n, shell.not_found_title),
        };
        // A pupil's name never stands in the title, which browsers keep in their history.
        page::title(&format!("{name} · {}", t_string!(i18n, shell.product)));
    });
    // On the window: after a click on something that went away the focus is nowhere.
    page::on_window("keydown", move |event| {
        let Ok(event) = event.dyn_into::<web_sys::KeyboardEvent>() else {
            return;
        };
        if event.key() == "Escape" {
            drawer.close();
        }
        let Some(command) = shortcut(&event, is_typing(&event)) else {
            return;
        };
        event.prevent_default();
        match command {
            Shortcut::Find => dialogs.open_palette(),
            Shortcut::Help => dialogs.open_keys(),
            Shortcut::Undo => app.undo_soon(),
            Shortcut::Redo => app.redo_soon(),
        }
    });
    let asked = dialogs.asked();
    let folded = move || {
        app.prefs
            .with(|prefs| prefs.rail_folded)
            .then_some("folded")
    };
    view! {
        <div class="app" data-rail=folded>
            <a class="skip-link" href="#page-title" on:click=move |event| {
                event.prevent_default();
                page::focus("page-title");
            }>
                {t_string!(i18n, shell.skip)}
            </a>
            <TopBar />
            <Rail />
            <main class="work" id="work">
                <Banners />
                <Screen />
            </main>
            <DrawerView />
            <Toast />
            {move || {
                asked
                    .get()
                    .then(|| {
                        shown_or(
                            fetched::dialogs(),
                            move || {
                                dialogs.close();
                                app.notice.set(Some(Notice::NotFetched));
                                ().into_any()
                            },
                        )
                    })
            }}
        </div>
    }
}

#[component]
fn Screen() -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    let here = use_route();
    let showing = Memo::new(move |_| match (app.phase.get(), here.get()) {
        // Their list needs little of what is stored, and nothing can be changed there.
        (Phase::Loading, Route::Pupils) if app.list_here.get() => (Phase::Ready, Route::Pupils),
        // The same screens with and without a school: one in which a school is opened stays.
        (
            Phase::Empty { .. },
            route @ (Route::Import
            | Route::Exchange
            | Route::Policy
            | Route::Settings
            | Route::Help
            | Route::HelpOn(_)),
        ) => (Phase::Ready, route),
        (Phase::Empty { .. }, Route::History) if app.was_emptied() => {
            (Phase::Ready, Route::History)
        }
        other => other,
    });
    move || match showing.get() {
        (Phase::Loading, _) => view! {
            <div class="page">
                <p role="status">{t_string!(i18n, shell.loading)}</p>
            </div>
        }
        .into_any(),
        (Phase::Shut(why), _) => view! { <ShutScreen why=why /> }.into_any(),
        (Phase::Empty { vanished }, _) => shown(fetched::first_run(vanished)),
        (_, Route::Home) => view! { <screens::home::Home /> }.into_any(),
        (_, Route::Pupils) => view! { <screens::pupils::Pupils /> }.into_any(),
        (_, Route::Pupil(id)) => shown(fetched::pupil(id)),
        (_, Route::Classes) => shown(fetched::classes(None)),
        (_, Route::Class(id)) => shown(fetched::markbook(id)),
        (_, Route::ClassPupils(id)) => shown(fetched::classes(Some(id))),
        (_, Route::Targets) => shown(fetched::with_figures(app, fetched::targets())),
        (_, Route::TargetsOf(part)) => shown(fetched::targets_of(part)),
        (_, Route::Events) => shown(fetched::tracking()),
        (_, Route::Event(id)) => shown(fetched::entry(id)),
        (_, Route::Master) => shown(fetched::master()),
        (_, Route::Interventions) => shown(fetched::interventions()),
        (_, Route::Exchange) => shown(fetched::exchange()),
        (_, Route::Import) => shown(fetched::import()),
        (_, Route::Policy) => shown(fetched::with_figures(app, fetched::policy())),
        (_, Route::History) => shown(fetched::history()),
        (_, Route::Settings) => shown(fetched::settings()),
        (_, Route::NewYear) => shown(fetched::new_year()),
        (_, Route::Help) => shown(fetched::help(None)),
        (_, Route::HelpOn(walked)) => {
            shown(fetched::with_figures(app, fetched::help(Some(walked))))
        }
        (_, Route::Unknown) => view! {
            <div class="page">
                <h1 id="page-title" tabindex="-1">
                    {t_string!(i18n, shell.not_found_title)}
                </h1>
                <p>{t_string!(i18n, shell.not_found)}</p>
            </div>
        }
        .into_any(),
    }
}

#[component]
fn ShutScreen(why: Shut) -> impl IntoView {
    let i18n = use_i18n();
    let sentence = match why {
        Shut::Newer => t_string!(i18n, shell.shut_newer),
        Shut::Blocked => t_string!(i18n, shell.shut_blocked),
        Shut::Unavailable => t_string!(i18n, shell.shut_unavailable),
        Shut::Unreadable => t_string!(i18n, shell.shut_unreadable),
    };
    view! {
        <div class="page">
            <h1 id="page-title" tabindex="-1">
                {t_string!(i18n, shell.product)}
            </h1>
            <p role="alert">{sentence}</p>
            <p class="page-actions">
                <button class="primary" on:click=move |_| page::reload()>
                    {t_string!(i18n, shell.reload)}
                </button>
                <a href="./rescue.html">{t_string!(i18n, shell.rescue)}</a>
            </p>
            {(why == Shut::Unreadable).then(|| shown(fetched::unreadable()))}
        </div>
    }
}

#[component]
fn TopBar() -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    let dialogs = expect_context::<Dialogs>();
    let lists = app.lists();
    let years = Signal::derive(move || {
        lists.with(|lists| {
            let years = lists.years.iter();
            years
                .map(|year| (year.0.to_string(), year.to_string()))
                .collect::<Vec<_>>()
        })
    });
    let events = Signal::derive(move || {
        lists.with(|lists| {
            if lists.events.is_empty() {
                return vec![(String::new(), t_string!(i18n, shell.no_event).to_owned())];
            }
            lists
                .events
                .iter()
                .map(|event| (event.id.to_string(), event.name.clone()))
                .collect()
        })
    });
    let roles = Signal::derive(move || {
        [
            ("teacher", t_string!(i18n, shell.role_teacher)),
            (
                "head-of-department",
                t_string!(i18n, shell.role_head_of_department),
            ),
            ("coordinator", t_string!(i18n, shell.role_coordinator)),
            ("tutor", t_string!(i18n, shell.role_tutor)),
            ("senco", t_string!(i18n, shell.role_senco)),
            ("head", t_string!(i18n, shell.role_head)),
        ]
        .into_iter()
        .map(|(key, name)| (key.to_owned(), name.to_owned()))
        .collect::<Vec<_>>()
    });
    let ready = move || app.phase.get() == Phase::Ready;
    // Not before everything is there: until then nothing can be changed.
    let can_go_back = move || match app.phase.get() {
        Phase::Ready => true,
        Phase::Empty { .. } => app.may_redo(),
        _ => false,
    };
    view! {
        <header class="topbar">
            <a class="brand" href="#/">
                {t_string!(i18n, shell.product)}
            </a>
            <span class="school">{move || app.setting().name}</span>
            <Show when=ready>
                <div class="topbar-choices">
                    <Choice
                        label=t_string!(i18n, shell.academic_year)
                        options=years
                        value=Signal::derive(move || app.year().0.to_string())
                        on_change=move |year| {
                            if let Ok(year) = year.parse() {
                                app.choose_year(AcademicYear(year));
                            }
                        }
                    />
                    <Choice
                        label=t_string!(i18n, shell.tracking_event)
                        options=events
                        value=Signal::derive(move || {
                            app.event().map(|event| event.id.to_string()).unwrap_or_default()
                        })
                        on_change=move |event| {
                            if let Ok(event) = event.parse() {
                                app.choose_event(event);
                            }
                        }
                    />
                    <Choice
                        label=t_string!(i18n, shell.role)
                        options=roles
                        value=Signal::derive(move || {
                            app.prefs
                                .with(|prefs| {
                                    if prefs.role.is_empty() {
                                        "teacher".to_owned()
                                    } else {
                                        prefs.role.clone()
                                    }
                                })
                        })
                        on_change=move |role| app.prefs.update(|prefs| prefs.role = role)
                    />
                </div>
                <input
                    type="search"
                    class="find"
                    aria-label=t_string!(i18n, shell.find)
                    placeholder=t_string!(i18n, shell.find_hint)
                    aria-keyshortcuts="Control+K"
                    prop:value=""
                    on:input:target=move |event| {
                        let typed = event.target().value();
                        event.target().set_value("");
                        dialogs.open_palette_with(typed);
                    }
                    on:keydown=move |event: web_sys::KeyboardEvent| {
                        if event.key() == "Enter" {
                            dialogs.open_palette();
                        }
                    }
                />
            </Show>
            <Show when=can_go_back>
                <UndoRedo />
            </Show>
            <SavedState />
        </header>
    }
}

#[component]
fn UndoRedo() -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    view! {
        <div class="topbar-actions">
            <button class="quiet" on:click=move |_| app.undo_soon() aria-keyshortcuts="Control+Z">
                {t_string!(i18n, shell.undo)}
            </button>
            <button
                class="quiet"
                disabled=move || !app.may_redo()
                on:click=move |_| app.redo_soon()
                aria-keyshortcuts="Control+Y"
            >
                {t_string!(i18n, shell.redo)}
            </button>
        </div>
    }
}

#[component]
fn SavedState() -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    let state = move || match app.saved.get() {
        _ if matches!(app.phase.get(), Phase::Damaged { .. }) => {
            ("unsaved", t_string!(i18n, shell.read_only))
        }
        // Nothing is compared where nothing can be opened.
        Saved::All if matches!(app.phase.get(), Phase::Shut(_)) => {
            ("shut", t_string!(i18n, shell.nothing_open))
        }
        Saved::All => match app.twice.get() {
            Twice::Not(_) => ("saved", t_string!(i18n, shell.saved_once)),
            Twice::Comparing => ("comparing", t_string!(i18n, shell.comparing)),
            Twice::Kept => ("saved", t_string!(i18n, shell.saved_all)),
        },
        Saved::Saving => ("saving", t_string!(i18n, shell.saving)),
        Saved::Not(Unsaved::Full) => ("unsaved", t_string!(i18n, shell.not_saved_full)),
        Saved::Not(Unsaved::Closed) => ("unsaved", t_string!(i18n, shell.not_saved_closed)),
        Saved::Not(Unsaved::Failed) => ("unsaved", t_string!(i18n, shell.not_saved_failed)),
    };
    let unsaved = move || matches!(app.saved.get(), Saved::Not(_));
    view! {
        <div class="saved-state">
            <div
                class="saved"
                role="status"
                aria-label=t_string!(i18n, shell.saved_state)
                data-state=move || state().0
            >
                {move || state().1}
            </div>
            <Show when=unsaved>
                <button on:click=move |_| export(app)>{t_string!(i18n, shell.export_now)}</button>
                <button on:click=move |_| app.store_again()>{t_string!(i18n, shell.try_again)}</button>
            </Show>
        </div>
    }
}

/// Hands the person the whole school as a file.
pub fn export(app: App) {
    spawn_local(async move {
        if fetched::export(app).await.is_err() {
            app.notice.set(Some(Notice::NotFetched));
        }
    });
}

#[component]
fn Rail() -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    let here = use_route();
    let screens = move || {
        [
            (Route::Home, "home", t_string!(i18n, shell.home)),
            (Route::Pupils, "pupils", t_string!(i18n, shell.pupils)),
            (Route::Classes, "classes", t_string!(i18n, shell.classes)),
            (Route::Targets, "targets", t_string!(i18n, shell.targets)),
            (Route::Events, "tracking", t_string!(i18n, shell.tracking)),
            (Route::Master, "master", t_string!(i18n, shell.master)),
            (
                Route::Interventions,
                "interventions",
                t_string!(i18n, shell.interventions),
            ),
            (Route::Exchange, "exchange", t_string!(i18n, shell.exchange)),
            (Route::Policy, "policy", t_string!(i18n, shell.policy)),
            (Route::History, "history", t_string!(i18n, shell.history)),
            (Route::Settings, "settings", t_string!(i18n, shell.settings)),
        ]
    };
    // Without a school only these lead anywhere.
    let leads = move |route: Route| {
        app.phase.get() == Phase::Ready
            || matches!(
                route,
                Route::Home | Route::Exchange | Route::Policy | Route::Settings
            )
            || route == Route::History && app.was_emptied()
    };
    let fold_name = move || {
        if app.prefs.with(|prefs| prefs.rail_folded) {
            t_string!(i18n, shell.unfold_rail)
        } else {
            t_string!(i18n, shell.fold_rail)
        }
    };
    view! {
        <nav class="rail" aria-label=t_string!(i18n, shell.screens)>
            {move || {
                screens()
                    .into_iter()
                    .filter(|(route, _, _)| leads(*route))
                    .map(|(route, icon, name)| {
                        let current = move || route.holds(here.get()).then_some("page");
                        view! {
                            <a href=route.href() aria-current=current title=name>
                                <span class="icon" data-icon=icon aria-hidden="true"></span>
                                <span class="label">{name}</span>
                            </a>
                        }
                    })
                    .collect_view()
            }}
            <a
                class="rail-foot"
                href=Route::Help.href()
                aria-current=move || Route::Help.holds(here.get()).then_some("page")
                title=t_string!(i18n, shell.help)
            >
                <span class="icon" data-icon="help" aria-hidden="true"></span>
                <span class="label">{t_string!(i18n, shell.help)}</span>
            </a>
            <button
                class="quiet rail-fold"
                aria-label=fold_name
                title=fold_name
                on:click=move |_| {
                    app.prefs.update(|prefs| prefs.rail_folded = !prefs.rail_folded);
                }
            >
                <span class="icon" data-icon="fold" aria-hidden="true"></span>
            </button>
        </nav>
    }
}

#[component]
fn Banners() -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    view! {
        {move || {
            app.setting()
                .made_up
                .then(|| {
                    view! {
                        <p class="banner" data-kind="made-up">
                            {t_string!(i18n, shell.made_up)}
                        </p>
                    }
                })
        }}
        {move || {
            app.let_go
                .get()
                .then(|| {
                    view! {
                        <div class="banner" data-kind="warning" role="alert">
                            {t_string!(i18n, shell.let_go)}
                            <button on:click=move |_| page::reload()>
                                {t_string!(i18n, shell.reload)}
                            </button>
                        </div>
                    }
                })
        }}
        {move || {
            let Phase::Damaged { faults, left } = app.phase.get() else {
                return None;
            };
            Some(
                view! {
                    <div class="banner" data-kind="error" role="alert">
                        <strong>{t_string!(i18n, shell.damaged_title)}</strong>
                        <span>{t_string!(i18n, shell.damaged, faults = faults).to_string()}</span>
                        <a href="./rescue.html">{t_string!(i18n, shell.rescue)}</a>
                        {left.map(|missing| shown(fetched::left(missing)))}
                    </div>
                },
            )
        }}
        {move || app.found.get().map(|difference| shown(fetched::found(difference)))}
    }
}

#[component]
fn Toast() -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    let words = move || {
        app.notice.get().map(|notice| match notice {
            Notice::Undone { action, left: 0 } => {
                t_string!(i18n, shell.undone, what = say::action(i18n, &action)).to_string()
            }
            Notice::Undone { action, left } => t_string!(
                i18n,
                shell.undone_left,
                what = say::action(i18n, &action),
                left = left
            )
            .to_string(),
            Notice::Redone { action } => {
                t_string!(i18n, shell.redone, what = say::action(i18n, &action)).to_string()
            }
            Notice::NothingToUndo => t_string!(i18n, shell.nothing_to_undo).to_string(),
            Notice::NothingToRedo => t_string!(i18n, shell.nothing_to_redo).to_string(),
            Notice::Done { action, .. } => {
                t_string!(i18n, shell.done, what = say::action(i18n, &action)).to_string()
            }
            Notice::NotFetched => t_string!(i18n, shell.part_missing).to_owned(),
            Notice::LeftBehind(entries) => {
                let (count, n) = (plural(entries), counted(entries));
                t_string!(i18n, shell.left_behind, count = count, n = n).to_string()
            }
            Notice::NoPlace(typed) => t_string!(i18n, shell.no_place, typed = typed).to_string(),
            Notice::NotPasted => t_string!(i18n, shell.not_pasted).to_owned(),
            Notice::NoChange => t_string!(i18n, shell.no_change).to_string(),
            Notice::Exported { file } => t_string!(i18n, shell.exported, file = file).to_string(),
        })
    };
    Effect::new(move |previous: Option<u32>| {
        let number = previous.unwrap_or(0) + 1;
        if app.notice.with(Option::is_some) {
            set_timeout(
                move || {
                    let _ = app.notice.try_set(None);
                },
                std::time::Duration::from_secs(8),
            );
        }
        number
    });
    view! {
        <div class="toast" role="status" aria-live="polite" data-shown=move || {
            words().is_some().to_string()
        }>
            {words}
        </div>
    }
}
