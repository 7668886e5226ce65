//! Who files: organisations, sole traders, and people who file together.

use base::{Actor, Error, Language, Number, Role};
use cases::model::{Filing, PartyRole, Side};
use cases::states::Action;
use cases::{QueueFilter, QueueView};
use serde_json::{Value, json};

use crate::house::{both, filing, guest, none, wrong};

/// The usual complaint of an organisation, signed by its director.
fn of_organisation() -> Filing {
    with([
        ("applicant_kind", json!("organisation")),
        (
            "organisation",
            json!({"name": "ООО «Озёрное»", "inn": "7707 083 893", "ogrn": "1027700132195", "post": "директор"}),
        ),
    ])
}

fn with(more: impl IntoIterator<Item = (&'static str, Value)>) -> Filing {
    let mut filing = filing();
    let more = more
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value));
    filing.answers.extend(more);
    filing
}

#[test]
fn an_organisation_files_with_two_co_applicants_in_one_entry() {
    both(async |house| {
        let (anna, olga) = (house.anna().await, house.specialist("roads").await);
        let (boris, email) = house.somebody("Борисов", Role::Applicant, None).await;
        let mut filing = of_organisation();
        filing.answers.insert(
            "co_applicants".to_owned(),
            json!([
                {"name": "Борисов Борис", "email": email},
                {"name": "Иванова Ольга", "address": "Лесная, 14"},
            ]),
        );
        let filed = house.cases.file(&anna, filing).await.unwrap();
        let card = house.card(&olga, filed.number).await;
        assert_eq!(
            card.history.len(),
            1,
            "parties come in the entry of the filing"
        );
        assert_eq!(card.history[0].field("co_applicants"), Some("2"));
        let told: Vec<&str> = card.history[0].fields.iter().map(|(_, v)| &**v).collect();
        assert!(
            told.iter()
                .all(|value| !value.contains("Озёрное") && !value.contains('@'))
        );
        let parties: Vec<(&str, &str, PartyRole)> = card
            .course
            .parties
            .iter()
            .map(|party| (&*party.name, &*party.note, party.role))
            .collect();
        assert_eq!(
            parties,
            [
                ("Борисов Борис", &*email, PartyRole::CoApplicant),
                ("Иванова Ольга", "Лесная, 14", PartyRole::CoApplicant),
            ]
        );
        assert_eq!(card.content.answers["organisation"]["inn"], "7707083893");
        let title = card.content.applicant.title();
        assert_eq!(title, "ООО «Озёрное», Семёнова Анна");
        let in_unit = QueueFilter {
            view: QueueView::Unit,
            ..QueueFilter::default()
        };
        let queue = house.cases.queue(&olga, in_unit, None).await.unwrap();
        assert_eq!(queue.items[0].applicant, "ООО «Озёрное»");
        // The one with an account reads it once they agree, and does not command it.
        let boris_agrees = house.cases.agree_to_stand(&boris, filed.number);
        boris_agrees.await.unwrap();
        let seen = house.card(&boris, filed.number).await;
        assert_eq!(seen.side, Side::Applicant);
        assert!(!seen.actions.contains(&Action::Cancel));
    });
}

#[test]
fn an_objection_of_an_organisation_stays_its_own() {
    both(async |house| {
        let (anna, olga) = (house.anna().await, house.specialist("roads").await);
        let head = house.head("roads").await;
        let number = house
            .cases
            .file(&anna, of_organisation())
            .await
            .unwrap()
            .number;
        house.cases.take(&olga, number).await.unwrap();
        let draft =
            cases::model::AnswerDraft::plain(cases::model::Outcome::Explained, crate::house::TEXT);
        house.cases.send_answer(&olga, number, draft).await.unwrap();
        house.cases.agree(&head, number).await.unwrap();
        let reasons = "Двор так и не очищен, ответ не по существу.";
        let objection = house
            .cases
            .object(&anna, &none(), number, reasons)
            .await
            .unwrap();
        let card = house.card(&anna, objection.number).await;
        assert_eq!(card.content.applicant.organisation, "ООО «Озёрное»");
        assert_eq!(card.content.text("applicant_kind"), "organisation");
    });
}

