//! Effects as text.

use std::fmt::Write;

use clausal::model::{Collection, RuleId};
use clausal::norms::{Effect, Joined, Shift, Side};
use clausal::verbalise;

/// For each clause the verdict, and what it comes of.
pub fn effects(sides: [&Collection; 2], joined: &Joined, clauses: &[String], effects: &[Effect]) -> String {
    let mut out = String::new();
    for (clause, effect) in clauses.iter().zip(effects) {
        let clause = clause.split_once(':').map_or(clause.as_str(), |(_, path)| path);
        let undecided = if effect.undecided { ", undecided" } else { "" };
        let _ = writeln!(out, "{clause}: {}{undecided}", effect.verdict().name());
        for shift in &effect.shifts {
            out.push_str(&self::shift(sides, joined, shift));
        }
    }
    out
}

/// One shift in two or three lines.
pub fn shift(sides: [&Collection; 2], joined: &Joined, shift: &Shift) -> String {
    let rule = |side: Side, rule: RuleId| {
        let key = sides[side as usize].rule(rule).key.as_str();
        key.split_once(':').map_or(key, |(_, path)| path).to_owned()
    };
    let rules = |side: Side, rules: &[RuleId]| {
        let told: Vec<String> = rules.iter().map(|&it| rule(side, it)).collect();
        if told.is_empty() { "nothing".to_owned() } else { told.join(", ") }
    };
    let mut out = String::new();
    let _ = writeln!(
        out,
        "  {} {}: {} -> {}",
        shift.direction.name(),
        shift.aspect.name(),
        rules(Side::Old, &shift.old),
        rules(Side::New, &shift.new)
    );
    let _ = writeln!(out, "    {}", verbalise::shift(joined, shift));
    for &(side, it) in &shift.elsewhere {
        let side_name = if side == Side::Old { "before" } else { "after" };
        let _ = writeln!(out, "    {side_name} also {}", rule(side, it));
    }
    out
}
