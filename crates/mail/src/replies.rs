//! Replies to our letters: a letter about a case carries a token in its Message-ID, made of the case
//! and of the address that it goes to under the installation's key. A mail program repeats it when
//! somebody answers (RFC 5322 section 3.6.4). Nothing is stored for it; whoever has not been sent a
//! letter cannot make one, and it is worth nothing with another sender's address.

use journal::Keys;
use uuid::Uuid;

/// The domain of the keyed hash.
const DOMAIN: &str = "mail.reply";
/// Bytes of the hash that go along.
const MAC: usize = 10;
/// RFC 4648, small letters: the part of an address before the sign is often made small on its way.
const SIGNS: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
/// The longest part of an address before the sign (RFC 5321 section 4.5.3.1.1).
const LOCAL_MOST: usize = 64;

/// Where replies to letters about cases go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replies {
    /// The address of the mailbox that is read.
    pub address: String,
    /// Whether the mail server delivers `name+anything@host` to `name@host`: the token then stands in
    /// the address, too, for mail programs that forget what they answer.
    pub plus: bool,
}

impl Replies {
    /// The address for replies that carry this token.
    pub(crate) fn with(&self, token: &str) -> String {
        let Some((name, host)) = self.address.rsplit_once('@').filter(|_| self.plus) else {
            return self.address.clone();
        };
        if name.len() + 1 + token.len() > LOCAL_MOST {
            return self.address.clone();
        }
        format!("{name}+{token}@{host}")
    }

    /// The token in an address of ours; none in any other.
    pub fn token_in<'a>(&self, address: &'a str) -> Option<&'a str> {
        let (name, host) = address.rsplit_once('@')?;
        let (own, own_host) = self.address.rsplit_once('@')?;
        let (name, token) = name.split_once('+')?;
        let same = name.eq_ignore_ascii_case(own) && host.eq_ignore_ascii_case(own_host);
        same.then_some(token)
    }
}

/// The token of a case for an address.
pub(crate) fn token(keys: &Keys, case: Uuid, address: &str) -> String {
    let hash = keys.blind(DOMAIN, &format!("{case}:{}", address.to_lowercase()));
    let mut bytes = case.as_bytes().to_vec();
    bytes.extend(&hash[..MAC]);
    written(&bytes)
}

/// The case that a token was made of for this address; none when it was made for nobody, or for
/// somebody else.
pub(crate) fn case_of(keys: &Keys, given: &str, address: &str) -> Option<Uuid> {
    let bytes = read(given)?;
    let case = Uuid::from_slice(bytes.get(..16)?).ok()?;
    let expected = token(keys, case, address);
    // Keyed hashes are compared, so that the time of the comparison tells nothing.
    let same = keys.blind(DOMAIN, &given.to_ascii_lowercase()) == keys.blind(DOMAIN, &expected);
    same.then_some(case)
}

fn written(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 8 / 5 + 1);
    let (mut held, mut bits) = (0_u32, 0_u32);
    for byte in bytes {
        held = held << 8 | u32::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            text.push(sign(held >> bits));
        }
        held &= (1 << bits) - 1;
    }
    if bits > 0 {
        text.push(sign(held << (5 - bits)));
    }
    text
}

fn sign(five: u32) -> char {
    char::from(SIGNS[usize::from((five & 31) as u8)])
}

fn read(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() * 5 / 8);
    let (mut held, mut bits) = (0_u32, 0_u32);
    for letter in text.bytes().map(|byte| byte.to_ascii_lowercase()) {
        let five = SIGNS.iter().position(|sign| *sign == letter)?;
        held = held << 5 | u32::try_from(five).ok()?;
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            bytes.push(u8::try_from(held >> bits & 255).ok()?);
            held &= (1 << bits) - 1;
        }
    }
    (bytes.len() == 16 + MAC).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys() -> (tempfile::TempDir, Keys) {
        let folder = tempfile::tempdir().unwrap();
        let keys = Keys::open(&folder.path().join("keys"), Some("okno/test"), true).unwrap();
        (folder, keys)
    }

    #[test]
    fn a_token_is_worth_something_for_the_address_that_it_was_sent_to_and_for_no_other() {
        let (_folder, keys) = keys();
        let (_other, others) = self::keys();
        let case = Uuid::from_u128(0x0193_4567_89ab_7def_8123_4567_89ab_cdef);
        let token = token(&keys, case, "Anna@example.ru");
        assert_eq!(token.len(), 42);
        assert_eq!(case_of(&keys, &token, "anna@example.ru"), Some(case));
        assert_eq!(
            case_of(&keys, &token.to_uppercase(), "anna@example.ru"),
            Some(case)
        );
        assert_eq!(case_of(&keys, &token, "petr@example.ru"), None);
        assert_eq!(case_of(&others, &token, "anna@example.ru"), None);
        for rubbish in ["", "a", "ы", &token[1..], &"7".repeat(42)] {
            assert_eq!(case_of(&keys, rubbish, "anna@example.ru"), None);
        }
    }

    #[test]
    fn an_address_takes_the_token_in_only_where_the_server_delivers_it_and_it_fits() {
        let (_folder, keys) = keys();
        let token = token(&keys, Uuid::from_u128(7), "anna@example.ru");
        let mut replies = Replies {
            address: "mail@region.example".into(),
            plus: false,
        };
        assert_eq!(replies.with(&token), "mail@region.example");
        replies.plus = true;
        let address = replies.with(&token);
        assert_eq!(address, format!("mail+{token}@region.example"));
        assert_eq!(replies.token_in(&address), Some(token.as_str()));
        assert_eq!(replies.token_in("mail@region.example"), None);
        assert_eq!(
            replies.token_in(&format!("mail+{token}@evil.example")),
            None
        );
        replies.address = format!("{}@region.example", "long".repeat(10));
        assert_eq!(replies.with(&token), replies.address);
    }
}
