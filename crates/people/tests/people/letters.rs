//! Links out of letters: confirming an e-mail, a new password, a change of e-mail; each good once,
//! for its time, and for its owner alone.

use std::time::Instant;

use axum::http::StatusCode;
use base::{Error, Language, Role};
use people::confirming::Standing;
use people::own::EmailStep;

use crate::house::{PASSWORD, address, guest, houses, houses_with_mail, sign_up};
use crate::pages::{Browser, encoded};

const NEW: &str = "четыре синих самовара";
const HOUR: i64 = 3600;

#[tokio::test]
async fn an_account_is_provisional_until_its_owner_opens_the_link_once() {
    for house in houses_with_mail() {
        let people = &house.people;
        people
            .sign_up(&guest(), sign_up("anna@example.ru"))
            .await
            .unwrap();
        let anna = house.actor("anna@example.ru").await;
        assert_eq!(people.standing(&anna).await.unwrap(), Standing::Provisional);
        let token = house.letter_to("anna@example.ru").await.token("/confirm/");
        assert_eq!(token.len(), 43);
        assert!(people.can_confirm(&token).await.unwrap());
        // It is no link for a password.
        assert!(!people.can_reset(&token).await.unwrap());
        people.confirm(&guest(), &token).await.unwrap();
        assert_eq!(people.standing(&anna).await.unwrap(), Standing::Confirmed);
        assert!(matches!(
            people.confirm(&guest(), &token).await,
            Err(Error::NotFound)
        ));
    }
}

#[tokio::test]
async fn a_link_is_good_for_a_day_and_a_new_one_ends_the_old() {
    for house in houses_with_mail() {
        let people = &house.people;
        people
            .sign_up(&guest(), sign_up("anna@example.ru"))
            .await
            .unwrap();
        let first = house.letter_to("anna@example.ru").await.token("/confirm/");
        let anna = house.actor("anna@example.ru").await;
        house.clock.advance_seconds(1);
        people.ask_to_confirm(&anna, address(1)).await.unwrap();
        let second = house.letters().await.pop().unwrap().token("/confirm/");
        assert_ne!(first, second);
        assert!(!people.can_confirm(&first).await.unwrap());
        house.clock.advance_seconds(24 * HOUR);
        assert!(matches!(
            people.confirm(&guest(), &second).await,
            Err(Error::NotFound)
        ));
        house.clock.advance_seconds(-24 * HOUR);
    }
}

#[tokio::test]
async fn no_token_is_stored_as_it_is() {
    for house in houses_with_mail() {
        let people = &house.people;
        people
            .sign_up(&guest(), sign_up("anna@example.ru"))
            .await
            .unwrap();
        let token = house.letter_to("anna@example.ru").await.token("/confirm/");
        let kept: Vec<Vec<u8>> = house
            .store
            .read(|db| {
                db.query("SELECT token_hash FROM account_token", &[], |row| {
                    row.get(0)
                })
            })
            .await
            .unwrap();
        assert_eq!(kept.len(), 1);
        assert_ne!(kept[0], token.as_bytes());
    }
}

#[tokio::test]
async fn a_forgotten_password_is_set_anew_once_and_every_session_ends() {
    for house in houses_with_mail() {
        let people = &house.people;
        people
            .sign_up(&guest(), sign_up("anna@example.ru"))
            .await
            .unwrap();
        house.actor("anna@example.ru").await;
        assert_eq!(house.count("session").await, 1);
        house.clock.advance_seconds(1);
        people
            .ask_to_reset(&guest(), "Anna@example.ru", address(1))
            .await
            .unwrap();
        let token = house.letter_to("anna@example.ru").await.token("/reset/");
        let short = people.reset(&guest(), &token, "коротко").await;
        assert!(matches!(short, Err(Error::Invalid(_))));
        house.clock.advance_seconds(1);
        people.reset(&guest(), &token, NEW).await.unwrap();
        assert_eq!(house.count("session").await, 0);
        assert!(
            people
                .sign_in("anna@example.ru", PASSWORD, address(1))
                .await
                .is_err()
        );
        people
            .sign_in("anna@example.ru", NEW, address(1))
            .await
            .unwrap();
        assert!(matches!(
            people.reset(&guest(), &token, PASSWORD).await,
            Err(Error::NotFound)
        ));
        let told = house.letter_to("anna@example.ru").await;
        assert!(
            told.text.contains("Пароль вашей учётной записи"),
            "{told:?}"
        );
    }
}

