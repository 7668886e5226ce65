//! Places: how many cases each territory has, what lies inside it included. Counted from an index at
//! most once a minute, so that the page costs the same however often it is read. Where a case comes
//! from is no part of the register: of a small village a topic and a date may tell who wrote.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use base::id::TerritoryId;
use base::{Moment, Result};
use people::Units;

use crate::Cases;
use crate::model::PublicState;
use crate::sql::{self, PlaceRow};

/// For how long a count is good.
const SECONDS: i64 = 60;

/// The cases of a territory, what lies inside it included.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Count {
    /// All.
    pub(crate) all: i64,
    /// Of these finished.
    pub(crate) finished: i64,
}

/// The cases of every territory that has some.
pub(crate) type Counts = HashMap<TerritoryId, Count>;

/// The last count and when it was made.
pub(crate) type Counted = Mutex<Option<(Moment, Arc<Counts>)>>;

impl Cases {
    /// How many cases each territory has.
    pub(crate) async fn by_territory(&self) -> Result<Arc<Counts>> {
        let now = self.0.journal.store().now();
        if let Some((at, counts)) = &*self.0.places.lock().unwrap_or_else(PoisonError::into_inner)
            && now.seconds_since(*at) < SECONDS
        {
            return Ok(Arc::clone(counts));
        }
        let units = self.0.people.units().await?;
        let unpublished = self.0.catalog.contents().await?.unpublished();
        let mut rows = self.0.journal.store().read(sql::by_territory).await?;
        rows.retain(|row| !unpublished.contains(&row.service));
        let counts = Arc::new(gathered(&units, &rows));
        *self.0.places.lock().unwrap_or_else(PoisonError::into_inner) =
            Some((now, Arc::clone(&counts)));
        Ok(counts)
    }
}

/// Each territory's own counts added to those around it.
fn gathered(units: &Units, rows: &[PlaceRow]) -> Counts {
    let mut counts = Counts::new();
    for row in rows {
        for around in units.territory_path(row.territory) {
            let count = counts.entry(around.id).or_default();
            count.all += row.cases;
            if row.state == PublicState::Finished.code() {
                count.finished += row.cases;
            }
        }
    }
    counts
}

#[cfg(test)]
mod tests {
    use people::Territory;
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_territory_counts_what_lies_inside_it() {
        let id = |n| TerritoryId(Uuid::from_u128(n));
        let place = |n: u128, parent: Option<u128>| Territory {
            id: id(n),
            parent: parent.map(id),
            code: n.to_string(),
            name_ru: n.to_string(),
            name_en: n.to_string(),
        };
        let territories = vec![
            place(1, None),
            place(2, Some(1)),
            place(3, Some(2)),
            place(4, None),
        ];
        let units = Units::new(Vec::new(), territories, []);
        let row = |territory, state: &str, cases| PlaceRow {
            territory,
            state: state.to_owned(),
            service: base::id::ServiceId(Uuid::nil()),
            cases,
        };
        let rows = [row(id(3), "finished", 5), row(id(2), "in_work", 2)];
        let counts = gathered(&units, &rows);
        assert_eq!(
            counts[&id(1)],
            Count {
                all: 7,
                finished: 5
            }
        );
        assert_eq!(
            counts[&id(3)],
            Count {
                all: 5,
                finished: 5
            }
        );
        assert!(!counts.contains_key(&id(4)));
    }
}
