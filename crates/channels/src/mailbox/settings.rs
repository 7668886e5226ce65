//! Which mailbox is read, and how the way to it is protected.

use std::path::PathBuf;

use mail::{Replies, ServerAddress};

/// Where letters lie that were taken, unless settings say otherwise.
const FOLDER: &str = "Okno";

/// What an operator sets, as it is written.
#[derive(Clone, Debug, Default)]
pub struct Written {
    /// `imaps://user:password@host:993/INBOX`.
    pub url: String,
    /// The address that letters are sent to; the user's name when it is one.
    pub address: Option<String>,
    /// The folder for letters that were taken.
    pub done: Option<String>,
    /// Whether `name+anything@host` is delivered.
    pub plus: bool,
    /// Certificates (PEM) that are trusted besides those of the web.
    pub trusted: Option<PathBuf>,
}

/// The mailbox.
#[derive(Clone)]
pub struct Settings {
    pub(super) host: String,
    pub(super) port: u16,
    pub(super) is_protected: bool,
    pub(super) user: String,
    pub(super) password: String,
    pub(super) folder: String,
    pub(super) done: String,
    pub(super) trusted: Option<PathBuf>,
    replies: Replies,
}

impl std::fmt::Debug for Settings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.told())
    }
}

impl Settings {
    /// Reads what is written. The error never repeats the address, which holds a password.
    pub fn read(written: Written) -> Result<Self, String> {
        let malformed =
            || "the mailbox must look like imaps://user:password@host:993/INBOX".to_owned();
        let parsed = ServerAddress::parse(&written.url).ok_or_else(malformed)?;
        let (is_protected, usual_port) = match parsed.scheme.as_str() {
            "imaps" => (true, 993),
            "imap" if parsed.is_here() => (false, 143),
            "imap" => {
                return Err("the mailbox of another machine is read by imaps:// alone".to_owned());
            }
            _ => return Err(malformed()),
        };
        let (Some(user), Some(password)) = (parsed.user, parsed.password) else {
            return Err(malformed());
        };
        let address = written
            .address
            .filter(|address| !address.is_empty())
            .unwrap_or_else(|| user.clone());
        if !mail::is_address(&address) {
            return Err("`mailbox_address` must be the e-mail address of the mailbox".to_owned());
        }
        let folder = match parsed.folder.trim_end_matches('/') {
            "" => "INBOX".to_owned(),
            folder => folder.to_owned(),
        };
        let done = written.done.filter(|done| !done.is_empty());
        let done = done.unwrap_or_else(|| FOLDER.to_owned());
        if done == folder {
            return Err(
                "`mailbox_done` must be another folder than the one that is read".to_owned(),
            );
        }
        // A name goes into a command of one line.
        if [&folder, &done, &user, &password]
            .iter()
            .any(|text| text.chars().any(char::is_control))
        {
            return Err(malformed());
        }
        Ok(Self {
            host: parsed.host,
            port: parsed.port.unwrap_or(usual_port),
            is_protected,
            user,
            password,
            folder,
            done,
            trusted: written.trusted,
            replies: Replies {
                address,
                plus: written.plus,
            },
        })
    }

    /// The mailbox as administrators see it: without its password.
    pub fn told(&self) -> String {
        let scheme = if self.is_protected { "imaps" } else { "imap" };
        format!("{scheme}://{}:{}/{}", self.host, self.port, self.folder)
    }

    /// Where letters about cases are answered.
    pub fn replies(&self) -> Replies {
        self.replies.clone()
    }

    /// Which mailbox it is, for telling its letters from those of another.
    pub(super) fn name(&self) -> String {
        format!("{}@{}/{}", self.user, self.host, self.folder)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(url: &str) -> Result<Settings, String> {
        Settings::read(Written {
            url: url.to_owned(),
            ..Written::default()
        })
    }

    #[test]
    fn a_mailbox_is_read_from_its_address_and_its_password_is_told_to_nobody() {
        let far = read("imaps://mail%40region.ru:s%40cret@imap.region.ru").unwrap();
        assert_eq!((far.port, far.folder.as_str()), (993, "INBOX"));
        assert_eq!(far.password, "s@cret");
        assert_eq!(far.replies().address, "mail@region.ru");
        assert_eq!(far.told(), "imaps://imap.region.ru:993/INBOX");
        assert!(!format!("{far:?}").contains("cret"));
        let near = Settings::read(Written {
            url: "imap://okno:secret@127.0.0.1:1143/INBOX.%D0%9F".into(),
            address: Some("mail@region.ru".into()),
            ..Written::default()
        });
        assert_eq!(near.unwrap().folder, "INBOX.П");
    }

    #[test]
    fn what_cannot_be_a_mailbox_is_refused_without_repeating_the_password() {
        for bad in [
            "imap.region.ru",
            "imap://mail%40region.ru:secret@imap.region.ru",
            "pop3://mail%40region.ru:secret@imap.region.ru",
            "imaps://imap.region.ru",
            "imaps://okno:secret@imap.region.ru",
            "imaps://mail%40region.ru:sec%0Aret@imap.region.ru",
            "imaps://mail%40region.ru:secret@imap.region.ru/Okno",
        ] {
            let error = read(bad).unwrap_err();
            assert!(!error.contains("secret"), "{error}");
        }
    }
}
