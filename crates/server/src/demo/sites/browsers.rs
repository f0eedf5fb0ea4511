//! What the visitors of the demo use.

/// A browser: its user agent, its window, whether it is a phone, and how slow it is in percent.
pub(in crate::demo) struct Browser {
    pub(in crate::demo) user_agent: &'static str,
    pub(in crate::demo) window: (i32, i32),
    pub(in crate::demo) is_mobile: bool,
    pub(in crate::demo) slowness: u64,
}

/// What visitors use, most frequent first.
pub(in crate::demo) const BROWSERS: [Browser; 7] = [
    Browser {
        user_agent: "Mozilla/5.0 (Linux; Android 14; SM-A155F) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36",
        window: (384, 725),
        is_mobile: true,
        slowness: 150,
    },
    Browser {
        user_agent: "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
        window: (1_536, 730),
        is_mobile: false,
        slowness: 100,
    },
    Browser {
        user_agent: "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1",
        window: (390, 664),
        is_mobile: true,
        slowness: 90,
    },
    Browser {
        user_agent: "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15",
        window: (1_440, 789),
        is_mobile: false,
        slowness: 80,
    },
    Browser {
        user_agent: "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
        window: (1_280, 880),
        is_mobile: false,
        slowness: 95,
    },
    Browser {
        user_agent: "Mozilla/5.0 (Linux; Android 13; Tablet SM-X200) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
        window: (800, 1_208),
        is_mobile: false,
        slowness: 140,
    },
    Browser {
        user_agent: "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0",
        window: (1_920, 947),
        is_mobile: false,
        slowness: 100,
    },
];
