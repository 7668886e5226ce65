//! The parameters of a list: known names, each once, within bounds. What is wrong with them is
//! gathered, so that a client learns all of it at once.

use axum::extract::Query;
use axum::extract::rejection::QueryRejection;
use base::{Error, FieldError};

use super::body::shown;

/// Parameters as an endpoint takes them from the address.
pub type Asking = Result<Query<Vec<(String, String)>>, QueryRejection>;

/// Rows of a page when the client does not say.
pub const ROWS: usize = 30;

/// The most rows of a page.
pub const MOST_ROWS: usize = 100;

/// The parameters of a list and what is wrong with them.
#[derive(Debug)]
pub struct Asked {
    pairs: Vec<(String, String)>,
    errors: Vec<FieldError>,
}

impl Asked {
    /// Reads the parameters; a name that is not among `names`, or stands twice, is wrong. An empty value
    /// asks for nothing.
    pub fn of(query: Asking, names: &[&str]) -> Result<Self, Error> {
        let Query(pairs) = query.map_err(|_| Error::Malformed("api-error-query"))?;
        let mut errors = Vec::new();
        for (at, (name, _)) in pairs.iter().enumerate() {
            if !names.contains(&name.as_str()) {
                let name = shown(name);
                errors
                    .push(FieldError::new(name.clone(), "api-error-parameter").with("name", name));
            } else if pairs[..at].iter().any(|(before, _)| before == name) {
                errors.push(FieldError::new(name.clone(), "api-error-twice").with("name", name));
            }
            if errors.len() == names.len() {
                break;
            }
        }
        let pairs = pairs
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .collect();
        Ok(Self { pairs, errors })
    }

    /// The value of a parameter.
    pub fn get(&self, name: &str) -> Option<&str> {
        let found = self.pairs.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    /// What a parameter names; wrong when it names nothing.
    pub fn known<T>(&mut self, name: &str, find: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        let found = find(self.get(name)?);
        if found.is_none() {
            self.errors
                .push(FieldError::new(name, "error-unknown-value"));
        }
        found
    }

    /// How many rows were asked for.
    pub fn limit(&mut self, usual: usize, most: usize) -> usize {
        let Some(asked) = self.get("limit") else {
            return usual;
        };
        match asked.parse() {
            Ok(limit) if (1..=most).contains(&limit) => limit,
            _ => {
                self.errors
                    .push(FieldError::new("limit", "api-error-limit").with("most", most));
                usual
            }
        }
    }

    /// Refuses when anything is wrong.
    pub fn refuse(&mut self) -> Result<(), Error> {
        if self.errors.is_empty() {
            Ok(())
        } else {
            Err(Error::Invalid(std::mem::take(&mut self.errors)))
        }
    }
}
