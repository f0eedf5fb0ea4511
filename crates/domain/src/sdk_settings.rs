//! Settings of the browser SDK for a project.
//!
//! The defaults are the SDK's own; a test in `api` compares them with those of `sdk/README.md`. An attribute
//! of the page's script tag wins over what stands here.

mod defaults;

use serde::{Deserialize, Serialize};

use crate::privacy::QueryParameters;

/// Letters of a selector at most.
const MAX_SELECTOR: usize = 2_000;

/// A project's settings of the SDK.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SdkSettings {
    /// Which signals run.
    pub signals: SignalSettings,
    /// When they fire.
    pub thresholds: Thresholds,
    /// Whom they follow.
    pub sampling: Sampling,
    /// What visits and pages are shown of.
    pub recording: Recording,
    /// What they leave alone.
    pub masking: Masking,
    /// What holds until a visitor has chosen.
    pub consent: Consent,
}

/// Signals, each on or off, by the type of their events.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "a row of switches")]
pub struct SignalSettings {
    /// Page views.
    pub pageview: bool,
    /// Clicks, for heatmaps.
    pub click: bool,
    /// How far pages are scrolled.
    pub scroll: bool,
    /// Where the pointer rests.
    pub r#move: bool,
    /// Web vitals.
    pub performance: bool,
    /// Quick clicks in one place.
    pub rage_click: bool,
    /// Clicks without an answer.
    pub dead_click: bool,
    /// Clicks with a late answer.
    pub slow_click: bool,
    /// Clicks that an error follows.
    pub error_click: bool,
    /// Errors of scripts.
    pub javascript_error: bool,
    /// Promises that fail unheard.
    pub unhandled_rejection: bool,
    /// Forms that were not accepted.
    pub form_validation_error: bool,
    /// How far visitors get in forms, by field.
    pub form: bool,
    /// A pointer that is thrown about.
    pub thrashing: bool,
}

/// When signals fire.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Thresholds {
    /// Clicks of a rage click.
    pub rage_min_clicks: u32,
    /// Milliseconds they lie apart at most.
    pub rage_window_ms: u32,
    /// Pixels they lie apart at most.
    pub rage_radius_px: u32,
    /// Milliseconds without an answer after which a click is dead.
    pub dead_after_ms: u32,
    /// Milliseconds until which an answer makes it slow instead.
    pub slow_until_ms: u32,
    /// Milliseconds within which a scroll or a selection answers a click.
    pub answer_scroll_ms: u32,
    /// Milliseconds within which focus does.
    pub answer_focus_ms: u32,
    /// Milliseconds after a click within which an error is its.
    pub error_after_ms: u32,
    /// How often one error is sent from one page.
    pub error_max_sends: u32,
    /// Milliseconds between two moves that are sent.
    pub move_every_ms: u32,
    /// Moves of one page at most.
    pub move_max: u32,
    /// Turns of the pointer that are thrashing.
    pub thrashing_turns: u32,
}

/// Whom signals follow: shares from 0 to 1.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Sampling {
    /// Of sessions.
    pub session_share: f64,
    /// Of pages whose moves are sent.
    pub move_share: f64,
    /// Of sessions that are recorded.
    pub recording_share: f64,
}

/// Which visits are recorded beside those of the sample, within which budgets, and whether pages are
/// pictured.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "a row of switches")]
pub struct Recording {
    /// From half a minute before a friction event on.
    pub record_on_friction: bool,
    /// The same for errors of scripts.
    pub record_on_error: bool,
    /// On pages of these paths, separated by spaces; `*` stands for anything.
    pub record_urls: String,
    /// Kibibytes that a page records at most.
    pub recording_max_kib: u32,
    /// Of the page's main thread in ten seconds; beyond it a recording pauses.
    pub recording_cpu_percent: u32,
    /// A picture of the page with a friction event.
    pub screenshots: bool,
    /// Pages may record and picture visits by themselves, as their script tags say, whatever stands here.
    /// A project that has set nothing leaves it to its pages; one that has set what is recorded allows
    /// only that, unless it says so here.
    #[serde(default)]
    pub record_by_page: bool,
    /// The lines that a recorded page prints into the browser's console, and errors that nobody caught.
    pub record_console: bool,
    /// Requests of a recorded page that fail or are slow, without what they carry.
    pub record_requests: bool,
}

