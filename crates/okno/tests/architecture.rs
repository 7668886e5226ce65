//! The house rules that a machine can keep: who may depend on whom, where SQL, HTML and words for
//! people may stand, and that both languages say everything. ARCHITECTURE.md tells why.
//!
//! If this test has just stopped your build: it names the place and what to do instead. A rule that
//! is in the way of something good is changed here, in the open, not walked around.

mod source;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use source::{SourceFile, Text};

/// The floors of the house. A crate may depend on the crates named beside it, and on no other of ours:
/// never sideways between slices, never upward, and nothing on the binary.
const FLOORS: &[(&str, &[&str])] = &[
    ("base", &[]),
    ("law", &["base"]),
    ("store", &["base"]),
    ("paper", &["base"]),
    ("find", &["base"]),
    ("insight", &[]),
    ("signals", &[]),
    ("journal", &["base", "store"]),
    ("web", &["base", "store", "journal"]),
    ("mail", &["base", "store", "journal"]),
    ("files", &["base", "store", "journal"]),
    ("people", &["base", "store", "journal", "web", "mail"]),
    (
        "catalog",
        &["base", "law", "store", "journal", "web", "people"],
    ),
    (
        "cases",
        &[
            "base", "law", "store", "journal", "web", "files", "people", "catalog",
        ],
    ),
    (
        "notices",
        &[
            "base", "law", "store", "journal", "web", "mail", "people", "catalog", "cases",
        ],
    ),
    (
        "channels",
        &[
            "base", "law", "store", "journal", "web", "mail", "files", "people", "catalog", "cases",
        ],
    ),
    (
        "okno",
        &[
            "base", "law", "store", "journal", "web", "mail", "files", "people", "catalog",
            "cases", "notices", "channels", "paper", "find", "signals",
        ],
    ),
    // The load generator measures the house from outside and may use any room of it but the binary.
    (
        "bench",
        &[
            "base", "law", "store", "journal", "web", "people", "catalog", "cases",
        ],
    ),
];

/// Outside libraries that belong to one crate; everybody else uses that crate's face.
const ROOMS: &[(&str, &[&str], &str)] = &[
    (
        "rusqlite",
        &["store", "bench"],
        "`store.change` and `store.read`",
    ),
    (
        "postgres",
        &["store", "bench"],
        "`store.change` and `store.read`",
    ),
    ("object_store", &["store"], "the blobs of `store`"),
    (
        "argon2",
        &["people"],
        "the passwords of `people`, which bound how many are hashed at once",
    ),
    ("fluent-bundle", &["web"], "the words of `web`"),
    ("lettre", &["mail"], "`Mail::queue` of `mail`"),
    (
        "reqwest",
        &["channels"],
        "the ways in of `channels`; every address outside is checked there",
    ),
    (
        "async-imap",
        &["channels"],
        "`Channels::read_mailbox` of `channels`",
    ),
    (
        "mail-parser",
        &["channels"],
        "`mailbox::reading` of `channels`",
    ),
    (
        "tantivy",
        &["find"],
        "`cases::searching::Finder`, which the binary brings",
    ),
    (
        "typst",
        &["paper"],
        "`Printer` of `paper`, whose process is confined",
    ),
];

/// Crates that are pure: they compute and never touch a file, a socket, the environment or the clock.
const PURE: &[&str] = &["base", "law", "insight", "signals"];

/// What a query or a table definition begins with. Transaction control is the business of `store`.
const SQL: &[&str] = &[
    "SELECT ",
    "INSERT INTO ",
    "DELETE FROM ",
    "UPDATE ",
    "CREATE TABLE ",
    "CREATE INDEX ",
    "CREATE UNIQUE ",
    "ALTER TABLE ",
    "DROP TABLE ",
    " WHERE ",
    " ORDER BY ",
    "ON CONFLICT",
];

#[test]
fn crates_depend_only_on_floors_below() {
    let allowed: BTreeMap<_, _> = FLOORS.iter().copied().collect();
    let mut complaints = Vec::new();
    for package in workspace() {
        let Some(below) = allowed.get(package.name.as_str()) else {
            complaints.push(format!(
                "The crate `{0}` stands on no floor. Decide what it may depend on, draw it in \
                 ARCHITECTURE.md and add it to FLOORS in crates/okno/tests/architecture.rs.",
                package.name
            ));
            continue;
        };
        for Dependency {
            name: dependency,
            only_for_tests,
        } in &package.dependencies
        {
            let ours = allowed.contains_key(dependency.as_str());
            if ours && !below.contains(&dependency.as_str()) {
                complaints.push(format!(
                    "`{0}` depends on `{dependency}`, which is not below it. If `{0}` must react to what \
                     `{dependency}` does, write a follower in crates/okno/src/reactions/; if both need the \
                     same thing, move that thing to a crate below them.",
                    package.name
                ));
            }
            if let Some((_, rooms, instead)) = ROOMS.iter().find(|(name, ..)| name == dependency)
                && !rooms.contains(&package.name.as_str())
                && !only_for_tests
            {
                complaints.push(format!(
                    "`{0}` depends on the library `{dependency}`, which only {1} may use. Use {instead}.",
                    package.name,
                    rooms.join(" and ")
                ));
            }
        }
    }
    assert_none("Dependencies between crates", &complaints);
}

