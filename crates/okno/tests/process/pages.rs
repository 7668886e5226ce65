//! Every page that can be met on the way of a case opens, for everybody who may see it, on both
//! databases: a query that only one of them understands shows here.

use crate::support::{Client, Filed, House, Server, on_both};

/// Opens pages and gives those that failed by our fault or are not there.
fn open(client: &mut Client, who: &str, pages: &[String], failed: &mut Vec<String>) {
    for page in pages {
        let answer = client.get(page).unwrap();
        if answer.status != 200 {
            failed.push(format!("{who}: {page}: {}", answer.status));
        }
    }
}

fn texts(pages: &[&str]) -> Vec<String> {
    pages.iter().map(|page| (*page).to_owned()).collect()
}

fn signed_in(server: &Server, email: &str) -> Client {
    let mut client = server.client();
    client.sign_in(email, &House::demo_password(server));
    client
}

#[test]
fn every_page_of_the_thread_opens_on_both_databases() {
    on_both(|house| {
        let server = house.start();
        let mut failed = Vec::new();
        let mut guest = server.client();
        let case = Filed::file(&mut guest, 1, "one");
        let number = &case.latin;

        let mut public = texts(&[
            "/",
            "/file/complaint",
            "/file/proposal",
            "/file/information",
            "/status",
            "/register",
            "/register?state=in_work",
            "/register?category=roads.surface",
            "/register?unit=roads.repair",
            "/verify",
            "/sign-in",
            "/sign-up",
            "/healthz",
            "/readyz",
            "/metrics",
            "/openapi.json",
            "/log/checkpoint",
            "/api/v1/register",
            "/api/v1/services",
            "/api/v1/categories",
            "/api/v1/units",
            "/api/v1/territories",
            "/api/v1/register?unit=roads.repair&category=roads.surface&state=in_work",
        ]);
        public.push(format!("/register/{number}"));
        public.push(format!("/status?number={number}"));
        public.push(case.location.clone());
        // The log is sealed within a second.
        while guest.get("/log/checkpoint").unwrap().status == 404 {
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
        open(&mut guest, "guest", &public, &mut failed);

        let typed = [
            ("number", case.number.as_str()),
            ("code", case.return_code.as_str()),
        ];
        assert_eq!(guest.post_form("/status", &typed).unwrap().status, 303);
        let at = |page: &str| format!("/cases/{number}{page}");
        let own = ["", "/receipt", "/receipt.txt", "/why", "/history"].map(at);
        open(&mut guest, "the one who filed", &own, &mut failed);

        let mut applicant = signed_in(&server, "anna@okno.example");
        open(
            &mut applicant,
            "applicant",
            &texts(&["/cabinet", "/profile", "/", "/file/complaint"]),
            &mut failed,
        );

        let mut desk = texts(&["/desk", "/desk?view=mine", "/desk?view=unit", "/profile"]);
        desk.push(format!("/desk?q={number}"));
        desk.push(format!("/desk/{number}"));
        desk.push(case.location.clone());
        let mut specialist = signed_in(&server, "roads@okno.example");
        open(&mut specialist, "specialist", &desk, &mut failed);
        desk.push("/desk?view=agreement".to_owned());
        let mut head = signed_in(&server, "roads.head@okno.example");
        open(&mut head, "head", &desk, &mut failed);

        assert!(
            failed.is_empty(),
            "{}: {failed:#?}\n{}",
            house.name(),
            server.problems()
        );
        assert!(server.stop().success());
    });
}

/// What stands in a page between two texts, the first time.
fn between<'a>(page: &'a str, before: &str, after: &str) -> &'a str {
    let (_, rest) = page
        .split_once(before)
        .unwrap_or_else(|| panic!("{before}: {page}"));
    rest.split_once(after).unwrap().0
}

#[test]
fn ticks_stay_when_the_list_of_several_goes_on() {
    on_both(|house| {
        let server = house.start();
        let mut guest = server.client();
        for n in 0..31 {
            Filed::file(&mut guest, n, &format!("several-{n}"));
        }
        let mut olga = signed_in(&server, "roads.head@okno.example");
        let list = "/desk/several?view=unit&order=newest";
        let first = olga.get(list).unwrap().text();
        let number = between(&first, "name=\"case\" value=\"", "\"").to_owned();
        let next = between(&first, "name=\"go\" value=\"", "\"").to_owned();
        assert!(!next.is_empty());
        let ticked = [("case", number.as_str()), ("go", next.as_str())];
        let second = olga.post_form(list, &ticked).unwrap();
        assert_eq!(second.status, 200);
        let second = second.text();
        let kept = format!("<input type=\"hidden\" name=\"case\" value=\"{number}\">");
        assert!(second.contains(&kept), "{second}");
        assert_ne!(
            between(&second, "type=\"checkbox\" name=\"case\" value=\"", "\""),
            number
        );
        // Back at the beginning it is ticked in its own row.
        let back = [("case", number.as_str()), ("go", "")];
        let again = olga.post_form(list, &back).unwrap().text();
        assert!(
            again.contains(&format!("value=\"{number}\" checked")),
            "{again}"
        );
        assert!(!again.contains(&kept));
        assert!(server.stop().success());
    });
}
