//! What is asked and answered about drafts and cards: the answers of a form under the names of the
//! interface, and a draft as it stands.

use base::{Error, Language};
use catalog::Definition;
use catalog::form::Answers;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::open::OpenDraft;
use crate::Cases;
use crate::api::desk::inside::{document, slot};
use crate::api::desk::shapes::{DocumentBody, SlotBody};
use crate::api::filing::{Asked, Names};
use crate::api::shapes::{FieldValue, PlaceBody};
use crate::documents::{Checked, Document, Slot};
use crate::model::Draft;

/// Bodies with answers of a form, as far as they are known, beside names of their own.
macro_rules! answered {
    ($(
        $(#[$doc:meta])*
        $name:ident { $($(#[$said:meta])* $own:ident: $kind:ty,)* }
    )*) => {$(
        $(#[$doc])*
        #[derive(Deserialize, ToSchema)]
        #[serde(deny_unknown_fields)]
        pub(in crate::api) struct $name {
            $($(#[$said])* pub(super) $own: $kind,)*
            /// Code of the subject, from `/api/v1/categories`.
            #[schema(value_type = String, max_length = 100, nullable = false)]
            #[serde(default, deserialize_with = "crate::api::desk::given")]
            category: Option<Value>,
            #[schema(value_type = PlaceBody, nullable = false)]
            #[serde(default, deserialize_with = "crate::api::desk::given")]
            place: Option<Value>,
            #[schema(value_type = DraftApplicant, nullable = false)]
            #[serde(default, deserialize_with = "crate::api::desk::given")]
            applicant: Option<Value>,
            /// Answers to the service's own questions by name.
            #[schema(value_type = BTreeMap<String, FieldValue>)]
            #[serde(default)]
            fields: Map<String, Value>,
        }

        impl $name {
            /// What answers the form.
            pub(super) fn asked(self) -> Asked {
                Asked {
                    category: self.category,
                    place: self.place,
                    applicant: self.applicant,
                    fields: self.fields,
                }
            }
        }
    )*};
}

answered! {
    /// What somebody asks, as far as it is known. What is sent takes the place of what was there.
    DraftAnswers {}

    /// A draft to be begun.
    NewDraft {
        /// Code of the service, from `/api/v1/services`.
        #[schema(min_length = 1, max_length = 64, example = "complaint")]
        service: String,
    }
}

/// The one who asks, as far as they are known.
#[derive(ToSchema)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "describes what is read as a value")]
pub(in crate::api) struct DraftApplicant {
    #[schema(max_length = 100, nullable = false)]
    last_name: Option<String>,
    #[schema(max_length = 100, nullable = false)]
    first_name: Option<String>,
    #[schema(max_length = 100, nullable = false)]
    middle_name: Option<String>,
    #[schema(max_length = 254, format = "email", nullable = false)]
    email: Option<String>,
    #[schema(max_length = 40, nullable = false)]
    phone: Option<String>,
    #[schema(max_length = 300, nullable = false)]
    postal_address: Option<String>,
}

/// What is written down so far.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct WrittenBody {
    #[schema(format = "uuid")]
    id: String,
    service: String,
    #[schema(value_type = String, nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    category: Option<Value>,
    #[schema(value_type = PlaceBody, nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<Value>,
    #[schema(value_type = DraftApplicant, nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    applicant: Option<Value>,
    #[schema(value_type = BTreeMap<String, FieldValue>)]
    fields: Answers,
    /// What may be attached by name.
    slots: Vec<SlotBody>,
    /// What was attached.
    documents: Vec<DocumentBody>,
    #[schema(format = "date-time")]
    saved_at: String,
}

impl WrittenBody {
    /// What a draft holds, with its documents.
    pub(super) async fn of<S>(open: &OpenDraft<S>, cases: &Cases) -> Result<Self, Error> {
        let attached = cases.draft_documents(&open.draft).await?;
        let language = open.visitor.request.language;
        let slots = not_kept_yet(&open.definition, &attached, language);
        let names = Names::of(&open.definition.form);
        let mut written = Self {
            id: open.draft.id.to_string(),
            service: open.draft.service.clone(),
            category: None,
            place: None,
            applicant: None,
            fields: Answers::new(),
            slots: slots.iter().map(slot).collect(),
            documents: attached.iter().map(document).collect(),
            saved_at: open.draft.saved_at.rfc3339(),
        };
        for (name, value) in open.draft.answers.clone() {
            match names.outside(&name) {
                Some("category") => written.category = Some(value),
                Some("place") => written.place = Some(value),
                Some(_) => written.applicant = Some(value),
                None => {
                    written.fields.insert(name, value);
                }
            }
        }
        Ok(written)
    }
}

/// What a service asks for by name, and how it stands with what was attached.
fn not_kept_yet(definition: &Definition, attached: &[Document], language: Language) -> Vec<Slot> {
    let slots = definition.attachments.slots.iter().map(|known| {
        let of_it = |code: Option<&str>| code == Some(&known.code);
        let found = attached.iter().rev().find(|one| of_it(one.slot.as_deref()));
        Slot {
            code: known.code.clone(),
            title: known.title.text(language).to_owned(),
            hint: String::new(),
            required: known.required,
            state: found.map_or(Checked::Required, |found| found.state),
            reason: String::new(),
        }
    });
    slots.collect()
}

/// What is written down, in a list.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct WrittenRow {
    #[schema(format = "uuid")]
    id: String,
    service: String,
    /// The topic, when it is written already.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    topic: Option<String>,
    #[schema(format = "date-time")]
    saved_at: String,
}

impl From<&Draft> for WrittenRow {
    fn from(draft: &Draft) -> Self {
        let topic = draft.answers.get("subject").and_then(Value::as_str);
        Self {
            id: draft.id.to_string(),
            service: draft.service.clone(),
            topic: topic.map(str::to_owned),
            saved_at: draft.saved_at.rfc3339(),
        }
    }
}
