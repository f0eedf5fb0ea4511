//! Which addresses may be called: the resolver of the connector.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use domain::host_address::{actual, is_public};
use ipnet::IpNet;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use crate::lookup::DnsLookup;

/// The host must not be called, or does not exist; the error does not say which.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct HostBlocked;

impl std::fmt::Display for HostBlocked {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("the host must not be called")
    }
}

impl std::error::Error for HostBlocked {}

/// Judges addresses.
#[derive(Debug, Clone)]
pub(crate) struct Guard {
    lookup: Arc<dyn DnsLookup>,
    permitted: Arc<[IpNet]>,
    /// Plain text would be read by the whole internet.
    permitted_only: bool,
}

impl Guard {
    /// A guard that lets through public addresses, unless `permitted_only`, and these ranges.
    pub(crate) fn new(
        lookup: Arc<dyn DnsLookup>,
        permitted: Arc<[IpNet]>,
        permitted_only: bool,
    ) -> Self {
        Self { lookup, permitted, permitted_only }
    }

    /// Whether an address may be called, in whichever form it is written.
    pub(crate) fn judge(&self, address: IpAddr) -> Result<(), HostBlocked> {
        let is_permitted = [address, actual(address)]
            .iter()
            .any(|address| self.permitted.iter().any(|range| range.contains(address)));
        let may = is_permitted || (!self.permitted_only && is_public(address));
        may.then_some(()).ok_or(HostBlocked)
    }

    /// The addresses of a name, when every one of them may be called.
    pub(crate) async fn resolve_name(&self, name: &str) -> Result<Vec<IpAddr>, HostBlocked> {
        let addresses = self.lookup.addresses(name).await.map_err(|_| HostBlocked)?;
        if addresses.is_empty() {
            return Err(HostBlocked);
        }
        addresses.iter().try_for_each(|address| self.judge(*address))?;
        Ok(addresses)
    }
}

impl Resolve for Guard {
    fn resolve(&self, name: Name) -> Resolving {
        let guard = self.clone();
        Box::pin(async move {
            let addresses = guard.resolve_name(name.as_str()).await?;
            // Port 0 stands for the URL's.
            let sockets = addresses.into_iter().map(|address| SocketAddr::new(address, 0));
            Ok(Box::new(sockets) as Addrs)
        })
    }
}
