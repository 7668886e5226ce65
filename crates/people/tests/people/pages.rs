//! The pages as a browser meets them, inside the layers of `web`.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use axum::routing::get;
use base::{Actor, Language, Role};
use people::{Visitor, WORDS};
use tower::ServiceExt as _;
use web::{Shell, Words};

use crate::house::{House, PASSWORD, houses, sign_up, user};

/// An answer, read to its end.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn location(&self) -> &str {
        self.headers
            .get("location")
            .map_or("", |value| value.to_str().unwrap())
    }

    /// The session cookie as the browser sends it back.
    pub(crate) fn session(&self) -> Option<String> {
        self.cookie("session=")
    }

    /// A cookie as the browser sends it back.
    pub(crate) fn cookie(&self, start: &str) -> Option<String> {
        self.headers
            .get_all("set-cookie")
            .iter()
            .filter_map(|value| value.to_str().unwrap().split(';').next())
            .find(|pair| pair.starts_with(start))
            .map(str::to_owned)
    }
}

pub(crate) struct Browser {
    router: Router,
    pub(crate) cookie: String,
}

impl Browser {
    pub(crate) fn of(house: &House) -> Self {
        let words = Words::new(&[WORDS]).unwrap();
        let shell = Shell::new(
            web::Settings::default(),
            words,
            house.clock.clone(),
            || true,
            || None,
        );
        let whoami = async |visitor: Visitor| {
            format!(
                "{} {}",
                visitor.actor.journal_text(),
                visitor.viewer.is_some()
            )
        };
        let router = web::router()
            .merge(people::pages::router())
            .merge(people::pages::admin::router(people::pages::admin::Frame {
                sections: people::pages::admin::SECTIONS.to_vec(),
                settings: Vec::new(),
                work: people::pages::admin::Work::default(),
            }))
            .route("/whoami", get(whoami));
        let router = people::visitor::layer(router, house.people.clone());
        Self {
            router: web::layers(router, &shell),
            cookie: String::new(),
        }
    }

    async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, 1_000_000).await.unwrap();
        Answer {
            status: parts.status,
            headers: parts.headers,
            body: String::from_utf8(bytes.to_vec()).unwrap(),
        }
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        let request = Request::get(path).header("cookie", &self.cookie);
        self.send(request.body(Body::empty()).unwrap()).await
    }

    pub(crate) async fn post(&self, path: &str, form: &str) -> Answer {
        let request = Request::post(path)
            .header("cookie", &self.cookie)
            .header("sec-fetch-site", "same-origin")
            .header("content-type", "application/x-www-form-urlencoded");
        self.send(request.body(Body::from(form.to_owned())).unwrap())
            .await
    }
}

pub(crate) fn encoded(pairs: &[(&str, &str)]) -> String {
    let mut form = String::new();
    for (name, value) in pairs {
        write!(form, "&{name}=").unwrap();
        for byte in value.bytes() {
            write!(form, "%{byte:02X}").unwrap();
        }
    }
    form.split_off(1)
}

fn sign_up_form(email: &str) -> String {
    encoded(&[
        ("last_name", "Смирнова"),
        ("first_name", "Анна"),
        ("middle_name", ""),
        ("email", email),
        ("password", PASSWORD),
        ("consent", "yes"),
        ("next", "/file/complaint?step=1"),
    ])
}

#[tokio::test]
async fn a_guest_signs_up_signs_in_and_comes_back_to_where_they_were() {
    for house in houses() {
        let mut browser = Browser::of(&house);
        let profile = browser.get("/profile").await;
        assert_eq!(profile.status, StatusCode::SEE_OTHER);
        assert_eq!(profile.location(), "/sign-in?next=/profile");

        let done = browser
            .post("/sign-up", &sign_up_form("anna@example.ru"))
            .await;
        assert_eq!(done.status, StatusCode::SEE_OTHER);
        assert!(done.session().is_none(), "signing up signs nobody in");
        let sign_in = browser.get(done.location()).await;
        assert_eq!(sign_in.status, StatusCode::OK);
        assert!(
            sign_in.body.contains("value=\"/file/complaint?step=1\""),
            "{}",
            sign_in.body
        );

        let form = encoded(&[
            ("email", "anna@example.ru"),
            ("password", PASSWORD),
            ("next", "/file/complaint?step=1"),
        ]);
        let signed_in = browser.post("/sign-in", &form).await;
        assert_eq!(signed_in.status, StatusCode::SEE_OTHER);
        assert_eq!(signed_in.location(), "/file/complaint?step=1");
        browser.cookie = signed_in.session().unwrap();

        let who = browser.get("/whoami").await;
        assert!(
            who.body.starts_with("account:") && who.body.ends_with("true"),
            "{}",
            who.body
        );
        let profile = browser.get("/profile").await;
        assert_eq!(profile.status, StatusCode::OK);
        assert!(profile.body.contains("value=\"Смирнова\""));
        assert!(profile.body.contains("a•••@example.ru"));
        assert!(!profile.body.contains("anna@example.ru"));
        assert_eq!(profile.headers["cache-control"], "no-store");
        // Who is signed in already has nothing to do there.
        assert_eq!(browser.get("/sign-in").await.location(), "/cabinet");

        // A page that is not there knows them too.
        let missing = browser.get("/nowhere").await;
        assert_eq!(missing.status, StatusCode::NOT_FOUND);
        assert!(missing.body.contains("Анна С."));

        let out = browser.post("/sign-out", "").await;
        assert_eq!(out.location(), "/");
        assert_eq!(out.session().unwrap(), "session=");
        assert_eq!(browser.get("/whoami").await.body, "guest false");
    }
}

