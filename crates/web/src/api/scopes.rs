//! What a program's token may be used for. A session has every scope; the rights of the account
//! are asked for besides, whatever the scope.

use std::fmt;

/// One thing that a token may be used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TokenScope {
    /// Reading one's own cases, drafts, notices and profile.
    CasesRead,
    /// Filing, writing, and everything else that an applicant does.
    CasesWrite,
    /// Reading what staff read.
    DeskRead,
    /// Working on cases.
    DeskWrite,
    /// Reading what administrators read.
    AdminRead,
    /// Changing how the installation works.
    AdminWrite,
}

impl TokenScope {
    /// Every scope, from the narrowest circle outward.
    pub const ALL: [TokenScope; 6] = [
        TokenScope::CasesRead,
        TokenScope::CasesWrite,
        TokenScope::DeskRead,
        TokenScope::DeskWrite,
        TokenScope::AdminRead,
        TokenScope::AdminWrite,
    ];

    /// The name of the scope in the document, in tables and in headers.
    pub const fn code(self) -> &'static str {
        match self {
            TokenScope::CasesRead => "cases:read",
            TokenScope::CasesWrite => "cases:write",
            TokenScope::DeskRead => "desk:read",
            TokenScope::DeskWrite => "desk:write",
            TokenScope::AdminRead => "admin:read",
            TokenScope::AdminWrite => "admin:write",
        }
    }

    /// The scope of a name.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.code() == code)
    }

    /// The end of its word key: `cases-read`.
    pub fn word(self) -> String {
        self.code().replace(':', "-")
    }
}

/// A set of scopes. It stands among the extensions of a request that came with a token.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TokenScopes(u8);

impl TokenScopes {
    /// The scopes of a text as [`fmt::Display`] writes it; names that are no scopes are left out.
    pub fn parse(text: &str) -> Self {
        text.split(' ').filter_map(TokenScope::from_code).collect()
    }

    /// Whether the set holds `scope`.
    pub const fn holds(self, scope: TokenScope) -> bool {
        self.0 & bit(scope) != 0
    }

    /// Whether the set holds nothing.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The scopes in their order.
    pub fn iter(self) -> impl Iterator<Item = TokenScope> {
        TokenScope::ALL
            .into_iter()
            .filter(move |scope| self.holds(*scope))
    }
}

const fn bit(scope: TokenScope) -> u8 {
    1 << scope as u8
}

impl FromIterator<TokenScope> for TokenScopes {
    fn from_iter<I: IntoIterator<Item = TokenScope>>(scopes: I) -> Self {
        Self(scopes.into_iter().fold(0, |all, one| all | bit(one)))
    }
}

impl fmt::Display for TokenScopes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let codes: Vec<&str> = self.iter().map(TokenScope::code).collect();
        f.write_str(&codes.join(" "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_of_scopes_comes_back_from_its_text() {
        let set = TokenScopes::parse("desk:write cases:read cases:read everything");
        assert_eq!(set.to_string(), "cases:read desk:write");
        assert!(set.holds(TokenScope::DeskWrite) && !set.holds(TokenScope::DeskRead));
        assert!(TokenScopes::parse("").is_empty());
        let all: TokenScopes = TokenScope::ALL.into_iter().collect();
        assert_eq!(TokenScopes::parse(&all.to_string()), all);
    }
}
