//! The pages of the catalogue and of every step of every form, in both languages, with answers
//! and mistakes: they render, say something everywhere, and let nothing through that is not text.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod common;

use askama::Template;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request as HttpRequest, StatusCode};
use axum::routing::get;
use base::{Actor, Clock, Language};
use catalog::{
    Answers, BUILT_IN, Catalog, Definition, NewCategory, Phrase, Settings, Shown, StepView,
    ensure_category,
};
use common::{TODAY, World, complaint, definition};
use journal::{Journal, Keys};
use serde_json::json;
use store::testing::Fresh;
use tower::ServiceExt;
use web::{Page, Request, Shell, Words};

fn words() -> Words {
    let law = &[
        (Language::Ru, include_str!("../../law/locales/ru.ftl")),
        (Language::En, include_str!("../../law/locales/en.ftl")),
    ];
    Words::new(&[law, catalog::WORDS, people::WORDS]).unwrap()
}

fn shell() -> Shell {
    Shell::new(
        web::Settings::default(),
        words(),
        Clock::system(),
        || true,
        || None,
    )
}

async fn ask(router: Router, path: &str, language: &str) -> (StatusCode, String) {
    let request = HttpRequest::get(path)
        .header("accept-language", language)
        .body(Body::empty())
        .unwrap();
    let response = web::layers(router, &shell())
        .oneshot(request)
        .await
        .unwrap();
    let status = response.status();
    let body = to_bytes(response.into_body(), 1 << 20).await.unwrap();
    (status, String::from_utf8(body.to_vec()).unwrap())
}

/// A word that is missing is shown in guillemets with its key.
fn assert_every_word_is_there(page: &str) {
    for prefix in ["«catalog-", "«law-", "«web-", "«error-"] {
        assert!(!page.contains(prefix), "a word is missing: {page}");
    }
}

#[derive(Template)]
#[template(
    source = r#"{% import "parts.html" as parts %}{{ parts::errors(page) }}{% include "form_step.html" %}"#,
    ext = "html"
)]
struct StepPage {
    page: Page,
    step: StepView,
}

/// The page of one step, after the answers were judged.
async fn step_page(code: &str, step: &str, answers: Answers, language: &str) -> String {
    let (form, step) = (definition(code).form, step.to_owned());
    let handler = move |request: Request| async move {
        let world = World::demo();
        let step = step.as_str();
        let shown = Shown {
            language: request.language,
            words: request.shell().words(),
            categories: &world.categories,
            units: &world.units,
            officials: &world.officials,
            map: None,
        };
        let errors = form
            .check_step(step, &answers, &world.context())
            .err()
            .unwrap_or_default();
        let view = StepView::new(&form, form.step(step).unwrap(), &answers, TODAY, &shown);
        let page = view.dress(request.page(view.title.clone()), errors);
        web::html(&StepPage { page, step: view })
    };
    let (status, page) = ask(Router::new().route("/", get(handler)), "/", language).await;
    assert_eq!(status, StatusCode::OK);
    page
}

#[tokio::test]
async fn every_step_of_every_form_renders_in_both_languages() {
    for text in BUILT_IN {
        let definition = Definition::from_toml(text).unwrap();
        for step in &definition.form.steps {
            for language in ["ru", "en"] {
                for answers in [Answers::new(), complaint()] {
                    let page = step_page(&definition.code, &step.id, answers, language).await;
                    assert_every_word_is_there(&page);
                    let asks = page.contains("<input") || page.contains("<select");
                    assert!(asks, "{} asks nothing at {}", definition.code, step.id);
                }
            }
        }
    }
}

