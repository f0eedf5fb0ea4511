//! The words that statements are made of.

/// Functions of the engine, allowed or not; names of PostgreSQL; and names of nothing.
pub(super) const FUNCTIONS: &str = "abs ascii chr coalesce nullif greatest least concat concat_ws replace reverse repeat \
    lpad rpad left right substr split_part translate upper lower initcap md5 sha512 \
    encode decode to_hex regexp_replace regexp_like regexp_match regexp_count strpos \
    overlay levenshtein date_trunc date_part date_bin to_timestamp to_char now make_date \
    round trunc power exp ln factorial gcd lcm width_bucket sqrt arrow_cast arrow_typeof \
    json_get json_get_text make_array array_append array_concat array_repeat \
    array_resize array_to_string array_sort array_distinct array_length cardinality \
    string_to_array generate_series range flatten unnest struct named_struct map version \
    random uuid current_setting pg_sleep pg_read_file input_file_name getvariable xyz";
pub(super) const AGGREGATES: &str = "count sum avg min max median array_agg string_agg stddev corr approx_distinct \
    approx_median approx_percentile_cont first_value last_value nth_value bool_and \
    bit_xor regr_slope covar_pop percentile_cont";
pub(super) const WINDOWS: &str = "row_number rank dense_rank lag lead ntile cume_dist nth_value";
pub(super) const TABLES: &str = "events friction_events heatmap_data user_behavior widget_analytics users \
    page_performance_metrics user_sessions orders information_schema.columns \
    information_schema.routines nowhere";
pub(super) const COLUMNS: &str = "id name user_id session_id created_at occurred_at x properties v";
/// What must never run.
pub(super) const REFUSED: [&str; 10] = [
    "INSERT INTO users",
    "COPY",
    "SET",
    "CREATE TABLE t AS",
    "DELETE FROM",
    "PREPARE p AS",
    "SHOW FUNCTIONS LIKE",
    "DESCRIBE",
    "EXPLAIN EXPLAIN",
    "CREATE EXTERNAL TABLE t STORED AS CSV LOCATION '/etc/passwd'",
];
pub(super) const OPERATORS: &[&str] = &[
    "+",
    "-",
    "*",
    "/",
    "%",
    "||",
    "=",
    "<>",
    "<",
    ">=",
    "AND",
    "OR",
    "LIKE",
    "~",
    "~*",
    "->",
    "->>",
    "|",
    "&",
    "#",
    "<<",
    "IS DISTINCT FROM",
    "IN",
    "@>",
    "!~",
    "AT TIME ZONE",
    "::",
];
pub(super) const TYPES: &[&str] = &[
    "bigint",
    "int",
    "text",
    "double precision",
    "numeric(38,10)",
    "timestamp",
    "timestamptz",
    "date",
    "interval",
    "boolean",
    "bytea",
    "uuid",
    "json",
    "text[]",
    "real",
    "decimal(76,2)",
];

/// Ordinary numbers, and those at the ends of types.
pub(super) const NUMBERS: [&str; 13] = [
    "0",
    "1",
    "7",
    "-1",
    "100",
    "100000",
    "10000000",
    "9223372036854775807",
    "-9223372036854775808",
    "99999999999999999999",
    "1e308",
    "0.5",
    "2147483648",
];
/// Words and signs of the language, and of none.
pub(super) const NOISE: [&str; 50] = [
    "SELECT",
    "FROM",
    "WHERE",
    "(",
    ")",
    ",",
    "'",
    "\"",
    "--",
    "/*",
    "*/",
    ";",
    "$$",
    "EXPLAIN",
    "WITH",
    "RECURSIVE",
    "t",
    "AS",
    "UNION",
    "LATERAL",
    "VALUES",
    "(1)",
    "COPY",
    "SET",
    "SHOW",
    "ALL",
    "TABLES",
    "FUNCTIONS",
    "LIKE",
    "INSERT",
    "INTO",
    "\u{0}",
    "\u{202e}",
    "é",
    "[",
    "]",
    "{",
    "}",
    "::",
    ":",
    "@",
    "\\",
    "`",
    "E'\\",
    "U&'",
    "0x",
    "1e",
    "INTERVAL",
    "END",
    "CASE",
];
