//! Checkpoints: the text of what is read begins the text it was read from.
#![no_main]

use journal::checkpoint::Checkpoint;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Some(checkpoint) = Checkpoint::parse(text) {
        assert!(text.starts_with(&checkpoint.text()));
    }
    let _ = Checkpoint::parse_note(text);
});
