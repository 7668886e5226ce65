//! A new return code: somebody who filed without an account has lost theirs. An operator who has made
//! sure of who asks gives a new one; the old one opens nothing from then on.

use base::{Actor, Error, Number, Result};
use people::{People, Permission};
use store::Db;

use super::hearing::{KNOWN_LEAST, hears};
use super::{MESSAGE_MOST, Told, checked, moved};
use crate::model::{CaseRow, Side};
use crate::sql::{self, Moved};
use crate::{Cases, pass};

impl Cases {
    /// Gives a new code in place of the one that holds. `turn` is the one that the operator has
    /// seen hold, so that the same form sent twice gives one code.
    pub async fn renew_code(
        &self,
        actor: &Actor,
        number: Number,
        turn: i64,
        known_by: &str,
    ) -> Result<String> {
        let known_by = checked("known_by", known_by, KNOWN_LEAST, MESSAGE_MOST)?;
        let this = self.clone();
        self.0
            .journal
            .store()
            .change(actor, move |tx| {
                let row = Self::locked(tx, number)?;
                let actor = tx.actor().clone();
                may_renew(tx, &actor, &row)?;
                if row.code_turn != turn {
                    return Err(Error::Conflict("case-error-code-renewed"));
                }
                this.expect(tx, &row)?;
                let key = this.0.journal.keys().load(tx, row.data_key)?;
                let operator = this.name_of_actor(tx, &row, Side::Staff, &key)?;
                let turn = row.code_turn + 1;
                sql::set_code_turn(tx, row.id, turn)?;
                let kept = Moved {
                    closed_at: sql::closed_at(tx, row.id)?,
                    ..moved(&row, row.state)
                };
                sql::move_case(tx, row.id, &kept)?;
                let told = Told::new("case.code_renewed")
                    .with("by", operator)
                    .with("reason", known_by.clone());
                this.tell(tx, &row, row.state, key, told)?;
                Ok(pass::code_of_turn(this.0.journal.keys(), row.id, turn))
            })
            .await
    }

    /// The turn of the code that holds, for an operator who may give a new one; none for others,
    /// and where the way back is an account.
    pub async fn code_to_renew(&self, actor: &Actor, number: Number) -> Result<Option<i64>> {
        let actor = actor.clone();
        let store = self.journal().store();
        store
            .read(move |db| {
                let row = Self::row(db, number)?;
                match may_renew(db, &actor, &row) {
                    Ok(()) => Ok(Some(row.code_turn)),
                    Err(Error::Forbidden | Error::Conflict(_)) => Ok(None),
                    Err(other) => Err(other),
                }
            })
            .await
    }
}

/// Operators of the unit that has the case, or who took it in; only where a code is the way back.
fn may_renew(db: &mut Db<'_>, actor: &Actor, row: &CaseRow) -> Result<()> {
    people::require_somewhere(actor, Permission::FileOnBehalf)?;
    if !hears(db, actor, row)? {
        return Err(Error::Forbidden);
    }
    let by_code = match row.person {
        Some(person) => People::has_left(db, person)?,
        None => true,
    };
    if by_code {
        Ok(())
    } else {
        Err(Error::Conflict("case-error-code-account"))
    }
}
