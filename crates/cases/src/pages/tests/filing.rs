//! Filing as a guest's browser meets it: the pages with everything behind them.

use axum::http::StatusCode;
use base::{Actor, Language};
use serde_json::json;

use super::NOW;
use super::house::houses;
use crate::pass::Pass;

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_names_no_draft_is_a_page_that_is_not_there() {
    for house in &houses() {
        for path in [
            "/file/complaint/nonsense",
            "/file/complaint/nonsense/matter",
            "/file/complaint/nonsense/review",
            "/file/complaint/00000000-0000-7000-8000-000000000000/matter",
            "/file/nothing",
        ] {
            let (status, page) = house.page(path).await;
            assert_eq!(status, StatusCode::NOT_FOUND, "{path}");
            assert!(page.contains("<h1"), "{path}: {page}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_subject_in_the_address_is_marked_when_cases_can_take_it() {
    let marked = r#"value="roads.snow" checked"#;
    for house in &houses() {
        let (status, page) = house.page("/file/complaint?category=roads.snow").await;
        assert_eq!(status, StatusCode::OK);
        assert!(page.contains(marked), "{page}");
        for other in ["roads", "nothing", "%22%3E%3Cscript%3E", ""] {
            let path = format!("/file/complaint?category={other}&category=roads.snow");
            let (status, page) = house.page(&path).await;
            assert_eq!(status, StatusCode::OK, "{path}");
            assert!(!page.contains(" checked"), "{path}: {page}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_reads_on_the_first_page_that_it_will_be_a_message() {
    for house in &houses() {
        for (code, formal) in [
            ("complaint", "обращение по 59-ФЗ"),
            ("proposal", "предложение по 59-ФЗ"),
            ("information", "запрос информации по 8-ФЗ"),
        ] {
            let (_, page) = house
                .page(&format!("/file/{code}?category=roads.snow"))
                .await;
            assert!(page.contains("Без входа это будет сообщение"), "{page}");
            assert!(page.contains(&format!("Чтобы отправить {formal}, войдите")));
            let back = format!("/sign-in?next=/file/{code}%3Fcategory%3Droads.snow");
            assert!(page.contains(&back), "{page}");
        }
        // Feedback is a message from anybody: signing in changes nothing of it.
        let (_, page) = house.page("/feedback").await;
        assert!(!page.contains("Без входа это будет сообщение"), "{page}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_throws_a_draft_away_after_being_asked_and_nobody_else_can() {
    for house in &houses() {
        let cases = &house.cases;
        let guest = Actor::guest(Language::Ru);
        let answers = json!({"subject": "Не убран <двор>"});
        let answers = answers.as_object().unwrap().clone();
        let id = cases
            .save_draft(&guest, &Pass::default(), None, "complaint", answers)
            .await
            .unwrap();
        let pass = Pass::default().with_draft(id);
        let own = pass.cookie(cases.journal().keys(), NOW);
        let address = format!("/file/complaint/{id}/drop");

        let (status, _) = house.send(&address, "").await;
        assert_eq!(status, StatusCode::NOT_FOUND);
        assert!(cases.draft(&guest, &pass, id).await.is_ok());

        let (status, page) = house.page_with(&address, &own).await;
        assert_eq!(status, StatusCode::OK);
        assert!(page.contains("Удалить черновик?"), "{page}");
        assert!(page.contains("Не убран &#60;двор&#62;"), "{page}");
        // Asking throws nothing away.
        assert!(cases.draft(&guest, &pass, id).await.is_ok());

        let (status, to) = house.send(&address, &own).await;
        assert_eq!(
            (status, to.as_str()),
            (StatusCode::SEE_OTHER, "/services/complaint")
        );
        assert!(cases.draft(&guest, &pass, id).await.is_err());
        let (status, _) = house.send(&address, &own).await;
        assert_eq!(status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_may_open_a_case_is_led_into_it_by_its_number() {
    for house in &houses() {
        let cases = &house.cases;
        let guest = Actor::guest(Language::Ru);
        let filed = cases.file(&guest, super::history::filing()).await.unwrap();
        let pass = Pass::default().with_case(filed.id);
        let own = pass.cookie(cases.journal().keys(), NOW);
        let address = format!("/status?number={}", filed.number).replace('А', "%D0%90");
        let into = format!("href=\"/cases/{}\"", filed.number);

        let (status, page) = house.page_with(&address, &own).await;
        assert_eq!(status, StatusCode::OK);
        assert!(page.contains(&into), "{page}");
        assert!(!page.contains("Подавали после входа? Войдите,"), "{page}");
        // Anybody else reads what is public, and how to come in.
        let (_, page) = house.page(&address).await;
        assert!(!page.contains(&into), "{page}");
        assert!(page.contains("Подавали после входа? Войдите,"), "{page}");
        assert!(page.contains("href=\"#f-code\""), "{page}");
    }
}
