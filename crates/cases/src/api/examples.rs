//! The examples of the document. They stand in files of their own, and tests send them.

use serde_json::Value;

macro_rules! examples {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        pub(super) fn $name() -> Value {
            // A test reads every file, so an example that cannot be read never ships.
            serde_json::from_str(include_str!(concat!("examples/", stringify!($name), ".json"))).unwrap_or_default()
        }
    )*

        #[cfg(test)]
        #[test]
        fn every_example_can_be_read() {
            $(assert!($name().is_object(), stringify!($name));)*
        }
    };
}

examples! {
    /// A filing.
    filing;
    /// What its sender is told.
    filed;
    /// A case as its applicant reads it.
    case;
    /// A page of the register.
    register;
    /// The services.
    services;
    /// A service with its schema.
    service;
    /// Subjects.
    categories;
    /// Units.
    units;
    /// Territories.
    territories;
}
