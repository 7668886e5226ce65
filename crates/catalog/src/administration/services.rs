//! Services: their editions, what came with the product and waits, whether they are offered, and a
//! new version. What was published stays: cases keep the version that they were filed under.

use std::collections::HashMap;
use std::sync::Arc;

use base::id::ServiceId;
use base::{Actor, Error, FieldError, Result};

use super::{Administration, permit};
use crate::catalog::Contents;
use crate::difference::{Line, difference, written};
use crate::editions;
use crate::faults::TextFault;
use crate::model::{Definition, DefinitionError, Service};
use crate::sql;

/// The longest text of a definition, in bytes.
pub const MOST_BYTES: usize = 300_000;

/// A version of a service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edition {
    /// Its number.
    pub version: u32,
    /// The version of the product that it is; none when it was written here.
    pub shipped: Option<u32>,
}

/// What became of a definition that was to be published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Publication {
    /// It is in force as this version.
    Published(u32),
    /// It says what the version in force says; nothing was changed.
    Same,
}

/// A definition as it was sent: as a tree or as text.
#[derive(Clone, Debug)]
pub enum Written {
    /// A tree of values.
    Tree(Box<Definition>),
    /// The text that the editor shows, TOML.
    Text(String),
}

/// Something wrong with a definition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The place in the tree: `form.steps[0].fields[2]`; none when the text is no tree.
    pub place: Option<String>,
    /// The sentence, and the line of a text.
    pub said: TextFault,
}

/// What a definition would change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LookedOver {
    /// Everything that is wrong with it.
    pub faults: Vec<Fault>,
    /// What differs from the version in force; empty while something is wrong.
    pub changes: Vec<Changed>,
}

/// A line of a difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Changed {
    /// In both.
    Same(String),
    /// Only in the first.
    Gone(String),
    /// Only in the second.
    New(String),
    /// Unchanged lines that are left out.
    Skipped(usize),
}

/// What differs between two definitions, line by line of their texts.
pub(super) fn between(old: &str, new: &str) -> Vec<Changed> {
    difference(old, new)
        .into_iter()
        .map(|line| match line {
            Line::Same(text) => Changed::Same(text.to_owned()),
            Line::Gone(text) => Changed::Gone(text.to_owned()),
            Line::New(text) => Changed::New(text.to_owned()),
            Line::Skipped(lines) => Changed::Skipped(lines),
        })
        .collect()
}

/// The definition that was written, or everything that is wrong with it.
fn sound(
    contents: &Contents,
    known: Option<&Definition>,
    written: &Written,
) -> std::result::Result<Definition, Vec<Fault>> {
    let whole = |key| Fault {
        place: None,
        said: TextFault {
            key,
            named: String::new(),
            line: None,
        },
    };
    let (definition, text) = match written {
        Written::Tree(definition) => ((**definition).clone(), None),
        Written::Text(text) if text.len() > MOST_BYTES => {
            return Err(vec![whole("catalog-fault-large")]);
        }
        Written::Text(text) => match Definition::from_toml_unchecked(text) {
            Ok(definition) => (definition, Some(text)),
            Err(error) => {
                let said = TextFault::of(&error, text);
                return Err(vec![Fault { place: None, said }]);
            }
        },
    };
    let said = |error: &DefinitionError| match text {
        Some(text) => TextFault::of(error, text),
        None => TextFault::of_tree(error),
    };
    let mut faults: Vec<Fault> = definition
        .faults()
        .into_iter()
        .map(|(place, error)| Fault {
            place: Some(place),
            said: said(&error),
        })
        .collect();
    if let Some(key) = wrong_code(contents, known, &definition) {
        let error = DefinitionError::Code(definition.code.clone());
        faults.push(Fault {
            place: Some("code".to_owned()),
            said: TextFault {
                key,
                ..said(&error)
            },
        });
    }
    if faults.is_empty() {
        Ok(definition)
    } else {
        Err(faults)
    }
}

