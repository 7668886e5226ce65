//! Letters as they come: charsets, codings, nested parts, names of files, heads of machines, and what
//! is broken, hostile or far too much.

use super::*;

const MOST: usize = 1_000;

fn letter(head: &str, body: &str) -> Vec<u8> {
    let usual = "From: =?utf-8?B?0JDQvdC90LA=?= <anna@example.ru>\r\nSubject: Test\r\n";
    format!("{usual}{head}\r\n{body}").into_bytes()
}

fn parsed(head: &str, body: &str) -> Letter {
    read(&letter(head, body), MOST).unwrap()
}

/// Parts with lines between them.
fn between(parts: &[&str]) -> String {
    let parts: Vec<String> = parts
        .iter()
        .map(|part| format!("--b\r\n{part}\r\n"))
        .collect();
    parts.concat()
}

fn mixed(parts: &[&str]) -> Letter {
    let body = between(parts);
    parsed(
        "Content-Type: multipart/mixed; boundary=b\r\n",
        &format!("{body}--b--\r\n"),
    )
}

#[test]
fn old_charsets_and_codings_are_read() {
    let head = "From: =?windows-1251?B?yOLg7e7i?= <i@example.ru>\r\n\
        Subject: =?koi8-r?B?8NLJ18XU?= =?koi8-r?Q?_=CD=C9=D2?=\r\n\
        Content-Type: text/plain; charset=windows-1251\r\nContent-Transfer-Encoding: 8bit\r\n\r\n";
    let mut bytes = head.as_bytes().to_vec();
    bytes.extend([0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2, b'!']);
    let found = read(&bytes, MOST).unwrap();
    assert_eq!(found.name, "Иванов");
    assert_eq!(found.subject, "Привет мир");
    assert_eq!(found.text, "Привет!");
    let quoted = parsed(
        "Content-Type: text/plain; charset=koi8-r\r\nContent-Transfer-Encoding: quoted-printable\r\n",
        "=F1=CD=C1 =D5 =C4=CF=CD=C1=\r\n.",
    );
    assert_eq!(quoted.text, "Яма у дома.");
    let coded = parsed(
        "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n",
        "0K/QvNCwINGDINC00L7QvNCwLg==\r\n",
    );
    assert_eq!(coded.text, "Яма у дома.");
}

#[test]
fn a_marked_letter_becomes_plain_text_and_nothing_of_its_marks_is_left() {
    let found = parsed(
        "Content-Type: text/html; charset=utf-8\r\n",
        "<html><head><style>p{}</style><script>alert(1)</script></head><body><div>Яма</div>\
         <div>у <b>дома</b> &lt;7&gt;</div><img src=x onerror=alert(2)><!-- тайно --></body></html>",
    );
    assert_eq!(found.text, "Яма\nу дома <7>");
    let both = "Content-Type: multipart/alternative; boundary=b\r\n";
    let body = "--b\r\nContent-Type: text/plain\r\n\r\nPlain\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>Marked</p>\r\n--b--\r\n";
    assert_eq!(parsed(both, body).text, "Plain");
}

#[test]
fn files_have_the_names_that_their_sender_gave_them_and_no_paths() {
    let found = mixed(&[
        "Content-Type: text/plain\r\n\r\nSee",
        "Content-Type: application/pdf\r\nContent-Disposition: attachment; filename*=utf-8''%D1%8F%D0%BC%D0%B0.pdf\r\n\r\n%PDF",
        "Content-Type: application/pdf; name=\"=?windows-1251?B?//Tg?=.pdf\"\r\nContent-Disposition: attachment\r\nContent-Transfer-Encoding: base64\r\n\r\nJVBERg==",
        "Content-Type: image/jpeg\r\nContent-Disposition: attachment; filename*0=\"long\"; filename*1=\".jpg\"\r\n\r\nx",
        "Content-Type: application/octet-stream\r\nContent-Disposition: attachment; filename=\"../../etc/passwd\"\r\n\r\nx",
        "Content-Type: application/octet-stream\r\n\r\nx",
        "Content-Type: message/rfc822\r\n\r\nSubject: inner\r\n\r\ninner text",
    ]);
    let names: Vec<&str> = found.files.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(
        names,
        ["яма.pdf", "яфа.pdf", "long.jpg", "passwd", "5.bin", "6.eml"]
    );
    assert_eq!(found.files[1].bytes, b"%PDF");
    assert_eq!(found.text, "See");
}

#[test]
fn what_it_answers_and_where_it_was_sent_is_known() {
    let found = parsed(
        "Message-ID: <a@b>\r\nIn-Reply-To: <1.token@region.example>\r\n\
         References: <0@region.example>\r\n <1.token@region.example>\r\n\
         To: \"Mail\" <mail+abc@region.example>, other@example.ru\r\nDelivered-To: mail@region.example\r\n",
        "Text",
    );
    assert_eq!(found.id, "a@b");
    assert_eq!(
        found.refers_to,
        [
            "1.token@region.example",
            "0@region.example",
            "1.token@region.example"
        ]
    );
    assert_eq!(
        found.sent_to,
        [
            "mail+abc@region.example",
            "other@example.ru",
            "mail@region.example"
        ]
    );
}

