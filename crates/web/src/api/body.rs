//! Bodies of the interface as strict JSON: UTF-8, one document, no name twice, bounded in bytes and
//! depth. What is read first is a plain value; [`Sent`] makes a type of it and names what is wrong.

use std::cell::RefCell;
use std::fmt;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{FromRequest, Request};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use base::text::clean_line;
use base::{Error, FieldError};
use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor,
};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use super::refused::Refused;

/// The most bytes of a body: the longest form in the costliest letters, several times over.
const MOST_BYTES: usize = 256 * 1024;
/// The most names that are told one by one.
const MOST_TOLD: usize = 20;
/// The most names of a body that are looked at for the one that is wrong.
const MOST_NAMES: usize = 50;
/// The most characters of a foreign name that are repeated to its sender.
const MOST_NAME: usize = 80;

/// Takes the body in. That is done before anything is refused: a sender who is still writing when
/// the connection closes would never read why.
pub async fn take(body: Body) -> Result<Bytes, Refused> {
    to_bytes(body, MOST_BYTES)
        .await
        .map_err(|_| Refused::Status(StatusCode::PAYLOAD_TOO_LARGE))
}

/// Reads a body as one JSON value.
///
/// # Errors
/// Another type than JSON in UTF-8, and whatever makes a text no JSON.
pub fn read(headers: &HeaderMap, bytes: &[u8]) -> Result<Value, Refused> {
    if !says_json(headers) {
        return Err(Refused::Status(StatusCode::UNSUPPORTED_MEDIA_TYPE));
    }
    Ok(parse(bytes)?)
}

/// A JSON body read into a type; every name in it that the type does not know is refused when the
/// type says `deny_unknown_fields`, as those of the interface do.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sent<T>(pub T);

impl<T, S> FromRequest<S> for Sent<T>
where
    T: DeserializeOwned,
    S: Send + Sync,
{
    type Rejection = Refused;

    async fn from_request(request: Request, _: &S) -> Result<Self, Refused> {
        let (parts, body) = request.into_parts();
        let bytes = take(body).await?;
        let value = read(&parts.headers, &bytes)?;
        Ok(Self(shaped(&value)?))
    }
}

/// Makes a type of a value, or says which name in it is wrong and how.
fn shaped<T: DeserializeOwned>(value: &Value) -> Result<T, Error> {
    let Value::Object(map) = value else {
        return Err(Error::field("", "api-error-object"));
    };
    let said = match T::deserialize(value) {
        Ok(read) => return Ok(read),
        Err(error) => error.to_string(),
    };
    let named = |start: &str| {
        let rest = said.strip_prefix(start)?;
        rest.split('`').next().map(shown)
    };
    if let Some(name) = named("unknown field `") {
        let wrong = FieldError::new(name.clone(), "api-error-unknown").with("name", name);
        return Err(Error::Invalid(vec![wrong]));
    }
    if let Some(name) = named("missing field `") {
        return Err(Error::field(name, "error-required"));
    }
    // Whichever name was at fault, without it something else is said or nothing.
    let culprit = map.keys().take(MOST_NAMES).find(|name| {
        let mut without = map.clone();
        without.remove(*name);
        T::deserialize(Value::Object(without))
            .map_or_else(|error| error.to_string() != said, |_| true)
    });
    let name = culprit.map(|name| shown(name)).unwrap_or_default();
    Err(Error::field(name, "error-json-value"))
}

fn says_json(headers: &HeaderMap) -> bool {
    let Some(kind) = headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
    else {
        return false;
    };
    let mut parts = kind.split(';').map(str::trim);
    let json = parts
        .next()
        .is_some_and(|kind| kind.eq_ignore_ascii_case("application/json"));
    let utf8 = parts
        .filter_map(|part| part.split_once('='))
        .filter(|(name, _)| name.eq_ignore_ascii_case("charset"))
        .all(|(_, charset)| charset.trim_matches('"').eq_ignore_ascii_case("utf-8"));
    json && utf8
}

fn parse(bytes: &[u8]) -> Result<Value, Error> {
    let text = std::str::from_utf8(bytes).map_err(|_| Error::Malformed("api-error-encoding"))?;
    // RFC 8259 section 8.1 lets a reader pass over the mark that some editors put first.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let twice = RefCell::new(Vec::new());
    let mut reader = serde_json::Deserializer::from_str(text);
    let place = Place {
        path: String::new(),
        twice: &twice,
    };
    let value = place
        .deserialize(&mut reader)
        .and_then(|value| reader.end().map(|()| value))
        .map_err(|_| Error::Malformed("api-error-json"))?;
    let twice = twice.into_inner();
    if twice.is_empty() {
        Ok(value)
    } else {
        Err(Error::Invalid(twice))
    }
}

/// A name that a client made up, short and clean enough to be said back.
pub fn shown(name: &str) -> String {
    clean_line(&name.chars().take(MOST_NAME).collect::<String>())
}

/// `name` inside `path`.
pub fn inside(path: &str, name: &str) -> String {
    if path.is_empty() {
        name.to_owned()
    } else {
        format!("{path}.{name}")
    }
}

