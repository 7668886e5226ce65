//! Answers: parts, interim, agreement and signature, refusal, article 11; parts of the work;
//! objection and rating.

use base::{Actor, Error, Number};
use cases::model::{
    AnswerDraft, AnswerKind, AnswerParts, AnswerState, NoAnswerItem, Outcome, PartState, Promised,
    Side, State,
};
use cases::states::Action;
use cases::{NewPart, Pass};
use jiff::civil::date;
use people::{NewUnit, UnitKind};

use crate::house::{House, REASON, TEXT, both, guest, is_conflict, none, one_of_two, wrong};

fn plain() -> AnswerDraft {
    AnswerDraft::plain(Outcome::Satisfied, TEXT)
}

#[test]
fn an_answer_carries_its_parts_to_the_applicant() {
    both(async |house| {
        let (anna, olga) = (house.anna().await, house.specialist("roads").await);
        let head = house.head("roads").await;
        let number = house.taken(&anna, &olga).await;
        let parts = AnswerParts {
            grounds: "Правила благоустройства, пункт 4.".into(),
            measures: "Двор очищен.".into(),
            next_steps: "Сообщите, если снег не вывезут.".into(),
            promises: vec![Promised {
                text: "Вывезти снег".into(),
                on: date(2026, 11, 25),
            }],
            ..AnswerParts::default()
        };
        let draft = AnswerDraft {
            parts: parts.clone(),
            ..plain()
        };
        house.cases.send_answer(&olga, number, draft).await.unwrap();
        house.cases.agree(&head, number).await.unwrap();
        let answer = house.card(&anna, number).await.answers.pop().unwrap();
        assert_eq!(answer.parts, parts);
        assert_eq!(answer.signer, answer.head);
        assert!(answer.signer.is_some());
    });
}

#[test]
fn saving_and_sending_leave_one_entry_each_and_the_same_words_none() {
    both(async |house| {
        let (anna, olga) = (house.anna().await, house.specialist("roads").await);
        let number = house.taken(&anna, &olga).await;
        let cases = &house.cases;
        cases.draft_answer(&olga, number, plain()).await.unwrap();
        cases.draft_answer(&olga, number, plain()).await.unwrap();
        cases.send_answer(&olga, number, plain()).await.unwrap();
        let card = house.card(&olga, number).await;
        let told: Vec<&str> = card.history.iter().map(|told| &*told.action).collect();
        assert_eq!(
            told,
            [
                "case.filed",
                "case.taken",
                "case.answer_drafted",
                "case.sent_for_agreement"
            ]
        );
        assert!(
            card.history[1..]
                .iter()
                .all(|told| told.field("by").is_some())
        );
    });
}

#[test]
fn one_head_agrees_and_another_signs() {
    both(async |house| {
        let (anna, olga) = (house.anna().await, house.specialist("roads").await);
        let (head, higher) = (house.head("roads").await, house.head("city").await);
        let number = house.taken(&anna, &olga).await;
        let cases = &house.cases;
        cases.send_answer(&olga, number, plain()).await.unwrap();
        assert!(is_conflict(
            &cases.sign(&higher, number).await,
            "case-error-not-agreed"
        ));
        assert!(matches!(
            cases.approve(&olga, number).await,
            Err(Error::Forbidden)
        ));
        cases.approve(&head, number).await.unwrap();
        let card = house.card(&olga, number).await;
        assert_eq!(card.case.state, State::InAgreement);
        assert_eq!(card.answers[0].state, AnswerState::Agreed);
        assert!(house.card(&anna, number).await.answers.is_empty());
        assert!(is_conflict(
            &cases.approve(&head, number).await,
            "case-error-agreed-already"
        ));
        let (a, b) = tokio::join!(cases.sign(&higher, number), cases.sign(&head, number));
        one_of_two(&a, &b);
        let card = house.card(&anna, number).await;
        assert_eq!(card.case.state, State::Decided);
        assert!(card.answers[0].signer.is_some());
    });
}

#[test]
fn nobody_signs_an_answer_of_their_own() {
    both(async |house| {
        let (anna, head) = (house.anna().await, house.head("roads").await);
        let other = house.head("roads").await;
        let number = house.taken(&anna, &head).await;
        let cases = &house.cases;
        cases.send_answer(&head, number, plain()).await.unwrap();
        for done in [
            cases.agree(&head, number).await,
            cases.approve(&head, number).await,
        ] {
            assert!(is_conflict(&done, "case-error-own-answer"));
        }
        cases.approve(&other, number).await.unwrap();
        assert!(is_conflict(
            &cases.sign(&head, number).await,
            "case-error-own-answer"
        ));
        cases.sign(&other, number).await.unwrap();
    });
}

