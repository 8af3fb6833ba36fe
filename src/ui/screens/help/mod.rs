//! Help: how a policy works, and each policy that ships from its first number to its last. What an example comes to
//! is asked of the engine while somebody looks.

mod judged;
mod list;
mod ours;
mod pieces;
mod rules;
mod targets;
mod walk;

use flightpath_school::policy::PolicyPack;
use leptos::prelude::*;

use crate::app::Offered;
use crate::i18n::t_string;
use crate::ui::route::{Route, Walked};
use crate::ui::say::Words;

pub use list::Help;
pub use walk::Walk;

/// The way to the page on a policy, where it is one that ships.
pub fn link(i18n: Words, offered: &Offered) -> Option<AnyView> {
    let walked = Walked::of(&offered.pack.key).filter(|_| !offered.is_kept)?;
    Some(
        view! {
            <p>
                <a href=Route::HelpOn(walked).href()>{t_string!(i18n, help.link)}</a>
            </p>
        }
        .into_any(),
    )
}

/// The policy that a page is about, as it ships.
fn pack_of(walked: Walked) -> Option<PolicyPack> {
    PolicyPack::by_key(walked.key())
}
