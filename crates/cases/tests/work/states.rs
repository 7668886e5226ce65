//! States: checking, waiting, passing on, forwarding, taking back, reopening.

use base::{Error, Role};
use cases::model::{Outcome, PublicState, Side, State, TurnKind};
use cases::states::Action;
use cases::{QueueFilter, QueueView};

use crate::house::{REASON, both, guest, is_conflict, none, one_of_two, wrong};

fn documents() -> Vec<String> {
    vec![
        "Фото двора".to_owned(),
        "  ".to_owned(),
        "Схема проезда".to_owned(),
    ]
}

#[test]
fn a_case_is_checked_before_the_work_begins() {
    both(async |house| {
        let (anna, olga) = (house.anna().await, house.specialist("roads").await);
        let number = house.file(&anna).await.number;
        let cases = &house.cases;
        cases.start_check(&olga, number).await.unwrap();
        let card = house.card(&anna, number).await;
        assert_eq!(card.case.state, State::Checking);
        assert_eq!(card.case.assignee, olga.account());
        let colleague = house.specialist("roads").await;
        assert!(is_conflict(
            &cases.begin_work(&colleague, number).await,
            "case-error-anothers"
        ));
        cases.begin_work(&olga, number).await.unwrap();
        assert_eq!(house.state(&anna, number).await, State::InWork);
        assert!(is_conflict(
            &cases.start_check(&olga, number).await,
            "case-error-state"
        ));
    });
}

#[test]
fn the_applicants_reply_brings_a_waiting_case_back_to_where_it_was() {
    both(async |house| {
        let (anna, olga) = (house.anna().await, house.specialist("roads").await);
        let cases = &house.cases;
        for checking in [true, false] {
            let number = house.file(&anna).await.number;
            let before = if checking {
                cases.start_check(&olga, number).await.unwrap();
                State::Checking
            } else {
                cases.take(&olga, number).await.unwrap();
                State::InWork
            };
            cases
                .request_documents(&olga, number, &documents(), "Пришлите сообщением")
                .await
                .unwrap();
            let card = house.card(&anna, number).await;
            assert_eq!(card.case.state, State::Waiting);
            assert_eq!(card.case.waits_for, Some(Side::Applicant));
            let wait = card.course.open_wait().unwrap();
            assert_eq!(wait.items, ["Фото двора", "Схема проезда"]);
            assert_eq!(wait.ground, None, "59-ФЗ lets no term stand still");
            let public = cases.status(number).await.unwrap();
            assert_eq!(public.state, PublicState::NeedsDocuments);

            cases
                .write(&olga, &none(), number, "Ждём", true)
                .await
                .unwrap();
            assert_eq!(house.state(&anna, number).await, State::Waiting);
            cases
                .write(&anna, &none(), number, "Вот фото", false)
                .await
                .unwrap();
            let card = house.card(&anna, number).await;
            assert_eq!(card.case.state, before);
            assert_eq!(card.case.waits_for, Some(Side::Staff));
            assert!(card.course.open_wait().is_none());
            assert_eq!(card.course.waits.len(), 1);
        }
    });
}

#[test]
fn staff_go_on_without_documents_and_nothing_is_asked_without_naming_it() {
    both(async |house| {
        let (anna, olga) = (house.anna().await, house.specialist("roads").await);
        let number = house.taken(&anna, &olga).await;
        let cases = &house.cases;
        let nothing = ["  ".to_owned()];
        assert_eq!(
            wrong(cases.request_documents(&olga, number, &nothing, "").await),
            ["items"]
        );
        let colleague = house.specialist("roads").await;
        let asked = cases
            .request_documents(&colleague, number, &documents(), "")
            .await;
        assert!(is_conflict(&asked, "case-error-anothers"));
        let asked = cases
            .request_documents(&anna, number, &documents(), "")
            .await;
        assert!(matches!(asked, Err(Error::Forbidden)));
        cases
            .request_documents(&olga, number, &documents(), "")
            .await
            .unwrap();
        cases.resume(&olga, number).await.unwrap();
        assert_eq!(house.state(&anna, number).await, State::InWork);
        assert_eq!(house.last(&olga, number).await.action, "case.resumed");
    });
}

