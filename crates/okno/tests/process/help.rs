//! Help is updated together with what it tells of: a route without a topic fails here, and every
//! page that opens shows the way to its own topic.

use crate::support::{Filed, House, Route, on_both, routes};

/// Addresses that programs and browsers read, and people do not: files, streams, papers, data.
const NO_PAGES: &[&str] = &[
    "/api/",
    "/app.webmanifest",
    "/assets/",
    "/log/",
    "/proofs/",
    "/docs/api.md",
    "/docs/client.py",
    "/docs/proof-format.md",
    "/docs/verify.py",
    "/favicon.svg",
    "/robots.txt",
    "/healthz",
    "/readyz",
    "/metrics",
    "/openapi.json",
    "/lang/{tag}",
];

fn is_page(route: &str) -> bool {
    let ending = route.rsplit('/').next().unwrap_or_default();
    let last = ending.rsplit('.').next().unwrap_or_default();
    let is_file =
        ending.contains('.') && ["js", "txt", "pdf", "svg", "csv", "json", "atom"].contains(&last);
    let is_shown_in_place =
        ["live", "view", "small", "{file}"].contains(&ending) || route.ends_with("/documents/{id}");
    !is_file && !is_shown_in_place && !NO_PAGES.iter().any(|known| route.starts_with(known))
}

/// The pages that the sources name, without what only takes what is sent.
pub(crate) fn pages() -> Vec<Route> {
    let all = routes().into_iter();
    all.filter(|route| route.method == "GET").collect()
}

#[test]
fn every_page_has_its_topic_of_help() {
    let routes = pages();
    assert!(routes.len() > 80, "only {} routes were found", routes.len());
    let missing: Vec<String> = routes
        .iter()
        .filter(|one| is_page(&one.address) && web::help::topic_of(&one.address).is_none())
        .map(|Route { address, file, .. }| {
            format!(
                "{address} ({}) has no help. Add it to a topic in crates/web/src/help.rs and say there, in \
                 crates/web/locales/help/, what is new.",
                file.display()
            )
        })
        .collect();
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

#[test]
fn help_tells_of_no_page_that_is_gone() {
    let routes: Vec<String> = pages().into_iter().map(|one| one.address).collect();
    // Addresses that stand in the source as constants.
    let constants = ["/cabinet/notices/settings", "/admin/templates"];
    for topic in web::help::TOPICS {
        for route in topic.routes {
            let known = match route.strip_suffix('…') {
                Some(above) => routes.iter().any(|route| route.starts_with(above)),
                None => routes.iter().any(|known| known == route) || constants.contains(route),
            };
            assert!(known, "{} tells of {route}, which is no route", topic.name);
        }
    }
}

#[test]
fn pages_show_the_way_to_their_help() {
    on_both(|house| {
        let server = house.start();
        let mut guest = server.client();
        let case = Filed::file(&mut guest, 1, "one");
        let number = &case.latin;
        let mut staff = server.client();
        staff.sign_in("roads@okno.example", &House::demo_password(&server));
        let mut failed = Vec::new();
        for (page, topic) in [
            ("/".to_owned(), "start"),
            ("/file/complaint".to_owned(), "file"),
            ("/status".to_owned(), "status"),
            ("/register".to_owned(), "register"),
            (format!("/register/{number}"), "register"),
            ("/verify".to_owned(), "verify"),
            ("/desk".to_owned(), "desk"),
            (format!("/desk/{number}"), "desk-case"),
            (format!("/cases/{number}"), "case"),
            (format!("/cases/{number}/why"), "why"),
            ("/profile".to_owned(), "profile"),
            ("/no-such-page".to_owned(), "start"),
        ] {
            let answer = staff.get(&page).unwrap();
            if !answer.text().contains(&format!("href=\"/help/{topic}\"")) {
                failed.push(format!(
                    "{page} ({}) does not lead to {topic}",
                    answer.status
                ));
            }
        }
        for topic in web::help::TOPICS {
            let answer = guest.get(&format!("/help/{}", topic.name)).unwrap();
            if answer.status != 200 {
                failed.push(format!("/help/{}: {}", topic.name, answer.status));
            }
        }
        assert!(failed.is_empty(), "{}: {failed:#?}", house.name());
        assert!(server.stop().success());
    });
}
