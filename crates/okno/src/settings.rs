//! Settings: defaults, under a file, under the environment, under flags.

use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use ipnet::IpNet;
use jiff::civil::Time;
use jiff::tz::TimeZone;
use law::AgencyHours;
use serde::Deserialize;

use crate::cli::{Place, Serve};

/// The settings file; everything may be left out.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct File {
    /// Folder of the data.
    pub data: Option<PathBuf>,
    /// Folder of the keys.
    pub keys: Option<PathBuf>,
    /// PostgreSQL address.
    pub database_url: Option<String>,
    /// Address to listen on.
    pub listen: Option<SocketAddr>,
    /// The public address, `https://okno.example`.
    pub origin: Option<String>,
    /// Name of the product in titles.
    pub title: String,
    /// Who runs the installation.
    pub operator: String,
    /// The same in English; the first stands when it is left out.
    pub operator_en: String,
    /// Address of the national platform of feedback (ПОС), where the page `/pos` leads.
    pub pos_url: String,
    /// Name of the log; made at random at the first start when left out.
    pub log_name: Option<String>,
    /// Time zone of the agencies (IANA name).
    pub zone: Option<String>,
    /// When the agencies open, like 09:00.
    pub opens: Option<Time>,
    /// When they close.
    pub closes: Option<Time>,
    /// Code of the unit that takes what no routing rule covers.
    pub default_unit: Option<String>,
    /// Proxies whose `X-Forwarded-For` is believed (networks).
    pub proxies: Vec<IpNet>,
    /// The most requests in work at once.
    pub most_requests: Option<usize>,
    /// Connections that write and read (PostgreSQL).
    pub writers: Option<usize>,
    /// Connections that read.
    pub readers: Option<usize>,
    /// Filings over the API that one address may make at once.
    pub api_burst: Option<u32>,
    /// Whether staff sign in with a code besides the password; accounts of a demo never must.
    pub staff_second_factor: Option<bool>,
    /// When and where backups are taken.
    pub backup: Option<crate::backup::Plan>,
    /// Mail server: `smtp://user:password@host:port` or `smtps://…`.
    pub smtp_url: Option<String>,
    /// Address that letters are from.
    pub mail_from: Option<String>,
    /// Name that letters are from; the operator's when left out.
    pub mail_name: Option<String>,
    /// Mailbox whose letters become cases: `imaps://user:password@host:993/INBOX`.
    pub mailbox_url: Option<String>,
    /// Address that letters are sent to; the user's name in `mailbox_url` when it is one.
    pub mailbox_address: Option<String>,
    /// Folder for letters that were taken; made when it is missing.
    pub mailbox_done: Option<String>,
    /// Whether the mail server delivers `name+anything@host` to the mailbox.
    pub mailbox_plus: bool,
    /// Certificates (PEM) that the mail server's may be signed by, besides those of the web.
    pub mailbox_ca: Option<PathBuf>,
    /// Where documents lie: `s3://bucket/prefix?endpoint=…&region=…`; a folder when left out.
    pub blobs_url: Option<String>,
    /// Name of the bucket's key.
    pub blobs_key: Option<String>,
    /// The bucket's key.
    pub blobs_secret: Option<String>,
    /// Messengers that are listened to.
    pub messengers: channels::messengers::File,
    /// What the voice assistant Alice has to know to be answered.
    pub alice_secret: Option<String>,
    /// Working days before the end of a term at which its specialist is reminded.
    pub reminders: Option<Vec<u32>>,
    /// Percent of a term at which heads are told, each one step further up the tree of units.
    pub escalation: Option<Vec<u32>>,
    /// The community in `VKontakte`.
    pub vk: Option<Vk>,
}

