//! Letterheads and posts: whose letterhead a unit writes on, what is told of a change, and what
//! stands under an answer.

use base::{Actor, Error, Language, Role};
use people::acts::Asked;
use people::letterheads::BLOCK_MOST;
use people::unit_changes::{UnitDetails, UnitWish};
use people::{Letterhead, People};

use crate::house::{House, houses};

async fn admin(house: &House) -> Actor {
    house.with_units().await;
    house.add("galina@example.ru", Role::Administrator, None);
    house.actor("galina@example.ru").await
}

fn letterhead(name: &str) -> Letterhead {
    Letterhead {
        head_ru: name.into(),
        ..Letterhead::default()
    }
}

#[tokio::test]
async fn a_unit_writes_on_the_nearest_letterhead_above_it() {
    for house in houses() {
        let galina = admin(&house).await;
        let people = &house.people;
        let units = people.units().await.unwrap();
        let id = |code: &str| units.by_code(code).unwrap().id;
        let (ministry, roads) = (id("ministry"), id("roads"));
        assert_eq!(people.letterhead_in_use(roads).await.unwrap(), None);

        let full = Letterhead {
            head_ru: "Приозёрская область\nМинистерство дорог  ".into(),
            foot_ru: "ИНН 4800000000".into(),
            mark: Some(b"\x89PNG drawn anew".to_vec()),
            ..Letterhead::default()
        };
        people
            .save_letterhead(&galina, ministry, &full)
            .await
            .unwrap();
        let used = people.letterhead_in_use(roads).await.unwrap().unwrap();
        assert_eq!(used.unit, ministry);
        let lines = used.letterhead.head(Language::En);
        assert_eq!(lines, ["Приозёрская область", "Министерство дорог"]);
        assert_eq!(used.letterhead.foot(Language::Ru), "ИНН 4800000000");
        assert_eq!(used.letterhead.mark, full.mark);

        let own = letterhead("Отдел дорог");
        people.save_letterhead(&galina, roads, &own).await.unwrap();
        let used = people.letterhead_in_use(roads).await.unwrap().unwrap();
        assert_eq!((used.unit, &used.letterhead), (roads, &own));
        assert_eq!(people.with_letterhead().await.unwrap().len(), 2);

        // The contacts of a unit change without its letterhead, and the other way round.
        let unit = units.unit(roads).unwrap();
        let wish = UnitWish {
            parent: unit.parent,
            name_ru: unit.name_ru.clone(),
            name_en: unit.name_en.clone(),
            territories: units.territories_of(roads).to_vec(),
            details: UnitDetails {
                site: "roads.example".into(),
                ..UnitDetails::default()
            },
            seen: String::new(),
        };
        people.save_unit(&galina, roads, wish).await.unwrap();
        let used = people.letterhead_in_use(roads).await.unwrap().unwrap();
        assert_eq!(used.details.site, "roads.example");
        assert_eq!(used.letterhead, own);

        // An empty one takes it away.
        people
            .save_letterhead(&galina, roads, &Letterhead::default())
            .await
            .unwrap();
        let used = people.letterhead_in_use(roads).await.unwrap().unwrap();
        assert_eq!(used.unit, ministry);
        let unit = people.unit_details(roads).await.unwrap();
        assert_eq!(unit.site, "roads.example");
    }
}

#[tokio::test]
async fn a_change_of_a_letterhead_is_told_with_before_and_after() {
    for house in houses() {
        let galina = admin(&house).await;
        let people = &house.people;
        let roads = people.units().await.unwrap().by_code("roads").unwrap().id;
        for name in [
            "Отдел дорог",
            "Отдел дорог и мостов",
            "Отдел дорог и мостов",
        ] {
            house.clock.advance_seconds(1);
            people
                .save_letterhead(&galina, roads, &letterhead(name))
                .await
                .unwrap();
        }
        let (done, _) = people.acts(&galina, Asked::default(), 50).await.unwrap();
        let changes: Vec<_> = done
            .iter()
            .filter(|act| act.action == "unit.letterhead_changed")
            .map(|act| act.changes.clone())
            .collect();
        let change = |before: &str, after: &str| {
            vec![("head_ru".to_owned(), before.to_owned(), after.to_owned())]
        };
        assert_eq!(
            changes,
            [
                change("Отдел дорог", "Отдел дорог и мостов"),
                change("", "Отдел дорог")
            ],
            "what is as it was is no change"
        );

        let refused = [
            Letterhead {
                foot_ru: "ИНН".into(),
                ..Letterhead::default()
            },
            letterhead(&"а".repeat(BLOCK_MOST + 1)),
            letterhead("1\n2\n3\n4\n5\n6\n7"),
        ];
        for wish in &refused {
            let saved = people.save_letterhead(&galina, roads, wish).await;
            assert!(matches!(saved, Err(Error::Invalid(_))), "{wish:?}");
        }
        let guest = Actor::guest(Language::Ru);
        let other = letterhead("Чужой");
        let saved = people.save_letterhead(&guest, roads, &other).await;
        assert!(saved.is_err());
    }
}

#[tokio::test]
async fn a_post_belongs_to_a_role_and_the_nearest_one_counts() {
    for house in houses() {
        let galina = admin(&house).await;
        let people = house.people.clone();
        let units = people.units().await.unwrap();
        let id = |code: &str| units.by_code(code).unwrap().id;
        let (ministry, roads, health) = (id("ministry"), id("roads"), id("health"));
        house.add("egor@example.ru", Role::Head, Some("ministry"));
        let egor = house.actor("egor@example.ru").await;
        let account = egor.account().unwrap();
        let card = people.card(&galina, account).await.unwrap();
        let (grant, _) = card.grants[0];
        people
            .change_post(&galina, account, grant, "  Заместитель министра ")
            .await
            .unwrap();
        people
            .give_role(
                &galina,
                account,
                Role::Head,
                Some(roads),
                "Начальник отдела",
            )
            .await
            .unwrap();
        let card = people.card(&galina, account).await.unwrap();
        assert_eq!(card.post(&grant), "Заместитель министра");
        let posts = house.store.read(move |db| {
            [ministry, roads, health]
                .into_iter()
                .map(|unit| People::post_in(db, account, unit))
                .collect::<Result<Vec<_>, Error>>()
        });
        let posts = posts.await.unwrap();
        assert_eq!(posts[..2], ["Заместитель министра", "Начальник отдела"]);
        // Nobody says what they are themselves.
        let own = people.change_post(&egor, account, grant, "Министр").await;
        assert!(own.is_err());

        let (done, _) = people.acts(&galina, Asked::default(), 50).await.unwrap();
        let changed = done.iter().find(|act| act.action == "person.post_changed");
        assert_eq!(
            changed.unwrap().changes,
            [(
                "post".to_owned(),
                String::new(),
                "Заместитель министра".to_owned()
            )]
        );
    }
}
