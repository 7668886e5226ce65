//! Reading: who is shown what of a case, the register with its filters and pages, the lists.

use std::collections::BTreeSet;

use base::Role;
use serde_json::{Value, json};

use crate::document::fits;
use crate::house::{House, filing, houses, with};

/// Everything that only the applicant and the staff in charge may see.
const PERSONAL: [&str; 5] = [
    "Смирнова",
    "anna@example.org",
    "Лесная",
    "скорая",
    "Не убирают снег",
];

fn hides(body: &[u8]) -> bool {
    let text = String::from_utf8_lossy(body);
    PERSONAL.iter().all(|part| !text.contains(part))
}

#[tokio::test(flavor = "multi_thread")]
async fn anybody_reads_the_public_part_and_nothing_personal() {
    for house in houses().await {
        let (address, number, _) = house.filed(&filing()).await;
        let answer = house.get_with(&address, &[("accept-language", "en")]).await;
        assert!(hides(&answer.body));
        let case = answer.json();
        assert_eq!(case["number"], number);
        assert_eq!(case["kind"], "complaint");
        assert_eq!(case["category"]["code"], "roads.snow");
        assert_eq!(case["unit"], json!({"code": "roads", "name": "Body roads"}));
        assert_eq!(case["state"], "accepted");
        assert_eq!(case["carried_over"], false);
        assert_eq!(case["received_at"], "2026-11-20T09:00:00Z");
        assert!(case["inside"].is_null());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_is_read_as_people_type_it() {
    for house in houses().await {
        let (_, number, _) = house.filed(&filing()).await;
        let digits: String = number.chars().filter(char::is_ascii_digit).collect();
        for typed in [
            number.replace('А', "%D0%90"),
            number.replace('А', "a"),
            number.replace('А', "A").replace('-', "%20%E2%80%94%20"),
            format!("A{digits}"),
        ] {
            let found = house.get(&format!("/api/v1/cases/{typed}")).await.json();
            assert_eq!(found["number"], number, "{typed}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_return_code_opens_the_case_and_a_wrong_one_does_not() {
    for house in houses().await {
        let (address, number, code) = house.filed(&filing()).await;
        let specialist = house.signed_in(Role::Specialist, Some("roads")).await;
        house
            .message_from_staff(&number, &specialist, "Уточните подъезд")
            .await;
        let answer = house
            .get_with(&address, &[("x-return-code", &code.to_lowercase())])
            .await;
        assert_eq!(answer.header("cache-control"), "no-store");
        let inside = &answer.json()["inside"];
        assert_eq!(inside["side"], "applicant");
        assert_eq!(inside["state"], "in_work");
        assert_eq!(inside["applicant"]["last_name"], "Смирнова");
        assert_eq!(inside["place"], filing()["place"]);
        assert_eq!(inside["fields"], filing()["fields"]);
        assert_eq!(inside["messages"][0]["text"], "Уточните подъезд");
        assert_eq!(inside["waits_for"], "applicant");
        let steps = inside["term"]["steps"].as_array().unwrap();
        assert!(steps.len() >= 3);
        assert!(
            steps
                .iter()
                .all(|step| !step["text"].as_str().unwrap().contains("law-"))
        );

        let (_, _, foreign) = house.filed(&filing()).await;
        for wrong in ["0000-0000-0000-0000", &foreign, "", "x"] {
            let refused = house.get_with(&address, &[("x-return-code", wrong)]).await;
            assert!(hides(&refused.body));
            assert_eq!(refused.wrong(), ["X-Return-Code"], "{wrong}");
        }
        let mut last = house
            .get_with(&address, &[("x-return-code", "guess")])
            .await;
        for _ in 0..10 {
            last = house
                .get_with(&address, &[("x-return-code", "guess")])
                .await;
        }
        last.problem(429);
        assert!(!last.header("retry-after").is_empty());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn owners_and_staff_in_charge_read_it_and_others_do_not() {
    for house in houses().await {
        let owner = house.signed_in(Role::Applicant, None).await;
        let answer = house.file_with(&filing(), &[("cookie", &owner)]).await;
        let address = answer.header("location").to_owned();
        for (role, unit, side) in [
            (Role::Specialist, Some("roads"), Some("staff")),
            (Role::Head, Some("roads"), Some("staff")),
            (Role::Specialist, Some("health"), None),
            (Role::Applicant, None, None),
            (Role::Administrator, None, None),
        ] {
            let cookie = house.signed_in(role, unit).await;
            let read = house.get_with(&address, &[("cookie", &cookie)]).await;
            assert_eq!(read.status, 200);
            assert_eq!(
                read.json()["inside"]["side"].as_str(),
                side,
                "{role:?} {unit:?}"
            );
            assert_eq!(hides(&read.body), side.is_none(), "{role:?} {unit:?}");
        }
        let read = house.get_with(&address, &[("cookie", &owner)]).await.json();
        assert_eq!(read["inside"]["side"], "applicant");
        // A code does not open what an account filed.
        let refused = house
            .get_with(&address, &[("x-return-code", "0000-0000-0000-0000")])
            .await;
        assert_eq!(refused.wrong(), ["X-Return-Code"]);
    }
}

async fn numbers(house: &House, query: &str) -> Vec<String> {
    let page = house.get(&format!("/api/v1/register?{query}")).await;
    assert!(hides(&page.body));
    let items = page.json()["items"].as_array().unwrap().clone();
    items
        .iter()
        .map(|item| item["number"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_register_is_filtered_by_codes() {
    for house in houses().await {
        let (_, roads, _) = house.filed(&filing()).await;
        house.clock.advance_seconds(1);
        let (_, health, _) = house
            .filed(&with(filing(), "/category", json!("health")))
            .await;
        let cookie = house.signed_in(Role::Specialist, Some("roads")).await;
        house.message_from_staff(&roads, &cookie, "Работаем").await;
        for (query, expected) in [
            ("", vec![&health, &roads]),
            ("category=roads", vec![&roads]),
            ("category=roads.snow", vec![&roads]),
            ("category=health.snow", vec![]),
            ("unit=health", vec![&health]),
            ("state=accepted", vec![&health]),
            ("state=in_work&unit=roads&category=roads", vec![&roads]),
            ("state=finished", vec![]),
            ("category=&limit=1", vec![&health]),
        ] {
            assert_eq!(
                numbers(&house, query).await.iter().collect::<Vec<_>>(),
                expected,
                "{query}"
            );
        }
        for (query, wrong) in [
            ("category=nothing", vec!["category"]),
            ("unit=nothing&state=lost", vec!["state", "unit"]),
            ("limit=0", vec!["limit"]),
            ("limit=201", vec!["limit"]),
            ("limit=-1", vec!["limit"]),
            ("limit=many", vec!["limit"]),
            ("after=nonsense", vec!["after"]),
            ("categroy=roads", vec!["categroy"]),
            ("state=accepted&state=accepted", vec!["state"]),
            ("category=%FF%00", vec!["category"]),
        ] {
            assert_eq!(
                house
                    .get(&format!("/api/v1/register?{query}"))
                    .await
                    .wrong(),
                wrong,
                "{query}"
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn walking_the_register_shows_each_case_once_while_others_arrive() {
    for house in houses().await {
        let mut expected = BTreeSet::new();
        for n in 0..23 {
            // Some share a moment: the cursor has to tell them apart.
            house.clock.advance_seconds(n % 2);
            expected.insert(house.filed(&filing()).await.1);
        }
        let mut seen = Vec::new();
        let mut query = "limit=5".to_owned();
        loop {
            let page = house.get(&format!("/api/v1/register?{query}")).await.json();
            for item in page["items"].as_array().unwrap() {
                seen.push(item["number"].as_str().unwrap().to_owned());
            }
            house.clock.advance_seconds(1);
            house.filed(&filing()).await;
            match &page["next"] {
                Value::String(next) => query = format!("limit=5&after={next}"),
                none => {
                    assert!(none.is_null());
                    break;
                }
            }
        }
        assert_eq!(seen.len(), 23);
        assert_eq!(seen.into_iter().collect::<BTreeSet<_>>(), expected);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_lists_hold_what_a_filing_names() {
    for house in houses().await {
        let services = house.get("/api/v1/services").await.json();
        let codes: Vec<&str> = services["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|service| service["code"].as_str().unwrap())
            .collect();
        assert_eq!(codes[..3], ["complaint", "online", "information"]);
        assert!(codes.contains(&"certificate") && !codes.contains(&"official"));
        let service = house.get("/api/v1/services/complaint").await.json();
        let schema = &service["schema"];
        assert_eq!(
            schema["properties"]["service"],
            json!({"const": "complaint"})
        );
        assert_eq!(
            schema["properties"]["fields"]["properties"]["subject"]["maxLength"],
            120
        );

        for (list, expected) in [
            (
                "categories",
                vec!["health", "health.snow", "roads", "roads.snow"],
            ),
            ("units", vec!["health", "roads"]),
            ("territories", vec!["region", "ozernoye"]),
        ] {
            let mut seen = Vec::new();
            let mut query = "limit=1".to_owned();
            loop {
                let page = house.get(&format!("/api/v1/{list}?{query}")).await.json();
                let item = &page["items"][0];
                assert_eq!(page["items"].as_array().unwrap().len(), 1);
                assert!(!item["name"].as_str().unwrap().is_empty());
                seen.push(item["code"].as_str().unwrap().to_owned());
                match page["next"].as_str() {
                    Some(next) => query = format!("limit=1&after={next}"),
                    None => break,
                }
            }
            assert_eq!(seen, expected);
            assert_eq!(
                house
                    .get(&format!("/api/v1/{list}?after=nothing"))
                    .await
                    .wrong(),
                ["after"]
            );
            assert_eq!(
                house
                    .get(&format!("/api/v1/{list}?limit=1001"))
                    .await
                    .wrong(),
                ["limit"]
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_terms_of_a_service_are_told_with_their_articles() {
    let house = houses().await.remove(0);
    let told = house.get("/api/v1/services/complaint/terms").await.json();
    fits(&house.document, "ServiceTerms", &told);
    let terms = told["terms"].as_array().unwrap();
    let answer = terms
        .iter()
        .find(|term| term["rule"] == "fz59.answer" && term["kind"] == "limit")
        .unwrap();
    assert_eq!(
        (&answer["days"], &answer["unit"]),
        (&json!(30), &json!("calendar_days"))
    );
    assert!(answer["article"].as_str().unwrap().contains("12"));
    assert!(terms.iter().any(|term| term["kind"] == "extension"));
    house.get("/api/v1/services/none/terms").await.problem(404);
}
