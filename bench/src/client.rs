//! A keep-alive HTTP/1.1 client that does as little as can be done: one connection, one request at
//! a time, the answer read to its end. What it costs is the generator's share of every figure, so
//! it keeps one buffer and parses no more than the end of the answer asks for.

use std::io::{Error, ErrorKind, Result};
use std::net::SocketAddr;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// The most bytes of an answer; more is a fault of the bench.
const MOST: usize = 8 * 1024 * 1024;

/// One connection.
pub(crate) struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
    filled: usize,
    /// Where the head of the last answer ends.
    head: usize,
}

/// An answer that was kept.
#[derive(Clone, Debug, Default)]
pub(crate) struct Answer {
    /// Status.
    pub(crate) status: u16,
    /// Names and values in their order.
    pub(crate) headers: Vec<(String, String)>,
    /// The body as it came, without the frames of chunks.
    pub(crate) body: Vec<u8>,
}

impl Answer {
    /// The first header called `name`.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut found = self.headers.iter();
        found
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }
}

/// Where an answer ends.
#[derive(Clone, Copy)]
enum Length {
    Known(usize),
    Chunks,
}

struct Head {
    status: u16,
    length: Length,
    end: usize,
}

impl Connection {
    /// Connects.
    pub(crate) async fn open(address: SocketAddr) -> Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self {
            stream,
            buffer: vec![0; 64 * 1024],
            filled: 0,
            head: 0,
        })
    }

    /// Sends a request and reads the answer to its end; only its status is kept.
    pub(crate) async fn ask(&mut self, request: &[u8]) -> Result<u16> {
        self.exchange(request, None).await.map(|head| head.status)
    }

    /// Sends a request and puts the answer's body behind what is in `body`.
    pub(crate) async fn ask_for(&mut self, request: &[u8], body: &mut Vec<u8>) -> Result<u16> {
        let head = self.exchange(request, Some(body)).await?;
        Ok(head.status)
    }

    /// Whether the last answer had a header.
    pub(crate) fn was_told(&self, name: &str) -> bool {
        let head = String::from_utf8_lossy(&self.buffer[..self.head]);
        head.lines()
            .filter_map(|line| line.split_once(':'))
            .any(|(known, _)| known.eq_ignore_ascii_case(name))
    }

    /// Bytes of the last answer.
    pub(crate) fn weight(&self) -> usize {
        self.filled
    }

    /// Sends a request and keeps the answer.
    pub(crate) async fn fetch(&mut self, request: &[u8]) -> Result<Answer> {
        let mut body = Vec::new();
        let head = self.exchange(request, Some(&mut body)).await?;
        let text = String::from_utf8_lossy(&self.buffer[..head.end]);
        let headers = text
            .lines()
            .skip(1)
            .filter_map(|line| line.split_once(':'))
            .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
            .collect();
        Ok(Answer {
            status: head.status,
            headers,
            body,
        })
    }

    async fn exchange(&mut self, request: &[u8], mut keep: Option<&mut Vec<u8>>) -> Result<Head> {
        self.stream.write_all(request).await?;
        self.filled = 0;
        let head = loop {
            let seen = self.filled.saturating_sub(3);
            self.more().await?;
            if let Some(end) = find(&self.buffer[seen..self.filled], b"\r\n\r\n") {
                break head(&self.buffer[..seen + end + 4])?;
            }
        };
        self.head = head.end;
        let mut at = head.end;
        match head.length {
            Length::Known(length) => {
                let end = at + length;
                while self.filled < end {
                    self.more().await?;
                }
                if let Some(body) = &mut keep {
                    body.extend_from_slice(&self.buffer[at..end]);
                }
                at = end;
            }
            Length::Chunks => loop {
                let line = loop {
                    match find(&self.buffer[at..self.filled], b"\r\n") {
                        Some(line) => break line,
                        None => self.more().await?,
                    }
                };
                let size = chunk_size(&self.buffer[at..at + line])?;
                let start = at + line + 2;
                at = start + size + 2;
                while self.filled < at {
                    self.more().await?;
                }
                if size == 0 {
                    break;
                }
                if let Some(body) = &mut keep {
                    body.extend_from_slice(&self.buffer[start..start + size]);
                }
            },
        }
        if self.filled == at {
            Ok(head)
        } else {
            Err(wrong("bytes after the end of an answer"))
        }
    }

    async fn more(&mut self) -> Result<()> {
        if self.filled == self.buffer.len() {
            if self.buffer.len() >= MOST {
                return Err(wrong("an answer beyond every bound"));
            }
            self.buffer.resize(self.buffer.len() * 2, 0);
        }
        match self.stream.read(&mut self.buffer[self.filled..]).await? {
            0 => Err(ErrorKind::UnexpectedEof.into()),
            read => {
                self.filled += read;
                Ok(())
            }
        }
    }
}

