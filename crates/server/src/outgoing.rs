//! What the server sends to hosts that members name.

use std::sync::Arc;

use anyhow::Context;
use catalog::Catalog;
use domain::chance::Chance;
use domain::clock::Clock;
use domain::id::IdSource;
use engine::webhooks::delivery::{self, Delivery};
use engine::webhooks::{self, Webhooks};
use outbound::{Client, Limits, Lookup, SystemLookup};

use crate::config::Config;

/// Webhooks, and who sends their messages.
pub(crate) fn webhooks(
    config: &Config,
    catalog: Arc<Catalog>,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn IdSource>,
    chance: Arc<dyn Chance>,
) -> anyhow::Result<(Arc<Webhooks>, Arc<Delivery>)> {
    let lookup: Arc<dyn Lookup> = Arc::new(SystemLookup);
    let client = Client::new(&lookup, config.outbound.allow_private.clone(), Limits::default())
        .context("the client for outgoing requests cannot be made")?;
    let client = Arc::new(client);
    let webhooks = Webhooks::new(webhooks::Parts {
        store: catalog.clone(),
        outbound: client.clone(),
        clock: clock.clone(),
        ids,
        chance: chance.clone(),
    });
    let deliveries =
        Delivery::new(delivery::Parts { store: catalog, outbound: client, clock, chance });
    Ok((Arc::new(webhooks), Arc::new(deliveries)))
}
