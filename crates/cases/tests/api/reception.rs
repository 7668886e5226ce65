//! The reception through the interface: a call, a letter with its scan, what callers add.

use axum::http::Request;
use base::Role;
use serde_json::{Value, json};

use crate::desk::filed;
use crate::document::fits;
use crate::house::{Answer, House, houses};

fn answers() -> Value {
    serde_json::from_str(include_str!("../../src/api/examples/card_answers.json")).unwrap()
}

fn created(house: &House, answer: &Answer, shape: &str) -> Value {
    let body = answer.json();
    assert_eq!(answer.status, 201, "{body}");
    fits(&house.document, shape, &body);
    body
}

/// A PDF of one page, no two of different titles alike.
fn pdf(title: &str) -> Vec<u8> {
    let mut out = format!("%PDF-1.5\n% {title}\n").into_bytes();
    let mut offsets = Vec::new();
    for object in [
        "1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n",
        "2 0 obj\n<</Type/Pages/Count 1/Kids[3 0 R]>>\nendobj\n",
        "3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>\nendobj\n",
    ] {
        offsets.push(out.len());
        out.extend(object.bytes());
    }
    let table = out.len();
    out.extend(b"xref\n0 4\n0000000000 65535 f \n");
    for offset in offsets {
        out.extend(format!("{offset:010} 00000 n \n").bytes());
    }
    out.extend(b"trailer\n<</Size 4/Root 1 0 R>>\nstartxref\n");
    out.extend(format!("{table}\n%%EOF\n").bytes());
    out
}

async fn attach(house: &House, session: &str, card: &str, bytes: &[u8]) -> Answer {
    let mut form =
        b"--x1\r\nContent-Disposition: form-data; name=\"file\"; filename=\"letter.pdf\"\r\n\
        Content-Type: application/pdf\r\n\r\n"
            .to_vec();
    form.extend_from_slice(bytes);
    form.extend_from_slice(b"\r\n--x1--\r\n");
    let request = Request::post(format!("{card}/documents"))
        .header("cookie", session)
        .header("content-type", "multipart/form-data; boundary=x1");
    house.send(request, form).await
}