/// A request as bytes. `headers` are whole lines without their ends.
pub(crate) fn request(method: &str, path: &str, headers: &[&str], body: &[u8]) -> Vec<u8> {
    let mut text = format!("{method} {path} HTTP/1.1\r\nhost: okno.bench\r\n");
    for header in headers {
        text.push_str(header);
        text.push_str("\r\n");
    }
    if method != "GET" {
        text.push_str(&format!("content-length: {}\r\n", body.len()));
    }
    text.push_str("\r\n");
    let mut bytes = text.into_bytes();
    bytes.extend_from_slice(body);
    bytes
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|window| window == what)
}

fn head(bytes: &[u8]) -> Result<Head> {
    let text = std::str::from_utf8(bytes).map_err(|_| wrong("a head that is no text"))?;
    let status = text
        .get(9..12)
        .and_then(|status| status.parse().ok())
        .ok_or_else(|| wrong("no status"))?;
    let mut length = (status == 204 || status == 304).then_some(Length::Known(0));
    for line in text.lines().skip(1) {
        let Some((name, value)) = line.split_once(':') else {
            continue;
        };
        if name.eq_ignore_ascii_case("content-length") {
            let known = value.trim().parse().map_err(|_| wrong("a length"))?;
            length = Some(Length::Known(known));
        } else if name.eq_ignore_ascii_case("transfer-encoding") {
            length = Some(Length::Chunks);
        }
    }
    Ok(Head {
        status,
        length: length.ok_or_else(|| wrong("an answer without an end"))?,
        end: bytes.len(),
    })
}

fn chunk_size(line: &[u8]) -> Result<usize> {
    std::str::from_utf8(line)
        .ok()
        .and_then(|line| usize::from_str_radix(line.split(';').next()?.trim(), 16).ok())
        .filter(|size| *size <= MOST)
        .ok_or_else(|| wrong("the size of a chunk"))
}

fn wrong(what: &str) -> Error {
    Error::new(ErrorKind::InvalidData, what.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Answers each request with `answer`, in pieces of `piece` bytes.
    async fn server(answer: &'static [u8], piece: usize) -> SocketAddr {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut asked = [0; 1024];
            while stream.read(&mut asked).await.unwrap_or(0) > 0 {
                for part in answer.chunks(piece) {
                    stream.write_all(part).await.unwrap();
                    tokio::task::yield_now().await;
                }
            }
        });
        address
    }

    #[tokio::test]
    async fn answers_end_where_they_say_and_the_connection_goes_on() {
        for piece in [1, 7, 4096] {
            for answer in [
                &b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nx-a: b\r\n\r\nhello"[..],
                b"HTTP/1.1 200 OK\r\nx-a: b\r\ntransfer-encoding: chunked\r\n\r\n4\r\nhell\r\n1\r\no\r\n0\r\n\r\n",
            ] {
                let mut connection = Connection::open(server(answer, piece).await).await.unwrap();
                let request = request("GET", "/", &[], b"");
                assert_eq!(connection.ask(&request).await.unwrap(), 200);
                let kept = connection.fetch(&request).await.unwrap();
                assert_eq!((kept.status, &kept.body[..]), (200, &b"hello"[..]));
                assert_eq!(kept.header("X-A"), Some("b"));
            }
        }
    }

    #[tokio::test]
    async fn an_answer_that_never_says_its_end_is_refused() {
        let address = server(b"HTTP/1.1 200 OK\r\n\r\nhello", 4096).await;
        let mut connection = Connection::open(address).await.unwrap();
        assert!(
            connection
                .ask(&request("GET", "/", &[], b""))
                .await
                .is_err()
        );
    }
}
