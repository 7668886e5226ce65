//! Taking in a folder that somebody has put together: the smallest one, a complete one, hostile
//! ones; on both engines.
#![expect(
    clippy::unwrap_used,
    clippy::format_collect,
    reason = "what cannot be set up is a failed test, and its texts are short"
)]

use std::path::Path;

use base::id::{AccountId, PersonId};
use base::{Actor, Grant, Language, Moment, Role, Scope, Who};
use cases::exchange::{ExchangeError, Export, Report, Take, TakeOptions};
use cases::model::{Card, State};
use cases::{Cases, Pass};
use catalog::Catalog;
use jiff::tz::TimeZone;
use journal::{Journal, Keys};
use law::AgencyHours;
use people::People;
use store::testing::Fresh;
use store::{Migrations, args};

const MIGRATIONS: [Migrations; 4] = [
    journal::MIGRATIONS,
    people::MIGRATIONS,
    catalog::MIGRATIONS,
    cases::MIGRATIONS,
];

struct House {
    cases: Cases,
    folder: tempfile::TempDir,
    _keys: tempfile::TempDir,
    _fresh: Fresh,
}

fn houses() -> Vec<House> {
    Fresh::all(&MIGRATIONS)
        .into_iter()
        .map(|fresh| {
            let keys = tempfile::tempdir().unwrap();
            let store = fresh.store.clone();
            let kept = Keys::open(&keys.path().join("keys"), None, true).unwrap();
            let journal = Journal::new(store.clone(), kept).unwrap();
            let people = People::new(store.clone(), journal.clone(), people::Settings::default());
            let catalog =
                Catalog::new(store.clone(), journal.clone(), catalog::Settings::default());
            catalog.load_services().unwrap();
            let folder = tempfile::tempdir().unwrap();
            let blobs = store::Blobs::folder(&folder.path().join("blobs")).unwrap();
            let settings = cases::Settings {
                hours: AgencyHours::usual(TimeZone::get("Europe/Moscow").unwrap()),
                printer: None,
                vault: Some(files::Vault::new(blobs, files::Limits::default())),
            };
            House {
                cases: Cases::new(journal, people, catalog, settings),
                folder,
                _keys: keys,
                _fresh: fresh,
            }
        })
        .collect()
}

impl House {
    fn put(&self, name: &str, bytes: impl AsRef<[u8]>) {
        let path = self.folder.path().join("in").join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }

    fn take(&self, options: TakeOptions) -> Result<Report, ExchangeError> {
        let folder = self.folder.path().join("in");
        Take::new(self.cases.clone(), folder, options).run_blocking(|_| (), || false)
    }

    fn taken(&self) -> Report {
        self.take(TakeOptions::default()).unwrap()
    }

    fn count(&self, what: &'static str) -> i64 {
        let store = self.cases.journal().store();
        let text = format!("SELECT COUNT(*) FROM {what}");
        store
            .read_blocking(move |db| db.one(&text, &[], |row| row.get(0)))
            .unwrap()
    }

    fn card(&self, outside: &'static str) -> Card {
        let store = self.cases.journal().store();
        let number: String = store
            .read_blocking(move |db| {
                db.one(
                    "SELECT number FROM case_file WHERE outside_number = $1",
                    args![outside],
                    |row| row.get(0),
                )
            })
            .unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        let (actor, number) = (reader(), number.parse().unwrap());
        let card = self.cases.card(&actor, &EMPTY, number);
        runtime.block_on(card).unwrap()
    }

    fn faults(&self) -> Vec<String> {
        let blobs = store::Blobs::folder(&self.folder.path().join("log")).unwrap();
        let tables = [people::TABLES, catalog::TABLES, cases::TABLES].concat();
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        let checking = journal::fsck::check(self.cases.journal(), &blobs, tables);
        runtime.block_on(checking).unwrap().faults
    }
}

static EMPTY: std::sync::LazyLock<Pass> = std::sync::LazyLock::new(Pass::default);

fn reader() -> Actor {
    let now = Moment::from_micros(0);
    Actor {
        who: Who::Account {
            account: AccountId::new(now),
            person: PersonId::new(now),
            grants: vec![Grant {
                role: Role::Head,
                scope: Scope::Installation,
            }],
            units: Vec::new(),
        },
        language: Language::Ru,
    }
}

