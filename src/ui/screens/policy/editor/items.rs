//! Lists of the editor: rows that can be added, taken away and moved.

use std::sync::Arc;

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
    /// What one row is called, such as *Event*.
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
        self.named(desk, |_, _| String::new(), row)
    }

    /// The list, where each row has a name beside its number: `called` gives it, empty where there is none yet.
    pub fn named(
        self,
        desk: Desk,
        called: fn(Desk, &T) -> String,
        row: impl Fn(usize, Lens<T>, &str) -> AnyView + Send + 'static,
    ) -> AnyView {
        let Items {
            place,
            lens,
            one,
            new,
            ordered,
        } = self;
        let (counted, of_row, added, changed) =
            (lens.clone(), lens.clone(), lens.clone(), lens.clone());
        let name_of = move |number: usize| {
            let row = desk.get(&lens.at(number));
            row.map_or_else(String::new, |row| called(desk, &row))
        };
        let (row_place, list_place) = (place.clone(), place.clone());
        let rows = Rows {
            desk,
            place,
            one,
            ordered,
            called: Arc::new(name_of),
            count: Arc::new(move || desk.peek(&counted).map_or(0, |list| list.len())),
            add: Arc::new(move |focus| {
                let rows = desk.peek(&added).unwrap_or_default();
                let row = new(&desk.pack(), &rows);
                desk.reshape(&added, focus, |list| list.push(row));
            }),
            change: Arc::new(move |change, focus| {
                desk.move_unread(&list_place, |row| change.of(row));
                desk.reshape(&changed, focus, |list| match change {
                    Change::Remove(row) if row < list.len() => {
                        list.remove(row);
                    }
                    Change::Swap(row, other) if row.max(other) < list.len() => {
                        list.swap(row, other)
                    }
                    Change::Remove(_) | Change::Swap(..) => {}
                });
            }),
        };
        rows.view(Box::new(move |number| {
            let at = format!("{row_place}[{number}]");
            row(number, of_row.at(number), &at)
        }))
    }
}

/// What happens to rows.
#[derive(Clone, Copy)]
enum Change {
    Remove(usize),
    Swap(usize, usize),
}

impl Change {
    /// The number that a row has afterwards, if it is still there.
    fn of(self, row: usize) -> Option<usize> {
        match self {
            Change::Remove(gone) => (row != gone).then(|| row - usize::from(row > gone)),
            Change::Swap(one, other) if row == one => Some(other),
            Change::Swap(one, other) if row == other => Some(one),
            Change::Swap(..) => Some(row),
        }
    }
}

type Calling = Arc<dyn Fn(usize) -> String + Send + Sync>;
type Counting = Arc<dyn Fn() -> usize + Send + Sync>;
type Adding = Arc<dyn Fn(String) + Send + Sync>;
type Changing = Arc<dyn Fn(Change, String) + Send + Sync>;
type Content = Box<dyn Fn(usize) -> AnyView + Send>;

/// The rows of a list of any kind: made once for all kinds of lists.
#[derive(Clone)]
struct Rows {
    desk: Desk,
    place: String,
    one: &'static str,
    ordered: bool,
    /// The name of a row, followed.
    called: Calling,
    count: Counting,
    /// Adds a row, and gives the focus to the element of this id.
    add: Adding,
    change: Changing,
}

/// The head of an item, which is a heading.
fn title(is_deeper: bool, name: impl IntoView + 'static) -> AnyView {
    if is_deeper {
        view! { <h5>{name}</h5> }.into_any()
    } else {
        view! { <h4>{name}</h4> }.into_any()
    }
}

impl Rows {
    fn view(self, content: Content) -> AnyView {
        let (desk, one) = (self.desk, self.one);
        let place = self.place.clone();
        let shown = self.clone();
        // The rows of a row stand one heading below it.
        let is_deeper = place.contains('[');
        let rows = move || {
            desk.track_shape();
            let count = (shown.count)();
            let rows: Vec<_> = (0..count)
                .map(|number| {
                    let at = format!("{}[{number}]", shown.place);
                    let name = format!("{one} {}", number + 1);
                    view! {
                        <li id=id_of(&at) tabindex="-1">
                            <div class="item-head">
                                {title(is_deeper, shown.heading(number, &name))}
                                {shown.tools(number, count, &name)}
                            </div>
                            {content(number)}
                            {faults(desk, &at)}
                        </li>
                    }
                })
                .collect();
            rows
        };
        let add = move |_| {
            let new = id_of(&format!("{}[{}]", self.place, (self.count)()));
            (self.add)(new);
        };
        view! {
            <div class="items" id=id_of(&place) tabindex="-1">
                <ol>{rows}</ol>
                {faults(desk, &place)}
                <button type="button" id=id_of(&format!("{place}-add")) on:click=add>
                    {t_string!(desk.i18n, edit.add, what = one.to_lowercase()).to_string()}
                </button>
            </div>
        }
        .into_any()
    }

    /// What a row is called: its number, and its name where it has one. Follows the name alone, so that the control in
    /// which the name is changed stays.
    fn heading(&self, number: usize, numbered: &str) -> impl IntoView + use<> {
        let (i18n, called, one) = (
            self.desk.i18n,
            Arc::clone(&self.called),
            numbered.to_owned(),
        );
        move || match called(number) {
            name if name.is_empty() => one.clone(),
            name => t_string!(i18n, edit.item_named, one = one.clone(), name = name).to_string(),
        }
    }

    /// What can be done with a row.
    fn tools(&self, number: usize, count: usize, name: &str) -> AnyView {
        let i18n = self.desk.i18n;
        let name = name.to_lowercase();
        let button = |label: String, sign: &'static str, change: Change, focus: usize| {
            let changing = Arc::clone(&self.change);
            let focus = id_of(&format!("{}[{focus}]", self.place));
            view! {
                <button
                    type="button"
                    class="quiet"
                    aria-label=label
                    on:click=move |_| changing(change, focus.clone())
                >
                    {sign}
                </button>
            }
        };
        let earlier = number
            .checked_sub(1)
            .filter(|_| self.ordered)
            .map(|before| {
                let label = t_string!(i18n, edit.earlier, what = name.clone()).to_string();
                button(label, "↑", Change::Swap(number, before), before)
            });
        let later = (self.ordered && number + 1 < count).then(|| {
            let label = t_string!(i18n, edit.later, what = name.clone()).to_string();
            button(label, "↓", Change::Swap(number, number + 1), number + 1)
        });
        // The row that takes its place has the focus next, else the one before it.
        let next = number.min(count.saturating_sub(2));
        let label = t_string!(i18n, edit.remove, what = name.clone()).to_string();
        let remove = button(
            label,
            t_string!(i18n, edit.remove_short),
            Change::Remove(number),
            next,
        );
        view! { <span class="item-tools">{earlier} {later} {remove}</span> }.into_any()
    }
}
