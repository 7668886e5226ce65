//! Text as people send it, made safe to keep: NFC, no control characters, no invisible or
//! direction-changing characters that make a text look like another one (Unicode TR 36).

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// In composed form (NFC). Nearly everything is typed so already, and looking costs less than composing.
fn composed(text: &str) -> Cow<'_, str> {
    match is_nfc_quick(text.chars()) {
        IsNormalized::Yes => Cow::Borrowed(text),
        IsNormalized::No | IsNormalized::Maybe => Cow::Owned(text.nfc().collect()),
    }
}

/// Cleans one line: NFC, inner white space folded to single spaces, edges trimmed.
pub fn clean_line(text: &str) -> String {
    let cleaned: String = composed(text)
        .chars()
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .filter(|c| !is_unwanted(*c))
        .collect();
    let mut line = String::with_capacity(cleaned.len());
    for word in cleaned.split(' ').filter(|word| !word.is_empty()) {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

/// Cleans a text of several lines: NFC, line ends to `\n`, trailing spaces and more than two
/// empty lines in a row removed, edges trimmed.
pub fn clean_text(text: &str) -> String {
    let unified = text.replace("\r\n", "\n").replace('\r', "\n");
    let cleaned: String = composed(&unified)
        .chars()
        .map(|c| {
            if c != '\n' && c.is_whitespace() {
                ' '
            } else {
                c
            }
        })
        .filter(|c| *c == '\n' || !is_unwanted(*c))
        .collect();
    let mut lines: Vec<&str> = Vec::new();
    let mut empty = 0;
    for line in cleaned.split('\n').map(str::trim_end) {
        empty = if line.trim().is_empty() { empty + 1 } else { 0 };
        if empty <= 2 {
            lines.push(line);
        }
    }
    lines.join("\n").trim().to_owned()
}

/// Control, zero-width, direction-changing, tag and private-use characters.
fn is_unwanted(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}' | '\u{e000}'..='\u{f8ff}')
}

/// Number of characters as a person counts them for a limit.
pub fn length(text: &str) -> usize {
    text.chars().count()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn direction_tricks_and_invisible_characters_go() {
        assert_eq!(clean_line("а\u{202e}б\u{200b}в\u{0}"), "абв");
        assert_eq!(clean_line("  две \t строки\nв одну  "), "две строки в одну");
        assert_eq!(clean_text("а\r\nб\r\n\r\n\r\n\r\n\r\nв  "), "а\nб\n\n\nв");
    }

    #[test]
    fn composed_and_decomposed_letters_become_one() {
        assert_eq!(clean_line("и\u{306}"), "й");
    }

    proptest! {
        #[test]
        fn cleaning_twice_changes_nothing_more(text in any::<String>()) {
            let line = clean_line(&text);
            prop_assert_eq!(clean_line(&line), line.clone());
            let many = clean_text(&text);
            prop_assert_eq!(clean_text(&many), many.clone());
        }
    }
}
