//! The `SQLite` journal keeps the contract, with and without blocks in memory.

use proptest::prelude::{ProptestConfig, any, proptest};
use testkit::conformance::journal::model::{agrees, operations};

use crate::harness::InFolder;

testkit::journal_conformance!(InFolder::new());

mod read_from_the_file {
    use crate::harness::InFolder;

    testkit::journal_conformance!(InFolder::with(|options| options.recent_bytes = 0));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn it_agrees_with_the_model(
        operations in operations(),
        in_memory in any::<bool>(),
        open_ids in 1..20_usize,
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let recent_bytes = if in_memory { 20_000 } else { 0 };
        let mut harness = InFolder::with(|options| {
            options.recent_bytes = recent_bytes;
            options.open_ids = open_ids;
        });
        runtime.block_on(agrees(&mut harness, operations));
    }
}
