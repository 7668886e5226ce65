//! Whole files: any bytes get a verdict, and none is valid when no key is given.
#![no_main]

use journal::verdict::Verdict;
use journal::verify::verify_file;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let answer = verify_file(bytes, &[]);
    assert_ne!(answer.verdict, Verdict::Valid);
    assert_eq!(answer.verdict == Verdict::Unsigned, answer.reason.is_none());
});