#[test]
fn a_case_passes_to_another_unit_with_its_reason_and_joins_its_queue() {
    both(async |house| {
        let (anna, olga) = (house.anna().await, house.specialist("roads").await);
        let teacher = house.specialist("schools").await;
        let number = house.taken(&anna, &olga).await;
        let cases = &house.cases;
        let unit = QueueFilter {
            view: QueueView::Unit,
            ..QueueFilter::default()
        };
        assert!(matches!(
            cases
                .redirect(&teacher, number, house.schools, REASON)
                .await,
            Err(Error::Forbidden)
        ));
        assert_eq!(
            wrong(cases.redirect(&olga, number, house.roads, REASON).await),
            ["unit"]
        );
        assert_eq!(
            wrong(cases.redirect(&olga, number, house.schools, "так").await),
            ["reason"]
        );
        cases
            .redirect(&olga, number, house.schools, REASON)
            .await
            .unwrap();
        let ours = cases.queue(&olga, unit.clone(), None).await.unwrap();
        assert!(ours.items.is_empty(), "it left the queue of the roads");
        let theirs = cases.queue(&teacher, unit, None).await.unwrap();
        assert_eq!(theirs.items.len(), 1);
        let card = house.card(&anna, number).await;
        assert_eq!(card.case.unit, house.schools);
        assert_eq!(card.case.assignee, None);
        let turn = &card.course.turns[0];
        assert_eq!(turn.reason, REASON);
        assert_eq!(
            turn.what,
            TurnKind::Redirected {
                from: house.roads,
                to: house.schools
            }
        );
        assert_eq!(card.route.key, "case-route-redirected");
        let told = house.last(&anna, number).await;
        assert_eq!(told.action, "case.redirected");
        assert_eq!(told.field("unit"), Some("schools"));
        assert_eq!(told.field("from_unit"), Some("roads"));
        assert!(
            cases.card(&olga, &none(), number).await.is_err(),
            "who passed it on has it no more"
        );
        cases.take(&teacher, number).await.unwrap();
        assert_eq!(house.state(&anna, number).await, State::InWork);
    });
}

#[test]
fn the_third_time_a_head_over_both_units_decides_where_a_case_stays() {
    both(async |house| {
        let (anna, olga) = (house.anna().await, house.specialist("roads").await);
        let teacher = house.specialist("schools").await;
        let (party, head) = (house.head("roads").await, house.head("city").await);
        let number = house.file(&anna).await.number;
        let cases = &house.cases;
        cases
            .redirect(&olga, number, house.schools, REASON)
            .await
            .unwrap();
        cases
            .redirect(&teacher, number, house.roads, REASON)
            .await
            .unwrap();
        let third = cases.redirect(&olga, number, house.schools, REASON).await;
        assert!(is_conflict(&third, "case-error-arbiter"));
        let third = cases.redirect(&party, number, house.schools, REASON).await;
        assert!(is_conflict(&third, "case-error-arbiter"), "a party to it");
        cases
            .redirect(&head, number, house.schools, REASON)
            .await
            .unwrap();
        assert_eq!(house.card(&anna, number).await.course.turns.len(), 3);
    });
}

#[test]
fn forwarding_ends_our_part_and_never_goes_to_the_body_complained_of() {
    both(async |house| {
        let (anna, olga) = (house.anna().await, house.specialist("roads").await);
        let head = house.head("roads").await;
        let number = house.taken(&anna, &olga).await;
        let cases = &house.cases;
        let to = "Прокуратура города";
        assert!(matches!(
            cases.forward(&olga, number, to, "", REASON).await,
            Err(Error::Forbidden)
        ));
        let barred = cases
            .forward(&head, number, to, " прокуратура  «города» ", REASON)
            .await;
        assert_eq!(wrong(barred), ["to"]);
        house.clock.advance_seconds(7 * 86_400);
        cases
            .forward(&head, number, to, "Школа № 1", REASON)
            .await
            .unwrap();
        let card = house.card(&anna, number).await;
        assert_eq!(card.case.state, State::Forwarded);
        assert_eq!(card.case.outcome, Some(Outcome::Forwarded));
        assert!(card.actions.is_empty(), "{:?}", card.actions);
        let late = TurnKind::Forwarded {
            to: to.to_owned(),
            late: false,
        };
        assert_eq!(
            card.course.turns[0].what, late,
            "the seventh day is in time"
        );
        let queue = cases
            .queue(
                &olga,
                QueueFilter {
                    view: QueueView::Unit,
                    ..QueueFilter::default()
                },
                None,
            )
            .await
            .unwrap();
        assert!(queue.items.is_empty(), "nothing is owed any more");

        let second = house.file(&anna).await.number;
        house.clock.advance_seconds(10 * 86_400);
        cases.forward(&head, second, to, "", REASON).await.unwrap();
        assert_eq!(house.last(&anna, second).await.field("late"), Some("true"));
    });
}

