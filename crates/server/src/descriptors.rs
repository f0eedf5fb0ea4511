//! How many files and sockets the process may have open, and how many of them may be connections.

/// Kept for the stores: their files, and what questions open.
const RESERVE: u64 = 512;

/// Raises the process's limit of open descriptors as far as it may, and returns it. Services are often
/// started with 1,024 of many more.
pub(crate) fn raise_limit() -> u64 {
    rlimit::increase_nofile_limit(u64::MAX).unwrap_or_else(|error| {
        tracing::warn!(%error, "the limit of open files cannot be raised");
        rlimit::Resource::NOFILE.get_soft().unwrap_or(RESERVE)
    })
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
