//! Somebody is named beside the applicant without having asked for it: what they read before they
//! answer, what they never read, and that a no is a no.

use base::{Actor, Error, Number, Role};
use cases::model::{Correction, PartyRole, Side, TurnKind};
use cases::{Cases, NewParty, Pass};
use serde_json::json;

use crate::house::{House, both, filing, none, wrong};

fn named(role: PartyRole, email: &str) -> NewParty {
    NewParty {
        role,
        name: "Борисов Пётр".into(),
        email: email.into(),
        note: "Живёт напротив".into(),
    }
}

/// Anna's case with a telephone and a postal address, in which Boris was named when it was filed.
async fn case(house: &House) -> (Number, Actor, Actor, String) {
    let anna = house.anna().await;
    let (boris, email) = house.somebody("Борисов", Role::Applicant, None).await;
    let mut filing = filing();
    let applicant = json!({
        "last_name": "Семёнова", "first_name": "Анна", "email": "anna@example.org",
        "phone": "+7 900 000-00-00", "postal_address": "Тайная, 7",
    });
    let others = json!([
        {"name": "Борисов Анна", "email": email},
        {"name": "Иванова Ольга", "address": "Скрытая, 3"},
    ]);
    filing.answers.insert("applicant".to_owned(), applicant);
    filing.answers.insert("co_applicants".to_owned(), others);
    let filed = house.cases.file(&anna, filing).await.unwrap();
    (filed.number, anna, boris, email)
}

/// Nothing of the case lies open to somebody but that they were named.
async fn is_shut(cases: &Cases, who: &Actor, number: Number) -> bool {
    let none = Pass::default();
    let shut = |done: &base::Result<()>| matches!(done, Err(Error::NotFound));
    shut(&cases.card(who, &none, number).await.map(drop))
        && shut(&cases.folder(who, &none, number).await.map(drop))
        && shut(&cases.receipt(who, &none, number).await.map(drop))
        && shut(&cases.write(who, &none, number, "Пишу", false).await)
        && shut(&cases.cancel(who, &none, number, "Не нужно").await)
        && shut(
            &cases
                .correct(who, &none, number, Correction::default())
                .await
                .map(drop),
        )
        && cases.own(who, None).await.unwrap().items.is_empty()
}

#[test]
fn who_was_named_reads_the_words_of_the_appeal_and_nothing_else() {
    both(async |house| {
        let (number, _, boris, _) = case(house).await;
        let cases = &house.cases;
        assert!(is_shut(cases, &boris, number).await);
        let invitation = cases.invitation(&boris, number).await.unwrap();
        assert_eq!(invitation.role, PartyRole::CoApplicant);
        assert_eq!(invitation.by, "Семёнова Анна");
        let names: Vec<&str> = invitation.answers.keys().map(String::as_str).collect();
        assert_eq!(names, ["category", "description", "expected", "subject"]);
        let waiting = cases.invitations(&boris).await.unwrap();
        assert_eq!(waiting.len(), 1);
        assert_eq!(waiting[0].case.number, number);

        let stranger = house.anna().await;
        let others = cases.invitation(&stranger, number).await;
        assert!(matches!(others, Err(Error::NotFound)));
        for agrees in [true, false] {
            let answered = if agrees {
                cases.agree_to_stand(&stranger, number).await
            } else {
                cases.decline_to_stand(&stranger, number).await
            };
            assert!(matches!(answered, Err(Error::NotFound)));
        }
    });
}

