//! Ids of things that a list, a header or a calendar names: the same names give the same ids,
//! whoever imports them.

use super::date::AcademicYear;
use super::id::Id;

/// A name in the form that ids are made from: small letters and digits, each run of anything else
/// a single hyphen.
pub fn slug(name: &str) -> String {
    let mut slug = String::with_capacity(name.len());
    for character in name.chars().flat_map(char::to_lowercase) {
        if character.is_alphanumeric() {
            slug.push(character);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    if slug.ends_with('-') {
        slug.pop();
    }
    slug
}

/// The subject of this name.
pub fn subject(name: &str) -> Id {
    Id::derived("subject", &[&slug(name)])
}

/// The tracking event of a year with this name, or this key of the policy's calendar.
pub fn event(year: AcademicYear, key_or_name: &str) -> Id {
    Id::derived("event", &[&year.0.to_string(), &slug(key_or_name)])
}

/// The class of a year in a subject with this name.
pub fn class(year: AcademicYear, subject: Id, name: &str) -> Id {
    Id::derived(
        "class",
        &[&year.0.to_string(), &subject.to_string(), &slug(name)],
    )
}

/// The scale with this key.
pub fn scale(key: &str) -> Id {
    Id::derived("scale", &[key])
}

/// The kind of file that has these headers, whatever their case and spacing.
pub fn source<'a>(headers: impl IntoIterator<Item = &'a str>) -> Id {
    let slugs: Vec<String> = headers.into_iter().map(slug).collect();
    let parts: Vec<&str> = slugs.iter().map(String::as_str).collect();
    Id::derived("source", &parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_spacing_do_not_make_another_thing() {
        assert_eq!(slug("  Art & Design "), "art-design");
        assert_eq!(slug("Français 2"), "français-2");
        assert_eq!(slug("—"), "");
        assert_eq!(subject("Art  &  design"), subject("art & Design"));
        assert_ne!(
            event(AcademicYear(2026), "October"),
            event(AcademicYear(2025), "October")
        );
        assert_eq!(
            source(["UPN", "Year  Group"]),
            source(["upn", "year group"])
        );
        assert_ne!(source(["a", "b"]), source(["a b"]));
    }
}
