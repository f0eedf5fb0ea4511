//! Classifies senders by their user agent: a visitor's browser, a program, or a bot.
//!
//! A bot's events are kept with the rule that named it and left out of answers, so that a wrong
//! verdict costs a filter setting and not the data. A program that holds a key is a source: a shop's
//! server, a job, somebody who tries an example with curl.

/// Words of crawlers, monitors, link previews and automated browsers, in lower case.
const BOT_WORDS: [&str; 24] = [
    "bot",
    "crawl",
    "spider",
    "slurp",
    "scrapy",
    "headlesschrome",
    "phantomjs",
    "selenium",
    "puppeteer",
    "playwright",
    "lighthouse",
    "pingdom",
    "statuscake",
    "site24x7",
    "newrelicpinger",
    "datadogsynthetics",
    "checkly",
    "facebookexternalhit",
    "whatsapp/",
    "bingpreview",
    "google-inspectiontool",
    "chatgpt-user",
    "perplexity-user",
    "archive.org",
];
/// Names of real devices and browsers that contain one of the words.
const BOT_EXCEPTIONS: [&str; 1] = ["cubot"];

/// Names of programs: the first product of their user agent, in lower case, without version.
const PROGRAMS: [&str; 34] = [
    "aiohttp",
    "apache-httpclient",
    "axios",
    "bun",
    "curl",
    "dart",
    "deno",
    "faraday",
    "go-http-client",
    "got",
    "guzzlehttp",
    "hackney",
    "http.rb",
    "httpie",
    "hyper",
    "insomnia",
    "java",
    "java-http-client",
    "k6",
    "ktor-client",
    "libwww-perl",
    "node",
    "node-fetch",
    "okhttp",
    "php",
    "postmanruntime",
    "python",
    "python-httpx",
    "python-requests",
    "reqwest",
    "rest-client",
    "ruby",
    "undici",
    "wget",
];
/// Programs whose names stand elsewhere in what they send, or begin with one of these.
const PROGRAM_WORDS: [&str; 4] = ["powershell/", "python-urllib", "restsharp", "libcurl"];

