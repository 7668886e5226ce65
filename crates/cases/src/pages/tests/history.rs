//! The history of a case: every line says who.

use base::{Language, Role};
use serde_json::json;

use super::super::case_view::Painter;
use super::super::names::Names;
use super::house::{House, houses};
use super::in_request;
use crate::Pass;
use crate::model::{AnswerDraft, Card, Filing, Intake, Outcome, Source};

const TEXT: &str = "Двор очищен, повторная уборка назначена на 25 ноября.";

pub(super) fn filing() -> Filing {
    let answers = json!({
        "category": "roads.snow",
        "subject": "Не убран двор",
        "description": "Третий день не убирают снег во дворе дома 12.",
        "happened_on": "2026-11-18",
        "expected": "Очистить двор",
        "place": {"territory": "town", "address": "Лесная, 12"},
        "applicant": {"last_name": "Семёнова", "first_name": "Анна", "email": "anna@example.org"},
    });
    Filing {
        service: "complaint".to_owned(),
        answers: answers.as_object().unwrap().clone(),
        consent: true,
        source: Source::Web,
        draft: None,
        idempotency: None,
    }
}

/// A whole life of a case, as the applicant and as the specialist see it at its end.
pub(super) async fn lived(house: &House) -> [Card; 2] {
    let cases = &house.cases;
    let none = Pass::default();
    let anna = house.somebody("Анна", "Семёнова", Role::Applicant).await;
    let olga = house.somebody("Ольга", "Норова", Role::Specialist).await;
    let head = house.somebody("Сергей", "Громов", Role::Head).await;
    let number = cases.file(&anna, filing()).await.unwrap().number;
    cases.take(&olga, number).await.unwrap();
    cases
        .write(&olga, &none, number, "Есть фото?", true)
        .await
        .unwrap();
    cases
        .write(&anna, &none, number, "Фото нет", false)
        .await
        .unwrap();
    for again in [false, true] {
        let draft = cases.draft_answer(&olga, number, AnswerDraft::plain(Outcome::Satisfied, TEXT));
        draft.await.unwrap();
        cases.send_for_agreement(&olga, number).await.unwrap();
        if !again {
            cases
                .return_answer(&head, number, "Назовите срок")
                .await
                .unwrap();
        }
    }
    cases.agree(&head, number).await.unwrap();
    cases.close(&olga, number).await.unwrap();
    [
        cases.card(&anna, &none, number).await.unwrap(),
        cases.card(&olga, &none, number).await.unwrap(),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn what_an_operator_writes_down_names_the_operator_once() {
    for house in &houses() {
        let names = Names::load(&house.cases, Language::Ru).await.unwrap();
        let cases = &house.cases;
        let elena = house.somebody("Елена", "Соколова", Role::Operator).await;
        let olga = house.somebody("Ольга", "Норова", Role::Specialist).await;
        let intake = Intake {
            way: Source::Phone,
            came_on: None,
            outgoing: String::new(),
            others: Vec::new(),
        };
        let draft = cases.begin_intake(&elena, "complaint", &intake).await;
        let sending = Filing {
            draft: Some(draft.unwrap()),
            ..filing()
        };
        let number = cases.file(&elena, sending).await.unwrap().number;
        let said = cases.hear(&elena, number, Source::Phone, "Ещё и лёд", "назвала адрес");
        said.await.unwrap();
        let card = cases.card(&olga, &Pass::default(), number).await.unwrap();
        in_request(Language::Ru, move |request| {
            let painter = Painter {
                request,
                names: &names,
                today: card.case.registered_on,
            };
            let lines = painter.history(&card);
            assert_eq!(lines.len(), 2);
            for line in lines {
                assert_eq!(line.who, "Соколова Е.");
                assert!(!line.what.contains("Соколова"), "{}", line.what);
            }
        })
        .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_line_names_who_to_the_applicant_and_to_staff() {
    for house in &houses() {
        let names = Names::load(&house.cases, Language::Ru).await.unwrap();
        let cards = lived(house).await;
        in_request(Language::Ru, move |request| {
            // Colleagues call each other by last name and initials; an applicant is told less.
            let called = [
                ["Вы", "Отдел дорог, Ольга Н.", "Сергей Г."],
                ["Семёнова Анна", "Отдел дорог, Норова О.", "Громов С."],
            ];
            for (card, [applicant, olga, head]) in cards.iter().zip(called) {
                let painter = Painter {
                    request,
                    names: &names,
                    today: card.case.registered_on,
                };
                let who: Vec<String> = painter.history(card).into_iter().map(|l| l.who).collect();
                // A head may stand above the unit, so no unit is said of them.
                let expected = [
                    applicant, olga, olga, applicant, olga, olga, head, olga, olga, head, olga,
                ];
                assert_eq!(who, expected);
            }
        })
        .await;
    }
}
