//! Copies without the place of shooting: what whoever sent a file downloads, what all others do, and
//! the original that staff get by saying what for.

use base::{Actor, Error, Role};
use cases::Pass;
use cases::documents::{Form, NotKept};

use crate::house::{House, both, guest, pdf, upload};

/// A picture that says where it was taken, and with what.
const YARD: &[u8] = include_bytes!("yard.jpg");

fn tells_the_place(bytes: &[u8]) -> bool {
    let holds = |what: &[u8]| bytes.windows(what.len()).any(|part| part == what);
    holds(b"Exif") || holds(b"Klavdia")
}

/// A PDF that names its author.
fn authored(title: &str) -> Vec<u8> {
    let plain = String::from_utf8(pdf(title)).unwrap();
    plain
        .replace("/Root 1 0 R>>", "/Root 1 0 R/Info 4 0 R>>")
        .replacen("xref\n", "4 0 obj\n<</Author(Klavdia)>>\nendobj\nxref\n", 1)
        .into_bytes()
}

/// A case of a guest with a picture and a PDF of theirs and the same of the specialist, who has it.
async fn case(house: &House) -> (base::Number, Pass, Actor, [uuid::Uuid; 4]) {
    let filed = house.file(None).await;
    let pass = Pass::default().with_case(filed.id);
    let specialist = house.specialist().await;
    house.cases.take(&specialist, filed.number).await.unwrap();
    for (who, name, bytes) in [
        (&guest(), "двор.jpg", YARD.to_vec()),
        (&guest(), "справка.pdf", authored("theirs")),
        (&specialist, "яма.jpg", YARD.to_vec()),
        (&specialist, "ответ.pdf", authored("ours")),
    ] {
        house.clock.advance_seconds(1);
        let file = upload(name, &bytes);
        let added = house
            .cases
            .add_document(who, &pass, filed.number, "", &file);
        added.await.unwrap();
    }
    let folder = house.cases.folder(&guest(), &pass, filed.number).await;
    let ids: Vec<_> = folder.unwrap().documents.iter().map(|one| one.id).collect();
    (filed.number, pass, specialist, ids.try_into().unwrap())
}

#[test]
fn a_download_of_another_ones_picture_tells_neither_place_nor_device() {
    both(async |house: House| {
        let (number, pass, specialist, [yard, paper, pit, answer]) = case(&house).await;
        let colleague = house.specialist().await;
        let none = Pass::default();
        let copy = async |who: &Actor, id, form| {
            let pass = if who.account().is_some() {
                &none
            } else {
                &pass
            };
            house.cases.open_document(who, pass, number, id, form).await
        };
        assert!(tells_the_place(YARD) && tells_the_place(&authored("x")));
        // Whoever sent it has it back as it was, a paper of the authority keeps its signature.
        let (anna, olga) = (guest(), specialist);
        for (who, id, is_whole) in [
            (&anna, yard, true),
            (&anna, paper, true),
            (&anna, pit, false),
            (&anna, answer, true),
            (&olga, yard, false),
            (&olga, paper, false),
            (&olga, pit, true),
            (&olga, answer, true),
            (&colleague, yard, false),
            (&colleague, pit, false),
            (&colleague, answer, true),
        ] {
            let given = copy(who, id, Form::Copy).await.unwrap();
            assert_eq!(tells_the_place(&given.bytes), is_whole, "{who:?} {id}");
            let original = copy(who, id, Form::Original).await;
            let refused = matches!(original, Err(NotKept::Other(Error::Forbidden)));
            assert_eq!(!refused, is_whole, "{who:?} {id}");
        }
        let given = copy(&olga, yard, Form::Copy).await.unwrap();
        assert!(given.bytes.starts_with(b"\xff\xd8\xff"), "still a JPEG");
        assert_eq!(
            (given.name.as_str(), given.kind),
            ("двор.jpg", files::Kind::Jpeg)
        );
    });
}

#[test]
fn staff_get_an_original_by_saying_what_for_and_the_applicant_reads_it() {
    both(async |house: House| {
        let (number, pass, specialist, [yard, ..]) = case(&house).await;
        let original = async |who: &Actor, id, purpose| {
            let cases = &house.cases;
            cases.open_original(who, number, id, purpose).await
        };
        let nothing = original(&specialist, yard, " ").await;
        assert!(matches!(nothing, Err(NotKept::Other(Error::Invalid(_)))));
        let teacher = house.somebody("Школьный", Role::Specialist, Some("schools"));
        let operator = house.somebody("Соколова", Role::Operator, Some("roads"));
        let applicant = house.somebody("Чужой", Role::Applicant, None);
        for stranger in [guest(), teacher.await, operator.await, applicant.await] {
            let refused = original(&stranger, yard, "Проверить место").await;
            let known = matches!(refused, Err(NotKept::Other(Error::NotFound)));
            assert!(known, "{stranger:?}");
        }
        let unknown = original(&specialist, uuid::Uuid::nil(), "Проверить место").await;
        assert!(matches!(unknown, Err(NotKept::Other(Error::NotFound))));
        let before = house.cases.card(&guest(), &pass, number).await.unwrap();
        let opened = original(&specialist, yard, "Проверить место").await;
        assert_eq!(opened.unwrap().bytes, YARD);
        let card = house.cases.card(&guest(), &pass, number).await.unwrap();
        assert_eq!(
            card.history.len(),
            before.history.len() + 1,
            "refusals leave nothing"
        );
        let told = card.history.last().unwrap();
        let fields = ["items", "reason", "by"].map(|field| told.field(field).unwrap_or_default());
        assert_eq!(told.action, "case.original_opened");
        assert_eq!(fields[..2], ["двор.jpg", "Проверить место"]);
        assert_eq!(fields[2], "Анна С.");
        assert_eq!(card.case.state, before.case.state);
        assert_eq!(house.findings().await, Vec::<String>::new());
    });
}
