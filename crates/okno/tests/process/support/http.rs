//! A small blocking HTTP/1.1 client: one kept connection, cookies, and the two halves of a request
//! apart, so that a test can know that something was sent and not yet answered.

use std::collections::BTreeMap;
use std::fmt;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use super::filing::form;

/// A client of one server.
pub(crate) struct Client {
    address: SocketAddr,
    stream: Option<BufReader<TcpStream>>,
    cookies: BTreeMap<String, String>,
}

/// An answer.
#[derive(Clone, PartialEq)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} {:?} {:.2000}",
            self.status,
            self.headers,
            self.text()
        )
    }
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut found = self
            .headers
            .iter()
            .filter(|(known, _)| known.eq_ignore_ascii_case(name));
        found.next().map(|(_, value)| value.as_str())
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }
}

fn broken(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what.to_owned())
}

impl Client {
    pub(crate) fn new(address: SocketAddr) -> Self {
        Self {
            address,
            stream: None,
            cookies: BTreeMap::new(),
        }
    }

    /// A connection for bytes that no client would send.
    pub(crate) fn connect(address: SocketAddr) -> io::Result<TcpStream> {
        let stream = TcpStream::connect_timeout(&address, Duration::from_secs(5))?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(Duration::from_mins(1)))?;
        stream.set_write_timeout(Some(Duration::from_mins(1)))?;
        Ok(stream)
    }

    pub(crate) fn get(&mut self, path: &str) -> io::Result<Answer> {
        self.ask("GET", path, &[], b"")
    }

    /// Sends a form as a browser does.
    pub(crate) fn post_form(&mut self, path: &str, fields: &[(&str, &str)]) -> io::Result<Answer> {
        let kind = ("content-type", "application/x-www-form-urlencoded");
        self.ask(
            "POST",
            path,
            &[kind, ("sec-fetch-site", "same-origin")],
            form(fields).as_bytes(),
        )
    }

    /// Files over the interface.
    pub(crate) fn file(&mut self, body: &str, key: &str) -> io::Result<Answer> {
        self.send_filing(body, key)?;
        self.receive()
    }

    /// What a well-behaved program does: a request refused with 503 is sent again a little later.
    pub(crate) fn patiently(
        &mut self,
        send: impl Fn(&mut Self) -> io::Result<Answer>,
    ) -> io::Result<Answer> {
        let mut answer = send(self)?;
        for _ in 0..100 {
            if answer.status != 503 {
                break;
            }
            std::thread::sleep(Duration::from_millis(100));
            answer = send(self)?;
        }
        Ok(answer)
    }

    /// Sends a filing and does not wait for its answer.
    pub(crate) fn send_filing(&mut self, body: &str, key: &str) -> io::Result<()> {
        let headers = [
            ("content-type", "application/json"),
            ("idempotency-key", key),
        ];
        self.send("POST", "/api/v1/cases", &headers, body.as_bytes())
    }

    pub(crate) fn ask(
        &mut self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> io::Result<Answer> {
        self.send(method, path, headers, body)?;
        self.receive()
    }

    pub(crate) fn send(
        &mut self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> io::Result<()> {
        let mut head = format!(
            "{method} {path} HTTP/1.1\r\nhost: {}\r\ncontent-length: {}\r\n",
            self.address,
            body.len()
        );
        for (name, value) in headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        if !self.cookies.is_empty() {
            let pairs: Vec<String> = self
                .cookies
                .iter()
                .map(|(name, value)| format!("{name}={value}"))
                .collect();
            head.push_str(&format!("cookie: {}\r\n", pairs.join("; ")));
        }
        head.push_str("\r\n");
        let mut request = head.into_bytes();
        request.extend_from_slice(body);
        if self.stream.is_none() {
            self.stream = Some(BufReader::new(Self::connect(self.address)?));
        }
        let sent = self
            .stream
            .as_mut()
            .expect("just connected")
            .get_mut()
            .write_all(&request);
        if sent.is_err() {
            self.stream = None;
        }
        sent
    }

    pub(crate) fn receive(&mut self) -> io::Result<Answer> {
        let Some(mut stream) = self.stream.take() else {
            return Err(broken("nothing was sent"));
        };
        let answer = read_answer(&mut stream)?;
        if answer.header("connection") != Some("close") {
            self.stream = Some(stream);
        }
        for (name, value) in &answer.headers {
            if name.eq_ignore_ascii_case("set-cookie") {
                self.keep_cookie(value);
            }
        }
        Ok(answer)
    }

    fn keep_cookie(&mut self, line: &str) {
        let pair = line.split(';').next().unwrap_or_default();
        let Some((name, value)) = pair.split_once('=') else {
            return;
        };
        if value.is_empty() || line.to_ascii_lowercase().contains("max-age=0") {
            self.cookies.remove(name);
        } else {
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
    }

    /// Signs in on the page.
    pub(crate) fn sign_in(&mut self, email: &str, password: &str) {
        let answer = self
            .post_form(
                "/sign-in",
                &[("email", email), ("password", password), ("next", "")],
            )
            .unwrap();
        assert_eq!(answer.status, 303, "{email} signs in: {}", answer.text());
    }
}

/// Reads one answer, whatever way its length is told.
pub(crate) fn read_answer(stream: &mut BufReader<TcpStream>) -> io::Result<Answer> {
    let mut line = || {
        let mut text = String::new();
        if stream.read_line(&mut text)? == 0 {
            return Err(io::Error::from(io::ErrorKind::UnexpectedEof));
        }
        Ok(text.trim_end().to_owned())
    };
    let first = line()?;
    let status = first.split(' ').nth(1).and_then(|code| code.parse().ok());
    let status = status.ok_or_else(|| broken(&first))?;
    let mut headers = Vec::new();
    loop {
        let text = line()?;
        let Some((name, value)) = text.split_once(':') else {
            break;
        };
        headers.push((name.trim().to_owned(), value.trim().to_owned()));
    }
    let mut answer = Answer {
        status,
        headers,
        body: Vec::new(),
    };
    if answer.header("transfer-encoding") == Some("chunked") {
        read_chunks(stream, &mut answer.body)?;
    } else if let Some(length) = answer.header("content-length") {
        let length: usize = length.parse().map_err(|_| broken("content-length"))?;
        answer.body.resize(length, 0);
        stream.read_exact(&mut answer.body)?;
    }
    Ok(answer)
}

fn read_chunks(stream: &mut BufReader<TcpStream>, into: &mut Vec<u8>) -> io::Result<()> {
    loop {
        let mut size = String::new();
        stream.read_line(&mut size)?;
        let size = usize::from_str_radix(size.trim(), 16).map_err(|_| broken("a chunk"))?;
        let mut chunk = vec![0; size + 2];
        stream.read_exact(&mut chunk)?;
        if size == 0 {
            return Ok(());
        }
        into.extend_from_slice(&chunk[..size]);
    }
}
