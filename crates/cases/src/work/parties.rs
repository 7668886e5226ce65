//! Parties beside the one who filed: a co-applicant reads and writes, a representative may do what
//! the applicant may, the other side is named only. Who has an account is asked first (`consenting`).

use base::{Actor, Error, Number, Result};
use store::Tx;
use uuid::Uuid;

use super::{At, MESSAGE_MOST, NAME_MOST, Told, checked, checked_line, new_id};
use crate::Cases;
use crate::course::{self, PartyBody};
use crate::model::{PartyRole, Side};
use crate::pass::Pass;
use crate::sql::{self, PartyRow};
use crate::states::Action;

/// The most parties of one case.
const MOST_PARTIES: usize = 20;

/// A party to be named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewParty {
    /// What they are in the case.
    pub role: PartyRole,
    /// Their name.
    pub name: String,
    /// The e-mail of their account. Only the applicant's side opens a case to an account.
    pub email: String,
    /// Whatever else is to be said of them: the paper that they act by, say.
    pub note: String,
}

impl Cases {
    /// Either side names a party. Whether there is an account of that e-mail is not told.
    pub async fn add_party(
        &self,
        actor: &Actor,
        pass: &Pass,
        number: Number,
        party: NewParty,
    ) -> Result<()> {
        self.add_party_on(actor, Some(pass), number, party).await
    }

    /// Staff name a party.
    pub async fn add_party_as_staff(
        &self,
        actor: &Actor,
        number: Number,
        party: NewParty,
    ) -> Result<()> {
        self.add_party_on(actor, None, number, party).await
    }

    async fn add_party_on(
        &self,
        actor: &Actor,
        pass: Option<&Pass>,
        number: Number,
        party: NewParty,
    ) -> Result<()> {
        let name = checked_line("name", &party.name, 3, NAME_MOST)?;
        let note = checked("note", &party.note, 0, MESSAGE_MOST)?;
        let email = checked_line("email", &party.email, 0, NAME_MOST)?;
        if !email.is_empty() && people::Email::parse(&email).is_none() {
            return Err(Error::field("email", "error-email"));
        }
        let role = party.role;
        let work = move |tx: &mut Tx<'_>, at: &At<'_>| {
            if sql::parties(tx, at.row.id)?.len() >= MOST_PARTIES {
                return Err(Error::Conflict("case-error-many-parties"));
            }
            let by_email = at.side == Side::Applicant && role.reads() && !email.is_empty();
            let person = if by_email {
                at.cases.0.people.person_of_email(tx, &email)?
            } else {
                None
            };
            if let Some(person) = person
                && sql::has_declined(tx, at.row.id, person)?
            {
                return Err(Error::field("email", "case-error-party-declined"));
            }
            let id = new_id(tx);
            let body = PartyBody {
                name: name.clone(),
                note: note.clone(),
                email: if by_email {
                    email.clone()
                } else {
                    String::new()
                },
            };
            let row = PartyRow {
                id,
                role,
                person: person.filter(|person| Some(*person) != at.row.person),
                added_by: at.account,
                added_at: tx.now(),
                agreed_at: None,
                body: course::seal(&at.key, at.row.id, "party", id, &body)?,
            };
            sql::insert_party(tx, at.row.id, &row)?;
            let told = Told::new("case.party_added")
                .with("role", role.code())
                .with("party", id.to_string());
            Ok(Some((at.moved(), told)))
        };
        self.act_on(actor, pass, number, Action::AddParty, work)
            .await
    }

    /// Takes a party off the case.
    pub async fn remove_party(
        &self,
        actor: &Actor,
        pass: &Pass,
        number: Number,
        party: Uuid,
    ) -> Result<()> {
        self.remove_party_on(actor, Some(pass), number, party).await
    }

    /// Staff take a party off the case.
    pub async fn remove_party_as_staff(
        &self,
        actor: &Actor,
        number: Number,
        party: Uuid,
    ) -> Result<()> {
        self.remove_party_on(actor, None, number, party).await
    }

    async fn remove_party_on(
        &self,
        actor: &Actor,
        pass: Option<&Pass>,
        number: Number,
        party: Uuid,
    ) -> Result<()> {
        let work = move |tx: &mut Tx<'_>, at: &At<'_>| {
            if !sql::end_party(tx, at.row.id, party)? {
                return Err(Error::NotFound);
            }
            Ok(Some((at.moved(), Told::new("case.party_removed"))))
        };
        self.act_on(actor, pass, number, Action::AddParty, work)
            .await
    }
}
