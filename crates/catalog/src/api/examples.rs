//! Examples of whole services: one that the house has, under another name.

use serde_json::{Value, json};

/// The service that examples are made of.
const OF: &str = include_str!("../../services/other.toml");

fn text(name: &str) -> String {
    let mut lines: Vec<String> = OF.lines().map(str::to_owned).collect();
    for (start, line) in [
        ("code = ", "code = \"thanks\"".to_owned()),
        ("version = ", "version = 1".to_owned()),
        (
            "name = ",
            format!("name = {{ ru = \"{name}\", en = \"{name}\" }}"),
        ),
    ] {
        if let Some(found) = lines.iter_mut().find(|known| known.starts_with(start)) {
            *found = line;
        }
    }
    lines.join("\n") + "\n"
}

/// What is looked over before it is published.
pub(super) fn check() -> Value {
    json!({ "text": text("Thanks") })
}

/// A new service.
pub(super) fn service() -> Value {
    check()
}

/// Its second version.
pub(super) fn version() -> Value {
    json!({ "base": 1, "text": text("Gratitude") })
}

/// The rules that come with the product.
fn rules() -> &'static str {
    let [(_, _, text)] = crate::BUILT_IN_RULES;
    text
}

/// A draft of decision rules: those that came with the product, which only propose.
pub(super) fn rules_draft() -> Value {
    json!({ "text": rules().replacen("mode = \"automatic\"", "mode = \"advisory\"", 1) })
}

/// Decision rules to be replayed.
pub(super) fn rules_trial() -> Value {
    json!({ "text": rules() })
}
