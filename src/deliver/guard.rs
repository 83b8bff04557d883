//! The guard: webhooks leave for the internet and for networks that the settings name, and for no other address.
//!
//! Addresses are looked at when they are connected to. A name that led elsewhere a moment ago is of no use to anybody.

use std::{
    error::Error,
    fmt,
    future::Future,
    io,
    net::{IpAddr, Ipv6Addr, SocketAddr},
    pin::Pin,
    sync::{Arc, LazyLock},
};

use ipnet::IpNet;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};

/// IPv4 that is not the internet, by the registry of special purposes
/// (<https://www.iana.org/assignments/iana-ipv4-special-registry>), multicast, and the two addresses at which clouds keep
/// secrets: 169.254.169.254 is link-local, 168.63.129.16 is Azure's.
const SPECIAL_V4: [&str; 17] = [
    "0.0.0.0/8",
    "10.0.0.0/8",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "168.63.129.16/32",
    "169.254.0.0/16",
    "172.16.0.0/12",
    "192.0.0.0/24",
    "192.0.2.0/24",
    "192.31.196.0/24",
    "192.88.99.0/24",
    "192.168.0.0/16",
    "198.18.0.0/15",
    "198.51.100.0/24",
    "203.0.113.0/24",
    "224.0.0.0/4",
    "240.0.0.0/4",
];

/// The internet of IPv6: what is not in it (loopback, link-local, private, multicast, IPv4 in disguise) is refused.
const GLOBAL_V6: &str = "2000::/3";

/// What in it is not the internet (<https://www.iana.org/assignments/iana-ipv6-special-registry>): protocols, Teredo, 6to4
/// that leads to any IPv4, and documentation.
const SPECIAL_V6: [&str; 5] = [
    "2001::/23",
    "2001:db8::/32",
    "2002::/16",
    "2620:4f:8000::/48",
    "3fff::/20",
];

static SPECIAL: LazyLock<Vec<IpNet>> = LazyLock::new(|| {
    let all = SPECIAL_V4.iter().chain(&SPECIAL_V6);
    all.filter_map(|net| net.parse().ok()).collect()
});
static GLOBAL: LazyLock<Option<IpNet>> = LazyLock::new(|| GLOBAL_V6.parse().ok());

/// Says which addresses webhooks may go to.
#[derive(Clone, Debug)]
pub struct Guard {
    allowed: Arc<Vec<IpNet>>,
    is_inside_only: bool,
}

impl Guard {
    /// A guard that lets through to the internet and to these networks.
    #[must_use]
    pub fn new(allowed: Vec<IpNet>) -> Self {
        Self {
            allowed: Arc::new(allowed),
            is_inside_only: false,
        }
    }

    /// The same for what is not encrypted: it stays inside these networks.
    #[must_use]
    pub fn inside(&self) -> Self {
        Self {
            is_inside_only: true,
            ..self.clone()
        }
    }

    /// Whether anything may go to this address.
    #[must_use]
    pub fn admits(&self, address: IpAddr) -> bool {
        // IPv4 that is written as IPv6 is connected to as IPv4.
        let address = address.to_canonical();
        let is_inside = self.allowed.iter().any(|net| net.contains(&address));
        is_inside || (!self.is_inside_only && is_internet(address))
    }

    /// Whether anything may go without https.
    #[must_use]
    pub fn has_inside(&self) -> bool {
        !self.allowed.is_empty()
    }
}

fn is_internet(address: IpAddr) -> bool {
    let is_global = match address {
        IpAddr::V4(_) => true,
        IpAddr::V6(v6) => is_global_v6(v6),
    };
    is_global && !SPECIAL.iter().any(|net| net.contains(&address))
}

fn is_global_v6(address: Ipv6Addr) -> bool {
    GLOBAL.is_some_and(|net| net.contains(&IpAddr::V6(address)))
}

/// Every address of the name is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Refused;

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name leads to no address that webhooks may go to")
    }
}

impl Error for Refused {}

type Found = Pin<Box<dyn Future<Output = io::Result<Vec<IpAddr>>> + Send>>;

/// Looks names up.
#[derive(Clone)]
pub struct Names(Arc<dyn Fn(String) -> Found + Send + Sync>);

impl Names {
    /// Names as the operating system knows them.
    #[must_use]
    pub fn system() -> Self {
        Self::by(|name| async move {
            let found = tokio::net::lookup_host((name, 0)).await?;
            Ok(found.map(|address| address.ip()).collect())
        })
    }

    /// Names as a function knows them.
    pub fn by<F>(look_up: impl Fn(String) -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = io::Result<Vec<IpAddr>>> + Send + 'static,
    {
        Self(Arc::new(move |name| Box::pin(look_up(name))))
    }
}

impl fmt::Debug for Names {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Names(…)")
    }
}

/// Gives a connection those addresses of a name that the guard admits, and no others.
#[derive(Clone, Debug)]
pub(super) struct GuardedNames {
    pub(super) guard: Guard,
    pub(super) names: Names,
}

impl Resolve for GuardedNames {
    fn resolve(&self, name: Name) -> Resolving {
        let found = (self.names.0)(name.as_str().to_owned());
        let guard = self.guard.clone();
        Box::pin(async move {
            let found = found.await?;
            let admitted: Vec<_> = found
                .into_iter()
                .filter(|address| guard.admits(*address))
                // The port of the URL takes the place of this one.
                .map(|address| SocketAddr::new(address, 0))
                .collect();
            if admitted.is_empty() {
                return Err(Refused.into());
            }
            Ok(Box::new(admitted.into_iter()) as Addrs)
        })
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;

    #[test]
    fn every_network_of_the_tables_is_read() {
        assert_eq!(SPECIAL.len(), SPECIAL_V4.len() + SPECIAL_V6.len());
        assert!(GLOBAL.is_some());
    }

    #[test]
    fn the_internet_is_admitted_and_nothing_private() {
        let guard = Guard::new(vec![]);
        for open in [
            "1.1.1.1",
            "172.32.0.1",
            "100.128.0.1",
            "2606:4700::1111",
            "::ffff:8.8.8.8",
        ] {
            assert!(guard.admits(open.parse().unwrap()), "{open}");
            assert!(!guard.inside().admits(open.parse().unwrap()), "{open}");
        }
        for shut in [
            "0.0.0.0",
            "10.1.2.3",
            "100.64.0.1",
            "127.0.0.1",
            "127.255.255.254",
            "168.63.129.16",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "224.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:169.254.169.254",
            "::127.0.0.1",
            "64:ff9b::7f00:1",
            "2002:7f00:1::",
            "fc00::1",
            "fd00:ec2::254",
            "fe80::1",
            "fec0::1",
            "ff02::1",
        ] {
            assert!(!guard.admits(shut.parse().unwrap()), "{shut}");
        }
    }

    #[test]
    fn a_network_of_the_settings_is_admitted_and_not_its_neighbours() {
        let guard = Guard::new(vec!["10.1.0.0/16".parse().unwrap()]);
        assert!(guard.admits("10.1.2.3".parse().unwrap()));
        assert!(guard.admits("::ffff:10.1.2.3".parse().unwrap()));
        assert!(guard.inside().admits("10.1.2.3".parse().unwrap()));
        assert!(!guard.admits("10.2.0.1".parse().unwrap()));
    }
}