#[test]
fn what_is_wrong_with_who_files_is_named_field_by_field() {
    both(async |house| {
        let anna = house.anna().await;
        let refused = async |more: Vec<(&'static str, Value)>| {
            let filing = with(more);
            wrong(house.cases.file(&anna, filing).await)
        };
        assert_eq!(
            refused(vec![("applicant_kind", json!("organisation"))]).await,
            ["organisation.name", "organisation.inn", "organisation.post"]
        );
        let trader = |inn: &str| {
            vec![
                ("applicant_kind", json!("entrepreneur")),
                ("entrepreneur", json!({ "inn": inn })),
            ]
        };
        assert_eq!(refused(trader("500100732258")).await, ["entrepreneur.inn"]);
        assert_eq!(refused(trader("7707083893")).await, ["entrepreneur.inn"]);
        let nobody = json!([{"name": "Без адреса"}, {"email": "a@example.org"}]);
        assert_eq!(
            refused(vec![("co_applicants", nobody)]).await,
            ["co_applicants.0.email", "co_applicants.1.name"]
        );
        let many = vec![json!({"name": "А", "address": "1"}); 21];
        assert_eq!(
            refused(vec![("co_applicants", many.into())]).await,
            ["co_applicants"]
        );
        let filed = house.cases.file(&anna, with(trader("500100732259"))).await;
        assert!(filed.is_ok());
    });
}

#[test]
fn what_was_left_of_another_choice_is_nobodys_answer() {
    both(async |house| {
        let mut filing = of_organisation();
        filing
            .answers
            .insert("applicant_kind".to_owned(), json!("citizen"));
        let filed = house.cases.file(&guest(), filing).await.unwrap();
        let olga = house.specialist("roads").await;
        let card = house.card(&olga, filed.number).await;
        assert!(card.content.applicant.organisation.is_empty());
        assert!(!card.content.answers.contains_key("organisation"));
    });
}

#[test]
fn feedback_of_a_guest_without_a_name_is_a_case_that_stays_out_of_the_register() {
    both(async |house| {
        let answers = json!({
            "about": "mistake",
            "description": "Ссылка ведёт не туда",
            "page": "/services/complaint",
        });
        let filing = Filing {
            service: "feedback".into(),
            answers: answers.as_object().unwrap().clone(),
            ..filing()
        };
        let filed = house
            .cases
            .file(&Actor::guest(Language::Ru), filing)
            .await
            .unwrap();
        assert!(filed.return_code.is_some());
        let filter = cases::model::RegisterFilter::default();
        let public = house.cases.register(filter, None, 50).await.unwrap();
        let numbers: Vec<Number> = public.items.iter().map(|row| row.number).collect();
        assert!(!numbers.contains(&filed.number));
    });
}

#[test]
fn a_service_for_accounts_takes_nothing_from_a_guest() {
    both(async |house| {
        let answers = json!({
            "certificate": "family",
            "subject": "За 2025 год",
            "applicant": {"last_name": "Семёнова", "first_name": "Анна", "email": "anna@example.org"},
        });
        let certificate = || Filing {
            service: "certificate".into(),
            answers: answers.as_object().unwrap().clone(),
            ..filing()
        };
        let refused = house.cases.file(&guest(), certificate()).await;
        assert!(
            matches!(refused, Err(Error::Unauthenticated)),
            "{refused:?}"
        );
        // Somebody with an account is asked for the rest of the form, if for anything.
        let anna = house.anna().await;
        let taken = house.cases.file(&anna, certificate()).await;
        assert!(!matches!(taken, Err(Error::Unauthenticated)), "{taken:?}");
    });
}
