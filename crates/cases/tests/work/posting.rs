//! An answer on paper: who is owed one, the list in which it waits, and how it went out.

use base::{Actor, Error, Number, Role};
use cases::exchange::{Take, TakeOptions};
use cases::model::{AnswerDraft, Dispatch, Filing, Intake, Outcome, Source, TurnKind};
use cases::states::Action;
use cases::{QueueFilter, QueueView};
use jiff::civil::date;
use serde_json::json;

use crate::house::{House, REASON, TEXT, both, filing, is_conflict, none, wrong};

const ADDRESS: &str = "644000, Омск, ул. Ленина, д. 1";

/// A complaint whose answer is asked for on paper.
fn on_paper() -> Filing {
    let mut asked = filing();
    asked.answers.insert("answer_by".into(), json!("paper"));
    asked.answers["applicant"]["postal_address"] = json!(ADDRESS);
    asked
}

fn posted() -> Dispatch {
    Dispatch::Posted {
        on: date(2026, 11, 20),
        to: ADDRESS.into(),
        item: " 64400092012345 ".into(),
    }
}

fn ready() -> Dispatch {
    Dispatch::Ready {
        place: "Отдел дорог, Лесная, 1".into(),
        hours: "пн–чт 9:00–18:00".into(),
    }
}

async fn answer(house: &House, olga: &Actor, head: &Actor, number: Number) {
    house.cases.take(olga, number).await.unwrap();
    let draft = AnswerDraft::plain(Outcome::Explained, TEXT);
    house.cases.send_answer(olga, number, draft).await.unwrap();
    house.cases.agree(head, number).await.unwrap();
}

/// What waits to go out on paper for this reader, by the list and by its count.
async fn waiting(house: &House, reader: &Actor) -> Vec<Number> {
    let filter = QueueFilter {
        view: QueueView::Posting,
        ..QueueFilter::default()
    };
    let rows = house.cases.queue(reader, filter, None).await.unwrap().items;
    let counts = house.cases.queue_counts(reader).await.unwrap();
    assert_eq!(counts.posting, i64::try_from(rows.len()).unwrap());
    rows.iter().map(|row| row.case.number).collect()
}

/// Carries over a case that is in work, as another system has left it, and one that it has closed.
async fn carried(house: &House) -> [Number; 2] {
    let folder = tempfile::tempdir().unwrap();
    let rows = "id,received_at,subject,text,state,unit\n\
         A-1,2026-11-02,Яма,Большая яма,registered,roads\n\
         A-2,2026-11-02,Яма,Ещё яма,decided,roads\n";
    std::fs::write(folder.path().join("cases.csv"), rows).unwrap();
    let take = Take::new(
        house.cases.clone(),
        folder.path().to_path_buf(),
        TakeOptions::default(),
    );
    let taken = tokio::task::spawn_blocking(move || take.run_blocking(|_| (), || false));
    taken.await.unwrap().unwrap();
    let store = house.cases.journal().store();
    let numbers = store.read(|db| {
        db.query(
            "SELECT number FROM case_file WHERE source = 'import' ORDER BY outside_number",
            &[],
            |row| row.get::<String>(0),
        )
    });
    let numbers = numbers.await.unwrap();
    [&numbers[0], &numbers[1]].map(|number| number.parse().unwrap())
}

#[test]
fn a_case_that_was_carried_over_open_is_posted_and_closed_where_it_was_answered() {
    both(async |house| {
        let (olga, head) = (house.specialist("roads").await, house.head("roads").await);
        let [number, over] = carried(house).await;
        assert!(!house.may(&olga, over, Action::Close).await, "it rests");
        let cases = &house.cases;
        assert!(is_conflict(
            &cases.close(&head, over).await,
            "case-error-carried-over"
        ));
        answer(house, &olga, &head, number).await;
        assert_eq!(waiting(house, &olga).await, [number]);
        assert!(house.may(&olga, number, Action::PostAnswer).await);
        cases.post_answer(&olga, number, &posted()).await.unwrap();
        cases.close(&olga, number).await.unwrap();
        assert_eq!(waiting(house, &olga).await, []);
    });
}

