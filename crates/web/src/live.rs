//! Live pages: a page listens to a topic, a follower of the journal publishes to it, and the page
//! fetches itself anew. Only "something changed" travels, never content, so that whoever listens
//! sees no more than the page itself would show.

use std::collections::HashMap;
use std::convert::Infallible;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::http::HeaderValue;
use axum::http::header::CACHE_CONTROL;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use base::Error;
use futures_util::future::select_all;
use futures_util::stream;
use tokio::sync::watch;

/// The most pages that listen at once on one node.
const MOST_LISTENERS: usize = 10_000;
/// How often an idle connection says that it is alive.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

/// The topics of one node.
#[derive(Clone, Debug, Default)]
pub struct Live(Arc<Hub>);

#[derive(Debug, Default)]
struct Hub {
    topics: Mutex<HashMap<String, watch::Sender<u64>>>,
    listeners: AtomicUsize,
    closed: std::sync::atomic::AtomicBool,
}

/// One listening page; leaves the hub when dropped.
struct Listener {
    hub: Arc<Hub>,
    heard: Vec<(&'static str, String, watch::Receiver<u64>)>,
}

impl Listener {
    /// The event and the entry of the next change of any of the topics; none when the hub is closed.
    async fn next(&mut self) -> Option<(&'static str, u64)> {
        let changes = self.heard.iter_mut().map(|(event, _, changes)| {
            Box::pin(async move {
                changes.changed().await.ok()?;
                Some((*event, *changes.borrow_and_update()))
            })
        });
        let (heard, ..) = select_all(changes).await;
        heard
    }
}

/// The event of a page that listens for one thing.
const CHANGE: &str = "change";

/// What the pages about all that concerns a person listen to: each notice to them changes it.
pub fn of_person(person: impl std::fmt::Display) -> String {
    format!("notices:{person}")
}

impl Live {
    /// Tells everybody who listens to `topic` that entry `id` changed it.
    pub fn publish(&self, topic: &str, id: u64) {
        let topics = self.0.topics.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(sender) = topics.get(topic) {
            sender.send_replace(id);
        }
    }

    /// A stream of server-sent events about `topic`. Whether the reader may know of the topic has
    /// been decided before.
    pub fn stream(&self, topic: &str) -> Result<Response, Error> {
        self.stream_all(vec![topic.to_owned()])
    }

    /// The same about several topics, of which there is at least one.
    pub fn stream_all(&self, topics: Vec<String>) -> Result<Response, Error> {
        self.stream_named(topics.into_iter().map(|topic| (CHANGE, topic)).collect())
    }

    /// The same for a page that listens for several things at once: each topic with the name of its
    /// event. One page has one stream, because a browser holds only a few to one server.
    pub fn stream_named(&self, topics: Vec<(&'static str, String)>) -> Result<Response, Error> {
        let listener = self.listen(topics)?;
        let events = stream::unfold(listener, |mut listener| async move {
            let (name, id) = listener.next().await?;
            let event = Event::default()
                .event(name)
                .id(id.to_string())
                .data(id.to_string());
            Some((Ok::<_, Infallible>(event), listener))
        });
        let mut response = Sse::new(events)
            .keep_alive(KeepAlive::new().interval(KEEP_ALIVE))
            .into_response();
        response
            .headers_mut()
            .insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        response
            .headers_mut()
            .insert("x-accel-buffering", HeaderValue::from_static("no"));
        Ok(response)
    }

    /// Ends every stream, so that the server can stop; browsers come back to the next node.
    pub fn close(&self) {
        self.0.closed.store(true, Ordering::SeqCst);
        self.0
            .topics
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clear();
    }

    fn listen(&self, heard: Vec<(&'static str, String)>) -> Result<Listener, Error> {
        if heard.is_empty() {
            return Err(Error::NotFound);
        }
        let mut topics = self.0.topics.lock().unwrap_or_else(PoisonError::into_inner);
        if self.0.closed.load(Ordering::SeqCst)
            || self.0.listeners.load(Ordering::SeqCst) >= MOST_LISTENERS
        {
            return Err(Error::Busy);
        }
        self.0.listeners.fetch_add(1, Ordering::SeqCst);
        let heard = heard.into_iter().map(|(event, topic)| {
            let changes = topics
                .entry(topic.clone())
                .or_insert_with(|| watch::channel(0).0)
                .subscribe();
            (event, topic, changes)
        });
        Ok(Listener {
            heard: heard.collect(),
            hub: Arc::clone(&self.0),
        })
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let mut topics = self
            .hub
            .topics
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        self.hub.listeners.fetch_sub(1, Ordering::SeqCst);
        for (_, topic, _) in &self.heard {
            // This listener itself still counts as one receiver.
            let last = topics
                .get(topic)
                .is_some_and(|sender| sender.receiver_count() <= 1);
            if last {
                topics.remove(topic);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn topics(named: &[&str]) -> Vec<(&'static str, String)> {
        named
            .iter()
            .map(|topic| (CHANGE, (*topic).to_owned()))
            .collect()
    }

    #[tokio::test]
    async fn a_listener_hears_of_its_topic_alone() {
        let live = Live::default();
        let mut listener = live.listen(topics(&["case:1"])).unwrap();
        live.publish("case:2", 7);
        live.publish("case:1", 8);
        assert_eq!(listener.next().await, Some((CHANGE, 8)));
    }

    #[tokio::test]
    async fn a_list_hears_of_each_of_its_topics() {
        let live = Live::default();
        let mut heard = topics(&["case:1"]);
        heard.push(("queue", "case:2".to_owned()));
        let mut listener = live.listen(heard).unwrap();
        live.publish("case:2", 7);
        assert_eq!(listener.next().await, Some(("queue", 7)));
        live.publish("case:1", 8);
        assert_eq!(listener.next().await, Some((CHANGE, 8)));
        drop(listener);
        assert!(live.0.topics.lock().unwrap().is_empty());
        assert!(live.listen(Vec::new()).is_err());
    }

    #[tokio::test]
    async fn topics_without_listeners_are_forgotten() {
        let live = Live::default();
        let first = live.listen(topics(&["case:1"])).unwrap();
        let second = live.listen(topics(&["case:1"])).unwrap();
        drop(first);
        assert_eq!(live.0.topics.lock().unwrap().len(), 1);
        drop(second);
        assert_eq!(live.0.topics.lock().unwrap().len(), 0);
        assert_eq!(live.0.listeners.load(Ordering::SeqCst), 0);
    }

    #[tokio::test]
    async fn closing_ends_every_stream_and_opens_none() {
        let live = Live::default();
        let mut listener = live.listen(topics(&["case:1"])).unwrap();
        live.close();
        assert_eq!(listener.next().await, None);
        assert!(live.listen(topics(&["case:1"])).is_err());
    }
}