/// What signals leave alone: CSS selectors, beside the marks that pages can set themselves, and what stays
/// of addresses.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Masking {
    /// What changes here answers no click.
    pub ignore: String,
    /// Texts that are masked.
    pub mask: String,
    /// Texts that stay unmasked.
    pub unmask: String,
    /// What is left out of recordings altogether.
    pub block: String,
    /// Query parameters of addresses that are kept beside `utm_*`: names separated by spaces, `*` at the
    /// end of one stands for anything. The server goes by it, too.
    pub query_parameters: String,
}

/// What a visitor has agreed to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Consent {
    /// To be followed.
    #[default]
    Granted,
    /// To nothing.
    Denied,
    /// To be counted without anything being stored on the device.
    None,
}

/// Why settings cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{field} must be {range}")]
pub struct InvalidSdkSettings {
    /// Which, as written in JSON.
    pub field: String,
    /// What it may be.
    pub range: String,
}

impl SdkSettings {
    /// Whether any visit may be recorded.
    pub fn may_record(&self) -> bool {
        let Recording { record_on_friction, record_on_error, record_urls, record_by_page, .. } =
            &self.recording;
        *record_by_page
            || *record_on_friction
            || *record_on_error
            || !record_urls.trim().is_empty()
            || self.sampling.recording_share > 0.0
    }

    /// Whether any page may be pictured.
    pub fn may_take_screenshots(&self) -> bool {
        self.recording.record_by_page || self.recording.screenshots
    }

    /// Whether pages can use them.
    pub fn check(&self) -> Result<(), InvalidSdkSettings> {
        let Thresholds {
            rage_min_clicks,
            rage_window_ms,
            rage_radius_px,
            dead_after_ms,
            slow_until_ms,
            answer_scroll_ms,
            answer_focus_ms,
            error_after_ms,
            error_max_sends,
            move_every_ms,
            move_max,
            thrashing_turns,
        } = self.thresholds;
        let thresholds = [
            ("rage_min_clicks", rage_min_clicks, 2, 20),
            ("rage_window_ms", rage_window_ms, 100, 10_000),
            ("rage_radius_px", rage_radius_px, 1, 500),
            ("dead_after_ms", dead_after_ms, 500, 30_000),
            ("slow_until_ms", slow_until_ms, dead_after_ms, 60_000),
            ("answer_scroll_ms", answer_scroll_ms, 0, 10_000),
            ("answer_focus_ms", answer_focus_ms, 0, 10_000),
            ("error_after_ms", error_after_ms, 0, 10_000),
            ("error_max_sends", error_max_sends, 1, 100),
            ("move_every_ms", move_every_ms, 50, 60_000),
            ("move_max", move_max, 0, 10_000),
            ("thrashing_turns", thrashing_turns, 3, 50),
        ];
        for (name, value, least, most) in thresholds {
            if !(least..=most).contains(&value) {
                return Err(bad("thresholds", name, format!("a number from {least} to {most}")));
            }
        }
        let Sampling { session_share, move_share, recording_share } = self.sampling;
        let shares = [
            ("session_share", session_share),
            ("move_share", move_share),
            ("recording_share", recording_share),
        ];
        for (name, share) in shares {
            if !(0.0..=1.0).contains(&share) {
                return Err(bad("sampling", name, "a number from 0 to 1".to_owned()));
            }
        }
        let Recording { recording_max_kib, recording_cpu_percent, record_urls, .. } =
            &self.recording;
        let budgets = [
            ("recording_max_kib", *recording_max_kib, 64, 102_400),
            ("recording_cpu_percent", *recording_cpu_percent, 1, 100),
        ];
        for (name, value, least, most) in budgets {
            if !(least..=most).contains(&value) {
                return Err(bad("recording", name, format!("a number from {least} to {most}")));
            }
        }
        if record_urls.chars().count() > MAX_SELECTOR || record_urls.contains('\0') {
            let range = format!("paths of at most {MAX_SELECTOR} characters");
            return Err(bad("recording", "record_urls", range));
        }
        let Masking { ignore, mask, unmask, block, query_parameters } = &self.masking;
        for (name, selector) in
            [("ignore", ignore), ("mask", mask), ("unmask", unmask), ("block", block)]
        {
            if selector.chars().count() > MAX_SELECTOR || selector.contains(['\0', '<', '{']) {
                let range = format!("a CSS selector of at most {MAX_SELECTOR} characters");
                return Err(bad("masking", name, range));
            }
        }
        QueryParameters::parse(query_parameters)
            .map_err(|range| bad("masking", "query_parameters", range))?;
        Ok(())
    }
}

