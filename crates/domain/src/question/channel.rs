//! Traffic channels: by which way a visit was won.
//!
//! # Definitions
//!
//! The first rule that holds decides. Letters' case does not matter, `www.` before a host and a port after it neither.
//!
//! | channel | rule |
//! |---|---|
//! | `paid` | `utm_medium` contains `cp` (`cpc`, `cpm`, …), begins with `paid`, or is `ppc`, `retargeting`, `display`, `banner`, `expandable` or `interstitial` |
//! | `email` | `utm_source` or `utm_medium` is `email`, `e-mail`, `e_mail` or `e mail` |
//! | `social` | `utm_medium` is `social`, `social-network`, `social-media`, `sm`, `social network` or `social media`; or `utm_source` names a social network |
//! | `search` | `utm_medium` is `organic`; or `utm_source` names a search engine |
//! | `referral` | `utm_medium` is `referral`, `app` or `link` |
//! | `campaign` | any other `utm_source`, `utm_medium` or `utm_campaign` |
//! | `direct` | no referrer, or the page's own host |
//! | `search`, `social` | the referrer is a host of a search engine, of a social network |
//! | `referral` | any other referrer |
//!
//! These are the rules of Google Analytics' default channel group (<https://support.google.com/analytics/answer/9756891>)
//! with its finer channels taken together: paid search, social, video and display are `paid`, organic video is `social`.
//! The lists of hosts are short: the engines and networks that send most visits. An engine or network that is missing
//! is a `referral`.

/// By which way a visit was won.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TrafficChannel {
    /// The address was typed, bookmarked, or opened from where no referrer is sent.
    Direct,
    /// An advertisement.
    Paid,
    /// A link in an e-mail.
    Email,
    /// A social network.
    Social,
    /// A search engine's results.
    Search,
    /// A link on another site.
    Referral,
    /// A link with campaign parameters that say none of the above.
    Campaign,
}

/// Referrer and campaign parameters of a visit's first events.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TrafficSource<'a> {
    /// The host that led to the first page.
    pub referrer_host: Option<&'a str>,
    /// The host of the first page.
    pub page_host: Option<&'a str>,
    /// `utm_source`.
    pub utm_source: Option<&'a str>,
    /// `utm_medium`.
    pub utm_medium: Option<&'a str>,
    /// `utm_campaign`.
    pub utm_campaign: Option<&'a str>,
}

const PAID_MEDIA: [&str; 6] =
    ["ppc", "retargeting", "display", "banner", "expandable", "interstitial"];
const EMAIL: [&str; 4] = ["email", "e-mail", "e_mail", "e mail"];
const SOCIAL_MEDIA: [&str; 6] =
    ["social", "social-network", "social-media", "sm", "social network", "social media"];
const REFERRAL_MEDIA: [&str; 3] = ["referral", "app", "link"];

/// Hosts of search engines, with everything below them; Google's are many: see [`is_google`].
const SEARCH_HOSTS: [&str; 22] = [
    "bing.com",
    "duckduckgo.com",
    "search.yahoo.com",
    "search.yahoo.co.jp",
    "yandex.com",
    "yandex.ru",
    "ya.ru",
    "baidu.com",
    "ecosia.org",
    "qwant.com",
    "startpage.com",
    "search.brave.com",
    "search.naver.com",
    "seznam.cz",
    "sogou.com",
    "so.com",
    "ask.com",
    "search.aol.com",
    "mojeek.com",
    "swisscows.com",
    "kagi.com",
    "com.google.android.googlequicksearchbox",
];
/// Names of search engines in `utm_source`.
const SEARCH_NAMES: [&str; 9] =
    ["google", "bing", "duckduckgo", "yahoo", "yandex", "baidu", "ecosia", "qwant", "naver"];
