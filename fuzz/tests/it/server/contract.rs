//! A target for one of the ingest contracts: its requests, and how many items a body of it holds.

use fuzz::{Observation, Random, Target};

use super::{Seeds, Server, check_ingest, items_of};

pub(crate) struct Contract {
    pub(crate) name: &'static str,
    pub(crate) must_find: &'static [&'static str],
    /// One of these makes each request.
    pub(crate) seeds: Vec<Seeds>,
    /// The items of a body; none when it cannot be read.
    pub(crate) items: fn(&[u8]) -> Option<usize>,
}

/// The items of a body are its `events`.
pub(crate) fn events(body: &[u8]) -> Option<usize> {
    items_of(body).map(|items| items.len())
}

impl Contract {
    pub(crate) fn run(self) {
        fuzz::run(&mut Served { server: Server::start(), contract: self });
    }
}

struct Served {
    server: Server,
    contract: Contract,
}

impl Target for Served {
    fn name(&self) -> &'static str {
        self.contract.name
    }

    fn generate(&mut self, random: &mut Random) -> Vec<u8> {
        let which = random.below(self.contract.seeds.len());
        self.contract.seeds[which].request(random)
    }

    fn check(&mut self, input: &[u8]) -> Observation {
        let Some(exchange) = self.server.send(input) else { return "no request".to_owned() };
        check_ingest(&exchange, self.contract.items)
    }

    fn must_find(&self) -> &'static [&'static str] {
        self.contract.must_find
    }
}
