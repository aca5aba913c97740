//! A placed picture as SVG inside a page. Colours, dashes and fonts are the stylesheet's; what it needs to know is in
//! classes and `data-` attributes. One image to a screen reader: the same in words stands beside it.

use std::fmt::Write;

use super::Format;
use super::graph::Bearer;
use super::layout::{Boxed, Force, Label, Layout, Line};
use crate::emit::prose::escape;
use crate::model::Modality;

/// How high a picture may be that is made small enough for one page of paper.
const TALL: i32 = 1400;

/// The image.
pub(super) fn svg(bearer: &Bearer, layout: &Layout, format: Format) -> String {
    let mut out = String::with_capacity(2048 + 160 * (bearer.rows.len() + layout.lines.len()));
    let class = match format {
        Format::Wide => "wide",
        Format::Narrow => "narrow",
    };
    let (width, height) = (layout.width, layout.height);
    // What is longer than a page of paper can only be parted there, not made small enough.
    let tall = if height > TALL { " tall" } else { "" };
    let mut label = String::new();
    escape::html(&bearer.label, &mut label);
    put(
        &mut out,
        format_args!(
            "<svg class=\"drawing {class}{tall}\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" preserveAspectRatio=\"xMinYMin\" \
             role=\"img\" aria-label=\"Picture: what the policy asks of {label}, and whom it concerns. The same in words \
             follows.\">\n"
        ),
    );
    trunk(layout, &mut out);
    for force in &layout.forces {
        let modality = force.modality;
        put(&mut out, format_args!("<g data-modality=\"{}\">\n", modality.words()));
        for line in layout.lines.iter().filter(|line| line.modality == modality) {
            self::line(line, &mut out);
        }
        self::force(force, &mut out);
        out.push_str("</g>\n");
    }
    boxed(&layout.bearer, "who", None, &mut out);
    for (at, other) in layout.others.iter().enumerate() {
        boxed(other, "whom", Some(at), &mut out);
    }
    for remark in &layout.remarks {
        words(remark, "remark", "", &mut out);
    }
    out.push_str("</svg>\n");
    out
}

/// From the bearer down, with a branch to each force.
fn trunk(layout: &Layout, out: &mut String) {
    let Some(last) = layout.forces.last() else { return };
    let x = super::layout::TRUNK;
    let from = layout.bearer.y + layout.bearer.height;
    put(out, format_args!("<path class=\"trunk\" d=\"M{x} {from}V{}", last.y + last.height / 2));
    for force in &layout.forces {
        put(out, format_args!("M{x} {}H{}", force.y + force.height / 2, force.x));
    }
    out.push_str("\"></path>\n");
}

/// A line with its end: an arrow for what is to be or may be done, a bar for what is not to be done, and for what need
/// not be done a ring.
fn line(line: &Line, out: &mut String) {
    let ((x, y), leave, (to, end)) = (line.from, line.leave, line.to);
    let bend = (to - leave) / 2;
    put(
        out,
        format_args!(
            "<path class=\"line\" data-row=\"{}\" data-box=\"{}\" d=\"M{x} {y}H{leave}C{} {y} {} {end} {} {end}\"></path>",
            line.row,
            line.to_box,
            leave + bend,
            to - bend,
            to - 7,
        ),
    );
    let shape = match line.modality {
        Modality::Must | Modality::Should | Modality::May => {
            format!("M{} {}L{to} {end}L{} {}", to - 8, end - 4, to - 8, end + 4)
        }
        Modality::MustNot | Modality::ShouldNot => format!("M{} {}V{}", to - 4, end - 5, end + 5),
        Modality::NeedNot => format!("M{} {end}a3 3 0 1 0 6 0a3 3 0 1 0 -6 0", to - 7),
    };
    put(out, format_args!("<path class=\"end\" d=\"{shape}\"></path>\n"));
}

fn force(force: &Force, out: &mut String) {
    let Force { x, y, width, height, .. } = *force;
    let (middle, base) = (x + width / 2, y + height * 2 / 3 + 1);
    put(
        out,
        format_args!(
            "<rect class=\"force\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"3\"></rect>\
             <text class=\"force\" x=\"{middle}\" y=\"{base}\">{}</text>\n",
            force.modality.words()
        ),
    );
    for act in &force.acts {
        put(out, format_args!("<text class=\"what\" data-row=\"{}\">", act.row));
        spans(&act.label, out);
        match &act.narrowed {
            // Nobody knows where the act ends in the reader's font, but the reader's browser.
            Some(narrowed) if narrowed.behind => {
                out.push_str("<tspan class=\"narrowed\"> ");
                escape::html(&narrowed.label.lines.join(" "), out);
                out.push_str("</tspan></text>\n");
            }
            Some(narrowed) => {
                out.push_str("</text>\n");
                words(&narrowed.label, "narrowed", "", out);
            }
            None => out.push_str("</text>\n"),
        }
    }
}

fn boxed(it: &Boxed, class: &str, at: Option<usize>, out: &mut String) {
    let Boxed { x, y, width, height, .. } = *it;
    put(
        out,
        format_args!(
            "<rect class=\"{class}\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"3\"></rect>"
        ),
    );
    if let [_, below @ ..] = it.labels.as_slice()
        && !below.is_empty()
    {
        out.push_str("<path class=\"between\" d=\"");
        for (_, label) in below {
            put(out, format_args!("M{} {}h{}", x + 8, label.y, width - 16));
        }
        out.push_str("\"></path>");
    }
    for (_, label) in &it.labels {
        let data = at.map_or_else(String::new, |at| format!(" data-box=\"{at}\""));
        words(label, class, &data, out);
    }
}

fn words(label: &Label, class: &str, data: &str, out: &mut String) {
    put(out, format_args!("<text class=\"{class}\"{data}>"));
    spans(label, out);
    out.push_str("</text>\n");
}

/// The lines of a label.
fn spans(label: &Label, out: &mut String) {
    for (at, line) in label.lines.iter().enumerate() {
        // The letters stand on a base, with what hangs below it in the line.
        let y = label.y + label.line * at as i32 + (label.line + label.font) / 2 - label.font / 6;
        put(out, format_args!("<tspan x=\"{}\" y=\"{y}\">", label.x));
        escape::html(line, out);
        // The blank keeps words apart for whoever copies them.
        out.push_str(if at + 1 == label.lines.len() { "</tspan>" } else { " </tspan>" });
    }
}

/// Writing to a text cannot fail.
fn put(out: &mut String, words: std::fmt::Arguments<'_>) {
    let _ = out.write_fmt(words);
}