/// Hosts of social networks, with everything below them.
const SOCIAL_HOSTS: [&str; 32] = [
    "facebook.com",
    "fb.com",
    "fb.me",
    "messenger.com",
    "instagram.com",
    "threads.net",
    "threads.com",
    "whatsapp.com",
    "wa.me",
    "twitter.com",
    "x.com",
    "t.co",
    "linkedin.com",
    "lnkd.in",
    "pinterest.com",
    "pin.it",
    "reddit.com",
    "tiktok.com",
    "youtube.com",
    "youtu.be",
    "snapchat.com",
    "telegram.org",
    "t.me",
    "discord.com",
    "bsky.app",
    "mastodon.social",
    "vk.com",
    "ok.ru",
    "quora.com",
    "tumblr.com",
    "weibo.com",
    "com.facebook.katana",
];
/// Names of social networks in `utm_source`.
const SOCIAL_NAMES: [&str; 17] = [
    "facebook",
    "fb",
    "instagram",
    "ig",
    "threads",
    "whatsapp",
    "twitter",
    "x",
    "linkedin",
    "pinterest",
    "reddit",
    "tiktok",
    "youtube",
    "snapchat",
    "telegram",
    "vk",
    "weibo",
];

impl TrafficChannel {
    /// All channels.
    pub const ALL: [Self; 7] = [
        Self::Direct,
        Self::Paid,
        Self::Email,
        Self::Social,
        Self::Search,
        Self::Referral,
        Self::Campaign,
    ];

    /// The word in answers.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Paid => "paid",
            Self::Email => "email",
            Self::Social => "social",
            Self::Search => "search",
            Self::Referral => "referral",
            Self::Campaign => "campaign",
        }
    }

    /// The channel by the rules of the module. Empty texts are none.
    pub fn of(source: &TrafficSource<'_>) -> Self {
        let lower = |text: Option<&str>| {
            text.map(str::trim).filter(|text| !text.is_empty()).map(str::to_ascii_lowercase)
        };
        let (utm_source, medium) = (lower(source.utm_source), lower(source.utm_medium));
        let is_tagged =
            utm_source.is_some() || medium.is_some() || lower(source.utm_campaign).is_some();
        if is_tagged {
            return tagged(utm_source.as_deref(), medium.as_deref());
        }
        let referrer = lower(source.referrer_host);
        let Some(referrer) = referrer.as_deref().map(plain_host) else { return Self::Direct };
        let own = lower(source.page_host);
        if own.is_some_and(|own| plain_host(&own) == referrer) {
            return Self::Direct;
        }
        if is_search_host(referrer) {
            Self::Search
        } else if is_below(referrer, &SOCIAL_HOSTS) {
            Self::Social
        } else {
            Self::Referral
        }
    }
}

/// The channel of a link with campaign parameters.
fn tagged(source: Option<&str>, medium: Option<&str>) -> TrafficChannel {
    let is_medium = |names: &[&str]| medium.is_some_and(|medium| names.contains(&medium));
    let is_source = |names: &[&str]| source.is_some_and(|source| names.contains(&source));
    let is_paid = |medium: &str| medium.contains("cp") || medium.starts_with("paid");
    let host = source.map(plain_host);
    if medium.is_some_and(is_paid) || is_medium(&PAID_MEDIA) {
        TrafficChannel::Paid
    } else if is_medium(&EMAIL) || is_source(&EMAIL) {
        TrafficChannel::Email
    } else if is_medium(&SOCIAL_MEDIA)
        || is_source(&SOCIAL_NAMES)
        || host.is_some_and(|host| is_below(host, &SOCIAL_HOSTS))
    {
        TrafficChannel::Social
    } else if is_medium(&["organic"])
        || is_source(&SEARCH_NAMES)
        || host.is_some_and(is_search_host)
    {
        TrafficChannel::Search
    } else if is_medium(&REFERRAL_MEDIA) {
        TrafficChannel::Referral
    } else {
        TrafficChannel::Campaign
    }
}

/// Without `www.` and port.
fn plain_host(host: &str) -> &str {
    let host = host.split_once(':').map_or(host, |(name, _)| name);
    host.strip_prefix("www.").unwrap_or(host)
}

fn is_search_host(host: &str) -> bool {
    is_google(host) || is_below(host, &SEARCH_HOSTS)
}

