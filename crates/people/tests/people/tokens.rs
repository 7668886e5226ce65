//! Tokens for programs: what they open, for how long, and what is left of them.

use base::{Actor, Error, Language, Role, Who};
use jiff::civil::Date;
use people::{NewUser, People, TokenText, TokenWish};
use web::api::{TokenScope, TokenScopes};

use crate::house::{
    House, PASSWORD, address, guest, houses, houses_with_mail, houses_with_second_factor, sign_up,
    user,
};

async fn signed_in(people: &People, email: &str) -> Actor {
    let token = people.sign_in(email, PASSWORD, address(1)).await.unwrap();
    let known = people.session(token.as_str(), Language::Ru).await.unwrap();
    known.unwrap().actor
}

async fn anna(house: &House) -> Actor {
    let people = &house.people;
    people
        .sign_up(&guest(), sign_up("anna@example.ru"))
        .await
        .unwrap();
    signed_in(people, "anna@example.ru").await
}

/// A house's clock stands at 21 November 2026.
fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn wish(scopes: &[TokenScope]) -> TokenWish {
    TokenWish {
        name: "Ночная выгрузка".into(),
        scopes: scopes.iter().copied().collect(),
        until: Some(day("2026-11-30")),
    }
}

async fn made(people: &People, actor: &Actor, scopes: &[TokenScope]) -> TokenText {
    people
        .make_token(actor, wish(scopes), PASSWORD, address(1))
        .await
        .unwrap()
}

