//! What staff's operations refuse: whoever may not, what the state does not allow, and nonsense.

use base::Role;
use cases::states::TRANSITIONS;
use serde_json::{Value, json};

use crate::desk::filed;
use crate::document::fits;
use crate::house::{House, houses};

/// An operation as the document tells it.
struct Told {
    method: String,
    path: String,
    /// The deed that its description names.
    deed: Option<String>,
    body: Option<Value>,
    schema: Value,
}

impl Told {
    /// Its address for a case; whatever else it names does not exist.
    fn address(&self, case: &str) -> String {
        let nobody = "0193a1f4-7c1e-7b5a-9d39-2f6c1a0e4b77";
        let path = self.path.replace("/api/v1/desk/cases/{number}", case);
        ["{part}", "{party}", "{document}", "{card}", "{template}"]
            .iter()
            .fold(path, |path, name| path.replace(name, nobody))
    }
}

/// The operations under a tag that change something.
fn told(house: &House, tag: &str) -> Vec<Told> {
    let mut all = Vec::new();
    for (path, methods) in house.document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            if operation["tags"][0] != tag || method == "get" {
                continue;
            }
            let description = operation["description"].as_str().unwrap_or_default();
            let deed = description.strip_prefix("The deed `");
            let deed = deed.map(|rest| rest.split('`').next().unwrap().to_owned());
            let media = &operation["requestBody"]["content"]["application/json"];
            let reference = media["schema"]["$ref"].as_str();
            let schema = reference.map(|name| house.document.pointer(&name[1..]).unwrap().clone());
            all.push(Told {
                method: method.to_uppercase(),
                path: path.clone(),
                deed,
                body: media["example"]
                    .is_object()
                    .then(|| media["example"].clone()),
                schema: schema.unwrap_or_default(),
            });
        }
    }
    all
}

