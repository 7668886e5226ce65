//! A small installation with a place of files, on each database that can be had.

use base::{Actor, Clock, Language, Moment, Role};
use cases::documents::Upload;
use cases::model::{Draft, Filed, Filing, Source};
use cases::{Cases, Pass};
use catalog::{Catalog, NewCategory, NewRule, Phrase};
use files::{Limits, Vault};
use jiff::tz::TimeZone;
use journal::{Journal, Keys};
use law::AgencyHours;
use people::{NewTerritory, NewUnit, NewUser, People, PersonName, UnitKind};
use serde_json::json;
use store::testing::Fresh;
use store::{Blobs, Bucket, Migrations};

const MIGRATIONS: [Migrations; 4] = [
    journal::MIGRATIONS,
    people::MIGRATIONS,
    catalog::MIGRATIONS,
    cases::MIGRATIONS,
];

pub(crate) const PASSWORD: &str = "correct horse battery";

/// Friday, 20 November 2026, 12:00 in Moscow.
const NOON: Moment = Moment::from_micros(1_795_165_200_000_000);

pub(crate) struct House {
    pub(crate) cases: Cases,
    pub(crate) clock: Clock,
    people: People,
    catalog: Catalog,
    pub(crate) blobs: Blobs,
    _folder: tempfile::TempDir,
    _fresh: Fresh,
}

/// Runs a story on every database there is.
pub(crate) fn both(story: impl AsyncFn(House)) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let clock = Clock::fixed(NOON);
    for fresh in Fresh::all_at(&MIGRATIONS, &clock) {
        clock.advance_seconds(NOON.seconds_since(clock.now()));
        runtime.block_on(story(House::of(fresh, clock.clone())));
    }
}

impl House {
    fn of(fresh: Fresh, clock: Clock) -> Self {
        let store = fresh.store.clone();
        let folder = tempfile::tempdir().unwrap();
        let keys = Keys::open(&folder.path().join("keys"), None, true).unwrap();
        let journal = Journal::new(store.clone(), keys).unwrap();
        let people = People::new(store.clone(), journal.clone(), people::Settings::default());
        let catalog = Catalog::new(store.clone(), journal.clone(), catalog::Settings::default());
        catalog.load_services().unwrap();
        let blobs = Blobs::folder(&folder.path().join("blobs")).unwrap();
        store
            .change_blocking(&Actor::system("test"), {
                let journal = journal.clone();
                move |tx| found(tx, &journal)
            })
            .unwrap();
        Self {
            cases: slice(&journal, &people, &catalog, blobs.clone()),
            clock,
            people,
            catalog,
            blobs,
            _folder: folder,
            _fresh: fresh,
        }
    }

    /// The same house when the place of its files does not answer.
    pub(crate) fn without_files(self) -> Self {
        let nowhere = Blobs::bucket(&Bucket {
            name: "okno".to_owned(),
            prefix: String::new(),
            // Nobody listens on the port of discarding.
            endpoint: "http://127.0.0.1:9".to_owned(),
            region: "us-east-1".to_owned(),
            access_key: "a".to_owned(),
            secret_key: "b".to_owned(),
        })
        .unwrap();
        let journal = self.cases.journal().clone();
        Self {
            cases: slice(&journal, &self.people, &self.catalog, nowhere),
            ..self
        }
    }

    /// A draft of a guest with everything in it, and the pass that opens it.
    pub(crate) async fn draft(&self) -> (Draft, Pass) {
        let none = Pass::default();
        let answers = filing(None).answers;
        let id = self
            .cases
            .save_draft(&guest(), &none, None, "complaint", answers)
            .await
            .unwrap();
        let pass = none.with_draft(id);
        (self.cases.draft(&guest(), &pass, id).await.unwrap(), pass)
    }

    pub(crate) async fn file(&self, draft: Option<base::id::DraftId>) -> Filed {
        self.cases.file(&guest(), filing(draft)).await.unwrap()
    }

    pub(crate) async fn specialist(&self) -> Actor {
        self.somebody("Специалистов", Role::Specialist, Some("roads"))
            .await
    }

    /// Somebody with an account, signed in from an address of their own.
    pub(crate) async fn somebody(&self, name: &str, role: Role, unit: Option<&str>) -> Actor {
        let email = format!("{}@example.org", base::id::new_uuid(NOON));
        let new = NewUser {
            name: PersonName {
                last: name.to_owned(),
                first: "Анна".to_owned(),
                middle: None,
            },
            email: email.clone(),
            password: PASSWORD.to_owned(),
            role,
            unit: unit.map(str::to_owned),
        };
        let people = self.people.clone();
        tokio::task::spawn_blocking(move || people.add_user_blocking(&Actor::system("test"), &new))
            .await
            .unwrap()
            .unwrap();
        let [a, b] = base::id::random();
        let client = std::net::Ipv4Addr::new(192, 0, a, b).into();
        let token = self.people.sign_in(&email, PASSWORD, client).await.unwrap();
        let session = self.people.session(token.as_str(), Language::Ru).await;
        session.unwrap().unwrap().actor
    }