#[test]
fn an_interim_answer_stops_no_clock() {
    both(async |house| {
        let (anna, olga) = (house.anna().await, house.specialist("roads").await);
        let head = house.head("roads").await;
        let number = house.taken(&anna, &olga).await;
        let cases = &house.cases;
        let interim = AnswerDraft {
            kind: AnswerKind::Interim,
            ..plain()
        };
        cases.send_answer(&olga, number, interim).await.unwrap();
        cases.agree(&head, number).await.unwrap();
        let card = house.card(&anna, number).await;
        assert_eq!(card.case.state, State::InWork);
        assert_eq!((card.case.answered_at, card.case.outcome), (None, None));
        assert_eq!(card.answers[0].kind, AnswerKind::Interim);
        assert_eq!(
            house.last(&anna, number).await.action,
            "case.interim_answered"
        );
        cases.send_answer(&olga, number, plain()).await.unwrap();
        cases.agree(&head, number).await.unwrap();
        let card = house.card(&anna, number).await;
        assert_eq!(card.case.state, State::Decided);
        assert_eq!(card.answers.len(), 2);
    });
}

#[test]
fn a_refusal_names_reasons_and_what_can_be_put_right() {
    both(async |house| {
        let (anna, olga) = (house.anna().await, house.specialist("roads").await);
        let number = house.taken(&anna, &olga).await;
        let refusal = AnswerDraft::plain(Outcome::Refused, TEXT);
        let refused = house
            .cases
            .draft_answer(&olga, number, refusal.clone())
            .await;
        assert_eq!(wrong(refused), ["grounds", "to_correct"]);
        let whole = AnswerDraft {
            parts: AnswerParts {
                grounds: "Двор частный.".into(),
                to_correct: "Обратитесь в управляющую компанию.".into(),
                ..AnswerParts::default()
            },
            ..refusal
        };
        house
            .cases
            .draft_answer(&olga, number, whole)
            .await
            .unwrap();
    });
}

#[test]
fn a_case_of_article_11_names_the_item_and_ends_by_it() {
    both(async |house| {
        let (anna, olga) = (house.anna().await, house.specialist("roads").await);
        let head = house.head("roads").await;
        let number = house.taken(&anna, &olga).await;
        let cases = &house.cases;
        let stopped = AnswerDraft::plain(Outcome::Stopped, TEXT);
        assert_eq!(
            wrong(cases.draft_answer(&olga, number, stopped.clone()).await),
            ["item"]
        );
        let with = |item| AnswerDraft {
            parts: AnswerParts {
                item: Some(item),
                ..AnswerParts::default()
            },
            ..stopped.clone()
        };
        let unfit = cases
            .draft_answer(&olga, number, with(NoAnswerItem::Court))
            .await;
        assert_eq!(wrong(unfit), ["item"]);
        cases
            .send_answer(&olga, number, with(NoAnswerItem::Repeated))
            .await
            .unwrap();
        cases.agree(&head, number).await.unwrap();
        let card = house.card(&anna, number).await;
        assert_eq!(card.case.outcome, Some(Outcome::Stopped));
        let told = house.last(&anna, number).await;
        assert_eq!(told.field("item"), Some("repeated"));
        let forwarded = AnswerDraft::plain(Outcome::Forwarded, TEXT);
        let second = house.taken(&anna, &olga).await;
        assert_eq!(
            wrong(cases.draft_answer(&olga, second, forwarded).await),
            ["outcome"],
            "forwarding is no answer"
        );
    });
}

