//! Policies that the school wrote or was given, which one it goes by, and which one judged a closed event.

use super::calendar::{EventState, TrackingEvent};
use super::setting::setting;
use crate::journal::{Draft, School, Shown};
use crate::model::{ColumnKey, Field, Id, Table, Value};
use crate::policy::PolicyPack;

fn document() -> ColumnKey {
    ColumnKey::lasting(Field::PolicyDocument)
}

/// A policy that is kept in the school, one version of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptPolicy {
    /// Its row.
    pub id: Id,
    /// The policy.
    pub pack: PolicyPack,
}

/// All policies that are kept in the school, by name and version. What cannot be read is not there.
pub fn kept_policies(school: &School) -> Vec<KeptPolicy> {
    let rows = school.rows(Table::Policies).iter();
    let mut kept: Vec<KeptPolicy> = rows
        .filter_map(|id| {
            let pack = kept_policy(school, *id)?;
            Some(KeptPolicy { id: *id, pack })
        })
        .collect();
    kept.sort_by(|one, other| {
        let key = |kept: &KeptPolicy| (kept.pack.name.clone(), kept.pack.version, kept.id);
        key(one).cmp(&key(other))
    });
    kept
}

fn kept_policy(school: &School, id: Id) -> Option<PolicyPack> {
    let text = school.text(&document(), id)?;
    PolicyPack::from_json(text).ok()
}

/// Keeps a policy in the school, if it is not there yet. Two people who write two policies under one name and version
/// keep both; the same policy is kept once.
///
/// # Errors
/// Those of the writer of JSON, of which a pack causes none.
pub fn keep_policy(
    draft: &mut Draft,
    school: &School,
    pack: &PolicyPack,
) -> Result<Id, serde_json::Error> {
    let text = pack.to_json()?;
    let id = Id::derived("policy", &[&pack.key, &pack.version.to_string(), &text]);
    if school.text(&document(), id) != Some(&text) {
        draft.write(document(), id, Value::text(&text));
    }
    Ok(id)
}

/// Goes by a policy that is kept in the school.
pub fn choose_kept(draft: &mut Draft, id: Id) {
    let chosen = Value::text(&id.to_string());
    draft.write(ColumnKey::lasting(Field::Pack), Id::ONLY, chosen);
}

/// The policy of this name: the number of a row of the school, or the key of one that ships.
pub fn policy_named(school: &School, name: &str) -> Option<PolicyPack> {
    match name.parse::<Id>() {
        Ok(id) => kept_policy(school, id),
        Err(_) => PolicyPack::by_key(name),
    }
}

/// The policy that the school chose; none where it has chosen none.
pub fn chosen_policy(school: &School) -> Option<PolicyPack> {
    policy_named(school, &setting(school).pack)
}

/// The policies between which nobody has chosen yet, where two people chose without having seen each other's choice.
/// Until somebody does, the school goes by none of its own.
pub fn rival_policies(school: &School) -> Vec<PolicyPack> {
    let choice = school.shown(&ColumnKey::lasting(Field::Pack), Id::ONLY);
    let Shown::Several(choices) = choice else {
        return Vec::new();
    };
    let names = choices.into_iter().filter_map(Value::as_text);
    names
        .filter_map(|name| policy_named(school, name))
        .collect()
}

/// The row of the policy by which a closed event was judged, where that is kept. Events that earlier releases closed
/// name only key and version: they are judged by the policy that the school goes by.
pub fn pinned_policy(event: &TrackingEvent) -> Option<Id> {
    let is_closed = event.state == EventState::Closed;
    event.pack.parse::<Id>().ok().filter(|_| is_closed)
}

/// Pins the policy by which an event is judged from now on.
///
/// # Errors
/// As for [`keep_policy`].
pub fn pin_policy(
    draft: &mut Draft,
    school: &School,
    event: &TrackingEvent,
    pack: &PolicyPack,
) -> Result<(), serde_json::Error> {
    let id = keep_policy(draft, school, pack)?;
    let pinned = Value::text(&id.to_string());
    draft.write(ColumnKey::lasting(Field::EventPack), event.id, pinned);
    Ok(())
}
