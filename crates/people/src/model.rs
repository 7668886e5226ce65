//! The types of this slice: names, contacts, e-mails, what a sign-up and a new user are made of.
//! Nothing here does input or output; every check answers with the fields that it is about.

use std::fmt;

use base::text::{clean_line, length};
use base::{FieldError, Language, Role, registered};
use serde::{Deserialize, Serialize};

/// The longest part of a name, in characters.
pub const NAME_MOST: usize = 100;

/// The longest e-mail address, in bytes (RFC 5321 section 4.5.3.1.3).
const EMAIL_MOST: usize = 254;

/// How a person is called.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonName {
    /// Фамилия.
    pub last: String,
    /// Имя.
    pub first: String,
    /// Отчество, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub middle: Option<String>,
}

impl PersonName {
    /// Cleans the parts and says what is wrong with them; the fields are `last_name`,
    /// `first_name` and `middle_name`.
    pub fn checked(&self) -> Result<Self, Vec<FieldError>> {
        let mut errors = Vec::new();
        let last = clean_line(&self.last);
        let first = clean_line(&self.first);
        let middle = self
            .middle
            .as_deref()
            .map(clean_line)
            .filter(|text| !text.is_empty());
        for (field, text, missing) in [
            ("last_name", &last, "people-error-last-name"),
            ("first_name", &first, "people-error-first-name"),
        ] {
            if text.is_empty() {
                errors.push(FieldError::new(field, missing));
            }
        }
        for (field, text) in [
            ("last_name", Some(&last)),
            ("first_name", Some(&first)),
            ("middle_name", middle.as_ref()),
        ] {
            if text.is_some_and(|text| length(text) > NAME_MOST) {
                errors
                    .push(FieldError::new(field, "people-error-name-long").with("most", NAME_MOST));
            }
        }
        if errors.is_empty() {
            Ok(Self {
                last,
                first,
                middle,
            })
        } else {
            Err(errors)
        }
    }

    /// Last, first and middle name in a row: «Смирнова Анна Петровна».
    pub fn full(&self) -> String {
        let mut full = format!("{} {}", self.last, self.first);
        if let Some(middle) = &self.middle {
            full.push(' ');
            full.push_str(middle);
        }
        full.trim().to_owned()
    }

    /// First name and the initial of the last: «Анна С.»; what stands in the page's head, and all
    /// that an applicant is told of a member of staff.
    pub fn short(&self) -> String {
        // Whoever types their name on a phone may begin it with a small letter.
        let initial = self.last.chars().next();
        match initial.and_then(|initial| initial.to_uppercase().next()) {
            Some(initial) if !self.first.is_empty() => format!("{} {initial}.", self.first),
            _ => self.full(),
        }
    }

    /// Initials and last name, as official papers are signed: «А. П. Смирнова».
    pub fn signing(&self) -> String {
        let mut text = String::new();
        let parts = [Some(&self.first), self.middle.as_ref()];
        for initial in parts
            .into_iter()
            .flatten()
            .filter_map(|part| part.chars().next())
        {
            text.push(initial);
            text.push_str(".\u{a0}");
        }
        text.push_str(&self.last);
        text.trim().to_owned()
    }

    /// Last name and initials: «Смирнова А. П.»; how colleagues are called wherever staff read of
    /// each other.
    pub fn initials(&self) -> String {
        let mut text = self.last.clone();
        for part in [Some(&self.first), self.middle.as_ref()]
            .into_iter()
            .flatten()
        {
            if let Some(initial) = part.chars().next() {
                text.push(' ');
                text.push(initial);
                text.push('.');
            }
        }
        text.trim().to_owned()
    }
}

/// How a person can be reached.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contacts {
    /// E-mail as the person wrote it.
    pub email: String,
    /// Phone number, where one was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// Postal address, where one was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// The language for letters, where one was chosen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// The organisation for which the person writes, where they do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organisation: Option<Organisation>,
}

/// An organisation for which a person writes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Organisation {
    /// Its name.
    pub name: String,
    /// ИНН.
    pub inn: String,
    /// ОГРН; may be empty.
    pub ogrn: String,
    /// What the person is there; may be empty.
    pub post: String,
}

/// The longest name of an organisation, in characters.
pub const ORGANISATION_MOST: usize = 300;

/// The longest post, in characters.
pub const ORGANISATION_POST_MOST: usize = 200;

