//! Carrying a set of another system over: what comes in, what is refused, stopping and going on,
//! two at once, beside other changes, and the real set where it is at hand.
#![expect(clippy::unwrap_used, reason = "what cannot be set up is a failed test")]

use std::cell::Cell;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use base::id::{AccountId, PersonId};
use base::{Actor, Clock, Grant, Language, Moment, Role, Scope, Who};
use cases::import::{Import, ImportError, Options, Progress, Reason, Report};
use cases::model::{Card, State};
use cases::{Cases, Pass};
use catalog::Catalog;
use flate2::Compression;
use flate2::write::GzEncoder;
use jiff::tz::TimeZone;
use journal::{Journal, Keys};
use law::AgencyHours;
use people::{NewUnit, People, UnitKind, units};
use store::testing::Fresh;
use store::{Db, Migrations, Store, args};

const MIGRATIONS: [Migrations; 4] = [
    journal::MIGRATIONS,
    people::MIGRATIONS,
    catalog::MIGRATIONS,
    cases::MIGRATIONS,
];

const HEADING: &str = "id,created,district,municipality,address,lat,lon,object,category,reason,\
     executor,text,photos,n_answers,answered,final_status";

const DONE: &str = "2020-10-22T16:33:46.128707,Завершено: Автоматически";

/// An installation with nothing but the built-in services.
struct House {
    store: Store,
    cases: Cases,
    set: tempfile::TempDir,
    keys: tempfile::TempDir,
    fresh: Fresh,
}

fn houses() -> Vec<House> {
    Fresh::all(&MIGRATIONS)
        .into_iter()
        .map(|fresh| {
            let keys = tempfile::tempdir().unwrap();
            let cases = open(&fresh.store, keys.path(), true);
            cases.catalog().load_services().unwrap();
            House {
                store: fresh.store.clone(),
                cases,
                set: tempfile::tempdir().unwrap(),
                keys,
                fresh,
            }
        })
        .collect()
}

fn open(store: &Store, keys: &Path, fresh: bool) -> Cases {
    let keys = Keys::open(&keys.join("keys"), None, fresh).unwrap();
    let journal = Journal::new(store.clone(), keys).unwrap();
    let people = People::new(store.clone(), journal.clone(), people::Settings::default());
    let catalog = Catalog::new(store.clone(), journal.clone(), catalog::Settings::default());
    let hours = AgencyHours::usual(TimeZone::get("Europe/Moscow").unwrap());
    Cases::new(
        journal,
        people,
        catalog,
        cases::Settings {
            hours,
            printer: None,
            vault: None,
        },
    )
}

impl House {
    /// The same database as another process sees it.
    fn second(&self) -> Cases {
        let store = Store::open(&self.fresh.settings, Clock::system(), &MIGRATIONS).unwrap();
        open(&store, self.keys.path(), false)
    }

    fn write(&self, appeals: &[String], answers: &[&str]) {
        let appeals = std::iter::once(HEADING).chain(appeals.iter().map(String::as_str));
        let answers = std::iter::once("id,answer").chain(answers.iter().copied());
        let lines = |lines: &mut dyn Iterator<Item = &str>| {
            lines
                .fold(String::new(), |text, line| text + line + "\n")
                .into_bytes()
        };
        self.pack("appeals.csv.gz", &lines(&mut appeals.into_iter()));
        self.pack("answers.csv.gz", &lines(&mut answers.into_iter()));
    }

    fn pack(&self, name: &str, bytes: &[u8]) {
        let file = std::fs::File::create(self.set.path().join(name)).unwrap();
        let mut gzip = GzEncoder::new(file, Compression::fast());
        gzip.write_all(bytes).unwrap();
        gzip.finish().unwrap();
    }

    fn import(&self, options: Options) -> Import {
        Import::new(self.cases.clone(), self.set.path(), options)
    }

    fn run(&self) -> Result<Report, ImportError> {
        self.import(Options::default())
            .run_blocking(|_| (), || false)
    }

    fn count(&self, what: &'static str) -> i64 {
        count(&self.store, what)
    }

