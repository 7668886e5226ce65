//! One face over SQLite and PostgreSQL: plain synchronous closures that read a snapshot or make
//! one change in one transaction, on worker threads behind bounded queues. Also what lies beside
//! the tables: blobs, and the installation's key.
//!
//! A change is answered only when it is on the disk, and is refused when it wrote something and
//! no entry of the journal tells of it.

mod blobs;
mod by_text;
mod copying;
mod db;
mod fault;
pub mod forms;
mod keys;
mod lease;
mod migration;
mod plan;
mod postgres_values;
mod postgres_workers;
mod probe;
mod raised;
mod row;
mod seal;
mod settings;
mod sql;
mod sqlite;
mod sqlite_values;
mod statement;
mod store;
pub mod testing;
mod toil;
mod tx;
mod value;
mod work;

pub use blobs::{Blobs, Bucket};
pub use copying::CopiedTable;
pub use db::Db;
pub use keys::{DataKey, KeyError, MasterKey, new_data_key, secret_file};
pub use lease::Lease;
pub use migration::Migrations;
pub use raised::Raised;
pub use row::{Row, row_digest, row_key};
pub use seal::{open, seal};
pub use settings::{Backend, Engine, Health, OpenError, Settings};
pub use store::Store;
pub use tx::{Table, Touched, Tx};
pub use value::{Arg, FromValue, ToArg, Value};