#[tokio::test]
async fn a_taken_email_and_a_free_one_get_the_same_page() {
    for house in houses() {
        let browser = Browser::of(&house);
        let first = browser
            .post("/sign-up", &sign_up_form("anna@example.ru"))
            .await;
        let second = browser
            .post("/sign-up", &sign_up_form("anna@example.ru"))
            .await;
        assert_eq!(first.status, second.status);
        assert_eq!(first.location(), second.location());
        assert_eq!(first.body, second.body);
        let names = |answer: &Answer| -> BTreeSet<String> {
            answer.headers.keys().map(ToString::to_string).collect()
        };
        assert_eq!(names(&first), names(&second));
        assert_eq!(house.count("account").await, 1);
    }
}

#[tokio::test]
async fn mistakes_stand_beside_the_fields_and_what_was_typed_stays() {
    for house in houses() {
        let browser = Browser::of(&house);
        let form = encoded(&[
            ("last_name", "<script>alert(1)</script>"),
            ("first_name", ""),
            ("email", "нет адреса"),
            ("password", "коротко"),
        ]);
        let page = browser.post("/sign-up", &form).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(!page.body.contains("<script>alert"), "escaped");
        assert!(page.body.contains("alert(1)"), "what was typed stays");
        assert!(page.body.contains("нет адреса"));
        assert!(
            !page.body.contains("коротко\""),
            "the password does not come back"
        );
        for (field, said) in [
            ("first_name", "Напишите имя"),
            ("email", "Напишите адрес целиком"),
            ("password", "Пароль короче 12 знаков"),
            ("consent", "Отметьте согласие"),
        ] {
            assert!(
                page.body.contains(&format!("id=\"f-{field}-wrong\"")),
                "{field}"
            );
            assert!(
                page.body.contains(&format!("href=\"#f-{field}\"")),
                "{field}"
            );
            assert!(page.body.contains(said), "{said}");
        }
        assert!(!page.body.contains("«people-"));

        let page = browser
            .post(
                "/sign-in",
                &encoded(&[("email", "anna@example.ru"), ("password", "не тот")]),
            )
            .await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.body.contains("Почта или пароль не подходят"));
        assert!(page.body.contains("value=\"anna@example.ru\""));
        assert!(!page.body.contains("не тот\""));
    }
}

#[tokio::test]
async fn the_consent_is_shown_before_it_is_asked_for() {
    for house in houses() {
        let browser = Browser::of(&house);
        let page = browser.get("/sign-up").await;
        let text = house.people.consent(Language::Ru).unwrap().text;
        assert!(page.body.contains(&text));
        let shown = page.body.find("consent-text").unwrap();
        let asked = page.body.find("name=\"consent\"").unwrap();
        assert!(shown < asked);
    }
}

#[tokio::test]
async fn nobody_is_sent_to_another_site() {
    for house in houses() {
        house
            .people
            .sign_up(&crate::house::guest(), sign_up("anna@example.ru"))
            .await
            .unwrap();
        let browser = Browser::of(&house);
        let form = encoded(&[
            ("email", "anna@example.ru"),
            ("password", PASSWORD),
            ("next", "//evil.example/x"),
        ]);
        assert_eq!(browser.post("/sign-in", &form).await.location(), "/cabinet");
        let page = browser.get("/sign-in?next=https://evil.example/").await;
        assert!(!page.body.contains("value=\"https://evil"));
    }
}