fn cases_of(report: &Report) -> (u64, u64, u64) {
    let counts = report.kinds["cases"];
    (counts.carried_over, counts.already_there, counts.refused)
}

const SIX: &str = "id,received_at,subject,text,state,unit_name\n\
     A-1,2024-03-01T10:00:00,Фонарь не горит,\"Не горит, уже неделю.\",closed,Горсвет\n\
     A-2,2024-03-02,Яма,Большая яма,in_work,Дороги\n\
     A-3,2024-03-02T11:00:00+03:00,Яма,Ещё яма,registered,Дороги\n";

#[test]
fn six_columns_are_enough() {
    for house in houses() {
        house.put("cases.csv", SIX);
        let entries = house.count("journal");
        let dry = TakeOptions {
            dry_run: true,
            ..TakeOptions::default()
        };
        let would = house.take(dry).unwrap();
        assert_eq!(cases_of(&would), (3, 0, 0), "{would:?}");
        assert_eq!(
            (house.count("case_file"), house.count("journal")),
            (0, entries)
        );

        let acts = "admin_act WHERE kind = 'import' AND actor_account IS NULL";
        assert_eq!(house.count(acts), 0, "a dry run changes nothing");

        let report = house.taken();
        assert_eq!(cases_of(&report), (3, 0, 0), "{report:?}");
        for told in [
            "admin_act WHERE action = 'import.begun' AND after_json LIKE '%\"cases.csv\"%'",
            "admin_act WHERE action = 'import.ended' AND after_json LIKE '%\"carried_over\":3,%'",
        ] {
            assert_eq!(house.count(told), 1, "{told}");
        }
        // The agency of what was carried over, and two units of it.
        assert_eq!((report.made, would.made > 0), (3, true));
        let card = house.card("A-1");
        assert_eq!(card.case.state, State::Closed);
        assert_eq!(card.case.received_at.rfc3339(), "2024-03-01T07:00:00Z");
        assert_eq!(card.content.text("subject"), "Фонарь не горит");
        assert_eq!(card.content.text("description"), "Не горит, уже неделю.");
        assert!(card.case.is_carried_over() && card.actions.is_empty());
        assert_eq!(card.history.len(), 1);
        assert_eq!(card.history[0].action, "case.carried_over");
        assert_eq!(card.history[0].field("outside_number"), Some("A-1"));
        assert_eq!(card.history[0].occurred_at, card.case.received_at);
        assert_eq!(cases_of(&house.taken()), (0, 3, 0));
        assert_eq!(house.count("case_file"), 3);
        assert_eq!(house.faults(), Vec::<String>::new());
    }
}

