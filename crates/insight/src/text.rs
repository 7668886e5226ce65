//! Text as the classifier sees it: what a page escaped is unescaped, small letters, `ё` as `е`, one
//! space between words. Every letter remembers which bytes of the original it stands for, so that the
//! words that spoke can be marked where they were written.

/// Only so many letters of a text are looked at; what an appeal is about is said before that.
pub const MOST_LETTERS: usize = 20_000;

/// A letter of the normal text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Letter {
    pub(crate) sign: char,
    /// First byte in the original.
    pub(crate) from: usize,
    /// The byte after the last one in the original.
    pub(crate) to: usize,
}

/// A word of the normal text: two or more letters, digits or underscores. A single one says too little.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// The word in its normal form.
    pub text: String,
    /// Its first byte in the original.
    pub from: usize,
    /// The byte after its last one in the original.
    pub to: usize,
}

/// The normal form of a text. Two texts with the same one are repeats of each other.
pub fn normal(text: &str) -> String {
    letters(text).into_iter().map(|l| l.sign).collect()
}

/// The words of a text with their places in it.
pub fn words(text: &str) -> Vec<Word> {
    let letters = letters(text);
    spans(&letters)
        .into_iter()
        .map(|(first, end)| Word {
            text: letters[first..end].iter().map(|l| l.sign).collect(),
            from: letters[first].from,
            to: letters[end - 1].to,
        })
        .collect()
}

/// The letters of the normal form, [`MOST_LETTERS`] at the most.
pub(crate) fn letters(text: &str) -> Vec<Letter> {
    let mut letters = Vec::with_capacity(text.len().min(MOST_LETTERS));
    let mut space: Option<(usize, usize)> = None;
    let mut at = 0;
    while let Some((read, length)) = next(&text[at..]) {
        let (from, to) = (at, at + length);
        at = to;
        if read.is_whitespace() {
            space = Some((space.map_or(from, |(first, _)| first), to));
            continue;
        }
        if let Some((from, to)) = space.take().filter(|_| !letters.is_empty()) {
            letters.push(Letter {
                sign: ' ',
                from,
                to,
            });
        }
        for small in read.to_lowercase() {
            let sign = if small == 'ё' { 'е' } else { small };
            letters.push(Letter { sign, from, to });
        }
        if letters.len() >= MOST_LETTERS {
            letters.truncate(MOST_LETTERS);
            break;
        }
    }
    letters
}

/// Where the words stand among letters: first and one past the last.
pub(crate) fn spans(letters: &[Letter]) -> Vec<(usize, usize)> {
    let mut spans = Vec::new();
    let mut first = None;
    for at in 0..=letters.len() {
        let inside = letters
            .get(at)
            .is_some_and(|l| l.sign.is_alphanumeric() || l.sign == '_');
        match (inside, first) {
            (true, None) => first = Some(at),
            (false, Some(begun)) => {
                if at - begun > 1 {
                    spans.push((begun, at));
                }
                first = None;
            }
            _ => {}
        }
    }
    spans
}

/// The next character and how many bytes of the original it took.
fn next(rest: &str) -> Option<(char, usize)> {
    let plain = rest.chars().next()?;
    if plain == '&'
        && let Some(found) = entity(rest)
    {
        return Some(found);
    }
    Some((plain, plain.len_utf8()))
}

/// The names that texts from pages really carry. Any other is left as it was written.
const NAMED: &[(&str, char)] = &[
    ("quot", '"'),
    ("amp", '&'),
    ("apos", '\''),
    ("lt", '<'),
    ("gt", '>'),
    ("nbsp", '\u{a0}'),
    ("laquo", '«'),
    ("raquo", '»'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("bdquo", '„'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("sbquo", '‚'),
    ("ndash", '–'),
    ("mdash", '—'),
    ("hellip", '…'),
    ("bull", '•'),
    ("middot", '·'),
    ("deg", '°'),
    ("sect", '§'),
    ("numero", '№'),
    ("times", '×'),
    ("plusmn", '±'),
    ("copy", '©'),
    ("reg", '®'),
    ("trade", '™'),
    ("shy", '\u{ad}'),
    ("ensp", '\u{2002}'),
    ("emsp", '\u{2003}'),
    ("thinsp", '\u{2009}'),
    ("zwnj", '\u{200c}'),
    ("zwj", '\u{200d}'),
];

/// The longest name or number that is looked for, in bytes.
const LONGEST_ENTITY: usize = 10;

/// The character that an entity at the beginning of `rest` stands for, and its length in bytes.
fn entity(rest: &str) -> Option<(char, usize)> {
    let semicolon = rest
        .bytes()
        .take(LONGEST_ENTITY)
        .position(|byte| byte == b';')?;
    let body = rest.get(1..semicolon)?;
    let character = match body.strip_prefix('#') {
        Some(number) => {
            let code = match number.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code).filter(|c| *c != '\0')?
        }
        None => NAMED.iter().find(|(name, _)| *name == body)?.1,
    };
    Some((character, semicolon + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_reads_alike_is_written_alike() {
        for (text, expected) in [
            ("  Ёлка\n\tВО   дворе ", "елка во дворе"),
            (
                "Яма у &quot;дома&quot;&nbsp;&#8470;&#x35;",
                "яма у \"дома\" №5",
            ),
            ("ЖКХ & свет &bogus; &#xZZ; &", "жкх & свет &bogus; &#xzz; &"),
            ("&amp;quot;", "&quot;"),
            (" \n ", ""),
        ] {
            assert_eq!(normal(text), expected);
        }
    }

    #[test]
    fn a_word_knows_where_it_was_written() {
        let text = "Нет &laquo;Света&raquo; в доме 12а, я_там";
        let found: Vec<_> = words(text)
            .into_iter()
            .map(|word| (word.text, &text[word.from..word.to]))
            .collect();
        assert_eq!(
            found,
            [
                ("нет".to_owned(), "Нет"),
                ("света".to_owned(), "Света"),
                ("доме".to_owned(), "доме"),
                ("12а".to_owned(), "12а"),
                ("я_там".to_owned(), "я_там"),
            ]
        );
    }

    #[test]
    fn a_text_without_end_is_cut() {
        assert_eq!(normal(&"да ".repeat(50_000)).chars().count(), MOST_LETTERS);
    }
}
