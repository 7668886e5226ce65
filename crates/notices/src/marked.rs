//! A letter with marks: the same words as the plain text, as paragraphs, with the addresses of our
//! own pages made into links. Nothing is loaded from anywhere when it is opened.

use askama::Template;
use base::{Error, Language, Result};

#[derive(Template)]
#[template(path = "letter.html")]
struct Marked {
    lang: &'static str,
    subject: String,
    paragraphs: Vec<Vec<Vec<Piece>>>,
    foot: Vec<Vec<Piece>>,
}

/// A piece of a line: its words, and the address when it is a link.
#[derive(Debug, PartialEq, Eq)]
struct Piece {
    text: String,
    link: bool,
}

/// The letter as a page. `origin` is where our own pages begin.
pub(crate) fn marked(
    language: Language,
    subject: &str,
    text: &str,
    foot: &str,
    origin: &str,
) -> Result<String> {
    let lines = |text: &str| text.lines().map(|line| pieces(line, origin)).collect();
    Marked {
        lang: language.tag(),
        subject: subject.to_owned(),
        paragraphs: text
            .split("\n\n")
            .map(|paragraph| paragraph.trim_matches('\n'))
            .filter(|paragraph| !paragraph.trim().is_empty())
            .map(lines)
            .collect(),
        foot: lines(foot),
    }
    .render()
    .map_err(Error::internal)
}

/// A line in pieces: only an address of ours is a link, so that nobody's words can make one.
fn pieces(line: &str, origin: &str) -> Vec<Piece> {
    let mut found = Vec::new();
    let mut rest = line;
    while !origin.is_empty()
        && let Some(at) = rest.find(origin)
    {
        let whole = &rest[at..];
        let end = whole.find(char::is_whitespace).unwrap_or(whole.len());
        let address = whole[..end].trim_end_matches(['.', ',', ';', ':', ')', '»']);
        // `https://okno.example.evil` begins like us and is not ours.
        let ours = address[origin.len()..]
            .chars()
            .next()
            .is_none_or(|next| matches!(next, '/' | '?' | '#'));
        found.push(Piece {
            text: rest[..at].to_owned(),
            link: false,
        });
        found.push(Piece {
            text: address.to_owned(),
            link: ours,
        });
        rest = &whole[address.len()..];
    }
    found.push(Piece {
        text: rest.to_owned(),
        link: false,
    });
    found.retain(|piece| !piece.text.is_empty());
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const ORIGIN: &str = "https://okno.example";

    #[test]
    fn our_addresses_are_links_and_nobody_elses() {
        let text = "Подробнее: https://okno.example/cases/1.\nhttps://okno.example.evil/x\n\n<b>https://evil.example</b>";
        let html = marked(Language::Ru, "Тема <", text, "Подвал", ORIGIN).unwrap();
        assert!(
            html.contains(
                "<a href=\"https://okno.example/cases/1\">https://okno.example/cases/1</a>."
            ),
            "{html}"
        );
        assert_eq!(html.matches("<a ").count(), 1, "{html}");
        assert!(!html.contains("<b>"), "{html}");
        assert!(html.contains("lang=\"ru\"") && html.contains("Подвал"));
    }
}
