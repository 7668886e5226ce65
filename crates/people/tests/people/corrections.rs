//! People whose last role was taken are found again, an applicant only by a whole e-mail and never
//! unnoticed; names and e-mails of colleagues are put right, and the log shows both states masked.

use axum::http::StatusCode;
use base::id::AccountId;
use base::{Actor, Error, Language, Role};
use people::PersonName;
use people::acts::{Asked, Done};
use people::staffing::{Invitation, WayIn};

use crate::house::{House, PASSWORD, address, guest, houses, houses_with_mail, name, sign_up};
use crate::pages::{Browser, encoded};

async fn admin(house: &House) -> Actor {
    house.with_units().await;
    house.add("galina@example.ru", Role::Administrator, None);
    house.actor("galina@example.ru").await
}

async fn account_of(house: &House, actor: &Actor, email: &str) -> AccountId {
    house.people.account_of_email(actor, email).await.unwrap()
}

/// Somebody of the roads with the last role taken.
async fn left(house: &House, actor: &Actor, email: &str) -> AccountId {
    house.add(email, Role::Specialist, Some("roads"));
    let account = account_of(house, actor, email).await;
    let card = house.people.card(actor, account).await.unwrap();
    house
        .people
        .take_role(actor, account, card.grants[0].0)
        .await
        .unwrap();
    account
}

async fn log(house: &House, actor: &Actor) -> Vec<Done> {
    let asked = Asked {
        kind: Some("person".into()),
        ..Asked::default()
    };
    house.people.acts(actor, asked, 100).await.unwrap().0
}

fn of<'a>(acts: &'a [Done], action: &str) -> Vec<&'a Done> {
    acts.iter().filter(|act| act.action == action).collect()
}

#[tokio::test]
async fn whoever_lost_the_last_role_is_found_and_given_one_again() {
    for house in houses() {
        let galina = admin(&house).await;
        let people = &house.people;
        people
            .sign_up(&guest(), sign_up("anna@example.ru"))
            .await
            .unwrap();
        let mut gone = Vec::new();
        for n in 0..3 {
            gone.push(left(&house, &galina, &format!("boris{n}@example.ru")).await);
        }
        let (staff, _) = people.staff_cards(&galina, "", None, 50).await.unwrap();
        assert_eq!(staff.len(), 1, "only Galina has a role");
        // Page by page, each once, and nobody who never worked here.
        let (mut seen, mut after) = (Vec::new(), None);
        loop {
            let (former, next) = people.former_staff(&galina, after, 2).await.unwrap();
            assert!(former.len() <= 2);
            for one in former {
                assert_eq!(one.email, "b•••@example.ru");
                assert!(one.active);
                seen.push(one.account);
            }
            after = next;
            if after.is_none() {
                break;
            }
        }
        seen.sort_unstable();
        gone.sort_unstable();
        assert_eq!(seen, gone);
        // A role taken twice is still one person; a role given again takes them off the list.
        let roads = people.units().await.unwrap().by_code("roads").unwrap().id;
        let first = gone[0];
        let give = || people.give_role(&galina, first, Role::Head, Some(roads), "");
        give().await.unwrap();
        let (former, _) = people.former_staff(&galina, None, 50).await.unwrap();
        assert_eq!(former.len(), 2);
        let card = people.card(&galina, first).await.unwrap();
        people
            .take_role(&galina, first, card.grants[0].0)
            .await
            .unwrap();
        let (former, _) = people.former_staff(&galina, None, 50).await.unwrap();
        assert_eq!(former.len(), 3);
        // An administrator of a unit manages nobody without a role, and sees none of them.
        house.add("dina@example.ru", Role::Administrator, Some("roads"));
        let dina = house.actor("dina@example.ru").await;
        assert!(matches!(
            people.former_staff(&dina, None, 50).await,
            Err(Error::Forbidden)
        ));
        assert!(people.account_of(&dina, &first.to_string()).await.is_err());
    }
}

