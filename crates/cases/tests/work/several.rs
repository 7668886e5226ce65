//! The work of many cases: giving back, who has how much, and what may be seen of others' units.

use cases::QueueFilter;
use cases::states::Action;
use cases::workplace::{Load, Step, WayBack};

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

        let hers = QueueFilter {
            holder: olga.account(),
            ..QueueFilter::default()
        };
        let list = cases.queue(&head, hers.clone(), None).await.unwrap();
        assert_eq!(list.items.len(), 2);
        let rows = cases.rows_of(&stranger, &numbers).await.unwrap();
        assert!(rows.is_empty(), "nothing of another unit");
        assert_eq!(cases.rows_of(&head, &numbers).await.unwrap().len(), 3);
        assert!(
            cases.queue(&olga, hers.clone(), None).await.is_err(),
            "whose desk is looked over is for those who give out work"
        );
        let one = QueueFilter {
            limit: Some(1),
            ..hers
        };
        let first = cases.queue(&head, one.clone(), None).await.unwrap();
        let next = first.next.unwrap();
        let second = cases.queue(&head, one, Some(next.as_str())).await.unwrap();
        assert_ne!(first.items[0].case.number, second.items[0].case.number);
        assert!(second.next.is_none());
    });
}

#[test]
fn a_step_with_several_cases_goes_back_where_nobody_went_on() {
    both(async |house| {
        let anna = house.anna().await;
        let (olga, ivan) = (
            house.specialist("roads").await,
            house.specialist("roads").await,
        );
        let head = house.head("roads").await;
        let cases = &house.cases;
        let mut numbers = Vec::new();
        for _ in 0..3 {
            numbers.push(house.file(&anna).await.number);
        }
        cases.take(&ivan, numbers[2]).await.unwrap();
        let came = cases.several(&olga, Step::Take, &numbers).await.unwrap();
        let done: Vec<bool> = came.iter().map(|one| one.done.is_ok()).collect();
        assert_eq!(done, [true, true, false], "one refused holds up no other");
        let ways: Vec<WayBack> = came.iter().filter_map(|one| one.back).collect();
        assert_eq!(ways.len(), 2);
        // Somebody goes on with one of them meanwhile.
        cases
            .assign(&head, numbers[0], ivan.account().unwrap())
            .await
            .unwrap();
        let back = cases.undo_several(&olga, &ways).await.unwrap();
        assert!(is_conflict(&back[0].done, "desk-several-moved-on"));
        assert!(back[1].done.is_ok());
        let step = Step::Assign(olga.account().unwrap());
        let came = cases.several(&head, step, &numbers).await.unwrap();
        let ways: Vec<WayBack> = came.iter().filter_map(|one| one.back).collect();
        assert_eq!(ways[2].had, ivan.account());
        let back = cases.undo_several(&head, &ways).await.unwrap();
        assert!(back.iter().all(|one| one.done.is_ok()), "{back:?}");
        let card = house.card(&head, numbers[2]).await;
        assert_eq!(card.case.assignee, ivan.account());
        let nothing = cases.several(&anna, Step::Take, &numbers).await;
        assert!(matches!(nothing, Err(base::Error::Forbidden)));
    });
}

#[test]
fn a_deed_that_expects_another_version_is_not_done() {
    both(async |house| {
        let anna = house.anna().await;
        let olga = house.specialist("roads").await;
        let number = house.file(&anna).await.number;
        let read = house.card(&olga, number).await.version;
        assert_eq!(read, 1);
        house.cases.take(&olga, number).await.unwrap();
        let late = house.cases.at_versions(&[read]);
        let done = late.note(&olga, number, "Запоздалая заметка").await;
        assert!(is_conflict(&done, "case-error-moved-on"));
        let now = house.cases.at_versions(&[read, read + 1]);
        now.note(&olga, number, "Своевременная заметка")
            .await
            .unwrap();
        assert_eq!(house.card(&olga, number).await.version, 3);
    });
}