    fn card(&self, outside: &'static str) -> Card {
        let number: String = self
            .store
            .read_blocking(move |db: &mut Db<'_>| {
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
        let number = number.parse().unwrap();
        runtime.block_on(async {
            self.cases
                .card(&reader(), &Pass::default(), number)
                .await
                .unwrap()
        })
    }

    /// What the checker of the log finds wrong.
    fn faults(&self) -> Vec<String> {
        let blobs = store::Blobs::folder(&self.set.path().join("blobs")).unwrap();
        let slices = [people::TABLES, catalog::TABLES, cases::TABLES];
        let tables = slices.concat();
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        let checking = journal::fsck::check(self.cases.journal(), &blobs, tables);
        runtime.block_on(checking).unwrap().faults
    }
}

fn count(store: &Store, what: &'static str) -> i64 {
    store
        .read_blocking(move |db| {
            db.one(&format!("SELECT COUNT(*) FROM {what}"), &[], |row| {
                row.get(0)
            })
        })
        .unwrap()
}

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

fn row(id: &str, rest: &str) -> String {
    format!(
        "{id},2020-10-18T14:50:40.817676,Озёрный,Заречье,\"Лесная, 12\",59.99,30.19,Дом,Содержание домов,\
         Протечка кровли,ЖКС № 1,\"Течёт.\nВторой день.\",2,1,{rest}"
    )
}

fn many(number: usize) -> Vec<String> {
    (0..number)
        .map(|n| row(&(1000 + n).to_string(), DONE))
        .collect()
}

fn counts(progress: &Progress) -> (u64, u64, u64) {
    (
        progress.carried_over,
        progress.already_there,
        progress.refused,
    )
}

#[test]
fn a_set_comes_in_with_its_states_times_and_answers() {
    for house in houses() {
        house.write(
            &[
                row("1", DONE),
                row("2", "2020-10-20T10:00:00,Получен ответ"),
                row("3", "2020-10-20T10:00:00,Промежуточный ответ"),
                row("4", ",Рассмотрение"),
                "5,2021-01-01T00:10:00,Озёрный,,,99,200,Двор,Дворы,,,Темно,0,0,,Модерация"
                    .to_owned(),
                row("6", ",Завершено"),
            ],
            &["1,\"Крыша\nпочинена.\"", "3,Работаем.", "9,Ничей ответ."],
        );
        let report = house.run().unwrap();
        assert_eq!(counts(&report.progress), (6, 0, 0), "{report:?}");
        assert_eq!((report.progress.read, report.progress.total), (6, 6));
        assert_eq!(report.answers_without_appeal, 1);
        // Root and executor; two categories with one reason; a district with one municipality.
        assert_eq!(report.nodes_made, 2 + 3 + 2);

        let first = house.card("1");
        assert_eq!(first.case.state, State::Closed);
        assert_eq!(first.case.number.year(), 2020);
        assert_eq!(
            first.case.received_at.rfc3339(),
            "2020-10-18T11:50:40.817676Z"
        );
        assert_eq!(
            first.case.answered_at.unwrap().rfc3339(),
            "2020-10-22T13:33:46.128707Z"
        );
        assert_eq!(first.case.registered_on.to_string(), "2020-10-18");
        assert_eq!(
            first.content.carried_answer.as_deref(),
            Some("Крыша\nпочинена.")
        );
        assert_eq!(first.content.text("description"), "Течёт.\nВторой день.");
        assert_eq!(first.content.text("subject"), "Протечка кровли");
        assert_eq!(first.content.address, "Лесная, 12");
        assert!(
            first.case.is_carried_over() && first.case.due_on.is_none() && first.term.is_none()
        );
        assert_eq!(first.history.len(), 1);
        assert_eq!(first.history[0].action, "case.carried_over");
        let told = |name: &str| {
            let fields = &first.history[0].fields;
            fields
                .iter()
                .find(|(field, _)| field == name)
                .map(|(_, value)| value.as_str())
        };
        assert_eq!(told("source_sha256"), Some(report.source_sha256.as_str()));
        assert_eq!(told("outside_number"), Some("1"));

        let states = ["2", "3", "4", "5", "6"].map(|id| house.card(id).case);
        assert_eq!(
            states.each_ref().map(|case| case.state),
            [
                State::Decided,
                State::InWork,
                State::InWork,
                State::Registered,
                State::Closed
            ]
        );
        // An interim answer leaves the case open.
        assert!(states[1].answered_at.is_none());
        assert_eq!(states[3].number.year(), 2021);
        assert_eq!(states[3].registered_on.to_string(), "2021-01-01");
        let units = house.cases.people().units_blocking().unwrap();
        let root = units.unit(states[3].unit).unwrap();
        assert_eq!((root.kind, root.parent), (UnitKind::Agency, None));
        assert_eq!(units.unit(states[0].unit).unwrap().parent, Some(root.id));
        assert_eq!(units.territory_path(states[0].territory.unwrap()).len(), 2);

        // Every entry has its place, and nothing else was started.
        assert_eq!(house.count("journal_pending"), 0);
        assert_eq!(house.count("journal_leaf"), house.count("journal"));
        assert_eq!(house.count("job"), 0);
        assert_eq!(house.faults(), Vec::<String>::new());
    }
}

/// What happened to appeal 1 of `with_history`, in the order of its files.
fn with_history(house: &House) {
    house.write(
        &[row("1", DONE), row("2", ",Рассмотрение")],
        &["1,Починили."],
    );
    house.pack(
        "timeline.csv.gz",
        "id,at,status\n\
         1,2020-10-18T14:50:41,Модерация\n\
         1,2020-10-19T10:00:00,Рассмотрение\n\
         1,2020-10-20T10:00:00,Промежуточный ответ\n\
         1,2020-10-21T10:00:00,Получен ответ\n\
         1,2020-10-21T11:00:00,Модерация\n\
         1,2020-10-22T10:00:00,Получен ответ\n\
         1,2020-10-22T16:33:46,Завершено: Автоматически\n\
         2,2020-10-18T14:50:41,Модерация\n\
         2,2020-10-19T10:00:00,Рассмотрение\n\
         9,2020-10-19T10:00:00,Рассмотрение\n"
            .as_bytes(),
    );
    house.pack(
        "reroutes.csv.gz",
        "id,at,from,to,old_deadline,new_deadline\n\
         1,2020-10-19T12:00:00,Район,ЖКС № 1,13.11.2020,19.11.2020\n\
         1,2020-10-19T13:00:00,ЖКС № 1,ЖКС № 1,2020-11-19,2020-11-20\n"
            .as_bytes(),
    );
    house.pack(
        "reclassified.csv.gz",
        "id,at,old,new\n1,2020-10-18T14:40:00,Двор/Прочее/Иное,Дом/Содержание домов/Протечка кровли\n"
            .as_bytes(),
    );
}

/// What the list of administrators' acts tells of imports: action, subject, what is said.
fn told(cases: &Cases) -> Vec<(String, String, String)> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let mut administrator = reader();
    let Who::Account { grants, .. } = &mut administrator.who else {
        panic!("somebody reads");
    };
    grants[0].role = Role::Administrator;
    let asked = people::acts::Asked {
        kind: Some("import".to_owned()),
        ..people::acts::Asked::default()
    };
    let acts = cases.people().acts(&administrator, asked, 100);
    let (acts, _) = runtime.block_on(acts).unwrap();
    let mut told: Vec<_> = acts
        .into_iter()
        .map(|act| {
            assert!(act.actor.is_none(), "the machine has no name");
            let said = act.changes.iter();
            let said = said.map(|(field, _, after)| format!("{field} {after}"));
            let said: Vec<String> = said.collect();
            (act.action, act.subject, said.join("; "))
        })
        .collect();
    told.sort_unstable();
    told
}

