//! What every catalog must do: one test a sentence of `engine::ports::catalog`.
//!
//! An adapter implements [`Store`] for a type of its tests and calls
//! [`catalog_conformance!`](crate::catalog_conformance) with it once.

use std::sync::Arc;

use async_trait::async_trait;
use engine::ports::catalog::{Accounts, ApiKeys, Members, Projects, SignIns};
use uuid::Uuid;

pub mod accounts;
pub mod accounts_model;
pub mod api_keys;
pub mod failed_events;
pub mod given;
pub mod isolation;
pub mod members;
pub mod projects;
pub mod sign_ins;

/// The traits of one open catalog.
#[derive(Clone)]
#[expect(missing_debug_implementations, reason = "the traits do not ask for it")]
pub struct Ports {
    /// Projects and memberships.
    pub projects: Arc<dyn Projects>,
    /// Members.
    pub members: Arc<dyn Members>,
    /// Sign-ins.
    pub sign_ins: Arc<dyn SignIns>,
    /// Ingest keys.
    pub api_keys: Arc<dyn ApiKeys>,
    /// Outcomes and failed events.
    pub accounts: Arc<dyn Accounts>,
}

impl Ports {
    /// All traits of one catalog.
    pub fn of<C>(catalog: C) -> Self
    where
        C: Projects + Members + SignIns + ApiKeys + Accounts + 'static,
    {
        let catalog = Arc::new(catalog);
        Self {
            projects: catalog.clone(),
            members: catalog.clone(),
            sign_ins: catalog.clone(),
            api_keys: catalog.clone(),
            accounts: catalog,
        }
    }
}

/// Where a catalog under test keeps its data.
#[async_trait]
pub trait Store: Send + Sync {
    /// An empty catalog of its own.
    async fn fresh() -> Self
    where
        Self: Sized;

    /// The open catalog.
    fn ports(&self) -> Ports;

    /// The journal its projections follow; none when it has only one.
    fn journal(&self) -> Option<Uuid>;

    /// Closes the catalog and opens it again over the same data.
    async fn reopen(&mut self);
}

/// Makes one test of every sentence of the contract, for a type that implements
/// [`Store`](crate::conformance::catalog::Store).
#[macro_export]
macro_rules! catalog_conformance {
    ($store:ty) => {
        $crate::catalog_conformance! { @tests $store;
            projects {
                a_created_project_is_found_and_owned,
                a_taken_id_is_named_and_changes_nothing,
                the_projects_of_a_member_come_by_name,
                all_projects_come_by_id,
                an_unknown_project_or_member_has_nothing,
                projects_outlast_a_restart,
            }
            members {
                the_first_set_up_is_done_and_no_other,
                of_a_hundred_concurrent_set_ups_one_is_done,
                a_member_is_found_whatever_the_case_of_the_address,
                an_unknown_member_is_not_found,
                set_up_stays_done_after_a_restart,
            }
            sign_ins {
                a_sign_in_is_valid_until_it_expires,
                adding_removes_those_that_have_expired,
                a_removed_sign_in_is_not_found,
                a_taken_digest_is_named_and_changes_nothing,
                sign_ins_outlast_a_restart,
            }
            api_keys {
                an_added_key_is_found_by_its_exact_text,
                a_taken_text_or_id_is_named_and_changes_nothing,
                the_keys_of_a_project_come_latest_first,
                a_change_touches_the_named_fields_only,
                concurrent_changes_of_different_fields_all_hold,
                a_removed_key_is_returned_and_gone,
                use_is_noted_to_the_minute_and_never_moves_back,
                unknown_keys_are_passed_over_when_use_is_noted,
                concurrent_notes_of_use_keep_the_latest,
                keys_outlast_a_restart,
            }
            accounts {
                the_position_is_zero_at_first_and_moves_with_the_rows,
                counts_add_up_within_and_across_calls,
                a_repeated_or_earlier_position_changes_nothing,
                concurrent_repetitions_count_once,
                the_account_is_ordered_and_includes_both_ends,
                the_account_outlasts_a_restart,
            }
            failed_events {
                failed_events_come_back_byte_for_byte,
                failed_events_are_paged_latest_first,
                failed_events_of_one_instant_are_paged_by_position,
                an_event_of_another_journal_is_another_event,
                a_resent_event_says_when,
                pruning_removes_what_arrived_before_and_counts_it,
                positions_beyond_all_are_only_unknown,
                failed_events_outlast_a_restart,
            }
            isolation {
                a_foreign_key_is_answered_like_an_unknown_one,
                a_foreign_failed_event_is_answered_like_an_unknown_one,
                an_account_shows_its_own_project_only,
            }
        }

        #[test]
        fn any_sequence_of_applies_yields_the_account_of_the_model() {
            $crate::conformance::catalog::accounts_model::any_sequence_yields_the_account::<$store>();
        }
    };
    (@tests $store:ty; $($module:ident { $($test:ident),+ $(,)? })+) => {
        $(mod $module {
            use super::*;

            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $test() {
                $crate::conformance::catalog::$module::$test::<$store>().await;
            })+
        })+
    };
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_test_of_the_suite_is_in_the_macro() {
        let modules = [
            include_str!("catalog/accounts.rs"),
            include_str!("catalog/api_keys.rs"),
            include_str!("catalog/failed_events.rs"),
            include_str!("catalog/isolation.rs"),
            include_str!("catalog/members.rs"),
            include_str!("catalog/projects.rs"),
            include_str!("catalog/sign_ins.rs"),
        ];
        let listed = include_str!("catalog.rs");
        let tests: Vec<&str> = modules
            .iter()
            .flat_map(|source| source.split("\npub async fn ").skip(1))
            .filter_map(|rest| rest.split('<').next())
            .collect();
        assert!(tests.len() > 30, "the sources are not read as they are written: {tests:?}");
        for test in tests {
            assert!(listed.contains(&format!("    {test},\n")), "{test} is never run");
        }
    }
}
