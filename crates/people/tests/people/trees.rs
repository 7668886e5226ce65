//! Units and territories as the database keeps them, on both databases.

use std::sync::Arc;

use crate::house::{address, guest, houses, name, sign_up, user};
use base::{Actor, Error};
use people::{NewTerritory, NewUnit, UnitKind, units};
use store::args;

#[tokio::test]
async fn units_made_in_one_change_come_back_as_a_tree() {
    for house in houses() {
        assert!(house.people.units().await.unwrap().is_empty());
        house.with_units().await;
        let all = house.people.units().await.unwrap();
        assert_eq!(all.len(), 4);
        let roads = all.by_code("roads").unwrap().id;
        let path: Vec<&str> = all
            .path(roads)
            .iter()
            .map(|unit| unit.code.as_str())
            .collect();
        assert_eq!(path, ["ministry", "roads"]);
        let lakes = all.territory_by_code("lakes").unwrap().id;
        assert!(all.covers(roads, lakes));
        assert!(all.covers(all.by_code("ministry").unwrap().id, lakes));
        assert!(!all.covers(all.by_code("health").unwrap().id, lakes));
        assert_eq!(house.people.units_blocking().unwrap().len(), 4);
    }
}

#[tokio::test]
async fn the_tree_is_kept_until_it_changes() {
    for house in houses() {
        house.with_units().await;
        let before = house.people.units().await.unwrap();
        // Something else happens: the tree is the same one.
        house
            .people
            .sign_up(&guest(), sign_up("anna@example.ru"))
            .await
            .unwrap();
        let same = house.people.units().await.unwrap();
        assert!(Arc::ptr_eq(&before, &same));
        let journal = house.journal.clone();
        let (roads, region) = (
            before.by_code("roads").unwrap().id,
            before.territory_by_code("region").unwrap().id,
        );
        house
            .store
            .change(&Actor::system("demo"), move |tx| {
                units::add_territory(tx, &journal, roads, region)
            })
            .await
            .unwrap();
        let after = house.people.units().await.unwrap();
        assert!(after.territories_of(roads).contains(&region));
    }
}

#[tokio::test]
async fn a_change_by_another_process_is_seen_soon() {
    for house in houses() {
        house.with_units().await;
        let before = house.people.units().await.unwrap();
        assert_eq!(before.len(), 4);
        // Another process commits: this one hears nothing of it, but does not believe its copy long.
        house
            .store
            .housekeeping(|tx| {
                tx.execute("UPDATE tree_stamp SET version = version + 1", args![])?;
                Ok(())
            })
            .await
            .unwrap();
        house.clock.advance_seconds(2);
        let after = house.people.units().await.unwrap();
        assert!(!Arc::ptr_eq(&before, &after));
    }
}

#[tokio::test]
async fn making_the_same_unit_twice_makes_it_once() {
    for house in houses() {
        house.with_units().await;
        house.with_units().await;
        assert_eq!(house.count("unit").await, 4);
        assert_eq!(house.count("territory").await, 2);
        let journal = house.journal.clone();
        let twice = house
            .store
            .change(&Actor::system("demo"), move |tx| {
                units::insert(
                    tx,
                    &journal,
                    &NewUnit {
                        parent: None,
                        kind: UnitKind::Agency,
                        code: "city".into(),
                        name_ru: "Город".into(),
                        name_en: "City".into(),
                        territories: vec![],
                    },
                )
            })
            .await;
        assert!(matches!(twice, Err(Error::Conflict(_))));
        assert_eq!(house.people.units().await.unwrap().len(), 4);
    }
}

#[tokio::test]
async fn a_full_tree_takes_no_more() {
    for house in houses() {
        house
            .store
            .housekeeping(|tx| {
                tx.execute(
                    "UPDATE tree_stamp SET nodes = 10000 WHERE tree = 'territory'",
                    args![],
                )?;
                Ok(())
            })
            .await
            .unwrap();
        let journal = house.journal.clone();
        let refused = house
            .store
            .change(&Actor::system("demo"), move |tx| {
                units::insert_territory(
                    tx,
                    &journal,
                    &NewTerritory {
                        parent: None,
                        code: "one-more".into(),
                        name_ru: "Ещё одна".into(),
                        name_en: "One more".into(),
                    },
                )
            })
            .await;
        assert!(matches!(
            refused,
            Err(Error::Conflict("people-error-tree-full"))
        ));
        assert_eq!(house.count("territory").await, 0);
    }
}

#[tokio::test]
async fn what_the_journal_protects_agrees_with_its_entries() {
    for house in houses() {
        house.with_units().await;
        house
            .people
            .sign_up(&guest(), sign_up("anna@example.ru"))
            .await
            .unwrap();
        let new = people::NewUser {
            name: name("Ковалёв", "Борис"),
            ..user("boris@example.ru", base::Role::Head, Some("city"))
        };
        house
            .people
            .add_user_blocking(&Actor::system("user add"), &new)
            .unwrap();
        house
            .people
            .sign_in("boris@example.ru", crate::house::PASSWORD, address(1))
            .await
            .unwrap();
        let folder = tempfile::tempdir().unwrap();
        let blobs = store::Blobs::folder(folder.path()).unwrap();
        let mut tables: Vec<&'static store::Table> = vec![&journal::DATA_KEY];
        tables.extend(people::TABLES);
        let report = journal::fsck::check(&house.journal, &blobs, tables.clone())
            .await
            .unwrap();
        assert!(report.rows >= 14, "{report:?}");
        assert_eq!(report.faults, Vec::<String>::new());
        if house.store.engine() == store::Engine::Sqlite {
            // PostgreSQL would refuse this at the commit.
            house
                .store
                .housekeeping(|tx| {
                    tx.execute("UPDATE grant_role SET role = 'administrator'", args![])?;
                    Ok(())
                })
                .await
                .unwrap();
            let report = journal::fsck::check(&house.journal, &blobs, tables)
                .await
                .unwrap();
            assert_eq!(report.faults.len(), 2, "{report:?}");
        }
    }
}