#[test]
fn the_log_of_administrators_tells_when_an_import_began_and_how_it_ended() {
    for house in houses() {
        house.write(
            &[row("1", DONE), row("2", ",Непонятно"), row("1", DONE)],
            &[],
        );
        let dry = Options {
            dry_run: true,
            ..Options::default()
        };
        house.import(dry).run_blocking(|_| (), || false).unwrap();
        assert!(told(&house.cases).is_empty(), "nothing happened");
        house.run().unwrap();
        let name = house.set.path().file_name().unwrap();
        let name = name.to_str().unwrap().to_owned();
        let begun = format!("files appeals.csv.gz, answers.csv.gz; folder {name}; what appeals");
        let ended = |ended: &str, carried: u32, there: u32, read: u32, refused: u32| {
            format!(
                "already_there {there}; carried_over {carried}; ended {ended}; folder {name}; \
                 read {read}; refused {refused}"
            )
        };
        assert_eq!(
            told(&house.cases),
            [
                ("import.begun".to_owned(), name.clone(), begun.clone()),
                (
                    "import.ended".to_owned(),
                    name.clone(),
                    ended("finished", 1, 0, 3, 2)
                ),
            ]
        );
        // Stopped before anything was read, and once more to the end: each run is told.
        let stopped = house.import(Options::default());
        stopped.run_blocking(|_| (), || true).unwrap();
        house.run().unwrap();
        let said: Vec<String> = told(&house.cases).into_iter().map(|told| told.2).collect();
        assert_eq!(said.len(), 6);
        assert!(said.contains(&ended("stopped", 0, 0, 0, 0)), "{said:?}");
        assert!(said.contains(&ended("finished", 0, 1, 3, 2)), "{said:?}");
        // A file that breaks off in its middle is seen before anything begins.
        let mut torn = std::fs::read(house.set.path().join("appeals.csv.gz")).unwrap();
        torn.truncate(torn.len() / 2);
        std::fs::write(house.set.path().join("appeals.csv.gz"), torn).unwrap();
        assert!(house.run().is_err());
        assert_eq!(told(&house.cases).len(), 6);
        // None of the texts of a case stands in the list.
        let kept: Vec<String> = house
            .store
            .read_blocking(|db| db.query("SELECT after_json FROM admin_act", &[], |row| row.get(0)))
            .unwrap();
        assert!(kept.iter().all(|kept| !kept.contains("Лесная")), "{kept:?}");
    }
}

