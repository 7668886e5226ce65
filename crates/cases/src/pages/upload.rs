//! Reads the one form of the slice that carries a file (`multipart/form-data`, RFC 7578): the
//! verification page without scripts. The body was bounded before it came here.

/// The most parts that a form may have.
const MOST_PARTS: usize = 16;

/// One part of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part<'a> {
    pub(super) name: String,
    pub(super) content: &'a [u8],
}

/// The boundary that a content type names.
pub(super) fn boundary(content_type: &str) -> Option<&str> {
    let (kind, parameters) = content_type.split_once(';')?;
    if !kind.trim().eq_ignore_ascii_case("multipart/form-data") {
        return None;
    }
    let boundary = parameters.split(';').find_map(|parameter| {
        let (name, value) = parameter.trim().split_once('=')?;
        name.eq_ignore_ascii_case("boundary")
            .then(|| value.trim_matches('"'))
    })?;
    (1..=70).contains(&boundary.len()).then_some(boundary)
}

/// The parts of a body; none when it is not of the form that its type promises.
pub(super) fn parts<'a>(body: &'a [u8], boundary: &str) -> Option<Vec<Part<'a>>> {
    let line = format!("\r\n--{boundary}");
    // The first boundary stands at the very beginning, without a line end before it.
    let mut rest = body.strip_prefix(&line.as_bytes()[2..])?;
    let mut found = Vec::new();
    loop {
        if rest.starts_with(b"--") {
            return Some(found);
        }
        if found.len() == MOST_PARTS {
            return None;
        }
        let part = rest.strip_prefix(b"\r\n")?;
        let head_end = find(part, b"\r\n\r\n")?;
        let name = std::str::from_utf8(&part[..head_end])
            .ok()
            .and_then(name_in)?;
        let content = &part[head_end + 4..];
        let end = find(content, line.as_bytes())?;
        found.push(Part {
            name,
            content: &content[..end],
        });
        rest = &content[end + line.len()..];
    }
}

/// The name that a part's headers give it.
fn name_in(headers: &str) -> Option<String> {
    let disposition = headers.split("\r\n").find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.trim()
            .eq_ignore_ascii_case("content-disposition")
            .then_some(value)
    })?;
    disposition.split(';').find_map(|parameter| {
        let value = parameter.trim().strip_prefix("name=\"")?;
        value.strip_suffix('"').map(str::to_owned)
    })
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack
        .windows(needle.len())
        .position(|window| window == needle)
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &[u8] =
        b"--x1\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\
        Content-Type: text/plain\r\n\r\nfirst\r\nsecond\n\r\n--x1\r\n\
        content-disposition: form-data; name=\"key\"\r\n\r\n\r\n--x1--\r\n";

    #[test]
    fn a_file_and_a_field_are_read() {
        let read = parts(BODY, "x1").unwrap();
        assert_eq!(read.len(), 2);
        assert_eq!(
            (read[0].name.as_str(), read[0].content),
            ("file", &b"first\r\nsecond\n"[..])
        );
        assert_eq!((read[1].name.as_str(), read[1].content), ("key", &b""[..]));
    }

    #[test]
    fn the_boundary_is_found_however_it_is_written() {
        for (text, expected) in [
            ("multipart/form-data; boundary=x1", Some("x1")),
            (
                "Multipart/Form-Data; charset=utf-8; Boundary=\"x1\"",
                Some("x1"),
            ),
            ("multipart/form-data", None),
            ("text/plain; boundary=x1", None),
            ("multipart/form-data; boundary=", None),
        ] {
            assert_eq!(boundary(text), expected, "{text}");
        }
    }

    #[test]
    fn a_body_cut_anywhere_is_refused_and_never_panics() {
        let whole = BODY.len() - b"--\r\n".len();
        for end in 0..whole {
            assert_eq!(parts(&BODY[..end], "x1"), None, "cut at {end}");
        }
        assert_eq!(parts(b"\xff\xfe", "x1"), None);
    }

    #[test]
    fn too_many_parts_are_refused() {
        let one = "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n";
        let many = format!("{}--x--", one.repeat(MOST_PARTS + 1));
        assert_eq!(parts(many.as_bytes(), "x"), None);
    }
}
