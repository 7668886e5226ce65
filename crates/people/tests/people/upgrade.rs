//! An installation of yesterday: what was given stays what it was when a table is made anew.

use base::{Actor, Clock, Role};
use journal::{Journal, Keys, Placer};
use people::{NewUnit, NewUser, People, PersonName, UnitKind, units};
use store::testing::Fresh;
use store::{Blobs, Migrations, Store};

use crate::house::{MIGRATIONS, PASSWORD};

fn somebody(role: Role, unit: Option<&str>) -> NewUser {
    NewUser {
        name: PersonName {
            last: "Соколова".to_owned(),
            first: "Елена".to_owned(),
            middle: None,
        },
        email: format!("{}@example.org", role.code()),
        password: PASSWORD.to_owned(),
        role,
        unit: unit.map(str::to_owned),
    }
}

fn people_of(store: &Store, keys: &Keys) -> People {
    let journal = Journal::new(store.clone(), keys.clone()).unwrap();
    People::new(store.clone(), journal, people::Settings::default())
}

#[test]
fn roles_given_before_there_were_operators_stay_and_fit_their_entries() {
    let before = Migrations {
        files: &people::MIGRATIONS.files[..2],
        ..people::MIGRATIONS
    };
    let system = Actor::system("test");
    let runtime = tokio::runtime::Runtime::new().unwrap();
    for fresh in Fresh::all(&[journal::MIGRATIONS, before]) {
        let folder = tempfile::tempdir().unwrap();
        let keys = Keys::open(&folder.path().join("keys"), None, true).unwrap();
        let people = people_of(&fresh.store, &keys);
        let head = somebody(Role::Administrator, None);
        people.add_user_blocking(&system, &head).unwrap();
        drop(people);

        let store = Store::open(&fresh.settings, Clock::system(), &MIGRATIONS).unwrap();
        let people = people_of(&store, &keys);
        let journal = Journal::new(store.clone(), keys.clone()).unwrap();
        let unit = NewUnit {
            parent: None,
            kind: UnitKind::Agency,
            code: "reception".into(),
            name_ru: "Приёмная".into(),
            name_en: "Reception".into(),
            territories: Vec::new(),
        };
        store
            .change_blocking(&system, {
                let journal = journal.clone();
                move |tx| units::ensure(tx, &journal, &unit)
            })
            .unwrap();
        let operator = somebody(Role::Operator, Some("reception"));
        people.add_user_blocking(&system, &operator).unwrap();
        let client = std::net::Ipv4Addr::LOCALHOST.into();
        let token = runtime.block_on(people.sign_in(&head.email, PASSWORD, client));
        let token = token.unwrap();
        let session = runtime.block_on(people.session(token.as_str(), base::Language::Ru));
        let session = session.unwrap().unwrap();
        assert!(session.actor.has_role(Role::Administrator));

        Placer::new(store.clone())
            .unwrap()
            .place_all_blocking()
            .unwrap();
        let blobs = Blobs::folder(&folder.path().join("blobs")).unwrap();
        let tables = people::TABLES.to_vec();
        let report = runtime.block_on(journal::fsck::check(&journal, &blobs, tables));
        let report = report.unwrap();
        assert_eq!(report.faults, Vec::<String>::new());
    }
}
