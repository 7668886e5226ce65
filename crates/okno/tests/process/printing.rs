//! Printing in a process of its own: whatever a template does, it ends in time with the right
//! complaint, reaches nothing, and the next paper is printed. And the whole way of an answer from
//! a draft to a file that anybody can check.

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use paper::{Error, LETTERHEAD, Printer, Request, Result};
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::support::{Client, Filed, House, Server, on_both};

const OKNO: &str = env!("CARGO_BIN_EXE_okno");
const WORD: &str = "print-worker";

fn printer() -> Printer {
    Printer::new(PathBuf::from(OKNO), WORD)
}

fn request(body: &str) -> Request {
    Request {
        letterhead: LETTERHEAD.to_owned(),
        body: body.to_owned(),
        data: json!({"text": "Слово"}),
        code: None,
        mark: None,
        date: (2026, 11, 25),
    }
}

fn print_with(printer: &Printer, body: &str) -> Result<Vec<u8>> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(printer.print(&request(body)))
}

/// What the printer said of a template, and that it can still print.
fn refused(body: &str) -> Error {
    let printer = printer();
    let began = Instant::now();
    let answer = print_with(&printer, body).map(|paper| paper.len());
    let error = answer.expect_err(body);
    let most = Duration::from_secs(paper::SECONDS + 2);
    assert!(began.elapsed() < most, "{body} took {:?}", began.elapsed());
    let good = print_with(
        &printer,
        "#set document(title: \"a\")\n= #json(\"data.json\").text",
    );
    assert!(good.unwrap().starts_with(b"%PDF-"), "after {body}");
    error
}

#[test]
fn a_template_that_never_ends_is_ended() {
    let body = "#for a in range(100000) { for b in range(100000) { let c = calc.pow(a, 2) } }";
    assert!(matches!(refused(body), Error::TooLong));
    // One that typst itself sees through.
    assert!(matches!(refused("#while true {}"), Error::Template(_)));
}

#[test]
fn a_template_that_eats_memory_is_ended() {
    let body = "#let s = \"0123456789\" * 10000000\n#let t = s * 10\n#t.len()";
    let error = refused(body);
    assert!(matches!(error, Error::TooMuchMemory), "{error:?}");
    let error = refused("#let a = range(100000000)\n#a.len()");
    assert!(
        matches!(error, Error::TooMuchMemory | Error::TooLong),
        "{error:?}"
    );
}

#[test]
fn a_template_reaches_no_file_and_no_package() {
    for body in [
        "#read(\"/etc/passwd\")",
        "#read(\"../../etc/passwd\")",
        "#image(\"/proc/self/environ\")",
        "#import \"@preview/cetz:0.3.1\": *",
        "#plugin(\"/usr/lib/a.wasm\")",
    ] {
        let error = refused(body);
        assert!(matches!(error, Error::Template(_)), "{body}: {error:?}");
    }
}

#[test]
fn a_paper_of_endless_pages_is_refused() {
    let error = refused("#for n in range(9000) { [#n #pagebreak()] }");
    assert!(
        matches!(
            error,
            Error::TooLarge | Error::TooLong | Error::TooMuchMemory
        ),
        "{error:?}"
    );
}

#[test]
fn recursion_without_an_end_is_refused() {
    let error = refused("#let f(n) = f(n + 1)\n#f(0)");
    assert!(matches!(error, Error::Template(_)), "{error:?}");
}

#[test]
fn many_papers_at_once_are_printed_or_refused_at_once() {
    let printer = printer();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let mut all = tokio::task::JoinSet::new();
        for _ in 0..40 {
            let printer = printer.clone();
            all.spawn(async move {
                printer
                    .print(&request("#set document(title: \"a\")\nА"))
                    .await
            });
        }
        let (mut done_well, mut turned_away) = (0, 0);
        while let Some(done) = all.join_next().await {
            match done.unwrap() {
                Ok(_) => done_well += 1,
                Err(Error::Busy) => turned_away += 1,
                Err(other) => panic!("{other:?}"),
            }
        }
        assert_eq!((done_well, turned_away), (32, 8));
    });
}

/// The process itself, without the printer: what is no request, and one that is too long.
#[test]
fn the_process_reads_one_bounded_request_and_nothing_else() {
    let long = vec![b' '; paper::MOST_REQUEST + 1];
    for (sent, code) in [(&b""[..], 12), (b"{}", 12), (b"\xff\xfe", 12), (&long, 11)] {
        let mut child = Command::new(OKNO)
            .arg(WORD)
            .env_clear()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let _ = child.stdin.take().unwrap().write_all(sent);
        let out = child.wait_with_output().unwrap();
        assert_eq!(out.status.code(), Some(code), "{:?}", out.status);
        assert!(out.stdout.is_empty());
    }
}

