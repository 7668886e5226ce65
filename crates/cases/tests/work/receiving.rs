//! An operator writes down what comes by phone, on paper and in person: in which order it runs, who
//! may do it, who finds it again, and what a caller adds.

use base::{Actor, Error, Role};
use cases::Known;
use cases::model::{AnswerDraft, Filed, Filing, Intake, Outcome, Side, Source, State};
use catalog::Answers;
use jiff::civil::date;
use serde_json::json;

use crate::house::{House, both, filing, guest, is_conflict, none, wrong};

fn intake(way: Source) -> Intake {
    Intake {
        way,
        came_on: way.is_letter().then(|| date(2026, 11, 18)),
        outgoing: String::new(),
        others: Vec::new(),
    }
}

/// The answers of a complaint by somebody with a telephone and nothing else.
fn by_phone() -> Answers {
    let mut answers = filing().answers;
    answers.remove("happened_on");
    answers.insert(
        "applicant".into(),
        json!({"last_name": "Лесной", "phone": "+7 900 000-00-00"}),
    );
    answers
}

async fn operator(house: &House, unit: &str) -> Actor {
    let somebody = house.somebody("Соколова", Role::Operator, Some(unit));
    somebody.await.0
}

/// A card filled in and registered.
async fn register(house: &House, operator: &Actor, intake: &Intake) -> Filed {
    let cases = &house.cases;
    let draft = cases.begin_intake(operator, "complaint", intake).await;
    let draft = draft.unwrap();
    cases
        .save_draft(operator, &none(), Some(draft), "complaint", by_phone())
        .await
        .unwrap();
    let sending = Filing {
        answers: by_phone(),
        draft: Some(draft),
        ..filing()
    };
    cases.file(operator, sending).await.unwrap()
}

#[test]
fn a_letter_and_a_visit_run_under_the_law_and_a_call_is_a_message() {
    both(async |house| {
        let operator = operator(house, "city").await;
        let specialist = house.specialist("roads").await;
        // Friday evening: a person who registers by hand is not moved to Monday.
        house.clock.advance_seconds(8 * 3600);
        for (way, regime) in [
            (Source::Paper, "fz59"),
            (Source::Visit, "fz59"),
            (Source::Phone, "pos"),
            (Source::Email, "pos"),
        ] {
            let filed = register(house, &operator, &intake(way)).await;
            assert_eq!(filed.source, way);
            let card = house.card(&specialist, filed.number).await;
            let term = card.term.as_ref().unwrap();
            assert_eq!(term.due.rule.regime, regime, "{way:?}");
            assert_eq!(card.case.registered_on, date(2026, 11, 20), "{way:?}");
            assert_eq!((card.case.source, card.case.person), (way, None));
            let due = if regime == "fz59" {
                // Thirty days from registration end on a Sunday.
                date(2026, 12, 21)
            } else {
                card.case.due_on.unwrap()
            };
            assert_eq!(card.case.due_on, Some(due), "{way:?}");
            let brought = term.registration.iter().find_map(|step| match step {
                law::Step::Brought { on, latest_on, .. } => Some((*on, *latest_on)),
                _ => None,
            });
            let expected = match way {
                Source::Paper => Some((date(2026, 11, 18), date(2026, 11, 23))),
                Source::Visit => Some((date(2026, 11, 20), date(2026, 11, 23))),
                _ => None,
            };
            assert_eq!(brought, expected, "{way:?}");
        }
    });
}

