//! The routes of the server as its sources name them, so that tables about them can be held to all
//! that there are.

use std::fs;
use std::path::{Path, PathBuf};

/// A route that a source gives a router.
pub(crate) struct Route {
    /// The method, in capitals.
    pub(crate) method: &'static str,
    /// The address as the router knows it.
    pub(crate) address: String,
    /// The source.
    pub(crate) file: PathBuf,
}

/// Every source of the crates, without those of tests.
pub(crate) fn sources() -> Vec<PathBuf> {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut files = Vec::new();
    for one in fs::read_dir(crates).unwrap() {
        let source = one.unwrap().path().join("src");
        if source.is_dir() {
            gather(&source, &mut files);
        }
    }
    files
}

fn gather(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && !path.ends_with("tests") {
            gather(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

/// Every route that the sources give a router.
pub(crate) fn routes() -> Vec<Route> {
    let mut routes = Vec::new();
    for file in sources() {
        let text = fs::read_to_string(&file).unwrap();
        let code = text.split("#[cfg(test)]").next().unwrap();
        for call in code.split(".route(").skip(1) {
            let Some(quoted) = call.trim_start().strip_prefix('"') else {
                continue;
            };
            let Some((route, rest)) = quoted.split_once('"') else {
                continue;
            };
            if route.starts_with('/') {
                let handlers = until_closed(rest);
                let methods = ["GET", "POST", "PUT", "PATCH", "DELETE"].into_iter();
                let taken = methods.filter(|method| takes(handlers, method));
                routes.extend(taken.map(|method| Route {
                    method,
                    address: route.to_owned(),
                    file: file.clone(),
                }));
            }
        }
    }
    routes
}

/// Whether one of the handlers is for this method.
fn takes(handlers: &str, method: &str) -> bool {
    let call = format!("{}(", method.to_lowercase());
    handlers
        .match_indices(&call)
        .any(|(at, _)| !handlers[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_'))
}

/// What stands before the parenthesis that closes the call.
fn until_closed(text: &str) -> &str {
    let mut depth = 1;
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return &text[..at];
        }
    }
    text
}