#[test]
fn a_history_comes_in_with_the_times_of_then() {
    for house in houses() {
        with_history(&house);
        let dry = Options {
            dry_run: true,
            ..Options::default()
        };
        let entries = house.count("journal");
        let would = house.import(dry).run_blocking(|_| (), || false).unwrap();
        assert_eq!(counts(&would.progress), (2, 0, 0));
        assert_eq!(house.count("case_file"), 0);
        assert_eq!(house.count("journal"), entries);

        let report = house.run().unwrap();
        assert_eq!(counts(&report.progress), (2, 0, 0), "{report:?}");
        assert_eq!(
            (
                would.entries,
                would.units_made,
                would.categories_made,
                would.territories_made
            ),
            (
                report.entries,
                report.units_made,
                report.categories_made,
                report.territories_made
            ),
            "a dry run says what happens"
        );
        // The root, the executor, and the one who had it first.
        assert_eq!(report.units_made, 3);
        assert_eq!(report.history_without_appeal, 1);

        let card = house.card("1");
        let told: Vec<(&str, String, Option<&str>)> = card
            .history
            .iter()
            .map(|told| {
                let at = told.occurred_at.rfc3339();
                (told.action.as_str(), at, told.field("state"))
            })
            .collect();
        let expected = [
            (
                "case.carried_over",
                "2020-10-18T11:50:40.817676Z",
                "registered",
            ),
            ("case.recategorised", "2020-10-18T11:40:00Z", "registered"),
            ("case.work_begun", "2020-10-19T07:00:00Z", "in_work"),
            ("case.redirected", "2020-10-19T09:00:00Z", "in_work"),
            ("case.term_moved", "2020-10-19T10:00:00Z", "in_work"),
            ("case.interim_answered", "2020-10-20T07:00:00Z", "in_work"),
            ("case.answered", "2020-10-21T07:00:00Z", "decided"),
            ("case.reopened", "2020-10-21T08:00:00Z", "registered"),
            ("case.answered", "2020-10-22T07:00:00Z", "decided"),
            ("case.closed", "2020-10-22T13:33:46Z", "closed"),
        ]
        .map(|(action, at, state)| (action, at.to_owned(), Some(state)));
        assert_eq!(told, expected);
        let sent = &card.history[3];
        assert_eq!(sent.field("due_before"), Some("2020-11-13"));
        assert_eq!(sent.field("due_on"), Some("2020-11-19"));
        let units = house.cases.people().units_blocking().unwrap();
        let code = |id| units.unit(id).unwrap().code.clone();
        assert_eq!(sent.field("unit"), Some(code(card.case.unit).as_str()));
        assert_ne!(sent.field("from_unit"), sent.field("unit"));
        assert_eq!(card.history[0].field("unit"), sent.field("from_unit"));
        assert_eq!(card.history[9].field("ended"), Some("silence"));
        let now = card.history[0].recorded_at;
        assert!(card.history.iter().all(|told| told.recorded_at == now));
        assert_eq!(house.faults(), Vec::<String>::new());
    }
}