#[test]
fn a_history_a_message_and_a_document_come_in_and_go_out_again() {
    for house in houses() {
        house.put(
            "units.csv",
            "code;name_ru;parent\nlight.lamps;Лампы;light\nlight;Горсвет;\n",
        );
        house.put(
            "categories.jsonl",
            "{\"code\":\"lamps\",\"name_ru\":\"Фонари\"}\n",
        );
        let bytes = b"%PDF-1.4 sample";
        let hash = "8ad0dc6cc0cb9fb6b0d4b6c4de9b4a3d5d3f2a0c3b1d4b76ad8b6dbd3a2f1c00";
        let real = sha256(bytes);
        assert_ne!(real, hash);
        house.put(&format!("files/{}/{}", &real[..2], &real[2..]), bytes);
        let line = |id: &str, file: &str| {
            serde_json::json!({
                "id": id, "received_at": "2024-03-01T07:00:00Z", "state": "decided",
                "unit": "light.lamps", "category": "lamps", "subject": "Фонарь", "text": "Темно",
                "answer": "Починили",
                "messages": [{"id": uuid(id, 1), "side": "applicant",
                    "sent_at": "2024-03-02T07:00:00Z",
                    "body": {"author": "Заявитель", "text": "Когда?"}}],
                "documents": [{"id": uuid(id, 2), "kind": "pdf", "size": 15, "original": file,
                    "cleaned": file, "side": "applicant", "added_at": "2024-03-01T07:00:00Z",
                    "state": "received", "body": {"name": "письмо.pdf", "sha256": file}}],
                "history": [
                    {"action": "case.filed", "occurred_at": "2024-03-01T07:00:00Z",
                     "fields": {"state": "registered", "unit": "light"}},
                    {"action": "case.answered", "occurred_at": "2024-03-05T07:00:00Z",
                     "fields": {"state": "decided"}},
                ],
            })
            .to_string()
        };
        let lines = [line("B-1", &real), line("B-2", hash)].join("\n");
        house.put("cases.jsonl", lines);
        let report = house.taken();
        assert_eq!(cases_of(&report), (1, 0, 1), "{report:?}");
        assert_eq!(report.refused[0].field, "documents");
        assert_eq!(
            (report.documents, report.kinds["units"].carried_over),
            (1, 2)
        );
        let card = house.card("B-1");
        assert_eq!(card.messages[0].text, "Когда?");
        assert_eq!(card.content.carried_answer.as_deref(), Some("Починили"));
        let told: Vec<&str> = card
            .history
            .iter()
            .map(|told| told.action.as_str())
            .collect();
        assert_eq!(told, ["case.filed", "case.answered"]);
        let first = &card.history[0];
        assert!(first.field("source_sha256").is_some() && first.occurred_at < first.recorded_at);
        assert_eq!(house.faults(), Vec::<String>::new());

        let out = house.folder.path().join("out");
        let manifest = Export::new(house.cases.clone(), &out, None)
            .run_blocking(|_, _| ())
            .unwrap();
        assert!(!manifest.personal && manifest.documents == 0);
        let text = std::fs::read_to_string(out.join("cases.jsonl")).unwrap();
        assert!(!text.contains("Темно") && !text.contains("Когда") && text.contains("light.lamps"));
        let again = Export::new(house.cases.clone(), &out, None).run_blocking(|_, _| ());
        assert!(again.unwrap_err().to_string().contains("is not empty"));
    }
}

#[test]
fn whatever_cannot_be_a_case_is_refused_with_its_line_and_nothing_else_is() {
    for house in houses() {
        let sound = |id: &str| {
            format!(
                "{{\"id\":\"{id}\",\"received_at\":\"2024-03-01T07:00:00Z\",\"state\":\"closed\",\
                 \"unit_name\":\"Горсвет\"}}\n"
            )
        };
        let with = |id: &str, field: &str| {
            sound(id).replace("\"unit_name\"", &format!("{field},\"unit_name\""))
        };
        let mut bytes = sound("1").into_bytes();
        bytes.extend(sound("1").into_bytes());
        bytes.extend(b"{\"id\": \"3\", \n\xff\xfe\xfd\n[]\n");
        bytes.extend(with("6", "\"colour\":1").into_bytes());
        bytes.extend(with("7", "\"number\":\"x\"").into_bytes());
        bytes.extend(with("8", "\"due_on\":\"31.12.2024\"").into_bytes());
        bytes.extend(with("9", "\"category\":\"nothing\"").into_bytes());
        bytes.extend(with("10", "\"messages\":[{\"id\":1}]").into_bytes());
        bytes.extend(with("11", "\"content\":{\"answers\":[]}").into_bytes());
        bytes.extend(sound("12").replace("closed", "eaten").into_bytes());
        bytes.extend(sound("13").replace("2024", "2124").into_bytes());
        bytes.extend(
            with("14", "\"history\":[{\"action\":\"log.erased\",\"occurred_at\":\"2024-03-01T07:00:00Z\"}]")
                .into_bytes(),
        );
        bytes.extend(std::iter::repeat_n(b'[', 1 << 20));
        bytes.push(b'\n');
        bytes.extend(std::iter::repeat_n(b'x', (16 << 20) + 1));
        bytes.push(b'\n');
        bytes
            .extend(with("17", "\"documents\":[{\"original\":\"../../etc/passwd\"}]").into_bytes());
        bytes.extend(sound("18").into_bytes());
        house.put("cases.jsonl", &bytes);
        house.put(
            "cases.csv",
            "id,received_at,subject,state,unit_name\n\
             20,2024-03-01,=HYPERLINK(\"http://evil\"),closed,Горсвет\n\
             21,2024-03-01,Яма,closed,Горсвет,лишнее\n\
             22,2024-03-01,Яма,closed,Горсвет\n",
        );
        house.put("units.csv", "code,name_ru,parent\na,A,b\nb,B,a\nБ,Б,\n");
        let report = {
            let options = TakeOptions {
                report: Some(house.folder.path().join("report.json")),
                ..TakeOptions::default()
            };
            house.take(options).unwrap()
        };
        assert_eq!(cases_of(&report), (3, 0, 18), "{report:?}");
        assert_eq!(report.kinds["units"].refused, 3);
        let refused: Vec<(u64, &str)> = report
            .refused
            .iter()
            .filter(|refused| refused.file == "cases.jsonl")
            .map(|refused| (refused.line, refused.field.as_str()))
            .collect();
        for expected in [
            (2, "id"),
            (6, "colour"),
            (7, "number"),
            (8, "due_on"),
            (9, "category"),
            (10, "messages[0].id"),
            (11, "content"),
            (12, "state"),
            (13, "received_at"),
            (14, "history[0].action"),
            (15, ""),
            (16, ""),
            (17, "documents"),
        ] {
            assert!(refused.contains(&expected), "{expected:?} in {refused:?}");
        }
        let listed = std::fs::read_to_string(house.folder.path().join("refused.csv")).unwrap();
        assert_eq!(listed.lines().count(), 1 + 21, "{listed}");
        assert!(!listed.contains("evil") && !listed.contains("eaten"));
        assert_eq!(house.count("case_file"), 3);
        assert_eq!(house.faults(), Vec::<String>::new());
    }
}