#[test]
fn a_letter_keeps_its_day_number_and_senders() {
    both(async |house| {
        let operator = operator(house, "city").await;
        let specialist = house.specialist("roads").await;
        let letter = Intake {
            outgoing: " 15/3 ".into(),
            others: vec!["Петров Иван".into(), String::new()],
            ..intake(Source::Paper)
        };
        let number = register(house, &operator, &letter).await.number;
        let card = house.card(&specialist, number).await;
        let taken = card.taken.unwrap();
        assert_eq!(taken.intake.came_on, Some(date(2026, 11, 18)));
        assert_eq!(taken.intake.outgoing, "15/3");
        assert_eq!(taken.operator, "Соколова А.");
        let parties: Vec<&str> = card
            .course
            .parties
            .iter()
            .map(|party| party.name.as_str())
            .collect();
        assert_eq!(parties, ["Петров Иван"]);
        let first = &card.history[0];
        assert_eq!(first.field("by"), Some("Соколова А."));
        assert_eq!(first.field("source"), Some("paper"));
        assert_eq!(first.field("came_on"), Some("2026-11-18"));
        assert_eq!(first.field("consent"), Some("on_behalf:ru"));

        let late = Intake {
            came_on: Some(date(2026, 11, 21)),
            ..intake(Source::Paper)
        };
        let begun = house
            .cases
            .begin_intake(&operator, "complaint", &late)
            .await;
        assert_eq!(wrong(begun), ["came_on"]);
    });
}

#[test]
fn an_e_mail_may_be_missing_only_when_an_operator_writes() {
    both(async |house| {
        let anna = house.anna().await;
        let own = Filing {
            answers: by_phone(),
            ..filing()
        };
        let refused = wrong(house.cases.file(&anna, own).await);
        assert!(
            refused.contains(&"applicant.email".to_owned()),
            "{refused:?}"
        );
        assert!(refused.contains(&"happened_on".to_owned()), "{refused:?}");

        let operator = operator(house, "city").await;
        register(house, &operator, &intake(Source::Phone)).await;
        let draft = house
            .cases
            .begin_intake(&operator, "complaint", &intake(Source::Phone))
            .await
            .unwrap();
        let mut answers = by_phone();
        answers.insert("applicant".into(), json!({"last_name": "Лесной"}));
        let nowhere = Filing {
            answers: answers.clone(),
            draft: Some(draft),
            ..filing()
        };
        assert_eq!(
            wrong(house.cases.file(&operator, nowhere).await),
            ["applicant.phone"]
        );
        // An answer by e-mail needs one all the same.
        answers.insert(
            "applicant".into(),
            json!({"last_name": "Лесной", "phone": "+7 900 000-00-00"}),
        );
        answers.insert("answer_by".into(), json!("email"));
        let by_email = Filing {
            answers,
            draft: Some(draft),
            ..filing()
        };
        assert_eq!(
            wrong(house.cases.file(&operator, by_email).await),
            ["applicant.email"]
        );
    });
}

#[test]
fn nobody_but_an_operator_files_for_others() {
    both(async |house| {
        let operator = operator(house, "city").await;
        let anna = house.anna().await;
        let specialist = house.specialist("roads").await;
        let head = house.head("city").await;
        let call = intake(Source::Phone);
        let draft = house
            .cases
            .begin_intake(&operator, "complaint", &call)
            .await;
        let draft = draft.unwrap();
        for other in [&anna, &specialist, &head] {
            let begun = house.cases.begin_intake(other, "complaint", &call).await;
            assert!(matches!(begun, Err(Error::Forbidden)), "{begun:?}");
            let claimed = Filing {
                source: Source::Phone,
                ..filing()
            };
            let filed = house.cases.file(other, claimed).await;
            assert!(matches!(filed, Err(Error::Forbidden)), "{filed:?}");
            let theirs = Filing {
                draft: Some(draft),
                ..filing()
            };
            let filed = house.cases.file(other, theirs).await;
            assert!(matches!(filed, Err(Error::NotFound)), "{filed:?}");
            let opened = house.cases.draft(other, &none(), draft).await;
            assert!(matches!(opened, Err(Error::NotFound)));
        }
        let begun = house.cases.begin_intake(&guest(), "complaint", &call).await;
        assert!(matches!(begun, Err(Error::Unauthenticated)));
        // What stands begun is the operator's, and none of it is a draft of their own.
        assert_eq!(house.cases.begun(&operator).await.unwrap().len(), 1);
        assert!(house.cases.drafts(&operator).await.unwrap().is_empty());
    });
}