fn wrong(made: Result<TokenText, Error>) -> Vec<String> {
    match made {
        Err(Error::Invalid(errors)) => errors.into_iter().map(|error| error.field).collect(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_token_acts_as_its_account_until_its_day_is_over_or_it_is_revoked() {
    for house in houses() {
        let people = &house.people;
        let anna = anna(&house).await;
        let token = made(people, &anna, &[TokenScope::CasesRead]).await;
        assert!(token.as_str().starts_with("okno_"));
        assert!(!format!("{token:?}").contains("okno_"));
        let known = async |text: &str| people.bearer(text, Language::En).await.unwrap();
        let bearer = known(token.as_str()).await.unwrap();
        assert_eq!(bearer.signed_in.actor.account(), anna.account());
        assert_eq!(bearer.scopes.to_string(), "cases:read");
        for foreign in [
            "",
            "okno_",
            &token.as_str()[5..],
            &format!("{}x", token.as_str()),
        ] {
            assert!(known(foreign).await.is_none(), "{foreign}");
        }

        let listed = people.personal_tokens(&anna).await.unwrap();
        assert_eq!(listed.len(), 1);
        assert_eq!(listed[0].name, "Ночная выгрузка");
        assert!(listed[0].used_at.is_some());
        house.clock.advance_seconds(9 * 24 * 3600);
        assert!(known(token.as_str()).await.is_some(), "on its last day");
        house.clock.advance_seconds(24 * 3600);
        assert!(known(token.as_str()).await.is_none());
        house.clock.advance_seconds(-10 * 24 * 3600);

        people.revoke_token(&anna, listed[0].id).await.unwrap();
        assert!(known(token.as_str()).await.is_none());
        assert!(people.personal_tokens(&anna).await.unwrap().is_empty());
        let again = people.revoke_token(&anna, listed[0].id).await;
        assert!(matches!(again, Err(Error::NotFound)));
    }
}

#[tokio::test]
async fn nothing_of_a_token_but_its_hash_is_kept() {
    for house in houses() {
        let anna = anna(&house).await;
        let token = made(&house.people, &anna, &[TokenScope::CasesRead]).await;
        let secret = token.as_str()[5..].to_owned();
        let rows: Vec<String> = house
            .store
            .read(|db| {
                db.query(
                    "SELECT scopes, token_hash, name FROM personal_token",
                    &[],
                    |row| {
                        let hash: Vec<u8> = row.get(1)?;
                        let name: Vec<u8> = row.get(2)?;
                        let text = String::from_utf8_lossy(&[hash, name].concat()).into_owned();
                        Ok(row.get::<String>(0)? + &text)
                    },
                )
            })
            .await
            .unwrap();
        assert_eq!(rows.len(), 1);
        assert!(!rows[0].contains(&secret));
        assert!(!rows[0].contains("Ночная"), "its name is sealed");
    }
}

#[tokio::test]
async fn a_wish_names_what_the_account_may_and_a_day_within_a_year() {
    for house in houses() {
        let people = &house.people;
        let anna = anna(&house).await;
        let ask = async |wish: TokenWish, password: &str| {
            people.make_token(&anna, wish, password, address(1)).await
        };
        let reads = wish(&[TokenScope::CasesRead]);
        let none = TokenWish {
            name: " ".into(),
            scopes: TokenScopes::default(),
            until: None,
        };
        assert_eq!(wrong(ask(none, PASSWORD).await), ["name", "scope", "until"]);
        let desk = wish(&[TokenScope::CasesRead, TokenScope::DeskRead]);
        assert_eq!(wrong(ask(desk, PASSWORD).await), ["scope"]);
        for until in ["2026-11-20", "2027-11-23"] {
            let late = TokenWish {
                until: Some(day(until)),
                ..reads.clone()
            };
            assert_eq!(wrong(ask(late, PASSWORD).await), ["until"], "{until}");
        }
        assert_eq!(wrong(ask(reads.clone(), "не тот").await), ["current"]);
        assert!(ask(reads, PASSWORD).await.is_ok());
    }
}

#[tokio::test]
async fn a_role_taken_away_is_gone_from_the_token_too() {
    for house in houses() {
        house.with_units().await;
        let people = house.people.clone();
        let new: NewUser = user("boris@example.ru", Role::Specialist, Some("roads"));
        people
            .add_user_blocking(&Actor::system("user add"), &new)
            .unwrap();
        let boris = signed_in(&people, "boris@example.ru").await;
        let token = made(&people, &boris, &[TokenScope::DeskRead]).await;
        let actor = async || {
            let bearer = people.bearer(token.as_str(), Language::Ru).await.unwrap();
            bearer.map(|bearer| bearer.signed_in.actor)
        };
        assert!(actor().await.unwrap().has_role(Role::Specialist));
        let galina = user("galina@example.ru", Role::Administrator, None);
        people
            .add_user_blocking(&Actor::system("user add"), &galina)
            .unwrap();
        let galina = signed_in(&people, "galina@example.ru").await;
        let account = boris.account().unwrap();
        let card = people.card(&galina, account).await.unwrap();
        people
            .take_role(&galina, account, card.grants[0].0)
            .await
            .unwrap();
        assert!(!actor().await.unwrap().has_role(Role::Specialist));
        people.end_sessions_of(&galina, account).await.unwrap();
        assert!(actor().await.is_none(), "all ways in were ended");
        people
            .switch_account(&galina, account, false)
            .await
            .unwrap();
        people.switch_account(&galina, account, true).await.unwrap();
        assert!(actor().await.is_none(), "it does not come back");
    }
}

#[tokio::test]
async fn staff_who_need_a_second_factor_have_it_before_they_have_a_token() {
    for house in houses_with_second_factor() {
        house.with_units().await;
        let people = house.people.clone();
        let new = user("boris@example.ru", Role::Specialist, Some("roads"));
        let account = people
            .add_user_blocking(&Actor::system("user add"), &new)
            .unwrap();
        // Signed in before it was needed.
        let boris = Actor {
            who: Who::Account {
                account,
                person: base::id::PersonId(uuid::Uuid::nil()),
                grants: Vec::new(),
                units: Vec::new(),
            },
            language: Language::Ru,
        };
        let made = people
            .make_token(&boris, wish(&[TokenScope::CasesRead]), PASSWORD, address(1))
            .await;
        assert!(matches!(
            made,
            Err(Error::Conflict("people-error-token-second-factor"))
        ));
    }
}

#[tokio::test]
async fn the_owner_is_written_to_when_a_token_is_made() {
    for house in houses_with_mail() {
        let anna = anna(&house).await;
        let before = house.letters().await.len();
        made(&house.people, &anna, &[TokenScope::CasesRead]).await;
        let letters = house.letters().await;
        assert_eq!(letters.len(), before + 1);
        assert!(!letters[before].text.contains("okno_"));
    }
}
