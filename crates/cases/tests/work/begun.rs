//! What a guest has begun in a browser is found again while its pass names it, and no longer.

use base::Actor;
use cases::Pass;
use serde_json::json;

use crate::house::{House, both, filing, guest};

async fn begins(house: &House, who: &Actor, pass: &Pass, service: &str) -> Pass {
    house.clock.advance_seconds(60);
    let answers = json!({ "subject": service });
    let answers = answers.as_object().unwrap().clone();
    let draft = house.cases.save_draft(who, pass, None, service, answers);
    pass.clone().with_draft(draft.await.unwrap())
}

#[test]
fn the_newest_draft_of_a_browser_is_offered_until_it_is_sent() {
    both(async |house| {
        let cases = &house.cases;
        let none = Pass::default();
        assert!(cases.newest_begun(&none, None).await.unwrap().is_none());
        let pass = begins(house, &guest(), &none, "complaint").await;
        let pass = begins(house, &guest(), &pass, "proposal").await;
        let newest = cases.newest_begun(&pass, None).await.unwrap().unwrap();
        assert_eq!(newest.service, "proposal");
        let own = cases.newest_begun(&pass, Some("complaint")).await;
        let own = own.unwrap().unwrap();
        assert_eq!(own.answers["subject"], "complaint");
        let other = cases.newest_begun(&pass, Some("works")).await;
        assert!(other.unwrap().is_none());
        // Another browser knows nothing of it, nor of what somebody with an account has begun.
        assert!(cases.newest_begun(&none, None).await.unwrap().is_none());
        let anna = house.anna().await;
        let hers = begins(house, &anna, &none, "complaint").await;
        assert!(cases.newest_begun(&hers, None).await.unwrap().is_none());

        let sending = cases::model::Filing {
            draft: Some(own.id),
            ..filing()
        };
        cases.file(&guest(), sending).await.unwrap();
        let left = cases.newest_begun(&pass, Some("complaint")).await;
        assert!(left.unwrap().is_none(), "what was sent is begun no more");
    });
}
