//! A part of a file (RFC 9110 section 14): one range of bytes, so that a broken download goes on
//! where it stopped. Several ranges at once are answered with the whole.

use axum::http::header::{ACCEPT_RANGES, CONTENT_RANGE, ETAG, IF_RANGE, RANGE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use base::Error;

/// What a header asks for of so many bytes: the first and the last byte.
#[derive(Debug, PartialEq, Eq)]
enum Wanted {
    Whole,
    Part(usize, usize),
    Nothing,
}

fn wanted(range: &str, size: usize) -> Wanted {
    let Some(range) = range.strip_prefix("bytes=") else {
        return Wanted::Whole;
    };
    let Some((first, last)) = range.split_once('-').filter(|_| !range.contains(',')) else {
        return Wanted::Whole;
    };
    let (first, last) = (first.trim(), last.trim());
    let read = |text: &str| text.parse::<usize>().ok();
    let part = match (read(first), read(last)) {
        (Some(first), Some(last)) if first <= last => Some((first, last)),
        (Some(first), None) if last.is_empty() => Some((first, usize::MAX)),
        (None, Some(count)) if first.is_empty() && count > 0 => {
            Some((size.saturating_sub(count), usize::MAX))
        }
        (None, Some(0)) if first.is_empty() => return Wanted::Nothing,
        _ => None,
    };
    match part {
        Some((first, last)) if first < size => Wanted::Part(first, last.min(size - 1)),
        Some(_) => Wanted::Nothing,
        None => Wanted::Whole,
    }
}

/// `whole` or the part of it that was asked for. `tag` names the bytes, so that a part is never
/// taken of something else.
pub(super) fn part_of(
    asked: &HeaderMap,
    whole: Response,
    bytes: &[u8],
    tag: &str,
) -> Result<Response, Error> {
    let (mut parts, body) = whole.into_parts();
    let tag = HeaderValue::from_str(&format!("\"{tag}\"")).map_err(Error::internal)?;
    let same = asked.get(IF_RANGE).is_none_or(|held| held == tag);
    parts.headers.insert(ETAG, tag);
    parts
        .headers
        .insert(ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    let range = asked.get(RANGE).and_then(|value| value.to_str().ok());
    let size = bytes.len();
    match range.filter(|_| same).map(|range| wanted(range, size)) {
        None | Some(Wanted::Whole) => Ok((parts, body).into_response()),
        Some(Wanted::Nothing) => {
            let size =
                HeaderValue::from_str(&format!("bytes */{size}")).map_err(Error::internal)?;
            let refused = [(CONTENT_RANGE, size)];
            Ok((StatusCode::RANGE_NOT_SATISFIABLE, refused).into_response())
        }
        Some(Wanted::Part(first, last)) => {
            let told = format!("bytes {first}-{last}/{size}");
            let told = HeaderValue::from_str(&told).map_err(Error::internal)?;
            parts.status = StatusCode::PARTIAL_CONTENT;
            parts.headers.insert(CONTENT_RANGE, told);
            parts.headers.remove(axum::http::header::CONTENT_LENGTH);
            Ok((parts, bytes[first..=last].to_vec()).into_response())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_read_as_the_standard_says() {
        for (range, expected) in [
            ("bytes=0-3", Wanted::Part(0, 3)),
            ("bytes=4-", Wanted::Part(4, 9)),
            ("bytes=-3", Wanted::Part(7, 9)),
            ("bytes=-30", Wanted::Part(0, 9)),
            ("bytes=5-100", Wanted::Part(5, 9)),
            ("bytes=10-", Wanted::Nothing),
            ("bytes=-0", Wanted::Nothing),
            ("bytes=3-2", Wanted::Whole),
            ("bytes=0-1,3-4", Wanted::Whole),
            ("bytes=a-b", Wanted::Whole),
            ("lines=0-3", Wanted::Whole),
        ] {
            assert_eq!(wanted(range, 10), expected, "{range}");
        }
    }
}
