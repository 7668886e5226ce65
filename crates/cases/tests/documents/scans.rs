//! Scans that an operator adds to a card that is registered already.

use base::{Actor, Error, Role};
use cases::Pass;
use cases::documents::NotKept;
use cases::model::{AnswerDraft, Filing, Intake, Outcome, Side, Source};

use crate::house::{House, both, filing, guest, pdf, upload};

async fn operator(house: &House) -> Actor {
    let somebody = house.somebody("Соколова", Role::Operator, Some("roads"));
    somebody.await
}

/// A letter on paper, entered without its scan.
async fn letter(house: &House, operator: &Actor) -> base::Number {
    let intake = Intake {
        way: Source::Paper,
        came_on: Some(jiff::civil::date(2026, 11, 19)),
        outgoing: String::new(),
        others: Vec::new(),
    };
    let draft = house.cases.begin_intake(operator, "complaint", &intake);
    let draft = draft.await.unwrap();
    let sending = Filing {
        draft: Some(draft),
        ..filing(Some(draft))
    };
    house.cases.file(operator, sending).await.unwrap().number
}

fn is_conflict(done: &Result<(), NotKept>, wanted: &str) -> bool {
    matches!(done, Err(NotKept::Other(Error::Conflict(key))) if *key == wanted)
}

#[test]
fn a_forgotten_scan_is_added_by_who_registered_the_letter_and_the_history_says_so() {
    both(async |house: House| {
        let cases = &house.cases;
        let (olga, other) = (operator(&house).await, operator(&house).await);
        let specialist = house.specialist().await;
        let number = letter(&house, &olga).await;
        let scan = upload("письмо.pdf", &pdf("letter"));
        assert!(cases.scans(&olga, number).await.unwrap().taken);

        for (who, is_known) in [(&other, true), (&specialist, false), (&guest(), false)] {
            let added = cases.add_scan(who, number, &scan).await;
            let refused = match added {
                Err(NotKept::Other(Error::NotFound)) => is_known,
                Err(NotKept::Other(Error::Forbidden | Error::Unauthenticated)) => !is_known,
                _ => false,
            };
            assert!(refused, "{who:?}: {added:?}");
        }
        assert_eq!(house.objects().await.len(), 0, "nothing was put away");

        house.clock.advance_seconds(24 * 3600);
        cases.add_scan(&olga, number, &scan).await.unwrap();
        let folder = cases.folder(&specialist, &Pass::default(), number).await;
        let folder = folder.unwrap();
        let [document] = &folder.documents[..] else {
            panic!("one scan: {:?}", folder.documents)
        };
        assert_eq!(document.side, Side::Applicant);
        assert_eq!(
            (document.name.as_str(), document.author.as_str()),
            ("письмо.pdf", "Соколова А.")
        );
        let card = cases.card(&specialist, &Pass::default(), number).await;
        let card = card.unwrap();
        let entry = card.history.last().unwrap();
        assert_eq!(entry.action, "case.scan_added");
        assert_eq!(entry.field("by"), Some("Соколова А."));
        assert_eq!(entry.field("items"), Some("письмо.pdf"));
        assert_eq!(entry.field("sha256"), Some(document.sha256.as_str()));
        assert_eq!(card.case.waits_for, Some(Side::Staff));
        assert_eq!(house.findings().await, Vec::<String>::new());
    });
}

#[test]
fn no_scan_is_added_to_what_is_finished_or_long_past() {
    both(async |house: House| {
        let cases = &house.cases;
        let olga = operator(&house).await;
        let specialist = house.specialist().await;
        let scan = upload("письмо.pdf", &pdf("letter"));
        let number = letter(&house, &olga).await;
        house.clock.advance_seconds(31 * 24 * 3600);
        assert!(!cases.scans(&olga, number).await.unwrap().taken);
        let late = cases.add_scan(&olga, number, &scan).await;
        assert!(is_conflict(&late, "reception-error-late"));

        let number = letter(&house, &olga).await;
        cases.take(&specialist, number).await.unwrap();
        let head = house.somebody("Главный", Role::Head, Some("roads")).await;
        let draft = AnswerDraft::plain(Outcome::Explained, "Двор очищен 20 ноября.");
        let sent = cases.send_answer(&specialist, number, draft);
        sent.await.unwrap();
        cases.agree(&head, number).await.unwrap();
        cases.close(&specialist, number).await.unwrap();
        let closed = cases.add_scan(&olga, number, &scan).await;
        assert!(is_conflict(&closed, "reception-error-closed"));
        assert_eq!(house.objects().await.len(), 0, "nothing was put away");
    });
}
