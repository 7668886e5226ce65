//! Documents through the face of the slice, on both databases: with a draft, in an open case, asked
//! for, checked, out of reach of strangers, and while the place of files is down.
#![expect(clippy::unwrap_used, reason = "what cannot be set up is a failed test")]

mod house;
mod letterheads;
mod originals;
mod scans;

use base::{Actor, Error, Language, Role};
use cases::Pass;
use cases::documents::{Checked, Form, NotKept};
use cases::model::{Side, State};
use catalog::attachments::Attachments;
use house::{House, both, guest, pdf, upload};

#[test]
fn what_was_attached_to_a_draft_is_the_cases() {
    both(async |house: House| {
        let usual = Attachments::default();
        let (draft, pass) = house.draft().await;
        let (sent, other) = (pdf("first"), pdf("second"));
        for (name, bytes) in [
            ("скан.pdf", &sent),
            ("лишний.pdf", &other),
            ("снова.pdf", &sent),
        ] {
            house.clock.advance_seconds(1);
            house
                .cases
                .attach(&draft, &usual, "", &upload(name, bytes))
                .await
                .unwrap();
        }
        let attached = house.cases.draft_documents(&draft).await.unwrap();
        assert_eq!(attached.len(), 2, "the same file twice is one");
        house.cases.detach(&draft, attached[1].id).await.unwrap();
        let gone = house
            .cases
            .open_attached(&draft, attached[1].id, Form::Original)
            .await;
        assert!(matches!(gone, Err(NotKept::Other(Error::NotFound))));

        let filed = house.file(Some(draft.id)).await;
        let again = house.file(Some(draft.id)).await;
        assert_eq!(filed.number, again.number);
        let pass = pass.with_case(filed.id);
        let folder = house
            .cases
            .folder(&guest(), &pass, filed.number)
            .await
            .unwrap();
        let [document] = &folder.documents[..] else {
            panic!("one document is there: {:?}", folder.documents)
        };
        assert_eq!(
            (document.name.as_str(), document.pages),
            ("скан.pdf", Some(1))
        );
        assert_eq!(
            (document.side, document.state),
            (Side::Applicant, Checked::Received)
        );
        let specialist = house.specialist().await;
        let opened = house
            .cases
            .open_document(&guest(), &pass, filed.number, document.id, Form::Copy)
            .await
            .unwrap();
        assert_eq!(opened.bytes, sent, "the original stays as it was sent");
        let card = house
            .cases
            .card(&specialist, &Pass::default(), filed.number)
            .await
            .unwrap();
        let told = card.history[0].field("documents").unwrap();
        assert!(told.starts_with(&document.sha256), "{told}");
        assert_eq!(house.findings().await, Vec::<String>::new());
    });
}

#[test]
fn both_sides_add_to_an_open_case_and_a_specialist_checks() {
    both(async |house: House| {
        let filed = house.file(None).await;
        let pass = Pass::default().with_case(filed.id);
        let specialist = house.specialist().await;
        house.cases.take(&specialist, filed.number).await.unwrap();
        let add = async |actor: &Actor, name: &str| {
            house.clock.advance_seconds(1);
            let upload = upload(name, &pdf(name));
            house
                .cases
                .add_document(actor, &pass, filed.number, "", &upload)
                .await
                .unwrap();
        };
        add(&guest(), "справка.pdf").await;
        add(&specialist, "схема.pdf").await;
        let folder = house
            .cases
            .folder(&guest(), &pass, filed.number)
            .await
            .unwrap();
        let (theirs, ours) = (&folder.documents[0], &folder.documents[1]);
        assert_eq!((theirs.side, ours.side), (Side::Applicant, Side::Staff));
        let check = async |id, fault| {
            house
                .cases
                .check_document(&specialist, filed.number, id, fault)
                .await
        };
        assert!(matches!(
            check(ours.id, None).await,
            Err(Error::Conflict(_))
        ));
        assert!(matches!(
            check(theirs.id, Some("")).await,
            Err(Error::Invalid(_))
        ));
        check(theirs.id, Some("Не видно печати")).await.unwrap();
        let folder = house
            .cases
            .folder(&guest(), &pass, filed.number)
            .await
            .unwrap();
        assert_eq!(folder.documents[0].state, Checked::Faulty);
        assert_eq!(folder.documents[0].reason, "Не видно печати");
        check(theirs.id, None).await.unwrap();
        let card = house
            .cases
            .card(&guest(), &pass, filed.number)
            .await
            .unwrap();
        let done: Vec<&str> = card
            .history
            .iter()
            .map(|told| told.action.as_str())
            .collect();
        assert_eq!(
            done[2..],
            [
                "case.document_sent",
                "case.document_added",
                "case.document_faulty",
                "case.document_checked"
            ]
        );
        let by_guest = house
            .cases
            .check_document(&guest(), filed.number, theirs.id, None)
            .await;
        assert!(by_guest.is_err(), "an applicant checks nothing");
        assert_eq!(house.findings().await, Vec::<String>::new());
    });
}

