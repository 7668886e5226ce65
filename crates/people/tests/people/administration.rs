//! Administration: who may do what, what is noted, and that a page refuses whoever lacks the right.

use axum::http::StatusCode;
use base::{Actor, Error, Language, Role};
use people::acts::Asked;
use people::staffing::{Invitation, WayIn};
use people::unit_changes::{UnitDetails, UnitWish};
use people::{NewTerritory, NewUnit, UnitKind};

use crate::house::{House, PASSWORD, address, guest, houses, houses_with_mail, name};
use crate::pages::{Browser, encoded};

async fn admin(house: &House) -> Actor {
    house.with_units().await;
    house.add("galina@example.ru", Role::Administrator, None);
    house.actor("galina@example.ru").await
}

fn invitation(email: &str, role: Role, unit: Option<base::id::UnitId>) -> Invitation {
    Invitation {
        name: name("Ковалёв", "Борис"),
        email: email.into(),
        role,
        unit,
        post: String::new(),
    }
}

#[tokio::test]
async fn an_invited_specialist_chooses_a_password_and_is_in() {
    for house in houses_with_mail() {
        let galina = admin(&house).await;
        let people = &house.people;
        let roads = people.units().await.unwrap().by_code("roads").unwrap().id;
        let new = invitation("boris@example.ru", Role::Specialist, Some(roads));
        let (account, way) = people.invite(&galina, new.clone()).await.unwrap();
        assert_eq!(way, WayIn::Letter);
        assert!(
            people
                .sign_in("boris@example.ru", "", address(1))
                .await
                .is_err()
        );
        let token = house.letter_to("boris@example.ru").await.token("/invite/");
        people
            .accept_invitation(&guest(), &token, PASSWORD)
            .await
            .unwrap();
        let boris = house.actor("boris@example.ru").await;
        assert!(boris.has_role(Role::Specialist));
        assert!(
            people
                .accept_invitation(&guest(), &token, PASSWORD)
                .await
                .is_err()
        );
        assert!(matches!(
            people.invite(&galina, new).await,
            Err(Error::Invalid(_))
        ));
        assert!(people.card(&galina, account).await.unwrap().has_password);
    }
}

#[tokio::test]
async fn without_letters_an_administrator_hands_over_a_link_that_is_good_once() {
    for house in houses() {
        let galina = admin(&house).await;
        let people = &house.people;
        let roads = people.units().await.unwrap().by_code("roads").unwrap().id;
        let new = invitation("boris@example.ru", Role::Specialist, Some(roads));
        let (account, way) = people.invite(&galina, new).await.unwrap();
        let WayIn::Link(link) = way else {
            panic!("there is no letter");
        };
        let token = link.strip_prefix("https://okno.example/invite/").unwrap();
        people
            .accept_invitation(&guest(), token, PASSWORD)
            .await
            .unwrap();
        let wrong = people
            .one_time_link(&galina, account, "не тот пароль", address(1))
            .await;
        assert!(matches!(wrong, Err(Error::Invalid(_))));
        let link = people
            .one_time_link(&galina, account, PASSWORD, address(1))
            .await
            .unwrap();
        let token = link.strip_prefix("https://okno.example/reset/").unwrap();
        people
            .reset(&guest(), token, "пять красных шкафов")
            .await
            .unwrap();
        people
            .sign_in("boris@example.ru", "пять красных шкафов", address(1))
            .await
            .unwrap();
    }
}

#[tokio::test]
async fn a_specialist_who_is_switched_off_is_out_at_once_and_no_link_lets_them_in() {
    for house in houses_with_mail() {
        let galina = admin(&house).await;
        let people = &house.people;
        house.add("boris@example.ru", Role::Specialist, Some("roads"));
        let token = people
            .sign_in("boris@example.ru", PASSWORD, address(1))
            .await
            .unwrap();
        people
            .ask_to_reset(&guest(), "boris@example.ru", address(1))
            .await
            .unwrap();
        let reset = house.letter_to("boris@example.ru").await.token("/reset/");
        let account = people
            .account_of_email(&galina, "boris@example.ru")
            .await
            .unwrap();
        people
            .switch_account(&galina, account, false)
            .await
            .unwrap();
        assert!(
            people
                .session(token.as_str(), Language::Ru)
                .await
                .unwrap()
                .is_none()
        );
        assert!(
            people
                .sign_in("boris@example.ru", PASSWORD, address(1))
                .await
                .is_err()
        );
        assert!(
            people
                .reset(&guest(), &reset, "пять красных шкафов")
                .await
                .is_err()
        );
        people.switch_account(&galina, account, true).await.unwrap();
        people
            .sign_in("boris@example.ru", PASSWORD, address(1))
            .await
            .unwrap();
    }
}