/// The community in `VKontakte`, as the file names it.
#[derive(Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Vk {
    /// Address of the API; that of `VKontakte` when left out.
    pub url: Option<String>,
    /// Number of the community.
    pub group: i64,
    /// The key to it; better in `OKNO_VK_TOKEN`.
    pub token: String,
    /// What events carry; better in `OKNO_VK_SECRET`.
    pub secret: String,
    /// What is answered when the address of events is confirmed.
    pub confirmation: String,
    /// Seconds between two looks at what may have been missed.
    pub poll_seconds: Option<u32>,
}

impl std::fmt::Debug for Vk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Vk")
            .field("group", &self.group)
            .finish_non_exhaustive()
    }
}

impl Vk {
    /// The settings of the room, checked; what the environment holds is stronger.
    fn in_force(self) -> Result<channels::networks::Settings, String> {
        let kept = |name: &str, value: String| std::env::var(name).unwrap_or(value);
        channels::networks::Settings {
            url: self.url.unwrap_or_else(|| "https://api.vk.com".to_owned()),
            group: self.group,
            token: kept("OKNO_VK_TOKEN", self.token),
            secret: kept("OKNO_VK_SECRET", self.secret),
            confirmation: self.confirmation,
            poll_seconds: self.poll_seconds.unwrap_or(60),
        }
        .checked()
    }
}

/// Everything as it is in force.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    /// Folder of the data.
    pub data: PathBuf,
    /// Folder of the keys.
    pub keys: PathBuf,
    /// Where the database is.
    pub store: store::Settings,
    /// Address to listen on.
    pub listen: SocketAddr,
    /// No demo in an empty store.
    pub bare: bool,
    /// How it looks from outside.
    pub web: web::Settings,
    /// Working hours and zone of the agencies.
    pub hours: AgencyHours,
    /// Name of the log.
    pub log_name: Option<String>,
    /// Unit that takes what no rule covers.
    pub default_unit: Option<String>,
    /// Filings over the API that one address may make at once.
    pub api_burst: Option<u32>,
    /// Whether staff sign in with a code besides the password.
    pub staff_second_factor: bool,
    /// When and where backups are taken.
    pub backup: Option<crate::backup::Plan>,
    /// How letters leave.
    pub mail: mail::Settings,
    /// The mailbox that is read; none without one.
    pub mailbox: Option<channels::mailbox::Settings>,
    /// The bucket of the documents; a folder of the data without one.
    pub bucket: Option<store::Bucket>,
    /// Messengers that are listened to.
    pub messengers: channels::messengers::Settings,
    /// What the voice assistant Alice has to know to be answered; none is answered without it.
    pub alice_secret: Option<String>,
    /// What the clock says of terms, and when.
    pub marks: cases::Marks,
    /// The community in `VKontakte`; none is spoken to without it.
    pub vk: Option<channels::networks::Settings>,
}

