//! Decisions by rule: who writes and who approves, a case decided by the version it was filed under,
//! exactly once, with its reasons; stopped rules, advice, a person's review, a replay.

use std::sync::Arc;

use base::{Actor, Error, Role};
use cases::RULES_JOB;
use cases::model::{AnswerState, Filed, Filing, Outcome, Source, State};
use cases::states::Action;
use catalog::administration::Proposal;
use catalog::{Administration, BUILT_IN_RULES};
use jiff::civil::{Date, date};
use journal::jobs::{self, Handlers};
use serde_json::json;

use super::house::{House, both, is_conflict, none, wrong};

const TODAY: Date = date(2026, 11, 20);
const RULES: &str = BUILT_IN_RULES[0].2;

fn admin(house: &House) -> Administration {
    let cases = Arc::new(house.cases.clone());
    Administration::new(house.cases.catalog().clone(), house.people.clone(), cases)
}

fn question(question: &str) -> Filing {
    let answers = json!({
        "about": "complaint",
        "question": question,
        "applicant": {"last_name": "Семёнова", "first_name": "Анна", "email": "anna@example.org"},
    });
    Filing {
        service: "reference".into(),
        answers: answers.as_object().unwrap().clone(),
        consent: true,
        source: Source::Web,
        draft: None,
        idempotency: None,
    }
}

fn proposal() -> Proposal {
    Proposal {
        unit: Some("city".into()),
        from: None,
    }
}

/// An administrator and the head of the city, with the shipped rules approved between them.
async fn under_rules(house: &House) -> (Actor, Actor) {
    let (writer, _) = house.somebody("Админов", Role::Administrator, None).await;
    let head = house.head("city").await;
    let admin = admin(house);
    admin
        .propose_rules(&writer, "reference", 1, &proposal(), TODAY)
        .await
        .unwrap();
    admin
        .approve_rules(&head, "reference", 1, TODAY)
        .await
        .unwrap();
    (writer, head)
}

async fn asked(house: &House, anna: &Actor, about: &str) -> Filed {
    house.cases.file(anna, question(about)).await.unwrap()
}

/// Does every job that waits, as the server does.
async fn jobs_done(house: &House) {
    let mut handlers = Handlers::default();
    let cases = house.cases.clone();
    handlers.on(RULES_JOB, move |case: String| {
        let cases = cases.clone();
        async move {
            let case = base::id::CaseId(case.parse().unwrap());
            cases
                .decide_by_rule(case)
                .await
                .map_err(|error| error.to_string())
        }
    });
    while jobs::step(&house.store, &handlers).await.unwrap() {}
}

async fn write(house: &House, writer: &Actor, text: &str) -> u32 {
    let admin = admin(house);
    admin
        .write_rules(writer, "reference", text, None, TODAY)
        .await
        .unwrap()
}

#[test]
fn a_reference_question_is_answered_by_the_rule_that_an_officer_approved() {
    both(async |house| {
        under_rules(house).await;
        let anna = house.anna().await;
        let filed = asked(house, &anna, "what").await;
        assert_eq!(house.state(&anna, filed.number).await, State::Registered);
        house.clock.advance_seconds(3);
        jobs_done(house).await;
        let card = house.card(&anna, filed.number).await;
        assert_eq!(
            (card.case.state, card.case.outcome),
            (State::Decided, Some(Outcome::Explained))
        );
        let answer = &card.answers[0];
        assert_eq!(answer.state, AnswerState::Delivered);
        assert!(answer.text.contains("Жалоба"), "{}", answer.text);
        assert!(answer.parts.grounds.contains("8-ФЗ"));
        assert_eq!(
            answer.signer, None,
            "nobody has signed what nobody has read"
        );
        let rule = answer.rule.as_ref().unwrap();
        assert_eq!(
            (rule.version, rule.place, rule.code.as_str()),
            (1, 1, "what")
        );
        assert!(rule.approved_by.contains("Главный") && rule.decided && rule.reference);
        assert!(rule.judged.weighed[0].tests.iter().all(|test| test.holds));
        let entry = card.history.last().unwrap();
        assert_eq!(entry.action, "case.answered");
        assert_eq!(entry.field("rule"), Some("what"));
        assert_eq!(entry.field("rules_version"), Some("1"));
        assert!(
            entry
                .field("answer_sha256")
                .is_some_and(|digest| digest.len() == 64)
        );
    });
}