/// A kind of sender.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SenderKind {
    /// A visitor's browser or app.
    Browser,
    /// A program: the word that gave it away, or `missing`.
    Program(&'static str),
    /// A crawler, a monitor or an automated browser: the word that gave it away.
    Bot(&'static str),
}

impl SenderKind {
    /// The kind of whoever sends this user agent.
    pub fn of(user_agent: &str) -> Self {
        let lower = user_agent.trim().to_ascii_lowercase();
        if lower.is_empty() {
            return Self::Program("missing");
        }
        let is_exception = BOT_EXCEPTIONS.iter().any(|exception| lower.contains(exception));
        let bot = BOT_WORDS.iter().find(|word| lower.contains(**word));
        if let Some(word) = bot.filter(|_| !is_exception) {
            return Self::Bot(word);
        }
        let product = lower.split(['/', ' ', '(', ';']).next().unwrap_or_default();
        let program = PROGRAMS.iter().find(|name| **name == product);
        let program = program.or_else(|| PROGRAM_WORDS.iter().find(|word| lower.contains(**word)));
        program.map_or(Self::Browser, |name| Self::Program(name))
    }

    /// The rule that recognised a bot or a program: `ua:<word>`.
    pub fn rule(self) -> Option<String> {
        match self {
            Self::Browser => None,
            Self::Program(word) | Self::Bot(word) => {
                Some(format!("ua:{}", word.trim_end_matches('/')))
            }
        }
    }

    /// Whether the sender's events are a bot's.
    pub fn is_bot(self, programs_are_bots: bool) -> bool {
        match self {
            Self::Browser => false,
            Self::Program(_) => programs_are_bots,
            Self::Bot(_) => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_lower_case_and_hold_nothing_twice() {
        let all: Vec<&str> =
            BOT_WORDS.iter().chain(&PROGRAMS).chain(&PROGRAM_WORDS).copied().collect();
        assert!(all.iter().all(|word| *word == word.to_ascii_lowercase()));
        let distinct: std::collections::BTreeSet<&str> = all.iter().copied().collect();
        assert_eq!(distinct.len(), all.len());
    }

    #[test]
    fn crawlers_monitors_and_automated_browsers_are_bots() {
        for (user_agent, rule) in [
            ("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", "ua:bot"),
            ("Mozilla/5.0 (compatible; Yahoo! Slurp; http://help.yahoo.com/)", "ua:slurp"),
            (
                "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/142.0.0.0 Safari/537.36",
                "ua:headlesschrome",
            ),
            ("Pingdom.com_bot_version_1.4_(http://www.pingdom.com/)", "ua:bot"),
            ("Mozilla/5.0 (compatible; UptimeRobot/2.0; http://www.uptimerobot.com/)", "ua:bot"),
            (
                "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
                "ua:facebookexternalhit",
            ),
            ("WhatsApp/2.23.20.0", "ua:whatsapp"),
            ("Scrapy/2.11.2 (+https://scrapy.org)", "ua:scrapy"),
            (
                "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; ChatGPT-User/1.0; +https://openai.com/bot)",
                "ua:bot",
            ),
        ] {
            let kind = SenderKind::of(user_agent);
            assert!(matches!(kind, SenderKind::Bot(_)), "{user_agent}");
            assert!(kind.is_bot(false) && kind.is_bot(true), "{user_agent}");
            assert_eq!(kind.rule().as_deref(), Some(rule), "{user_agent}");
        }
    }

    #[test]
    fn programs_are_bots_where_the_project_says_so() {
        for (user_agent, rule) in [
            ("curl/8.5.0", "ua:curl"),
            ("Wget/1.21.4", "ua:wget"),
            ("python-requests/2.32.3", "ua:python-requests"),
            ("Python-urllib/3.12", "ua:python-urllib"),
            ("Python/3.12 aiohttp/3.10.5", "ua:python"),
            ("python-httpx/0.27.0", "ua:python-httpx"),
            ("node", "ua:node"),
            ("node-fetch/1.0 (+https://github.com/bitinn/node-fetch)", "ua:node-fetch"),
            ("axios/1.7.7", "ua:axios"),
            ("undici", "ua:undici"),
            ("okhttp/4.12.0", "ua:okhttp"),
            ("Go-http-client/2.0", "ua:go-http-client"),
            ("Java/17.0.12", "ua:java"),
            ("GuzzleHttp/7", "ua:guzzlehttp"),
            ("PostmanRuntime/7.42.0", "ua:postmanruntime"),
            ("Dart/3.5 (dart:io)", "ua:dart"),
            ("Ruby", "ua:ruby"),
            (
                "Mozilla/5.0 (Windows NT; Windows NT 10.0; de-DE) WindowsPowerShell/5.1.19041.1682",
                "ua:powershell",
            ),
            ("", "ua:missing"),
            ("  ", "ua:missing"),
        ] {
            let kind = SenderKind::of(user_agent);
            assert!(matches!(kind, SenderKind::Program(_)), "{user_agent}");
            assert!(!kind.is_bot(false) && kind.is_bot(true), "{user_agent}");
            assert_eq!(kind.rule().as_deref(), Some(rule), "{user_agent}");
        }
    }

    #[test]
    fn people_are_neither() {
        for user_agent in [
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36",
            "Mozilla/5.0 (Linux; Android 10; CUBOT X30) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36",
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1",
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0",
            "Opera/9.80 (J2ME/MIDP; Opera Mini/9.80 (S60; SymbOS; Opera Mobi/23.348; U; en) Presto/2.5.25 Version/10.54",
            "Dalvik/2.1.0 (Linux; U; Android 14; SM-A155F Build/UP1A)",
            "nodejs-shop-app/2.0",
        ] {
            assert_eq!(SenderKind::of(user_agent), SenderKind::Browser, "{user_agent}");
        }
    }
}