#[test]
fn an_operator_finds_own_cards_again_and_reads_nothing_else() {
    both(async |house| {
        let olga = operator(house, "city").await;
        let other = operator(house, "city").await;
        let number = register(house, &olga, &intake(Source::Phone)).await.number;
        house.clock.advance_seconds(60);
        let second = register(house, &olga, &intake(Source::Visit)).await.number;
        let annas = house.file(&house.anna().await).await.number;

        let taken = house.cases.taken_in(&olga, None, None, None).await.unwrap();
        let numbers: Vec<_> = taken.items.iter().map(|row| row.case.number).collect();
        assert_eq!(numbers, [second, number]);
        assert!(house.cases.begun(&olga).await.unwrap().is_empty());
        assert!(
            house
                .cases
                .taken_in(&other, None, None, None)
                .await
                .unwrap()
                .items
                .is_empty()
        );

        let received = house.cases.received(&olga, number).await.unwrap();
        assert_eq!(received.content.applicant.last_name, "Лесной");
        let code = received.return_code.unwrap();
        let client = std::net::Ipv4Addr::LOCALHOST.into();
        let back = house.cases.return_with_code(number, &code, client).await;
        assert_eq!(back.unwrap().case, received.case.id);

        for (who, what) in [(&other, number), (&olga, annas)] {
            let received = house.cases.received(who, what).await;
            assert!(matches!(received, Err(Error::NotFound)));
        }
        for what in [number, annas] {
            let card = house.cases.card(&olga, &none(), what).await;
            assert!(matches!(card, Err(Error::NotFound)));
        }
        let queue = house
            .cases
            .queue(&olga, cases::QueueFilter::default(), None);
        assert!(matches!(queue.await, Err(Error::Forbidden)));

        house.clock.advance_seconds(25 * 3600);
        let later = house.cases.received(&olga, number).await.unwrap();
        assert_eq!(later.return_code, None);
    });
}

#[test]
fn what_a_caller_adds_is_the_applicants_message_and_names_the_operator() {
    both(async |house| {
        let olga = operator(house, "city").await;
        let far = operator(house, "schools").await;
        let anna = house.anna().await;
        let specialist = house.specialist("roads").await;
        let number = house.taken(&anna, &specialist).await;
        let (words, known) = ("Снег убрали, но не весь.", "назвала номер и адрес");

        for who in [&far, &specialist, &anna] {
            let heard = house.cases.hear(who, number, Source::Phone, words, known);
            let heard = heard.await;
            assert!(matches!(heard, Err(Error::Forbidden)), "{heard:?}");
        }
        for who in [&specialist, &anna] {
            assert!(!house.cases.hears(who, number).await.unwrap());
            let came = house.cases.hear(who, number, Source::Visit, words, known);
            assert!(matches!(came.await, Err(Error::Forbidden)));
        }
        let heard = house
            .cases
            .hear(&olga, number, Source::Phone, "", " ")
            .await;
        assert_eq!(wrong(heard), ["text", "known_by"], "all at once");
        let heard = house.cases.hear(&olga, number, Source::Web, words, known);
        assert_eq!(wrong(heard.await), ["way"]);

        house
            .cases
            .hear(&olga, number, Source::Phone, words, known)
            .await
            .unwrap();
        let card = house.card(&specialist, number).await;
        let message = card.messages.last().unwrap();
        assert_eq!(
            (message.side, message.text.as_str()),
            (Side::Applicant, words)
        );
        assert_eq!(message.author, "Семёнова Анна");
        let by = message.heard.as_ref().unwrap();
        assert_eq!(
            (by.way, by.operator.as_str()),
            (Source::Phone, "Соколова А.")
        );
        assert_eq!(card.case.waits_for, Some(Side::Staff));
        let entry = card.history.last().unwrap();
        assert_eq!(entry.action, "case.caller_heard");
        assert_eq!(entry.field("by"), Some("Соколова А."));
        assert_eq!(entry.field("reason"), Some(known));
        assert_eq!(entry.field("reception"), None, "nobody came anywhere");
        assert_eq!(card.case.state, State::InWork);
    });
}

