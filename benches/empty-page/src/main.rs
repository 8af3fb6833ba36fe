//! An empty page of the framework, mounted as the program mounts its own. `benches/start.mjs` times
//! how long it takes to be there.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

fn main() {
    let root = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.get_element_by_id("app"))
        .and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok());
    if let Some(root) = root {
        leptos::mount::mount_to(root, Root).forget();
    }
}

#[component]
fn Root() -> impl IntoView {
    view! { <p>"Nothing"</p> }
}
