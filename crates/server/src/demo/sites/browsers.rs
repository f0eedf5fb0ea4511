//! Browsers of the simulated visitors.

/// A browser: its name and user agent, its device and window, and how slow it is in percent.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::demo) struct Browser {
    pub(in crate::demo) name: &'static str,
    pub(in crate::demo) user_agent: &'static str,
    /// `mobile`, `desktop` or `tablet`.
    pub(in crate::demo) device: &'static str,
    pub(in crate::demo) window: (i32, i32),
    pub(in crate::demo) slowness: u64,
}

impl Browser {
    pub(in crate::demo) fn is_mobile(&self) -> bool {
        self.device == "mobile"
    }

    /// Whether its pages learn of long tasks: Chromium names them.
    pub(in crate::demo) fn names_long_tasks(&self) -> bool {
        self.user_agent.contains("Chrome/")
    }
}

/// What visitors use.
pub(in crate::demo) const BROWSERS: [Browser; 8] = [
    Browser {
        name: "Chrome",
        user_agent: "Mozilla/5.0 (Linux; Android 14; SM-A155F) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36",
        device: "mobile",
        window: (384, 725),
        slowness: 150,
    },
    Browser {
        name: "Samsung Internet",
        user_agent: "Mozilla/5.0 (Linux; Android 14; SAMSUNG SM-A155F) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36",
        device: "mobile",
        window: (384, 725),
        slowness: 140,
    },
    Browser {
        name: "Chrome",
        user_agent: "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
        device: "desktop",
        window: (1_536, 730),
        slowness: 100,
    },
    Browser {
        name: "Safari",
        user_agent: "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1",
        device: "mobile",
        window: (390, 664),
        slowness: 90,
    },
    Browser {
        name: "Safari",
        user_agent: "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15",
        device: "desktop",
        window: (1_440, 789),
        slowness: 80,
    },
    Browser {
        name: "Firefox",
        user_agent: "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
        device: "desktop",
        window: (1_280, 880),
        slowness: 95,
    },
    Browser {
        name: "Chrome",
        user_agent: "Mozilla/5.0 (Linux; Android 13; Tablet SM-X200) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
        device: "tablet",
        window: (800, 1_208),
        slowness: 140,
    },
    Browser {
        name: "Edge",
        user_agent: "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0",
        device: "desktop",
        window: (1_920, 947),
        slowness: 100,
    },
];

/// Of a thousand visitors, those who use each.
pub(in crate::demo) const SHARES: [u64; 8] = [260, 250, 190, 110, 70, 50, 40, 30];

/// Crawlers, monitors and automated browsers that come by, most frequent first.
pub(in crate::demo) const CRAWLERS: [Browser; 6] = [
    Browser {
        name: "Googlebot",
        user_agent: "Mozilla/5.0 (Linux; Android 6.0.1; Nexus 5X Build/MMB29P) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        device: "mobile",
        window: (412, 732),
        slowness: 60,
    },
    Browser {
        name: "Chrome Headless",
        user_agent: "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/141.0.0.0 Safari/537.36",
        device: "desktop",
        window: (1_280, 720),
        slowness: 60,
    },
    Browser {
        name: "bingbot",
        user_agent: "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm) Chrome/116.0.1938.76 Safari/537.36",
        device: "desktop",
        window: (1_280, 800),
        slowness: 60,
    },
    Browser {
        name: "AhrefsBot",
        user_agent: "Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)",
        device: "desktop",
        window: (1_280, 800),
        slowness: 60,
    },
    Browser {
        name: "facebookexternalhit",
        user_agent: "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
        device: "desktop",
        window: (1_280, 800),
        slowness: 60,
    },
    Browser {
        name: "Pingdom",
        user_agent: "Pingdom.com_bot_version_1.4_(http://www.pingdom.com/)",
        device: "desktop",
        window: (1_280, 800),
        slowness: 60,
    },
];
