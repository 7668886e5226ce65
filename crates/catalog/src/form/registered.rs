//! Numbers of the state's registers, by which an organisation or an entrepreneur is known. Each ends
//! with digits that are reckoned from the others, so that a slip of the pen is seen at once.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Which register a number is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = RegisteredNumber)]
pub enum Registered {
    /// ИНН of an organisation: ten digits.
    InnOrganisation,
    /// ИНН of a person: twelve digits.
    InnPerson,
    /// ОГРН of an organisation: thirteen digits.
    Ogrn,
    /// ОГРНИП of an entrepreneur: fifteen digits.
    Ogrnip,
}

impl Registered {
    /// Every register.
    pub const ALL: [Self; 4] = [
        Self::InnOrganisation,
        Self::InnPerson,
        Self::Ogrn,
        Self::Ogrnip,
    ];

    /// The register's name in services' files.
    pub const fn code(self) -> &'static str {
        match self {
            Self::InnOrganisation => "inn_organisation",
            Self::InnPerson => "inn_person",
            Self::Ogrn => "ogrn",
            Self::Ogrnip => "ogrnip",
        }
    }

    /// How many digits a number has.
    pub const fn digits(self) -> u32 {
        match self {
            Self::InnOrganisation => 10,
            Self::InnPerson => 12,
            Self::Ogrn => 13,
            Self::Ogrnip => 15,
        }
    }

    /// Whether `text` is a number of this register: only digits, as many as it takes, and the last
    /// of them right.
    pub fn holds(self, text: &str) -> bool {
        if text.len() != self.digits() as usize || !text.bytes().all(|b| b.is_ascii_digit()) {
            return false;
        }
        let digits: Vec<u64> = text.bytes().map(|b| u64::from(b - b'0')).collect();
        // Twelve zeros satisfy every sum and are nobody's number.
        if digits.iter().all(|digit| *digit == 0) {
            return false;
        }
        match self {
            Self::InnOrganisation => {
                weighed(&digits[..9], &[2, 4, 10, 3, 5, 9, 4, 6, 8]) == digits[9]
            }
            Self::InnPerson => {
                weighed(&digits[..10], &[7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) == digits[10]
                    && weighed(&digits[..11], &[3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) == digits[11]
            }
            Self::Ogrn => remainder(&digits[..12], 11) == digits[12],
            Self::Ogrnip => remainder(&digits[..14], 13) == digits[14],
        }
    }
}

fn weighed(digits: &[u64], weights: &[u64]) -> u64 {
    let sum: u64 = digits
        .iter()
        .zip(weights)
        .map(|(digit, weight)| digit * weight)
        .sum();
    sum % 11 % 10
}

/// The last digit of what the number leaves when it is divided.
fn remainder(digits: &[u64], by: u64) -> u64 {
    digits.iter().fold(0, |number, digit| number * 10 + digit) % by % 10
}

#[cfg(test)]
mod tests {
    use super::Registered;

    #[test]
    fn a_number_with_one_wrong_digit_is_refused() {
        for (register, good) in [
            (Registered::InnOrganisation, "7707083893"),
            (Registered::InnPerson, "500100732259"),
            (Registered::Ogrn, "1027700132195"),
            (Registered::Ogrnip, "304500116000157"),
        ] {
            assert!(register.holds(good), "{good}");
            for at in 0..good.len() {
                let digit = good.as_bytes()[at];
                let other = if digit == b'9' { b'0' } else { digit + 1 };
                let mut wrong = good.as_bytes().to_vec();
                wrong[at] = other;
                let wrong = String::from_utf8(wrong).unwrap();
                assert!(!register.holds(&wrong), "{wrong}");
            }
            assert!(!register.holds(&good[1..]));
            assert!(!register.holds(&format!("{good}0")));
            assert!(!register.holds(&"0".repeat(good.len())));
            assert!(!register.holds(&good.replacen(&good[..1], "x", 1)));
        }
    }
}
