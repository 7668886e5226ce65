//! What can be an address of a letter.

use lettre::Address;

/// The longest address, in bytes (RFC 5321 section 4.5.3.1.3).
const MOST: usize = 254;

/// Whether a letter can be sent to this: one address, with no line break, no name and no second
/// address hidden in it.
pub fn is_address(text: &str) -> bool {
    text.len() <= MOST
        && !text
            .chars()
            .any(|c| c.is_control() || c.is_whitespace() || ",;<>\"".contains(c))
        && text.parse::<Address>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_plain_address_is_taken_and_everything_else_refused() {
        for good in [
            "anna@example.ru",
            "a.b+c@mail.example.com",
            "anna@localhost",
        ] {
            assert!(is_address(good), "{good}");
        }
        for bad in [
            "",
            "anna",
            "anna@",
            "@example.ru",
            "a@b.ru, c@d.ru",
            "a@b.ru\r\nBcc: c@d.ru",
            "a@b.ru\nc@d.ru",
            "Anna <anna@example.ru>",
            "\"a b\"@example.ru",
            "a@b.ru\u{2028}",
        ] {
            assert!(!is_address(bad), "{bad:?}");
        }
        assert!(!is_address(&format!("a@{}.ru", "b".repeat(300))));
    }
}
