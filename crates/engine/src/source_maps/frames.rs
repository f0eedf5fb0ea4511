//! The calls of a stack, resolved by the maps of their scripts.

use std::collections::HashMap;
use std::sync::Arc;

use domain::limits::cut;
use domain::source_map::{ResolvedFrame, SourceContext, addresses};
use domain::stack::{StackFrame, StackLine};

use super::parsed::{Original, ParsedMap};

/// Lines before and after the line of a call.
const CONTEXT_LINES: usize = 4;
/// Longest line that is shown, in bytes: a source may be minified itself.
const MAX_LINE_BYTES: usize = 300;
/// Calls with lines of their source, at most: the first ones.
const MAX_CONTEXTS: usize = 30;
/// Sources beyond this size are not searched for lines, in bytes.
const MAX_CONTENT_BYTES: usize = 4 * 1_024 * 1_024;
/// Longest name of a source or function, in bytes.
const MAX_NAME_BYTES: usize = 512;

/// A script's map: known, and in memory unless it could not be read in time.
pub(super) type ScriptMap = Option<Arc<ParsedMap>>;

/// The script of a call that a map can resolve: its location, when line and column are known.
pub(super) fn script(frame: &StackFrame) -> Option<&str> {
    let has_position = frame.line.is_some_and(|line| line > 0) && frame.column.is_some();
    let is_script = frame.is_in_app && has_position && !addresses(&frame.location).is_empty();
    is_script.then_some(&*frame.location)
}

/// The calls of a stack's lines; `maps` are by location.
pub(super) fn resolve(
    lines: &[StackLine],
    maps: &HashMap<String, ScriptMap>,
) -> Vec<ResolvedFrame> {
    let originals: Vec<Option<Original<'_>>> =
        lines.iter().map(|line| original(line.frame.as_ref()?, maps)).collect();
    let mut contexts = 0;
    let mut resolved = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let Some(frame) = &line.frame else { continue };
        let own = originals.get(index).copied().flatten();
        // The next line is the call of this function, and names it.
        let caller = originals.get(index + 1).copied().flatten();
        let mut answer = unresolved(frame, maps);
        if let Some(own) = own {
            answer.is_resolved = true;
            answer.file = printable(own.source, MAX_NAME_BYTES);
            answer.line = Some(own.line.saturating_add(1));
            answer.column = Some(own.column.saturating_add(1));
            if contexts < MAX_CONTEXTS {
                answer.source_context = context(&own);
                contexts += usize::from(answer.source_context.is_some());
            }
            if let Some(name) = caller.and_then(|caller| original_name(&frame.function, &caller)) {
                answer.function = name;
            }
        }
        resolved.push(answer);
    }
    resolved
}

fn unresolved(frame: &StackFrame, maps: &HashMap<String, ScriptMap>) -> ResolvedFrame {
    let script = script(frame);
    ResolvedFrame {
        function: frame.function.clone(),
        file: frame.file.clone(),
        line: frame.line,
        column: frame.column,
        is_in_app: frame.is_in_app,
        has_source_map: script.is_some_and(|script| maps.contains_key(script)),
        script: script.and_then(|script| addresses(script).into_iter().next()),
        is_resolved: false,
        source_context: None,
    }
}

/// Browsers count lines and columns from 1.
fn original<'m>(frame: &StackFrame, maps: &'m HashMap<String, ScriptMap>) -> Option<Original<'m>> {
    let map = maps.get(script(frame)?)?.as_ref()?;
    map.lookup(frame.line?.checked_sub(1)?, frame.column?.saturating_sub(1))
}

/// The original name of a function, by the place that calls it: the name that stands there, when what stands there is
/// the function's short name. `Object.n` becomes `Object.totalOf`; a function without a name stays without.
fn original_name(function: &str, caller: &Original<'_>) -> Option<String> {
    let (qualified, alias) = match function.split_once(" [as ") {
        Some((qualified, alias)) => (qualified, format!(" [as {alias}")),
        None => (function, String::new()),
    };
    let start = qualified.rfind(['.', ' ']).map_or(0, |at| at + 1);
    let (before, short) = qualified.split_at(start);
    // Chromium and Firefox name the beginning of what is called, Safari its end.
    let is_called = !short.is_empty() && caller.offset as usize <= short.len();
    let name = caller.name.filter(|_| is_called)?;
    Some(printable(&format!("{before}{name}{alias}"), MAX_NAME_BYTES))
}

fn context(original: &Original<'_>) -> Option<SourceContext> {
    let content = original.content.filter(|content| content.len() <= MAX_CONTENT_BYTES)?;
    let line = original.line as usize;
    let first = line.saturating_sub(CONTEXT_LINES);
    let mut lines = content.lines().skip(first).map(|text| printable(text, MAX_LINE_BYTES));
    let before: Vec<String> = lines.by_ref().take(line - first).collect();
    let line = lines.next()?;
    Some(SourceContext { before, line, after: lines.take(CONTEXT_LINES).collect() })
}

/// Without characters that control a terminal or a page, but tabs.
fn printable(text: &str, max_bytes: usize) -> String {
    let text = &text[..text.floor_char_boundary(4 * max_bytes)];
    let text = text.chars().filter(|c| !c.is_control() || *c == '\t').collect();
    cut(text, max_bytes)
}
