//! The administration of the catalogue over both databases, as an administrator meets it: subjects,
//! officials, forms with versions, routes with their trial, terms; and nobody else gets in.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request as HttpRequest, StatusCode};
use base::{Actor, Clock, Language, Moment, Role};
use catalog::amendments::put_outline;
use catalog::map::Outline;
use catalog::{Administration, Past, PastCase, PastCases};
use catalog::{Answers, Catalog, Definition, NewCategory, NewRule, Phrase, Settings};
use journal::{Journal, Keys};
use people::{NewTerritory, NewUnit, NewUser, People, PersonName, UnitKind};
use store::testing::Fresh;
use tower::ServiceExt;
use web::{Fields, Shell, Words};

/// Friday, 20 November 2026, 12:00 in Moscow.
const NOON: Moment = Moment::from_micros(1_795_165_200_000_000);
const PASSWORD: &str = "три зелёных чайника";

/// One case about snow that the unit `a` has.
struct OneCase(Vec<PastCase>);

impl PastCases for OneCase {
    fn newest(&self, limit: usize) -> Past {
        let cases = self.0.iter().take(limit).cloned().collect();
        Box::pin(async move { Ok(cases) })
    }
}

struct House {
    catalog: Catalog,
    people: People,
    router: Router,
    fresh: Fresh,
    _keys: tempfile::TempDir,
}

fn words() -> Words {
    let law = &[
        (Language::Ru, include_str!("../../law/locales/ru.ftl")),
        (Language::En, include_str!("../../law/locales/en.ftl")),
    ];
    Words::new(&[law, catalog::WORDS, people::WORDS]).unwrap()
}

async fn houses() -> Vec<House> {
    let migrations = [journal::MIGRATIONS, people::MIGRATIONS, catalog::MIGRATIONS];
    let mut houses = Vec::new();
    for fresh in Fresh::all_at(&migrations, &Clock::fixed(NOON)) {
        houses.push(house(fresh).await);
    }
    houses
}

async fn house(fresh: Fresh) -> House {
    let store = fresh.store.clone();
    let keys = tempfile::tempdir().unwrap();
    let opened = Keys::open(&keys.path().join("keys"), None, true).unwrap();
    let journal = Journal::new(store.clone(), opened).unwrap();
    let people = People::new(store.clone(), journal.clone(), people::Settings::default());
    let catalog = Catalog::new(store.clone(), journal.clone(), Settings::default());
    catalog.load_services().unwrap();
    let (snow, unit) = store
        .change_blocking(&Actor::system("test"), move |tx| {
            let unit = |code: &str| NewUnit {
                parent: None,
                kind: UnitKind::Agency,
                code: code.to_owned(),
                name_ru: format!("Отдел {code}"),
                name_en: format!("Unit {code}"),
                territories: Vec::new(),
            };
            let a = people::units::insert(tx, &journal, &unit("a"))?;
            people::units::insert(tx, &journal, &unit("b"))?;
            let category = |parent, code: &str, ru| NewCategory {
                parent,
                code: code.to_owned(),
                position: 10,
                name: Phrase::new(ru, code),
            };
            let roads = category(None, "roads", "Дороги");
            let roads = catalog::ensure_category(tx, &journal, &roads)?;
            let snow = category(Some(roads), "roads.snow", "Снег");
            let snow = catalog::ensure_category(tx, &journal, &snow)?;
            let rule = NewRule {
                position: 100,
                category: None,
                territory: None,
                service: None,
                unit: a,
                reason: Phrase::new("Всё разбирает отдел", "The unit sorts everything"),
            };
            catalog::insert_rule(tx, &journal, &rule)?;
            Ok((snow, a))
        })
        .unwrap();
    let complaint = catalog.service("complaint").await.unwrap().id;
    let past = OneCase(vec![PastCase {
        number: "А-2026-00000001-1".to_owned(),
        service: complaint,
        category: Some(snow),
        territory: None,
        unit,
    }]);
    let pages = web::router()
        .merge(catalog::pages::router(catalog.clone()))
        .merge(catalog::pages::admin::router(Administration::new(
            catalog.clone(),
            people.clone(),
            Arc::new(past),
        )));
    let shell = Shell::new(
        web::Settings::default(),
        words(),
        Clock::fixed(NOON),
        || true,
        || None,
    );
    let router = web::layers(people::visitor::layer(pages, people.clone()), &shell);
    House {
        catalog,
        people,
        router,
        fresh,
        _keys: keys,
    }
}

