//! Policy files: whatever is accepted names at least one log.
#![no_main]

use journal::policy::parse_policy;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Ok(keys) = parse_policy(text) {
        assert!(!keys.is_empty());
    }
});