#[test]
fn a_history_with_a_hole_keeps_its_case_out_until_it_is_mended() {
    for house in houses() {
        with_history(&house);
        house.pack(
            "timeline.csv.gz",
            "id,at,status\n1,вчера,Модерация\n2,2020-10-18T14:50:41,Модерация\n".as_bytes(),
        );
        let report = house.run().unwrap();
        assert_eq!(counts(&report.progress), (1, 0, 1));
        assert_eq!(
            report.refusals[0].reason.to_string(),
            "line 2 of timeline.csv.gz: at is no date and time"
        );
        with_history(&house);
        assert_eq!(counts(&house.run().unwrap().progress), (1, 1, 0));
    }
}

#[test]
fn a_stopped_import_goes_on_and_doubles_nothing() {
    for house in houses() {
        house.write(&many(23), &[]);
        let batches = Cell::new(0);
        let options = Options {
            batch: 5,
            ..Options::default()
        };
        let stopped = house
            .import(options.clone())
            .run_blocking(|_| batches.set(batches.get() + 1), || batches.get() == 1)
            .unwrap();
        assert!(stopped.stopped);
        assert_eq!(counts(&stopped.progress), (5, 0, 0));
        assert_eq!(house.count("case_file"), 5);

        let whole = house
            .import(options.clone())
            .run_blocking(|_| (), || false)
            .unwrap();
        assert!(!whole.stopped);
        assert_eq!(counts(&whole.progress), (18, 5, 0));
        assert_eq!(whole.nodes_made, 0);
        let again = house
            .import(options)
            .run_blocking(|_| (), || false)
            .unwrap();
        assert_eq!(counts(&again.progress), (0, 23, 0));
        assert_eq!(house.count("case_file"), 23);
        assert_eq!(
            house.count("journal WHERE action = 'case.carried_over'"),
            23
        );
    }
}

#[test]
fn rows_that_cannot_be_used_are_refused_with_line_and_reason() {
    for house in houses() {
        let long = "я".repeat(100_001);
        let mut appeals = vec![
            row("1", DONE),
            row("1", DONE),
            row("", DONE),
            "2,2020-10-18".to_owned(),
            row("3", "когда-то,Завершено"),
            row("4", "2020-10-22T16:33:46,Отозвано"),
            format!("5,2020-10-18T14:50:40,,,,,,,,,,{long},0,0,,Модерация"),
            "6,2020-10-18T14:50:40,,,,,,,,,,\"a\u{0}b\u{202e}c\",0,0,,Модерация".to_owned(),
            row("7", DONE),
            "=cmd(),2020-10-18T14:50:40,,,,,,,,,,Текст,0,0,,Модерация".to_owned(),
        ];
        house.write(
            &appeals,
            &["1,Готово.", &format!("7,{long}"), ",Без номера."],
        );
        let folder = tempfile::tempdir().unwrap();
        let options = Options {
            report: Some(folder.path().join("report.json")),
            ..Options::default()
        };
        let report = house
            .import(options)
            .run_blocking(|_| (), || false)
            .unwrap();
        assert_eq!(counts(&report.progress), (3, 0, 7), "{report:?}");
        assert_eq!(report.answers_refused, 1);
        let reasons: Vec<(u64, Reason)> = report
            .refusals
            .iter()
            .filter(|refusal| refusal.file == "appeals.csv.gz")
            .map(|refusal| (refusal.line, refusal.reason.clone()))
            .collect();
        assert_eq!(
            reasons,
            [
                (4, Reason::Repeated),
                (6, Reason::NoId),
                (
                    8,
                    Reason::Columns {
                        found: 2,
                        expected: 16
                    }
                ),
                (9, Reason::Moment("answered")),
                (11, Reason::Status),
                (13, Reason::TooLong("text")),
                (15, Reason::TooLong("answer")),
            ]
        );
        let csv = std::fs::read_to_string(folder.path().join("refused.csv")).unwrap();
        assert_eq!(csv.lines().count(), 1 + 7 + 1);
        assert!(
            csv.contains("appeals.csv.gz,13,5,text is too long"),
            "{csv}"
        );
        let json = std::fs::read_to_string(folder.path().join("report.json")).unwrap();
        assert!(json.contains("\"carried_over\": 3"), "{json}");
        assert_eq!(house.card("6").content.text("description"), "abc");

        // What was mended comes in with the next run.
        appeals[5] = row("4", DONE);
        house.write(&appeals, &["7,Коротко."]);
        assert_eq!(counts(&house.run().unwrap().progress), (2, 3, 5));
    }
}