#[test]
fn a_folder_that_is_not_what_it_says_is_left_alone() {
    for house in houses() {
        let failed = |house: &House| house.take(TakeOptions::default()).unwrap_err().to_string();
        assert!(failed(&house).contains("is no folder"));
        house.put("readme.txt", "nothing");
        assert!(failed(&house).contains("no file that is known"));
        house.put("cases.csv", SIX);
        for (manifest, says) in [
            ("{", "cannot be read"),
            (
                "{\"layout\":\"zip\",\"version\":1,\"files\":{}}",
                "is not of the layout",
            ),
            (
                "{\"layout\":\"okno-exchange\",\"version\":2,\"files\":{}}",
                "is not of the layout",
            ),
            (
                "{\"layout\":\"okno-exchange\",\"version\":1,\"files\":{\"cases.csv\":{\"rows\":3,\"sha256\":\"00\"}}}",
                "is not what manifest.json says",
            ),
            (
                "{\"layout\":\"okno-exchange\",\"version\":1,\"files\":{\"../x\":{\"rows\":3,\"sha256\":\"00\"}}}",
                "a file that no exchange has",
            ),
        ] {
            house.put("manifest.json", manifest);
            let failed = failed(&house);
            assert!(failed.contains(says), "{failed}");
        }
        assert_eq!(house.count("case_file"), 0);
    }
}

#[test]
fn a_number_that_came_along_is_never_given_again() {
    for house in houses() {
        let number = base::Number::new(2024, 41).unwrap();
        let line = |id: &str, number: String| {
            format!(
                "{{\"id\":\"{id}\",\"number\":\"{number}\",\"received_at\":\"2024-03-01T07:00:00Z\",\
                 \"state\":\"closed\",\"unit_name\":\"Горсвет\"}}\n"
            )
        };
        house.put(
            "cases.jsonl",
            line("1", number.to_string()) + &line("2", number.to_string()),
        );
        assert_eq!(cases_of(&house.taken()), (2, 0, 0));
        assert_eq!(house.card("1").case.number, number);
        assert_ne!(house.card("2").case.number, number);
        house.put("cases.csv", SIX);
        assert_eq!(cases_of(&house.taken()), (3, 2, 0));
        assert!(house.card("A-1").case.number.sequence() > 41);
    }
}

