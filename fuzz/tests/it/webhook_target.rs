//! Where webhooks may be sent: whatever is written, and whatever names resolve to, no address that is not
//! the public internet's is admitted.

use std::io;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use domain::webhook::Target as Address;
use engine::ports::outbound::Outbound;
use fuzz::{Observation, Random, Target, text};
use outbound::{Client, DnsLookup, Limits};
use tokio::runtime::Runtime;

struct WebhookTarget {
    runtime: Runtime,
    client: Client,
    names: Arc<Names>,
}

/// Names resolve to what the input says.
#[derive(Debug, Default)]
struct Names(Mutex<Vec<IpAddr>>);

#[async_trait]
impl DnsLookup for Names {
    async fn addresses(&self, _name: &str) -> io::Result<Vec<IpAddr>> {
        Ok(self.0.lock().expect("no panic").clone())
    }
}

const WORDS: [&str; 44] = [
    "https://",
    "http://",
    "HTTPS://",
    "ftp://",
    "//",
    "\\",
    "user@",
    "a:b@",
    "127.0.0.1",
    "127.1",
    "0x7f",
    "0177",
    "2130706433",
    "10",
    ".",
    "169.254.169.254",
    "192.168.0.1",
    "8.8.8.8",
    "1",
    "0",
    "[",
    "]",
    "::",
    "::1",
    "ffff:",
    "::ffff:7f00:1",
    "64:ff9b::",
    "fe80::1%25eth0",
    "fd00::",
    "2002:7f00:1::",
    "localhost",
    "example.com",
    "metadata.google.internal",
    ":",
    ":443",
    ":80",
    ":22",
    ":8443",
    "/",
    "?a=b",
    "#",
    "１２７",
    "。",
    "%31%32%37",
];

impl Target for WebhookTarget {
    fn name(&self) -> &'static str {
        "webhook_target"
    }

    fn generate(&mut self, random: &mut Random) -> Vec<u8> {
        let mut url = text::from_vocabulary(random, &WORDS);
        if !random.one_in(3) {
            url.insert_str(0, "https://");
        }
        let count = random.small(4);
        let addresses: Vec<String> = (0..count).map(|_| address(random).to_string()).collect();
        format!("{url}\n{}", addresses.join(" ")).into_bytes()
    }

    fn check(&mut self, input: &[u8]) -> Observation {
        let input = String::from_utf8_lossy(input);
        let (url, addresses) = input.split_once('\n').unwrap_or((&input, ""));
        let addresses: Vec<IpAddr> =
            addresses.split(' ').filter_map(|address| address.parse().ok()).collect();
        let target = match Address::parse(url) {
            Ok(target) => target,
            Err(bad) => return bad.to_string(),
        };
        assert_eq!(Address::parse(target.as_str()).as_ref(), Ok(&target), "it is read as another");
        self.names.0.lock().expect("no panic").clone_from(&addresses);
        let admitted = self.runtime.block_on(self.client.check(&target)).is_ok();
        let named = target.address().map_or(addresses, |address| vec![address]);
        if admitted {
            assert!(!target.is_plain_text(), "{url:?} goes in plain text");
            assert!(!named.is_empty(), "{url:?} leads nowhere");
            for address in named {
                assert!(!is_special(address), "{url:?} leads to {address}");
            }
            return "admitted".to_owned();
        }
        "refused".to_owned()
    }

    fn must_find(&self) -> &'static [&'static str] {
        &[
            "admitted",
            "refused",
            "not a URL",
            "not https",
            "must not contain a user name",
            "the port",
        ]
    }
}

/// Judged by the standard library and the text of the RFCs, not by what is under test.
fn is_special(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => {
            let [a, b, ..] = v4.octets();
            v4.is_private()
                || v4.is_loopback()
                || v4.is_link_local()
                || v4.is_multicast()
                || v4.is_broadcast()
                || v4.is_documentation()
                || a == 0
                || a >= 224
                || (a == 100 && (64..128).contains(&b))
                || (a == 198 && (b & 0xfe) == 18)
        }
        IpAddr::V6(v6) => {
            let segments = v6.segments();
            let embedded = [v6.to_ipv4_mapped(), nat64(v6), six_to_four(v6)];
            v6.is_loopback()
                || v6.is_unspecified()
                || v6.is_multicast()
                || v6.is_unique_local()
                || v6.is_unicast_link_local()
                || segments[0] & 0xffc0 == 0xfec0
                || segments[..2] == [0x2001, 0xdb8]
                || embedded.into_iter().flatten().any(|v4| is_special(v4.into()))
        }
    }
}

fn nat64(v6: Ipv6Addr) -> Option<std::net::Ipv4Addr> {
    let octets = v6.octets();
    let is_nat64 = v6.segments()[..6] == [0x64, 0xff9b, 0, 0, 0, 0];
    is_nat64.then(|| [octets[12], octets[13], octets[14], octets[15]].into())
}

fn six_to_four(v6: Ipv6Addr) -> Option<std::net::Ipv4Addr> {
    let octets = v6.octets();
    (v6.segments()[0] == 0x2002).then(|| [octets[2], octets[3], octets[4], octets[5]].into())
}

/// Any address, more often one that is near what must not be called.
fn address(random: &mut Random) -> IpAddr {
    let bits = random.bits();
    let low = (bits & 0xffff_ffff) as u32;
    let v4 = match random.below(6) {
        0 => low & 0x00ff_ffff | 0x0a00_0000,
        1 => low & 0x0000_ffff | 0xa9fe_0000,
        2 => low & 0x003f_ffff | 0x6440_0000,
        3 => low & 0x00ff_ffff | 0x7f00_0000,
        _ => low,
    };
    let v4 = std::net::Ipv4Addr::from_bits(v4);
    let [.., high, low] = v4.to_ipv6_mapped().segments();
    match random.below(6) {
        0 => v4.to_ipv6_mapped().into(),
        1 => Ipv6Addr::new(0x64, 0xff9b, 0, 0, 0, 0, high, low).into(),
        2 => Ipv6Addr::new(0x2002, high, low, 0, 0, 0, 0, 1).into(),
        3 => Ipv6Addr::from_bits(u128::from(bits) << 64 | u128::from(random.bits())).into(),
        _ => v4.into(),
    }
}

#[test]
fn webhook_target() {
    let names = Arc::new(Names::default());
    let lookup: Arc<dyn DnsLookup> = names.clone();
    let client = Client::new(&lookup, Vec::new(), Limits::default()).expect("a client");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    fuzz::run(&mut WebhookTarget { runtime: runtime.expect("a runtime"), client, names });
}
