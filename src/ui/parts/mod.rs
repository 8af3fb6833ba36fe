//! Pieces that several screens share.

pub mod choice;
pub mod drawer;
pub mod mark;
pub mod table_out;
pub mod why;
