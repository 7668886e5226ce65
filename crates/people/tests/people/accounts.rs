//! Signing up, signing in, and staff, on both databases.

use crate::house::{PASSWORD, address, guest, houses, name, sign_up, user};
use base::{Actor, Error, Language, Role, Scope};
use people::staffing::WayIn;
use people::{Permission, SignUp, Subject, allows};
use store::args;

fn keys(error: &Error) -> Vec<&'static str> {
    match error {
        Error::Invalid(fields) => fields.iter().map(|field| field.key).collect(),
        _ => vec![],
    }
}

#[tokio::test]
async fn applicant_signs_up_signs_in_and_sees_own_profile() {
    for house in houses() {
        let people = &house.people;
        people
            .sign_up(&guest(), sign_up("Anna@Example.ru"))
            .await
            .unwrap();
        let token = people
            .sign_in(" anna@example.RU ", PASSWORD, address(1))
            .await
            .unwrap();
        let known = people
            .session(token.as_str(), Language::En)
            .await
            .unwrap()
            .unwrap();
        assert_eq!(known.viewer.name, "Анна С.");
        assert!(!known.viewer.staff);
        assert_eq!(known.actor.language, Language::En);
        assert!(known.actor.has_role(Role::Applicant));
        assert!(known.actor.units().is_empty());
        let profile = people.profile(&known.actor).await.unwrap();
        assert_eq!(profile.name.full(), "Смирнова Анна");
        assert_eq!(profile.contacts.email, "Anna@Example.ru");
        let person = known.actor.person().unwrap();
        let journal = house.journal.clone();
        let told = house
            .store
            .read(move |db| people::People::name_of(db, &journal, person))
            .await
            .unwrap();
        assert_eq!(told, profile.name);
        assert!(matches!(
            people.profile(&guest()).await,
            Err(Error::Unauthenticated)
        ));
    }
}

#[tokio::test]
async fn consent_is_kept_with_its_text_and_version() {
    for house in houses() {
        let people = &house.people;
        people
            .sign_up(&guest(), sign_up("anna@example.ru"))
            .await
            .unwrap();
        let token = people
            .sign_in("anna@example.ru", PASSWORD, address(1))
            .await
            .unwrap();
        let known = people.session(token.as_str(), Language::Ru).await.unwrap();
        let person = known.unwrap().actor.person().unwrap();
        let journal = house.journal.clone();
        let history = house
            .store
            .read(move |db| journal.history(db, person.0))
            .await
            .unwrap();
        assert_eq!(history.len(), 1);
        assert_eq!(history[0].action, "person.signed_up");
        let consent = people.consent(Language::Ru).unwrap();
        assert!(consent.text.contains("Приёмная Приозёрской области"));
        assert_eq!(history[0].field("consent"), Some(consent.text.as_str()));
        assert_eq!(history[0].field("consent_version"), Some(consent.version));
    }
}

#[tokio::test]
async fn every_mistake_of_a_sign_up_is_told_and_nothing_is_kept() {
    for house in houses() {
        let wrong = SignUp {
            name: name("", " "),
            email: "nonsense".into(),
            password: "password1234".into(),
            consent: false,
        };
        let error = house.people.sign_up(&guest(), wrong).await.unwrap_err();
        assert_eq!(
            keys(&error),
            [
                "people-error-last-name",
                "people-error-first-name",
                "people-error-email",
                "people-error-password-common",
                "people-error-consent",
            ]
        );
        assert_eq!(house.count("person").await, 0);
        assert_eq!(house.count("journal").await, 0);
    }
}

