//! What a guest's browser is let into: the drafts it began and the cases it filed or opened with a
//! return code. The cookie carries the list with a keyed hash over it; nothing is stored for it.

use base::Moment;
use base::id::{CaseId, DraftId};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use journal::Keys;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::model::CaseRow;

/// How long a pass lets in, in seconds.
pub(crate) const SECONDS: i64 = 12 * 3600;
const MOST: usize = 20;
const DOMAIN: &str = "cases.pass";
const DRAFT_DOMAIN: &str = "cases.draft-key";

/// A case that a return code has opened, and which of its codes that was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Opened {
    /// The case.
    pub case: CaseId,
    /// How often a new code had been given.
    pub turn: i64,
}

/// A guest's pass.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pass {
    cases: Vec<CaseId>,
    drafts: Vec<DraftId>,
    until: i64,
    /// Which code has opened a case, where it was not its first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    turns: Vec<(CaseId, i64)>,
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
        self.turns.retain(|(known, _)| *known != id);
        let kept = &self.cases;
        self.turns.retain(|(known, _)| kept.contains(known));
        self
    }

    /// The pass with a case that one of its codes has opened.
    #[must_use]
    pub fn with_opened(self, opened: &Opened) -> Self {
        let mut pass = self.with_case(opened.case);
        if opened.turn > 0 {
            pass.turns.push((opened.case, opened.turn));
        }
        pass
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

    /// Whether it lets into a case: a code that another has replaced opens nothing any more.
    pub fn opens(&self, case: &CaseRow) -> bool {
        self.names(case.id, case.code_turn)
    }

    fn names(&self, case: CaseId, turn: i64) -> bool {
        let mut turns = self.turns.iter();
        let opened = turns.find(|(known, _)| *known == case);
        let opened = opened.map_or(0, |(_, turn)| *turn);
        self.cases.contains(&case) && opened == turn
    }

    /// The drafts that it lets into.
    pub(crate) fn drafts(&self) -> &[DraftId] {
        &self.drafts
    }

    /// Whether it lets into a draft.
    pub fn opens_draft(&self, id: DraftId) -> bool {
        self.drafts.contains(&id)
    }
}

/// The secret code by which somebody who filed without an account comes back: 16 signs of an
/// alphabet without look-alikes in four groups, 80 bits, made from the case under the
/// installation's key, so that it is nowhere stored. A new one is made from its turn, too.
pub fn return_code(keys: &Keys, case: &CaseRow) -> String {
    code_of_turn(keys, case.id, case.code_turn)
}

/// The code that a case has in its turn; the first one is that of the turn 0.
pub(crate) fn code_of_turn(keys: &Keys, case: CaseId, turn: i64) -> String {
    let from = match turn {
        0 => case.to_string(),
        turn => format!("{case}:{turn}"),
    };
    signs(&keys.blind("cases.return-code", &from), 16)
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

/// The key by which a program goes on with a draft that it began as a guest: the draft and a keyed
/// hash of it, so that nothing is stored for it.
pub(crate) fn draft_key(keys: &Keys, draft: DraftId) -> String {
    let hash = keys.blind(DRAFT_DOMAIN, &draft.to_string());
    let mut bytes = draft.0.as_bytes().to_vec();
    bytes.extend(&hash[..16]);
    URL_SAFE_NO_PAD.encode(bytes)
}

/// The pass of such a key; none when it is not ours.
pub(crate) fn pass_of_key(keys: &Keys, key: &str) -> Option<Pass> {
    let bytes = URL_SAFE_NO_PAD.decode(key).ok()?;
    let draft = DraftId(Uuid::from_slice(bytes.get(..16)?).ok()?);
    let same = keys.blind(DOMAIN, key) == keys.blind(DOMAIN, &draft_key(keys, draft));
    same.then(|| Pass::default().with_draft(draft))
}

/// The name under which whoever holds this secret owns what they send: made of a keyed hash, so that
/// nobody owns the same by accident or by guessing.
pub(crate) fn owner_by(keys: &Keys, secret: &str) -> Uuid {
    let hash = keys.blind("cases.owner", &plain(secret));
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash[..16]);
    Uuid::from_bytes(bytes)
}