#[test]
fn a_visit_to_any_reception_is_tied_to_the_case_by_its_number() {
    both(async |house| {
        let far = operator(house, "schools").await;
        let (anna, olga) = (house.anna().await, house.specialist("roads").await);
        let number = house.taken(&anna, &olga).await;
        let cases = &house.cases;
        let ways = cases.ways_to_hear(&far, number).await.unwrap();
        assert_eq!(ways, [Source::Visit]);
        let (words, handed) = ("Двор так и не убран.", "Фотография двора, 1 лист");
        cases
            .hear_and_take(
                &far,
                number,
                Source::Visit,
                words,
                handed,
                "показала паспорт",
            )
            .await
            .unwrap();
        let entry = house.last(&olga, number).await;
        assert_eq!(entry.action, "case.caller_heard");
        assert_eq!(entry.field("source"), Some("visit"));
        assert_eq!(entry.field("by"), Some("Соколова А."));
        assert_eq!(entry.field("handed"), Some(handed));
        assert_eq!(entry.field("reception"), Some("schools"));
        let card = house.card(&anna, number).await;
        let heard = card.messages.last().unwrap().heard.clone().unwrap();
        assert_eq!((heard.way, heard.handed.as_str()), (Source::Visit, handed));
        // At the unit's own reception nothing is said of where it was.
        let near = operator(house, "city").await;
        let ways = cases.ways_to_hear(&near, number).await.unwrap();
        assert_eq!(ways, [Source::Phone, Source::Visit]);
    });
}

#[test]
fn a_lost_code_is_replaced_by_an_operator_and_the_old_one_opens_nothing() {
    both(async |house| {
        let near = operator(house, "city").await;
        let far = operator(house, "schools").await;
        let (anna, olga) = (house.anna().await, house.specialist("roads").await);
        let cases = &house.cases;
        let client = "192.0.2.7".parse().unwrap();
        let filed = house.file(&guest()).await;
        let number = filed.number;
        let old = filed.return_code.unwrap();
        let opened = cases.return_with_code(number, &old, client).await.unwrap();
        let pass = none().with_opened(&opened);
        cases.card(&guest(), &pass, number).await.unwrap();

        let reason = "показала паспорт";
        let known = Known {
            stated: "Anna@example.org",
            by: reason,
        };
        for who in [&far, &olga, &anna] {
            let refused = cases.renew_code(who, number, 0, known).await;
            assert!(matches!(refused, Err(Error::Forbidden)), "{refused:?}");
        }
        assert_eq!(cases.code_to_renew(&far, number).await.unwrap(), None);
        let silent = Known {
            stated: "",
            by: " ",
        };
        assert_eq!(
            wrong(cases.renew_code(&near, number, 0, silent).await),
            ["stated", "known_by"]
        );
        // A stranger may know the name, and says convincingly that they have no e-mail.
        for stated in ["Семёнова", "olga@example.org", "+7 900 000-00-01"] {
            let stranger = Known { stated, ..known };
            assert_eq!(
                wrong(cases.renew_code(&near, number, 0, stranger).await),
                ["stated"]
            );
        }
        assert_eq!(cases.code_to_renew(&near, number).await.unwrap(), Some(0));
        let new = cases.renew_code(&near, number, 0, known).await.unwrap();
        assert_ne!(new, old);
        // The same form sent once more gives no third code.
        let again = cases.renew_code(&near, number, 0, known).await;
        assert!(is_conflict(&again, "case-error-code-renewed"));

        let refused = cases.return_with_code(number, &old, client).await;
        assert!(matches!(refused, Err(Error::Invalid(_))));
        let shut = cases.card(&guest(), &pass, number).await;
        assert!(
            matches!(shut, Err(Error::NotFound)),
            "its passes are shut, too"
        );
        let opened = cases.return_with_code(number, &new, client).await.unwrap();
        let pass = pass.with_opened(&opened);
        let card = cases.card(&guest(), &pass, number).await.unwrap();
        let entry = card.history.last().unwrap();
        assert_eq!(entry.action, "case.code_renewed");
        assert_eq!(entry.field("reason"), Some(reason));
        assert_eq!(entry.field("by"), Some("Анна С."));

        // Whoever has an account signs in.
        let own = house.file(&anna).await.number;
        let refused = cases.renew_code(&near, own, 0, known).await;
        assert!(is_conflict(&refused, "case-error-code-account"));
        // An operator's own card, wherever it is; its coupon says the code that holds.
        let card = register(house, &far, &intake(Source::Phone)).await.number;
        let caller = Known {
            stated: "8 900 000 00 00",
            ..known
        };
        let code = cases.renew_code(&far, card, 0, caller).await.unwrap();
        let shown = cases.received(&far, card).await.unwrap().return_code;
        assert_eq!(shown, Some(code));
    });
}