#[tokio::test]
async fn nobody_learns_from_signing_up_who_has_an_account() {
    for house in houses() {
        let people = &house.people;
        let first = people
            .sign_up(&guest(), sign_up("anna@example.ru"))
            .await
            .unwrap();
        let stranger = SignUp {
            name: name("Чужой", "Человек"),
            password: "совсем другие слова".into(),
            ..sign_up("ANNA@example.ru")
        };
        let second = people.sign_up(&guest(), stranger).await.unwrap();
        assert_ne!(first, second);
        assert_eq!(house.count("account").await, 1);
        // The owner's password and name stay; the stranger's opens nothing.
        let error = people
            .sign_in("anna@example.ru", "совсем другие слова", address(1))
            .await
            .unwrap_err();
        assert_eq!(keys(&error), ["people-error-sign-in"]);
        let token = people
            .sign_in("anna@example.ru", PASSWORD, address(1))
            .await
            .unwrap();
        let known = people
            .session(token.as_str(), Language::Ru)
            .await
            .unwrap()
            .unwrap();
        assert_eq!(known.viewer.name, "Анна С.");
        // The owner can see that somebody tried, and nothing of what the stranger typed.
        let person = known.actor.person().unwrap();
        let journal = house.journal.clone();
        let history = house
            .store
            .read(move |db| journal.history(db, person.0))
            .await
            .unwrap();
        let actions: Vec<&str> = history.iter().map(|told| told.action.as_str()).collect();
        assert_eq!(actions, ["person.signed_up", "person.sign_up_repeated"]);
        assert!(history[1].fields.is_empty());
    }
}

#[tokio::test]
async fn two_sign_ups_with_one_email_at_once_make_one_account() {
    for house in houses() {
        let mut both = Vec::new();
        for _ in 0..2 {
            let people = house.people.clone();
            both.push(tokio::spawn(async move {
                people.sign_up(&guest(), sign_up("anna@example.ru")).await
            }));
        }
        for one in both {
            one.await.unwrap().unwrap();
        }
        assert_eq!(house.count("account").await, 1);
        assert_eq!(house.count("person").await, 1);
    }
}

#[tokio::test]
async fn wrong_password_unknown_email_and_no_email_get_one_answer() {
    for house in houses() {
        let people = &house.people;
        people
            .sign_up(&guest(), sign_up("anna@example.ru"))
            .await
            .unwrap();
        let long = "x".repeat(100_000);
        for (email, password) in [
            ("anna@example.ru", "не тот пароль вовсе"),
            ("nobody@example.ru", PASSWORD),
            ("nonsense", PASSWORD),
            ("anna@example.ru", long.as_str()),
        ] {
            let error = people
                .sign_in(email, password, address(1))
                .await
                .unwrap_err();
            assert_eq!(keys(&error), ["people-error-sign-in"], "{email}");
        }
        let error = people.sign_in(" ", "", address(1)).await.unwrap_err();
        assert_eq!(
            keys(&error),
            [
                "people-error-email-missing",
                "people-error-password-missing"
            ]
        );
        assert_eq!(house.count("session").await, 0);
    }
}

#[tokio::test]
async fn guessing_is_slowed_down_without_locking_the_owner_out() {
    for house in houses() {
        let people = &house.people;
        people
            .sign_up(&guest(), sign_up("anna@example.ru"))
            .await
            .unwrap();
        let mut refused = 0;
        for _ in 0..15 {
            let answer = people
                .sign_in("anna@example.ru", "не тот пароль", address(66))
                .await;
            refused += usize::from(matches!(answer, Err(Error::TooMany(1..))));
        }
        assert_eq!(refused, 5);
        people
            .sign_in("anna@example.ru", PASSWORD, address(1))
            .await
            .unwrap();
    }
}

