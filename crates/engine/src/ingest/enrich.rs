//! Enriches events from the connection: device, place and bot verdict.
//!
//! Only ingest looks these up; the answer is stored in the event, so projections stay pure. The
//! address itself goes no further than this file.

use std::borrow::Cow;
use std::hash::{BuildHasher, RandomState};
use std::sync::{Arc, LazyLock};

use domain::event::{Device, Place};
use domain::limits::cut;
use domain::privacy::mask_ip;
use domain::sender_kind::SenderKind;
use quick_cache::sync::Cache;
use ua_parser::{Regexes, os, user_agent};

use super::Sender;
use crate::Error;
use crate::ports::geo::Geo;

/// A longer user agent is cut: parsing stays cheap whatever is sent.
const MAX_USER_AGENT_BYTES: usize = 1_024;
/// Different user agents remembered.
const CAPACITY: usize = 10_000;
/// The kind of device that a program runs on, as far as we know.
const PROGRAM: &str = "program";

static PATTERNS: LazyLock<Result<Patterns, String>> = LazyLock::new(Patterns::load);

/// What is known of a sender.
#[derive(Debug)]
pub(super) struct SenderInfo {
    /// From the user agent.
    pub(super) agent: Arc<Agent>,
    /// From the address, with its masked form.
    pub(super) place: Place,
}

/// What a user agent says.
#[derive(Debug)]
pub(super) struct Agent {
    /// The device it names.
    pub(super) device: Device,
    /// Whether it is a browser's, a program's or a bot's.
    kind: SenderKind,
    /// The rule that recognised a program or a bot.
    rule: Option<String>,
}

impl Agent {
    fn of(user_agent: &str) -> Self {
        let kind = SenderKind::of(user_agent);
        let mut device = device(user_agent);
        if let SenderKind::Program(_) = kind {
            device.kind = Some(PROGRAM.to_owned());
        }
        Self { device, kind, rule: kind.rule() }
    }

    /// The rule that takes the sender for a bot, where the project's policy has it so.
    pub(super) fn bot(&self, programs_are_bots: bool) -> Option<&str> {
        self.rule.as_deref().filter(|_| self.kind.is_bot(programs_are_bots))
    }

    /// The device, with what the sender itself says of it where the user agent says less: all that a
    /// program says, since it speaks for somebody else's device.
    pub(super) fn device<'a>(&'a self, named: Option<&'a Device<Cow<'_, str>>>) -> Device<&'a str> {
        let found = self.device.borrowed();
        let Some(named) = named.map(Device::borrowed) else { return found };
        let (first, second) = match self.kind {
            SenderKind::Program(_) => (&named, &found),
            SenderKind::Browser | SenderKind::Bot(_) => (&found, &named),
        };
        let browser_of = if first.browser.is_some() { first } else { second };
        Device {
            kind: first.kind.or(second.kind),
            browser: browser_of.browser,
            browser_version: browser_of.browser_version,
            os: found.os,
            os_version: found.os_version,
        }
    }
}

/// Looks senders up.
pub(super) struct Enricher {
    geo: Arc<dyn Geo>,
    digests: RandomState,
    /// By keyed digests of their texts: senders choose these, and entries stay small.
    agents: Cache<u64, Arc<Agent>>,
}

impl Enricher {
    /// Compiles the user agent patterns; the first call in a process takes some 0.3 s.
    pub(super) fn new(geo: Arc<dyn Geo>) -> Result<Self, Error> {
        if let Err(error) = &*PATTERNS {
            return Err(Error::internal(error.clone()));
        }
        Ok(Self { geo, digests: RandomState::new(), agents: Cache::new(CAPACITY) })
    }

    /// What is known of `sender`.
    pub(super) fn look_up(&self, sender: Sender<'_>) -> SenderInfo {
        let mut place = self.geo.look_up(sender.address);
        place.masked_ip = Some(mask_ip(sender.address));
        SenderInfo { agent: self.agent(sender.user_agent), place }
    }

    /// What a user agent says.
    pub(super) fn agent(&self, user_agent: &str) -> Arc<Agent> {
        let text = &user_agent[..user_agent.floor_char_boundary(MAX_USER_AGENT_BYTES)];
        let digest = self.digests.hash_one(text);
        if let Some(agent) = self.agents.get(&digest) {
            return agent;
        }
        let agent = Arc::new(Agent::of(text));
        self.agents.insert(digest, Arc::clone(&agent));
        agent
    }
}

struct Patterns {
    browsers: user_agent::Extractor<'static>,
    systems: os::Extractor<'static>,
}

impl Patterns {
    fn load() -> Result<Self, String> {
        let text = include_str!("../../assets/uap-core/regexes.json");
        let regexes: Regexes<'static> = serde_json::from_str(text).map_err(|e| e.to_string())?;
        let browsers = user_agent::Builder::new()
            .push_all(regexes.user_agent_parsers)
            .map_err(|error| format!("{error:?}"))?
            .build()
            .map_err(|error| format!("{error:?}"))?;
        let systems = os::Builder::new()
            .push_all(regexes.os_parsers)
            .map_err(|error| format!("{error:?}"))?
            .build()
            .map_err(|error| format!("{error:?}"))?;
        Ok(Self { browsers, systems })
    }
}

