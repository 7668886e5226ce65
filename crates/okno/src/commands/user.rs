//! `okno user …`: accounts made by the operator.

use std::io::Read;
use std::process::ExitCode;

use base::Actor;
use people::{NewUser, PersonName};

use crate::cli::User;
use crate::commands::say;
use crate::house::{House, WORDS};
use crate::settings::Settings;

/// Does it.
pub(crate) fn user(settings: &Settings, what: User) -> Result<ExitCode, String> {
    let User::Add {
        email,
        role,
        unit,
        name,
        ..
    } = what;
    let mut password = String::new();
    std::io::stdin()
        .take(4096)
        .read_to_string(&mut password)
        .map_err(|error| format!("standard input: {error}"))?;
    let house = House::open(settings, true)?;
    let new = NewUser {
        name: name_of(name.as_deref(), &email),
        email,
        password: password.trim_end_matches(['\r', '\n']).to_owned(),
        role: role.into(),
        unit,
    };
    let account = house
        .people
        .add_user_blocking(&Actor::system("user.add"), &new)
        .map_err(in_words)?;
    say(format_args!("{account}"));
    Ok(ExitCode::SUCCESS)
}

/// The refusal as a sentence.
fn in_words(error: base::Error) -> String {
    let Ok(words) = web::Words::new(WORDS) else {
        return crate::house::told(error);
    };
    let sentence = |key: &str, args: &[(&'static str, String)]| {
        let args: Vec<(&str, web::WordArg<'_>)> = args
            .iter()
            .map(|(name, value)| (*name, value.as_str().into()))
            .collect();
        words.text(base::Language::Ru, key, &args)
    };
    match &error {
        base::Error::Invalid(fields) => fields
            .iter()
            .map(|f| format!("{}: {}", f.field, sentence(f.key, &f.args)))
            .collect::<Vec<_>>()
            .join("; "),
        base::Error::Conflict(key) | base::Error::Malformed(key) => sentence(key, &[]),
        _ => crate::house::told(error),
    }
}

/// Surname, name and patronymic from one line; without one, what stands before the e-mail's `@`.
fn name_of(name: Option<&str>, email: &str) -> PersonName {
    let line = name.unwrap_or_else(|| email.split('@').next().unwrap_or(email));
    let mut parts = line.split_whitespace().map(str::to_owned);
    let last = parts.next().unwrap_or_default();
    PersonName {
        first: parts.next().unwrap_or_else(|| last.clone()),
        middle: Some(parts.collect::<Vec<_>>().join(" ")).filter(|middle| !middle.is_empty()),
        last,
    }
}