#[test]
fn a_co_executor_sees_the_case_and_the_lead_the_result() {
    both(async |house| {
        let (anna, olga) = (house.anna().await, house.specialist("roads").await);
        let (head, teacher) = (house.head("roads").await, house.specialist("schools").await);
        let number = house.taken(&anna, &olga).await;
        let cases = &house.cases;
        let part = NewPart {
            unit: house.schools,
            account: None,
            task: "Сообщить, когда школа чистит двор".into(),
            due_on: Some(date(2026, 11, 25)),
        };
        assert!(cases.card(&teacher, &none(), number).await.is_err());
        assert!(matches!(
            cases.add_part(&olga, number, part.clone()).await,
            Err(Error::Forbidden)
        ));
        cases.add_part(&head, number, part.clone()).await.unwrap();
        let card = house.card(&teacher, number).await;
        assert_eq!(card.side, Side::Staff);
        assert_eq!(card.actions, [Action::ReportPart]);
        let id = card.course.parts[0].id;
        assert!(matches!(
            cases.draft_answer(&teacher, number, plain()).await,
            Err(Error::Forbidden)
        ));
        assert!(matches!(
            cases.report_part(&olga, number, id, "Мы сами").await,
            Err(Error::Forbidden)
        ));
        cases
            .report_part(&teacher, number, id, "Школа чистит двор в 7 утра")
            .await
            .unwrap();
        let card = house.card(&olga, number).await;
        let done = &card.course.parts[0];
        assert_eq!(done.state, PartState::Done);
        assert_eq!(done.result, "Школа чистит двор в 7 утра");
        assert!(!done.executor.is_empty());
        assert!(house.card(&anna, number).await.course.parts.is_empty());

        house.clock.advance_seconds(1);
        cases.add_part(&head, number, part.clone()).await.unwrap();
        let second = house.card(&head, number).await.course.parts[1].id;
        cases.withdraw_part(&head, number, second).await.unwrap();
        let again = cases.withdraw_part(&head, number, second).await;
        assert!(is_conflict(&again, "case-error-part-ended"));
        assert!(house.card(&teacher, number).await.actions.is_empty());

        // What was answered meanwhile asks nobody for their part any more.
        house.clock.advance_seconds(1);
        cases.add_part(&head, number, part).await.unwrap();
        assert_eq!(cases.queue_counts(&teacher).await.unwrap().parts, 1);
        cases.send_answer(&olga, number, plain()).await.unwrap();
        cases.agree(&head, number).await.unwrap();
        assert_eq!(cases.queue_counts(&teacher).await.unwrap().parts, 0);
    });
}

#[test]
fn nobody_owes_a_part_of_a_case_that_is_answered() {
    both(async |house| {
        let (anna, olga) = (house.anna().await, house.specialist("roads").await);
        let (head, teacher) = (house.head("roads").await, house.specialist("schools").await);
        let number = house.taken(&anna, &olga).await;
        let cases = &house.cases;
        let part = NewPart {
            unit: house.schools,
            account: None,
            task: "Сообщить, когда школа чистит двор".into(),
            due_on: Some(date(2026, 11, 25)),
        };
        cases.add_part(&head, number, part).await.unwrap();
        assert_eq!(cases.queue_counts(&teacher).await.unwrap().parts, 1);
        cases.send_answer(&olga, number, plain()).await.unwrap();
        cases.agree(&head, number).await.unwrap();
        assert_eq!(cases.queue_counts(&teacher).await.unwrap().parts, 0);
        let parts = house.card(&head, number).await.course.parts;
        assert_eq!(parts[0].state, PartState::Withdrawn);
    });
}

#[test]
fn an_objection_is_a_case_of_its_own_with_the_unit_above() {
    both(async |house| {
        let (anna, olga) = (house.anna().await, house.specialist("roads").await);
        let (head, higher) = (house.head("roads").await, house.specialist("city").await);
        let cases = &house.cases;
        let number = house.taken(&anna, &olga).await;
        let early = cases
            .object(&anna, &none(), number, "Ответа ещё нет, но я против")
            .await;
        assert!(is_conflict(&early, "case-error-state"));
        let number = house.answered(&anna, &olga, &head).await;
        assert_eq!(
            wrong(cases.object(&anna, &none(), number, "Нет").await),
            ["reasons"]
        );
        let reasons = "Двор так и не очистили, фото прилагаю.";
        let staff = cases.object(&olga, &none(), number, reasons).await;
        assert!(matches!(staff, Err(Error::Forbidden)));
        let filed = cases.object(&anna, &none(), number, reasons).await.unwrap();
        let new = house.card(&anna, filed.number).await;
        assert_eq!(new.case.unit, house.city);
        assert_eq!(new.case.person, anna.person());
        assert_eq!(new.content.text("description"), reasons);
        assert_eq!(new.case.state, State::Registered);
        assert_eq!(new.course.links[0].number, number);
        assert!(!new.course.links[0].objects_to_this);
        let gone = cases.gone(&olga, filed.number).await.unwrap();
        let gone = gone.expect("who answered learns where the objection is");
        assert!(gone.objects);
        assert_eq!(gone.unit, house.city);
        let old = house.card(&anna, number).await;
        assert_eq!(old.course.links[0].number, filed.number);
        assert!(old.course.links[0].objects_to_this);
        let again = cases.object(&anna, &none(), number, reasons).await;
        assert!(is_conflict(&again, "case-error-objected"));
        cases.take(&higher, filed.number).await.unwrap();
        // The law forbids to give a complaint to whoever it is about.
        let back = cases.redirect(&higher, filed.number, house.roads, "Ответ давали дороги");
        assert_eq!(wrong(back.await), ["unit"]);
        let other = cases.redirect(
            &higher,
            filed.number,
            house.schools,
            "Двор принадлежит школе",
        );
        other.await.unwrap();
    });
}

