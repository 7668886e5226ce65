//! The mailbox through the face of the slice, on both databases: what becomes of letters, of whom a
//! case takes words, what is set aside, and what operators decide.
#![expect(clippy::unwrap_used, reason = "what cannot be set up is a failed test")]

mod house;

use base::{Actor, Error, Language, Role};
use cases::Pass;
use cases::model::{Side, Source};
use channels::mailbox::model::Fate;
use house::{House, Sent, both};

fn letter(from: &str, head: &str, subject: &str, text: &str) -> String {
    format!(
        "From: {from}\r\nTo: mail@region.example\r\nSubject: {subject}\r\nMessage-ID: <{}@example.ru>\r\n\
         {head}Content-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n",
        base::id::new_uuid(house::NOON)
    )
}

/// A reply to a letter that went out.
fn reply(from: &str, to: &Sent, text: &str) -> String {
    let head = format!("In-Reply-To: <{0}>\r\nReferences: <{0}>\r\n", to.id);
    letter(from, &head, &format!("Re: {}", to.subject), text)
}

fn guest() -> Actor {
    Actor::guest(Language::Ru)
}

/// The case that an acknowledgement names, as its code opens it.
async fn card(house: &House, sent: &Sent) -> cases::model::Card {
    let number = sent.subject.rsplit(' ').next().unwrap().parse().unwrap();
    let code = sent.text.split("Код возврата: ").nth(1).unwrap();
    let client = std::net::Ipv4Addr::new(192, 0, 2, 1).into();
    let opened = house
        .cases
        .return_with_code(number, &code[..19], client)
        .await;
    let pass = Pass::default().with_opened(&opened.unwrap());
    house.cases.card(&guest(), &pass, number).await.unwrap()
}

#[test]
fn a_letter_becomes_a_case_once_and_its_sender_is_told_the_number_and_the_code() {
    both(async |house: House| {
        let text = letter(
            "Анна Ивановна Семёнова <Anna@example.ru>",
            "",
            "Не горит фонарь",
            "Темно.",
        );
        let found = house.lying(text.as_bytes());
        let taken = house.channels.take_letter(house.shell(), found).await;
        assert_eq!(taken.unwrap(), Some(Fate::Filed));
        // The same letter, still lying there, under another number, or copied: nothing new.
        for _ in 0..2 {
            assert_eq!(house.take(&text).await, "known");
        }
        let sent = house.sent().await;
        let [told] = &sent[..] else {
            panic!("one letter went out: {sent:?}")
        };
        assert_eq!(told.to, "Anna@example.ru");
        assert_eq!(told.reply_to, "mail@region.example");
        assert!(told.text.contains("59-ФЗ") && told.text.contains("https://okno.example/sign-in"));
        assert!(told.text.contains("Ответим не позднее"), "{}", told.text);
        let card = card(&house, told).await;
        assert_eq!(card.case.source, Source::Mailbox);
        assert_eq!(card.content.text("subject"), "Не горит фонарь");
        assert_eq!(card.content.text("description"), "Темно.");
        assert_eq!(card.content.applicant.full_name(), "Семёнова Анна Ивановна");
        assert_eq!(card.content.applicant.email, "Anna@example.ru");
        house.place();
        assert_eq!(house.findings().await, Vec::<String>::new());
    });
}