#[tokio::test]
async fn staff_land_at_their_desk_and_an_old_session_does_not_survive() {
    for house in houses() {
        house.with_units().await;
        let new = user("boris@example.ru", Role::Specialist, Some("roads"));
        house
            .people
            .add_user_blocking(&Actor::system("user add"), &new)
            .unwrap();
        let mut browser = Browser::of(&house);
        let form = encoded(&[("email", "boris@example.ru"), ("password", PASSWORD)]);
        let first = browser.post("/sign-in", &form).await;
        assert_eq!(first.location(), "/desk");
        browser.cookie = first.session().unwrap();
        let second = browser.post("/sign-in", &form).await;
        assert_ne!(first.session(), second.session());
        assert_eq!(house.count("session").await, 1);
        assert_eq!(browser.get("/whoami").await.body, "guest false");
        browser.cookie = second.session().unwrap();
        let out = browser.post("/profile/sign-out-everywhere", "").await;
        assert_eq!(out.status, StatusCode::SEE_OTHER);
        assert_eq!(house.count("session").await, 0);
    }
}

#[tokio::test]
async fn a_forged_form_changes_nothing() {
    for house in houses() {
        let browser = Browser::of(&house);
        let request = Request::post("/sign-up")
            .header("sec-fetch-site", "cross-site")
            .header("content-type", "application/x-www-form-urlencoded")
            .body(Body::from(sign_up_form("anna@example.ru")))
            .unwrap();
        assert_eq!(browser.send(request).await.status, StatusCode::FORBIDDEN);
        assert_eq!(house.count("account").await, 0);
    }
}

#[tokio::test]
async fn signing_up_in_a_row_from_one_address_has_an_end() {
    for house in houses() {
        let browser = Browser::of(&house);
        for n in 0..5 {
            // Mistakes cost nothing.
            let wrong = browser.post("/sign-up", "").await;
            assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
            let form = sign_up_form(&format!("anna{n}@example.ru"));
            assert_eq!(
                browser.post("/sign-up", &form).await.status,
                StatusCode::SEE_OTHER
            );
        }
        let refused = browser
            .post("/sign-up", &sign_up_form("anna6@example.ru"))
            .await;
        assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
        assert!(refused.headers.contains_key("retry-after"));
    }
}

/// The names of the messages in a word file.
fn keys(language: Language) -> BTreeSet<String> {
    let (_, text) = WORDS.iter().find(|(tag, _)| *tag == language).unwrap();
    text.lines()
        .filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()))
        .filter_map(|line| line.split_once(" ="))
        .map(|(key, _)| key.to_owned())
        .collect()
}

#[test]
fn every_word_is_there_in_both_languages_and_is_used() {
    let ru = keys(Language::Ru);
    assert_eq!(ru, keys(Language::En));
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut sources = String::new();
    let mut folders = vec![root.join("src"), root.join("templates")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                sources.push_str(&std::fs::read_to_string(path).unwrap());
            }
        }
    }
    // Keys that are put together from a code.
    let families = [
        "people-letter-",
        "people-act-",
        "people-kind-",
        "people-job-",
        "people-setting-",
        "people-unit-kind-",
        "people-token-scope-",
    ];
    let mut used = BTreeSet::new();
    for part in sources.split("\"people-").skip(1) {
        let key = part.split('"').next().unwrap();
        if !key.contains('.') {
            used.insert(format!("people-{key}"));
        }
    }
    used.extend(
        people::access::table()
            .iter()
            .map(|right| format!("people-permission-{}", right.code)),
    );
    used.extend(
        Role::ALL
            .iter()
            .map(|role| format!("people-role-{}", role.code())),
    );
    let is_of_family = |key: &&String| families.iter().any(|start| key.starts_with(start));
    let unused: Vec<&String> = ru
        .difference(&used)
        .filter(|key| !is_of_family(key))
        .collect();
    assert_eq!(unused, Vec::<&String>::new(), "words that nothing says");
    let lacking: Vec<&String> = used
        .difference(&ru)
        .filter(|key| !key.ends_with(|c: char| !c.is_ascii_alphanumeric()) && !key.contains('{'))
        .filter(|key| {
            ![
                "people-act",
                "people-kind",
                "people-job",
                "people-setting",
                "people-act-field",
                "people-act-value",
            ]
            .contains(&key.as_str())
        })
        // Names of templates.
        .filter(|key| !root.join("templates").join(format!("{key}.html")).exists())
        .collect();
    assert_eq!(lacking, Vec::<&String>::new(), "words that are not there");
}
