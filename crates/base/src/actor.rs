//! Who acts: made once from the session, token or command line, and carried into every change.

use serde::{Deserialize, Serialize};

use crate::id::{AccountId, PersonId, UnitId};

/// Languages of the product; Russian comes first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Русский.
    #[default]
    Ru,
    /// English.
    En,
}

impl Language {
    /// Every language, the first one being the fall-back.
    pub const ALL: [Language; 2] = [Language::Ru, Language::En];

    /// BCP 47 tag, as it stands in `lang` and in the names of word files.
    pub const fn tag(self) -> &'static str {
        match self {
            Language::Ru => "ru",
            Language::En => "en",
        }
    }

    /// The language of a tag like `en` or `en-GB`.
    pub fn from_tag(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_']).next().unwrap_or(tag);
        Self::ALL
            .into_iter()
            .find(|language| primary.eq_ignore_ascii_case(language.tag()))
    }
}

/// What a person may be here. Which role may do what stands in one table of the crate `people`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Заявитель.
    Applicant,
    /// Оператор приёмной.
    Operator,
    /// Исполнитель.
    Specialist,
    /// Руководитель.
    Head,
    /// Администратор.
    Administrator,
}

impl Role {
    /// Every role.
    pub const ALL: [Role; 5] = [
        Role::Applicant,
        Role::Operator,
        Role::Specialist,
        Role::Head,
        Role::Administrator,
    ];

    /// The role's name in tables, commands and the API.
    pub const fn code(self) -> &'static str {
        match self {
            Role::Applicant => "applicant",
            Role::Operator => "operator",
            Role::Specialist => "specialist",
            Role::Head => "head",
            Role::Administrator => "administrator",
        }
    }

    /// The role of a name.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }
}

/// How far a role reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// Only what is one's own.
    Own,
    /// One unit and every unit below it.
    Unit(UnitId),
    /// Everything.
    Installation,
}

/// A role inside a scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Grant {
    /// The role.
    pub role: Role,
    /// Where it holds.
    pub scope: Scope,
}

/// The one who acts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Who {
    /// Nobody signed in.
    Guest,
    /// A signed-in account.
    Account {
        /// The sign-in.
        account: AccountId,
        /// Whose it is.
        person: PersonId,
        /// What it may be; the units of scopes already hold all units below them, see `units`.
        grants: Vec<Grant>,
        /// Every unit that the grants reach, the ones below included; sorted.
        units: Vec<UnitId>,
    },
    /// Okno itself: a follower, a job, a command of the operator.
    System(&'static str),
}

/// Who acts, and in which language they are spoken to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// The one who acts.
    pub who: Who,
    /// The language of the conversation.
    pub language: Language,
}

impl Actor {
    /// Nobody signed in.
    pub const fn guest(language: Language) -> Self {
        Self {
            who: Who::Guest,
            language,
        }
    }

    /// Okno itself, by the name of the part that acts.
    pub const fn system(part: &'static str) -> Self {
        Self {
            who: Who::System(part),
            language: Language::Ru,
        }
    }

    /// The account, when somebody is signed in.
    pub const fn account(&self) -> Option<AccountId> {
        match &self.who {
            Who::Account { account, .. } => Some(*account),
            _ => None,
        }
    }

    /// The person, when somebody is signed in.
    pub const fn person(&self) -> Option<PersonId> {
        match &self.who {
            Who::Account { person, .. } => Some(*person),
            _ => None,
        }
    }

    /// Whether the actor has `role` in any scope.
    pub fn has_role(&self, role: Role) -> bool {
        self.grants().iter().any(|grant| grant.role == role)
    }

    /// Whether the actor works for an authority.
    pub fn is_staff(&self) -> bool {
        self.grants().iter().any(|g| g.role != Role::Applicant)
    }

    /// The roles with their scopes.
    pub fn grants(&self) -> &[Grant] {
        match &self.who {
            Who::Account { grants, .. } => grants,
            _ => &[],
        }
    }

    /// Every unit that the actor's grants reach.
    pub fn units(&self) -> &[UnitId] {
        match &self.who {
            Who::Account { units, .. } => units,
            _ => &[],
        }
    }

    /// Stable text of the actor for the journal; holds no personal data.
    pub fn journal_text(&self) -> String {
        match &self.who {
            Who::Guest => "guest".to_owned(),
            Who::Account { account, .. } => format!("account:{account}"),
            Who::System(part) => format!("system:{part}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_with_regions_are_understood() {
        assert_eq!(Language::from_tag("en-GB"), Some(Language::En));
        assert_eq!(Language::from_tag("RU"), Some(Language::Ru));
        assert_eq!(Language::from_tag("de"), None);
    }

    #[test]
    fn roles_come_back_from_their_codes() {
        for role in Role::ALL {
            assert_eq!(Role::from_code(role.code()), Some(role));
        }
    }
}