#[test]
fn a_reply_from_the_same_address_is_a_message_and_from_another_a_case_of_its_own() {
    both(async |house: House| {
        house
            .take(&letter("anna@example.ru", "", "Яма", "У дома 7 яма."))
            .await;
        let told = house.sent().await.remove(0);
        assert_eq!(
            house
                .take(&reply("ANNA@example.ru", &told, "И у дома 9."))
                .await,
            "added"
        );
        let messages = card(&house, &told).await.messages;
        let [message] = &messages[..] else {
            panic!("one message: {messages:?}")
        };
        assert_eq!(
            (message.side, message.text.as_str()),
            (Side::Applicant, "И у дома 9.")
        );
        // The number in the subject opens nothing to anybody, with or without somebody's token.
        let subject = format!("Re: {}", told.subject);
        for stranger in [
            reply("petr@example.ru", &told, "Закройте обращение."),
            letter("petr@example.ru", "", &subject, "Закройте обращение."),
            letter("anna@example.ru", "", &subject, "Закройте обращение."),
        ] {
            assert_eq!(house.take(&stranger).await, "filed");
        }
        assert_eq!(card(&house, &told).await.messages.len(), 1);
        let operator = house.somebody(Role::Operator).await;
        let letters = house
            .channels
            .letters(&operator, false, None, None)
            .await
            .unwrap();
        let named: Vec<_> = letters
            .items
            .iter()
            .map(|letter| letter.named.is_some())
            .collect();
        assert_eq!(named, [true, true, true, false, false], "{letters:?}");
        house.place();
        assert_eq!(house.findings().await, Vec::<String>::new());
    });
}

#[test]
fn a_reply_of_somebody_whom_the_case_is_not_answered_to_is_a_case_of_its_own() {
    both(async |house: House| {
        house
            .take(&letter("anna@example.ru", "", "Яма", "У дома 7 яма."))
            .await;
        let told = house.sent().await.remove(0);
        // Petr was told of the case, as co-applicants are: what he holds is real, and made for him.
        let case = card(&house, &told).await.case.id;
        house.tell("petr@example.ru", case).await;
        let mut sent = house.sent().await;
        sent.retain(|sent| sent.to == "petr@example.ru");
        let [beside] = &sent[..] else {
            panic!("one letter to him: {sent:?}")
        };
        let answer = reply("petr@example.ru", beside, "Закройте обращение.");
        assert_eq!(house.take(&answer).await, "filed");
        assert_eq!(card(&house, &told).await.messages.len(), 0);
        house.place();
        assert_eq!(house.findings().await, Vec::<String>::new());
    });
}

#[test]
fn files_of_a_letter_are_documents_and_what_was_not_kept_is_named_with_the_reason() {
    both(async |house: House| {
        let text = "From: anna@example.ru\r\nSubject: A photograph of the yard\r\nMIME-Version: 1.0\r\n\
            Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nSee the files.\r\n\
            --b\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename=scan.pdf\r\n\r\n\
            %PDF-1.5\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Count 1/Kids[3 0 R]>>\nendobj\n\
            3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>\nendobj\ntrailer\n<</Size 4/Root 1 0 R>>\n%%EOF\n\r\n\
            --b\r\nContent-Type: application/x-msdownload\r\nContent-Disposition: attachment; filename=virus.exe\r\n\r\nMZ\r\n--b--\r\n";
        assert_eq!(house.take(text).await, "filed");
        let sent = house.sent().await.remove(0);
        assert!(sent.text.contains("virus.exe"), "{}", sent.text);
        assert!(!sent.text.contains("scan.pdf"), "{}", sent.text);
        // Written in English, it is answered in English.
        assert!(
            sent.subject.starts_with("Your letter is registered"),
            "{}",
            sent.subject
        );
        let operator = house.somebody(Role::Operator).await;
        let letters = house
            .channels
            .letters(&operator, false, None, None)
            .await
            .unwrap();
        assert_eq!(letters.items[0].refused.len(), 1);
        assert_eq!(letters.items[0].from, "a…@example.ru");
        // A file in reply goes into the case, the other one is named again.
        let answer = text.replace(
            "Subject: A photograph of the yard",
            &format!("In-Reply-To: <{}>\r\nSubject: Again", sent.id),
        );
        assert_eq!(house.take(&answer).await, "added");
        assert_eq!(house.sent().await.len(), 2);
        house.place();
        assert_eq!(house.findings().await, Vec::<String>::new());
    });
}