#[test]
fn pure_crates_touch_nothing_outside() {
    let mut complaints = Vec::new();
    for name in PURE {
        for file in sources(name) {
            for touch in [
                "std::fs",
                "std::net",
                "std::env",
                "std::process",
                "std::thread",
                "tokio::",
            ] {
                for line in file.code_lines_with(touch) {
                    complaints.push(format!(
                        "{}:{line} uses `{touch}`. `{name}` is pure: take what you need as a parameter and \
                         let the caller read it.",
                        file.shown
                    ));
                }
            }
        }
    }
    assert_none("Input and output in pure crates", &complaints);
}

#[test]
fn sql_stands_in_sql_files_only() {
    let complaints = literals_where(
        |file| file.name != "sql.rs" && !file.folders.contains(&"sql".to_owned()),
        |text| {
            SQL.iter().find(|word| {
                format!(" {}", text.value.trim_end())
                    .replace('\n', " ")
                    .contains(*word)
            })
        },
        |place, word| {
            format!(
                "{place} has SQL in it («{}»). Move the text, with the function that runs it, to the sql.rs \
                 of the slice, so that every query of a slice can be read in one place.",
                word.trim()
            )
        },
    );
    assert_none("SQL outside sql.rs", &complaints);
}

#[test]
fn html_stands_in_templates_only() {
    let complaints = literals_where(
        |_| true,
        |text| {
            let mut tags = text.value.split("</").skip(1);
            tags.any(|tag| tag.starts_with(|next: char| next.is_ascii_lowercase()))
                .then_some(())
        },
        |place, ()| {
            format!(
                "{place} has HTML in it. Move it to a template of the slice (templates/): there it is \
                 checked at build and escaped by itself."
            )
        },
    );
    assert_none("HTML outside templates", &complaints);
}

#[test]
fn words_for_people_stand_in_locales_only() {
    let complaints = literals_where(
        |_| true,
        |text| source::russian_word(&text.value),
        |place, word| {
            format!(
                "{place} says «{word}» in Russian. Give it a key in locales/ru.ftl and locales/en.ftl of the \
                 slice and use the key. (One letter, as in a case number, is no word; tests may say what \
                 they like; law and demo texts live in data files.)"
            )
        },
    );
    assert_none("Words outside locales", &complaints);
}

#[test]
fn both_languages_say_everything() {
    let mut complaints = Vec::new();
    let mut owners: BTreeMap<String, String> = BTreeMap::new();
    for package in workspace() {
        let folder = package.folder.join("locales");
        if !folder.is_dir() {
            continue;
        }
        let (russian, english) = (Locale::read(&folder, "ru"), Locale::read(&folder, "en"));
        for (here, there) in [(&russian, &english), (&english, &russian)] {
            complaints.extend(
                here.twice
                    .iter()
                    .map(|key| format!("{} has the key `{key}` twice. Keep one.", here.shown)),
            );
            for (key, variables) in &here.keys {
                match there.keys.get(key) {
                    None => complaints.push(format!(
                        "`{key}` is in {} and not in {}. Write it there too, in plain words.",
                        here.shown, there.shown
                    )),
                    Some(other) if other != variables => complaints.push(format!(
                        "`{key}` uses {variables:?} in {} and {other:?} in {}. Both languages must be given \
                         the same facts.",
                        here.shown, there.shown
                    )),
                    Some(_) => {}
                }
            }
        }
        for key in russian.keys.keys() {
            if let Some(owner) = owners.insert(key.clone(), package.name.clone()) {
                complaints.push(format!(
                    "`{key}` is a key of both `{owner}` and `{}`; one would hide the other. Begin a slice's \
                     keys with its name.",
                    package.name
                ));
            }
        }
    }
    complaints.sort();
    complaints.dedup();
    assert_none("Words missing in a language", &complaints);
}

#[test]
fn every_file_says_what_lives_in_it() {
    let mut complaints = Vec::new();
    for package in workspace() {
        for file in source::rust_files(&package.folder, &root()) {
            if !file.text.starts_with("//!") {
                complaints.push(format!(
                    "{} doesn't open with `//!`. Say in two to ten lines what lives there and why.",
                    file.shown
                ));
            }
        }
    }
    assert_none("Files without a head", &complaints);
}

