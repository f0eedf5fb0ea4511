//! Conformance suite of catalogs: one test per sentence of `engine::ports::catalog`.
//!
//! An adapter implements [`CatalogHarness`] and calls [`catalog_conformance!`](crate::catalog_conformance).

pub mod annotations;
pub mod api_keys;
pub mod audit;
pub mod billing;
pub mod boards;
pub mod calls;
pub mod crm;
pub mod crm_batches;
pub mod crm_fixtures;
pub mod crm_histories;
pub mod crm_model;
pub mod crm_tasks;
pub mod customers;
pub mod deliveries;
pub mod erasures;
pub mod error_triage;
pub mod failed_events;
pub mod fixtures;
pub mod goals;
mod harness;
pub mod invitations;
pub mod isolation;
pub mod lead_scores;
pub mod logos;
pub mod members;
pub mod memberships;
pub mod outbox;
pub mod outcomes;
pub mod outcomes_model;
pub mod people;
mod ports;
pub mod project_settings;
pub mod projects;
pub mod question_runs;
pub mod rate_limits;
pub mod recording_usage;
pub mod recordings;
pub mod retention;
pub mod retention_contacts;
pub mod retention_model;
pub mod saved_questions;
pub mod sdk_reports;
pub mod sdk_settings;
pub mod secret_keys;
pub mod segments;
pub mod sessions;
pub mod sessions_model;
pub mod share_links;
pub mod sign_ins;
pub mod source_maps;
pub mod sql_tables;
pub mod subject_fixtures;
pub mod subjects;
pub mod visitor_salts;
pub mod webhook_fixtures;
pub mod webhooks;
pub mod widgets;

pub use harness::CatalogHarness;
pub use ports::Ports;

