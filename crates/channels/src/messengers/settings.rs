//! What an operator sets of messengers: addresses and tokens, in the settings file, in files of their
//! own or in the environment.

use std::path::PathBuf;
use std::sync::Arc;

use reqwest::Url;
use serde::Deserialize;
use tokio::sync::Notify;

use super::http::{Base, is_here};
use super::{Door, Line, max, telegram};

/// Where MAX answers.
const MAX: &str = "https://platform-api2.max.ru";
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
    /// Whether messages are brought to us, and where; they are asked for when it is left out.
    pub webhook: Option<Webhook>,
}

/// Whether a messenger brings what comes.
#[derive(Clone, Debug, Deserialize)]
#[serde(
    untagged,
    expecting = "true, false, or the https address to which the messenger is to bring messages"
)]
pub enum Webhook {
    /// To the public address of the installation; or not.
    Asked(bool),
    /// To an address of its own, from which a proxy leads to the one of ours.
    At(String),
}

// A token stands in no log.
impl std::fmt::Debug for DoorFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DoorFile")
            .field("url", &self.url)
            .field("webhook", &self.webhook)
            .finish_non_exhaustive()
    }
}

/// What is known of a messenger before anything is set.
struct Usual {
    name: &'static str,
    /// As people call it.
    title: &'static str,
    url: &'static str,
    /// The ports to which it brings messages.
    ports: &'static [u16],
}

/// One messenger, checked.
struct Checked {
    base: Base,
    token: String,
    webhook: Option<Arc<str>>,
}

impl Checked {
    fn door(self, line: Line) -> Door {
        Door {
            line,
            token: self.token.into(),
            webhook: self.webhook,
            came: Arc::new(Notify::new()),
        }
    }
}

impl DoorFile {
    /// Where the messenger is to bring messages; none when they are asked for. It has to be an address
    /// that the messenger reaches, unless messenger and address are both this machine, as where
    /// both are tried out.
    fn brought_to(
        &self,
        usual: &Usual,
        base: &Base,
        origin: &str,
    ) -> Result<Option<Arc<str>>, String> {
        let (name, title) = (usual.name, usual.title);
        let address = match &self.webhook {
            None | Some(Webhook::Asked(false)) => return Ok(None),
            Some(Webhook::Asked(true)) => {
                format!("{}/channels/{name}", origin.trim_end_matches('/'))
            }
            Some(Webhook::At(address)) => address.clone(),
        };
        let refused = |why: String| Err(format!("messengers.{name}.webhook: {why}"));
        let url = match Url::parse(&address) {
            Ok(url) => url,
            Err(error) => return refused(format!("{address} is no address: {error}")),
        };
        let is_bare = url.query().is_none() && url.fragment().is_none();
        if !is_bare || !url.username().is_empty() || url.password().is_some() {
            return refused("the address must be a host and a path, and nothing else".to_owned());
        }
        if is_here(&url) {
            return if base.is_here() && ["http", "https"].contains(&url.scheme()) {
                Ok(Some(address.into()))
            } else {
                refused(format!(
                    "{title} does not reach {address}: set `origin` to the public https address, or leave \
                     `webhook` out and messages are asked for"
                ))
            };
        }
        if url.scheme() != "https" {
            return refused(format!(
                "{title} brings messages over https alone, and {address} is not: set `origin` to the \
                 public https address"
            ));
        }
        let port = url.port_or_known_default().unwrap_or_default();
        if !usual.ports.contains(&port) {
            let ports: Vec<String> = usual.ports.iter().map(u16::to_string).collect();
            return refused(format!(
                "{title} brings messages to port {} alone, and not to {port}",
                ports.join(", ")
            ));
        }
        Ok(Some(address.into()))
    }

