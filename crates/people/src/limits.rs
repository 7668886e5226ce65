//! How often one may try to sign in or sign up. An address is counted first, then the pair of
//! address and account, then the account from everywhere: so one address that hammers an account
//! stops itself long before it stops the account's owner, and an owner who has signed in from an
//! address before is not stopped there by strangers at all. From new addresses an account takes twenty
//! tries, twice what one address may, and then ten an hour.

use std::collections::HashSet;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Mutex, PoisonError};

use base::{Clock, Result};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use web::Limiter;

/// Pairs of address and account that are remembered as good.
const KNOWN_MOST: usize = 50_000;

pub(crate) struct Limits {
    address: Limiter,
    pair: Limiter,
    account: Limiter,
    sign_up: Limiter,
    letter: Limiter,
    letter_to: Limiter,
    code: Limiter,
    known: Mutex<HashSet<String>>,
}

impl Limits {
    pub(crate) fn new(clock: &Clock) -> Self {
        Self {
            address: Limiter::new(clock.clone(), 10, 1.0 / 3.0),
            pair: Limiter::new(clock.clone(), 10, 1.0 / 10.0),
            account: Limiter::new(clock.clone(), 20, 1.0 / 360.0),
            sign_up: Limiter::new(clock.clone(), 5, 1.0 / 120.0),
            letter: Limiter::new(clock.clone(), 5, 1.0 / 60.0),
            letter_to: Limiter::new(clock.clone(), 3, 1.0 / 600.0),
            code: Limiter::new(clock.clone(), 10, 1.0 / 120.0),
            known: Mutex::default(),
        }
    }

    /// Counts one try to sign in, whether or not there is such an account.
    pub(crate) fn sign_in(&self, client: IpAddr, email_blind: &[u8; 32]) -> Result<()> {
        let pair = pair(client, email_blind);
        self.address.check(&network(client))?;
        self.pair.check(&pair)?;
        let known = self
            .known
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .contains(&pair);
        if known {
            return Ok(());
        }
        self.account.check(&URL_SAFE_NO_PAD.encode(email_blind))
    }

    /// Remembers that the owner has signed in from here.
    pub(crate) fn signed_in(&self, client: IpAddr, email_blind: &[u8; 32]) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= KNOWN_MOST {
            known.clear();
        }
        known.insert(pair(client, email_blind));
    }

    /// Counts one letter that somebody asks for, whether or not it will be written.
    pub(crate) fn letter(&self, client: IpAddr) -> Result<()> {
        self.letter.check(&network(client))
    }

    /// Counts one letter to one address; false when its box has had enough of them.
    pub(crate) fn letter_to(&self, email_blind: &[u8; 32]) -> bool {
        self.letter_to
            .check(&URL_SAFE_NO_PAD.encode(email_blind))
            .is_ok()
    }

    /// Counts one code that somebody typed for an account.
    pub(crate) fn code(&self, account: base::id::AccountId) -> Result<()> {
        self.code.check(&account.to_string())
    }

    /// Counts one try to sign up.
    pub(crate) fn sign_up(&self, client: IpAddr) -> Result<()> {
        self.sign_up.check(&network(client))
    }
}

fn pair(client: IpAddr, email_blind: &[u8; 32]) -> String {
    let mut text = network(client);
    text.push(' ');
    URL_SAFE_NO_PAD.encode_string(email_blind, &mut text);
    text
}

/// An IPv4 address, or the /64 network of an IPv6 one: that is what one subscriber has.
fn network(client: IpAddr) -> String {
    match client.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).to_string()
        }
    }
}

/// The network that an address lies in, as a list of sessions shows it: of IPv4 the /24, of IPv6
/// the /48. Enough to tell home from elsewhere, too little to find anybody.
pub(crate) fn place(client: IpAddr) -> String {
    match client.to_canonical() {
        IpAddr::V4(address) => {
            let [a, b, c, _] = address.octets();
            format!("{a}.{b}.{c}.0/24")
        }
        IpAddr::V6(address) => {
            let [a, b, c, ..] = address.segments();
            format!("{}/48", Ipv6Addr::new(a, b, c, 0, 0, 0, 0, 0))
        }
    }
}

#[cfg(test)]
mod tests {
    use base::{Error, Moment};

    use super::*;

    fn limits() -> (Clock, Limits) {
        let clock = Clock::fixed(Moment::from_micros(0));
        let limits = Limits::new(&clock);
        (clock, limits)
    }

    fn address(n: u8) -> IpAddr {
        IpAddr::from([192, 0, 2, n])
    }

    #[test]
    fn one_address_stops_itself_and_not_the_owner() {
        let (_clock, limits) = limits();
        let anna = [1; 32];
        for _ in 0..10 {
            limits.sign_in(address(1), &anna).unwrap();
        }
        assert!(matches!(
            limits.sign_in(address(1), &anna),
            Err(Error::TooMany(_))
        ));
        // What was refused there costs the account nothing.
        for _ in 0..50 {
            let _ = limits.sign_in(address(1), &anna);
        }
        limits.sign_in(address(2), &anna).unwrap();
    }

    #[test]
    fn many_addresses_stop_each_other_but_not_a_known_one() {
        let (_clock, limits) = limits();
        let anna = [1; 32];
        limits.signed_in(address(200), &anna);
        for n in 0..20 {
            limits.sign_in(address(n), &anna).unwrap();
        }
        assert!(limits.sign_in(address(30), &anna).is_err());
        assert!(limits.sign_in(address(200), &anna).is_ok());
        assert!(limits.sign_in(address(31), &[2; 32]).is_ok());
    }

    #[test]
    fn waiting_helps() {
        let (clock, limits) = limits();
        for _ in 0..5 {
            limits.sign_up(address(1)).unwrap();
        }
        assert!(limits.sign_up(address(1)).is_err());
        clock.advance_seconds(120);
        assert!(limits.sign_up(address(1)).is_ok());
    }

    #[test]
    fn neighbours_in_one_network_of_ipv6_are_one() {
        let one: IpAddr = "2001:db8:1:2::1".parse().unwrap();
        let other: IpAddr = "2001:db8:1:2:ffff::9".parse().unwrap();
        let apart: IpAddr = "2001:db8:1:3::1".parse().unwrap();
        assert_eq!(network(one), network(other));
        assert_ne!(network(one), network(apart));
    }
}