impl Organisation {
    /// Cleans the parts and says what is wrong with them; nothing when all of them are empty. The
    /// fields are `organisation_name`, `organisation_inn`, `organisation_ogrn` and
    /// `organisation_post`.
    pub fn checked(&self) -> Result<Option<Self>, Vec<FieldError>> {
        let number = |text: &str| clean_line(text).replace(' ', "");
        let clean = Self {
            name: clean_line(&self.name),
            inn: number(&self.inn),
            ogrn: number(&self.ogrn),
            post: clean_line(&self.post),
        };
        if clean == Self::default() {
            return Ok(None);
        }
        let mut errors = Vec::new();
        if clean.name.is_empty() {
            errors.push(FieldError::new(
                "organisation_name",
                "people-error-organisation-name",
            ));
        }
        for (field, text, most) in [
            ("organisation_name", &clean.name, ORGANISATION_MOST),
            ("organisation_post", &clean.post, ORGANISATION_POST_MOST),
        ] {
            if length(text) > most {
                errors.push(FieldError::new(field, "error-too-long").with("max", most));
            }
        }
        if clean.inn.is_empty() {
            errors.push(FieldError::new(
                "organisation_inn",
                "people-error-organisation-inn",
            ));
        } else if !registered::is_inn_of_organisation(&clean.inn) {
            errors.push(FieldError::new("organisation_inn", "people-error-inn"));
        }
        if !clean.ogrn.is_empty() && !registered::is_ogrn(&clean.ogrn) {
            errors.push(FieldError::new("organisation_ogrn", "people-error-ogrn"));
        }
        if errors.is_empty() {
            Ok(Some(clean))
        } else {
            Err(errors)
        }
    }

    /// In one line: name, numbers, post.
    pub fn in_a_line(&self) -> String {
        let parts = [&self.name, &self.inn, &self.ogrn, &self.post];
        let said = parts.into_iter().filter(|part| !part.is_empty());
        said.cloned().collect::<Vec<_>>().join(", ")
    }
}

/// The longest phone number, in characters.
pub const PHONE_MOST: usize = 40;

/// The longest postal address, in characters.
pub const ADDRESS_MOST: usize = 500;

/// Whether a text can be a telephone number, however it is written.
pub fn is_phone(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    (5..=20).contains(&digits)
        && length(text) <= PHONE_MOST
        && text
            .chars()
            .all(|c| c.is_ascii_digit() || "+-() ,.#*".contains(c))
}

impl Contacts {
    /// Cleans phone, address and organisation and says what is wrong with them; the fields are
    /// `phone`, `address` and those of [`Organisation::checked`]. The e-mail stays what it is.
    pub fn checked(&self) -> Result<Self, Vec<FieldError>> {
        let line = |text: &Option<String>| {
            text.as_deref()
                .map(clean_line)
                .filter(|text| !text.is_empty())
        };
        let (phone, address) = (line(&self.phone), line(&self.address));
        let mut errors = Vec::new();
        if phone.as_deref().is_some_and(|phone| !is_phone(phone)) {
            errors.push(FieldError::new("phone", "people-error-phone"));
        }
        if address
            .as_deref()
            .is_some_and(|address| length(address) > ADDRESS_MOST)
        {
            errors.push(
                FieldError::new("address", "people-error-name-long").with("most", ADDRESS_MOST),
            );
        }
        let organisation = self.organisation.as_ref().map(Organisation::checked);
        let organisation = organisation.transpose().unwrap_or_else(|wrong| {
            errors.extend(wrong);
            None
        });
        if errors.is_empty() {
            Ok(Self {
                email: self.email.clone(),
                phone,
                address,
                language: self.language,
                organisation: organisation.flatten(),
            })
        } else {
            Err(errors)
        }
    }
}

/// An e-mail address that has the form of one.
#[derive(Clone, PartialEq, Eq)]
pub struct Email {
    written: String,
    normalised: String,
}

impl Email {
    /// Reads an address: exactly one `@`, something before it, a domain with a dot after it, no
    /// spaces. None when it cannot be one. Whether it exists only a letter to it can tell.
    pub fn parse(text: &str) -> Option<Self> {
        let written = clean_line(text);
        let (local, domain) = written.split_once('@')?;
        let labels: Vec<&str> = domain.split('.').collect();
        let sound = written.len() <= EMAIL_MOST
            && (1..=64).contains(&local.len())
            && !local.starts_with('.')
            && !local.ends_with('.')
            && !local.contains("..")
            && labels.len() >= 2
            && labels.iter().all(|label| {
                (1..=63).contains(&label.len())
                    && !label.starts_with('-')
                    && !label.ends_with('-')
                    && label.chars().all(|c| c.is_alphanumeric() || c == '-')
            })
            && !local
                .chars()
                .any(|c| c.is_whitespace() || c == '@' || "()<>[]\\,;:\"".contains(c));
        sound.then(|| Self {
            normalised: written.to_lowercase(),
            written,
        })
    }

    /// As the person wrote it, cleaned.
    pub fn written(&self) -> &str {
        &self.written
    }

    /// In lower case: what its blind index is made from.
    pub fn normalised(&self) -> &str {
        &self.normalised
    }

