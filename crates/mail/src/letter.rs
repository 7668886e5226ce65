//! A letter, as slices write it, as it waits in the queue, and as it goes out (RFC 5322). Whatever
//! stands in a header is one clean line: nobody's text can add a header or a second addressee.

use std::time::{Duration, UNIX_EPOCH};

use base::Moment;
use base::text::clean_line;
use lettre::Message;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{
    Attachment, Mailbox, MultiPart, MultiPartBuilder, MultiPartKind, SinglePart,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::settings::Sender;

/// The longest subject, in characters; a longer one is cut.
const SUBJECT_MOST: usize = 200;

/// A letter to one person.
#[derive(Clone, Default)]
pub struct Letter {
    /// The address, and nothing but it.
    pub to: String,
    /// The subject.
    pub subject: String,
    /// The text.
    pub text: String,
    /// The same with marks, where there is such a form.
    pub html: Option<String>,
    /// Which letter this is: makes the Message-ID, so that a repeated sending is recognisable.
    pub id: Uuid,
    /// The page where its addressee can say that no more such letters are wanted.
    pub unsubscribe: Option<String>,
    /// A machine wrote it and no machine should answer it (RFC 3834).
    pub automatic: bool,
    /// A paper that goes with it.
    pub paper: Option<Paper>,
}

/// A PDF that goes with a letter. It is made when the letter is sent, so that the queue stays small
/// and a change waits for no printer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paper {
    /// Name of the file, ASCII.
    pub name: String,
    /// Which paper: words of whoever makes it.
    pub which: String,
}

impl std::fmt::Debug for Letter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Letter")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

impl Letter {
    pub(crate) fn kept(&self, now: Moment) -> Kept {
        Kept {
            to: self.to.clone(),
            subject: self.subject.clone(),
            text: self.text.clone(),
            html: self.html.clone(),
            id: self.id,
            unsubscribe: self.unsubscribe.clone(),
            automatic: self.automatic,
            paper: self.paper.clone(),
            token: None,
            reply_to: None,
            written_at: now,
        }
    }
}

/// A letter as it waits in the queue.
#[derive(Serialize, Deserialize)]
pub(crate) struct Kept {
    to: String,
    subject: String,
    text: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    html: Option<String>,
    pub(crate) id: Uuid,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    unsubscribe: Option<String>,
    automatic: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) paper: Option<Paper>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    token: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reply_to: Option<String>,
    written_at: Moment,
}

impl Kept {
    /// The same letter about a case: its token, and where it is answered.
    pub(crate) fn about(self, token: String, reply_to: Option<String>) -> Self {
        Self {
            token: Some(token),
            reply_to,
            ..self
        }
    }

    /// The message for the wire, the same at each try; `pdf` is the paper that goes with it. The
    /// error says what is wrong, without data.
    pub(crate) fn message(
        &self,
        sender: &Sender,
        pdf: Option<Vec<u8>>,
    ) -> Result<Message, &'static str> {
        if !crate::is_address(&self.to) {
            return Err("the address is none");
        }
        let to = self.to.parse().map_err(|_| "the address is none")?;
        let from: lettre::Address = sender
            .address
            .parse()
            .map_err(|_| "the sender's address is none")?;
        let name = Some(clean_line(&sender.name)).filter(|name| !name.is_empty());
        let written_at = Duration::from_micros(self.written_at.micros().max(0).unsigned_abs());
        let subject: String = clean_line(&self.subject)
            .chars()
            .take(SUBJECT_MOST)
            .collect();
        let mut message = Message::builder()
            .message_id(Some(self.message_id(from.domain())))
            .date(UNIX_EPOCH + written_at)
            .from(Mailbox::new(name, from))
            .to(Mailbox::new(None, to))
            .subject(subject);
        if self.automatic {
            message = message.raw_header(header("Auto-Submitted", "auto-generated"));
        }
        if let Some(address) = self.reply_to.as_ref().and_then(|to| to.parse().ok()) {
            message = message.reply_to(Mailbox::new(None, address));
        }
        if let Some(page) = self
            .unsubscribe
            .as_deref()
            .filter(|page| is_plain_url(page))
        {
            message = message.raw_header(header("List-Unsubscribe", &format!("<{page}>")));
        }
        let plain = || SinglePart::plain(self.text.clone());
        let both = self.html.as_ref().map(|html| {
            self.parts("alternative", MultiPartKind::Alternative)
                .singlepart(plain())
                .singlepart(SinglePart::html(html.clone()))
        });
        let attached = match (pdf, &self.paper) {
            (Some(pdf), Some(paper)) => {
                let kind = ContentType::parse("application/pdf")
                    .map_err(|_| "the paper has no such kind")?;
                Some(Attachment::new(paper.name.clone()).body(pdf, kind))
            }
            _ => None,
        };
        let message = match (both, attached) {
            (None, None) => message.singlepart(plain()),
            (Some(both), None) => message.multipart(both),
            (both, Some(pdf)) => {
                let whole = self.parts("mixed", MultiPartKind::Mixed);
                let whole = match both {
                    Some(both) => whole.multipart(both),
                    None => whole.singlepart(plain()),
                };
                message.multipart(whole.singlepart(pdf))
            }
        };
        message.map_err(|_| "the letter cannot be put together")
    }

    /// One name for this letter at each try; of a letter about a case it holds the token.
    fn message_id(&self, domain: &str) -> String {
        match &self.token {
            Some(token) => format!("<{}.{token}@{domain}>", self.id),
            None => format!("<{}@{domain}>", self.id),
        }
    }

    /// Parts of the message between lines that are the same at each try and stand in no text.
    fn parts(&self, name: &str, kind: MultiPartKind) -> MultiPartBuilder {
        MultiPart::builder()
            .kind(kind)
            .boundary(format!("okno-{name}-{}", self.id.simple()))
    }
}

