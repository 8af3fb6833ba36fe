//! Lists of the editor: rows that can be added, taken away and moved.

use flightpath_school::policy::PolicyPack;
use leptos::prelude::*;

use super::desk::Desk;
use super::fields::{faults, id_of};
use super::lens::Lens;
use crate::i18n::t_string;

/// A list of the draft.
pub struct Items<T: 'static> {
    /// The place of the list in the document.
    pub place: String,
    /// The list.
    pub lens: Lens<Vec<T>>,
    /// What one row is called, such as *event*.
    pub one: &'static str,
    /// A new row, given what the draft is now, and the rows that there are.
    pub new: fn(&PolicyPack, &[T]) -> T,
    /// Whether the order of the rows counts.
    pub ordered: bool,
}

impl<T: Clone + Send + Sync + 'static> Items<T> {
    /// The list, with what is inside each row.
    pub fn view(
        self,
        desk: Desk,
        row: impl Fn(usize, Lens<T>, &str) -> AnyView + Send + 'static,
    ) -> AnyView {
        let i18n = desk.i18n;
        let add_id = id_of(&format!("{}-add", self.place));
        let Items {
            place,
            lens,
            one,
            new,
            ordered,
        } = self;
        let (rows_of, rows_place) = (lens.clone(), place.clone());
        let rows = move || {
            desk.track_shape();
            let count = desk.peek(&rows_of).map_or(0, |list| list.len());
            let rows: Vec<_> = (0..count)
                .map(|number| {
                    let at = format!("{rows_place}[{number}]");
                    let content = row(number, rows_of.at(number), &at);
                    let tools = Tools {
                        desk,
                        lens: rows_of.clone(),
                        place: rows_place.clone(),
                        number,
                        count,
                        ordered,
                    };
                    let name = format!("{one} {}", number + 1);
                    view! {
                        <li id=id_of(&at) tabindex="-1">
                            <div class="item-head">
                                <strong>{name.clone()}</strong>
                                {tools.view(&name)}
                            </div>
                            {content}
                            {faults(desk, &at)}
                        </li>
                    }
                })
                .collect();
            rows
        };
        let add = {
            let place = place.clone();
            move |_| {
                let rows = desk.peek(&lens).unwrap_or_default();
                let row = new(&desk.pack(), &rows);
                let number = rows.len();
                desk.reshape(&lens, id_of(&format!("{place}[{number}]")), |list| {
                    list.push(row)
                });
            }
        };
        view! {
            <div class="items" id=id_of(&place) tabindex="-1">
                <ol>{rows}</ol>
                {faults(desk, &place)}
                <button type="button" id=add_id on:click=add>
                    {t_string!(i18n, edit.add, what = one).to_string()}
                </button>
            </div>
        }
        .into_any()
    }
}

/// What can be done with a row.
struct Tools<T: 'static> {
    desk: Desk,
    lens: Lens<Vec<T>>,
    place: String,
    number: usize,
    count: usize,
    ordered: bool,
}

impl<T: Clone + Send + Sync + 'static> Tools<T> {
    fn view(self, name: &str) -> AnyView {
        let Tools {
            desk,
            lens,
            place,
            number,
            count,
            ordered,
        } = self;
        let i18n = desk.i18n;
        let row = move |number: usize| id_of(&format!("{place}[{number}]"));
        let (moved, moved_row) = (lens.clone(), row.clone());
        let swap = move |other: usize| {
            desk.reshape(&moved, moved_row(other), |list| {
                if number.max(other) < list.len() {
                    list.swap(number, other);
                }
            });
        };
        let up = swap.clone();
        let remove = move |_| {
            // The row that takes its place, else the one before it.
            let focus = row(number.min(count.saturating_sub(2)));
            desk.reshape(&lens, focus, |list| {
                if number < list.len() {
                    list.remove(number);
                }
            });
        };
        let earlier = (ordered && number > 0).then(|| {
            let label = t_string!(i18n, edit.earlier, what = name.to_owned()).to_string();
            view! {
                <button type="button" class="quiet" aria-label=label on:click=move |_| up(number - 1)>
                    "↑"
                </button>
            }
        });
        let later = (ordered && number + 1 < count).then(|| {
            let label = t_string!(i18n, edit.later, what = name.to_owned()).to_string();
            view! {
                <button type="button" class="quiet" aria-label=label on:click=move |_| swap(number + 1)>
                    "↓"
                </button>
            }
        });
        let label = t_string!(i18n, edit.remove, what = name.to_owned()).to_string();
        view! {
            <span class="item-tools">
                {earlier} {later} <button type="button" class="quiet" aria-label=label on:click=remove>
                    {t_string!(i18n, edit.remove_short)}
                </button>
            </span>
        }
        .into_any()
    }
}
