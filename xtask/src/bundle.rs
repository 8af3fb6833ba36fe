//! Building page, worker and program into `dist/`.

use crate::command::{cargo, command, run};
use crate::place::Place;
use crate::trouble::Trouble;
use crate::{no_paths, npm, program, release, tools};

/// Builds page and worker, optimised, into `dist/`.
pub fn build(place: &Place) -> Result<(), Trouble> {
    tools::for_build(place)?;
    npm::installed(place)?;
    // Trunk builds offline, so what is missing is brought here first.
    run(cargo(place).args(["fetch", "--quiet"]))?;
    let release = release::release(place)?;
    println!("building release {release}");
    let ready = program::build(place, &release)?;
    run(command(place, "trunk")
        .args(["build", "--release", "--config"])
        .arg(place.root.join("Trunk.toml"))
        .env(release::VARIABLE, &release)
        .env(no_paths::VARIABLE, no_paths::flags(&place.target()))
        .env("TRUNK_SKIP_VERSION_CHECK", "true")
        // Trunk takes NO_COLOR for a switch of its own and stops at the value others give it.
        .env_remove("NO_COLOR"))?;
    program::install(place, &ready)?;
    well_formed(place)
}

/// Holds the built page to what the policy in its head demands: a page that breaks it would be
/// blank in a browser, and the cause hard to see.
fn well_formed(place: &Place) -> Result<(), Trouble> {
    let path = place.dist().join("index.html");
    let page = std::fs::read_to_string(&path).map_err(Trouble::file(&path))?;
    let problems = page_problems(&page);
    if problems.is_empty() {
        Ok(())
    } else {
        Err(Trouble::Broken(problems))
    }
}

fn page_problems(page: &str) -> Vec<String> {
    let mut problems = Vec::new();
    for (index, _) in page.match_indices("<script") {
        let tag = page
            .get(index..)
            .and_then(|rest| rest.split_once('>'))
            .map_or("", |(tag, _)| tag);
        if !tag.contains(" src=") {
            problems
                .push("dist/index.html holds an inline script, which its policy forbids".into());
        }
    }
    for forbidden in ["<style", " style=", " onload=", " onclick=", "javascript:"] {
        if page.contains(forbidden) {
            problems.push(format!(
                "dist/index.html holds `{forbidden}`, which its policy forbids"
            ));
        }
    }
    for address in ["=\"http:", "=\"https:", "=\"//", "=\"/"] {
        if page.contains(address) {
            problems.push(format!(
                "dist/index.html holds an address that starts `{address}`: it must work from any folder of any host"
            ));
        }
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_of_outside_files_is_fine() {
        let page =
            r#"<script defer src="./boot.js"></script><link rel="stylesheet" href="./a.css">"#;
        assert_eq!(page_problems(page), Vec::<String>::new());
    }

    #[test]
    fn inline_code_and_foreign_or_rooted_addresses_are_found() {
        for page in [
            "<script>x</script>",
            r#"<script src="./a.js"></script><script type="module">x</script>"#,
            "<style>a{}</style>",
            r#"<p style="color:red">"#,
            r#"<img src="//elsewhere/x">"#,
            r#"<a href="/x">"#,
        ] {
            assert!(!page_problems(page).is_empty(), "{page}");
        }
    }
}
