//! Sealing: AES-256-GCM over a text, bound to what it belongs to. A sealed text is one byte for
//! the way it was made, a nonce of twelve bytes, and the ciphertext with its tag.

use aes_gcm::aead::{Aead, Payload};
use aes_gcm::{Aes256Gcm, KeyInit};
use base::{Error, Result};

const AES_256_GCM: u8 = 1;
const NONCE: usize = 12;
const TAG: usize = 16;

/// Seals `plain` under `key` with a random nonce. `bound_to` is not kept: opening needs the same,
/// so that a sealed text cannot be moved to another row.
pub fn seal(key: &[u8; 32], plain: &[u8], bound_to: &[u8]) -> Result<Vec<u8>> {
    seal_with(key, base::id::random(), plain, bound_to)
}

pub(crate) fn seal_with(
    key: &[u8; 32],
    nonce: [u8; NONCE],
    plain: &[u8],
    bound_to: &[u8],
) -> Result<Vec<u8>> {
    let payload = Payload {
        msg: plain,
        aad: bound_to,
    };
    let ciphertext = Aes256Gcm::new(key.into())
        .encrypt(&nonce.into(), payload)
        .map_err(|_| Error::internal("a text is too long to be sealed"))?;
    let mut sealed = Vec::with_capacity(1 + NONCE + ciphertext.len());
    sealed.push(AES_256_GCM);
    sealed.extend_from_slice(&nonce);
    sealed.extend_from_slice(&ciphertext);
    Ok(sealed)
}

/// Opens what [`seal`] made under the same key and bound to the same; an internal error when
/// anything differs.
pub fn open(key: &[u8; 32], sealed: &[u8], bound_to: &[u8]) -> Result<Vec<u8>> {
    let refused = || Error::internal("a sealed text cannot be opened: other key, or tampered");
    let [AES_256_GCM, rest @ ..] = sealed else {
        return Err(refused());
    };
    let (nonce, ciphertext) = rest
        .split_first_chunk::<NONCE>()
        .filter(|(_, ciphertext)| ciphertext.len() >= TAG)
        .ok_or_else(refused)?;
    let payload = Payload {
        msg: ciphertext,
        aad: bound_to,
    };
    Aes256Gcm::new(key.into())
        .decrypt(nonce.into(), payload)
        .map_err(|_| refused())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_was_sealed_opens_and_nothing_else(
            key: [u8; 32],
            plain in prop::collection::vec(any::<u8>(), 0..200),
            at: prop::sample::Index,
            bit in 0u8..8,
        ) {
            let sealed = seal(&key, &plain, b"row").unwrap();
            prop_assert_eq!(open(&key, &sealed, b"row").unwrap(), plain);
            prop_assert!(open(&key, &sealed, b"other").is_err());
            let mut bad = sealed.clone();
            bad[at.index(sealed.len())] ^= 1 << bit;
            prop_assert!(open(&key, &bad, b"row").is_err());
            prop_assert!(open(&key, &sealed[..at.index(sealed.len())], b"row").is_err());
        }
    }
}
