//! The policy being edited, and what is wrong with it.

use flightpath_school::model::scale::ScaleSet;
use flightpath_school::policy::{PackProblem, PolicyPack};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::lens::Lens;
use crate::app::App;
use crate::platform::page;
use crate::ui::say::Words;

/// The policy being edited. Reading it in a view follows what is read.
#[derive(Clone, Copy)]
pub struct Desk {
    /// The words on screen.
    pub i18n: Words,
    app: App,
    pack: RwSignal<PolicyPack>,
    /// Raised when rows come or go, or a part becomes another kind: what is on screen is built anew then, and only
    /// then, so that the field one types in stays.
    shape: RwSignal<u32>,
    problems: Memo<Vec<PackProblem>>,
}

impl Desk {
    /// A desk for a draft.
    pub fn new(i18n: Words, app: App, pack: RwSignal<PolicyPack>) -> Desk {
        let problems = Memo::new(move |_| {
            let scales = app.with(|core| core.own_scales());
            pack.with(|pack| pack.problems(&scales))
        });
        Desk {
            i18n,
            app,
            pack,
            shape: RwSignal::new(0),
            problems,
        }
    }

    /// Everything that is wrong with it.
    pub fn problems(self) -> Memo<Vec<PackProblem>> {
        self.problems
    }

    /// What is wrong at exactly this place of the document.
    pub fn problems_at(self, place: &str) -> Vec<PackProblem> {
        let here = |problem: &&PackProblem| problem.place == place;
        self.problems
            .with(|all| all.iter().filter(here).cloned().collect())
    }

    /// Follows the shape of the document.
    pub fn track_shape(self) {
        self.shape.track();
    }

    /// What stands at a place, followed.
    pub fn get<T: Clone + 'static>(self, lens: &Lens<T>) -> Option<T> {
        self.pack.track();
        self.peek(lens)
    }

    /// What stands at a place now.
    pub fn peek<T: Clone + 'static>(self, lens: &Lens<T>) -> Option<T> {
        let found = |pack: &mut PolicyPack| lens.find(pack).cloned();
        self.pack.try_update_untracked(found).flatten()
    }

    /// The whole of it now.
    pub fn pack(self) -> PolicyPack {
        self.pack.get_untracked()
    }

    /// Something of the whole, followed.
    pub fn with<T>(self, read: impl FnOnce(&PolicyPack) -> T) -> T {
        self.pack.with(read)
    }

    /// Changes what stands at a place.
    pub fn set<T: 'static>(self, lens: &Lens<T>, change: impl FnOnce(&mut T)) {
        self.pack.update(|pack| {
            if let Some(found) = lens.find(pack) {
                change(found);
            }
        });
    }

    /// Changes what stands at a place in a way that changes what is on screen; the control of this id has the focus
    /// afterwards.
    pub fn reshape<T: 'static>(
        self,
        lens: &Lens<T>,
        focus: impl Into<String>,
        change: impl FnOnce(&mut T),
    ) {
        self.set(lens, change);
        self.shape.update(|shape| *shape = shape.wrapping_add(1));
        let focus = focus.into();
        spawn_local(async move {
            page::breathe().await;
            page::focus(&focus);
        });
    }

    /// The scales at hand, with those that the draft brings along now.
    pub fn scales(self) -> ScaleSet {
        let mut scales = untrack(|| self.app.with(|core| core.own_scales()));
        self.pack
            .with_untracked(|pack| scales.add_definitions(&pack.own_scales));
        scales
    }
}
