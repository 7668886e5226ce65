//! How long one stays signed in, and how one leaves.

use base::{Actor, Language, Role};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::house::{PASSWORD, address, guest, houses, sign_up, user};

#[tokio::test]
async fn applicant_stays_signed_in_while_coming_back() {
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
        let still = async || {
            people
                .session(token.as_str(), Language::Ru)
                .await
                .unwrap()
                .is_some()
        };
        for _ in 0..4 {
            house.clock.advance_seconds(11 * 3600);
            assert!(still().await);
        }
        house.clock.advance_seconds(12 * 3600);
        assert!(!still().await);
        house.clock.advance_seconds(-44 * 3600 - 12 * 3600);
    }
}

#[tokio::test]
async fn staff_leave_after_an_idle_hour() {
    for house in houses() {
        house.with_units().await;
        let people = house.people.clone();
        let new = user("boris@example.ru", Role::Specialist, Some("roads"));
        people
            .add_user_blocking(&Actor::system("user add"), &new)
            .unwrap();
        let token = people
            .sign_in("boris@example.ru", PASSWORD, address(1))
            .await
            .unwrap();
        let still = async || {
            people
                .session(token.as_str(), Language::Ru)
                .await
                .unwrap()
                .is_some()
        };
        house.clock.advance_seconds(50 * 60);
        assert!(still().await);
        house.clock.advance_seconds(50 * 60);
        assert!(still().await);
        house.clock.advance_seconds(3600);
        assert!(!still().await);
        // The next sign-in sweeps what has run out.
        people
            .sign_in("boris@example.ru", PASSWORD, address(1))
            .await
            .unwrap();
        assert_eq!(house.count("session").await, 1);
        house.clock.advance_seconds(-100 * 60 - 3600);
    }
}

#[tokio::test]
async fn sign_out_ends_one_session_or_all() {
    for house in houses() {
        let people = &house.people;
        people
            .sign_up(&guest(), sign_up("anna@example.ru"))
            .await
            .unwrap();
        let mut tokens = Vec::new();
        for n in 1..4 {
            let token = people
                .sign_in("anna@example.ru", PASSWORD, address(n))
                .await
                .unwrap();
            tokens.push(token);
        }
        let known = people
            .session(tokens[0].as_str(), Language::Ru)
            .await
            .unwrap()
            .unwrap();
        assert_eq!(
            people.open_sessions(&known.actor, "").await.unwrap().len(),
            3
        );
        people.sign_out(tokens[1].as_str()).await.unwrap();
        people.sign_out("no such token").await.unwrap();
        assert!(
            people
                .session(tokens[1].as_str(), Language::Ru)
                .await
                .unwrap()
                .is_none()
        );
        assert!(
            people
                .session(tokens[2].as_str(), Language::Ru)
                .await
                .unwrap()
                .is_some()
        );
        people.sign_out_everywhere(&known.actor).await.unwrap();
        assert!(
            people
                .session(tokens[2].as_str(), Language::Ru)
                .await
                .unwrap()
                .is_none()
        );
        assert_eq!(house.count("session").await, 0);
    }
}

#[tokio::test]
async fn the_table_of_sessions_signs_nobody_in() {
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
        let stored: [u8; 32] = house
            .store
            .read(|db| db.one("SELECT token_hash FROM session", &[], |row| row.get(0)))
            .await
            .unwrap();
        let shown = URL_SAFE_NO_PAD.encode(stored);
        assert_ne!(token.as_str(), shown);
        assert!(
            people
                .session(&shown, Language::Ru)
                .await
                .unwrap()
                .is_none()
        );
    }
}

#[tokio::test]
async fn sessions_of_one_account_stay_few() {
    for house in houses() {
        let people = &house.people;
        people
            .sign_up(&guest(), sign_up("anna@example.ru"))
            .await
            .unwrap();
        for n in 0..25 {
            house.clock.advance_seconds(360);
            people
                .sign_in("anna@example.ru", PASSWORD, address(n))
                .await
                .unwrap();
        }
        assert_eq!(house.count("session").await, 20);
    }
}