/// The keys of one language file, each with the variables that it uses.
struct Locale {
    shown: String,
    keys: BTreeMap<String, BTreeSet<String>>,
    twice: Vec<String>,
}

impl Locale {
    fn read(folder: &Path, language: &str) -> Self {
        let path = folder.join(format!("{language}.ftl"));
        let shown = path
            .strip_prefix(root())
            .unwrap_or(&path)
            .display()
            .to_string();
        let text = fs::read_to_string(&path).unwrap_or_else(|_| {
            panic!("{shown} is missing: every slice with words has them in Russian and in English")
        });
        let mut locale = Self {
            shown,
            keys: BTreeMap::new(),
            twice: Vec::new(),
        };
        let (mut message, mut key) = (String::new(), String::new());
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let attribute = line
                .trim_start()
                .strip_prefix('.')
                .filter(|_| line.starts_with(' '));
            let head = attribute
                .or(Some(line))
                .and_then(|head| head.split_once('='))
                .map(|(name, _)| name.trim());
            let named = |name: &&str| {
                !name.is_empty()
                    && name
                        .chars()
                        .all(|c| c.is_ascii_alphanumeric() || "-_".contains(c))
            };
            if let Some(name) = head.filter(named) {
                if attribute.is_some() {
                    key = format!("{message}.{name}");
                } else if !line.starts_with(' ') {
                    name.clone_into(&mut message);
                    key.clone_from(&message);
                }
                if (attribute.is_some() || !line.starts_with(' '))
                    && locale.keys.insert(key.clone(), BTreeSet::new()).is_some()
                {
                    locale.twice.push(key.clone());
                }
            }
            if let Some(variables) = locale.keys.get_mut(&key) {
                variables.extend(line.split('$').skip(1).filter_map(|rest| {
                    let name: String = rest
                        .chars()
                        .take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c))
                        .collect();
                    // What only chooses a form of a word is the grammar of one language.
                    if rest[name.len()..].trim_start().starts_with("->") {
                        return None;
                    }
                    // A name that is kept in both languages is given as `unit_ru` and `unit_en`.
                    Some(match name.strip_suffix(&format!("_{language}")) {
                        Some(fact) => fact.to_owned(),
                        None => name,
                    })
                }));
            }
        }
        locale
    }
}

struct Dependency {
    name: String,
    only_for_tests: bool,
}

struct Package {
    name: String,
    folder: PathBuf,
    dependencies: Vec<Dependency>,
}

fn workspace() -> Vec<Package> {
    let output = Command::new(env!("CARGO"))
        .args([
            "metadata",
            "--no-deps",
            "--offline",
            "--format-version",
            "1",
        ])
        .current_dir(root())
        .output()
        .expect("cargo runs");
    assert!(
        output.status.success(),
        "cargo metadata: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    let metadata: serde_json::Value =
        serde_json::from_slice(&output.stdout).expect("cargo metadata is JSON");
    let text = |value: &serde_json::Value| value.as_str().expect("a text").to_owned();
    metadata["packages"]
        .as_array()
        .expect("packages")
        .iter()
        .map(|package| Package {
            name: text(&package["name"]),
            folder: Path::new(&text(&package["manifest_path"]))
                .parent()
                .expect("a folder")
                .to_owned(),
            dependencies: package["dependencies"]
                .as_array()
                .expect("dependencies")
                .iter()
                .map(|dependency| Dependency {
                    name: text(&dependency["name"]),
                    only_for_tests: dependency["kind"] == "dev",
                })
                .collect(),
        })
        .collect()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .canonicalize()
        .expect("the root of the workspace")
}

fn sources(name: &str) -> Vec<SourceFile> {
    source::rust_files(&root().join("crates").join(name), &root())
}

/// Complaints about string literals outside tests, over all crates of the house but the bench.
fn literals_where<Found>(
    looked_at: impl Fn(&SourceFile) -> bool,
    find: impl Fn(&Text) -> Option<Found>,
    complain: impl Fn(String, Found) -> String,
) -> Vec<String> {
    let mut complaints = Vec::new();
    for package in workspace()
        .into_iter()
        .filter(|package| package.name != "bench")
    {
        for file in source::rust_files(&package.folder, &root())
            .iter()
            .filter(|file| looked_at(file))
        {
            for text in file.texts() {
                if let Some(found) = find(&text) {
                    complaints.push(complain(format!("{}:{}", file.shown, text.line), found));
                }
            }
        }
    }
    complaints
}

fn assert_none(what: &str, complaints: &[String]) {
    assert!(
        complaints.is_empty(),
        "{what}:\n\n  {}\n",
        complaints.join("\n  ")
    );
}