#[test]
fn a_guest_objects_and_gets_a_code_of_the_new_case() {
    both(async |house| {
        let (olga, head) = (house.specialist("roads").await, house.head("roads").await);
        let filed = house.file(&guest()).await;
        let pass = Pass::default().with_case(filed.id);
        let cases = &house.cases;
        cases.take(&olga, filed.number).await.unwrap();
        cases
            .send_answer(&olga, filed.number, plain())
            .await
            .unwrap();
        cases.agree(&head, filed.number).await.unwrap();
        let reasons = "Двор так и не очистили, фото прилагаю.";
        let objection = cases
            .object(&guest(), &pass, filed.number, reasons)
            .await
            .unwrap();
        assert!(objection.return_code.is_some());
        assert_ne!(objection.return_code, filed.return_code);
    });
}

#[test]
fn the_applicant_rates_once_and_is_replied_to() {
    both(async |house| {
        let (anna, olga) = (house.anna().await, house.specialist("roads").await);
        let head = house.head("roads").await;
        let cases = &house.cases;
        let open = house.taken(&anna, &olga).await;
        let early = cases.rate(&anna, &none(), open, 5, "").await;
        assert!(is_conflict(&early, "case-error-state"));
        let number = house.answered(&anna, &olga, &head).await;
        cases.close(&olga, number).await.unwrap();
        let reply = cases.reply_to_rating(&olga, number, "Спасибо").await;
        assert!(is_conflict(&reply, "case-error-no-rating"));
        for stars in [0, 6] {
            assert_eq!(
                wrong(cases.rate(&anna, &none(), number, stars, "").await),
                ["stars"]
            );
        }
        assert!(cases.rate(&olga, &none(), number, 5, "").await.is_err());
        cases
            .rate(&anna, &none(), number, 2, "Долго")
            .await
            .unwrap();
        let again = cases.rate(&anna, &none(), number, 5, "").await;
        assert!(is_conflict(&again, "case-error-rated"));
        cases
            .reply_to_rating(&olga, number, "Исправимся")
            .await
            .unwrap();
        let card = house.card(&anna, number).await;
        assert_eq!(card.case.state, State::Closed);
        let rating = card.course.rating.unwrap();
        assert_eq!((rating.stars, &*rating.comment), (2, "Долго"));
        assert_eq!(rating.reply, "Исправимся");
        let mine = cases::QueueFilter {
            view: cases::QueueView::Mine,
            ..cases::QueueFilter::default()
        };
        let queue = cases.queue(&olga, mine, None).await.unwrap();
        assert_eq!(queue.items.len(), 1, "a rated case stays closed: {REASON}");
    });
}

/// The mark of the answer that is written or waits, as a reader of the case has it.
async fn mark(house: &House, reader: &Actor, number: Number) -> String {
    let card = house.card(reader, number).await;
    card.open_answer().unwrap().mark.clone()
}

#[test]
fn what_was_rewritten_meanwhile_is_neither_agreed_to_nor_signed_unread() {
    both(async |house| {
        let (anna, olga) = (house.anna().await, house.specialist("roads").await);
        let (head, deputy) = (house.head("roads").await, house.head("roads").await);
        let number = house.taken(&anna, &olga).await;
        let cases = &house.cases;
        cases.send_answer(&olga, number, plain()).await.unwrap();
        let read = mark(house, &head, number).await;
        cases
            .return_answer(&deputy, number, "Назовите улицу")
            .await
            .unwrap();
        let other = AnswerDraft::plain(Outcome::Explained, "Совсем другой текст ответа.");
        cases.send_answer(&olga, number, other).await.unwrap();
        let stale = cases.at_answer(Some(&read));
        for done in [
            stale.agree(&head, number).await,
            stale.approve(&head, number).await,
            stale.return_answer(&head, number, "Ещё раз").await,
        ] {
            assert!(is_conflict(&done, "case-error-rewritten"));
        }
        let read = mark(house, &head, number).await;
        cases.approve(&head, number).await.unwrap();
        let stale = cases.at_answer(Some(&read));
        assert!(is_conflict(
            &stale.sign(&deputy, number).await,
            "case-error-rewritten"
        ));
        let read = mark(house, &deputy, number).await;
        cases
            .at_answer(Some(&read))
            .sign(&deputy, number)
            .await
            .unwrap();
    });
}

