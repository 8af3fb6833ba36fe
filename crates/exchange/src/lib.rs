//! Files in and out: reading text files of any make, guessing what their columns are, planning an
//! import row by row, and writing CSV.
//!
//! Nothing here knows a browser, a clock, randomness or a language: problems are data with their
//! place, and sentences are made of them elsewhere.

pub mod cells;
pub mod csv_out;
pub mod mapping;
pub mod own_file;
pub mod plan;
pub mod published;
pub mod sheet_out;
pub mod table;
pub mod text;
