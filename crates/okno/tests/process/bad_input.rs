//! What no client should send: broken HTTP, headers and bodies beyond all bounds, letters in the
//! wrong encoding, text that tricks the eye. Each gets a clear refusal; the server goes on, and
//! nothing is filed by it.

use std::io::{BufReader, Read, Write};
use std::net::{Shutdown, SocketAddr};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::support::{Answer, Client, Filed, House, Server, filing, read_answer};

const JSON: (&str, &str) = ("content-type", "application/json");

/// A running house, and what must hold after each insult.
struct Front {
    house: House,
    server: Server,
}

impl Front {
    fn new() -> Self {
        let house = House::sqlite();
        let server = house.start();
        Self { house, server }
    }

    fn address(&self) -> SocketAddr {
        self.server.address
    }

    fn post(&self, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        self.server
            .client()
            .ask("POST", "/api/v1/cases", headers, body)
            .unwrap()
    }

    /// Everything is as it was: nothing filed, nothing broken, nobody kept waiting.
    fn assert_unmoved(self) {
        let began = Instant::now();
        assert_eq!(self.server.client().get("/healthz").unwrap().status, 200);
        assert!(began.elapsed() < Duration::from_secs(5));
        assert_eq!(self.house.raw().number("SELECT count(*) FROM case_file"), 0);
        assert!(
            !self.server.log().contains("panic"),
            "{}",
            self.server.log()
        );
        Filed::file(&mut self.server.client(), 1, "good");
        assert!(self.server.stop().success());
        self.house.assert_sound("after bad input");
    }
}

/// A refusal in the one shape that errors have here.
fn assert_problem(answer: &Answer, status: u16) -> Value {
    assert_eq!(answer.status, status, "{}", answer.text());
    assert_eq!(
        answer.header("content-type"),
        Some("application/problem+json"),
        "{answer:?}"
    );
    let problem = answer.json();
    for name in ["type", "title", "status"] {
        assert!(!problem[name].is_null(), "{name}: {problem}");
    }
    assert!(!answer.text().contains("serde"), "{problem}");
    problem
}

/// Sends raw bytes and ends; gives what came back.
fn say(address: SocketAddr, bytes: &[u8]) -> Vec<u8> {
    let mut stream = Client::connect(address).unwrap();
    stream
        .set_read_timeout(Some(Duration::from_secs(10)))
        .unwrap();
    // The server may hang up on the way; what it said counts.
    let _ = stream.write_all(bytes);
    let _ = stream.shutdown(Shutdown::Write);
    let mut said = Vec::new();
    let _ = stream.read_to_end(&mut said);
    said
}

#[test]
fn broken_http_is_refused_and_forgotten() {
    let front = Front::new();
    let long_line = format!("GET /{} HTTP/1.1\r\nhost: a\r\n\r\n", "a".repeat(2_000_000));
    let long_header = format!(
        "GET / HTTP/1.1\r\nhost: a\r\nx: {}\r\n\r\n",
        "a".repeat(2_000_000)
    );
    let many = (0..20_000)
        .map(|n| format!("x-{n}: 1\r\n"))
        .collect::<String>();
    let many_headers = format!("GET / HTTP/1.1\r\nhost: a\r\n{many}\r\n");
    let insults: [&[u8]; 12] = [
        b"",
        b"\r\n\r\n",
        b"hello\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET / HTTP/1.1\r\nhost: a\r\nbroken header\r\n\r\n",
        b"POST /api/v1/cases HTTP/1.1\r\nhost: a\r\ncontent-length: -1\r\n\r\n",
        b"POST /api/v1/cases HTTP/1.1\r\nhost: a\r\ncontent-length: 5\r\ncontent-length: 6\r\n\r\nhello!",
        b"POST /api/v1/cases HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n{}\r\n",
        long_line.as_bytes(),
        long_header.as_bytes(),
        many_headers.as_bytes(),
    ];
    for insult in insults {
        let said = say(front.address(), insult);
        let said = String::from_utf8_lossy(&said);
        let refused =
            said.is_empty() || said.starts_with("HTTP/1.1 4") || said.starts_with("HTTP/1.0 4");
        assert!(
            refused,
            "{:.60}: {said:.200}",
            String::from_utf8_lossy(insult)
        );
    }
    front.assert_unmoved();
}

#[test]
fn a_slow_client_holds_up_nobody() {
    let front = Front::new();
    let mut slow = Vec::new();
    for n in 0..100 {
        let mut stream = Client::connect(front.address()).unwrap();
        let head = "POST /api/v1/cases HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\n";
        stream.write_all(head.as_bytes()).unwrap();
        if n % 2 == 0 {
            stream
                .write_all(b"content-length: 1000\r\n\r\n{\"service\":")
                .unwrap();
        }
        slow.push(stream);
    }
    for _ in 0..20 {
        let began = Instant::now();
        assert_eq!(front.server.client().get("/register").unwrap().status, 200);
        assert!(
            began.elapsed() < Duration::from_secs(5),
            "others wait for {:?}",
            began.elapsed()
        );
    }
    // Half a body is no filing, also when the line breaks.
    drop(slow);
    front.assert_unmoved();
}

