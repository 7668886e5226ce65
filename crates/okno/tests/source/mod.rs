//! Rust source as the house rules see it: string literals with their lines, code without comments,
//! and nothing of what only tests see. A small reader, not a compiler: it knows strings, raw strings,
//! characters, lifetimes and nested comments, and takes a `#[cfg(test)]` module to be the end of a file.

use std::fs;
use std::path::Path;

/// A file under `src/` of a crate.
pub(crate) struct SourceFile {
    /// The path from the root of the workspace, for messages.
    pub(crate) shown: String,
    /// The name of the file alone.
    pub(crate) name: String,
    /// The names of the folders between the crate and the file.
    pub(crate) folders: Vec<String>,
    /// The whole text.
    pub(crate) text: String,
}

/// A string literal, and the line that it begins on.
pub(crate) struct Text {
    pub(crate) value: String,
    pub(crate) line: usize,
}

/// Every `.rs` file under `src/` of the crate in `folder` that is no file of tests.
pub(crate) fn rust_files(folder: &Path, root: &Path) -> Vec<SourceFile> {
    let mut files = Vec::new();
    let mut open = vec![folder.join("src")];
    while let Some(path) = open.pop() {
        if path.is_dir() {
            let entries = fs::read_dir(&path).expect("a folder that can be read");
            open.extend(entries.map(|entry| entry.expect("an entry").path()));
        } else if path.extension().is_some_and(|extension| extension == "rs")
            && path
                .file_stem()
                .is_some_and(|stem| stem != "tests" && stem != "testing")
        {
            let inner = path.strip_prefix(folder).expect("inside the crate");
            files.push(SourceFile {
                shown: path
                    .strip_prefix(root)
                    .unwrap_or(&path)
                    .display()
                    .to_string(),
                name: path
                    .file_name()
                    .expect("a name")
                    .to_string_lossy()
                    .into_owned(),
                folders: inner
                    .iter()
                    .map(|part| part.to_string_lossy().into_owned())
                    .collect(),
                text: fs::read_to_string(&path).expect("a text file"),
            });
        }
    }
    files.retain(|file| {
        !file
            .folders
            .iter()
            .any(|folder| folder == "tests" || folder == "testing")
    });
    files.sort_by(|one, other| one.shown.cmp(&other.shown));
    files
}

impl SourceFile {
    /// String literals outside comments and tests.
    pub(crate) fn texts(&self) -> Vec<Text> {
        read(self.without_tests()).0
    }

    /// Lines of code, comments and literals aside, that hold `needle`.
    pub(crate) fn code_lines_with(&self, needle: &str) -> Vec<usize> {
        let code = read(self.without_tests()).1;
        code.lines()
            .enumerate()
            .filter(|(_, line)| line.contains(needle))
            .map(|(at, _)| at + 1)
            .collect()
    }

    fn without_tests(&self) -> &str {
        let mut end = self.text.len();
        for (at, mark) in self.text.match_indices("#[cfg(test)]") {
            let rest = self.text[at + mark.len()..].trim_start();
            if ["mod ", "pub mod ", "pub(crate) mod "]
                .iter()
                .any(|word| rest.starts_with(word))
                && rest.find('{') < rest.find(';')
            {
                end = at;
                break;
            }
        }
        &self.text[..end]
    }
}

/// The first run of two or more Russian letters, if there is one.
pub(crate) fn russian_word(text: &str) -> Option<String> {
    text.split(|c: char| !matches!(c, 'А'..='я' | 'Ё' | 'ё'))
        .find(|word| word.chars().count() > 1)
        .map(str::to_owned)
}

