//! The load generator: one thread, keep-alive connections over plain TCP, requests made beforehand.

mod closed;
mod connection;
mod open;
mod pool;

pub(crate) use closed::{Closed, Throughput};
pub(crate) use connection::Connection;
pub(crate) use open::{Latency, Open};
pub(crate) use pool::{Pool, pools};
