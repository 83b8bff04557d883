//! The funnel drawn: bars for the whole time, lines by day.
//!
//! The colours in here are names for `style/ops/funnel.css`, which gives each its colour in light and dark: the
//! policy of our pages lets no style into a document.

use jiff::civil::Date;
use plotters::{
    coord::Shift,
    prelude::*,
    style::text_anchor::{HPos, Pos, VPos},
};

use super::tally::{NAMES, STEPS, share};
use crate::ops::number::number;

type Area<'a> = DrawingArea<SVGBackend<'a>, Shift>;
type Drawn = Result<(), DrawingAreaErrorKind<std::io::Error>>;

/// Text.
const INK: RGBColor = RGBColor(0, 0, 16);
/// Axes and grids.
const LINE: RGBColor = RGBColor(0, 0, 32);
/// Height of text; plotters draws it at 1/1.24 of that.
const TEXT: (&str, i32) = ("sans-serif", 16);

/// Room for a letter of that, the widest figure.
const LETTER: i32 = 7;

/// A drawing for wide windows and one for phones, in units that are pixels there; the style sheet shows one of them.
pub(super) type Pair = [Option<String>; 2];

/// Widths of the two.
const WIDTHS: [u32; 2] = [640, 340];

/// The mark of a step.
const fn hue(step: usize) -> RGBColor {
    const HUES: [RGBColor; STEPS] = [
        RGBColor(0, 0, 1),
        RGBColor(0, 0, 2),
        RGBColor(0, 0, 3),
        RGBColor(0, 0, 4),
        RGBColor(0, 0, 5),
        RGBColor(0, 0, 6),
    ];
    HUES[step]
}

/// A bar for each step, as long as the share of journeys that reached it.
pub(super) fn bars(reached: &[usize; STEPS]) -> Pair {
    WIDTHS.map(|width| draw((width, 204), |area| draw_bars(area, reached)))
}

/// A line for each step: how many of the links that were made on a day reached it.
pub(super) fn lines(days: &[Date], counts: &[[usize; STEPS]]) -> Pair {
    WIDTHS.map(|width| draw((width, 260), |area| draw_lines(area, days, counts)))
}

fn draw(size: (u32, u32), job: impl FnOnce(&Area<'_>) -> Drawn) -> Option<String> {
    let mut svg = String::new();
    {
        let area = SVGBackend::with_string(&mut svg, size).into_drawing_area();
        job(&area).ok()?;
        area.present().ok()?;
    }
    Some(svg)
}

fn draw_bars(area: &Area<'_>, reached: &[usize; STEPS]) -> Drawn {
    let made = f64::from(bounded(reached[0].max(1)));
    let longest = bounded(value(reached, 0).chars().count());
    let chart = ChartBuilder::on(area)
        .margin_right(20 + LETTER * longest)
        .set_label_area_size(LabelAreaPosition::Left, 84)
        .build_cartesian_2d(0.0..made, f64::from(bounded(STEPS))..0.0)?;
    let text = |horizontal| {
        let style = TextStyle::from(TEXT.into_font()).color(&INK);
        style.pos(Pos::new(horizontal, VPos::Center))
    };
    for (step, (name, _)) in NAMES.iter().enumerate() {
        let (top, count) = (f64::from(bounded(step)), f64::from(bounded(reached[step])));
        let (start, _) = chart.backend_coord(&(0.0, top));
        let (end, from) = chart.backend_coord(&(count, top + 0.14));
        let (_, to) = chart.backend_coord(&(count, top + 0.86));
        let (_, middle) = chart.backend_coord(&(count, top + 0.5));
        // Even nothing has an edge, so that the row is seen.
        let bar = [(start, from), (end.max(start + 2), to)];
        area.draw(&Rectangle::new(bar, hue(step).filled()))?;
        area.draw(&Text::new(*name, (start - 10, middle), text(HPos::Right)))?;
        let place = (end + 10, middle);
        area.draw(&Text::new(value(reached, step), place, text(HPos::Left)))?;
    }
    Ok(())
}

/// How many reached a step, and of those who began.
fn value(reached: &[usize; STEPS], step: usize) -> String {
    let (count, whole) = (reached[step], reached[0]);
    format!("{} · {}", number(count), share(count, whole))
}

fn draw_lines(area: &Area<'_>, days: &[Date], counts: &[[usize; STEPS]]) -> Drawn {
    let most = counts.iter().map(|day| day[0]).max().unwrap_or_default();
    let most = bounded(most.max(4));
    let widest = bounded(number(most).chars().count());
    let last = bounded(days.len().saturating_sub(1).max(1));
    let (width, _) = area.dim_in_pixel();
    let mut chart = ChartBuilder::on(area)
        .margin_top(10)
        .margin_right(24)
        .set_label_area_size(LabelAreaPosition::Left, 20 + LETTER * widest)
        .set_label_area_size(LabelAreaPosition::Bottom, 28)
        .build_cartesian_2d(0..last, 0..most)?;
    let name = |at: &i32| {
        let day = usize::try_from(*at).ok().and_then(|at| days.get(at));
        day.map(|day| day.strftime("%-d %b").to_string())
            .unwrap_or_default()
    };
    chart
        .configure_mesh()
        .disable_x_mesh()
        .x_labels(if width > 500 { 10 } else { 4 })
        .y_labels(5)
        .x_label_formatter(&name)
        .y_label_formatter(&|count: &i32| number(*count))
        .axis_style(LINE)
        .bold_line_style(LINE)
        .light_line_style(TRANSPARENT)
        .label_style(TEXT.into_font().color(&INK))
        .draw()?;
    for step in 0..STEPS {
        let points = (0..).zip(counts.iter().map(|day| bounded(day[step])));
        let style = hue(step).stroke_width(2);
        if days.len() == 1 {
            chart.draw_series(points.map(|point| Circle::new(point, 4, style.filled())))?;
        } else {
            chart.draw_series(LineSeries::new(points, style))?;
        }
    }
    Ok(())
}

/// Counts are bounded far below this.
fn bounded(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_apart_on_the_axis_as_in_the_tables() {
        let days = [Date::constant(2026, 11, 25), Date::constant(2026, 11, 26)];
        for svg in lines(&days, &[[4_100; STEPS], [3_900; STEPS]]) {
            assert!(svg.is_some_and(|svg| svg.contains("4,000")));
        }
    }
}