    /// The part before the `@`, in lower case.
    pub fn local(&self) -> &str {
        self.normalised
            .split_once('@')
            .map_or("", |(local, _)| local)
    }
}

impl fmt::Debug for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Email(..)")
    }
}

/// An e-mail of which only the owner sees enough to know it again: `a•••@example.ru`.
pub fn masked_email(email: &str) -> String {
    match email.split_once('@') {
        Some((local, domain)) => {
            let first = local.chars().next().map(String::from).unwrap_or_default();
            format!("{first}•••@{domain}")
        }
        None => "•••".to_owned(),
    }
}

/// A part of a name of which only enough is shown to know it again: `С•••`.
pub fn masked(text: &str) -> String {
    let first = text.chars().next().map(String::from).unwrap_or_default();
    format!("{first}•••")
}

/// What a person fills in to get an account.
#[derive(Clone)]
pub struct SignUp {
    /// How they are called.
    pub name: PersonName,
    /// Their e-mail, as typed.
    pub email: String,
    /// Their password, as typed.
    pub password: String,
    /// Whether they agreed to the processing of their personal data.
    pub consent: bool,
}

impl fmt::Debug for SignUp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SignUp(..)")
    }
}

/// Somebody whom an operator or the demo gives an account with a role.
#[derive(Clone)]
pub struct NewUser {
    /// How they are called.
    pub name: PersonName,
    /// Their e-mail.
    pub email: String,
    /// Their first password.
    pub password: String,
    /// What they are.
    pub role: Role,
    /// Code of the unit they work in. Specialists and heads need one; an administrator without
    /// one has the whole installation; an applicant has none.
    pub unit: Option<String>,
}

impl fmt::Debug for NewUser {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NewUser")
            .field("role", &self.role)
            .field("unit", &self.unit)
            .finish_non_exhaustive()
    }
}

/// A person's own name and contacts, for the profile page and for filling in forms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// How they are called.
    pub name: PersonName,
    /// How they can be reached.
    pub contacts: Contacts,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn anna() -> PersonName {
        PersonName {
            last: "  Смирнова ".into(),
            first: "Анна".into(),
            middle: Some("Петровна".into()),
        }
    }

    #[test]
    fn names_are_cleaned_and_shown_three_ways() {
        let name = anna().checked().unwrap();
        assert_eq!(name.full(), "Смирнова Анна Петровна");
        assert_eq!(name.short(), "Анна С.");
        let small = PersonName {
            last: "смирнова".into(),
            ..name.clone()
        };
        assert_eq!(small.short(), "Анна С.");
        assert_eq!(name.initials(), "Смирнова А. П.");
        assert_eq!(name.signing(), "А.\u{a0}П.\u{a0}Смирнова");
    }

    #[test]
    fn every_wrong_part_of_a_name_is_told_at_once() {
        let errors = PersonName {
            last: "\u{200b} ".into(),
            first: "я".repeat(NAME_MOST + 1),
            middle: Some(String::new()),
        }
        .checked()
        .unwrap_err();
        let fields: Vec<&str> = errors.iter().map(|error| error.field.as_str()).collect();
        assert_eq!(fields, ["last_name", "first_name"]);
    }

    #[test]
    fn addresses_are_told_from_what_is_none() {
        for good in [
            "anna@example.ru",
            "Anna.S+okno@mail.example.com",
            "почта@пример.рф",
        ] {
            assert!(Email::parse(good).is_some(), "{good}");
        }
        for bad in [
            "",
            "anna",
            "anna@",
            "@example.ru",
            "anna@example",
            "anna @example.ru",
            "a@b@example.ru",
            "anna@exam_ple.ru",
            "anna@-example.ru",
            "anna@example..ru",
            "<anna@example.ru>",
        ] {
            assert!(Email::parse(bad).is_none(), "{bad}");
        }
        let long = format!("a@{}.ru", "b".repeat(300));
        assert!(Email::parse(&long).is_none());
    }

    #[test]
    fn one_address_has_one_normal_form() {
        let one = Email::parse("Anna@Example.RU").unwrap();
        let other = Email::parse(" anna@example.ru\u{200b}").unwrap();
        assert_eq!(one.normalised(), other.normalised());
        assert_eq!(one.written(), "Anna@Example.RU");
    }

    #[test]
    fn a_masked_address_hides_its_owner() {
        assert_eq!(masked_email("anna@example.ru"), "a•••@example.ru");
        assert_eq!(masked_email("nonsense"), "•••");
    }

    #[test]
    fn passwords_do_not_show_in_debug_output() {
        let sign_up = SignUp {
            name: anna(),
            email: "anna@example.ru".into(),
            password: "long secret words".into(),
            consent: true,
        };
        assert_eq!(format!("{sign_up:?}"), "SignUp(..)");
    }
}