#[tokio::test]
async fn an_applicant_is_found_by_a_whole_e_mail_or_number_and_each_look_is_written_down() {
    for house in houses() {
        let galina = admin(&house).await;
        let people = &house.people;
        people
            .sign_up(&guest(), sign_up("anna@example.ru"))
            .await
            .unwrap();
        for part in ["anna", "Смирнова", "example.ru", "nobody@example.ru"] {
            let found = people.account_of(&galina, part).await;
            assert!(matches!(found, Err(Error::Invalid(_))), "{part}");
        }
        let anna = people
            .account_of(&galina, " Anna@Example.ru")
            .await
            .unwrap();
        assert_eq!(
            people.account_of(&galina, &anna.to_string()).await.unwrap(),
            anna
        );
        assert_eq!(of(&log(&house, &galina).await, "person.looked_up").len(), 0);
        let entries = house.count("journal").await;
        people.card(&galina, anna).await.unwrap();
        assert_eq!(house.count("journal").await, entries + 1);
        // Within one quarter of an hour one reading counts once, of each reader.
        people.card(&galina, anna).await.unwrap();
        assert_eq!(house.count("journal").await, entries + 1);
        house.add("second@example.ru", Role::Administrator, None);
        let second = house.actor("second@example.ru").await;
        people.card(&second, anna).await.unwrap();
        house.clock.advance_seconds(900);
        people.card(&galina, anna).await.unwrap();
        let acts = log(&house, &galina).await;
        let looks = of(&acts, "person.looked_up");
        assert_eq!(looks.len(), 3);
        for look in looks {
            assert_eq!(look.subject, "С•••", "who it was stands nowhere in full");
        }
        // A colleague's card is work, and no reading of an applicant.
        house.add("boris@example.ru", Role::Specialist, Some("roads"));
        let boris = account_of(&house, &galina, "boris@example.ru").await;
        people.card(&galina, boris).await.unwrap();
        assert_eq!(of(&log(&house, &galina).await, "person.looked_up").len(), 3);
        house.clock.advance_seconds(-900);
    }
}

#[tokio::test]
async fn a_surname_is_corrected_and_the_log_masks_what_was_and_what_is() {
    for house in houses() {
        let galina = admin(&house).await;
        let people = &house.people;
        house.add("boris@example.ru", Role::Specialist, Some("roads"));
        let token = people
            .sign_in("boris@example.ru", PASSWORD, address(1))
            .await
            .unwrap();
        let boris = account_of(&house, &galina, "boris@example.ru").await;
        let wrong = people
            .correct_name(&galina, boris, &name("", "Борис"))
            .await;
        assert!(matches!(wrong, Err(Error::Invalid(_))));
        people
            .correct_name(&galina, boris, &name("Лесной", "Борис"))
            .await
            .unwrap();
        let card = people.card(&galina, boris).await.unwrap();
        assert_eq!(card.name.full(), "Лесной Борис");
        let known = people.session(token.as_str(), Language::Ru).await.unwrap();
        assert!(known.is_some(), "a name is no way in: the session stays");
        let entries = house.count("journal").await;
        people
            .correct_name(&galina, boris, &name("Лесной", "Борис"))
            .await
            .unwrap();
        assert_eq!(house.count("journal").await, entries, "nothing differs");
        let acts = log(&house, &galina).await;
        let corrected = of(&acts, "person.surname_corrected");
        assert_eq!(corrected.len(), 1);
        assert_eq!(corrected[0].subject, "Лесной Б.");
        assert_eq!(
            corrected[0].changes,
            [("last_name".to_owned(), "К•••".to_owned(), "Л•••".to_owned())]
        );
        // Two values that look alike masked are still told to differ.
        let whole = PersonName {
            middle: Some("Петрович".into()),
            ..name("Лесный", "Борис")
        };
        people.correct_name(&galina, boris, &whole).await.unwrap();
        let acts = log(&house, &galina).await;
        let corrected = of(&acts, "person.name_corrected");
        let fields: Vec<&str> = corrected[0].changes.iter().map(|one| &*one.0).collect();
        assert_eq!(fields, ["last_name", "middle_name"]);
        assert_eq!(corrected[0].changes[0].1, corrected[0].changes[0].2);
    }
}

