//! An applicant's day through the interface: drafts, a case, what is done with it, and what others
//! are told of it.

use axum::http::{Request, StatusCode};
use base::Role;
use serde_json::{Value, json};

use crate::document::fits;
use crate::house::{Answer, House, filing, houses, without};

struct Anna<'h> {
    house: &'h House,
    cookie: String,
}

impl Anna<'_> {
    async fn new(house: &House) -> Anna<'_> {
        Anna {
            house,
            cookie: house.signed_in(Role::Applicant, None).await,
        }
    }

    async fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: Value) -> Answer {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header("cookie", &self.cookie);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if body.is_null() {
            return self.house.send(request, "").await;
        }
        let request = request.header("content-type", "application/json");
        self.house.send(request, body.to_string()).await
    }

    async fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &[], Value::Null).await
    }

    async fn post(&self, path: &str, body: Value) -> Answer {
        self.ask("POST", path, &[], body).await
    }

    /// Files a case; gives its address.
    async fn files(&self) -> String {
        let headers = [("cookie", self.cookie.as_str())];
        let filed = self.house.file_with(&filing(), &headers).await;
        assert_eq!(filed.status, StatusCode::CREATED, "{}", filed.json());
        filed.header("location").to_owned()
    }
}

fn names(value: &Value) -> Vec<&str> {
    let items = value.as_array().unwrap().iter();
    items.map(|one| one["field"].as_str().unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_is_written_step_by_step_and_filed_when_it_is_whole() {
    for house in houses().await {
        let anna = Anna::new(&house).await;
        let begun = anna
            .post(
                "/api/v1/drafts",
                json!({"service": "complaint", "category": "roads.snow"}),
            )
            .await;
        assert_eq!(begun.status, StatusCode::CREATED, "{}", begun.json());
        let address = begun.header("location").to_owned();
        assert!(names(&begun.json()["missing"]).contains(&"fields.description"));

        let wrong = json!({"category": "nothing.here"});
        let refused = anna.ask("PUT", &address, &[], wrong).await;
        assert_eq!(refused.wrong(), ["category"]);
        assert_eq!(anna.get(&address).await.json()["category"], "roads.snow");

        let tag = anna.get(&address).await.header("etag").to_owned();
        let whole = without(without(filing(), "/service"), "/consent");
        let held = [("if-match", tag.as_str())];
        let written = anna.ask("PUT", &address, &held, whole.clone()).await;
        assert_eq!(written.status, StatusCode::OK, "{}", written.json());
        assert_eq!(written.json()["missing"], json!([]));
        let late = anna.ask("PUT", &address, &held, whole).await;
        late.problem(412);

        let filing = format!("{address}/filing");
        let no = anna.post(&filing, json!({"consent": false})).await;
        assert_eq!(no.wrong(), ["consent"]);
        let filed = anna.post(&filing, json!({"consent": true})).await;
        assert_eq!(filed.status, StatusCode::CREATED, "{}", filed.json());
        let again = anna.post(&filing, json!({"consent": true})).await;
        assert_eq!(again.json()["number"], filed.json()["number"]);
        assert_eq!(
            anna.get(&address).await.json()["number"],
            filed.json()["number"]
        );
        assert_eq!(anna.get("/api/v1/drafts").await.json()["items"], json!([]));
        anna.ask("DELETE", &address, &[], Value::Null)
            .await
            .problem(409);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_is_its_owners_alone_and_goes_when_they_say() {
    for house in houses().await {
        let anna = Anna::new(&house).await;
        let begun = anna
            .post("/api/v1/drafts", json!({"service": "complaint"}))
            .await;
        let address = begun.header("location").to_owned();
        let boris = Anna::new(&house).await;
        boris.get(&address).await.problem(404);
        house.get(&address).await.problem(401);
        house.get("/api/v1/drafts").await.problem(401);
        let gone = anna.ask("DELETE", &address, &[], Value::Null).await;
        assert_eq!(gone.status, StatusCode::NO_CONTENT);
        anna.get(&address).await.problem(404);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_applicant_writes_corrects_and_takes_back_and_every_deed_is_told() {
    for house in houses().await {
        let anna = Anna::new(&house).await;
        let case = anna.files().await;
        let read = anna.get(&case).await;
        let inside = &read.json()["inside"];
        assert!(
            inside["allowed"]
                .as_array()
                .unwrap()
                .contains(&json!("write"))
        );
        let tag = read.header("etag").to_owned();

        let said = anna
            .post(&format!("{case}/messages"), json!({"text": "Снег лежит."}))
            .await;
        assert_eq!(said.status, StatusCode::OK, "{}", said.json());
        assert_eq!(said.json()["inside"]["messages"][0]["text"], "Снег лежит.");
        let stale = [("if-match", tag.as_str())];
        let late = json!({"text": "Ещё раз."});
        let late = anna
            .ask("POST", &format!("{case}/messages"), &stale, late)
            .await;
        late.problem(412);

        let correction = json!({"phone": "+7 900 000-00-01"});
        let corrected = anna.post(&format!("{case}/corrections"), correction).await;
        assert_eq!(
            corrected.json()["inside"]["applicant"]["phone"],
            "+7 900 000-00-01"
        );
        let early = anna
            .post(&format!("{case}/rating"), json!({"stars": 5}))
            .await;
        early.problem(409);
        let six = anna
            .post(&format!("{case}/rating"), json!({"stars": 6}))
            .await;
        assert_eq!(six.wrong(), ["stars"]);

        let party = json!({"role": "co_applicant", "name": "Смирнов Пётр"});
        let with = anna.post(&format!("{case}/parties"), party).await;
        let id = with.json()["inside"]["parties"][0]["id"]
            .as_str()
            .unwrap()
            .to_owned();
        let without = anna
            .ask("DELETE", &format!("{case}/parties/{id}"), &[], Value::Null)
            .await;
        assert_eq!(without.json()["inside"]["parties"], json!([]));

        let back = anna
            .post(&format!("{case}/withdrawal"), json!({"reason": "Убрали."}))
            .await;
        assert_eq!(back.json()["inside"]["state"], "cancelled");
        let twice = anna
            .post(&format!("{case}/withdrawal"), json!({"reason": "Убрали."}))
            .await;
        twice.problem(409);

        let history = anna.get(&format!("{case}/history?limit=2")).await.json();
        let actions = |page: &Value| -> Vec<String> {
            let items = page["items"].as_array().unwrap().iter();
            items
                .map(|row| row["action"].as_str().unwrap().to_owned())
                .collect()
        };
        assert_eq!(actions(&history), ["case.filed", "case.applicant_wrote"]);
        let next = history["next"].as_str().unwrap();
        let rest = anna
            .get(&format!("{case}/history?after={next}"))
            .await
            .json();
        assert_eq!(
            actions(&rest),
            [
                "case.corrected",
                "case.party_added",
                "case.party_removed",
                "case.cancelled"
            ]
        );
        assert!(rest["next"].is_null());
        let receipt = anna.get(&format!("{case}/receipt")).await;
        assert!(receipt.header("content-type").starts_with("text/plain"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_needs_the_return_code_and_strangers_learn_nothing() {
    for house in houses().await {
        let (case, _, code) = house.filed(&filing()).await;
        let words = json!({"text": "Снег лежит."}).to_string();
        let post = |headers: Vec<(&'static str, String)>| {
            let mut request = Request::post(format!("{case}/messages"))
                .header("content-type", "application/json");
            for (name, value) in headers {
                request = request.header(name, value);
            }
            house.send(request, words.clone())
        };
        post(vec![]).await.problem(401);
        let said = post(vec![("x-return-code", code)]).await;
        assert_eq!(said.status, StatusCode::OK, "{}", said.json());
        let boris = Anna::new(&house).await;
        let foreign = boris
            .post(&format!("{case}/messages"), json!({"text": "x"}))
            .await;
        foreign.problem(404);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn ones_own_cases_are_listed_by_state_and_page() {
    for house in houses().await {
        let anna = Anna::new(&house).await;
        let first = anna.files().await;
        anna.files().await;
        anna.files().await;
        anna.post(&format!("{first}/withdrawal"), json!({"reason": "Убрали."}))
            .await;
        let count = async |query: &str| {
            let page = anna.get(&format!("/api/v1/cases{query}")).await.json();
            page["items"].as_array().map_or(0, Vec::len)
        };
        assert_eq!(count("").await, 3);
        assert_eq!(count("?open=true").await, 2);
        assert_eq!(count("?state=cancelled").await, 1);
        assert_eq!(count("?open=true&state=cancelled").await, 0);
        let page = anna.get("/api/v1/cases?limit=2&fields=number").await.json();
        assert_eq!(page["items"][0].as_object().unwrap().len(), 1);
        let next = page["next"].as_str().unwrap();
        assert_eq!(count(&format!("?limit=2&after={next}")).await, 1);
        assert_eq!(anna.get("/api/v1/cases?state=x").await.wrong(), ["state"]);
        assert_eq!(anna.get("/api/v1/cases?after=x").await.wrong(), ["after"]);
        house.get("/api/v1/cases").await.problem(401);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_paper_that_nobody_issued_is_told_as_such() {
    for house in houses().await {
        let (_, number, _) = house.filed(&filing()).await;
        let number = number.replace('А', "A");
        let asked = format!("/api/v1/genuine?number={number}&code=AAAA-AAAA");
        let answer = house.get(&asked).await;
        assert_eq!(
            answer.json(),
            json!({"genuine": false}),
            "{}",
            answer.json()
        );
        assert_eq!(
            house.get("/api/v1/genuine?sha256=x").await.wrong(),
            ["sha256"]
        );
        assert_eq!(house.get("/api/v1/genuine").await.wrong(), ["number"]);
        let found = house.get("/api/v1/find?q=complaint").await;
        assert_eq!(found.status, StatusCode::OK, "{}", found.json());
        assert_eq!(house.get("/api/v1/find").await.wrong(), ["q"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_state_does_not_allow_is_refused_to_an_applicant_with_what_it_does() {
    let house = houses().await.remove(0);
    let anna = Anna::new(&house).await;
    let address = anna.files().await;
    let rating = format!("{address}/rating");
    let refused = anna.post(&rating, json!({ "stars": 5 })).await;
    refused.problem(409);
    let told = refused.json();
    fits(&house.document, "StateConflict", &told);
    assert_eq!(told["state"], "registered");
    let allowed = told["allowed"].as_array().unwrap();
    assert!(allowed.contains(&json!("cancel")), "{told}");
}
