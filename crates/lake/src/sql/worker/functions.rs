//! The functions a statement may call.
//!
//! What the library brings is taken away unless it stands here: a function that is new there is new
//! here only after somebody has looked at it. Left out are functions that reveal the engine or its
//! settings, that make much of little for no use in a report, or that answer differently each time.

use std::collections::HashSet;
use std::sync::LazyLock;

use datafusion::arrow::datatypes::DataType;
use datafusion::common::tree_node::{TreeNode as _, TreeNodeRecursion};
use datafusion::common::{Result, ScalarValue, plan_err};
use datafusion::execution::FunctionRegistry as _;
use datafusion::execution::SessionState;
use datafusion::logical_expr::{Expr, LogicalPlan, ScalarUDF};
use engine::ports::sql::FunctionGroup;

/// The names they are called by, by what they are about: people read both.
const ALLOWED: &[(&str, &str)] = &[
    ("JSON and the present", "json_get json_get_text now current_timestamp current_date today"),
    ("conditions", "coalesce nullif nvl ifnull nvl2 greatest least"),
    (
        "texts",
        "ascii bit_length btrim trim char_length character_length length chr concat \
         concat_ws contains ends_with find_in_set initcap instr left levenshtein lower \
         ltrim md5 octet_length overlay position replace reverse right rtrim sha224 \
         sha256 sha384 sha512 digest encode decode split_part starts_with strpos substr \
         substring substr_index substring_index to_hex translate upper regexp_count \
         regexp_instr regexp_like regexp_match regexp_replace",
    ),
    (
        "times",
        "date_bin date_format date_part datepart date_trunc datetrunc from_unixtime \
         make_date make_time to_char to_date to_local_time to_time to_timestamp \
         to_timestamp_micros to_timestamp_millis to_timestamp_nanos to_timestamp_seconds \
         to_unixtime",
    ),
    (
        "numbers",
        "abs acos acosh asin asinh atan atan2 atanh cbrt ceil cos cosh cot degrees exp \
         factorial floor gcd isnan iszero lcm ln log log10 log2 nanvl pi pow power \
         radians round signum sin sinh sqrt tan tanh trunc",
    ),
    ("types", "arrow_cast arrow_typeof"),
    (
        "lists",
        "array_contains array_distinct array_element array_extract array_has \
         array_has_all array_has_any array_join array_length array_max array_min \
         array_position array_reverse array_slice array_sort array_to_string cardinality \
         list_contains list_extract list_has list_has_all list_join list_to_string \
         list_element list_length make_array make_list string_to_array string_to_list",
    ),
    (
        "aggregates",
        "approx_distinct approx_median approx_percentile_cont \
         approx_percentile_cont_with_weight array_agg avg mean bit_and bit_or bit_xor \
         bool_and bool_or corr count covar covar_pop covar_samp first_value last_value \
         max median min nth_value percentile_cont quantile_cont regr_avgx regr_avgy \
         regr_count regr_intercept regr_r2 regr_slope regr_sxx regr_sxy regr_syy stddev \
         stddev_pop stddev_samp string_agg sum var var_pop var_population var_samp \
         var_sample grouping",
    ),
    ("windows", "cume_dist dense_rank lag lead ntile percent_rank rank row_number"),
    // Their rows are made one batch at a time.
    ("tables", "generate_series range"),
];

/// What syntax becomes: `[…]`, `.field`, `EXTRACT(EPOCH FROM …)` and the like.
const MADE_BY_SYNTAX: &[&str] =
    &["make_array", "array_element", "array_slice", "get_field", "extract_epoch", "grouping"];

/// The functions there are, by what they are about.
pub(in crate::sql) fn groups() -> Vec<FunctionGroup> {
    let names = |text: &'static str| text.split_whitespace().collect();
    ALLOWED.iter().map(|(about, text)| FunctionGroup { about, names: names(text) }).collect()
}

static NAMES: LazyLock<HashSet<&str>> = LazyLock::new(|| allowed().collect());

fn allowed() -> impl Iterator<Item = &'static str> {
    ALLOWED.iter().flat_map(|(_, names)| names.split(' '))
}

/// The most centroids of an approximate percentile: more make it no better, and take memory at once.
const MAX_CENTROIDS: i64 = 10_000;