#[tokio::test]
async fn nobody_is_corrected_but_a_colleague_within_reach() {
    for house in houses_with_mail() {
        let galina = admin(&house).await;
        let people = &house.people;
        people
            .sign_up(&guest(), sign_up("anna@example.ru"))
            .await
            .unwrap();
        let anna = account_of(&house, &galina, "anna@example.ru").await;
        house.add("dina@example.ru", Role::Administrator, Some("roads"));
        house.add("vera@example.ru", Role::Head, Some("city"));
        let dina = house.actor("dina@example.ru").await;
        let vera = account_of(&house, &galina, "vera@example.ru").await;
        let own = galina.account().unwrap();
        let before = house.count("journal").await;
        for (actor, account) in [
            (&galina, anna),
            (&galina, own),
            (&dina, vera),
            (&dina, anna),
        ] {
            let other = name("Иная", "Анна");
            let refused = people.correct_name(actor, account, &other).await;
            assert!(
                matches!(refused, Err(Error::Conflict(_) | Error::Forbidden)),
                "{refused:?}"
            );
            let mailed =
                people.correct_email(actor, account, "new@example.ru", PASSWORD, address(1));
            let refused = mailed.await;
            assert!(
                matches!(refused, Err(Error::Conflict(_) | Error::Forbidden)),
                "{refused:?}"
            );
        }
        let ended = people.end_sessions_of(&dina, vera).await;
        assert!(matches!(ended, Err(Error::Forbidden)));
        assert_eq!(house.count("journal").await, before);
    }
}

#[tokio::test]
async fn a_new_e_mail_is_confirmed_by_its_owner_and_the_old_one_is_told() {
    for house in houses_with_mail() {
        let galina = admin(&house).await;
        let people = &house.people;
        house.add("boris@example.ru", Role::Specialist, Some("roads"));
        let boris = account_of(&house, &galina, "boris@example.ru").await;
        let token = people
            .sign_in("boris@example.ru", PASSWORD, address(1))
            .await
            .unwrap();
        let correct =
            |email, password| people.correct_email(&galina, boris, email, password, address(1));
        for (email, password, field) in [
            ("no address", PASSWORD, "email"),
            ("lesnoy@example.com", "не тот пароль", "current"),
            ("galina@example.ru", PASSWORD, "email"),
            ("Boris@example.ru", PASSWORD, "email"),
        ] {
            let Err(Error::Invalid(errors)) = correct(email, password).await else {
                panic!("{email}");
            };
            assert_eq!(errors[0].field, field, "{email}");
        }
        let way = correct("lesnoy@example.com", PASSWORD).await.unwrap();
        assert_eq!(way, WayIn::Letter);
        // Nothing has changed yet but that both addresses know, and the session stays.
        let told = house.letter_to("boris@example.ru").await;
        assert!(told.text.contains("указал другую почту"), "{told:?}");
        let card = people.card(&galina, boris).await.unwrap();
        assert_eq!(card.email, "boris@example.ru");
        assert_eq!(card.new_email.as_deref(), Some("lesnoy@example.com"));
        let session = async || people.session(token.as_str(), Language::Ru).await.unwrap();
        assert!(session().await.is_some());
        let link = house.letter_to("lesnoy@example.com").await;
        let link = link.token("/change-email/");
        house.clock.advance_seconds(1);
        people.agree_to_email(&guest(), &link).await.unwrap();
        assert!(session().await.is_none(), "every session has ended");
        let told = house.letter_to("boris@example.ru").await;
        assert!(told.text.contains("изменена"), "{told:?}");
        people
            .sign_in("lesnoy@example.com", PASSWORD, address(1))
            .await
            .unwrap();
        assert!(
            people
                .sign_in("boris@example.ru", PASSWORD, address(1))
                .await
                .is_err()
        );
        let card = people.card(&galina, boris).await.unwrap();
        assert_eq!(
            (card.email.as_str(), card.new_email),
            ("lesnoy@example.com", None)
        );
        let acts = log(&house, &galina).await;
        for (action, by) in [
            ("person.email_correction_asked", "Ковалёв Борис"),
            ("person.email_corrected", "Ковалёв Борис"),
        ] {
            let act = of(&acts, action)[0];
            assert_eq!(act.actor.as_ref().unwrap().full(), by);
            assert_eq!(
                act.changes,
                [(
                    "email".to_owned(),
                    "b•••@example.ru".to_owned(),
                    "l•••@example.com".to_owned()
                )]
            );
        }
        let confirmed = Asked {
            actor: Some(boris),
            ..Asked::default()
        };
        let (confirmed, _) = people.acts(&galina, confirmed, 10).await.unwrap();
        assert_eq!(confirmed.len(), 1, "it was the owner who confirmed");
        house.clock.advance_seconds(-1);
    }
}

