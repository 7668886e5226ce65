//! Templates of answers: who keeps them, who may take them, what is refused.

use base::{Actor, Error, Result, Role};
use cases::model::{AnswerDraft, Outcome};
use cases::templates::TemplateWish;
use people::acts::Asked;

use crate::house::{House, both, is_conflict, wrong};

const WORDS: &str = "{greeting} Двор по адресу {address} очищен, обращение {number}.";

fn wish(name: &str, text: &str) -> TemplateWish {
    TemplateWish {
        name: name.to_owned(),
        outcome: Some(Outcome::Satisfied),
        text: text.to_owned(),
    }
}

/// The names of what somebody may take in the roads.
async fn offered(house: &House, actor: &Actor) -> Vec<String> {
    let found = house.cases.templates_for(actor, house.roads).await.unwrap();
    found.into_iter().map(|one| one.name).collect()
}

fn is_forbidden<T>(done: &Result<T>) -> bool {
    matches!(done, Err(Error::Forbidden))
}

#[test]
fn a_head_keeps_the_templates_of_the_unit_and_those_below_take_them() {
    both(async |house| {
        let (olga, head) = (house.specialist("roads").await, house.head("roads").await);
        let (city, teacher) = (house.head("city").await, house.head("schools").await);
        let cases = &house.cases;
        let own = wish("Двор очищен", WORDS);
        let id = cases.add_template(&head, house.roads, &own).await.unwrap();
        house.clock.advance_seconds(1);
        let above = wish("Приём граждан", "Приём идёт по вторникам, {applicant}.");
        cases.add_template(&city, house.city, &above).await.unwrap();
        assert_eq!(
            offered(house, &olga).await,
            ["Двор очищен", "Приём граждан"]
        );

        // Neither a specialist nor another unit keeps them; the unit above does.
        let made = cases.add_template(&olga, house.roads, &own).await;
        assert!(is_forbidden(&made));
        let made = cases.add_template(&teacher, house.roads, &own).await;
        assert!(is_forbidden(&made));
        let seen = cases.template(&teacher, id).await;
        assert!(matches!(seen, Err(Error::NotFound)));
        let changed = cases.change_template(&teacher, id, &own, None).await;
        assert!(matches!(changed, Err(Error::NotFound)));
        let taken = cases.templates_for(&teacher, house.roads).await;
        assert!(is_forbidden(&taken));
        let (found, next) = cases.templates(&city, None, None, 1).await.unwrap();
        assert_eq!((found.len(), next), (1, Some(id)));
        let (found, next) = cases.templates(&city, None, next, 1).await.unwrap();
        assert_eq!((&*found[0].name, next), ("Приём граждан", None));
        let (found, _) = cases.templates(&head, None, None, 9).await.unwrap();
        assert_eq!(found.len(), 1);
    });
}

#[test]
fn what_is_wrong_with_a_template_is_told_by_field() {
    both(async |house| {
        let head = house.head("roads").await;
        let cases = &house.cases;
        let add = async |wish: TemplateWish| cases.add_template(&head, house.roads, &wish).await;
        let unknown = wish("Двор", "Напишите нам по адресу {email}, и всё будет.");
        assert_eq!(wrong(add(unknown).await), ["text"]);
        assert_eq!(wrong(add(wish("", "Коротко")).await), ["name", "text"]);
        let other = TemplateWish {
            outcome: Some(Outcome::Withdrawn),
            ..wish("Двор", WORDS)
        };
        assert_eq!(wrong(add(other).await), ["outcome"]);
        let id = add(wish("Двор очищен", WORDS)).await.unwrap();
        assert_eq!(wrong(add(wish("ДВОР очищен", WORDS)).await), ["name"]);

        let seen = cases.template(&head, id).await.unwrap().changed_at;
        house.clock.advance_seconds(1);
        let new = wish("Двор и проезд очищены", WORDS);
        let changed = cases.change_template(&head, id, &new, Some(seen)).await;
        changed.unwrap();
        let late = cases.change_template(&head, id, &new, Some(seen)).await;
        assert!(is_conflict(&late, "template-error-overtaken"));
    });
}

#[test]
fn a_template_put_aside_is_offered_no_more_until_it_is_taken_back() {
    both(async |house| {
        let (olga, head) = (house.specialist("roads").await, house.head("roads").await);
        let cases = &house.cases;
        let own = wish("Двор очищен", WORDS);
        let id = cases.add_template(&head, house.roads, &own).await.unwrap();
        cases.put_template_aside(&head, id, true).await.unwrap();
        assert!(offered(house, &olga).await.is_empty());
        let taken = cases.template_for(&olga, house.roads, id).await;
        assert!(matches!(taken, Err(Error::NotFound)));
        // Its name is free for another, and then it cannot come back under it.
        let second = cases.add_template(&head, house.roads, &own).await.unwrap();
        let back = cases.put_template_aside(&head, id, false).await;
        assert_eq!(wrong(back), ["name"]);
        cases.put_template_aside(&head, second, true).await.unwrap();
        cases.put_template_aside(&head, id, false).await.unwrap();
        assert_eq!(offered(house, &olga).await, ["Двор очищен"]);

        let (galina, _) = house.somebody("Галина", Role::Administrator, None).await;
        let acts = house.people.acts(&galina, Asked::default(), 50).await;
        let acts = acts.unwrap().0;
        let told = acts.iter().filter(|act| act.kind == "answer_template");
        let told: Vec<&str> = told.map(|act| &*act.action).collect();
        assert_eq!(told.len(), 5, "{told:?}");
        let aside = "answer_template.put_aside";
        assert_eq!(told.iter().filter(|action| **action == aside).count(), 2);
    });
}

#[test]
fn an_answer_in_which_a_place_stands_empty_is_kept_and_not_sent() {
    both(async |house| {
        let (anna, olga) = (house.anna().await, house.specialist("roads").await);
        let number = house.taken(&anna, &olga).await;
        let cases = &house.cases;
        for text in [
            "Двор по адресу [адрес] очищен 20 ноября.",
            "The yard at [address] was cleared on 20 November.",
        ] {
            let draft = AnswerDraft::plain(Outcome::Satisfied, text);
            let sent = cases.send_answer(&olga, number, draft.clone()).await;
            assert_eq!(wrong(sent), ["text"]);
            cases.draft_answer(&olga, number, draft).await.unwrap();
            let sent = cases.send_for_agreement(&olga, number).await;
            assert_eq!(wrong(sent), ["text"]);
        }
        let whole = "Двор по адресу Лесная, 12 очищен [1].";
        let draft = AnswerDraft::plain(Outcome::Satisfied, whole);
        cases.send_answer(&olga, number, draft).await.unwrap();
    });
}
