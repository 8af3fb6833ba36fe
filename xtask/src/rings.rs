//! Who may use whom among the crates, checked over what cargo itself resolved.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::command::{cargo, output};
use crate::place::Place;
use crate::trouble::Trouble;

/// The rings from the inside out; each may use those before it and none after.
const RINGS: [&str; 8] = [
    "flightpath-school",
    "flightpath-exchange",
    "flightpath-store",
    "flightpath-worker",
    "flightpath-workbook",
    "flightpath-grid",
    "flightpath-sheet",
    "flightpath",
];

/// What a ring must not reach, not even through others: (ring, libraries).
/// The rules about schools and files know no browser; only the app knows the screen.
const FORBIDDEN: [(&str, &[&str]); 8] = [
    (
        "flightpath-school",
        &[
            "leptos",
            "web-sys",
            "js-sys",
            "wasm-bindgen",
            "getrandom",
            "rand",
        ],
    ),
    (
        "flightpath-exchange",
        &[
            "leptos",
            "web-sys",
            "js-sys",
            "wasm-bindgen",
            "getrandom",
            "rand",
        ],
    ),
    ("flightpath-store", &["leptos"]),
    ("flightpath-worker", &["leptos"]),
    ("flightpath-workbook", &["leptos"]),
    // A grid knows nothing of what its cells hold.
    (
        "flightpath-grid",
        &[
            "flightpath-school",
            "leptos",
            "web-sys",
            "js-sys",
            "wasm-bindgen",
        ],
    ),
    ("flightpath-sheet", &["flightpath-school", "leptos"]),
    // What writes workbooks is a download of its own, and nothing of it may come along with the page.
    (
        "flightpath",
        &["flightpath-workbook", "rust_xlsxwriter", "zip"],
    ),
];

/// Reads the dependency graph and reports every broken rule. `--locked` makes a lock file that
/// lags behind the manifests a failure too.
pub fn check(place: &Place) -> Result<(), Trouble> {
    let text = output(cargo(place).args(["metadata", "--format-version", "1", "--locked"]))?;
    let graph = Graph::read(&text)?;
    let problems = graph.problems();
    if problems.is_empty() {
        Ok(())
    } else {
        Err(Trouble::Broken(problems))
    }
}

/// Normal dependencies (not those of tests and build scripts), by package name.
#[derive(Debug, Default)]
struct Graph {
    uses: BTreeMap<String, BTreeSet<String>>,
}

impl Graph {
    fn read(text: &str) -> Result<Self, Trouble> {
        let unreadable = |what: &str| Trouble::Unreadable(format!("cargo metadata: {what}"));
        let metadata: Value =
            serde_json::from_str(text).map_err(|error| unreadable(&error.to_string()))?;
        let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
        let names: BTreeMap<String, String> = list(&metadata["packages"])
            .iter()
            .filter_map(|package| {
                let id = package["id"].as_str()?.to_owned();
                Some((id, package["name"].as_str()?.to_owned()))
            })
            .collect();
        let mut graph = Self::default();
        for node in list(&metadata["resolve"]["nodes"]) {
            let Some(name) = node["id"].as_str().and_then(|id| names.get(id)) else {
                return Err(unreadable("a node without a package"));
            };
            let uses = graph.uses.entry(name.clone()).or_default();
            for dependency in list(&node["deps"]) {
                let normal = list(&dependency["dep_kinds"])
                    .iter()
                    .any(|kind| kind["kind"].is_null());
                let used = dependency["pkg"].as_str().and_then(|id| names.get(id));
                if let (true, Some(used)) = (normal, used) {
                    uses.insert(used.clone());
                }
            }
        }
        Ok(graph)
    }

    fn problems(&self) -> Vec<String> {
        let mut problems = Vec::new();
        for (place, ring) in RINGS.iter().enumerate() {
            let Some(direct) = self.uses.get(*ring) else {
                problems.push(format!("the crate {ring} is missing"));
                continue;
            };
            for outer in RINGS.iter().skip(place + 1) {
                if direct.contains(*outer) {
                    problems.push(format!("{ring} uses {outer}, which lies outside of it"));
                }
            }
        }
        for (ring, libraries) in FORBIDDEN {
            let reached = self.reach(ring);
            for library in libraries
                .iter()
                .filter(|library| reached.contains(**library))
            {
                problems.push(format!(
                    "{ring} reaches {library} (cargo tree -e normal -i {library} --target all)"
                ));
            }
        }
        problems
    }

    /// Everything a package uses, also through others.
    fn reach(&self, start: &str) -> BTreeSet<&str> {
        let mut reached = BTreeSet::new();
        let mut open = vec![start];
        while let Some(name) = open.pop() {
            for used in self.uses.get(name).into_iter().flatten() {
                if reached.insert(used.as_str()) {
                    open.push(used);
                }
            }
        }
        reached
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn graph(uses: &[(&str, &[&str])]) -> Graph {
        let mut graph = Graph::default();
        for ring in RINGS {
            graph.uses.insert(ring.to_owned(), BTreeSet::new());
        }
        for (name, used) in uses {
            graph.uses.insert(
                (*name).to_owned(),
                used.iter().map(|name| (*name).to_owned()).collect(),
            );
        }
        graph
    }

    #[test]
    fn using_inwards_is_fine() {
        let fine = graph(&[
            ("flightpath-exchange", &["flightpath-school", "csv"]),
            ("flightpath-worker", &["flightpath-exchange", "web-sys"]),
            ("flightpath", &["flightpath-store", "leptos"]),
        ]);
        assert_eq!(fine.problems(), Vec::<String>::new());
    }

    #[test]
    fn using_outwards_is_found() {
        let broken = graph(&[("flightpath-exchange", &["flightpath-store"])]);
        assert_eq!(broken.problems().len(), 1);
    }

    #[test]
    fn the_browser_is_found_behind_another_library() {
        let broken = graph(&[("flightpath-school", &["time"]), ("time", &["js-sys"])]);
        assert!(broken.problems().iter().any(|line| line.contains("js-sys")));
    }

    #[test]
    fn what_tests_alone_use_does_not_count() {
        let text = r#"{
            "packages": [{"id": "a#1", "name": "flightpath-school"}, {"id": "b#1", "name": "rand"}],
            "resolve": {"nodes": [
                {"id": "a#1", "deps": [{"pkg": "b#1", "dep_kinds": [{"kind": "dev"}]}]},
                {"id": "b#1", "deps": []}
            ]}
        }"#;
        let read = Graph::read(text).unwrap();
        assert!(read.reach("flightpath-school").is_empty());
        let normal = text.replace("\"dev\"", "null");
        let read = Graph::read(&normal).unwrap();
        assert!(read.reach("flightpath-school").contains("rand"));
    }
}