/// Whether `typed` is the return code of a case.
pub(crate) fn is_return_code(keys: &Keys, case: &CaseRow, typed: &str) -> bool {
    is_typed(keys, &return_code(keys, case), typed)
}

/// Whether `typed` is this code, however it was spaced and in whichever case, with the look-alikes
/// O, I and L read as the digits they resemble.
pub(crate) fn is_typed(keys: &Keys, code: &str, typed: &str) -> bool {
    if typed.len() > 64 {
        return false;
    }
    let expected = code.replace('-', "");
    keys.blind(DOMAIN, &plain(typed)) == keys.blind(DOMAIN, &expected)
}

/// A code as it was given, however it was typed.
fn plain(typed: &str) -> String {
    typed
        .chars()
        .map(latin)
        .filter(char::is_ascii_alphanumeric)
        .map(|c| match c.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        })
        .collect()
}

/// The Latin letter that looks like a Cyrillic one: a code is read off a paper and typed with
/// whatever keyboard is at hand.
fn latin(typed: char) -> char {
    const LIKE: [(char, char); 12] = [
        ('\u{410}', 'A'),
        ('\u{412}', 'B'),
        ('\u{415}', 'E'),
        ('\u{41a}', 'K'),
        ('\u{41c}', 'M'),
        ('\u{41d}', 'H'),
        ('\u{41e}', 'O'),
        ('\u{420}', 'P'),
        ('\u{421}', 'C'),
        ('\u{422}', 'T'),
        ('\u{423}', 'Y'),
        ('\u{425}', 'X'),
    ];
    let upper = typed.to_uppercase().next().unwrap_or(typed);
    let like = LIKE.iter().find(|(cyrillic, _)| *cyrillic == upper);
    like.map_or(typed, |(_, latin)| *latin)
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
    fn a_pass_opens_what_it_names_until_it_is_too_old_or_its_code_is_replaced() {
        let (_folder, keys) = keys();
        let now = Moment::from_micros(1_000_000_000_000);
        let (case, turn) = (CaseId::new(now), 1);
        let cookie = Pass::default().with_case(case).cookie(&keys, now);
        let pass = Pass::read(&keys, Some(&cookie), now);
        assert!(pass.names(case, 0) && !pass.names(case, turn));
        let anew = pass.with_opened(&Opened { case, turn });
        let anew = Pass::read(&keys, Some(&anew.cookie(&keys, now)), now);
        assert!(anew.names(case, turn) && !anew.names(case, 0));
        assert!(!Pass::read(&keys, Some(&cookie), now.plus_seconds(SECONDS + 1)).names(case, 0));
        assert!(!Pass::read(&keys, None, now).names(case, 0));
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
    fn a_key_of_a_draft_opens_that_draft_alone() {
        let (_folder, keys) = keys();
        let (_other_folder, others) = self::keys();
        let draft = DraftId::new(Moment::from_micros(5));
        let key = draft_key(&keys, draft);
        let pass = pass_of_key(&keys, &key).unwrap();
        assert!(pass.opens_draft(draft));
        assert!(!pass.opens_draft(DraftId::new(Moment::from_micros(6))));
        for wrong in [
            draft_key(&others, draft),
            key[1..].to_owned(),
            String::new(),
            "\u{44b}".to_owned(),
        ] {
            assert_eq!(pass_of_key(&keys, &wrong), None, "{wrong}");
        }
        assert_ne!(owner_by(&keys, &key), owner_by(&others, &key));
    }

    #[test]
    fn a_return_code_is_read_as_people_type_it() {
        let (_folder, keys) = keys();
        let case = CaseId::new(Moment::from_micros(5));
        let code = code_of_turn(&keys, case, 0);
        assert_eq!(code.len(), 19);
        let spaced = code.to_lowercase().replace('-', " ");
        let alike = code.replace('0', "o").replace('1', "l");
        for typed in [&code, &spaced, &alike] {
            assert!(is_typed(&keys, &code, typed), "{typed}");
        }
        let other = CaseId::new(Moment::from_micros(9));
        let others = [code_of_turn(&keys, case, 1), code_of_turn(&keys, other, 0)];
        for wrong in others
            .iter()
            .map(String::as_str)
            .chain(["0000-0000-0000-0000"])
        {
            assert!(!is_typed(&keys, &code, wrong), "{wrong}");
        }
    }
}
