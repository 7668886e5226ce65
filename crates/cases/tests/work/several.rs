//! The work of many cases: giving back, who has how much, and what may be seen of others' units.

use cases::states::Action;
use cases::workplace::Load;

use crate::house::{both, is_conflict, none};

#[test]
fn a_case_goes_back_to_the_queue_and_another_takes_it() {
    both(async |house| {
        let (anna, olga) = (house.anna().await, house.specialist("roads").await);
        let colleague = house.specialist("roads").await;
        let number = house.file(&anna).await.number;
        let cases = &house.cases;
        cases.take(&olga, number).await.unwrap();
        assert!(
            cases.release(&colleague, number).await.is_err(),
            "only the one who has it, or a head, gives it back"
        );
        cases.release(&olga, number).await.unwrap();
        let card = house.card(&olga, number).await;
        assert_eq!(card.case.assignee, None);
        assert!(card.actions.contains(&Action::Take));
        let last = card.history.last().expect("a history");
        assert_eq!(last.action, "case.released");
        cases.take(&colleague, number).await.unwrap();
        assert!(is_conflict(
            &cases.take(&olga, number).await,
            "case-error-taken"
        ));
        let card = cases.card(&colleague, &none(), number).await.unwrap();
        assert_eq!(card.case.assignee, colleague.account());
    });
}

#[test]
fn a_head_sees_who_has_how_much_in_their_units_alone() {
    both(async |house| {
        let (anna, olga) = (house.anna().await, house.specialist("roads").await);
        let head = house.head("roads").await;
        let stranger = house.head("schools").await;
        let cases = &house.cases;
        let mut numbers = Vec::new();
        for _ in 0..3 {
            numbers.push(house.file(&anna).await.number);
        }
        cases.take(&olga, numbers[0]).await.unwrap();
        cases.take(&olga, numbers[1]).await.unwrap();
        let loads = cases.loads(&head).await.unwrap();
        let open = |loads: &std::collections::HashMap<_, Load>, who| {
            loads.get(&who).map_or(0, |load: &Load| load.open)
        };
        assert_eq!(open(&loads, olga.account()), 2);
        assert_eq!(open(&loads, None), 1);
        assert!(cases.loads(&stranger).await.unwrap().is_empty());
        assert!(
            cases.loads(&olga).await.is_err(),
            "specialists give out no work"
        );

        let list = cases
            .queue_of(&head, olga.account().unwrap())
            .await
            .unwrap();
        assert_eq!(list.items.len(), 2);
        let rows = cases.rows_of(&stranger, &numbers).await.unwrap();
        assert!(rows.is_empty(), "nothing of another unit");
        assert_eq!(cases.rows_of(&head, &numbers).await.unwrap().len(), 3);
    });
}
