//! Reading a letter of a stranger: who wrote, what about, what text and files it brings, which
//! letters of ours it answers, and whether a machine has sent it. Pure; everything is bounded, and
//! nothing that can stand in a letter is an error beyond «it cannot be read».

use std::borrow::Cow;

use base::Number;
use base::text::{clean_line, clean_text};
use mail_parser::{
    Address, HeaderName, HeaderValue, Message, MessageParser, MimeHeaders, PartType,
};

/// The longest subject that is kept, in characters.
const SUBJECT_MOST: usize = 300;
/// The longest name of a sender that is kept, in characters.
const NAME_MOST: usize = 100;
/// The most files that are looked at; the next ones are counted.
const FILES_MOST: usize = 20;
/// The most texts that are put together.
const TEXTS_MOST: usize = 20;
/// The most parts of a letter that people write.
const PARTS_MOST: usize = 1_000;
/// The most letters that one refers to.
const REFERENCES_MOST: usize = 50;
/// The longest name of a letter (`Message-ID`), in bytes.
const ID_MOST: usize = 250;
/// What a marked text can be at the most, in bytes: making plain text of it takes its time.
const MARKED_MOST: usize = 2_000_000;

/// A letter that was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Letter {
    /// Its name, as its sender has given it; empty without one.
    pub id: String,
    /// Where it comes from; empty when it does not say, or says something that is no address.
    pub from: String,
    /// How its sender is called there; empty without it.
    pub name: String,
    /// What it is about.
    pub subject: String,
    /// What it says.
    pub text: String,
    /// Whether it says more than is kept.
    pub is_cut: bool,
    /// What is enclosed.
    pub files: Vec<Enclosed>,
    /// How many more files are enclosed than are looked at.
    pub more_files: usize,
    /// The letters that it answers or goes on from.
    pub refers_to: Vec<String>,
    /// The addresses that it was sent to.
    pub sent_to: Vec<String>,
    /// Why no person is waiting for an answer; none when one may be.
    pub mark: Option<Mark>,
}

/// A file in a letter.
#[derive(Clone, PartialEq, Eq)]
pub struct Enclosed {
    /// Its name.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl std::fmt::Debug for Enclosed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} ({} bytes)", self.name, self.bytes.len())
    }
}

/// What a letter is that nobody waits for an answer to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mark {
    /// A machine has written it (RFC 3834).
    Automatic,
    /// It was sent to many.
    List,
    /// It tells that a letter could not be delivered (RFC 3464).
    Bounce(Bounce),
    /// The mail server that took it says that its sender is made up.
    MadeUp,
}

/// Which letter could not be delivered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bounce {
    /// To whom; empty when it does not say.
    pub to: String,
    /// The names of the letters that it holds.
    pub ids: Vec<String>,
}

/// Reads a letter; none when it is none.
pub fn read(bytes: &[u8], text_most: usize) -> Option<Letter> {
    let message = MessageParser::default().parse(bytes)?;
    if message.parts.len() > PARTS_MOST {
        return None;
    }
    let (text, is_cut) = text_of(&message, text_most);
    let mut files = Vec::new();
    let mut more_files = 0;
    for part in message.attachments() {
        if files.len() == FILES_MOST {
            more_files += 1;
            continue;
        }
        let bytes: Cow<'_, [u8]> = match &part.body {
            PartType::Message(inner) => Cow::Borrowed(inner.raw_message()),
            PartType::Multipart(_) => continue,
            _ => Cow::Borrowed(part.contents()),
        };
        files.push(Enclosed {
            name: name_of(part.attachment_name(), files.len(), &part.body),
            bytes: bytes.into_owned(),
        });
    }
    let head = head_of(&message);
    Some(Letter {
        text,
        is_cut,
        files,
        more_files,
        mark: mark_of(&message),
        ..head
    })
}

/// Reads the head of a letter alone, of one that is too big to be taken.
pub fn read_head(bytes: &[u8]) -> Option<Letter> {
    let message = MessageParser::default().parse_headers(bytes)?;
    Some(head_of(&message))
}

