//! How letters leave: the address of the mail server and who they are from.

use std::path::PathBuf;

use lettre::transport::smtp::authentication::Credentials;

/// What the slice of mail needs to be told.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// The way out.
    pub transport: Transport,
    /// Who the letters are from.
    pub sender: Sender,
}

/// Who the letters are from.
#[derive(Clone, Debug, Default)]
pub struct Sender {
    /// The address, also the place where mail servers send what could not be delivered.
    pub address: String,
    /// The name beside it.
    pub name: String,
}

/// The way out of the house.
#[derive(Clone, Debug, Default)]
pub enum Transport {
    /// None: no letters are written.
    #[default]
    None,
    /// Each letter becomes a file; for trying out.
    Folder(PathBuf),
    /// A mail server.
    Smtp(Server),
}

/// A mail server.
#[derive(Clone)]
pub struct Server {
    pub(crate) host: String,
    pub(crate) port: u16,
    pub(crate) protection: Protection,
    pub(crate) credentials: Option<Credentials>,
}

/// How the way to the mail server is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Protection {
    /// TLS from the first byte (`smtps`).
    Tls,
    /// STARTTLS, and nothing without it.
    Starttls,
    /// None: the server is on this machine.
    Loopback,
}

impl std::fmt::Debug for Server {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Server")
            .field("host", &self.host)
            .field("port", &self.port)
            .field("protection", &self.protection)
            .finish_non_exhaustive()
    }
}

impl Transport {
    /// Reads `smtp://user:password@host:port` or `smtps://…`; user and password may be percent-encoded.
    /// On the way to another machine `smtp` asks for STARTTLS and takes nothing less. The error never
    /// repeats the text, which holds a password.
    pub fn smtp(url: &str) -> Result<Self, String> {
        let malformed =
            || "the mail server's address must look like smtp://user:password@host:port".to_owned();
        let parsed = ServerAddress::parse(url).ok_or_else(malformed)?;
        if !parsed.folder.is_empty() {
            return Err(malformed());
        }
        let (protection, usual_port) = match parsed.scheme.as_str() {
            "smtps" => (Protection::Tls, 465),
            "smtp" if parsed.is_here() => (Protection::Loopback, 25),
            "smtp" => (Protection::Starttls, 587),
            _ => {
                return Err("the mail server's address must begin with smtp:// or smtps://".into());
            }
        };
        let credentials = parsed.user.zip(parsed.password);
        Ok(Self::Smtp(Server {
            host: parsed.host,
            port: parsed.port.unwrap_or(usual_port),
            protection,
            credentials: credentials.map(|(user, password)| Credentials::new(user, password)),
        }))
    }
}

/// The address of a server, `scheme://user:password@host:port/folder`; user, password and folder
/// may be percent-encoded.
#[derive(Clone, PartialEq, Eq)]
pub struct ServerAddress {
    /// What stands before `://`.
    pub scheme: String,
    /// Who signs in there.
    pub user: Option<String>,
    /// With what; there with the user.
    pub password: Option<String>,
    /// Where it is.
    pub host: String,
    /// Its port, when it is named.
    pub port: Option<u16>,
    /// What stands after the place; empty without it.
    pub folder: String,
}

impl std::fmt::Debug for ServerAddress {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ServerAddress")
            .field("scheme", &self.scheme)
            .field("host", &self.host)
            .field("port", &self.port)
            .finish_non_exhaustive()
    }
}

impl ServerAddress {
    /// Reads an address; none when it is none.
    pub fn parse(url: &str) -> Option<Self> {
        let (scheme, rest) = url.trim().split_once("://")?;
        // A password may hold the sign that ends the place, so users are looked for first.
        let (user, rest) = match rest.rsplit_once('@') {
            Some((user, rest)) => (Some(user), rest),
            None => (None, rest),
        };
        let (place, folder) = rest.split_once('/').unwrap_or((rest, ""));
        let (host, port) = if let Some(bracketed) = place.strip_prefix('[') {
            let (host, after) = bracketed.split_once(']')?;
            (host, after.strip_prefix(':'))
        } else {
            match place.split_once(':') {
                Some((host, port)) => (host, Some(port)),
                None => (place, None),
            }
        };
        let plain = |c: char| c.is_ascii_alphanumeric() || ".-:_".contains(c);
        if host.is_empty() || !host.chars().all(plain) {
            return None;
        }
        let port = match port {
            Some(port) => Some(port.parse::<u16>().ok().filter(|port| *port > 0)?),
            None => None,
        };
        let (user, password) = match user {
            None => (None, None),
            Some(user) => {
                let (name, password) = user.split_once(':')?;
                (Some(decoded(name)?), Some(decoded(password)?))
            }
        };
        Some(Self {
            scheme: scheme.to_owned(),
            user,
            password,
            host: host.to_owned(),
            port,
            folder: decoded(folder)?,
        })
    }

    /// Whether the server is on this machine.
    pub fn is_here(&self) -> bool {
        is_loopback(&self.host)
    }
}

fn is_loopback(host: &str) -> bool {
    host == "localhost"
        || host
            .parse::<std::net::IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

/// Takes percent-encoding out; none when it is broken or no text.
fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        if *first == b'%' {
            let (two, beyond) = after.split_first_chunk::<2>()?;
            let two = std::str::from_utf8(two).ok()?;
            bytes.push(u8::from_str_radix(two, 16).ok()?);
            rest = beyond;
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn server(url: &str) -> Server {
        match Transport::smtp(url).unwrap() {
            Transport::Smtp(server) => server,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_address_says_how_the_way_is_protected() {
        let far = server("smtp://okno:s%40cret@mail.example.ru");
        assert_eq!(
            (far.host.as_str(), far.port, far.protection),
            ("mail.example.ru", 587, Protection::Starttls)
        );
        assert_eq!(
            far.credentials,
            Some(Credentials::new("okno".into(), "s@cret".into()))
        );
        assert_eq!(
            server("smtps://mail.example.ru").protection,
            Protection::Tls
        );
        let near = server("smtp://127.0.0.1:2525");
        assert_eq!((near.port, near.protection), (2525, Protection::Loopback));
        assert_eq!(
            server("smtp://[::1]:2525/").protection,
            Protection::Loopback
        );
    }

    #[test]
    fn what_cannot_be_an_address_is_refused_without_repeating_the_password() {
        for bad in [
            "mail.example.ru",
            "http://u:secret@mail.example.ru",
            "smtp://u:secret@mail.example.ru:99999",
            "smtp://u:secret@",
            "smtp://secret@mail.example.ru",
            "smtp://u:se%zzcret@mail.example.ru",
            "smtp://u:secret@ma il.ru",
        ] {
            let error = Transport::smtp(bad).unwrap_err();
            assert!(!error.contains("secret"), "{error}");
        }
        assert!(!format!("{:?}", server("smtp://u:secret@mail.example.ru")).contains("secret"));
    }
}