#[test]
fn a_question_that_no_rule_fits_and_a_complaint_go_to_people() {
    both(async |house| {
        under_rules(house).await;
        let anna = house.anna().await;
        let own = asked(house, &anna, "other").await;
        let complaint = house.file(&anna).await;
        jobs_done(house).await;
        let card = house.card(&anna, own.number).await;
        assert_eq!(card.case.state, State::Registered);
        let entry = card.history.last().unwrap();
        assert_eq!(
            (entry.action.as_str(), entry.field("why")),
            ("case.left_to_people", Some("no_rule"))
        );
        let card = house.card(&anna, complaint.number).await;
        assert_eq!(card.history.last().unwrap().action, "case.filed");
        let specialist = house.specialist("city").await;
        house.cases.take(&specialist, own.number).await.unwrap();
    });
}

#[test]
fn whoever_wrote_or_proposed_rules_does_not_approve_them() {
    both(async |house| {
        let admin = admin(house);
        let (writer, _) = house.somebody("Админов", Role::Administrator, None).await;
        let head = house.head("city").await;
        let stranger = house.head("schools").await;
        let propose = admin
            .propose_rules(&head, "reference", 1, &proposal(), TODAY)
            .await;
        assert!(matches!(propose, Err(Error::Forbidden)), "{propose:?}");
        admin
            .propose_rules(&writer, "reference", 1, &proposal(), TODAY)
            .await
            .unwrap();
        for no in [&writer, &stranger] {
            let done = admin.approve_rules(no, "reference", 1, TODAY).await;
            assert!(matches!(done, Err(Error::Forbidden)), "{done:?}");
        }
        // Whoever is both is still one person: here the one who may sign has proposed it.
        let grants = |actor: &Actor| actor.grants().to_vec();
        let mut both_roles = head.clone();
        if let base::Who::Account { grants: own, .. } = &mut both_roles.who {
            own.extend(grants(&writer));
        }
        let edited = RULES.replacen("Что это за услуга", "Какая это услуга", 1);
        let number = write(house, &both_roles, &edited).await;
        assert_eq!(number, 2);
        admin
            .propose_rules(&writer, "reference", 2, &proposal(), TODAY)
            .await
            .unwrap();
        let own = admin
            .approve_rules(&both_roles, "reference", 2, TODAY)
            .await;
        assert!(is_conflict(&own, "catalog-rules-error-own"), "{own:?}");
        admin
            .approve_rules(&head, "reference", 1, TODAY)
            .await
            .unwrap();
        let again = admin.approve_rules(&head, "reference", 1, TODAY).await;
        assert!(is_conflict(&again, "catalog-error-closed"));
    });
}

#[test]
fn rules_whose_examples_do_not_hold_are_not_even_kept() {
    both(async |house| {
        let admin = admin(house);
        let (writer, _) = house.somebody("Админов", Role::Administrator, None).await;
        let wrong_example = RULES.replacen("expected = \"needed\"", "expected = \"steps\"", 1);
        let kept = admin
            .write_rules(&writer, "reference", &wrong_example, None, TODAY)
            .await;
        assert_eq!(wrong(kept.map(|_| ())), ["text", "text"]);
        // A complaint has no rules, whatever they say.
        let kept = admin
            .write_rules(&writer, "complaint", RULES, None, TODAY)
            .await;
        assert!(!wrong(kept.map(|_| ())).is_empty());
        // The draft that came with the product was changed by nobody in between.
        let stale = Some(base::Moment::from_micros(5));
        let edited = RULES.replacen("Что это за услуга", "Какая это услуга", 1);
        let late = admin
            .write_rules(&writer, "reference", &edited, stale, TODAY)
            .await;
        assert!(is_conflict(&late, "catalog-error-overtaken"));
    });
}