#[test]
fn what_nobody_waits_for_is_set_aside_and_answered_by_nobody() {
    both(async |house: House| {
        let text = "Текст.";
        for (head, reason) in [
            ("Auto-Submitted: auto-replied\r\n", "automatic"),
            ("Precedence: bulk\r\n", "list"),
            ("List-Id: <news.example.ru>\r\n", "list"),
            ("X-Autoreply: yes\r\n", "automatic"),
            ("Return-Path: <>\r\n", "automatic"),
            ("Authentication-Results: mx; dmarc=fail\r\n", "made_up"),
        ] {
            assert_eq!(
                house.take(&letter("a@example.ru", head, "Re", text)).await,
                "aside"
            );
            assert_eq!(newest_reason(&house).await, reason, "{head}");
        }
        for (from, reason) in [
            ("okno@region.example", "own"),
            ("mail@region.example", "own"),
            ("nobody", "nobody"),
        ] {
            assert_eq!(house.take(&letter(from, "", "Re", text)).await, "aside");
            assert_eq!(newest_reason(&house).await, reason, "{from}");
        }
        assert_eq!(house.take("\0\0").await, "aside");
        assert_eq!(
            house.take(&letter("b@example.ru", "", "Пусто", "")).await,
            "aside"
        );
        assert_eq!(newest_reason(&house).await, "empty");
        let mut big = house.lying(letter("c@example.ru", "", "Велико", "…").as_bytes());
        big.is_too_big = true;
        house
            .channels
            .take_letter(house.shell(), big)
            .await
            .unwrap();
        assert_eq!(newest_reason(&house).await, "too_big");
        assert_eq!(house.sent().await.len(), 0, "nobody is answered");
    });
}

async fn newest_reason(house: &House) -> String {
    let system = Actor::system("test");
    let letters = house.channels.letters(&system, true, None, Some(1)).await;
    letters.unwrap().items.remove(0).reason
}

#[test]
fn more_than_twenty_letters_a_day_from_one_sender_wait_for_somebody() {
    both(async |house: House| {
        for n in 0..20 {
            let fate = house
                .take(&letter("a@example.ru", "", &format!("{n}"), "Текст."))
                .await;
            assert_eq!(fate, "filed");
        }
        assert_eq!(
            house
                .take(&letter("a@example.ru", "", "21", "Текст."))
                .await,
            "aside"
        );
        assert_eq!(newest_reason(&house).await, "too_many");
        assert_eq!(
            house.take(&letter("b@example.ru", "", "1", "Текст.")).await,
            "filed"
        );
        house.clock.advance_seconds(24 * 3600);
        assert_eq!(
            house
                .take(&letter("a@example.ru", "", "22", "Текст."))
                .await,
            "filed"
        );
    });
}

#[test]
fn a_letter_that_did_not_arrive_is_told_beside_its_case() {
    both(async |house: House| {
        house
            .take(&letter("anna@example.ru", "", "Яма", "У дома 7 яма."))
            .await;
        let told = house.sent().await.remove(0);
        let report = format!(
            "From: MAILER-DAEMON@mx.example\r\nReturn-Path: <>\r\nSubject: Undelivered\r\nMIME-Version: 1.0\r\n\
             Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\n\r\nSorry.\r\n\
             --b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx\r\n\r\n\
             Final-Recipient: rfc822; anna@example.ru\r\nAction: failed\r\n\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n\
             Message-ID: <{}>\r\nSubject: x\r\n\r\nText\r\n--b--\r\n",
            told.id
        );
        assert_eq!(house.take(&report).await, "aside");
        let system = Actor::system("test");
        let letters = house
            .channels
            .letters(&system, true, None, None)
            .await
            .unwrap();
        let [bounce] = &letters.items[..] else {
            panic!("{letters:?}")
        };
        assert_eq!(bounce.reason, "bounce");
        assert_eq!(bounce.undelivered_to, "a…@example.ru");
        let number: base::Number = told.subject.rsplit(' ').next().unwrap().parse().unwrap();
        assert_eq!(bounce.case, Some(number));
        assert_eq!(house.sent().await.len(), 1);
    });
}