fn bad(group: &str, name: &str, range: String) -> InvalidSdkSettings {
    InvalidSdkSettings { field: format!("{group}.{name}"), range }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_settings_are_defaults() {
        let read: SdkSettings =
            serde_json::from_str(r#"{"thresholds":{"rage_min_clicks":4}}"#).expect("settings");
        let thresholds = Thresholds { rage_min_clicks: 4, ..Thresholds::default() };
        assert_eq!(read, SdkSettings { thresholds, ..SdkSettings::default() });
        assert_eq!(read.check(), Ok(()));
    }

    #[test]
    fn what_pages_cannot_use_is_named() {
        let check = |text| {
            let read: SdkSettings = serde_json::from_str(text).expect("settings");
            read.check().map_err(|bad| bad.to_string())
        };
        let slow = r#"{"thresholds":{"dead_after_ms":9000,"slow_until_ms":7000}}"#;
        let message = "thresholds.slow_until_ms must be a number from 9000 to 60000";
        assert_eq!(check(slow), Err(message.to_owned()));
        let share = r#"{"sampling":{"session_share":1.5}}"#;
        let message = "sampling.session_share must be a number from 0 to 1";
        assert_eq!(check(share), Err(message.to_owned()));
        let selector = format!(r#"{{"masking":{{"block":"{}"}}}}"#, "a".repeat(2_001));
        assert!(check(&selector).is_err());
        let everything = r#"{"masking":{"query_parameters":"lang *"}}"#;
        let message = check(everything).expect_err("refused");
        assert!(message.starts_with("masking.query_parameters must be at most 50"), "{message}");
        assert_eq!(check(r#"{"masking":{"query_parameters":"lang filter_*"}}"#), Ok(()));
        let unknown = r#"{"signals":{"clicks":true}}"#;
        assert!(serde_json::from_str::<SdkSettings>(unknown).is_err());
    }

    #[test]
    fn whoever_sets_what_is_recorded_allows_no_more() {
        let read = |text| serde_json::from_str::<SdkSettings>(text).expect("settings");
        let allowed = |text| (read(text).may_record(), read(text).may_take_screenshots());
        assert_eq!(allowed("{}"), (true, true), "left to the pages");
        assert_eq!(allowed(r#"{"recording":{}}"#), (false, false));
        assert_eq!(allowed(r#"{"recording":{"record_by_page":true}}"#), (true, true));
        assert_eq!(allowed(r#"{"recording":{"screenshots":true}}"#), (false, true));
        for by in [
            r#"{"recording":{},"sampling":{"recording_share":0.1}}"#,
            r#"{"recording":{"record_on_friction":true}}"#,
            r#"{"recording":{"record_on_error":true}}"#,
            r#"{"recording":{"record_urls":"/checkout"}}"#,
        ] {
            assert_eq!(allowed(by), (true, false), "{by}");
        }
        assert_eq!(allowed(r#"{"recording":{"record_urls":" "}}"#), (false, false));
    }
}
