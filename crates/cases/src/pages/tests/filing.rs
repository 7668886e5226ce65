//! Filing as a guest's browser meets it: the pages with everything behind them.

use axum::http::StatusCode;

use super::house::houses;

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
    }
}
