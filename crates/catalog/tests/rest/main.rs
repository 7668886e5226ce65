//! Administration of the catalogue through the interface for programs, over both databases: a day
//! of it, who is refused, what nonsense is answered with, and lists that go on by their cursor.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod house;

use axum::http::Request;
use base::Role;
use serde_json::{Value, json};

use crate::house::houses;

#[tokio::test(flavor = "multi_thread")]
async fn a_subject_and_an_official_are_made_and_changed() {
    for house in houses().await {
        let admin = house.administrator().await;
        let bridges = json!({
            "code": "roads.bridges", "parent": "roads", "position": 20, "name_ru": "Мосты", "name_en": "Bridges",
            "unit": "b", "priority": "high", "terms": { "pos": "answer_fast" },
        });
        let made = house.ask(&admin, "POST", "categories", &bridges).await;
        assert_eq!(made.status, 201, "{}", made.body);
        let path = "categories/roads.bridges";
        assert_eq!(made.headers["location"], format!("/api/v1/admin/{path}"));
        let again = house.ask(&admin, "POST", "categories", &bridges).await;
        assert_eq!(again.wrong(), ["code"]);
        let read = house.get(&admin, path).await;
        for (name, value) in bridges.as_object().unwrap() {
            assert_eq!(read.body[name], *value, "{name}");
        }
        let closed =
            json!({ "position": 20, "name_ru": "Мосты", "name_en": "Bridges", "open": false });
        let stale = Request::put(format!("/api/v1/admin/{path}"))
            .header("content-type", "application/json")
            .header("if-match", "\"x\"")
            .header("cookie", &admin);
        assert_eq!(house.send(stale, closed.to_string()).await.status, 412);
        let changed = house.ask(&admin, "PUT", path, &closed).await;
        assert_eq!(changed.body["open"], false, "{}", changed.body);
        assert!(changed.body.get("unit").is_none() && changed.body.get("parent").is_none());
        let contents = house.catalog.contents().await.unwrap();
        assert!(
            !contents
                .categories()
                .by_code("roads.bridges")
                .unwrap()
                .active
        );
        for (name, value) in [
            ("parent", json!("nothing")),
            ("unit", json!("nothing")),
            ("service", json!("nothing")),
            ("position", json!(2_000_000)),
            ("name_ru", json!(" ")),
            ("terms", json!({ "pos": "nothing" })),
        ] {
            let mut wish = closed.clone();
            wish[name] = value;
            let wrong = house.ask(&admin, "PUT", path, &wish).await;
            assert_eq!(wrong.wrong(), [name]);
        }

        let mayor = json!({
            "code": "mayor", "unit": "b", "position": 10, "post_ru": "Глава города", "post_en": "Mayor", "open": true,
        });
        let made = house.ask(&admin, "POST", "officials", &mayor).await;
        assert_eq!(made.status, 201, "{}", made.body);
        let mut held = mayor.clone();
        held.as_object_mut().unwrap().remove("code");
        held["holder_ru"] = json!("Орлова Мария");
        let half = house.ask(&admin, "PUT", "officials/mayor", &held).await;
        assert_eq!(half.wrong(), ["holder_en"]);
        held["holder_en"] = json!("Maria Orlova");
        let named = house.ask(&admin, "PUT", "officials/mayor", &held).await;
        assert_eq!(named.body["holder_en"], "Maria Orlova", "{}", named.body);
        held["post_en"] = json!("");
        let nameless = house.ask(&admin, "PUT", "officials/mayor", &held).await;
        assert_eq!(nameless.wrong(), ["post_en"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_service_is_copied_looked_over_published_and_withheld() {
    for house in houses().await {
        let admin = house.administrator().await;
        let whole = house.get(&admin, "services/other/versions/current").await;
        let mut copy = whole.body["definition"].clone();
        copy["code"] = json!("thanks");
        copy["name"] = json!({ "ru": "Благодарность", "en": "Thanks" });

        let mut bad = copy.clone();
        bad["states"] = json!([]);
        bad["help"]["who"]["en"] = json!("");
        bad["form"]["steps"][0]["fields"][0]["name"] = json!("Имя");
        let draft = json!({ "definition": bad });
        let looked = house.ask(&admin, "POST", "services/checks", &draft).await;
        assert_eq!(looked.body["sound"], false, "{}", looked.body);
        let places: Vec<&str> = looked.body["faults"]
            .as_array()
            .unwrap()
            .iter()
            .map(|fault| fault["place"].as_str().unwrap())
            .collect();
        assert_eq!(
            &places[..3],
            ["help.who", "states", "form.steps[0].fields[0]"]
        );
        let refused = house.ask(&admin, "POST", "services", &draft).await;
        assert_eq!(
            &refused.wrong()[..3],
            [
                "definition.help.who",
                "definition.states",
                "definition.form.steps[0].fields[0]"
            ]
        );

        let draft = json!({ "definition": copy });
        let looked = house.ask(&admin, "POST", "services/checks", &draft).await;
        assert_eq!(looked.body["sound"], true, "{}", looked.body);
        let made = house.ask(&admin, "POST", "services", &draft).await;
        assert_eq!(made.status, 201, "{}", made.body);
        assert_eq!(made.body["version"], 1);
        let taken = house.ask(&admin, "POST", "services", &draft).await;
        assert_eq!(taken.wrong(), ["definition.code"]);
        let thanks = house.get(&admin, "services/thanks").await;
        assert_eq!(thanks.body["offered"], true);

        let withheld = house
            .ask(&admin, "DELETE", "services/thanks/offer", &json!({}))
            .await;
        assert_eq!(withheld.body["offered"], false, "{}", withheld.body);
        let again = house
            .ask(&admin, "DELETE", "services/thanks/offer", &json!({}))
            .await;
        assert_eq!(again.status, 409);
        let offered = house
            .ask(&admin, "POST", "services/thanks/offer", &json!({}))
            .await;
        assert_eq!(offered.body["offered"], true);
        let nothing = house.get(&admin, "services/thanks/proposal").await;
        assert_eq!(nothing.status, 404);
        let decision = json!({ "base": 1, "decision": "keep" });
        let decided = house.ask(
            &admin,
            "POST",
            "services/thanks/proposal/decision",
            &decision,
        );
        assert_eq!(decided.await.status, 409);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_version_is_written_as_text_and_compared() {
    for house in houses().await {
        let admin = house.administrator().await;
        let whole = house.get(&admin, "services/other/versions/current").await;
        let mut copy = whole.body["definition"].clone();
        copy["code"] = json!("thanks");
        copy["name"] = json!({ "ru": "Благодарность", "en": "Thanks" });
        let made = json!({ "definition": copy });
        let made = house.ask(&admin, "POST", "services", &made).await;
        assert_eq!(made.status, 201, "{}", made.body);
        let path = "services/thanks/versions";
        let text = house.get(&admin, &format!("{path}/1")).await;
        let text = text.body["text"].as_str().unwrap().to_owned();
        let broken = text.replacen("publish = ", "publsh = ", 1);
        let draft = json!({ "service": "thanks", "text": broken });
        let looked = house.ask(&admin, "POST", "services/checks", &draft).await;
        assert!(
            looked.body["faults"][0]["line"].is_number(),
            "{}",
            looked.body
        );
        let new = text.replacen("\"Thanks\"", "\"Gratitude\"", 1);
        let wish = json!({ "base": 1, "text": new });
        let second = house.ask(&admin, "POST", path, &wish).await;
        assert_eq!(second.status, 201, "{}", second.body);
        assert_eq!(second.body["version"], 2);
        let late = text.replacen("\"Thanks\"", "\"Praise\"", 1);
        let late = json!({ "base": 1, "text": late });
        let late = house.ask(&admin, "POST", path, &late).await;
        assert_eq!(late.status, 409, "another version has come between");
        let same = json!({ "base": 2, "text": new });
        let same = house.ask(&admin, "POST", path, &same).await;
        assert_eq!((same.status, &same.body["changed"]), (200, &json!(false)));
        assert_eq!(house.get(&admin, path).await.codes("version"), ["2", "1"]);
        let differs = house
            .get(&admin, "services/thanks/difference?from=1&to=2")
            .await;
        let lines = differs.body["changes"].as_array().unwrap();
        let new: Vec<&Value> = lines.iter().filter(|line| line["line"] == "new").collect();
        assert!(
            new.iter()
                .any(|line| line.to_string().contains("Gratitude"))
        );
        let nothing = house.get(&admin, "services/thanks/difference").await;
        assert_eq!(nothing.wrong(), ["from", "to"]);

        let both = json!({ "definition": copy, "text": text });
        let both = house.ask(&admin, "POST", "services/checks", &both).await;
        assert_eq!(both.wrong(), ["text"]);
        let neither = house
            .ask(&admin, "POST", "services/checks", &json!({}))
            .await;
        assert_eq!(neither.wrong(), ["definition"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_route_is_tried_on_past_cases_before_it_is_kept() {
    for house in houses().await {
        let admin = house.administrator().await;
        let tried = house.ask(&admin, "POST", "routes/trials", &json!({})).await;
        assert_eq!(tried.body, json!({ "tried": 1, "differ": 0, "moved": [] }));
        let rule = json!({
            "position": 50, "category": "roads", "unit": "b",
            "reason_ru": "Дороги ведёт отдел b", "reason_en": "Unit b is responsible for roads",
        });
        let trial = json!({ "rule": rule });
        let tried = house.ask(&admin, "POST", "routes/trials", &trial).await;
        let moved = json!([{ "number": "А-2026-00000001-1", "has": "a", "now": "a", "then": "b" }]);
        assert_eq!(tried.body["moved"], moved, "{}", tried.body);
        assert_eq!(house.get(&admin, "routes").await.codes("unit"), ["a"]);
        let made = house.ask(&admin, "POST", "routes", &rule).await;
        assert_eq!(made.status, 201, "{}", made.body);
        assert_eq!(house.get(&admin, "routes").await.codes("unit"), ["b", "a"]);
        let path = made.headers["location"].to_str().unwrap();
        let path = path.strip_prefix("/api/v1/admin/").unwrap();
        let mut later = rule.clone();
        later["position"] = json!(200);
        let trial = json!({ "rule": later, "replaces": made.body["id"] });
        let tried = house.ask(&admin, "POST", "routes/trials", &trial).await;
        assert_eq!(tried.body["differ"], 1, "{}", tried.body);
        assert_eq!(house.ask(&admin, "PUT", path, &later).await.status, 200);
        assert_eq!(house.get(&admin, "routes").await.codes("unit"), ["a", "b"]);
        for (name, value) in [
            ("unit", json!("nothing")),
            ("category", json!("nothing")),
            ("position", json!(-1)),
            ("reason_en", json!("")),
        ] {
            let mut wish = rule.clone();
            wish[name] = value;
            assert_eq!(house.ask(&admin, "PUT", path, &wish).await.wrong(), [name]);
        }
        assert_eq!(
            house.ask(&admin, "DELETE", path, &json!({})).await.status,
            204
        );
        assert_eq!(house.get(&admin, path).await.status, 404);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_term_of_the_house_gets_a_version_and_one_of_the_law_an_aim_alone() {
    for house in houses().await {
        let admin = house.administrator().await;
        // A rule of its own for this test: settings hold for the whole process.
        let path = "terms/own.arbiter";
        let wish = |day: &str| json!({ "valid_from": day, "length": 7, "unit": "working_days", "reason": "Приказ 12" });
        let set = async |wish: Value| {
            let path = format!("{path}/versions");
            house.ask(&admin, "POST", &path, &wish).await
        };
        assert_eq!(set(wish("2020-01-01")).await.wrong(), ["valid_from"]);
        assert_eq!(set(wish("tomorrow")).await.wrong(), ["valid_from"]);
        let done = set(wish("2090-01-01")).await;
        assert_eq!(done.status, 201, "{}", done.body);
        assert_eq!(done.body["versions"][0]["reason"], "Приказ 12");
        assert_eq!(done.body["versions"][0]["limit"]["length"], 7);
        let law = "terms/fz59.answer/versions";
        let refused = house.ask(&admin, "POST", law, &wish("2090-01-01")).await;
        assert_eq!(refused.status, 404);
        let terms = house.get(&admin, "terms?limit=100").await;
        assert!(terms.codes("code").contains(&"fz59.answer".to_owned()));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_but_an_administrator_of_the_whole_gets_in_anywhere() {
    for house in houses().await {
        let operations = house.operations();
        let admin = house.administrator().await;
        for (method, path, schema) in &operations {
            let body = if schema.is_null() {
                json!({})
            } else {
                json!({ "x": 1 })
            };
            let answer = house.ask(&admin, method, path, &body).await;
            assert!(
                ![401, 403, 405].contains(&answer.status) && answer.status < 500,
                "an administrator: {method} {path}: {} {}",
                answer.status,
                answer.body
            );
        }
        let mut others = vec![("guest", String::new(), 401)];
        for role in [Role::Operator, Role::Specialist, Role::Head] {
            let cookie = house.somebody(role, Some("a")).await;
            others.push((role.code(), cookie, 403));
        }
        others.push((
            "applicant",
            house.somebody(Role::Applicant, None).await,
            403,
        ));
        for (name, cookie, expected) in &others {
            for (method, path, _) in &operations {
                let answer = house.ask(cookie, method, path, &json!({})).await;
                assert_eq!(answer.status, *expected, "{name}: {method} {path}");
            }
        }
        // Whoever administers one unit alone does not read or change the catalogue of all.
        let dina = house.somebody(Role::Administrator, Some("a")).await;
        for (method, path, _) in operations.iter().filter(|(method, ..)| method != "POST") {
            if method == "GET" || method == "DELETE" {
                let answer = house.ask(&dina, method, path, &json!({})).await;
                let asked = path.contains("difference");
                assert!(answer.status == 403 || asked, "{method} {path}");
            }
        }
        let rule = json!({ "position": 1, "unit": "a", "reason_ru": "а", "reason_en": "a" });
        let refused = house.ask(&dina, "POST", "routes", &rule).await;
        assert_eq!(refused.status, 403);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nonsense_is_answered_with_the_name_of_the_field() {
    let house = houses().await.remove(0);
    let admin = house.administrator().await;
    let mut tried = 0;
    for (method, path, schema) in house.operations() {
        let Some(properties) = schema["properties"].as_object() else {
            continue;
        };
        let foreign = json!({ "nonsense": 1 });
        let foreign = house.ask(&admin, &method, &path, &foreign).await;
        assert_eq!(foreign.wrong(), ["nonsense"], "{method} {path}");
        for name in properties.keys() {
            let body = json!({ name: [{ "nonsense": [1] }] });
            let wrong = house.ask(&admin, &method, &path, &body).await;
            assert_eq!(wrong.wrong(), [name.as_str()], "{method} {path}");
            tried += 1;
        }
    }
    assert!(tried > 40, "{tried}");
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_go_on_by_their_cursor_and_show_nothing_twice() {
    for house in houses().await {
        let admin = house.administrator().await;
        for (list, key, least) in [
            ("categories", "code", 2),
            ("services", "code", 14),
            ("services/complaint/versions", "version", 1),
            ("routes", "id", 1),
            ("terms", "code", 10),
            ("officials", "code", 0),
        ] {
            let whole = house.get(&admin, &format!("{list}?limit=100")).await;
            let whole = whole.codes(key);
            assert!(whole.len() >= least, "{list}: {whole:?}");
            let (mut seen, mut after) = (Vec::new(), String::new());
            loop {
                let page = format!("{list}?limit=3{after}");
                let page = house.get(&admin, &page).await;
                seen.extend(page.codes(key));
                match page.body["next"].as_str() {
                    Some(next) => after = format!("&after={next}"),
                    None => break,
                }
                assert!(seen.len() <= whole.len(), "{list} does not end");
            }
            assert_eq!(seen, whole, "{list}");
            let foreign = format!("{list}?after=nothing-of-ours");
            let foreign = house.get(&admin, &foreign).await;
            assert_eq!(foreign.wrong(), ["after"], "{list}");
            let many = house.get(&admin, &format!("{list}?limit=0")).await;
            assert_eq!(many.wrong(), ["limit"], "{list}");
        }
    }
}
