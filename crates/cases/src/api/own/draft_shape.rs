//! A draft as its owner is given it, with what is still missing before it can be filed.

use base::id::DraftId;
use base::{Error, FieldError};
use catalog::Definition;
use catalog::form::{Answers, CheckContext};
use people::Visitor;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;

use crate::api::desk::cards::{AskedApplicant, CardApplicant, not_kept_yet};
use crate::api::desk::inside::{document, slot};
use crate::api::desk::shapes::{DocumentBody, SlotBody};
use crate::api::filing::{Asked, Names};
use crate::api::shapes::{FieldValue, PlaceBody};
use crate::documents::Document;
use crate::model::Draft;
use crate::{Cases, Pass};

/// What somebody asks, as far as it is written. What is sent takes the place of what was there.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct DraftAnswers {
    /// Code of the subject, from `/api/v1/categories`.
    #[schema(value_type = String, max_length = 100, nullable = false)]
    #[serde(default, deserialize_with = "crate::api::desk::given")]
    pub(super) category: Option<Value>,
    #[schema(value_type = PlaceBody, nullable = false)]
    #[serde(default, deserialize_with = "crate::api::desk::given")]
    pub(super) place: Option<Value>,
    #[schema(value_type = CardApplicant, nullable = false)]
    #[serde(default, deserialize_with = "crate::api::desk::given")]
    pub(super) applicant: Option<Value>,
    /// Answers to the service's own questions by name.
    #[schema(value_type = BTreeMap<String, FieldValue>)]
    #[serde(default)]
    pub(super) fields: Map<String, Value>,
}

/// A draft to be begun.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct NewDraft {
    /// Code of the service, from `/api/v1/services`.
    #[schema(min_length = 1, max_length = 64, example = "complaint")]
    pub(super) service: String,
    /// Code of the subject, from `/api/v1/categories`.
    #[schema(value_type = String, max_length = 100, nullable = false)]
    #[serde(default, deserialize_with = "crate::api::desk::given")]
    pub(super) category: Option<Value>,
    #[schema(value_type = PlaceBody, nullable = false)]
    #[serde(default, deserialize_with = "crate::api::desk::given")]
    pub(super) place: Option<Value>,
    #[schema(value_type = CardApplicant, nullable = false)]
    #[serde(default, deserialize_with = "crate::api::desk::given")]
    pub(super) applicant: Option<Value>,
    /// Answers to the service's own questions by name.
    #[schema(value_type = BTreeMap<String, FieldValue>)]
    #[serde(default)]
    pub(super) fields: Map<String, Value>,
}

/// Something that is still missing.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct MissingBody {
    /// Its name, as a filing has it.
    #[schema(example = "fields.description")]
    field: String,
    /// What to do.
    message: String,
}

/// A draft.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct OwnDraft {
    #[schema(format = "uuid")]
    id: String,
    service: String,
    #[schema(value_type = String, nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    category: Option<Value>,
    #[schema(value_type = PlaceBody, nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<Value>,
    #[schema(value_type = CardApplicant, nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    applicant: Option<Value>,
    #[schema(value_type = BTreeMap<String, FieldValue>)]
    fields: Answers,
    /// What has to be there before it can be filed.
    missing: Vec<MissingBody>,
    /// What may be attached by name.
    slots: Vec<SlotBody>,
    /// What was attached.
    documents: Vec<DocumentBody>,
    #[schema(format = "date-time")]
    saved_at: String,
    /// Number of the case that was made of it.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<String>,
}

/// A draft that was opened, with the form that it fills in.
pub(super) struct OpenDraft {
    pub(super) draft: Draft,
    pub(super) definition: Definition,
}

impl OpenDraft {
    /// The draft of an address; those of others are none.
    pub(super) async fn open(cases: &Cases, visitor: &Visitor, id: &str) -> Result<Self, Error> {
        visitor.require_sign_in()?;
        let id: DraftId = id.parse().map_err(|_| Error::NotFound)?;
        let mut draft = cases.draft(&visitor.actor, &Pass::default(), id).await?;
        if draft.intake.is_some() {
            // A card of the reception has operations of its own.
            return Err(Error::NotFound);
        }
        let definition = cases.catalog().service(&draft.service).await?;
        let definition = definition.definition.clone();
        draft.answers.retain(|_, answer| !answer.is_null());
        definition.form.retain_known(&mut draft.answers);
        Ok(Self { draft, definition })
    }

    /// What was attached.
    pub(super) async fn documents(&self, cases: &Cases) -> Result<Vec<Document>, Error> {
        cases.draft_documents(&self.draft).await
    }

    pub(super) async fn body(&self, cases: &Cases, visitor: &Visitor) -> Result<OwnDraft, Error> {
        let attached = self.documents(cases).await?;
        let request = &visitor.request;
        let slots = not_kept_yet(&self.definition, &attached, request.language);
        let number = match self.draft.filed {
            Some(case) => cases.number_of(case).await?,
            None => None,
        };
        let missing = match number {
            Some(_) => Vec::new(),
            None => self.missing(cases, visitor).await?,
        };
        let names = Names::of(&self.definition.form);
        let asked = AskedApplicant::of(&names, self.draft.answers.clone());
        Ok(OwnDraft {
            id: self.draft.id.to_string(),
            service: self.draft.service.clone(),
            category: asked.category,
            place: asked.place,
            applicant: asked.applicant,
            fields: asked.fields,
            missing,
            slots: slots.iter().map(slot).collect(),
            documents: attached.iter().map(document).collect(),
            saved_at: self.draft.saved_at.rfc3339(),
            number: number.map(|number| number.to_string()),
        })
    }

    /// What the form still has against the draft.
    async fn missing(&self, cases: &Cases, visitor: &Visitor) -> Result<Vec<MissingBody>, Error> {
        let request = &visitor.request;
        let form = &self.definition.form;
        let found = with_context(cases, |context| {
            form.check(&self.draft.answers, context).err()
        })
        .await?;
        let names = Names::of(form);
        let Error::Invalid(errors) = names.said_back(Error::Invalid(found.unwrap_or_default()))
        else {
            return Ok(Vec::new());
        };
        Ok(errors
            .iter()
            .map(|error| MissingBody {
                field: error.field.clone(),
                message: web::page::sentence(request.shell().words(), request.language, error),
            })
            .collect())
    }
}

/// Runs a check against what is known today.
async fn with_context<T>(
    cases: &Cases,
    check: impl FnOnce(&CheckContext<'_>) -> T,
) -> Result<T, Error> {
    let contents = cases.catalog().contents().await?;
    let units = cases.people().units().await?;
    Ok(check(&CheckContext {
        today: cases.today(),
        categories: contents.categories(),
        units: &units,
        officials: contents.officials(),
    }))
}

/// Checks what is there and gives it as a draft keeps it: what is not said any more is said as
/// null, so that the draft forgets it.
pub(super) async fn whole(
    cases: &Cases,
    definition: &Definition,
    asked: Asked,
) -> Result<Answers, Error> {
    let names = Names::of(&definition.form);
    let answers = names.answers(asked)?;
    let checked: Result<Answers, Vec<FieldError>> = with_context(cases, |context| {
        definition.form.check_part(&answers, context)
    })
    .await?;
    let answers = checked.map_err(|errors| names.said_back(Error::Invalid(errors)))?;
    let known = definition.form.fields();
    Ok(known
        .map(|field| {
            let answer = answers.get(&field.name).cloned();
            (field.name.clone(), answer.unwrap_or(Value::Null))
        })
        .collect())
}