#[tokio::test]
async fn roles_are_given_and_taken_and_nobody_changes_their_own() {
    for house in houses() {
        let galina = admin(&house).await;
        let people = &house.people;
        house.add("boris@example.ru", Role::Specialist, Some("roads"));
        let account = people
            .account_of_email(&galina, "boris@example.ru")
            .await
            .unwrap();
        let health = people.units().await.unwrap().by_code("health").unwrap().id;
        people
            .give_role(&galina, account, Role::Head, Some(health), "")
            .await
            .unwrap();
        assert!(
            people
                .give_role(&galina, account, Role::Head, Some(health), "")
                .await
                .is_err()
        );
        let card = people.card(&galina, account).await.unwrap();
        let head = card
            .grants
            .iter()
            .find(|(_, grant)| grant.role == Role::Head)
            .unwrap();
        people.take_role(&galina, account, head.0).await.unwrap();
        assert!(!house.actor("boris@example.ru").await.has_role(Role::Head));
        let own = galina.account().unwrap();
        assert!(matches!(
            people.switch_account(&galina, own, false).await,
            Err(Error::Conflict(_))
        ));
    }
}

#[tokio::test]
async fn an_administrator_of_one_unit_manages_its_people_and_no_others() {
    for house in houses() {
        let galina = admin(&house).await;
        let people = &house.people;
        house.add("dina@example.ru", Role::Administrator, Some("roads"));
        house.add("boris@example.ru", Role::Specialist, Some("roads"));
        house.add("vera@example.ru", Role::Head, Some("city"));
        let dina = house.actor("dina@example.ru").await;
        let boris = people
            .account_of_email(&dina, "boris@example.ru")
            .await
            .unwrap();
        assert!(people.card(&dina, boris).await.is_ok());
        let vera = people
            .account_of_email(&galina, "vera@example.ru")
            .await
            .unwrap();
        assert!(
            people
                .account_of_email(&dina, "vera@example.ru")
                .await
                .is_err()
        );
        assert!(matches!(
            people.card(&dina, vera).await,
            Err(Error::Forbidden)
        ));
        assert!(people.switch_account(&dina, vera, false).await.is_err());
        let units = people.units().await.unwrap();
        let city = units.by_code("city").unwrap().id;
        for (role, unit) in [(Role::Head, Some(city)), (Role::Administrator, None)] {
            assert!(matches!(
                people.give_role(&dina, boris, role, unit, "").await,
                Err(Error::Forbidden)
            ));
        }
        let (cards, _) = people.staff_cards(&dina, "", None, 50).await.unwrap();
        assert_eq!(cards.len(), 2, "dina and boris");
        // Nobody is found by a part of a name whom the actor does not manage.
        for (actor, words, found) in [
            (&dina, "BORIS@", 1),
            (&dina, "vera@", 0),
            (&galina, "vera@", 1),
            (&galina, "example.ru", 4),
            (&galina, "nobody", 0),
        ] {
            let (cards, next) = people.staff_cards(actor, words, None, 50).await.unwrap();
            assert_eq!((cards.len(), next), (found, None), "{words}");
        }
        let mut seen = Vec::new();
        let mut after = None;
        loop {
            let page = people.staff_cards(&galina, "example", after, 1);
            let (cards, next) = page.await.unwrap();
            seen.extend(cards.into_iter().map(|card| card.email));
            after = next;
            if after.is_none() {
                break;
            }
        }
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len(), 4, "page by page: {seen:?}");
        let endless = "a".repeat(201);
        let refused = people.staff_cards(&galina, &endless, None, 50).await;
        assert!(matches!(refused, Err(Error::Invalid(_))));
    }
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "one story, told to its end")]
async fn units_are_changed_with_before_and_after_and_never_become_a_ring() {
    for house in houses() {
        let galina = admin(&house).await;
        let people = &house.people;
        let units = people.units().await.unwrap();
        let (ministry, roads) = (
            units.by_code("ministry").unwrap().id,
            units.by_code("roads").unwrap().id,
        );
        let lakes = units.territory_by_code("lakes").unwrap().id;
        let city = units.by_code("city").unwrap().id;
        let wish = UnitWish {
            parent: Some(city),
            name_ru: "Дороги и мосты".into(),
            name_en: "Roads and bridges".into(),
            territories: vec![],
            details: UnitDetails {
                phone: "+7 800 555".into(),
                ..UnitDetails::default()
            },
            seen: String::new(),
        };
        people
            .save_unit(&galina, roads, wish.clone())
            .await
            .unwrap();
        let units = people.units().await.unwrap();
        assert_eq!(units.unit(roads).unwrap().name_ru, "Дороги и мосты");
        assert_eq!(units.unit(roads).unwrap().parent, Some(city));
        assert!(!units.territories_of(roads).contains(&lakes));
        assert_eq!(
            people.unit_details(roads).await.unwrap().phone,
            "+7 800 555"
        );
        // A page from before somebody else's change does not undo that change.
        let stale = UnitWish {
            seen: people.seen_of(units.unit(roads).unwrap()).await.unwrap(),
            ..wish.clone()
        };
        let fresh = UnitWish {
            details: UnitDetails {
                hours: "9–18".into(),
                ..wish.details.clone()
            },
            ..stale.clone()
        };
        people.save_unit(&galina, roads, fresh).await.unwrap();
        let lost = people.save_unit(&galina, roads, stale).await;
        let Err(Error::Invalid(errors)) = &lost else {
            panic!("the hours would be lost: {lost:?}");
        };
        assert!(errors.iter().any(|error| error.field == "hours"));
        people
            .save_unit(&galina, roads, wish.clone())
            .await
            .unwrap();
        // What a browser would run is no address of a site.
        let script = UnitWish {
            details: UnitDetails {
                site: "javascript:alert(1)".into(),
                ..wish.details.clone()
            },
            ..wish.clone()
        };
        assert!(people.save_unit(&galina, roads, script).await.is_err());
        let ring = UnitWish {
            parent: Some(roads),
            ..wish
        };
        assert!(people.save_unit(&galina, city, ring).await.is_err());
        assert!(matches!(
            people.end_unit(&galina, city, false).await,
            Err(Error::Conflict(_))
        ));
        house.clock.advance_seconds(1);
        people.end_unit(&galina, roads, false).await.unwrap();
        assert!(!people.units().await.unwrap().unit(roads).unwrap().active);
        let new = NewUnit {
            parent: Some(ministry),
            kind: UnitKind::Unit,
            code: "water".into(),
            name_ru: "Вода".into(),
            name_en: "Water".into(),
            territories: vec![],
        };
        house.clock.advance_seconds(1);
        people.add_unit(&galina, new.clone()).await.unwrap();
        assert!(
            people.add_unit(&galina, new).await.is_err(),
            "the code is taken"
        );
        let place = NewTerritory {
            parent: Some(lakes),
            code: "bay".into(),
            name_ru: "Залив".into(),
            name_en: "Bay".into(),
        };
        house.clock.advance_seconds(1);
        let bay = people.add_territory(&galina, place.clone()).await.unwrap();
        let ring = NewTerritory {
            parent: Some(bay),
            ..place
        };
        assert!(people.save_territory(&galina, lakes, &ring).await.is_err());

        let (mut acts, _) = people.acts(&galina, Asked::default(), 50).await.unwrap();
        acts.retain(|act| act.action != "person.added");
        let actions: Vec<&str> = acts.iter().map(|act| act.action.as_str()).collect();
        // Among these stand the accounts that a command made at the same moment.
        assert_eq!(
            actions[..4],
            [
                "territory.created",
                "unit.created",
                "unit.closed",
                "unit.changed"
            ]
        );
        // The unit was changed three times within one moment of the test's clock.
        let changed = acts.iter().filter(|act| act.action == "unit.changed");
        let renamed = changed
            .flat_map(|act| &act.changes)
            .find(|(field, _, _)| field == "name_ru")
            .unwrap();
        assert_eq!(
            (renamed.1.as_str(), renamed.2.as_str()),
            ("Орган roads", "Дороги и мосты")
        );
        assert_eq!(acts[0].actor.as_ref().unwrap().full(), "Ковалёв Борис");
        let of_kind = Asked {
            kind: Some("territory".into()),
            ..Asked::default()
        };
        assert_eq!(people.acts(&galina, of_kind, 50).await.unwrap().0.len(), 1);
        let of_nobody = Asked {
            actor: Some(base::id::AccountId::new(house.clock.now())),
            ..Asked::default()
        };
        assert!(
            people
                .acts(&galina, of_nobody, 50)
                .await
                .unwrap()
                .0
                .is_empty()
        );
    }
}