#[test]
fn a_request_ends_when_everything_that_it_names_is_there() {
    both(async |house: House| {
        let filed = house.file(None).await;
        let pass = Pass::default().with_case(filed.id);
        let specialist = house.specialist().await;
        house.cases.take(&specialist, filed.number).await.unwrap();
        let items = ["Договор".to_owned(), "Чек".to_owned()];
        house
            .cases
            .request_documents(&specialist, filed.number, &items, "Снимите на телефон")
            .await
            .unwrap();
        let folder = house
            .cases
            .folder(&guest(), &pass, filed.number)
            .await
            .unwrap();
        assert_eq!(folder.case.state, State::Waiting);
        let slots = folder.slots.clone();
        assert_eq!(slots.len(), 2);
        assert!(
            slots
                .iter()
                .all(|slot| slot.required && slot.state == Checked::Required)
        );
        for (at, slot) in slots.iter().enumerate() {
            let upload = upload("a.pdf", &pdf(&slot.title));
            house
                .cases
                .add_document(&guest(), &pass, filed.number, &slot.code, &upload)
                .await
                .unwrap();
            let state = house
                .cases
                .card(&guest(), &pass, filed.number)
                .await
                .unwrap()
                .case
                .state;
            let expected = if at == 0 {
                State::Waiting
            } else {
                State::InWork
            };
            assert_eq!(state, expected, "after {} of 2", at + 1);
        }
        let folder = house
            .cases
            .folder(&specialist, &pass, filed.number)
            .await
            .unwrap();
        assert!(
            folder
                .slots
                .iter()
                .all(|slot| slot.state == Checked::Received)
        );
        let upload = upload("b.pdf", &pdf("b"));
        let unasked = house
            .cases
            .add_document(&guest(), &pass, filed.number, "x", &upload)
            .await;
        assert!(matches!(unasked, Err(NotKept::Refused(error)) if error.field == "slot"));
    });
}