#[tokio::test]
async fn nothing_of_a_person_is_stored_in_the_clear() {
    for house in houses() {
        house
            .people
            .sign_up(&guest(), sign_up("anna@example.ru"))
            .await
            .unwrap();
        // A colleague is corrected, once to its end and once not yet.
        house.with_units().await;
        let people = &house.people;
        house.add("galina@example.ru", Role::Administrator, None);
        house.add("boris@example.ru", Role::Head, Some("roads"));
        let galina = house.actor("galina@example.ru").await;
        let boris = people.account_of_email(&galina, "boris@example.ru").await;
        let boris = boris.unwrap();
        let lesnoy = name("Лесной", "Захар");
        people.correct_name(&galina, boris, &lesnoy).await.unwrap();
        for email in ["zahar@example.com", "lesnoy@example.org"] {
            let asked = people.correct_email(&galina, boris, email, PASSWORD, address(1));
            let WayIn::Link(link) = asked.await.unwrap() else {
                panic!("there are no letters");
            };
            if email == "zahar@example.com" {
                let token = link.rsplit('/').next().unwrap();
                people.agree_to_email(&guest(), token).await.unwrap();
            }
        }
        let seen = house
            .store
            .read(|db| {
                let mut seen: Vec<Vec<u8>> = Vec::new();
                for table in [
                    "person",
                    "account",
                    "grant_role",
                    "journal",
                    "journal_body",
                    "data_key",
                    "admin_act",
                    "email_change",
                    "account_token",
                    "account_confirmed",
                    "job",
                ] {
                    db.each(&format!("SELECT * FROM {table}"), &[], |row| {
                        for at in 0..row.width() {
                            match row.value(at)? {
                                store::Value::Text(text) => seen.push(text.as_bytes().to_vec()),
                                store::Value::Bytes(bytes) => seen.push(bytes.to_vec()),
                                _ => {}
                            }
                        }
                        Ok(())
                    })?;
                }
                Ok(seen)
            })
            .await
            .unwrap();
        assert!(seen.len() > 20, "the rows were read");
        for secret in [
            "anna",
            "example.",
            "Анна",
            "Смирнова",
            PASSWORD,
            "Ковалёв",
            "Лесной",
            "Захар",
            "boris",
            "zahar",
            "lesnoy",
            "•••",
        ] {
            let found = seen.iter().any(|bytes| {
                bytes
                    .windows(secret.len())
                    .any(|part| part == secret.as_bytes())
            });
            assert!(!found, "{secret} stands in a table");
        }
    }
}

#[tokio::test]
async fn head_of_the_ministry_reaches_its_units_and_no_other() {
    for house in houses() {
        house.with_units().await;
        let people = &house.people;
        let new = user("vera@example.ru", Role::Head, Some("ministry"));
        people
            .add_user_blocking(&Actor::system("user add"), &new)
            .unwrap();
        let token = people
            .sign_in("vera@example.ru", PASSWORD, address(1))
            .await
            .unwrap();
        let known = people
            .session(token.as_str(), Language::Ru)
            .await
            .unwrap()
            .unwrap();
        assert!(known.viewer.staff && !known.viewer.administrator);
        let units = people.units().await.unwrap();
        let id = |code: &str| units.by_code(code).unwrap().id;
        assert_eq!(known.actor.units().len(), 3);
        for code in ["ministry", "roads", "health"] {
            let subject = Subject::in_unit(id(code));
            assert!(
                allows(&known.actor, Permission::AgreeAnswer, &subject),
                "{code}"
            );
        }
        let city = Subject::in_unit(id("city"));
        assert!(!allows(&known.actor, Permission::ReadUnitCases, &city));
    }
}

#[tokio::test]
async fn administrator_without_a_unit_has_the_installation() {
    for house in houses() {
        house.with_units().await;
        let people = &house.people;
        let new = user("galina@example.ru", Role::Administrator, None);
        people
            .add_user_blocking(&Actor::system("user add"), &new)
            .unwrap();
        let token = people
            .sign_in("galina@example.ru", PASSWORD, address(1))
            .await
            .unwrap();
        let known = people
            .session(token.as_str(), Language::Ru)
            .await
            .unwrap()
            .unwrap();
        assert!(known.viewer.administrator);
        assert_eq!(known.actor.grants()[0].scope, Scope::Installation);
        assert_eq!(known.actor.units().len(), 4);
    }
}

