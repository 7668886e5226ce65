//! The room without a network, on both databases: what comes is taken once, judged, filed once,
//! listed in pages, left with a reason and forgotten in time; and who may do what.

use base::id::{AccountId, PersonId, UnitId};
use base::{Actor, Clock, Error, Grant, Language, Moment, Role, Scope, Who};
use cases::Cases;
use catalog::Catalog;
use jiff::tz::TimeZone;
use journal::{Journal, Keys};
use law::AgencyHours;
use people::{NewUnit, People, UnitKind};
use store::testing::Fresh;

use super::{Draft, Heard, ItemState, Kind, Networks, Settings, is_safe, sql};

const NOON: Moment = Moment::from_micros(1_795_165_200_000_000);
const ENOUGH: &str = "Когда починят фонарь у школы на Садовой?";

struct House {
    networks: Networks,
    clock: Clock,
    _fresh: Fresh,
    _keys: tempfile::TempDir,
}

fn houses() -> Vec<House> {
    let migrations = [
        journal::MIGRATIONS,
        people::MIGRATIONS,
        catalog::MIGRATIONS,
        cases::MIGRATIONS,
        crate::MIGRATIONS,
    ];
    let clock = Clock::fixed(NOON);
    let fresh = Fresh::all_at(&migrations, &clock);
    fresh.into_iter().map(|one| house(one, &clock)).collect()
}

fn house(fresh: Fresh, clock: &Clock) -> House {
    let folder = tempfile::tempdir().unwrap();
    let store = fresh.store.clone();
    let keys = Keys::open(&folder.path().join("keys"), None, true).unwrap();
    let journal = Journal::new(store.clone(), keys).unwrap();
    let people = People::new(store.clone(), journal.clone(), people::Settings::default());
    let settings = catalog::Settings {
        default_unit: Some("reception".to_owned()),
    };
    let catalog = Catalog::new(store, journal.clone(), settings);
    catalog.load_services().unwrap();
    let zone = TimeZone::get("Europe/Moscow").unwrap();
    let cases = Cases::new(
        journal,
        people,
        catalog,
        cases::Settings {
            hours: AgencyHours::usual(zone),
            printer: None,
            vault: None,
        },
    );
    let settings = Settings {
        // Nobody listens there.
        url: "http://127.0.0.1:9".to_owned(),
        group: 7,
        token: "t".to_owned(),
        secret: "s".to_owned(),
        confirmation: "c".to_owned(),
        poll_seconds: 60,
    };
    House {
        networks: Networks::new(cases, Some(settings.checked().unwrap())),
        clock: clock.clone(),
        _fresh: fresh,
        _keys: folder,
    }
}

impl House {
    /// A unit that takes what no rule covers.
    async fn found(&self) -> UnitId {
        let system = Actor::system("test");
        let new = NewUnit {
            parent: None,
            kind: UnitKind::Agency,
            code: "reception".to_owned(),
            name_ru: "Приёмная".to_owned(),
            name_en: "Reception".to_owned(),
            territories: Vec::new(),
        };
        let people = self.networks.cases().people();
        people.add_unit(&system, new).await.unwrap()
    }

    async fn item(&self, actor: &Actor) -> super::Item {
        let all = self.networks.items(actor, None, 10).await.unwrap();
        all.into_iter().next().unwrap()
    }

    /// Judges all that is new, as a round does.
    async fn judge(&self) {
        let store = self.networks.store();
        let now = store.now();
        let new = store
            .read(move |db| sql::new_items(db, now, 10))
            .await
            .unwrap();
        for row in new {
            let heard = self.networks.opened(&row).unwrap().unwrap();
            self.networks.decide(&row, &heard).await.unwrap();
        }
    }
}

fn somebody(role: Role, unit: UnitId) -> Actor {
    Actor {
        who: Who::Account {
            account: AccountId::new(NOON),
            person: PersonId::new(NOON),
            grants: vec![Grant {
                role,
                scope: if role == Role::Administrator {
                    Scope::Installation
                } else {
                    Scope::Unit(unit)
                },
            }],
            units: vec![unit],
        },
        language: Language::Ru,
    }
}

