//! A draft that an address names, as it lies open before whoever asks: an applicant's own or an
//! operator's card, with the form that it fills in and the version that a change is held to.

use std::collections::HashMap;
use std::future::Future;
use std::marker::PhantomData;

use axum::Json;
use axum::extract::{FromRef, FromRequestParts, Path, Request};
use axum::http::StatusCode;
use axum::http::header::CACHE_CONTROL;
use axum::http::request::Parts;
use axum::response::IntoResponse;
use base::id::DraftId;
use base::{Error, FieldError};
use catalog::Definition;
use catalog::form::{Answers, CheckContext};
use people::Visitor;
use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;
use web::api::{IfMatch, Refused};

use crate::api::Api;
use crate::api::deed::Done;
use crate::api::filing::{Asked, Names};
use crate::api::received::{Received, not_kept, secret_in};
use crate::documents::{kinds, labels};
use crate::model::Draft;
use crate::uploads::Secret;
use crate::{Cases, Pass};

/// The side from which drafts are written.
pub(in crate::api) trait Writes: Sized + Send + Sync + 'static {
    /// A draft as it is told to that side.
    type Body: Serialize + Send;

    /// The name of a draft in addresses.
    const NAME: &'static str;

    /// Whether a guest may come with the key of a draft.
    const BY_KEY: bool;

    /// Who may write drafts from this side at all.
    fn admits(visitor: &Visitor) -> Result<(), Error>;

    /// Whether a draft belongs to this side; those of the other have operations of their own.
    fn owns(draft: &Draft) -> bool;

    /// The service as it is filled in from this side.
    fn definition(of: &Definition) -> Definition;

    /// The draft as it is told.
    fn body(open: &OpenDraft<Self>) -> impl Future<Output = base::Result<Self::Body>> + Send;
}

/// A draft that was opened.
pub(in crate::api) struct OpenDraft<S> {
    pub(super) visitor: Visitor,
    pub(super) api: Api,
    pub(super) pass: Pass,
    pub(super) draft: Draft,
    pub(super) definition: Definition,
    /// The other names of the address.
    names: HashMap<String, String>,
    version: Option<IfMatch>,
    side: PhantomData<S>,
}

impl<S: Writes> FromRequestParts<Api> for OpenDraft<S> {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, api: &Api) -> Result<Self, Refused> {
        let visitor = Visitor::from_request_parts(parts, api)
            .await
            .map_err(|refused| refused.0)?;
        let Path(names) = Path::<HashMap<String, String>>::from_request_parts(parts, api)
            .await
            .map_err(|_| Error::Malformed("api-error-query"))?;
        let pass = match secret_in(&parts.headers)? {
            Some(Secret::DraftKey(key)) if S::BY_KEY => api.cases.pass_of_draft_key(key)?,
            _ => {
                S::admits(&visitor)?;
                Pass::default()
            }
        };
        let id = names.get(S::NAME).and_then(|id| id.parse().ok());
        let id = id.ok_or(Error::NotFound)?;
        let Ok(version) = IfMatch::from_request_parts(parts, api).await;
        let mut open = Self::open(Api::from_ref(api), visitor, pass, id).await?;
        open.names = names;
        open.version = Some(version);
        Ok(open)
    }
}

impl<S: Writes> OpenDraft<S> {
    /// A draft for those who may go on with it; for others there is none.
    pub(super) async fn open(
        api: Api,
        visitor: Visitor,
        pass: Pass,
        id: DraftId,
    ) -> Result<Self, Error> {
        let mut draft = api.cases.draft(&visitor.actor, &pass, id).await?;
        if !S::owns(&draft) {
            return Err(Error::NotFound);
        }
        let service = api.cases.catalog().service(&draft.service).await?;
        let definition = S::definition(&service.definition);
        draft.answers.retain(|_, answer| !answer.is_null());
        definition.form.retain_known(&mut draft.answers);
        Ok(Self {
            visitor,
            api,
            pass,
            draft,
            definition,
            names: HashMap::new(),
            version: None,
            side: PhantomData,
        })
    }

    /// The identifier that the address names beside the draft.
    pub(super) fn id(&self, name: &str) -> Result<Uuid, Error> {
        let text = self.names.get(name).map(String::as_str).unwrap_or_default();
        text.parse().map_err(|_| Error::NotFound)
    }

    /// Refuses when the client named a version that is not the present one.
    pub(super) async fn held(&self) -> Result<(), Refused> {
        match self.version.as_ref().filter(|version| version.is_given()) {
            Some(version) => version.check(&S::body(self).await?),
            None => Ok(()),
        }
    }

    /// Writes it anew and opens what stands then.
    pub(super) async fn written(self, asked: Asked) -> Result<Json<S::Body>, Refused> {
        self.held().await?;
        let cases = &self.api.cases;
        let answers = whole(cases, &self.definition, asked).await?;
        let (id, service) = (self.draft.id, &self.draft.service);
        cases
            .save_draft(&self.visitor.actor, &self.pass, Some(id), service, answers)
            .await?;
        let open = Self::open(self.api, self.visitor, self.pass, id).await?;
        Ok(Json(S::body(&open).await?))
    }

    /// Attaches what was sent and answers the draft with it.
    pub(super) async fn attached(self, http: Request) -> Done {
        let (cases, actor) = (&self.api.cases, &self.visitor.actor);
        let attachments = &self.definition.attachments;
        let received = Received::read(cases, actor, &labels(&kinds(attachments)), http).await?;
        for upload in &received.files {
            cases.slow_down_uploads(&self.visitor.request)?;
            cases
                .attach(&self.draft, attachments, &received.slot, upload)
                .await
                .map_err(not_kept)?;
        }
        received.used_up(cases).await?;
        let body = S::body(&self).await?;
        let headers = [(CACHE_CONTROL, "no-store")];
        Ok((StatusCode::CREATED, headers, Json(body)).into_response())
    }

    /// Takes the document that the address names off.
    pub(super) async fn detached(&self) -> Result<StatusCode, Refused> {
        let document = self.id("document")?;
        self.api.cases.detach(&self.draft, document).await?;
        Ok(StatusCode::NO_CONTENT)
    }
}

/// Runs a check against what is known today.
pub(super) async fn with_context<T>(
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
