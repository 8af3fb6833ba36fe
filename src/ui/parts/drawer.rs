//! The drawer on the right: *why?* and histories, beside the cell that they speak of.

use std::rc::Rc;

use leptos::prelude::*;

use crate::i18n::{t_string, use_i18n};
use crate::platform::page;
use crate::ui::parts::focus::focus_soon;

/// What the drawer shows.
#[derive(Clone)]
pub struct Panel {
    /// Its heading.
    pub title: String,
    /// What stands under it.
    pub body: Rc<dyn Fn() -> AnyView>,
}

/// The drawer's state, a handle that every screen gets by context.
#[derive(Clone, Copy)]
pub struct Drawer {
    panel: RwSignal<Option<Panel>, LocalStorage>,
    opener: StoredValue<Option<String>>,
}

impl Drawer {
    /// A closed drawer.
    pub fn new() -> Drawer {
        Drawer {
            panel: RwSignal::new_local(None),
            opener: StoredValue::new(None),
        }
    }

    /// Shows a panel; the focus goes there, and back to the element with the opener's id when the
    /// drawer closes.
    pub fn show(
        &self,
        title: String,
        opener: Option<String>,
        body: impl Fn() -> AnyView + 'static,
    ) {
        self.opener.set_value(opener);
        self.panel.set(Some(Panel {
            title,
            body: Rc::new(body),
        }));
        focus_soon("drawer-title");
    }

    /// Shows a panel beside what is being done: the focus stays where it is.
    pub fn show_beside(&self, title: String, body: impl Fn() -> AnyView + 'static) {
        self.opener.set_value(None);
        self.panel.set(Some(Panel {
            title,
            body: Rc::new(body),
        }));
    }

    /// Closes the drawer.
    pub fn close(&self) {
        if self.panel.with_untracked(Option::is_none) {
            return;
        }
        // What is typed there is kept while its field still lives.
        page::let_go_of_focus();
        self.panel.set(None);
        if let Some(opener) = self.opener.get_value() {
            page::focus(&opener);
        }
    }
}

/// The drawer, from any component.
pub fn use_drawer() -> Drawer {
    expect_context::<Drawer>()
}

/// The drawer itself.
#[component]
pub fn DrawerView() -> impl IntoView {
    let i18n = use_i18n();
    let drawer = use_drawer();
    move || {
        drawer.panel.get().map(|panel| {
            view! {
                <aside class="drawer" aria-labelledby="drawer-title">
                    <header class="drawer-head">
                        <h2 id="drawer-title" tabindex="-1">
                            {panel.title.clone()}
                        </h2>
                        <button
                            class="icon-button"
                            aria-label=t_string!(i18n, shell.close)
                            on:click=move |_| drawer.close()
                        >
                            "×"
                        </button>
                    </header>
                    <div class="drawer-body">{(panel.body)()}</div>
                </aside>
            }
        })
    }
}
