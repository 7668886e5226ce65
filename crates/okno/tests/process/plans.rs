//! No page, no operation and no job walks a table that grows: a town's history is carried over, then
//! everybody opens everything that there is, and the store tells of each statement that looked at
//! more rows than a page needs. While the tables are small such a statement hurts nobody; in a year
//! it stops the town.

use std::collections::BTreeMap;
use std::thread::sleep;
use std::time::Duration;

use serde_json::Value;

use crate::help;
use crate::importing;
use crate::support::{Client, Filed, House, Server};

/// Cases in the store: enough that walking them all cannot be taken for reading a page.
const CASES: u32 = 1_500;

/// What people sort and narrow lists by.
const NARROWED: &[&str] = &[
    "/register?state=closed",
    "/register?category=roads.surface",
    "/register?unit=roads.repair",
    "/register?state=in_work&category=roads.surface&unit=roads.repair",
    "/register?from=2020-11-02&to=2020-11-05",
    "/register?q=%D0%BF%D1%80%D0%BE%D1%82%D0%B5%D1%87%D0%BA%D0%B0",
    "/search?q=%D0%BF%D1%80%D0%BE%D1%82%D0%B5%D1%87%D0%BA%D0%B0",
    "/desk?view=mine",
    "/desk?view=unit",
    "/desk?view=agreement",
    "/desk?view=waiting",
    "/desk?view=overdue",
    "/desk?view=urgent",
    "/desk?view=posting",
    "/desk?view=unit&category=roads",
    "/desk?view=unit&category=roads&service=complaint&state=in_work&free=yes&for_us=yes",
    "/desk?view=unit&order=newest",
    "/desk?view=mine&state=decided&order=newest",
    "/desk?view=agreement&service=complaint",
    "/desk/several?view=unit&state=registered",
    "/desk?view=closed",
    "/desk?q=%D0%9B%D0%B5%D1%81%D0%BD%D0%B0%D1%8F",
    "/api/v1/register?unit=roads.repair&category=roads.surface&state=in_work",
    "/api/v1/desk/cases?view=unit",
    "/problems?state=open&category=roads&unit=roads",
    "/desk/terms?kind=task",
    "/desk/tasks?view=unit",
    "/desk/tasks?view=to_confirm",
    "/desk/tasks?view=ended",
    "/api/v1/problems?state=closed&unit=roads.repair",
    "/api/v1/desk/tasks?view=unit",
];

/// Statements that may walk a table, each with its reason.
const MAY_WALK: &[(&str, &str)] = &[];

/// Every address that answers a GET: pages with the number of a case, operations of the interface.
fn addresses(server: &Server, number: &str) -> Vec<String> {
    let mut found: Vec<String> = help::pages().into_iter().map(|page| page.address).collect();
    let document = server.client().get("/openapi.json").unwrap().json();
    for (path, methods) in document["paths"].as_object().unwrap() {
        if methods.get("get").is_some_and(Value::is_object) {
            found.push(path.clone());
        }
    }
    found.extend(NARROWED.iter().map(|address| (*address).to_owned()));
    let mut filled: Vec<String> = found
        .into_iter()
        .map(|route| route.replace("{number}", number).replace("{code}", "roads"))
        // Streams do not end; what needs other keys is met on the way to it.
        .filter(|route| {
            !route.contains('{') && !route.ends_with("/live") && !route.contains("/events")
        })
        .collect();
    filled.sort();
    filled.dedup();
    filled
}

/// Opens everything; answers how much of it opened.
fn open(mut client: Client, addresses: &[String]) -> usize {
    addresses
        .iter()
        .filter(|address| {
            let answer = client.get(address).unwrap();
            assert!(answer.status < 500, "{address}: {}", answer.status);
            answer.status == 200
        })
        .count()
}

/// The statements that the log tells of, each with its worst line.
fn walks(log: &str) -> BTreeMap<String, String> {
    let mut walks = BTreeMap::new();
    for line in log.lines().filter(|line| line.contains("store::toil")) {
        let (_, text) = line.split_once("text=").unwrap_or(("", line));
        walks.insert(text.to_owned(), line.to_owned());
    }
    walks
}

#[test]
fn nothing_walks_a_table_that_grows() {
    let house = House::sqlite();
    let folder = house.path("set");
    std::fs::create_dir_all(&folder).unwrap();
    importing::set(&folder, CASES);
    // The demo first, so that its staff have the cases of the set beside their own.
    assert!(house.start().stop().success());
    let said = house.run(&["import", "appeals", folder.to_str().unwrap()]);
    assert_eq!(said.code, 0, "{said:?}");

    let server = house.start_with(&[("RUST_LOG", "info,store::toil=debug")]);
    let mut guest = server.client();
    let case = Filed::file(&mut guest, 1, "one");
    let addresses = addresses(&server, &case.latin);
    assert!(addresses.len() > 150, "only {} addresses", addresses.len());
    let mut opened = open(guest, &addresses);
    for email in [
        "anna@okno.example",
        "roads@okno.example",
        "roads.head@okno.example",
        "operator@okno.example",
        "admin@okno.example",
    ] {
        let mut client = server.client();
        client.sign_in(email, &House::demo_password(&server));
        opened += open(client, &addresses);
    }
    assert!(opened > 200, "only {opened} pages opened");
    // Jobs, too: reminders, placing, the index.
    sleep(Duration::from_secs(3));
    let mut walks = walks(&server.log());
    walks.retain(|text, _| !MAY_WALK.iter().any(|(part, _)| text.contains(part)));
    let told: Vec<&String> = walks.values().collect();
    assert!(
        told.is_empty(),
        "{} statements walk tables that grow:\n{}",
        told.len(),
        told.iter()
            .map(|line| format!("{line}\n"))
            .collect::<String>()
    );
    assert!(server.stop().success());
}
