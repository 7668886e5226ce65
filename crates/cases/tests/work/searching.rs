//! Searching: staff find in the cases of their own units and nowhere else, whatever an index says;
//! the indexes are told what was written and not who wrote it; the register is filtered by kind,
//! outcome and day.

use std::sync::{Arc, Mutex};

use base::{Actor, Error, Moment, Page, Result, Role};
use cases::NewPart;
use cases::model::{Outcome, PublicState, RegisterFilter, RegisterRow};
use cases::searching::{Finder, Found, Piece, Searchable, Told, Wanted};
use uuid::Uuid;

use crate::house::{House, NOON, both, guest, wrong};

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

    fn reached_by(&self, contact: String, _after: Option<String>, limit: usize) -> Found<'_> {
        self.found(Wanted {
            typed: contact,
            limit,
            ..Wanted::default()
        })
    }

    fn register(&self, wanted: Wanted) -> Found<'_> {
        self.found(wanted)
    }

    fn told(&self, _typed: &str) -> Result<Vec<Told>> {
        Ok(Vec::new())
    }

    fn mark(&self, _typed: &str, texts: &[&str]) -> Vec<Vec<Piece>> {
        let unmarked = |text: &&str| {
            vec![Piece {
                text: (*text).to_owned(),
                matched: false,
            }]
        };
        texts.iter().map(unmarked).collect()
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
fn whoever_does_a_part_finds_the_case_too() {
    both(async |house| {
        let anna = house.anna().await;
        let filed = house.file(&anna).await;
        let finder = Arc::new(Careless::default());
        finder.all.lock().unwrap().push(filed.id.0);
        house.cases.find_with(finder);
        let (roads, head) = (house.specialist("roads").await, house.head("roads").await);
        let schools = house.specialist("schools").await;
        let search = async || {
            let found = house.cases.search_texts(&schools, "снег", None, None).await;
            found.unwrap().items.len()
        };
        house.cases.take(&roads, filed.number).await.unwrap();
        assert_eq!(search().await, 0);
        let part = NewPart {
            unit: house.schools,
            account: None,
            task: "Уточнить".to_owned(),
            due_on: None,
        };
        let given = house.cases.add_part(&head, filed.number, part).await;
        given.unwrap();
        assert_eq!(search().await, 1);
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
        let nobody = base::id::CaseId(Uuid::nil());
        let alone = house.cases.searchable_of(&[nobody, case.id]).await.unwrap();
        assert_eq!(alone.len(), 1);
        assert_eq!(alone[0].number, case.number);
        assert!(
            house
                .cases
                .searchable_of(&[nobody])
                .await
                .unwrap()
                .is_empty()
        );
    });
}

#[test]
fn cases_of_a_caller_are_found_by_operators_alone_and_every_one_is_written_down() {
    both(async |house| {
        let anna = house.anna().await;
        let filed = house.file(&anna).await;
        let finder = Arc::new(Careless::default());
        finder.all.lock().unwrap().push(filed.id.0);
        house.cases.find_with(finder.clone());
        let contacts = told(house).await[0].contacts.clone();
        assert_eq!(contacts, ["anna@example.org"]);
        let specialist = house.specialist("roads").await;
        let (operator, _) = house
            .somebody("Приёмова", Role::Operator, Some("roads"))
            .await;
        let stranger = guest();
        for nobody in [&stranger, &anna, &specialist] {
            let refused = ask(house, nobody, "anna@example.org").await;
            assert!(matches!(
                refused,
                Err(Error::Forbidden | Error::Unauthenticated)
            ));
        }
        assert_eq!(wrong(ask(house, &operator, "Анна").await), ["contact"]);
        assert_eq!(readings(house).await, 0);
        let found = ask(house, &operator, " Anna@Example.org ").await.unwrap();
        assert_eq!(found.items[0].number, filed.number);
        assert_eq!(readings(house).await, 1);
        ask(house, &operator, "8 900 123-45-67").await.unwrap();
        let asked = finder.asked.lock().unwrap();
        let typed: Vec<&str> = asked.iter().map(|wanted| wanted.typed.as_str()).collect();
        assert_eq!(typed, ["anna@example.org", "79001234567"]);
    });
}

/// The cases of whoever is reached so.
async fn ask(house: &House, actor: &Actor, typed: &str) -> Result<Page<RegisterRow>> {
    house.cases.cases_of_caller(actor, typed, None, None).await
}

/// How many readings of cases by staff are written down.
async fn readings(house: &House) -> usize {
    let rows = house
        .store
        .read(|db| db.query("SELECT 1 FROM case_reading", &[], |row| row.get::<i64>(0)));
    rows.await.unwrap().len()
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
