//! Numbers that a person may quote: `А-2026-00000042-5` — a letter that looks the same in both
//! alphabets, the year, eight digits from a sequence, and a check digit by ISO 7064 MOD 11,10
//! over the twelve digits, so that one wrong or two swapped digits are noticed when typed.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The number of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Number {
    year: u16,
    sequence: u32,
}

/// Why a text is not a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NumberError {
    /// Not of the form `А-2026-00000042-5`.
    #[error("not of the form А-2026-00000042-5")]
    Form,
    /// The form is right and the check digit is not: something was mistyped.
    #[error("the check digit does not match: a digit was mistyped")]
    CheckDigit,
}

impl Number {
    /// The number of `year` and `sequence`; the sequence must stay below 100 000 000.
    pub fn new(year: u16, sequence: u32) -> Option<Self> {
        (sequence < 100_000_000 && (1000..=9999).contains(&year)).then_some(Self { year, sequence })
    }

    /// The year of the number.
    pub const fn year(self) -> u16 {
        self.year
    }

    /// The place in the year's sequence.
    pub const fn sequence(self) -> u32 {
        self.sequence
    }

    fn check_digit(self) -> u8 {
        let digits = format!("{:04}{:08}", self.year, self.sequence);
        let mut product = 10u8;
        for digit in digits.bytes().map(|byte| byte - b'0') {
            let sum = (digit + product) % 10;
            product = (if sum == 0 { 10 } else { sum } * 2) % 11;
        }
        (11 - product) % 10
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The letter is the Cyrillic А.
        write!(
            f,
            "\u{410}-{:04}-{:08}-{}",
            self.year,
            self.sequence,
            self.check_digit()
        )
    }
}

impl From<Number> for String {
    fn from(number: Number) -> Self {
        number.to_string()
    }
}

impl TryFrom<String> for Number {
    type Error = NumberError;
    fn try_from(text: String) -> Result<Self, NumberError> {
        text.parse()
    }
}

impl FromStr for Number {
    type Err = NumberError;

    /// Reads a number as people type it: either alphabet's А in either case, any spaces, dashes
    /// of any length or none; leading zeros of the sequence may be missing when dashes are there.
    fn from_str(text: &str) -> Result<Self, NumberError> {
        if text.len() > 64 {
            return Err(NumberError::Form);
        }
        let plain: String = text
            .chars()
            .filter(|c| !c.is_whitespace())
            .map(|c| match c {
                '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
                other => other,
            })
            .collect();
        let rest = plain
            .strip_prefix(['\u{410}', '\u{430}', 'A', 'a'])
            .ok_or(NumberError::Form)?;
        let rest = rest.strip_prefix('-').unwrap_or(rest);
        let parts: Vec<&str> = rest.split('-').collect();
        let (year, sequence, check) = match parts.as_slice() {
            [year, sequence, check] => (*year, *sequence, *check),
            [all] if all.len() == 13 && all.is_ascii() => (&all[..4], &all[4..12], &all[12..]),
            _ => return Err(NumberError::Form),
        };
        let digits = |text: &str, most: usize| {
            (!text.is_empty() && text.len() <= most && text.bytes().all(|b| b.is_ascii_digit()))
                .then(|| text.parse::<u32>().ok())
                .flatten()
                .ok_or(NumberError::Form)
        };
        let year = u16::try_from(digits(year, 4)?).map_err(|_| NumberError::Form)?;
        let number = Number::new(year, digits(sequence, 8)?).ok_or(NumberError::Form)?;
        if digits(check, 1)? == u32::from(number.check_digit()) {
            Ok(number)
        } else {
            Err(NumberError::CheckDigit)
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_standards_own_example_has_its_check_digit() {
        // ISO 7064 MOD 11,10: 0794 → 5, here through the same recurrence over twelve digits.
        let number = Number::new(2026, 42).unwrap();
        let text = number.to_string();
        assert_eq!(text, "\u{410}-2026-00000042-5");
        assert_eq!(text.parse::<Number>(), Ok(number));
    }

    #[test]
    fn people_type_it_their_way() {
        let number = Number::new(2026, 42).unwrap();
        let digit = number.check_digit();
        for typed in [
            format!("a-2026-42-{digit}"),
            format!(" А 2026 — 00000042 — {digit} "),
            format!("А202600000042{digit}"),
        ] {
            assert_eq!(typed.parse::<Number>(), Ok(number), "{typed}");
        }
        assert_eq!("".parse::<Number>(), Err(NumberError::Form));
        assert_eq!("А-2026-abc-1".parse::<Number>(), Err(NumberError::Form));
        assert_eq!("А-२०२६-42-1".parse::<Number>(), Err(NumberError::Form));
    }

    proptest! {
        #[test]
        fn every_number_reads_back(year in 1000u16..=9999, sequence in 0u32..100_000_000) {
            let number = Number::new(year, sequence).unwrap();
            prop_assert_eq!(number.to_string().parse::<Number>(), Ok(number));
        }

        #[test]
        fn one_wrong_digit_is_noticed(sequence in 0u32..100_000_000, at in 0usize..8, add in 1u32..10) {
            let number = Number::new(2026, sequence).unwrap();
            let text = number.to_string();
            let mut chars: Vec<char> = text.chars().collect();
            let old = chars[7 + at].to_digit(10).unwrap();
            chars[7 + at] = char::from_digit((old + add) % 10, 10).unwrap();
            let wrong: String = chars.into_iter().collect();
            prop_assert_eq!(wrong.parse::<Number>(), Err(NumberError::CheckDigit));
        }

        #[test]
        fn no_text_makes_it_panic(text in ".{0,80}") {
            let _ = text.parse::<Number>();
        }
    }
}
