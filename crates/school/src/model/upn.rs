//! The unique pupil number of English schools.

/// What a UPN-shaped text turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UpnCheck {
    /// Thirteen characters and the check letter agrees.
    Valid,
    /// A well-formed number whose check letter should have been `expected`.
    WrongCheckLetter {
        /// The letter that the other twelve characters ask for.
        expected: char,
    },
    /// Not a letter and twelve digits (the last of which may be a letter in a temporary UPN).
    Malformed,
}

/// Letters in the order of the remainder; I, O and S are not used.
const LETTERS: [char; 23] = [
    'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'J', 'K', 'L', 'M', 'N', 'P', 'Q', 'R', 'T', 'U', 'V',
    'W', 'X', 'Y', 'Z',
];

/// Checks a UPN: a check letter, eleven digits and a digit, or a letter in a temporary UPN.
///
/// The check letter is the weighted sum of the twelve characters after it (weights 2 to 13),
/// modulo 23; a letter counts as its place in the list of 23. Source: Department for Education,
/// *Unique pupil numbers: a guide for schools and local authorities*.
pub fn check(text: &str) -> UpnCheck {
    let characters: Vec<char> = text.chars().map(|c| c.to_ascii_uppercase()).collect();
    let [first, middle @ .., last] = characters.as_slice() else {
        return UpnCheck::Malformed;
    };
    let value = |c: char| -> Option<usize> {
        match c.to_digit(10) {
            Some(digit) => usize::try_from(digit).ok(),
            None => LETTERS.iter().position(|letter| *letter == c),
        }
    };
    let digits_between = middle.len() == 11 && middle.iter().all(char::is_ascii_digit);
    if !digits_between || !LETTERS.contains(first) {
        return UpnCheck::Malformed;
    }
    let mut sum = 0;
    for (c, weight) in middle.iter().chain(core::iter::once(last)).zip(2..) {
        match value(*c) {
            Some(value) => sum += value * weight,
            None => return UpnCheck::Malformed,
        }
    }
    match LETTERS.get(sum % 23) {
        Some(expected) if expected == first => UpnCheck::Valid,
        Some(expected) => UpnCheck::WrongCheckLetter {
            expected: *expected,
        },
        None => UpnCheck::Malformed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_letters_of_permanent_and_temporary_numbers() {
        assert_eq!(check("M823400121001"), UpnCheck::Valid);
        assert_eq!(check("m823400121001"), UpnCheck::Valid);
        assert!(matches!(
            check("A823400121001"),
            UpnCheck::WrongCheckLetter { expected: 'M' }
        ));
        assert_eq!(check("M82340012100"), UpnCheck::Malformed);
        assert_eq!(check(""), UpnCheck::Malformed);
        assert!(!matches!(check("M82340012100A"), UpnCheck::Malformed));
    }
}
