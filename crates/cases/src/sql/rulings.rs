//! Which cases are to be decided by rules, and which were.

use base::id::{CaseId, ServiceId};
use base::{Language, Moment, Result};
use journal::DataKey;
use store::{Db, Table, Tx, args};
use uuid::Uuid;

use super::course::broken;

/// Cases under rules.
pub(crate) const RULING: Table = Table {
    name: "case_ruling",
    key: &["case_id"],
};

/// How far the rules have come with a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RulingState {
    /// They are to be asked.
    Waiting,
    /// They have decided.
    Decided,
    /// They have proposed a decision.
    Proposed,
    /// They left it to people.
    Left,
    /// They had decided, and a person reviews it.
    Reviewed,
}

impl RulingState {
    const fn code(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Decided => "decided",
            Self::Proposed => "proposed",
            Self::Left => "left",
            Self::Reviewed => "reviewed",
        }
    }

    fn from_code(code: &str) -> Option<Self> {
        [
            Self::Waiting,
            Self::Decided,
            Self::Proposed,
            Self::Left,
            Self::Reviewed,
        ]
        .into_iter()
        .find(|state| state.code() == code)
    }
}

/// A case under rules.
#[derive(Clone, Debug)]
pub(crate) struct RulingRow {
    pub(crate) rules_version: u32,
    pub(crate) identified: bool,
    pub(crate) language: Language,
    pub(crate) state: RulingState,
    pub(crate) rule: Option<String>,
    pub(crate) ruled_at: Option<Moment>,
}

pub(crate) fn put_ruling(tx: &mut Tx<'_>, case: CaseId, row: &RulingRow) -> Result<()> {
    tx.write(
        &RULING,
        "INSERT INTO case_ruling (case_id, rules_version, identified, language, state, rule, ruled_at) \
         VALUES ($1,$2,$3,$4,$5,$6,$7) ON CONFLICT (case_id) DO UPDATE SET \
         state = excluded.state, rule = excluded.rule, ruled_at = excluded.ruled_at",
        args![
            case,
            row.rules_version,
            i64::from(row.identified),
            row.language.tag(),
            row.state.code(),
            row.rule,
            row.ruled_at
        ],
    )?;
    Ok(())
}

pub(crate) fn ruling(db: &mut Db<'_>, case: CaseId) -> Result<Option<RulingRow>> {
    db.first(
        "SELECT rules_version, identified, language, state, rule, ruled_at FROM case_ruling \
         WHERE case_id = $1",
        args![case],
        |row| {
            Ok(RulingRow {
                rules_version: row.get(0)?,
                identified: row.get(1)?,
                language: Language::from_tag(&row.get::<String>(2)?).unwrap_or_default(),
                state: RulingState::from_code(&row.get::<String>(3)?)
                    .ok_or_else(|| broken("case_ruling"))?,
                rule: row.get(4)?,
                ruled_at: row.get(5)?,
            })
        },
    )
}

/// Cases that wait for their rules after one of them; those that were carried over rest.
pub(crate) fn waiting_for_rules(db: &mut Db<'_>, after: CaseId, limit: i64) -> Result<Vec<CaseId>> {
    db.query(
        "SELECT r.case_id FROM case_ruling r JOIN case_file f ON f.id = r.case_id \
         WHERE r.state = 'waiting' AND f.carried_at IS NULL AND f.source <> 'import' \
         AND r.case_id > $1 \
         ORDER BY r.case_id LIMIT $2",
        args![after, limit],
        |row| row.get(0),
    )
}

/// A past case of a service, still sealed.
pub(crate) struct PastRow {
    pub(crate) id: CaseId,
    pub(crate) number: String,
    pub(crate) category: Option<base::id::CategoryId>,
    pub(crate) territory: Option<base::id::TerritoryId>,
    pub(crate) source: String,
    pub(crate) with_account: bool,
    pub(crate) received_at: Moment,
    pub(crate) answered_at: Option<Moment>,
    pub(crate) outcome: Option<String>,
    pub(crate) by_rule: bool,
    pub(crate) content: Vec<u8>,
    pub(crate) data_key: Uuid,
}

impl PastRow {
    /// Opens what it says.
    pub(crate) fn open(&self, key: &DataKey) -> Result<crate::model::Content> {
        crate::Cases::open_content(key, self.id, &self.content)
    }
}

/// The newest cases of a service with what they say; carried ones were decided elsewhere.
pub(crate) fn newest_of_service(
    db: &mut Db<'_>,
    service: ServiceId,
    limit: usize,
) -> Result<Vec<PastRow>> {
    db.query(
        "SELECT f.id, f.number, f.category_id, f.territory_id, f.source, \
         CASE WHEN f.person_id IS NULL THEN 0 ELSE 1 END, f.received_at, f.answered_at, f.outcome, \
         CASE WHEN u.state = 'decided' THEN 1 ELSE 0 END, f.content, f.data_key_id \
         FROM case_file f LEFT JOIN case_ruling u ON u.case_id = f.id \
         WHERE f.service_id = $1 AND f.source <> 'import' \
         ORDER BY f.received_at DESC, f.id DESC LIMIT $2",
        args![service, limit],
        |row| {
            Ok(PastRow {
                id: row.get(0)?,
                number: row.get(1)?,
                category: row.get(2)?,
                territory: row.get(3)?,
                source: row.get(4)?,
                with_account: row.get(5)?,
                received_at: row.get(6)?,
                answered_at: row.get(7)?,
                outcome: row.get(8)?,
                by_rule: row.get(9)?,
                content: row.get(10)?,
                data_key: row.get(11)?,
            })
        },
    )
}
