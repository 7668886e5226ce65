//! The second factor: setting it up, signing in with it, replays, recovery codes, guessing.

use base::{Actor, Error, Language, Role};
use people::codes::SetUp;
use people::{Entered, Entry, From, PendingToken};
use totp_rs::{Algorithm, Builder, Secret};

use crate::house::{House, PASSWORD, address, houses, houses_with_second_factor};
use crate::pages::{Browser, encoded};

fn from(n: u8) -> From {
    From {
        client: address(n),
        device: String::new(),
    }
}

/// The code that the app shows now.
fn code(house: &House, shown: &SetUp) -> String {
    let secret = Secret::try_from_base32(shown.secret.replace(' ', "")).unwrap();
    let totp = Builder::new()
        .with_algorithm(Algorithm::SHA1)
        .with_secret(secret)
        .build()
        .unwrap();
    let now = u64::try_from(house.clock.now().micros() / 1_000_000).unwrap();
    totp.generate(now).to_string()
}

async fn password(house: &House, email: &str) -> Entry {
    house.people.enter(email, PASSWORD, from(1)).await.unwrap()
}

async fn awaited(house: &House, email: &str) -> PendingToken {
    match password(house, email).await {
        Entry::Code(token) => token,
        other => panic!("{other:?}"),
    }
}

/// Sets the second factor up at the first sign-in.
async fn set_up(house: &House, email: &str) -> (SetUp, Entered) {
    let Entry::SetUp(token) = password(house, email).await else {
        panic!("the second factor is not asked for");
    };
    let shown = house.people.awaited(token.as_str()).await.unwrap().unwrap();
    let entered = house
        .people
        .enter_code(token.as_str(), &code(house, &shown), from(1))
        .await
        .unwrap();
    (shown, entered)
}

async fn actor(house: &House, entered: &Entered) -> Actor {
    let known = house.people.session(entered.token.as_str(), Language::Ru);
    known.await.unwrap().unwrap().actor
}

#[tokio::test]
async fn staff_set_the_second_factor_up_before_they_are_let_in() {
    for house in houses_with_second_factor() {
        house.with_units().await;
        house.add("boris@example.ru", Role::Specialist, Some("roads"));
        let (shown, entered) = set_up(&house, "boris@example.ru").await;
        assert_eq!(entered.codes.as_ref().unwrap().texts().len(), 10);
        assert_eq!(house.count("session").await, 1);
        // The password alone is not enough any more, and the same code is not taken again.
        let token = awaited(&house, "boris@example.ru").await;
        assert!(
            house
                .people
                .awaited(token.as_str())
                .await
                .unwrap()
                .is_none()
        );
        let same = code(&house, &shown);
        let replayed = house
            .people
            .enter_code(token.as_str(), &same, from(2))
            .await;
        assert!(matches!(replayed, Err(Error::Invalid(_))));
        house.clock.advance_seconds(30);
        let next = code(&house, &shown);
        house
            .people
            .enter_code(token.as_str(), &next, from(2))
            .await
            .unwrap();
        // The token between password and code is used up.
        assert!(matches!(
            house
                .people
                .enter_code(token.as_str(), &next, from(2))
                .await,
            Err(Error::NotFound)
        ));
        house.clock.advance_seconds(-30);
    }
}

#[tokio::test]
async fn an_older_code_is_not_taken_after_a_newer_one() {
    for house in houses_with_second_factor() {
        house.with_units().await;
        house.add("boris@example.ru", Role::Specialist, Some("roads"));
        let Entry::SetUp(token) = password(&house, "boris@example.ru").await else {
            panic!("the second factor is not asked for");
        };
        let shown = house.people.awaited(token.as_str()).await.unwrap().unwrap();
        let old = code(&house, &shown);
        house.clock.advance_seconds(30);
        let new = code(&house, &shown);
        house
            .people
            .enter_code(token.as_str(), &new, from(1))
            .await
            .unwrap();
        // Still inside the window of one step, and yet refused.
        let token = awaited(&house, "boris@example.ru").await;
        let refused = house.people.enter_code(token.as_str(), &old, from(1)).await;
        assert!(matches!(refused, Err(Error::Invalid(_))));
        house.clock.advance_seconds(-30);
    }
}

