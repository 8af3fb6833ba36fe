//! Everything on screen. Sentences are made here; data is reached through `app` alone.

mod dialogs;
mod parts;
mod route;
mod say;
mod screens;
mod shell;

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use crate::app::App;
use crate::app::import::Desk;
use crate::i18n::I18nContextProvider;
use crate::platform::page;
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

/// Where the person is.
#[derive(Clone, Copy)]
pub struct Here(pub RwSignal<Route>);

/// Where the person is, from any component.
pub fn use_route() -> RwSignal<Route> {
    expect_context::<Here>().0
}

#[component]
fn Root() -> impl IntoView {
    let app = App::new();
    provide_context(app);
    provide_context(Desk::new(app));
    let here = RwSignal::new(Route::parse(&page::fragment()));
    provide_context(Here(here));
    provide_context(screens::pupils::PupilsList::new());
    provide_context(parts::drawer::Drawer::new());
    page::on_window("hashchange", move |_| {
        here.set(Route::parse(&page::fragment()));
        page::focus("page-title");
    });
    app.open();
    view! {
        <I18nContextProvider set_lang_attr_on_html=false set_dir_attr_on_html=false enable_cookie=false>
            <shell::Shell />
        </I18nContextProvider>
    }
}
