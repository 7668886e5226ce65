//! The pages of the gallery, shared with the test that renders them in every language.

use axum::http::StatusCode;
use base::{Clock, FieldError, Moment};
use web::{Choice, FooterFacts, Page, PageResult, Request, Settings, Shell, Words};

/// An installation that stands at one moment.
pub(crate) fn shell() -> Shell {
    let now = Moment::from_micros(1_795_247_000_000_000);
    let settings = Settings {
        operator: "Приёмная Приозёрской области".to_owned(),
        origin: "http://127.0.0.1:8090".to_owned(),
        zone: jiff::tz::TimeZone::fixed(jiff::tz::offset(3)),
        ..Settings::default()
    };
    let words = Words::new(&[]).expect("the word files of web are sound");
    Shell::new(
        settings,
        words,
        Clock::fixed(now),
        || true,
        move || {
            Some(FooterFacts {
                size: 1_284_207,
                sealed: now.plus_seconds(-4),
                checkpoint: "9f3c…e1".to_owned(),
            })
        },
    )
}

/// Everything that citizens meet.
#[derive(askama::Template)]
#[template(path = "gallery.html")]
pub(crate) struct Citizen {
    page: Page,
    steps: Vec<&'static str>,
    kinds: Vec<Choice>,
    typed: String,
    moment: Moment,
    due: jiff::civil::Date,
    rows: Vec<(
        &'static str,
        &'static str,
        &'static str,
        &'static str,
        &'static str,
    )>,
}

/// The workplace of a specialist.
#[derive(askama::Template)]
#[template(path = "gallery-desk.html")]
pub(crate) struct Desk {
    page: Page,
    rows: Vec<(
        &'static str,
        &'static str,
        &'static str,
        &'static str,
        &'static str,
        u8,
    )>,
}

pub(crate) async fn citizen(request: Request) -> PageResult {
    let wrong = if request.query.contains("clean") {
        Vec::new()
    } else {
        vec![
            FieldError::new("title", "error-required"),
            FieldError::new("text", "error-too-short").with("min", 20),
            FieldError::new("kind", "error-choose-one"),
        ]
    };
    let page = request
        .page("Всё, из чего сделаны страницы")
        .with_errors(wrong)
        .with_label("title", "Коротко о чём")
        .with_label("text", "Опишите проблему")
        .with_label("kind", "Что вы отправляете");
    web::html(&Citizen {
        moment: request.now(),
        due: jiff::civil::date(2026, 12, 1),
        page,
        steps: vec!["Тема", "Место", "Что случилось", "Контакты", "Проверка"],
        kinds: vec![
            Choice::new("complaint", "Жалоба").with_hint("Чьи-то действия нарушили ваши права"),
            Choice::new("proposal", "Предложение").with_hint("Как сделать лучше для всех"),
            Choice::new("question", "Вопрос"),
        ],
        typed: "Третий день не убирают снег".to_owned(),
        rows: vec![
            (
                "А-2026-00018402-7",
                "Не убран двор, Лесная, 12",
                "21 ноября",
                "В работе",
                "",
            ),
            (
                "А-2026-00018377-2",
                "Яма у школы № 4",
                "20 ноября",
                "Ждёт вас",
                "warn",
            ),
            (
                "А-2026-00018101-9",
                "Лифт не работает, Мира, 3",
                "12 ноября",
                "Срок прошёл",
                "bad",
            ),
            (
                "А-2026-00017998-1",
                "Скамейки в сквере Победы",
                "10 ноября",
                "Ответ дан",
                "good",
            ),
            (
                "А-2026-00017954-5",
                "Перерасчёт за отопление",
                "8 ноября",
                "Отозвано",
                "calm",
            ),
        ],
    })
}

pub(crate) async fn desk(request: Request) -> PageResult {
    web::html_with(
        StatusCode::OK,
        &Desk {
            page: request.page("Моя очередь").dense(),
            rows: vec![
                (
                    "Лифт не работает, Мира, 3",
                    "сегодня",
                    "bad",
                    "Жалоба · Гуров П. А.",
                    "018101",
                    96,
                ),
                (
                    "Не убран двор, Лесная, 12",
                    "2 дня",
                    "warn",
                    "ПОС · Семёнова А. В. · ждёт нас",
                    "018402",
                    78,
                ),
                (
                    "Яма у школы № 4",
                    "3 дня",
                    "warn",
                    "ПОС · Орлова Е. И.",
                    "018377",
                    70,
                ),
                (
                    "Скамейки в сквере Победы",
                    "9 дней",
                    "good",
                    "Предложение · Тимченко О.",
                    "017998",
                    40,
                ),
                (
                    "Перерасчёт за отопление",
                    "12 дней",
                    "good",
                    "59-ФЗ · Ким Д. С.",
                    "017954",
                    35,
                ),
                (
                    "Освещение на Садовой",
                    "17 дней",
                    "good",
                    "59-ФЗ · Лаптев Н. Н.",
                    "017901",
                    20,
                ),
                (
                    "Запрос о сносе гаража",
                    "24 дня",
                    "good",
                    "59-ФЗ · Мусина Р. Р.",
                    "017870",
                    8,
                ),
            ],
        },
    )
}

pub(crate) async fn broken() -> PageResult {
    Err(base::Error::internal("the gallery shows what a failure looks like").into())
}
