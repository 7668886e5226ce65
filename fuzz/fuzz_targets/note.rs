//! Notes and keys: whatever is read can be opened without panic, and a key writes back as it was.
#![no_main]

use journal::note::{Note, Verifier};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Ok(key) = Verifier::parse(text) {
        assert_eq!(key.vkey(), text);
    }
    if let Some(note) = Note::parse(text) {
        assert!(text.starts_with(&note.text) && !note.signatures.is_empty());
        let _ = note.open(&[]);
    }
});