#[test]
fn a_file_in_another_encoding_is_refused_row_by_row() {
    for house in houses() {
        house.write(&[], &[]);
        let mut bytes = format!("{HEADING}\n").into_bytes();
        bytes.extend(b"1,2020-10-18T14:50:40,\xcf\xf0\xe8,,,,,,,,,,0,0,,x\n");
        bytes.extend(row("2", DONE).into_bytes());
        house.pack("appeals.csv.gz", &bytes);
        let report = house.run().unwrap();
        assert_eq!(counts(&report.progress), (1, 0, 1));
        assert_eq!(report.refusals[0].reason, Reason::Encoding);
    }
}

#[test]
fn a_torn_or_foreign_file_is_refused_before_anything_is_written() {
    for house in houses() {
        let path = house.set.path().join("appeals.csv.gz");
        assert!(matches!(house.run(), Err(ImportError::File { .. })));
        house.write(&many(400), &[]);
        let whole = std::fs::read(&path).unwrap();
        std::fs::write(&path, &whole[..whole.len() / 2]).unwrap();
        assert!(matches!(house.run(), Err(ImportError::Content { .. })));
        std::fs::write(&path, b"id,created\n").unwrap();
        assert!(matches!(house.run(), Err(ImportError::Content { .. })));
        std::fs::write(&path, b"").unwrap();
        assert!(house.run().is_err());
        house.pack("appeals.csv.gz", b"");
        assert!(matches!(house.run(), Err(ImportError::Heading { .. })));
        house.pack("appeals.csv.gz", "id,created,текст\n1,2,3\n".as_bytes());
        let error = house.run().unwrap_err().to_string();
        assert!(error.contains("district"), "{error}");
        // A quotation mark that is never closed does not fill the memory.
        let endless = format!("{HEADING}\n1,\"{}", "x".repeat(20 << 20));
        house.pack("appeals.csv.gz", endless.as_bytes());
        let error = house.run().unwrap_err().to_string();
        assert!(error.contains("a row without an end"), "{error}");
        // So does any byte turned over, somewhere in the file.
        for place in (0..whole.len()).step_by(97) {
            let mut broken = whole.clone();
            broken[place] ^= 0x55;
            std::fs::write(&path, &broken).unwrap();
            if let Err(error) = house.run() {
                assert!(!error.to_string().contains('\n'));
            }
        }
        house.write(&many(1), &[]);
        let options = Options {
            service: "no-such".to_owned(),
            ..Options::default()
        };
        let error = house
            .import(options)
            .run_blocking(|_| (), || false)
            .unwrap_err();
        assert!(matches!(error, ImportError::Service(_)), "{error}");
    }
}

