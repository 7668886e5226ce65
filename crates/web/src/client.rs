//! From which address a request truly came. `X-Forwarded-For` is believed only as far as the
//! proxies that the operator named go: read from the right, the first address that is none of
//! them is the client, whatever stands to its left.

use std::net::{IpAddr, SocketAddr};

use ipnet::IpNet;

/// The client's address, given the peer that connected and the values of `X-Forwarded-For` in the
/// order in which they came.
pub fn address<'a>(
    peer: IpAddr,
    forwarded: impl DoubleEndedIterator<Item = &'a str>,
    proxies: &[IpNet],
) -> IpAddr {
    let mut client = peer.to_canonical();
    for entry in forwarded.rev().flat_map(|line| line.rsplit(',')) {
        if !is_proxy(client, proxies) {
            break;
        }
        match parse(entry.trim()) {
            Some(address) => client = address,
            None => break,
        }
    }
    client
}

/// Whether `address` belongs to one of the operator's proxies.
pub fn is_proxy(address: IpAddr, proxies: &[IpNet]) -> bool {
    let address = address.to_canonical();
    proxies.iter().any(|net| net.contains(&address))
}

fn parse(text: &str) -> Option<IpAddr> {
    text.parse::<IpAddr>()
        .ok()
        .or_else(|| text.parse::<SocketAddr>().ok().map(|socket| socket.ip()))
        .or_else(|| {
            text.strip_prefix('[')?
                .strip_suffix(']')?
                .parse::<IpAddr>()
                .ok()
        })
        .map(|address| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forwarded_addresses_are_believed_only_through_named_proxies() {
        let proxies: Vec<IpNet> = vec!["10.0.0.0/8".parse().unwrap(), "fd00::/8".parse().unwrap()];
        for (peer, forwarded, client) in [
            // Nobody named: the peer itself, whatever it says.
            ("203.0.113.7", vec!["198.51.100.1"], "203.0.113.7"),
            // One proxy.
            ("10.0.0.1", vec!["198.51.100.1"], "198.51.100.1"),
            // A forged entry on the left is not reached.
            ("10.0.0.1", vec!["1.1.1.1, 198.51.100.1"], "198.51.100.1"),
            // A chain of two proxies of ours, in one header or two.
            ("10.0.0.1", vec!["198.51.100.1, 10.0.0.2"], "198.51.100.1"),
            ("10.0.0.1", vec!["198.51.100.1", "10.0.0.2"], "198.51.100.1"),
            // Nothing sent: the proxy itself.
            ("10.0.0.1", vec![], "10.0.0.1"),
            // Nonsense stops the walk.
            ("10.0.0.1", vec!["1.1.1.1, who knows"], "10.0.0.1"),
            ("10.0.0.1", vec![""], "10.0.0.1"),
            // Ports and brackets.
            ("10.0.0.1", vec!["198.51.100.1:4711"], "198.51.100.1"),
            ("fd00::1", vec!["[2001:db8::5]:4711"], "2001:db8::5"),
            ("fd00::1", vec!["[2001:db8::5]"], "2001:db8::5"),
            // IPv4 inside IPv6 is the same address.
            (
                "::ffff:10.0.0.1",
                vec!["::ffff:198.51.100.1"],
                "198.51.100.1",
            ),
        ] {
            assert_eq!(
                address(peer.parse().unwrap(), forwarded.iter().copied(), &proxies),
                client.parse::<IpAddr>().unwrap(),
                "{peer} {forwarded:?}"
            );
        }
    }
}