#[test]
fn a_case_is_decided_by_the_version_it_was_filed_under() {
    both(async |house| {
        let (writer, head) = under_rules(house).await;
        let anna = house.anna().await;
        let old = asked(house, &anna, "what").await;
        let edited = RULES.replacen("Кому доступна:", "Кто может обратиться:", 1);
        let number = write(house, &writer, &edited).await;
        let admin = admin(house);
        admin
            .propose_rules(&writer, "reference", number, &proposal(), TODAY)
            .await
            .unwrap();
        admin
            .approve_rules(&head, "reference", number, TODAY)
            .await
            .unwrap();
        let new = asked(house, &anna, "what").await;
        jobs_done(house).await;
        let text = async |filed: &Filed| house.card(&anna, filed.number).await.answers[0].clone();
        let (old, new) = (text(&old).await, text(&new).await);
        assert!(old.text.contains("Кому доступна:") && new.text.contains("Кто может обратиться:"));
        let version = |answer: &cases::model::Answer| answer.rule.as_ref().map(|rule| rule.version);
        assert_eq!((version(&old), version(&new)), (Some(1), Some(2)));
    });
}

#[test]
fn a_case_is_decided_once_whoever_comes_and_whatever_was_lost() {
    both(async |house| {
        under_rules(house).await;
        let anna = house.anna().await;
        let filed = asked(house, &anna, "term").await;
        // Two nodes at once, the job after them, and the clock once more.
        let other = house.node();
        let (a, b) = tokio::join!(
            house.cases.decide_by_rule(filed.id),
            other.decide_by_rule(filed.id)
        );
        a.unwrap();
        b.unwrap();
        jobs_done(house).await;
        assert_eq!(other.decide_waiting().await.unwrap(), 0);
        let card = house.card(&anna, filed.number).await;
        assert_eq!(card.answers.len(), 1);
        let answered = card
            .history
            .iter()
            .filter(|told| told.action == "case.answered");
        assert_eq!(answered.count(), 1);
        // The job of the next one is lost with its node: another finds the case by the clock.
        let lost = asked(house, &anna, "needed").await;
        assert_eq!(other.decide_waiting().await.unwrap(), 1);
        assert_eq!(house.state(&anna, lost.number).await, State::Decided);
    });
}

#[test]
fn rules_that_have_spoken_of_a_case_are_asked_no_more() {
    both(async |house| {
        let (writer, head) = under_rules(house).await;
        let anna = house.anna().await;
        let decided = asked(house, &anna, "what").await;
        jobs_done(house).await;
        // The job comes once more, as after a kill.
        house.cases.decide_by_rule(decided.id).await.unwrap();
        let told = house.last(&anna, decided.number).await;
        assert_eq!(told.action, "case.answered", "nothing was added");
        assert!(house.may(&anna, decided.number, Action::AskPerson).await);
        let why = "Я спрашивала о другом";
        let asked_for = house
            .cases
            .ask_person(&anna, &none(), decided.number, why)
            .await;
        asked_for.unwrap();

        let advisory = RULES.replacen("\"automatic\"", "\"advisory\"", 1);
        let number = write(house, &writer, &advisory).await;
        let admin = admin(house);
        admin
            .propose_rules(&writer, "reference", number, &proposal(), TODAY)
            .await
            .unwrap();
        admin
            .approve_rules(&head, "reference", number, TODAY)
            .await
            .unwrap();
        let proposed = asked(house, &anna, "what").await;
        jobs_done(house).await;
        house.cases.decide_by_rule(proposed.id).await.unwrap();
        let specialist = house.specialist("city").await;
        house
            .cases
            .take(&specialist, proposed.number)
            .await
            .unwrap();
        let card = house.card(&specialist, proposed.number).await;
        assert_eq!(card.answers.len(), 1, "one proposal");
    });
}

