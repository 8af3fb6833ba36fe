//! Everything on screen. Sentences are made here; data is reached through `app` alone.

mod dialogs;
mod fetched;
mod parts;
mod route;
mod say;
mod screens;
mod shell;

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;

use crate::app::import::Desk;
use crate::app::{App, Saved};
use crate::i18n::I18nContextProvider;
use crate::platform::page;
use parts::focus::focus_soon;
use route::Route;

/// Puts the program into the page.
pub fn mount() {
    let root = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.get_element_by_id("app"))
        .and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok());
    if let Some(root) = root {
        leptos::mount::mount_to(root, Root).forget();
    }
}

/// When the parts are fetched that the first screen did not need: after it has been painted, and
/// before anybody is far.
const FETCH_REST_AFTER_MS: i32 = 1_500;

/// Where the person is.
#[derive(Clone, Copy)]
pub struct Here {
    route: RwSignal<Route>,
    /// Whether anything but the address of the start has been gone to: a screen that comes then
    /// takes the focus, as a new page would.
    moved: StoredValue<bool>,
}

/// Where the person is, from any component.
pub fn use_route() -> RwSignal<Route> {
    expect_context::<Here>().route
}

#[component]
fn Root() -> impl IntoView {
    let app = App::new();
    provide_context(app);
    provide_context(Desk::new(app));
    let here = RwSignal::new(Route::parse(&page::fragment()));
    let moved = StoredValue::new(false);
    provide_context(Here { route: here, moved });
    provide_context(screens::pupils::PupilsList::new());
    provide_context(parts::drawer::Drawer::new());
    page::on_window("hashchange", move |_| {
        // What is typed is kept while its screen still lives: taken away with the focus inside, a
        // field would tell of the loss only when what it belongs to is gone.
        page::let_go_of_focus();
        moved.set_value(true);
        here.set(Route::parse(&page::fragment()));
        // The screen follows in a moment; until then the old one's title stands there.
        focus_soon("page-title");
    });
    // What is typed is kept, and the tab closes at once only where all of it is stored.
    page::on_window("beforeunload", move |event| {
        page::let_go_of_focus();
        if app.saved.get_untracked() != Saved::All {
            event.prevent_default();
        }
    });
    // The screen's part comes while the store is read.
    spawn_local(fetched::fetch_for(here.get_untracked()));
    app.open();
    spawn_local(async move {
        page::rest(FETCH_REST_AFTER_MS).await;
        fetched::fetch_all(app).await;
    });
    view! {
        <I18nContextProvider set_lang_attr_on_html=false set_dir_attr_on_html=false enable_cookie=false>
            <shell::Shell />
        </I18nContextProvider>
    }
}
