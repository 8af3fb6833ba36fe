//! One module for each screen.

pub mod classes;
pub mod entry;
pub mod exchange;
pub mod first_run;
pub mod help;
pub mod history;
pub mod home;
pub mod import;
pub mod interventions;
pub mod markbook;
pub mod master;
pub mod new_year;
pub mod policy;
pub mod pupil;
pub mod pupils;
pub mod safety;
pub mod settings;
pub mod targets;
pub mod tracking;
