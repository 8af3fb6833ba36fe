//! Pieces that several screens share.

pub mod cell_words;
pub mod chances;
pub mod choice;
pub mod drawer;
pub mod file_button;
pub mod focus;
pub mod gone;
pub mod interventions;
pub mod line;
pub mod mark;
pub mod modal;
pub mod no_grade;
pub mod plot;
pub mod policy_words;
pub mod practice_words;
pub mod sheet;
pub mod table_out;
pub mod target_changes;
pub mod target_why;
pub mod text_field;
pub mod typed_cells;
pub mod why;
