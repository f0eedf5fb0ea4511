//! Contract 5, out: customers' figures.

mod metrics;
mod purchases;
