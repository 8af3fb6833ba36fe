//! How long entering grades took, as the steps of the history tell.

use std::collections::{BTreeMap, BTreeSet};

use super::calendar::TrackingEvent;
use crate::journal::{Action, Step, StepInfo};
use crate::model::{ColumnKey, Field, Id};

/// Between two entries of the same person further apart than this, in milliseconds, somebody did something else.
const PAUSE_MS: i64 = 5 * 60 * 1000;

/// How long one person entered grades of one subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryTime {
    /// The subject.
    pub subject: Id,
    /// Who; empty for one who gave no name.
    pub author: String,
    /// From each entry to the next one, pauses left out, in milliseconds.
    pub took_ms: i64,
    /// At how many moments something was entered.
    pub entries: usize,
}

/// How long entry of an event took, by subject and person. What came with a file counts at the moments when its own
/// authors entered it, as far as the file tells them.
pub fn entry_times<'a>(
    steps: impl IntoIterator<Item = &'a Step>,
    event: &TrackingEvent,
) -> Vec<EntryTime> {
    let mut moments: BTreeMap<(Id, &str), BTreeSet<i64>> = BTreeMap::new();
    for step in steps {
        let columns = step
            .columns()
            .iter()
            .filter(|column| is_of(event, &column.key));
        for column in columns {
            let Some(subject) = column.key.subject() else {
                continue;
            };
            let mut tell = |info: &'a StepInfo| {
                if !is_by_hand(&info.action) {
                    return;
                }
                let own = moments.entry((subject, &info.author)).or_default();
                own.insert(info.at.0);
            };
            if step.brought.is_empty() {
                tell(&step.info);
                continue;
            }
            for (_, _, after) in step.cells(column) {
                let dots = step.pool().dots(after);
                let brought = step.brought.iter().filter(|info| dots.contains(&info.dot));
                brought.for_each(&mut tell);
            }
        }
    }
    let took = |moments: &BTreeSet<i64>| -> i64 {
        let pairs = moments.iter().zip(moments.iter().skip(1));
        let gaps = pairs.map(|(one, next)| next.saturating_sub(*one));
        gaps.filter(|gap| *gap <= PAUSE_MS).sum()
    };
    moments
        .iter()
        .map(|((subject, author), moments)| EntryTime {
            subject: *subject,
            author: (*author).to_owned(),
            took_ms: took(moments),
            entries: moments.len(),
        })
        .collect()
}

/// Whether a person entered it, as opposed to a list that was imported or a step taken back.
fn is_by_hand(action: &Action) -> bool {
    matches!(action, Action::Enter { .. } | Action::FeedEvent { .. })
}

/// Whether a column holds answers of an event. The grade achieved in a year has no event of its own; it is asked for by
/// the last one.
fn is_of(event: &TrackingEvent, key: &ColumnKey) -> bool {
    key.event() == Some(event.id)
        || (key.field() == Field::Achieved
            && key.year() == Some(event.year)
            && event.asks().contains(&Field::Achieved))
}