fn comment(item: i64, text: &str) -> Heard {
    Heard {
        kind: Kind::Comment,
        owner: -7,
        post: 3,
        item,
        author: 11,
        name: "Клавдия Подснежникова".to_owned(),
        text: text.to_owned(),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_comment_that_comes_again_is_one_case_and_a_nod_is_none() {
    for house in houses() {
        let operator = somebody(Role::Operator, house.found().await);
        let networks = &house.networks;
        assert!(networks.take_in(comment(5, ENOUGH)).await.unwrap());
        assert!(!networks.take_in(comment(5, ENOUGH)).await.unwrap());
        house.judge().await;
        let item = house.item(&operator).await;
        assert_eq!(item.state, ItemState::Filed);
        let number = item.case.unwrap().parse().unwrap();
        let status = networks.cases().status(number).await;
        assert!(status.is_ok(), "the case is there");

        // The same thing filed once more by hand is the same case.
        let again = networks.file_item(&operator, item.id).await.unwrap();
        assert_eq!(again.case.unwrap(), number.to_string());

        house.clock.advance_seconds(1);
        assert!(networks.take_in(comment(6, "Спасибо!")).await.unwrap());
        house.judge().await;
        let nod = house.item(&operator).await;
        assert_eq!((nod.state, nod.verdict), (ItemState::Counted, "short"));
        let filed = networks.file_item(&operator, nod.id).await.unwrap();
        assert_eq!(filed.state, ItemState::Filed, "by hand it becomes a case");
        assert_ne!(filed.case.unwrap(), number.to_string());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_left_has_a_reason_and_is_forgotten_in_a_week() {
    for house in houses() {
        let operator = somebody(Role::Operator, house.found().await);
        let networks = &house.networks;
        networks.take_in(comment(5, "🔥🔥")).await.unwrap();
        house.judge().await;
        let id = house.item(&operator).await.id;
        let empty = networks.leave_item(&operator, id, " ").await;
        assert!(matches!(empty, Err(Error::Invalid(_))));
        let left = networks
            .leave_item(&operator, id, "Картинка")
            .await
            .unwrap();
        assert_eq!(
            (left.state, left.reason.as_str()),
            (ItemState::Left, "Картинка")
        );
        let twice = networks.leave_item(&operator, id, "Картинка").await;
        assert!(matches!(twice, Err(Error::Conflict(_))));

        let forget = || networks.store().housekeeping(sql::forget);
        house.clock.advance_seconds(6 * 24 * 3600);
        assert_eq!(forget().await.unwrap(), 0, "not yet");
        house.clock.advance_seconds(2 * 24 * 3600);
        assert_eq!(forget().await.unwrap(), 1);
        let item = house.item(&operator).await;
        assert!(item.is_forgotten && item.name.is_empty() && item.text.is_empty());
        assert!(item.reason.is_empty());
        let late = networks.file_item(&operator, id).await;
        assert!(matches!(late, Err(Error::Conflict(_))));
        // It is known again all the same.
        assert!(!networks.take_in(comment(5, "🔥🔥")).await.unwrap());
        house
            .clock
            .advance_seconds(NOON.seconds_since(house.clock.now()));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_go_on_where_they_ended_and_are_for_those_who_decide() {
    for house in houses() {
        let unit = house.found().await;
        let operator = somebody(Role::Operator, unit);
        let networks = &house.networks;
        for item in 1..=5 {
            networks.take_in(comment(item, "да")).await.unwrap();
            house.clock.advance_seconds(1);
        }
        let first = networks.items(&operator, None, 3).await.unwrap();
        let after = first.last().map(|item| item.id);
        let rest = networks.items(&operator, after, 3).await.unwrap();
        assert_eq!((first.len(), rest.len()), (3, 2));
        assert!(
            first
                .iter()
                .all(|item| rest.iter().all(|other| other.id < item.id))
        );
        for actor in [
            Actor::guest(Language::Ru),
            somebody(Role::Specialist, unit),
            somebody(Role::Administrator, unit),
        ] {
            assert!(networks.items(&actor, None, 3).await.is_err());
            assert!(networks.file_item(&actor, first[0].id).await.is_err());
            assert!(networks.leave_item(&actor, first[0].id, "x").await.is_err());
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_notice_is_checked_kept_and_taken_back_once() {
    for house in houses() {
        let unit = house.found().await;
        let editor = somebody(Role::Administrator, unit);
        let networks = &house.networks;
        let origin = "https://okno.example";
        let mut draft = Draft {
            service: "proposal".to_owned(),
            words: "Предлагайте".to_owned(),
            publish_at: Some(house.clock.now().plus_seconds(3600)),
        };
        let words = networks.preview(&editor, &draft, origin).await.unwrap();
        assert_eq!(
            words,
            "Предлагайте\n\nhttps://okno.example/services/proposal"
        );
        // Nothing is wrong with it but who asks.
        let operator = somebody(Role::Operator, unit);
        let made = networks.make_post(&operator, &draft, origin).await;
        assert!(matches!(made, Err(Error::Forbidden)));
        let post = networks.make_post(&editor, &draft, origin).await.unwrap();
        let withdrawn = networks.withdraw_post(&operator, post.id).await;
        assert!(matches!(withdrawn, Err(Error::Forbidden)));
        let now = house.clock.now();
        let due = move |now| {
            let store = networks.store().clone();
            async move {
                store
                    .read(move |db| sql::due_posts(db, now, 10))
                    .await
                    .unwrap()
            }
        };
        assert!(due(now).await.is_empty(), "its hour has not come");
        assert_eq!(due(now.plus_seconds(3600)).await.len(), 1);
        let id = post.id;
        let system = Actor::system("networks");
        networks.withdraw_post(&editor, id).await.unwrap();
        assert!(due(now.plus_seconds(3600)).await.is_empty());
        let twice = networks.withdraw_post(&editor, id).await;
        assert!(matches!(twice, Err(Error::Conflict(_))));
        let published = networks
            .record_of(
                &system,
                id,
                "network_post.published",
                Vec::new(),
                move |tx| sql::publish_post(tx, id, 5),
            )
            .await;
        assert!(published.is_err(), "what was taken back does not go out");

        draft.words.clear();
        draft.service = "nothing".to_owned();
        draft.publish_at = Some(now.plus_seconds(-1));
        let Err(Error::Invalid(errors)) = networks.preview(&editor, &draft, origin).await else {
            panic!("a wrong notice is refused");
        };
        let fields: Vec<&str> = errors.iter().map(|error| error.field.as_str()).collect();
        assert_eq!(fields, ["service", "words", "publish_at"]);
    }
}

#[test]
fn only_tls_or_this_machine_is_spoken_to() {
    for (url, safe) in [
        ("https://api.vk.com", true),
        ("http://127.0.0.1:8123", true),
        ("http://localhost:1", true),
        ("http://[::1]:5", true),
        ("http://api.vk.com", false),
        ("http://127.0.0.1.evil.example", false),
        ("http://127.0.0.1@evil.example", false),
        ("ftp://127.0.0.1", false),
        ("https://", false),
        ("", false),
    ] {
        assert_eq!(is_safe(url), safe, "{url}");
    }
}
