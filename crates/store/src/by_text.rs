//! What a connection keeps for each of its statements, found by the statement's text: looked up with
//! every statement that is run, so that the text is walked once and by a quick hash.

use rustc_hash::FxHashMap;

/// Things found by the text that they were made of. The hash withstands nobody who looks for texts
/// that fall together, and need not: the texts of statements are ours.
pub(crate) struct ByText<T> {
    places: FxHashMap<String, usize>,
    kept: Vec<T>,
}

impl<T> Default for ByText<T> {
    fn default() -> Self {
        Self {
            places: FxHashMap::default(),
            kept: Vec::new(),
        }
    }
}

impl<T> ByText<T> {
    /// What is kept for `text`; made now when there is nothing. Before more than `most` would be kept
    /// all are forgotten.
    pub(crate) fn of(&mut self, text: &str, most: usize, make: impl FnOnce() -> T) -> &mut T {
        let known = self.places.get(text).copied();
        let place = known.unwrap_or_else(|| {
            if self.kept.len() >= most {
                self.clear();
            }
            self.kept.push(make());
            let place = self.kept.len() - 1;
            self.places.insert(text.to_owned(), place);
            place
        });
        &mut self.kept[place]
    }

    /// Forgets everything.
    pub(crate) fn clear(&mut self) {
        self.places.clear();
        self.kept.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thing_is_made_once_for_its_text_and_kept_as_it_was_left() {
        let mut kept = ByText::<Vec<u8>>::default();
        kept.of("SELECT 1", 2, Vec::new).push(1);
        kept.of("SELECT 2", 2, Vec::new).push(2);
        kept.of("SELECT 1", 2, Vec::new).push(3);
        assert_eq!(kept.of("SELECT 1", 2, Vec::new), &[1, 3]);
        assert_eq!(kept.of("SELECT 2", 2, Vec::new), &[2]);
    }

    #[test]
    fn before_there_are_too_many_all_are_forgotten() {
        let mut kept = ByText::default();
        for text in ["SELECT 1", "SELECT 2", "SELECT 3"] {
            assert_eq!(*kept.of(text, 2, || text), text);
        }
        assert_eq!(kept.of("SELECT 3", 2, || "anew"), &"SELECT 3");
        assert_eq!(kept.of("SELECT 1", 2, || "anew"), &"anew");
        kept.clear();
        assert_eq!(kept.of("SELECT 3", 2, || "anew"), &"anew");
    }
}