#[tokio::test]
async fn a_typo_in_an_invitation_is_mended_by_a_new_one() {
    for house in houses_with_mail() {
        let galina = admin(&house).await;
        let people = &house.people;
        let roads = people.units().await.unwrap().by_code("roads").unwrap().id;
        let invitation = Invitation {
            name: name("Кедров", "Прохор"),
            email: "prohro@example.ru".into(),
            role: Role::Specialist,
            unit: Some(roads),
            post: String::new(),
        };
        let (account, _) = people.invite(&galina, invitation).await.unwrap();
        let stale = house.letter_to("prohro@example.ru").await.token("/invite/");
        people
            .correct_email(&galina, account, "prohor@example.ru", PASSWORD, address(1))
            .await
            .unwrap();
        let accept = async |token: &str| people.accept_invitation(&guest(), token, PASSWORD).await;
        assert!(
            accept(&stale).await.is_err(),
            "the old link is good no more"
        );
        let fresh = house.letter_to("prohor@example.ru").await.token("/invite/");
        accept(&fresh).await.unwrap();
        house.actor("prohor@example.ru").await;
    }
}

#[tokio::test]
async fn without_letters_the_administrator_hands_the_link_over() {
    for house in houses() {
        let galina = admin(&house).await;
        let people = &house.people;
        house.add("boris@example.ru", Role::Specialist, Some("roads"));
        let boris = account_of(&house, &galina, "boris@example.ru").await;
        let way = people
            .correct_email(&galina, boris, "lesnoy@example.com", PASSWORD, address(1))
            .await
            .unwrap();
        let WayIn::Link(link) = way else {
            panic!("there is no letter");
        };
        let token = link.strip_prefix("https://okno.example/change-email/");
        people
            .agree_to_email(&guest(), token.unwrap())
            .await
            .unwrap();
        house.actor("lesnoy@example.com").await;
    }
}

#[tokio::test]
async fn sessions_of_somebody_without_a_role_are_ended_and_the_account_stays() {
    for house in houses() {
        let galina = admin(&house).await;
        let people = &house.people;
        let boris = left(&house, &galina, "boris@example.ru").await;
        let sign_in = || people.sign_in("boris@example.ru", PASSWORD, address(1));
        let token = sign_in().await.unwrap();
        assert_eq!(people.end_sessions_of(&galina, boris).await.unwrap(), 1);
        let known = people.session(token.as_str(), Language::Ru).await.unwrap();
        assert!(known.is_none());
        sign_in().await.unwrap();
        let acts = log(&house, &galina).await;
        let ended = of(&acts, "person.sessions_ended")[0];
        assert_eq!(ended.changes[0].2, "1");
    }
}