#[test]
fn nobody_signs_what_does_not_answer_words_that_came_meanwhile() {
    both(async |house| {
        let (anna, olga) = (house.anna().await, house.specialist("roads").await);
        let head = house.head("roads").await;
        let number = house.taken(&anna, &olga).await;
        let cases = &house.cases;
        let say = async |words| cases.write(&anna, &none(), number, words, false).await;
        cases.send_answer(&olga, number, plain()).await.unwrap();
        let before = mark(house, &head, number).await;
        say("Снег так и лежит!").await.unwrap();
        let unread = cases.at_answer(Some(&before)).agree(&head, number).await;
        assert!(is_conflict(&unread, "case-error-rewritten"));
        let before = mark(house, &head, number).await;
        cases.approve(&head, number).await.unwrap();
        house.clock.advance_seconds(60);
        say("И сегодня лежит").await.unwrap();
        let read = mark(house, &head, number).await;
        assert_ne!(before, read);
        let signed = cases.at_answer(Some(&read)).sign(&head, number).await;
        signed.unwrap();
    });
}

#[test]
fn who_sends_the_words_of_another_unchanged_has_not_written_them() {
    both(async |house| {
        let (anna, olga) = (house.anna().await, house.specialist("roads").await);
        let head = house.head("roads").await;
        let number = house.taken(&anna, &olga).await;
        let cases = &house.cases;
        cases.send_answer(&olga, number, plain()).await.unwrap();
        let author = house.card(&head, number).await.answers[0].author.clone();
        let remark = "Это была ошибка";
        cases.return_answer(&head, number, remark).await.unwrap();
        cases.send_answer(&head, number, plain()).await.unwrap();
        assert_eq!(house.card(&head, number).await.answers[0].author, author);
        cases.agree(&head, number).await.unwrap();
        assert_eq!(house.state(&anna, number).await, State::Decided);
    });
}

#[test]
fn who_wrote_an_answer_takes_it_back_until_a_head_has_agreed() {
    both(async |house| {
        let (anna, olga) = (house.anna().await, house.specialist("roads").await);
        let (head, other) = (house.head("roads").await, house.head("roads").await);
        let number = house.taken(&anna, &olga).await;
        let cases = &house.cases;
        cases.send_answer(&olga, number, plain()).await.unwrap();
        assert!(house.card(&olga, number).await.allows(Action::Recall));
        assert!(!house.card(&head, number).await.allows(Action::Recall));
        let anothers = cases.recall_answer(&head, number).await;
        assert!(is_conflict(&anothers, "case-error-recall-anothers"));
        cases.recall_answer(&olga, number).await.unwrap();
        assert_eq!(house.state(&olga, number).await, State::InWork);
        let told = house.last(&olga, number).await;
        assert_eq!(told.action, "case.answer_recalled");
        assert!(cases.agree(&head, number).await.is_err(), "nothing waits");

        cases.send_answer(&olga, number, plain()).await.unwrap();
        cases.approve(&head, number).await.unwrap();
        assert!(!house.card(&olga, number).await.allows(Action::Recall));
        let late = cases.recall_answer(&olga, number).await;
        assert!(is_conflict(&late, "case-error-agreed-already"));
        cases.sign(&other, number).await.unwrap();
        assert_eq!(house.state(&anna, number).await, State::Decided);
    });
}

#[test]
fn a_draft_is_not_written_over_by_who_has_not_read_it() {
    both(async |house| {
        let (anna, olga) = (house.anna().await, house.specialist("roads").await);
        let number = house.taken(&anna, &olga).await;
        let one = house.cases.at_answer(Some(""));
        one.draft_answer(&olga, number, plain()).await.unwrap();
        let other = AnswerDraft::plain(Outcome::Explained, "Совсем другой текст ответа.");
        let over = one.draft_answer(&olga, number, other.clone()).await;
        assert!(is_conflict(&over, "case-error-rewritten"));
        one.draft_answer(&olga, number, plain())
            .await
            .expect("the same words harm nothing");
        let read = mark(house, &olga, number).await;
        let one = house.cases.at_answer(Some(&read));
        one.draft_answer(&olga, number, other).await.unwrap();
    });
}

