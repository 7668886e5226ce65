//! The work of many cases: giving back, who has how much, and what may be seen of others' units.

use base::Error;
use cases::QueueFilter;
use cases::model::{AnswerDraft, Outcome, State};
use cases::states::Action;
use cases::workplace::{Load, Step, Verdict, WayBack};

use crate::house::{REASON, TEXT, both, is_conflict, none, wrong};

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
        // A specialist gives a case back, thinks again, and presses twice.
        let came = cases
            .several(&ivan, Step::Release, &numbers[2..])
            .await
            .unwrap();
        let ways: Vec<WayBack> = came.iter().filter_map(|one| one.back).collect();
        let back = cases.undo_several(&ivan, &ways).await.unwrap();
        assert!(back[0].done.is_ok(), "{back:?}");
        let card = house.card(&ivan, numbers[2]).await;
        assert_eq!(card.case.assignee, ivan.account());
        let again = cases.undo_several(&ivan, &ways).await.unwrap();
        assert!(is_conflict(&again[0].done, "case-error-taken-by-you"));
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

#[test]
fn a_case_that_was_passed_on_says_where_it_went_to_those_who_had_it() {
    both(async |house| {
        let (anna, olga) = (house.anna().await, house.specialist("roads").await);
        let (stranger, schools) = (house.specialist("schools").await, house.schools);
        let cases = &house.cases;
        let number = house.file(&anna).await.number;
        assert_eq!(cases.gone(&olga, number).await.unwrap(), None, "it is here");
        cases
            .redirect(&olga, number, schools, REASON)
            .await
            .unwrap();
        let gone = cases.gone(&olga, number).await.unwrap().expect("a way");
        assert_eq!((gone.number, gone.unit), (number, schools));
        let here = cases.gone(&stranger, number).await.unwrap();
        assert_eq!(here, None, "it has not left those who have it");
    });
}

#[test]
fn what_nobody_has_is_a_list_of_its_own_and_a_refusal_says_what_is_so() {
    both(async |house| {
        let (anna, olga) = (house.anna().await, house.specialist("roads").await);
        let cases = &house.cases;
        let (mine, free) = (
            house.file(&anna).await.number,
            house.file(&anna).await.number,
        );
        cases.take(&olga, mine).await.unwrap();
        let again = cases.take(&olga, mine).await;
        assert!(is_conflict(&again, "case-error-taken-by-you"), "{again:?}");
        let filter = QueueFilter {
            free: true,
            ..QueueFilter::default()
        };
        let found = cases.queue(&olga, filter, None).await.unwrap();
        let found: Vec<_> = found.items.iter().map(|row| row.case.number).collect();
        assert_eq!(found, [free]);
        let holder = [olga.account().unwrap()];
        let named = house.cases.people().named(&olga, &holder).await.unwrap();
        assert!(named[&holder[0]].active);
        let outside = house.cases.people().named(&anna, &holder).await;
        assert!(outside.is_err(), "names of staff are for staff");
    });
}

#[test]
fn several_answers_are_decided_as_they_were_read_and_answered_cases_closed_together() {
    both(async |house| {
        let (anna, olga) = (house.anna().await, house.specialist("roads").await);
        let (head, other) = (house.head("roads").await, house.head("roads").await);
        let cases = &house.cases;
        let plain = || AnswerDraft::plain(Outcome::Explained, TEXT);
        let mut numbers = Vec::new();
        for _ in 0..3 {
            let number = house.taken(&anna, &olga).await;
            cases.send_answer(&olga, number, plain()).await.unwrap();
            numbers.push(number);
        }
        let mut read = Vec::new();
        for number in &numbers {
            let card = house.card(&head, *number).await;
            read.push((*number, card.open_answer().unwrap().mark.clone()));
        }
        // While the head reads, another sends one back, and it comes again with other words.
        let rewritten = numbers[0];
        cases
            .return_answer(&other, rewritten, "Назовите день.")
            .await
            .unwrap();
        let anew = AnswerDraft::plain(Outcome::Refused, TEXT);
        let parts = cases::model::AnswerParts {
            grounds: "Правила, пункт 4.".into(),
            to_correct: "Назовите дом.".into(),
            ..cases::model::AnswerParts::default()
        };
        let anew = AnswerDraft { parts, ..anew };
        cases.send_answer(&olga, rewritten, anew).await.unwrap();

        let agree = Verdict::Agree;
        assert!(matches!(
            cases.decide_several(&olga, &agree, &read).await,
            Err(Error::Forbidden)
        ));
        let none_read = cases.decide_several(&head, &agree, &[]).await;
        assert_eq!(wrong(none_read), ["case"]);
        let came = cases.decide_several(&head, &agree, &read[..2]).await;
        let came = came.unwrap();
        assert!(is_conflict(&came[0].done, "case-error-rewritten"));
        assert!(came[1].done.is_ok() && came[1].back.is_none());
        assert_eq!(house.state(&olga, rewritten).await, State::InAgreement);
        assert_eq!(house.state(&olga, numbers[1]).await, State::Decided);
        // What nobody has read is not decided.
        let unread = [(rewritten, String::new())];
        let came = cases.decide_several(&head, &agree, &unread).await.unwrap();
        assert!(is_conflict(&came[0].done, "case-error-rewritten"));

        let silent = Verdict::Return(" ".into());
        assert_eq!(
            wrong(cases.decide_several(&head, &silent, &read[2..]).await),
            ["remark"]
        );
        let back = Verdict::Return("Назовите день уборки.".into());
        let came = cases
            .decide_several(&head, &back, &read[2..])
            .await
            .unwrap();
        assert!(came[0].done.is_ok());
        assert_eq!(house.state(&olga, numbers[2]).await, State::InWork);

        let came = cases.several(&olga, Step::Close, &numbers).await.unwrap();
        let done: Vec<bool> = came.iter().map(|one| one.done.is_ok()).collect();
        assert_eq!(done, [false, true, false]);
        assert!(came.iter().all(|one| one.back.is_none()));
        assert_eq!(house.state(&olga, numbers[1]).await, State::Closed);
    });
}
