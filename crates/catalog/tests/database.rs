//! The catalogue over both databases: services and their versions, categories, rules, and a kept
//! copy that notices what others change.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use base::id::{CategoryId, ServiceId};
use base::{Actor, Clock, Error, Result};
use catalog::{
    BUILT_IN, Catalog, Definition, NewCategory, NewRule, Phrase, Settings, end_rule,
    insert_category, insert_rule, put_service,
};
use journal::{Journal, Keys};
use people::{NewUnit, UnitKind};
use store::testing::Fresh;
use store::{Migrations, Store};

const MIGRATIONS: &[Migrations] = &[journal::MIGRATIONS, people::MIGRATIONS, catalog::MIGRATIONS];

struct House {
    catalog: Catalog,
    journal: Journal,
    fresh: Fresh,
    _keys: tempfile::TempDir,
}

impl House {
    fn all() -> Vec<Self> {
        Fresh::all(MIGRATIONS)
            .into_iter()
            .map(|fresh| {
                let keys = tempfile::tempdir().unwrap();
                let opened =
                    Keys::open(&keys.path().join("keys"), Some("okno/test"), true).unwrap();
                let journal = Journal::new(fresh.store.clone(), opened).unwrap();
                let catalog =
                    Catalog::new(fresh.store.clone(), journal.clone(), Settings::default());
                Self {
                    catalog,
                    journal,
                    fresh,
                    _keys: keys,
                }
            })
            .collect()
    }

    fn change<R: Send + 'static>(
        &self,
        f: impl Fn(&mut store::Tx<'_>, &Journal) -> Result<R> + Send + 'static,
    ) -> Result<R> {
        let journal = self.journal.clone();
        self.fresh
            .store
            .change_blocking(&Actor::system("test"), move |tx| f(tx, &journal))
    }

    fn category(&self, parent: Option<CategoryId>, code: &'static str) -> Result<CategoryId> {
        self.change(move |tx, journal| {
            let new = NewCategory {
                parent,
                code: code.to_owned(),
                position: 1,
                name: Phrase::new(format!("Тема {code}"), format!("Subject {code}")),
            };
            insert_category(tx, journal, &new)
        })
    }