impl House {
    /// The cookie of somebody who has signed in.
    async fn somebody(&self, role: Role) -> String {
        let email = format!("{}@example.org", base::id::new_uuid(NOON));
        let new = NewUser {
            name: PersonName {
                last: "Иванова".to_owned(),
                first: "Анна".to_owned(),
                middle: None,
            },
            email: email.clone(),
            password: PASSWORD.to_owned(),
            role,
            unit: (role == Role::Specialist).then(|| "a".to_owned()),
        };
        let people = self.people.clone();
        tokio::task::spawn_blocking(move || people.add_user_blocking(&Actor::system("test"), &new))
            .await
            .unwrap()
            .unwrap();
        let client = std::net::Ipv4Addr::LOCALHOST.into();
        let token = self.people.sign_in(&email, PASSWORD, client).await.unwrap();
        format!("session={}", token.as_str())
    }

    async fn ask(&self, cookie: &str, request: HttpRequest<Body>) -> (StatusCode, String) {
        let (mut head, body) = request.into_parts();
        head.headers.insert("cookie", cookie.parse().unwrap());
        if !head.headers.contains_key("accept-language") {
            head.headers
                .insert("accept-language", "ru".parse().unwrap());
        }
        let request = HttpRequest::from_parts(head, body);
        let answer = self.router.clone().oneshot(request).await.unwrap();
        let status = answer.status();
        let body = to_bytes(answer.into_body(), 4 << 20).await.unwrap();
        let page = String::from_utf8(body.to_vec()).unwrap();
        for prefix in ["«catalog-", "«law-", "«web-", "«error-"] {
            assert!(!page.contains(prefix), "a word is missing: {page}");
        }
        (status, page)
    }

    async fn get(&self, cookie: &str, path: &str) -> (StatusCode, String) {
        let request = HttpRequest::get(path).body(Body::empty()).unwrap();
        self.ask(cookie, request).await
    }

    async fn post(
        &self,
        cookie: &str,
        path: &str,
        fields: &[(&str, &str)],
    ) -> (StatusCode, String) {
        let encoded = |text: &str| -> String {
            text.bytes()
                .fold(String::new(), |out, byte| format!("{out}%{byte:02X}"))
        };
        let pairs: Vec<String> = fields
            .iter()
            .map(|(name, value)| format!("{}={}", encoded(name), encoded(value)))
            .collect();
        let request = HttpRequest::post(path)
            .header("content-type", "application/x-www-form-urlencoded")
            .body(Body::from(pairs.join("&")))
            .unwrap();
        self.ask(cookie, request).await
    }

    fn entries(&self, action: &'static str) -> i64 {
        self.fresh
            .store
            .read_blocking(move |db| {
                db.one(
                    "SELECT COUNT(*) FROM journal WHERE action = $1",
                    store::args![action],
                    |row| row.get(0),
                )
            })
            .unwrap()
    }
}

const PAGES: [&str; 14] = [
    "/admin/categories",
    "/admin/categories/new?above=roads",
    "/admin/categories/roads.snow",
    "/admin/officials",
    "/admin/officials/new",
    "/admin/services",
    "/admin/services/new",
    "/admin/services/complaint",
    "/admin/services/complaint/versions/3",
    "/admin/services/complaint/edit",
    "/admin/routes",
    "/admin/routes/new",
    "/admin/terms",
    "/admin/terms/service.certificate",
];

