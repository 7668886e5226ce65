//! A definition as the text that an administrator reads and writes: the same TOML as the files of
//! the product, one question after the other. Reading it back gives the same definition.

use std::fmt::Write as _;

use crate::attachments::Attachments;
use crate::form::{Condition, Field, FieldKind, Step, Within};
use crate::model::Definition;
use crate::phrase::Phrase;

impl Definition {
    /// The definition as text.
    pub fn to_toml(&self) -> String {
        let mut text = Text::default();
        text.line("format", &self.format.to_string());
        text.line("code", &quoted(&self.code));
        text.line("version", &self.version.to_string());
        text.line("kind", &quoted(self.kind.code()));
        text.line("position", &self.position.to_string());
        text.line("regime", &quoted(&self.regime));
        let terms = self
            .terms
            .iter()
            .map(|(limited, term)| format!("{} = {}", key(limited), quoted(term)));
        text.line("terms", &table(terms));
        let access = match self.access {
            crate::model::Access::Guest => "guest",
            crate::model::Access::SignedIn => "signed_in",
        };
        text.line("access", &quoted(access));
        text.line("publish", &self.publish.to_string());
        text.line(
            "states",
            &list(self.states.iter().map(|state| quoted(state))),
        );
        if let Some(decision) = self.decision {
            text.line("decision", &quoted(decision.code()));
        }
        if self.often {
            text.line("often", "true");
        }
        text.head("");
        text.line("name", &phrase(&self.name));
        text.line("summary", &phrase(&self.summary));
        text.line("action", &phrase(&self.action));
        text.head("[help]");
        text.line("who", &phrase(&self.help.who));
        text.phrases("needed", &self.help.needed);
        text.phrases("happens", &self.help.happens);
        if !self.attachments.is_usual() {
            text.attachments(&self.attachments);
        }
        for step in &self.form.steps {
            text.step(step);
        }
        text.0
    }
}

#[derive(Default)]
struct Text(String);

impl Text {
    fn head(&mut self, head: &str) {
        self.0.push('\n');
        if !head.is_empty() {
            let _ = writeln!(self.0, "{head}");
        }
    }

    fn line(&mut self, name: &str, value: &str) {
        let _ = writeln!(self.0, "{name} = {value}");
    }

    fn phrases(&mut self, name: &str, phrases: &[Phrase]) {
        let _ = writeln!(self.0, "{name} = [");
        for one in phrases {
            let _ = writeln!(self.0, "  {},", phrase(one));
        }
        self.0.push_str("]\n");
    }

    fn attachments(&mut self, attachments: &Attachments) {
        self.head("[attachments]");
        let formats = attachments.formats.iter();
        self.line("formats", &list(formats.map(|one| quoted(one.code()))));
        self.line("most", &attachments.most.to_string());
        for slot in &attachments.slots {
            self.head("[[attachments.slots]]");
            self.line("code", &quoted(&slot.code));
            self.line("title", &phrase(&slot.title));
            if let Some(hint) = &slot.hint {
                self.line("hint", &phrase(hint));
            }
            if slot.required {
                self.line("required", "true");
            }
        }
    }

    fn step(&mut self, step: &Step) {
        self.head("[[form.steps]]");
        self.line("id", &quoted(&step.id));
        self.line("title", &phrase(&step.title));
        if let Some(hint) = &step.hint {
            self.line("hint", &phrase(hint));
        }
        if !step.tips.is_empty() {
            self.phrases("tips", &step.tips);
        }
        for field in &step.fields {
            self.head("[[form.steps.fields]]");
            for (name, value) in facts(field) {
                self.line(name, &value);
            }
            // What has many parts stands last, part under part.
            match &field.kind {
                FieldKind::Choice { options } => {
                    self.head("[form.steps.fields.kind.choice]");
                    self.0.push_str("options = [\n");
                    for option in options {
                        let mut parts = vec![
                            format!("value = {}", quoted(&option.value)),
                            format!("label = {}", phrase(&option.label)),
                        ];
                        if let Some(needs) = &option.needs {
                            parts.push(format!("needs = {}", quoted(needs)));
                        }
                        let _ = writeln!(self.0, "  {},", table(parts));
                    }
                    self.0.push_str("]\n");
                }
                FieldKind::Group { fields } => {
                    self.head("[form.steps.fields.kind.group]");
                    self.0.push_str("fields = [\n");
                    for inner in fields {
                        let _ = writeln!(self.0, "  {},", whole(inner));
                    }
                    self.0.push_str("]\n");
                }
                _ => {}
            }
        }
    }
}

/// What is said of a field in one line each; a kind with many parts is not among them.
fn facts(field: &Field) -> Vec<(&'static str, String)> {
    let mut facts = vec![
        ("name", quoted(&field.name)),
        ("label", phrase(&field.label)),
    ];
    if let Some(hint) = &field.hint {
        facts.push(("hint", phrase(hint)));
    }
    if field.required {
        facts.push(("required", "true".to_owned()));
    }
    if !matches!(
        field.kind,
        FieldKind::Choice { .. } | FieldKind::Group { .. }
    ) {
        facts.push(("kind", kind(&field.kind)));
    }
    if let Some(when) = &field.when {
        facts.push(("when", condition(when)));
    }
    if let Some(within) = &field.within {
        facts.push(("within", narrowing(within)));
    }
    if let Some(complete) = &field.autocomplete {
        facts.push(("autocomplete", quoted(complete)));
    }
    facts
}

/// A field of a group, all in one line.
fn whole(field: &Field) -> String {
    let mut parts: Vec<String> = facts(field)
        .into_iter()
        .map(|(name, value)| format!("{name} = {value}"))
        .collect();
    if let FieldKind::Choice { .. } = &field.kind {
        parts.push(format!("kind = {}", kind(&field.kind)));
    }
    table(parts)
}

