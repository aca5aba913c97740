//! `unset-parameter`: a blank of the policy that nobody has filled in.

use std::collections::BTreeMap;

use crate::checks::{Check, Run, Subject};
use crate::diagnostic::{CheckInfo, Family, Finding, Severity};
use crate::model::InlineTarget;

pub const CHECK: Check = Check {
    info: CheckInfo {
        name: "unset-parameter",
        point: "a blank has not been filled in",
        family: Family::Prose,
        severity: Some(Severity::Warning),
        page: include_str!("unset_parameter.md"),
    },
    run: Run::Policy(run),
};

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let parameters = &subject.policy.parameters;
    if parameters.iter().all(|parameter| parameter.value.is_some()) {
        return;
    }
    let mut first_use = BTreeMap::new();
    subject.each_prose(|_, prose| {
        for inline in &prose.inlines {
            if let InlineTarget::Parameter(index) = inline.target {
                first_use.entry(index).or_insert_with(|| prose.map.span(inline.start as usize, inline.end as usize));
            }
        }
    });
    for (index, parameter) in parameters.iter().enumerate().filter(|(_, parameter)| parameter.value.is_none()) {
        let message = format!("`{}` (\"{}\") has not been filled in", parameter.id, parameter.label);
        let mut finding = Finding::new(CHECK.info.name, parameter.span, message)
            .help(format!("fill it in: `parameter {} \"{}\" = \"…\"`", parameter.id, parameter.label));
        if let Some(place) = first_use.get(&(index as u32)) {
            finding = finding.and(*place, "readers see a blank here");
        }
        findings.push(finding);
    }
}
