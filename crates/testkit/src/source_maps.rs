//! A script as a bundler writes it, with its source map, and the stack of an error in it.
//!
//! esbuild made both of `src/cart.ts` and `src/main.ts`, which the map holds:
//! `esbuild src/main.ts --bundle --minify --sourcemap --format=iife --outfile=app.js`. The stack is V8's of
//! `pay([{ name: 'Cup' }])`; its original positions are as found by Mozilla's `source-map` for Node.

/// The script.
pub const SCRIPT: &str = include_str!("source_maps/app.js");
/// Its map.
pub const MAP: &str = include_str!("source_maps/app.js.map");
/// Where it is served.
pub const SCRIPT_URL: &str = "https://shop.test/assets/app.js";

/// The stack in Chromium.
pub const CHROMIUM_STACK: &str = "Error: no price of Cup
    at i (https://shop.test/assets/app.js:1:39)
    at n (https://shop.test/assets/app.js:1:136)
    at e.confirm (https://shop.test/assets/app.js:1:219)
    at m (https://shop.test/assets/app.js:1:267)
    at HTMLButtonElement.<anonymous> (https://shop.test/book:7:6)";

/// The same in Firefox, whose stacks have no message.
pub const FIREFOX_STACK: &str = "i@https://shop.test/assets/app.js:1:39
n@https://shop.test/assets/app.js:1:136
confirm@https://shop.test/assets/app.js:1:219
m@https://shop.test/assets/app.js:1:267
@https://shop.test/book:7:6
";

/// The same in Safari, which names the end of a callee.
pub const SAFARI_STACK: &str = "i@https://shop.test/assets/app.js:1:48
n@https://shop.test/assets/app.js:1:137
confirm@https://shop.test/assets/app.js:1:220
m@https://shop.test/assets/app.js:1:274
@https://shop.test/book:7:6";

/// The original function, file and line of each call in the script. Columns as Chromium and Firefox count them.
pub const ORIGINALS: [(&str, &str, u32, u32); 4] = [
    ("priceOf", "src/cart.ts", 5, 26),
    ("totalOf", "src/cart.ts", 11, 38),
    ("confirm", "src/main.ts", 7, 19),
    ("m", "src/main.ts", 12, 30),
];
