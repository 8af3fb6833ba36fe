//! The style sheets as one file: each is a request that the first paint would wait for.

use std::path::Path;

use crate::place::files;
use crate::trouble::Trouble;

/// The sheet that names all others.
const ALL: &str = "flightpath.css";

/// Writes the sheets of `folder` into one, in the order that its `flightpath.css` imports them.
///
/// # Errors
/// Where a sheet is missing, or is not imported and would silently not be there.
pub fn bundle(folder: &Path, into: &Path) -> Result<(), Trouble> {
    let read = |name: &str| {
        let path = folder.join(name);
        std::fs::read_to_string(&path).map_err(Trouble::file(&path))
    };
    let list = read(ALL)?;
    let mut bundled = String::new();
    let names: Vec<&str> = list.lines().filter_map(imported).collect();
    for name in &names {
        bundled.push_str(&read(name)?);
    }
    for sheet in files(folder)? {
        let name = sheet.file_name().unwrap_or_default().to_string_lossy();
        if name != ALL && !names.contains(&name.as_ref()) {
            return Err(Trouble::Unreadable(format!(
                "style/{ALL} does not import style/{name}"
            )));
        }
    }
    let out = into.join(ALL);
    std::fs::write(&out, bundled).map_err(Trouble::file(&out))
}

/// The sheet that a line imports.
fn imported(line: &str) -> Option<&str> {
    line.trim().strip_prefix("@import \"")?.strip_suffix("\";")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_import_names_a_sheet() {
        assert_eq!(imported("@import \"a.css\";"), Some("a.css"));
        assert_eq!(imported("/* @import */"), None);
        assert_eq!(imported("@layer parts;"), None);
    }
}
