//! Letters of strangers: whatever is read stays within its bounds.
#![no_main]

use channels::mailbox::reading::{number_in, read, read_head};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Some(letter) = read(bytes, 500) {
        assert!(letter.text.chars().count() <= 500);
        assert!(letter.files.len() <= 20);
        assert!(letter.subject.chars().count() <= 300);
        assert!(letter.from.is_empty() || mail::is_address(&letter.from));
        let _ = number_in(&letter.subject);
    }
    let _ = read_head(bytes);
});