/// An address of a page that can stand in a header as it is.
fn is_plain_url(url: &str) -> bool {
    url.len() <= 900
        && (url.starts_with("https://") || url.starts_with("http://"))
        && url
            .bytes()
            .all(|b| b.is_ascii_graphic() && b != b'<' && b != b'>')
}

fn header(name: &'static str, value: &str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sender() -> Sender {
        Sender {
            address: "okno@region.example".into(),
            name: "Окно\r\nBcc: evil@example.ru".into(),
        }
    }

    fn letter() -> Letter {
        Letter {
            to: "anna@example.ru".into(),
            subject: "Обращение 2026-000001-7\r\nBcc: evil@example.ru".into(),
            text: "Ваше обращение принято.\n.\nBcc: evil@example.ru\n".into(),
            id: Uuid::from_u128(7),
            unsubscribe: Some("https://okno.example/cabinet/notices/settings".into()),
            automatic: true,
            html: None,
            paper: None,
        }
    }

    fn sent(letter: &Letter) -> String {
        let message = letter.kept(Moment::from_micros(0)).message(
            &sender(),
            letter.paper.as_ref().map(|_| b"%PDF-1.7".to_vec()),
        );
        String::from_utf8(message.unwrap().formatted()).unwrap()
    }

    #[test]
    fn a_letter_has_one_id_and_is_the_same_at_each_try() {
        let first = sent(&letter());
        assert_eq!(first, sent(&letter()));
        assert!(
            first.contains("Message-ID: <00000000-0000-0000-0000-000000000007@region.example>\r\n")
        );
        assert!(first.contains("Auto-Submitted: auto-generated\r\n"));
        assert!(
            first.contains("List-Unsubscribe: <https://okno.example/cabinet/notices/settings>")
        );
        assert!(first.contains("Date: Thu, 01 Jan 1970 00:00:00 +0000\r\n"));
    }

    #[test]
    fn nobodys_text_adds_a_header_or_an_addressee() {
        let mut hostile = letter();
        hostile.unsubscribe = Some("https://a.example/\r\nBcc: evil@example.ru".into());
        for text in [sent(&letter()), sent(&hostile)] {
            let (head, _) = text.split_once("\r\n\r\n").unwrap();
            assert!(!head.to_lowercase().contains("\nbcc"), "{head}");
        }
        hostile.to = "anna@example.ru\r\nRCPT TO:<evil@example.ru>".into();
        assert!(
            hostile
                .kept(Moment::from_micros(0))
                .message(&sender(), None)
                .is_err()
        );
    }

    #[test]
    fn a_letter_with_marks_and_a_paper_says_all_of_it_and_is_the_same_at_each_try() {
        let whole = Letter {
            html: Some("<p>Принято</p>".into()),
            paper: Some(Paper {
                name: "A-2026-00000001-1.pdf".into(),
                which: "answer".into(),
            }),
            ..letter()
        };
        let first = sent(&whole);
        assert_eq!(first, sent(&whole));
        for part in [
            "multipart/mixed",
            "multipart/alternative",
            "text/plain",
            "text/html",
            "Content-Type: application/pdf",
            "filename=\"A-2026-00000001-1.pdf\"",
        ] {
            assert!(first.contains(part), "{part} is not in\n{first}");
        }
        // Without its paper the letter still goes.
        let bare = whole.kept(Moment::from_micros(0)).message(&sender(), None);
        let bare = String::from_utf8(bare.unwrap().formatted()).unwrap();
        assert!(bare.contains("text/html") && !bare.contains("application/pdf"));
    }

    #[test]
    fn a_letter_about_a_case_says_where_it_is_answered_and_by_which_token() {
        let kept = letter().kept(Moment::from_micros(0));
        let kept = kept.about("abc234".into(), Some("mail@region.example".into()));
        let message = kept.message(&sender(), None).unwrap().formatted();
        let text = String::from_utf8(message).unwrap();
        assert!(text.contains("Reply-To: mail@region.example\r\n"), "{text}");
        let id = "Message-ID: <00000000-0000-0000-0000-000000000007.abc234@region.example>\r\n";
        assert!(text.contains(id), "{text}");
    }

    #[test]
    fn a_long_subject_is_cut() {
        let mut long = letter();
        long.subject = "я".repeat(5000);
        assert!(sent(&long).len() < 4000);
    }
}