/// Every page of the administration, and what is sent to it.
const PAGES: [&str; 10] = [
    "/admin",
    "/admin/units",
    "/admin/units/new",
    "/admin/territories",
    "/admin/staff",
    "/admin/staff/new",
    "/admin/staff/former",
    "/admin/rights",
    "/admin/log",
    "/admin/jobs",
];

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "one story, told to its end")]
async fn each_page_and_each_form_is_for_administrators_alone() {
    for house in houses() {
        let galina = admin(&house).await;
        let people = &house.people;
        people
            .sign_up(&guest(), crate::house::sign_up("anna@example.ru"))
            .await
            .unwrap();
        house.add("boris@example.ru", Role::Specialist, Some("roads"));
        house.add("vera@example.ru", Role::Head, Some("roads"));
        let units = people.units().await.unwrap();
        let roads = units.by_code("roads").unwrap().id;
        let lakes = units.territory_by_code("lakes").unwrap().id;
        let boris = people
            .account_of_email(&galina, "boris@example.ru")
            .await
            .unwrap();
        let mut pages: Vec<String> = PAGES.iter().map(ToString::to_string).collect();
        pages.push("/admin/settings".into());
        pages.push(format!("/admin/units/{roads}"));
        pages.push(format!("/admin/territories/{lakes}"));
        pages.push(format!("/admin/staff/{boris}"));
        pages.push(format!("/admin/staff/{boris}/corrections"));
        let forms = [
            "/admin/units/new".to_owned(),
            format!("/admin/units/{roads}"),
            format!("/admin/units/{roads}/end"),
            "/admin/territories".to_owned(),
            format!("/admin/territories/{lakes}"),
            "/admin/staff".to_owned(),
            "/admin/staff/new".to_owned(),
            "/admin/staff/former".to_owned(),
            format!("/admin/staff/{boris}/name"),
            format!("/admin/staff/{boris}/email"),
            format!("/admin/staff/{boris}/sessions"),
            format!("/admin/staff/{boris}/roles"),
            format!("/admin/staff/{boris}/roles/take"),
            format!("/admin/staff/{boris}/switch"),
            format!("/admin/staff/{boris}/link"),
            format!("/admin/staff/{boris}/second-factor"),
            "/admin/jobs/revive".to_owned(),
        ];
        // What would hold if only the right were there.
        let form = encoded(&[
            ("name_ru", "Имя"),
            ("name_en", "Name"),
            ("code", "new"),
            ("kind", "unit"),
            ("parent", &roads.to_string()),
            ("email", "new@example.ru"),
            ("last_name", "Имя"),
            ("first_name", "Имя"),
            ("role", "specialist"),
            ("unit", &roads.to_string()),
            ("grant", "01a200cc-5595-7279-bb6b-d8b69c6574c3"),
            ("job", "01a200cc-5595-7279-bb6b-d8b69c6574c3"),
            ("current", PASSWORD),
        ]);
        let before = house.count("journal").await;
        let mut browser = Browser::of(&house);
        for who in ["", "anna@example.ru", "boris@example.ru", "vera@example.ru"] {
            browser.cookie = match who {
                "" => String::new(),
                email => {
                    let token = people.sign_in(email, PASSWORD, address(9)).await.unwrap();
                    format!("session={}", token.as_str())
                }
            };
            let refused = if who.is_empty() {
                StatusCode::SEE_OTHER
            } else {
                StatusCode::FORBIDDEN
            };
            for page in &pages {
                assert_eq!(browser.get(page).await.status, refused, "{who} at {page}");
            }
            for page in &forms {
                let answer = browser.post(page, &form).await;
                assert!(
                    answer.status == refused || answer.status == StatusCode::UNAUTHORIZED,
                    "{who} to {page}: {}",
                    answer.status
                );
            }
        }
        assert_eq!(house.count("journal").await, before, "nothing was changed");
        let token = people
            .sign_in("galina@example.ru", PASSWORD, address(1))
            .await
            .unwrap();
        browser.cookie = format!("session={}", token.as_str());
        for page in &pages {
            let answer = browser.get(page).await;
            assert_eq!(answer.status, StatusCode::OK, "{page}");
            assert!(!answer.body.contains("«people-"), "{page}: {}", answer.body);
            assert!(!answer.body.contains("«web-"), "{page}");
        }
        for page in [
            "/profile",
            "/profile/password",
            "/profile/email",
            "/profile/second-factor",
            "/profile/consents",
        ] {
            let answer = browser.get(page).await;
            assert_eq!(answer.status, StatusCode::OK, "{page}");
            assert!(!answer.body.contains("«people-"), "{page}");
        }
    }
}
