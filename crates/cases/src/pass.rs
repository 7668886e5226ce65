//! What a guest's browser is let into: the drafts it began and the cases it filed or opened with a
//! return code. The cookie carries the list with a keyed hash over it; nothing is stored for it.

use base::Moment;
use base::id::{CaseId, DraftId};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use journal::Keys;
use serde::{Deserialize, Serialize};

/// Name of the cookie.
pub(crate) const COOKIE: &str = "pass";
/// How long a pass lets in, in seconds.
pub(crate) const SECONDS: i64 = 12 * 3600;
const MOST: usize = 20;
const DOMAIN: &str = "cases.pass";

/// A guest's pass.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pass {
    cases: Vec<CaseId>,
    drafts: Vec<DraftId>,
    until: i64,
}

impl Pass {
    /// Reads a cookie; anything that is not ours, or is too old, is an empty pass.
    pub fn read(keys: &Keys, cookie: Option<&str>, now: Moment) -> Self {
        Self::checked(keys, cookie, now).unwrap_or_default()
    }

    fn checked(keys: &Keys, cookie: Option<&str>, now: Moment) -> Option<Self> {
        let cookie = cookie.filter(|cookie| cookie.len() <= 4096)?;
        let (payload, mac) = cookie.split_once('.')?;
        let mac = URL_SAFE_NO_PAD.decode(mac).ok()?;
        let expected = keys.blind(DOMAIN, payload);
        // Hashes of a keyed hash are compared, so that the time of the comparison tells nothing.
        let blurred = |bytes: &[u8]| keys.blind(DOMAIN, &URL_SAFE_NO_PAD.encode(bytes));
        if blurred(&mac) != blurred(&expected) {
            return None;
        }
        let pass: Self = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).ok()?).ok()?;
        (pass.until > now.micros()).then_some(pass)
    }

    /// The cookie's value.
    pub fn cookie(&self, keys: &Keys, now: Moment) -> String {
        let pass = Self {
            until: now.plus_seconds(SECONDS).micros(),
            ..self.clone()
        };
        let json = serde_json::to_vec(&pass).unwrap_or_default();
        let payload = URL_SAFE_NO_PAD.encode(json);
        let mac = URL_SAFE_NO_PAD.encode(keys.blind(DOMAIN, &payload));
        format!("{payload}.{mac}")
    }

    /// The pass with one more case; the oldest falls off when there are too many.
    #[must_use]
    pub fn with_case(mut self, id: CaseId) -> Self {
        self.cases.retain(|known| *known != id);
        self.cases.push(id);
        let surplus = self.cases.len().saturating_sub(MOST);
        self.cases.drain(..surplus);
        self
    }

    /// The pass with one more draft.
    #[must_use]
    pub fn with_draft(mut self, id: DraftId) -> Self {
        self.drafts.retain(|known| *known != id);
        self.drafts.push(id);
        let surplus = self.drafts.len().saturating_sub(MOST);
        self.drafts.drain(..surplus);
        self
    }

    /// Whether it lets into a case.
    pub fn opens_case(&self, id: CaseId) -> bool {
        self.cases.contains(&id)
    }

    /// Whether it lets into a draft.
    pub fn opens_draft(&self, id: DraftId) -> bool {
        self.drafts.contains(&id)
    }
}

/// The secret code by which somebody who filed without an account comes back: 16 signs of an
/// alphabet without look-alikes in four groups, 80 bits, made from the case under the
/// installation's key, so that it is nowhere stored.
pub fn return_code(keys: &Keys, case: CaseId) -> String {
    signs(&keys.blind("cases.return-code", &case.to_string()), 16)
}

/// The first `count` bytes of a keyed hash as signs for people, in groups of four.
pub(crate) fn signs(hash: &[u8; 32], count: usize) -> String {
    const SIGNS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let mut code = String::with_capacity(count + count / 4);
    for (place, byte) in hash.iter().take(count).enumerate() {
        if place > 0 && place % 4 == 0 {
            code.push('-');
        }
        code.push(char::from(SIGNS[usize::from(byte % 32)]));
    }
    code
}

/// Whether `typed` is the return code of a case.
pub(crate) fn is_return_code(keys: &Keys, case: CaseId, typed: &str) -> bool {
    is_typed(keys, &return_code(keys, case), typed)
}

/// Whether `typed` is this code, however it was spaced and in whichever case, with the look-alikes
/// O, I and L read as the digits they resemble.
pub(crate) fn is_typed(keys: &Keys, code: &str, typed: &str) -> bool {
    if typed.len() > 64 {
        return false;
    }
    let plain: String = typed
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| match c.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        })
        .collect();
    let expected = code.replace('-', "");
    keys.blind(DOMAIN, &plain) == keys.blind(DOMAIN, &expected)
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
    fn a_pass_opens_what_it_names_until_it_is_too_old() {
        let (_folder, keys) = keys();
        let now = Moment::from_micros(1_000_000_000_000);
        let case = CaseId::new(now);
        let cookie = Pass::default().with_case(case).cookie(&keys, now);
        assert!(Pass::read(&keys, Some(&cookie), now).opens_case(case));
        assert!(!Pass::read(&keys, Some(&cookie), now.plus_seconds(SECONDS + 1)).opens_case(case));
        assert!(!Pass::read(&keys, None, now).opens_case(case));
    }

    #[test]
    fn a_pass_that_somebody_wrote_themselves_opens_nothing() {
        let (_folder, keys) = keys();
        let (_other_folder, others) = self::keys();
        let now = Moment::from_micros(1_000_000_000_000);
        let case = CaseId::new(now);
        let foreign = Pass::default().with_case(case).cookie(&others, now);
        assert_eq!(Pass::read(&keys, Some(&foreign), now), Pass::default());
        for rubbish in ["", ".", "a.b", "ы.ы"] {
            assert_eq!(Pass::read(&keys, Some(rubbish), now), Pass::default());
        }
    }

    #[test]
    fn a_return_code_is_read_as_people_type_it() {
        let (_folder, keys) = keys();
        let case = CaseId::new(Moment::from_micros(5));
        let code = return_code(&keys, case);
        assert_eq!(code.len(), 19);
        assert!(is_return_code(
            &keys,
            case,
            &code.to_lowercase().replace('-', " ")
        ));
        assert!(is_return_code(
            &keys,
            case,
            &code.replace('0', "o").replace('1', "l")
        ));
        assert!(!is_return_code(&keys, case, "0000-0000-0000-0000"));
        assert!(!is_return_code(
            &keys,
            CaseId::new(Moment::from_micros(9)),
            &code
        ));
    }
}
