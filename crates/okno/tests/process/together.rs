//! Several at once: two specialists who take the same case, and one request that is sent many
//! times. One of them succeeds or all get the same; nothing is doubled.

use std::thread;

use crate::support::{Answer, Client, Filed, House, Server, filing, on_both};

/// Repeats of one request that are under way together.
const REPEATS: usize = 50;

/// A second specialist for the demo's road repair unit, who has only one.
fn add_colleague(house: &House) -> (&'static str, &'static str) {
    let (email, password) = ("second@okno.example", "a long enough secret 71");
    let words = [
        "user",
        "add",
        "--email",
        email,
        "--role",
        "specialist",
        "--unit",
        "roads.repair",
        "--name",
        "Вторая Мария Ивановна",
        "--password-stdin",
    ];
    let said = house.run_saying(&words, password);
    assert_eq!(said.code, 0, "{said:?}");
    (email, password)
}

fn specialists(house: &House, server: &Server) -> [Client; 2] {
    let (email, password) = add_colleague(house);
    let demo = House::demo_password(server);
    let mut both = [server.client(), server.client()];
    both[0].sign_in("roads@okno.example", &demo);
    both[1].sign_in(email, password);
    both
}

/// Both send the same form in the same moment.
fn at_once(both: &mut [Client; 2], path: &str, fields: &[(&str, &str)]) -> Vec<Answer> {
    thread::scope(|scope| {
        let sent: Vec<_> = both
            .iter_mut()
            .map(|client| scope.spawn(move || client.post_form(path, fields).unwrap()))
            .collect();
        sent.into_iter().map(|one| one.join().unwrap()).collect()
    })
}

#[test]
fn two_specialists_take_one_case_and_one_of_them_has_it() {
    on_both(|house| {
        let server = house.start();
        let mut both = specialists(house, &server);
        for n in 0..10 {
            let filed = Filed::file(&mut server.client(), n, &format!("case-{n}"));
            let path = format!("/desk/{}/take", filed.latin);
            let mut answers = at_once(&mut both, &path, &[]);
            answers.sort_by_key(|answer| answer.status);
            let statuses: Vec<u16> = answers.iter().map(|answer| answer.status).collect();
            assert_eq!(
                statuses,
                [303, 422],
                "{}: {}",
                house.name(),
                server.problems()
            );
            let told = answers[1].text();
            assert!(
                told.contains("уже взял другой специалист") || told.contains("уже изменил"),
                "{told}"
            );
        }
        let mut raw = house.raw();
        assert_eq!(
            raw.number("SELECT count(*) FROM case_assignment"),
            10,
            "{}",
            house.name()
        );
        assert_eq!(
            raw.number("SELECT count(*) FROM journal WHERE action = 'case.taken'"),
            10
        );
        assert!(server.stop().success());
        house.assert_sound("after two at once");
    });
}

#[test]
fn a_request_sent_fifty_times_at_once_files_one_case() {
    on_both(|house| {
        let server = house.start();
        let body = filing(1);
        let answers: Vec<Answer> = thread::scope(|scope| {
            let sent: Vec<_> = (0..REPEATS)
                .map(|_| scope.spawn(|| server.client().file(&body, "the-same").unwrap()))
                .collect();
            sent.into_iter().map(|one| one.join().unwrap()).collect()
        });
        for answer in &answers {
            assert_eq!(answer.status, 201, "{}: {answer:?}", house.name());
            assert_eq!(
                answer.body,
                answers[0].body,
                "{}: everybody is told the same",
                house.name()
            );
        }
        assert_eq!(
            house.raw().number("SELECT count(*) FROM case_file"),
            1,
            "{}",
            house.name()
        );

        let other = server.client().file(&filing(2), "the-same").unwrap();
        assert_eq!(other.status, 422, "{other:?}");
        assert_eq!(other.json()["errors"][0]["field"], "Idempotency-Key");
        assert_eq!(
            house.raw().number("SELECT count(*) FROM case_file"),
            1,
            "{}",
            house.name()
        );

        // Without a key each is a filing of its own.
        for _ in 0..2 {
            let kind = [("content-type", "application/json")];
            let answer = server
                .client()
                .ask("POST", "/api/v1/cases", &kind, body.as_bytes())
                .unwrap();
            assert_eq!(answer.status, 201, "{answer:?}");
        }
        assert_eq!(
            house.raw().number("SELECT count(*) FROM case_file"),
            3,
            "{}",
            house.name()
        );
        assert!(server.stop().success());
        house.assert_sound("after repeats");
    });
}
