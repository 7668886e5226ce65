//! A guest's way through the interface: a draft that its key opens, a file that comes piece by piece,
//! and the same by the return code once it is filed.

use axum::http::{Request, StatusCode};
use serde_json::{Value, json};

use crate::house::{Answer, House, filing, houses, without};

struct Guest<'h> {
    house: &'h House,
    /// What they hold: the name of a header and its value.
    holds: Vec<(&'static str, String)>,
}

impl Guest<'_> {
    async fn send(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: impl Into<axum::body::Body>,
    ) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        for (name, value) in &self.holds {
            request = request.header(*name, value);
        }
        self.house.send(request, body.into()).await
    }

    async fn ask(&self, method: &str, path: &str, body: Value) -> Answer {
        let kind = [("content-type", "application/json")];
        self.send(method, path, &kind, body.to_string()).await
    }

    async fn get(&self, path: &str) -> Answer {
        self.send("GET", path, &[], "").await
    }

    /// Begins an upload of four bytes; where its pieces go.
    async fn begins_upload(&self, path: &str) -> Answer {
        let headers = [("tus-resumable", "1.0.0"), ("upload-length", "4")];
        self.send("POST", path, &headers, "").await
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_goes_on_with_a_draft_by_its_key_and_files_it() {
    for house in houses().await {
        let mut guest = Guest {
            house: &house,
            holds: Vec::new(),
        };
        let begun = json!({ "service": "complaint" });
        let begun = guest.ask("POST", "/api/v1/drafts", begun).await;
        assert_eq!(begun.status, StatusCode::CREATED, "{}", begun.json());
        let address = begun.header("location").to_owned();
        let key = begun.json()["key"].as_str().unwrap().to_owned();

        guest.get(&address).await.problem(401);
        guest.holds = vec![("x-draft-key", "A".repeat(43))];
        assert_eq!(guest.get(&address).await.wrong(), ["X-Draft-Key"]);
        let other = json!({ "service": "complaint" });
        let other = guest.ask("POST", "/api/v1/drafts", other).await;
        let other = other.json()["key"].as_str().unwrap().to_owned();
        guest.holds = vec![("x-draft-key", other)];
        guest.get(&address).await.problem(404);
        guest.holds = vec![("x-draft-key", key)];
        assert!(guest.get(&address).await.json()["key"].is_null());
        guest.get("/api/v1/drafts").await.problem(401);

        let whole = without(without(filing(), "/service"), "/consent");
        let written = guest.ask("PUT", &address, whole).await;
        assert_eq!(written.json()["missing"], json!([]), "{}", written.json());
        let filed = guest
            .ask(
                "POST",
                &format!("{address}/filing"),
                json!({ "consent": true }),
            )
            .await;
        assert_eq!(filed.status, StatusCode::CREATED, "{}", filed.json());
        let code = filed.json()["return_code"].as_str().unwrap().to_owned();
        guest.holds = vec![("x-return-code", code)];
        let case = guest.get(filed.header("location")).await;
        assert!(case.json()["inside"].is_object());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_of_a_guest_hangs_on_what_they_hold() {
    for house in houses().await {
        let mut guest = Guest {
            house: &house,
            holds: Vec::new(),
        };
        guest.begins_upload("/api/v1/uploads").await.problem(401);
        let begun = json!({ "service": "complaint" });
        let begun = guest.ask("POST", "/api/v1/drafts", begun).await;
        let key = begun.json()["key"].as_str().unwrap().to_owned();
        guest.holds = vec![("x-draft-key", format!("A{key}"))];
        let wrong = guest.begins_upload("/api/v1/uploads").await;
        assert_eq!(wrong.wrong(), ["X-Draft-Key"]);
        guest.holds = vec![("x-draft-key", key.clone())];
        let upload = guest.begins_upload("/api/v1/uploads").await;
        assert_eq!(upload.status, StatusCode::CREATED);
        let place = upload.header("location").to_owned();
        let tus = [("tus-resumable", "1.0.0")];
        assert_eq!(guest.send("HEAD", &place, &tus, "").await.status, 200);

        let (_, number, code) = house.filed(&filing()).await;
        guest.holds = vec![("x-return-code", code.clone())];
        assert_eq!(guest.send("HEAD", &place, &tus, "").await.status, 404);
        let nameless = guest.begins_upload("/api/v1/uploads").await;
        assert_eq!(nameless.wrong(), ["case"]);
        let path = format!("/api/v1/uploads?case={}", number.replace('А', "A"));
        let upload = guest.begins_upload(&path).await;
        assert_eq!(upload.status, StatusCode::CREATED, "{}", upload.json());
        let place = upload.header("location").to_owned();
        let spaced = code.to_lowercase().replace('-', " ");
        guest.holds = vec![("x-return-code", spaced)];
        assert_eq!(guest.send("HEAD", &place, &tus, "").await.status, 200);
        guest.holds = vec![("x-draft-key", key)];
        assert_eq!(guest.send("HEAD", &place, &tus, "").await.status, 404);
        guest.holds.clear();
        assert_eq!(guest.send("HEAD", &place, &tus, "").await.status, 401);
    }
}