fn device(user_agent: &str) -> Device {
    let Ok(patterns) = &*PATTERNS else { return Device::default() };
    let browser = patterns.browsers.extract(user_agent);
    let system = patterns.systems.extract(user_agent);
    let mut device = Device { kind: kind(user_agent).map(str::to_owned), ..Device::default() };
    if let Some(browser) = browser {
        device.browser_version = version(browser.major, browser.minor);
        device.browser = Some(cut(plain_browser(&browser.family), 64));
    }
    if let Some(system) = system {
        device.os_version = version(system.major.as_deref(), system.minor.as_deref());
        let name =
            if system.os == "Mac OS X" { "macOS".to_owned() } else { system.os.into_owned() };
        device.os = Some(cut(name, 64));
    }
    device
}

/// The family as people know it: `Chrome Mobile` is Chrome on a phone, which the device's kind says.
fn plain_browser(family: &str) -> String {
    let family = family.strip_prefix("Mobile ").unwrap_or(family);
    let family = family.strip_suffix(" iOS").unwrap_or(family);
    family.strip_suffix(" Mobile").unwrap_or(family).to_owned()
}

fn version(major: Option<&str>, minor: Option<&str>) -> Option<String> {
    let text = match (major, minor) {
        (Some(major), Some(minor)) => format!("{major}.{minor}"),
        (Some(major), None) => major.to_owned(),
        (None, _) => return None,
    };
    Some(cut(text, 64))
}

/// By the words browsers put into their user agents for this purpose.
fn kind(user_agent: &str) -> Option<&'static str> {
    let has = |word: &str| user_agent.contains(word);
    if has("iPad") || has("Tablet") || (has("Android") && !has("Mobile")) {
        Some("tablet")
    } else if has("Mobi") || has("iPhone") {
        Some("mobile")
    } else if has("Windows") || has("Macintosh") || has("Linux") || has("CrOS") {
        Some("desktop")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::geo::NoGeo;

    fn look_up(user_agent: &str) -> SenderInfo {
        let enricher = Enricher::new(Arc::new(NoGeo)).expect("patterns compile");
        let address = "196.249.12.34".parse().expect("address");
        enricher.look_up(Sender { user_agent, address })
    }

    #[test]
    fn a_phone_is_known_by_browser_system_and_kind() {
        let client = look_up(
            "Mozilla/5.0 (Linux; Android 13; SM-S901B) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/112.0.0.0 Mobile Safari/537.36",
        );
        assert_eq!(client.agent.device.browser.as_deref(), Some("Chrome"));
        assert_eq!(client.agent.device.browser_version.as_deref(), Some("112.0"));
        assert_eq!(client.agent.device.os.as_deref(), Some("Android"));
        assert_eq!(client.agent.device.kind.as_deref(), Some("mobile"));
        assert_eq!(client.agent.bot(true), None);
        assert_eq!(client.place.masked_ip.as_deref(), Some("196.249.xxx.xxx"));
    }

    #[test]
    fn a_hostile_user_agent_is_cut_before_it_is_parsed() {
        let client = look_up(&"Mozilla/5.0 ((((((".repeat(100_000));
        assert_eq!(client.agent.device.kind, None);
    }

    #[test]
    fn a_program_is_a_source_unless_the_project_says_otherwise() {
        for (user_agent, rule) in [("", "ua:missing"), ("curl/8.5.0", "ua:curl")] {
            let agent = look_up(user_agent).agent;
            assert_eq!((agent.bot(false), agent.bot(true)), (None, Some(rule)));
            assert_eq!(agent.device.kind.as_deref(), Some("program"));
        }
        let google = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)";
        assert_eq!(look_up(google).agent.bot(false), Some("ua:bot"));
    }

    #[test]
    fn what_a_sender_says_of_a_device_counts_where_the_user_agent_says_less() {
        let text = |text: &'static str| Some(Cow::Borrowed(text));
        let named = Device {
            kind: text("tablet"),
            browser: text("Safari"),
            browser_version: text("17.5"),
            ..Device::default()
        };
        let of = |user_agent: &str| {
            let agent = look_up(user_agent).agent;
            let device = agent.device(Some(&named));
            [device.kind, device.browser, device.browser_version].map(|it| it.map(str::to_owned))
        };
        let some = |texts: [&str; 3]| texts.map(|text| Some(text.to_owned()));
        assert_eq!(of("axios/1.7.7"), some(["tablet", "Safari", "17.5"]));
        assert_eq!(of("ShopApp"), some(["tablet", "Safari", "17.5"]));
        let firefox =
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0";
        assert_eq!(of(firefox), some(["desktop", "Firefox", "128.0"]));
        let agent = look_up("axios/1.7.7").agent;
        assert_eq!(agent.device(None).kind, Some("program"));
    }
}
