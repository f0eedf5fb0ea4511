//! Default SDK settings.

use super::{Recording, Sampling, SignalSettings, Thresholds};

impl Default for SignalSettings {
    fn default() -> Self {
        Self {
            pageview: true,
            click: true,
            scroll: true,
            r#move: false,
            performance: true,
            rage_click: true,
            dead_click: true,
            slow_click: true,
            error_click: true,
            javascript_error: true,
            unhandled_rejection: true,
            form_validation_error: true,
            form: true,
            thrashing: false,
        }
    }
}

impl Default for Thresholds {
    fn default() -> Self {
        Self {
            rage_min_clicks: 3,
            rage_window_ms: 1_000,
            rage_radius_px: 30,
            dead_after_ms: 3_000,
            slow_until_ms: 7_000,
            answer_scroll_ms: 100,
            answer_focus_ms: 1_000,
            error_after_ms: 1_000,
            error_max_sends: 5,
            move_every_ms: 500,
            move_max: 100,
            thrashing_turns: 5,
        }
    }
}

impl Default for Recording {
    fn default() -> Self {
        Self {
            record_on_friction: false,
            record_on_error: false,
            record_urls: String::new(),
            recording_max_kib: 10_240,
            recording_cpu_percent: 10,
            screenshots: false,
            record_by_page: true,
            record_console: false,
            record_requests: true,
        }
    }
}

impl Default for Sampling {
    fn default() -> Self {
        Self { session_share: 1.0, move_share: 1.0, recording_share: 0.0 }
    }
}