#[test]
fn stopped_rules_leave_what_they_have_not_decided_to_people() {
    both(async |house| {
        let (writer, head) = under_rules(house).await;
        let anna = house.anna().await;
        let running = asked(house, &anna, "what").await;
        let admin = admin(house);
        let no_reason = admin
            .withdraw_rules(&head, "reference", 1, " ", TODAY)
            .await;
        assert_eq!(wrong(no_reason), ["reason"]);
        admin
            .withdraw_rules(&head, "reference", 1, "Описание услуги устарело", TODAY)
            .await
            .unwrap();
        jobs_done(house).await;
        let entry = house.last(&anna, running.number).await;
        assert_eq!(entry.field("why"), Some("withdrawn"));
        let later = asked(house, &anna, "what").await;
        jobs_done(house).await;
        let card = house.card(&anna, later.number).await;
        assert_eq!(card.history.len(), 1, "no rule was asked");
        let listed = admin
            .rule_versions(&writer, "reference", TODAY)
            .await
            .unwrap();
        assert_eq!(listed[0].version.reason, "Описание услуги устарело");
        assert!(!listed[0].in_force);
    });
}

#[test]
fn what_a_specialist_has_begun_is_theirs() {
    both(async |house| {
        under_rules(house).await;
        let anna = house.anna().await;
        let filed = asked(house, &anna, "what").await;
        let specialist = house.specialist("city").await;
        house.cases.take(&specialist, filed.number).await.unwrap();
        jobs_done(house).await;
        let card = house.card(&specialist, filed.number).await;
        assert_eq!(card.case.state, State::InWork);
        assert!(card.answers.is_empty());
    });
}

#[test]
fn the_applicant_asks_for_a_person_and_the_term_is_counted_on() {
    both(async |house| {
        let (_, head) = under_rules(house).await;
        let anna = house.anna().await;
        let filed = asked(house, &anna, "what").await;
        jobs_done(house).await;
        let due = house.card(&anna, filed.number).await.case.due_on;
        assert!(house.may(&anna, filed.number, Action::AskPerson).await);
        house
            .cases
            .ask_person(&anna, &none(), filed.number, "Я спрашивала о другом")
            .await
            .unwrap();
        let specialist = house.specialist("city").await;
        let card = house.card(&specialist, filed.number).await;
        assert_eq!((card.case.state, card.case.outcome), (State::InWork, None));
        assert_eq!(card.case.due_on, due, "the term goes on from filing");
        assert_eq!(card.history.last().unwrap().action, "case.review_asked");
        // A person answers, and that is not a matter for another review.
        let again = house
            .cases
            .ask_person(&anna, &none(), filed.number, "")
            .await;
        assert!(is_conflict(&again, "case-error-state"));
        house.cases.take(&specialist, filed.number).await.unwrap();
        let draft = cases::model::AnswerDraft::plain(Outcome::Explained, super::house::TEXT);
        house
            .cases
            .send_answer(&specialist, filed.number, draft)
            .await
            .unwrap();
        house.cases.agree(&head, filed.number).await.unwrap();
        assert!(!house.may(&anna, filed.number, Action::AskPerson).await);
        let person = house
            .cases
            .ask_person(&anna, &none(), filed.number, "")
            .await;
        assert!(is_conflict(&person, "case-error-no-rule"), "{person:?}");
        // After thirty days there is nothing to ask for any more.
        let late = asked(house, &anna, "what").await;
        jobs_done(house).await;
        house.clock.advance_seconds(31 * 86_400);
        assert!(!house.may(&anna, late.number, Action::AskPerson).await);
        let over = house
            .cases
            .ask_person(&anna, &none(), late.number, "")
            .await;
        assert!(is_conflict(&over, "case-error-review-over"));
    });
}