/// `google.` before the ending of a country or `com`: not `mail.google.com`, nor `google.example.com`.
fn is_google(host: &str) -> bool {
    let Some(ending) = host.strip_prefix("google.") else { return false };
    match ending.split_once('.') {
        None => matches!(ending.len(), 2 | 3),
        Some((second, country)) => matches!(second, "co" | "com") && country.len() == 2,
    }
}

/// Whether it is one of these hosts, or below one.
fn is_below(host: &str, hosts: &[&str]) -> bool {
    hosts.iter().any(|known| {
        host.strip_suffix(known).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn referred(host: &str) -> &'static str {
        let source = TrafficSource {
            referrer_host: Some(host),
            page_host: Some("www.shop.test"),
            ..TrafficSource::default()
        };
        TrafficChannel::of(&source).as_str()
    }

    fn with(utm_source: &str, utm_medium: &str, utm_campaign: &str) -> &'static str {
        let source = TrafficSource {
            referrer_host: Some("www.google.com"),
            page_host: Some("shop.test"),
            utm_source: Some(utm_source),
            utm_medium: Some(utm_medium),
            utm_campaign: Some(utm_campaign),
        };
        TrafficChannel::of(&source).as_str()
    }

    #[test]
    fn without_campaign_parameters_the_referrer_decides() {
        for (host, channel) in [
            ("", "direct"),
            ("shop.test", "direct"),
            ("WWW.SHOP.TEST:8443", "direct"),
            ("blog.shop.test", "referral"),
            ("www.google.co.tz", "search"),
            ("google.com", "search"),
            ("google.com.br", "search"),
            ("mail.google.com", "referral"),
            ("google.example.com", "referral"),
            ("google.evil", "referral"),
            ("notgoogle.com", "referral"),
            ("www.bing.com", "search"),
            ("html.duckduckgo.com", "search"),
            ("uk.search.yahoo.com", "search"),
            ("com.google.android.googlequicksearchbox", "search"),
            ("m.facebook.com", "social"),
            ("l.instagram.com", "social"),
            ("t.co", "social"),
            ("meet.co", "referral"),
            ("max.com", "referral"),
            ("x.com", "social"),
            ("partner.example", "referral"),
        ] {
            assert_eq!(referred(host), channel, "{host}");
        }
        assert_eq!(TrafficChannel::of(&TrafficSource::default()), TrafficChannel::Direct);
    }

    #[test]
    fn campaign_parameters_decide_before_the_referrer() {
        for (source, medium, campaign, channel) in [
            ("google", "cpc", "spring", "paid"),
            ("facebook", "Paid-Social", "", "paid"),
            ("partner", "cpm", "", "paid"),
            ("facebook", "retargeting", "", "paid"),
            ("newsletter", "email", "spring", "email"),
            ("Email", "", "", "email"),
            ("google", "e-mail", "", "email"),
            ("facebook", "", "", "social"),
            ("IG", "story", "", "social"),
            ("m.facebook.com", "", "", "social"),
            ("agency", "social-media", "", "social"),
            ("google", "organic", "", "search"),
            ("bing", "", "", "search"),
            ("www.google.de", "", "", "search"),
            ("partner", "referral", "", "referral"),
            ("flyer", "qr", "spring", "campaign"),
            ("", "", "spring", "campaign"),
            ("", "unknown", "", "campaign"),
            (" ", "", "", "search"),
        ] {
            assert_eq!(with(source, medium, campaign), channel, "{source} {medium} {campaign}");
        }
    }

    /// A name in a list twice, or with a capital letter, would be a slip.
    #[test]
    fn the_lists_hold_each_name_once_in_small_letters() {
        let lists: [&[&str]; 4] = [&SEARCH_HOSTS, &SEARCH_NAMES, &SOCIAL_HOSTS, &SOCIAL_NAMES];
        for list in lists {
            let names: std::collections::HashSet<&&str> = list.iter().collect();
            assert_eq!(names.len(), list.len());
            assert!(list.iter().all(|name| *name == name.to_ascii_lowercase()));
        }
    }
}
