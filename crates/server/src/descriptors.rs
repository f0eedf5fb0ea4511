//! How many files and sockets the process may have open, and how many of them may be connections.

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// Kept for the stores: their files, and what questions open.
const RESERVE: u64 = 512;

/// Raises the process's limit of open descriptors as far as it may, and returns it. Services are often
/// started with 1,024 of many more.
pub(crate) fn raise_limit() -> u64 {
    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    let raised = Rlimit { current: maximum, maximum };
    let limit = match setrlimit(Resource::Nofile, raised) {
        Ok(()) => maximum,
        Err(error) => {
            tracing::warn!(%error, "the limit of open files cannot be raised");
            current
        }
    };
    limit.unwrap_or(u64::MAX)
}

/// How many connections fit below `limit` with enough left for the stores.
pub(crate) fn for_connections(limit: u64) -> usize {
    let left = limit - RESERVE.min(limit / 2);
    usize::try_from(left).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stores_keep_their_share_of_any_limit() {
        assert_eq!(for_connections(1_048_576), 1_048_064);
        assert_eq!(for_connections(1_024), 512);
        assert_eq!(for_connections(256), 128);
    }
}