#[test]
fn strangers_open_nothing_and_hostile_files_leave_nothing() {
    both(async |house: House| {
        let filed = house.file(None).await;
        let pass = Pass::default().with_case(filed.id);
        let html = upload("a.pdf", b"<html><script>alert(1)</script>");
        let refused = house
            .cases
            .add_document(&guest(), &pass, filed.number, "", &html)
            .await;
        let Err(NotKept::Refused(error)) = refused else {
            panic!("a page passed for a document")
        };
        assert_eq!(error.key, "files-page");
        let good = upload("a.pdf", &pdf("a"));
        house
            .cases
            .add_document(&guest(), &pass, filed.number, "", &good)
            .await
            .unwrap();
        let folder = house
            .cases
            .folder(&guest(), &pass, filed.number)
            .await
            .unwrap();
        let id = folder.documents[0].id;
        let teacher = house
            .somebody("Школьный", Role::Specialist, Some("schools"))
            .await;
        let applicant = house.somebody("Чужой", Role::Applicant, None).await;
        for stranger in [guest(), teacher, applicant] {
            let none = Pass::default();
            let opened = house
                .cases
                .open_document(&stranger, &none, filed.number, id, Form::Original)
                .await;
            assert!(matches!(opened, Err(NotKept::Other(Error::NotFound))));
            let added = house
                .cases
                .add_document(&stranger, &none, filed.number, "", &good)
                .await;
            assert!(matches!(added, Err(NotKept::Other(Error::NotFound))));
        }
        // A document of one case is not opened through another.
        let other = house.file(None).await;
        let pass = pass.with_case(other.id);
        let crossed = house
            .cases
            .open_document(&guest(), &pass, other.number, id, Form::Original)
            .await;
        assert!(matches!(crossed, Err(NotKept::Other(Error::NotFound))));
    });
}

#[test]
fn while_the_place_of_files_is_down_filing_goes_on_and_the_draft_stays() {
    both(async |house: House| {
        let house = house.without_files();
        let (draft, pass) = house.draft().await;
        let usual = Attachments::default();
        let kept = house
            .cases
            .attach(&draft, &usual, "", &upload("a.pdf", &pdf("a")))
            .await;
        assert!(matches!(kept, Err(NotKept::Down)), "{kept:?}");
        let same = house.cases.draft(&guest(), &pass, draft.id).await.unwrap();
        assert_eq!(same.answers, draft.answers);
        assert!(
            house
                .cases
                .draft_documents(&draft)
                .await
                .unwrap()
                .is_empty()
        );
        let filed = house.file(Some(draft.id)).await;
        let pass = pass.with_case(filed.id);
        let added = house
            .cases
            .add_document(
                &guest(),
                &pass,
                filed.number,
                "",
                &upload("a.pdf", &pdf("a")),
            )
            .await;
        assert!(matches!(added, Err(NotKept::Down)), "{added:?}");
        assert_eq!(house.findings().await, Vec::<String>::new());
    });
}

#[test]
fn drafts_that_nobody_touched_lose_their_files() {
    both(async |house: House| {
        let (draft, _) = house.draft().await;
        let usual = Attachments::default();
        house
            .cases
            .attach(&draft, &usual, "", &upload("a.pdf", &pdf("a")))
            .await
            .unwrap();
        assert!(!house.objects().await.is_empty());
        house.cases.drop_old_drafts().await.unwrap();
        assert!(
            !house.objects().await.is_empty(),
            "a fresh draft keeps them"
        );
        house.clock.advance_seconds(31 * 86_400);
        house.cases.drop_old_drafts().await.unwrap();
        assert!(house.objects().await.is_empty());
        assert_eq!(Language::Ru, guest().language);
    });
}

#[test]
fn bytes_that_are_gone_or_changed_are_missed() {
    both(async |house: House| {
        let (draft, _) = house.draft().await;
        let usual = Attachments::default();
        house
            .cases
            .attach(&draft, &usual, "", &upload("a.pdf", &pdf("a")))
            .await
            .unwrap();
        assert_eq!(house.missed(true).await, 0);
        let filed = house.file(Some(draft.id)).await;
        assert_eq!(house.missed(true).await, 0, "{}", filed.number);
        let object = house.objects().await.remove(0);
        let was = house.blobs.get(&object).await.unwrap().unwrap();
        house
            .blobs
            .put(&object, b"something else".to_vec())
            .await
            .unwrap();
        assert_eq!(house.missed(false).await, 0, "something lies there");
        assert_eq!(house.missed(true).await, 1);
        house.blobs.delete(&object).await.unwrap();
        assert_eq!(house.missed(false).await, 1);
        assert_eq!(house.missed(true).await, 1);
        house.blobs.put(&object, was).await.unwrap();
        assert_eq!(house.missed(true).await, 0);
    });
}