fn sha256(bytes: &[u8]) -> String {
    use sha2::{Digest, Sha256};
    let digest = Sha256::digest(bytes);
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn uuid(id: &str, n: u8) -> String {
    let mut bytes = [n; 16];
    bytes[..3].copy_from_slice(id.as_bytes());
    uuid::Uuid::from_bytes(bytes).to_string()
}

#[test]
fn every_form_is_that_of_its_table() {
    for house in houses() {
        // An export prepares every statement of every form, on this engine.
        let out = house.folder.path().join("all");
        Export::new(house.cases.clone(), &out, None)
            .run_blocking(|_, _| ())
            .unwrap();
        assert!(Path::new(&out).join("manifest.json").is_file());
    }
}

/// A folder with three cases of another system, a problem of two and tasks.
fn put_works(house: &House, photograph: &str) {
    house.put("cases.csv", SIX);
    house.put("units.csv", "code,name_ru\nroads,Дороги\nlight,Горсвет\n");
    let problem = |id: &str, cases: &[&str]| {
        let cases: Vec<serde_json::Value> = cases
            .iter()
            .map(|case| serde_json::json!({ "case": case, "joined_at": "2024-03-03T07:00:00Z" }))
            .collect();
        serde_json::json!({
            "id": id, "number": 40, "title": "Ямы на Лесной", "unit": "roads",
            "opened_at": "2024-03-03T07:00:00Z", "case_count": 7, "cases": cases,
        })
    };
    let mut other = problem("P-2", &["A-1"]);
    other["state"] = "closed".into();
    let lines = [
        problem("P-1", &["A-2", "A-3"]),
        other,
        problem("P-3", &["A-9"]),
        // A case is about one problem at a time.
        problem("P-4", &["A-2"]),
        problem("P-1", &[]),
    ];
    house.put(
        "problems.jsonl",
        lines.map(|line| line.to_string()).join("\n"),
    );
    let task = |id: &str, more: serde_json::Value| {
        let mut task = serde_json::json!({
            "id": id, "number": 41, "source": "problem", "problem": "P-1",
            "title": "Ямочный ремонт", "unit": "roads", "set_at": "2024-03-04T07:00:00Z",
            "due_on": "2024-04-01", "state": "set", "speak_on": "2024-03-29",
        });
        for (field, value) in more.as_object().unwrap() {
            task[field] = value.clone();
        }
        task
    };
    let document = |file: &str| {
        serde_json::json!([{ "id": uuid("T-1", 3), "shows": "proof", "kind": "jpeg", "size": 15,
            "original": file, "cleaned": file, "author": uuid("acc", 1),
            "added_at": "2024-03-05T07:00:00Z", "body": { "name": "IMG_1.jpg", "sha256": file } }])
    };
    let lines = [
        task(
            "T-1",
            serde_json::json!({
                "state": "done", "done_on": "2024-03-05", "said": "Заделано",
                "documents": document(photograph),
                "stages": [{ "id": uuid("T-1", 1), "place": 0, "title": "Снять покрытие",
                             "until_on": "2024-03-05", "done_on": "2024-03-05" }],
                "disputes": [{ "id": uuid("T-1", 2), "case": "A-2",
                               "made_at": "2024-03-06T07:00:00Z",
                               "body": { "text": "Яма на месте" } }],
                "history": [{ "action": "task.set", "occurred_at": "2024-03-04T07:00:00Z",
                              "fields": { "by": "Громов" } }],
            }),
        ),
        task("T-2", serde_json::json!({ "problem": "P-9" })),
        task("T-3", serde_json::json!({ "source": "review" })),
        task("T-4", serde_json::json!({ "state": "confirmed" })),
        task(
            "T-5",
            serde_json::json!({ "documents": document(&"0".repeat(64)) }),
        ),
        task(
            "T-6",
            serde_json::json!({
            "disputes": [{ "id": uuid("T-6", 2), "case": "A-9", "made_at": "2024-03-06T07:00:00Z",
                           "body": { "text": "Нет" } }] }),
        ),
        task(
            "T-7",
            serde_json::json!({ "history": [{ "action": "case.filed",
            "occurred_at": "2024-03-04T07:00:00Z" }] }),
        ),
        task("T-8", serde_json::json!({ "unit": "nobody" })),
        task("T-9", serde_json::json!({ "colour": 1 })),
        // A number that something has is not given twice.
        task(
            "T-10",
            serde_json::json!({ "source": "promise", "problem": null, "case": "A-1" }),
        ),
    ];
    house.put("tasks.jsonl", lines.map(|line| line.to_string()).join("\n"));
}

#[test]
fn problems_and_tasks_come_in_with_what_they_name_and_are_refused_row_by_row() {
    for house in houses() {
        let bytes = b"a photograph";
        let photograph = sha256(bytes);
        let place = format!("files/{}/{}", &photograph[..2], &photograph[2..]);
        house.put(&place, bytes);
        put_works(&house, &photograph);
        let dry = TakeOptions {
            dry_run: true,
            ..TakeOptions::default()
        };
        let would = house.take(dry).unwrap();
        assert_eq!(would.kinds["tasks"].carried_over, 4, "{would:?}");
        assert_eq!((house.count("problem"), house.count("task")), (0, 0));

        let report = house.taken();
        let of = |report: &Report, kind: &'static str| {
            let counts = report.kinds[kind];
            (counts.carried_over, counts.already_there, counts.refused)
        };
        assert_eq!(of(&report, "problems"), (1, 0, 4), "{report:?}");
        assert_eq!(of(&report, "tasks"), (2, 0, 8), "{report:?}");
        let refused: Vec<(&str, u64, &str)> = report
            .refused
            .iter()
            .map(|one| (one.file.as_str(), one.line, one.field.as_str()))
            .collect();
        assert_eq!(
            refused,
            [
                ("problems.jsonl", 2, "closed_at"),
                ("problems.jsonl", 3, "cases"),
                ("problems.jsonl", 4, ""),
                ("problems.jsonl", 5, "id"),
                ("tasks.jsonl", 2, "problem"),
                ("tasks.jsonl", 3, "problem"),
                ("tasks.jsonl", 4, "ended_at"),
                ("tasks.jsonl", 5, "documents"),
                ("tasks.jsonl", 6, "disputes[0].case"),
                ("tasks.jsonl", 7, "history[0].action"),
                ("tasks.jsonl", 8, "unit"),
                ("tasks.jsonl", 9, "colour"),
            ]
        );
        for (what, count) in [
            (
                "problem WHERE number = 40 AND cases = 2 AND about = title",
                1,
            ),
            ("problem_case WHERE left_at IS NULL", 2),
            ("task WHERE number = 41 AND state = 'done'", 1),
            // The second number 41 became the next one of the house.
            ("task WHERE number = 42 AND case_id IS NOT NULL", 1),
            ("task WHERE speak_on IS NULL", 2),
            ("task_stage WHERE note = ''", 1),
            ("task_document", 1),
            ("task_dispute", 1),
            (
                "journal WHERE action = 'task.set' AND entity_kind = 'task'",
                1,
            ),
            ("journal WHERE action = 'task.carried_over'", 1),
            ("journal WHERE action = 'problem.carried_over'", 1),
        ] {
            assert_eq!(house.count(what), count, "{what}");
        }
        assert_eq!(house.faults(), Vec::<String>::new());

        // What a colleague reads of it is what came: the photograph, and the words of whoever filed.
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        let card = runtime.block_on(house.cases.task(&reader(), 41)).unwrap();
        assert_eq!(card.disputes[0].text, "Яма на месте");
        assert_eq!(
            (card.works.problem, card.works.percent()),
            (Some(40), Some(100))
        );
        let photograph = card.works.documents[0].id;
        let opened = runtime
            .block_on(house.cases.open_works(41, photograph, false))
            .unwrap_or_else(|_| panic!("the photograph is there"));
        assert_eq!(opened.bytes, bytes);

        // Mended rows come in with the next run, and the others are there already.
        let text = std::fs::read_to_string(house.folder.path().join("in/problems.jsonl")).unwrap();
        house.put("problems.jsonl", text.replace("A-9", "A-1"));
        let again = house.taken();
        assert_eq!(of(&again, "problems"), (1, 1, 3), "{again:?}");
        assert_eq!(of(&again, "tasks"), (0, 2, 8));
    }
}