#[test]
fn a_co_applicant_who_agreed_sees_nobodys_mailbox() {
    both(async |house| {
        let (number, anna, boris, _) = case(house).await;
        let cases = &house.cases;
        house.clock.advance_seconds(1);
        let moved = Correction {
            phone: Some("+7 900 111-11-11".into()),
            address: Some("Лесная, 14".into()),
            ..Correction::default()
        };
        cases.correct(&anna, &none(), number, moved).await.unwrap();
        cases.agree_to_stand(&boris, number).await.unwrap();
        cases.agree_to_stand(&boris, number).await.unwrap();
        assert!(cases.invitations(&boris).await.unwrap().is_empty());
        assert_eq!(cases.own(&boris, None).await.unwrap().items.len(), 1);
        let card = house.card(&boris, number).await;
        assert_eq!(
            (card.side, card.party),
            (Side::Applicant, Some(PartyRole::CoApplicant))
        );
        let applicant = &card.content.applicant;
        assert_eq!(applicant.full_name(), "Семёнова Анна");
        let everything = format!("{:?} {:?}", card.content, card.course);
        for secret in ["anna@example.org", "900", "Тайная", "Скрытая", "напротив"]
        {
            assert!(!everything.contains(secret), "{secret}: {everything}");
        }
        assert_eq!(
            card.content.address, "Лесная, 14",
            "the place is of the matter"
        );
        let TurnKind::Corrected { changes } = &card.course.turns[0].what else {
            panic!("no correction");
        };
        assert_eq!(changes.len(), 1);
        // A representative acts for the applicant, and has what it takes.
        let (lawyer, email) = house.somebody("Адвокатов", Role::Applicant, None).await;
        let party = named(PartyRole::Representative, &email);
        cases
            .add_party(&anna, &none(), number, party)
            .await
            .unwrap();
        assert!(is_shut(cases, &lawyer, number).await);
        cases.agree_to_stand(&lawyer, number).await.unwrap();
        let card = house.card(&lawyer, number).await;
        assert_eq!(card.content.applicant.phone, "+7 900 111-11-11");
        let told = card.history.last().unwrap();
        let fields = ["role", "before", "after", "author"].map(|field| told.field(field));
        assert_eq!(told.action, "case.party_agreed");
        assert_eq!(
            fields,
            [
                Some("representative"),
                Some("asked"),
                Some("agreed"),
                Some("Адвокатов Анна")
            ]
        );
        // The owner's own deeds and those of others are told apart.
        let by = |action: &str| {
            let mut told = card.history.iter();
            let told = told.find(|told| told.action == action).unwrap();
            told.field("author").map(str::to_owned)
        };
        assert_eq!(by("case.corrected").as_deref(), Some("Семёнова Анна"));
    });
}

#[test]
fn who_declines_has_left_and_is_not_named_there_again() {
    both(async |house| {
        let (number, anna, boris, email) = case(house).await;
        let cases = &house.cases;
        cases.decline_to_stand(&boris, number).await.unwrap();
        assert!(is_shut(cases, &boris, number).await);
        let gone = cases.invitation(&boris, number).await;
        assert!(matches!(gone, Err(Error::NotFound)));
        let again = cases.decline_to_stand(&boris, number).await;
        assert!(matches!(again, Err(Error::NotFound)));
        let card = house.card(&anna, number).await;
        assert_eq!(card.course.parties.len(), 1, "the other one stays");
        let told = card.history.last().unwrap();
        let fields = ["before", "after", "author"].map(|field| told.field(field));
        assert_eq!(told.action, "case.party_declined");
        assert_eq!(
            fields,
            [Some("asked"), Some("declined"), Some("Борисов Анна")]
        );
        for role in [PartyRole::CoApplicant, PartyRole::Representative] {
            let added = cases
                .add_party(&anna, &none(), number, named(role, &email))
                .await;
            assert_eq!(wrong(added), ["email"], "{role:?}");
        }
        // Elsewhere they may be named, and agree, and leave later.
        let other = house.file(&anna).await.number;
        let party = named(PartyRole::CoApplicant, &email);
        cases.add_party(&anna, &none(), other, party).await.unwrap();
        cases.agree_to_stand(&boris, other).await.unwrap();
        cases
            .write(&boris, &none(), other, "Я тоже", false)
            .await
            .unwrap();
        cases.decline_to_stand(&boris, other).await.unwrap();
        assert!(is_shut(cases, &boris, other).await);
        let told = house.last(&anna, other).await;
        assert_eq!(told.field("before"), Some("agreed"));
    });
}