#[tokio::test]
async fn users_are_added_with_what_their_role_needs() {
    for house in houses() {
        house.with_units().await;
        let people = &house.people;
        let operator = Actor::system("user add");
        for (role, unit, key) in [
            (Role::Specialist, None, "people-error-unit-missing"),
            (Role::Head, Some("nowhere"), "people-error-unit-unknown"),
            (
                Role::Applicant,
                Some("roads"),
                "people-error-unit-for-applicant",
            ),
        ] {
            let new = user("boris@example.ru", role, unit);
            let error = people.add_user_blocking(&operator, &new).unwrap_err();
            assert_eq!(keys(&error), [key]);
        }
        let new = user("boris@example.ru", Role::Specialist, Some("roads"));
        assert!(matches!(
            people.add_user_blocking(&guest(), &new),
            Err(Error::Unauthenticated)
        ));
        people.add_user_blocking(&operator, &new).unwrap();
        assert!(matches!(
            people.add_user_blocking(&operator, &new),
            Err(Error::Conflict("people-error-email-taken"))
        ));
        assert_eq!(house.count("account").await, 1);
    }
}

#[tokio::test]
async fn closed_account_is_out_at_once() {
    for house in houses() {
        let people = &house.people;
        people
            .sign_up(&guest(), sign_up("anna@example.ru"))
            .await
            .unwrap();
        let token = people
            .sign_in("anna@example.ru", PASSWORD, address(1))
            .await
            .unwrap();
        let journal = house.journal.clone();
        house
            .store
            .change(&Actor::system("test"), move |tx| {
                let account: base::id::AccountId =
                    tx.one("SELECT id FROM account", &[], |row| row.get(0))?;
                tx.write(
                    people::TABLES[1],
                    "UPDATE account SET state = 'closed' WHERE id = $1",
                    args![account],
                )?;
                journal.record(
                    tx,
                    journal::NewEntry {
                        action: "account.closed",
                        kind: "account",
                        id: account.0,
                        fields: vec![],
                        occurred_at: None,
                        key: journal.keys().installation(),
                        first: true,
                    },
                )?;
                Ok(())
            })
            .await
            .unwrap();
        assert!(
            people
                .session(token.as_str(), Language::Ru)
                .await
                .unwrap()
                .is_none()
        );
        let error = people
            .sign_in("anna@example.ru", PASSWORD, address(1))
            .await
            .unwrap_err();
        assert_eq!(keys(&error), ["people-error-sign-in"]);
    }
}

#[tokio::test]
async fn head_names_colleagues_of_own_units_and_specialist_none() {
    for house in houses() {
        house.with_units().await;
        let people = &house.people;
        for (email, role, unit) in [
            ("vera@example.ru", Role::Head, "ministry"),
            ("boris@example.ru", Role::Specialist, "roads"),
            ("dina@example.ru", Role::Specialist, "city"),
        ] {
            people
                .add_user_blocking(&Actor::system("user add"), &user(email, role, Some(unit)))
                .unwrap();
        }
        let actor = async |email: &str| {
            let token = people.sign_in(email, PASSWORD, address(1)).await.unwrap();
            let known = people.session(token.as_str(), Language::Ru).await.unwrap();
            known.unwrap().actor
        };
        let staff = people.staff(&actor("vera@example.ru").await).await.unwrap();
        let units = people.units().await.unwrap();
        let mut codes: Vec<&str> = staff
            .iter()
            .map(|member| units.unit(member.unit).unwrap().code.as_str())
            .collect();
        codes.sort_unstable();
        assert_eq!(codes, ["ministry", "roads"]);
        assert_eq!(staff[0].name.full(), "Ковалёв Борис");
        let boris = actor("boris@example.ru").await;
        assert!(matches!(people.staff(&boris).await, Err(Error::Forbidden)));
    }
}
