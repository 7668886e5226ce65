//! Out and in again: a store that a random workload has filled is exported, taken in by an empty
//! house over the other engine, and exported from there. The two exports are the same in all but
//! what `docs/exchange-format.md` lists.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::Value as Json;

use crate::support::{Filed, House, Said};
use crate::{hostile, living, workload};

const JPEG: &[u8] = include_bytes!("support/small.jpg");

fn export(house: &House, name: &str, personal: bool) -> std::path::PathBuf {
    let folder = house.path(name);
    let mut words = vec!["export", folder.to_str().unwrap()];
    if personal {
        words.extend(["--personal", "--operator", "admin@okno.example"]);
        words.extend(["--reason", "Переезд на другой сервер"]);
    }
    let said = house.run(&words);
    assert_eq!(said.code, 0, "{said:?}");
    folder
}

/// The rows of an export by file, without what may differ.
fn rows(folder: &Path) -> BTreeMap<String, Vec<Json>> {
    let manifest = fs::read_to_string(folder.join("manifest.json")).unwrap();
    let manifest: Json = serde_json::from_str(&manifest).unwrap();
    let files = manifest["files"].as_object().unwrap();
    files
        .iter()
        .map(|(name, told)| {
            let text = fs::read_to_string(folder.join(name)).unwrap();
            let rows: Vec<Json> = text.lines().map(bare).collect();
            assert_eq!(told["rows"].as_u64(), Some(rows.len() as u64), "{name}");
            (name.clone(), rows)
        })
        .collect()
}

/// A row without the identities of the log that it stands in.
fn bare(line: &str) -> Json {
    let mut row: Json = serde_json::from_str(line).unwrap();
    if let Some(history) = row.get_mut("history").and_then(Json::as_array_mut) {
        for entry in history {
            let entry = entry.as_object_mut().unwrap();
            for field in ["recorded_at", "entry", "place"] {
                entry.remove(field);
            }
            if let Some(fields) = entry.get_mut("fields").and_then(Json::as_object_mut) {
                fields.remove("source_sha256");
            }
        }
    }
    row
}

fn files(folder: &Path) -> Vec<String> {
    let mut names = Vec::new();
    let Ok(folders) = fs::read_dir(folder.join("files")) else {
        return names;
    };
    for folder in folders {
        let folder = folder.unwrap().path();
        for file in fs::read_dir(&folder).unwrap() {
            let file = file.unwrap().path();
            let last = |path: &Path| path.file_name().unwrap().to_str().unwrap().to_owned();
            names.push(format!("{}{}", last(&folder), last(&file)));
        }
    }
    names.sort();
    names
}

fn take(house: &House, folder: &Path, more: &[&str]) -> Said {
    let mut words = vec!["import", "cases", folder.to_str().unwrap()];
    words.extend(more);
    house.run(&words)
}

/// A specialist puts a photograph into a case; works go on, and rules decide.
fn file_a_photograph(house: &House) {
    let server = house.start();
    let password = House::demo_password(&server);
    let case = Filed::file(&mut server.client(), 7, "with-a-photograph");
    let mut client = server.client();
    client.sign_in("roads@okno.example", &password);
    let took = client
        .post_form(&format!("/desk/{}/take", case.latin), &[])
        .unwrap();
    assert_eq!(took.status, 303, "{}", took.text());
    let page = format!("/cases/{}/documents", case.latin);
    let answer = hostile::send(&mut client, &page, "photo.jpg", JPEG);
    assert_eq!(answer.status, 303, "{}", answer.text());
    living::works(house, &server, &password);
    living::rulings(house, &server, &password);
    assert!(server.stop().success());
}