/// One test of every sentence, for a [`CatalogHarness`](crate::conformance::catalog::CatalogHarness).
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
                a_rule_lets_the_servers_owner_and_managing_members_create,
                a_quota_of_projects_is_exact,
            }
            members {
                the_first_set_up_is_done_and_no_other,
                one_of_a_hundred_concurrent_set_ups_succeeds,
                a_member_is_found_whatever_the_case_of_the_address,
                an_unknown_member_is_not_found,
                set_up_stays_done_after_a_restart,
                a_renamed_member_has_the_new_name,
                a_replaced_password_ends_the_other_sign_ins,
            }
            sign_ins {
                a_sign_in_is_valid_until_it_expires,
                adding_removes_those_that_have_expired,
                a_removed_sign_in_is_not_found,
                a_taken_digest_is_named_and_changes_nothing,
                sign_ins_outlast_a_restart,
                all_sign_ins_of_a_member_end_at_once,
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
                the_key_of_an_origin_is_found_by_what_it_names,
                the_key_of_an_origin_follows_changes,
            }
            outcomes {
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
                a_resent_event_has_its_time,
                pruning_removes_what_arrived_before_and_counts_it,
                positions_beyond_all_are_only_unknown,
                failed_events_outlast_a_restart,
            }
            lead_scores {
                signals_are_kept_with_the_position,
                a_repeated_signal_keeps_the_earlier_time,
                a_batch_of_signals_scores_every_customer,
                the_highest_scores_come_first,
                weights_change_from_the_version_that_was_seen,
                lead_scores_stay_in_their_project,
                signals_of_many_come_at_once,
            }
            crm {
                facts_and_their_position_are_one,
                repeated_and_late_facts_give_the_fold,
                contacts_merge_when_a_fact_names_both,
                a_batch_gives_what_its_facts_one_by_one_give,
                contacts_are_searched_sorted_and_paged,
                a_change_by_hand_is_a_fact_with_its_time,
                a_task_in_hand_outlives_late_facts,
                a_task_brings_what_is_shown_of_its_contact,
                rules_are_replaced_by_version,
                idle_bookings_are_found,
                a_foreign_contact_or_task_is_answered_like_an_unknown_one,
                contacts_outlast_a_restart,
            }
            crm_histories {
                contacts_come_with_what_their_fold_is_made_of,
                histories_stay_in_their_project,
            }
            crm_tasks {
                tasks_by_hand_are_listed_by_when_they_are_due,
                comments_follow_their_task,
                mentions_are_new_until_they_are_seen,
            }
            people {
                moments_of_all_sources_come_in_one_order,
                moments_are_chosen_by_kind,
                the_figures_of_a_person_leave_out_others,
                a_note_is_its_authors_and_follows_the_person,
            }
            crm_batches { a_fact_twice_in_a_batch_counts_once, contacts_merge_within_a_batch }
            memberships {
                the_members_of_a_project_come_earliest_first,
                a_membership_is_changed_and_ended,
                a_refused_change_of_role_changes_nothing,
                concurrent_changes_never_lose_the_last_owner,
                invitations_end_with_the_right_to_invite,
            }
            invitations {
                an_invitation_is_valid_until_it_expires,
                inviting_again_replaces_the_earlier_invitation,
                open_invitations_come_latest_first,
                a_new_guest_becomes_a_member_once,
                a_new_guest_with_a_taken_address_leaves_the_invitation,
                a_role_a_guest_has_already_stays,
                an_invitation_is_accepted_by_one_of_many,
                an_invitation_is_revoked_by_its_own_project,
            }
            secret_keys {
                a_secret_key_is_found_by_its_digest,
                the_secret_keys_of_a_project_come_latest_first,
                a_secret_key_is_revoked_by_its_own_project,
                use_of_a_secret_key_is_noted_to_the_minute,
            }
            share_links {
                a_share_link_is_found_by_its_digest,
                the_share_links_of_a_project_come_latest_first,
                a_share_link_is_removed_by_its_own_project,
                use_of_a_share_link_is_noted_to_the_minute,
            }
            audit {
                entries_come_back_as_they_were_recorded,
                the_audit_log_is_paged_latest_first,
                an_audit_log_shows_its_own_project_only,
                pruning_removes_entries_of_before,
            }
            sessions {
                the_latest_sessions_of_many_customers_are_read_at_once,
                any_order_and_any_repetition_give_the_same_rows,
                a_stale_position_changes_no_session,
                another_customer_on_the_same_browser_ends_the_session,
                a_session_is_known_by_project_and_customer,
                sessions_that_fell_silent_are_found,
                a_session_id_of_everybody_is_a_session_of_each,
            }
            customers {
                pages_follow_each_other_in_the_order_asked_for,
                customers_are_found_by_text_and_period,
                customers_of_another_project_are_unknown,
                sessions_are_timed_and_counted_by_device_and_browser,
                a_customers_token_is_valid_until_it_expires,
            }
            saved_questions {
                a_question_is_read_back_as_it_was_written,
                own_questions_are_listed_for_their_author_alone,
                a_question_is_replaced_by_the_version_it_was_read_in,
                a_project_holds_so_many_questions_and_no_other_sees_them,
                who_leaves_takes_own_questions_along_and_leaves_shared_ones,
            }
            question_runs {
                questions_are_due_from_their_instant_on,
                a_run_is_begun_once,
                a_run_that_its_server_left_is_begun_anew,
                an_answer_is_read_back_and_a_failure_says_why,
                runs_go_by_number_by_age_and_with_their_question,
            }
            boards {
                a_board_is_read_back_as_it_was_written,
                own_boards_are_listed_for_their_author_alone,
                a_board_is_replaced_by_the_version_it_was_read_in,
                a_project_holds_so_many_boards_and_no_other_sees_them,
                who_leaves_takes_own_boards_along_and_leaves_shared_ones,
            }
            source_maps {
                a_map_is_added_once_and_renewed,
                maps_are_listed_by_their_last_upload,
                maps_are_found_by_address_in_their_project_only,
                a_project_holds_so_many_maps_of_so_many_bytes,
                the_oldest_maps_are_found_and_removed,
            }
            annotations {
                notes_of_a_period_come_latest_first,
                releases_are_listed_apart_from_other_notes,
                a_project_holds_so_many_notes_and_no_other_sees_them,
            }
            error_triage {
                a_change_leaves_what_it_does_not_name,
                nothing_decided_is_the_default,
                a_resolution_waits_for_the_first_release_after_it,
                an_error_is_nobodys_once_its_member_has_left,
                so_many_errors_are_triaged_and_no_other_project_sees_them,
            }
            goals {
                goals_come_in_the_order_they_were_made,
                a_goal_is_replaced_by_its_version_only,
                a_project_holds_so_many_goals_and_no_other_sees_them,
            }
            logos {
                a_logo_is_replaced_and_removed,
            }
            segments {
                members_see_shared_segments_and_their_own,
                an_author_changes_a_segment_and_nobody_else,
                segments_of_a_member_who_leaves_go_unless_they_are_shared,
                a_project_holds_so_many_segments_until_some_are_deleted,
            }
            widgets {
                an_added_widget_is_found_by_its_id,
                a_taken_widget_id_is_named_and_changes_nothing,
                the_widgets_of_a_project_come_latest_first,
                a_widgets_change_touches_the_named_fields_only,
                a_foreign_widget_is_answered_like_an_unknown_one,
            }
            calls {
                the_calls_position_moves_with_the_rows,
                calls_do_not_depend_on_the_order_of_their_facts,
                calls_come_in_pages,
                calls_begun_at_the_same_instant_are_apart,
                spans_are_counted_next_to_talk_time,
                orphans_are_the_calls_without_an_end,
                one_of_concurrent_claims_succeeds,
                a_stale_claim_is_taken_over_with_its_end,
                calls_of_projects_stay_apart,
            }
            billing {
                a_tariff_is_what_it_was_last_set_to,
                a_month_is_closed_once_with_its_usage,
                totals_are_the_sum_of_the_calls,
                late_facts_of_a_closed_month_are_adjustments,
                each_project_sees_its_own_cleanup_runs,
            }
            rate_limits { counts_of_all_servers_add_up_by_key_class_and_window }
            sdk_reports { reports_add_up_by_the_hour }
            project_settings { project_settings_change_from_the_version_that_was_seen }
            sdk_settings { settings_change_from_the_version_that_was_seen, settings_stay_in_their_project }
            recording_usage {
                a_day_accepts_bytes_up_to_its_limit, concurrent_recordings_never_exceed_the_daily_limit,
            }
            recordings {
                chunks_add_up_to_a_recording,
                recordings_are_found_by_session,
                a_recording_has_one_visit,
                recordings_are_listed_by_subject,
                a_screenshot_is_found_by_its_event,
                recordings_of_a_subject_are_found_and_removed,
            }
            retention {
                a_run_is_worked_on_by_one_server_at_a_time,
                the_latest_run_of_each_kind_is_shown,
                floors_follow_runs_and_move_back,
                old_sessions_are_removed_and_stay_counted,
                a_removed_session_that_goes_on_is_counted_once,
                a_session_of_several_days_leaves_by_its_parts,
                old_signals_are_removed_with_their_points,
                old_recordings_and_screenshots_are_found,
            }
            retention_contacts {
                old_activities_are_removed_and_contacts_stay,
                contacts_without_old_activities_merge,
                a_person_is_found_and_erased_without_their_old_activities,
            }
            visitor_salts { a_day_has_one_salt_until_it_is_over }
            sql_tables {
                every_described_table_can_be_read,
                keys_are_shown_without_their_text, a_scan_reads_what_it_names_in_batches,
                a_project_sees_its_own_rows_only,
            }
            webhooks {
                webhooks_are_found_by_their_project,
                a_webhooks_change_touches_the_named_fields_only,
                messages_are_signed_by_the_secrets_that_are_valid,
                messages_are_listed_and_paged,
                a_foreign_webhook_is_answered_like_an_unknown_one,
                a_removed_webhook_leaves_nothing_to_send,
            }
            deliveries {
                a_leased_message_is_nobody_elses,
                concurrent_leases_share_no_message,
                an_attempt_is_noted_with_its_answer,
                a_message_is_sent_again_by_a_new_round,
                a_webhook_that_fails_is_switched_off,
                old_messages_are_forgotten,
            }
            outbox {
                each_change_makes_one_message, a_webhook_gets_no_earlier_changes,
                late_facts_and_merges_make_messages, changes_by_members_make_messages,
                a_webhook_gets_the_kinds_it_subscribed_to,
            }
            erasures {
                a_project_keeps_its_first_key,
                an_erasure_is_stored_and_advanced,
                one_erasure_of_a_person_is_under_way_at_a_time,
                erased_subjects_are_refused_until_lifted,
                receipts_are_listed_latest_first,
                a_foreign_erasure_is_answered_like_an_unknown_one,
            }
            subjects {
                a_person_is_known_by_all_their_names,
                devices_shared_with_others_are_named,
                a_person_is_shown_whole,
                exactly_the_person_is_removed,
                calls_stay_and_name_nobody,
                another_projects_rows_stay,
            }
            isolation {
                a_foreign_key_is_answered_like_an_unknown_one,
                a_foreign_failed_event_is_answered_like_an_unknown_one,
                an_account_shows_its_own_project_only,
            }
        }

        #[test]
        fn any_sequence_of_applies_yields_the_account_of_the_model() {
            $crate::conformance::catalog::outcomes_model::any_sequence_yields_the_account::<$store>();
        }

        #[test]
        fn any_order_of_facts_yields_the_contacts_of_the_fold() {
            $crate::conformance::catalog::crm_model::any_order_yields_the_contacts_of_the_fold::<$store>();
        }

        #[test]
        fn any_batches_of_facts_yield_the_contacts_of_the_fold() {
            $crate::conformance::catalog::crm_batches::any_batches_yield_the_contacts_of_the_fold::<$store>();
        }
        #[test]
        fn any_batches_of_observations_give_the_rows_of_one_by_one() {
            $crate::conformance::catalog::sessions_model::any_batches_yield_the_rows_of_one_by_one::<$store>();
        }

        #[test]
        fn any_removals_leave_the_sessions_of_a_filter() {
            $crate::conformance::catalog::retention_model::any_removals_leave_the_sessions_of_a_filter::<$store>();
        }

        #[test]
        fn any_removals_leave_the_contacts_of_the_fold() {
            $crate::conformance::catalog::retention_model::any_removals_leave_the_contacts_of_the_fold::<$store>();
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
            include_str!("catalog/outcomes.rs"),
            include_str!("catalog/api_keys.rs"),
            include_str!("catalog/crm.rs"),
            include_str!("catalog/crm_batches.rs"),
            include_str!("catalog/audit.rs"),
            include_str!("catalog/invitations.rs"),
            include_str!("catalog/memberships.rs"),
            include_str!("catalog/rate_limits.rs"),
            include_str!("catalog/sdk_reports.rs"),
            include_str!("catalog/project_settings.rs"),
            include_str!("catalog/sdk_settings.rs"),
            include_str!("catalog/secret_keys.rs"),
            include_str!("catalog/share_links.rs"),
            include_str!("catalog/recording_usage.rs"),
            include_str!("catalog/recordings.rs"),
            include_str!("catalog/retention.rs"),
            include_str!("catalog/retention_contacts.rs"),
            include_str!("catalog/visitor_salts.rs"),
            include_str!("catalog/customers.rs"),
            include_str!("catalog/billing.rs"),
            include_str!("catalog/calls.rs"),
            include_str!("catalog/erasures.rs"),
            include_str!("catalog/failed_events.rs"),
            include_str!("catalog/isolation.rs"),
            include_str!("catalog/lead_scores.rs"),
            include_str!("catalog/members.rs"),
            include_str!("catalog/projects.rs"),
            include_str!("catalog/sessions.rs"),
            include_str!("catalog/sign_ins.rs"),
            include_str!("catalog/annotations.rs"),
            include_str!("catalog/boards.rs"),
            include_str!("catalog/error_triage.rs"),
            include_str!("catalog/goals.rs"),
            include_str!("catalog/logos.rs"),
            include_str!("catalog/question_runs.rs"),
            include_str!("catalog/saved_questions.rs"),
            include_str!("catalog/segments.rs"),
            include_str!("catalog/source_maps.rs"),
            include_str!("catalog/widgets.rs"),
            include_str!("catalog/webhooks.rs"),
            include_str!("catalog/deliveries.rs"),
            include_str!("catalog/outbox.rs"),
            include_str!("catalog/sql_tables.rs"),
            include_str!("catalog/subjects.rs"),
        ];
        let listed = include_str!("catalog.rs");
        let tests: Vec<&str> = modules
            .iter()
            .flat_map(|source| source.split("\npub async fn ").skip(1))
            .filter_map(|rest| rest.split('<').next())
            .collect();
        assert!(tests.len() > 30, "the sources are not read as they are written: {tests:?}");
        for test in tests {
            let is_listed = [format!(" {test},"), format!(" {test} }}")];
            let is_listed = is_listed.iter().any(|entry| listed.contains(entry));
            assert!(is_listed, "{test} is never run");
        }
    }
}
