//! What a file is by its first bytes: the kinds that are taken, and, for those that are not, what
//! they really are, so that the refusal can say so.

use crate::signature::{holds, holds_word};

/// A kind of file that is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A PDF document.
    Pdf,
    /// A JPEG picture.
    Jpeg,
    /// A PNG picture.
    Png,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Kind; 3] = [Kind::Pdf, Kind::Jpeg, Kind::Png];

    /// The code in tables, in service definitions and in the API.
    pub const fn code(self) -> &'static str {
        match self {
            Kind::Pdf => "pdf",
            Kind::Jpeg => "jpeg",
            Kind::Png => "png",
        }
    }

    /// The kind of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// The media type that it is served as.
    pub const fn media_type(self) -> &'static str {
        match self {
            Kind::Pdf => "application/pdf",
            Kind::Jpeg => "image/jpeg",
            Kind::Png => "image/png",
        }
    }

    /// How names of this kind end, and what a browser's file dialog is asked for.
    pub const fn extension(self) -> &'static str {
        match self {
            Kind::Pdf => "pdf",
            Kind::Jpeg => "jpg",
            Kind::Png => "png",
        }
    }

    /// As people know it.
    pub const fn label(self) -> &'static str {
        match self {
            Kind::Pdf => "PDF",
            Kind::Jpeg => "JPEG",
            Kind::Png => "PNG",
        }
    }

    /// Whether it is a picture.
    pub const fn is_image(self) -> bool {
        matches!(self, Kind::Jpeg | Kind::Png)
    }
}

/// What a file really is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// One of the kinds that may be taken.
    Good(Kind),
    /// A photograph of an Apple telephone.
    Heic,
    /// Another kind of picture.
    Picture,
    /// A text document or table of an office suite.
    Office,
    /// An archive.
    Archive,
    /// A program or script.
    Program,
    /// A web page or a drawing that can hold scripts.
    Page,
    /// Sound or video.
    Media,
    /// Plain text.
    Text,
    /// Anything else.
    Unknown,
}

/// First bytes that tell a file which is not taken.
const STARTS: &[(&[u8], What)] = &[
    (b"GIF87a", What::Picture),
    (b"GIF89a", What::Picture),
    (b"BM", What::Picture),
    (b"II*\0", What::Picture),
    (b"MM\0*", What::Picture),
    (b"AT&TFORM", What::Picture),
    (b"8BPS", What::Picture),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", What::Office),
    (b"{\\rtf", What::Office),
    (b"Rar!\x1a\x07", What::Archive),
    (b"7z\xbc\xaf\x27\x1c", What::Archive),
    (b"\x1f\x8b", What::Archive),
    (b"BZh", What::Archive),
    (b"\xfd7zXZ\0", What::Archive),
    (b"\x28\xb5\x2f\xfd", What::Archive),
    (b"MZ", What::Program),
    (b"\x7fELF", What::Program),
    (b"\xca\xfe\xba\xbe", What::Program),
    (b"\xfe\xed\xfa\xce", What::Program),
    (b"\xfe\xed\xfa\xcf", What::Program),
    (b"\xcf\xfa\xed\xfe", What::Program),
    (b"\xce\xfa\xed\xfe", What::Program),
    (b"#!", What::Program),
    (b"\0asm", What::Program),
    (b"L\0\0\0\x01\x14\x02\0", What::Program),
    (b"ID3", What::Media),
    (b"OggS", What::Media),
    (b"fLaC", What::Media),
    (b"\x1a\x45\xdf\xa3", What::Media),
];

/// How far into a file its nature must have shown.
const HEAD: usize = 4096;

impl What {
    /// Judges by content alone.
    pub fn of(bytes: &[u8]) -> Self {
        if bytes.starts_with(b"%PDF-") {
            return Self::Good(Kind::Pdf);
        }
        if bytes.starts_with(b"\xff\xd8\xff") {
            return Self::Good(Kind::Jpeg);
        }
        if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
            return Self::Good(Kind::Png);
        }
        let head = &bytes[..bytes.len().min(HEAD)];
        if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
            return Self::zipped(head);
        }
        if head.get(4..8) == Some(b"ftyp") {
            return match head.get(8..12) {
                Some(b"heic" | b"heix" | b"heif" | b"mif1" | b"msf1" | b"hevc") => Self::Heic,
                Some(b"avif" | b"avis") => Self::Picture,
                _ => Self::Media,
            };
        }
        if let (Some(b"RIFF"), Some(kind)) = (head.get(..4), head.get(8..12)) {
            return if kind == b"WEBP" {
                Self::Picture
            } else {
                Self::Media
            };
        }
        if let Some((_, what)) = STARTS.iter().find(|(start, _)| head.starts_with(start)) {
            return *what;
        }
        Self::written(head)
    }

    /// What lies in a ZIP container: office suites write theirs so.
    fn zipped(head: &[u8]) -> Self {
        let office = [
            &b"[Content_Types].xml"[..],
            b"word/",
            b"xl/",
            b"ppt/",
            b"mimetypeapplication/vnd.oasis",
        ];
        if office.iter().any(|sign| holds(head, sign)) {
            Self::Office
        } else {
            Self::Archive
        }
    }

    /// What is written in letters.
    fn written(head: &[u8]) -> Self {
        let start = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
        let pages = [
            &b"<!doctype"[..],
            b"<html",
            b"<head",
            b"<body",
            b"<script",
            b"<svg",
            b"<?php",
            b"<?xml",
            b"<iframe",
        ];
        if pages.iter().any(|sign| holds_word(start, sign)) {
            return Self::Page;
        }
        let text = match std::str::from_utf8(head) {
            Ok(text) => Some(text),
            // The head may have been cut inside a letter.
            Err(error) if error.error_len().is_none() => {
                std::str::from_utf8(&head[..error.valid_up_to()]).ok()
            }
            Err(_) => None,
        };
        let readable = |c: char| !c.is_control() || matches!(c, '\n' | '\r' | '\t' | '\u{c}');
        match text {
            Some(text) if text.chars().all(readable) => Self::Text,
            _ => Self::Unknown,
        }
    }

    /// The key of the sentence that says what it is and what to do.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Good(_) => "files-other-kind",
            Self::Heic => "files-heic",
            Self::Picture => "files-picture",
            Self::Office => "files-office",
            Self::Archive => "files-archive",
            Self::Program => "files-program",
            Self::Page => "files-page",
            Self::Media => "files-media",
            Self::Text => "files-text",
            Self::Unknown => "files-unknown",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_content_tells_what_a_file_is() {
        for (bytes, expected) in [
            (&b"%PDF-1.7\n"[..], What::Good(Kind::Pdf)),
            (b"\xff\xd8\xff\xe0", What::Good(Kind::Jpeg)),
            (b"\x89PNG\r\n\x1a\n", What::Good(Kind::Png)),
            (b"PK\x03\x04....word/document.xml", What::Office),
            (b"PK\x03\x04....bomb.txt", What::Archive),
            (b"\0\0\0\x18ftypheic", What::Heic),
            (b"\0\0\0\x18ftypmp42", What::Media),
            (b"RIFF....WEBPVP8 ", What::Picture),
            (b"MZ\x90\0", What::Program),
            (b"#!/bin/sh", What::Program),
            (b"  <!DOCTYPE html>", What::Page),
            (b"<?xml version=\"1.0\"?><svg/>", What::Page),
            ("Заявление".as_bytes(), What::Text),
            (b"\x01\x02\x03\x04", What::Unknown),
        ] {
            assert_eq!(What::of(bytes), expected, "{bytes:?}");
        }
    }
}