#[tokio::test]
async fn a_link_for_a_password_is_good_for_an_hour() {
    for house in houses_with_mail() {
        let people = &house.people;
        people
            .sign_up(&guest(), sign_up("anna@example.ru"))
            .await
            .unwrap();
        house.clock.advance_seconds(1);
        people
            .ask_to_reset(&guest(), "anna@example.ru", address(1))
            .await
            .unwrap();
        let token = house.letter_to("anna@example.ru").await.token("/reset/");
        house.clock.advance_seconds(HOUR - 1);
        assert!(people.can_reset(&token).await.unwrap());
        house.clock.advance_seconds(1);
        assert!(!people.can_reset(&token).await.unwrap());
        assert!(people.reset(&guest(), &token, NEW).await.is_err());
        house.clock.advance_seconds(-HOUR);
    }
}

#[tokio::test]
async fn asking_for_a_new_password_tells_nobody_who_has_an_account() {
    for house in houses_with_mail() {
        house
            .people
            .sign_up(&guest(), sign_up("anna@example.ru"))
            .await
            .unwrap();
        let before = house.letters().await.len();
        let browser = Browser::of(&house);
        let mut answers = Vec::new();
        for email in ["anna@example.ru", "nobody@example.ru"] {
            let started = Instant::now();
            let answer = browser.post("/reset", &encoded(&[("email", email)])).await;
            let took = started.elapsed().as_millis();
            assert!(took >= 250, "{email} was answered in {took} ms");
            answers.push((
                answer.status,
                answer.location().to_owned(),
                answer.cookie("flash="),
                answer.body.len(),
            ));
        }
        assert_eq!(answers[0], answers[1]);
        assert_eq!(answers[0].0, StatusCode::SEE_OTHER);
        assert_eq!(house.letters().await.len(), before + 1);
    }
}

#[tokio::test]
async fn one_box_is_not_flooded_with_letters() {
    for house in houses_with_mail() {
        let people = &house.people;
        people
            .sign_up(&guest(), sign_up("anna@example.ru"))
            .await
            .unwrap();
        let before = house.letters().await.len();
        for n in 0..6 {
            people
                .ask_to_reset(&guest(), "anna@example.ru", address(n))
                .await
                .unwrap();
        }
        assert_eq!(house.letters().await.len(), before + 3);
        for _ in 0..5 {
            let _ = people
                .ask_to_reset(&guest(), "nobody@example.ru", address(99))
                .await;
        }
        assert!(matches!(
            people
                .ask_to_reset(&guest(), "nobody@example.ru", address(99))
                .await,
            Err(Error::TooMany(_))
        ));
    }
}

#[tokio::test]
async fn where_no_letters_are_sent_pages_say_so_and_nobody_is_provisional() {
    for house in houses() {
        let people = &house.people;
        people
            .sign_up(&guest(), sign_up("anna@example.ru"))
            .await
            .unwrap();
        let anna = house.actor("anna@example.ru").await;
        assert_eq!(people.standing(&anna).await.unwrap(), Standing::Confirmed);
        let page = Browser::of(&house).get("/reset").await;
        assert!(page.body.contains("Письма здесь не отправляются"));
        assert!(!page.body.contains("action=\"/reset\""));
        assert_eq!(house.count("account_token").await, 0);
    }
}

#[tokio::test]
async fn opening_a_link_changes_nothing_and_a_stale_one_says_so() {
    for house in houses_with_mail() {
        house
            .people
            .sign_up(&guest(), sign_up("anna@example.ru"))
            .await
            .unwrap();
        let token = house.letter_to("anna@example.ru").await.token("/confirm/");
        let browser = Browser::of(&house);
        for _ in 0..2 {
            let page = browser.get(&format!("/confirm/{token}")).await;
            assert_eq!(page.status, StatusCode::OK);
            assert_eq!(page.headers["cache-control"], "no-store");
        }
        let done = browser.post(&format!("/confirm/{token}"), "").await;
        assert_eq!(done.status, StatusCode::SEE_OTHER);
        for page in ["confirm", "reset", "invite", "change-email"] {
            for token in [token.as_str(), "x", &"a".repeat(43)] {
                let stale = browser.get(&format!("/{page}/{token}")).await;
                assert_eq!(stale.status, StatusCode::NOT_FOUND, "{page}");
                assert!(stale.body.contains("больше не действует"));
            }
        }
    }
}

