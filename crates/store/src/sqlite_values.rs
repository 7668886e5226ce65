//! Values to and from SQLite, and what its errors mean for us.

use base::{Error, Result};
use rusqlite::ErrorCode;
use rusqlite::types::{ToSql, ToSqlOutput, ValueRef};

use crate::fault::Fault;
use crate::value::{Arg, Value};

impl ToSql for Arg<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            Arg::Null => ToSqlOutput::Borrowed(ValueRef::Null),
            Arg::Int(int) => ToSqlOutput::Borrowed(ValueRef::Integer(*int)),
            Arg::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
            Arg::Bytes(bytes) => ToSqlOutput::Borrowed(ValueRef::Blob(bytes)),
            Arg::Uuid(id) => ToSqlOutput::Borrowed(ValueRef::Blob(id.as_bytes())),
            Arg::Date(date) => ToSqlOutput::Owned(date.to_string().into()),
        })
    }
}

pub(crate) fn value<'r>(row: &'r rusqlite::Row<'_>, index: usize) -> Result<Value<'r>> {
    match row.get_ref(index).map_err(Error::internal)? {
        ValueRef::Null => Ok(Value::Null),
        ValueRef::Integer(int) => Ok(Value::Int(int)),
        ValueRef::Text(text) => std::str::from_utf8(text)
            .map(Value::Text)
            .map_err(|_| Error::internal("a column holds a text that is not UTF-8")),
        ValueRef::Blob(bytes) => Ok(Value::Bytes(bytes)),
        ValueRef::Real(_) => Err(Error::internal(
            "a column holds a fraction; keep whole numbers of a smaller unit",
        )),
    }
}

/// What an error of SQLite means. Its messages name tables and columns, never values.
pub(crate) fn fault(error: &rusqlite::Error) -> Fault {
    let rusqlite::Error::SqliteFailure(code, _) = error else {
        return Fault::Other(error.to_string());
    };
    match code.code {
        ErrorCode::ConstraintViolation
            if matches!(
                code.extended_code,
                rusqlite::ffi::SQLITE_CONSTRAINT_UNIQUE
                    | rusqlite::ffi::SQLITE_CONSTRAINT_PRIMARYKEY
                    | rusqlite::ffi::SQLITE_CONSTRAINT_ROWID
            ) =>
        {
            Fault::Unique
        }
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => Fault::Busy,
        ErrorCode::DiskFull | ErrorCode::SystemIoFailure | ErrorCode::ReadOnly => {
            Fault::Full(error.to_string())
        }
        _ => Fault::Other(error.to_string()),
    }
}
