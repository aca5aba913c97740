//! Each stage alone, on 1,000, 10,000 and 100,000 clauses in memory, and all of them on collections of odd shapes:
//! `cargo bench --bench stages`.

#[path = "support/dice.rs"]
mod dice;
#[path = "support/generator.rs"]
mod generator;
#[path = "support/lopsided.rs"]
mod lopsided;

use clausal::norms::{Question, analyse};
use clausal::source::{SourceFile, Sources};
use clausal::{checks, resolve, syntax};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use rayon::prelude::*;

fn stages(criterion: &mut Criterion) {
    for size in [1_000, 10_000, 100_000] {
        let files = generator::collection(size);
        let bytes: usize = files.iter().map(|(_, text)| text.len()).sum();
        let sources = Sources::new(files.into_iter().map(|(name, text)| SourceFile::new(name, text)).collect());
        let ids: Vec<_> = sources.iter().map(|(id, _)| id).collect();
        let parse = || -> Vec<_> { ids.par_iter().map(|&id| syntax::parse(id, sources.file(id))).collect() };
        let asts: Vec<_> = parse().into_iter().map(|parsed| parsed.ast).collect();
        let (collection, found) = resolve::resolve(&sources, &asts);
        assert!(found.is_empty(), "{:#?}", found.first());
        let disagreements = analyse(&collection, Question::default()).disagreements.len();
        assert!(disagreements > 0 && disagreements <= sources.iter().count() * 10, "{disagreements} disagreements");
        let context = checks::Context::new(&collection, &sources, None, &found);

        let mut group = criterion.benchmark_group("stages");
        group.sample_size(10).throughput(Throughput::Bytes(bytes as u64));
        group.bench_function(BenchmarkId::new("parse", size), |bencher| bencher.iter(&parse));
        group.bench_function(BenchmarkId::new("format", size), |bencher| {
            bencher.iter(|| -> Vec<_> { ids.par_iter().map(|&id| syntax::format(id, sources.file(id))).collect() });
        });
        group.bench_function(BenchmarkId::new("resolve", size), |bencher| {
            bencher.iter(|| resolve::resolve(&sources, &asts));
        });
        group.bench_function(BenchmarkId::new("norms", size), |bencher| {
            bencher.iter(|| analyse(&collection, Question::default()));
        });
        group.bench_function(BenchmarkId::new("checks", size), |bencher| bencher.iter(|| checks::run(&context)));
        group.finish();
    }
}

/// Everything from text to findings, on collections of one odd shape each: twice the size should take twice the time.
fn lopsided(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("lopsided");
    group.sample_size(10);
    for size in [500, 1_000] {
        for (name, text) in lopsided::shapes(size) {
            let sources = Sources::new(vec![SourceFile::new("large.policy", text)]);
            group.bench_function(BenchmarkId::new(name, size), |bencher| {
                bencher.iter(|| {
                    let asts: Vec<_> = sources.iter().map(|(id, file)| syntax::parse(id, file).ast).collect();
                    let (collection, found) = resolve::resolve(&sources, &asts);
                    let context = checks::Context::new(&collection, &sources, None, &found);
                    let mut findings = checks::run(&context);
                    findings.extend(found);
                    checks::finish(&context, findings, &checks::Settings::default()).len()
                });
            });
        }
    }
    group.finish();
}

criterion_group!(benches, stages, lopsided);
criterion_main!(benches);
