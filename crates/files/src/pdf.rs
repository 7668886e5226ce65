//! PDF: judged from the outside first (head, end, strangers inside, passwords), then parsed within
//! a budget. Its parts are always found by a scan of the whole file and never by its own table, so
//! that nothing hides from us that another reader would find. The copy is written anew without
//! metadata, former versions, and remarks of cameras in its pictures.

use std::cell::RefCell;

use lopdf::xref::XrefRecovery;
use lopdf::{Dictionary, Document, LoadOptions, Object, Stream};

use crate::jpeg::without_notes;
use crate::signature::{find, find_last, holds_page, holds_zip};
use crate::{Limits, Looked, Refusal};

/// What may stand behind the end mark.
const MOST_BEHIND: usize = 1024;
/// How far from the start programs look for a web page.
const HEAD: usize = 4096;
/// Values in all objects together.
const MOST_VALUES: usize = 4_000_000;
/// What one object stream may unpack to, and all of them together.
const MOST_UNPACKED: usize = 16 * 1024 * 1024;
const MOST_UNPACKED_IN_ALL: usize = 64 * 1024 * 1024;
/// Members of an object stream by bytes of that stream: each member may be read to its end.
const MOST_READING: usize = 2_000_000_000;

/// Names that no honest document writes, wherever they stand in the file.
const ACTIVE_NAMES: &[&[u8]] = &[b"/JavaScript", b"/RichMedia", b"/Launch"];
const ACTIONS: &[&[u8]] = &[
    b"JavaScript",
    b"Launch",
    b"SubmitForm",
    b"ImportData",
    b"GoToE",
    b"GoToR",
    b"Rendition",
    b"Movie",
    b"Sound",
    b"RichMediaExecute",
    b"GoTo3DView",
];
const ACTIVE_PARTS: &[&[u8]] = &[b"RichMedia", b"Movie", b"Screen", b"3D", b"Sound"];

thread_local! {
    static BUDGET: RefCell<Budget> = const { RefCell::new(Budget::EMPTY) };
}

/// What parsing may still cost, and what it has met.
struct Budget {
    objects: usize,
    values: usize,
    unpacked: usize,
    active: bool,
    attachments: bool,
}

/// What leaves the parser when the budget is spent: it knows no other way out.
struct Spent;

impl Budget {
    const EMPTY: Self = Self {
        objects: 0,
        values: 0,
        unpacked: 0,
        active: false,
        attachments: false,
    };
}

pub(crate) fn look(bytes: &[u8], limits: &Limits) -> Result<Looked, Refusal> {
    outside(bytes, limits)?;
    BUDGET.set(Budget {
        objects: limits.objects,
        values: MOST_VALUES,
        unpacked: MOST_UNPACKED_IN_ALL,
        ..Budget::EMPTY
    });
    let options = LoadOptions {
        filter: Some(meet),
        max_decompressed_size: Some(MOST_UNPACKED),
        force_reconstruct: true,
        ..LoadOptions::default()
    };
    let loaded = std::panic::catch_unwind(|| Document::load_mem_with_options(bytes, options));
    let met = BUDGET.replace(Budget::EMPTY);
    let document = match loaded {
        Ok(Ok(document)) => document,
        Ok(Err(lopdf::Error::Decompress(_))) => return Err(Refusal::TooComplex),
        Err(panic) if panic.is::<Spent>() => return Err(Refusal::TooComplex),
        Ok(Err(_)) | Err(_) => return Err(Refusal::Unreadable),
    };
    if document.is_encrypted() {
        return Err(Refusal::Encrypted);
    }
    if document.xref_recovery != Some(XrefRecovery::Reconstructed) {
        return Err(Refusal::Unreadable);
    }
    if met.active || acts_by_itself(&document) {
        return Err(Refusal::Active);
    }
    if met.attachments {
        return Err(Refusal::Attachments);
    }
    let pages = document.page_iter().take(limits.pages + 1).count();
    if pages > limits.pages {
        return Err(Refusal::TooManyPages {
            pages: limits.pages,
        });
    }
    if pages == 0 {
        return Err(Refusal::Unreadable);
    }
    Ok(Looked {
        pages: Some(pages),
        cleaned: cleaned(document)?,
        thumbnail: None,
    })
}

/// What shows without parsing.
fn outside(bytes: &[u8], limits: &Limits) -> Result<(), Refusal> {
    let end = find_last(bytes, b"%%EOF").ok_or(Refusal::Unreadable)?;
    let behind = &bytes[end + 5..];
    let blank = |byte: &u8| byte.is_ascii_whitespace() || *byte == 0;
    if behind.len() > MOST_BEHIND && !behind.iter().all(blank) {
        return Err(Refusal::Polyglot);
    }
    let head = &bytes[..bytes.len().min(HEAD)];
    if holds_page(head) || holds_zip(bytes) {
        return Err(Refusal::Polyglot);
    }
    if has_name(bytes, b"/Encrypt") {
        return Err(Refusal::Encrypted);
    }
    if ACTIVE_NAMES.iter().any(|name| has_name(bytes, name)) {
        return Err(Refusal::Active);
    }
    if has_name(bytes, b"/EmbeddedFile") || has_name(bytes, b"/EmbeddedFiles") {
        return Err(Refusal::Attachments);
    }
    let mut objects = 0;
    let mut rest = bytes;
    while let Some(at) = find(rest, b" obj") {
        objects += 1;
        if objects > limits.objects {
            return Err(Refusal::TooComplex);
        }
        rest = &rest[at + 4..];
    }
    Ok(())
}

