//! The sending of one letter: over SMTP with a bound on time, or into a folder. An answer of the
//! mail server is told by its number alone, because its words like to repeat the address.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::Duration;

use journal::jobs::Failure;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::transport::smtp::{self, PoolConfig};
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};

use crate::letter::Kept;
use crate::settings::{Protection, Server, Transport};

/// The longest wait for one answer of the mail server.
const ANSWER: Duration = Duration::from_secs(20);
/// The longest time for a whole letter; shorter than the lease of a job.
const WHOLE: Duration = Duration::from_secs(90);

/// The way out, ready for use.
pub(crate) enum Door {
    /// There is none.
    None,
    /// Files in a folder.
    Folder(PathBuf),
    /// A mail server. Each letter has a connection of its own: none is kept that could be stale, or
    /// outlive the runtime that drives it.
    Smtp(Server),
}

impl Door {
    pub(crate) fn new(transport: Transport) -> Self {
        match transport {
            Transport::None => Self::None,
            Transport::Folder(folder) => Self::Folder(folder),
            Transport::Smtp(server) => Self::Smtp(server),
        }
    }

    pub(crate) async fn send(&self, kept: &Kept, message: Message) -> Result<(), Failure> {
        let outcome = match self {
            Self::None => Err(Failure::Passing("no mail server is set".to_owned())),
            Self::Folder(folder) => keep(folder, kept, &message).await,
            Self::Smtp(server) => deliver(server, message).await,
        };
        let result = match &outcome {
            Ok(()) => "sent",
            Err(Failure::Passing(_)) => "put_off",
            Err(Failure::Final(_)) => "refused",
        };
        metrics::counter!("okno_letters_total", "result" => result).increment(1);
        if let Err(Failure::Passing(problem) | Failure::Final(problem)) = &outcome {
            tracing::warn!(letter = %kept.id, problem, "a letter was not sent");
        }
        outcome
    }
}

async fn deliver(server: &Server, message: Message) -> Result<(), Failure> {
    let connection = connection(server)?;
    let sent = tokio::time::timeout(WHOLE, connection.send(message)).await;
    connection.shutdown().await;
    match sent {
        Ok(Ok(_)) => Ok(()),
        Ok(Err(error)) => Err(failure(&error)),
        Err(_) => Err(Failure::Passing("the mail server took too long".to_owned())),
    }
}

fn connection(server: &Server) -> Result<AsyncSmtpTransport<Tokio1Executor>, String> {
    let tls = |host: &str| {
        TlsParameters::new(host.to_owned()).map_err(|_| "TLS cannot be set up".to_owned())
    };
    let tls = match server.protection {
        Protection::Tls => Tls::Wrapper(tls(&server.host)?),
        Protection::Starttls => Tls::Required(tls(&server.host)?),
        Protection::Loopback => Tls::None,
    };
    let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&server.host)
        .port(server.port)
        .tls(tls)
        .timeout(Some(ANSWER))
        .pool_config(PoolConfig::new().max_size(1));
    if let Some(credentials) = &server.credentials {
        builder = builder.credentials(credentials.clone());
    }
    Ok(builder.build())
}

/// Whether another try can help. A mail server that does not know us (530, 534, 535, 538) or takes
/// no mail at all (521) is a matter of settings, which can be put right; any other 5xx is about this
/// letter or its addressee (RFC 5321 section 4.2.1).
fn failure(error: &smtp::Error) -> Failure {
    let problem = match error.status() {
        Some(code) => format!("the mail server answered {code}"),
        None if error.is_timeout() => "the mail server did not answer in time".to_owned(),
        None if error.is_tls() => "no protected way to the mail server".to_owned(),
        None if error.is_response() => "the mail server's answer makes no sense".to_owned(),
        None if error.is_client() => "the mail server cannot do what the letter needs".to_owned(),
        None => "the mail server cannot be reached".to_owned(),
    };
    let code = error.status().map(u16::from);
    if error.is_permanent() && !matches!(code, Some(521 | 530 | 534 | 535 | 538)) {
        Failure::Final(problem)
    } else {
        Failure::Passing(problem)
    }
}

/// Writes a letter as a file that a mail program opens. The same letter written twice is one file.
async fn keep(folder: &Path, kept: &Kept, message: &Message) -> Result<(), Failure> {
    let told = |error: &dyn std::fmt::Display| format!("the folder of letters: {error}");
    let (folder, file) = (folder.to_owned(), folder.join(format!("{}.eml", kept.id)));
    let letter = message.formatted();
    let written = tokio::task::spawn_blocking(move || match std::fs::write(&file, &letter) {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            std::fs::create_dir_all(&folder)?;
            std::fs::write(&file, &letter)
        }
        done => done,
    });
    match written.await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(error)) => Err(Failure::Passing(told(&error))),
        Err(error) => Err(Failure::Passing(told(&error))),
    }
}