impl Administration {
    /// Looks a definition over: of the service `code`, or of a new service. Nothing is changed.
    pub async fn look_over(
        &self,
        actor: &Actor,
        code: Option<&str>,
        written: &Written,
    ) -> Result<LookedOver> {
        let contents = self.contents(actor).await?;
        let known = known(&contents, code)?;
        Ok(match sound(&contents, known, written) {
            Err(faults) => LookedOver {
                faults,
                changes: Vec::new(),
            },
            Ok(definition) => LookedOver {
                faults: Vec::new(),
                changes: between(
                    &known.map(Definition::to_toml).unwrap_or_default(),
                    &with_version_of(&definition, known).to_toml(),
                ),
            },
        })
    }

    /// Puts what was written in force, as [`publish`](Self::publish) does. Faults are told as wrong
    /// fields: of a tree by their place in `definition`, of a text all of `text`.
    pub async fn publish_written(
        &self,
        actor: &Actor,
        code: Option<&str>,
        written: &Written,
        base: Option<u32>,
    ) -> Result<(String, Publication)> {
        let contents = self.contents(actor).await?;
        let wrong = |fault: Fault| {
            let field = match (written, fault.place) {
                (Written::Tree(_), Some(place)) => format!("definition.{place}"),
                (Written::Tree(_), None) => "definition".to_owned(),
                (Written::Text(_), _) => "text".to_owned(),
            };
            FieldError::new(field, fault.said.key).with("name", fault.said.named)
        };
        let definition = sound(&contents, known(&contents, code)?, written)
            .map_err(|faults| Error::Invalid(faults.into_iter().map(wrong).collect()))?;
        let named = definition.code.clone();
        let published = self.publish(actor, code, definition, base).await?;
        Ok((named, published))
    }

    /// What differs between two versions of a service.
    pub async fn difference(
        &self,
        actor: &Actor,
        code: &str,
        from: u32,
        to: u32,
    ) -> Result<Vec<Changed>> {
        let old = self.version(actor, code, from).await?.to_toml();
        let new = self.version(actor, code, to).await?.to_toml();
        Ok(between(&old, &new))
    }

    /// What came with the product beside what is in force, and how they differ.
    pub async fn proposal_beside(
        &self,
        actor: &Actor,
        code: &str,
    ) -> Result<(u32, Definition, Vec<Changed>)> {
        let service = self.service(actor, code).await?;
        let proposed = self.proposal(actor, code).await?;
        let changes = between(&service.definition.to_toml(), &proposed.to_toml());
        Ok((service.definition.version, proposed, changes))
    }

    /// Whatever came with the product for services that were changed here, and waits.
    pub async fn proposals(&self, actor: &Actor) -> Result<HashMap<ServiceId, Definition>> {
        permit(actor)?;
        let (store, _) = self.catalog.parts();
        store.read(sql::open_proposals).await
    }

    /// One service, whether it is offered or not.
    pub async fn service(&self, actor: &Actor, code: &str) -> Result<Arc<Service>> {
        let contents = self.contents(actor).await?;
        contents.known_service(code).cloned().ok_or(Error::NotFound)
    }

    /// The versions of a service below `before`, the newest first.
    pub async fn editions(
        &self,
        actor: &Actor,
        code: &str,
        before: Option<u32>,
        limit: usize,
    ) -> Result<Vec<Edition>> {
        let id = self.service(actor, code).await?.id;
        let (store, _) = self.catalog.parts();
        store
            .read(move |db| sql::versions(db, id, before, limit))
            .await
    }

    /// The whole of a version that was ever in force.
    pub async fn version(
        &self,
        actor: &Actor,
        code: &str,
        version: u32,
    ) -> Result<Arc<Definition>> {
        let id = self.service(actor, code).await?.id;
        self.catalog.version(id, version).await
    }

    /// What came with the product for a service that was changed here.
    pub async fn proposal(&self, actor: &Actor, code: &str) -> Result<Definition> {
        let id = self.service(actor, code).await?.id;
        let mut proposals = self.proposals(actor).await?;
        proposals.remove(&id).ok_or(Error::NotFound)
    }

