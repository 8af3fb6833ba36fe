//! What a school is and what its policy says.
//!
//! This crate knows no browser, no clock, no randomness and no language: time, authors and fresh
//! ids are given to it, and it answers with values and reasons as data.

pub mod engine;
pub mod journal;
pub mod markbook;
pub mod model;
pub mod national;
pub mod policy;
pub mod sample;
pub mod view;
pub mod worked;
