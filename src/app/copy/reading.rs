//! Reading the history: damaged records are mended from the second copy, and the chains are followed.

use std::rc::Rc;

use flightpath_school::journal::Step;
use flightpath_school::journal::seal::altered;
use flightpath_store::{IndexedDbStore, Linked, Store, read_linked};
use leptos::prelude::*;

use super::keeper::keeper;
use crate::app::{App, Core, HistoryFault};

/// Reads the steps of the history, mending from the second copy what is damaged.
pub(super) async fn read_history(app: App, store: Rc<IndexedDbStore>) -> Option<Vec<Step>> {
    let keys = store.history_keys().await.ok()?;
    let mut bodies = Vec::with_capacity(keys.len());
    let mut mended = false;
    let mut unreadable = 0;
    for key in keys {
        let mut body = store.history(&key).await;
        if body.is_err() && !mended {
            mended = true;
            if let Ok(keeper) = keeper(app) {
                let _ = keeper.copy.mend_history(&*store).await;
                body = store.history(&key).await;
            }
        }
        match body {
            Ok(body) => bodies.extend(body),
            Err(_) => unreadable += 1,
        }
    }
    let mut steps = Vec::new();
    let mut link: Option<(u64, String)> = None;
    let mut broken = false;
    // In the order of their numbers, whatever month a wrong clock put them into.
    let mut linked: Vec<Linked> = Vec::new();
    for body in bodies {
        // Releases before the entries were linked wrote the steps as one list.
        if body.first() == Some(&b'[') {
            steps.append(&mut serde_json::from_slice(&body).unwrap_or_default());
        } else {
            linked.append(&mut read_linked(&body).entries);
        }
    }
    linked.sort_by_key(|entry| entry.number);
    for entry in linked {
        broken |=
            link.is_some_and(|(number, link)| entry.number != number + 1 || entry.before != link);
        steps.extend(Step::from_json(&entry.body));
        link = Some((entry.number, entry.link));
    }
    let here = app.core.try_with_value(Core::steps).unwrap_or_default();
    let altered = altered(steps.iter().chain(here.iter().map(|step| &**step)));
    let fault = match unreadable {
        0 if broken || !altered.is_empty() => Some(HistoryFault::Changed(altered)),
        0 => None,
        // What follows a step that cannot be read follows nothing.
        records => Some(HistoryFault::Unreadable(records)),
    };
    app.history_fault.set(fault);
    Some(steps)
}
