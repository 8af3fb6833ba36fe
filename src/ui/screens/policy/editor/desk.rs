//! The policy being edited, and what is wrong with it.

use flightpath_school::model::scale::ScaleSet;
use flightpath_school::policy::{PackProblem, PolicyPack};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::Section;
use super::lens::Lens;
use super::unread::{OnScreen, UnreadText, UnreadTexts, moved};
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
    unread: UnreadTexts,
    section: RwSignal<Section>,
    on_screen: OnScreen,
}

impl Desk {
    /// A desk for a draft and what was typed into it that cannot be read, with the section on screen.
    pub fn new(
        i18n: Words,
        app: App,
        pack: RwSignal<PolicyPack>,
        unread: UnreadTexts,
        section: RwSignal<Section>,
    ) -> Desk {
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
            unread,
            section,
            on_screen: OnScreen::new(),
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

    /// Every text that cannot be read, followed.
    pub fn unread_texts(self) -> Vec<UnreadText> {
        self.unread.get()
    }

    /// The text at a place that cannot be read, followed.
    pub fn unread_at(self, place: &str) -> Option<String> {
        self.unread.with(|all| {
            let here = all.iter().find(|one| one.place == place);
            here.map(|one| one.text.clone())
        })
    }

    /// Keeps the text of a place as one that cannot be read, or forgets the one that was.
    pub fn set_unread(self, place: &str, unread: Option<UnreadText>) {
        // Where nothing changes, nothing on screen has to follow.
        if unread.is_none() && untrack(|| self.unread_at(place)).is_none() {
            return;
        }
        self.unread.update(|all| {
            all.retain(|one| one.place != place);
            all.extend(unread);
        });
    }

    /// The control of a place is on screen, until the view that is built now goes away.
    pub fn stands(self, place: &str) {
        self.on_screen.stands(place);
    }

    /// Rows of a list went to other numbers, or away: what could not be read goes with them.
    pub fn move_unread(self, list: &str, to: impl Fn(usize) -> Option<usize>) {
        let follow = |mut one: UnreadText| {
            one.place = moved(&one.place, list, &to)?;
            Some(one)
        };
        self.unread
            .update(|all| *all = all.drain(..).filter_map(follow).collect());
    }

    /// Forgets what was typed into controls that went away although their section stayed: a part that was taken out,
    /// or became another kind.
    fn forget_lost(self) {
        let Some(section) = self.section.try_get_untracked() else {
            return;
        };
        let stays =
            |one: &UnreadText| Section::of(&one.place) != section || self.on_screen.has(&one.place);
        let lost = self
            .unread
            .try_with_untracked(|all| !all.iter().all(stays))
            .unwrap_or_default();
        if lost {
            self.unread.update(|all| all.retain(stays));
        }
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
            self.forget_lost();
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
