//! What the page and its worker say to each other.
//!
//! Files are read in a worker, so that the page stays quick and reading can be stopped by ending
//! the worker.

pub mod protocol;