fn head_of(message: &Message<'_>) -> Letter {
    let from = message.from().and_then(Address::first);
    let address = from.and_then(|from| from.address()).unwrap_or_default();
    let address = clean_line(address);
    let name = from.and_then(|from| from.name()).unwrap_or_default();
    let mut refers_to = Vec::new();
    for header in [message.in_reply_to(), message.references()] {
        ids_in(header, &mut refers_to);
    }
    let mut sent_to = Vec::new();
    for address in message.all_to().chain(message.all_cc()) {
        let all = address.iter().filter_map(|one| one.address());
        sent_to.extend(all.map(clean_line).take(REFERENCES_MOST));
    }
    for name in ["Delivered-To", "X-Original-To", "Envelope-To"] {
        let values = message.header_values(HeaderName::from(name));
        sent_to.extend(values.filter_map(HeaderValue::as_text).map(clean_line));
    }
    sent_to.truncate(REFERENCES_MOST);
    Letter {
        id: message.message_id().map(id_of).unwrap_or_default(),
        from: if mail::is_address(&address) {
            address
        } else {
            String::new()
        },
        name: first(&clean_line(name), NAME_MOST),
        subject: first(
            &clean_line(message.subject().unwrap_or_default()),
            SUBJECT_MOST,
        ),
        refers_to,
        sent_to,
        ..Letter::default()
    }
}

fn first(text: &str, most: usize) -> String {
    text.chars().take(most).collect()
}

fn id_of(text: &str) -> String {
    let id = clean_line(text);
    let id = id.trim_matches(['<', '>', ' ']);
    id.chars().take(ID_MOST).collect()
}

fn ids_in(header: &HeaderValue<'_>, found: &mut Vec<String>) {
    let room = REFERENCES_MOST.saturating_sub(found.len());
    let all: Vec<String> = match header.as_text_list() {
        Some(many) => many.iter().take(room).map(|id| id_of(id)).collect(),
        None => header.as_text().into_iter().map(id_of).collect(),
    };
    found.extend(all.into_iter().filter(|id| !id.is_empty()));
}

/// What a letter says: its plain texts, or its marked ones made plain, one after the other.
fn text_of(message: &Message<'_>, most: usize) -> (String, bool) {
    let mut whole = String::new();
    let count = message.text_body_count();
    let mut is_cut = count > TEXTS_MOST;
    for place in 0..count.min(TEXTS_MOST) {
        let Some(part) = u32::try_from(place)
            .ok()
            .and_then(|at| message.text_part(at))
        else {
            continue;
        };
        let text = match &part.body {
            PartType::Html(html) if html.len() > MARKED_MOST => {
                is_cut = true;
                continue;
            }
            // What stands between marks is text; marks are never shown to anybody.
            PartType::Html(html) => {
                Cow::Owned(mail_parser::decoders::html::html_to_text(&with_lines(html)))
            }
            PartType::Text(text) => Cow::Borrowed(text.as_ref()),
            _ => continue,
        };
        // Cleaning takes signs away and never adds any: what is far too long is cut before.
        let text = clean_text(&first(&text, most.saturating_mul(4)));
        if text.is_empty() {
            continue;
        }
        if !whole.is_empty() {
            whole.push_str("\n\n");
        }
        whole.push_str(&text);
        if base::text::length(&whole) > most {
            is_cut = true;
            break;
        }
    }
    if base::text::length(&whole) > most {
        is_cut = true;
        whole = first(&whole, most);
    }
    (whole, is_cut)
}

/// A marked text whose blocks end their lines, as many mail programs write them.
fn with_lines(html: &str) -> String {
    ["div", "li", "tr"]
        .iter()
        .fold(html.to_owned(), |html, block| {
            html.replace(&format!("<{}{block}>", '/'), "<br>")
        })
}

/// The name of a file: as its sender has given it, or by its place.
fn name_of(given: Option<&str>, place: usize, body: &PartType<'_>) -> String {
    let name = first(&clean_line(given.unwrap_or_default()), 200);
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default().trim();
    if !name.is_empty() {
        return name.to_owned();
    }
    let ending = match body {
        PartType::Message(_) => "eml",
        PartType::Text(_) => "txt",
        PartType::Html(_) => "html",
        _ => "bin",
    };
    format!("{}.{ending}", place + 1)
}

/// The first header of a name: what the server has added that took the letter stands above all.
fn text_in<'a>(message: &'a Message<'_>, name: &str) -> Option<&'a str> {
    let mut headers = message.headers_raw();
    let found = headers.find(|(known, _)| known.eq_ignore_ascii_case(name));
    found.map(|(_, value)| value.trim())
}

