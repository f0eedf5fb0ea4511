//! The story of the demo, whatever the seed: what broke, since when, for whom and what it cost, what was better since,
//! and where a form, a country and a campaign stand out, all by the questions that the dashboard asks.

use domain::time::Timestamp;
use serde_json::Value;

use crate::demo::owners;
use crate::harness::{Deadline, Footfall, Owner};

const SEEDS: [u64; 3] = [0, 1, 2];
const DAY_SECONDS: i64 = 86_400;
/// Somebody with the browser pays within so long.
const SOON_MICROS: i64 = 2 * DAY_SECONDS * 1_000_000;
/// Of the standard normal distribution, for 95 %.
const SIGNIFICANT: f64 = 1.96;

/// One site with the moments of its time line.
struct Site {
    owner: Owner,
    notes: Vec<Value>,
    today: Timestamp,
}

/// Sessions, and those that ordered or booked.
#[derive(Debug, Clone, Copy)]
struct Converted(f64, f64);

impl Converted {
    fn of(figures: &Value) -> Self {
        Self(number(&figures["sessions"]), number(&figures["converting_sessions"]))
    }

    fn without(self, other: Self) -> Self {
        Self(self.0 - other.0, self.1 - other.1)
    }

    /// How many standard errors more of these converted than of others.
    fn exceeds(self, other: Self) -> f64 {
        let pooled = (self.1 + other.1) / (self.0 + other.0);
        let variance = pooled * (1.0 - pooled) * (1.0 / self.0 + 1.0 / other.0);
        (self.1 / self.0 - other.1 / other.0) / variance.sqrt()
    }
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or(0.0)
}

fn instant(value: &Value) -> Timestamp {
    Timestamp::parse(value.as_str().expect("an instant")).expect("an instant")
}

/// A row of a list by the value of one of its members.
fn row<'a>(list: &'a Value, member: &str, value: &str) -> &'a Value {
    list.as_array().into_iter().flatten().find(|row| row[member] == value).unwrap_or(&Value::Null)
}

impl Site {
    async fn new(owner: Owner) -> Self {
        let first = owner.get("overview").await["period"]["from"].clone();
        // The default period begins six days before today.
        let today = instant(&first).plus_seconds(6 * DAY_SECONDS);
        let from = today.plus_seconds(-40 * DAY_SECONDS).to_rfc3339();
        let notes = owner.get(&format!("annotations?from={from}")).await["annotations"].clone();
        Self { notes: notes.as_array().cloned().unwrap_or_default(), owner, today }
    }

    /// When something was noted.
    fn noted(&self, beginning: &str) -> Timestamp {
        let mut notes = self.notes.iter();
        let found =
            notes.find(|note| note["text"].as_str().is_some_and(|it| it.starts_with(beginning)));
        instant(&found.unwrap_or_else(|| panic!("{beginning} is noted: {:?}", self.notes))["at"])
    }

    async fn get(&self, route: &str, from: Timestamp, to: Timestamp) -> Value {
        let (from, to) = (from.to_rfc3339(), to.to_rfc3339());
        let more = if route.contains('?') { '&' } else { '?' };
        self.owner.get(&format!("{route}{more}from={from}&to={to}")).await
    }

    fn days_ago(&self, days: i64) -> Timestamp {
        self.today.plus_seconds(-days * DAY_SECONDS)
    }

