//! Signs of one kind of file inside another. A file that two programs read as two different things
//! is refused, however good it is as one of them.

/// Whether `needle` stands somewhere in `hay`.
pub(crate) fn holds(hay: &[u8], needle: &[u8]) -> bool {
    find(hay, needle).is_some()
}

/// Where `needle` stands first.
pub(crate) fn find(hay: &[u8], needle: &[u8]) -> Option<usize> {
    let (first, rest) = needle.split_first()?;
    let mut from = 0;
    while let Some(at) = hay[from..].iter().position(|byte| byte == first) {
        let start = from + at + 1;
        if hay[start..].starts_with(rest) {
            return Some(start - 1);
        }
        from = start;
    }
    None
}

/// Where `needle` stands last.
pub(crate) fn find_last(hay: &[u8], needle: &[u8]) -> Option<usize> {
    let mut end = hay.len();
    let first = needle.first()?;
    while let Some(at) = hay[..end].iter().rposition(|byte| byte == first) {
        if hay[at..].starts_with(needle) {
            return Some(at);
        }
        end = at;
    }
    None
}

/// Whether `needle`, in small letters, stands in `hay` in letters of any size.
pub(crate) fn holds_word(hay: &[u8], needle: &[u8]) -> bool {
    let Some(first) = needle.first() else {
        return false;
    };
    let mut rest = hay;
    while let Some(at) = rest.iter().position(|byte| byte == first) {
        let here = &rest[at..];
        if here
            .get(..needle.len())
            .is_some_and(|word| word.eq_ignore_ascii_case(needle))
        {
            return true;
        }
        rest = &here[1..];
    }
    false
}

/// Marks of web pages and of scripts that servers run.
const PAGES: &[&[u8]] = &[
    b"<html",
    b"<script",
    b"<!doctype",
    b"<?php",
    b"<iframe",
    b"<svg ",
];

/// Whether a web page or a script lies in these bytes.
pub(crate) fn holds_page(bytes: &[u8]) -> bool {
    // Each mark begins with the same sign, so one walk is enough.
    let mut rest = bytes;
    while let Some(at) = rest.iter().position(|byte| *byte == b'<') {
        let here = &rest[at..];
        let marked = PAGES.iter().any(|mark| {
            here.get(..mark.len())
                .is_some_and(|word| word.eq_ignore_ascii_case(mark))
        });
        if marked {
            return true;
        }
        rest = &here[1..];
    }
    false
}

/// Whether a ZIP archive lies in these bytes: the head of an entry with sane values, or the end of
/// a directory that reaches to the end of the file.
pub(crate) fn holds_zip(bytes: &[u8]) -> bool {
    let mut rest = bytes;
    while let Some(at) = find(rest, b"PK") {
        let here = &rest[at..];
        if is_zip_entry(here) || is_zip_end(here) {
            return true;
        }
        rest = &here[1..];
    }
    false
}

fn is_zip_entry(here: &[u8]) -> bool {
    let word = |at: usize| {
        here.get(at..at + 2)
            .map(|two| u16::from_le_bytes([two[0], two[1]]))
    };
    here.starts_with(b"PK\x03\x04")
        && word(4).is_some_and(|version| version & 0xff <= 63)
        && word(8).is_some_and(|method| method <= 20 || (93..=99).contains(&method))
        && word(26).is_some_and(|length| (1..=1024).contains(&length))
}

fn is_zip_end(here: &[u8]) -> bool {
    here.starts_with(b"PK\x05\x06")
        && here.get(20..22).is_some_and(|two| {
            let comment = usize::from(u16::from_le_bytes([two[0], two[1]]));
            // Readers look for it in the last 64 KiB and bear a little rubbish after it.
            here.len() >= 22 + comment && here.len() <= 22 + 65_535
        })
}

/// Whether anything of the above, or a PDF, lies in these bytes.
pub(crate) fn holds_foreign(bytes: &[u8]) -> bool {
    holds_page(bytes) || holds_zip(bytes) || holds(bytes, b"%PDF-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn needles_are_found_at_both_ends() {
        assert_eq!(find(b"abcabc", b"bc"), Some(1));
        assert_eq!(find_last(b"abcabc", b"bc"), Some(4));
        assert_eq!(find(b"abcabc", b"bd"), None);
        assert_eq!(find_last(b"", b"b"), None);
        assert!(holds_word(b"<!DocType HTML>", b"<!doctype"));
        assert!(!holds_word(b"<!Doc", b"<!doctype"));
    }

    #[test]
    fn an_archive_is_told_from_two_letters() {
        let mut entry = b"....PK\x03\x04\x14\0\0\0\x08\0".to_vec();
        entry.resize(64, 0);
        entry[4 + 26] = 5;
        assert!(holds_zip(&entry));
        assert!(!holds_zip(b"PK wrote this"));
        let mut end = b"rubbishPK\x05\x06".to_vec();
        end.resize(7 + 22, 0);
        assert!(holds_zip(&end));
    }
}
