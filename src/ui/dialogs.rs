//! `Ctrl+K` and `?`: finding anything, and the list of keys.

use flightpath_school::model::AcademicYear;
use flightpath_school::view::{plain, pupils};
use leptos::html;
use leptos::prelude::*;

use super::route::Route;
use super::shell::export;
use crate::app::{App, Phase, use_app};
use crate::i18n::{t_string, use_i18n};
use crate::platform::page;

/// The two dialogs' state, a handle that the shell provides.
#[derive(Clone, Copy)]
pub struct Dialogs {
    palette: RwSignal<Option<String>>,
    keys: RwSignal<bool>,
    /// Whether the two are in the page.
    here: RwSignal<bool>,
}

impl Dialogs {
    /// Both closed.
    pub fn new() -> Dialogs {
        Dialogs {
            palette: RwSignal::new(None),
            keys: RwSignal::new(false),
            here: RwSignal::new(false),
        }
    }

    /// Opens *Find*.
    pub fn open_palette(&self) {
        self.open_palette_with(String::new());
    }

    /// Opens *Find* with something typed already.
    pub fn open_palette_with(&self, typed: String) {
        self.palette.set(Some(typed));
    }

    /// Opens the list of keys.
    pub fn open_keys(&self) {
        self.keys.set(true);
    }

    /// Closes both.
    pub fn close(&self) {
        self.palette.set(None);
        self.keys.set(false);
    }

    /// Whether one of them has been opened yet: before that there is nothing of them in the page.
    pub fn asked(&self) -> Memo<bool> {
        let Dialogs {
            palette,
            keys,
            here,
        } = *self;
        Memo::new(move |_| here.get() || palette.with(Option::is_some) || keys.get())
    }
}

/// Something that *Find* can do.
#[derive(Clone, PartialEq)]
enum Target {
    Go(Route),
    GoIn(AcademicYear, Route),
    Undo,
    Redo,
    Export,
}

impl Target {
    fn act(&self, app: App) {
        match self {
            Target::Go(route) => page::go(&route.fragment()),
            Target::GoIn(year, route) => {
                app.choose_year(*year);
                page::go(&route.fragment());
            }
            Target::Undo => app.undo_soon(),
            Target::Redo => app.redo_soon(),
            Target::Export => export(app),
        }
    }
}

#[derive(Clone, PartialEq)]
struct Found {
    name: String,
    kind: &'static str,
    detail: String,
    target: Target,
}

/// More than this nobody reads.
const MOST_FOUND: usize = 12;

/// Both dialogs.
#[component]
pub fn DialogsView() -> impl IntoView {
    expect_context::<Dialogs>().here.set(true);
    view! {
        <Palette />
        <ShowKeys />
    }
}

#[component]
fn Palette() -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    let dialogs = expect_context::<Dialogs>();
    let node = NodeRef::<html::Dialog>::new();
    let typed = RwSignal::new(String::new());
    let at = RwSignal::new(0_usize);
    let close = move || {
        dialogs.palette.set(None);
        if let Some(dialog) = node.get_untracked() {
            dialog.close();
        }
    };
    Effect::new(move |_| {
        let Some(text) = dialogs.palette.get() else {
            return;
        };
        typed.set(text);
        at.set(0);
        // The first time it comes into the page because it is wanted, and is not there yet.
        if let Some(dialog) = node.get() {
            // A dialog that is open already stays so.
            let _ = dialog.show_modal();
        }
        page::focus("palette-input");
    });
    let found = Memo::new(move |_| {
        if dialogs.palette.with(Option::is_none) {
            return Vec::new();
        }
        find(i18n, app, &typed.get())
    });
    let act = move |place: usize| {
        let target = found.with(|found| found.get(place).map(|found| found.target.clone()));
        if let Some(target) = target {
            close();
            target.act(app);
        }
    };
    let on_key = move |event: web_sys::KeyboardEvent| {
        let count = found.with(Vec::len);
        match event.key().as_str() {
            "ArrowDown" if count > 0 => at.update(|at| *at = (*at + 1) % count),
            "ArrowUp" if count > 0 => at.update(|at| *at = (*at + count - 1) % count),
            "Enter" => act(at.get_untracked()),
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    };
    view! {
        <dialog
            class="palette"
            node_ref=node
            aria-label=t_string!(i18n, shell.palette_title)
            on:close=move |_| dialogs.palette.set(None)
        >
            <input
                id="palette-input"
                type="text"
                role="combobox"
                autocomplete="off"
                aria-label=t_string!(i18n, shell.palette_title)
                aria-expanded="true"
                aria-controls="palette-list"
                aria-activedescendant=move || format!("palette-{}", at.get())
                placeholder=t_string!(i18n, shell.palette_title)
                prop:value=move || typed.get()
                on:input:target=move |event| {
                    typed.set(event.target().value());
                    at.set(0);
                }
                on:keydown=on_key
            />
            <ul
                id="palette-list"
                class="options"
                role="listbox"
                aria-label=t_string!(i18n, shell.palette_title)
            >
                {move || {
                    found
                        .get()
                        .into_iter()
                        .enumerate()
                        .map(|(place, found)| {
                            view! {
                                <li
                                    id=format!("palette-{place}")
                                    role="option"
                                    aria-selected=move || (at.get() == place).to_string()
                                    on:click=move |_| act(place)
                                >
                                    <span>{found.name}</span>
                                    <span class="hint">{found.detail}</span>
                                    <span class="chip">{found.kind}</span>
                                </li>
                            }
                        })
                        .collect_view()
                }}
            </ul>
            <p class="hint" role="status">
                {move || {
                    found.with(Vec::is_empty).then(|| t_string!(i18n, shell.palette_none))
                }}
            </p>
        </dialog>
    }
}