/// With `awake` the cases go on there as they stood.
fn round_trip(from: &House, to: &House, awake: bool) {
    workload::fill(from, 400);
    file_a_photograph(from);
    let first = export(from, "first", true);
    let taken = from
        .raw()
        .number("SELECT count(*) FROM journal WHERE action = 'export.taken'");
    assert_eq!(taken, 1, "who took it out is written down");

    let dry = to.run(&["import", "cases", first.to_str().unwrap(), "--dry-run"]);
    assert_ne!(
        dry.code, 0,
        "a house that was never founded has no keys to look with"
    );
    let how: &[&str] = if awake { &["--awake"] } else { &[] };
    let said = take(to, &first, how);
    assert_eq!(said.code, 0, "{said:?}");
    assert!(
        !said
            .out
            .lines()
            .any(|line| line.contains("refused") && !line.ends_with("refused 0")),
        "{said:?}"
    );
    to.assert_sound("after everything came in");
    let again = take(to, &first, how);
    assert!(
        !again
            .out
            .lines()
            .any(|line| line.contains("carried over") && !line.contains("carried over 0")),
        "{again:?}"
    );

    let second = export(to, "second", true);
    let (mut ours, theirs) = (rows(&first), rows(&second));
    if !awake {
        // The clock speaks of nothing that rests.
        for task in ours.get_mut("tasks.jsonl").unwrap() {
            task.as_object_mut().unwrap().remove("speak_on");
        }
    }
    assert_everything_is_told(&ours);
    assert!(ours["cases.jsonl"].len() > 20 && ours["persons.jsonl"].len() > 5);
    for (name, rows) in &ours {
        let others = &theirs[name];
        for (row, other) in rows.iter().zip(others) {
            assert_eq!(row, other, "{name}");
        }
        assert_eq!(rows.len(), others.len(), "{name}");
    }
    assert_eq!(ours.len(), theirs.len());
    assert_eq!(files(&first), files(&second));
    assert!(!files(&first).is_empty(), "documents are among it");

    // The cases rest: nobody is told anything, and no term is watched.
    let resting = to
        .raw()
        .number("SELECT count(*) FROM case_file WHERE carried_at IS NOT NULL");
    let cases = ours["cases.jsonl"].len() as u64;
    assert_eq!(resting, if awake { 0 } else { cases });

    // Without personal data nobody's name, text or identity leaves.
    let open = export(from, "open", false);
    let open_rows = rows(&open);
    assert!(!open_rows.contains_key("persons.jsonl"));
    for (file, hidden) in [
        ("problems.jsonl", &["cases"][..]),
        ("tasks.jsonl", &["case", "documents", "disputes"]),
    ] {
        assert!(!open_rows[file].is_empty());
        for row in &open_rows[file] {
            assert!(hidden.iter().all(|field| row.get(field).is_none()), "{row}");
        }
    }
    for case in &open_rows["cases.jsonl"] {
        for field in [
            "content",
            "person",
            "messages",
            "answers",
            "documents",
            "parties",
            "notes",
            "ruling",
        ] {
            assert!(case.get(field).is_none(), "{field}");
        }
    }
    assert!(files(&open).is_empty());
}

/// Every kind and every list of works and rules has something in it, so that the comparison says
/// something of them.
fn assert_everything_is_told(rows: &BTreeMap<String, Vec<Json>>) {
    let of = |file: &str, list: &str| {
        let all = rows[file]
            .iter()
            .filter_map(|row| row.get(list)?.as_array());
        all.map(Vec::len).sum::<usize>()
    };
    for (file, lists) in [
        ("cases.jsonl", &["ruling", "documents"][..]),
        ("problems.jsonl", &["cases", "history"]),
        (
            "tasks.jsonl",
            &["stages", "documents", "disputes", "history"],
        ),
    ] {
        for list in lists {
            assert!(of(file, list) > 0, "{list} of {file}");
        }
    }
    let states: Vec<&Json> = rows["decision_rules.jsonl"]
        .iter()
        .map(|rules| &rules["state"])
        .collect();
    assert!(states.contains(&&Json::from("approved")) && states.contains(&&Json::from("draft")));
}

#[test]
fn what_goes_out_comes_in_elsewhere_and_goes_out_the_same() {
    let other = House::postgres().unwrap_or_else(House::sqlite);
    round_trip(&House::sqlite(), &other, false);
    if let Some(from) = House::postgres() {
        round_trip(&from, &House::sqlite(), true);
    }
}

#[test]
fn who_is_no_administrator_takes_no_personal_data_out() {
    let house = House::sqlite();
    assert!(house.start().stop().success());
    let folder = house.path("out");
    let words = |email| {
        let folder = folder.to_str().unwrap().to_owned();
        [
            "export",
            &folder,
            "--personal",
            "--operator",
            email,
            "--reason",
            "Проверка порядка",
        ]
        .map(str::to_owned)
    };
    for email in ["roads@okno.example", "nobody@okno.example"] {
        let words = words(email);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let said = house.run(&words);
        assert_eq!(said.code, 1, "{said:?}");
        assert!(!folder.exists());
    }
}
