//! Two policies side by side: what only one of them says.

use flightpath_school::policy::PolicyPack;
use leptos::prelude::*;

use super::says::parts_of;
use crate::app::App;
use crate::i18n::t_string;
use crate::ui::say::Words;

/// What two policies say about one thing, without what both say.
struct Difference {
    part: &'static str,
    one: Vec<String>,
    other: Vec<String>,
}

/// The parts in which they differ.
fn differences(i18n: Words, app: App, one: &PolicyPack, other: &PolicyPack) -> Vec<Difference> {
    let others = parts_of(i18n, app, other);
    let mut differences = Vec::new();
    for ((part, one), (_, other)) in parts_of(i18n, app, one).into_iter().zip(others) {
        let only = |own: &[String], others: &[String]| -> Vec<String> {
            own.iter()
                .filter(|line| !others.contains(line))
                .cloned()
                .collect()
        };
        let (of_one, of_other) = (only(&one, &other), only(&other, &one));
        if !of_one.is_empty() || !of_other.is_empty() {
            differences.push(Difference {
                part,
                one: of_one,
                other: of_other,
            });
        }
    }
    differences
}

/// The two beside each other.
pub fn compared(
    i18n: Words,
    app: App,
    (one_name, one): (&str, &PolicyPack),
    (other_name, other): (&str, &PolicyPack),
) -> AnyView {
    let differences = differences(i18n, app, one, other);
    if differences.is_empty() {
        return view! { <p>{t_string!(i18n, policy.compare_same)}</p> }.into_any();
    }
    let lines = |lines: Vec<String>| {
        let lines: Vec<_> = lines
            .into_iter()
            .map(|line| view! { <li>{line}</li> })
            .collect();
        view! { <ul>{lines}</ul> }
    };
    let rows: Vec<_> = differences
        .into_iter()
        .map(|difference| {
            view! {
                <tr>
                    <th scope="row">{difference.part}</th>
                    <td class="wrap">{lines(difference.one)}</td>
                    <td class="wrap">{lines(difference.other)}</td>
                </tr>
            }
        })
        .collect();
    let title = t_string!(
        i18n,
        policy.compare_title,
        one = one_name.to_owned(),
        other = other_name.to_owned()
    )
    .to_string();
    view! {
        <div class="table-frame" tabindex="0" role="region" aria-label=title.clone()>
            <table class="compared">
                <caption>{title.clone()}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t_string!(i18n, policy.compare_part)}</th>
                        <th scope="col">{one_name.to_owned()}</th>
                        <th scope="col">{other_name.to_owned()}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}