/// A file is a copy for staff; its original is a deed of its own.
async fn its_original_is_a_deed(house: &House, olga: &str, case: &str, document: &str) {
    let desk = case.replace("/reception/", "/desk/");
    let file = case.replace("/reception/", "/");
    let file = format!("{file}/documents/{document}");
    let copied = house.ask(olga, "GET", &file, None).await;
    assert_eq!(copied.status, 200);
    assert!(
        copied
            .header("content-disposition")
            .starts_with("attachment")
    );
    let original = format!("{file}?form=original");
    house.ask(olga, "GET", &original, None).await.problem(403);
    let path = format!("{desk}/documents/{document}/original");
    let empty = json!({ "purpose": "" });
    let refused = house.ask(olga, "POST", &path, Some(&empty)).await;
    assert_eq!(refused.wrong(), ["purpose"]);
    let purpose = json!({ "purpose": "Проверить подпись" });
    let original = house.ask(olga, "POST", &path, Some(&purpose)).await;
    assert_eq!(original.status, 200);
    assert_eq!(original.header("content-type"), "application/pdf");
    assert_ne!(original.body, copied.body);
    let history = house
        .ask(olga, "GET", &format!("{desk}/history"), None)
        .await;
    let history = history.json().to_string();
    assert!(history.contains("original_opened"), "{history}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_is_written_down_with_its_scan_and_registered() {
    for house in houses().await {
        let vera = house.signed_in(Role::Operator, Some("roads")).await;
        let cards = "/api/v1/reception/cards";
        let letter = json!({
            "way": "paper", "service": "complaint", "came_on": "2026-11-19", "outgoing": "15/3",
            "others": ["Петров И. И."],
        });
        let answer = house.ask(&vera, "POST", cards, Some(&letter)).await;
        let card = answer.header("location").to_owned();
        let body = created(&house, &answer, "CardBody");
        assert_eq!(
            (&body["way"], &body["came_on"]),
            (&json!("paper"), &json!("2026-11-19"))
        );

        // What is not known yet is no mistake, what cannot be is.
        let part = json!({ "fields": { "subject": "Снег во дворе" } });
        let body = house.ask(&vera, "PUT", &card, Some(&part)).await;
        assert_eq!(body.status, 200, "{}", body.json());
        assert_eq!(body.json()["fields"]["subject"], "Снег во дворе");
        let moon = json!({ "place": { "territory": "moon" } });
        let refused = house.ask(&vera, "PUT", &card, Some(&moon)).await;
        assert_eq!(refused.wrong(), ["place.territory"]);
        let registration = format!("{card}/registration");
        let yes = json!({ "confirmed": true });
        let missing = house
            .ask(&vera, "POST", &registration, Some(&yes))
            .await
            .wrong();
        assert!(
            missing.contains(&"fields.description".to_owned()),
            "{missing:?}"
        );
        let body = house
            .ask(&vera, "PUT", &card, Some(&answers()))
            .await
            .json();
        fits(&house.document, "CardBody", &body);
        assert_eq!(body["applicant"]["last_name"], "Смирнова");

        let attached = attach(&house, &vera, &card, &pdf("letter")).await;
        let body = created(&house, &attached, "CardBody");
        assert_eq!(body["documents"][0]["name"], "letter.pdf");
        assert_eq!(
            attach(&house, &vera, &card, b"MZ\x90").await.wrong(),
            ["file"]
        );
        let begun = house.ask(&vera, "GET", cards, None).await.json();
        assert_eq!(begun["items"].as_array().unwrap().len(), 1);

        let no = json!({ "confirmed": false });
        let refused = house.ask(&vera, "POST", &registration, Some(&no)).await;
        assert_eq!(refused.wrong(), ["confirmed"]);
        let filed = house.ask(&vera, "POST", &registration, Some(&yes)).await;
        let case = filed.header("location").to_owned();
        let body = created(&house, &filed, "FiledBody");
        let twice = house
            .ask(&vera, "POST", &registration, Some(&yes))
            .await
            .json();
        assert_eq!(twice["number"], body["number"], "registered once");
        let own = house.ask(&vera, "GET", &case, None).await.json();
        fits(&house.document, "ReceptionCase", &own);
        assert_eq!(own["own"]["takes_scans"], true);
        // The other side of the letter was forgotten.
        let more = attach(&house, &vera, &case, &pdf("back")).await;
        assert_eq!(more.status, 201);
        let more = more.json();
        fits(&house.document, "ReceptionCase", &more);
        assert_eq!(more["own"]["documents"].as_array().unwrap().len(), 2);
        let other = house.signed_in(Role::Operator, Some("roads")).await;
        let others = attach(&house, &other, &case, &pdf("other")).await;
        assert_eq!(others.status, 404);
        assert_eq!(own["own"]["taken_in"]["outgoing"], "15/3");
        assert_eq!(own["own"]["return_code"], body["return_code"]);

        let today = house
            .ask(&vera, "GET", "/api/v1/reception/cases?on=2026-11-20", None)
            .await;
        assert_eq!(today.json()["items"][0]["number"], body["number"]);
        let before = house
            .ask(&vera, "GET", "/api/v1/reception/cases?on=2026-11-19", None)
            .await;
        assert_eq!(before.json()["items"], json!([]));

        // The unit finds the scan with the case.
        let olga = house.signed_in(Role::Specialist, Some("roads")).await;
        let desk = case.replace("/reception/", "/desk/");
        let read = house.ask(&olga, "GET", &desk, None).await.json();
        assert_eq!(
            read["inside"]["documents"][0]["name"], "letter.pdf",
            "{read}"
        );
        let document = read["inside"]["documents"][0]["id"].as_str().unwrap();
        house
            .ask(&olga, "POST", &format!("{desk}/taking"), None)
            .await;
        let look = json!({ "fault": "Не читается вторая страница" });
        let path = format!("{desk}/documents/{document}/check");
        let read = house.ask(&olga, "POST", &path, Some(&look)).await.json();
        assert_eq!(read["inside"]["documents"][0]["state"], "faulty", "{read}");
        its_original_is_a_deed(&house, &olga, &case, document).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_caller_adds_to_a_case_and_only_operators_take_calls() {
    for house in houses().await {
        let vera = house.signed_in(Role::Operator, Some("roads")).await;
        let olga = house.signed_in(Role::Specialist, Some("roads")).await;
        let (case, anna) = filed(&house).await;
        let reception = case.replace("/desk/", "/reception/");
        let words =
            json!({ "way": "phone", "text": "Подъезд второй", "known_by": "Назвала номер" });
        let path = format!("{reception}/words");
        let heard = house.ask(&vera, "POST", &path, Some(&words)).await.json();
        fits(&house.document, "ReceptionCase", &heard);
        assert!(heard["own"].is_null() && heard["hears"] == true, "{heard}");
        let read = house.ask(&olga, "GET", &case, None).await.json();
        assert_eq!(read["inside"]["messages"][0]["heard"]["way"], "phone");
        let mut wrong = words.clone();
        wrong["way"] = json!("telepathy");
        assert_eq!(
            house.ask(&vera, "POST", &path, Some(&wrong)).await.wrong(),
            ["way"]
        );
        for who in [&anna, &olga] {
            for (method, path, body) in [
                ("GET", "/api/v1/reception/cases", None),
                ("GET", "/api/v1/reception/cards", None),
                (
                    "POST",
                    "/api/v1/reception/cards",
                    Some(json!({ "way": "phone", "service": "complaint" })),
                ),
                ("GET", &reception, None),
                ("POST", &path, Some(words.clone())),
            ] {
                house
                    .ask(who, method, path, body.as_ref())
                    .await
                    .problem(403);
                house
                    .ask("", method, path, body.as_ref())
                    .await
                    .problem(401);
            }
        }
        // A card is for the operator who began it.
        let call = json!({ "way": "phone", "service": "complaint" });
        let card = house
            .ask(&vera, "POST", "/api/v1/reception/cards", Some(&call))
            .await;
        let card = card.header("location").to_owned();
        let other = house.signed_in(Role::Operator, Some("roads")).await;
        house.ask(&other, "GET", &card, None).await.problem(404);
        assert_eq!(house.ask(&vera, "GET", &card, None).await.status, 200);
        let letter = json!({ "way": "paper", "service": "complaint", "came_on": "2027-01-01" });
        let future = house
            .ask(&vera, "POST", "/api/v1/reception/cards", Some(&letter))
            .await;
        assert_eq!(future.wrong(), ["came_on"]);
    }
}