#[tokio::test]
async fn a_subject_is_chosen_on_one_page_without_scripts() {
    let page = step_page("complaint", "topic", complaint(), "ru").await;
    assert_eq!(page.matches("<details").count(), 9);
    assert_eq!(page.matches("<details class=\"section\" open>").count(), 1);
    assert!(page.contains(r#"value="roads.snow" checked"#));
    assert!(page.contains(r#"value="electronic.account.entry""#));
    assert!(
        !page.contains(r#"value="roads""#),
        "a section is no subject"
    );
}

#[tokio::test]
async fn script_in_answers_and_mistakes_stays_text() {
    let mut answers = complaint();
    for (name, value) in [
        ("subject", json!("<script>alert(1)</script>")),
        ("description", json!("</textarea><script>alert(1)</script>")),
        ("happened_on", json!("\"><script>alert(1)</script>")),
        ("expected", json!(["<script>"])),
        ("<script>alert(1)</script>", json!("x")),
    ] {
        answers.insert(name.to_owned(), value);
    }
    let page = step_page("complaint", "matter", answers, "ru").await;
    assert!(!page.contains("<script>"), "{page}");
    assert!(page.contains("&#60;script&#62;") || page.contains("&lt;script&gt;"));
    assert!(page.contains("aria-invalid"));
}

#[tokio::test]
async fn a_field_under_a_condition_appears_when_it_holds() {
    let mut answers = complaint();
    assert!(
        !step_page("complaint", "matter", answers.clone(), "ru")
            .await
            .contains("online_service")
    );
    answers.insert("category".to_owned(), json!("electronic.account.entry"));
    assert!(
        step_page("complaint", "matter", answers, "ru")
            .await
            .contains("online_service")
    );
}

#[tokio::test]
async fn the_kind_of_problem_narrows_the_subjects() {
    let offered = async |problem: Option<&str>| {
        let mut answers = Answers::new();
        if let Some(problem) = problem {
            answers.insert("problem".to_owned(), json!(problem));
        }
        step_page("online", "topic", answers, "ru").await
    };
    let failures = offered(Some("failures")).await;
    assert!(failures.contains(r#"value="electronic.failures.sending""#));
    assert!(!failures.contains("electronic.account") && !failures.contains("roads."));
    assert!(failures.contains(r#"<details class="section" open>"#));
    let account = offered(Some("account")).await;
    assert!(account.contains("electronic.account.entry") && !account.contains("failures"));
    assert!(offered(None).await.contains("roads.snow"));
}

#[test]
fn an_answer_on_paper_needs_an_address() {
    let world = World::demo();
    let form = definition("complaint").form;
    let mut answers = complaint();
    answers.insert("answer_by".to_owned(), json!("email"));
    assert!(form.check(&answers, &world.context()).is_ok());
    answers.insert("answer_by".to_owned(), json!("paper"));
    let errors = form.check(&answers, &world.context()).unwrap_err();
    let fields: Vec<&str> = errors.iter().map(|error| error.field.as_str()).collect();
    assert_eq!(fields, ["applicant.postal_address"]);
    answers["applicant"]["postal_address"] = json!("Озёрное, Лесная, 12");
    assert!(form.check(&answers, &world.context()).is_ok());
}

#[test]
fn a_review_shows_answers_in_words() {
    let world = World::demo();
    let words = words();
    let form = definition("complaint").form;
    let answers = form.check(&complaint(), &world.context()).unwrap();
    let shown = Shown {
        language: Language::Ru,
        words: &words,
        categories: &world.categories,
        units: &world.units,
        officials: &world.officials,
        map: None,
    };
    let lines: Vec<(String, String)> = form
        .summary(&answers, &shown)
        .into_iter()
        .map(|line| (line.field, line.value))
        .collect();
    let has = |field: &str, value: &str| lines.contains(&(field.to_owned(), value.to_owned()));
    assert!(
        has("category", "Дороги и благоустройство › Снег и гололёд"),
        "{lines:?}"
    );
    assert!(
        has("happened_on", "20\u{a0}ноября 2026\u{a0}года"),
        "{lines:?}"
    );
    assert!(has("place.territory", "город Озёрное"), "{lines:?}");
    assert!(has("applicant.email", "anna@example.ru"), "{lines:?}");
    assert!(lines.iter().all(|(_, value)| !value.is_empty()));
}

/// The pages over a fresh catalogue with one section of two subjects.
struct House {
    router: Router,
    _keys: tempfile::TempDir,
    _fresh: Fresh,
}

fn houses() -> Vec<House> {
    let migrations = [journal::MIGRATIONS, people::MIGRATIONS, catalog::MIGRATIONS];
    Fresh::all(&migrations).into_iter().map(house).collect()
}

fn house(fresh: Fresh) -> House {
    let keys = tempfile::tempdir().unwrap();
    let opened = Keys::open(&keys.path().join("keys"), Some("okno/test"), true).unwrap();
    let journal = Journal::new(fresh.store.clone(), opened).unwrap();
    let catalog = Catalog::new(fresh.store.clone(), journal.clone(), Settings::default());
    catalog.load_services().unwrap();
    fresh
        .store
        .change_blocking(&Actor::system("test"), move |tx| {
            let category = |parent, code: &str, position, ru, en| NewCategory {
                parent,
                code: code.to_owned(),
                position,
                name: Phrase::new(ru, en),
            };
            let new = category(None, "roads", 1, "Дороги", "Roads");
            let roads = ensure_category(tx, &journal, &new)?;
            for new in [
                category(
                    Some(roads),
                    "roads.snow",
                    1,
                    "Снег и гололёд",
                    "Snow and ice",
                ),
                category(Some(roads), "roads.light", 2, "Освещение", "Lighting"),
            ] {
                ensure_category(tx, &journal, &new)?;
            }
            Ok(())
        })
        .unwrap();
    House {
        router: catalog::pages::router(catalog),
        _keys: keys,
        _fresh: fresh,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_catalogue_tells_what_each_service_is() {
    for House { router, .. } in &houses() {
        let (status, list) = ask(router.clone(), "/services", "ru").await;
        assert_eq!(status, StatusCode::OK);
        assert_every_word_is_there(&list);
        assert!(!list.contains("ничего не нашлось") && !list.contains("?category="));
        assert!(list.contains("Заявления") && list.contains("Справка"));
        assert!(
            !list.contains("/services/official"),
            "nobody can be written to while there are no officials"
        );
        for code in ["complaint", "proposal", "information"] {
            assert!(list.contains(&format!("/services/{code}")));
            for language in ["ru", "en"] {
                let (status, page) =
                    ask(router.clone(), &format!("/services/{code}"), language).await;
                assert_eq!(status, StatusCode::OK);
                assert_every_word_is_there(&page);
                assert!(page.contains(&format!("/file/{code}")));
                assert!(page.contains("30"), "the term by law stands on the page");
            }
        }
        let (status, _) = ask(router.clone(), "/services/%3Cscript%3E", "ru").await;
        assert_eq!(status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_is_told_that_a_message_is_no_appeal_by_law() {
    for House { router, .. } in &houses() {
        for (code, formal) in [
            ("complaint", "обращение по 59-ФЗ"),
            ("information", "запрос информации по 8-ФЗ"),
        ] {
            let (_, page) = ask(router.clone(), &format!("/services/{code}"), "ru").await;
            assert!(page.contains("Без входа это будет сообщение"), "{page}");
            assert!(page.contains(&format!("Чтобы отправить {formal}, войдите")));
            assert!(page.contains(&format!("/sign-in?next=/file/{code}")));
            let terms = page.matches("Ответ дадут").count();
            assert_eq!(terms, 2, "the term of the appeal and that of the message");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn words_lead_to_the_form_with_its_subject() {
    for House { router, .. } in &houses() {
        let find = async |words: &str, language| {
            let typed: Vec<String> = words.bytes().map(|byte| format!("%{byte:02X}")).collect();
            let typed = typed.concat();
            let (status, page) =
                ask(router.clone(), &format!("/services?q={typed}"), language).await;
            assert_eq!(status, StatusCode::OK);
            assert_every_word_is_there(&page);
            for code in ["complaint", "proposal", "information"] {
                assert!(
                    page.contains(&format!("/services/{code}")),
                    "all are offered"
                );
            }
            page
        };
        for (words, language) in [("снега", "ru"), ("СНЕГ", "en"), ("snow", "ru")] {
            let page = find(words, language).await;
            assert!(page.contains(r#"href="/file/complaint?category=roads.snow""#));
            assert!(!page.contains("category=roads.light"), "{page}");
            assert!(
                page.contains(&format!(r#"value="{words}""#)),
                "the words are kept"
            );
        }
        let page = find("фонари не горят", "ru").await;
        assert!(page.contains("/file/complaint?category=roads.light"));
        let page = find("предложение про снег", "ru").await;
        assert!(page.contains("/file/proposal?category=roads.snow"));
        let page = find("ъъъъ", "ru").await;
        assert!(page.contains("По запросу «ъъъъ» ничего не нашлось"));
        let page = find("<script>alert(1)</script>", "ru").await;
        assert!(!page.contains("<script>alert"));
        for odd in ["/services?q=&q=1", "/services?q", "/services?q=%FF%FE"] {
            assert_eq!(
                ask(router.clone(), odd, "ru").await.0,
                StatusCode::OK,
                "{odd}"
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_regulation_tells_every_term_with_its_article() {
    for House { router, .. } in &houses() {
        for language in ["ru", "en"] {
            let (status, page) = ask(router.clone(), "/regulation", language).await;
            assert_eq!(status, StatusCode::OK);
            assert_every_word_is_there(&page);
            for text in BUILT_IN {
                let definition = Definition::from_toml(text).unwrap();
                // Nobody is named here whom one could write to.
                if definition.code == "official" {
                    continue;
                }
                let anchor = format!("id=\"{}\"", definition.code);
                assert!(page.contains(&anchor), "{} is missing", definition.code);
            }
        }
        let (_, page) = ask(router.clone(), "/regulation", "ru").await;
        for said in [
            "ч. 1 ст. 12 59-ФЗ",
            "не дольше чем 30 календарных дней",
            "Начало работы над жалобой",
            "не дольше чем 5 рабочих дней",
            "ч. 3 ст. 8 59-ФЗ",
            "не дольше чем 3 рабочих дня",
        ] {
            let page = page.replace(['\u{2068}', '\u{2069}'], "");
            assert!(page.contains(said), "{said} is not said");
        }
        assert!(page.contains("Присылка недостающих документов"));
        for unkept in ["Возврат ответа на доработку", "Решение арбитра"]
        {
            assert!(!page.contains(unkept), "{unkept}: no case is held to it");
        }
    }
}