fn kind(kind: &FieldKind) -> String {
    let named = |name: &str, facts: Vec<String>| table([format!("{name} = {}", table(facts))]);
    match kind {
        FieldKind::Text { min, max, lines } => {
            let mut facts = Vec::new();
            if *min > 0 {
                facts.push(format!("min = {min}"));
            }
            facts.push(format!("max = {max}"));
            if *lines {
                facts.push("lines = true".to_owned());
            }
            named("text", facts)
        }
        FieldKind::Date {
            past_only,
            future_only,
        } => {
            let facts = [("past_only", past_only), ("future_only", future_only)]
                .into_iter()
                .filter(|(_, set)| **set);
            named(
                "date",
                facts.map(|(name, _)| format!("{name} = true")).collect(),
            )
        }
        FieldKind::Number { min, max } => named(
            "number",
            vec![format!("min = {min}"), format!("max = {max}")],
        ),
        FieldKind::Place { address_max } => {
            named("place", vec![format!("address_max = {address_max}")])
        }
        FieldKind::Choice { options } => {
            let options = options.iter().map(|option| {
                let value = format!("value = {}", quoted(&option.value));
                table([value, format!("label = {}", phrase(&option.label))])
            });
            named("choice", vec![format!("options = {}", list(options))])
        }
        FieldKind::Group { fields } => named(
            "group",
            vec![format!("fields = {}", list(fields.iter().map(whole)))],
        ),
        FieldKind::Email => quoted("email"),
        FieldKind::Phone => quoted("phone"),
        FieldKind::Yes => quoted("yes"),
        FieldKind::Category => quoted("category"),
        FieldKind::CaseNumber => quoted("case_number"),
        FieldKind::Official => quoted("official"),
        FieldKind::Registered(register) => {
            table([format!("registered = {}", quoted(register.code()))])
        }
        FieldKind::People { most } => named("people", vec![format!("most = {most}")]),
    }
}

fn condition(condition: &Condition) -> String {
    let (name, facts) = match condition {
        Condition::Equals { field, value } => ("equals", vec![("field", field), ("value", value)]),
        Condition::Yes { field } => ("yes", vec![("field", field)]),
        Condition::CategoryWithin { field, code } => {
            ("category_within", vec![("field", field), ("code", code)])
        }
    };
    let facts = facts
        .into_iter()
        .map(|(name, value)| format!("{name} = {}", quoted(value)));
    table([format!("{name} = {}", table(facts))])
}

fn narrowing(within: &Within) -> String {
    let codes = |codes: &[String]| list(codes.iter().map(|code| quoted(code)));
    let mut parts = Vec::new();
    if !within.codes.is_empty() {
        parts.push(format!("codes = {}", codes(&within.codes)));
    }
    if let Some(by) = &within.by {
        parts.push(format!("by = {}", quoted(by)));
        let of = within
            .of
            .iter()
            .map(|(value, list)| format!("{} = {}", key(value), codes(list)));
        parts.push(format!("of = {}", table(of)));
    }
    table(parts)
}

fn phrase(phrase: &Phrase) -> String {
    table([
        format!("ru = {}", quoted(&phrase.ru)),
        format!("en = {}", quoted(&phrase.en)),
    ])
}

fn table(parts: impl IntoIterator<Item = String>) -> String {
    let parts: Vec<String> = parts.into_iter().collect();
    if parts.is_empty() {
        "{}".to_owned()
    } else {
        format!("{{ {} }}", parts.join(", "))
    }
}

fn list(parts: impl IntoIterator<Item = String>) -> String {
    let parts: Vec<String> = parts.into_iter().collect();
    format!("[{}]", parts.join(", "))
}

/// A key: bare where it may be.
fn key(text: &str) -> String {
    let bare = !text.is_empty()
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-');
    if bare { text.to_owned() } else { quoted(text) }
}

/// A text in quotes; what JSON escapes, TOML reads, but for one sign that TOML wants escaped too.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text)
        .to_string()
        .replace('\u{7f}', "\\u007f")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::BUILT_IN;

    #[test]
    fn every_built_in_service_reads_back_from_its_text() {
        for text in BUILT_IN {
            let definition = Definition::from_toml(text).unwrap();
            let written = definition.to_toml();
            assert_eq!(
                Definition::from_toml(&written).unwrap(),
                definition,
                "{written}"
            );
        }
    }

    #[test]
    fn documents_asked_for_by_name_read_back() {
        let named = "\n[attachments]\nformats = [\"pdf\", \"png\"]\nmost = 3\n\
             [[attachments.slots]]\ncode = \"contract\"\nrequired = true\n\
             title = { ru = \"Договор\", en = \"Contract\" }\n\n[help]";
        let text = BUILT_IN[0].replacen("\n[help]", named, 1);
        let definition = Definition::from_toml(&text).unwrap();
        let written = definition.to_toml();
        assert_eq!(
            Definition::from_toml(&written).unwrap(),
            definition,
            "{written}"
        );
    }

    proptest! {
        #[test]
        fn any_words_read_back(ru in "\\PC{1,20}|[\u{0}-\u{7f}]{1,20}", en in "[a-z\"\\\\\n\t]{1,9}") {
            let mut definition = Definition::from_toml(BUILT_IN[0]).unwrap();
            definition.name = Phrase::new(format!("a{ru}"), format!("a{en}"));
            prop_assert_eq!(Definition::from_toml(&definition.to_toml()).unwrap(), definition);
        }
    }
}
