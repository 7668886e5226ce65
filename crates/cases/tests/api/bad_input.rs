//! What a client can get wrong: each gets a sentence and the place, nothing is filed, nothing is
//! our fault.

use axum::http::Request;
use serde_json::{Value, json};

use crate::house::{House, filing, houses, with, without};

async fn raw(house: &House, kind: &str, body: impl Into<axum::body::Body>) -> crate::house::Answer {
    house
        .send(
            Request::post("/api/v1/cases").header("content-type", kind),
            body,
        )
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_read_is_refused_in_a_sentence() {
    for house in houses().await {
        let deep = "[".repeat(200_000);
        let deep_inside = filing()
            .to_string()
            .replacen("true", &"{\"a\":".repeat(30_000), 1);
        for body in ["", "{", "no", "{\"a\":1e999}", "{} {}", &deep, &deep_inside] {
            raw(&house, "application/json", body.to_owned())
                .await
                .problem(400);
        }
        let utf16: Vec<u8> = filing()
            .to_string()
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        raw(&house, "application/json", utf16).await.problem(400);
        raw(
            &house,
            "application/json",
            b"{\"service\":\"\xc6\xe0\xeb\"}".to_vec(),
        )
        .await
        .problem(400);
        raw(&house, "text/plain", filing().to_string())
            .await
            .problem(415);
        raw(
            &house,
            "application/json; charset=windows-1251",
            filing().to_string(),
        )
        .await
        .problem(415);
        raw(
            &house,
            "application/x-www-form-urlencoded",
            "service=complaint",
        )
        .await
        .problem(415);
        let large = with(filing(), "/fields/description", json!("я".repeat(150_000)));
        raw(&house, "application/json", large.to_string())
            .await
            .problem(413);
        raw(&house, "application/json", vec![b' '; 2_000_000])
            .await
            .problem(413);
        assert_eq!(house.count("case_file").await, 0);
    }
}

#[tokio::test(flavor = "multi_thread")]
#[expect(clippy::too_many_lines, reason = "a table of cases")]
async fn every_wrong_field_is_named_as_it_was_sent() {
    let cases: Vec<(Value, &[&str])> = vec![
        (json!([]), &[""]),
        (json!("text"), &[""]),
        (json!({}), &["service"]),
        (with(filing(), "/service", json!(7)), &["service"]),
        (with(filing(), "/service", json!("nothing")), &["service"]),
        (
            with(filing(), "/service", json!("../../etc/passwd")),
            &["service"],
        ),
        (with(filing(), "/consent", json!("yes")), &["consent"]),
        (with(filing(), "/consent", json!(false)), &["consent"]),
        (with(filing(), "/fields", json!([1])), &["fields"]),
        (with(filing(), "/colour", json!("red")), &["colour"]),
        (
            with(filing(), "/fields/colour", json!("red")),
            &["fields.colour"],
        ),
        (
            with(filing(), "/fields/category", json!("roads.snow")),
            &["fields.category"],
        ),
        (
            with(filing(), "/applicant/nickname", json!("a")),
            &["applicant.nickname"],
        ),
        (
            with(filing(), "/place/planet", json!("Earth")),
            &["place.planet"],
        ),
        (without(filing(), "/category"), &["category"]),
        (with(filing(), "/category", json!("nothing")), &["category"]),
        (with(filing(), "/category", json!({"a": 1})), &["category"]),
        (with(filing(), "/place", json!("here")), &["place"]),
        (
            with(filing(), "/place/territory", json!("atlantis")),
            &["place.territory"],
        ),
        (
            with(filing(), "/place/address", json!("а".repeat(301))),
            &["place.address"],
        ),
        (with(filing(), "/applicant", json!(null)), &["applicant"]),
        (
            with(filing(), "/applicant/email", json!("anna")),
            &["applicant.email"],
        ),
        (
            with(filing(), "/applicant/email", json!(7)),
            &["applicant.email"],
        ),
        (
            with(filing(), "/applicant/phone", json!("123")),
            &["applicant.phone"],
        ),
        (
            without(filing(), "/fields/description"),
            &["fields.description"],
        ),
        (
            with(filing(), "/fields/description", json!("коротко")),
            &["fields.description"],
        ),
        (
            with(filing(), "/fields/description", json!("д".repeat(4001))),
            &["fields.description"],
        ),
        (
            with(filing(), "/fields/description", json!(["а"])),
            &["fields.description"],
        ),
        (
            with(filing(), "/fields/subject", json!(1.0e300)),
            &["fields.subject"],
        ),
        (
            with(filing(), "/fields/subject", json!("\u{0}\u{200b} \u{202e}")),
            &["fields.subject"],
        ),
        (
            with(filing(), "/fields/happened_on", json!("2999-01-01")),
            &["fields.happened_on"],
        ),
        (
            with(filing(), "/fields/happened_on", json!("20.11.2026")),
            &["fields.happened_on"],
        ),
    ];
    for house in houses().await {
        for (body, expected) in &cases {
            assert_eq!(house.file(body).await.wrong(), *expected, "{body}");
        }
        let empty = json!({"service": "complaint", "consent": true});
        let wrong = house.file(&empty).await.wrong();
        for expected in [
            "applicant.email",
            "applicant.last_name",
            "category",
            "fields.subject",
            "place.territory",
        ] {
            assert!(
                wrong.iter().any(|field| field == expected),
                "{wrong:?} lacks {expected}"
            );
        }
        assert_eq!(house.count("case_file").await, 0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn names_twice_keys_and_headers_are_looked_at() {
    for house in houses().await {
        let twice =
            filing()
                .to_string()
                .replacen("\"consent\":", "\"consent\":true,\"consent\":", 1);
        assert_eq!(
            raw(&house, "application/json", twice).await.wrong(),
            ["consent"]
        );
        let twice = filing().to_string().replacen(
            "\"email\":",
            "\"email\":\"a@example.org\",\"email\":",
            1,
        );
        assert_eq!(
            raw(&house, "application/json", twice).await.wrong(),
            ["applicant.email"]
        );
        for key in ["", "a b", &"k".repeat(256)] {
            assert_eq!(
                house
                    .file_with(&filing(), &[("idempotency-key", key)])
                    .await
                    .wrong(),
                ["Idempotency-Key"]
            );
        }
        let many: Vec<String> = (0..20_000).map(|n| format!("\"x{n}\":0")).collect();
        let wide = filing()
            .to_string()
            .replacen('{', &format!("{{{},", many.join(",")), 1);
        let problem = raw(&house, "application/json", wide).await;
        assert!(problem.body.len() < 20_000, "an answer stays small");
        problem.problem(422);
        assert_eq!(house.count("case_file").await, 0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_invisible_or_a_script_is_kept_harmless() {
    for house in houses().await {
        let body = with(
            filing(),
            "/fields/subject",
            json!("<script>a\u{0}b\u{202e}\u{200b}</script>"),
        );
        let (address, _, code) = house.filed(&body).await;
        let case = house
            .get_with(&address, &[("x-return-code", &code)])
            .await
            .json();
        assert_eq!(case["inside"]["fields"]["subject"], "<script>ab</script>");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn sentences_come_in_the_language_asked_for() {
    for house in houses().await {
        let body = with(filing(), "/colour", json!(1));
        let message = async |language: &str| {
            let answer = house
                .file_with(&body, &[("accept-language", language)])
                .await;
            answer.problem(422)["errors"][0]["message"]
                .as_str()
                .unwrap()
                .to_owned()
        };
        assert!(
            message("en").await.contains("no field “colour”"),
            "{}",
            message("en").await
        );
        assert!(message("ru").await.contains("Поля «colour» здесь нет"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_addresses_and_methods_are_problems_too() {
    for house in houses().await {
        house.get("/api/v1/nothing").await.problem(404);
        house.get("/api/v1/services/nothing").await.problem(404);
        house.get("/api/v1/cases/%FF").await.problem(400);
        for mistyped in [
            "nothing",
            "A-2026-00000001-0",
            "A-2026-1",
            "%00",
            &"1".repeat(500),
        ] {
            assert_eq!(
                house
                    .get(&format!("/api/v1/cases/{mistyped}"))
                    .await
                    .wrong(),
                ["number"]
            );
        }
        let unknown = base::Number::new(2026, 99_999_999).unwrap();
        let address = format!("/api/v1/cases/{}", unknown.to_string().replace('А', "A"));
        house.get(&address).await.problem(404);
        house
            .send(
                Request::delete("/api/v1/register"),
                axum::body::Body::empty(),
            )
            .await
            .problem(405);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_header_of_versions_that_cannot_be_read_is_refused() {
    let house = houses().await.remove(0);
    let tag = house
        .get("/api/v1/services")
        .await
        .header("etag")
        .to_owned();
    let known = [("if-none-match", tag.as_str())];
    let known = house.get_with("/api/v1/services", &known).await;
    assert_eq!(known.status, 304);
    let long = format!("\"{}\"", "a".repeat(300));
    let long = [("if-none-match", long.as_str())];
    let long = house.get_with("/api/v1/services", &long).await;
    long.problem(400);
    let some = house.get("/api/v1/services?fields=code").await;
    let kind = some.header("content-type");
    assert_eq!(kind, "application/vnd.okno.fields+json");
}
