//! Which senders are taken for bots, by their user agent.
//!
//! A bot's events are kept with the rule that named it and left out of answers, so that a wrong
//! verdict costs a filter setting and not the data.

/// Words that only automated clients put in a user agent, in lower case.
const WORDS: [&str; 22] = [
    "bot",
    "crawl",
    "spider",
    "slurp",
    "headlesschrome",
    "phantomjs",
    "selenium",
    "puppeteer",
    "playwright",
    "lighthouse",
    "pingdom",
    "uptimerobot",
    "facebookexternalhit",
    "curl/",
    "wget/",
    "python-requests",
    "python-urllib",
    "go-http-client",
    "okhttp",
    "libwww",
    "java/",
    "scrapy",
];
/// Names of real devices and browsers that contain one of the words.
const EXCEPTIONS: [&str; 1] = ["cubot"];

/// The rule that takes `user_agent` for a bot's: `ua:<word>`, or `ua:missing` for an empty one.
pub fn verdict(user_agent: &str) -> Option<String> {
    if user_agent.trim().is_empty() {
        return Some("ua:missing".to_owned());
    }
    let lower = user_agent.to_ascii_lowercase();
    if EXCEPTIONS.iter().any(|exception| lower.contains(exception)) {
        return None;
    }
    let word = WORDS.iter().find(|word| lower.contains(**word))?;
    Some(format!("ua:{}", word.trim_end_matches('/')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn automated_clients_are_named_by_the_word_that_gave_them_away() {
        let google = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)";
        assert_eq!(verdict(google).as_deref(), Some("ua:bot"));
        assert_eq!(verdict("curl/8.5.0").as_deref(), Some("ua:curl"));
        assert_eq!(verdict("").as_deref(), Some("ua:missing"));
    }

    #[test]
    fn people_are_not_bots() {
        for user_agent in [
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36",
            "Mozilla/5.0 (Linux; Android 10; CUBOT X30) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36",
        ] {
            assert_eq!(verdict(user_agent), None, "{user_agent}");
        }
    }
}