/// The pages, as an administrator walks them.
#[tokio::test]
async fn a_former_colleague_is_found_and_a_name_corrected_on_the_pages() {
    for house in houses() {
        let galina = admin(&house).await;
        let boris = left(&house, &galina, "boris@example.ru").await;
        house.add("vera@example.ru", Role::Head, Some("city"));
        house.add("dina@example.ru", Role::Administrator, Some("roads"));
        let vera = account_of(&house, &galina, "vera@example.ru").await;
        let mut browser = Browser::of(&house);
        let enter = async |email: &str| {
            let token = house.people.sign_in(email, PASSWORD, address(9)).await;
            format!("session={}", token.unwrap().as_str())
        };
        browser.cookie = enter("dina@example.ru").await;
        let list = browser.get("/admin/staff/former").await;
        assert_eq!(list.status, StatusCode::FORBIDDEN);
        let staff = browser.get("/admin/staff").await;
        assert!(!staff.body.contains("/admin/staff/former"));
        let refused = format!("/admin/staff/{vera}/corrections");
        assert_eq!(browser.get(&refused).await.status, StatusCode::FORBIDDEN);
        browser.cookie = enter("galina@example.ru").await;
        let staff = browser.get("/admin/staff").await;
        assert!(staff.body.contains("/admin/staff/former"));
        let list = browser.get("/admin/staff/former").await;
        assert_eq!(list.status, StatusCode::OK);
        assert!(list.body.contains("Ковалёв Б.") && list.body.contains("b•••@example.ru"));
        assert!(!list.body.contains("boris@example.ru"));
        let form = encoded(&[("email", "nobody@example.ru")]);
        let nobody = browser.post("/admin/staff/former", &form).await;
        assert_eq!(nobody.status, StatusCode::UNPROCESSABLE_ENTITY);
        let form = encoded(&[("email", &boris.to_string())]);
        let found = browser.post("/admin/staff/former", &form).await;
        assert_eq!(found.location(), format!("/admin/staff/{boris}"));
        let card = browser.get(found.location()).await;
        assert!(card.body.contains("записан в журнал"), "{}", card.body);
        assert!(!card.body.contains("/corrections"), "first a role");
        let page = format!("/admin/staff/{vera}/corrections");
        let opened = browser.get(&page).await;
        assert_eq!(opened.status, StatusCode::OK);
        for words in [&list.body, &card.body, &opened.body] {
            assert!(!words.contains("«people-"), "{words}");
        }
        let form = encoded(&[("last_name", ""), ("first_name", "Вера")]);
        let wrong = browser
            .post(&format!("/admin/staff/{vera}/name"), &form)
            .await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        let form = encoded(&[("last_name", "Родник"), ("first_name", "Вера")]);
        let saved = browser
            .post(&format!("/admin/staff/{vera}/name"), &form)
            .await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER);
        let form = encoded(&[("email", "rodnik@example.ru"), ("current", "не он")]);
        let wrong = browser
            .post(&format!("/admin/staff/{vera}/email"), &form)
            .await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            wrong.body.contains("rodnik@example.ru"),
            "what was typed stays"
        );
        let form = encoded(&[("email", "rodnik@example.ru"), ("current", PASSWORD)]);
        let link = browser
            .post(&format!("/admin/staff/{vera}/email"), &form)
            .await;
        assert!(link.body.contains("/change-email/"), "{}", link.body);
        let log = browser.get("/admin/log").await;
        for told in [
            "имя исправлено",
            "Р•••",
            "r•••@example.ru",
            "просмотрены данные",
        ] {
            assert!(log.body.contains(told), "{told}: {}", log.body);
        }
        let ended = browser
            .post(&format!("/admin/staff/{vera}/sessions"), "")
            .await;
        assert_eq!(ended.status, StatusCode::SEE_OTHER);
    }
}
