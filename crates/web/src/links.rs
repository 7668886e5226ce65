//! Addresses inside a text that somebody of the authority wrote, so that a page can open them.

const BEGIN: &str = "https://";

/// A piece of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece<'t> {
    /// The words, or the address.
    pub text: &'t str,
    /// Whether it is an address.
    pub link: bool,
}

/// A text in pieces: its words, and the addresses (`https:` alone) that stand in it. Marks that end
/// a sentence, and a bracket that opened before an address, are no part of it.
pub fn linked(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(BEGIN) {
        let (before, from) = rest.split_at(at);
        let end = from
            .find(|c: char| c.is_whitespace() || "<>\"«»“”".contains(c))
            .unwrap_or(from.len());
        let address = without_marks(from.split_at(end).0);
        let link = address.len() > BEGIN.len();
        if !before.is_empty() {
            pieces.push(Piece {
                text: before,
                link: false,
            });
        }
        pieces.push(Piece {
            text: address,
            link,
        });
        rest = from.split_at(address.len()).1;
    }
    if !rest.is_empty() {
        pieces.push(Piece {
            text: rest,
            link: false,
        });
    }
    pieces
}

fn without_marks(mut address: &str) -> &str {
    while let Some(last) = address.chars().next_back() {
        let opened = last == ')' && address.contains('(');
        if opened || !".,;:!?)]".contains(last) {
            break;
        }
        address = address.split_at(address.len() - last.len_utf8()).0;
    }
    address
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn links(text: &str) -> Vec<&str> {
        let pieces = linked(text).into_iter();
        pieces
            .filter(|piece| piece.link)
            .map(|one| one.text)
            .collect()
    }

    #[test]
    fn an_address_ends_where_its_sentence_does() {
        assert_eq!(
            links(
                "Закон № 59-ФЗ (https://pravo.gov.ru/59), см. https://example.ru/a?b=c&d=е. Конец"
            ),
            ["https://pravo.gov.ru/59", "https://example.ru/a?b=c&d=е"]
        );
        assert_eq!(
            links("«https://ru.wikipedia.org/wiki/Окно_(архитектура)»"),
            ["https://ru.wikipedia.org/wiki/Окно_(архитектура)"]
        );
        for none in [
            "",
            "https://",
            "https://.",
            "http://example.ru",
            "javascript:alert(1)",
        ] {
            assert_eq!(links(none), [""; 0], "{none}");
        }
    }

    proptest! {
        #[test]
        fn nothing_of_a_text_is_lost(text in "([а-я .,()]|https://|\\PC){0,60}") {
            let pieces = linked(&text);
            let whole: String = pieces.iter().map(|piece| piece.text).collect();
            prop_assert_eq!(&whole, &text);
            prop_assert!(pieces.iter().all(|piece| !piece.link || piece.text.starts_with(BEGIN)));
        }
    }
}
