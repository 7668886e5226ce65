//! The one way over which messengers are asked: JSON over HTTPS with bounds of time and size, no
//! redirects, and nothing secret in what is told of a failure.

use std::net::IpAddr;
use std::time::Duration;

use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderValue, RETRY_AFTER};
use reqwest::{Client, Method, Response, Url, redirect};
use serde_json::Value;

use super::Trouble;

/// The most bytes of an answer.
const MOST: usize = 8 * 1024 * 1024;
/// The most bytes of a file.
const MOST_FILE: usize = 25 * 1024 * 1024;
/// How long a file may take.
const FILE: Duration = Duration::from_mins(1);
/// How long a connection may take.
const CONNECT: Duration = Duration::from_secs(10);
/// What is waited for when nobody says how long.
const USUAL_WAIT: u32 = 5;

/// The address under which a messenger answers.
#[derive(Clone, Debug)]
pub(super) struct Base(String);

impl Base {
    /// Takes `https://…`, and `http://…` of this machine alone.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let url = Url::parse(text).map_err(|error| error.to_string())?;
        let is_safe = url.scheme() == "https" || url.scheme() == "http" && is_here(&url);
        if !is_safe || url.host_str().unwrap_or_default().is_empty() {
            return Err("the address must begin with https://".to_owned());
        }
        let is_bare = url.query().is_none() && url.fragment().is_none();
        if !is_bare || !url.username().is_empty() || url.password().is_some() {
            return Err("the address must be a host and a path, and nothing else".to_owned());
        }
        Ok(Self(text.trim_end_matches('/').to_owned()))
    }

    /// Whether it is this machine, as where a messenger is tried out.
    pub(super) fn is_here(&self) -> bool {
        Url::parse(&self.0).is_ok_and(|url| is_here(&url))
    }
}

/// Whether an address is this machine.
pub(super) fn is_here(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
    let address = host.parse::<IpAddr>();
    host == "localhost" || address.is_ok_and(|address| address.is_loopback())
}

/// The way to one messenger. Clones share the connections.
#[derive(Clone)]
pub(super) struct Http {
    client: Client,
    base: Base,
    authorization: Option<HeaderValue>,
}

/// What a messenger answered.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) body: Value,
    /// Seconds that it asks to wait.
    retry_after: Option<u32>,
}

impl Answer {
    /// The trouble that the status tells of; none when all is well. `wait` is what the body says.
    pub(super) fn trouble(&self, wait: Option<u32>) -> Option<Trouble> {
        let told = |what: &str| format!("{what} ({})", self.status);
        match self.status {
            200..=299 => None,
            429 => Some(Trouble::Wait(
                wait.or(self.retry_after).unwrap_or(USUAL_WAIT),
            )),
            401 => Some(Trouble::Away(told("the token is refused"))),
            408 | 409 | 500..=599 => Some(Trouble::Away(told("it does not answer as it should"))),
            _ => Some(Trouble::Refused(told("it refuses"))),
        }
    }
}

impl Http {
    pub(super) fn new(base: Base, authorization: Option<&str>) -> Result<Self, String> {
        let client = Client::builder()
            .connect_timeout(CONNECT)
            .redirect(redirect::Policy::none())
            .user_agent(concat!("okno/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(|error| format!("no way out to messengers: {error}"))?;
        let authorization = authorization
            .map(|token| {
                let mut value = HeaderValue::from_str(token).map_err(|error| error.to_string())?;
                value.set_sensitive(true);
                Ok::<_, String>(value)
            })
            .transpose()?;
        Ok(Self {
            client,
            base,
            authorization,
        })
    }

    /// Asks: with a body `POST`, without one `GET`.
    pub(super) async fn ask(
        &self,
        path: &str,
        body: Option<&Value>,
        seconds: u64,
    ) -> Result<Answer, Trouble> {
        let method = if body.is_some() {
            Method::POST
        } else {
            Method::GET
        };
        self.call(method, path, body, seconds).await
    }

    /// Asks for something to be taken away.
    pub(super) async fn delete(&self, path: &str, seconds: u64) -> Result<Answer, Trouble> {
        self.call(Method::DELETE, path, None, seconds).await
    }

    /// What went wrong is told without the address, which may hold the token.
    async fn call(
        &self,
        method: Method,
        path: &str,
        body: Option<&Value>,
        seconds: u64,
    ) -> Result<Answer, Trouble> {
        let away = |error: reqwest::Error| Trouble::Away(error.without_url().to_string());
        let mut request = self
            .client
            .request(method, format!("{}{path}", self.base.0))
            .timeout(Duration::from_secs(seconds));
        if let Some(authorization) = &self.authorization {
            request = request.header(AUTHORIZATION, authorization.clone());
        }
        if let Some(body) = body {
            request = request
                .header(CONTENT_TYPE, "application/json")
                .body(body.to_string());
        }
        let response = request.send().await.map_err(away)?;
        let status = response.status().as_u16();
        let retry_after = response.headers().get(RETRY_AFTER);
        let retry_after = retry_after.and_then(|value| value.to_str().ok()?.parse().ok());
        let bytes = whole(response, MOST).await?;
        let body = match serde_json::from_slice(&bytes) {
            Ok(body) => body,
            Err(_) if (200..300).contains(&status) => {
                return Err(Trouble::Away("the answer is no JSON".to_owned()));
            }
            Err(_) => Value::Null,
        };
        Ok(Answer {
            status,
            body,
            retry_after,
        })
    }
}

impl Http {
    /// Fetches a file of the messenger's own by its path, without the token in a header.
    pub(super) async fn file(&self, path: &str) -> Result<Vec<u8>, Trouble> {
        self.fetch(&format!("{}{path}", self.base.0)).await
    }

    /// Fetches a file by an address that the messenger has given: over TLS from a host with a name,
    /// or from the messenger itself. Nothing inside the house is reached by it.
    pub(super) async fn file_at(&self, address: &str) -> Result<Vec<u8>, Trouble> {
        let url = Url::parse(address).map_err(|error| Trouble::Refused(error.to_string()))?;
        let named = url.domain().is_some_and(|name| name.contains('.'));
        let own = Url::parse(&self.base.0).is_ok_and(|base| base.origin() == url.origin());
        if !(own || url.scheme() == "https" && named) {
            return Err(Trouble::Refused(
                "the file lies where none is fetched".to_owned(),
            ));
        }
        self.fetch(address).await
    }

    async fn fetch(&self, address: &str) -> Result<Vec<u8>, Trouble> {
        let away = |error: reqwest::Error| Trouble::Away(error.without_url().to_string());
        let request = self.client.get(address).timeout(FILE);
        let response = request.send().await.map_err(away)?;
        match response.status().as_u16() {
            200..=299 => whole(response, MOST_FILE).await,
            status @ (429 | 500..=599) => Err(Trouble::Away(format!("no file yet ({status})"))),
            status => Err(Trouble::Refused(format!("no such file ({status})"))),
        }
    }
}

/// All of an answer, when it is not too long.
async fn whole(mut response: Response, most: usize) -> Result<Vec<u8>, Trouble> {
    let away = |error: reqwest::Error| Trouble::Away(error.without_url().to_string());
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(away)? {
        if bytes.len() + chunk.len() > most {
            return Err(Trouble::Refused("what it sends is too long".to_owned()));
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}