    /// Takes what came with the product, or keeps what was written here. `base` is the version that
    /// the administrator saw.
    pub async fn decide(&self, actor: &Actor, code: &str, base: u32, take: bool) -> Result<()> {
        let id = self.service(actor, code).await?.id;
        self.change(actor, move |tx, journal| {
            let mut proposals = sql::open_proposals(tx)?;
            let proposed = proposals
                .remove(&id)
                .ok_or(Error::Conflict("catalog-error-closed"))?;
            if take {
                editions::take_proposal(tx, journal, id, &proposed, base)
            } else {
                editions::refuse_proposal(tx, journal, id, &proposed)
            }
        })
        .await
    }

    /// Offers a service, or takes it back: its cases go on.
    pub async fn offer(&self, actor: &Actor, code: &str, public: bool) -> Result<()> {
        let id = self.service(actor, code).await?.id;
        self.change(actor, move |tx, journal| {
            editions::set_public(tx, journal, id, public)
        })
        .await
    }

    /// Puts a definition in force: of the service `code`, over the version `base` that its writer
    /// saw; or of a new service, when there is no code.
    pub async fn publish(
        &self,
        actor: &Actor,
        code: Option<&str>,
        definition: Definition,
        base: Option<u32>,
    ) -> Result<Publication> {
        let contents = self.contents(actor).await?;
        let known = known(&contents, code)?;
        if let Some(key) = wrong_code(&contents, known, &definition) {
            return Err(Error::field("code", key));
        }
        if known.is_some() && base.is_none() {
            return Err(Error::Conflict("catalog-error-overtaken"));
        }
        let base = known.and(base);
        let definition = definition.checked().map_err(|error| {
            let fault = TextFault::of_tree(&error);
            let wrong = FieldError::new("definition", fault.key).with("name", fault.named);
            Error::Invalid(vec![wrong])
        })?;
        let old = known.map(Definition::to_toml).unwrap_or_default();
        let new = with_version_of(&definition, known).to_toml();
        if new.len() > MOST_BYTES {
            return Err(Error::field("form", "catalog-fault-large"));
        }
        let changed = written(&difference(&old, &new));
        if changed.is_empty() {
            return Ok(Publication::Same);
        }
        self.change(actor, move |tx, journal| {
            editions::publish(tx, journal, &definition, base, &changed)
        })
        .await
        .map(Publication::Published)
    }
}

/// The definition in force of a service; none without a code.
fn known<'a>(contents: &'a Contents, code: Option<&str>) -> Result<Option<&'a Definition>> {
    match code {
        None => Ok(None),
        Some(code) => match contents.known_service(code) {
            Some(service) => Ok(Some(&service.definition)),
            None => Err(Error::NotFound),
        },
    }
}

/// What is wrong with the code: that of a service that is there cannot be changed, and a new service
/// takes a free one.
fn wrong_code(
    contents: &Contents,
    known: Option<&Definition>,
    definition: &Definition,
) -> Option<&'static str> {
    match known {
        Some(known) => (known.code != definition.code).then_some("catalog-fault-other-code"),
        None => contents
            .known_service(&definition.code)
            .map(|_| "catalog-error-code-taken"),
    }
}

/// Reads the text of a definition: of `known`, or of a new service.
pub fn read_text(
    contents: &Contents,
    known: Option<&Definition>,
    text: &str,
) -> std::result::Result<Definition, TextFault> {
    if text.len() > MOST_BYTES {
        return Err(TextFault {
            key: "catalog-fault-large",
            named: String::new(),
            line: None,
        });
    }
    let definition = Definition::from_toml(text).map_err(|error| TextFault::of(&error, text))?;
    match wrong_code(contents, known, &definition) {
        None => Ok(definition),
        Some(key) => {
            let error = DefinitionError::Code(definition.code);
            Err(TextFault {
                key,
                ..TextFault::of(&error, text)
            })
        }
    }
}

/// The definition under the number of the known one, so that the number makes no difference.
pub fn with_version_of(definition: &Definition, known: Option<&Definition>) -> Definition {
    Definition {
        version: known.map_or(1, |known| known.version),
        ..definition.clone()
    }
}
