//! What the page and its workers say to each other.
//!
//! Files are read and workbooks written in workers, so that the page stays quick and the work can be stopped by
//! ending the worker.

#[cfg(target_arch = "wasm32")]
pub mod hearing;
pub mod protocol;
pub mod workbook;