#[test]
fn a_draft_is_kept_half_done_but_not_sent_so() {
    both(async |house| {
        let (anna, olga) = (house.anna().await, house.specialist("roads").await);
        let number = house.taken(&anna, &olga).await;
        let cases = &house.cases;
        let begun = AnswerDraft::plain(Outcome::Explained, "Двор");
        cases
            .keep_draft(&olga, number, begun.clone(), false)
            .await
            .unwrap();
        assert!(house.card(&olga, number).await.answers[0].undecided);
        assert_eq!(
            wrong(cases.send_for_agreement(&olga, number).await),
            ["outcome"]
        );
        cases.keep_draft(&olga, number, begun, true).await.unwrap();
        assert_eq!(
            wrong(cases.send_for_agreement(&olga, number).await),
            ["text"]
        );
    });
}

#[test]
fn nothing_is_promised_for_a_day_that_has_passed() {
    both(async |house| {
        let (anna, olga) = (house.anna().await, house.specialist("roads").await);
        let number = house.taken(&anna, &olga).await;
        let late = AnswerDraft {
            parts: AnswerParts {
                promises: vec![Promised {
                    text: "Вывезти снег".into(),
                    on: date(2020, 1, 1),
                }],
                ..AnswerParts::default()
            },
            ..plain()
        };
        let done = house.cases.send_answer(&olga, number, late).await;
        assert_eq!(wrong(done), ["promises"]);
    });
}

#[test]
fn a_head_reads_what_was_sent_back_beside_the_new_answer() {
    both(async |house| {
        let (anna, olga) = (house.anna().await, house.specialist("roads").await);
        let head = house.head("roads").await;
        let number = house.taken(&anna, &olga).await;
        let cases = &house.cases;
        cases.send_answer(&olga, number, plain()).await.unwrap();
        cases
            .return_answer(&head, number, "Назовите улицу")
            .await
            .unwrap();
        let other = AnswerDraft::plain(Outcome::Explained, "Улица Лесная очищена от снега.");
        cases
            .draft_answer(&olga, number, other.clone())
            .await
            .unwrap();
        cases.send_answer(&olga, number, other).await.unwrap();
        let card = house.card(&head, number).await;
        let before = card.answers[0].before.clone().unwrap();
        assert_eq!(
            (&*before.remark, &*before.text),
            ("Назовите улицу", TEXT),
            "through a draft, too"
        );
        cases.agree(&head, number).await.unwrap();
        let answer = house.card(&anna, number).await.answers.pop().unwrap();
        assert_eq!(answer.before, None, "it is nothing to the applicant");
        assert_eq!(answer.signer.as_deref(), Some("А.\u{a0}Главный"));
        assert_eq!(answer.author, "А.\u{a0}Специалистов");
    });
}

#[test]
fn an_objection_goes_above_the_unit_of_whoever_signed() {
    both(async |house| {
        let journal = house.cases.journal().clone();
        let new = NewUnit {
            parent: Some(house.roads),
            kind: UnitKind::Agency,
            code: "yards".into(),
            name_ru: "Дворы".into(),
            name_en: "yards".into(),
            territories: Vec::new(),
        };
        let yards = house
            .store
            .change(&Actor::system("test"), move |tx| {
                people::units::ensure(tx, &journal, &new)
            })
            .await
            .unwrap();
        let (anna, olga) = (house.anna().await, house.specialist("roads").await);
        let (inside, head) = (house.specialist("yards").await, house.head("roads").await);
        let cases = &house.cases;
        let number = house.file(&anna).await.number;
        cases.redirect(&olga, number, yards, REASON).await.unwrap();
        cases.take(&inside, number).await.unwrap();
        cases.send_answer(&inside, number, plain()).await.unwrap();
        cases.agree(&head, number).await.unwrap();
        let reasons = "Двор так и не очистили, фото прилагаю.";
        let filed = cases.object(&anna, &none(), number, reasons).await.unwrap();
        let card = house.card(&anna, filed.number).await;
        assert_eq!(card.case.unit, house.city, "not roads, whose head signed");
    });
}
