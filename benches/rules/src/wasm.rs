//! The same in Wasm; the clock is the caller's.

use wasm_bindgen::prelude::wasm_bindgen;

use crate::event::{Event, PUPILS};

/// An event in the memory of this module.
#[wasm_bindgen]
pub struct Rules(Event);

#[wasm_bindgen]
impl Rules {
    /// Makes the event up; none when the shipped pack has changed under it.
    pub fn made_up() -> Option<Rules> {
        Event::made_up().ok().map(Rules)
    }

    /// Evaluates the whole event.
    pub fn whole(&mut self) {
        self.0.whole();
    }

    /// Evaluates each pupil alone.
    pub fn one_by_one(&mut self) {
        self.0.one_by_one();
    }

    /// In how many cells the subject trigger fires.
    pub fn fired(&self) -> usize {
        self.0.fired()
    }

    /// How many pupils the event has.
    pub fn pupils() -> usize {
        PUPILS
    }
}