/// An answer on its way: filed by a guest, written by a specialist, signed by a head.
fn answered(server: &Server, guest: &mut Client) -> Filed {
    let case = Filed::file(guest, 1, "printed");
    let typed = [
        ("number", case.number.as_str()),
        ("code", case.return_code.as_str()),
    ];
    assert_eq!(guest.post_form("/status", &typed).unwrap().status, 303);
    let as_staff = |email: &str, page: &str, fields: &[(&str, &str)]| {
        let mut client = server.client();
        client.sign_in(email, &House::demo_password(server));
        let answer = client
            .post_form(&format!("/desk/{}/{page}", case.latin), fields)
            .unwrap();
        assert_eq!(answer.status, 303, "{page}: {}", answer.text());
    };
    as_staff("roads@okno.example", "take", &[]);
    let written = [
        ("outcome", "satisfied"),
        (
            "answer",
            "Яма заделана 20 ноября, покрытие проверено комиссией.",
        ),
        ("measures", "Уложен горячий асфальт."),
        ("kind", "final"),
        ("then", "agreement"),
    ];
    as_staff("roads@okno.example", "answer", &written);
    as_staff("roads.head@okno.example", "agree", &[]);
    case
}

/// What somebody reads in a file; none where the reader is not installed.
fn read(pdf: &[u8]) -> Option<String> {
    let reader = Command::new("pdftotext")
        .args(["-layout", "-", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn();
    let Ok(mut reader) = reader else {
        println!("skipped: pdftotext is not installed");
        return None;
    };
    reader.stdin.take().unwrap().write_all(pdf).unwrap();
    let read = reader.wait_with_output().unwrap();
    Some(String::from_utf8(read.stdout).unwrap())
}

fn pdf(client: &mut Client, page: &str) -> Vec<u8> {
    let answer = client.get(page).unwrap();
    assert_eq!(answer.status, 200, "{page}: {}", answer.text());
    assert_eq!(answer.header("content-type"), Some("application/pdf"));
    answer.body
}

#[test]
fn an_answer_is_printed_and_anybody_can_check_the_paper() {
    on_both(|house| {
        let server = house.start();
        let mut guest = server.client();
        let case = answered(&server, &mut guest);
        let at = |page: &str| format!("/cases/{}/{page}", case.latin);

        let letter = pdf(&mut guest, &at("answers/1.pdf"));
        assert_eq!(letter, pdf(&mut guest, &at("answers/1.pdf")));
        let receipt = pdf(&mut guest, &at("receipt.pdf"));
        let history = pdf(&mut guest, &at("history.pdf"));
        assert_eq!(guest.get(&at("answers/2.pdf")).unwrap().status, 404);
        let mut stranger = server.client();
        assert_eq!(stranger.get(&at("answers/1.pdf")).unwrap().status, 303);

        let hash: String = Sha256::digest(&letter)
            .iter()
            .map(|b| format!("{b:02x}"))
            .collect();
        let known = stranger.get(&format!("/genuine?sha256={hash}")).unwrap();
        assert!(known.text().contains("Да, такой ответ выдан"));
        let other: String = Sha256::digest(&receipt)
            .iter()
            .map(|b| format!("{b:02x}"))
            .collect();
        let unknown = stranger.get(&format!("/genuine?sha256={other}")).unwrap();
        assert!(unknown.text().contains("Такой ответ не выдавался"));

        if let Some(text) = read(&letter) {
            for part in ["Яма заделана 20 ноября", "Проверкин Пётр", &case.number]
            {
                assert!(text.contains(part), "{part} is not in\n{text}");
            }
            let code = text
                .lines()
                .find_map(|line| line.split_once("Код документа: "))
                .map(|(_, code)| code.trim())
                .expect("the code is printed");
            let page = |code: &str| format!("/genuine/{}/{code}", case.latin);
            let yes = stranger.get(&page(code)).unwrap().text();
            assert!(yes.contains("Да, такой ответ выдан"), "{yes}");
            assert!(yes.contains(&format!("{}/1", case.number)), "{yes}");
            for secret in ["Яма заделана", "Проверкин", "petr@example.org"] {
                assert!(!yes.contains(secret), "{secret} is told to strangers");
            }
            let no = stranger.get(&page("0000-0000")).unwrap().text();
            assert!(no.contains("Такой ответ не выдавался"), "{no}");
            assert!(read(&receipt).unwrap().contains(&case.return_code));
            assert!(read(&history).unwrap().contains("Ход рассмотрения"));
        }
        // Guessing is slowed down.
        let wrong_code = |n: u32| format!("/genuine/{}/AAAA-{n:04}", case.latin);
        let slowed = (0..60).any(|n| stranger.get(&wrong_code(n)).unwrap().status == 429);
        assert!(slowed, "sixty guesses went through");
        assert!(server.problems().is_empty(), "{}", server.problems());
        assert!(server.stop().success());
        house.assert_sound("after printing");
    });
}