#[test]
fn rules_come_in_as_they_stand_unless_nobody_could_have_approved_them() {
    for house in houses() {
        house.put("units.csv", "code,name_ru\nreception,Приёмная\n");
        let text = "format = 1\nmode = \"automatic\"\n";
        let rules = |version: u32, more: serde_json::Value| {
            let mut rules = serde_json::json!({
                "id": uuid("rul", u8::try_from(version).unwrap()), "service": "complaint",
                "version": version, "state": "draft", "text": text,
                "written_at": "2024-03-01T07:00:00Z",
            });
            for (field, value) in more.as_object().unwrap() {
                rules[field] = value.clone();
            }
            rules.to_string()
        };
        let (writer, officer) = (uuid("who", 1), uuid("who", 2));
        let approved = serde_json::json!({
            "state": "approved", "unit": "reception", "valid_from": "2024-03-02",
            "written_by": writer, "proposed_by": writer, "proposed_at": "2024-03-01T08:00:00Z",
            "approved_by": officer, "approved_at": "2024-03-01T09:00:00Z",
        });
        let but = |field: &str, value: serde_json::Value| {
            let mut other = approved.clone();
            other[field] = value;
            other
        };
        let lines = [
            rules(1, serde_json::json!({})),
            rules(2, approved.clone()),
            rules(3, but("approved_by", writer.clone().into())),
            rules(4, but("approved_by", serde_json::Value::Null)),
            rules(5, but("text", "mode = ".into())),
            rules(6, but("service", "nothing".into())),
            rules(7, but("unit", serde_json::Value::Null)),
            rules(8, serde_json::json!({ "state": "withdrawn" })),
            // Another version has this number.
            rules(2, but("id", uuid("rul", 9).into())),
        ];
        house.put("decision_rules.jsonl", lines.join("\n"));
        let report = house.taken();
        let counts = report.kinds["decision_rules"];
        assert_eq!((counts.carried_over, counts.refused), (2, 7), "{report:?}");
        let fields: Vec<&str> = report
            .refused
            .iter()
            .map(|one| one.field.as_str())
            .collect();
        for field in ["approved_by", "text", "service", "unit", "withdrawn_at", ""] {
            assert!(fields.contains(&field), "{field} in {fields:?}");
        }
        let told = "journal WHERE action = 'decision_rules.carried_over'";
        assert_eq!(house.count(told), 2);
        assert_eq!(house.faults(), Vec::<String>::new());
        let again = house.taken().kinds["decision_rules"];
        assert_eq!((again.carried_over, again.already_there), (0, 2));
    }
}

