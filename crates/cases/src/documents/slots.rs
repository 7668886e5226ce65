//! What is asked for in a case by name: by its service and by the requests of its staff.

use base::{FieldError, Language};
use catalog::Definition;
use catalog::attachments::Attachments;
use uuid::Uuid;

use super::{Checked, Document, NotKept, Slot};
use crate::model::Card;

/// Which required documents of a service a draft lacks.
pub(crate) fn lacking<'a>(
    attachments: &'a Attachments,
    documents: &[Document],
) -> Vec<&'a catalog::attachments::Slot> {
    attachments
        .slots
        .iter()
        .filter(|slot| slot.required)
        .filter(|slot| {
            !documents
                .iter()
                .any(|document| document.slot.as_deref() == Some(&slot.code))
        })
        .collect()
}

/// What is asked for in a case: by its service, and by each request of the staff.
pub(super) fn slots(
    card: &Card,
    definition: Option<&Definition>,
    documents: &[Document],
    language: Language,
) -> Vec<Slot> {
    let of_service = definition
        .into_iter()
        .flat_map(|known| &known.attachments.slots);
    let of_service = of_service.map(|slot| Slot {
        code: slot.code.clone(),
        title: slot.title.text(language).to_owned(),
        hint: slot
            .hint
            .as_ref()
            .map(|hint| hint.text(language).to_owned())
            .unwrap_or_default(),
        required: slot.required,
        state: Checked::Required,
        reason: String::new(),
    });
    let of_requests = card.course.waits.iter().flat_map(|wait| {
        wait.items.iter().enumerate().map(|(at, item)| Slot {
            code: asked(wait.id, at),
            title: item.clone(),
            hint: String::new(),
            required: wait.ended_at.is_none(),
            state: Checked::Required,
            reason: String::new(),
        })
    });
    of_service
        .chain(of_requests)
        .map(|slot| {
            let newest = documents
                .iter()
                .rev()
                .find(|document| document.slot.as_deref() == Some(&slot.code));
            match newest {
                Some(document) => Slot {
                    state: document.state,
                    reason: document.reason.clone(),
                    ..slot
                },
                None => slot,
            }
        })
        .collect()
}

/// How documents name a line of a request.
pub(crate) fn asked(request: Uuid, line: usize) -> String {
    format!("{request}:{line}")
}

/// The slot that a form names, when it is one of those that are there; none for none.
pub(crate) fn known_slot<'a>(
    named: &str,
    mut known: impl Iterator<Item = &'a str>,
) -> std::result::Result<Option<String>, NotKept> {
    if named.is_empty() {
        return Ok(None);
    }
    if known.any(|code| code == named) {
        Ok(Some(named.to_owned()))
    } else {
        let error = FieldError::new("slot", "case-error-no-slot");
        Err(NotKept::Refused(error))
    }
}
