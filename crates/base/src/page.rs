//! Pages of long lists: by key, never by offset, so that page 1 000 costs what page 1 costs and
//! nothing is shown twice when rows arrive meanwhile.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;

/// The most rows that any list gives out at once.
pub const MOST: usize = 200;

/// One page of a list and where the next one begins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Page<T> {
    /// The rows.
    pub items: Vec<T>,
    /// What to ask for to go on; none on the last page.
    pub next: Option<Cursor>,
}

impl<T> Page<T> {
    /// Makes a page of `limit` rows from a query that asked for `limit + 1`.
    pub fn of(mut items: Vec<T>, limit: usize, key: impl Fn(&T) -> Cursor) -> Self {
        let next = (items.len() > limit).then(|| {
            items.truncate(limit);
            items.last().map(&key)
        });
        Self {
            items,
            next: next.flatten(),
        }
    }
}

/// An opaque place in a list: the sort key of the last row shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Cursor(String);

impl Cursor {
    /// The cursor of a row with these key parts.
    pub fn of(parts: &[&str]) -> Self {
        Self(URL_SAFE_NO_PAD.encode(parts.join("\u{1f}")))
    }

    /// The text that stands in addresses.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Reads a cursor of exactly `parts` key parts; none when it is not one of ours.
    pub fn read(text: &str, parts: usize) -> Option<Vec<String>> {
        if text.len() > 400 {
            return None;
        }
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        let joined = String::from_utf8(bytes).ok()?;
        let read: Vec<String> = joined.split('\u{1f}').map(str::to_owned).collect();
        (read.len() == parts).then_some(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_page_knows_where_the_next_begins() {
        let page = Page::of(vec![1, 2, 3], 2, |n| Cursor::of(&[&n.to_string()]));
        assert_eq!(page.items, [1, 2]);
        let next = page.next.unwrap();
        assert_eq!(Cursor::read(next.as_str(), 1).unwrap(), ["2"]);
        assert_eq!(Page::of(vec![1, 2], 2, |_| Cursor::of(&["x"])).next, None);
    }

    #[test]
    fn foreign_cursors_are_refused() {
        assert_eq!(Cursor::read("%%%", 1), None);
        assert_eq!(Cursor::read(Cursor::of(&["a", "b"]).as_str(), 1), None);
    }
}
