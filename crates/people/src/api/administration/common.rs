//! What the operations for administrators of every slice are made of: whoever administers
//! something, and the pages of their lists.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use base::{Error, Result};
use serde::Serialize;
use utoipa::ToSchema;
use web::ApiError;
use web::api::{Asked, Asking, MOST_ROWS, ROWS};

use crate::Visitor;
use crate::pages::admin::require_administrator;

/// The longest cursor of these lists, in bytes.
const LONGEST: usize = 200;

/// Somebody who administers something. Everybody else is refused before their body is read; what
/// they may do with this very thing is asked by the service.
#[derive(Clone, Debug)]
pub struct Administrator(pub Visitor);

impl<S: Send + Sync> FromRequestParts<S> for Administrator {
    type Rejection = ApiError;

    async fn from_request_parts(
        parts: &mut Parts,
        state: &S,
    ) -> std::result::Result<Self, ApiError> {
        let visitor = Visitor::from_request_parts(parts, state).await;
        let visitor = visitor.map_err(|error| ApiError(error.0))?;
        require_administrator(&visitor)?;
        Ok(Self(visitor))
    }
}

/// A page of a list.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PageOf<T: ToSchema> {
    /// The rows.
    #[schema(max_items = 100)]
    pub items: Vec<T>,
    /// What to give as `after` to go on; absent on the last page.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// The parameters of a list.
#[derive(Debug)]
pub struct Listing(Asked);

impl Listing {
    /// Reads the parameters: `limit`, `after`, and the filters of the list.
    pub fn of(asking: Asking, filters: &[&str]) -> Result<Self> {
        let names = [filters, &["limit", "after"]].concat();
        Asked::of(asking, &names).map(Self)
    }

    /// What a filter names; wrong when it names nothing.
    pub fn known<T>(&mut self, name: &str, find: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        self.0.known(name, find)
    }

    /// How many rows are asked for, and after which.
    pub fn place<T, E>(
        &mut self,
        read: impl FnOnce(&str) -> std::result::Result<T, E>,
    ) -> Result<(usize, Option<T>)> {
        let limit = self.0.limit(ROWS, MOST_ROWS);
        let foreign = || Error::field("after", "api-error-after");
        let after = match self.0.get("after") {
            Some(text) if text.len() > LONGEST => Err(foreign()),
            Some(text) => read(text).map(Some).map_err(|_| foreign()),
            None => Ok(None),
        };
        self.0.refuse()?;
        Ok((limit, after?))
    }

    /// The page of rows that are all at hand, each known by its key.
    pub fn page<R, T: ToSchema>(
        mut self,
        rows: &[R],
        key: impl Fn(&R) -> String,
        body: impl Fn(&R) -> T,
    ) -> Result<PageOf<T>> {
        let find = |after: &str| rows.iter().position(|row| key(row) == after).ok_or(());
        let (limit, after) = self.place(find)?;
        let start = after.map_or(0, |after| after + 1);
        let end = rows.len().min(start + limit);
        let shown = &rows[start..end];
        let more = end < rows.len();
        Ok(PageOf {
            items: shown.iter().map(body).collect(),
            next: shown.last().filter(|_| more).map(key),
        })
    }
}