fn mark_of(message: &Message<'_>) -> Option<Mark> {
    let report = message
        .content_type()
        .is_some_and(|kind| kind.ctype().eq_ignore_ascii_case("multipart"))
        && message.is_content_type("multipart", "report");
    let no_way_back = text_in(message, "Return-Path").is_some_and(|path| path == "<>");
    let from = message.from().and_then(Address::first);
    let from = from.and_then(|from| from.address()).unwrap_or_default();
    let by_the_post = ["mailer-daemon", "postmaster"]
        .iter()
        .any(|name| from.to_ascii_lowercase().starts_with(&format!("{name}@")));
    if report || (by_the_post && no_way_back) {
        return Some(Mark::Bounce(bounce_of(message)));
    }
    let said = |name: &'static str| text_in(message, name).map(str::to_ascii_lowercase);
    let submitted = said("Auto-Submitted").is_some_and(|value| !value.starts_with("no"));
    let precedence = said("Precedence").unwrap_or_default();
    let list = ["List-Id", "List-Post", "List-Unsubscribe"]
        .into_iter()
        .any(|name| text_in(message, name).is_some());
    let replies = [
        "X-Autoreply",
        "X-Autorespond",
        "X-Autoreply-From",
        "X-Auto-Reply",
    ]
    .into_iter()
    .any(|name| text_in(message, name).is_some());
    if submitted || replies || no_way_back || precedence.starts_with("auto_reply") {
        return Some(Mark::Automatic);
    }
    if list
        || ["bulk", "list", "junk"]
            .iter()
            .any(|kind| precedence.starts_with(kind))
    {
        return Some(Mark::List);
    }
    // The first is that of the server that took the letter (RFC 8601 section 4.1).
    let checked = said("Authentication-Results").unwrap_or_default();
    checked.contains("dmarc=fail").then_some(Mark::MadeUp)
}

/// What a report says of the letter that it is about.
fn bounce_of(message: &Message<'_>) -> Bounce {
    let mut bounce = Bounce::default();
    for part in &message.parts {
        let (text, inner) = match &part.body {
            PartType::Text(text) => (Cow::Borrowed(text.as_ref()), None),
            PartType::Binary(bytes) | PartType::InlineBinary(bytes) => {
                (String::from_utf8_lossy(bytes), None)
            }
            PartType::Message(inner) => (Cow::Borrowed(""), Some(inner)),
            _ => continue,
        };
        if let Some(inner) = inner {
            bounce.ids.extend(inner.message_id().map(id_of));
        }
        for line in text.lines().take(200) {
            let Some((name, value)) = line.split_once(':') else {
                continue;
            };
            match name.trim().to_ascii_lowercase().as_str() {
                "final-recipient" | "original-recipient" if bounce.to.is_empty() => {
                    let address = value.rsplit(';').next().unwrap_or_default();
                    let address = clean_line(address);
                    let address = address.trim_matches(['<', '>']);
                    if mail::is_address(address) {
                        address.clone_into(&mut bounce.to);
                    }
                }
                "message-id" => bounce.ids.push(id_of(value)),
                _ => {}
            }
        }
    }
    bounce.ids.truncate(REFERENCES_MOST);
    bounce
}

/// The number of a case in a subject, when its check digit is right.
pub fn number_in(subject: &str) -> Option<Number> {
    let begins = subject
        .char_indices()
        .filter(|(_, sign)| matches!(sign, 'A' | 'a' | '\u{410}' | '\u{430}'));
    begins.take(100).find_map(|(at, _)| {
        let ends = subject[at..]
            .char_indices()
            .skip(1)
            .find(|(_, sign)| !(sign.is_ascii_digit() || *sign == '-'));
        let end = ends.map_or(subject.len(), |(after, _)| at + after);
        let text = &subject[at..end];
        text.trim_end_matches('-').parse().ok()
    })
}

/// A person's name in the parts of a form, as far as it says which is which.
pub fn parts_of(name: &str) -> [String; 3] {
    let words: Vec<&str> = name.split(' ').filter(|word| !word.is_empty()).collect();
    let own = |text: &str| text.to_owned();
    // A patronymic tells the order: «Иванов Иван Иванович», «Иван Иванович Иванов».
    let is_patronymic = |word: &str| {
        let ends = [
            "\u{432}\u{438}\u{447}",
            "\u{432}\u{43d}\u{430}",
            "\u{447}\u{43d}\u{430}",
        ];
        let word = word.to_lowercase();
        ends.iter().any(|end| word.ends_with(end))
    };
    match words.as_slice() {
        [last, first, middle] if is_patronymic(middle) => [own(last), own(first), own(middle)],
        [first, middle, last] if is_patronymic(middle) => [own(last), own(first), own(middle)],
        _ => [words.join(" "), String::new(), String::new()],
    }
}

#[cfg(test)]
mod tests;
