//! Tree to meaning: `Ast`s to a `Collection`, with the findings met on the way. Total: any trees give a collection.
//!
//! Names, references, types and numbers are settled here; nothing after this module sees a name that leads nowhere. What
//! the rules mean together is not its business, nor is any check that needs no looking up.
//!
//! 1. `vocabulary` declares the words of all files, `hierarchy` puts them above each other, `forms` tells how they
//!    are written in prose.
//! 2. `outline` notes of every policy what can be referred to, policies side by side.
//! 3. `policy` reads header and body of every policy, policies side by side: `body`, `rule`, `condition` and the
//!    rest are methods of its `scope`.
//! 4. `edges` writes every override on its winner, `unused` tells what nothing names.

mod amount;
mod body;
mod condition;
mod edges;
mod former;
mod forms;
mod hierarchy;
mod lost;
mod names;
mod number;
mod outline;
mod policy;
mod prose;
mod qualifier;
mod reference;
mod rule;
mod scope;
mod suggest;
mod unused;
mod vocabulary;

use std::collections::HashMap;
use std::path::Path;

use rayon::prelude::*;

use crate::diagnostic::Finding;
use crate::model::{Collection, PolicyId};
use crate::source::Sources;
use crate::syntax::ast::Ast;
use lost::Lost;
use outline::Outline;
use scope::{Scope, Used, World};

/// What the sources mean, with every name, reference and type that is wrong in them; findings in the order of their
/// places.
pub fn resolve<'s>(sources: &'s Sources, asts: &[Ast<'s>]) -> (Collection, Vec<Finding>) {
    let mut asts: Vec<&Ast<'s>> = asts.iter().collect();
    asts.sort_by_key(|ast| ast.file);
    let mut findings = Vec::new();
    let lost = Lost::of(&asts);
    let names = vocabulary::build(&asts, &lost, &mut findings);
    let outlines = outline(&asts, &mut findings);
    let (keys, by_id) = keys(sources, &outlines, &mut findings);
    let world = World { sources, names, outlines, keys, by_id, lost };

    let policies: Vec<_> = (0..world.outlines.len() as u32)
        .into_par_iter()
        .map(|index| {
            let mut scope = Scope::new(&world, PolicyId(index));
            let (policy, edges) = policy::resolve(&mut scope);
            (policy, edges, scope.findings, scope.used)
        })
        .collect();

    let mut collection = Collection::default();
    let mut used = Used::none(&world.names);
    let mut edges = Vec::new();
    for (policy, its_edges, its_findings, its_used) in policies {
        collection.policies.push(policy);
        edges.extend(its_edges);
        findings.extend(its_findings);
        used.add(&its_used);
    }
    collection.vocabulary = world.names.vocabulary;
    edges::settle(&mut collection, edges);
    collection.unused = unused::find(&collection, used, &world.lost);
    // The sort is stable: findings at one place stay in the order in which the stages met them.
    findings.sort_by_key(Finding::span);
    (collection, findings)
}

fn outline<'a, 's>(asts: &[&'a Ast<'s>], findings: &mut Vec<Finding>) -> Vec<Outline<'a, 's>> {
    let made: Vec<(Outline<'a, 's>, Vec<Finding>)> = asts
        .par_iter()
        .filter_map(|ast| {
            let (outline, mut found) = Outline::of(ast, ast.policy.as_ref()?);
            found.extend(former::check(&outline));
            Some((outline, found))
        })
        .collect();
    let mut outlines = Vec::with_capacity(made.len());
    for (outline, found) in made {
        outlines.push(outline);
        findings.extend(found);
    }
    outlines
}

/// The key of every policy, from written ids alone, and the policies of each id. A second policy of one organisation with
/// one id is reported, has its key told apart, and cannot be referred to.
fn keys<'s>(
    sources: &Sources,
    outlines: &[Outline<'_, 's>],
    findings: &mut Vec<Finding>,
) -> (Vec<String>, HashMap<&'s str, Vec<PolicyId>>) {
    let mut keys = Vec::with_capacity(outlines.len());
    let mut by_id: HashMap<&str, Vec<PolicyId>> = HashMap::new();
    let mut first: HashMap<String, (usize, u32)> = HashMap::new();
    for (index, outline) in outlines.iter().enumerate() {
        let id = match outline.ast.id {
            Some(id) => id.text,
            // A head that could not be read: the policy goes by the name of its file.
            None => Path::new(sources.file(outline.file).path())
                .file_stem()
                .and_then(|stem| stem.to_str())
                .unwrap_or("policy"),
        };
        let key = match outline.organisation {
            Some(organisation) => format!("{}/{id}", organisation.text),
            None => id.to_owned(),
        };
        let (before, count) = first.entry(key.clone()).or_insert((index, 0));
        *count += 1;
        if *count == 1 {
            keys.push(key);
            if let Some(id) = outline.ast.id {
                by_id.entry(id.text).or_default().push(PolicyId(index as u32));
            }
            continue;
        }
        keys.push(format!("{key}~{count}"));
        // A policy whose id could not be read has been reported as that.
        let Some(again) = outline.ast.id else { continue };
        let before = &outlines[*before];
        let path = |file| sources.file(file).name();
        let message =
            format!("the policy `{key}` is declared twice, in `{}` and in `{}`", path(before.file), path(outline.file));
        let place = before.ast.id.map_or(before.ast.head, |id| id.span);
        findings.push(
            Finding::new("duplicate-id", again.span, message)
                .labelled("declared again here")
                .and(place, "first declared here")
                .help("give one of them another id, or take the older file out of the collection"),
        );
    }
    (keys, by_id)
}
