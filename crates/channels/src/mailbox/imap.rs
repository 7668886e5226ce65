//! The way to the mailbox: IMAP (RFC 9051) over TLS. Every answer is waited for so long and no
//! longer; what goes wrong is told by a code, because the words of mail servers like to repeat names.

use std::fmt::Debug;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use async_imap::extensions::idle::IdleResponse;
use async_imap::{Client, Session};
use futures_util::TryStreamExt as _;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

use super::settings::Settings;

/// The longest wait for one answer.
const ANSWER: Duration = Duration::from_secs(30);
/// The longest wait for a whole letter.
const LETTER: Duration = Duration::from_mins(5);
/// The largest letter that is taken, in bytes: files of 25 MB and what carries them.
pub(super) const LETTER_MOST: u32 = 36 * 1024 * 1024;
/// How much of a larger one is read: its head.
const HEAD: u32 = 64 * 1024;

/// Why the mailbox cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Problem {
    /// Nobody answers.
    Unreachable,
    /// The way is not protected, or by somebody unknown.
    Unprotected,
    /// The name and the password are not taken.
    Refused,
    /// There is no such folder.
    NoFolder,
    /// An answer did not come in time.
    Slow,
    /// The connection broke, or an answer makes no sense.
    Broken,
    /// Letters that were taken cannot be put by: they stay where they are.
    Stays,
    /// A letter could not be taken for a reason of ours.
    Ours,
}

impl Problem {
    /// The code in the state of the mailbox.
    pub(super) const fn code(self) -> &'static str {
        match self {
            Problem::Unreachable => "unreachable",
            Problem::Unprotected => "unprotected",
            Problem::Refused => "refused",
            Problem::NoFolder => "no_folder",
            Problem::Slow => "slow",
            Problem::Broken => "broken",
            Problem::Stays => "stays",
            Problem::Ours => "ours",
        }
    }
}

type Result<T> = std::result::Result<T, Problem>;

/// A connection, protected or to this machine.
trait Wire: AsyncRead + AsyncWrite + Unpin + Send + Debug {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send + Debug> Wire for T {}

/// What the server can do beside what every server can.
struct Able {
    moves: bool,
    expunges: bool,
    idles: bool,
}

/// An open mailbox.
pub(super) struct Door {
    session: Session<Box<dyn Wire>>,
    able: Able,
    done: String,
    has_done: bool,
    pub(super) uid_validity: u32,
}

/// A letter as it lies there.
pub(super) struct Lying {
    pub(super) bytes: Vec<u8>,
    pub(super) is_too_big: bool,
}

/// Waits for an answer of the server, so long and no longer.
async fn in_time<T>(
    most: Duration,
    answer: impl Future<Output = async_imap::error::Result<T>>,
) -> Result<T> {
    match timeout(most, answer).await {
        Ok(Ok(done)) => Ok(done),
        Ok(Err(_)) => Err(Problem::Broken),
        Err(_) => Err(Problem::Slow),
    }
}

impl Door {
    /// Opens the mailbox.
    pub(super) async fn open(settings: &Settings) -> Result<Self> {
        let tcp = timeout(
            ANSWER,
            TcpStream::connect((settings.host.as_str(), settings.port)),
        );
        let tcp = match tcp.await {
            Ok(Ok(tcp)) => tcp,
            Ok(Err(_)) => return Err(Problem::Unreachable),
            Err(_) => return Err(Problem::Slow),
        };
        let wire: Box<dyn Wire> = if settings.is_protected {
            protected(settings, tcp).await?
        } else {
            Box::new(tcp)
        };
        let mut client = Client::new(wire);
        let greeting = timeout(ANSWER, client.read_response()).await;
        match greeting {
            Ok(Ok(Some(_))) => {}
            Ok(_) => return Err(Problem::Broken),
            Err(_) => return Err(Problem::Slow),
        }
        let login = client.login(&settings.user, &settings.password);
        let mut session = match timeout(ANSWER, login).await {
            Ok(Ok(session)) => session,
            Ok(Err((async_imap::error::Error::No(_), _))) => return Err(Problem::Refused),
            Ok(Err(_)) => return Err(Problem::Broken),
            Err(_) => return Err(Problem::Slow),
        };
        let able = in_time(ANSWER, session.capabilities()).await?;
        let mailbox = match timeout(ANSWER, session.select(&settings.folder)).await {
            Ok(Ok(mailbox)) => mailbox,
            Ok(Err(async_imap::error::Error::No(_))) => return Err(Problem::NoFolder),
            Ok(Err(_)) => return Err(Problem::Broken),
            Err(_) => return Err(Problem::Slow),
        };
        Ok(Self {
            able: Able {
                moves: able.has_str("MOVE"),
                expunges: able.has_str("UIDPLUS"),
                idles: able.has_str("IDLE"),
            },
            done: settings.done.clone(),
            has_done: false,
            uid_validity: mailbox.uid_validity.unwrap_or_default(),
            session,
        })
    }

