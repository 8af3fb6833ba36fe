//! No bytes make opening a Flightpath file panic: neither the file itself, nor the cells and steps
//! inside it, which no hash guards from whoever writes a file on purpose.
#![no_main]

use flightpath_exchange::own_file::read;
use flightpath_school::journal::block::Block;
use flightpath_school::journal::{School, Step};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = read(bytes);
    if let Ok(block) = serde_json::from_slice::<Block>(bytes) {
        let mut school = School::default();
        if block.join_into(&mut school).is_ok() {
            // What was taken in can be written again, and means the same then.
            let again = Block::of(&school, |_| true);
            let mut other = School::default();
            assert!(again.join_into(&mut other).is_ok());
            assert_eq!(school.cells_in_order(), other.cells_in_order());
        }
    }
    if let Ok(step) = Step::from_json(bytes) {
        School::default().apply(&step);
    }
});
