//! Addresses of the open internet: what a name resolves to is checked, and the connection goes to
//! what was checked.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use ureq::Error;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;

/// Resolves names to addresses of the open internet only: never to this machine, its own network,
/// or the services of the house it stands in.
#[derive(Debug)]
pub struct PublicOnly {
    /// Whether this machine and its own network may be asked after all.
    pub allow_private: bool,
}

/// A name leads to this machine or its own network, which is not asked.
#[derive(Debug, thiserror::Error)]
#[error("it is not on the open internet")]
pub struct NotPublic;

impl Resolver for PublicOnly {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, Error> {
        let found = match DefaultResolver::default().resolve(uri, config, timeout) {
            Err(Error::Io(error)) if is_unknown(&error) => return Err(Error::HostNotFound),
            other => other?,
        };
        let mut out = self.empty();
        for address in &found {
            let ip = address.ip();
            if is_public(ip) || (self.allow_private && is_own_network(ip)) {
                out.push(*address);
            }
        }
        if out.is_empty() { Err(Error::Other(Box::new(NotPublic))) } else { Ok(out) }
    }
}

/// Whether an address is of this machine or of a network of its own (RFC 1918, RFC 4193). What
/// belongs to one link only, such as the services that tell a rented machine its secrets, is neither.
fn is_own_network(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => ip.is_loopback() || ip.is_private(),
        IpAddr::V6(ip) => ip.is_loopback() || ip.segments()[0] & 0xfe00 == 0xfc00,
    }
}

/// Whether the name service said that there is no such name, rather than that it cannot say now
/// (`getaddrinfo(3)`: the kinds of error of the standard library do not tell them apart).
fn is_unknown(error: &std::io::Error) -> bool {
    let text = error.to_string();
    ["not known", "No address associated", "nodename nor servname", "No such host"]
        .iter()
        .any(|it| text.contains(it))
}

/// Whether an address belongs to the open internet (IANA's registries of special-purpose
/// addresses). An IPv4 address inside an IPv6 one is taken out and looked at.
pub fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => inner_v4(ip).map_or_else(|| is_public_v6(ip), is_public_v4),
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    let is_shared = a == 100 && (64..128).contains(&b);
    let is_protocol = a == 192 && b == 0 && c == 0;
    let is_benchmark = a == 198 && (b == 18 || b == 19);
    !(ip.is_private()
        || ip.is_loopback()
        || ip.is_link_local()
        || ip.is_documentation()
        || ip.is_multicast()
        || a == 0
        || a >= 240
        || is_shared
        || is_protocol
        || is_benchmark)
}

fn is_public_v6(ip: Ipv6Addr) -> bool {
    let [first, second, ..] = ip.segments();
    // 2000::/3 without the ranges for documentation and for tunnels.
    first & 0xe000 == 0x2000
        && !(first == 0x2001 && second == 0xdb8)
        && !(first == 0x2001 && second < 0x200)
        && !(first == 0x3fff && second < 0x1000)
}

/// The IPv4 address that `::ffff:a.b.c.d`, `::a.b.c.d`, NAT64 and 6to4 addresses hold.
fn inner_v4(ip: Ipv6Addr) -> Option<Ipv4Addr> {
    let at = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        Ipv4Addr::new(a, b, c, d)
    };
    match ip.segments() {
        [0, 0, 0, 0, 0, 0xffff | 0, high, low] => Some(at(high, low)),
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] => Some(at(high, low)),
        [0x2002, high, low, ..] => Some(at(high, low)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_open_internet_is_public() {
        for ip in ["1.1.1.1", "151.101.1.1", "2606:4700::1111", "::ffff:1.1.1.1"] {
            assert!(is_public(ip.parse().unwrap()), "{ip}");
        }
        for ip in [
            "127.0.0.1",
            "0.0.0.0",
            "10.0.0.1",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "192.0.2.1",
            "198.18.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "::1",
            "::",
            "fe80::1",
            "fc00::1",
            "2001:db8::1",
            "::ffff:127.0.0.1",
            "::ffff:169.254.169.254",
            "::127.0.0.1",
            "64:ff9b::7f00:1",
            "2002:7f00:1::",
        ] {
            assert!(!is_public(ip.parse().unwrap()), "{ip}");
        }
    }
}