#[test]
fn a_body_beyond_the_bound_is_not_read_to_its_end() {
    let front = Front::new();
    let large = vec![b' '; 300 * 1024];
    assert_problem(&front.post(&[JSON], &large), 413);
    // Told beforehand: refused before the first byte of it.
    let mut stream = Client::connect(front.address()).unwrap();
    let head = "POST /api/v1/cases HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 99999999999\r\n\r\n";
    stream.write_all(head.as_bytes()).unwrap();
    let answer = read_answer(&mut BufReader::new(stream)).unwrap();
    assert_problem(&answer, 413);
    // Never told: cut off on the way.
    let mut stream = Client::connect(front.address()).unwrap();
    let head = "POST /api/v1/cases HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n";
    stream.write_all(head.as_bytes()).unwrap();
    let chunk = format!("10000\r\n{}\r\n", " ".repeat(0x10000));
    let mut sent = 0;
    while sent < 400 && stream.write_all(chunk.as_bytes()).is_ok() {
        sent += 1;
    }
    assert!(sent < 400, "the server reads on and on");
    // The server may hang up while we still talk; then its refusal is not always heard.
    let page = front
        .server
        .client()
        .post_form("/sign-in", &[("email", &"a".repeat(2 * 1024 * 1024))]);
    assert!(
        page.as_ref().map_or(true, |page| page.status == 413),
        "{page:?}"
    );
    front.assert_unmoved();
}

#[test]
fn bodies_that_cannot_be_read_are_told_why() {
    let front = Front::new();
    let good = filing(1);
    for (body, status) in [
        (&b""[..], 400),
        (b"{", 400),
        (b"null", 422),
        (b"[]", 422),
        (b"{}", 422),
        (b"\"text\"", 422),
        (b"{\"service\":\"complaint\"}{}", 400),
        (b"{\"service\":\"complaint\",\"service\":\"proposal\"}", 422),
        (b"\xff\xfe{\x00}\x00", 400),
        (b"{\"service\": \"\xcf\xf0\xe8\xe2\xe5\xf2\"}", 400),
        (b"{\"service\": \"\\ud800\"}", 400),
    ] {
        assert_problem(&front.post(&[JSON], body), status);
    }
    let deep = "[".repeat(100_000);
    assert_problem(&front.post(&[JSON], deep.as_bytes()), 400);
    for kind in [
        "text/plain",
        "application/json; charset=windows-1251",
        "application/xml",
        "multipart/form-data",
    ] {
        assert_problem(&front.post(&[("content-type", kind)], good.as_bytes()), 415);
    }
    assert_problem(&front.post(&[], good.as_bytes()), 415);
    let coded = [JSON, ("content-encoding", "gzip")];
    let answer = front.post(&coded, b"\x1f\x8b\x08\x00");
    assert!((400..500).contains(&answer.status), "{answer:?}");
    for key in ["", "with space", "ключ", &"k".repeat(256)] {
        let headers = [JSON, ("idempotency-key", key)];
        let problem = assert_problem(&front.post(&headers, good.as_bytes()), 422);
        assert_eq!(problem["errors"][0]["field"], "Idempotency-Key");
    }
    for (method, path, status) in [
        ("PUT", "/api/v1/cases", 405),
        ("BREW", "/api/v1/cases", 405),
        ("GET", "/api/v1/nothing", 404),
        ("GET", "/api/v1/cases/%FF%FE", 400),
        ("GET", "/api/v1/cases/1", 422),
        ("GET", "/api/v1/register?state=nothing", 422),
    ] {
        let answer = front.server.client().ask(method, path, &[], b"").unwrap();
        assert_problem(&answer, status);
    }
    front.assert_unmoved();
}

/// The good filing with one place in it replaced.
fn with(place: &str, value: Value) -> String {
    let mut body: Value = serde_json::from_str(&filing(1)).unwrap();
    *body.pointer_mut(place).unwrap() = value;
    body.to_string()
}

const PLACES: [(&str, &str); 11] = [
    ("/service", "service"),
    ("/category", "category"),
    ("/consent", "consent"),
    ("/fields/subject", "fields.subject"),
    ("/fields/description", "fields.description"),
    ("/fields/happened_on", "fields.happened_on"),
    ("/fields/expected", "fields.expected"),
    ("/place/territory", "place.territory"),
    ("/place/address", "place.address"),
    ("/applicant/last_name", "applicant.last_name"),
    ("/applicant/email", "applicant.email"),
];