#[tokio::test]
async fn an_email_changes_when_both_addresses_have_agreed() {
    for house in houses_with_mail() {
        let people = &house.people;
        house.add("anna@example.ru", Role::Administrator, None);
        let anna = house.actor("anna@example.ru").await;
        let refused = people
            .ask_email_change(&anna, "new@example.ru", "не тот пароль", address(1))
            .await;
        assert!(matches!(refused, Err(Error::Invalid(_))));
        people
            .ask_email_change(&anna, "new@example.ru", PASSWORD, address(1))
            .await
            .unwrap();
        let old = house
            .letter_to("anna@example.ru")
            .await
            .token("/change-email/");
        let new = house
            .letter_to("new@example.ru")
            .await
            .token("/change-email/");
        assert_eq!(
            people.agree_to_email(&guest(), &new).await.unwrap(),
            EmailStep::Waits
        );
        // One address that agrees twice is still one.
        assert!(people.agree_to_email(&guest(), &new).await.is_err());
        people
            .sign_in("anna@example.ru", PASSWORD, address(1))
            .await
            .unwrap();
        house.clock.advance_seconds(1);
        assert_eq!(
            people.agree_to_email(&guest(), &old).await.unwrap(),
            EmailStep::Done
        );
        assert!(
            people
                .sign_in("anna@example.ru", PASSWORD, address(2))
                .await
                .is_err()
        );
        let anna = house.actor("new@example.ru").await;
        let profile = people.profile(&anna).await.unwrap();
        assert_eq!(profile.contacts.email, "new@example.ru");
        assert!(
            house
                .letter_to("anna@example.ru")
                .await
                .text
                .contains("изменена")
        );
    }
}

#[tokio::test]
async fn an_email_of_somebody_else_gets_no_letter_and_the_page_says_the_same() {
    for house in houses_with_mail() {
        let people = &house.people;
        house.add("anna@example.ru", Role::Administrator, None);
        house.add("vera@example.ru", Role::Administrator, None);
        let anna = house.actor("anna@example.ru").await;
        people
            .ask_email_change(&anna, "vera@example.ru", PASSWORD, address(1))
            .await
            .unwrap();
        let letters = house.letters().await;
        assert_eq!(letters.len(), 1);
        assert_eq!(letters[0].to, "anna@example.ru");
    }
}

#[tokio::test]
async fn a_new_password_asks_for_the_old_one_and_ends_other_sessions() {
    for house in houses_with_mail() {
        let people = &house.people;
        house.add("anna@example.ru", Role::Administrator, None);
        let here = people
            .sign_in("anna@example.ru", PASSWORD, address(1))
            .await
            .unwrap();
        let there = people
            .sign_in("anna@example.ru", PASSWORD, address(2))
            .await
            .unwrap();
        let anna = people
            .session(here.as_str(), Language::Ru)
            .await
            .unwrap()
            .unwrap()
            .actor;
        let wrong = people
            .change_password(&anna, "не тот пароль", NEW, here.as_str(), address(1))
            .await;
        assert!(matches!(wrong, Err(Error::Invalid(_))));
        people
            .change_password(&anna, PASSWORD, NEW, here.as_str(), address(1))
            .await
            .unwrap();
        assert!(
            people
                .session(here.as_str(), Language::Ru)
                .await
                .unwrap()
                .is_some()
        );
        assert!(
            people
                .session(there.as_str(), Language::Ru)
                .await
                .unwrap()
                .is_none()
        );
        people
            .sign_in("anna@example.ru", NEW, address(1))
            .await
            .unwrap();
    }
}

#[tokio::test]
async fn a_profile_is_saved_sealed_and_told_in_ones_own_history() {
    for house in houses() {
        let people = &house.people;
        people
            .sign_up(&guest(), sign_up("anna@example.ru"))
            .await
            .unwrap();
        let anna = house.actor("anna@example.ru").await;
        let mut profile = people.profile(&anna).await.unwrap();
        profile.contacts.phone = Some("+7 900 123-45-67".into());
        profile.contacts.address = Some("Северный, Садовая, 7".into());
        profile.contacts.language = Some(Language::En);
        people
            .save_profile(&anna, &profile.name, &profile.contacts)
            .await
            .unwrap();
        assert_eq!(people.profile(&anna).await.unwrap(), profile);
        profile.contacts.organisation = Some(people::Organisation {
            name: " ООО «Озёрное» ".into(),
            inn: "7707 083893".into(),
            ogrn: "1027700132195".into(),
            post: "Директор".into(),
        });
        people
            .save_profile(&anna, &profile.name, &profile.contacts)
            .await
            .unwrap();
        let kept = people.profile(&anna).await.unwrap().contacts.organisation;
        let kept = kept.unwrap();
        assert_eq!(
            (kept.name.as_str(), kept.inn.as_str()),
            ("ООО «Озёрное»", "7707083893")
        );
        for (name, inn, ogrn, wrong) in [
            ("ООО", "7707083894", "", "organisation_inn"),
            ("", "7707083893", "", "organisation_name"),
            ("ООО", "", "", "organisation_inn"),
            ("ООО", "7707083893", "123", "organisation_ogrn"),
        ] {
            let mut contacts = profile.contacts.clone();
            contacts.organisation = Some(people::Organisation {
                name: name.into(),
                inn: inn.into(),
                ogrn: ogrn.into(),
                post: String::new(),
            });
            let saved = people.save_profile(&anna, &profile.name, &contacts).await;
            let Err(base::Error::Invalid(errors)) = saved else {
                panic!("{name} {inn} {ogrn}: {saved:?}")
            };
            assert_eq!(errors[0].field, wrong);
        }
        let wrong = people::Contacts {
            phone: Some("позвоните мне".into()),
            ..profile.contacts.clone()
        };
        assert!(
            people
                .save_profile(&anna, &profile.name, &wrong)
                .await
                .is_err()
        );
        let person = anna.person().unwrap();
        let journal = house.journal.clone();
        let history = house
            .store
            .read(move |db| journal.history(db, person.0))
            .await
            .unwrap();
        assert_eq!(history[1].action, "person.profile_saved");
        assert_eq!(history[1].field("phone"), Some("+7 900 123-45-67"));
        assert_eq!(history[1].field("name"), None, "it did not change");
    }
}