#[test]
fn two_imports_at_once_double_nothing() {
    for house in houses() {
        house.write(&many(120), &["1000,Готово.", "1119,Готово."]);
        let other = house.second();
        let set: PathBuf = house.set.path().to_owned();
        let options = Options {
            batch: 7,
            ..Options::default()
        };
        let theirs = {
            let options = options.clone();
            std::thread::spawn(move || {
                Import::new(other, set, options).run_blocking(|_| (), || false)
            })
        };
        let ours = house
            .import(options)
            .run_blocking(|_| (), || false)
            .unwrap();
        let theirs = theirs.join().unwrap().unwrap();
        assert_eq!(house.count("case_file"), 120);
        assert_eq!(
            house.count("journal WHERE action = 'case.carried_over'"),
            120
        );
        assert_eq!(
            ours.progress.carried_over + theirs.progress.carried_over,
            120
        );
        assert_eq!(
            ours.progress.already_there + theirs.progress.already_there,
            120
        );
        assert_eq!(ours.nodes_made + theirs.nodes_made, 6);
    }
}

#[test]
fn others_write_while_an_import_runs() {
    for house in houses() {
        house.write(&many(400), &[]);
        let other = house.second();
        let set: PathBuf = house.set.path().to_owned();
        let done = AtomicBool::new(false);
        let (written, worst) = std::thread::scope(|scope| {
            let importing = scope.spawn(|| {
                let report =
                    Import::new(other, set, Options::default()).run_blocking(|_| (), || false);
                done.store(true, Ordering::SeqCst);
                report.unwrap()
            });
            let (mut written, mut worst) = (0, Duration::ZERO);
            while !done.load(Ordering::SeqCst) {
                let journal = house.cases.journal().clone();
                let began = Instant::now();
                let unit = NewUnit {
                    parent: None,
                    kind: UnitKind::Agency,
                    code: format!("beside-{written}"),
                    name_ru: "Рядом".to_owned(),
                    name_en: "Beside".to_owned(),
                    territories: Vec::new(),
                };
                let change = move |tx: &mut store::Tx<'_>| units::insert(tx, &journal, &unit);
                house
                    .store
                    .change_blocking(&Actor::system("test"), change)
                    .unwrap();
                worst = worst.max(began.elapsed());
                written += 1;
                std::thread::sleep(Duration::from_millis(5));
            }
            assert_eq!(importing.join().unwrap().progress.carried_over, 400);
            (written, worst)
        });
        println!(
            "{:?}: {written} changes beside, the slowest {worst:?}",
            house.store.engine()
        );
        assert!(
            written > 0 && worst < Duration::from_secs(3),
            "{written} {worst:?}"
        );
    }
}

/// The whole set with `OKNO_LONG=1`, its beginning otherwise.
#[test]
fn the_real_set_comes_in() {
    let set = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/appeals");
    if !set.join("appeals.csv.gz").exists() {
        println!("skipped: the real set is not at hand");
        return;
    }
    let long = std::env::var_os("OKNO_LONG").is_some();
    for house in houses() {
        let import = Import::new(house.cases.clone(), &set, Options::default());
        let read = Cell::new(0);
        let began = Instant::now();
        let report = import
            .run_blocking(
                |progress| read.set(progress.read),
                || !long && read.get() >= 300,
            )
            .unwrap();
        let took = began.elapsed();
        let progress = report.progress;
        println!(
            "{:?}: {} in, {} there, {} refused of {} read in {took:?}: {} a second; {} nodes, {} placed",
            house.store.engine(),
            progress.carried_over,
            progress.already_there,
            progress.refused,
            progress.read,
            u128::from(progress.carried_over) * 1000 / took.as_millis().max(1),
            report.nodes_made,
            report.placed,
        );
        assert_eq!(progress.carried_over + progress.refused, progress.read);
        assert_eq!(
            house.count("case_file"),
            i64::try_from(progress.carried_over).unwrap()
        );
        assert_eq!(progress.total, 38_395);
        if long {
            assert_eq!(counts(&progress), (38_395, 0, 0), "{:?}", report.refusals);
            let began = Instant::now();
            let again = import.run_blocking(|_| (), || false).unwrap();
            println!(
                "{:?}: once more, nothing new, in {:?}",
                house.store.engine(),
                began.elapsed()
            );
            assert_eq!(counts(&again.progress), (0, 38_395, 0));
        } else {
            assert!(report.stopped && progress.carried_over >= 300);
        }
    }
}
