//! Templates of answers through the interface: kept by a head, filled in for a case.

use base::Role;
use serde_json::{Value, json};

use crate::desk::filed;
use crate::document::fits;
use crate::house::houses;

const ALL: &str = "/api/v1/desk/answer-templates";

fn new() -> Value {
    json!({
        "unit": "roads",
        "name": "Двор очищен",
        "outcome": "satisfied",
        "text": "Обращение {number}: {topic}. {unit} отвечает: убрано, {applicant}.",
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_template_is_made_changed_filled_in_and_put_aside() {
    for house in houses().await {
        let olga = house.signed_in(Role::Specialist, Some("roads")).await;
        let head = house.signed_in(Role::Head, Some("roads")).await;
        let doctor = house.signed_in(Role::Head, Some("health")).await;
        let made = house.ask(&head, "POST", ALL, Some(&new())).await;
        assert_eq!(made.status, 201, "{}", made.json());
        let place = made.header("location").to_owned();
        let made = made.json();
        fits(&house.document, "AnswerTemplateBody", &made);
        for who in [&olga, &doctor] {
            let refused = house.ask(who, "POST", ALL, Some(&new())).await;
            refused.problem(403);
        }
        house.ask(&olga, "GET", ALL, None).await.problem(403);
        house.ask(&doctor, "GET", &place, None).await.problem(404);
        let listed = house.ask(&head, "GET", ALL, None).await.json();
        fits(&house.document, "AnswerTemplatesPage", &listed);
        assert_eq!(listed["items"][0]["id"], made["id"]);

        let (case, _) = filed(&house).await;
        let offered = format!("{case}/templates");
        let listed = house.ask(&olga, "GET", &offered, None).await.json();
        fits(&house.document, "CaseTemplatesBody", &listed);
        assert_eq!(listed["items"][0]["name"], "Двор очищен");
        let one = format!("{offered}/{}", made["id"].as_str().unwrap());
        let filled = house.ask(&olga, "GET", &one, None).await.json();
        fits(&house.document, "FilledTemplateBody", &filled);
        assert_eq!(filled["outcome"], "satisfied");
        let said = filled["text"].as_str().unwrap();
        let read = house.ask(&olga, "GET", &case, None).await.json();
        assert!(said.contains(read["number"].as_str().unwrap()), "{said}");
        assert!(!said.contains(['{', '}']), "{said}");
        house.ask(&doctor, "GET", &one, None).await.problem(404);

        let mut wish = new();
        wish.as_object_mut().unwrap().remove("unit");
        wish["text"] = json!("Напишите нам на {email}, и мы ответим.");
        let refused = house.ask(&head, "PUT", &place, Some(&wish)).await;
        assert_eq!(refused.wrong(), ["text"]);
        wish["text"] = json!("Двор по адресу {address} очищен, спасибо.");
        let changed = house.ask(&head, "PUT", &place, Some(&wish)).await;
        assert_eq!(changed.status, 200, "{}", changed.json());

        let archive = format!("{place}/archive");
        let aside = house.ask(&head, "POST", &archive, None).await.json();
        assert_eq!(aside["aside"], true);
        house.ask(&olga, "GET", &one, None).await.problem(404);
        let listed = house.ask(&olga, "GET", &offered, None).await.json();
        assert_eq!(listed["items"], json!([]));
        let back = house.ask(&head, "DELETE", &archive, None).await.json();
        assert_eq!(back["aside"], false);
        assert_eq!(house.ask(&olga, "GET", &one, None).await.status, 200);
    }
}
