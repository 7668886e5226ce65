//! A small installation behind its pages: one authority, one town, one section with one subject.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::header::{COOKIE, LOCATION};
use axum::http::{Request as HttpRequest, StatusCode};
use base::{Actor, Clock, Language, Role};
use catalog::{Catalog, NewCategory, Phrase};
use jiff::tz::TimeZone;
use journal::{Journal, Keys};
use law::AgencyHours;
use people::{NewTerritory, NewUnit, NewUser, People, PersonName, UnitKind, units};
use store::testing::Fresh;
use tower::ServiceExt;

use super::{NOW, shell};
use crate::{Cases, Settings};

const PASSWORD: &str = "три зелёных чайника";

pub(super) struct House {
    pub(super) cases: Cases,
    people: People,
    router: Router,
    _keys: tempfile::TempDir,
    _fresh: Fresh,
}

/// One house on each engine that can be had.
pub(super) fn houses() -> Vec<House> {
    let migrations = [
        journal::MIGRATIONS,
        people::MIGRATIONS,
        catalog::MIGRATIONS,
        crate::MIGRATIONS,
    ];
    Fresh::all_at(&migrations, &Clock::fixed(NOW))
        .into_iter()
        .map(house)
        .collect()
}

fn house(fresh: Fresh) -> House {
    let store = fresh.store.clone();
    let folder = tempfile::tempdir().unwrap();
    let keys = Keys::open(&folder.path().join("keys"), None, true).unwrap();
    let journal = Journal::new(store.clone(), keys).unwrap();
    let people = People::new(store.clone(), journal.clone(), people::Settings::default());
    let catalog = Catalog::new(store.clone(), journal.clone(), catalog::Settings::default());
    catalog.load_services().unwrap();
    let hours = AgencyHours::usual(TimeZone::fixed(jiff::tz::offset(3)));
    let settings = Settings {
        hours,
        printer: Some(std::sync::Arc::new(super::papers::Plain)),
        vault: None,
    };
    let cases = Cases::new(journal.clone(), people.clone(), catalog, settings);
    store
        .change_blocking(&Actor::system("test"), move |tx| {
            let category = |parent, code: &str, ru, en| NewCategory {
                parent,
                code: code.to_owned(),
                position: 1,
                name: Phrase::new(ru, en),
            };
            let roads = category(None, "roads", "Дороги", "Roads");
            let roads = catalog::ensure_category(tx, &journal, &roads)?;
            let snow = category(Some(roads), "roads.snow", "Снег", "Snow");
            catalog::ensure_category(tx, &journal, &snow)?;
            let town = NewTerritory {
                parent: None,
                code: "town".to_owned(),
                name_ru: "Город".to_owned(),
                name_en: "Town".to_owned(),
            };
            let town = units::ensure_territory(tx, &journal, &town)?;
            let unit = NewUnit {
                parent: None,
                kind: UnitKind::Agency,
                code: "roads".to_owned(),
                name_ru: "Отдел дорог".to_owned(),
                name_en: "Roads Unit".to_owned(),
                territories: vec![town],
            };
            units::ensure(tx, &journal, &unit)
        })
        .unwrap();
    let pages = web::router().merge(crate::pages::router(cases.clone()));
    let router = people::visitor::layer(pages, people.clone());
    House {
        cases,
        people,
        router: web::layers(router, &shell()),
        _keys: folder,
        _fresh: fresh,
    }
}

impl House {
    /// A page as a guest gets it.
    pub(super) async fn page(&self, path: &str) -> (StatusCode, String) {
        self.page_with(path, "").await
    }

    /// A page as the browser of a guest gets it that holds a pass.
    pub(super) async fn page_with(&self, path: &str, pass: &str) -> (StatusCode, String) {
        let request = HttpRequest::get(path)
            .header("accept-language", "ru")
            .header(COOKIE, format!("{}={pass}", web::cookies::PASS))
            .body(Body::empty())
            .unwrap();
        let answer = self.router.clone().oneshot(request).await.unwrap();
        let status = answer.status();
        let body = to_bytes(answer.into_body(), 1 << 20).await.unwrap();
        (status, String::from_utf8(body.to_vec()).unwrap())
    }

    /// An empty form sent by the browser of a guest that holds a pass; where the answer leads.
    pub(super) async fn send(&self, path: &str, pass: &str) -> (StatusCode, String) {
        let request = HttpRequest::post(path)
            .header("sec-fetch-site", "same-origin")
            .header(COOKIE, format!("{}={pass}", web::cookies::PASS))
            .body(Body::empty())
            .unwrap();
        let answer = self.router.clone().oneshot(request).await.unwrap();
        let to = answer.headers().get(LOCATION);
        let to = to.map(|to| to.to_str().unwrap().to_owned());
        (answer.status(), to.unwrap_or_default())
    }

    /// Somebody with an account, signed in.
    pub(super) async fn somebody(&self, first: &str, last: &str, role: Role) -> Actor {
        let email = format!("{}@example.org", base::id::new_uuid(NOW));
        let new = NewUser {
            name: PersonName {
                last: last.to_owned(),
                first: first.to_owned(),
                middle: None,
            },
            email: email.clone(),
            password: PASSWORD.to_owned(),
            role,
            unit: (role != Role::Applicant).then(|| "roads".to_owned()),
        };
        let people = self.people.clone();
        tokio::task::spawn_blocking(move || people.add_user_blocking(&Actor::system("test"), &new))
            .await
            .unwrap()
            .unwrap();
        let client = std::net::Ipv4Addr::LOCALHOST.into();
        let token = self.people.sign_in(&email, PASSWORD, client).await.unwrap();
        let session = self.people.session(token.as_str(), Language::Ru).await;
        session.unwrap().unwrap().actor
    }
}