    /// What the checker of the log finds.
    pub(crate) async fn findings(&self) -> Vec<String> {
        let tables = [people::TABLES, catalog::TABLES, cases::TABLES].concat();
        let report = journal::fsck::check_store(self.cases.journal(), tables)
            .await
            .unwrap();
        report.faults.clone()
    }

    /// What the checker of documents finds; with `whole` it reads them.
    pub(crate) async fn missed(&self, whole: bool) -> usize {
        let report = journal::fsck::Report::default();
        let report = self.cases.check_documents(report, whole).await.unwrap();
        report.faults.len()
    }

    /// Everything that lies in the place of files.
    pub(crate) async fn objects(&self) -> Vec<String> {
        self.blobs.list("content", 100).await.unwrap()
    }
}

fn slice(journal: &Journal, people: &People, catalog: &Catalog, blobs: Blobs) -> Cases {
    let zone = TimeZone::get("Europe/Moscow").unwrap();
    Cases::new(
        journal.clone(),
        people.clone(),
        catalog.clone(),
        cases::Settings {
            hours: AgencyHours::usual(zone),
            printer: None,
            vault: Some(Vault::new(blobs, Limits::default())),
        },
    )
}

/// One town, two authorities, one subject.
fn found(tx: &mut store::Tx<'_>, journal: &Journal) -> base::Result<()> {
    let territory = NewTerritory {
        parent: None,
        code: "town".into(),
        name_ru: "Город".into(),
        name_en: "Town".into(),
    };
    let town = people::units::ensure_territory(tx, journal, &territory)?;
    let mut unit = |code: &str, name: &str| {
        let new = NewUnit {
            parent: None,
            kind: UnitKind::Agency,
            code: code.into(),
            name_ru: name.into(),
            name_en: code.into(),
            territories: vec![town],
        };
        people::units::ensure(tx, journal, &new)
    };
    let roads = unit("roads", "Дороги")?;
    unit("schools", "Школы")?;
    let category = NewCategory {
        parent: None,
        code: "snow".into(),
        position: 1,
        name: Phrase::new("Снег", "Snow"),
    };
    let snow = catalog::ensure_category(tx, journal, &category)?;
    let rule = NewRule {
        position: 1,
        category: Some(snow),
        territory: Some(town),
        service: None,
        unit: roads,
        reason: Phrase::new("Снег убирают дороги", "Roads clear snow"),
    };
    catalog::insert_rule(tx, journal, &rule)?;
    Ok(())
}

pub(crate) fn guest() -> Actor {
    Actor::guest(Language::Ru)
}

pub(crate) fn filing(draft: Option<base::id::DraftId>) -> Filing {
    let answers = json!({
        "category": "snow",
        "subject": "Не убран двор",
        "description": "Третий день не убирают снег во дворе дома 12.",
        "happened_on": "2026-11-18",
        "expected": "Очистить двор",
        "place": {"territory": "town", "address": "Лесная, 12"},
        "applicant": {"last_name": "Семёнова", "first_name": "Анна", "email": "anna@example.org"},
    });
    Filing {
        service: "complaint".into(),
        answers: answers.as_object().unwrap().clone(),
        consent: true,
        source: Source::Web,
        draft,
        idempotency: None,
    }
}

pub(crate) fn upload(name: &str, bytes: &[u8]) -> Upload {
    Upload {
        name: name.to_owned(),
        bytes: bytes.into(),
    }
}

/// A PDF of one page, no two of different titles alike.
pub(crate) fn pdf(title: &str) -> Vec<u8> {
    let mut out = format!("%PDF-1.5\n% {title}\n").into_bytes();
    let mut offsets = Vec::new();
    for object in [
        "1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n",
        "2 0 obj\n<</Type/Pages/Count 1/Kids[3 0 R]>>\nendobj\n",
        "3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>\nendobj\n",
    ] {
        offsets.push(out.len());
        out.extend(object.bytes());
    }
    let table = out.len();
    out.extend(b"xref\n0 4\n0000000000 65535 f \n");
    for offset in offsets {
        out.extend(format!("{offset:010} 00000 n \n").bytes());
    }
    out.extend(b"trailer\n<</Size 4/Root 1 0 R>>\nstartxref\n");
    out.extend(format!("{table}\n%%EOF\n").bytes());
    out
}