    /// The letters that lie there, the oldest first.
    pub(super) async fn waiting(&mut self) -> Result<Vec<u32>> {
        let found = in_time(ANSWER, self.session.uid_search("UNDELETED")).await?;
        let mut found: Vec<u32> = found.into_iter().collect();
        found.sort_unstable();
        Ok(found)
    }

    /// A letter; none when it lies there no more.
    pub(super) async fn letter(&mut self, uid: u32) -> Result<Option<Lying>> {
        let sizes = self.fetched(uid, "(UID RFC822.SIZE)").await?;
        let Some(size) = sizes.iter().find_map(|fetch| fetch.size) else {
            return Ok(None);
        };
        let is_too_big = size > LETTER_MOST;
        let what = if is_too_big {
            format!("(UID BODY.PEEK[]<0.{HEAD}>)")
        } else {
            "(UID BODY.PEEK[])".to_owned()
        };
        let found = self.fetched(uid, &what).await?;
        let bytes = found.iter().find_map(|fetch| fetch.body());
        Ok(bytes.map(|bytes| Lying {
            bytes: bytes.to_vec(),
            is_too_big,
        }))
    }

    async fn fetched(&mut self, uid: u32, what: &str) -> Result<Vec<async_imap::types::Fetch>> {
        let session = &mut self.session;
        in_time(LETTER, async move {
            let found = session.uid_fetch(uid.to_string(), what).await?;
            let all: Vec<_> = found.try_collect().await?;
            Ok(all
                .into_iter()
                .filter(|fetch: &async_imap::types::Fetch| fetch.uid == Some(uid))
                .collect())
        })
        .await
    }

    /// Puts a letter by that was taken.
    pub(super) async fn put_by(&mut self, uid: u32) -> Result<()> {
        let one = uid.to_string();
        if !self.has_done {
            // A folder that is there cannot be made; whether it is shows with the first letter.
            let _made = timeout(ANSWER, self.session.create(&self.done)).await;
            self.has_done = true;
        }
        let put = if self.able.moves {
            timeout(ANSWER, self.session.uid_mv(&one, &self.done)).await
        } else {
            timeout(ANSWER, self.session.uid_copy(&one, &self.done)).await
        };
        match put {
            Ok(Ok(())) => {}
            Ok(Err(async_imap::error::Error::No(_) | async_imap::error::Error::Bad(_))) => {
                return Err(Problem::Stays);
            }
            Ok(Err(_)) => return Err(Problem::Broken),
            Err(_) => return Err(Problem::Slow),
        }
        if self.able.moves {
            return Ok(());
        }
        let session = &mut self.session;
        in_time(ANSWER, async {
            let flagged = session.uid_store(&one, "+FLAGS.SILENT (\\Deleted)").await?;
            let _flags: Vec<_> = flagged.try_collect().await?;
            Ok(())
        })
        .await?;
        if self.able.expunges {
            in_time(ANSWER, async {
                let gone = session.uid_expunge(&one).await?;
                let _gone: Vec<_> = gone.try_collect().await?;
                Ok(())
            })
            .await?;
        }
        Ok(())
    }

    /// Waits until something comes, at the longest so long; then the mailbox is looked at again.
    pub(super) async fn wait(mut self, most: Duration) -> Result<Self> {
        if !self.able.idles {
            tokio::time::sleep(most).await;
            in_time(ANSWER, self.session.noop()).await?;
            return Ok(self);
        }
        let mut idle = self.session.idle();
        in_time(ANSWER, idle.init()).await?;
        {
            let (news, _interrupt) = idle.wait_with_timeout(most);
            // A server that says «still here» again and again holds nobody up.
            let heard = timeout(most, news).await;
            if let Ok(Ok(IdleResponse::ManualInterrupt) | Err(_)) = heard {
                return Err(Problem::Broken);
            }
        }
        self.session = in_time(ANSWER, idle.done()).await?;
        Ok(self)
    }

    /// Takes its leave; whether that is heard is no matter.
    pub(super) async fn close(mut self) {
        let _heard = timeout(Duration::from_secs(2), self.session.logout()).await;
    }
}

async fn protected(settings: &Settings, tcp: TcpStream) -> Result<Box<dyn Wire>> {
    let mut roots = RootCertStore::empty();
    roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
    if let Some(file) = &settings.trusted {
        let added = trusted(file).ok_or(Problem::Unprotected)?;
        roots.add_parsable_certificates(added);
    }
    let provider = Arc::new(tokio_rustls::rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|_| Problem::Unprotected)?
        .with_root_certificates(roots)
        .with_no_client_auth();
    let name = ServerName::try_from(settings.host.clone()).map_err(|_| Problem::Unprotected)?;
    let connector = TlsConnector::from(Arc::new(config));
    match timeout(ANSWER, connector.connect(name, tcp)).await {
        Ok(Ok(tls)) => Ok(Box::new(tls)),
        Ok(Err(_)) => Err(Problem::Unprotected),
        Err(_) => Err(Problem::Slow),
    }
}

fn trusted(file: &Path) -> Option<Vec<CertificateDer<'static>>> {
    let all = CertificateDer::pem_file_iter(file).ok()?;
    let all: std::result::Result<Vec<_>, _> = all.collect();
    all.ok().filter(|all| !all.is_empty())
}
