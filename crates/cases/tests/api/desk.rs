//! The day of a specialist and of a head through the interface alone.

use base::Role;
use cases::Pass;
use serde_json::{Value, json};

use crate::document::fits;
use crate::house::{Answer, House, filing, houses};

/// A case filed by somebody signed in: its address at the desk, and their cookie.
pub(crate) async fn filed(house: &House) -> (String, String) {
    let anna = house.signed_in(Role::Applicant, None).await;
    let answer = house.file_with(&filing(), &[("cookie", &anna)]).await;
    let number = answer.json()["links"]["self"].as_str().unwrap().to_owned();
    (
        number.replace("/api/v1/cases/", "/api/v1/desk/cases/"),
        anna,
    )
}

/// The case that a deed answers, whole and as the document describes it.
pub(crate) fn done(house: &House, answer: &Answer) -> Value {
    let case = answer.json();
    assert_eq!(answer.status, 200, "{case}");
    assert_eq!(answer.header("cache-control"), "no-store");
    fits(&house.document, "DeskCase", &case);
    case
}

fn allows(case: &Value, deed: &str) -> bool {
    let allowed = case["inside"]["allowed"].as_array().unwrap();
    allowed.iter().any(|known| known == deed)
}

struct Desk<'a> {
    house: &'a House,
    case: String,
}

impl Desk<'_> {
    async fn post(&self, who: &str, deed: &str, body: Option<Value>) -> Value {
        self.send(who, "POST", deed, body).await
    }

    async fn send(&self, who: &str, method: &str, deed: &str, body: Option<Value>) -> Value {
        let path = format!("{}/{deed}", self.case);
        let answer = self.house.ask(who, method, &path, body.as_ref()).await;
        done(self.house, &answer)
    }

    async fn read(&self, who: &str) -> Value {
        let answer = self.house.ask(who, "GET", &self.case, None).await;
        let case = answer.json();
        assert_eq!(answer.status, 200, "{case}");
        fits(&self.house.document, "DeskCase", &case);
        case
    }
}

