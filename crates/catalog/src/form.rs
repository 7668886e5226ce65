//! A service's form: a typed tree of steps and fields as data, and the pure functions over it.
//!
//! One validator ([`Form::check`]) serves every channel; [`Form::schema`] says the same as JSON
//! Schema 2020-12 and a property test holds the two verdicts together; [`Form::read_urlencoded`]
//! turns a posted page into answers; [`StepView`] turns a step into what its template shows.

mod check;
pub mod companions;
mod conditions;
mod faults;
mod map_view;
mod read;
mod registered;
mod schema;
mod summary;
mod tree;
mod view;

pub use check::CheckContext;
pub use companions::Companion;
pub use faults::{FormFault, PlacedFault};
pub use map_view::MapView;
pub use registered::Registered;
pub use summary::{Drawn, Shown, SummaryLine};
pub use tree::{Answers, Choice, Condition, Field, FieldKind, Form, Step, Within};
pub use view::{Asked, GroupView, ItemView, OptionView, PersonView, PlaceView, StepView};