/// Takes every function away that is not allowed, and adds those that return the time.
pub(super) fn allow(
    state: &mut SessionState,
    now: impl IntoIterator<Item = ScalarUDF>,
) -> Result<()> {
    for function in crate::sql::functions() {
        state.register_udf(function.into())?;
    }
    for function in now {
        state.register_udf(function.into())?;
    }
    let refused = |names: HashSet<String>| names.into_iter().filter(|it| !NAMES.contains(&**it));
    for name in refused(state.udfs()) {
        state.deregister_udf(&name)?;
    }
    for name in refused(state.udafs()) {
        state.deregister_udaf(&name)?;
    }
    for name in refused(state.udwfs()) {
        state.deregister_udwf(&name)?;
    }
    let tables: HashSet<String> = state.table_functions().keys().cloned().collect();
    for name in refused(tables) {
        state.deregister_udtf(&name)?;
    }
    Ok(())
}

/// Refuses what a plan calls that is not allowed, however it came to be called, and parameters of
/// aggregates that make them large.
pub(super) fn check(plan: &LogicalPlan) -> Result<()> {
    plan.apply_with_subqueries(|node| {
        node.apply_expressions(|expression| expression.apply(check_call))
    })?;
    Ok(())
}

fn check_call(expression: &Expr) -> Result<TreeNodeRecursion> {
    let name = match expression {
        Expr::ScalarFunction(call) => call.func.name(),
        Expr::AggregateFunction(call) => {
            check_centroids(call.func.name(), &call.params.args)?;
            call.func.name()
        }
        Expr::WindowFunction(call) => {
            check_centroids(call.fun.name(), &call.params.args)?;
            call.fun.name()
        }
        Expr::HigherOrderFunction(call) => call.func.name(),
        _ => return Ok(TreeNodeRecursion::Continue),
    };
    if NAMES.contains(name) || MADE_BY_SYNTAX.contains(&name) {
        return Ok(TreeNodeRecursion::Continue);
    }
    plan_err!("there is no function {name} here")
}

fn check_centroids(name: &str, arguments: &[Expr]) -> Result<()> {
    // After the column, its weight where it has one, and the percentile.
    let place = match name {
        "approx_percentile_cont" => 2,
        "approx_percentile_cont_with_weight" => 3,
        _ => return Ok(()),
    };
    match arguments.get(place).map(literal) {
        None => Ok(()),
        Some(Some(centroids)) if centroids <= MAX_CENTROIDS => Ok(()),
        Some(Some(_)) => plan_err!("{name} takes {MAX_CENTROIDS} centroids at most"),
        // What has to be computed first could be any number.
        Some(None) => plan_err!("{name} takes its centroids as a number"),
    }
}

/// The whole number that is written there, perhaps with another type.
fn literal(expression: &Expr) -> Option<i64> {
    match expression {
        Expr::Cast(cast) => literal(&cast.expr),
        Expr::TryCast(cast) => literal(&cast.expr),
        Expr::Literal(value, _) => match value.cast_to(&DataType::Int64) {
            Ok(ScalarValue::Int64(number)) => number,
            _ => None,
        },
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use datafusion::execution::session_state::SessionStateBuilder;

    use super::*;

    fn state() -> SessionState {
        SessionStateBuilder::new()
            .with_default_features()
            .with_higher_order_functions(Vec::new())
            .build()
    }

    fn names(state: &SessionState) -> HashSet<String> {
        let tables = state.table_functions().keys().cloned();
        let functions = state.udfs().into_iter().chain(state.udafs()).chain(state.udwfs());
        functions.chain(tables).collect()
    }

    #[test]
    fn what_is_allowed_is_there_and_nothing_else() {
        let mut state = state();
        let all = names(&state);
        let now = super::super::now::functions(domain::time::Timestamp::EPOCH);
        allow(&mut state, now).expect("allowed");
        let left = names(&state);
        let mut missing: Vec<&str> = allowed().filter(|name| !left.contains(*name)).collect();
        missing.sort_unstable();
        assert_eq!(missing, [""; 0], "these names stand here and are no functions");
        let unexpected: Vec<&String> =
            left.iter().filter(|name| !NAMES.contains(&***name)).collect();
        assert!(unexpected.is_empty(), "{unexpected:?}");
        for withheld in
            ["repeat", "lpad", "rpad", "array_repeat", "array_resize", "version", "random", "uuid"]
        {
            assert!(all.contains(withheld), "{withheld} is no function of the library");
            assert!(!left.contains(withheld), "{withheld} can be called");
        }
    }
}
