//! Searching: staff find in the cases of their own units and nowhere else, whatever an index says;
//! the indexes are told what was written and not who wrote it; the register is filtered by kind,
//! outcome and day.

use std::sync::{Arc, Mutex};

use base::{Error, Moment, Page, Result};
use cases::model::{Outcome, PublicState, RegisterFilter};
use cases::searching::{Finder, Found, Piece, Searchable, Told, Wanted};
use uuid::Uuid;

use crate::house::{House, NOON, both, guest};

/// An index that lags behind and forgets every filter: it finds all it was told of.
#[derive(Debug, Default)]
struct Careless {
    all: Mutex<Vec<Uuid>>,
    asked: Mutex<Vec<Wanted>>,
}

impl Careless {
    fn found(&self, wanted: Wanted) -> Found<'_> {
        self.asked.lock().unwrap().push(wanted);
        let items = self.all.lock().unwrap().clone();
        Box::pin(async { Ok(Page { items, next: None }) })
    }
}

impl Finder for Careless {
    fn texts(&self, wanted: Wanted) -> Found<'_> {
        self.found(wanted)
    }

    fn register(&self, wanted: Wanted) -> Found<'_> {
        self.found(wanted)
    }

    fn told(&self, _typed: &str) -> Result<Vec<Told>> {
        Ok(Vec::new())
    }

    fn mark(&self, _typed: &str, text: &str) -> Vec<Piece> {
        vec![Piece {
            text: text.to_owned(),
            matched: false,
        }]
    }

    fn did_you_mean(&self, _typed: &str) -> Option<String> {
        None
    }

    fn is_complete(&self) -> bool {
        true
    }
}

async fn told(house: &House) -> Vec<Searchable> {
    let (mut all, mut after) = (Vec::new(), None);
    loop {
        let batch = house.cases.searchable(after, 2).await.unwrap();
        let Some(last) = batch.last() else { return all };
        after = Some((last.received_at, last.id));
        all.extend(batch);
    }
}

#[test]
fn staff_find_cases_of_their_own_units_and_nowhere_else() {
    both(async |house| {
        let anna = house.anna().await;
        let filed = house.file(&anna).await;
        let finder = Arc::new(Careless::default());
        finder.all.lock().unwrap().push(filed.id.0);
        // Something that is no case any more does no harm.
        finder.all.lock().unwrap().push(Uuid::nil());
        house.cases.find_with(finder.clone());
        let roads = house.specialist("roads").await;
        let schools = house.specialist("schools").await;
        let city = house.head("city").await;

        let search = async |actor| house.cases.search_texts(actor, "снег", None, None).await;
        let found = search(&roads).await.unwrap();
        assert_eq!(found.items.len(), 1);
        assert_eq!(found.items[0].row.case.number, filed.number);
        assert_eq!(found.items[0].topic[0].text, "Не убран двор");
        assert!(search(&schools).await.unwrap().items.is_empty());
        assert_eq!(search(&city).await.unwrap().items.len(), 1);
        for nobody in [&guest(), &anna] {
            let refused = search(nobody).await;
            assert!(matches!(
                refused,
                Err(Error::Forbidden | Error::Unauthenticated)
            ));
        }
        let asked = finder.asked.lock().unwrap();
        assert_eq!(asked[0].units, [house.roads]);
        assert_eq!(asked[1].units, [house.schools]);
        assert!(asked[2].units.contains(&house.roads) && asked[2].units.contains(&house.city));
    });
}

#[test]
fn indexes_are_told_what_was_written_and_not_by_whom() {
    both(async |house| {
        let anna = house.anna().await;
        let numbers = [
            house.file(&anna).await.number,
            house.file(&anna).await.number,
            house.file(&anna).await.number,
        ];
        let all = told(house).await;
        let mut told: Vec<_> = all.iter().map(|case| case.number).collect();
        told.sort_by_key(ToString::to_string);
        assert_eq!(told, numbers, "every case once, batch after batch");
        let case = &all[0];
        assert_eq!(case.topic, "Не убран двор");
        for written in ["Третий день не убирают снег", "Очистить двор", "Лесная, 12"]
        {
            assert!(case.text.contains(written), "{}", case.text);
        }
        for private in ["Семёнова", "anna@example.org", "Анна"] {
            assert!(!case.text.contains(private) && !case.topic.contains(private));
        }
        assert_eq!(case.units, [house.roads]);
        assert!(case.public);
        let alone = house.cases.searchable_of(case.id).await.unwrap().unwrap();
        assert_eq!(alone.number, case.number);
        let nobody = base::id::CaseId(Uuid::nil());
        assert!(house.cases.searchable_of(nobody).await.unwrap().is_none());
    });
}

#[test]
fn the_register_is_filtered_by_kind_outcome_and_day() {
    both(async |house| {
        let anna = house.anna().await;
        let (specialist, head) = (house.specialist("roads").await, house.head("roads").await);
        let answered = house.answered(&anna, &specialist, &head).await;
        let open = house.file(&anna).await.number;
        let contents = house.cases.catalog().contents().await.unwrap();
        let service = |code: &str| contents.service(code).map(|service| service.id);
        let found = async |filter: RegisterFilter| {
            let page = house.cases.register(filter, None, 30).await.unwrap();
            page.items
        };
        let everything = RegisterFilter::default();
        let explained = RegisterFilter {
            outcome: Some(Outcome::Explained),
            ..everything
        };
        let rows = found(explained).await;
        assert_eq!(rows.len(), 1);
        assert_eq!(
            (rows[0].number, rows[0].outcome),
            (answered, Some(Outcome::Explained))
        );
        assert_eq!(rows[0].state, PublicState::Finished);
        let complaints = RegisterFilter {
            service: service("complaint"),
            ..everything
        };
        assert_eq!(found(complaints).await.len(), 2);
        let proposals = RegisterFilter {
            service: service("proposal"),
            ..everything
        };
        assert!(found(proposals).await.is_empty());
        let later = Moment::from_micros(NOON.micros() + 86_400_000_000);
        let from_tomorrow = RegisterFilter {
            from: Some(later),
            ..everything
        };
        assert!(found(from_tomorrow).await.is_empty());
        let until_tomorrow = RegisterFilter {
            from: Some(NOON),
            until: Some(later),
            ..everything
        };
        let numbers: Vec<_> = found(until_tomorrow)
            .await
            .iter()
            .map(|row| row.number)
            .collect();
        assert!(numbers.contains(&answered) && numbers.contains(&open));
    });
}

#[test]
fn without_an_index_nothing_is_found_and_nothing_breaks() {
    both(async |house| {
        let roads = house.specialist("roads").await;
        assert!(
            house
                .cases
                .search_texts(&roads, "снег", None, None)
                .await
                .unwrap()
                .items
                .is_empty()
        );
        let found = house.cases.search_public("снег", Vec::new()).await.unwrap();
        assert!(found.rows.is_empty() && found.meant.is_none());
        assert!(!house.cases.finds_everything());
    });
}
