//! No bytes make reading a file panic, and every field of what was read can be asked for.
#![no_main]

use flightpath_exchange::table::{ReadOptions, from_bytes};
use flightpath_exchange::text::Encoding;
use libfuzzer_sys::fuzz_target;

fn decode(encoding: Encoding, bytes: &[u8]) -> Option<String> {
    let decoder = encoding_rs::Encoding::for_label(encoding.label().as_bytes())?;
    let (text, wrong) = decoder.decode_with_bom_removal(bytes);
    (!wrong || encoding != Encoding::Utf8).then(|| text.into_owned())
}

fuzz_target!(|bytes: &[u8]| {
    if let Ok(table) = from_bytes(bytes, &ReadOptions::default(), decode) {
        let mut last = 0;
        for row in table.rows() {
            assert!(row.line() > last);
            last = row.line();
            for column in 0..=row.len() {
                row.cell(column);
            }
        }
    }
});