#[test]
fn machines_are_known_by_their_heads_and_people_are_not_taken_for_machines() {
    for (head, mark) in [
        ("Auto-Submitted: auto-generated\r\n", Mark::Automatic),
        (
            "auto-submitted: auto-replied (vacation)\r\n",
            Mark::Automatic,
        ),
        ("Precedence: auto_reply\r\n", Mark::Automatic),
        ("X-Autoreply: yes\r\n", Mark::Automatic),
        ("Return-Path: <>\r\n", Mark::Automatic),
        ("Precedence: Bulk\r\n", Mark::List),
        ("List-Id: A <a.b>\r\n", Mark::List),
        (
            "Authentication-Results: mx.region.example;\r\n spf=pass; dmarc=fail header.from=x\r\n",
            Mark::MadeUp,
        ),
    ] {
        assert_eq!(parsed(head, "Text").mark, Some(mark), "{head}");
    }
    for head in [
        "",
        "Auto-Submitted: no\r\n",
        "Return-Path: <anna@example.ru>\r\n",
        "Precedence: first-class\r\n",
        // A sender can write whatever they like below what the server has added.
        "Authentication-Results: mx; dmarc=pass\r\nAuthentication-Results: x; dmarc=fail\r\n",
    ] {
        assert_eq!(parsed(head, "Text").mark, None, "{head}");
    }
}

#[test]
fn long_texts_many_files_and_broken_letters_stay_within_bounds() {
    let long = parsed("", &"слово ".repeat(2_000));
    assert!(long.is_cut && base::text::length(&long.text) <= MOST);
    let many: Vec<&str> = vec![
        "Content-Type: application/pdf\r\nContent-Disposition: attachment; filename=a.pdf\r\n\r\nx";
        30
    ];
    let many = mixed(&many);
    assert_eq!((many.files.len(), many.more_files), (20, 10));
    let parts: Vec<&str> = vec!["Content-Type: text/plain\r\n\r\nx"; 10_000];
    let body = between(&parts);
    let head = "Content-Type: multipart/mixed; boundary=b\r\n";
    assert_eq!(
        read(&letter(head, &body), MOST),
        None,
        "ten thousand parts are no letter"
    );
    let deep: Vec<String> = (0..5_000)
        .map(|n| format!("Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n"))
        .collect();
    let deep = deep.concat();
    let _bounded = read(&letter(&deep, "x"), MOST);
    let inner = "Content-Type: message/rfc822\r\n\r\n".repeat(5_000);
    let _bounded = read(&letter(&inner, "x"), MOST);
    let huge = format!("X-Long: {}\r\n", "a".repeat(5_000_000));
    assert_eq!(parsed(&huge, "Text").text, "Text");
    let heads: Vec<String> = (0..50_000).map(|n| format!("X-{n}: a\r\n")).collect();
    let heads = heads.concat();
    assert_eq!(parsed(&heads, "Text").text, "Text");
    for broken in [
        &b""[..],
        b"\0",
        b"\r\n\r\n",
        b"From",
        b"From: \r\n",
        b"Content-Type: multipart/mixed; boundary=\r\n\r\n--\r\n",
        b"Content-Type: text/plain; charset=nothing\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!",
        b"Subject: =?utf-8?B?\xff\xfe?=\r\n\r\n\xff\xfe",
    ] {
        if let Some(found) = read(broken, MOST) {
            assert!(found.from.is_empty() && found.text.len() < 100, "{found:?}");
        }
        let _bounded = read_head(broken);
    }
}

#[test]
fn a_sender_is_one_plain_address() {
    for (from, address) in [
        ("anna@example.ru", "anna@example.ru"),
        (
            "\"Anna, A.\" <anna@example.ru>, petr@example.ru",
            "anna@example.ru",
        ),
        ("undisclosed", ""),
        ("<anna@example.ru\u{202e}>", "anna@example.ru"),
    ] {
        let bytes = format!("From: {from}\r\nSubject: x\r\n\r\nText");
        assert_eq!(
            read(bytes.as_bytes(), MOST).unwrap().from,
            address,
            "{from}"
        );
    }
}

#[test]
fn a_number_counts_with_its_check_digit_alone() {
    let number = Number::new(2026, 42).unwrap();
    let wrong = |text: &str| {
        let last = text.chars().last().and_then(|c| c.to_digit(10)).unwrap();
        format!("{}{}", &text[..text.len() - 1], (last + 1) % 10)
    };
    let text = number.to_string();
    assert_eq!(
        number_in(&format!("Re: Обращение {text}: ответ")),
        Some(number)
    );
    let latin = text.replace('А', "A");
    assert_eq!(number_in(&format!("А по поводу {latin}.")), Some(number));
    assert_eq!(number_in(&wrong(&text)), None);
    assert_eq!(number_in("Акт № 15"), None);
    assert_eq!(number_in(&"А".repeat(10_000)), None);
}

#[test]
fn a_patronymic_says_which_name_is_which() {
    for (name, parts) in [
        ("Иванов Иван Иванович", ["Иванов", "Иван", "Иванович"]),
        ("Анна Ивановна Семёнова", ["Семёнова", "Анна", "Ивановна"]),
        ("Анна Семёнова", ["Анна Семёнова", "", ""]),
        ("", ["", "", ""]),
    ] {
        assert_eq!(parts_of(name), parts);
    }
}