#[test]
fn an_operator_hears_callers_about_own_cards_wherever_they_have_gone() {
    both(async |house| {
        let far = operator(house, "schools").await;
        let number = register(house, &far, &intake(Source::Visit)).await.number;
        assert!(house.cases.hears(&far, number).await.unwrap());
        house
            .cases
            .hear(&far, number, Source::Visit, "Ещё и лёд.", "показал паспорт")
            .await
            .unwrap();
    });
}

#[test]
fn a_caller_is_told_what_was_written_to_them_and_what_was_answered() {
    both(async |house| {
        let olga = operator(house, "city").await;
        let other = operator(house, "city").await;
        let (specialist, head) = (house.specialist("roads").await, house.head("roads").await);
        let number = register(house, &olga, &intake(Source::Phone)).await.number;
        let cases = &house.cases;
        cases.take(&specialist, number).await.unwrap();
        cases
            .write_as_staff(&specialist, number, "Какой это дом?", true)
            .await
            .unwrap();
        let told = cases.card_to_tell(&olga, number).await.unwrap();
        assert_eq!(told.messages[0].text, "Какой это дом?");
        assert!(told.answers.is_empty());
        let answer = AnswerDraft::plain(Outcome::Explained, "Снег уберут завтра до обеда.");
        cases
            .send_answer(&specialist, number, answer)
            .await
            .unwrap();
        let told = cases.card_to_tell(&olga, number).await.unwrap();
        assert!(told.answers.is_empty(), "a draft is nobody's answer yet");
        cases.agree(&head, number).await.unwrap();
        let told = cases.card_to_tell(&olga, number).await.unwrap();
        assert_eq!(told.answers[0].text, "Снег уберут завтра до обеда.");
        // Whoever did not take it in is told nothing.
        for stranger in [&other, &specialist] {
            let refused = cases.card_to_tell(stranger, number).await;
            assert!(matches!(refused, Err(Error::NotFound | Error::Forbidden)));
        }
    });
}

#[test]
fn what_was_taken_in_on_a_day_is_counted_by_the_way_it_came() {
    both(async |house| {
        let olga = operator(house, "city").await;
        for way in [Source::Phone, Source::Phone, Source::Paper] {
            register(house, &olga, &intake(way)).await;
        }
        let mut counted = house
            .cases
            .taken_in_by_way(&olga, date(2026, 11, 20))
            .await
            .unwrap();
        counted.sort_by_key(|(way, _)| way.code());
        assert_eq!(counted, [(Source::Paper, 1), (Source::Phone, 2)]);
        let before = house.cases.taken_in_by_way(&olga, date(2026, 11, 19));
        assert!(before.await.unwrap().is_empty());
    });
}

#[test]
fn what_an_operator_puts_right_with_the_code_bears_the_operators_name() {
    both(async |house| {
        let olga = operator(house, "city").await;
        let specialist = house.specialist("roads").await;
        let filed = register(house, &olga, &intake(Source::Phone)).await;
        let case = house.card(&specialist, filed.number).await.case.id;
        let pass = none().with_case(case);
        house
            .cases
            .write(&olga, &pass, filed.number, "Дом двенадцать", true)
            .await
            .unwrap();
        let card = house.card(&specialist, filed.number).await;
        let last = card.history.last().unwrap();
        let name = card.taken.unwrap().operator;
        assert_eq!(last.field("by"), Some(name.as_str()));
        assert_eq!(card.messages[0].author, name);
    });
}