#[tokio::test]
async fn a_consent_that_is_withdrawn_closes_the_account() {
    for house in houses() {
        let people = &house.people;
        people
            .sign_up(&guest(), sign_up("anna@example.ru"))
            .await
            .unwrap();
        people
            .sign_up(&guest(), sign_up("vera@example.ru"))
            .await
            .unwrap();
        assert_eq!(
            house.count("consent_text").await,
            1,
            "one text is kept once"
        );
        let anna = house.actor("anna@example.ru").await;
        let vera = house.actor("vera@example.ru").await;
        let consents = people.consents(&anna).await.unwrap();
        assert_eq!(consents.len(), 1);
        assert_eq!(consents[0].text, people.consent(Language::Ru).unwrap().text);
        // Nobody withdraws for another.
        assert!(matches!(
            people
                .withdraw_consent(&vera, consents[0].id, PASSWORD, address(1))
                .await,
            Err(Error::NotFound)
        ));
        people
            .withdraw_consent(&anna, consents[0].id, PASSWORD, address(1))
            .await
            .unwrap();
        assert!(
            people
                .sign_in("anna@example.ru", PASSWORD, address(1))
                .await
                .is_err()
        );
        assert!(
            people.consents(&anna).await.unwrap()[0]
                .withdrawn_at
                .is_some()
        );
        // The e-mail is free: she may come again, as somebody new.
        people
            .sign_up(&guest(), sign_up("anna@example.ru"))
            .await
            .unwrap();
        let again = people
            .sign_in("anna@example.ru", PASSWORD, address(1))
            .await;
        assert!(again.is_ok());
        assert_ne!(house.actor("anna@example.ru").await.person(), anna.person());
    }
}

#[tokio::test]
async fn one_session_is_ended_by_its_owner_and_by_nobody_else() {
    for house in houses() {
        let people = &house.people;
        house.add("anna@example.ru", Role::Administrator, None);
        house.add("vera@example.ru", Role::Administrator, None);
        let from = |n| people::From {
            client: address(n),
            device: "Firefox, Linux".into(),
        };
        let mut tokens = Vec::new();
        for n in 1..=2 {
            match people
                .enter("anna@example.ru", PASSWORD, from(n))
                .await
                .unwrap()
            {
                people::Entry::Signed(token) => tokens.push(token),
                other => panic!("{other:?}"),
            }
        }
        let known = people
            .session(tokens[0].as_str(), Language::Ru)
            .await
            .unwrap();
        let anna = known.unwrap().actor;
        let vera = house.actor("vera@example.ru").await;
        let open = people
            .open_sessions(&anna, tokens[0].as_str())
            .await
            .unwrap();
        assert_eq!(open.len(), 2);
        assert_eq!(open[0].place, "192.0.2.0/24");
        assert_eq!(open[0].device, "Firefox, Linux");
        let other = open.iter().find(|session| !session.current).unwrap();
        assert!(matches!(
            people.end_session(&vera, &other.id).await,
            Err(Error::NotFound)
        ));
        people.end_session(&anna, &other.id).await.unwrap();
        assert!(
            people
                .session(tokens[1].as_str(), Language::Ru)
                .await
                .unwrap()
                .is_none()
        );
        assert!(
            people
                .session(tokens[0].as_str(), Language::Ru)
                .await
                .unwrap()
                .is_some()
        );
        assert!(people.end_session(&anna, "nonsense").await.is_err());
    }
}
