//! People of the demo who work: their sign-ins for pages and their personal tokens for REST. Each
//! comes from an address of their own, as behind a proxy, because sign-ins of one address are slowed
//! down. Tokens are kept beside the store, because an account may have few of them.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use base::Clock;
use jiff::Span;
use jiff::tz::TimeZone;

use crate::client::{Answer, Connection, request};
use crate::process::Server;

/// Who reads all that was carried over by an import.
const OVER_CARRIED: &str = "bench.head@okno.example";
const PASSWORD: &str = "the bench knows this long phrase 71";
/// Who reads all cases of the demo.
const OVER_DEMO: &str = "head@okno.example";
const SCOPES: [&str; 4] = ["cases:read", "cases:write", "desk:read", "desk:write"];
const FORM: &str = "content-type: application/x-www-form-urlencoded";
/// So often a sign-in that came too early is tried again.
const TRIES: usize = 10;

/// Somebody who is signed in.
#[derive(Clone, Debug)]
pub(crate) struct Person {
    email: String,
    password: String,
    from: String,
    /// The session as a header.
    pub(crate) cookie: String,
}

impl Person {
    /// Signs somebody of the demo in.
    pub(crate) async fn of_demo(okno: &Server, email: &str) -> Result<Self, String> {
        let password = fs::read_to_string(okno.keys.join("demo-password"))
            .map_err(|error| format!("the demo's password: {error}"))?;
        Self::enter(okno, email, password.trim()).await
    }

    /// Signs in whoever reads the most cases: over all that was carried over when there is such a
    /// unit, else over the demo's.
    pub(crate) async fn over_all(okno: &Server) -> Result<Self, String> {
        let added = okno.told(
            &[
                "user",
                "add",
                "--email",
                OVER_CARRIED,
                "--role",
                "head",
                "--unit",
                "carried-unit-root",
                "--name",
                "Bench Head",
                "--password-stdin",
            ],
            PASSWORD,
        );
        // Refused when it is there already, and where nothing was carried over.
        let known = added.err();
        match Self::enter(okno, OVER_CARRIED, PASSWORD).await {
            Ok(person) => Ok(person),
            Err(_) if known.is_some() => Self::of_demo(okno, OVER_DEMO).await,
            Err(error) => Err(error),
        }
    }

    async fn enter(okno: &Server, email: &str, password: &str) -> Result<Self, String> {
        let mut person = Self {
            email: email.to_owned(),
            password: password.to_owned(),
            from: address_of(email),
            cookie: String::new(),
        };
        let form = format!("email={}&password={}&next=", coded(email), coded(password));
        let answer = person.send(okno, "POST", "/sign-in", &form).await?;
        let cookie = (answer.status == 303)
            .then(|| answer.header("set-cookie"))
            .flatten()
            .ok_or_else(|| format!("{email} cannot sign in: {}", answer.status))?;
        person.cookie = format!("cookie: {}", cookie.split(';').next().unwrap_or_default());
        Ok(person)
    }

    /// Sends a form, again when it came too early.
    async fn send(
        &self,
        okno: &Server,
        method: &str,
        path: &str,
        form: &str,
    ) -> Result<Answer, String> {
        let mut headers = vec![FORM, "sec-fetch-site: same-origin", &self.from];
        if !self.cookie.is_empty() {
            headers.push(&self.cookie);
        }
        let sent = request(method, path, &headers, form.as_bytes());
        for _ in 0..TRIES {
            let answer = okno.fetch(&sent).await?;
            if answer.status != 429 {
                return Ok(answer);
            }
            let wait = answer.header("retry-after").and_then(|s| s.parse().ok());
            tokio::time::sleep(Duration::from_secs(wait.unwrap_or(3))).await;
        }
        Err(format!("{path} is refused too often"))
    }

    /// A new token for everything that a specialist or a head does.
    async fn make_token(&self, okno: &Server) -> Result<String, String> {
        let now = Clock::system().now();
        let today = now.date(&TimeZone::UTC);
        let until = today
            .checked_add(Span::new().days(30))
            .map_err(|error| error.to_string())?;
        let scopes: String = SCOPES
            .iter()
            .map(|scope| format!("&scope={}", coded(scope)))
            .collect();
        // A name is given once: a run after a run asks for another.
        let form = format!(
            "name=bench-{}&until={until}&current={}{scopes}",
            now.micros(),
            coded(&self.password)
        );
        let answer = self.send(okno, "POST", "/profile/tokens", &form).await?;
        let page = String::from_utf8_lossy(&answer.body);
        page.split("okno_")
            .nth(1)
            .filter(|_| answer.status == 200)
            .and_then(|rest| rest.get(..43))
            .map(|text| format!("okno_{text}"))
            .ok_or_else(|| format!("{} is given no token: {}", self.email, answer.status))
    }
}

/// The tokens of some people of the demo, as headers.
pub(crate) struct Tokens(BTreeMap<String, String>);

impl Tokens {
    /// Takes those that are kept and good, and makes the rest.
    pub(crate) async fn of(okno: &Server, people: &[&str]) -> Result<Self, String> {
        let kept = file(okno);
        let known = fs::read_to_string(&kept).unwrap_or_default();
        let mut tokens: BTreeMap<String, String> = known
            .lines()
            .filter_map(|line| line.split_once(' '))
            .map(|(email, token)| (email.to_owned(), token.to_owned()))
            .collect();
        for email in people {
            if let Some(token) = tokens.get(*email)
                && is_good(okno, token).await?
            {
                continue;
            }
            let person = Person::of_demo(okno, email).await?;
            tokens.insert((*email).to_owned(), person.make_token(okno).await?);
        }
        let lines: String = tokens
            .iter()
            .map(|(email, token)| format!("{email} {token}\n"))
            .collect();
        fs::write(&kept, lines).map_err(|error| format!("{}: {error}", kept.display()))?;
        let headers = tokens
            .into_iter()
            .map(|(email, token)| (email, format!("authorization: Bearer {token}")));
        Ok(Self(headers.collect()))
    }

    /// The header of somebody's token.
    pub(crate) fn header(&self, email: &str) -> &str {
        self.0.get(email).map_or("", String::as_str)
    }
}

fn file(okno: &Server) -> PathBuf {
    okno.place.join("bench-tokens")
}

async fn is_good(okno: &Server, token: &str) -> Result<bool, String> {
    let header = format!("authorization: Bearer {token}");
    let answer = okno
        .fetch(&request("GET", "/api/v1/desk/counts", &[&header], b""))
        .await?;
    Ok(answer.status == 200)
}

impl Server {
    /// One request on a connection of its own.
    pub(crate) async fn fetch(&self, request: &[u8]) -> Result<Answer, String> {
        let told = |error: std::io::Error| error.to_string();
        let mut connection = Connection::open(self.address).await.map_err(told)?;
        connection.fetch(request).await.map_err(told)
    }
}

/// An address that is nobody else's.
fn address_of(email: &str) -> String {
    let sum = email.bytes().fold(7u32, |sum, byte| {
        sum.wrapping_mul(31).wrapping_add(byte.into())
    });
    let [_, a, b, c] = sum.to_be_bytes();
    format!("x-forwarded-for: 10.{a}.{b}.{}", c.max(1))
}

/// A value of a form or of an address.
pub(crate) fn coded(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    text.bytes()
        .map(|byte| match byte {
            byte if plain(byte) => char::from(byte).to_string(),
            byte => format!("%{byte:02X}"),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_coded_and_addresses_differ() {
        assert_eq!(coded("a b@я"), "a%20b%40%D1%8F");
        assert_ne!(address_of("a@okno"), address_of("b@okno"));
    }
}
