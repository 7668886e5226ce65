//! Values to and from PostgreSQL, and what its errors mean for us.

use std::error::Error as StdError;

use base::{Error, Result};
use bytes::{BufMut, BytesMut};
use postgres::error::SqlState;
use postgres::types::{FromSql, IsNull, ToSql, Type, to_sql_checked};

use crate::fault::Fault;
use crate::value::{Arg, Value};

type Answer = std::result::Result<IsNull, Box<dyn StdError + Sync + Send>>;

impl ToSql for Arg<'_> {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Answer {
        match *self {
            Arg::Null => return Ok(IsNull::Yes),
            Arg::Int(int) => match *ty {
                Type::INT8 => out.put_i64(int),
                Type::INT4 => out.put_i32(i32::try_from(int)?),
                Type::INT2 => out.put_i16(i16::try_from(int)?),
                Type::BOOL => out.put_u8(u8::from(int != 0)),
                _ => return mismatch("a number", ty),
            },
            Arg::Text(text) => return put_text(text, ty, out),
            Arg::Date(date) => return put_text(&date.to_string(), ty, out),
            Arg::Bytes(bytes) => match *ty {
                Type::BYTEA => out.put_slice(bytes),
                Type::UUID if bytes.len() == 16 => out.put_slice(bytes),
                _ => return mismatch("bytes", ty),
            },
            Arg::Uuid(id) => match *ty {
                Type::UUID | Type::BYTEA => out.put_slice(id.as_bytes()),
                _ => return mismatch("an identifier", ty),
            },
        }
        Ok(IsNull::No)
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

fn put_text(text: &str, ty: &Type, out: &mut BytesMut) -> Answer {
    match *ty {
        Type::TEXT | Type::VARCHAR | Type::BPCHAR | Type::NAME | Type::UNKNOWN | Type::JSON => {}
        Type::JSONB => out.put_u8(1),
        _ => return mismatch("a text", ty),
    }
    out.put_slice(text.as_bytes());
    Ok(IsNull::No)
}

fn mismatch(given: &str, ty: &Type) -> Answer {
    Err(format!("{given} was bound where the statement wants {ty}; CAST the placeholder").into())
}

/// A column as it came over the wire.
struct Raw<'a>(Value<'a>);

impl<'a> FromSql<'a> for Raw<'a> {
    fn from_sql(
        ty: &Type,
        raw: &'a [u8],
    ) -> std::result::Result<Self, Box<dyn StdError + Sync + Send>> {
        let value = match *ty {
            Type::INT8 => Value::Int(i64::from_be_bytes(raw.try_into()?)),
            Type::INT4 => Value::Int(i32::from_be_bytes(raw.try_into()?).into()),
            Type::INT2 => Value::Int(i16::from_be_bytes(raw.try_into()?).into()),
            Type::BOOL => Value::Int((raw != [0]).into()),
            Type::UUID | Type::BYTEA => Value::Bytes(raw),
            Type::JSONB => Value::Text(std::str::from_utf8(raw.get(1..).unwrap_or_default())?),
            Type::TEXT | Type::VARCHAR | Type::BPCHAR | Type::NAME | Type::UNKNOWN | Type::JSON => {
                Value::Text(std::str::from_utf8(raw)?)
            }
            _ => return Err(format!("a column of type {ty}; CAST it to BIGINT or TEXT").into()),
        };
        Ok(Self(value))
    }

    fn from_sql_null(_: &Type) -> std::result::Result<Self, Box<dyn StdError + Sync + Send>> {
        Ok(Self(Value::Null))
    }

    fn accepts(_: &Type) -> bool {
        true
    }
}

pub(crate) fn value(row: &postgres::Row, index: usize) -> Result<Value<'_>> {
    row.try_get::<_, Raw<'_>>(index)
        .map(|raw| raw.0)
        .map_err(|error| Error::internal(describe(&error)))
}

/// What an error of PostgreSQL means.
pub(crate) fn fault(error: &postgres::Error) -> Fault {
    if error.is_closed() {
        return Fault::Lost(describe(error));
    }
    let Some(db) = error.as_db_error() else {
        // An error without a code is one of the connection or of the types bound.
        let lost = error
            .source()
            .is_some_and(|cause| cause.downcast_ref::<std::io::Error>().is_some());
        return if lost {
            Fault::Lost(describe(error))
        } else {
            Fault::Other(describe(error))
        };
    };
    let code = db.code();
    if *code == SqlState::UNIQUE_VIOLATION {
        Fault::Unique
    } else if *code == SqlState::T_R_SERIALIZATION_FAILURE
        || *code == SqlState::T_R_DEADLOCK_DETECTED
        || (*code == SqlState::FEATURE_NOT_SUPPORTED && db.message().contains("cached plan"))
    {
        Fault::Again(describe(error))
    } else if *code == SqlState::LOCK_NOT_AVAILABLE || *code == SqlState::TOO_MANY_CONNECTIONS {
        Fault::Busy
    } else if *code == SqlState::DISK_FULL
        || *code == SqlState::IO_ERROR
        || *code == SqlState::READ_ONLY_SQL_TRANSACTION
    {
        Fault::Full(describe(error))
    } else if code.code().starts_with("57P") || code.code().starts_with("08") {
        Fault::Lost(describe(error))
    } else {
        Fault::Other(describe(error))
    }
}

/// The error for the operator's log: no values of rows, which PostgreSQL puts into its details
/// and into the messages of class 22.
pub(crate) fn describe(error: &postgres::Error) -> String {
    match error.as_db_error() {
        Some(db) => {
            let code = db.code().code();
            let message = if code.starts_with("22") {
                "a value does not fit"
            } else {
                db.message()
            };
            let table = db.table().unwrap_or_default();
            let constraint = db.constraint().unwrap_or_default();
            format!("PostgreSQL {code}: {message} {table} {constraint}")
                .trim_end()
                .to_owned()
        }
        None => match error.source() {
            Some(cause) => format!("{error}: {cause}"),
            None => error.to_string(),
        },
    }
}
