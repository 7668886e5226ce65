//! Cookies: one way to set, remove and read them. Over TLS they carry the `__Host-` prefix, so
//! that no other host of the same domain can plant one.

use axum::http::header::COOKIE;
use axum::http::{HeaderMap, HeaderValue};

use crate::shell::Shell;

/// Name of the cookie that holds the chosen language.
pub const LANGUAGE: &str = "lang";
/// Name of the cookie that holds the version for those who see badly, see [`crate::access`].
pub const ACCESS: &str = "access";
/// Name of the cookie that holds the theme: `light`, `dark` or nothing.
pub const THEME: &str = "theme";
/// Name of the cookie that holds the key of a sentence to show once.
pub const FLASH: &str = "flash";

/// Name of the cookie that holds the token of a session.
pub const SESSION: &str = "session";

/// Name of the cookie that opens cases and drafts to a browser without an account. It ends with a
/// session, too: at a window the next person sits down at the same machine.
pub const PASS: &str = "pass";

/// Name of the cookie that holds the secret of a dialogue. It ends with a session, too: what was said
/// names whoever said it.
pub const DIALOGUE: &str = "dialogue";

/// A year: for choices that should stay.
pub const YEAR: u32 = 365 * 24 * 3600;

/// A `Set-Cookie` value. `name` and `value` are made of token characters (ids, base64url, keys);
/// anything else in them is dropped rather than sent.
pub fn set(shell: &Shell, name: &str, value: &str, max_age_seconds: u32) -> HeaderValue {
    let secure = shell.settings().secure_cookies;
    let prefix = prefix(shell);
    let safe = |text: &str| -> String {
        text.chars()
            .filter(|c| c.is_ascii_alphanumeric() || "-_.~+/=:".contains(*c))
            .collect()
    };
    let text = format!(
        "{prefix}{}={}; Path=/; Max-Age={max_age_seconds}; HttpOnly; SameSite=Lax{}",
        safe(name),
        safe(value),
        if secure { "; Secure" } else { "" }
    );
    HeaderValue::from_str(&text).expect("only visible ASCII characters are left")
}

/// A `Set-Cookie` value that makes the browser forget the cookie.
pub fn remove(shell: &Shell, name: &str) -> HeaderValue {
    set(shell, name, "", 0)
}

/// Whether a pair `name=value` says no more than language and look.
pub(crate) fn is_of_looks(shell: &Shell, pair: &str) -> bool {
    let prefix = prefix(shell);
    pair.split_once('=')
        .and_then(|(name, _)| name.strip_prefix(prefix))
        .is_some_and(|name| [LANGUAGE, ACCESS, THEME].contains(&name))
}

/// What stands before each name: over TLS browsers then hold a cookie to this host.
fn prefix(shell: &Shell) -> &'static str {
    if shell.settings().secure_cookies {
        "__Host-"
    } else {
        ""
    }
}

/// The value of the cookie `name`, prefix and all.
pub fn read<'a>(shell: &Shell, headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let prefix = prefix(shell);
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(found, _)| found.strip_prefix(prefix) == Some(name))
        .map(|(_, value)| value)
}