    /// The facts of the car rental that are missing.
    async fn missing_of_the_rental(&self) -> Vec<&'static str> {
        let (broken, mended) = (self.noted("Release 8.4:"), self.noted("Release 8.4.1:"));
        let worst = self.owner.get("friction/items").await["items"][0].clone();
        let kinds = worst["kinds"].to_string();
        let button = "selector=%23pay-now";
        let route = format!("friction/items?{button}");
        let ever = self.get(&route, self.days_ago(40), self.today).await["items"][0].clone();
        let (first, last) = (instant(&ever["first_seen"]), instant(&ever["last_seen"]));
        let browsers = self.owner.get(&format!("acquisition?by=browser&{button}")).await;
        let devices = self.owner.get(&format!("acquisition?by=device&{button}")).await;
        let paying = "acquisition?by=browser&path=/booking/payment";
        let while_broken = self.get(paying, broken, mended).await;
        let samsung = Converted::of(row(&while_broken["rows"], "value", "Samsung Internet"));
        let others = Converted::of(&while_broken["totals"]).without(samsung);
        let before = self.get(paying, self.days_ago(29), broken).await;
        let before = Converted::of(row(&before["rows"], "value", "Samsung Internet"));
        let costs = self.owner.get("friction/cost?limit=50").await;
        let dearest = &costs["items"][0];
        let month = self.get("friction/cost?limit=50", self.days_ago(29), self.today).await;
        let phone = row(&month["items"], "element_selector", "#phone");
        let (starts, ends) = (
            self.noted("Campaign “Long weekend” starts"),
            self.noted("Campaign “Long weekend” ends"),
        );
        let recorded = self.owner.get(&format!("sessions?has_recording=true&{button}")).await;
        [
            ("Pay now is the worst of the week", worst["element_selector"] == "#pay-now"),
            ("it fails, does not answer, and is clicked in anger", {
                let all = ["error_click", "dead_click", "rage_click"];
                all.into_iter().all(|kind| kinds.contains(kind))
            }),
            ("six days", mended.micros_since(broken) == 6 * DAY_SECONDS * 1_000_000),
            ("since the release", first >= broken && first.micros_since(broken) < SOON_MICROS),
            ("until the next one", last < mended && mended.micros_since(last) < SOON_MICROS),
            ("in one browser", {
                let values: Vec<_> = list(&browsers["rows"]).map(|row| &row["value"]).collect();
                values == ["Samsung Internet"]
            }),
            ("on phones", list(&devices["rows"]).all(|row| row["value"] == "mobile")),
            ("bookings fail there alone", others.exceeds(samsung) > SIGNIFICANT),
            ("they did not before", before.exceeds(samsung) > SIGNIFICANT),
            (
                "it costs most",
                dearest["element_selector"] == "#pay-now" && dearest["is_loss"] == true,
            ),
            (
                "its cost is known in money",
                number(&dearest["lost_value_weekly"]["low"]) > 100_000.0,
            ),
            ("it was recorded", recorded["sessions"][0]["recording_id"].is_string()),
            ("the form loses people", phone["is_loss"] == true),
            ("the campaign is seen", self.campaign("long-weekend", starts, ends).await),
        ]
        .into_iter()
        .filter(|(_, is_there)| !is_there)
        .map(|(name, _)| name)
        .collect()
    }

    /// The facts of the shop that are missing.
    async fn missing_of_the_shop(&self) -> Vec<&'static str> {
        let faster = self.noted("Release 30:");
        let end = self.days_ago(-1);
        let (since, before) =
            (self.vitals("", faster, end).await, self.vitals("", self.days_ago(13), faster).await);
        let p75 = |vitals: &Value, path: &str, metric: &str| {
            number(&row(&vitals["pages"], "path", path)[metric])
        };
        let lamp = |vitals: &Value| p75(vitals, "/p/solar-lamp", "largest_contentful_paint");
        let kenya = self.vitals("&country=KE", self.days_ago(6), end).await;
        let tanzania = self.vitals("&country=TZ", self.days_ago(6), end).await;
        let phones = |vitals: &Value, metric| p75(vitals, "/c/phones", metric);
        let by_country = self.owner.get("acquisition?by=country").await;
        let engaged = |country| {
            let row = row(&by_country["rows"], "value", country);
            number(&row["engaged_sessions"]) / number(&row["sessions"])
        };
        let (starts, ends) = (
            self.noted("Campaign “Payday sale” starts"),
            self.noted("Campaign “Payday sale” ends"),
        );
        let items = self.owner.get("friction/items").await["items"].clone();
        let order = row(&items, "element_selector", "#place-order");
        let bought_since = self.converted_without_campaign(faster, end).await;
        let bought_before = self.converted_without_campaign(self.days_ago(13), faster).await;
        [
            ("product pages were poor", lamp(&before) > 4_000.0),
            ("and are not since the release", lamp(&since) < 3_000.0 && lamp(&since) > 0.0),
            ("more people buy since then", bought_since.exceeds(bought_before) > SIGNIFICANT),
            ("phones come slowly to Kenya", {
                let metric = "largest_contentful_paint";
                phones(&kenya, metric) > 1.5 * phones(&tanzania, metric)
            }),
            ("from the first byte on", phones(&kenya, "time_to_first_byte") > 1_800.0),
            ("and to nobody else", phones(&tanzania, "time_to_first_byte") < 1_800.0),
            ("so that people leave", engaged("KE") < engaged("TZ") - 0.05),
            ("the campaign is seen", self.campaign("payday-sale", starts, ends).await),
            ("orders fail since two days", {
                let first = &order["first_seen"];
                first.is_string() && instant(first) >= self.noted("Release 31:")
            }),
        ]
        .into_iter()
        .filter(|(_, is_there)| !is_there)
        .map(|(name, _)| name)
        .collect()
    }

    async fn vitals(&self, filter: &str, from: Timestamp, to: Timestamp) -> Value {
        self.get(&format!("web-vitals?limit=100{filter}"), from, to).await
    }

    /// Many visits came by a campaign in its days, few of them bought, and none came by it before.
    async fn campaign(&self, name: &str, starts: Timestamp, ends: Timestamp) -> bool {
        let during = self.get("acquisition?by=utm_campaign", starts, ends).await;
        let of = Converted::of(row(&during["rows"], "value", name));
        let others = Converted::of(&during["totals"]).without(of);
        let before = self.get("acquisition?by=utm_campaign", self.days_ago(29), starts).await;
        of.0 > 0.25 * others.0
            && others.exceeds(of) > SIGNIFICANT
            && row(&before["rows"], "value", name).is_null()
    }

    async fn converted_without_campaign(&self, from: Timestamp, to: Timestamp) -> Converted {
        let found = self.get("acquisition?by=utm_campaign", from, to).await;
        let campaign = Converted::of(row(&found["rows"], "value", "payday-sale"));
        Converted::of(&found["totals"]).without(campaign)
    }

    /// The countries of a week add up to its visits, and so do its browsers and devices.
    async fn adds_up(&self) {
        for by in ["country", "browser", "device"] {
            let route = format!("acquisition?limit=1000&by={by}");
            let found = self.get(&route, self.days_ago(8), self.days_ago(1)).await;
            let sum: f64 = list(&found["rows"]).map(|row| number(&row["sessions"])).sum();
            assert!((sum - number(&found["totals"]["sessions"])).abs() < 0.5, "{by}: {found}");
        }
    }
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_story_of_the_demo_shows_whatever_the_seed() {
    for seed in SEEDS {
        let server = Footfall::start_demo(seed).await;
        let mut sites = owners(&server).await.into_iter();
        let rental = Site::new(sites.next().expect("the rental")).await;
        let shop = Site::new(sites.next().expect("the shop")).await;
        let patience = Deadline::new();
        loop {
            let missing =
                [rental.missing_of_the_rental().await, shop.missing_of_the_shop().await].concat();
            if missing.is_empty() {
                break;
            }
            patience.wait(&format!("seed {seed} shows: {missing:?}")).await;
        }
        rental.adds_up().await;
        shop.adds_up().await;
    }
}
