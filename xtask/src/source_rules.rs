//! Rules about the app's own source that the compiler does not know: who may use whom between the
//! folders of `src/`, and two ways to write markup that the page's policy forbids.

use std::path::{Path, PathBuf};

use crate::place::Place;
use crate::trouble::Trouble;

/// What a folder of `src/` must not name, and why.
struct Rule {
    folder: &'static str,
    forbidden: &'static [&'static str],
    why: &'static str,
}

const RULES: [Rule; 5] = [
    Rule {
        folder: "platform",
        forbidden: &["crate::app", "crate::ui", "leptos"],
        why: "src/platform speaks to the browser alone: platform ← app ← ui",
    },
    Rule {
        folder: "app",
        forbidden: &["crate::ui"],
        why: "src/app does not know the screen: platform ← app ← ui",
    },
    Rule {
        folder: "ui",
        forbidden: &["flightpath_store"],
        why: "src/ui reaches data through src/app alone",
    },
    Rule {
        folder: "ui",
        forbidden: &["inner_html"],
        why: "text from a file must never become markup",
    },
    Rule {
        folder: "ui",
        forbidden: &["style=\""],
        why: "the page's policy blocks style attributes: use a class or style:property",
    },
];

/// Reads `src/` and reports every line that breaks a rule.
pub fn check(place: &Place) -> Result<(), Trouble> {
    let mut problems = Vec::new();
    for rule in &RULES {
        let mut files = Vec::new();
        // A folder may also be one file: src/ui.rs.
        let folder = place.root.join("src").join(rule.folder);
        let file = folder.with_extension("rs");
        if file.is_file() {
            files.push(file);
        }
        if folder.is_dir() {
            rust_files(&folder, &mut files)?;
        }
        for file in files {
            let text = std::fs::read_to_string(&file).map_err(Trouble::file(&file))?;
            let name = file.strip_prefix(&place.root).unwrap_or(&file);
            for (line, word) in broken(&text, rule.forbidden) {
                problems.push(format!("{}:{line}: `{word}`: {}", name.display(), rule.why));
            }
        }
    }
    if problems.is_empty() {
        Ok(())
    } else {
        Err(Trouble::Broken(problems))
    }
}

/// Line numbers (from 1) and the forbidden word found there. Comments may say anything.
fn broken<'a>(text: &str, forbidden: &[&'a str]) -> Vec<(usize, &'a str)> {
    let mut found = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let code = line.trim_start();
        if code.starts_with("//") {
            continue;
        }
        for word in forbidden {
            if code
                .match_indices(word)
                .any(|(at, _)| whole(code, at, word))
            {
                found.push((index + 1, *word));
            }
        }
    }
    for (line, module) in grouped(text) {
        let path = format!("crate::{module}");
        found.extend(
            forbidden
                .iter()
                .filter(|word| **word == path)
                .map(|word| (line, *word)),
        );
    }
    found
}

/// The modules named directly in groups such as `use crate::{app::State, ui}`, with their lines.
fn grouped(text: &str) -> Vec<(usize, String)> {
    let mut modules = Vec::new();
    for (start, opening) in text.match_indices("crate::{") {
        let mut depth = 1_u32;
        let mut name = String::new();
        let mut naming = true;
        let body = start + opening.len();
        for (offset, c) in text.get(body..).unwrap_or_default().char_indices() {
            match c {
                '{' => depth += 1,
                '}' => depth -= 1,
                _ => {}
            }
            let name_goes_on = c.is_alphanumeric() || c == '_';
            if depth == 1 && naming && name_goes_on {
                name.push(c);
            } else if !c.is_whitespace() && !name.is_empty() {
                let before = text.get(..body + offset).unwrap_or_default();
                modules.push((before.lines().count(), std::mem::take(&mut name)));
            }
            if depth == 0 {
                break;
            }
            // A name after `::` lies inside a module; the next module comes after a comma.
            match c {
                ',' if depth == 1 => naming = true,
                c if !c.is_whitespace() && !name_goes_on => naming = false,
                _ => {}
            }
        }
    }
    modules
}

/// Whether the find is no part of a longer name: `crate::application` is not `crate::app`, and
/// `my-style="…"` is not `style="…"`. `leptos` stands for its family (`leptos_i18n`) too.
fn whole(code: &str, at: usize, word: &str) -> bool {
    let part_of_name = |c: char| c.is_alphanumeric() || c == '_' || c == '-' || c == ':';
    let before = code.get(..at).and_then(|text| text.chars().next_back());
    let after = code
        .get(at + word.len()..)
        .and_then(|text| text.chars().next());
    let continues = |c: char| c.is_alphanumeric() || (c == '_' && word != "leptos");
    !before.is_some_and(part_of_name) && (word.ends_with('"') || !after.is_some_and(continues))
}

fn rust_files(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), Trouble> {
    for entry in std::fs::read_dir(folder).map_err(Trouble::file(folder))? {
        let path = entry.map_err(Trouble::file(folder))?.path();
        if path.is_dir() {
            rust_files(&path, files)?;
        } else if path.extension().is_some_and(|kind| kind == "rs") {
            files.push(path);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str, forbidden: &[&'static str]) -> Vec<(usize, &'static str)> {
        broken(text, forbidden)
    }

    #[test]
    fn uses_are_found_with_their_line() {
        let text = "use std::rc::Rc;\n    let x = crate::ui::route();\n";
        assert_eq!(words(text, &["crate::ui"]), [(2, "crate::ui")]);
        // The formatter keeps a group on one line where it fits, and each name on its own where not.
        assert_eq!(words("use crate::{app, ui};", &["crate::ui"]).len(), 1);
        let group = "use crate::{\n    app::State,\n    ui::{Grid, Route},\n};\n";
        assert_eq!(words(group, &["crate::ui"]).len(), 1);
        assert_eq!(words(group, &["crate::platform"]), []);
    }

    #[test]
    fn longer_names_and_comments_are_left_alone() {
        assert_eq!(words("use crate::application;", &["crate::app"]), []);
        assert_eq!(words("// crate::app is above", &["crate::app"]), []);
        assert_eq!(words("style:width=move || w", &["style=\""]), []);
        assert_eq!(words("data-style=\"x\"", &["style=\""]), []);
    }

    #[test]
    fn markup_that_the_policy_blocks_is_found() {
        assert_eq!(words("<p style=\"a\">", &["style=\""]).len(), 1);
        assert_eq!(words("<p inner_html=x>", &["inner_html"]).len(), 1);
        assert_eq!(words("use leptos_i18n::t;", &["leptos"]).len(), 1);
    }
}