/// Whether a name stands in the file, not as the beginning of a longer one.
fn has_name(bytes: &[u8], name: &[u8]) -> bool {
    let mut rest = bytes;
    while let Some(at) = find(rest, name) {
        rest = &rest[at + name.len()..];
        if !rest.first().is_some_and(u8::is_ascii_alphanumeric) {
            return true;
        }
    }
    false
}

/// Every object passes here while the document is loaded.
#[expect(
    clippy::unnecessary_wraps,
    reason = "the shape that the parser asks for"
)]
fn meet(id: (u32, u16), object: &mut Object) -> Option<((u32, u16), Object)> {
    let goes_on = BUDGET.with_borrow_mut(|budget| pay(budget, object));
    if !goes_on {
        std::panic::resume_unwind(Box::new(Spent));
    }
    Some((id, object.clone()))
}

/// Takes an object's cost from the budget and notes what it would do; false when it is spent.
fn pay(budget: &mut Budget, object: &Object) -> bool {
    let Some(objects) = budget.objects.checked_sub(1) else {
        return false;
    };
    budget.objects = objects;
    if let Object::Stream(stream) = object
        && stream.dict.has_type(b"ObjStm")
        && !unpack(budget, stream)
    {
        return false;
    }
    let mut waiting = vec![object];
    while let Some(object) = waiting.pop() {
        let Some(values) = budget.values.checked_sub(1) else {
            return false;
        };
        budget.values = values;
        let parts = match object {
            Object::Array(parts) => {
                waiting.extend(parts);
                continue;
            }
            Object::Dictionary(parts) => parts,
            Object::Stream(stream) => &stream.dict,
            _ => continue,
        };
        budget.active |= is_active(parts);
        budget.attachments |= is_attachment(parts);
        waiting.extend(parts.iter().map(|(_, value)| value));
    }
    true
}

fn unpack(budget: &mut Budget, stream: &Stream) -> bool {
    let most = MOST_UNPACKED.min(budget.unpacked);
    let Ok(content) = stream.get_plain_content_with_limit(most) else {
        return false;
    };
    budget.unpacked -= content.len().min(budget.unpacked);
    let index = stream.dict.get(b"First").and_then(Object::as_i64);
    let members = index
        .ok()
        .and_then(|index| usize::try_from(index).ok())
        .unwrap_or(content.len())
        / 4;
    members.saturating_mul(content.len()) <= MOST_READING
}

fn named<'a>(parts: &'a Dictionary, key: &[u8]) -> &'a [u8] {
    parts.get(key).and_then(Object::as_name).unwrap_or_default()
}

/// Whether these are the parts of something that runs.
fn is_active(parts: &Dictionary) -> bool {
    parts.has(b"JS")
        || parts.has(b"JavaScript")
        || parts.has(b"XFA")
        || ACTIONS.contains(&named(parts, b"S"))
        || ACTIVE_PARTS.contains(&named(parts, b"Subtype"))
}

/// Whether these are the parts of a file inside.
fn is_attachment(parts: &Dictionary) -> bool {
    parts.has(b"EF")
        || parts.has(b"EmbeddedFiles")
        || parts.has(b"Collection")
        || named(parts, b"Type") == b"EmbeddedFile"
        || named(parts, b"Subtype") == b"FileAttachment"
}

/// Whether it would do more at opening, or at a turn of a page, than show a place of its own.
fn acts_by_itself(document: &Document) -> bool {
    let goes_elsewhere = |value: &Object| {
        let action = document.dereference(value).map(|(_, object)| object);
        action
            .and_then(Object::as_dict)
            .is_ok_and(|action| !matches!(named(action, b"S"), b"" | b"GoTo" | b"Named"))
    };
    document.objects.values().any(|object| {
        let parts = match object {
            Object::Dictionary(parts) => parts,
            Object::Stream(stream) => &stream.dict,
            _ => return false,
        };
        let at_opening = parts.get(b"OpenAction").is_ok_and(goes_elsewhere);
        let at_events = parts.get(b"AA").is_ok_and(|events| {
            let events = document.dereference(events).map(|(_, object)| object);
            events
                .and_then(Object::as_dict)
                .is_ok_and(|events| events.iter().any(|(_, event)| goes_elsewhere(event)))
        });
        at_opening || at_events
    })
}

/// The document without what tells of its author.
fn cleaned(mut document: Document) -> Result<Vec<u8>, Refusal> {
    document.trailer.remove(b"Info");
    document.trailer.remove(b"ID");
    for object in document.objects.values_mut() {
        match object {
            Object::Dictionary(parts) => forget(parts),
            Object::Stream(stream) => {
                forget(&mut stream.dict);
                if named(&stream.dict, b"Filter") == b"DCTDecode"
                    && let Some(picture) = without_notes(&stream.content)
                {
                    stream.set_content(picture);
                }
            }
            _ => {}
        }
    }
    document.prune_objects();
    let mut out = Vec::new();
    document
        .save_to(&mut out)
        .map_err(|_| Refusal::Unreadable)?;
    Ok(out)
}

fn forget(parts: &mut Dictionary) {
    parts.remove(b"Metadata");
    parts.remove(b"PieceInfo");
    parts.remove(b"LastModified");
}