#[test]
fn a_wrong_value_is_refused_at_its_own_place() {
    let front = Front::new();
    for (place, field) in PLACES {
        let long = "ы".repeat(10_000);
        for value in [
            json!(null),
            json!(17),
            json!([]),
            json!({"a": 1}),
            json!(""),
            json!(long),
        ] {
            // A place may be left out.
            if field.starts_with("place.") && (value.is_null() || value == "") {
                continue;
            }
            let body = with(place, value.clone());
            let answer = front.post(&[JSON], body.as_bytes());
            assert_eq!(
                answer.status,
                422,
                "{place} = {value:.40}: {}",
                answer.text()
            );
            let problem = assert_problem(&answer, 422);
            let errors = problem["errors"].as_array().expect("errors by field");
            let here = errors.iter().any(|error| {
                let named = error["field"].as_str().unwrap_or_default();
                named == field || field.starts_with(named) || named.starts_with(field)
            });
            assert!(here, "{place} = {value:.40}: {problem}");
            let told = errors.iter().all(|error| {
                error["message"]
                    .as_str()
                    .is_some_and(|text| !text.is_empty())
            });
            assert!(told, "{problem}");
        }
    }
    front.assert_unmoved();
}

/// Script in every field, letters that turn the line round or hide, control characters.
#[test]
fn tricks_in_text_are_refused_or_made_harmless() {
    let house = House::sqlite();
    let server = house.start();
    let mut client = server.client();
    let mut filed = Vec::new();
    for trick in [
        "<script>alert(1)</script> в каждом поле, как это бывает",
        "\"><img src=x onerror=alert(1)> и ещё немного слов",
        "имя\u{202e}тобоор\u{202c} и \u{2066}изоляция\u{2069} строки",
        "пус\u{200b}то\u{200d}та\u{feff} между\u{2060} буквами слова",
        "ноль\u{0}внутри и \u{1b}[31mцвет терминала",
        "'; DROP TABLE case_file; -- и слова для длины",
        "Za\u{335}\u{327}\u{328}lgo\u{300}\u{301}\u{302}\u{303}\u{304}\u{305} над и под строкой",
    ] {
        for (place, _) in PLACES {
            let body = with(place, json!(trick));
            let answer = client
                .ask("POST", "/api/v1/cases", &[JSON], body.as_bytes())
                .unwrap();
            match answer.status {
                201 => filed.push((trick, Filed::of(&answer))),
                422 => _ = assert_problem(&answer, 422),
                _ => panic!("{place} = {trick:?}: {answer:?}"),
            }
        }
    }
    assert!(
        !filed.is_empty(),
        "words of people are not refused for their look"
    );
    let mut staff = server.client();
    staff.sign_in("roads@okno.example", &House::demo_password(&server));
    for (trick, case) in &filed {
        let read = staff.get(&case.location).unwrap();
        assert!(
            read.status == 200 && read.json()["inside"].is_object(),
            "{read:?}"
        );
        for hidden in [
            '\u{202e}', '\u{2066}', '\u{200b}', '\u{feff}', '\u{0}', '\u{1b}',
        ] {
            assert!(
                !read.json().to_string().contains(hidden),
                "{trick:?} came through: {}",
                read.text()
            );
        }
        let page = staff.get(&format!("/desk/{}", case.latin)).unwrap();
        assert_eq!(page.status, 200, "{page:?}");
        for live in ["<script>alert", "<img src=x"] {
            assert!(!page.text().contains(live), "{trick:?} stands in the page");
        }
    }
    println!(
        "{} filings with tricks in them were taken, none acts",
        filed.len()
    );
    assert_eq!(
        house.raw().number("SELECT count(*) FROM case_file"),
        filed.len() as u64
    );
    assert!(server.stop().success());
    house.assert_sound("after tricks");
}

#[test]
fn one_address_files_so_much_and_is_told_when_to_go_on() {
    let house = House::sqlite();
    house.configure("api_burst = 5\n");
    let server = house.start();
    let mut client = server.client();
    let mut refused = None;
    for n in 0..10 {
        let answer = client.file(&filing(n), &format!("key-{n}")).unwrap();
        if answer.status != 201 {
            refused = Some(answer);
            break;
        }
    }
    let refused = refused.expect("ten at once are more than five");
    assert_problem(&refused, 429);
    let wait: u32 = refused
        .header("retry-after")
        .and_then(|text| text.parse().ok())
        .expect("seconds");
    assert!((1..=60).contains(&wait), "{wait}");
    assert_eq!(house.raw().number("SELECT count(*) FROM case_file"), 5);
}
