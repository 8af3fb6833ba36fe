//! The policies that a school can go by: those that ship, and those that it wrote or was given.

use flightpath_school::journal::{Action, Draft};
use flightpath_school::model::{ColumnKey, Field, Id, Value, keys};
use flightpath_school::policy::{PackError, PolicyPack};
use flightpath_school::view::{choose_kept, keep_policy, kept_policies};
use leptos::prelude::*;

use super::{App, Notice};
use crate::platform::files;

/// What the key of a policy begins with that a school wrote.
const OWN: &str = "own";

/// Why a file is no policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PolicyFault {
    /// The browser did not give it, or it is no text.
    Unreadable,
    /// Something is wrong with its content.
    Pack(PackError),
}

/// A policy that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offered {
    /// What the school's choice holds: the key of one that ships, or the row of one that is kept.
    pub name: String,
    /// Whether the school keeps it.
    pub is_kept: bool,
    /// The policy.
    pub pack: PolicyPack,
}

impl App {
    /// The policies that can be chosen, those that ship first.
    pub fn offered_policies(self) -> Vec<Offered> {
        let shipped = PolicyPack::shipped().into_iter().map(|pack| Offered {
            name: pack.key.clone(),
            is_kept: false,
            pack,
        });
        let kept = self.with(|core| kept_policies(core.school()));
        let kept = kept.into_iter().map(|kept| Offered {
            name: kept.id.to_string(),
            is_kept: true,
            pack: kept.pack,
        });
        shipped.chain(kept).collect()
    }

    /// Goes by one of the policies that can be chosen, as one step.
    pub fn choose_policy(self, offered: &Offered) {
        let mut draft = Draft::default();
        draft.write(
            ColumnKey::lasting(Field::Pack),
            Id::ONLY,
            Value::text(&offered.name),
        );
        let pack = if offered.is_kept {
            keys::slug(&offered.pack.name)
        } else {
            offered.pack.key.clone()
        };
        self.go_by(draft, Action::ChoosePolicy { pack });
    }

    /// Keeps an edited policy in the school under the next version, and goes by it, as one step.
    pub fn save_policy(self, pack: PolicyPack) {
        let mut draft = Draft::default();
        let kept = self.with(|core| {
            let pack = next_version(pack, core.school());
            let id = keep_policy(&mut draft, core.school(), &pack).ok()?;
            choose_kept(&mut draft, id);
            Some(pack.name)
        });
        if let Some(pack) = kept {
            self.go_by(draft, Action::EditPolicy { pack });
        }
    }

    fn go_by(self, mut draft: Draft, action: Action) {
        // The first policy makes the school.
        if self.setting().year.is_none() {
            let year = Value::whole(i64::from(self.year().0));
            draft.write(ColumnKey::lasting(Field::CurrentYear), Id::ONLY, year);
        }
        let cells = draft.len();
        if self.dispatch(action.clone(), &draft).is_some() {
            self.notice.set(Some(Notice::Done { action, cells }));
        }
    }

    /// Reads a policy from a file. It is not kept yet.
    ///
    /// # Errors
    /// A [`PolicyFault`].
    pub async fn read_policy(self, file: web_sys::File) -> Result<PolicyPack, PolicyFault> {
        let incoming = files::read(file)
            .await
            .map_err(|_| PolicyFault::Unreadable)?;
        let text = String::from_utf8(incoming.bytes).map_err(|_| PolicyFault::Unreadable)?;
        PolicyPack::from_json(text.trim_start_matches('\u{feff}')).map_err(PolicyFault::Pack)
    }
}

/// A policy under a key of the school's own, and the version after the last one that is kept.
fn next_version(mut pack: PolicyPack, school: &flightpath_school::journal::School) -> PolicyPack {
    // A new one begins with 1, one that ships is carried on, and one that was sent keeps its number.
    let mut before = pack.version.saturating_sub(1);
    if pack.key == OWN {
        pack.key = keys::slug(&pack.name);
    } else if !pack.key.starts_with(OWN) {
        before = pack.version;
    }
    if !pack.key.starts_with(OWN) {
        pack.key = format!("{OWN}-{}", pack.key);
    }
    let kept = kept_policies(school).into_iter();
    let last = kept
        .filter(|kept| kept.pack.key == pack.key)
        .map(|kept| kept.pack.version)
        .max();
    pack.version = last.unwrap_or_default().max(before).saturating_add(1);
    pack
}

/// A draft in which nothing is decided yet.
pub fn blank_policy() -> PolicyPack {
    PolicyPack::blank(OWN)
}
