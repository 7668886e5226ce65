//! The window's sill: where connections come from and when no more are taken. A service manager may
//! hold the socket and hand it over (`LISTEN_FDS`, `sd_listen_fds(3)`); then whoever connects while
//! Okno is being restarted waits in the socket's queue and is served by the next process.

use std::future::pending;
use std::io;
use std::net::{SocketAddr, TcpListener as Bare};
use std::time::Duration;

use axum::serve::Listener;
use listenfd::ListenFd;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// Between the last connection taken and the end of idle ones: time for a request that is already
/// on its way over a connection just taken.
pub(crate) const LAST_REQUESTS: Duration = Duration::from_millis(250);

/// The socket that a service manager handed over, if one did.
pub(crate) fn handed_over() -> Result<Option<Bare>, String> {
    ListenFd::from_env()
        .take_tcp_listener(0)
        .map_err(|error| format!("the socket handed over in LISTEN_FDS cannot be used: {error}"))
}

/// A listener on the socket handed over, or else on `address`. It takes no more connections once
/// `closing` says so; those that come later stay in the socket's queue.
pub(crate) async fn listen(
    address: SocketAddr,
    handed_over: Option<Bare>,
    closing: watch::Receiver<bool>,
) -> Result<impl Listener<Io = TcpStream, Addr = SocketAddr>, String> {
    let told = |error: io::Error| format!("cannot listen on {address}: {error}");
    let inner = match handed_over {
        Some(socket) => {
            socket.set_nonblocking(true).map_err(told)?;
            TcpListener::from_std(socket).map_err(told)?
        }
        None => TcpListener::bind(address).await.map_err(told)?,
    };
    Ok(Gate { inner, closing })
}

struct Gate {
    inner: TcpListener,
    closing: watch::Receiver<bool>,
}

impl Listener for Gate {
    type Io = TcpStream;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (TcpStream, SocketAddr) {
        let closed = async {
            // Nobody left who could say so means the same.
            drop(self.closing.wait_for(|closing| *closing).await);
        };
        tokio::select! {
            biased;
            () = closed => pending().await,
            taken = Listener::accept(&mut self.inner) => taken,
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.inner.local_addr()
    }
}
