//! R9: whoever comes while Okno is being restarted is served, when a service manager holds the
//! socket: nothing is refused, cut off or lost.

use std::fs;
use std::io::{BufReader, Write};
use std::net::{SocketAddr, TcpListener};
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::thread::{scope, sleep};
use std::time::Duration;

use crate::support::{Client, Filed, House, filing, on_both, read_answer};

/// What one visitor met: the numbers that were given, and everything that went wrong.
#[derive(Default)]
struct Met {
    pages: usize,
    filed: Vec<Filed>,
    troubles: Vec<String>,
}

/// Comes again and again, each time over a new connection, until told to stop.
fn visit(address: SocketAddr, visitor: u64, over: &AtomicBool) -> Met {
    let mut met = Met::default();
    let mut turn = 0;
    while !over.load(Relaxed) {
        turn += 1;
        match Client::new(address).get("/") {
            Ok(answer) if answer.status == 200 => met.pages += 1,
            other => met.troubles.push(format!("a page: {other:?}")),
        }
        let n = visitor * 100_000 + turn;
        let key = format!("restart-{n}");
        match Client::new(address).file(&filing(n), &key) {
            Ok(answer) if answer.status == 201 => met.filed.push(Filed::of(&answer)),
            other => met.troubles.push(format!("a filing: {other:?}")),
        }
    }
    met
}

/// Connects while the server stands and asks just after it was told to stop.
fn ask_late(address: SocketAddr) -> u16 {
    let mut stream = Client::connect(address).unwrap();
    sleep(Duration::from_millis(140));
    stream
        .write_all(b"GET / HTTP/1.1\r\nhost: okno\r\nconnection: close\r\n\r\n")
        .unwrap();
    read_answer(&mut BufReader::new(stream)).unwrap().status
}

fn assert_nobody_is_refused(house: &House) {
    let socket = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = socket.local_addr().unwrap();
    let over = AtomicBool::new(false);
    let mut server = house.start_on(&socket);
    let mut said = String::new();
    assert_eq!(
        server.address, address,
        "it listens on the socket that it was handed"
    );
    let (met, (server, said)): (Vec<Met>, _) = scope(|threads| {
        let over = &over;
        let visitors: Vec<_> = (1..=3)
            .map(|visitor| threads.spawn(move || visit(address, visitor, over)))
            .collect();
        for _ in 0..3 {
            sleep(Duration::from_millis(400));
            let late = threads.spawn(move || ask_late(address));
            sleep(Duration::from_millis(100));
            assert!(server.stop().success());
            said.push_str(&fs::read_to_string(house.path("log")).unwrap());
            assert_eq!(
                late.join().unwrap(),
                200,
                "a request over a connection already taken"
            );
            // Connections wait in the queue of the socket meanwhile.
            sleep(Duration::from_millis(100));
            server = house.start_on(&socket);
        }
        sleep(Duration::from_millis(400));
        over.store(true, Relaxed);
        let met = visitors.into_iter().map(|one| one.join().unwrap());
        (met.collect(), (server, said))
    });
    let pages: usize = met.iter().map(|met| met.pages).sum();
    let filed: Vec<&Filed> = met.iter().flat_map(|met| &met.filed).collect();
    println!(
        "{}: {pages} pages, {} filings, 3 restarts",
        house.name(),
        filed.len()
    );
    let troubles: Vec<&String> = met.iter().flat_map(|met| &met.troubles).collect();
    let errors: Vec<&str> = said.lines().filter(|line| line.contains("ERROR")).collect();
    assert!(
        troubles.is_empty(),
        "{}: {troubles:#?}\n{errors:#?}",
        house.name()
    );
    assert!(pages >= 30 && filed.len() >= 30, "there was a load at all");
    let mut client = server.client();
    for one in filed {
        assert_eq!(
            client.get(&one.location).unwrap().status,
            200,
            "{}",
            one.number
        );
    }
    assert!(server.stop().success());
    house.assert_sound("after three restarts");
}

#[test]
fn nobody_is_refused_while_it_restarts_behind_a_held_socket() {
    on_both(assert_nobody_is_refused);
}
