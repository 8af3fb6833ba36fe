//! A dialog that asks something.

use leptos::html;
use leptos::prelude::*;

/// The node for a dialog that stands open, over everything else, while something is asked.
pub fn modal<T: Send + Sync + 'static>(asking: RwSignal<Option<T>>) -> NodeRef<html::Dialog> {
    let node = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        let Some(dialog) = node.get() else { return };
        if asking.with(Option::is_some) {
            // A dialog that is open already stays so.
            let _ = dialog.show_modal();
        } else {
            dialog.close();
        }
    });
    node
}