#[test]
fn advisory_rules_propose_and_a_named_officer_confirms() {
    both(async |house| {
        let (writer, head) = under_rules(house).await;
        let advisory = RULES.replacen("\"automatic\"", "\"advisory\"", 1);
        let number = write(house, &writer, &advisory).await;
        let admin = admin(house);
        admin
            .propose_rules(&writer, "reference", number, &proposal(), TODAY)
            .await
            .unwrap();
        admin
            .approve_rules(&head, "reference", number, TODAY)
            .await
            .unwrap();
        let anna = house.anna().await;
        let filed = asked(house, &anna, "what").await;
        jobs_done(house).await;
        let card = house.card(&anna, filed.number).await;
        assert_eq!(card.case.state, State::Registered);
        assert!(
            card.answers.is_empty(),
            "the applicant is shown no proposal"
        );
        let specialist = house.specialist("city").await;
        house.cases.take(&specialist, filed.number).await.unwrap();
        let card = house.card(&specialist, filed.number).await;
        let proposed = &card.answers[0];
        assert_eq!(proposed.state, AnswerState::Draft);
        assert!(proposed.rule.as_ref().is_some_and(|rule| !rule.decided));
        house
            .cases
            .send_for_agreement(&specialist, filed.number)
            .await
            .unwrap();
        house.cases.agree(&head, filed.number).await.unwrap();
        let answer = house.card(&anna, filed.number).await.answers[0].clone();
        assert!(answer.signer.is_some_and(|name| name.contains("Главный")));
        assert!(answer.rule.is_some_and(|rule| !rule.decided));
        assert!(!house.may(&anna, filed.number, Action::AskPerson).await);

        // The officer decides otherwise: the answer does not say that a rule proposed it.
        let filed = asked(house, &anna, "what").await;
        jobs_done(house).await;
        house.cases.take(&specialist, filed.number).await.unwrap();
        let draft = cases::model::AnswerDraft::plain(Outcome::Satisfied, super::house::TEXT);
        house
            .cases
            .send_answer(&specialist, filed.number, draft)
            .await
            .unwrap();
        house.cases.agree(&head, filed.number).await.unwrap();
        let answer = house.card(&anna, filed.number).await.answers[0].clone();
        assert!(answer.rule.is_none());
    });
}

#[test]
fn a_replay_counts_what_rules_would_have_done() {
    both(async |house| {
        let anna = house.anna().await;
        let specialist = house.specialist("city").await;
        let head = house.head("city").await;
        // People decided these before there were rules: one as a rule would, one otherwise.
        for (about, outcome) in [("what", Outcome::Explained), ("term", Outcome::Satisfied)] {
            let number = asked(house, &anna, about).await.number;
            house.cases.take(&specialist, number).await.unwrap();
            house.clock.advance_seconds(7_200);
            let draft = cases::model::AnswerDraft::plain(outcome, super::house::TEXT);
            house
                .cases
                .send_answer(&specialist, number, draft)
                .await
                .unwrap();
            house.cases.agree(&head, number).await.unwrap();
        }
        asked(house, &anna, "other").await;
        let (writer, _) = house.somebody("Админов", Role::Administrator, None).await;
        let replay = admin(house)
            .replay_rules(&writer, "reference", RULES, TODAY)
            .await
            .unwrap();
        assert_eq!((replay.tried, replay.by_person, replay.sooner), (3, 1, 2));
        let count = |code: &str| {
            replay
                .by_rule
                .iter()
                .find(|(rule, _)| rule == code)
                .unwrap()
                .1
        };
        assert_eq!((count("what"), count("term"), count("needed")), (1, 1, 0));
        assert_eq!((replay.differ, replay.saved_seconds), (1, 14_400));
        assert_eq!(replay.differences[0].rule, "term");
    });
}

#[test]
fn figures_tell_rules_and_people_apart() {
    both(async |house| {
        under_rules(house).await;
        let anna = house.anna().await;
        asked(house, &anna, "what").await;
        house.clock.advance_seconds(30);
        jobs_done(house).await;
        let specialist = house.specialist("city").await;
        let head = house.head("city").await;
        let number = asked(house, &anna, "other").await.number;
        jobs_done(house).await;
        house.cases.take(&specialist, number).await.unwrap();
        house.clock.advance_seconds(2 * 86_400);
        let draft = cases::model::AnswerDraft::plain(Outcome::Explained, super::house::TEXT);
        house
            .cases
            .send_answer(&specialist, number, draft)
            .await
            .unwrap();
        house.cases.agree(&head, number).await.unwrap();
        let figures = async || {
            house
                .cases
                .statistics(&head, None, TODAY)
                .await
                .unwrap()
                .speed
        };
        let by_database = figures().await;
        assert_eq!((by_database.by_rule, by_database.by_people), (1, 1));
        assert_eq!(by_database.rule_minutes, Some(1));
        assert_eq!(by_database.people_minutes, Some(2 * 1_440));
        assert_eq!(by_database.share_within_day(), Some(50));
        house.cases.count_anew().await.unwrap();
        assert_eq!(figures().await, by_database, "the tally says the same");
    });
}
