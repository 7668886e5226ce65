//! The interface for programs is complete and described as it is: the committed document is the
//! one that is served, and whatever a page can do has an operation or a reason why it has none.

mod admin;
mod desk;
mod everybody;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::support::{House, routes, sources};

/// How a route of a page stands with programs.
#[derive(Clone, Copy, Debug)]
pub(super) enum Covered {
    /// This operation does it.
    By(&'static str),
    /// Programs have no use for it, and why.
    Not(&'static str),
}

fn document_path() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/openapi.json")
}

fn committed() -> Value {
    let text = fs::read_to_string(document_path()).unwrap_or_default();
    serde_json::from_str(&text).unwrap_or_default()
}

#[test]
fn the_committed_document_is_the_one_that_is_served() {
    let house = House::sqlite();
    let server = house.start();
    let document = server.client().get("/openapi.json").unwrap().json();
    let text = serde_json::to_string_pretty(&document).unwrap() + "\n";
    if std::env::var_os("OKNO_RENEW").is_some() {
        fs::write(document_path(), &text).unwrap();
    }
    assert!(
        committed() == document,
        "docs/openapi.json is not what the server answers. Renew it with\n\
         OKNO_RENEW=1 cargo nextest run -p okno --test process the_committed_document"
    );
}

fn operations(document: &Value) -> BTreeSet<String> {
    document["paths"]
        .as_object()
        .into_iter()
        .flatten()
        .flat_map(|(_, methods)| methods.as_object().into_iter().flatten())
        .map(|(_, operation)| operation["operationId"].as_str().unwrap().to_owned())
        .collect()
}

/// The names under which the sources put shapes into the document.
fn shapes() -> Vec<String> {
    let mut names = Vec::new();
    for file in sources() {
        let text = fs::read_to_string(&file).unwrap();
        for part in text.split("ToSchema)]").skip(1) {
            let called = part.split_once("as = ").map(|(before, rest)| {
                let stands = !before.contains("struct ") && !before.contains("enum ");
                stands.then_some(rest)
            });
            let declared = ["struct ", "enum "]
                .into_iter()
                .filter_map(|kind| part.split_once(kind))
                .min_by_key(|(before, _)| before.len())
                .map(|(_, rest)| rest);
            let Some(rest) = called.flatten().or(declared) else {
                continue;
            };
            let end = rest
                .find(|c: char| !c.is_alphanumeric() && c != '_')
                .unwrap_or(rest.len());
            names.push(rest[..end].to_owned());
        }
    }
    names
}

/// Of two shapes of one name the document would keep one, and say it of both.
#[test]
fn no_two_shapes_of_the_document_have_one_name() {
    let mut names = shapes();
    assert!(names.len() > 100, "only {} shapes were found", names.len());
    names.sort_unstable();
    let twice: Vec<&[String]> = names.windows(2).filter(|pair| pair[0] == pair[1]).collect();
    assert!(twice.is_empty(), "{twice:?}");
}

#[test]
fn whatever_a_page_can_do_has_an_operation_or_a_reason() {
    let told: BTreeMap<&str, Covered> = [everybody::COVERED, desk::COVERED, admin::COVERED]
        .into_iter()
        .flatten()
        .copied()
        .collect();
    let operations = operations(&committed());
    let mut wrong = Vec::new();
    let all = routes().into_iter();
    let routes: BTreeSet<String> = all
        .map(|route| format!("{} {}", route.method, route.address))
        .collect();
    assert!(
        routes.len() > 150,
        "only {} routes were found",
        routes.len()
    );
    for route in &routes {
        match told.get(route.as_str()) {
            None => wrong.push(format!(
                "{route} stands in no table of crates/okno/tests/process/interface/: name its operation there"
            )),
            Some(Covered::By(operation)) if !operations.contains(*operation) => {
                wrong.push(format!("{route} is said to be done by {operation}, which is no operation"));
            }
            Some(Covered::Not("")) => wrong.push(format!("{route} has no reason")),
            Some(_) => {}
        }
    }
    for route in told.keys().filter(|route| !routes.contains(**route)) {
        wrong.push(format!("{route} is no route any more"));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
