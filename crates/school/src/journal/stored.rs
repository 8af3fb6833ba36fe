//! A block of cells as the store keeps it: a byte that names the form, then the block in postcard,
//! <https://postcard.jamesmunns.com/wire-format>, which writes numbers in as few bytes as they need.
//! The order of struct fields and of enum variants is part of the form.

use super::block::Block;

/// The form that this program writes.
const POSTCARD: u8 = 1;
/// Releases before wrote JSON.
const JSON: u8 = b'{';

/// A block that was read from the store.
#[derive(Debug, Clone)]
pub struct Stored {
    /// The cells.
    pub block: Block,
    /// Whether it stands there in a form that is no longer written.
    pub is_old: bool,
}

/// Bytes that are no block, or not in a form that this program knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a stored block of cells")]
pub struct NotABlock;

/// Writes a block.
///
/// # Errors
/// [`NotABlock`] where it cannot be written, which no block is known to cause.
pub fn write(block: &Block) -> Result<Vec<u8>, NotABlock> {
    postcard::to_extend(block, vec![POSTCARD]).map_err(|_| NotABlock)
}

/// Reads a block, in this form or an old one. Its numbers are checked when it is joined.
///
/// # Errors
/// [`NotABlock`] for anything else.
pub fn read(bytes: &[u8]) -> Result<Stored, NotABlock> {
    match bytes {
        [POSTCARD, rest @ ..] => match postcard::take_from_bytes(rest) {
            Ok((block, [])) => Ok(Stored {
                block,
                is_old: false,
            }),
            _ => Err(NotABlock),
        },
        [JSON, ..] => serde_json::from_slice(bytes)
            .map(|block| Stored {
                block,
                is_old: true,
            })
            .map_err(|_| NotABlock),
        _ => Err(NotABlock),
    }
}
