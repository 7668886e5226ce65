//! Numbers of the state's registers, by which an organisation or an entrepreneur is known, as a form
//! asks for them.

use base::registered;
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
        match self {
            Self::InnOrganisation => registered::is_inn_of_organisation(text),
            Self::InnPerson => registered::is_inn_of_person(text),
            Self::Ogrn => registered::is_ogrn(text),
            Self::Ogrnip => registered::is_ogrnip(text),
        }
    }
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
