//! Odd keys and signatures on which Ed25519 libraries are known to differ; verifiers of proofs
//! must not.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

use crate::stories::Sample;

/// The order of the group of Ed25519, little-endian.
const GROUP_ORDER: [u8; 32] = [
    0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
];

/// Adds the group order to a scalar: the same scalar in a spelling that is not allowed.
pub(crate) fn add_group_order(scalar: &mut [u8]) {
    let mut carry = 0;
    for (byte, order) in scalar.iter_mut().zip(GROUP_ORDER) {
        let sum = u16::from(*byte) + u16::from(order) + carry;
        let [low, high] = sum.to_le_bytes();
        (*byte, carry) = (low, u16::from(high));
    }
}

/// Encodings (little-endian, in hex) of points of low order, of points in a second spelling, and
/// of no point at all.
const WEAK_POINTS: [&str; 16] = [
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0000000000000000000000000000000000000000000000000000000000000080",
    "0100000000000000000000000000000000000000000000000000000000000000",
    "0100000000000000000000000000000000000000000000000000000000000080",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
    "f0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    "0200000000000000000000000000000000000000000000000000000000000000",
];

/// A vkey of a point that must be refused, correct in everything else.
pub(crate) fn weak_vkey(name: &str, round: usize) -> String {
    let hex = WEAK_POINTS[round % WEAK_POINTS.len()];
    let byte = |at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap_or(0);
    let mut key = vec![1];
    key.extend((0..64).step_by(2).map(byte));
    let id = Sha256::new_with_prefix(name)
        .chain_update(b"\n")
        .chain_update(&key)
        .finalize();
    format!(
        "{name}+{:02x}{:02x}{:02x}{:02x}+{}",
        id[0],
        id[1],
        id[2],
        id[3],
        STANDARD.encode(key)
    )
}

const PLAIN: &str = "okno.example/odd+afaa3d12+ATahvfmYfpUhQsEkDnY29hB8kgpDM8aAQ9Ylv8wZxKEn";
const MIXED: &str = "okno.example/odd+aaa56e55+ARC/okWWmtRoDPg7N+2dETCMdFJI+FKD7VFHTfKZBYjL";

/// Signatures that lax rules (no check of low order, points compared instead of bytes, both sides
/// multiplied by eight) would let through.
const WEAK_SIGNATURES: [(&str, &str); 8] = [
    (
        PLAIN,
        "r6o9EgEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAr1HfshdxPYHtu9pRsfloKwfbxokV8mx04Qzxj7ICXA0=",
    ),
    (
        PLAIN,
        "r6o9Eu7///////////////////////////////////////9/bBzM+1o7bMe6jSqglV9KQR/UxUbp51hfqXUi2bdKWg0=",
    ),
    (
        PLAIN,
        "r6o9EgEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAACAuISyV7eyNtYsM8kJxCACeY3yFYXrUHwrt5j0U2ThpQo=",
    ),
    (
        PLAIN,
        "r6o9EscXanA9TdhPujwLdg0QZw8qIFP6LDnMxk7H/XeSrAN6q670GOtSN+GXe3nZ8uEV/zh1vkqIuoSyhgqWW2A/OQ8=",
    ),
    (
        PLAIN,
        "r6o9EgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAZrF57OJ2QhWwktT7gFH5irm4SIvgkdZYTUYyL1LWEw4=",
    ),
    (
        PLAIN,
        "r6o9Euz///////////////////////////////////////9//d8dLO1xULT5M/1Y6AR0jBLtuAGi2bSGjqkRbwRfpwg=",
    ),
    (
        PLAIN,
        "r6o9EtBCS3AdYCVd5d9wUHEFnM0iuDSbtBOCAuu9ZengrSEbWz9JOtkUcaLWc8829Mw7AlYg3ZoGRAwcZ1iwvFs4Egw=",
    ),
    (
        MIXED,
        "qqVuVVhmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmUZgcJ7INvy+ZHSLU141O7l2mmPmHVe1d1rEjTauAtA4=",
    ),
];

/// A signature of a key that is neither of low order nor of the prime-order group; it holds.
const ODD_SIGNATURE: (&str, &str) = (
    MIXED,
    "qqVuVe3IdtaDH9IQXQtDicouKDFmRpKJFG4s4G+u/piyJUjfeAVHBOpUC6+V1lv83kNoFSY+NaiQTAgUNGoNpJj5xwE=",
);

/// A receipt with one of the weak signatures.
pub(crate) fn weak_signature(round: usize) -> Sample {
    receipt(WEAK_SIGNATURES[round % WEAK_SIGNATURES.len()])
}

/// A receipt with the odd signature that holds.
pub(crate) fn odd_signature() -> Sample {
    receipt(ODD_SIGNATURE)
}

fn receipt((vkey, signature): (&str, &str)) -> Sample {
    let zeros = STANDARD.encode([0; 32]);
    let text = format!(
        "okno.receipt.v1\nokno.example/odd\nnumber A-1\ncommitment {zeros}\nrecorded_at 1\nid 00000000-0000-0000-0000-000000000001\n"
    );
    let file = format!("{text}\n— okno.example/odd {signature}\n");
    Sample {
        file: file.into_bytes(),
        vkey: Some(vkey.to_owned()),
    }
}