/// Literals, and the code with literals and comments blanked out line for line.
fn read(source: &str) -> (Vec<Text>, String) {
    let letters: Vec<char> = source.chars().collect();
    let (mut texts, mut code) = (Vec::new(), String::new());
    let (mut at, mut line) = (0, 1);
    let ahead = |at: usize, word: &str| {
        word.chars()
            .enumerate()
            .all(|(i, c)| letters.get(at + i) == Some(&c))
    };
    while at < letters.len() {
        let begin = at;
        let was_word =
            begin > 0 && (letters[begin - 1].is_alphanumeric() || letters[begin - 1] == '_');
        if ahead(at, "//") {
            while at < letters.len() && letters[at] != '\n' {
                at += 1;
            }
        } else if ahead(at, "/*") {
            let mut depth = 0;
            while at < letters.len() {
                if ahead(at, "/*") {
                    depth += 1;
                    at += 2;
                } else if ahead(at, "*/") {
                    depth -= 1;
                    at += 2;
                    if depth == 0 {
                        break;
                    }
                } else {
                    at += 1;
                }
            }
        } else if letters[at] == '"' {
            let end = end_of_string(&letters, at + 1);
            texts.push(Text {
                value: letters[at + 1..end.saturating_sub(1)].iter().collect(),
                line,
            });
            at = end;
        } else if let Some((opens, hashes)) = raw_string(&letters, at).filter(|_| !was_word) {
            let close: String = std::iter::once('"')
                .chain(std::iter::repeat_n('#', hashes))
                .collect();
            let mut end = opens;
            while end < letters.len() && !ahead(end, &close) {
                end += 1;
            }
            texts.push(Text {
                value: letters[opens..end].iter().collect(),
                line,
            });
            at = (end + close.len()).min(letters.len());
        } else if letters[at] == '\'' && letters.get(at + 1) == Some(&'\\') {
            at += 3;
            while at < letters.len() && letters[at] != '\'' {
                at += 1;
            }
            at += 1;
        } else if letters[at] == '\'' && letters.get(at + 2) == Some(&'\'') {
            at += 3;
        } else {
            code.push(letters[at]);
            at += 1;
            if letters[begin] == '\n' {
                line += 1;
            }
            continue;
        }
        at = at.min(letters.len());
        let lines = letters[begin..at].iter().filter(|c| **c == '\n').count();
        line += lines;
        code.extend(std::iter::repeat_n('\n', lines));
        code.push(' ');
    }
    (texts, code)
}

/// The place after the closing quote of a string that opened just before `at`.
fn end_of_string(letters: &[char], mut at: usize) -> usize {
    while at < letters.len() && letters[at] != '"' {
        at += if letters[at] == '\\' { 2 } else { 1 };
    }
    (at + 1).min(letters.len())
}

/// Where the text of a raw string (`r"`, `br#"`, `cr"`) that begins at `at` opens, and how many hashes it has.
fn raw_string(letters: &[char], at: usize) -> Option<(usize, usize)> {
    let mut next = at;
    if matches!(letters[next], 'b' | 'c') {
        next += 1;
    }
    if letters.get(next) != Some(&'r') {
        return None;
    }
    next += 1;
    let hashes = letters[next..].iter().take_while(|c| **c == '#').count();
    (letters.get(next + hashes) == Some(&'"')).then_some((next + hashes + 1, hashes))
}

#[test]
fn the_reader_tells_literals_from_comments_characters_and_tests() {
    let file = SourceFile {
        shown: String::new(),
        name: String::new(),
        folders: Vec::new(),
        text: concat!(
            "// \"no\"\n/* \"no /* \"no\" */ */ fn a<'a>() { let c = '\"'; let d = '\\''; }\n",
            "const B: &str = \"one \\\" two\";\nconst R: &str = r#\"three \"four\"\"#; use std::fs;\n",
            "#[cfg(test)]\nmod tests { const N: &str = \"no\"; }\n"
        )
        .to_owned(),
    };
    let texts = file.texts();
    let found: Vec<_> = texts
        .iter()
        .map(|text| (text.value.as_str(), text.line))
        .collect();
    assert_eq!(found, [("one \\\" two", 3), ("three \"four\"", 4)]);
    assert_eq!(file.code_lines_with("std::fs"), [4]);
    assert_eq!(russian_word("А-2026 и"), None);
    assert_eq!(russian_word("№ обращения").as_deref(), Some("обращения"));
}
