//! The applicant's side: corrections, parties, writing after the answer.

use base::{Error, Role};
use cases::model::{Correction, PartyRole, Side, TurnKind};
use cases::states::Action;
use cases::{NewParty, Pass};

use crate::house::{both, none, wrong};

fn party(role: PartyRole, email: &str) -> NewParty {
    NewParty {
        role,
        name: "Борисов Пётр".into(),
        email: email.into(),
        note: "Доверенность № 1".into(),
    }
}

#[test]
fn the_applicant_puts_data_right_and_what_it_said_is_kept() {
    both(async |house| {
        let (anna, olga) = (house.anna().await, house.specialist("roads").await);
        let number = house.taken(&anna, &olga).await;
        let cases = &house.cases;
        let correction = Correction {
            phone: Some("+7 900 000-00-00".into()),
            address: Some("Лесная, 14".into()),
            addition: Some("Двор во втором ряду домов.".into()),
            ..Correction::default()
        };
        assert!(matches!(
            cases
                .correct(&olga, &none(), number, correction.clone())
                .await,
            Err(Error::Forbidden)
        ));
        let bad = Correction {
            email: Some("нет".into()),
            ..Correction::default()
        };
        assert_eq!(
            wrong(cases.correct(&anna, &none(), number, bad).await),
            ["email"]
        );
        let bad = Correction {
            phone: Some("нет".into()),
            ..Correction::default()
        };
        assert_eq!(
            wrong(cases.correct(&anna, &none(), number, bad).await),
            ["phone"]
        );
        cases
            .correct(&anna, &none(), number, correction.clone())
            .await
            .unwrap();
        let card = house.card(&olga, number).await;
        assert_eq!(card.content.address, "Лесная, 14");
        assert_eq!(card.content.answers["place"]["address"], "Лесная, 14");
        assert_eq!(card.content.applicant.phone, "+7 900 000-00-00");
        let TurnKind::Corrected { changes } = &card.course.turns[0].what else {
            panic!("no correction");
        };
        let kept: Vec<(&str, &str)> = changes
            .iter()
            .map(|change| (&*change.field, &*change.before))
            .collect();
        assert_eq!(
            kept,
            [("phone", ""), ("address", "Лесная, 12"), ("addition", "")]
        );
        let same = Correction {
            addition: None,
            ..correction
        };
        assert_eq!(
            wrong(cases.correct(&anna, &none(), number, same).await),
            [""]
        );
    });
}

#[test]
fn a_specialist_puts_the_subject_right_with_a_reason() {
    both(async |house| {
        let (anna, olga) = (house.anna().await, house.specialist("roads").await);
        let number = house.taken(&anna, &olga).await;
        let cases = &house.cases;
        let contents = cases.catalog().contents().await.unwrap();
        let pits = contents.categories().by_code("pits").unwrap().id;
        let anna_tries = cases
            .correct_category(&anna, number, pits, "Так вернее")
            .await;
        assert!(matches!(anna_tries, Err(Error::Forbidden)));
        cases
            .correct_category(&olga, number, pits, "Так вернее")
            .await
            .unwrap();
        let card = house.card(&anna, number).await;
        assert_eq!(card.case.category, Some(pits));
        let told = house.last(&anna, number).await;
        assert_eq!(told.field("category"), Some("pits"));
        assert_eq!(told.field("reason"), Some("Так вернее"));
        let again = cases
            .correct_category(&olga, number, pits, "Так вернее")
            .await;
        assert_eq!(wrong(again), ["category"]);
    });
}

#[test]
fn each_party_sees_and_does_what_its_role_allows() {
    both(async |house| {
        let (anna, olga) = (house.anna().await, house.specialist("roads").await);
        let number = house.taken(&anna, &olga).await;
        let cases = &house.cases;
        for role in PartyRole::ALL {
            let (boris, email) = house.somebody("Борисов", Role::Applicant, None).await;
            assert!(cases.card(&boris, &none(), number).await.is_err());
            cases
                .add_party(&anna, &none(), number, party(role, &email))
                .await
                .unwrap();
            let seen = cases.card(&boris, &none(), number).await;
            assert!(matches!(seen, Err(Error::NotFound)), "{role:?} reads it");
            let agreed = cases.agree_to_stand(&boris, number).await;
            if !role.reads() {
                assert!(matches!(agreed, Err(Error::NotFound)), "{role:?} was asked");
                continue;
            }
            agreed.unwrap();
            let card = cases.card(&boris, &none(), number).await.unwrap();
            assert_eq!(card.side, Side::Applicant);
            house.clock.advance_seconds(1);
            cases
                .write(&boris, &none(), number, "Я тоже", false)
                .await
                .unwrap();
            let said = house.card(&anna, number).await.messages.pop().unwrap();
            assert_eq!(said.author, "Борисов Анна");
            assert!(!said.own, "what a party wrote is not the owner's");
            let own = cases.card(&boris, &none(), number).await.unwrap();
            assert!(own.messages.last().unwrap().own && !own.is_owner);
            let represents = role == PartyRole::Representative;
            assert_eq!(card.actions.contains(&Action::Cancel), represents);
            if !represents {
                let tried = cases.cancel(&boris, &none(), number, "Не нужно").await;
                assert!(matches!(tried, Err(Error::Forbidden)));
            }
            let id = card
                .course
                .parties
                .iter()
                .find(|party| party.role == role)
                .unwrap()
                .id;
            cases
                .remove_party(&anna, &none(), number, id)
                .await
                .unwrap();
            assert!(cases.card(&boris, &none(), number).await.is_err());
        }
        assert_eq!(house.card(&olga, number).await.course.parties.len(), 1);
    });
}

#[test]
fn staff_name_a_party_but_open_the_case_to_nobody() {
    both(async |house| {
        let (anna, olga) = (house.anna().await, house.specialist("roads").await);
        let (boris, email) = house.somebody("Борисов", Role::Applicant, None).await;
        let number = house.taken(&anna, &olga).await;
        let cases = &house.cases;
        let added = party(PartyRole::CoApplicant, &email);
        cases
            .add_party(&olga, &Pass::default(), number, added)
            .await
            .unwrap();
        assert!(cases.card(&boris, &none(), number).await.is_err());
        let told = house.last(&olga, number).await;
        assert!(told.field("by").is_some());
        assert!(!told.fields.iter().any(|(_, value)| value.contains('@')));
    });
}

#[test]
fn both_sides_write_after_the_answer_until_the_case_is_closed() {
    both(async |house| {
        let (anna, olga) = (house.anna().await, house.specialist("roads").await);
        let head = house.head("roads").await;
        let number = house.answered(&anna, &olga, &head).await;
        let cases = &house.cases;
        cases
            .write(&anna, &none(), number, "Спасибо", false)
            .await
            .unwrap();
        cases
            .write(&olga, &none(), number, "Пожалуйста", false)
            .await
            .unwrap();
        assert_eq!(house.last(&anna, number).await.field("by"), Some("Анна С."));
        cases.close(&olga, number).await.unwrap();
        assert!(
            cases
                .write(&anna, &none(), number, "Ещё", false)
                .await
                .is_err()
        );
    });
}