#[tokio::test(flavor = "multi_thread")]
async fn every_deed_of_the_table_has_its_operation() {
    let house = houses().await.remove(0);
    let told: Vec<String> = told(&house, "deeds")
        .into_iter()
        .filter_map(|one| one.deed)
        .collect();
    for line in TRANSITIONS.iter().filter(|line| line.permission.is_some()) {
        let code = line.action.code();
        let named = told.iter().filter(|deed| *deed == code).count();
        assert_eq!(
            named,
            usize::from(!line.action.is_a_consequence()),
            "{code}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_deed_is_done_by_whoever_may_not() {
    for house in houses().await {
        let teacher = house.signed_in(Role::Head, Some("health")).await;
        let admin = house.signed_in(Role::Administrator, None).await;
        let olga = house.signed_in(Role::Specialist, Some("roads")).await;
        let (case, anna) = filed(&house).await;
        let deeds = told(&house, "deeds");
        assert!(deeds.len() > 25, "{}", deeds.len());
        for deed in &deeds {
            let (method, path) = (&*deed.method, deed.address(&case));
            let as_guest = house.ask("", method, &path, deed.body.as_ref()).await;
            as_guest.problem(401);
            for who in [&anna, &teacher, &admin] {
                let refused = house.ask(who, method, &path, deed.body.as_ref()).await;
                let status = refused.status.as_u16();
                assert!([403, 404].contains(&status), "{path}: {status}");
                refused.problem(status);
            }
        }
        let read = house.ask(&olga, "GET", &case, None).await.json();
        assert_eq!(read["inside"]["version"], 1, "nothing was done to it");
        for who in [&anna, &teacher, &admin] {
            house.ask(who, "GET", &case, None).await.problem(404);
            let history = house
                .ask(who, "GET", &format!("{case}/history"), None)
                .await;
            history.problem(404);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_state_does_not_allow_is_refused_with_what_it_does() {
    for house in houses().await {
        let head = house.signed_in(Role::Head, Some("roads")).await;
        let (case, _) = filed(&house).await;
        let read = house.ask(&head, "GET", &case, None).await.json();
        let allowed = read["inside"]["allowed"].clone();
        let may = |deed: &String| allowed.as_array().unwrap().iter().any(|one| one == deed);
        assert!(
            may(&"take".to_owned()) && may(&"redirect".to_owned()),
            "{allowed}"
        );
        let mut refused = 0;
        for deed in told(&house, "deeds") {
            let Some(name) = &deed.deed else { continue };
            if may(name) {
                continue;
            }
            let path = deed.address(&case);
            let answer = house
                .ask(&head, &deed.method, &path, deed.body.as_ref())
                .await;
            let problem = answer.problem(409);
            assert_eq!(problem["state"], "registered", "{path}");
            assert_eq!(problem["allowed"], allowed, "{path}");
            fits(&house.document, "StateConflict", &problem);
            refused += 1;
        }
        assert!(refused > 15, "{refused}");
        // What is on the list is done; twice it is not.
        let taking = format!("{case}/taking");
        assert_eq!(house.ask(&head, "POST", &taking, None).await.status, 200);
        let twice = house.ask(&head, "POST", &taking, None).await.problem(409);
        assert_eq!(twice["state"], "in_work");
        let allowed = twice["allowed"].as_array().unwrap();
        assert!(!allowed.iter().any(|one| one == "take"), "{twice}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_list_of_what_is_allowed_is_true() {
    for house in houses().await {
        let olga = house.signed_in(Role::Specialist, Some("roads")).await;
        for deed in told(&house, "deeds") {
            let Some(name) = &deed.deed else { continue };
            let (case, _) = filed(&house).await;
            let read = house.ask(&olga, "GET", &case, None).await.json();
            let allowed = read["inside"]["allowed"].as_array().unwrap();
            let path = deed.address(&case);
            let answer = house
                .ask(&olga, &deed.method, &path, deed.body.as_ref())
                .await;
            assert_eq!(
                answer.status == 200,
                allowed.iter().any(|one| one == name),
                "{name}: {}",
                answer.json()
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nonsense_is_refused_by_the_name_of_its_field() {
    let house = houses().await.remove(0);
    let head = house.signed_in(Role::Head, Some("roads")).await;
    let (case, _) = filed(&house).await;
    let mut looked_at = 0;
    for tag in ["deeds", "desk"] {
        for deed in told(&house, tag) {
            let Some(body) = &deed.body else { continue };
            let (method, path) = (&*deed.method, deed.address(&case));
            let refused = async |body: &Value| house.ask(&head, method, &path, Some(body)).await;
            refused(&json!([])).await.wrong();
            let mut more = body.clone();
            more["colour"] = json!("red");
            assert_eq!(refused(&more).await.wrong(), ["colour"], "{path}");
            let required = deed.schema["required"].as_array().into_iter().flatten();
            for name in required.map(|name| name.as_str().unwrap()) {
                let mut less = body.clone();
                less.as_object_mut().unwrap().remove(name);
                assert_eq!(
                    refused(&less).await.wrong(),
                    [name],
                    "{path} without {name}"
                );
            }
            for name in deed.schema["properties"].as_object().unwrap().keys() {
                for nonsense in [json!(null), json!({ "a": 1 }), json!(-7)] {
                    let mut other = body.clone();
                    other[name] = nonsense.clone();
                    let wrong = refused(&other).await.wrong();
                    assert_eq!(wrong, [name.as_str()], "{path} with {name}: {nonsense}");
                }
                looked_at += 1;
            }
        }
    }
    assert!(looked_at > 40, "{looked_at}");
    let text = house
        .ask(&head, "POST", &format!("{case}/taking"), None)
        .await;
    assert_eq!(text.status, 200, "nothing of that was done before");
    let long = json!({ "text": "я".repeat(4_001) });
    let notes = format!("{case}/notes");
    assert_eq!(
        house.ask(&head, "POST", &notes, Some(&long)).await.wrong(),
        ["text"]
    );
    let nobody = "/api/v1/desk/cases/A-2026-99999999-9/taking";
    assert_eq!(
        house.ask(&head, "POST", nobody, None).await.wrong(),
        ["number"]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_gives_out_no_work_is_shown_no_desk_of_others() {
    for house in houses().await {
        let olga = house.signed_in(Role::Specialist, Some("roads")).await;
        let anna = house.signed_in(Role::Applicant, None).await;
        let account = house.actor(&olga).await.account().unwrap();
        for path in ["colleagues", "loads", "stages", "stages/cases"] {
            let path = format!("/api/v1/desk/{path}");
            house.ask(&olga, "GET", &path, None).await.problem(403);
            house.ask("", "GET", &path, None).await.problem(401);
        }
        let hers = format!("/api/v1/desk/cases?holder={account}");
        house.ask(&olga, "GET", &hers, None).await.problem(403);
        for path in [
            "cases",
            "counts",
            "search?q=снег",
            "statistics",
            "journal",
            "journal/totals",
            "terms",
            "terms/answer",
        ] {
            let path = format!("/api/v1/desk/{}", path.replace("снег", "%D1%81"));
            house.ask(&anna, "GET", &path, None).await.problem(403);
            house.ask("", "GET", &path, None).await.problem(401);
        }
        let strange = house.ask(
            &olga,
            "GET",
            "/api/v1/desk/cases?view=all&after=x&limit=0",
            None,
        );
        assert_eq!(strange.await.wrong(), ["limit", "view"]);
        let after = house
            .ask(&olga, "GET", "/api/v1/desk/cases?after=x", None)
            .await;
        assert_eq!(after.wrong(), ["after"]);
        house
            .ask(&olga, "GET", "/api/v1/desk/terms/tea", None)
            .await
            .problem(404);
    }
}