#[test]
fn an_answer_on_paper_waits_in_a_list_until_somebody_says_how_it_went_out() {
    both(async |house| {
        let (anna, olga) = (house.anna().await, house.specialist("roads").await);
        let (head, stranger) = (house.head("roads").await, house.specialist("schools").await);
        let cases = &house.cases;
        let number = cases.file(&anna, on_paper()).await.unwrap().number;
        let early = cases.post_answer(&olga, number, &posted()).await;
        assert!(is_conflict(&early, "case-error-state"));
        answer(house, &olga, &head, number).await;
        // Of two answers one is read on its page.
        let other = house.answered(&anna, &olga, &head).await;
        assert_eq!(waiting(house, &olga).await, [number]);
        assert_eq!(waiting(house, &stranger).await, []);
        assert!(house.card(&head, number).await.allows(Action::PostAnswer));
        assert!(!house.card(&head, other).await.allows(Action::PostAnswer));
        let none_owed = cases.post_answer(&olga, other, &posted()).await;
        assert!(is_conflict(&none_owed, "case-error-nothing-to-post"));

        assert!(matches!(
            cases.post_answer(&stranger, number, &posted()).await,
            Err(Error::Forbidden)
        ));
        for (day, to, field) in [
            (date(2026, 11, 21), ADDRESS, "posted_on"),
            (date(2026, 9, 1), ADDRESS, "posted_on"),
            (date(2026, 11, 20), "", "to"),
        ] {
            let dispatch = Dispatch::Posted {
                on: day,
                to: to.into(),
                item: String::new(),
            };
            let refused = cases.post_answer(&olga, number, &dispatch).await;
            assert_eq!(wrong(refused), [field]);
        }
        // Whoever sees the case at the desk says so, whoever has it.
        let colleague = house.specialist("roads").await;
        cases
            .post_answer(&colleague, number, &posted())
            .await
            .unwrap();
        assert_eq!(waiting(house, &olga).await, []);
        let told = house.last(&anna, number).await;
        assert_eq!(told.action, "case.answer_posted");
        assert_eq!(told.field("posted_on"), Some("2026-11-20"));
        assert_eq!(told.field("post_item"), Some("64400092012345"));
        assert_eq!(told.field("to"), Some(ADDRESS));
        assert!(told.field("by").is_some());
        let card = house.card(&anna, number).await;
        let turn = &card.course.turns[0].what;
        assert_eq!(
            *turn,
            TurnKind::Posted {
                on: date(2026, 11, 20),
                to: ADDRESS.into(),
                item: "64400092012345".into(),
            }
        );
        let again = cases.post_answer(&olga, number, &ready()).await;
        assert!(is_conflict(&again, "case-error-nothing-to-post"));
    });
}

#[test]
fn whoever_has_no_e_mail_is_owed_paper_and_a_closed_case_waits_all_the_same() {
    both(async |house| {
        let operator = house.somebody("Соколова", Role::Operator, Some("city"));
        let operator = operator.await.0;
        let (olga, head) = (house.specialist("roads").await, house.head("roads").await);
        let cases = &house.cases;
        let intake = Intake {
            way: Source::Phone,
            came_on: None,
            outgoing: String::new(),
            others: Vec::new(),
        };
        let draft = cases.begin_intake(&operator, "complaint", &intake);
        let draft = Some(draft.await.unwrap());
        let mut card = filing();
        card.answers.remove("happened_on");
        card.answers["applicant"] = json!({"last_name": "Лесной", "phone": "+7 900 000-00-00"});
        let answers = card.answers.clone();
        cases
            .save_draft(&operator, &none(), draft, "complaint", answers)
            .await
            .unwrap();
        let filed = Filing { draft, ..card };
        let number = cases.file(&operator, filed).await.unwrap().number;
        answer(house, &olga, &head, number).await;
        cases.close(&olga, number).await.unwrap();
        assert_eq!(waiting(house, &head).await, [number]);
        let taken = cases.taken_in(&operator, None, None, None).await.unwrap();
        assert!(taken.items[0].case.to_post);
        let nowhere = Dispatch::Ready {
            place: " ".into(),
            hours: String::new(),
        };
        let refused = cases.post_answer(&olga, number, &nowhere).await;
        assert_eq!(wrong(refused), ["place"]);
        cases.post_answer(&olga, number, &ready()).await.unwrap();
        let told = house.last(&olga, number).await;
        assert_eq!(told.action, "case.answer_ready");
        assert_eq!(told.field("hours"), Some("пн–чт 9:00–18:00"));
        assert_eq!(waiting(house, &head).await, []);
        let taken = cases.taken_in(&operator, None, None, None).await.unwrap();
        assert!(!taken.items[0].case.to_post);
    });
}

#[test]
fn what_goes_to_another_body_waits_for_no_post() {
    both(async |house| {
        let (anna, olga) = (house.anna().await, house.specialist("roads").await);
        let head = house.head("roads").await;
        let cases = &house.cases;
        let number = cases.file(&anna, on_paper()).await.unwrap().number;
        cases.take(&olga, number).await.unwrap();
        let interim = AnswerDraft {
            kind: cases::model::AnswerKind::Interim,
            ..AnswerDraft::plain(Outcome::Explained, TEXT)
        };
        cases.send_answer(&olga, number, interim).await.unwrap();
        cases.agree(&head, number).await.unwrap();
        assert_eq!(waiting(house, &olga).await, [number]);
        cases
            .forward(&head, number, "Прокуратура", "", REASON)
            .await
            .unwrap();
        assert_eq!(waiting(house, &olga).await, []);
    });
}