#[test]
fn the_applicant_takes_a_case_back_while_it_is_open() {
    both(async |house| {
        let (anna, olga) = (house.anna().await, house.specialist("roads").await);
        let number = house.taken(&anna, &olga).await;
        let cases = &house.cases;
        let boris = house.somebody("Борисов", Role::Applicant, None).await.0;
        assert!(matches!(
            cases.cancel(&boris, &none(), number, "Моё").await,
            Err(Error::NotFound)
        ));
        assert!(
            cases.cancel(&olga, &none(), number, "Наше").await.is_err(),
            "staff take nothing back"
        );
        cases
            .request_documents(&olga, number, &documents(), "")
            .await
            .unwrap();
        cases
            .cancel(&anna, &none(), number, "Убрали сами")
            .await
            .unwrap();
        let card = house.card(&anna, number).await;
        assert_eq!(card.case.state, State::Cancelled);
        assert_eq!(card.case.outcome, Some(Outcome::Withdrawn));
        assert_eq!(card.course.turns[0].reason, "Убрали сами");
        assert!(card.course.open_wait().is_none());
        assert!(is_conflict(
            &cases.cancel(&anna, &none(), number, "Ещё раз").await,
            "case-error-state"
        ));
        assert!(is_conflict(
            &cases.write(&anna, &none(), number, "А?", false).await,
            "case-error-state"
        ));
    });
}

#[test]
fn a_guest_takes_a_case_back_with_the_pass_of_the_code() {
    both(async |house| {
        let filed = house.file(&guest()).await;
        let pass = none().with_case(filed.id);
        let cases = &house.cases;
        cases
            .cancel(&guest(), &pass, filed.number, "Передумал")
            .await
            .unwrap();
        let card = cases.card(&guest(), &pass, filed.number).await.unwrap();
        assert_eq!(card.case.state, State::Cancelled);
    });
}

#[test]
fn a_head_reopens_a_closed_case_and_its_term_starts_anew() {
    both(async |house| {
        let (anna, olga) = (house.anna().await, house.specialist("roads").await);
        let head = house.head("roads").await;
        let number = house.answered(&anna, &olga, &head).await;
        let cases = &house.cases;
        assert!(is_conflict(
            &cases.reopen(&head, number, REASON).await,
            "case-error-state"
        ));
        cases.close(&olga, number).await.unwrap();
        assert!(matches!(
            cases.reopen(&olga, number, REASON).await,
            Err(Error::Forbidden)
        ));
        assert!(!house.may(&olga, number, Action::Reopen).await);
        house.clock.advance_seconds(60 * 86_400);
        cases.reopen(&head, number, REASON).await.unwrap();
        let card = house.card(&anna, number).await;
        assert_eq!(card.case.state, State::InWork);
        assert_eq!((card.case.outcome, card.case.answered_at), (None, None));
        // Tuesday, 19 January 2027, and thirty days.
        assert_eq!(card.case.due_on.unwrap().to_string(), "2027-02-18");
        assert_eq!(
            card.case.assignee,
            olga.account(),
            "who had it has it again"
        );
        assert!(house.may(&olga, number, Action::DraftAnswer).await);
    });
}

#[test]
fn of_two_who_decide_at_once_one_is_late() {
    both(async |house| {
        let (anna, olga) = (house.anna().await, house.specialist("roads").await);
        let head = house.head("roads").await;
        let number = house.taken(&anna, &olga).await;
        let cases = &house.cases;
        let none = none();
        let (a, b) = tokio::join!(
            cases.forward(&head, number, "Прокуратура", "", REASON),
            cases.cancel(&anna, &none, number, "Не нужно")
        );
        one_of_two(&a, &b);
        let second = house.taken(&anna, &olga).await;
        let documents = documents();
        let (a, b) = tokio::join!(
            cases.request_documents(&olga, second, &documents, ""),
            cases.request_documents(&olga, second, &documents, "")
        );
        one_of_two(&a, &b);
    });
}
