//! The fake keeps the contract.

use proptest::prelude::{ProptestConfig, proptest};
use testkit::conformance::journal::model::{agrees, operations};

use crate::harness::InMemory;

testkit::journal_conformance!(InMemory::new());

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn it_agrees_with_the_model(operations in operations()) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(agrees(&mut InMemory::new(), operations));
    }
}
