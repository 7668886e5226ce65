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
