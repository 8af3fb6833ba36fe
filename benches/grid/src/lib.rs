//! The grid by itself in a page, with cells that are made from their row and column, so that rivals can be given the very
//! same ones.
#[cfg(target_arch = "wasm32")]
mod page;