#[tokio::test]
async fn codes_are_not_guessed() {
    for house in houses_with_second_factor() {
        house.with_units().await;
        house.add("boris@example.ru", Role::Specialist, Some("roads"));
        let (shown, _) = set_up(&house, "boris@example.ru").await;
        house.clock.advance_seconds(60);
        let right = code(&house, &shown);
        let wrong = if right == "000000" {
            "000001"
        } else {
            "000000"
        };
        let token = awaited(&house, "boris@example.ru").await;
        for _ in 0..5 {
            let refused = house
                .people
                .enter_code(token.as_str(), wrong, from(1))
                .await;
            assert!(matches!(refused, Err(Error::Invalid(_))));
        }
        // Five tries, and even the right one comes too late.
        assert!(matches!(
            house
                .people
                .enter_code(token.as_str(), &right, from(1))
                .await,
            Err(Error::NotFound)
        ));
        let mut slowed = false;
        for n in 0..4 {
            let token = match house
                .people
                .enter("boris@example.ru", PASSWORD, from(10 + n))
                .await
                .unwrap()
            {
                Entry::Code(token) => token,
                other => panic!("{other:?}"),
            };
            for _ in 0..5 {
                let answer = house
                    .people
                    .enter_code(token.as_str(), wrong, from(n))
                    .await;
                slowed |= matches!(answer, Err(Error::TooMany(_)));
            }
        }
        assert!(slowed, "new passwords do not buy more codes");
        house.clock.advance_seconds(-60);
    }
}

#[tokio::test]
async fn a_recovery_code_lets_in_once_and_its_owner_is_told() {
    for house in houses_with_second_factor() {
        house.with_units().await;
        house.add("boris@example.ru", Role::Specialist, Some("roads"));
        let (_, entered) = set_up(&house, "boris@example.ru").await;
        let recovery = entered.codes.unwrap().texts()[3].to_uppercase();
        let before = house.letters().await.len();
        let token = awaited(&house, "boris@example.ru").await;
        house
            .people
            .enter_code(token.as_str(), &recovery, from(1))
            .await
            .unwrap();
        assert_eq!(house.letters().await.len(), before + 1);
        let token = awaited(&house, "boris@example.ru").await;
        let again = house
            .people
            .enter_code(token.as_str(), &recovery, from(1))
            .await;
        assert!(matches!(again, Err(Error::Invalid(_))));
    }
}

#[tokio::test]
async fn a_code_of_one_person_does_not_let_another_in() {
    for house in houses_with_second_factor() {
        house.with_units().await;
        house.add("boris@example.ru", Role::Specialist, Some("roads"));
        house.add("vera@example.ru", Role::Head, Some("roads"));
        let (_, boris) = set_up(&house, "boris@example.ru").await;
        set_up(&house, "vera@example.ru").await;
        house.clock.advance_seconds(60);
        let token = awaited(&house, "vera@example.ru").await;
        let foreign = boris.codes.unwrap().texts()[0].clone();
        let refused = house
            .people
            .enter_code(token.as_str(), &foreign, from(1))
            .await;
        assert!(matches!(refused, Err(Error::Invalid(_))));
        house.clock.advance_seconds(-60);
    }
}

#[tokio::test]
async fn between_password_and_code_somebody_is_a_guest() {
    for house in houses_with_second_factor() {
        house.with_units().await;
        house.add("boris@example.ru", Role::Specialist, Some("roads"));
        let mut browser = Browser::of(&house);
        let form = encoded(&[("email", "boris@example.ru"), ("password", PASSWORD)]);
        let asked = browser.post("/sign-in", &form).await;
        assert_eq!(asked.location(), "/sign-in/code");
        assert!(asked.session().is_none());
        browser.cookie = asked.cookie("pending=").unwrap();
        assert_eq!(browser.get("/whoami").await.body, "guest false");
        let page = browser.get("/sign-in/code").await;
        assert!(
            page.body.contains("<svg width"),
            "the picture for the phone"
        );
        // Without the cookie the way begins anew.
        browser.cookie = String::new();
        assert_eq!(browser.get("/sign-in/code").await.location(), "/sign-in");
        assert!(
            house
                .people
                .sign_in("boris@example.ru", PASSWORD, address(1))
                .await
                .is_err()
        );
    }
}

#[tokio::test]
async fn anybody_may_have_a_second_factor_and_end_it_but_staff_may_not() {
    for (at, house) in houses().into_iter().map(|house| (false, house)).chain(
        houses_with_second_factor()
            .into_iter()
            .map(|house| (true, house)),
    ) {
        let people = &house.people;
        house.with_units().await;
        house.add("boris@example.ru", Role::Specialist, Some("roads"));
        let boris = if at {
            let (_, entered) = set_up(&house, "boris@example.ru").await;
            actor(&house, &entered).await
        } else {
            let boris = house.actor("boris@example.ru").await;
            assert!(
                people
                    .begin_second_factor(&boris, "не тот", address(1))
                    .await
                    .is_err()
            );
            let (shown, token) = people
                .begin_second_factor(&boris, PASSWORD, address(1))
                .await
                .unwrap();
            let code = code(&house, &shown);
            people
                .finish_second_factor(&boris, &token, &code)
                .await
                .unwrap();
            boris
        };
        let state = people.second_factor(&boris).await.unwrap();
        assert!(state.on && state.codes_left == 10 && state.required == at);
        people
            .renew_recovery_codes(&boris, PASSWORD, address(1))
            .await
            .unwrap();
        let ended = people.end_second_factor(&boris, PASSWORD, address(1)).await;
        assert_eq!(ended.is_err(), at);
    }
}