#[tokio::test(flavor = "multi_thread")]
#[expect(
    clippy::too_many_lines,
    reason = "a day is told from morning to evening"
)]
async fn a_case_goes_from_the_queue_to_a_rated_answer_through_the_interface_alone() {
    for house in houses().await {
        let olga = house.signed_in(Role::Specialist, Some("roads")).await;
        let head = house.signed_in(Role::Head, Some("roads")).await;
        let (case, anna) = filed(&house).await;
        let desk = Desk {
            house: &house,
            case,
        };

        // In the morning: what there is, and how much of it.
        let counts = house
            .ask(&olga, "GET", "/api/v1/desk/counts", None)
            .await
            .json();
        assert_eq!((&counts["unit"], &counts["mine"]), (&json!(1), &json!(0)));
        let queue = house
            .ask(&olga, "GET", "/api/v1/desk/cases?view=unit", None)
            .await
            .json();
        fits(&house.document, "QueueBody", &queue);
        assert_eq!(queue["items"][0]["links"]["self"], desk.case);

        // The head gives it to the specialist, who checks it and asks for what is missing.
        let read = desk.read(&head).await;
        assert_eq!(read["inside"]["version"], 1);
        assert!(
            allows(&read, "assign") && !allows(&read, "draft_answer"),
            "{read}"
        );
        let colleagues = house
            .ask(&head, "GET", "/api/v1/desk/colleagues", None)
            .await
            .json();
        let account = house.actor(&olga).await.account().unwrap().to_string();
        let known = colleagues["items"].as_array().unwrap();
        // Colleagues are called alike in the list, on the case and where they wrote.
        let called = "Ковалёв Б.";
        assert!(
            known
                .iter()
                .any(|one| one["account"] == account && one["name"] == called),
            "{known:?}"
        );
        let case = desk
            .post(&head, "assignments", Some(json!({ "account": account })))
            .await;
        assert_eq!(case["inside"]["state"], "in_work");
        assert_eq!(case["inside"]["assignee"]["account"], account);
        assert_eq!(case["inside"]["assignee"]["name"], called);
        desk.post(
            &olga,
            "notes",
            Some(json!({ "text": "Позвонить подрядчику" })),
        )
        .await;
        desk.post(&olga, "plan", Some(json!({ "planned_on": "2026-12-01" })))
            .await;
        let wish = json!({ "items": ["Фотография двора"], "instructions": "Приложите файл" });
        let case = desk.post(&olga, "document-requests", Some(wish)).await;
        assert_eq!(case["inside"]["state"], "waiting");
        assert_eq!(
            case["inside"]["document_requests"][0]["items"][0],
            "Фотография двора"
        );
        assert!(allows(&case, "resume"));
        let case = desk.post(&olga, "resumption", None).await;
        assert_eq!(case["inside"]["state"], "in_work");
        let letter = json!({ "text": "Снег вывезут сегодня.", "expects_reply": false });
        let case = desk.post(&olga, "messages", Some(letter)).await;
        assert_eq!(case["inside"]["messages"][0]["side"], "staff");
        assert_eq!(case["inside"]["messages"][0]["author"], called);
        assert_eq!(case["inside"]["notes"][0]["author"], called);

        // The answer: written, sent, returned, written again, agreed, signed.
        let draft = json!({
            "outcome": "satisfied",
            "text": "Двор очищен 20 ноября, повторная уборка назначена.",
            "promises": [{ "text": "Повторная уборка", "on": "2026-12-05" }],
        });
        let case = desk.send(&olga, "PUT", "draft", Some(draft.clone())).await;
        assert_eq!(case["inside"]["answers"][0]["state"], "draft");
        let case = desk.post(&olga, "agreement-request", None).await;
        assert_eq!(case["inside"]["state"], "in_agreement");
        assert!(!allows(&case, "agree"), "a specialist agrees to nothing");
        let queue = house
            .ask(&head, "GET", "/api/v1/desk/cases?view=agreement", None)
            .await;
        assert_eq!(queue.json()["items"].as_array().unwrap().len(), 1);
        let remark = json!({ "remark": "Добавьте, что вывезено." });
        let case = desk.post(&head, "return", Some(remark)).await;
        assert_eq!(
            case["inside"]["answers"][0]["remark"],
            "Добавьте, что вывезено."
        );
        let mut again = draft;
        again["measures"] = json!("Снег вывезен.");
        again["send"] = json!(true);
        let case = desk.send(&olga, "PUT", "draft", Some(again)).await;
        assert_eq!(case["inside"]["state"], "in_agreement");
        let case = desk.post(&head, "approval", None).await;
        assert!(allows(&case, "sign") && !allows(&case, "approve"), "{case}");
        let case = desk.post(&head, "signature", None).await;
        assert_eq!(case["inside"]["state"], "decided");
        assert_eq!(case["inside"]["answers"][0]["state"], "delivered");
        assert_eq!(case["state"], "finished");

        // The applicant rates it, the unit replies, the case is put away.
        let (reader, number) = (house.actor(&anna).await, case["number"].as_str().unwrap());
        let number = number.parse().unwrap();
        let rated = house
            .cases
            .rate(&reader, &Pass::default(), number, 5, "Спасибо")
            .await;
        rated.unwrap();
        let reply = json!({ "text": "Рады помочь." });
        let case = desk.post(&olga, "rating-reply", Some(reply)).await;
        assert_eq!(case["inside"]["rating"]["reply"], "Рады помочь.");
        let case = desk.post(&olga, "closing", None).await;
        assert_eq!(case["inside"]["state"], "closed");
        let reason = json!({ "reason": "Заявитель прислал новые снимки." });
        let case = desk.post(&head, "reopening", Some(reason)).await;
        assert_eq!(case["inside"]["state"], "in_work");

        // All of it stands in the journal, and is told page by page.
        let first = format!("{}/history?limit=2", desk.case);
        let first = house.ask(&olga, "GET", &first, None).await.json();
        fits(&house.document, "HistoryBody", &first);
        assert_eq!(first["items"][0]["action"], "case.filed");
        let next = first["next"].as_str().unwrap();
        let rest = format!("{}/history?limit=100&after={next}", desk.case);
        let rest = house.ask(&olga, "GET", &rest, None).await.json();
        assert_eq!(rest["items"][0]["version"], 3);
        let last = rest["items"].as_array().unwrap().last().unwrap();
        assert_eq!(last["version"], case["inside"]["version"]);
        assert_eq!(last["action"], "case.reopened");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_case_takes_its_turns_through_the_interface() {
    for house in houses().await {
        let olga = house.signed_in(Role::Specialist, Some("roads")).await;
        let head = house.signed_in(Role::Head, Some("roads")).await;
        let doctor = house.signed_in(Role::Specialist, Some("health")).await;
        let (case, _) = filed(&house).await;
        let desk = Desk {
            house: &house,
            case,
        };
        let case = desk.post(&olga, "check", None).await;
        assert_eq!(case["inside"]["state"], "checking");
        let case = desk.post(&olga, "work", None).await;
        assert_eq!(case["inside"]["state"], "in_work");
        let urgent = json!({ "priority": "urgent" });
        let case = desk.post(&head, "priority", Some(urgent)).await;
        assert_eq!(case["inside"]["priority"], "urgent");
        let subject = json!({ "category": "roads", "reason": "Не только снег" });
        let case = desk.post(&olga, "category", Some(subject)).await;
        assert_eq!(case["category"]["code"], "roads");
        assert_eq!(
            case["inside"]["turns"][0]["changes"][0]["before"],
            "roads.snow"
        );

        // Another unit does a part, and may read the case for it.
        let part = json!({ "unit": "health", "task": "Проверить проезд", "due_on": "2026-12-01" });
        let case = desk.post(&head, "parts", Some(part)).await;
        let part = case["inside"]["parts"][0]["id"]
            .as_str()
            .unwrap()
            .to_owned();
        let parts = house
            .ask(&doctor, "GET", "/api/v1/desk/cases?view=parts", None)
            .await;
        assert_eq!(parts.json()["items"].as_array().unwrap().len(), 1);
        let report = json!({ "result": "Проезд свободен" });
        let case = desk
            .post(&doctor, &format!("parts/{part}/report"), Some(report))
            .await;
        assert_eq!(case["inside"]["parts"][0]["state"], "done");
        let more = json!({ "unit": "health", "task": "Ещё раз" });
        let case = desk.post(&head, "parts", Some(more)).await;
        let of = |case: &Value, state: &str| {
            let parts = case["inside"]["parts"].as_array().unwrap().iter();
            let mut found = parts.filter(|part| part["state"] == state);
            found
                .next()
                .map(|part| part["id"].as_str().unwrap().to_owned())
        };
        let part = of(&case, "open").unwrap();
        let case = desk
            .post(&head, &format!("parts/{part}/withdrawal"), None)
            .await;
        assert_eq!(of(&case, "withdrawn"), Some(part));

        let neighbour = json!({ "role": "other_side", "name": "ООО «Чистый двор»" });
        let case = desk.post(&olga, "parties", Some(neighbour)).await;
        let neighbour = case["inside"]["parties"][0]["id"]
            .as_str()
            .unwrap()
            .to_owned();
        let case = desk
            .send(&olga, "DELETE", &format!("parties/{neighbour}"), None)
            .await;
        assert_eq!(case["inside"]["parties"], json!([]));

        let delay = json!({ "expected_on": "2026-12-20", "reason": "Ждём заключение о дороге." });
        let case = desk.post(&olga, "delays", Some(delay)).await;
        let turns = case["inside"]["turns"].as_array().unwrap();
        assert!(
            turns.iter().any(|turn| turn["expected_on"] == "2026-12-20"),
            "{turns:?}"
        );
        let case = desk.post(&olga, "release", None).await;
        assert!(case["inside"]["assignee"].is_null());

        // What went to another unit is told from outside.
        let away = json!({ "unit": "health", "reason": "Вопрос о здоровье людей." });
        let case = desk.post(&head, "redirection", Some(away)).await;
        assert_eq!(case["unit"]["code"], "health");
        let chief = house.signed_in(Role::Head, Some("health")).await;
        let away = json!({ "to": "Прокуратура города", "reason": "Полномочия прокуратуры здесь." });
        let case = desk.post(&chief, "forwarding", Some(away)).await;
        assert_eq!(case["inside"]["outcome"], "forwarded");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deed_that_names_an_old_version_is_not_done() {
    for house in houses().await {
        let olga = house.signed_in(Role::Specialist, Some("roads")).await;
        let ivan = house.signed_in(Role::Specialist, Some("roads")).await;
        let (case, _) = filed(&house).await;
        let tag = |answer: &Answer| answer.header("etag").to_owned();
        let read = house.ask(&olga, "GET", &case, None).await;
        let known = tag(&read);
        let known = [("if-none-match", &*known)];
        assert_eq!(
            house
                .ask_with(&olga, "GET", &case, None, &known)
                .await
                .status,
            304
        );
        let taking = format!("{case}/taking");
        let first = tag(&read);
        let first = [("if-match", &*first)];
        done(
            &house,
            &house.ask_with(&olga, "POST", &taking, None, &first).await,
        );
        let note = json!({ "text": "По старой версии" });
        let notes = format!("{case}/notes");
        let late = house
            .ask_with(&ivan, "POST", &notes, Some(&note), &first)
            .await;
        late.problem(412);
        let read = house.ask(&ivan, "GET", &case, None).await;
        assert_eq!(read.json()["inside"]["notes"], json!([]));
        let fresh = tag(&read);
        let fresh = [("if-match", &*fresh)];
        let case = done(
            &house,
            &house
                .ask_with(&ivan, "POST", &notes, Some(&note), &fresh)
                .await,
        );
        assert_eq!(case["inside"]["notes"][0]["text"], "По старой версии");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn many_cases_are_taken_in_one_step_and_given_back() {
    for house in houses().await {
        let olga = house.signed_in(Role::Specialist, Some("roads")).await;
        let ivan = house.signed_in(Role::Specialist, Some("roads")).await;
        let mut numbers = Vec::new();
        for _ in 0..3 {
            let (case, _) = filed(&house).await;
            numbers.push(case.rsplit('/').next().unwrap().to_owned());
        }
        let taken = format!("/api/v1/desk/cases/{}/taking", numbers[2]);
        done(&house, &house.ask(&ivan, "POST", &taken, None).await);
        let batch = json!({ "deed": "take", "cases": numbers });
        let answer = house
            .ask(&olga, "POST", "/api/v1/desk/batches", Some(&batch))
            .await;
        let came = answer.json();
        fits(&house.document, "BatchResult", &came);
        let done: Vec<bool> = came["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| one["done"] == true)
            .collect();
        assert_eq!(done, [true, true, false], "{came}");
        assert!(came["items"][2]["reason"].is_string());
        let undo = json!({ "undo": came["undo"] });
        let back = house
            .ask(&olga, "POST", "/api/v1/desk/batches/undo", Some(&undo))
            .await
            .json();
        assert!(
            back["items"]
                .as_array()
                .unwrap()
                .iter()
                .all(|one| one["done"] == true),
            "{back}"
        );
        let counts = house
            .ask(&olga, "GET", "/api/v1/desk/counts", None)
            .await
            .json();
        assert_eq!(counts["mine"], 0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_on_paper_is_noted_as_sent_through_the_interface() {
    for house in houses().await {
        let olga = house.signed_in(Role::Specialist, Some("roads")).await;
        let head = house.signed_in(Role::Head, Some("roads")).await;
        let anna = house.signed_in(Role::Applicant, None).await;
        let mut asked = filing();
        asked["fields"]["answer_by"] = json!("paper");
        asked["applicant"]["postal_address"] = json!("644000, Омск");
        let filed = house.file_with(&asked, &[("cookie", &anna)]).await.json();
        let number = filed["links"]["self"].as_str().unwrap().to_owned();
        let desk = Desk {
            house: &house,
            case: number.replace("/api/v1/cases/", "/api/v1/desk/cases/"),
        };
        desk.post(&olga, "taking", None).await;
        let text = "Двор очищен двадцатого ноября.";
        let answer = json!({ "outcome": "explained", "text": text, "send": true });
        desk.send(&olga, "PUT", "draft", Some(answer)).await;
        let case = desk.post(&head, "agreement", None).await;
        assert!(allows(&case, "post_answer"));
        let path = "/api/v1/desk/cases?view=posting";
        let listed = house.ask(&olga, "GET", path, None).await.json();
        assert_eq!(listed["items"].as_array().unwrap().len(), 1);

        let path = format!("{}/posting", desk.case);
        let no_day = json!({ "way": "posted", "to": "644000, Омск" });
        let refused = house.ask(&olga, "POST", &path, Some(&no_day)).await;
        assert_eq!(refused.status, 422);
        let posting = json!({
            "way": "posted",
            "posted_on": "2026-11-20",
            "to": "644000, Омск",
            "post_item": "64400092012345",
        });
        let case = desk.post(&olga, "posting", Some(posting)).await;
        let turn = &case["inside"]["turns"][0];
        assert_eq!(turn["kind"], "posted");
        assert_eq!(turn["post_item"], "64400092012345");
        assert!(!allows(&case, "post_answer"));
        let counts = house.ask(&olga, "GET", "/api/v1/desk/counts", None).await;
        assert_eq!(counts.json()["posting"], 0);
    }
}
