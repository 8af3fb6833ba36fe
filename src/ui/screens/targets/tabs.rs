//! The parts of the targets' screen.

use flightpath_school::model::Table;
use leptos::prelude::*;

use crate::app::use_app;
use crate::i18n::{t_string, use_i18n};
use crate::ui::route::{Route, TargetsPart};

/// Links to the parts that the school's policy has a use for or that hold something, and to the one that is shown.
#[component]
pub fn Tabs(here: Option<TargetsPart>) -> impl IntoView {
    let i18n = use_i18n();
    let app = use_app();
    let parts = Memo::new(move |_| {
        app.with(|core| {
            let pack = core.policy().map(|policy| policy.pack());
            let holds = |table| !core.school().rows(table).is_empty();
            let wanted = |part: &TargetsPart| match part {
                TargetsPart::Other => {
                    pack.is_some_and(|pack| !pack.other_targets.is_empty())
                        || holds(Table::OtherTargets)
                }
                TargetsPart::Cohorts => {
                    pack.is_some_and(|pack| pack.cohort_targets.is_some())
                        || holds(Table::CohortTargets)
                }
                TargetsPart::LastYear => true,
            };
            let shown = |part: &TargetsPart| Some(*part) == here || wanted(part);
            TargetsPart::ALL
                .into_iter()
                .filter(shown)
                .collect::<Vec<_>>()
        })
    });
    let name = move |part| match part {
        None => t_string!(i18n, targets.tab_grades),
        Some(TargetsPart::Other) => t_string!(i18n, targets.tab_other),
        Some(TargetsPart::Cohorts) => t_string!(i18n, targets.tab_cohorts),
        Some(TargetsPart::LastYear) => t_string!(i18n, targets.tab_last_year),
    };
    let link = move |part: Option<TargetsPart>| {
        let route = part.map_or(Route::Targets, Route::TargetsOf);
        view! {
            <a href=route.href() aria-current=(part == here).then_some("page")>
                {name(part)}
            </a>
        }
    };
    let tabs = move || {
        let parts = parts.get();
        (!parts.is_empty()).then(|| {
            let each = core::iter::once(None).chain(parts.into_iter().map(Some));
            view! {
                <nav class="tabs" aria-label=t_string!(i18n, targets.tabs)>
                    {each.map(link).collect_view()}
                </nav>
            }
        })
    };
    view! { {tabs} }
}
