//! Generated event fields: element, friction, vitals, properties.

use domain::event::{Category, Element, Friction, Vitals};
use domain::friction::Kind;
use serde_json::json;
use uuid::Uuid;

use crate::numbers::float;
use crate::random::Random;

const ELEMENTS_PER_PAGE: u64 = 40;
const ERRORS: u64 = 60;
const WINDOWS: [(i32, i32); 5] =
    [(390, 844), (1_440, 900), (1_920, 1_080), (412, 915), (1_536, 864)];

/// Fields of the generated forms, with their controls.
const FIELDS: [(&str, &str); 5] = [
    ("name", "text"),
    ("email", "email"),
    ("phone", "tel"),
    ("date", "date"),
    ("message", "textarea"),
];

/// A visitor's id.
pub(super) fn uuid_of(visitor: u64) -> Uuid {
    let mut random = Random::new(visitor.wrapping_mul(0x1000_0001));
    let bits = u128::from(random.next()) << 64 | u128::from(random.next());
    uuid::Builder::from_random_bytes(bits.to_be_bytes()).into_uuid()
}

/// A kind of friction that the SDK reports.
pub(super) fn kind(random: &mut Random) -> &'static str {
    const KINDS: [Kind; 7] = [
        Kind::DeadClick,
        Kind::RageClick,
        Kind::JavascriptError,
        Kind::FormValidationError,
        Kind::SlowClick,
        Kind::ErrorClick,
        Kind::UnhandledRejection,
    ];
    KINDS[usize::try_from(random.zipf(7)).unwrap_or_default()].as_str()
}

fn is_error(name: &str) -> bool {
    name == Kind::JavascriptError.as_str() || name == Kind::UnhandledRejection.as_str()
}

/// Clicks hit an element of their page; a page view says how large window and page are.
pub(super) fn element(
    random: &mut Random,
    category: Category,
    name: &str,
    page: u64,
    visitor: u64,
) -> Element {
    let window = Random::new(visitor ^ 0x5eed).zipf(5);
    let (width, height) = WINDOWS[usize::try_from(window).unwrap_or_default()];
    let page_height = i32::try_from(1_200 + page * 37 % 6_000).unwrap_or(4_000);
    let target = random.zipf(ELEMENTS_PER_PAGE);
    let selector =
        Some(format!("main > section.offers > div.card:nth-child({target}) > button.buy-{page}"));
    let sizes = Element {
        viewport_width: Some(width),
        viewport_height: Some(height),
        document_width: Some(width),
        document_height: Some(page_height),
        ..Element::default()
    };
    match (category, name) {
        (Category::Heatmap, "click") => {
            let mut within = |size: i32| i32::try_from(random.signed(size.into())).ok();
            let (x, y) = (within(width), within(page_height));
            let mut share = || Some(float(random.below(10_000)) / 10_000.0);
            Element { selector, x, y, element_x: share(), element_y: share(), ..sizes }
        }
        (Category::Heatmap, _) => sizes,
        (Category::Friction, name) if !is_error(name) => {
            Element { selector, text: Some(format!("Buy offer {target}")), ..Element::default() }
        }
        _ => Element::default(),
    }
}

/// What went wrong.
pub(super) fn friction(random: &mut Random, category: Category, name: &str) -> Option<Friction> {
    (category == Category::Friction).then(|| {
        let error = is_error(name).then(|| random.zipf(ERRORS));
        let severity = Kind::parse(name).map_or("low", |kind| match kind.weight() {
            3.. => "high",
            2 => "medium",
            _ => "low",
        });
        Friction {
            error_message: error
                .map(|n| format!("TypeError: Cannot read properties of undefined (reading 'field{n}')")),
            stack: error.map(|n| {
                format!(
                    "TypeError: Cannot read properties of undefined\n    at pay (https://shop.example/app.js:{n}:{})\n    \
                     at HTMLButtonElement.<anonymous> (https://shop.example/app.js:12:3456)",
                    n * 17 % 900
                )
            }),
            severity: Some(severity.to_owned()),
            screenshot_url: None,
            error_group: error.map(|n| format!("v1:{n:016x}")),
        }
    })
}

/// The measurements of a page load.
pub(super) fn vitals(random: &mut Random, category: Category) -> Option<Vitals> {
    (category == Category::Performance).then(|| {
        let shift = float(random.below(4_000)) / 10_000.0;
        let mut tenths = |least: u64, spread: u64| Some(float(least + random.below(spread)) / 10.0);
        Vitals {
            load_time: tenths(4_000, 40_000),
            first_contentful_paint: tenths(3_000, 30_000),
            time_to_interactive: None,
            largest_contentful_paint: tenths(5_000, 45_000),
            interaction_to_next_paint: tenths(200, 6_000),
            cumulative_layout_shift: Some(shift),
            time_to_first_byte: tenths(500, 15_000),
        }
    })
}

/// The `metadata` of friction and form events, as JSON text.
pub(super) fn properties(random: &mut Random, category: Category, name: &str) -> Option<String> {
    if category == Category::Form {
        return Some(form_progress(random));
    }
    if category != Category::Friction {
        return None;
    }
    if name == Kind::RageClick.as_str() {
        let clicks = 3 + random.below(5);
        let lasted = clicks * (90 + random.below(150));
        return Some(format!(
            r#"{{"click_count":{clicks},"duration_ms":{lasted},"responded":false}}"#
        ));
    }
    if is_error(name) {
        return Some(format!(
            r#"{{"line":{},"column":{}}}"#,
            random.below(4_000),
            random.below(200)
        ));
    }
    Some(format!(r#"{{"waited_ms":{}}}"#, 2_000 + random.below(3_000)))
}

/// The state of a form of five fields: how far the visitor came, and at what they failed.
fn form_progress(random: &mut Random) -> String {
    let reached = usize::try_from(1 + random.below(8)).unwrap_or(1).min(FIELDS.len());
    let is_submitted = reached == FIELDS.len() && random.with_probability(700);
    let mut duration = 0;
    let mut fields = Vec::with_capacity(reached);
    for (position, (field, kind)) in FIELDS.iter().take(reached).enumerate() {
        let time = 800 + random.below(12_000);
        duration += time;
        fields.push(json!({
            "field": field, "kind": kind, "position": position, "time_ms": time,
            "corrections": u32::from(random.with_probability(120)),
            "errors": u32::from(random.with_probability(80)),
            "filled": position + 1 < reached || is_submitted || random.with_probability(300),
        }));
    }
    let outcome = if is_submitted { "submitted" } else { "abandoned" };
    json!({
        "form_id": format!("{:016x}", random.next()), "revision": 1,
        "form": format!("enquiry-{}", random.zipf(4)), "outcome": outcome, "duration_ms": duration,
        "last_field": FIELDS[reached - 1].0, "fields": fields,
    })
    .to_string()
}
