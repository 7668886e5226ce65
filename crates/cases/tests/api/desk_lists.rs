//! The lists of the desk: pages, filters, figures.

use base::Role;
use serde_json::Value;

use crate::desk::{done, filed};
use crate::document::fits;
use crate::house::houses;

#[tokio::test(flavor = "multi_thread")]
async fn the_queue_is_read_page_by_page_and_nothing_stands_twice() {
    for house in houses().await {
        let olga = house.signed_in(Role::Specialist, Some("roads")).await;
        for _ in 0..3 {
            filed(&house).await;
        }
        let (mut seen, mut after) = (Vec::new(), String::new());
        loop {
            let path = format!("/api/v1/desk/cases?view=unit&limit=1&after={after}");
            let page = house.ask(&olga, "GET", &path, None).await.json();
            let items = page["items"].as_array().unwrap();
            assert_eq!(items.len(), 1);
            seen.push(items[0]["number"].as_str().unwrap().to_owned());
            match page["next"].as_str() {
                Some(next) => after = next.to_owned(),
                None => break,
            }
        }
        let mut apart = seen.clone();
        apart.dedup();
        assert_eq!((seen.len(), apart.len()), (3, 3));
        let one = format!(
            "/api/v1/desk/cases?number={}",
            seen[1].replacen('А', "A", 1)
        );
        let one = house.ask(&olga, "GET", &one, None).await.json();
        assert_eq!(one["items"][0]["number"], seen[1].as_str());
        let few = house
            .ask(
                &olga,
                "GET",
                "/api/v1/desk/cases?view=unit&fields=number",
                None,
            )
            .await;
        let few = few.json();
        assert_eq!(few["items"][0].as_object().unwrap().len(), 1, "{few}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn figures_are_what_the_pages_show() {
    for house in houses().await {
        let olga = house.signed_in(Role::Specialist, Some("roads")).await;
        let head = house.signed_in(Role::Head, Some("roads")).await;
        let (case, _) = filed(&house).await;
        done(
            &house,
            &house
                .ask(&olga, "POST", &format!("{case}/taking"), None)
                .await,
        );
        let (other, _) = filed(&house).await;
        let away = serde_json::json!({ "to": "Прокуратура города", "reason": "Полномочия прокуратуры здесь." });
        let path = format!("{other}/forwarding");
        done(&house, &house.ask(&head, "POST", &path, Some(&away)).await);
        let read = async |path: &str, shape: &str| {
            let answer = house
                .ask(&head, "GET", &format!("/api/v1/desk/{path}"), None)
                .await;
            let body: Value = answer.json();
            assert_eq!(answer.status, 200, "{body}");
            assert!(!answer.header("etag").is_empty(), "{path}");
            fits(&house.document, shape, &body);
            body
        };
        let loads = read("loads", "LoadsBody").await;
        let account = house.actor(&olga).await.account().unwrap().to_string();
        let hers = loads["items"].as_array().unwrap().iter();
        let hers = hers
            .clone()
            .find(|row| row["colleague"]["account"] == account.as_str());
        assert_eq!(hers.unwrap()["open"], 1, "{loads}");
        let queue = read(&format!("cases?holder={account}"), "QueueBody").await;
        assert_eq!(queue["items"].as_array().unwrap().len(), 1);
        let terms = read("terms", "TermsBody").await;
        assert_eq!(terms["kinds"][0]["kind"], "answer");
        assert_eq!(terms["kinds"][0]["running"], 1, "{terms}");
        let running = read("terms/answer?limit=1", "RunningPage").await;
        assert_eq!(running["items"][0]["links"]["self"], case.as_str());
        let figures = read("statistics?unit=roads", "StatisticsBody").await;
        assert_eq!(figures["finished"]["all"], 1, "{figures}");
        let journal = read("journal?service=complaint&from=2026-11-01", "FinishedPage").await;
        assert_eq!(journal["items"][0]["outcome"], "forwarded", "{journal}");
        let totals = read("journal/totals", "TotalsBody").await;
        assert_eq!(totals["all"], 1);
        let stages = read("stages", "UnitsStages").await;
        assert_eq!(stages["items"][0]["unit"]["code"], "roads", "{stages}");
        let by_case = read("stages/cases?unit=roads&limit=1", "CasesStages").await;
        assert!(by_case["next"].is_string());
        read("search?q=%D1%81%D0%BD%D0%B5%D0%B3", "FindingsBody").await;
        let unknown = house.ask(
            &head,
            "GET",
            "/api/v1/desk/journal?unit=moon&from=never",
            None,
        );
        assert_eq!(unknown.await.wrong(), ["from", "unit"]);
        // A specialist is told of themselves alone.
        let own = house
            .ask(&olga, "GET", "/api/v1/desk/statistics", None)
            .await
            .json();
        assert_eq!(own["by_person"], serde_json::json!([]), "{own}");
    }
}
