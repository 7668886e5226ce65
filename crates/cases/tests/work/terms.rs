//! Terms while they run: extension by a head, the explanation of a delay.

use base::Error;
use cases::model::TurnKind;
use cases::states::Action;
use jiff::civil::date;

use crate::house::{REASON, both, guest, is_conflict, none, wrong};

#[test]
fn a_head_extends_a_term_once_by_thirty_days_and_the_step_is_explained() {
    both(async |house| {
        let (anna, olga) = (house.anna().await, house.specialist("roads").await);
        let head = house.head("roads").await;
        let number = house.taken(&anna, &olga).await;
        let cases = &house.cases;
        assert!(matches!(
            cases.extend(&olga, number, 10, "request", REASON).await,
            Err(Error::Forbidden)
        ));
        assert_eq!(
            wrong(cases.extend(&head, number, 31, "request", REASON).await),
            ["days"]
        );
        assert_eq!(
            wrong(cases.extend(&head, number, 10, "busy", REASON).await),
            ["ground"]
        );
        assert_eq!(
            wrong(cases.extend(&head, number, 10, "request", "").await),
            ["reason"]
        );
        cases
            .extend(&head, number, 20, "request", REASON)
            .await
            .unwrap();
        let card = house.card(&anna, number).await;
        let extension = &card.course.extensions[0];
        assert_eq!(extension.due_before, date(2026, 12, 21));
        assert_eq!(card.case.due_on, Some(extension.due_on));
        assert_eq!(extension.reason, REASON);
        let steps = card.term.unwrap().due.steps;
        assert!(steps.iter().any(|step| step.key() == "law-step-extended"));
        let told = house.last(&anna, number).await;
        assert_eq!(told.action, "case.extended");
        assert_eq!(told.field("due_on"), Some(&*extension.due_on.to_string()));
        // Thirty days are the most of all extensions together.
        assert_eq!(
            wrong(cases.extend(&head, number, 11, "request", REASON).await),
            ["days"]
        );
        cases
            .extend(&head, number, 10, "exceptional", REASON)
            .await
            .unwrap();
        assert_eq!(house.card(&anna, number).await.course.extensions.len(), 2);
    });
}

#[test]
fn what_the_law_does_not_let_be_extended_is_not_and_a_term_that_ended_neither() {
    both(async |house| {
        let (anna, olga) = (house.anna().await, house.specialist("roads").await);
        let head = house.head("roads").await;
        let cases = &house.cases;
        let late = house.taken(&anna, &olga).await;
        house.clock.advance_seconds(40 * 86_400);
        assert_eq!(
            wrong(cases.extend(&head, late, 10, "request", REASON).await),
            ["days"]
        );
        let message = house.file(&guest()).await.number;
        cases.take(&olga, message).await.unwrap();
        assert_eq!(
            wrong(cases.extend(&head, message, 10, "request", REASON).await),
            ["days"]
        );
    });
}

#[test]
fn a_delay_is_explained_with_a_day_and_moves_no_term() {
    both(async |house| {
        let (anna, olga) = (house.anna().await, house.specialist("roads").await);
        let number = house.taken(&anna, &olga).await;
        let cases = &house.cases;
        let due_on = house.card(&anna, number).await.case.due_on;
        let past = cases
            .explain_delay(&olga, number, date(2026, 11, 19), REASON)
            .await;
        assert_eq!(wrong(past), ["expected_on"]);
        let day = date(2026, 12, 28);
        cases
            .explain_delay(&olga, number, day, REASON)
            .await
            .unwrap();
        let card = house.card(&anna, number).await;
        assert_eq!(card.case.due_on, due_on);
        let (turn, expected_on) = card.course.delay().unwrap();
        assert_eq!((expected_on, &*turn.reason), (day, REASON));
        assert!(matches!(turn.what, TurnKind::Delayed { .. }));
        assert!(!house.may(&anna, number, Action::ExplainDelay).await);
        cases
            .cancel(&anna, &none(), number, "Не нужно")
            .await
            .unwrap();
        assert!(is_conflict(
            &cases
                .explain_delay(&house.head("roads").await, number, day, REASON)
                .await,
            "case-error-state"
        ));
    });
}