#[tokio::test(flavor = "multi_thread")]
async fn only_an_administrator_comes_in() {
    for house in houses().await {
        let admin = house.somebody(Role::Administrator).await;
        let specialist = house.somebody(Role::Specialist).await;
        for path in PAGES {
            for language in ["ru", "en"] {
                let request = HttpRequest::get(path)
                    .header("accept-language", language)
                    .body(Body::empty())
                    .unwrap();
                let (status, page) = house.ask(&admin, request).await;
                assert_eq!(status, StatusCode::OK, "{path}: {page}");
            }
            let (status, _) = house.get(&specialist, path).await;
            assert_eq!(status, StatusCode::FORBIDDEN, "{path}");
            let (status, _) = house.get("", path).await;
            assert_eq!(status, StatusCode::SEE_OTHER, "{path}");
        }
        let (status, _) = house.get(&admin, "/admin/routes/trial").await;
        assert_eq!(status, StatusCode::OK);
        let (status, _) = house
            .post(&specialist, "/admin/categories/new", &[("code", "x")])
            .await;
        assert_eq!(status, StatusCode::FORBIDDEN);
        assert_eq!(house.entries("category.created"), 2);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_subject_is_added_moved_and_closed() {
    for house in houses().await {
        let admin = house.somebody(Role::Administrator).await;
        let new = [
            ("code", "roads.ice"),
            ("name_ru", "Гололёд"),
            ("name_en", "Ice"),
            ("parent", "roads"),
            ("position", "20"),
            ("open", "yes"),
            ("unit", "b"),
            ("priority", "high"),
            ("fast", "yes"),
        ];
        let (status, page) = house.post(&admin, "/admin/categories/new", &new).await;
        assert_eq!(status, StatusCode::SEE_OTHER, "{page}");
        let contents = house.catalog.contents().await.unwrap();
        let ice = contents.categories().by_code("roads.ice").unwrap();
        assert_eq!(contents.priority(Some(ice.id)).code(), "high");
        assert_eq!(
            contents.answer_term(Some(ice.id), "pos", "answer"),
            "answer_fast"
        );
        assert_eq!(
            contents.answer_term(Some(ice.id), "fz59", "answer"),
            "answer"
        );

        // A subject cannot be put into itself, and a code is given once.
        let ring = [
            ("parent", "roads.ice"),
            ("name_ru", "Дороги"),
            ("name_en", "Roads"),
            ("position", "1"),
            ("open", "yes"),
        ];
        let (status, page) = house.post(&admin, "/admin/categories/roads", &ring).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.contains("не может лежать сама в себе"));
        let (status, _) = house.post(&admin, "/admin/categories/new", &new).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);

        let moved = [
            ("parent", ""),
            ("name_ru", "Лёд"),
            ("name_en", "Ice"),
            ("position", "5"),
        ];
        let (status, _) = house
            .post(&admin, "/admin/categories/roads.ice", &moved)
            .await;
        assert_eq!(status, StatusCode::SEE_OTHER);
        let contents = house.catalog.contents().await.unwrap();
        let ice = contents.categories().by_code("roads.ice").unwrap();
        assert_eq!(
            (ice.parent, ice.active, &*ice.name.ru),
            (None, false, "Лёд")
        );
        assert_eq!(house.entries("category.changed"), 1);
        assert_eq!(house.entries("category.handled"), 2);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_saves_second_does_not_undo_the_first() {
    for house in houses().await {
        let admin = house.somebody(Role::Administrator).await;
        let path = "/admin/categories/roads.snow";
        let mark = |page: &str| -> String {
            let (_, rest) = page.split_once(r#"name="seen" value=""#).unwrap();
            rest.split_once('"').unwrap().0.to_owned()
        };
        let (_, page) = house.get(&admin, path).await;
        let seen = mark(&page);
        let wish = |seen: &str, name: &str, priority: &str| {
            [
                ("seen", seen.to_owned()),
                ("name_ru", name.to_owned()),
                ("name_en", "Snow".to_owned()),
                ("parent", "roads".to_owned()),
                ("position", "20".to_owned()),
                ("open", "yes".to_owned()),
                ("priority", priority.to_owned()),
            ]
        };
        let send = async |fields: [(&str, String); 7]| {
            let fields = fields.each_ref().map(|(name, text)| (*name, text.as_str()));
            house.post(&admin, path, &fields).await
        };
        let (status, page) = send(wish(&seen, "Снег и лёд", "")).await;
        assert_eq!(status, StatusCode::SEE_OTHER, "{page}");
        // The same once more is a second press of the button.
        let (status, page) = send(wish(&seen, "Снег и лёд", "")).await;
        assert_eq!(status, StatusCode::SEE_OTHER, "{page}");

        let (status, page) = send(wish(&seen, "Снег", "low")).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.contains("изменил кто-то ещё"), "{page}");
        let contents = house.catalog.contents().await.unwrap();
        let snow = contents.categories().by_code("roads.snow").unwrap();
        assert_eq!(snow.name.ru, "Снег и лёд");

        // Whoever has been told and saves again means it.
        let (status, page) = send(wish(&mark(&page), "Снег", "low")).await;
        assert_eq!(status, StatusCode::SEE_OTHER, "{page}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_is_edited_looked_at_and_published() {
    for house in houses().await {
        let admin = house.somebody(Role::Administrator).await;
        let path = "/admin/services/complaint/edit";
        let old = house.catalog.service("complaint").await.unwrap();
        let text = old.definition.to_toml();
        let question = "\n[[form.steps.fields]]\nname = \"witness\"\nlabel = { ru = \"Кто это видел\", en = \"Who saw it\" }\nkind = { text = { max = 100 } }\n";
        let place = text.find("[[form.steps]]\nid = \"place\"").unwrap();
        let edited = format!("{}{question}\n{}", &text[..place], &text[place..]);

        let broken = edited.replacen("max = 100", "max = 0", 1);
        let fields = [
            ("written", broken.as_str()),
            ("base", "3"),
            ("do", "publish"),
        ];
        let (status, page) = house.post(&admin, path, &fields).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.contains("Пределы «witness»"), "{page}");
        let line = broken
            .lines()
            .position(|line| line.contains("\"witness\""))
            .unwrap()
            + 1;
        assert!(
            page.contains(&format!("<mark>{line}  name")),
            "{line}: {page}"
        );

        let fields = [("written", edited.as_str()), ("base", "3"), ("do", "check")];
        let (status, page) = house.post(&admin, path, &fields).await;
        assert_eq!(status, StatusCode::OK);
        assert!(page.contains("<ins>") && page.contains("Кто это видел"));
        assert!(
            page.contains(r#"name="witness""#),
            "the page is shown as it will look"
        );
        assert_eq!(
            house
                .catalog
                .service("complaint")
                .await
                .unwrap()
                .definition
                .version,
            3
        );

        let fields = [
            ("written", edited.as_str()),
            ("base", "3"),
            ("do", "publish"),
        ];
        let (status, page) = house.post(&admin, path, &fields).await;
        assert_eq!(status, StatusCode::SEE_OTHER, "{page}");
        let now = house.catalog.service("complaint").await.unwrap();
        assert_eq!(now.definition.version, 4);
        assert!(now.definition.form.field("witness").is_some());
        let kept = house.catalog.version(now.id, 3).await.unwrap();
        assert_eq!(
            *kept, old.definition,
            "cases keep what they were filed under"
        );
        // Somebody who began before that does not undo it.
        let late = text.replacen("Кто", "Кто же", 1);
        let fields = [("written", late.as_str()), ("base", "3"), ("do", "publish")];
        let (status, page) = house.post(&admin, path, &fields).await;
        assert_eq!(status, StatusCode::CONFLICT);
        assert!(page.contains("опубликовал версию 4"), "{page}");
        assert!(page.contains("Кто же"), "what was written is kept");
        assert!(
            page.contains(r#"name="base" value="4""#),
            "the next publishing is over what was shown"
        );

        // A former version is shown as an edit of the one in force, ready to be published.
        let (_, page) = house
            .get(&admin, "/admin/services/complaint/versions/3")
            .await;
        assert!(page.contains("/admin/services/complaint/edit?from=3"));
        let (_, page) = house
            .get(&admin, "/admin/services/complaint/versions/4")
            .await;
        assert!(!page.contains("/edit?from="), "it is in force");
        let (status, page) = house
            .get(&admin, "/admin/services/complaint/edit?from=3")
            .await;
        assert_eq!(status, StatusCode::OK);
        assert!(page.contains("<del>") && page.contains(r#"value="publish""#));
        let (status, _) = house
            .get(&admin, "/admin/services/complaint/edit?from=77")
            .await;
        assert_eq!(status, StatusCode::NOT_FOUND);

        // What comes with the product later does not overwrite it, it waits.
        assert_eq!(house.catalog.load_services().unwrap(), 0);
        let (_, page) = house.get(&admin, "/admin/services/complaint").await;
        assert!(page.contains("Написана здесь"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_service_begins_as_a_copy_and_can_be_taken_back() {
    for house in houses().await {
        let admin = house.somebody(Role::Administrator).await;
        let mut copy = house
            .catalog
            .service("other")
            .await
            .unwrap()
            .definition
            .clone();
        copy.code = "thanks".to_owned();
        copy.name = Phrase::new("Благодарность", "Thanks");
        let text = copy.to_toml();
        let fields = [("written", text.as_str()), ("base", ""), ("do", "publish")];
        let (status, page) = house.post(&admin, "/admin/services/new", &fields).await;
        assert_eq!(status, StatusCode::SEE_OTHER, "{page}");
        let (status, page) = house.get("", "/services").await;
        assert_eq!(status, StatusCode::OK);
        assert!(page.contains("Благодарность"));
        let (status, _) = house.post(&admin, "/admin/services/new", &fields).await;
        assert_eq!(
            status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "the code is taken"
        );
        let state = [("state", "suspended")];
        let (status, _) = house
            .post(&admin, "/admin/services/thanks/state", &state)
            .await;
        assert_eq!(status, StatusCode::SEE_OTHER);
        let (_, page) = house.get("", "/services").await;
        assert!(!page.contains("Благодарность"));
        let (status, _) = house.get("", "/services/thanks").await;
        assert_eq!(status, StatusCode::CONFLICT, "a bookmark is no mistake");
        assert_eq!(house.entries("service.suspended"), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn officials_are_named_and_the_letter_appears() {
    for house in houses().await {
        let admin = house.somebody(Role::Administrator).await;
        let (status, _) = house.get("", "/services/official").await;
        assert_eq!(status, StatusCode::NOT_FOUND, "there is nobody to write to");
        let fields = [
            ("code", "mayor"),
            ("post_ru", "Глава города"),
            ("post_en", "Mayor"),
            ("holder_ru", "Орлова Мария"),
            ("holder_en", "Maria Orlova"),
            ("unit", "b"),
            ("position", "10"),
            ("open", "yes"),
        ];
        let (status, page) = house.post(&admin, "/admin/officials/new", &fields).await;
        assert_eq!(status, StatusCode::SEE_OTHER, "{page}");
        let (status, _) = house.get("", "/services/official").await;
        assert_eq!(status, StatusCode::OK);
        let changed: Vec<(&str, &str)> = fields
            .into_iter()
            .map(|(name, value)| match name {
                "holder_ru" => (name, "Ласточкин Пётр"),
                "holder_en" => (name, "Pyotr Lastochkin"),
                _ => (name, value),
            })
            .collect();
        let (status, _) = house.post(&admin, "/admin/officials/mayor", &changed).await;
        assert_eq!(status, StatusCode::SEE_OTHER);
        let contents = house.catalog.contents().await.unwrap();
        let mayor = contents.officials().by_code("mayor").unwrap();
        assert_eq!(mayor.holder.ru, "Ласточкин Пётр");
        assert_eq!(house.entries("official.changed"), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_route_is_tried_on_past_cases_before_it_is_kept() {
    for house in houses().await {
        let admin = house.somebody(Role::Administrator).await;
        let (_, page) = house.get(&admin, "/admin/routes/trial").await;
        assert!(
            page.contains("Проверено обращений: 1. Отличается: 0."),
            "{page}"
        );
        let rule = |what| {
            vec![
                ("category", "roads"),
                ("unit", "b"),
                ("position", "50"),
                ("reason_ru", "Дороги ведёт отдел b"),
                ("reason_en", "Unit b is responsible for roads"),
                ("do", what),
            ]
        };
        let (status, page) = house.post(&admin, "/admin/routes/new", &rule("try")).await;
        assert_eq!(status, StatusCode::OK);
        assert!(
            page.contains("Отличается: 1") && page.contains("А-2026-00000001-1"),
            "{page}"
        );
        assert_eq!(house.catalog.contents().await.unwrap().rules().len(), 1);
        let (status, _) = house.post(&admin, "/admin/routes/new", &rule("save")).await;
        assert_eq!(status, StatusCode::SEE_OTHER);
        let contents = house.catalog.contents().await.unwrap();
        assert_eq!(contents.rules().len(), 2);
        let (_, page) = house.get(&admin, "/admin/routes/trial").await;
        assert!(page.contains("Отличается: 1."), "the case is elsewhere now");
        let first = contents.rules()[0].id;
        let mut later = rule("save");
        later[2] = ("position", "200");
        let path = format!("/admin/routes/{first}");
        let (status, _) = house.post(&admin, &path, &later).await;
        assert_eq!(status, StatusCode::SEE_OTHER);
        assert_eq!(house.catalog.contents().await.unwrap().rules()[1].id, first);
        let (status, _) = house.post(&admin, &format!("{path}/end"), &[]).await;
        assert_eq!(status, StatusCode::SEE_OTHER);
        assert_eq!(house.catalog.contents().await.unwrap().rules().len(), 1);
        assert_eq!(house.entries("route_rule.changed"), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_term_of_the_house_gets_a_version_and_one_of_the_law_does_not() {
    for house in houses().await {
        let admin = house.somebody(Role::Administrator).await;
        let fields = |day| {
            [
                ("valid_from", day),
                ("length", "7"),
                ("unit", "working_days"),
                ("reason", "Приказ 12"),
            ]
        };
        // A rule of its own for this test: settings hold for the whole process.
        let path = "/admin/terms/own.arbiter";
        let (status, page) = house.post(&admin, path, &fields("2020-01-01")).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.contains("День не может быть раньше"));
        let (status, page) = house.post(&admin, path, &fields("2090-01-01")).await;
        assert_eq!(status, StatusCode::SEE_OTHER, "{page}");
        let (_, page) = house.get(&admin, path).await;
        assert!(
            page.contains("Приказ 12") && page.contains("7 рабочих дней"),
            "{page}"
        );
        let law = law::Law::current();
        let length = |year| {
            let day = jiff::civil::date(year, 1, 2);
            law.rule("own", "arbiter", day).unwrap().limit.length
        };
        assert_eq!((length(2089), length(2090)), (3, 7));
        let (status, _) = house
            .post(&admin, "/admin/terms/fz59.answer", &fields("2090-01-01"))
            .await;
        assert_eq!(status, StatusCode::NOT_FOUND);
        let (_, page) = house.get(&admin, "/admin/terms/fz59.answer").await;
        assert!(page.contains("Этот срок задан законом"));
        assert_eq!(house.entries("law.set"), 1);
        // An aim within it is the agency's own business.
        let aim = |days| {
            [
                ("valid_from", "2090-01-01"),
                ("target", days),
                ("reason", "Приказ 13"),
            ]
        };
        let path = "/admin/terms/fz59.forward";
        let (status, page) = house.post(&admin, path, &aim("500")).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.contains("не длиннее самого срока"), "{page}");
        let (status, page) = house.post(&admin, path, &aim("5")).await;
        assert_eq!(status, StatusCode::SEE_OTHER, "{page}");
        let (_, page) = house.get(&admin, path).await;
        assert!(page.contains("Приказ 13"), "{page}");
        let day = jiff::civil::date(2090, 1, 2);
        let rule = law::Law::current().rule("fz59", "forward", day).unwrap();
        let limit = law::Law::built_in().rule("fz59", "forward", day).unwrap();
        assert_eq!(rule.limit, limit.limit);
        assert_eq!(rule.target.as_ref().map(|aim| aim.length), Some(5));
        assert_eq!(house.entries("law.set"), 2);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_typed_is_never_markup() {
    for house in houses().await {
        let admin = house.somebody(Role::Administrator).await;
        let evil = "</textarea><script>alert(1)</script>";
        let fields = [("written", evil), ("base", "3"), ("do", "check")];
        let (_, page) = house
            .post(&admin, "/admin/services/complaint/edit", &fields)
            .await;
        assert!(!page.contains("<script>alert"));
        let fields = [("code", evil), ("name_ru", evil), ("position", evil)];
        for path in [
            "/admin/categories/new",
            "/admin/officials/new",
            "/admin/routes/new",
        ] {
            let (status, page) = house.post(&admin, path, &fields).await;
            assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{path}");
            assert!(!page.contains("<script>alert"), "{path}");
        }
        for path in [
            "/admin/services/nothing",
            "/admin/routes/nothing",
            "/admin/terms/nothing",
            "/admin/categories/%3Cx%3E",
        ] {
            assert_eq!(
                house.get(&admin, path).await.0,
                StatusCode::NOT_FOUND,
                "{path}"
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_is_checked_before_it_is_sent() {
    for house in houses().await {
        let path = "/services/complaint/check/matter";
        let (status, told) = house
            .post("", path, &[("subject", "Снег"), ("description", "мало")])
            .await;
        assert_eq!(status, StatusCode::OK);
        let told: serde_json::Value = serde_json::from_str(&told).unwrap();
        assert!(told.get("subject").is_none(), "{told}");
        let sentence = told["description"].as_str().unwrap();
        assert!(
            sentence.contains("20") && sentence.contains("сейчас 4"),
            "{sentence}"
        );
        assert!(told["expected"].as_str().is_some());
        for path in [
            "/services/nothing/check/matter",
            "/services/complaint/check/nothing",
        ] {
            assert_eq!(house.post("", path, &[]).await.0, StatusCode::NOT_FOUND);
        }
    }
}

/// Two territories with outlines, one inside the other.
fn draw_a_town_in_its_region(house: &House) {
    let keys = tempfile::tempdir().unwrap();
    let keys = Keys::open(&keys.path().join("keys"), None, true).unwrap();
    let journal = Journal::new(house.fresh.store.clone(), keys).unwrap();
    let square = |west: f64, side: f64| {
        Outline(vec![vec![
            (west, 57.0),
            (west + side, 57.0),
            (west + side, 57.0 + side),
            (west, 57.0 + side),
        ]])
    };
    house
        .fresh
        .store
        .change_blocking(&Actor::system("test"), move |tx| {
            let mut place = |parent, code: &str| {
                let new = NewTerritory {
                    parent,
                    code: code.to_owned(),
                    name_ru: format!("Район <{code}>"),
                    name_en: code.to_owned(),
                };
                people::units::insert_territory(tx, &journal, &new)
            };
            let region = place(None, "region")?;
            let town = place(Some(region), "town")?;
            put_outline(tx, &journal, region, &square(40.0, 2.0))?;
            put_outline(tx, &journal, town, &square(40.0, 1.0))?;
            let broken = put_outline(tx, &journal, town, &Outline::default());
            assert!(matches!(broken, Err(base::Error::Invalid(_))));
            Ok(())
        })
        .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_press_on_the_map_chooses_the_territory() {
    for house in houses().await {
        draw_a_town_in_its_region(&house);
        let contents = house.catalog.contents().await.unwrap();
        let units = house.people.units().await.unwrap();
        let form = &contents.service("complaint").unwrap().definition.form;
        let step = form.step("place").unwrap();
        let press = |pairs: &[(&str, String)], answers: &mut Answers| {
            let fields = pairs
                .iter()
                .map(|(name, value)| ((*name).to_owned(), value.clone()));
            catalog::pages::map::press(step, &Fields(fields.collect()), &contents, &units, answers)
        };
        let view = contents.map().whole();
        let at = |point| {
            let (x, y) = view.pixel(point);
            vec![
                ("place.map.view", view.to_string()),
                ("place.map.x", format!("{x:.0}")),
                ("place.map.y", format!("{y:.0}")),
            ]
        };
        let mut answers = Answers::new();
        assert!(
            press(&at((40.5, 57.5)), &mut answers)
                .unwrap()
                .mark
                .is_some()
        );
        assert_eq!(answers["place"]["territory"], "town");
        let point = |answers: &Answers| answers["place"]["point"].as_str().unwrap().to_owned();
        assert!(point(&answers).starts_with("57."));
        press(&at((41.5, 58.5)), &mut answers).unwrap();
        assert_eq!(answers["place"]["territory"], "region");
        assert!(point(&answers).starts_with("58."));
        assert!(
            answers["place"]["address"].is_null(),
            "no address is made up"
        );
        // An address that somebody wrote stays, and the Enter key is no press.
        answers["place"]["address"] = "Лесная, 12".into();
        press(&at((40.5, 57.5)), &mut answers).unwrap();
        assert_eq!(answers["place"]["address"], "Лесная, 12");
        assert!(point(&answers).starts_with("57."));
        // What the map writes is what the form takes, beside the address.
        let context = catalog::CheckContext {
            today: jiff::civil::date(2026, 11, 20),
            categories: contents.categories(),
            units: &units,
            officials: contents.officials(),
        };
        let clean = form.check_step("place", &answers, &context).unwrap();
        assert_eq!(clean["place"], answers["place"]);
        for odd in [
            "57",
            "57,39",
            "95.1, 40.1",
            "57.1, 240.1",
            "57.1234567, 40.1",
        ] {
            let mut answers = answers.clone();
            answers["place"]["point"] = odd.into();
            let wrong = form.check_step("place", &answers, &context).unwrap_err();
            assert_eq!(wrong[0].field, "place.point", "{odd}");
        }
        let drop = press(&[("place.map.drop", "1".to_owned())], &mut answers).unwrap();
        assert_eq!(drop.mark, None);
        assert!(answers["place"]["point"].is_null());
        assert_eq!(answers["place"]["address"], "Лесная, 12");
        // A point that stood in the place of an address in a draft of before gives way to a new one.
        answers["place"]["address"] = "57.10000, 40.10000".into();
        press(&at((40.5, 57.5)), &mut answers).unwrap();
        assert!(answers["place"]["address"].is_null());
        let enter = [
            ("place.map.x", "0".to_owned()),
            ("place.map.y", "0".to_owned()),
        ];
        assert_eq!(press(&enter, &mut answers), None);
        let nearer = press(&[("place.map.zoom", "in".to_owned())], &mut answers).unwrap();
        assert_eq!(nearer.view.closer, 1);

        let (status, svg) = house
            .get("", &format!("/map.svg?view={view}&mark=40.5,57.5"))
            .await;
        assert_eq!(status, StatusCode::OK);
        assert!(
            svg.contains("<circle") && svg.contains("&#60;town&#62;") && !svg.contains("<town>")
        );
        for odd in [
            "/map.svg",
            "/map.svg?view=&mark=",
            "/map.svg?view=nan,1,1,1&mark=inf,1",
        ] {
            assert_eq!(house.get("", odd).await.0, StatusCode::OK, "{odd}");
        }
    }
}

#[test]
fn a_definition_survives_the_editor() {
    for text in catalog::BUILT_IN {
        let definition = Definition::from_toml(text).unwrap();
        let typed = definition.to_toml().replace('\n', "\r\n");
        assert_eq!(Definition::from_toml(&typed).unwrap(), definition);
    }
}