#[test]
fn a_case_that_waited_for_rules_elsewhere_rests_here() {
    for house in houses() {
        let line = |id: &str| {
            serde_json::json!({
                "id": id, "received_at": "2024-03-01T07:00:00Z", "state": "registered",
                "unit_name": "Приёмная", "service": "reference", "source": "web",
                "ruling": [{ "rules_version": 1, "identified": false, "language": "ru",
                             "state": "waiting" }],
            })
            .to_string()
        };
        house.put("cases.jsonl", line("R-1"));
        assert_eq!(cases_of(&house.taken()), (1, 0, 0));
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        let decide = || runtime.block_on(house.cases.decide_waiting()).unwrap();
        assert_eq!(decide(), 0, "nobody decides what rests");
        let entries = house.count("journal");
        // With --awake it goes on, and where its rules are not in force a person decides.
        house.put("cases.jsonl", line("R-2"));
        let awake = TakeOptions {
            awake: true,
            ..TakeOptions::default()
        };
        assert_eq!(cases_of(&house.take(awake).unwrap()), (1, 0, 0));
        assert_eq!(decide(), 1);
        assert_eq!(house.count("case_ruling WHERE state = 'waiting'"), 1);
        assert_eq!(house.count("case_ruling WHERE state = 'left'"), 1);
        assert!(house.count("journal") > entries);
        assert_eq!(house.faults(), Vec::<String>::new());
    }
}