/// A place in the document that is about to be read, and the names found twice so far.
struct Place<'a> {
    path: String,
    twice: &'a RefCell<Vec<FieldError>>,
}

impl<'de> DeserializeSeed<'de> for Place<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<Value, D::Error> {
        reader.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Place<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(Place {
            path: self.path.clone(),
            twice: self.twice,
        })? {
            list.push(item);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut map = Map::new();
        while let Some(name) = entries.next_key::<String>()? {
            let path = inside(&self.path, &shown(&name));
            let value = entries.next_value_seed(Place {
                path: path.clone(),
                twice: self.twice,
            })?;
            if map.insert(name, value).is_some() {
                let mut twice = self.twice.borrow_mut();
                if twice.len() == MOST_TOLD {
                    return Err(A::Error::custom("too many names twice"));
                }
                twice.push(FieldError::new(path.clone(), "api-error-twice").with("name", path));
            }
        }
        Ok(Value::Object(map))
    }
}

/// A digest of what a value says, whatever the order of its names and the space between them.
pub fn digest(value: &Value) -> [u8; 32] {
    let mut hasher = Sha256::new();
    absorb(&mut hasher, value);
    hasher.finalize().into()
}

fn absorb(hasher: &mut Sha256, value: &Value) {
    let mut say = |tag: u8, text: &str| {
        hasher.update([tag]);
        hasher.update(text.len().to_be_bytes());
        hasher.update(text);
    };
    match value {
        Value::Null => say(b'z', ""),
        Value::Bool(yes) => say(b'b', if *yes { "1" } else { "0" }),
        Value::Number(number) => say(b'n', &number.to_string()),
        Value::String(text) => say(b's', text),
        Value::Array(items) => {
            say(b'l', &items.len().to_string());
            for item in items {
                absorb(hasher, item);
            }
        }
        Value::Object(map) => {
            say(b'o', &map.len().to_string());
            let mut names: Vec<&String> = map.keys().collect();
            names.sort_unstable();
            for name in names {
                absorb(hasher, &Value::String(name.clone()));
                absorb(hasher, &map[name]);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn json_is_read_whole() {
        let text = "\u{feff}{\"a\": [1, -2, 0.5, true, null, \"б\"], \"c\": {\"d\": 18446744073709551615}}";
        let expected =
            json!({"a": [1, -2, 0.5, true, null, "б"], "c": {"d": 18_446_744_073_709_551_615_u64}});
        assert_eq!(parse(text.as_bytes()).unwrap(), expected);
    }

    #[test]
    fn what_is_no_json_is_malformed() {
        let bomb = "[".repeat(100_000);
        let map_bomb = "{\"a\":".repeat(100_000);
        for text in [
            "",
            "{",
            "{}{}",
            "{\"a\":1e999}",
            "nul",
            "{'a':1}",
            "\u{0}",
            &bomb,
            &map_bomb,
        ] {
            assert!(
                matches!(
                    parse(text.as_bytes()),
                    Err(Error::Malformed("api-error-json"))
                ),
                "{text:.20}"
            );
        }
        let cyrillic_1251 = b"{\"a\": \"\xcf\xf0\xe8\"}";
        assert!(matches!(
            parse(cyrillic_1251),
            Err(Error::Malformed("api-error-encoding"))
        ));
    }

    #[test]
    fn a_name_that_stands_twice_is_told_with_its_place() {
        let Err(Error::Invalid(errors)) = parse(br#"{"a":1,"b":{"c":1,"c":2},"a":2}"#) else {
            panic!("refused by name")
        };
        let named: Vec<&str> = errors.iter().map(|error| error.field.as_str()).collect();
        assert_eq!(named, ["b.c", "a"]);
        let many = format!("{{{}\"x\":0}}", "\"x\":1,".repeat(1_000));
        assert!(matches!(parse(many.as_bytes()), Err(Error::Malformed(_))));
    }

    #[test]
    fn the_digest_is_of_what_is_said() {
        let one = digest(&json!({"a": 1, "b": ["x", "y"]}));
        assert_eq!(
            one,
            digest(&serde_json::from_str(r#" {"b":["x","y"], "a":1} "#).unwrap())
        );
        for other in [
            json!({"a": 1, "b": ["xy"]}),
            json!({"a": "1", "b": ["x", "y"]}),
            json!({"a": 1, "b": ["y", "x"]}),
        ] {
            assert_ne!(one, digest(&other));
        }
    }

    #[test]
    fn the_kind_of_the_body_is_looked_at() {
        let headers = |kind: &str| HeaderMap::from_iter([(CONTENT_TYPE, kind.parse().unwrap())]);
        for good in [
            "application/json",
            "Application/JSON; charset=UTF-8",
            "application/json;charset=\"utf-8\"",
        ] {
            assert!(says_json(&headers(good)), "{good}");
        }
        for bad in [
            "text/json",
            "application/json; charset=windows-1251",
            "application/x-www-form-urlencoded",
        ] {
            assert!(!says_json(&headers(bad)), "{bad}");
        }
        assert!(!says_json(&HeaderMap::new()));
    }
}
