//! What in a text looks like personal data: an address of e-mail, a telephone, the long number of a
//! document or an account. A hint for whoever reads the text before it is shown to anybody; pure.

/// Something that looks like personal data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Hint {
    /// An e-mail address.
    Email,
    /// A telephone number.
    Phone,
    /// The number of a document, an account or the like.
    Number,
}

impl Hint {
    /// The code in word keys.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Hint::Email => "email",
            Hint::Phone => "phone",
            Hint::Number => "number",
        }
    }
}

/// Digits from which on a number is long enough to be somebody's.
const LONG: usize = 9;

/// What is found in a text, each kind once.
pub(crate) fn hints(text: &str) -> Vec<Hint> {
    let mut found = Vec::new();
    let mut note = |hint| {
        if !found.contains(&hint) {
            found.push(hint);
        }
    };
    if text.split_whitespace().any(is_email) {
        note(Hint::Email);
    }
    let mut before = ' ';
    let mut run = String::new();
    for c in text.chars().chain([';']) {
        if c.is_ascii_digit() || (!run.is_empty() && " -()".contains(c)) || c == '+' {
            run.push(c);
            continue;
        }
        // The number of a case begins with a letter, and tells nothing.
        if !before.is_alphabetic() && before != '-' {
            judge(&run).into_iter().for_each(&mut note);
        }
        run.clear();
        before = c;
    }
    found
}

/// Whether a text says how to reach somebody. Long numbers are left alone: of a contract, say, one
/// may stand in public.
pub(crate) fn has_contacts(text: &str) -> bool {
    let found = hints(text);
    found.contains(&Hint::Email) || found.contains(&Hint::Phone)
}

fn is_email(word: &str) -> bool {
    let Some((name, host)) = word.split_once('@') else {
        return false;
    };
    name.chars().any(char::is_alphanumeric)
        && host
            .split_once('.')
            .is_some_and(|(host, zone)| !host.is_empty() && zone.chars().any(char::is_alphabetic))
}

fn judge(run: &str) -> Option<Hint> {
    let digits: Vec<char> = run.chars().filter(char::is_ascii_digit).collect();
    let starts = digits.first().copied();
    match digits.len() {
        11 if matches!(starts, Some('7' | '8')) => Some(Hint::Phone),
        10 if starts == Some('9') => Some(Hint::Phone),
        long if long >= LONG => Some(Hint::Number),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn personal_data_is_noticed_and_plain_words_are_not() {
        for (text, expected) in [
            ("Пишите на a.petrova@example.org, жду", vec![Hint::Email]),
            ("Мой телефон +7 (912) 345-67-89.", vec![Hint::Phone]),
            ("паспорт 4509 123456", vec![Hint::Number]),
            (
                "СНИЛС 112-233-445 95 и почта a@b.ru",
                vec![Hint::Email, Hint::Number],
            ),
            ("Дом 12, подъезд 3, с 18.11.2026 снег не убран", vec![]),
            ("По обращению А-2026-00000001-1 ответа нет", vec![]),
            ("@ и 5 @ 6", vec![]),
        ] {
            assert_eq!(hints(text), expected, "{text}");
        }
    }

    #[test]
    fn a_contact_is_told_from_a_number_that_may_stand_in_public() {
        assert!(has_contacts("Позвонить +7 900 123-45-67"));
        assert!(has_contacts("Написать на l.ivanova@example.ru"));
        assert!(!has_contacts(
            "Контракт № 0131300000623, 14 урн до 30.11.2026"
        ));
    }
}
