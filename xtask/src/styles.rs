//! The style sheets as two files, what the first screens need and what all others do: each file is a request that a
//! paint would wait for.

use std::collections::BTreeMap;
use std::path::Path;

use crate::place::files;
use crate::trouble::Trouble;

/// The sheets that name all others.
const LISTS: [&str; 2] = ["flightpath.css", "screens.css"];

/// Writes the sheets of `folder` into one for each list, in the order that the list imports them.
///
/// # Errors
/// Where a sheet is missing, or stands in no list or in both.
pub fn bundle(folder: &Path, into: &Path) -> Result<(), Trouble> {
    let read = |name: &str| {
        let path = folder.join(name);
        std::fs::read_to_string(&path).map_err(Trouble::file(&path))
    };
    let mut uses: BTreeMap<String, usize> = BTreeMap::new();
    for list in LISTS {
        let mut bundled = String::new();
        for name in read(list)?.lines().filter_map(imported) {
            bundled.push_str(&read(name)?);
            *uses.entry(name.to_owned()).or_default() += 1;
        }
        let out = into.join(list);
        std::fs::write(&out, bundled).map_err(Trouble::file(&out))?;
    }
    for sheet in files(folder)? {
        let name = sheet.file_name().unwrap_or_default().to_string_lossy();
        if !LISTS.contains(&name.as_ref()) && uses.get(name.as_ref()) != Some(&1) {
            return Err(Trouble::Unreadable(format!(
                "style/{name} must be imported by one of {}, and by one alone",
                LISTS.join(" and ")
            )));
        }
    }
    Ok(())
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