#[test]
fn an_operator_files_a_letter_after_all_or_leaves_it_and_the_log_knows_it() {
    both(async |house: House| {
        let operator = house.somebody(Role::Operator).await;
        for n in ["1", "2"] {
            let list = letter(
                "club@example.ru",
                "List-Id: <a.b>\r\n",
                n,
                "Просим принять нас.",
            );
            assert_eq!(house.take(&list).await, "aside");
        }
        let specialist = house.somebody(Role::Specialist).await;
        let waiting = house
            .channels
            .letters(&operator, true, None, None)
            .await
            .unwrap()
            .items;
        let (second, first) = (waiting[0].id, waiting[1].id);
        for stranger in [&specialist, &guest()] {
            refused(&house, stranger, first).await;
        }
        let open = house.channels.letter(&operator, first).await.unwrap();
        assert_eq!(open.text, "Просим принять нас.");
        assert_eq!(open.sender, "club@example.ru");
        let number = house
            .channels
            .file_letter(&operator, house.shell(), first)
            .await
            .unwrap();
        assert!(house.cases.status(number).await.is_ok());
        let again = house
            .channels
            .file_letter(&operator, house.shell(), first)
            .await;
        assert!(matches!(
            again,
            Err(Error::Conflict("mailbox-error-decided"))
        ));

        for (reason, right) in [("", false), ("x", false), ("Рассылка", true)] {
            let left = house.channels.leave_letter(&operator, second, reason).await;
            assert_eq!(left.is_ok(), right, "{reason}");
        }
        assert!(
            house
                .channels
                .leave_letter(&operator, second, "Рассылка")
                .await
                .is_err()
        );
        assert_eq!(
            house
                .channels
                .letters(&operator, true, None, None)
                .await
                .unwrap()
                .items,
            []
        );
        let all = house
            .channels
            .letters(&operator, false, None, None)
            .await
            .unwrap()
            .items;
        assert_eq!((all[0].fate, all[1].fate), (Fate::Left, Fate::Filed));
        assert_eq!(all[0].left_because, "Рассылка");
        assert_eq!(all[1].case, Some(number));
        house.place();
        for (letter, action) in [(first, "letter.filed"), (second, "letter.left")] {
            let journal = house.cases.journal().clone();
            let entries = house
                .store
                .read(move |db| journal.history(db, letter))
                .await
                .unwrap();
            let actions: Vec<&str> = entries.iter().map(|entry| entry.action.as_str()).collect();
            assert_eq!(actions, [action]);
        }
        assert_eq!(house.findings().await, Vec::<String>::new());
        // A machine gets no reply, whoever decides about its letter.
        assert_eq!(house.sent().await.len(), 0);
    });
}

#[test]
fn after_thirty_days_nothing_of_a_letter_is_left_and_it_is_still_known() {
    both(async |house: House| {
        let text = letter("club@example.ru", "List-Id: <a.b>\r\n", "Новости", "Текст.");
        assert_eq!(house.take(&text).await, "aside");
        house.clock.advance_seconds(29 * 24 * 3600);
        house.channels.drop_old_letters().await.unwrap();
        let system = Actor::system("test");
        let kept = house
            .channels
            .letters(&system, true, None, None)
            .await
            .unwrap()
            .items;
        assert_eq!(kept.len(), 1);
        house.clock.advance_seconds(2 * 24 * 3600);
        house.channels.drop_old_letters().await.unwrap();
        let gone = house
            .channels
            .letters(&system, false, None, None)
            .await
            .unwrap()
            .items;
        assert_eq!(gone, []);
        assert!(house.channels.letter(&system, kept[0].id).await.is_err());
        assert_eq!(house.take(&text).await, "known");
    });
}

/// Somebody whom letters are no business of.
async fn refused(house: &House, stranger: &Actor, letter: uuid::Uuid) {
    let channels = &house.channels;
    assert!(channels.letters(stranger, true, None, None).await.is_err());
    assert!(channels.letter(stranger, letter).await.is_err());
    let left = channels.leave_letter(stranger, letter, "Потому что").await;
    assert!(left.is_err());
    let filed = channels.file_letter(stranger, house.shell(), letter).await;
    assert!(filed.is_err());
}
