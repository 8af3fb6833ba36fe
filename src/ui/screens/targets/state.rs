//! What there is to say of a target beside its grade: how far it has come, whether it waits for the year's review,
//! whether it stays off what goes home, how safe its grade is.

use flightpath_school::model::scale::Security;
use flightpath_school::model::{ColumnKey, Field};
use flightpath_school::view::targets::TargetState;

use super::ask::Pending;
use super::desk::{Desk, Whose};
use super::sheet::Row;
use crate::i18n::t_string;
use crate::platform::clock::{DateParts, civil_text};
use crate::ui::say::Words;

/// A state in words.
pub fn state_name(i18n: Words, state: TargetState) -> &'static str {
    match state {
        TargetState::Proposed => t_string!(i18n, targets.state_proposed),
        TargetState::Agreed => t_string!(i18n, targets.state_agreed),
        TargetState::Checked => t_string!(i18n, targets.state_checked),
        TargetState::Published => t_string!(i18n, targets.state_published),
    }
}

/// A state with the day on which it was reached.
fn state_words(i18n: Words, row: &Row) -> String {
    if !row.is_set() {
        return t_string!(i18n, targets.no_target).to_owned();
    }
    let state = state_name(i18n, row.target.state);
    match row.target.since {
        Some(date) => t_string!(
            i18n,
            targets.state_on,
            state = state,
            day = date.day(),
            month = civil_text(date, "en-GB", DateParts::Month)
        )
        .to_string(),
        None => state.to_owned(),
    }
}

/// What there is to say of the year's review.
fn review_words(i18n: Words, row: &Row) -> Option<String> {
    if row.awaits_review {
        return Some(t_string!(i18n, targets.to_review).to_owned());
    }
    let on = row.target.reviewed.filter(|_| row.is_set())?;
    let words = t_string!(
        i18n,
        targets.reviewed_on,
        day = on.day(),
        month = civil_text(on, "en-GB", DateParts::Month)
    );
    Some(words.to_string())
}

/// The cell: what waits there, else how far it has come, and what else there is to say.
pub fn cell_words(i18n: Words, row: &Row, pending: Option<&Pending>) -> String {
    let waits = pending.map(|pending| {
        let lacks = pending.lacks();
        match (lacks.reason, lacks.approval.is_empty()) {
            (None, false) => t_string!(i18n, targets.waits_approval),
            (_, false) => t_string!(i18n, targets.waits_both),
            (_, true) => t_string!(i18n, targets.waits_reason),
        }
    });
    if let Some(waits) = waits {
        return waits.to_owned();
    }
    let mut words = vec![state_words(i18n, row)];
    if row.differs {
        words.push(t_string!(i18n, targets.another).to_owned());
    }
    words.extend(review_words(i18n, row));
    if row.target.hidden {
        words.push(t_string!(i18n, targets.hidden).to_owned());
    }
    words.join(", ")
}

/// Who set a target, or moved it on last; nothing where nobody gave a name.
pub fn by_words(desk: Desk, (subject, pupil): Whose, row: &Row) -> Option<String> {
    if !row.is_set() {
        return None;
    }
    let field = match row.target.state {
        TargetState::Proposed => Field::Target,
        _ => Field::TargetState,
    };
    let author = leptos::prelude::untrack(|| {
        let key = ColumnKey::per_subject(field, desk.app.year(), subject);
        desk.app.author_of(key, pupil)
    });
    let author = author.filter(|name| !name.is_empty())?;
    Some(t_string!(desk.i18n, targets.state_by, name = author).to_string())
}

/// How safe a fine grade is.
pub fn security_words(i18n: Words, security: &Security) -> String {
    match security {
        Security::NotSecure { .. } => t_string!(i18n, targets.not_secure).to_owned(),
        Security::Secure { .. } => t_string!(i18n, targets.secure).to_owned(),
        Security::CloseToNext { next: Some(next) } => {
            t_string!(i18n, targets.close_to, next = next.clone()).to_string()
        }
        Security::CloseToNext { next: None } => t_string!(i18n, targets.at_the_top).to_owned(),
    }
}