    /// The address, the token and where messages are brought; none when no token is set anywhere.
    fn checked(
        &self,
        usual: &Usual,
        given: Option<String>,
        origin: &str,
    ) -> Result<Option<Checked>, String> {
        let name = usual.name;
        let url = self.url.as_deref().unwrap_or(usual.url);
        let base =
            Base::parse(url).map_err(|problem| format!("messengers.{name}.url: {problem}"))?;
        let webhook = self.brought_to(usual, &base, origin)?;
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
        Ok(Some(Checked {
            base,
            token,
            webhook,
        }))
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
    /// unless it is this machine itself. `origin` is the public address of the installation.
    pub fn checked(
        file: &File,
        origin: &str,
        max_token: Option<String>,
        telegram_token: Option<String>,
    ) -> Result<Self, String> {
        let mut doors = Vec::new();
        let usual = Usual {
            name: "max",
            title: "MAX",
            url: MAX,
            ports: max::PORTS,
        };
        if let Some(checked) = file.max.checked(&usual, max_token, origin)? {
            let line = max::Max::new(checked.base.clone(), &checked.token)?;
            doors.push(checked.door(Line::Max(line)));
        }
        let usual = Usual {
            name: "telegram",
            title: "Telegram",
            url: TELEGRAM,
            ports: telegram::PORTS,
        };
        if let Some(checked) = file.telegram.checked(&usual, telegram_token, origin)? {
            let line = telegram::Telegram::new(checked.base.clone(), &checked.token)?;
            doors.push(checked.door(Line::Telegram(line)));
        }
        Ok(Self { doors })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOKEN: &str = "secret-token";

    fn max(url: &str) -> Result<Settings, String> {
        let file = File {
            max: DoorFile {
                url: Some(url.to_owned()),
                ..DoorFile::default()
            },
            ..File::default()
        };
        Settings::checked(&file, "https://okno.example", Some(TOKEN.to_owned()), None)
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
            Settings::checked(&File::default(), "https://okno.example", None, None)
                .unwrap()
                .doors
                .is_empty()
        );
        let wrong = Some("a b".to_owned());
        assert!(Settings::checked(&File::default(), "https://okno.example", wrong, None).is_err());
        let door = DoorFile {
            token: Some("secret-token".to_owned()),
            ..DoorFile::default()
        };
        assert!(!format!("{door:?}").contains("secret"));
    }

    /// Where messages are brought with these settings of the file.
    fn brought(name: &str, text: &str, origin: &str) -> Result<Option<String>, String> {
        let file: File = toml::from_str(text).map_err(|error| error.message().to_owned())?;
        let token = || Some(TOKEN.to_owned());
        let settings = match name {
            "max" => Settings::checked(&file, origin, token(), None)?,
            _ => Settings::checked(&file, origin, None, token())?,
        };
        let door = settings.doors.first().unwrap();
        Ok(door.webhook.as_deref().map(str::to_owned))
    }

    #[test]
    fn messages_are_brought_to_the_public_address_or_to_one_of_their_own() {
        let public = "https://okno.example";
        for (name, text, address) in [
            ("max", "", None),
            ("max", "[max]\nwebhook = false", None),
            (
                "max",
                "[max]\nwebhook = true",
                Some("https://okno.example/channels/max"),
            ),
            (
                "telegram",
                "[telegram]\nwebhook = true",
                Some("https://okno.example/channels/telegram"),
            ),
            (
                "telegram",
                "[telegram]\nwebhook = \"https://bots.example:8443/okno\"",
                Some("https://bots.example:8443/okno"),
            ),
        ] {
            let brought = brought(name, text, public).unwrap();
            assert_eq!(brought.as_deref(), address, "{name} {text}");
        }
        // Where messenger and installation are both this machine they are tried out.
        let here = "[max]\nurl = \"http://127.0.0.1:1\"\nwebhook = true";
        let tried = brought("max", here, "http://127.0.0.1:8080").unwrap();
        assert_eq!(tried.as_deref(), Some("http://127.0.0.1:8080/channels/max"));
    }

    #[test]
    fn a_webhook_that_no_messenger_reaches_is_refused_with_a_sentence() {
        for (name, text, origin, sentence) in [
            (
                "max",
                "[max]\nwebhook = true",
                "http://127.0.0.1:8080",
                "set `origin`",
            ),
            (
                "max",
                "[max]\nwebhook = true",
                "https://localhost",
                "does not reach",
            ),
            (
                "telegram",
                "[telegram]\nwebhook = true",
                "http://okno.example",
                "over https alone",
            ),
            (
                "max",
                "[max]\nurl = \"http://127.0.0.1:1\"\nwebhook = true",
                "http://okno.example",
                "over https alone",
            ),
            (
                "max",
                "[max]\nwebhook = true",
                "https://okno.example:8443",
                "port 443 alone",
            ),
            (
                "telegram",
                "[telegram]\nwebhook = \"https://okno.example:9443/\"",
                "https://okno.example",
                "port 443, 80, 88, 8443 alone",
            ),
            (
                "max",
                "[max]\nwebhook = \"okno\"",
                "https://okno.example",
                "is no address",
            ),
            (
                "max",
                "[max]\nwebhook = \"https://okno.example/?a=b\"",
                "https://okno.example",
                "a host and a path",
            ),
            (
                "max",
                "[max]\nwebhook = 7",
                "https://okno.example",
                "true, false, or the https address",
            ),
        ] {
            let refused = brought(name, text, origin).unwrap_err();
            assert!(refused.contains(sentence), "{text} {origin}: {refused}");
            assert!(!refused.contains(TOKEN), "{refused}");
        }
    }
}
