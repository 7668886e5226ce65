//! What people want to be told, and where. Everything is wanted until somebody says otherwise, and
//! what is owed by law cannot be turned down.

use std::collections::BTreeSet;

use base::id::PersonId;
use base::{Actor, Error, Result};
use journal::NewEntry;
use store::Db;

use crate::kinds::{Channel, Kind};
use crate::{Notices, sql};

/// What stands in the table for somebody who wants no letter at all.
const NO_LETTERS: &str = "all:email";

/// What somebody does not want.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wishes {
    refused: BTreeSet<(&'static str, &'static str)>,
    /// Not even what is owed: for an address that somebody else gave.
    no_letters: bool,
}

impl Wishes {
    /// Whether this is wanted there.
    pub fn wants(&self, kind: Kind, channel: Channel) -> bool {
        if channel == Channel::Email && self.no_letters {
            return false;
        }
        kind.is_owed() || !self.refused.contains(&(kind.code(), channel.code()))
    }

    /// No letter whatever, for an address that somebody else gave; or letters again.
    #[must_use]
    pub(crate) const fn with_letters(mut self, wanted: bool) -> Self {
        self.no_letters = !wanted;
        self
    }

    /// Whether any letter is wanted.
    pub(crate) const fn wants_letters(&self) -> bool {
        !self.no_letters
    }

    /// Turns something down; what is owed stays.
    pub fn refuse(&mut self, kind: Kind, channel: Channel) {
        if !kind.is_owed() {
            self.refused.insert((kind.code(), channel.code()));
        }
    }

    /// Wants or turns down.
    pub(crate) fn set(&mut self, kind: Kind, channel: Channel, wanted: bool) {
        if wanted {
            self.refused.remove(&(kind.code(), channel.code()));
        } else {
            self.refuse(kind, channel);
        }
    }

    fn read(text: &str) -> Self {
        let mut wishes = Self::default();
        for pair in text.split(' ') {
            if pair == NO_LETTERS {
                wishes.no_letters = true;
                continue;
            }
            let Some((kind, channel)) = pair.split_once(':') else {
                continue;
            };
            let channel = Channel::ALL.into_iter().find(|c| c.code() == channel);
            if let (Some(kind), Some(channel)) = (Kind::from_code(kind), channel) {
                wishes.refuse(kind, channel);
            }
        }
        wishes
    }

    fn written(&self) -> String {
        self.refused
            .iter()
            .map(|(kind, channel)| format!("{kind}:{channel}"))
            .chain(self.no_letters.then(|| NO_LETTERS.to_owned()))
            .collect::<Vec<_>>()
            .join(" ")
    }
}

/// The wishes of a person, inside a reading or change.
pub(crate) fn read(db: &mut Db<'_>, person: PersonId) -> Result<Wishes> {
    Ok(sql::wish(db, person)?
        .map(|(_, unwanted)| Wishes::read(&unwanted))
        .unwrap_or_default())
}

impl Notices {
    /// What the actor wants.
    pub async fn wishes(&self, actor: &Actor) -> Result<Wishes> {
        let person = actor.person().ok_or(Error::Unauthenticated)?;
        self.store().read(move |db| read(db, person)).await
    }

    /// Keeps what the actor wants, with an entry of what it was before.
    pub async fn wish(&self, actor: &Actor, wishes: Wishes) -> Result<()> {
        let person = actor.person().ok_or(Error::Unauthenticated)?;
        self.keep_wish(actor, person, wishes).await
    }

    /// Keeps the wishes of an addressee; the actor has shown a right to it.
    pub(crate) async fn keep_wish(
        &self,
        actor: &Actor,
        person: PersonId,
        wishes: Wishes,
    ) -> Result<()> {
        let journal = self.0.journal.clone();
        self.store()
            .change(actor, move |tx| {
                tx.lock("notice_wish", person.0)?;
                let known = sql::wish(tx, person)?;
                let before = known.as_ref().map(|(_, text)| text.clone());
                let id = known
                    .as_ref()
                    .map_or_else(|| base::id::new_uuid(tx.now()), |(id, _)| *id);
                let after = wishes.written();
                sql::put_wish(tx, id, person, &after)?;
                journal.record(
                    tx,
                    NewEntry {
                        action: "notices.wishes_changed",
                        kind: "notice_wish",
                        id,
                        fields: vec![
                            ("before", before.clone().unwrap_or_default()),
                            ("after", after),
                        ],
                        occurred_at: None,
                        key: journal.keys().installation(),
                        first: before.is_none(),
                    },
                )?;
                Ok(())
            })
            .await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_owed_by_law_cannot_be_turned_down() {
        let mut wishes = Wishes::default();
        wishes.refuse(Kind::Answer, Channel::Email);
        wishes.refuse(Kind::State, Channel::Email);
        assert!(wishes.wants(Kind::Answer, Channel::Email));
        assert!(!wishes.wants(Kind::State, Channel::Email));
        assert!(wishes.wants(Kind::State, Channel::Cabinet));
        assert_eq!(Wishes::read(&wishes.written()), wishes);
    }

    #[test]
    fn whoever_never_asked_for_letters_can_refuse_all_of_them() {
        let refused = Wishes::default().with_letters(false);
        assert!(!refused.wants(Kind::Answer, Channel::Email));
        assert!(refused.wants(Kind::Answer, Channel::Cabinet));
        assert_eq!(Wishes::read(&refused.written()), refused);
        assert!(
            refused
                .with_letters(true)
                .wants(Kind::Answer, Channel::Email)
        );
    }

    #[test]
    fn what_the_table_should_not_hold_is_passed_over() {
        let odd = Wishes::read("answer:email nonsense state:pigeon  :: state:email");
        assert!(odd.wants(Kind::Answer, Channel::Email));
        assert!(!odd.wants(Kind::State, Channel::Email));
    }
}