    fn entries(&self, action: &'static str) -> i64 {
        self.fresh
            .store
            .read_blocking(move |db| {
                db.one(
                    "SELECT COUNT(*) FROM journal WHERE action = $1",
                    store::args![action],
                    |row| row.get(0),
                )
            })
            .unwrap()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn built_in_services_come_once_and_newer_ones_replace_them() {
    for house in House::all() {
        let catalog = house.catalog.clone();
        assert_eq!(catalog.load_services().unwrap(), BUILT_IN.len());
        assert_eq!(catalog.load_services().unwrap(), 0);
        let names: Vec<String> = catalog
            .services()
            .await
            .unwrap()
            .iter()
            .map(|service| service.definition.code.clone())
            .collect();
        let first: Vec<&str> = names.iter().map(String::as_str).take(6).collect();
        let expected = [
            "complaint",
            "online",
            "information",
            "reference",
            "status",
            "programme",
        ];
        assert_eq!(first, expected);
        assert!(
            names.iter().all(|code| code != "official"),
            "there are none"
        );
        assert_eq!(house.entries("service.created"), 15);
        assert_eq!(house.entries("decision_rules.written"), 1);

        let old = catalog.service("complaint").await.unwrap();
        let mut newer = Definition::from_toml(BUILT_IN[0]).unwrap();
        newer.version = 4;
        newer.name = Phrase::new("Жалоба на службу", "Complaint about a service");
        let sent = newer.clone();
        house
            .change(move |tx, journal| put_service(tx, journal, &sent))
            .unwrap()
            .unwrap();
        let now = catalog.service("complaint").await.unwrap();
        assert_eq!((now.id, now.definition.version), (old.id, 4));
        assert_eq!(*catalog.version(now.id, 3).await.unwrap(), old.definition);
        assert_eq!(*catalog.version(now.id, 4).await.unwrap(), newer);
        assert!(matches!(
            catalog.version(now.id, 5).await,
            Err(Error::NotFound)
        ));
        assert_eq!(house.entries("service.changed"), 1);
        // What comes with the product is older now and stays out.
        assert_eq!(catalog.load_services().unwrap(), 0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_written_here_is_never_overwritten_by_an_update() {
    for house in House::all() {
        let catalog = house.catalog.clone();
        // A store of an older release: its complaint is of version 1, and nothing is told of it.
        let mut old = Definition::from_toml(BUILT_IN[0]).unwrap();
        old.version = 1;
        let first = old.clone();
        house
            .change(move |tx, journal| put_service(tx, journal, &first))
            .unwrap();
        let mut own = old.clone();
        own.name = Phrase::new("Наша жалоба", "Our complaint");
        let written = own.clone();
        let publish = move |base| {
            let written = written.clone();
            move |tx: &mut store::Tx<'_>, journal: &Journal| {
                catalog::editions::publish(tx, journal, &written, base, "+ name")
            }
        };
        assert_eq!(house.change(publish(Some(1))).unwrap(), 2);
        assert!(matches!(
            house.change(publish(Some(1))),
            Err(Error::Conflict("catalog-error-overtaken"))
        ));
        assert_eq!(catalog.load_services().unwrap(), BUILT_IN.len());
        let now = catalog.service("complaint").await.unwrap();
        assert_eq!(now.definition.name.ru, "Наша жалоба");
        assert_eq!(house.entries("service.proposed"), 1);
        assert_eq!(catalog.load_services().unwrap(), 0, "it is proposed once");

        let (id, shipped) = (now.id, Definition::from_toml(BUILT_IN[0]).unwrap());
        let wanted = shipped.clone();
        house
            .change(move |tx, journal| {
                catalog::editions::take_proposal(tx, journal, id, &wanted, 2)
            })
            .unwrap();
        let taken = catalog.service("complaint").await.unwrap();
        assert_eq!(
            (taken.definition.version, &taken.definition.name),
            (3, &shipped.name)
        );
        assert_eq!(catalog.version(id, 2).await.unwrap().name.ru, "Наша жалоба");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn changes_are_seen_at_once_here_and_soon_elsewhere() {
    for house in House::all() {
        let elsewhere = Store::open(&house.fresh.settings, Clock::system(), MIGRATIONS).unwrap();
        let other = Catalog::new(elsewhere, house.journal.clone(), Settings::default());
        let roads = house.category(None, "roads").unwrap();
        assert_eq!(house.catalog.categories().await.unwrap().all().len(), 1);
        assert_eq!(other.categories().await.unwrap().all().len(), 1);
        house.category(Some(roads), "roads.snow").unwrap();
        let seen = house.catalog.categories().await.unwrap();
        assert_eq!(seen.by_code("roads.snow").unwrap().parent, Some(roads));
        tokio::time::sleep(std::time::Duration::from_millis(2_100)).await;
        assert_eq!(other.categories().await.unwrap().all().len(), 2);
    }
}

#[test]
fn a_code_is_given_once() {
    for house in House::all() {
        house.category(None, "roads").unwrap();
        assert!(matches!(
            house.category(None, "roads"),
            Err(Error::Conflict(_))
        ));
        assert!(matches!(
            house.category(None, "Дороги"),
            Err(Error::Invalid(_))
        ));
        assert_eq!(house.entries("category.created"), 1);
    }
}

#[test]
fn many_categories_fit_into_one_change() {
    for house in House::all() {
        house
            .change(|tx, journal| {
                for n in 0..300 {
                    let new = NewCategory {
                        parent: None,
                        code: format!("import-{n}"),
                        position: 1,
                        name: Phrase::new(format!("Тема {n}"), format!("Subject {n}")),
                    };
                    catalog::ensure_category(tx, journal, &new)?;
                    catalog::ensure_category(tx, journal, &new)?;
                }
                Ok(())
            })
            .unwrap();
        assert_eq!(house.entries("category.created"), 300);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_case_goes_where_the_first_rule_sends_it() {
    for house in House::all() {
        let unit = |code: &'static str| {
            house
                .change(move |tx, journal| {
                    let new = NewUnit {
                        parent: None,
                        kind: UnitKind::Agency,
                        code: code.to_owned(),
                        name_ru: format!("Ведомство {code}"),
                        name_en: format!("Agency {code}"),
                        territories: Vec::new(),
                    };
                    people::units::insert(tx, journal, &new)
                })
                .unwrap()
        };
        let (a, b) = (unit("a"), unit("b"));
        let units = people::Units::new(
            [("a", a), ("b", b)]
                .map(|(code, id)| people::Unit {
                    id,
                    parent: None,
                    kind: UnitKind::Agency,
                    code: code.to_owned(),
                    name_ru: format!("Ведомство {code}"),
                    name_en: format!("Agency {code}"),
                    active: true,
                })
                .to_vec(),
            Vec::new(),
            [],
        );
        let roads = house.category(None, "roads").unwrap();
        let snow = house.category(Some(roads), "roads.snow").unwrap();
        let rule = |position, unit| {
            house
                .change(move |tx, journal| {
                    let new = NewRule {
                        position,
                        category: Some(roads),
                        territory: None,
                        service: None,
                        unit,
                        reason: Phrase::new(
                            "Дорогами занимается оно",
                            "It is responsible for roads",
                        ),
                    };
                    insert_rule(tx, journal, &new)
                })
                .unwrap()
        };
        rule(20, a);
        let first = rule(10, b);
        let service = ServiceId::new(house.fresh.store.now());
        let routed = house
            .catalog
            .route(&units, service, Some(snow), None)
            .await
            .unwrap();
        assert_eq!((routed.unit, routed.reason.rule), (b, Some(first)));
        house
            .change(move |tx, journal| end_rule(tx, journal, first))
            .unwrap();
        let routed = house
            .catalog
            .route(&units, service, Some(snow), None)
            .await
            .unwrap();
        assert_eq!(routed.unit, a);
        let nowhere = house
            .catalog
            .route(&units, service, None, None)
            .await
            .unwrap();
        assert_eq!(nowhere.reason.key, "catalog-route-default");
        let empty = people::Units::default();
        assert!(matches!(
            house.catalog.route(&empty, service, None, None).await,
            Err(Error::Conflict("catalog-error-no-unit"))
        ));
    }
}
