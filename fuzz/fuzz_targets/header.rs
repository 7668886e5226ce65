//! Headers, disclosures and receipts: one spelling for everything that is accepted.
#![no_main]

use journal::disclosure::Disclosure;
use journal::entry::{Header, Record};
use journal::receipt::Receipt;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(disclosure) = Disclosure::parse(bytes) {
        assert_eq!(disclosure.to_json().as_bytes(), bytes);
        let _ = disclosure.commitment();
    }
    let _ = Record::from_bytes(bytes);
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    if let Some(header) = Header::parse(text) {
        assert_eq!(header.text(), text);
    }
    if let Some(receipt) = Receipt::parse(text) {
        assert_eq!(receipt.text(), text);
    }
});
