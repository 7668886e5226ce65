//! Starting: what is refused, with one sentence and exit code 1, and what works beside a server
//! that runs.

use std::fs;
use std::time::Instant;

use crate::support::{Filed, House, Said, command_at, on_both, said_by};

/// Refused as the contract says: exit code 1 and one sentence on standard error.
fn assert_refused(said: &Said, because: &str) {
    assert_eq!(said.code, 1, "{said:?}");
    // The log may stand there too; the sentence is the last line, and the only one of its kind.
    let sentences: Vec<&str> = said
        .err
        .lines()
        .filter(|line| line.starts_with("okno: "))
        .collect();
    assert_eq!(sentences.len(), 1, "{said:?}");
    assert_eq!(
        said.err.trim_end().lines().last(),
        sentences.first().copied(),
        "{said:?}"
    );
    assert!(sentences[0].contains(because), "{said:?}");
    assert!(!said.err.contains("panicked"), "{said:?}");
}

#[test]
fn a_demo_does_not_listen_beyond_this_machine() {
    on_both(|house| {
        let everywhere = ["serve", "--listen", "0.0.0.0:0"];
        assert_refused(&house.run(&everywhere), "demo");
        // It is no matter of the first start alone.
        assert!(house.start().stop().success());
        assert_refused(&house.run(&everywhere), "127.0.0.1");
        assert_refused(&house.run(&["serve", "--listen", "[::]:0"]), "demo");
        assert!(house.start().stop().success());
    });
}

#[test]
fn keys_of_another_installation_are_refused() {
    on_both(|house| {
        let server = house.start();
        Filed::file(&mut server.client(), 1, "one");
        assert!(server.stop().success());
        let other = House::sqlite();
        assert!(other.start().stop().success());
        let url = house.database().map(|database| database.url().to_owned());
        let with_keys = |keys: &std::path::Path, words: &[&str]| {
            said_by(
                command_at(
                    &house.data(),
                    keys,
                    &house.path("okno.toml"),
                    url.as_deref(),
                    words,
                ),
                "",
            )
        };
        let serve = ["serve", "--listen", "127.0.0.1:0"];
        assert_refused(&with_keys(&other.keys(), &serve), "key");
        assert_refused(&with_keys(&other.keys(), &["log", "fsck"]), "key");
        // An empty folder is no reason to make new keys for an old store.
        let empty = house.path("empty");
        assert_refused(&with_keys(&empty, &serve), "");
        let made = fs::read_dir(&empty)
            .map(Iterator::count)
            .unwrap_or_default();
        assert_eq!(made, 0, "nothing was made in it");
        assert!(house.start().stop().success());
        house.assert_sound("after wrong keys");
    });
}

#[test]
fn an_account_is_made_beside_a_running_server() {
    on_both(|house| {
        let server = house.start();
        let words = |email: &'static str, unit: &'static str| {
            [
                "user",
                "add",
                "--email",
                email,
                "--role",
                "specialist",
                "--unit",
                unit,
                "--password-stdin",
            ]
        };
        let password = "a long enough secret 71";
        let said = house.run_saying(&words("new@okno.example", "roads.repair"), password);
        assert_eq!(said.code, 0, "{said:?}");
        server.client().sign_in("new@okno.example", password);
        assert_refused(
            &house.run_saying(&words("new@okno.example", "roads.repair"), password),
            "",
        );
        assert_refused(
            &house.run_saying(&words("other@okno.example", "nowhere"), password),
            "",
        );
        assert_refused(
            &house.run_saying(&words("other@okno.example", "roads.repair"), "short"),
            "",
        );
        assert_refused(
            &house.run_saying(&words("no e-mail", "roads.repair"), password),
            "",
        );
        assert!(server.stop().success());
        house.assert_sound("after accounts");
    });
}

#[test]
fn settings_that_make_no_sense_are_named() {
    let house = House::sqlite();
    for (toml, named) in [
        ("lissten = 1", "lissten"),
        ("zone = \"Europe/Atlantis\"", "Atlantis"),
        ("opens = \"18:00\"\ncloses = \"09:00\"", "opens"),
        ("listen = \"everywhere\"", "listen"),
        ("= ", "okno.toml"),
    ] {
        house.configure(toml);
        assert_refused(&house.run(&["serve", "--listen", "127.0.0.1:0"]), named);
    }
    assert!(!house.data().exists(), "nothing was made");
}

#[test]
fn a_taken_address_and_an_absent_database_are_named() {
    let house = House::sqlite();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    assert_refused(
        &house.run(&["serve", "--bare", "--listen", &address]),
        &address,
    );
    let mut command = house.command(&["serve", "--bare", "--listen", "127.0.0.1:0"]);
    command.env("OKNO_DATABASE_URL", "postgres://nobody@127.0.0.1:1/none");
    assert_refused(&said_by(command, ""), "");
}

#[test]
fn a_bare_start_has_nobody_in_it() {
    on_both(|house| {
        let command = house.command(&["serve", "--bare", "--listen", "127.0.0.1:0"]);
        let server = crate::support::Server::start(command, &house.path("log"));
        println!(
            "{}: bare, ready after {} ms",
            house.name(),
            server.ready_after.as_millis()
        );
        assert!(!server.log().contains("demo sign-in"));
        assert_eq!(house.raw().number("SELECT count(*) FROM account"), 0);
        assert!(server.stop().success());
        house.assert_sound("after a bare start");
    });
}

#[test]
fn a_start_is_ready_and_a_stop_is_soft() {
    on_both(|house| {
        let first = house.start();
        let (founded, log) = (first.ready_after, first.log());
        assert!(first.stop().success());
        let again = house.start();
        println!(
            "{}: ready after {} ms with the demo founded, {} ms again",
            house.name(),
            founded.as_millis(),
            again.ready_after.as_millis()
        );
        assert!(log.contains("demo sign-in: anna@okno.example / "), "{log}");
        let began = Instant::now();
        let status = again.stop();
        assert!(status.success(), "{}: {status}", house.name());
        println!(
            "{}: stopped after {} ms",
            house.name(),
            began.elapsed().as_millis()
        );
    });
}
