//! Which encoding the bytes of a text file are in.
//!
//! Only the guess is made here. The decoding is the caller's: the browser's `TextDecoder` knows
//! every encoding already.

use serde::{Deserialize, Serialize};

/// An encoding that schools' systems write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Encoding {
    /// UTF-8, with a byte order mark or without.
    Utf8,
    /// UTF-16, the lower byte first ("Unicode text" of spreadsheets).
    Utf16Le,
    /// UTF-16, the higher byte first.
    Utf16Be,
    /// Windows-1252, "ANSI" of western Europe.
    Windows1252,
}

impl Encoding {
    /// All encodings, likeliest first.
    pub const ALL: [Encoding; 4] = [
        Encoding::Utf8,
        Encoding::Windows1252,
        Encoding::Utf16Le,
        Encoding::Utf16Be,
    ];

    /// The label of the Encoding Standard, which `TextDecoder` takes.
    pub fn label(self) -> &'static str {
        match self {
            Encoding::Utf8 => "utf-8",
            Encoding::Utf16Le => "utf-16le",
            Encoding::Utf16Be => "utf-16be",
            Encoding::Windows1252 => "windows-1252",
        }
    }
}

/// Why an encoding was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EncodingWhy {
    /// The file begins with the encoding's byte order mark.
    ByteOrderMark,
    /// Every other byte is zero, as in UTF-16 text.
    ZeroBytes,
    /// The bytes are UTF-8, which other encodings almost never are by chance.
    ValidUtf8,
    /// Not UTF-8 and not UTF-16.
    NothingElseFits,
    /// The user chose it.
    Chosen,
    /// It was text already: pasted.
    AlreadyText,
}

/// How many bytes at the start are looked at for the pattern of UTF-16.
const SAMPLE: usize = 4096;

/// The likeliest encoding of the bytes.
pub fn detect(bytes: &[u8]) -> (Encoding, EncodingWhy) {
    match bytes {
        [0xEF, 0xBB, 0xBF, ..] => return (Encoding::Utf8, EncodingWhy::ByteOrderMark),
        [0xFF, 0xFE, ..] => return (Encoding::Utf16Le, EncodingWhy::ByteOrderMark),
        [0xFE, 0xFF, ..] => return (Encoding::Utf16Be, EncodingWhy::ByteOrderMark),
        _ => {}
    }
    let mut pairs = 0_usize;
    let mut zero_high_first = 0_usize;
    let mut zero_high_last = 0_usize;
    for pair in bytes.chunks_exact(2).take(SAMPLE / 2) {
        pairs += 1;
        match pair {
            [0, low] if *low != 0 => zero_high_first += 1,
            [low, 0] if *low != 0 => zero_high_last += 1,
            _ => {}
        }
    }
    // Western text in UTF-16 has a zero in nearly every pair; half leaves room for other letters.
    if zero_high_last * 2 > pairs {
        return (Encoding::Utf16Le, EncodingWhy::ZeroBytes);
    }
    if zero_high_first * 2 > pairs {
        return (Encoding::Utf16Be, EncodingWhy::ZeroBytes);
    }
    if core::str::from_utf8(bytes).is_ok() {
        (Encoding::Utf8, EncodingWhy::ValidUtf8)
    } else {
        (Encoding::Windows1252, EncodingWhy::NothingElseFits)
    }
}

/// A kind of file that holds no plain text, known by its first bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ForeignFile {
    /// A zip archive, as XLSX and ODS are.
    Zip,
    /// A workbook or document of Office 97–2003.
    OldOffice,
    /// A PDF document.
    Pdf,
    /// Any other file with bytes that no text has.
    Binary,
}

/// What the bytes are, where they cannot be a text.
pub fn foreign(bytes: &[u8]) -> Option<ForeignFile> {
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return Some(ForeignFile::Zip);
    }
    if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        return Some(ForeignFile::OldOffice);
    }
    if bytes.starts_with(b"%PDF-") {
        return Some(ForeignFile::Pdf);
    }
    let wide = matches!(detect(bytes).0, Encoding::Utf16Le | Encoding::Utf16Be);
    let holds_zero = bytes.iter().take(SAMPLE).any(|byte| *byte == 0);
    (holds_zero && !wide).then_some(ForeignFile::Binary)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16(text: &str, bytes_of: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes_of).collect()
    }

    #[test]
    fn encodings_are_told_apart() {
        let text = "UPN,Surname\nM823,Müller\n";
        assert_eq!(
            detect(text.as_bytes()),
            (Encoding::Utf8, EncodingWhy::ValidUtf8)
        );
        assert_eq!(
            detect(b"\xEF\xBB\xBFa"),
            (Encoding::Utf8, EncodingWhy::ByteOrderMark)
        );
        assert_eq!(
            detect(b"M\xFCller"),
            (Encoding::Windows1252, EncodingWhy::NothingElseFits)
        );
        assert_eq!(
            detect(&utf16(text, u16::to_le_bytes)),
            (Encoding::Utf16Le, EncodingWhy::ZeroBytes)
        );
        assert_eq!(
            detect(&utf16(text, u16::to_be_bytes)),
            (Encoding::Utf16Be, EncodingWhy::ZeroBytes)
        );
        assert_eq!(detect(b"\xFF\xFEa\0").0, Encoding::Utf16Le);
        assert_eq!(detect(b"\xFE\xFF\0a").0, Encoding::Utf16Be);
        assert_eq!(detect(b""), (Encoding::Utf8, EncodingWhy::ValidUtf8));
    }

    #[test]
    fn workbooks_and_pdfs_are_no_text() {
        assert_eq!(foreign(b"PK\x03\x04rest"), Some(ForeignFile::Zip));
        assert_eq!(foreign(b"%PDF-1.7"), Some(ForeignFile::Pdf));
        assert_eq!(foreign(b"abc\0\0\0\0def"), Some(ForeignFile::Binary));
        assert_eq!(foreign(b"UPN,Name"), None);
        assert_eq!(foreign(&utf16("UPN,Name", u16::to_le_bytes)), None);
    }
}