fn find(i18n: super::say::Words, app: App, typed: &str) -> Vec<Found> {
    let wanted: Vec<String> = plain(typed).split_whitespace().map(str::to_owned).collect();
    let fits = |name: &str| {
        let name = plain(name);
        wanted.iter().all(|word| name.contains(word.as_str()))
    };
    let screen = t_string!(i18n, shell.palette_screen);
    let command = t_string!(i18n, shell.palette_command);
    let mut found: Vec<Found> = Vec::new();
    if app.phase.get() == Phase::Ready && !wanted.is_empty() {
        app.lists().with(|lists| {
            for pupil in &lists.pupils {
                let name = pupil.name();
                if fits(&format!("{name} {} {}", pupil.form, pupil.upn)) {
                    found.push(Found {
                        detail: pupil.form.clone(),
                        name,
                        kind: t_string!(i18n, shell.palette_pupil),
                        target: Target::Go(Route::Pupil(pupil.id)),
                    });
                }
            }
            // Who has left stands in the last year here.
            let left = app.read(|school| pupils(school, lists.year));
            for pupil in left.iter().filter(|pupil| pupil.had_left(lists.year)) {
                let name = pupil.name();
                if let Some(year) = pupil.left_after
                    && fits(&format!("{name} {}", pupil.upn))
                {
                    let detail = t_string!(i18n, new_year.left, year = year.to_string());
                    found.push(Found {
                        detail: detail.to_string(),
                        name,
                        kind: t_string!(i18n, shell.palette_pupil),
                        target: Target::GoIn(year, Route::Pupil(pupil.id)),
                    });
                }
            }
            for class in lists.classes.iter().filter(|class| fits(&class.name)) {
                found.push(Found {
                    name: class.name.clone(),
                    detail: class.teacher.clone(),
                    kind: t_string!(i18n, words.class),
                    target: Target::Go(Route::Class(class.id)),
                });
            }
        });
    }
    let go = |name: &'static str, route: Route| (name, screen, Target::Go(route));
    for (name, kind, target) in [
        go(t_string!(i18n, shell.home), Route::Home),
        go(t_string!(i18n, shell.pupils), Route::Pupils),
        go(t_string!(i18n, shell.classes), Route::Classes),
        go(t_string!(i18n, shell.targets), Route::Targets),
        go(t_string!(i18n, shell.tracking), Route::Events),
        go(t_string!(i18n, shell.master), Route::Master),
        go(t_string!(i18n, shell.interventions), Route::Interventions),
        go(t_string!(i18n, shell.exchange), Route::Exchange),
        go(t_string!(i18n, home.offer_import), Route::Import),
        go(t_string!(i18n, shell.policy), Route::Policy),
        go(t_string!(i18n, shell.history), Route::History),
        go(t_string!(i18n, shell.settings), Route::Settings),
        go(t_string!(i18n, new_year.title), Route::NewYear),
        go(t_string!(i18n, shell.help), Route::Help),
        (t_string!(i18n, shell.undo), command, Target::Undo),
        (t_string!(i18n, shell.redo), command, Target::Redo),
        (t_string!(i18n, shell.export_now), command, Target::Export),
    ] {
        if fits(name) {
            found.push(Found {
                name: name.to_owned(),
                kind,
                detail: String::new(),
                target,
            });
        }
    }
    // Those that begin as typed go first, so that neither a screen nor a surname drowns among names
    // that hold the letters somewhere.
    let (first, rest): (Vec<Found>, Vec<Found>) = found
        .into_iter()
        .partition(|found| begins(&found.name, &wanted));
    first.into_iter().chain(rest).take(MOST_FOUND).collect()
}

/// Whether a name begins with the first word typed.
fn begins(name: &str, wanted: &[String]) -> bool {
    wanted
        .first()
        .is_some_and(|word| plain(name).starts_with(word.as_str()))
}

#[component]
fn ShowKeys() -> impl IntoView {
    let i18n = use_i18n();
    let dialogs = expect_context::<Dialogs>();
    let node = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        if dialogs.keys.get()
            && let Some(dialog) = node.get()
        {
            let _ = dialog.show_modal();
        }
    });
    let keys = [
        ("Ctrl+K", t_string!(i18n, shell.keys_find)),
        ("?", t_string!(i18n, shell.keys_help)),
        ("Ctrl+Z", t_string!(i18n, shell.keys_undo)),
        ("Ctrl+Y", t_string!(i18n, shell.keys_redo)),
        ("↑ ↓ ← →", t_string!(i18n, shell.keys_move)),
        ("Enter", t_string!(i18n, shell.keys_enter)),
        ("Tab", t_string!(i18n, shell.keys_tab)),
        ("F2", t_string!(i18n, shell.keys_edit)),
        ("Delete", t_string!(i18n, shell.keys_delete)),
        ("Esc", t_string!(i18n, shell.keys_escape)),
    ];
    view! {
        <dialog
            class="keys"
            node_ref=node
            aria-labelledby="keys-title"
            on:close=move |_| dialogs.keys.set(false)
        >
            <h2 id="keys-title">{t_string!(i18n, shell.keys_title)}</h2>
            <dl class="facts">
                {keys
                    .into_iter()
                    .map(|(key, does)| {
                        view! {
                            <dt>
                                <kbd>{key}</kbd>
                            </dt>
                            <dd>{does}</dd>
                        }
                    })
                    .collect_view()}
            </dl>
            <button on:click=move |_| {
                if let Some(dialog) = node.get_untracked() {
                    dialog.close();
                }
            }>{t_string!(i18n, shell.close)}</button>
        </dialog>
    }
}
