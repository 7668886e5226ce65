//! Somebody who was named beside the applicant, as a program of theirs sees the case: nothing but the
//! words of the appeal until they agree, and never how the others are reached.

use base::Role;
use serde_json::json;

use crate::document::fits;
use crate::house::{filing, houses, with};

#[tokio::test(flavor = "multi_thread")]
async fn who_was_named_is_given_the_words_agrees_and_may_leave() {
    for house in houses().await {
        let anna = house.signed_in(Role::Applicant, None).await;
        let boris = house.signed_in(Role::Applicant, None).await;
        let stranger = house.signed_in(Role::Applicant, None).await;
        let body = with(filing(), "/applicant/phone", json!("+7 900 000-00-00"));
        let filed = house.file_with(&body, &[("cookie", &anna)]).await;
        let case = filed.header("location").to_owned();
        // The second who signed in.
        let party = json!({
            "role": "co_applicant", "name": "Ковалёв Борис", "email": "somebody2@example.org",
        });
        let parties = format!("{case}/parties");
        let added = house.ask(&anna, "POST", &parties, Some(&party)).await;
        assert_eq!(added.status, 200, "{}", added.json());
        assert!(added.json()["inside"]["parties"][0]["agreed_at"].is_null());

        let read = house.ask(&boris, "GET", &case, None).await;
        assert!(read.header("cache-control").contains("no-store"));
        let read = read.json();
        fits(&house.document, "CaseBody", &read);
        assert!(read["inside"].is_null(), "{read}");
        let invitation = read["invitation"].as_object().unwrap();
        assert_eq!(invitation["role"], "co_applicant");
        let all = read.to_string();
        for secret in ["900 000", "email", "address", "documents", "messages"] {
            assert!(!all.contains(secret), "{secret}: {all}");
        }
        let read = house.ask(&stranger, "GET", &case, None).await.json();
        assert!(read["invitation"].is_null() && read["inside"].is_null());
        for path in ["documents", "history", "receipt"] {
            let path = format!("{case}/{path}");
            house.ask(&boris, "GET", &path, None).await.problem(404);
        }
        let own = house.ask(&boris, "GET", "/api/v1/cases", None).await;
        assert_eq!(own.json()["items"], json!([]));

        let answer = format!("{case}/participation");
        let (yes, no) = (json!({ "agrees": true }), json!({ "agrees": false }));
        house
            .ask(&stranger, "POST", &answer, Some(&yes))
            .await
            .problem(404);
        house
            .ask("", "POST", &answer, Some(&yes))
            .await
            .problem(401);
        let agreed = house.ask(&boris, "POST", &answer, Some(&yes)).await;
        assert_eq!(agreed.status, 200, "{}", agreed.json());
        let read = house.ask(&boris, "GET", &case, None).await.json();
        fits(&house.document, "CaseBody", &read);
        assert!(read["invitation"].is_null());
        let applicant = &read["inside"]["applicant"];
        assert!(applicant["phone"].is_null(), "{applicant}");
        assert!(applicant["email"].is_null(), "{applicant}");
        assert!(!read["inside"]["parties"][0]["agreed_at"].is_null());

        let left = house.ask(&boris, "POST", &answer, Some(&no)).await.json();
        assert!(
            left["inside"].is_null() && left["invitation"].is_null(),
            "{left}"
        );
        let again = house.ask(&anna, "POST", &parties, Some(&party)).await;
        assert_eq!(again.wrong(), ["email"]);
    }
}
