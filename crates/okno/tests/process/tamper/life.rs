//! A life for a store that is to be spoilt: filings, work, letters, readings whose hours are over.

use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::living::{self, Mailbox};
use crate::support::{Client, Filed, House, Server};

/// How long a server may take for what it does by itself.
const PATIENCE: Duration = Duration::from_mins(1);

/// Filings, work of specialists and heads, letters of guests, works on the ground, decisions by rule,
/// a mailbox, notices of a network: some rows in every table.
pub(super) fn live(house: &House) {
    let mailbox = Mailbox::open();
    house.configure(&mailbox.settings());
    work(house);
    drop(mailbox);
    house.configure("api_burst = 1000000\n");
    let_hours_pass(house);
    // Whoever starts commits at once to the readings of hours that are over.
    let server = house.start();
    let mut raw = house.raw();
    let mut sealed = || raw.number("SELECT count(*) FROM journal WHERE action = 'readings.sealed'");
    let began = Instant::now();
    while sealed() < 2 {
        assert!(began.elapsed() < PATIENCE, "readings are not committed to");
        sleep(Duration::from_millis(50));
    }
    drop(raw);
    await_sealed(&server);
    assert!(server.stop().success());
}

/// Makes the readings hours old, those of one reader older than the others'. The clock of a server
/// cannot be set, and no entry commits to a reading before its hour is over. They stand at the
/// beginning of their hours, so that one moved by a quarter is still in an hour committed to.
fn let_hours_pass(house: &House) {
    let mut raw = house.raw();
    for sql in [
        "UPDATE case_reading SET quarter = quarter - quarter % 4 - 8",
        "UPDATE case_reading SET quarter = quarter - 8 WHERE account_id = \
         (SELECT account_id FROM case_reading ORDER BY account_id LIMIT 1)",
    ] {
        raw.run(sql).unwrap();
    }
    let readers = "SELECT count(DISTINCT account_id) FROM case_reading";
    assert_eq!(raw.number(readers), 2, "a specialist and a head have read");
}

fn work(house: &House) {
    let server = house.start();
    let password = House::demo_password(&server);
    let mut guest = server.client();
    // More than 256 entries in all: from there on the tree has kept nodes.
    let cases: Vec<Filed> = (0..150)
        .map(|n| Filed::file(&mut guest, n, &format!("life-{n}")))
        .collect();
    let (mut specialist, mut head) = (server.client(), server.client());
    specialist.sign_in("roads@okno.example", &password);
    head.sign_in("roads.head@okno.example", &password);
    let words = "Яма будет заделана до конца недели, работы уже начаты.";
    for (n, case) in cases.iter().take(12).enumerate() {
        let at = |what: &str| format!("/desk/{}/{what}", case.latin);
        for staff in [&mut specialist, &mut head] {
            let read = staff.get(&format!("/desk/{}", case.latin)).unwrap();
            assert_eq!(read.status, 200, "{}", read.text());
        }
        done(&mut specialist, &at("take"), &[]);
        done(
            &mut specialist,
            &at("messages"),
            &[("text", "Уточните, пожалуйста, с какой стороны дома яма.")],
        );
        done(
            &mut specialist,
            &at("do/note"),
            &[("text", "Позвонить в подрядную организацию.")],
        );
        // A house allows eight returns by code at once; works and rulings below take three.
        if n % 3 == 0 {
            let typed = [
                ("number", case.number.as_str()),
                ("code", case.return_code.as_str()),
            ];
            done(&mut guest, "/status", &typed);
            done(
                &mut guest,
                &format!("/cases/{}/messages", case.latin),
                &[("text", "Со стороны магазина.")],
            );
        }
        if n % 3 == 0 {
            let answer = [
                ("outcome", "satisfied"),
                ("answer", words),
                ("then", "agreement"),
            ];
            done(&mut specialist, &at("answer"), &answer);
            let decision = if n % 2 == 0 { "agree" } else { "return" };
            done(
                &mut head,
                &at(decision),
                &[("remark", "Назовите срок работ точнее.")],
            );
        }
    }
    living::works(house, &server, &password);
    living::rulings(house, &server, &password);
    living::channels(house, &server, &password);
    assert!(server.stop().success());
}

fn done(client: &mut Client, path: &str, fields: &[(&str, &str)]) {
    let answer = client.post_form(path, fields).unwrap();
    assert_eq!(answer.status, 303, "{path}: {}", answer.text());
}

/// Waits until the log has stopped growing, so that tables of the tree are full.
fn await_sealed(server: &Server) {
    let mut client = server.client();
    let mut size = || {
        client.get("/readyz").unwrap().json()["log_size"]
            .as_u64()
            .unwrap()
    };
    let mut last = (size(), 0);
    while last.0 == 0 || last.1 < 5 {
        sleep(Duration::from_millis(200));
        let now = size();
        last = if now == last.0 {
            (now, last.1 + 1)
        } else {
            (now, 0)
        };
    }
}
