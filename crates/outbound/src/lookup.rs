//! Which addresses a name has.

use std::io;
use std::net::IpAddr;

use async_trait::async_trait;

/// A source of names' addresses.
#[async_trait]
pub trait DnsLookup: Send + Sync + std::fmt::Debug {
    /// All addresses of a name; an error when it has none.
    async fn addresses(&self, name: &str) -> io::Result<Vec<IpAddr>>;
}

/// What this machine resolves names by.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemDns;

#[async_trait]
impl DnsLookup for SystemDns {
    async fn addresses(&self, name: &str) -> io::Result<Vec<IpAddr>> {
        Ok(tokio::net::lookup_host((name, 0)).await?.map(|address| address.ip()).collect())
    }
}
