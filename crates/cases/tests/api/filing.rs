//! Filing: what comes back, sending the same again, and being slowed down.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::http::StatusCode;
use base::Role;
use cases::api::GuestLimit;
use serde_json::json;

use crate::house::{filing, houses, houses_with, with};

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_files_and_is_told_everything_needed_to_come_back() {
    for house in houses().await {
        let answer = house.file(&filing()).await;
        let filed = answer.json();
        assert_eq!(answer.status, StatusCode::CREATED, "{filed}");
        assert_eq!(answer.header("content-type"), "application/json");
        assert_eq!(answer.header("cache-control"), "no-store");
        assert_eq!(answer.header("location"), filed["links"]["self"]);
        assert_eq!(filed["state"], "registered");
        assert!(filed["number"].as_str().unwrap().starts_with("А-2026-"));
        assert!(filed["due_on"].as_str().unwrap() > "2026-11-20");
        assert!(filed["receipt"].as_str().unwrap().len() > 100);
        assert_eq!(filed["return_code"].as_str().unwrap().len(), 19);
        let mut without = filing();
        without.as_object_mut().unwrap().remove("consent");
        let without = house.file(&without).await;
        assert_eq!(
            without.status,
            StatusCode::CREATED,
            "consent may be left out"
        );
        let found = house.get(answer.header("location")).await;
        assert_eq!(found.json()["number"], filed["number"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_key_and_body_give_the_same_bytes_and_one_case() {
    for house in houses().await {
        let key = [("idempotency-key", "order-1")];
        let first = house.file_with(&filing(), &key).await;
        assert_eq!(first.status, StatusCode::CREATED, "{}", first.json());
        house.clock.advance_seconds(3600);
        let english = [("idempotency-key", "order-1"), ("accept-language", "en")];
        let again = house.file_with(&filing(), &english).await;
        assert_eq!((again.status, &again.body), (first.status, &first.body));
        assert_eq!(again.header("location"), first.header("location"));
        assert_eq!(house.count("case_file").await, 1);

        let other = with(filing(), "/fields/subject", json!("Другое"));
        assert_eq!(
            house.file_with(&other, &key).await.wrong(),
            ["Idempotency-Key"]
        );
        let another_key = [("idempotency-key", "order-2")];
        assert_eq!(
            house.file_with(&other, &another_key).await.status,
            StatusCode::CREATED
        );
        assert_eq!(house.count("case_file").await, 2);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_filing_does_not_use_its_key_up() {
    for house in houses().await {
        let key = [("idempotency-key", "k")];
        let bad = with(filing(), "/fields/subject", json!(""));
        assert_eq!(
            house.file_with(&bad, &key).await.wrong(),
            ["fields.subject"]
        );
        assert_eq!(
            house.file_with(&filing(), &key).await.status,
            StatusCode::CREATED
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_repeats_at_once_make_one_case() {
    for house in houses().await {
        let house = Arc::new(house);
        let tasks: Vec<_> = (0..50)
            .map(|_| {
                let house = Arc::clone(&house);
                tokio::spawn(async move {
                    let answer = house
                        .file_with(&filing(), &[("idempotency-key", "storm")])
                        .await;
                    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.json());
                    answer.body
                })
            })
            .collect();
        let mut answers = BTreeSet::new();
        for task in tasks {
            answers.insert(task.await.unwrap());
        }
        assert_eq!(answers.len(), 1);
        assert_eq!(house.count("case_file").await, 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn accounts_do_not_meet_each_others_keys() {
    for house in houses().await {
        let mut numbers = BTreeSet::new();
        for _ in 0..2 {
            let cookie = house.signed_in(Role::Applicant, None).await;
            let headers = [("idempotency-key", "mine"), ("cookie", cookie.as_str())];
            let filed = house.file_with(&filing(), &headers).await.json();
            assert_eq!(
                filed["return_code"],
                json!(null),
                "an account needs no code"
            );
            numbers.insert(filed["number"].to_string());
        }
        assert_eq!(numbers.len(), 2);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn guests_are_slowed_down_and_told_when_to_go_on() {
    let limit = GuestLimit {
        burst: 3,
        per_second: 0.1,
    };
    for house in houses_with(limit).await {
        for _ in 0..3 {
            house.filed(&filing()).await;
        }
        let refused = house.file(&filing()).await;
        refused.problem(429);
        assert_eq!(refused.header("retry-after"), "10");
        let cookie = house.signed_in(Role::Applicant, None).await;
        let signed_in = house.file_with(&filing(), &[("cookie", &cookie)]).await;
        assert_eq!(signed_in.status, StatusCode::CREATED);
        house.clock.advance_seconds(10);
        house.filed(&filing()).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn programs_of_any_origin_may_file_but_a_borrowed_cookie_may_not() {
    for house in houses().await {
        let origin = ("origin", "https://elsewhere.example");
        let site = ("sec-fetch-site", "cross-site");
        assert_eq!(
            house.file_with(&filing(), &[origin, site]).await.status,
            StatusCode::CREATED
        );
        let cookie = house.signed_in(Role::Applicant, None).await;
        let forged = house
            .file_with(&filing(), &[origin, site, ("cookie", &cookie)])
            .await;
        forged.problem(403);
        assert_eq!(house.count("case_file").await, 1);
    }
}
