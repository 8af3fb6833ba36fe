//! Typed views of the stored columns: who the pupils are, what they learn, when the events are.
//!
//! A view is made anew from the columns when something it shows has changed; it holds nothing that
//! is not in them.

pub mod approvals;
pub mod calendar;
pub mod class_changes;
pub mod cohort_targets;
pub mod cohorts;
pub mod completeness;
pub mod diary;
pub mod entry_time;
mod facts;
pub mod figures;
pub mod groups;
pub mod interventions;
pub mod last_year;
pub mod markbook;
pub mod master;
pub mod order;
pub mod other_targets;
pub mod phrases;
mod plain;
pub mod policies;
pub mod pupils;
pub mod roll_over;
pub mod setting;
pub mod standing;
pub mod target_life;
pub mod targets;
pub mod typed;
pub mod unusual;
pub mod what_if;

pub use calendar::{EventState, TrackingEvent, events};
pub use figures::{LoadedFigures, choose_figures, load_figures, loaded_figures};
pub use groups::{Class, Subject, Takers, classes, subjects, takers};
pub use plain::plain;
pub use policies::{
    KeptPolicy, choose_kept, chosen_policy, keep_policy, kept_policies, pin_policy, pinned_policy,
    policy_named, rival_policies,
};
pub use pupils::{Pupil, pupils};
pub use setting::{Setting, setting};
