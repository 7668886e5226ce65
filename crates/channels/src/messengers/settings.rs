//! What an operator sets of messengers: addresses and tokens, in the settings file, in files of their
//! own or in the environment.

use std::path::PathBuf;

use serde::Deserialize;

use super::http::Base;
use super::{Door, max, telegram};

/// Where MAX answers.
const MAX: &str = "https://platform-api.max.ru";
/// Where Telegram answers.
const TELEGRAM: &str = "https://api.telegram.org";

/// The part `[messengers]` of the settings file.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct File {
    /// MAX.
    pub max: DoorFile,
    /// Telegram.
    pub telegram: DoorFile,
}

/// One messenger in the settings file.
#[derive(Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct DoorFile {
    /// Another address than the messenger's own.
    pub url: Option<String>,
    /// The bot's token.
    pub token: Option<String>,
    /// A file that holds the token.
    pub token_file: Option<PathBuf>,
}

// A token stands in no log.
impl std::fmt::Debug for DoorFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DoorFile")
            .field("url", &self.url)
            .finish_non_exhaustive()
    }
}

impl DoorFile {
    /// The address and the token; none when no token is set anywhere.
    fn checked(
        &self,
        name: &str,
        usual: &str,
        given: Option<String>,
    ) -> Result<Option<(Base, String)>, String> {
        let from_file = match &self.token_file {
            Some(path) => {
                let text = std::fs::read_to_string(path);
                Some(text.map_err(|error| format!("{}: {error}", path.display()))?)
            }
            None => None,
        };
        let token = given.or_else(|| self.token.clone()).or(from_file);
        let Some(token) = token
            .map(|token| token.trim().to_owned())
            .filter(|token| !token.is_empty())
        else {
            return Ok(None);
        };
        let is_token = token.len() <= 1024
            && token
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"-_:.~+/=".contains(&byte));
        if !is_token {
            return Err(format!(
                "the token of `messengers.{name}` has signs that no token has"
            ));
        }
        let url = self.url.as_deref().unwrap_or(usual);
        let base =
            Base::parse(url).map_err(|problem| format!("messengers.{name}.url: {problem}"))?;
        Ok(Some((base, token)))
    }
}

/// The messengers of this installation.
#[derive(Clone, Default)]
pub struct Settings {
    pub(crate) doors: Vec<Door>,
}

impl std::fmt::Debug for Settings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Settings({} messengers)", self.doors.len())
    }
}

impl Settings {
    /// Settings of the file, under the tokens of the environment. An address must be `https://…`
    /// unless it is this machine itself.
    pub fn checked(
        file: &File,
        max_token: Option<String>,
        telegram_token: Option<String>,
    ) -> Result<Self, String> {
        let mut doors = Vec::new();
        if let Some((base, token)) = file.max.checked("max", MAX, max_token)? {
            doors.push(Door::Max(max::Max::new(base, &token)?));
        }
        if let Some((base, token)) = file
            .telegram
            .checked("telegram", TELEGRAM, telegram_token)?
        {
            doors.push(Door::Telegram(telegram::Telegram::new(base, &token)?));
        }
        Ok(Self { doors })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn max(url: &str) -> Result<Settings, String> {
        let file = File {
            max: DoorFile {
                url: Some(url.to_owned()),
                ..DoorFile::default()
            },
            ..File::default()
        };
        Settings::checked(&file, Some("secret-token".to_owned()), None)
    }

    #[test]
    fn a_messenger_is_reached_over_tls_or_on_this_machine() {
        for good in [
            "https://platform-api.max.ru",
            "http://127.0.0.1:8090",
            "http://localhost:1",
            "http://[::1]:1/",
        ] {
            assert_eq!(max(good).unwrap().doors.len(), 1, "{good}");
        }
        for bad in [
            "http://platform-api.max.ru",
            "ftp://127.0.0.1",
            "",
            "https://user:word@x.example",
            "https://x.example/?a=b",
        ] {
            assert!(max(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn without_a_token_there_is_no_messenger_and_a_token_is_never_shown() {
        assert!(
            Settings::checked(&File::default(), None, None)
                .unwrap()
                .doors
                .is_empty()
        );
        assert!(Settings::checked(&File::default(), Some("a b".to_owned()), None).is_err());
        let door = DoorFile {
            token: Some("secret-token".to_owned()),
            ..DoorFile::default()
        };
        assert!(!format!("{door:?}").contains("secret"));
    }
}