impl Settings {
    /// Puts file, environment and flags together.
    pub(crate) fn gather(place: &Place, serve: &Serve) -> Result<Self, String> {
        let file = match &place.config {
            Some(path) => read(path)?,
            None => File::default(),
        };
        let mailbox = mailbox(place, &file)?;
        let data = place
            .data
            .clone()
            .or(file.data)
            .unwrap_or_else(|| "data".into());
        let keys = place
            .keys
            .clone()
            .or(file.keys)
            .unwrap_or_else(|| beside(&data));
        let url = place
            .database_url
            .clone()
            .or(file.database_url)
            .filter(|url| !url.is_empty());
        let mut store = match url {
            Some(url) => store::Settings::postgres(url),
            None => store::Settings::sqlite(data.join("okno.db")),
        };
        store.writers = file.writers.unwrap_or(store.writers);
        store.readers = file.readers.unwrap_or(store.readers);
        let listen = serve
            .listen
            .or(file.listen)
            .unwrap_or_else(|| SocketAddr::from(([127, 0, 0, 1], 8080)));
        let zone = file.zone.as_deref().unwrap_or("Europe/Moscow");
        let zone = TimeZone::get(zone).map_err(|error| format!("zone {zone}: {error}"))?;
        let usual = AgencyHours::usual(zone.clone());
        let hours = match (file.opens, file.closes) {
            (None, None) => usual,
            (Some(opens), Some(closes)) => AgencyHours::new(zone.clone(), opens, closes)
                .ok_or("`opens` must be before `closes`")?,
            _ => return Err("`opens` and `closes` go together".to_owned()),
        };
        let origin = file.origin.unwrap_or_else(|| format!("http://{listen}"));
        let smtp_url = place.smtp_url.clone().or(file.smtp_url);
        let mail = mail::Settings {
            transport: match smtp_url.filter(|url| !url.is_empty()) {
                Some(url) => mail::Transport::smtp(&url)?,
                None => mail::Transport::None,
            },
            sender: mail::Sender {
                address: sender(place.mail_from.clone().or(file.mail_from), &origin)?,
                name: file.mail_name.unwrap_or_else(|| file.operator.clone()),
            },
        };
        let bucket = place
            .blobs_url
            .clone()
            .or(file.blobs_url)
            .filter(|url| !url.is_empty())
            .map(|url| {
                let key = place.blobs_key.clone().or(file.blobs_key);
                let secret = place.blobs_secret.clone().or(file.blobs_secret);
                let (key, secret) = (key.unwrap_or_default(), secret.unwrap_or_default());
                store::Bucket::parse(&url, &key, &secret)
            })
            .transpose()?;
        let web = web::Settings {
            title: file.title,
            operator: file.operator,
            operator_en: file.operator_en,
            pos_url: web_address("pos_url", file.pos_url)?,
            secure_cookies: origin.starts_with("https://"),
            origin: origin.clone(),
            zone,
            proxies: file.proxies,
            most_requests: file.most_requests.unwrap_or(512),
            ..web::Settings::default()
        };
        let usual = cases::Marks::default();
        Ok(Self {
            data,
            keys,
            store,
            listen,
            bare: serve.bare,
            web,
            hours,
            log_name: file.log_name,
            default_unit: file.default_unit,
            api_burst: file.api_burst,
            staff_second_factor: file.staff_second_factor.unwrap_or(true),
            backup: file.backup,
            mail,
            mailbox,
            bucket,
            messengers: messengers(&file.messengers, &origin, place)?,
            alice_secret: alice(place.alice_secret.clone().or(file.alice_secret))?,
            vk: file.vk.map(Vk::in_force).transpose()?,
            marks: cases::Marks::new(
                file.reminders.unwrap_or(usual.reminders),
                file.escalation.unwrap_or(usual.shares),
            )?,
        })
    }
}

/// The messengers of the file, under the tokens of the environment.
fn messengers(
    file: &channels::messengers::File,
    origin: &str,
    place: &Place,
) -> Result<channels::messengers::Settings, String> {
    let (max, telegram) = (place.max_token.clone(), place.telegram_token.clone());
    channels::messengers::Settings::checked(file, origin, max, telegram)
}

/// The secret of an address that anybody may ask: too long to be guessed.
fn alice(secret: Option<String>) -> Result<Option<String>, String> {
    let secret = secret.filter(|secret| !secret.is_empty());
    let is_good = |secret: &String| {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
        (16..=128).contains(&secret.len()) && secret.bytes().all(plain)
    };
    match secret {
        Some(secret) if !is_good(&secret) => {
            Err("`alice_secret` must be 16 to 128 letters, digits, - and _".to_owned())
        }
        secret => Ok(secret),
    }
}

/// The mailbox that is read; none when none is named.
fn mailbox(place: &Place, file: &File) -> Result<Option<channels::mailbox::Settings>, String> {
    let url = place.mailbox_url.as_ref().or(file.mailbox_url.as_ref());
    let url = url.filter(|url| !url.is_empty());
    url.map(|url| {
        channels::mailbox::Settings::read(channels::mailbox::Written {
            url: url.clone(),
            address: file.mailbox_address.clone(),
            done: file.mailbox_done.clone(),
            plus: file.mailbox_plus,
            trusted: file.mailbox_ca.clone(),
        })
    })
    .transpose()
}

/// An address that a page may lead to: empty, or of the web.
fn web_address(name: &str, address: String) -> Result<String, String> {
    let leads = ["https://", "http://"]
        .iter()
        .any(|scheme| address.starts_with(scheme));
    if address.is_empty() || leads {
        Ok(address)
    } else {
        Err(format!("`{name}` must begin with https://"))
    }
}

/// The address that letters are from: as set, or made from the public address.
fn sender(set: Option<String>, origin: &str) -> Result<String, String> {
    if let Some(address) = set.filter(|address| !address.is_empty()) {
        return if mail::is_address(&address) {
            Ok(address)
        } else {
            Err("`mail_from` must be one e-mail address".to_owned())
        };
    }
    let place = origin.split("://").nth(1).unwrap_or(origin);
    let host = place.split(['/', ':']).next().unwrap_or_default();
    let address = format!("okno@{host}");
    Ok(if mail::is_address(&address) {
        address
    } else {
        "okno@localhost".to_owned()
    })
}

fn read(path: &Path) -> Result<File, String> {
    let text = fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    toml::from_str(&text).map_err(|error| {
        let before = error.span().map_or(0, |span| span.start).min(text.len());
        let line = text.get(..before).unwrap_or_default().split('\n').count();
        // The key alone: the value may be a secret.
        let key = text
            .lines()
            .nth(line - 1)
            .and_then(|line| line.split('=').next());
        format!(
            "{} line {line}, {}: {}",
            path.display(),
            key.unwrap_or_default().trim(),
            error.message().replace('\n', " ")
        )
    })
}

/// `data` → `data.keys`: beside the data and not in it, so that a copy of the data has no keys.
fn beside(data: &Path) -> PathBuf {
    let mut name = data.file_name().unwrap_or_default().to_owned();
    name.push(".keys");
    data.with_file_name(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place() -> Place {
        Place {
            config: None,
            data: None,
            keys: None,
            database_url: None,
            smtp_url: None,
            mail_from: None,
            mailbox_url: None,
            blobs_url: None,
            blobs_key: None,
            blobs_secret: None,
            max_token: None,
            telegram_token: None,
            alice_secret: None,
        }
    }

    #[test]
    fn without_anything_said_the_defaults_stand() {
        let settings = Settings::gather(&place(), &Serve::default()).unwrap();
        assert_eq!(settings.listen.to_string(), "127.0.0.1:8080");
        assert_eq!(settings.data, PathBuf::from("data"));
        assert_eq!(settings.keys, PathBuf::from("data.keys"));
        assert!(!settings.web.secure_cookies);
    }

    #[test]
    fn a_flag_is_stronger_than_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let config = folder.path().join("okno.toml");
        fs::write(&config, "listen = \"127.0.0.1:1\"\norigin = \"https://okno.example\"\nopens = \"08:00\"\ncloses = \"17:00\"\n").unwrap();
        let place = Place {
            config: Some(config),
            data: Some("elsewhere/d".into()),
            ..place()
        };
        let serve = Serve {
            listen: Some("127.0.0.1:2".parse().unwrap()),
            bare: true,
        };
        let settings = Settings::gather(&place, &serve).unwrap();
        assert_eq!(settings.listen.port(), 2);
        assert_eq!(settings.keys, PathBuf::from("elsewhere/d.keys"));
        assert!(settings.web.secure_cookies && settings.bare);
    }

    #[test]
    fn a_setting_that_nobody_knows_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let config = folder.path().join("okno.toml");
        fs::write(&config, "lissten = 1").unwrap();
        let place = Place {
            config: Some(config),
            ..place()
        };
        let error = Settings::gather(&place, &Serve::default()).unwrap_err();
        assert!(error.contains("lissten"), "{error}");
    }
}
